/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-pack-data.h"

#include "sm-cache-reader.h"
#include "sm-ranks.h"
#include "sm-sorted.h"
#include "sm-time.h"

typedef struct
{
  gint64 id;
  gint32 number;
} Bay;

typedef struct
{
  GArray *packs;     /* of SmPackState */
  GArray *bays;      /* of Bay */
  GPtrArray *serials; /* of char *, as the packs */
} Reading;

static const guint bay_fields[] = { SM_BAY_ID, SM_BAY_NUMBER };

static void
scan_bay (SmStatement *statement,
          gpointer     user_data)
{
  Reading *reading = user_data;
  Bay bay = { sm_statement_get_int (statement, 0), (gint32) sm_statement_get_int (statement, 1) };

  g_array_append_val (reading->bays, bay);
}

static const guint fields[]
    = { SM_BATTERY_ID,       SM_BATTERY_BATTERY_MODEL_ID, SM_BATTERY_FLEET_ID,
        SM_BATTERY_PLACE_ID, SM_BATTERY_STATION_ID,       SM_BATTERY_WARRANTY_UNTIL,
        SM_BATTERY_REPORTED_AT, SM_BATTERY_SOC,           SM_BATTERY_SOH,
        SM_BATTERY_CYCLE_COUNT, SM_BATTERY_SPREAD_MV,     SM_BATTERY_TEMPERATURE_MAX_C,
        SM_BATTERY_PLACE,    SM_BATTERY_FITNESS,          SM_BATTERY_SN };

static gint64
get_id (SmStatement *statement,
        guint        column)
{
  gint64 id = sm_statement_get_int (statement, column);

  return id == SM_UNKNOWN ? 0 : id;
}

static void
scan_pack (SmStatement *statement,
           gpointer     user_data)
{
  Reading *reading = user_data;
  SmPackState pack = {
    .id = get_id (statement, 0),
    .model_id = get_id (statement, 1),
    .fleet_id = get_id (statement, 2),
    .place_id = get_id (statement, 3),
    .station_id = get_id (statement, 4),
    .warranty_until = sm_statement_get_int (statement, 5),
    .reported_at = sm_statement_get_int (statement, 6),
    .soc = (float) sm_statement_get_real (statement, 7),
    .soh = (float) sm_statement_get_real (statement, 8),
    .cycle_count = (float) sm_statement_get_real (statement, 9),
    .spread_mv = (float) sm_statement_get_real (statement, 10),
    .temperature_max_c = (float) sm_statement_get_real (statement, 11),
    .bay = -1,
    .place = (guint8) sm_slug_index (sm_battery_places, sm_statement_get_text (statement, 12)),
    .fitness = (guint8) sm_slug_index (sm_fitnesses, sm_statement_get_text (statement, 13)),
  };
  const Bay *bay = pack.place == SM_PLACE_BAY ? sm_sorted_find (reading->bays, pack.place_id) : NULL;

  if (bay != NULL)
    pack.bay = bay->number;
  g_array_append_val (reading->packs, pack);
  g_ptr_array_add (reading->serials, g_strdup (sm_statement_get_text (statement, 14)));
}

/* Ordering texts takes its time: here, where nobody waits for a frame. */
static void
rank (Reading *reading)
{
  g_autoptr (SmRanks) ranks = sm_ranks_new (reading->packs->len);
  g_autofree guint32 *numbers = NULL;

  for (guint i = 0; i < reading->packs->len; i++)
    {
      const char *sn = g_ptr_array_index (reading->serials, i);

      sm_ranks_borrow (ranks, sn != NULL ? sn : "");
    }
  numbers = sm_ranks_finish (ranks);
  for (guint i = 0; i < reading->packs->len; i++)
    g_array_index (reading->packs, SmPackState, i).sn_rank = numbers[i];
}

GArray *
sm_pack_data_read (SmConnection  *connection,
                   GError       **error)
{
  g_autoptr (GArray) packs = g_array_new (FALSE, FALSE, sizeof (SmPackState));
  g_autoptr (GArray) bays = g_array_new (FALSE, FALSE, sizeof (Bay));
  g_autoptr (GPtrArray) serials = g_ptr_array_new_with_free_func (g_free);
  Reading reading = { packs, bays, serials };

  if (!sm_cache_scan (connection, sm_noun_get (SM_NOUN_BAY), bay_fields, G_N_ELEMENTS (bay_fields),
                      scan_bay, &reading, error)
      || !sm_cache_scan (connection, sm_noun_get (SM_NOUN_BATTERY), fields, G_N_ELEMENTS (fields),
                         scan_pack, &reading, error))
    return NULL;
  rank (&reading);
  return g_steal_pointer (&packs);
}
