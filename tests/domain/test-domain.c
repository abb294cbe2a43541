/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sm-alarm.h"
#include "sm-edit.h"
#include "sm-fleet.h"
#include "sm-item.h"
#include "sm-noun.h"
#include "sm-row.h"
#include "sm-time.h"
#include "sm-fault-code.h"
#include "sm-words.h"

static void
test_tables_are_sound (void)
{
  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);

      g_assert_true (sm_noun_by_name (noun->name) == noun);
      g_assert_true (sm_noun_by_plural (noun->plural) == noun);
      for (guint f = 0; f < noun->n_fields; f++)
        {
          const SmField *field = &noun->fields[f];

          g_assert_cmpint (sm_noun_find_field (noun, field->name, strlen (field->name)), ==, f);
          g_assert_true ((field->kind == SM_KIND_ENUM) == (field->slugs != NULL));
        }
      g_assert_cmpstr (noun->fields[SM_ROW_ID].name, ==, "id");
      g_assert_cmpstr (noun->fields[SM_ROW_SEQ].name, ==, "seq");
      g_assert_cmpstr (noun->fields[SM_ROW_FLEET_ID].name, ==, "fleet_id");
    }
}

static void
test_every_slug_has_a_word (void)
{
  for (guint n = 0; n < SM_N_NOUNS; n++)
    for (guint f = 0; f < sm_noun_get (n)->n_fields; f++)
      {
        const SmField *field = &sm_noun_get (n)->fields[f];

        for (guint s = 0; field->slugs != NULL && field->slugs[s] != NULL; s++)
          if (!sm_word_is_known (field->slugs, field->slugs[s]))
            g_error ("%s has no word for %s", field->name, field->slugs[s]);
      }
  g_assert_cmpstr (sm_word_of_slug (sm_motions, "flying"), ==, "flying");
  g_assert_false (sm_word_is_known (sm_drill_deeds, "flying"));
  g_assert_false (sm_word_is_known (sm_drill_verdicts, "flying"));
}

static void
test_row_null_is_not_zero (void)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  g_autoptr (SmRow) copy = NULL;

  g_assert_cmpint (sm_row_get_int (row, SM_STATION_PILE_COUNT), ==, SM_UNKNOWN);
  g_assert_true (isnan (sm_row_get_real (row, SM_STATION_LATITUDE)));
  g_assert_null (sm_row_get_text (row, SM_STATION_SN));
  sm_row_set_real (row, SM_STATION_LATITUDE, 0.0);
  sm_row_set_text (row, SM_STATION_KIND, "teleport");
  g_assert_false (sm_row_is_null (row, SM_STATION_LATITUDE));
  g_assert_cmpuint (sm_row_get_enum (row, SM_STATION_KIND), ==, SM_ENUM_UNKNOWN);
  copy = sm_row_copy (row);
  g_assert_true (sm_row_equal (row, copy));
  sm_row_set_real (copy, SM_STATION_LATITUDE, NAN);
  g_assert_false (sm_row_equal (row, copy));
}

static void
test_names (void)
{
  g_autofree char *names = sm_name_new ("Datong \"East\"", "大同东");
  g_autofree char *en = sm_name_pick (names, "en");
  g_autofree char *zh = sm_name_pick (names, "zh-CN");
  g_autofree char *other = sm_name_pick ("{\"zh-CN\": \"大同\"}", "en");
  g_autofree char *plain = sm_name_pick ("Datong", "en");

  g_assert_cmpstr (en, ==, "Datong \"East\"");
  g_assert_cmpstr (zh, ==, "大同东");
  g_assert_cmpstr (other, ==, "大同");
  g_assert_cmpstr (plain, ==, "Datong");
}

static void
test_alarm_life_cycle (void)
{
  SmAlarmLife life = { .state = SM_ALARM_NORMAL };

  g_assert_false (sm_alarm_next (&life, SM_ALARM_EVENT_ACKNOWLEDGE, &life, NULL));
  g_assert_true (sm_alarm_next (&life, SM_ALARM_EVENT_RAISE, &life, NULL));
  g_assert_cmpint (life.state, ==, SM_ALARM_UNACKED);
  g_assert_true (sm_alarm_next (&life, SM_ALARM_EVENT_ACKNOWLEDGE, &life, NULL));
  g_assert_true (sm_alarm_next (&life, SM_ALARM_EVENT_RISE, &life, NULL));
  g_assert_cmpint (life.state, ==, SM_ALARM_UNACKED);
  g_assert_true (sm_alarm_next (&life, SM_ALARM_EVENT_RETURN, &life, NULL));
  g_assert_cmpint (life.state, ==, SM_ALARM_RETURNED_UNACKED);
  g_assert_true (sm_alarm_next (&life, SM_ALARM_EVENT_ACKNOWLEDGE, &life, NULL));
  g_assert_cmpint (life.state, ==, SM_ALARM_NORMAL);
}

