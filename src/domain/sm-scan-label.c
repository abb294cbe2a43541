/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-scan-label.h"

void
sm_scan_label_free (SmScanLabel *self)
{
  g_free (self->noun);
  g_free (self->names);
  g_free (self->sn);
  g_free (self->link);
  g_free (self);
}
