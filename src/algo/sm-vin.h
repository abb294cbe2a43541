/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SM_VIN_LENGTH 17

gboolean sm_vin_is_valid  (const char *vin);
char     sm_vin_check_digit (const char *vin);

G_END_DECLS
