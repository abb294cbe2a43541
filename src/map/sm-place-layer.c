/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-place-layer.h"

#include <math.h>

#include "sm-map-transform.h"
#include "sm-surface-node.h"

#define COLLECT_MS 100    /* changes of so long are one */
#define CIRCLE_MIN 14.0   /* pixels: a smaller circle is under its house */
#define SHOWN_ZOOM 6.5    /* farther out there would be nothing else to see */
#define ENGINEER_ZOOM 8.0 /* farther out an engineer would lie on what is wrong */
#define OFF_DUTY_ZOOM 10.0 /* so near it is good to know who lives there */
#define METRES_ROUND 40075016.686

typedef struct
{
  SmRow *row;
  SmWorldPoint at;
  double radius; /* world units, 0: none */
  guint look;
} Place;

struct _SmPlaceLayer
{
  ShumateLayer parent_instance;

  SmNounId noun;
  GListModel *model;
  SmMapPen *pen;
  SmMapBoxes covers;
  gpointer covers_data;
  GArray *places; /* of Place */
  GskRenderNode *glyphs[SM_N_PLACE_LOOKS];
  guint collect; /* timer until changes are taken over */
};

G_DEFINE_FINAL_TYPE (SmPlaceLayer, sm_place_layer, SHUMATE_TYPE_LAYER)

enum
{
  DRAWN_ANEW,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
place_clear (gpointer data)
{
  g_clear_pointer (&((Place *) data)->row, sm_row_unref);
}

static gboolean
read_place (SmPlaceLayer *self,
            SmRow        *row,
            Place        *out_place)
{
  gboolean is_engineer = self->noun == SM_NOUN_ENGINEER;
  double latitude = sm_row_get_real (row, is_engineer ? (guint) SM_ENGINEER_LATITUDE
                                                      : (guint) SM_SERVICE_POINT_LATITUDE);
  double longitude = sm_row_get_real (row, is_engineer ? (guint) SM_ENGINEER_LONGITUDE
                                                       : (guint) SM_SERVICE_POINT_LONGITUDE);
  gint64 metres = is_engineer ? 0 : sm_row_get_int (row, SM_SERVICE_POINT_RADIUS_M);
  const char *duty = is_engineer ? sm_row_get_text (row, SM_ENGINEER_DUTY) : NULL;

  if (!isfinite (latitude) || !isfinite (longitude) || fabs (latitude) > 85)
    return FALSE;
  out_place->at = sm_world_project (latitude, longitude);
  out_place->radius = metres > 0 && metres < 2000000 ? (double) metres / METRES_ROUND * 4294967296.0 /
                                                         cos (latitude * G_PI / 180)
                                                     : 0;
  out_place->look = !is_engineer                       ? SM_PLACE_LOOK_POINT
                    : g_strcmp0 (duty, "on_duty") == 0 ? SM_PLACE_LOOK_READY
                    : g_strcmp0 (duty, "busy") == 0    ? SM_PLACE_LOOK_BUSY
                                                       : SM_PLACE_LOOK_OFF;
  out_place->row = sm_row_ref (row);
  return TRUE;
}

static gboolean
place_equal (const Place *a,
             const Place *b)
{
  return a->at.x == b->at.x && a->at.y == b->at.y && a->radius == b->radius &&
         a->look == b->look && sm_row_get_id (a->row) == sm_row_get_id (b->row);
}

static SmMapTransform
get_transform (SmPlaceLayer *self)
{
  return sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                               GTK_WIDGET (self));
}

/* The boxes of the window that signs keep off. */
static GArray *
collect_covers (SmPlaceLayer *self)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

  if (self->covers != NULL)
    self->covers (self->covers_data, boxes);
  return boxes;
}

