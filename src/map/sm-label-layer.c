/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-label-layer.h"

#include <math.h>

#include "sm-label-choice.h"
#include "sm-map-transform.h"
#include "sm-surface-node.h"

#define UPDATE_MS 700  /* names follow moving glyphs no faster than this */
#define GAP 18.f
#define CANDIDATES 220 /* the most important places on the screen */
#define AREA_EACH (190.0 * 120.0)
#define MAX_KEPT 800

typedef struct
{
  GskRenderNode *node; /* its 0, 0 is the text's middle */
  float width, height;
} Text;

typedef struct
{
  guint place;
  SmLabel label;
} Shown;

struct _SmLabelLayer
{
  ShumateLayer parent_instance;

  SmLabelObstacles obstacles;
  gpointer obstacles_data;
  SmBasemap *basemap;
  SmMapPen *pen;
  gboolean chinese;
  GHashTable *texts; /* place -> Text */
  GHashTable *sides; /* place -> side + 1: where names have been */
  GArray *shown;     /* of Shown */
  GskRenderNode *dot;
  gboolean is_dirty;
  guint timer;
};

G_DEFINE_FINAL_TYPE (SmLabelLayer, sm_label_layer, SHUMATE_TYPE_LAYER)

static void
text_free (gpointer data)
{
  Text *text = data;

  gsk_render_node_unref (text->node);
  g_free (text);
}

static const char *
place_name (SmLabelLayer         *self,
            const SmBasemapPlace *place)
{
  return self->chinese && place->name_zh != NULL ? place->name_zh : place->name;
}

static const Text *
ensure_text (SmLabelLayer         *self,
             const SmBasemapPlace *place,
             guint                 index)
{
  Text *text = g_hash_table_lookup (self->texts, GUINT_TO_POINTER (index));
  gboolean is_major = place->rank <= 3 || place->is_capital;
  g_autoptr (PangoLayout) layout = NULL;
  int width, height;
  SmGlyph glyph;

  if (text != NULL)
    return text;
  text = g_new0 (Text, 1);
  layout = sm_draw_new_text (self->pen, place_name (self, place),
                             place->rank <= 1 ? 10.5 : is_major ? 9.5 : 8.5, FALSE);
  pango_layout_get_pixel_size (layout, &width, &height);
  sm_glyph_begin (&glyph, self->pen, -width / 2.0 - 3, -height / 2.0 - 3, width / 2.0 + 3,
                  height / 2.0 + 3);
  sm_draw_text (glyph.cr, self->pen, layout, 0, 0,
                is_major ? &self->pen->theme.label : &self->pen->theme.label_minor);
  text->node = sm_glyph_end (&glyph);
  text->width = (float) width;
  text->height = (float) height;
  g_hash_table_insert (self->texts, GUINT_TO_POINTER (index), text);
  return text;
}

/* The places that want to be named here, most important first. */
static void
collect_candidates (SmLabelLayer         *self,
                    const SmMapTransform *transform,
                    GArray               *out_candidates)
{
  guint n;
  const SmBasemapPlace *places = sm_basemap_get_places (self->basemap, &n);

  for (guint i = 0; i < n && out_candidates->len < CANDIDATES; i++)
    {
      SmScreenPoint p;
      const Text *text;
      Shown shown = { .place = i };

      /* They come by zoom, so none of the rest is due either. */
      if (places[i].zoom > transform->zoom + 0.5)
        break;
      p = sm_map_transform_point (transform, places[i].at);
      if (p.x < 0 || p.y < 0 || p.x > (float) transform->width || p.y > (float) transform->height)
        continue;
      text = ensure_text (self, &places[i], i);
      shown.label.x = p.x;
      shown.label.y = p.y;
      shown.label.width = text->width;
      shown.label.height = text->height;
      shown.label.side =
        (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->sides, GUINT_TO_POINTER (i))) - 1;
      g_array_append_val (out_candidates, shown);
    }
}

