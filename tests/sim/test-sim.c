/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gstdio.h>

#include "sm-alarm.h"
#include "sm-feed.h"
#include "sm-geo.h"
#include "sm-history-pages.h"
#include "sm-last-reports.h"
#include "sm-sim.h"
#include "sm-sim-piles.h"
#include "sm-statistics.h"
#include "sm-stations.h"
#include "sm-test-folder.h"
#include "sm-time.h"

#define START G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z, 08:00 in Shenzhen */

/* A simulated network whose clock the test turns. */
typedef struct
{
  char *folder;
  char *path;
  SmClock *clock;
  SmRules *rules;
  SmActor *actor;
  SmSim *sim;
} Fixture;

static void
begin (Fixture *fixture)
{
  SmRulesOptions options = { .path = fixture->path, .network = fixture->clock,
                             .machine = fixture->clock, .simulated = TRUE };
  SmSimOptions sim_options = { .seed = 1,
                               .data_dir = SM_SOURCE_DATA_DIR, .history_days = 0.25 };
  g_autoptr (GError) error = NULL;

  fixture->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
  fixture->sim = sm_sim_new (fixture->rules, &sim_options);
  sm_sim_prepare (fixture->sim, &error);
  g_assert_no_error (error);
}

static void
end (Fixture *fixture)
{
  g_clear_pointer (&fixture->sim, sm_sim_free);
  g_clear_pointer (&fixture->rules, sm_rules_close);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("sm-sim-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "network.db", NULL);
  fixture->clock = sm_clock_new_manual (START);
  fixture->actor = sm_actor_new_system ("test");
  begin (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  end (fixture);
  sm_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  sm_clock_unref (fixture->clock);
  sm_actor_unref (fixture->actor);
}

static gpointer
tick (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  sm_rules_tick (rules, error);
  return NULL;
}

/* What came in can be read from here on. */
static void
close_tick (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  sm_clock_advance (fixture->clock, SM_SECOND);
  sm_rules_run_sync (fixture->rules, tick, NULL, &error);
  g_assert_no_error (error);
}

static void
live (Fixture *fixture,
      guint    seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      g_autoptr (GError) error = NULL;

      sm_sim_step (fixture->sim, sm_clock_now (fixture->clock), &error);
      g_assert_no_error (error);
      close_tick (fixture);
    }
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

static GPtrArray *
live_rows (Fixture  *fixture,
           SmNounId  noun)
{
  gint64 tick_at;

  return sm_feed_read_live_rows (fixture->rules, fixture->actor, sm_noun_get (noun), 0, &tick_at);
}

static guint
count_slug (GPtrArray  *rows,
            guint       field,
            const char *slug)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += g_strcmp0 (sm_row_get_text (rows->pdata[i], field), slug) == 0;
  return n;
}

static void
test_first_minute (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (SmVehicleBatch) vehicles = NULL;
  g_autoptr (GPtrArray) stations = NULL;
  g_autoptr (GPtrArray) connectors = NULL;
  g_autoptr (GPtrArray) alarms = NULL;
  guint charging, n_online = 0, n_asleep = 0, n_driving = 0;

  live (fixture, 60);
  vehicles = sm_feed_read_live_vehicles (fixture->rules, fixture->actor, 0);
  stations = live_rows (fixture, SM_NOUN_STATION);
  connectors = live_rows (fixture, SM_NOUN_CONNECTOR);
  alarms = list (fixture, SM_NOUN_ALARM);
  for (guint i = 0; i < vehicles->columns.n; i++)
    {
      n_online += vehicles->columns.connection[i] == SM_CONNECTION_ONLINE;
      n_asleep += vehicles->columns.connection[i] == SM_CONNECTION_ASLEEP;
      n_driving += vehicles->columns.motion[i] == SM_MOTION_DRIVING;
    }
  g_assert_cmpuint (vehicles->columns.n, ==, 3000);
  /* At eight in the morning: who sleeps said so. */
  g_assert_cmpuint (n_online + n_asleep, ==, 3000);
  g_assert_cmpuint (n_asleep, >, 100);
  g_assert_cmpuint (n_asleep, <, 1000);
  g_assert_cmpuint (n_driving, >, 500);
  g_assert_cmpuint (stations->len, ==, 1587 + 60);
  g_assert_cmpuint (connectors->len, >, 22000);
  charging = count_slug (connectors, SM_CONNECTOR_STATUS, "charging");
  g_assert_cmpuint (charging, >, 80);
  g_assert_cmpuint (charging, <, 900);
  g_assert_cmpuint (count_slug (alarms, SM_ALARM_CODE, "pack-over-temperature"), >=, 1);
}

/* What a station draws is what its connectors give. */
static void
test_power_adds_up (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) live_connectors = NULL;
  g_autoptr (GPtrArray) live_stations = NULL;
  g_autoptr (GPtrArray) stations = NULL;
  g_autoptr (GHashTable) swap_stations = NULL;
  double given_kw = 0.0, drawn_kw = 0.0;

  sm_sim_step (fixture->sim, sm_clock_now (fixture->clock), NULL);
  close_tick (fixture);
  live_connectors = live_rows (fixture, SM_NOUN_CONNECTOR);
  live_stations = live_rows (fixture, SM_NOUN_STATION);
  for (guint i = 0; i < live_connectors->len; i++)
    given_kw += sm_row_get_real (live_connectors->pdata[i], SM_CONNECTOR_POWER_KW);
  swap_stations = g_hash_table_new (NULL, NULL);
  stations = list (fixture, SM_NOUN_STATION);
  for (guint i = 0; i < stations->len; i++)
    if (g_strcmp0 (sm_row_get_text (stations->pdata[i], SM_STATION_KIND), "swap") == 0)
      g_hash_table_add (swap_stations, GSIZE_TO_POINTER ((gsize) sm_row_get_id (stations->pdata[i])));
  g_assert_cmpuint (g_hash_table_size (swap_stations), ==, 60);
  for (guint i = 0; i < live_stations->len; i++)
    if (!g_hash_table_contains (swap_stations,
                                GSIZE_TO_POINTER ((gsize) sm_row_get_id (live_stations->pdata[i]))))
      drawn_kw += sm_row_get_real (live_stations->pdata[i], SM_STATION_POWER_KW);
  g_assert_cmpfloat (given_kw, >, 2000.0);
  /* Each station rounds to 0.1 kW. */
  g_assert_cmpfloat_with_epsilon (given_kw, drawn_kw, 0.05 * live_stations->len + 1.0);
}

