/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sm-map-transform.h"
#include "sm-map-view-private.h"

/* What the map shows, and where it looks; how it looks is in sm-map-view.c. */

#define FOLLOW_SLACK 0.15 /* of the window: so far it may go before the map goes after it */

/* Goes after the vehicle when it is about to leave the middle. */
static void
keep_followed (SmMapView *self)
{
  int slot = self->fleet != NULL && self->followed != 0
               ? sm_fleet_find (self->fleet, self->followed)
               : -1;
  SmWorldPoint at;
  SmMapTransform t;
  SmScreenPoint p;

  if (slot < 0 || gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    return;
  at = sm_fleet_get_columns (self->fleet)->at[slot];
  if (at.x == 0 && at.y == 0)
    return;
  t = sm_map_transform_new (self->viewport, GTK_WIDGET (self));
  p = sm_map_transform_point (&t, at);
  if (fabs (p.x - t.width / 2.0) > FOLLOW_SLACK * t.width ||
      fabs (p.y - t.height / 2.0) > FOLLOW_SLACK * t.height)
    sm_map_camera_go_to (&self->camera, at, t.zoom);
}

/**
 * sm_map_view_follow:
 * @vehicle_id: 0 to follow nobody
 *
 * Keeps a vehicle in the middle of the map until a person moves that.
 */
void
sm_map_view_follow (SmMapView *self,
                    gint64     vehicle_id)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  if (self->followed == vehicle_id)
    return;
  self->followed = vehicle_id;
  keep_followed (self);
  g_object_notify (G_OBJECT (self), "followed");
}

gint64
sm_map_view_get_followed (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), 0);

  return self->followed;
}

void
sm_map_view_person_moved_ (SmMapView *self)
{
  sm_map_view_follow (self, 0);
}

/** sm_map_view_set_fleet: Shows the vehicles of @fleet, which may be %NULL. */
void
sm_map_view_set_fleet (SmMapView *self,
                       SmFleet   *fleet)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  if (self->fleet != NULL)
    g_signal_handlers_disconnect_by_func (self->fleet, keep_followed, self);
  g_set_object (&self->fleet, fleet);
  if (fleet != NULL)
    g_signal_connect_object (fleet, "changed", G_CALLBACK (keep_followed), self,
                             G_CONNECT_SWAPPED);
  sm_vehicle_layer_set_fleet (self->layers.vehicles, fleet);
}

/** sm_map_view_set_stations: Shows @stations, a list of SmItem with rows of stations. */
void
sm_map_view_set_stations (SmMapView  *self,
                          GListModel *stations)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  sm_station_layer_set_stations (self->layers.stations, stations);
}

/**
 * sm_map_view_set_alarms:
 * @alarms: a list of SmItem with rows of open alarms
 *
 * Stations show the worst level of the alarms that stand on them.  Vehicles
 * take theirs from the fleet.
 */
void
sm_map_view_set_alarms (SmMapView  *self,
                        GListModel *alarms)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  sm_station_layer_set_alarms (self->layers.stations, alarms);
}

/** sm_map_view_set_service_points: Shows @service_points, a list of SmItem, with their radius. */
void
sm_map_view_set_service_points (SmMapView  *self,
                                GListModel *service_points)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  sm_place_layer_set_model (self->layers.service_points, service_points);
}

/** sm_map_view_set_engineers: Shows @engineers, a list of SmItem, where they are now. */
void
sm_map_view_set_engineers (SmMapView  *self,
                           GListModel *engineers)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  sm_place_layer_set_model (self->layers.engineers, engineers);
}

/**
 * sm_map_view_set_filter:
 * @mask: (nullable): a byte for each slot of the fleet, 0: not shown; %NULL: all
 *   are shown
 * @n: slots behind the mask are not shown
 *
 * Is copied.  What is not shown is neither counted nor found by a click.
 */
void
sm_map_view_set_filter (SmMapView    *self,
                        const guint8 *mask,
                        guint         n)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  sm_vehicle_layer_set_filter (self->layers.vehicles, mask, n);
}

/** sm_map_view_set_track: @points: where a vehicle was, by time; none takes the track away */
void
sm_map_view_set_track (SmMapView          *self,
                       const SmTrackPoint *points,
                       guint               n)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self) && (points != NULL || n == 0));

  sm_track_layer_set_points (self->layers.track, points, n);
}

/** sm_map_view_fit_track: Shows the whole track.  Returns: FALSE when there is none */
gboolean
sm_map_view_fit_track (SmMapView *self)
{
  SmWorldPoint low, high;

  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  if (!sm_track_layer_get_bounds (self->layers.track, &low, &high))
    return FALSE;
  sm_map_view_person_moved_ (self);
  sm_map_camera_fit (&self->camera, low, high);
  return TRUE;
}

/** sm_map_view_set_jobs: Shows work and who does it: see sm_job_layer_set_jobs(). */
void
sm_map_view_set_jobs (SmMapView *self,
                      GArray    *spots,
                      GArray    *lines)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  sm_job_layer_set_jobs (self->layers.jobs, spots, lines);
}

/* So near that one sees where it is, and not nearer. */
static void
fit_around (SmMapView    *self,
            SmWorldPoint  low,
            SmWorldPoint  high)
{
  const guint32 least = G_MAXUINT32 / 2000; /* twenty kilometres or so */

  sm_map_view_person_moved_ (self);
  if (high.x - low.x < least)
    low.x -= MIN (low.x, least / 2), high.x += least / 2;
  if (high.y - low.y < least)
    low.y -= MIN (low.y, least / 2), high.y += least / 2;
  sm_map_camera_fit (&self->camera, low, high);
}