static gboolean
take_over (SmLabelLayer *self,
           GArray       *candidates,
           SmLabel      *labels)
{
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (Shown));
  gboolean changed;

  g_hash_table_remove_all (self->sides);
  for (guint i = 0; i < candidates->len; i++)
    {
      Shown *candidate = &g_array_index (candidates, Shown, i);

      if (labels[i].side == SM_LABEL_HIDDEN)
        continue;
      candidate->label = labels[i];
      candidate->label.box.origin.x = roundf (labels[i].box.origin.x + labels[i].box.size.width / 2);
      candidate->label.box.origin.y =
        roundf (labels[i].box.origin.y + labels[i].box.size.height / 2);
      g_hash_table_insert (self->sides, GUINT_TO_POINTER (candidate->place),
                           GUINT_TO_POINTER (labels[i].side + 1));
      g_array_append_val (shown, *candidate);
    }
  changed = shown->len != self->shown->len;
  for (guint i = 0; i < shown->len && !changed; i++)
    {
      const Shown *a = &g_array_index (shown, Shown, i);
      const Shown *b = &g_array_index (self->shown, Shown, i);

      changed = a->place != b->place || a->label.box.origin.x != b->label.box.origin.x ||
                a->label.box.origin.y != b->label.box.origin.y;
    }
  g_clear_pointer (&self->shown, g_array_unref);
  self->shown = g_steal_pointer (&shown);
  return changed;
}

/* Chooses the names anew.  Returns: whether that looks different */
static gboolean
update_labels (SmLabelLayer *self)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Shown));
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  g_autofree SmLabel *labels = NULL;
  SmMapTransform transform =
    sm_map_transform_new (shumate_layer_get_viewport (SHUMATE_LAYER (self)), GTK_WIDGET (self));
  float unit;

  self->is_dirty = FALSE;
  if (self->basemap == NULL || self->pen == NULL || transform.width == 0)
    return FALSE;
  unit = (float) self->pen->unit;
  if (g_hash_table_size (self->texts) > MAX_KEPT)
    g_hash_table_remove_all (self->texts);
  collect_candidates (self, &transform, candidates);
  self->obstacles (self->obstacles_data, boxes);
  labels = g_new (SmLabel, candidates->len + 1);
  for (guint i = 0; i < candidates->len; i++)
    labels[i] = g_array_index (candidates, Shown, i).label;
  sm_labels_choose (labels, candidates->len, (const graphene_rect_t *) boxes->data, boxes->len,
                    (float) transform.width, (float) transform.height, GAP * unit,
                    (guint) (transform.width * transform.height / (AREA_EACH * unit * unit)) + 2);
  return take_over (self, candidates, labels);
}

