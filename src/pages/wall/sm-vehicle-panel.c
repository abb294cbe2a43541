/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-vehicle-panel.h"

#include "sm-follow-button.h"
#include "sm-i18n.h"
#include "sm-limit-words.h"
#include "sm-load-pack.h"
#include "sm-pack-facts.h"
#include "sm-reach-list.h"
#include "sm-status-words.h"
#include "sm-text.h"
#include "sm-thing-panel.h"
#include "sm-time.h"
#include "sm-wall-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SWAPS_SHOWN 5
/* A pack's values change slowly, and each answer is a request. */
#define ASK_AGAIN_US (10 * G_TIME_SPAN_SECOND)

struct _SmVehiclePanel
{
  GtkWidget parent_instance;

  SmThingPanel *frame;
  GtkWidget *charge_label;
  GtkWidget *follow_button; /* NULL: there is no map */
  SmFacts *facts;
  SmFacts *pack;
  GtkWidget *pack_section;
  SmThingList *reach;
  GtkWidget *reach_section;
  SmThingList *swaps;
  SmThingList *alarms;

  SmOps *ops;
  gint64 id;
  SmRow *row;     /* (nullable): of the vehicle */
  SmRow *battery; /* (nullable): the pack it carries */
  SmHistory *orders;
  SmTelemetry *track; /* (nullable): of today */
  GCancellable *cancellable;
  gint64 asked_at; /* monotonic */
  gboolean is_wall;
};

G_DEFINE_FINAL_TYPE (SmVehiclePanel, sm_vehicle_panel, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_TRACK,
} Signal;
static guint signals[SIGNAL_TRACK + 1];

static const char *
word_of (const char *const *slugs,
         guint              value)
{
  return value == SM_ENUM_UNKNOWN ? "" : sm_word_of_slug (slugs, slugs[value]);
}

static char *
dup_label (SmVehiclePanel *self,
           SmNounId        noun,
           gint64          id)
{
  return id != 0 && id != SM_UNKNOWN
             ? sm_directory_dup_label (sm_ops_get_directory (self->ops), noun, id,
                                       sm_i18n_language ())
             : NULL;
}

/* Where it queues, if it does. */
static char *
describe_queue (SmVehiclePanel         *self,
                const SmVehicleColumns *columns,
                guint                   slot)
{
  g_autofree char *station = dup_label (self, SM_NOUN_STATION, columns->station_id[slot]);

  if (columns->queue[slot] == SM_ENUM_UNKNOWN)
    return NULL;
  return sm_wall_join (" · ", word_of (sm_queue_states, columns->queue[slot]),
                       station != NULL ? station : "", NULL);
}

/* As the service gives it: masked, and on a wall not at all. */
static char *
describe_driver (SmVehiclePanel        *self,
                 const SmVehicleRecord *record)
{
  const SmDriverRecord *driver
      = record != NULL && record->driver_id != 0 && !self->is_wall
            ? sm_directory_find_driver (sm_ops_get_directory (self->ops), record->driver_id)
            : NULL;

  return driver != NULL ? sm_wall_join (" · ", driver->name, driver->phone, NULL) : NULL;
}

static void
show_head (SmVehiclePanel         *self,
           const SmVehicleColumns *columns,
           guint                   slot)
{
  g_autofree char *soc = sm_text_measure (columns->soc[slot], 0, "%");
  g_autofree char *range = sm_wall_distance (columns->range_m[slot]);
  g_autofree char *speed = sm_text_measure (columns->speed_kmh[slot], 0, "km/h");
  g_autofree char *head = sm_wall_join (" · ", soc, range, speed, NULL);
  g_auto (GStrv) parts = g_strsplit (head, "/", -1);
  /* In large letters a line would end within "km/h": it is joined. */
  g_autofree char *joined = g_strjoinv ("/\u2060", parts);

  gtk_label_set_text (GTK_LABEL (self->charge_label), joined);
}

