/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-connection.h"
#include "sm-faults.h"
#include "sm-past-read.h"
#include "sm-test-full.h"

#include <math.h>

/* What is said of the past is what was seen when it was the present. */

typedef struct
{
  Fixture *fixture;
  gint64 vehicle_id;
  SmActor *persons[3];
  GRand *rand;
} Truck;

static Truck *
truck_new (guint32 seed)
{
  Truck *truck = g_new0 (Truck, 1);

  truck->fixture = fixture_new ();
  truck->vehicle_id = fixture_add_vehicle (truck->fixture, "A1", SM_UNKNOWN);
  for (guint i = 0; i < G_N_ELEMENTS (truck->persons); i++)
    truck->persons[i] = fixture_make_person (5 + i, i == 2 ? "dispatcher" : "operator",
                                             SM_SCOPE_ALL, 0);
  truck->rand = g_rand_new_with_seed (seed);
  fixture_report (truck->fixture, truck->vehicle_id, 50, 30);
  return truck;
}

static void
truck_free (Truck *truck)
{
  fixture_free (truck->fixture);
  for (guint i = 0; i < G_N_ELEMENTS (truck->persons); i++)
    sm_actor_unref (truck->persons[i]);
  g_rand_free (truck->rand);
  g_free (truck);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Truck, truck_free)

/* --- reading the past --- */

typedef struct
{
  SmActor *actor;
  SmNounId noun;
  gint64 id, from, to;
} Asking;

static gpointer
do_read_past (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asking *asking = data;

  return sm_past_read (reader, asking->actor, sm_noun_get (asking->noun), asking->id,
                       asking->from, asking->to, error);
}

static SmPast *
past_of (Truck   *truck,
         SmActor *actor,
         gint64   from,
         gint64   to)
{
  Asking asking = { actor, SM_NOUN_VEHICLE, truck->vehicle_id, from, to };
  g_autoptr (GError) error = NULL;
  SmPast *past = sm_rules_read_sync (truck->fixture->rules, do_read_past, &asking, &error);

  g_assert_no_error (error);
  return past;
}

static gint64
now_of (Truck *truck)
{
  return sm_clock_now (truck->fixture->network);
}

/* --- what happens to it --- */

typedef struct
{
  Truck *truck;
  const char *code;
  gboolean is_raised;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saying *saying = data;
  SmFaultReport fault = { .noun = SM_NOUN_VEHICLE, .id = saying->truck->vehicle_id,
                          .code = saying->code, .is_raised = saying->is_raised,
                          .at_us = now_of (saying->truck), .value = NAN, .limit_value = NAN };
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, saying->truck->fixture->system, &fault, 1, &result, error);
  return NULL;
}

typedef struct
{
  Truck *truck;
  SmActor *actor;
  gint64 id;
  SmAlarmEvent event;
  char *key;
} Doing;

/* Most of what is tried is refused, and that changes nothing that was seen. */
static gpointer
do_act (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;
  SmAlarmSeen seen = { 1, 1000, SM_UNKNOWN, "seen" };
  g_autoptr (SmRow) alarm = NULL;

  if (doing->event == SM_ALARM_EVENT_ACKNOWLEDGE)
    alarm = sm_alarms_acknowledge (rules, doing->actor, doing->key, doing->id, &seen, NULL, NULL);
  else
    alarm = sm_alarms_act (rules, doing->actor, doing->key, doing->id, doing->event, 5, "known",
                           NULL, NULL);
  return NULL;
}

static void
act (Truck        *truck,
     SmActor      *actor,
     gint64        id,
     SmAlarmEvent  event)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { truck, actor, id, event, key };

  fixture_write (truck->fixture, do_act, &doing);
}

static gint64
any_alarm (Truck *truck)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (truck->fixture);

  return alarms->len == 0
             ? 1
             : sm_row_get_id (alarms->pdata[g_rand_int_range (truck->rand, 0, (int) alarms->len)]);
}

