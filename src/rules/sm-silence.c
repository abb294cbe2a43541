/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-silence-private.h"

#include "sm-rules-private.h"

/*
 * Silence has kinds.  Who said that he would sleep, is parked at night, or is
 * closed, is asleep: no alarm.  Who misses a report is late, who misses three is
 * silent, and an alarm once a grace is over: a longer one where others were not
 * heard either and came out again.  Who falls silent while charging, or near a
 * limit, may be in danger: an alarm at once, and a worse one later.  When very
 * many are silent at once it is the network that is, or their area, or the carrier
 * or gateway by which they are heard: one alarm.
 * A connector speaks through its pile, and is silent with it.
 *
 * All spans are machine time: a network that runs faster reports less often by
 * its own clock.
 */

/* A report is due every period; it is late when half of the next one has gone
 * by as well, or every vehicle would flicker, and silent after three. */
#define LATE_PERIODS 1.5
#define SILENT_PERIODS 3.0

#define VEHICLE_GRACE (10 * SM_MINUTE)
#define DARK_GRACE (45 * SM_MINUTE)
#define STATION_GRACE (3 * SM_MINUTE)
#define PILE_GRACE (5 * SM_MINUTE)
/* Who is heard again after that long was not in a tunnel. */
#define DARK_LASTS SM_HOUR
#define DANGER_RISES (10 * SM_MINUTE)

/* Stations and piles report that often at least, as long as we know no better.
 * A pile at which nobody charges has nothing to say but that it is there. */
#define STATION_PERIOD SM_MINUTE
#define PILE_PERIOD (5 * SM_MINUTE)

/* That share of who should be heard, and that many at least: the network. */
#define MANY_BEGIN 0.20
#define MANY_END 0.10
#define MANY_LEAST 10

#define NIGHT_BEGINS 20
#define NIGHT_ENDS 6

/* Stations and piles are looked at every so many ticks. */
#define ROW_TURNS 5

typedef struct
{
  SmRules *rules;
  gint64 now;
  double rate;
  gboolean is_night;
  gint64 unheard_us; /* since the last watch */
  guint n_heard, n_silent;
  guint n_others_heard, n_others_silent; /* whom no carrier or gateway explains */
  const SmNoun *noun;
} Watch;

typedef struct
{
  const char *silent, *danger; /* codes */
  gint64 grace;
  int level, danger_level, worse_level;
} Kind;

/* The car at a silent pile watches its own pack, and ends what is wrong. */
static const Kind vehicles = { "vehicle-silent", "vehicle-unknown-danger", VEHICLE_GRACE, 3, 2, 1 };
static const Kind stations = { "station-silent", "station-unknown-danger", STATION_GRACE, 2, 2, 1 };
static const Kind piles = { "pile-silent", "pile-unknown-danger", PILE_GRACE, 3, 3, 2 };

static const Kind *
kind_of (SmNounId noun)
{
  return noun == SM_NOUN_VEHICLE ? &vehicles : noun == SM_NOUN_STATION ? &stations : &piles;
}

static void
push (SmRules      *rules,
      const SmNoun *noun,
      gint64        id,
      const char   *code,
      int           level,
      gboolean      is_raised,
      gint64        now)
{
  sm_limits_add_event (rules->limits, noun, id, code, level, is_raised, now);
}

/* Goes from what has been raised to what shall be. */
static void
set_alarm (SmRules      *rules,
           const SmNoun *noun,
           gint64        id,
           guint8       *inout_is,
           guint8        shall,
           gint64        now)
{
  const Kind *kind = kind_of (noun->id);
  gboolean was_danger = *inout_is >= SM_SILENCE_DANGER;

  if (*inout_is == shall)
    return;
  if (*inout_is == SM_SILENCE_ALARM)
    push (rules, noun, id, kind->silent, kind->level, FALSE, now);
  if (was_danger && shall < SM_SILENCE_DANGER)
    push (rules, noun, id, kind->danger, kind->danger_level, FALSE, now);
  if (shall == SM_SILENCE_ALARM)
    push (rules, noun, id, kind->silent, kind->level, TRUE, now);
  if (shall >= SM_SILENCE_DANGER)
    push (rules, noun, id, kind->danger,
          shall == SM_SILENCE_WORSE ? kind->worse_level : kind->danger_level, TRUE, now);
  *inout_is = shall;
}

