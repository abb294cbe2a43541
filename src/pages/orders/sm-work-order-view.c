/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-view.h"

#include "sm-toast-errors.h"
#include "sm-words.h"
#include "sm-work-order-columns.h"
#include "sm-work-order-map-columns.h"
#include "sm-work-order-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAP_CHOICES 1

const SmWorkOrderViewSpec sm_work_order_views[] = {
  { "work_order_board", NC_ ("work orders", "Board"), .is_board = TRUE },
  { "work_orders", NC_ ("work orders", "List") },
  { "work_order_map", NC_ ("work orders", "Map"), .is_map = TRUE },
  { "work_order_calendar", NC_ ("work orders", "Calendar"), .is_calendar = TRUE },
  { "work_order_history", NC_ ("work orders", "History"), .is_history = TRUE },
};
const guint sm_n_work_order_views = G_N_ELEMENTS (sm_work_order_views);

struct _SmWorkOrderView
{
  GtkWidget parent_instance;

  const SmWorkOrderViewSpec *spec;
  SmOps *ops;
  SmViewState *state; /* (nullable) */
  SmFilterBar *bar;
  SmTable *table;          /* (nullable): of a board */
  SmWorkOrderBoard *board; /* (nullable): of a table */
  SmWorkOrderMap *map;     /* (nullable): beside a table */
  SmWorkOrderCalendar *calendar; /* (nullable): instead of a table and a board */
  GListModel *model;       /* (nullable): a link that nothing is filtered by */
};

G_DEFINE_FINAL_TYPE (SmWorkOrderView, sm_work_order_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- filters --- */

static const char *const levels[] = { "1", "2", "3", "4", NULL };
static const char *const level_words[]
    = { N_ ("Level 1"), N_ ("Level 2"), N_ ("Level 3"), N_ ("Level 4"), NULL };
static const char *const periods[] = { "today", "yesterday", "last_day", NULL };
static const char *const period_words[]
    = { N_ ("Today"), N_ ("Yesterday"), N_ ("Last 24 hours"), NULL };

/* As many states as the board has no column for. */
static const SmFilterChoice open_choices[] = {
  { "state", N_ ("State"), sm_work_order_states },
  { "level", N_ ("Level"), levels, level_words },
  { "kind", N_ ("Kind"), sm_work_order_kinds },
  { "source", N_ ("Reported by way of"), sm_work_order_sources },
};
static const SmFilterChoice history_choices[] = {
  { "kind", N_ ("Kind"), sm_work_order_kinds },
  { "at", N_ ("Opened"), periods, period_words },
};

static char *
words_cb (const char *key,
          const char *value,
          gpointer    data)
{
  SmWorkOrderView *self = data;
  const SmNoun *noun = sm_noun_get (SM_NOUN_WORK_ORDER);
  int field = sm_noun_find_field (noun, key, strlen (key));
  gint64 id;

  if ((field == SM_WORK_ORDER_STATION_ID || field == SM_WORK_ORDER_ENGINEER_ID)
      && g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &id, NULL))
    return sm_work_order_label (
        self->ops, field == SM_WORK_ORDER_STATION_ID ? SM_NOUN_STATION : SM_NOUN_ENGINEER, id);
  if (field == SM_WORK_ORDER_CODE)
    return g_strdup (sm_word_of_alarm (value));
  return field >= 0 && noun->fields[field].slugs != NULL
             ? g_strdup (sm_word_of_slug (noun->fields[field].slugs, value)) : NULL;
}

/* --- what is shown --- */

static gboolean
is_filtered (SmWorkOrderView *self)
{
  return sm_link_get_n_pairs (sm_filter_bar_get_link (self->bar)) > 0;
}

/* Whether the rows are a history that is not simply there. */
static gboolean
show_history (SmWorkOrderView *self)
{
  SmHistory *history = self->spec->is_history && self->model != NULL ? SM_HISTORY (self->model)
                                                                     : NULL;
  const char *problem = history != NULL ? sm_history_get_problem (history) : NULL;

  if (history == NULL || sm_history_get_state (history) == SM_HISTORY_READY)
    return FALSE;
  if (sm_history_get_state (history) == SM_HISTORY_LOADING)
    sm_table_set_state (self->table, SM_TABLE_LOADING, _("Loading"), NULL);
  else if (sm_history_get_state (history) == SM_HISTORY_CACHED)
    sm_table_set_state (self->table, SM_TABLE_CONTENT,
                        _("Nothing of this was kept on this computer"),
                        _("The service cannot be reached. Older rows come as soon as it answers."));
  else
    sm_table_set_state (self->table, SM_TABLE_CONTENT,
                        problem != NULL ? sm_slug_what (problem) : _("The rows could not be read"),
                        problem != NULL ? sm_slug_next_step (problem) : NULL);
  return TRUE;
}

