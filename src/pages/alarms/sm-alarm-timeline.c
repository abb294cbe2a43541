/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-timeline.h"

#include "sm-alarm-section.h"
#include "sm-alarm-words.h"
#include "sm-alarm.h"
#include "sm-fault-row.h"
#include "sm-ops-alarms.h"
#include "sm-text.h"
#include "sm-window.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmAlarmTimeline
{
  GtkWidget parent_instance;

  GtkWidget *box;
  SmOps *ops;
  SmRow *alarm; /* (nullable): that is shown */
  GCancellable *cancellable; /* of what is asked for it */
};

G_DEFINE_FINAL_TYPE (SmAlarmTimeline, sm_alarm_timeline, GTK_TYPE_WIDGET)

static void
forget (SmAlarmTimeline *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->alarm, sm_row_unref);
}

static void
sm_alarm_timeline_dispose (GObject *object)
{
  SmAlarmTimeline *self = SM_ALARM_TIMELINE (object);

  forget (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_timeline_parent_class)->dispose (object);
}

static void
sm_alarm_timeline_class_init (SmAlarmTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_alarm_timeline_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_alarm_timeline_init (SmAlarmTimeline *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
sm_alarm_timeline_new (SmOps *ops)
{
  SmAlarmTimeline *self = g_object_new (SM_TYPE_ALARM_TIMELINE, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}

/* --- as the alarm says --- */

static void
add_event (SmAlarmTimeline *self,
           guint            field,
           const char      *words)
{
  g_autofree char *moment = NULL;

  if (sm_row_is_null (self->alarm, field))
    return;
  moment = sm_alarm_words_moment (self->ops, sm_row_get_int (self->alarm, field));
  gtk_box_append (GTK_BOX (self->box), sm_alarm_line_new (moment, words));
}

static void
show_row (SmAlarmTimeline *self)
{
  const SmRow *row = self->alarm;
  g_autofree char *owner = sm_fault_owner (row);
  gboolean is_acked_first
      = !sm_row_is_null (row, SM_ALARM_ACKED_AT) && !sm_row_is_null (row, SM_ALARM_RETURNED_AT)
        && sm_row_get_int (row, SM_ALARM_ACKED_AT) <= sm_row_get_int (row, SM_ALARM_RETURNED_AT);

  sm_alarm_lines_clear (self->box);
  add_event (self, SM_ALARM_RAISED_AT, _("raised"));
  if (is_acked_first)
    add_event (self, SM_ALARM_ACKED_AT, owner);
  add_event (self, SM_ALARM_RETURNED_AT, _("the condition ended"));
  if (!is_acked_first)
    add_event (self, SM_ALARM_ACKED_AT, owner);
}

/* --- as the service keeps it --- */

/* Its reason is no person's then, but what stands in suppressed_by. */
static gboolean
is_of_expectation (const char *slug)
{
  return g_strcmp0 (slug, sm_alarm_events[SM_ALARM_EVENT_SUPPRESS]) == 0
         || g_strcmp0 (slug, sm_alarm_events[SM_ALARM_EVENT_UNSUPPRESS]) == 0;
}

static void
add_step (SmAlarmTimeline         *self,
          const SmAlarmTransition *step)
{
  g_autofree char *moment = sm_alarm_words_moment (self->ops, step->at);
  g_autofree char *event = sm_text_clean (
      sm_word_of_alarm_event (step->event, sm_alarm_is_safety (self->alarm)));
  g_autofree char *person = sm_text_clean (step->person);
  g_autofree char *expected = is_of_expectation (step->event) ? sm_word_of_expected (step->reason)
                                                              : g_strdup (step->reason);
  g_autofree char *reason = sm_text_clean (expected);
  g_autofree char *words
      = g_strconcat (event, person[0] != '\0' ? " · " : "", person,
                     reason[0] != '\0' ? " · " : "", reason, NULL);

  gtk_box_append (GTK_BOX (self->box), sm_alarm_line_new (moment != NULL ? moment : "–", words));
}

/* The last ones of an alarm that came and went for weeks. */
#define MOST_STEPS 50

static void
steps_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmAlarmTimeline) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps
      = sm_ops_load_transitions_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->alarm == NULL)
    return;
  if (steps == NULL || steps->len == 0)
    return;
  sm_alarm_lines_clear (self->box);
  for (guint i = steps->len > MOST_STEPS ? steps->len - MOST_STEPS : 0; i < steps->len; i++)
    add_step (self, steps->pdata[i]);
}

/* Whether nothing happened to it: a value that goes up and down is no step of its life. */
static gboolean
is_same_life (const SmRow *a,
              const SmRow *b)
{
  static const guint fields[]
      = { SM_ALARM_STATE,         SM_ALARM_LEVEL,         SM_ALARM_COUNT,
          SM_ALARM_ACKED_AT,      SM_ALARM_RETURNED_AT,   SM_ALARM_SHELVED_UNTIL,
          SM_ALARM_SUPPRESSED_BY, SM_ALARM_PARENT_ID,     SM_ALARM_OUT_OF_SERVICE_UNTIL,
          SM_ALARM_RELEASED_BY,   SM_ALARM_OUT_OF_SERVICE_APPROVED_BY };

  if (sm_row_get_id (a) != sm_row_get_id (b))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *name = sm_noun_get (SM_NOUN_ALARM)->fields[fields[i]].name;
      g_autofree char *was = sm_row_dup_part (a, name);
      g_autofree char *is = sm_row_dup_part (b, name);

      if (g_strcmp0 (was, is) != 0)
        return FALSE;
    }
  return TRUE;
}

/** sm_alarm_timeline_show: @alarm: (nullable): whose; asks the service when something happened to it */
void
sm_alarm_timeline_show (SmAlarmTimeline *self,
                        SmRow           *alarm)
{
  g_return_if_fail (SM_IS_ALARM_TIMELINE (self));

  if (alarm != NULL && self->alarm != NULL && is_same_life (self->alarm, alarm))
    return;
  forget (self);
  if (alarm == NULL)
    return;
  self->alarm = sm_row_ref (alarm);
  self->cancellable = g_cancellable_new ();
  show_row (self);
  sm_ops_load_transitions_async (self->ops, sm_row_get_id (alarm), self->cancellable, steps_cb,
                                 g_object_ref (self));
}
