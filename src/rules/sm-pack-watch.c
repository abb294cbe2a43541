/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-pack-watch-private.h"

#include "sm-diagnose-math.h"
#include "sm-rules-private.h"
#include "sm-thermal-watch.h"

#include <math.h>
#include <string.h>

#define LEVEL 2

/* How warm it is where they drive nobody tells: as warm as the warmest tenth of
 * the packs is what load and surroundings do, as far as enough are heard. */
#define PEERS_PERIOD SM_MINUTE /* machine time */
#define PEERS_LEAST 20
#define PEERS_SHARE 0.9
/* At night most stand; who drives then is warmer than nine tenths of them. */
#define PEERS_MARGIN_C 5.0
#define PEERS_UNKNOWN_C 40.0
#define PEERS_COLDEST_C 25.0
#define PEERS_WARMEST_C 50.0

/* Of the spread by load the last some hundred reports count. */
#define FORGET 0.997

#define EMPTY_SOC 30.0
#define FULL_SOC 95.0
#define MIDDLE_LEAST 25.0
#define MIDDLE_MOST 90.0
#define AT_REST 0.03

typedef struct
{
  gint64 id;
  SmThermalWatch heat;
  gboolean is_raised;
  SmSums by_load;
  double rest_mv;        /* NAN: not seen at rest yet */
  gint64 low_when_empty; /* number of a cell; 0: not seen */
  gboolean was_full;
  guint fulls, fulls_same;
} Pack;

struct _SmPackWatch
{
  GHashTable *packs; /* &id -> Pack */
  double peers_c;
  gint64 peers_at;   /* machine time */
};

SmPackWatch *
sm_pack_watch_new (void)
{
  SmPackWatch *self = g_new0 (SmPackWatch, 1);

  self->packs = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->peers_c = PEERS_UNKNOWN_C;
  return self;
}

void
sm_pack_watch_free (SmPackWatch *self)
{
  g_hash_table_unref (self->packs);
  g_free (self);
}

static Pack *
ensure_pack (SmPackWatch *self,
             gint64       id)
{
  Pack *pack = g_hash_table_lookup (self->packs, &id);

  if (pack != NULL)
    return pack;
  pack = g_new0 (Pack, 1);
  pack->id = id;
  pack->rest_mv = NAN;
  g_hash_table_insert (self->packs, &pack->id, pack);
  return pack;
}

/* --- heat --- */

/* What was found goes with it, in the slugs of the signs. */
static char *
describe (const SmThermalWatch *heat)
{
  return g_strdup_printf ("%s %.1f °C, %s %.1f °C", sm_sign_get_slug (SM_SIGN_UNEXPLAINED_RISE),
                          heat->excess_c, sm_sign_get_slug (SM_SIGN_PROBES_APART), heat->apart_c);
}

static void
set_raised (SmRules  *rules,
            Pack     *pack,
            gboolean  is_raised)
{
  SmLimitEvent *event;

  if (pack->is_raised == is_raised)
    return;
  pack->is_raised = is_raised;
  event = sm_limits_add_event (rules->limits, sm_noun_get (SM_NOUN_BATTERY), pack->id,
                               SM_PACK_THERMAL_GROWTH, LEVEL, is_raised, sm_rules_now (rules));
  event->field = SM_BATTERY_TEMPERATURE_MAX_C;
  event->value = pack->heat.max_c;
  if (is_raised)
    event->sender_text = describe (&pack->heat);
}

/* --- cells --- */

static void
note_cells (Pack               *pack,
            const SmPackMoment *moment,
            gint64              low_cell,
            gint64              high_cell)
{
  double load = fabs (moment->c_rate);
  gboolean is_full = moment->soc >= FULL_SOC;

  if (moment->soc >= MIDDLE_LEAST && moment->soc <= MIDDLE_MOST && !isnan (moment->spread_mv))
    {
      double *sums = &pack->by_load.n;

      for (guint i = 0; i < sizeof pack->by_load / sizeof *sums; i++)
        sums[i] *= FORGET;
      sm_sums_add (&pack->by_load, load, moment->spread_mv);
      if (load < AT_REST)
        pack->rest_mv = isnan (pack->rest_mv) ? moment->spread_mv
                                              : 0.8 * pack->rest_mv + 0.2 * moment->spread_mv;
    }
  if (moment->soc <= EMPTY_SOC && low_cell > 0)
    pack->low_when_empty = low_cell;
  if (is_full && !pack->was_full && high_cell > 0 && pack->low_when_empty > 0)
    {
      pack->fulls++;
      pack->fulls_same += high_cell == pack->low_when_empty;
    }
  pack->was_full = is_full || (pack->was_full && !(moment->soc < FULL_SOC - 5));
}

static double
within (double value,
        double least,
        double most)
{
  return value >= least && value <= most ? value : NAN;
}

static double
c_rate_of (SmRules *rules,
           gint64   battery_id,
           double   volts,
           double   amps)
{
  const SmPlantModel *model = sm_plant_model_of (rules->plant, battery_id);

  return model != NULL && model->curve.nominal_wh > 0
             ? within (volts * amps / model->curve.nominal_wh, -10, 10)
             : NAN;
}

static void
note (SmRules      *rules,
      gint64        battery_id,
      SmPackMoment *moment,
      gint64        low_cell,
      gint64        high_cell)
{
  Pack *pack = ensure_pack (rules->pack_watch, battery_id);

  moment->max_c = within (moment->max_c, -60, 300);
  moment->min_c = within (moment->min_c, -60, 300);
  moment->spread_mv = within (moment->spread_mv, 0, 15000);
  moment->surroundings_c = rules->pack_watch->peers_c;
  set_raised (rules, pack, sm_thermal_watch_step (&pack->heat, moment));
  note_cells (pack, moment, low_cell, high_cell);
}

