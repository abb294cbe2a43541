/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-desks-private.h"

#include "sm-access-table.h"
#include "sm-alarm.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-statement.h"

#include <string.h>

/*
 * To whom the alarms of each desk belong, at every instant: worked out in the transaction
 * of whatever changes it, and each second for what the clock changes.
 */

#define SIT_ACT "desk.sit"
#define DEFAULT_OPERATOR 1
#define MAX_DESKS 1000

void
sm_desk_book_free (SmDeskBook *self)
{
  g_ptr_array_unref (self->desks);
  g_ptr_array_unref (self->roster);
  g_hash_table_unref (self->parents);
  g_ptr_array_unref (self->users);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmDeskBook, sm_desk_book_free)

/** sm_desks_forget: A record of @noun was written. */
void
sm_desks_forget (SmRules  *rules,
                 SmNounId  noun)
{
  if (noun == SM_NOUN_DESK || noun == SM_NOUN_ROSTER_ENTRY || noun == SM_NOUN_AREA)
    g_clear_pointer (&rules->desks, sm_desk_book_free);
}

static gboolean
add_row (SmRules      *rules,
         const SmRow  *row,
         gpointer      user_data,
         GError      **error)
{
  SmDeskBook *book = user_data;
  gint64 *pair;

  switch (sm_row_get_noun (row)->id)
    {
    case SM_NOUN_DESK:
      g_ptr_array_add (book->desks, sm_row_copy (row));
      break;
    case SM_NOUN_ROSTER_ENTRY:
      if (sm_row_get_int (row, SM_ROSTER_ENTRY_TO_AT) > sm_rules_now (rules))
        g_ptr_array_add (book->roster, sm_row_copy (row));
      break;
    default:
      if (sm_row_is_null (row, SM_AREA_PARENT_ID))
        break;
      pair = g_new (gint64, 2);
      pair[0] = sm_row_get_id (row);
      pair[1] = sm_row_get_int (row, SM_AREA_PARENT_ID);
      g_hash_table_replace (book->parents, pair, pair + 1);
    }
  return TRUE;
}

static gboolean
role_may_sit (const char *role)
{
  const char *const *permissions = role != NULL ? sm_role_get_permissions (role) : NULL;

  return permissions != NULL && g_strv_contains (permissions, SIT_ACT);
}

static gboolean
sees_desk (const SmUserRecord *user,
           const SmRow        *desk)
{
  g_autoptr (SmScope) scope = sm_scope_from_text (user->scope_kind, user->scope_ids);

  return sm_scope_has (scope, sm_row_get_int (desk, SM_ROW_OPERATOR_ID),
                       sm_row_get_int (desk, SM_ROW_AREA_ID),
                       sm_row_get_int (desk, SM_ROW_FLEET_ID));
}

/* Of those who may see the desk, whoever may do everything, or the first who may sit
 * at a desk at all. */
static const char *
find_administrator (const SmDeskBook *book,
                    const SmRow      *desk)
{
  const SmUserRecord *found = NULL;

  for (guint i = 0; i < book->users->len; i++)
    {
      const SmUserRecord *user = book->users->pdata[i];
      gboolean is_administrator = g_strcmp0 (user->role, "administrator") == 0;

      if (!is_administrator && (found != NULL || !role_may_sit (user->role)))
        continue;
      if (!sees_desk (user, desk))
        continue;
      found = user;
      if (is_administrator)
        break;
    }
  return found != NULL ? found->name : NULL;
}

/** sm_desk_book_get: Returns: (transfer none) (nullable): until something is written */
SmDeskBook *
sm_desk_book_get (SmRules  *rules,
                  GError  **error)
{
  g_autoptr (SmDeskBook) book = NULL;
  g_autoptr (GPtrArray) users = NULL;

  if (rules->desks != NULL)
    return rules->desks;
  users = sm_user_table_list (sm_rules_get_connection (rules), error);
  if (users == NULL)
    return NULL;
  book = g_new0 (SmDeskBook, 1);
  book->users = g_steal_pointer (&users);
  book->desks = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  book->roster = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  book->parents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (!sm_rules_each (rules, SM_NOUN_DESK, add_row, book, error)
      || !sm_rules_each (rules, SM_NOUN_ROSTER_ENTRY, add_row, book, error)
      || !sm_rules_each (rules, SM_NOUN_AREA, add_row, book, error))
    return NULL;
  rules->desks = g_steal_pointer (&book);
  return rules->desks;
}

