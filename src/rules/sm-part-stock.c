/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-part-stock-private.h"

#include "sm-error.h"
#include "sm-paper.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

/* Parts in vans and at service points, as persons count them.  What a work order takes is
 * taken there: see sm-work-order-means.c. */

#define MOST_OF_ONE_PLACE 1000

/* Whose van it is or which service point: one of the two. */
static gboolean
find_place (const SmVerb  *verb,
            const SmRow   *row,
            guint         *out_field,
            SmRow        **out_place,
            GError       **error)
{
  gboolean is_van = !sm_row_is_null (row, SM_PART_ENGINEER_ID);
  const char *pointer = is_van ? "/engineer_id" : "/service_point_id";
  guint field = is_van ? SM_PART_ENGINEER_ID : SM_PART_SERVICE_POINT_ID;

  if (is_van != sm_row_is_null (row, SM_PART_SERVICE_POINT_ID))
    return sm_error_refuse_field (error, pointer, is_van ? "invalid" : "required");
  *out_field = field;
  return sm_verb_find_row (verb->rules, verb->actor,
                           sm_noun_get (is_van ? SM_NOUN_ENGINEER : SM_NOUN_SERVICE_POINT),
                           sm_row_get_int (row, field), out_place, NULL)
         || sm_error_refuse_field (error, pointer, "unknown");
}

static gboolean
check_new (const SmVerb  *verb,
           const SmRow   *row,
           guint          field,
           GError       **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (row, field));
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GPtrArray) there
      = sm_service_list (sm_rules_get_connection (verb->rules), sm_noun_get (SM_NOUN_PART), all,
                         (int) field, id, 0, MOST_OF_ONE_PLACE, error);

  if (there == NULL)
    return FALSE;
  for (guint i = 0; i < there->len; i++)
    if (g_ascii_strcasecmp (sm_row_get_text (there->pdata[i], SM_PART_CODE),
                            sm_row_get_text (row, SM_PART_CODE)) == 0)
      {
        sm_set_error (error, SM_ERROR_INVALID, "part-there-already",
                      "There is a count of that part there already");
        return FALSE;
      }
  return there->len < MOST_OF_ONE_PLACE || sm_error_refuse_field (error, "/code", "out-of-range");
}

/* What lies with somebody whom they may not see is not theirs to count; what lies nowhere any more
 * is for whoever sees it. */
static gboolean
may_count (const SmVerb  *verb,
           const SmRow   *row,
           GError       **error)
{
  gboolean is_van = !sm_row_is_null (row, SM_PART_ENGINEER_ID);
  const SmNoun *noun = sm_noun_get (is_van ? SM_NOUN_ENGINEER : SM_NOUN_SERVICE_POINT);
  g_autoptr (SmRow) place = NULL;

  if (!sm_service_find (sm_rules_get_connection (verb->rules), noun,
                        sm_row_get_int (row, is_van ? SM_PART_ENGINEER_ID
                                                    : SM_PART_SERVICE_POINT_ID),
                        &place, error))
    return FALSE;
  if (place == NULL || sm_scope_has_row (verb->actor->scope, place))
    return TRUE;
  sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "There is no part %" G_GINT64_FORMAT,
                sm_row_get_id (row));
  return FALSE;
}

static gboolean
check_count (const SmRow  *row,
             guint         field,
             const char   *pointer,
             GError      **error)
{
  return sm_row_is_null (row, field) || sm_row_get_int (row, field) <= SM_PART_MAX_QUANTITY
         || sm_error_refuse_field (error, pointer, "out-of-range");
}

/**
 * sm_part_stock_settle:
 * @before: (nullable): what was counted; NULL: it is new there
 *
 * Whether that can be said of @row; a new one is seen by whoever sees where it lies.
 */
gboolean
sm_part_stock_settle (const SmVerb  *verb,
                      const SmRow   *before,
                      SmRow         *row,
                      GError       **error)
{
  g_autoptr (SmRow) place = NULL;
  guint field = SM_PART_ENGINEER_ID;

  if (!check_count (row, SM_PART_QUANTITY, "/quantity", error)
      || !check_count (row, SM_PART_MINIMUM, "/minimum", error))
    return FALSE;
  if (before != NULL)
    return may_count (verb, row, error);
  if (!find_place (verb, row, &field, &place, error) || !check_new (verb, row, field, error))
    return FALSE;
  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    if (!sm_row_is_null (place, i))
      sm_row_set_int (row, i, sm_row_get_int (place, i));
  return TRUE;
}