/** sm_pack_watch_note_vehicle: With the live values locked: what a vehicle said of its pack. */
void
sm_pack_watch_note_vehicle (SmRules               *rules,
                            const SmLiveVehicle   *vehicle,
                            const SmVehicleReport *report)
{
  const SmPackReport *pack = &report->pack;
  SmPackMoment moment = { .at_us = vehicle->reported_at, .max_c = pack->temperature_max_c,
                          .min_c = pack->temperature_min_c, .soc = vehicle->soc,
                          .spread_mv = vehicle->spread_mv };

  if (vehicle->battery_id == SM_UNKNOWN)
    return;
  if (isnan (moment.max_c))
    moment.max_c = vehicle->pack_temperature_c;
  moment.c_rate = c_rate_of (rules, vehicle->battery_id, pack->voltage_v, pack->current_a);
  note (rules, vehicle->battery_id, &moment, pack->cell_min_number, pack->cell_max_number);
}

/** sm_pack_watch_note_row: With the live values locked: what a pack in a bay said, if it is one. */
void
sm_pack_watch_note_row (SmRules     *rules,
                        const SmRow *row)
{
  SmPackMoment moment;

  if (sm_row_get_noun (row)->id != SM_NOUN_BATTERY || sm_row_is_null (row, SM_BATTERY_REPORTED_AT))
    return;
  moment = (SmPackMoment){ .at_us = sm_row_get_int (row, SM_BATTERY_REPORTED_AT),
                           .max_c = sm_row_get_real (row, SM_BATTERY_TEMPERATURE_MAX_C),
                           .min_c = sm_row_get_real (row, SM_BATTERY_TEMPERATURE_MIN_C),
                           .soc = sm_row_get_real (row, SM_BATTERY_SOC),
                           .spread_mv = sm_row_get_real (row, SM_BATTERY_SPREAD_MV) };
  moment.c_rate = c_rate_of (rules, sm_row_get_id (row),
                             sm_row_get_real (row, SM_BATTERY_VOLTAGE_V),
                             sm_row_get_real (row, SM_BATTERY_CURRENT_A));
  note (rules, sm_row_get_id (row), &moment, sm_row_get_int (row, SM_BATTERY_CELL_MIN_NUMBER),
        sm_row_get_int (row, SM_BATTERY_CELL_MAX_NUMBER));
}

/** sm_pack_watch_restore: After a restart: there is such an alarm already. */
void
sm_pack_watch_restore (SmRules *rules,
                       gint64   battery_id)
{
  Pack *pack = ensure_pack (rules->pack_watch, battery_id);

  pack->is_raised = pack->heat.is_warned = TRUE;
}

/* --- the others --- */

/** sm_pack_watch_tick: Learns now and then how warm packs are just now. */
void
sm_pack_watch_tick (SmRules *rules)
{
  SmPackWatch *self = rules->pack_watch;
  gint64 machine_now = sm_rules_machine_now (rules);
  guint bins[101] = { 0 }, n = 0, below = 0, at = 0;

  if (self->peers_at != 0 && machine_now - self->peers_at < PEERS_PERIOD)
    return;
  self->peers_at = machine_now;
  for (guint i = 0; i < sm_live_n_vehicles (rules->live); i++)
    {
      const SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, i);

      if (vehicle->id == 0 || vehicle->connection != SM_CONNECTION_ONLINE
          || isnan (vehicle->pack_temperature_c))
        continue;
      bins[(guint) CLAMP (vehicle->pack_temperature_c, 0, 100)]++;
      n++;
    }
  while (at < 100 && (below += bins[at]) < PEERS_SHARE * n)
    at++;
  self->peers_c = n >= PEERS_LEAST ? CLAMP (at + PEERS_MARGIN_C, PEERS_COLDEST_C, PEERS_WARMEST_C)
                                   : PEERS_UNKNOWN_C;
}

/** sm_pack_watch_surroundings: Returns: how warm load and surroundings make packs just now, °C */
double
sm_pack_watch_surroundings (SmPackWatch *self)
{
  return self->peers_c;
}

/** sm_pack_watch_signs: With the live values locked: adds what was seen of a pack itself. */
void
sm_pack_watch_signs (SmPackWatch *self,
                     gint64       battery_id,
                     SmSigns     *signs)
{
  const Pack *pack = g_hash_table_lookup (self->packs, &battery_id);

  if (pack == NULL || pack->heat.n < 5)
    return;
  signs->value[SM_SIGN_UNEXPLAINED_RISE] = pack->heat.excess_c;
  signs->at_us[SM_SIGN_UNEXPLAINED_RISE] = pack->heat.at_us;
  if (!isnan (pack->heat.usual_gap_c))
    signs->value[SM_SIGN_PROBES_APART] = pack->heat.apart_c;
  signs->at_us[SM_SIGN_PROBES_APART] = pack->heat.at_us;
  signs->value[SM_SIGN_PACK_TEMPERATURE] = pack->heat.max_c;
  signs->at_us[SM_SIGN_PACK_TEMPERATURE] = pack->heat.at_us;
  signs->value[SM_SIGN_SPREAD_AT_REST] = pack->rest_mv;
  if (pack->by_load.n >= 8 && sm_sums_deviation (&pack->by_load) > 0.05)
    signs->value[SM_SIGN_SPREAD_BY_LOAD] = sm_sums_slope (&pack->by_load);
  if (pack->fulls >= 3)
    signs->value[SM_SIGN_EMPTY_IS_FULL] = (double) pack->fulls_same / pack->fulls;
}
