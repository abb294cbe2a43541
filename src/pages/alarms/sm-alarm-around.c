/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-around.h"

#include "sm-alarm-call-list.h"
#include "sm-alarm-chart.h"
#include "sm-alarm-section.h"
#include "sm-alarm-words.h"
#include "sm-facts.h"
#include "sm-fault-row.h"
#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* So much before the alarm is shown, and so much after it. */
#define BEFORE (30 * SM_MINUTE)
#define AFTER (30 * SM_MINUTE)
#define MOST_PAST 5
#define MOST_ENGINEERS 4
#define MOST_POINTS 3

struct _SmAlarmAround
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *chart;
  GtkWidget *chart_section;
  GtkWidget *past_box;
  GtkWidget *past_section;
  SmAlarmCallList *calls;
  GtkWidget *calls_section;
  GtkWidget *camera_link;
  SmFacts *assets;
  GtkWidget *assets_section;

  SmOps *ops;
  SmRow *alarm; /* (nullable): that is shown */
  SmHistory *past;
  GHashTable *engineers;     /* ids of those who are among the calls */
  gboolean knows_place;      /* the place's own numbers are among them, which come first */
  GCancellable *cancellable; /* of what is asked for it */
};

G_DEFINE_FINAL_TYPE (SmAlarmAround, sm_alarm_around, GTK_TYPE_WIDGET)

static gint64
id_of (const SmRow *alarm,
       guint        field)
{
  return sm_row_is_null (alarm, field) ? 0 : sm_row_get_int (alarm, field);
}

static gboolean
is_about (const SmRow *alarm,
          const char  *noun)
{
  return g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), noun) == 0;
}

static gint64
find_station (const SmRow *alarm)
{
  return is_about (alarm, "station") ? sm_row_get_int (alarm, SM_ALARM_SOURCE_ID)
                                     : id_of (alarm, SM_ALARM_STATION_ID);
}

static gint64
find_vehicle (const SmRow *alarm)
{
  return is_about (alarm, "vehicle") ? sm_row_get_int (alarm, SM_ALARM_SOURCE_ID)
                                     : id_of (alarm, SM_ALARM_VEHICLE_ID);
}

/* --- values around the moment --- */

static void
telemetry_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SmAlarmAround) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmTelemetry) series = sm_ops_load_telemetry_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->alarm == NULL)
    return;
  gtk_widget_set_visible (self->chart_section,
                          series != NULL
                              && sm_alarm_chart_show (self->chart, self->ops, self->alarm, series));
}

static void
load_values (SmAlarmAround *self)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
  gint64 raised_at = sm_row_get_int (self->alarm, SM_ALARM_RAISED_AT);
  gint64 vehicle = find_vehicle (self->alarm), station = find_station (self->alarm);

  if (vehicle == 0 && station == 0)
    return;
  sm_ops_load_telemetry_async (self->ops, vehicle != 0 ? SM_NOUN_VEHICLE : SM_NOUN_STATION,
                               vehicle != 0 ? vehicle : station, raised_at - BEFORE,
                               MIN (raised_at + AFTER, now), self->cancellable, telemetry_cb,
                               g_object_ref (self));
}

/* --- the like before it --- */

/* How long it lasted, and what somebody wrote about it: that is what ended it. */
static char *
describe_past (SmAlarmAround *self,
               const SmRow   *alarm)
{
  g_autofree char *note = sm_text_clean (sm_row_get_text (alarm, SM_ALARM_NOTE));
  g_autofree char *by = sm_text_clean (sm_row_get_text (alarm, SM_ALARM_ACKED_BY));
  g_autofree char *lasted = NULL;
  GString *text = g_string_new (NULL);

  if (sm_row_is_null (alarm, SM_ALARM_RETURNED_AT))
    g_string_append (text, _("not over yet"));
  else
    {
      lasted = sm_time_age (MAX (sm_row_get_int (alarm, SM_ALARM_RETURNED_AT)
                                     - sm_row_get_int (alarm, SM_ALARM_RAISED_AT), 0));
      /* Translators: %s is a length of time, as in "6 min" */
      g_string_append_printf (text, _("over after %s"), lasted);
    }
  if (by[0] != '\0')
    g_string_append_printf (text, " · %s", by);
  if (note[0] != '\0')
    g_string_append_printf (text, " · %s", note);
  return g_string_free (text, FALSE);
}

