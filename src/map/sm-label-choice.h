/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <graphene.h>

#include <glib.h>

G_BEGIN_DECLS

/** SmLabel: a name that wants to be shown at a place */
typedef struct
{
  float x, y;          /* the place */
  float width, height; /* of the text */
  int side;            /* in: where it was (SM_LABEL_HIDDEN: nowhere); out: where it goes */
  graphene_rect_t box; /* out */
} SmLabel;

enum
{
  SM_LABEL_HIDDEN = -1,
  SM_LABEL_ABOVE,
  SM_LABEL_BELOW,
  SM_LABEL_RIGHT,
  SM_LABEL_LEFT,
  SM_LABEL_N_SIDES
};

guint sm_labels_choose (SmLabel               *labels,
                        guint                  n,
                        const graphene_rect_t *obstacles,
                        guint                  n_obstacles,
                        float                  width,
                        float                  height,
                        float                  gap,
                        guint                  at_most);

G_END_DECLS
