/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-truck-words.h"

#include "sm-live-set.h"
#include "sm-ops-work-orders.h"
#include "sm-text.h"
#include "sm-truck-offer.h"
#include "sm-work-order-words.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* What is said of a truck that is to go elsewhere. */

/** sm_truck_way: Returns: (transfer full): where, which pack, how long that takes; or nothing */
char *
sm_truck_way (SmOps  *ops,
              gint64  station_id,
              gint64  battery_id,
              gint64  seconds)
{
  g_autofree char *station = sm_work_order_label (ops, SM_NOUN_STATION, station_id);
  g_autofree char *pack = sm_work_order_label (ops, SM_NOUN_BATTERY, battery_id);
  int minutes = (int) ((seconds + 59) / 60);

  if (station == NULL)
    return g_strdup ("");
  /* Translators: a station, a battery and a time: where a truck is told to go */
  return g_strdup_printf (ngettext ("to %s · %s · %d minute", "to %s · %s · %d minutes",
                                    (gulong) minutes),
                          station, pack != NULL ? pack : "–", minutes);
}

/** sm_truck_offer_word: Returns: what can be done now, by #SmTruckOutcome */
const char *
sm_truck_offer_word (guint outcome)
{
  static const char *const words[] = { N_ ("can be sent"), N_ ("no pack is left, call"),
                                       N_ ("reaches no station"),
                                       N_ ("range is not known, call") };

  return outcome < G_N_ELEMENTS (words) ? _(words[outcome]) : "–";
}

/**
 * sm_truck_rescue:
 * @row: (nullable): what it was told
 *
 * Returns: (transfer none) (nullable): the open order by which somebody fetches it: nobody has to
 *   be sent again
 */
SmItem *
sm_truck_rescue (SmOps       *ops,
                 const SmRow *row)
{
  SmLiveSet *orders = SM_LIVE_SET (sm_ops_get_work_orders (ops));

  return row != NULL && sm_row_get_enum (row, SM_GUIDANCE_STATE) == SM_GUIDANCE_STATE_RESCUE
             ? sm_live_set_find (orders, sm_row_get_int (row, SM_GUIDANCE_WORK_ORDER_ID)) : NULL;
}

/** sm_truck_why: Returns: (transfer full) (nullable): why it is so, in the words of who said it */
char *
sm_truck_why (SmOps       *ops,
              const SmRow *row)
{
  g_autofree char *refused = sm_text_clean (sm_row_get_text (row, SM_GUIDANCE_REFUSE_REASON));
  SmItem *order = sm_truck_rescue (ops, row);

  if (!sm_row_is_null (row, SM_GUIDANCE_LAPSE_BY))
    return g_strdup (sm_word_of_slug (sm_guidance_lapses,
                                      sm_row_get_text (row, SM_GUIDANCE_LAPSE_BY)));
  if (!sm_row_is_null (row, SM_GUIDANCE_CALL_OUTCOME))
    return g_strdup_printf (_("Called: %s"),
                            sm_word_of_slug (sm_guidance_calls,
                                             sm_row_get_text (row, SM_GUIDANCE_CALL_OUTCOME)));
  return order != NULL
             ? g_strdup (sm_row_get_text (sm_item_get_row (order), SM_WORK_ORDER_NUMBER))
             : g_steal_pointer (&refused);
}

/**
 * sm_truck_state:
 * @act: (nullable): what is on its way, instead of since when it is so
 *
 * Returns: (transfer full)
 */
char *
sm_truck_state (SmOps       *ops,
                const SmRow *row,
                const char  *act)
{
  g_autofree char *since
      = sm_work_order_moment (ops, sm_row_get_int (row, SM_GUIDANCE_STATE_SINCE));

  return g_strdup_printf (
      "%s · %s", sm_word_of_slug (sm_guidance_states, sm_row_get_text (row, SM_GUIDANCE_STATE)),
      act != NULL ? act : since);
}
