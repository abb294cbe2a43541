/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tariff.h"

#include "sm-civil.h"
#include "sm-error.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

#define MAX_PRICE (G_GINT64_CONSTANT (10000) * SM_TARIFF_PRICE_UNIT)
#define MAX_ENERGY_WH G_GINT64_CONSTANT (1000000000)

static const char *const kind_names[] = { "sharp", "peak", "flat", "valley" };

/** sm_tariff_kind_name: Returns: (transfer none): its slug */
const char *
sm_tariff_kind_name (SmTariffKind kind)
{
  return kind < SM_TARIFF_N_KINDS ? kind_names[kind] : NULL;
}

/* --- text --- */

/* A reader for the one shape that periods have: an array of flat objects. */
typedef struct
{
  const char *p;
  gboolean failed;
} Scan;

static gboolean
take (Scan *scan,
      char  c)
{
  scan->p += strspn (scan->p, " \t\r\n");
  if (scan->failed || *scan->p != c)
    return FALSE;
  scan->p++;
  return TRUE;
}

static void
expect (Scan *scan,
        char  c)
{
  if (!take (scan, c))
    scan->failed = TRUE;
}

/* A string without escapes: no name or value of ours has any. */
static char *
read_string (Scan *scan)
{
  const char *begin;

  expect (scan, '"');
  begin = scan->p;
  while (!scan->failed && *scan->p != '"')
    if (*scan->p == '\0' || *scan->p == '\\')
      scan->failed = TRUE;
    else
      scan->p++;
  if (scan->failed)
    return g_strdup ("");
  return g_strndup (begin, (gsize) (scan->p++ - begin));
}

static double
read_number (Scan *scan)
{
  char *end;
  double value;

  scan->p += strspn (scan->p, " \t\r\n");
  if (*scan->p != '-' && !g_ascii_isdigit (*scan->p))
    {
      scan->failed = TRUE;
      return 0;
    }
  value = g_ascii_strtod (scan->p, &end);
  scan->p = end;
  return value;
}

static gint64
read_price (Scan *scan)
{
  double value = read_number (scan) * SM_TARIFF_PRICE_UNIT;

  if (!(value >= 0 && value <= (double) MAX_PRICE))
    {
      scan->failed = TRUE;
      return 0;
    }
  return (gint64) llround (value);
}

static guint16
read_minute (Scan *scan)
{
  g_autofree char *text = read_string (scan);
  int hour, minute;

  if (strlen (text) == 5 && text[2] == ':' && g_ascii_isdigit (text[0])
      && g_ascii_isdigit (text[1]) && g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]))
    {
      hour = (text[0] - '0') * 10 + text[1] - '0';
      minute = (text[3] - '0') * 10 + text[4] - '0';
      if (minute < 60 && hour * 60 + minute <= SM_TARIFF_DAY_MINUTES)
        return (guint16) (hour * 60 + minute);
    }
  scan->failed = TRUE;
  return 0;
}

static guint8
read_kind (Scan *scan)
{
  g_autofree char *text = read_string (scan);

  for (guint8 i = 0; i < SM_TARIFF_N_KINDS; i++)
    if (strcmp (text, kind_names[i]) == 0)
      return i;
  scan->failed = TRUE;
  return 0;
}

enum { SAYS_FROM = 1, SAYS_TO = 2, SAYS_KIND = 4, SAYS_ENERGY = 8, SAYS_SERVICE = 16, SAYS_ALL = 31 };

static guint
read_member (Scan           *scan,
             SmTariffPeriod *period)
{
  g_autofree char *name = read_string (scan);

  expect (scan, ':');
  if (strcmp (name, "from") == 0)
    return period->from = read_minute (scan), SAYS_FROM;
  if (strcmp (name, "to") == 0)
    return period->to = read_minute (scan), SAYS_TO;
  if (strcmp (name, "kind") == 0)
    return period->kind = read_kind (scan), SAYS_KIND;
  if (strcmp (name, "energy_minor_per_kwh") == 0)
    return period->energy_price = read_price (scan), SAYS_ENERGY;
  if (strcmp (name, "service_minor_per_kwh") == 0)
    return period->service_price = read_price (scan), SAYS_SERVICE;
  scan->failed = TRUE;
  return 0;
}