static gboolean
is_of_same (SmAlarmAround *self,
            const SmRow   *alarm)
{
  return sm_row_get_id (alarm) != sm_row_get_id (self->alarm)
         && sm_row_get_int (alarm, SM_ALARM_SOURCE_ID)
                == sm_row_get_int (self->alarm, SM_ALARM_SOURCE_ID)
         && is_about (alarm, sm_row_get_text (self->alarm, SM_ALARM_SOURCE_NOUN));
}

static void
show_past (SmAlarmAround *self)
{
  guint n_shown = 0;

  sm_alarm_lines_clear (self->past_box);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->past)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (self->past), i);
      const SmRow *row = sm_item_get_row (item);
      g_autofree char *when = NULL;
      g_autofree char *more = NULL;

      if (row == NULL || !is_of_same (self, row) || n_shown++ >= MOST_PAST)
        continue;
      when = sm_alarm_words_moment (self->ops, sm_row_get_int (row, SM_ALARM_RAISED_AT));
      more = describe_past (self, row);
      gtk_box_append (GTK_BOX (self->past_box), sm_alarm_line_new (when, more));
    }
  if (n_shown > MOST_PAST)
    {
      g_autofree char *words
          = g_strdup_printf (ngettext ("and %u more", "and %u more", n_shown - MOST_PAST),
                             n_shown - MOST_PAST);

      gtk_box_append (GTK_BOX (self->past_box), sm_alarm_line_new (words, NULL));
    }
  gtk_widget_set_visible (self->past_section, n_shown > 0);
}

static void
load_past (SmAlarmAround *self)
{
  g_autoptr (SmHistoryFilter) filter = sm_history_filter_new ();

  filter->code = g_strdup (sm_row_get_text (self->alarm, SM_ALARM_CODE));
  filter->vehicle_id = id_of (self->alarm, SM_ALARM_VEHICLE_ID);
  if (filter->vehicle_id == 0)
    filter->battery_id = id_of (self->alarm, SM_ALARM_BATTERY_ID);
  if (filter->vehicle_id == 0 && filter->battery_id == 0)
    filter->station_id = id_of (self->alarm, SM_ALARM_STATION_ID);
  if (filter->vehicle_id == 0 && filter->battery_id == 0 && filter->station_id == 0)
    return;
  self->past = sm_ops_history_new (self->ops, SM_NOUN_ALARM, filter);
  g_signal_connect_object (self->past, "items-changed", G_CALLBACK (show_past), self,
                           G_CONNECT_SWAPPED);
}

/* --- whom to call --- */

static void
add_call (SmAlarmAround *self,
          const char    *who,
          const char    *number)
{
  sm_alarm_call_list_add (self->calls, who, number);
  gtk_widget_set_visible (self->calls_section, TRUE);
}

/* {"duty":"100...","site":"100..."}: by role, in words where we have one for it. */
static void
add_station_phones (SmAlarmAround *self,
                    const SmRow   *station)
{
  g_autofree char *text = g_strdup (sm_row_get_text (station, SM_STATION_PHONES));
  g_auto (GStrv) parts = NULL;

  if (text == NULL)
    return;
  if (text[0] != '{')
    {
      add_call (self, _("Station"), text);
      return;
    }
  g_strdelimit (text, "{}\"", ' ');
  parts = g_strsplit (text, ",", 16);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], ":", 2);

      if (g_strv_length (pair) == 2 && g_strstrip (pair[1])[0] != '\0')
        add_call (self, sm_word_of_slug (sm_phone_roles, g_strstrip (pair[0])), pair[1]);
    }
}

