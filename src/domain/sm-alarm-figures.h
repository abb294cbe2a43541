/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/* How many alarms the people at a desk are given, and how many are too many: what
 * ISA-18.2-2016 and EEMUA 191 measure an alarm system by. */

#define SM_ALARM_LEVELS 4
#define SM_ALARM_WINDOW_S 600

/** SmAlarmTargets: what is aimed at, and from when on something is called so. */
typedef struct
{
  double per_10min;     /* so many are well manageable, in the mean of the time */
  double per_10min_max; /* and so many just so */
  double flood_begins;  /* more than this in 10 minutes */
  double flood_ends;    /* fewer than this */
  double busy_pct;      /* of all 10 minutes, those with so many that it is a flood */
  double flood_pct;     /* of the time, in floods */
  double top_pct;       /* of all alarms, the ten most frequent */
  double chatter_count; /* so many of one kind and thing ... */
  double chatter_s;     /* ... within so many seconds */
  double chattering;    /* how many do */
  double stale_h;       /* there for longer */
  double stale;         /* how many are */
  double level_pct[SM_ALARM_LEVELS]; /* of all alarms */
  double ack_s[SM_ALARM_LEVELS];     /* the median until somebody acknowledges */
} SmAlarmTargets;

/** SmAlarmTarget: one of them: what it may be, and what it is until somebody sets it. */
typedef struct
{
  const char *name;
  gsize offset; /* of a double in SmAlarmTargets */
  double usual;
  double least, most;
  const char *source; /* slug: "isa-18.2", "eemua-191" or "own" */
} SmAlarmTarget;

extern const SmAlarmTarget sm_alarm_targets[];
extern const guint sm_n_alarm_targets;

#define SM_ALARM_TARGET(targets, i) \
  (*(double *) ((char *) (targets) + sm_alarm_targets[i].offset))

/** SmAlarmRates: the figures of an area, of a desk, or of all that was asked for. */
typedef struct
{
  gint64 area_id; /* 0: all, or of none */
  gint64 desk_id; /* likewise */
  gint64 count;   /* an alarm that rings again counts again */
  gint64 level[SM_ALARM_LEVELS];
  gint64 put_aside; /* not in count: shelved, suppressed or a part of another as they rang */
  gint64 unacked;   /* nobody has acknowledged them yet */
  gint64 windows;   /* of 10 minutes */
  gint64 busy_windows;
  gint64 busiest;   /* most in one of them */
  gint64 floods;
  gint64 chattering;
  gint64 stale;
  double per_10min;
  double busy_pct;
  double flood_s;
  double flood_pct;
  double top_pct;
  double ack_s[SM_ALARM_LEVELS]; /* NAN: none was */
} SmAlarmRates;

/** SmAlarmRatesMember: one of its numbers, by name. */
typedef struct
{
  const char *name;
  gboolean is_real; /* else a gint64 */
  gsize offset;
} SmAlarmRatesMember;

extern const SmAlarmRatesMember sm_alarm_rates_members[];
extern const guint sm_n_alarm_rates_members;

/** SmAlarmFigure: an alarm that stands out, and how often and from when to when it did. */
typedef struct
{
  SmRow *alarm;
  gint64 count;
  gint64 from;
  gint64 to;
} SmAlarmFigure;

typedef enum
{
  SM_ALARM_FIGURES_TOP,
  SM_ALARM_FIGURES_CHATTERING,
  SM_ALARM_FIGURES_STALE,
  SM_ALARM_FIGURES_FLOODS, /* the alarm is its first-out */
  SM_ALARM_FIGURES_N_LISTS
} SmAlarmFiguresList;

extern const char *const sm_alarm_figures_lists[]; /* slugs */

/** SmAlarmFigures: all of it, of a range of time. */
typedef struct
{
  gint64 as_of;
  gint64 from;
  gint64 to;
  SmAlarmTargets targets;
  gint64 targets_rev;
  SmAlarmRates total;
  GArray *areas;   /* of SmAlarmRates, the most alarms first */
  GArray *desks;   /* likewise */
  GArray *windows; /* of guint: alarms in each 10 minutes from @from on */
  GPtrArray *lists[SM_ALARM_FIGURES_N_LISTS]; /* of SmAlarmFigure */
} SmAlarmFigures;

SmAlarmFigures *sm_alarm_figures_new      (void);
void            sm_alarm_figures_free     (SmAlarmFigures       *self);
void            sm_alarm_figures_add      (SmAlarmFigures       *self,
                                           SmAlarmFiguresList    list,
                                           SmRow                *alarm,
                                           gint64                count,
                                           gint64                from,
                                           gint64                to);
void            sm_alarm_targets_init     (SmAlarmTargets       *targets);
gboolean        sm_alarm_targets_is_valid (const SmAlarmTargets *targets,
                                           guint                *out_bad);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAlarmFigures, sm_alarm_figures_free)

G_END_DECLS
