/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-connection.h"
#include "sm-samples.h"
#include "sm-telemetry.h"

#include <glib/gstdio.h>
#include <math.h>

typedef struct
{
  SmActor *actor;
  gint64 id, from, to;
} Asking;

static gpointer
do_read_series (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Asking *asking = data;

  return sm_telemetry_read (reader, asking->actor, sm_noun_get (SM_NOUN_VEHICLE), asking->id,
                            asking->from, asking->to, error);
}

static SmSeries *
series_of (Fixture *f,
           gint64   id,
           gint64   from,
           gint64   to)
{
  Asking asking = { f->system, id, from, to };
  g_autoptr (GError) error = NULL;
  SmSeries *series = sm_rules_read_sync (f->rules, do_read_series, &asking, &error);

  g_assert_no_error (error);
  return series;
}

static const double *
column_of (const SmSeries *series,
           guint           field)
{
  for (guint i = 0; i < series->n_columns; i++)
    if (series->fields[i] == field)
      return series->values[i];
  g_assert_not_reached ();
}

static void
say (Fixture *f,
     gint64   id,
     gint64   at,
     double   soc,
     double   heading)
{
  SmVehicleReport report = fixture_make_report (f, id);
  g_auto (SmIngestResult) result = { 0 };

  report.at_us = at;
  report.soc = soc;
  report.heading_deg = heading;
  report.latitude += (double) (at - FIXTURE_START) / SM_HOUR;
  result = fixture_ingest (f, f->system, &report, 1);
  g_assert_cmpuint (result.rejected == NULL ? 0 : result.rejected->len, ==, 0);
}

static void
test_packing (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (SmSample));
  g_autoptr (GArray) back = g_array_new (FALSE, FALSE, sizeof (SmSample));

  for (guint i = 0; i < 2000; i++)
    {
      SmSample sample = { .at_s = 1750000000 + (gint64) i * 60 };
      const SmSample *before =
          i % 100 == 0 ? NULL : &g_array_index (samples, SmSample, samples->len - 1);

      for (guint c = 0; c < SM_SAMPLE_CHANNELS; c++)
        sample.values[c] = g_rand_int_range (rand, 0, 9) == 0
                               ? SM_SAMPLE_UNKNOWN
                               : g_rand_int_range (rand, G_MININT32, G_MAXINT32);
      sm_samples_append (packed, &sample, before);
      g_array_append_val (samples, sample);
    }
  g_assert_true (sm_samples_read (packed->data, packed->len, back));
  g_assert_cmpmem (back->data, back->len * sizeof (SmSample), samples->data,
                   samples->len * sizeof (SmSample));
  for (guint cut = 1; cut < 200; cut++)
    sm_samples_read (packed->data, packed->len - cut, back);
}

/* A minute is enough when nothing happens; a turn is kept at once. */
static void
test_thinning (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmSeries) straight = NULL;
  g_autoptr (SmSeries) turned = NULL;

  for (guint i = 0; i < 60; i++)
    {
      say (f, id, sm_clock_now (f->network), 50, 90);
      fixture_pass (f, 10);
    }
  straight = series_of (f, id, FIXTURE_START, FIXTURE_START + SM_HOUR);
  g_assert_cmpuint (straight->n, ==, 10);
  g_assert_cmpint (straight->at[0], ==, FIXTURE_START);
  g_assert_cmpfloat_with_epsilon (column_of (straight, SM_VEHICLE_LATITUDE)[6], 40.2, 1e-4);
  g_assert_cmpfloat (column_of (straight, SM_VEHICLE_SOC)[6], ==, 50);
  say (f, id, sm_clock_now (f->network), 50, 130);
  turned = series_of (f, id, FIXTURE_START, FIXTURE_START + SM_HOUR);
  g_assert_cmpuint (turned->n, ==, 11);
}

/* What comes late stands where it belongs, and changes no state. */
static void
test_late (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmSeries) series = NULL;
  g_autoptr (SmVehicleBatch) now = NULL;

  say (f, id, FIXTURE_START, 50, 90);
  say (f, id, FIXTURE_START - 20 * SM_MINUTE, 60, 90);
  fixture_pass (f, 1);
  say (f, id, FIXTURE_START - 10 * SM_MINUTE, 55, 90);
  series = series_of (f, id, FIXTURE_START - SM_HOUR, FIXTURE_START + SM_HOUR);
  g_assert_cmpuint (series->n, ==, 3);
  g_assert_cmpfloat (column_of (series, SM_VEHICLE_SOC)[0], ==, 60);
  g_assert_cmpfloat (column_of (series, SM_VEHICLE_SOC)[1], ==, 55);
  now = sm_feed_read_live_vehicles (f->rules, f->system, 0);
  g_assert_cmpfloat (now->columns.soc[0], ==, 50);
}

