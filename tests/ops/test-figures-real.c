/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figure-links.h"
#include "sm-ops.h"
#include "sm-test-folder.h"
#include "sm-test-service.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <math.h>

/*
 * Every figure of the wall on the real service: a simulated network lives a
 * while, then stands still, and each figure is recounted from the rows that its
 * own link opens as of the very moment of the figure.
 */

#define PASSWORD "correct horse battery staple"
#define ZONE "Asia/Shanghai"
#define AGREED_S 30
#define LAST_S 40

/* What is usual is that of the days before, of as many as there were. */
static const char *const demo[] = { "--simulate", "demo", "--seed", "7",
                                    "--history-days", "3.2", NULL };
static const char *const still[] = { "--simulate", "none", NULL };

typedef struct
{
  SmTestService *service;
  char *dir;
  SmOps *ops;
  GTimeZone *zone;
  gint64 as_of; /* of the figures that are recounted; the wall itself goes on to ask */
} Wall;

static const SmStatsNow *
stats_of (Wall *wall)
{
  SmStats *stats = sm_ops_get_stats (wall->ops);

  return sm_stats_is_cached (stats) ? NULL : sm_stats_get_now (stats);
}

static gint64
day_start (Wall   *wall,
           gint64  at,
           int     days)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, wall->zone);
  g_autoptr (GDateTime) day
      = g_date_time_new (wall->zone, g_date_time_get_year (local), g_date_time_get_month (local),
                         g_date_time_get_day_of_month (local), 0, 0, 0);
  g_autoptr (GDateTime) other = g_date_time_add_days (day, days);

  return g_date_time_to_unix (other) * G_USEC_PER_SEC;
}

/* Today's figures are not to become yesterday's while they are recounted. */
static gboolean
is_day_ending (Wall *wall)
{
  gint64 now = g_get_real_time ();

  return day_start (wall, now + LAST_S * G_USEC_PER_SEC, 0) != day_start (wall, now, 0);
}

/* What lives long enough to have a yesterday, a swap today, a last hour and people who wait. */
static gboolean
has_lived (Wall *wall)
{
  const SmStatsNow *stats = stats_of (wall);
  const SmFigureValues *values = sm_figures_get_values (sm_ops_get_figures (wall->ops));

  return stats != NULL && stats->yesterday_same_time.orders > 0 && stats->today.swaps > 0
         && stats->swaps.last_hour > 0
         && isfinite (stats->swaps.usual_hour) && values->is_whole && values->vehicles == 3000
         && values->stations == 1647 && values->piles == 23441 && values->alarms > 0
         && values->vehicles_by_activity[SM_ACTIVITY_DRIVING] > 0;
}

static Wall *
wall_new (void)
{
  Wall *self = g_new0 (Wall, 1);
  g_autofree char *cache = NULL, *state = NULL;

  self->zone = g_time_zone_new_identifier (ZONE);
  run_until (!is_day_ending (self));
  self->service = sm_test_service_start (demo);
  self->dir = g_dir_make_tmp ("sm-figures-XXXXXX", NULL);
  cache = g_build_filename (self->dir, "cache", NULL);
  state = g_build_filename (self->dir, "state", NULL);
  self->ops = sm_ops_new (sm_test_service_get_url (self->service), cache, state);
  sm_ops_start (self->ops);
  run_until (has_lived (self));
  return self;
}

static void
wall_free (Wall *self)
{
  sm_ops_stop (self->ops);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->ops);
  sm_test_service_free (self->service);
  g_time_zone_unref (self->zone);
  sm_test_remove_tree (self->dir);
  g_free (self->dir);
  g_free (self);
}

/* --- what is in memory --- */

static guint
count_rows (Wall       *wall,
            const char *text)
{
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = sm_ops_open_list (wall->ops, link, &error);

  g_assert_no_error (error);
  return g_list_model_get_n_items (list);
}

/* Figures are counted at most once a second. */
static gboolean
agrees_in_memory (Wall *wall)
{
  g_autoptr (GPtrArray) links
      = sm_figure_list_links (sm_figures_get_values (sm_ops_get_figures (wall->ops)),
                              sm_service_figures_get_values (sm_ops_get_service (wall->ops)));

  for (guint i = 0; i < links->len; i++)
    {
      const SmFigureLink *figure = links->pdata[i];

      if (count_rows (wall, figure->link) != figure->value)
        return FALSE;
    }
  return TRUE;
}

