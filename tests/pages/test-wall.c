/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-acknowledge-popover.h"
#include "sm-bay-rack.h"
#include "sm-faults-panel.h"
#include "sm-figure-group.h"
#include "sm-figures-panel.h"
#include "sm-figures-private.h"
#include "sm-find-popover.h"
#include "sm-fleet-panel.h"
#include "sm-key-figure.h"
#include "sm-live-set.h"
#include "sm-load-panel.h"
#include "sm-station-panel.h"
#include "sm-status-words.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"
#include "sm-today-panel.h"
#include "sm-vehicle-panel.h"
#include "sm-wall-page.h"
#include "sm-whole-rows.h"

#include <math.h>

typedef struct
{
  SmOps *ops;
  GtkWidget *window;
  SmWallPage *page;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  self->page = SM_WALL_PAGE (sm_wall_page_new (self->ops));
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  while (!gtk_widget_get_mapped (GTK_WIDGET (self->page)))
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->ops);
}

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_content (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (self->page);

  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  /* However long it takes to fill and to paint. */
  sm_clock_set (sm_status_get_clock (sm_ops_get_status (self->ops)), SM_TEST_NOW, 1e-9);
  sm_test_network_fill (self->ops, 1587, 300, 4);
  settle ();
  g_assert_true (sm_test_shows (page, "529"));
  g_assert_true (sm_test_shows (page, "1,058"));
  g_assert_true (sm_test_shows (page, "Service now"));
  g_assert_true (sm_test_shows (page, "Live faults"));
  g_assert_true (sm_test_shows (page, "Pack over-temperature 61\u00a0°C"));
  g_assert_true (sm_test_shows (page, "42 s"));
  g_assert_false (sm_test_shows (page, "Offline"));
  g_assert_false (sm_map_view_get_stale (sm_wall_page_get_map (self->page)));
}

/* Nothing on the page can be taken for live once the service is gone. */
static void
test_offline (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (self->page);
  GtkWidget *group;

  sm_test_network_fill (self->ops, 40, 30, 2);
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  settle ();
  sm_test_network_set_state (self->ops, SM_STATUS_OFFLINE);
  settle ();
  g_assert_true (sm_test_shows (page, "Offline. Last contact:"));
  g_assert_true (sm_test_shows (page, "Offline · data "));
  g_assert_true (sm_test_shows (page, "last known, not live"));
  g_assert_true (sm_test_shows (page, "Faults, last known"));
  g_assert_true (sm_test_shows (page, "Service, last known"));
  g_assert_true (sm_test_shows (page, "Swap stations, last known"));
  g_assert_true (sm_test_shows (page, "Vehicles, last known"));
  run_until (sm_test_shows (page, "Load, last known")); /* with the next second */
  g_assert_true (sm_map_view_get_stale (sm_wall_page_get_map (self->page)));
  group = find_type (page, SM_TYPE_FIGURE_GROUP);
  g_assert_true (gtk_widget_has_css_class (group, "stale"));
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  settle ();
  g_assert_false (sm_test_shows (page, "Offline"));
  g_assert_false (gtk_widget_has_css_class (group, "stale"));
  g_assert_false (sm_map_view_get_stale (sm_wall_page_get_map (self->page)));
}

/* Can we serve, what does today bring: the figures, and what they are compared with. */
static void
test_service (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (self->page);

  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  sm_test_network_fill (self->ops, 300, 30, 0);
  settle ();
  g_assert_true (sm_test_shows (page, "longest 23 min"));
  g_assert_false (sm_test_shows (page, "usual"));
  sm_test_network_fill_stats (self->ops);
  settle ();
  g_assert_true (sm_test_shows (page, "118"));
  g_assert_true (sm_test_shows (page, "usual 121"));
  g_assert_true (sm_test_shows (page, "98.3\u00a0%"));
  g_assert_true (sm_test_shows (page, "4 min 12 s"));
  g_assert_true (sm_test_shows (page, "wait 3 min 5 s"));
  g_assert_true (sm_test_shows (page, "18,264"));
  g_assert_true (sm_test_shows (page, "+4.1\u00a0% · 17,541"));
  g_assert_true (sm_test_shows (page, "¥\u00a03.42 million"));
  g_assert_true (sm_test_shows (page, "2,870\u00a0MWh"));
  g_assert_true (sm_test_shows (page, "1,931\u00a0t"));
}