static void
something_happens (Truck *truck)
{
  static const char *const codes[] = { "vehicle-brake", "vehicle-insulation", "vehicle-tire" };
  static const SmAlarmEvent events[] = {
    SM_ALARM_EVENT_ACKNOWLEDGE, SM_ALARM_EVENT_ACKNOWLEDGE,       SM_ALARM_EVENT_SHELVE,
    SM_ALARM_EVENT_UNSHELVE,    SM_ALARM_EVENT_TAKE_OUT,          SM_ALARM_EVENT_APPROVE_OUT,
    SM_ALARM_EVENT_RELEASE,     SM_ALARM_EVENT_RETURN_TO_SERVICE,
  };
  Saying saying = { truck, codes[g_rand_int_range (truck->rand, 0, 3)],
                    g_rand_boolean (truck->rand) };

  fixture_pass (truck->fixture, g_rand_int_range (truck->rand, 1, 90));
  switch (g_rand_int_range (truck->rand, 0, 4))
    {
    case 0:
      fixture_write (truck->fixture, do_say, &saying);
      break;
    case 1:
      fixture_report (truck->fixture, truck->vehicle_id, g_rand_int_range (truck->rand, 2, 99),
                      g_rand_int_range (truck->rand, 20, 90));
      break;
    default:
      act (truck, truck->persons[g_rand_int_range (truck->rand, 0, 3)], any_alarm (truck),
           events[g_rand_int_range (truck->rand, 0, G_N_ELEMENTS (events))]);
    }
}

/* --- and what was seen of it --- */

typedef struct
{
  gint64 at;
  GPtrArray *alarms; /* of SmRow, that were open, by id */
} Look;

static void
look_clear (gpointer data)
{
  g_ptr_array_unref (((Look *) data)->alarms);
}

static gboolean
is_open (const SmRow *alarm)
{
  return sm_row_get_enum (alarm, SM_ALARM_STATE) != SM_ALARM_NORMAL;
}

static void
look (Truck  *truck,
      GArray *looks)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (truck->fixture);
  Look look = { now_of (truck), g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref) };

  for (guint i = 0; i < alarms->len; i++)
    if (is_open (alarms->pdata[i]))
      g_ptr_array_add (look.alarms, sm_row_ref (alarms->pdata[i]));
  g_array_append_val (looks, look);
}

static const SmRow *
find_alarm (GPtrArray *alarms,
            gint64     id)
{
  for (guint i = 0; i < alarms->len; i++)
    if (sm_row_get_id (alarms->pdata[i]) == id)
      return alarms->pdata[i];
  return NULL;
}

static void
assert_same (const SmRow *was,
             const SmRow *is_said)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_ALARM);

  g_assert_nonnull (is_said);
  for (guint i = SM_ROW_OPERATOR_ID; i < noun->n_fields; i++)
    if (!sm_row_equal_field (was, is_said, i))
      g_error ("alarm %" G_GINT64_FORMAT " had another %s", sm_row_get_id (was),
               noun->fields[i].name);
}

static void
assert_looks (const SmPast *past,
              GArray       *looks)
{
  for (guint i = 0; i < looks->len; i++)
    {
      const Look *seen = &g_array_index (looks, Look, i);
      g_autoptr (GPtrArray) said = sm_past_alarms_at (past, seen->at);

      g_assert_cmpuint (said->len, ==, seen->alarms->len);
      for (guint a = 0; a < said->len; a++)
        assert_same (seen->alarms->pdata[a],
                     find_alarm (said, sm_row_get_id (seen->alarms->pdata[a])));
    }
}

