/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-work-orders.h"

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-sync-private.h"
#include "sm-time.h"

#include <string.h>

/* More of one order nobody reads. */
#define MAX_LINES 5000
/* More than work for anybody; of each, more than there are kinds. */
#define MAX_CANDIDATES 10000
#define MAX_WORDS 64
#define MAX_PAIRS 200
#define MAX_PHOTOS 1000

static gpointer
read_order (SmResponse  *response,
            GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_WORK_ORDER, error);
}

static char *
write_wish (const SmWorkOrderWish *wish)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_sync_write_text (writer, "kind", wish->kind);
  sm_sync_write_text (writer, "source", wish->source);
  sm_sync_write_int (writer, "alarm_id", wish->alarm_id);
  sm_sync_write_text (writer, "target_noun", wish->target_noun);
  sm_sync_write_int (writer, "target_id", wish->target_id);
  sm_sync_write_int (writer, "level", wish->level);
  sm_sync_write_text (writer, "subject", wish->subject);
  sm_sync_write_text (writer, "description", wish->description);
  sm_sync_write_text (writer, "reported_by", wish->reported_by);
  sm_sync_write_text (writer, "certificate", wish->certificate);
  if (wish->planned_at != SM_UNKNOWN)
    {
      sm_json_writer_name (writer, "planned_at");
      sm_json_writer_time (writer, wish->planned_at);
    }
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/**
 * sm_sync_open_work_order_async:
 *
 * Has an order be made; where there is one of the same cause, that is the answer.
 */
void
sm_sync_open_work_order_async (SmSync                *self,
                               const SmWorkOrderWish *wish,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  sm_sync_ask_other (self, "POST", g_strdup (SM_PATH_WORK_ORDERS), write_wish (wish), read_order,
                     (GDestroyNotify) sm_row_unref, cancellable, callback, user_data);
}

/** sm_sync_open_work_order_finish: Returns: (transfer full) (nullable): the order */
SmRow *
sm_sync_open_work_order_finish (GAsyncResult  *result,
                                GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

/* --- what happened to one --- */

static gpointer
read_line (SmJsonReader *reader)
{
  SmWorkOrderLine *line = g_new0 (SmWorkOrderLine, 1);
  const char *name;

  line->claimed_at = SM_UNKNOWN;
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      char **text = strcmp (name, "event") == 0    ? &line->event
                    : strcmp (name, "person") == 0 ? &line->person
                    : strcmp (name, "text") == 0   ? &line->text
                                                   : NULL;
      gint64 *time = strcmp (name, "at") == 0           ? &line->at
                     : strcmp (name, "claimed_at") == 0 ? &line->claimed_at
                                                        : NULL;

      if (text == NULL && time == NULL)
        sm_json_reader_skip_value (reader);
      else if (sm_json_reader_read_null (reader))
        continue;
      else if (time != NULL)
        *time = sm_json_reader_read_time (reader);
      else
        {
          g_free (*text);
          *text = g_strdup (sm_json_reader_read_text (reader, NULL));
        }
    }
  return line;
}

/* The array that is called items, of whatever @read_item makes of each. */
static gpointer
read_items (SmResponse  *response,
            guint        most,
            gpointer   (*read_item) (SmJsonReader *reader),
            GDestroyNotify free_item,
            GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
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
        if (items->len < most)
          g_ptr_array_add (items, read_item (reader));
    }
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&items) : NULL;
}

static gpointer
read_lines (SmResponse  *response,
            GError     **error)
{
  return read_items (response, MAX_LINES, read_line, (GDestroyNotify) sm_work_order_line_free,
                     error);
}

/** sm_sync_ask_work_order_async: Asks for everything that happened to one. */
void
sm_sync_ask_work_order_async (SmSync              *self,
                              gint64               order_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT SM_PATH_TIMELINE,
                                      order_id),
                     NULL, read_lines, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                     user_data);
}

