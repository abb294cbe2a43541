/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-live-private.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmSilenceAlarm: what has been raised because of somebody's silence. */
typedef enum
{
  SM_SILENCE_NONE,
  SM_SILENCE_CLOSED, /* nothing: it sleeps while it is closed */
  SM_SILENCE_ALARM,  /* that it is silent */
  SM_SILENCE_DANGER, /* that it was in danger when it fell silent */
  SM_SILENCE_WORSE,  /* the same, for long */
} SmSilenceAlarm;

void sm_silence_begin    (SmRules       *rules);
void sm_silence_watch    (SmRules       *rules);
void sm_silence_excuse   (SmRules       *rules);
void sm_silence_end      (SmRules       *rules,
                          SmLiveVehicle *vehicle,
                          gint64         now);
void sm_silence_note_return
                         (SmRules             *rules,
                          const SmLiveVehicle *vehicle,
                          gint64               now);
void sm_silence_note_row (SmRules       *rules,
                          const SmRow   *row,
                          gint64         now);
void sm_silence_restore  (SmRules       *rules,
                          const SmNoun  *noun,
                          gint64         id,
                          const char    *code,
                          gint64         level);

G_END_DECLS
