/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "sm-map-shapes.h"
#include "sm-noun.h"
#include "sm-place-layer.h"
#include "sm-screen-grid.h"
#include "sm-world.h"

G_BEGIN_DECLS

/**
 * SmJobSpot:
 *
 * Where there is work, or somebody who can do it: a work order is the sign of its level, an
 * engineer the sign of their duty, a vehicle a chevron, a station a ring.
 */
typedef struct
{
  SmNounId noun; /* work order, engineer, vehicle or station */
  gint64 id;
  double latitude, longitude;
  guint level;        /* of an order, 1 to 4 */
  guint n;            /* orders there; their number is said when they are several */
  SmPlaceLook look;   /* of an engineer */
  gboolean is_chosen;
  gboolean is_meant;  /* belongs to what is chosen: the map is fitted to these */
  char *text;         /* (owned) (nullable): what it is called */
} SmJobSpot;

/** SmJobLineLook: who comes, or could */
typedef enum
{
  SM_JOB_LINE_COMES,   /* an engineer is on the way */
  SM_JOB_LINE_HAS_IT,  /* has it, and did not set out */
  SM_JOB_LINE_COULD,   /* could have it */
  SM_JOB_LINE_GUIDED,  /* a truck is told to go there */
  SM_N_JOB_LINE_LOOKS
} SmJobLineLook;

/** SmJobLine: from one of the spots to another */
typedef struct
{
  guint from, to; /* indices of spots */
  SmJobLineLook look;
} SmJobLine;

GArray *sm_job_spots_new (void);

/**
 * SmJobLayer:
 *
 * Work orders, engineers, and lines from each to each.  Who stands where the work is, is drawn
 * beside it.  Names are drawn where there is room, the first spots' first.
 *
 * Signal "drawn-anew" (): others are shown, or at other places.
 */
#define SM_TYPE_JOB_LAYER (sm_job_layer_get_type ())
G_DECLARE_FINAL_TYPE (SmJobLayer, sm_job_layer, SM, JOB_LAYER, ShumateLayer)

SmJobLayer      *sm_job_layer_new           (ShumateViewport *viewport);
void             sm_job_layer_set_pen       (SmJobLayer      *self,
                                             SmMapPen        *pen);
void             sm_job_layer_set_jobs      (SmJobLayer      *self,
                                             GArray          *spots,
                                             GArray          *lines);
gboolean         sm_job_layer_get_bounds    (SmJobLayer      *self,
                                             gboolean         meant,
                                             SmWorldPoint    *out_low,
                                             SmWorldPoint    *out_high);
const SmJobSpot *sm_job_layer_hit           (SmJobLayer      *self,
                                             double           x,
                                             double           y,
                                             double           radius);
void             sm_job_layer_get_obstacles (SmJobLayer      *self,
                                             GArray          *out_boxes);
void             sm_job_line_draw           (cairo_t         *cr,
                                             const SmMapPen  *pen,
                                             SmJobLineLook    look,
                                             gboolean         is_strong,
                                             SmScreenPoint    from,
                                             SmScreenPoint    to);

G_END_DECLS
