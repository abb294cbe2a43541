/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-diversions.h"
#include "sm-faults.h"
#include "sm-movements.h"
#include "sm-plant-private.h"
#include "sm-verb-private.h"

#include <math.h>

/* A swap station of one lane, two bays, a robot and a pack in each bay, and a
 * truck that takes such packs, 20 km away. */
typedef struct
{
  Fixture *f;
  gint64 station, lane, bays[2], robot, model, packs[3], truck;
} World;

static gpointer
do_put (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  SmRow *row = data;

  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  if (!sm_rules_begin (rules, error))
    return NULL;
  g_assert_true (sm_verb_put (rules, row, NULL, error));
  sm_rules_commit (rules, error);
  return NULL;
}

static gint64
put (Fixture *f,
     SmRow   *record)
{
  g_autoptr (SmRow) row = record;

  fixture_write (f, do_put, row);
  return sm_row_get_id (row);
}

static SmRow *
part_of (World   *w,
         SmNounId noun,
         guint    number)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  sm_row_set_int (row, noun == SM_NOUN_LANE ? (guint) SM_LANE_STATION_ID : (guint) SM_BAY_STATION_ID,
                  w->station);
  sm_row_set_int (row, noun == SM_NOUN_LANE ? (guint) SM_LANE_NUMBER : (guint) SM_BAY_NUMBER,
                  number);
  return row;
}

static void
put_station (World *w)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_text (row, SM_STATION_SN, "S1");
  sm_row_set_text (row, SM_STATION_NAME, "{\"en\":\"S\"}");
  sm_row_set_text (row, SM_STATION_KIND, "swap");
  sm_row_set_text (row, SM_STATION_STATE, "operating");
  sm_row_set_text (row, SM_STATION_TIME_ZONE, "Asia/Shanghai");
  sm_row_set_real (row, SM_STATION_LATITUDE, 22.5);
  sm_row_set_real (row, SM_STATION_LONGITUDE, 114.0);
  sm_row_set_int (row, SM_STATION_PILE_COUNT, 0);
  sm_row_set_int (row, SM_STATION_CREATED_AT, FIXTURE_START);
  w->station = put (w->f, row);
  w->lane = put (w->f, part_of (w, SM_NOUN_LANE, 1));
  for (guint i = 0; i < 2; i++)
    w->bays[i] = put (w->f, part_of (w, SM_NOUN_BAY, i + 1));
  row = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));
  sm_row_set_int (row, SM_EQUIPMENT_STATION_ID, w->station);
  sm_row_set_text (row, SM_EQUIPMENT_KIND, "swap_robot");
  sm_row_set_text (row, SM_EQUIPMENT_SN, "R1");
  sm_row_set_text (row, SM_EQUIPMENT_NAME, "{\"en\":\"R\"}");
  w->robot = put (w->f, row);
}

static void
put_packs (World *w)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY_MODEL));

  sm_row_set_text (row, SM_BATTERY_MODEL_CODE, "HD282");
  sm_row_set_text (row, SM_BATTERY_MODEL_NAME, "{\"en\":\"HD\"}");
  sm_row_set_int (row, SM_BATTERY_MODEL_NOMINAL_WH, 282000);
  sm_row_set_real (row, SM_BATTERY_MODEL_READY_SOC, 90);
  sm_row_set_real (row, SM_BATTERY_MODEL_MAX_POWER_KW, 282);
  w->model = put (w->f, row);
  for (guint i = 0; i < G_N_ELEMENTS (w->packs); i++)
    {
      row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));
      sm_row_take_text (row, SM_BATTERY_SN, g_strdup_printf ("P%u", i));
      sm_row_set_int (row, SM_BATTERY_BATTERY_MODEL_ID, w->model);
      sm_row_set_text (row, SM_BATTERY_FITNESS, "serviceable");
      w->packs[i] = put (w->f, row);
    }
  row = sm_row_new (sm_noun_get (SM_NOUN_COMPATIBILITY));
  sm_row_set_text (row, SM_COMPATIBILITY_VEHICLE_MODEL, "T6");
  sm_row_set_int (row, SM_COMPATIBILITY_BATTERY_MODEL_ID, w->model);
  put (w->f, row);
  row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
  sm_row_set_text (row, SM_VEHICLE_PLATE, "T1");
  sm_row_set_text (row, SM_VEHICLE_VIN, "T1");
  sm_row_set_text (row, SM_VEHICLE_MODEL, "T6");
  sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, 10);
  w->truck = put (w->f, row);
}

