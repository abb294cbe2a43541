/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-figures.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/* Alarm figures in the words of a page and of a report, and how they are judged. */

typedef enum
{
  SM_FIGURE_UNJUDGED, /* there is no target, or too little to judge by */
  SM_FIGURE_WITHIN,
  SM_FIGURE_OVER,
} SmFigureVerdict;

/** SmFigureLine: a figure beside its target. */
typedef struct
{
  char *name;
  char *value;
  char *target; /* "" without one */
  SmFigureVerdict verdict;
} SmFigureLine;

GPtrArray  *sm_figure_lines         (const SmAlarmFigures *figures);
const char *sm_figure_verdict_words (SmFigureVerdict       verdict);
char       *sm_figure_duration      (double                seconds);
char       *sm_figure_moment        (SmOps                *ops,
                                     gint64                at_us,
                                     const char           *format);
char       *sm_figure_area          (SmOps                *ops,
                                     gint64                area_id);
char       *sm_figure_desk          (SmOps                *ops,
                                     gint64                desk_id);
char       *sm_figure_alarm         (const SmRow          *alarm);
char       *sm_figure_station       (SmOps                *ops,
                                     const SmRow          *alarm);
const char *sm_figure_target_name   (guint                 target);
const char *sm_figure_source        (const char           *slug);

G_END_DECLS