static gboolean
update_cb (gpointer user_data)
{
  SmLabelLayer *self = SM_LABEL_LAYER (user_data);

  self->timer = 0;
  if (update_labels (self))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
viewport_changed_cb (SmLabelLayer *self)
{
  self->is_dirty = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
label_is_at_its_place (const SmLabel *label)
{
  float dx = fabsf (label->box.origin.x - label->x), dy = fabsf (label->box.origin.y - label->y);

  return dx < label->width / 2 + 8 && dy < label->height / 2 + 6;
}

static void
sm_label_layer_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  SmLabelLayer *self = SM_LABEL_LAYER (widget);

  if (self->is_dirty)
    update_labels (self);
  for (guint i = 0; i < self->shown->len; i++)
    {
      const Shown *shown = &g_array_index (self->shown, Shown, i);
      const Text *text = g_hash_table_lookup (self->texts, GUINT_TO_POINTER (shown->place));

      if (text == NULL)
        continue;
      /* Beside a glyph the name means that; on its own it needs its dot. */
      if (label_is_at_its_place (&shown->label))
        sm_snapshot_append_at (snapshot, self->dot, roundf (shown->label.x),
                               roundf (shown->label.y));
      sm_snapshot_append_at (snapshot, text->node, shown->label.box.origin.x,
                             shown->label.box.origin.y);
    }
}

static void
sm_label_layer_constructed (GObject *object)
{
  SmLabelLayer *self = SM_LABEL_LAYER (object);
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));
  const char *notifies[] = { "notify::latitude", "notify::longitude", "notify::zoom-level" };

  G_OBJECT_CLASS (sm_label_layer_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (notifies); i++)
    g_signal_connect_object (viewport, notifies[i], G_CALLBACK (viewport_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
sm_label_layer_dispose (GObject *object)
{
  SmLabelLayer *self = SM_LABEL_LAYER (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (sm_label_layer_parent_class)->dispose (object);
}

static void
sm_label_layer_finalize (GObject *object)
{
  SmLabelLayer *self = SM_LABEL_LAYER (object);

  g_clear_pointer (&self->basemap, sm_basemap_unref);
  g_clear_pointer (&self->pen, sm_map_pen_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->sides, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->dot, gsk_render_node_unref);

  G_OBJECT_CLASS (sm_label_layer_parent_class)->finalize (object);
}

static void
sm_label_layer_class_init (SmLabelLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = sm_label_layer_constructed;
  object_class->dispose = sm_label_layer_dispose;
  object_class->finalize = sm_label_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = sm_label_layer_snapshot;
}

static void
sm_label_layer_init (SmLabelLayer *self)
{
  self->texts = g_hash_table_new_full (NULL, NULL, NULL, text_free);
  self->sides = g_hash_table_new (NULL, NULL);
  self->shown = g_array_new (FALSE, FALSE, sizeof (Shown));
  self->is_dirty = TRUE;
  /* It lies above the others and must not take what is meant for them. */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/** sm_label_layer_new: @data: has to live as long as the layer */
SmLabelLayer *
sm_label_layer_new (ShumateViewport  *viewport,
                    SmLabelObstacles  obstacles,
                    gpointer          data)
{
  SmLabelLayer *self = g_object_new (SM_TYPE_LABEL_LAYER, "viewport", viewport, NULL);

  self->obstacles = obstacles;
  self->obstacles_data = data;
  return self;
}

void
sm_label_layer_set_basemap (SmLabelLayer *self,
                            SmBasemap    *basemap)
{
  g_return_if_fail (SM_IS_LABEL_LAYER (self));

  g_clear_pointer (&self->basemap, sm_basemap_unref);
  self->basemap = basemap != NULL ? sm_basemap_ref (basemap) : NULL;
  g_hash_table_remove_all (self->texts);
  g_hash_table_remove_all (self->sides);
  g_array_set_size (self->shown, 0);
  viewport_changed_cb (self);
}

/** sm_label_layer_set_pen: Draws everything anew; @chinese: in Chinese where there is a name */
void
sm_label_layer_set_pen (SmLabelLayer *self,
                        SmMapPen     *pen,
                        gboolean      chinese)
{
  SmGlyph glyph;
  double r = 1.8 * pen->unit;

  g_return_if_fail (SM_IS_LABEL_LAYER (self));

  g_clear_pointer (&self->pen, sm_map_pen_unref);
  g_clear_pointer (&self->dot, gsk_render_node_unref);
  self->pen = sm_map_pen_ref (pen);
  self->chinese = chinese;
  sm_glyph_begin (&glyph, pen, -r - 1, -r - 1, r + 1, r + 1);
  cairo_arc (glyph.cr, 0, 0, r, 0, 2 * G_PI);
  sm_draw_colour (glyph.cr, &pen->theme.label_minor);
  cairo_fill (glyph.cr);
  self->dot = sm_glyph_end (&glyph);
  g_hash_table_remove_all (self->texts);
  g_array_set_size (self->shown, 0);
  viewport_changed_cb (self);
}

/** sm_label_layer_queue_update: The obstacles have moved. */
void
sm_label_layer_queue_update (SmLabelLayer *self)
{
  g_return_if_fail (SM_IS_LABEL_LAYER (self));

  if (self->timer == 0)
    self->timer = g_timeout_add (UPDATE_MS, update_cb, self);
}

/** sm_label_layer_is_settled: Returns: whether the names are those of what is looked at */
gboolean
sm_label_layer_is_settled (SmLabelLayer *self)
{
  g_return_val_if_fail (SM_IS_LABEL_LAYER (self), FALSE);

  return !self->is_dirty;
}

/** sm_label_layer_dup_shown: Returns: (transfer full): the names that are shown; for tests */
GPtrArray *
sm_label_layer_dup_shown (SmLabelLayer *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  guint n;
  const SmBasemapPlace *places;

  g_return_val_if_fail (SM_IS_LABEL_LAYER (self), names);

  if (self->basemap == NULL)
    return names;
  places = sm_basemap_get_places (self->basemap, &n);
  for (guint i = 0; i < self->shown->len; i++)
    g_ptr_array_add (names, g_strdup (place_name (
                              self, &places[g_array_index (self->shown, Shown, i).place])));
  return names;
}
