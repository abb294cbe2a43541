/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-effect.h"
#include "sm-item.h"

G_BEGIN_DECLS

/** SmAlarmKey: what decides how urgent an alarm is, read once for many comparisons. */
typedef struct
{
  gboolean is_unacked;
  gint64 level;
  double risk;
  SmAlarmEffect effect;
  gint64 raised_at;
  gint64 id;
} SmAlarmKey;

/** SmFold: an alarm, and what is folded into it or whom it is folded into. */
typedef struct
{
  SmItem *item; /* borrowed */
  SmAlarmKey key;
  SmAlarmKey worst;  /* the most urgent of it and those folded into it */
  gint64 worst_level; /* likewise the worst level */
  gint64 head_id;    /* whom it is folded into; 0: nobody */
  guint n_folded;
  gboolean is_safety;
  gboolean is_first_out; /* the first of those that are folded together */
} SmFold;

void        sm_alarm_key_read    (SmAlarmKey       *self,
                                  SmOps            *ops,
                                  const SmRow      *alarm);
int         sm_alarm_key_compare (const SmAlarmKey *a,
                                  const SmAlarmKey *b);
GHashTable *sm_alarm_folds_new   (SmOps            *ops,
                                  GPtrArray        *items,
                                  gboolean          by_cause);

G_END_DECLS
