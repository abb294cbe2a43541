/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *sm_tone_new          (guint level);
GBytes *sm_tone_new_of_drill (guint level);

G_END_DECLS
