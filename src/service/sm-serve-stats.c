/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include <math.h>
#include <string.h>

#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-stats-codec.h"
#include "sm-statistics.h"
#include "sm-time.h"

#define MAX_ITEMS 100000
/* So many days and kinds of one station come with their medians. */
#define MAX_MEDIANS 100

typedef struct
{
  SmActor *actor;
  int table; /* SmRollupTable; -1: the quarters */
  gint64 of_id;
  gint64 from;
  gint64 to;
  gint64 as_of; /* network time */
} StatsRequest;

static void
stats_request_free (gpointer data)
{
  StatsRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StatsRequest, stats_request_free)

static StatsRequest *
request_new (SmExchange *exchange)
{
  StatsRequest *request = g_new0 (StatsRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->table = -1;
  return request;
}

/* --- now --- */

static gpointer
read_now (SmReader      *reader,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const StatsRequest *request = data;
  SmStatsNow stats;
  SmJsonWriter *writer;

  if (!sm_stats_read_now (reader, request->actor, &stats, error))
    return NULL;
  writer = sm_json_writer_new ();
  sm_stats_now_write (writer, &stats);
  return sm_answer_new_json (200, writer);
}

static void
get_now (SmExchange *exchange)
{
  sm_exchange_read (exchange, read_now, request_new (exchange), stats_request_free);
}

/* --- the rollups --- */

static void
write_int (SmJsonWriter *writer,
           const char   *name,
           gint64        value)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_int (writer, value);
}

/* @median_s: (nullable): what is said of it, besides */
static void
write_rollup (SmJsonWriter   *writer,
              SmRollupTable   table,
              const SmRollup *rollup,
              const double   *median_s)
{
  gboolean is_month = table == SM_ROLLUP_STATION_MONTH;

  sm_json_writer_begin_object (writer);
  write_int (writer, table == SM_ROLLUP_FLEET_DAY ? "fleet_id" : "station_id", rollup->of_id);
  sm_json_writer_name (writer, "kind");
  sm_json_writer_text (writer, rollup->kind);
  write_int (writer, is_month ? "month" : "business_day", rollup->period);
  if (table == SM_ROLLUP_STATION_HOUR)
    write_int (writer, "hour", rollup->hour);
  write_int (writer, "count", rollup->count);
  write_int (writer, "attempts", rollup->attempts);
  write_int (writer, "completed", rollup->completed);
  write_int (writer, "energy_wh", rollup->energy_wh);
  write_int (writer, "amount_minor", rollup->amount_minor);
  sm_json_writer_name (writer, "wait_s");
  sm_json_writer_real (writer, (double) rollup->wait_ms / 1000);
  sm_json_writer_name (writer, "duration_s");
  sm_json_writer_real (writer, (double) rollup->duration_ms / 1000);
  if (median_s != NULL)
    {
      sm_json_writer_name (writer, "median_s");
      sm_json_writer_real (writer, *median_s);
    }
  sm_json_writer_end_object (writer);
}

static void
write_quarter (SmJsonWriter        *writer,
               const SmAreaQuarter *quarter)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "start");
  sm_json_writer_time (writer, quarter->start);
  write_int (writer, "area_id", quarter->area_id);
  write_int (writer, "operator_id", quarter->operator_id);
  write_int (writer, "stations", quarter->stations);
  write_int (writer, "energy_wh", quarter->energy_wh);
  sm_json_writer_name (writer, "power_kw");
  sm_json_writer_real (writer, sm_stats_quarter_kw (quarter));
  sm_json_writer_end_object (writer);
}

static GArray *
read_items (SmReader            *reader,
            const StatsRequest  *request,
            GError             **error)
{
  GArray *items;

  if (request->table < 0)
    items = sm_stats_read_quarters (reader, request->actor, request->of_id, request->from,
                                    request->to, MAX_ITEMS + 1, error);
  else
    items = sm_stats_read_rollups (reader, request->actor, (SmRollupTable) request->table,
                                   request->of_id, request->from, request->to, MAX_ITEMS + 1,
                                   error);
  if (items == NULL || items->len <= MAX_ITEMS)
    return items;
  g_array_unref (items);
  sm_set_error (error, SM_ERROR_TOO_LARGE, "too-much-asked",
                "More than %u items lie in this range; ask for less", MAX_ITEMS);
  return NULL;
}