/* What moves comes from the fleet, which is always newer than a row. */
static void
show_live (SmVehiclePanel *self)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (sm_ops_get_fleet (self->ops));
  int slot = sm_fleet_find (sm_ops_get_fleet (self->ops), self->id);
  const SmVehicleRecord *record
      = sm_directory_find_vehicle (sm_ops_get_directory (self->ops), self->id);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
  g_autofree char *fleet = record != NULL ? dup_label (self, SM_NOUN_FLEET, record->fleet_id) : NULL;
  g_autofree char *driver = describe_driver (self, record);
  g_autofree char *doing = NULL;
  g_autofree char *heat = NULL;
  g_autofree char *queue = NULL;
  g_autofree char *age = NULL;
  g_autoptr (SmRow) values = NULL;
  g_autofree char *heat_limit = NULL;

  if (slot < 0)
    {
      gtk_label_set_text (GTK_LABEL (self->charge_label), "–");
      return;
    }
  show_head (self, columns, (guint) slot);
  doing = sm_wall_join (" · ", word_of (sm_motions, columns->motion[slot]),
                        word_of (sm_energies, columns->energy[slot]), NULL);
  heat = sm_text_measure (columns->temperature_c[slot], 0, "°C");
  values = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
  sm_row_set_real (values, SM_VEHICLE_PACK_TEMPERATURE_C, columns->temperature_c[slot]);
  heat_limit = sm_limit_words (self->ops, values, SM_VEHICLE_PACK_TEMPERATURE_C);
  queue = describe_queue (self, columns, (guint) slot);
  age = columns->reported_at[slot] != SM_UNKNOWN
            ? sm_time_age (MAX (now - columns->reported_at[slot], 0))
            : NULL;
  {
    const SmFact facts[] = {
      { _("Doing"), doing, 0 },
      { _("Queue"), queue, 0 },
      { _("Connection"), word_of (sm_connections, columns->connection[slot]), 0 },
      { _("Last report"), age, 0 },
      { _("Fleet"), fleet != NULL ? fleet : "–", 0 },
      { _("Driver"), driver, 0 },
      { _("Pack temperature"), heat,
        sm_limit_level (self->ops, values, SM_VEHICLE_PACK_TEMPERATURE_C), heat_limit },
      { _("Reaches a pack"), word_of (sm_reaches, columns->reach[slot]),
        columns->reach[slot] == SM_REACH_UNREACHABLE ? 2 : 0 },
    };

    sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
  }
}

/* The pack that it carries now; 0: not known. */
static gint64
battery_of (SmVehiclePanel *self)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (sm_ops_get_fleet (self->ops));
  int slot = sm_fleet_find (sm_ops_get_fleet (self->ops), self->id);

  if (slot >= 0 && columns->battery_id[slot] != SM_UNKNOWN)
    return columns->battery_id[slot];
  return self->row != NULL && !sm_row_is_null (self->row, SM_VEHICLE_BATTERY_ID)
             ? sm_row_get_int (self->row, SM_VEHICLE_BATTERY_ID)
             : 0;
}

static void
show_swaps (SmVehiclePanel *self)
{
  if (self->orders != NULL)
    sm_list_swaps (self->swaps, G_LIST_MODEL (self->orders), SWAPS_SHOWN, self->ops);
}

static void
battery_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmVehiclePanel) self = user_data;
  g_autoptr (SmRow) row = sm_load_pack_finish (result, NULL);

  if (row == NULL || self->frame == NULL || sm_row_get_id (row) != battery_of (self))
    return;
  g_clear_pointer (&self->battery, sm_row_unref);
  self->battery = g_steal_pointer (&row);
  sm_pack_facts_set (self->pack, self->battery, self->ops, TRUE);
  gtk_widget_set_visible (self->pack_section, TRUE);
}

