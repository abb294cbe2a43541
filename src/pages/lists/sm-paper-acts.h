/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"
#include "sm-paper.h"

G_BEGIN_DECLS

/* What a person can do to a paper. */
typedef enum
{
  SM_PAPER_ACT_ADD,
  SM_PAPER_ACT_FILL,
  SM_PAPER_ACT_CLOSE,
  SM_PAPER_ACT_CALL_OFF,
  SM_PAPER_ACT_TEST, /* whether a person is reached there */
  SM_PAPER_N_ACTS
} SmPaperAct;

/* @reason: what was said about @row; @ends_series: it is not to come again either */
typedef void (*SmPaperEnded) (GObject    *user,
                              SmRow      *row,
                              const char *reason,
                              gboolean    ends_series);

const char *sm_paper_permission (const SmPaper *paper,
                                 SmPaperAct     act);
gboolean    sm_paper_waits      (const SmPaper *paper,
                                 SmPaperAct     act);
const char *sm_paper_refuse     (SmOps         *ops,
                                 SmPaperAct     act,
                                 const SmPaper *paper,
                                 const SmRow   *shown);
GtkWidget  *sm_paper_ask_to_end (GtkWidget     *parent,
                                 SmRow         *row,
                                 SmPaperEnded   ended);

G_END_DECLS