/* Sends a live row that says one thing, at the present time. */
static void
say (World      *w,
     SmNounId    noun,
     gint64      id,
     const char *name,
     const char *value)
{
  const SmNoun *n = sm_noun_get (noun);
  g_autoptr (SmRow) row = sm_row_new (n);

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_text (row, (guint) sm_noun_find_field (n, name, strlen (name)), value);
  sm_row_set_int (row, (guint) sm_noun_find_field (n, "reported_at", 11),
                  sm_clock_now (w->f->network));
  fixture_say (w->f, row);
}

static void
say_bay (World      *w,
         guint       bay,
         const char *state,
         gint64      pack,
         double      soc,
         double      kw)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_BAY));

  sm_row_set_int (row, SM_ROW_ID, w->bays[bay]);
  sm_row_set_text (row, SM_BAY_STATE, state);
  sm_row_set_int (row, SM_BAY_BATTERY_ID, pack);
  sm_row_set_real (row, SM_BAY_SOC, soc);
  sm_row_set_real (row, SM_BAY_POWER_KW, kw);
  sm_row_set_int (row, SM_BAY_REPORTED_AT, sm_clock_now (w->f->network));
  fixture_say (w->f, row);
}

static void
say_truck (World  *w,
           gint64  pack,
           gint64  range_m,
           guint8  queue)
{
  SmVehicleReport report;
  g_auto (SmIngestResult) result = { 0 };

  sm_vehicle_report_init (&report);
  report.vehicle_id = w->truck;
  report.at_us = sm_clock_now (w->f->network);
  report.latitude = 22.68; /* 20 km north */
  report.longitude = 114.0;
  report.battery_id = pack;
  report.range_m = range_m;
  report.pack.soh = 96;
  report.pack.cell_max_mv = 3400;
  report.pack.cell_min_mv = 3360;
  if (queue != SM_ENUM_UNKNOWN)
    {
      report.station_id = w->station;
      report.queue = queue;
      report.queue_since = report.at_us;
    }
  result = fixture_ingest (w->f, w->f->system, &report, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
}

static SmRow *
live_row (World    *w,
          SmNounId  noun,
          gint64    id)
{
  gint64 tick;
  g_autoptr (GPtrArray) rows =
      sm_feed_read_live_rows (w->f->rules, w->f->system, sm_noun_get (noun), 0, &tick);

  for (guint i = 0; i < rows->len; i++)
    if (sm_row_get_id (rows->pdata[i]) == id)
      return sm_row_ref (rows->pdata[i]);
  g_assert_not_reached ();
}

static void
assert_service (World      *w,
                const char *service)
{
  g_autoptr (SmRow) row = NULL;

  for (guint i = 0; i < 3; i++)
    fixture_pass (w->f, 1);
  row = live_row (w, SM_NOUN_STATION, w->station);
  g_assert_cmpstr (sm_row_get_text (row, SM_STATION_SERVICE), ==, service);
  g_assert_false (sm_row_is_null (row, SM_STATION_SERVICE_SINCE));
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);

  w->f = fixture_new ();
  put_station (w);
  put_packs (w);
  fixture_pass (w->f, 3);
  say (w, SM_NOUN_STATION, w->station, "connection", "online");
  say (w, SM_NOUN_LANE, w->lane, "state", "free");
  say (w, SM_NOUN_EQUIPMENT, w->robot, "state", "normal");
  say_bay (w, 0, "ready", w->packs[0], 95, 0);
  say_bay (w, 1, "charging", w->packs[1], 50, 200);
  return w;
}

