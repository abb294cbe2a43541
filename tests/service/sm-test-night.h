/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-test-server.h"
#include "sm-work-order.h"

G_BEGIN_DECLS

/* So often the clocks are moved on: what the service does of itself is that close to them. */
#define SM_NIGHT_STEP_US (5 * SM_SECOND)

/**
 * SmNightOrder: what is known of a work order by who was there: when its fault began, and when
 * it was proved to be over, each time.
 */
typedef struct
{
  gint64 id;
  guint cause;               /* counted from 0: what broke, and how */
  gint64 first_sign;         /* by the clock that goes on, if it does */
  gint64 sign;               /* when it broke this time */
  gint64 restored;           /* SM_UNKNOWN: it is broken */
  guint voids;               /* it was over, and came back */
  gint64 arrived, completed; /* where no phone is heard: when it really was; else SM_UNKNOWN */
  guint escalations;         /* out: as the service says */
} SmNightOrder;

/** SmNightJudge: what came out, over all orders. */
typedef struct
{
  const char *answers;      /* whose the desk is */
  const char *next_in_line; /* by the roster */
  gint64 now;
  guint n_orders, n_escalations, n_warnings, n_refusals, n_voids, n_claimed, n_late, n_confirmed;
  gint64 longest_alone;     /* without an owner and without anybody who hears of it */
} SmNightJudge;

/* In the writer's thread. */
gint64      sm_night_fill          (SmRules       *rules,
                                    SmActor       *actor,
                                    SmRow         *row);
gint64      sm_night_add_station   (SmRules       *rules,
                                    SmActor       *actor,
                                    guint          index);
gint64      sm_night_add_equipment (SmRules       *rules,
                                    SmActor       *actor,
                                    gint64         station_id,
                                    guint          number,
                                    const char    *kind);

/* In the client's. */
JsonObject *sm_night_post          (SmTestServer  *server,
                                    const char    *token,
                                    const char    *path,
                                    const char    *body,
                                    guint          status);
char       *sm_night_add_person    (SmTestServer  *server,
                                    const char    *name,
                                    const char    *role,
                                    gint64         organisation_id);
void        sm_night_say_fault     (SmTestServer  *server,
                                    gint64         equipment_id,
                                    const char    *code,
                                    gboolean       is_raised);
void        sm_night_swap          (SmTestServer  *server,
                                    const char    *number,
                                    gint64         station_id,
                                    gint64         started_at,
                                    gint64         ended_at);
void        sm_night_judge         (SmTestServer  *server,
                                    const char    *token,
                                    SmNightJudge  *self,
                                    SmNightOrder  *order);

G_END_DECLS
