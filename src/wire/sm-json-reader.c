/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-reader-private.h"

#include "sm-json-writer.h"
#include "sm-rfc3339-private.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *data;
  gsize length;
} Memory;

typedef struct
{
  GInputStream *stream;
  GCancellable *cancellable;
} Stream;

static gssize
fill_from_memory (gpointer   user_data,
                  char      *buffer,
                  gsize      size,
                  GError   **error)
{
  Memory *rest = user_data;
  gsize n = MIN (size, rest->length);

  if (n == 0)
    return 0;
  memcpy (buffer, rest->data, n);
  rest->data += n;
  rest->length -= n;
  return (gssize) n;
}

static gssize
fill_from_stream (gpointer   user_data,
                  char      *buffer,
                  gsize      size,
                  GError   **error)
{
  Stream *self = user_data;

  return g_input_stream_read (self->stream, buffer, size, self->cancellable, error);
}

static void
stream_free (gpointer data)
{
  Stream *self = data;

  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/**
 * sm_json_reader_new:
 * @fill: where the document comes from; must be usable as long as the reader
 * @max_bytes: a longer document is refused as soon as it is
 *
 * Returns: (transfer full): a reader before the document's value
 */
SmJsonReader *
sm_json_reader_new (SmJsonFill fill,
                    gpointer   user_data,
                    guint64    max_bytes)
{
  SmJsonReader *self;

  g_return_val_if_fail (fill != NULL, NULL);

  /* The levels need no clearing: enter() sets each up. */
  self = g_malloc (sizeof *self);
  memset (self, 0, G_STRUCT_OFFSET (SmJsonReader, levels) + sizeof self->levels[0]);
  self->fill = fill;
  self->user_data = user_data;
  self->max_bytes = max_bytes;
  self->max_values = G_MAXUINT64;
  self->max_members = G_MAXUINT64;
  self->capacity = SM_JSON_CHUNK;
  self->buffer = g_malloc (self->capacity + 1);
  self->p = self->end = self->buffer;
  *self->end = '\0';
  self->has_value = TRUE;
  return self;
}

/** sm_json_reader_new_for_data: @data: borrowed as long as the reader lives */
SmJsonReader *
sm_json_reader_new_for_data (const char *data,
                             gsize       length)
{
  Memory *rest = g_new (Memory, 1);
  SmJsonReader *self = sm_json_reader_new (fill_from_memory, rest, length);

  *rest = (Memory){ data, length };
  self->user_data_free = g_free;
  return self;
}

/** sm_json_reader_new_for_stream: Reads @stream with blocking calls, in this thread. */
SmJsonReader *
sm_json_reader_new_for_stream (GInputStream *stream,
                               GCancellable *cancellable,
                               guint64       max_bytes)
{
  Stream *source = g_new0 (Stream, 1);
  SmJsonReader *self = sm_json_reader_new (fill_from_stream, source, max_bytes);

  source->stream = g_object_ref (stream);
  g_set_object (&source->cancellable, cancellable);
  self->user_data_free = stream_free;
  return self;
}

void
sm_json_reader_free (SmJsonReader *self)
{
  if (self->user_data_free != NULL)
    self->user_data_free (self->user_data);
  g_clear_error (&self->error);
  g_free (self->long_name);
  g_free (self->buffer);
  g_free (self);
}

static void
append_pointer_name (GString    *pointer,
                     const char *name)
{
  g_string_append_c (pointer, '/');
  for (; *name != '\0'; name++)
    if (*name == '~')
      g_string_append (pointer, "~0");
    else if (*name == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, *name);
}

/* Where the reader is, as a JSON pointer. */
static char *
dup_pointer (SmJsonReader *self)
{
  GString *pointer = g_string_new (NULL);

  for (guint i = 1; i <= self->depth; i++)
    if (self->levels[i].index == G_MAXUINT64)
      break;
    else if (self->levels[i].is_object)
      append_pointer_name (pointer, self->levels[i].name);
    else
      g_string_append_printf (pointer, "/%" G_GUINT64_FORMAT, self->levels[i].index);
  return g_string_free (pointer, FALSE);
}

/* Fails at @at in the buffer, NULL for the end of what has come; only the first
 * failure counts. */
void
sm_json_reader_fail_at (SmJsonReader *self,
                        const char   *at,
                        SmErrorCode   code,
                        const char   *slug,
                        const char   *what)
{
  guint64 byte = at != NULL ? self->offset + (guint64) (at - self->buffer) : self->taken;
  g_autofree char *pointer = NULL;
  g_autofree char *byte_text = NULL;

  if (self->error != NULL)
    return;
  pointer = dup_pointer (self);
  byte_text = g_strdup_printf ("%" G_GUINT64_FORMAT, byte);
  sm_set_error (&self->error, code, slug, "%s, at byte %s of the JSON document, in ‘%s’", what,
                byte_text, pointer);
  sm_error_set_param (self->error, "byte", byte_text);
  sm_error_add_field (self->error, pointer, slug);
  self->has_value = FALSE;
}

static void
fail_syntax (SmJsonReader *self,
             const char   *what)
{
  gboolean is_cut = self->p == self->end && self->at_end;

  sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED,
                          is_cut ? "json-cut" : "json-not-strict",
                          is_cut ? "it ends too early" : what);
}

