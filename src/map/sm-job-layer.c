/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-job-layer.h"

#include <math.h>

#include "sm-map-transform.h"

#define SIGN 9.0      /* half of the sign of an order */
#define PERSON 8.0    /* half of the sign of an engineer */
#define TRUCK 6.0
#define BESIDE 17.0   /* so far from the work stands who is at it */
#define NEAR 12.0     /* nearer than that they would cover each other */
#define GAP 3.0       /* between a sign and its name */
#define LEAST_LINE 26.0 /* a shorter one would be under its ends */
#define POINTS 9.5

typedef struct
{
  SmJobSpot spot;
  SmWorldPoint at;
  PangoLayout *name; /* (nullable) */
  SmScreenPoint p;   /* as it was placed last */
  graphene_rect_t label; /* of no width: there is no room */
} Spot;

struct _SmJobLayer
{
  ShumateLayer parent_instance;

  SmMapPen *pen;
  GArray *spots; /* of Spot */
  GArray *lines; /* of SmJobLine */
  SmMapTransform placed; /* for which the spots are placed */
  gboolean is_placed;
};

G_DEFINE_FINAL_TYPE (SmJobLayer, sm_job_layer, SHUMATE_TYPE_LAYER)

enum
{
  DRAWN_ANEW,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
job_spot_clear (gpointer data)
{
  g_clear_pointer (&((SmJobSpot *) data)->text, g_free);
}

/** sm_job_spots_new: Returns: (transfer full): an array for SmJobSpot, which frees their texts */
GArray *
sm_job_spots_new (void)
{
  GArray *spots = g_array_new (FALSE, FALSE, sizeof (SmJobSpot));

  g_array_set_clear_func (spots, job_spot_clear);
  return spots;
}

static void
spot_clear (gpointer data)
{
  Spot *spot = data;

  g_clear_pointer (&spot->spot.text, g_free);
  g_clear_object (&spot->name);
}

static Spot *
get_spot (SmJobLayer *self,
          guint       i)
{
  return &g_array_index (self->spots, Spot, i);
}

/* --- where they stand --- */

static double
reach_of (const SmJobSpot *spot)
{
  switch ((int) spot->noun)
    {
    case SM_NOUN_WORK_ORDER:
      return SIGN;
    case SM_NOUN_ENGINEER:
      return PERSON;
    default:
      return TRUCK;
    }
}

/* Whoever is where the work is stands beside it, several one beside the other. */
static void
put_beside (SmJobLayer *self,
            guint       index)
{
  Spot *spot = get_spot (self, index);
  float unit = (float) self->pen->unit;

  if (spot->spot.noun == SM_NOUN_WORK_ORDER)
    return;
  for (guint i = 0; i < self->spots->len; i++)
    {
      const Spot *other = get_spot (self, i);

      if (i == index || (i > index && other->spot.noun != SM_NOUN_WORK_ORDER)
          || hypotf (other->p.x - spot->p.x, other->p.y - spot->p.y) > NEAR * unit)
        continue;
      spot->p.x -= BESIDE * unit;
      i = G_MAXUINT; /* from the beginning: another may stand there */
    }
}

static gboolean
is_free (SmJobLayer            *self,
         guint                  index,
         const graphene_rect_t *box)
{
  for (guint i = 0; i < self->spots->len; i++)
    {
      const Spot *other = get_spot (self, i);
      float r = (float) (reach_of (&other->spot) * self->pen->unit);
      graphene_rect_t sign = GRAPHENE_RECT_INIT (other->p.x - r, other->p.y - r, 2 * r, 2 * r);

      if ((i != index && graphene_rect_intersection (&sign, box, NULL))
          || (i < index && other->label.size.width > 0
              && graphene_rect_intersection (&other->label, box, NULL)))
        return FALSE;
    }
  return TRUE;
}

/* To the right, to the left, below, or not at all. */
static void
place_name (SmJobLayer           *self,
            const SmMapTransform *transform,
            guint                 index)
{
  Spot *spot = get_spot (self, index);
  float r = (float) ((reach_of (&spot->spot) + GAP) * self->pen->unit);
  int width, height;

  spot->label = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  if (spot->name == NULL || spot->p.x < 0 || spot->p.y < 0
      || spot->p.x > (float) transform->width || spot->p.y > (float) transform->height)
    return;
  pango_layout_get_pixel_size (spot->name, &width, &height);
  for (guint i = 0; i < 3; i++)
    {
      float x = i == 0 ? spot->p.x + r : i == 1 ? spot->p.x - r - (float) width
                                                : spot->p.x - (float) width / 2;
      float y = i < 2 ? spot->p.y - (float) height / 2 : spot->p.y + r;
      graphene_rect_t box = GRAPHENE_RECT_INIT (x, y, (float) width, (float) height);

      if (!is_free (self, index, &box))
        continue;
      spot->label = box;
      return;
    }
}

static SmMapTransform
ensure_placed (SmJobLayer *self)
{
  SmMapTransform transform
      = sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                              GTK_WIDGET (self));

