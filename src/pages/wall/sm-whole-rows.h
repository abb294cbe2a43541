/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A list that ends with a whole row, and with a line that says how many do not
 * fit: half a row at the lower edge can neither be read nor counted.
 */
#define SM_TYPE_WHOLE_ROWS (sm_whole_rows_get_type ())
G_DECLARE_FINAL_TYPE (SmWholeRows, sm_whole_rows, SM, WHOLE_ROWS, GtkWidget)

GtkWidget *sm_whole_rows_new (void);

void sm_whole_rows_set_scroller (SmWholeRows       *self,
                                 GtkScrolledWindow *scroller);
void sm_whole_rows_set_total (SmWholeRows *self,
                              guint        total);
void sm_whole_rows_set_link (SmWholeRows *self,
                             const char  *link);

guint sm_whole_rows_get_n_shown (SmWholeRows *self);

G_END_DECLS
