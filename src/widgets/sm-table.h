/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-table-export.h"
#include "sm-view-state.h"

G_BEGIN_DECLS

typedef enum
{
  SM_TABLE_CONTENT, /* rows, or "nothing matches" while there are none */
  SM_TABLE_LOADING,
  SM_TABLE_ERROR,
} SmTableState;

/**
 * SmTable:
 *
 * Rows of a list model of SmItem in columns that a person can choose, order
 * and take away: sort by a click on a head, copy a cell, a row or the link to
 * it, write everything that the filter lets through as CSV or XLSX.  It makes
 * widgets for the rows in sight alone, so a model may be as long as it likes.
 * A row that changes (notify::row) changes its texts and nothing else: focus,
 * selection and place stay.
 *
 * Signals: "activated" (SmItem): a row was double-clicked or Return pressed;
 * "sort-changed" (): columns or sort are others than before;
 * "selection-changed" (): other rows are selected, where many may be.
 *
 * Actions: table.copy-cell, table.copy-row, table.copy-link, table.open,
 * table.export-csv, table.export-xlsx, table.cancel-export.
 */
#define SM_TYPE_TABLE (sm_table_get_type ())
G_DECLARE_FINAL_TYPE (SmTable, sm_table, SM, TABLE, GtkWidget)

GtkWidget  *sm_table_new            (const char           *name,
                                     const char           *title,
                                     const SmTableColumn  *columns,
                                     guint                 n_columns,
                                     const SmTableHooks   *hooks,
                                     gpointer              data);
void        sm_table_set_model      (SmTable              *self,
                                     GListModel           *model);
void        sm_table_set_view_state (SmTable              *self,
                                     SmViewState          *state);
void        sm_table_set_time_zone  (SmTable              *self,
                                     const char           *identifier);
void        sm_table_set_filters    (SmTable              *self,
                                     GtkWidget            *filters);
void        sm_table_set_state      (SmTable              *self,
                                     SmTableState          state,
                                     const char           *title,
                                     const char           *detail);
const char *sm_table_get_sort       (SmTable              *self,
                                     gboolean             *out_is_descending);
gboolean    sm_table_set_sort       (SmTable              *self,
                                     const char           *column_id,
                                     gboolean              is_descending);
void        sm_table_set_shown      (SmTable              *self,
                                     const char           *column_id,
                                     gboolean              is_shown);
gboolean    sm_table_is_shown       (SmTable              *self,
                                     const char           *column_id);
SmItem     *sm_table_get_selected   (SmTable              *self);
void        sm_table_set_selects_many (SmTable            *self);
GPtrArray  *sm_table_dup_selection  (SmTable              *self);
gboolean    sm_table_select         (SmTable              *self,
                                     gint64                id);
void        sm_table_resort         (SmTable              *self);
char       *sm_table_dup_row        (SmTable              *self,
                                     SmItem               *item);
void        sm_table_export_to      (SmTable              *self,
                                     SmSheetFormat         format,
                                     GFile                *file);
gboolean    sm_table_is_exporting   (SmTable              *self);
void        sm_table_show_anew     (SmTable              *self);
GtkWidget  *sm_table_get_rows       (SmTable              *self);
void        sm_table_grab_rows      (SmTable              *self);
void        sm_table_list_keys      (GArray               *list);

G_END_DECLS
