/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-orders-private.h"

#include "sm-books-private.h"
#include "sm-civil.h"
#include "sm-error.h"
#include "sm-ingest-private.h"
#include "sm-rollups-private.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

#include <string.h>

/** sm_history_check: Whether @row is one of @noun and says all that it must say. */
gboolean
sm_history_check (const SmRow  *row,
                  SmNounId      noun,
                  GError      **error)
{
  const SmNoun *found = sm_row_get_noun (row);
  g_autoptr (GError) invalid = NULL;

  g_return_val_if_fail (found->id == noun, FALSE);

  for (guint i = SM_ROW_OPERATOR_ID; i < found->n_fields; i++)
    if ((found->fields[i].flags & SM_FIELD_REQUIRED) && sm_row_is_null (row, i))
      {
        g_autofree char *pointer = g_strconcat ("/", found->fields[i].name, NULL);

        sm_set_error (&invalid, SM_ERROR_INVALID, "invalid", "%s without %s", found->name,
                      found->fields[i].name);
        sm_error_add_field (invalid, pointer, "required");
        g_propagate_error (error, g_steal_pointer (&invalid));
        return FALSE;
      }
  return TRUE;
}

/** sm_history_is_past: Whether what happened at @field has happened: no clock is that wrong. */
gboolean
sm_history_is_past (SmRules      *rules,
                    const SmRow  *row,
                    guint         field,
                    GError      **error)
{
  const SmNoun *noun = sm_row_get_noun (row);
  g_autofree char *pointer = NULL;
  g_autoptr (GError) invalid = NULL;

  if (sm_row_is_null (row, field)
      || sm_row_get_int (row, field) <= sm_rules_now (rules) + SM_INGEST_AHEAD)
    return TRUE;
  pointer = g_strconcat ("/", noun->fields[field].name, NULL);
  sm_set_error (&invalid, SM_ERROR_INVALID, "invalid", "%s of %s is still to come",
                noun->fields[field].name, noun->name);
  sm_error_add_field (invalid, pointer, "out-of-range");
  g_propagate_error (error, g_steal_pointer (&invalid));
  return FALSE;
}

static double
seconds_between (const SmRow *order,
                 guint        from,
                 guint        to)
{
  return (double) (sm_row_get_int (order, to) - sm_row_get_int (order, from)) / SM_SECOND;
}

/* By the tariff that was in force when it began: it never changes inside. */
static void
price (SmRules             *rules,
       SmRow               *order,
       const SmBookStation *station)
{
  gint64 started_at = sm_row_get_int (order, SM_ORDER_STARTED_AT);
  gint64 created_at = sm_row_get_int (order, SM_ORDER_CREATED_AT);
  const SmBookTariff *tariff =
      sm_books_find_tariff (rules, sm_row_get_int (order, SM_ORDER_TARIFF_ID),
                            started_at != SM_UNKNOWN ? started_at : created_at);
  SmTariffPrice price;

  if (tariff == NULL || sm_row_is_null (order, SM_ORDER_ENERGY_WH)
      || !sm_tariff_price (&tariff->tariff, station->zone, started_at,
                           sm_row_get_int (order, SM_ORDER_ENDED_AT),
                           sm_row_get_int (order, SM_ORDER_ENERGY_WH), &price))
    return;
  sm_row_set_int (order, SM_ORDER_ENERGY_MINOR, price.energy_minor);
  sm_row_set_int (order, SM_ORDER_SERVICE_MINOR, price.service_minor);
  sm_row_set_int (order, SM_ORDER_AMOUNT_MINOR, price.amount_minor);
  sm_row_set_text (order, SM_ORDER_CURRENCY, tariff->currency);
  sm_row_set_int (order, SM_ORDER_TARIFF_ID, tariff->id);
}

/* Where the money is, until somebody says otherwise. */
static void
pay (SmRules *rules,
     SmRow   *order)
{
  const char *payment = sm_row_get_text (order, SM_ORDER_PAYMENT);
  guint process = sm_row_get_enum (order, SM_ORDER_PROCESS);

  if (payment != NULL && strcmp (payment, "authorised") != 0)
    return;
  if (process == SM_ORDER_PROCESS_CREATED || process == SM_ORDER_PROCESS_IN_PROGRESS)
    sm_row_set_text (order, SM_ORDER_PAYMENT, "authorised");
  else if (sm_row_is_null (order, SM_ORDER_AMOUNT_MINOR)
           || sm_row_get_int (order, SM_ORDER_AMOUNT_MINOR) == 0)
    sm_row_set_null (order, SM_ORDER_PAYMENT);
  else if (sm_books_is_on_account (rules, sm_row_get_int (order, SM_ROW_FLEET_ID)))
    sm_row_set_text (order, SM_ORDER_PAYMENT, "on_account");
  else
    sm_row_set_text (order, SM_ORDER_PAYMENT, "captured");
}

