/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-text.h"

#include "sm-currency.h"
#include "sm-text.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Quantities as an operator reads them: whole numbers in a unit that keeps them short. */

static char *
with_unit (double      value,
           const char *unit)
{
  g_autofree char *count = NULL;

  if (!isfinite (value))
    return g_strdup ("–");
  if (fabs (value) < 99.95)
    return sm_text_measure (value, 1, unit);
  count = sm_text_count ((gint64) llround (value));
  return g_strdup_printf ("%s\u00a0%s", count, unit);
}

/* As the language groups it: by a million, or by ten thousand. */
static char *
in_millions (double amount)
{
  /* Translators: what one unit of "%.2f million" is, in units of money: 1000000, or 10000 for 万 */
  double unit = g_ascii_strtod (C_ ("unit of big money", "1000000"), NULL);
  int digits;

  if (!(unit >= 1))
    unit = 1e6;
  digits = fabs (amount) / unit < 99.995 ? 2 : 0;
  /* Translators: a sum of money in the big unit, %.*f is the number, as in "3.42 million" */
  return g_strdup_printf (C_ ("big money", "%.*f million"), digits, amount / unit);
}

/**
 * sm_wall_money:
 * @currency: (nullable): ISO 4217
 *
 * Returns: (transfer full): the amount in whole units, from a million on in short; – without a currency
 */
char *
sm_wall_money (gint64      amount_minor,
               const char *currency)
{
  g_autofree char *count = NULL;
  double amount;

  if (currency == NULL || currency[0] == '\0' || amount_minor == SM_UNKNOWN)
    return g_strdup ("–");
  amount = sm_currency_amount (amount_minor, currency);
  if (fabs (amount) < 999999.5)
    count = sm_text_count (llround (amount));
  else
    count = in_millions (amount);
  if (g_str_equal (currency, "CNY"))
    return g_strdup_printf ("¥\u00a0%s", count);
  return g_strdup_printf ("%s\u00a0%s", currency, count);
}

char *
sm_wall_energy (gint64 energy_wh)
{
  if (energy_wh == SM_UNKNOWN)
    return g_strdup ("–");
  if (llabs (energy_wh) < 10 * 1000 * 1000)
    return with_unit ((double) energy_wh / 1e3, "kWh");
  return with_unit ((double) energy_wh / 1e6, "MWh");
}

char *
sm_wall_power (double kw)
{
  return fabs (kw) < 10000 ? with_unit (round (kw * 10) / 10, "kW") : with_unit (kw / 1e3, "MW");
}

char *
sm_wall_mass (double kg)
{
  return fabs (kg) < 10000 ? with_unit (kg, "kg") : with_unit (kg / 1e3, "t");
}

/** sm_wall_duration: Returns: (transfer full): as in 42 s, 4 min 12 s, 3 h 5 min; – for NAN */
char *
sm_wall_duration (double seconds)
{
  int s;

  if (!isfinite (seconds))
    return g_strdup ("–");
  s = (int) CLAMP (lround (seconds), 0, 99 * 24 * 3600);
  if (s < 60)
    /* Translators: seconds */
    return g_strdup_printf (_("%d s"), s);
  if (s < 3600)
    /* Translators: minutes and seconds */
    return g_strdup_printf (_("%d min %d s"), s / 60, s % 60);
  /* Translators: hours and minutes */
  return g_strdup_printf (_("%d h %d min"), s / 3600, s / 60 % 60);
}

/** sm_wall_share: Returns: (transfer full): how much of @whole @part is, in percent */
char *
sm_wall_share (gint64 part,
               gint64 whole)
{
  return sm_text_measure (whole > 0 ? 100.0 * (double) part / (double) whole : NAN, 1, "%");
}

/** sm_wall_change: Returns: (transfer full): by how much it grew, as in +4.1 %; – when unknown */
char *
sm_wall_change (double now,
                double before)
{
  double change = before != 0 ? 100 * (now - before) / fabs (before) : NAN;

  if (!isfinite (change))
    return g_strdup ("–");
  return g_strdup_printf ("%s%.1f\u00a0%%", change < 0 ? "−" : "+", fabs (change));
}

char *
sm_wall_distance (gint64 metres)
{
  if (metres == SM_UNKNOWN)
    return g_strdup ("–");
  return with_unit ((double) metres / 1e3, "km");
}

/** sm_wall_date: Returns: (transfer full): a day of the calendar, as in 2029-03-31 */
char *
sm_wall_date (gint64 moment_us)
{
  g_autoptr (GDateTime) moment = NULL;

  if (moment_us == SM_UNKNOWN)
    return g_strdup ("–");
  moment = g_date_time_new_from_unix_utc (moment_us / SM_SECOND);
  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d") : g_strdup ("–");
}

/** sm_wall_known: Returns: (transfer full) (nullable): a row's measured value with its unit */
char *
sm_wall_known (const SmRow *row,
               guint        field,
               int          digits)
{
  const SmField *of = &sm_row_get_noun (row)->fields[field];

  if (sm_row_is_null (row, field))
    return NULL;
  return sm_text_measure (of->kind == SM_KIND_REAL ? sm_row_get_real (row, field)
                                                   : (double) sm_row_get_int (row, field),
                          digits, of->unit);
}

/** sm_wall_join: Returns: (transfer full): the texts that are there; "" and "–" are not */
char *
sm_wall_join (const char *separator,
              ...)
{
  GString *words = g_string_new (NULL);
  va_list list;

  va_start (list, separator);
  /* The list ends with a null pointer; what is not known is "". */
  for (const char *text = va_arg (list, const char *); text != NULL;
       text = va_arg (list, const char *))
    if (text[0] != '\0' && !g_str_equal (text, "–"))
      g_string_append_printf (words, "%s%s", words->len > 0 ? separator : "", text);
  va_end (list);
  return g_string_free (words, FALSE);
}
