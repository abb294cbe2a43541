/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/**
 * SmWasBook:
 *
 * What alarms were before each of their changes, so that it can be said later
 * what was known of them when.  In the writer's thread; it is kept in the file
 * of the telemetry, and like that it may be lost.
 */
typedef struct _SmWasBook SmWasBook;

/** SmWas: the values of an alarm that a change at @at replaced. */
typedef struct
{
  gint64 at;
  GVariant *values; /* a(smv) */
} SmWas;

SmWasBook *sm_was_book_new  (void);
void       sm_was_book_free (SmWasBook    *self);

void       sm_was_note      (SmRules      *rules,
                             const SmRow  *before,
                             const SmRow  *after);
void       sm_was_commit    (SmRules      *rules);
void       sm_was_rollback  (SmRules      *rules);
gboolean   sm_was_tick      (SmRules      *rules,
                             GError      **error);

/* In any thread. */
GArray    *sm_was_read      (SmRules      *rules,
                             SmConnection *file,
                             gint64        alarm_id,
                             GError      **error);
void       sm_was_apply     (const SmWas  *was,
                             SmRow        *row);

G_END_DECLS
