/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sm-diagnosis.h"
#include "sm-json-guard.h"
#include "sm-json-writer.h"

static void
write_text (SmJsonWriter *writer,
            const char   *name,
            const char   *value)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_text (writer, value);
}

/* Ids and serial numbers are parts of our paths; somebody who mistakes a token for
 * one finds it in no log. */
static void
write_path (SmJsonWriter     *writer,
            const SmLogEntry *entry)
{
  g_autofree char *clean = entry->path != NULL && strlen (entry->path) >= SM_SCRUB_MIN
                               ? sm_scrub (entry->path)
                               : NULL;

  write_text (writer, "path", clean != NULL ? clean : entry->path);
}

static gsize
body_bytes (const SmLogEntry *entry)
{
  if (entry->answer == NULL || entry->answer->body == NULL)
    return 0;
  return g_bytes_get_size (entry->answer->body);
}

/**
 * sm_log_access:
 *
 * One JSON line on stderr.  No token and no body, and nothing of the query: a
 * client by mistake may put a secret there.
 */
void
sm_log_access (const SmLogEntry *entry)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autofree char *line = NULL;

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "time");
  sm_json_writer_time (writer, g_get_real_time ());
  write_text (writer, "peer", entry->peer);
  write_text (writer, "method", entry->method);
  write_text (writer, "route", entry->route);
  write_path (writer, entry);
  sm_json_writer_name (writer, "status");
  sm_json_writer_int (writer, entry->status);
  sm_json_writer_name (writer, "ms");
  sm_json_writer_real (writer, (double) (entry->took_us / 100) / 10.0);
  sm_json_writer_name (writer, "bytes");
  sm_json_writer_int (writer, (gint64) body_bytes (entry));
  sm_json_writer_end_object (writer);
  line = sm_json_writer_end (writer);
  fprintf (stderr, "%s\n", line);
}

static void
write_headers (SmJsonWriter       *writer,
               const char         *name,
               SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *header, *value;

  sm_json_writer_name (writer, name);
  sm_json_writer_begin_object (writer);
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &header, &value))
    if (g_ascii_strcasecmp (header, "Authorization") != 0)
      write_text (writer, header, value);
  sm_json_writer_end_object (writer);
}

/* JSON as it is, anything else as text, nothing as null. */
static void
write_body (SmJsonWriter *writer,
            const char   *name,
            GBytes       *body)
{
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  g_autofree char *text = NULL;

  sm_json_writer_name (writer, name);
  if (length == 0)
    sm_json_writer_null (writer);
  else if (sm_json_guard_check (data, length, NULL))
    sm_json_writer_raw (writer, data, (gssize) length);
  else
    {
      text = g_utf8_make_valid (data, (gssize) length);
      sm_json_writer_text (writer, text);
    }
}

/**
 * sm_log_record:
 *
 * For tests: the exchange as a file in @folder, which appears whole or not at
 * all.  The token is left out.
 */
void
sm_log_record (const SmLogEntry *entry,
               const char       *folder,
               guint             number)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  /* One process may run several services, and one moment see several requests. */
  g_autofree char *name = g_strdup_printf ("%d-%" G_GINT64_FORMAT "-%06u.json", (int) getpid (),
                                           g_get_monotonic_time (), number);
  g_autofree char *file = g_build_filename (folder, name, NULL);
  SoupMessageBody *kept = soup_server_message_get_request_body (entry->message);
  /* Of a request that was refused early nothing is kept. */
  g_autoptr (GBytes) request =
      soup_message_body_get_accumulate (kept) ? soup_message_body_flatten (kept) : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  sm_json_writer_begin_object (writer);
  write_text (writer, "method", entry->method);
  write_text (writer, "route", entry->route);
  write_text (writer, "path", entry->path);
  write_text (writer, "query", entry->query);
  sm_json_writer_name (writer, "status");
  sm_json_writer_int (writer, entry->status);
  write_headers (writer, "request_headers",
                 soup_server_message_get_request_headers (entry->message));
  write_body (writer, "request_body", request);
  write_headers (writer, "response_headers",
                 soup_server_message_get_response_headers (entry->message));
  write_body (writer, "response_body", entry->answer != NULL ? entry->answer->body : NULL);
  sm_json_writer_end_object (writer);
  text = sm_json_writer_end (writer);
  if (!g_file_set_contents (file, text, -1, &error))
    g_warning ("Cannot record an exchange: %s", error->message);
}
