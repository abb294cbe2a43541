/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmKeyFigure:
 *
 * One number that stands for many rows: what it is, how much, and a line about
 * it.  A button, where it has rows to open (action page.open).  What is said
 * of it says too when it is not live any more.
 */
#define SM_TYPE_KEY_FIGURE (sm_key_figure_get_type ())
G_DECLARE_FINAL_TYPE (SmKeyFigure, sm_key_figure, SM, KEY_FIGURE, GtkWidget)

GtkWidget  *sm_key_figure_new        (const char  *title,
                                      const char  *link);
void        sm_key_figure_set_link   (SmKeyFigure *self,
                                      const char  *link);
void        sm_key_figure_set_big    (SmKeyFigure *self);
void        sm_key_figure_set        (SmKeyFigure *self,
                                      const char  *value,
                                      const char  *note,
                                      gboolean     is_abnormal);
void        sm_key_figure_set_stale  (SmKeyFigure *self,
                                      gboolean     stale);
const char *sm_key_figure_get_words  (SmKeyFigure *self);

G_END_DECLS
