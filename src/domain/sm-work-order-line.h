/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmWorkOrderLine: something that happened to a work order, as the service tells it. */
typedef struct
{
  gint64 at;         /* when the service heard of it */
  gint64 claimed_at; /* when it was, by who did it; SM_UNKNOWN: then */
  char *event;       /* slug of sm_work_order_events */
  char *person;      /* (nullable): the service itself */
  char *text;        /* (nullable): a reason, a note, a part */
} SmWorkOrderLine;

static inline void
sm_work_order_line_free (SmWorkOrderLine *self)
{
  g_free (self->event);
  g_free (self->person);
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWorkOrderLine, sm_work_order_line_free)

G_END_DECLS
