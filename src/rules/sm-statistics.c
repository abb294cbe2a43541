/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-carbon.h"
#include "sm-statistics-private.h"

#include "sm-civil.h"
#include "sm-history-table.h"
#include "sm-record-table.h"
#include "sm-rules-private.h"

#include <math.h>
#include <string.h>

#define QUARTER (15 * SM_MINUTE)
#define USUAL_DAYS 14
#define MAX_ROWS 1000000
/* As old an answer may be when something has ended since, and when not. */
#define MAX_AGE (2 * SM_SECOND)
#define MAX_AGE_UNCHANGED (10 * SM_SECOND)
#define MAX_SCOPES 256

struct _SmStatsCache
{
  GMutex mutex;
  GHashTable *entries; /* scope -> Entry */
  guint revision;      /* of what has ended */
};

typedef struct
{
  SmStatsNow stats;
  gint64 made_at; /* machine time */
  guint revision;
} Entry;

SmStatsCache *
sm_stats_cache_new (void)
{
  SmStatsCache *self = g_new0 (SmStatsCache, 1);

  g_mutex_init (&self->mutex);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
sm_stats_cache_free (SmStatsCache *self)
{
  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/** sm_stats_cache_touch: Something has ended: answers are only good for a moment more. */
void
sm_stats_cache_touch (SmStatsCache *self)
{
  g_mutex_lock (&self->mutex);
  self->revision++;
  g_mutex_unlock (&self->mutex);
}

/* Returns: whether there is a fresh answer; else @out_revision is for keep(). */
static gboolean
look_up (SmStatsCache *self,
         const char   *key,
         gint64        now,
         SmStatsNow   *out_stats,
         guint        *out_revision)
{
  const Entry *entry;
  gboolean found;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->entries, key);
  found = entry != NULL && now >= entry->made_at
          && now - entry->made_at
                 < (entry->revision == self->revision ? MAX_AGE_UNCHANGED : MAX_AGE);
  if (found)
    *out_stats = entry->stats;
  *out_revision = self->revision;
  g_mutex_unlock (&self->mutex);
  return found;
}

static void
keep (SmStatsCache     *self,
      const char       *key,
      gint64            now,
      guint             revision,
      const SmStatsNow *stats)
{
  Entry entry = { *stats, now, revision };

  g_mutex_lock (&self->mutex);
  if (g_hash_table_size (self->entries) >= MAX_SCOPES)
    g_hash_table_remove_all (self->entries);
  g_hash_table_replace (self->entries, g_strdup (key), g_memdup2 (&entry, sizeof entry));
  g_mutex_unlock (&self->mutex);
}

/* --- reckoning --- */

typedef struct
{
  SmConnection *connection;
  const SmScope *scope;
  GTimeZone *zone;
  gint64 now;
  SmCivil civil;
} Asking;

static int
compare_reals (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (GArray *values)
{
  const double *v = (gconstpointer) values->data;

  if (values->len == 0)
    return NAN;
  g_array_sort (values, compare_reals);
  return (v[(values->len - 1) / 2] + v[values->len / 2]) / 2;
}

static void
count_hour (SmStatsKind *kind,
            GArray      *orders,
            guint        which)
{
  g_autoptr (GArray) durations = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < orders->len; i++)
    {
      const SmEndedOrder *order = &g_array_index (orders, SmEndedOrder, i);

      if (order->kind != which)
        continue;
      kind->attempts += order->completed || order->aborted;
      if (!order->completed)
        continue;
      kind->completed++;
      if (isfinite (order->duration_s))
        g_array_append_val (durations, order->duration_s);
      if (isfinite (order->wait_s))
        g_array_append_val (waits, order->wait_s);
    }
  kind->last_hour = kind->completed;
  kind->median_s = median (durations);
  kind->median_wait_s = median (waits);
}

static gboolean
read_hour (const Asking  *asking,
           SmStatsNow    *stats,
           GError       **error)
{
  g_autoptr (GArray) orders = sm_ended_orders_read (asking->connection, asking->scope,
                                                    asking->now - SM_HOUR, asking->now, error);

  if (orders == NULL)
    return FALSE;
  count_hour (&stats->swaps, orders, SM_ORDER_KIND_SWAP);
  count_hour (&stats->charges, orders, SM_ORDER_KIND_CHARGE);
  return TRUE;
}

/* The same 60 minutes of the days before, of as many as there were. */
static gboolean
read_usual (const Asking  *asking,
            SmStatsNow    *stats,
            GError       **error)
{
  gint64 first, swaps = 0, charges = 0;
  guint n = 0;

  if (!sm_first_order_ended (asking->connection, &first, error))
    return FALSE;
  for (guint day = 1; day <= USUAL_DAYS; day++)
    {
      gint64 until = asking->now - day * SM_DAY;
      g_autoptr (GArray) orders = NULL;

      if (first == SM_UNKNOWN || until - SM_HOUR < first)
        break;
      orders = sm_ended_orders_read (asking->connection, asking->scope, until - SM_HOUR, until,
                                     error);
      if (orders == NULL)
        return FALSE;
      for (guint i = 0; i < orders->len; i++)
        {
          const SmEndedOrder *order = &g_array_index (orders, SmEndedOrder, i);

          swaps += order->completed && order->kind == SM_ORDER_KIND_SWAP;
          charges += order->completed && order->kind == SM_ORDER_KIND_CHARGE;
        }
      n++;
    }
  stats->swaps.usual_hour = n > 0 ? (double) swaps / n : NAN;
  stats->charges.usual_hour = n > 0 ? (double) charges / n : NAN;
  return TRUE;
}

static void
add_rollups (SmStatsDay *day,
             GArray     *rollups,
             gint64      before_hour)
{
  for (guint i = 0; i < rollups->len; i++)
    {
      const SmRollup *rollup = &g_array_index (rollups, SmRollup, i);

      if (strcmp (rollup->kind, "site") == 0 || rollup->hour >= before_hour)
        continue;
      day->orders += rollup->count;
      if (strcmp (rollup->kind, "swap") == 0)
        day->swaps += rollup->completed;
      else if (strcmp (rollup->kind, "charge") == 0)
        day->charges += rollup->completed;
      day->energy_wh += rollup->energy_wh;
      day->amount_minor += rollup->amount_minor;
    }
}

static void
add_orders (SmStatsDay *day,
            GArray     *orders)
{
  for (guint i = 0; i < orders->len; i++)
    {
      const SmEndedOrder *order = &g_array_index (orders, SmEndedOrder, i);

      day->orders++;
      day->swaps += order->completed && order->kind == SM_ORDER_KIND_SWAP;
      day->charges += order->completed && order->kind == SM_ORDER_KIND_CHARGE;
      day->energy_wh += order->energy_wh;
      day->amount_minor += order->amount_minor;
    }
}

static gboolean
read_today (const Asking  *asking,
            SmStatsDay    *day,
            GError       **error)
{
  SmRollupTable table = asking->scope->kind == SM_SCOPE_FLEETS ? SM_ROLLUP_FLEET_DAY
                                                               : SM_ROLLUP_STATION_DAY;
  g_autoptr (GArray) rollups = sm_rollup_read (asking->connection, table, asking->scope, 0,
                                               asking->civil.day, asking->civil.day, MAX_ROWS,
                                               error);

  if (rollups == NULL)
    return FALSE;
  add_rollups (day, rollups, 24);
  return TRUE;
}

/* By hour, of the hours that are over. */
static void
count_swaps_by_hour (double *by_hour,
                     GArray *rollups,
                     gint64  hours_over)
{
  if (rollups->len == 0)
    return;
  for (guint i = 0; i < SM_DAY_HOURS && (gint64) i < hours_over; i++)
    by_hour[i] = 0;
  for (guint i = 0; i < rollups->len; i++)
    {
      const SmRollup *rollup = &g_array_index (rollups, SmRollup, i);

      if (strcmp (rollup->kind, "swap") == 0 && rollup->hour >= 0
          && rollup->hour < MIN (hours_over, SM_DAY_HOURS))
        by_hour[rollup->hour] += (double) rollup->completed;
    }
}

static gboolean
read_hours_of_today (const Asking  *asking,
                     double        *by_hour,
                     GError       **error)
{
  g_autoptr (GArray) hours = NULL;

  if (asking->scope->kind == SM_SCOPE_FLEETS)
    return TRUE;
  hours = sm_rollup_read (asking->connection, SM_ROLLUP_STATION_HOUR, asking->scope, 0,
                          asking->civil.day, asking->civil.day, MAX_ROWS, error);
  if (hours != NULL)
    count_swaps_by_hour (by_hour, hours, asking->civil.second / 3600);
  return hours != NULL;
}

/* Its whole hours from the rollups, the one that is cut off from its orders.
 * Fleets have no hours: theirs are the orders since midnight. */
static gboolean
read_yesterday (const Asking  *asking,
                SmStatsDay    *day,
                double        *swaps_by_hour,
                GError       **error)
{
  int yesterday = sm_civil_add_days (asking->civil.day, -1);
  gint64 start = sm_civil_day_start (asking->zone, yesterday);
  gint64 until = asking->now - sm_civil_day_start (asking->zone, asking->civil.day) + start;
  gint64 from = start;
  g_autoptr (GArray) orders = NULL;

  if (asking->scope->kind != SM_SCOPE_FLEETS)
    {
      g_autoptr (GArray) hours = sm_rollup_read (asking->connection, SM_ROLLUP_STATION_HOUR,
                                                 asking->scope, 0, yesterday, yesterday, MAX_ROWS,
                                                 error);

      if (hours == NULL)
        return FALSE;
      from = start + (until - start) / SM_HOUR * SM_HOUR;
      add_rollups (day, hours, (until - start) / SM_HOUR);
      count_swaps_by_hour (swaps_by_hour, hours, SM_DAY_HOURS);
    }
  orders = sm_ended_orders_read (asking->connection, asking->scope, from - 1, until, error);
  if (orders == NULL)
    return FALSE;
  add_orders (day, orders);
  return TRUE;
}

/**
 * sm_stats_quarter_kw:
 *
 * What a station drew in the time that is known of it stands for the quarter.
 *
 * Returns: the mean power of the stations of which something is known; NAN: of none
 */
double
sm_stats_quarter_kw (const SmAreaQuarter *quarter)
{
  if (quarter->covered_us <= 0)
    return NAN;
  return (double) quarter->energy_wh / 1000 * (double) quarter->stations
         / ((double) quarter->covered_us / SM_HOUR);
}

static gboolean
read_load (const Asking  *asking,
           int            day,
           double        *kw,
           GError       **error)
{
  gint64 start = sm_civil_day_start (asking->zone, day);
  gint64 end = sm_civil_day_start (asking->zone, sm_civil_add_days (day, 1));
  g_autoptr (GArray) quarters = sm_area_quarter_read (asking->connection, asking->scope, 0, start,
                                                      end, MAX_ROWS, error);

  for (guint i = 0; quarters != NULL && i < quarters->len; i++)
    {
      const SmAreaQuarter *quarter = &g_array_index (quarters, SmAreaQuarter, i);
      int at = sm_civil_at (asking->zone, quarter->start).second / 900;
      double power = sm_stats_quarter_kw (quarter);

      if (isfinite (power))
        kw[at] = (isfinite (kw[at]) ? kw[at] : 0) + power;
    }
  return quarters != NULL;
}

static gboolean
read_currency (SmConnection  *connection,
               char          *currency,
               gsize          size,
               GError       **error)
{
  g_autoptr (GPtrArray) tariffs = sm_record_select (connection, sm_noun_get (SM_NOUN_TARIFF), FALSE,
                                                    "ORDER BY id DESC LIMIT 1", SM_UNKNOWN, error);

  if (tariffs != NULL && tariffs->len > 0)
    g_strlcpy (currency, sm_row_get_text (tariffs->pdata[0], SM_TARIFF_CURRENCY), size);
  return tariffs != NULL;
}

static gboolean
reckon (SmReader    *reader,
        Asking      *asking,
        SmStatsNow  *stats,
        GError     **error)
{
  gint64 rev;

  sm_stats_now_init (stats);
  stats->as_of = asking->now;
  if (!sm_carbon_read (reader, &stats->carbon, &rev, error)
      || !read_currency (asking->connection, stats->currency, sizeof stats->currency, error)
      || !read_hour (asking, stats, error) || !read_usual (asking, stats, error)
      || !read_today (asking, &stats->today, error)
      || !read_hours_of_today (asking, stats->swaps_today, error)
      || !read_yesterday (asking, &stats->yesterday_same_time, stats->swaps_yesterday, error)
      || !read_load (asking, asking->civil.day, stats->load_today_kw, error)
      || !read_load (asking, sm_civil_add_days (asking->civil.day, -1), stats->load_yesterday_kw,
                     error))
    return FALSE;
  stats->today.carbon_kg = sm_carbon_saved_kg (&stats->carbon, stats->today.energy_wh);
  stats->yesterday_same_time.carbon_kg =
      sm_carbon_saved_kg (&stats->carbon, stats->yesterday_same_time.energy_wh);
  return TRUE;
}

/* All from one moment of the database. */
static gboolean
reckon_in_one (SmReader    *reader,
               Asking      *asking,
               SmStatsNow  *stats,
               GError     **error)
{
  gboolean ok;

  if (!sm_connection_exec (asking->connection, "BEGIN", error))
    return FALSE;
  ok = reckon (reader, asking, stats, error);
  sm_connection_rollback (asking->connection);
  return ok;
}

static gboolean
may_read (const SmActor  *actor,
          GError        **error)
{
  return sm_actor_require (actor, "order.read", error);
}

/** sm_stats_read_now: How the network does today, cut to the scope of @actor. */
gboolean
sm_stats_read_now (SmReader    *reader,
                   SmActor     *actor,
                   SmStatsNow  *out_stats,
                   GError     **error)
{
  SmRules *rules = reader->rules;
  gint64 machine_now = sm_rules_machine_now (rules);
  g_autofree char *ids = sm_scope_ids_to_text (actor->scope);
  g_autofree char *key = g_strconcat (sm_scope_kind_name (actor->scope->kind), ids, NULL);
  g_autoptr (GTimeZone) zone = NULL;
  Asking asking;
  guint revision;

  if (!may_read (actor, error))
    return FALSE;
  if (look_up (rules->stats, key, machine_now, out_stats, &revision))
    return TRUE;
  zone = g_time_zone_new_identifier (rules->time_zone);
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  asking = (Asking){ sm_service_db_get_connection (reader->db), actor->scope, zone,
                     sm_rules_now (rules), { 0, 0 } };
  asking.civil = sm_civil_at (zone, asking.now);
  if (!reckon_in_one (reader, &asking, out_stats, error))
    return FALSE;
  keep (rules->stats, key, machine_now, revision, out_stats);
  return TRUE;
}

/** sm_stats_read_rollups: Returns: (transfer full) (nullable): see sm_rollup_read() */
GArray *
sm_stats_read_rollups (SmReader       *reader,
                       SmActor        *actor,
                       SmRollupTable   table,
                       gint64          of_id,
                       gint64          from,
                       gint64          to,
                       guint           limit,
                       GError        **error)
{
  if (!may_read (actor, error))
    return NULL;
  return sm_rollup_read (sm_service_db_get_connection (reader->db), table, actor->scope, of_id, from,
                         to, limit, error);
}

/**
 * sm_stats_read_median:
 * @of: of a station and day that sm_stats_read_rollups() gave
 * @out_s: how long those that were completed took; NAN: there was none
 */
gboolean
sm_stats_read_median (SmReader        *reader,
                      const SmRollup  *of,
                      double          *out_s,
                      GError         **error)
{
  g_autoptr (GArray) durations
      = sm_order_durations_read (sm_service_db_get_connection (reader->db), of->of_id, of->kind,
                                 of->period, error);

  *out_s = durations != NULL ? median (durations) : NAN;
  return durations != NULL;
}

/** sm_stats_read_quarters: Returns: (transfer full) (nullable): see sm_area_quarter_read() */
GArray *
sm_stats_read_quarters (SmReader  *reader,
                        SmActor   *actor,
                        gint64     area_id,
                        gint64     from,
                        gint64     to,
                        guint      limit,
                        GError   **error)
{
  if (!may_read (actor, error))
    return NULL;
  return sm_area_quarter_read (sm_service_db_get_connection (reader->db), actor->scope, area_id,
                               from, to, limit, error);
}

/** sm_stats_default_from: Returns: where a range of @table begins when nobody says; any thread */
gint64
sm_stats_default_from (SmRules       *rules,
                       SmRollupTable  table)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (rules->time_zone);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  int today = sm_civil_at (zone != NULL ? zone : utc, sm_rules_now (rules)).day;

  if (table == SM_ROLLUP_STATION_MONTH)
    return sm_civil_month (sm_civil_add_days (today, -365));
  return sm_civil_add_days (today, table == SM_ROLLUP_STATION_HOUR ? -1 : -30);
}
