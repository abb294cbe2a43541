/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-scope.h"

G_BEGIN_DECLS

/** SmRing: an alarm rang: it was raised, came again, or got worse. */
typedef struct
{
  gint64 at;
  gint64 alarm_id;
  gint64 acked_at; /* SM_UNKNOWN: nobody has, before it rang again or was over */
  gint64 area_id;  /* 0: of none */
  gint64 desk_id;  /* 0: of none; whose it was last */
  guint key;       /* the same for the same code of the same thing */
  guint level;     /* the worst that it had */
  gboolean is_put_aside; /* nobody was meant to hear it */
} SmRing;

/* ?1 the ids of the scope, ?2 from, ?3 to, ?4 limit; " AND area_id = ?5" may be in it. */
char   *sm_ring_raised_sql (const SmScope  *scope,
                            gboolean        of_area);
/* The same, with ?2 the first step to look at. */
char   *sm_ring_steps_sql  (const SmScope  *scope,
                            gboolean        of_area);
GArray *sm_rings_read      (SmConnection   *connection,
                            const SmScope  *scope,
                            gint64          area_id,
                            gint64          from,
                            gint64          to,
                            guint           limit,
                            GError        **error);
GArray *sm_rings_stale     (SmConnection   *connection,
                            const SmScope  *scope,
                            gint64          area_id,
                            gint64          before,
                            guint           limit,
                            GError        **error);

G_END_DECLS
