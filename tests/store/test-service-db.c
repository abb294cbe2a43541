/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-access-table.h"
#include "sm-audit-table.h"
#include "sm-bound.h"
#include "sm-error.h"
#include "sm-live-file.h"
#include "sm-record-table.h"
#include "sm-history-table.h"
#include "sm-ring-table.h"
#include "sm-rollup-table.h"
#include "sm-schema.h"
#include "sm-service-db.h"
#include "sm-service-rows-private.h"
#include "sm-time.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *dir;
  char *path;
} Place;

static Place *
place_new (void)
{
  Place *place = g_new (Place, 1);

  place->dir = g_dir_make_tmp ("sm-store-XXXXXX", NULL);
  place->path = g_build_filename (place->dir, "network.db", NULL);
  return place;
}

static void
place_free (Place *place)
{
  g_autoptr (GDir) dir = g_dir_open (place->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (place->dir);
  g_free (place->path);
  g_free (place->dir);
  g_free (place);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Place, place_free)

static SmServiceDb *
open_db (Place *place)
{
  g_autoptr (GError) error = NULL;
  SmServiceDb *db = sm_service_db_open (place->path, FALSE, &error);

  g_assert_no_error (error);
  return db;
}

static void
run (SmConnection *connection,
     const char   *sql)
{
  g_autoptr (GError) error = NULL;

  sm_connection_exec (connection, sql, &error);
  g_assert_no_error (error);
}

static SmRow *
make_vehicle (const char *plate,
              gint64      fleet)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_int (row, SM_ROW_FLEET_ID, fleet);
  sm_row_set_text (row, SM_VEHICLE_PLATE, plate);
  sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, 10);
  return row;
}

/* --- the tables --- */

static const char *
type_of (SmKind kind)
{
  if (kind == SM_KIND_REAL)
    return "REAL";
  return kind == SM_KIND_TEXT || kind == SM_KIND_ENUM || kind == SM_KIND_NAME ? "TEXT" : "INTEGER";
}

static void
check_table (SmConnection *connection,
             const char   *table,
             const SmNoun *noun,
             SmClass       klass)
{
  g_autoptr (GString) wanted = g_string_new (NULL);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (SmStatement) statement = NULL;
  gboolean has_row;

  for (guint i = 0; i < noun->n_fields; i++)
    {
      const SmField *field = &noun->fields[i];
      gboolean required = klass == SM_RECORD && (field->flags & SM_FIELD_REQUIRED) != 0;

      if (field->klass == klass || i == SM_ROW_ID)
        g_string_append_printf (wanted, "%s %s%s, ", field->name, type_of (field->kind),
                                required && i != SM_ROW_ID ? " required" : "");
    }
  statement = sm_bound_prepare (connection, NULL,
                                "SELECT name, type, \"notnull\" FROM pragma_table_info (?1)", "t",
                                table);
  while (sm_statement_step (statement, &has_row, NULL) && has_row)
    g_string_append_printf (found, "%s %s%s, ", sm_statement_get_text (statement, 0),
                            sm_statement_get_text (statement, 1),
                            sm_statement_get_int (statement, 2) == 1 ? " required" : "");
  g_assert_cmpstr (found->str, ==, wanted->str);
}

static void
test_tables_are_the_field_tables (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (SmServiceDb) db = open_db (place);
  g_autofree char *live_path = g_strconcat (place->path, "-live", NULL);
  g_autoptr (SmConnection) live = sm_live_file_open (live_path, NULL);

  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);
      g_autofree char *live_table = g_strconcat (noun->name, "_live", NULL);

      check_table (sm_service_db_get_connection (db), noun->name, noun, SM_RECORD);
      if (sm_noun_has_live (noun))
        check_table (live, live_table, noun, SM_LIVE);
    }
}

/* --- migrations --- */

static void
test_from_nothing (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (SmServiceDb) db = open_db (place);
  g_autofree char *epoch = sm_service_db_get_meta (db, "epoch", NULL);
  g_autoptr (SmServiceDb) again = NULL;
  g_autofree char *same = NULL;

  g_assert_true (g_uuid_string_is_valid (epoch));
  g_assert_cmpint (sm_service_db_get_seq (db), ==, 8); /* the limits that come with it */
  g_clear_pointer (&db, sm_service_db_close);
  again = open_db (place);
  same = sm_service_db_get_meta (again, "epoch", NULL);
  g_assert_cmpstr (same, ==, epoch);
}

