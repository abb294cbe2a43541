/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-effect.h"
#include "sm-figure-links.h"
#include "sm-ops-private.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/*
 * Every figure against the rows that its link opens, at the same instant, on
 * networks made of a seed: whatever a thing may say, and nothing, and what this
 * version does not know.
 */

#define N_STATIONS 60
#define N_PILES 200
#define N_CONNECTORS 380
#define N_VEHICLES 900
#define N_ALARMS 150

typedef struct
{
  SmOps *ops;
  GRand *random;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->random = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  /* Never started: the test tells it what sync would. */
  fixture->ops = sm_ops_new ("http://127.0.0.1:9", g_get_tmp_dir (), g_get_tmp_dir ());
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->ops);
  g_rand_free (fixture->random);
}

/* A value of an enumeration, nothing, or a word from the future. */
static void
set_any (Fixture *fixture,
         SmRow   *row,
         guint    field)
{
  const char *const *slugs = sm_row_get_noun (row)->fields[field].slugs;
  gint32 choice = g_rand_int_range (fixture->random, -2, (gint32) g_strv_length ((char **) slugs));

  if (choice >= 0)
    sm_row_set_text (row, field, slugs[choice]);
  else if (choice == -2)
    sm_row_set_text (row, field, "of_tomorrow");
}

static void
set_required (Fixture *fixture,
              SmRow   *row,
              guint    field)
{
  set_any (fixture, row, field);
  if (sm_row_is_null (row, field))
    sm_row_set_text (row, field, "of_tomorrow");
}

static SmRow *
make_station (Fixture *fixture,
              gint64   id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (row, SM_STATION_ID, id);
  sm_row_take_text (row, SM_STATION_SN, g_strdup_printf ("SN%05d", (int) id));
  sm_row_set_text (row, SM_STATION_KIND,
                   sm_station_kinds[g_rand_int_range (fixture->random, 0, 3)]);
  set_required (fixture, row, SM_STATION_STATE);
  set_any (fixture, row, SM_STATION_CONNECTION);
  set_any (fixture, row, SM_STATION_SERVICE);
  if (g_rand_boolean (fixture->random))
    sm_row_set_int (row, SM_STATION_WAITING, g_rand_int_range (fixture->random, 0, 4));
  if (g_rand_boolean (fixture->random))
    sm_row_set_text (row, SM_STATION_LACKING, g_rand_boolean (fixture->random) ? "pack" : "");
  return row;
}

static SmRow *
make_pile (Fixture *fixture,
           gint64   id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PILE));

  sm_row_set_int (row, SM_PILE_ID, id);
  sm_row_set_int (row, SM_PILE_STATION_ID, 1 + id % N_STATIONS);
  sm_row_take_text (row, SM_PILE_SN, g_strdup_printf ("P%05d", (int) id));
  return row;
}

static SmRow *
make_connector (Fixture *fixture,
                gint64   id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));

  sm_row_set_int (row, SM_CONNECTOR_ID, id);
  sm_row_set_int (row, SM_CONNECTOR_PILE_ID, 1 + id % N_PILES);
  sm_row_set_int (row, SM_CONNECTOR_STATION_ID, 1 + id % N_STATIONS);
  sm_row_set_int (row, SM_CONNECTOR_NUMBER, 1);
  return row;
}

static SmRow *
make_vehicle (Fixture *fixture,
              gint64   id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

  sm_row_set_int (row, SM_VEHICLE_ID, id);
  sm_row_take_text (row, SM_VEHICLE_PLATE, g_strdup_printf ("粤B·%05d", (int) id));
  return row;
}

static SmRow *
make_alarm (Fixture *fixture,
            gint64   id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_int (row, SM_ALARM_ID, id);
  sm_row_set_text (row, SM_ALARM_CODE, "soc-low");
  sm_row_set_int (row, SM_ALARM_LEVEL, g_rand_int_range (fixture->random, 0, 6));
  sm_row_set_text (row, SM_ALARM_STATE,
                   sm_alarm_states[g_rand_int_range (fixture->random, 0, 3)]);
  sm_row_set_text (row, SM_ALARM_SOURCE_NOUN, "vehicle");
  sm_row_set_int (row, SM_ALARM_SOURCE_ID, 1 + id);
  sm_row_set_int (row, SM_ALARM_COUNT, 1);
  sm_row_set_int (row, SM_ALARM_RAISED_AT, 1000000 * id);
  return row;
}

