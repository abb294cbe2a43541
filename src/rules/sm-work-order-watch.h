/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"
#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmOpenWork:
 *
 * The orders that are not over, in memory, read again after a write was undone; and the
 * alarms that have taken a step since they were last looked at.  Writer's thread only.
 */
typedef struct
{
  GPtrArray *open;   /* of SmRow */
  GArray *alarms;    /* of gint64, oldest first */
  gboolean is_read;
  guint turn;        /* whose alarm is read next: some with each tick */
  gboolean is_begun; /* what was raised in another life has been asked for */
} SmOpenWork;

SmOpenWork *sm_open_work_new  (void);
void             sm_open_work_free (SmOpenWork *self);
GPtrArray       *sm_open_work_dup  (const SmOpenWork *self);

void             sm_work_orders_note     (SmRules         *rules,
                                          const SmRow     *written);
gboolean         sm_work_orders_refresh  (SmRules         *rules,
                                          GError         **error);
gboolean         sm_work_orders_tick     (SmRules         *rules,
                                          GError         **error);
gboolean         sm_work_orders_prove    (SmRules         *rules,
                                          const SmRow     *trade,
                                          GError         **error);

G_END_DECLS
