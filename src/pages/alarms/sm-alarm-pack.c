/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-pack.h"

#include "sm-alarm-reason.h"
#include "sm-alarm-section.h"
#include "sm-alarm-words.h"
#include "sm-facts.h"
#include "sm-link.h"
#include "sm-ops-deeds.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The values are asked for anew so often while the alarm is looked at. */
#define FRESH_US (5 * G_TIME_SPAN_SECOND)
/* How fast it warms is said over so long, and not of less than that. */
#define RISE_SPAN (10 * SM_MINUTE)
#define LEAST_RISE_SPAN (2 * SM_MINUTE)
#define MOST_SISTERS 8

struct _SmAlarmPack
{
  GtkWidget parent_instance;

  GtkWidget *box;
  SmFacts *apart;
  SmFacts *values;
  SmFacts *more;
  GtkWidget *buttons[2]; /* to keep it apart, to end that */
  GtkWidget *problem_label;
  GtkWidget *sisters;
  GtkWidget *sisters_section;

  SmOps *ops;
  SmRow *alarm;    /* (nullable): that is shown */
  SmRow *battery;  /* (nullable): as it was read last */
  gint64 asked_id; /* of the pack that a dialog asks about, whatever is shown behind it */
  double rise;     /* °C/min; NAN: not known */
  gboolean is_reading;
  gint64 read_at;  /* monotonic */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SmAlarmPack, sm_alarm_pack, GTK_TYPE_WIDGET)

static void
forget (SmAlarmPack *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->alarm, sm_row_unref);
  g_clear_pointer (&self->battery, sm_row_unref);
  self->rise = NAN;
  self->is_reading = FALSE;
  self->read_at = 0;
}

static void
sm_alarm_pack_dispose (GObject *object)
{
  SmAlarmPack *self = SM_ALARM_PACK (object);

  forget (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_pack_parent_class)->dispose (object);
}

static gint64
read_id (const SmRow *row,
         guint        field)
{
  return sm_row_is_null (row, field) ? 0 : sm_row_get_int (row, field);
}

static gint64
find_source (const SmRow *alarm,
             const char  *noun,
             guint        field)
{
  return g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), noun) == 0
             ? sm_row_get_int (alarm, SM_ALARM_SOURCE_ID)
             : read_id (alarm, field);
}

/* --- showing --- */

static gboolean
is_apart (const SmAlarmPack *self)
{
  return self->battery != NULL
         && sm_row_get_enum (self->battery, SM_BATTERY_FITNESS) == SM_FITNESS_QUARANTINED;
}

/* Returns: (nullable): why nobody could press that button now */
static const char *
find_obstacle (SmAlarmPack *self,
               gboolean     wants_apart)
{
  if (self->battery == NULL)
    return _("The pack is not known yet");
  if (!sm_ops_may (self->ops, "battery.quarantine"))
    return sm_ops_get_person (self->ops) == NULL ? _("Nobody is signed in")
                                                 : _("Your role does not allow this");
  if (sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_OFFLINE)
    return _("This needs the service, which cannot be reached");
  if (!wants_apart
      && sm_ops_is_person (self->ops,
                           sm_row_get_text (self->battery, SM_BATTERY_QUARANTINED_BY)))
    return _("Another person than who put it into quarantine has to end that");
  return NULL;
}

static void
show_buttons (SmAlarmPack *self)
{
  gboolean apart = is_apart (self);
  const char *why = find_obstacle (self, !apart);

  gtk_widget_set_visible (self->buttons[0], !apart);
  gtk_widget_set_visible (self->buttons[1], apart);
  gtk_widget_set_sensitive (self->buttons[apart], why == NULL);
  gtk_label_set_text (GTK_LABEL (self->problem_label), why != NULL ? why : "");
  gtk_widget_set_visible (self->problem_label, why != NULL);
}

static char *
describe_apart (SmAlarmPack *self)
{
  g_autofree char *moment = NULL;
  g_autofree char *by = NULL;
  g_autofree char *why = NULL;

  if (!is_apart (self))
    return NULL;
  moment = sm_alarm_words_moment (self->ops, sm_row_get_int (self->battery,
                                                             SM_BATTERY_QUARANTINED_AT));
  by = sm_text_clean (sm_row_get_text (self->battery, SM_BATTERY_QUARANTINED_BY));
  why = sm_text_clean (sm_row_get_text (self->battery, SM_BATTERY_QUARANTINE_REASON));
  return g_strdup_printf ("%s · %s · %s", moment != NULL ? moment : "–", by, why);
}

