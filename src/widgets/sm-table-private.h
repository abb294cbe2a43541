/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-table.h"

G_BEGIN_DECLS

struct _SmTable
{
  GtkWidget parent_instance;

  GtkWidget *box;
  AdwBin *filter_bin;
  GtkLabel *count_label;
  GtkBox *chooser;
  GtkRevealer *export_revealer;
  GtkLabel *export_label;
  GtkProgressBar *export_progress;
  GtkWidget *export_cancel;
  GtkStack *stack;
  GtkColumnView *view;
  GtkSpinner *spinner;
  GtkLabel *words_title;
  GtkLabel *words_detail;
  GtkWidget *row_popover;

  char *name;
  char *title;
  const SmTableColumn *columns;
  guint n_columns;
  SmTableHooks hooks;
  SmTableContext context;
  GPtrArray *view_columns; /* of GtkColumnViewColumn, in the order of columns */
  GHashTable *bound;       /* set of GtkListItem: the cells in sight */
  GListModel *source;      /* as it was given */
  GListModel *model;       /* as it is shown */
  GtkSelectionModel *selection;
  GHashTable *chosen;      /* set of SmItem: what is selected, where many may be */
  gboolean is_reselecting; /* rows moved: who is selected stays so */
  GtkCustomSorter *own_sorter;
  const SmTableColumn *sort_column; /* NULL: the model's own order */
  const SmTableColumn *probed;
  const SmTableColumn *menu_column; /* what the menu of a row was opened on, or NULL */
  gboolean is_descending;
  SmTableState shown;
  char *state_title;
  char *state_detail;
  SmViewState *state;
  gboolean is_restoring;

  GCancellable *export;  /* while one is written */
  GtkNativeDialog *dialog; /* while a name is asked for */
};

GQuark     sm_table_column_quark      (void);
void       sm_table_cells_follow      (SmTable            *self,
                                       GtkListItemFactory *factory);
void       sm_table_cell_show         (GtkListItem    *list_item);
void       sm_table_selection_install (GType           type);
SmItem    *sm_table_get_first_selected (SmTable       *self);
void       sm_table_add_controllers   (SmTable        *self);
GPtrArray *sm_table_get_shown_columns (SmTable        *self);
void       sm_table_actions_install   (GtkWidgetClass *widget_class);
void       sm_table_actions_stop      (SmTable        *self);

G_END_DECLS
