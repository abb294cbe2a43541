/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/* A small network in the models that pages read, without any service: the
 * real SmOps, never started, filled through its own live sets. */
#define SM_TEST_NOW G_GINT64_CONSTANT (1793252000000000)

void   sm_test_network_fill      (SmOps         *ops,
                                  guint          n_stations,
                                  guint          n_vehicles,
                                  guint          n_alarms);
void   sm_test_network_fill_stats (SmOps        *ops);
void   sm_test_network_set_state (SmOps         *ops,
                                  SmStatusState  state);
SmRow *sm_test_network_alarm     (gint64         id,
                                  int            level,
                                  const char    *code,
                                  const char    *label);
void   sm_test_network_put_alarm (SmOps         *ops,
                                  SmRow         *alarm);

G_END_DECLS
