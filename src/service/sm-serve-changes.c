/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-changes-codec.h"
#include "sm-cursor.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-feed.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-service-private.h"

typedef struct
{
  SmActor *actor;
  char *epoch; /* (nullable): from the beginning */
  gint64 access_rev;
  gint64 seq;
  guint64 nouns;
  guint limit;
} ChangesRequest;

static void
changes_request_free (gpointer data)
{
  ChangesRequest *request = data;

  g_clear_pointer (&request->actor, sm_actor_unref);
  g_free (request->epoch);
  g_free (request);
}

static gpointer
read_changes (SmReader      *reader,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const ChangesRequest *request = data;
  g_autoptr (SmFeedPage) page = NULL;
  g_autofree char *cursor = NULL;
  SmJsonWriter *writer;

  page = sm_feed_read_changes (reader, request->actor, request->epoch, request->access_rev,
                               request->seq, request->nouns, request->limit, error);
  if (page == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_changes_write_begin (writer);
  for (guint i = 0; i < page->changes->len; i++)
    {
      const SmFeedChange *change = g_ptr_array_index (page->changes, i);

      sm_changes_write_one (writer, change->noun, change->id, change->seq, change->row);
    }
  cursor = sm_cursor_format (page->epoch, page->access_rev, page->seq);
  sm_changes_write_end (writer, cursor, page->more);
  return sm_poll_page_new (writer, page->changes->len == 0 && !page->more);
}

/* Kinds that this version does not know are skipped; without any, all. */
static guint64
parse_kinds (const char *text)
{
  g_auto (GStrv) names = NULL;
  guint64 nouns = 0;

  if (text == NULL)
    return (G_GUINT64_CONSTANT (1) << SM_N_NOUNS) - 1;
  names = g_strsplit (text, ",", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const SmNoun *noun = sm_noun_by_name (names[i]);

      if (noun != NULL)
        nouns |= G_GUINT64_CONSTANT (1) << noun->id;
    }
  return nouns;
}

static gboolean
parse_changes (SmExchange      *exchange,
               ChangesRequest  *request,
               GError         **error)
{
  const char *since = sm_exchange_get_query_text (exchange, SM_QUERY_SINCE);
  gint64 limit;

  if (!sm_exchange_get_query_int (exchange, SM_QUERY_LIMIT, 1, SM_CHANGES_MAX_LIMIT,
                                  SM_CHANGES_MAX_LIMIT, &limit, error))
    return FALSE;
  request->limit = (guint) limit;
  request->nouns = parse_kinds (sm_exchange_get_query_text (exchange, SM_QUERY_KINDS));
  if (request->nouns == 0)
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "kinds-unknown", "None of the kinds is known");
      return FALSE;
    }
  return since == NULL || since[0] == '\0' ||
         sm_cursor_parse (since, &request->epoch, &request->access_rev, &request->seq, error);
}

static void
get_changes (SmExchange *exchange)
{
  ChangesRequest *request = g_new0 (ChangesRequest, 1);
  g_autofree char *access = sm_asker_key (sm_exchange_get_actor (exchange));
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  guint wait_s;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  if (!parse_changes (exchange, request, &error) || !sm_asker_wait (exchange, &wait_s, &error))
    {
      sm_exchange_fail (exchange, error);
      changes_request_free (request);
      return;
    }
  /* A snapshot of an empty network is an answer too. */
  if (request->epoch == NULL)
    wait_s = 0;
  key = g_strdup_printf ("changes %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_MODIFIER
                         "x %u %s", request->epoch != NULL ? request->epoch : "-",
                         request->access_rev, request->seq, request->nouns, request->limit, access);
  sm_polls_wait (sm_exchange_get_service (exchange)->polls, exchange, key, SM_POLL_CHANGES, wait_s,
                 read_changes, request, changes_request_free);
}

const SmRoute sm_changes_routes[] = {
  { "GET", SM_PATH_CHANGES, NULL, 0, get_changes },
  { NULL },
};
