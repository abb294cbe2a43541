/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-directory.h"
#include "sm-link.h"
#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmRowFilter:
 *
 * Which stations, open alarms or maintenance windows, as a link says: the same for a figure
 * that counts them and for the list that it opens.
 */
typedef struct _SmRowFilter SmRowFilter;

SmRowFilter *sm_row_filter_new   (SmNounId            noun,
                                  SmDirectory        *directory,
                                  const SmLink       *link,
                                  GError            **error);
void         sm_row_filter_free  (SmRowFilter        *self);
gboolean     sm_row_filter_match (const SmRow        *row,
                                  gpointer            filter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmRowFilter, sm_row_filter_free)

G_END_DECLS
