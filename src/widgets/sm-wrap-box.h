/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmWrapBox:
 *
 * A row of children, each as wide as it would be; what does not fit goes on in
 * the next line, so that it never asks for more width than its widest child.
 * Of each line, what is left goes to the first child that expands.
 */
#define SM_TYPE_WRAP_BOX (sm_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (SmWrapBox, sm_wrap_box, SM, WRAP_BOX, GtkWidget)

GtkWidget *sm_wrap_box_new    (int        spacing);
void       sm_wrap_box_append (SmWrapBox *self,
                               GtkWidget *child);

G_END_DECLS
