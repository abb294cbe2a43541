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

static guint8
connection_of (Fixture *f)
{
  g_autoptr (SmVehicleBatch) batch = sm_feed_read_live_vehicles (f->rules, f->system, 0);

  return batch->columns.connection[0];
}

static guint
count_alarms (Fixture *f)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (f);

  return alarms->len;
}

static void
pass_minutes (Fixture *f,
              guint    minutes)
{
  for (guint i = 0; i < minutes * 6; i++)
    fixture_pass (f, 10);
}

static void
test_asleep (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, TRUE);
  pass_minutes (f, 30);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_ASLEEP);
  report (f, id, SM_MOTION_PARKED, SM_ENERGY_IDLE, FALSE); /* it is night where they are */
  fixture_pass (f, 1);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_ONLINE);
  pass_minutes (f, 30);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_ASLEEP);
  g_assert_cmpuint (count_alarms (f), ==, 0);
}

static void
test_silent (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) over = NULL;

  report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
  pass_minutes (f, 5);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_SILENT);
  g_assert_cmpuint (count_alarms (f), ==, 0); /* a tunnel is not an alarm */
  pass_minutes (f, 10);
  alarm = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "vehicle-silent");
  fixture_reopen (f);
  report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
  over = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (over, SM_ALARM_STATE), ==, "returned_unacked");
}

static void
test_danger (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) later = NULL;

  report (f, id, SM_MOTION_PARKED, SM_ENERGY_CHARGING, FALSE);
  pass_minutes (f, 2);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_UNKNOWN_DANGER);
  alarm = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "vehicle-unknown-danger");
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, 2);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_SITUATION), ==, "charging");
  pass_minutes (f, 12);
  later = fixture_only_alarm (f);
  g_assert_cmpint (sm_row_get_int (later, SM_ALARM_LEVEL), ==, 1);
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

static void
test_many_are_one_alarm (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmRow) alarm = NULL;

  fixture_write (f, do_add_area, f->system);
  fixture_add_vehicles (f, 40);
  for (gint64 id = 1; id <= 40; id++)
    report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
  for (guint i = 0; i < 90; i++)
    {
      fixture_pass (f, 10);
      for (gint64 id = 1; id <= 25; id++)
        report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
    }
  alarm = fixture_only_alarm (f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "network-silent");
}

/* At night thousands charge: when nobody is heard, only who was hot is more than one of them. */
static void
test_many_charging_are_one_alarm (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) alarms = NULL;
  SmVehicleReport hot;
  g_auto (SmIngestResult) result = { 0 };

  fixture_write (f, do_add_area, f->system);
  fixture_add_vehicles (f, 40);
  for (gint64 id = 2; id <= 40; id++)
    {
      report (f, id, SM_MOTION_PARKED, SM_ENERGY_CHARGING, FALSE);
      if (id % 10 == 0) /* not all are lost in the same second */
        fixture_pass (f, 2);
    }
  hot = fixture_make_report (f, 1);
  hot.motion = SM_MOTION_PARKED;
  hot.energy = SM_ENERGY_CHARGING;
  hot.pack_temperature_c = 57; /* alarm above 60 */
  result = fixture_ingest (f, f->system, &hot, 1);
  for (guint i = 0; i < 20; i++)
    fixture_pass (f, 2);
  pass_minutes (f, 5);
  alarms = fixture_alarms (f);
  g_assert_cmpuint (alarms->len, ==, 2);
  for (guint i = 0; i < alarms->len; i++)
    if (g_strcmp0 (sm_row_get_text (alarms->pdata[i], SM_ALARM_CODE), "network-silent") != 0)
      g_assert_cmpint (sm_row_get_int (alarms->pdata[i], SM_ALARM_VEHICLE_ID), ==, 1);
}

/* Of 40 vehicles the first @n go on to be heard, for that many minutes. */
static void
hear_first (Fixture *f,
            gint64   n,
            guint    minutes)
{
  for (guint i = 0; i < minutes * 6; i++)
    {
      fixture_pass (f, 10);
      for (gint64 id = 1; id <= n; id++)
        report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
    }
}

