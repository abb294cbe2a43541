/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-alarm-causes.h"
#include "sm-diagnose.h"

typedef struct
{
  SmActor *actor;
  gint64 id;
} Asking;

static gpointer
do_read (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Asking *asking = data;

  return sm_alarm_causes_read (reader, asking->actor, asking->id, error);
}

static GPtrArray *
causes_of (Fixture *f,
           gint64   alarm_id)
{
  Asking asking = { f->system, alarm_id };
  g_autoptr (GError) error = NULL;
  GPtrArray *causes = sm_rules_read_sync (f->rules, do_read, &asking, &error);

  g_assert_no_error (error);
  return causes;
}

/* Returns: (nullable): such evidence of the likeliest cause */
static const SmCauseEvidence *
evidence_of (GPtrArray  *causes,
             const char *kind)
{
  const SmCauseFound *first = causes->pdata[0];

  for (guint i = 0; i < first->evidence->len; i++)
    if (g_str_equal (((SmCauseEvidence *) first->evidence->pdata[i])->kind, kind))
      return first->evidence->pdata[i];
  return NULL;
}

static gint64
put_pack (Fixture *f)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY_MODEL));
  gint64 model;

  sm_row_set_text (row, SM_BATTERY_MODEL_CODE, "HD282");
  sm_row_set_text (row, SM_BATTERY_MODEL_NAME, "{\"en\":\"HD\"}");
  sm_row_set_int (row, SM_BATTERY_MODEL_NOMINAL_WH, 282000);
  sm_row_set_real (row, SM_BATTERY_MODEL_READY_SOC, 90);
  model = fixture_fill (f, row);
  row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));
  sm_row_set_text (row, SM_BATTERY_SN, "P0");
  sm_row_set_int (row, SM_BATTERY_BATTERY_MODEL_ID, model);
  sm_row_set_text (row, SM_BATTERY_FITNESS, "serviceable");
  return fixture_fill (f, row);
}

static void
say (Fixture *f,
     gint64   truck,
     gint64   pack,
     double   max_c,
     double   min_c)
{
  SmVehicleReport report = fixture_make_report (f, truck);
  g_auto (SmIngestResult) result = { 0 };

  report.battery_id = pack;
  report.pack_temperature_c = report.pack.temperature_max_c = max_c;
  report.pack.temperature_min_c = min_c;
  report.pack.voltage_v = 618;
  report.pack.current_a = -140;
  report.pack.insulation_ohm_per_v = 3000;
  result = fixture_ingest (f, f->system, &report, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
}

/* Returns: (transfer full): the one alarm of that code */
static SmRow *
alarm_of (Fixture    *f,
          const char *code)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (f);
  SmRow *found = NULL;

  for (guint i = 0; i < alarms->len; i++)
    if (g_strcmp0 (sm_row_get_text (alarms->pdata[i], SM_ALARM_CODE), code) == 0)
      {
        g_assert_null (found);
        found = sm_row_ref (alarms->pdata[i]);
      }
  g_assert_nonnull (found);
  return found;
}

/* A spot that heats itself: named, with what speaks for it. */
static void
test_growth (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 truck = fixture_add_vehicle (f, "A1", SM_UNKNOWN), pack = put_pack (f);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (GPtrArray) causes = NULL;
  const SmCauseFound *first;
  double celsius = 36;

  fixture_reopen (f); /* so that the pack is known with its model */
  for (guint i = 0; i < 110; i++)
    {
      say (f, truck, pack, celsius, 34);
      celsius += i < 60 ? 0 : (celsius - 32) / 30;
      fixture_pass (f, i < 109 ? 60 : 0);
      if (celsius > 52)
        break;
    }
  alarm = alarm_of (f, "battery-thermal-growth");
  causes = causes_of (f, sm_row_get_id (alarm));
  first = causes->pdata[0];
  g_assert_cmpstr (first->cause, ==, "thermal-growth");
  g_assert_cmpfloat (first->probability, >, 0.5);
  g_assert_true (evidence_of (causes, "probes-apart")->is_for);
  g_assert_cmpfloat (evidence_of (causes, "probes-apart")->value, >, 5);
  g_assert_cmpstr (evidence_of (causes, "probes-apart")->unit, ==, "°C");
  g_assert_cmpint (evidence_of (causes, "probes-apart")->at, >, FIXTURE_START);
}

#define N_TRUCKS 12

