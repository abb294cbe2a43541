/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What people report who scan a label: the code of an order that was reported so begins with
 * this, and the rest is what they chose. */
#define SM_REPORTED "reported-"

const char *sm_report_english (const char *code);

G_END_DECLS
