/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-folds.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/** SmDeskView: which of the open alarms. */
typedef enum
{
  SM_DESK_ACTIVE,
  SM_DESK_SHELVED,
  SM_DESK_SUPPRESSED,
  SM_DESK_OUT_OF_SERVICE,
  SM_N_DESK_VIEWS,
} SmDeskView;

/* Less than, equal to or greater than 0. */
typedef int (*SmDeskCompare) (SmItem   *a,
                              SmItem   *b,
                              gpointer  data);

/**
 * SmAlarmDesk:
 *
 * The open alarms of one view as somebody works on them: a GListModel of SmItem,
 * the most urgent first, or in the order of a column.  While it is held (by the
 * pointer or the focus) no row moves, comes or goes: what is new is counted, and
 * laid in when that is asked for or when the desk is let go.  What is folded into
 * another alarm stands under it while that is expanded.  More than 10 alarms in 10
 * minutes are a flood, until fewer than 5 are: then all of one cause is one row.
 * A safety code is a row of its own always.
 *
 * It follows its source by itself, at most four times a second.  Main thread only.
 *
 * Signal "changed" (): how many are new, folded or outside of the filter, or
 * whether there is a flood.
 */
#define SM_TYPE_ALARM_DESK (sm_alarm_desk_get_type ())
G_DECLARE_FINAL_TYPE (SmAlarmDesk, sm_alarm_desk, SM, ALARM_DESK, GObject)

gboolean      sm_alarm_desk_belongs      (const SmRow   *alarm,
                                          gint64         now,
                                          SmDeskView     view);
SmAlarmDesk  *sm_alarm_desk_new          (SmOps         *ops,
                                          SmDeskView     view,
                                          const SmLink  *link,
                                          GError       **error);
void          sm_alarm_desk_refresh      (SmAlarmDesk   *self);
void          sm_alarm_desk_lay_in       (SmAlarmDesk   *self);
void          sm_alarm_desk_set_held     (SmAlarmDesk   *self,
                                          gboolean       is_held);
gboolean      sm_alarm_desk_is_held      (SmAlarmDesk   *self);
void          sm_alarm_desk_set_order    (SmAlarmDesk   *self,
                                          SmDeskCompare  compare,
                                          gpointer       data,
                                          GDestroyNotify data_free);
void          sm_alarm_desk_set_groups   (SmAlarmDesk   *self,
                                          gboolean       groups);
gboolean      sm_alarm_desk_is_flood     (SmAlarmDesk   *self);
guint         sm_alarm_desk_count_recent (SmAlarmDesk   *self);
guint         sm_alarm_desk_count_new    (SmAlarmDesk   *self,
                                          guint         *out_level);
guint         sm_alarm_desk_count_unseen_safety (SmAlarmDesk *self);
const SmFold *sm_alarm_desk_get_fold     (SmAlarmDesk   *self,
                                          SmItem        *item);
gboolean      sm_alarm_desk_is_expanded  (SmAlarmDesk   *self,
                                          SmItem        *item);
void          sm_alarm_desk_set_expanded (SmAlarmDesk   *self,
                                          SmItem        *item,
                                          gboolean       is_expanded);
GPtrArray    *sm_alarm_desk_dup_folded   (SmAlarmDesk   *self,
                                          SmItem        *item);

G_END_DECLS
