/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-actor.h"
#include "sm-repair-forecast.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmWorkForecast: What will become of one order that somebody has. */
typedef struct
{
  gint64 work_order_id;
  SmRepairForecast forecast;
  guint n_past; /* orders of the past that this goes by */
} SmWorkForecast;

/* In a reader's thread. */
GArray     *sm_work_forecasts_read  (SmReader             *reader,
                                     SmActor              *actor,
                                     GError              **error);

const char *sm_work_forecast_word   (const SmWorkForecast *self);

G_END_DECLS