static guint
count_hidden (Fixture *f,
              guint   *out_first)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (f);
  guint n = 0;

  *out_first = 0;
  for (guint i = 0; i < alarms->len; i++)
    {
      n += sm_alarm_is_hidden (alarms->pdata[i], sm_clock_now (f->network));
      *out_first += sm_row_get_int (alarms->pdata[i], SM_ALARM_IS_FIRST_OUT) == 1;
    }
  return n;
}

/* Who fell silent before the network did is a part of it, and shows again after it. */
static void
test_silent_before_are_parts (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  guint n_first;

  fixture_write (f, do_add_area, f->system);
  fixture_add_vehicles (f, 40);
  for (gint64 id = 1; id <= 40; id++)
    report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
  hear_first (f, 36, 15); /* four of them have an alarm each */
  g_assert_cmpuint (count_hidden (f, &n_first), ==, 0);
  hear_first (f, 25, 15);
  g_assert_cmpuint (count_hidden (f, &n_first), ==, 4);
  g_assert_cmpuint (n_first, ==, 1);
  hear_first (f, 38, 3);
  g_assert_cmpuint (count_hidden (f, &n_first), ==, 0);
}

/* Vehicles 1 to 70 are of area 2, those from 71 to 84 of area 3. */
static void
fill_two_areas (Fixture *f)
{
  fixture_write (f, do_add_area, f->system);
  for (guint i = 0; i < 2; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_AREA));

      sm_row_set_text (row, SM_AREA_KIND, "city");
      sm_row_set_text (row, SM_AREA_CODE, i == 0 ? "440300" : "441300");
      sm_row_set_text (row, SM_AREA_NAME, "{\"en\":\"C\"}");
      g_assert_cmpint (fixture_fill (f, row), ==, i + 2);
    }
  for (guint i = 0; i < 84; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

      sm_row_take_text (row, SM_VEHICLE_PLATE, g_strdup_printf ("A%03u", i));
      sm_row_take_text (row, SM_VEHICLE_VIN, g_strdup_printf ("VIN%03u", i));
      sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, 10);
      sm_row_set_int (row, SM_ROW_AREA_ID, i < 70 ? 2 : 3);
      fixture_fill (f, row);
    }
  fixture_reopen (f);
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

/* A carrier fails in one town: one alarm of that town, whoever was silent there before is
 * a part of it, others are not, and a key for it is one for all. */
static void
test_area_is_one_alarm (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) wang = fixture_make_person (7, "operator", SM_SCOPE_ALL, 0);
  g_autoptr (GPtrArray) alarms = NULL;
  g_autoptr (SmRow) acked = NULL;

  fill_two_areas (f);
  for (gint64 id = 1; id <= 84; id++)
    report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
  hear_first (f, 82, 13); /* two of the town, 83 and 84 */
  g_assert_cmpuint (count_open (f, "vehicle-silent", "unacked", FALSE), ==, 2);
  hear_first (f, 70, 13);
  g_assert_cmpuint (count_open (f, "area-silent", "unacked", FALSE), ==, 1);
  g_assert_cmpuint (count_open (f, "vehicle-silent", "unacked", TRUE), ==, 2);
  alarms = fixture_alarms (f);
  g_assert_cmpuint (alarms->len, ==, 3); /* the other twelve say nothing of their own */
  acked = fixture_acknowledge (f, wang, "00000000-0000-4000-8000-000000000001",
                               sm_row_get_id (alarms->pdata[2]), 2, 1, NULL, NULL, NULL);
  g_assert_nonnull (acked);
  g_assert_cmpuint (count_open (f, "area-silent", "acked", FALSE), ==, 1);
  g_assert_cmpuint (count_open (f, "vehicle-silent", "acked", TRUE), ==, 2);
  hear_first (f, 83, 3);
  g_assert_cmpuint (count_open (f, "vehicle-silent", "acked", FALSE), ==, 1); /* 84 still is */
}

