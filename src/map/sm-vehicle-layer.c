/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-vehicle-layer.h"

#include <math.h>
#include <stdlib.h>

#include "sm-cluster-glyphs.h"
#include "sm-dot-tiles.h"
#include "sm-map-transform.h"
#include "sm-screen-grid.h"
#include "sm-surface-node.h"

#define FRAME_MS 100
#define FEW 5000          /* so many or fewer are shown one by one at any zoom */
#define CLUSTER_ZOOM 6.0  /* below: merged clusters; from here on with single dots */
#define CITY_ZOOM 10.0    /* from here on one by one, with heading */
#define JUMP (1 << 23)    /* world units, 80 km: so far nobody drives between reports */
#define SECOND G_USEC_PER_SEC

struct _SmVehicleLayer
{
  ShumateLayer parent_instance;

  SmFleet *fleet;
  SmMapPen *pen; /* of the view, which outlives the layer's drawing */
  SmVehicleSprites *sprites;
  SmClusterGlyphs *glyphs;
  SmDotTiles *tiles;
  gint64 selected;
  GArray *filter; /* of guint8, by slot; NULL: everybody is shown */

  guint timer;
  gint64 moved_at; /* as the fleet said last */
  gint64 period;   /* between batches, µs */

  /* What is shown now. */
  gboolean is_dirty;
  SmMapTransform transform;
  guint64 looks_version;
  GArray *looks;    /* of guint8, by slot */
  GArray *hollow;   /* of guint8, by slot */
  GArray *at;       /* of SmWorldPoint, by slot */
  GArray *points;   /* of SmScreenPoint, by slot */
  GArray *cell_of;  /* of guint, by slot */
  GArray *clusters; /* of SmCluster, worst last */
  guint n_dots;
  guint n_redraws;
  gboolean shows_few;
  guint64 clusters_hash;
  SmScreenGrid *grid; /* of single vehicles, made when somebody points */
};

G_DEFINE_FINAL_TYPE (SmVehicleLayer, sm_vehicle_layer, SHUMATE_TYPE_LAYER)

enum
{
  DRAWN_ANEW,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static guint8
look_of_vehicle (const SmVehicleColumns *columns,
                 guint                   slot,
                 gboolean               *out_is_live)
{
  guint connection = columns->connection[slot];

  *out_is_live = connection == SM_CONNECTION_ONLINE || connection == SM_CONNECTION_ASLEEP;
  if (!*out_is_live)
    return SM_LOOK_UNKNOWN;
  if (columns->energy[slot] == SM_ENERGY_CHARGING || columns->energy[slot] == SM_ENERGY_SWAPPING)
    return SM_LOOK_CHARGING;
  return columns->motion[slot] == SM_MOTION_DRIVING ? SM_LOOK_DRIVING : SM_LOOK_PARKED;
}

/* Once for each change of the fleet, not for each frame. */
static void
update_looks (SmVehicleLayer *self)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (self->fleet);
  const guint8 *levels = sm_fleet_get_levels (self->fleet);

  if (self->looks_version == sm_fleet_get_version (self->fleet) + 1)
    return;
  self->looks_version = sm_fleet_get_version (self->fleet) + 1;
  g_array_set_size (self->looks, columns->n);
  g_array_set_size (self->hollow, columns->n);
  for (guint i = 0; i < columns->n; i++)
    {
      gboolean is_live;
      guint8 look = look_of_vehicle (columns, i, &is_live);

      if (levels[i] > 0)
        look = (guint8) (SM_LOOK_LEVEL_1 + 1 - levels[i]);
      g_array_index (self->looks, guint8, i) = look;
      g_array_index (self->hollow, guint8, i) = !is_live;
    }
}

static gint64
now_us (void)
{
  return g_get_monotonic_time ();
}

/* How far from the last report to this one, of 65536. */
static gint64
movement_share (SmVehicleLayer *self)
{
  gint64 age = now_us () - sm_fleet_get_moved_at (self->fleet);

  return CLAMP (age * 65536 / self->period, 0, 65536);
}

static inline guint32
between (guint32 before,
         guint32 after,
         gint64  share)
{
  gint64 way = (gint64) after - (gint64) before;

  return way > JUMP || way < -JUMP ? after : (guint32) ((gint64) before + (way * share >> 16));
}

