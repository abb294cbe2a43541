/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-notifier.h"

#include "sm-alarm.h"
#include "sm-drill.h"
#include "sm-ops-desks.h"
#include "sm-ops-work-orders.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#define KEY "desktop-notifications"
#define KEY_TOLD "escalations-told"
/* Of so many people it is known what they were told; who else sits here begins anew. */
#define MOST_PEOPLE 50
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
  GHashTable *reports; /* order -> level: what people reported, as it was when it was looked at last */
  gint64 since;        /* network time; 0: it is not known yet */
  char *person;        /* (nullable): of whom the next is */
  gint64 until;        /* network time: what was escalated up to then they were told, or saw */
  gint64 newest;       /* and what they were told since, up to when */
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
  self->reports = g_hash_table_new (g_direct_hash, g_direct_equal);
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
  g_hash_table_unref (self->reports);
  g_free (self->person);
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
      self->until = self->since;
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

/* Up to when @person was told in earlier runs: what was escalated while nobody ran it is told now.
 * Who sits here for the first time has on the screen what was before. */
static gint64
read_told (SmNotifier *self,
           const char *person)
{
  g_autoptr (GVariant) told
      = self->settings != NULL ? g_settings_get_value (self->settings, KEY_TOLD) : NULL;
  gint64 until = self->since;

  /* The clock of another network may be ahead of this one's. */
  if (told != NULL && g_variant_lookup (told, person, "x", &until))
    return MIN (until, self->since);
  return self->since;
}

static void
write_told (SmNotifier *self)
{
  g_autoptr (GVariant) before = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *person;
  gint64 of_person;

  if (self->settings == NULL)
    return;
  before = g_settings_get_value (self->settings, KEY_TOLD);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sx}"));
  g_variant_builder_add (&builder, "{sx}", self->person, self->newest);
  g_variant_iter_init (&iter, before);
  if (g_variant_n_children (before) < MOST_PEOPLE)
    while (g_variant_iter_next (&iter, "{&sx}", &person, &of_person))
      if (!g_str_equal (person, self->person))
        g_variant_builder_add (&builder, "{sx}", person, of_person);
  g_settings_set_value (self->settings, KEY_TOLD, g_variant_builder_end (&builder));
}

static gboolean
is_new (SmNotifier  *self,
        const SmRow *order)
{
  const char *to = sm_row_get_text (order, SM_WORK_ORDER_ESCALATED_TO);

  return to != NULL && sm_ops_is_person (self->ops, to)
         && sm_row_get_int (order, SM_WORK_ORDER_ESCALATED_AT) > self->until
         && note (self, g_strdup_printf ("o%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                         sm_row_get_id (order),
                                         sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS)));
}

static void
say_order (SmNotifier  *self,
           const SmRow *order)
{
  const char *number = sm_row_get_text (order, SM_WORK_ORDER_NUMBER);
  g_autofree char *label = sm_text_clean (sm_row_get_text (order, SM_WORK_ORDER_TARGET_LABEL));
  g_autofree char *where = g_strdup_printf ("%s · %s", number, label);

  say (self, number, _("A work order was escalated to you"), where, G_NOTIFICATION_PRIORITY_HIGH);
}

/* What somebody at a station says no machine does: whose the desk is hears of it, and again when
 * it is worse than was said. */
static gboolean
is_reported_anew (SmNotifier  *self,
                  const SmRow *order,
                  GHashTable  *reports)
{
  gpointer id = GSIZE_TO_POINTER ((gsize) sm_row_get_id (order));
  guint level = (guint) sm_row_get_int (order, SM_WORK_ORDER_LEVEL);
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (self->reports, id));
  const char *owner;

  if (g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_SOURCE), "scan") != 0)
    return FALSE;
  g_hash_table_insert (reports, id, GUINT_TO_POINTER (level));
  if (before != 0 ? level >= before
                  : sm_row_get_int (order, SM_WORK_ORDER_CREATED_AT) < self->since)
    return FALSE;
  owner = sm_ops_get_desk_owner (self->ops, sm_row_get_int (order, SM_WORK_ORDER_DESK_ID));
  return owner != NULL && sm_ops_is_person (self->ops, owner);
}

static void
say_report (SmNotifier  *self,
            const SmRow *order)
{
  const char *number = sm_row_get_text (order, SM_WORK_ORDER_NUMBER);
  g_autofree char *what
      = sm_text_clean (sm_word_of_alarm (sm_row_get_text (order, SM_WORK_ORDER_CODE)));
  g_autofree char *label = sm_text_clean (sm_row_get_text (order, SM_WORK_ORDER_TARGET_LABEL));
  /* Translators: of a notification: what somebody who stands at a station or charger says */
  g_autofree char *title = g_strdup_printf (_("Reported on site: %s"), what);
  g_autofree char *where = g_strdup_printf (_("Level %u · %s"),
                                            (guint) sm_row_get_int (order, SM_WORK_ORDER_LEVEL),
                                            label);

  say (self, number, title, where,
       sm_row_get_int (order, SM_WORK_ORDER_LEVEL) <= WORST_TOLD ? G_NOTIFICATION_PRIORITY_URGENT
                                                                 : G_NOTIFICATION_PRIORITY_NORMAL);
}

static void
look_at_reports (SmNotifier *self,
                 GListModel *orders)
{
  GHashTable *reports = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);

      if (is_reported_anew (self, sm_item_get_row (item), reports))
        say_report (self, sm_item_get_row (item));
    }
  g_hash_table_unref (self->reports);
  self->reports = reports;
}

static void
look_at_orders (SmNotifier *self)
{
  GListModel *orders = sm_ops_get_work_orders (self->ops);
  const char *person = sm_ops_get_person (self->ops);
  gint64 before;

  if (person == NULL)
    return;
  if (g_strcmp0 (self->person, person) != 0)
    {
      g_free (self->person);
      self->person = g_strdup (person);
      self->until = self->newest = read_told (self, person);
    }
  look_at_reports (self, orders);
  before = self->newest;
  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);
      const SmRow *order = sm_item_get_row (item);

      if (!is_new (self, order))
        continue;
      self->newest = MAX (self->newest, sm_row_get_int (order, SM_WORK_ORDER_ESCALATED_AT));
      say_order (self, order);
    }
  if (self->newest > before)
    write_told (self);
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
