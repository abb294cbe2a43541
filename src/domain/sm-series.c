/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-series.h"

static void
columns_free (double **columns,
              guint    n)
{
  for (guint i = 0; columns != NULL && i < n; i++)
    g_free (columns[i]);
  g_free (columns);
}

void
sm_series_free (SmSeries *self)
{
  g_return_if_fail (self != NULL);

  columns_free (self->values, self->n_columns);
  columns_free (self->minimum, self->n_columns);
  columns_free (self->maximum, self->n_columns);
  g_free (self->at);
  g_free (self->fields);
  g_free (self->late);
  g_free (self);
}
