/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-past.h"

G_BEGIN_DECLS

/**
 * SmReplay:
 *
 * A past that is gone through: at which moment of it one is, how fast it goes
 * on, and whether it does.  It has no clock of its own: whoever shows it says
 * how much time has passed.
 *
 * Signals: "moved" (): it is at another moment; "changed" (): it goes or
 * stands, or goes at another rate.
 */
#define SM_TYPE_REPLAY (sm_replay_get_type ())
G_DECLARE_FINAL_TYPE (SmReplay, sm_replay, SM, REPLAY, GObject)

extern const guint sm_replay_rates[];
extern const guint sm_n_replay_rates;

SmReplay     *sm_replay_new           (SmPast   *past);
const SmPast *sm_replay_get_past      (SmReplay *self);
gint64        sm_replay_get_at        (SmReplay *self);
void          sm_replay_set_at        (SmReplay *self,
                                       gint64    at);
guint         sm_replay_get_rate      (SmReplay *self);
void          sm_replay_set_rate      (SmReplay *self,
                                       guint     rate);
gboolean      sm_replay_get_is_going  (SmReplay *self);
void          sm_replay_set_is_going  (SmReplay *self,
                                       gboolean  is_going);
void          sm_replay_pass          (SmReplay *self,
                                       gint64    machine_us);
gboolean      sm_replay_go_to_event   (SmReplay *self,
                                       int       direction);
GArray       *sm_replay_get_events    (SmReplay *self);
guint         sm_replay_count_events  (SmReplay *self);

G_END_DECLS