  if (self->is_placed && sm_map_transform_equal (&transform, &self->placed))
    return transform;
  for (guint i = 0; i < self->spots->len; i++)
    get_spot (self, i)->p = sm_map_transform_point (&transform, get_spot (self, i)->at);
  for (guint i = 0; i < self->spots->len; i++)
    put_beside (self, i);
  for (guint i = 0; i < self->spots->len; i++)
    place_name (self, &transform, i);
  self->placed = transform;
  self->is_placed = TRUE;
  return transform;
}

/* --- drawing --- */

static void
draw_arrow (cairo_t       *cr,
            SmScreenPoint  at,
            double         angle,
            double         size)
{
  cairo_move_to (cr, at.x + size * cos (angle), at.y + size * sin (angle));
  cairo_line_to (cr, at.x + size * cos (angle + 2.5), at.y + size * sin (angle + 2.5));
  cairo_line_to (cr, at.x + size * cos (angle - 2.5), at.y + size * sin (angle - 2.5));
  cairo_close_path (cr);
}

static void
set_dash (cairo_t       *cr,
          SmJobLineLook  look,
          double         unit)
{
  static const double dashes[SM_N_JOB_LINE_LOOKS][4]
      = { [SM_JOB_LINE_HAS_IT] = { 9, 6, 9, 6 },
          [SM_JOB_LINE_COULD] = { 1.5, 5, 1.5, 5 },
          [SM_JOB_LINE_GUIDED] = { 10, 4, 2, 4 } };
  double scaled[4];

  for (guint i = 0; i < G_N_ELEMENTS (scaled); i++)
    scaled[i] = dashes[look][i] * unit;
  cairo_set_dash (cr, scaled, look == SM_JOB_LINE_COMES ? 0 : 4, 0);
}

/**
 * sm_job_line_draw:
 * @is_strong: of what is chosen
 *
 * Draws one line; which it is can be told without its colour.
 */
