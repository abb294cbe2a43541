/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmDiagnostics:
 *
 * A window that says how it stands with this program and its way to the
 * service, as it goes on, and saves that with the log for whoever is to help.
 */
#define SM_TYPE_DIAGNOSTICS (sm_diagnostics_get_type ())
G_DECLARE_FINAL_TYPE (SmDiagnostics, sm_diagnostics, SM, DIAGNOSTICS, AdwWindow)

GtkWindow  *sm_diagnostics_new              (GtkWindow     *parent,
                                             SmOps         *ops,
                                             GSettings     *settings);
GtkWidget  *sm_diagnostics_get_content      (SmDiagnostics *self);
const char *sm_diagnostics_describe_missing (SmDiagnostics *self);
void        sm_diagnostics_save_async       (SmDiagnostics       *self,
                                             GFile               *file,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean    sm_diagnostics_save_finish      (SmDiagnostics *self,
                                             GAsyncResult  *result,
                                             GError       **error);

G_END_DECLS