/* Whether the alarm of the network, or of the area, says it for whoever is in there. */
static gboolean
is_said_for (SmRules *rules,
             gint64   area_id)
{
  return rules->silent_area_id != 0 || sm_silent_areas_has (rules->silent_areas, area_id);
}

/* Whether the carrier or the gateway by which it is heard is silent. */
static gboolean
is_cut_off (SmRules             *rules,
            const SmLiveVehicle *vehicle)
{
  return sm_silent_areas_has (rules->silent_carriers, vehicle->carrier_id)
         || sm_silent_areas_has (rules->silent_gateways, vehicle->gateway_id);
}

static gboolean
is_said_for_vehicle (SmRules             *rules,
                     const SmLiveVehicle *vehicle)
{
  return is_said_for (rules, vehicle->area_id) || is_cut_off (rules, vehicle);
}

/* What a silence of @age beyond the third period leads to. */
static guint8
alarm_after (const Watch *watch,
             gboolean     is_said,
             gint64       grace,
             guint8       is,
             gboolean     is_danger,
             double       age)
{
  if (is_danger)
    return age > DANGER_RISES * watch->rate ? SM_SILENCE_WORSE : SM_SILENCE_DANGER;
  if (is != SM_SILENCE_ALARM && is_said)
    return is;
  return age > (double) grace * watch->rate ? SM_SILENCE_ALARM : is;
}

/* --- vehicles --- */

/** sm_silence_begin: The service begins: nobody is late yet. */
void
sm_silence_begin (SmRules *rules)
{
  gint64 now = sm_rules_now (rules);

  for (guint i = 0; i < sm_live_n_vehicles (rules->live); i++)
    sm_live_get_vehicle (rules->live, i)->heard_at = now;
}

/**
 * sm_silence_excuse:
 *
 * The time since the last watch does not count: reports may wait in the
 * writer's queue, and who waits there is not silent.
 */
void
sm_silence_excuse (SmRules *rules)
{
  if (rules->watched_at != 0)
    rules->unheard_us += MAX (sm_rules_now (rules) - rules->watched_at, 0);
}

/** sm_silence_end: With the live values locked: a vehicle was heard again. */
void
sm_silence_end (SmRules       *rules,
                SmLiveVehicle *vehicle,
                gint64         now)
{
  if (vehicle->silence != SM_SILENCE_NONE)
    set_alarm (rules, sm_noun_get (SM_NOUN_VEHICLE), vehicle->id, &vehicle->silence,
               SM_SILENCE_NONE, now);
}

/**
 * sm_silence_note_return:
 *
 * With the live values locked, before the new ones are taken: a vehicle is heard
 * again.  Who was silent on the road for a while shows where it is dark, unless
 * everybody was.
 */
void
sm_silence_note_return (SmRules             *rules,
                        const SmLiveVehicle *vehicle,
                        gint64               now)
{
  double longest = DARK_LASTS * sm_clock_get_rate (rules->network);

  if (vehicle->connection == SM_CONNECTION_SILENT && vehicle->motion == SM_MOTION_DRIVING
      && !is_said_for_vehicle (rules, vehicle) && vehicle->reported_at != SM_UNKNOWN
      && (double) (now - vehicle->reported_at) < longest)
    sm_dark_note (rules->dark, vehicle->latitude, vehicle->longitude, vehicle->id, now);
}

