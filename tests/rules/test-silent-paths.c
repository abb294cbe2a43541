/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <math.h>

/* The fixture's vehicles report every 10 s by their record. */

static void
report (Fixture *f,
        gint64   id,
        guint8   motion,
        guint8   energy,
        gboolean logs_out)
{
  SmVehicleReport said = fixture_make_report (f, id);
  g_auto (SmIngestResult) result = { 0 };

  said.motion = motion;
  said.energy = energy;
  said.logs_out = logs_out;
  result = fixture_ingest (f, f->system, &said, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
}

static void
pass_minutes (Fixture *f,
              guint    minutes)
{
  for (guint i = 0; i < minutes * 6; i++)
    fixture_pass (f, 10);
}

static gpointer
do_add_area (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_AREA));
  SmUpsertOutcome outcome;
  gint64 id;

  sm_row_set_text (row, SM_AREA_KIND, "country");
  sm_row_set_text (row, SM_AREA_CODE, "100000");
  sm_row_set_text (row, SM_AREA_NAME, "{\"en\":\"C\"}");
  sm_registry_upsert (rules, data, row, SM_AREA_CODE, &id, &outcome, error);
  return NULL;
}

static guint
count_open (Fixture    *f,
            const char *code,
            const char *state,
            gboolean    is_hidden)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (f);
  guint n = 0;

  for (guint i = 0; i < alarms->len; i++)
    n += g_strcmp0 (sm_row_get_text (alarms->pdata[i], SM_ALARM_CODE), code) == 0
         && g_strcmp0 (sm_row_get_text (alarms->pdata[i], SM_ALARM_STATE), state) == 0
         && sm_alarm_is_hidden (alarms->pdata[i], sm_clock_now (f->network)) == is_hidden;
  return n;
}

/* --- carriers and gateways --- */

/* Vehicles 1 to 90: each third one of another carrier, all behind one of two gateways. */
static void
fill_carriers (Fixture *f)
{
  fixture_write (f, do_add_area, f->system);
  for (guint i = 0; i < 5; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ORGANISATION));

      sm_row_set_text (row, SM_ORGANISATION_KIND, i < 3 ? "carrier" : "gateway");
      sm_row_set_text (row, SM_ORGANISATION_NAME, "{\"en\":\"O\"}");
      sm_row_set_text (row, SM_ORGANISATION_STATE, "approved");
      g_assert_cmpint (fixture_fill (f, row), ==, i + 1);
    }
  for (guint i = 0; i < 90; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

      sm_row_take_text (row, SM_VEHICLE_PLATE, g_strdup_printf ("A%03u", i));
      sm_row_take_text (row, SM_VEHICLE_VIN, g_strdup_printf ("VIN%03u", i));
      sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, 10);
      sm_row_set_int (row, SM_ROW_AREA_ID, 1);
      sm_row_set_int (row, SM_VEHICLE_CARRIER_ID, 1 + i % 3);
      sm_row_set_int (row, SM_VEHICLE_GATEWAY_ID, i < 60 ? 4 : 5);
      fixture_fill (f, row);
    }
  fixture_reopen (f);
  for (gint64 id = 1; id <= 90; id++)
    report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
}

/* All but those of carrier or gateway @of go on to be heard. */
static void
hear_others (Fixture *f,
             gint64   of,
             guint    minutes)
{
  for (guint i = 0; i < minutes * 6; i++)
    {
      fixture_pass (f, 10);
      for (gint64 id = 1; id <= 90; id++)
        if (of != 1 + (id - 1) % 3 && of != (id <= 60 ? 4 : 5))
          report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
    }
}

/* A third of all trucks, everywhere: not the network, but the carrier of them, who is named;
 * who was silent before is a part, also after a restart, and it ends when they are heard. */
static void
test_carrier_is_one_alarm (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) alarms = NULL;

  fill_carriers (f);
  for (guint i = 0; i < 13 * 6; i++) /* one of its trucks alone, and one of another */
    {
      fixture_pass (f, 10);
      for (gint64 id = 3; id <= 90; id++)
        report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
    }
  g_assert_cmpuint (count_open (f, "vehicle-silent", "unacked", FALSE), ==, 2);
  hear_others (f, 1, 15);
  alarms = fixture_alarms (f);
  g_assert_cmpuint (alarms->len, ==, 3);
  g_assert_cmpuint (count_open (f, "carrier-silent", "unacked", FALSE), ==, 1);
  g_assert_cmpstr (sm_row_get_text (alarms->pdata[2], SM_ALARM_SOURCE_NOUN), ==, "organisation");
  g_assert_cmpint (sm_row_get_int (alarms->pdata[2], SM_ALARM_SOURCE_ID), ==, 1);
  g_assert_cmpuint (count_open (f, "vehicle-silent", "unacked", TRUE), ==, 1);
  fixture_reopen (f);
  hear_others (f, 1, 15);
  g_assert_cmpuint (count_open (f, "carrier-silent", "unacked", FALSE), ==, 1);
  hear_others (f, -1, 2);
  g_assert_cmpuint (count_open (f, "carrier-silent", "returned_unacked", FALSE), ==, 1);
}

static void
test_gateway_is_one_alarm (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) alarms = NULL;

  fill_carriers (f);
  hear_others (f, 5, 15);
  alarms = fixture_alarms (f);
  g_assert_cmpuint (alarms->len, ==, 1);
  g_assert_cmpuint (count_open (f, "gateway-silent", "unacked", FALSE), ==, 1);
  g_assert_cmpint (sm_row_get_int (alarms->pdata[0], SM_ALARM_SOURCE_ID), ==, 5);
}

/* When nobody is heard it is nobody's carrier. */
static void
test_network_instead_of_carriers (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fill_carriers (f);
  hear_others (f, 1, 2);
  pass_minutes (f, 15);
  g_assert_cmpuint (count_open (f, "network-silent", "unacked", FALSE), ==, 1);
  g_assert_cmpuint (count_open (f, "carrier-silent", "unacked", FALSE), ==, 0);
  g_assert_cmpuint (count_open (f, "vehicle-silent", "unacked", FALSE), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/silence/carrier-is-one-alarm", test_carrier_is_one_alarm);
  g_test_add_func ("/rules/silence/gateway-is-one-alarm", test_gateway_is_one_alarm);
  g_test_add_func ("/rules/silence/network-instead-of-carriers", test_network_instead_of_carriers);
  return g_test_run ();
}