/* When all are silent it is the network that is, and no area beside it. */
static void
test_network_instead_of_areas (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fill_two_areas (f);
  for (gint64 id = 1; id <= 84; id++)
    report (f, id, SM_MOTION_DRIVING, SM_ENERGY_IDLE, FALSE);
  hear_first (f, 82, 13);
  hear_first (f, 70, 3);
  g_assert_cmpuint (count_open (f, "vehicle-silent", "unacked", TRUE), ==, 2);
  hear_first (f, 50, 3);
  g_assert_cmpuint (count_open (f, "network-silent", "unacked", FALSE), ==, 1);
  g_assert_cmpuint (count_open (f, "area-silent", "returned_unacked", FALSE), ==, 1);
  g_assert_cmpuint (count_open (f, "vehicle-silent", "unacked", TRUE), ==, 2);
}

/* --- dark areas --- */

/* @id drives into the valley, is not heard for a while, and comes out again. */
static void
cross_the_valley (Fixture *f,
                  gint64   id)
{
  SmVehicleReport said = fixture_make_report (f, id);
  g_auto (SmIngestResult) in = { 0 };
  g_auto (SmIngestResult) out = { 0 };

  said.motion = SM_MOTION_DRIVING;
  said.latitude = 23.456;
  said.longitude = 114.567;
  in = fixture_ingest (f, f->system, &said, 1);
  pass_minutes (f, 5);
  said = fixture_make_report (f, id);
  said.motion = SM_MOTION_PARKED;
  said.logs_out = TRUE;
  out = fixture_ingest (f, f->system, &said, 1);
  g_assert_cmpuint (in.accepted + out.accepted, ==, 2);
  pass_minutes (f, 1);
}

/* @id is heard on the road for the last time. */
static void
fall_silent (Fixture *f,
             gint64   id,
             double   longitude,
             double   heading)
{
  SmVehicleReport said = fixture_make_report (f, id);
  g_auto (SmIngestResult) result = { 0 };

  said.motion = SM_MOTION_DRIVING;
  said.latitude = 23.456;
  said.longitude = longitude;
  said.heading_deg = heading;
  result = fixture_ingest (f, f->system, &said, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
}

/* Where three came out again the next one may take longer; not elsewhere, and not for ever. */
static void
test_dark_area (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_add_vehicles (f, 6);
  for (gint64 id = 1; id <= 3; id++)
    cross_the_valley (f, id);
  fixture_reopen (f); /* it is remembered */
  fall_silent (f, 4, 114.567, NAN);
  fall_silent (f, 5, 114.557, 90); /* about to enter */
  fall_silent (f, 6, 114.557, 270);
  pass_minutes (f, 20);
  g_assert_cmpuint (count_alarms (f), ==, 1);
  pass_minutes (f, 30);
  g_assert_cmpuint (count_alarms (f), ==, 3);
}

/* One vehicle that is lost there again and again makes no dark area. */
static void
test_one_antenna (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_add_vehicles (f, 2);
  for (guint i = 0; i < 4; i++)
    cross_the_valley (f, 1);
  fall_silent (f, 2, 114.567, NAN);
  pass_minutes (f, 20);
  g_assert_cmpuint (count_alarms (f), ==, 1);
}

/* --- stations and piles --- */

typedef struct
{
  Fixture *f;
  gint64 pile, connector, bay; /* of station 1 */
} Site;

/* A part reports, and with it its pile and station. */
static void
say (Site       *site,
     SmNounId    noun,
     gint64      id,
     guint       field,
     const char *slug)
{
  const SmNoun *n = sm_noun_get (noun);
  g_autoptr (SmRow) row = sm_row_new (n);

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_text (row, field, slug);
  sm_row_set_int (row, (guint) sm_noun_find_field (n, "reported_at", 11),
                  sm_clock_now (site->f->network));
  fixture_say (site->f, row);
}

static void
fill_parts (Site *site)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PILE));

  sm_row_set_int (row, SM_PILE_STATION_ID, 1);
  sm_row_set_text (row, SM_PILE_SN, "P1");
  sm_row_set_text (row, SM_PILE_USAGE_STATE, "enabled");
  site->pile = fixture_fill (site->f, row);
  row = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));
  sm_row_set_int (row, SM_CONNECTOR_PILE_ID, site->pile);
  sm_row_set_int (row, SM_CONNECTOR_STATION_ID, 1);
  sm_row_set_int (row, SM_CONNECTOR_NUMBER, 1);
  site->connector = fixture_fill (site->f, row);
  row = sm_row_new (sm_noun_get (SM_NOUN_BAY));
  sm_row_set_int (row, SM_BAY_STATION_ID, 1);
  sm_row_set_int (row, SM_BAY_NUMBER, 1);
  site->bay = fixture_fill (site->f, row);
}

