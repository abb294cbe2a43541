/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tile-fetch.h"

#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#include "sm-basemap-source.h"
#include "sm-world.h"

#define THEIRS 256    /* pixels of a tile, as everybody serves them */
#define PARTS_MAX 9
#define SIZE_MAX_PX 1024 /* of a picture that somebody sends as a tile */

struct _SmTileFetch
{
  grefcount ref_count;
  ShumateDataSource *source;
  SmDatum datum;
};

typedef struct
{
  GBytes *bytes;
  int left, top; /* of it in our tile, in pixels */
} Part;

typedef struct
{
  Part parts[PARTS_MAX];
  guint n, missing;
  GError *error; /* the first one */
} Job;

typedef struct
{
  GTask *task;
  guint part;
} Answer;

static void
job_free (gpointer data)
{
  Job *job = data;

  for (guint i = 0; i < job->n; i++)
    g_clear_pointer (&job->parts[i].bytes, g_bytes_unref);
  g_clear_error (&job->error);
  g_free (job);
}

/**
 * sm_tile_template_is_good:
 *
 * Returns: whether it has all three places and is https, or on this machine:
 *   where somebody looks tells what they are doing
 */
gboolean
sm_tile_template_is_good (const char *url_template)
{
  g_autoptr (GUri) uri = NULL;
  g_auto (GStrv) parts = NULL;
  const char *host;

  if (url_template == NULL || strstr (url_template, "{x}") == NULL ||
      strstr (url_template, "{y}") == NULL || strstr (url_template, "{z}") == NULL)
    return FALSE;
  uri = g_uri_parse (url_template, G_URI_FLAGS_PARSE_RELAXED, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL || host[0] == '\0')
    return FALSE;
  if (g_strcmp0 (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  return g_strcmp0 (g_uri_get_scheme (uri), "http") == 0 &&
         (g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "::1") == 0 ||
          g_strcmp0 (host, "localhost") == 0);
}

/** sm_tile_fetch_new: @url_template: that sm_tile_template_is_good() has found good */
SmTileFetch *
sm_tile_fetch_new (const char *url_template,
                   SmDatum     datum)
{
  SmTileFetch *self = g_new0 (SmTileFetch, 1);

  g_ref_count_init (&self->ref_count);
  self->source = SHUMATE_DATA_SOURCE (shumate_tile_downloader_new (url_template));
  self->datum = datum;
  return self;
}

SmTileFetch *
sm_tile_fetch_ref (SmTileFetch *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_tile_fetch_unref (SmTileFetch *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->source);
  g_free (self);
}

/* How far from our tile theirs of the same ground lies, in pixels of a world of @world. */
static void
find_offset (const SmTileFetch *self,
             double             x,
             double             y,
             double             world,
             int               *out_x,
             int               *out_y)
{
  SmWorldPoint middle = { (guint32) (x / world * 4294967296.0), (guint32) (y / world * 4294967296.0) };
  SmWorldPoint theirs;
  double latitude, longitude;

  *out_x = *out_y = 0;
  if (self->datum != SM_DATUM_GCJ02)
    return;
  sm_world_unproject (middle, &latitude, &longitude);
  sm_gcj02_from_wgs84 (latitude, longitude, &latitude, &longitude);
  theirs = sm_world_project (latitude, longitude);
  *out_x = (int) round (((double) theirs.x - (double) middle.x) / 4294967296.0 * world);
  *out_y = (int) round (((double) theirs.y - (double) middle.y) / 4294967296.0 * world);
}

/* In a worker thread: decoding a picture takes milliseconds. */
static gboolean
draw_part (cairo_t    *cr,
           const Part *part,
           GError    **error)
{
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (part->bytes, error);
  cairo_surface_t *surface;
  int width, height;

  if (texture == NULL)
    return FALSE;
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  if (width > SIZE_MAX_PX || height > SIZE_MAX_PX)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The tile is too large");
      return FALSE;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  cairo_save (cr);
  cairo_translate (cr, part->left, part->top);
  cairo_scale (cr, (double) THEIRS / width, (double) THEIRS / height);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
  return TRUE;
}

static void
compose (GTask        *task,
         gpointer      source_object,
         gpointer      task_data,
         GCancellable *cancellable)
{
  const Job *job = task_data;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SM_MAP_TILE_SIZE,
                                                         SM_MAP_TILE_SIZE);
  cairo_t *cr = cairo_create (surface);
  GError *error = NULL;

  for (guint i = 0; i < job->n && error == NULL; i++)
    draw_part (cr, &job->parts[i], &error);
  cairo_destroy (cr);
  if (error != NULL)
    {
      cairo_surface_destroy (surface);
      g_task_return_error (task, error);
      return;
    }
  cairo_surface_flush (surface);
  g_task_return_pointer (task, surface, (GDestroyNotify) cairo_surface_destroy);
}

static void
part_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Answer *answer = user_data;
  g_autoptr (GTask) task = answer->task;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->parts[answer->part].bytes =
    shumate_data_source_get_tile_data_finish (SHUMATE_DATA_SOURCE (source), result, &error);
  if (job->parts[answer->part].bytes == NULL && error == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such tile");
  if (error != NULL && job->error == NULL)
    job->error = g_steal_pointer (&error);
  if (--job->missing > 0)
    return;
  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_run_in_thread (task, compose);
}

/**
 * sm_tile_fetch_async:
 *
 * Fetches what one of our tiles is made of.  One part that fails fails all.
 */
void
sm_tile_fetch_async (SmTileFetch         *self,
                     guint                zoom,
                     guint                x,
                     guint                y,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);
  int count = 1 << (zoom + 1), dx, dy, left, top;
  double world = (double) count * THEIRS;

  g_task_set_source_tag (task, sm_tile_fetch_async);
  g_task_set_task_data (task, job, job_free);
  find_offset (self, (x + 0.5) * SM_MAP_TILE_SIZE, (y + 0.5) * SM_MAP_TILE_SIZE, world, &dx, &dy);
  left = (int) x * SM_MAP_TILE_SIZE + dx;
  top = (int) y * SM_MAP_TILE_SIZE + dy;
  for (int row = top / THEIRS; row * THEIRS < top + SM_MAP_TILE_SIZE && row < count; row++)
    for (int column = left / THEIRS; column * THEIRS < left + SM_MAP_TILE_SIZE && column < count;
         column++)
      job->parts[job->n++] = (Part){ NULL, column * THEIRS - left, row * THEIRS - top };
  job->missing = job->n;
  for (guint i = 0; i < job->n; i++)
    {
      Answer *answer = g_new (Answer, 1);

      *answer = (Answer){ g_object_ref (task), i };
      shumate_data_source_get_tile_data_async (self->source, (job->parts[i].left + left) / THEIRS,
                                               (job->parts[i].top + top) / THEIRS, (int) zoom + 1,
                                               cancellable, part_cb, answer);
    }
}

/** sm_tile_fetch_finish: Returns: (transfer full): a surface of SM_MAP_TILE_SIZE pixels, or %NULL */
cairo_surface_t *
sm_tile_fetch_finish (GAsyncResult  *result,
                      GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
