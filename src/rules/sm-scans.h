/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"
#include "sm-scan-table.h"

G_BEGIN_DECLS

/* What people may say about a thing without a sign-in, and how that goes on: F27. */

/** SmScanThing: what a label is stuck on. */
typedef struct
{
  SmRow *row;      /* a station, a pile or a battery */
  SmRow *station;  /* (nullable): where it is; of a station itself */
  gint64 known_at; /* since when a work order on it is open, network time; %SM_UNKNOWN: none is */
} SmScanThing;

/** SmScanProgress: how a report goes on; nothing of who works on it. */
typedef struct
{
  SmScanThing *thing;
  SmScanReport *report;
  SmRow *work_order;
  GPtrArray *steps;   /* of SmScanStep */
} SmScanProgress;

typedef struct
{
  const char *state;  /* (static) */
  gint64 at;
} SmScanStep;

void            sm_scan_thing_free    (SmScanThing      *self);
void            sm_scan_progress_free (SmScanProgress   *self);

const char *const *sm_scan_questions  (SmNounId          noun);

/* In a reader's thread. */
SmScanThing    *sm_scans_look         (SmReader         *reader,
                                       SmNounId          noun,
                                       gint64            id,
                                       GError          **error);
SmScanProgress *sm_scans_progress     (SmReader         *reader,
                                       gint64            report_id,
                                       GError          **error);
GPtrArray      *sm_scans_list_piles   (SmReader         *reader,
                                       gint64            station_id,
                                       GError          **error);

/* In the writer's thread. */
gboolean        sm_scans_forget       (SmRules          *rules,
                                       GError          **error);
gboolean        sm_scans_report       (SmRules          *rules,
                                       SmScanReport     *report,
                                       SmRow           **out_work_order,
                                       GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmScanThing, sm_scan_thing_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmScanProgress, sm_scan_progress_free)

G_END_DECLS
