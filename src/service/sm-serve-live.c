/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-feed.h"
#include "sm-json-reader.h"
#include "sm-live-codec.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-service-private.h"

typedef struct
{
  SmActor *actor;
  const SmNoun *noun;
  gint64 since;
} LiveRequest;

static void
live_request_free (gpointer data)
{
  LiveRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

static gpointer
read_vehicles (SmReader      *reader,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const LiveRequest *request = data;
  g_autoptr (SmVehicleBatch) batch =
      sm_feed_read_live_vehicles (sm_reader_get_rules (reader), request->actor, request->since);
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_live_vehicles_write (writer, &batch->columns, batch->tick);
  return sm_poll_page_new (writer, batch->columns.n == 0);
}

static gpointer
read_rows (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const LiveRequest *request = data;
  gint64 tick = 0;
  g_autoptr (GPtrArray) rows =
      sm_feed_read_live_rows (sm_reader_get_rules (reader), request->actor, request->noun,
                              request->since, &tick);
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_live_rows_write (writer, request->noun, rows, tick);
  return sm_poll_page_new (writer, rows->len == 0);
}

static gboolean
has_live_fields (const SmNoun *noun)
{
  for (guint i = 0; noun != NULL && i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_LIVE)
      return TRUE;
  return FALSE;
}

static const SmNoun *
find_live_noun (SmExchange  *exchange,
                GError     **error)
{
  const SmNoun *noun = sm_noun_by_plural (sm_exchange_get_param (exchange, 0));

  if (has_live_fields (noun))
    return noun;
  sm_set_error (error, SM_ERROR_NOT_FOUND, "route-unknown", "Nothing of this kind is live");
  return NULL;
}

/* Everything known is asked for by no tick, by 0 and by one from the future:
 * one answer serves all three. */
static gboolean
parse_since (SmExchange  *exchange,
             gint64      *out_since,
             GError     **error)
{
  if (!sm_exchange_get_query_int (exchange, SM_QUERY_SINCE, 0, SM_JSON_MAX_ID, 0, out_since, error))
    return FALSE;
  if (*out_since > sm_rules_get_tick (sm_exchange_get_rules (exchange)))
    *out_since = 0;
  return TRUE;
}

static void
get_live (SmExchange *exchange)
{
  SmActor *actor = sm_exchange_get_actor (exchange);
  g_autofree char *access = sm_asker_key (actor);
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  const SmNoun *noun = find_live_noun (exchange, &error);
  LiveRequest *request;
  gint64 since;
  guint wait_s;

  if (noun == NULL || !sm_asker_may_read (actor, noun, &error) ||
      !parse_since (exchange, &since, &error) || !sm_asker_wait (exchange, &wait_s, &error))
    {
      sm_exchange_fail (exchange, error);
      return;
    }
  request = g_new0 (LiveRequest, 1);
  request->actor = sm_actor_ref (actor);
  request->noun = noun;
  request->since = since;
  key = g_strdup_printf ("live %s %" G_GINT64_FORMAT " %s", noun->name, since, access);
  sm_polls_wait (sm_exchange_get_service (exchange)->polls, exchange, key, SM_POLL_LIVE,
                 since > 0 ? wait_s : 0, noun->id == SM_NOUN_VEHICLE ? read_vehicles : read_rows,
                 request, live_request_free);
}

const SmRoute sm_live_routes[] = {
  { "GET", SM_PATH_LIVE "/{kind}", NULL, 0, get_live },
  { NULL },
};
