/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-specs.h"
#include "sm-currency.h"
#include "sm-list-words.h"
#include "sm-ops-work-orders.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Orders, movements of packs and driving events: newest first, read by page. */
#define FIXED SM_COLUMN_UNSORTED
#define EXTRA (SM_COLUMN_UNSORTED | SM_COLUMN_HIDDEN)

static double
amount (const SmTableColumn *column,
        SmItem              *item,
        gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);

  return sm_row_is_null (row, column->field)
             ? NAN
             : sm_currency_amount (sm_row_get_int (row, column->field),
                                   sm_row_get_text (row, SM_ORDER_CURRENCY));
}

/* Yen have no digits behind the point, dinars three. */
static char *
amount_text (const SmTableColumn *column,
             SmItem              *item,
             gpointer             view)
{
  const char *currency = sm_row_get_text (sm_item_get_row (item), SM_ORDER_CURRENCY);

  return sm_text_measure (amount (column, item, view), sm_currency_digits (currency), NULL);
}

static const SmTableColumn order_columns[] = {
  { "number", N_ ("Number"), NULL, SM_ORDER_NUMBER, SM_COLUMN_PRIMARY | FIXED, 0, 16 },
  { "kind", N_ ("Kind"), NULL, SM_ORDER_KIND, FIXED, 0, 7 },
  { "process", N_ ("Process"), NULL, SM_ORDER_PROCESS, FIXED, 0, 10 },
  { "station", N_ ("Station"), NULL, SM_ORDER_STATION_ID, FIXED, 0, 16, 0, sm_list_station },
  { "vehicle", N_ ("Vehicle"), NULL, SM_ORDER_VEHICLE_ID, FIXED, 0, 11, 0, sm_list_vehicle },
  { "driver", N_ ("Driver"), NULL, SM_ORDER_DRIVER_ID, FIXED, 0, 9, 0, sm_list_driver },
  { "started", N_ ("Started"), NULL, SM_ORDER_STARTED_AT, EXTRA, 0, 19 },
  { "ended", N_ ("Ended"), NULL, SM_ORDER_ENDED_AT, FIXED, 0, 19 },
  { "wait", N_ ("Wait"), "min", SM_ORDER_WAIT_S, FIXED, 1, 6, 1 / 60.0 },
  { "duration", N_ ("Duration"), "min", SM_ORDER_DURATION_S, FIXED, 1, 6, 1 / 60.0 },
  { "energy", N_ ("Energy"), "kWh", SM_ORDER_ENERGY_WH, FIXED, 1, 7, 0.001 },
  { "basis", N_ ("Measured by"), NULL, SM_ORDER_ENERGY_BASIS, EXTRA, 0, 12 },
  { "soc_before", N_ ("Charge before"), "%", SM_ORDER_SOC_BEFORE, EXTRA, 0, 6 },
  { "soc_after", N_ ("Charge after"), "%", SM_ORDER_SOC_AFTER, EXTRA, 0, 6 },
  { "amount", N_ ("Amount"), NULL, SM_ORDER_AMOUNT_MINOR, FIXED, 2, 9, 0, amount_text, amount },
  { "currency", N_ ("Currency"), NULL, SM_ORDER_CURRENCY, FIXED, 0, 5 },
  { "payment", N_ ("Payment"), NULL, SM_ORDER_PAYMENT, FIXED, 0, 10 },
  { "fleet", N_ ("Fleet"), NULL, SM_ROW_FLEET_ID, EXTRA, 0, 16, 0, sm_list_fleet },
  { "battery_out", N_ ("Battery taken out"), NULL, SM_ORDER_BATTERY_OUT_ID, EXTRA, 0, 14, 0,
    sm_list_battery },
  { "battery_in", N_ ("Battery put in"), NULL, SM_ORDER_BATTERY_IN_ID, EXTRA, 0, 14, 0,
    sm_list_battery },
  { "abnormal", N_ ("Abnormal"), NULL, SM_ORDER_ABNORMAL, FIXED, 0, 12 },
};