/* What it gives or takes now is what could explain that it warms. */
static char *
describe_rise (SmAlarmPack *self)
{
  g_autofree char *rise = NULL;
  g_autofree char *load = NULL;
  double kw = sm_row_get_real (self->battery, SM_BATTERY_VOLTAGE_V)
              * sm_row_get_real (self->battery, SM_BATTERY_CURRENT_A) / 1000;

  if (isnan (self->rise))
    return NULL;
  rise = g_strdup_printf ("%+.2f", self->rise);
  if (isnan (kw))
    /* Translators: %s is how fast something warms */
    return g_strdup_printf (_("%s °C/min, load not known"), rise);
  load = sm_text_measure (fabs (kw), 0, "kW");
  /* Translators: how fast something warms, and at which load */
  return g_strdup_printf (_("%s °C/min at %s"), rise, load);
}

static char *
measure (SmAlarmPack *self,
         guint        field,
         guint        digits)
{
  const SmField *known = &sm_noun_get (SM_NOUN_BATTERY)->fields[field];

  return sm_row_is_null (self->battery, field)
             ? NULL
             : sm_text_measure (sm_row_get_real (self->battery, field), digits, known->unit);
}

/* Returns: (transfer full) (nullable): a value and where in the pack it was measured */
static char *
locate (SmAlarmPack *self,
        guint        field,
        guint        number,
        const char  *format)
{
  g_autofree char *value = measure (self, field, 0);
  g_autofree char *digits = NULL;
  g_auto (GStrv) parts = NULL;

  if (value == NULL || sm_row_is_null (self->battery, number))
    return g_steal_pointer (&value);
  digits = g_strdup_printf ("%d", (int) sm_row_get_int (self->battery, number));
  parts = g_strsplit (format, "%s", 2);
  return g_strconcat (value, " (", parts[0], digits, parts[1] != NULL ? parts[1] : "", ")", NULL);
}

/* Two definitions of health are in use; a number alone says nothing. */
static char *
describe_health (SmAlarmPack *self)
{
  g_autofree char *soh = measure (self, SM_BATTERY_SOH, 1);

  if (soh == NULL || sm_row_is_null (self->battery, SM_BATTERY_SOH_METHOD))
    return g_steal_pointer (&soh);
  return g_strdup_printf (
      "%s (%s)", soh,
      sm_word_of_slug (sm_soh_methods, sm_row_get_text (self->battery, SM_BATTERY_SOH_METHOD)));
}

static void
show_values (SmAlarmPack *self)
{
  /* Translators: %s is the number of a temperature probe in a pack */
  const char *probe = _("probe %s");
  /* Translators: %s is the number of a cell in a pack */
  const char *cell = _("cell %s");
  g_autofree char *hot = locate (self, SM_BATTERY_TEMPERATURE_MAX_C,
                                 SM_BATTERY_TEMPERATURE_MAX_PROBE, probe);
  g_autofree char *cold = locate (self, SM_BATTERY_TEMPERATURE_MIN_C,
                                  SM_BATTERY_TEMPERATURE_MIN_PROBE, probe);
  g_autofree char *high = locate (self, SM_BATTERY_CELL_MAX_MV, SM_BATTERY_CELL_MAX_NUMBER, cell);
  g_autofree char *low = locate (self, SM_BATTERY_CELL_MIN_MV, SM_BATTERY_CELL_MIN_NUMBER, cell);
  g_autofree char *spread = measure (self, SM_BATTERY_SPREAD_MV, 0);
  g_autofree char *insulation = measure (self, SM_BATTERY_INSULATION_OHM_PER_V, 0);
  g_autofree char *soc = measure (self, SM_BATTERY_SOC, 0);
  g_autofree char *health = describe_health (self);
  g_autofree char *cycles = measure (self, SM_BATTERY_CYCLE_COUNT, 0);
  const SmFact facts[] = {
    { _("Pack"), sm_row_get_text (self->battery, SM_BATTERY_SN), 0 },
    { _("Warmest"), hot, 0 },
    { _("Coldest"), cold, 0 },
    { _("Highest cell"), high, 0 },
    { _("Lowest cell"), low, 0 },
    { _("Cell spread"), spread, 0 },
    { _("Insulation"), insulation, 0 },
    { _("Charge"), soc, 0 },
    { _("Health"), health, 0 },
    { _("Full cycles"), cycles, 0 },
  };

  sm_facts_set (self->values, facts, G_N_ELEMENTS (facts));
}