/* An order that says how it went says when. */
static gboolean
check_times (const SmRow  *order,
             GError      **error)
{
  gint64 created_at = sm_row_get_int (order, SM_ORDER_CREATED_AT);
  gint64 started_at = sm_row_get_int (order, SM_ORDER_STARTED_AT);
  gint64 ended_at = sm_row_get_int (order, SM_ORDER_ENDED_AT);
  guint process = sm_row_get_enum (order, SM_ORDER_PROCESS);
  gboolean running = process == SM_ORDER_PROCESS_CREATED || process == SM_ORDER_PROCESS_IN_PROGRESS;
  gint64 begun = started_at != SM_UNKNOWN ? started_at : created_at;

  if (running == (ended_at == SM_UNKNOWN) && begun >= created_at
      && (ended_at == SM_UNKNOWN || ended_at >= begun))
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "order-times",
                "The times of order %s do not fit its process",
                sm_row_get_text (order, SM_ORDER_NUMBER));
  return FALSE;
}

static void
set_times (SmRow               *order,
           const SmBookStation *station)
{
  gint64 started_at = sm_row_get_int (order, SM_ORDER_STARTED_AT);
  gint64 ended_at = sm_row_get_int (order, SM_ORDER_ENDED_AT);
  SmCivil end;

  if (sm_row_is_null (order, SM_ORDER_WAIT_S) && started_at != SM_UNKNOWN)
    sm_row_set_real (order, SM_ORDER_WAIT_S,
                     seconds_between (order, SM_ORDER_CREATED_AT, SM_ORDER_STARTED_AT));
  if (ended_at == SM_UNKNOWN)
    return;
  if (started_at != SM_UNKNOWN)
    sm_row_set_real (order, SM_ORDER_DURATION_S,
                     seconds_between (order, SM_ORDER_STARTED_AT, SM_ORDER_ENDED_AT));
  end = sm_civil_at (station->day_zone, ended_at);
  sm_row_set_int (order, SM_ORDER_BUSINESS_DAY, end.day);
  sm_row_set_int (order, SM_ORDER_HOUR, sm_civil_hour (end));
}

/** sm_orders_complete: Fills in what follows from what the order says. */
gboolean
sm_orders_complete (SmRules  *rules,
                    SmRow    *order,
                    GError  **error)
{
  const SmBookStation *station =
      sm_books_find_station (rules, sm_row_get_int (order, SM_ORDER_STATION_ID), error);

  if (station == NULL)
    return FALSE;
  sm_row_set_int (order, SM_ROW_OPERATOR_ID, station->operator_id);
  sm_row_set_int (order, SM_ROW_AREA_ID, station->area_id);
  sm_books_fill_vehicle (rules, order, sm_row_get_int (order, SM_ORDER_VEHICLE_ID));
  if (!sm_history_check (order, SM_NOUN_ORDER, error) || !check_times (order, error))
    return FALSE;
  set_times (order, station);
  price (rules, order, station);
  pay (rules, order);
  return TRUE;
}

/* What @given says, over what there was. */
static void
merge (SmRow       *order,
       const SmRow *given)
{
  const SmNoun *noun = sm_row_get_noun (given);

  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    if (!sm_row_is_null (given, i))
      sm_row_copy_field (order, given, i);
}

static gboolean
put (SmRules    *rules,
     SmRow      *given,
     SmRollups  *rollups,
     GError    **error)
{
  static const guint key = SM_ORDER_NUMBER;
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) order = NULL;

  if (!sm_service_find_like (sm_rules_get_connection (rules), given, &key, 1, &before, error))
    return FALSE;
  order = before != NULL ? sm_row_copy (before) : sm_row_copy (given);
  if (before != NULL)
    merge (order, given);
  if (!sm_history_is_past (rules, order, SM_ORDER_CREATED_AT, error)
      || !sm_history_is_past (rules, order, SM_ORDER_ENDED_AT, error)
      || !sm_orders_complete (rules, order, error) || !sm_verb_put (rules, order, before, error)
      || !sm_work_orders_prove (rules, order, error))
    return FALSE;
  if (before != NULL)
    sm_rollups_count (rollups, before, -1);
  sm_rollups_count (rollups, order, 1);
  sm_row_set_int (given, SM_ROW_ID, sm_row_get_id (order));
  return TRUE;
}

/**
 * sm_orders_put:
 * @rows: (element-type SmRow): orders, known by their number; they get their ids
 *
 * Adds them, or brings those that are there up to date: what a row does not
 * say stays.  The rollups follow: an order that is corrected moves to where it
 * belongs now.  All of them or none.
 */
gboolean
sm_orders_put (SmRules    *rules,
               SmActor    *actor,
               GPtrArray  *rows,
               GError    **error)
{
  g_autoptr (SmRollups) rollups = sm_rollups_new ();
  gboolean ok = TRUE;

  if (!sm_actor_require (actor, "station.ingest", error) || !sm_rules_begin (rules, error))
    return FALSE;
  for (guint i = 0; ok && i < rows->len; i++)
    ok = put (rules, rows->pdata[i], rollups, error);
  ok = ok && sm_rollups_write (rollups, rules, error);
  ok = sm_history_end (rules, ok, error);
  sm_stats_cache_touch (rules->stats);
  return ok;
}
