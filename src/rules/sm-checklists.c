/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-checklists.h"

#include "sm-error.h"
#include "sm-paper.h"
#include "sm-record-table.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

/*
 * What is looked at in an inspection, as files say it beside what the programs come with. One that
 * is said otherwise is a new row, so that an inspection shows for ever what was asked in it; what
 * no inspection asked by goes at once.
 */

#define ACT "inspection_template.edit"
#define DEFAULT_OPERATOR 1

static gboolean
is_called (const SmRow *row,
           const char  *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);
  g_autofree char *en = g_utf8_casefold (sm_row_get_text (row, SM_CHECKLIST_NAME), -1);
  g_autofree char *zh = g_utf8_casefold (sm_row_get_text (row, SM_CHECKLIST_NAME_ZH), -1);

  return g_str_equal (wanted, en) || g_str_equal (wanted, zh);
}

/** sm_checklists_list: Returns: (transfer full) (nullable): of SmRow: those that can be chosen */
GPtrArray *
sm_checklists_list (SmRules  *rules,
                    GError  **error)
{
  return sm_record_select (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_CHECKLIST), FALSE,
                           "WHERE removed_at IS NULL ORDER BY id LIMIT 1000", SM_UNKNOWN, error);
}

static SmRow *
find_in (GPtrArray  *there,
         const char *name)
{
  for (guint i = 0; there != NULL && i < there->len; i++)
    if (is_called (there->pdata[i], name))
      return there->pdata[i];
  return NULL;
}

/** sm_checklists_find: Returns: (transfer full) (nullable): the one with that name, in either language */
SmRow *
sm_checklists_find (SmRules     *rules,
                    const char  *name,
                    GError     **error)
{
  g_autoptr (GPtrArray) there = sm_checklists_list (rules, error);
  SmRow *found = find_in (there, name);

  if (found != NULL)
    return sm_row_ref (found);
  if (there != NULL)
    sm_set_error (error, SM_ERROR_NOT_FOUND, "template-unknown",
                  "There is no template called “%s”", name);
  return NULL;
}

/* What an inspection asked by stays for it. */
static gboolean
retire (SmRules      *rules,
        const SmRow  *row,
        GError      **error)
{
  g_autoptr (SmRow) after = sm_row_copy (row);
  g_autoptr (GPtrArray) asked
      = sm_record_select (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_INSPECTION), FALSE,
                          "WHERE template_id = ?1 LIMIT 1", sm_row_get_id (row), error);

  if (asked == NULL)
    return FALSE;
  if (asked->len == 0)
    return sm_verb_remove (rules, row, error);
  sm_row_set_int (after, SM_CHECKLIST_REMOVED_AT, sm_rules_now (rules));
  return sm_verb_put (rules, after, row, error);
}

static gboolean
says_the_same (const SmRow *a,
               const SmRow *b)
{
  for (guint i = SM_CHECKLIST_NAME; i <= SM_CHECKLIST_SAFETY_ZH; i++)
    if (!sm_row_equal_field (a, b, i))
      return FALSE;
  return TRUE;
}

static gboolean
tell (const SmVerb  *verb,
      const SmRow   *before,
      const SmRow   *after,
      GError       **error)
{
  g_autofree char *object
      = g_strdup_printf ("inspection_template/%" G_GINT64_FORMAT,
                         sm_row_get_id (after != NULL ? after : before));

  return sm_verb_audit (verb->rules, verb->actor, verb->act, object, "done", before, after, error);
}

static gboolean
check_room (const SmRow  *wanted,
            GPtrArray    *there,
            const SmRow **out_before,
            GError      **error)
{
  SmRow *by_name = find_in (there, sm_row_get_text (wanted, SM_CHECKLIST_NAME));
  SmRow *by_name_zh = find_in (there, sm_row_get_text (wanted, SM_CHECKLIST_NAME_ZH));

  *out_before = by_name != NULL ? by_name : by_name_zh;
  if (by_name != by_name_zh && by_name != NULL && by_name_zh != NULL)
    {
      sm_set_error (error, SM_ERROR_INVALID, "name-in-use",
                    "name and name_zh are of two different templates that are there already. "
                    "Choose another name, or remove one of them.");
      return FALSE;
    }
  if (*out_before != NULL || there->len < SM_CHECKLISTS_MOST)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "too-many",
                "There are %u templates already, and no more are kept. Remove one first.",
                there->len);
  return FALSE;
}

