/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cache-files.h"
#include "sm-cache-reader.h"
#include "sm-cache.h"
#include "sm-error.h"
#include "sm-record-table.h"
#include "sm-schema.h"
#include "sm-time.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVER "http://127.0.0.1:1"

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("sm-cache-XXXXXX", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
}

static SmCache *
open_cache (const char *dir)
{
  g_autoptr (GError) error = NULL;
  SmCache *cache = sm_cache_open (dir, SERVER, &error);

  g_assert_no_error (error);
  return cache;
}

static SmRow *
make_station (gint64 id,
              gint64 seq)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  g_autofree char *sn = g_strdup_printf ("SN%" G_GINT64_FORMAT, id);

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, seq);
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_text (row, SM_STATION_SN, sn);
  sm_row_take_text (row, SM_STATION_NAME, sm_name_new ("Station", "站"));
  sm_row_set_text (row, SM_STATION_STATE, id % 2 == 0 ? "operating" : "not yet known");
  sm_row_set_real (row, SM_STATION_LATITUDE, 22.5);
  sm_row_set_text (row, SM_STATION_CONNECTION, "online");
  return row;
}

static void
put_station (SmCache *cache,
             gint64   id,
             gint64   seq)
{
  g_autoptr (SmRow) row = make_station (id, seq);
  g_autoptr (GError) error = NULL;

  sm_cache_put (cache, row, SM_RECORD, &error);
  g_assert_no_error (error);
}

/* A whole copy with @n stations and the cursor "c1". */
static void
load (SmCache *cache,
      guint    n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sm_cache_begin_rebuild (cache, &error));
  g_assert_true (sm_cache_begin (cache, &error));
  for (guint i = 1; i <= n; i++)
    put_station (cache, i, i);
  g_assert_true (sm_cache_commit (cache, &error));
  g_assert_true (sm_cache_finish_rebuild (cache, "c1", &error));
  g_assert_no_error (error);
}

static guint
count_stations (SmCache *cache)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) reader = sm_connection_open (sm_cache_get_path (cache),
                                                        SM_OPEN_READ_ONLY, &error);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_no_error (error);
  rows = sm_cache_read_all (reader, sm_noun_get (SM_NOUN_STATION), &error);
  g_assert_no_error (error);
  return rows->len;
}

static void
test_schema (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) connection = sm_connection_open (":memory:", SM_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  sm_schema_run (connection, "cache.sql", &error);
  g_assert_no_error (error);
  g_assert_cmpint (sm_schema_get_version (connection, NULL), ==, SM_CACHE_VERSION);
  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);
      g_autoptr (SmRow) row = sm_row_new (noun);
      g_autoptr (GPtrArray) rows = NULL;

      /* Every field of the table is a column, and comes back as it was. */
      for (guint f = 0; f < noun->n_fields; f++)
        switch (noun->fields[f].kind)
          {
          case SM_KIND_REAL:
            sm_row_set_real (row, f, f + 0.5);
            break;
          case SM_KIND_INT:
          case SM_KIND_BOOL:
          case SM_KIND_TIME:
            sm_row_set_int (row, f, f + 1);
            break;
          default:
            sm_row_set_text (row, f, "värde");
          }
      g_assert_true (sm_record_put (connection, row, SM_RECORD, &error));
      if (sm_noun_has_live (noun))
        g_assert_true (sm_record_put (connection, row, SM_LIVE, &error));
      g_assert_no_error (error);
      rows = sm_record_select (connection, noun, TRUE, "LIMIT 2", SM_UNKNOWN, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (rows->len, ==, 1);
      g_assert_true (sm_row_equal (row, g_ptr_array_index (rows, 0)));
    }
}

static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  {
    g_autoptr (SmCache) cache = open_cache (fixture->dir);

    g_assert_null (sm_cache_get_problem (cache));
    g_assert_false (sm_cache_is_whole (cache));
    load (cache, 3);
    g_assert_true (sm_cache_is_whole (cache));
    g_assert_cmpuint (count_stations (cache), ==, 3);
  }
  {
    g_autoptr (SmCache) cache = open_cache (fixture->dir);
    g_autofree char *cursor = sm_cache_dup_meta (cache, SM_CACHE_CURSOR);

    g_assert_true (sm_cache_is_whole (cache));
    g_assert_cmpstr (cursor, ==, "c1");
    g_assert_cmpuint (count_stations (cache), ==, 3);
    g_assert_cmpint (sm_cache_get_seq (cache, sm_noun_get (SM_NOUN_STATION), 2), ==, 2);
    g_assert_cmpint (sm_cache_get_seq (cache, sm_noun_get (SM_NOUN_STATION), 9), ==, G_MAXINT64);
  }
}

