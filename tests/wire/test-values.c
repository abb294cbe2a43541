/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-rfc3339.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/* Numbers, texts and moments, there and back. */

static double
read_back (const char *text)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, strlen (text));
  double value = sm_json_reader_read_real (reader);
  g_autoptr (GError) error = NULL;

  sm_json_reader_finish (reader, &error);
  g_assert_no_error (error);
  return value;
}

static double
random_double (GRand *rand,
               guint  i)
{
  guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
  double value;

  if (i % 3 == 1)
    return g_rand_double_range (rand, -180, 180);
  if (i % 3 == 2)
    return nearbyint (g_rand_double_range (rand, -1e10, 1e10)) / pow (10, i % 12);
  memcpy (&value, &bits, sizeof value);
  return value;
}

static void
test_reals_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < 60000; i++)
    {
      double value = random_double (rand, i), back;
      float half = (float) value;
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
      g_autoptr (SmJsonWriter) half_writer = sm_json_writer_new ();
      g_autofree char *text = NULL;
      g_autofree char *half_text = NULL;

      sm_json_writer_real (writer, value);
      text = sm_json_writer_end (writer);
      sm_json_writer_float (half_writer, half);
      half_text = sm_json_writer_end (half_writer);
      back = read_back (text);
      g_assert_true (isfinite (value) ? memcmp (&value, &back, sizeof back) == 0 : isnan (back));
      g_assert_true (isfinite (half) ? (float) read_back (half_text) == half
                                     : isnan (read_back (half_text)));
    }
}

static void
test_reals_are_short (void)
{
  static const struct
  {
    double value;
    const char *text;
  } cases[] = { { 0, "0" },         { -0.0, "-0.0" },    { 0.1, "0.1" },
                { 22.5431, "22.5431" },
                { -114.0579, "-114.0579" }, { 1e9, "1000000000" }, { 1e22, "1e+22" },
                { 0.000001, "0.000001" },   { 41.5, "41.5" },      { 1e-9, "0.000000001" },
                { NAN, "null" },    { INFINITY, "null" }, { -INFINITY, "null" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
      g_autofree char *text = NULL;

      sm_json_writer_real (writer, cases[i].value);
      text = sm_json_writer_end (writer);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Digits in any number and place: as strtod reads them. */
static void
test_reals_are_read_exactly (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);

  for (guint i = 0; i < 40000; i++)
    {
      GString *text = g_string_new (g_rand_boolean (rand) ? "-" : "");
      guint whole = (guint) g_rand_int_range (rand, 1, 25);
      guint decimals = (guint) g_rand_int_range (rand, 1, 25);
      double mine, theirs;

      g_string_append_c (text, (char) g_rand_int_range (rand, '1', '9' + 1));
      for (guint k = 1; k < whole; k++)
        g_string_append_c (text, (char) g_rand_int_range (rand, '0', '9' + 1));
      g_string_append_c (text, '.');
      for (guint k = 0; k < decimals; k++)
        g_string_append_c (text, (char) g_rand_int_range (rand, '0', '9' + 1));
      if (i % 2 == 0)
        g_string_append_printf (text, "e%d", g_rand_int_range (rand, -300, 280));
      mine = read_back (text->str);
      theirs = g_ascii_strtod (text->str, NULL);
      g_assert_true (memcmp (&mine, &theirs, sizeof mine) == 0);
      g_string_free (text, TRUE);
    }
}

static void
test_writer_is_always_valid (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 5000; i++)
    {
      char bytes[24] = { 0 };
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      for (guint k = 0; k < sizeof bytes - 1; k++)
        bytes[k] = (char) g_rand_int_range (rand, 0, 256);
      sm_json_writer_begin_object (writer);
      sm_json_writer_name (writer, bytes);
      sm_json_writer_text (writer, bytes + 8);
      sm_json_writer_name (writer, "int");
      sm_json_writer_int (writer, i % 2 == 0 ? G_MININT64 : G_MAXINT64);
      sm_json_writer_end_object (writer);
      text = sm_json_writer_end (writer);
      sm_json_guard_check (text, strlen (text), &error);
      g_assert_no_error (error);
    }
}

static void
test_times_agree_with_glib (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (guint i = 0; i < 20000; i++)
    {
      gint64 days = g_rand_int_range (rand, -354000, 2932896); /* the years 1000 to 9999 */
      gint64 time_us = days * SM_DAY + g_rand_int_range (rand, 0, 86400) * SM_SECOND
                       + (i % 3 == 0 ? 0 : g_rand_int_range (rand, 0, 1000000));
      g_autofree char *theirs = sm_time_to_rfc3339 (time_us);
      char mine[SM_RFC3339_SIZE];
      gint64 back;

      g_assert_cmpuint (sm_rfc3339_format (time_us, mine), ==, strlen (theirs));
      g_assert_cmpstr (mine, ==, theirs);
      g_assert_true (sm_rfc3339_parse (mine, strlen (mine), &back));
      g_assert_cmpint (back, ==, time_us);
    }
}

static void
test_times_are_strict (void)
{
  static const char *const bad[]
    = { "",  "2026-11-21", "2026-11-21T14:32:08", "2026-11-21 14:32:08Z", "2026-11-21T14:32:08.Z",
        "2026-13-21T14:32:08Z", "2026-02-29T14:32:08Z", "2026-11-21T24:00:00Z",
        "2026-11-21T14:60:08Z", "2026-11-21T14:32:61Z", "2026-11-21T14:32:08+0800",
        "2026-11-21T14:32:08+24:00", "2026-11-21T14:32:08Zx", "0000-01-01T00:00:00Z",
        "20261121T143208.000Z", "2026-11-2 T14:32:08Z", "2026-11-21T14:32:08,5Z",
        "+026-11-21T14:32:08Z" };
  gint64 a, b;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sm_rfc3339_parse (bad[i], strlen (bad[i]), &a));
  g_assert_true (sm_rfc3339_parse ("2024-02-29T23:59:60-00:30", 25, &a));
  g_assert_true (sm_rfc3339_parse ("2024-03-01t00:30:00.0000001z", 28, &b));
  g_assert_cmpint (a, ==, b);
  g_assert_cmpuint (sm_rfc3339_format (SM_UNKNOWN, (char[SM_RFC3339_SIZE]){ 0 }), ==, 0);
  g_assert_cmpuint (sm_rfc3339_format (G_MAXINT64, (char[SM_RFC3339_SIZE]){ 0 }), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/reader/reals-exact", test_reals_are_read_exactly);
  g_test_add_func ("/wire/writer/reals-round-trip", test_reals_round_trip);
  g_test_add_func ("/wire/writer/reals-short", test_reals_are_short);
  g_test_add_func ("/wire/writer/always-valid", test_writer_is_always_valid);
  g_test_add_func ("/wire/time/agrees-with-glib", test_times_agree_with_glib);
  g_test_add_func ("/wire/time/strict", test_times_are_strict);
  return g_test_run ();
}