/* @hours: (nullable): it is 23:06 where it stands; all of it has just been heard */
static Site *
site_new (const char *hours,
          const char *connector,
          const char *bay)
{
  Site *self = g_new0 (Site, 1);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  self->f = fixture_new ();
  sm_row_set_text (row, SM_STATION_SN, "S1");
  sm_row_set_text (row, SM_STATION_KIND, "swap_and_charge");
  sm_row_set_text (row, SM_STATION_STATE, "operating");
  sm_row_set_text (row, SM_STATION_TIME_ZONE, "Asia/Shanghai");
  sm_row_set_text (row, SM_STATION_OPENING_HOURS, hours);
  fixture_fill (self->f, row);
  fill_parts (self);
  fixture_pass (self->f, 3);
  say (self, SM_NOUN_STATION, 1, SM_STATION_CONNECTION, "online");
  say (self, SM_NOUN_PILE, self->pile, SM_PILE_CONNECTION, "online");
  say (self, SM_NOUN_BAY, self->bay, SM_BAY_STATE, bay);
  say (self, SM_NOUN_CONNECTOR, self->connector, SM_CONNECTOR_STATUS, connector);
  return self;
}

static void
site_free (Site *self)
{
  fixture_free (self->f);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Site, site_free)

static void
assert_connection (Site       *site,
                   SmNounId    noun,
                   const char *expected)
{
  const SmNoun *n = sm_noun_get (noun);
  gint64 tick;
  g_autoptr (GPtrArray) rows = sm_feed_read_live_rows (site->f->rules, site->f->system, n, 0, &tick);

  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (sm_row_get_text (rows->pdata[0], (guint) sm_noun_find_field (n, "connection", 10)),
                   ==, expected);
}

static void
assert_alarm (Site       *site,
              const char *code,
              gint64      level)
{
  g_autoptr (SmRow) alarm = fixture_only_alarm (site->f);

  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, code);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, level);
}

/* A silent station's piles are silent with it: one alarm. */
static void
test_station (void)
{
  g_autoptr (Site) site = site_new (NULL, "available", "empty");

  pass_minutes (site->f, 3);
  assert_connection (site, SM_NOUN_STATION, "late");
  pass_minutes (site->f, 3);
  assert_connection (site, SM_NOUN_STATION, "silent");
  g_assert_cmpuint (count_alarms (site->f), ==, 0);
  pass_minutes (site->f, 30);
  assert_connection (site, SM_NOUN_PILE, "silent");
  assert_alarm (site, "station-silent", 2);
  say (site, SM_NOUN_BAY, site->bay, SM_BAY_STATE, "empty");
  fixture_pass (site->f, 1);
  assert_connection (site, SM_NOUN_STATION, "online");
}

static void
test_station_danger (void)
{
  g_autoptr (Site) site = site_new (NULL, "available", "charging");

  pass_minutes (site->f, 5);
  assert_connection (site, SM_NOUN_STATION, "unknown_danger");
  assert_alarm (site, "station-unknown-danger", 2);
  pass_minutes (site->f, 10);
  assert_alarm (site, "station-unknown-danger", 1);
}

