/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-reader-private.h"

#include <math.h>
#include <string.h>

/*
 * The reader's lowest layer: the buffer, and single tokens in it.  A token is
 * always whole in the buffer before it is used; when the buffer ends inside
 * one, more is fetched behind it and the token is looked at again.
 */

#define MAX_NUMBER 1024 /* characters; a double is exact in fewer */

static gboolean
grow (SmJsonReader *self,
      gsize         kept)
{
  if (kept > SM_JSON_MAX_TOKEN)
    {
      sm_json_reader_fail_at (self, self->p, SM_ERROR_TOO_LARGE, "json-too-large",
                              "a single text is too long");
      return FALSE;
    }
  if (self->capacity - kept < SM_JSON_CHUNK / 2)
    {
      self->capacity = kept * 2 + SM_JSON_CHUNK;
      self->buffer = g_realloc (self->buffer, self->capacity + SM_JSON_SLACK);
    }
  return TRUE;
}

/* Fetches until the buffer is full: a sender that drips must not make us look
 * at the same token again for every byte. */
static gboolean
fetch (SmJsonReader *self,
       gsize         kept)
{
  gsize length = kept;

  while (length < self->capacity && !self->at_end)
    {
      gssize got = self->fill (self->user_data, self->buffer + length, self->capacity - length,
                               &self->error);

      if (got < 0)
        {
          g_assert (self->error != NULL);
          return FALSE;
        }
      self->at_end = got == 0;
      self->taken += (guint64) got;
      length += (gsize) got;
      if (self->taken > self->max_bytes)
        {
          sm_json_reader_fail_at (self, NULL, SM_ERROR_TOO_LARGE, "json-too-large",
                                  "the document is too large");
          return FALSE;
        }
    }
  self->end = self->buffer + length;
  *self->end = '\0';
  return length > kept;
}

/*
 * Fetches more behind the token that begins at p; p and everything that points
 * into the buffer move.  FALSE at the end of the document or on an error, with
 * an empty rest then.
 */
gboolean
sm_json_scan_more (SmJsonReader *self)
{
  gsize kept = (gsize) (self->end - self->p);
  gsize done = (gsize) (self->p - self->buffer);

  if (self->at_end || self->error != NULL || !grow (self, kept))
    return FALSE;
  memmove (self->buffer, self->buffer + done, kept);
  self->offset += done;
  self->p = self->buffer;
  self->end = self->buffer + kept;
  *self->end = '\0';
  return fetch (self, kept);
}

static int
hex_value (const char *p)
{
  int value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* The length of the escape at @q, 0 when it is none of JSON's. */
static guint
escape_length (const char *q)
{
  int unit;

  if (q[1] != 'u')
    return q[1] != '\0' && strchr ("\"\\/bfnrt", q[1]) != NULL ? 2 : 0;
  unit = hex_value (q + 2);
  if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff)) /* NUL is none of ours either */
    return 0;
  if (unit < 0xd800 || unit > 0xdbff)
    return 6;
  if (q[6] != '\\' || q[7] != 'u')
    return 0;
  unit = hex_value (q + 8);
  return unit >= 0xdc00 && unit <= 0xdfff ? 12 : 0;
}

#define IS_TAIL(c) (((guchar) (c) & 0xc0) == 0x80)

/* The length of the UTF-8 sequence at @q, 0 when it is not valid: too short,
 * longer than needed, a surrogate, or beyond Unicode. */
static guint
utf8_length (const char *q)
{
  guchar a = (guchar) q[0], b = (guchar) q[1];

  if (a < 0xc2 || a > 0xf4 || !IS_TAIL (b))
    return 0;
  if (a < 0xe0)
    return 2;
  if (a < 0xf0)
    return (a != 0xe0 || b >= 0xa0) && (a != 0xed || b < 0xa0) && IS_TAIL (q[2]) ? 3 : 0;
  return (a != 0xf0 || b >= 0x90) && (a != 0xf4 || b < 0x90) && IS_TAIL (q[2]) && IS_TAIL (q[3])
           ? 4 : 0;
}

