/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

GtkWidget *sm_contact_test_open (GtkWidget   *parent,
                                 SmOps       *ops,
                                 const SmRow *contact);

G_END_DECLS
