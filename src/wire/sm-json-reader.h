/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-error.h"

G_BEGIN_DECLS

/**
 * SmJsonReader:
 *
 * Reads one JSON document strictly while it arrives, in chunks of 64 KiB and
 * with flat memory.  The caller pulls: it says what it expects next.  Strict
 * is RFC 8259 to the letter, valid UTF-8, no NUL (not even escaped), surrogates
 * in pairs, nothing deeper than 64, numbers that fit, and one document only.
 *
 * An error sticks: from then on members and elements end, values come out
 * unknown, and sm_json_reader_finish() tells the error.  So a codec is written
 * straight through, and checks once.  Errors are %SM_ERROR_MALFORMED,
 * %SM_ERROR_INVALID (a value out of its range), %SM_ERROR_TOO_LARGE, or what
 * the fill callback set; they carry the byte and a JSON pointer.
 *
 * Of a member that comes twice the last one wins, as in json-glib.
 *
 * One thread at a time, any thread.
 */
typedef struct _SmJsonReader SmJsonReader;

/**
 * SmJsonFill:
 *
 * Puts up to @size bytes into @buffer; blocks if it has to.
 *
 * Returns: how many, 0 at the end, -1 with @error set
 */
typedef gssize (*SmJsonFill) (gpointer   user_data,
                              char      *buffer,
                              gsize      size,
                              GError   **error);

typedef enum
{
  SM_JSON_NONE, /* an error, or no value here */
  SM_JSON_OBJECT,
  SM_JSON_ARRAY,
  SM_JSON_STRING,
  SM_JSON_NUMBER,
  SM_JSON_BOOL,
  SM_JSON_NULL,
} SmJsonKind;

/* The longest single string or number. */
#define SM_JSON_MAX_TOKEN (1024 * 1024)
/* Ids and sequence numbers stay exact in every JSON implementation. */
#define SM_JSON_MAX_ID (G_GINT64_CONSTANT (1) << 53)

SmJsonReader *sm_json_reader_new            (SmJsonFill     fill,
                                             gpointer       user_data,
                                             guint64        max_bytes);
SmJsonReader *sm_json_reader_new_for_data   (const char    *data,
                                             gsize          length);
SmJsonReader *sm_json_reader_new_for_stream (GInputStream  *stream,
                                             GCancellable  *cancellable,
                                             guint64        max_bytes);
void          sm_json_reader_free           (SmJsonReader  *self);

SmJsonKind    sm_json_reader_peek           (SmJsonReader  *self);
void          sm_json_reader_begin_object   (SmJsonReader  *self);
gboolean      sm_json_reader_next_member    (SmJsonReader  *self,
                                             const char   **out_name);
gboolean      sm_json_reader_try_member     (SmJsonReader  *self,
                                             const char    *name,
                                             gsize          length);
void          sm_json_reader_begin_array    (SmJsonReader  *self);
gboolean      sm_json_reader_next_element   (SmJsonReader  *self);

gboolean      sm_json_reader_read_null      (SmJsonReader  *self);
gboolean      sm_json_reader_read_bool      (SmJsonReader  *self);
gint64        sm_json_reader_read_int       (SmJsonReader  *self,
                                             gint64         min,
                                             gint64         max);
double        sm_json_reader_read_real      (SmJsonReader  *self);
const char   *sm_json_reader_read_text      (SmJsonReader  *self,
                                             gsize         *out_length);
gint64        sm_json_reader_read_time      (SmJsonReader  *self);
char         *sm_json_reader_read_raw       (SmJsonReader  *self);
guint         sm_json_reader_read_reals     (SmJsonReader  *self,
                                             double        *values,
                                             guint          room);
guint         sm_json_reader_read_times     (SmJsonReader  *self,
                                             gint64        *values,
                                             guint          room);
guint         sm_json_reader_read_ints      (SmJsonReader  *self,
                                             gint64         min,
                                             gint64         max,
                                             gint64        *values,
                                             guint          room);
guint         sm_json_reader_read_slugs     (SmJsonReader  *self,
                                             const char *const *slugs,
                                             guint8        *values,
                                             guint          room);
void          sm_json_reader_skip_value     (SmJsonReader  *self);

gboolean      sm_json_reader_finish         (SmJsonReader  *self,
                                             GError       **error);
gboolean      sm_json_reader_has_failed     (SmJsonReader  *self);
const GError *sm_json_reader_get_error      (SmJsonReader  *self);
void          sm_json_reader_fail           (SmJsonReader  *self,
                                             SmErrorCode    code,
                                             const char    *slug,
                                             const char    *format,
                                             ...) G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmJsonReader, sm_json_reader_free)

G_END_DECLS
