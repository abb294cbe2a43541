/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"

G_BEGIN_DECLS

/** SmPackState: a pack as the cache has it; NAN, SM_UNKNOWN and SM_ENUM_UNKNOWN for what nobody said. */
typedef struct
{
  gint64 id;
  gint64 model_id;
  gint64 fleet_id;
  gint64 place_id;
  gint64 station_id;
  gint64 warranty_until;
  gint64 reported_at;
  float soc;
  float soh;
  float cycle_count;
  float spread_mv;
  float temperature_max_c;
  guint32 sn_rank; /* its place in the order of serial numbers */
  gint32 bay;      /* the number of the bay that it is in, or -1 */
  guint8 place;
  guint8 fitness;
} SmPackState;

/* Returns: (transfer full) (nullable): of SmPackState, in the order of ids; for a reader's thread */
GArray *sm_pack_data_read (SmConnection  *connection,
                           GError       **error);

G_END_DECLS