static void
test_half_is_no_copy (Fixture       *fixture,
                      gconstpointer  data)
{
  {
    g_autoptr (SmCache) cache = open_cache (fixture->dir);

    load (cache, 3);
    g_assert_true (sm_cache_begin_rebuild (cache, NULL));
    g_assert_true (sm_cache_begin (cache, NULL));
    put_station (cache, 1, 9);
    g_assert_true (sm_cache_commit (cache, NULL));
    /* The old one stays readable while the new one is built ... */
    g_assert_cmpuint (count_stations (cache), ==, 3);
  }
  {
    /* ... and is what is there when the program ends before that. */
    g_autoptr (SmCache) cache = open_cache (fixture->dir);

    g_assert_true (sm_cache_is_whole (cache));
    g_assert_cmpuint (count_stations (cache), ==, 3);
    g_assert_cmpint (sm_cache_get_seq (cache, sm_noun_get (SM_NOUN_STATION), 1), ==, 1);
  }
}

static void
test_swap (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (SmCache) cache = open_cache (fixture->dir);
  g_autofree char *old = NULL;

  load (cache, 3);
  old = g_strdup (sm_cache_get_path (cache));
  load (cache, 2);
  g_assert_cmpstr (sm_cache_get_path (cache), !=, old);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_stations (cache), ==, 2);
}

static void
test_rollback (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SmCache) cache = open_cache (fixture->dir);
  g_autofree char *cursor = NULL;

  load (cache, 1);
  g_assert_true (sm_cache_begin (cache, NULL));
  put_station (cache, 2, 2);
  g_assert_true (sm_cache_set_meta (cache, SM_CACHE_CURSOR, "c2", NULL));
  sm_cache_rollback (cache);
  cursor = sm_cache_dup_meta (cache, SM_CACHE_CURSOR);
  g_assert_cmpstr (cursor, ==, "c1");
  g_assert_cmpuint (count_stations (cache), ==, 1);
}

static void
test_other_server (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (SmCache) cache = open_cache (fixture->dir);

    load (cache, 3);
  }
  {
    g_autoptr (SmCache) cache = sm_cache_open (fixture->dir, "http://other.example", &error);

    g_assert_no_error (error);
    g_assert_false (sm_cache_is_whole (cache));
    g_assert_cmpuint (count_stations (cache), ==, 0);
  }
}

static void
test_other_version (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = NULL;

  {
    g_autoptr (SmCache) cache = open_cache (fixture->dir);

    load (cache, 3);
    path = g_strdup (sm_cache_get_path (cache));
  }
  {
    g_autoptr (SmConnection) connection = sm_connection_open (path, SM_OPEN_READ_WRITE, NULL);

    g_assert_true (sm_connection_exec (connection, "PRAGMA user_version = 999", NULL));
  }
  {
    g_autoptr (SmCache) cache = open_cache (fixture->dir);

    g_assert_false (sm_cache_is_whole (cache));
    g_assert_null (sm_cache_get_problem (cache));
    load (cache, 1);
    g_assert_cmpuint (count_stations (cache), ==, 1);
  }
}

/* R5 at a tenth: whatever happens to the file, the next start works. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *path = NULL, *content = NULL;
      gsize length;

      {
        g_autoptr (SmCache) cache = open_cache (fixture->dir);

        load (cache, 200);
        path = g_strdup (sm_cache_get_path (cache));
      }
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      if (round % 4 == 3)
        length = (gsize) g_test_rand_int_range (0, (int) length);
      else
        for (guint i = 0; i < 400; i++)
          content[g_test_rand_int_range (0, round % 4 == 0 ? 100 : (int) length)]
              = (char) g_test_rand_int ();
      g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
      {
        g_autoptr (SmCache) cache = open_cache (fixture->dir);

        /* Either it was seen at once, or it is when it is loaded anew. */
        load (cache, 200);
        g_assert_null (sm_cache_get_problem (cache));
        g_assert_cmpuint (count_stations (cache), ==, 200);
      }
    }
}

static void
test_not_writable (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *file = g_build_filename (fixture->dir, "file", NULL);
  g_autofree char *below = g_build_filename (file, "cache", NULL);
  g_autoptr (SmCache) cache = NULL;

  /* A folder below a file cannot be made, not even by root. */
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  cache = open_cache (below);
  g_assert_cmpstr (sm_cache_get_problem (cache), ==, "cache-not-writable");
  load (cache, 5);
  g_assert_cmpuint (count_stations (cache), ==, 5);
  load (cache, 4);
  g_assert_cmpuint (count_stations (cache), ==, 4);
}

