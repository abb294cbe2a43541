/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-ask.h"

#include "sm-cache-reader.h"
#include "sm-error.h"
#include "sm-paths.h"
#include "sm-row-codec.h"
#include "sm-series-codec.h"
#include "sm-stats-codec.h"
#include "sm-sync-photos.h"
#include "sm-sync-private.h"
#include "sm-time.h"
#include "sm-uuid.h"
#include "sm-work-order-photo.h"

#include <math.h>
#include <string.h>

/* The thread that asks the service for what pages want to see of it: histories,
 * and the values of one thing. */

#define TIMEOUT_S 15
#define MAX_ITEMS 5000

typedef struct
{
  SmSync *sync;
  SmClient *client; /* made in its thread, with the first question */
} Asker;

/* A client belongs to the thread that made it. */
static gpointer
close_job (gpointer       context,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_clear_pointer (&((Asker *) context)->client, sm_client_free);
  return NULL;
}

/* Ends the thread, after what it was asked before. */
void
sm_sync_asker_close (SmSync *self)
{
  sm_worker_run_sync (self->asker, close_job, NULL, NULL, NULL);
  g_clear_pointer (&self->asker, sm_worker_free);
}

SmWorker *
sm_sync_asker_new (SmSync *self)
{
  Asker *asker = g_new0 (Asker, 1);

  asker->sync = self;
  return sm_worker_new ("sm-asker", asker, g_free);
}

typedef struct _Question Question;
typedef gpointer (*AnswerFunc) (const Question *question, SmResponse *response, GError **error);

struct _Question
{
  AnswerFunc func;
  SmSyncAnswerFunc other;  /* (nullable): of sm_sync_ask_other() */
  const char *method;      /* (static) (nullable): NULL: GET */
  char *body;              /* (nullable) */
  char *key;               /* (nullable): Idempotency-Key */
  char *if_match;          /* (nullable): the state that was seen */
  char *file;              /* (nullable): the sum of one that is asked for */
  char *folder;            /* (nullable): where that is kept */
  const SmNoun *noun;
  gint64 id;
  int business_day;
  char *path;
  SmSync *sync;
};

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->path);
  g_free (question->body);
  g_free (question->key);
  g_free (question->if_match);
  g_free (question->file);
  g_free (question->folder);
  g_free (question);
}

static gboolean
asker_prepare (Asker   *asker,
               GError **error)
{
  SmSync *self = asker->sync;
  gboolean is_ready;

  g_mutex_lock (&self->mutex);
  is_ready = self->is_ready;
  g_mutex_unlock (&self->mutex);
  if (!is_ready)
    {
      sm_set_error (error, SM_ERROR_OFFLINE, "server-unreachable", "nobody is signed in yet");
      return FALSE;
    }
  if (asker->client == NULL)
    asker->client = sm_client_new (self->server_url, self->auth, self->network, TIMEOUT_S, error);
  return asker->client != NULL;
}

static gpointer
ask (Asker           *asker,
     const Question  *question,
     GError         **error)
{
  SmRequest request = { .method = question->method != NULL ? question->method : "GET",
                        .path = question->path, .body = question->body,
                        .idempotency_key = question->key,
                        .if_match = question->if_match };
  g_autoptr (SmResponse) response = NULL;
  g_autoptr (GCancellable) session = NULL;
  gpointer answer;

  if (!asker_prepare (asker, error))
    return NULL;
  /* A question ends with its session; who asked is told by the worker. */
  session = sm_sync_ref_cancellable (asker->sync);
  response = sm_client_send (asker->client, &request, session, error);
  if (response == NULL)
    return NULL;
  answer = question->func (question, response, error);
  if (answer == NULL)
    sm_client_blame_answer (error);
  return answer;
}

static gpointer
ask_job (gpointer       context,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return ask (context, data, error);
}

static void
sync_ask (SmSync              *self,
          Question            *question,
          GDestroyNotify       answer_free,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  question->sync = self;
  sm_worker_run_async (self->asker, ask_job, question, question_free, answer_free, cancellable,
                       callback, user_data);
}

