/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-map"

#include "config.h"

#include "sm-map-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <shumate/shumate.h>

#include "sm-map-ground.h"
#include "sm-map-keys.h"
#include "sm-map-legend.h"
#include "sm-map-view-private.h"

#define HIT_RADIUS 11.0
#define DRAG_MIN 8.0
#define KEYBOARD_RADIUS 60.0 /* Enter opens what is so near to the centre */
#define CHOOSER_ZOOM 15.0    /* from here on several stations on a spot are listed */

G_DEFINE_FINAL_TYPE (SmMapView, sm_map_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LANGUAGE = 1,
  PROP_DARK,
  PROP_STALE,
  PROP_SHOW_BORDERS,
  PROP_SHOW_SERVICE,
  PROP_FOLLOWED,
} SmMapViewProperty;

static GParamSpec *properties[PROP_FOLLOWED + 1];

enum
{
  ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
sm_map_view_queue_change_ (SmMapView *self)
{
  self->changes++;
  sm_map_view_unsettle_ground_ (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
renew_pen (SmMapView *self)
{
  sm_map_layers_renew_pen (&self->layers, &self->style);
  sm_map_view_queue_change_ (self);
}

static void
renew_all (SmMapView *self)
{
  sm_map_view_renew_tiles_ (self);
  renew_pen (self);
}

static void
basemap_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autofree GWeakRef *weak = user_data;
  g_autoptr (SmMapView) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmBasemap) basemap = sm_basemap_load_finish (result, &error);

  g_weak_ref_clear (weak);
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  sm_map_view_queue_change_ (self);
  if (basemap == NULL)
    {
      g_info ("The map has no base: %s", error->message);
      return;
    }
  sm_map_layers_set_basemap (&self->layers, basemap, &self->style);
  sm_map_view_renew_tiles_ (self);
}

static void
activate_station (gint64   id,
                  gpointer user_data)
{
  g_signal_emit (user_data, signals[ACTIVATED], 0, SM_NOUN_STATION, id);
}

/* One station opens; several come nearer, or are listed when they stand on
 * one spot. */
static void
open_stations (SmMapView *self,
               GPtrArray *rows,
               double     x,
               double     y)
{
  SmWorldPoint low = { G_MAXUINT32, G_MAXUINT32 }, high = { 0, 0 };
  double zoom = sm_map_camera_get_zoom (&self->camera), better;

  if (rows->len == 1)
    {
      activate_station (sm_row_get_id (g_ptr_array_index (rows, 0)), self);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      SmWorldPoint p = sm_world_project (sm_row_get_real (row, SM_STATION_LATITUDE),
                                         sm_row_get_real (row, SM_STATION_LONGITUDE));

      low = (SmWorldPoint){ MIN (low.x, p.x), MIN (low.y, p.y) };
      high = (SmWorldPoint){ MAX (high.x, p.x), MAX (high.y, p.y) };
    }
  better = CLAMP (sm_map_camera_box_zoom (&self->camera, low, high), zoom + 1, MAX (zoom + 4, CHOOSER_ZOOM + 1));
  if (zoom < CHOOSER_ZOOM && MAX (high.x - low.x, high.y - low.y) > 512)
    sm_map_camera_go_to (&self->camera, sm_map_box_middle (low, high), better);
  else
    sm_map_chooser_open (self->chooser, rows, self->language, x, y);
}

static gboolean
open_place (SmMapView    *self,
            SmPlaceLayer *layer,
            double        x,
            double        y,
            double        radius)
{
  SmRow *row = sm_place_layer_hit (layer, x, y, radius);

  if (row != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, (int) sm_row_get_noun (row)->id,
                   sm_row_get_id (row));
  return row != NULL;
}

static gboolean
open_at (SmMapView *self,
         double     x,
         double     y,
         double     radius)
{
  const SmJobSpot *job = sm_job_layer_hit (self->layers.jobs, x, y, radius);
  g_autoptr (GPtrArray) rows = NULL;
  SmMapHit hit;

  if (job != NULL)
    {
      g_signal_emit (self, signals[ACTIVATED], 0, (int) job->noun, job->id);
      return TRUE;
    }
  if (open_place (self, self->layers.engineers, x, y, radius))
    return TRUE;
  if (sm_vehicle_layer_hit (self->layers.vehicles, x, y, radius, &hit))
    {
      if (hit.id != 0)
        g_signal_emit (self, signals[ACTIVATED], 0, SM_NOUN_VEHICLE, hit.id);
      else
        sm_map_camera_go_to (&self->camera, hit.at, sm_map_camera_get_zoom (&self->camera) + 2);
      return TRUE;
    }
  rows = sm_station_layer_hit (self->layers.stations, x, y, radius);
  if (rows != NULL)
    open_stations (self, rows, x, y);
  return rows != NULL || open_place (self, self->layers.service_points, x, y, radius);
}

static void
pressed_cb (SmMapView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
released_cb (SmMapView *self,
             int        n_press,
             double     x,
             double     y)
{
  /* A double click zooms; its second half opens nothing. */
  if (n_press == 1)
    open_at (self, x, y, HIT_RADIUS);
}

static void
dragged_cb (SmMapView *self,
            double     x,
            double     y)
{
  if (hypot (x, y) > DRAG_MIN)
    sm_map_view_person_moved_ (self);
}

static gboolean
move_action_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  double columns, rows;

  g_variant_get (args, "(dd)", &columns, &rows);
  sm_map_view_person_moved_ (SM_MAP_VIEW (widget));
  sm_map_camera_move_by (&SM_MAP_VIEW (widget)->camera, columns, rows);
  return TRUE;
}

static gboolean
zoom_action_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  sm_map_camera_zoom_by (&SM_MAP_VIEW (widget)->camera, g_variant_get_double (args));
  return TRUE;
}

