/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-let-go.h"

typedef struct
{
  gpointer data;
  GDestroyNotify destroy;
} Burden;

static void
drop (gpointer data,
      gpointer user_data)
{
  g_autofree Burden *burden = data;

  burden->destroy (burden->data);
}

/**
 * sm_let_go:
 * @data: (transfer full): nobody else may use it, or only by counted references of any thread
 *
 * Frees in another thread what takes long to free: to give a hundred tiles of a megabyte back
 * takes the main loop 20 ms.  Any thread.
 */
void
sm_let_go (gpointer       data,
           GDestroyNotify destroy)
{
  static gsize once;
  static GThreadPool *pool;
  Burden *burden = g_new (Burden, 1);

  if (g_once_init_enter (&once))
    {
      pool = g_thread_pool_new (drop, NULL, 1, FALSE, NULL);
      g_once_init_leave (&once, 1);
    }
  *burden = (Burden) { data, destroy };
  g_thread_pool_push (pool, burden, NULL);
}
