/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-civil.h"
#include "sm-error.h"
#include "sm-random.h"
#include "sm-tariff.h"
#include "sm-time.h"

#define P(from, to, kind, energy, service)                                                 \
  "{\"from\":\"" from "\",\"to\":\"" to "\",\"kind\":\"" kind "\","                        \
  "\"energy_minor_per_kwh\":" energy ",\"service_minor_per_kwh\":" service "}"

static const char guangdong[] =
    "[" P ("00:00", "08:00", "valley", "30.25", "40") "," P ("08:00", "10:00", "flat", "68.5", "40")
    "," P ("10:00", "11:00", "peak", "110", "40") "," P ("11:00", "12:00", "sharp", "137.5", "40")
    "," P ("12:00", "14:00", "flat", "68.5", "40") "," P ("14:00", "19:00", "peak", "110", "40")
    "," P ("19:00", "24:00", "flat", "68.5", "40") "]";

static GTimeZone *
zone_of (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (zone);
  return zone;
}

static gint64
moment (const char *rfc3339)
{
  gint64 time_us;

  g_assert_true (sm_time_from_rfc3339 (rfc3339, &time_us, NULL));
  return time_us;
}

static SmTariff
tariff_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  SmTariff tariff;

  sm_tariff_parse (text, &tariff, &error);
  g_assert_no_error (error);
  return tariff;
}