static void
test_as_seen (void)
{
  for (guint32 seed = 1; seed <= sm_test_times (20); seed++)
    {
      g_autoptr (Truck) truck = truck_new (seed);
      g_autoptr (GArray) looks = g_array_new (FALSE, FALSE, sizeof (Look));
      g_autoptr (SmPast) past = NULL;
      guint n_versions = 0;

      g_array_set_clear_func (looks, look_clear);
      look (truck, looks);
      for (guint i = 0; i < 150; i++)
        {
          something_happens (truck);
          look (truck, looks);
          if (i == 75) /* a service that begins anew forgets none of it */
            fixture_reopen (truck->fixture);
        }
      past = past_of (truck, truck->fixture->system, FIXTURE_START, now_of (truck));
      for (guint i = 0; i < past->alarms->len; i++)
        {
          const SmPastThing *alarm = past->alarms->pdata[i];

          g_assert_true (alarm->is_exact);
          n_versions += alarm->versions->len;
        }
      g_assert_cmpuint (n_versions, >, 15);
      assert_looks (past, looks);
    }
}

/* --- what was not known --- */

static void
test_not_known_yet (void)
{
  g_autoptr (Truck) truck = truck_new (1);
  Saying saying = { truck, "vehicle-brake", TRUE };
  g_autoptr (SmPast) past = NULL;
  g_autoptr (GPtrArray) alarms = NULL;
  const SmPastThing *alarm;
  gint64 acked_at;

  fixture_pass (truck->fixture, 60);
  fixture_write (truck->fixture, do_say, &saying);
  fixture_pass (truck->fixture, 60);
  act (truck, truck->persons[0], 1, SM_ALARM_EVENT_ACKNOWLEDGE);
  acked_at = now_of (truck);
  /* What was done after the end of it was not known by then. */
  past = past_of (truck, truck->fixture->system, FIXTURE_START, acked_at - 1);
  alarms = sm_past_alarms_at (past, acked_at - 1);
  g_assert_cmpuint (alarms->len, ==, 1);
  g_assert_cmpuint (sm_row_get_enum (alarms->pdata[0], SM_ALARM_STATE), ==, SM_ALARM_UNACKED);
  g_assert_true (sm_row_is_null (alarms->pdata[0], SM_ALARM_ACKED_BY));
  alarm = past->alarms->pdata[0];
  g_assert_cmpuint (alarm->steps->len, ==, 1);
  g_assert_cmpuint (past->acts->len, ==, 0);
  g_assert_null (sm_past_thing_at (alarm, FIXTURE_START));
}

static int
column_of (const SmPast *past,
           guint         field)
{
  for (guint i = 0; i < past->series->n_columns; i++)
    if (past->series->fields[i] == field)
      return (int) i;
  return -1;
}

static void
report (Truck *truck,
        gint64 at,
        double soc)
{
  SmVehicleReport said = fixture_make_report (truck->fixture, truck->vehicle_id);
  g_auto (SmIngestResult) result = { 0 };

  said.at_us = at;
  said.soc = soc;
  result = fixture_ingest (truck->fixture, truck->fixture->system, &said, 1);
}

/* A value that came late happened, but was on no screen. */
static void
test_late (void)
{
  g_autoptr (Truck) truck = truck_new (1);
  g_autoptr (SmPast) past = NULL;
  gint64 since, begin = now_of (truck);
  guint soc;

  for (guint i = 1; i <= 10; i++)
    {
      fixture_pass (truck->fixture, 60);
      report (truck, now_of (truck), 50 - i);
    }
  report (truck, begin + 5 * SM_MINUTE + 30 * SM_SECOND, 12);
  past = past_of (truck, truck->fixture->system, begin, now_of (truck));
  soc = (guint) column_of (past, SM_VEHICLE_SOC);
  g_assert_true (past->is_sampled);
  g_assert_cmpfloat (sm_past_value_at (past, soc, begin + 5 * SM_MINUTE + 40 * SM_SECOND, &since),
                     ==, 45);
  g_assert_cmpint (since, ==, begin + 5 * SM_MINUTE);
  for (guint i = 0; i < past->series->n; i++)
    g_assert_cmpint (past->series->late[i], ==, past->series->values[soc][i] == 12);
  g_assert_true (isnan (sm_past_value_at (past, soc, begin - 1, &since)));
  g_assert_cmpint (since, ==, SM_UNKNOWN);
}

