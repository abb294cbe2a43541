/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-report.h"

G_BEGIN_DECLS

/* The most reports one request may hold. */
#define SM_REPORTS_MAX 50000

/** SmReportNote: a value that no device can mean, taken as unknown. */
typedef struct
{
  guint index;       /* of the report, in the batch as it was sent */
  const char *field; /* (static): the member */
  const char *slug;  /* (static): "out-of-range", "device-abnormal", "device-invalid",
                        "wrong-type" or "half-position" */
} SmReportNote;

/**
 * SmReportBatch:
 *
 * The reports of one ingest request that can be used, where each stood in it,
 * and those that were refused while reading.
 */
typedef struct
{
  GArray *reports;  /* of SmVehicleReport; the texts belong to the batch */
  GArray *indices;  /* of guint: where each of reports stood in the request */
  GArray *rejected; /* of SmReportRejection, by rising index */
  GArray *notes;    /* of SmReportNote, by rising index */
  GStringChunk *texts;
} SmReportBatch;

SmReportBatch *sm_reports_read  (SmJsonReader          *reader,
                                 GError               **error);
void           sm_reports_write (SmJsonWriter          *writer,
                                 const SmVehicleReport *reports,
                                 guint                  n_reports);
void           sm_report_batch_free (SmReportBatch     *self);

/** SmReportAnswer: what became of the reports of one request. */
typedef struct
{
  guint accepted;   /* are the vehicle's state now */
  guint repeated;   /* had come before, by device and time: changed nothing */
  guint late;       /* older than what is known: changed nothing */
  guint ahead;      /* of those accepted: from the future, stamped by the server */
  GArray *rejected; /* (nullable): of SmReportRejection */
  GArray *notes;    /* (nullable): of SmReportNote */
} SmReportAnswer;

void           sm_report_answer_write (SmJsonWriter         *writer,
                                       const SmReportAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmReportBatch, sm_report_batch_free)

G_END_DECLS