/** sm_sync_ask_work_order_finish: Returns: (transfer full) (nullable): of SmWorkOrderLine, oldest first */
GPtrArray *
sm_sync_ask_work_order_finish (GAsyncResult  *result,
                               GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

/* --- who could go to it --- */

static void
read_words (SmJsonReader *reader,
            GPtrArray    *words)
{
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    if (words->len < MAX_WORDS)
      g_ptr_array_add (words, g_strdup (sm_json_reader_read_text (reader, NULL)));
}

static gboolean
read_candidate_number (SmJsonReader         *reader,
                       const char           *name,
                       SmWorkOrderCandidate *out)
{
  const struct
  {
    const char *name;
    gint64 *number;
  } numbers[] = {
    { "engineer_id", &out->engineer_id }, { "jobs", &out->jobs },
    { "places", &out->places },           { "shift_s", &out->shift_s },
    { "job_s", &out->job_s },             { "travel_s", &out->travel_s },
    { "part_s", &out->part_s },           { "work_s", &out->work_s },
    { "restore_s", &out->restore_s },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (name, numbers[i].name) == 0)
      {
        *numbers[i].number = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_candidate_words (SmJsonReader         *reader,
                      const char           *name,
                      SmWorkOrderCandidate *out)
{
  GPtrArray *words = strcmp (name, "bars") == 0                 ? out->bars
                     : strcmp (name, "lacks_skills") == 0       ? out->skills
                     : strcmp (name, "lacks_certificates") == 0 ? out->certificates
                     : strcmp (name, "lacks_parts") == 0        ? out->parts
                                                                : NULL;

  if (words == NULL)
    return FALSE;
  read_words (reader, words);
  return TRUE;
}

static gpointer
read_candidate (SmJsonReader *reader)
{
  SmWorkOrderCandidate *candidate = sm_work_order_candidate_new ();
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      if (strcmp (name, "road_m") == 0)
        candidate->road_m
            = sm_json_reader_read_null (reader) ? NAN : sm_json_reader_read_real (reader);
      else if (strcmp (name, "is_late") == 0)
        candidate->is_late = sm_json_reader_read_bool (reader);
      else if (strcmp (name, "is_overtime") == 0)
        candidate->is_overtime = sm_json_reader_read_bool (reader);
      else if (!read_candidate_number (reader, name, candidate)
               && !read_candidate_words (reader, name, candidate))
        sm_json_reader_skip_value (reader);
    }
  return candidate;
}

static gpointer
read_candidates (SmResponse  *response,
                 GError     **error)
{
  return read_items (response, MAX_CANDIDATES, read_candidate,
                     (GDestroyNotify) sm_work_order_candidate_free, error);
}

/** sm_sync_ask_candidates_async: Asks who could go to one, and in what time. */
void
sm_sync_ask_candidates_async (SmSync              *self,
                              gint64               order_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT "/candidates",
                                      order_id),
                     NULL, read_candidates, (GDestroyNotify) g_ptr_array_unref, cancellable,
                     callback, user_data);
}

/** sm_sync_ask_candidates_finish: Returns: (transfer full) (nullable): of SmWorkOrderCandidate, best first */
GPtrArray *
sm_sync_ask_candidates_finish (GAsyncResult  *result,
                               GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

/* --- who goes to all of them --- */

static gpointer
read_proposal (SmJsonReader *reader)
{
  SmWorkOrderProposal *proposal = g_new0 (SmWorkOrderProposal, 1);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "work_order_id") == 0)
      proposal->work_order_id = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (strcmp (name, "place") == 0)
      proposal->place = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (strcmp (name, "candidate") != 0)
      sm_json_reader_skip_value (reader);
    else if (!sm_json_reader_read_null (reader))
      {
        g_clear_pointer (&proposal->candidate, sm_work_order_candidate_free);
        proposal->candidate = read_candidate (reader);
      }
  return proposal;
}

static gpointer
read_proposals (SmResponse  *response,
                GError     **error)
{
  return read_items (response, MAX_CANDIDATES, read_proposal,
                     (GDestroyNotify) sm_work_order_proposal_free, error);
}

/** sm_sync_ask_assignment_async: Asks who goes where for all of them to be served best. */
void
sm_sync_ask_assignment_async (SmSync              *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  sm_sync_ask_other (self, "GET", g_strdup (SM_PATH_WORK_ORDERS "/assignment"), NULL,
                     read_proposals, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                     user_data);
}

