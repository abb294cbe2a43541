/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-past.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** SmReplayWish: of what, and of which time. */
typedef struct
{
  SmNounId noun; /* SM_N_NOUNS: of nothing yet */
  gint64 id;
  gint64 from, to; /* network time */
} SmReplayWish;

/**
 * SmReplayChooser:
 *
 * Of which station, vehicle or area the past is wanted, until when, and how
 * much of it.
 *
 * Signal "wanted" (): another wish than before.
 */
#define SM_TYPE_REPLAY_CHOOSER (sm_replay_chooser_get_type ())
G_DECLARE_FINAL_TYPE (SmReplayChooser, sm_replay_chooser, SM, REPLAY_CHOOSER, GtkWidget)

GtkWidget    *sm_replay_chooser_new      (SmOps              *ops);
void          sm_replay_chooser_set_wish (SmReplayChooser    *self,
                                          const SmReplayWish *wish);
SmReplayWish  sm_replay_chooser_get_wish (SmReplayChooser    *self);
void          sm_replay_chooser_refresh  (SmReplayChooser    *self,
                                          const SmPast       *past);
void          sm_replay_chooser_shift    (SmReplayChooser    *self,
                                          int                 direction);
gboolean      sm_replay_chooser_find     (SmReplayChooser    *self,
                                          const char         *text);

G_END_DECLS