void
sm_sync_page_free (SmSyncPage *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

/* An answer that is one row and nothing else.  Returns: (transfer full) (nullable) */
SmRow *
sm_sync_read_row (SmResponse  *response,
                  SmNounId     noun,
                  GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (SmRow) row = sm_row_read (reader, sm_noun_get (noun), error);

  return row != NULL && sm_json_reader_finish (reader, error) ? g_steal_pointer (&row) : NULL;
}

static gboolean
read_items (SmJsonReader  *reader,
            const SmNoun  *noun,
            GPtrArray     *rows,
            GError       **error)
{
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      SmRow *row = rows->len < MAX_ITEMS ? sm_row_read (reader, noun, error) : NULL;

      if (row == NULL)
        {
          if (error != NULL && *error == NULL)
            sm_set_error (error, SM_ERROR_TOO_LARGE, "answer-too-large", "a page without an end");
          return FALSE;
        }
      g_ptr_array_add (rows, row);
    }
  return TRUE;
}

static gpointer
read_page (const Question  *question,
           SmResponse      *response,
           GError         **error)
{
  g_autoptr (SmSyncPage) page = g_new0 (SmSyncPage, 1);
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  const char *name;

  page->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  page->next = sm_response_dup_next (response);
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (!g_str_equal (name, "items"))
      sm_json_reader_skip_value (reader);
    else if (!read_items (reader, question->noun, page->rows, error))
      return NULL;
  if (!sm_json_reader_finish (reader, error))
    return NULL;
  sm_sync_note_contact (question->sync);
  /* So that it can be looked at again without a service. */
  if (question->noun->is_history && page->rows->len > 0
      && !sm_sync_keep_history (question->sync, page->rows, error))
    return NULL;
  return g_steal_pointer (&page);
}

/**
 * sm_sync_ask_page_async:
 * @query: the first time what follows the question mark; from then on the
 *   page's next
 *
 * What was read is kept in the cache.
 */
void
sm_sync_ask_page_async (SmSync              *self,
                        const SmNoun        *noun,
                        const char          *query,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->func = read_page;
  question->noun = noun;
  question->path = query[0] == '/' ? g_strdup (query)
                                   : g_strdup_printf (SM_PATH_BASE "/%s?%s", noun->plural, query);
  sync_ask (self, question, (GDestroyNotify) sm_sync_page_free, cancellable, callback, user_data);
}

/** sm_sync_ask_page_finish: Returns: (transfer full) (nullable): the page */
SmSyncPage *
sm_sync_ask_page_finish (GAsyncResult  *result,
                         GError       **error)
{
  return sm_worker_run_finish (result, error);
}

static gpointer
read_live (const Question  *question,
           SmResponse      *response,
           GError         **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (SmRow) row = sm_row_new (question->noun);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      int field = sm_noun_find_field (question->noun, name, strlen (name));

      if (field >= 0)
        sm_row_read_field (reader, row, (guint) field);
      else
        sm_json_reader_skip_value (reader);
    }
  if (!sm_json_reader_finish (reader, error))
    return NULL;
  sm_row_set_int (row, SM_ROW_ID, question->id);
  return g_steal_pointer (&row);
}

/** sm_sync_ask_live_async: Asks for all live values that the service has of one thing now. */
void
sm_sync_ask_live_async (SmSync              *self,
                        const SmNoun        *noun,
                        gint64               id,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->func = read_live;
  question->noun = noun;
  question->id = id;
  question->path = g_strdup_printf (SM_PATH_BASE "/%s/%" G_GINT64_FORMAT "/live", noun->plural, id);
  sync_ask (self, question, (GDestroyNotify) sm_row_unref, cancellable, callback, user_data);
}

/** sm_sync_ask_live_finish: Returns: (transfer full) (nullable): id and live fields */
SmRow *
sm_sync_ask_live_finish (GAsyncResult  *result,
                         GError       **error)
{
  return sm_worker_run_finish (result, error);
}

static gpointer
read_series (const Question  *question,
             SmResponse      *response,
             GError         **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (SmSeries) series = sm_series_read (reader, question->noun);

  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&series) : NULL;
}

/**
 * sm_sync_ask_series_async:
 * @from: network time, µs
 * @to: likewise
 *
 * Asks for the values of a vehicle or a station over time.
 */
