/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-replay-lists.h"

#include "sm-fault-row.h"
#include "sm-replay-words.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmReplayLists
{
  GtkWidget parent_instance;

  GtkWidget *paned;
  SmTable *alarm_table, *event_table;
  GListStore *alarms; /* of SmItem, as they were then */
  GListStore *events; /* of SmItem, newest first; their ids are places in the replay's, from 1 */
  GPtrArray *all_events; /* of SmItem, oldest first */
  SmOps *ops;
  SmReplay *replay; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SmReplayLists, sm_replay_lists, GTK_TYPE_WIDGET)

/* --- columns --- */

static char *
alarm_what (const SmTableColumn *column,
            SmItem              *item,
            gpointer             data)
{
  return sm_text_clean (sm_word_of_alarm (sm_row_get_text (sm_item_get_row (item), SM_ALARM_CODE)));
}

static char *
alarm_source (const SmTableColumn *column,
              SmItem              *item,
              gpointer             data)
{
  return sm_fault_source (sm_item_get_row (item));
}

static char *
alarm_state (const SmTableColumn *column,
             SmItem              *item,
             gpointer             data)
{
  return sm_text_clean (sm_word_of_slug (
      sm_alarm_states, sm_row_get_text (sm_item_get_row (item), SM_ALARM_STATE)));
}

/* How old it was then. */
static char *
alarm_age (const SmTableColumn *column,
           SmItem              *item,
           gpointer             data)
{
  const SmReplayLists *self = data;
  gint64 raised = sm_row_get_int (sm_item_get_row (item), SM_ALARM_RAISED_AT);

  return self->replay != NULL ? sm_time_age (MAX (sm_replay_get_at (self->replay) - raised, 0))
                              : g_strdup ("–");
}

#define FIXED SM_COLUMN_UNSORTED

static const SmTableColumn alarm_columns[] = {
  { "level", N_ ("Level"), NULL, SM_ALARM_LEVEL, SM_COLUMN_LEVEL, 0, 5 },
  { "what", N_ ("Alarm"), NULL, SM_ALARM_CODE, SM_COLUMN_PRIMARY, 0, 24, 0, alarm_what },
  { "source", N_ ("At"), NULL, SM_ALARM_SOURCE_LABEL, 0, 0, 14, 0, alarm_source },
  { "since", N_ ("Age"), NULL, SM_ALARM_RAISED_AT, FIXED, 0, 6, 0, alarm_age },
  { "state", N_ ("State"), NULL, SM_ALARM_STATE, 0, 0, 22, 0, alarm_state },
  { "acked_by", N_ ("Owner"), NULL, SM_ALARM_ACKED_BY, 0, 0, 10 },
  { "note", N_ ("Note"), NULL, SM_ALARM_NOTE, 0, 0, 20 },
  { "raised", N_ ("Raised"), NULL, SM_ALARM_RAISED_AT, SM_COLUMN_HIDDEN, 0, 19 },
  { "returned", N_ ("Ended"), NULL, SM_ALARM_RETURNED_AT, SM_COLUMN_HIDDEN, 0, 19 },
  { "acked", N_ ("Acknowledged"), NULL, SM_ALARM_ACKED_AT, SM_COLUMN_HIDDEN, 0, 19 },
  { "value", N_ ("Value"), NULL, SM_ALARM_VALUE, SM_COLUMN_HIDDEN, 1, 8 },
  { "limit", N_ ("Limit"), NULL, SM_ALARM_LIMIT_VALUE, SM_COLUMN_HIDDEN, 1, 8 },
  { "count", N_ ("Times"), NULL, SM_ALARM_COUNT, SM_COLUMN_HIDDEN, 0, 5 },
};

static const SmPastEvent *
event_of (SmItem   *item,
          gpointer  data)
{
  SmReplayLists *self = data;

  return &g_array_index (sm_replay_get_events (self->replay), SmPastEvent,
                         (guint) sm_item_get_id (item) - 1);
}

static char *
event_what (const SmTableColumn *column,
            SmItem              *item,
            gpointer             data)
{
  return sm_replay_what (event_of (item, data));
}

