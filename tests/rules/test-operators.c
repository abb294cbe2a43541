/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-desk.h"
#include "sm-desks.h"
#include "sm-faults.h"
#include "sm-handover-line.h"

#include <math.h>

/* What is of one operator, and of one desk: who has it, and who hears of it. */

#define OTHER 2 /* an operator beside the one that everything is of */

typedef struct
{
  Fixture *f;
  SmActor *root, *wang, *li, *other; /* who has the other operator's */
  gint64 vehicle, others;
} House;

static gint64
add_vehicle (House      *house,
             const char *plate,
             gint64      operator_id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
  gint64 id;

  sm_row_set_text (row, SM_VEHICLE_PLATE, plate);
  sm_row_set_text (row, SM_VEHICLE_VIN, plate);
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, operator_id);
  id = fixture_fill (house->f, row);
  fixture_report (house->f, id, 50, 30);
  return id;
}

static House *
house_new (void)
{
  House *house = g_new0 (House, 1);

  house->f = fixture_new ();
  fixture_serve (house->f);
  house->root = fixture_add_person (house->f, "root", "administrator", SM_SCOPE_ALL, 0);
  house->wang = fixture_add_person (house->f, "wang", "operator", SM_SCOPE_OPERATOR, 1);
  house->li = fixture_add_person (house->f, "li", "operator", SM_SCOPE_OPERATOR, 1);
  house->other = fixture_add_person (house->f, "ou", "manager", SM_SCOPE_OPERATOR, OTHER);
  house->vehicle = add_vehicle (house, "A1", 1);
  house->others = add_vehicle (house, "B1", OTHER);
  fixture_pass (house->f, 1);
  return house;
}

static void
house_free (House *house)
{
  sm_actor_unref (house->root);
  sm_actor_unref (house->wang);
  sm_actor_unref (house->li);
  sm_actor_unref (house->other);
  fixture_free (house->f);
  g_free (house);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (House, house_free)

typedef struct
{
  House *house;
  SmActor *actor;
  const char *act;
  gint64 id;
  SmRow *row;
  char *key;
} Doing;

static gpointer
do_it (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *d = data;

  if (g_str_equal (d->act, "create"))
    return sm_desks_create (rules, d->actor, d->key, d->row, error);
  if (g_str_equal (d->act, "sit"))
    return sm_desks_sit (rules, d->actor, d->key, d->id, NULL, error);
  if (g_str_equal (d->act, "leave"))
    return sm_desks_leave (rules, d->actor, d->key, d->id, NULL, error);
  if (g_str_equal (d->act, "withdraw"))
    return sm_handovers_withdraw (rules, d->actor, d->key, d->id, error);
  return sm_handovers_begin (rules, d->actor, d->key, d->id, "li", NULL, error);
}

static SmRow *
done (House      *house,
      SmActor    *actor,
      const char *act,
      gint64      id,
      SmRow      *row)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autoptr (GError) error = NULL;
  Doing doing = { house, actor, act, id, row, key };
  SmRow *after = sm_rules_run_sync (house->f->rules, do_it, &doing, &error);

  g_assert_no_error (error);
  g_assert_nonnull (after);
  return after;
}

typedef struct
{
  House *house;
  gint64 vehicle;
  const char *code;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saying *saying = data;
  SmFaultReport fault = { .noun = SM_NOUN_VEHICLE, .id = saying->vehicle, .code = saying->code,
                          .is_raised = TRUE,
                          .at_us = sm_clock_now (saying->house->f->network),
                          .value = NAN, .limit_value = NAN };
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, saying->house->f->system, &fault, 1, &result, error);
  return NULL;
}

static void
say (House      *house,
     gint64      vehicle,
     const char *code)
{
  Saying saying = { house, vehicle, code };

  fixture_pass (house->f, 1);
  fixture_write (house->f, do_say, &saying);
}

static gpointer
do_read (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Doing *d = data;

  return sm_feed_read_row (reader, d->actor, sm_noun_get (SM_NOUN_DESK), d->id, error);
}

/* The desk that the only alarm of @vehicle is of, as @actor sees it. */
static SmRow *
desk_of (House   *house,
         SmActor *actor,
         gint64   vehicle)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (house->f);
  Doing doing = { .actor = actor };

  for (guint i = 0; i < alarms->len; i++)
    if (sm_row_get_int (alarms->pdata[i], SM_ALARM_SOURCE_ID) == vehicle)
      doing.id = sm_row_get_int (alarms->pdata[i], SM_ALARM_DESK_ID);
  return sm_rules_read_sync (house->f->rules, do_read, &doing, NULL);
}

