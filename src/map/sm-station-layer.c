/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-station-layer.h"

#include <math.h>

#include "sm-map-transform.h"
#include "sm-station-known.h"
#include "sm-surface-node.h"

#define TILE 64        /* small, so that little of it is empty */
#define MARGIN 256     /* drawn beyond every edge, so that moving the map is moving nodes */
#define COLLECT_MS 100 /* changes of so long are one */

struct _SmStationLayer
{
  ShumateLayer parent_instance;

  SmStationKnown *known;
  SmMapPen *pen;
  SmStationGlyphs *glyphs;
  gint64 selected;
  guint collect; /* timer until changes are taken over */
  guint room;    /* timer until the spots stand beside the vehicles */
  GArray *taken; /* of graphene_rect_t: where those are */
  SmMapTransform taken_in;

  GArray *spots;   /* of SmStationSpot, worst last */
  GArray *order;   /* of guint: indices into known, by spot */
  double spots_zoom;
  gboolean is_drawn;    /* the nodes show the spots */
  SmMapTransform drawn; /* what the nodes were drawn for */
  GPtrArray *nodes;     /* of GskRenderNode */
  guint n_redraws;
};

G_DEFINE_FINAL_TYPE (SmStationLayer, sm_station_layer, SHUMATE_TYPE_LAYER)

