/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SmStatusState:
 *
 * How far what is on the screen can be believed.  Only in LIVE is it the
 * present.
 */
typedef enum
{
  SM_STATUS_STARTING,   /* nothing known yet */
  SM_STATUS_LOADING,    /* connected; a feed has yet to answer for the first time */
  SM_STATUS_LIVE,       /* every feed has answered within the last seconds */
  SM_STATUS_STALE,      /* the service answers, but not every feed is fresh */
  SM_STATUS_OFFLINE,    /* the service cannot be reached; goes on trying */
  SM_STATUS_SIGNED_OUT, /* somebody has to sign in */
  SM_STATUS_REFUSED,    /* it is not our service, or not our version */
} SmStatusState;

/* A feed that has not answered for so long is not live: longer than a long
 * poll (8 s) with its timeout (11 s), shorter than the 15 s we promise. */
#define SM_CONNECTIVITY_FRESH_US G_GINT64_CONSTANT (14000000)
/* So long may every request fail before we call it offline: one retry. */
#define SM_CONNECTIVITY_GRACE_US G_GINT64_CONSTANT (1500000)

/**
 * SmConnectivity:
 *
 * What sync knows about its feeds; all times are monotonic µs, 0 for never.
 */
typedef struct
{
  gboolean refused;      /* by the check of the service */
  gboolean signed_out;   /* nobody is signed in, and nobody can be by itself */
  gboolean is_whole;     /* there is a whole copy of the network */
  gint64 oldest_good_at; /* when the feed that is furthest behind last answered */
  gint64 newest_good_at; /* when any request was last answered */
  gint64 failing_since;  /* since when every request has failed */
  gint64 first_good_at;  /* when any request was answered for the first time */
  gint64 changes_good_at; /* each by itself: the records, */
  gint64 live_good_at;    /* what moves (of its feeds the one that is furthest behind), */
  gint64 stats_good_at;   /* and how today goes */
} SmConnectivity;

SmStatusState sm_connectivity_state  (const SmConnectivity *self,
                                      gint64                now_us);
gint64        sm_connectivity_next   (const SmConnectivity *self,
                                      gint64                now_us);

G_END_DECLS
