/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-metrics.h"

/* Upper bounds in seconds; the last one is infinity. */
static const double bounds[] = { 0.005, 0.02, 0.1, 0.5, 2, 10 };

typedef struct
{
  guint64 buckets[G_N_ELEMENTS (bounds)]; /* each with all below it */
  guint64 n;
  double sum_s;
  GHashTable *by_status; /* status -> guint64 * */
} Route;

struct _SmMetrics
{
  GHashTable *routes; /* path -> Route */
};

static void
route_free (gpointer data)
{
  Route *route = data;

  g_hash_table_unref (route->by_status);
  g_free (route);
}

SmMetrics *
sm_metrics_new (void)
{
  SmMetrics *self = g_new0 (SmMetrics, 1);

  self->routes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, route_free);
  return self;
}

void
sm_metrics_free (SmMetrics *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->routes);
  g_free (self);
}

static Route *
ensure_route (SmMetrics  *self,
              const char *path)
{
  Route *route = g_hash_table_lookup (self->routes, path);

  if (route != NULL)
    return route;
  route = g_new0 (Route, 1);
  route->by_status = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->routes, g_strdup (path), route);
  return route;
}

/** sm_metrics_count: @route: (nullable): NULL for what is no route of ours */
void
sm_metrics_count (SmMetrics  *self,
                  const char *route,
                  guint       status,
                  gint64      took_us)
{
  Route *entry = ensure_route (self, route != NULL ? route : "none");
  double took_s = (double) took_us / 1e6;
  guint64 *count = g_hash_table_lookup (entry->by_status, GUINT_TO_POINTER (status));

  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (entry->by_status, GUINT_TO_POINTER (status), count);
    }
  (*count)++;
  entry->n++;
  entry->sum_s += took_s;
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (took_s <= bounds[i])
      entry->buckets[i]++;
}

static void
append_number (GString *text,
               double   value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (number, sizeof number, "%.10g", value));
  g_string_append_c (text, '\n');
}

static void
write_counts (SmMetrics *self,
              GString   *text)
{
  GHashTableIter routes, statuses;
  gpointer path, route, status, count;

  g_string_append (text, "# HELP stationmaster_requests_total Requests answered.\n"
                         "# TYPE stationmaster_requests_total counter\n");
  g_hash_table_iter_init (&routes, self->routes);
  while (g_hash_table_iter_next (&routes, &path, &route))
    {
      g_hash_table_iter_init (&statuses, ((Route *) route)->by_status);
      while (g_hash_table_iter_next (&statuses, &status, &count))
        g_string_append_printf (text,
                                "stationmaster_requests_total{route=\"%s\",status=\"%u\"} "
                                "%" G_GUINT64_FORMAT "\n",
                                (char *) path, GPOINTER_TO_UINT (status), *(guint64 *) count);
    }
}

static void
write_times (const char  *path,
             const Route *route,
             GString     *text)
{
  static const char name[] = "stationmaster_request_seconds";
  char bound[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    g_string_append_printf (text, "%s_bucket{route=\"%s\",le=\"%s\"} %" G_GUINT64_FORMAT "\n", name,
                            path, g_ascii_formatd (bound, sizeof bound, "%g", bounds[i]),
                            route->buckets[i]);
  g_string_append_printf (text, "%s_bucket{route=\"%s\",le=\"+Inf\"} %" G_GUINT64_FORMAT "\n", name,
                          path, route->n);
  g_string_append_printf (text, "%s_count{route=\"%s\"} %" G_GUINT64_FORMAT "\n", name, path,
                          route->n);
  g_string_append_printf (text, "%s_sum{route=\"%s\"} ", name, path);
  append_number (text, route->sum_s);
}

/** sm_metrics_write: Appends everything counted in Prometheus' text format. */
void
sm_metrics_write (SmMetrics *self,
                  GString   *text)
{
  GHashTableIter iter;
  gpointer path, route;

  write_counts (self, text);
  g_string_append (text, "# HELP stationmaster_request_seconds Time from first byte to last.\n"
                         "# TYPE stationmaster_request_seconds histogram\n");
  g_hash_table_iter_init (&iter, self->routes);
  while (g_hash_table_iter_next (&iter, &path, &route))
    write_times (path, route, text);
}

/** sm_metrics_gauge: Appends one value that goes up and down. */
void
sm_metrics_gauge (GString    *text,
                  const char *name,
                  const char *help,
                  double      value)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s gauge\n%s ", name, help, name, name);
  append_number (text, value);
}

/** sm_metrics_counter: Appends one value that only goes up, until the next start. */
void
sm_metrics_counter (GString    *text,
                    const char *name,
                    const char *help,
                    double      value)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s counter\n%s ", name, help, name, name);
  append_number (text, value);
}
