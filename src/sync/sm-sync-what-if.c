/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-what-if.h"

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-row-codec.h"
#include "sm-sync-private.h"
#include "sm-time.h"

static void
read_sum (SmJsonReader *reader,
          gint64       *out_now,
          gint64       *out_proposed)
{
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "now"))
      *out_now = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (g_str_equal (name, "proposed"))
      *out_proposed = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else
      sm_json_reader_skip_value (reader);
}

static void
read_part (SmJsonReader *reader,
           SmWhatIfPart *part)
{
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "at"))
      part->at = sm_json_reader_read_time (reader);
    else if (g_str_equal (name, "id"))
      part->at = sm_json_reader_read_int (reader, 1, SM_JSON_MAX_ID);
    else if (g_str_equal (name, "exact"))
      part->is_exact = sm_json_reader_read_bool (reader);
    else if (g_str_equal (name, "now"))
      part->now = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (g_str_equal (name, "proposed"))
      part->proposed = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else
      sm_json_reader_skip_value (reader);
}

static void
read_parts (SmJsonReader *reader,
            SmWhatIfPart *parts,
            guint         most,
            guint        *n)
{
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    if (*n < most)
      read_part (reader, &parts[(*n)++]);
    else
      sm_json_reader_skip_value (reader);
}

static gpointer
read_what_if (SmResponse  *response,
              GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autofree SmWhatIfSums *sums = g_new0 (SmWhatIfSums, 1);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "from"))
      sums->from = sm_json_reader_read_time (reader);
    else if (g_str_equal (name, "exact_from"))
      sums->exact_from = sm_json_reader_read_time (reader);
    else if (g_str_equal (name, "band"))
      sums->band = sm_json_reader_read_real (reader);
    else if (g_str_equal (name, "things"))
      sums->things = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (g_str_equal (name, "estimate"))
      read_sum (reader, &sums->estimate_now, &sums->estimate_proposed);
    else if (g_str_equal (name, "exact"))
      read_sum (reader, &sums->exact_now, &sums->exact_proposed);
    else if (g_str_equal (name, "hours"))
      read_parts (reader, sums->hours, SM_WHAT_IF_MOST_HOURS, &sums->n_hours);
    else if (g_str_equal (name, "rings"))
      read_parts (reader, sums->rings, SM_WHAT_IF_MOST_RINGS, &sums->n_rings);
    else
      sm_json_reader_skip_value (reader);
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&sums) : NULL;
}

/** sm_sync_ask_what_if_async: @from: network time; until now */
void
sm_sync_ask_what_if_async (SmSync              *self,
                           gint64               limit_id,
                           double               value,
                           gint64               from,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autofree char *from_text = sm_time_to_rfc3339 (from);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_BASE "/limits/%" G_GINT64_FORMAT
                                      "/what_if?value=%s&from=%s", limit_id,
                                      g_ascii_formatd (number, sizeof number, "%.3f", value),
                                      from_text),
                     NULL, read_what_if, g_free, cancellable, callback, user_data);
}

/** sm_sync_ask_what_if_finish: Returns: (transfer full) (nullable) */
SmWhatIfSums *
sm_sync_ask_what_if_finish (GAsyncResult  *result,
                            GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

static gpointer
read_limit (SmResponse  *response,
            GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_LIMIT, error);
}

/**
 * sm_sync_change_limit_async:
 * @seen: the limit as it was seen
 * @wanted: what is to be different: its fields that are not null
 * @risk: what can go wrong, and what is done about it
 *
 * Ends with the limit after it.
 */
void
sm_sync_change_limit_async (SmSync              *self,
                            const SmRow         *seen,
                            const SmRow         *wanted,
                            const char          *reason,
                            const char          *risk,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  const SmNoun *noun = sm_noun_get (SM_NOUN_LIMIT);

  sm_json_writer_begin_object (writer);
  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    if (!sm_row_is_null (wanted, i))
      {
        sm_json_writer_name (writer, noun->fields[i].name);
        sm_row_write_field (writer, wanted, i);
      }
  sm_json_writer_name (writer, "reason");
  sm_json_writer_text (writer, reason);
  sm_json_writer_name (writer, "risk");
  sm_json_writer_text (writer, risk);
  sm_json_writer_end_object (writer);
  sm_sync_ask_change (self,
                      g_strdup_printf (SM_PATH_BASE "/limits/%" G_GINT64_FORMAT,
                                       sm_row_get_id (seen)),
                      sm_json_writer_end (writer), sm_row_get_int (seen, SM_ROW_SEQ), read_limit,
                      (GDestroyNotify) sm_row_unref, cancellable, callback, user_data);
}

/** sm_sync_change_limit_finish: Returns: (transfer full) (nullable) */
SmRow *
sm_sync_change_limit_finish (GAsyncResult  *result,
                             GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
