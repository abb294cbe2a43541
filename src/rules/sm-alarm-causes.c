/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-causes.h"

#include <math.h>
#include <string.h>

#include "sm-diagnose.h"
#include "sm-feed.h"
#include "sm-geo.h"
#include "sm-history-pages.h"
#include "sm-rules-private.h"
#include "sm-telemetry.h"

/*
 * What may be behind an alarm, from what is known when somebody asks: the live
 * values, the samples of the last hours, where the pack was moved and what its
 * spread was then, who else is silent, and the equal alarms before it.  Nothing
 * is kept: a minute later there may be more to know.
 */

#define HEAT_SPAN (5 * SM_HOUR)
#define MOST_MOVEMENTS 40
#define MOST_ALARMS 50
#define MOST_PILES 200

/* Who drives within that of each other is served by the same masts. */
#define NEAR_M 10000.0
#define NEAR_DEGREES 0.2
#define NEAR_LEAST 3

/* What is less likely is not worth a line. */
#define WORTH 0.02
#define MOST_CAUSES 5

/* The load follows from how the charge goes, over so long. */
#define SLOPE_LEAST (5 * SM_MINUTE)

/* Where nobody tells, a plug stands in mild air. */
#define MILD_C 25.0
#define CONTACT_SOUND_K 30.0

typedef struct
{
  SmReader *reader;
  SmRules *rules;
  SmActor *actor;
  const SmRow *alarm;
  gint64 vehicle_id, battery_id;
  SmSigns signs;
} Case;

static void
set_sign (Case   *self,
          SmSign  sign,
          double  value,
          gint64  at)
{
  self->signs.value[sign] = value;
  self->signs.at_us[sign] = at == SM_UNKNOWN ? 0 : at;
}

/* --- what the samples tell --- */

static const double *
column_of (const SmSeries *series,
           guint           field)
{
  for (guint i = 0; i < series->n_columns; i++)
    if (series->fields[i] == field)
      return series->values[i];
  return NULL;
}

/* Returns: the first sample behind the last swap: before it was another pack */
static guint
first_of_pack (const SmSeries *series)
{
  const double *energy = column_of (series, SM_VEHICLE_ENERGY);

  for (guint i = series->n; energy != NULL && i > 0; i--)
    if (energy[i - 1] == SM_ENERGY_SWAPPING)
      return i;
  return 0;
}

static double
c_rate_at (const SmSeries *series,
           const double   *soc,
           guint           first,
           guint           i)
{
  for (guint j = i; j > first; j--)
    if (series->at[i] - series->at[j - 1] >= SLOPE_LEAST)
      return (soc[i] - soc[j - 1]) / 100.0
             / ((double) (series->at[i] - series->at[j - 1]) / (double) SM_HOUR);
  return NAN;
}

static void
signs_of_samples (Case           *self,
                  const SmSeries *series)
{
  const double *heat = column_of (series, SM_VEHICLE_PACK_TEMPERATURE_C);
  const double *soc = column_of (series, SM_VEHICLE_SOC);
  g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (SmPackMoment));
  guint first = first_of_pack (series);

  for (guint i = first; heat != NULL && soc != NULL && i < series->n; i++)
    {
      SmPackMoment moment = { series->at[i], heat[i], NAN, NAN, NAN, soc[i], NAN, NAN, NAN, NAN };

      moment.surroundings_c = sm_pack_watch_surroundings (self->rules->pack_watch);
      moment.c_rate = c_rate_at (series, soc, first, i);
      g_array_append_val (moments, moment);
    }
  sm_signs_of_heat (&self->signs, (gpointer) moments->data, moments->len);
  /* What other packs allow was no thermometer's word, and is no evidence. */
  set_sign (self, SM_SIGN_SURROUNDINGS, NAN, SM_UNKNOWN);
  /* A load that was read from the charge would explain its steps away. */
  for (guint i = 0; i < moments->len; i++)
    g_array_index (moments, SmPackMoment, i).c_rate = NAN;
  sm_signs_of_soc (&self->signs, (gpointer) moments->data, moments->len);
}

