/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-options.h"

G_BEGIN_DECLS

double sm_text_scale_for (const SmOptions *options,
                          GSettings       *settings,
                          int              width,
                          int              height,
                          int              width_mm);

G_END_DECLS
