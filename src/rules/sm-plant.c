/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-plant-private.h"

#include "sm-rules-private.h"
#include "sm-station-service.h"

#include <math.h>

/* A station is looked at every so many ticks, sooner than anyone asks. */
#define STATION_TURNS 3

/* The part of what it is made for from which a pile is near its end. */
#define WEAR_AHEAD 0.9

/* The registry is read again at most that often, machine time. */
#define READ_PERIOD (2 * SM_SECOND)

typedef struct
{
  double swaps_per_hour;
  gint64 income_minor_per_hour;
} Usual;

void
sm_live_set_usual (SmRules *rules,
                   gint64   station_id,
                   double   swaps_per_hour,
                   gint64   income_minor_per_hour)
{
  Usual *usual = g_new (Usual, 1);

  *usual = (Usual){ swaps_per_hour, income_minor_per_hour };
  g_hash_table_replace (rules->plant->usual, g_memdup2 (&station_id, sizeof station_id), usual);
}

/** sm_plant_note_danger: A safety fault of a station began, or is over. */
void
sm_plant_note_danger (SmPlant    *self,
                      gint64      station_id,
                      const char *code,
                      gboolean    is_raised)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", station_id, code);

  if (is_raised)
    g_hash_table_add (self->dangers, g_steal_pointer (&key));
  else
    g_hash_table_remove (self->dangers, key);
}

static gboolean
has_danger (SmPlant *self,
            gint64   station_id)
{
  g_autofree char *prefix = NULL;
  GHashTableIter iter;
  gpointer key;

  if (g_hash_table_size (self->dangers) == 0)
    return FALSE;
  prefix = g_strdup_printf ("%" G_GINT64_FORMAT " ", station_id);
  g_hash_table_iter_init (&iter, self->dangers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix))
      return TRUE;
  return FALSE;
}

/* --- what a station's parts say --- */

static const SmRow *
live_of (SmRules *rules,
         SmNounId noun,
         gint64   id)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (noun), id);

  return live != NULL ? live->row : NULL;
}

static void
count_lanes (SmRules              *rules,
             const SmPlantStation *station,
             SmStationFacts       *facts)
{
  facts->n_lanes = station->lanes->len;
  for (guint i = 0; i < station->lanes->len; i++)
    {
      const SmRow *row = live_of (rules, SM_NOUN_LANE,
                                  g_array_index (station->lanes, SmPlantPart, i).id);
      guint state = row != NULL ? sm_row_get_enum (row, SM_LANE_STATE) : SM_ENUM_UNKNOWN;

      facts->n_lanes_down
          += state == SM_LANE_STATE_BLOCKED || state == SM_LANE_STATE_CLOSED
             || sm_windows_has (rules, SM_NOUN_LANE,
                                g_array_index (station->lanes, SmPlantPart, i).id, SM_UNKNOWN,
                                SM_UNKNOWN);
    }
}

static void
count_bays (SmRules        *rules,
            SmPlant        *self,
            SmPlantStation *station,
            SmStationFacts *facts)
{
  station->ready = 0;
  facts->n_bays = station->bays->len;
  for (guint i = 0; i < station->bays->len; i++)
    {
      const SmRow *row = live_of (rules, SM_NOUN_BAY,
                                  g_array_index (station->bays, SmPlantPart, i).id);
      guint state = row != NULL ? sm_row_get_enum (row, SM_BAY_STATE) : SM_ENUM_UNKNOWN;
      const SmPlantModel *model;

      facts->n_bays_down += state == SM_BAY_STATE_FAULTED || state == SM_BAY_STATE_LOCKED;
      if (state != SM_BAY_STATE_READY
          || sm_plant_is_withheld (self, sm_row_get_int (row, SM_BAY_BATTERY_ID)))
        continue;
      facts->n_ready++;
      model = sm_plant_model_of (self, sm_row_get_int (row, SM_BAY_BATTERY_ID));
      if (model != NULL)
        station->ready |= G_GUINT64_CONSTANT (1) << (model - (SmPlantModel *) self->models->data);
    }
}

