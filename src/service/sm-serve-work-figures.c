/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-answer.h"
#include "sm-asker.h"
#include "sm-exchange.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"
#include "sm-work-figures-codec.h"
#include "sm-work-figures-read.h"

/* What work orders say of those who do them and of what they are about. */

typedef struct
{
  SmActor *actor;
  gint64 from;
  gint64 to;
} FiguresRequest;

static void
figures_request_free (gpointer data)
{
  FiguresRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FiguresRequest, figures_request_free)

static gpointer
read_figures (SmReader      *reader,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const FiguresRequest *request = data;
  g_autoptr (SmWorkFigures) figures
      = sm_work_figures_ask (reader, request->actor, request->from, request->to, error);
  SmJsonWriter *writer;

  if (figures == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_work_figures_write (writer, figures);
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

  *out_time = otherwise;
  return text == NULL || sm_time_from_rfc3339 (text, out_time, NULL)
         || sm_asker_bad_query (name, "query-malformed", error);
}

static void
get_figures (SmExchange *exchange)
{
  g_autoptr (FiguresRequest) request = g_new0 (FiguresRequest, 1);
  gint64 now = sm_clock_now (sm_rules_get_network_clock (sm_exchange_get_rules (exchange)));
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  if (parse_moment (exchange, SM_QUERY_FROM, now - 30 * SM_DAY, &request->from, &error)
      && parse_moment (exchange, SM_QUERY_TO, now, &request->to, &error))
    sm_exchange_read_long (exchange, read_figures, g_steal_pointer (&request),
                           figures_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_work_figures_routes[] = {
  { "GET", SM_PATH_STATS_WORK_ORDERS, "work_order.read", 0, get_figures },
  { NULL },
};
