/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-csv.h"
#include "sm-gcj02.h"
#include "sm-stations.h"

G_BEGIN_DECLS

/* What a station's table can tell. */
typedef enum
{
  SM_IMPORT_SN,
  SM_IMPORT_LATITUDE,
  SM_IMPORT_LONGITUDE,
  SM_IMPORT_PILES,
  SM_IMPORT_NAME,
  SM_IMPORT_NAME_EN,
  SM_IMPORT_NAME_ZH_CN,
  SM_IMPORT_ADDRESS,
  SM_IMPORT_KIND,
  SM_IMPORT_TIME_ZONE,
  SM_IMPORT_GRID_CAPACITY_KW,
  SM_IMPORT_CURRENT,
  SM_IMPORT_RATED_POWER_KW,
  SM_IMPORT_N_COLUMNS
} SmImportColumn;

/** SmImportHeader: which field of a row is which column. */
typedef struct
{
  int field[SM_IMPORT_N_COLUMNS]; /* -1: not in this file */
  GStrv names;                    /* as the file has them */
  char *ignored;                  /* (nullable) */
} SmImportHeader;

#define SM_IMPORT_MAX_PILES 1000

SmImportHeader *sm_import_header_new   (const SmCsvRow          *row,
                                        GError                 **error);
void            sm_import_header_free  (SmImportHeader          *self);
const char     *sm_import_header_name  (const SmImportHeader    *self,
                                        SmImportColumn           column);
gboolean        sm_import_row_is_blank (const SmCsvRow          *row);
SmStationTree  *sm_import_row_read     (const SmImportHeader    *header,
                                        const SmCsvRow          *row,
                                        SmDatum                  datum,
                                        const char             **out_column,
                                        char                   **out_reason);
void            sm_import_add_names    (SmStationTree           *tree,
                                        const char              *en,
                                        const char              *zh_cn);
void            sm_station_tree_free   (SmStationTree           *tree);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmImportHeader, sm_import_header_free)

G_END_DECLS
