/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** SmFaultChoice: the alarm that a person has marked in a list, as it was then; all 0: none. */
typedef struct
{
  gint64 id;
  gboolean is_unacked;
  gboolean is_done;
} SmFaultChoice;

gboolean sm_fault_choice_keeps_place (SmFaultChoice *self,
                                      GtkListView   *list,
                                      SmItem        *selected);

G_END_DECLS
