/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-civil.h"
#include "sm-rules-private.h"
#include "sm-statistics-private.h"

#include <math.h>
#include <string.h>

#define USUAL_DAYS 14

/* What a station did at this hour of the last days. */
typedef struct
{
  gint64 station_id;
  gint64 first_day; /* of which something is known */
  gint64 swaps;
  gint64 amount_minor;
} Usual;

static Usual *
ensure (GHashTable *found,
        gint64      station_id)
{
  Usual *usual = g_hash_table_lookup (found, &station_id);

  if (usual == NULL)
    {
      usual = g_new0 (Usual, 1);
      usual->station_id = station_id;
      usual->first_day = G_MAXINT64;
      g_hash_table_insert (found, &usual->station_id, usual);
    }
  return usual;
}

/* A station that sold nothing at this hour is known by its days. */
static gboolean
read_first_days (SmConnection  *connection,
                 GHashTable    *found,
                 int            from,
                 int            to,
                 GError       **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GArray) days = sm_rollup_read (connection, SM_ROLLUP_STATION_DAY, all, 0, from, to,
                                            G_MAXINT32, error);

  for (guint i = 0; days != NULL && i < days->len; i++)
    {
      const SmRollup *day = &g_array_index (days, SmRollup, i);
      Usual *usual;

      if (strcmp (day->kind, "site") == 0 || day->count == 0)
        continue;
      usual = ensure (found, day->of_id);
      usual->first_day = MIN (usual->first_day, day->period);
    }
  return days != NULL;
}

static gboolean
read_hours (SmConnection  *connection,
            GHashTable    *found,
            int            today,
            int            hour,
            GError       **error)
{
  g_autoptr (GString) days = g_string_new ("[");
  g_autoptr (GArray) hours = NULL;

  for (int i = 1; i <= USUAL_DAYS; i++)
    g_string_append_printf (days, "%s%d", i > 1 ? "," : "", sm_civil_add_days (today, -i));
  g_string_append_c (days, ']');
  hours = sm_rollup_read_usual (connection, days->str, hour, error);
  for (guint i = 0; hours != NULL && i < hours->len; i++)
    {
      const SmRollup *sum = &g_array_index (hours, SmRollup, i);
      Usual *usual = ensure (found, sum->of_id);

      if (strcmp (sum->kind, "swap") == 0)
        usual->swaps += sum->completed;
      usual->amount_minor += sum->amount_minor;
    }
  return hours != NULL;
}

/* The mean over the days, or over as many as the station has been there. */
static void
tell (SmRules     *rules,
      const Usual *usual,
      int          today)
{
  int n = 1;

  while (n < USUAL_DAYS && sm_civil_add_days (today, -n - 1) >= usual->first_day)
    n++;
  if (usual->first_day < today)
    sm_live_set_usual (rules, usual->station_id, (double) usual->swaps / n,
                       (gint64) llround ((double) usual->amount_minor / n));
}

/** sm_stats_tick_usual: Once an hour of the network, and at the beginning. */
gboolean
sm_stats_tick_usual (SmRules  *rules,
                     GError  **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  GHashTableIter iter;
  gpointer value;
  SmCivil now;

  if (sm_rules_now (rules) / SM_HOUR == rules->usual_hour)
    return TRUE;
  rules->usual_hour = sm_rules_now (rules) / SM_HOUR;
  zone = g_time_zone_new_identifier (rules->time_zone);
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  now = sm_civil_at (zone, sm_rules_now (rules));
  found = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  if (!read_first_days (connection, found, sm_civil_add_days (now.day, -USUAL_DAYS),
                        sm_civil_add_days (now.day, -1), error)
      || !read_hours (connection, found, now.day, sm_civil_hour (now), error))
    return FALSE;
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    tell (rules, value, now.day);
  return TRUE;
}
