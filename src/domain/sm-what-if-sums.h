/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmWhatIfPart: the same of one hour, or of one thing. */
typedef struct
{
  gint64 at; /* when the hour begins, or the id */
  gboolean is_exact;
  gint64 now, proposed;
} SmWhatIfPart;

#define SM_WHAT_IF_MOST_HOURS 400
#define SM_WHAT_IF_MOST_RINGS 20

/** SmWhatIfSums: the alarms of a limit as it is and as it would be, over a period. */
typedef struct
{
  gint64 from, exact_from; /* network time; what was before exact_from is an estimate */
  double band;             /* to within which it is exact */
  gint64 things;
  gint64 estimate_now, estimate_proposed;
  gint64 exact_now, exact_proposed;
  guint n_hours, n_rings;
  SmWhatIfPart hours[SM_WHAT_IF_MOST_HOURS]; /* with an alarm, in their order */
  SmWhatIfPart rings[SM_WHAT_IF_MOST_RINGS]; /* things that would have another number, the most first */
} SmWhatIfSums;

G_END_DECLS
