/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guides.h"

#include "sm-alarms-private.h"
#include "sm-error.h"
#include "sm-guide-table.h"
#include "sm-guides-private.h"
#include "sm-memo-private.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

#include <string.h>

#define EDIT_ACT "fault_code.edit"
#define STEP_ACT "alarm.step"

static SmFaultGuide *
find_guide (SmConnection  *connection,
            const char    *code,
            GError       **error)
{
  g_autoptr (GError) failed = NULL;
  SmFaultGuide *guide = sm_guide_table_find (connection, code, &failed);

  if (guide != NULL)
    return guide;
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "There is no fault code %s", code);
  return NULL;
}

/** sm_guides_find: Returns: (transfer full) (nullable): what is to be done about @code */
SmFaultGuide *
sm_guides_find (SmReader    *reader,
                const char  *code,
                GError     **error)
{
  return find_guide (sm_service_db_get_connection (reader->db), code, error);
}

/** sm_guides_list: Returns: (transfer full) (nullable): of SmFaultGuide, of every code */
GPtrArray *
sm_guides_list (SmReader  *reader,
                GError   **error)
{
  return sm_guide_table_list (sm_service_db_get_connection (reader->db), error);
}

/* --- edits --- */

static void
replace_lines (GPtrArray       **lines,
               const GPtrArray  *wanted)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_line_free);

  for (guint i = 0; i < wanted->len; i++)
    g_ptr_array_add (copy, sm_guide_line_copy (wanted->pdata[i]));
  g_ptr_array_unref (*lines);
  *lines = copy;
}

static void
replace_text (char       **text,
              gboolean     is_wanted,
              const char  *wanted)
{
  if (!is_wanted)
    return;
  g_free (*text);
  *text = g_strdup (wanted);
}

static void
apply_numbers (SmFaultGuide       *guide,
               const SmFaultGuide *untouched,
               const SmGuideEdit  *edit)
{
  if (edit->has_respond_s)
    guide->respond_s = edit->respond_s != SM_UNKNOWN ? edit->respond_s : untouched->respond_s;
  if (edit->has_command)
    guide->command = edit->command != NULL ? sm_slug_index (sm_command_kinds, edit->command)
                                           : untouched->command;
  if (edit->has_level)
    guide->level = edit->level != SM_UNKNOWN ? (int) edit->level : untouched->level;
  if (edit->has_forbids)
    guide->forbids = edit->forbids != SM_UNKNOWN ? (guint) edit->forbids : untouched->forbids;
}

static SmFaultGuide *
apply_edit (const SmFaultGuide *before,
            const SmGuideEdit  *edit)
{
  g_autoptr (SmFaultGuide) untouched = sm_fault_guide_new (before->code);
  SmFaultGuide *guide = sm_fault_guide_copy (before);

  replace_text (&guide->consequence_text, edit->has_consequence, edit->consequence);
  replace_text (&guide->consequence_zh, edit->has_consequence_zh, edit->consequence_zh);
  if (edit->has_causes)
    replace_lines (&guide->causes, edit->causes != NULL ? edit->causes : untouched->causes);
  if (edit->has_steps)
    replace_lines (&guide->steps, edit->steps != NULL ? edit->steps : untouched->steps);
  apply_numbers (guide, untouched, edit);
  return guide;
}

static void
append_text (GString    *json,
             const char *name,
             const char *text)
{
  g_autofree char *quoted = text != NULL ? sm_verb_audit_quote (text) : NULL;

  g_string_append_printf (json, "%s\"%s\":%s", json->len > 1 ? "," : "", name,
                          quoted != NULL ? quoted : "null");
}

