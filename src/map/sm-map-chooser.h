/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmMapChooser:
 *
 * The list of stations that stand on one spot, in a popover: takes the focus,
 * arrows and Enter choose, Escape closes.
 */
typedef struct _SmMapChooser SmMapChooser;

typedef void (*SmMapChooserFunc) (gint64 id, gpointer user_data);

SmMapChooser *sm_map_chooser_new     (GtkWidget        *parent,
                                      SmMapChooserFunc  chosen,
                                      gpointer          user_data);
void          sm_map_chooser_free    (SmMapChooser     *self);
void          sm_map_chooser_open    (SmMapChooser     *self,
                                      GPtrArray        *rows,
                                      const char       *language,
                                      double            x,
                                      double            y);
void          sm_map_chooser_present (SmMapChooser     *self);

G_END_DECLS
