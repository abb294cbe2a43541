/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-replay-bar.h"

#include "sm-replay-words.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>

#define PERIOD_MS 100
/* More signs than that along the time say nothing. */
#define MAX_MARKS 60

struct _SmReplayBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *play_button;
  GtkWidget *scale;
  GtkWidget *moment_label;
  GtkWidget *rate_drop;
  SmOps *ops;
  SmReplay *replay; /* (nullable) */
  guint timer;
  gint64 passed_at; /* monotonic */
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (SmReplayBar, sm_replay_bar, GTK_TYPE_WIDGET)

/* --- time --- */

static gboolean
timer_cb (gpointer user_data)
{
  SmReplayBar *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 passed = now - self->passed_at;

  self->passed_at = now;
  sm_replay_pass (self->replay, passed);
  return G_SOURCE_CONTINUE;
}

/* Nobody sees it go by while it is not to be seen. */
static void
follow_time (SmReplayBar *self)
{
  gboolean goes = self->replay != NULL && sm_replay_get_is_going (self->replay)
                  && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (goes && self->timer == 0)
    {
      self->passed_at = g_get_monotonic_time ();
      self->timer = g_timeout_add (PERIOD_MS, timer_cb, self);
    }
  else if (!goes)
    g_clear_handle_id (&self->timer, g_source_remove);
}

/* --- showing --- */

static void
moved_cb (SmReplayBar *self)
{
  gint64 at = sm_replay_get_at (self->replay);
  g_autofree char *moment = sm_replay_moment (self->ops, at, "%Y-%m-%d %H:%M:%S");

  self->is_showing = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale),
                       (double) (at - sm_replay_get_past (self->replay)->from) / SM_SECOND);
  self->is_showing = FALSE;
  gtk_label_set_text (GTK_LABEL (self->moment_label), moment);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, moment, -1);
}

static void
changed_cb (SmReplayBar *self)
{
  gboolean is_going = sm_replay_get_is_going (self->replay);
  const char *label = is_going ? _("Pause") : _("Play");

  gtk_button_set_icon_name (GTK_BUTTON (self->play_button),
                            is_going ? "media-playback-pause-symbolic"
                                     : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  for (guint i = 0; i < sm_n_replay_rates; i++)
    if (sm_replay_rates[i] == sm_replay_get_rate (self->replay))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->rate_drop), i);
  follow_time (self);
}

static void
value_cb (SmReplayBar *self)
{
  if (self->replay == NULL || self->is_showing)
    return;
  sm_replay_set_at (self->replay,
                    sm_replay_get_past (self->replay)->from
                        + (gint64) (gtk_range_get_value (GTK_RANGE (self->scale)) * SM_SECOND));
}

static void
rate_cb (SmReplayBar *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->rate_drop));

  if (self->replay != NULL && selected < sm_n_replay_rates)
    sm_replay_set_rate (self->replay, sm_replay_rates[selected]);
}

/* Where an alarm was raised. */
static void
add_marks (SmReplayBar *self)
{
  const SmPast *past = sm_replay_get_past (self->replay);
  guint n = 0;

  gtk_scale_clear_marks (GTK_SCALE (self->scale));
  for (guint i = past->alarms->len; i > 0 && n < MAX_MARKS; i--)
    {
      const SmPastThing *alarm = past->alarms->pdata[i - 1];
      gint64 at = g_array_index (alarm->versions, SmPastVersion, 0).at;

      if (at < past->from || at > past->to)
        continue;
      gtk_scale_add_mark (GTK_SCALE (self->scale), (double) (at - past->from) / SM_SECOND,
                          GTK_POS_BOTTOM, NULL);
      n++;
    }
}

/** sm_replay_bar_set_replay: @replay: (nullable): that it moves */
void
sm_replay_bar_set_replay (SmReplayBar *self,
                          SmReplay    *replay)
{
  const SmPast *past;

  g_return_if_fail (SM_IS_REPLAY_BAR (self));

  if (self->replay != NULL)
    g_signal_handlers_disconnect_by_data (self->replay, self);
  g_clear_object (&self->replay);
  gtk_widget_set_sensitive (GTK_WIDGET (self), replay != NULL);
  if (replay == NULL)
    {
      follow_time (self);
      return;
    }
  self->replay = g_object_ref (replay);
  past = sm_replay_get_past (replay);
  self->is_showing = TRUE;
  gtk_range_set_range (GTK_RANGE (self->scale), 0,
                       MAX ((double) (past->to - past->from) / SM_SECOND, 1));
  self->is_showing = FALSE;
  add_marks (self);
  g_signal_connect_object (replay, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (replay, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  moved_cb (self);
  changed_cb (self);
}

/* --- the widget --- */

static void
sm_replay_bar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sm_replay_bar_parent_class)->map (widget);
  follow_time (SM_REPLAY_BAR (widget));
}

static void
sm_replay_bar_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sm_replay_bar_parent_class)->unmap (widget);
  follow_time (SM_REPLAY_BAR (widget));
}

static void
sm_replay_bar_dispose (GObject *object)
{
  SmReplayBar *self = SM_REPLAY_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->replay);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_replay_bar_parent_class)->dispose (object);
}

static void
sm_replay_bar_class_init (SmReplayBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_replay_bar_dispose;
  widget_class->map = sm_replay_bar_map;
  widget_class->unmap = sm_replay_bar_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_button (SmReplayBar *self,
            const char  *icon,
            const char  *label,
            const char  *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static GtkWidget *
make_rates (void)
{
  GtkWidget *drop;
  GtkStringList *rates = gtk_string_list_new (NULL);

  for (guint i = 0; i < sm_n_replay_rates; i++)
    {
      /* Translators: how much faster than it was: 10× */
      g_autofree char *word = g_strdup_printf (_("%u×"), sm_replay_rates[i]);

      gtk_string_list_append (rates, word);
    }
  drop = gtk_drop_down_new (G_LIST_MODEL (rates), NULL);
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (drop, _("Speed"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Speed"),
                                  -1);
  return drop;
}

static void
sm_replay_bar_init (SmReplayBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->box, "replay-bar");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_button (self, "media-skip-backward-symbolic", _("To the event before"), "replay.previous");
  self->play_button = add_button (self, "media-playback-start-symbolic", _("Play"), "replay.play");
  add_button (self, "media-skip-forward-symbolic", _("To the next event"), "replay.next");
  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 1);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_range_set_increments (GTK_RANGE (self->scale), 10, 300);
  gtk_widget_set_hexpand (self->scale, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Moment"), -1);
  gtk_box_append (GTK_BOX (self->box), self->scale);
  self->moment_label = gtk_label_new ("–");
  gtk_widget_add_css_class (self->moment_label, "replay-moment");
  gtk_box_append (GTK_BOX (self->box), self->moment_label);
  self->rate_drop = make_rates ();
  gtk_box_append (GTK_BOX (self->box), self->rate_drop);
  g_signal_connect_object (self->scale, "value-changed", G_CALLBACK (value_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rate_drop, "notify::selected", G_CALLBACK (rate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sm_replay_bar_new (SmOps *ops)
{
  SmReplayBar *self = g_object_new (SM_TYPE_REPLAY_BAR, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}

GtkRange *
sm_replay_bar_get_range (SmReplayBar *self)
{
  g_return_val_if_fail (SM_IS_REPLAY_BAR (self), NULL);

  return GTK_RANGE (self->scale);
}
