/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-document.h"

G_BEGIN_DECLS

/**
 * SmDocumentSaved:
 * @over: the widget that it was asked for
 * @file: where it is
 * @error: (nullable): why it is not
 *
 * What became of a report; is not called when the person thought better of it
 * or @over is gone.
 */
typedef void (*SmDocumentSaved) (GtkWidget    *over,
                                 GFile        *file,
                                 guint         n_pages,
                                 const GError *error);

void sm_document_dialog_show (GtkWidget       *over,
                              const char      *name,
                              SmDocument      *report,
                              SmDocumentSaved  saved);

G_END_DECLS
