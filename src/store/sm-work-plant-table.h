/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-scope.h"
#include "sm-work-plant.h"

G_BEGIN_DECLS

SmWorkPlant *sm_work_plant_read (SmConnection   *connection,
                                 const SmScope  *scope,
                                 gint64          from,
                                 GError        **error);

G_END_DECLS
