/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-guard.h"
#include "sm-json-reader.h"

#include <string.h>

G_BEGIN_DECLS

#define SM_JSON_CHUNK (64 * 1024)

/* Behind what fits into the buffer: the NUL, and what is loaded with it. */
#define SM_JSON_SLACK 16

/* As much of a member's name as an error's pointer needs. */
#define LEVEL_NAME_SIZE 56

typedef struct
{
  gboolean is_object;
  guint64 index; /* of the current element or member; -1 before the first */
  char name[LEVEL_NAME_SIZE];
} Level;

struct _SmJsonReader
{
  SmJsonFill fill;
  gpointer user_data;
  GDestroyNotify user_data_free;
  guint64 max_bytes;
  guint64 taken;     /* bytes that came from fill */
  gboolean at_end;   /* of what fill has */

  /* What has come and is not read yet: from p to end, where a NUL stands.  A
   * text is unescaped and terminated in place, so reading allocates nothing. */
  char *buffer;
  gsize capacity;
  char *p;
  char *end;
  guint64 offset;    /* of buffer[0] in the document */

  gboolean has_value; /* a value may be read at this place */
  GError *error;

  char *long_name; /* of the member, when its level has no room for it */
  guint64 n_values;
  guint64 max_values;  /* for documents that become a tree in memory */
  guint64 max_members; /* of one object, likewise */

  guint depth;
  Level levels[SM_JSON_MAX_DEPTH + 1]; /* 0 is the root */
};

typedef struct
{
  char *end;          /* after the last digit */
  gboolean is_integer; /* neither fraction nor exponent */
  gboolean is_negative;
  gboolean is_exact;   /* the digits fit into mantissa */
  guint64 mantissa;
  int exponent;        /* of ten */
} Number;

extern const double sm_json_powers_of_ten[23];

/* sm-json-scan.c */
gboolean sm_json_scan_more           (SmJsonReader *self);
char    *sm_json_scan_string         (SmJsonReader *self,
                                      gboolean     *out_is_plain);
gsize    sm_json_scan_decode         (char         *text,
                                      char         *end);
gboolean sm_json_scan_number         (SmJsonReader *self,
                                      Number       *out_number);
double   sm_json_scan_to_real_slowly (SmJsonReader *self,
                                      const Number *number);
gboolean sm_json_scan_literal        (SmJsonReader *self,
                                      const char   *literal);

/* sm-json-reader.c */
void     sm_json_reader_fail_at      (SmJsonReader *self,
                                      const char   *at,
                                      SmErrorCode   code,
                                      const char   *slug,
                                      const char   *what);
void     sm_json_reader_fail_syntax  (SmJsonReader *self,
                                      const char   *what);
gboolean sm_json_reader_expect       (SmJsonReader *self,
                                      SmJsonKind    kind,
                                      const char   *what);
void     sm_json_reader_enter        (SmJsonReader *self,
                                      gboolean      is_object);
gboolean sm_json_reader_to_member    (SmJsonReader *self);

/* sm-json-values.c */
char    *sm_json_reader_take_string  (SmJsonReader *self,
                                      gsize        *out_length);

/* Steps over plain characters 8 at a time: no control, no quote, no backslash,
 * nothing beyond ASCII.  A byte that is none of them sets its top bit by a borrow
 * or of itself; the lowest one that is set is exact, since a borrow only comes
 * from a byte that is special.  The NUL at the end is one. */
static inline char *
sm_json_scan_skip_plain (char *q)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 word, special;

  for (;; q += 8)
    {
      memcpy (&word, q, sizeof word);
      word = GUINT64_FROM_LE (word);
      special = (word | (word - ones * 0x20) | ((word ^ (ones * '"')) - ones)
                 | ((word ^ (ones * '\\')) - ones)) & (ones * 0x80);
      if (special != 0)
        return q + __builtin_ctzll (special) / 8;
    }
}

/* The next character that is no white space, 0 at the end or for a NUL. */
static inline char
sm_json_scan_peek (SmJsonReader *self)
{
  for (;;)
    {
      while (*self->p == ' ' || *self->p == '\n' || *self->p == '\r' || *self->p == '\t')
        self->p++;
      if (*self->p != '\0' || self->p < self->end || !sm_json_scan_more (self))
        return *self->p;
    }
}

/* Reads the number at p the quick way: few digits, no exponent, and what comes
 * after it is in the buffer too.  FALSE says nothing: it may be a number. */
static inline gboolean
sm_json_scan_quick_number (SmJsonReader *self,
                           Number       *out_number)
{
  char *q = self->p, *first, *point;
  guint64 mantissa = 0;
  gboolean is_negative = *q == '-';

  q += is_negative;
  for (first = q; *q >= '0' && *q <= '9'; q++)
    mantissa = mantissa * 10 + (guint64) (*q - '0');
  if (q == first || (*first == '0' && q > first + 1))
    return FALSE;
  point = q;
  if (*q == '.')
    {
      for (q++; *q >= '0' && *q <= '9'; q++)
        mantissa = mantissa * 10 + (guint64) (*q - '0');
      if (q == point + 1)
        return FALSE;
    }
  if (q - first > 18 || (*q != ',' && *q != ']' && *q != '}'))
    return FALSE;
  *out_number = (Number){ .end = q, .is_integer = q == point, .is_negative = is_negative,
                          .is_exact = TRUE, .mantissa = mantissa,
                          .exponent = q == point ? 0 : (int) (point + 1 - q) };
  return TRUE;
}

/*
 * The double next to the number at p.  A mantissa below 2^53 and a power of ten
 * up to 10^22 are both exact, so one division or multiplication rounds once,
 * correctly; the rest takes strtod.
 */
static inline double
sm_json_scan_to_real (SmJsonReader *self,
                      const Number *number)
{
  double value = (double) number->mantissa;

  if (!number->is_exact || number->mantissa > G_GUINT64_CONSTANT (1) << 53
      || ABS (number->exponent) >= (int) G_N_ELEMENTS (sm_json_powers_of_ten))
    return sm_json_scan_to_real_slowly (self, number);
  if (number->exponent < 0)
    value /= sm_json_powers_of_ten[-number->exponent];
  else if (number->exponent > 0)
    value *= sm_json_powers_of_ten[number->exponent];
  return number->is_negative ? -value : value;
}

/* Counts the value that has just been read. */
static inline void
sm_json_reader_took_value (SmJsonReader *self)
{
  self->has_value = FALSE;
  if (++self->n_values > self->max_values)
    sm_json_reader_fail_at (self, self->p, SM_ERROR_TOO_LARGE, "json-too-large",
                            "it holds too many values");
}

/* The most common place by far: a comma and the next value right behind it. */
static inline gboolean
sm_json_reader_step_over_comma (SmJsonReader *self)
{
  if (*self->p != ',' || (guchar) self->p[1] <= ' ' || self->p[1] == ']' || self->has_value
      || self->error != NULL || self->levels[self->depth].index == G_MAXUINT64)
    return FALSE;
  self->p++;
  self->levels[self->depth].index++;
  self->has_value = TRUE;
  return TRUE;
}

/* Notes the name of the member for errors' pointers, a long one cut at a whole
 * character. */
static inline void
sm_json_reader_note_name (SmJsonReader *self,
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

static inline void
sm_json_reader_read_colon (SmJsonReader *self)
{
  if (*self->p != ':' && sm_json_scan_peek (self) != ':')
    {
      sm_json_reader_fail_syntax (self, "after a member's name a colon has to come");
      return;
    }
  self->p++;
  self->has_value = TRUE;
}

G_END_DECLS