static SmTariffPeriod
read_period (Scan *scan)
{
  SmTariffPeriod period = { 0 };
  guint says = 0;

  expect (scan, '{');
  do
    says |= read_member (scan, &period);
  while (take (scan, ','));
  expect (scan, '}');
  if (says != SAYS_ALL)
    scan->failed = TRUE;
  return period;
}

static void
add_period (SmTariff       *self,
            SmTariffPeriod  period,
            Scan           *scan)
{
  if (self->n_periods == SM_TARIFF_MAX_PERIODS)
    scan->failed = TRUE;
  else
    self->periods[self->n_periods++] = period;
}

/* One that runs over midnight is two. */
static void
add_read_period (SmTariff       *self,
                 SmTariffPeriod  period,
                 Scan           *scan)
{
  SmTariffPeriod rest = period;

  if (period.to == 0)
    period.to = SM_TARIFF_DAY_MINUTES;
  if (period.to > period.from)
    {
      add_period (self, period, scan);
      return;
    }
  rest.from = 0;
  period.to = SM_TARIFF_DAY_MINUTES;
  add_period (self, period, scan);
  add_period (self, rest, scan);
}

static int
compare_periods (gconstpointer a,
                 gconstpointer b)
{
  return ((const SmTariffPeriod *) a)->from - ((const SmTariffPeriod *) b)->from;
}

static gboolean
check_cover (const SmTariff  *self,
             GError         **error)
{
  guint minute = 0;

  for (guint i = 0; i < self->n_periods; i++)
    {
      const SmTariffPeriod *period = &self->periods[i];

      if (period->from != minute)
        {
          sm_set_error (error, SM_ERROR_INVALID,
                        period->from > minute ? "tariff-gap" : "tariff-overlap",
                        "The tariff's periods do not meet at %02u:%02u", MIN (minute, period->from) / 60,
                        MIN (minute, period->from) % 60);
          return FALSE;
        }
      minute = period->to;
    }
  if (minute != SM_TARIFF_DAY_MINUTES)
    sm_set_error (error, SM_ERROR_INVALID, "tariff-gap", "The tariff ends at %02u:%02u",
                  minute / 60, minute % 60);
  return minute == SM_TARIFF_DAY_MINUTES;
}

/**
 * sm_tariff_parse:
 * @text: a JSON array of {"from":"HH:MM","to":"HH:MM","kind":"sharp|peak|flat|valley",
 *   "energy_minor_per_kwh":n,"service_minor_per_kwh":n}, in any order; "24:00"
 *   and "00:00" both end a day
 *
 * Reads a tariff, which has to cover the 24 hours without gap or overlap.
 */
gboolean
sm_tariff_parse (const char  *text,
                 SmTariff    *out_tariff,
                 GError     **error)
{
  Scan scan = { text != NULL ? text : "", FALSE };

  memset (out_tariff, 0, sizeof *out_tariff);
  expect (&scan, '[');
  if (!take (&scan, ']'))
    {
      do
        {
          SmTariffPeriod period = read_period (&scan);

          if (!scan.failed)
            add_read_period (out_tariff, period, &scan);
        }
      while (!scan.failed && take (&scan, ','));
      expect (&scan, ']');
    }
  scan.p += strspn (scan.p, " \t\r\n");
  if (scan.failed || *scan.p != '\0')
    {
      sm_set_error (error, SM_ERROR_INVALID, "tariff-unreadable",
                    "The periods of the tariff cannot be read");
      return FALSE;
    }
  qsort (out_tariff->periods, out_tariff->n_periods, sizeof *out_tariff->periods, compare_periods);
  return check_cover (out_tariff, error);
}