static void
world_free (World *w)
{
  fixture_free (w->f);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
test_service (void)
{
  g_autoptr (World) w = world_new ();

  assert_service (w, "available");
  say_bay (w, 0, "empty", SM_UNKNOWN, NAN, NAN);
  assert_service (w, "degraded"); /* nothing is ready */
  say (w, SM_NOUN_EQUIPMENT, w->robot, "state", "faulted");
  assert_service (w, "out_of_service");
  say (w, SM_NOUN_EQUIPMENT, w->robot, "state", "normal");
  say_bay (w, 0, "ready", w->packs[0], 95, 0);
  assert_service (w, "available");
  say (w, SM_NOUN_STATION, w->station, "connection", "silent");
  assert_service (w, "unknown");
}

static gint64
put_bare (World      *w,
          const char *kind)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_text (row, SM_STATION_SN, "S2");
  sm_row_set_text (row, SM_STATION_NAME, "{\"en\":\"Bare\"}");
  sm_row_set_text (row, SM_STATION_KIND, kind);
  sm_row_set_text (row, SM_STATION_STATE, "operating");
  sm_row_set_text (row, SM_STATION_TIME_ZONE, "Asia/Shanghai");
  sm_row_set_int (row, SM_STATION_PILE_COUNT, 0);
  sm_row_set_int (row, SM_STATION_CREATED_AT, FIXTURE_START);
  return put (w->f, row);
}

/* Nobody can say whether a charging site without piles serves. */
static void
test_without_piles (void)
{
  g_autoptr (World) w = world_new ();

  w->station = put_bare (w, "charge");
  fixture_pass (w->f, 3);
  say (w, SM_NOUN_STATION, w->station, "connection", "online");
  assert_service (w, "unknown");
}

static void
test_queue_and_lack (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) row = NULL;
  g_autoptr (SmRow) later = NULL;

  say_truck (w, w->packs[2], 40000, SM_QUEUE_WAITING);
  assert_service (w, "available");
  row = live_row (w, SM_NOUN_STATION, w->station);
  g_assert_cmpint (sm_row_get_int (row, SM_STATION_WAITING), ==, 1);
  g_assert_cmpint (sm_row_get_int (row, SM_STATION_INBOUND), ==, 0);
  g_assert_cmpint (sm_row_get_int (row, SM_STATION_READY_PACKS), ==, 1);
  g_assert_false (sm_row_is_null (row, SM_STATION_WAITING_SINCE));
  g_assert_true (sm_row_is_null (row, SM_STATION_LACKING));
  say_bay (w, 0, "empty", SM_UNKNOWN, NAN, NAN);
  assert_service (w, "degraded");
  fixture_pass (w->f, 3);
  later = live_row (w, SM_NOUN_STATION, w->station);
  g_assert_cmpstr (sm_row_get_text (later, SM_STATION_LACKING), ==, "HD282");
  g_assert_cmpint (sm_row_get_int (later, SM_STATION_READY_PACKS), ==, 0);
}

static guint8
reach_now (World *w)
{
  g_autoptr (SmVehicleBatch) batch = NULL;

  for (guint i = 0; i < 25; i++)
    fixture_pass (w->f, 1);
  batch = sm_feed_read_live_vehicles (w->f->rules, w->f->system, 0);
  return batch->columns.reach[0];
}

