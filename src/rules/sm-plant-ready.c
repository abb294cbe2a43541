/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-plant-private.h"

#include "sm-rules-private.h"

#include <math.h>

/* How long trucks that came count for how often they come. */
#define LATELY_S (30 * 60.0)

typedef struct
{
  double soc, power_kw;
  gint64 at, battery_id;
} Measured;

/* What was learned of a station; the rate is as of @at. */
typedef struct
{
  SmReadySite site;
  gint64 at;
} Learned;

static Learned *
learned_of (SmPlant *self,
            gint64   station_id,
            gint64   at)
{
  Learned *learned = g_hash_table_lookup (self->ready_sites, &station_id);

  if (learned == NULL)
    {
      learned = g_new (Learned, 1);
      *learned = (Learned){ { INFINITY, 0, 30 }, at };
      g_hash_table_replace (self->ready_sites, g_memdup2 (&station_id, sizeof station_id), learned);
    }
  if (at > learned->at)
    {
      learned->site.arrivals_per_s *= exp (-(double) (at - learned->at) / SM_SECOND / LATELY_S);
      learned->at = at;
    }
  return learned;
}

/* A truck left this pack here. */
static void
note_arrival (Learned *learned,
              double   soc)
{
  learned->site.arrivals_per_s += 1 / LATELY_S;
  learned->site.arrival_soc += (soc - learned->site.arrival_soc) * 0.1;
}

static gboolean
add_pack (SmPlant     *self,
          const SmRow *row,
          SmReadyPack *out_pack)
{
  SmPlantModel *model = sm_plant_model_of (self, sm_row_get_int (row, SM_BAY_BATTERY_ID));

  if (model == NULL || sm_row_is_null (row, SM_BAY_SOC))
    return FALSE;
  *out_pack = (SmReadyPack){ &model->curve, sm_row_get_real (row, SM_BAY_SOC), model->ready_soc, 1,
                             FALSE };
  return TRUE;
}

/* All in the station's bays that take power, the one of @row first.  Returns: how many */
static guint
find_packs (SmRules              *rules,
            const SmPlantStation *station,
            const SmRow          *row,
            SmReadyPack          *packs,
            double               *out_kw)
{
  guint n = 0;

  *out_kw = sm_row_get_real (row, SM_BAY_POWER_KW);
  n += add_pack (rules->plant, row, &packs[n]);
  for (guint i = 0; i < station->bays->len && n < SM_READY_MAX_PACKS / 2; i++)
    {
      gint64 id = g_array_index (station->bays, SmPlantPart, i).id;
      const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BAY), id);
      double kw = live != NULL ? sm_row_get_real (live->row, SM_BAY_POWER_KW) : 0;

      if (id == sm_row_get_id (row) || !(kw > 0) || !add_pack (rules->plant, live->row, &packs[n]))
        continue;
      n++;
      *out_kw += kw;
    }
  return n;
}

static double
find_seconds (SmRules              *rules,
              const SmPlantStation *station,
              const SmPlantModel   *model,
              const SmRow          *row)
{
  gint64 at = sm_row_get_int (row, SM_BAY_REPORTED_AT);
  Learned *learned = learned_of (rules->plant, station->id, at);
  double soc = sm_row_get_real (row, SM_BAY_SOC), kw = sm_row_get_real (row, SM_BAY_POWER_KW);
  SmReadyPack packs[SM_READY_MAX_PACKS];
  double there_kw;
  guint n = find_packs (rules, station, row, packs, &there_kw);

  if (n == 0)
    return NAN;
  if (sm_ready_curve_is_bound (&model->curve, soc, kw))
    learned->site.limit_kw = isinf (learned->site.limit_kw)
                                 ? there_kw
                                 : learned->site.limit_kw
                                       + (there_kw - learned->site.limit_kw) * 0.2;
  else if (there_kw > learned->site.limit_kw)
    learned->site.limit_kw = there_kw;
  return sm_ready_seconds (&learned->site, packs, n, kw);
}

static void
learn (SmPlant        *self,
       SmPlantModel   *model,
       gint64          id,
       const Measured *measured)
{
  const Measured *last = g_hash_table_lookup (self->bays, &id);

  sm_ready_curve_learn (&model->curve, measured->soc, measured->power_kw);
  if (last != NULL && last->battery_id == measured->battery_id && measured->at > last->at)
    sm_ready_curve_rise (&model->curve, last->soc, measured->soc,
                         (last->power_kw + measured->power_kw) / 2,
                         (double) (measured->at - last->at) / SM_SECOND);
  g_hash_table_replace (self->bays, g_memdup2 (&id, sizeof id),
                        g_memdup2 (measured, sizeof *measured));
}

/** sm_plant_derive_ready: When the pack of a bay will be ready; learns from what it took. */
void
sm_plant_derive_ready (SmRules     *rules,
                       const SmRow *before,
                       SmRow       *row)
{
  SmPlant *self = rules->plant;
  gint64 id = sm_row_get_id (row);
  const SmPlantParents *parents = sm_plant_parents_of (self, SM_NOUN_BAY, id);
  SmPlantStation *station = parents != NULL ? sm_plant_find_station (self, parents->station_id)
                                            : NULL;
  Measured measured = { sm_row_get_real (row, SM_BAY_SOC), sm_row_get_real (row, SM_BAY_POWER_KW),
                        sm_row_get_int (row, SM_BAY_REPORTED_AT),
                        sm_row_get_int (row, SM_BAY_BATTERY_ID) };
  SmPlantModel *model = sm_plant_model_of (self, measured.battery_id);
  double seconds;

  sm_row_set_null (row, SM_BAY_READY_AT);
  if (model == NULL || station == NULL || measured.at == SM_UNKNOWN
      || sm_row_get_enum (row, SM_BAY_STATE) != SM_BAY_STATE_CHARGING)
    {
      g_hash_table_remove (self->bays, &id);
      return;
    }
  learn (self, model, id, &measured);
  if (before != NULL && sm_row_get_int (before, SM_BAY_BATTERY_ID) != measured.battery_id
      && measured.soc < model->ready_soc)
    note_arrival (learned_of (self, station->id, measured.at), measured.soc);
  seconds = find_seconds (rules, station, model, row);
  if (!isnan (seconds))
    sm_row_set_int (row, SM_BAY_READY_AT, measured.at + (gint64) (seconds * SM_SECOND));
}
