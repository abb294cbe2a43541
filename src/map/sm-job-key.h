/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-view.h"

G_BEGIN_DECLS

GtkWidget *sm_job_key_new (SmMapView *map);

G_END_DECLS