static const SmFilterChoice order_choices[] = {
  { "kind", N_ ("Kind"), sm_order_kinds },
  { "process", N_ ("Process"), sm_order_processes },
  { "ended", N_ ("Ended"), sm_list_periods, sm_list_period_words },
};

static GListModel *
query_orders (SmOps        *ops,
              const SmLink *link)
{
  return sm_list_history (ops, SM_NOUN_ORDER, link);
}

static char *
order_link (SmItem   *item,
            gpointer  view)
{
  const char *number = sm_row_get_text (sm_item_get_row (item), SM_ORDER_NUMBER);

  return number != NULL ? sm_link_text ("orders", NULL, "number", number, NULL) : NULL;
}

const SmListSpec sm_order_list = {
  .name = "orders",
  .title = N_ ("Orders"),
  .noun = SM_NOUN_ORDER,
  .nothing = N_ ("No orders yet"),
  .columns = order_columns,
  .n_columns = G_N_ELEMENTS (order_columns),
  .choices = order_choices,
  .n_choices = G_N_ELEMENTS (order_choices),
  .hooks = { NULL, NULL, sm_list_load_more, order_link },
  .query = query_orders,
};

static char *
place (const SmTableColumn *column,
       SmItem              *item,
       gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);
  gint64 id = sm_row_get_int (row, column->field + 1);

  switch (sm_row_get_enum (row, column->field))
    {
    case SM_PLACE_VEHICLE:
      return sm_list_label (view, SM_NOUN_VEHICLE, id);
    case SM_PLACE_BAY:
      return sm_list_label (view, SM_NOUN_STATION,
                            sm_row_get_int (row, SM_BATTERY_MOVEMENT_STATION_ID));
    default:
      return g_strdup (sm_row_is_null (row, column->field)
                           ? "–" : sm_word_of_slug (sm_battery_places,
                                                    sm_row_get_text (row, column->field)));
    }
}

static const SmTableColumn movement_columns[] = {
  { "battery", N_ ("Battery"), NULL, SM_BATTERY_MOVEMENT_BATTERY_ID, SM_COLUMN_PRIMARY | FIXED, 0,
    16, 0, sm_list_battery },
  { "at", N_ ("Time"), NULL, SM_BATTERY_MOVEMENT_AT, FIXED, 0, 19 },
  { "reason", N_ ("Reason"), NULL, SM_BATTERY_MOVEMENT_REASON, FIXED, 0, 11 },
  { "from", N_ ("From"), NULL, SM_BATTERY_MOVEMENT_FROM_PLACE, FIXED, 0, 16, 0, place },
  { "to", N_ ("To"), NULL, SM_BATTERY_MOVEMENT_TO_PLACE, FIXED, 0, 16, 0, place },
  { "station", N_ ("Station"), NULL, SM_BATTERY_MOVEMENT_STATION_ID, EXTRA, 0, 16, 0,
    sm_list_station },
  { "soc", N_ ("State of charge"), "%", SM_BATTERY_MOVEMENT_SOC, FIXED, 0, 7 },
  { "soh", N_ ("State of health"), "%", SM_BATTERY_MOVEMENT_SOH, FIXED, 1, 7 },
  { "spread", N_ ("Cell spread"), "mV", SM_BATTERY_MOVEMENT_SPREAD_MV, FIXED, 0, 6 },
  { "charged", N_ ("Charged in all"), "kWh", SM_BATTERY_MOVEMENT_CHARGED_WH, EXTRA, 0, 9, 0.001 },
};

static const SmFilterChoice movement_choices[] = {
  { "ended", N_ ("Time"), sm_list_periods, sm_list_period_words },
};

static GListModel *
query_movements (SmOps        *ops,
                 const SmLink *link)
{
  return sm_list_history (ops, SM_NOUN_BATTERY_MOVEMENT, link);
}

