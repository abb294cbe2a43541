/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops-windows.h"

G_BEGIN_DECLS

/** SmWindowTime: how long something lasts, and what that is called. */
typedef struct
{
  guint minutes;
  const char *words; /* marked with N_() */
} SmWindowTime;

#define SM_WINDOW_N_TIMES 7
extern const SmWindowTime sm_window_times[SM_WINDOW_N_TIMES];

const char *sm_window_event_title (SmWindowEvent  event);
GtkWidget  *sm_window_ask         (GtkWidget     *parent,
                                   SmOps         *ops,
                                   SmWindowEvent  event,
                                   SmItem        *item);
GtkWidget  *sm_window_ask_plan    (GtkWidget     *parent,
                                   SmOps         *ops);

/* Of what the dialogs have in common. */
GtkWidget  *sm_window_list_new    (void);
GtkWidget  *sm_window_entry_new   (const char    *title);
GtkWidget  *sm_window_times_new   (const char    *title);
void        sm_window_told_cb     (GObject       *source,
                                   GAsyncResult  *result,
                                   gpointer       user_data);
GtkWindow  *sm_window_ref_root    (GtkWidget     *widget);

G_END_DECLS