static void
append_price (GString *text,
              gint64   price)
{
  g_string_append_printf (text, "%" G_GINT64_FORMAT, price / SM_TARIFF_PRICE_UNIT);
  if (price % SM_TARIFF_PRICE_UNIT != 0)
    g_string_append_printf (text, ".%04" G_GINT64_FORMAT, price % SM_TARIFF_PRICE_UNIT);
}

/** sm_tariff_to_text: Returns: (transfer full): as sm_tariff_parse() reads it */
char *
sm_tariff_to_text (const SmTariff *self)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < self->n_periods; i++)
    {
      const SmTariffPeriod *p = &self->periods[i];

      g_string_append_printf (text,
                              "%s{\"from\":\"%02d:%02d\",\"to\":\"%02d:%02d\",\"kind\":\"%s\","
                              "\"energy_minor_per_kwh\":",
                              i > 0 ? "," : "", p->from / 60, p->from % 60, p->to / 60,
                              p->to % 60, kind_names[p->kind]);
      append_price (text, p->energy_price);
      g_string_append (text, ",\"service_minor_per_kwh\":");
      append_price (text, p->service_price);
      g_string_append_c (text, '}');
    }
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/* --- prices --- */

static const SmTariffPeriod *
find_period (const SmTariff *self,
             int             second)
{
  guint i = 0;

  while (i + 1 < self->n_periods && second >= self->periods[i].to * 60)
    i++;
  return &self->periods[i];
}

static gint64
round_half_up (gint64 sum)
{
  gint64 unit = 1000 * SM_TARIFF_PRICE_UNIT;

  return (sum + unit / 2) / unit;
}

/**
 * sm_tariff_price:
 * @zone: of the station: its clocks say which period it is
 * @started_at: when the energy began to flow; %SM_UNKNOWN: it came all at @ended_at
 * @energy_wh: what the order is over
 *
 * The energy counts as given evenly from start to end, and is split by time
 * over the periods in between, also where clocks change; the parts are whole
 * Wh and sum to @energy_wh.  Each part costs its period's prices.  The costs of
 * the energy are added up exactly and rounded once, half up, to the minor unit;
 * the service fee likewise; the amount is the sum of the two.
 *
 * Returns: FALSE when there is nothing that could be priced
 */
gboolean
sm_tariff_price (const SmTariff *self,
                 GTimeZone      *zone,
                 gint64          started_at,
                 gint64          ended_at,
                 gint64          energy_wh,
                 SmTariffPrice  *out_price)
{
  gint64 from, given = 0, energy = 0, service = 0;
  double whole;

  memset (out_price, 0, sizeof *out_price);
  if (self->n_periods == 0 || ended_at == SM_UNKNOWN || energy_wh < 0 || energy_wh > MAX_ENERGY_WH)
    return FALSE;
  if (started_at == SM_UNKNOWN || started_at > ended_at || ended_at - started_at > 7 * SM_DAY)
    started_at = ended_at;
  from = started_at;
  whole = (double) (ended_at - started_at);
  do
    {
      int second = sm_civil_at (zone, from).second;
      const SmTariffPeriod *period = find_period (self, second);
      gint64 to = from - from % SM_SECOND + (period->to * 60 - second) * SM_SECOND;
      gint64 until, part;

      to = sm_civil_same_offset_until (zone, from, MIN (to, ended_at));
      until = to >= ended_at ? energy_wh
                             : (gint64) ((double) energy_wh * ((double) (to - started_at) / whole));
      part = until - given;
      energy += part * period->energy_price;
      service += part * period->service_price;
      out_price->energy_wh[period->kind] += part;
      given = until;
      from = to;
    }
  while (from < ended_at);
  out_price->energy_minor = round_half_up (energy);
  out_price->service_minor = round_half_up (service);
  out_price->amount_minor = out_price->energy_minor + out_price->service_minor;
  return TRUE;
}
