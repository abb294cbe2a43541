/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sheet-writer.h"
#include "sm-table-column.h"

G_BEGIN_DECLS

/** SmTableHooks: what a table asks of whoever has the rows; each may be NULL. */
typedef struct
{
  /* Orders the model; without it the table orders its rows itself. */
  void (*sort) (GListModel          *model,
                const SmTableColumn *column,
                gboolean             is_descending,
                gpointer             data);
  /* Keeps the order still, as while something is selected or written. */
  void (*hold) (GListModel *model,
                gboolean    is_held,
                gpointer    data);
  /* Reads more rows; FALSE when there are no more. */
  gboolean (*load_more) (GListModel *model,
                         gpointer    data);
  /* The link to a row, (nullable). */
  char *(*link) (SmItem   *item,
                 gpointer  data);
} SmTableHooks;

typedef void (*SmTableExportProgress) (guint    done,
                                       guint    total,
                                       gpointer data);

/** SmTableExport: what is written, where to, and who is told how far it is. */
typedef struct
{
  GListModel *model; /* of SmItem */
  GPtrArray *columns; /* of const SmTableColumn *, in the order in which they are shown */
  const SmTableHooks *hooks;
  SmTableContext context;
  SmSheetFormat format;
  GFile *file;
  const char *title;
  SmTableExportProgress progress;
  gpointer progress_data;
} SmTableExport;

void     sm_table_export_async  (const SmTableExport  *export,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean sm_table_export_finish (GAsyncResult         *result,
                                 guint                *out_rows,
                                 GError              **error);

G_END_DECLS