static void
show_state (SmWorkOrderView *self)
{
  SmStatus *status = sm_ops_get_status (self->ops);
  SmStatusState state = sm_status_get_state (status);

  if (self->table == NULL)
    return;
  sm_table_set_time_zone (self->table, sm_status_get_time_zone (status));
  if (self->model == NULL)
    sm_table_set_state (self->table, SM_TABLE_ERROR, _("This link filters by something unknown here"),
                        _("It may come from a newer version. Take the filter away to see all rows."));
  else if (show_history (self))
    ;
  else if (state == SM_STATUS_STARTING || state == SM_STATUS_LOADING)
    sm_table_set_state (self->table, SM_TABLE_LOADING, _("Loading"), NULL);
  else if (is_filtered (self))
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("Nothing matches these filters"),
                        _("Take a filter away to see more."));
  else if (state == SM_STATUS_LIVE || state == SM_STATUS_STALE)
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("No work order is open"),
                        _("One is opened by an alarm of high risk, or from an alarm by hand."));
  else
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("The service cannot be reached"),
                        _("What was loaded before is shown here. It goes on by itself as soon as "
                          "the service answers."));
}

static GListModel *
query_history (SmWorkOrderView *self,
               const SmLink    *link)
{
  SmStatus *status = sm_ops_get_status (self->ops);
  g_autoptr (SmHistoryFilter) filter
      = sm_history_filter_from_link (link, sm_clock_now (sm_status_get_clock (status)),
                                     sm_status_get_time_zone (status), NULL);

  return filter != NULL ? G_LIST_MODEL (sm_ops_history_new (self->ops, SM_NOUN_WORK_ORDER, filter))
                        : NULL;
}

/* Open orders are of one list, whichever view they are in. */
static GListModel *
query_open (SmWorkOrderView *self,
            const SmLink    *link)
{
  g_autoptr (SmLink) open = sm_link_new ("work_orders", NULL);

  for (guint i = 0; i < sm_link_get_n_pairs (link); i++)
    {
      const char *key, *value;

      sm_link_get_pair (link, i, &key, &value);
      sm_link_set (open, key, value);
    }
  return sm_ops_open_list (self->ops, open, NULL);
}

static void
query (SmWorkOrderView *self)
{
  const SmLink *link = sm_filter_bar_get_link (self->bar);
  g_autoptr (GListModel) model
      = self->spec->is_history ? query_history (self, link) : query_open (self, link);
  g_autoptr (GListStore) none = g_list_store_new (SM_TYPE_ITEM);

  if (self->spec->is_history && model != NULL)
    g_signal_connect_object (model, "notify::state", G_CALLBACK (show_state), self,
                             G_CONNECT_SWAPPED);
  g_set_object (&self->model, model);
  if (self->table != NULL)
    sm_table_set_model (self->table, model);
  else if (self->board != NULL)
    sm_work_order_board_set_model (self->board, model != NULL ? model : G_LIST_MODEL (none));
  if (self->map != NULL)
    sm_work_order_map_set_model (self->map, model);
  show_state (self);
}

static void
remember_filter (SmWorkOrderView *self)
{
  g_autofree char *name = g_strconcat (self->spec->name, ".filter", NULL);
  g_autofree char *link = sm_link_format (sm_filter_bar_get_link (self->bar));

  if (self->state != NULL)
    sm_view_state_set (self->state, name, link);
}

