/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-guides.h"

#include "sm-error.h"
#include "sm-guide-codec.h"
#include "sm-guide-edit.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-row-codec.h"
#include "sm-sync-private.h"
#include "sm-sync-writer-private.h"

#include <string.h>

/* --- reading answers --- */

static gpointer
read_guides (SmResponse  *response,
             GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);

  return sm_guides_read (reader, error);
}

static gpointer
read_steps (SmResponse  *response,
            GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);

  return sm_guide_steps_read_answer (reader, error);
}

static gpointer
read_command (SmResponse  *response,
              GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_COMMAND, error);
}

/** sm_sync_guides_finish: Returns: (transfer full) (nullable): what was asked for */
gpointer
sm_sync_guides_finish (GAsyncResult  *result,
                       GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

/* --- asking --- */

/** sm_sync_ask_guides_async: Ends with a GPtrArray of SmFaultGuide. */
void
sm_sync_ask_guides_async (SmSync              *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  sm_sync_ask_other (self, "GET", g_strdup (SM_PATH_FAULT_CODES), NULL, read_guides,
                     (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

static gpointer
read_guide (SmResponse  *response,
            GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (SmFaultGuide) guide = sm_guide_read (reader);

  if (!sm_json_reader_finish (reader, error))
    return NULL;
  if (guide == NULL)
    sm_set_error (error, SM_ERROR_MALFORMED, "malformed", "a fault code has no code");
  return g_steal_pointer (&guide);
}

/**
 * sm_sync_change_guide_async:
 * @parts: bits of SmGuidePart, that are to be as in @wanted
 * @rev: the state of it that was seen
 *
 * Ends with the SmFaultGuide as it is then.
 */
void
sm_sync_change_guide_async (SmSync              *self,
                            const SmFaultGuide  *wanted,
                            guint                parts,
                            gint64               rev,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autofree char *escaped = g_uri_escape_string (wanted->code, NULL, FALSE);

  sm_guide_write_edit (writer, wanted, parts);
  sm_sync_ask_change (self, g_strconcat (SM_PATH_FAULT_CODES "/", escaped, NULL),
                      sm_json_writer_end (writer), rev, read_guide,
                      (GDestroyNotify) sm_fault_guide_free, cancellable, callback, user_data);
}

/** sm_sync_ask_todo_async: Ends with a GPtrArray of SmGuideStep. */
void
sm_sync_ask_todo_async (SmSync              *self,
                        gint64               alarm_id,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT SM_PATH_STEPS, alarm_id),
                     NULL, read_steps, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                     user_data);
}

/** sm_sync_tick_step_async: @note: (nullable). Ends with a GPtrArray of SmGuideStep. */
void
sm_sync_tick_step_async (SmSync              *self,
                         gint64               alarm_id,
                         const char          *step,
                         gboolean             is_done,
                         const char          *note,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autofree char *escaped = g_uri_escape_string (step, NULL, FALSE);

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "done");
  sm_json_writer_bool (writer, is_done);
  sm_sync_write_text (writer, "note", note);
  sm_json_writer_end_object (writer);
  sm_sync_ask_other (self, "POST",
                     g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT SM_PATH_STEPS "/%s",
                                      alarm_id, escaped),
                     sm_json_writer_end (writer), read_steps, (GDestroyNotify) g_ptr_array_unref,
                     cancellable, callback, user_data);
}

/** sm_sync_command_async: @command: its target, kind and reason. Ends with the SmRow of it. */
void
sm_sync_command_async (SmSync              *self,
                       const SmRow         *command,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  static const guint fields[]
      = { SM_COMMAND_TARGET_NOUN, SM_COMMAND_TARGET_ID, SM_COMMAND_KIND, SM_COMMAND_AVAILABILITY,
          SM_COMMAND_REASON, SM_COMMAND_ALARM_ID };
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!sm_row_is_null (command, fields[i]))
      {
        sm_json_writer_name (writer, sm_noun_get (SM_NOUN_COMMAND)->fields[fields[i]].name);
        sm_row_write_field (writer, command, fields[i]);
      }
  sm_json_writer_end_object (writer);
  sm_sync_ask_other (self, "POST", g_strdup (SM_PATH_COMMANDS), sm_json_writer_end (writer),
                     read_command, (GDestroyNotify) sm_row_unref, cancellable, callback, user_data);
}

/* --- what is kept --- */

static GPtrArray *
parse (const char  *text,
       gsize        length,
       GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, length);

  return sm_guides_read (reader, error);
}

static void
guides_cb (SmSync   *self,
           gpointer  data)
{
  if (self->listener.guides != NULL)
    self->listener.guides (self->listener_data, data);
}

/** sm_sync_post_guides: @text: (nullable): what was kept of an earlier run */
void
sm_sync_post_guides (SmSync     *self,
                     const char *text)
{
  GPtrArray *guides = text != NULL ? parse (text, strlen (text), NULL) : NULL;

  if (guides != NULL)
    sm_sync_post (self, guides_cb, guides, (GDestroyNotify) g_ptr_array_unref);
}

/** sm_sync_fetch_guides: In the thread that asks how the network does: tells them, and keeps them. */
gboolean
sm_sync_fetch_guides (SmSync    *self,
                      SmClient  *client,
                      GError   **error)
{
  g_autoptr (GCancellable) cancellable = sm_sync_ref_cancellable (self);
  SmRequest request = { .method = "GET", .path = SM_PATH_FAULT_CODES };
  g_autoptr (SmResponse) response = sm_client_send (client, &request, cancellable, error);
  g_autofree char *text = NULL;
  GPtrArray *guides;
  gsize length = 0;

  if (response == NULL)
    return FALSE;
  text = sm_response_read_document (response, &length, error);
  guides = text != NULL ? parse (text, length, error) : NULL;
  if (guides == NULL)
    return FALSE;
  sm_sync_post (self, guides_cb, guides, (GDestroyNotify) g_ptr_array_unref);
  return sm_sync_write_meta (self, SM_CACHE_GUIDES, text, error);
}

/**
 * sm_sync_writer_dup_guides:
 *
 * They are asked for every ten minutes only: a copy that is begun anew in between
 * would be without them at the next start, were they not taken over.
 *
 * Returns: (transfer full) (nullable): of the copy so far, if it is one of this
 *   network and what was written to it
 */
char *
sm_sync_writer_dup_guides (SmSyncWriter *writer)
{
  SmSync *self = writer->sync;
  g_autofree char *epoch = sm_cache_dup_meta (writer->cache, SM_CACHE_EPOCH);
  gboolean is_same;

  g_mutex_lock (&self->mutex);
  is_same = self->info != NULL && g_strcmp0 (self->info->epoch, epoch) == 0;
  g_mutex_unlock (&self->mutex);
  return is_same && !writer->is_doubtful ? sm_cache_dup_meta (writer->cache, SM_CACHE_GUIDES)
                                         : NULL;
}
