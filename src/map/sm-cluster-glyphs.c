/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cluster-glyphs.h"

#include <math.h>
#include <string.h>

#include "sm-vehicle-sprites.h"

#define STEPS 24       /* the ring shows shares to this part */
#define MANY 256       /* pictures, of 15 kB each where a pixel is one */
#define MOST 1024
#define TURN_US (10 * G_USEC_PER_SEC)
#define BADGE 15.0

G_STATIC_ASSERT ((int) SM_N_LOOKS == SM_CLUSTER_KINDS);

struct _SmClusterGlyphs
{
  const SmMapPen *pen; /* outlives this */
  GHashTable *pictures; /* guint64 key -> SmClusterPicture */
  GHashTable *before;   /* those of the turn before, of which nobody has asked in this one */
  gint64 turned_at;     /* monotonic */
};

static void
picture_free (gpointer data)
{
  SmClusterPicture *picture = data;

  g_clear_pointer (&picture->node, gsk_render_node_unref);
  g_clear_pointer (&picture->surface, cairo_surface_destroy);
  g_free (picture);
}

static GHashTable *
pictures_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, picture_free);
}

SmClusterGlyphs *
sm_cluster_glyphs_new (const SmMapPen *pen)
{
  SmClusterGlyphs *self = g_new0 (SmClusterGlyphs, 1);

  self->pen = pen;
  self->pictures = pictures_new ();
  self->before = pictures_new ();
  return self;
}

void
sm_cluster_glyphs_free (SmClusterGlyphs *self)
{
  g_hash_table_unref (self->pictures);
  g_hash_table_unref (self->before);
  g_free (self);
}

/** sm_cluster_radius: Returns: pixels at a unit of 1 */
float
sm_cluster_radius (guint n)
{
  return 11.f + 2.6f * (float) log10 (MAX (n, 1));
}

/**
 * sm_cluster_shown_level:
 *
 * One vehicle of level 1 or 2 is always worth a sign.  Of the lesser levels
 * there are some in every large cluster: they need a share, or a number that
 * is bad whatever the share.
 *
 * Returns: the level whose sign the cluster carries, 0 for none
 */
guint
sm_cluster_shown_level (const SmCluster *cluster)
{
  guint minor = cluster->counts[SM_LOOK_LEVEL_3], notice = cluster->counts[SM_LOOK_LEVEL_4];

  if (cluster->counts[SM_LOOK_LEVEL_1] > 0)
    return 1;
  if (cluster->counts[SM_LOOK_LEVEL_2] > 0)
    return 2;
  if (minor >= 10 || minor * 50 >= cluster->n)
    return minor > 0 ? 3 : 0;
  if (notice >= 50 || notice * 20 >= cluster->n)
    return notice > 0 ? 4 : 0;
  return 0;
}

/* The count as precise as it is written. */
static guint
written_count (guint n)
{
  if (n < 1000)
    return n;
  return n < 9950 ? (n + 50) / 100 * 100 : (n + 500) / 1000 * 1000;
}

static guint
share_steps (const SmCluster *cluster,
             guint            look)
{
  return (cluster->counts[look] * STEPS + cluster->n / 2) / cluster->n;
}

static guint
faulty (const SmCluster *cluster)
{
  guint level = sm_cluster_shown_level (cluster);

  return level > 0 ? cluster->counts[SM_LOOK_LEVEL_1 + 1 - level] : 0;
}

/**
 * sm_cluster_count_box:
 *
 * Returns: whether it has a second number, how many are as bad as the worst,
 *   and where that stands
 */
gboolean
sm_cluster_count_box (const SmCluster *cluster,
                      float            unit,
                      graphene_rect_t *out_box)
{
  g_autofree char *count = NULL;
  float x = cluster->x + cluster->radius * 0.8f + (float) BADGE * 0.68f * unit;

  if (cluster->is_tight || faulty (cluster) < 2)
    return FALSE;
  count = sm_format_count (faulty (cluster));
  *out_box = GRAPHENE_RECT_INIT (x - 2 * unit, cluster->y - cluster->radius * 0.8f - 7 * unit,
                                 ((float) strlen (count) * 7 + 2) * unit, 14 * unit);
  return TRUE;
}