/* Closed it sleeps; once it is open it is expected like any other. */
static void
test_station_closed (void)
{
  g_autoptr (Site) site = site_new ("06:00-22:00", "available", "empty");

  pass_minutes (site->f, 60);
  assert_connection (site, SM_NOUN_STATION, "asleep");
  assert_connection (site, SM_NOUN_PILE, "asleep");
  g_assert_cmpuint (count_alarms (site->f), ==, 0);
  fixture_reopen (site->f);
  pass_minutes (site->f, 5 * 60 + 53); /* until 5:59 */
  g_assert_cmpuint (count_alarms (site->f), ==, 0);
  pass_minutes (site->f, 3);
  assert_connection (site, SM_NOUN_STATION, "late");
  pass_minutes (site->f, 30);
  assert_alarm (site, "station-silent", 2);
}

static void
keep_station (Site *site,
              guint minutes)
{
  for (guint i = 0; i < minutes; i++)
    {
      pass_minutes (site->f, 1);
      say (site, SM_NOUN_BAY, site->bay, SM_BAY_STATE, "empty");
    }
}

static void
test_pile (void)
{
  g_autoptr (Site) site = site_new (NULL, "available", "empty");

  keep_station (site, 17);
  assert_connection (site, SM_NOUN_STATION, "online");
  assert_connection (site, SM_NOUN_PILE, "silent");
  g_assert_cmpuint (count_alarms (site->f), ==, 0);
  keep_station (site, 5);
  assert_alarm (site, "pile-silent", 3);
  /* A connector speaks through its pile. */
  say (site, SM_NOUN_CONNECTOR, site->connector, SM_CONNECTOR_STATUS, "available");
  fixture_pass (site->f, 1);
  assert_connection (site, SM_NOUN_PILE, "online");
}

static void
test_pile_danger (void)
{
  g_autoptr (Site) site = site_new (NULL, "charging", "empty");

  keep_station (site, 17);
  assert_connection (site, SM_NOUN_PILE, "unknown_danger");
  assert_alarm (site, "pile-unknown-danger", 3);
  keep_station (site, 12);
  assert_alarm (site, "pile-unknown-danger", 2);
}

static gpointer
do_be_busy (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  /* The timer comes, and waits behind this. */
  sm_rules_tick_async (rules);
  sm_clock_advance (f->network, 30 * SM_MINUTE);
  sm_clock_advance (f->machine, 30 * SM_MINUTE);
  return NULL;
}

static gpointer
do_nothing (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

/* Who waits in the queue of a busy writer is not silent; who says nothing afterwards is. */
static void
test_busy_writer (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  report (f, id, SM_MOTION_DRIVING, SM_ENERGY_CHARGING, FALSE);
  fixture_pass (f, 1);
  fixture_write (f, do_be_busy, f);
  fixture_write (f, do_nothing, NULL);
  fixture_pass (f, 1);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_ONLINE);
  g_assert_cmpuint (count_alarms (f), ==, 0);
  pass_minutes (f, 2);
  g_assert_cmpuint (connection_of (f), ==, SM_CONNECTION_UNKNOWN_DANGER);
  g_assert_cmpuint (count_alarms (f), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/silence/asleep", test_asleep);
  g_test_add_func ("/rules/silence/silent", test_silent);
  g_test_add_func ("/rules/silence/danger", test_danger);
  g_test_add_func ("/rules/silence/many-charging-are-one-alarm", test_many_charging_are_one_alarm);
  g_test_add_func ("/rules/silence/many-are-one-alarm", test_many_are_one_alarm);
  g_test_add_func ("/rules/silence/silent-before-are-parts", test_silent_before_are_parts);
  g_test_add_func ("/rules/silence/area-is-one-alarm", test_area_is_one_alarm);
  g_test_add_func ("/rules/silence/network-instead-of-areas", test_network_instead_of_areas);
  g_test_add_func ("/rules/silence/busy-writer", test_busy_writer);
  g_test_add_func ("/rules/silence/dark-area", test_dark_area);
  g_test_add_func ("/rules/silence/one-antenna", test_one_antenna);
  g_test_add_func ("/rules/silence/station", test_station);
  g_test_add_func ("/rules/silence/station-danger", test_station_danger);
  g_test_add_func ("/rules/silence/station-closed", test_station_closed);
  g_test_add_func ("/rules/silence/pile", test_pile);
  g_test_add_func ("/rules/silence/pile-danger", test_pile_danger);
  return g_test_run ();
}