/* How far the truck still goes, and how old all this is. */
static void
show_more (SmAlarmPack *self)
{
  SmFleet *fleet = sm_ops_get_fleet (self->ops);
  gint64 vehicle = find_source (self->alarm, "vehicle", SM_ALARM_VEHICLE_ID);
  const SmVehicleColumns *columns = sm_fleet_get_columns (fleet);
  int index = vehicle != 0 ? sm_fleet_find (fleet, vehicle) : -1;
  gint64 range = index >= 0 ? columns->range_m[index] : SM_UNKNOWN;
  gint64 at = read_id (self->battery, SM_BATTERY_REPORTED_AT);
  g_autofree char *rise = describe_rise (self);
  g_autofree char *km
      = range != SM_UNKNOWN ? sm_text_measure ((double) range / 1000, 0, "km") : NULL;
  g_autofree char *age = at != 0 ? sm_alarm_words_age (self->ops, at) : NULL;
  const SmFact facts[] = {
    { _("Warming"), rise, 0 },
    { _("Range"), km, 0 },
    { _("Values of"), age, 0 },
  };

  sm_facts_set (self->more, facts, G_N_ELEMENTS (facts));
}

static void
show (SmAlarmPack *self)
{
  g_autofree char *apart = describe_apart (self);
  const SmFact facts[] = {
    { _("Quarantine"), apart, is_apart (self) ? 2 : 0 },
    { _("Fitness"),
      sm_word_of_slug (sm_fitnesses, sm_row_get_text (self->battery, SM_BATTERY_FITNESS)), 0 },
    { _("Place"),
      sm_word_of_slug (sm_battery_places, sm_row_get_text (self->battery, SM_BATTERY_PLACE)), 0 },
  };

  sm_facts_set (self->apart, facts, G_N_ELEMENTS (facts));
  show_values (self);
  show_more (self);
  show_buttons (self);
  gtk_widget_set_visible (self->box, TRUE);
}

/* --- its sisters --- */

static void
add_sister (SmAlarmPack *self,
            const SmRow *row)
{
  const char *sn = sm_row_get_text (row, SM_BATTERY_SN);
  g_autofree char *soh = sm_text_measure (sm_row_get_real (row, SM_BATTERY_SOH), 1, "%");
  g_autofree char *heat
      = sm_text_measure (sm_row_get_real (row, SM_BATTERY_TEMPERATURE_MAX_C), 0, "°C");
  g_autofree char *words = g_strdup_printf (
      "%s · %s · %s · %s · %s", sn,
      sm_word_of_slug (sm_fitnesses, sm_row_get_text (row, SM_BATTERY_FITNESS)),
      sm_word_of_slug (sm_battery_places, sm_row_get_text (row, SM_BATTERY_PLACE)), heat, soh);
  g_autofree char *link = sm_link_text ("battery", sn, NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, NULL);
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "child", label, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", link != NULL ? link : "");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_box_append (GTK_BOX (self->sisters), button);
}

static void
sisters_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmAlarmPack) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = sm_ops_load_sisters_finish (SM_OPS (source), result, &error);

  if (rows == NULL || self->alarm == NULL || self->sisters == NULL)
    return;
  sm_alarm_lines_clear (self->sisters);
  for (guint i = 0; i < MIN (rows->len, MOST_SISTERS); i++)
    add_sister (self, rows->pdata[i]);
  gtk_widget_set_visible (self->sisters_section, rows->len > 0);
}

/* --- reading --- */