void
sm_sync_ask_series_async (SmSync              *self,
                          const SmNoun        *noun,
                          gint64               id,
                          gint64               from,
                          gint64               to,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *from_text = sm_time_to_rfc3339 (from);
  g_autofree char *to_text = sm_time_to_rfc3339 (to);

  question->func = read_series;
  question->noun = noun;
  question->id = id;
  question->path = g_strdup_printf (SM_PATH_BASE "/%s/%" G_GINT64_FORMAT
                                    "/telemetry?from=%s&to=%s",
                                    noun->plural, id, from_text, to_text);
  sync_ask (self, question, (GDestroyNotify) sm_series_free, cancellable, callback,
            user_data);
}

/** sm_sync_ask_series_finish: Returns: (transfer full) (nullable): the series */
SmSeries *
sm_sync_ask_series_finish (GAsyncResult  *result,
                           GError       **error)
{
  return sm_worker_run_finish (result, error);
}

static gpointer
read_station_day (const Question  *question,
                  SmResponse      *response,
                  GError         **error)
{
  gsize length = 0;
  g_autofree char *text = sm_response_read_document (response, &length, error);
  g_autofree char *name = g_strdup_printf (SM_CACHE_STATION_DAY "%" G_GINT64_FORMAT, question->id);
  g_autofree SmStationDay *day = g_new (SmStationDay, 1);
  g_autoptr (SmJsonReader) reader = NULL;

  if (text == NULL)
    return NULL;
  reader = sm_json_reader_new_for_data (text, length);
  if (!sm_station_day_read (reader, question->business_day, day, error))
    return NULL;
  sm_sync_note_contact (question->sync);
  /* So that it can be looked at again without a service. */
  return sm_sync_write_meta (question->sync, name, text, error) ? g_steal_pointer (&day) : NULL;
}

/** sm_sync_ask_station_day_async: Asks what a station did on a day; the answer is kept. */
void
sm_sync_ask_station_day_async (SmSync              *self,
                               gint64               station_id,
                               int                  business_day,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->func = read_station_day;
  question->id = station_id;
  question->business_day = business_day;
  question->path = g_strdup_printf (SM_PATH_STATS "/station_day?station_id=%" G_GINT64_FORMAT
                                    "&from=%d&to=%d",
                                    station_id, business_day, business_day);
  sync_ask (self, question, g_free, cancellable, callback, user_data);
}

/** sm_sync_ask_station_day_finish: Returns: (transfer full) (nullable): free with g_free() */
SmStationDay *
sm_sync_ask_station_day_finish (GAsyncResult  *result,
                                GError       **error)
{
  return sm_worker_run_finish (result, error);
}

/**
 * sm_sync_read_station_day:
 *
 * In a reader's thread: what the service said of that day when it was last asked.
 *
 * Returns: (transfer full) (nullable): free with g_free(); NULL when it was another day
 */
SmStationDay *
sm_sync_read_station_day (SmConnection  *connection,
                          gint64         station_id,
                          int            business_day,
                          GError       **error)
{
  g_autofree char *name = g_strdup_printf (SM_CACHE_STATION_DAY "%" G_GINT64_FORMAT, station_id);
  g_autofree char *text = sm_cache_read_meta (connection, name);
  g_autofree SmStationDay *day = g_new (SmStationDay, 1);
  g_autoptr (SmJsonReader) reader = NULL;

  if (text != NULL)
    {
      reader = sm_json_reader_new_for_data (text, strlen (text));
      if (!sm_station_day_read (reader, business_day, day, error))
        return NULL;
      if (day->swaps.attempts + day->charges.attempts > 0)
        return g_steal_pointer (&day);
    }
  sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "nothing is kept of that day");
  return NULL;
}

static SmReachable
read_reachable (SmJsonReader *reader)
{
  SmReachable reachable = { 0, 0 };
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "station_id"))
      reachable.station_id = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (g_str_equal (name, "road_m"))
      reachable.road_m = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else
      sm_json_reader_skip_value (reader);
  return reachable;
}

static gpointer
read_reach (const Question  *question,
            SmResponse      *response,
            GError         **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (SmReachable));
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      if (!g_str_equal (name, "items"))
        {
          sm_json_reader_skip_value (reader);
          continue;
        }
      sm_json_reader_begin_array (reader);
      while (sm_json_reader_next_element (reader))
        {
          SmReachable reachable = read_reachable (reader);

          if (found->len < MAX_ITEMS)
            g_array_append_val (found, reachable);
        }
    }
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&found) : NULL;
}