enum
{
  DRAWN_ANEW,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Returns: whether any spot stands elsewhere now */
static gboolean
place_spots (SmStationLayer       *self,
             const SmMapTransform *now)
{
  gboolean is_known = sm_map_transform_equal (&self->taken_in, now);

  return sm_station_spots_place (self->spots, now, (float) self->pen->unit,
                                 (const graphene_rect_t *) self->taken->data,
                                 is_known ? self->taken->len : 0);
}

static void
update_spots (SmStationLayer       *self,
              const SmMapTransform *now)
{
  sm_station_spots_find (sm_station_known_get (self->known), now->zoom,
                         self->pen->unit / now->scale, self->spots, self->order);
  place_spots (self, now);
  self->spots_zoom = now->zoom;
  self->is_drawn = FALSE;
}

/* A picture put where its spot is, in pixels of the window. */
typedef struct
{
  const SmStationSpot *spot;
  int x0, y0, x1, y1;
} Placed;

static Placed
place_spot (SmStationLayer      *self,
            const SmStationSpot *spot)
{
  SmScreenPoint p = sm_station_spot_point (&self->drawn, spot);
  const SmStationPicture *picture;
  Placed placed = { .spot = spot };

  if (!(p.x > -2 * MARGIN && p.y > -2 * MARGIN && p.x < (float) (self->drawn.width + 2 * MARGIN) &&
        p.y < (float) (self->drawn.height + 2 * MARGIN)))
    return placed;
  picture = sm_station_glyphs_get (self->glyphs, &spot->glyph);
  placed.x0 = (int) floor (p.x - picture->x);
  placed.y0 = (int) floor (p.y - picture->y);
  placed.x1 = placed.x0 + (int) ceil (picture->width);
  placed.y1 = placed.y0 + (int) ceil (picture->height);
  return placed;
}

/* Draws a tile's pictures on no more than they cover: the renderer blends all
 * of a node in every frame, whether anything is on it or not. */
static void
draw_tile (SmStationLayer *self,
           const Placed   *placed,
           const GArray   *members,
           int             left,
           int             top)
{
  int x0 = left + TILE, y0 = top + TILE, x1 = left, y1 = top, scale = (int) self->pen->scale;
  cairo_surface_t *surface;
  cairo_t *cr;

  for (guint i = 0; i < members->len; i++)
    {
      const Placed *p = &placed[g_array_index (members, guint, i)];

      x0 = MIN (x0, MAX (p->x0, left));
      y0 = MIN (y0, MAX (p->y0, top));
      x1 = MAX (x1, MIN (p->x1, left + TILE));
      y1 = MAX (y1, MIN (p->y1, top + TILE));
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (x1 - x0) * scale, (y1 - y0) * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  for (guint i = 0; i < members->len; i++)
    {
      const Placed *p = &placed[g_array_index (members, guint, i)];
      const SmStationPicture *picture = sm_station_glyphs_get (self->glyphs, &p->spot->glyph);

      cairo_set_source_surface (cr, picture->surface, p->x0 - x0, p->y0 - y0);
      cairo_paint (cr);
    }
  cairo_destroy (cr);
  g_ptr_array_add (self->nodes,
                   sm_surface_to_node (surface,
                                       &GRAPHENE_RECT_INIT ((float) x0, (float) y0,
                                                            (float) (x1 - x0), (float) (y1 - y0)),
                                       self->pen->as_textures));
}

/* Draws what is near the window; what is far from any station costs nothing. */
static void
draw_nodes (SmStationLayer *self)
{
  int columns = (self->drawn.width + 2 * MARGIN + TILE - 1) / TILE;
  int rows = (self->drawn.height + 2 * MARGIN + TILE - 1) / TILE;
  g_autofree Placed *placed = g_new0 (Placed, self->spots->len + 1);
  g_autofree GArray **members = g_new0 (GArray *, columns * rows + 1);

  g_ptr_array_set_size (self->nodes, 0);
  self->n_redraws++;
  for (guint i = 0; i < self->spots->len; i++)
    {
      Placed *p = &placed[i];

      *p = place_spot (self, &g_array_index (self->spots, SmStationSpot, i));
      if (p->x1 <= -MARGIN || p->y1 <= -MARGIN || p->x0 >= p->x1)
        continue;
      for (int y = MAX (0, (p->y0 + MARGIN) / TILE); y < rows && y * TILE - MARGIN < p->y1; y++)
        for (int x = MAX (0, (p->x0 + MARGIN) / TILE); x < columns && x * TILE - MARGIN < p->x1; x++)
          {
            GArray **tile = &members[y * columns + x];

            if (*tile == NULL)
              *tile = g_array_new (FALSE, FALSE, sizeof (guint));
            g_array_append_val (*tile, i);
          }
    }
  for (int i = 0; i < columns * rows; i++)
    if (members[i] != NULL)
      {
        draw_tile (self, placed, members[i], i % columns * TILE - MARGIN,
                   i / columns * TILE - MARGIN);
        g_array_unref (members[i]);
      }
}

static gboolean
collect_cb (gpointer user_data)
{
  SmStationLayer *self = SM_STATION_LAYER (user_data);

  self->collect = 0;
  if (sm_station_known_update (self->known))
    {
      self->spots_zoom = -1;
      self->is_drawn = FALSE;
      g_array_set_size (self->spots, 0);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      g_signal_emit (self, signals[DRAWN_ANEW], 0);
    }
  return G_SOURCE_REMOVE;
}

static void
queue_collect (gpointer known,
               gpointer user_data)
{
  SmStationLayer *self = SM_STATION_LAYER (user_data);

  if (self->collect == 0)
    self->collect = g_timeout_add (COLLECT_MS, collect_cb, self);
}

static void
viewport_changed_cb (SmStationLayer *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Brings spots and nodes up to date.  Returns: what to move the nodes by */
static graphene_point_t
update_nodes (SmStationLayer *self)
{
  SmMapTransform now = sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                                             GTK_WIDGET (self));
  double dx = (self->drawn.left - now.left) * now.scale;
  double dy = (self->drawn.top - now.top) * now.scale;
  gboolean is_stale = !self->is_drawn || self->spots_zoom != now.zoom || self->drawn.scale != now.scale ||
                      self->drawn.width != now.width || self->drawn.height != now.height;

  if (self->spots_zoom != now.zoom)
    update_spots (self, &now);
  if (is_stale || fabs (dx) > MARGIN || fabs (dy) > MARGIN)
    {
      self->drawn = now;
      self->is_drawn = TRUE;
      draw_nodes (self);
      dx = dy = 0;
    }
  return GRAPHENE_POINT_INIT ((float) round (dx), (float) round (dy));
}

static void
append_ring (SmStationLayer *self,
             GtkSnapshot    *snapshot)
{
  const GArray *known = sm_station_known_get (self->known);

  for (guint i = 0; i < known->len && self->selected != 0; i++)
    {
      const SmStation *station = &g_array_index (known, SmStation, i);

      if (sm_row_get_id (station->row) == self->selected)
        {
          SmScreenPoint p = sm_map_transform_point (&self->drawn, station->at);

          sm_draw_selection (snapshot, self->pen, p.x, p.y, 14);
          return;
        }
    }
}

static void
sm_station_layer_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  SmStationLayer *self = SM_STATION_LAYER (widget);
  graphene_point_t offset;

  if (self->pen == NULL || gtk_widget_get_width (widget) == 0)
    return;
  offset = update_nodes (self);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &offset);
  for (guint i = 0; i < self->nodes->len; i++)
    gtk_snapshot_append_node (snapshot, g_ptr_array_index (self->nodes, i));
  append_ring (self, snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
sm_station_layer_constructed (GObject *object)
{
  SmStationLayer *self = SM_STATION_LAYER (object);
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));
  const char *notifies[] = { "notify::latitude", "notify::longitude", "notify::zoom-level" };