typedef struct
{
  Fixture *fixture;
  GPtrArray *orders;
  GArray *quarters;
} Past;

static gpointer
read_past (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Past *past = data;
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_ORDER), .from = SM_UNKNOWN, .to = START,
                           .after_time = SM_UNKNOWN, .limit = 5000 };
  gboolean has_more;

  past->orders = sm_history_read (reader, past->fixture->actor, &query, &has_more, error);
  past->quarters = sm_stats_read_quarters (reader, past->fixture->actor, 0,
                                           START - SM_DAY / 4, START, 1000, error);
  return NULL;
}

/* Before it began there were swaps and charges, with what they took on the
 * sites' meters, and faults that are over. */
static void
test_has_a_past (Fixture       *fixture,
                 gconstpointer  data)
{
  Past past = { .fixture = fixture };
  g_autoptr (GPtrArray) alarms = list (fixture, SM_NOUN_ALARM);
  g_autoptr (GPtrArray) inspections = list (fixture, SM_NOUN_INSPECTION);
  g_autoptr (GPtrArray) incidents = list (fixture, SM_NOUN_SAFETY_INCIDENT);
  g_autoptr (GPtrArray) complaints = list (fixture, SM_NOUN_COMPLAINT);
  g_autoptr (GPtrArray) contacts = list (fixture, SM_NOUN_CONTACT);
  g_autoptr (GPtrArray) problems = list (fixture, SM_NOUN_PROBLEM_RECORD);
  g_autoptr (GError) error = NULL;
  guint n_charges = 0, n_over = 0;

  sm_rules_read_sync (fixture->rules, read_past, &past, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < past.orders->len; i++)
    n_charges += g_str_equal (sm_row_get_text (past.orders->pdata[i], SM_ORDER_KIND), "charge");
  /* Six hours of 5,000 a day, from two to eight in the morning. */
  g_assert_cmpuint (n_charges, >, 400);
  g_assert_cmpuint (n_charges, <, 1600);
  g_assert_cmpuint (past.orders->len - n_charges, >, 100);
  g_assert_cmpuint (past.quarters->len, >, 24);
  for (guint i = 0; i < alarms->len; i++)
    {
      const SmRow *alarm = alarms->pdata[i];

      if (!g_str_equal (sm_row_get_text (alarm, SM_ALARM_STATE), "normal"))
        continue;
      n_over++;
      g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_RAISED_AT), <=, START);
      g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_RETURNED_AT), <=, START);
    }
  g_assert_cmpuint (n_over, >, 10);
  g_assert_cmpuint (inspections->len, >=, 4);
  g_assert_cmpuint (incidents->len, >=, 2);
  g_assert_cmpuint (complaints->len, >=, 2);
  g_assert_cmpuint (contacts->len, >=, 3);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (sm_row_get_text (problems->pdata[0], SM_PROBLEM_STATE), ==, "open");
  g_ptr_array_unref (past.orders);
  g_array_unref (past.quarters);
}

