/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-reader-private.h"

#include "sm-noun.h"
#include "sm-rfc3339.h"
#include "sm-time.h"

#include <math.h>

/*
 * Columns: arrays of tens of thousands of values of one kind.  Each function
 * takes elements of the plain form (a comma, the value, what ends it, without
 * white space) as long as they come, eight characters at a time, and leaves the
 * first and everything else to the reader's general way, which is strict: what
 * is taken here has been looked at byte by byte as well.
 *
 * A NUL stands behind what has come, so nothing that is cut is taken for whole;
 * loads may reach SM_JSON_SLACK beyond it.
 */

#define ONES G_GUINT64_CONSTANT (0x0101010101010101)
#define TOPS (ONES * 0x80)

static inline guint64
load_8 (const char *q)
{
  guint64 word;

  memcpy (&word, q, sizeof word);
  return GUINT64_FROM_LE (word);
}

/* The top bit of each byte that is no value of a digit; exact up to the first. */
static inline guint64
not_digits (guint64 values)
{
  return ((values + ONES * 0x76) | values) & TOPS;
}

/* Reads up to 8 digits at @q. Returns: how many there are */
static inline guint
read_digits (const char *q,
             guint64    *out_value)
{
  guint64 word = load_8 (q) ^ (ONES * '0');
  guint64 other = not_digits (word);
  guint n = other != 0 ? (guint) __builtin_ctzll (other) / 8 : 8;

  if (n == 0)
    return 0;
  word <<= 64 - 8 * n;
  /* Pairs, then fours, then all eight. */
  word = ((word * (10 * 256 + 1)) >> 8) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  word = ((word * (100 * 65536 + 1)) >> 16) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  *out_value = (word * (G_GUINT64_CONSTANT (10000) * 4294967296 + 1)) >> 32;
  return n;
}

static inline gboolean
ends_element (char c)
{
  return c == ',' || c == ']';
}

static inline gboolean
is_null (const char *q)
{
  return memcmp (q, "null", 4) == 0 && ends_element (q[4]);
}

/* Whether the reader is behind an element, so that another may come the plain way. */
static inline gboolean
is_within_array (SmJsonReader *self)
{
  return self->error == NULL && !self->has_value && self->depth > 0
         && self->levels[self->depth].index != G_MAXUINT64;
}

/* The reader goes on behind @n elements, which end at @p. */
static inline void
took_elements (SmJsonReader *self,
               char         *p,
               guint         n)
{
  self->p = p;
  self->levels[self->depth].index += n;
  self->n_values += n;
  if (self->n_values > self->max_values)
    sm_json_reader_fail_at (self, p, SM_ERROR_TOO_LARGE, "json-too-large",
                            "it holds too many values");
}

/* Goes to the next element the general way. */
static inline gboolean
next_slowly (SmJsonReader *self)
{
  return self->has_value || sm_json_reader_next_element (self);
}

static const guint64 powers[9] = { 1,      10,      100,      1000,     10000,
                                   100000, 1000000, 10000000, 100000000 };

/* Reads the number at @q, up to 8 digits before and 7 behind the point: exact in
 * 53 bits, like the power that divides it, so it is rounded once.  Returns: its
 * end, NULL when it is of another form */
static inline char *
quick_real (char   *q,
            double *out_value)
{
  gboolean is_negative = *q == '-';
  char *first = q += is_negative;
  guint64 mantissa = 0, fraction = 0;
  double value;

  for (; *q >= '0' && *q <= '9'; q++)
    mantissa = mantissa * 10 + (guint64) (*q - '0');
  if (q == first || q - first > 8 || (*first == '0' && q > first + 1))
    return NULL;
  value = (double) mantissa;
  if (*q == '.')
    {
      guint n = read_digits (q + 1, &fraction);

      if (n == 0 || n == 8)
        return NULL;
      value = (double) (mantissa * powers[n] + fraction) / sm_json_powers_of_ten[n];
      q += 1 + n;
    }
  *out_value = is_negative ? -value : value;
  return ends_element (*q) ? q : NULL;
}

static guint
quick_reals (SmJsonReader *self,
             double       *values,
             guint         room)
{
  char *p = self->p, *next;
  guint n = 0;

  for (; n < room && *p == ','; n++, p = next)
    if (is_null (p + 1))
      {
        values[n] = NAN;
        next = p + 5;
      }
    else
      {
        next = quick_real (p + 1, &values[n]);
        if (next == NULL)
          break;
      }
  took_elements (self, p, n);
  return n;
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

  for (;;)
    {
      if (is_within_array (self))
        n += quick_reals (self, values + n, room - n);
      if (n == room || !next_slowly (self))
        return n;
      values[n++] = sm_json_reader_read_real (self);
    }
}

