/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-report.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmIngestResult: what became of the reports of one batch; clear it. */
typedef struct
{
  guint accepted;  /* changed the vehicle's state */
  guint repeated;  /* had come before */
  guint late;      /* older than what is known: changed no state */
  guint ahead;     /* of those accepted: more than 5 minutes ahead, stamped by the server */
  GArray *rejected; /* (nullable): of SmReportRejection, by rising index */
} SmIngestResult;

void     sm_ingest_result_clear (SmIngestResult        *self);

/* In the writer's thread. */
gboolean sm_ingest_vehicles     (SmRules               *rules,
                                 SmActor               *actor,
                                 const SmVehicleReport *reports,
                                 guint                  n_reports,
                                 SmIngestResult        *out_result,
                                 GError               **error);

/* In the writer's thread: the live fields of stations, piles or connectors.
 * Rows carry their id and their live fields; other fields are not looked at. */
gboolean sm_ingest_live         (SmRules               *rules,
                                 SmActor               *actor,
                                 GPtrArray             *rows,
                                 SmIngestResult        *out_result,
                                 GError               **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmIngestResult, sm_ingest_result_clear)

G_END_DECLS
