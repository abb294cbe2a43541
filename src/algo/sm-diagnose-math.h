/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/* The little statistics that the signs are made of; what is NAN is left out. */

/* Returns: (transfer full): the same in the order of their first member, a time */
static inline gpointer
sm_sorted_by_time (gconstpointer items,
                   guint         n,
                   gsize         size)
{
  char *sorted = g_malloc (MAX (n * size, 1));
  char *held = g_alloca (size);

  /* They come nearly in order: what is late moves a few places. */
  for (guint i = 0; i < n; i++)
    {
      guint at = i;

      memcpy (held, (const char *) items + i * size, size);
      while (at > 0 && *(gint64 *) (gpointer) (sorted + (at - 1) * size) > *(gint64 *) (gpointer) held)
        at--;
      memmove (sorted + (at + 1) * size, sorted + at * size, (i - at) * size);
      memcpy (sorted + at * size, held, size);
    }
  return sorted;
}

static inline int
sm_compare_doubles (gconstpointer a,
                    gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/** SmNumbers: some numbers of which those that are not known are left out. */
typedef struct
{
  GArray *of;
} SmNumbers;

static inline SmNumbers
sm_numbers_new (void)
{
  return (SmNumbers){ g_array_new (FALSE, FALSE, sizeof (double)) };
}

static inline void
sm_numbers_add (SmNumbers *self,
                double     value)
{
  if (!isnan (value))
    g_array_append_val (self->of, value);
}

/* Returns: their median, or NAN of fewer than @least; they are freed */
static inline double
sm_numbers_median (SmNumbers *self,
                   guint      least)
{
  guint n = self->of->len;
  const double *x = (const double *) (gpointer) self->of->data;
  double median = NAN;

  g_array_sort (self->of, sm_compare_doubles);
  if (n >= MAX (least, 1))
    median = (x[(n - 1) / 2] + x[n / 2]) / 2;
  g_array_unref (self->of);
  return median;
}

/** SmSums: what a line through points needs. */
typedef struct
{
  double n, x, y, xx, xy, yy;
} SmSums;

static inline void
sm_sums_add (SmSums *self,
             double  x,
             double  y)
{
  if (isnan (x) || isnan (y))
    return;
  self->n++;
  self->x += x;
  self->y += y;
  self->xx += x * x;
  self->xy += x * y;
  self->yy += y * y;
}

static inline double
sm_sums_slope (const SmSums *self)
{
  double spread = self->n * self->xx - self->x * self->x;

  return self->n >= 3 && spread > 1e-9 ? (self->n * self->xy - self->x * self->y) / spread : NAN;
}

static inline double
sm_sums_deviation (const SmSums *self)
{
  return self->n >= 2 ? sqrt (MAX (self->xx / self->n - self->x * self->x / self->n / self->n, 0))
                      : NAN;
}

static inline double
sm_sums_correlation (const SmSums *self)
{
  double xx = self->n * self->xx - self->x * self->x, yy = self->n * self->yy - self->y * self->y;

  return self->n >= 8 && xx > 1e-9 && yy > 1e-9
             ? (self->n * self->xy - self->x * self->y) / sqrt (xx * yy)
             : NAN;
}

G_END_DECLS
