/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-commands.h"
#include "sm-quarantine.h"

/* A station of one bay, in which a pack stands that is ready. */
typedef struct
{
  Fixture *f;
  SmActor *olga, *peter, *guest;
  gint64 station, bay, pack;
} World;

static void
say (World *w,
     SmRow *row,
     guint  reported_at)
{
  sm_row_set_int (row, reported_at, sm_clock_now (w->f->network));
  fixture_say (w->f, row);
  sm_row_unref (row);
}

static void
say_all (World *w)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (row, SM_ROW_ID, w->station);
  sm_row_set_text (row, SM_STATION_CONNECTION, "online");
  say (w, row, SM_STATION_REPORTED_AT);
  row = sm_row_new (sm_noun_get (SM_NOUN_BAY));
  sm_row_set_int (row, SM_ROW_ID, w->bay);
  sm_row_set_text (row, SM_BAY_STATE, "ready");
  sm_row_set_int (row, SM_BAY_BATTERY_ID, w->pack);
  sm_row_set_real (row, SM_BAY_SOC, 96);
  say (w, row, SM_BAY_REPORTED_AT);
  row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));
  sm_row_set_int (row, SM_ROW_ID, w->pack);
  sm_row_set_text (row, SM_BATTERY_PLACE, "bay");
  sm_row_set_int (row, SM_BATTERY_PLACE_ID, w->bay);
  sm_row_set_int (row, SM_BATTERY_STATION_ID, w->station);
  say (w, row, SM_BATTERY_REPORTED_AT);
}

static gint64
put (World    *w,
     SmRow    *row)
{
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  return fixture_fill (w->f, row);
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BAY));
  gint64 model;

  w->f = fixture_new ();
  w->olga = fixture_make_person (9, "operator", SM_SCOPE_ALL, 0);
  w->peter = fixture_make_person (8, "manager", SM_SCOPE_ALL, 0);
  w->guest = fixture_make_person (7, "service_desk", SM_SCOPE_ALL, 0);
  w->station = fixture_add_station (w->f, "S1", NULL, NULL);
  sm_row_set_int (row, SM_BAY_STATION_ID, w->station);
  sm_row_set_int (row, SM_BAY_NUMBER, 1);
  w->bay = put (w, row);
  row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY_MODEL));
  sm_row_set_text (row, SM_BATTERY_MODEL_CODE, "HD282");
  sm_row_set_text (row, SM_BATTERY_MODEL_NAME, "{\"en\":\"HD\"}");
  sm_row_set_int (row, SM_BATTERY_MODEL_NOMINAL_WH, 282000);
  sm_row_set_real (row, SM_BATTERY_MODEL_READY_SOC, 90);
  model = put (w, row);
  row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));
  sm_row_set_text (row, SM_BATTERY_SN, "P1");
  sm_row_set_int (row, SM_BATTERY_BATTERY_MODEL_ID, model);
  sm_row_set_text (row, SM_BATTERY_FITNESS, "serviceable");
  w->pack = put (w, row);
  fixture_pass (w->f, 40);
  say_all (w);
  return w;
}

