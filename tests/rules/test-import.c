/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "sm-error.h"
#include "sm-geo.h"
#include "sm-import.h"
#include "sm-stations.h"

#define SHENZHEN SM_SOURCE_DATA_DIR "/shenzhen/stations.csv"

/* A network of its own, and what an import said of the rows it refused. */
typedef struct
{
  char *folder;
  char *path;
  SmClock *clock;
  SmRules *rules;
  SmActor *actor;
  GString *problems;
  SmImportSummary summary;
} Fixture;

static SmRules *
open_network (Fixture *fixture)
{
  SmRulesOptions options = { .path = fixture->path, .network = fixture->clock,
                             .machine = fixture->clock };
  g_autoptr (GError) error = NULL;
  SmRules *rules = sm_rules_open (&options, &error);

  g_assert_no_error (error);
  return rules;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("sm-import-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "network.db", NULL);
  fixture->clock = sm_clock_new_manual (G_GINT64_CONSTANT (1767225600000000));
  fixture->rules = open_network (fixture);
  fixture->actor = sm_actor_new_system ("test");
  fixture->problems = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&fixture->rules, sm_rules_close);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  sm_clock_unref (fixture->clock);
  sm_actor_unref (fixture->actor);
  g_string_free (fixture->problems, TRUE);
  sm_import_summary_clear (&fixture->summary);
}

static void
report_cb (const SmImportProblem *problem,
           gpointer               user_data)
{
  g_string_append_printf (user_data, "%u:%s:%s\n", (guint) problem->line,
                          problem->column != NULL ? problem->column : "-", problem->reason);
}

typedef struct
{
  const char *data;
  gsize length, at;
} Source;

static gssize
fill (gpointer   user_data,
      char      *buffer,
      gsize      size,
      GError   **error)
{
  Source *source = user_data;
  gsize n = MIN (size, source->length - source->at);

  memcpy (buffer, source->data + source->at, n);
  source->at += n;
  return (gssize) n;
}

static gboolean
import_bytes (Fixture     *fixture,
              const char  *data,
              gsize        length,
              gboolean     dry_run,
              GError     **error)
{
  Source source = { data, length, 0 };
  SmImportOptions options = { .datum = SM_DATUM_WGS84, .dry_run = dry_run, .report = report_cb,
                              .report_data = fixture->problems };

  g_string_truncate (fixture->problems, 0);
  sm_import_summary_clear (&fixture->summary);
  return sm_import_stations (fixture->rules, fixture->actor, fill, &source, &options,
                             &fixture->summary, error);
}

static void
import_text (Fixture    *fixture,
             const char *text)
{
  g_autoptr (GError) error = NULL;

  import_bytes (fixture, text, strlen (text), FALSE, &error);
  g_assert_no_error (error);
}

static void
import_shenzhen (Fixture *fixture)
{
  SmImportOptions options = { .datum = SM_DATUM_GCJ02, .report = report_cb,
                              .report_data = fixture->problems };
  g_autoptr (GError) error = NULL;

  sm_import_summary_clear (&fixture->summary);
  sm_import_stations_file (fixture->rules, fixture->actor, SHENZHEN, &options, &fixture->summary,
                           &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->problems->str, ==, "");
}

typedef struct
{
  const SmNoun *noun;
  GPtrArray *rows;
} Listing;

static gpointer
list_func (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Listing *listing = data;

  listing->rows = sm_registry_list (reader, listing->noun, 0, 100000, error);
  return NULL;
}

static GPtrArray *
list (Fixture  *fixture,
      SmNounId  noun)
{
  Listing listing = { sm_noun_get (noun), NULL };
  g_autoptr (GError) error = NULL;

  sm_rules_read_sync (fixture->rules, list_func, &listing, &error);
  g_assert_no_error (error);
  return listing.rows;
}

static const SmRow *
find (GPtrArray  *rows,
      guint       field,
      const char *value)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (sm_row_get_text (rows->pdata[i], field), value) == 0)
      return rows->pdata[i];
  g_error ("There is no %s", value);
}

