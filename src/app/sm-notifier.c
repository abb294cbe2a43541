/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-notifier.h"

#include "sm-alarm.h"
#include "sm-drill.h"
#include "sm-ops-work-orders.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#define KEY "desktop-notifications"
#define WORST_TOLD 2

/* More than anybody has read: what was raised before then is not told any more. */
#define MOST_TOLD 10000

struct _SmNotifier
{
  SmOps *ops;
  GSettings *settings; /* (nullable): it is always said */
  SmNotifierSend send;
  gpointer user_data;
  GHashTable *told;    /* of char *: what was said */
  gint64 since;        /* network time; 0: it is not known yet */
  gboolean is_dirty;   /* the open alarms are others than when they were looked at */
};

static void
alarms_cb (SmNotifier *self)
{
  self->is_dirty = TRUE;
}

/**
 * sm_notifier_new:
 * @settings: (nullable): where it can be turned off
 * @send: how it is said
 */
SmNotifier *
sm_notifier_new (SmOps          *ops,
                 GSettings      *settings,
                 SmNotifierSend  send,
                 gpointer        user_data)
{
  SmNotifier *self = g_new0 (SmNotifier, 1);

  self->ops = ops;
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->send = send;
  self->user_data = user_data;
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->is_dirty = TRUE;
  g_signal_connect_swapped (sm_ops_get_alarms (ops), "items-changed", G_CALLBACK (alarms_cb),
                            self);
  return self;
}

void
sm_notifier_free (SmNotifier *self)
{
  g_signal_handlers_disconnect_by_data (sm_ops_get_alarms (self->ops), self);
  g_clear_object (&self->settings);
  g_hash_table_unref (self->told);
  g_free (self);
}

/* Returns: whether that was not said yet; it is from now on */
static gboolean
note (SmNotifier *self,
      char       *key)
{
  if (g_hash_table_size (self->told) >= MOST_TOLD)
    {
      g_hash_table_remove_all (self->told);
      self->since = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
    }
  return g_hash_table_add (self->told, key);
}

static gboolean
is_wanted (SmNotifier *self)
{
  return self->settings == NULL || g_settings_get_boolean (self->settings, KEY);
}

static void
say (SmNotifier            *self,
     const char            *id,
     const char            *what,
     const char            *where,
     GNotificationPriority  priority)
{
  /* Translators: of a notification on the desktop while a drill goes; %s is what happened */
  g_autofree char *title = sm_drill_is_on () ? g_strdup_printf (_("Drill: %s"), what)
                                             : g_strdup (what);
  g_autoptr (GNotification) notification = NULL;

  if (!is_wanted (self))
    return;
  notification = g_notification_new (title);
  g_notification_set_body (notification, where);
  g_notification_set_priority (notification, priority);
  self->send (id, notification, title, self->user_data);
}

/* --- alarms --- */

static gboolean
is_due (SmNotifier  *self,
        const SmRow *alarm)
{
  gint64 level = sm_row_get_int (alarm, SM_ALARM_LEVEL);

  return level >= 1 && level <= WORST_TOLD
         && sm_row_get_enum (alarm, SM_ALARM_STATE) == SM_ALARM_UNACKED
         && sm_row_get_int (alarm, SM_ALARM_RAISED_AT) >= self->since
         && note (self, g_strdup_printf ("a%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                         sm_row_get_id (alarm), level));
}

static void
say_alarm (SmNotifier  *self,
           const SmRow *alarm,
           guint        n)
{
  gint64 level = sm_row_get_int (alarm, SM_ALARM_LEVEL);
  g_autofree char *what = sm_text_clean (sm_word_of_alarm (sm_row_get_text (alarm, SM_ALARM_CODE)));
  g_autofree char *source = sm_text_clean (sm_row_get_text (alarm, SM_ALARM_SOURCE_LABEL));
  /* Translators: level and place of an alarm */
  g_autofree char *where = g_strdup_printf (_("Level %u · %s"), (guint) level, source);
  g_autofree char *more
      = n > 1 ? g_strdup_printf (ngettext ("%s, and %u more", "%s, and %u more", n - 1), where, n - 1)
              : NULL;

  say (self, "alarms", what, more != NULL ? more : where,
       level == 1 ? G_NOTIFICATION_PRIORITY_URGENT : G_NOTIFICATION_PRIORITY_HIGH);
}

/* Many at once are one notification: the worst of them, and how many. */
static void
look_at_alarms (SmNotifier *self)
{
  GListModel *alarms = sm_ops_get_alarms (self->ops);
  g_autoptr (SmItem) worst = NULL;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (!is_due (self, sm_item_get_row (item)))
        continue;
      n++;
      if (worst == NULL
          || sm_row_get_int (sm_item_get_row (item), SM_ALARM_LEVEL)
                 < sm_row_get_int (sm_item_get_row (worst), SM_ALARM_LEVEL))
        g_set_object (&worst, item);
    }
  if (worst != NULL)
    say_alarm (self, sm_item_get_row (worst), n);
}

/* --- work orders --- */

static void
look_at_orders (SmNotifier *self)
{
  GListModel *orders = sm_ops_get_work_orders (self->ops);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);
      const SmRow *order = sm_item_get_row (item);
      const char *person = sm_row_get_text (order, SM_WORK_ORDER_ESCALATED_TO);
      g_autofree char *label = NULL;
      g_autofree char *where = NULL;

      if (person == NULL || !sm_ops_is_person (self->ops, person)
          || !note (self, g_strdup_printf ("o%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                           sm_row_get_id (order),
                                           sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS))))
        continue;
      label = sm_text_clean (sm_row_get_text (order, SM_WORK_ORDER_TARGET_LABEL));
      where = g_strdup_printf ("%s · %s", sm_row_get_text (order, SM_WORK_ORDER_NUMBER), label);
      say (self, sm_row_get_text (order, SM_WORK_ORDER_NUMBER),
           _("A work order was escalated to you"), where, G_NOTIFICATION_PRIORITY_HIGH);
    }
}

/** sm_notifier_look: Says what is new; once a second or so. */
void
sm_notifier_look (SmNotifier *self)
{
  SmStatus *status = sm_ops_get_status (self->ops);

  if (self->since == 0 && sm_status_get_state (status) != SM_STATUS_LIVE)
    return;
  /* What was there before somebody looked stands on the screen. */
  if (self->since == 0)
    self->since = sm_clock_now (sm_status_get_clock (status));
  if (self->is_dirty)
    look_at_alarms (self);
  self->is_dirty = FALSE;
  look_at_orders (self);
}

/** sm_notifier_send_to_desktop: As an SmNotifierSend: where nobody looks at the program anyway. */
void
sm_notifier_send_to_desktop (const char    *id,
                             GNotification *notification,
                             const char    *title,
                             gpointer       user_data)
{
  GApplication *application = g_application_get_default ();
  GtkWindow *window = GTK_IS_APPLICATION (application)
                          ? gtk_application_get_active_window (GTK_APPLICATION (application))
                          : NULL;

  if (application != NULL && g_application_get_is_registered (application)
      && (window == NULL || !gtk_window_is_active (window)))
    g_application_send_notification (application, id, notification);
}