/* A total comes before its parts. */
static void
assert_bars_sum (GPtrArray *links)
{
  for (guint i = 0; i < links->len;)
    {
      const SmFigureLink *total = links->pdata[i++];
      gboolean has_parts = FALSE;
      gint64 sum = 0;

      for (; i < links->len; i++)
        {
          const SmFigureLink *part = links->pdata[i];

          if (!g_str_equal (part->total, total->total))
            break;
          has_parts = TRUE;
          sum += part->value;
        }
      if (has_parts)
        g_assert_cmpint (sum, ==, total->value);
    }
}

static void
check_memory (Wall *wall)
{
  g_autoptr (GPtrArray) links = NULL;

  run_until (agrees_in_memory (wall));
  links = sm_figure_list_links (sm_figures_get_values (sm_ops_get_figures (wall->ops)),
                                sm_service_figures_get_values (sm_ops_get_service (wall->ops)));
  assert_bars_sum (links);
}

/* --- what is counted from orders --- */

/* Orders added up, and their times. */
typedef struct
{
  GHashTable *ids;
  gint64 energy_wh;
  gint64 amount_minor;
  GArray *durations;
  GArray *waits;
} Recount;

static void
recount_clear (Recount *self)
{
  g_hash_table_unref (self->ids);
  g_array_unref (self->durations);
  g_array_unref (self->waits);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recount, recount_clear)

static void
add_real (GArray      *values,
          const SmRow *row,
          guint        field)
{
  double value = sm_row_get_real (row, field);

  if (isfinite (value))
    g_array_append_val (values, value);
}

static void
added_cb (GListModel *list,
          guint       position,
          guint       removed,
          guint       added,
          gpointer    user_data)
{
  Recount *self = user_data;

  g_assert_cmpuint (removed, ==, 0);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (list, i);
      const SmRow *row = sm_item_get_row (item);
      gint64 id = sm_row_get_id (row);

      g_assert_true (g_hash_table_add (self->ids, g_memdup2 (&id, sizeof id)));
      if (!sm_row_is_null (row, SM_ORDER_ENERGY_WH))
        self->energy_wh += sm_row_get_int (row, SM_ORDER_ENERGY_WH);
      if (!sm_row_is_null (row, SM_ORDER_AMOUNT_MINOR))
        self->amount_minor += sm_row_get_int (row, SM_ORDER_AMOUNT_MINOR);
      add_real (self->durations, row, SM_ORDER_DURATION_S);
      add_real (self->waits, row, SM_ORDER_WAIT_S);
    }
}

static gboolean
is_read (SmHistory *history)
{
  if (sm_history_get_state (history) == SM_HISTORY_READY && !sm_history_is_complete (history))
    sm_history_load_more (history);
  g_assert_cmpint (sm_history_get_state (history), !=, SM_HISTORY_FAILED);
  g_assert_cmpint (sm_history_get_state (history), !=, SM_HISTORY_CACHED);
  return sm_history_is_complete (history);
}

/* Reads all that the link opens, as of the moment of the figures. */
static void
recount (Wall       *wall,
         const char *text,
         Recount    *out)
{
  g_autofree char *as_of = sm_time_to_rfc3339 (wall->as_of);
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  *out = (Recount){ g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL), 0, 0,
                    g_array_new (FALSE, FALSE, sizeof (double)),
                    g_array_new (FALSE, FALSE, sizeof (double)) };
  g_assert_true (sm_link_set (link, "as_of", as_of));
  list = sm_ops_open_list (wall->ops, link, &error);
  g_assert_no_error (error);
  g_signal_connect (list, "items-changed", G_CALLBACK (added_cb), out);
  run_until (is_read (SM_HISTORY (list)));
  g_signal_handlers_disconnect_by_data (list, out);
}