static void
count_connectors (SmRules              *rules,
                  const SmPlantStation *station,
                  SmStationFacts       *facts)
{
  facts->n_connectors = station->connectors->len;
  for (guint i = 0; i < station->connectors->len; i++)
    {
      const SmRow *row = live_of (rules, SM_NOUN_CONNECTOR,
                                  g_array_index (station->connectors, SmPlantPart, i).id);
      const char *status = row != NULL ? sm_row_get_text (row, SM_CONNECTOR_STATUS) : NULL;

      facts->n_connectors_down += g_strcmp0 (status, "faulted") == 0
                                  || g_strcmp0 (status, "unavailable") == 0;
    }
}

static void
count_equipment (SmRules              *rules,
                 const SmPlantStation *station,
                 SmStationFacts       *facts)
{
  for (guint i = 0; i < station->equipment->len; i++)
    {
      const SmPlantPart *part = &g_array_index (station->equipment, SmPlantPart, i);
      const SmRow *row;
      guint state;

      if (part->kind != SM_EQUIPMENT_KIND_SWAP_ROBOT && part->kind != SM_EQUIPMENT_KIND_FIRE_SYSTEM)
        continue;
      row = live_of (rules, SM_NOUN_EQUIPMENT, part->id);
      state = row != NULL ? sm_row_get_enum (row, SM_EQUIPMENT_STATE) : SM_ENUM_UNKNOWN;
      if (part->kind == SM_EQUIPMENT_KIND_FIRE_SYSTEM)
        {
          facts->has_danger |= state == SM_EQUIPMENT_STATE_FAULTED || state == SM_EQUIPMENT_STATE_OFF;
          continue;
        }
      facts->n_robots++;
      facts->n_robots_down += state == SM_EQUIPMENT_STATE_FAULTED || state == SM_EQUIPMENT_STATE_OFF;
    }
}

static int
local_minute (GTimeZone *zone,
              gint64     now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / SM_SECOND);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone)
                                             : g_date_time_ref (utc);

  return g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
}

/** sm_plant_is_closed: Returns: whether nobody expects anything of the station now */
gboolean
sm_plant_is_closed (SmPlant *self,
                    gint64   station_id,
                    gint64   now)
{
  const SmPlantStation *station = sm_plant_find_station (self, station_id);

  return station != NULL
         && sm_station_is_closed (station->state, station->hours, local_minute (station->zone, now));
}

static char *
codes_of (SmPlant *self,
          guint64  models)
{
  GString *codes = models != 0 ? g_string_new (NULL) : NULL;

  for (guint i = 0; models != 0 && i < self->models->len; i++)
    if (models & (G_GUINT64_CONSTANT (1) << i))
      g_string_append_printf (codes, "%s%s", codes->len > 0 ? "," : "",
                              g_array_index (self->models, SmPlantModel, i).code);
  return codes != NULL ? g_string_free (codes, FALSE) : NULL;
}

/* Models in demand of which none is ready: of each who comes what it is used
 * to, else whatever fits. */
static guint64
lacking_of (const SmPlantStation *station)
{
  guint64 lacking = 0;

  for (guint i = 0; i < station->wants->len; i++)
    {
      const SmPlantWant *want = &g_array_index (station->wants, SmPlantWant, i);

      if ((want->fit & station->ready) == 0)
        lacking |= (want->fit & want->own) != 0 ? want->own : want->fit;
    }
  return lacking;
}

