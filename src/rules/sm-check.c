/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-check-private.h"

#include "sm-orders-private.h"
#include "sm-record-table.h"
#include "sm-rollups-private.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <string.h>

#define MAX_EXAMPLES 5

/** sm_check_wrong: One more thing is not as it has to be. */
void
sm_check_wrong (SmCheckResult *result,
                const char    *format,
                ...)
{
  va_list args;

  result->wrong++;
  if (result->examples->len >= MAX_EXAMPLES)
    return;
  va_start (args, format);
  g_ptr_array_add (result->examples, g_strdup_vprintf (format, args));
  va_end (args);
}

/* --- numbers --- */

static gboolean
check_seq (SmRules        *rules,
           const SmRow    *row,
           gpointer        user_data,
           GError        **error)
{
  SmCheckResult *result = user_data;
  gint64 seq = sm_row_get_int (row, SM_ROW_SEQ);
  const SmNoun *noun = sm_row_get_noun (row);

  result->looked_at++;
  /* The past that was brought in bears no number. */
  if (seq > sm_service_db_get_seq (rules->db) || seq < (noun->is_history ? 0 : 1))
    sm_check_wrong (result, "%s %" G_GINT64_FORMAT " has seq %" G_GINT64_FORMAT, noun->name,
                    sm_row_get_id (row), seq);
  return TRUE;
}

static gboolean
check_numbers (SmRules        *rules,
               SmCheckResult  *result,
               GError        **error)
{
  for (guint noun = 0; noun < SM_N_NOUNS; noun++)
    if (!sm_rules_each (rules, noun, check_seq, result, error))
      return FALSE;
  return TRUE;
}

/* --- orders --- */

/* Priced again, it costs what stands there. */
static gboolean
check_price (SmRules        *rules,
             const SmRow    *row,
             gpointer        user_data,
             GError        **error)
{
  static const guint fields[] = { SM_ORDER_ENERGY_MINOR, SM_ORDER_SERVICE_MINOR,
                                  SM_ORDER_AMOUNT_MINOR, SM_ORDER_CURRENCY,
                                  SM_ORDER_BUSINESS_DAY, SM_ORDER_HOUR };
  SmCheckResult *result = user_data;
  g_autoptr (SmRow) again = NULL;
  g_autoptr (GError) local_error = NULL;

  if (sm_row_is_null (row, SM_ORDER_ENDED_AT))
    return TRUE;
  result->looked_at++;
  again = sm_row_copy (row);
  if (!sm_orders_complete (rules, again, &local_error))
    {
      sm_check_wrong (result, "order %s: %s", sm_row_get_text (row, SM_ORDER_NUMBER),
                      local_error->message);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!sm_row_equal_field (row, again, fields[i]))
      {
        sm_check_wrong (result, "order %s: %s", sm_row_get_text (row, SM_ORDER_NUMBER),
                        sm_row_get_noun (row)->fields[fields[i]].name);
        return TRUE;
      }
  return TRUE;
}

gboolean
sm_check_prices (SmRules        *rules,
                 SmCheckResult  *result,
                 GError        **error)
{
  return sm_rules_each (rules, SM_NOUN_ORDER, check_price, result, error);
}

static gboolean
count_order (SmRules      *rules,
             const SmRow  *row,
             gpointer      user_data,
             GError      **error)
{
  sm_rollups_count (user_data, row, 1);
  return TRUE;
}

static char *
key_of (const SmRollup *rollup)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                          rollup->of_id, rollup->kind, rollup->period, rollup->hour);
}

static gboolean
is_zero (const SmRollup *rollup)
{
  return rollup->count == 0 && rollup->attempts == 0 && rollup->completed == 0
         && rollup->energy_wh == 0 && rollup->amount_minor == 0 && rollup->wait_ms == 0
         && rollup->duration_ms == 0;
}

static gboolean
has_equal_sums (const SmRollup *a,
                const SmRollup *b)
{
  gsize offset = G_STRUCT_OFFSET (SmRollup, count);

  return memcmp ((const char *) a + offset, (const char *) b + offset, sizeof *a - offset) == 0;
}

/* What is left in @counted afterwards is missing from the table. */
static void
compare_table (SmCheckResult *result,
               SmRollupTable  table,
               GArray        *kept,
               GHashTable    *counted,
               gint64         first)
{
  for (guint i = 0; i < kept->len; i++)
    {
      const SmRollup *rollup = &g_array_index (kept, SmRollup, i);
      g_autofree char *key = key_of (rollup);
      const SmRollup *sum = g_hash_table_lookup (counted, key);

      if (strcmp (rollup->kind, "site") == 0 || rollup->period < first)
        continue;
      result->looked_at++;
      if (sum != NULL ? !has_equal_sums (rollup, sum) : !is_zero (rollup))
        sm_check_wrong (result, "%s %s", sm_rollup_table_name (table), key);
      g_hash_table_remove (counted, key);
    }
}

