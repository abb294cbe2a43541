/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-guide-dialog.h"
#include "sm-ops.h"

G_BEGIN_DECLS

const char    *sm_guide_editor_refusal (SmOps      *ops);
SmGuideDialog *sm_guide_editor_open    (GtkWidget  *owner,
                                        SmOps      *ops,
                                        const char *code);

G_END_DECLS