/* Which they are, the service alone can say: it knows what is ready, and who gets there. */
static void
reach_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmVehiclePanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = sm_ops_load_reach_finish (SM_OPS (source), result, &error);

  if (found == NULL || self->frame == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  sm_reach_list (self->reach, found, self->ops);
  gtk_widget_set_visible (self->reach_section, TRUE);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmVehiclePanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_ops_load_row_finish (SM_OPS (source), result, &error);
  g_autofree char *subtitle = NULL;

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
  self->row = sm_row_ref (row);
  subtitle = sm_wall_join (" · ",
                           sm_row_is_null (row, SM_VEHICLE_MODEL)
                               ? ""
                               : sm_row_get_text (row, SM_VEHICLE_MODEL),
                           sm_row_is_null (row, SM_VEHICLE_VIN)
                               ? ""
                               : sm_row_get_text (row, SM_VEHICLE_VIN),
                           NULL);
  sm_thing_panel_set_name (self->frame, sm_row_get_text (row, SM_VEHICLE_PLATE), subtitle);
  sm_thing_panel_show_content (self->frame);
  if (battery_of (self) != 0)
    sm_load_pack_async (self->ops, battery_of (self), self->cancellable, battery_cb,
                        g_object_ref (self));
  sm_vehicle_panel_refresh (self);
}

static void
track_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmVehiclePanel) self = user_data;
  g_autoptr (SmTelemetry) track
      = sm_ops_load_telemetry_finish (SM_OPS (source), result, NULL);

  if (track == NULL || self->frame == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_clear_pointer (&self->track, sm_telemetry_free);
  self->track = g_steal_pointer (&track);
  g_signal_emit (self, signals[SIGNAL_TRACK], 0);
}

static void
load (SmVehiclePanel *self)
{
  self->asked_at = g_get_monotonic_time ();
  sm_ops_load_row_async (self->ops, sm_noun_get (SM_NOUN_VEHICLE), self->id, self->cancellable,
                         loaded_cb, g_object_ref (self));
  sm_ops_load_reach_async (self->ops, self->id, self->cancellable, reach_cb, g_object_ref (self));
}

static void
load_histories (SmVehiclePanel *self)
{
  g_autoptr (SmHistoryFilter) filter = sm_history_filter_new ();
  SmStatus *status = sm_ops_get_status (self->ops);
  gint64 now = sm_clock_now (sm_status_get_clock (status));

  filter->vehicle_id = self->id;
  filter->kind = g_strdup ("swap");
  self->orders = sm_ops_history_new (self->ops, SM_NOUN_ORDER, filter);
  g_signal_connect_object (self->orders, "items-changed", G_CALLBACK (show_swaps), self,
                           G_CONNECT_SWAPPED);
  sm_ops_load_telemetry_async (self->ops, SM_NOUN_VEHICLE, self->id,
                               sm_status_day_start (status, now), now, self->cancellable, track_cb,
                               g_object_ref (self));
}

static void
forget (SmVehiclePanel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->orders);
  g_clear_pointer (&self->row, sm_row_unref);
  g_clear_pointer (&self->battery, sm_row_unref);
  g_clear_pointer (&self->track, sm_telemetry_free);
}

static void
sm_vehicle_panel_dispose (GObject *object)
{
  SmVehiclePanel *self = SM_VEHICLE_PANEL (object);

  forget (self);
  if (self->frame != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->frame));
  self->frame = NULL;
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_vehicle_panel_parent_class)->dispose (object);
}

