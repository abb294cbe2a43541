/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-ops.h"
#include "sm-test-server.h"

G_BEGIN_DECLS

/**
 * Weeks:
 *
 * A network and the application that follows it, in one process on clocks that
 * the test moves: vehicles report, alarms come and are acknowledged, orders
 * end, a meter counts, things are registered and removed.
 */
typedef struct
{
  GTimeZone *zone;
  SmTestServer *server;
  SmActor *system;
  SmOps *ops;
  char *app_dir;
  SmConnection *database; /* to look into */
  GHashTable *orders;     /* business day -> how many ended */
  guint n_steps;
  guint n_orders;
  gboolean is_hot;        /* vehicle 1 has an alarm */
  gint64 alarm_id;        /* the last one that the application acknowledged */
} Weeks;

/** WeeksSize: what all of it takes. */
typedef struct
{
  gint64 memory_kb;
  guint descriptors;
  gint64 service_bytes; /* its databases, without their logs */
  gint64 app_bytes;     /* cache and outbox, likewise */
  gint64 log_bytes;     /* the write-ahead logs of both */
} WeeksSize;

Weeks     *weeks_new          (const char  *time_zone,
                               const char  *start);
void       weeks_free         (Weeks       *self);
void       weeks_step         (Weeks       *self,
                               gint64       step_us);
void       weeks_catch_up     (Weeks       *self);
int        weeks_today        (Weeks       *self);
guint      weeks_get_orders   (Weeks       *self,
                               int          day);
gint64     weeks_ask          (Weeks       *self,
                               const char  *sql);
gint64     weeks_ask_telemetry (Weeks      *self,
                               const char  *sql);
guint      weeks_count_descriptors (void);
WeeksSize  weeks_measure      (Weeks       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Weeks, weeks_free)

G_END_DECLS