static void
refused (const char *text, const char *slug)
{
  g_autoptr (GError) error = NULL;
  SmTariff tariff;

  g_assert_false (sm_tariff_parse (text, &tariff, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
}

static void
test_read (void)
{
  SmTariff tariff = tariff_of (guangdong), again;
  g_autofree char *text = sm_tariff_to_text (&tariff);
  SmTariff night = tariff_of ("[" P ("22:00", "06:00", "valley", "30", "0") "," P (
      "06:00", "22:00", "peak", "90", "0") "]");

  again = tariff_of (text);
  g_assert_cmpmem (&tariff, sizeof tariff, &again, sizeof again);
  g_assert_cmpint (tariff.periods[0].energy_price, ==, 302500);
  /* Over midnight it is two periods of the day. */
  g_assert_cmpuint (night.n_periods, ==, 3);
  g_assert_cmpint (night.periods[2].to, ==, 1440);
}

static void
test_refuse (void)
{
  refused ("[" P ("00:00", "08:00", "flat", "1", "1") "]", "tariff-gap");
  refused ("[" P ("00:00", "08:00", "flat", "1", "1") "," P ("09:00", "24:00", "flat", "1", "1") "]",
           "tariff-gap");
  refused ("[" P ("00:00", "09:00", "flat", "1", "1") "," P ("08:00", "24:00", "flat", "1", "1") "]",
           "tariff-overlap");
  refused ("[]", "tariff-gap");
  refused ("[" P ("00:00", "24:00", "cheap", "1", "1") "]", "tariff-unreadable");
  refused ("[" P ("00:00", "24:01", "flat", "1", "1") "]", "tariff-unreadable");
  refused ("[" P ("00:00", "24:00", "flat", "-1", "1") "]", "tariff-unreadable");
  refused ("[" P ("00:00", "24:00", "flat", "1e300", "1") "]", "tariff-unreadable");
  refused ("[{\"from\":\"00:00\",\"to\":\"24:00\",\"kind\":\"flat\"}]", "tariff-unreadable");
  refused ("[" P ("00:00", "24:00", "flat", "1", "1") "] x", "tariff-unreadable");
  refused ("{", "tariff-unreadable");
  refused ("[{", "tariff-unreadable");
  refused ("[{\"from", "tariff-unreadable");
  refused (NULL, "tariff-unreadable");
}

static void
test_split (void)
{
  SmTariff tariff = tariff_of (guangdong);
  g_autoptr (GTimeZone) zone = zone_of ("Asia/Shanghai");
  SmTariffPrice price;

  /* An hour in peak, an hour in sharp: 50 kWh each. */
  g_assert_true (sm_tariff_price (&tariff, zone, moment ("2026-11-20T10:00:00+08:00"),
                                  moment ("2026-11-20T12:00:00+08:00"), 100000, &price));
  g_assert_cmpint (price.energy_wh[SM_TARIFF_PEAK], ==, 50000);
  g_assert_cmpint (price.energy_wh[SM_TARIFF_SHARP], ==, 50000);
  g_assert_cmpint (price.energy_minor, ==, 50 * 110 + 50 * 137.5);
  g_assert_cmpint (price.service_minor, ==, 4000);
  g_assert_cmpint (price.amount_minor, ==, price.energy_minor + price.service_minor);
  /* All at once, at its end. */
  g_assert_true (sm_tariff_price (&tariff, zone, SM_UNKNOWN, moment ("2026-11-20T11:30:00+08:00"),
                                  1000, &price));
  g_assert_cmpint (price.energy_wh[SM_TARIFF_SHARP], ==, 1000);
  /* Half a minor unit goes up. */
  g_assert_cmpint (price.energy_minor, ==, 138);
  g_assert_false (sm_tariff_price (&tariff, zone, 0, SM_UNKNOWN, 1000, &price));
  g_assert_false (sm_tariff_price (&tariff, zone, 0, 0, -1, &price));
}

/* On the night when clocks in Berlin jump from 2 to 3, and on that when they
 * show 2 to 3 twice. */
static void
test_clocks_change (void)
{
  SmTariff tariff = tariff_of ("[" P ("00:00", "02:00", "valley", "10", "0") "," P (
      "02:00", "03:00", "sharp", "100", "0") "," P ("03:00", "24:00", "flat", "50", "0") "]");
  g_autoptr (GTimeZone) zone = zone_of ("Europe/Berlin");
  SmTariffPrice price;

  g_assert_true (sm_tariff_price (&tariff, zone, moment ("2026-03-29T01:00:00+01:00"),
                                  moment ("2026-03-29T04:00:00+02:00"), 2000, &price));
  g_assert_cmpint (price.energy_wh[SM_TARIFF_VALLEY], ==, 1000);
  g_assert_cmpint (price.energy_wh[SM_TARIFF_SHARP], ==, 0);
  g_assert_cmpint (price.energy_wh[SM_TARIFF_FLAT], ==, 1000);
  g_assert_true (sm_tariff_price (&tariff, zone, moment ("2026-10-25T01:00:00+02:00"),
                                  moment ("2026-10-25T04:00:00+01:00"), 4000, &price));
  g_assert_cmpint (price.energy_wh[SM_TARIFF_VALLEY], ==, 1000);
  g_assert_cmpint (price.energy_wh[SM_TARIFF_SHARP], ==, 2000);
  g_assert_cmpint (price.energy_wh[SM_TARIFF_FLAT], ==, 1000);
}

/* The price by looking at each second by itself, as a judge. */
static double
priced_by_the_second (const SmTariff *tariff, GTimeZone *zone, gint64 from, gint64 to, gint64 wh)
{
  double sum = 0;

  for (gint64 at = from; at < to; at += SM_SECOND)
    {
      int second = sm_civil_at (zone, at).second;
      guint i = 0;

      while (second >= tariff->periods[i].to * 60)
        i++;
      sum += (double) tariff->periods[i].energy_price * (double) wh
             / ((double) (to - from) / SM_SECOND);
    }
  return sum / 1000 / SM_TARIFF_PRICE_UNIT;
}

static SmTariff
random_tariff (SmRandom *random)
{
  SmTariff tariff = { 0 };
  guint16 minute = 0;

  while (minute < SM_TARIFF_DAY_MINUTES)
    {
      SmTariffPeriod *period = &tariff.periods[tariff.n_periods++];

      period->from = minute;
      minute = (guint16) (minute + 30 + sm_random_below (random, 300));
      period->to = minute = MIN (minute, SM_TARIFF_DAY_MINUTES);
      period->kind = (guint8) sm_random_below (random, SM_TARIFF_N_KINDS);
      period->energy_price = sm_random_below (random, 2000000);
      period->service_price = sm_random_below (random, 1000000);
    }
  return tariff;
}

static void
test_any (void)
{
  static const char *const zones[] = { "Asia/Shanghai", "Europe/Berlin", "America/St_Johns",
                                       "Australia/Lord_Howe" };
  SmRandom random = sm_random_new (3, 0);

  for (guint i = 0; i < 400; i++)
    {
      SmTariff tariff = random_tariff (&random);
      g_autoptr (GTimeZone) zone = zone_of (zones[i % G_N_ELEMENTS (zones)]);
      gint64 from = moment ("2026-01-01T00:00:00Z") + (gint64) sm_random_below (&random, 31536000) * SM_SECOND;
      gint64 to = from + (gint64) sm_random_below (&random, 40000) * SM_SECOND;
      gint64 wh = sm_random_below (&random, 400000), sum = 0;
      SmTariffPrice price, later;

      g_assert_true (sm_tariff_price (&tariff, zone, from, to, wh, &price));
      for (guint kind = 0; kind < SM_TARIFF_N_KINDS; kind++)
        sum += price.energy_wh[kind];
      g_assert_cmpint (sum, ==, wh);
      /* Whole Wh in a dozen parts, then rounded once. */
      if (to > from)
        g_assert_cmpfloat_with_epsilon ((double) price.energy_minor,
                                        priced_by_the_second (&tariff, zone, from, to, wh), 3);
      /* More energy never costs less. */
      g_assert_true (sm_tariff_price (&tariff, zone, from, to, wh + 1000, &later));
      g_assert_cmpint (later.service_minor, >=, price.service_minor);
    }
}

static void
test_days (void)
{
  g_autoptr (GTimeZone) zone = zone_of ("Asia/Shanghai");
  g_autoptr (GTimeZone) beirut = zone_of ("Asia/Beirut");
  SmCivil civil = sm_civil_at (zone, moment ("2026-11-20T16:30:05Z"));
  gint64 start;

  g_assert_cmpint (civil.day, ==, 20261121);
  g_assert_cmpint (civil.second, ==, 1805);
  g_assert_cmpint (sm_civil_add_days (20260228, 1), ==, 20260301);
  g_assert_cmpint (sm_civil_add_days (20240301, -1), ==, 20240229);
  g_assert_cmpint (sm_civil_add_days (20270101, -14), ==, 20261218);
  g_assert_cmpint (sm_civil_day_start (zone, 20261121), ==, moment ("2026-11-20T16:00:00Z"));
  /* In Beirut clocks jump at midnight: that day begins at one o'clock. */
  for (int day = 20240320, i = 0; i < 30; i++, day = sm_civil_add_days (day, 1))
    {
      start = sm_civil_day_start (beirut, day);
      g_assert_cmpint (sm_civil_at (beirut, start).day, ==, day);
      g_assert_cmpint (sm_civil_at (beirut, start - 1).day, ==, sm_civil_add_days (day, -1));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/algo/tariff/read", test_read);
  g_test_add_func ("/algo/tariff/refuse-gap-and-overlap", test_refuse);
  g_test_add_func ("/algo/tariff/split-over-periods", test_split);
  g_test_add_func ("/algo/tariff/clocks-change", test_clocks_change);
  g_test_add_func ("/algo/tariff/any", test_any);
  g_test_add_func ("/algo/civil/days", test_days);
  return g_test_run ();
}