static inline gboolean
is_shown (SmVehicleLayer *self,
          guint           slot)
{
  return self->filter == NULL ||
         (slot < self->filter->len && g_array_index (self->filter, guint8, slot) != 0);
}

/* Where everybody is now, in the world and on the screen. */
static guint
update_positions (SmVehicleLayer *self)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (self->fleet);
  const SmWorldPoint *before = sm_fleet_get_before (self->fleet);
  gint64 share = movement_share (self);
  float width = (float) self->transform.width, height = (float) self->transform.height;
  SmWorldPoint *at;
  SmScreenPoint *points;
  guint n_visible = 0;
  /* Nobody farther away glides into the window. */
  double left = self->transform.left - JUMP, top = self->transform.top - JUMP;
  double right = self->transform.left + width / self->transform.scale + JUMP;
  double bottom = self->transform.top + height / self->transform.scale + JUMP;

  g_array_set_size (self->at, columns->n);
  g_array_set_size (self->points, columns->n);
  at = (SmWorldPoint *) self->at->data;
  points = (SmScreenPoint *) self->points->data;
  for (guint i = 0; i < columns->n; i++)
    {
      at[i] = is_shown (self, i) ? columns->at[i] : (SmWorldPoint){ 0, 0 };
      if (at[i].x < left || at[i].x > right || at[i].y < top || at[i].y > bottom ||
          (at[i].x == 0 && at[i].y == 0))
        {
          points[i] = (SmScreenPoint){ NAN, NAN };
          continue;
        }
      if (share < 65536)
        at[i] = (SmWorldPoint){ between (before[i].x, at[i].x, share),
                                between (before[i].y, at[i].y, share) };
      points[i] = sm_map_transform_point (&self->transform, at[i]);
      n_visible += points[i].x >= 0 && points[i].y >= 0 && points[i].x < width &&
                   points[i].y < height;
    }
  return n_visible;
}

static guint
cluster_severity (const SmCluster *cluster)
{
  guint level = sm_cluster_shown_level (cluster);

  return level > 0 ? 5 - level : 0;
}

static int
compare_severity (const void *a,
                  const void *b)
{
  const SmCluster *one = a, *other = b;
  guint first = cluster_severity (one), second = cluster_severity (other);

  if (first != second)
    return first < second ? -1 : 1;
  return (one->n > other->n) - (one->n < other->n);
}

/* Cells with a few vehicles fall apart into dots, the others become glyphs. */
static void
update_clusters (SmVehicleLayer *self,
                 guint           n,
                 guint           dots_at_most)
{
  const SmMapTransform *t = &self->transform;
  float unit = (float) self->pen->unit;
  double cell = (self->transform.zoom < CLUSTER_ZOOM ? 60 : 52) * unit;
  SmClusterGrid grid = sm_cluster_grid_new (t->left, t->top, t->scale, t->width, t->height, cell);
  guint n_cells = grid.columns * grid.rows;
  SmCluster *clusters;

  g_array_set_size (self->cell_of, n);
  g_array_set_size (self->clusters, n_cells);
  clusters = (SmCluster *) self->clusters->data;
  sm_cluster_grid_count (&grid, (const guint32 *) self->at->data,
                         (const guint8 *) self->looks->data, n, clusters,
                         (guint *) self->cell_of->data);
  for (guint i = 0; i < n; i++)
    {
      guint *cell_of = &g_array_index (self->cell_of, guint, i);

      if (*cell_of != SM_CLUSTER_NO_CELL && clusters[*cell_of].n > dots_at_most)
        continue;
      *cell_of = SM_CLUSTER_NO_CELL;
    }
  for (guint k = 0; k < n_cells; k++)
    {
      if (clusters[k].n <= dots_at_most)
        clusters[k].n = 0;
      /* The merging counts in pixels of a unit of 1. */
      clusters[k].x /= unit;
      clusters[k].y /= unit;
    }
  n_cells = sm_clusters_merge (clusters, n_cells, 3.f, sm_cluster_radius);
  g_array_set_size (self->clusters, n_cells);
  for (guint k = 0; k < n_cells; k++)
    {
      clusters[k].x = roundf (clusters[k].x * unit);
      clusters[k].y = roundf (clusters[k].y * unit);
      clusters[k].radius *= unit;
    }
  qsort (clusters, n_cells, sizeof *clusters, compare_severity);
}