/* Steps over what is not a plain character at @q. Returns NULL when it fails. */
static char *
skip_special (SmJsonReader *self,
              char         *q,
              gboolean     *out_is_plain)
{
  guint length;

  if (*q == '\\')
    {
      *out_is_plain = FALSE;
      length = escape_length (q);
      if (length == 0)
        sm_json_reader_fail_at (self, q, SM_ERROR_MALFORMED, "json-not-strict",
                                "this is no escape of JSON");
    }
  else if ((guchar) *q >= 0x80)
    {
      length = utf8_length (q);
      if (length == 0)
        sm_json_reader_fail_at (self, q, SM_ERROR_MALFORMED, "json-not-utf8",
                                "this is not UTF-8");
    }
  else
    {
      length = 0;
      sm_json_reader_fail_at (self, q, SM_ERROR_MALFORMED, "json-not-strict",
                              "a control character has to be escaped");
    }
  return length > 0 ? q + length : NULL;
}

/**
 * sm_json_scan_string:
 * @out_is_plain: (out): there is no escape in it
 *
 * Checks the string whose opening quote is at p.  Returns: its closing quote,
 *   NULL after failing; p stays
 */
char *
sm_json_scan_string (SmJsonReader *self,
                     gboolean     *out_is_plain)
{
  char *q = self->p + 1;

  *out_is_plain = TRUE;
  for (;;)
    {
      q = sm_json_scan_skip_plain (q);
      if (*q == '"')
        break;
      /* An escape with its surrogate has 12 bytes. */
      if (self->end - q < 12 && !self->at_end)
        {
          gsize done = (gsize) (q - self->p);

          if (!sm_json_scan_more (self) && self->error != NULL)
            return NULL;
          q = self->p + done;
          continue;
        }
      if (q == self->end)
        sm_json_reader_fail_at (self, q, SM_ERROR_MALFORMED, "json-cut", "it ends in a string");
      q = q < self->end ? skip_special (self, q, out_is_plain) : NULL;
      if (q == NULL)
        return NULL;
    }
  if (q - self->p <= SM_JSON_MAX_TOKEN)
    return q;
  sm_json_reader_fail_at (self, self->p, SM_ERROR_TOO_LARGE, "json-too-large",
                          "a single text is too long");
  return NULL;
}

/* Writes the character that the escape at *@inout_from means. */
static char *
decode_escape (char        *to,
               const char **inout_from)
{
  static const char meanings[] = "b\bf\fn\nr\rt\t";
  const char *from = *inout_from;
  const char *meaning;
  gunichar c;

  if (from[1] != 'u')
    {
      meaning = strchr (meanings, from[1]);
      *to++ = meaning != NULL ? meaning[1] : from[1];
      *inout_from += 2;
      return to;
    }
  c = (gunichar) hex_value (from + 2);
  *inout_from += 6;
  if (c >= 0xd800 && c <= 0xdbff)
    {
      c = 0x10000 + ((c - 0xd800) << 10) + ((gunichar) hex_value (from + 8) - 0xdc00);
      *inout_from += 6;
    }
  return to + g_unichar_to_utf8 (c, to);
}

/**
 * sm_json_scan_decode: Replaces the escapes between @text and @end, which are
 * known to be good, in place.  Returns: the new length
 */
gsize
sm_json_scan_decode (char *text,
                     char *end)
{
  const char *from = text;
  char *to = text;

  while (from < end)
    if (*from == '\\')
      to = decode_escape (to, &from);
    else
      *to++ = *from++;
  return (gsize) (to - text);
}

/* Reads digits into @number.  Returns after the last; @q itself for none. */
static char *
scan_digits (char   *q,
             Number *number,
             guint  *inout_significant)
{
  for (; *q >= '0' && *q <= '9'; q++)
    {
      if (*inout_significant > 0 || *q != '0')
        ++*inout_significant;
      if (*inout_significant <= 19)
        number->mantissa = number->mantissa * 10 + (guint64) (*q - '0');
    }
  return q;
}

