/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fleet.h"
#include "sm-service-figures.h"

#include <gio/gio.h>

G_BEGIN_DECLS

SmServiceFigures *sm_service_figures_new            (void);
void              sm_service_figures_set_values     (SmServiceFigures       *self,
                                                     const SmServiceValues  *values);
void              sm_service_count_stations         (SmServiceValues        *values,
                                                     GListModel             *stations);
void              sm_service_count_vehicles         (SmServiceValues        *values,
                                                     const SmVehicleColumns *columns);

G_END_DECLS