static gboolean
fit_action_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  return sm_map_view_fit_data (SM_MAP_VIEW (widget));
}

static gboolean
open_action_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  return open_at (SM_MAP_VIEW (widget), gtk_widget_get_width (widget) / 2.0,
                  gtk_widget_get_height (widget) / 2.0, KEYBOARD_RADIUS);
}

static void
sm_map_view_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = 120;
  *natural = 480;
}

static void
allocate_child (GtkWidget *child,
                int        width,
                int        height)
{
  int minimum;

  /* Asked for, because GTK wants children measured before they are placed. */
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, minimum), height, -1, NULL);
}

static void
sm_map_view_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  SmMapView *self = SM_MAP_VIEW (widget);
  GtkWidget *children[] = { GTK_WIDGET (self->map), self->attribution, self->scale };

  if (gtk_widget_get_width (children[0]) != width || gtk_widget_get_height (children[0]) != height)
    sm_map_view_unsettle_ground_ (self);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    allocate_child (children[i], width, height);
  sm_map_chooser_present (self->chooser);
  self->changes++;
  sm_map_camera_resized (&self->camera);
  /* The camera may have moved, and then the scale asks for another size. */
  allocate_child (self->scale, width, height);
}

/* The unit follows the font, which comes with the style. */
static void
sm_map_view_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  SmMapView *self = SM_MAP_VIEW (widget);

  GTK_WIDGET_CLASS (sm_map_view_parent_class)->css_changed (widget, change);
  if (self->layers.pen != NULL && sm_map_layers_check_font (&self->layers, &self->style))
    sm_map_view_queue_change_ (self);
}

static void
sm_map_view_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sm_map_view_parent_class)->realize (widget);

  /* Now the renderer is known. */
  renew_all (SM_MAP_VIEW (widget));
}

/* After the map layer's own idle: now it has asked for what it needs. */
static gboolean
rest_cb (gpointer user_data)
{
  SmMapView *self = SM_MAP_VIEW (user_data);

  self->rest = 0;
  self->drawn_changes = self->changes;
  return G_SOURCE_REMOVE;
}

/* What has to be done once nothing is going on. */
static void
queue_rest (SmMapView *self)
{
  if (self->drawn_changes != self->changes && self->rest == 0)
    self->rest = g_idle_add_full (G_PRIORITY_LOW, rest_cb, self, NULL);
  sm_map_view_rest_ground_ (self);
}

