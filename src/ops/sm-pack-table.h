/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-directory.h"
#include "sm-item.h"
#include "sm-link.h"

G_BEGIN_DECLS

/** SmPackFilter: Which packs; as SmVehicleFilter. */
typedef struct
{
  gint64 fleet_id;   /* or a sub-fleet of it */
  gint64 station_id; /* in a bay of it */
  gint64 model_id;
  guint place;       /* masks of places and of fitnesses */
  guint fitness;
  double soh_max;    /* %, NAN: any; below */
  char *text;        /* a part of the serial number, or of the name of the model */
} SmPackFilter;

SmPackFilter *sm_pack_filter_new       (void);
SmPackFilter *sm_pack_filter_copy      (const SmPackFilter *self);
void          sm_pack_filter_free      (SmPackFilter       *self);
SmPackFilter *sm_pack_filter_from_link (const SmLink       *link,
                                        GError            **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPackFilter, sm_pack_filter_free)

/**
 * SmPackTable:
 *
 * As SmVehicleTable, of packs.  Nothing but such a table needs the values of
 * all packs, so it reads them from the cache itself: when it is made, when
 * packs come or go, and on sm_pack_table_poll() when they have aged.
 */
#define SM_TYPE_PACK_TABLE (sm_pack_table_get_type ())
G_DECLARE_FINAL_TYPE (SmPackTable, sm_pack_table, SM, PACK_TABLE, GObject)

void     sm_pack_table_set_filter (SmPackTable        *self,
                                   const SmPackFilter *filter);
void     sm_pack_table_set_sort   (SmPackTable        *self,
                                   guint               field,
                                   gboolean            descending);
void     sm_pack_table_set_held   (SmPackTable        *self,
                                   gboolean            held);
gboolean sm_pack_table_is_whole   (SmPackTable        *self);
void     sm_pack_table_poll       (SmPackTable        *self);
char    *sm_pack_table_dup_place  (SmPackTable        *self,
                                   gint64              id,
                                   int                *out_bay);

G_END_DECLS