/* Normal ones first, then by level, so that the worst lie on top. */
static void
add_dots (SmVehicleLayer *self,
          guint           n,
          SmDotSize       size,
          gboolean        has_clusters)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (self->fleet);
  const guint8 *looks = (const guint8 *) self->looks->data;
  const guint8 *hollow = (const guint8 *) self->hollow->data;
  const guint *cell_of = (const guint *) self->cell_of->data;
  SmScreenPoint *points = (SmScreenPoint *) self->points->data;
  guint n_of_level[SM_N_LOOKS] = { 0 };

  for (guint i = 0; i < n; i++)
    {
      if (has_clusters && cell_of[i] != SM_CLUSTER_NO_CELL)
        {
          points[i].x = NAN; /* cannot be pointed at */
          continue;
        }
      n_of_level[looks[i]]++;
      if (looks[i] < SM_LOOK_LEVEL_4)
        sm_dot_tiles_add (self->tiles, points[i].x, points[i].y,
                          sm_vehicle_sprite_id (size, looks[i], FALSE, columns->heading[i]));
    }
  for (guint look = SM_LOOK_LEVEL_4; look <= SM_LOOK_LEVEL_1; look++)
    for (guint i = 0; i < n && n_of_level[look] > 0; i++)
      if (looks[i] == look && !isnan (points[i].x))
        sm_dot_tiles_add (self->tiles, points[i].x, points[i].y,
                          sm_vehicle_sprite_id (size, look, hollow[i], columns->heading[i]));
}

static guint64
hash_clusters (SmVehicleLayer *self)
{
  guint64 hash = self->clusters->len;

  for (guint i = 0; i < self->clusters->len; i++)
    {
      const SmCluster *cluster = &g_array_index (self->clusters, SmCluster, i);
      guint64 place = (guint64) (gint64) cluster->x << 32 ^ (guint64) (gint64) cluster->y;

      hash = (hash ^ place ^ sm_cluster_glyph_key (cluster)) * G_GUINT64_CONSTANT (1099511628211);
    }
  return hash;
}

static SmDotSize
dot_size (double zoom)
{
  if (zoom >= CITY_ZOOM - 1)
    return SM_DOT_HEADING;
  return zoom >= CLUSTER_ZOOM ? SM_DOT_MIDDLE : SM_DOT_SMALL;
}

/* Works out what is to be shown.  Returns: whether that looks different */
static gboolean
update_scene (SmVehicleLayer *self)
{
  guint n = self->fleet != NULL ? sm_fleet_get_columns (self->fleet)->n : 0;
  guint n_visible = 0;
  gboolean has_clusters, changed;
  SmDotSize size;
  guint64 hash;

  self->is_dirty = FALSE;
  self->transform = sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                                          GTK_WIDGET (self));
  g_clear_pointer (&self->grid, sm_screen_grid_free);
  g_array_set_size (self->clusters, 0);
  if (self->pen == NULL || self->transform.width <= 0)
    return FALSE;
  if (n > 0)
    {
      update_looks (self);
      n_visible = update_positions (self);
    }
  /* Not to and fro when their number is around the limit. */
  self->shows_few = n_visible <= (self->shows_few ? FEW : FEW * 9 / 10);
  has_clusters = n > 0 && self->transform.zoom < CITY_ZOOM && !self->shows_few;
  size = has_clusters ? dot_size (self->transform.zoom)
                      : MAX (dot_size (self->transform.zoom + 3), SM_DOT_MIDDLE);
  if (has_clusters)
    update_clusters (self, n, self->transform.zoom < CLUSTER_ZOOM ? 9 : 6);
  sm_dot_tiles_begin (self->tiles, self->transform.width, self->transform.height,
                      self->pen->scale);
  if (n > 0)
    add_dots (self, n, size, has_clusters);
  changed = sm_dot_tiles_end (self->tiles, self->sprites, self->pen->as_textures);
  self->n_dots = n_visible;
  hash = hash_clusters (self);
  changed = changed || hash != self->clusters_hash;
  self->clusters_hash = hash;
  return changed;
}

static gboolean
fleet_is_moving (SmVehicleLayer *self)
{
  return self->fleet != NULL && self->pen != NULL && !self->pen->stale &&
         gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         now_us () - sm_fleet_get_moved_at (self->fleet) < self->period;
}

static void
refresh (SmVehicleLayer *self)
{
  if (!update_scene (self))
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[DRAWN_ANEW], 0);
}