static void
world_free (World *w)
{
  sm_actor_unref (w->olga);
  sm_actor_unref (w->peter);
  sm_actor_unref (w->guest);
  fixture_free (w->f);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

typedef struct
{
  SmActor *actor;
  const char *key;
  gint64 id;
  gboolean is_apart;
  const char *reason;
  GError *error;
} Act;

static gpointer
do_set (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;

  return sm_quarantine_set (rules, act->actor, act->key, act->id, act->is_apart, act->reason,
                            &act->error);
}

static gpointer
do_fetch (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_commands_fetch (rules, data, error);
}

static gpointer
do_list (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_quarantine_list (rules);
}

static guint
count_withheld (World *w)
{
  g_autoptr (GArray) ids = fixture_write (w->f, do_list, NULL);

  return ids->len;
}

static gint64
count_ready (World *w)
{
  g_autoptr (GPtrArray) rows = NULL;
  gint64 tick;

  for (guint i = 0; i < 3; i++)
    fixture_pass (w->f, 1);
  rows = sm_feed_read_live_rows (w->f->rules, w->f->system, sm_noun_get (SM_NOUN_STATION), 0, &tick);
  for (guint i = 0; i < rows->len; i++)
    if (sm_row_get_id (rows->pdata[i]) == w->station)
      return sm_row_get_int (rows->pdata[i], SM_STATION_READY_PACKS);
  g_assert_not_reached ();
}

static SmRow *
set_apart (World      *w,
           SmActor    *actor,
           gboolean    is_apart,
           const char *reason)
{
  Act act = { actor, NULL, w->pack, is_apart, reason, NULL };
  SmRow *battery = fixture_write (w->f, do_set, &act);

  g_assert_no_error (act.error);
  return battery;
}

static void
assert_refused (World       *w,
                SmActor     *actor,
                gboolean     is_apart,
                const char  *reason,
                SmErrorCode  code,
                const char  *slug)
{
  Act act = { actor, NULL, w->pack, is_apart, reason, NULL };

  g_assert_null (fixture_write (w->f, do_set, &act));
  fixture_assert_error (act.error, code, slug);
  g_clear_error (&act.error);
}

/* Who and why stand in the row; it is ready no more, at once, and its bay is told. */
static void
test_kept_apart (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) battery = NULL;
  g_autoptr (GPtrArray) commands = NULL;
  g_autofree char *object = g_strdup_printf ("battery/%" G_GINT64_FORMAT, w->pack);
  int rev = sm_quarantine_get_rev (w->f->rules);

  g_assert_cmpint (count_ready (w), ==, 1);
  battery = set_apart (w, w->olga, TRUE, "warm at rest");
  g_assert_cmpstr (sm_row_get_text (battery, SM_BATTERY_FITNESS), ==, "quarantined");
  g_assert_cmpstr (sm_row_get_text (battery, SM_BATTERY_QUARANTINED_BY), ==, "person-9");
  g_assert_cmpstr (sm_row_get_text (battery, SM_BATTERY_QUARANTINE_REASON), ==, "warm at rest");
  g_assert_false (sm_row_is_null (battery, SM_BATTERY_QUARANTINED_AT));
  g_assert_cmpint (sm_quarantine_get_rev (w->f->rules), !=, rev);
  g_assert_cmpint (fixture_audit (w->f, object, "done"), ==, 1);
  commands = fixture_write (w->f, do_fetch, w->f->system);
  g_assert_cmpuint (commands->len, ==, 1);
  g_assert_cmpint (sm_row_get_int (commands->pdata[0], SM_COMMAND_TARGET_ID), ==, w->bay);
  g_assert_cmpstr (sm_row_get_text (commands->pdata[0], SM_COMMAND_AVAILABILITY), ==,
                   "inoperative");
  say_all (w); /* its bay may still say that it is ready */
  g_assert_cmpint (count_ready (w), ==, 0);
}

/* It comes back by somebody else alone, under watch. */
static void
test_by_two (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) apart = set_apart (w, w->olga, TRUE, "warm at rest");
  g_autoptr (SmRow) back = NULL;

  assert_refused (w, w->olga, FALSE, "it is fine", SM_ERROR_INVALID, "second-person-needed");
  assert_refused (w, w->peter, TRUE, "again", SM_ERROR_INVALID, "not-allowed-now");
  g_assert_cmpuint (count_withheld (w), ==, 1);
  back = set_apart (w, w->peter, FALSE, "measured, all good");
  g_assert_cmpstr (sm_row_get_text (back, SM_BATTERY_FITNESS), ==, "watch");
  g_assert_true (sm_row_is_null (back, SM_BATTERY_QUARANTINED_AT));
  g_assert_cmpuint (count_withheld (w), ==, 0);
  assert_refused (w, w->peter, FALSE, "again", SM_ERROR_INVALID, "not-allowed-now");
}

static void
test_refused (void)
{
  g_autoptr (World) w = world_new ();
  Act gone = { w->olga, NULL, 999, TRUE, "why", NULL };

  assert_refused (w, w->olga, TRUE, "  ", SM_ERROR_INVALID, "invalid");
  assert_refused (w, w->olga, TRUE, NULL, SM_ERROR_INVALID, "invalid");
  assert_refused (w, w->guest, TRUE, "why", SM_ERROR_DENIED, "permission-missing");
  g_assert_null (fixture_write (w->f, do_set, &gone));
  fixture_assert_error (gone.error, SM_ERROR_NOT_FOUND, "not-found");
  g_clear_error (&gone.error);
  g_assert_cmpuint (count_withheld (w), ==, 0);
}

/* A service that starts knows of it before anything is handed out. */
static void
test_restart (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) apart = set_apart (w, w->olga, TRUE, "warm at rest");

  fixture_reopen (w->f);
  fixture_pass (w->f, 1);
  g_assert_cmpuint (count_withheld (w), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/quarantine/kept-apart", test_kept_apart);
  g_test_add_func ("/rules/quarantine/by-two", test_by_two);
  g_test_add_func ("/rules/quarantine/refused", test_refused);
  g_test_add_func ("/rules/quarantine/restart", test_restart);
  return g_test_run ();
}
