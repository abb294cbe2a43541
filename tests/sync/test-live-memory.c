/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-live-memory.h"
#include "sm-time.h"

#include <math.h>

#define N 1000

static SmVehicleBatch *
make_batch (void)
{
  SmVehicleBatch *batch = sm_vehicle_batch_new (N);
  SmVehicleColumns *c = &batch->columns;

  for (guint i = 0; i < N; i++)
    {
      c->id[i] = i + 1;
      c->at[i] = (SmWorldPoint){ i, i };
      c->heading[i] = SM_HEADING_UNKNOWN;
      c->speed_kmh[i] = c->soc[i] = c->temperature_c[i] = NAN;
      c->insulation_ohm_per_v[i] = c->spread_mv[i] = NAN;
      c->motion[i] = c->energy[i] = c->connection[i] = SM_ENUM_UNKNOWN;
      c->queue[i] = c->reach[i] = SM_ENUM_UNKNOWN;
      c->reported_at[i] = c->battery_id[i] = c->range_m[i] = c->station_id[i] = SM_UNKNOWN;
      c->queue_since[i] = c->eta[i] = SM_UNKNOWN;
    }
  batch->tick = 7;
  return batch;
}

static guint
count_news (SmLiveMemory   *memory,
            SmVehicleBatch *batch)
{
  g_autoptr (SmVehicleBatch) news = sm_live_memory_sift_vehicles (memory, batch);

  g_assert_cmpint (news->tick, ==, batch->tick);
  return news->columns.n;
}

static void
test_only_what_differs (void)
{
  g_autoptr (SmLiveMemory) memory = sm_live_memory_new ();
  g_autoptr (SmVehicleBatch) first = make_batch ();
  g_autoptr (SmVehicleBatch) second = make_batch ();
  g_autoptr (SmVehicleBatch) news = NULL;

  g_assert_cmpuint (count_news (memory, first), ==, N);
  g_assert_cmpuint (count_news (memory, second), ==, 0);
  second->columns.soc[41] = 50;
  second->columns.speed_kmh[700] = 0;
  news = sm_live_memory_sift_vehicles (memory, second);
  g_assert_cmpuint (news->columns.n, ==, 2);
  g_assert_cmpint (news->columns.id[0], ==, 42);
  g_assert_cmpfloat (news->columns.soc[0], ==, 50);
  g_assert_cmpint (news->columns.id[1], ==, 701);
  g_assert_cmpuint (count_news (memory, second), ==, 0);
  /* And back again. */
  g_assert_cmpuint (count_news (memory, first), ==, 2);
}

/* A change of any one column of any one vehicle is news. */
static void
test_every_column_counts (void)
{
  g_autoptr (SmLiveMemory) memory = sm_live_memory_new ();
  g_autoptr (SmVehicleBatch) batch = make_batch ();
  SmVehicleColumns *c = &batch->columns;

  count_news (memory, batch);
#define CHANGE(column, value)                              \
  c->column[5] = value;                                    \
  g_assert_cmpuint (count_news (memory, batch), ==, 1)
  CHANGE (at, ((SmWorldPoint){ 6, 5 }));
  CHANGE (at, ((SmWorldPoint){ 6, 6 }));
  CHANGE (heading, 1);
  CHANGE (speed_kmh, 1);
  CHANGE (soc, 1);
  CHANGE (temperature_c, 1);
  CHANGE (motion, 1);
  CHANGE (energy, 1);
  CHANGE (connection, 1);
  CHANGE (reported_at, 1);
  CHANGE (battery_id, 1);
  CHANGE (range_m, 1);
  CHANGE (station_id, 1);
  CHANGE (queue_since, 1);
  CHANGE (eta, 1);
  CHANGE (queue, 1);
  CHANGE (reach, 1);
  CHANGE (insulation_ohm_per_v, 1);
  CHANGE (spread_mv, 1);
#undef CHANGE
}

/* What was forgotten, because its row is gone or the copy is another, is news. */
static void
test_forgetting (void)
{
  g_autoptr (SmLiveMemory) memory = sm_live_memory_new ();
  g_autoptr (SmVehicleBatch) batch = make_batch ();

  count_news (memory, batch);
  sm_live_memory_forget (memory, 17);
  sm_live_memory_forget (memory, 99999);
  g_assert_cmpuint (count_news (memory, batch), ==, 1);
  sm_live_memory_clear (memory);
  g_assert_cmpuint (count_news (memory, batch), ==, N);
}

/* What is said of somebody who is gone is not news, until they are there again. */
static void
test_removed (void)
{
  g_autoptr (SmLiveMemory) memory = sm_live_memory_new ();
  g_autoptr (SmVehicleBatch) batch = make_batch ();

  sm_live_memory_remove (memory, 17);
  for (gint64 id = 5000; id < 8000; id++) /* it grows meanwhile */
    sm_live_memory_remove (memory, id);
  g_assert_cmpuint (count_news (memory, batch), ==, N - 1);
  sm_live_memory_clear (memory);
  g_assert_cmpuint (count_news (memory, batch), ==, N - 1);
  sm_live_memory_expect (memory, 17);
  sm_live_memory_expect (memory, 18);
  sm_live_memory_expect (memory, 99999);
  g_assert_cmpuint (count_news (memory, batch), ==, 1);
}

static SmRow *
make_row (const SmNoun *noun,
          gint64        id)
{
  SmRow *row = sm_row_new (noun);

  sm_row_set_int (row, SM_ROW_ID, id);
  return row;
}

static void
change (SmRow *row,
        guint  field)
{
  const SmNoun *noun = sm_row_get_noun (row);

  if (noun->fields[field].kind == SM_KIND_REAL)
    sm_row_set_real (row, field, 1);
  else if (sm_kind_is_text (noun->fields[field].kind))
    sm_row_set_text (row, field, "a text that is longer than eight");
  else
    sm_row_set_int (row, field, 1);
}

/* The same of every live field of every noun; a record's fields are none of ours. */
static void
test_rows (void)
{
  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);
      g_autoptr (SmLiveMemory) memory = sm_live_memory_new ();
      g_autoptr (GPtrArray) rows
        = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

      g_ptr_array_add (rows, make_row (noun, 1));
      g_ptr_array_add (rows, make_row (noun, 2));
      g_ptr_array_unref (sm_live_memory_sift_rows (memory, rows));
      for (guint field = SM_ROW_N_COMMON; field < noun->n_fields; field++)
        {
          g_autoptr (GPtrArray) news = NULL;
          gboolean is_live = noun->fields[field].klass == SM_LIVE;

          change (g_ptr_array_index (rows, 1), field);
          news = sm_live_memory_sift_rows (memory, rows);
          g_assert_cmpuint (news->len, ==, is_live ? 1 : 0);
          g_assert_true (!is_live || sm_row_get_id (g_ptr_array_index (news, 0)) == 2);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/live-memory/only-what-differs", test_only_what_differs);
  g_test_add_func ("/sync/live-memory/every-column-counts", test_every_column_counts);
  g_test_add_func ("/sync/live-memory/forgetting", test_forgetting);
  g_test_add_func ("/sync/live-memory/removed", test_removed);
  g_test_add_func ("/sync/live-memory/rows", test_rows);
  return g_test_run ();
}