/* gcoord 1.0.7 (npm): transform (point, GCJ02, WGS84) of every 132nd row. */
static const struct
{
  const char *sn;
  int piles;
  double latitude, longitude;
} oracle[] = {
  { "1001", 20, 22.71697539, 113.77958491 }, { "1154", 14, 22.57846268, 113.85923585 },
  { "1300", 9, 22.57591536, 113.90873144 },  { "1427", 22, 22.54897270, 113.93042010 },
  { "1530", 9, 22.69806598, 113.96578628 },  { "1675", 16, 22.63672789, 114.01994688 },
  { "1931", 50, 22.53707184, 114.05663491 }, { "1968", 21, 22.54164415, 114.06153614 },
  { "2124", 6, 22.57533031, 114.10488315 },  { "2293", 6, 22.57681966, 114.12906414 },
  { "2398", 29, 22.65436060, 114.18328102 }, { "2521", 10, 22.58912998, 114.23724711 },
  { "2677", 12, 22.63051651, 114.41451671 },
};

static guint
count_shared_points (GPtrArray *stations)
{
  g_autoptr (GHashTable) points = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (guint i = 0; i < stations->len; i++)
    {
      char *point = g_strdup_printf ("%.7f %.7f",
                                     sm_row_get_real (stations->pdata[i], SM_STATION_LATITUDE),
                                     sm_row_get_real (stations->pdata[i], SM_STATION_LONGITUDE));
      guint others = GPOINTER_TO_UINT (g_hash_table_lookup (points, point));

      n += others == 1;
      g_hash_table_insert (points, point, GUINT_TO_POINTER (others + 1));
    }
  return n;
}

static void
test_shenzhen (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) stations = NULL;
  g_autoptr (GPtrArray) piles = NULL;
  g_autoptr (GPtrArray) connectors = NULL;

  import_shenzhen (fixture);
  stations = list (fixture, SM_NOUN_STATION);
  piles = list (fixture, SM_NOUN_PILE);
  connectors = list (fixture, SM_NOUN_CONNECTOR);
  g_assert_cmpuint (fixture->summary.added, ==, 1587);
  g_assert_cmpuint (fixture->summary.piles, ==, 23441);
  g_assert_cmpstr (fixture->summary.ignored, ==, "TAZID, area, perimeter");
  g_assert_cmpuint (stations->len, ==, 1587);
  g_assert_cmpuint (piles->len, ==, 23441);
  g_assert_cmpuint (connectors->len, ==, 23441);
  g_assert_cmpuint (count_shared_points (stations), ==, 118);
  for (guint i = 0; i < G_N_ELEMENTS (oracle); i++)
    {
      const SmRow *station = find (stations, SM_STATION_SN, oracle[i].sn);

      g_assert_cmpfloat (sm_geo_distance_m (sm_row_get_real (station, SM_STATION_LATITUDE),
                                            sm_row_get_real (station, SM_STATION_LONGITUDE),
                                            oracle[i].latitude, oracle[i].longitude),
                         <, 1.0);
      g_assert_cmpint (sm_row_get_int (station, SM_STATION_PILE_COUNT), ==, oracle[i].piles);
    }
}

static void
test_twice (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 seq;

  import_shenzhen (fixture);
  seq = sm_rules_get_seq (fixture->rules);
  import_shenzhen (fixture);
  g_assert_cmpuint (fixture->summary.rows, ==, 1587);
  g_assert_cmpuint (fixture->summary.unchanged, ==, 1587);
  g_assert_cmpuint (fixture->summary.added + fixture->summary.changed, ==, 0);
  g_assert_cmpint (sm_rules_get_seq (fixture->rules), ==, seq);
}

#define HEADER "sn,latitude,longitude,piles,name,kind,time_zone,grid_capacity_kw,current\n"

