/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-basemap-source.h"

#include "sm-tile-paintable.h"

struct _SmBasemapSource
{
  ShumateMapSource parent_instance;

  SmBasemapPainter *painter;
  guint scale;
  gboolean as_textures;
  guint pending;
  guint n_drawn;
};

G_DEFINE_FINAL_TYPE (SmBasemapSource, sm_basemap_source, SHUMATE_TYPE_MAP_SOURCE)

typedef struct
{
  SmBasemapPainter *painter;
  guint zoom, x, y;
  guint scale;
  gboolean as_texture;
} TileJob;

static void
tile_job_free (gpointer data)
{
  TileJob *job = data;

  g_clear_pointer (&job->painter, sm_basemap_painter_unref);
  g_free (job);
}

/* In a worker thread. */
static void
draw_tile (GTask        *task,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  const TileJob *job = task_data;
  cairo_surface_t *surface;

  /* A map that is dragged asks for tiles that nobody waits for any more. */
  if (g_task_return_error_if_cancelled (task))
    return;
  surface = sm_basemap_painter_draw (job->painter, job->zoom, job->x, job->y, SM_MAP_TILE_SIZE,
                                     job->scale);
  g_task_return_pointer (task, sm_tile_paintable_new (surface, job->as_texture), g_object_unref);
}

static void
tile_drawn_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  SmBasemapSource *self = SM_BASEMAP_SOURCE (object);
  g_autoptr (GTask) fill = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPaintable) paintable = g_task_propagate_pointer (G_TASK (result), &error);
  ShumateTile *tile = g_task_get_task_data (fill);

  self->pending--;
  /* Whoever asked waits for an answer even when it was cancelled. */
  if (paintable == NULL)
    {
      g_task_return_error (fill, g_steal_pointer (&error));
      return;
    }
  self->n_drawn++;
  shumate_tile_set_fade_in (tile, FALSE);
  shumate_tile_set_paintable (tile, paintable);
  shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
  g_task_return_boolean (fill, TRUE);
}

static void
sm_basemap_source_fill_tile_async (ShumateMapSource    *source,
                                   ShumateTile         *tile,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  SmBasemapSource *self = SM_BASEMAP_SOURCE (source);
  g_autoptr (GTask) fill = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) drawing = NULL;
  TileJob *job;

  g_task_set_source_tag (fill, sm_basemap_source_fill_tile_async);
  if (self->painter == NULL)
    {
      shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
      g_task_return_boolean (fill, TRUE);
      return;
    }
  g_task_set_task_data (fill, g_object_ref (tile), g_object_unref);
  job = g_new0 (TileJob, 1);
  job->painter = sm_basemap_painter_ref (self->painter);
  job->zoom = shumate_tile_get_zoom_level (tile);
  job->x = shumate_tile_get_x (tile);
  job->y = shumate_tile_get_y (tile);
  job->scale = self->scale;
  job->as_texture = self->as_textures;
  self->pending++;
  drawing = g_task_new (self, cancellable, tile_drawn_cb, g_steal_pointer (&fill));
  g_task_set_task_data (drawing, job, tile_job_free);
  g_task_run_in_thread (drawing, draw_tile);
}

static gboolean
sm_basemap_source_fill_tile_finish (ShumateMapSource  *source,
                                    GAsyncResult      *result,
                                    GError           **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
sm_basemap_source_finalize (GObject *object)
{
  SmBasemapSource *self = SM_BASEMAP_SOURCE (object);

  g_clear_pointer (&self->painter, sm_basemap_painter_unref);

  G_OBJECT_CLASS (sm_basemap_source_parent_class)->finalize (object);
}

static void
sm_basemap_source_class_init (SmBasemapSourceClass *klass)
{
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sm_basemap_source_finalize;
  source_class->fill_tile_async = sm_basemap_source_fill_tile_async;
  source_class->fill_tile_finish = sm_basemap_source_fill_tile_finish;
}

static void
sm_basemap_source_init (SmBasemapSource *self)
{
}

/**
 * sm_basemap_source_new:
 * @painter: (nullable): none for an empty map
 * @scale: device pixels for each logical one
 * @as_textures: see sm_renderer_wants_textures()
 */
SmBasemapSource *
sm_basemap_source_new (SmBasemapPainter *painter,
                       guint             scale,
                       gboolean          as_textures)
{
  SmBasemapSource *self = g_object_new (SM_TYPE_BASEMAP_SOURCE,
                                        "id", "basemap",
                                        "projection", SHUMATE_MAP_PROJECTION_MERCATOR,
                                        "tile-size", SM_MAP_TILE_SIZE,
                                        "min-zoom-level", 0,
                                        "max-zoom-level", SM_MAP_ZOOM_MAX,
                                        NULL);

  self->painter = painter != NULL ? sm_basemap_painter_ref (painter) : NULL;
  self->scale = scale;
  self->as_textures = as_textures;
  return self;
}

/** sm_basemap_source_get_pending: Returns: how many tiles are still being drawn */
guint
sm_basemap_source_get_pending (SmBasemapSource *self)
{
  g_return_val_if_fail (SM_IS_BASEMAP_SOURCE (self), 0);

  return self->pending;
}

/** sm_basemap_source_get_n_drawn: Returns: how many tiles have been drawn so far */
guint
sm_basemap_source_get_n_drawn (SmBasemapSource *self)
{
  g_return_val_if_fail (SM_IS_BASEMAP_SOURCE (self), 0);

  return self->n_drawn;
}