static void
add_driver (SmAlarmAround *self)
{
  SmDirectory *directory = sm_ops_get_directory (self->ops);
  const SmVehicleRecord *vehicle
      = sm_directory_find_vehicle (directory, find_vehicle (self->alarm));
  const SmDriverRecord *driver
      = vehicle != NULL ? sm_directory_find_driver (directory, vehicle->driver_id) : NULL;
  g_autofree char *who = NULL;

  if (driver == NULL || driver->phone == NULL)
    return;
  /* Translators: whom to call; %s is a person */
  who = g_strdup_printf (_("Driver %s"), driver->name);
  add_call (self, who, driver->phone);
}

/* Who is on duty in that area and not among the calls yet. */
static void
add_engineers (SmAlarmAround *self)
{
  GListModel *engineers = sm_ops_get_engineers (self->ops);
  gint64 area = id_of (self->alarm, SM_ROW_AREA_ID);

  for (guint i = 0; i < g_list_model_get_n_items (engineers)
                    && g_hash_table_size (self->engineers) < MOST_ENGINEERS; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (engineers, i);
      const SmRow *row = sm_item_get_row (item);
      const char *phone = sm_row_get_text (row, SM_ENGINEER_PHONE);
      g_autofree char *who = NULL;

      if (phone == NULL || g_strcmp0 (sm_row_get_text (row, SM_ENGINEER_DUTY), "on_duty") != 0
          || (area != 0 && id_of (row, SM_ROW_AREA_ID) != area)
          || !g_hash_table_add (self->engineers, GSIZE_TO_POINTER ((gsize) sm_row_get_id (row))))
        continue;
      /* Translators: whom to call; %s is a person */
      who = g_strdup_printf (_("Engineer %s"), sm_row_get_text (row, SM_ENGINEER_NAME));
      add_call (self, who, phone);
    }
}

/* Whoever looks after that area from there, by day and night: its own number, and that of
 * the agent or vendor to whom it belongs. */
static void
add_agent (SmAlarmAround *self,
           const SmRow   *point,
           GHashTable    *called)
{
  SmDirectory *directory = sm_ops_get_directory (self->ops);
  gint64 id = id_of (point, SM_SERVICE_POINT_ORGANISATION_ID);
  const SmRow *agent = id != 0 ? sm_directory_find_row (directory, SM_NOUN_ORGANISATION, id) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *who = NULL;

  if (agent == NULL || sm_row_is_null (agent, SM_ORGANISATION_PHONE)
      || g_strcmp0 (sm_row_get_text (agent, SM_ORGANISATION_STATE), "approved") != 0
      || !g_hash_table_add (called, g_strdup (sm_row_get_text (agent, SM_ORGANISATION_PHONE))))
    return;
  name = sm_row_dup_name (agent, SM_ORGANISATION_NAME, sm_i18n_language ());
  /* Translators: whom to call; %s are the name of an organisation, and of what kind it is */
  who = g_strdup_printf (C_ ("call", "%s (%s)"), name != NULL ? name : "",
                         sm_word_of_slug (sm_organisation_kinds,
                                          sm_row_get_text (agent, SM_ORGANISATION_KIND)));
  add_call (self, who, sm_row_get_text (agent, SM_ORGANISATION_PHONE));
}

static gboolean
looks_after (SmAlarmAround *self,
             const SmRow   *point)
{
  SmDirectory *directory = sm_ops_get_directory (self->ops);
  gint64 area = id_of (self->alarm, SM_ROW_AREA_ID), of = id_of (point, SM_ROW_AREA_ID);

  return area != 0 && of != 0
         && (sm_directory_is_within (directory, SM_NOUN_AREA, area, of)
             || sm_directory_is_within (directory, SM_NOUN_AREA, of, area));
}

