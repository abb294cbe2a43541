/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-live-set.h"
#include "sm-overlay.h"

G_BEGIN_DECLS

/**
 * SmAlarmBook:
 *
 * The open alarms as they are shown: what the service says, with the pending
 * acts of this person laid over it.  An act covers its alarm until the feed has
 * passed the seq of its answer.  Main thread only.
 */
typedef struct _SmAlarmBook SmAlarmBook;

SmAlarmBook *sm_alarm_book_new       (void);
void         sm_alarm_book_free      (SmAlarmBook *self);
SmLiveSet   *sm_alarm_book_get_set   (SmAlarmBook *self);
SmRow       *sm_alarm_book_find_base (SmAlarmBook *self,
                                      gint64       id);
void         sm_alarm_book_put       (SmAlarmBook *self,
                                      SmRow       *row);
void         sm_alarm_book_put_all   (SmAlarmBook *self,
                                      GPtrArray   *rows);
void         sm_alarm_book_remove    (SmAlarmBook *self,
                                      gint64       id);
void         sm_alarm_book_replace   (SmAlarmBook *self,
                                      GPtrArray   *rows);
void         sm_alarm_book_set_acts  (SmAlarmBook *self,
                                      GPtrArray   *acts,
                                      const char  *person);
void         sm_alarm_book_keep_acts (SmAlarmBook *self,
                                      gboolean     keeps);
SmOverlay   *sm_alarm_book_get_overlay (SmAlarmBook *self);

int          sm_alarm_compare_gravity (const SmRow *a,
                                       const SmRow *b);
int          sm_alarm_compare        (const SmRow *a,
                                      const SmRow *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAlarmBook, sm_alarm_book_free)

G_END_DECLS