static void
set_derived (SmRules        *rules,
             SmPlantStation *station,
             guint           service,
             guint           n_ready,
             SmRow          *row)
{
  const Usual *usual = g_hash_table_lookup (rules->plant->usual, &station->id);
  const char *slug = service != SM_ENUM_UNKNOWN ? sm_services[service] : NULL;

  if (g_strcmp0 (slug, sm_row_get_text (row, SM_STATION_SERVICE)) != 0
      || sm_row_is_null (row, SM_STATION_SERVICE_SINCE))
    sm_row_set_int (row, SM_STATION_SERVICE_SINCE,
                    slug != NULL ? sm_rules_now (rules) : SM_UNKNOWN);
  sm_row_set_text (row, SM_STATION_SERVICE, slug);
  sm_row_set_int (row, SM_STATION_WAITING, station->waiting);
  sm_row_set_int (row, SM_STATION_WAITING_SINCE, station->waiting_since);
  sm_row_set_int (row, SM_STATION_INBOUND, station->inbound);
  if (station->bays->len > 0)
    sm_row_set_int (row, SM_STATION_READY_PACKS, n_ready);
  sm_row_take_text (row, SM_STATION_LACKING, codes_of (rules->plant, lacking_of (station)));
  if (usual != NULL)
    {
      sm_row_set_real (row, SM_STATION_SWAPS_PER_HOUR, usual->swaps_per_hour);
      sm_row_set_int (row, SM_STATION_INCOME_MINOR_PER_HOUR, usual->income_minor_per_hour);
    }
}

static void
derive_station (SmRules        *rules,
                SmPlant        *self,
                SmPlantStation *station,
                gint64          now)
{
  SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_STATION), station->id);
  SmStationFacts facts = { .kind = station->kind, .state = station->state, .is_open = TRUE };
  g_autoptr (SmRow) row = NULL;
  guint service;

  count_bays (rules, self, station, &facts);
  if (live == NULL)
    return;
  if (!station->was_derived)
    g_array_append_val (self->ready_due, station->id); /* its bays may have spoken before */
  station->was_derived = TRUE;
  count_lanes (rules, station, &facts);
  count_connectors (rules, station, &facts);
  count_equipment (rules, station, &facts);
  facts.connection = sm_row_get_enum (live->row, SM_STATION_CONNECTION);
  facts.has_danger |= has_danger (self, station->id);
  facts.is_in_window = sm_windows_has (rules, SM_NOUN_STATION, station->id, live->operator_id,
                                       live->area_id);
  if (station->hours != NULL)
    facts.is_open = sm_hours_are_open (station->hours, local_minute (station->zone, now));
  service = sm_station_service (&facts);
  station->serves = service == SM_SERVICE_AVAILABLE || service == SM_SERVICE_DEGRADED;
  row = sm_row_copy (live->row);
  set_derived (rules, station, service, facts.n_ready, row);
  if (!sm_row_equal (row, live->row))
    sm_live_set_row (rules->live, NULL, row);
}

/* --- who goes there --- */

static void
count_vehicle (SmPlant             *self,
               const SmLiveVehicle *vehicle)
{
  SmPlantStation *station = sm_plant_find_station (self, vehicle->station_id);
  const SmPlantModel *own;
  SmPlantWant want;

  if (station == NULL)
    return;
  sm_plant_note_truck (self, station, vehicle);
  if (vehicle->queue == SM_QUEUE_INBOUND)
    station->inbound++;
  else if (vehicle->queue == SM_QUEUE_WAITING || vehicle->queue == SM_QUEUE_CALLED)
    {
      station->waiting++;
      if (vehicle->queue_since != SM_UNKNOWN
          && (station->waiting_since == SM_UNKNOWN || vehicle->queue_since < station->waiting_since))
        station->waiting_since = vehicle->queue_since;
    }
  else
    return;
  own = sm_plant_model_of (self, vehicle->battery_id);
  want.fit = sm_plant_models_that_fit (self, vehicle->model, station->id);
  want.own = own != NULL ? G_GUINT64_CONSTANT (1) << (own - (SmPlantModel *) self->models->data) : 0;
  g_array_append_val (station->wants, want);
}

