/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

#include "sm-changes-codec.h"
#include "sm-json-guard.h"
#include "sm-live-codec.h"
#include "sm-row-codec.h"
#include "sm-time.h"

#include <stdlib.h>
#include <string.h>

/*
 * What reading the feeds costs, beside json-glib's tree of the same bytes, and
 * simdjson's reading into the same arrays where it is installed.  Instructions
 * are counted by callgrind, under which this program runs itself for one job; they
 * are the same each time.  The other lines are processor time in one run.
 */

#define N_VEHICLES 40000
#define N_CHANGES 40000
#define GUARD_BYTES (64 * 1024 * 1024)

static char *
make_live (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (SmVehicleBatch) batch = sm_vehicle_batch_new (N_VEHICLES);
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  SmVehicleColumns *c = &batch->columns;

  for (guint i = 0; i < c->n; i++)
    {
      c->id[i] = i + 1;
      c->at[i] = sm_world_project (g_rand_double_range (rand, 20, 45),
                                   g_rand_double_range (rand, 90, 125));
      c->heading[i] = (guint16) g_rand_int_range (rand, 0, 360);
      c->speed_kmh[i] = (float) g_rand_int_range (rand, 0, 900) / 10;
      c->soc[i] = (float) g_rand_int_range (rand, 0, 1000) / 10;
      c->temperature_c[i] = (float) g_rand_int_range (rand, 100, 500) / 10;
      c->motion[i] = (guint8) g_rand_int_range (rand, 0, 2);
      c->energy[i] = (guint8) g_rand_int_range (rand, 0, 3);
      c->connection[i] = 0;
      c->battery_id[i] = i + 1;
      c->range_m[i] = g_rand_int_range (rand, 0, 250) * 1000;
      c->station_id[i] = i % 5 == 0 ? g_rand_int_range (rand, 1, 2000) : SM_UNKNOWN;
      c->queue[i] = i % 5 == 0 ? SM_QUEUE_INBOUND : SM_ENUM_UNKNOWN;
      c->queue_since[i] = i % 5 == 0 ? 1795242000 * SM_SECOND : SM_UNKNOWN;
      c->eta[i] = i % 5 == 0 ? (1795242728 + (gint64) i % 3600) * SM_SECOND : SM_UNKNOWN;
      c->reach[i] = 0;
      c->insulation_ohm_per_v[i] = (float) g_rand_int_range (rand, 500, 2000);
      c->spread_mv[i] = (float) g_rand_int_range (rand, 5, 60);
      c->reported_at[i] = 1795242728 * SM_SECOND + g_rand_int_range (rand, 0, 10) * SM_SECOND;
    }
  sm_live_vehicles_write (writer, c, 77);
  return sm_json_writer_end (writer);
}

static SmRow *
make_pile (guint i)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PILE));

  sm_row_set_int (row, SM_ROW_ID, i + 1);
  sm_row_set_int (row, SM_ROW_SEQ, i + 1000);
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_int (row, SM_ROW_AREA_ID, 440300 + i % 10);
  sm_row_set_int (row, SM_PILE_STATION_ID, i / 16 + 1);
  sm_row_take_text (row, SM_PILE_SN, g_strdup_printf ("440300%08u", i));
  sm_row_take_text (row, SM_PILE_NAME, sm_name_new ("Pile", "充电桩"));
  sm_row_set_text (row, SM_PILE_MANUFACTURER, "特来电");
  sm_row_set_text (row, SM_PILE_CURRENT, i % 3 == 0 ? "ac" : "dc");
  sm_row_set_real (row, SM_PILE_RATED_POWER_KW, i % 3 == 0 ? 7 : 120);
  sm_row_set_real (row, SM_PILE_VOLTAGE_MAX_V, 750);
  sm_row_set_text (row, SM_PILE_USAGE_STATE, "enabled");
  return row;
}

static char *
make_changes (void)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_changes_write_begin (writer);
  for (guint i = 0; i < N_CHANGES; i++)
    {
      g_autoptr (SmRow) row = make_pile (i);

      sm_changes_write_one (writer, sm_row_get_noun (row), i + 1, i + 1000, row);
    }
  sm_changes_write_end (writer, "0190.1.41000", FALSE);
  return sm_json_writer_end (writer);
}

typedef void (*Job) (const char *text,
                     gsize       length);

static G_NO_INLINE void
read_live (const char *text,
           gsize       length)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, length);
  g_autoptr (SmVehicleBatch) batch = sm_live_vehicles_read (reader, NULL);

  g_assert_cmpuint (batch->columns.n, ==, N_VEHICLES);
}

static G_NO_INLINE void
read_changes (const char *text,
              gsize       length)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, length);
  g_autofree char *cursor = NULL;
  gboolean more;
  g_autoptr (GPtrArray) changes = sm_changes_read (reader, &cursor, &more, NULL);

  g_assert_cmpuint (changes->len, ==, N_CHANGES);
}

static G_NO_INLINE void
check (const char *text,
       gsize       length)
{
  g_assert_true (sm_json_guard_check (text, length, NULL));
}

static G_NO_INLINE void
parse_tree (const char *text,
            gsize       length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, text, (gssize) length, NULL));
}

static double
cpu_of (Job         job,
        const char *text,
        gsize       length,
        guint       repeats)
{
  double before = bench_cpu_ms ();

  for (guint i = 0; i < repeats; i++)
    job (text, length);
  return (bench_cpu_ms () - before) / repeats;
}

