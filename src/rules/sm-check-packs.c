/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-check-private.h"

#include "sm-record-table.h"
#include "sm-rollup-table.h"
#include "sm-rules-private.h"

#include <math.h>
#include <string.h>

/* Of what is charged into a pack, so much can be taken out again. */
#define PACK_YIELD 0.95
/* How far a pack's counters may be off, of what it can hold. */
#define PACK_TOLERANCE 0.05
/* What a station needs besides, and what its chargers lose at most. */
#define STATION_BASE_KW 60
#define STATION_YIELD_MIN 0.75
#define METER_TOLERANCE 0.02
/* What sessions were given that had begun before the meter was heard first. */
#define METER_ALLOWANCE_WH 200000

static GPtrArray *
movements_of (SmRules  *rules,
              gint64    battery_id,
              GError  **error)
{
  return sm_record_select (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_BATTERY_MOVEMENT),
                           FALSE, "WHERE r.battery_id = ?1 ORDER BY r.at, r.id", battery_id, error);
}

static gboolean
is_same_place (const SmRow *a,
               guint        place_a,
               guint        id_a,
               const SmRow *b,
               guint        place_b,
               guint        id_b)
{
  return g_strcmp0 (sm_row_get_text (a, place_a), sm_row_get_text (b, place_b)) == 0
         && sm_row_get_int (a, id_a) == sm_row_get_int (b, id_b);
}

/* --- places --- */

/* So long after a swap not everybody has said yet what he has now. */
#define SETTLES_IN (10 * SM_MINUTE)

typedef struct
{
  SmCheckResult *result;
  GHashTable *claims; /* battery id -> "bay 7": who says that it is with him */
  gint64 newest;      /* movement of all */
} Places;

static void
claim (Places     *places,
       gint64      battery_id,
       const char *place,
       gint64      id)
{
  char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, place, id);
  const char *other = g_hash_table_lookup (places->claims, &battery_id);

  if (other != NULL)
    sm_check_wrong (places->result, "battery %" G_GINT64_FORMAT " is in %s and in %s", battery_id,
                    other, text);
  g_hash_table_replace (places->claims, g_memdup2 (&battery_id, sizeof battery_id), text);
}

static gboolean
claim_bay (SmRules      *rules,
           const SmRow  *row,
           gpointer      user_data,
           GError      **error)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BAY),
                                            sm_row_get_id (row));

  if (live != NULL && sm_row_get_int (live->row, SM_BAY_BATTERY_ID) > 0)
    claim (user_data, sm_row_get_int (live->row, SM_BAY_BATTERY_ID), "bay", sm_row_get_id (row));
  return TRUE;
}

static void
check_claim (Places      *places,
             const SmRow *live)
{
  gint64 id = sm_row_get_id (live);
  const char *place = sm_row_get_text (live, SM_BATTERY_PLACE);
  const char *claimed = g_hash_table_lookup (places->claims, &id);
  g_autofree char *said = g_strdup_printf ("%s %" G_GINT64_FORMAT, place,
                                           sm_row_get_int (live, SM_BATTERY_PLACE_ID));
  gboolean needs_claim = g_strcmp0 (place, "bay") == 0 || g_strcmp0 (place, "vehicle") == 0;

  if (needs_claim && claimed == NULL)
    sm_check_wrong (places->result, "battery %" G_GINT64_FORMAT " is in %s, which has it not", id,
                    said);
  else if (claimed != NULL && strcmp (claimed, said) != 0)
    sm_check_wrong (places->result, "battery %" G_GINT64_FORMAT " is in %s, which it does not say",
                    id, claimed);
}

