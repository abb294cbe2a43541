/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-orders-private.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

/* What a work order needs: parts that are there, and somebody who may. */

#define MAX_CERTIFICATES 100

/**
 * sm_work_order_use_part:
 *
 * Takes parts out of the van of who has @order, or out of a store: what lies in somebody else's
 * van is where that is.
 */
gboolean
sm_work_order_use_part (const SmVerb          *verb,
                        const SmRow           *order,
                        const SmWorkOrderAct  *act,
                        char                 **out_text,
                        GError               **error)
{
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) part = NULL;
  gint64 quantity = act->quantity != SM_UNKNOWN ? act->quantity : 1, left;

  if (act->part_id == SM_UNKNOWN)
    return sm_error_refuse_field (error, "/part_id", "required");
  if (!sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_PART), act->part_id,
                         &before, NULL)
      || (!sm_row_is_null (before, SM_PART_ENGINEER_ID)
          && sm_row_get_int (before, SM_PART_ENGINEER_ID)
                 != sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID)))
    return sm_error_refuse_field (error, "/part_id", "unknown");
  left = sm_row_get_int (before, SM_PART_QUANTITY) - quantity;
  if (left < 0)
    return sm_work_order_refuse ("part-not-in-stock", "So many are not there", error);
  part = sm_row_copy (before);
  sm_row_set_int (part, SM_PART_QUANTITY, left);
  *out_text = g_strdup_printf ("%s × %" G_GINT64_FORMAT, sm_row_get_text (part, SM_PART_CODE),
                               quantity);
  return sm_verb_put (verb->rules, part, before, error);
}

/**
 * sm_work_order_check_certificate:
 *
 * Returns: FALSE when the work needs a certificate that the engineer does not have, or that
 *   has expired
 */
gboolean
sm_work_order_check_certificate (SmRules      *rules,
                                 const SmRow  *order,
                                 gint64        engineer_id,
                                 GError      **error)
{
  const char *kind = sm_row_get_text (order, SM_WORK_ORDER_CERTIFICATE);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, engineer_id);
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GPtrArray) certificates = NULL;
  gboolean had_one = FALSE;

  if (kind == NULL)
    return TRUE;
  certificates = sm_service_list (sm_rules_get_connection (rules),
                                  sm_noun_get (SM_NOUN_CERTIFICATE), all,
                                  SM_CERTIFICATE_ENGINEER_ID, id, 0, MAX_CERTIFICATES, error);
  for (guint i = 0; certificates != NULL && i < certificates->len; i++)
    {
      if (g_strcmp0 (sm_row_get_text (certificates->pdata[i], SM_CERTIFICATE_KIND), kind) != 0)
        continue;
      had_one = TRUE;
      if (sm_row_get_int (certificates->pdata[i], SM_CERTIFICATE_EXPIRES_AT) > sm_rules_now (rules))
        return TRUE;
    }
  return certificates != NULL
         && sm_work_order_refuse (had_one ? "certificate-expired" : "certificate-missing",
                                  "The work needs a certificate that the engineer does not have",
                                  error);
}
