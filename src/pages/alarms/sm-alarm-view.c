/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-view.h"

#include "sm-alarm-words.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>


struct _SmAlarmView
{
  GtkWidget parent_instance;

  const SmAlarmViewSpec *spec;
  SmOps *ops;
  SmViewState *state;
  GListModel *model; /* (nullable): SmAlarmDesk or SmHistory */
  SmFilterBar *bar;
  SmTable *table;
  gboolean is_refused; /* nothing is filtered by what the link says */
  gboolean groups;
  gboolean has_pointer, has_focus; /* on the rows */
  double x, y; /* where the pointer came to the rows; a list that opens under it holds nothing */
};

G_DEFINE_FINAL_TYPE (SmAlarmView, sm_alarm_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_CHOSEN,
  SIGNAL_ACTIVATED,
  SIGNAL_DESK_CHANGED,
} Signal;
static guint signals[SIGNAL_DESK_CHANGED + 1];

const SmAlarmViewSpec sm_alarm_views[] = {
  { "alarms", N_ ("Active"), FALSE, SM_DESK_ACTIVE, N_ ("No open alarms") },
  { "alarms_shelved", N_ ("Shelved"), FALSE, SM_DESK_SHELVED, N_ ("Nothing is shelved") },
  { "alarms_suppressed", N_ ("Suppressed"), FALSE, SM_DESK_SUPPRESSED,
    N_ ("Nothing is suppressed") },
  { "alarms_out_of_service", N_ ("Out of service"), FALSE, SM_DESK_OUT_OF_SERVICE,
    N_ ("Nothing is out of service") },
  { "alarm_history", N_ ("History"), TRUE, 0, N_ ("No alarms yet") },
};
const guint sm_n_alarm_views = G_N_ELEMENTS (sm_alarm_views);

static const char *const levels[] = { "1", "2", "3", "4", NULL };
static const char *const level_words[]
    = { N_ ("Level 1"), N_ ("Level 2"), N_ ("Level 3"), N_ ("Level 4"), NULL };
static const char *const periods[] = { "last_hour", "today", "yesterday", "last_day", NULL };
static const char *const period_words[]
    = { N_ ("the last hour"), N_ ("today"), N_ ("yesterday"), N_ ("the last 24 hours"), NULL };

static const SmFilterChoice desk_choices[] = {
  { "level", N_ ("Level"), levels, level_words },
  { "state", N_ ("State"), sm_alarm_states },
};
static const SmFilterChoice history_choices[] = {
  { "level", N_ ("Level"), levels, level_words },
  { "ended", N_ ("Time"), periods, period_words },
};

static gboolean
is_filtered (SmAlarmView *self)
{
  return sm_link_get_n_pairs (sm_filter_bar_get_link (self->bar)) > 0;
}

/* Whether the rows are a history that is not simply there. */
static gboolean
show_history (SmAlarmView *self)
{
  SmHistory *history = self->model != NULL && SM_IS_HISTORY (self->model)
                           ? SM_HISTORY (self->model) : NULL;
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
show_state (SmAlarmView *self)
{
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  sm_table_set_time_zone (self->table, sm_status_get_time_zone (sm_ops_get_status (self->ops)));
  if (self->is_refused)
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
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _(self->spec->nothing), NULL);
  else
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("The service cannot be reached"),
                        _("What was loaded before is shown here. It goes on by itself as soon as "
                          "the service answers."));
}

/* --- the order of a column --- */

typedef struct
{
  SmAlarmView *view; /* outlives the desk that it shows */
  const SmTableColumn *column;
  gboolean is_descending;
} Order;

static int
compare_cb (SmItem   *a,
            SmItem   *b,
            gpointer  data)
{
  const Order *order = data;
  const SmTableContext context = { NULL, order->view };

  return sm_table_column_compare (order->column, a, b, order->is_descending, &context);
}

