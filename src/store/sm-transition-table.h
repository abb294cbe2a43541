/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/** SmTransition: one step in the life of an alarm. */
typedef struct
{
  gint64 alarm_id;
  gint64 at;        /* network time, µs */
  char *from_state; /* (nullable): there was none */
  char *to_state;
  char *event;      /* of sm_alarm_events */
  char *person;     /* (nullable): a device or the service itself */
  char *reason;     /* (nullable) */
} SmTransition;

#define SM_TRANSITION_LIST_SQL                                                              \
  "SELECT alarm_id, at, from_state, to_state, event, person, reason FROM alarm_transition " \
  "WHERE alarm_id = ?1 ORDER BY id LIMIT ?2"

void       sm_transition_free       (SmTransition        *self);
gboolean   sm_transition_table_add  (SmConnection        *connection,
                                     const SmTransition  *transition,
                                     GError             **error);
GPtrArray *sm_transition_table_list (SmConnection        *connection,
                                     gint64               alarm_id,
                                     guint                limit,
                                     GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTransition, sm_transition_free)

G_END_DECLS
