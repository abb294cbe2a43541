/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-map-columns.h"

#include "sm-ops-work-orders.h"
#include "sm-time.h"
#include "sm-work-order-cells.h"
#include "sm-work-order-words.h"
#include "sm-work-order.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* --- orders --- */

static char *
clock_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             ops)
{
  char *text = sm_work_order_clock_sentence (ops, sm_item_get_row (item));

  return text != NULL ? text : g_strdup ("–");
}

/* How far who has it is from there, while they are not. */
static double
way_to_go (const SmTableColumn *column,
           SmItem              *item,
           gpointer             ops)
{
  const SmRow *order = sm_item_get_row (item);
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);
  SmOpsPlace from, to;

  if (state == SM_WORK_ORDER_STATE_ON_SITE || state == SM_WORK_ORDER_STATE_IN_PROGRESS
      || state == SM_WORK_ORDER_STATE_COMPLETED
      || !sm_ops_locate_engineer (ops, sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID), &from)
      || !sm_ops_locate_work_order (ops, order, &to))
    return NAN;
  return sm_ops_place_distance_m (&from, &to);
}

static char *
eta_text (const SmTableColumn *column,
          SmItem              *item,
          gpointer             ops)
{
  gint64 eta = sm_row_get_int (sm_item_get_row (item), SM_WORK_ORDER_ETA);
  GTimeZone *zone = sm_status_get_zone (sm_ops_get_status (ops));
  g_autoptr (GDateTime) utc
      = eta != SM_UNKNOWN ? g_date_time_new_from_unix_utc (eta / SM_SECOND) : NULL;
  g_autoptr (GDateTime) local
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("–");
}

#define HIDDEN SM_COLUMN_HIDDEN
#define FIXED SM_COLUMN_UNSORTED
#define KILOMETRES 1e-3

const SmTableColumn sm_work_order_map_columns[] = {
  { "level", N_ ("Level"), NULL, SM_WORK_ORDER_LEVEL, SM_COLUMN_LEVEL, 0, 5 },
  { "title", N_ ("What is the matter"), NULL, SM_WORK_ORDER_CODE, SM_COLUMN_PRIMARY, 0, 13, 0,
    sm_work_order_title_text },
  { "place", N_ ("Where"), NULL, SM_WORK_ORDER_STATION_ID, 0, 0, 15, 0, sm_work_order_place_text },
  { "who", N_ ("Who has it"), NULL, SM_WORK_ORDER_ASSIGNEE, 0, 0, 7, 0, sm_work_order_who_text },
  { "state", N_ ("State"), NULL, SM_WORK_ORDER_STATE, 0, 0, 13 },
  { "distance", N_ ("To go"), "km", SM_WORK_ORDER_ENGINEER_ID, 0, 1, 6, KILOMETRES, NULL,
    way_to_go },
  { "eta", N_ ("Expected there"), NULL, SM_WORK_ORDER_ETA, HIDDEN, 0, 8, 0, eta_text },
  { "clock", N_ ("Next clock"), NULL, SM_WORK_ORDER_RESPONSE_DUE_AT, HIDDEN | FIXED, 0, 22, 0,
    clock_text },
  { "number", N_ ("Number"), NULL, SM_WORK_ORDER_NUMBER, HIDDEN, 0, 14 },
};
const guint sm_n_work_order_map_columns = G_N_ELEMENTS (sm_work_order_map_columns);

/* --- engineers --- */

static gboolean
has_order (const SmRow *order,
           gint64       engineer_id)
{
  return sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID) == engineer_id
         && sm_row_get_enum (order, SM_WORK_ORDER_STATE) != SM_WORK_ORDER_STATE_COMPLETED;
}

/* The order of theirs that presses most, and how many others there are. */
static char *
has_text (const SmTableColumn *column,
          SmItem              *item,
          gpointer             data)
{
  SmOps *ops = ((SmEngineerColumnsData *) data)->ops;
  GListModel *orders = sm_ops_get_work_orders (ops);
  guint n = g_list_model_get_n_items (orders), n_has = 0;
  g_autofree char *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) order = g_list_model_get_item (orders, i);

      if (!has_order (sm_item_get_row (order), sm_item_get_id (item)))
        continue;
      if (n_has++ == 0)
        first = sm_work_order_place (ops, sm_item_get_row (order));
    }
  if (n_has == 0)
    return g_strdup (C_ ("engineer", "nothing"));
  /* Translators: where somebody has work, and in how many more places */
  return n_has == 1 ? g_steal_pointer (&first) : g_strdup_printf (_("%s and %u more"), first,
                                                                  n_has - 1);
}

static double
distance (const SmTableColumn *column,
          SmItem              *item,
          gpointer             data)
{
  const SmEngineerColumnsData *shown = data;
  SmOpsPlace place;

  if (!shown->has_place || !sm_ops_locate_engineer (shown->ops, sm_item_get_id (item), &place))
    return NAN;
  return sm_ops_place_distance_m (&place, &shown->place);
}

const SmTableColumn sm_work_order_engineer_columns[] = {
  { "name", N_ ("Engineer"), NULL, SM_ENGINEER_NAME, SM_COLUMN_PRIMARY, 0, 9 },
  { "duty", N_ ("Duty"), NULL, SM_ENGINEER_DUTY, 0, 0, 7 },
  { "has", N_ ("Has"), NULL, SM_ENGINEER_LOAD, FIXED, 0, 18, 0, has_text },
  { "distance", N_ ("Away"), "km", SM_ENGINEER_LATITUDE, 0, 1, 6, KILOMETRES,
    NULL, distance },
  { "phone", N_ ("Phone"), NULL, SM_ENGINEER_PHONE, 0, 0, 13 },
  { "skills", N_ ("Skills"), NULL, SM_ENGINEER_SKILLS, HIDDEN, 0, 20 },
};
const guint sm_n_work_order_engineer_columns = G_N_ELEMENTS (sm_work_order_engineer_columns);
