/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-availability.h"

G_BEGIN_DECLS

/**
 * SmProber:
 *
 * Asks a service every second whether it is there, in a thread of its own, and
 * without being anybody: as long as the application runs its network's
 * availability is measured, whoever is signed in.
 */
typedef struct _SmProber SmProber;

SmProber       *sm_prober_new              (const char *server_url,
                                            const char *state_dir);
void            sm_prober_free             (SmProber   *self);
SmAvailability *sm_prober_get_availability (SmProber   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmProber, sm_prober_free)

G_END_DECLS