static const SmVehicleReport *
find (GArray *reports,
      gint64  id)
{
  for (guint i = 0; i < reports->len; i++)
    if (g_array_index (reports, SmVehicleReport, i).vehicle_id == id)
      return &g_array_index (reports, SmVehicleReport, i);
  g_error ("No report of vehicle %" G_GINT64_FORMAT, id);
}

static void
test_opened_again (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (GPtrArray) vehicles = NULL;
  gint64 last_us, seq;
  guint n_swapped = 0;

  live (fixture, 40);
  before = sm_last_reports (fixture->rules);
  g_assert_cmpuint (before->len, ==, 3000);
  seq = sm_rules_get_seq (fixture->rules);
  end (fixture);
  sm_clock_advance (fixture->clock, 5 * SM_SECOND);
  begin (fixture);
  last_us = sm_sim_last_time (fixture->rules);
  /* Who goes on says at once how it is. */
  g_assert_cmpint (last_us, ==, START + 45 * SM_SECOND);
  /* Nobody is registered twice. */
  vehicles = list (fixture, SM_NOUN_VEHICLE);
  g_assert_cmpuint (vehicles->len, ==, 3000);
  /* Nothing is written but the end of the swaps that ran. */
  g_assert_cmpint (sm_rules_get_seq (fixture->rules), >=, seq);
  g_assert_cmpint (sm_rules_get_seq (fixture->rules), <, seq + 200);
  live (fixture, 12);
  after = sm_last_reports (fixture->rules);
  g_assert_cmpuint (after->len, ==, 3000);
  for (guint i = 0; i < after->len; i++)
    {
      const SmVehicleReport *now = &g_array_index (after, SmVehicleReport, i);
      const SmVehicleReport *then = find (before, now->vehicle_id);

      g_assert_cmpint (now->at_us, >, then->at_us);
      g_assert_cmpfloat (sm_geo_distance_m (then->latitude, then->longitude, now->latitude,
                                            now->longitude),
                         <, 1000.0);
      g_assert_cmpint (now->odometer_m, >=, then->odometer_m);
      if (now->battery_id == then->battery_id && now->battery_id > 0)
        g_assert_cmpfloat (fabs (now->soc - then->soc), <, 2.0);
      n_swapped += now->battery_id != then->battery_id;
    }
  g_assert_cmpuint (n_swapped, <, 100);
}

