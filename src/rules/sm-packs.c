/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-packs-private.h"

#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <math.h>

/* What a pack in a vehicle says is told to those who follow that often,
 * machine time; who asks for the one pack gets the last word. */
#define PUBLISH_PERIOD (15 * SM_MINUTE)

/* Two who both say for longer than that that a pack is with them: one is wrong.
 * Shorter, and it is only on its way from one to the other. */
#define OVERLAP (150 * SM_SECOND)

typedef struct
{
  SmBatteryPlace place;
  gint64 id;
  gint64 at; /* when it was said last, network time; SM_UNKNOWN: there is none */
} Claim;

/* Why a pack is misplaced. */
enum
{
  TWICE = 1 << 0, /* two say that it is with them */
  STRAY = 1 << 1, /* it left from where it was not */
};

typedef struct
{
  gint64 id;
  SmPackReport report;
  double soc;
  gint64 at;           /* of the report; SM_UNKNOWN: none */
  gint64 published_at; /* machine time */
  Claim claims[2];
  guint current;
  gint64 overlap_since;
  Claim moved;     /* where its last movement led, and when it was made */
  guint misplaced; /* why; not 0: the alarm is raised */
} Pack;

struct _SmPacks
{
  GHashTable *packs; /* &id -> Pack */
};

SmPacks *
sm_packs_new (void)
{
  SmPacks *self = g_new0 (SmPacks, 1);

  self->packs = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

void
sm_packs_free (SmPacks *self)
{
  g_hash_table_unref (self->packs);
  g_free (self);
}

static Pack *
ensure_pack (SmPacks *self,
             gint64   id)
{
  Pack *pack = g_hash_table_lookup (self->packs, &id);

  if (pack != NULL)
    return pack;
  pack = g_new0 (Pack, 1);
  pack->id = id;
  pack->at = pack->overlap_since = pack->published_at = SM_UNKNOWN;
  pack->claims[0].at = pack->claims[1].at = pack->moved.at = SM_UNKNOWN;
  g_hash_table_insert (self->packs, &pack->id, pack);
  return pack;
}

/* --- where it is --- */

static gint64
overlap_of (SmRules *rules)
{
  return (gint64) (OVERLAP * MAX (1.0, sm_clock_get_rate (rules->network)));
}

static gboolean
is_fresh (SmRules     *rules,
          const Claim *claim,
          gint64       now)
{
  return claim->at != SM_UNKNOWN && now - claim->at <= overlap_of (rules);
}

static gboolean
is_same (const Claim    *claim,
         SmBatteryPlace  place,
         gint64          id)
{
  return claim->at != SM_UNKNOWN && claim->place == place && claim->id == id;
}

/* @a and @b: (nullable): the two places that do not agree */
static void
set_misplaced (SmRules     *rules,
               Pack        *pack,
               guint        why,
               gboolean     is_misplaced,
               const Claim *a,
               const Claim *b)
{
  guint was = pack->misplaced;
  SmLimitEvent *event;

  pack->misplaced = is_misplaced ? was | why : was & ~why;
  if ((pack->misplaced != 0) == (was != 0))
    return;
  event = sm_limits_add_event (rules->limits, sm_noun_get (SM_NOUN_BATTERY), pack->id,
                               SM_PACK_MISPLACED, 2, is_misplaced, sm_rules_now (rules));
  if (is_misplaced)
    event->sender_text = g_strdup_printf ("%s %" G_GINT64_FORMAT ", %s %" G_GINT64_FORMAT,
                                          sm_battery_places[a->place], a->id,
                                          sm_battery_places[b->place], b->id);
}

/* Somebody says that the pack is with him. Returns: whether that is new */
static gboolean
claim (SmRules        *rules,
       Pack           *pack,
       SmBatteryPlace  place,
       gint64          id,
       gint64          now)
{
  Claim *current = &pack->claims[pack->current];
  Claim *other = &pack->claims[!pack->current];

  if (is_same (current, place, id))
    {
      current->at = now;
      if (!is_fresh (rules, other, now))
        {
          pack->overlap_since = SM_UNKNOWN;
          set_misplaced (rules, pack, TWICE, FALSE, NULL, NULL);
        }
      return FALSE;
    }
  if (is_same (other, place, id) && is_fresh (rules, current, now))
    {
      other->at = now;
      if (pack->overlap_since == SM_UNKNOWN)
        pack->overlap_since = now;
      else if (now - pack->overlap_since > overlap_of (rules))
        set_misplaced (rules, pack, TWICE, TRUE, current, other);
      return FALSE;
    }
  *other = (Claim){ place, id, now };
  pack->current = !pack->current;
  pack->overlap_since = SM_UNKNOWN;
  return TRUE;
}

/* He says no more that it is with him. */
static void
release (SmRules        *rules,
         gint64          battery_id,
         SmBatteryPlace  place,
         gint64          id)
{
  Pack *pack = battery_id > 0 ? g_hash_table_lookup (rules->packs->packs, &battery_id) : NULL;

  for (guint i = 0; pack != NULL && i < G_N_ELEMENTS (pack->claims); i++)
    if (is_same (&pack->claims[i], place, id))
      {
        set_misplaced (rules, pack, TWICE, FALSE, NULL, NULL);
        pack->claims[i].at = i == pack->current ? pack->claims[i].at : SM_UNKNOWN;
        pack->overlap_since = SM_UNKNOWN;
      }
}

/* --- what it says --- */

static void
fill (const Pack *pack,
      SmRow      *row)
{
  const SmPackReport *report = &pack->report;

  sm_row_set_real (row, SM_BATTERY_SOC, pack->soc);
  sm_row_set_real (row, SM_BATTERY_SOH, report->soh);
  sm_row_set_real (row, SM_BATTERY_CYCLE_COUNT, report->cycle_count);
  sm_row_set_int (row, SM_BATTERY_THROUGHPUT_WH, report->throughput_wh);
  sm_row_set_int (row, SM_BATTERY_CHARGED_WH, report->charged_wh);
  sm_row_set_real (row, SM_BATTERY_VOLTAGE_V, report->voltage_v);
  sm_row_set_real (row, SM_BATTERY_CURRENT_A, report->current_a);
  sm_row_set_real (row, SM_BATTERY_TEMPERATURE_MAX_C, report->temperature_max_c);
  sm_row_set_int (row, SM_BATTERY_TEMPERATURE_MAX_PROBE, report->temperature_max_probe);
  sm_row_set_real (row, SM_BATTERY_TEMPERATURE_MIN_C, report->temperature_min_c);
  sm_row_set_int (row, SM_BATTERY_TEMPERATURE_MIN_PROBE, report->temperature_min_probe);
  sm_row_set_real (row, SM_BATTERY_CELL_MAX_MV, report->cell_max_mv);
  sm_row_set_int (row, SM_BATTERY_CELL_MAX_NUMBER, report->cell_max_number);
  sm_row_set_real (row, SM_BATTERY_CELL_MIN_MV, report->cell_min_mv);
  sm_row_set_int (row, SM_BATTERY_CELL_MIN_NUMBER, report->cell_min_number);
  sm_row_set_real (row, SM_BATTERY_SPREAD_MV, report->cell_max_mv - report->cell_min_mv);
  sm_row_set_real (row, SM_BATTERY_INSULATION_OHM_PER_V, report->insulation_ohm_per_v);
  sm_row_set_int (row, SM_BATTERY_REPORTED_AT, pack->at);
}

/** sm_packs_fill: With the live values locked: what a pack in a vehicle said last. */
void
sm_packs_fill (SmPacks *self,
               SmRow   *row)
{
  gint64 id = sm_row_get_id (row);
  const Pack *pack = g_hash_table_lookup (self->packs, &id);

  if (pack != NULL && pack->at != SM_UNKNOWN
      && (sm_row_is_null (row, SM_BATTERY_REPORTED_AT)
          || pack->at > sm_row_get_int (row, SM_BATTERY_REPORTED_AT)))
    fill (pack, row);
}

/* The row that is told, with its place; NULL for a pack that is not registered. */
static SmRow *
next_row (SmRules  *rules,
          gint64    id,
          SmRow   **out_record)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BATTERY), id);
  SmRow *row;

  *out_record = NULL;
  if (live != NULL)
    return sm_row_copy (live->row);
  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_BATTERY), id,
                        out_record, NULL)
      || *out_record == NULL)
    return NULL;
  row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));
  sm_row_set_int (row, SM_ROW_ID, id);
  return row;
}