static SmRow *
add_it (const SmVerb   *verb,
        gconstpointer   data,
        SmRow          *about,
        GError        **error)
{
  const SmRow *wanted = data, *before;
  g_autoptr (GPtrArray) there = sm_checklists_list (verb->rules, error);
  g_autoptr (SmRow) row = NULL;

  if (there == NULL || !check_room (wanted, there, &before, error))
    return NULL;
  if (before != NULL && says_the_same (before, wanted))
    return sm_row_copy (before);
  row = sm_row_copy (wanted);
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, DEFAULT_OPERATOR);
  sm_row_set_int (row, SM_CHECKLIST_ADDED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (row, SM_CHECKLIST_ADDED_BY, verb->actor->name);
  if ((before != NULL && !retire (verb->rules, before, error))
      || !sm_verb_put (verb->rules, row, NULL, error) || !tell (verb, before, row, error))
    return NULL;
  return g_steal_pointer (&row);
}

/**
 * sm_checklists_add:
 * @wanted: as it was read from a file
 *
 * Makes it known, in the place of one of the same name.
 *
 * Returns: (transfer full) (nullable): it
 */
SmRow *
sm_checklists_add (SmRules      *rules,
                   SmActor      *actor,
                   const SmRow  *wanted,
                   GError      **error)
{
  SmVerb verb = { rules, actor, ACT, sm_noun_get (SM_NOUN_CHECKLIST), SM_VERB_NEW };

  return sm_verb_run (&verb, add_it, wanted, error);
}

static SmRow *
remove_it (const SmVerb   *verb,
           gconstpointer   data,
           SmRow          *about,
           GError        **error)
{
  g_autoptr (SmRow) row = sm_checklists_find (verb->rules, data, error);

  if (row == NULL || !retire (verb->rules, row, error) || !tell (verb, row, NULL, error))
    return NULL;
  return g_steal_pointer (&row);
}

/** sm_checklists_remove: Returns: (transfer full) (nullable): what it was; nobody can choose it any more */
SmRow *
sm_checklists_remove (SmRules     *rules,
                      SmActor     *actor,
                      const char  *name,
                      GError     **error)
{
  SmVerb verb = { rules, actor, ACT, sm_noun_get (SM_NOUN_CHECKLIST), SM_VERB_NEW };

  return sm_verb_run (&verb, remove_it, name, error);
}

/** sm_checklists_check: Whether a new @inspection can be by the template that it names. */
gboolean
sm_checklists_check (SmRules      *rules,
                     const SmRow  *inspection,
                     GError      **error)
{
  gboolean is_own
      = sm_row_get_enum (inspection, SM_INSPECTION_TEMPLATE) == SM_INSPECTION_TEMPLATE_OWN;
  gint64 id = sm_row_get_int (inspection, SM_INSPECTION_TEMPLATE_ID);
  g_autoptr (SmRow) row = NULL;
  g_autoptr (SmRow) station = NULL;

  if (!is_own)
    return id == SM_UNKNOWN || sm_error_refuse_field (error, "/template_id", "invalid");
  if (id == SM_UNKNOWN)
    return sm_error_refuse_field (error, "/template_id", "required");
  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_CHECKLIST), id, &row,
                        error)
      || !sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_STATION),
                           sm_row_get_int (inspection, SM_INSPECTION_STATION_ID), &station, error))
    return FALSE;
  if (row == NULL || !sm_row_is_null (row, SM_CHECKLIST_REMOVED_AT))
    return sm_error_refuse_field (error, "/template_id", "template-unknown");
  return (station != NULL && sm_checklist_suits (row, station))
         || sm_error_refuse_field (error, "/template_id", "template-unsuited");
}

/**
 * sm_checklists_take_over:
 * @from: an inspection that is over
 * @inspection: the one that comes after it
 *
 * Has it ask by the same template; where that was said otherwise meanwhile, as it is said now.
 */
gboolean
sm_checklists_take_over (SmRules      *rules,
                         const SmRow  *from,
                         SmRow        *inspection,
                         GError      **error)
{
  g_autoptr (SmRow) asked = NULL;
  g_autoptr (GPtrArray) there = NULL;
  const SmRow *now;

  sm_row_copy_field (inspection, from, SM_INSPECTION_TEMPLATE);
  sm_row_copy_field (inspection, from, SM_INSPECTION_TEMPLATE_ID);
  if (sm_row_is_null (from, SM_INSPECTION_TEMPLATE_ID))
    return TRUE;
  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_CHECKLIST),
                        sm_row_get_int (from, SM_INSPECTION_TEMPLATE_ID), &asked, error))
    return FALSE;
  if (asked == NULL || sm_row_is_null (asked, SM_CHECKLIST_REMOVED_AT))
    return TRUE;
  there = sm_checklists_list (rules, error);
  now = there != NULL ? find_in (there, sm_row_get_text (asked, SM_CHECKLIST_NAME)) : NULL;
  if (now != NULL
      && sm_row_get_enum (now, SM_CHECKLIST_STATION_KIND)
             == sm_row_get_enum (asked, SM_CHECKLIST_STATION_KIND))
    sm_row_set_int (inspection, SM_INSPECTION_TEMPLATE_ID, sm_row_get_id (now));
  return there != NULL;
}