static char *
event_who (const SmTableColumn *column,
           SmItem              *item,
           gpointer             data)
{
  return sm_replay_who (event_of (item, data));
}

static char *
event_about (const SmTableColumn *column,
             SmItem              *item,
             gpointer             data)
{
  return sm_replay_about (event_of (item, data));
}

static char *
event_reason (const SmTableColumn *column,
              SmItem              *item,
              gpointer             data)
{
  return sm_replay_reason (event_of (item, data));
}

/* An event stands as a row of what it is about, at the time at which it happened. */
static const SmTableColumn event_columns[] = {
  { "at", N_ ("When"), NULL, SM_ALARM_RAISED_AT, FIXED, 0, 19 },
  { "what", N_ ("What happened"), NULL, SM_ALARM_STATE, FIXED | SM_COLUMN_PRIMARY, 0, 26, 0,
    event_what },
  { "who", N_ ("Who"), NULL, SM_ALARM_ACKED_BY, FIXED, 0, 12, 0, event_who },
  { "about", N_ ("About"), NULL, SM_ALARM_CODE, FIXED, 0, 26, 0, event_about },
  { "reason", N_ ("Reason"), NULL, SM_ALARM_NOTE, FIXED, 0, 20, 0, event_reason },
};

/* --- following the replay --- */

/* Whether the same alarms are listed, in the same order. */
static gboolean
is_same (SmReplayLists *self,
         GPtrArray     *rows)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->alarms)) != rows->len)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (self->alarms), i);

      if (sm_item_get_id (item) != sm_row_get_id (rows->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

/* Worst first, then newest. */
static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const SmRow *x = *(SmRow **) a, *y = *(SmRow **) b;
  gint64 level = sm_row_get_int (x, SM_ALARM_LEVEL) - sm_row_get_int (y, SM_ALARM_LEVEL);
  gint64 newer
      = sm_row_get_int (y, SM_ALARM_RAISED_AT) - sm_row_get_int (x, SM_ALARM_RAISED_AT);

  return level != 0 ? (level > 0) - (level < 0) : (newer > 0) - (newer < 0);
}

static void
show_alarms (SmReplayLists *self)
{
  g_autoptr (GPtrArray) rows = sm_past_alarms_at (sm_replay_get_past (self->replay),
                                                  sm_replay_get_at (self->replay));
  g_autoptr (GPtrArray) items = NULL;

  g_ptr_array_sort (rows, compare_rows);
  if (is_same (self, rows))
    {
      for (guint i = 0; i < rows->len; i++)
        {
          g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (self->alarms), i);

          if (sm_item_get_row (item) != rows->pdata[i])
            sm_item_set_row (item, rows->pdata[i]);
        }
      return;
    }
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (items, sm_item_new (rows->pdata[i]));
  g_list_store_splice (self->alarms, 0, g_list_model_get_n_items (G_LIST_MODEL (self->alarms)),
                       items->pdata, items->len);
}

/* What happened since is put before the rest, or taken away again. */
static void
show_events (SmReplayLists *self)
{
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->events));
  guint wanted = sm_replay_count_events (self->replay);
  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  for (guint i = wanted; i > shown; i--)
    g_ptr_array_add (added, self->all_events->pdata[i - 1]);
  if (wanted != shown)
    g_list_store_splice (self->events, 0, shown > wanted ? shown - wanted : 0, added->pdata,
                         added->len);
}

static void
moved_cb (SmReplayLists *self)
{
  show_alarms (self);
  show_events (self);
}

static SmItem *
make_event (const SmPastEvent *event,
            guint              place)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_int (row, SM_ROW_ID, (gint64) place + 1);
  sm_row_set_int (row, SM_ALARM_RAISED_AT, event->at);
  return sm_item_new (row);
}

static void
forget (SmReplayLists *self)
{
  if (self->replay != NULL)
    g_signal_handlers_disconnect_by_data (self->replay, self);
  /* Its rows are worded by the replay: they go before it does. */
  g_list_store_remove_all (self->events);
  g_list_store_remove_all (self->alarms);
  g_ptr_array_set_size (self->all_events, 0);
  g_clear_object (&self->replay);
}