static void
add_service_points (SmAlarmAround *self)
{
  GPtrArray *points = sm_directory_get_rows (sm_ops_get_directory (self->ops),
                                             SM_NOUN_SERVICE_POINT);
  g_autoptr (GHashTable) called = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (guint i = 0; i < points->len && n < MOST_POINTS; i++)
    {
      const SmRow *point = points->pdata[i];
      const char *phone = sm_row_get_text (point, SM_SERVICE_POINT_PHONE);
      g_autofree char *name = NULL;

      if (!looks_after (self, point))
        continue;
      n++;
      name = sm_row_dup_name (point, SM_SERVICE_POINT_NAME, sm_i18n_language ());
      if (phone != NULL && name != NULL && g_hash_table_add (called, g_strdup (phone)))
        add_call (self, name, phone);
      add_agent (self, point, called);
    }
}

/* --- what stands in the station --- */

static char *
describe_warranty (SmAlarmAround *self,
                   const SmRow   *row,
                   guint          field)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
  g_autofree char *moment = NULL;
  gint64 until;

  if (sm_row_is_null (row, field))
    return NULL;
  until = sm_row_get_int (row, field);
  moment = sm_alarm_words_moment (self->ops, until);
  moment[MIN (strlen (moment), 10)] = '\0'; /* the day alone */
  /* Translators: %s is a date */
  return g_strdup_printf (until < now ? _("ended %s") : _("until %s"), moment);
}

static void
show_warranty (SmAlarmAround *self,
               const SmRow   *thing,
               guint          field)
{
  g_autofree char *warranty = describe_warranty (self, thing, field);
  const SmFact facts[] = { { _("Warranty"), warranty, 0 } };

  if (warranty == NULL)
    return;
  sm_facts_set (self->assets, facts, G_N_ELEMENTS (facts));
  gtk_widget_set_visible (self->assets_section, TRUE);
}

static void
show_camera (SmAlarmAround *self,
             const SmRow   *station)
{
  const char *camera = sm_row_get_text (station, SM_STATION_CAMERA_URL);
  gboolean has_camera = camera != NULL
                        && (g_str_has_prefix (camera, "https://")
                            || g_str_has_prefix (camera, "http://")
                            || g_str_has_prefix (camera, "rtsp://"));

  gtk_widget_set_visible (self->camera_link, has_camera);
  if (has_camera)
    gtk_link_button_set_uri (GTK_LINK_BUTTON (self->camera_link), camera);
}

static void
station_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmAlarmAround) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmStationView) view = sm_ops_load_station_finish (SM_OPS (source), result, &error);
  gint64 equipment;

  if (view == NULL || self->alarm == NULL)
    return;
  show_camera (self, view->station);
  equipment = id_of (self->alarm, SM_ALARM_EQUIPMENT_ID);
  if (equipment == 0 && is_about (self->alarm, "equipment"))
    equipment = sm_row_get_int (self->alarm, SM_ALARM_SOURCE_ID);
  for (guint i = 0; equipment != 0 && i < view->equipment->len; i++)
    if (sm_row_get_id (view->equipment->pdata[i]) == equipment)
      show_warranty (self, view->equipment->pdata[i], SM_EQUIPMENT_WARRANTY_UNTIL);
  add_station_phones (self, view->station);
  self->knows_place = TRUE;
  add_engineers (self);
  add_service_points (self);
}

static void
battery_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmAlarmAround) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) battery = sm_ops_load_row_finish (SM_OPS (source), result, &error);

  if (battery != NULL && self->alarm != NULL)
    show_warranty (self, battery, SM_BATTERY_WARRANTY_UNTIL);
}

static void
load_things (SmAlarmAround *self)
{
  gint64 station = find_station (self->alarm);
  gint64 battery = is_about (self->alarm, "battery")
                       ? sm_row_get_int (self->alarm, SM_ALARM_SOURCE_ID)
                       : id_of (self->alarm, SM_ALARM_BATTERY_ID);

  add_driver (self);
  if (station != 0)
    sm_ops_load_station_async (self->ops, station, self->cancellable, station_cb,
                               g_object_ref (self));
  else
    {
      self->knows_place = TRUE;
      add_engineers (self);
      add_service_points (self);
    }
  if (battery != 0)
    sm_ops_load_row_async (self->ops, sm_noun_get (SM_NOUN_BATTERY), battery, self->cancellable,
                           battery_cb, g_object_ref (self));
}

