/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-time.h"
#include "sm-work-order.h"

G_BEGIN_DECLS

/** SmWorkOrderDeed: what a person does to one; texts that are NULL and numbers that are
 * SM_UNKNOWN are not said. */
typedef struct
{
  SmWorkOrderEvent event;
  gint64 engineer_id;
  gint64 organisation_id;
  gint64 part_id;
  gint64 quantity;
  gint64 follow_up_at;
  gboolean spoke; /* with the site or the driver */
  const char *reason;
  const char *note;
  const char *fix; /* slug */
  const char *cause;
  const char *action;
} SmWorkOrderDeed;

/* Nothing is said but what is done. */
#define SM_WORK_ORDER_DEED(what)                                                         \
  { .event = (what), .engineer_id = SM_UNKNOWN, .organisation_id = SM_UNKNOWN,           \
    .part_id = SM_UNKNOWN, .quantity = SM_UNKNOWN, .follow_up_at = SM_UNKNOWN }

G_END_DECLS
