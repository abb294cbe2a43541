/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmSimPiles:
 *
 * What goes on at the stations: cars come and go at every connector, more of
 * them at the hours when people charge; some piles cannot be reached, some
 * connectors are broken.  Plain arrays; one thread at a time.
 */
typedef struct _SmSimPiles SmSimPiles;

SmSimPiles *sm_sim_piles_new     (guint64     seed,
                                  GTimeZone  *zone,
                                  GPtrArray  *stations,
                                  GPtrArray  *piles,
                                  GPtrArray  *connectors,
                                  gint64      now_us,
                                  double      rate);
void        sm_sim_piles_free    (SmSimPiles *self);
void        sm_sim_piles_begin   (SmSimPiles *self,
                                  gint64      now_us,
                                  GPtrArray  *rows);
void        sm_sim_piles_advance (SmSimPiles *self,
                                  gint64      now_us,
                                  GPtrArray  *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimPiles, sm_sim_piles_free)

G_END_DECLS