static gint64
parent_of (gint64   area_id,
           gpointer user_data)
{
  SmDeskBook *book = user_data;
  const gint64 *parent = g_hash_table_lookup (book->parents, &area_id);

  return parent != NULL && *parent != area_id ? *parent : SM_UNKNOWN;
}

/* In the transaction that runs. */
static gboolean
put_main (SmRules  *rules,
          gint64    operator_id,
          GError  **error)
{
  g_autoptr (SmRow) desk = sm_row_new (sm_noun_get (SM_NOUN_DESK));

  sm_row_set_int (desk, SM_ROW_OPERATOR_ID, operator_id);
  sm_row_set_text (desk, SM_DESK_NAME, "{\"en\":\"Main desk\",\"zh-CN\":\"总控台\"}");
  return sm_verb_put (rules, desk, NULL, error) && sm_desks_settle (rules, error);
}

/** sm_desks_assign: Says in the row of an open alarm which desk it is of. */
gboolean
sm_desks_assign (SmRules  *rules,
                 SmRow    *alarm,
                 GError  **error)
{
  SmDeskBook *book = sm_desk_book_get (rules, error);
  const SmRow *desk;

  if (book == NULL)
    return FALSE;
  if (sm_row_get_enum (alarm, SM_ALARM_STATE) == SM_ALARM_NORMAL
      && !sm_row_is_null (alarm, SM_ALARM_DESK_ID))
    return TRUE; /* it stays whose it was */
  desk = sm_desks_find_for (book->desks, alarm, parent_of, book);
  if (desk == NULL && book->desks->len > 0 && !sm_row_is_null (alarm, SM_ROW_OPERATOR_ID))
    {
      /* The first alarm of another operator: it has to be somebody's. */
      if (!put_main (rules, sm_row_get_int (alarm, SM_ROW_OPERATOR_ID), error))
        return FALSE;
      book = sm_desk_book_get (rules, error);
      if (book == NULL)
        return FALSE;
      desk = sm_desks_find_for (book->desks, alarm, parent_of, book);
    }
  if (desk == NULL)
    sm_row_set_null (alarm, SM_ALARM_DESK_ID);
  else
    sm_row_set_int (alarm, SM_ALARM_DESK_ID, sm_row_get_id (desk));
  return TRUE;
}

/* --- to whom they belong --- */

static gboolean
may_answer (const char *person,
            gpointer    user_data)
{
  SmRules *rules = user_data;
  g_autoptr (SmUserRecord) user = sm_access_dup_user (rules->access, person);

  return user != NULL && role_may_sit (user->role);
}

static gboolean
note_answer (SmRules      *rules,
             const SmRow  *desk,
             GError      **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      sm_rules_get_connection (rules),
      "INSERT INTO desk_answer (desk_id, at, person, answers_as) VALUES (?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, sm_row_get_id (desk));
  sm_statement_bind_int (statement, 1, sm_row_get_int (desk, SM_DESK_ANSWERS_SINCE));
  sm_statement_bind_text (statement, 2, sm_row_get_text (desk, SM_DESK_ANSWERS));
  sm_statement_bind_text (statement, 3, sm_row_get_text (desk, SM_DESK_ANSWERS_AS));
  return sm_statement_run (statement, error);
}

/* Returns: (transfer full) (nullable): the desk as it should be, when that is not how it is */
static SmRow *
answer_anew (SmRules     *rules,
             SmDeskBook  *book,
             const SmRow *desk)
{
  gint64 now = sm_rules_now (rules);
  SmAnswering who = sm_desks_answering (book->desks, book->roster, desk, now, may_answer, rules,
                                        find_administrator (book, desk));
  const char *as = who.person != NULL ? sm_answers_as[who.as] : NULL;
  SmRow *after;

  if (g_strcmp0 (who.person, sm_row_get_text (desk, SM_DESK_ANSWERS)) == 0
      && g_strcmp0 (as, sm_row_get_text (desk, SM_DESK_ANSWERS_AS)) == 0)
    return NULL;
  after = sm_row_copy (desk);
  sm_row_set_text (after, SM_DESK_ANSWERS, who.person);
  sm_row_set_text (after, SM_DESK_ANSWERS_AS, as);
  sm_row_set_int (after, SM_DESK_ANSWERS_SINCE, now);
  return after;
}