static void
sm_map_view_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  SmMapView *self = SM_MAP_VIEW (widget);

  /* Under tiles that are all there nobody sees it, but it would be painted. */
  if (!self->layers.has_ground &&
      (self->layers.basemap == NULL || self->drawn_changes != self->changes ||
       sm_basemap_source_get_pending (self->layers.source) > 0))
    sm_map_layers_append_ground (&self->layers, snapshot, &self->style);
  GTK_WIDGET_CLASS (sm_map_view_parent_class)->snapshot (widget, snapshot);
  if (gtk_widget_has_visible_focus (widget) && self->layers.pen != NULL)
    sm_draw_cross (snapshot, self->layers.pen, (float) (gtk_widget_get_width (widget) / 2),
                   (float) (gtk_widget_get_height (widget) / 2));
  self->drawn_tiles = sm_basemap_source_get_n_drawn (self->layers.source);
  queue_rest (self);
}

static void
sm_map_view_dispose (GObject *object)
{
  SmMapView *self = SM_MAP_VIEW (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_handle_id (&self->ground, g_source_remove);
  g_clear_handle_id (&self->forget, g_source_remove);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);

  g_clear_object (&self->fleet);
  g_clear_pointer (&self->chooser, sm_map_chooser_free);
  g_clear_pointer (&self->attribution, gtk_widget_unparent);
  g_clear_pointer (&self->scale, gtk_widget_unparent);
  sm_map_layers_clear (&self->layers);
  if (self->map != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->map)));

  G_OBJECT_CLASS (sm_map_view_parent_class)->dispose (object);
}

static void
sm_map_view_finalize (GObject *object)
{
  SmMapView *self = SM_MAP_VIEW (object);

  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->tiles_by, g_free);

  G_OBJECT_CLASS (sm_map_view_parent_class)->finalize (object);
}

static void
sm_map_view_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  SmMapView *self = SM_MAP_VIEW (object);

  switch ((SmMapViewProperty) property_id)
    {
    case PROP_LANGUAGE:
      g_value_set_string (value, self->language);
      break;
    case PROP_DARK:
      g_value_set_boolean (value, self->style.dark);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->style.stale);
      break;
    case PROP_SHOW_BORDERS:
      g_value_set_boolean (value, self->style.show_borders);
      break;
    case PROP_SHOW_SERVICE:
      g_value_set_boolean (value, sm_map_view_get_show_service (self));
      break;
    case PROP_FOLLOWED:
      g_value_set_int64 (value, self->followed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sm_map_view_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  SmMapView *self = SM_MAP_VIEW (object);

  switch ((SmMapViewProperty) property_id)
    {
    case PROP_LANGUAGE:
      sm_map_view_set_language (self, g_value_get_string (value));
      break;
    case PROP_DARK:
      sm_map_view_set_dark (self, g_value_get_boolean (value));
      break;
    case PROP_STALE:
      sm_map_view_set_stale (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_BORDERS:
      sm_map_view_set_show_borders (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_SERVICE:
      sm_map_view_set_show_service (self, g_value_get_boolean (value));
      break;
    case PROP_FOLLOWED:
      sm_map_view_follow (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sm_map_view_class_init (SmMapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sm_map_view_dispose;
  object_class->finalize = sm_map_view_finalize;
  object_class->get_property = sm_map_view_get_property;
  object_class->set_property = sm_map_view_set_property;

  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, "en", flags);
  properties[PROP_DARK] = g_param_spec_boolean ("dark", NULL, NULL, FALSE, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_BORDERS] = g_param_spec_boolean ("show-borders", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_SERVICE] = g_param_spec_boolean ("show-service", NULL, NULL, TRUE, flags);
  properties[PROP_FOLLOWED] = g_param_spec_int64 ("followed", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[ACTIVATED] = g_signal_new ("activated", SM_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT64);

  widget_class->realize = sm_map_view_realize;
  widget_class->snapshot = sm_map_view_snapshot;
  widget_class->measure = sm_map_view_measure;
  widget_class->size_allocate = sm_map_view_size_allocate;
  widget_class->css_changed = sm_map_view_css_changed;
  sm_map_keys_add (widget_class, move_action_cb, zoom_action_cb, fit_action_cb, open_action_cb);
  gtk_widget_class_set_css_name (widget_class, "sm-map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_pointer (SmMapView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  /* On the map: its layers do not see the pointer. */
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->map), GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (dragged_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->map), GTK_EVENT_CONTROLLER (drag));
}

static void
sm_map_view_init (SmMapView *self)
{
  const char *notifies[] = { "notify::latitude", "notify::longitude", "notify::zoom-level" };
  GWeakRef *weak;

  self->language = g_strdup ("en");
  self->map = shumate_map_new ();
  self->viewport = shumate_map_get_viewport (self->map);
  self->camera.map = self->map;
  gtk_widget_set_parent (GTK_WIDGET (self->map), GTK_WIDGET (self));
  shumate_viewport_set_min_zoom_level (self->viewport, SM_MAP_ZOOM_MIN);
  shumate_viewport_set_max_zoom_level (self->viewport, SM_MAP_ZOOM_MAX);
  self->style.language = self->language;
  sm_map_layers_init (&self->layers, self->map, &self->style);
  self->scale = sm_map_legend_new_scale (self->viewport);
  self->attribution = sm_map_legend_new_attribution ();
  /* That is true once there is a base map. */
  gtk_widget_set_visible (self->attribution, FALSE);
  gtk_widget_set_parent (self->scale, GTK_WIDGET (self));
  gtk_widget_set_parent (self->attribution, GTK_WIDGET (self));
  add_pointer (self);
  sm_map_view_watch_ground_ (self);
  self->chooser = sm_map_chooser_new (GTK_WIDGET (self), activate_station, self);
  for (guint i = 0; i < G_N_ELEMENTS (notifies); i++)
    g_signal_connect_object (self->viewport, notifies[i], G_CALLBACK (sm_map_view_queue_change_), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (renew_all), NULL);
  self->loading = g_cancellable_new ();
  /* Not a reference: a map that is gone needs no base. */
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  sm_basemap_load_async (self->loading, basemap_loaded_cb, weak);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Map of the network"), -1);
}

GtkWidget *
sm_map_view_new (void)
{
  return g_object_new (SM_TYPE_MAP_VIEW, NULL);
}

const char *
sm_map_view_get_language (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), NULL);

  return self->language;
}

void
sm_map_view_set_language (SmMapView  *self,
                          const char *language)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self) && language != NULL);

  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  self->style.language = self->language;
  renew_pen (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGE]);
}

