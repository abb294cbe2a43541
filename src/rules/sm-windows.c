/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-windows-private.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-window.h"

#include <string.h>

/*
 * What persons do to maintenance windows.  Who plans one says what can go wrong; another
 * agrees; and it ends by what shows that it serves again.
 */

#define PLAN_ACT "window.plan"
#define APPROVE_ACT "window.approve"

#define MAX_TEXT 2000
#define MAX_SPAN (14 * SM_DAY)
#define MAX_AHEAD (366 * SM_DAY)

/* --- what is said --- */

static gboolean
check_text (const char  *text,
            const char  *pointer,
            GError     **error)
{
  g_autofree char *said = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (said == NULL || *said == '\0')
    return sm_error_refuse_field (error, pointer, "required");
  if (strlen (said) > MAX_TEXT || !g_utf8_validate (said, -1, NULL))
    return sm_error_refuse_field (error, pointer, "too-long");
  return TRUE;
}

static gboolean
check_slug (const char *const  *slugs,
            const char         *slug,
            const char         *pointer,
            GError            **error)
{
  return (slug != NULL && sm_slug_index (slugs, slug) != SM_ENUM_UNKNOWN)
         || sm_error_refuse_field (error, pointer, slug != NULL ? "invalid" : "required");
}

static gboolean
refuse (const char  *slug,
        const char  *why,
        GError     **error)
{
  sm_set_error (error, SM_ERROR_INVALID, slug, "%s", why);
  return FALSE;
}

/* Until when it may last: not over already, and no longer than somebody looks ahead. */
static gboolean
check_times (SmRules  *rules,
             gint64    starts_at,
             gint64    ends_at,
             GError  **error)
{
  gint64 now = sm_rules_now (rules);

  if (ends_at <= now || ends_at <= starts_at)
    return refuse ("window-in-the-past", "It would be over before it begins", error);
  if (ends_at - MAX (starts_at, now) > MAX_SPAN || starts_at - now > MAX_AHEAD)
    return refuse ("window-too-long", "It would last too long, or is too far away", error);
  return TRUE;
}

static gboolean
check_plan (SmRules             *rules,
            const SmWindowPlan  *plan,
            GError             **error)
{
  return check_text (plan->reason, "/reason", error)
         && check_slug (sm_window_risks, plan->risk, "/risk", error)
         && check_text (plan->risk_note, "/risk_note", error)
         && check_slug (sm_window_suppressions, plan->suppresses, "/suppresses", error)
         && check_times (rules, plan->starts_at, plan->ends_at, error);
}

/* Two windows of one thing at one time would have two ends. */
static gboolean
check_alone (SmRules       *rules,
             const SmRow   *target,
             gint64         starts_at,
             gint64         ends_at,
             gint64         but_id,
             GError       **error)
{
  const GPtrArray *live = rules->windows->live;

  for (guint i = 0; i < live->len; i++)
    {
      const SmRow *other = live->pdata[i];

      if (sm_row_get_id (other) == but_id
          || sm_row_get_int (other, SM_WINDOW_SCOPE_ID) != sm_row_get_id (target)
          || g_strcmp0 (sm_row_get_text (other, SM_WINDOW_SCOPE_NOUN),
                        sm_row_get_noun (target)->name) != 0
          || sm_row_get_int (other, SM_WINDOW_STARTS_AT) >= ends_at
          || sm_row_get_int (other, SM_WINDOW_ENDS_AT) <= starts_at)
        continue;
      return refuse ("window-overlaps", "There is another window of it at that time", error);
    }
  return TRUE;
}

/* --- planning --- */

static gint64
station_of (const SmRow *target)
{
  const SmNoun *noun = sm_row_get_noun (target);
  int field = sm_noun_find_field (noun, "station_id", strlen ("station_id"));

  if (noun->id == SM_NOUN_STATION)
    return sm_row_get_id (target);
  return field >= 0 && noun->fields[field].klass == SM_RECORD
             ? sm_row_get_int (target, (guint) field)
             : SM_UNKNOWN;
}

/* What is written on it: a name would be in one language only. */
static char *
label_of (const SmRow *target)
{
  const SmNoun *noun = sm_row_get_noun (target);
  int field = sm_noun_find_field (noun, "sn", strlen ("sn"));

  switch (noun->id)
    {
    case SM_NOUN_AREA:
      return g_strdup (sm_row_get_text (target, SM_AREA_CODE));
    case SM_NOUN_VEHICLE:
      return g_strdup (sm_row_get_text (target, SM_VEHICLE_PLATE));
    case SM_NOUN_LANE:
      return g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (target, SM_LANE_NUMBER));
    case SM_NOUN_BAY:
      return g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (target, SM_BAY_NUMBER));
    default:
      return field >= 0 ? g_strdup (sm_row_get_text (target, (guint) field)) : NULL;
    }
}

