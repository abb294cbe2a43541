/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-table.h"

#include "sm-bound.h"

void
sm_tell_subject_free (SmTellSubject *self)
{
  g_free (self->noun);
  g_free (self->rule);
  g_free (self);
}

void
sm_tell_due_free (SmTellDue *self)
{
  g_free (self->address);
  g_free (self->subject);
  g_free (self);
}

void
sm_tell_count_free (SmTellCount *self)
{
  g_free (self->recipient);
  g_free (self->channel);
  g_free (self->held_first);
  g_free (self);
}

/** SmTellReadFunc: Returns: (transfer full): what the row is */
typedef gpointer (*SmTellReadFunc) (SmStatement *statement);

/* @statement: (nullable): what is not there could not be prepared */
static GPtrArray *
read_all (SmStatement    *statement,
          SmTellReadFunc  func,
          GDestroyNotify  free_func,
          GError        **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_func);
  gboolean has_row;

  while (statement != NULL && sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, func (statement));
    }
  return NULL;
}

/* --- what there is to tell --- */

/** sm_tell_subject_put: It is begun, or gone on with. */
gboolean
sm_tell_subject_put (SmConnection         *connection,
                     const SmTellSubject  *subject,
                     GError              **error)
{
  return sm_bound_run (connection, error,
                       "INSERT OR REPLACE INTO tell_subject"
                       " (noun, id, rule, round, level, begun_at, next_at)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)",
                       "titiiii", subject->noun, subject->id, subject->rule, subject->round,
                       subject->level, subject->begun_at, subject->next_at);
}

static gpointer
read_subject (SmStatement *statement)
{
  SmTellSubject *subject = g_new0 (SmTellSubject, 1);

  subject->noun = g_strdup (sm_statement_get_text (statement, 0));
  subject->id = sm_statement_get_int (statement, 1);
  subject->rule = g_strdup (sm_statement_get_text (statement, 2));
  subject->round = sm_statement_get_int (statement, 3);
  subject->level = sm_statement_get_int (statement, 4);
  subject->begun_at = sm_statement_get_int (statement, 5);
  subject->next_at = sm_statement_get_int (statement, 6);
  return subject;
}

/** sm_tell_subject_list: Returns: (transfer full) (nullable): of SmTellSubject: whose turn it is */
GPtrArray *
sm_tell_subject_list (SmConnection  *connection,
                      gint64         now,
                      guint          limit,
                      GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT noun, id, rule, round, level, begun_at, next_at FROM tell_subject"
      " WHERE next_at <= ? ORDER BY next_at LIMIT ?",
      "ii", now, (gint64) limit);

  return read_all (statement, read_subject, (GDestroyNotify) sm_tell_subject_free, error);
}

/** sm_tell_subject_remove: @rule: (nullable): of all of them */
gboolean
sm_tell_subject_remove (SmConnection  *connection,
                        const char    *noun,
                        gint64         id,
                        const char    *rule,
                        GError       **error)
{
  return sm_bound_run (connection, error,
                       "DELETE FROM tell_subject WHERE noun = ?1 AND id = ?2"
                       " AND (?3 IS NULL OR rule = ?3)",
                       "tit", noun, id, rule);
}

/** sm_tell_subject_hurry: Somebody cannot be told of it: the next one is, at once. */
gboolean
sm_tell_subject_hurry (SmConnection  *connection,
                       const char    *noun,
                       gint64         id,
                       gint64         now,
                       GError       **error)
{
  return sm_bound_run (connection, error,
                       "UPDATE tell_subject SET next_at = min (next_at, ?3)"
                       " WHERE noun = ?1 AND id = ?2",
                       "tii", noun, id, now);
}

/* --- what has to go out --- */

/** sm_tell_due_add: @address: as a whole; it is forgotten when the message went out */
gboolean
sm_tell_due_add (SmConnection  *connection,
                 gint64         notification_id,
                 const char    *channel,
                 const char    *address,
                 const char    *subject,
                 gint64         next_at,
                 GError       **error)
{
  return sm_bound_run (connection, error,
                       "INSERT INTO tell_due (notification_id, channel, address, subject, next_at)"
                       " VALUES (?, ?, ?, ?, ?)",
                       "ittti", notification_id, channel, address, subject, next_at);
}

static gpointer
read_due (SmStatement *statement)
{
  SmTellDue *due = g_new0 (SmTellDue, 1);

  due->notification_id = sm_statement_get_int (statement, 0);
  due->address = g_strdup (sm_statement_get_text (statement, 1));
  due->subject = g_strdup (sm_statement_get_text (statement, 2));
  return due;
}