/* Where its sign stands: at its place, or at the corner of what may not be covered there. */
static SmScreenPoint
place_point (const SmMapTransform *transform,
             const Place          *place,
             const GArray         *covers)
{
  SmScreenPoint p = sm_map_transform_point (transform, place->at);

  for (guint i = 0; i < covers->len; i++)
    {
      const graphene_rect_t *box = &g_array_index (covers, graphene_rect_t, i);

      if (graphene_rect_contains_point (box, &GRAPHENE_POINT_INIT (p.x, p.y)))
        return (SmScreenPoint){ box->origin.x, box->origin.y };
    }
  return p;
}

static gboolean
is_shown (const SmMapTransform *transform,
          const Place          *place)
{
  switch (place->look)
    {
    case SM_PLACE_LOOK_POINT:
      return transform->zoom >= SHOWN_ZOOM;
    case SM_PLACE_LOOK_OFF:
      return transform->zoom >= OFF_DUTY_ZOOM;
    default:
      return transform->zoom >= ENGINEER_ZOOM;
    }
}

static gboolean
is_near_window (const SmMapTransform *transform,
                SmScreenPoint         p)
{
  return p.x > -30 && p.y > -30 && p.x < (float) transform->width + 30 &&
         p.y < (float) transform->height + 30;
}

/* Whether a person could see that it is another one now. */
static gboolean
place_looks_different (const SmMapTransform *transform,
                       const Place          *a,
                       const Place          *b)
{
  const Place *both[] = { a, b };

  if (place_equal (a, b))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    if (both[i]->radius > 0 ||
        (is_shown (transform, both[i]) &&
         is_near_window (transform, sm_map_transform_point (transform, both[i]->at))))
      return TRUE;
  return FALSE;
}

/* Reads the model.  Returns: whether anything that can be seen is different */
static gboolean
collect_places (SmPlaceLayer *self)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  SmMapTransform transform = get_transform (self);
  gboolean changed;

  g_array_set_clear_func (places, place_clear);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (self->model, i);
      Place place;

      if (read_place (self, sm_item_get_row (item), &place))
        g_array_append_val (places, place);
    }
  changed = places->len != self->places->len;
  for (guint i = 0; i < places->len && !changed; i++)
    changed = place_looks_different (&transform, &g_array_index (places, Place, i),
                                     &g_array_index (self->places, Place, i));
  g_array_unref (self->places);
  self->places = places;
  return changed;
}

static gboolean
collect_cb (gpointer user_data)
{
  SmPlaceLayer *self = SM_PLACE_LAYER (user_data);

  self->collect = 0;
  if (collect_places (self))
    {
      gtk_widget_queue_draw (GTK_WIDGET (self));
      g_signal_emit (self, signals[DRAWN_ANEW], 0);
    }
  return G_SOURCE_REMOVE;
}

static void
queue_collect (SmPlaceLayer *self)
{
  if (self->collect == 0)
    self->collect = g_timeout_add (COLLECT_MS, collect_cb, self);
}

static void
items_changed_cb (SmPlaceLayer *self,
                  guint         position,
                  guint         removed,
                  guint         added,
                  GListModel   *model)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      g_signal_handlers_disconnect_by_func (item, queue_collect, self);
      g_signal_connect_object (item, "notify::row", G_CALLBACK (queue_collect), self,
                               G_CONNECT_SWAPPED);
    }
  queue_collect (self);
}

/* A house with a cross-beam: people who mend things live here. */
static void
draw_house (cairo_t        *cr,
            const SmMapPen *pen,
            double          r)
{
  cairo_move_to (cr, 0, -r);
  cairo_line_to (cr, r, -r * 0.1);
  cairo_line_to (cr, r * 0.75, -r * 0.1);
  cairo_line_to (cr, r * 0.75, r * 0.85);
  cairo_line_to (cr, -r * 0.75, r * 0.85);
  cairo_line_to (cr, -r * 0.75, -r * 0.1);
  cairo_line_to (cr, -r, -r * 0.1);
  cairo_close_path (cr);
  sm_draw_colour (cr, &pen->theme.disc);
  cairo_set_line_width (cr, 3.2 * pen->unit);
  cairo_stroke_preserve (cr);
  cairo_fill_preserve (cr);
  sm_draw_colour (cr, pen->stale ? &pen->theme.unknown : &pen->theme.station);
  cairo_set_line_width (cr, 1.3 * pen->unit);
  cairo_stroke (cr);
  cairo_move_to (cr, -r * 0.35, r * 0.3);
  cairo_line_to (cr, r * 0.35, r * 0.3);
  cairo_move_to (cr, 0, -r * 0.05);
  cairo_line_to (cr, 0, r * 0.65);
  cairo_stroke (cr);
}

