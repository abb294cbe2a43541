/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-clock.h"

G_BEGIN_DECLS

/**
 * SmScanGate:
 *
 * How many reports may come in from anybody who has seen a label: from one
 * address so many a minute, and from all together so many.  Main thread only.
 */
typedef struct _SmScanGate SmScanGate;

SmScanGate *sm_scan_gate_new  (SmClock     *machine);
void        sm_scan_gate_free (SmScanGate  *self);
gboolean    sm_scan_gate_pass (SmScanGate  *self,
                               const char  *peer,
                               GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmScanGate, sm_scan_gate_free)

G_END_DECLS
