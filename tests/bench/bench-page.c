/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

#include "sm-cache.h"
#include "sm-live-codec.h"
#include "sm-live-memory.h"
#include "sm-statement.h"
#include "sm-test-folder.h"
#include "sm-time.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

/*
 * P5: a page of vehicles, from the gzip that came to the cache that is committed.
 * Ours: columns through the streaming reader, what differs into the cache.  The
 * other is how it is usually done: rows of members expanded whole, json-glib's
 * tree of them, an upsert of each by its text key.  Both write the same twenty
 * columns, all of which have changed, into SQLite by the same connection's settings.
 */

#define N_VEHICLES 40000
#define N_DELTA 2000

typedef struct
{
  SmCache *cache;
  SmLiveMemory *memory;
  SmConnection *other;
} Bench;

static GBytes *
make_gzip (const char *text)
{
  g_autoptr (GZlibCompressor) compressor
    = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out
    = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static GInputStream *
expand (GBytes *gzip)
{
  g_autoptr (GZlibDecompressor) decompressor
    = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (gzip);

  return g_converter_input_stream_new (in, G_CONVERTER (decompressor));
}

static SmVehicleBatch *
make_batch (GRand *rand,
            guint  n,
            gint64 tick)
{
  SmVehicleBatch *batch = sm_vehicle_batch_new (n);
  SmVehicleColumns *c = &batch->columns;

  batch->tick = tick;
  for (guint i = 0; i < n; i++)
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
      c->reported_at[i] = (1795242728 + tick) * SM_SECOND;
      c->battery_id[i] = i + 1;
      c->range_m[i] = g_rand_int_range (rand, 0, 250) * 1000;
      c->station_id[i] = i % 5 == 0 ? g_rand_int_range (rand, 1, 2000) : SM_UNKNOWN;
      c->queue[i] = i % 5 == 0 ? SM_QUEUE_INBOUND : SM_ENUM_UNKNOWN;
      c->queue_since[i] = i % 5 == 0 ? 1795242000 * SM_SECOND : SM_UNKNOWN;
      c->eta[i] = i % 5 == 0 ? (1795242728 + (gint64) i % 3600) * SM_SECOND : SM_UNKNOWN;
      c->reach[i] = 0;
      c->insulation_ohm_per_v[i] = (float) g_rand_int_range (rand, 500, 2000);
      c->spread_mv[i] = (float) g_rand_int_range (rand, 5, 60);
    }
  return batch;
}

static GBytes *
make_columns (SmVehicleBatch *batch)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autofree char *text = NULL;

  sm_live_vehicles_write (writer, &batch->columns, batch->tick);
  text = sm_json_writer_end (writer);
  return make_gzip (text);
}

/* The rows are made of the columns' own text, so that both say the same. */
static GBytes *
make_rows (GBytes *columns)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GInputStream) in = expand (columns);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GList) names = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;
  guint n;

  g_assert_true (json_parser_load_from_stream (parser, in, NULL, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  names = json_object_get_members (object);
  n = json_array_get_length (json_object_get_array_member (object, "id"));
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *plate = g_strdup_printf ("粤B·%06uD", i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "plate");
      json_builder_add_string_value (builder, plate);
      for (GList *l = names; l != NULL; l = l->next)
        if (JSON_NODE_HOLDS_ARRAY (json_object_get_member (object, l->data)))
          {
            JsonArray *column = json_object_get_array_member (object, l->data);

            json_builder_set_member_name (builder, l->data);
            json_builder_add_value (builder, json_node_copy (json_array_get_element (column, i)));
          }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  return make_gzip (text);
}

static void
take_ours (Bench  *bench,
           GBytes *gzip,
           guint   n)
{
  g_autoptr (GInputStream) in = expand (gzip);
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_stream (in, NULL, G_MAXINT64);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmVehicleBatch) batch = sm_live_vehicles_read (reader, &error);
  g_autoptr (SmVehicleBatch) news = NULL;

  g_assert_no_error (error);
  news = sm_live_memory_sift_vehicles (bench->memory, batch);
  g_assert_cmpuint (news->columns.n, ==, n);
  sm_cache_begin (bench->cache, &error);
  sm_cache_put_vehicles (bench->cache, &news->columns, &error);
  sm_cache_set_tick (bench->cache, sm_noun_get (SM_NOUN_VEHICLE), news->tick, &error);
  sm_cache_commit (bench->cache, &error);
  g_assert_no_error (error);
}

static const char *const fields[]
  = { "id", "latitude", "longitude", "heading_deg", "speed_kmh", "soc", "pack_temperature_c",
      "motion", "energy", "connection", "reported_at", "battery_id", "range_m", "station_id",
      "queue", "queue_since", "eta", "reach", "insulation_ohm_per_v", "spread_mv" };

