/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-answer.h"

#include <string.h>

#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-problem.h"
#include "sm-row-codec.h"

/**
 * sm_answer_new:
 * @body: (transfer full) (nullable): what to send
 * @content_type: (nullable): static
 */
SmAnswer *
sm_answer_new (guint       status,
               GBytes     *body,
               const char *content_type)
{
  SmAnswer *self = g_new0 (SmAnswer, 1);

  self->status = status;
  self->body = body;
  self->content_type = content_type;
  return self;
}

/** sm_answer_new_json: @writer: (transfer full): a finished document */
SmAnswer *
sm_answer_new_json (guint         status,
                    SmJsonWriter *writer)
{
  g_autoptr (SmJsonWriter) finished = writer;

  return sm_answer_new (status, sm_json_writer_end_bytes (finished), SM_CONTENT_TYPE_JSON);
}

/** sm_answer_new_state: @writer: (transfer full): what there is; @rev: which state of it that is */
SmAnswer *
sm_answer_new_state (SmJsonWriter *writer,
                     gint64        rev)
{
  SmAnswer *self = sm_answer_new_json (200, writer);

  self->etag = sm_etag_format (rev);
  return self;
}

/** sm_answer_new_row: A record with its ETag; live values travel by /live. */
SmAnswer *
sm_answer_new_row (guint        status,
                   const SmRow *row)
{
  SmJsonWriter *writer = sm_json_writer_new ();
  SmAnswer *self;

  sm_row_write (writer, row, SM_ROW_RECORD);
  self = sm_answer_new_json (status, writer);
  self->etag = sm_etag_format (sm_row_get_int (row, SM_ROW_SEQ));
  return self;
}

/**
 * sm_answer_new_problem:
 * @current: (nullable): what the thing is now, for a lost race
 *
 * What is wrong, by slug; what went wrong inside stays in the log.
 */
SmAnswer *
sm_answer_new_problem (const GError *error,
                       const SmRow  *current)
{
  guint status = 0;
  char *text = current != NULL ? sm_problem_to_json_with_row (error, current, &status)
                               : sm_problem_to_json (error, &status);
  SmAnswer *self = sm_answer_new (status, g_bytes_new_take (text, strlen (text)),
                                  SM_PROBLEM_CONTENT_TYPE);

  /* Why it is not ready was said when that began, and is asked for each second. */
  if (status >= 500 && g_strcmp0 (sm_error_get_slug (error), "not-ready") != 0)
    g_message ("Answering %u: %s", status, error->message);
  if (status == 429 || status == 503)
    {
      const char *seconds = sm_error_get_param (error, "retry_after_s");

      self->retry_after = g_strdup (seconds != NULL ? seconds : "5");
    }
  return self;
}

void
sm_answer_free (SmAnswer *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->packed, sm_gzipped_unref);
  g_free (self->etag);
  g_free (self->link);
  g_free (self->retry_after);
  g_free (self);
}

char *
sm_etag_format (gint64 seq)
{
  return g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", seq);
}

/** sm_etag_parse: Reads what sm_etag_format() wrote; nothing else, no weak ones, no lists. */
gboolean
sm_etag_parse (const char *text,
               gint64     *out_seq)
{
  gsize length = strlen (text);
  g_autofree char *digits = NULL;
  guint64 seq;

  if (length < 3 || text[0] != '"' || text[length - 1] != '"')
    return FALSE;
  digits = g_strndup (text + 1, length - 2);
  if (!g_ascii_string_to_unsigned (digits, 10, 0, SM_JSON_MAX_ID, &seq, NULL))
    return FALSE;
  *out_seq = (gint64) seq;
  return TRUE;
}
