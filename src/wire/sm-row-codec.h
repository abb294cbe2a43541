/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-row.h"

G_BEGIN_DECLS

/* Which fields of a row are written. */
#define SM_ROW_RECORD (1u << SM_RECORD)
#define SM_ROW_LIVE (1u << SM_LIVE)

void   sm_row_write       (SmJsonWriter  *writer,
                           const SmRow   *row,
                           guint          classes);
SmRow *sm_row_read        (SmJsonReader  *reader,
                           const SmNoun  *noun,
                           GError       **error);
void   sm_row_write_field (SmJsonWriter  *writer,
                           const SmRow   *row,
                           guint          field);
void   sm_row_read_field  (SmJsonReader  *reader,
                           SmRow         *row,
                           guint          field);

G_END_DECLS