typedef SmRow *(*MakeFunc) (Fixture *fixture, gint64 id);

static void
tell_records (Fixture  *fixture,
              MakeFunc  make,
              guint     n)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (SmSyncRef));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, make (fixture, i + 1));
  sm_ops_listener.changed (fixture->ops, rows, gone);
}

/* What some of a noun say anew. */
static void
tell_live (Fixture  *fixture,
           SmNounId  noun,
           guint     field,
           guint     n)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < n; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (noun));

      sm_row_set_int (row, SM_ROW_ID, i + 1);
      set_any (fixture, row, field);
      if (g_rand_int_range (fixture->random, 0, 3) > 0)
        g_ptr_array_add (rows, row);
      else
        sm_row_unref (row);
    }
  sm_ops_listener.live (fixture->ops, sm_noun_get (noun), rows);
}

static guint8
any_of (Fixture *fixture,
        guint    n)
{
  gint32 value = g_rand_int_range (fixture->random, -1, (gint32) n);

  return value < 0 ? SM_ENUM_UNKNOWN : (guint8) value;
}

static void
tell_vehicles (Fixture *fixture)
{
  g_autoptr (SmVehicleBatch) batch = sm_vehicle_batch_new (N_VEHICLES);
  SmVehicleColumns *to = &batch->columns;
  guint n = 0;

  for (gint64 id = 1; id <= N_VEHICLES; id++)
    {
      if (g_rand_int_range (fixture->random, 0, 5) == 0)
        continue;
      to->id[n] = id;
      to->at[n] = (SmWorldPoint){ 0, 0 };
      to->heading[n] = SM_HEADING_UNKNOWN;
      to->speed_kmh[n] = to->temperature_c[n] = to->insulation_ohm_per_v[n] = NAN;
      to->spread_mv[n] = NAN;
      to->soc[n] = (float) g_rand_double_range (fixture->random, 0, 100);
      to->motion[n] = any_of (fixture, 2);
      to->energy[n] = any_of (fixture, 3);
      to->connection[n] = any_of (fixture, 6);
      to->queue[n] = any_of (fixture, 4);
      to->reach[n] = any_of (fixture, 2);
      to->reported_at[n] = to->battery_id[n] = to->range_m[n] = to->eta[n] = SM_UNKNOWN;
      to->station_id[n] = g_rand_int_range (fixture->random, 1, N_STATIONS + 1);
      to->queue_since[n] = g_rand_int_range (fixture->random, 1, 1000000);
      n++;
    }
  to->n = n;
  sm_ops_listener.vehicles_moved (fixture->ops, batch);
}

static guint
count_rows (Fixture    *fixture,
            const char *text)
{
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = NULL;

  g_assert_nonnull (link);
  list = sm_ops_open_list (fixture->ops, link, &error);
  g_assert_no_error (error);
  return g_list_model_get_n_items (list);
}

static void
assert_agree (Fixture *fixture)
{
  const SmFigureValues *values = sm_figures_get_values (sm_ops_get_figures (fixture->ops));
  const SmServiceValues *service
      = sm_service_figures_get_values (sm_ops_get_service (fixture->ops));
  g_autoptr (GPtrArray) links = NULL;
  const char *total = NULL;
  gint64 left = 0;

  sm_ops_count_now (fixture->ops);
  links = sm_figure_list_links (values, service);
  for (guint i = 0; i < links->len; i++)
    {
      const SmFigureLink *figure = g_ptr_array_index (links, i);

      if (count_rows (fixture, figure->link) != figure->value)
        g_error ("%s says %" G_GINT64_FORMAT ", its rows are %u", figure->link, figure->value,
                 count_rows (fixture, figure->link));
      /* Every bar sums to its total. */
      if (g_strcmp0 (total, figure->total) == 0)
        left -= figure->value;
      else
        {
          g_assert_cmpint (left, ==, 0);
          total = figure->total;
          left = i + 1 < links->len
                         && g_strcmp0 (((SmFigureLink *) links->pdata[i + 1])->total, total) == 0
                     ? figure->value : 0;
        }
    }
  g_assert_cmpint (left, ==, 0);
}