/* After two days there are quarters of an hour; a restart loses neither. */
static void
test_quarters (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmSeries) samples = NULL;
  g_autoptr (SmSeries) quarters = NULL;
  gint64 begin = (FIXTURE_START / SM_HOUR + 1) * SM_HOUR;

  sm_clock_advance (f->network, begin - FIXTURE_START);
  for (guint i = 0; i < 180; i++)
    {
      say (f, id, sm_clock_now (f->network), 50 + i % 30, 90);
      fixture_pass (f, 10);
    }
  fixture_reopen (f);
  samples = series_of (f, id, begin, begin + SM_HOUR);
  g_assert_cmpuint (samples->n, >, 30);
  sm_clock_advance (f->network, 49 * SM_HOUR);
  quarters = series_of (f, id, begin, begin + SM_HOUR);
  g_assert_cmpuint (quarters->n, ==, 2);
  g_assert_cmpint (quarters->at[1] - quarters->at[0], ==, 15 * SM_MINUTE);
  for (guint i = 0; i < quarters->n_columns; i++)
    if (quarters->fields[i] == SM_VEHICLE_SOC)
      {
        g_assert_cmpfloat (quarters->minimum[i][0], ==, 50);
        g_assert_cmpfloat (quarters->maximum[i][0], ==, 79);
        g_assert_cmpfloat_with_epsilon (quarters->values[i][0], 64.5, 0.5);
      }
}

static gint64
count_samples (Fixture *f)
{
  g_autofree char *path = g_strconcat (f->path, "-telemetry", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) file = sm_connection_open (path, SM_OPEN_READ_ONLY, &error);

  g_assert_no_error (error);
  return sm_connection_get_number (file, "SELECT count(*) FROM samples");
}

/* Samples go by the network's time, in which two days may be a moment here. */
static void
test_kept_for_two_days (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  fixture_pass (f, 1);
  say (f, id, sm_clock_now (f->network), 50, 90);
  fixture_reopen (f);
  fixture_pass (f, 1);
  g_assert_cmpint (count_samples (f), ==, 1);
  fixture_pass (f, 47 * 3600);
  g_assert_cmpint (count_samples (f), ==, 1);
  fixture_pass (f, 2 * 3600);
  g_assert_cmpint (count_samples (f), ==, 0);
}

static guint
count_feed (Fixture *f)
{
  g_autoptr (SmFeedPage) page = fixture_read (f, f->system, NULL, 1000, NULL);

  return page->changes->len;
}

/* @text: (nullable): what stands in the file instead; NULL: there is none */
static void
lose_file (Fixture    *f,
           const char *text,
           const char *expected)
{
  static const char *const suffixes[] = { "-telemetry", "-telemetry-wal", "-telemetry-shm" };

  g_clear_pointer (&f->rules, sm_rules_close);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (f->path, suffixes[i], NULL);

      g_unlink (name);
      if (i == 0 && text != NULL)
        g_assert_true (g_file_set_contents (name, text, -1, NULL));
    }
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, expected);
  fixture_open (f, TRUE);
  g_test_assert_expected_messages ();
}

/* Without the file the service starts, says so, and has lost nothing else. */
static void
test_deleted (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  const char *const texts[] = { NULL, "this is no database, far from it" };
  gint64 seq;
  guint changes;

  fixture_pass (f, 1);
  seq = sm_rules_get_seq (f->rules);
  changes = count_feed (f);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 at = sm_clock_now (f->network);
      g_autoptr (SmSeries) gone = NULL;
      g_autoptr (SmSeries) again = NULL;
      g_autoptr (SmVehicleBatch) live = NULL;

      say (f, id, at, 50, 90);
      lose_file (f, texts[i], "*telemetry*begins anew*");
      gone = series_of (f, id, at, at + SM_HOUR);
      g_assert_cmpuint (gone->n, ==, 0);
      g_assert_cmpint (sm_rules_get_seq (f->rules), ==, seq);
      g_assert_cmpuint (count_feed (f), ==, changes);
      fixture_pass (f, 1);
      live = sm_feed_read_live_vehicles (f->rules, f->system, 0);
      g_assert_cmpfloat (live->columns.soc[0], ==, 50);
      say (f, id, sm_clock_now (f->network), 49, 90);
      again = series_of (f, id, at, at + SM_HOUR);
      g_assert_cmpuint (again->n, ==, 1);
      fixture_pass (f, 60);
    }
}

static void
test_scope (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", 7);
  g_autoptr (SmActor) stranger = fixture_make_person (1, "operator", SM_SCOPE_FLEETS, 8);
  g_autoptr (SmActor) guest = fixture_make_person (2, "guest", SM_SCOPE_ALL, 0);
  SmActor *actors[] = { stranger, guest };

  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    {
      Asking asking = { actors[i], id, FIXTURE_START, FIXTURE_START + SM_HOUR };
      g_autoptr (GError) error = NULL;

      g_assert_null (sm_rules_read_sync (f->rules, do_read_series, &asking, &error));
      g_assert_error (error, SM_ERROR, SM_ERROR_NOT_FOUND);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/telemetry/packing", test_packing);
  g_test_add_func ("/rules/telemetry/thinning", test_thinning);
  g_test_add_func ("/rules/telemetry/late", test_late);
  g_test_add_func ("/rules/telemetry/quarters", test_quarters);
  g_test_add_func ("/rules/telemetry/kept-for-two-days", test_kept_for_two_days);
  g_test_add_func ("/rules/telemetry/deleted", test_deleted);
  g_test_add_func ("/rules/telemetry/scope", test_scope);
  return g_test_run ();
}