static void
put_alarm (Fixture *self,
           gint64   id,
           int      level,
           double   risk,
           gint64   station)
{
  g_autoptr (SmRow) row = sm_test_network_alarm (id, level, "soc-low", "truck");

  if (station > 0)
    sm_row_set_int (row, SM_ALARM_STATION_ID, station);
  sm_row_set_real (row, SM_ALARM_RISK, risk);
  sm_row_set_text (row, SM_ALARM_STATE, id == 9 ? "acked" : "unacked");
  sm_row_set_text (row, SM_ALARM_SITUATION, "driving");
  sm_test_network_put_alarm (self->ops, row);
}

/* What is put aside is in no row, as it is in no count, until it is back. */
static void
test_fault_put_aside (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr (SmRow) shelved = sm_test_network_alarm (7, 2, "soc-low", "truck");
  g_autoptr (SmRow) back = sm_row_copy (shelved);
  GtkWidget *list = GTK_WIDGET (find_type (GTK_WIDGET (find_type (GTK_WIDGET (self->page),
                                                                  SM_TYPE_FAULTS_PANEL)),
                                           GTK_TYPE_LIST_VIEW));
  GListModel *model;

  sm_test_network_fill (self->ops, 9, 0, 0);
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  sm_row_set_int (shelved, SM_ALARM_SHELVED_UNTIL, G_MAXINT64);
  sm_test_network_put_alarm (self->ops, shelved);
  put_alarm (self, 1, 3, 10, 0);
  model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  run_until (g_list_model_get_n_items (model) > 0);
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  sm_row_set_text (back, SM_ALARM_STATE, "unacked");
  sm_test_network_put_alarm (self->ops, back);
  run_until (g_list_model_get_n_items (model) == 2);
}

/* Not acknowledged, level, risk, effect; and what a fault does stands in its row. */
static void
test_fault_order (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GString) order = g_string_new (NULL);
  SmItem *station;
  g_autoptr (SmRow) row = NULL;
  GListModel *model;

  sm_test_network_fill (self->ops, 9, 0, 0);
  station = sm_live_set_find (SM_LIVE_SET (sm_ops_get_stations (self->ops)), 4);
  row = sm_row_copy (sm_item_get_row (station));
  sm_row_set_int (row, SM_STATION_WAITING, 3);
  sm_row_set_int (row, SM_STATION_INBOUND, 5);
  sm_row_set_int (row, SM_STATION_INCOME_MINOR_PER_HOUR, 42000);
  sm_row_set_text (row, SM_STATION_SERVICE, "out_of_service");
  sm_item_set_row (station, row);
  sm_test_network_fill_stats (self->ops);
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  put_alarm (self, 1, 3, 10, 0);
  put_alarm (self, 2, 3, 10, 4); /* the same risk, but there are trucks waiting */
  put_alarm (self, 3, 3, 30, 0);
  put_alarm (self, 4, 2, 1, 0);
  put_alarm (self, 9, 1, 99, 0); /* somebody has it */
  model = G_LIST_MODEL (gtk_list_view_get_model (
      GTK_LIST_VIEW (find_type (GTK_WIDGET (find_type (GTK_WIDGET (self->page),
                                                       SM_TYPE_FAULTS_PANEL)),
                                GTK_TYPE_LIST_VIEW))));
  run_until (g_list_model_get_n_items (model) == 5);
  settle ();
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (model, i);

      g_string_append_printf (order, "%d ", (int) sm_item_get_id (item));
    }
  g_assert_cmpstr (order->str, ==, "4 3 2 1 9 ");
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page),
                                "3 waiting · 5 inbound · ¥\u00a0420 lost an hour"));
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "· Longgang 4"));
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "· driving"));
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "Next: "));
}