static void
filters_changed_cb (SmWorkOrderView *self)
{
  query (self);
  remember_filter (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
chosen_cb (SmWorkOrderView *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
activated_cb (SmWorkOrderView *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static gboolean
load_more_cb (GListModel *model,
              gpointer    data)
{
  SmHistoryState state = sm_history_get_state (SM_HISTORY (model));

  if (sm_history_is_complete (SM_HISTORY (model)) || state == SM_HISTORY_FAILED
      || state == SM_HISTORY_CACHED)
    return FALSE;
  sm_history_load_more (SM_HISTORY (model));
  return TRUE;
}

static char *
dup_row_link (SmItem   *item,
              gpointer  data)
{
  const char *number = sm_row_get_text (sm_item_get_row (item), SM_WORK_ORDER_NUMBER);

  return number != NULL ? sm_link_text ("work_order", number, NULL) : NULL;
}

/* --- what a page asks --- */

/** sm_work_order_view_get_chosen: Returns: (transfer none) (nullable) */
SmItem *
sm_work_order_view_get_chosen (SmWorkOrderView *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDER_VIEW (self), NULL);

  if (self->calendar != NULL)
    return sm_work_order_calendar_get_chosen (self->calendar);
  return self->table != NULL ? sm_table_get_selected (self->table)
                             : sm_work_order_board_get_chosen (self->board);
}

/** sm_work_order_view_choose: Returns: whether that one is there */
gboolean
sm_work_order_view_choose (SmWorkOrderView *self,
                           gint64           id)
{
  SmItem *item;

  g_return_val_if_fail (SM_IS_WORK_ORDER_VIEW (self), FALSE);

  if (self->table != NULL)
    return sm_table_select (self->table, id);
  if (self->calendar != NULL)
    return sm_work_order_calendar_choose (self->calendar, id);
  sm_work_order_board_choose (self->board, id);
  item = sm_work_order_board_get_chosen (self->board);
  return item != NULL && sm_item_get_id (item) == id;
}

/** sm_work_order_view_get_table: Returns: (transfer none) (nullable): a board has none */
SmTable *
sm_work_order_view_get_table (SmWorkOrderView *self)
{
  return self->table;
}

/** sm_work_order_view_get_board: Returns: (transfer none) (nullable): a table has none */
SmWorkOrderBoard *
sm_work_order_view_get_board (SmWorkOrderView *self)
{
  return self->board;
}

/** sm_work_order_view_get_map: Returns: (transfer none) (nullable) */
SmWorkOrderMap *
sm_work_order_view_get_map (SmWorkOrderView *self)
{
  return self->map;
}

/** sm_work_order_view_get_calendar: Returns: (transfer none) (nullable) */
SmWorkOrderCalendar *
sm_work_order_view_get_calendar (SmWorkOrderView *self)
{
  return self->calendar;
}

void
sm_work_order_view_show_link (SmWorkOrderView *self,
                              const SmLink    *link)
{
  g_return_if_fail (SM_IS_WORK_ORDER_VIEW (self));

  if (self->table != NULL)
    sm_filter_bar_show_view (self->bar, self->table, link);
  else
    sm_filter_bar_set_link (self->bar, link);
  query (self);
  remember_filter (self);
}

/** sm_work_order_view_dup_link: Returns: (transfer full): the link to what is shown */
char *
sm_work_order_view_dup_link (SmWorkOrderView *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDER_VIEW (self), NULL);

  return self->table != NULL ? sm_filter_bar_dup_view (self->bar, self->table)
                             : sm_link_format (sm_filter_bar_get_link (self->bar));
}

/** sm_work_order_view_refresh: Each second: clocks go on. */
void
sm_work_order_view_refresh (SmWorkOrderView *self)
{
  gboolean is_live = sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE;

  g_return_if_fail (SM_IS_WORK_ORDER_VIEW (self));

  if (self->board != NULL)
    sm_work_order_board_refresh (self->board);
  else if (self->map != NULL)
    sm_work_order_map_refresh (self->map);
  else if (self->calendar != NULL)
    sm_work_order_calendar_refresh (self->calendar);
  else if (!self->spec->is_history)
    sm_table_show_anew (self->table);
  /* What was asked before anybody was signed in, say, is asked again. */
  else if (self->model != NULL && is_live
           && (sm_history_get_state (SM_HISTORY (self->model)) == SM_HISTORY_FAILED
               || sm_history_get_state (SM_HISTORY (self->model)) == SM_HISTORY_CACHED))
    sm_history_refresh (SM_HISTORY (self->model));
}

/** sm_work_order_view_find: Puts the focus where a text can be typed to look for. */
void
sm_work_order_view_find (SmWorkOrderView *self)
{
  sm_filter_bar_grab_text (self->bar);
}

/** sm_work_order_view_grab: Puts the focus on the orders. */
void
sm_work_order_view_grab (SmWorkOrderView *self)
{
  if (self->table != NULL)
    sm_table_grab_rows (self->table);
  else if (self->calendar != NULL)
    sm_work_order_calendar_grab (self->calendar);
  else
    sm_work_order_board_grab (self->board);
}

/** sm_work_order_view_describe_missing: Returns: (nullable): what is still to come, for the log */
const char *
sm_work_order_view_describe_missing (SmWorkOrderView *self)
{
  gboolean is_live = sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE;
  gboolean is_whole = sm_figures_get_values (sm_ops_get_figures (self->ops))->is_whole;
  SmHistoryState state;

  if (self->model == NULL)
    return NULL;
  if (self->map != NULL && is_whole && !sm_work_order_map_is_settled (self->map))
    return "the map";
  if (self->calendar != NULL && is_live && sm_work_order_calendar_is_loading (self->calendar))
    return "what was done this week";
  if (!self->spec->is_history)
    return is_live && !is_whole ? "the work orders" : NULL;
  state = sm_history_get_state (SM_HISTORY (self->model));
  return state == SM_HISTORY_LOADING || (is_live && state == SM_HISTORY_CACHED)
             ? "the first page of the history" : NULL;
}

/* --- a widget --- */

static void
sm_work_order_view_dispose (GObject *object)
{
  SmWorkOrderView *self = SM_WORK_ORDER_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->model);
  g_clear_object (&self->ops);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (sm_work_order_view_parent_class)->dispose (object);
}

static void
sm_work_order_view_class_init (SmWorkOrderViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_work_order_view_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SM_TYPE_WORK_ORDER_VIEW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", SM_TYPE_WORK_ORDER_VIEW, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_work_order_view_init (SmWorkOrderView *self)
{
}

static GtkWidget *
make_board (SmWorkOrderView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->board = SM_WORK_ORDER_BOARD (sm_work_order_board_new (self->ops));
  gtk_widget_set_vexpand (GTK_WIDGET (self->board), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->bar), "order-filters");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->board));
  g_signal_connect_object (self->board, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  return box;
}

