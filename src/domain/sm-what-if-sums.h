/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmWhatIfSums: the alarms of a limit as it is and as it would be, over a period. */
typedef struct
{
  gint64 from, exact_from; /* network time; what was before exact_from is an estimate */
  double band;             /* to within which it is exact */
  gint64 things;
  gint64 estimate_now, estimate_proposed;
  gint64 exact_now, exact_proposed;
} SmWhatIfSums;

G_END_DECLS
