/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-alarm-desk.h"

#include "sm-alarm.h"
#include "sm-row-filter.h"
#include "sm-time.h"

#include <stdlib.h>

/* ISA-18.2: a flood begins above 10 in 10 minutes and ends below 5. */
#define FLOOD_SPAN (10 * SM_MINUTE)
#define FLOOD_BEGINS 10
#define FLOOD_ENDS 5
/* What comes within so long comes as one change. */
#define FOLLOW_MS 250
/* So many changes are announced one by one; more are one stretch. */
#define MOST_STEPS 64

struct _SmAlarmDesk
{
  GObject parent_instance;

  SmOps *ops;
  GListModel *source;
  SmDeskView view;
  SmRowFilter *filter;
  SmDeskCompare compare; /* NULL: the most urgent first */
  gpointer compare_data;
  GDestroyNotify compare_free;

  GPtrArray *shown;      /* of SmItem, as it is announced */
  GHashTable *folds;     /* SmItem to SmFold, of all that were there when it was laid in */
  GPtrArray *laid_in;    /* of SmItem: keeps those of folds alive */
  GHashTable *expanded;  /* set of ids (gint64 *) */
  GHashTable *recent;    /* id (gint64 *) to when it was raised (gint64 *), for FLOOD_SPAN */
  gboolean is_held;
  gboolean groups;
  gboolean is_flood;
  guint n_new;
  guint new_level;
  guint n_unseen_safety;
  guint timer;
};

static void desk_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SmAlarmDesk, sm_alarm_desk, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, desk_model_init))

typedef enum
{
  SIGNAL_CHANGED,
} Signal;
static guint signals[SIGNAL_CHANGED + 1];

static gboolean
lies_in (const SmRow *alarm,
         gint64       now,
         SmDeskView   view)
{
  static const guint overlays[SM_N_DESK_VIEWS] = {
    [SM_DESK_SHELVED] = SM_ALARM_SHELVED,
    [SM_DESK_SUPPRESSED] = SM_ALARM_SUPPRESSED,
    [SM_DESK_OUT_OF_SERVICE] = SM_ALARM_OUT_OF_SERVICE | SM_ALARM_OUT_ASKED,
  };
  const guint aside = SM_ALARM_SHELVED | SM_ALARM_SUPPRESSED | SM_ALARM_OUT_OF_SERVICE;
  SmAlarmLife life;

  /* A state of a later version is nothing to be put aside. */
  if (!sm_alarm_read_life (alarm, now, &life))
    return view == SM_DESK_ACTIVE;
  if (view == SM_DESK_ACTIVE)
    return life.is_safety || (life.overlays & aside) == 0;
  return (life.overlays & overlays[view]) != 0;
}

/**
 * sm_alarm_desk_belongs:
 * @now: network time: what has run out by then counts no longer
 *
 * Returns: whether an open alarm is in @view; one of safety always is among the
 *   active ones, whatever else lies over it
 */
gboolean
sm_alarm_desk_belongs (const SmRow *alarm,
                       gint64       now,
                       SmDeskView   view)
{
  /* Nearly none has anything over it, and a desk asks for each of thousands. */
  if (sm_row_is_null (alarm, SM_ALARM_SHELVED_UNTIL)
      && sm_row_is_null (alarm, SM_ALARM_SUPPRESSED_BY)
      && sm_row_is_null (alarm, SM_ALARM_OUT_OF_SERVICE_UNTIL))
    return view == SM_DESK_ACTIVE;
  return lies_in (alarm, now, view);
}

static GType
desk_get_item_type (GListModel *model)
{
  return SM_TYPE_ITEM;
}

static guint
desk_get_n_items (GListModel *model)
{
  return SM_ALARM_DESK (model)->shown->len;
}

static gpointer
desk_get_item (GListModel *model,
               guint       position)
{
  SmAlarmDesk *self = SM_ALARM_DESK (model);

  return position < self->shown->len ? g_object_ref (self->shown->pdata[position]) : NULL;
}

static void
desk_model_init (GListModelInterface *iface)
{
  iface->get_item_type = desk_get_item_type;
  iface->get_n_items = desk_get_n_items;
  iface->get_item = desk_get_item;
}

/* --- announcing --- */