/**
 * sm_json_reader_fail:
 *
 * Makes the reader fail because of what the document says, at the value that
 * was read last, unless it has failed already.
 */
void
sm_json_reader_fail (SmJsonReader *self,
                     SmErrorCode   code,
                     const char   *slug,
                     const char   *format,
                     ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  sm_json_reader_fail_at (self, self->p, code, slug, what);
}

gboolean
sm_json_reader_has_failed (SmJsonReader *self)
{
  return self->error != NULL;
}

/** sm_json_reader_get_error: Returns: (transfer none) (nullable): what went wrong first */
const GError *
sm_json_reader_get_error (SmJsonReader *self)
{
  return self->error;
}

/**
 * sm_json_reader_peek:
 *
 * Returns: what kind of value comes next; a scalar is not checked before it is
 *   read
 */
SmJsonKind
sm_json_reader_peek (SmJsonReader *self)
{
  if (self->error != NULL || !self->has_value)
    return SM_JSON_NONE;
  switch (sm_json_scan_peek (self))
    {
    case '{':
      return SM_JSON_OBJECT;
    case '[':
      return SM_JSON_ARRAY;
    case '"':
      return SM_JSON_STRING;
    case 't':
    case 'f':
      return SM_JSON_BOOL;
    case 'n':
      return SM_JSON_NULL;
    case '-':
    case '0' ... '9':
      return SM_JSON_NUMBER;
    default:
      fail_syntax (self, "here a value has to begin");
      return SM_JSON_NONE;
    }
}

/* Whether a value of @kind comes next; fails when it does not. */
static gboolean
expect (SmJsonReader *self,
        SmJsonKind    kind,
        const char   *what)
{
  SmJsonKind found = sm_json_reader_peek (self);

  if (found == kind)
    return TRUE;
  if (found != SM_JSON_NONE)
    sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED, "wrong-type", what);
  return FALSE;
}

/* Counts the value that has just been read. */
static inline void
take_value (SmJsonReader *self)
{
  self->has_value = FALSE;
  if (++self->n_values > self->max_values)
    sm_json_reader_fail_at (self, self->p, SM_ERROR_TOO_LARGE, "json-too-large",
                            "it holds too many values");
}

static void
enter (SmJsonReader *self,
       gboolean      is_object)
{
  Level *level;

  if (self->depth == SM_JSON_MAX_DEPTH)
    {
      sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED, "json-too-deep",
                              "it nests too deep");
      return;
    }
  self->p++;
  take_value (self);
  level = &self->levels[++self->depth];
  level->is_object = is_object;
  level->index = G_MAXUINT64;
  level->name[0] = '\0';
}

