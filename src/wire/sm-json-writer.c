/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-writer.h"

#include "sm-rfc3339.h"

#include <math.h>
#include <string.h>

struct _SmJsonWriter
{
  GString *out;
  gboolean needs_comma; /* a value stands before this place */
};

/* Up to 9 decimals are tried before the slow way: positions have 7. */
static const double powers[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
#define EXACT_INTEGER 9007199254740992.0 /* 2^53 */

/** sm_json_writer_new: Returns: (transfer full): a writer with nothing written */
SmJsonWriter *
sm_json_writer_new (void)
{
  SmJsonWriter *self = g_new0 (SmJsonWriter, 1);

  self->out = g_string_sized_new (256);
  return self;
}

void
sm_json_writer_free (SmJsonWriter *self)
{
  if (self->out != NULL)
    g_string_free (self->out, TRUE);
  g_free (self);
}

static inline void
before_value (SmJsonWriter *self)
{
  if (self->needs_comma)
    g_string_append_c (self->out, ',');
  self->needs_comma = TRUE;
}

static void
begin (SmJsonWriter *self,
       char          bracket)
{
  before_value (self);
  g_string_append_c (self->out, bracket);
  self->needs_comma = FALSE;
}

static void
end (SmJsonWriter *self,
     char          bracket)
{
  g_string_append_c (self->out, bracket);
  self->needs_comma = TRUE;
}

void
sm_json_writer_begin_object (SmJsonWriter *self)
{
  begin (self, '{');
}

void
sm_json_writer_end_object (SmJsonWriter *self)
{
  end (self, '}');
}

void
sm_json_writer_begin_array (SmJsonWriter *self)
{
  begin (self, '[');
}

void
sm_json_writer_end_array (SmJsonWriter *self)
{
  end (self, ']');
}

static void
append_escape (GString *out,
               guchar   c)
{
  static const char short_forms[] = "\bb\ff\nn\rr\tt\"\"\\\\";

  for (guint i = 0; short_forms[i] != '\0'; i += 2)
    if ((guchar) short_forms[i] == c)
      {
        g_string_append_c (out, '\\');
        g_string_append_c (out, short_forms[i + 1]);
        return;
      }
  g_string_append_printf (out, "\\u%04x", c);
}

static void
append_quoted (GString    *out,
               const char *text)
{
  const char *run = text, *p;

  g_string_append_c (out, '"');
  for (p = text; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (out, run, p - run);
      append_escape (out, c);
      run = p + 1;
    }
  g_string_append_len (out, run, p - run);
  g_string_append_c (out, '"');
}

static void
append_text (GString    *out,
             const char *text)
{
  g_autofree char *valid = NULL;

  if (!g_str_is_ascii (text) && !g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  append_quoted (out, text);
}

/** sm_json_writer_name: Writes the name of the member whose value comes next. */
void
sm_json_writer_name (SmJsonWriter *self,
                     const char   *name)
{
  before_value (self);
  append_text (self->out, name);
  g_string_append_c (self->out, ':');
  self->needs_comma = FALSE;
}

void
sm_json_writer_null (SmJsonWriter *self)
{
  before_value (self);
  g_string_append_len (self->out, "null", 4);
}

void
sm_json_writer_bool (SmJsonWriter *self,
                     gboolean      value)
{
  before_value (self);
  g_string_append (self->out, value ? "true" : "false");
}

/* Puts the digits of @value before @end.  Returns where they begin. */
static char *
digits_before (char    *end,
               guint64  value)
{
  do
    *--end = (char) ('0' + value % 10);
  while ((value /= 10) != 0);
  return end;
}

void
sm_json_writer_int (SmJsonWriter *self,
                    gint64        value)
{
  char digits[24];
  char *at_end = digits + sizeof digits;
  char *p = digits_before (at_end, value < 0 ? -(guint64) value : (guint64) value);

  if (value < 0)
    *--p = '-';
  before_value (self);
  g_string_append_len (self->out, p, at_end - p);
}

/* Writes @mantissa / 10^@decimals. */
static void
append_decimal (GString  *out,
                gboolean  is_negative,
                guint64   mantissa,
                guint     decimals)
{
  char digits[40];
  char *at_end = digits + sizeof digits, *p = at_end;

  for (guint i = 0; i < decimals; i++, mantissa /= 10)
    *--p = (char) ('0' + mantissa % 10);
  if (decimals > 0)
    *--p = '.';
  p = digits_before (p, mantissa);
  if (is_negative)
    *--p = '-';
  g_string_append_len (out, p, at_end - p);
}

/* The shortest decimal that reads back as @value, when it has few decimals: a
 * whole number below 2^53 divided by a power of ten below 10^22 is rounded
 * correctly, so a reader that rounds correctly gets the same double. */
static gboolean
append_short_decimal (GString  *out,
                      double    value,
                      gboolean  is_float)
{
  double size = fabs (value);

  for (guint k = 0; k < G_N_ELEMENTS (powers); k++)
    {
      double mantissa = nearbyint (size * powers[k]);
      double back = mantissa / powers[k];

      if (mantissa > EXACT_INTEGER)
        return FALSE;
      if (is_float ? (float) back == (float) size : back == size)
        {
          append_decimal (out, signbit (value), (guint64) mantissa, k);
          return TRUE;
        }
    }
  return FALSE;
}

static void
append_long_decimal (GString  *out,
                     double    value,
                     gboolean  is_float)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  int last = is_float ? 9 : 17;

  for (int precision = is_float ? 6 : 15; precision <= last; precision++)
    {
      char format[8];
      double back;

      g_snprintf (format, sizeof format, "%%.%dg", precision);
      back = g_ascii_strtod (g_ascii_formatd (text, sizeof text, format, value), NULL);
      if (is_float ? (float) back == (float) value : back == value)
        break;
    }
  g_string_append (out, text);
}

static void
append_real (SmJsonWriter *self,
             double        value,
             gboolean      is_float)
{
  if (!isfinite (value))
    {
      sm_json_writer_null (self);
      return;
    }
  before_value (self);
  if (value == 0.0 && signbit (value))
    g_string_append (self->out, "-0.0");
  else if (!append_short_decimal (self->out, value, is_float))
    append_long_decimal (self->out, value, is_float);
}

/** sm_json_writer_real: Writes the shortest form that reads back as @value. */
void
sm_json_writer_real (SmJsonWriter *self,
                     double        value)
{
  append_real (self, value, FALSE);
}

/** sm_json_writer_float: Likewise, read back into a float. */
void
sm_json_writer_float (SmJsonWriter *self,
                      float         value)
{
  append_real (self, (double) value, TRUE);
}

/** sm_json_writer_text: @value: (nullable): NULL writes null */
void
sm_json_writer_text (SmJsonWriter *self,
                     const char   *value)
{
  if (value == NULL)
    {
      sm_json_writer_null (self);
      return;
    }
  before_value (self);
  append_text (self->out, value);
}

/** sm_json_writer_time: Writes a moment as RFC 3339; %SM_UNKNOWN as null. */
void
sm_json_writer_time (SmJsonWriter *self,
                     gint64        time_us)
{
  char text[SM_RFC3339_SIZE];
  guint length = sm_rfc3339_format (time_us, text);

  if (length == 0)
    {
      sm_json_writer_null (self);
      return;
    }
  before_value (self);
  g_string_append_c (self->out, '"');
  g_string_append_len (self->out, text, length);
  g_string_append_c (self->out, '"');
}

/** sm_json_writer_raw: Writes @json, a value that is known to be valid, as it is. */
void
sm_json_writer_raw (SmJsonWriter *self,
                    const char   *json,
                    gssize        length)
{
  before_value (self);
  g_string_append_len (self->out, json, length < 0 ? (gssize) strlen (json) : length);
}

/** sm_json_writer_get_length: Returns: how many bytes are written so far */
gsize
sm_json_writer_get_length (SmJsonWriter *self)
{
  return self->out->len;
}

/** sm_json_writer_end: Returns: (transfer full): the document; only free the writer after it */
char *
sm_json_writer_end (SmJsonWriter *self)
{
  return g_string_free (g_steal_pointer (&self->out), FALSE);
}

/** sm_json_writer_end_bytes: Returns: (transfer full): likewise, as bytes */
GBytes *
sm_json_writer_end_bytes (SmJsonWriter *self)
{
  return g_string_free_to_bytes (g_steal_pointer (&self->out));
}
