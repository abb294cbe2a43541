/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-gzipped.h"

struct _SmGzipped
{
  grefcount ref_count;
  GBytes *plain;
  GBytes *gzip;    /* (nullable): until it is made */
  GArray *waiters; /* of Waiter */
};

typedef struct
{
  SmGzippedFunc func;
  gpointer user_data;
} Waiter;

/** sm_gzipped_new: @plain: what to send to whoever does not want it compressed */
SmGzipped *
sm_gzipped_new (GBytes *plain)
{
  SmGzipped *self = g_new0 (SmGzipped, 1);

  g_ref_count_init (&self->ref_count);
  self->plain = g_bytes_ref (plain);
  self->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  return self;
}

SmGzipped *
sm_gzipped_ref (SmGzipped *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_gzipped_unref (SmGzipped *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_bytes_unref (self->plain);
  g_clear_pointer (&self->gzip, g_bytes_unref);
  g_array_unref (self->waiters);
  g_free (self);
}

/* Memory is all that can run out here, and that ends the process. */
static GBytes *
make_gzip (GBytes *data)
{
  g_autoptr (GZlibCompressor) compressor =
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out =
      g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_output_stream_write_all (out, g_bytes_get_data (data, NULL), g_bytes_get_size (data), NULL,
                             NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
gzip_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, make_gzip (data), (GDestroyNotify) g_bytes_unref);
}

static void
gzipped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmGzipped) self = user_data;

  self->gzip = g_task_propagate_pointer (G_TASK (result), NULL);
  for (guint i = 0; i < self->waiters->len; i++)
    {
      Waiter waiter = g_array_index (self->waiters, Waiter, i);

      waiter.func (self->gzip, waiter.user_data);
    }
  g_array_set_size (self->waiters, 0);
}

/**
 * sm_gzipped_get:
 * @func: called with it, now or when it is made
 *
 * Returns: TRUE when this call is the one that has it made
 */
gboolean
sm_gzipped_get (SmGzipped     *self,
               SmGzippedFunc  func,
               gpointer      user_data)
{
  Waiter waiter = { func, user_data };
  g_autoptr (GTask) task = NULL;

  if (self->gzip != NULL)
    {
      func (self->gzip, user_data);
      return FALSE;
    }
  g_array_append_val (self->waiters, waiter);
  if (self->waiters->len > 1)
    return FALSE;
  task = g_task_new (NULL, NULL, gzipped_cb, sm_gzipped_ref (self));
  g_task_set_task_data (task, g_bytes_ref (self->plain), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, gzip_thread);
  return TRUE;
}