static void
telemetry_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SmAlarmPack) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmTelemetry) series = sm_ops_load_telemetry_finish (SM_OPS (source), result, &error);
  int column = series != NULL ? sm_telemetry_find (series, SM_VEHICLE_PACK_TEMPERATURE_C) : -1;
  gint64 from_us = 0, to_us = 0;
  double from = NAN, to = NAN;

  if (column < 0 || self->alarm == NULL)
    return;
  for (guint i = 0; i < series->n; i++)
    if (isfinite (series->values[column][i]))
      {
        if (isnan (from))
          {
            from = series->values[column][i];
            from_us = series->at[i];
          }
        to = series->values[column][i];
        to_us = series->at[i];
      }
  self->rise = to_us - from_us >= LEAST_RISE_SPAN
                   ? (to - from) / ((double) (to_us - from_us) / SM_MINUTE) : NAN;
  if (self->battery != NULL)
    show_more (self);
}

static void
read_rise (SmAlarmPack *self)
{
  gint64 vehicle = find_source (self->alarm, "vehicle", SM_ALARM_VEHICLE_ID);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));

  if (vehicle != 0)
    sm_ops_load_telemetry_async (self->ops, SM_NOUN_VEHICLE, vehicle, now - RISE_SPAN, now,
                                 self->cancellable, telemetry_cb, g_object_ref (self));
}

/* The feed has the values seldom: the newest are asked for, and what is known stands
 * where they cannot be had. */
static void
live_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SmAlarmPack) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_cached;
  g_autoptr (SmRow) live = sm_ops_load_live_finish (SM_OPS (source), result, &is_cached, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->alarm == NULL)
    return;
  self->is_reading = FALSE;
  if (live != NULL && self->battery != NULL
      && sm_row_get_id (live) == sm_row_get_id (self->battery))
    sm_row_copy_class (self->battery, live, SM_LIVE);
  if (self->battery != NULL)
    show (self);
}

static void
pack_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SmAlarmPack) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) battery = sm_ops_load_row_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->alarm == NULL)
    return;
  self->is_reading = battery != NULL;
  if (battery == NULL)
    return;
  g_clear_pointer (&self->battery, sm_row_unref);
  self->battery = sm_row_copy (battery);
  sm_ops_load_live_async (self->ops, SM_NOUN_BATTERY, sm_row_get_id (battery), self->cancellable,
                          live_cb, g_object_ref (self));
}

static void
read_pack (SmAlarmPack *self)
{
  gint64 id = find_source (self->alarm, "battery", SM_ALARM_BATTERY_ID);

  if (id == 0)
    return;
  self->is_reading = TRUE;
  self->read_at = g_get_monotonic_time ();
  sm_ops_load_row_async (self->ops, sm_noun_get (SM_NOUN_BATTERY), id, self->cancellable, pack_cb,
                         g_object_ref (self));
  read_rise (self);
}

/* --- what can be done --- */

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (SmAlarmPack) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) battery = sm_ops_set_apart_finish (SM_OPS (source), result, &error);

  if (battery == NULL)
    {
      sm_alarm_complain (GTK_WIDGET (self), error);
      return;
    }
  if (self->battery == NULL || sm_row_get_id (self->battery) != sm_row_get_id (battery))
    return;
  sm_row_copy_class (battery, self->battery, SM_LIVE);
  g_clear_pointer (&self->battery, sm_row_unref);
  self->battery = g_steal_pointer (&battery);
  show (self);
}

static void
quarantine_cb (GtkWidget  *owner,
               const char *reason)
{
  SmAlarmPack *self = SM_ALARM_PACK (owner);

  if (self->ops != NULL)
    sm_ops_set_apart_async (self->ops, self->asked_id, TRUE, reason, NULL, set_cb,
                            g_object_ref (self));
}

static void
release_cb (GtkWidget  *owner,
            const char *reason)
{
  SmAlarmPack *self = SM_ALARM_PACK (owner);

  if (self->ops != NULL)
    sm_ops_set_apart_async (self->ops, self->asked_id, FALSE, reason, NULL, set_cb,
                            g_object_ref (self));
}

