/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-work-orders.h"

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-row-codec.h"
#include "sm-sync-private.h"
#include "sm-time.h"

#include <string.h>

/* More of one order nobody reads. */
#define MAX_LINES 5000

static gpointer
read_order (SmResponse  *response,
            GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (SmRow) order = sm_row_read (reader, sm_noun_get (SM_NOUN_WORK_ORDER), error);

  if (order == NULL || !sm_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&order);
}

/**
 * sm_sync_open_work_order_async:
 * @description: (nullable): what the person wrote
 *
 * Has a repair be ordered for what an alarm is about; where there is one of the same cause, that
 * is the answer.
 */
void
sm_sync_open_work_order_async (SmSync              *self,
                               gint64               alarm_id,
                               const char          *description,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "kind");
  sm_json_writer_text (writer, "repair");
  sm_json_writer_name (writer, "source");
  sm_json_writer_text (writer, "alarm");
  sm_json_writer_name (writer, "alarm_id");
  sm_json_writer_int (writer, alarm_id);
  if (description != NULL)
    {
      sm_json_writer_name (writer, "description");
      sm_json_writer_text (writer, description);
    }
  sm_json_writer_end_object (writer);
  sm_sync_ask_other (self, "POST", g_strdup (SM_PATH_WORK_ORDERS), sm_json_writer_end (writer),
                     read_order, (GDestroyNotify) sm_row_unref, cancellable, callback, user_data);
}

/** sm_sync_open_work_order_finish: Returns: (transfer full) (nullable): the order */
SmRow *
sm_sync_open_work_order_finish (GAsyncResult  *result,
                                GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

/* --- what happened to one --- */

static SmWorkOrderLine *
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

static gpointer
read_lines (SmResponse  *response,
            GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (GPtrArray) lines
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_work_order_line_free);
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
      while (lines->len < MAX_LINES && sm_json_reader_next_element (reader))
        g_ptr_array_add (lines, read_line (reader));
    }
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&lines) : NULL;
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
