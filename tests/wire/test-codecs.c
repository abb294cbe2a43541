/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "random-rows.h"

#include "sm-changes-codec.h"
#include "sm-error.h"
#include "sm-json-guard.h"
#include "sm-live-codec.h"
#include "sm-report-codec.h"
#include "sm-row-codec.h"

#include <math.h>
#include <string.h>

#define ROWS_PER_NOUN 150

static SmJsonReader *
reader_of (const char *text)
{
  return sm_json_reader_new_for_data (text, strlen (text));
}

static void
assert_strict (const char *text)
{
  g_autoptr (GError) error = NULL;

  sm_json_guard_check (text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
test_rows_round_trip (gconstpointer data)
{
  const SmNoun *noun = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (noun->id);

  for (guint i = 0; i < ROWS_PER_NOUN; i++)
    {
      g_autoptr (SmRow) row = random_row (rand, noun);
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
      g_autoptr (SmJsonReader) reader = NULL;
      g_autoptr (SmRow) back = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      sm_row_write (writer, row, SM_ROW_RECORD | SM_ROW_LIVE);
      text = sm_json_writer_end (writer);
      assert_strict (text);
      reader = reader_of (text);
      back = sm_row_read (reader, noun, &error);
      g_assert_no_error (error);
      g_assert_true (sm_json_reader_finish (reader, NULL));
      g_assert_true (sm_row_equal (row, back));
    }
}

static SmRow *
read_row (const char   *text,
          const SmNoun *noun,
          GError      **error)
{
  g_autoptr (SmJsonReader) reader = reader_of (text);

  return sm_row_read (reader, noun, error);
}

/* Members in any order, unknown ones, missing ones. */
static void
test_row_is_open (void)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_STATION);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = read_row ("{\"soc_of_tomorrow\":[{\"x\":[]}],\"state\":\"dreaming\","
                                    "\"sn\":\"S1\",\"id\":7,\"latitude\":null,\"\":0}", noun, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sm_row_get_id (row), ==, 7);
  g_assert_cmpstr (sm_row_get_text (row, SM_STATION_STATE), ==, "dreaming");
  g_assert_cmpuint (sm_row_get_enum (row, SM_STATION_STATE), ==, SM_ENUM_UNKNOWN);
  g_assert_true (sm_row_is_null (row, SM_STATION_LATITUDE));
  g_assert_true (sm_row_is_null (row, SM_STATION_NAME));
}

static void
test_row_is_checked (void)
{
  static const struct
  {
    const char *text, *slug;
  } cases[] = {
    { "{\"sn\":\"S1\"}", "missing-member" },
    { "{\"id\":null}", "missing-member" },
    { "{\"id\":0}", "out-of-range" },
    { "{\"id\":-7}", "out-of-range" },
    { "{\"id\":9007199254740992}", "out-of-range" },
    { "{\"id\":\"7\"}", "wrong-type" },
    { "{\"id\":7,\"latitude\":\"far\"}", "wrong-type" },
    { "{\"id\":7,\"sn\":5}", "wrong-type" },
    { "{\"id\":7,\"name\":\"plain\"}", "wrong-type" },
    { "{\"id\":7,\"name\":{\"en\":[]}}", "wrong-type" },
    { "{\"id\":7,\"created_at\":\"yesterday\"}", "bad-time" },
    { "[7]", "wrong-type" },
    { "null", "wrong-type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_null (read_row (cases[i].text, sm_noun_get (SM_NOUN_STATION), &error));
      g_assert_cmpstr (sm_error_get_slug (error), ==, cases[i].slug);
    }
}

/* A name is kept in one form, however it came; a broken one in the database
 * does not break the document. */
static void
test_names_are_canonical (void)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_STATION);
  g_autoptr (SmRow) row = read_row ("{\"id\":1,\"name\": { \"en\" : \"A\\u0042\\n\\/\", "
                                    "\"zh-CN\":null, \"de\":\"\\u00c4\" } }", noun, NULL);
  static const char *const odd[] = { "plain", "{broken", "{\"en\":\"x\"} {}", "" };

  g_assert_cmpstr (sm_row_get_text (row, SM_STATION_NAME), ==, "{\"en\":\"AB/\",\"de\":\"Ä\"}");
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
      g_autoptr (SmRow) back = NULL;
      g_autofree char *text = NULL;
      g_autofree char *name = NULL;

      sm_row_set_text (row, SM_STATION_NAME, odd[i]);
      sm_row_write (writer, row, SM_ROW_RECORD);
      text = sm_json_writer_end (writer);
      back = read_row (text, noun, NULL);
      g_assert_nonnull (back);
      name = sm_row_dup_name (back, SM_STATION_NAME, "en");
      g_assert_cmpstr (name, ==, odd[i]);
    }
}

