/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-engineer-week.h"

#include "sm-live-set.h"
#include "sm-ops-desks.h"
#include "sm-text.h"
#include "sm-work-order-words.h"
#include "sm-work-order.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* What was done is of orders that were opened at most so long before. */
#define BEFORE (3 * SM_DAY)
#define MOST_DONE 1000
#define MOST_LINES 500
/* So many of a line are read out. */
#define MOST_SAID 8

struct _SmEngineerWeek
{
  GObject parent_instance;

  SmOps *ops;
  GListStore *lines;    /* of SmEngineerLine */
  GHashTable *items;    /* of gint64: SmItem: the orders of the span */
  SmHistory *history;   /* (nullable): what was done */
  gint64 from, to, now;
  gint64 read_at; /* by which now */
  gboolean is_old; /* other rows came than are shown */
};

G_DEFINE_FINAL_TYPE (SmEngineerWeek, sm_engineer_week, G_TYPE_OBJECT)

/* What is on its way still ends, and tells whoever listens: it is not of what is shown then. */
static void
drop_history (SmEngineerWeek *self)
{
  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_clear_object (&self->history);
}

static void
sm_engineer_week_dispose (GObject *object)
{
  SmEngineerWeek *self = SM_ENGINEER_WEEK (object);

  drop_history (self);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_engineer_week_parent_class)->dispose (object);
}

static void
sm_engineer_week_class_init (SmEngineerWeekClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_engineer_week_dispose;
}

static void
sm_engineer_week_init (SmEngineerWeek *self)
{
  self->lines = g_list_store_new (SM_TYPE_ENGINEER_LINE);
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

static void
rows_cb (SmEngineerWeek *self)
{
  self->is_old = TRUE;
}

SmEngineerWeek *
sm_engineer_week_new (SmOps *ops)
{
  SmEngineerWeek *self = g_object_new (SM_TYPE_ENGINEER_WEEK, NULL);

  self->ops = g_object_ref (ops);
  g_signal_connect_object (sm_ops_get_engineers (ops), "items-changed", G_CALLBACK (rows_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_work_orders (ops), "items-changed", G_CALLBACK (rows_cb),
                           self, G_CONNECT_SWAPPED);
  return self;
}

/* --- orders --- */

static void
keep (SmEngineerWeek *self,
      SmItem         *item)
{
  gint64 id = sm_item_get_id (item);

  if (!sm_row_is_null (sm_item_get_row (item), SM_WORK_ORDER_ENGINEER_ID))
    g_hash_table_insert (self->items, g_memdup2 (&id, sizeof id), g_object_ref (item));
}

/* Each page as it comes: the list of them keeps but a few. */
static void
read_page (SmEngineerWeek *self,
           guint           position,
           guint           removed,
           guint           added)
{
  GListModel *rows = G_LIST_MODEL (self->history);

  self->is_old = TRUE;
  for (guint i = position; i < MIN (position + added, MOST_DONE); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (rows, i);
      g_autoptr (SmItem) own = sm_item_new (sm_item_get_row (item));

      keep (self, own);
    }
  if (g_list_model_get_n_items (rows) < MOST_DONE && !sm_history_is_complete (self->history))
    sm_history_load_more (self->history);
}

/* What was done by now is read again when the service is there again, and each time that
 * another span is shown. */
static void
read_history (SmEngineerWeek *self)
{
  g_autoptr (SmHistoryFilter) filter = sm_history_filter_new ();

  filter->from = self->from - BEFORE;
  filter->to = self->to;
  self->read_at = self->now;
  drop_history (self);
  g_hash_table_remove_all (self->items);
  self->history = sm_ops_history_new (self->ops, SM_NOUN_WORK_ORDER, filter);
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (read_page), self,
                           G_CONNECT_SWAPPED);
  read_page (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->history)));
}

static gboolean
is_lost (gpointer key,
         gpointer item,
         gpointer orders)
{
  return !sm_work_order_is_over (sm_item_get_row (item))
         && sm_live_set_find (orders, sm_item_get_id (item)) == NULL;
}

/* What is not open any more is read as it ended, once a minute at most. */
static void
keep_open (SmEngineerWeek *self)
{
  GListModel *orders = sm_ops_get_work_orders (self->ops);

  if (self->now != self->read_at && g_hash_table_find (self->items, is_lost, orders) != NULL)
    read_history (self);
  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);

      keep (self, item);
    }
}