static gint64
grace_of (const Watch   *watch,
          SmLiveVehicle *vehicle)
{
  vehicle->is_in_dark = vehicle->motion == SM_MOTION_DRIVING
                        && sm_dark_has (watch->rules->dark, vehicle->latitude, vehicle->longitude,
                                        vehicle->heading_deg, watch->now);
  return vehicle->is_in_dark ? DARK_GRACE : VEHICLE_GRACE;
}

static gboolean
is_near_limit (const Watch         *watch,
               const SmLiveVehicle *vehicle)
{
  return sm_limits_is_near (watch->rules->limits, sm_noun_get (SM_NOUN_VEHICLE),
                            sm_live_vehicle_value, vehicle);
}

static guint8
silent_kind (const Watch         *watch,
             const SmLiveVehicle *vehicle)
{
  if (vehicle->energy == SM_ENERGY_CHARGING || vehicle->energy == SM_ENERGY_SWAPPING
      || is_near_limit (watch, vehicle))
    return SM_CONNECTION_UNKNOWN_DANGER;
  if (vehicle->motion == SM_MOTION_PARKED && watch->is_night)
    return SM_CONNECTION_ASLEEP;
  return SM_CONNECTION_SILENT;
}

static gboolean
is_silent (const SmLiveVehicle *vehicle)
{
  return vehicle->connection == SM_CONNECTION_SILENT
         || vehicle->connection == SM_CONNECTION_UNKNOWN_DANGER;
}

static void
watch_vehicle (Watch         *watch,
               SmLiveVehicle *vehicle)
{
  double period = (double) vehicle->period_us * watch->rate;
  guint8 connection = vehicle->connection;
  gboolean is_heard;
  double age;

  if (vehicle->heard_at == SM_UNKNOWN)
    vehicle->heard_at = watch->now;
  vehicle->heard_at = MIN (vehicle->heard_at + watch->unheard_us, watch->now);
  age = (double) (watch->now - vehicle->heard_at);
  if (connection == SM_CONNECTION_ONLINE && age > LATE_PERIODS * period)
    connection = SM_CONNECTION_LATE;
  if (connection == SM_CONNECTION_LATE && age > SILENT_PERIODS * period)
    connection = silent_kind (watch, vehicle);
  if (connection != vehicle->connection)
    {
      vehicle->connection = connection;
      sm_live_touch (watch->rules->live, vehicle);
    }
  is_heard = connection == SM_CONNECTION_ONLINE || connection == SM_CONNECTION_LATE;
  watch->n_heard += is_heard;
  watch->n_silent += is_silent (vehicle);
  sm_silent_areas_count (watch->rules->silent_carriers, vehicle->carrier_id, is_heard,
                         is_silent (vehicle));
  sm_silent_areas_count (watch->rules->silent_gateways, vehicle->gateway_id, is_heard,
                         is_silent (vehicle));
}

/* Whom no carrier or gateway explains counts for the area, and for the network. */
static void
count_the_others (Watch *watch)
{
  SmRules *rules = watch->rules;

  for (guint i = 0; i < sm_live_n_vehicles (rules->live); i++)
    {
      const SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, i);
      gboolean is_heard = vehicle->connection == SM_CONNECTION_ONLINE
                          || vehicle->connection == SM_CONNECTION_LATE;

      if (vehicle->id == 0 || is_cut_off (rules, vehicle))
        continue;
      watch->n_others_heard += is_heard;
      watch->n_others_silent += is_silent (vehicle);
      sm_silent_areas_count (rules->silent_areas, vehicle->area_id, is_heard, is_silent (vehicle));
    }
}

/* When all are silent it is the network that is, and at night thousands charge:
 * only who was near a limit is then an alarm of his own.  Whether it is all of
 * them shows within a period, so that a charging one is waited for that long. */
