/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-fleet.h"
#include "sm-gcj02.h"
#include "sm-job-layer.h"
#include "sm-map-thing.h"
#include "sm-noun.h"
#include "sm-track-point.h"

G_BEGIN_DECLS

/**
 * SmMapView:
 *
 * The network on a map: base map, place names, stations, vehicles.  Drawn from
 * the models it is given; it never asks for data.  Nothing depends on the base
 * map file being there: without it the map is plain.
 *
 * Keys, when focused: arrows move, plus and minus zoom, Home shows all data,
 * Enter opens what is nearest to the centre.
 *
 * Properties: language (char *: "en", "zh-CN"; of place and station names),
 * dark, stale (nothing shown is live: everything grey and hollow),
 * show-borders (country borders), show-service (service points and engineers),
 * followed (gint64, a vehicle that is kept in the middle until a person moves
 * the map, 0: none).
 *
 * Signal "activated" (SmNounId noun, gint64 id): a person chose a thing.  A
 * cluster opens by itself, and so does the list of several stations that
 * stand on one point.
 */
#define SM_TYPE_MAP_VIEW (sm_map_view_get_type ())
G_DECLARE_FINAL_TYPE (SmMapView, sm_map_view, SM, MAP_VIEW, GtkWidget)

GtkWidget  *sm_map_view_new              (void);

void        sm_map_view_set_fleet        (SmMapView  *self,
                                          SmFleet    *fleet);
void        sm_map_view_set_stations     (SmMapView  *self,
                                          GListModel *stations);
void        sm_map_view_set_alarms       (SmMapView  *self,
                                          GListModel *alarms);
void        sm_map_view_set_service_points (SmMapView *self,
                                            GListModel *service_points);
void        sm_map_view_set_engineers    (SmMapView  *self,
                                          GListModel *engineers);
void        sm_map_view_set_filter       (SmMapView  *self,
                                          const guint8 *mask,
                                          guint       n);
void        sm_map_view_set_track        (SmMapView  *self,
                                          const SmTrackPoint *points,
                                          guint       n);
gboolean    sm_map_view_fit_track        (SmMapView  *self);
void        sm_map_view_follow           (SmMapView  *self,
                                          gint64      vehicle_id);
gint64      sm_map_view_get_followed     (SmMapView  *self);

void        sm_map_view_set_jobs         (SmMapView  *self,
                                          GArray     *spots,
                                          GArray     *lines);
gboolean    sm_map_view_fit_jobs         (SmMapView  *self,
                                          gboolean    meant);

const char *sm_map_view_get_language     (SmMapView  *self);
void        sm_map_view_set_language     (SmMapView  *self,
                                          const char *language);
gboolean    sm_map_view_get_dark         (SmMapView  *self);
void        sm_map_view_set_dark         (SmMapView  *self,
                                          gboolean    dark);
gboolean    sm_map_view_get_stale        (SmMapView  *self);
void        sm_map_view_set_stale        (SmMapView  *self,
                                          gboolean    stale);
gboolean    sm_map_view_get_show_borders (SmMapView  *self);
void        sm_map_view_set_show_borders (SmMapView  *self,
                                          gboolean    show_borders);
gboolean    sm_map_view_get_show_service (SmMapView  *self);
void        sm_map_view_set_show_service (SmMapView  *self,
                                          gboolean    show_service);

gboolean    sm_map_view_set_tile_source  (SmMapView  *self,
                                          const char *url_template,
                                          SmDatum     datum,
                                          const char *attribution);

void        sm_map_view_set_selected     (SmMapView  *self,
                                          SmNounId    noun,
                                          gint64      id);
void        sm_map_view_get_position     (SmMapView  *self,
                                          double     *out_latitude,
                                          double     *out_longitude,
                                          double     *out_zoom);
void        sm_map_view_set_position     (SmMapView  *self,
                                          double      latitude,
                                          double      longitude,
                                          double      zoom);
void        sm_map_view_fit              (SmMapView  *self,
                                          double      south,
                                          double      west,
                                          double      north,
                                          double      east);
gboolean    sm_map_view_fit_data         (SmMapView  *self);
GArray     *sm_map_view_dup_visible      (SmMapView  *self,
                                          guint       most,
                                          guint      *out_n);
void        sm_map_view_go_to            (SmMapView  *self,
                                          const SmMapThing *thing);
gboolean    sm_map_view_is_settled       (SmMapView  *self);

G_END_DECLS