/* The disc and the sign of the level, which are always drawn. */
static graphene_rect_t
body_box (const SmCluster *cluster,
          float            unit)
{
  float r = cluster->radius, more = sm_cluster_shown_level (cluster) > 0 ? 6 * unit : 0;

  return GRAPHENE_RECT_INIT (cluster->x - r, cluster->y - r - more, 2 * r + more, 2 * r + more);
}

static gboolean
count_has_room (const SmCluster       *clusters,
                guint                  n,
                guint                  index,
                float                  unit,
                const graphene_rect_t *box)
{
  for (guint i = 0; i < n; i++)
    {
      graphene_rect_t body = body_box (&clusters[i], unit), other;

      if (i == index)
        continue;
      if (graphene_rect_intersection (box, &body, NULL))
        return FALSE;
      if (i > index && sm_cluster_count_box (&clusters[i], unit, &other) &&
          graphene_rect_intersection (box, &other, NULL))
        return FALSE;
    }
  return TRUE;
}

/** sm_clusters_make_room: Where a second number would lie on a neighbour there is none; worst last. */
void
sm_clusters_make_room (SmCluster *clusters,
                       guint      n,
                       float      unit)
{
  graphene_rect_t box;

  for (guint i = n; i-- > 0;)
    {
      clusters[i].is_tight = FALSE;
      if (sm_cluster_count_box (&clusters[i], unit, &box))
        clusters[i].is_tight = !count_has_room (clusters, n, i, unit, &box);
    }
}

/** sm_cluster_glyph_key: Returns: equal for clusters that look the same */
guint64
sm_cluster_glyph_key (const SmCluster *cluster)
{
  guint64 key = written_count (cluster->n);

  key = key << 3 | sm_cluster_shown_level (cluster);
  key = key << 10 | (cluster->is_tight ? 0 : MIN (written_count (faulty (cluster)), 1023));
  for (guint look = SM_LOOK_CHARGING; look <= SM_LOOK_UNKNOWN; look++)
    key = key << 5 | share_steps (cluster, look);
  return key;
}

static void
draw_arc (cairo_t       *cr,
          double         r,
          double         width,
          double        *from,
          guint          steps,
          const GdkRGBA *colour)
{
  double to = *from + steps * 2 * G_PI / STEPS;

  if (steps == 0)
    return;
  sm_draw_colour (cr, colour);
  cairo_set_line_width (cr, width);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, r, *from, to);
  cairo_stroke (cr);
  *from = to;
}

static void
draw_ring (cairo_t         *cr,
           const SmMapPen  *pen,
           const SmCluster *cluster,
           double           r)
{
  guint charging = share_steps (cluster, SM_LOOK_CHARGING);
  guint parked = share_steps (cluster, SM_LOOK_PARKED);
  guint unknown = share_steps (cluster, SM_LOOK_UNKNOWN);
  guint level = sm_cluster_shown_level (cluster);
  guint bad = level > 0 ? CLAMP ((faulty (cluster) * STEPS + cluster->n / 2) / cluster->n, 1,
                                 STEPS)
                        : 0;
  double width = 2.4 * pen->unit, from = -G_PI / 2;

  if (pen->stale)
    {
      draw_arc (cr, r, width * 0.5, &from, STEPS, &pen->theme.unknown);
      return;
    }
  /* What is wrong begins at the top, clockwise, where its sign stands. */
  draw_arc (cr, r, width * 1.2, &from, bad, &pen->theme.levels[level]);
  bad += MIN (unknown, STEPS - bad);
  draw_arc (cr, r, width * 0.4, &from, MIN (unknown, STEPS - (bad - unknown)),
            &pen->theme.unknown);
  parked = MIN (parked, STEPS - bad);
  draw_arc (cr, r, width, &from, parked, &pen->theme.parked);
  charging = MIN (charging, STEPS - bad - parked);
  draw_arc (cr, r, width, &from, charging, &pen->theme.charging);
  draw_arc (cr, r, width, &from, STEPS - bad - parked - charging, &pen->theme.driving);
}

