/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-reader-private.h"

#include "sm-json-writer.h"
#include "sm-rfc3339.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/* The reader's values: one by one, skipped, or copied as they are. */

/* Reads the string at p; it is terminated in place and stays until the next
 * call. Returns NULL after failing. */
char *
sm_json_reader_take_string (SmJsonReader *self,
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

/** sm_json_reader_read_null: Returns: TRUE when null came next, which is read then */
gboolean
sm_json_reader_read_null (SmJsonReader *self)
{
  if (self->has_value && self->error == NULL && *self->p > ' ')
    {
      if (*self->p != 'n')
        return FALSE;
      if (memcmp (self->p, "null", 4) == 0)
        {
          self->p += 4;
          sm_json_reader_took_value (self);
          return TRUE;
        }
    }
  if (sm_json_reader_peek (self) != SM_JSON_NULL || !sm_json_scan_literal (self, "null"))
    return FALSE;
  sm_json_reader_took_value (self);
  return TRUE;
}

/** sm_json_reader_read_bool: Returns: the value; null is not one */
gboolean
sm_json_reader_read_bool (SmJsonReader *self)
{
  gboolean value;

  if (!sm_json_reader_expect (self, SM_JSON_BOOL, "this should be true or false"))
    return FALSE;
  value = *self->p == 't';
  if (!sm_json_scan_literal (self, value ? "true" : "false"))
    return FALSE;
  sm_json_reader_took_value (self);
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
         && sm_json_reader_expect (self, SM_JSON_NUMBER, "this should be a number")
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
  sm_json_reader_took_value (self);
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
  sm_json_reader_took_value (self);
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
          || !sm_json_reader_expect (self, SM_JSON_STRING, "this should be a text")))
    return NULL;
  text = sm_json_reader_take_string (self, &length);
  if (text == NULL)
    return NULL;
  sm_json_reader_took_value (self);
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

/* The end of the number at @q, of at most 18 digits and no exponent, which fits in
 * any case; NULL when it is of another form. */
static inline char *
skip_quick_number (char *q)
{
  char *first = q += *q == '-', *point;

  while (*q >= '0' && *q <= '9')
    q++;
  if (q == first || (*first == '0' && q > first + 1))
    return NULL;
  if (*q == '.')
    {
      for (point = q++; *q >= '0' && *q <= '9'; q++)
        ;
      if (q == point + 1)
        return NULL;
    }
  return q - first <= 18 ? q : NULL;
}

/* The end of the value at @q when it is a scalar of the plain form, else NULL. */
static inline char *
skip_quick_scalar (char *q)
{
  if (*q == '"')
    {
      q = sm_json_scan_skip_plain (q + 1);
      return *q == '"' ? q + 1 : NULL;
    }
  if (*q == 'n' || *q == 't')
    return memcmp (q, *q == 'n' ? "null" : "true", 4) == 0 ? q + 4 : NULL;
  if (*q == 'f')
    return memcmp (q, "false", 5) == 0 ? q + 5 : NULL;
  return skip_quick_number (q);
}

/* Steps over members that are plain through and through, up to the last of them
 * that is whole in the buffer. */
static void
skip_quick_members (SmJsonReader *self)
{
  Level *level = &self->levels[self->depth];
  char *p = self->p, *q, *name = NULL, *name_end = NULL;
  guint64 n = 0;

  if (level->index == G_MAXUINT64)
    return;
  for (; p[0] == ',' && p[1] == '"' && level->index + n + 1 < self->max_members; p = q, n++)
    {
      char *closing = sm_json_scan_skip_plain (p + 2);

      if (closing - p - 2 > SM_JSON_MAX_TOKEN || closing[0] != '"' || closing[1] != ':')
        break;
      q = skip_quick_scalar (closing + 2);
      if (q == NULL || (*q != ',' && *q != '}') || q - closing > SM_JSON_MAX_TOKEN)
        break;
      name = p + 2;
      name_end = closing;
    }
  if (n == 0)
    return;
  self->p = p;
  level->index += n;
  self->n_values += n;
  sm_json_reader_note_name (self, name, (gsize) (name_end - name));
  if (self->n_values > self->max_values)
    sm_json_reader_fail_at (self, p, SM_ERROR_TOO_LARGE, "json-too-large",
                            "it holds too many values");
}