static guint
count_stations (Fixture *fixture)
{
  g_autoptr (GPtrArray) stations = list (fixture, SM_NOUN_STATION);

  return stations->len;
}

/* The first fill takes long: it can be ended, and goes on at the next start. */
static void
test_interrupted_fill (Fixture       *fixture,
                       gconstpointer  data)
{
  SmSimOptions sim_options = { .seed = 1,
                               .data_dir = SM_SOURCE_DATA_DIR, .history_days = 0.25 };
  SmRulesOptions options = { .network = fixture->clock, .machine = fixture->clock, .simulated = TRUE };
  g_autofree char *path = g_build_filename (fixture->folder, "other.db", NULL);
  g_autoptr (GError) error = NULL;

  end (fixture);
  options.path = path;
  fixture->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
  fixture->sim = sm_sim_new (fixture->rules, &sim_options);
  sm_sim_start (fixture->sim);
  while (count_stations (fixture) <= 60)
    g_thread_yield ();
  end (fixture);
  g_free (fixture->path);
  fixture->path = g_steal_pointer (&path);
  begin (fixture);
  g_assert_cmpuint (count_stations (fixture), ==, 1587 + 60);
}

static GPtrArray *
row_array (SmNounId noun,
           guint    n)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < n; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (noun));

      sm_row_set_int (row, SM_ROW_ID, i + 1);
      if (noun == SM_NOUN_CONNECTOR)
        {
          sm_row_set_int (row, SM_CONNECTOR_STATION_ID, 1);
          sm_row_set_int (row, SM_CONNECTOR_PILE_ID, i + 1);
        }
      g_ptr_array_add (rows, row);
    }
  return rows;
}

/* A place with 2,000 of each, heard as what a test wants of it. */
typedef struct
{
  GPtrArray *stations, *piles, *connectors;
  SmSimPiles *sim;
  GPtrArray *rows, *orders;
  GArray *faults;
  SmSimPilesOutput output;
} Place;

static void
place_init (Place   *place,
            guint64  seed,
            double   rate)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  place->stations = row_array (SM_NOUN_STATION, 1);
  place->piles = row_array (SM_NOUN_PILE, 2000);
  place->connectors = row_array (SM_NOUN_CONNECTOR, 2000);
  place->sim = sm_sim_piles_new (seed, zone, place->stations, place->piles, place->connectors,
                                 START, rate);
  place->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  place->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  place->faults = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));
  place->output = (SmSimPilesOutput){ place->rows, place->orders, place->faults };
}