static GPtrArray *
read_changes (const char *text,
              char      **out_cursor,
              gboolean   *out_more,
              GError    **error)
{
  g_autoptr (SmJsonReader) reader = reader_of (text);

  return sm_changes_read (reader, out_cursor, out_more, error);
}

static void
test_changes_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) changes
    = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_change_free);
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autofree char *text = NULL;
  g_autofree char *cursor = NULL;
  gboolean more = FALSE;

  for (guint i = 0; i < 400; i++)
    {
      const SmNoun *noun = sm_noun_get (i % SM_N_NOUNS);
      g_autoptr (SmRow) row = random_row (rand, noun);

      for (guint f = 0; f < noun->n_fields; f++)
        if (noun->fields[f].klass == SM_LIVE)
          sm_row_set_null (row, f);
      g_ptr_array_add (changes, sm_change_new (noun, sm_row_get_id (row), i,
                                               i % 9 == 0 ? NULL : row));
    }
  sm_changes_write (writer, changes, "e-1.2.3", TRUE);
  text = sm_json_writer_end (writer);
  back = read_changes (text, &cursor, &more, NULL);
  g_assert_nonnull (back);
  g_assert_cmpstr (cursor, ==, "e-1.2.3");
  g_assert_true (more);
  g_assert_cmpuint (back->len, ==, changes->len);
  for (guint i = 0; i < back->len; i++)
    {
      const SmChange *a = g_ptr_array_index (changes, i), *b = g_ptr_array_index (back, i);

      g_assert_true (a->noun == b->noun && a->id == b->id && a->seq == b->seq);
      g_assert_true (a->deleted == b->deleted && (a->row == NULL) == (b->row == NULL));
      g_assert_true (a->row == NULL || sm_row_equal (a->row, b->row));
    }
}

static void
test_changes_are_open (void)
{
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;
  g_autoptr (GPtrArray) changes = read_changes (
    "{\"more\":false,\"more_to_come\":{},\"changes\":["
    "{\"kind\":\"teleporter\",\"id\":1,\"seq\":1,\"deleted\":false,\"data\":{\"id\":\"x\"}},"
    "{\"data\":{\"id\":5,\"name\":{\"en\":\"F\"}},\"seq\":2,\"id\":5,\"kind\":\"fleet\"},"
    "{\"kind\":\"fleet\",\"id\":6,\"seq\":2,\"deleted\":true}],\"cursor\":\"e.0.2\"}",
    &cursor, &more, NULL);
  const SmChange *change;

  g_assert_nonnull (changes);
  g_assert_false (more);
  g_assert_cmpuint (changes->len, ==, 2);
  change = g_ptr_array_index (changes, 0);
  g_assert_cmpint (change->id, ==, 5);
  g_assert_cmpstr (sm_row_get_text (change->row, SM_FLEET_NAME), ==, "{\"en\":\"F\"}");
  change = g_ptr_array_index (changes, 1);
  g_assert_true (change->deleted && change->row == NULL);
}

