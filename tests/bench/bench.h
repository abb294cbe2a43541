/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the benchmarks share: processor time, medians, and one line a target,
 * which `make accept` reads. */

#include <glib.h>
#include <sys/resource.h>

#define BENCH_ROUNDS 5

/** bench_cpu_ms: Returns: user and system time of the whole process so far, in ms */
static inline double
bench_cpu_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static inline int
bench_compare_ (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/** bench_median: Sorts @values. Returns: the middle one */
static inline double
bench_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, bench_compare_);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/**
 * bench_report:
 * @name: as in "P4 reader against json-glib"; without P number where it is not
 *   exactly what the target measures
 * @ratios: one a round; sorted here
 * @target: the median has to be at most this
 *
 * Prints the line of one target: median, spread, target, ok or missed.
 */
static inline void
bench_report (const char *name, double *ratios, guint n, double target)
{
  double median = bench_median (ratios, n);

  g_print ("%s: %.3g (%.3g-%.3g), target %.3g %s\n", name, median, ratios[0], ratios[n - 1],
           target, median <= target ? "ok" : "missed");
}

/** bench_figure: Prints a raw figure: median and spread, with its unit. */
static inline void
bench_figure (const char *name, double *values, guint n, const char *unit)
{
  double median = bench_median (values, n);

  g_print ("  %s: %.3g %s (%.3g-%.3g)\n", name, median, unit, values[0], values[n - 1]);
}