/* A bay says how full, when ready, how hot and how even its pack is, and for whom. */
static void
test_bay (void)
{
  GtkWidget *rack = g_object_ref_sink (sm_bay_rack_new ());
  g_autoptr (SmRow) bay = sm_row_new (sm_noun_get (SM_NOUN_BAY));
  g_autoptr (SmRow) battery = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));
  SmBayFacts facts = { .bay = bay, .battery = battery, .model = "LFP-282" };

  sm_row_set_int (bay, SM_BAY_NUMBER, 3);
  sm_row_set_text (bay, SM_BAY_STATE, "charging");
  sm_row_set_real (bay, SM_BAY_SOC, 64);
  sm_row_set_int (bay, SM_BAY_READY_AT, SM_TEST_NOW + 11 * SM_MINUTE);
  sm_row_set_text (battery, SM_BATTERY_SN, "B1");
  sm_row_set_real (battery, SM_BATTERY_TEMPERATURE_MAX_C, 41);
  sm_row_set_real (battery, SM_BATTERY_SPREAD_MV, 42);
  sm_bay_rack_set (SM_BAY_RACK (rack), &facts, 1, SM_TEST_NOW);
  g_assert_cmpstr (sm_bay_rack_get_words (SM_BAY_RACK (rack), 0), ==,
                   "3 LFP-282, 64\u00a0%, in 11 min, 41\u00a0°C 42\u00a0mV");
  sm_row_set_int (bay, SM_BAY_READY_AT, SM_TEST_NOW + 61 * SM_MINUTE);
  sm_bay_rack_set (SM_BAY_RACK (rack), &facts, 1, SM_TEST_NOW);
  g_assert_nonnull (strstr (sm_bay_rack_get_words (SM_BAY_RACK (rack), 0), "in > 1 h"));
  facts.reserved = "粤B·12345D";
  facts.level = 2;
  sm_row_set_text (bay, SM_BAY_STATE, "reserved");
  sm_bay_rack_set (SM_BAY_RACK (rack), &facts, 1, SM_TEST_NOW);
  g_assert_nonnull (strstr (sm_bay_rack_get_words (SM_BAY_RACK (rack), 0), "for 粤B·12345D"));
  g_assert_nonnull (strstr (sm_bay_rack_get_words (SM_BAY_RACK (rack), 0), "Level 2, major"));
  sm_bay_rack_set (SM_BAY_RACK (rack), NULL, 0, SM_TEST_NOW);
  g_assert_null (sm_bay_rack_get_words (SM_BAY_RACK (rack), 0));
  g_assert_finalize_object (rack);
}

static void
collect_figures (GtkWidget *widget,
                 GString   *unsaid)
{
  if (SM_IS_KEY_FIGURE (widget) && gtk_widget_get_mapped (widget)
      && strstr (sm_key_figure_get_words (SM_KEY_FIGURE (widget)), "last known") == NULL)
    g_string_append_printf (unsaid, "%s; ", sm_key_figure_get_words (SM_KEY_FIGURE (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_figures (child, unsaid);
}

/* Who only hears one figure hears of it, too, that it is not live any more. */
static void
test_every_figure_says_stale (Fixture       *self,
                              gconstpointer  data)
{
  g_autoptr (GString) unsaid = g_string_new (NULL);

  sm_test_network_fill (self->ops, 300, 30, 0);
  sm_test_network_fill_stats (self->ops);
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  settle ();
  sm_test_network_set_state (self->ops, SM_STATUS_OFFLINE);
  settle ();
  collect_figures (GTK_WIDGET (self->page), unsaid);
  g_assert_cmpstr (unsaid->str, ==, "");
}

/* Net of the grid: what the formula says is what the figure is. */
static void
test_carbon_formula (void)
{
  const SmCarbonFactors factors = SM_CARBON_DEFAULT;
  SmCarbonFactors own = SM_CARBON_DEFAULT;
  g_autofree char *formula = sm_today_carbon_formula (&factors);
  g_autofree char *of_own = NULL;

  g_assert_nonnull (strstr (formula, "36\u00a0l of diesel per 100 km"));
  g_assert_nonnull (strstr (formula, "1.50\u00a0kWh per km"));
  g_assert_nonnull (strstr (formula, "0.5306\u00a0kg of CO₂ per kWh of the grid"));
  g_assert_cmpfloat_with_epsilon (sm_carbon_saved_kg (&factors, 1000000),
                                  1000 / 1.5 * 0.36 * 2.68 - 1000 * 0.5306, 1e-6);
  /* And whose factors they are. */
  g_assert_nonnull (strstr (formula, "IPCC 2006"));
  g_assert_nonnull (strstr (formula, "2023, Ministry of Ecology and Environment"));
  own.grid_kg_per_kwh = 0.4042;
  of_own = sm_today_carbon_formula (&own);
  g_assert_nonnull (strstr (of_own, "IPCC 2006"));
  g_assert_nonnull (strstr (of_own, "Grid: as set for this network"));
}

static void
test_empty (Fixture       *self,
            gconstpointer  data)
{
  sm_test_network_set_state (self->ops, SM_STATUS_LOADING);
  settle ();
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "Loading the network"));
  g_assert_nonnull (sm_page_describe_missing (SM_PAGE (self->page)));
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "there may be some"));
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  settle ();
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "stationmaster-service import stations"));
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "No open faults"));
}

