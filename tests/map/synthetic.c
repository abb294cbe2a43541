/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "synthetic.h"

#include "sm-time.h"

#include <math.h>
#include <string.h>

#include "sm-item.h"

typedef struct
{
  double latitude, longitude;
  int weight;
} Town;

static const Town towns[] = {
  { 31.2, 121.5, 22 }, { 39.9, 116.4, 20 }, { 23.1, 113.3, 18 }, { 22.6, 114.1, 18 },
  { 30.7, 104.1, 14 }, { 29.6, 106.6, 14 }, { 30.6, 114.3, 12 }, { 34.3, 108.9, 10 },
  { 32.1, 118.8, 10 }, { 30.3, 120.2, 10 }, { 39.1, 117.2, 9 },  { 36.1, 120.4, 8 },
  { 41.8, 123.4, 8 },  { 28.2, 113.0, 8 },  { 34.8, 113.7, 8 },  { 38.0, 114.5, 7 },
  { 36.7, 117.0, 7 },  { 45.8, 126.6, 6 },  { 37.9, 112.5, 7 },  { 40.1, 113.3, 6 },
  { 39.6, 109.8, 6 },  { 40.7, 109.8, 6 },  { 38.3, 109.7, 5 },  { 31.8, 117.3, 5 },
  { 28.7, 115.9, 5 },  { 26.1, 119.3, 5 },  { 24.5, 118.1, 4 },  { 25.0, 102.7, 4 },
  { 26.6, 106.7, 4 },  { 22.8, 108.3, 4 },  { 43.9, 125.3, 4 },  { 38.9, 121.6, 4 },
  { 36.1, 103.8, 3 },  { 43.8, 87.6, 3 },   { 36.6, 101.8, 2 },  { 38.5, 106.3, 3 },
  { 40.8, 111.7, 4 },  { 20.0, 110.3, 2 },  { 29.7, 91.1, 1 },   { 35.4, 116.6, 4 },
};

static double
normal (GRand *rand)
{
  double u = g_rand_double_range (rand, 1e-9, 1), v = g_rand_double (rand);

  return sqrt (-2 * log (u)) * cos (2 * G_PI * v);
}

static const Town *
pick_town (GRand *rand)
{
  int sum = 0, pick;

  for (guint i = 0; i < G_N_ELEMENTS (towns); i++)
    sum += towns[i].weight;
  pick = g_rand_int_range (rand, 0, sum);
  for (guint i = 0; i < G_N_ELEMENTS (towns); i++)
    if ((pick -= towns[i].weight) < 0)
      return &towns[i];
  return &towns[0];
}

/* Half in the towns, half on the roads between neighbours of them. */
static SmWorldPoint
pick_place (GRand *rand)
{
  const Town *from = pick_town (rand), *to = pick_town (rand);
  double share = 0, spread = 0.12;

  if (g_rand_double (rand) < 0.5 && hypot (from->latitude - to->latitude,
                                           from->longitude - to->longitude) < 7)
    {
      share = g_rand_double (rand);
      spread = 0.08;
    }
  return sm_world_project (
    from->latitude + (to->latitude - from->latitude) * share + normal (rand) * spread,
    from->longitude + (to->longitude - from->longitude) * share + normal (rand) * spread * 1.2);
}

/* What is not drawn is not known. */
static void
synthetic_say_no_more (SmVehicleColumns *c)
{
  for (guint i = 0; i < c->n; i++)
    {
      c->battery_id[i] = c->station_id[i] = SM_UNKNOWN;
      c->range_m[i] = SM_UNKNOWN;
      c->queue_since[i] = c->eta[i] = SM_UNKNOWN;
      c->queue[i] = c->reach[i] = SM_ENUM_UNKNOWN;
    }
}

SmVehicleBatch *
synthetic_batch_new (guint   n,
                     guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  SmVehicleBatch *batch = sm_vehicle_batch_new (n);
  SmVehicleColumns *c = &batch->columns;

  for (guint i = 0; i < n; i++)
    {
      guint dice = g_rand_int_range (rand, 0, 100);

      c->id[i] = i + 1;
      c->at[i] = pick_place (rand);
      c->heading[i] = (guint16) g_rand_int_range (rand, 0, 360);
      c->speed_kmh[i] = 60;
      c->soc[i] = 50;
      c->temperature_c[i] = 30;
      c->motion[i] = dice < 60 ? SM_MOTION_DRIVING : SM_MOTION_PARKED;
      c->energy[i] = dice >= 85 && dice < 94 ? SM_ENERGY_CHARGING : SM_ENERGY_IDLE;
      c->connection[i] = dice >= 94 ? SM_CONNECTION_SILENT : SM_CONNECTION_ONLINE;
      c->reported_at[i] = 1;
    }
  synthetic_say_no_more (c);
  return batch;
}

/** synthetic_batch_moved: Everybody @by world units on, half of them in one direction */
SmVehicleBatch *
synthetic_batch_moved (SmVehicleBatch *batch,
                       guint32         by)
{
  const SmVehicleColumns *from = &batch->columns;
  SmVehicleBatch *moved = sm_vehicle_batch_new (from->n);
  SmVehicleColumns *to = &moved->columns;

#define COPY(c) memcpy (to->c, from->c, from->n * sizeof *to->c);
  COPY (id) COPY (at) COPY (heading) COPY (speed_kmh) COPY (soc) COPY (temperature_c)
  COPY (motion) COPY (energy) COPY (connection) COPY (reported_at)
#undef COPY
  for (guint i = 0; i < to->n; i++)
    {
      double angle = (i % 2 == 0 ? to->heading[i] : 60) * G_PI / 180;

      to->at[i].x += (guint32) (gint32) (sin (angle) * (gint32) by);
      to->at[i].y -= (guint32) (gint32) (cos (angle) * (gint32) by);
    }
  synthetic_say_no_more (to);
  return moved;
}

/** synthetic_add_faults: In a thousand: one of level 1 in five thousand, more of the lesser ones */
void
synthetic_add_faults (SmFleet *fleet,
                      guint32  seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n = sm_fleet_get_columns (fleet)->n;

  for (guint i = 0; i < n; i++)
    {
      int dice = g_rand_int_range (rand, 0, 10000);

      if (dice < 100)
        sm_fleet_set_level (fleet, sm_fleet_get_columns (fleet)->id[i],
                            dice < 1 ? 1 : dice < 8 ? 2 : dice < 45 ? 3 : 4);
    }
}

GListModel *
synthetic_stations_new (guint   n,
                        guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GListStore *store = g_list_store_new (SM_TYPE_ITEM);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));
      g_autoptr (SmItem) item = NULL;
      g_autofree char *name = g_strdup_printf ("Station %u", i);
      int dice = g_rand_int_range (rand, 0, 100);

      sm_row_set_int (row, SM_ROW_ID, i + 1);
      sm_row_set_text (row, SM_STATION_SN, name);
      sm_row_take_text (row, SM_STATION_NAME, sm_name_new (name, name));
      sm_row_set_text (row, SM_STATION_STATE, dice < 3 ? "paused" : "operating");
      sm_row_set_text (row, SM_STATION_CONNECTION, dice > 95 ? "silent" : "online");
      /* In Shenzhen, where the real ones are as near to each other. */
      sm_row_set_real (row, SM_STATION_LATITUDE, 22.62 + normal (rand) * 0.07);
      sm_row_set_real (row, SM_STATION_LONGITUDE, 114.06 + normal (rand) * 0.14);
      item = sm_item_new (row);
      g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}
