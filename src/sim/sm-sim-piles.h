/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sm-report.h"
#include "sm-row.h"

G_BEGIN_DECLS

/** SmSimPilesOutput: What is wanted of what happens; NULL: not wanted, and not made. */
typedef struct
{
  GPtrArray *rows;   /* (nullable): of SmRow: live rows */
  GPtrArray *orders; /* (nullable): of SmRow: sessions that ended */
  GArray *faults;    /* (nullable): of SmFaultReport */
} SmSimPilesOutput;

/**
 * SmSimPiles:
 *
 * What goes on at the stations: cars come and go, more of them at the hours
 * and days when people charge; some piles cannot be reached, some connectors
 * are broken, some bays are taken by cars that do not charge.  Only what does
 * something costs anything: the thousands that are free cost nothing.  Plain
 * arrays; one thread at a time.
 */
typedef struct _SmSimPiles SmSimPiles;

/* Sessions a day and connector, one day with another. */
#define SM_SIM_PILES_SESSIONS_PER_DAY 0.213

SmSimPiles *sm_sim_piles_new     (guint64                 seed,
                                  GTimeZone              *zone,
                                  GPtrArray              *stations,
                                  GPtrArray              *piles,
                                  GPtrArray              *connectors,
                                  gint64                  now_us,
                                  double                  rate);
SmSimPiles *sm_sim_piles_copy    (const SmSimPiles       *self);
void        sm_sim_piles_free    (SmSimPiles             *self);
void        sm_sim_piles_resume  (SmSimPiles             *self,
                                  GPtrArray              *live_rows);
void        sm_sim_piles_begin   (SmSimPiles             *self,
                                  GPtrArray              *rows);
void        sm_sim_piles_advance (SmSimPiles             *self,
                                  gint64                  now_us,
                                  const SmSimPilesOutput *output);
gboolean    sm_sim_piles_command (SmSimPiles             *self,
                                  SmNounId                noun,
                                  gint64                  id,
                                  guint                   kind,
                                  gboolean                is_operative,
                                  gint64                  now_us,
                                  const char            **out_answer);
guint       sm_sim_piles_n_stations (const SmSimPiles   *self);
gint64      sm_sim_piles_meter_wh (const SmSimPiles      *self,
                                  guint                   station,
                                  gint64                 *out_id);
double      sm_sim_piles_demand  (const SmSimPiles       *self,
                                  gint64                  at_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimPiles, sm_sim_piles_free)

G_END_DECLS