/* Each stands in line 3, between two good rows. */
static const struct
{
  const char *row;
  gsize length;
  const char *column;
  const char *reason; /* a part of it */
} damaged[] = {
#define ROW(text) text, sizeof (text) - 1
  { ROW (",22.5,114.0,2,,,,,"), "sn", "it is empty" },
  { ROW ("A,22.5,114.0,2,,,,,"), "sn", "stands in line 2 already" },
  { ROW ("x\ty,22.5,114.0,2,,,,,"), "sn", "control character" },
  { ROW ("1234567890123456789012345678901234567890123456789012345678901234567,22.5,114.0,2,,,,,"), "sn",
    "it has 67 characters" },
  { ROW ("X,,114.0,2,,,,,"), "latitude", "it is empty" },
  { ROW ("X,22.5,,2,,,,,"), "longitude", "it is empty" },
  { ROW ("X,north,114.0,2,,,,,"), "latitude", "is not a number" },
  { ROW ("X,\"22,5\",114.0,2,,,,,"), "latitude", "is not a number" },
  { ROW ("X,0x16,114.0,2,,,,,"), "latitude", "is not a number" },
  { ROW ("X,22.5,nan,2,,,,,"), "longitude", "is not a number" },
  { ROW ("X,1e999,114.0,2,,,,,"), "latitude", "is not a number" },
  { ROW ("X,95,114.0,2,,,,,"), "latitude", "is not between -90 and 90; correct it" },
  { ROW ("X,114.0,22.5,2,,,,,"), "latitude", "seem to be exchanged" },
  { ROW ("X,22.5,190,2,,,,,"), "longitude", "is not between -180 and 180" },
  { ROW ("X,0,0,2,,,,,"), "latitude", "stands for “unknown”" },
  { ROW ("X,22.5,114.0,-1,,,,,"), "piles", "is not between 0 and 1000" },
  { ROW ("X,22.5,114.0,2.5,,,,,"), "piles", "is not a whole number" },
  { ROW ("X,22.5,114.0,1001,,,,,"), "piles", "is not between 0 and 1000" },
  { ROW ("X,22.5,114.0,many,,,,,"), "piles", "is not a number" },
  { ROW ("X,22.5,114.0,2,\"two\nlines\",,,,"), "name", "line break" },
  { ROW ("X,22.5,114.0,2,,petrol,,,"), "kind", "is not one of: swap, charge, swap_and_charge" },
  { ROW ("X,22.5,114.0,2,,,Beijing time,,"), "time_zone", "is not a time zone" },
  { ROW ("X,22.5,114.0,2,,,../../etc/passwd,,"), "time_zone", "is not a time zone" },
  { ROW ("X,22.5,114.0,2,,,,-5,"), "grid_capacity_kw", "is not between 0 and" },
  { ROW ("X,22.5,114.0,2,,,,,three"), "current", "is not one of: ac, dc" },
  { ROW ("X,22.5,114.0"), "-", "it has 3 fields and the first line has 9; fill in" },
  { ROW ("X,22.5,114.0,2,,,,,,"), "-", "it has 10 fields" },
  { ROW ("X,22.5,114.0,2,\xc9\xee\xdb\xda,,,,"), "name", "not UTF-8" },
  { ROW ("X,22.5,114.0,2,a\0b,,,,"), "name", "NUL" },
  { ROW ("X,22.5,114.0,2,say \"hi\",,,,"), "name", "a quote inside a field" },
  { ROW ("X,22.5,114.0,2,\"say\" hi,,,,"), "name", "text after the closing quote" },
#undef ROW
};

static void
test_damaged_rows (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_cmpuint (G_N_ELEMENTS (damaged), >=, 20);
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr (GString) table = g_string_new (HEADER "A,22.5,114.0,2,,,,,\n");
      g_autofree char *where = g_strdup_printf ("3:%s:", damaged[i].column);
      g_autoptr (GPtrArray) stations = NULL;
      g_autoptr (GError) error = NULL;
      gint64 seq = sm_rules_get_seq (fixture->rules);

      g_string_append_len (table, damaged[i].row, (gssize) damaged[i].length);
      g_string_append (table, "\nB,22.6,114.1,3,,,,,\n");
      import_bytes (fixture, table->str, table->len, FALSE, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (fixture->problems->str, where));
      g_assert_nonnull (strstr (fixture->problems->str, damaged[i].reason));
      g_assert_cmpuint (fixture->summary.refused, ==, 1);
      g_assert_cmpuint (fixture->summary.rows, ==, 3);
      /* The good ones went in, the first time, and nothing of the bad one ever. */
      stations = list (fixture, SM_NOUN_STATION);
      g_assert_cmpuint (stations->len, ==, 2);
      g_assert_cmpuint (fixture->summary.added, ==, i == 0 ? 2 : 0);
      if (i > 0)
        g_assert_cmpint (sm_rules_get_seq (fixture->rules), ==, seq);
    }
}

/* A quote that is never closed takes the rest with it, but not what came before. */
static void
test_unclosed_quote (Fixture       *fixture,
                     gconstpointer  data)
{
  import_text (fixture, "sn,lat,lon,name\nA,22.5,114,ok\nB,22.5,114,\"oops\nC,22.5,114,lost\n");
  g_assert_cmpuint (fixture->summary.added, ==, 1);
  g_assert_true (g_str_has_prefix (fixture->problems->str, "3:name:a quote is opened"));
}