/** sm_engineer_week_find_order: Returns: (transfer none) (nullable) */
SmItem *
sm_engineer_week_find_order (SmEngineerWeek *self,
                             gint64          order_id)
{
  return g_hash_table_lookup (self->items, &order_id);
}

/** sm_engineer_week_is_old: Returns: whether there are other rows than are shown */
gboolean
sm_engineer_week_is_old (SmEngineerWeek *self)
{
  return self->is_old;
}

/** sm_engineer_week_is_loading: Returns: whether the first of what was done is still to come */
gboolean
sm_engineer_week_is_loading (SmEngineerWeek *self)
{
  return self->history == NULL || sm_history_get_state (self->history) == SM_HISTORY_LOADING;
}

/* --- lines --- */

static GArray *
find_blocks (GHashTable *blocks,
             gint64      engineer_id)
{
  GArray *found = g_hash_table_lookup (blocks, &engineer_id);

  if (found != NULL)
    return found;
  found = g_array_new (FALSE, TRUE, sizeof (SmEngineerBlock));
  g_hash_table_insert (blocks, g_memdup2 (&engineer_id, sizeof engineer_id), found);
  return found;
}

/* Of each engineer who has any. */
static GHashTable *
collect_blocks (SmEngineerWeek *self)
{
  GHashTable *blocks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                              (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      const SmRow *order = sm_item_get_row (item);
      SmEngineerBlock block;

      if (sm_engineer_block_read (order, self->now, &block) && block.from < self->to
          && block.to > self->from)
        g_array_append_val (find_blocks (blocks, sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID)),
                            block);
    }
  return blocks;
}

/* Of each person who has any, by name: the roster is looked through once for all of them. */
static GHashTable *
collect_shifts (SmEngineerWeek *self)
{
  GListModel *roster = sm_ops_get_roster (self->ops);
  guint n = g_list_model_get_n_items (roster);
  GHashTable *shifts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (roster, i);
      const SmRow *entry = sm_item_get_row (item);
      const char *person = sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON);
      SmEngineerShift shift = { sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT),
                                sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT) };
      GArray *own;

      if (person == NULL || shift.from >= self->to || shift.to <= self->from)
        continue;
      own = g_hash_table_lookup (shifts, person);
      if (own == NULL)
        {
          own = g_array_new (FALSE, FALSE, sizeof (SmEngineerShift));
          g_hash_table_insert (shifts, g_strdup (person), own);
        }
      g_array_append_val (own, shift);
    }
  return shifts;
}

static void
fill_line (SmEngineerWeek *self,
           SmEngineerLine *line,
           const SmRow    *engineer,
           GHashTable     *blocks,
           GHashTable     *shifts)
{
  GArray *own = g_hash_table_lookup (blocks, &line->engineer_id);
  const char *person = sm_row_get_text (engineer, SM_ENGINEER_PERSON);
  GArray *on_roster = person != NULL ? g_hash_table_lookup (shifts, person) : NULL;
  const char *duty = sm_row_get_text (engineer, SM_ENGINEER_DUTY);
  guint n = own != NULL ? own->len : 0;
  /* Translators: a number of work orders */
  g_autofree char *count = g_strdup_printf (ngettext ("%u order", "%u orders", n), n);
  char *detail = duty != NULL
                     ? g_strdup_printf ("%s · %s", sm_word_of_slug (sm_duties, duty), count)
                     : g_strdup (count);

  sm_engineer_line_take (line, sm_text_clean (sm_row_get_text (engineer, SM_ENGINEER_NAME)), detail,
                         own != NULL ? g_array_ref (own)
                                     : g_array_new (FALSE, TRUE, sizeof (SmEngineerBlock)),
                         on_roster != NULL ? g_array_ref (on_roster)
                                           : g_array_new (FALSE, FALSE, sizeof (SmEngineerShift)));
}