static void
draw_badge (cairo_t         *cr,
            const SmMapPen  *pen,
            const SmCluster *cluster,
            double           r)
{
  guint level = sm_cluster_shown_level (cluster);
  double x = r * 0.8, y = -r * 0.8, size = BADGE * pen->unit;
  g_autofree char *count = sm_format_count (faulty (cluster));
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (level == 0)
    return;
  sm_draw_level (cr, pen, level, x, y, size, FALSE);
  if (faulty (cluster) < 2 || cluster->is_tight)
    return;
  layout = sm_draw_new_text (pen, count, 8.5, FALSE);
  pango_layout_get_pixel_size (layout, &width, NULL);
  sm_draw_text (cr, pen, layout, x + size * 0.68 + width / 2.0, y, &pen->theme.count);
}

static SmClusterPicture *
draw_cluster (const SmMapPen  *pen,
              const SmCluster *cluster)
{
  double r = sm_cluster_radius (written_count (cluster->n)) * pen->unit;
  double badge = BADGE * pen->unit;
  g_autofree char *count = sm_format_count (cluster->n);
  g_autoptr (PangoLayout) layout = sm_draw_new_text (pen, count, 9.0, TRUE);
  GdkRGBA disc = pen->theme.disc;
  SmClusterPicture *picture = g_new0 (SmClusterPicture, 1);
  PangoRectangle ink;
  SmGlyph glyph;

  disc.alpha = 0.88f;
  sm_glyph_begin (&glyph, pen, -r - 3, -r * 0.8 - badge, r * 0.8 + badge * 2.6, r + 3);
  cairo_arc (glyph.cr, 0, 0, r, 0, 2 * G_PI);
  sm_draw_colour (glyph.cr, &disc);
  cairo_fill (glyph.cr);
  draw_ring (glyph.cr, pen, cluster, r - 0.5 * pen->unit);
  pango_layout_get_pixel_extents (layout, &ink, NULL);
  sm_draw_colour (glyph.cr, pen->stale ? &pen->theme.unknown : &pen->theme.count);
  cairo_move_to (glyph.cr, round (-ink.x - ink.width / 2.0), round (-ink.y - ink.height / 2.0));
  pango_cairo_show_layout (glyph.cr, layout);
  draw_badge (glyph.cr, pen, cluster, r);
  cairo_surface_flush (glyph.surface);
  picture->surface = cairo_surface_reference (glyph.surface);
  picture->x = -glyph.bounds.origin.x;
  picture->y = -glyph.bounds.origin.y;
  picture->node = sm_glyph_end (&glyph);
  return picture;
}

/* What nobody has asked for in a while goes.  What is shown is asked for each second, so that none
 * of it is ever drawn twice. */
static void
turn (SmClusterGlyphs *self)
{
  guint n = g_hash_table_size (self->pictures);
  gint64 now = g_get_monotonic_time ();
  gboolean is_time = now - self->turned_at >= TURN_US;

  if (n >= MOST || (n >= MANY && is_time))
    {
      g_hash_table_unref (self->before);
      self->before = g_steal_pointer (&self->pictures);
      self->pictures = pictures_new ();
      self->turned_at = now;
    }
  else if (is_time)
    g_hash_table_remove_all (self->before);
}

/** sm_cluster_glyphs_get: Returns: (transfer none): the picture, until the next call */
const SmClusterPicture *
sm_cluster_glyphs_get (SmClusterGlyphs *self,
                       const SmCluster *cluster)
{
  guint64 key = sm_cluster_glyph_key (cluster);
  SmClusterPicture *picture = g_hash_table_lookup (self->pictures, &key);
  gpointer old_key;

  if (picture != NULL)
    return picture;
  turn (self);
  if (g_hash_table_steal_extended (self->before, &key, &old_key, (gpointer *) &picture))
    {
      g_hash_table_insert (self->pictures, old_key, picture);
      return picture;
    }
  picture = draw_cluster (self->pen, cluster);
  g_hash_table_insert (self->pictures, g_memdup2 (&key, sizeof key), picture);
  return picture;
}