static void
bind_node (SmStatement *statement,
           int          index,
           JsonNode    *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    sm_statement_bind_null (statement, index);
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    sm_statement_bind_text (statement, index, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    sm_statement_bind_int (statement, index, json_node_get_int (node));
  else
    sm_statement_bind_real (statement, index, json_node_get_double (node));
}

static void
put_row (Bench      *bench,
         const char *sql,
         JsonObject *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmStatement) statement = sm_connection_prepare (bench->other, sql, &error);

  g_assert_no_error (error);
  sm_statement_bind_text (statement, 0, json_object_get_string_member (row, "plate"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    bind_node (statement, (int) i + 1, json_object_get_member (row, fields[i]));
  sm_statement_run (statement, &error);
  g_assert_no_error (error);
}

static char *
upsert_sql (void)
{
  GString *sql = g_string_new ("INSERT INTO vehicle (plate");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append_printf (sql, ", %s", fields[i]);
  g_string_append (sql, ") VALUES (?");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append (sql, ", ?");
  g_string_append (sql, ") ON CONFLICT (plate) DO UPDATE SET ");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_string_append_printf (sql, "%s%s = excluded.%s", i > 0 ? ", " : "", fields[i], fields[i]);
  return g_string_free (sql, FALSE);
}

static void
take_theirs (Bench  *bench,
             GBytes *gzip,
             guint   n)
{
  g_autoptr (GInputStream) in = expand (gzip);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *sql = upsert_sql ();
  g_autoptr (GError) error = NULL;
  JsonArray *rows;

  json_parser_load_from_stream (parser, in, NULL, &error);
  g_assert_no_error (error);
  rows = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (rows), ==, n);
  sm_connection_begin (bench->other, &error);
  for (guint i = 0; i < n; i++)
    put_row (bench, sql, json_array_get_object_element (rows, i));
  sm_connection_commit (bench->other, &error);
  g_assert_no_error (error);
}

static void
compare (Bench      *bench,
         GRand      *rand,
         const char *name,
         guint       n,
         double      target)
{
  double ours[BENCH_ROUNDS], theirs[BENCH_ROUNDS], ratios[BENCH_ROUNDS];

  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      g_autoptr (SmVehicleBatch) batch = make_batch (rand, n, (gint64) n + i);
      g_autoptr (GBytes) columns = make_columns (batch);
      g_autoptr (GBytes) rows = make_rows (columns);
      double began = bench_cpu_ms (), between;

      take_ours (bench, columns, n);
      between = bench_cpu_ms ();
      take_theirs (bench, rows, n);
      ours[i] = between - began;
      theirs[i] = bench_cpu_ms () - between;
      ratios[i] = ours[i] / theirs[i];
    }
  bench_report (name, ratios, BENCH_ROUNDS, target);
  bench_figure ("streaming reader, what differs, integer keys", ours, BENCH_ROUNDS, "ms");
  bench_figure ("json-glib tree, text keys", theirs, BENCH_ROUNDS, "ms");
}

static SmConnection *
open_other (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "other.db", NULL);
  g_autoptr (GError) error = NULL;
  SmConnection *other = sm_connection_open (path, SM_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  sm_connection_exec (other,
                      "CREATE TABLE vehicle (plate TEXT PRIMARY KEY, id INTEGER, latitude REAL,"
                      " longitude REAL, heading_deg REAL, speed_kmh REAL, soc REAL,"
                      " pack_temperature_c REAL, motion TEXT, energy TEXT, connection TEXT,"
                      " reported_at TEXT, battery_id INTEGER, range_m INTEGER,"
                      " station_id INTEGER, queue TEXT, queue_since TEXT, eta TEXT, reach TEXT,"
                      " insulation_ohm_per_v REAL, spread_mv REAL)",
                      &error);
  g_assert_no_error (error);
  return other;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = g_dir_make_tmp ("sm-bench-XXXXXX", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  Bench bench = { .memory = sm_live_memory_new (), .other = open_other (dir) };

  bench.cache = sm_cache_open (dir, "bench", &error);
  g_assert_no_error (error);
  compare (&bench, rand, "P5 gzip page of 40,000 to committed against json-glib", N_VEHICLES,
           1.0 / 7);
  compare (&bench, rand, "P5 delta of 2,000 to committed against json-glib", N_DELTA, 1.0 / 4);
  sm_cache_close (bench.cache);
  sm_live_memory_free (bench.memory);
  sm_connection_close (bench.other);
  sm_test_remove_tree (dir);
  return EXIT_SUCCESS;
}
