/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-papers.h"

#include "sm-checklists.h"
#include "sm-complaints-private.h"
#include "sm-contacts-private.h"
#include "sm-error.h"
#include "sm-part-stock-private.h"
#include "sm-record-table.h"
#include "sm-rules-private.h"
#include "sm-work-order-table.h"
#include "sm-work-orders-private.h"

/*
 * What persons write down about stations and people.  Each is made and changed field by
 * field, as domain/sm-paper has them; what follows from it stands here: an inspection that
 * is closed opens a work order for each of its findings and plans the next one, and who reported
 * an incident, or mended what made a problem, is not who closes it.
 */

#define INSPECTION_PREFIX "IN"
#define LEVELS 4
#define MAX_HURT 10000
#define MAX_AHEAD (366 * SM_DAY)
#define MAX_BACK (3 * 366 * SM_DAY)

typedef struct
{
  const SmPaper *paper;
  const SmPaperWish *wish;
  gint64 if_seq;
} Act;

static gboolean
is_said (const Act *act,
         guint      field)
{
  return (act->wish->said & (G_GUINT64_CONSTANT (1) << field)) != 0;
}

/* --- what is said --- */

/* A value that we do not know would be shown, and nothing would follow from it. */
static gboolean
check_fields (const Act    *act,
             const SmRow  *row,
             GError      **error)
{
  const SmNoun *noun = sm_row_get_noun (row);

  for (guint i = 0; i < act->paper->n_fields; i++)
    {
      guint field = act->paper->fields[i].field;
      g_autofree char *pointer = g_strconcat ("/", noun->fields[field].name, NULL);

      if ((noun->fields[field].flags & SM_FIELD_REQUIRED) && sm_row_is_null (row, field))
        return sm_error_refuse_field (error, pointer, "required");
      if (noun->fields[field].kind == SM_KIND_ENUM && !sm_row_is_null (row, field)
          && sm_row_get_enum (row, field) == SM_ENUM_UNKNOWN)
        return sm_error_refuse_field (error, pointer, "invalid");
    }
  return TRUE;
}

static gboolean
refuse (const char  *slug,
        const char  *why,
        GError     **error)
{
  sm_set_error (error, SM_ERROR_INVALID, slug, "%s", why);
  return FALSE;
}

static char *
next_number (SmRules       *rules,
             const SmNoun  *noun,
             const char    *prefix,
             GError       **error)
{
  gint64 last = sm_record_last_id (sm_rules_get_connection (rules), noun, error);

  return last >= 0 ? g_strdup_printf ("%s%06" G_GINT64_FORMAT, prefix, last + 1) : NULL;
}

/* What was made, not what it is about: by that it is looked for. */
static gboolean
tell_made (const SmVerb  *verb,
           const SmRow   *row,
           GError       **error)
{
  g_autofree char *object
      = g_strdup_printf ("%s/%" G_GINT64_FORMAT, sm_row_get_noun (row)->name, sm_row_get_id (row));

  return sm_verb_audit (verb->rules, verb->actor, verb->act, object, "done", NULL, row, error);
}

/* --- inspections --- */

static void
begin_inspection (const SmVerb *verb,
                  SmRow        *row)
{
  sm_row_set_text (row, SM_INSPECTION_STATE, sm_inspection_states[SM_INSPECTION_STATE_PLANNED]);
  sm_row_set_text (row, SM_INSPECTION_PLANNED_BY, verb->actor->name);
  sm_row_set_int (row, SM_INSPECTION_FINDINGS, 0);
}

static gboolean
check_days (const SmRow  *row,
            GError      **error)
{
  gint64 days = sm_row_get_int (row, SM_INSPECTION_EVERY_DAYS);

  return sm_row_is_null (row, SM_INSPECTION_EVERY_DAYS)
         || (days >= 1 && days <= SM_INSPECTION_MOST_DAYS)
         || sm_error_refuse_field (error, "/every_days", "out-of-range");
}

static gboolean
check_new_inspection (const SmVerb  *verb,
                      const SmRow   *row,
                      GError       **error)
{
  gint64 now = sm_rules_now (verb->rules), at = sm_row_get_int (row, SM_INSPECTION_PLANNED_AT);

  if (at < now - SM_DAY || at > now + MAX_AHEAD)
    return sm_error_refuse_field (error, "/planned_at", "out-of-range");
  return check_days (row, error) && sm_checklists_check (verb->rules, row, error);
}