/* One stretch from the first to the last row that is another than before. */
static void
announce_stretch (SmAlarmDesk *self,
                  GPtrArray   *wanted)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->shown);
  guint shorter = MIN (before->len, wanted->len), first = 0, last = 0;

  self->shown = g_ptr_array_ref (wanted);
  while (first < shorter && before->pdata[first] == wanted->pdata[first])
    first++;
  while (last < shorter - first
         && before->pdata[before->len - 1 - last] == wanted->pdata[wanted->len - 1 - last])
    last++;
  if (before->len > first + last || wanted->len > first + last)
    g_list_model_items_changed (G_LIST_MODEL (self), first, before->len - first - last,
                                wanted->len - first - last);
}

/* How many runs of rows come or go; G_MAXUINT when rows that stay change their order. */
static guint
count_steps (GPtrArray  *before,
             GPtrArray  *wanted,
             GHashTable *is_wanted)
{
  g_autoptr (GHashTable) was_there = g_hash_table_new (NULL, NULL);
  guint steps = 0, at = 0;

  for (guint i = 0; i < before->len; i++)
    g_hash_table_add (was_there, before->pdata[i]);
  for (guint i = 0; i < wanted->len; i++)
    {
      if (!g_hash_table_contains (was_there, wanted->pdata[i]))
        {
          steps += i == 0 || g_hash_table_contains (was_there, wanted->pdata[i - 1]);
          continue;
        }
      for (; at < before->len && !g_hash_table_contains (is_wanted, before->pdata[at]); at++)
        steps += at == 0 || g_hash_table_contains (is_wanted, before->pdata[at - 1]);
      if (at >= before->len || before->pdata[at++] != wanted->pdata[i])
        return G_MAXUINT;
    }
  return steps + (at < before->len);
}

static void
announce_gone (SmAlarmDesk *self,
               GHashTable  *is_wanted)
{
  for (guint end = self->shown->len; end > 0;)
    {
      guint begin = end;

      while (begin > 0 && !g_hash_table_contains (is_wanted, self->shown->pdata[begin - 1]))
        begin--;
      if (begin < end)
        {
          g_ptr_array_remove_range (self->shown, begin, end - begin);
          g_list_model_items_changed (G_LIST_MODEL (self), begin, end - begin, 0);
        }
      end = begin > 0 ? begin - 1 : 0;
    }
}

static void
announce_come (SmAlarmDesk *self,
               GPtrArray   *wanted)
{
  for (guint i = 0; i < wanted->len; i++)
    {
      gpointer stays = i < self->shown->len ? self->shown->pdata[i] : NULL;
      guint begin = i;

      for (; i < wanted->len && wanted->pdata[i] != stays; i++)
        g_ptr_array_insert (self->shown, (int) i, g_object_ref (wanted->pdata[i]));
      if (i > begin)
        g_list_model_items_changed (G_LIST_MODEL (self), begin, 0, i - begin);
    }
}

/* A few that come and go are announced as that, so that a list keeps its place and its rows. */
static void
announce (SmAlarmDesk *self,
          GPtrArray   *wanted)
{
  g_autoptr (GHashTable) is_wanted = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < wanted->len; i++)
    g_hash_table_add (is_wanted, wanted->pdata[i]);
  if (count_steps (self->shown, wanted, is_wanted) > MOST_STEPS)
    {
      announce_stretch (self, wanted);
      return;
    }
  announce_gone (self, is_wanted);
  announce_come (self, wanted);
}

/* --- what there is --- */

static void
note_recent (SmAlarmDesk *self,
             const SmRow *alarm,
             gint64       now)
{
  gint64 id = sm_row_get_id (alarm), raised_at = sm_row_get_int (alarm, SM_ALARM_RAISED_AT);

  if (raised_at > now - FLOOD_SPAN)
    g_hash_table_replace (self->recent, g_memdup2 (&id, sizeof id),
                          g_memdup2 (&raised_at, sizeof raised_at));
}

static gboolean
is_old_cb (gpointer key,
           gpointer value,
           gpointer user_data)
{
  return *(gint64 *) value <= *(gint64 *) user_data;
}