static int
compare_reals (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Half of them are not above it, and half are not below. */
static double
median (GArray *values)
{
  const double *v = (gconstpointer) values->data;

  if (values->len == 0)
    return NAN;
  g_array_sort (values, compare_reals);
  return values->len % 2 == 1 ? v[values->len / 2]
                              : (v[values->len / 2 - 1] + v[values->len / 2]) / 2;
}

static void
assert_same_real (double a,
                  double b)
{
  if (isnan (a) || isnan (b))
    g_assert_true (isnan (a) && isnan (b));
  else
    g_assert_cmpfloat_with_epsilon (a, b, 1e-6 * MAX (1, fabs (a)));
}

static void
check_counts (Wall             *wall,
              const SmStatsNow *stats)
{
  g_autoptr (GPtrArray) links = sm_figure_list_stats_links (stats);

  for (guint i = 0; i < links->len; i++)
    {
      const SmFigureLink *figure = links->pdata[i];
      g_auto (Recount) rows = { 0 };

      recount (wall, figure->link, &rows);
      g_test_message ("%s: %" G_GINT64_FORMAT, figure->link, figure->value);
      g_assert_cmpint (g_hash_table_size (rows.ids), ==, figure->value);
    }
}

static void
check_kind (Wall              *wall,
            const char        *link,
            const SmStatsKind *kind)
{
  g_autofree char *completed = g_strconcat (link, SM_LINK_COMPLETED, NULL);
  g_auto (Recount) rows = { 0 };

  recount (wall, completed, &rows);
  assert_same_real (median (rows.durations), kind->median_s);
  assert_same_real (median (rows.waits), kind->median_wait_s);
}

/* A diesel truck would have burnt the first; the grid has put the second into the air. */
static double
carbon_kg (const SmCarbonFactors *factors,
           gint64                 energy_wh)
{
  double kwh = (double) energy_wh / 1000;
  double km = kwh / factors->truck_kwh_per_km;

  return km / 100 * factors->diesel_l_per_100km * factors->diesel_kg_per_l
         - kwh * factors->grid_kg_per_kwh;
}

static void
check_day (Wall             *wall,
           const SmStatsNow *stats,
           const char       *link,
           const SmStatsDay *day)
{
  g_auto (Recount) rows = { 0 };

  recount (wall, link, &rows);
  g_assert_cmpint (rows.energy_wh, ==, day->energy_wh);
  g_assert_cmpint (rows.amount_minor, ==, day->amount_minor);
  assert_same_real (carbon_kg (&stats->carbon, rows.energy_wh), day->carbon_kg);
}

static guint
count_swaps_before (Wall   *wall,
                    gint64  until_us)
{
  g_autofree char *as_of = sm_time_to_rfc3339 (until_us);
  g_autofree char *text = g_strconcat (SM_LINK_SWAPS SM_LINK_COMPLETED "&as_of=", as_of, NULL);
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autoptr (GListModel) list = sm_ops_open_list (wall->ops, link, NULL);

  run_until (is_read (SM_HISTORY (list)));
  return g_list_model_get_n_items (list);
}

/* The mean of the same 60 minutes of the days before, of as many as there were
 * whole: nothing happened before the first of them. */
static void
check_usual (Wall             *wall,
             const SmStatsNow *stats)
{
  double sum = 0;
  guint n = 0;

  for (guint day = 1; day <= 14; day++)
    {
      gint64 until = stats->as_of - (gint64) day * 86400000000;

      if (count_swaps_before (wall, until - 3600000000) == 0)
        break;
      sum += count_swaps_before (wall, until);
      n++;
    }
  g_assert_cmpuint (n, >, 1);
  assert_same_real (sum / n, stats->swaps.usual_hour);
}

/* --- the curve of load --- */

static void
add_quarters (Wall       *wall,
              JsonArray  *items,
              gint64      start,
              double     *kw)
{
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      gint64 at;
      guint quarter;

      g_assert_true (sm_time_from_rfc3339 (json_object_get_string_member (item, "start"), &at,
                                           NULL));
      if (json_object_get_null_member (item, "power_kw"))
        continue;
      quarter = (guint) ((at - start) / (900 * G_USEC_PER_SEC));
      g_assert_cmpuint (quarter, <, SM_DAY_QUARTERS);
      kw[quarter] = (isnan (kw[quarter]) ? 0 : kw[quarter])
                    + json_object_get_double_member (item, "power_kw");
    }
}