/* Half of the piles would be taken for all of them. */
static void
test_partial (Fixture       *self,
              gconstpointer  data)
{
  SmFigureValues values = { .stations = 300, .piles = 5001, .vehicles = 70 };

  values.stations_by_state[1] = 300;
  values.piles_by_connection[SM_CONNECTION_ONLINE] = 5001;
  values.vehicles_by_activity[SM_ACTIVITY_PARKED] = 70;
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  sm_figures_set_values (sm_ops_get_figures (self->ops), &values);
  settle ();
  g_assert_false (sm_test_shows (GTK_WIDGET (self->page), "5,001"));
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "not loaded yet"));
  g_assert_cmpstr (sm_page_describe_missing (SM_PAGE (self->page)), ==,
                   "the figures of the whole network");
  values.is_whole = TRUE;
  sm_figures_set_values (sm_ops_get_figures (self->ops), &values);
  settle ();
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "5,001"));
  g_assert_false (sm_test_shows (GTK_WIDGET (self->page), "not loaded yet"));
}

static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  sm_test_network_set_state (self->ops, SM_STATUS_REFUSED);
  settle ();
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "The service speaks another version."));
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "which version belongs to it"));
}

/* Names that other people entered are shown letter by letter. */
static void
test_hostile (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (SmRow) alarm
      = sm_test_network_alarm (1, 1, "<b>code</b>", "<span size='9999999'>%s%n</span>");

  sm_test_network_put_alarm (self->ops, alarm);
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  settle ();
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "<b>code</b>"));
  g_assert_true (sm_test_shows (GTK_WIDGET (self->page), "<span size='9999999'>%s%n</span>"));
}

static void
note_cb (SmAcknowledgePopover *popover,
         gint64                alarm_id,
         const char           *note,
         char                **out_note)
{
  *out_note = g_strdup_printf ("%d:%s", (int) alarm_id, note != NULL ? note : "-");
}

static void
test_note (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *popover = sm_acknowledge_popover_new ();
  g_autoptr (SmRow) alarm = sm_test_network_alarm (7, 1, "soc-low", "A");
  g_autoptr (SmItem) item = sm_item_new (alarm);
  g_autofree char *sent = NULL;

  gtk_widget_set_parent (popover, GTK_WIDGET (self->page));
  g_signal_connect (popover, "acknowledge", G_CALLBACK (note_cb), &sent);
  sm_acknowledge_popover_show (SM_ACKNOWLEDGE_POPOVER (popover), item, &(GdkRectangle) { 0, 0, 1, 1 });
  gtk_editable_set_text (GTK_EDITABLE (find_type (popover, GTK_TYPE_ENTRY)), "  called  ");
  g_signal_emit_by_name (find_type (popover, GTK_TYPE_ENTRY), "activate");
  g_assert_cmpstr (sent, ==, "7:called");
  g_clear_pointer (&sent, g_free);
  sm_acknowledge_popover_send (SM_ACKNOWLEDGE_POPOVER (popover), "   ");
  g_assert_cmpstr (sent, ==, "7:-");
  gtk_widget_unparent (popover);
}

static void
test_find (Fixture       *self,
           gconstpointer  data)
{
  SmFindPopover *popover = SM_FIND_POPOVER (g_object_ref_sink (sm_find_popover_new ()));

  sm_test_network_fill (self->ops, 50, 0, 0);
  sm_find_popover_set_ops (popover, self->ops);
  settle ();
  g_assert_cmpuint (sm_find_popover_get_n (popover), ==, 50);
  sm_find_popover_search (popover, " longgang 17 ");
  settle ();
  g_assert_cmpuint (sm_find_popover_get_n (popover), ==, 1);
  sm_find_popover_search (popover, "龙岗");
  settle ();
  g_assert_cmpuint (sm_find_popover_get_n (popover), ==, 50);
  sm_find_popover_search (popover, "sn0050");
  settle ();
  g_assert_cmpuint (sm_find_popover_get_n (popover), ==, 1);
  sm_find_popover_search (popover, "no such place");
  settle ();
  g_assert_cmpuint (sm_find_popover_get_n (popover), ==, 0);
  g_assert_finalize_object (popover);
}

