/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-noun.h"
#include "sm-work-order-candidate.h"

G_BEGIN_DECLS

/** SmWorkOrderTaker: one whom an order can be given to, in words. */
#define SM_TYPE_WORK_ORDER_TAKER (sm_work_order_taker_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkOrderTaker, sm_work_order_taker, SM, WORK_ORDER_TAKER, GObject)

struct _SmWorkOrderTaker
{
  GObject parent_instance;

  SmNounId noun; /* an engineer, or an organisation that sends one */
  gint64 id;
  char *name;
  char *phone;
  char *detail; /* by name: what they do now; ranked: each part of the time */
  char *time;   /* (nullable): until it serves again */
  char *bars;   /* (nullable): why they cannot go, all of it */
  char *notes;  /* (nullable): what is late if they go */
  gboolean needs_reason; /* a certificate is missing: somebody may have to go all the same */
};

SmWorkOrderTaker *sm_work_order_taker_new (SmNounId                    noun,
                                           gint64                      id);
void              sm_work_order_taker_say (SmWorkOrderTaker           *self,
                                           const SmWorkOrderCandidate *candidate);

G_END_DECLS