  G_OBJECT_CLASS (sm_station_layer_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (notifies); i++)
    g_signal_connect_object (viewport, notifies[i], G_CALLBACK (viewport_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
sm_station_layer_dispose (GObject *object)
{
  SmStationLayer *self = SM_STATION_LAYER (object);

  sm_station_known_set_stations (self->known, NULL);
  sm_station_known_set_alarms (self->known, NULL);
  g_clear_handle_id (&self->collect, g_source_remove);
  g_clear_handle_id (&self->room, g_source_remove);

  G_OBJECT_CLASS (sm_station_layer_parent_class)->dispose (object);
}

static void
sm_station_layer_finalize (GObject *object)
{
  SmStationLayer *self = SM_STATION_LAYER (object);

  g_clear_pointer (&self->glyphs, sm_station_glyphs_free);
  g_clear_pointer (&self->pen, sm_map_pen_unref);
  g_clear_pointer (&self->known, sm_station_known_free);
  g_clear_pointer (&self->spots, g_array_unref);
  g_clear_pointer (&self->taken, g_array_unref);
  g_clear_pointer (&self->order, g_array_unref);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_station_layer_parent_class)->finalize (object);
}

static void
sm_station_layer_class_init (SmStationLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = sm_station_layer_constructed;
  object_class->dispose = sm_station_layer_dispose;
  object_class->finalize = sm_station_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = sm_station_layer_snapshot;

  signals[DRAWN_ANEW] = g_signal_new ("drawn-anew", SM_TYPE_STATION_LAYER, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_station_layer_init (SmStationLayer *self)
{
  self->known = sm_station_known_new (queue_collect, self);
  self->spots = g_array_new (FALSE, FALSE, sizeof (SmStationSpot));
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);
  self->spots_zoom = -1;
}

SmStationLayer *
sm_station_layer_new (ShumateViewport *viewport)
{
  return g_object_new (SM_TYPE_STATION_LAYER, "viewport", viewport, NULL);
}

void
sm_station_layer_set_stations (SmStationLayer *self,
                               GListModel     *stations)
{
  g_return_if_fail (SM_IS_STATION_LAYER (self));

  sm_station_known_set_stations (self->known, stations);
}

void
sm_station_layer_set_alarms (SmStationLayer *self,
                             GListModel     *alarms)
{
  g_return_if_fail (SM_IS_STATION_LAYER (self));

  sm_station_known_set_alarms (self->known, alarms);
}

/** sm_station_layer_set_pen: Draws everything anew with @pen. */
void
sm_station_layer_set_pen (SmStationLayer *self,
                          SmMapPen       *pen)
{
  g_return_if_fail (SM_IS_STATION_LAYER (self));

  g_clear_pointer (&self->glyphs, sm_station_glyphs_free);
  g_clear_pointer (&self->pen, sm_map_pen_unref);
  self->pen = sm_map_pen_ref (pen);
  self->glyphs = sm_station_glyphs_new (pen);
  self->spots_zoom = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sm_station_layer_set_selected (SmStationLayer *self,
                               gint64          id)
{
  g_return_if_fail (SM_IS_STATION_LAYER (self));

  self->selected = id;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sm_station_layer_hit:
 *
 * Returns: (transfer full) (nullable) (element-type SmRow): the stations of
 *   the glyph there
 */
GPtrArray *
sm_station_layer_hit (SmStationLayer *self,
                      double          x,
                      double          y,
                      double          radius)
{
  SmMapTransform now;
  const GArray *known = sm_station_known_get (self->known);
  const SmStationSpot *best = NULL;
  double best_distance = radius;
  GPtrArray *rows;

  g_return_val_if_fail (SM_IS_STATION_LAYER (self), NULL);

  now = sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                              GTK_WIDGET (self));
  if (self->pen != NULL && self->spots_zoom != now.zoom)
    update_spots (self, &now);
  for (guint i = 0; i < self->spots->len; i++)
    {
      const SmStationSpot *spot = &g_array_index (self->spots, SmStationSpot, i);
      SmScreenPoint p = sm_station_spot_point (&now, spot);
      double distance = hypot (p.x - x, p.y - y);

      /* The later one is drawn above. */
      if (distance <= best_distance)
        {
          best = spot;
          best_distance = distance;
        }
    }
  if (best == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  for (guint k = best->first; k < best->first + best->glyph.n; k++)
    {
      guint index = g_array_index (self->order, guint, k);

      g_ptr_array_add (rows, sm_row_ref (g_array_index (known, SmStation, index).row));
    }
  return rows;
}

/* The boxes of the glyphs in the window of @n_least stations or, where asked for, with a fault. */
static void
collect_boxes (SmStationLayer *self,
               guint           n_least,
               gboolean        with_faults,
               GArray         *out_boxes)
{
  SmMapTransform now = sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                                             GTK_WIDGET (self));

  if (self->pen != NULL && self->spots_zoom != now.zoom)
    update_spots (self, &now);
  for (guint i = 0; i < self->spots->len && self->glyphs != NULL; i++)
    {
      const SmStationSpot *spot = &g_array_index (self->spots, SmStationSpot, i);
      SmScreenPoint p = sm_station_spot_point (&now, spot);
      const SmStationPicture *picture;
      graphene_rect_t box;

      if ((spot->glyph.n < n_least && !(with_faults && spot->glyph.level > 0)) ||
          !(p.x > -100 && p.y > -100 && p.x < (float) now.width + 100 &&
            p.y < (float) now.height + 100))
        continue;
      picture = sm_station_glyphs_get (self->glyphs, &spot->glyph);
      box = GRAPHENE_RECT_INIT (p.x - (float) picture->x, p.y - (float) picture->y,
                                (float) picture->width, (float) picture->height);
      g_array_append_val (out_boxes, box);
    }
}

/** sm_station_layer_get_obstacles: Adds where glyphs are, as graphene_rect_t, for labels to avoid. */
void
sm_station_layer_get_obstacles (SmStationLayer *self,
                                GArray         *out_boxes)
{
  /* A single station is a small glyph of many: names may lie above those. */
  collect_boxes (self, 2, TRUE, out_boxes);
}

/** sm_station_layer_get_counts: Adds where numbers are, as graphene_rect_t, not to be covered. */
void
sm_station_layer_get_counts (SmStationLayer *self,
                             GArray         *out_boxes)
{
  collect_boxes (self, 2, FALSE, out_boxes);
}

static gboolean
room_cb (gpointer user_data)
{
  SmStationLayer *self = SM_STATION_LAYER (user_data);
  SmMapTransform now = sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                                             GTK_WIDGET (self));

  self->room = 0;
  if (self->pen == NULL || self->spots_zoom != now.zoom || !place_spots (self, &now))
    return G_SOURCE_REMOVE;
  self->is_drawn = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[DRAWN_ANEW], 0);
  return G_SOURCE_REMOVE;
}

/** sm_station_layer_make_room: @boxes: of graphene_rect_t: where vehicles are in the window now */
void
sm_station_layer_make_room (SmStationLayer *self,
                            const GArray   *boxes)
{
  g_return_if_fail (SM_IS_STATION_LAYER (self));

  g_array_set_size (self->taken, 0);
  g_array_append_vals (self->taken, boxes->data, boxes->len);
  self->taken_in = sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                                         GTK_WIDGET (self));
  if (self->room == 0)
    self->room = g_idle_add (room_cb, self);
}

/** sm_station_layer_add_visible: Adds the glyphs in the window to @things, of SmMapThing. */
void
sm_station_layer_add_visible (SmStationLayer *self,
                              GArray         *things)
{
  /* Without a fault: what does not serve, then what is silent, then what serves less. */
  static const guint ranks[SM_N_STATION_LOOKS] = {
    [SM_STATION_LOOK_OUT] = 50,
    [SM_STATION_LOOK_OFFLINE] = 40,
    [SM_STATION_LOOK_DEGRADED] = 30,
  };
  const GArray *known = sm_station_known_get (self->known);
  SmMapTransform now = sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                                             GTK_WIDGET (self));

