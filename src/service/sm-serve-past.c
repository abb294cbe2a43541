/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-past-codec.h"
#include "sm-past-read.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"

/* What was known of a thing over a stretch of time, or at a moment. */

#define DEFAULT_SPAN SM_HOUR
#define MAX_SPAN (7 * SM_DAY)
/* A station that says nothing for so long was silent then. */
#define VALUE_AGE (2 * SM_HOUR)

typedef struct
{
  SmActor *actor;
  const SmNoun *noun;
  gint64 id;
  gint64 from, to; /* network time */
  gint64 at;       /* SM_UNKNOWN: all of it */
} PastRequest;

static void
past_request_free (gpointer data)
{
  PastRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PastRequest, past_request_free)

static gpointer
read_past (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const PastRequest *request = data;
  g_autoptr (SmPast) past = sm_past_read (reader, request->actor, request->noun, request->id,
                                          request->from, request->to, error);
  SmJsonWriter *writer;

  if (past == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  if (request->at != SM_UNKNOWN)
    sm_past_write_moment (writer, past, request->at);
  else
    sm_past_write (writer, past);
  return sm_answer_new_json (200, writer);
}

static gboolean
parse_moment (SmExchange  *exchange,
              const char  *name,
              gint64      *out_at,
              GError     **error)
{
  const char *text = sm_exchange_get_query_text (exchange, name);

  *out_at = SM_UNKNOWN;
  if (text == NULL || sm_time_from_rfc3339 (text, out_at, NULL))
    return TRUE;
  sm_set_error (error, SM_ERROR_MALFORMED, "bad-time", "%s is no moment", name);
  return FALSE;
}

/* Of the future nothing is known. */
static gboolean
parse_span (SmExchange   *exchange,
            PastRequest  *request,
            GError      **error)
{
  gint64 now = sm_clock_now (sm_rules_get_network_clock (sm_exchange_get_rules (exchange)));

  if (!parse_moment (exchange, "at", &request->at, error)
      || !parse_moment (exchange, SM_QUERY_FROM, &request->from, error)
      || !parse_moment (exchange, SM_QUERY_TO, &request->to, error))
    return FALSE;
  if (request->at != SM_UNKNOWN)
    {
      request->to = request->at;
      request->from = request->at - VALUE_AGE;
    }
  if (request->to == SM_UNKNOWN)
    request->to = now;
  request->to = MIN (request->to, now);
  if (request->from == SM_UNKNOWN)
    request->from = request->to - DEFAULT_SPAN;
  if (request->from <= request->to && request->to - request->from <= MAX_SPAN)
    return TRUE;
  sm_set_error (error, SM_ERROR_MALFORMED, "bad-time",
                "The past is told of at most seven days that have been");
  return FALSE;
}

static void
get_past (SmExchange *exchange,
          SmNounId    noun)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PastRequest) request = g_new0 (PastRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->noun = sm_noun_get (noun);
  if (sm_asker_may_read (request->actor, request->noun, &error)
      && sm_exchange_get_id (exchange, 0, &request->id, &error)
      && parse_span (exchange, request, &error))
    sm_exchange_read_long (exchange, read_past, g_steal_pointer (&request), past_request_free);
  else
    sm_exchange_fail (exchange, error);
}

static void
get_vehicle_past (SmExchange *exchange)
{
  get_past (exchange, SM_NOUN_VEHICLE);
}

static void
get_station_past (SmExchange *exchange)
{
  get_past (exchange, SM_NOUN_STATION);
}

static void
get_area_past (SmExchange *exchange)
{
  get_past (exchange, SM_NOUN_AREA);
}

static void
get_desk_past (SmExchange *exchange)
{
  get_past (exchange, SM_NOUN_DESK);
}

const SmRoute sm_past_routes[] = {
  { "GET", SM_PATH_BASE "/vehicles/{id}" SM_PATH_PAST, NULL, 0, get_vehicle_past },
  { "GET", SM_PATH_BASE "/stations/{id}" SM_PATH_PAST, NULL, 0, get_station_past },
  { "GET", SM_PATH_BASE "/areas/{id}" SM_PATH_PAST, NULL, 0, get_area_past },
  { "GET", SM_PATH_BASE "/desks/{id}" SM_PATH_PAST, NULL, 0, get_desk_past },
  { NULL },
};
