/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-table.h"

#include "sm-bound.h"
#include "sm-record-table.h"
#include "sm-time.h"

void
sm_work_order_step_free (SmWorkOrderStep *self)
{
  g_free (self->person);
  g_free (self->event);
  g_free (self->from_state);
  g_free (self->to_state);
  g_free (self->text);
  g_free (self);
}

/** sm_work_order_table_add_step: Writes it down for ever, in the transaction of the order. */
gboolean
sm_work_order_table_add_step (SmConnection           *connection,
                              const SmWorkOrderStep  *step,
                              GError                **error)
{
  return sm_bound_run (connection, error,
                       "INSERT INTO work_order_event (work_order_id, at, claimed_at, person, event, "
                       "from_state, to_state, text, reference) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       "iiittttti", step->work_order_id, step->at, step->claimed_at, step->person,
                       step->event, step->from_state, step->to_state, step->text, step->reference);
}

static SmWorkOrderStep *
read_step (SmStatement *statement)
{
  SmWorkOrderStep *step = g_new0 (SmWorkOrderStep, 1);

  step->work_order_id = sm_statement_get_int (statement, 0);
  step->at = sm_statement_get_int (statement, 1);
  step->claimed_at = sm_statement_get_int (statement, 2);
  step->person = g_strdup (sm_statement_get_text (statement, 3));
  step->event = g_strdup (sm_statement_get_text (statement, 4));
  step->from_state = g_strdup (sm_statement_get_text (statement, 5));
  step->to_state = g_strdup (sm_statement_get_text (statement, 6));
  step->text = g_strdup (sm_statement_get_text (statement, 7));
  step->reference = sm_statement_get_int (statement, 8);
  return step;
}

/** sm_work_order_table_list_steps: Returns: (transfer full) (nullable): of SmWorkOrderStep, oldest first */
GPtrArray *
sm_work_order_table_list_steps (SmConnection  *connection,
                                gint64         work_order_id,
                                guint          limit,
                                GError       **error)
{
  g_autoptr (GPtrArray) steps
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_work_order_step_free);
  g_autoptr (SmStatement) statement
      = sm_bound_prepare (connection, error,
                          "SELECT work_order_id, at, claimed_at, person, event, from_state, "
                          "to_state, text, reference FROM work_order_event "
                          "WHERE work_order_id = ?1 ORDER BY id LIMIT ?2",
                          "ii", work_order_id, (gint64) limit);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&steps);
      g_ptr_array_add (steps, read_step (statement));
    }
  return NULL;
}

/** sm_work_order_table_list_open: Returns: (transfer full) (nullable): those that are not over */
GPtrArray *
sm_work_order_table_list_open (SmConnection  *connection,
                               GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_WORK_ORDER), FALSE,
                           "INDEXED BY work_order_open "
                           "WHERE state NOT IN ('confirmed', 'cancelled') LIMIT 100000",
                           SM_UNKNOWN, error);
}

/** sm_work_order_table_add_alarm: That an alarm is of this order; of one that is over no more. */
gboolean
sm_work_order_table_add_alarm (SmConnection  *connection,
                               gint64         work_order_id,
                               gint64         alarm_id,
                               GError       **error)
{
  return sm_bound_run (connection, error,
                       "INSERT OR REPLACE INTO work_order_alarm (alarm_id, work_order_id) "
                       "VALUES (?, ?)",
                       "ii", alarm_id, work_order_id);
}

typedef struct
{
  const SmRow *order;
  gint64 since;
} Like;

static void
bind_like (SmStatement *statement,
           gpointer     user_data)
{
  const Like *like = user_data;

  sm_statement_bind_text (statement, 0, sm_row_get_text (like->order, SM_WORK_ORDER_TARGET_NOUN));
  sm_statement_bind_int (statement, 1, sm_row_get_int (like->order, SM_WORK_ORDER_TARGET_ID));
  sm_statement_bind_text (statement, 2, sm_row_get_text (like->order, SM_WORK_ORDER_CODE));
  sm_statement_bind_int (statement, 3, like->since);
}

/**
 * sm_work_order_table_list_like:
 * @order: of which target and code count
 *
 * Returns: (transfer full) (nullable): those of the same fault of the same thing, the newest
 *   first
 */
GPtrArray *
sm_work_order_table_list_like (SmConnection  *connection,
                               const SmRow   *order,
                               gint64         since,
                               GError       **error)
{
  Like like = { order, since };

  return sm_record_select_bound (connection, sm_noun_get (SM_NOUN_WORK_ORDER),
                                 "INDEXED BY work_order_by_target WHERE r.target_noun = ?1 "
                                 "AND r.target_id = ?2 AND r.code = ?3 AND r.created_at >= ?4 "
                                 "ORDER BY r.created_at DESC, r.id DESC LIMIT 100",
                                 bind_like, &like, error);
}

/**
 * sm_work_order_table_count_faults:
 * @order: of which target and code count
 *
 * How often that thing had that fault: each order that is of one, and each time that it came back
 * while its order was open.  Who comes again as was agreed comes because of no new fault, unless
 * an alarm joined that visit.
 */
