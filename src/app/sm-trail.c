/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-trail.h"

#define MOST_LINKS 50

struct _SmTrail
{
  GPtrArray *links;
  int at; /* -1: nowhere yet */
};

SmTrail *
sm_trail_new (void)
{
  SmTrail *self = g_new0 (SmTrail, 1);

  self->links = g_ptr_array_new_with_free_func (g_free);
  self->at = -1;
  return self;
}

void
sm_trail_free (SmTrail *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->links);
  g_free (self);
}

/** sm_trail_update: The present view is another than when it was come to: its filters changed. */
void
sm_trail_update (SmTrail    *self,
                 const char *link)
{
  g_return_if_fail (self != NULL);

  if (self->at < 0 || link == NULL)
    return;
  g_free (self->links->pdata[self->at]);
  self->links->pdata[self->at] = g_strdup (link);
}

/** sm_trail_push: A new view after the present one; what was forward of it is forgotten. */
void
sm_trail_push (SmTrail    *self,
               const char *link)
{
  g_return_if_fail (self != NULL && link != NULL);

  if (self->at >= 0 && g_strcmp0 (g_ptr_array_index (self->links, self->at), link) == 0)
    return;
  g_ptr_array_set_size (self->links, self->at + 1);
  if (self->links->len >= MOST_LINKS)
    g_ptr_array_remove_index (self->links, 0);
  g_ptr_array_add (self->links, g_strdup (link));
  self->at = (int) self->links->len - 1;
}

gboolean
sm_trail_can_move (SmTrail *self,
                   int      step)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->at >= 0 && self->at + step >= 0 && self->at + step < (int) self->links->len;
}

/** sm_trail_move: Returns: (nullable): the view one @step back (-1) or forward (1), now the present */
const char *
sm_trail_move (SmTrail *self,
               int      step)
{
  if (!sm_trail_can_move (self, step))
    return NULL;
  self->at += step;
  return g_ptr_array_index (self->links, self->at);
}
