/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-actor.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* A little more than quarters of an hour are kept. */
#define SM_WHAT_IF_MAX_SPAN (36 * SM_DAY)

/** SmWhatIfCount: alarms of one day in one area, from samples or from quarters of an hour. */
typedef struct
{
  int day;        /* yyyymmdd, by the network's local clock */
  gint64 area_id; /* 0: none */
  gboolean exact;
  guint now;
  guint proposed;
} SmWhatIfCount;

/** SmWhatIfHour: the same of one hour, wherever. */
typedef struct
{
  gint64 at; /* when it begins */
  gboolean exact;
  guint now;
  guint proposed;
} SmWhatIfHour;

/** SmWhatIfThing: the same of one thing, in the whole period. */
typedef struct
{
  gint64 id;
  guint now;
  guint proposed;
} SmWhatIfThing;

#define SM_WHAT_IF_MOST_THINGS 20

/**
 * SmWhatIf:
 *
 * How often a limit would have been passed with the value that it has, and with
 * another: both by going over what is kept, so that they can be compared.
 */
typedef struct
{
  gint64 limit_id;
  double value_now, clear_now;
  double value, clear;
  double band;       /* what is kept differs from what was said by less than that */
  gint64 from, to;   /* network time */
  gint64 exact_from; /* before it, quarters of an hour are all there is */
  guint things;
  GArray *counts;    /* of SmWhatIfCount, by day, area and kind */
  GArray *hours;     /* of SmWhatIfHour: those with an alarm, in their order */
  GArray *rings;     /* of SmWhatIfThing: those for which it is another, the most first */
} SmWhatIf;

void      sm_what_if_free   (SmWhatIf     *self);

/* In a reader's thread. */
SmWhatIf *sm_what_if_reckon (SmReader     *reader,
                             SmActor      *actor,
                             gint64        limit_id,
                             double        value,
                             gint64        from,
                             gint64        to,
                             GCancellable *cancellable,
                             GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWhatIf, sm_what_if_free)

G_END_DECLS
