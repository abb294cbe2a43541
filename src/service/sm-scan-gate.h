/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-clock.h"

G_BEGIN_DECLS

/**
 * SmScanGate:
 *
 * How many reports may come in from anybody who has seen a label: of one label, from
 * one address and from all together so many a minute.  Few addresses cannot shut out
 * all others, and who sends again what was taken is not counted again.  Main thread only.
 */
typedef struct _SmScanGate SmScanGate;

SmScanGate *sm_scan_gate_new  (SmClock     *machine);
void        sm_scan_gate_free (SmScanGate  *self);
gboolean    sm_scan_gate_pass (SmScanGate  *self,
                               const char  *peer,
                               const char  *label,
                               const char  *key,
                               GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmScanGate, sm_scan_gate_free)

G_END_DECLS
