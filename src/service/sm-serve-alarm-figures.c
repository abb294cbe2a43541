/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include <math.h>

#include "sm-alarm-figures-codec.h"
#include "sm-alarm-figures-read.h"
#include "sm-asker.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"

typedef struct
{
  SmActor *actor;
  gint64 area_id;
  gint64 from;
  gint64 to;
  gint64 now; /* network time */
  gint64 if_rev;
  SmAlarmTargets changes; /* NAN: stays */
} FiguresRequest;

static void
figures_request_free (gpointer data)
{
  FiguresRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FiguresRequest, figures_request_free)

static FiguresRequest *
request_new (SmExchange *exchange)
{
  FiguresRequest *request = g_new0 (FiguresRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->now = sm_clock_now (sm_rules_get_network_clock (sm_exchange_get_rules (exchange)));
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    SM_ALARM_TARGET (&request->changes, i) = NAN;
  return request;
}

/* --- the figures --- */

static gpointer
read_figures (SmReader      *reader,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const FiguresRequest *request = data;
  g_autoptr (SmAlarmFigures) figures
      = sm_alarm_figures_reckon (reader, request->actor, request->area_id, request->from,
                                 request->to, request->now, error);
  SmJsonWriter *writer;

  if (figures == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_alarm_figures_write (writer, figures);
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

static void
get_figures (SmExchange *exchange)
{
  g_autoptr (FiguresRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  if (parse_moment (exchange, SM_QUERY_FROM, request->now - SM_DAY, &request->from, &error)
      && parse_moment (exchange, SM_QUERY_TO, request->now, &request->to, &error)
      && sm_exchange_get_query_int (exchange, "area_id", 0, SM_JSON_MAX_ID, 0, &request->area_id,
                                    &error))
    sm_exchange_read_long (exchange, read_figures, g_steal_pointer (&request),
                           figures_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- what they are held against --- */

static SmAnswer *
answer_new (const SmAlarmTargets *targets,
            gint64                rev)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_alarm_targets_write (writer, targets);
  return sm_answer_new_state (writer, rev);
}

static gpointer
read_targets (SmReader      *reader,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SmAlarmTargets targets;
  gint64 rev;

  return sm_alarm_targets_get (reader, &targets, &rev, error) ? answer_new (&targets, rev) : NULL;
}

static void
get_targets (SmExchange *exchange)
{
  sm_exchange_read (exchange, read_targets, request_new (exchange), figures_request_free);
}

static gpointer
change_targets (SmRules       *rules,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const FiguresRequest *request = data;
  SmAlarmTargets targets;
  gint64 rev;

  return sm_alarm_targets_change (rules, request->actor, request->if_rev, &request->changes,
                                  &targets, &rev, error)
             ? answer_new (&targets, rev)
             : NULL;
}

static gboolean
parse_patch (SmExchange      *exchange,
             FiguresRequest  *request,
             GError         **error)
{
  JsonObject *body = sm_exchange_get_object (exchange);

  if (!sm_asker_if_match (exchange, &request->if_rev, error))
    return FALSE;
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    if (json_object_has_member (body, sm_alarm_targets[i].name)
        && !sm_json_get_real (body, sm_alarm_targets[i].name, SM_JSON_REQUIRED,
                              sm_alarm_targets[i].least, sm_alarm_targets[i].most,
                              &SM_ALARM_TARGET (&request->changes, i), error))
      return FALSE;
  return TRUE;
}

/* Who may not is refused by the rules, which tell the audit. */
static void
patch_targets (SmExchange *exchange)
{
  g_autoptr (FiguresRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  if (parse_patch (exchange, request, &error)
      || !sm_actor_may (request->actor, "alarm_target.change"))
    sm_exchange_run (exchange, change_targets, g_steal_pointer (&request), figures_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_alarm_figures_routes[] = {
  { "GET", SM_PATH_STATS_ALARMS, "alarm.read", 0, get_figures },
  { "GET", SM_PATH_ALARM_TARGETS, "alarm.read", 0, get_targets },
  { "PATCH", SM_PATH_ALARM_TARGETS, NULL, SM_ROUTE_OBJECT, patch_targets },
  { NULL },
};
