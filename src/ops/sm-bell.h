/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/* At most one sound in so long, whatever happens. */
#define SM_BELL_LEAST_US (5 * G_TIME_SPAN_SECOND)
/* Safety codes are heard again after so much silence. */
#define SM_BELL_SAFETY_SILENCE_US (60 * G_TIME_SPAN_SECOND)

/**
 * SmBell:
 *
 * When alarms that nobody has acknowledged are to be heard: each level in its own
 * rhythm until it is acknowledged, the worst alone, never two sounds within five
 * seconds.  Silence for a set time is not an acknowledgement; codes of safety are
 * heard again after a minute of it, at once when there are more of them, and
 * whatever levels are chosen.  It sleeps while there is nothing to be heard.
 *
 * Signal "ring" (uint level).  Properties: levels (uint, a bit each, level 1 is
 * bit 0); read-only and notified: problem (in words: why nothing can be heard
 * here; NULL: it can), silenced (gboolean).
 */
#define SM_TYPE_BELL (sm_bell_get_type ())
G_DECLARE_FINAL_TYPE (SmBell, sm_bell, SM, BELL, GObject)

SmBell     *sm_bell_for_ops          (SmOps      *ops);
void        sm_bell_silence          (SmBell     *self,
                                      gint64      length_us);
gboolean    sm_bell_is_silenced      (SmBell     *self);
gint64      sm_bell_get_remaining_us (SmBell     *self);
void        sm_bell_set_levels       (SmBell     *self,
                                      guint       levels);
guint       sm_bell_get_levels       (SmBell     *self);
void        sm_bell_set_muted        (SmBell     *self,
                                      gboolean    is_muted);
void        sm_bell_set_problem      (SmBell     *self,
                                      const char *problem);
const char *sm_bell_get_problem      (SmBell     *self);
void        sm_bell_test             (SmBell     *self,
                                      guint       level);
gint64      sm_bell_check            (SmBell     *self,
                                      gint64      now_us);
void        sm_bell_silence_at       (SmBell     *self,
                                      gint64      length_us,
                                      gint64      now_us);

G_END_DECLS