static void
test_reach (void)
{
  g_autoptr (World) w = world_new ();

  say_truck (w, w->packs[2], 40000, SM_ENUM_UNKNOWN);
  g_assert_cmpuint (reach_now (w), ==, SM_REACH_REACHABLE);
  say_truck (w, w->packs[2], 22000, SM_ENUM_UNKNOWN); /* 20 km, but the road is longer */
  g_assert_cmpuint (reach_now (w), ==, SM_REACH_UNREACHABLE);
  say_truck (w, w->packs[2], 40000, SM_ENUM_UNKNOWN);
  g_assert_cmpuint (reach_now (w), ==, SM_REACH_REACHABLE);
  say_bay (w, 0, "empty", SM_UNKNOWN, NAN, NAN); /* no pack there */
  g_assert_cmpuint (reach_now (w), ==, SM_REACH_UNREACHABLE);
}

static gpointer
do_divert (SmRules *rules, gpointer w, GCancellable *cancellable, GError **error)
{
  return sm_diversions_find (rules, ((World *) w)->f->system, ((World *) w)->station, error);
}

static SmDiversion
divert (World *w)
{
  g_autoptr (GArray) found = NULL;

  for (guint i = 0; i < 3; i++)
    fixture_pass (w->f, 1);
  found = fixture_write (w->f, do_divert, w);
  g_assert_cmpuint (found->len, ==, 1);
  return g_array_index (found, SmDiversion, 0);
}

/* A truck on its way to a station that has nothing. */
static void
test_diversions (void)
{
  g_autoptr (World) w = world_new ();
  gint64 other = w->station;
  SmDiversion offer;

  w->station = put_bare (w, "swap");
  fixture_pass (w->f, 3);
  say_truck (w, w->packs[2], 40000, SM_QUEUE_INBOUND);
  offer = divert (w);
  g_assert_cmpint (offer.choice.outcome, ==, SM_DIVERT_OFFER);
  g_assert_cmpint (offer.station_id, ==, other);
  g_assert_cmpint (offer.battery_id, ==, w->packs[0]);
  say_truck (w, w->packs[2], 30000, SM_QUEUE_INBOUND);
  g_assert_cmpint (divert (w).choice.outcome, ==, SM_DIVERT_RESCUE);
  say_truck (w, w->packs[2], SM_UNKNOWN, SM_QUEUE_INBOUND);
  g_assert_cmpint (divert (w).choice.outcome, ==, SM_DIVERT_ASK);
  say_truck (w, w->packs[2], 40000, SM_QUEUE_INBOUND);
  say_bay (w, 0, "reserved", w->packs[0], 95, 0); /* for somebody else */
  say_bay (w, 1, "charging", w->packs[1], 5, 1);
  g_assert_cmpint (divert (w).choice.outcome, ==, SM_DIVERT_NO_PACK);
}

static void
test_ready_at (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) row = NULL;
  double minutes;

  fixture_pass (w->f, 1);
  row = live_row (w, SM_NOUN_BAY, w->bays[1]);
  minutes = (double) (sm_row_get_int (row, SM_BAY_READY_AT) - sm_row_get_int (row, SM_BAY_REPORTED_AT))
            / SM_MINUTE;

  /* 40 % of 282 kWh at 200 kW, of which a little is lost. */
  g_assert_cmpfloat (minutes, >, 33);
  g_assert_cmpfloat (minutes, <, 38);
}

static void
test_pack_follows_its_vehicle (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) row = NULL;
  g_autoptr (SmRow) in_bay = NULL;

  say_truck (w, w->packs[2], 40000, SM_ENUM_UNKNOWN);
  fixture_pass (w->f, 1);
  row = live_row (w, SM_NOUN_BATTERY, w->packs[2]);
  g_assert_cmpstr (sm_row_get_text (row, SM_BATTERY_PLACE), ==, "vehicle");
  g_assert_cmpint (sm_row_get_int (row, SM_BATTERY_PLACE_ID), ==, w->truck);
  g_assert_cmpfloat (sm_row_get_real (row, SM_BATTERY_SPREAD_MV), ==, 40);
  in_bay = live_row (w, SM_NOUN_BATTERY, w->packs[0]);
  g_assert_cmpstr (sm_row_get_text (in_bay, SM_BATTERY_PLACE), ==, "bay");
  g_assert_cmpint (sm_row_get_int (in_bay, SM_BATTERY_STATION_ID), ==, w->station);
}

