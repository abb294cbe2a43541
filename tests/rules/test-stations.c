/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-rules-private.h"

#include <math.h>

static void
test_again_changes_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  SmUpsertOutcome outcome;
  gint64 id = fixture_add_station (f, "S1", &outcome, &error), seq;

  g_assert_no_error (error);
  g_assert_cmpint (outcome, ==, SM_UPSERT_ADDED);
  seq = sm_rules_get_seq (f->rules);
  g_assert_cmpint (fixture_add_station (f, "S1", &outcome, &error), ==, id);
  g_assert_cmpint (outcome, ==, SM_UPSERT_UNCHANGED);
  g_assert_cmpint (sm_rules_get_seq (f->rules), ==, seq);
}

static gpointer
do_upsert_as (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmRow) station = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  SmStationTree tree = { station, NULL, NULL };
  SmUpsertOutcome outcome;
  gint64 id;

  sm_row_set_text (station, SM_STATION_SN, "S1");
  sm_stations_upsert (rules, data, &tree, &id, &outcome, error);
  return NULL;
}

/* What the import changes for a person stands in the audit; the rest does not. */
static void
test_import_is_audited (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) manager = fixture_make_person (5, "manager", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) guest = fixture_make_person (6, "guest", SM_SCOPE_ALL, 0);
  g_autoptr (GError) error = NULL;

  sm_rules_run_sync (f->rules, do_upsert_as, guest, &error);
  g_assert_error (error, SM_ERROR, SM_ERROR_DENIED);
  fixture_write (f, do_upsert_as, manager);
  fixture_write (f, do_upsert_as, manager);
  g_assert_cmpuint (fixture_audit (f, "station/1", "done"), ==, 1);
}

static gpointer
do_read_station (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");

  return sm_feed_read_row (reader, system, sm_noun_get (SM_NOUN_STATION), *(gint64 *) data, error);
}

static SmRow *
read_station (Fixture *f,
              gint64   id)
{
  return sm_rules_read_sync (f->rules, do_read_station, &id, NULL);
}

static void
test_what_is_filled_in (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 id = fixture_add_station (f, "S1", NULL, NULL);
  g_autoptr (SmRow) station = read_station (f, id);

  g_assert_cmpint (sm_row_get_int (station, SM_STATION_PILE_COUNT), ==, 2);
  g_assert_cmpint (sm_row_get_int (station, SM_STATION_CREATED_AT), ==, FIXTURE_START);
  g_assert_cmpstr (sm_row_get_text (station, SM_STATION_CREATED_BY), ==, "test");
  g_assert_cmpstr (sm_row_get_text (station, SM_STATION_TIME_ZONE), ==, "Asia/Shanghai");
  g_assert_cmpstr (sm_row_get_text (station, SM_STATION_NAME), ==, "{\"en\":\"S1\"}");
  for (guint i = 0; i < sm_row_get_noun (station)->n_fields; i++)
    if (sm_row_get_noun (station)->fields[i].flags & SM_FIELD_REQUIRED)
      g_assert_false (sm_row_is_null (station, i));
}

static gpointer
do_upsert (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  SmUpsertOutcome outcome;
  gint64 id;

  sm_stations_upsert (rules, system, data, &id, &outcome, error);
  return NULL;
}

/* A pile that stands elsewhere: the new station is not there either. */
static void
test_all_or_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmRow) station = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  g_autoptr (SmRow) own = sm_row_new (sm_noun_get (SM_NOUN_PILE));
  g_autoptr (SmRow) foreign = sm_row_new (sm_noun_get (SM_NOUN_PILE));
  g_autoptr (GPtrArray) piles = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  SmStationTree tree = { station, piles, NULL };
  gint64 seq;

  fixture_add_station (f, "S1", NULL, NULL);
  seq = sm_rules_get_seq (f->rules);
  sm_row_set_text (station, SM_STATION_SN, "S2");
  sm_row_set_text (own, SM_PILE_SN, "S2-0");
  sm_row_set_text (foreign, SM_PILE_SN, "S1-0");
  g_ptr_array_add (piles, own);
  g_ptr_array_add (piles, foreign);
  sm_rules_run_sync (f->rules, do_upsert, &tree, &error);
  fixture_assert_error (error, SM_ERROR_CONFLICT, "pile-elsewhere");
  g_assert_cmpint (sm_rules_get_seq (f->rules), ==, seq);
  g_assert_null (read_station (f, 2));
}

