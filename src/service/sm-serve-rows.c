/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-feed.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-row-codec.h"
#include "sm-serve-history.h"

#include <string.h>

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 5000

/* Every noun has a collection and its items, by its field table. */

typedef struct
{
  SmActor *actor;
  const SmNoun *noun;
  gint64 id; /* of the item, or after which the page begins */
  guint limit;
  int filter; /* field, or -1 */
  char *value;
} RowsRequest;

static void
rows_request_free (gpointer data)
{
  RowsRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->value);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RowsRequest, rows_request_free)

/* The same question, from where this page ends. */
static char *
next_link (const RowsRequest *request,
           gint64             last_id)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *value = NULL;

  g_string_append_printf (query, "limit=%u", request->limit);
  if (request->filter >= 0)
    {
      value = g_uri_escape_string (request->value, NULL, FALSE);
      g_string_append_printf (query, "&%s=%s", request->noun->fields[request->filter].name, value);
    }
  return g_strdup_printf ("<" SM_PATH_BASE "/%s?%s&after=%" G_GINT64_FORMAT ">; rel=\"next\"",
                          request->noun->plural, query->str, last_id);
}

static gpointer
read_page (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const RowsRequest *request = data;
  gboolean more = FALSE;
  g_autoptr (GPtrArray) rows =
      sm_feed_read_rows (reader, request->actor, request->noun, request->filter, request->value,
                         request->id, request->limit, &more, error);
  SmJsonWriter *writer;
  SmAnswer *answer;

  if (rows == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < rows->len; i++)
    sm_row_write (writer, g_ptr_array_index (rows, i), SM_ROW_RECORD);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  answer = sm_answer_new_json (200, writer);
  if (more && rows->len > 0)
    answer->link = next_link (request, sm_row_get_id (g_ptr_array_index (rows, rows->len - 1)));
  return answer;
}

static gpointer
read_history_item (SmReader      *reader,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const RowsRequest *request = data;
  g_autoptr (SmRow) row =
      sm_history_read_row (reader, request->actor, request->noun, request->id, error);

  return row != NULL ? sm_answer_new_row (200, row) : NULL;
}

static gpointer
read_item (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const RowsRequest *request = data;
  g_autoptr (SmRow) row =
      sm_feed_read_row (reader, request->actor, request->noun, request->id, error);

  return row != NULL ? sm_answer_new_row (200, row) : NULL;
}

static RowsRequest *
begin_request (SmExchange  *exchange,
               GError     **error)
{
  SmActor *actor = sm_exchange_get_actor (exchange);
  const SmNoun *noun = sm_noun_by_plural (sm_exchange_get_param (exchange, 0));
  RowsRequest *request;

  if (noun == NULL)
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "route-unknown", "There is nothing at this path");
      return NULL;
    }
  if (!sm_asker_may_read (actor, noun, error))
    return NULL;
  request = g_new0 (RowsRequest, 1);
  request->actor = sm_actor_ref (actor);
  request->noun = noun;
  request->filter = -1;
  return request;
}

/* A filter that is silently not applied shows what was not asked for, so what
 * is not understood is refused. */
static gboolean
parse_filter (SmExchange   *exchange,
              RowsRequest  *request,
              GError      **error)
{
  GHashTable *query = sm_exchange_get_query (exchange);
  GHashTableIter iter;
  gpointer name, value;
  int field;

  if (query == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (strcmp (name, SM_QUERY_LIMIT) == 0 || strcmp (name, "after") == 0)
        continue;
      field = sm_noun_find_field (request->noun, name, strlen (name));
      if (field < 0 || request->noun->fields[field].klass != SM_RECORD)
        return sm_asker_bad_query (name, "filter-unknown", error);
      if (request->filter >= 0)
        return sm_asker_bad_query (name, "filters-too-many", error);
      request->filter = field;
      request->value = g_strdup (value);
    }
  return TRUE;
}

static void
get_page (SmExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RowsRequest) request = begin_request (exchange, &error);
  gint64 limit;

  if (request != NULL && sm_serve_history_page (exchange, request->noun))
    return;
  if (request == NULL || !parse_filter (exchange, request, &error) ||
      !sm_exchange_get_query_int (exchange, "after", 0, SM_JSON_MAX_ID, 0, &request->id, &error) ||
      !sm_exchange_get_query_int (exchange, SM_QUERY_LIMIT, 1, MAX_LIMIT, DEFAULT_LIMIT, &limit,
                                  &error))
    {
      sm_exchange_fail (exchange, error);
      return;
    }
  request->limit = (guint) limit;
  sm_exchange_read (exchange, read_page, g_steal_pointer (&request), rows_request_free);
}

static void
get_item (SmExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RowsRequest) request = begin_request (exchange, &error);

  if (request == NULL || !sm_exchange_get_id (exchange, 1, &request->id, &error))
    sm_exchange_fail (exchange, error);
  else
    {
      SmReadFunc func = request->noun->is_history ? read_history_item : read_item;

      sm_exchange_read (exchange, func, g_steal_pointer (&request), rows_request_free);
    }
}

const SmRoute sm_row_routes[] = {
  { "GET", SM_PATH_BASE "/{kinds}", NULL, 0, get_page },
  { "GET", SM_PATH_BASE "/{kinds}/{id}", NULL, 0, get_item },
  { NULL },
};