static void
test_world_round_trip (void)
{
  for (double lat = -84; lat <= 84; lat += 7)
    for (double lon = -179; lon <= 179; lon += 13)
      {
        double lat2, lon2;

        sm_world_unproject (sm_world_project (lat, lon), &lat2, &lon2);
        g_assert_cmpfloat_with_epsilon (lat, lat2, 1e-6);
        g_assert_cmpfloat_with_epsilon (lon, lon2, 1e-6);
      }
}

static SmVehicleBatch *
make_batch (guint n, double latitude)
{
  SmVehicleBatch *batch = sm_vehicle_batch_new (n);

  for (guint i = 0; i < n; i++)
    {
      batch->columns.id[i] = 100 + i;
      batch->columns.at[i] = sm_world_project (latitude, 114.0 + i);
      batch->columns.heading[i] = 90;
      batch->columns.soc[i] = 50;
      batch->columns.reported_at[i] = 1;
    }
  return batch;
}

static void
count_cb (SmFleet *fleet, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_fleet (void)
{
  SmFleet *fleet = sm_fleet_new ();
  g_autoptr (SmVehicleBatch) first = make_batch (300, 22.0);
  g_autoptr (SmVehicleBatch) second = make_batch (1, 23.0);
  guint changes = 0;

  g_signal_connect (fleet, "changed", G_CALLBACK (count_cb), &changes);
  sm_fleet_set_level (fleet, 102, 2);
  sm_fleet_apply (fleet, first);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (sm_fleet_get_columns (fleet)->n, ==, 300);
  g_assert_cmpuint (sm_fleet_get_levels (fleet)[sm_fleet_find (fleet, 102)], ==, 2);
  sm_fleet_apply (fleet, second);
  g_assert_cmpuint (sm_fleet_get_before (fleet)[0].y, ==, first->columns.at[0].y);
  g_assert_cmpuint (sm_fleet_get_columns (fleet)->at[0].y, ==, second->columns.at[0].y);
  sm_fleet_remove (fleet, 100);
  g_assert_cmpint (sm_fleet_find (fleet, 100), ==, -1);
  g_assert_cmpint (sm_fleet_find (fleet, 399), ==, 0);
  g_assert_cmpuint (sm_fleet_get_columns (fleet)->n, ==, 299);
  g_assert_finalize_object (fleet);
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_item_tells_only_changes (void)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
  g_autoptr (SmRow) same = sm_row_copy (row);
  g_autoptr (SmRow) other = sm_row_copy (row);
  SmItem *item = sm_item_new (row);
  guint count = 0;

  g_signal_connect (item, "notify::row", G_CALLBACK (notify_cb), &count);
  sm_item_set_row (item, same);
  g_assert_cmpuint (count, ==, 0);
  sm_row_set_int (other, SM_ALARM_LEVEL, 1);
  sm_item_set_row (item, other);
  g_assert_cmpuint (count, ==, 1);
  g_assert_finalize_object (item);
}

/* Every code has a level, a word, and a first step that has a word too. */
static void
test_fault_catalogue (void)
{
  guint n, n_safety = 0;
  const SmFaultCode *codes = sm_fault_code_list (&n);

  g_assert_cmpuint (n, >=, 40);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (sm_fault_code_find (codes[i].code) == &codes[i]);
      g_assert_true (codes[i].level >= 1 && codes[i].level <= 4);
      g_assert_true (codes[i].weight >= 1 && codes[i].weight <= 5);
      g_assert_cmpstr (sm_word_of_alarm (codes[i].code), !=, codes[i].code);
      g_assert_cmpstr (sm_word_of_next_step (codes[i].next_step), !=, codes[i].next_step);
      n_safety += codes[i].is_safety;
    }
  g_assert_cmpuint (n_safety, >=, 8);
  g_assert_null (sm_fault_code_find ("no-such-code"));
  g_assert_cmpstr (sm_word_of_alarm ("no-such-code"), ==, "no-such-code");
  g_assert_cmpfloat (sm_fault_code_risk (1, 5, "driving"), ==, 125);
  g_assert_cmpfloat (sm_fault_code_risk (4, 1, "parked"), ==, 4);
}