static void
test_in_use (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (SmCache) first = open_cache (fixture->dir);
  g_autoptr (SmCache) second = open_cache (fixture->dir);

  g_assert_null (sm_cache_get_problem (first));
  g_assert_cmpstr (sm_cache_get_problem (second), ==, "cache-in-use");
  load (second, 2);
  load (first, 3);
  g_assert_cmpuint (count_stations (second), ==, 2);
  g_assert_cmpuint (count_stations (first), ==, 3);
}

static void
test_recover (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (SmCache) cache = open_cache (fixture->dir);
  g_autoptr (GError) full = NULL;
  g_autofree char *path = NULL;

  load (cache, 3);
  path = g_strdup (sm_cache_get_path (cache));
  sm_set_error (&full, SM_ERROR_FULL, "storage-full", "no space");
  g_assert_true (sm_cache_recover (cache, full, NULL));
  g_assert_cmpstr (sm_cache_get_problem (cache), ==, "storage-full");
  g_assert_false (sm_cache_is_whole (cache));
  load (cache, 2);
  g_assert_cmpuint (count_stations (cache), ==, 2);
  /* What was whole on the disk is there for the next start. */
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_vehicles (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SmCache) cache = open_cache (fixture->dir);
  g_autoptr (SmVehicleBatch) batch = sm_vehicle_batch_new (2), back = NULL;
  g_autoptr (SmConnection) reader = NULL;
  g_autoptr (SmRow) record = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
  SmVehicleColumns *columns = &batch->columns;

  for (guint i = 0; i < 2; i++)
    {
      columns->id[i] = 7 + i;
      columns->at[i] = sm_world_project (22.5, 114.0);
      columns->heading[i] = i == 0 ? 90 : SM_HEADING_UNKNOWN;
      columns->speed_kmh[i] = 42.5f;
      columns->soc[i] = 71.0f;
      columns->temperature_c[i] = 31.0f;
      columns->motion[i] = SM_MOTION_DRIVING;
      columns->energy[i] = SM_ENUM_UNKNOWN;
      columns->connection[i] = SM_CONNECTION_LATE;
      columns->reported_at[i] = 12345;
      columns->battery_id[i] = columns->station_id[i] = SM_UNKNOWN;
      columns->queue_since[i] = columns->eta[i] = SM_UNKNOWN;
      columns->range_m[i] = 120000;
      columns->queue[i] = columns->reach[i] = SM_ENUM_UNKNOWN;
      columns->insulation_ohm_per_v[i] = columns->spread_mv[i] = NAN;
    }
  sm_row_set_int (record, SM_ROW_ID, 7);
  g_assert_true (sm_cache_put_vehicles (cache, columns, NULL));
  g_assert_true (sm_cache_put (cache, record, SM_RECORD, NULL));
  reader = sm_connection_open (sm_cache_get_path (cache), SM_OPEN_READ_ONLY, NULL);
  back = sm_cache_read_vehicles (reader, NULL);
  /* The live row of vehicle 8 waits for its record. */
  g_assert_cmpuint (back->columns.n, ==, 1);
  g_assert_cmpint (back->columns.id[0], ==, 7);
  g_assert_cmpint (ABS ((gint64) back->columns.at[0].x - columns->at[0].x), <=, 2);
  g_assert_cmpint (ABS ((gint64) back->columns.at[0].y - columns->at[0].y), <=, 2);
  g_assert_cmpuint (back->columns.heading[0], ==, 90);
  g_assert_cmpfloat (back->columns.soc[0], ==, 71.0f);
  g_assert_cmpuint (back->columns.energy[0], ==, SM_ENUM_UNKNOWN);
  g_assert_cmpuint (back->columns.connection[0], ==, SM_CONNECTION_LATE);
  g_assert_cmpint (back->columns.reported_at[0], ==, 12345);
}

/* The child writes pages: cursor N with the stations 1..N, until it is killed. */
static void
write_for_ever (const char *dir,
                int         fd)
{
  g_autoptr (SmCache) cache = sm_cache_open (dir, SERVER, NULL);
  gint64 n;

  if (!sm_cache_is_whole (cache))
    {
      sm_cache_begin_rebuild (cache, NULL);
      sm_cache_finish_rebuild (cache, "0", NULL);
    }
  for (;;)
    {
      g_autofree char *cursor = sm_cache_dup_meta (cache, SM_CACHE_CURSOR);
      g_autofree char *next = NULL;

      n = g_ascii_strtoll (cursor, NULL, 10) + 1;
      next = g_strdup_printf ("%" G_GINT64_FORMAT, n);
      sm_cache_begin (cache, NULL);
      sm_cache_set_meta (cache, SM_CACHE_CURSOR, next, NULL);
      put_station (cache, n, n);
      sm_cache_commit (cache, NULL);
      if (write (fd, "x", 1) != 1)
        _exit (1);
      if (n % 25 == 0)
        {
          /* Sometimes everything is loaded again. */
          sm_cache_begin_rebuild (cache, NULL);
          sm_cache_begin (cache, NULL);
          for (gint64 i = 1; i <= n; i++)
            put_station (cache, i, i);
          sm_cache_commit (cache, NULL);
          sm_cache_finish_rebuild (cache, next, NULL);
        }
    }
}

