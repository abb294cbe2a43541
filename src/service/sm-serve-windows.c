/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-answer.h"
#include "sm-asked.h"
#include "sm-asker.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-windows.h"

/* Maintenance windows: planned, approved, closed. */

#define MAX_WORD_CHARS 40
#define MAX_TEXT_CHARS 2000

typedef struct
{
  SmAsked asked;
  SmWindowPlan plan;
  gint64 id;
  SmWindowAct act;
  const char *reason; /* (nullable) */
} WindowRequest;

static void
window_request_free (gpointer data)
{
  WindowRequest *request = data;

  sm_asked_clear (&request->asked);
  g_free (request);
}

static WindowRequest *
request_new (SmExchange *exchange)
{
  WindowRequest *request = g_new0 (WindowRequest, 1);

  sm_asked_take (&request->asked, exchange);
  return request;
}

/* --- planning one --- */

static gpointer
plan (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  const WindowRequest *request = data;
  g_autoptr (SmRow) window
      = sm_windows_plan (rules, request->asked.actor, request->asked.key, &request->plan, error);

  return window != NULL ? sm_answer_new_row (201, window) : NULL;
}

static gboolean
parse_plan (WindowRequest  *request,
            GError        **error)
{
  JsonObject *body = request->asked.body;
  SmWindowPlan *wanted = &request->plan;

  return sm_json_get_text (body, "scope_noun", SM_JSON_REQUIRED, MAX_WORD_CHARS,
                           &wanted->scope_noun, error)
         && sm_json_get_int (body, "scope_id", SM_JSON_REQUIRED, 1, SM_JSON_MAX_ID,
                             &wanted->scope_id, error)
         && sm_json_get_time (body, "starts_at", SM_JSON_REQUIRED, &wanted->starts_at, error)
         && sm_json_get_time (body, "ends_at", SM_JSON_REQUIRED, &wanted->ends_at, error)
         && sm_json_get_text (body, "reason", SM_JSON_REQUIRED, MAX_TEXT_CHARS, &wanted->reason,
                              error)
         && sm_json_get_text (body, "risk", SM_JSON_REQUIRED, MAX_WORD_CHARS, &wanted->risk, error)
         && sm_json_get_text (body, "risk_note", SM_JSON_REQUIRED, MAX_TEXT_CHARS,
                              &wanted->risk_note, error)
         && sm_json_get_text (body, "suppresses", SM_JSON_REQUIRED, MAX_WORD_CHARS,
                              &wanted->suppresses, error);
}

/* Whether this person may is the verb's to say: a refusal belongs in the audit. */
static void
post_plan (SmExchange *exchange)
{
  WindowRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  sm_asked_run (exchange, parse_plan (request, &error), plan, request, window_request_free, &error);
}

/* --- what becomes of it --- */

static gpointer
act (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  const WindowRequest *request = data;
  g_autoptr (SmRow) current = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (SmRow) window
      = sm_windows_act (rules, request->asked.actor, request->asked.key, request->id, request->act,
                        request->plan.ends_at, request->reason, &current, &problem);

  if (window == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return sm_answer_new_row (200, window);
}

static void
post_act (SmExchange  *exchange,
          SmWindowAct  what,
          const char  *reason,
          SmJsonFlags  needs_reason,
          SmJsonFlags  needs_time)
{
  WindowRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  request->act = what;
  sm_asked_run (exchange,
                sm_exchange_get_id (exchange, 0, &request->id, &error)
                    && sm_json_get_time (request->asked.body, "ends_at", needs_time,
                                         &request->plan.ends_at, &error)
                    && sm_json_get_text (request->asked.body, reason, needs_reason, MAX_TEXT_CHARS,
                                         &request->reason, &error),
                act, request, window_request_free, &error);
}

static void
post_approve (SmExchange *exchange)
{
  post_act (exchange, SM_WINDOW_ACT_APPROVE, "reason", SM_JSON_OPTIONAL, SM_JSON_OPTIONAL);
}

static void
post_cancel (SmExchange *exchange)
{
  post_act (exchange, SM_WINDOW_ACT_CANCEL, "reason", SM_JSON_REQUIRED, SM_JSON_OPTIONAL);
}

static void
post_close (SmExchange *exchange)
{
  post_act (exchange, SM_WINDOW_ACT_CLOSE, "override_reason", SM_JSON_OPTIONAL, SM_JSON_OPTIONAL);
}

static void
post_extend (SmExchange *exchange)
{
  post_act (exchange, SM_WINDOW_ACT_EXTEND, "reason", SM_JSON_REQUIRED, SM_JSON_REQUIRED);
}

#define ACT SM_ROUTE_KEYED | SM_ROUTE_OBJECT

const SmRoute sm_window_routes[] = {
  { "POST", SM_PATH_WINDOWS, NULL, ACT | SM_ROUTE_BESIDE, post_plan },
  { "POST", SM_PATH_WINDOWS "/{id}/approve", NULL, ACT, post_approve },
  { "POST", SM_PATH_WINDOWS "/{id}/cancel", NULL, ACT, post_cancel },
  { "POST", SM_PATH_WINDOWS "/{id}/close", NULL, ACT, post_close },
  { "POST", SM_PATH_WINDOWS "/{id}/extend", NULL, ACT, post_extend },
  { NULL },
};