/* All but those that are silent report for half an hour; returns the first one's alarm. */
static SmRow *
fall_silent (Fixture *f,
             gint64  *ids,
             guint    n_silent)
{
  g_autoptr (GPtrArray) alarms = NULL;

  for (guint i = 0; i < N_TRUCKS; i++)
    {
      g_autofree char *plate = g_strdup_printf ("A%u", i);

      ids[i] = fixture_add_vehicle (f, plate, SM_UNKNOWN);
      fixture_report (f, ids[i], 50, 30);
    }
  for (guint step = 0; step < 180; step++)
    {
      fixture_pass (f, 10);
      for (guint i = n_silent; i < N_TRUCKS; i++)
        fixture_report (f, ids[i], 50, 30);
    }
  alarms = fixture_alarms (f);
  for (guint i = 0; i < alarms->len; i++)
    if (sm_row_get_int (alarms->pdata[i], SM_ALARM_SOURCE_ID) == ids[0])
      return sm_row_ref (alarms->pdata[i]);
  return NULL;
}

static void
test_silent_alone (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 ids[N_TRUCKS];
  g_autoptr (SmRow) alarm = fall_silent (f, ids, 1);
  g_autoptr (GPtrArray) causes = NULL;
  const SmCauseFound *first;

  g_assert_nonnull (alarm);
  g_assert_cmpstr (sm_row_get_text (alarm, SM_ALARM_CODE), ==, "vehicle-silent");
  causes = causes_of (f, sm_row_get_id (alarm));
  first = causes->pdata[0];
  g_assert_cmpstr (first->cause, ==, "device-silent");
  g_assert_cmpfloat (evidence_of (causes, "carrier-silent")->value, ==, 0);
}

static void
test_silent_together (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 ids[N_TRUCKS];
  g_autoptr (SmRow) alarm = fall_silent (f, ids, 7);
  g_autoptr (GPtrArray) causes = NULL;
  const SmCauseFound *first;

  g_assert_nonnull (alarm);
  causes = causes_of (f, sm_row_get_id (alarm));
  first = causes->pdata[0];
  g_assert_cmpstr (first->cause, ==, "carrier-out");
}

/* Of most it is not known, and that is said. */
static void
test_unknown (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (GPtrArray) causes = NULL;
  const SmCauseFound *first;

  fixture_report (f, id, 5, 30);
  fixture_pass (f, 15);
  fixture_report (f, id, 5, 30);
  fixture_pass (f, 16);
  alarm = alarm_of (f, "soc-low");
  causes = causes_of (f, sm_row_get_id (alarm));
  first = causes->pdata[0];
  g_assert_cmpstr (first->cause, ==, SM_CAUSE_SLUG_UNKNOWN);
  g_assert_cmpfloat (first->probability, >, 0.9);
}

static void
test_foreign (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_vehicle (f, "A1", SM_UNKNOWN);
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmActor) stranger = fixture_make_person (7, "operator", SM_SCOPE_FLEETS, 99);
  Asking asking = { stranger, 0 };
  g_autoptr (GError) error = NULL;

  fixture_report (f, id, 5, 30);
  fixture_pass (f, 31);
  alarm = alarm_of (f, "soc-low");
  asking.id = sm_row_get_id (alarm);
  g_assert_null (sm_rules_read_sync (f->rules, do_read, &asking, &error));
  fixture_assert_error (error, SM_ERROR_NOT_FOUND, "not-found");
}

/* What the diagnosis can say has words. */
static void
test_words (void)
{
  for (guint i = 0; i < SM_N_CAUSES; i++)
    g_assert_cmpstr (sm_word_of_cause (sm_cause_get_slug (i)), !=, sm_cause_get_slug (i));
  for (guint i = 0; i < SM_N_SIGNS; i++)
    g_assert_cmpstr (sm_word_of_sign (sm_sign_get_slug (i)), !=, sm_sign_get_slug (i));
  g_assert_cmpstr (sm_word_of_cause (SM_CAUSE_SLUG_UNKNOWN), !=, SM_CAUSE_SLUG_UNKNOWN);
  g_assert_cmpstr (sm_word_of_sign ("of-a-newer-service"), ==, "of-a-newer-service");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/causes/heat-from-inside", test_growth);
  g_test_add_func ("/rules/causes/silent-alone", test_silent_alone);
  g_test_add_func ("/rules/causes/silent-together", test_silent_together);
  g_test_add_func ("/rules/causes/unknown-is-an-answer", test_unknown);
  g_test_add_func ("/rules/causes/foreign-is-not-found", test_foreign);
  g_test_add_func ("/rules/causes/words", test_words);
  return g_test_run ();
}
