/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fleet.h"
#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-row.h"

G_BEGIN_DECLS

/* The most rows one /live answer may hold. */
#define SM_LIVE_MAX_ROWS 500000

SmVehicleBatch *sm_live_vehicles_read  (SmJsonReader           *reader,
                                        GError                **error);
void            sm_live_vehicles_write (SmJsonWriter           *writer,
                                        const SmVehicleColumns *columns,
                                        gint64                  tick);

GPtrArray      *sm_live_rows_read      (SmJsonReader           *reader,
                                        const SmNoun           *noun,
                                        gint64                 *out_tick,
                                        GError                **error);
void            sm_live_rows_write     (SmJsonWriter           *writer,
                                        const SmNoun           *noun,
                                        GPtrArray              *rows,
                                        gint64                  tick);

G_END_DECLS