static void
count_vehicles (SmRules *rules,
                SmPlant *self)
{
  for (guint i = 0; i < self->stations->len; i++)
    {
      SmPlantStation *station = &g_array_index (self->stations, SmPlantStation, i);

      station->waiting = station->inbound = 0;
      station->waiting_since = SM_UNKNOWN;
      g_array_set_size (station->wants, 0);
      g_array_set_size (station->trucks, 0);
    }
  for (guint i = 0; i < sm_live_n_vehicles (rules->live); i++)
    {
      const SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, i);

      if (vehicle->id != 0 && vehicle->station_id != SM_UNKNOWN
          && vehicle->queue != SM_ENUM_UNKNOWN)
        count_vehicle (self, vehicle);
    }
}

/* --- one row as it comes in --- */

static void
widen (const SmRow *before,
       SmRow       *row,
       guint        value,
       guint        least,
       guint        most)
{
  double now = sm_row_get_real (row, value);
  double low = before != NULL ? sm_row_get_real (before, least) : NAN;
  double high = before != NULL ? sm_row_get_real (before, most) : NAN;

  sm_row_set_real (row, least, fmin (low, now)); /* the other one when one is NAN */
  sm_row_set_real (row, most, fmax (high, now));
}

/* Least and most since the session began; of a new one, what is now. */
static void
derive_connector (const SmRow *before,
                  SmRow       *row)
{
  if (before != NULL
      && sm_row_get_int (before, SM_CONNECTOR_SESSION_STARTED_AT)
             != sm_row_get_int (row, SM_CONNECTOR_SESSION_STARTED_AT))
    before = NULL;
  widen (before, row, SM_CONNECTOR_VOLTAGE_V, SM_CONNECTOR_VOLTAGE_MIN_V,
         SM_CONNECTOR_VOLTAGE_MAX_V);
  widen (before, row, SM_CONNECTOR_CURRENT_A, SM_CONNECTOR_CURRENT_MIN_A,
         SM_CONNECTOR_CURRENT_MAX_A);
  widen (before, row, SM_CONNECTOR_POWER_KW, SM_CONNECTOR_POWER_MIN_KW, SM_CONNECTOR_POWER_MAX_KW);
  widen (before, row, SM_CONNECTOR_TEMPERATURE_C, SM_CONNECTOR_TEMPERATURE_MIN_C,
         SM_CONNECTOR_TEMPERATURE_MAX_C);
  widen (before, row, SM_CONNECTOR_NEUTRAL_EARTH_V, SM_CONNECTOR_NEUTRAL_EARTH_MIN_V,
         SM_CONNECTOR_NEUTRAL_EARTH_MAX_V);
}

/* Returns: 3 for one that did more than it is made for, 4 for one that nears it, else 0 */
static int
wear_level (const SmRow *row,
            guint        field,
            gint64       limit)
{
  double part;

  if (limit == SM_UNKNOWN || limit <= 0 || sm_row_is_null (row, field))
    return 0;
  part = (double) sm_row_get_int (row, field) / (double) limit;
  return part > 1 ? 3 : part >= WEAR_AHEAD ? 4 : 0;
}

static int
worse_level (int one,
             int other)
{
  return one == 0 || other == 0 ? MAX (one, other) : MIN (one, other);
}

/* A pile that nears what it is made for is a notice, and worse beyond it, until its
 * limit is raised or it is another pile. */
static void
watch_wear (SmRules     *rules,
            const SmRow *row)
{
  gint64 id = sm_row_get_id (row);
  SmPlantWear *wear = g_hash_table_lookup (rules->plant->wear, &id);
  int level;

  if (wear == NULL)
    return;
  level = worse_level (wear_level (row, SM_PILE_CHARGE_COUNT, wear->charge_count),
                       worse_level (wear_level (row, SM_PILE_ENERGY_WH, wear->energy_wh),
                                    wear_level (row, SM_PILE_SERVICE_SECONDS,
                                                wear->service_seconds)));
  if (level != wear->level)
    sm_limits_add_event (rules->limits, sm_row_get_noun (row), id, "pile-worn",
                         level != 0 ? level : 4, level != 0, sm_rules_now (rules));
  wear->level = (gint8) level;
}

