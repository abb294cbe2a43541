/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-plan.h"
#include "sm-sim-sender.h"

G_BEGIN_DECLS

gboolean sm_sim_papers_begin (const SmSimSender  *sender,
                              const SmSimWorld   *world,
                              gint64              now_us,
                              GError            **error);

G_END_DECLS
