/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-link.h"
#include "sm-table.h"
#include "sm-view-state.h"

G_BEGIN_DECLS

/** SmFilterChoice: one of some values, as the reach of a vehicle. */
typedef struct
{
  const char *key;           /* in links */
  const char *title;         /* marked with N_() */
  const char *const *slugs;  /* values, NULL-terminated, with words in sm-words */
  const char *const *words;  /* instead, for values that only filters have; marked with N_() */
} SmFilterChoice;

/* Returns: (transfer full) (nullable): what a pair of a link says, for a person */
typedef char *(*SmFilterWords) (const char *key,
                                const char *value,
                                gpointer    data);

/**
 * SmFilterBar:
 *
 * Which rows of a table: a text, choices, and whatever else came with a link,
 * each of which can be taken away.  It holds a link: what it shows is that,
 * and what a person sets changes it.  Filters can be saved under a name.
 *
 * Signal "changed" (): a person changed the filters.
 */
#define SM_TYPE_FILTER_BAR (sm_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (SmFilterBar, sm_filter_bar, SM, FILTER_BAR, GtkWidget)

GtkWidget    *sm_filter_bar_new            (const char           *page,
                                            const char           *placeholder,
                                            const SmFilterChoice *choices,
                                            guint                 n_choices,
                                            SmFilterWords         words,
                                            gpointer              data);
void          sm_filter_bar_set_link       (SmFilterBar          *self,
                                            const SmLink         *link);
const SmLink *sm_filter_bar_get_link       (SmFilterBar          *self);
void          sm_filter_bar_show_view      (SmFilterBar          *self,
                                            SmTable              *table,
                                            const SmLink         *link);
char         *sm_filter_bar_dup_view       (SmFilterBar          *self,
                                            SmTable              *table);
void          sm_filter_bar_set_view_state (SmFilterBar          *self,
                                            SmViewState          *state);
void          sm_filter_bar_save           (SmFilterBar          *self,
                                            const char           *name);
void          sm_filter_bar_forget         (SmFilterBar          *self,
                                            const char           *name);
gboolean      sm_filter_bar_recall         (SmFilterBar          *self,
                                            const char           *name);
void          sm_filter_bar_grab_text      (SmFilterBar          *self);

G_END_DECLS