static SmRow *
make_window (const SmVerb        *verb,
             const SmWindowPlan  *plan,
             const SmRow         *target)
{
  SmRow *window = sm_row_new (sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW));

  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    if (!sm_row_is_null (target, i))
      sm_row_set_int (window, i, sm_row_get_int (target, i));
  sm_row_set_text (window, SM_WINDOW_SCOPE_NOUN, plan->scope_noun);
  sm_row_set_int (window, SM_WINDOW_SCOPE_ID, plan->scope_id);
  sm_row_take_text (window, SM_WINDOW_SCOPE_LABEL, label_of (target));
  sm_row_set_int (window, SM_WINDOW_STATION_ID, station_of (target));
  sm_row_set_int (window, SM_WINDOW_STARTS_AT, plan->starts_at);
  sm_row_set_int (window, SM_WINDOW_ENDS_AT, plan->ends_at);
  sm_row_set_text (window, SM_WINDOW_REASON, plan->reason);
  sm_row_set_text (window, SM_WINDOW_RISK, plan->risk);
  sm_row_set_text (window, SM_WINDOW_RISK_NOTE, plan->risk_note);
  sm_row_set_text (window, SM_WINDOW_SUPPRESSES, plan->suppresses);
  sm_row_set_text (window, SM_WINDOW_STATE, sm_window_states[SM_WINDOW_STATE_PLANNED]);
  sm_row_set_int (window, SM_WINDOW_PLANNED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (window, SM_WINDOW_PLANNED_BY, verb->actor->name);
  return window;
}

static SmRow *
plan_it (const SmVerb   *verb,
         gconstpointer   data,
         SmRow          *target,
         GError        **error)
{
  const SmWindowPlan *plan = data;
  g_autoptr (SmRow) window = NULL;

  if (!check_plan (verb->rules, plan, error) || !sm_windows_refresh (verb->rules, error)
      || !check_alone (verb->rules, target, plan->starts_at, plan->ends_at, 0, error))
    return NULL;
  window = make_window (verb, plan, target);
  if (!sm_verb_put (verb->rules, window, NULL, error)
      || !sm_verb_tell (verb, "done", NULL, window, error))
    return NULL;
  return g_steal_pointer (&window);
}

/**
 * sm_windows_plan:
 *
 * Plans a window.  It opens when its time has come, if somebody else has agreed by then.
 *
 * Returns: (transfer full) (nullable): the window
 */
SmRow *
sm_windows_plan (SmRules             *rules,
                 SmActor             *actor,
                 const char          *idempotency_key,
                 const SmWindowPlan  *plan,
                 GError             **error)
{
  const SmNoun *noun = NULL;
  g_autofree char *text = g_strdup_printf (
      "window.plan %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %s\n%s",
      plan->scope_noun, plan->scope_id, plan->starts_at, plan->ends_at, plan->risk,
      plan->suppresses, plan->reason, plan->risk_note);
  SmVerb verb = { rules, actor, PLAN_ACT, NULL, plan->scope_id, idempotency_key, text, NULL };

  if (!check_slug (sm_window_scopes, plan->scope_noun, "/scope_noun", error))
    return NULL;
  noun = sm_noun_by_name (plan->scope_noun);
  verb.noun = noun;
  return sm_verb_run (&verb, plan_it, plan, error);
}

/* --- what becomes of it --- */

typedef struct
{
  SmWindowEvent event;
  gint64 ends_at;     /* of an extension */
  const char *reason; /* (nullable) */
} Act;

/* Whoever plans it is not the one who judges whether it may be. */
static gboolean
check_second (const SmVerb  *verb,
              const SmRow   *window,
              GError       **error)
{
  const char *first = sm_row_get_text (window, SM_WINDOW_PLANNED_BY);

  if (g_ascii_strcasecmp (first, verb->actor->name) != 0)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "second-person-needed",
                "%s cannot be both persons that this needs", first);
  return FALSE;
}