static char *
battery_link (SmItem   *item,
              gpointer  view)
{
  g_autofree char *sn = sm_list_label (
      view, SM_NOUN_BATTERY,
      sm_row_get_int (sm_item_get_row (item), SM_BATTERY_MOVEMENT_BATTERY_ID));

  return sm_link_text ("battery", sn, NULL);
}

const SmListSpec sm_movement_list = {
  .name = "movements",
  .title = N_ ("Movements of batteries"),
  .noun = SM_NOUN_BATTERY_MOVEMENT,
  .nothing = N_ ("No movements yet"),
  .columns = movement_columns,
  .n_columns = G_N_ELEMENTS (movement_columns),
  .choices = movement_choices,
  .n_choices = G_N_ELEMENTS (movement_choices),
  .hooks = { NULL, NULL, sm_list_load_more, battery_link },
  .query = query_movements,
};

static const SmTableColumn event_columns[] = {
  { "vehicle", N_ ("Vehicle"), NULL, SM_DRIVING_EVENT_VEHICLE_ID, SM_COLUMN_PRIMARY | FIXED, 0, 12,
    0, sm_list_vehicle },
  { "driver", N_ ("Driver"), NULL, SM_DRIVING_EVENT_DRIVER_ID, FIXED, 0, 10, 0, sm_list_driver },
  { "kind", N_ ("Kind"), NULL, SM_DRIVING_EVENT_KIND, FIXED, 0, 12 },
  { "at", N_ ("Time"), NULL, SM_DRIVING_EVENT_AT, FIXED, 0, 19 },
  { "value", N_ ("Value"), NULL, SM_DRIVING_EVENT_VALUE, FIXED, 1, 8 },
  { "limit", N_ ("Limit"), NULL, SM_DRIVING_EVENT_LIMIT_VALUE, FIXED, 1, 8 },
  { "fleet", N_ ("Fleet"), NULL, SM_ROW_FLEET_ID, FIXED, 0, 16, 0, sm_list_fleet },
};

static const SmFilterChoice event_choices[] = {
  { "kind", N_ ("Kind"), sm_driving_event_kinds },
  { "ended", N_ ("Time"), sm_list_periods, sm_list_period_words },
};

static GListModel *
query_events (SmOps        *ops,
              const SmLink *link)
{
  return sm_list_history (ops, SM_NOUN_DRIVING_EVENT, link);
}

static char *
vehicle_link (SmItem   *item,
              gpointer  view)
{
  g_autofree char *plate = sm_list_label (
      view, SM_NOUN_VEHICLE,
      sm_row_get_int (sm_item_get_row (item), SM_DRIVING_EVENT_VEHICLE_ID));

  return sm_link_text ("vehicle", plate, NULL);
}

const SmListSpec sm_driving_event_list = {
  .name = "driving_events",
  .title = N_ ("Driving events"),
  .noun = SM_NOUN_DRIVING_EVENT,
  .nothing = N_ ("No driving events yet"),
  .columns = event_columns,
  .n_columns = G_N_ELEMENTS (event_columns),
  .choices = event_choices,
  .n_choices = G_N_ELEMENTS (event_choices),
  .hooks = { NULL, NULL, sm_list_load_more, vehicle_link },
  .query = query_events,
};

/* --- who was told of what --- */

static char *
told_of (const SmTableColumn *column,
         SmItem              *item,
         gpointer             view)
{
  const char *code = sm_row_get_text (sm_item_get_row (item), column->field);

  return code != NULL ? g_strdup (sm_word_of_alarm (code)) : NULL;
}

static char *
told_level (const SmTableColumn *column,
            SmItem              *item,
            gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);

  return sm_row_is_null (row, column->field)
             ? NULL
             : g_strdup (sm_word_of_level ((int) sm_row_get_int (row, column->field)));
}