static void
compare (const char *what,
         const char *text,
         Job         job,
         double      target)
{
  gsize length = strlen (text);
  double ours[BENCH_ROUNDS], theirs[BENCH_ROUNDS], ratios[BENCH_ROUNDS];
  g_autofree char *name = g_strdup_printf ("%s against json-glib, CPU", what);
  g_autofree char *our_name = g_strdup_printf ("%s, %.1f MB", what, (double) length / 1e6);

  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      ours[i] = cpu_of (job, text, length, 10);
      theirs[i] = cpu_of (parse_tree, text, length, 1);
      ratios[i] = ours[i] / theirs[i];
    }
  bench_report (name, ratios, BENCH_ROUNDS, target);
  bench_figure (our_name, ours, BENCH_ROUNDS, "ms");
  bench_figure ("json-glib tree", theirs, BENCH_ROUNDS, "ms");
}

/* The guard over 64 MB of feed. */
static void
bench_guard (const char *text)
{
  GString *big = g_string_new ("[");
  double ms[BENCH_ROUNDS];

  while (big->len + strlen (text) + 2 < GUARD_BYTES)
    {
      g_string_append (big, text);
      g_string_append_c (big, ',');
    }
  g_string_append (big, "0]");
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    ms[i] = cpu_of (check, big->str, big->len, 1) * GUARD_BYTES / (double) big->len;
  bench_report ("guard, ms for 64 MiB", ms, BENCH_ROUNDS, 48);
  g_string_free (big, TRUE);
}

/* What runs alone, to be looked at by a profiler. */
static const struct
{
  const char *name;
  Job job;
  gboolean is_live;
} jobs[] = {
  { "read-live", read_live, TRUE },
  { "parse-live", parse_tree, TRUE },
  { "read-changes", read_changes, FALSE },
  { "check-changes", check, FALSE },
};

/* Returns: how many instructions @job takes, in millions; 0 without callgrind */
static double
count_instructions (const char *program,
                    const char *job,
                    const char *function)
{
  static const char collected[] = "Collected : ";
  g_autofree char *toggle = g_strdup_printf ("--toggle-collect=%s", function);
  g_autoptr (GSubprocess) callgrind = NULL;
  g_autofree char *text = NULL;
  const char *line;

  callgrind = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                                NULL, "valgrind", "--tool=callgrind",
                                "--callgrind-out-file=/dev/null", toggle, program, job, NULL);
  if (callgrind == NULL
      || !g_subprocess_communicate_utf8 (callgrind, NULL, NULL, NULL, &text, NULL))
    return 0;
  line = strstr (text, collected);
  return line != NULL ? g_ascii_strtod (line + strlen (collected), NULL) / 1e6 : 0;
}

static void
compare_instructions (const char *program)
{
  double ours = count_instructions (program, "read-live", "read_live");
  double theirs = count_instructions (program, "parse-live", "parse_tree");
  double ratio = ours / theirs;

  if (ours <= 0 || theirs <= 0)
    {
      g_print ("P4 instructions: not counted, for there is no valgrind\n");
      return;
    }
  bench_report ("P4 feed reader against json-glib, instructions", &ratio, 1, 1.0 / 30);
  bench_figure ("feed reader", &ours, 1, "million");
  bench_figure ("json-glib tree", &theirs, 1, "million");
}

typedef struct
{
  const char *page;
  const char *rest; /* of what is being given */
  guint64 given;
  gboolean is_last;
} Endless;

/* An array of the same page over and over, until there were 64 MiB. */
static gssize
fill_cb (gpointer   user_data,
         char      *buffer,
         gsize      size,
         GError   **error)
{
  Endless *self = user_data;
  gsize n;

  if (*self->rest == '\0' && !self->is_last)
    {
      self->is_last = self->given > GUARD_BYTES;
      self->rest = self->is_last ? "0]" : self->page;
    }
  n = MIN (size, strlen (self->rest));
  memcpy (buffer, self->rest, n);
  self->rest += n;
  self->given += n;
  return (gssize) n;
}

static double
memory_kib (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  return g_ascii_strtod (strstr (status, "VmHWM:") + strlen ("VmHWM:"), NULL);
}

/* What the reader takes to go over 64 MiB; first of all, while the peak is low. */
static void
bench_memory (const char *text)
{
  g_autofree char *page = g_strconcat (text, ",", NULL);
  Endless endless = { page, "[", 0, FALSE };
  double before = memory_kib (), grown;
  g_autoptr (SmJsonReader) reader = sm_json_reader_new (fill_cb, &endless, G_MAXUINT64);

  g_assert_true (sm_json_reader_finish (reader, NULL));
  grown = memory_kib () - before;
  bench_report ("P4 feed reader's memory over 64 MiB, KiB", &grown, 1, 512);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *live = make_live ();
  g_autofree char *changes = make_changes ();

  if (argc == 2)
    {
      for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
        if (g_str_equal (argv[1], jobs[i].name))
          jobs[i].job (jobs[i].is_live ? live : changes, strlen (jobs[i].is_live ? live : changes));
      return 0;
    }
  bench_memory (live);
  compare_instructions (argv[0]);
  compare ("reader of 40,000 vehicles", live, read_live, 1.0 / 30);
  compare ("reader of 40,000 changes", changes, read_changes, 1.0 / 7);
  compare ("check of 40,000 changes", changes, check, 1.0 / 30);
  bench_guard (changes);
  return EXIT_SUCCESS;
}