static void
sort_cb (GListModel          *model,
         const SmTableColumn *column,
         gboolean             is_descending,
         gpointer             view)
{
  Order *order;

  if (!SM_IS_ALARM_DESK (model))
    return;
  order = g_new (Order, 1);
  *order = (Order){ view, column, is_descending };
  sm_alarm_desk_set_order (SM_ALARM_DESK (model), compare_cb, order, g_free);
}

static void
sort_changed_cb (SmAlarmView *self)
{
  SmAlarmDesk *desk = sm_alarm_view_get_desk (self);

  if (desk != NULL && sm_table_get_sort (self->table, NULL) == NULL)
    sm_alarm_desk_set_order (desk, NULL, NULL, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
load_more_cb (GListModel *model,
              gpointer    view)
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
              gpointer  view)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_item_get_id (item));

  return sm_link_text ("alarm", id, NULL);
}

/* --- the rows that a link describes --- */

static GListModel *
query_history (SmAlarmView  *self,
               const SmLink *link)
{
  SmStatus *status = sm_ops_get_status (self->ops);
  g_autoptr (SmHistoryFilter) filter
      = sm_history_filter_from_link (link, sm_clock_now (sm_status_get_clock (status)),
                                     sm_status_get_time_zone (status), NULL);

  return filter != NULL ? G_LIST_MODEL (sm_ops_history_new (self->ops, SM_NOUN_ALARM, filter))
                        : NULL;
}

static void
desk_changed_cb (SmAlarmView *self)
{
  g_signal_emit (self, signals[SIGNAL_DESK_CHANGED], 0);
}

static gboolean
is_held (SmAlarmView *self)
{
  return self->has_pointer || self->has_focus;
}

