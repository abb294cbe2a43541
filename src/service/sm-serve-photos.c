/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-answer.h"
#include "sm-asker.h"
#include "sm-exchange.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"
#include "sm-work-photos.h"

/* Photos of work orders: the bytes are looked at and written in the thread of what takes
 * long, and only then the writer is asked to say of the order that it has one more. */

/* Shared by the two threads that it goes through, one after the other. */
typedef struct
{
  SmActor *actor;
  char *key;         /* (nullable) */
  char *sha256;      /* (nullable): that is asked for */
  GPtrArray *pieces; /* (nullable): of GBytes: what was sent */
  gint64 id;
  gint64 claimed_at;
  SmWorkPhoto photo;
} PhotoRequest;

static void
request_clear (gpointer data)
{
  PhotoRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->sha256);
  g_clear_pointer (&request->pieces, g_ptr_array_unref);
}

static void
request_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, request_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhotoRequest, request_unref)

static PhotoRequest *
request_new (SmExchange *exchange)
{
  PhotoRequest *request = g_atomic_rc_box_new0 (PhotoRequest);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->claimed_at = SM_UNKNOWN;
  return request;
}

/* --- one more --- */

static GBytes *
join (GPtrArray *pieces)
{
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < pieces->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (pieces->pdata[i], &size);

      g_byte_array_append (all, data, (guint) size);
    }
  return g_byte_array_free_to_bytes (all);
}

static gpointer
keep (SmReader      *reader,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  PhotoRequest *request = data;
  g_autoptr (GBytes) bytes = join (request->pieces);

  g_clear_pointer (&request->pieces, g_ptr_array_unref);
  return sm_work_photos_keep (reader, request->actor, request->id, bytes, &request->photo, error)
             ? g_atomic_rc_box_acquire (request)
             : NULL;
}

static gpointer
add (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  const PhotoRequest *request = data;
  SmWorkOrderAct said = { .photo = &request->photo, .claimed_at = request->claimed_at,
                          .engineer_id = SM_UNKNOWN, .organisation_id = SM_UNKNOWN,
                          .part_id = SM_UNKNOWN, .quantity = SM_UNKNOWN, .eta = SM_UNKNOWN,
                          .follow_up_at = SM_UNKNOWN };
  g_autoptr (SmRow) current = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (SmRow) order
      = sm_work_orders_act (rules, request->actor, request->key, request->id, SM_WORK_ORDER_PHOTO,
                            &said, &current, &problem);

  if (order == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return sm_answer_new_row (201, order);
}

/* Who has gone meanwhile sends it again: the file is there by then. */
static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SmExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;
  PhotoRequest *request;

  if (sm_exchange_is_gone (exchange))
    return;
  request = sm_rules_read_finish (sm_exchange_get_rules (exchange), result, &error);
  if (request != NULL)
    sm_exchange_run (exchange, add, request, request_unref);
  else
    sm_exchange_fail (exchange, error);
}

static gboolean
parse_claim (SmExchange  *exchange,
             gint64      *out_time,
             GError     **error)
{
  const char *text = sm_exchange_get_query_text (exchange, SM_QUERY_CLAIMED_AT);

  return text == NULL || sm_time_from_rfc3339 (text, out_time, NULL)
         || sm_asker_bad_query (SM_QUERY_CLAIMED_AT, "query-malformed", error);
}

/* Whether this person may is the act's to say: a refusal belongs in the audit. */
static void
post_photo (SmExchange *exchange)
{
  g_autoptr (PhotoRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  if (!sm_exchange_get_id (exchange, 0, &request->id, &error)
      || !parse_claim (exchange, &request->claimed_at, &error))
    {
      sm_exchange_fail (exchange, error);
      return;
    }
  request->pieces = sm_exchange_dup_pieces (exchange);
  sm_rules_read_long_async (sm_exchange_get_rules (exchange), keep, g_steal_pointer (&request),
                            request_unref, request_unref, NULL, kept_cb, sm_exchange_ref (exchange));
}

/* --- those that are there --- */

static void
write_photo (SmJsonWriter           *writer,
             const SmWorkOrderPhoto *photo)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, photo->id);
  sm_json_writer_name (writer, "sha256");
  sm_json_writer_text (writer, photo->sha256);
  sm_json_writer_name (writer, "type");
  sm_json_writer_text (writer, photo->type);
  sm_json_writer_name (writer, "size");
  sm_json_writer_int (writer, photo->size);
  sm_json_writer_name (writer, "at");
  sm_json_writer_time (writer, photo->at);
  sm_json_writer_name (writer, "claimed_at");
  if (photo->claimed_at != SM_UNKNOWN)
    sm_json_writer_time (writer, photo->claimed_at);
  else
    sm_json_writer_null (writer);
  sm_json_writer_name (writer, "person");
  sm_json_writer_text (writer, photo->person);
  sm_json_writer_end_object (writer);
}

static gpointer
list_photos (SmReader      *reader,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const PhotoRequest *request = data;
  g_autoptr (GPtrArray) photos = sm_work_photos_list (reader, request->actor, request->id, error);
  SmJsonWriter *writer;

  if (photos == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < photos->len; i++)
    write_photo (writer, photos->pdata[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static gpointer
load_photo (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const PhotoRequest *request = data;
  const char *type = NULL;
  GBytes *bytes = sm_work_photos_load (reader, request->actor, request->id, request->sha256, &type,
                                       error);

  return bytes != NULL ? sm_answer_new (200, bytes, type) : NULL;
}

static void
get_photos (SmExchange *exchange)
{
  g_autoptr (PhotoRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  if (sm_asker_may_read (request->actor, sm_noun_get (SM_NOUN_WORK_ORDER), &error)
      && sm_exchange_get_id (exchange, 0, &request->id, &error))
    sm_exchange_read (exchange, list_photos, g_steal_pointer (&request), request_unref);
  else
    sm_exchange_fail (exchange, error);
}

static void
get_photo (SmExchange *exchange)
{
  g_autoptr (PhotoRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  request->sha256 = g_strdup (sm_exchange_get_param (exchange, 1));
  if (sm_asker_may_read (request->actor, sm_noun_get (SM_NOUN_WORK_ORDER), &error)
      && sm_exchange_get_id (exchange, 0, &request->id, &error))
    sm_exchange_read_long (exchange, load_photo, g_steal_pointer (&request), request_unref);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_photo_routes[] = {
  { "POST", SM_PATH_WORK_ORDERS "/{id}" SM_PATH_PHOTOS, NULL, SM_ROUTE_KEYED | SM_ROUTE_PHOTO,
    post_photo },
  { "GET", SM_PATH_WORK_ORDERS "/{id}" SM_PATH_PHOTOS, NULL, 0, get_photos },
  { "GET", SM_PATH_WORK_ORDERS "/{id}" SM_PATH_PHOTOS "/{sum}", NULL, 0, get_photo },
  { NULL },
};
