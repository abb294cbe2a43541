/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int    sm_currency_digits (const char *code);
double sm_currency_amount (gint64      minor,
                           const char *code);

G_END_DECLS