/** sm_json_reader_begin_object: Enters an object; see sm_json_reader_next_member(). */
void
sm_json_reader_begin_object (SmJsonReader *self)
{
  if (expect (self, SM_JSON_OBJECT, "this should be an object"))
    enter (self, TRUE);
}

/** sm_json_reader_begin_array: Enters an array; see sm_json_reader_next_element(). */
void
sm_json_reader_begin_array (SmJsonReader *self)
{
  if (expect (self, SM_JSON_ARRAY, "this should be an array"))
    enter (self, FALSE);
}

/* Steps over the comma to the next element or member. FALSE when the level has
 * ended, and is left then, or on an error. */
static gboolean
advance (SmJsonReader *self,
         char          closing)
{
  Level *level = &self->levels[self->depth];
  gboolean is_first = level->index == G_MAXUINT64;
  char c = sm_json_scan_peek (self);

  if (c == closing)
    {
      self->p++;
      self->depth--;
      return FALSE;
    }
  if (!is_first)
    {
      if (c != ',')
        {
          fail_syntax (self, "here a comma or the closing bracket is missing");
          return FALSE;
        }
      self->p++;
      if (sm_json_scan_peek (self) == closing)
        {
          fail_syntax (self, "after a comma something has to come");
          return FALSE;
        }
    }
  level->index++;
  return self->error == NULL;
}

/* Notes the name of the member for errors' pointers, a long one cut at a whole
 * character. */
static inline void
note_name (SmJsonReader *self,
           const char   *name,
           gsize         length)
{
  Level *level = &self->levels[self->depth];

  if (length >= LEVEL_NAME_SIZE)
    for (length = LEVEL_NAME_SIZE - 1; ((guchar) name[length] & 0xc0) == 0x80; length--)
      ;
  /* A size that the compiler knows is a few moves instead of a call. */
  if (self->end - name >= LEVEL_NAME_SIZE)
    memcpy (level->name, name, LEVEL_NAME_SIZE);
  else
    memcpy (level->name, name, length);
  level->name[length] = '\0';
}

/* Keeps the name where it stays when the buffer moves. */
static inline const char *
keep_name (SmJsonReader *self,
           const char   *name,
           gsize         length)
{
  note_name (self, name, length);
  if (length < LEVEL_NAME_SIZE)
    return self->levels[self->depth].name;
  g_free (self->long_name);
  self->long_name = g_strndup (name, length);
  return self->long_name;
}

/* Reads the string at p; it is terminated in place and stays until the next
 * call. Returns NULL after failing. */
static char *
take_string (SmJsonReader *self,
             gsize        *out_length)
{
  gboolean is_plain;
  char *closing = sm_json_scan_string (self, &is_plain);
  char *text;

  if (closing == NULL)
    return NULL;
  text = self->p + 1;
  self->p = closing + 1;
  *out_length = is_plain ? (gsize) (closing - text) : sm_json_scan_decode (text, closing);
  text[*out_length] = '\0';
  return text;
}

static inline void
read_colon (SmJsonReader *self)
{
  if (*self->p != ':' && sm_json_scan_peek (self) != ':')
    {
      fail_syntax (self, "after a member's name a colon has to come");
      return;
    }
  self->p++;
  self->has_value = TRUE;
}

static gboolean
advance_to_member (SmJsonReader *self)
{
  g_return_val_if_fail (self->error != NULL || self->levels[self->depth].is_object, FALSE);

  if (self->has_value)
    sm_json_reader_skip_value (self);
  if (self->error != NULL)
    return FALSE;
  if (*self->p == ',' && self->p[1] == '"' && self->levels[self->depth].index != G_MAXUINT64)
    {
      self->p++;
      self->levels[self->depth].index++;
    }
  else if (!advance (self, '}'))
    return FALSE;
  if (*self->p != '"')
    fail_syntax (self, "here a member's name has to begin");
  else if (self->levels[self->depth].index >= self->max_members)
    sm_json_reader_fail_at (self, self->p, SM_ERROR_TOO_LARGE, "json-too-large",
                            "an object has too many members");
  return self->error == NULL;
}