static void
append_lines (GString         *json,
              const char      *name,
              const GPtrArray *lines)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, ",\"%s\":[", name);
  for (guint i = 0; i < lines->len; i++)
    {
      const SmGuideLine *line = lines->pdata[i];

      g_string_append (json, i > 0 ? ",{" : "{");
      g_string_append_printf (json, "\"weight\":%s",
                              g_ascii_dtostr (digits, sizeof digits, line->weight));
      append_text (json, "id", line->id);
      append_text (json, "text", line->text);
      append_text (json, "text_zh", line->text_zh);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_forbids (GString *json,
                guint    forbids)
{
  g_string_append (json, ",\"forbids\":[");
  for (guint kind = 0, n = 0; kind < SM_N_COMMAND_KINDS; kind++)
    if ((forbids & (1u << kind)) != 0)
      g_string_append_printf (json, "%s\"%s\"", n++ > 0 ? "," : "", sm_command_kinds[kind]);
  g_string_append_c (json, ']');
}

/* As the audit keeps it. */
static char *
describe (const SmFaultGuide *guide)
{
  GString *json = g_string_new ("{");

  append_text (json, "consequence", guide->consequence_text);
  append_text (json, "consequence_zh", guide->consequence_zh);
  append_text (json, "command", guide->command < SM_N_COMMAND_KINDS
                                    ? sm_command_kinds[guide->command] : NULL);
  g_string_append_printf (json, ",\"respond_s\":%" G_GINT64_FORMAT ",\"level\":%d",
                          guide->respond_s, guide->level);
  append_forbids (json, guide->forbids);
  append_lines (json, "causes", guide->causes);
  append_lines (json, "steps", guide->steps);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

static char *
object_of (const char *code)
{
  return g_strconcat ("fault_code/", code, NULL);
}

static gboolean
write_edit (SmRules             *rules,
            SmActor             *actor,
            const SmFaultGuide  *before,
            SmFaultGuide        *after,
            GError             **error)
{
  g_autofree char *was = describe (before);
  g_autofree char *is = describe (after);
  g_autofree char *object = object_of (after->code);

  after->rev = before->rev + 1;
  after->edited_at = sm_rules_now (rules);
  g_free (after->edited_by);
  after->edited_by = g_strdup (actor->name);
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (sm_guide_table_put (sm_rules_get_connection (rules), after, error)
      && sm_verb_audit_texts (rules, actor, EDIT_ACT, object, "done", NULL, was, is, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}

/** sm_guides_load_levels: After a start: which codes are of another level than they come with. */
gboolean
sm_guides_load_levels (SmRules  *rules,
                       GError  **error)
{
  GHashTable *levels = sm_guide_table_list_levels (sm_rules_get_connection (rules), error);

  if (levels == NULL)
    return FALSE;
  g_clear_pointer (&rules->fault_levels, g_hash_table_unref);
  rules->fault_levels = levels;
  return TRUE;
}

/* Of what is worse from now on, what is there already rings again; what is less bad
 * stays for those that are there as it was when they were raised. */
static gboolean
take_level (SmRules             *rules,
            const SmFaultGuide  *before,
            const SmFaultGuide  *after,
            GError             **error)
{
  if (before->level == after->level)
    return TRUE;
  return sm_guides_load_levels (rules, error)
         && (after->level > before->level
             || sm_alarms_raise_level (rules, after->code, after->level, error));
}

static gboolean
may_edit (SmActor             *actor,
          gint64               if_rev,
          const SmFaultGuide  *before,
          const SmFaultGuide  *after,
          GError             **error)
{
  return sm_memo_may_change (actor, EDIT_ACT, if_rev, before->rev, error)
         && sm_fault_guide_check (after, error);
}

/**
 * sm_guides_change:
 * @code: one of the catalogue's
 * @if_rev: which state of it the person saw
 *
 * Returns: (transfer full) (nullable): what is to be done about it from now on
 */
SmFaultGuide *
sm_guides_change (SmRules            *rules,
                  SmActor            *actor,
                  const char         *code,
                  gint64              if_rev,
                  const SmGuideEdit  *edit,
                  GError            **error)
{
  g_autoptr (SmFaultGuide) before = find_guide (sm_rules_get_connection (rules), code, error);
  g_autoptr (SmFaultGuide) after = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  if (before == NULL)
    return NULL;
  after = apply_edit (before, edit);
  was = describe (before);
  is = describe (after);
  if (!may_edit (actor, if_rev, before, after, &refusal))
    {
      g_autofree char *object = object_of (code);

      /* What stands there already is no change, so that it may be sent again. */
      if (g_error_matches (refusal, SM_ERROR, SM_ERROR_PRECONDITION) && strcmp (was, is) == 0)
        return g_steal_pointer (&before);
      sm_verb_audit_texts (rules, actor, EDIT_ACT, object, "refused", sm_error_get_slug (refusal),
                           NULL, NULL, NULL);
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  if (strcmp (was, is) == 0)
    return g_steal_pointer (&before);
  if (!write_edit (rules, actor, before, after, error)
      || !take_level (rules, before, after, error))
    return NULL;
  return g_steal_pointer (&after);
}

/* --- the steps of one alarm --- */

static SmGuideStep *
find_step (GPtrArray  *steps,
           const char *id)
{
  for (guint i = 0; i < steps->len; i++)
    if (strcmp (((SmGuideStep *) steps->pdata[i])->id, id) == 0)
      return steps->pdata[i];
  return NULL;
}

/* What somebody did stays, though the catalogue may not name it any more. */
static void
take_said (GPtrArray *steps,
           GPtrArray *said)
{
  for (guint i = 0; i < said->len; i++)
    {
      SmGuideStep *tick = said->pdata[i];
      SmGuideStep *step = find_step (steps, tick->id);

      if (step == NULL)
        {
          step = sm_guide_step_new (tick->id, NULL);
          g_ptr_array_add (steps, step);
        }
      step->is_done = tick->is_done;
      step->note = g_steal_pointer (&tick->note);
      step->at = tick->at;
      step->person = g_steal_pointer (&tick->person);
    }
}

static GPtrArray *
read_steps (SmConnection  *connection,
            const SmRow   *alarm,
            GError       **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (GPtrArray) steps = sm_guide_steps_new ();
  g_autoptr (GPtrArray) said = sm_step_table_list (connection, sm_row_get_id (alarm), error);
  g_autoptr (SmFaultGuide) guide = NULL;

  if (said == NULL)
    return NULL;
  guide = sm_guide_table_find (connection, sm_row_get_text (alarm, SM_ALARM_CODE), &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  for (guint i = 0; guide != NULL && i < guide->steps->len; i++)
    {
      const SmGuideLine *line = guide->steps->pdata[i];
      SmGuideStep *step = sm_guide_step_new (line->id, line->text);

      step->text_zh = g_strdup (line->text_zh);
      g_ptr_array_add (steps, step);
    }
  take_said (steps, said);
  return g_steal_pointer (&steps);
}

/** sm_guide_steps_read: Returns: (transfer full) (nullable): of SmGuideStep, in their order */
GPtrArray *
sm_guide_steps_read (SmReader  *reader,
                     SmActor   *actor,
                     gint64     alarm_id,
                     GError   **error)
{
  SmConnection *connection = sm_service_db_get_connection (reader->db);
  g_autoptr (SmRow) alarm = NULL;

  if (!sm_service_find (connection, sm_noun_get (SM_NOUN_ALARM), alarm_id, &alarm, error))
    return NULL;
  if (alarm != NULL
      && sm_scope_has (actor->scope, sm_row_get_int (alarm, SM_ROW_OPERATOR_ID),
                       sm_row_get_int (alarm, SM_ROW_AREA_ID),
                       sm_row_get_int (alarm, SM_ROW_FLEET_ID)))
    return read_steps (connection, alarm, error);
  sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "There is no alarm %" G_GINT64_FORMAT,
                alarm_id);
  return NULL;
}

typedef struct
{
  const char *step;
  gboolean is_done;
  const char *note; /* (nullable) */
} Said;

static gboolean
tell_step (const SmVerb       *verb,
           const SmGuideStep  *step,
           const Said         *said,
           GError            **error)
{
  g_autofree char *object = g_strdup_printf ("alarm/%" G_GINT64_FORMAT, verb->id);
  g_autoptr (GString) was = g_string_new ("{");
  g_autoptr (GString) is = g_string_new ("{");

  append_text (was, "step", said->step);
  g_string_append_printf (was, ",\"done\":%s", step->is_done ? "true" : "false");
  append_text (was, "note", step->note);
  g_string_append_c (was, '}');
  append_text (is, "step", said->step);
  g_string_append_printf (is, ",\"done\":%s", said->is_done ? "true" : "false");
  append_text (is, "note", said->note);
  g_string_append_c (is, '}');
  return sm_verb_audit_texts (verb->rules, verb->actor, verb->act, object, "done", NULL, was->str,
                              is->str, error);
}

/* The alarm is written too: its seq is by what other desks hear of it. */
static SmRow *
tick (const SmVerb   *verb,
      gconstpointer   data,
      SmRow          *before,
      GError        **error)
{
  const Said *said = data;
  SmConnection *connection = sm_rules_get_connection (verb->rules);
  g_autoptr (GPtrArray) steps = read_steps (connection, before, error);
  g_autoptr (SmRow) alarm = sm_row_copy (before);
  const SmGuideStep *step = steps != NULL ? find_step (steps, said->step) : NULL;
  SmGuideStep now = { .id = (char *) said->step, .is_done = said->is_done,
                      .note = (char *) said->note, .at = sm_rules_now (verb->rules),
                      .person = verb->actor->name };

  if (steps == NULL)
    return NULL;
  if (step == NULL)
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "step-unknown", "%s is no step of this alarm",
                    said->step);
      return NULL;
    }
  if (!tell_step (verb, step, said, error) || !sm_step_table_put (connection, verb->id, &now, error)
      || !sm_verb_put (verb->rules, alarm, before, error))
    return NULL;
  return g_steal_pointer (&alarm);
}

/**
 * sm_guide_steps_tick:
 * @note: (nullable)
 *
 * Returns: (transfer full) (nullable): of SmGuideStep, all of that alarm
 */
GPtrArray *
sm_guide_steps_tick (SmRules     *rules,
                     SmActor     *actor,
                     const char  *idempotency_key,
                     gint64       alarm_id,
                     const char  *step,
                     gboolean     is_done,
                     const char  *note,
                     GError     **error)
{
  g_autofree char *request = g_strdup_printf (STEP_ACT " %" G_GINT64_FORMAT " %s %d %s", alarm_id,
                                              step, is_done, note != NULL ? note : "");
  SmVerb verb = { rules, actor, STEP_ACT, sm_noun_get (SM_NOUN_ALARM), alarm_id, idempotency_key,
                  request };
  Said said = { step, is_done, note };
  g_autoptr (SmRow) alarm = NULL;

  if (!sm_verb_check_note (note, error))
    return NULL;
  alarm = sm_verb_run (&verb, tick, &said, error);
  return alarm != NULL ? read_steps (sm_rules_get_connection (rules), alarm, error) : NULL;
}
