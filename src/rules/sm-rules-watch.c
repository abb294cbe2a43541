/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-rules-private.h"

/* Who wants to know that something has changed, each in a main context of its own. */

typedef struct
{
  guint id;
  GMainContext *context;
  SmRulesWatchFunc func;
  gpointer user_data;
  GSource *source; /* of a call that is on its way */
} Watcher;

static void
watcher_free (gpointer data)
{
  Watcher *watcher = data;

  if (watcher->source != NULL)
    g_source_destroy (watcher->source);
  g_clear_pointer (&watcher->source, g_source_unref);
  g_main_context_unref (watcher->context);
  g_free (watcher);
}

GPtrArray *
sm_rules_watchers_new (void)
{
  return g_ptr_array_new_with_free_func (watcher_free);
}

void
sm_rules_set_seq (SmRules *self,
                  gint64   seq)
{
  gboolean moved;

  g_mutex_lock (&self->mutex);
  moved = self->seq != seq;
  self->seq = seq;
  g_mutex_unlock (&self->mutex);
  if (moved)
    sm_rules_notify (self);
}

/** sm_rules_watch: Returns: an id for sm_rules_unwatch() */
guint
sm_rules_watch (SmRules          *self,
                SmRulesWatchFunc  func,
                gpointer          user_data)
{
  Watcher *watcher = g_new0 (Watcher, 1);
  guint id;

  watcher->context = g_main_context_ref_thread_default ();
  watcher->func = func;
  watcher->user_data = user_data;
  g_mutex_lock (&self->mutex);
  id = watcher->id = ++self->last_watch_id;
  g_ptr_array_add (self->watchers, watcher);
  g_mutex_unlock (&self->mutex);
  return id;
}

static Watcher *
find_watcher (SmRules *self,
              guint    id)
{
  for (guint i = 0; i < self->watchers->len; i++)
    if (((Watcher *) self->watchers->pdata[i])->id == id)
      return self->watchers->pdata[i];
  return NULL;
}

/** sm_rules_unwatch: From the watcher's own thread: it is not called again. */
void
sm_rules_unwatch (SmRules *self,
                  guint    id)
{
  Watcher *watcher;

  g_mutex_lock (&self->mutex);
  watcher = find_watcher (self, id);
  if (watcher != NULL)
    g_ptr_array_remove (self->watchers, watcher);
  g_mutex_unlock (&self->mutex);
}

typedef struct
{
  SmRules *rules;
  guint id;
} Wake;

static gboolean
wake_cb (gpointer data)
{
  Wake *wake = data;
  SmRulesWatchFunc func = NULL;
  gpointer user_data = NULL;
  Watcher *watcher;

  g_mutex_lock (&wake->rules->mutex);
  watcher = find_watcher (wake->rules, wake->id);
  if (watcher != NULL)
    {
      g_clear_pointer (&watcher->source, g_source_unref);
      func = watcher->func;
      user_data = watcher->user_data;
    }
  g_mutex_unlock (&wake->rules->mutex);
  if (func != NULL)
    func (wake->rules, user_data);
  return G_SOURCE_REMOVE;
}

/** sm_rules_notify: Tells the watchers, each in its context and once for many changes. */
void
sm_rules_notify (SmRules *self)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->watchers->len; i++)
    {
      Watcher *watcher = self->watchers->pdata[i];
      Wake *wake;

      if (watcher->source != NULL)
        continue;
      wake = g_new (Wake, 1);
      *wake = (Wake){ self, watcher->id };
      watcher->source = g_idle_source_new ();
      g_source_set_priority (watcher->source, G_PRIORITY_DEFAULT);
      g_source_set_callback (watcher->source, wake_cb, wake, g_free);
      g_source_attach (watcher->source, watcher->context);
    }
  g_mutex_unlock (&self->mutex);
}
