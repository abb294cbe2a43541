/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-labels.h"

#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-sync-private.h"

#define MAX_LABELS 1000

static SmScanLabel *
read_label (SmJsonReader *reader)
{
  SmScanLabel *label = g_new0 (SmScanLabel, 1);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "noun"))
      label->noun = g_strdup (sm_json_reader_read_text (reader, NULL));
    else if (g_str_equal (name, "name"))
      label->names = sm_json_reader_read_raw (reader);
    else if (g_str_equal (name, "sn"))
      label->sn = g_strdup (sm_json_reader_read_text (reader, NULL));
    else if (g_str_equal (name, "link"))
      label->link = g_strdup (sm_json_reader_read_text (reader, NULL));
    else
      sm_json_reader_skip_value (reader);
  return label;
}

static gpointer
read_labels (SmResponse  *response,
             GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (GPtrArray) labels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_scan_label_free);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "items"))
      {
        sm_json_reader_begin_array (reader);
        while (sm_json_reader_next_element (reader) && labels->len < MAX_LABELS)
          g_ptr_array_add (labels, read_label (reader));
      }
    else
      sm_json_reader_skip_value (reader);
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&labels) : NULL;
}

/** sm_sync_ask_labels_async: Of a station and of its piles. */
void
sm_sync_ask_labels_async (SmSync              *self,
                          gint64               station_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_STATIONS "/%" G_GINT64_FORMAT SM_PATH_SCAN_CODES,
                                      station_id),
                     NULL, read_labels, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                     user_data);
}

/** sm_sync_ask_labels_finish: Returns: (transfer full) (nullable): of SmScanLabel */
GPtrArray *
sm_sync_ask_labels_finish (GAsyncResult  *result,
                           GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
