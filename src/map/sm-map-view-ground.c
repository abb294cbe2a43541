/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-ground.h"
#include "sm-map-view-private.h"

/* When the ground is drawn, what it is says sm-map-ground.h, and for how long tiles are kept. */

#define GROUND_MS 200 /* the map is moved no more when it has rested so long */
#define RENEW_MS 500  /* between two grounds, while what rests goes on changing */
#define FORGET_S 60   /* nobody has gone back so long */

/** sm_map_view_unsettle_ground_: The map moves, or all of it looks different. */
void
sm_map_view_unsettle_ground_ (SmMapView *self)
{
  g_clear_handle_id (&self->ground, g_source_remove);
  g_clear_handle_id (&self->forget, g_source_remove);
  self->ground_is_old = FALSE;
  sm_map_ground_drop (&self->layers);
}

/** sm_map_view_is_at_rest_: Returns: whether the camera stands and its tiles are there */
gboolean
sm_map_view_is_at_rest_ (SmMapView *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self)) && self->loading == NULL &&
         !self->camera.fit_waits && self->drawn_changes == self->changes &&
         self->drawn_tiles == sm_basemap_source_get_n_drawn (self->layers.source) &&
         sm_basemap_source_get_pending (self->layers.source) == 0;
}

static gboolean ground_cb (gpointer user_data);

static void
queue_renewal (SmMapView *self)
{
  gint64 age = (g_get_monotonic_time () - self->ground_at) / 1000;

  self->ground = g_timeout_add ((guint) CLAMP (RENEW_MS - age, 0, RENEW_MS), ground_cb, self);
}

/* A part of what lies under the vehicles looks different.  The old ground is shown until the new
 * one is there: were each layer to draw itself meanwhile, all of a large window would be drawn
 * twice, tens of milliseconds in one frame, because one station has. */
static void
renew_ground (SmMapView *self)
{
  if (!self->layers.has_ground)
    {
      sm_map_view_unsettle_ground_ (self);
      return;
    }
  self->ground_is_old = TRUE;
  if (self->ground == 0)
    queue_renewal (self);
}

/** sm_map_view_forget_tiles_: Gives back the tiles of where the camera was. */
void
sm_map_view_forget_tiles_ (SmMapView *self)
{
  g_clear_handle_id (&self->forget, g_source_remove);
  if (!self->layers.has_ground || !self->has_moved)
    return;
  self->has_moved = FALSE;
  sm_map_view_renew_tiles_ (self);
}

static gboolean
forget_cb (gpointer user_data)
{
  SmMapView *self = SM_MAP_VIEW (user_data);

  self->forget = 0;
  sm_map_view_forget_tiles_ (self);
  return G_SOURCE_REMOVE;
}

/* The library keeps a hundred tiles of wherever the camera has been, a megabyte each, and offers
 * no way to change that but another layer.  Below the ground nobody sees it come. */
static void
is_made (SmMapView *self)
{
  self->ground_at = g_get_monotonic_time ();
  if (self->layers.has_ground && self->forget == 0)
    self->forget = g_timeout_add_seconds (FORGET_S, forget_cb, self);
}

static gboolean
ground_cb (gpointer user_data)
{
  SmMapView *self = SM_MAP_VIEW (user_data);

  self->ground = 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      sm_map_view_unsettle_ground_ (self);
      return G_SOURCE_REMOVE;
    }
  /* It may settle without being drawn again. */
  if (!self->layers.has_ground && !sm_map_view_is_settled (self))
    {
      sm_map_view_unsettle_ground_ (self);
      sm_map_view_rest_ground_ (self);
      return G_SOURCE_REMOVE;
    }
  if (!sm_map_ground_is_begun (&self->layers))
    {
      /* Tiles are being drawn anew below the old one. */
      if (self->layers.has_ground && !sm_map_view_is_at_rest_ (self))
        {
          self->ground_at = g_get_monotonic_time ();
          queue_renewal (self);
          return G_SOURCE_REMOVE;
        }
      /* What changes from here on is not in it. */
      self->ground_is_old = FALSE;
    }
  if (sm_map_ground_make (&self->layers, &self->style))
    self->ground = g_idle_add (ground_cb, self);
  else
    is_made (self);
  if (self->ground_is_old && self->ground == 0)
    queue_renewal (self);
  return G_SOURCE_REMOVE;
}

/** sm_map_view_rest_ground_: Nothing is going on: a while later it is drawn, where there is none. */
void
sm_map_view_rest_ground_ (SmMapView *self)
{
  if (!self->layers.has_ground && !self->layers.pen->as_textures && self->ground == 0)
    self->ground = g_timeout_add (GROUND_MS, ground_cb, self);
}

static void
moved_cb (SmMapView *self)
{
  self->has_moved = TRUE;
}

/** sm_map_view_watch_ground_: From now on it follows what lies under the vehicles. */
void
sm_map_view_watch_ground_ (SmMapView *self)
{
  gpointer layers[] = { self->layers.service_points, self->layers.stations,
                        self->layers.engineers };
  const char *notifies[] = { "notify::latitude", "notify::longitude", "notify::zoom-level" };

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    g_signal_connect_object (layers[i], "drawn-anew", G_CALLBACK (renew_ground), self,
                             G_CONNECT_SWAPPED);
  /* A person asked for it and is to see it now. */
  g_signal_connect_object (self->layers.track, "drawn-anew", G_CALLBACK (sm_map_view_unsettle_ground_),
                           self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (notifies); i++)
    g_signal_connect_object (self->viewport, notifies[i], G_CALLBACK (moved_cb), self,
                             G_CONNECT_SWAPPED);
}