/* Up to 15 digits. */
static inline char *
quick_int (char   *q,
           gint64 *out_value)
{
  gboolean is_negative = *q == '-';
  char *first = q += is_negative;
  guint64 head = 0, tail = 0;
  guint n = read_digits (q, &head);

  q += n;
  if (n == 8)
    {
      n = read_digits (q, &tail);
      if (n == 8)
        return NULL;
      head = head * powers[n] + tail;
      q += n;
    }
  if (q == first || (*first == '0' && q > first + 1) || !ends_element (*q))
    return NULL;
  *out_value = is_negative ? -(gint64) head : (gint64) head;
  return q;
}

static guint
quick_ints (SmJsonReader *self,
            gint64        min,
            gint64        max,
            gint64       *values,
            guint         room)
{
  char *p = self->p, *next;
  guint n = 0;

  for (; n < room && *p == ','; n++, p = next)
    if (is_null (p + 1))
      {
        values[n] = SM_UNKNOWN;
        next = p + 5;
      }
    else
      {
        next = quick_int (p + 1, &values[n]);
        if (next == NULL || values[n] < min || values[n] > max)
          break;
      }
  took_elements (self, p, n);
  return n;
}

/** sm_json_reader_read_ints: Likewise for whole numbers; %SM_UNKNOWN for null. */
guint
sm_json_reader_read_ints (SmJsonReader *self,
                          gint64        min,
                          gint64        max,
                          gint64       *values,
                          guint         room)
{
  guint n = 0;

  for (;;)
    {
      if (is_within_array (self))
        n += quick_ints (self, min, max, values + n, room - n);
      if (n == room || !next_slowly (self))
        return n;
      values[n++] = sm_json_reader_read_int (self, min, max);
    }
}

/* The day that a moment began with, as in "2026-01-31T", and when it began. */
typedef struct
{
  guint64 head; /* its first 8 characters */
  guint64 tail; /* its last 8; 0: no day is known */
  gint64 at_us;
} Day;

#define DAY_LENGTH 11
#define MOMENT_MAX 32 /* with its quotes and what ends it, of the plain form */

static gboolean
learn_day (Day        *day,
           const char *text)
{
  char midnight[DAY_LENGTH + sizeof "00:00:00Z"];

  memcpy (midnight, text, DAY_LENGTH);
  memcpy (midnight + DAY_LENGTH, "00:00:00Z", sizeof "00:00:00Z");
  if (!sm_rfc3339_parse (midnight, strlen (midnight), &day->at_us))
    return FALSE;
  day->head = load_8 (text);
  day->tail = load_8 (text + DAY_LENGTH - 8);
  return TRUE;
}

/* Reads "HH:MM:SS" at @q. */
static inline gboolean
quick_clock (const char *q,
             gint64     *out_us)
{
  static const char zero[8] = "00:00:00";
  guint64 word = load_8 (q) ^ load_8 (zero);
  gint64 hours, minutes, seconds;

  if (not_digits (word) != 0 || (word & G_GUINT64_CONSTANT (0x0000ff0000ff0000)) != 0)
    return FALSE;
  hours = (gint64) ((word & 0xff) * 10 + ((word >> 8) & 0xff));
  minutes = (gint64) (((word >> 24) & 0xff) * 10 + ((word >> 32) & 0xff));
  seconds = (gint64) (((word >> 48) & 0xff) * 10 + (word >> 56));
  *out_us = ((hours * 60 + minutes) * 60 + seconds) * SM_SECOND;
  return hours < 24 && minutes < 60 && seconds < 60;
}

/* Reads the moment at @q, a quote, of the form "2026-01-31T23:59:59.123456Z". */
static inline char *
quick_time (char   *q,
            Day    *day,
            gint64 *out_us)
{
  const char *text = q + 1;
  gint64 clock_us;
  guint64 fraction = 0;

  if (*q != '"'
      || ((load_8 (text) != day->head || load_8 (text + DAY_LENGTH - 8) != day->tail)
          && !learn_day (day, text))
      || !quick_clock (text + DAY_LENGTH, &clock_us))
    return NULL;
  q += 1 + DAY_LENGTH + 8;
  if (*q == '.')
    {
      guint n = read_digits (q + 1, &fraction);

      if (n == 0 || n > 6)
        return NULL;
      fraction *= powers[6 - n];
      q += 1 + n;
    }
  if (q[0] != 'Z' || q[1] != '"' || !ends_element (q[2]))
    return NULL;
  *out_us = day->at_us + clock_us + (gint64) fraction;
  return q + 2;
}