/* The medians of one station's days: they cannot be added up, so the orders are looked at. */
static gboolean
read_medians (SmReader  *reader,
              GArray    *items,
              double    *medians,
              GError   **error)
{
  for (guint i = 0; i < items->len; i++)
    if (!sm_stats_read_median (reader, &g_array_index (items, SmRollup, i), &medians[i], error))
      return FALSE;
  return TRUE;
}

static gpointer
read_rollups (SmReader      *reader,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const StatsRequest *request = data;
  g_autoptr (GArray) items = read_items (reader, request, error);
  g_autofree double *medians = NULL;
  SmJsonWriter *writer;

  if (items == NULL)
    return NULL;
  if (request->table == SM_ROLLUP_STATION_DAY && request->of_id != 0 && items->len <= MAX_MEDIANS)
    {
      medians = g_new (double, MAX (items->len, 1));
      if (!read_medians (reader, items, medians, error))
        return NULL;
    }
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "as_of");
  sm_json_writer_time (writer, request->as_of);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < items->len; i++)
    if (request->table < 0)
      write_quarter (writer, &g_array_index (items, SmAreaQuarter, i));
    else
      write_rollup (writer, (SmRollupTable) request->table, &g_array_index (items, SmRollup, i),
                    medians != NULL ? &medians[i] : NULL);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static gboolean
parse_moment (SmExchange  *exchange,
              const char  *name,
              gint64       otherwise,
              gint64      *out_time,
              GError     **error)
{
  const char *text = sm_exchange_get_query_text (exchange, name);
  g_autoptr (GError) bad = NULL;

  *out_time = otherwise;
  if (text == NULL || sm_time_from_rfc3339 (text, out_time, NULL))
    return TRUE;
  sm_set_error (&bad, SM_ERROR_MALFORMED, "query-malformed", "%s is no moment (RFC 3339)", name);
  sm_error_set_param (bad, "name", name);
  g_propagate_error (error, g_steal_pointer (&bad));
  return FALSE;
}

static gboolean
parse_range (SmExchange    *exchange,
             StatsRequest  *request,
             GError       **error)
{
  SmRules *rules = sm_exchange_get_rules (exchange);
  gint64 now = sm_clock_now (sm_rules_get_network_clock (rules));
  gint64 max = request->table == SM_ROLLUP_STATION_MONTH ? 999912 : 99991231;

  request->as_of = now;
  if (request->table < 0)
    return parse_moment (exchange, SM_QUERY_FROM, now - SM_DAY, &request->from, error)
           && parse_moment (exchange, SM_QUERY_TO, now, &request->to, error)
           && sm_exchange_get_query_int (exchange, "area_id", 0, SM_JSON_MAX_ID, 0,
                                         &request->of_id, error);
  return sm_exchange_get_query_int (exchange, SM_QUERY_FROM, 0, max,
                                    sm_stats_default_from (rules, (SmRollupTable) request->table),
                                    &request->from, error)
         && sm_exchange_get_query_int (exchange, SM_QUERY_TO, 0, max, max, &request->to, error)
         && sm_exchange_get_query_int (exchange,
                                       request->table == SM_ROLLUP_FLEET_DAY ? "fleet_id"
                                                                             : "station_id",
                                       0, SM_JSON_MAX_ID, 0, &request->of_id, error);
}

static void
get_rollups (SmExchange *exchange)
{
  const char *name = sm_exchange_get_param (exchange, 0);
  g_autoptr (StatsRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < SM_ROLLUP_N_TABLES; i++)
    if (strcmp (sm_rollup_table_name (i), name) == 0)
      request->table = (int) i;
  if (request->table < 0 && strcmp (name, "area_quarter") != 0)
    sm_set_error (&error, SM_ERROR_NOT_FOUND, "route-unknown", "There are no statistics %s", name);
  if (error != NULL || !parse_range (exchange, request, &error))
    sm_exchange_fail (exchange, error);
  else
    sm_exchange_read (exchange, read_rollups, g_steal_pointer (&request), stats_request_free);
}

const SmRoute sm_stats_routes[] = {
  { "GET", SM_PATH_STATS_NOW, "order.read", 0, get_now },
  { "GET", SM_PATH_STATS "/{table}", "order.read", 0, get_rollups },
  { NULL },
};
