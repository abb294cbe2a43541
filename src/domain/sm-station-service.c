/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-station-service.h"

#include <stdio.h>

/* The slugs' places in sm_station_kinds and sm_station_states. */
enum { KIND_SWAP, KIND_CHARGE, KIND_BOTH };
enum { STATE_COMMISSIONING, STATE_OPERATING, STATE_PAUSED, STATE_RETIRED };

/* That many of a hundred connectors may be down before charging is degraded. */
#define CONNECTORS_SPARE_PERCENT 20

/* One robot serves all lanes of most stations: without any, no lane works. */
static SmServiceState
swap_service (const SmStationFacts *facts)
{
  gboolean no_lane = facts->n_lanes > 0 && facts->n_lanes_down == facts->n_lanes;
  gboolean no_robot = facts->n_robots > 0 && facts->n_robots_down == facts->n_robots;
  gboolean no_bay = facts->n_bays > 0 && facts->n_bays_down == facts->n_bays;

  if (facts->n_lanes + facts->n_robots + facts->n_bays == 0)
    return SM_SERVICE_UNKNOWN;
  if (no_lane || no_robot || no_bay)
    return SM_SERVICE_OUT_OF_SERVICE;
  if (facts->n_lanes_down + facts->n_robots_down + facts->n_bays_down > 0
      || (facts->n_bays > 0 && facts->n_ready == 0))
    return SM_SERVICE_DEGRADED;
  return SM_SERVICE_AVAILABLE;
}

static SmServiceState
charge_service (const SmStationFacts *facts)
{
  if (facts->n_connectors == 0)
    return SM_SERVICE_UNKNOWN;
  if (facts->n_connectors_down == facts->n_connectors)
    return SM_SERVICE_OUT_OF_SERVICE;
  if (facts->n_connectors_down * 100 > facts->n_connectors * CONNECTORS_SPARE_PERCENT)
    return SM_SERVICE_DEGRADED;
  return SM_SERVICE_AVAILABLE;
}

/**
 * sm_station_service:
 *
 * Whether a station serves: the one definition of it.  What has no parts that
 * are known, a station without piles or without lanes, says nothing either way.
 *
 * Returns: SmServiceState; %SM_ENUM_UNKNOWN for one that is not counted,
 *   because it is not yet, or no longer, in service
 */
guint
sm_station_service (const SmStationFacts *facts)
{
  SmServiceState swap, charge;

  if (facts->state == STATE_COMMISSIONING || facts->state == STATE_RETIRED)
    return SM_ENUM_UNKNOWN;
  if (facts->is_in_window)
    return SM_SERVICE_IN_WINDOW;
  if (facts->state == STATE_PAUSED || !facts->is_open)
    return SM_SERVICE_CLOSED;
  if (facts->connection != SM_CONNECTION_ONLINE && facts->connection != SM_CONNECTION_LATE)
    return SM_SERVICE_UNKNOWN;
  if (facts->has_danger)
    return SM_SERVICE_OUT_OF_SERVICE;
  swap = swap_service (facts);
  charge = charge_service (facts);
  if (facts->kind == KIND_SWAP)
    return swap;
  if (facts->kind == KIND_CHARGE)
    return charge;
  if (swap == charge || charge == SM_SERVICE_UNKNOWN)
    return swap;
  return swap == SM_SERVICE_UNKNOWN ? charge : SM_SERVICE_DEGRADED;
}

/** sm_station_is_closed: Returns: whether nobody expects anything of a station at that time of day */
gboolean
sm_station_is_closed (guint       state,
                      const char *hours,
                      int         minute)
{
  return state == STATE_COMMISSIONING || state == STATE_PAUSED || state == STATE_RETIRED
         || !sm_hours_are_open (hours, minute);
}

/**
 * sm_hours_are_open:
 * @hours: (nullable): as in "08:00-20:00" or "06:00-12:00,13:00-02:00"
 * @minute: of the local day
 *
 * Returns: whether @minute is within; always when there are no hours, or none
 *   that can be understood
 */
gboolean
sm_hours_are_open (const char *hours,
                   int         minute)
{
  gboolean has_any = FALSE;

  for (const char *p = hours; p != NULL && *p != '\0'; p++)
    {
      int from_h, from_m, to_h, to_m, n = 0, from, to;

      if (sscanf (p, "%2d:%2d-%2d:%2d%n", &from_h, &from_m, &to_h, &to_m, &n) < 4 || n == 0)
        continue;
      has_any = TRUE;
      from = from_h * 60 + from_m;
      to = to_h * 60 + to_m;
      if (from < to ? minute >= from && minute < to : minute >= from || minute < to)
        return TRUE;
      p += n - 1;
    }
  return !has_any;
}