static void
test_changes_are_checked (void)
{
  static const char *const bad[] = {
    "{\"changes\":[]}",
    "{\"cursor\":\"e.0.1\"}",
    "{\"changes\":{},\"cursor\":\"e.0.1\"}",
    "{\"changes\":[{\"kind\":\"fleet\",\"id\":5,\"data\":{\"id\":5}}],\"cursor\":\"e.0.1\"}",
    "{\"changes\":[{\"kind\":\"fleet\",\"seq\":1,\"data\":{\"id\":5}}],\"cursor\":\"e.0.1\"}",
    "{\"changes\":[{\"kind\":\"fleet\",\"id\":5,\"seq\":1}],\"cursor\":\"e.0.1\"}",
    "{\"changes\":[{\"kind\":\"fleet\",\"id\":5,\"seq\":1,\"data\":{\"id\":6}}],"
    "\"cursor\":\"e.0.1\"}",
    "{\"changes\":[{\"kind\":\"fleet\",\"id\":5,\"seq\":1,\"data\":null}],\"cursor\":\"e.0.1\"}",
    "{\"changes\":[{\"data\":{\"id\":\"x\"},\"kind\":\"fleet\",\"id\":5,\"seq\":1}],"
    "\"cursor\":\"c\"}",
    "{\"changes\":[{\"kind\":\"fleet\",\"data\":{\"id\":5},\"kind\":\"area\",\"id\":5,\"seq\":1}],"
    "\"cursor\":\"e.0.1\"}",
    "{\"changes\":[],\"cursor\":\"e.0.1\"} x",
    "[]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *cursor = NULL;
      g_autoptr (GError) error = NULL;
      gboolean more;

      g_test_message ("%s", bad[i]);
      g_assert_null (read_changes (bad[i], &cursor, &more, &error));
      g_assert_error (error, SM_ERROR, SM_ERROR_MALFORMED);
      g_assert_null (cursor);
    }
}

static SmVehicleBatch *
random_batch (GRand *rand,
              guint  n)
{
  SmVehicleBatch *batch = sm_vehicle_batch_new (n);
  SmVehicleColumns *c = &batch->columns;

  batch->tick = 1795242728;
  for (guint i = 0; i < n; i++)
    {
      gboolean knows = g_rand_int_range (rand, 0, 5) > 0;

      c->id[i] = i * 3 + 1;
      c->at[i] = knows ? sm_world_project (g_rand_double_range (rand, -84, 84),
                                           g_rand_double_range (rand, -180, 180))
                       : (SmWorldPoint){ 0, 0 };
      c->heading[i] = knows ? (guint16) g_rand_int_range (rand, 0, 360) : SM_HEADING_UNKNOWN;
      c->speed_kmh[i] = knows ? (float) g_rand_double_range (rand, 0, 90) : NAN;
      c->soc[i] = (float) g_rand_int_range (rand, 0, 201) / 2;
      c->temperature_c[i] = knows ? (float) g_rand_double_range (rand, -30, 60) : NAN;
      c->motion[i] = knows ? (guint8) g_rand_int_range (rand, 0, 2) : SM_ENUM_UNKNOWN;
      c->energy[i] = (guint8) g_rand_int_range (rand, 0, 3);
      c->connection[i] = (guint8) g_rand_int_range (rand, 0, 6);
      c->reported_at[i] = SM_UNKNOWN;
      if (knows)
        c->reported_at[i] = g_rand_int_range (rand, 0, G_MAXINT32) * SM_SECOND + 5;
      c->battery_id[i] = knows ? i + 7 : SM_UNKNOWN;
      c->range_m[i] = knows ? g_rand_int_range (rand, 0, 300000) : SM_UNKNOWN;
      c->station_id[i] = knows ? SM_UNKNOWN : i + 1;
      c->queue[i] = knows ? SM_ENUM_UNKNOWN : SM_QUEUE_CALLED;
      c->queue_since[i] = c->reported_at[i];
      c->eta[i] = c->reported_at[i];
      c->reach[i] = knows ? SM_REACH_UNREACHABLE : SM_ENUM_UNKNOWN;
      c->insulation_ohm_per_v[i] = knows ? (float) g_rand_double_range (rand, 0, 3000) : NAN;
      c->spread_mv[i] = knows ? (float) g_rand_int_range (rand, 0, 400) : NAN;
    }
  return batch;
}

static gboolean
same_float (float a,
            float b)
{
  return isnan (a) ? isnan (b) : a == b;
}

/* One world unit is a centimetre, and so is what 7 decimals of a degree say. */
static gboolean
same_point (SmWorldPoint a,
            SmWorldPoint b)
{
  return ABS ((gint64) a.x - b.x) <= 2 && ABS ((gint64) a.y - b.y) <= 8;
}

static SmVehicleBatch *
read_vehicles (const char *text,
               GError    **error)
{
  g_autoptr (SmJsonReader) reader = reader_of (text);

  return sm_live_vehicles_read (reader, error);
}

