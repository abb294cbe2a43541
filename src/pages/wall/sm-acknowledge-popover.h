/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-item.h"

G_BEGIN_DECLS

/**
 * SmAcknowledgePopover:
 *
 * Asks for an optional note.  Enter or the button acknowledges, Escape does
 * not.
 *
 * Signal "acknowledge" (gint64 alarm_id, const char *note): note NULL for none.
 */
#define SM_TYPE_ACKNOWLEDGE_POPOVER (sm_acknowledge_popover_get_type ())
G_DECLARE_FINAL_TYPE (SmAcknowledgePopover, sm_acknowledge_popover, SM, ACKNOWLEDGE_POPOVER,
                      GtkPopover)

GtkWidget *sm_acknowledge_popover_new  (void);
void       sm_acknowledge_popover_show (SmAcknowledgePopover *self,
                                        SmItem               *alarm,
                                        const GdkRectangle   *beside);
void       sm_acknowledge_popover_send (SmAcknowledgePopover *self,
                                        const char           *note);

G_END_DECLS
