/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-alarm-figures-read.h"
#include "sm-faults.h"

#include <math.h>

/* A brake is of no safety code. */
#define ORDINARY "vehicle-brake"
#define VEHICLES 24

typedef struct
{
  Fixture *fixture;
  gint64 vehicles[VEHICLES];
  SmActor *wang, *boss, *fleet;
} Log;

/* So that its silence is none. */
static void
fall_asleep (Log   *self,
             guint  vehicle)
{
  SmVehicleReport report = fixture_make_report (self->fixture, self->vehicles[vehicle]);
  g_auto (SmIngestResult) result = { 0 };

  report.logs_out = TRUE;
  result = fixture_ingest (self->fixture, self->fixture->system, &report, 1);
}

static Log *
log_new (void)
{
  Log *self = g_new0 (Log, 1);

  self->fixture = fixture_new ();
  for (guint i = 0; i < VEHICLES; i++)
    {
      g_autofree char *plate = g_strdup_printf ("A%u", i);

      self->vehicles[i] = fixture_add_vehicle (self->fixture, plate, SM_UNKNOWN);
      fall_asleep (self, i);
    }
  self->wang = fixture_make_person (5, "operator", SM_SCOPE_ALL, 0);
  self->boss = fixture_make_person (6, "manager", SM_SCOPE_ALL, 0);
  self->fleet = fixture_make_person (7, "manager", SM_SCOPE_FLEETS, 99);
  return self;
}

static void
log_free (Log *self)
{
  fixture_free (self->fixture);
  sm_actor_unref (self->wang);
  sm_actor_unref (self->boss);
  sm_actor_unref (self->fleet);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Log, log_free)

static gint64
now (Log *self)
{
  return sm_clock_now (self->fixture->network);
}

typedef struct
{
  Log *log;
  guint vehicle;
  const char *code;
  gboolean is_raised;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saying *saying = data;
  SmFaultReport fault = { .noun = SM_NOUN_VEHICLE,
                          .id = saying->log->vehicles[saying->vehicle],
                          .code = saying->code, .is_raised = saying->is_raised,
                          .at_us = now (saying->log), .value = NAN, .limit_value = NAN };
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, saying->log->fixture->system, &fault, 1, &result, error);
  return NULL;
}

static void
say (Log        *self,
     guint       vehicle,
     const char *code,
     gboolean    is_raised)
{
  Saying saying = { self, vehicle, code, is_raised };

  fixture_write (self->fixture, do_say, &saying);
}

typedef struct
{
  SmActor *actor;
  gint64 from, to, now;
} Asking;

static gpointer
do_reckon (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asking *asking = data;

  return sm_alarm_figures_reckon (reader, asking->actor, 0, asking->from, asking->to, asking->now,
                                  error);
}

static SmAlarmFigures *
reckon (Log    *self,
        gint64  from,
        gint64  to)
{
  Asking asking = { self->wang, from, to, now (self) };
  g_autoptr (GError) error = NULL;
  SmAlarmFigures *figures = sm_rules_read_sync (self->fixture->rules, do_reckon, &asking, &error);

  g_assert_no_error (error);
  return figures;
}

static void
acknowledge_all (Log *self)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (self->fixture);

  for (guint i = 0; i < alarms->len; i++)
    {
      const SmRow *alarm = alarms->pdata[i];
      const char *state = sm_row_get_text (alarm, SM_ALARM_STATE);
      g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
      g_autoptr (SmRow) done = NULL;

      if (g_str_equal (state, "unacked") || g_str_equal (state, "returned_unacked"))
        done = fixture_acknowledge (self->fixture, self->wang, key, sm_row_get_id (alarm),
                                    sm_row_get_int (alarm, SM_ALARM_LEVEL),
                                    sm_row_get_int (alarm, SM_ALARM_COUNT), NULL, NULL, NULL);
    }
}

