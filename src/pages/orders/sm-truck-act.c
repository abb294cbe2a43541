/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-truck-act.h"

#include "sm-time.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

/** sm_truck_act_word: Returns: (nullable): what is said of a truck instead of what could be done about it */
const char *
sm_truck_act_word (SmOps  *ops,
                   gint64  guidance_id,
                   gint64  vehicle_id)
{
  SmActState state;
  const char *problem;

  if (!sm_ops_guide_find_act (ops, guidance_id, vehicle_id, &state, &problem)
      || state == SM_ACT_CONFLICT)
    return NULL;
  return state == SM_ACT_SENDING ? _("Being sent") : _("Waits to be sent");
}

/** sm_truck_act_dup_refusal: Returns: (transfer full) (nullable): why the service did not do what was wanted */
char *
sm_truck_act_dup_refusal (SmOps  *ops,
                          gint64  guidance_id,
                          gint64  vehicle_id)
{
  SmActState state;
  const char *problem;

  return sm_ops_guide_find_act (ops, guidance_id, vehicle_id, &state, &problem)
                 && state == SM_ACT_CONFLICT
             ? sm_slug_sentence (problem)
             : NULL;
}

/** sm_truck_act_describe: Appends what makes it look otherwise. */
void
sm_truck_act_describe (SmOps   *ops,
                       GString *text,
                       gint64   guidance_id,
                       gint64   vehicle_id)
{
  SmActState state;
  const char *problem;

  if (sm_ops_guide_find_act (ops, guidance_id, vehicle_id, &state, &problem))
    g_string_append_printf (text, ",%d %s", state, problem != NULL ? problem : "");
}

/** sm_truck_act_list_offers: Returns: (transfer full): of SmTruckOffer: those of @offers that were taken and wait; @offers: (nullable) */
GArray *
sm_truck_act_list_offers (SmOps  *ops,
                          GArray *offers)
{
  GArray *waiting = g_array_new (FALSE, FALSE, sizeof (SmTruckOffer));

  for (guint i = 0; offers != NULL && i < offers->len; i++)
    {
      const SmTruckOffer *offer = &g_array_index (offers, SmTruckOffer, i);

      if (sm_truck_act_word (ops, SM_UNKNOWN, offer->vehicle_id) != NULL)
        g_array_append_val (waiting, *offer);
    }
  return waiting;
}