/* Beyond two days there are quarters of an hour, and that is said. */
static void
test_quarters (void)
{
  g_autoptr (Truck) truck = truck_new (1);
  g_autoptr (SmPast) past = NULL;
  gint64 begin = now_of (truck), at;
  guint soc;

  for (guint i = 1; i <= 60; i++)
    {
      fixture_pass (truck->fixture, 60);
      report (truck, now_of (truck), 90 - i);
    }
  fixture_pass (truck->fixture, 3 * 86400);
  report (truck, now_of (truck), 80);
  past = past_of (truck, truck->fixture->system, begin, begin + SM_HOUR);
  g_assert_false (past->is_sampled);
  g_assert_cmpuint (past->series->n, >=, 3);
  soc = (guint) column_of (past, SM_VEHICLE_SOC);
  /* A mean is known when its quarter is over. */
  at = past->series->at[1];
  g_assert_cmpfloat (sm_past_value_at (past, soc, at + 15 * SM_MINUTE - 1, NULL), ==,
                     past->series->values[soc][0]);
  g_assert_cmpfloat (sm_past_value_at (past, soc, at + 15 * SM_MINUTE, NULL), ==,
                     past->series->values[soc][1]);
}

/* --- when nobody noted it --- */

static void
test_not_noted (void)
{
  g_autoptr (Truck) truck = truck_new (3);
  g_autoptr (GArray) looks = g_array_new (FALSE, FALSE, sizeof (Look));
  g_autoptr (SmPast) past = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strconcat (truck->fixture->path, "-telemetry", NULL);
  SmConnection *file;
  guint n_put_together = 0;

  g_array_set_clear_func (looks, look_clear);
  for (guint i = 0; i < 100; i++)
    {
      something_happens (truck);
      look (truck, looks);
    }
  file = sm_connection_open (path, SM_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  sm_connection_exec (file, "DELETE FROM alarm_was", &error);
  g_assert_no_error (error);
  sm_connection_close (file);
  past = past_of (truck, truck->fixture->system, FIXTURE_START, now_of (truck));
  for (guint i = 0; i < past->alarms->len; i++)
    n_put_together += !((SmPastThing *) past->alarms->pdata[i])->is_exact;
  g_assert_cmpuint (n_put_together, >, 2);
  /* Its states are known all the same, by its steps. */
  for (guint i = 0; i < looks->len; i++)
    {
      const Look *seen = &g_array_index (looks, Look, i);
      g_autoptr (GPtrArray) said = sm_past_alarms_at (past, seen->at);

      g_assert_cmpuint (said->len, ==, seen->alarms->len);
      for (guint a = 0; a < said->len; a++)
        g_assert_cmpstr (sm_row_get_text (find_alarm (said, sm_row_get_id (seen->alarms->pdata[a])),
                                          SM_ALARM_STATE),
                         ==, sm_row_get_text (seen->alarms->pdata[a], SM_ALARM_STATE));
    }
}

/* --- who may see what --- */

static void
test_rights (void)
{
  g_autoptr (Truck) truck = truck_new (1);
  Saying saying = { truck, "vehicle-brake", TRUE };
  g_autoptr (SmActor) elsewhere = fixture_make_person (9, "manager", SM_SCOPE_FLEETS, 77);
  Asking asking = { elsewhere, SM_NOUN_VEHICLE, truck->vehicle_id, FIXTURE_START, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmPast) seen = NULL;
  g_autoptr (SmPast) audited = NULL;

  fixture_pass (truck->fixture, 60);
  fixture_write (truck->fixture, do_say, &saying);
  act (truck, truck->persons[0], 1, SM_ALARM_EVENT_ACKNOWLEDGE);
  asking.to = now_of (truck);
  g_assert_null (sm_rules_read_sync (truck->fixture->rules, do_read_past, &asking, &error));
  fixture_assert_error (error, SM_ERROR_NOT_FOUND, "not-found");
  /* An operator sees the steps, and who took them; the audit is not for him. */
  seen = past_of (truck, truck->persons[0], FIXTURE_START, asking.to);
  g_assert_null (seen->acts);
  g_assert_cmpuint (((SmPastThing *) seen->alarms->pdata[0])->steps->len, ==, 2);
  audited = past_of (truck, truck->persons[2], FIXTURE_START, asking.to);
  g_assert_cmpuint (audited->acts->len, ==, 1);
}

/* --- of an area --- */

static void
test_area (void)
{
  g_autoptr (Truck) truck = truck_new (1);
  Fixture *f = truck->fixture;
  SmRow *province = sm_row_new (sm_noun_get (SM_NOUN_AREA));
  SmRow *city = sm_row_new (sm_noun_get (SM_NOUN_AREA));
  gint64 province_id, city_id;
  Asking asking = { f->system, SM_NOUN_AREA, 0, FIXTURE_START, 0 };
  g_autoptr (SmPast) past = NULL;
  g_autoptr (GError) error = NULL;

  sm_row_set_int (province, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_text (province, SM_AREA_KIND, "province");
  sm_row_set_text (province, SM_AREA_NAME, "{\"en\":\"Guangdong\"}");
  province_id = fixture_fill (f, province);
  sm_row_set_int (city, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_int (city, SM_AREA_PARENT_ID, province_id);
  sm_row_set_text (city, SM_AREA_KIND, "city");
  sm_row_set_text (city, SM_AREA_NAME, "{\"en\":\"Shenzhen\"}");
  city_id = fixture_fill (f, city);
  g_assert_cmpint (city_id, >, province_id);
  asking.id = province_id;
  asking.to = now_of (truck);
  past = sm_rules_read_sync (f->rules, do_read_past, &asking, &error);
  g_assert_no_error (error);
  /* The truck is of no area. */
  g_assert_cmpuint (past->alarms->len, ==, 0);
  g_assert_null (past->series);
}

/* --- of a desk --- */

/* A network has a main desk, and what no other looks after is its. */
static void
test_desk (void)
{
  g_autoptr (Truck) truck = truck_new (1);
  Saying saying = { truck, "vehicle-brake", TRUE };
  Asking asking = { truck->fixture->system, SM_NOUN_DESK, 1, FIXTURE_START, 0 };
  g_autoptr (SmPast) past = NULL;
  g_autoptr (GError) error = NULL;

  fixture_serve (truck->fixture);
  fixture_pass (truck->fixture, 60);
  fixture_write (truck->fixture, do_say, &saying);
  asking.to = now_of (truck);
  past = sm_rules_read_sync (truck->fixture->rules, do_read_past, &asking, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (past->alarms->len, ==, 1);
  g_assert_null (past->series);
  asking.id = 99;
  g_assert_null (sm_rules_read_sync (truck->fixture->rules, do_read_past, &asking, &error));
  fixture_assert_error (error, SM_ERROR_NOT_FOUND, "not-found");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/past/is-what-was-seen", test_as_seen);
  g_test_add_func ("/rules/past/knows-nothing-of-later", test_not_known_yet);
  g_test_add_func ("/rules/past/what-came-late-was-on-no-screen", test_late);
  g_test_add_func ("/rules/past/beyond-two-days-by-quarters", test_quarters);
  g_test_add_func ("/rules/past/states-without-notes", test_not_noted);
  g_test_add_func ("/rules/past/for-whom", test_rights);
  g_test_add_func ("/rules/past/of-an-area", test_area);
  g_test_add_func ("/rules/past/of-a-desk", test_desk);
  return g_test_run ();
}