static guint
count_lines (const SmRow *handover,
             const char  *section,
             const char  *label)
{
  g_autoptr (GPtrArray) lines
      = sm_handover_lines_read (sm_row_get_text (handover, SM_HANDOVER_SUMMARY));
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const SmHandoverLine *line = lines->pdata[i];

      n += g_str_equal (line->section, section)
           && (label == NULL || g_strcmp0 (line->label, label) == 0);
    }
  return n;
}

static SmRow *
desk_like (const char *kinds)
{
  SmRow *desk = sm_row_new (sm_noun_get (SM_NOUN_DESK));

  sm_row_set_text (desk, SM_DESK_NAME, "{\"en\":\"Another\"}");
  sm_row_set_text (desk, SM_DESK_KINDS, kinds);
  return desk;
}

/* --- cases --- */

/* An alarm is of a desk of its own operator, who has one as soon as there is any. */
static void
test_desks (void)
{
  g_autoptr (House) house = house_new ();
  g_autoptr (SmRow) own = NULL, others = NULL, unseen = NULL, again = NULL, handover = NULL;

  sm_row_unref (done (house, house->wang, "sit", 1, NULL));
  say (house, house->vehicle, "vehicle-insulation");
  say (house, house->others, "vehicle-insulation");
  own = desk_of (house, house->root, house->vehicle);
  g_assert_cmpint (sm_row_get_id (own), ==, 1);
  others = desk_of (house, house->other, house->others);
  g_assert_nonnull (others);
  g_assert_cmpint (sm_row_get_int (others, SM_ROW_OPERATOR_ID), ==, OTHER);
  g_assert_cmpstr (sm_row_get_text (others, SM_DESK_ANSWERS), ==, "root");
  unseen = desk_of (house, house->wang, house->others);
  g_assert_null (unseen);
  handover = done (house, house->wang, "begin", 1, NULL);
  g_assert_cmpuint (count_lines (handover, "critical", "A1"), ==, 1);
  g_assert_cmpuint (count_lines (handover, "critical", "B1"), ==, 0);
  /* Whatever happens meanwhile, it has no second one. */
  fixture_serve (house->f);
  fixture_pass (house->f, 1);
  again = desk_of (house, house->root, house->others);
  g_assert_cmpint (sm_row_get_id (again), ==, sm_row_get_id (others));
}

/* Who sees one operator alone makes desks of that one, and takes its alarms there. */
static void
test_made (void)
{
  g_autoptr (House) house = house_new ();
  g_autoptr (SmRow) wanted = desk_like ("vehicle");
  g_autoptr (SmRow) made = done (house, house->other, "create", 0, wanted);
  g_autoptr (SmRow) own = NULL, others = NULL;

  g_assert_cmpint (sm_row_get_int (made, SM_ROW_OPERATOR_ID), ==, OTHER);
  g_assert_cmpstr (sm_row_get_text (made, SM_DESK_ANSWERS), ==, "root");
  say (house, house->vehicle, "vehicle-brake");
  say (house, house->others, "vehicle-brake");
  own = desk_of (house, house->root, house->vehicle);
  others = desk_of (house, house->root, house->others);
  g_assert_cmpint (sm_row_get_id (own), ==, 1);
  g_assert_cmpint (sm_row_get_id (others), ==, sm_row_get_id (made));
}

/* Whoever comes gets what is covered from there, too, and is told that it is. */
static void
test_covered (void)
{
  g_autoptr (House) house = house_new ();
  g_autoptr (SmRow) wanted = desk_like ("vehicle");
  g_autoptr (SmRow) night = NULL, before = NULL, after = NULL;

  sm_row_set_int (wanted, SM_DESK_COVER_DESK_ID, 1);
  night = done (house, house->root, "create", 0, wanted);
  sm_row_unref (done (house, house->li, "sit", sm_row_get_id (night), NULL));
  sm_row_unref (done (house, house->wang, "sit", 1, NULL));
  say (house, house->vehicle, "vehicle-insulation");
  /* Somebody sits there: it is no concern of the other desk. */
  before = done (house, house->wang, "begin", 1, NULL);
  g_assert_cmpuint (count_lines (before, "critical", NULL), ==, 0);
  g_assert_cmpuint (count_lines (before, "covered", NULL), ==, 0);
  sm_row_unref (done (house, house->wang, "withdraw", sm_row_get_id (before), NULL));
  sm_row_unref (done (house, house->li, "leave", sm_row_get_id (night), NULL));
  after = done (house, house->wang, "begin", 1, NULL);
  g_assert_cmpuint (count_lines (after, "critical", "A1"), ==, 1);
  g_assert_cmpuint (count_lines (after, "covered", NULL), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/operators/alarms-are-of-their-own-desk", test_desks);
  g_test_add_func ("/rules/operators/desks-are-of-who-makes-them", test_made);
  g_test_add_func ("/rules/operators/handover-has-what-is-covered", test_covered);
  return g_test_run ();
}
