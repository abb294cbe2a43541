/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-ops-work-orders.h"
#include "sm-row-filter.h"
#include "sm-row-list.h"

/* The list that a link opens, and the link that each figure has. */

static GListModel *
open_rows (SmOps         *self,
           SmNounId       noun,
           GListModel    *source,
           const SmLink  *link,
           GError       **error)
{
  SmRowFilter *filter = sm_row_filter_new (noun, self->directory, link, error);

  if (filter == NULL)
    return NULL;
  return G_LIST_MODEL (sm_row_list_new (source, sm_row_filter_match, filter,
                                        (GDestroyNotify) sm_row_filter_free));
}

static GListModel *
open_vehicles (SmOps         *self,
               const SmLink  *link,
               GError       **error)
{
  g_autoptr (SmVehicleFilter) filter = sm_vehicle_filter_from_link (link, error);
  SmVehicleTable *table;

  if (filter == NULL)
    return NULL;
  table = sm_ops_vehicle_table_new (self);
  sm_vehicle_table_set_filter (table, filter);
  return G_LIST_MODEL (table);
}

static GListModel *
open_piles (SmOps         *self,
            const SmLink  *link,
            GError       **error)
{
  g_autoptr (SmPileFilter) filter = sm_pile_filter_from_link (link, error);
  SmPileTable *table;

  if (filter == NULL)
    return NULL;
  table = sm_ops_pile_table_new (self);
  sm_pile_table_set_filter (table, filter);
  return G_LIST_MODEL (table);
}

static GListModel *
open_history (SmOps         *self,
              const SmNoun  *noun,
              const SmLink  *link,
              GError       **error)
{
  g_autoptr (SmHistoryFilter) filter
      = sm_history_filter_from_link (link, sm_clock_now (self->clock),
                                     sm_status_get_time_zone (self->status), error);

  return filter != NULL ? G_LIST_MODEL (sm_ops_history_new (self, noun->id, filter)) : NULL;
}

/**
 * sm_ops_open_list:
 * @link: as stationmaster:stations?service=degraded, whose page is vehicles,
 *   stations, piles, alarms and work_orders (open ones), drill_steps, maintenance_windows, or the plural
 *   of a history
 *
 * Returns: (transfer full) (nullable): the rows that a figure with this link
 *   counts, kept up to date; an error for what is no such link
 */
GListModel *
sm_ops_open_list (SmOps         *self,
                  const SmLink  *link,
                  GError       **error)
{
  const SmNoun *noun;

  g_return_val_if_fail (SM_IS_OPS (self) && link != NULL, NULL);

  noun = sm_noun_by_plural (sm_link_get_page (link));
  if (noun != NULL && noun->is_history)
    return open_history (self, noun, link, error);
  switch (noun != NULL ? noun->id : SM_N_NOUNS)
    {
    case SM_NOUN_VEHICLE:
      return open_vehicles (self, link, error);
    case SM_NOUN_PILE:
      return open_piles (self, link, error);
    case SM_NOUN_STATION:
      return open_rows (self, SM_NOUN_STATION, G_LIST_MODEL (self->stations), link, error);
    case SM_NOUN_DRILL_STEP:
      return open_rows (self, SM_NOUN_DRILL_STEP, G_LIST_MODEL (self->drill_steps), link, error);
    case SM_NOUN_ALARM:
      return open_rows (self, SM_NOUN_ALARM, sm_ops_get_alarms (self), link, error);
    case SM_NOUN_WORK_ORDER:
      return open_rows (self, SM_NOUN_WORK_ORDER, sm_ops_get_work_orders (self), link, error);
    case SM_NOUN_DESK:
    case SM_NOUN_ROSTER_ENTRY:
    case SM_NOUN_HANDOVER:
    case SM_NOUN_INSPECTION:
    case SM_NOUN_SAFETY_INCIDENT:
    case SM_NOUN_CERTIFICATE:
    case SM_NOUN_CONTACT:
    case SM_NOUN_PROBLEM_RECORD:
    case SM_NOUN_COMPLAINT:
    case SM_NOUN_PART:
      return open_rows (self, noun->id, G_LIST_MODEL (sm_ops_small_set (self, noun->id)), link,
                        error);
    case SM_NOUN_MAINTENANCE_WINDOW:
      return open_rows (self, SM_NOUN_MAINTENANCE_WINDOW, G_LIST_MODEL (self->windows), link,
                        error);
    default:
      sm_set_error (error, SM_ERROR_INVALID, "link-unknown", "there is no list of this");
      return NULL;
    }
}