static gboolean
frame_cb (gpointer user_data)
{
  SmVehicleLayer *self = SM_VEHICLE_LAYER (user_data);
  gboolean more = fleet_is_moving (self);

  /* Once more after the end, so that they arrive. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  if (more)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
start_moving (SmVehicleLayer *self)
{
  if (self->timer == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->timer = g_timeout_add (FRAME_MS, frame_cb, self);
}

static void
fleet_changed_cb (SmVehicleLayer *self)
{
  gint64 moved_at = sm_fleet_get_moved_at (self->fleet);

  if (moved_at != self->moved_at)
    {
      gint64 interval = moved_at - self->moved_at;

      /* Reach the reported place when the next report is due. */
      if (self->moved_at != 0 && interval < 15 * SECOND)
        self->period = CLAMP ((self->period * 3 + interval) / 4, SECOND / 5, 12 * SECOND);
      self->moved_at = moved_at;
    }
  start_moving (self);
}

static void
viewport_changed_cb (SmVehicleLayer *self)
{
  self->is_dirty = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
append_ring (SmVehicleLayer *self,
             GtkSnapshot    *snapshot)
{
  int slot = self->fleet != NULL && self->selected != 0
               ? sm_fleet_find (self->fleet, self->selected)
               : -1;
  SmScreenPoint p;

  if (slot < 0 || (guint) slot >= self->at->len)
    return;
  p = sm_map_transform_point (&self->transform, g_array_index (self->at, SmWorldPoint, slot));
  sm_draw_selection (snapshot, self->pen, p.x, p.y, 13);
}

static void
sm_vehicle_layer_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  SmVehicleLayer *self = SM_VEHICLE_LAYER (widget);

  if (self->pen == NULL)
    return;
  if (self->transform.width != gtk_widget_get_width (widget) ||
      self->transform.height != gtk_widget_get_height (widget))
    self->is_dirty = TRUE;
  if (self->is_dirty && update_scene (self))
    g_signal_emit (self, signals[DRAWN_ANEW], 0);
  self->n_redraws++;
  sm_dot_tiles_snapshot (self->tiles, snapshot);
  for (guint i = 0; i < self->clusters->len; i++)
    {
      const SmCluster *cluster = &g_array_index (self->clusters, SmCluster, i);

      sm_snapshot_append_at (snapshot, sm_cluster_glyphs_get (self->glyphs, cluster), cluster->x,
                             cluster->y);
    }
  append_ring (self, snapshot);
}

static void
sm_vehicle_layer_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sm_vehicle_layer_parent_class)->map (widget);

  SM_VEHICLE_LAYER (widget)->is_dirty = TRUE;
  start_moving (SM_VEHICLE_LAYER (widget));
}

static void
sm_vehicle_layer_constructed (GObject *object)
{
  SmVehicleLayer *self = SM_VEHICLE_LAYER (object);
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));
  const char *notifies[] = { "notify::latitude", "notify::longitude", "notify::zoom-level" };

  G_OBJECT_CLASS (sm_vehicle_layer_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (notifies); i++)
    g_signal_connect_object (viewport, notifies[i], G_CALLBACK (viewport_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
sm_vehicle_layer_dispose (GObject *object)
{
  SmVehicleLayer *self = SM_VEHICLE_LAYER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->fleet != NULL)
    g_signal_handlers_disconnect_by_data (self->fleet, self);
  g_clear_object (&self->fleet);

  G_OBJECT_CLASS (sm_vehicle_layer_parent_class)->dispose (object);
}

static void
sm_vehicle_layer_finalize (GObject *object)
{
  SmVehicleLayer *self = SM_VEHICLE_LAYER (object);

  g_clear_pointer (&self->tiles, sm_dot_tiles_free);
  g_clear_pointer (&self->sprites, sm_vehicle_sprites_free);
  g_clear_pointer (&self->glyphs, sm_cluster_glyphs_free);
  g_clear_pointer (&self->grid, sm_screen_grid_free);
  g_clear_pointer (&self->filter, g_array_unref);
  g_clear_pointer (&self->looks, g_array_unref);
  g_clear_pointer (&self->hollow, g_array_unref);
  g_clear_pointer (&self->at, g_array_unref);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->cell_of, g_array_unref);
  g_clear_pointer (&self->clusters, g_array_unref);
  g_clear_pointer (&self->pen, sm_map_pen_unref);

  G_OBJECT_CLASS (sm_vehicle_layer_parent_class)->finalize (object);
}