static void
assert_not_opened (Place      *place,
                   const char *slug)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;

  g_assert_true (g_file_get_contents (place->path, &before, &length_before, NULL));
  g_assert_null (sm_service_db_open (place->path, FALSE, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_CORRUPT);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
  g_assert_true (g_file_get_contents (place->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

/* Who was signed in before refresh tokens served once stays so. */
static void
test_sessions_stay (void)
{
  g_autoptr (Place) place = place_new ();
  SmConnection *connection = sm_connection_open (place->path, SM_OPEN_READ_WRITE, NULL);
  g_autoptr (GPtrArray) sessions = NULL;
  const SmSessionRecord *session;
  SmServiceDb *db;

  g_assert_true (sm_schema_run (connection, "service/001-first-truck.sql", NULL));
  g_assert_true (sm_schema_run (connection, "service/002-the-network.sql", NULL));
  run (connection, "INSERT INTO session (refresh_hash, token_hash, user_id, expires_at, "
                   "refresh_expires_at) VALUES ('r', 't', 7, 100, 200)");
  run (connection, "PRAGMA user_version = 2");
  sm_connection_close (connection);
  db = open_db (place);
  sessions = sm_session_table_list (sm_service_db_get_connection (db), NULL);
  g_assert_cmpuint (sessions->len, ==, 1);
  session = sessions->pdata[0];
  g_assert_cmpstr (session->family_hash, ==, "r");
  g_assert_cmpstr (session->refresh_hash, ==, "r");
  g_assert_cmpstr (session->token_hash, ==, "t");
  g_assert_null (session->previous_hash);
  g_assert_true (session->is_used);
  g_assert_cmpint (session->refresh_expires_at, ==, 200);
  sm_service_db_close (db);
}

static void
test_newer_is_refused (void)
{
  g_autoptr (Place) place = place_new ();
  SmServiceDb *db = open_db (place);

  run (sm_service_db_get_connection (db), "PRAGMA user_version = 999");
  sm_service_db_close (db);
  assert_not_opened (place, "storage-newer");
}

static void
test_foreign_is_refused (void)
{
  g_autoptr (Place) place = place_new ();
  SmConnection *connection = sm_connection_open (place->path, SM_OPEN_READ_WRITE, NULL);

  run (connection, "CREATE TABLE recipes (name TEXT)");
  sm_connection_close (connection);
  assert_not_opened (place, "storage-foreign");
}

static void
test_no_database_is_refused (void)
{
  g_autoptr (Place) place = place_new ();
  const char text[] = "Dear diary, today I was taken for a database, which I am not at all.";

  g_assert_true (g_file_set_contents (place->path, text, -1, NULL));
  assert_not_opened (place, "storage-corrupt");
}

/* --- plans --- */

static void
check_plan (SmConnection *connection,
            const char   *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, explain, &error);
  gboolean has_row;

  g_assert_no_error (error);
  while (sm_statement_step (statement, &has_row, NULL) && has_row)
    {
      const char *step = sm_statement_get_text (statement, 3);

      /* The ids of a scope are a list that is run through. */
      if ((g_str_has_prefix (step, "SCAN") && !g_str_has_prefix (step, "SCAN json_each"))
          || strstr (step, "TEMP B-TREE") != NULL)
        g_error ("%s: %s", sql, step);
    }
  g_assert_nonnull (strstr (sql, "LIMIT"));
}

/* A range of a rollup is found by an index; it may be sorted then. */
static void
check_rollup_plan (SmConnection *connection,
                   const char   *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, explain, &error);
  gboolean has_row;

  g_assert_no_error (error);
  while (sm_statement_step (statement, &has_row, NULL) && has_row)
    {
      const char *step = sm_statement_get_text (statement, 3);

      /* Stations and fleets are few, and a scope is made of them. */
      if (g_str_has_prefix (step, "SCAN station_") || g_str_has_prefix (step, "SCAN fleet_")
          || g_str_has_prefix (step, "SCAN area_"))
        g_error ("%s: %s", sql, step);
    }
  g_assert_nonnull (strstr (sql, "LIMIT"));
}

static void
check_history_plan (SmConnection  *connection,
                    const SmNoun  *noun,
                    const SmScope *scope,
                    guint          field)
{
  SmHistoryQuery query = { .noun = noun, .newest_first = TRUE, .from = 1, .to = 2,
                           .after_time = 3, .n_equals = field != 0,
                           .equals = { { field, "1" } } };
  g_autofree char *sql = sm_history_sql (&query, scope);
  g_autofree char *first = NULL;

  check_plan (connection, sql);
  query.newest_first = FALSE;
  query.after_time = SM_UNKNOWN;
  first = sm_history_sql (&query, scope);
  check_plan (connection, first);
}

/* History is always read along an index of its time, and never sorted. */
static void
check_history_plans (SmConnection *connection)
{
  static const SmNounId nouns[] = { SM_NOUN_ORDER, SM_NOUN_BATTERY_MOVEMENT,
                                    SM_NOUN_DRIVING_EVENT, SM_NOUN_ALARM };
  const gint64 ids[] = { 1, 2 };

  for (guint kind = SM_SCOPE_ALL; kind <= SM_SCOPE_FLEETS; kind++)
    for (guint ids_in_scope = 1; ids_in_scope <= 2; ids_in_scope++)
      {
        g_autoptr (SmScope) scope = sm_scope_new (kind, ids, ids_in_scope);
        g_autofree char *ended = sm_ended_orders_sql (scope);

        check_plan (connection, ended);
        for (guint of_area = 0; of_area < 2; of_area++)
          {
            g_autofree char *raised = sm_ring_raised_sql (scope, of_area);
            g_autofree char *steps = sm_ring_steps_sql (scope, of_area);

            check_plan (connection, raised);
            check_plan (connection, steps);
          }
        for (guint table = 0; table < SM_ROLLUP_N_TABLES; table++)
          {
            g_autofree char *all = sm_rollup_read_sql (table, scope, FALSE);
            g_autofree char *one = sm_rollup_read_sql (table, scope, TRUE);

            check_rollup_plan (connection, all);
            check_rollup_plan (connection, one);
          }
        for (guint of_one = 0; of_one < 2; of_one++)
          {
            g_autofree char *quarters = sm_area_quarter_sql (scope, of_one != 0);

            check_rollup_plan (connection, quarters);
          }
        for (guint n = 0; n < G_N_ELEMENTS (nouns); n++)
          for (guint f = 0; f < sm_noun_get (nouns[n])->n_fields; f++)
            if (f == 0 || sm_history_can_filter (sm_noun_get (nouns[n]), f))
              check_history_plan (connection, sm_noun_get (nouns[n]), scope, f);
      }
}

static void
test_plans (void)
{
  const gint64 ids[] = { 1, 2 };
  g_autoptr (Place) place = place_new ();
  g_autoptr (SmServiceDb) db = open_db (place);
  SmConnection *connection = sm_service_db_get_connection (db);

  for (guint kind = SM_SCOPE_ALL; kind <= SM_SCOPE_FLEETS; kind++)
    for (guint n = 0; n < SM_N_NOUNS; n++)
      {
        const SmNoun *noun = sm_noun_get (n);
        g_autoptr (SmScope) scope = sm_scope_new (kind, ids, 2);
        g_autofree char *changes = sm_service_changes_sql (noun, scope);
        g_autofree char *tombstones = sm_service_tombstones_sql (noun, scope);
        g_autofree char *list = sm_service_list_sql (noun, scope, -1);

        if (!noun->is_history)
          check_plan (connection, changes);
        check_plan (connection, tombstones);
        if (noun->is_history) /* see check_history_plans() */
          continue;
        check_plan (connection, list);
        for (guint i = 0; i < noun->n_fields; i++)
          if (noun->fields[i].klass == SM_RECORD && sm_service_has_index (noun, i))
            {
              g_autofree char *filtered = sm_service_list_sql (noun, scope, (int) i);

              check_plan (connection, filtered);
            }
      }
  check_history_plans (connection);
  check_rollup_plan (connection, SM_ROLLUP_USUAL_SQL);
  check_plan (connection, SM_AUDIT_LIST_SQL);
  check_plan (connection, SM_AUDIT_LIST_OBJECT_SQL);
}

/* --- transactions --- */

static gint64
count_vehicles (SmServiceDb *db)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GPtrArray) rows = sm_service_list (sm_service_db_get_connection (db),
                                                sm_noun_get (SM_NOUN_VEHICLE), all, -1, NULL, 0,
                                                100000, NULL);

  return rows->len;
}