static gboolean
is_in_danger (const Watch         *watch,
              const SmLiveVehicle *vehicle,
              double               age,
              double               period)
{
  if (vehicle->connection != SM_CONNECTION_UNKNOWN_DANGER)
    return FALSE;
  return is_near_limit (watch, vehicle)
         || (!is_said_for_vehicle (watch->rules, vehicle) && age > period);
}

static void
watch_silent_vehicle (const Watch   *watch,
                      SmLiveVehicle *vehicle)
{
  double period = (double) vehicle->period_us * watch->rate;
  double age = (double) (watch->now - vehicle->heard_at) - SILENT_PERIODS * period;

  set_alarm (watch->rules, sm_noun_get (SM_NOUN_VEHICLE), vehicle->id, &vehicle->silence,
             alarm_after (watch, is_said_for_vehicle (watch->rules, vehicle),
                          grace_of (watch, vehicle), vehicle->silence,
                          is_in_danger (watch, vehicle, age, period), age),
             watch->now);
}

/* While the network is silent as a whole, nothing is said of its parts. */
static void
watch_network_paths (const Watch *watch)
{
  SmRules *rules = watch->rules;

  if (rules->silent_area_id != 0)
    return;
  sm_silent_areas_judge_apart (rules->silent_carriers, rules->limits, watch->n_heard,
                               watch->n_silent, watch->now);
  sm_silent_areas_judge_apart (rules->silent_gateways, rules->limits, watch->n_heard,
                               watch->n_silent, watch->now);
}

static void
watch_network (const Watch *watch)
{
  SmRules *rules = watch->rules;
  double share = (double) watch->n_others_silent
                 / MAX (1, watch->n_others_silent + watch->n_others_heard);

  if (rules->silent_area_id == 0 && share > MANY_BEGIN && watch->n_others_silent >= MANY_LEAST)
    {
      rules->silent_area_id = sm_silent_areas_find_root (sm_rules_get_connection (rules));
      if (rules->silent_area_id != 0)
        {
          sm_silent_areas_end_all (rules->silent_areas, rules->limits, watch->now);
          sm_silent_areas_end_all (rules->silent_carriers, rules->limits, watch->now);
          sm_silent_areas_end_all (rules->silent_gateways, rules->limits, watch->now);
          push (rules, sm_noun_get (SM_NOUN_AREA), rules->silent_area_id, "network-silent", 2,
                TRUE, watch->now);
        }
    }
  else if (rules->silent_area_id != 0 && share < MANY_END)
    {
      push (rules, sm_noun_get (SM_NOUN_AREA), rules->silent_area_id, "network-silent", 2, FALSE,
             watch->now);
      rules->silent_area_id = 0;
    }
  if (rules->silent_area_id == 0)
    sm_silent_areas_judge (rules->silent_areas, rules->limits, watch->now);
}

/* --- stations and piles --- */

static void
hear (SmRules  *rules,
      SmNounId  noun,
      gint64    id,
      gint64    now)
{
  SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (noun), id);
  int field = sm_noun_find_field (sm_noun_get (noun), "connection", strlen ("connection"));
  const char *connection;
  g_autoptr (SmRow) row = NULL;

  if (live == NULL)
    return;
  if (live->heard_at != 0)
    live->period_us = MAX (now - live->heard_at, live->period_us / 100 * 95);
  live->heard_at = now;
  if (live->silence != SM_SILENCE_NONE)
    set_alarm (rules, sm_noun_get (noun), id, &live->silence, SM_SILENCE_NONE, now);
  connection = sm_row_get_text (live->row, (guint) field);
  if (g_strcmp0 (connection, "late") != 0 && g_strcmp0 (connection, "silent") != 0
      && g_strcmp0 (connection, "unknown_danger") != 0 && g_strcmp0 (connection, "asleep") != 0)
    return;
  row = sm_row_copy (live->row);
  sm_row_set_text (row, (guint) field, sm_connections[SM_CONNECTION_ONLINE]);
  sm_live_set_row (rules->live, NULL, row);
}

