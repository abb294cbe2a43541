/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void        sm_i18n_init     (void);
const char *sm_i18n_language (void);

G_END_DECLS
