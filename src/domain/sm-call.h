/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmCall:
 *
 * One call about an alarm.  The alarm carries its last ones as text: a line each, the
 * parts with tabs between them.
 */
typedef struct
{
  gint64 at;     /* network time */
  char *outcome; /* one of sm_call_outcomes */
  char *who;     /* was called */
  char *number;
  char *person;  /* who called */
} SmCall;

/* An alarm carries so many. */
#define SM_CALLS_MAX 40
#define SM_CALL_MAX_CHARS 120 /* of each part */

extern const char *const sm_call_outcomes[];

void       sm_call_free     (SmCall       *self);
char      *sm_calls_append  (const char   *calls,
                             const SmCall *call);
GPtrArray *sm_calls_read    (const char   *calls);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmCall, sm_call_free)

G_END_DECLS