void
sm_job_line_draw (cairo_t        *cr,
                  const SmMapPen *pen,
                  SmJobLineLook   look,
                  gboolean        is_strong,
                  SmScreenPoint   from,
                  SmScreenPoint   to)
{
  const GdkRGBA *colour = pen->stale                    ? &pen->theme.unknown
                          : look == SM_JOB_LINE_COULD   ? &pen->theme.label_minor
                          : look == SM_JOB_LINE_GUIDED  ? &pen->theme.count
                                                        : &pen->theme.accent;
  double width = (is_strong ? 3.2 : 1.8) * pen->unit, angle = atan2 (to.y - from.y, to.x - from.x);
  SmScreenPoint middle = { (from.x + to.x) / 2, (from.y + to.y) / 2 };

  cairo_set_line_cap (cr, look == SM_JOB_LINE_COULD ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_new_path (cr);
  cairo_move_to (cr, from.x, from.y);
  cairo_line_to (cr, to.x, to.y);
  set_dash (cr, look, pen->unit);
  sm_draw_colour (cr, &pen->theme.halo);
  cairo_set_line_width (cr, width + 2.5 * pen->unit);
  cairo_stroke_preserve (cr);
  sm_draw_colour (cr, colour);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if ((look != SM_JOB_LINE_COMES && look != SM_JOB_LINE_GUIDED)
      || hypot (to.x - from.x, to.y - from.y) < LEAST_LINE * pen->unit)
    return;
  draw_arrow (cr, middle, angle, (is_strong ? 8 : 6) * pen->unit);
  cairo_fill (cr);
}

/* A truck that is told where to go, or the station. */
static void
draw_end (cairo_t         *cr,
          const SmMapPen  *pen,
          const SmJobSpot *spot)
{
  double r = TRUCK * pen->unit;

  cairo_new_path (cr);
  if (spot->noun == SM_NOUN_VEHICLE)
    draw_arrow (cr, (SmScreenPoint){ 0, 0 }, -G_PI / 2, r);
  else
    cairo_arc (cr, 0, 0, r * 0.8, 0, 2 * G_PI);
  sm_draw_colour (cr, &pen->theme.disc);
  cairo_set_line_width (cr, 4 * pen->unit);
  cairo_stroke_preserve (cr);
  sm_draw_colour (cr, spot->noun == SM_NOUN_VEHICLE ? &pen->theme.count : &pen->theme.disc);
  cairo_fill_preserve (cr);
  sm_draw_colour (cr, &pen->theme.count);
  cairo_set_line_width (cr, 1.6 * pen->unit);
  cairo_stroke (cr);
}

static void
draw_ring (cairo_t        *cr,
           const SmMapPen *pen,
           double          radius)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  sm_draw_colour (cr, &pen->theme.halo);
  cairo_set_line_width (cr, 5 * pen->unit);
  cairo_stroke_preserve (cr);
  sm_draw_colour (cr, &pen->theme.accent);
  cairo_set_line_width (cr, 2.4 * pen->unit);
  cairo_stroke (cr);
}

static void
draw_sign (cairo_t        *cr,
           const SmMapPen *pen,
           const Spot     *spot)
{
  double r = reach_of (&spot->spot) * pen->unit;

  cairo_save (cr);
  cairo_translate (cr, spot->p.x, spot->p.y);
  if (spot->spot.is_chosen)
    draw_ring (cr, pen, r + 5 * pen->unit);
  switch ((int) spot->spot.noun)
    {
    case SM_NOUN_WORK_ORDER:
      sm_draw_level (cr, pen, CLAMP (spot->spot.level, 1, SM_N_LEVELS), 0, 0, 2 * r, FALSE);
      break;
    case SM_NOUN_ENGINEER:
      sm_place_draw (cr, pen, spot->spot.look);
      break;
    default:
      draw_end (cr, pen, &spot->spot);
    }
  cairo_restore (cr);
}

/* On a ground of its own: a name over lines could not be read. */
static void
draw_name (cairo_t        *cr,
           const SmMapPen *pen,
           const Spot     *spot)
{
  GdkRGBA ground = pen->theme.disc;

  if (spot->label.size.width <= 0)
    return;
  ground.alpha = 0.86f;
  cairo_new_path (cr);
  cairo_rectangle (cr, spot->label.origin.x - 2, spot->label.origin.y, spot->label.size.width + 4,
                   spot->label.size.height);
  sm_draw_colour (cr, &ground);
  cairo_fill (cr);
  sm_draw_colour (cr, &pen->theme.count);
  cairo_move_to (cr, spot->label.origin.x, spot->label.origin.y);
  pango_cairo_show_layout (cr, spot->name);
}

static void
draw_lines (SmJobLayer *self,
            cairo_t    *cr,
            gboolean    strong)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const SmJobLine *line = &g_array_index (self->lines, SmJobLine, i);
      const Spot *from = get_spot (self, line->from), *to = get_spot (self, line->to);

      if ((from->spot.is_meant && to->spot.is_meant) == strong)
        sm_job_line_draw (cr, self->pen, line->look, strong, from->p, to->p);
    }
}