/* The bars of the fleet sum to the fleet, unknown values included. */
static void
test_fleet_bins (Fixture       *self,
                 gconstpointer  data)
{
  guint charge[SM_CHARGE_BINS], heat[SM_HEAT_BINS], sum = 0;
  const SmVehicleColumns *columns;

  sm_test_network_fill (self->ops, 0, 500, 0);
  columns = sm_fleet_get_columns (sm_ops_get_fleet (self->ops));
  columns->soc[0] = 100;
  columns->soc[1] = 0;
  columns->soc[2] = NAN;
  columns->temperature_c[3] = NAN;
  sm_fleet_panel_count_charge (columns, charge);
  for (guint i = 0; i < SM_CHARGE_BINS; i++)
    sum += charge[i];
  g_assert_cmpuint (sum, ==, 500);
  g_assert_cmpuint (charge[SM_CHARGE_BINS - 1], ==, 1);
  sum = 0;
  sm_fleet_panel_count_heat (columns, heat);
  for (guint i = 0; i < SM_HEAT_BINS; i++)
    sum += heat[i];
  g_assert_cmpuint (sum, ==, 500);
  g_assert_cmpuint (heat[SM_HEAT_BINS - 1], ==, 1);
}

/* The load is the sum of what the stations say, and knows who said nothing. */
static void
test_load (Fixture       *self,
           gconstpointer  data)
{
  GListModel *stations = sm_ops_get_stations (self->ops);
  double sum = 0;
  guint known = 1;

  g_assert_cmpfloat (sm_load_panel_sum (stations, &known), ==, 0);
  g_assert_cmpuint (known, ==, 0);
  sm_test_network_fill (self->ops, 40, 0, 0);
  for (guint i = 0; i < 40; i += 2)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);
      g_autoptr (SmRow) row = sm_row_copy (sm_item_get_row (item));

      sm_row_set_real (row, SM_STATION_POWER_KW, i * 100.5);
      sum += i * 100.5;
      sm_item_set_row (item, row);
    }
  g_assert_cmpfloat_with_epsilon (sm_load_panel_sum (stations, &known), sum, 1e-6);
  g_assert_cmpuint (known, ==, 20);
}

/* How many of its rows can be seen; none of them in part. */
static guint
count_in_sight (GtkWidget *scroller)
{
  GtkWidget *row
      = gtk_widget_get_first_child (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)));
  guint n = 0;

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t box;

      if (!gtk_widget_get_mapped (row) || !gtk_widget_compute_bounds (row, scroller, &box))
        continue;
      if (box.origin.y >= (float) gtk_widget_get_height (scroller))
        break;
      if (box.origin.y + box.size.height > (float) gtk_widget_get_height (scroller))
        return G_MAXUINT;
      n++;
    }
  return n;
}

/* The list of faults ends with a whole row, and says how many more there are. */
static void
test_whole_rows (Fixture       *self,
                 gconstpointer  data)
{
  GtkWidget *faults = find_type (GTK_WIDGET (self->page), SM_TYPE_FAULTS_PANEL);
  GtkWidget *rows = find_type (faults, SM_TYPE_WHOLE_ROWS);
  GtkWidget *scroller = find_type (rows, GTK_TYPE_SCROLLED_WINDOW);
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  g_autofree char *more = NULL;
  guint n;

  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  sm_test_network_fill (self->ops, 40, 30, 1);
  settle ();
  g_assert_false (sm_test_shows (rows, "more fault"));
  sm_test_network_fill (self->ops, 40, 30, 30);
  while ((!sm_test_shows (rows, "more faults")
          || sm_faults_panel_is_growing (SM_FAULTS_PANEL (faults))
          || count_in_sight (scroller) != sm_whole_rows_get_n_shown (SM_WHOLE_ROWS (rows)))
         && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  settle ();
  n = sm_whole_rows_get_n_shown (SM_WHOLE_ROWS (rows));
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, 30);
  more = g_strdup_printf ("%u more faults", 30 - n);
  g_assert_true (sm_test_shows (rows, more));
  g_assert_cmpuint (count_in_sight (scroller), ==, n);

  /* Too low for one of them: all are counted, none is merely gone. */
  gtk_widget_size_allocate (rows, &(GtkAllocation) { 0, 0, gtk_widget_get_width (rows), 54 }, -1);
  g_assert_cmpuint (sm_whole_rows_get_n_shown (SM_WHOLE_ROWS (rows)), ==, 0);
  g_assert_true (gtk_widget_get_child_visible (gtk_widget_get_last_child (rows)));
}

