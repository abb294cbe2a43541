/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-vehicle-layer.h"

#include <math.h>
#include <stdlib.h>

#include "sm-surface-node.h"
#include "sm-vehicle-layer-private.h"

#define FRAME_MS 100
#define FEW 5000          /* so many or fewer are shown one by one at any zoom */
#define CLUSTER_ZOOM 6.0  /* below: merged clusters; from here on with single dots */
#define CITY_ZOOM 10.0    /* from here on one by one, with heading */
#define JUMP (1 << 23)    /* world units, 80 km: so far nobody drives between reports */
#define GAP 7.f           /* pixels between clusters, so that a sign lies on no neighbour */
#define SECOND G_USEC_PER_SEC
#define CLUSTERS_US SECOND /* numbers that change ten times a second cannot be read */

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
  guint *visible, n_visible = 0;
  /* Nobody farther away glides into the window. */
  double left = self->transform.left - JUMP, top = self->transform.top - JUMP;
  double right = self->transform.left + width / self->transform.scale + JUMP;
  double bottom = self->transform.top + height / self->transform.scale + JUMP;

  g_array_set_size (self->at, columns->n);
  g_array_set_size (self->points, columns->n);
  g_array_set_size (self->visible, columns->n);
  at = (SmWorldPoint *) self->at->data;
  points = (SmScreenPoint *) self->points->data;
  visible = (guint *) self->visible->data;
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
      if (points[i].x >= 0 && points[i].y >= 0 && points[i].x < width && points[i].y < height)
        visible[n_visible++] = i;
    }
  g_array_set_size (self->visible, n_visible);
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
  n_cells = sm_clusters_merge (clusters, n_cells, GAP, sm_cluster_radius);
  g_array_set_size (self->clusters, n_cells);
  for (guint k = 0; k < n_cells; k++)
    {
      clusters[k].x = roundf (clusters[k].x * unit);
      clusters[k].y = roundf (clusters[k].y * unit);
      clusters[k].radius *= unit;
    }
  qsort (clusters, n_cells, sizeof *clusters, compare_severity);
  sm_clusters_make_room (clusters, n_cells, unit);
}

/* Normal ones first, then by level, so that the worst lie on top. */
static void
add_dots (SmVehicleLayer *self,
          SmDotSize       size,
          gboolean        has_clusters)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (self->fleet);
  const guint8 *looks = (const guint8 *) self->looks->data;
  const guint8 *hollow = (const guint8 *) self->hollow->data;
  const guint *cell_of = (const guint *) self->cell_of->data;
  const guint *visible = (const guint *) self->visible->data;
  SmScreenPoint *points = (SmScreenPoint *) self->points->data;
  guint n_of_level[SM_N_LOOKS] = { 0 };

  for (guint k = 0; k < self->visible->len; k++)
    {
      guint i = visible[k];

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
    for (guint k = 0; k < self->visible->len && n_of_level[look] > 0; k++)
      if (looks[visible[k]] == look && !isnan (points[visible[k]].x))
        sm_dot_tiles_add (self->tiles, points[visible[k]].x, points[visible[k]].y,
                          sm_vehicle_sprite_id (size, look, hollow[visible[k]],
                                                columns->heading[visible[k]]));
}