/* Over random lives: what was heard is counted, each once, and every sum agrees. */
static void
test_sums (void)
{
  g_autoptr (Log) self = log_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  gboolean is_there[VEHICLES] = { FALSE };
  gint64 begin, middle = 0, end;
  guint rang = 0, sum = 0;
  g_autoptr (SmAlarmFigures) all = NULL, first = NULL, second = NULL;

  fixture_pass (self->fixture, 60);
  begin = now (self);
  for (guint i = 0; i < 120; i++)
    {
      guint vehicle = (guint) g_rand_int_range (random, 0, VEHICLES);

      fixture_pass (self->fixture, g_rand_int_range (random, 1, 90));
      is_there[vehicle] = !is_there[vehicle];
      rang += is_there[vehicle];
      say (self, vehicle, ORDINARY, is_there[vehicle]);
      if (i % 40 == 39)
        acknowledge_all (self);
      if (i == 60)
        middle = now (self);
    }
  fixture_pass (self->fixture, 1);
  end = now (self);
  all = reckon (self, begin, end);
  first = reckon (self, begin, middle);
  second = reckon (self, middle, end);
  g_assert_cmpint (all->total.count, ==, rang);
  g_assert_cmpint (first->total.count + second->total.count, ==, rang);
  for (guint i = 0; i < all->windows->len; i++)
    sum += g_array_index (all->windows, guint, i);
  g_assert_cmpuint (sum, ==, rang);
  g_assert_cmpint (all->total.level[0] + all->total.level[1] + all->total.level[2]
                       + all->total.level[3], ==, rang);
  g_assert_cmpuint (all->areas->len, ==, 1);
  g_assert_cmpint (g_array_index (all->areas, SmAlarmRates, 0).count, ==, rang);
  g_assert_cmpuint (all->desks->len, ==, 1);
  g_assert_cmpint (g_array_index (all->desks, SmAlarmRates, 0).count, ==, rang);
  g_assert_cmpuint (all->lists[SM_ALARM_FIGURES_TOP]->len, ==, 10);
  sum = 0;
  for (guint i = 0; i < 10; i++)
    sum += ((SmAlarmFigure *) all->lists[SM_ALARM_FIGURES_TOP]->pdata[i])->count;
  g_assert_cmpfloat_with_epsilon (all->total.top_pct, 100.0 * sum / rang, 1e-6);
}

/* How long until somebody acknowledged: of each ring its own time, and of none NAN. */
static void
test_acknowledged (void)
{
  g_autoptr (Log) self = log_new ();
  gint64 begin;
  g_autoptr (SmAlarmFigures) figures = NULL;
  guint level;

  fixture_pass (self->fixture, 60);
  begin = now (self);
  for (guint i = 0; i < 3; i++)
    {
      say (self, 0, ORDINARY, TRUE);
      fixture_pass (self->fixture, 10 * (i + 1));
      acknowledge_all (self);
      say (self, 0, ORDINARY, FALSE);
      fixture_pass (self->fixture, 200);
    }
  say (self, 1, ORDINARY, TRUE);
  fixture_pass (self->fixture, 5);
  figures = reckon (self, begin, now (self));
  g_assert_cmpint (figures->total.count, ==, 4);
  g_assert_cmpint (figures->total.unacked, ==, 1);
  for (level = 0; figures->total.level[level] == 0;)
    level++;
  g_assert_cmpfloat (figures->total.ack_s[level], ==, 20);
  g_assert_true (isnan (figures->total.ack_s[(level + 1) % SM_ALARM_LEVELS]));
}

