/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-basemap-source.h"

#include "sm-tile-paintable.h"

struct _SmBasemapSource
{
  ShumateMapSource parent_instance;

  SmBasemapPainter *painter;
  SmTileFetch *fetch; /* NULL: we draw */
  guint scale;
  gboolean as_textures;
  guint pending;
  guint n_drawn;
};

G_DEFINE_FINAL_TYPE (SmBasemapSource, sm_basemap_source, SHUMATE_TYPE_MAP_SOURCE)

enum
{
  ANSWERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

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
finish_tile (SmBasemapSource *self,
             GTask           *fill,
             GdkPaintable    *paintable)
{
  ShumateTile *tile = g_task_get_task_data (fill);

  self->n_drawn++;
  shumate_tile_set_fade_in (tile, FALSE);
  shumate_tile_set_paintable (tile, paintable);
  shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
  g_task_return_boolean (fill, TRUE);
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

  self->pending--;
  /* Whoever asked waits for an answer even when it was cancelled. */
  if (paintable == NULL)
    g_task_return_error (fill, g_steal_pointer (&error));
  else
    finish_tile (self, fill, paintable);
}

static void
draw (SmBasemapSource *self,
      GTask           *fill)
{
  g_autoptr (GTask) drawing = NULL;
  ShumateTile *tile = g_task_get_task_data (fill);
  TileJob *job;

  if (self->painter == NULL)
    {
      shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
      g_task_return_boolean (fill, TRUE);
      return;
    }
  job = g_new0 (TileJob, 1);
  job->painter = sm_basemap_painter_ref (self->painter);
  job->zoom = shumate_tile_get_zoom_level (tile);
  job->x = shumate_tile_get_x (tile);
  job->y = shumate_tile_get_y (tile);
  job->scale = self->scale;
  job->as_texture = self->as_textures;
  self->pending++;
  drawing = g_task_new (self, g_task_get_cancellable (fill), tile_drawn_cb, g_object_ref (fill));
  g_task_set_task_data (drawing, job, tile_job_free);
  g_task_run_in_thread (drawing, draw_tile);
}

static void
tile_fetched_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) fill = user_data;
  SmBasemapSource *self = SM_BASEMAP_SOURCE (g_task_get_source_object (fill));
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  cairo_surface_t *surface = sm_tile_fetch_finish (result, &error);

  self->pending--;
  if (surface != NULL)
    {
      g_signal_emit (self, signals[ANSWERED], 0, TRUE);
      paintable = sm_tile_paintable_new (surface, self->as_textures);
      finish_tile (self, fill, paintable);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (fill, g_steal_pointer (&error));
      return;
    }
  g_info ("A tile did not come: %s", error->message);
  g_signal_emit (self, signals[ANSWERED], 0, FALSE);
  draw (self, fill);
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

  g_task_set_source_tag (fill, sm_basemap_source_fill_tile_async);
  g_task_set_task_data (fill, g_object_ref (tile), g_object_unref);
  if (self->fetch == NULL)
    {
      draw (self, fill);
      return;
    }
  self->pending++;
  sm_tile_fetch_async (self->fetch, (guint) shumate_tile_get_zoom_level (tile),
                       shumate_tile_get_x (tile), shumate_tile_get_y (tile), cancellable,
                       tile_fetched_cb, g_object_ref (fill));
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
  g_clear_pointer (&self->fetch, sm_tile_fetch_unref);

  G_OBJECT_CLASS (sm_basemap_source_parent_class)->finalize (object);
}

static void
sm_basemap_source_class_init (SmBasemapSourceClass *klass)
{
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sm_basemap_source_finalize;
  source_class->fill_tile_async = sm_basemap_source_fill_tile_async;
  source_class->fill_tile_finish = sm_basemap_source_fill_tile_finish;

  signals[ANSWERED] = g_signal_new ("answered", SM_TYPE_BASEMAP_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
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

/** sm_basemap_source_set_fetch: @fetch: (nullable): where tiles come from; before any is asked for */
void
sm_basemap_source_set_fetch (SmBasemapSource *self,
                             SmTileFetch     *fetch)
{
  g_return_if_fail (SM_IS_BASEMAP_SOURCE (self));

  g_clear_pointer (&self->fetch, sm_tile_fetch_unref);
  self->fetch = fetch != NULL ? sm_tile_fetch_ref (fetch) : NULL;
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
