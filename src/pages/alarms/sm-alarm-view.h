/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-desk.h"
#include "sm-filter-bar.h"
#include "sm-table.h"

G_BEGIN_DECLS

/** SmAlarmViewSpec: one of the views of the alarm centre. */
typedef struct
{
  const char *name;  /* in links: "alarms" */
  const char *title; /* marked with N_() */
  gboolean is_history;
  SmDeskView view;     /* unless it is the history */
  const char *nothing; /* said when there are no rows at all, marked */
} SmAlarmViewSpec;

extern const SmAlarmViewSpec sm_alarm_views[];
extern const guint sm_n_alarm_views;

/**
 * SmAlarmView:
 *
 * One view of the alarms as a table with filters: the open ones of a kind, or the
 * history.  What it shows is a link: stationmaster:alarms?level=1.  While the
 * pointer or the focus is on the rows of open alarms none of them moves.
 *
 * Signals: "changed" (): filters or sort are others now; "chosen" (): other rows
 * are selected; "activated" (SmItem); "desk-changed" (): what is new, or whether
 * there is a flood.
 */
#define SM_TYPE_ALARM_VIEW (sm_alarm_view_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmView, sm_alarm_view, SM, ALARM_VIEW, GtkWidget)

GtkWidget   *sm_alarm_view_new         (SmOps                 *ops,
                                        SmViewState           *state,
                                        const SmAlarmViewSpec *spec);
SmTable     *sm_alarm_view_get_table   (SmAlarmView           *self);
SmAlarmDesk *sm_alarm_view_get_desk    (SmAlarmView           *self);
SmOps       *sm_alarm_view_get_ops     (SmAlarmView           *self);
void         sm_alarm_view_show_link   (SmAlarmView           *self,
                                        const SmLink          *link);
char        *sm_alarm_view_dup_link    (SmAlarmView           *self);
void         sm_alarm_view_set_groups  (SmAlarmView           *self,
                                        gboolean               groups);
void         sm_alarm_view_refresh     (SmAlarmView           *self);
void         sm_alarm_view_find        (SmAlarmView           *self);
void         sm_alarm_view_clear       (SmAlarmView           *self);
const char  *sm_alarm_view_describe_missing (SmAlarmView      *self);

/* sm-alarm-columns.c */
extern const SmTableColumn sm_alarm_columns[];
extern const guint sm_n_alarm_columns;
extern const SmTableColumn sm_alarm_history_columns[];
extern const guint sm_n_alarm_history_columns;

G_END_DECLS