gboolean
sm_work_order_table_count_faults (SmConnection  *connection,
                                  const SmRow   *order,
                                  gint64         since,
                                  gint64        *out_n,
                                  GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT coalesce(sum((parent_id IS NULL OR planned_at IS NULL OR alarm_count > 0) "
      "+ (SELECT count(*) FROM work_order_event AS e INDEXED BY work_order_event_by_order "
      "WHERE e.work_order_id = r.id AND e.event = 'recur')), 0) "
      "FROM work_order AS r INDEXED BY work_order_by_target WHERE r.target_noun = ?1 "
      "AND r.target_id = ?2 AND r.code = ?3 AND r.created_at >= ?4",
      "titi", sm_row_get_text (order, SM_WORK_ORDER_TARGET_NOUN),
      sm_row_get_int (order, SM_WORK_ORDER_TARGET_ID), sm_row_get_text (order, SM_WORK_ORDER_CODE),
      since);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_n = has_row ? sm_statement_get_int (statement, 0) : 0;
  return TRUE;
}

static void
bind_target (SmStatement *statement,
             gpointer     user_data)
{
  const SmRow *order = user_data;

  sm_statement_bind_text (statement, 0, sm_row_get_text (order, SM_WORK_ORDER_TARGET_NOUN));
  sm_statement_bind_int (statement, 1, sm_row_get_int (order, SM_WORK_ORDER_TARGET_ID));
  sm_statement_bind_text (statement, 2, sm_row_get_text (order, SM_WORK_ORDER_CODE));
}

/**
 * sm_work_order_table_find_problem:
 * @order: of which target and code
 * @out_problem: (out) (transfer full) (nullable): the open one of that fault of that thing,
 *   however long it has been open: there is never a second
 */
gboolean
sm_work_order_table_find_problem (SmConnection  *connection,
                                  const SmRow   *order,
                                  SmRow        **out_problem,
                                  GError       **error)
{
  g_autoptr (GPtrArray) found
      = sm_record_select_bound (connection, sm_noun_get (SM_NOUN_PROBLEM_RECORD),
                                "INDEXED BY problem_record_open WHERE r.target_noun = ?1 "
                                "AND r.target_id = ?2 AND r.code = ?3 AND r.state = 'open'",
                                bind_target, (gpointer) order, error);

  *out_problem = found != NULL && found->len > 0 ? sm_row_ref (found->pdata[0]) : NULL;
  return found != NULL;
}

/** sm_work_order_table_is_worked_on: @out_is: whether one of the orders of a problem is not over */
gboolean
sm_work_order_table_is_worked_on (SmConnection  *connection,
                                  gint64         problem_id,
                                  gboolean      *out_is,
                                  GError       **error)
{
  g_autoptr (SmStatement) statement
      = sm_bound_prepare (connection, error,
                          "SELECT 1 FROM work_order INDEXED BY work_order_by_problem "
                          "WHERE problem_id = ?1 AND state NOT IN ('confirmed', 'cancelled') "
                          "LIMIT 1",
                          "i", problem_id);

  return statement != NULL && sm_statement_step (statement, out_is, error);
}

/* --- photos --- */

void
sm_work_order_photo_free (SmWorkOrderPhoto *self)
{
  g_free (self->person);
  g_free (self->sha256);
  g_free (self->type);
  g_free (self);
}

/** sm_work_order_table_add_photo: Writes down what is there, in the transaction of the order. */
gboolean
sm_work_order_table_add_photo (SmConnection            *connection,
                               const SmWorkOrderPhoto  *photo,
                               gint64                  *out_id,
                               GError                 **error)
{
  if (!sm_bound_run (connection, error,
                     "INSERT INTO work_order_photo (work_order_id, at, claimed_at, person, sha256, "
                     "type, size) VALUES (?, ?, ?, ?, ?, ?, ?)",
                     "iiittti", photo->work_order_id, photo->at, photo->claimed_at, photo->person,
                     photo->sha256, photo->type, photo->size))
    return FALSE;
  *out_id = sm_connection_last_id (connection);
  return TRUE;
}

static SmWorkOrderPhoto *
read_photo (SmStatement *statement)
{
  SmWorkOrderPhoto *photo = g_new0 (SmWorkOrderPhoto, 1);

  photo->id = sm_statement_get_int (statement, 0);
  photo->work_order_id = sm_statement_get_int (statement, 1);
  photo->at = sm_statement_get_int (statement, 2);
  photo->claimed_at = sm_statement_get_int (statement, 3);
  photo->person = g_strdup (sm_statement_get_text (statement, 4));
  photo->sha256 = g_strdup (sm_statement_get_text (statement, 5));
  photo->type = g_strdup (sm_statement_get_text (statement, 6));
  photo->size = sm_statement_get_int (statement, 7);
  return photo;
}

/**
 * sm_work_order_table_list_photos:
 * @sha256: (nullable): only the one with it
 *
 * Returns: (transfer full) (nullable): of SmWorkOrderPhoto, oldest first
 */
GPtrArray *
sm_work_order_table_list_photos (SmConnection  *connection,
                                 gint64         work_order_id,
                                 const char    *sha256,
                                 guint          limit,
                                 GError       **error)
{
  g_autoptr (GPtrArray) photos
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_work_order_photo_free);
  g_autoptr (SmStatement) statement
      = sm_bound_prepare (connection, error,
                          "SELECT id, work_order_id, at, claimed_at, person, sha256, type, size "
                          "FROM work_order_photo INDEXED BY work_order_photo_by_order "
                          "WHERE work_order_id = ?1 AND (?2 IS NULL OR sha256 = ?2) "
                          "ORDER BY id LIMIT ?3",
                          "iti", work_order_id, sha256, (gint64) limit);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&photos);
      g_ptr_array_add (photos, read_photo (statement));
    }
  return NULL;
}

/** sm_work_order_table_has_photo: @out_has: (out): whether any order speaks of that photo */
gboolean
sm_work_order_table_has_photo (SmConnection  *connection,
                               const char    *sha256,
                               gboolean      *out_has,
                               GError       **error)
{
  g_autoptr (SmStatement) statement
      = sm_bound_prepare (connection, error,
                          "SELECT 1 FROM work_order_photo WHERE sha256 = ? LIMIT 1", "t", sha256);

  return statement != NULL && sm_statement_step (statement, out_has, error);
}