static gboolean
shows_first (GtkWidget  *scroller,
             const char *who)
{
  GtkWidget *row
      = gtk_widget_get_first_child (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)));
  graphene_rect_t box;

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (sm_test_shows (row, who))
      return gtk_widget_get_mapped (row) && gtk_widget_compute_bounds (row, scroller, &box)
             && fabsf (box.origin.y) < 1;
  return FALSE;
}

/* Who was chosen and is acknowledged goes down among the others; the list does not go with it. */
static void
test_acknowledged_goes_alone (Fixture       *self,
                              gconstpointer  data)
{
  GtkWidget *faults = find_type (GTK_WIDGET (self->page), SM_TYPE_FAULTS_PANEL);
  GtkWidget *scroller = find_type (find_type (faults, SM_TYPE_WHOLE_ROWS), GTK_TYPE_SCROLLED_WINDOW);
  const char *const labels[] = { "粤B·01237", "粤B·02474" };
  g_autoptr (SmItem) first = NULL;
  g_autoptr (SmRow) done = NULL;
  guint index;

  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  sm_test_network_fill (self->ops, 40, 30, 30);
  run_until (!sm_faults_panel_is_growing (SM_FAULTS_PANEL (faults))
             && (shows_first (scroller, labels[0]) || shows_first (scroller, labels[1])));
  index = shows_first (scroller, labels[0]) ? 0 : 1;
  first = sm_faults_panel_find (SM_FAULTS_PANEL (faults), index + 1);
  sm_faults_panel_select (SM_FAULTS_PANEL (faults), index + 1);
  run_until (sm_faults_panel_get_selected (SM_FAULTS_PANEL (faults)) == first);
  done = sm_row_copy (sm_item_get_row (first));
  sm_row_set_text (done, SM_ALARM_STATE, "acked");
  sm_test_network_put_alarm (self->ops, done);
  run_until (shows_first (scroller, labels[1 - index]));
  g_assert_true (sm_faults_panel_get_selected (SM_FAULTS_PANEL (faults)) == first);
}

/* A link to what is not known yet waits, and says so to the picture taker. */
static void
test_link_waits (Fixture       *self,
                 gconstpointer  data)
{
  g_assert_false (sm_wall_page_open_named (self->page, "weather", "1"));
  g_assert_true (sm_wall_page_open_named (self->page, "station", "SN0005"));
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  settle ();
  g_assert_cmpstr (sm_page_describe_missing (SM_PAGE (self->page)), ==,
                   "the thing that the link names");
  sm_test_network_fill (self->ops, 9, 0, 0);
  settle ();
  g_assert_cmpstr (sm_page_describe_missing (SM_PAGE (self->page)), !=,
                   "the thing that the link names");
  g_assert_true (sm_page_go_back (SM_PAGE (self->page)));
  g_assert_false (sm_page_go_back (SM_PAGE (self->page)));
}

static void
test_finalize (void)
{
  SmOps *ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  GtkWidget *page = g_object_ref_sink (sm_wall_page_new (ops));

  g_assert_finalize_object (page);
  g_assert_finalize_object (ops);
}

#define ADD(path, func) g_test_add ("/pages/wall/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();

  ADD ("content", test_content);
  ADD ("offline-is-not-live", test_offline);
  ADD ("service-and-today", test_service);
  ADD ("faults-in-order-with-effect", test_fault_order);
  ADD ("faults-put-aside", test_fault_put_aside);
  ADD ("every-figure-says-stale", test_every_figure_says_stale);
  g_test_add_func ("/pages/wall/bay-says-all", test_bay);
  g_test_add_func ("/pages/wall/carbon-states-its-formula", test_carbon_formula);
  ADD ("empty-says-what-to-do", test_empty);
  ADD ("no-figure-before-the-whole", test_partial);
  ADD ("refused-says-what-to-do", test_refused);
  ADD ("server-text-is-no-markup", test_hostile);
  ADD ("acknowledge-with-note", test_note);
  ADD ("find", test_find);
  ADD ("fleet-bars-sum", test_fleet_bins);
  ADD ("load-sums-the-stations", test_load);
  ADD ("whole-rows-of-faults", test_whole_rows);
  ADD ("acknowledged-goes-down-alone", test_acknowledged_goes_alone);
  ADD ("link-waits-for-its-thing", test_link_waits);
  g_test_add_func ("/pages/wall/finalize", test_finalize);
  return g_test_run ();
}
