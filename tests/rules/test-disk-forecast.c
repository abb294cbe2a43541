/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-disk-forecast.h"
#include "sm-rules-private.h"

/* A table that nobody said of how it grows is one that fills a disk without a word. */
static void
test_every_table (void)
{
  static const char *const files[] = { "", "-live", "-telemetry" };
  g_autoptr (Fixture) f = fixture_new ();

  fixture_pass (f, 5);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strconcat (f->path, files[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (SmConnection) connection
          = sm_connection_open (name, SM_OPEN_READ_ONLY, &error);
      g_auto (GStrv) tables = NULL;

      g_assert_no_error (error);
      tables = sm_disk_use_list (connection, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (tables), >, 0);
      for (guint n = 0; tables[n] != NULL; n++)
        if (!sm_disk_forecast_knows (files[i], tables[n]))
          g_error ("%s%s: how it grows is to be said in src/rules/sm-disk-forecast.c", tables[n],
                   files[i]);
    }
}

static gpointer
do_fill (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  /* A hundred a day for thirty days, of which the last seven were twice as many. */
  static const char sql[]
      = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 3699)"
        "INSERT INTO %s SELECT 1 + i, 1, CASE WHEN i < 2300 THEN i * 864000000"
        " ELSE 23 * 86400000000 + (i - 2300) * 432000000 END + 1750000000000000, 1, 'x' FROM n";
  g_autofree char *tombstones = g_strdup_printf (sql, "tombstone (seq, id, deleted_at, moved, noun)");
  g_autofree char *steps
      = g_strdup_printf (sql, "alarm_transition (id, alarm_id, at, to_state, event)");

  g_assert_true (sm_connection_exec (sm_rules_get_connection (rules), tombstones, error));
  g_assert_true (sm_connection_exec (sm_rules_get_connection (rules), steps, error));
  return NULL;
}

static const SmDiskLine *
find_line (GPtrArray  *lines,
           const char *table)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (((const SmDiskLine *) lines->pdata[i])->table, table))
      return lines->pdata[i];
  g_assert_not_reached ();
}

/* What is kept for good goes on as in the last week, what is kept for a time ends to grow, and
 * a register stays. */
static void
test_year (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const SmDiskLine *line;

  sm_rules_run_sync (f->rules, do_fill, NULL, &error);
  g_assert_no_error (error);
  lines = sm_disk_forecast_read (f->path, 365, &error);
  g_assert_no_error (error);
  line = find_line (lines, "alarm_transition");
  g_assert_cmpint (line->use.rows, ==, 3700);
  g_assert_cmpfloat_with_epsilon (line->use.rows_a_day, 200, 1);
  g_assert_cmpint (line->use.bytes, >, 3700 * 10);
  g_assert_cmpint (line->bytes_later, >, line->use.bytes * 20);
  g_assert_cmpint (line->bytes_later, <, line->use.bytes * 21);
  line = find_line (lines, "tombstone");
  g_assert_cmpint (line->bytes_later, >, line->use.bytes * 3 / 2);
  g_assert_cmpint (line->bytes_later, <, line->use.bytes * 2);
  line = find_line (lines, "area");
  g_assert_false (line->grows);
  g_assert_cmpint (line->bytes_later, ==, line->use.bytes);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/disk-forecast/every-table", test_every_table);
  g_test_add_func ("/rules/disk-forecast/year", test_year);
  return g_test_run ();
}