static void
judge_flood (SmAlarmDesk *self,
             gint64       now)
{
  gint64 since = now - FLOOD_SPAN;
  guint n;

  g_hash_table_foreach_remove (self->recent, is_old_cb, &since);
  n = g_hash_table_size (self->recent);
  self->is_flood = n > FLOOD_BEGINS || (self->is_flood && n >= FLOOD_ENDS);
}

/* All that this desk is to show, as the source has it. */
static GPtrArray *
collect (SmAlarmDesk *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
  guint n = g_list_model_get_n_items (self->source);

  self->n_unseen_safety = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (self->source, i);
      const SmRow *row = sm_item_get_row (item);

      note_recent (self, row, now);
      if (!sm_alarm_desk_belongs (row, now, self->view))
        continue;
      if (sm_row_filter_match (row, self->filter))
        g_ptr_array_add (items, g_steal_pointer (&item));
      else if (sm_alarm_is_safety (row))
        self->n_unseen_safety++;
    }
  judge_flood (self, now);
  return items;
}

static int
compare_folds (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const SmFold *x = *(SmFold *const *) a, *y = *(SmFold *const *) b;
  SmAlarmDesk *self = user_data;
  int order = self->compare != NULL ? self->compare (x->item, y->item, self->compare_data) : 0;

  return order != 0 ? order : sm_alarm_key_compare (&x->worst, &y->worst);
}

static int
compare_children (gconstpointer a,
                  gconstpointer b)
{
  const SmFold *x = *(SmFold *const *) a, *y = *(SmFold *const *) b;

  if (x->key.raised_at != y->key.raised_at)
    return x->key.raised_at < y->key.raised_at ? -1 : 1;
  return (x->key.id > y->key.id) - (x->key.id < y->key.id);
}

static GPtrArray *
list_children (SmAlarmDesk *self,
               gint64       head_id)
{
  GPtrArray *children = g_ptr_array_new ();

  for (guint i = 0; i < self->laid_in->len; i++)
    {
      SmFold *fold = g_hash_table_lookup (self->folds, self->laid_in->pdata[i]);

      if (fold->head_id == head_id)
        g_ptr_array_add (children, fold);
    }
  g_ptr_array_sort (children, compare_children);
  return children;
}

/* The rows in their order: who stands for itself, each followed by what it is expanded to. */
static GPtrArray *
arrange (SmAlarmDesk *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) heads = g_ptr_array_new ();

  for (guint i = 0; i < self->laid_in->len; i++)
    {
      SmFold *fold = g_hash_table_lookup (self->folds, self->laid_in->pdata[i]);

      if (fold->head_id == 0)
        g_ptr_array_add (heads, fold);
    }
  g_ptr_array_sort_with_data (heads, compare_folds, self);
  for (guint i = 0; i < heads->len; i++)
    {
      const SmFold *head = heads->pdata[i];
      g_autoptr (GPtrArray) children = NULL;

      g_ptr_array_add (rows, g_object_ref (head->item));
      if (head->n_folded == 0 || !g_hash_table_contains (self->expanded, &head->key.id))
        continue;
      children = list_children (self, head->key.id);
      for (guint k = 0; k < children->len; k++)
        g_ptr_array_add (rows, g_object_ref (((SmFold *) children->pdata[k])->item));
    }
  return rows;
}

static void
lay_in (SmAlarmDesk *self,
        GPtrArray   *items)
{
  g_autoptr (GPtrArray) rows = NULL;
  GHashTable *folds
      = sm_alarm_folds_new (self->ops, items, self->groups && self->is_flood);

  g_hash_table_unref (self->folds);
  self->folds = folds;
  g_ptr_array_unref (self->laid_in);
  self->laid_in = g_ptr_array_ref (items);
  self->n_new = 0;
  self->new_level = 0;
  rows = arrange (self);
  announce (self, rows);
}

static void
count_new (SmAlarmDesk *self,
           GPtrArray   *items)
{
  self->n_new = 0;
  self->new_level = 0;
  for (guint i = 0; i < items->len; i++)
    {
      guint level = (guint) CLAMP (
          sm_row_get_int (sm_item_get_row (items->pdata[i]), SM_ALARM_LEVEL), 1, 4);

      if (g_hash_table_contains (self->folds, items->pdata[i]))
        continue;
      self->n_new++;
      self->new_level = self->new_level == 0 ? level : MIN (self->new_level, level);
    }
}