static gboolean
is_finding (const SmRow *row,
            guint        s)
{
  return sm_row_get_enum (row, SM_INSPECTION_SCORE_OF (s)) >= SM_INSPECTION_SCORE_POOR;
}

/* What is poor needs words: of them the work order is made. */
static gboolean
check_complete (const SmRow  *row,
                GError      **error)
{
  const SmField *fields = sm_row_get_noun (row)->fields;

  for (guint s = 0; s < SM_INSPECTION_N_S; s++)
    {
      guint score = SM_INSPECTION_SCORE_OF (s), note = SM_INSPECTION_NOTE_OF (s);
      gboolean lacks_score = sm_row_is_null (row, score);
      g_autofree char *pointer
          = g_strconcat ("/", fields[lacks_score ? score : note].name, NULL);

      if (lacks_score || (is_finding (row, s) && sm_row_is_null (row, note)))
        return sm_error_refuse_field (error, pointer, "required");
    }
  return TRUE;
}

static gboolean
open_order (const SmVerb  *verb,
            const SmRow   *inspection,
            const SmRow   *station,
            guint          s,
            GError       **error)
{
  const char *note = sm_row_get_text (inspection, SM_INSPECTION_NOTE_OF (s));
  const char *number = sm_row_get_text (inspection, SM_INSPECTION_NUMBER);
  gboolean is_urgent = SM_INSPECTION_SCORE_OF (s) == SM_INSPECTION_SAFETY_SCORE;
  SmWorkOrderSaid said = { verb->actor->name, SM_UNKNOWN, number, sm_row_get_id (inspection) };
  g_autoptr (SmRow) order
      = sm_work_order_draft (verb->rules, station, sm_rules_now (verb->rules), error);

  if (order == NULL)
    return FALSE;
  sm_row_set_text (order, SM_WORK_ORDER_KIND, "maintenance");
  sm_row_set_text (order, SM_WORK_ORDER_SOURCE, "manual");
  sm_row_set_text (order, SM_WORK_ORDER_SUBJECT, note);
  sm_row_set_text (order, SM_WORK_ORDER_DESCRIPTION, number);
  sm_row_set_text (order, SM_WORK_ORDER_CREATED_BY, verb->actor->name);
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL, is_urgent ? 2 : 3);
  return sm_work_order_aim (verb->rules, order, station, error)
         && sm_work_order_write (verb->rules, order, NULL, SM_WORK_ORDER_CREATE, &said, error);
}

static gboolean
open_orders (const SmVerb  *verb,
             SmRow         *row,
             GError       **error)
{
  g_autoptr (SmRow) station = NULL;
  guint n = 0;

  if (!sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_STATION),
                         sm_row_get_int (row, SM_INSPECTION_STATION_ID), &station, error))
    return FALSE;
  for (guint s = 0; s < SM_INSPECTION_N_S; s++)
    if (is_finding (row, s) && ++n > 0 && !open_order (verb, row, station, s, error))
      return FALSE;
  sm_row_set_int (row, SM_INSPECTION_FINDINGS, n);
  return TRUE;
}

/* So many days after it was gone through, at the time of day for which it was planned; after the
 * day for which it was planned where it is called off before. */
static gint64
next_time (const SmRow *row)
{
  gint64 planned_at = sm_row_get_int (row, SM_INSPECTION_PLANNED_AT);
  gint64 late = sm_row_get_int (row, SM_INSPECTION_CLOSED_AT) - planned_at;
  gint64 late_days = late / SM_DAY - (late % SM_DAY < 0);

  if (sm_row_get_enum (row, SM_INSPECTION_STATE) != SM_INSPECTION_STATE_CLOSED)
    late_days = MAX (late_days, 0);
  return planned_at + (late_days + sm_row_get_int (row, SM_INSPECTION_EVERY_DAYS)) * SM_DAY;
}

/* Of what comes again: the next one, which nobody has to remember, also where this one is called
 * off.  Only what is planned can be over, and no two may follow the same. */
