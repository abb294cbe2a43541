/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/* What commands there are, what takes them, and which alarms speak against one: the
 * service decides by it, and the application says it before somebody tries. */

/** SmCommandPlace: Where a command would go. */
typedef struct
{
  const SmRow *target;         /* a pile, connector, lane, bay or equipment */
  gint64 station_id, pile_id;  /* SM_UNKNOWN: at none, of none */
  const GPtrArray *connectors; /* (nullable): of SmRow, of the pile that is the target */
} SmCommandPlace;

const char *sm_command_permission  (const char           *kind);
gboolean    sm_command_fits        (guint                 kind,
                                    SmNounId              noun);
gboolean    sm_command_is_harmless (guint                 kind,
                                    const char           *availability);
gint64      sm_command_station_of  (const SmRow          *target);
gint64      sm_command_pile_of     (const SmRow          *target);
gboolean    sm_command_is_touched  (const SmCommandPlace *place,
                                    const SmRow          *alarm);

G_END_DECLS