static const guint station_derived[] = {
  SM_STATION_SERVICE, SM_STATION_SERVICE_SINCE, SM_STATION_WAITING, SM_STATION_WAITING_SINCE,
  SM_STATION_INBOUND, SM_STATION_READY_PACKS, SM_STATION_LACKING, SM_STATION_SWAPS_PER_HOUR,
  SM_STATION_INCOME_MINOR_PER_HOUR,
};

/* What a row's sender may leave unsaid because it has reported at all. */
static void
derive_connection (SmRow *row)
{
  const SmNoun *noun = sm_row_get_noun (row);
  int field = sm_noun_find_field (noun, "connection", strlen ("connection"));

  if (field >= 0 && sm_row_is_null (row, (guint) field))
    sm_row_set_text (row, (guint) field, sm_connections[SM_CONNECTION_ONLINE]);
}

/**
 * sm_plant_derive_row:
 * @before: (nullable): what was known
 * @row: what came in; gets the fields that are ours to know
 */
void
sm_plant_derive_row (SmRules     *rules,
                     const SmRow *before,
                     SmRow       *row)
{
  derive_connection (row);
  switch (sm_row_get_noun (row)->id)
    {
    case SM_NOUN_STATION:
      for (guint i = 0; i < G_N_ELEMENTS (station_derived); i++)
        {
          sm_row_set_null (row, station_derived[i]);
          if (before != NULL)
            sm_row_copy_field (row, before, station_derived[i]);
        }
      break;
    case SM_NOUN_BAY:
      sm_plant_note_bay (rules, before, row);
      break;
    case SM_NOUN_CONNECTOR:
      derive_connector (before, row);
      break;
    case SM_NOUN_PILE:
      watch_wear (rules, row);
      break;
    default:
      break;
    }
}

/* --- time --- */

static gboolean
follow_registry (SmRules  *rules,
                 SmPlant  *self,
                 GError  **error)
{
  gint64 rev = sm_live_get_registry_rev (rules->live);
  gint64 now = sm_rules_machine_now (rules);

  if (rev == self->registry_rev
      || (self->registry_rev >= 0 && now - self->read_at < READ_PERIOD && now >= self->read_at))
    return TRUE;
  if (!sm_plant_read_registry (rules, self, error))
    return FALSE;
  self->registry_rev = rev;
  self->read_at = now;
  return TRUE;
}

/* In its turn, or when it has just been heard of. */
static gboolean
is_due (SmRules              *rules,
        const SmPlantStation *station,
        guint                 turn)
{
  return turn % STATION_TURNS == 0
         || (!station->was_derived
             && sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_STATION), station->id) != NULL);
}

/** sm_plant_tick: Every second of machine time: derives what follows for a share of the network. */
gboolean
sm_plant_tick (SmRules  *rules,
               GError  **error)
{
  SmPlant *self = rules->plant;
  gint64 now = sm_rules_now (rules);
  gboolean was_read = self->registry_rev >= 0;

  if (!follow_registry (rules, self, error))
    return FALSE;
  sm_live_lock (rules->live);
  self->turn++;
  count_vehicles (rules, self);
  for (guint i = 0; i < self->stations->len; i++)
    {
      SmPlantStation *station = &g_array_index (self->stations, SmPlantStation, i);

      if (!was_read || is_due (rules, station, i + self->turn))
        derive_station (rules, self, station, now);
    }
  sm_plant_foresee_ready (rules);
  sm_plant_watch_reach (rules, self);
  sm_live_unlock (rules->live);
  return TRUE;
}