static gboolean
plan_next (const SmVerb  *verb,
           const SmRow   *row,
           GError       **error)
{
  static const guint same[] = {
    SM_ROW_OPERATOR_ID,       SM_ROW_AREA_ID,          SM_ROW_FLEET_ID,
    SM_INSPECTION_STATION_ID, SM_INSPECTION_INSPECTOR, SM_INSPECTION_PLANNED_BY,
    SM_INSPECTION_EVERY_DAYS,
  };
  g_autoptr (SmRow) next = NULL;
  char *number;

  if (sm_row_is_null (row, SM_INSPECTION_EVERY_DAYS))
    return TRUE;
  next = sm_row_new (sm_row_get_noun (row));
  number = next_number (verb->rules, sm_row_get_noun (row), INSPECTION_PREFIX, error);
  if (number == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    sm_row_copy_field (next, row, same[i]);
  sm_row_take_text (next, SM_INSPECTION_NUMBER, number);
  sm_row_set_text (next, SM_INSPECTION_STATE, sm_inspection_states[SM_INSPECTION_STATE_PLANNED]);
  sm_row_set_int (next, SM_INSPECTION_FINDINGS, 0);
  sm_row_set_int (next, SM_INSPECTION_PLANNED_AT, next_time (row));
  sm_row_set_int (next, SM_INSPECTION_FOLLOWS_ID, sm_row_get_id (row));
  return sm_checklists_take_over (verb->rules, row, next, error)
         && sm_verb_put (verb->rules, next, NULL, error) && tell_made (verb, next, error);
}

static gboolean
change_inspection (const SmVerb  *verb,
                   const SmRow   *before,
                   SmRow         *row,
                   GError       **error)
{
  int sum = sm_inspection_sum (row);
  guint state = sm_row_get_enum (row, SM_INSPECTION_STATE);

  if (sm_row_get_enum (before, SM_INSPECTION_STATE) != SM_INSPECTION_STATE_PLANNED)
    {
      sm_verb_lose (verb, before);
      return refuse ("inspection-over", "The inspection is over", error);
    }
  /* How often is planned, not found out on the way. */
  if (!sm_row_equal_field (row, before, SM_INSPECTION_EVERY_DAYS)
      && (!check_days (row, error) || !sm_actor_require (verb->actor, SM_PAPER_PLAN, error)))
    return FALSE;
  if (sum == SM_ENUM_UNKNOWN)
    sm_row_set_null (row, SM_INSPECTION_SCORE);
  else
    sm_row_set_int (row, SM_INSPECTION_SCORE, sum);
  if (state == SM_INSPECTION_STATE_PLANNED)
    return TRUE;
  sm_row_set_int (row, SM_INSPECTION_CLOSED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (row, SM_INSPECTION_CLOSED_BY, verb->actor->name);
  if (state == SM_INSPECTION_STATE_CLOSED)
    return check_complete (row, error) && open_orders (verb, row, error)
           && plan_next (verb, row, error);
  return sm_actor_require (verb->actor, SM_PAPER_PLAN, error)
         && (!sm_row_is_null (row, SM_INSPECTION_END_REASON)
             || sm_error_refuse_field (error, "/end_reason", "required"))
         && plan_next (verb, row, error);
}

/* --- safety incidents --- */

static void
begin_incident (const SmVerb *verb,
                SmRow        *row)
{
  sm_row_set_text (row, SM_INCIDENT_STATE, sm_incident_states[SM_INCIDENT_STATE_REPORTED]);
  sm_row_set_int (row, SM_INCIDENT_REPORTED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (row, SM_INCIDENT_REPORTED_BY, verb->actor->name);
  if (sm_row_is_null (row, SM_INCIDENT_PEOPLE_HURT))
    sm_row_set_int (row, SM_INCIDENT_PEOPLE_HURT, 0);
}

static gboolean
check_new_incident (const SmVerb  *verb,
                    const SmRow   *row,
                    GError       **error)
{
  gint64 now = sm_rules_now (verb->rules), at = sm_row_get_int (row, SM_INCIDENT_HAPPENED_AT);
  gint64 level = sm_row_get_int (row, SM_INCIDENT_LEVEL);

  if (level < 1 || level > LEVELS)
    return sm_error_refuse_field (error, "/level", "out-of-range");
  if (sm_row_get_int (row, SM_INCIDENT_PEOPLE_HURT) > MAX_HURT)
    return sm_error_refuse_field (error, "/people_hurt", "out-of-range");
  return (at <= now && at >= now - MAX_BACK)
         || sm_error_refuse_field (error, "/happened_at", "out-of-range");
}

static gboolean
change_incident (const SmVerb  *verb,
                 const SmRow   *before,
                 SmRow         *row,
                 GError       **error)
{
  const char *first = sm_row_get_text (before, SM_INCIDENT_REPORTED_BY);

  if (sm_row_get_enum (before, SM_INCIDENT_STATE) != SM_INCIDENT_STATE_REPORTED)
    {
      sm_verb_lose (verb, before);
      return refuse ("incident-over", "The incident is closed", error);
    }
  if (sm_row_get_enum (row, SM_INCIDENT_STATE) != SM_INCIDENT_STATE_CLOSED)
    return TRUE;
  if (sm_row_is_null (row, SM_INCIDENT_CAUSE))
    return sm_error_refuse_field (error, "/cause", "required");
  if (sm_row_is_null (row, SM_INCIDENT_MEASURES))
    return sm_error_refuse_field (error, "/measures", "required");
  if (g_ascii_strcasecmp (first, verb->actor->name) == 0)
    return refuse ("second-person-needed", "Who reported it cannot close it", error);
  sm_row_set_int (row, SM_INCIDENT_CLOSED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (row, SM_INCIDENT_CLOSED_BY, verb->actor->name);
  return TRUE;
}

/* --- problems --- */

/* Who says what was done for good is not who says that it helped; and a cause is not gone
 * while somebody still mends what it does. */
static gboolean
solve_problem (const SmVerb  *verb,
               SmRow         *row,
               GError       **error)
{
  gboolean is_worked_on = TRUE;

  if (sm_row_is_null (row, SM_PROBLEM_CAUSE))
    return sm_error_refuse_field (error, "/cause", "required");
  if (sm_row_is_null (row, SM_PROBLEM_SOLUTION))
    return sm_error_refuse_field (error, "/solution", "required");
  if (g_ascii_strcasecmp (sm_row_get_text (row, SM_PROBLEM_SOLVED_BY), verb->actor->name) == 0)
    return refuse ("second-person-needed", "Who mended it cannot confirm it", error);
  if (!sm_work_order_table_is_worked_on (sm_rules_get_connection (verb->rules),
                                         sm_row_get_id (row), &is_worked_on, error))
    return FALSE;
  sm_row_set_int (row, SM_PROBLEM_CONFIRMED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (row, SM_PROBLEM_CONFIRMED_BY, verb->actor->name);
  return !is_worked_on || refuse ("problem-worked-on", "A work order of it is not over", error);
}

static gboolean
change_problem (const SmVerb  *verb,
                const SmRow   *before,
                SmRow         *row,
                GError       **error)
{
  const char *solution = sm_row_get_text (row, SM_PROBLEM_SOLUTION);

  if (sm_row_get_enum (before, SM_PROBLEM_STATE) != SM_PROBLEM_STATE_OPEN)
    {
      sm_verb_lose (verb, before);
      return refuse ("problem-over", "The problem is solved", error);
    }
  if (solution == NULL)
    {
      sm_row_set_null (row, SM_PROBLEM_SOLVED_AT);
      sm_row_set_null (row, SM_PROBLEM_SOLVED_BY);
    }
  else if (g_strcmp0 (solution, sm_row_get_text (before, SM_PROBLEM_SOLUTION)) != 0)
    {
      sm_row_set_int (row, SM_PROBLEM_SOLVED_AT, sm_rules_now (verb->rules));
      sm_row_set_text (row, SM_PROBLEM_SOLVED_BY, verb->actor->name);
    }
  return sm_row_get_enum (row, SM_PROBLEM_STATE) != SM_PROBLEM_STATE_SOLVED
         || solve_problem (verb, row, error);
}

/* --- certificates --- */

static gboolean
settle_certificate (const SmRow  *before,
                    SmRow        *row,
                    GError      **error)
{
  /* One that ends at another time is told of anew. */
  if (before != NULL && !sm_row_equal_field (row, before, SM_CERTIFICATE_EXPIRES_AT))
    {
      sm_row_set_null (row, SM_CERTIFICATE_WARNED_AT);
      sm_row_set_null (row, SM_CERTIFICATE_ENDED_AT);
    }
  return sm_row_is_null (row, SM_CERTIFICATE_ISSUED_ON)
         || sm_row_get_int (row, SM_CERTIFICATE_ISSUED_ON)
                < sm_row_get_int (row, SM_CERTIFICATE_EXPIRES_AT)
         || sm_error_refuse_field (error, "/expires_at", "out-of-range");
}

/* --- all of them --- */

static gboolean
begin (const SmVerb *verb,
       SmRow        *row,
       GError      **error)
{
  static const struct
  {
    SmNounId noun;
    const char *prefix;
    guint number;
    void (*begin) (const SmVerb *verb,
                   SmRow        *row);
  } begun[] = {
    { SM_NOUN_INSPECTION, INSPECTION_PREFIX, SM_INSPECTION_NUMBER, begin_inspection },
    { SM_NOUN_SAFETY_INCIDENT, "SI", SM_INCIDENT_NUMBER, begin_incident },
    { SM_NOUN_COMPLAINT, "CP", SM_COMPLAINT_NUMBER, sm_complaint_begin },
  };
  const SmNoun *noun = sm_row_get_noun (row);

  for (gsize i = 0; i < G_N_ELEMENTS (begun); i++)
    if (begun[i].noun == noun->id)
      {
        char *number = next_number (verb->rules, noun, begun[i].prefix, error);

        if (number == NULL)
          return FALSE;
        sm_row_take_text (row, begun[i].number, number);
        begun[i].begin (verb, row);
      }
  return TRUE;
}

/* What is said of @row, over what it was.  Returns: FALSE for what cannot be said of it */
static gboolean
settle (const SmVerb  *verb,
        const Act     *act,
        const SmRow   *before,
        SmRow         *row,
        GError       **error)
{
  for (guint i = 0; i < act->paper->n_fields; i++)
    if (is_said (act, act->paper->fields[i].field))
      sm_row_copy_field (row, act->wish->row, act->paper->fields[i].field);
  if (before == NULL && !begin (verb, row, error))
    return FALSE;
  if (!check_fields (act, row, error))
    return FALSE;
  switch (act->paper->noun)
    {
    case SM_NOUN_INSPECTION:
      return before != NULL ? change_inspection (verb, before, row, error)
                            : check_new_inspection (verb, row, error);
    case SM_NOUN_SAFETY_INCIDENT:
      return before != NULL ? change_incident (verb, before, row, error)
                            : check_new_incident (verb, row, error);
    case SM_NOUN_PROBLEM_RECORD:
      return change_problem (verb, before, row, error);
    case SM_NOUN_CONTACT:
      return sm_contact_settle (verb, before, row, error);
    case SM_NOUN_PART:
      return sm_part_stock_settle (verb, before, row, error);
    case SM_NOUN_COMPLAINT:
      return before != NULL ? sm_complaint_change (verb, before, row, error)
                            : sm_complaint_check_new (verb, row, error);
    default:
      return settle_certificate (before, row, error);
    }
}

static char *
describe (const char        *act,
          gint64             id,
          const SmPaperWish *wish)
{
  GString *text = g_string_new (NULL);
  const SmNoun *noun = sm_row_get_noun (wish->row);

  g_string_printf (text, "%s %s %" G_GINT64_FORMAT, act, noun->name, id);
  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    {
      const SmField *field = &noun->fields[i];

      if ((wish->said & (G_GUINT64_CONSTANT (1) << i)) == 0)
        continue;
      g_string_append_printf (text, "\n%s=", field->name);
      if (sm_row_is_null (wish->row, i))
        continue;
      if (sm_kind_is_text (field->kind))
        g_string_append (text, sm_row_get_text (wish->row, i));
      else
        g_string_append_printf (text, "%" G_GINT64_FORMAT, sm_row_get_int (wish->row, i));
    }
  return g_string_free (text, FALSE);
}

/* What stands beside the row. */
static gboolean
keep (const SmVerb  *verb,
      const Act     *act,
      const SmRow   *before,
      const SmRow   *row,
      GError       **error)
{
  return act->paper->noun != SM_NOUN_CONTACT
         || sm_contact_keep (verb->rules, before, act->wish->row, row, error);
}

static SmRow *
create_it (const SmVerb   *verb,
           gconstpointer   data,
           SmRow          *about,
           GError        **error)
{
  const Act *act = data;
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (act->paper->noun));

  for (guint i = SM_ROW_OPERATOR_ID; about != NULL && i <= SM_ROW_FLEET_ID; i++)
    if (!sm_row_is_null (about, i))
      sm_row_set_int (row, i, sm_row_get_int (about, i));
  if (!settle (verb, act, NULL, row, error) || !sm_verb_put (verb->rules, row, NULL, error)
      || !keep (verb, act, NULL, row, error) || !tell_made (verb, row, error))
    return NULL;
  return g_steal_pointer (&row);
}

/**
 * sm_papers_create:
 *
 * Returns: (transfer full) (nullable): what was made
 */
SmRow *
sm_papers_create (SmRules            *rules,
                  SmActor            *actor,
                  const char         *idempotency_key,
                  const SmPaperWish  *wish,
                  GError            **error)
{
  const SmPaper *paper = sm_paper_get (sm_row_get_noun (wish->row)->id);
  Act act = { paper, wish, SM_UNKNOWN };
  g_autofree char *request = describe ("create", 0, wish);
  SmVerb verb = { rules, actor, paper->create, sm_noun_get (paper->about),
                  paper->about == paper->noun ? SM_VERB_NEW
                                              : sm_row_get_int (wish->row, paper->about_field),
                  idempotency_key, request, NULL };

  return sm_verb_run (&verb, create_it, &act, error);
}

static SmRow *
change_it (const SmVerb   *verb,
           gconstpointer   data,
           SmRow          *before,
           GError        **error)
{
  const Act *act = data;
  g_autoptr (SmRow) row = sm_row_copy (before);

  if (!sm_verb_check_seq (verb, act->if_seq, before, error)
      || !settle (verb, act, before, row, error))
    return NULL;
  if (sm_row_equal (row, before))
    return sm_verb_tell (verb, "unchanged", before, row, error) ? g_steal_pointer (&row) : NULL;
  if (!sm_verb_put (verb->rules, row, before, error) || !keep (verb, act, before, row, error)
      || !sm_verb_tell (verb, "done", before, row, error))
    return NULL;
  return g_steal_pointer (&row);
}

/**
 * sm_papers_change:
 * @if_seq: what was seen of it; %SM_UNKNOWN: whatever it is
 * @out_current: (out) (transfer full) (nullable): what it is, where that is why
 *
 * Returns: (transfer full) (nullable): it after that
 */
SmRow *
sm_papers_change (SmRules            *rules,
                  SmActor            *actor,
                  const char         *idempotency_key,
                  gint64              id,
                  gint64              if_seq,
                  const SmPaperWish  *wish,
                  SmRow             **out_current,
                  GError            **error)
{
  const SmPaper *paper = sm_paper_get (sm_row_get_noun (wish->row)->id);
  Act act = { paper, wish, if_seq };
  g_autofree char *request = describe ("change", id, wish);
  SmVerb verb = { rules, actor, paper->change, sm_noun_get (paper->noun), id, idempotency_key,
                  request, out_current };

  return sm_verb_run (&verb, change_it, &act, error);
}

static SmRow *
remove_it (const SmVerb   *verb,
           gconstpointer   data,
           SmRow          *before,
           GError        **error)
{
  const Act *act = data;

  if (!sm_verb_check_seq (verb, act->if_seq, before, error)
      || (act->paper->noun == SM_NOUN_CONTACT
          && (!sm_contact_check_person (verb, sm_row_get_text (before, SM_CONTACT_PERSON), error)
              || !sm_contact_forget (verb->rules, before, error)))
      || !sm_verb_remove (verb->rules, before, error)
      || !sm_verb_tell (verb, "done", before, NULL, error))
    return NULL;
  return sm_row_ref (before);
}

/** sm_papers_remove: Returns: (transfer full) (nullable): what it was; a certificate or a contact */
SmRow *
sm_papers_remove (SmRules     *rules,
                  SmActor     *actor,
                  const char  *idempotency_key,
                  SmNounId     noun,
                  gint64       id,
                  gint64       seen_seq,
                  SmRow      **out_current,
                  GError     **error)
{
  const SmPaper *paper = sm_paper_get (noun);
  Act act = { paper, NULL, seen_seq };
  g_autofree char *request = g_strdup_printf ("remove %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                              sm_noun_get (noun)->name, id, seen_seq);
  SmVerb verb = { rules, actor, paper->change, sm_noun_get (noun), id, idempotency_key, request,
                  out_current };

  return sm_verb_run (&verb, remove_it, &act, error);
}
