/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-rates.h"

#include <math.h>

/* Ends a flood when so many have left the window that it is none any more; Returns: whether. */
static gboolean
leave (const gint64 *at,
       guint        *oldest,
       guint         newest,
       gint64        now,
       gint64        window,
       guint         ends_below,
       gint64       *out_end)
{
  while (*oldest < newest && at[*oldest] + window <= now)
    {
      (*oldest)++;
      if (newest - *oldest < ends_below)
        {
          *out_end = at[*oldest - 1] + window;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * sm_alarm_floods:
 * @at: (array length=n): rising
 * @until: one that is not over by then ends there
 * @begins_above: this many within @window are none yet
 * @ends_below: and this many are one still
 *
 * Returns: (transfer full): of SmAlarmFlood
 */
GArray *
sm_alarm_floods (const gint64 *at,
                 guint         n,
                 gint64        until,
                 gint64        window,
                 guint         begins_above,
                 guint         ends_below)
{
  GArray *floods = g_array_new (FALSE, FALSE, sizeof (SmAlarmFlood));
  SmAlarmFlood flood;
  gboolean is_flood = FALSE;
  guint oldest = 0;

  for (guint i = 0; i <= n; i++)
    {
      gint64 now = i < n ? at[i] : until;

      if (is_flood && leave (at, &oldest, i, now, window, ends_below, &flood.to))
        {
          g_array_append_val (floods, flood);
          is_flood = FALSE;
        }
      while (oldest < i && at[oldest] + window <= now)
        oldest++;
      if (i == n)
        break;
      if (!is_flood && i - oldest + 1 > begins_above)
        {
          flood = (SmAlarmFlood){ .from = now, .first = oldest };
          is_flood = TRUE;
        }
      if (is_flood)
        {
          flood.last = i;
          flood.peak = MAX (flood.peak, i - oldest + 1);
        }
    }
  if (is_flood)
    {
      flood.to = until;
      g_array_append_val (floods, flood);
    }
  return floods;
}

/**
 * sm_alarm_densest:
 * @out_first: (out) (optional): index of the first of them
 *
 * Returns: the most within any one window
 */
guint
sm_alarm_densest (const gint64 *at,
                  guint         n,
                  gint64        window,
                  guint        *out_first)
{
  guint most = 0, oldest = 0;

  for (guint i = 0; i < n; i++)
    {
      while (at[oldest] + window <= at[i])
        oldest++;
      if (i - oldest + 1 <= most)
        continue;
      most = i - oldest + 1;
      if (out_first != NULL)
        *out_first = oldest;
    }
  return most;
}

/** sm_alarm_windows: Returns: (transfer full): of guint, how many in each window from @from on */
GArray *
sm_alarm_windows (const gint64 *at,
                  guint         n,
                  gint64        from,
                  gint64        to,
                  gint64        width)
{
  guint n_windows = to > from ? (guint) ((to - from + width - 1) / width) : 0;
  GArray *windows = g_array_sized_new (FALSE, TRUE, sizeof (guint), MAX (n_windows, 1));

  g_array_set_size (windows, n_windows);
  for (guint i = 0; i < n; i++)
    if (at[i] >= from && at[i] < to)
      g_array_index (windows, guint, (at[i] - from) / width)++;
  return windows;
}

static int
compare_reals (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/** sm_alarm_median: @values: of double, are put in order; Returns: NAN of none */
double
sm_alarm_median (GArray *values)
{
  const double *v = (gconstpointer) values->data;

  if (values->len == 0)
    return NAN;
  g_array_sort (values, compare_reals);
  return (v[(values->len - 1) / 2] + v[values->len / 2]) / 2;
}
