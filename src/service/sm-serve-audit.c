/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-audit.h"
#include "sm-exchange.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-routes.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 5000

typedef struct
{
  SmActor *actor;
  char *object; /* (nullable): all */
  gint64 before_id;
  guint limit;
} AuditRequest;

static void
audit_request_free (gpointer data)
{
  AuditRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->object);
  g_free (request);
}

static void
write_text (SmJsonWriter *writer,
            const char   *name,
            const char   *value)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_text (writer, value);
}

static void
write_json (SmJsonWriter *writer,
            const char   *name,
            const char   *json)
{
  sm_json_writer_name (writer, name);
  if (json != NULL)
    sm_json_writer_raw (writer, json, -1);
  else
    sm_json_writer_null (writer);
}

static void
write_entry (SmJsonWriter       *writer,
             const SmAuditEntry *entry)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, entry->id);
  sm_json_writer_name (writer, "at");
  sm_json_writer_time (writer, entry->at);
  sm_json_writer_name (writer, "machine_at");
  sm_json_writer_time (writer, entry->machine_at);
  write_text (writer, "actor_kind", entry->actor_kind);
  sm_json_writer_name (writer, "actor_id");
  sm_json_writer_int (writer, entry->actor_id);
  write_text (writer, "actor", entry->actor);
  write_text (writer, "address", entry->address);
  write_text (writer, "act", entry->act);
  write_text (writer, "object", entry->object);
  write_text (writer, "outcome", entry->outcome);
  write_text (writer, "reason", entry->reason);
  write_json (writer, "before", entry->before);
  write_json (writer, "after", entry->after);
  sm_json_writer_end_object (writer);
}

static char *
next_link (const AuditRequest *request,
           gint64              last_id)
{
  g_autofree char *object =
      request->object != NULL ? g_uri_escape_string (request->object, "/", FALSE) : NULL;

  return g_strdup_printf ("<" SM_PATH_AUDIT "?limit=%u%s%s&before=%" G_GINT64_FORMAT
                          ">; rel=\"next\"",
                          request->limit, object != NULL ? "&object=" : "",
                          object != NULL ? object : "", last_id);
}

static gpointer
read_audit (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const AuditRequest *request = data;
  gboolean more = FALSE;
  g_autoptr (GPtrArray) entries = sm_audit_read (reader, request->actor, request->object,
                                                 request->before_id, request->limit, &more, error);
  const SmAuditEntry *last;
  SmJsonWriter *writer;
  SmAnswer *answer;

  if (entries == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < entries->len; i++)
    write_entry (writer, g_ptr_array_index (entries, i));
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  answer = sm_answer_new_json (200, writer);
  if (more && entries->len > 0)
    {
      last = g_ptr_array_index (entries, entries->len - 1);
      answer->link = next_link (request, last->id);
    }
  return answer;
}

static void
get_audit (SmExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  AuditRequest *request;
  gint64 limit, before;

  if (!sm_exchange_get_query_int (exchange, SM_QUERY_LIMIT, 1, MAX_LIMIT, DEFAULT_LIMIT, &limit,
                                  &error) ||
      !sm_exchange_get_query_int (exchange, "before", 1, SM_JSON_MAX_ID, 0, &before, &error))
    {
      sm_exchange_fail (exchange, error);
      return;
    }
  request = g_new0 (AuditRequest, 1);
  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->object = g_strdup (sm_exchange_get_query_text (exchange, "object"));
  request->before_id = before;
  request->limit = (guint) limit;
  sm_exchange_read (exchange, read_audit, request, audit_request_free);
}

const SmRoute sm_audit_routes[] = {
  { "GET", SM_PATH_AUDIT, "audit.read", 0, get_audit },
  { NULL },
};