static void
test_agree (Fixture       *fixture,
            gconstpointer  data)
{
  assert_agree (fixture);
  /* Live values may come before their records. */
  tell_vehicles (fixture);
  tell_records (fixture, make_vehicle, N_VEHICLES);
  tell_records (fixture, make_station, N_STATIONS);
  tell_records (fixture, make_pile, N_PILES);
  tell_records (fixture, make_connector, N_CONNECTORS);
  tell_records (fixture, make_alarm, N_ALARMS);
  assert_agree (fixture);
  for (guint round = 0; round < 3; round++)
    {
      tell_vehicles (fixture);
      tell_live (fixture, SM_NOUN_STATION, SM_STATION_SERVICE, N_STATIONS);
      tell_live (fixture, SM_NOUN_PILE, SM_PILE_CONNECTION, N_PILES);
      tell_live (fixture, SM_NOUN_CONNECTOR, SM_CONNECTOR_STATUS, N_CONNECTORS);
      tell_records (fixture, make_alarm, N_ALARMS);
      assert_agree (fixture);
    }
}

/* A pile's connectors are counted each; the link of a status opens their piles. */
static void
test_connectors (Fixture       *fixture,
                 gconstpointer  data)
{
  const SmFigureValues *values;
  guint sum = 0;

  tell_records (fixture, make_station, N_STATIONS);
  tell_records (fixture, make_pile, N_PILES);
  tell_records (fixture, make_connector, N_CONNECTORS);
  tell_live (fixture, SM_NOUN_CONNECTOR, SM_CONNECTOR_STATUS, N_CONNECTORS);
  sm_ops_count_now (fixture->ops);
  values = sm_figures_get_values (sm_ops_get_figures (fixture->ops));
  for (guint i = 0; i < SM_FIGURE_CONNECTOR_STATUSES; i++)
    {
      const char *slug = i + 1 < SM_FIGURE_CONNECTOR_STATUSES ? sm_connector_statuses[i]
                                                              : "unknown";
      g_autofree char *link = g_strdup_printf ("stationmaster:piles?status=%s", slug);
      guint piles = count_rows (fixture, link);

      g_assert_cmpuint (piles, <=, values->connectors_by_status[i]);
      g_assert_cmpint (piles > 0, ==, values->connectors_by_status[i] > 0);
      sum += values->connectors_by_status[i];
    }
  g_assert_cmpuint (sum, ==, values->connectors);
}

/* The longest wait is somebody's, and nobody has waited longer. */
static void
test_longest_wait (Fixture       *fixture,
                   gconstpointer  data)
{
  const SmVehicleColumns *columns;
  const SmServiceValues *service;
  int slot;

  tell_records (fixture, make_vehicle, N_VEHICLES);
  tell_vehicles (fixture);
  columns = sm_fleet_get_columns (sm_ops_get_fleet (fixture->ops));
  sm_ops_count_now (fixture->ops);
  service = sm_service_figures_get_values (sm_ops_get_service (fixture->ops));
  slot = sm_fleet_find (sm_ops_get_fleet (fixture->ops), service->longest_wait_vehicle);
  g_assert_cmpint (slot, >=, 0);
  g_assert_cmpint (columns->queue_since[slot], ==, service->longest_wait_since);
  g_assert_cmpint (columns->station_id[slot], ==, service->longest_wait_station);
  for (guint i = 0; i < columns->n; i++)
    if (columns->queue[i] == SM_QUEUE_WAITING || columns->queue[i] == SM_QUEUE_CALLED)
      g_assert_cmpint (columns->queue_since[i], >=, service->longest_wait_since);
}

static void
set_station (Fixture    *fixture,
             gint64      id,
             const char *service,
             gint64      waiting,
             gint64      inbound,
             gint64      income)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_text (row, SM_STATION_SERVICE, service);
  sm_row_set_int (row, SM_STATION_WAITING, waiting);
  sm_row_set_int (row, SM_STATION_INBOUND, inbound);
  if (income > 0)
    sm_row_set_int (row, SM_STATION_INCOME_MINOR_PER_HOUR, income);
  g_ptr_array_add (rows, row);
  sm_ops_listener.live (fixture->ops, sm_noun_get (SM_NOUN_STATION), rows);
}

static SmRow *
make_fault (gint64      id,
            const char *state,
            int         level,
            double      risk,
            gint64      station_id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_int (row, SM_ALARM_ID, id);
  sm_row_set_text (row, SM_ALARM_STATE, state);
  sm_row_set_int (row, SM_ALARM_LEVEL, level);
  sm_row_set_real (row, SM_ALARM_RISK, risk);
  sm_row_set_int (row, SM_ALARM_RAISED_AT, 1000 * id);
  sm_row_set_text (row, SM_ALARM_SOURCE_NOUN, station_id > 0 ? "station" : "vehicle");
  sm_row_set_int (row, SM_ALARM_SOURCE_ID, station_id > 0 ? station_id : id);
  return row;
}

