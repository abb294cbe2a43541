/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The slugs of a notification, as sm_tell_channels and its sisters of sm-noun.h have them. */

typedef enum
{
  SM_TELL_SMS,
  SM_TELL_EMAIL,
  SM_TELL_VOICE,
  SM_TELL_WEBHOOK, /* a program of somebody else */
  SM_TELL_LAMP,
  SM_TELL_N_CHANNELS
} SmTellChannel;

/* Why somebody was told. */
typedef enum
{
  SM_TELL_BECAUSE_RULE,       /* it is theirs to know */
  SM_TELL_BECAUSE_ESCALATION, /* nobody who was told before has confirmed it */
  SM_TELL_BECAUSE_STORM,      /* so much at once that it was summed up */
  SM_TELL_BECAUSE_TEST,       /* somebody wanted to see whether it works */
  SM_TELL_BECAUSE_TAKEN_BACK, /* it was theirs to do, and is not any more */
  SM_TELL_BECAUSE_REPORTED,   /* they reported it */
  SM_TELL_BECAUSE_ENDING,     /* somebody of theirs may soon, or now, not do it any more */
} SmTellReason;

typedef enum
{
  SM_TELL_QUEUED,
  SM_TELL_SENT,
  SM_TELL_FAILED,
  SM_TELL_LAPSED, /* it was over before it went out */
} SmTellState;

/* What went wrong with the last attempt. */
typedef enum
{
  SM_TELL_UNREACHABLE, /* nobody answered there */
  SM_TELL_TIMED_OUT,   /* somebody did, and said nothing more */
  SM_TELL_REFUSED,     /* they do not take it, now or ever */
  SM_TELL_NOT_ALLOWED, /* they do not let us in */
  SM_TELL_BROKEN,      /* their answer cannot be understood */
  SM_TELL_NO_CHANNEL,  /* there is no such channel any more */
  SM_TELL_TOO_MANY,    /* so many were told lately that nobody more is */
} SmTellProblem;

G_END_DECLS