static void
test_vehicles_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (SmVehicleBatch) batch = random_batch (rand, 5000);
  g_autoptr (SmVehicleBatch) back = NULL;
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const SmVehicleColumns *a = &batch->columns, *b;

  sm_live_vehicles_write (writer, a, batch->tick);
  text = sm_json_writer_end (writer);
  assert_strict (text);
  back = read_vehicles (text, &error);
  g_assert_no_error (error);
  b = &back->columns;
  g_assert_cmpint (back->tick, ==, batch->tick);
  g_assert_cmpuint (b->n, ==, a->n);
  for (guint i = 0; i < a->n; i++)
    {
      g_assert_true (a->id[i] == b->id[i] && same_point (a->at[i], b->at[i]));
      g_assert_true (a->heading[i] == b->heading[i] && a->reported_at[i] == b->reported_at[i]);
      g_assert_true (a->motion[i] == b->motion[i] && a->energy[i] == b->energy[i]);
      g_assert_true (a->connection[i] == b->connection[i]);
      g_assert_true (same_float (a->speed_kmh[i], b->speed_kmh[i]));
      g_assert_true (same_float (a->soc[i], b->soc[i]));
      g_assert_true (same_float (a->temperature_c[i], b->temperature_c[i]));
      g_assert_true (a->battery_id[i] == b->battery_id[i] && a->range_m[i] == b->range_m[i]);
      g_assert_true (a->station_id[i] == b->station_id[i] && a->queue[i] == b->queue[i]);
      g_assert_true (a->queue_since[i] == b->queue_since[i] && a->eta[i] == b->eta[i]);
      g_assert_true (a->reach[i] == b->reach[i]);
      g_assert_true (same_float (a->insulation_ohm_per_v[i], b->insulation_ohm_per_v[i]));
      g_assert_true (same_float (a->spread_mv[i], b->spread_mv[i]));
    }
}

static void
test_vehicles_are_open (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmVehicleBatch) empty = read_vehicles ("{\"id\":[],\"tick\":0}", NULL);
  g_autoptr (SmVehicleBatch) batch = read_vehicles (
    "{\"latitude\":[22.5,91,22.5],\"mood\":[1,2],\"longitude\":[114,114,null],\"tick\":5,"
    "\"heading_deg\":[359.7,-90,400],\"motion\":[\"flying\",null,\"parked\"],\"id\":[1,2,3]}",
    &error);

  g_assert_cmpuint (empty->columns.n, ==, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (batch->columns.n, ==, 3);
  g_assert_cmpuint (batch->columns.at[0].x, !=, 0);
  g_assert_cmpuint (batch->columns.at[1].x, ==, 0);
  g_assert_cmpuint (batch->columns.at[2].x, ==, 0);
  g_assert_cmpuint (batch->columns.heading[0], ==, 0);
  g_assert_cmpuint (batch->columns.heading[1], ==, 270);
  g_assert_cmpuint (batch->columns.heading[2], ==, SM_HEADING_UNKNOWN);
  g_assert_cmpuint (batch->columns.motion[0], ==, SM_ENUM_UNKNOWN);
  g_assert_cmpuint (batch->columns.motion[2], ==, SM_MOTION_PARKED);
  g_assert_true (isnan (batch->columns.soc[0]));
  g_assert_cmpuint (batch->columns.connection[0], ==, SM_ENUM_UNKNOWN);
  g_assert_cmpint (batch->columns.reported_at[0], ==, SM_UNKNOWN);
}

static void
test_vehicles_are_checked (void)
{
  static const char *const bad[] = {
    "{\"id\":[1,2]}",
    "{\"tick\":1}",
    "{\"tick\":-1,\"id\":[]}",
    "{\"tick\":1,\"id\":[null]}",
    "{\"tick\":1,\"id\":[0]}",
    "{\"tick\":1,\"id\":[1.5]}",
    "{\"tick\":1,\"id\":[1,2],\"soc\":[1]}",
    "{\"tick\":1,\"id\":[1],\"soc\":[1,2]}",
    "{\"tick\":1,\"soc\":[1,2],\"id\":[1]}",
    "{\"tick\":1,\"id\":[1,2],\"soc\":[1,2],\"id\":[1,2,3]}",
    "{\"tick\":1,\"id\":{},\"soc\":[]}",
    "{\"tick\":1,\"id\":[1],\"soc\":[\"full\"]}",
    "{\"tick\":1,\"id\":[1],\"motion\":[1]}",
    "{\"tick\":1,\"id\":[1],\"reported_at\":[\"noon\"]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SmJsonReader) reader = reader_of (bad[i]);
      gint64 tick;

      g_test_message ("%s", bad[i]);
      g_assert_null (read_vehicles (bad[i], &error));
      g_assert_nonnull (error);
      g_assert_null (sm_live_rows_read (reader, sm_noun_get (SM_NOUN_VEHICLE), &tick, NULL));
    }
}