/** sm_replay_lists_set_replay: @replay: (nullable): whose moment is shown */
void
sm_replay_lists_set_replay (SmReplayLists *self,
                            SmReplay      *replay)
{
  GArray *events;

  g_return_if_fail (SM_IS_REPLAY_LISTS (self));

  forget (self);
  if (replay == NULL)
    return;
  self->replay = g_object_ref (replay);
  events = sm_replay_get_events (replay);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (self->all_events, make_event (&g_array_index (events, SmPastEvent, i), i));
  g_signal_connect_object (replay, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  sm_table_set_time_zone (self->alarm_table,
                          sm_status_get_time_zone (sm_ops_get_status (self->ops)));
  sm_table_set_time_zone (self->event_table,
                          sm_status_get_time_zone (sm_ops_get_status (self->ops)));
  sm_table_set_state (self->alarm_table, SM_TABLE_CONTENT, _("No alarm was open"), NULL);
  sm_table_set_state (self->event_table, SM_TABLE_CONTENT, _("Nothing had happened yet"), NULL);
  moved_cb (self);
}

/* --- the widget --- */

static void
sm_replay_lists_dispose (GObject *object)
{
  SmReplayLists *self = SM_REPLAY_LISTS (object);

  if (self->events != NULL)
    forget (self);
  g_clear_pointer (&self->paned, gtk_widget_unparent);
  g_clear_object (&self->alarms);
  g_clear_object (&self->events);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_replay_lists_parent_class)->dispose (object);
}

static void
sm_replay_lists_finalize (GObject *object)
{
  g_ptr_array_unref (SM_REPLAY_LISTS (object)->all_events);

  G_OBJECT_CLASS (sm_replay_lists_parent_class)->finalize (object);
}

static void
sm_replay_lists_class_init (SmReplayListsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_replay_lists_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_replay_lists_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_part (const char *title,
           SmTable    *table)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, "replay-title");
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_vexpand (GTK_WIDGET (table), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (table));
  return box;
}

static void
sm_replay_lists_init (SmReplayLists *self)
{
  self->alarms = g_list_store_new (SM_TYPE_ITEM);
  self->events = g_list_store_new (SM_TYPE_ITEM);
  self->all_events = g_ptr_array_new_with_free_func (g_object_unref);
  self->alarm_table = SM_TABLE (sm_table_new ("replay_alarms", _("Alarms as they were"),
                                              alarm_columns, G_N_ELEMENTS (alarm_columns), NULL,
                                              self));
  self->event_table = SM_TABLE (sm_table_new ("replay_events", _("What had happened"),
                                              event_columns, G_N_ELEMENTS (event_columns), NULL,
                                              self));
  sm_table_set_model (self->alarm_table, G_LIST_MODEL (self->alarms));
  sm_table_set_model (self->event_table, G_LIST_MODEL (self->events));
  self->paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  gtk_paned_set_start_child (GTK_PANED (self->paned),
                             make_part (_("Alarms as they were"), self->alarm_table));
  gtk_paned_set_end_child (GTK_PANED (self->paned),
                           make_part (_("What had happened"), self->event_table));
  gtk_widget_set_parent (self->paned, GTK_WIDGET (self));
}

GtkWidget *
sm_replay_lists_new (SmOps *ops)
{
  SmReplayLists *self = g_object_new (SM_TYPE_REPLAY_LISTS, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}

GListModel *
sm_replay_lists_get_alarms (SmReplayLists *self)
{
  g_return_val_if_fail (SM_IS_REPLAY_LISTS (self), NULL);

  return G_LIST_MODEL (self->alarms);
}

GListModel *
sm_replay_lists_get_events (SmReplayLists *self)
{
  g_return_val_if_fail (SM_IS_REPLAY_LISTS (self), NULL);

  return G_LIST_MODEL (self->events);
}

/** sm_replay_lists_get_table: Returns: (transfer none): the alarms' */
SmTable *
sm_replay_lists_get_table (SmReplayLists *self)
{
  g_return_val_if_fail (SM_IS_REPLAY_LISTS (self), NULL);

  return self->alarm_table;
}