/** sm_silence_note_row: With the live values locked: a station, or a part of one, was heard. */
void
sm_silence_note_row (SmRules     *rules,
                     const SmRow *row,
                     gint64       now)
{
  SmNounId noun = sm_row_get_noun (row)->id;
  gint64 id = sm_row_get_id (row);
  const SmPlantParents *parents = sm_plant_parents_of (rules->plant, noun, id);

  if (noun == SM_NOUN_PILE || noun == SM_NOUN_STATION)
    {
      SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (noun), id);

      if (live->heard_at != 0)
        live->period_us = MAX (now - live->heard_at, live->period_us / 100 * 95);
      live->heard_at = now;
      if (live->silence != SM_SILENCE_NONE)
        set_alarm (rules, sm_noun_get (noun), id, &live->silence, SM_SILENCE_NONE, now);
    }
  if (parents == NULL)
    return;
  if (parents->pile_id > 0)
    hear (rules, SM_NOUN_PILE, parents->pile_id, now);
  hear (rules, SM_NOUN_STATION, parents->station_id, now);
}

static double
row_value (gconstpointer thing,
           guint         field)
{
  return sm_row_get_real (thing, field);
}

static gboolean
charges_packs (SmRules *rules,
               gint64   station_id)
{
  const SmPlantStation *station = sm_plant_find_station (rules->plant, station_id);

  for (guint i = 0; station != NULL && i < station->bays->len; i++)
    {
      const SmLiveRow *bay = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BAY),
                                               g_array_index (station->bays, SmPlantPart, i).id);

      if (bay != NULL && sm_row_get_enum (bay->row, SM_BAY_STATE) == SM_BAY_STATE_CHARGING)
        return TRUE;
    }
  return FALSE;
}

static gint64
station_of (SmRules *rules,
            gint64   pile_id)
{
  const SmPlantParents *parents = sm_plant_parents_of (rules->plant, SM_NOUN_PILE, pile_id);

  return parents != NULL ? parents->station_id : SM_UNKNOWN;
}

/* Whether a car charges at the pile, or was near a limit when it was heard last. */
static gboolean
serves_a_car (SmRules *rules,
              gint64   pile_id)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_CONNECTOR);
  const SmPlantStation *station = sm_plant_find_station (rules->plant, station_of (rules, pile_id));

  for (guint i = 0; station != NULL && i < station->connectors->len; i++)
    {
      gint64 id = g_array_index (station->connectors, SmPlantPart, i).id;
      const SmPlantParents *parents = sm_plant_parents_of (rules->plant, SM_NOUN_CONNECTOR, id);
      const SmLiveRow *live = sm_live_find_row (rules->live, noun, id);

      if (live != NULL && parents != NULL && parents->pile_id == pile_id
          && (g_strcmp0 (sm_row_get_text (live->row, SM_CONNECTOR_STATUS), "charging") == 0
              || sm_limits_is_near (rules->limits, noun, row_value, live->row)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
station_is_silent (SmRules *rules,
                   gint64   pile_id)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_STATION),
                                            station_of (rules, pile_id));
  guint connection = live != NULL ? sm_row_get_enum (live->row, SM_STATION_CONNECTION)
                                  : SM_ENUM_UNKNOWN;

  return connection == SM_CONNECTION_SILENT || connection == SM_CONNECTION_UNKNOWN_DANGER;
}

/* Whether nobody expects to hear anything of a station, or a pile of it. */
static gboolean
is_expected (SmRules *rules,
             gint64   station_id,
             gint64   pile_id,
             gint64   now)
{
  const SmLiveRow *live
      = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_STATION), station_id);

  return sm_plant_is_closed (rules->plant, station_id, now)
         || sm_windows_is_quiet (rules, SM_NOUN_STATION, station_id,
                                 live != NULL ? live->operator_id : SM_UNKNOWN,
                                 live != NULL ? live->area_id : SM_UNKNOWN)
         || sm_windows_is_quiet (rules, SM_NOUN_PILE, pile_id, SM_UNKNOWN, SM_UNKNOWN);
}