static void
follow (SmAlarmDesk *self,
        gboolean     moves)
{
  g_autoptr (GPtrArray) items = collect (self);

  g_clear_handle_id (&self->timer, g_source_remove);
  /* Where there is no row yet, none can move. */
  if (moves || self->shown->len == 0)
    lay_in (self, items);
  else
    count_new (self, items);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
follow_cb (gpointer user_data)
{
  SmAlarmDesk *self = user_data;

  self->timer = 0;
  follow (self, !self->is_held);
  return G_SOURCE_REMOVE;
}

static void
follow_soon (SmAlarmDesk *self)
{
  if (self->timer != 0)
    return;
  self->timer = g_timeout_add (FOLLOW_MS, follow_cb, self);
  g_source_set_name_by_id (self->timer, "sm_alarm_desk follow");
}

static void
sm_alarm_desk_dispose (GObject *object)
{
  SmAlarmDesk *self = SM_ALARM_DESK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->source);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_desk_parent_class)->dispose (object);
}

static void
sm_alarm_desk_finalize (GObject *object)
{
  SmAlarmDesk *self = SM_ALARM_DESK (object);

  if (self->compare_free != NULL)
    self->compare_free (self->compare_data);
  g_clear_pointer (&self->filter, sm_row_filter_free);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->laid_in);
  g_hash_table_unref (self->folds);
  g_hash_table_unref (self->expanded);
  g_hash_table_unref (self->recent);

  G_OBJECT_CLASS (sm_alarm_desk_parent_class)->finalize (object);
}

