/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmSeries: values of one thing over time: a column for each field that there are values of. */
typedef struct
{
  guint n;
  gint64 *at;       /* network time, µs, rising */
  guint n_columns;
  guint *fields;    /* of the noun, a field for each column */
  double **values;  /* n of each column; NAN: not known */
  double **minimum; /* of each column: NULL, or the least of each quarter of an hour */
  double **maximum; /* likewise the greatest */
  gboolean *late;   /* (nullable): n: later ones were known before it */
} SmSeries;

void sm_series_free (SmSeries *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSeries, sm_series_free)

G_END_DECLS