static void
test_live_rows_round_trip (gconstpointer data)
{
  const SmNoun *noun = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (noun->id);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autoptr (SmJsonReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 tick = 0;

  for (guint i = 0; i < ROWS_PER_NOUN; i++)
    {
      SmRow *row = random_row (rand, noun);

      for (guint f = 1; f < noun->n_fields; f++)
        if (noun->fields[f].klass == SM_RECORD)
          sm_row_set_null (row, f);
      g_ptr_array_add (rows, row);
    }
  sm_live_rows_write (writer, noun, rows, 99);
  text = sm_json_writer_end (writer);
  assert_strict (text);
  reader = reader_of (text);
  back = sm_live_rows_read (reader, noun, &tick, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tick, ==, 99);
  g_assert_cmpuint (back->len, ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (sm_row_equal (g_ptr_array_index (rows, i), g_ptr_array_index (back, i)));
}

static SmReportBatch *
read_reports (const char *text,
              GError    **error)
{
  g_autoptr (SmJsonReader) reader = reader_of (text);

  return sm_reports_read (reader, error);
}

static void
test_reports_round_trip (void)
{
  const SmVehicleReport reports[] = {
    { .vin = "LSV00001", .at_us = 1795242728500000, .latitude = 22.5431, .longitude = 114.0579,
      .heading_deg = 90, .speed_kmh = 41.5, .soc = 80.5, .pack_temperature_c = 31,
      .odometer_m = 123456, .motion = SM_MOTION_DRIVING, .energy = SM_ENERGY_IDLE },
    { .vin = "LSV00002", .at_us = 1795242729000000, .latitude = NAN, .longitude = NAN,
      .heading_deg = NAN, .speed_kmh = NAN, .soc = NAN, .pack_temperature_c = NAN,
      .odometer_m = SM_UNKNOWN, .motion = SM_ENUM_UNKNOWN, .energy = SM_ENUM_UNKNOWN },
  };
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autoptr (SmReportBatch) batch = NULL;
  g_autofree char *text = NULL;

  sm_reports_write (writer, reports, G_N_ELEMENTS (reports));
  text = sm_json_writer_end (writer);
  assert_strict (text);
  batch = read_reports (text, NULL);
  g_assert_cmpuint (batch->reports->len, ==, 2);
  g_assert_cmpuint (batch->rejected->len, ==, 0);
  g_assert_cmpuint (batch->notes->len, ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      const SmVehicleReport *a = &reports[i];
      const SmVehicleReport *b = &g_array_index (batch->reports, SmVehicleReport, i);

      g_assert_cmpstr (a->vin, ==, b->vin);
      g_assert_true (a->at_us == b->at_us && a->odometer_m == b->odometer_m);
      g_assert_true (a->motion == b->motion && a->energy == b->energy);
      g_assert_true (memcmp (&a->latitude, &b->latitude, sizeof (double)) == 0
                     || isnan (a->latitude) == isnan (b->latitude));
      g_assert_true (isnan (a->soc) ? isnan (b->soc) : a->soc == b->soc);
    }
}

static void
test_reports_carry_the_pack (void)
{
  SmVehicleReport report;
  const SmVehicleReport *back;
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autoptr (SmReportBatch) batch = NULL;
  g_autofree char *text = NULL;

  sm_vehicle_report_init (&report);
  report.vin = "LSV00003";
  report.at_us = 1795242728500000;
  report.battery_id = 81;
  report.battery_sn = "PK-81";
  report.range_m = 64000;
  report.station_id = 12;
  report.queue = SM_QUEUE_WAITING;
  report.queue_since = 1795242700000000;
  report.logs_out = TRUE;
  report.pack.cell_max_mv = 3412.5;
  report.pack.cell_max_number = 17;
  report.pack.insulation_ohm_per_v = 254; /* a number as good as any here */
  report.pack.throughput_wh = 4200000000;
  sm_reports_write (writer, &report, 1);
  text = sm_json_writer_end (writer);
  assert_strict (text);
  batch = read_reports (text, NULL);
  g_assert_cmpuint (batch->notes->len, ==, 0);
  back = &g_array_index (batch->reports, SmVehicleReport, 0);
  g_assert_cmpint (back->battery_id, ==, 81);
  g_assert_cmpstr (back->battery_sn, ==, "PK-81");
  g_assert_cmpint (back->range_m, ==, 64000);
  g_assert_true (back->station_id == 12 && back->queue == SM_QUEUE_WAITING && back->logs_out);
  g_assert_true (back->queue_since == report.queue_since && back->eta == SM_UNKNOWN);
  g_assert_cmpfloat (back->pack.cell_max_mv, ==, 3412.5);
  g_assert_cmpfloat (back->pack.insulation_ohm_per_v, ==, 254);
  g_assert_true (back->pack.cell_max_number == 17 && back->pack.throughput_wh == 4200000000);
  g_assert_true (isnan (back->pack.soh) && back->pack.charged_wh == SM_UNKNOWN);
}

/* What is wrong with one report refuses that one, and says why. */
static void
test_reports_are_judged_alone (void)
{
  static const char text[]
    = "{\"gateway\":\"g\",\"reports\":["
      "{\"vin\":\"A\",\"at\":\"2026-11-21T14:00:00+08:00\",\"latitude\":22.5,\"longitude\":114},"
      "{\"vin\":\"D\",\"at\":\"noon\"},"
      "{\"vin\":\"E\"},"
      "{\"at\":\"2026-11-21T14:00:00+08:00\"},"
      "{\"vin\":\"\",\"at\":\"2026-11-21T14:00:00+08:00\"},"
      "{\"vin\":\"大\",\"at\":\"2026-11-21T14:00:00+08:00\"},"
      "{\"vin\":7,\"at\":\"2026-11-21T14:00:00+08:00\"},"
      "7,"
      "{\"vin\":\"F\",\"at\":\"2026-11-21T14:00:00+08:00\",\"soc\":255,\"speed_kmh\":\"fast\","
      "\"pack_temperature_c\":254,\"heading_deg\":360,\"odometer_m\":-1,\"motion\":\"flying\","
      "\"energy\":null,\"new\":[]}]}";
  static const char *const reasons[] = { "bad-time", "bad-time", "bad-vin",   "bad-vin",
                                         "bad-vin",  "bad-vin",  "wrong-type" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmReportBatch) batch = read_reports (text, &error);
  const SmVehicleReport *last;

  g_assert_no_error (error);
  g_assert_cmpuint (batch->reports->len, ==, 2);
  g_assert_cmpuint (batch->rejected->len, ==, G_N_ELEMENTS (reasons));
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      const SmReportRejection *rejection = &g_array_index (batch->rejected, SmReportRejection, i);

      g_assert_cmpuint (rejection->index, ==, i + 1);
      g_assert_cmpstr (rejection->slug, ==, reasons[i]);
    }
  g_assert_cmpuint (g_array_index (batch->indices, guint, 1), ==, 8);
  last = &g_array_index (batch->reports, SmVehicleReport, 1);
  g_assert_true (isnan (last->soc) && isnan (last->speed_kmh) && isnan (last->pack_temperature_c));
  g_assert_cmpfloat (last->heading_deg, ==, 0.0);
  g_assert_cmpint (last->odometer_m, ==, SM_UNKNOWN);
  g_assert_cmpuint (batch->notes->len, ==, 5);
  g_assert_cmpstr (g_array_index (batch->notes, SmReportNote, 0).field, ==, "soc");
  g_assert_cmpstr (g_array_index (batch->notes, SmReportNote, 0).slug, ==, "device-invalid");
  g_assert_cmpstr (g_array_index (batch->notes, SmReportNote, 1).slug, ==, "wrong-type");
  g_assert_cmpstr (g_array_index (batch->notes, SmReportNote, 2).slug, ==, "device-abnormal");
}

/* A vehicle that does not know where it is may still be on fire. */
static void
test_places_that_cannot_be (void)
{
  static const char text[]
    = "{\"reports\":["
      "{\"vin\":\"A\",\"at\":\"2026-11-21T14:00:00+08:00\",\"latitude\":91,\"longitude\":114,"
      "\"soc\":7},"
      "{\"vin\":\"B\",\"at\":\"2026-11-21T14:00:00+08:00\",\"longitude\":114,\"soc\":8}]}";
  static const struct
  {
    guint index;
    const char *field, *slug;
  } expected[] = {
    { 0, "latitude", "out-of-range" },
    { 0, "longitude", "half-position" },
    { 1, "longitude", "half-position" },
  };
  g_autoptr (SmReportBatch) batch = read_reports (text, NULL);

  g_assert_cmpuint (batch->reports->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const SmVehicleReport *report = &g_array_index (batch->reports, SmVehicleReport, i);

      g_assert_true (isnan (report->latitude) && isnan (report->longitude));
      g_assert_cmpfloat (report->soc, ==, 7 + i);
    }
  g_assert_cmpuint (batch->notes->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const SmReportNote *entry = &g_array_index (batch->notes, SmReportNote, i);

      g_assert_cmpuint (entry->index, ==, expected[i].index);
      g_assert_cmpstr (entry->field, ==, expected[i].field);
      g_assert_cmpstr (entry->slug, ==, expected[i].slug);
    }
}

static void
test_reports_are_bounded (void)
{
  GString *text = g_string_new ("{\"reports\":[0");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < SM_REPORTS_MAX; i++)
    g_string_append (text, ",0");
  g_string_append (text, "]}");
  g_assert_null (read_reports (text->str, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_TOO_LARGE);
  g_assert_null (read_reports ("{\"reports\":[],\"reports\":[]}", NULL));
  g_assert_null (read_reports ("{}", NULL));
  g_assert_null (read_reports ("[]", NULL));
  g_assert_null (read_reports ("{\"reports\":[{\"vin\":\"A\",\"soc\":1e400}]}", NULL));
  g_string_free (text, TRUE);
}

static void
test_report_answer (void)
{
  g_autoptr (GArray) rejected = g_array_new (FALSE, FALSE, sizeof (SmReportRejection));
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (SmReportNote));
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autofree char *text = NULL;
  SmReportRejection rejection = { 4, "unknown-vehicle" };
  SmReportNote entry = { 5, "soc", "out-of-range" };
  SmReportAnswer answer = { 3, 2, 6, 1, rejected, notes };

  g_array_append_val (rejected, rejection);
  g_array_append_val (notes, entry);
  sm_report_answer_write (writer, &answer);
  text = sm_json_writer_end (writer);
  g_assert_cmpstr (text, ==, "{\"accepted\":3,\"repeated\":2,\"late\":6,\"ahead\":1,"
                             "\"rejected\":[{\"index\":4,\"type\":\"unknown-vehicle\"}],"
                             "\"notes\":[{\"index\":5,\"field\":\"soc\","
                             "\"type\":\"out-of-range\"}]}");
}

