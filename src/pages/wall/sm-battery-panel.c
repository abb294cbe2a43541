/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-battery-panel.h"

#include "sm-chart.h"
#include "sm-i18n.h"
#include "sm-link.h"
#include "sm-load-pack.h"
#include "sm-pack-facts.h"
#include "sm-status-words.h"
#include "sm-text.h"
#include "sm-thing-panel.h"
#include "sm-time.h"
#include "sm-wall-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOVEMENTS_SHOWN 10
/* So far back the trends go, if there is as much. */
#define MOVEMENTS_DRAWN 100
/* Enough for three numbers of the scale. */
#define CHART_HEIGHT 110
#define ASK_AGAIN_US (10 * G_TIME_SPAN_SECOND)

struct _SmBatteryPanel
{
  GtkWidget parent_instance;

  SmThingPanel *frame;
  SmFacts *place;
  SmFacts *facts;
  SmChart *spread;
  SmChart *health;
  SmThingList *trace;
  SmThingList *alarms;
  SmThingList *sisters;

  SmOps *ops;
  gint64 id;
  SmRow *row; /* (nullable) */
  SmHistory *movements;
  GCancellable *cancellable;
  gint64 asked_at; /* monotonic */
};

G_DEFINE_FINAL_TYPE (SmBatteryPanel, sm_battery_panel, GTK_TYPE_WIDGET)

static char *
format_moment (double   at,
               gpointer user_data)
{
  SmBatteryPanel *self = user_data;

  return sm_status_format_moment (sm_ops_get_status (self->ops), (gint64) at * SM_SECOND);
}

static char *
dup_label (SmBatteryPanel *self,
           SmNounId        noun,
           guint           field)
{
  return sm_row_is_null (self->row, field)
             ? NULL
             : sm_directory_dup_label (sm_ops_get_directory (self->ops), noun,
                                       sm_row_get_int (self->row, field), sm_i18n_language ());
}

/* "vehicle · 粤B·12345D", "bay · Baoan North" */
static char *
describe_place (SmBatteryPanel *self)
{
  guint place = sm_row_get_enum (self->row, SM_BATTERY_PLACE);
  g_autofree char *station = dup_label (self, SM_NOUN_STATION, SM_BATTERY_STATION_ID);
  g_autofree char *vehicle = place == SM_PLACE_VEHICLE
                                 ? dup_label (self, SM_NOUN_VEHICLE, SM_BATTERY_PLACE_ID)
                                 : NULL;

  return sm_wall_join (
      " · ", sm_word_of_slug (sm_battery_places, sm_row_get_text (self->row, SM_BATTERY_PLACE)),
      vehicle != NULL ? vehicle : "", station != NULL ? station : "", NULL);
}

/* Returns: (transfer full) (nullable): since when, by whom and why it is kept apart */
static char *
describe_quarantine (SmBatteryPanel *self)
{
  g_autofree char *since = NULL;
  g_autofree char *by = NULL;
  g_autofree char *why = NULL;

  if (sm_row_is_null (self->row, SM_BATTERY_QUARANTINED_AT))
    return NULL;
  since = sm_status_format_moment (sm_ops_get_status (self->ops),
                                   sm_row_get_int (self->row, SM_BATTERY_QUARANTINED_AT));
  by = sm_text_clean (sm_row_get_text (self->row, SM_BATTERY_QUARANTINED_BY));
  why = sm_text_clean (sm_row_get_text (self->row, SM_BATTERY_QUARANTINE_REASON));
  return sm_wall_join (" · ", since != NULL ? since : "–", by, why, NULL);
}