static void
signs_of_vehicle (Case *self)
{
  gint64 now = sm_rules_now (self->rules);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmSeries) series = NULL;

  if (self->rules->telemetry == NULL)
    return;
  series = sm_telemetry_read (self->reader, self->actor, sm_noun_get (SM_NOUN_VEHICLE),
                              self->vehicle_id, now - HEAT_SPAN, now, &error);
  if (series != NULL)
    signs_of_samples (self, series);
  else
    g_info ("No samples for a diagnosis: %s", error->message);
}

/* --- what is known of the pack --- */

static void
signs_of_movements (Case *self)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->battery_id);
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_BATTERY_MOVEMENT), .newest_first = TRUE,
                           .from = SM_UNKNOWN, .to = SM_UNKNOWN, .after_time = SM_UNKNOWN,
                           .limit = MOST_MOVEMENTS, .n_equals = 1,
                           .equals = { { SM_BATTERY_MOVEMENT_BATTERY_ID, id } } };
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (SmPackDay));
  gboolean more;
  g_autoptr (GPtrArray) rows = sm_history_read (self->reader, self->actor, &query, &more, NULL);

  /* Those that were nearly empty: there cells show what they hold. */
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!(sm_row_get_real (rows->pdata[i], SM_BATTERY_MOVEMENT_SOC) > 50))
      {
        SmPackDay day = { sm_row_get_int (rows->pdata[i], SM_BATTERY_MOVEMENT_AT),
                          sm_row_get_real (rows->pdata[i], SM_BATTERY_MOVEMENT_SPREAD_MV),
                          NAN, NAN, NAN, NAN };

        g_array_append_val (days, day);
      }
  sm_signs_of_cells (&self->signs, NULL, 0, (gpointer) days->data, days->len);
}

static void
signs_of_battery (Case *self)
{
  const SmLiveRow *live;

  signs_of_movements (self);
  sm_live_lock (self->rules->live);
  sm_pack_watch_signs (self->rules->pack_watch, self->battery_id, &self->signs);
  live = sm_live_find_row (self->rules->live, sm_noun_get (SM_NOUN_BATTERY), self->battery_id);
  if (live != NULL)
    set_sign (self, SM_SIGN_INSULATION,
              sm_row_get_real (live->row, SM_BATTERY_INSULATION_OHM_PER_V),
              sm_row_get_int (live->row, SM_BATTERY_REPORTED_AT));
  sm_live_unlock (self->rules->live);
}

/* --- who is silent, and who else --- */

static gboolean
is_silent (guint connection)
{
  return connection == SM_CONNECTION_SILENT || connection == SM_CONNECTION_UNKNOWN_DANGER;
}

typedef struct
{
  guint n, silent;
  gint64 first, last; /* when they were heard last, of those that are silent */
} Others;

static void
note_other (Others *self,
            guint   connection,
            gint64  heard_at)
{
  if (connection > SM_CONNECTION_UNKNOWN_DANGER || connection == SM_CONNECTION_ASLEEP)
    return;
  self->n++;
  if (!is_silent (connection))
    return;
  self->silent++;
  self->first = self->silent == 1 ? heard_at : MIN (self->first, heard_at);
  self->last = self->silent == 1 ? heard_at : MAX (self->last, heard_at);
}

static double
share_of (const Others *self)
{
  return self->n >= NEAR_LEAST ? (double) self->silent / self->n : NAN;
}

/* With the live values locked: the vehicles around a place. */
static Others
look_around (SmRules *rules,
             gint64   but_id,
             double   latitude,
             double   longitude)
{
  Others others = { 0 };

  for (guint i = 0; i < sm_live_n_vehicles (rules->live); i++)
    {
      const SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, i);

      if (vehicle->id == 0 || vehicle->id == but_id
          || !(fabs (vehicle->latitude - latitude) < NEAR_DEGREES)
          || !(sm_geo_distance_m (latitude, longitude, vehicle->latitude, vehicle->longitude)
               < NEAR_M))
        continue;
      note_other (&others, vehicle->connection, vehicle->heard_at);
    }
  return others;
}

