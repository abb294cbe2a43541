/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmWorkOrderSnapshot: what everything was like when a work order was made of an alarm: by the
 * name of each field what it said, as the service writes it down. */
typedef struct
{
  GHashTable *alarm;   /* of char * -> char * */
  GHashTable *live;    /* likewise: of what the alarm was about */
  GPtrArray *commands; /* of GHashTable: those that had been tried, as alarm */
} SmWorkOrderSnapshot;

static inline GHashTable *
sm_work_order_snapshot_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static inline SmWorkOrderSnapshot *
sm_work_order_snapshot_new (void)
{
  SmWorkOrderSnapshot *self = g_new0 (SmWorkOrderSnapshot, 1);

  self->alarm = sm_work_order_snapshot_table ();
  self->live = sm_work_order_snapshot_table ();
  self->commands = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  return self;
}

static inline void
sm_work_order_snapshot_free (SmWorkOrderSnapshot *self)
{
  g_hash_table_unref (self->alarm);
  g_hash_table_unref (self->live);
  g_ptr_array_unref (self->commands);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWorkOrderSnapshot, sm_work_order_snapshot_free)

G_END_DECLS
