/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-exchange.h"

G_BEGIN_DECLS

/**
 * SmReadiness:
 *
 * Whether the service can do what it is for: take a write, and hear of its
 * network.  Whoever asks within a second is told what the last look found; how
 * long no write was taken is kept and said in the log.  Main thread only.
 */
typedef struct _SmReadiness SmReadiness;

SmReadiness *sm_readiness_new   (SmRules     *rules,
                                 guint        silence_ms);
void         sm_readiness_free  (SmReadiness *self);
void         sm_readiness_ask   (SmReadiness *self,
                                 SmExchange  *exchange);
void         sm_readiness_write (SmReadiness *self,
                                 GString     *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmReadiness, sm_readiness_free)

G_END_DECLS