static void
forget (SmAlarmAround *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->past != NULL)
    g_signal_handlers_disconnect_by_data (self->past, self);
  g_clear_object (&self->past);
  g_clear_pointer (&self->alarm, sm_row_unref);
  g_hash_table_remove_all (self->engineers);
  self->knows_place = FALSE;
}

static void
sm_alarm_around_dispose (GObject *object)
{
  SmAlarmAround *self = SM_ALARM_AROUND (object);

  forget (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_around_parent_class)->dispose (object);
}

static void
sm_alarm_around_finalize (GObject *object)
{
  g_hash_table_unref (SM_ALARM_AROUND (object)->engineers);

  G_OBJECT_CLASS (sm_alarm_around_parent_class)->finalize (object);
}

static void
sm_alarm_around_class_init (SmAlarmAroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_alarm_around_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_alarm_around_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_section (SmAlarmAround *self,
             const char    *title,
             GtkWidget     *child)
{
  GtkWidget *section = sm_alarm_section_new (title, child);

  gtk_widget_set_visible (section, FALSE);
  gtk_box_append (GTK_BOX (self->box), section);
  return section;
}

static void
sm_alarm_around_init (SmAlarmAround *self)
{
  self->engineers = g_hash_table_new (NULL, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "alarm-sections");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->chart = sm_alarm_chart_new ();
  self->chart_section = add_section (self, _("Around that moment"), self->chart);
  self->past_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->past_section = add_section (self, _("The same here before"), self->past_box);
  self->assets = SM_FACTS (sm_facts_new ());
  self->assets_section = add_section (self, _("Warranty"), GTK_WIDGET (self->assets));
  self->camera_link = gtk_link_button_new_with_label ("", _("Camera"));
  gtk_widget_set_halign (self->camera_link, GTK_ALIGN_START);
  gtk_widget_set_visible (self->camera_link, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->camera_link);
}

GtkWidget *
sm_alarm_around_new (SmOps *ops)
{
  SmAlarmAround *self = g_object_new (SM_TYPE_ALARM_AROUND, NULL);

  self->ops = g_object_ref (ops);
  self->calls = SM_ALARM_CALL_LIST (sm_alarm_call_list_new (ops));
  self->calls_section = add_section (self, _("Whom to call"), GTK_WIDGET (self->calls));
  return GTK_WIDGET (self);
}

/** sm_alarm_around_show: @alarm: (nullable): what to ask about; the same again asks nothing */
void
sm_alarm_around_show (SmAlarmAround *self,
                      SmRow         *alarm)
{
  g_return_if_fail (SM_IS_ALARM_AROUND (self));

  if (alarm != NULL && self->alarm != NULL
      && sm_row_get_id (alarm) == sm_row_get_id (self->alarm))
    {
      sm_alarm_call_list_show (self->calls, alarm);
      return;
    }
  forget (self);
  gtk_widget_set_visible (self->chart_section, FALSE);
  gtk_widget_set_visible (self->past_section, FALSE);
  gtk_widget_set_visible (self->calls_section, FALSE);
  gtk_widget_set_visible (self->assets_section, FALSE);
  gtk_widget_set_visible (self->camera_link, FALSE);
  sm_alarm_call_list_clear (self->calls);
  if (alarm == NULL)
    return;
  self->alarm = sm_row_ref (alarm);
  self->cancellable = g_cancellable_new ();
  sm_alarm_call_list_show (self->calls, alarm);
  load_values (self);
  load_past (self);
  load_things (self);
}

/** sm_alarm_around_refresh: Each second: who came on duty since is to be called, too. */
void
sm_alarm_around_refresh (SmAlarmAround *self)
{
  g_return_if_fail (SM_IS_ALARM_AROUND (self));

  if (self->alarm != NULL && self->knows_place)
    add_engineers (self);
}
