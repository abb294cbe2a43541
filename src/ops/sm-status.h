/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-clock.h"
#include "sm-connectivity.h"

G_BEGIN_DECLS

/**
 * SmStatus:
 *
 * How fresh everything on the screen is, and why if it is not.  Main thread
 * only.
 *
 * Properties, all read-only and notified: state (SmStatusState), network-name,
 * time-zone, simulated, drill (what it is called, NULL when it is none), problem (slug of the last trouble, NULL when all is
 * well), storage-problem (slug; NULL when the cache is on the disk as it
 * should), last-contact (network time in µs of the last answer; SM_UNKNOWN
 * before the first; while all is live it is told every ten seconds at most, as
 * are the ages that follow from it).
 */
#define SM_TYPE_STATUS (sm_status_get_type ())
G_DECLARE_FINAL_TYPE (SmStatus, sm_status, SM, STATUS, GObject)

#define SM_TYPE_STATUS_STATE (sm_status_state_get_type ())
GType          sm_status_state_get_type      (void);

/** SmStatusChannel: what comes by a way of its own, and is fresh or not by itself. */
typedef enum
{
  SM_STATUS_CHANGES, /* the records: stations, alarms and the like */
  SM_STATUS_MOVING,  /* what moves and measures */
  SM_STATUS_FIGURES, /* how today goes */
  SM_N_STATUS_CHANNELS
} SmStatusChannel;

SmStatusState  sm_status_get_state           (SmStatus *self);
const char    *sm_status_get_network_name    (SmStatus *self);
const char    *sm_status_get_time_zone       (SmStatus *self);
GTimeZone     *sm_status_get_zone            (SmStatus *self);
gboolean       sm_status_get_simulated       (SmStatus *self);
const char    *sm_status_get_drill           (SmStatus *self);
SmClock       *sm_status_get_clock           (SmStatus *self);
gint64         sm_status_get_data_age_us     (SmStatus *self);
gint64         sm_status_get_channel_age_us  (SmStatus        *self,
                                              SmStatusChannel  channel);
const char    *sm_status_get_problem         (SmStatus *self);
const char    *sm_status_get_storage_problem (SmStatus *self);
gint64         sm_status_get_last_contact    (SmStatus *self);

G_END_DECLS