static void
test_effect (Fixture       *fixture,
             gconstpointer  data)
{
  SmAlarmEffect effect;
  g_autoptr (SmRow) fault = make_fault (1, "unacked", 2, 5, 3);
  g_autoptr (SmRow) nowhere = make_fault (2, "unacked", 2, 5, 0);

  tell_records (fixture, make_station, N_STATIONS);
  set_station (fixture, 3, "degraded", 4, 2, 123400);
  effect = sm_alarm_effect (fixture->ops, fault);
  g_assert_cmpint (effect.waiting, ==, 4);
  g_assert_cmpint (effect.inbound, ==, 2);
  /* It takes money still. */
  g_assert_cmpint (effect.lost_minor_per_hour, ==, 0);
  set_station (fixture, 3, "out_of_service", 4, 2, 123400);
  effect = sm_alarm_effect (fixture->ops, fault);
  g_assert_cmpint (effect.lost_minor_per_hour, ==, 123400);
  effect = sm_alarm_effect (fixture->ops, nowhere);
  g_assert_cmpint (effect.waiting + effect.inbound + effect.lost_minor_per_hour, ==, 0);
}

static int
compare_urgency (gconstpointer a,
                 gconstpointer b,
                 gpointer      ops)
{
  return sm_alarm_compare_urgency (ops, *(SmRow *const *) a, *(SmRow *const *) b);
}

static void
test_urgency (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  tell_records (fixture, make_station, N_STATIONS);
  set_station (fixture, 1, "out_of_service", 0, 0, 900);
  set_station (fixture, 2, "degraded", 0, 9, 0);
  set_station (fixture, 3, "degraded", 1, 0, 0);
  set_station (fixture, 4, "available", 0, 0, 0);
  g_ptr_array_add (faults, make_fault (8, "unacked", 3, 9, 3));
  g_ptr_array_add (faults, make_fault (7, "unacked", 2, 5, 0));
  g_ptr_array_add (faults, make_fault (6, "unacked", 2, 5, 4)); /* older than 7 */
  g_ptr_array_add (faults, make_fault (5, "unacked", 2, 5, 1)); /* costs money */
  g_ptr_array_add (faults, make_fault (4, "returned_unacked", 2, 5, 2)); /* nine come */
  g_ptr_array_add (faults, make_fault (3, "unacked", 2, 5, 3)); /* one waits */
  g_ptr_array_add (faults, make_fault (2, "unacked", 2, 6, 4)); /* greater risk */
  g_ptr_array_add (faults, make_fault (1, "unacked", 1, 0, 0)); /* worse */
  g_ptr_array_add (faults, make_fault (9, "acked", 1, 9, 3));
  g_ptr_array_sort_with_data (faults, compare_urgency, fixture->ops);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (sm_row_get_id (faults->pdata[i]), ==, i + 1);
  g_assert_cmpint (sm_row_get_id (faults->pdata[5]), ==, 7);
  g_assert_cmpint (sm_row_get_id (faults->pdata[6]), ==, 6);
  g_assert_cmpint (sm_row_get_id (faults->pdata[7]), ==, 8);
  g_assert_cmpint (sm_row_get_id (faults->pdata[8]), ==, 9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint seed = 1; seed <= 5; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/figures/links-open-what-is-counted/%u", seed);

      g_test_add (path, Fixture, GUINT_TO_POINTER (seed), set_up, test_agree, tear_down);
    }
  g_test_add ("/ops/figures/connectors-are-of-the-piles-that-open", Fixture, GUINT_TO_POINTER (6),
              set_up, test_connectors, tear_down);
  g_test_add ("/ops/alarms/effect-by-the-station-now", Fixture, GUINT_TO_POINTER (8), set_up,
              test_effect, tear_down);
  g_test_add ("/ops/alarms/order-of-urgency", Fixture, GUINT_TO_POINTER (9), set_up, test_urgency,
              tear_down);
  g_test_add ("/ops/figures/the-longest-wait-is-somebodys", Fixture, GUINT_TO_POINTER (7), set_up,
              test_longest_wait, tear_down);

  return g_test_run ();
}
