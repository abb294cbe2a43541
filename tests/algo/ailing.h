/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-diagnose.h"
#include "sm-random.h"

G_BEGIN_DECLS

/*
 * Things with and without faults, to judge who looks for them.  Nothing here is
 * taken from the diagnosis: cells are warmed by current and resistance, spreads
 * follow from what a cell holds, with figures of data sheets and standards.
 */

typedef enum
{
  AILING_PACK,
  AILING_LINK,
  AILING_CHARGE,
  AILING_TRIPS,
  AILING_LANE,
  AILING_N_SCOPES,
} AilingScope;

typedef struct
{
  AilingScope scope;
  guint n_causes; /* 0: nothing is wrong */
  SmCause causes[2];
  gint64 now_us;
  GArray *moments; /* of SmPackMoment */
  GArray *days;    /* of SmPackDay */
  GArray *charge;  /* of SmChargeMoment */
  GArray *trips;   /* of SmTrip */
  GArray *swaps;   /* of SmLaneSwap */
  SmLinkState link;
} Ailing;

AilingScope ailing_scope_of   (SmCause             cause);
Ailing     *ailing_new        (guint64             seed,
                               AilingScope         scope,
                               const SmCause      *causes,
                               guint               n_causes);
GArray     *ailing_day_new    (guint64             seed,
                               double              hours);
GArray     *ailing_growth_new (guint64             seed,
                               double              level_1_c,
                               guint              *out_begins);
void        ailing_lose       (Ailing             *self,
                               guint64             seed);
GArray     *ailing_thin       (SmRandom           *random,
                               GArray             *items);
void        ailing_free       (Ailing             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ailing, ailing_free)

G_END_DECLS