static void
show_place (SmBatteryPanel *self)
{
  g_autofree char *apart = describe_quarantine (self);
  guint fitness = sm_row_get_enum (self->row, SM_BATTERY_FITNESS);
  g_autofree char *place = describe_place (self);
  g_autofree char *owner = dup_label (self, SM_NOUN_ORGANISATION, SM_BATTERY_OWNER_ID);
  g_autofree char *lessee = dup_label (self, SM_NOUN_ORGANISATION, SM_BATTERY_LESSEE_ID);
  g_autofree char *warranty
      = sm_row_is_null (self->row, SM_BATTERY_WARRANTY_UNTIL)
            ? NULL
            : sm_wall_date (sm_row_get_int (self->row, SM_BATTERY_WARRANTY_UNTIL));
  g_autofree char *life
      = sm_row_is_null (self->row, SM_BATTERY_SERVICE_LIFE_UNTIL)
            ? NULL
            : sm_wall_date (sm_row_get_int (self->row, SM_BATTERY_SERVICE_LIFE_UNTIL));
  const SmFact facts[] = {
    { _("Place"), place, 0 },
    { _("Fitness"),
      sm_word_of_slug (sm_fitnesses, sm_row_get_text (self->row, SM_BATTERY_FITNESS)),
      fitness == SM_FITNESS_WATCH ? 3 : fitness == SM_FITNESS_QUARANTINED ? 2 : 0 },
    { _("Quarantine"), apart, 0 },
    { _("Owner"), owner != NULL ? owner : C_ ("owner of a pack", "not said"), 0 },
    { _("Lessee"), lessee, 0 },
    { _("Pool"), sm_row_get_text (self->row, SM_BATTERY_POOL), 0 },
    { _("Supplier"), sm_row_get_text (self->row, SM_BATTERY_SUPPLIER), 0 },
    { _("Warranty until"), warranty, 0 },
    { _("Service life until"), life, 0 },
  };

  sm_facts_set (self->place, facts, G_N_ELEMENTS (facts));
}

static void
add_sister (SmBatteryPanel *self,
            const SmRow    *row)
{
  g_autofree char *installed
      = sm_row_is_null (row, SM_BATTERY_INSTALLED_ON)
            ? NULL
            : sm_wall_date (sm_row_get_int (row, SM_BATTERY_INSTALLED_ON));
  g_autofree char *soh = sm_wall_known (row, SM_BATTERY_SOH, 1);
  g_autofree char *spread = sm_wall_known (row, SM_BATTERY_SPREAD_MV, 0);
  guint fitness = sm_row_get_enum (row, SM_BATTERY_FITNESS);
  g_autofree char *about = sm_wall_join (
      " · ", installed != NULL ? installed : "", soh != NULL ? soh : "",
      spread != NULL ? spread : "", NULL);
  g_autofree char *link
      = sm_link_text ("battery", sm_row_get_text (row, SM_BATTERY_SN), NULL);

  sm_thing_list_add (self->sisters, sm_row_get_text (row, SM_BATTERY_SN), about,
                     sm_word_of_slug (sm_fitnesses, sm_row_get_text (row, SM_BATTERY_FITNESS)),
                     fitness == SM_FITNESS_WATCH         ? 3
                     : fitness == SM_FITNESS_QUARANTINED ? 2
                                                         : 0,
                     link);
}

/* Packs of the same model, maker and age go wrong together. */
static void
show_sisters (SmBatteryPanel *self,
              GPtrArray      *rows)
{
  const SmRow *model
      = sm_directory_find_row (sm_ops_get_directory (self->ops), SM_NOUN_BATTERY_MODEL,
                               sm_row_get_int (self->row, SM_BATTERY_BATTERY_MODEL_ID));
  g_autofree char *name = sm_pack_model (self->ops, self->row);
  g_autofree char *link = NULL;

  sm_thing_list_begin (self->sisters);
  for (guint i = 0; i < rows->len; i++)
    add_sister (self, g_ptr_array_index (rows, i));
  if (model != NULL && name != NULL)
    {
      link = sm_link_text ("batteries", NULL, "model",
                           sm_row_get_text (model, SM_BATTERY_MODEL_CODE), NULL);
      sm_thing_list_add (self->sisters, _("All packs of this model"), name, NULL, 0, link);
    }
  sm_thing_list_end (self->sisters);
}

static void
sisters_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmBatteryPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = sm_ops_load_sisters_finish (SM_OPS (source), result, &error);

  if (rows != NULL && self->frame != NULL && self->row != NULL)
    show_sisters (self, rows);
}

