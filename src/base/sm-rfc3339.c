/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-rfc3339.h"

#include "sm-time.h"

/* From 0001-01-01T00:00:00Z to the end of 9999: what UTC has four digits for. */
#define FIRST_DAY -719162
#define LAST_DAY 2932896

/*
 * Moments as the contract writes them.  A page of the feed holds tens of
 * thousands, and GDateTime allocates for each: this is the same by arithmetic
 * on the proleptic Gregorian calendar.
 */

/* Years are counted from March, so that the leap day is the last of its year,
 * in eras of 400 years, which all have the same number of days. */
#define DAYS_PER_ERA 146097
#define DAYS_TO_EPOCH 719468 /* 0000-03-01 to 1970-01-01 */

static gint64
days_from_date (int year,
                int month,
                int day)
{
  int y = month <= 2 ? year - 1 : year;
  int era = (y >= 0 ? y : y - 399) / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint64) era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

static void
date_from_days (gint64  days,
                int    *out_year,
                int    *out_month,
                int    *out_day)
{
  gint64 shifted = days + DAYS_TO_EPOCH;
  gint64 era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  int day_of_era = (int) (shifted - era * DAYS_PER_ERA);
  int year_of_era
    = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month = (5 * day_of_year + 2) / 153; /* from March */

  *out_day = day_of_year - (153 * month + 2) / 5 + 1;
  *out_month = month < 10 ? month + 3 : month - 9;
  *out_year = (int) (year_of_era + era * 400) + (*out_month <= 2 ? 1 : 0);
}

static int
days_in_month (int year,
               int month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return days[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

/* The value of @n digits at @text, or -1. */
static int
read_digits (const char *text,
             guint       n)
{
  int value = 0;

  for (guint i = 0; i < n; i++)
    {
      if (text[i] < '0' || text[i] > '9')
        return -1;
      value = value * 10 + (text[i] - '0');
    }
  return value;
}

/* Reads "Z" or "+08:00" at the end of a moment. */
static gboolean
parse_offset (const char *text,
              gsize       length,
              int        *out_minutes)
{
  int hours, minutes;

  *out_minutes = 0;
  if (length == 1)
    return *text == 'Z' || *text == 'z';
  if (length != 6 || (*text != '+' && *text != '-') || text[3] != ':')
    return FALSE;
  hours = read_digits (text + 1, 2);
  minutes = read_digits (text + 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return FALSE;
  *out_minutes = (hours * 60 + minutes) * (*text == '-' ? -1 : 1);
  return TRUE;
}

/* Reads ".5" or nothing; digits beyond the microsecond are cut off. */
static gboolean
parse_fraction (const char **inout_text,
                const char  *end,
                int         *out_us)
{
  const char *p = *inout_text;
  int unit = 100000;

  *out_us = 0;
  if (p == end || *p != '.')
    return TRUE;
  for (p++; p < end && *p >= '0' && *p <= '9'; p++, unit /= 10)
    *out_us += (*p - '0') * unit;
  if (p[-1] == '.')
    return FALSE;
  *inout_text = p;
  return TRUE;
}

/**
 * sm_rfc3339_parse:
 * @text: not necessarily terminated
 *
 * Returns: FALSE when @text is no RFC 3339 moment with its offset
 */
gboolean
sm_rfc3339_parse (const char *text,
                  gsize       length,
                  gint64     *out_time_us)
{
  const char *p = text + 19, *end = text + length;
  int year, month, day, hour, minute, second, us, offset;

  if (length < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't')
      || text[13] != ':' || text[16] != ':')
    return FALSE;
  year = read_digits (text, 4);
  month = read_digits (text + 5, 2);
  day = read_digits (text + 8, 2);
  hour = read_digits (text + 11, 2);
  minute = read_digits (text + 14, 2);
  second = read_digits (text + 17, 2);
  /* 60 is a leap second, counted as the second that follows it. */
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month (year, month)
      || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
    return FALSE;
  if (!parse_fraction (&p, end, &us) || !parse_offset (p, (gsize) (end - p), &offset))
    return FALSE;
  *out_time_us = days_from_date (year, month, day) * SM_DAY + hour * SM_HOUR
                 + (minute - offset) * SM_MINUTE + second * SM_SECOND + us;
  /* Its offset can carry it over the first or the last midnight. */
  return *out_time_us >= FIRST_DAY * SM_DAY && *out_time_us < (LAST_DAY + 1) * SM_DAY;
}

static char *
write_digits (char  *out,
              int    value,
              guint  n)
{
  for (guint i = n; i > 0; i--, value /= 10)
    out[i - 1] = (char) ('0' + value % 10);
  return out + n;
}

/**
 * sm_rfc3339_format:
 * @out_text: (out): of %SM_RFC3339_SIZE bytes; the same text as
 *   sm_time_to_rfc3339()
 *
 * Returns: the length, 0 for a moment outside the years 1 to 9999
 */
guint
sm_rfc3339_format (gint64  time_us,
                   char   *out_text)
{
  gint64 days = time_us / SM_DAY - (time_us % SM_DAY < 0 ? 1 : 0);
  int year, month, day, seconds;
  char *p = out_text;
  gint64 us;

  if (time_us == SM_UNKNOWN || days < FIRST_DAY || days > LAST_DAY)
    return 0;
  us = time_us - days * SM_DAY;
  seconds = (int) (us / SM_SECOND);
  date_from_days (days, &year, &month, &day);
  p = write_digits (p, year, 4);
  *p++ = '-';
  p = write_digits (p, month, 2);
  *p++ = '-';
  p = write_digits (p, day, 2);
  *p++ = 'T';
  p = write_digits (p, seconds / 3600, 2);
  *p++ = ':';
  p = write_digits (p, seconds / 60 % 60, 2);
  *p++ = ':';
  p = write_digits (p, seconds % 60, 2);
  if (us % SM_SECOND != 0)
    {
      *p++ = '.';
      p = write_digits (p, (int) (us % SM_SECOND), 6);
    }
  *p++ = 'Z';
  *p = '\0';
  return (guint) (p - out_text);
}