static void
test_wrong_columns (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char *const tables[] = {
    "", "\n\n", "name,lat\nA,22.5\n", "sn;lat;lon\nA;22.5;114\n", "sn,lat,latitude,lon\nA,1,2,3\n",
    "\"sn\nlat,lon\nA,22.5,114\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) stations = NULL;

      g_assert_false (import_bytes (fixture, tables[i], strlen (tables[i]), FALSE, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "nothing was imported"));
      if (i == 2 || i == 3)
        g_assert_nonnull (strstr (error->message, "latitude (or lat)"));
      stations = list (fixture, SM_NOUN_STATION);
      g_assert_cmpuint (stations->len, ==, 0);
    }
}

static void
test_dry_run (Fixture       *fixture,
              gconstpointer  data)
{
  static const char table[] = "sn,lat,lon,piles\nA,22.5,114,2\nB,99,114,2\n";
  gint64 seq = sm_rules_get_seq (fixture->rules);
  g_autoptr (GPtrArray) stations = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (import_bytes (fixture, table, strlen (table), TRUE, &error));
  g_assert_cmpuint (fixture->summary.added, ==, 1);
  g_assert_cmpuint (fixture->summary.refused, ==, 1);
  stations = list (fixture, SM_NOUN_STATION);
  g_assert_cmpuint (stations->len, ==, 0);
  g_assert_cmpint (sm_rules_get_seq (fixture->rules), ==, seq);
  /* And what was only tried can be done. */
  import_text (fixture, table);
  g_assert_cmpuint (fixture->summary.added, ==, 1);
  g_assert_cmpint (sm_rules_get_seq (fixture->rules), >, seq);
}

static void
test_without_piles (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) stations = NULL;
  g_autoptr (GPtrArray) piles = NULL;

  import_text (fixture, "sn,lat,lon,piles\nA,22.5,114,0\nB,22.5,114,\n");
  g_assert_cmpstr (fixture->problems->str, ==, "");
  stations = list (fixture, SM_NOUN_STATION);
  piles = list (fixture, SM_NOUN_PILE);
  g_assert_cmpuint (stations->len, ==, 2);
  g_assert_cmpuint (piles->len, ==, 0);
  g_assert_cmpint (sm_row_get_int (find (stations, SM_STATION_SN, "A"), SM_STATION_PILE_COUNT), ==,
                   0);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  import_text (fixture, "\xef\xbb\xbfSN,Name,Name_zh,LNG,LAT,piles\r\n"
                        "A,\"Bay, north \"\"A\"\"\",湾北,114,22.5,1\r\n"
                        "B,宝安 <b>站</b>,,114,22.5,\r\n"
                        "C,,,114,22.5,\r\n"
                        "D,محطة 🚚,,114,22.5,\r\n"
                        ",,,,,\r\n");
  g_assert_cmpstr (fixture->problems->str, ==, "");
  before = list (fixture, SM_NOUN_STATION);
  g_assert_cmpstr (sm_row_get_text (find (before, SM_STATION_SN, "A"), SM_STATION_NAME), ==,
                   "{\"en\":\"Bay, north \\\"A\\\"\",\"zh-CN\":\"湾北\"}");
  g_assert_cmpstr (sm_row_get_text (find (before, SM_STATION_SN, "B"), SM_STATION_NAME), ==,
                   "{\"zh-CN\":\"宝安 <b>站</b>\"}");
  g_assert_cmpstr (sm_row_get_text (find (before, SM_STATION_SN, "C"), SM_STATION_NAME), ==,
                   "{\"en\":\"Station C\",\"zh-CN\":\"C号站\"}");
  g_assert_cmpstr (sm_row_get_text (find (before, SM_STATION_SN, "D"), SM_STATION_NAME), ==,
                   "{\"en\":\"محطة 🚚\"}");
  /* A table without names renames nobody, and what it leaves empty stays. */
  import_text (fixture, "sn,lat,lon\nA,22.5,114.0\nC,22.6,114.0\n");
  g_assert_cmpuint (fixture->summary.unchanged, ==, 1);
  g_assert_cmpuint (fixture->summary.changed, ==, 1);
  after = list (fixture, SM_NOUN_STATION);
  g_assert_cmpstr (sm_row_get_text (find (after, SM_STATION_SN, "A"), SM_STATION_NAME), ==,
                   sm_row_get_text (find (before, SM_STATION_SN, "A"), SM_STATION_NAME));
  g_assert_cmpint (sm_row_get_int (find (after, SM_STATION_SN, "A"), SM_STATION_PILE_COUNT), ==, 1);
}