/* The same with elements. */
static void
skip_quick_elements (SmJsonReader *self)
{
  Level *level = &self->levels[self->depth];
  char *p = self->p, *q;
  guint64 n = 0;

  if (level->index == G_MAXUINT64 || self->has_value || self->error != NULL)
    return;
  for (; *p == ','; p = q, n++)
    {
      q = skip_quick_scalar (p + 1);
      if (q == NULL || (*q != ',' && *q != ']') || q - p > SM_JSON_MAX_TOKEN)
        break;
    }
  self->p = p;
  level->index += n;
  self->n_values += n;
  if (self->n_values > self->max_values)
    sm_json_reader_fail_at (self, p, SM_ERROR_TOO_LARGE, "json-too-large",
                            "it holds too many values");
}

static void
skip_members (SmJsonReader *self)
{
  gboolean is_plain;
  char *closing;

  sm_json_reader_enter (self, TRUE);
  while (self->error == NULL && sm_json_reader_to_member (self))
    {
      closing = sm_json_scan_string (self, &is_plain);
      if (closing == NULL)
        return;
      sm_json_reader_note_name (self, self->p + 1, (gsize) (closing - self->p) - 1);
      self->p = closing + 1;
      sm_json_reader_read_colon (self);
      sm_json_reader_skip_value (self);
      if (self->error == NULL)
        skip_quick_members (self);
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
    sm_json_reader_took_value (self);
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
      sm_json_reader_enter (self, FALSE);
      while (sm_json_reader_next_element (self))
        {
          sm_json_reader_skip_value (self);
          skip_quick_elements (self);
        }
    }
  else if (kind != SM_JSON_NONE)
    skip_scalar (self, kind);
}

static void copy_value (SmJsonReader *self,
                        SmJsonWriter *writer);

static void
copy_object (SmJsonReader *self,
             SmJsonWriter *writer)
{
  const char *name;

  sm_json_writer_begin_object (writer);
  sm_json_reader_begin_object (self);
  while (sm_json_reader_next_member (self, &name))
    {
      sm_json_writer_name (writer, name);
      copy_value (self, writer);
    }
  sm_json_writer_end_object (writer);
}

static void
copy_array (SmJsonReader *self,
            SmJsonWriter *writer)
{
  sm_json_writer_begin_array (writer);
  sm_json_reader_begin_array (self);
  while (sm_json_reader_next_element (self))
    copy_value (self, writer);
  sm_json_writer_end_array (writer);
}

static void
copy_number (SmJsonReader *self,
             SmJsonWriter *writer)
{
  Number number;

  if (!sm_json_scan_number (self, &number))
    return;
  sm_json_writer_raw (writer, self->p, number.end - self->p);
  self->p = number.end;
  sm_json_reader_took_value (self);
}

static void
copy_value (SmJsonReader *self,
            SmJsonWriter *writer)
{
  SmJsonKind kind = sm_json_reader_peek (self);

  if (kind == SM_JSON_OBJECT)
    copy_object (self, writer);
  else if (kind == SM_JSON_ARRAY)
    copy_array (self, writer);
  else if (kind == SM_JSON_NUMBER)
    copy_number (self, writer);
  else if (kind == SM_JSON_STRING)
    sm_json_writer_text (writer, sm_json_reader_read_text (self, NULL));
  else if (kind == SM_JSON_BOOL)
    sm_json_writer_bool (writer, sm_json_reader_read_bool (self));
  else if (sm_json_reader_read_null (self))
    sm_json_writer_null (writer);
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