static void
person_path (cairo_t *cr,
             double   r)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, -r * 0.5, r * 0.42, 0, 2 * G_PI);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, r * 0.8, r * 0.75, G_PI, 2 * G_PI);
  cairo_close_path (cr);
}

static void
draw_person (cairo_t        *cr,
             const SmMapPen *pen,
             guint           look,
             double          r)
{
  const GdkRGBA *colour = pen->stale || look == SM_PLACE_LOOK_OFF ? &pen->theme.unknown
                                                         : &pen->theme.count;

  person_path (cr, r);
  sm_draw_colour (cr, &pen->theme.disc);
  cairo_set_line_width (cr, 4 * pen->unit);
  cairo_stroke_preserve (cr);
  cairo_fill_preserve (cr);
  sm_draw_colour (cr, colour);
  cairo_set_line_width (cr, 1.3 * pen->unit);
  if (look == SM_PLACE_LOOK_OFF || pen->stale)
    cairo_stroke (cr);
  else
    cairo_fill (cr);
  if (look != SM_PLACE_LOOK_BUSY)
    return;
  /* Barred: on the way or at work, not to be sent elsewhere. */
  cairo_move_to (cr, -r, r * 0.95);
  cairo_line_to (cr, r, r * 0.95);
  cairo_set_line_width (cr, 2.2 * pen->unit);
  cairo_stroke (cr);
}

static double
place_radius (const SmMapPen *pen,
              guint           look)
{
  return (look == SM_PLACE_LOOK_POINT ? 7.5 : 6.5) * pen->unit;
}

/** sm_place_draw: Draws the sign around 0, 0. */
void
sm_place_draw (cairo_t        *cr,
               const SmMapPen *pen,
               SmPlaceLook     look)
{
  if (look == SM_PLACE_LOOK_POINT)
    draw_house (cr, pen, place_radius (pen, look));
  else
    draw_person (cr, pen, look, place_radius (pen, look));
}

static GskRenderNode *
ensure_glyph (SmPlaceLayer *self,
              guint         look)
{
  double reach = place_radius (self->pen, look) + 3 * self->pen->unit;
  SmGlyph glyph;

  if (self->glyphs[look] != NULL)
    return self->glyphs[look];
  sm_glyph_begin (&glyph, self->pen, -reach, -reach, reach, reach);
  sm_place_draw (glyph.cr, self->pen, look);
  self->glyphs[look] = sm_glyph_end (&glyph);
  return self->glyphs[look];
}

/* What of the window the circle covers. */
static graphene_rect_t
circle_box (const SmMapTransform *transform,
            SmScreenPoint         p,
            double                r)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT (p.x - (float) r - 2, p.y - (float) r - 2,
                                            (float) (2 * r + 4), (float) (2 * r + 4));
  graphene_rect_t window = GRAPHENE_RECT_INIT (0, 0, (float) transform->width,
                                               (float) transform->height);
  graphene_rect_t both;

  return graphene_rect_intersection (&box, &window, &both) ? both : GRAPHENE_RECT_INIT (0, 0, 0, 0);
}