static gboolean
check_place (SmRules      *rules,
             const SmRow  *row,
             gpointer      user_data,
             GError      **error)
{
  Places *places = user_data;
  gint64 id = sm_row_get_id (row);
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BATTERY), id);
  g_autoptr (GPtrArray) last = NULL;

  if (live == NULL || sm_row_is_null (live->row, SM_BATTERY_PLACE))
    return TRUE;
  places->result->looked_at++;
  check_claim (places, live->row);
  last = sm_record_select (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_BATTERY_MOVEMENT),
                           FALSE, "WHERE r.battery_id = ?1 ORDER BY r.at DESC, r.id DESC LIMIT 1", id,
                           error);
  if (last == NULL)
    return FALSE;
  if (last->len > 0
      && sm_row_get_int (last->pdata[0], SM_BATTERY_MOVEMENT_AT) < places->newest - SETTLES_IN
      && !is_same_place (last->pdata[0], SM_BATTERY_MOVEMENT_TO_PLACE, SM_BATTERY_MOVEMENT_TO_ID,
                         live->row, SM_BATTERY_PLACE, SM_BATTERY_PLACE_ID))
    sm_check_wrong (places->result, "battery %" G_GINT64_FORMAT " is not where it was moved to last",
                    id);
  return TRUE;
}

gboolean
sm_check_places (SmRules        *rules,
                 SmCheckResult  *result,
                 GError        **error)
{
  g_autoptr (GHashTable) claims = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GPtrArray) newest =
      sm_record_select (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_BATTERY_MOVEMENT),
                        FALSE, "ORDER BY r.at DESC, r.id DESC LIMIT 1", SM_UNKNOWN, error);
  Places places = { result, claims, 0 };

  if (newest == NULL)
    return FALSE;
  if (newest->len > 0)
    places.newest = sm_row_get_int (newest->pdata[0], SM_BATTERY_MOVEMENT_AT);
  for (guint i = 0; i < sm_live_n_vehicles (rules->live); i++)
    {
      const SmLiveVehicle *vehicle = sm_live_get_vehicle (rules->live, i);

      if (vehicle->id != 0 && vehicle->battery_id > 0)
        claim (&places, vehicle->battery_id, "vehicle", vehicle->id);
    }
  return sm_rules_each (rules, SM_NOUN_BAY, claim_bay, &places, error)
         && sm_rules_each (rules, SM_NOUN_BATTERY, check_place, &places, error);
}

/* --- movements --- */

static gboolean
check_chain (SmRules      *rules,
             const SmRow  *row,
             gpointer      user_data,
             GError      **error)
{
  SmCheckResult *result = user_data;
  g_autoptr (GPtrArray) moves = movements_of (rules, sm_row_get_id (row), error);

  if (moves == NULL)
    return FALSE;
  result->looked_at += moves->len;
  for (guint i = 1; i < moves->len; i++)
    if (!is_same_place (moves->pdata[i - 1], SM_BATTERY_MOVEMENT_TO_PLACE,
                        SM_BATTERY_MOVEMENT_TO_ID, moves->pdata[i],
                        SM_BATTERY_MOVEMENT_FROM_PLACE, SM_BATTERY_MOVEMENT_FROM_ID))
      sm_check_wrong (result, "battery %s, movement %" G_GINT64_FORMAT,
                      sm_row_get_text (row, SM_BATTERY_SN), sm_row_get_id (moves->pdata[i]));
  return TRUE;
}

gboolean
sm_check_chains (SmRules        *rules,
                 SmCheckResult  *result,
                 GError        **error)
{
  return sm_rules_each (rules, SM_NOUN_BATTERY, check_chain, result, error);
}

/* --- energy --- */

typedef struct
{
  SmCheckResult *result;
  GHashTable *nominal; /* model id -> Wh */
  GHashTable *given;   /* station id -> Wh that its packs and piles were given */
} Energy;

static gboolean
note_model (SmRules      *rules,
            const SmRow  *row,
            gpointer      user_data,
            GError      **error)
{
  Energy *energy = user_data;
  gint64 id = sm_row_get_id (row), wh = sm_row_get_int (row, SM_BATTERY_MODEL_NOMINAL_WH);

  g_hash_table_insert (energy->nominal, g_memdup2 (&id, sizeof id), g_memdup2 (&wh, sizeof wh));
  return TRUE;
}