/* The line of one field over the movements, oldest first. */
static void
draw_trend (SmBatteryPanel *self,
            SmChart        *chart,
            guint           field,
            const char     *name,
            gboolean        from_zero)
{
  GListModel *model = G_LIST_MODEL (self->movements);
  guint n = MIN (g_list_model_get_n_items (model), MOVEMENTS_DRAWN), known = 0;
  double at[MOVEMENTS_DRAWN], values[MOVEMENTS_DRAWN];
  double ticks[2];
  const char *labels[2];
  SmChartAxes axes = { .from_zero = from_zero, .ticks = ticks, .labels = labels,
                       .unit = sm_noun_get (SM_NOUN_BATTERY_MOVEMENT)->fields[field].unit };
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  for (guint i = n; i > 0; i--)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (model, i - 1);
      const SmRow *row = sm_item_get_row (item);

      if (sm_row_is_null (row, SM_BATTERY_MOVEMENT_AT) || sm_row_is_null (row, field))
        continue;
      at[known] = (double) (sm_row_get_int (row, SM_BATTERY_MOVEMENT_AT) / SM_SECOND);
      values[known++] = sm_row_get_real (row, field);
    }
  if (known > 0)
    {
      first = sm_wall_date ((gint64) at[0] * SM_SECOND);
      last = sm_wall_date ((gint64) at[known - 1] * SM_SECOND);
      axes.first = at[0];
      axes.last = at[known - 1];
      ticks[0] = at[0];
      ticks[1] = at[known - 1];
      labels[0] = first;
      labels[1] = last;
      axes.n_ticks = 2;
    }
  sm_chart_set_lines (chart, &axes, &(SmChartLine){ name, at, values, known }, known > 0 ? 1 : 0);
}

static void
show_movements (SmBatteryPanel *self)
{
  sm_list_movements (self->trace, G_LIST_MODEL (self->movements), MOVEMENTS_SHOWN, self->ops);
  draw_trend (self, self->spread, SM_BATTERY_MOVEMENT_SPREAD_MV, C_ ("trend", "spread"), TRUE);
  draw_trend (self, self->health, SM_BATTERY_MOVEMENT_SOH, C_ ("trend", "health"), FALSE);
}

static void
show (SmBatteryPanel *self)
{
  g_autofree char *model = sm_pack_model (self->ops, self->row);

  sm_thing_panel_set_name (self->frame, sm_row_get_text (self->row, SM_BATTERY_SN), model);
  show_place (self);
  sm_pack_facts_set (self->facts, self->row, self->ops, FALSE);
  sm_list_alarms_of (self->alarms, "battery", self->id, SM_ALARM_BATTERY_ID, self->ops);
  sm_thing_panel_show_content (self->frame);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmBatteryPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_load_pack_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->frame == NULL)
    return;
  if (row == NULL)
    {
      sm_thing_panel_show_problem (self->frame, error);
      return;
    }
  if (sm_row_get_id (row) != self->id)
    return;
  g_clear_pointer (&self->row, sm_row_unref);
  self->row = g_steal_pointer (&row);
  show (self);
  sm_ops_load_sisters_async (self->ops, self->id, self->cancellable, sisters_cb,
                             g_object_ref (self));
}

static void
load (SmBatteryPanel *self)
{
  self->asked_at = g_get_monotonic_time ();
  sm_load_pack_async (self->ops, self->id, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
forget (SmBatteryPanel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->movements);
  g_clear_pointer (&self->row, sm_row_unref);
}

static void
sm_battery_panel_dispose (GObject *object)
{
  SmBatteryPanel *self = SM_BATTERY_PANEL (object);

  forget (self);
  if (self->frame != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->frame));
  self->frame = NULL;
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_battery_panel_parent_class)->dispose (object);
}