static void
sm_job_layer_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  SmJobLayer *self = SM_JOB_LAYER (widget);
  SmMapTransform transform;
  cairo_t *cr;

  if (self->pen == NULL || self->spots->len == 0)
    return;
  transform = ensure_placed (self);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) transform.width,
                                                                 (float) transform.height));
  draw_lines (self, cr, FALSE);
  draw_lines (self, cr, TRUE);
  for (guint i = self->spots->len; i > 0; i--)
    draw_sign (cr, self->pen, get_spot (self, i - 1));
  for (guint i = 0; i < self->spots->len; i++)
    draw_name (cr, self->pen, get_spot (self, i));
  cairo_destroy (cr);
}

static void
viewport_changed_cb (SmJobLayer *self)
{
  if (self->spots->len > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- a layer --- */

static void
sm_job_layer_constructed (GObject *object)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (object));
  const char *notifies[] = { "notify::latitude", "notify::longitude", "notify::zoom-level" };

  G_OBJECT_CLASS (sm_job_layer_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (notifies); i++)
    g_signal_connect_object (viewport, notifies[i], G_CALLBACK (viewport_changed_cb), object,
                             G_CONNECT_SWAPPED);
}

static void
sm_job_layer_finalize (GObject *object)
{
  SmJobLayer *self = SM_JOB_LAYER (object);

  g_clear_pointer (&self->pen, sm_map_pen_unref);
  g_clear_pointer (&self->spots, g_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);

  G_OBJECT_CLASS (sm_job_layer_parent_class)->finalize (object);
}