static void
check_load (Wall         *wall,
            const char   *token,
            gint64        start,
            const double *load)
{
  g_autofree char *from = sm_time_to_rfc3339 (start);
  g_autofree char *to = sm_time_to_rfc3339 (start + (gint64) 86400 * G_USEC_PER_SEC);
  g_autofree char *path = g_strdup_printf ("/api/v1/stats/area_quarter?from=%s&to=%s", from, to);
  g_autoptr (JsonObject) answer = sm_test_service_get (wall->service, path, token);
  double kw[SM_DAY_QUARTERS];
  guint n = 0;

  for (guint i = 0; i < SM_DAY_QUARTERS; i++)
    kw[i] = NAN;
  add_quarters (wall, json_object_get_array_member (answer, "items"), start, kw);
  for (guint i = 0; i < SM_DAY_QUARTERS; i++)
    {
      assert_same_real (kw[i], load[i]);
      n += isfinite (kw[i]);
    }
  g_assert_cmpuint (n, >, 0);
}

/* --- the day of one station --- */

typedef struct
{
  SmStationDay *day;
  gboolean is_cached;
  gboolean is_done;
} DayAnswer;

static void
day_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  DayAnswer *answer = user_data;

  answer->day
      = sm_ops_load_station_day_finish (SM_OPS (source), result, &answer->is_cached, NULL);
  answer->is_done = TRUE;
}

static SmStationDay *
ask_day (Wall     *wall,
         gint64    station,
         int       business_day,
         gboolean *out_is_cached)
{
  DayAnswer answer = { 0 };

  sm_ops_load_station_day_async (wall->ops, station, business_day, NULL, day_cb, &answer);
  run_until (answer.is_done);
  *out_is_cached = answer.is_cached;
  return answer.day;
}

/* In the first minutes of a day few stations have one. */
static SmStationDay *
find_station_with_swaps (Wall   *wall,
                         int     business_day,
                         gint64 *out_station)
{
  GListModel *stations = sm_ops_get_stations (wall->ops);

  for (guint i = 0; i < g_list_model_get_n_items (stations); i++)
    {
      g_autoptr (SmItem) station = g_list_model_get_item (stations, i);
      g_autofree SmStationDay *day = NULL;
      gboolean is_cached;

      if (g_strcmp0 (sm_row_get_text (sm_item_get_row (station), SM_STATION_KIND), "swap") != 0)
        continue;
      *out_station = sm_item_get_id (station);
      day = ask_day (wall, *out_station, business_day, &is_cached);
      g_assert_nonnull (day);
      g_assert_false (is_cached);
      if (day->swaps.completed > 0)
        return g_steal_pointer (&day);
    }
  g_assert_not_reached ();
}

/* What a station's panel says of today is its rows; without the service, what it said last. */
static void
check_station_day (Wall             *wall,
                   const SmStatsNow *stats)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (stats->as_of / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, wall->zone);
  int day = g_date_time_get_year (local) * 10000 + g_date_time_get_month (local) * 100
            + g_date_time_get_day_of_month (local);
  gint64 station;
  g_autofree SmStationDay *now = find_station_with_swaps (wall, day, &station);
  g_autofree char *all = g_strdup_printf (SM_LINK_TODAY "&kind=swap&station=%" G_GINT64_FORMAT,
                                          station);
  g_autofree char *completed = g_strconcat (all, SM_LINK_COMPLETED, NULL);
  g_autofree char *attempts = g_strconcat (all, SM_LINK_ATTEMPTS, NULL);
  g_auto (Recount) done = { 0 }, tried = { 0 };
  g_autofree SmStationDay *last = NULL;
  g_autofree SmStationDay *other = NULL;
  gboolean is_cached;

  recount (wall, completed, &done);
  recount (wall, attempts, &tried);
  g_assert_cmpint (now->swaps.completed, ==, g_hash_table_size (done.ids));
  g_assert_cmpint (now->swaps.attempts, ==, g_hash_table_size (tried.ids));
  assert_same_real (now->swaps.median_s, median (done.durations));
  sm_test_service_kill (wall->service);
  last = ask_day (wall, station, day, &is_cached);
  g_assert_nonnull (last);
  g_assert_true (is_cached);
  g_assert_cmpint (last->as_of, ==, now->as_of);
  g_assert_cmpint (last->swaps.completed, ==, now->swaps.completed);
  assert_same_real (last->swaps.median_s, now->swaps.median_s);
  other = ask_day (wall, station, day + 1, &is_cached);
  g_assert_null (other);
}

/* --- who gets to a pack --- */

