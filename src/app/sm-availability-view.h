/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-availability.h"

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *sm_availability_view_new   (SmAvailability *availability);
void       sm_availability_show       (GtkWindow      *parent,
                                       SmAvailability *availability);
char      *sm_availability_duration   (gint64          us);

G_END_DECLS
