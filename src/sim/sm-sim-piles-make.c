/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-piles-private.h"

#include <math.h>

#include "sm-noun.h"
#include "sm-time.h"

/* The piles as they are before anything happens, or as they were left. */

#define EPOCH_US (G_GINT64_CONSTANT (1704067200) * SM_SECOND) /* counters began with 2024 */
#define WH_PER_SESSION 30000.0

static void
add_stations (SmSimPiles *self,
              guint64     seed,
              GPtrArray  *rows,
              GHashTable *index_of)
{
  static const float connector_kw[] = { 7.0f, 60.0f, 60.0f, 60.0f, 120.0f };

  for (guint i = 0; i < rows->len; i++)
    {
      SmSimSiteMeter *station = &self->stations[i];

      station->id = sm_row_get_id (rows->pdata[i]);
      station->connector_kw = connector_kw[sm_random_mix (seed + (guint64) station->id)
                                           % G_N_ELEMENTS (connector_kw)];
      station->latitude = sm_row_get_real (rows->pdata[i], SM_STATION_LATITUDE);
      station->longitude = sm_row_get_real (rows->pdata[i], SM_STATION_LONGITUDE);
      if (isnan (station->latitude) || isnan (station->longitude))
        {
          station->latitude = 22.6;
          station->longitude = 114.0;
        }
      g_hash_table_insert (index_of, &station->id, GUINT_TO_POINTER (i));
    }
}

/* Its counters have run since it was put up, at its own pace. */
static void
add_piles (SmSimPiles *self,
           guint64     seed,
           GPtrArray  *rows,
           GHashTable *index_of)
{
  double days = MAX (0.0, (double) (self->now_us - EPOCH_US) / (86400.0 * (double) SM_SECOND));

  for (guint i = 0; i < rows->len; i++)
    {
      SmSimPile *pile = &self->piles[i];
      double pace;

      pile->id = sm_row_get_id (rows->pdata[i]);
      pace = 0.6 + (double) (sm_random_mix (seed ^ (guint64) pile->id) % 800) / 1000.0;
      pile->first = NONE;
      pile->charge_count = (gint64) (days * SM_SIM_PILES_SESSIONS_PER_DAY * pace);
      pile->energy_wh = pile->charge_count * (gint64) WH_PER_SESSION;
      pile->service_seconds = pile->charge_count * 3400;
      g_hash_table_insert (index_of, &pile->id, GUINT_TO_POINTER (i));
    }
}

static void
add_connectors (SmSimPiles *self,
                guint64     seed,
                GPtrArray  *rows,
                GHashTable *stations,
                GHashTable *piles)
{
  for (guint i = 0; i < rows->len; i++)
    {
      guint index = self->n_connectors;
      SmSimConnector *connector = &self->connectors[index];
      gint64 station_id = sm_row_get_int (rows->pdata[i], SM_CONNECTOR_STATION_ID);
      gint64 pile_id = sm_row_get_int (rows->pdata[i], SM_CONNECTOR_PILE_ID);

      if (!g_hash_table_contains (stations, &station_id) || !g_hash_table_contains (piles, &pile_id))
        continue; /* it came while we were reading; the next start knows it */
      self->n_connectors++;
      connector->id = sm_row_get_id (rows->pdata[i]);
      connector->random = sm_random_new (seed, G_GUINT64_CONSTANT (0x67756e0000000000)
                                                 + (guint64) connector->id);
      connector->station = GPOINTER_TO_UINT (g_hash_table_lookup (stations, &station_id));
      connector->pile = GPOINTER_TO_UINT (g_hash_table_lookup (piles, &pile_id));
      connector->next = self->piles[connector->pile].first;
      connector->active = NONE;
      self->piles[connector->pile].first = index;
      self->stations[connector->station].meter_wh += self->piles[connector->pile].energy_wh;
      sm_sim_connector_set_free (connector);
    }
}

/* The middle of a day that has gone on for long: live through its last hours, unheard. */
static void
settle (SmSimPiles *self,
        gint64      now_us)
{
  self->now_us = now_us - 8 * 3600 * SM_SECOND;
  self->next_car_us = self->next_silence_us = self->now_us;
  sm_sim_piles_advance (self, now_us, NULL);
}