typedef struct
{
  SmActor *actor;
  SmNounId noun;
  gint64 id;
} One;

static gpointer
do_read_live (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  One *one = data;

  return sm_feed_read_live_row (reader, one->actor, sm_noun_get (one->noun), one->id, error);
}

/* Who asks for one pack gets its last word, also between the times that it is told. */
static void
test_live_of_one (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) guest = fixture_make_person (5, "guest", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) stranger = fixture_make_person (6, "operator", SM_SCOPE_FLEETS, 77);
  One one = { w->f->system, SM_NOUN_BATTERY, w->packs[2] };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = NULL;
  gint64 now;

  say_truck (w, w->packs[2], 40000, SM_ENUM_UNKNOWN);
  fixture_pass (w->f, 60);
  say_truck (w, w->packs[2], 39000, SM_ENUM_UNKNOWN);
  now = sm_clock_now (w->f->network);
  row = sm_rules_read_sync (w->f->rules, do_read_live, &one, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sm_row_get_int (row, SM_BATTERY_REPORTED_AT), ==, now);
  g_assert_cmpfloat (sm_row_get_real (row, SM_BATTERY_SOH), ==, 96);
  one.actor = guest;
  g_assert_null (sm_rules_read_sync (w->f->rules, do_read_live, &one, &error));
  g_clear_error (&error);
  one.actor = stranger;
  g_assert_null (sm_rules_read_sync (w->f->rules, do_read_live, &one, &error));
}

/* Only who both go on to say that they have it make an alarm. */
static void
test_misplaced (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) over = NULL;

  for (guint i = 0; i < 2; i++)
    {
      say_truck (w, w->packs[0], 40000, SM_ENUM_UNKNOWN);
      fixture_pass (w->f, 60);
      say_bay (w, 0, "ready", w->packs[0], 95, 0);
    }
  none = fixture_alarms (w->f);
  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < 4; i++)
    {
      fixture_pass (w->f, 60);
      say_truck (w, w->packs[0], 40000, SM_ENUM_UNKNOWN);
      say_bay (w, 0, "ready", w->packs[0], 95, 0);
    }
  alarm = fixture_only_alarm (w->f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "pack-misplaced");
  g_assert_nonnull (strstr (sm_row_get_text (alarm, SM_ALARM_SENDER_TEXT), "vehicle"));
  g_assert_nonnull (strstr (sm_row_get_text (alarm, SM_ALARM_SENDER_TEXT), "bay"));
  fixture_pass (w->f, 10);
  say_truck (w, w->packs[2], 40000, SM_ENUM_UNKNOWN);
  over = fixture_only_alarm (w->f);
  g_assert_cmpstr (sm_row_get_text (over, SM_ALARM_STATE), ==, "returned_unacked");
}

static gpointer
do_move (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (SmActor) system = sm_actor_new_system ("test");

  g_ptr_array_add (rows, data);
  sm_movements_put (rules, system, rows, error);
  return NULL;
}

/* A pack is moved between the truck and a bay. */
static void
move_pack (World    *w,
           guint     pack,
           guint     bay,
           gboolean  is_into_bay)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY_MOVEMENT));

  fixture_pass (w->f, 60);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_BATTERY_ID, w->packs[pack]);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_AT, sm_clock_now (w->f->network));
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_FROM_PLACE, is_into_bay ? "vehicle" : "bay");
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_FROM_ID, is_into_bay ? w->truck : w->bays[bay]);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_TO_PLACE, is_into_bay ? "bay" : "vehicle");
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_TO_ID, is_into_bay ? w->bays[bay] : w->truck);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_STATION_ID, w->station);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_REASON, "swap");
  fixture_write (w->f, do_move, row);
  fixture_pass (w->f, 1);
}