/** sm_sync_ask_reach_async: Asks which stations with a ready pack a vehicle gets to. */
void
sm_sync_ask_reach_async (SmSync              *self,
                         gint64               vehicle_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->func = read_reach;
  question->id = vehicle_id;
  question->path = g_strdup_printf (SM_PATH_BASE "/vehicles/%" G_GINT64_FORMAT "/reach", vehicle_id);
  sync_ask (self, question, (GDestroyNotify) g_array_unref, cancellable, callback, user_data);
}

/** sm_sync_ask_reach_finish: Returns: (transfer full) (nullable): of SmReachable, nearest first */
GArray *
sm_sync_ask_reach_finish (GAsyncResult  *result,
                          GError       **error)
{
  return sm_worker_run_finish (result, error);
}

static gpointer
read_other (const Question  *question,
            SmResponse      *response,
            GError         **error)
{
  return question->other (response, error);
}

/**
 * sm_sync_ask_other:
 * @method: (static)
 * @path: (transfer full)
 * @body: (transfer full) (nullable): JSON
 * @func: reads the answer, in the asker's thread
 *
 * Asks for, or does, what has no other way.  What is done so is not kept: who hears
 * nothing looks how it stands, and does it again.
 */
void
sm_sync_ask_other (SmSync              *self,
                   const char          *method,
                   char                *path,
                   char                *body,
                   SmSyncAnswerFunc     func,
                   GDestroyNotify       answer_free,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->func = read_other;
  question->other = func;
  question->method = method;
  question->path = path;
  question->body = body;
  if (!g_str_equal (method, "GET"))
    question->key = sm_uuid_new_v7 (g_get_real_time ());
  sync_ask (self, question, answer_free, cancellable, callback, user_data);
}

/**
 * sm_sync_ask_change:
 * @rev: the state of it that was seen
 *
 * The same for a merge patch of what no feed brings and no outbox keeps.
 */
void
sm_sync_ask_change (SmSync              *self,
                    char                *path,
                    char                *body,
                    gint64               rev,
                    SmSyncAnswerFunc     func,
                    GDestroyNotify       answer_free,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->func = read_other;
  question->other = func;
  question->method = "PATCH";
  question->path = path;
  question->body = body;
  question->key = sm_uuid_new_v7 (g_get_real_time ());
  question->if_match = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", rev);
  sync_ask (self, question, answer_free, cancellable, callback, user_data);
}

/* --- files --- */

static gpointer
keep_photo (const Question  *question,
            SmResponse      *response,
            GError         **error)
{
  g_autoptr (GBytes) bytes
      = sm_response_read_bytes (response, SM_WORK_ORDER_PHOTO_MAX_BYTES, error);

  return bytes != NULL
                 && sm_sync_photos_keep (question->folder, question->file, bytes,
                                         SM_SYNC_PHOTOS_MAX_BYTES, error)
             ? g_build_filename (question->folder, question->file, NULL)
             : NULL;
}

/* What was looked at before needs no service. */
static gpointer
photo_job (gpointer       context,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Question *question = data;

  if (sm_sync_photos_find (question->folder, question->file))
    return g_build_filename (question->folder, question->file, NULL);
  return ask (context, question, error);
}

/**
 * sm_sync_ask_photo_async:
 * @path: (transfer full)
 * @sum: of what is in it: letters and digits alone
 *
 * Asks for a photo, unless it is kept.
 */
void
sm_sync_ask_photo_async (SmSync              *self,
                         char                *path,
                         const char          *sum,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->func = keep_photo;
  question->path = path;
  question->file = g_strdup (sum);
  question->folder = g_build_filename (self->cache_dir, "photos", NULL);
  question->sync = self;
  sm_worker_run_async (self->asker, photo_job, question, question_free, g_free, cancellable,
                       callback, user_data);
}

/** sm_sync_ask_other_finish: Returns: (transfer full) (nullable): what was read of the answer */
gpointer
sm_sync_ask_other_finish (GAsyncResult  *result,
                          GError       **error)
{
  return sm_worker_run_finish (result, error);
}
