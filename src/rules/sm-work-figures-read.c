/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-figures-read.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-time.h"
#include "sm-work-plant-table.h"

/* A year of a large network; more are too many to be read for somebody who waits. */
#define MOST_ORDERS 50000
#define MOST_ROWS 20000

static gboolean
check_range (gint64   from,
             gint64   to,
             GError **error)
{
  if (to > from && to - from <= SM_WORK_FIGURES_MAX)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "out-of-range",
                "Figures of work orders are of up to 366 days, and end after they begin");
  return FALSE;
}

/**
 * sm_work_figures_ask:
 *
 * In a reader's thread.
 *
 * Returns: (transfer full) (nullable): of what @actor may see
 */
SmWorkFigures *
sm_work_figures_ask (SmReader  *reader,
                     SmActor   *actor,
                     gint64     from,
                     gint64     to,
                     GError   **error)
{
  SmConnection *connection = sm_service_db_get_connection (reader->db);
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GPtrArray) windows = NULL;
  g_autoptr (GPtrArray) stations = NULL;
  g_autoptr (SmWorkPlant) plant = NULL;

  if (!check_range (from, to, error))
    return NULL;
  orders = sm_service_list_work_since (connection, actor->scope, from - SM_WORK_FIGURES_BEFORE, to,
                                       MOST_ORDERS + 1, error);
  if (orders == NULL)
    return NULL;
  if (orders->len > MOST_ORDERS)
    {
      sm_set_error (error, SM_ERROR_INVALID, "too-much-asked", "Ask for a shorter time");
      return NULL;
    }
  windows = sm_service_list (connection, sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW), actor->scope, -1,
                             NULL, 0, MOST_ROWS, error);
  stations = windows != NULL
                 ? sm_service_list (connection, sm_noun_get (SM_NOUN_STATION), actor->scope, -1,
                                    NULL, 0, MOST_ROWS, error)
                 : NULL;
  plant = stations != NULL
              ? sm_work_plant_read (connection, actor->scope, from - SM_WORK_FIGURES_BEFORE, error)
              : NULL;
  return plant != NULL
             ? sm_work_figures_reckon (from, to, sm_rules_now (reader->rules), orders, windows,
                                       stations->len, plant)
             : NULL;
}