/** sm_sync_ask_assignment_finish: Returns: (transfer full) (nullable): of SmWorkOrderProposal */
GPtrArray *
sm_sync_ask_assignment_finish (GAsyncResult  *result,
                               GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

/* --- what everything was like --- */

/* What was a null is not said. */
static void
read_pairs (SmJsonReader *reader,
            GHashTable   *table)
{
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      g_autofree char *key = g_strdup (name);

      if (sm_json_reader_peek (reader) != SM_JSON_STRING)
        sm_json_reader_skip_value (reader);
      else if (g_hash_table_size (table) < MAX_PAIRS)
        g_hash_table_replace (table, g_steal_pointer (&key),
                              g_strdup (sm_json_reader_read_text (reader, NULL)));
      else
        sm_json_reader_skip_value (reader);
    }
}

static void
read_commands (SmJsonReader *reader,
               GPtrArray    *commands)
{
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      GHashTable *command = sm_work_order_snapshot_table ();

      read_pairs (reader, command);
      if (commands->len < MAX_WORDS)
        g_ptr_array_add (commands, command);
      else
        g_hash_table_unref (command);
    }
}

/** sm_work_order_snapshot_read: Returns: (transfer full) (nullable): NULL: nothing that can be read */
SmWorkOrderSnapshot *
sm_work_order_snapshot_read (const char *text)
{
  g_autoptr (SmWorkOrderSnapshot) self = sm_work_order_snapshot_new ();
  g_autoptr (SmJsonReader) reader = NULL;
  const char *name;

  if (text == NULL)
    return NULL;
  reader = sm_json_reader_new_for_data (text, strlen (text));
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "alarm"))
      read_pairs (reader, self->alarm);
    else if (g_str_equal (name, "live"))
      read_pairs (reader, self->live);
    else if (g_str_equal (name, "commands"))
      read_commands (reader, self->commands);
    else
      sm_json_reader_skip_value (reader);
  return sm_json_reader_finish (reader, NULL) ? g_steal_pointer (&self) : NULL;
}

/* --- its photos --- */

/* What it is asked for by becomes the name of a file here. */
static gboolean
is_sum (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gpointer
read_photo (SmJsonReader *reader)
{
  SmWorkOrderPhotoLine *photo = g_new0 (SmWorkOrderPhotoLine, 1);
  const char *name;

  photo->claimed_at = SM_UNKNOWN;
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "sha256") == 0)
      photo->sha256 = g_strdup (sm_json_reader_read_text (reader, NULL));
    else if (strcmp (name, "person") == 0 && !sm_json_reader_read_null (reader))
      photo->person = g_strdup (sm_json_reader_read_text (reader, NULL));
    else if (strcmp (name, "at") == 0)
      photo->at = sm_json_reader_read_time (reader);
    else if (strcmp (name, "claimed_at") == 0 && !sm_json_reader_read_null (reader))
      photo->claimed_at = sm_json_reader_read_time (reader);
    else if (strcmp (name, "size") == 0)
      photo->size = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (strcmp (name, "person") != 0 && strcmp (name, "claimed_at") != 0)
      sm_json_reader_skip_value (reader);
  if (!is_sum (photo->sha256))
    g_clear_pointer (&photo->sha256, g_free);
  return photo;
}

static gpointer
read_photos (SmResponse  *response,
             GError     **error)
{
  return read_items (response, MAX_PHOTOS, read_photo,
                     (GDestroyNotify) sm_work_order_photo_line_free, error);
}

/** sm_sync_list_photos_async: Asks which photos one has. */
void
sm_sync_list_photos_async (SmSync              *self,
                           gint64               order_id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT SM_PATH_PHOTOS,
                                      order_id),
                     NULL, read_photos, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                     user_data);
}

/** sm_sync_list_photos_finish: Returns: (transfer full) (nullable): of SmWorkOrderPhotoLine, oldest first */
GPtrArray *
sm_sync_list_photos_finish (GAsyncResult  *result,
                            GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

/**
 * sm_sync_load_photo_async:
 * @sha256: as the list says it
 *
 * Asks for a photo, unless it was looked at before and is still there.
 */
void
sm_sync_load_photo_async (SmSync              *self,
                          gint64               order_id,
                          const char          *sha256,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (is_sum (sha256));

  sm_sync_ask_photo_async (self,
                           g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT SM_PATH_PHOTOS
                                            "/%s", order_id, sha256),
                           sha256, cancellable, callback, user_data);
}

/** sm_sync_load_photo_finish: Returns: (transfer full) (nullable): the path of its file */
char *
sm_sync_load_photo_finish (GAsyncResult  *result,
                           GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
