/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-figures.h"
#include "sm-fleet.h"

#include <gio/gio.h>

G_BEGIN_DECLS

SmFigures *sm_figures_new            (void);
void       sm_figures_set_values     (SmFigures              *self,
                                      const SmFigureValues   *values);
void       sm_figures_count_vehicles (SmFigureValues         *values,
                                      const SmVehicleColumns *columns,
                                      guint                   n_records);
void       sm_figures_count_alarms   (SmFigureValues         *values,
                                      GListModel             *alarms,
                                      gint64                  now);

G_END_DECLS
