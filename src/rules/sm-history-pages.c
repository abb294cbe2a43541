/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-history-pages.h"

#include "sm-error.h"
#include "sm-feed.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#define MAX_ROWS 5000

/** sm_history_may_read: Whether @actor may see what happened at all. */
gboolean
sm_history_may_read (const SmActor  *actor,
                     const SmNoun   *noun,
                     GError        **error)
{
  return sm_actor_require (actor, sm_noun_read_permission (noun), error);
}

/**
 * sm_history_read:
 * @out_more: whether there is another page
 *
 * Returns: (transfer full) (nullable): the rows (SmRow) that @actor may see
 */
GPtrArray *
sm_history_read (SmReader              *reader,
                 SmActor               *actor,
                 const SmHistoryQuery  *query,
                 gboolean              *out_more,
                 GError               **error)
{
  SmHistoryQuery longer = *query;
  guint limit = CLAMP (query->limit, 1, MAX_ROWS);
  g_autoptr (GPtrArray) rows = NULL;

  if (!sm_history_may_read (actor, query->noun, error))
    return NULL;
  longer.limit = limit + 1;
  rows = sm_history_table_read (sm_service_db_get_connection (reader->db), &longer, actor->scope,
                                error);
  if (rows == NULL)
    return NULL;
  *out_more = rows->len > limit;
  if (*out_more)
    g_ptr_array_set_size (rows, (int) limit);
  return g_steal_pointer (&rows);
}

/* What was told of another company's work, or people, is not told to this one. */
static gboolean
is_of_others (SmReader     *reader,
              SmActor      *actor,
              const SmRow  *row)
{
  const SmNoun *noun;
  g_autoptr (SmRow) subject = NULL;

  if (actor->scope->organisation_id == 0 || sm_row_get_noun (row)->id != SM_NOUN_NOTIFICATION)
    return FALSE;
  noun = sm_noun_by_name (sm_row_get_text (row, SM_NOTIFICATION_SUBJECT_NOUN));
  if (noun == NULL || (noun->id != SM_NOUN_WORK_ORDER && noun->id != SM_NOUN_CERTIFICATE))
    return FALSE;
  subject = sm_feed_read_row (reader, actor, noun,
                              sm_row_get_int (row, SM_NOTIFICATION_SUBJECT_ID), NULL);
  return subject == NULL;
}

/** sm_history_read_row: Returns: (transfer full) (nullable): one of them, if @actor may see it */
SmRow *
sm_history_read_row (SmReader      *reader,
                     SmActor       *actor,
                     const SmNoun  *noun,
                     gint64         id,
                     GError       **error)
{
  g_autoptr (SmRow) row = NULL;

  if (!sm_history_may_read (actor, noun, error)
      || !sm_service_find (sm_service_db_get_connection (reader->db), noun, id, &row, error))
    return NULL;
  if (row == NULL
      || !sm_scope_has (actor->scope, sm_row_get_int (row, SM_ROW_OPERATOR_ID),
                        sm_row_get_int (row, SM_ROW_AREA_ID),
                        sm_row_get_int (row, SM_ROW_FLEET_ID))
      || is_of_others (reader, actor, row))
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "There is no %s %" G_GINT64_FORMAT,
                    noun->name, id);
      return NULL;
    }
  return g_steal_pointer (&row);
}