static gboolean
approve (const SmVerb  *verb,
         const Act     *act,
         SmRow         *window,
         GError       **error)
{
  if (!sm_row_is_null (window, SM_WINDOW_APPROVED_AT))
    return refuse ("window-approved-already", "It has been approved already", error);
  if (!check_second (verb, window, error)
      || !check_times (verb->rules, sm_row_get_int (window, SM_WINDOW_STARTS_AT),
                       sm_row_get_int (window, SM_WINDOW_ENDS_AT), error))
    return FALSE;
  sm_row_set_int (window, SM_WINDOW_APPROVED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (window, SM_WINDOW_APPROVED_BY, verb->actor->name);
  return TRUE;
}

static gboolean
end (const SmVerb  *verb,
     const Act     *act,
     SmRow         *window)
{
  sm_row_set_int (window, SM_WINDOW_ENDED_AT, sm_rules_now (verb->rules));
  sm_row_set_text (window, SM_WINDOW_ENDED_BY, verb->actor->name);
  sm_row_set_text (window, SM_WINDOW_END_REASON, act->reason);
  return TRUE;
}

/* That nobody can prove it is said by who may agree to such things. */
static gboolean
close_it (const SmVerb  *verb,
          const Act     *act,
          SmRow         *window,
          GError       **error)
{
  g_autofree char *number = NULL;

  if (!sm_window_find_proof (verb->rules, window, &number, error))
    return FALSE;
  if (number == NULL && act->reason == NULL)
    return refuse ("window-not-proven", "Nothing has been served there since it opened", error);
  if (number == NULL
      && (!sm_actor_require (verb->actor, APPROVE_ACT, error)
          || !check_text (act->reason, "/override_reason", error)))
    return FALSE;
  sm_row_set_text (window, SM_WINDOW_PROOF, number);
  return end (verb, act, window);
}

static gboolean
extend (const SmVerb  *verb,
        const Act     *act,
        SmRow         *window,
        GError       **error)
{
  if (!check_text (act->reason, "/reason", error) || !check_second (verb, window, error))
    return FALSE;
  if (act->ends_at <= sm_row_get_int (window, SM_WINDOW_ENDS_AT))
    return refuse ("window-in-the-past", "That is not later than it ends now", error);
  if (!check_times (verb->rules, sm_rules_now (verb->rules), act->ends_at, error))
    return FALSE;
  sm_row_set_int (window, SM_WINDOW_ENDS_AT, act->ends_at);
  sm_row_set_text (window, SM_WINDOW_EXTENDED_BY, verb->actor->name);
  sm_row_set_text (window, SM_WINDOW_EXTEND_REASON, act->reason);
  return TRUE;
}

static gboolean
fill_in (const SmVerb  *verb,
         const Act     *act,
         SmRow         *window,
         GError       **error)
{
  switch (act->event)
    {
    case SM_WINDOW_EVENT_APPROVE:
      return approve (verb, act, window, error);
    case SM_WINDOW_EVENT_CANCEL:
      return check_text (act->reason, "/reason", error) && end (verb, act, window);
    case SM_WINDOW_EVENT_CLOSE:
      return close_it (verb, act, window, error);
    default:
      return extend (verb, act, window, error);
    }
}

static SmRow *
do_act (const SmVerb   *verb,
        gconstpointer   data,
        SmRow          *before,
        GError        **error)
{
  const Act *act = data;
  g_autoptr (SmRow) window = sm_row_copy (before);
  SmWindowState next;

  if (!sm_window_next ((SmWindowState) sm_row_get_enum (before, SM_WINDOW_STATE), act->event,
                       &next))
    {
      refuse ("window-state", "That does not go with the state that the window is in", error);
      sm_verb_lose (verb, before);
      return NULL;
    }
  if (!fill_in (verb, act, window, error))
    return NULL;
  sm_row_set_text (window, SM_WINDOW_STATE, sm_window_states[next]);
  if (!sm_verb_put (verb->rules, window, before, error)
      || !sm_verb_tell (verb, "done", before, window, error))
    return NULL;
  return g_steal_pointer (&window);
}

/**
 * sm_windows_act:
 * @ends_at: of an extension; else 0
 * @reason: (nullable): of a cancellation, an extension, or why there is no test
 * @out_current: (out) (transfer full) (nullable): when it does not go with the state
 *   that it is in, the window as it is now
 *
 * Returns: (transfer full) (nullable): the window after it
 */
SmRow *
sm_windows_act (SmRules      *rules,
                SmActor      *actor,
                const char   *idempotency_key,
                gint64        window_id,
                SmWindowAct   act,
                gint64        ends_at,
                const char   *reason,
                SmRow       **out_current,
                GError      **error)
{
  static const struct
  {
    const char *permission;
    SmWindowEvent event;
  } acts[] = {
    [SM_WINDOW_ACT_APPROVE] = { APPROVE_ACT, SM_WINDOW_EVENT_APPROVE },
    [SM_WINDOW_ACT_CANCEL] = { PLAN_ACT, SM_WINDOW_EVENT_CANCEL },
    [SM_WINDOW_ACT_CLOSE] = { PLAN_ACT, SM_WINDOW_EVENT_CLOSE },
    [SM_WINDOW_ACT_EXTEND] = { APPROVE_ACT, SM_WINDOW_EVENT_EXTEND },
  };
  g_autofree char *text = g_strdup_printf ("window %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
                                           act, window_id, ends_at, reason != NULL ? reason : "");
  SmVerb verb = { rules, actor, acts[act].permission, sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW),
                  window_id, idempotency_key, text, out_current };
  Act data = { acts[act].event, ends_at, reason };

  return sm_verb_run (&verb, do_act, &data, error);
}
