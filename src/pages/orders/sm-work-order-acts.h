/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops-work-orders.h"

G_BEGIN_DECLS

/** SmWorkOrderVerb: what a person may do to a work order, as a button and a key. */
typedef struct
{
  SmWorkOrderEvent event;
  const char *action; /* of the page, that does it */
  const char *key;    /* as it is read on a button */
  const char *accel;  /* as it is parsed */
  const char *title;  /* marked with context "work order" */
} SmWorkOrderVerb;

extern const SmWorkOrderVerb sm_work_order_verbs[];
extern const guint sm_n_work_order_verbs;

const char      *sm_work_order_verb_title    (const SmWorkOrderVerb *verb);
const char      *sm_work_order_verb_refusal  (SmOps                 *ops,
                                              SmWorkOrderEvent       event,
                                              SmItem                *order);
gboolean         sm_work_order_verb_is_shown (SmWorkOrderEvent       event,
                                              SmItem                *order);
SmWorkOrderEvent sm_work_order_verb_forward  (SmItem                *order);
SmWorkOrderEvent sm_work_order_verb_back     (SmItem                *order);
GtkWidget       *sm_work_order_verb_do       (GtkWidget             *parent,
                                              SmOps                 *ops,
                                              SmWorkOrderEvent       event,
                                              SmItem                *order);

G_END_DECLS
