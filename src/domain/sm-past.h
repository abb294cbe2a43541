/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-transition.h"
#include "sm-row.h"
#include "sm-series.h"

G_BEGIN_DECLS

/* What was known of a thing over a stretch of time, and at each moment of it.  What
 * came late, or was found out later, was not known yet. */

/** SmPastVersion: what a row was from @at until the next one. */
typedef struct
{
  gint64 at;
  SmRow *row;
} SmPastVersion;

/** SmPastThing: an alarm or a command, from when it was first known. */
typedef struct
{
  gint64 id;
  gboolean is_exact;  /* FALSE: nobody noted what it was; put together from its times */
  GArray *versions;   /* of SmPastVersion, rising; never empty */
  GPtrArray *steps;   /* (nullable): of SmAlarmTransition, rising */
} SmPastThing;

/** SmPastAct: what somebody did, as the audit has it. */
typedef struct
{
  gint64 at;
  char *actor_kind; /* person | device | system */
  char *actor;
  char *act;        /* "alarm.acknowledge" */
  char *object;     /* "alarm/7" */
  char *outcome;    /* done | unchanged | refused */
  char *reason;     /* (nullable) */
  char *before;     /* (nullable): a JSON object of the fields that changed */
  char *after;      /* (nullable) */
} SmPastAct;

typedef struct
{
  SmRow *record;       /* of what it is the past, as it is now: a vehicle, station or area */
  gint64 from, to;     /* network time, µs */
  char *drill;         /* (nullable): what the drill is called that all this was */
  gint64 made_at;      /* network time: what was known by then */
  gboolean is_sampled; /* FALSE: its values are means of quarters of an hour */
  gboolean is_cut;     /* there was more than is given */
  SmSeries *series;    /* (nullable): such a thing has no values of its own */
  GPtrArray *alarms;   /* of SmPastThing */
  GPtrArray *commands; /* of SmPastThing */
  GPtrArray *acts;     /* (nullable): of SmPastAct, rising; NULL: not for who asks */
  GBytes *document;    /* (nullable): all of this as the service said it: an incident file */
} SmPast;

SmPast      *sm_past_new          (SmRow             *record,
                                   gint64             from,
                                   gint64             to);
void         sm_past_free         (SmPast            *self);
SmPastThing *sm_past_thing_new    (gint64             id);
void         sm_past_thing_free   (SmPastThing       *self);
void         sm_past_thing_add    (SmPastThing       *self,
                                   gint64             at,
                                   SmRow             *row);
void         sm_past_act_free     (SmPastAct         *self);

SmRow       *sm_past_thing_at     (const SmPastThing *self,
                                   gint64             at);
gint64       sm_past_thing_over   (const SmPastThing *self);
GPtrArray   *sm_past_alarms_at    (const SmPast      *self,
                                   gint64             at);
GPtrArray   *sm_past_commands_at  (const SmPast      *self,
                                   gint64             at);
double       sm_past_value_at     (const SmPast      *self,
                                   guint              column,
                                   gint64             at,
                                   gint64            *out_since);

/** SmPastEvent: something that happened, of one of three kinds. */
typedef struct
{
  gint64 at;
  const SmPastThing *thing;       /* (nullable): of an act: the alarm that it was done to */
  const SmAlarmTransition *step;  /* (nullable) */
  const SmPastAct *act;           /* (nullable) */
  SmRow *command;                 /* (nullable): what it was from then on */
} SmPastEvent;

GArray      *sm_past_list_events  (const SmPast      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPast, sm_past_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPastThing, sm_past_thing_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPastAct, sm_past_act_free)

G_END_DECLS