static void
test_savepoints (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (SmServiceDb) db = open_db (place);
  g_autoptr (SmRow) a = make_vehicle ("A", 1);
  g_autoptr (SmRow) b = make_vehicle ("B", 1);
  g_autoptr (SmRow) c = make_vehicle ("C", 1);
  g_autoptr (SmRow) again = make_vehicle ("A", 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (sm_service_db_begin (db, NULL));
  g_assert_true (sm_service_db_put (db, a, NULL, 0, NULL));
  g_assert_true (sm_service_db_begin (db, NULL));
  g_assert_true (sm_service_db_put (db, b, NULL, 0, NULL));
  g_assert_false (sm_service_db_put (db, again, NULL, 0, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_CONFLICT);
  sm_service_db_rollback (db);
  g_assert_true (sm_service_db_begin (db, NULL));
  g_assert_true (sm_service_db_put (db, c, NULL, 0, NULL));
  g_assert_true (sm_service_db_commit (db, NULL));
  g_assert_true (sm_service_db_commit (db, NULL));
  g_assert_cmpint (count_vehicles (db), ==, 2);
  g_assert_cmpint (sm_row_get_int (c, SM_ROW_SEQ), >, sm_row_get_int (a, SM_ROW_SEQ));
  g_assert_cmpint (sm_service_db_get_seq (db), ==, sm_row_get_int (c, SM_ROW_SEQ));
  g_assert_true (sm_service_db_begin (db, NULL));
  g_assert_true (sm_service_db_remove (db, a, 0, NULL));
  sm_service_db_rollback (db);
  g_assert_cmpint (count_vehicles (db), ==, 2);
  g_assert_cmpint (sm_service_db_get_seq (db), ==, sm_row_get_int (c, SM_ROW_SEQ));
}

/* An id is never used a second time. */
static void
test_ids_are_not_reused (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (SmServiceDb) db = open_db (place);
  g_autoptr (SmRow) a = make_vehicle ("A", 1);
  g_autoptr (SmRow) b = make_vehicle ("B", 1);

  g_assert_true (sm_service_db_begin (db, NULL));
  g_assert_true (sm_service_db_put (db, a, NULL, 0, NULL));
  g_assert_true (sm_service_db_remove (db, a, 0, NULL));
  g_assert_true (sm_service_db_put (db, b, NULL, 0, NULL));
  g_assert_true (sm_service_db_commit (db, NULL));
  g_assert_cmpint (sm_row_get_id (b), >, sm_row_get_id (a));
}

static void
test_audit_is_immutable (void)
{
  static const char *const attempts[] = { "UPDATE audit_log SET actor = 'nobody'",
                                          "DELETE FROM audit_log",
                                          "REPLACE INTO audit_log SELECT * FROM audit_log" };
  g_autoptr (Place) place = place_new ();
  g_autoptr (SmServiceDb) db = open_db (place);
  SmConnection *connection = sm_service_db_get_connection (db);
  SmAuditEntry entry = { .actor_kind = (char *) "person", .actor = (char *) "li",
                         .act = (char *) "alarm.acknowledge", .object = (char *) "alarm/7",
                         .outcome = (char *) "done" };
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_true (sm_audit_table_add (connection, &entry, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    g_assert_false (sm_connection_exec (connection, attempts[i], NULL));
  entries = sm_audit_table_list (connection, "alarm/7", G_MAXINT64, 10, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((SmAuditEntry *) entries->pdata[0])->actor, ==, "li");
}

/* --- trouble --- */

static void
write_until_error (SmServiceDb  *db,
                   gint64       *out_written,
                   GError      **error)
{
  gboolean ok = TRUE;

  for (*out_written = 0; ok && *out_written < 100000; *out_written += ok)
    {
      g_autofree char *plate = g_strdup_printf ("%0200d", (int) *out_written);
      g_autoptr (SmRow) row = make_vehicle (plate, 1);

      ok = sm_service_db_begin (db, error);
      if (!ok)
        break;
      ok = sm_service_db_put (db, row, NULL, 0, error);
      if (ok)
        ok = sm_service_db_commit (db, error);
      else
        sm_service_db_rollback (db);
    }
}

static void
test_full_disk (void)
{
  g_autoptr (Place) place = place_new ();
  SmServiceDb *db = open_db (place);
  g_autoptr (GError) error = NULL;
  gint64 written;

  run (sm_service_db_get_connection (db), "PRAGMA max_page_count = 100");
  write_until_error (db, &written, &error);
  g_assert_error (error, SM_ERROR, SM_ERROR_FULL);
  g_assert_cmpstr (sm_error_get_slug (error), ==, "storage-full");
  g_assert_cmpint (written, >, 0);
  g_assert_cmpint (count_vehicles (db), ==, written);
  g_assert_cmpint (sm_service_db_get_seq (db), ==, 8 + written);
  sm_service_db_close (db);
  db = open_db (place);
  g_assert_cmpint (count_vehicles (db), ==, written);
  g_assert_cmpint (sm_service_db_get_seq (db), ==, 8 + written);
  sm_service_db_close (db);
}

/* Returns: bytes of the largest file of the database */
static goffset
largest_file (Place *place)
{
  g_autoptr (GDir) dir = g_dir_open (place->dir, 0, NULL);
  goffset largest = 0;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->dir, name, NULL);
      GStatBuf info;

      if (g_stat (path, &info) == 0)
        largest = MAX (largest, info.st_size);
    }
  return largest;
}

/* The kernel refuses to write on: what was said to be done is there. */
static void
test_write_refused (void)
{
  g_autoptr (Place) place = place_new ();
  SmServiceDb *db = open_db (place);
  g_autoptr (GError) error = NULL;
  struct rlimit old, low;
  gint64 written;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  low = old;
  low.rlim_cur = (rlim_t) largest_file (place) + 200 * 1024;
  setrlimit (RLIMIT_FSIZE, &low);
  write_until_error (db, &written, &error);
  setrlimit (RLIMIT_FSIZE, &old);
  g_assert_nonnull (error);
  g_assert_true (g_error_matches (error, SM_ERROR, SM_ERROR_IO)
                 || g_error_matches (error, SM_ERROR, SM_ERROR_FULL));
  g_clear_error (&error);
  g_assert_cmpint (written, >, 0);
  g_assert_cmpint (count_vehicles (db), ==, written);
  sm_service_db_close (db);
  db = open_db (place);
  g_assert_cmpint (count_vehicles (db), ==, written);
  sm_service_db_close (db);
}

static void
write_and_tell (Place *place,
                int    pipe_end)
{
  SmServiceDb *db = open_db (place);

  for (int i = 0;; i++)
    {
      g_autofree char *plate = g_strdup_printf ("%d-%d", (int) getpid (), i);
      g_autoptr (SmRow) row = make_vehicle (plate, 1);
      gint64 seq;

      if (!sm_service_db_begin (db, NULL) || !sm_service_db_put (db, row, NULL, 0, NULL)
          || !sm_service_db_commit (db, NULL))
        _exit (1);
      seq = sm_row_get_int (row, SM_ROW_SEQ);
      if (write (pipe_end, &seq, sizeof seq) != sizeof seq)
        _exit (1);
    }
}

/* Killed while it writes: nothing that was told is lost, and seq only rises. */
static void
test_killed (void)
{
  g_autoptr (Place) place = place_new ();
  gint64 last = 0, total = 0;

  sm_service_db_close (open_db (place));
  for (guint round = 0; round < 5; round++)
    {
      SmServiceDb *db;
      gint64 seq;
      int ends[2];
      pid_t child;

      g_assert_cmpint (pipe (ends), ==, 0);
      child = fork ();
      if (child == 0)
        write_and_tell (place, ends[1]);
      close (ends[1]);
      for (guint i = 0; i < 10 + round; i++)
        {
          g_assert_cmpint (read (ends[0], &seq, sizeof seq), ==, sizeof seq);
          g_assert_cmpint (seq, >, last);
          last = seq;
          total++;
        }
      kill (child, SIGKILL);
      while (read (ends[0], &seq, sizeof seq) == sizeof seq)
        {
          last = seq;
          total++;
        }
      waitpid (child, NULL, 0);
      close (ends[0]);
      db = open_db (place);
      g_assert_cmpint (sm_service_db_get_seq (db), >=, last);
      g_assert_cmpint (count_vehicles (db), >=, total);
      last = sm_service_db_get_seq (db);
      total = count_vehicles (db);
      sm_service_db_close (db);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/service/tables-are-the-field-tables", test_tables_are_the_field_tables);
  g_test_add_func ("/store/service/plans", test_plans);
  g_test_add_func ("/store/service/savepoints", test_savepoints);
  g_test_add_func ("/store/service/ids-are-not-reused", test_ids_are_not_reused);
  g_test_add_func ("/store/service/audit-is-immutable", test_audit_is_immutable);
  g_test_add_func ("/store/migrations/from-nothing", test_from_nothing);
  g_test_add_func ("/store/migrations/sessions-stay", test_sessions_stay);
  g_test_add_func ("/store/migrations/newer-is-refused", test_newer_is_refused);
  g_test_add_func ("/store/migrations/foreign-is-refused", test_foreign_is_refused);
  g_test_add_func ("/store/migrations/no-database-is-refused", test_no_database_is_refused);
  g_test_add_func ("/store/trouble/full-disk", test_full_disk);
  g_test_add_func ("/store/trouble/write-refused", test_write_refused);
  g_test_add_func ("/store/trouble/killed", test_killed);
  return g_test_run ();
}
