/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-reader-private.h"

#include <string.h>

/* The reader's structure: where it is, how it got there, and why it stopped. */

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
  self->buffer = g_malloc (self->capacity + SM_JSON_SLACK);
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

void
sm_json_reader_fail_syntax (SmJsonReader *self,
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
      sm_json_reader_fail_syntax (self, "here a value has to begin");
      return SM_JSON_NONE;
    }
}

/* Whether a value of @kind comes next; fails when it does not. */
gboolean
sm_json_reader_expect (SmJsonReader *self,
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

void
sm_json_reader_enter (SmJsonReader *self,
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
  sm_json_reader_took_value (self);
  level = &self->levels[++self->depth];
  level->is_object = is_object;
  level->index = G_MAXUINT64;
  level->name[0] = '\0';
}

/** sm_json_reader_begin_object: Enters an object; see sm_json_reader_next_member(). */
void
sm_json_reader_begin_object (SmJsonReader *self)
{
  if (sm_json_reader_expect (self, SM_JSON_OBJECT, "this should be an object"))
    sm_json_reader_enter (self, TRUE);
}

/** sm_json_reader_begin_array: Enters an array; see sm_json_reader_next_element(). */
void
sm_json_reader_begin_array (SmJsonReader *self)
{
  if (sm_json_reader_expect (self, SM_JSON_ARRAY, "this should be an array"))
    sm_json_reader_enter (self, FALSE);
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
          sm_json_reader_fail_syntax (self, "here a comma or the closing bracket is missing");
          return FALSE;
        }
      self->p++;
      if (sm_json_scan_peek (self) == closing)
        {
          sm_json_reader_fail_syntax (self, "after a comma something has to come");
          return FALSE;
        }
    }
  level->index++;
  return self->error == NULL;
}

/* Keeps the name where it stays when the buffer moves. */
static inline const char *
keep_name (SmJsonReader *self,
           const char   *name,
           gsize         length)
{
  sm_json_reader_note_name (self, name, length);
  if (length < LEVEL_NAME_SIZE)
    return self->levels[self->depth].name;
  g_free (self->long_name);
  self->long_name = g_strndup (name, length);
  return self->long_name;
}

gboolean
sm_json_reader_to_member (SmJsonReader *self)
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
    sm_json_reader_fail_syntax (self, "here a member's name has to begin");
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

  if (self->error != NULL || !sm_json_reader_to_member (self))
    return FALSE;
  name = sm_json_reader_take_string (self, &length);
  if (name == NULL)
    return FALSE;
  *out_name = keep_name (self, name, length);
  sm_json_reader_read_colon (self);
  return self->error == NULL;
}

/**
 * sm_json_reader_try_member:
 * @name: plain, without anything that JSON escapes
 *
 * Goes to the next member when it is called @name, and stands there in the plain
 * form, as documents of our own writer have it.
 *
 * Returns: FALSE says nothing: sm_json_reader_next_member() does
 */
gboolean
sm_json_reader_try_member (SmJsonReader *self,
                           const char   *name,
                           gsize         length)
{
  Level *level = &self->levels[self->depth];
  char *q = self->p;

  if (self->has_value || self->error != NULL || !level->is_object
      || (level->index != G_MAXUINT64 && *q++ != ',')
      || self->end - q <= (gssize) length + 3 || *q != '"' || memcmp (q + 1, name, length) != 0
      || q[length + 1] != '"' || q[length + 2] != ':' || level->index + 1 >= self->max_members)
    return FALSE;
  sm_json_reader_note_name (self, q + 1, length);
  self->p = q + length + 3;
  level->index++;
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

  if (sm_json_reader_step_over_comma (self))
    return TRUE;
  if (self->has_value)
    sm_json_reader_skip_value (self);
  if (self->error != NULL || !advance (self, ']'))
    return FALSE;
  self->has_value = TRUE;
  return TRUE;
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