/* All engineers, whatever was filtered elsewhere. */
static GtkWidget *
make_calendar (SmWorkOrderView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->calendar = SM_WORK_ORDER_CALENDAR (sm_work_order_calendar_new (self->ops));
  gtk_widget_set_vexpand (GTK_WIDGET (self->calendar), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  g_signal_connect_object (self->calendar, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  return box;
}

static GtkWidget *
make_table (SmWorkOrderView *self)
{
  gboolean is_history = self->spec->is_history;
  const SmTableHooks hooks = { NULL, NULL, is_history ? load_more_cb : NULL, dup_row_link };

  self->table = SM_TABLE (sm_table_new (
      self->spec->name, _("Work orders"),
      is_history           ? sm_work_order_history_columns
      : self->spec->is_map ? sm_work_order_map_columns
                           : sm_work_order_columns,
      is_history           ? sm_n_work_order_history_columns
      : self->spec->is_map ? sm_n_work_order_map_columns
                           : sm_n_work_order_columns,
      &hooks, self->ops));
  sm_table_set_selects_many (self->table);
  sm_table_set_filters (self->table, GTK_WIDGET (self->bar));
  if (self->state != NULL)
    sm_table_set_view_state (self->table, self->state);
  g_signal_connect_object (self->table, "selection-changed", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_directory (self->ops), "changed",
                           G_CALLBACK (sm_table_show_anew), self->table, G_CONNECT_SWAPPED);
  if (!self->spec->is_map)
    return GTK_WIDGET (self->table);
  self->map = SM_WORK_ORDER_MAP (sm_work_order_map_new (self->ops, self->table));
  return GTK_WIDGET (self->map);
}

static void
restore_filter (SmWorkOrderView *self)
{
  g_autofree char *name = g_strconcat (self->spec->name, ".filter", NULL);
  const char *text = self->state != NULL ? sm_view_state_get (self->state, name) : NULL;
  g_autoptr (SmLink) link = text != NULL ? sm_link_parse (text) : NULL;

  if (self->state != NULL)
    sm_filter_bar_set_view_state (self->bar, self->state);
  if (link != NULL && g_str_equal (sm_link_get_page (link), self->spec->name))
    sm_filter_bar_set_link (self->bar, link);
  query (self);
}

/* Beside a map there is no room for all of them. */
static guint
count_choices (const SmWorkOrderViewSpec *spec)
{
  if (spec->is_history)
    return G_N_ELEMENTS (history_choices);
  return spec->is_map ? MAP_CHOICES : G_N_ELEMENTS (open_choices) - spec->is_board;
}

/**
 * sm_work_order_view_new:
 * @state: (nullable): where filters, columns and sort are remembered
 * @spec: static
 */
GtkWidget *
sm_work_order_view_new (SmOps                     *ops,
                        SmViewState               *state,
                        const SmWorkOrderViewSpec *spec)
{
  SmWorkOrderView *self = g_object_new (SM_TYPE_WORK_ORDER_VIEW, NULL);
  gboolean is_history = spec->is_history;

  self->spec = spec;
  self->ops = g_object_ref (ops);
  self->state = state != NULL ? g_object_ref (state) : NULL;
  self->bar = SM_FILTER_BAR (sm_filter_bar_new (
      spec->name, is_history ? NULL : _("What, where, who or number"),
      is_history ? history_choices : open_choices + spec->is_board, count_choices (spec),
      words_cb, self));
  gtk_widget_set_parent (spec->is_board      ? make_board (self)
                         : spec->is_calendar ? make_calendar (self)
                                             : make_table (self),
                         GTK_WIDGET (self));
  restore_filter (self);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (filters_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_status (ops), "notify", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