  if (self->pen != NULL && self->spots_zoom != now.zoom)
    update_spots (self, &now);
  for (guint i = 0; i < self->spots->len; i++)
    {
      const SmStationSpot *spot = &g_array_index (self->spots, SmStationSpot, i);
      SmScreenPoint p = sm_station_spot_point (&now, spot);
      guint first = g_array_index (self->order, guint, spot->first);
      SmMapThing thing = { .noun = SM_NOUN_STATION, .n = spot->glyph.n,
                           .level = spot->glyph.level, .at = spot->at };

      if (!(p.x >= 0 && p.y >= 0 && p.x <= (float) now.width && p.y <= (float) now.height))
        continue;
      if (spot->glyph.n == 1)
        thing.id = sm_row_get_id (g_array_index (known, SmStation, first).row);
      thing.rank = MAX (SM_MAP_RANK_LEVEL (thing.level), ranks[spot->glyph.look]);
      g_array_append_val (things, thing);
    }
}

/** sm_station_layer_get_bounds: Returns: whether there is any station, and the box around all */
gboolean
sm_station_layer_get_bounds (SmStationLayer *self,
                             SmWorldPoint   *out_low,
                             SmWorldPoint   *out_high)
{
  SmWorldPoint low = { G_MAXUINT32, G_MAXUINT32 }, high = { 0, 0 };
  const GArray *known;

  if (self->collect != 0)
    {
      g_clear_handle_id (&self->collect, g_source_remove);
      collect_cb (self);
    }
  known = sm_station_known_get (self->known);
  for (guint i = 0; i < known->len; i++)
    {
      SmWorldPoint p = g_array_index (known, SmStation, i).at;

      low = (SmWorldPoint){ MIN (low.x, p.x), MIN (low.y, p.y) };
      high = (SmWorldPoint){ MAX (high.x, p.x), MAX (high.y, p.y) };
    }
  if (known->len == 0)
    return FALSE;
  *out_low = low;
  *out_high = high;
  return TRUE;
}

/** sm_station_layer_is_settled: Returns: whether all changes have been taken over */
gboolean
sm_station_layer_is_settled (SmStationLayer *self)
{
  return self->collect == 0 && self->room == 0 && self->is_drawn;
}

/** sm_station_layer_get_n_redraws: Returns: how often its nodes have been drawn; for tests */
guint
sm_station_layer_get_n_redraws (SmStationLayer *self)
{
  return self->n_redraws;
}
