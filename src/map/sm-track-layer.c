/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-track-layer.h"

#include <math.h>

#include "sm-map-transform.h"

#define GAP_US (10 * 60 * G_USEC_PER_SEC) /* of silence: where it went in between is not known */
#define SIGN 5.0
#define NEAR 1.5 /* pixels: nearer points make no visible difference */

typedef struct
{
  SmWorldPoint at;
  gboolean is_start; /* of a stretch */
} Point;

struct _SmTrackLayer
{
  ShumateLayer parent_instance;

  SmMapPen *pen;
  GArray *points; /* of Point */
};

G_DEFINE_FINAL_TYPE (SmTrackLayer, sm_track_layer, SHUMATE_TYPE_LAYER)

enum
{
  DRAWN_ANEW,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Lays the way down, without what lies between two pixels. */
static void
track_path (SmTrackLayer         *self,
            const SmMapTransform *transform,
            cairo_t              *cr)
{
  SmScreenPoint last = { -1e6f, -1e6f };

  for (guint i = 0; i < self->points->len; i++)
    {
      const Point *point = &g_array_index (self->points, Point, i);
      SmScreenPoint p = sm_map_transform_point (transform, point->at);

      if (point->is_start)
        cairo_move_to (cr, p.x, p.y);
      else if (hypotf (p.x - last.x, p.y - last.y) < NEAR && i + 1 < self->points->len)
        continue;
      else
        cairo_line_to (cr, p.x, p.y);
      last = p;
    }
}

static void
draw_sign (SmTrackLayer         *self,
           const SmMapTransform *transform,
           cairo_t              *cr,
           guint                 index,
           gboolean              filled)
{
  SmScreenPoint p = sm_map_transform_point (transform,
                                            g_array_index (self->points, Point, index).at);

  cairo_new_path (cr);
  cairo_arc (cr, p.x, p.y, SIGN * self->pen->unit, 0, 2 * G_PI);
  sm_draw_colour (cr, filled ? &self->pen->theme.accent : &self->pen->theme.disc);
  cairo_fill_preserve (cr);
  sm_draw_colour (cr, &self->pen->theme.accent);
  cairo_set_line_width (cr, 2 * self->pen->unit);
  cairo_stroke (cr);
}

static void
sm_track_layer_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  SmTrackLayer *self = SM_TRACK_LAYER (widget);
  SmMapTransform transform;
  cairo_t *cr;

  if (self->pen == NULL || self->points->len == 0)
    return;
  transform = sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)), widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) transform.width,
                                                                 (float) transform.height));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  track_path (self, &transform, cr);
  sm_draw_colour (cr, &self->pen->theme.halo);
  cairo_set_line_width (cr, 5.5 * self->pen->unit);
  cairo_stroke_preserve (cr);
  sm_draw_colour (cr, &self->pen->theme.accent);
  cairo_set_line_width (cr, 3 * self->pen->unit);
  cairo_stroke (cr);
  draw_sign (self, &transform, cr, 0, FALSE);
  draw_sign (self, &transform, cr, self->points->len - 1, TRUE);
  cairo_destroy (cr);
}

static void
viewport_changed_cb (SmTrackLayer *self)
{
  if (self->points->len > 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
sm_track_layer_constructed (GObject *object)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (object));
  const char *notifies[] = { "notify::latitude", "notify::longitude", "notify::zoom-level" };

  G_OBJECT_CLASS (sm_track_layer_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (notifies); i++)
    g_signal_connect_object (viewport, notifies[i], G_CALLBACK (viewport_changed_cb), object,
                             G_CONNECT_SWAPPED);
}

static void
sm_track_layer_finalize (GObject *object)
{
  SmTrackLayer *self = SM_TRACK_LAYER (object);

  g_clear_pointer (&self->pen, sm_map_pen_unref);
  g_clear_pointer (&self->points, g_array_unref);

  G_OBJECT_CLASS (sm_track_layer_parent_class)->finalize (object);
}

static void
sm_track_layer_class_init (SmTrackLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = sm_track_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = sm_track_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = sm_track_layer_snapshot;

  signals[DRAWN_ANEW] = g_signal_new ("drawn-anew", SM_TYPE_TRACK_LAYER, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_track_layer_init (SmTrackLayer *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

SmTrackLayer *
sm_track_layer_new (ShumateViewport *viewport)
{
  return g_object_new (SM_TYPE_TRACK_LAYER, "viewport", viewport, NULL);
}

void
sm_track_layer_set_pen (SmTrackLayer *self,
                        SmMapPen     *pen)
{
  g_return_if_fail (SM_IS_TRACK_LAYER (self));

  g_clear_pointer (&self->pen, sm_map_pen_unref);
  self->pen = sm_map_pen_ref (pen);
  viewport_changed_cb (self);
}

/** sm_track_layer_set_points: @points: by time; those without a place are left out */
void
sm_track_layer_set_points (SmTrackLayer       *self,
                           const SmTrackPoint *points,
                           guint               n)
{
  gint64 last = 0;

  g_return_if_fail (SM_IS_TRACK_LAYER (self));

  if (n == 0 && self->points->len == 0)
    return;
  g_array_set_size (self->points, 0);
  for (guint i = 0; i < n; i++)
    {
      Point point = { .is_start = self->points->len == 0 || points[i].at_us - last > GAP_US };

      if (!isfinite (points[i].latitude) || !isfinite (points[i].longitude))
        continue;
      point.at = sm_world_project (points[i].latitude, points[i].longitude);
      last = points[i].at_us;
      g_array_append_val (self->points, point);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[DRAWN_ANEW], 0);
}

/** sm_track_layer_get_bounds: Returns: whether there is a way, and the box around it */
gboolean
sm_track_layer_get_bounds (SmTrackLayer *self,
                           SmWorldPoint *out_low,
                           SmWorldPoint *out_high)
{
  SmWorldPoint low = { G_MAXUINT32, G_MAXUINT32 }, high = { 0, 0 };

  g_return_val_if_fail (SM_IS_TRACK_LAYER (self), FALSE);

  for (guint i = 0; i < self->points->len; i++)
    {
      SmWorldPoint p = g_array_index (self->points, Point, i).at;

      low = (SmWorldPoint){ MIN (low.x, p.x), MIN (low.y, p.y) };
      high = (SmWorldPoint){ MAX (high.x, p.x), MAX (high.y, p.y) };
    }
  *out_low = low;
  *out_high = high;
  return self->points->len > 0;
}

/** sm_track_layer_get_n_gaps: Returns: how often the way is not known */
guint
sm_track_layer_get_n_gaps (SmTrackLayer *self)
{
  guint n = 0;

  g_return_val_if_fail (SM_IS_TRACK_LAYER (self), 0);

  for (guint i = 1; i < self->points->len; i++)
    n += g_array_index (self->points, Point, i).is_start ? 1 : 0;
  return n;
}