static void
test_names_by_language (void)
{
  g_autofree char *put = sm_name_put ("{\"de\":\"a \\\"b\\\"\",\"en\":\"Old\"}", "en", "N\"w");
  g_autofree char *added = sm_name_put (NULL, "zh-CN", "站");
  g_autofree char *less = sm_name_put ("{\"en\":\"Old\",\"zh-CN\":\"站\"}", "en", NULL);
  g_autofree char *none = sm_name_put ("{\"en\":\"Old\"}", "en", NULL);
  g_autofree char *found = sm_name_find (put, "en");
  g_autofree char *other = sm_name_find (put, "de");

  g_assert_cmpstr (found, ==, "N\"w");
  g_assert_cmpstr (other, ==, "a \"b\"");
  g_assert_cmpstr (added, ==, "{\"zh-CN\":\"站\"}");
  g_assert_cmpstr (less, ==, "{\"zh-CN\":\"站\"}");
  g_assert_null (none);
  g_assert_null (sm_name_find (less, "en"));
}

static SmRow *
make_named (const char *names,
            const char *phones)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_text (row, SM_STATION_NAME, names);
  sm_row_set_text (row, SM_STATION_PHONES, phones);
  return row;
}

static void
test_edits (void)
{
  g_autoptr (SmRow) seen = make_named ("{\"en\":\"Old\",\"zh-CN\":\"旧\"}", "1");
  g_autoptr (SmRow) apart = make_named ("{\"en\":\"Old\",\"zh-CN\":\"新\"}", "1");
  g_autoptr (SmRow) same = make_named ("{\"en\":\"Mine\",\"zh-CN\":\"旧\"}", NULL);
  g_autoptr (SmRow) other = make_named ("{\"en\":\"Theirs\",\"zh-CN\":\"旧\"}", "1");
  g_autoptr (GPtrArray) edits = sm_edits_new ();
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) again = NULL;

  sm_edits_add (edits, "name/en", "Old", "Mine");
  sm_edits_add (edits, "phones", "1", NULL);
  g_assert_true (sm_edits_fit (edits, seen));
  g_assert_true (sm_edits_fit (edits, apart));
  g_assert_false (sm_edits_fit (edits, other));
  sm_edits_take_theirs (edits, apart);
  g_assert_cmpint (sm_edits_judge (edits), ==, SM_EDIT_APART);
  sm_edits_take_theirs (edits, same);
  g_assert_cmpint (sm_edits_judge (edits), ==, SM_EDIT_DONE);
  sm_edits_take_theirs (edits, other);
  g_assert_cmpint (sm_edits_judge (edits), ==, SM_EDIT_CONFLICT);
  g_assert_true (sm_edit_differs (edits->pdata[0]));
  g_assert_false (sm_edit_differs (edits->pdata[1]));
  kept = sm_edits_to_text (edits);
  again = sm_edits_from_text (kept);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpstr (sm_edits_find (again, "name/en")->theirs, ==, "Theirs");
  g_assert_null (sm_edits_find (again, "phones")->mine);
  g_assert_null (sm_edits_from_text ("nothing that was kept"));
  sm_edits_lay_over (edits, apart);
  g_assert_cmpstr (sm_row_get_text (apart, SM_STATION_NAME), ==,
                   "{\"en\":\"Mine\",\"zh-CN\":\"新\"}");
  g_assert_true (sm_row_is_null (apart, SM_STATION_PHONES));
}

/* A whole number is laid over as a text is; what is none changes nothing. */
static void
test_edits_of_numbers (void)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_INSPECTION));
  static const struct
  {
    const char *mine;
    gint64 becomes;
  } steps[] = { { "30", 30 }, { "soon", 30 }, { "7", 7 }, { NULL, SM_UNKNOWN } };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GPtrArray) edits = sm_edits_new ();
      g_autofree char *base = sm_row_dup_part (row, "every_days");

      sm_edits_add (edits, "every_days", base, steps[i].mine);
      sm_edits_lay_over (edits, row);
      g_assert_cmpint (sm_row_get_int (row, SM_INSPECTION_EVERY_DAYS), ==, steps[i].becomes);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/noun/tables-are-sound", test_tables_are_sound);
  g_test_add_func ("/domain/words/every-slug", test_every_slug_has_a_word);
  g_test_add_func ("/domain/fault-codes/catalogue", test_fault_catalogue);
  g_test_add_func ("/domain/row/null-is-not-zero", test_row_null_is_not_zero);
  g_test_add_func ("/domain/row/names", test_names);
  g_test_add_func ("/domain/alarm/life-cycle", test_alarm_life_cycle);
  g_test_add_func ("/domain/world/round-trip", test_world_round_trip);
  g_test_add_func ("/domain/fleet", test_fleet);
  g_test_add_func ("/domain/item/tells-only-changes", test_item_tells_only_changes);
  g_test_add_func ("/domain/names/by-language", test_names_by_language);
  g_test_add_func ("/domain/edits/mine-and-theirs", test_edits);
  g_test_add_func ("/domain/edits/numbers", test_edits_of_numbers);
  return g_test_run ();
}
