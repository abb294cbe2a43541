/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-item.h"
#include "sm-link.h"

G_BEGIN_DECLS

/**
 * SmHistoryFilter:
 *
 * Which rows of a history: 0, NULL and SM_UNKNOWN mean any.  Every field is
 * asked of the service; those that its noun does not have match nothing.
 */
typedef struct
{
  gint64 station_id;
  gint64 vehicle_id;
  gint64 battery_id; /* of an order: the one that was put in */
  gint64 fleet_id;
  gint64 driver_id;
  gint64 area_id;
  char *kind;    /* slug */
  char *process; /* slug, of an order */
  char *payment; /* slug, of an order */
  char *reason;  /* slug, of a movement */
  char *code;    /* of an alarm */
  char *number;  /* the whole number of an order */
  int level;     /* of an alarm, 1-4 */
  gint64 from;   /* network time, µs: at or after, by the time that the noun is sorted by */
  gint64 to;     /* before */
} SmHistoryFilter;

SmHistoryFilter *sm_history_filter_new   (void);
SmHistoryFilter *sm_history_filter_copy  (const SmHistoryFilter *self);
void             sm_history_filter_free  (SmHistoryFilter       *self);
SmHistoryFilter *sm_history_filter_from_link (const SmLink          *link,
                                              gint64                 now_us,
                                              const char            *time_zone,
                                              GError               **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmHistoryFilter, sm_history_filter_free)

typedef enum
{
  SM_HISTORY_LOADING, /* the first page is on its way */
  SM_HISTORY_READY,   /* what is there is from the service */
  SM_HISTORY_CACHED,  /* the service cannot be reached: only what this computer has kept */
  SM_HISTORY_FAILED,  /* the last page could not be read; "problem" says why */
} SmHistoryState;

/**
 * SmHistory:
 *
 * A list of SmItem, newest first, of a noun that only grows, read in pages by
 * keyset.  A row that is there stays where it is and the same item: new ones
 * come only by sm_history_refresh().  Only the pages around what was looked at
 * last are kept; an item of another has nothing but its id until its page is
 * back (notify::row).  The next page is read when one of the last items that
 * are there is asked for.  Main thread only.
 *
 * Properties, read-only and notified: state (int, SmHistoryState), problem
 * (slug, NULL when there is none), is-complete (gboolean: there is no further
 * page), cached-from and cached-to (int64, network time: in state CACHED the
 * range that is there; SM_UNKNOWN when there is nothing).
 */
#define SM_TYPE_HISTORY (sm_history_get_type ())
G_DECLARE_FINAL_TYPE (SmHistory, sm_history, SM, HISTORY, GObject)

SmHistoryState sm_history_get_state   (SmHistory *self);
const char    *sm_history_get_problem (SmHistory *self);
gboolean       sm_history_is_complete (SmHistory *self);
gint64         sm_history_get_cached_from (SmHistory *self);
gint64         sm_history_get_cached_to   (SmHistory *self);
void           sm_history_load_more   (SmHistory *self);
void           sm_history_refresh     (SmHistory *self);

G_END_DECLS