/* On a ground a cluster is a large dot: many nodes would be much damage. */
static void
add_clusters (SmVehicleLayer *self)
{
  for (guint i = 0; i < self->clusters->len; i++)
    {
      const SmCluster *cluster = &g_array_index (self->clusters, SmCluster, i);
      const SmClusterPicture *picture = sm_cluster_glyphs_get (self->glyphs, cluster);

      sm_dot_tiles_add_picture (self->tiles, cluster->x, cluster->y, picture->surface, picture->x,
                                picture->y, sm_cluster_glyph_key (cluster));
    }
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

/* A number that a truck stands on cannot be read; a truck with a fault matters more. */
static void
cover_dots (SmVehicleLayer *self)
{
  float reach = 3 * (float) self->pen->unit;

  g_array_set_size (self->covered, 0);
  if (self->covers != NULL)
    self->covers (self->covers_data, self->covered);
  for (guint i = 0; i < self->covered->len; i++)
    {
      graphene_rect_t box = g_array_index (self->covered, graphene_rect_t, i);

      graphene_rect_inset (&box, reach, reach);
      sm_dot_tiles_cover (self->tiles, &box);
    }
}

static SmDotSize
dot_size (double zoom)
{
  if (zoom >= CITY_ZOOM - 1)
    return SM_DOT_HEADING;
  return zoom >= CLUSTER_ZOOM ? SM_DOT_MIDDLE : SM_DOT_SMALL;
}

static gboolean
fleet_is_moving (SmVehicleLayer *self)
{
  return self->fleet != NULL && self->pen != NULL && !self->pen->stale &&
         gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         now_us () - sm_fleet_get_moved_at (self->fleet) < self->period;
}

/* Clusters stand for a second while single vehicles go on; the last frame of a
 * movement counts anew. */
static void
refresh_clusters (SmVehicleLayer *self,
                  guint           n,
                  gboolean        has_clusters)
{
  if (!has_clusters)
    {
      g_array_set_size (self->clusters, 0);
      self->clusters_at = 0;
      return;
    }
  if (now_us () - self->clusters_at < CLUSTERS_US && self->cell_of->len == n &&
      sm_map_transform_equal (&self->clusters_transform, &self->transform) &&
      fleet_is_moving (self))
    return;
  update_clusters (self, n, self->transform.zoom < CLUSTER_ZOOM ? 9 : 6);
  self->clusters_at = now_us ();
  self->clusters_transform = self->transform;
}

/* Works out what is to be shown.  Returns: whether that looks different */
gboolean
sm_vehicle_layer_update_scene_ (SmVehicleLayer *self)
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
  g_array_set_size (self->visible, 0);
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
  refresh_clusters (self, n, has_clusters);
  sm_dot_tiles_begin (self->tiles, self->transform.width, self->transform.height,
                      self->pen->scale);
  cover_dots (self);
  if (n > 0)
    add_dots (self, size, has_clusters);
  if (sm_dot_tiles_has_ground (self->tiles))
    add_clusters (self);
  changed = sm_dot_tiles_end (self->tiles, self->sprites, self->pen->as_textures);
  self->n_dots = n_visible;
  hash = hash_clusters (self);
  changed = changed || hash != self->clusters_hash;
  self->clusters_hash = hash;
  return changed;
}

static void
refresh (SmVehicleLayer *self)
{
  if (!sm_vehicle_layer_update_scene_ (self))
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
  self->clusters_at = 0;
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
  if (self->is_dirty && sm_vehicle_layer_update_scene_ (self))
    g_signal_emit (self, signals[DRAWN_ANEW], 0);
  self->n_redraws++;
  sm_dot_tiles_snapshot (self->tiles, snapshot);
  for (guint i = 0; i < self->clusters->len && !sm_dot_tiles_has_ground (self->tiles); i++)
    {
      const SmCluster *cluster = &g_array_index (self->clusters, SmCluster, i);

      sm_snapshot_append_at (snapshot, sm_cluster_glyphs_get (self->glyphs, cluster)->node,
                             cluster->x, cluster->y);
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
  g_clear_pointer (&self->covered, g_array_unref);
  g_clear_pointer (&self->looks, g_array_unref);
  g_clear_pointer (&self->hollow, g_array_unref);
  g_clear_pointer (&self->at, g_array_unref);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->visible, g_array_unref);
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
  self->covered = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  self->looks = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->hollow = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->at = g_array_new (FALSE, FALSE, sizeof (SmWorldPoint));
  self->visible = g_array_new (FALSE, FALSE, sizeof (guint));
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

/** sm_vehicle_layer_set_covers: @covers: says where no normal vehicle is drawn; @data: for it */
void
sm_vehicle_layer_set_covers (SmVehicleLayer  *self,
                             SmMapBoxes       covers,
                             gpointer         data)
{
  g_return_if_fail (SM_IS_VEHICLE_LAYER (self));

  self->covers = covers;
  self->covers_data = data;
}

/** sm_vehicle_layer_set_ground: @ground: (nullable): opaque, the whole window: see sm-map-ground.h */
void
sm_vehicle_layer_set_ground (SmVehicleLayer  *self,
                             cairo_surface_t *ground)
{
  sm_dot_tiles_set_ground (self->tiles, ground);
  self->is_dirty = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
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
