/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmFaultContext:
 *
 * What an alarm's row does not say itself: what people call the thing, at which
 * station it is or what it does, and whom the fault keeps waiting there.
 */
typedef struct
{
  char *name;   /* (nullable): a station's, in words; NULL: as the alarm calls it */
  char *where;  /* (nullable): the station or the truck it is in, or what the truck did */
  char *effect; /* (nullable): in words */
} SmFaultContext;

void sm_fault_context_read    (SmFaultContext *self,
                               const SmRow    *alarm,
                               SmOps          *ops);
char *sm_fault_context_dup_near (const SmRow   *alarm,
                               SmOps          *ops);
void sm_fault_context_clear   (SmFaultContext *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmFaultContext, sm_fault_context_clear)

G_END_DECLS