static const SmTableColumn notification_columns[] = {
  { "at", N_ ("Time"), NULL, SM_NOTIFICATION_AT, SM_COLUMN_PRIMARY | FIXED, 0, 19 },
  { "recipient", N_ ("Recipient"), NULL, SM_NOTIFICATION_RECIPIENT, FIXED, 0, 10 },
  { "channel", N_ ("Told by"), NULL, SM_NOTIFICATION_CHANNEL, FIXED, 0, 9 },
  { "level", N_ ("Level"), NULL, SM_NOTIFICATION_LEVEL, FIXED, 0, 8, 0, told_level },
  { "code", N_ ("What"), NULL, SM_NOTIFICATION_CODE, FIXED, 0, 18, 0, told_of },
  { "source", N_ ("Source"), NULL, SM_NOTIFICATION_SOURCE_LABEL, FIXED, 0, 12 },
  { "because", N_ ("Reason"), NULL, SM_NOTIFICATION_BECAUSE, FIXED, 0, 20 },
  { "state", N_ ("State"), NULL, SM_NOTIFICATION_STATE, FIXED, 0, 12 },
  { "attempts", N_ ("Attempts"), NULL, SM_NOTIFICATION_ATTEMPTS, FIXED, 0, 8 },
  { "problem", N_ ("Problem"), NULL, SM_NOTIFICATION_PROBLEM, FIXED, 0, 14 },
  { "confirmed_by", N_ ("Answered by"), NULL, SM_NOTIFICATION_CONFIRMED_BY, FIXED, 0, 12 },
  { "confirmed_at", N_ ("Answered"), NULL, SM_NOTIFICATION_CONFIRMED_AT, EXTRA, 0, 19 },
  { "address", N_ ("Number or address"), NULL, SM_NOTIFICATION_ADDRESS, EXTRA, 0, 14 },
  { "sent", N_ ("Sent"), NULL, SM_NOTIFICATION_SENT_AT, EXTRA, 0, 19 },
  { "text", N_ ("Text"), NULL, SM_NOTIFICATION_TEXT, EXTRA, 0, 40 },
};

static const SmFilterChoice notification_choices[] = {
  { "ended", N_ ("Time"), sm_list_periods, sm_list_period_words },
};

static GListModel *
query_notifications (SmOps        *ops,
                     const SmLink *link)
{
  return sm_list_history (ops, SM_NOUN_NOTIFICATION, link);
}

/* Returns: (transfer full) (nullable): it is over: its page has those that are not */
static char *
work_order_link (SmOps  *ops,
                 gint64  id)
{
  GListModel *orders = sm_ops_get_work_orders (ops);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);
      const SmRow *order = sm_item_get_row (item);

      if (sm_row_get_id (order) == id)
        return sm_link_text ("work_order", sm_row_get_text (order, SM_WORK_ORDER_NUMBER), NULL);
    }
  return NULL;
}

/* A summary of many, and a test, are of nothing that could be looked at. */
static char *
subject_link (SmItem   *item,
              gpointer  view)
{
  const SmRow *row = sm_item_get_row (item);
  const char *noun = sm_row_get_text (row, SM_NOTIFICATION_SUBJECT_NOUN);
  gint64 subject_id = sm_row_get_int (row, SM_NOTIFICATION_SUBJECT_ID);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, subject_id);

  if (subject_id <= 0)
    return NULL;
  if (g_strcmp0 (noun, "alarm") == 0)
    return sm_link_text ("alarm", id, NULL);
  if (g_strcmp0 (noun, "certificate") == 0)
    return sm_link_text ("certificates", NULL, NULL);
  return g_strcmp0 (noun, "work_order") == 0
             ? work_order_link (sm_list_view_get_ops (view), subject_id)
             : NULL;
}

const SmListSpec sm_notification_list = {
  .name = "notifications",
  .title = N_ ("Messages"),
  .noun = SM_NOUN_NOTIFICATION,
  .nothing = N_ ("Nobody was told anything yet"),
  .columns = notification_columns,
  .n_columns = G_N_ELEMENTS (notification_columns),
  .choices = notification_choices,
  .n_choices = G_N_ELEMENTS (notification_choices),
  .hooks = { NULL, NULL, sm_list_load_more, subject_link },
  .query = query_notifications,
};