/* Returns: what it holds by its state of charge; NAN: it does not say */
static double
stored_wh (const SmRow *move,
           double       nominal_wh)
{
  return sm_row_get_real (move, SM_BATTERY_MOVEMENT_SOC) / 100
         * sm_row_get_real (move, SM_BATTERY_MOVEMENT_SOH) / 100 * nominal_wh;
}

static double
counted (const SmRow *from,
         const SmRow *to,
         guint        field)
{
  if (sm_row_is_null (from, field) || sm_row_is_null (to, field))
    return NAN;
  return (double) (sm_row_get_int (to, field) - sm_row_get_int (from, field));
}

static gboolean
is_balanced (const SmRow *from,
             const SmRow *to,
             double       nominal_wh)
{
  double charged = counted (from, to, SM_BATTERY_MOVEMENT_CHARGED_WH);
  double taken = counted (from, to, SM_BATTERY_MOVEMENT_THROUGHPUT_WH);
  double more = stored_wh (to, nominal_wh) - stored_wh (from, nominal_wh);

  if (isnan (charged) || isnan (taken) || isnan (more))
    return TRUE;
  return charged >= 0 && taken >= 0
         && fabs (charged * PACK_YIELD - taken - more) <= PACK_TOLERANCE * nominal_wh;
}

static gboolean
check_pack (SmRules      *rules,
            const SmRow  *row,
            gpointer      user_data,
            GError      **error)
{
  Energy *energy = user_data;
  gint64 model = sm_row_get_int (row, SM_BATTERY_BATTERY_MODEL_ID);
  const gint64 *nominal = g_hash_table_lookup (energy->nominal, &model);
  g_autoptr (GPtrArray) moves = movements_of (rules, sm_row_get_id (row), error);

  for (guint i = 1; moves != NULL && nominal != NULL && i < moves->len; i++)
    {
      energy->result->looked_at++;
      if (!is_balanced (moves->pdata[i - 1], moves->pdata[i], (double) *nominal))
        sm_check_wrong (energy->result, "battery %s, until movement %" G_GINT64_FORMAT,
                        sm_row_get_text (row, SM_BATTERY_SN), sm_row_get_id (moves->pdata[i]));
    }
  return moves != NULL;
}

gboolean
sm_check_packs (SmRules        *rules,
                SmCheckResult  *result,
                GError        **error)
{
  g_autoptr (GHashTable) nominal = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Energy energy = { result, nominal, NULL };

  return sm_rules_each (rules, SM_NOUN_BATTERY_MODEL, note_model, &energy, error)
         && sm_rules_each (rules, SM_NOUN_BATTERY, check_pack, &energy, error);
}

static void
give (GHashTable *given,
      gint64      station_id,
      gint64      wh)
{
  gint64 *sum = g_hash_table_lookup (given, &station_id);

  if (sum == NULL)
    {
      sum = g_new0 (gint64, 1);
      g_hash_table_insert (given, g_memdup2 (&station_id, sizeof station_id), sum);
    }
  *sum += wh;
}

/* Where that movement came to was given so much. */
static void
give_bay (GHashTable  *given,
          const SmRow *in,
          double       charged_wh)
{
  if (g_strcmp0 (sm_row_get_text (in, SM_BATTERY_MOVEMENT_TO_PLACE), "bay") == 0 && charged_wh > 0
      && !sm_row_is_null (in, SM_BATTERY_MOVEMENT_STATION_ID))
    give (given, sm_row_get_int (in, SM_BATTERY_MOVEMENT_STATION_ID), (gint64) charged_wh);
}

/* What it was charged with since it last moved: its bay has metered that, too. */
static double
charged_since (SmRules     *rules,
               const SmRow *in,
               gint64       battery_id)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BATTERY), battery_id);

  if (live == NULL || sm_row_is_null (live->row, SM_BATTERY_CHARGED_WH)
      || sm_row_is_null (in, SM_BATTERY_MOVEMENT_CHARGED_WH))
    return 0;
  return (double) (sm_row_get_int (live->row, SM_BATTERY_CHARGED_WH)
                   - sm_row_get_int (in, SM_BATTERY_MOVEMENT_CHARGED_WH));
}

