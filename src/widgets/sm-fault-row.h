/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-clock.h"
#include "sm-item.h"

G_BEGIN_DECLS

/**
 * SmFaultRow:
 *
 * One alarm in a list: level, what, where, how old, what to do next and what
 * it does to the service, and whose it is - not acknowledged yet, or by whom,
 * and what that person wrote; or that the acknowledgement still waits to be
 * sent.  Follows its item while shown; where and effect come from outside.
 *
 * Its button runs the action "wall.acknowledge" with the alarm's id.
 */
#define SM_TYPE_FAULT_ROW (sm_fault_row_get_type ())
G_DECLARE_FINAL_TYPE (SmFaultRow, sm_fault_row, SM, FAULT_ROW, GtkWidget)

GtkWidget *sm_fault_row_new        (void);
void       sm_fault_row_bind       (SmFaultRow *self,
                                    SmItem     *alarm,
                                    SmClock    *clock);
void       sm_fault_row_set_context (SmFaultRow *self,
                                     const char *name,
                                     const char *where,
                                     const char *effect);
void       sm_fault_row_set_may_acknowledge (SmFaultRow *self,
                                             gboolean    may);
SmItem    *sm_fault_row_get_item   (SmFaultRow *self);
GtkWidget *sm_fault_row_get_button (SmFaultRow *self);

char      *sm_fault_title          (const SmRow *alarm);
char      *sm_fault_source         (const SmRow *alarm);
char      *sm_fault_place          (const SmRow *alarm,
                                    const char  *name);
char      *sm_fault_limit          (const SmRow *alarm);
char      *sm_fault_owner          (const SmRow *alarm);
gboolean   sm_fault_is_unacked     (const SmRow *alarm);
gboolean   sm_fault_is_active      (const SmRow *alarm);

void        sm_fault_row_set_may_note (SmFaultRow *self,
                                       gboolean    may);

G_END_DECLS