static void
apart_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SmAlarmPack *self = SM_ALARM_PACK (widget);
  gboolean wants_apart = g_str_equal (name, "alarms.quarantine");
  g_autofree char *body = NULL;

  if (self->alarm == NULL || is_apart (self) == wants_apart
      || find_obstacle (self, wants_apart) != NULL)
    return;
  self->asked_id = sm_row_get_id (self->battery);
  body = g_strdup_printf (
      wants_apart
          /* Translators: %s is the serial number of a pack */
          ? _("No station counts %s as ready or hands it out any more, and the bay where it stands "
              "is taken out of operation.")
          : _("%s may be handed out again, and is under watch. A bay that was taken out of operation "
              "stays so until it is put back."),
      sm_row_get_text (self->battery, SM_BATTERY_SN));
  sm_alarm_reason_ask (widget, wants_apart ? _("Put the pack into quarantine") : _("End quarantine"),
                       body, wants_apart ? C_ ("action", "_Quarantine") : C_ ("action", "_End"),
                       wants_apart ? quarantine_cb : release_cb);
}

/* --- making --- */

static void
sm_alarm_pack_class_init (SmAlarmPackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_alarm_pack_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "alarms.quarantine", NULL, apart_action);
  gtk_widget_class_install_action (widget_class, "alarms.end-quarantine", NULL, apart_action);
}

static GtkWidget *
make_button (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static void
sm_alarm_pack_init (SmAlarmPack *self)
{
  GtkBox *content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));

  self->rise = NAN;
  self->apart = SM_FACTS (sm_facts_new ());
  self->values = SM_FACTS (sm_facts_new ());
  self->more = SM_FACTS (sm_facts_new ());
  self->buttons[0] = make_button (_("Quarantine… (Q)"), "alarms.quarantine");
  self->buttons[1] = make_button (_("End quarantine… (Shift+Q)"), "alarms.end-quarantine");
  self->problem_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                      PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->problem_label, "row-subtitle");
  self->sisters = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (content, GTK_WIDGET (self->apart));
  gtk_box_append (content, GTK_WIDGET (self->values));
  gtk_box_append (content, GTK_WIDGET (self->more));
  for (guint i = 0; i < G_N_ELEMENTS (self->buttons); i++)
    {
      gtk_box_append (content, self->buttons[i]);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->problem_label,
                                      NULL, -1);
    }
  gtk_box_append (content, self->problem_label);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "alarm-sections");
  gtk_box_append (GTK_BOX (self->box), sm_alarm_section_new (_("The pack"), GTK_WIDGET (content)));
  self->sisters_section
      = sm_alarm_section_new (_("Its sisters: same model, maker and month"),
                              self->sisters);
  gtk_box_append (GTK_BOX (self->box), self->sisters_section);
  gtk_widget_set_visible (self->box, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
sm_alarm_pack_new (SmOps *ops)
{
  SmAlarmPack *self = g_object_new (SM_TYPE_ALARM_PACK, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}

/** sm_alarm_pack_show: @alarm: (nullable): whose; the same again reads nothing */
void
sm_alarm_pack_show (SmAlarmPack *self,
                    SmRow       *alarm)
{
  gint64 id;

  g_return_if_fail (SM_IS_ALARM_PACK (self));

  if (alarm != NULL && self->alarm != NULL
      && sm_row_get_id (alarm) == sm_row_get_id (self->alarm))
    return;
  forget (self);
  gtk_widget_set_visible (self->box, FALSE);
  gtk_widget_set_visible (self->sisters_section, FALSE);
  if (alarm == NULL)
    return;
  self->alarm = sm_row_ref (alarm);
  self->cancellable = g_cancellable_new ();
  read_pack (self);
  id = find_source (alarm, "battery", SM_ALARM_BATTERY_ID);
  if (id != 0)
    sm_ops_load_sisters_async (self->ops, id, self->cancellable, sisters_cb, g_object_ref (self));
}

/** sm_alarm_pack_refresh: Each second. */
void
sm_alarm_pack_refresh (SmAlarmPack *self)
{
  g_return_if_fail (SM_IS_ALARM_PACK (self));

  if (self->alarm == NULL || self->battery == NULL)
    return;
  show_buttons (self);
  if (!self->is_reading && g_get_monotonic_time () - self->read_at > FRESH_US)
    read_pack (self);
}