/**
 * sm_json_reader_next_member:
 * @out_name: (out) (transfer none): valid until the next member
 *
 * Goes to the next member; a value that was not read is skipped.
 *
 * Returns: FALSE at the end of the object, which is left then, or on an error
 */
gboolean
sm_json_reader_next_member (SmJsonReader  *self,
                            const char   **out_name)
{
  const char *name;
  gsize length;

  if (self->error != NULL || !advance_to_member (self))
    return FALSE;
  name = take_string (self, &length);
  if (name == NULL)
    return FALSE;
  *out_name = keep_name (self, name, length);
  read_colon (self);
  return self->error == NULL;
}

/* The most common place by far: a comma and the next value right behind it. */
static inline gboolean
step_over_comma (SmJsonReader *self)
{
  if (*self->p != ',' || (guchar) self->p[1] <= ' ' || self->p[1] == ']' || self->has_value
      || self->error != NULL || self->levels[self->depth].index == G_MAXUINT64)
    return FALSE;
  self->p++;
  self->levels[self->depth].index++;
  self->has_value = TRUE;
  return TRUE;
}

/**
 * sm_json_reader_next_element:
 *
 * Goes to the next element; a value that was not read is skipped.
 *
 * Returns: FALSE at the end of the array, which is left then, or on an error
 */
gboolean
sm_json_reader_next_element (SmJsonReader *self)
{
  if (self->error != NULL)
    return FALSE;
  g_return_val_if_fail (self->depth > 0 && !self->levels[self->depth].is_object, FALSE);

  if (step_over_comma (self))
    return TRUE;
  if (self->has_value)
    sm_json_reader_skip_value (self);
  if (self->error != NULL || !advance (self, ']'))
    return FALSE;
  self->has_value = TRUE;
  return TRUE;
}

/** sm_json_reader_read_null: Returns: TRUE when null came next, which is read then */
gboolean
sm_json_reader_read_null (SmJsonReader *self)
{
  if (sm_json_reader_peek (self) != SM_JSON_NULL || !sm_json_scan_literal (self, "null"))
    return FALSE;
  take_value (self);
  return TRUE;
}

/** sm_json_reader_read_bool: Returns: the value; null is not one */
gboolean
sm_json_reader_read_bool (SmJsonReader *self)
{
  gboolean value;

  if (!expect (self, SM_JSON_BOOL, "this should be true or false"))
    return FALSE;
  value = *self->p == 't';
  if (!sm_json_scan_literal (self, value ? "true" : "false"))
    return FALSE;
  take_value (self);
  return value;
}

/* Reads a number, which p is before then. FALSE for null, which is read, and
 * after failing. */
static inline gboolean
take_number (SmJsonReader *self,
             Number       *out_number)
{
  if (self->has_value && sm_json_scan_quick_number (self, out_number))
    return TRUE;
  return !sm_json_reader_read_null (self)
         && expect (self, SM_JSON_NUMBER, "this should be a number")
         && sm_json_scan_number (self, out_number);
}

/**
 * sm_json_reader_read_int:
 * @min: the smallest value that is allowed
 * @max: the largest
 *
 * Returns: a whole number; %SM_UNKNOWN for null or on an error
 */
gint64
sm_json_reader_read_int (SmJsonReader *self,
                         gint64        min,
                         gint64        max)
{
  Number number;
  gint64 value;

  if (!take_number (self, &number))
    return SM_UNKNOWN;
  if (!number.is_integer)
    {
      sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED, "wrong-type",
                              "this should be a whole number");
      return SM_UNKNOWN;
    }
  value = (gint64) (number.is_negative ? -number.mantissa : number.mantissa);
  if (value < min || value > max)
    {
      sm_json_reader_fail_at (self, self->p, SM_ERROR_INVALID, "out-of-range",
                              "this number is out of its range");
      return SM_UNKNOWN;
    }
  self->p = number.end;
  take_value (self);
  return value;
}

