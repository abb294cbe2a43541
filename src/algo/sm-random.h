/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmRandom:
 *
 * Chance that can be had again: the same seed gives the same numbers on every
 * machine and in every version of GLib.  A plain struct, 32 bytes, so that
 * each simulated thing has its own and what one does never shifts another's.
 */
typedef struct
{
  guint64 state[4];
} SmRandom;

SmRandom sm_random_new      (guint64   seed,
                             guint64   stream);
guint64  sm_random_next     (SmRandom *self);
double   sm_random_unit     (SmRandom *self);
double   sm_random_range    (SmRandom *self,
                             double    from,
                             double    to);
guint    sm_random_below    (SmRandom *self,
                             guint     n);
gboolean sm_random_chance   (SmRandom *self,
                             double    probability);
guint64  sm_random_mix      (guint64   value);

G_END_DECLS
