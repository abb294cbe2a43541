/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-keys.h"

G_BEGIN_DECLS

void sm_alarm_keys_add  (GtkWidget *page);
void sm_alarm_keys_list (GArray    *list);

G_END_DECLS
