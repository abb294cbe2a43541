/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-diversions.h"
#include "sm-drivers.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-feed.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-reach.h"
#include "sm-routes.h"
#include "sm-row-codec.h"
#include "sm-series-codec.h"
#include "sm-telemetry.h"
#include "sm-time.h"

/* What there is to know of one thing beside its record. */

/* A little more than is kept. */
#define MAX_SPAN (36 * SM_DAY)
/* The nearest are what a dispatcher names on the phone. */
#define MOST_REACHABLE 20

typedef struct
{
  SmActor *actor;
  const SmNoun *noun;
  gint64 id;
  gint64 from, to; /* network time, of telemetry */
} ThingRequest;

static void
thing_request_free (gpointer data)
{
  ThingRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThingRequest, thing_request_free)

static ThingRequest *
begin_thing (SmExchange    *exchange,
             const SmNoun  *noun,
             GError       **error)
{
  g_autoptr (ThingRequest) request = g_new0 (ThingRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->noun = noun;
  if (!sm_asker_may_read (request->actor, noun, error)
      || !sm_exchange_get_id (exchange, 0, &request->id, error))
    return NULL;
  return g_steal_pointer (&request);
}

static gpointer
read_live (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const ThingRequest *request = data;
  const SmNoun *noun = request->noun;
  g_autoptr (SmRow) row = sm_feed_read_live_row (reader, request->actor, noun, request->id, error);
  SmJsonWriter *writer;

  if (row == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  for (guint i = 0; i < noun->n_fields; i++)
    if (i == SM_ROW_ID || noun->fields[i].klass == SM_LIVE)
      {
        sm_json_writer_name (writer, noun->fields[i].name);
        sm_row_write_field (writer, row, i);
      }
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_live (SmExchange *exchange,
          SmNounId    noun)
{
  g_autoptr (GError) error = NULL;
  ThingRequest *request = begin_thing (exchange, sm_noun_get (noun), &error);

  if (request == NULL)
    sm_exchange_fail (exchange, error);
  else
    sm_exchange_read (exchange, read_live, request, thing_request_free);
}

static void
get_vehicle_live (SmExchange *exchange)
{
  get_live (exchange, SM_NOUN_VEHICLE);
}

static void
get_station_live (SmExchange *exchange)
{
  get_live (exchange, SM_NOUN_STATION);
}

static void
get_battery_live (SmExchange *exchange)
{
  get_live (exchange, SM_NOUN_BATTERY);
}

static gpointer
read_telemetry (SmReader      *reader,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const ThingRequest *request = data;
  g_autoptr (SmSeries) series = sm_telemetry_read (reader, request->actor, request->noun,
                                                   request->id, request->from, request->to, error);
  SmJsonWriter *writer;

  if (series == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_series_write (writer, request->noun, series);
  return sm_answer_new_json (200, writer);
}

static gboolean
parse_moment (SmExchange  *exchange,
              const char  *name,
              gint64       otherwise,
              gint64      *out_at,
              GError     **error)
{
  const char *text = sm_exchange_get_query_text (exchange, name);

  *out_at = otherwise;
  if (text == NULL || sm_time_from_rfc3339 (text, out_at, NULL))
    return TRUE;
  sm_set_error (error, SM_ERROR_MALFORMED, "bad-time", "%s is no moment", name);
  return FALSE;
}

/* The last day, when nothing else is asked for; never more than is kept. */
static gboolean
parse_span (SmExchange    *exchange,
            ThingRequest  *request,
            GError       **error)
{
  gint64 now = sm_clock_now (sm_rules_get_network_clock (sm_exchange_get_rules (exchange)));

  if (!parse_moment (exchange, "to", now, &request->to, error)
      || !parse_moment (exchange, "from", request->to - SM_DAY, &request->from, error))
    return FALSE;
  request->to = MIN (request->to, now + SM_HOUR);
  request->from = MAX (request->from, now - MAX_SPAN);
  return TRUE;
}

static void
get_telemetry (SmExchange *exchange,
               SmNounId    noun)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ThingRequest) request = begin_thing (exchange, sm_noun_get (noun), &error);

  if (request == NULL || !parse_span (exchange, request, &error))
    sm_exchange_fail (exchange, error);
  else
    sm_exchange_read (exchange, read_telemetry, g_steal_pointer (&request), thing_request_free);
}

static void
get_vehicle_telemetry (SmExchange *exchange)
{
  get_telemetry (exchange, SM_NOUN_VEHICLE);
}

static void
get_station_telemetry (SmExchange *exchange)
{
  get_telemetry (exchange, SM_NOUN_STATION);
}

static gpointer
read_reach (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const ThingRequest *request = data;
  g_autoptr (GArray) found
      = sm_reach_find (rules, request->actor, request->id, MOST_REACHABLE, error);
  SmJsonWriter *writer;

  if (found == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, request->id);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < found->len; i++)
    {
      const SmReachable *reachable = &g_array_index (found, SmReachable, i);

      sm_json_writer_begin_object (writer);
      sm_json_writer_name (writer, "station_id");
      sm_json_writer_int (writer, reachable->station_id);
      sm_json_writer_name (writer, "road_m");
      sm_json_writer_int (writer, reachable->road_m);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

/* What the stations have ready is the writer's to know. */
static void
get_vehicle_reach (SmExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  ThingRequest *request = begin_thing (exchange, sm_noun_get (SM_NOUN_VEHICLE), &error);

  if (request == NULL)
    sm_exchange_fail (exchange, error);
  else
    sm_exchange_run (exchange, read_reach, request, thing_request_free);
}

/* --- where trucks could go --- */

static void
write_id (SmJsonWriter *writer,
          const char   *name,
          gint64        id)
{
  sm_json_writer_name (writer, name);
  if (id != SM_UNKNOWN)
    sm_json_writer_int (writer, id);
  else
    sm_json_writer_null (writer);
}

static void
write_diversion (SmJsonWriter      *writer,
                 const SmDiversion *diversion)
{
  const SmDivertChoice *choice = &diversion->choice;
  gboolean is_offer = choice->outcome == SM_DIVERT_OFFER;

  sm_json_writer_begin_object (writer);
  write_id (writer, "vehicle_id", diversion->vehicle_id);
  sm_json_writer_name (writer, "outcome");
  sm_json_writer_text (writer, sm_diversion_word (choice->outcome));
  write_id (writer, "station_id", diversion->station_id);
  write_id (writer, "bay_id", diversion->bay_id);
  write_id (writer, "battery_id", diversion->battery_id);
  write_id (writer, "road_m", is_offer ? (gint64) choice->road_m : SM_UNKNOWN);
  write_id (writer, "travel_s", is_offer ? choice->travel_s : SM_UNKNOWN);
  write_id (writer, "wait_s", is_offer ? choice->wait_s : SM_UNKNOWN);
  sm_json_writer_end_object (writer);
}

static gpointer
read_diversions (SmRules       *rules,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const ThingRequest *request = data;
  g_autoptr (GArray) found = sm_diversions_find (rules, request->actor, request->id, error);
  SmJsonWriter *writer;

  if (found == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, request->id);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < found->len; i++)
    write_diversion (writer, &g_array_index (found, SmDiversion, i));
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_diversions (SmExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  ThingRequest *request = begin_thing (exchange, sm_noun_get (SM_NOUN_STATION), &error);

  if (request == NULL)
    sm_exchange_fail (exchange, error);
  else
    sm_exchange_run (exchange, read_diversions, request, thing_request_free);
}

static gpointer
reveal (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const ThingRequest *request = data;
  g_autoptr (SmRow) driver = sm_drivers_reveal (rules, request->actor, request->id, error);

  return driver != NULL ? sm_answer_new_row (200, driver) : NULL;
}

/* Whether this person may is the verb's to say: a refusal belongs in the audit. */
static void
post_reveal (SmExchange *exchange)
{
  g_autoptr (ThingRequest) request = g_new0 (ThingRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  if (sm_exchange_get_id (exchange, 0, &request->id, &error))
    sm_exchange_run (exchange, reveal, g_steal_pointer (&request), thing_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_thing_routes[] = {
  { "GET", SM_PATH_BASE "/vehicles/{id}/live", NULL, 0, get_vehicle_live },
  { "GET", SM_PATH_BASE "/stations/{id}/live", NULL, 0, get_station_live },
  { "GET", SM_PATH_BASE "/batteries/{id}/live", NULL, 0, get_battery_live },
  { "GET", SM_PATH_BASE "/vehicles/{id}/reach", NULL, 0, get_vehicle_reach },
  { "GET", SM_PATH_BASE "/stations/{id}/diversions", "vehicle.read", 0, get_diversions },
  { "GET", SM_PATH_BASE "/vehicles/{id}/telemetry", NULL, 0, get_vehicle_telemetry },
  { "GET", SM_PATH_BASE "/stations/{id}/telemetry", NULL, 0, get_station_telemetry },
  { "POST", SM_PATH_BASE "/drivers/{id}/reveal", NULL, 0, post_reveal },
  { NULL },
};