static void
append_circle (SmPlaceLayer         *self,
               GtkSnapshot          *snapshot,
               const SmMapTransform *transform,
               const Place          *place)
{
  SmScreenPoint p = sm_map_transform_point (transform, place->at);
  double r = place->radius * transform->scale, unit = self->pen->unit;
  graphene_rect_t box = circle_box (transform, p, r);
  GdkRGBA colour = self->pen->theme.station;
  cairo_t *cr;

  if (r < CIRCLE_MIN * unit || box.size.width <= 0 || box.size.height <= 0)
    return;
  colour.alpha = 0.7f;
  cr = gtk_snapshot_append_cairo (snapshot, &box);
  cairo_arc (cr, p.x, p.y, r, 0, 2 * G_PI);
  sm_draw_colour (cr, &colour);
  cairo_set_line_width (cr, 1.1 * unit);
  cairo_set_dash (cr, (double[]){ 5 * unit, 4 * unit }, 2, 0);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
sm_place_layer_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  SmPlaceLayer *self = SM_PLACE_LAYER (widget);
  SmMapTransform transform = get_transform (self);
  g_autoptr (GArray) covers = NULL;

  if (self->pen == NULL || transform.zoom < SHOWN_ZOOM)
    return;
  covers = collect_covers (self);
  for (guint i = 0; i < self->places->len; i++)
    if (g_array_index (self->places, Place, i).radius > 0)
      append_circle (self, snapshot, &transform, &g_array_index (self->places, Place, i));
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      SmScreenPoint p = place_point (&transform, place, covers);

      if (is_shown (&transform, place) && is_near_window (&transform, p))
        sm_snapshot_append_at (snapshot, ensure_glyph (self, place->look), roundf (p.x),
                               roundf (p.y));
    }
}

static void
viewport_changed_cb (SmPlaceLayer *self)
{
  if (self->places->len > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
sm_place_layer_constructed (GObject *object)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (object));
  const char *notifies[] = { "notify::latitude", "notify::longitude", "notify::zoom-level" };

  G_OBJECT_CLASS (sm_place_layer_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (notifies); i++)
    g_signal_connect_object (viewport, notifies[i], G_CALLBACK (viewport_changed_cb), object,
                             G_CONNECT_SWAPPED);
}

static void
forget_glyphs (SmPlaceLayer *self)
{
  for (guint i = 0; i < SM_N_PLACE_LOOKS; i++)
    g_clear_pointer (&self->glyphs[i], gsk_render_node_unref);
}

static void
sm_place_layer_dispose (GObject *object)
{
  SmPlaceLayer *self = SM_PLACE_LAYER (object);

  sm_place_layer_set_model (self, NULL);
  g_clear_handle_id (&self->collect, g_source_remove);

  G_OBJECT_CLASS (sm_place_layer_parent_class)->dispose (object);
}

static void
sm_place_layer_finalize (GObject *object)
{
  SmPlaceLayer *self = SM_PLACE_LAYER (object);

  forget_glyphs (self);
  g_clear_pointer (&self->pen, sm_map_pen_unref);
  g_clear_pointer (&self->places, g_array_unref);

  G_OBJECT_CLASS (sm_place_layer_parent_class)->finalize (object);
}