static void
link_of_vehicle (Case        *self,
                 SmLinkState *link)
{
  int slot = sm_live_find_id (self->rules->live, self->vehicle_id);
  const SmLiveVehicle *vehicle;
  Others others;
  double rate = MAX (sm_clock_get_rate (self->rules->network), 1e-6);

  if (slot < 0)
    return;
  vehicle = sm_live_get_vehicle (self->rules->live, (guint) slot);
  others = look_around (self->rules, vehicle->id, vehicle->latitude, vehicle->longitude);
  link->since_us = vehicle->heard_at == SM_UNKNOWN ? 0 : vehicle->heard_at;
  if (vehicle->heard_at != SM_UNKNOWN && vehicle->period_us > 0)
    link->silent_periods = (double) (sm_rules_now (self->rules) - vehicle->heard_at) / rate
                           / (double) vehicle->period_us;
  link->carrier_silent = share_of (&others);
  link->is_dark_place = vehicle->is_in_dark;
  if (others.silent > 1 && link->carrier_silent > 0.1)
    link->together_s = (double) (others.last - others.first) / (double) SM_SECOND;
}

/* The station's piles; for a pile, those beside it. */
static void
link_of_site (Case         *self,
              gint64        station_id,
              SmLinkState  *link)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, station_id);
  gint64 own = sm_row_get_int (self->alarm, SM_ALARM_SOURCE_ID);
  gboolean is_pile = g_strcmp0 (sm_row_get_text (self->alarm, SM_ALARM_SOURCE_NOUN), "pile") == 0;
  gboolean more;
  g_autoptr (GPtrArray) piles
      = sm_feed_read_rows (self->reader, self->actor, sm_noun_get (SM_NOUN_PILE),
                           SM_PILE_STATION_ID, id, 0, MOST_PILES, &more, NULL);
  g_autoptr (SmRow) station
      = sm_feed_read_row (self->reader, self->actor, sm_noun_get (SM_NOUN_STATION), station_id, NULL);
  Others beside = { 0 }, around = { 0 };

  sm_live_lock (self->rules->live);
  for (guint i = 0; piles != NULL && i < piles->len; i++)
    {
      gint64 pile = sm_row_get_id (piles->pdata[i]);
      const SmLiveRow *live
          = sm_live_find_row (self->rules->live, sm_noun_get (SM_NOUN_PILE), pile);

      if (live != NULL && !(is_pile && pile == own))
        note_other (&beside, sm_row_get_enum (live->row, SM_PILE_CONNECTION), live->heard_at);
    }
  if (station != NULL)
    around = look_around (self->rules, 0, sm_row_get_real (station, SM_STATION_LATITUDE),
                          sm_row_get_real (station, SM_STATION_LONGITUDE));
  sm_live_unlock (self->rules->live);
  link->site_silent = share_of (&beside);
  link->carrier_silent = share_of (&around);
  if (beside.silent > 1 && link->site_silent > 0.25)
    link->together_s = (double) (beside.last - beside.first) / (double) SM_SECOND;
}

static void
link_of_row (Case        *self,
             SmNounId     noun,
             SmLinkState *link)
{
  gint64 id = sm_row_get_int (self->alarm, SM_ALARM_SOURCE_ID);
  double rate = MAX (sm_clock_get_rate (self->rules->network), 1e-6);
  double usual = noun == SM_NOUN_PILE ? 5.0 * SM_MINUTE : (double) SM_MINUTE;
  const SmLiveRow *live;

  sm_live_lock (self->rules->live);
  live = sm_live_find_row (self->rules->live, sm_noun_get (noun), id);
  if (live != NULL && live->heard_at > 0)
    {
      link->since_us = live->heard_at;
      link->silent_periods = (double) (sm_rules_now (self->rules) - live->heard_at)
                             / MAX ((double) live->period_us, usual * rate);
    }
  sm_live_unlock (self->rules->live);
  link->is_dark_place = 0;
}