static void
test_bad_place (void)
{
  static const double places[][2] = { { 91, 0 }, { 0, 181 }, { 22, NAN }, { NAN, 114 }, { -90.1, 0 } };
  g_autoptr (Fixture) f = fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (SmRow) station = sm_row_new (sm_noun_get (SM_NOUN_STATION));
      g_autoptr (GError) error = NULL;
      SmStationTree tree = { station, NULL, NULL };

      sm_row_set_text (station, SM_STATION_SN, "S1");
      sm_row_set_real (station, SM_STATION_LATITUDE, places[i][0]);
      sm_row_set_real (station, SM_STATION_LONGITUDE, places[i][1]);
      sm_rules_run_sync (f->rules, do_upsert, &tree, &error);
      g_assert_error (error, SM_ERROR, SM_ERROR_INVALID);
      g_assert_cmpuint (sm_error_get_fields (error)->len, ==, 1);
    }
}

typedef struct
{
  SmActor *actor;
  const char *key;
  gint64 if_seq;
  const char *names;
  SmRow *current;
} Renaming;

static gpointer
do_rename (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Renaming *r = data;

  return sm_stations_rename (rules, r->actor, r->key, 1, r->if_seq, r->names, &r->current, error);
}

static void
test_rename (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) manager = fixture_make_person (5, "manager", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) engineer = fixture_make_person (6, "engineer", SM_SCOPE_ALL, 0);
  g_autofree char *key = sm_uuid_new_v7 (FIXTURE_START);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) after = NULL;
  g_autoptr (SmRow) again = NULL;
  Renaming renaming = { manager, key, 0, "{\"en\":\"East\"}", NULL };

  fixture_add_station (f, "S1", NULL, NULL);
  before = read_station (f, 1);
  renaming.if_seq = sm_row_get_int (before, SM_ROW_SEQ);
  after = sm_rules_run_sync (f->rules, do_rename, &renaming, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sm_row_get_text (after, SM_STATION_NAME), ==, "{\"en\":\"East\"}");
  g_assert_cmpint (sm_row_get_int (after, SM_ROW_SEQ), >, renaming.if_seq);
  /* The same act again is no lost race. */
  again = sm_rules_run_sync (f->rules, do_rename, &renaming, &error);
  g_assert_no_error (error);
  g_assert_true (sm_row_equal (after, again));
  renaming.key = NULL;
  g_assert_null (sm_rules_run_sync (f->rules, do_rename, &renaming, &error));
  fixture_assert_error (error, SM_ERROR_PRECONDITION, "row-changed");
  g_assert_true (sm_row_equal (after, renaming.current));
  g_clear_pointer (&renaming.current, sm_row_unref);
  g_clear_error (&error);
  renaming.actor = engineer;
  g_assert_null (sm_rules_run_sync (f->rules, do_rename, &renaming, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_DENIED);
  g_assert_cmpuint (fixture_audit (f, "station/1", "done"), ==, 1);
  g_assert_cmpuint (fixture_audit (f, "station/1", "refused"), ==, 2);
}

static gpointer
do_contact (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Renaming *r = data;

  SmStationEdit wanted = { NULL, TRUE, r->names[0] == '{', r->names };

  return sm_stations_edit (rules, r->actor, r->key, 1, r->if_seq, &wanted, &r->current, error);
}

/* A change of a station's contact is told the audit as what it is. */
static void
test_contact (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) dispatcher = fixture_make_person (5, "dispatcher", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) engineer = fixture_make_person (6, "engineer", SM_SCOPE_ALL, 0);
  Renaming contact = { dispatcher, NULL, SM_UNKNOWN, "10086", NULL };
  g_autoptr (SmRow) after = NULL;
  g_autoptr (SmRow) duty = NULL;
  g_autoptr (SmRow) both = NULL;
  g_autoptr (GError) error = NULL;

  fixture_add_station (f, "S1", NULL, NULL);
  after = sm_rules_run_sync (f->rules, do_contact, &contact, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sm_row_get_text (after, SM_STATION_PHONES), ==, "10086");
  /* By role: the others stay. */
  contact.names = "{\"duty\":\"1\"}";
  duty = sm_rules_run_sync (f->rules, do_contact, &contact, &error);
  contact.names = "{\"site\":\"2\"}";
  both = sm_rules_run_sync (f->rules, do_contact, &contact, &error);
  g_assert_cmpstr (sm_row_get_text (both, SM_STATION_PHONES), ==,
                   "{\"duty\":\"1\",\"site\":\"2\"}");
  contact.actor = engineer;
  g_assert_null (sm_rules_run_sync (f->rules, do_contact, &contact, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_DENIED);
  g_assert_cmpstr (sm_error_get_param (error, "permission"), ==, "station.contact");
}