/* A pack that leaves from where it was not is an alarm, until its trace is whole again. */
static void
test_misplaced_movement (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) still = NULL;
  g_autoptr (SmRow) over = NULL;

  say_truck (w, w->packs[0], 40000, SM_ENUM_UNKNOWN);
  move_pack (w, 0, 0, TRUE);
  none = fixture_alarms (w->f);
  g_assert_cmpuint (none->len, ==, 0);
  move_pack (w, 0, 1, FALSE); /* it is in the other bay */
  alarm = fixture_only_alarm (w->f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "pack-misplaced");
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_SOURCE_ID), ==, w->packs[0]);
  for (guint i = 0; i < 2; i++)
    {
      say_truck (w, w->packs[0], 40000, SM_ENUM_UNKNOWN);
      fixture_pass (w->f, 1);
    }
  still = fixture_only_alarm (w->f);
  g_assert_cmpstr (sm_row_get_text (still, SM_ALARM_STATE), ==, "unacked");
  move_pack (w, 0, 1, TRUE);
  over = fixture_only_alarm (w->f);
  g_assert_cmpstr (sm_row_get_text (over, SM_ALARM_STATE), ==, "returned_unacked");
}

/* What nobody has said yet contradicts nothing. */
static void
test_first_movement (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (GPtrArray) none = NULL;

  move_pack (w, 2, 1, FALSE);
  move_pack (w, 2, 0, TRUE);
  none = fixture_alarms (w->f);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
say_pile (World *w,
          gint64 id,
          gint64 count)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_PILE));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_PILE_CHARGE_COUNT, count);
  sm_row_set_int (row, SM_PILE_REPORTED_AT, sm_clock_now (w->f->network));
  fixture_say (w->f, row);
}

static void
test_worn_pile (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) ahead = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (GPtrArray) none = NULL;
  SmRow *pile = sm_row_new (sm_noun_get (SM_NOUN_PILE));
  gint64 id;

  sm_row_set_int (pile, SM_PILE_STATION_ID, w->station);
  sm_row_set_text (pile, SM_PILE_SN, "PI1");
  sm_row_set_text (pile, SM_PILE_NAME, "{\"en\":\"P\"}");
  sm_row_set_text (pile, SM_PILE_USAGE_STATE, "enabled");
  sm_row_set_int (pile, SM_PILE_CHARGE_COUNT_LIMIT, 1000);
  id = put (w->f, pile);
  fixture_pass (w->f, 3);
  say_pile (w, id, 899);
  none = fixture_alarms (w->f);
  g_assert_cmpuint (none->len, ==, 0);
  fixture_pass (w->f, 3);
  say_pile (w, id, 900);
  ahead = fixture_only_alarm (w->f);
  g_assert_cmpint (sm_row_get_int (ahead, SM_ALARM_LEVEL), ==, 4);
  fixture_pass (w->f, 3);
  say_pile (w, id, 1001);
  alarm = fixture_only_alarm (w->f);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "pile-worn");
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, 3);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_STATION_ID), ==, w->station);
}

/* Says what a connector measures, and Returns: (transfer full): all that is then known of it. */
static SmRow *
say_connector (World  *w,
               gint64  id,
               gint64  session,
               double  voltage,
               double  temperature)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));

  fixture_pass (w->f, 3);
  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_CONNECTOR_SESSION_STARTED_AT, session);
  sm_row_set_real (row, SM_CONNECTOR_VOLTAGE_V, voltage);
  sm_row_set_real (row, SM_CONNECTOR_TEMPERATURE_C, temperature);
  sm_row_set_int (row, SM_CONNECTOR_REPORTED_AT, sm_clock_now (w->f->network));
  fixture_say (w->f, row);
  fixture_pass (w->f, 3);
  return live_row (w, SM_NOUN_CONNECTOR, id);
}