/* Who is at something comes first, then who will be, then who was. */
static int
get_rank (const SmEngineerLine *line)
{
  int rank = -1;

  for (guint i = 0; i < line->blocks->len; i++)
    {
      SmEngineerBlockKind kind = g_array_index (line->blocks, SmEngineerBlock, i).kind;

      rank = MAX (rank, kind == SM_ENGINEER_BLOCK_RUNNING   ? 2
                        : kind == SM_ENGINEER_BLOCK_PLANNED ? 1
                                                            : 0);
    }
  return rank;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const SmEngineerLine *first = a, *second = b;
  int by_rank = get_rank (second) - get_rank (first);

  if (by_rank != 0)
    return by_rank;
  return (first->engineer_id > second->engineer_id) - (first->engineer_id < second->engineer_id);
}

static void
make_lines (SmEngineerWeek *self)
{
  GListModel *engineers = sm_ops_get_engineers (self->ops);
  guint n = MIN (g_list_model_get_n_items (engineers), MOST_LINES);
  guint was = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  if (n == was)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (engineers, i);

      g_ptr_array_add (lines, sm_engineer_line_new (sm_item_get_id (item)));
    }
  g_list_store_splice (self->lines, 0, was, lines->pdata, n);
}

/* Whoever has something to do first. */
static void
fill_lines (SmEngineerWeek *self,
            gboolean        sorts)
{
  g_autoptr (GHashTable) blocks = collect_blocks (self);
  g_autoptr (GHashTable) shifts = collect_shifts (self);
  SmLiveSet *engineers = SM_LIVE_SET (sm_ops_get_engineers (self->ops));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->lines)); i++)
    {
      g_autoptr (SmEngineerLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);
      SmItem *item = sm_live_set_find (engineers, line->engineer_id);

      if (item != NULL)
        fill_line (self, line, sm_item_get_row (item), blocks, shifts);
    }
  if (sorts)
    g_list_store_sort (self->lines, compare_lines, NULL);
}

/** sm_engineer_week_show: Shows from @from to @to, by @now.  Returns: whether that is shown from its
 * beginning; else whoever looks at a line goes on looking at it */
gboolean
sm_engineer_week_show (SmEngineerWeek *self,
                       gint64          from,
                       gint64          to,
                       gint64          now)
{
  gboolean is_live = sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE;
  gboolean is_other = from != self->from || to != self->to, begins;

  g_return_val_if_fail (SM_IS_ENGINEER_WEEK (self), FALSE);

  begins = is_other || sm_engineer_week_is_loading (self)
           || g_list_model_get_n_items (G_LIST_MODEL (self->lines)) == 0;
  self->from = from;
  self->to = to;
  self->now = now / SM_MINUTE * SM_MINUTE; /* by the minute, or all would change each time */
  if (is_other || (is_live && sm_history_get_state (self->history) >= SM_HISTORY_CACHED))
    read_history (self);
  keep_open (self);
  make_lines (self);
  fill_lines (self, begins || self->is_old);
  self->is_old = FALSE;
  return begins;
}

/** sm_engineer_week_get_lines: Returns: (transfer none): of SmEngineerLine */
GListModel *
sm_engineer_week_get_lines (SmEngineerWeek *self)
{
  return G_LIST_MODEL (self->lines);
}

/* --- in words --- */

static const char *const kind_words[] = { NC_ ("calendar", "planned"), NC_ ("calendar", "running"),
                                          NC_ ("calendar", "done") };

/** sm_engineer_week_describe: Returns: (transfer full): what is drawn of a line */
char *
sm_engineer_week_describe (SmEngineerWeek *self,
                           SmEngineerLine *line)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (line->blocks->len, MOST_SAID); i++)
    {
      const SmEngineerBlock *block = &g_array_index (line->blocks, SmEngineerBlock, i);
      SmItem *item = sm_engineer_week_find_order (self, block->order_id);
      g_autofree char *begin = sm_work_order_moment (self->ops, block->from);
      g_autofree char *title = item != NULL ? sm_work_order_title (sm_item_get_row (item)) : NULL;

      g_string_append_printf (text, "%s%s: %s, %s", i > 0 ? "; " : "",
                              g_dpgettext2 (NULL, "calendar", kind_words[block->kind]),
                              title != NULL ? title : "–", begin);
    }
  if (line->blocks->len == 0)
    g_string_append (text, C_ ("engineer", "nothing"));
  return g_string_free (text, FALSE);
}