static void
sm_job_layer_class_init (SmJobLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = sm_job_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = sm_job_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = sm_job_layer_snapshot;

  signals[DRAWN_ANEW] = g_signal_new ("drawn-anew", SM_TYPE_JOB_LAYER, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_job_layer_init (SmJobLayer *self)
{
  self->spots = g_array_new (FALSE, TRUE, sizeof (Spot));
  g_array_set_clear_func (self->spots, spot_clear);
  self->lines = g_array_new (FALSE, FALSE, sizeof (SmJobLine));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

SmJobLayer *
sm_job_layer_new (ShumateViewport *viewport)
{
  return g_object_new (SM_TYPE_JOB_LAYER, "viewport", viewport, NULL);
}

static void
make_name (SmJobLayer *self,
           Spot       *spot)
{
  g_autofree char *text = NULL;

  g_clear_object (&spot->name);
  if (self->pen == NULL || spot->spot.text == NULL)
    return;
  text = spot->spot.n > 1 ? g_strdup_printf ("%s ×%u", spot->spot.text, spot->spot.n)
                          : g_strdup (spot->spot.text);
  spot->name = sm_draw_new_text (self->pen, text, POINTS, spot->spot.is_meant);
}

/** sm_job_layer_set_pen: Draws everything anew with @pen. */
void
sm_job_layer_set_pen (SmJobLayer *self,
                      SmMapPen   *pen)
{
  g_return_if_fail (SM_IS_JOB_LAYER (self));

  g_clear_pointer (&self->pen, sm_map_pen_unref);
  self->pen = sm_map_pen_ref (pen);
  self->is_placed = FALSE;
  for (guint i = 0; i < self->spots->len; i++)
    make_name (self, get_spot (self, i));
  viewport_changed_cb (self);
}

static gboolean
is_same (SmJobLayer   *self,
         const GArray *spots,
         const GArray *lines)
{
  if (spots->len != self->spots->len || lines->len != self->lines->len
      || memcmp (lines->data, self->lines->data, lines->len * sizeof (SmJobLine)) != 0)
    return FALSE;
  for (guint i = 0; i < spots->len; i++)
    {
      const SmJobSpot *a = &g_array_index (spots, SmJobSpot, i), *b = &get_spot (self, i)->spot;

      if (a->noun != b->noun || a->id != b->id || a->latitude != b->latitude
          || a->longitude != b->longitude || a->level != b->level || a->n != b->n
          || a->look != b->look || a->is_chosen != b->is_chosen || a->is_meant != b->is_meant
          || g_strcmp0 (a->text, b->text) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * sm_job_layer_set_jobs:
 * @spots: of SmJobSpot, all of them somewhere; the first are drawn over the others
 * @lines: of SmJobLine
 */
void
sm_job_layer_set_jobs (SmJobLayer *self,
                       GArray     *spots,
                       GArray     *lines)
{
  g_return_if_fail (SM_IS_JOB_LAYER (self));

  if (is_same (self, spots, lines))
    return;
  g_array_set_size (self->spots, 0);
  g_array_set_size (self->lines, 0);
  g_array_append_vals (self->lines, lines->data, lines->len);
  for (guint i = 0; i < spots->len; i++)
    {
      Spot spot = { .spot = g_array_index (spots, SmJobSpot, i) };

      spot.spot.text = g_strdup (spot.spot.text);
      spot.at = sm_world_project (spot.spot.latitude, spot.spot.longitude);
      make_name (self, &spot);
      g_array_append_val (self->spots, spot);
    }
  self->is_placed = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[DRAWN_ANEW], 0);
}

/** sm_job_layer_get_bounds: @meant: of what belongs to what is chosen alone. Returns: whether there is any */
gboolean
sm_job_layer_get_bounds (SmJobLayer   *self,
                         gboolean      meant,
                         SmWorldPoint *out_low,
                         SmWorldPoint *out_high)
{
  SmWorldPoint low = { G_MAXUINT32, G_MAXUINT32 }, high = { 0, 0 };
  gboolean any = FALSE;

  g_return_val_if_fail (SM_IS_JOB_LAYER (self), FALSE);

  for (guint i = 0; i < self->spots->len; i++)
    {
      const Spot *spot = get_spot (self, i);

      if (meant && !spot->spot.is_meant)
        continue;
      low = (SmWorldPoint){ MIN (low.x, spot->at.x), MIN (low.y, spot->at.y) };
      high = (SmWorldPoint){ MAX (high.x, spot->at.x), MAX (high.y, spot->at.y) };
      any = TRUE;
    }
  if (!any)
    return FALSE;
  *out_low = low;
  *out_high = high;
  return TRUE;
}

/** sm_job_layer_hit: Returns: (transfer none) (nullable): whose sign is there */
const SmJobSpot *
sm_job_layer_hit (SmJobLayer *self,
                  double      x,
                  double      y,
                  double      radius)
{
  const SmJobSpot *best = NULL;

  g_return_val_if_fail (SM_IS_JOB_LAYER (self), NULL);

  if (self->pen == NULL || self->spots->len == 0)
    return NULL;
  ensure_placed (self);
  for (guint i = 0; i < self->spots->len; i++)
    {
      const Spot *spot = get_spot (self, i);
      double distance = hypot (spot->p.x - x, spot->p.y - y);

      if (distance >= radius)
        continue;
      radius = distance;
      best = &spot->spot;
    }
  return best;
}

/** sm_job_layer_get_obstacles: Adds where signs and names are, as graphene_rect_t. */
void
sm_job_layer_get_obstacles (SmJobLayer *self,
                            GArray     *out_boxes)
{
  g_return_if_fail (SM_IS_JOB_LAYER (self));

  if (self->pen == NULL || self->spots->len == 0)
    return;
  ensure_placed (self);
  for (guint i = 0; i < self->spots->len; i++)
    {
      const Spot *spot = get_spot (self, i);
      float r = (float) (reach_of (&spot->spot) * self->pen->unit);
      graphene_rect_t box = GRAPHENE_RECT_INIT (spot->p.x - r, spot->p.y - r, 2 * r, 2 * r);

      g_array_append_val (out_boxes, box);
      if (spot->label.size.width > 0)
        g_array_append_val (out_boxes, spot->label);
    }
}