static void
reach_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GArray **) user_data = sm_ops_load_reach_finish (SM_OPS (source), result, &error);
  g_assert_no_error (error);
}

static GArray *
load_reach (Wall   *wall,
            gint64  id)
{
  GArray *found = NULL;

  sm_ops_load_reach_async (wall->ops, id, NULL, reach_cb, &found);
  run_until (found != NULL);
  return found;
}

/* Who speaks no more falls silent, with what he could give: the verdict is told a
 * little after it changed. */
static GArray *
load_agreed_reach (Wall   *wall,
                   guint   i)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (sm_ops_get_fleet (wall->ops));
  gint64 deadline = g_get_monotonic_time () + AGREED_S * G_USEC_PER_SEC;
  GArray *found = load_reach (wall, columns->id[i]);

  while ((found->len > 0) != (columns->reach[i] == SM_REACH_REACHABLE)
         && g_get_monotonic_time () < deadline)
    {
      g_array_unref (found);
      found = load_reach (wall, columns->id[i]);
    }
  return found;
}

static gboolean
knows_reach (Wall *wall)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (sm_ops_get_fleet (wall->ops));

  for (guint i = 0; i < columns->n; i += MAX (columns->n / 40, 1))
    if (columns->reach[i] != SM_ENUM_UNKNOWN && columns->range_m[i] != SM_UNKNOWN)
      return TRUE;
  return FALSE;
}

/* Nothing moves any more: the verdict on a vehicle and the stations that its panel names
 * are of one mind, and no station is named that is farther than it comes. */
static void
check_reach (Wall *wall)
{
  const SmVehicleColumns *columns;
  guint n = 0;

  run_until (knows_reach (wall));
  columns = sm_fleet_get_columns (sm_ops_get_fleet (wall->ops));
  for (guint i = 0; i < columns->n && n < 40; i += columns->n / 40)
    {
      g_autoptr (GArray) found = NULL;

      if (columns->reach[i] == SM_ENUM_UNKNOWN || columns->range_m[i] == SM_UNKNOWN)
        continue;
      found = load_agreed_reach (wall, i);
      g_assert_cmpint (found->len > 0, ==, columns->reach[i] == SM_REACH_REACHABLE);
      for (guint k = 0; k < found->len; k++)
        {
          const SmReachable *reachable = &g_array_index (found, SmReachable, k);

          g_assert_cmpint (reachable->road_m, <=, columns->range_m[i]);
          if (k > 0)
            g_assert_cmpint (reachable->road_m, >=, reachable[-1].road_m);
        }
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

/* --- all of it --- */

/* From now on nothing happens in this network any more; who was signed in still is. */
static void
stand_still (Wall *wall)
{
  gint64 before;

  sm_test_service_terminate (wall->service);
  before = g_get_real_time (); /* what it still said may lie in a queue */
  sm_test_service_add_user (wall->service, "ann", "operator", PASSWORD);
  sm_test_service_set_args (wall->service, still);
  sm_test_service_run (wall->service);
  run_until (stats_of (wall) != NULL && stats_of (wall)->as_of > before
             && sm_status_get_state (sm_ops_get_status (wall->ops)) == SM_STATUS_LIVE);
}

static void
test_wall (void)
{
  Wall *wall = wall_new ();
  g_autofree char *token = NULL;
  SmStatsNow stats;

  stand_still (wall);
  check_memory (wall);
  stats = *stats_of (wall);
  wall->as_of = stats.as_of;
  check_counts (wall, &stats);
  check_kind (wall, SM_LINK_SWAPS, &stats.swaps);
  check_kind (wall, SM_LINK_CHARGES, &stats.charges);
  check_day (wall, &stats, SM_LINK_TODAY, &stats.today);
  check_day (wall, &stats, SM_LINK_YESTERDAY_SAME_TIME, &stats.yesterday_same_time);
  check_usual (wall, &stats);
  token = sm_test_service_sign_in (wall->service, "ann", PASSWORD);
  check_load (wall, token, day_start (wall, stats.as_of, 0), stats.load_today_kw);
  check_load (wall, token, day_start (wall, stats.as_of, -1), stats.load_yesterday_kw);
  check_reach (wall);
  check_station_day (wall, &stats);
  wall_free (wall);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ops/figures/of-the-wall-are-their-rows", test_wall);

  return g_test_run ();
}
