/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-directory.h"
#include "sm-fleet.h"
#include "sm-item.h"
#include "sm-link.h"

G_BEGIN_DECLS

/**
 * SmVehicleFilter:
 *
 * Which vehicles.  0 and NULL mean any.  A mask has a bit for each value of
 * its enumeration, and bit 31 for "not known".
 */
typedef struct
{
  gint64 fleet_id; /* or a sub-fleet of it */
  gint64 area_id;  /* or an area within it */
  gint64 station_id; /* in the queue of */
  char *model;
  guint activity;   /* mask of SmActivity (sm-figures.h); not known is bit 31 here too */
  guint motion;     /* masks of live fields */
  guint energy;
  guint connection;
  guint queue;
  guint reach;
  guint level;      /* bit n: the worst open alarm is of level n; bit 0: has none */
  double soc_min;   /* %, NAN: any; at least */
  double soc_max;   /* below */
  gboolean is_soc_unknown; /* only those that have not said it */
  double heat_min;  /* °C of the pack, NAN: any; at least */
  double heat_max;  /* below */
  gboolean is_heat_unknown; /* only those that have not said it */
  char *text;       /* a part of plate, VIN or model, as people say them */
} SmVehicleFilter;

SmVehicleFilter *sm_vehicle_filter_new   (void);
SmVehicleFilter *sm_vehicle_filter_copy  (const SmVehicleFilter *self);
void             sm_vehicle_filter_free  (SmVehicleFilter       *self);
SmVehicleFilter *sm_vehicle_filter_from_link (const SmLink *link,
                                             GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmVehicleFilter, sm_vehicle_filter_free)

/**
 * SmVehicleTable:
 *
 * A list of SmItem over the arrays of an SmFleet and an SmDirectory: the
 * vehicles that a filter lets through, in the order of a column.  It has no
 * object per vehicle: an item is made when its position is asked for, and
 * lives as long as somebody holds it; its row has the record and the live
 * values of then, and is replaced (notify::row) when these change.  Order and
 * filter are applied anew at most once a second, never while held; equal ones
 * keep their order.  Main thread only.
 */
#define SM_TYPE_VEHICLE_TABLE (sm_vehicle_table_get_type ())
G_DECLARE_FINAL_TYPE (SmVehicleTable, sm_vehicle_table, SM, VEHICLE_TABLE, GObject)

SmVehicleTable *sm_vehicle_table_new        (SmFleet               *fleet,
                                             SmDirectory           *directory);
void            sm_vehicle_table_set_filter (SmVehicleTable        *self,
                                             const SmVehicleFilter *filter);
void            sm_vehicle_table_set_sort   (SmVehicleTable        *self,
                                             guint                  field,
                                             gboolean               descending);
void            sm_vehicle_table_set_held   (SmVehicleTable        *self,
                                             gboolean               held);
gint64          sm_vehicle_table_get_id     (SmVehicleTable        *self,
                                             guint                  position);
gboolean        sm_vehicle_table_find       (SmVehicleTable        *self,
                                             gint64                 id,
                                             guint                 *out_position);
guint           sm_vehicle_table_fill_mask (SmVehicleTable        *self,
                                             guint8                *mask,
                                             guint                  n);
void            sm_vehicle_table_refresh    (SmVehicleTable        *self);

G_END_DECLS
