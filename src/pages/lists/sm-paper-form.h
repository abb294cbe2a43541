/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"
#include "sm-paper.h"

G_BEGIN_DECLS

typedef void (*SmPaperAnswer) (GObject     *user,
                               const SmRow *seen,
                               SmRow       *wanted);

GtkWidget *sm_paper_form_ask (GtkWidget     *parent,
                              SmOps         *ops,
                              const SmPaper *paper,
                              SmRow         *seen,
                              const char    *heading,
                              SmPaperAnswer  answer,
                              gpointer       user);
void       sm_paper_form_fill (GtkWidget    *dialog,
                              const SmRow  *first);

G_END_DECLS
