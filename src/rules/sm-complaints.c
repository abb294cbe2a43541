/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-complaints-private.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-work-orders-private.h"

/*
 * What customers are not content with: received by whoever they spoke to, decided by who
 * answers for a shift.  One that is upheld opens a work order in the same transaction, and
 * it is decided once: there is never a second order.
 */

#define LEVEL 3

/** sm_complaint_begin: What the service says of a new one. */
void
sm_complaint_begin (const SmVerb *verb,
                    SmRow        *row)
{
  sm_row_set_text (row, SM_COMPLAINT_STATE, sm_complaint_states[SM_COMPLAINT_STATE_RECEIVED]);
  sm_row_set_int (row, SM_COMPLAINT_RECEIVED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (row, SM_COMPLAINT_RECEIVED_BY, verb->actor->name);
}

/* --- what it is about --- */

/* Of a swap or a charge, or of work at that station that was not done well. */
static gboolean
find_order (const SmVerb  *verb,
            const SmRow   *row,
            SmNounId       noun,
            guint          number,
            guint          station,
            gboolean      *out_is_there,
            GError       **error)
{
  g_autoptr (GPtrArray) found
      = sm_service_list (sm_rules_get_connection (verb->rules), sm_noun_get (noun),
                         verb->actor->scope, (int) number,
                         sm_row_get_text (row, SM_COMPLAINT_ORDER_NUMBER), 0, 1, error);

  *out_is_there = found != NULL && found->len > 0
                  && sm_row_get_int (found->pdata[0], station)
                         == sm_row_get_int (row, SM_COMPLAINT_STATION_ID);
  return found != NULL;
}

static gboolean
check_order (const SmVerb  *verb,
             const SmRow   *row,
             GError       **error)
{
  gboolean is_there = FALSE;

  if (sm_row_is_null (row, SM_COMPLAINT_ORDER_NUMBER))
    return TRUE;
  if (!find_order (verb, row, SM_NOUN_ORDER, SM_ORDER_NUMBER, SM_ORDER_STATION_ID, &is_there,
                   error))
    return FALSE;
  if (!is_there
      && !find_order (verb, row, SM_NOUN_WORK_ORDER, SM_WORK_ORDER_NUMBER,
                      SM_WORK_ORDER_STATION_ID, &is_there, error))
    return FALSE;
  return is_there || sm_error_refuse_field (error, "/order_number", "not-found");
}

/** sm_complaint_check_new: Whether there is what it is about, and the actor may see it. */
gboolean
sm_complaint_check_new (const SmVerb  *verb,
                        const SmRow   *row,
                        GError       **error)
{
  g_autoptr (SmRow) vehicle = NULL;

  if (!sm_row_is_null (row, SM_COMPLAINT_VEHICLE_ID)
      && !sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_VEHICLE),
                            sm_row_get_int (row, SM_COMPLAINT_VEHICLE_ID), &vehicle, error))
    return FALSE;
  return check_order (verb, row, error);
}

/* --- what comes of it --- */

/* Who goes there reads which complaint it is, and of which truck and order. */
static char *
describe (const SmVerb  *verb,
          const SmRow   *row,
          GError       **error)
{
  GString *text = g_string_new (sm_row_get_text (row, SM_COMPLAINT_NUMBER));
  g_autoptr (SmRow) vehicle = NULL;

  if (!sm_row_is_null (row, SM_COMPLAINT_ORDER_NUMBER))
    g_string_append_printf (text, " · %s", sm_row_get_text (row, SM_COMPLAINT_ORDER_NUMBER));
  if (!sm_row_is_null (row, SM_COMPLAINT_VEHICLE_ID)
      && !sm_service_find (sm_rules_get_connection (verb->rules), sm_noun_get (SM_NOUN_VEHICLE),
                           sm_row_get_int (row, SM_COMPLAINT_VEHICLE_ID), &vehicle, error))
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  if (vehicle != NULL)
    g_string_append_printf (text, " · %s", sm_row_get_text (vehicle, SM_VEHICLE_PLATE));
  if (!sm_row_is_null (row, SM_COMPLAINT_REASON))
    g_string_append_printf (text, "\n%s", sm_row_get_text (row, SM_COMPLAINT_REASON));
  return g_string_free (text, FALSE);
}

static gboolean
open_order (const SmVerb  *verb,
            SmRow         *row,
            GError       **error)
{
  SmWorkOrderSaid said = { verb->actor->name, SM_UNKNOWN,
                           sm_row_get_text (row, SM_COMPLAINT_NUMBER), sm_row_get_id (row) };
  g_autofree char *description = describe (verb, row, error);
  g_autoptr (SmRow) station = NULL;
  g_autoptr (SmRow) order = NULL;

  if (description == NULL
      || !sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_STATION),
                            sm_row_get_int (row, SM_COMPLAINT_STATION_ID), &station, error))
    return FALSE;
  order = sm_work_order_draft (verb->rules, station, sm_rules_now (verb->rules), error);
  if (order == NULL)
    return FALSE;
  sm_row_set_text (order, SM_WORK_ORDER_KIND, "repair");
  sm_row_set_text (order, SM_WORK_ORDER_SOURCE, "complaint");
  sm_row_set_text (order, SM_WORK_ORDER_SUBJECT, sm_row_get_text (row, SM_COMPLAINT_TEXT));
  sm_row_set_text (order, SM_WORK_ORDER_DESCRIPTION, description);
  sm_row_set_text (order, SM_WORK_ORDER_REPORTED_BY,
                   sm_row_get_text (row, SM_COMPLAINT_COMPLAINANT));
  sm_row_set_text (order, SM_WORK_ORDER_CREATED_BY, verb->actor->name);
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL, LEVEL);
  if (!sm_work_order_aim (verb->rules, order, station, error)
      || !sm_work_order_write (verb->rules, order, NULL, SM_WORK_ORDER_CREATE, &said, error))
    return FALSE;
  sm_row_set_int (row, SM_COMPLAINT_WORK_ORDER_ID, sm_row_get_id (order));
  sm_row_set_text (row, SM_COMPLAINT_WORK_ORDER_NUMBER,
                   sm_row_get_text (order, SM_WORK_ORDER_NUMBER));
  return TRUE;
}

/** sm_complaint_change: @row: as it is wanted; gets who decided, and the work order */
gboolean
sm_complaint_change (const SmVerb  *verb,
                     const SmRow   *before,
                     SmRow         *row,
                     GError       **error)
{
  guint state = sm_row_get_enum (row, SM_COMPLAINT_STATE);

  if (sm_row_get_enum (before, SM_COMPLAINT_STATE) != SM_COMPLAINT_STATE_RECEIVED)
    {
      sm_verb_lose (verb, before);
      sm_set_error (error, SM_ERROR_INVALID, "complaint-over", "The complaint is decided");
      return FALSE;
    }
  if (state == SM_COMPLAINT_STATE_RECEIVED)
    return TRUE;
  if (state == SM_COMPLAINT_STATE_REJECTED && sm_row_is_null (row, SM_COMPLAINT_REASON))
    return sm_error_refuse_field (error, "/reason", "required");
  sm_row_set_int (row, SM_COMPLAINT_DECIDED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (row, SM_COMPLAINT_DECIDED_BY, verb->actor->name);
  return state == SM_COMPLAINT_STATE_REJECTED || open_order (verb, row, error);
}