static void
publish (SmRules *rules,
         Pack    *pack,
         gint64   station_id)
{
  const Claim *at = &pack->claims[pack->current];
  g_autoptr (SmRow) record = NULL;
  g_autoptr (SmRow) row = next_row (rules, pack->id, &record);

  if (row == NULL)
    return;
  if (g_strcmp0 (sm_row_get_text (row, SM_BATTERY_PLACE), sm_battery_places[at->place]) != 0
      || sm_row_get_int (row, SM_BATTERY_PLACE_ID) != at->id)
    sm_row_set_int (row, SM_BATTERY_CARRIED_SINCE, sm_rules_now (rules));
  sm_row_set_text (row, SM_BATTERY_PLACE, sm_battery_places[at->place]);
  sm_row_set_int (row, SM_BATTERY_PLACE_ID, at->id);
  sm_row_set_int (row, SM_BATTERY_STATION_ID, station_id);
  if (at->place == SM_PLACE_VEHICLE && pack->at != SM_UNKNOWN)
    fill (pack, row);
  sm_live_set_row (rules->live, record, row);
  pack->published_at = sm_rules_machine_now (rules);
}

/**
 * sm_packs_note_vehicle:
 * @battery_before: what it carried until now
 *
 * With the live values locked: a vehicle said what it carries.
 */