/** sm_map_view_fit_jobs: @meant: what belongs to what is chosen alone.  Returns: FALSE when there is none */
gboolean
sm_map_view_fit_jobs (SmMapView *self,
                      gboolean   meant)
{
  SmWorldPoint low, high;

  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  if (!sm_job_layer_get_bounds (self->layers.jobs, meant, &low, &high))
    return FALSE;
  fit_around (self, low, high);
  return TRUE;
}

static void
show_attribution (SmMapView *self)
{
  g_autofree char *failing = NULL;

  if (self->tiles_by != NULL && self->tiles_fail)
    /* Translators: %s says whose map it would be */
    failing = g_strdup_printf (_ ("Map of %s not available: built-in map, made with Natural Earth"),
                               self->tiles_by);
  gtk_label_set_text (GTK_LABEL (self->attribution), failing != NULL          ? failing
                                                     : self->tiles_by != NULL ? self->tiles_by
                                                                              : _ ("Made with Natural Earth"));
  gtk_widget_set_visible (self->attribution,
                          self->tiles_by != NULL || self->layers.basemap != NULL);
}

static void
answered_cb (SmMapView *self,
             gboolean   came)
{
  if (self->tiles_fail == !came)
    return;
  self->tiles_fail = !came;
  show_attribution (self);
}

void
sm_map_view_renew_tiles_ (SmMapView *self)
{
  sm_map_layers_renew_base (&self->layers, &self->style);
  g_signal_connect_object (self->layers.source, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  show_attribution (self);
}

/**
 * sm_map_view_set_tile_source:
 * @url_template: (nullable): with {x}, {y} and {z}, https or on this machine;
 *   %NULL for the built-in map
 * @datum: that its tiles are in
 * @attribution: whose they are, shown as it is
 *
 * Shows somebody else's map.  Where a tile does not come there is the built-in
 * map, and the map says so.
 *
 * Returns: FALSE when the template cannot be used; nothing has changed then
 */
gboolean
sm_map_view_set_tile_source (SmMapView  *self,
                             const char *url_template,
                             SmDatum     datum,
                             const char *attribution)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  if (url_template != NULL && !sm_tile_template_is_good (url_template))
    return FALSE;
  g_clear_pointer (&self->layers.fetch, sm_tile_fetch_unref);
  g_clear_pointer (&self->tiles_by, g_free);
  self->tiles_fail = FALSE;
  if (url_template != NULL)
    {
      self->layers.fetch = sm_tile_fetch_new (url_template, datum);
      self->tiles_by = g_strdup (attribution != NULL ? attribution : "");
    }
  sm_map_view_renew_tiles_ (self);
  sm_map_view_queue_change_ (self);
  return TRUE;
}

/** sm_map_view_set_selected: Rings the thing a panel shows; @id 0 for none. */
void
sm_map_view_set_selected (SmMapView *self,
                          SmNounId   noun,
                          gint64     id)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  sm_vehicle_layer_set_selected (self->layers.vehicles, noun == SM_NOUN_VEHICLE ? id : 0);
  sm_station_layer_set_selected (self->layers.stations, noun == SM_NOUN_STATION ? id : 0);
  sm_map_view_queue_change_ (self);
}

/** sm_map_view_get_position: The centre in WGS-84 degrees, and the zoom level. */
void
sm_map_view_get_position (SmMapView *self,
                          double    *out_latitude,
                          double    *out_longitude,
                          double    *out_zoom)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  *out_latitude = shumate_location_get_latitude (SHUMATE_LOCATION (self->viewport));
  *out_longitude = shumate_location_get_longitude (SHUMATE_LOCATION (self->viewport));
  *out_zoom = shumate_viewport_get_zoom_level (self->viewport);
}

void
sm_map_view_set_position (SmMapView *self,
                          double     latitude,
                          double     longitude,
                          double     zoom)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  sm_map_view_person_moved_ (self);
  sm_map_camera_set (&self->camera, latitude, longitude, zoom);
}

/** sm_map_view_fit: Shows the whole box, as soon as the map has a size. */
void
sm_map_view_fit (SmMapView *self,
                 double     south,
                 double     west,
                 double     north,
                 double     east)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self) && south <= north && west <= east);

  sm_map_view_person_moved_ (self);
  sm_map_camera_fit (&self->camera, sm_world_project (north, west), sm_world_project (south, east));
}

/** sm_map_view_fit_data: Shows all stations and vehicles.  Returns: FALSE when there are none. */
gboolean
sm_map_view_fit_data (SmMapView *self)
{
  SmWorldPoint low, high;
  gboolean any;

  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  any = sm_station_layer_get_bounds (self->layers.stations, &low, &high);
  if (!any)
    {
      low = (SmWorldPoint){ G_MAXUINT32, G_MAXUINT32 };
      high = (SmWorldPoint){ 0, 0 };
    }
  if (!any && self->fleet == NULL)
    return sm_map_view_fit_jobs (self, FALSE);
  any = sm_map_add_fleet_bounds (self->fleet, &low, &high) || any;
  if (any)
    {
      sm_map_view_person_moved_ (self);
      sm_map_camera_fit (&self->camera, low, high);
    }
  return any;
}

