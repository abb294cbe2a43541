/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-windows-private.h"

#include "sm-error.h"
#include "sm-history-table.h"
#include "sm-rules-private.h"

/* What shows that something serves again: a swap or session that began after the window
 * opened, and went as it should. */

/* The newest are enough: what serves others proves it before long. */
#define MAX_LOOKED_AT 500

static gboolean
is_proof (const SmRow *window,
          const SmRow *order)
{
  gint64 began = sm_row_is_null (order, SM_ORDER_STARTED_AT)
                     ? sm_row_get_int (order, SM_ORDER_CREATED_AT)
                     : sm_row_get_int (order, SM_ORDER_STARTED_AT);

  return began >= sm_row_get_int (window, SM_WINDOW_OPENED_AT)
         && sm_row_is_null (order, SM_ORDER_ABNORMAL);
}

/* @out_number: (out) (transfer full) (nullable): of an order by which @id has served */
static gboolean
find_order (SmRules      *rules,
            const SmRow  *window,
            guint         field,
            gint64        id,
            char        **out_number,
            GError      **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  SmHistoryQuery query = {
    .noun = sm_noun_get (SM_NOUN_ORDER),
    .newest_first = TRUE,
    .from = sm_row_get_int (window, SM_WINDOW_OPENED_AT),
    .to = SM_UNKNOWN,
    .after_time = SM_UNKNOWN,
    .after_id = SM_UNKNOWN,
    .limit = MAX_LOOKED_AT,
    .n_equals = 2,
    .equals = { { field, value },
                { SM_ORDER_PROCESS, sm_order_processes[SM_ORDER_PROCESS_COMPLETED] } },
  };
  g_autoptr (GPtrArray) orders
      = sm_history_table_read (sm_rules_get_connection (rules), &query, all, error);

  *out_number = NULL;
  for (guint i = 0; orders != NULL && *out_number == NULL && i < orders->len; i++)
    if (is_proof (window, orders->pdata[i]))
      *out_number = g_strdup (sm_row_get_text (orders->pdata[i], SM_ORDER_NUMBER));
  return orders != NULL;
}

/* --- of an area: each of its stations --- */

typedef struct
{
  const SmRow *window;
  char *number; /* (nullable): of the last that was found */
  gboolean is_missing;
} Search;

static gboolean
look_at_station (SmRules      *rules,
                 const SmRow  *station,
                 gpointer      user_data,
                 GError      **error)
{
  Search *search = user_data;
  g_autofree char *number = NULL;

  if (search->is_missing || g_strcmp0 (sm_row_get_text (station, SM_STATION_STATE), "operating") != 0
      || !sm_windows_reaches (rules, search->window,
                              sm_row_get_int (station, SM_ROW_OPERATOR_ID),
                              sm_row_get_int (station, SM_ROW_AREA_ID)))
    return TRUE;
  if (!find_order (rules, search->window, SM_ORDER_STATION_ID, sm_row_get_id (station), &number,
                   error))
    return FALSE;
  if (number == NULL)
    search->is_missing = TRUE;
  else
    {
      g_free (search->number);
      search->number = g_steal_pointer (&number);
    }
  return TRUE;
}

static gboolean
find_in_area (SmRules      *rules,
              const SmRow  *window,
              char        **out_number,
              GError      **error)
{
  Search search = { .window = window };

  if (!sm_windows_refresh (rules, error)
      || !sm_rules_each (rules, SM_NOUN_STATION, look_at_station, &search, error))
    {
      g_free (search.number);
      return FALSE;
    }
  if (search.is_missing)
    g_clear_pointer (&search.number, g_free);
  *out_number = search.number;
  return TRUE;
}

/**
 * sm_window_find_proof:
 * @window: which has been opened
 * @out_number: (out) (transfer full) (nullable): of the order; %NULL: there is none
 *
 * Of a station and its parts it is an order there, of a lane or pile one by itself; of
 * an area one at each station that is in operation.
 */
gboolean
sm_window_find_proof (SmRules      *rules,
                      const SmRow  *window,
                      char        **out_number,
                      GError      **error)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (window, SM_WINDOW_SCOPE_NOUN));
  gint64 id = sm_row_get_int (window, SM_WINDOW_SCOPE_ID);

  *out_number = NULL;
  switch (noun != NULL ? noun->id : SM_N_NOUNS)
    {
    case SM_NOUN_AREA:
      return find_in_area (rules, window, out_number, error);
    case SM_NOUN_LANE:
      return find_order (rules, window, SM_ORDER_LANE_ID, id, out_number, error);
    case SM_NOUN_PILE:
      return find_order (rules, window, SM_ORDER_PILE_ID, id, out_number, error);
    case SM_NOUN_VEHICLE:
      return find_order (rules, window, SM_ORDER_VEHICLE_ID, id, out_number, error);
    default:
      return find_order (rules, window, SM_ORDER_STATION_ID,
                         sm_row_get_int (window, SM_WINDOW_STATION_ID), out_number, error);
    }
}
