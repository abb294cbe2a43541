/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-csv.h"
#include "sm-gcj02.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmImportProblem: one row that did not go in, and why; an English sentence. */
typedef struct
{
  guint64 line;
  const char *column; /* (nullable): as the file calls it; NULL: the whole row */
  const char *reason; /* what is wrong and what to do */
} SmImportProblem;

typedef void (*SmImportReport) (const SmImportProblem *problem,
                                gpointer               user_data);

typedef struct
{
  SmDatum datum;
  gboolean dry_run;       /* look, and change nothing */
  gint64 area_id;         /* 0: none; for stations that are new */
  const char *name_en;    /* (nullable): for stations without a name; {sn} becomes the serial number */
  const char *name_zh_cn; /* (nullable) */
  SmImportReport report;  /* (nullable): called for every row that is refused */
  gpointer report_data;
  GCancellable *cancellable; /* (nullable): what is in then stays in */
} SmImportOptions;

/** SmImportSummary: what became of a file; clear it. */
typedef struct
{
  guint64 rows; /* without the header and blank rows */
  guint64 added, changed, unchanged, refused;
  guint64 piles;    /* of the stations that did not get refused */
  char *ignored;    /* (nullable): the columns that are not understood, "TAZID, area" */
} SmImportSummary;

void        sm_import_summary_clear (SmImportSummary        *self);

/* From any thread but a main loop's and the writer's. */
gboolean    sm_import_stations      (SmRules                *rules,
                                     SmActor                *actor,
                                     SmCsvFill               fill,
                                     gpointer                fill_data,
                                     const SmImportOptions  *options,
                                     SmImportSummary        *out_summary,
                                     GError                **error);
gboolean    sm_import_stations_file (SmRules                *rules,
                                     SmActor                *actor,
                                     const char             *path,
                                     const SmImportOptions  *options,
                                     SmImportSummary        *out_summary,
                                     GError                **error);
const char *sm_import_template      (void);
char       *sm_import_columns       (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmImportSummary, sm_import_summary_clear)

G_END_DECLS