/* Of what kind the silence of a station or pile is. */
static guint
row_silent_kind (const Watch     *watch,
                 gint64           id,
                 const SmLiveRow *live)
{
  SmRules *rules = watch->rules;
  gboolean is_pile = watch->noun->id == SM_NOUN_PILE;

  if ((is_pile ? serves_a_car (rules, id) : charges_packs (rules, id))
      || sm_limits_is_near (rules->limits, watch->noun, row_value, live->row))
    return SM_CONNECTION_UNKNOWN_DANGER;
  return is_expected (rules, is_pile ? station_of (rules, id) : id, is_pile ? id : SM_UNKNOWN,
                      watch->now)
             ? SM_CONNECTION_ASLEEP
             : SM_CONNECTION_SILENT;
}

/* Who sleeps because he is closed is expected from when he opens. */
static guint
wake_row (const Watch *watch,
          gint64       id,
          SmLiveRow   *live)
{
  gboolean is_pile = watch->noun->id == SM_NOUN_PILE;

  if (live->silence != SM_SILENCE_CLOSED
      || is_expected (watch->rules, is_pile ? station_of (watch->rules, id) : id,
                      is_pile ? id : SM_UNKNOWN, watch->now))
    return SM_CONNECTION_ASLEEP;
  live->silence = SM_SILENCE_NONE;
  live->heard_at = watch->now;
  return SM_CONNECTION_LATE;
}

static guint
row_connection (const Watch *watch,
                gint64       id,
                SmLiveRow   *live,
                guint        is,
                double       period)
{
  double age = (double) (watch->now - live->heard_at);

  if (is == SM_CONNECTION_ASLEEP)
    return wake_row (watch, id, live);
  if (is == SM_CONNECTION_ONLINE && age > LATE_PERIODS * period)
    is = SM_CONNECTION_LATE;
  if (is == SM_CONNECTION_LATE && age > SILENT_PERIODS * period)
    is = row_silent_kind (watch, id, live);
  if (is == SM_CONNECTION_ASLEEP)
    live->silence = SM_SILENCE_CLOSED;
  return is;
}

static void
watch_row (gint64     id,
           SmLiveRow *live,
           gpointer   data)
{
  Watch *watch = data;
  const SmNoun *noun = watch->noun;
  guint field = (guint) sm_noun_find_field (noun, "connection", strlen ("connection"));
  gint64 usual_us = noun->id == SM_NOUN_PILE ? PILE_PERIOD : STATION_PERIOD;
  double period = MAX ((double) live->period_us, (double) usual_us * watch->rate);
  guint was = sm_row_get_enum (live->row, field), is;
  double age;

  if (live->heard_at == 0)
    {
      live->heard_at = watch->now;
      if (was == SM_CONNECTION_ASLEEP && live->silence == SM_SILENCE_NONE)
        live->silence = SM_SILENCE_CLOSED;
    }
  live->heard_at = MIN (live->heard_at + watch->unheard_us, watch->now);
  is = row_connection (watch, id, live, was, period);
  age = (double) (watch->now - live->heard_at);
  if (is != was)
    {
      g_autoptr (SmRow) row = sm_row_copy (live->row);

      sm_row_set_text (row, field, sm_connections[is]);
      sm_live_set_row (watch->rules->live, NULL, row);
    }
  if ((is == SM_CONNECTION_SILENT || is == SM_CONNECTION_UNKNOWN_DANGER)
      && age > SILENT_PERIODS * period
      && (noun->id != SM_NOUN_PILE || !station_is_silent (watch->rules, id)))
    set_alarm (watch->rules, noun, id, &live->silence,
               alarm_after (watch, is_said_for (watch->rules, live->area_id), kind_of (noun->id)->grace, live->silence,
                            is == SM_CONNECTION_UNKNOWN_DANGER, age - SILENT_PERIODS * period),
               watch->now);
}

