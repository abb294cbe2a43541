/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* What persons change in single records, in the writer's thread.  Each takes
 * an idempotency key (nullable), a UUID: the same again gives the first answer
 * again; the seq that the person saw, or SM_UNKNOWN; and gives back the row as
 * it is when somebody else was faster. */

/** SmStationEdit: what a person changes of a station: each part only when it is said. */
typedef struct
{
  const char *names; /* (nullable): a JSON object by language; null takes one away (RFC 7396) */
  gboolean has_phones;
  gboolean phones_are_patch; /* the same, by role */
  const char *phones;        /* (nullable): none any more */
} SmStationEdit;

SmRow    *sm_stations_edit      (SmRules     *rules,
                                 SmActor     *actor,
                                 const char  *idempotency_key,
                                 gint64       station_id,
                                 gint64       if_seq,
                                 const SmStationEdit *wanted,
                                 SmRow      **out_current,
                                 GError     **error);
SmRow    *sm_alarms_note        (SmRules     *rules,
                                 SmActor     *actor,
                                 const char  *idempotency_key,
                                 gint64       alarm_id,
                                 gint64       if_seq,
                                 const char  *note,
                                 SmRow      **out_current,
                                 GError     **error);
SmRow    *sm_stations_rename    (SmRules     *rules,
                                 SmActor     *actor,
                                 const char  *idempotency_key,
                                 gint64       station_id,
                                 gint64       if_seq,
                                 const char  *patch,
                                 SmRow      **out_current,
                                 GError     **error);
SmRow    *sm_stations_retire    (SmRules     *rules,
                                 SmActor     *actor,
                                 gint64       station_id,
                                 const char  *reason,
                                 GError     **error);
SmRow    *sm_engineers_set_person (SmRules  *rules,
                                 SmActor     *actor,
                                 gint64       engineer_id,
                                 const char  *person,
                                 GError     **error);
SmRow    *sm_limits_change      (SmRules     *rules,
                                 SmActor     *actor,
                                 const char  *idempotency_key,
                                 gint64       limit_id,
                                 gint64       if_seq,
                                 const SmRow *changes,
                                 const char  *reason,
                                 SmRow      **out_current,
                                 GError     **error);

G_END_DECLS
