/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-fault-guide.h"

G_BEGIN_DECLS

/**
 * SmGuideDialog:
 *
 * What is known of a fault and to be done about it, as somebody edits it.
 * What the service would refuse of a danger cannot be chosen.
 *
 * Signal "save" (pointer: const SmFaultGuide *): so it is wanted.  Whoever is
 * told answers by sm_guide_dialog_refuse(), sm_guide_dialog_contest() or by
 * closing it; until then it takes nothing more.
 */
#define SM_TYPE_GUIDE_DIALOG (sm_guide_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmGuideDialog, sm_guide_dialog, SM, GUIDE_DIALOG, AdwWindow)

SmGuideDialog *sm_guide_dialog_new     (GtkWidget          *owner,
                                        const SmFaultGuide *guide);
const SmFaultGuide *sm_guide_dialog_get_seen (SmGuideDialog *self);
void           sm_guide_dialog_refuse  (SmGuideDialog      *self,
                                        const GError       *error);
void           sm_guide_dialog_contest (SmGuideDialog      *self,
                                        const SmFaultGuide *theirs);

G_END_DECLS