static gpointer
do_read_audit (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean more;

  return sm_audit_read (reader, data, "station/1", 0, 10, &more, error);
}

static void
test_audit (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) manager = fixture_make_person (5, "manager", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) guest = fixture_make_person (6, "guest", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) there = sm_actor_with_address (manager, "10.0.0.7");
  Renaming renaming = { there, NULL, SM_UNKNOWN, "{\"en\":\"a \\\"b\\\"\"}", NULL };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  const SmAuditEntry *entry;

  fixture_add_station (f, "S1", NULL, NULL);
  sm_clock_advance (f->machine, SM_HOUR);
  sm_row_unref (fixture_write (f, do_rename, &renaming));
  entries = sm_rules_read_sync (f->rules, do_read_audit, manager, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpint (entry->at, ==, FIXTURE_START);
  g_assert_cmpint (entry->machine_at, ==, FIXTURE_START + SM_HOUR);
  g_assert_cmpstr (entry->actor, ==, "person-5");
  g_assert_cmpstr (entry->address, ==, "10.0.0.7");
  g_assert_cmpstr (entry->act, ==, "station.rename");
  g_assert_cmpstr (entry->before, ==, "{\"name\":{\"en\":\"S1\"}}");
  g_assert_cmpstr (entry->after, ==, "{\"name\":{\"en\":\"a \\\"b\\\"\"}}");
  g_assert_null (sm_rules_read_sync (f->rules, do_read_audit, guest, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_DENIED);
}

/* A full disk: an error, nothing half, and it goes on when there is room. */
static void
test_full_disk (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  gint64 vehicle = fixture_add_vehicle (f, "A1", SM_UNKNOWN), seq = 0;
  guint written = 0;

  sm_connection_exec (sm_rules_get_connection (f->rules), "PRAGMA max_page_count = 1", &error);
  g_assert_no_error (error); /* that is: not one page more than there is */
  while (error == NULL)
    {
      g_autofree char *sn = g_strdup_printf ("S%u", written);

      seq = sm_rules_get_seq (f->rules);
      if (fixture_add_station (f, sn, NULL, &error) > 0 && error == NULL)
        written++;
    }
  g_assert_error (error, SM_ERROR, SM_ERROR_FULL);
  g_clear_error (&error);
  g_assert_cmpint (sm_rules_get_seq (f->rules), ==, seq);
  g_assert_null (read_station (f, written + 1));
  /* Meanwhile the trucks go on, and what is found about them waits. */
  fixture_report (f, vehicle, 50, 61);
  sm_clock_advance (f->network, 20 * SM_SECOND);
  fixture_report (f, vehicle, 50, 62);
  sm_connection_exec (sm_rules_get_connection (f->rules), "PRAGMA max_page_count = 1000000", &error);
  g_assert_no_error (error);
  fixture_pass (f, 1);
  sm_row_unref (fixture_only_alarm (f));
  g_assert_cmpint (fixture_add_station (f, "later", NULL, &error), >, 0);
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/stations/again-changes-nothing", test_again_changes_nothing);
  g_test_add_func ("/rules/stations/what-is-filled-in", test_what_is_filled_in);
  g_test_add_func ("/rules/stations/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/rules/stations/bad-place", test_bad_place);
  g_test_add_func ("/rules/stations/import-is-audited", test_import_is_audited);
  g_test_add_func ("/rules/stations/contact", test_contact);
  g_test_add_func ("/rules/stations/rename", test_rename);
  g_test_add_func ("/rules/audit/before-and-after", test_audit);
  g_test_add_func ("/rules/disk/full", test_full_disk);
  return g_test_run ();
}