static void
sm_place_layer_class_init (SmPlaceLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = sm_place_layer_constructed;
  object_class->dispose = sm_place_layer_dispose;
  object_class->finalize = sm_place_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = sm_place_layer_snapshot;

  signals[DRAWN_ANEW] = g_signal_new ("drawn-anew", SM_TYPE_PLACE_LAYER, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_place_layer_init (SmPlaceLayer *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, place_clear);
}

/** sm_place_layer_new: @noun: %SM_NOUN_SERVICE_POINT or %SM_NOUN_ENGINEER */
SmPlaceLayer *
sm_place_layer_new (ShumateViewport *viewport,
                    SmNounId         noun)
{
  SmPlaceLayer *self = g_object_new (SM_TYPE_PLACE_LAYER, "viewport", viewport, NULL);

  self->noun = noun;
  return self;
}

/** sm_place_layer_set_model: @model: (nullable): a list of SmItem with rows of its noun */
void
sm_place_layer_set_model (SmPlaceLayer *self,
                          GListModel   *model)
{
  g_return_if_fail (SM_IS_PLACE_LAYER (self));

  if (self->model == model)
    return;
  for (guint i = 0; self->model != NULL && i < g_list_model_get_n_items (self->model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

      g_signal_handlers_disconnect_by_data (item, self);
    }
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  queue_collect (self);
  if (model == NULL)
    return;
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (model), model);
}

/** sm_place_layer_set_pen: Draws everything anew with @pen. */
void
sm_place_layer_set_pen (SmPlaceLayer *self,
                        SmMapPen     *pen)
{
  g_return_if_fail (SM_IS_PLACE_LAYER (self));

  forget_glyphs (self);
  g_clear_pointer (&self->pen, sm_map_pen_unref);
  self->pen = sm_map_pen_ref (pen);
  viewport_changed_cb (self);
}

/** sm_place_layer_set_covers: @covers: says what signs keep off; @data: for it */
void
sm_place_layer_set_covers (SmPlaceLayer *self,
                           SmMapBoxes    covers,
                           gpointer      data)
{
  g_return_if_fail (SM_IS_PLACE_LAYER (self));

  self->covers = covers;
  self->covers_data = data;
}

/** sm_place_layer_hit: Returns: (transfer none) (nullable): what is drawn there */
SmRow *
sm_place_layer_hit (SmPlaceLayer *self,
                    double        x,
                    double        y,
                    double        radius)
{
  SmMapTransform transform;
  g_autoptr (GArray) covers = NULL;
  SmRow *best = NULL;

  g_return_val_if_fail (SM_IS_PLACE_LAYER (self), NULL);

  transform = get_transform (self);
  if (transform.zoom < SHOWN_ZOOM || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return NULL;
  covers = collect_covers (self);
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      SmScreenPoint p = place_point (&transform, place, covers);
      double distance = hypot (p.x - x, p.y - y);

      if (distance > radius || !is_shown (&transform, place))
        continue;
      radius = distance;
      best = place->row;
    }
  return best;
}

/** sm_place_layer_dup_visible: Returns: (transfer full) (element-type SmRow): those in the window */
GPtrArray *
sm_place_layer_dup_visible (SmPlaceLayer *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmMapTransform transform;

  g_return_val_if_fail (SM_IS_PLACE_LAYER (self), rows);

  transform = get_transform (self);
  if (transform.zoom < SHOWN_ZOOM || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return rows;
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      SmScreenPoint p = sm_map_transform_point (&transform, place->at);

      if (is_shown (&transform, place) && p.x >= 0 && p.y >= 0 &&
          p.x < (float) transform.width && p.y < (float) transform.height)
        g_ptr_array_add (rows, sm_row_ref (place->row));
    }
  return rows;
}

/** sm_place_layer_get_obstacles: Adds where glyphs are, as graphene_rect_t, for labels to avoid. */
void
sm_place_layer_get_obstacles (SmPlaceLayer *self,
                              GArray       *out_boxes)
{
  SmMapTransform transform = get_transform (self);
  g_autoptr (GArray) covers = NULL;

  if (self->pen == NULL || transform.zoom < SHOWN_ZOOM ||
      !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  covers = collect_covers (self);
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      SmScreenPoint p = place_point (&transform, place, covers);
      float r = 8 * (float) self->pen->unit;
      graphene_rect_t box = GRAPHENE_RECT_INIT (p.x - r, p.y - r, 2 * r, 2 * r);

      if (is_shown (&transform, place) && is_near_window (&transform, p))
        g_array_append_val (out_boxes, box);
    }
}

/** sm_place_layer_is_settled: Returns: whether all changes have been taken over */
gboolean
sm_place_layer_is_settled (SmPlaceLayer *self)
{
  return self->collect == 0;
}