static guint
quick_times (SmJsonReader *self,
             Day          *day,
             gint64       *values,
             guint         room)
{
  char *p = self->p, *next;
  guint n = 0;

  for (; n < room && *p == ','; n++, p = next)
    if (is_null (p + 1))
      {
        values[n] = SM_UNKNOWN;
        next = p + 5;
      }
    else
      {
        next = self->end - p > MOMENT_MAX ? quick_time (p + 1, day, &values[n]) : NULL;
        if (next == NULL)
          break;
      }
  took_elements (self, p, n);
  return n;
}

/** sm_json_reader_read_times: Likewise for moments; %SM_UNKNOWN for null. */
guint
sm_json_reader_read_times (SmJsonReader *self,
                           gint64       *values,
                           guint         room)
{
  Day day = { 0 };
  guint n = 0;

  for (;;)
    {
      if (is_within_array (self))
        n += quick_times (self, &day, values + n, room - n);
      if (n == room || !next_slowly (self))
        return n;
      values[n++] = sm_json_reader_read_time (self);
    }
}

/* Slugs as they stand in the document, quotes and all. */
#define MAX_SLUGS 16
#define MAX_SLUG 30

typedef struct
{
  char text[MAX_SLUG + 2]; /* quoted, zeros behind it */
  guint64 head;            /* its first 8 characters */
  guint64 mask;            /* of those that it has */
  guint length;
} Slug;

typedef struct
{
  Slug slugs[MAX_SLUGS];
  guint n;
  guint last;
} Slugs;

static void
prepare_slugs (Slugs             *self,
               const char *const *slugs)
{
  *self = (Slugs){ 0 };
  for (; self->n < MAX_SLUGS && slugs[self->n] != NULL; self->n++)
    {
      Slug *slug = &self->slugs[self->n];
      gsize length = strlen (slugs[self->n]);

      if (length > MAX_SLUG - 2)
        return;
      g_snprintf (slug->text, sizeof slug->text, "\"%s\"", slugs[self->n]);
      slug->length = (guint) length + 2;
      slug->head = load_8 (slug->text);
      slug->mask = slug->length >= 8 ? G_MAXUINT64
                                     : (G_GUINT64_CONSTANT (1) << (8 * slug->length)) - 1;
    }
}

static inline gboolean
is_slug (const char *q,
         guint64     word,
         const Slug *slug)
{
  return (word & slug->mask) == slug->head
         && (slug->length <= 8 || memcmp (q + 8, slug->text + 8, slug->length - 8) == 0)
         && ends_element (q[slug->length]);
}

/* Things often do what the one before does. */
static inline char *
quick_slug (char   *q,
            Slugs  *slugs,
            guint8 *out_index)
{
  guint64 word = load_8 (q);
  guint i = slugs->last;

  for (guint tries = 0; tries < slugs->n; tries++)
    {
      if (is_slug (q, word, &slugs->slugs[i]))
        {
          *out_index = (guint8) (slugs->last = i);
          return q + slugs->slugs[i].length;
        }
      i = i + 1 < slugs->n ? i + 1 : 0;
    }
  return NULL;
}

static guint
quick_slugs (SmJsonReader *self,
             Slugs        *slugs,
             guint8       *values,
             guint         room)
{
  char *p = self->p, *next;
  guint n = 0;

  for (; n < room && *p == ','; n++, p = next)
    if (is_null (p + 1))
      {
        values[n] = SM_ENUM_UNKNOWN;
        next = p + 5;
      }
    else
      {
        next = self->end - p > MAX_SLUG + 2 ? quick_slug (p + 1, slugs, &values[n]) : NULL;
        if (next == NULL)
          break;
      }
  took_elements (self, p, n);
  return n;
}

/**
 * sm_json_reader_read_slugs:
 * @slugs: (array zero-terminated=1)
 *
 * Likewise for texts of which @slugs has all that are known; %SM_ENUM_UNKNOWN
 * for others and null.
 */
guint
sm_json_reader_read_slugs (SmJsonReader      *self,
                           const char *const *slugs,
                           guint8            *values,
                           guint              room)
{
  Slugs prepared;
  guint n = 0;

  prepare_slugs (&prepared, slugs);
  for (;;)
    {
      if (is_within_array (self))
        n += quick_slugs (self, &prepared, values + n, room - n);
      if (n == room || !next_slowly (self))
        return n;
      values[n++] = (guint8) sm_slug_index (slugs, sm_json_reader_read_text (self, NULL));
    }
}
