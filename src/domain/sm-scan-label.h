/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmScanLabel: what is printed on the label of one thing. */
typedef struct
{
  char *noun;
  char *names; /* as in a field of kind NAME: in all languages; a plain text has none */
  char *sn;
  char *link;  /* what a phone opens that scans it */
} SmScanLabel;

void sm_scan_label_free (SmScanLabel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmScanLabel, sm_scan_label_free)

G_END_DECLS