static char *
scan_exponent (char   *q,
               Number *number)
{
  gboolean is_negative = *q == '-';
  char *first;
  int exponent = 0;

  if (*q == '-' || *q == '+')
    q++;
  for (first = q; *q >= '0' && *q <= '9'; q++)
    exponent = MIN (exponent * 10 + (*q - '0'), 99999);
  number->exponent += is_negative ? -exponent : exponent;
  return q > first ? q : NULL;
}

/* Reads the number at p as far as it is one.  Returns its end, NULL when it is
 * none or its last part is missing. */
static char *
scan_number_once (SmJsonReader *self,
                  Number       *number)
{
  guint significant = 0;
  char *q = self->p, *first;

  *number = (Number){ .is_integer = TRUE, .is_negative = *q == '-' };
  first = q += number->is_negative ? 1 : 0;
  q = scan_digits (q, number, &significant);
  if (q == first || (*first == '0' && q > first + 1))
    return NULL;
  if (*q == '.')
    {
      number->is_integer = FALSE;
      first = ++q;
      q = scan_digits (q, number, &significant);
      if (q == first)
        return NULL;
      number->exponent = -(int) (q - first);
    }
  if (*q == 'e' || *q == 'E')
    {
      number->is_integer = FALSE;
      q = scan_exponent (q + 1, number);
    }
  number->is_exact = significant <= 19;
  return q;
}

static gboolean
integer_fits (const Number *number)
{
  guint64 limit = (guint64) G_MAXINT64 + (number->is_negative ? 1 : 0);

  return number->is_exact && number->mantissa <= limit;
}

/**
 * sm_json_scan_number:
 *
 * Reads the number at p, which stays.  Returns: FALSE after failing: it is no
 *   number, an integer beyond 64 bits, or a double beyond what a double holds
 */
gboolean
sm_json_scan_number (SmJsonReader *self,
                     Number       *out_number)
{
  char *end;

  if (sm_json_scan_quick_number (self, out_number))
    return TRUE;
  end = scan_number_once (self, out_number);
  /* It may go on behind the end of the buffer. */
  while (self->end - self->p < MAX_NUMBER && !self->at_end
         && (end == NULL || end == self->end))
    {
      if (!sm_json_scan_more (self) && self->error != NULL)
        return FALSE;
      end = scan_number_once (self, out_number);
    }
  if (end == NULL || end - self->p >= MAX_NUMBER
      || (out_number->is_integer && !integer_fits (out_number)))
    {
      sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED, "json-not-strict",
                              "this is no number that fits");
      return FALSE;
    }
  out_number->end = end;
  if (!out_number->is_integer && (!out_number->is_exact || out_number->exponent > 280)
      && !isfinite (sm_json_scan_to_real (self, out_number)))
    {
      sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED, "json-not-strict",
                              "this number is beyond what a double holds");
      return FALSE;
    }
  return TRUE;
}

const double sm_json_powers_of_ten[23]
  = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/** sm_json_scan_to_real_slowly: Like sm_json_scan_to_real(), for any number. */
double
sm_json_scan_to_real_slowly (SmJsonReader *self,
                             const Number *number)
{
  char after = *number->end;
  double value;

  *number->end = '\0';
  value = g_ascii_strtod (self->p, NULL);
  *number->end = after;
  return value;
}

/** sm_json_scan_literal: Steps over @literal at p. Returns: FALSE after failing */
gboolean
sm_json_scan_literal (SmJsonReader *self,
                      const char   *literal)
{
  gsize length = strlen (literal);

  while ((gsize) (self->end - self->p) < length && sm_json_scan_more (self))
    ;
  if (self->error == NULL && strncmp (self->p, literal, length) == 0)
    {
      self->p += length;
      return TRUE;
    }
  sm_json_reader_fail_at (self, self->p, SM_ERROR_MALFORMED, "json-not-strict",
                          "this is no value of JSON");
  return FALSE;
}
