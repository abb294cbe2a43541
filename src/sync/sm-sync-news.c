/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-changes-codec.h"
#include "sm-sync-private.h"

/*
 * What is on its way to the main context.  Ten threads say something at once
 * when a tick is over; each of them alone would make the screen be drawn again.
 * So news waits for the frame: everything that has come since the last one is
 * handed over in one go, in the order in which it came, and no more of it than
 * leaves the frame time to be drawn.
 */

/* Not more often than a screen draws. */
#define FRAME_US (G_USEC_PER_SEC / 60)
/* So long may the news of one frame take, but for the last of it; the rest waits for the next. */
#define BUDGET_US 3000

typedef struct
{
  const char *name;
  SmSyncPostFunc func;
  gpointer data;
  GDestroyNotify data_free;
} Post;

static void
post_free (gpointer data)
{
  Post *post = data;

  if (post->data_free != NULL)
    post->data_free (post->data);
  g_free (post);
}

static Post *
take_post (SmSync *self)
{
  Post *post;

  g_mutex_lock (&self->news_mutex);
  post = g_queue_pop_head (&self->news);
  g_mutex_unlock (&self->news_mutex);
  return post;
}

static gboolean hand_over_cb (gpointer user_data);

/* With the mutex held: asks for the next frame, unless somebody has. */
static void
schedule_locked (SmSync *self)
{
  const Post *first = g_queue_peek_head (&self->news);
  gint64 wait_us = self->next_frame_at - g_get_monotonic_time ();

  if (first == NULL || self->frame != NULL)
    return;
  self->frame = g_timeout_source_new ((guint) ((MAX (wait_us, 0) + 999) / 1000));
  g_source_set_priority (self->frame, G_PRIORITY_DEFAULT);
  g_source_set_static_name (self->frame, first->name);
  g_source_set_callback (self->frame, hand_over_cb, sm_sync_ref (self),
                         (GDestroyNotify) sm_sync_unref);
  g_source_attach (self->frame, self->context);
}

static gboolean
hand_over_cb (gpointer user_data)
{
  SmSync *self = user_data;
  gint64 began = g_get_monotonic_time ();
  Post *post;

  self->n_frames++;
  while (g_get_monotonic_time () - began < BUDGET_US && (post = take_post (self)) != NULL)
    {
      if (!self->is_stopped)
        post->func (self, post->data);
      post_free (post);
    }
  g_mutex_lock (&self->news_mutex);
  g_clear_pointer (&self->frame, g_source_unref);
  self->next_frame_at = began + FRAME_US;
  if (!self->is_stopped)
    schedule_locked (self);
  g_mutex_unlock (&self->news_mutex);
  return G_SOURCE_REMOVE;
}

/* Calls @func with @data (transfer full) in the main context, in the order of
 * the calls, and after no stop.  @name: static */
void
sm_sync_post_named (SmSync         *self,
                    const char     *name,
                    SmSyncPostFunc  func,
                    gpointer        data,
                    GDestroyNotify  data_free)
{
  Post *post = g_new0 (Post, 1);

  *post = (Post){ name, func, data, data_free };
  g_mutex_lock (&self->news_mutex);
  g_queue_push_tail (&self->news, post);
  schedule_locked (self);
  g_mutex_unlock (&self->news_mutex);
}

/* What a page of changes means for those who hold rows in memory. */
typedef struct
{
  GPtrArray *rows;
  GArray *gone;
} ChangeNews;

static void
change_news_free (gpointer data)
{
  ChangeNews *news = data;

  g_ptr_array_unref (news->rows);
  g_array_unref (news->gone);
  g_free (news);
}

static void
changed_cb (SmSync   *self,
            gpointer  data)
{
  const ChangeNews *news = data;

  self->listener.changed (self->listener_data, news->rows, news->gone);
}

static void
post_slice (SmSync    *self,
            GPtrArray *changes,
            guint      first,
            guint      end)
{
  ChangeNews *news = g_new0 (ChangeNews, 1);

  news->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  news->gone = g_array_new (FALSE, FALSE, sizeof (SmSyncRef));
  for (guint i = first; i < end; i++)
    {
      const SmChange *change = g_ptr_array_index (changes, i);
      SmSyncRef ref = { change->noun, change->id };

      if (change->deleted)
        g_array_append_val (news->gone, ref);
      else
        g_ptr_array_add (news->rows, sm_row_ref (change->row));
    }
  sm_sync_post (self, changed_cb, news, change_news_free);
}

/* Tells what a page of changes says, piece by piece. */
void
sm_sync_post_changes (SmSync    *self,
                      GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i += SM_SYNC_SLICE)
    post_slice (self, changes, i, MIN (i + SM_SYNC_SLICE, changes->len));
}

/* Forgets what nobody is going to be told any more; in the main thread. */
void
sm_sync_drop_news (SmSync *self)
{
  GQueue dropped;
  g_autoptr (GSource) frame = NULL;

  g_mutex_lock (&self->news_mutex);
  dropped = self->news;
  g_queue_init (&self->news);
  frame = g_steal_pointer (&self->frame);
  g_mutex_unlock (&self->news_mutex);
  g_queue_clear_full (&dropped, post_free);
  if (frame != NULL)
    g_source_destroy (frame);
}

/** sm_sync_get_n_frames: Returns: how often news was handed to the main loop */
guint64
sm_sync_get_n_frames (SmSync *self)
{
  return self->n_frames;
}
