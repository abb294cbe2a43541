/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figure-links.h"

#define SWAP SM_LINK_SWAP_STATIONS
#define CHARGE SM_LINK_CHARGE_STATIONS

void
sm_figure_link_free (SmFigureLink *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->link);
  g_free (self);
}

static void
add (GPtrArray  *links,
     const char *total,
     char       *link,
     gint64      value)
{
  SmFigureLink *figure = g_new0 (SmFigureLink, 1);

  *figure = (SmFigureLink){ total, link, value };
  g_ptr_array_add (links, figure);
}

/* A total and the parts that sum to it; what has no slug of its own is "unknown". */
static void
add_bar (GPtrArray         *links,
         const char        *total,
         const char        *rows,
         guint              value,
         const char        *key,
         const char *const *slugs,
         const guint       *counts,
         guint              n_counts)
{
  const char *glue = g_strrstr (rows, "?") != NULL ? "&" : "?";

  add (links, total, g_strdup (rows), value);
  for (guint i = 0; i < n_counts; i++)
    add (links, total,
         g_strdup_printf ("%s%s%s=%s", rows, glue, key, i + 1 < n_counts ? slugs[i] : "unknown"),
         counts[i]);
}

static void
add_levels (GPtrArray   *links,
            const char  *total,
            const char  *rows,
            guint        value,
            const guint *counts)
{
  static const char *const levels[] = { "unknown", "1", "2", "3", "4" };
  const char *glue = g_strrstr (rows, "?") != NULL ? "&" : "?";

  add (links, total, g_strdup (rows), value);
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    add (links, total, g_strdup_printf ("%s%slevel=%s", rows, glue, levels[i]), counts[i]);
}

/**
 * sm_figure_list_links:
 *
 * Returns: (transfer full): of SmFigureLink, of every figure that counts rows
 *   that are in memory; a total comes before its parts
 */
GPtrArray *
sm_figure_list_links (const SmFigureValues  *values,
                      const SmServiceValues *service)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_figure_link_free);

  add_bar (links, "stations", "stationmaster:stations", values->stations, "state",
           sm_station_states, values->stations_by_state, SM_FIGURE_STATION_STATES);
  add_bar (links, "stations by connection", "stationmaster:stations", values->stations,
           "connection", sm_connections, values->stations_by_connection, SM_FIGURE_CONNECTIONS);
  add_bar (links, "piles", "stationmaster:piles", values->piles, "connection", sm_connections,
           values->piles_by_connection, SM_FIGURE_CONNECTIONS);
  add_bar (links, "vehicles", "stationmaster:vehicles", values->vehicles, "activity",
           sm_activities, values->vehicles_by_activity, SM_N_ACTIVITIES);
  add_levels (links, "alarms", "stationmaster:alarms", values->alarms, values->alarms_by_level);
  add_levels (links, "unacked", "stationmaster:alarms?unacked=yes", values->unacked,
              values->unacked_by_level);
  add_bar (links, "swap", SWAP, service->swap.total, "service", sm_services,
           service->swap.by_service, SM_N_SERVICES);
  add_bar (links, "charge", CHARGE, service->charge.total, "service", sm_services,
           service->charge.by_service, SM_N_SERVICES);
  add (links, "swap lacking", g_strdup (SWAP "&lacking=yes"), service->swap.lacking);
  add (links, "charge lacking", g_strdup (CHARGE "&lacking=yes"), service->charge.lacking);
  add (links, "stations waiting", g_strdup ("stationmaster:stations?waiting=yes"),
       service->stations_waiting);
  add (links, "waiting", g_strdup ("stationmaster:vehicles?queue=waiting,called"),
       service->waiting);
  add (links, "in lane", g_strdup ("stationmaster:vehicles?queue=in_lane"), service->in_lane);
  add (links, "inbound", g_strdup ("stationmaster:vehicles?queue=inbound"), service->inbound);
  add (links, "unreachable", g_strdup ("stationmaster:vehicles?reach=unreachable"),
       service->unreachable);
  add (links, "unreachable waiting",
       g_strdup ("stationmaster:vehicles?reach=unreachable&queue=waiting,called"),
       service->unreachable_waiting);
  return links;
}

static void
add_kind (GPtrArray         *links,
          const char        *hour,
          const SmStatsKind *kind)
{
  add (links, "attempts", g_strconcat (hour, SM_LINK_ATTEMPTS, NULL), kind->attempts);
  add (links, "completed", g_strconcat (hour, SM_LINK_COMPLETED, NULL), kind->completed);
  add (links, "last hour", g_strconcat (hour, SM_LINK_COMPLETED, NULL), kind->last_hour);
}

static void
add_day (GPtrArray        *links,
         const char       *day,
         const SmStatsDay *values)
{
  add (links, "orders", g_strdup (day), values->orders);
  add (links, "swaps", g_strconcat (day, "&kind=swap" SM_LINK_COMPLETED, NULL), values->swaps);
  add (links, "charges", g_strconcat (day, "&kind=charge" SM_LINK_COMPLETED, NULL),
       values->charges);
}

/**
 * sm_figure_list_stats_links:
 *
 * Returns: (transfer full): of SmFigureLink, of every figure that counts orders;
 *   with "as_of" the rows as they were at another moment than now
 */
GPtrArray *
sm_figure_list_stats_links (const SmStatsNow *stats)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_figure_link_free);

  add_kind (links, SM_LINK_SWAPS, &stats->swaps);
  add_kind (links, SM_LINK_CHARGES, &stats->charges);
  add_day (links, SM_LINK_TODAY, &stats->today);
  add_day (links, SM_LINK_YESTERDAY_SAME_TIME, &stats->yesterday_same_time);
  return links;
}
