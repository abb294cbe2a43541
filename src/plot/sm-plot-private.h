/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-plot.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  SmPlotStroke stroke;
  guint n;
  double *at;
  double *values;
} SmPlotSeries;

typedef struct
{
  double at;
  char *label;
} SmPlotTick;

struct _SmPlot
{
  double first, last;
  gboolean is_from_zero;
  char *unit;
  GPtrArray *series; /* of SmPlotSeries */
  GPtrArray *ticks;  /* of SmPlotTick */
};

G_END_DECLS
