/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-directory.h"
#include "sm-item.h"
#include "sm-link.h"

G_BEGIN_DECLS

/** SmPileFilter: Which piles; as SmVehicleFilter. */
typedef struct
{
  gint64 station_id;
  gint64 area_id;
  guint connection; /* mask of SmConnectionState, bit 31: not known */
  guint status;     /* mask of connector statuses: one of its connectors is so */
  guint usage;      /* mask of usage states */
  char *text;       /* a part of serial number, name, manufacturer or model */
} SmPileFilter;

SmPileFilter *sm_pile_filter_new   (void);
SmPileFilter *sm_pile_filter_copy  (const SmPileFilter *self);
void          sm_pile_filter_free  (SmPileFilter       *self);
SmPileFilter *sm_pile_filter_from_link (const SmLink *link,
                                             GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPileFilter, sm_pile_filter_free)

/**
 * SmPileTable:
 *
 * As SmVehicleTable, of piles: the record from the directory, the live values
 * from the network's SmPiles.
 */
#define SM_TYPE_PILE_TABLE (sm_pile_table_get_type ())
G_DECLARE_FINAL_TYPE (SmPileTable, sm_pile_table, SM, PILE_TABLE, GObject)

void     sm_pile_table_set_filter (SmPileTable        *self,
                                   const SmPileFilter *filter);
void     sm_pile_table_set_sort   (SmPileTable        *self,
                                   guint               field,
                                   gboolean            descending);
void     sm_pile_table_set_held   (SmPileTable        *self,
                                   gboolean            held);
gint64   sm_pile_table_get_id     (SmPileTable        *self,
                                   guint               position);
void     sm_pile_table_refresh    (SmPileTable        *self);

G_END_DECLS