/* What a pack was charged with between coming into a bay and leaving it, or until now. */
static gboolean
add_pack (SmRules      *rules,
          const SmRow  *row,
          gpointer      user_data,
          GError      **error)
{
  Energy *energy = user_data;
  g_autoptr (GPtrArray) moves = movements_of (rules, sm_row_get_id (row), error);

  if (moves == NULL)
    return FALSE;
  for (guint i = 1; i < moves->len; i++)
    give_bay (energy->given, moves->pdata[i - 1],
              counted (moves->pdata[i - 1], moves->pdata[i], SM_BATTERY_MOVEMENT_CHARGED_WH));
  if (moves->len > 0)
    {
      const SmRow *last = moves->pdata[moves->len - 1];

      give_bay (energy->given, last, charged_since (rules, last, sm_row_get_id (row)));
    }
  return TRUE;
}

typedef struct
{
  gint64 metered_wh;
  gint64 piles_wh;
  gint64 n_days; /* of which something was metered */
} Station;

static void
add_day (GHashTable     *stations,
         const SmRollup *day)
{
  Station *station = g_hash_table_lookup (stations, &day->of_id);

  if (station == NULL)
    {
      station = g_new0 (Station, 1);
      g_hash_table_insert (stations, g_memdup2 (&day->of_id, sizeof day->of_id), station);
    }
  if (strcmp (day->kind, "site") == 0)
    {
      station->metered_wh += day->energy_wh;
      station->n_days++;
    }
  else if (strcmp (day->kind, "charge") == 0)
    station->piles_wh += day->energy_wh;
}

/* What was counted while nobody listened was given all the same. */
static void
add_missed (GHashTable           *stations,
            const SmStationMeter *meter)
{
  Station *station = g_hash_table_lookup (stations, &meter->station_id);

  if (station != NULL)
    station->metered_wh += meter->missed_wh;
}

static void
check_meter (Energy        *energy,
             gint64         id,
             const Station *station)
{
  const gint64 *packs = g_hash_table_lookup (energy->given, &id);
  double given = (double) station->piles_wh + (packs != NULL ? (double) *packs : 0);
  double most = given / STATION_YIELD_MIN + (double) station->n_days * 24 * STATION_BASE_KW * 1000;

  if (station->n_days == 0)
    return;
  energy->result->looked_at++;
  if ((double) station->metered_wh < given * (1 - METER_TOLERANCE) - METER_ALLOWANCE_WH)
    sm_check_wrong (energy->result,
                    "station %" G_GINT64_FORMAT ": metered %" G_GINT64_FORMAT " Wh, given %.0f Wh", id,
                    station->metered_wh, given);
  else if ((double) station->metered_wh > most)
    sm_check_wrong (energy->result,
                    "station %" G_GINT64_FORMAT ": metered %" G_GINT64_FORMAT
                    " Wh, at most %.0f Wh are explained",
                    id, station->metered_wh, most);
}

gboolean
sm_check_meters (SmRules        *rules,
                 SmCheckResult  *result,
                 GError        **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GHashTable) given = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) stations = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                           g_free);
  g_autoptr (GArray) days = NULL;
  g_autoptr (GArray) meters = sm_station_meter_list (sm_rules_get_connection (rules), error);
  Energy energy = { result, NULL, given };
  GHashTableIter iter;
  gpointer key, value;

  if (meters == NULL || !sm_rules_each (rules, SM_NOUN_BATTERY, add_pack, &energy, error))
    return FALSE;
  days = sm_rollup_read (sm_rules_get_connection (rules), SM_ROLLUP_STATION_DAY, all, 0, 0,
                         G_MAXINT64, G_MAXINT32, error);
  if (days == NULL)
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    add_day (stations, &g_array_index (days, SmRollup, i));
  for (guint i = 0; i < meters->len; i++)
    add_missed (stations, &g_array_index (meters, SmStationMeter, i));
  g_hash_table_iter_init (&iter, stations);
  while (g_hash_table_iter_next (&iter, &key, &value))
    check_meter (&energy, *(gint64 *) key, value);
  return TRUE;
}