static void
sm_battery_panel_class_init (SmBatteryPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_battery_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static SmChart *
add_chart (SmBatteryPanel *self,
           const char     *title)
{
  GtkWidget *chart = sm_chart_new (title);

  gtk_widget_set_size_request (chart, -1, CHART_HEIGHT);
  g_object_set (chart, "empty-text", _("No movement has been recorded yet"), NULL);
  sm_chart_set_format (SM_CHART (chart), format_moment, self);
  sm_thing_panel_add_section (self->frame, title, chart);
  return SM_CHART (chart);
}

static void
sm_battery_panel_init (SmBatteryPanel *self)
{
  self->frame = SM_THING_PANEL (sm_thing_panel_new (_("Loading the pack")));
  gtk_widget_set_parent (GTK_WIDGET (self->frame), GTK_WIDGET (self));
  self->place = SM_FACTS (sm_facts_new ());
  sm_thing_panel_add_section (self->frame, NULL, GTK_WIDGET (self->place));
  self->alarms = SM_THING_LIST (sm_thing_list_new (C_ ("alarms of a pack", "none")));
  sm_thing_panel_add_section (self->frame, _("Open alarms"), GTK_WIDGET (self->alarms));
  self->facts = SM_FACTS (sm_facts_new ());
  sm_thing_panel_add_section (self->frame, _("Values"), GTK_WIDGET (self->facts));
  self->spread = add_chart (self, _("Cell spread at each movement"));
  self->health = add_chart (self, _("Health at each movement"));
  self->trace = SM_THING_LIST (sm_thing_list_new (C_ ("movements of a pack", "none known")));
  sm_thing_panel_add_section (self->frame, _("Last movements"), GTK_WIDGET (self->trace));
  self->sisters = SM_THING_LIST (sm_thing_list_new (""));
  sm_thing_panel_add_section (self->frame, _("Sister packs: same model, maker and month"),
                              GTK_WIDGET (self->sisters));
}

void
sm_battery_panel_set_ops (SmBatteryPanel *self,
                          SmOps          *ops)
{
  g_return_if_fail (SM_IS_BATTERY_PANEL (self));

  g_set_object (&self->ops, ops);
}

/** sm_battery_panel_open: Shows that pack; 0: none. */
void
sm_battery_panel_open (SmBatteryPanel *self,
                       gint64          id)
{
  g_autoptr (SmHistoryFilter) filter = sm_history_filter_new ();

  g_return_if_fail (SM_IS_BATTERY_PANEL (self));

  forget (self);
  self->cancellable = g_cancellable_new ();
  self->id = id;
  sm_thing_panel_show_loading (self->frame);
  if (self->ops == NULL || id == 0)
    return;
  load (self);
  filter->battery_id = id;
  self->movements = sm_ops_history_new (self->ops, SM_NOUN_BATTERY_MOVEMENT, filter);
  g_signal_connect_object (self->movements, "items-changed", G_CALLBACK (show_movements), self,
                           G_CONNECT_SWAPPED);
}

/** sm_battery_panel_refresh: Asks for the values anew, when it is time. */
void
sm_battery_panel_refresh (SmBatteryPanel *self)
{
  g_return_if_fail (SM_IS_BATTERY_PANEL (self));

  if (self->ops == NULL || self->id == 0 || self->row == NULL)
    return;
  sm_list_alarms_of (self->alarms, "battery", self->id, SM_ALARM_BATTERY_ID, self->ops);
  if (g_get_monotonic_time () - self->asked_at > ASK_AGAIN_US)
    load (self);
}

/** sm_battery_panel_set_stale: Whether the values are the last known and not live. */
void
sm_battery_panel_set_stale (SmBatteryPanel *self,
                            gboolean        stale)
{
  g_return_if_fail (SM_IS_BATTERY_PANEL (self));

  sm_thing_panel_set_stale (self->frame, stale);
  sm_chart_set_stale (self->spread, stale);
  sm_chart_set_stale (self->health, stale);
}

/** sm_battery_panel_get_sn: Returns: the serial number that is shown, "" while loading */
const char *
sm_battery_panel_get_sn (SmBatteryPanel *self)
{
  g_return_val_if_fail (SM_IS_BATTERY_PANEL (self), NULL);

  return sm_thing_panel_get_name (self->frame);
}