/** sm_tell_due_list: Returns: (transfer full) (nullable): of SmTellDue, the oldest first */
GPtrArray *
sm_tell_due_list (SmConnection  *connection,
                  const char    *channel,
                  gint64         machine_now,
                  guint          limit,
                  GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT notification_id, address, subject FROM tell_due"
      " WHERE channel = ? AND next_at <= ? ORDER BY next_at, notification_id LIMIT ?",
      "tii", channel, machine_now, (gint64) limit);

  return read_all (statement, read_due, (GDestroyNotify) sm_tell_due_free, error);
}

gboolean
sm_tell_due_postpone (SmConnection  *connection,
                      gint64         notification_id,
                      gint64         next_at,
                      GError       **error)
{
  return sm_bound_run (connection, error,
                       "UPDATE tell_due SET next_at = ?2 WHERE notification_id = ?1", "ii",
                       notification_id, next_at);
}

gboolean
sm_tell_due_remove (SmConnection  *connection,
                    gint64         notification_id,
                    GError       **error)
{
  return sm_bound_run (connection, error, "DELETE FROM tell_due WHERE notification_id = ?", "i",
                       notification_id);
}

/* --- what was told --- */

/** sm_tell_was_told: Whether somebody was told of it since, and it did not fail. */
gboolean
sm_tell_was_told (SmConnection  *connection,
                  const char    *noun,
                  gint64         id,
                  const char    *recipient,
                  const char    *channel,
                  gint64         since,
                  gboolean      *out_was,
                  GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT 1 FROM notification WHERE subject_noun = ? AND subject_id = ? AND recipient = ?"
      " AND channel = ? AND at >= ? AND state <> 'failed' LIMIT 1",
      "titti", noun, id, recipient, channel, since);

  return statement != NULL && sm_statement_step (statement, out_was, error);
}

/** sm_tell_count_reported: How many of those who reported something were told of it since. */
gboolean
sm_tell_count_reported (SmConnection  *connection,
                        gint64         since,
                        gint64        *out_count,
                        GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT count(*) FROM notification WHERE at >= ? AND because = 'reported'"
      " AND (problem IS NULL OR problem <> 'too_many')",
      "i", since);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_count = sm_statement_get_int (statement, 0);
  return TRUE;
}

/** sm_tell_was_withheld: Whether somebody was not told of it because too many others were. */
gboolean
sm_tell_was_withheld (SmConnection  *connection,
                      const char    *noun,
                      gint64         id,
                      const char    *recipient,
                      gboolean      *out_was,
                      GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT 1 FROM notification WHERE subject_noun = ? AND subject_id = ? AND recipient = ?"
      " AND problem = 'too_many' LIMIT 1",
      "tit", noun, id, recipient);

  return statement != NULL && sm_statement_step (statement, out_was, error);
}

/** sm_tell_was_said: Whether somebody was told just that since, and it did not fail. */
gboolean
sm_tell_was_said (SmConnection  *connection,
                  const char    *noun,
                  gint64         id,
                  const char    *recipient,
                  const char    *channel,
                  const char    *text,
                  gint64         since,
                  gboolean      *out_was,
                  GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT 1 FROM notification WHERE subject_noun = ? AND subject_id = ? AND recipient = ?"
      " AND channel = ? AND text = ? AND at >= ? AND state <> 'failed' LIMIT 1",
      "tittti", noun, id, recipient, channel, text, since);

  return statement != NULL && sm_statement_step (statement, out_was, error);
}

static GArray *
read_ids (SmStatement  *statement,
          GError      **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row;

  while (statement != NULL && sm_statement_step (statement, &has_row, error))
    {
      gint64 found;

      if (!has_row)
        return g_steal_pointer (&ids);
      found = sm_statement_get_int (statement, 0);
      g_array_append_val (ids, found);
    }
  return NULL;
}

/**
 * sm_tell_list_failed:
 *
 * What was not to go out, as reporters by scan are so many that hour, is not among it: strangers
 * could hide in it whom a level 1 did not reach.
 *
 * Returns: (transfer full) (nullable): ids of what went out to nobody since then, and nobody
 *   has confirmed otherwise, the newest first
 */
GArray *
sm_tell_list_failed (SmConnection  *connection,
                     gint64         since,
                     guint          limit,
                     GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT id FROM notification WHERE at >= ? AND state = 'failed' AND confirmed_at IS NULL"
      " AND problem IS NOT 'too_many' ORDER BY at DESC, id DESC LIMIT ?",
      "ii", since, (gint64) limit);

  return read_ids (statement, error);
}

/** sm_tell_list_unconfirmed: Returns: (transfer full) (nullable): ids of what @recipient was told of it */
GArray *
sm_tell_list_unconfirmed (SmConnection  *connection,
                          const char    *noun,
                          gint64         id,
                          const char    *recipient,
                          GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT id FROM notification WHERE subject_noun = ? AND subject_id = ? AND recipient = ?"
      " AND confirmed_at IS NULL ORDER BY id DESC LIMIT 100",
      "tit", noun, id, recipient);

  return read_ids (statement, error);
}