/**
 * sm_sim_piles_new:
 * @zone: the time zone whose hours people live by
 * @stations: (element-type SmRow): with their @piles and @connectors
 * @now_us: network time
 * @rate: of the network's clock
 */
SmSimPiles *
sm_sim_piles_new (guint64    seed,
                  GTimeZone *zone,
                  GPtrArray *stations,
                  GPtrArray *piles,
                  GPtrArray *connectors,
                  gint64     now_us,
                  double     rate)
{
  SmSimPiles *self = g_new0 (SmSimPiles, 1);
  g_autoptr (GHashTable) station_index = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) pile_index = g_hash_table_new (g_int64_hash, g_int64_equal);

  self->zone = g_time_zone_ref (zone);
  self->rate = rate;
  self->now_us = now_us;
  self->random = sm_random_new (seed, G_GUINT64_CONSTANT (0x70696c6573000000));
  self->stations = g_new0 (SmSimSiteMeter, MAX (stations->len, 1));
  self->piles = g_new0 (SmSimPile, MAX (piles->len, 1));
  self->connectors = g_new0 (SmSimConnector, MAX (connectors->len, 1));
  self->active = g_array_new (FALSE, FALSE, sizeof (guint));
  self->silent = g_array_new (FALSE, FALSE, sizeof (guint));
  self->n_stations = stations->len;
  self->n_piles = piles->len;
  add_stations (self, seed, stations, station_index);
  add_piles (self, seed, piles, pile_index);
  add_connectors (self, seed, connectors, station_index, pile_index);
  settle (self, now_us);
  return self;
}

/** sm_sim_piles_copy: Returns: (transfer full): they live on in the same way */
SmSimPiles *
sm_sim_piles_copy (const SmSimPiles *self)
{
  SmSimPiles *copy = g_memdup2 (self, sizeof *self);

  g_time_zone_ref (copy->zone);
  copy->stations = g_memdup2 (self->stations, MAX (self->n_stations, 1) * sizeof *self->stations);
  copy->piles = g_memdup2 (self->piles, MAX (self->n_piles, 1) * sizeof *self->piles);
  copy->connectors = g_memdup2 (self->connectors,
                                MAX (self->n_connectors, 1) * sizeof *self->connectors);
  copy->active = g_array_copy (self->active);
  copy->silent = g_array_copy (self->silent);
  return copy;
}

void
sm_sim_piles_free (SmSimPiles *self)
{
  g_return_if_fail (self != NULL);

  g_time_zone_unref (self->zone);
  g_free (self->stations);
  g_free (self->piles);
  g_free (self->connectors);
  g_array_unref (self->active);
  g_array_unref (self->silent);
  g_free (self);
}

/**
 * sm_sim_piles_resume:
 * @live_rows: (element-type SmRow): of stations or piles, as they were heard last
 *
 * Meters and counters go on from what they showed, whatever one that is made now
 * would show.
 */
void
sm_sim_piles_resume (SmSimPiles *self,
                     GPtrArray  *live_rows)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *ids = g_new (gint64, MAX (live_rows->len, 1));

  if (live_rows->len == 0)
    return;
  for (guint i = 0; i < live_rows->len; i++)
    {
      ids[i] = sm_row_get_id (live_rows->pdata[i]);
      g_hash_table_insert (rows, &ids[i], live_rows->pdata[i]);
    }
  if (sm_row_get_noun (live_rows->pdata[0])->id == SM_NOUN_STATION)
    for (guint i = 0; i < self->n_stations; i++)
      {
        const SmRow *row = g_hash_table_lookup (rows, &self->stations[i].id);

        if (row != NULL && !sm_row_is_null (row, SM_STATION_METER_WH))
          self->stations[i].meter_wh = sm_row_get_int (row, SM_STATION_METER_WH);
      }
  else
    for (guint i = 0; i < self->n_piles; i++)
      {
        const SmRow *row = g_hash_table_lookup (rows, &self->piles[i].id);
        SmSimPile *pile = &self->piles[i];

        if (row == NULL || sm_row_is_null (row, SM_PILE_CHARGE_COUNT))
          continue;
        pile->charge_count = sm_row_get_int (row, SM_PILE_CHARGE_COUNT);
        pile->energy_wh = sm_row_get_int (row, SM_PILE_ENERGY_WH);
        pile->service_seconds = sm_row_get_int (row, SM_PILE_SERVICE_SECONDS);
      }
}