gboolean
sm_map_view_get_dark (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return self->style.dark;
}

void
sm_map_view_set_dark (SmMapView *self,
                      gboolean   dark)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  if (self->style.dark == dark)
    return;
  self->style.dark = dark;
  renew_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DARK]);
}

gboolean
sm_map_view_get_stale (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return self->style.stale;
}

void
sm_map_view_set_stale (SmMapView *self,
                       gboolean   stale)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  if (self->style.stale == stale)
    return;
  self->style.stale = stale;
  renew_pen (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

gboolean
sm_map_view_get_show_borders (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return self->style.show_borders;
}

void
sm_map_view_set_show_borders (SmMapView *self,
                              gboolean   show_borders)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  if (self->style.show_borders == show_borders)
    return;
  self->style.show_borders = show_borders;
  sm_map_view_renew_tiles_ (self);
  sm_map_view_queue_change_ (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_BORDERS]);
}

gboolean
sm_map_view_get_show_service (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->layers.engineers));
}

/** sm_map_view_set_show_service: Shows service points with their radius, and engineers. */
void
sm_map_view_set_show_service (SmMapView *self,
                              gboolean   show_service)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  if (sm_map_view_get_show_service (self) == show_service)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->layers.service_points), show_service);
  gtk_widget_set_visible (GTK_WIDGET (self->layers.engineers), show_service);
  sm_map_view_queue_change_ (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SERVICE]);
}

/** sm_map_view_is_settled: Returns: whether everything that can be seen has been drawn */
gboolean
sm_map_view_is_settled (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return sm_map_view_is_at_rest_ (self) && sm_station_layer_is_settled (self->layers.stations) &&
         sm_place_layer_is_settled (self->layers.service_points) &&
         sm_place_layer_is_settled (self->layers.engineers) &&
         sm_label_layer_is_settled (self->layers.labels) &&
         !(self->layers.has_ground &&
           (self->ground_is_old || sm_map_ground_is_begun (&self->layers)));
}