static GPtrArray *
list_changed (SmRules  *rules,
              GError  **error)
{
  SmDeskBook *book = sm_desk_book_get (rules, error);
  GPtrArray *changed;

  if (book == NULL)
    return NULL;
  changed = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  for (guint i = 0; i < book->desks->len; i++)
    {
      SmRow *after = answer_anew (rules, book, book->desks->pdata[i]);

      if (after != NULL)
        g_ptr_array_add (changed, after);
    }
  return changed;
}

static gboolean
put_changed (SmRules    *rules,
             GPtrArray  *changed,
             GError    **error)
{
  for (guint i = 0; i < changed->len; i++)
    {
      g_autoptr (SmRow) before = NULL;

      if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_DESK),
                            sm_row_get_id (changed->pdata[i]), &before, error)
          || !sm_verb_put (rules, changed->pdata[i], before, error)
          || !note_answer (rules, changed->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

/** sm_desks_settle: In the transaction of what may have changed to whom alarms belong. */
gboolean
sm_desks_settle (SmRules  *rules,
                 GError  **error)
{
  g_autoptr (GPtrArray) changed = list_changed (rules, error);

  return changed != NULL && put_changed (rules, changed, error);
}

/** sm_desks_copy_keys: What is of a desk is seen by whoever sees the desk. */
void
sm_desks_copy_keys (SmRow       *row,
                    const SmRow *desk)
{
  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    if (sm_row_is_null (desk, i))
      sm_row_set_null (row, i);
    else
      sm_row_set_int (row, i, sm_row_get_int (desk, i));
}

/** sm_desks_reread: Returns: (transfer full) (nullable): @row as it stands by now */
SmRow *
sm_desks_reread (SmRules      *rules,
                 const SmRow  *row,
                 GError      **error)
{
  SmRow *now = NULL;

  if (sm_service_find (sm_rules_get_connection (rules), sm_row_get_noun (row),
                       sm_row_get_id (row), &now, error)
      && now == NULL)
    sm_set_error (error, SM_ERROR_INTERNAL, "internal", "what was just written is not there");
  return now;
}

/* --- alarms that are another desk's by now --- */

/* So many in one transaction: what else wants to write waits behind it. */
#define ASSIGN_AT_ONCE 500

static gboolean
assign_again (SmRules    *rules,
              GPtrArray  *open,
              GError    **error)
{
  for (guint i = 0; i < open->len; i++)
    {
      g_autoptr (SmRow) alarm = sm_row_copy (open->pdata[i]);

      if (!sm_desks_assign (rules, alarm, error)
          || (!sm_row_equal (alarm, open->pdata[i])
              && !sm_verb_put (rules, alarm, open->pdata[i], error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
assign_page (SmRules  *rules,
             GError  **error)
{
  g_autoptr (GPtrArray) open = sm_service_list_open_after (sm_rules_get_connection (rules),
                                                           rules->assigned_alarm_id,
                                                           ASSIGN_AT_ONCE, error);

  if (open == NULL || !sm_rules_begin (rules, error))
    return FALSE;
  if (!assign_again (rules, open, error))
    {
      sm_rules_rollback (rules);
      return FALSE;
    }
  rules->assigned_alarm_id = open->len < ASSIGN_AT_ONCE
                                 ? SM_UNKNOWN
                                 : sm_row_get_id (open->pdata[open->len - 1]);
  return sm_rules_commit (rules, error);
}

/** sm_desks_tick: Each second: what the clock, and what became of persons, has changed. */
gboolean
sm_desks_tick (SmRules  *rules,
               GError  **error)
{
  g_autoptr (GPtrArray) changed = list_changed (rules, error);

  if (changed == NULL)
    return FALSE;
  if (changed->len > 0)
    {
      if (!sm_rules_begin (rules, error))
        return FALSE;
      if (!put_changed (rules, changed, error))
        {
          sm_rules_rollback (rules);
          return FALSE;
        }
      if (!sm_rules_commit (rules, error))
        return FALSE;
    }
  return rules->assigned_alarm_id == SM_UNKNOWN || assign_page (rules, error);
}

/** sm_desks_need_main: That operator has a desk, at least one. */
gboolean
sm_desks_need_main (SmRules  *rules,
                    gint64    operator_id,
                    GError  **error)
{
  SmDeskBook *book = sm_desk_book_get (rules, error);

  if (book == NULL)
    return FALSE;
  if (sm_desks_get_main (book->desks, operator_id) != NULL)
    return TRUE;
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (put_main (rules, operator_id, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}

/** sm_desks_begin: A network has a desk at least, and its alarms are of one. */
gboolean
sm_desks_begin (SmRules  *rules,
                GError  **error)
{
  SmDeskBook *book = sm_desk_book_get (rules, error);

  if (book == NULL)
    return FALSE;
  rules->assigned_alarm_id = 0;
  return book->desks->len > 0 || sm_desks_need_main (rules, DEFAULT_OPERATOR, error);
}

/* --- persons --- */

/**
 * sm_desks_refuse:
 * @pointer: to the member that is why
 * @person: (nullable): whom it is about
 *
 * Returns: FALSE
 */
gboolean
sm_desks_refuse (GError     **error,
                 const char  *slug,
                 const char  *pointer,
                 const char  *person)
{
  g_autoptr (GError) refusal = NULL;

  sm_set_error (&refusal, SM_ERROR_INVALID, slug, "%s: %s", pointer, slug);
  if (person != NULL)
    sm_error_set_param (refusal, "person", person);
  sm_error_add_field (refusal, pointer, slug);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/**
 * sm_desks_check_sitter:
 * @pointer: where the person was named
 * @out_name: (out) (transfer full): as the name is written
 *
 * Returns: whether @person is there, may sit at desks, and may see this one
 */
gboolean
sm_desks_check_sitter (SmRules      *rules,
                       const SmRow  *desk,
                       const char   *person,
                       const char   *pointer,
                       char        **out_name,
                       GError      **error)
{
  g_autoptr (SmUserRecord) user = sm_access_dup_user (rules->access, person);

  if (user == NULL)
    return sm_desks_refuse (error, "person-unknown", pointer, person);
  if (!role_may_sit (user->role) || !sees_desk (user, desk))
    return sm_desks_refuse (error, "person-may-not-sit", pointer, user->name);
  *out_name = g_strdup (user->name);
  return TRUE;
}

static gboolean
sees_any (const SmUserRecord *user,
          GPtrArray          *desks)
{
  for (guint i = 0; i < desks->len; i++)
    if (sees_desk (user, desks->pdata[i]))
      return TRUE;
  return FALSE;
}

/**
 * sm_desks_list_sitters:
 *
 * Returns: (transfer full) (nullable): of SmSitter: who may sit at a desk that @actor sees
 */
GPtrArray *
sm_desks_list_sitters (SmReader  *reader,
                       SmActor   *actor,
                       GError   **error)
{
  SmConnection *connection = sm_service_db_get_connection (reader->db);
  g_autoptr (GPtrArray) users = sm_user_table_list (connection, error);
  g_autoptr (GPtrArray) desks = NULL;
  GPtrArray *sitters;

  if (users == NULL)
    return NULL;
  desks = sm_service_list (connection, sm_noun_get (SM_NOUN_DESK), actor->scope, -1, NULL, 0,
                           MAX_DESKS, error);
  if (desks == NULL)
    return NULL;
  sitters = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_sitter_free);
  for (guint i = 0; i < users->len; i++)
    {
      const SmUserRecord *user = users->pdata[i];
      SmSitter sitter = { user->name, user->display_name, user->role };

      if (!role_may_sit (user->role) || !sees_any (user, desks))
        continue;
      sitter.name = g_strdup (user->name);
      sitter.display_name = g_strdup (user->display_name);
      sitter.role = g_strdup (user->role);
      g_ptr_array_add (sitters, g_memdup2 (&sitter, sizeof sitter));
    }
  return sitters;
}