/* R1 at a tenth. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 before = 0;

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (SmCache) cache = NULL;
      g_autofree char *cursor = NULL;
      gint64 n;
      char x;
      int fds[2];
      pid_t pid;

      g_assert_cmpint (pipe (fds), ==, 0);
      pid = fork ();
      if (pid == 0)
        write_for_ever (fixture->dir, fds[1]);
      close (fds[1]);
      /* After some pages, in the middle of whatever it does then. */
      for (gint32 pages = g_test_rand_int_range (1, 60); pages > 0; pages--)
        g_assert_cmpint (read (fds[0], &x, 1), ==, 1);
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      close (fds[0]);
      cache = open_cache (fixture->dir);
      g_assert_null (sm_cache_get_problem (cache));
      g_assert_true (sm_cache_is_whole (cache));
      cursor = sm_cache_dup_meta (cache, SM_CACHE_CURSOR);
      n = g_ascii_strtoll (cursor, NULL, 10);
      g_assert_cmpuint (count_stations (cache), ==, n);
      g_assert_cmpint (n, >=, before);
      before = n;
    }
  g_assert_cmpint (before, >, 0);
}

static char *
describe_found (SmConnection *reader,
                const SmNoun *noun,
                const char   *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = sm_cache_find (reader, noun, text, &error);
  GString *ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            sm_row_get_id (g_ptr_array_index (rows, i)));
  return g_string_free (ids, FALSE);
}

#define assert_finds(reader, noun, text, expected)                                  \
  G_STMT_START                                                                      \
  {                                                                                 \
    g_autofree char *found_ = describe_found (reader, sm_noun_get (noun), text);    \
    g_assert_cmpstr (found_, ==, expected);                                         \
  }                                                                                 \
  G_STMT_END

static void
test_find (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (SmCache) cache = open_cache (fixture->dir);
  g_autoptr (SmConnection) reader = NULL;
  g_autoptr (SmRow) odd = make_station (30, 30);
  g_autoptr (GPtrArray) all = NULL;

  load (cache, 29);
  sm_row_set_text (odd, SM_STATION_SN, "100%_X");
  sm_row_set_text (odd, SM_STATION_NAME, "not a name");
  g_assert_true (sm_cache_put (cache, odd, SM_RECORD, NULL));
  reader = sm_connection_open (sm_cache_get_path (cache), SM_OPEN_READ_ONLY, NULL);
  /* Exactly so before a part of it, whatever the letters' case. */
  assert_finds (reader, SM_NOUN_STATION, "sn2", "2 20 21 22 23 24 25 26 27 28 29");
  assert_finds (reader, SM_NOUN_STATION, "0%_", "30");
  assert_finds (reader, SM_NOUN_STATION, "%", "30");
  assert_finds (reader, SM_NOUN_STATION, "' OR 1 --", "");
  /* The names of the languages are no part of a name. */
  assert_finds (reader, SM_NOUN_STATION, "zh-CN", "");
  assert_finds (reader, SM_NOUN_STATION, "23站", "");
  all = sm_cache_find (reader, sm_noun_get (SM_NOUN_STATION), "站", NULL);
  g_assert_cmpuint (all->len, ==, SM_CACHE_FIND_LIMIT);
  assert_finds (reader, SM_NOUN_VEHICLE, "SN2", "");
  assert_finds (reader, SM_NOUN_ALARM, "2", "");
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/cache/columns-are-the-field-tables", test_schema);
  ADD ("/store/cache/is-there-at-the-next-start", test_whole);
  ADD ("/store/cache/half-a-rebuild-is-no-copy", test_half_is_no_copy);
  ADD ("/store/cache/rebuild-takes-the-old-ones-place", test_swap);
  ADD ("/store/cache/rows-and-cursor-together", test_rollback);
  ADD ("/store/cache/other-server-is-not-used", test_other_server);
  ADD ("/store/cache/other-version-is-rebuilt", test_other_version);
  ADD ("/store/cache/damaged-is-rebuilt", test_damaged);
  ADD ("/store/cache/not-writable-goes-on-in-memory", test_not_writable);
  ADD ("/store/cache/in-use-goes-on-in-memory", test_in_use);
  ADD ("/store/cache/full-disk-goes-on-in-memory", test_recover);
  ADD ("/store/cache/finds-by-a-part-of-a-name", test_find);
  ADD ("/store/cache/vehicles-come-back", test_vehicles);
  ADD ("/store/cache/killed-at-any-moment", test_killed);
  return g_test_run ();
}