/* Least and most of a session; another session begins anew. */
static void
test_extremes (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) later = NULL;
  g_autoptr (SmRow) other = NULL;
  SmRow *pile = sm_row_new (sm_noun_get (SM_NOUN_PILE));
  SmRow *connector = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));
  gint64 began = sm_clock_now (w->f->network), id;

  sm_row_set_int (pile, SM_PILE_STATION_ID, w->station);
  sm_row_set_text (pile, SM_PILE_SN, "PI1");
  sm_row_set_text (pile, SM_PILE_NAME, "{\"en\":\"P\"}");
  sm_row_set_text (pile, SM_PILE_USAGE_STATE, "enabled");
  sm_row_set_int (connector, SM_CONNECTOR_STATION_ID, w->station);
  sm_row_set_int (connector, SM_CONNECTOR_PILE_ID, put (w->f, pile));
  sm_row_set_int (connector, SM_CONNECTOR_NUMBER, 1);
  id = put (w->f, connector);

  sm_row_unref (say_connector (w, id, began, 700, 30));
  sm_row_unref (say_connector (w, id, began, 650, 41));
  later = say_connector (w, id, began, 680, 35);
  g_assert_cmpfloat (sm_row_get_real (later, SM_CONNECTOR_VOLTAGE_MIN_V), ==, 650);
  g_assert_cmpfloat (sm_row_get_real (later, SM_CONNECTOR_VOLTAGE_MAX_V), ==, 700);
  g_assert_cmpfloat (sm_row_get_real (later, SM_CONNECTOR_TEMPERATURE_MAX_C), ==, 41);
  other = say_connector (w, id, began + 60 * SM_SECOND, 610, 25);
  g_assert_cmpfloat (sm_row_get_real (other, SM_CONNECTOR_VOLTAGE_MAX_V), ==, 610);
  g_assert_cmpfloat (sm_row_get_real (other, SM_CONNECTOR_TEMPERATURE_MIN_C), ==, 25);
}

/* The insulation of a pack is held against a limit per volt. */
static void
test_insulation (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) worse = NULL;
  SmVehicleReport report;

  for (guint i = 0; i < 8; i++)
    {
      g_auto (SmIngestResult) result = { 0 };

      sm_vehicle_report_init (&report);
      report.vehicle_id = w->truck;
      report.at_us = sm_clock_now (w->f->network);
      report.battery_id = w->packs[2];
      report.pack.insulation_ohm_per_v = i < 5 ? 400 : 90;
      result = fixture_ingest (w->f, w->f->system, &report, 1);
      fixture_pass (w->f, 10);
      if (i == 4)
        alarm = fixture_only_alarm (w->f);
    }
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "insulation-low");
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_LEVEL), ==, 2);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_BATTERY_ID), ==, w->packs[2]);
  worse = fixture_only_alarm (w->f);
  g_assert_cmpint (sm_row_get_int (worse, SM_ALARM_LEVEL), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/plant/service", test_service);
  g_test_add_func ("/rules/plant/without-piles", test_without_piles);
  g_test_add_func ("/rules/plant/queue-and-lack", test_queue_and_lack);
  g_test_add_func ("/rules/plant/reach", test_reach);
  g_test_add_func ("/rules/plant/diversions", test_diversions);
  g_test_add_func ("/rules/plant/ready-at", test_ready_at);
  g_test_add_func ("/rules/plant/pack-follows-its-vehicle", test_pack_follows_its_vehicle);
  g_test_add_func ("/rules/plant/live-of-one", test_live_of_one);
  g_test_add_func ("/rules/plant/worn-pile", test_worn_pile);
  g_test_add_func ("/rules/plant/extremes-of-a-session", test_extremes);
  g_test_add_func ("/rules/plant/insulation", test_insulation);
  g_test_add_func ("/rules/plant/misplaced", test_misplaced);
  g_test_add_func ("/rules/plant/misplaced-movement", test_misplaced_movement);
  g_test_add_func ("/rules/plant/first-movement", test_first_movement);
  return g_test_run ();
}