static void
sm_alarm_desk_class_init (SmAlarmDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sm_alarm_desk_dispose;
  object_class->finalize = sm_alarm_desk_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SM_TYPE_ALARM_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_alarm_desk_init (SmAlarmDesk *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->laid_in = g_ptr_array_new_with_free_func (g_object_unref);
  self->folds = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->expanded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->recent = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

/**
 * sm_alarm_desk_new:
 * @link: its pairs are the filter, as sm_row_filter_new() reads them
 *
 * Returns: (transfer full) (nullable): an error for what nothing is filtered by
 */
SmAlarmDesk *
sm_alarm_desk_new (SmOps         *ops,
                   SmDeskView     view,
                   const SmLink  *link,
                   GError       **error)
{
  SmRowFilter *filter
      = sm_row_filter_new (SM_NOUN_ALARM, sm_ops_get_directory (ops), link, error);
  SmAlarmDesk *self;

  if (filter == NULL)
    return NULL;
  self = g_object_new (SM_TYPE_ALARM_DESK, NULL);
  self->ops = g_object_ref (ops);
  self->source = g_object_ref (sm_ops_get_alarms (ops));
  self->view = view;
  self->filter = filter;
  g_signal_connect_object (self->source, "items-changed", G_CALLBACK (follow_soon), self,
                           G_CONNECT_SWAPPED);
  follow (self, TRUE);
  return self;
}

/** sm_alarm_desk_refresh: Looks at everything anew, as each second: states change, and who waits. */
void
sm_alarm_desk_refresh (SmAlarmDesk *self)
{
  g_return_if_fail (SM_IS_ALARM_DESK (self));

  follow (self, !self->is_held);
}

/** sm_alarm_desk_lay_in: Shows what is new, held or not: somebody asked for it. */
void
sm_alarm_desk_lay_in (SmAlarmDesk *self)
{
  g_return_if_fail (SM_IS_ALARM_DESK (self));

  follow (self, TRUE);
}

/** sm_alarm_desk_set_held: While @is_held no row comes, goes or moves. */
void
sm_alarm_desk_set_held (SmAlarmDesk *self,
                        gboolean     is_held)
{
  g_return_if_fail (SM_IS_ALARM_DESK (self));

  if (self->is_held == !!is_held)
    return;
  self->is_held = !!is_held;
  if (!self->is_held)
    follow_soon (self);
}

gboolean
sm_alarm_desk_is_held (SmAlarmDesk *self)
{
  g_return_val_if_fail (SM_IS_ALARM_DESK (self), FALSE);

  return self->is_held;
}

/**
 * sm_alarm_desk_set_order:
 * @compare: (nullable): of a column; NULL: the most urgent first
 * @data: (transfer full): handed to it
 */
void
sm_alarm_desk_set_order (SmAlarmDesk    *self,
                         SmDeskCompare   compare,
                         gpointer        data,
                         GDestroyNotify  data_free)
{
  g_return_if_fail (SM_IS_ALARM_DESK (self));

  if (self->compare_free != NULL)
    self->compare_free (self->compare_data);
  self->compare = compare;
  self->compare_data = data;
  self->compare_free = data_free;
  follow (self, TRUE);
}

/** sm_alarm_desk_set_groups: Whether a flood is grouped by cause. */
void
sm_alarm_desk_set_groups (SmAlarmDesk *self,
                          gboolean     groups)
{
  g_return_if_fail (SM_IS_ALARM_DESK (self));

  if (self->groups == !!groups)
    return;
  self->groups = !!groups;
  follow (self, !self->is_held);
}

/** sm_alarm_desk_is_flood: Whether more come than a person can look at one by one. */
gboolean
sm_alarm_desk_is_flood (SmAlarmDesk *self)
{
  g_return_val_if_fail (SM_IS_ALARM_DESK (self), FALSE);

  return self->is_flood;
}

/** sm_alarm_desk_count_recent: Returns: how many were raised within the last ten minutes */
guint
sm_alarm_desk_count_recent (SmAlarmDesk *self)
{
  g_return_val_if_fail (SM_IS_ALARM_DESK (self), 0);

  return g_hash_table_size (self->recent);
}

/**
 * sm_alarm_desk_count_new:
 * @out_level: (out) (optional): the worst of them, 0 for none
 *
 * Returns: how many came while the desk was held, and are not laid in
 */
guint
sm_alarm_desk_count_new (SmAlarmDesk *self,
                         guint       *out_level)
{
  g_return_val_if_fail (SM_IS_ALARM_DESK (self), 0);

  if (out_level != NULL)
    *out_level = self->new_level;
  return self->n_new;
}

/** sm_alarm_desk_count_unseen_safety: Returns: how many safety codes the filter keeps away */
guint
sm_alarm_desk_count_unseen_safety (SmAlarmDesk *self)
{
  g_return_val_if_fail (SM_IS_ALARM_DESK (self), 0);

  return self->n_unseen_safety;
}

/** sm_alarm_desk_get_fold: Returns: (transfer none) (nullable): how @item is folded; until the next change */
const SmFold *
sm_alarm_desk_get_fold (SmAlarmDesk *self,
                        SmItem      *item)
{
  g_return_val_if_fail (SM_IS_ALARM_DESK (self), NULL);

  return g_hash_table_lookup (self->folds, item);
}

gboolean
sm_alarm_desk_is_expanded (SmAlarmDesk *self,
                           SmItem      *item)
{
  gint64 id = sm_item_get_id (item);

  g_return_val_if_fail (SM_IS_ALARM_DESK (self), FALSE);

  return g_hash_table_contains (self->expanded, &id);
}

/** sm_alarm_desk_set_expanded: Shows or hides what is folded into @item: rows below it move, for it was asked for. */
void
sm_alarm_desk_set_expanded (SmAlarmDesk *self,
                            SmItem      *item,
                            gboolean     is_expanded)
{
  g_autoptr (GPtrArray) rows = NULL;
  gint64 id = sm_item_get_id (item);

  g_return_if_fail (SM_IS_ALARM_DESK (self));

  if (is_expanded)
    g_hash_table_add (self->expanded, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->expanded, &id);
  rows = arrange (self);
  announce (self, rows);
}

/** sm_alarm_desk_dup_folded: Returns: (transfer full): of SmItem, what is folded into @item, the first raised first */
GPtrArray *
sm_alarm_desk_dup_folded (SmAlarmDesk *self,
                          SmItem      *item)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) children = NULL;

  g_return_val_if_fail (SM_IS_ALARM_DESK (self), items);

  children = list_children (self, sm_item_get_id (item));
  for (guint i = 0; i < children->len; i++)
    g_ptr_array_add (items, g_object_ref (((SmFold *) children->pdata[i])->item));
  return items;
}
