/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"

G_BEGIN_DECLS

/** SmDrillSign: the first sign that somebody did something; at is %SM_UNKNOWN: there is none. */
typedef struct
{
  gint64 at;
  char *person; /* (nullable) */
} SmDrillSign;

void      sm_drill_sign_clear       (SmDrillSign   *self);

GArray   *sm_drill_table_undone     (SmConnection  *connection,
                                     GError       **error);
gint64    sm_drill_table_find_alarm (SmConnection  *connection,
                                     const SmRow   *step,
                                     GError       **error);
gboolean  sm_drill_table_look       (SmConnection  *connection,
                                     gint64         alarm_id,
                                     gint64         at,
                                     const char    *person,
                                     GError       **error);
gboolean  sm_drill_table_read       (SmConnection  *connection,
                                     const SmRow   *step,
                                     guint          n_steps,
                                     SmDrillSign   *signs,
                                     GError       **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmDrillSign, sm_drill_sign_clear)

G_END_DECLS