/* --- time --- */

static gboolean
night_in (const char *time_zone,
          gint64      now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / SM_SECOND);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone)
                                             : g_date_time_ref (utc);
  int hour = g_date_time_get_hour (local);

  return hour >= NIGHT_BEGINS || hour < NIGHT_ENDS;
}

/** sm_silence_watch: Marks who should have said something, and says so when it lasts. */
void
sm_silence_watch (SmRules *rules)
{
  Watch watch = { .rules = rules, .now = sm_rules_now (rules),
                  .rate = sm_clock_get_rate (rules->network) };

  rules->watched_at = watch.now;
  watch.unheard_us = rules->unheard_us;
  rules->unheard_us = 0;
  rules->rows_unheard_us += watch.unheard_us;
  watch.is_night = night_in (rules->time_zone, watch.now);
  sm_silent_areas_begin (rules->silent_areas);
  sm_silent_areas_begin (rules->silent_carriers);
  sm_silent_areas_begin (rules->silent_gateways);
  sm_live_lock (rules->live);
  for (guint i = 0; i < sm_live_n_vehicles (rules->live); i++)
    {
      SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, i);

      if (vehicle->id != 0)
        watch_vehicle (&watch, vehicle);
    }
  watch_network_paths (&watch);
  count_the_others (&watch);
  watch_network (&watch);
  for (guint i = 0; watch.n_silent > 0 && i < sm_live_n_vehicles (rules->live); i++)
    {
      SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, i);

      if (vehicle->id != 0 && is_silent (vehicle))
        watch_silent_vehicle (&watch, vehicle);
    }
  if (++rules->silence_turn % ROW_TURNS == 0)
    {
      watch.unheard_us = rules->rows_unheard_us;
      rules->rows_unheard_us = 0;
      watch.noun = sm_noun_get (SM_NOUN_STATION);
      sm_live_foreach_row (rules->live, SM_NOUN_STATION, watch_row, &watch);
      watch.noun = sm_noun_get (SM_NOUN_PILE);
      sm_live_foreach_row (rules->live, SM_NOUN_PILE, watch_row, &watch);
    }
  sm_live_unlock (rules->live);
}

/** sm_silence_restore: After a restart: there is such an alarm already. */
void
sm_silence_restore (SmRules      *rules,
                    const SmNoun *noun,
                    gint64        id,
                    const char   *code,
                    gint64        level)
{
  const Kind *kind = kind_of (noun->id);
  guint8 is = g_strcmp0 (code, kind->silent) == 0   ? SM_SILENCE_ALARM
              : g_strcmp0 (code, kind->danger) != 0 ? SM_SILENCE_NONE
              : level == 1                          ? SM_SILENCE_WORSE
                                                    : SM_SILENCE_DANGER;
  int slot = noun->id == SM_NOUN_VEHICLE ? sm_live_find_id (rules->live, id) : -1;
  SmLiveRow *live = noun->id != SM_NOUN_VEHICLE ? sm_live_find_row (rules->live, noun, id) : NULL;

  if (g_strcmp0 (code, "network-silent") == 0)
    rules->silent_area_id = id;
  else if (g_strcmp0 (code, SM_AREA_SILENT) == 0)
    sm_silent_areas_restore (rules->silent_areas, id);
  else if (g_strcmp0 (code, SM_CARRIER_SILENT) == 0)
    sm_silent_areas_restore (rules->silent_carriers, id);
  else if (g_strcmp0 (code, SM_GATEWAY_SILENT) == 0)
    sm_silent_areas_restore (rules->silent_gateways, id);
  else if (is != SM_SILENCE_NONE && slot >= 0)
    sm_live_get_vehicle (rules->live, (guint) slot)->silence = is;
  else if (is != SM_SILENCE_NONE && live != NULL)
    live->silence = is;
}