static void
sm_vehicle_layer_class_init (SmVehicleLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = sm_vehicle_layer_constructed;
  object_class->dispose = sm_vehicle_layer_dispose;
  object_class->finalize = sm_vehicle_layer_finalize;
  widget_class->snapshot = sm_vehicle_layer_snapshot;
  widget_class->map = sm_vehicle_layer_map;

  signals[DRAWN_ANEW] = g_signal_new ("drawn-anew", SM_TYPE_VEHICLE_LAYER, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_vehicle_layer_init (SmVehicleLayer *self)
{
  self->period = SECOND;
  self->is_dirty = TRUE;
  self->tiles = sm_dot_tiles_new ();
  self->looks = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->hollow = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->at = g_array_new (FALSE, FALSE, sizeof (SmWorldPoint));
  self->points = g_array_new (FALSE, FALSE, sizeof (SmScreenPoint));
  self->cell_of = g_array_new (FALSE, FALSE, sizeof (guint));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (SmCluster));
}

SmVehicleLayer *
sm_vehicle_layer_new (ShumateViewport *viewport)
{
  return g_object_new (SM_TYPE_VEHICLE_LAYER, "viewport", viewport, NULL);
}

void
sm_vehicle_layer_set_fleet (SmVehicleLayer *self,
                            SmFleet        *fleet)
{
  g_return_if_fail (SM_IS_VEHICLE_LAYER (self));

  if (self->fleet == fleet)
    return;
  if (self->fleet != NULL)
    g_signal_handlers_disconnect_by_data (self->fleet, self);
  g_set_object (&self->fleet, fleet);
  self->looks_version = 0;
  if (fleet != NULL)
    g_signal_connect_object (fleet, "changed", G_CALLBACK (fleet_changed_cb), self,
                             G_CONNECT_SWAPPED);
  viewport_changed_cb (self);
}

/** sm_vehicle_layer_set_filter: Shows the slots whose byte is not 0; @mask %NULL shows everybody. */
void
sm_vehicle_layer_set_filter (SmVehicleLayer *self,
                             const guint8   *mask,
                             guint           n)
{
  g_return_if_fail (SM_IS_VEHICLE_LAYER (self));

  if (mask == NULL && self->filter == NULL)
    return;
  g_clear_pointer (&self->filter, g_array_unref);
  if (mask != NULL)
    {
      self->filter = g_array_sized_new (FALSE, FALSE, sizeof (guint8), n);
      g_array_append_vals (self->filter, mask, n);
    }
  viewport_changed_cb (self);
}

/** sm_vehicle_layer_set_pen: Draws everything anew with @pen. */
void
sm_vehicle_layer_set_pen (SmVehicleLayer *self,
                          SmMapPen       *pen)
{
  g_return_if_fail (SM_IS_VEHICLE_LAYER (self));

  g_clear_pointer (&self->sprites, sm_vehicle_sprites_free);
  g_clear_pointer (&self->glyphs, sm_cluster_glyphs_free);
  g_clear_pointer (&self->pen, sm_map_pen_unref);
  self->pen = sm_map_pen_ref (pen);
  self->sprites = sm_vehicle_sprites_new (pen);
  self->glyphs = sm_cluster_glyphs_new (pen);
  sm_dot_tiles_forget (self->tiles);
  viewport_changed_cb (self);
  start_moving (self);
}

void
sm_vehicle_layer_set_selected (SmVehicleLayer *self,
                               gint64          id)
{
  g_return_if_fail (SM_IS_VEHICLE_LAYER (self));

  self->selected = id;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

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
    update_scene (self);
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

/** sm_vehicle_layer_get_obstacles: Adds where glyphs are, as graphene_rect_t, for labels to avoid. */
void
sm_vehicle_layer_get_obstacles (SmVehicleLayer *self,
                                GArray         *out_boxes)
{
  for (guint i = 0; i < self->clusters->len; i++)
    {
      const SmCluster *cluster = &g_array_index (self->clusters, SmCluster, i);
      float r = cluster->radius + 2;
      graphene_rect_t box = GRAPHENE_RECT_INIT (cluster->x - r, cluster->y - r, 2 * r, 2 * r);

      if (sm_cluster_shown_level (cluster) > 0)
        {
          box.origin.y -= r * 0.35f;
          box.size.height += r * 0.35f;
          box.size.width += r * 0.7f;
        }
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