/* Old hours are gone, and of the first day that is left some may be.
 * Returns: the first day that is whole */
static gint64
first_whole (GArray    *kept,
             GPtrArray *sums)
{
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < kept->len; i++)
    if (strcmp (g_array_index (kept, SmRollup, i).kind, "site") != 0)
      first = MIN (first, g_array_index (kept, SmRollup, i).period);
  for (guint i = 0; i < sums->len && first < G_MAXINT64; i++)
    if (((SmRollup *) sums->pdata[i])->period < first)
      return first + 1;
  return 0;
}

static gboolean
check_table (SmRules        *rules,
             SmCheckResult  *result,
             SmRollups      *rollups,
             SmRollupTable   table,
             GError        **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GArray) kept = sm_rollup_read (sm_rules_get_connection (rules), table, all, 0, 0,
                                            G_MAXINT64, G_MAXINT32, error);
  g_autoptr (GPtrArray) sums = sm_rollups_list (rollups, table);
  g_autoptr (GHashTable) counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 first;
  GHashTableIter iter;
  gpointer key;

  if (kept == NULL)
    return FALSE;
  first = table == SM_ROLLUP_STATION_HOUR ? first_whole (kept, sums) : 0;
  for (guint i = 0; i < sums->len; i++)
    if (((SmRollup *) sums->pdata[i])->period >= first)
      g_hash_table_insert (counted, key_of (sums->pdata[i]), sums->pdata[i]);
  compare_table (result, table, kept, counted, first);
  g_hash_table_iter_init (&iter, counted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    sm_check_wrong (result, "%s %s is missing", sm_rollup_table_name (table), (char *) key);
  return TRUE;
}

gboolean
sm_check_rollups (SmRules        *rules,
                  SmCheckResult  *result,
                  GError        **error)
{
  g_autoptr (SmRollups) rollups = sm_rollups_new ();

  if (!sm_rules_each (rules, SM_NOUN_ORDER, count_order, rollups, error))
    return FALSE;
  for (guint table = 0; table < SM_ROLLUP_N_TABLES; table++)
    if (!check_table (rules, result, rollups, table, error))
      return FALSE;
  return TRUE;
}

/* --- all of it --- */

/* Where everything is now is written every few seconds, and at the end. */
#define UNSETTLED \
  "This is a hint, not a fault: the service runs, or was killed before it had written where " \
  "everything is.  Start it, end it, and look again."

static const struct
{
  const char *name, *what, *advice;
  SmCheckFunc func;
} checks[] = {
  { "numbers", "No record bears a number that the feed has not reached.",
    "Followers miss such records: restore the last backup, or start the network anew.",
    check_numbers },
  { "prices", "Every order costs what its tariff says.",
    "Send these orders again: they are priced anew.", sm_check_prices },
  { "rollups", "Every sum is that of its orders.",
    "Statistics are off by this: restore the last backup, or start the network anew.",
    sm_check_rollups },
  { "places", "Every pack is in exactly one place, and that place has it.",
    "Look whether the pack is there; if a service runs on this network, look again in a minute.",
    sm_check_places },
  { "movements", "Every pack leaves from where it came to.",
    "A movement was not reported: ask the station, and send it.", sm_check_chains },
  { "pack-energy", "Every pack holds what was charged into it, less what was lost and taken out.",
    "The counters of this pack cannot be trusted: have its management system looked at.",
    sm_check_packs },
  { "station-energy", "Every station's meter counted what its packs and trucks were given, and not "
                      "much more.",
    "Have the meter looked at, and what else hangs on it.", sm_check_meters },
};

static void
result_free (gpointer data)
{
  SmCheckResult *result = data;

  g_ptr_array_unref (result->examples);
  g_free (result);
}

/** sm_check_all: Returns: (transfer full) (nullable): of SmCheckResult; NULL when it could not look */
GPtrArray *
sm_check_all (SmRules  *rules,
              GError  **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (result_free);

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      SmCheckResult *result = g_new0 (SmCheckResult, 1);

      result->name = checks[i].name;
      result->what = checks[i].what;
      result->advice = checks[i].advice;
      result->examples = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (results, result);
      if (!checks[i].func (rules, result, error))
        return NULL;
      if (checks[i].func == sm_check_places && result->wrong > 0 && !rules->was_closed)
        {
          result->is_hint = TRUE;
          result->advice = UNSETTLED;
        }
    }
  return g_steal_pointer (&results);
}