static void
place_clear (Place *place)
{
  sm_sim_piles_free (place->sim);
  g_ptr_array_unref (place->stations);
  g_ptr_array_unref (place->piles);
  g_ptr_array_unref (place->connectors);
  g_ptr_array_unref (place->rows);
  g_ptr_array_unref (place->orders);
  g_array_unref (place->faults);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* Eight weeks: the hours and days at which people charge, as often as planned. */
static void
test_piles_follow_the_hours (void)
{
  g_auto (Place) place = { 0 };
  guint by_hour[24] = { 0 }, by_day[7] = { 0 };
  double planned = 2000 * SM_SIM_PILES_SESSIONS_PER_DAY * 56;

  place_init (&place, 4, 60.0);
  place.output.rows = NULL;
  for (guint hour = 1; hour <= 56 * 24; hour++)
    sm_sim_piles_advance (place.sim, START + hour * SM_HOUR, &place.output);
  for (guint i = 0; i < place.orders->len; i++)
    {
      gint64 local_s = sm_row_get_int (place.orders->pdata[i], SM_ORDER_STARTED_AT) / SM_SECOND
                       + 8 * 3600;

      by_hour[local_s / 3600 % 24]++;
      by_day[(local_s / 86400 + 3) % 7]++;
    }
  g_assert_cmpfloat_with_epsilon (place.orders->len, planned, 0.06 * planned);
  g_assert_cmpuint (by_hour[2], <, by_hour[9] / 2);
  g_assert_cmpuint (by_hour[22], <, by_hour[9] * 6 / 10);
  g_assert_cmpuint (by_hour[15], <, by_hour[9]);
  g_assert_cmpuint (by_day[5], >, by_day[1] * 105 / 100);
}

/* Every session is an order whose figures hold together, and the meter counts them. */
static void
test_sessions_make_orders (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 from_wh = 0, to_wh = 0, sum_wh = 0;

  place_init (&place, 5, 60.0);
  for (guint minute = 1; minute <= 3 * 24 * 60; minute++)
    sm_sim_piles_advance (place.sim, START + minute * SM_MINUTE, &place.output);
  for (guint i = 0; i < place.rows->len; i++)
    if (sm_row_get_noun (place.rows->pdata[i])->id == SM_NOUN_STATION)
      {
        gint64 meter_wh = sm_row_get_int (place.rows->pdata[i], SM_STATION_METER_WH);

        g_assert_cmpint (meter_wh, >=, to_wh);
        from_wh = from_wh == 0 ? meter_wh : from_wh;
        to_wh = meter_wh;
      }
  for (guint i = 0; i < place.orders->len; i++)
    {
      const SmRow *order = place.orders->pdata[i];
      double gained = sm_row_get_real (order, SM_ORDER_SOC_AFTER)
                      - sm_row_get_real (order, SM_ORDER_SOC_BEFORE);

      g_assert_true (g_hash_table_add (numbers, (gpointer) sm_row_get_text (order, SM_ORDER_NUMBER)));
      g_assert_cmpint (sm_row_get_int (order, SM_ORDER_ENDED_AT), >,
                       sm_row_get_int (order, SM_ORDER_STARTED_AT));
      g_assert_cmpint (sm_row_get_int (order, SM_ORDER_ENERGY_WH), >, 0);
      g_assert_cmpint (sm_row_get_int (order, SM_ORDER_ENERGY_WH), <, 82000);
      g_assert_cmpfloat (gained, >, 0.0);
      g_assert_cmpfloat (sm_row_get_real (order, SM_ORDER_SOC_AFTER), <=, 100.0);
      sum_wh += sm_row_get_int (order, SM_ORDER_ENERGY_WH);
    }
  g_assert_cmpuint (place.orders->len, >, 1000);
  g_assert_cmpfloat_with_epsilon ((double) (to_wh - from_wh), (double) sum_wh, 0.05 * (double) sum_wh);
}

/* Some piles go silent and come back; meanwhile nobody knows what their
 * connectors do; and what a station draws is what is heard of its connectors. */
static void
test_piles_come_and_go (void)
{
  g_auto (Place) place = { 0 };
  gboolean is_silent[2001] = { FALSE };
  double power_kw[2001] = { 0.0 };
  guint n_gone = 0, n_back = 0, n_changed = 0, n_blocked = 0;

  place_init (&place, 4, 1.0);
  sm_sim_piles_begin (place.sim, place.rows);
  for (guint minute = 0; minute <= 4 * 24 * 60; minute++)
    {
      double given_kw = 0.0, drawn_kw = NAN;

      for (guint i = 0; i < place.rows->len; i++)
        {
          const SmRow *row = place.rows->pdata[i];
          gint64 id = sm_row_get_id (row);
          gboolean silent = sm_row_get_noun (row)->id == SM_NOUN_PILE
                            && g_str_equal (sm_row_get_text (row, SM_PILE_CONNECTION), "silent");

          if (sm_row_get_noun (row)->id == SM_NOUN_STATION)
            drawn_kw = sm_row_get_real (row, SM_STATION_POWER_KW);
          else if (sm_row_get_noun (row)->id == SM_NOUN_PILE)
            {
              n_gone += minute > 0 && silent && !is_silent[id];
              n_back += minute > 0 && !silent && is_silent[id];
              is_silent[id] = silent;
            }
          else if (!sm_row_is_null (row, SM_CONNECTOR_STATUS))
            {
              double now_kw = sm_row_get_real (row, SM_CONNECTOR_POWER_KW);

              n_changed += power_kw[id] > 0.0 && now_kw > 0.0 && now_kw != power_kw[id];
              n_blocked += !sm_row_is_null (row, SM_CONNECTOR_BLOCKED_SINCE);
              power_kw[id] = now_kw;
            }
        }
      for (guint i = 1; i <= 2000; i++)
        given_kw += power_kw[i];
      /* Connectors speak every half a minute here, the station every minute. */
      if (!isnan (drawn_kw) && minute > 0)
        g_assert_cmpfloat_with_epsilon (given_kw, drawn_kw, 0.1 * given_kw + 130.0);
      g_ptr_array_set_size (place.rows, 0);
      sm_sim_piles_advance (place.sim, START + (minute + 1) * SM_MINUTE, &place.output);
    }
  g_assert_cmpuint (n_gone, >, 3);
  g_assert_cmpuint (n_back, >, 3);
  g_assert_cmpuint (n_blocked, >, 3);
  g_assert_cmpuint (n_changed, >, 1000);
}

/* However fast the network runs, a pile at which nobody charges says every few
 * minutes of the machine that it is there, or it would be taken for silent. */
static void
test_free_piles_are_heard (void)
{
  static const double rates[] = { 1.0, 20.0, 600.0 };

  for (guint r = 0; r < G_N_ELEMENTS (rates); r++)
    {
      g_auto (Place) place = { 0 };
      g_autofree guint *heard = g_new0 (guint, 2001);
      guint n_unheard = 0;

      place_init (&place, 7, rates[r]);
      sm_sim_piles_begin (place.sim, place.rows);
      g_ptr_array_set_size (place.rows, 0);
      for (guint second = 1; second <= 20 * 60; second++)
        sm_sim_piles_advance (place.sim,
                              START + (gint64) (second * rates[r] * (double) SM_SECOND),
                              &place.output);
      for (guint i = 0; i < place.rows->len; i++)
        if (sm_row_get_noun (place.rows->pdata[i])->id == SM_NOUN_PILE)
          heard[sm_row_get_id (place.rows->pdata[i])]++;
      for (guint i = 1; i <= 2000; i++)
        n_unheard += heard[i] < 4;
      /* Those that really fell silent: few. */
      g_assert_cmpuint (n_unheard, <=, (guint) (4.0 + rates[r] / 5.0));
    }
}

/* What breaks is mended, and what stood in the way goes: each once. */
static void
test_faults_of_piles_end (void)
{
  g_auto (Place) place = { 0 };
  gint balance[2001] = { 0 };
  guint n_open = 0, n_raised = 0;

  place_init (&place, 6, 60.0);
  for (guint hour = 1; hour <= 21 * 24; hour++)
    sm_sim_piles_advance (place.sim, START + hour * SM_HOUR, &place.output);
  for (guint i = 0; i < place.faults->len; i++)
    {
      const SmFaultReport *fault = &g_array_index (place.faults, SmFaultReport, i);

      n_raised += fault->is_raised;
      if (fault->is_raised || balance[fault->id] > 0) /* some began before we listened */
        balance[fault->id] += fault->is_raised ? 1 : -1;
      g_assert_cmpint (balance[fault->id], <=, 1);
    }
  for (guint i = 1; i <= 2000; i++)
    n_open += balance[i] > 0;
  g_assert_cmpuint (n_raised, >, 40);
  g_assert_cmpuint (n_open, <, 12);
}

/* Returns: (nullable): what a connector said of itself last */
static const char *
status_of (const Place *place,
           gint64       id)
{
  for (guint i = place->rows->len; i > 0; i--)
    {
      const SmRow *row = place->rows->pdata[i - 1];

      if (sm_row_get_noun (row)->id == SM_NOUN_CONNECTOR && sm_row_get_id (row) == id)
        return sm_row_get_text (row, SM_CONNECTOR_STATUS);
    }
  return NULL;
}

static gint64
find_with (const Place *place,
           const char  *status)
{
  for (gint64 id = 1; id <= 2000; id++)
    if (g_strcmp0 (status_of (place, id), status) == 0)
      return id;
  g_assert_not_reached ();
}

/* A session is ended from afar, and its order says so; what is put out of operation
 * stays so until it is put back. */
static void
test_piles_are_told (void)
{
  g_auto (Place) place = { 0 };
  gint64 now = START + 6 * SM_HOUR, id, idle;
  const char *answer;

  place_init (&place, 7, 60.0);
  sm_sim_piles_advance (place.sim, now, &place.output);
  id = find_with (&place, "charging");
  idle = find_with (&place, NULL);
  g_ptr_array_set_size (place.orders, 0);
  g_assert_true (sm_sim_piles_command (place.sim, SM_NOUN_CONNECTOR, id, SM_COMMAND_KIND_STOP, FALSE,
                                       now, &answer));
  sm_sim_piles_advance (place.sim, now + 1, &place.output);
  g_assert_cmpstr (status_of (&place, id), ==, "finishing");
  g_assert_cmpint (sm_row_get_int (place.orders->pdata[0], SM_ORDER_CONNECTOR_ID), ==, id);
  g_assert_cmpstr (sm_row_get_text (place.orders->pdata[0], SM_ORDER_PROCESS), ==, "aborted");

  g_assert_false (sm_sim_piles_command (place.sim, SM_NOUN_CONNECTOR, id,
                                        SM_COMMAND_KIND_CHANGE_AVAILABILITY, FALSE, now, &answer));
  g_assert_cmpstr (answer, ==, "occupied");
  g_assert_true (sm_sim_piles_command (place.sim, SM_NOUN_PILE, idle,
                                       SM_COMMAND_KIND_CHANGE_AVAILABILITY, FALSE, now, &answer));
  sm_sim_piles_advance (place.sim, now + SM_HOUR, &place.output);
  g_assert_cmpstr (status_of (&place, idle), ==, "unavailable");
  now += SM_HOUR;
  g_assert_true (sm_sim_piles_command (place.sim, SM_NOUN_PILE, idle,
                                       SM_COMMAND_KIND_CHANGE_AVAILABILITY, TRUE, now, &answer));
  sm_sim_piles_advance (place.sim, now + 1, &place.output);
  g_assert_cmpstr (status_of (&place, idle), ==, "available");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sim/demo/first-minute", test_first_minute);
  ADD ("/sim/demo/has-a-past", test_has_a_past);
  ADD ("/sim/demo/power-adds-up", test_power_adds_up);
  ADD ("/sim/demo/opened-again-goes-on", test_opened_again);
  ADD ("/sim/demo/interrupted-fill-goes-on", test_interrupted_fill);
  g_test_add_func ("/sim/piles/follow-the-hours", test_piles_follow_the_hours);
  g_test_add_func ("/sim/piles/sessions-make-orders", test_sessions_make_orders);
  g_test_add_func ("/sim/piles/come-and-go", test_piles_come_and_go);
  g_test_add_func ("/sim/piles/free-ones-are-heard", test_free_piles_are_heard);
  g_test_add_func ("/sim/piles/faults-end", test_faults_of_piles_end);
  g_test_add_func ("/sim/piles/are-told", test_piles_are_told);
  return g_test_run ();
}