/* Three in a minute chatter, whether they are one alarm or three; a flood names its first-out. */
static void
test_floods_and_chattering (void)
{
  g_autoptr (Log) self = log_new ();
  gint64 begin;
  g_autoptr (SmAlarmFigures) figures = NULL;
  const SmAlarmFigure *flood, *chatter;

  fixture_pass (self->fixture, 3600);
  begin = now (self);
  for (guint i = 0; i < 12; i++)
    {
      fixture_pass (self->fixture, 20);
      say (self, i, ORDINARY, TRUE);
    }
  fixture_pass (self->fixture, 3600);
  for (guint i = 0; i < 3; i++)
    {
      say (self, 20, ORDINARY, TRUE);
      fixture_pass (self->fixture, 10);
      say (self, 20, ORDINARY, FALSE);
      fixture_pass (self->fixture, 10);
    }
  fixture_pass (self->fixture, 3600);
  figures = reckon (self, begin, now (self));
  g_assert_cmpint (figures->total.floods, ==, 1);
  g_assert_cmpint (figures->total.chattering, ==, 1);
  flood = figures->lists[SM_ALARM_FIGURES_FLOODS]->pdata[0];
  chatter = figures->lists[SM_ALARM_FIGURES_CHATTERING]->pdata[0];
  g_assert_cmpint (flood->count, ==, 12);
  g_assert_cmpint (sm_row_get_int (flood->alarm, SM_ALARM_SOURCE_ID), ==, self->vehicles[0]);
  g_assert_cmpint (flood->from, ==, begin + 220 * SM_SECOND);
  /* The eighth leaves at 160 + 600 s, and four are left. */
  g_assert_cmpint (flood->to, ==, begin + 760 * SM_SECOND);
  g_assert_cmpint (chatter->count, ==, 3);
  g_assert_cmpint (sm_row_get_int (chatter->alarm, SM_ALARM_SOURCE_ID), ==, self->vehicles[20]);
  g_assert_cmpint (figures->total.stale, ==, 0);
}

typedef struct
{
  SmActor *actor;
  gint64 id;
} Shelving;

static gpointer
do_shelve (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Shelving *shelving = data;
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());

  return sm_alarms_act (rules, shelving->actor, key, shelving->id, SM_ALARM_EVENT_SHELVE, 240,
                        "known", NULL, error);
}

/* What rings on a shelf is counted apart, also when it was put there before the range. */
static void
test_put_aside (void)
{
  g_autoptr (Log) self = log_new ();
  Shelving shelving = { self->wang, 1 };
  g_autoptr (SmAlarmFigures) figures = NULL;
  g_autoptr (SmRow) alarm = NULL;
  gint64 begin;

  say (self, 0, ORDINARY, TRUE);
  fixture_pass (self->fixture, 5);
  alarm = fixture_write (self->fixture, do_shelve, &shelving);
  fixture_pass (self->fixture, 60);
  begin = now (self);
  for (guint i = 0; i < 2; i++)
    {
      say (self, 0, ORDINARY, FALSE);
      fixture_pass (self->fixture, 30);
      say (self, 0, ORDINARY, TRUE);
      fixture_pass (self->fixture, 30);
    }
  say (self, 1, ORDINARY, TRUE);
  fixture_pass (self->fixture, 1);
  figures = reckon (self, begin, now (self));
  g_assert_cmpint (figures->total.put_aside, ==, 2);
  g_assert_cmpint (figures->total.count, ==, 1);
}

/* What is there for longer than a day is stale, unless somebody put it aside. */
static void
test_stale (void)
{
  g_autoptr (Log) self = log_new ();
  g_autoptr (SmAlarmFigures) young = NULL, old = NULL, early = NULL;
  gint64 begin = now (self);

  fixture_pass (self->fixture, 60);
  say (self, 0, ORDINARY, TRUE);
  fixture_pass (self->fixture, 23 * 3600);
  young = reckon (self, begin, now (self));
  fixture_pass (self->fixture, 2 * 3600);
  old = reckon (self, now (self) - SM_HOUR, now (self));
  early = reckon (self, begin, begin + SM_HOUR);
  g_assert_cmpint (young->total.stale, ==, 0);
  g_assert_cmpint (old->total.stale, ==, 1);
  g_assert_cmpint (old->total.count, ==, 0);
  g_assert_cmpint (early->total.stale, ==, 0);
  g_assert_cmpuint (old->lists[SM_ALARM_FIGURES_STALE]->len, ==, 1);
}