static void
signs_of_silence (Case *self)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (self->alarm, SM_ALARM_SOURCE_NOUN));
  gint64 station_id = sm_row_get_int (self->alarm, SM_ALARM_STATION_ID);
  SmLinkState link = { 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

  if (noun != NULL && noun->id == SM_NOUN_VEHICLE)
    {
      sm_live_lock (self->rules->live);
      link_of_vehicle (self, &link);
      sm_live_unlock (self->rules->live);
    }
  else if (noun != NULL && (noun->id == SM_NOUN_PILE || noun->id == SM_NOUN_STATION))
    {
      link_of_row (self, noun->id, &link);
      if (station_id != SM_UNKNOWN)
        link_of_site (self, station_id, &link);
    }
  else
    return;
  sm_signs_of_link (&self->signs, &link);
}

/* --- a connector --- */

static void
signs_of_connector (Case *self)
{
  gint64 id = sm_row_get_int (self->alarm, SM_ALARM_SOURCE_ID);
  g_autoptr (SmRow) row = sm_feed_read_live_row (self->reader, self->actor,
                                                 sm_noun_get (SM_NOUN_CONNECTOR), id, NULL);
  g_autoptr (SmRow) record = row != NULL
                                 ? sm_feed_read_row (self->reader, self->actor,
                                                     sm_noun_get (SM_NOUN_CONNECTOR), id, NULL)
                                 : NULL;
  g_autoptr (SmRow) pile = NULL;
  double amps, rated_a;
  gint64 at;

  if (record == NULL)
    return;
  pile = sm_feed_read_row (self->reader, self->actor, sm_noun_get (SM_NOUN_PILE),
                           sm_row_get_int (record, SM_CONNECTOR_PILE_ID), NULL);
  at = sm_row_get_int (row, SM_CONNECTOR_REPORTED_AT);
  amps = fabs (sm_row_get_real (row, SM_CONNECTOR_CURRENT_A));
  rated_a = pile != NULL ? sm_row_get_real (pile, SM_PILE_RATED_POWER_KW) * 1000
                               / sm_row_get_real (row, SM_CONNECTOR_VOLTAGE_V)
                         : NAN;
  if (rated_a > 0 && amps / rated_a > 0.1)
    set_sign (self, SM_SIGN_CONTACT_RISE,
              sm_row_get_real (row, SM_CONNECTOR_TEMPERATURE_C) - MILD_C
                  - CONTACT_SOUND_K * amps * amps / rated_a / rated_a,
              at);
  if (g_strcmp0 (sm_row_get_text (row, SM_CONNECTOR_STATUS), "available") == 0 && amps < 2)
    set_sign (self, SM_SIGN_VOLTAGE_LEFT, sm_row_get_real (row, SM_CONNECTOR_VOLTAGE_V), at);
}

/* --- the equal alarms before --- */

/* Who acknowledged one with a note did something about it. */
static void
signs_of_alarms (Case *self)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT,
                                         sm_row_get_int (self->alarm, SM_ALARM_SOURCE_ID));
  SmHistoryQuery query
      = { .noun = sm_noun_get (SM_NOUN_ALARM), .newest_first = TRUE, .from = SM_UNKNOWN,
          .to = SM_UNKNOWN, .after_time = SM_UNKNOWN, .limit = MOST_ALARMS, .n_equals = 3,
          .equals = { { SM_ALARM_SOURCE_ID, id },
                      { SM_ALARM_SOURCE_NOUN, sm_row_get_text (self->alarm, SM_ALARM_SOURCE_NOUN) },
                      { SM_ALARM_CODE, sm_row_get_text (self->alarm, SM_ALARM_CODE) } } };
  g_autoptr (GArray) trips = g_array_new (FALSE, FALSE, sizeof (SmTrip));
  gboolean more;
  g_autoptr (GPtrArray) rows = sm_history_read (self->reader, self->actor, &query, &more, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const SmRow *alarm = rows->pdata[i];
      SmTrip trip = { sm_row_get_int (alarm, SM_ALARM_RAISED_AT), FALSE };
      SmTrip fix = { sm_row_get_int (alarm, SM_ALARM_ACKED_AT), TRUE };

      g_array_append_val (trips, trip);
      if (fix.at_us != SM_UNKNOWN && !sm_row_is_null (alarm, SM_ALARM_NOTE)
          && sm_row_get_id (alarm) != sm_row_get_id (self->alarm))
        g_array_append_val (trips, fix);
    }
  sm_signs_of_trips (&self->signs, (gpointer) trips->data, trips->len,
                     sm_rules_now (self->rules));
}

