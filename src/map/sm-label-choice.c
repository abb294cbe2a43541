/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-label-choice.h"

#define TOUCH 3.f /* pixels that a name keeps from its own place or glyph */

static gboolean
boxes_meet (const graphene_rect_t *a,
            const graphene_rect_t *b,
            float                  gap)
{
  return a->origin.x < b->origin.x + b->size.width + gap &&
         b->origin.x < a->origin.x + a->size.width + gap &&
         a->origin.y < b->origin.y + b->size.height + gap &&
         b->origin.y < a->origin.y + a->size.height + gap;
}

/* The glyph that covers the place itself: the name then stands beside that. */
static graphene_rect_t
find_cover (const SmLabel         *label,
            const graphene_rect_t *obstacles,
            guint                  n_obstacles)
{
  for (guint i = 0; i < n_obstacles; i++)
    if (label->x >= obstacles[i].origin.x && label->y >= obstacles[i].origin.y &&
        label->x <= obstacles[i].origin.x + obstacles[i].size.width &&
        label->y <= obstacles[i].origin.y + obstacles[i].size.height)
      return obstacles[i];
  return GRAPHENE_RECT_INIT (label->x, label->y, 0, 0);
}

static graphene_rect_t
label_box (const SmLabel         *label,
           const graphene_rect_t *around,
           int                    side)
{
  float x = around->origin.x + around->size.width / 2 - label->width / 2;
  float y = around->origin.y + around->size.height / 2 - label->height / 2;

  if (side == SM_LABEL_ABOVE)
    y = around->origin.y - label->height - TOUCH;
  else if (side == SM_LABEL_BELOW)
    y = around->origin.y + around->size.height + TOUCH;
  else if (side == SM_LABEL_RIGHT)
    x = around->origin.x + around->size.width + TOUCH + 2;
  else
    x = around->origin.x - label->width - TOUCH - 2;
  return GRAPHENE_RECT_INIT (x, y, label->width, label->height);
}

static gboolean
box_is_free (const graphene_rect_t *box,
             const SmLabel         *labels,
             guint                  n,
             const graphene_rect_t *obstacles,
             guint                  n_obstacles,
             float                  gap)
{
  for (guint i = 0; i < n; i++)
    if (labels[i].side != SM_LABEL_HIDDEN && boxes_meet (box, &labels[i].box, gap))
      return FALSE;
  for (guint i = 0; i < n_obstacles; i++)
    if (boxes_meet (box, &obstacles[i], 0))
      return FALSE;
  return TRUE;
}

/**
 * sm_labels_choose:
 * @labels: most important first
 * @obstacles: what no name may cover
 * @width: of the screen; a name is shown whole or not at all
 * @gap: pixels between two names
 * @at_most: how many may be shown
 *
 * A name stays on the side where it was as long as that is free, so that
 * names do not jump while glyphs move.
 *
 * Returns: how many are shown
 */
guint
sm_labels_choose (SmLabel               *labels,
                  guint                  n,
                  const graphene_rect_t *obstacles,
                  guint                  n_obstacles,
                  float                  width,
                  float                  height,
                  float                  gap,
                  guint                  at_most)
{
  guint n_shown = 0;

  for (guint i = 0; i < n; i++)
    {
      graphene_rect_t around = find_cover (&labels[i], obstacles, n_obstacles);
      int before = labels[i].side;

      labels[i].side = SM_LABEL_HIDDEN;
      for (int k = -1; k < SM_LABEL_N_SIDES && n_shown < at_most; k++)
        {
          int side = k < 0 ? before : k;
          graphene_rect_t box;

          if (side == SM_LABEL_HIDDEN)
            continue;
          box = label_box (&labels[i], &around, side);
          if (box.origin.x < 0 || box.origin.y < 0 || box.origin.x + box.size.width > width ||
              box.origin.y + box.size.height > height)
            continue;
          if (!box_is_free (&box, labels, i, obstacles, n_obstacles, gap))
            continue;
          labels[i].side = side;
          labels[i].box = box;
          n_shown++;
          break;
        }
    }
  return n_shown;
}