void
sm_packs_note_vehicle (SmRules               *rules,
                       const SmLiveVehicle   *vehicle,
                       gint64                 battery_before,
                       const SmVehicleReport *report)
{
  gint64 now = sm_rules_now (rules);
  gint64 machine_now = sm_rules_machine_now (rules);
  gboolean is_new;
  Pack *pack;

  if (battery_before != vehicle->battery_id)
    release (rules, battery_before, SM_PLACE_VEHICLE, vehicle->id);
  if (vehicle->battery_id == SM_UNKNOWN
      || sm_plant_model_of (rules->plant, vehicle->battery_id) == NULL)
    return;
  pack = ensure_pack (rules->packs, vehicle->battery_id);
  pack->report = report->pack;
  pack->soc = vehicle->soc;
  pack->at = vehicle->reported_at;
  is_new = claim (rules, pack, SM_PLACE_VEHICLE, vehicle->id, now);
  if (is_new || pack->published_at == SM_UNKNOWN
      || (machine_now - pack->published_at >= PUBLISH_PERIOD
          && pack->claims[pack->current].place == SM_PLACE_VEHICLE))
    publish (rules, pack, SM_UNKNOWN);
}

static void
note_bay (SmRules     *rules,
          const SmRow *before,
          const SmRow *row)
{
  gint64 battery_before = before != NULL ? sm_row_get_int (before, SM_BAY_BATTERY_ID) : SM_UNKNOWN;
  gint64 battery_id = sm_row_get_int (row, SM_BAY_BATTERY_ID);
  const SmPlantParents *parents;
  Pack *pack;

  if (battery_before != battery_id)
    release (rules, battery_before, SM_PLACE_BAY, sm_row_get_id (row));
  if (battery_id == SM_UNKNOWN || sm_plant_model_of (rules->plant, battery_id) == NULL)
    return;
  pack = ensure_pack (rules->packs, battery_id);
  if (!claim (rules, pack, SM_PLACE_BAY, sm_row_get_id (row), sm_rules_now (rules)))
    return;
  parents = sm_plant_parents_of (rules->plant, SM_NOUN_BAY, sm_row_get_id (row));
  publish (rules, pack, parents != NULL ? parents->station_id : SM_UNKNOWN);
}

static void
note_battery (SmRules     *rules,
              const SmRow *row)
{
  guint place = sm_row_get_enum (row, SM_BATTERY_PLACE);
  gint64 place_id = sm_row_get_int (row, SM_BATTERY_PLACE_ID);

  if (place < SM_PLACE_UNKNOWN && place_id != SM_UNKNOWN)
    claim (rules, ensure_pack (rules->packs, sm_row_get_id (row)), place, place_id,
           sm_rules_now (rules));
}

/** sm_packs_note_row: With the live values locked: a bay or a battery said something. */
void
sm_packs_note_row (SmRules     *rules,
                   const SmRow *before,
                   const SmRow *row)
{
  SmNounId noun = sm_row_get_noun (row)->id;

  if (noun == SM_NOUN_BAY)
    note_bay (rules, before, row);
  else if (noun == SM_NOUN_BATTERY)
    note_battery (rules, row);
}

/* --- what moved it --- */

/* Where it is now as far as we know; NULL: nobody has said it yet. */
static const Claim *
place_of (const Pack *pack)
{
  const Claim *current = &pack->claims[pack->current];

  if (pack->moved.at != SM_UNKNOWN)
    return &pack->moved;
  return current->at != SM_UNKNOWN ? current : NULL;
}

/**
 * sm_packs_note_movement:
 *
 * With the live values locked: a pack was moved.  One that left from where it
 * was not is misplaced until a movement leaves from where the last one led.
 */
void
sm_packs_note_movement (SmRules     *rules,
                        const SmRow *movement)
{
  gint64 at = MIN (sm_row_get_int (movement, SM_BATTERY_MOVEMENT_AT), sm_rules_now (rules));
  Claim from = { sm_row_get_enum (movement, SM_BATTERY_MOVEMENT_FROM_PLACE),
                 sm_row_get_int (movement, SM_BATTERY_MOVEMENT_FROM_ID), at };
  Claim to = { sm_row_get_enum (movement, SM_BATTERY_MOVEMENT_TO_PLACE),
               sm_row_get_int (movement, SM_BATTERY_MOVEMENT_TO_ID), at };
  Pack *pack = ensure_pack (rules->packs, sm_row_get_int (movement, SM_BATTERY_MOVEMENT_BATTERY_ID));
  const Claim *known = place_of (pack);
  gboolean has_arrived = known != NULL && is_same (known, to.place, to.id)
                         && (pack->moved.at == SM_UNKNOWN || pack->moved.at == at);

  if (pack->moved.at != SM_UNKNOWN && at < pack->moved.at)
    return; /* late: what came after it is known */
  if ((guint) from.place < SM_PLACE_UNKNOWN && known != NULL && !has_arrived)
    set_misplaced (rules, pack, STRAY, !is_same (known, from.place, from.id), known, &from);
  pack->moved = to;
}

/** sm_packs_restore: After a restart: there is such an alarm already; who has it says more. */
void
sm_packs_restore (SmRules *rules,
                  gint64   id)
{
  Pack *pack = ensure_pack (rules->packs, id);

  if (pack->misplaced == 0)
    pack->misplaced = TWICE;
}
