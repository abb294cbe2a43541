/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sm-foreign-code.h"
#include "sm-report.h"

G_BEGIN_DECLS

/** SmForeignBatch: What could be read of a request of reports; texts are the request's. */
typedef struct
{
  GArray *reports;  /* of SmForeignReport */
  GArray *indices;  /* of guint: where each stood in the request */
  GArray *rejected; /* of SmReportRejection */
  GPtrArray *lists; /* of what the reports' lists are in */
  JsonObject *body;
} SmForeignBatch;

SmForeignBatch *sm_foreign_batch_read (JsonObject      *body,
                                       GError         **error);
void            sm_foreign_batch_free (SmForeignBatch  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmForeignBatch, sm_foreign_batch_free)

G_END_DECLS