/** sm_json_reader_read_real: Returns: a number; NAN for null or on an error */
double
sm_json_reader_read_real (SmJsonReader *self)
{
  Number number;
  double value;

  if (!take_number (self, &number))
    return NAN;
  value = sm_json_scan_to_real (self, &number);
  self->p = number.end;
  take_value (self);
  return value;
}

/**
 * sm_json_reader_read_text:
 * @out_length: (out) (optional): its length in bytes
 *
 * Returns: (transfer none) (nullable): a text, valid until the next call of
 *   this reader; NULL for null or on an error
 */
const char *
sm_json_reader_read_text (SmJsonReader *self,
                          gsize        *out_length)
{
  const char *text;
  gsize length = 0;

  if (out_length != NULL)
    *out_length = 0;
  if (!(self->has_value && *self->p == '"')
      && (sm_json_reader_read_null (self)
          || !expect (self, SM_JSON_STRING, "this should be a text")))
    return NULL;
  text = take_string (self, &length);
  if (text == NULL)
    return NULL;
  take_value (self);
  if (out_length != NULL)
    *out_length = length;
  return text;
}

/** sm_json_reader_read_time: Returns: a moment in µs; %SM_UNKNOWN for null or on an error */
gint64
sm_json_reader_read_time (SmJsonReader *self)
{
  gsize length;
  gint64 time_us;
  const char *text = sm_json_reader_read_text (self, &length);

  if (text == NULL)
    return SM_UNKNOWN;
  if (sm_rfc3339_parse (text, length, &time_us))
    return time_us;
  sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED, "bad-time",
                          "this is no RFC 3339 time");
  return SM_UNKNOWN;
}

/* The plain case of a number between commas, without a look at anything else. */
static inline gboolean
take_quick_real (SmJsonReader *self,
                 double       *out_value)
{
  Number number;

  if (!step_over_comma (self) || !sm_json_scan_quick_number (self, &number))
    return FALSE;
  *out_value = sm_json_scan_to_real (self, &number);
  self->p = number.end;
  take_value (self);
  return TRUE;
}

/**
 * sm_json_reader_read_reals:
 * @values: (out): room for @room numbers; NAN for null
 *
 * Reads elements of the array that was begun.
 *
 * Returns: how many; fewer than @room when the array has ended, which is left
 *   then, or on an error
 */
guint
sm_json_reader_read_reals (SmJsonReader *self,
                           double       *values,
                           guint         room)
{
  guint n = 0;

  while (n < room)
    if (take_quick_real (self, &values[n]))
      n++;
    else if (self->has_value || sm_json_reader_next_element (self))
      values[n++] = sm_json_reader_read_real (self);
    else
      break;
  return n;
}

/** sm_json_reader_read_times: Likewise for moments; %SM_UNKNOWN for null. */
guint
sm_json_reader_read_times (SmJsonReader *self,
                           gint64       *values,
                           guint         room)
{
  guint n = 0;

  for (; n < room && (step_over_comma (self) || sm_json_reader_next_element (self)); n++)
    values[n] = sm_json_reader_read_time (self);
  return n;
}

static void
skip_members (SmJsonReader *self)
{
  gboolean is_plain;
  char *closing;

  enter (self, TRUE);
  while (self->error == NULL && advance_to_member (self))
    {
      closing = sm_json_scan_string (self, &is_plain);
      if (closing == NULL)
        return;
      note_name (self, self->p + 1, (gsize) (closing - self->p) - 1);
      self->p = closing + 1;
      read_colon (self);
    }
}

