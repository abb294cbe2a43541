/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-serve-history.h"

#include <string.h>

#include "sm-asker.h"
#include "sm-error.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-row-codec.h"
#include "sm-time.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 5000

/* Pages of what happened, by its time: orders, movements, driving events, and
 * alarms where a sort is asked for. */

typedef struct
{
  SmActor *actor;
  SmHistoryQuery query;
  GStringChunk *texts; /* of the filters' values */
  char *same;          /* the question without the place, for the next page */
} HistoryRequest;

static void
history_request_free (gpointer data)
{
  HistoryRequest *request = data;

  sm_actor_unref (request->actor);
  g_string_chunk_free (request->texts);
  g_free (request->same);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HistoryRequest, history_request_free)

static char *
next_link (const HistoryRequest *request,
           const SmRow          *last)
{
  return g_strdup_printf ("<" SM_PATH_BASE "/%s?%s" SM_QUERY_AFTER "=%" G_GINT64_FORMAT
                          ".%" G_GINT64_FORMAT ">; rel=\"next\"",
                          request->query.noun->plural, request->same, sm_history_time (last),
                          sm_row_get_id (last));
}

static gpointer
read_page (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const HistoryRequest *request = data;
  gboolean more = FALSE;
  g_autoptr (GPtrArray) rows = sm_history_read (reader, request->actor, &request->query, &more,
                                                error);
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
    answer->link = next_link (request, g_ptr_array_index (rows, rows->len - 1));
  return answer;
}

static gboolean
parse_after (HistoryRequest  *request,
             const char      *value,
             GError         **error)
{
  char *end;

  request->query.after_time = g_ascii_strtoll (value, &end, 10);
  if (end == value || *end != '.'
      || !g_ascii_string_to_signed (end + 1, 10, 1, SM_JSON_MAX_ID, &request->query.after_id, NULL))
    return sm_asker_bad_query (SM_QUERY_AFTER, "query-malformed", error);
  return TRUE;
}

static gboolean
parse_sort (HistoryRequest  *request,
            const char      *value,
            GError         **error)
{
  const SmNoun *noun = request->query.noun;
  const char *time = noun->fields[sm_history_time_field (noun)].name;

  request->query.newest_first = *value == '-';
  if (strcmp (value + request->query.newest_first, time) != 0)
    return sm_asker_bad_query (SM_QUERY_SORT, "sort-unknown", error);
  return TRUE;
}

/* "ended_from" and "ended_to" of "ended_at"; "at_from" of "at".
 * Returns: the place for the moment that @name names, if it is one */
static gint64 *
find_bound (HistoryRequest *request,
            const char     *name)
{
  const SmNoun *noun = request->query.noun;
  const char *time = noun->fields[sm_history_time_field (noun)].name;
  gsize length = g_str_has_suffix (time, "_at") ? strlen (time) - 3 : strlen (time);

  if (strncmp (name, time, length) != 0)
    return NULL;
  if (strcmp (name + length, "_from") == 0)
    return &request->query.from;
  return strcmp (name + length, "_to") == 0 ? &request->query.to : NULL;
}

static gboolean
parse_filter (HistoryRequest  *request,
              const char      *name,
              const char      *value,
              GError         **error)
{
  SmHistoryQuery *query = &request->query;
  int field = sm_noun_find_field (query->noun, name, strlen (name));
  gint64 number;

  if (field < 0 || !sm_history_can_filter (query->noun, (guint) field))
    return sm_asker_bad_query (name, "filter-unknown", error);
  if (query->n_equals == SM_HISTORY_MAX_FILTERS)
    return sm_asker_bad_query (name, "filters-too-many", error);
  if (!sm_kind_is_text (query->noun->fields[field].kind)
      && !g_ascii_string_to_signed (value, 10, 0, SM_JSON_MAX_ID, &number, NULL))
    return sm_asker_bad_query (name, "query-malformed", error);
  query->equals[query->n_equals++] =
      (SmHistoryEquals){ (guint) field, g_string_chunk_insert (request->texts, value) };
  return TRUE;
}

static gboolean
parse_one (HistoryRequest  *request,
           const char      *name,
           const char      *value,
           GError         **error)
{
  gint64 *bound;

  if (strcmp (name, SM_QUERY_LIMIT) == 0)
    return TRUE;
  if (strcmp (name, SM_QUERY_AFTER) == 0)
    return parse_after (request, value, error);
  if (strcmp (name, SM_QUERY_SORT) == 0)
    return parse_sort (request, value, error);
  bound = find_bound (request, name);
  if (bound == NULL)
    return parse_filter (request, name, value, error);
  return sm_time_from_rfc3339 (value, bound, NULL) || sm_asker_bad_query (name, "query-malformed", error);
}

/* What is not understood is refused; what is, stands in the next page's link. */
static gboolean
parse_all (HistoryRequest  *request,
           GHashTable      *asked,
           GError         **error)
{
  g_autoptr (GString) same = g_string_new (NULL);
  GHashTableIter iter;
  gpointer name, value;

  if (asked != NULL)
    g_hash_table_iter_init (&iter, asked);
  while (asked != NULL && g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

      if (!parse_one (request, name, value, error))
        return FALSE;
      if (strcmp (name, SM_QUERY_AFTER) != 0)
        g_string_append_printf (same, "%s=%s&", (const char *) name, escaped);
    }
  request->same = g_string_free (g_steal_pointer (&same), FALSE);
  return TRUE;
}

/**
 * sm_serve_history_page:
 *
 * Returns: FALSE when the page is not asked for as history, and nothing was done
 */
gboolean
sm_serve_history_page (SmExchange   *exchange,
                       const SmNoun *noun)
{
  g_autoptr (HistoryRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  gint64 limit;

  if (!noun->is_history
      && (sm_history_time_field (noun) < 0
          || sm_exchange_get_query_text (exchange, SM_QUERY_SORT) == NULL))
    return FALSE;
  request = g_new0 (HistoryRequest, 1);
  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->texts = g_string_chunk_new (256);
  request->query = (SmHistoryQuery){ .noun = noun, .newest_first = TRUE, .from = SM_UNKNOWN,
                                     .to = SM_UNKNOWN, .after_time = SM_UNKNOWN };
  if (!parse_all (request, sm_exchange_get_query (exchange), &error)
      || !sm_exchange_get_query_int (exchange, SM_QUERY_LIMIT, 1, MAX_LIMIT, DEFAULT_LIMIT, &limit,
                                     &error))
    {
      sm_exchange_fail (exchange, error);
      return TRUE;
    }
  request->query.limit = (guint) limit;
  sm_exchange_read (exchange, read_page, g_steal_pointer (&request), history_request_free);
  return TRUE;
}
