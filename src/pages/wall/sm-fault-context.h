/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmFaultContext:
 *
 * What an alarm's row does not say itself: at which station, and whom the
 * fault keeps waiting there.
 */
typedef struct
{
  char *where;  /* (nullable): the station's name, or what the vehicle did */
  char *effect; /* (nullable): in words */
} SmFaultContext;

void sm_fault_context_read    (SmFaultContext *self,
                               const SmRow    *alarm,
                               SmOps          *ops);
void sm_fault_context_clear   (SmFaultContext *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmFaultContext, sm_fault_context_clear)

G_END_DECLS