/* Only what somebody may see is in their figures, and a range that is none is refused. */
static void
test_who (void)
{
  g_autoptr (Log) self = log_new ();
  g_autoptr (SmActor) guest = fixture_make_person (9, "guest", SM_SCOPE_ALL, 0);
  gint64 begin = now (self);
  struct
  {
    SmActor *actor;
    gint64 from, to;
    const char *slug;
  } tries[] = { { guest, begin, begin + SM_HOUR, "permission-missing" },
                { self->wang, begin + SM_HOUR, begin + SM_HOUR, "out-of-range" },
                { self->wang, begin, begin + 40 * SM_DAY, "out-of-range" },
                { self->fleet, begin, begin + SM_HOUR, NULL } };

  say (self, 0, ORDINARY, TRUE);
  fixture_pass (self->fixture, 41 * 86400.0);
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      Asking asking = { tries[i].actor, tries[i].from, tries[i].to, now (self) };
      g_autoptr (GError) error = NULL;
      g_autoptr (SmAlarmFigures) figures
          = sm_rules_read_sync (self->fixture->rules, do_reckon, &asking, &error);

      if (tries[i].slug != NULL)
        g_assert_cmpstr (sm_error_get_slug (error), ==, tries[i].slug);
      else
        g_assert_cmpint (figures->total.count, ==, 0);
    }
}

/* --- targets --- */

typedef struct
{
  SmActor *actor;
  gint64 if_rev;
  SmAlarmTargets changes;
  gint64 rev;
} Changing;

static gpointer
do_change (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Changing *changing = data;
  SmAlarmTargets after;

  return sm_alarm_targets_change (rules, changing->actor, changing->if_rev, &changing->changes,
                                  &after, &changing->rev, error)
             ? changing
             : NULL;
}

static Changing
change (Log        *self,
        SmActor    *actor,
        gint64      if_rev,
        double      flood_begins,
        double      flood_ends,
        const char *slug)
{
  Changing changing = { actor, if_rev };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < sm_n_alarm_targets; i++)
    SM_ALARM_TARGET (&changing.changes, i) = NAN;
  changing.changes.flood_begins = flood_begins;
  changing.changes.flood_ends = flood_ends;
  g_assert_cmpint (sm_rules_run_sync (self->fixture->rules, do_change, &changing, &error) != NULL,
                   ==, slug == NULL);
  g_assert_cmpstr (error != NULL ? sm_error_get_slug (error) : NULL, ==, slug);
  return changing;
}

/* Who may sets them, seen by their state and told the audit; they stay over a restart. */
static void
test_targets (void)
{
  g_autoptr (Log) self = log_new ();
  g_autoptr (SmAlarmFigures) before = NULL, after = NULL;

  fixture_pass (self->fixture, 60);
  before = reckon (self, now (self) - SM_MINUTE, now (self));
  g_assert_cmpfloat (before->targets.flood_begins, ==, 10);
  change (self, self->wang, 1, 20, NAN, "permission-missing");
  change (self, self->fleet, 1, 20, NAN, "out-of-scope");
  change (self, self->boss, 2, 20, NAN, "row-changed");
  change (self, self->boss, 1, 3, NAN, "invalid");
  change (self, self->boss, 1, 2.5, 2, "invalid");
  change (self, self->boss, 1, -1, NAN, "invalid");
  g_assert_cmpint (change (self, self->boss, 1, 20, NAN, NULL).rev, ==, 2);
  g_assert_cmpint (change (self, self->boss, 1, 20, NAN, NULL).rev, ==, 2);
  g_assert_cmpuint (fixture_audit (self->fixture, "alarm_targets", "done"), ==, 1);
  g_assert_cmpuint (fixture_audit (self->fixture, "alarm_targets", "refused"), ==, 6);
  fixture_reopen (self->fixture);
  after = reckon (self, now (self) - SM_MINUTE, now (self));
  g_assert_cmpfloat (after->targets.flood_begins, ==, 20);
  g_assert_cmpfloat (after->targets.flood_ends, ==, 5);
  g_assert_cmpint (after->targets_rev, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/alarm-figures/sums", test_sums);
  g_test_add_func ("/rules/alarm-figures/acknowledged", test_acknowledged);
  g_test_add_func ("/rules/alarm-figures/floods-and-chattering", test_floods_and_chattering);
  g_test_add_func ("/rules/alarm-figures/put-aside", test_put_aside);
  g_test_add_func ("/rules/alarm-figures/stale", test_stale);
  g_test_add_func ("/rules/alarm-figures/who", test_who);
  g_test_add_func ("/rules/alarm-figures/targets", test_targets);
  return g_test_run ();
}
