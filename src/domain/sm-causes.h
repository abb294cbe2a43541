/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmCauseEvidence: a sign of a cause: what was measured, and what it says. */
typedef struct
{
  char *kind;      /* slug: see sm_word_of_sign() */
  double value;
  char *unit;      /* (nullable): a plain number, or a share of 1 */
  gint64 at;       /* network time; SM_UNKNOWN: over some time */
  gboolean is_for; /* FALSE: it speaks against it */
  double weight;   /* how much: log odds */
} SmCauseEvidence;

/** SmCauseFound: what may be behind an alarm, how likely it is, and why. */
typedef struct
{
  char *cause;         /* slug: see sm_word_of_cause(); %SM_CAUSE_SLUG_UNKNOWN is one */
  double probability;  /* 0 to 1; two causes can both be likely */
  GPtrArray *evidence; /* of SmCauseEvidence, the weightiest first */
} SmCauseFound;

/* Nothing that is known of explains it; its probability is that of all that is not. */
#define SM_CAUSE_SLUG_UNKNOWN "unknown"

void             sm_cause_evidence_free (SmCauseEvidence *self);
void             sm_cause_found_free    (SmCauseFound    *self);
SmCauseFound    *sm_cause_found_new     (const char      *cause,
                                         double           probability);
SmCauseEvidence *sm_cause_found_add     (SmCauseFound    *self,
                                         const char      *kind,
                                         double           value,
                                         const char      *unit);

const char      *sm_word_of_cause       (const char      *cause);
const char      *sm_word_of_sign        (const char      *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmCauseFound, sm_cause_found_free)

G_END_DECLS