static void
test_piles_never_go (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) piles = NULL;

  import_text (fixture, "sn,lat,lon,piles\nA,22.5,114,3\n");
  import_text (fixture, "sn,lat,lon,piles\nA,22.5,114,2\n");
  g_assert_true (g_str_has_prefix (fixture->problems->str, "2:piles:the network has 3 piles"));
  import_text (fixture, "sn,lat,lon,piles\nA,22.5,114,4\n");
  g_assert_cmpuint (fixture->summary.changed, ==, 1);
  piles = list (fixture, SM_NOUN_PILE);
  g_assert_cmpuint (piles->len, ==, 4);
  find (piles, SM_PILE_SN, "A-04");
}

static void
test_template (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) stations = NULL;
  g_autoptr (GPtrArray) piles = NULL;

  import_text (fixture, sm_import_template ());
  g_assert_cmpstr (fixture->problems->str, ==, "");
  g_assert_null (fixture->summary.ignored);
  stations = list (fixture, SM_NOUN_STATION);
  piles = list (fixture, SM_NOUN_PILE);
  g_assert_cmpuint (stations->len, ==, 1);
  g_assert_cmpuint (piles->len, ==, 12);
  g_assert_cmpstr (sm_row_get_text (stations->pdata[0], SM_STATION_ADDRESS), ==,
                   "1 Xin'an Road, Bao'an");
  g_assert_cmpfloat (sm_row_get_real (stations->pdata[0], SM_STATION_GRID_CAPACITY_KW), ==, 1250.0);
  g_assert_cmpfloat (sm_row_get_real (piles->pdata[0], SM_PILE_RATED_POWER_KW), ==, 120.0);
  g_assert_cmpstr (sm_row_get_text (piles->pdata[0], SM_PILE_CURRENT), ==, "dc");
}

static gpointer
put_fleet (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  SmUpsertOutcome outcome;
  gint64 id;

  sm_registry_upsert (rules, actor, data, SM_FLEET_NAME, &id, &outcome, error);
  return NULL;
}

static gpointer
import_thread (gpointer data)
{
  import_shenzhen (data);
  return NULL;
}

/* Another program serves the same network meanwhile, and writes too. */
static void
test_in_the_background (Fixture       *fixture,
                        gconstpointer  data)
{
  SmRules *serving = open_network (fixture);
  GThread *importing = g_thread_new ("import", import_thread, fixture);
  g_autoptr (GHashTable) seqs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  static const SmNounId nouns[] = { SM_NOUN_STATION, SM_NOUN_PILE, SM_NOUN_FLEET };

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("{\"en\":\"Fleet %u\"}", i);
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_FLEET));
      g_autoptr (GError) error = NULL;

      sm_row_set_text (row, SM_FLEET_NAME, name);
      sm_rules_run_sync (serving, put_fleet, row, &error);
      g_assert_no_error (error);
    }
  g_thread_join (importing);
  sm_rules_close (serving);
  g_assert_cmpuint (fixture->summary.added, ==, 1587);
  for (guint n = 0; n < G_N_ELEMENTS (nouns); n++)
    {
      g_autoptr (GPtrArray) rows = list (fixture, nouns[n]);

      for (guint i = 0; i < rows->len; i++)
        {
          gint64 seq = sm_row_get_int (rows->pdata[i], SM_ROW_SEQ);

          /* No change may hide behind another's number. */
          g_assert_true (g_hash_table_add (seqs, g_memdup2 (&seq, sizeof seq)));
        }
    }
  g_assert_cmpuint (g_hash_table_size (seqs), ==, 1587 + 23441 + 100);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/rules/import/shenzhen-as-it-is", test_shenzhen);
  ADD ("/rules/import/twice-changes-nothing", test_twice);
  ADD ("/rules/import/damaged-rows", test_damaged_rows);
  ADD ("/rules/import/unclosed-quote", test_unclosed_quote);
  ADD ("/rules/import/wrong-columns-refused-whole", test_wrong_columns);
  ADD ("/rules/import/dry-run-changes-nothing", test_dry_run);
  ADD ("/rules/import/without-piles", test_without_piles);
  ADD ("/rules/import/names", test_names);
  ADD ("/rules/import/piles-never-go", test_piles_never_go);
  ADD ("/rules/import/template", test_template);
  ADD ("/rules/import/in-the-background", test_in_the_background);
  return g_test_run ();
}