/* --- how much --- */

#define COUNT_COLUMNS \
  "recipient, channel, since, told, held, held_worst, held_first, operator_id, place_id"

static gpointer
read_count (SmStatement *statement)
{
  SmTellCount *count = g_new0 (SmTellCount, 1);

  count->recipient = g_strdup (sm_statement_get_text (statement, 0));
  count->channel = g_strdup (sm_statement_get_text (statement, 1));
  count->since = sm_statement_get_int (statement, 2);
  count->told = sm_statement_get_int (statement, 3);
  count->held = sm_statement_get_int (statement, 4);
  count->held_worst = sm_statement_get_int (statement, 5);
  count->held_first = g_strdup (sm_statement_get_text (statement, 6));
  count->operator_id = sm_statement_get_int (statement, 7);
  count->place_id = sm_statement_get_int (statement, 8);
  return count;
}

/** sm_tell_count_find: Returns: (transfer full) (nullable): empty when nothing was said yet */
SmTellCount *
sm_tell_count_find (SmConnection  *connection,
                    const char    *recipient,
                    const char    *channel,
                    gint64         operator_id,
                    gint64         place_id,
                    GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT " COUNT_COLUMNS
      " FROM tell_count WHERE recipient = ? AND channel = ? AND operator_id = ? AND place_id = ?",
      "ttii", recipient, channel, operator_id, place_id);
  gboolean has_row;
  SmTellCount *count;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_count (statement);
  count = g_new0 (SmTellCount, 1);
  count->recipient = g_strdup (recipient);
  count->channel = g_strdup (channel);
  count->operator_id = operator_id;
  count->place_id = place_id;
  return count;
}

gboolean
sm_tell_count_put (SmConnection       *connection,
                   const SmTellCount  *count,
                   GError            **error)
{
  return sm_bound_run (connection, error,
                       "INSERT OR REPLACE INTO tell_count (" COUNT_COLUMNS ")"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       "ttiiiitii", count->recipient, count->channel, count->since, count->told,
                       count->held, count->held_worst, count->held_first, count->operator_id,
                       count->place_id);
}

/** sm_tell_count_list_held: Returns: (transfer full) (nullable): of SmTellCount: to be summed up now */
GPtrArray *
sm_tell_count_list_held (SmConnection  *connection,
                         gint64         since_before,
                         guint          limit,
                         GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT " COUNT_COLUMNS " FROM tell_count WHERE held > 0 AND since <= ? LIMIT ?", "ii",
      since_before, (gint64) limit);

  return read_all (statement, read_count, (GDestroyNotify) sm_tell_count_free, error);
}

/** sm_tell_prune: Forgets what is older, a part at a time. */
gboolean
sm_tell_prune (SmConnection  *connection,
               gint64         older_than,
               guint          limit,
               GError       **error)
{
  return sm_bound_run (connection, error,
                       "DELETE FROM notification WHERE id IN (SELECT id FROM notification"
                       " WHERE at < ? ORDER BY at, id LIMIT ?)",
                       "ii", older_than, (gint64) limit);
}

/* --- where persons are reached --- */

/** sm_tell_address_put: @address: (nullable): nobody is reached there any more: it is forgotten */
gboolean
sm_tell_address_put (SmConnection  *connection,
                     gint64         contact_id,
                     const char    *channel,
                     const char    *address,
                     GError       **error)
{
  if (address == NULL)
    return sm_bound_run (connection, error,
                         "DELETE FROM contact_address WHERE contact_id = ? AND channel = ?", "it",
                         contact_id, channel);
  return sm_bound_run (connection, error,
                       "INSERT OR REPLACE INTO contact_address (contact_id, channel, address)"
                       " VALUES (?, ?, ?)",
                       "itt", contact_id, channel, address);
}

/** sm_tell_address_find: Returns: (transfer full) (nullable): NULL also where there is none */
char *
sm_tell_address_find (SmConnection  *connection,
                      gint64         contact_id,
                      const char    *channel,
                      GError       **error)
{
  g_autoptr (SmStatement) statement
      = sm_bound_prepare (connection, error,
                          "SELECT address FROM contact_address WHERE contact_id = ? AND channel = ?",
                          "it", contact_id, channel);
  gboolean has_row;

  return statement != NULL && sm_statement_step (statement, &has_row, error) && has_row
             ? g_strdup (sm_statement_get_text (statement, 0))
             : NULL;
}

gboolean
sm_tell_address_remove (SmConnection  *connection,
                        gint64         contact_id,
                        GError       **error)
{
  return sm_bound_run (connection, error, "DELETE FROM contact_address WHERE contact_id = ?", "i",
                       contact_id);
}