static void
query (SmAlarmView *self)
{
  const SmLink *link = sm_filter_bar_get_link (self->bar);
  g_autoptr (GListModel) model
      = self->spec->is_history
            ? query_history (self, link)
            : G_LIST_MODEL (sm_alarm_desk_new (self->ops, self->spec->view, link, NULL));

  self->is_refused = model == NULL;
  if (model != NULL && SM_IS_HISTORY (model))
    g_signal_connect_object (model, "notify::state", G_CALLBACK (show_state), self,
                             G_CONNECT_SWAPPED);
  if (model != NULL && SM_IS_ALARM_DESK (model))
    {
      sm_alarm_desk_set_groups (SM_ALARM_DESK (model), self->groups);
      sm_alarm_desk_set_held (SM_ALARM_DESK (model), is_held (self));
      g_signal_connect_object (model, "changed", G_CALLBACK (desk_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_set_object (&self->model, model);
  sm_table_set_model (self->table, model);
  show_state (self);
  desk_changed_cb (self);
}

static void
remember_filter (SmAlarmView *self)
{
  g_autofree char *name = g_strconcat (self->spec->name, ".filter", NULL);
  g_autofree char *link = sm_link_format (sm_filter_bar_get_link (self->bar));

  if (self->state != NULL)
    sm_view_state_set (self->state, name, link);
}

static void
filters_changed_cb (SmAlarmView *self)
{
  query (self);
  remember_filter (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
chosen_cb (SmAlarmView *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
activated_cb (SmAlarmView *self,
              SmItem      *item)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, item);
}

static char *
words_cb (const char *key,
          const char *value,
          gpointer    data)
{
  return sm_alarm_words_pair (((SmAlarmView *) data)->ops, key, value);
}

/* --- holding --- */

static void
hold (SmAlarmView *self)
{
  SmAlarmDesk *desk = sm_alarm_view_get_desk (self);

  if (desk != NULL)
    sm_alarm_desk_set_held (desk, is_held (self));
}

static void
enter_cb (SmAlarmView *self,
          double       x,
          double       y)
{
  self->x = x;
  self->y = y;
}

/* Only a hand moves the pointer; GTK says "motion" too when the rows below it change. */
static void
motion_cb (SmAlarmView *self,
           double       x,
           double       y)
{
  if (self->has_pointer || (ABS (x - self->x) < 1 && ABS (y - self->y) < 1))
    return;
  self->has_pointer = TRUE;
  hold (self);
}

static void
leave_cb (SmAlarmView *self)
{
  self->has_pointer = FALSE;
  hold (self);
}

static void
focus_cb (GtkEventController *controller,
          GParamSpec         *pspec,
          SmAlarmView        *self)
{
  self->has_focus
      = gtk_event_controller_focus_contains_focus (GTK_EVENT_CONTROLLER_FOCUS (controller));
  hold (self);
}

static void
follow_hands (SmAlarmView *self)
{
  GtkWidget *rows = sm_table_get_rows (self->table);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (motion, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "notify::contains-focus", G_CALLBACK (focus_cb), self, 0);
  gtk_widget_add_controller (rows, motion);
  gtk_widget_add_controller (rows, focus);
}

static void
sm_alarm_view_dispose (GObject *object)
{
  SmAlarmView *self = SM_ALARM_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->model);
  g_clear_object (&self->ops);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (sm_alarm_view_parent_class)->dispose (object);
}

static void
sm_alarm_view_class_init (SmAlarmViewClass *klass)
{
  static const char *const names[] = { "changed", "chosen", "activated", "desk-changed" };

  G_OBJECT_CLASS (klass)->dispose = sm_alarm_view_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (i != SIGNAL_ACTIVATED)
      signals[i] = g_signal_new (names[i], SM_TYPE_ALARM_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED]
      = g_signal_new (names[SIGNAL_ACTIVATED], SM_TYPE_ALARM_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, SM_TYPE_ITEM);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_alarm_view_init (SmAlarmView *self)
{
  self->groups = TRUE;
}

static void
make_widgets (SmAlarmView *self)
{
  const SmAlarmViewSpec *spec = self->spec;
  gboolean is_history = spec->is_history;
  const SmTableHooks hooks = { is_history ? NULL : sort_cb, NULL,
                               is_history ? load_more_cb : NULL, dup_row_link };

  self->bar = SM_FILTER_BAR (sm_filter_bar_new (
      spec->name, is_history ? NULL : _("Where, code or note"),
      is_history ? history_choices : desk_choices,
      is_history ? G_N_ELEMENTS (history_choices) : G_N_ELEMENTS (desk_choices), words_cb, self));
  self->table = SM_TABLE (sm_table_new (
      spec->name, _(spec->title), is_history ? sm_alarm_history_columns : sm_alarm_columns,
      is_history ? sm_n_alarm_history_columns : sm_n_alarm_columns, &hooks, self));
  sm_table_set_selects_many (self->table);
  sm_table_set_filters (self->table, GTK_WIDGET (self->bar));
  gtk_widget_set_parent (GTK_WIDGET (self->table), GTK_WIDGET (self));
  if (self->state != NULL)
    {
      sm_filter_bar_set_view_state (self->bar, self->state);
      sm_table_set_view_state (self->table, self->state);
    }
  if (!is_history)
    follow_hands (self);
}

static void
restore_filter (SmAlarmView *self)
{
  g_autofree char *name = g_strconcat (self->spec->name, ".filter", NULL);
  const char *text = self->state != NULL ? sm_view_state_get (self->state, name) : NULL;
  g_autoptr (SmLink) link = text != NULL ? sm_link_parse (text) : NULL;

  if (link != NULL && g_str_equal (sm_link_get_page (link), self->spec->name))
    sm_filter_bar_set_link (self->bar, link);
  query (self);
}

/**
 * sm_alarm_view_new:
 * @state: (nullable): where filters, columns and sort are remembered
 * @spec: static
 */
GtkWidget *
sm_alarm_view_new (SmOps                 *ops,
                   SmViewState           *state,
                   const SmAlarmViewSpec *spec)
{
  SmAlarmView *self = g_object_new (SM_TYPE_ALARM_VIEW, NULL);

  self->spec = spec;
  self->ops = g_object_ref (ops);
  self->state = state != NULL ? g_object_ref (state) : NULL;
  make_widgets (self);
  restore_filter (self);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (filters_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "sort-changed", G_CALLBACK (sort_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "selection-changed", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_directory (ops), "changed", G_CALLBACK (sm_table_show_anew),
                           self->table, G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_status (ops), "notify", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

SmTable *
sm_alarm_view_get_table (SmAlarmView *self)
{
  return self->table;
}

SmOps *
sm_alarm_view_get_ops (SmAlarmView *self)
{
  return self->ops;
}

/** sm_alarm_view_get_desk: Returns: (transfer none) (nullable): the open alarms; NULL in the history */
SmAlarmDesk *
sm_alarm_view_get_desk (SmAlarmView *self)
{
  return self->model != NULL && SM_IS_ALARM_DESK (self->model) ? SM_ALARM_DESK (self->model)
                                                              : NULL;
}

/** sm_alarm_view_show_link: Shows the rows that a link of this view describes, in its order. */
void
sm_alarm_view_show_link (SmAlarmView  *self,
                         const SmLink *link)
{
  g_return_if_fail (SM_IS_ALARM_VIEW (self));

  sm_filter_bar_show_view (self->bar, self->table, link);
  query (self);
  remember_filter (self);
}

/** sm_alarm_view_dup_link: Returns: (transfer full): the link to what is shown */
char *
sm_alarm_view_dup_link (SmAlarmView *self)
{
  return sm_filter_bar_dup_view (self->bar, self->table);
}

/** sm_alarm_view_set_groups: Whether a flood is grouped by cause. */
void
sm_alarm_view_set_groups (SmAlarmView *self,
                          gboolean     groups)
{
  SmAlarmDesk *desk = sm_alarm_view_get_desk (self);

  self->groups = !!groups;
  if (desk != NULL)
    sm_alarm_desk_set_groups (desk, groups);
}

/** sm_alarm_view_refresh: Each second: ages go on, and rows that changed come, go and move. */
void
sm_alarm_view_refresh (SmAlarmView *self)
{
  SmAlarmDesk *desk = sm_alarm_view_get_desk (self);
  gboolean is_live = sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE;

  if (desk != NULL)
    {
      sm_alarm_desk_refresh (desk);
      sm_table_show_anew (self->table);
      return;
    }
  /* What was asked before anybody was signed in, say, is asked again. */
  if (self->model != NULL && is_live
      && (sm_history_get_state (SM_HISTORY (self->model)) == SM_HISTORY_FAILED
          || sm_history_get_state (SM_HISTORY (self->model)) == SM_HISTORY_CACHED))
    sm_history_refresh (SM_HISTORY (self->model));
}

/** sm_alarm_view_find: Puts the focus where a text can be typed to look for. */
void
sm_alarm_view_find (SmAlarmView *self)
{
  sm_filter_bar_grab_text (self->bar);
}

/** sm_alarm_view_clear: Takes all filters away. */
void
sm_alarm_view_clear (SmAlarmView *self)
{
  g_autoptr (SmLink) all = sm_link_new (self->spec->name, NULL);

  sm_filter_bar_set_link (self->bar, all);
  filters_changed_cb (self);
}

/** sm_alarm_view_describe_missing: Returns: (nullable): what is still to come, for the log */
const char *
sm_alarm_view_describe_missing (SmAlarmView *self)
{
  gboolean is_live = sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE;
  gboolean is_whole = sm_figures_get_values (sm_ops_get_figures (self->ops))->is_whole;
  SmHistoryState state;

  if (self->model == NULL)
    return NULL;
  if (!SM_IS_HISTORY (self->model))
    return is_live && g_list_model_get_n_items (self->model) == 0 && !is_whole ? "the rows" : NULL;
  state = sm_history_get_state (SM_HISTORY (self->model));
  return state == SM_HISTORY_LOADING || (is_live && state == SM_HISTORY_CACHED)
             ? "the first page of the history" : NULL;
}