static void
sm_vehicle_panel_class_init (SmVehiclePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_vehicle_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_TRACK] = g_signal_new ("track", SM_TYPE_VEHICLE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_vehicle_panel_init (SmVehiclePanel *self)
{
  self->frame = SM_THING_PANEL (sm_thing_panel_new (_("Loading the vehicle")));
  gtk_widget_set_parent (GTK_WIDGET (self->frame), GTK_WIDGET (self));
  self->charge_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->charge_label, "big-figure");
  gtk_box_append (GTK_BOX (sm_thing_panel_get_head (self->frame)), self->charge_label);
  self->facts = SM_FACTS (sm_facts_new ());
  sm_thing_panel_add_section (self->frame, NULL, GTK_WIDGET (self->facts));
  self->alarms = SM_THING_LIST (sm_thing_list_new (C_ ("alarms of a vehicle", "none")));
  sm_thing_panel_add_section (self->frame, _("Open alarms"), GTK_WIDGET (self->alarms));
  self->pack = SM_FACTS (sm_facts_new ());
  self->pack_section
      = sm_thing_panel_add_section (self->frame, _("Pack on board"), GTK_WIDGET (self->pack));
  self->reach = SM_THING_LIST (sm_thing_list_new (_("no station with a ready pack in range")));
  self->reach_section = sm_thing_panel_add_section (self->frame, _("Ready packs in range"),
                                                    GTK_WIDGET (self->reach));
  self->swaps = SM_THING_LIST (sm_thing_list_new (C_ ("swaps of a vehicle", "none known")));
  sm_thing_panel_add_section (self->frame, _("Last swaps"), GTK_WIDGET (self->swaps));
}

void
sm_vehicle_panel_set_ops (SmVehiclePanel *self,
                          SmOps          *ops)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self));

  g_set_object (&self->ops, ops);
}

/** sm_vehicle_panel_set_map: @map: that can go after the vehicle */
void
sm_vehicle_panel_set_map (SmVehiclePanel *self,
                          SmMapView      *map)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self) && self->follow_button == NULL);

  self->follow_button = sm_follow_button_new (map);
  gtk_box_append (GTK_BOX (sm_thing_panel_get_head (self->frame)), self->follow_button);
}

/** sm_vehicle_panel_set_is_wall: Where many people look, nobody's name stands. */
void
sm_vehicle_panel_set_is_wall (SmVehiclePanel *self,
                              gboolean        is_wall)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self));

  self->is_wall = is_wall;
  if (self->follow_button != NULL)
    gtk_widget_set_visible (self->follow_button, !is_wall);
  sm_vehicle_panel_refresh (self);
}

/** sm_vehicle_panel_open: Shows that vehicle; 0: none. */
void
sm_vehicle_panel_open (SmVehiclePanel *self,
                       gint64          id)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self));

  forget (self);
  self->cancellable = g_cancellable_new ();
  self->id = id;
  if (self->follow_button != NULL)
    sm_follow_button_set_vehicle (SM_FOLLOW_BUTTON (self->follow_button), id);
  gtk_widget_set_visible (self->pack_section, FALSE);
  gtk_widget_set_visible (self->reach_section, FALSE);
  sm_thing_panel_show_loading (self->frame);
  g_signal_emit (self, signals[SIGNAL_TRACK], 0);
  if (self->ops == NULL || id == 0)
    return;
  load (self);
  load_histories (self);
}

/** sm_vehicle_panel_refresh: Shows the live values and alarms as they are now. */
void
sm_vehicle_panel_refresh (SmVehiclePanel *self)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self));

  if (self->ops == NULL || self->id == 0 || self->row == NULL)
    return;
  show_live (self);
  show_swaps (self);
  sm_list_alarms_of (self->alarms, "vehicle", self->id, SM_ALARM_VEHICLE_ID, self->ops);
  if (g_get_monotonic_time () - self->asked_at > ASK_AGAIN_US)
    load (self);
}

/** sm_vehicle_panel_set_stale: Whether the values are the last known and not live. */
void
sm_vehicle_panel_set_stale (SmVehiclePanel *self,
                            gboolean        stale)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self));

  sm_thing_panel_set_stale (self->frame, stale);
}

/** sm_vehicle_panel_get_plate: Returns: the plate that is shown, "" while loading */
const char *
sm_vehicle_panel_get_plate (SmVehiclePanel *self)
{
  g_return_val_if_fail (SM_IS_VEHICLE_PANEL (self), NULL);

  return sm_thing_panel_get_name (self->frame);
}

/** sm_vehicle_panel_get_track: Returns: (transfer none) (nullable): its way of today */
const SmTelemetry *
sm_vehicle_panel_get_track (SmVehiclePanel *self)
{
  g_return_val_if_fail (SM_IS_VEHICLE_PANEL (self), NULL);

  return self->track;
}
