/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-edits.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"
#include "sm-what-if.h"

#include <math.h>

#define MAX_VALUE 1e9
#define MAX_DELAY_S 86400
#define MAX_TEXT_CHARS 500

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 limit_id;
  gint64 if_seq;
  SmRow *changes;
  char *reason; /* (nullable): with the risk, if that was said */
} LimitRequest;

static void
limit_request_free (gpointer data)
{
  LimitRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_clear_pointer (&request->changes, sm_row_unref);
  g_free (request->reason);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimitRequest, limit_request_free)

static gpointer
change_limit (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const LimitRequest *request = data;
  g_autoptr (SmRow) current = NULL;
  g_autoptr (SmRow) limit = NULL;
  g_autoptr (GError) problem = NULL;

  limit = sm_limits_change (rules, request->actor, request->key, request->limit_id, request->if_seq,
                            request->changes, request->reason, &current, &problem);
  if (limit == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return sm_answer_new_row (200, limit);
}

static gboolean
take_real (JsonObject  *body,
           SmRow       *changes,
           guint        field,
           double       min,
           double       max,
           GError     **error)
{
  const char *name = sm_noun_get (SM_NOUN_LIMIT)->fields[field].name;
  double value;

  if (!json_object_has_member (body, name))
    return TRUE;
  if (!sm_json_get_real (body, name, SM_JSON_REQUIRED, min, max, &value, error))
    return FALSE;
  sm_row_set_real (changes, field, value);
  return TRUE;
}

static gboolean
take_level (JsonObject  *body,
            SmRow       *changes,
            GError     **error)
{
  gint64 level;

  if (!json_object_has_member (body, "level"))
    return TRUE;
  if (!sm_json_get_int (body, "level", SM_JSON_REQUIRED, 1, 4, &level, error))
    return FALSE;
  sm_row_set_int (changes, SM_LIMIT_LEVEL, level);
  return TRUE;
}

static gboolean
take_enabled (JsonObject  *body,
              SmRow       *changes,
              GError     **error)
{
  gboolean enabled;

  if (!json_object_has_member (body, "enabled"))
    return TRUE;
  if (!sm_json_get_bool (body, "enabled", SM_JSON_REQUIRED, &enabled, error))
    return FALSE;
  sm_row_set_int (changes, SM_LIMIT_ENABLED, enabled);
  return TRUE;
}

/* Both stay in the audit, as what was said of the change. */
static gboolean
take_reason (JsonObject    *body,
             LimitRequest  *request,
             GError       **error)
{
  const char *reason = NULL, *risk = NULL;

  if (!sm_json_get_text (body, "reason", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &reason, error)
      || !sm_json_get_text (body, "risk", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &risk, error))
    return FALSE;
  if (reason != NULL && *reason != '\0')
    request->reason = risk != NULL && *risk != '\0' ? g_strdup_printf ("%s\n%s", reason, risk)
                                                   : g_strdup (reason);
  return TRUE;
}

static gboolean
parse_patch (SmExchange    *exchange,
             LimitRequest  *request,
             GError       **error)
{
  static const char *const changeable[] = { "raise_at", "clear_at", "delay_s", "level",
                                            "enabled",  "reason",   "risk",    NULL };
  JsonObject *body = sm_exchange_get_object (exchange);

  request->changes = sm_row_new (sm_noun_get (SM_NOUN_LIMIT));
  return sm_exchange_get_id (exchange, 0, &request->limit_id, error) &&
         sm_asker_if_match (exchange, &request->if_seq, error) &&
         sm_asker_only_members (body, sm_noun_get (SM_NOUN_LIMIT), changeable, error) &&
         take_real (body, request->changes, SM_LIMIT_RAISE_AT, -MAX_VALUE, MAX_VALUE, error) &&
         take_real (body, request->changes, SM_LIMIT_CLEAR_AT, -MAX_VALUE, MAX_VALUE, error) &&
         take_real (body, request->changes, SM_LIMIT_DELAY_S, 0, MAX_DELAY_S, error) &&
         take_level (body, request->changes, error)
         && take_enabled (body, request->changes, error) && take_reason (body, request, error);
}

static void
patch_limit (SmExchange *exchange)
{
  g_autoptr (LimitRequest) request = g_new0 (LimitRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  if (parse_patch (exchange, request, &error))
    sm_exchange_run (exchange, change_limit, g_steal_pointer (&request), limit_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- what would be --- */

typedef struct
{
  SmActor *actor;
  gint64 limit_id;
  double value;
  gint64 from, to; /* network time */
} WhatIfRequest;

static void
what_if_request_free (gpointer data)
{
  WhatIfRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WhatIfRequest, what_if_request_free)

static void
write_int (SmJsonWriter *writer,
           const char   *name,
           gint64        value)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_int (writer, value);
}

static void
write_real (SmJsonWriter *writer,
            const char   *name,
            double        value)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_real (writer, value);
}

static void
write_time (SmJsonWriter *writer,
            const char   *name,
            gint64        at)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_time (writer, at);
}

/* The sum of a part: what samples tell, or what quarters of an hour do. */
static void
write_sum (SmJsonWriter   *writer,
           const char     *name,
           const SmWhatIf *what_if,
           gboolean        exact)
{
  gint64 now = 0, proposed = 0;

  for (guint i = 0; i < what_if->counts->len; i++)
    {
      const SmWhatIfCount *count = &g_array_index (what_if->counts, SmWhatIfCount, i);

      now += count->exact == exact ? count->now : 0;
      proposed += count->exact == exact ? count->proposed : 0;
    }
  sm_json_writer_name (writer, name);
  sm_json_writer_begin_object (writer);
  write_int (writer, "now", now);
  write_int (writer, "proposed", proposed);
  sm_json_writer_end_object (writer);
}

static void
write_count (SmJsonWriter        *writer,
             const SmWhatIfCount *count)
{
  sm_json_writer_begin_object (writer);
  write_int (writer, "day", count->day);
  sm_json_writer_name (writer, "area_id");
  if (count->area_id != 0)
    sm_json_writer_int (writer, count->area_id);
  else
    sm_json_writer_null (writer);
  sm_json_writer_name (writer, "exact");
  sm_json_writer_bool (writer, count->exact);
  write_int (writer, "now", count->now);
  write_int (writer, "proposed", count->proposed);
  sm_json_writer_end_object (writer);
}

static void
write_hours (SmJsonWriter   *writer,
             const SmWhatIf *what_if)
{
  sm_json_writer_name (writer, "hours");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < what_if->hours->len; i++)
    {
      const SmWhatIfHour *hour = &g_array_index (what_if->hours, SmWhatIfHour, i);

      sm_json_writer_begin_object (writer);
      write_time (writer, "at", hour->at);
      sm_json_writer_name (writer, "exact");
      sm_json_writer_bool (writer, hour->exact);
      write_int (writer, "now", hour->now);
      write_int (writer, "proposed", hour->proposed);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

static void
write_rings (SmJsonWriter   *writer,
             const SmWhatIf *what_if)
{
  sm_json_writer_name (writer, "rings");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < what_if->rings->len; i++)
    {
      const SmWhatIfThing *thing = &g_array_index (what_if->rings, SmWhatIfThing, i);

      sm_json_writer_begin_object (writer);
      write_int (writer, "id", thing->id);
      write_int (writer, "now", thing->now);
      write_int (writer, "proposed", thing->proposed);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

static void
write_what_if (SmJsonWriter   *writer,
               const SmWhatIf *what_if)
{
  sm_json_writer_begin_object (writer);
  write_int (writer, "limit_id", what_if->limit_id);
  write_real (writer, "raise_at", what_if->value_now);
  write_real (writer, "clear_at", what_if->clear_now);
  write_real (writer, "proposed_raise_at", what_if->value);
  write_real (writer, "proposed_clear_at", what_if->clear);
  write_real (writer, "band", what_if->band);
  write_int (writer, "things", what_if->things);
  write_time (writer, "from", what_if->from);
  write_time (writer, "exact_from", what_if->exact_from);
  write_time (writer, "to", what_if->to);
  write_sum (writer, "estimate", what_if, FALSE);
  write_sum (writer, "exact", what_if, TRUE);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < what_if->counts->len; i++)
    write_count (writer, &g_array_index (what_if->counts, SmWhatIfCount, i));
  sm_json_writer_end_array (writer);
  write_hours (writer, what_if);
  write_rings (writer, what_if);
  sm_json_writer_end_object (writer);
}

static gpointer
reckon_what_if (SmReader      *reader,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const WhatIfRequest *request = data;
  g_autoptr (SmWhatIf) what_if
      = sm_what_if_reckon (reader, request->actor, request->limit_id, request->value,
                           request->from, request->to, cancellable, error);
  SmJsonWriter *writer;

  if (what_if == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  write_what_if (writer, what_if);
  return sm_answer_new_json (200, writer);
}

static gboolean
refuse_query (const char  *name,
              GError     **error)
{
  g_autoptr (GError) bad = NULL;

  sm_set_error (&bad, SM_ERROR_MALFORMED, "query-malformed", "%s cannot be read", name);
  sm_error_set_param (bad, "name", name);
  g_propagate_error (error, g_steal_pointer (&bad));
  return FALSE;
}

static gboolean
parse_value (SmExchange  *exchange,
             double      *out_value,
             GError     **error)
{
  const char *text = sm_exchange_get_query_text (exchange, "value");
  char *end = NULL;

  if (text == NULL || !(g_ascii_isdigit (text[0]) || text[0] == '-'))
    return refuse_query ("value", error);
  *out_value = g_ascii_strtod (text, &end);
  return (*end == '\0' && isfinite (*out_value) && fabs (*out_value) <= MAX_VALUE)
         || refuse_query ("value", error);
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
  return text == NULL || sm_time_from_rfc3339 (text, out_at, NULL) || refuse_query (name, error);
}

static void
get_what_if (SmExchange *exchange)
{
  g_autoptr (WhatIfRequest) request = g_new0 (WhatIfRequest, 1);
  g_autoptr (GError) error = NULL;
  gint64 now = sm_clock_now (sm_rules_get_network_clock (sm_exchange_get_rules (exchange)));

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  if (sm_exchange_get_id (exchange, 0, &request->limit_id, &error)
      && parse_value (exchange, &request->value, &error)
      && parse_moment (exchange, SM_QUERY_TO, now, &request->to, &error)
      && parse_moment (exchange, SM_QUERY_FROM, request->to - 2 * SM_DAY, &request->from, &error))
    sm_exchange_read_long (exchange, reckon_what_if, g_steal_pointer (&request),
                           what_if_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_limit_routes[] = {
  { "GET", SM_PATH_BASE "/limits/{id}/what_if", "alarm.read", 0, get_what_if },
  { "PATCH", SM_PATH_BASE "/limits/{id}", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE,
    patch_limit },
  { NULL },
};