/* --- together --- */

static void
gather (Case *self)
{
  const char *code = sm_row_get_text (self->alarm, SM_ALARM_CODE);
  const char *noun = sm_row_get_text (self->alarm, SM_ALARM_SOURCE_NOUN);

  if (g_str_has_suffix (code, "-silent") || g_str_has_suffix (code, "-unknown-danger"))
    signs_of_silence (self);
  else
    {
      if (self->vehicle_id > 0)
        signs_of_vehicle (self);
      if (self->battery_id > 0)
        signs_of_battery (self);
      if (g_strcmp0 (noun, "connector") == 0)
        signs_of_connector (self);
    }
  signs_of_alarms (self);
}

static void
add_evidence (SmCauseFound       *found,
              const SmHypothesis *hypothesis)
{
  for (guint i = 0; i < hypothesis->n_evidence; i++)
    {
      const SmEvidence *from = &hypothesis->evidence[i];
      SmCauseEvidence *evidence
          = sm_cause_found_add (found, sm_sign_get_slug (from->sign), from->value,
                                sm_sign_get_unit (from->sign));

      evidence->at = from->at_us != 0 ? from->at_us : SM_UNKNOWN;
      evidence->is_for = from->weight > 0;
      evidence->weight = from->weight;
    }
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const SmCauseFound *x = *(SmCauseFound *const *) a, *y = *(SmCauseFound *const *) b;

  return (x->probability < y->probability) - (x->probability > y->probability);
}

static GPtrArray *
word (const SmSigns *signs)
{
  GPtrArray *causes = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_cause_found_free);
  SmFindings findings;

  sm_diagnose (signs, &findings);
  for (guint i = 0; i < findings.n && causes->len < MOST_CAUSES; i++)
    {
      const SmHypothesis *hypothesis = &findings.hypotheses[i];
      SmCauseFound *found;

      if (hypothesis->probability < WORTH)
        break;
      found = sm_cause_found_new (sm_cause_get_slug (hypothesis->cause), hypothesis->probability);
      add_evidence (found, hypothesis);
      g_ptr_array_add (causes, found);
    }
  if (findings.unknown >= WORTH)
    g_ptr_array_add (causes, sm_cause_found_new (SM_CAUSE_SLUG_UNKNOWN, findings.unknown));
  g_ptr_array_sort (causes, compare_found);
  return causes;
}

/**
 * sm_alarm_causes_read:
 *
 * Returns: (transfer full) (nullable): what may be behind an alarm, of SmCauseFound,
 *   likeliest first; NULL with %SM_ERROR_NOT_FOUND when @actor sees no such alarm
 */
GPtrArray *
sm_alarm_causes_read (SmReader  *reader,
                      SmActor   *actor,
                      gint64     alarm_id,
                      GError   **error)
{
  g_autoptr (SmRow) alarm
      = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_ALARM), alarm_id, error);
  Case self = { .reader = reader, .rules = sm_reader_get_rules (reader), .actor = actor,
                .alarm = alarm };

  if (alarm == NULL)
    return NULL;
  self.vehicle_id = sm_row_get_int (alarm, SM_ALARM_VEHICLE_ID);
  self.battery_id = sm_row_get_int (alarm, SM_ALARM_BATTERY_ID);
  sm_signs_init (&self.signs);
  gather (&self);
  return word (&self.signs);
}
