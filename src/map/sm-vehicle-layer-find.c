/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sm-vehicle-layer-private.h"

#define FAULT_REACH 9.f
#define FAULTS_MAX 500 /* beyond that there is no room for names anyway */

/* What of the vehicles lies where, as they were drawn last. */

static gboolean
hit_cluster (SmVehicleLayer *self,
             float           x,
             float           y,
             SmMapHit       *out_hit)
{
  for (guint i = self->clusters->len; i-- > 0;)
    {
      const SmCluster *cluster = &g_array_index (self->clusters, SmCluster, i);

      if (hypotf (cluster->x - x, cluster->y - y) > cluster->radius)
        continue;
      out_hit->id = 0;
      out_hit->n = cluster->n;
      out_hit->at.x = (guint32) (self->transform.left + cluster->x / self->transform.scale);
      out_hit->at.y = (guint32) (self->transform.top + cluster->y / self->transform.scale);
      return TRUE;
    }
  return FALSE;
}

/** sm_vehicle_layer_hit: Returns: whether a vehicle or a cluster is drawn there */
gboolean
sm_vehicle_layer_hit (SmVehicleLayer *self,
                      double          x,
                      double          y,
                      double          radius,
                      SmMapHit       *out_hit)
{
  int slot;

  g_return_val_if_fail (SM_IS_VEHICLE_LAYER (self), FALSE);

  if (self->fleet == NULL || self->pen == NULL)
    return FALSE;
  if (self->is_dirty || self->points->len != sm_fleet_get_columns (self->fleet)->n)
    sm_vehicle_layer_update_scene_ (self);
  if (hit_cluster (self, (float) x, (float) y, out_hit))
    return TRUE;
  if (self->grid == NULL)
    self->grid = sm_screen_grid_new ((const SmScreenPoint *) self->points->data,
                                     self->points->len, (float) self->transform.width,
                                     (float) self->transform.height);
  slot = sm_screen_grid_find (self->grid, (float) x, (float) y, (float) radius,
                              (const guint8 *) self->looks->data);
  if (slot < 0)
    return FALSE;
  out_hit->id = sm_fleet_get_columns (self->fleet)->id[slot];
  out_hit->at = g_array_index (self->at, SmWorldPoint, slot);
  out_hit->n = 1;
  return TRUE;
}

static void
add_visible_clusters (SmVehicleLayer *self,
                      GArray         *things)
{
  for (guint i = 0; i < self->clusters->len; i++)
    {
      const SmCluster *cluster = &g_array_index (self->clusters, SmCluster, i);
      SmMapThing thing = { .noun = SM_NOUN_VEHICLE, .n = cluster->n,
                           .level = sm_cluster_shown_level (cluster) };

      thing.rank = SM_MAP_RANK_LEVEL (thing.level);
      thing.at.x = (guint32) (self->transform.left + cluster->x / self->transform.scale);
      thing.at.y = (guint32) (self->transform.top + cluster->y / self->transform.scale);
      g_array_append_val (things, thing);
    }
}

/** sm_vehicle_layer_add_visible: Adds the glyphs in the window to @things, of SmMapThing. */
void
sm_vehicle_layer_add_visible (SmVehicleLayer *self,
                              GArray         *things)
{
  if (self->fleet == NULL || self->pen == NULL)
    return;
  if (self->is_dirty || self->points->len != sm_fleet_get_columns (self->fleet)->n)
    sm_vehicle_layer_update_scene_ (self);
  add_visible_clusters (self, things);
  for (guint k = 0; k < self->visible->len; k++)
    {
      guint i = g_array_index (self->visible, guint, k);
      SmMapThing thing = { .noun = SM_NOUN_VEHICLE, .n = 1,
                           .id = sm_fleet_get_columns (self->fleet)->id[i],
                           .level = sm_look_get_level (g_array_index (self->looks, guint8, i)),
                           .at = g_array_index (self->at, SmWorldPoint, i) };

      /* In a cluster it cannot be told apart. */
      if (isnan (g_array_index (self->points, SmScreenPoint, i).x))
        continue;
      thing.rank = MAX (SM_MAP_RANK_LEVEL (thing.level),
                        g_array_index (self->hollow, guint8, i) ? 20 : 0);
      g_array_append_val (things, thing);
    }
}

/* A name under a fault could not be read, and one over it would hide it. */
static void
add_faults (SmVehicleLayer *self,
            GArray         *out_boxes)
{
  const guint8 *looks = (const guint8 *) self->looks->data;
  const SmScreenPoint *points = (const SmScreenPoint *) self->points->data;
  float r = FAULT_REACH * (float) self->pen->unit;
  guint n = 0;

  for (guint k = 0; k < self->visible->len && n < FAULTS_MAX; k++)
    {
      guint i = g_array_index (self->visible, guint, k);
      graphene_rect_t box;

      if (looks[i] < SM_LOOK_LEVEL_4 || isnan (points[i].x))
        continue;
      n++;
      box = GRAPHENE_RECT_INIT (points[i].x - r, points[i].y - r, 2 * r, 2 * r);
      g_array_append_val (out_boxes, box);
    }
}

/** sm_vehicle_layer_get_obstacles: Adds where glyphs are, as graphene_rect_t, for labels to avoid. */
void
sm_vehicle_layer_get_obstacles (SmVehicleLayer *self,
                                GArray         *out_boxes)
{
  if (self->pen != NULL)
    add_faults (self, out_boxes);
  for (guint i = 0; i < self->clusters->len; i++)
    {
      const SmCluster *cluster = &g_array_index (self->clusters, SmCluster, i);
      float r = cluster->radius + 2;
      graphene_rect_t box = GRAPHENE_RECT_INIT (cluster->x - r, cluster->y - r, 2 * r, 2 * r);

      if (sm_cluster_shown_level (cluster) > 0)
        {
          box.origin.y -= r * 0.35f;
          box.size.height += r * 0.35f;
          box.size.width += r * 0.35f;
        }
      g_array_append_val (out_boxes, box);
      if (sm_cluster_count_box (cluster, (float) self->pen->unit, &box))
        g_array_append_val (out_boxes, box);
    }
}

/** sm_vehicle_layer_is_moving: Returns: whether frames follow without anything new being reported */
gboolean
sm_vehicle_layer_is_moving (SmVehicleLayer *self)
{
  return self->timer != 0;
}

/** sm_vehicle_layer_get_n_redraws: Returns: how often it has been drawn; for tests */
guint
sm_vehicle_layer_get_n_redraws (SmVehicleLayer *self)
{
  return self->n_redraws;
}

/** sm_vehicle_layer_get_shown: What can be seen: vehicles, clusters, and vehicles in those. */
void
sm_vehicle_layer_get_shown (SmVehicleLayer *self,
                            guint          *out_vehicles,
                            guint          *out_clusters,
                            guint          *out_clustered)
{
  *out_vehicles = self->n_dots;
  *out_clusters = self->clusters->len;
  *out_clustered = 0;
  for (guint i = 0; i < self->clusters->len; i++)
    *out_clustered += g_array_index (self->clusters, SmCluster, i).n;
}