static inline void
skip_scalar (SmJsonReader *self,
             SmJsonKind    kind)
{
  Number number;
  gboolean is_plain;
  char *end;

  if (kind == SM_JSON_STRING)
    {
      end = sm_json_scan_string (self, &is_plain);
      if (end != NULL)
        self->p = end + 1;
    }
  else if (kind == SM_JSON_NUMBER)
    {
      if (sm_json_scan_number (self, &number))
        self->p = number.end;
    }
  else if (kind == SM_JSON_BOOL)
    sm_json_scan_literal (self, *self->p == 't' ? "true" : "false");
  else
    sm_json_scan_literal (self, "null");
  if (self->error == NULL)
    take_value (self);
}

/** sm_json_reader_skip_value: Reads a value of any kind, checks it, and forgets it. */
void
sm_json_reader_skip_value (SmJsonReader *self)
{
  SmJsonKind kind = self->has_value && *self->p == '"' ? SM_JSON_STRING
                                                      : sm_json_reader_peek (self);

  if (kind == SM_JSON_OBJECT)
    skip_members (self);
  else if (kind == SM_JSON_ARRAY)
    {
      enter (self, FALSE);
      while (sm_json_reader_next_element (self))
        sm_json_reader_skip_value (self);
    }
  else if (kind != SM_JSON_NONE)
    skip_scalar (self, kind);
}

static void
copy_value (SmJsonReader *self,
            SmJsonWriter *writer)
{
  Number number;
  const char *name;

  switch (sm_json_reader_peek (self))
    {
    case SM_JSON_OBJECT:
      sm_json_writer_begin_object (writer);
      sm_json_reader_begin_object (self);
      while (sm_json_reader_next_member (self, &name))
        {
          sm_json_writer_name (writer, name);
          copy_value (self, writer);
        }
      sm_json_writer_end_object (writer);
      break;
    case SM_JSON_ARRAY:
      sm_json_writer_begin_array (writer);
      sm_json_reader_begin_array (self);
      while (sm_json_reader_next_element (self))
        copy_value (self, writer);
      sm_json_writer_end_array (writer);
      break;
    case SM_JSON_NUMBER:
      if (!sm_json_scan_number (self, &number))
        break;
      sm_json_writer_raw (writer, self->p, number.end - self->p);
      self->p = number.end;
      take_value (self);
      break;
    case SM_JSON_STRING:
      sm_json_writer_text (writer, sm_json_reader_read_text (self, NULL));
      break;
    case SM_JSON_BOOL:
      sm_json_writer_bool (writer, sm_json_reader_read_bool (self));
      break;
    case SM_JSON_NULL:
      sm_json_reader_read_null (self);
      sm_json_writer_null (writer);
      break;
    case SM_JSON_NONE:
      break;
    }
}

/**
 * sm_json_reader_read_raw:
 *
 * Returns: (transfer full) (nullable): a value of any kind as compact JSON text
 *   in one canonical form, numbers as they stand; NULL on an error
 */
char *
sm_json_reader_read_raw (SmJsonReader *self)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  copy_value (self, writer);
  return self->error == NULL ? sm_json_writer_end (writer) : NULL;
}

/**
 * sm_json_reader_finish:
 *
 * Checks that the document's value was read and that nothing comes after it.
 *
 * Returns: FALSE with the first error, which any call may have met
 */
gboolean
sm_json_reader_finish (SmJsonReader  *self,
                       GError       **error)
{
  if (self->error == NULL && self->has_value && self->depth == 0)
    sm_json_reader_skip_value (self);
  if (self->error == NULL && self->depth > 0)
    sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED, "json-not-strict",
                            "the document was not read to its end");
  if (self->error == NULL)
    {
      sm_json_scan_peek (self);
      if (self->error == NULL && (self->p < self->end || !self->at_end))
        sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED, "json-not-strict",
                                "after the document something follows");
    }
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->error));
  return FALSE;
}