static void
add_noun_tests (void)
{
  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);
      g_autofree char *rows = g_strconcat ("/wire/row/round-trip/", noun->name, NULL);
      g_autofree char *live = g_strconcat ("/wire/live/round-trip/", noun->name, NULL);

      g_test_add_data_func (rows, noun, test_rows_round_trip);
      g_test_add_data_func (live, noun, test_live_rows_round_trip);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_noun_tests ();
  g_test_add_func ("/wire/row/open", test_row_is_open);
  g_test_add_func ("/wire/row/checked", test_row_is_checked);
  g_test_add_func ("/wire/row/names-are-canonical", test_names_are_canonical);
  g_test_add_func ("/wire/changes/round-trip", test_changes_round_trip);
  g_test_add_func ("/wire/changes/open", test_changes_are_open);
  g_test_add_func ("/wire/changes/checked", test_changes_are_checked);
  g_test_add_func ("/wire/live/vehicles-round-trip", test_vehicles_round_trip);
  g_test_add_func ("/wire/live/vehicles-open", test_vehicles_are_open);
  g_test_add_func ("/wire/live/checked", test_vehicles_are_checked);
  g_test_add_func ("/wire/report/round-trip", test_reports_round_trip);
  g_test_add_func ("/wire/report/pack", test_reports_carry_the_pack);
  g_test_add_func ("/wire/report/judged-alone", test_reports_are_judged_alone);
  g_test_add_func ("/wire/report/places-that-cannot-be", test_places_that_cannot_be);
  g_test_add_func ("/wire/report/bounded", test_reports_are_bounded);
  g_test_add_func ("/wire/report/answer", test_report_answer);
  return g_test_run ();
}
