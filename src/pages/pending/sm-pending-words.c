/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-pending-words.h"

#include "sm-call.h"
#include "sm-guidance.h"
#include "sm-i18n.h"
#include "sm-link.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-words.h"
#include "sm-work-order.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *verb;
  const char *title;
} titles[] = {
  { "acknowledge", N_ ("Acknowledgement of an alarm") },
  { "note", N_ ("Note on an alarm") },
  { "edit", N_ ("Change of a station") },
  { "call", N_ ("Call about an alarm") },
};

static const struct
{
  SmWorkOrderEvent event;
  const char *title;
} work_order_titles[] = {
  { SM_WORK_ORDER_ASSIGN, N_ ("Assignment of a work order") },
  { SM_WORK_ORDER_ACCEPT, N_ ("Acceptance of a work order") },
  { SM_WORK_ORDER_REFUSE, N_ ("Refusal of a work order") },
  { SM_WORK_ORDER_SPEAK, N_ ("Call about a work order") },
  { SM_WORK_ORDER_TRAVEL, N_ ("Setting out to a work order") },
  { SM_WORK_ORDER_ARRIVE, N_ ("Arrival at a work order") },
  { SM_WORK_ORDER_START, N_ ("Start of a work order") },
  { SM_WORK_ORDER_HOLD, N_ ("Hold of a work order") },
  { SM_WORK_ORDER_RESUME, N_ ("Resumption of a work order") },
  { SM_WORK_ORDER_COMPLETE, N_ ("Completion of a work order") },
  { SM_WORK_ORDER_CONFIRM, N_ ("Confirmation of a work order") },
  { SM_WORK_ORDER_REJECT, N_ ("Rejection of a work order") },
  { SM_WORK_ORDER_CANCEL, N_ ("Cancellation of a work order") },
  { SM_WORK_ORDER_URGE, N_ ("Urging of a work order") },
  { SM_WORK_ORDER_FOLLOW_UP, N_ ("Return visit of a work order") },
  { SM_WORK_ORDER_NOTE_DOWN, N_ ("Note on a work order") },
  { SM_WORK_ORDER_USE_PART, N_ ("Part used for a work order") },
  { SM_WORK_ORDER_PHOTO, N_ ("Photo of a work order") },
};

static const char *
work_order_title (const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (work_order_titles); i++)
    if (g_str_equal (sm_work_order_events[work_order_titles[i].event], verb))
      return _(work_order_titles[i].title);
  return _("Change of a work order");
}

static const char *
guide_title (const char *verb)
{
  if (g_str_equal (verb, "rescue"))
    return _("Rescue of a truck");
  if (g_str_equal (verb, sm_guidance_events[SM_GUIDANCE_CALL]))
    return _("Call of a driver");
  return g_str_equal (verb, sm_guidance_events[SM_GUIDANCE_WITHDRAW])
             ? _("Withdrawal of what a truck was told")
             : _("Sending of a truck to another station");
}

/** sm_pending_title: Returns: (transfer none): what was done */
const char *
sm_pending_title (SmPending *pending)
{
  const SmNoun *noun = sm_pending_get_noun (pending);

  if (sm_pending_is_guide (pending))
    return guide_title (sm_pending_get_verb (pending));
  if (noun != NULL && noun->id == SM_NOUN_HANDOVER)
    return _("Note of a handover");
  if (noun != NULL && noun->id == SM_NOUN_INSPECTION)
    return _("Inspection");
  if (noun != NULL && noun->id == SM_NOUN_SAFETY_INCIDENT)
    return _("Safety incident");
  if (noun != NULL && noun->id == SM_NOUN_PROBLEM_RECORD)
    return _("Problem");
  if (noun != NULL && noun->id == SM_NOUN_COMPLAINT)
    return _("Complaint");
  if (noun != NULL && noun->id == SM_NOUN_WORK_ORDER)
    return work_order_title (sm_pending_get_verb (pending));
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].verb, sm_pending_get_verb (pending)))
      return _(titles[i].title);
  return _("Change");
}

/* A name in the language of the interface; text of persons, never markup. */
static char *
pick_name (const char *name)
{
  g_autofree char *picked = NULL;

  if (name == NULL || name[0] != '{')
    return sm_text_clean (name);
  picked = sm_name_pick (name, sm_i18n_language ());
  return sm_text_clean (picked);
}

/** sm_pending_object: Returns: (transfer full): to what, as it was called then */
char *
sm_pending_object (SmPending *pending)
{
  const char *name = sm_pending_get_object_name (pending);
  const char *line_end = name != NULL ? strchr (name, '\n') : NULL;
  g_autofree char *code = NULL;
  g_autofree char *source = NULL;
  g_autofree char *word = NULL;

  if (name == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, sm_pending_get_object_id (pending));
  if (line_end == NULL)
    return pick_name (name);
  code = g_strndup (name, (gsize) (line_end - name));
  source = pick_name (line_end + 1);
  if (code[0] == '\0')
    return g_steal_pointer (&source);
  word = sm_text_clean (sm_word_of_alarm (code));
  return source[0] != '\0' ? g_strdup_printf ("%s · %s", word, source) : g_steal_pointer (&word);
}

/* Its number stands behind its code. */
static char *
link_to_order (SmPending *pending)
{
  const char *name = sm_pending_get_object_name (pending);
  const char *line_end = name != NULL ? strchr (name, '\n') : NULL;

  return line_end != NULL ? sm_link_text ("work_order", line_end + 1, NULL) : NULL;
}

/** sm_pending_link: Returns: (transfer full) (nullable): where the object is to be seen */
char *
sm_pending_link (SmPending *pending,
                 SmOps     *ops)
{
  const SmNoun *noun = sm_pending_get_noun (pending);
  g_autoptr (SmRow) row = NULL;

  if (noun == NULL || sm_pending_is_elsewhere (pending))
    return NULL;
  if (noun->id == SM_NOUN_WORK_ORDER)
    return link_to_order (pending);
  if (noun->id != SM_NOUN_STATION)
    return NULL;
  row = sm_directory_find_row (sm_ops_get_directory (ops), SM_NOUN_STATION,
                               sm_pending_get_object_id (pending));
  if (row == NULL || sm_row_is_null (row, SM_STATION_SN))
    return NULL;
  return sm_link_text ("station", sm_row_get_text (row, SM_STATION_SN), NULL);
}

static char *
format_moment (SmStatus *status,
               gint64    moment_us)
{
  GTimeZone *zone = sm_status_get_zone (status);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment_us / SM_SECOND);
  g_autoptr (GDateTime) local = NULL;

  if (utc == NULL)
    return g_strdup ("–");
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  /* Translators: a moment, date and time of day, see g_date_time_format() */
  return g_date_time_format (local, _("%-d %b %Y, %H:%M:%S"));
}

/** sm_pending_when: Returns: (transfer full): when it was done, and by whom for which network */
char *
sm_pending_when (SmPending *pending,
                 SmOps     *ops)
{
  g_autofree char *moment
      = format_moment (sm_ops_get_status (ops), sm_pending_get_created_at (pending));
  g_autofree char *person = sm_text_clean (sm_pending_get_person (pending));
  g_autofree char *network = sm_text_clean (sm_pending_get_network (pending));
  GString *words = g_string_new (moment);

  if (person[0] != '\0')
    g_string_append_printf (words, " · %s", person);
  if (network[0] != '\0' && sm_pending_is_elsewhere (pending))
    g_string_append_printf (words, " · %s", network);
  return g_string_free (words, FALSE);
}

/** sm_pending_how: Returns: (transfer full): how it stands, in short */
char *
sm_pending_how (SmPending *pending)
{
  if (sm_pending_get_state (pending) == SM_ACT_CONFLICT)
    return g_strdup (_("In conflict"));
  if (sm_pending_is_elsewhere (pending))
    return g_strdup (_("Waits for another network or person"));
  if (sm_pending_is_blocked (pending))
    return g_strdup (_("Waits for a decision about the one before"));
  if (sm_pending_get_state (pending) == SM_ACT_SENDING)
    return g_strdup (_("Being sent"));
  return g_strdup (_("Waits to be sent"));
}

/** sm_pending_why: Returns: (transfer full) (nullable): what the last trouble was, and what to do */
char *
sm_pending_why (SmPending *pending)
{
  const char *problem = sm_pending_get_problem (pending);

  if (sm_pending_is_elsewhere (pending) && sm_pending_get_state (pending) != SM_ACT_CONFLICT)
    return g_strdup (_("It is sent when that network is followed again and that person is signed "
                       "in. A network that was restored from a backup is another one."));
  if (problem == NULL || sm_pending_get_state (pending) == SM_ACT_SENDING)
    return NULL;
  return sm_slug_sentence (problem);
}

/* Returns: (transfer full) (nullable): that of an inspection */
static char *
describe_part (const char *field)
{
  for (guint i = 0; sm_inspection_parts[i] != NULL; i++)
    {
      const char *rest = field + strlen (sm_inspection_parts[i]);
      const char *word = sm_word_of_slug (sm_inspection_parts, sm_inspection_parts[i]);

      if (!g_str_has_prefix (field, sm_inspection_parts[i]))
        continue;
      if (g_str_equal (rest, "_score"))
        /* Translators: how something was found; %s is what, as in "Score: shine" */
        return g_strdup_printf (_("Score: %s"), word);
      if (g_str_equal (rest, "_note"))
        /* Translators: what was found there; %s is where, as in "Note: shine" */
        return g_strdup_printf (_("Note: %s"), word);
    }
  return NULL;
}

/** sm_pending_field: Returns: (transfer full): what a field of an SmEdit is called */
char *
sm_pending_field (const char *field)
{
  static const struct
  {
    const char *field;
    const char *word;
  } words[] = {
    { "name/en", N_ ("Name in English") },
    { "name/zh-CN", N_ ("Name in Chinese") },
    { "phones", N_ ("Contact") },
    { "note", N_ ("Note") },
    { "calls", N_ ("Last call") },
    { "call_outcome", N_ ("Result") },
    { "level", N_ ("Level") },
    { "count", N_ ("Times raised") },
    { "occurrence", N_ ("Times it rang") },
    { "state", N_ ("State") },
    { "assignee", N_ ("Who has it") },
    { "hold_reason", N_ ("Why on hold") },
    { "fix", N_ ("Repair") },
    { "cause", N_ ("Cause") },
    { "action", N_ ("What was done") },
    { "measures", N_ ("What is done about it") },
    { "inspector", N_ ("Who is to do it") },
    { "end_reason", N_ ("Why so") },
    { "every_days", N_ ("Again after so many days") },
  };
  g_autofree char *part = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].field, field))
      return g_strdup (_(words[i].word));
  part = describe_part (field);
  if (part != NULL)
    return g_steal_pointer (&part);
  if (!g_str_has_prefix (field, "phones/"))
    return sm_text_clean (field);
  part = sm_text_clean (sm_word_of_slug (sm_phone_roles, field + strlen ("phones/")));
  /* Translators: %s is whose phone it is, as in "Contact, on duty" */
  return g_strdup_printf (_("Contact, %s"), part);
}

/* Of all calls of an alarm, the last. */
static char *
describe_last_call (const char *value)
{
  g_autoptr (GPtrArray) calls = sm_calls_read (value);
  const SmCall *call = calls->len > 0 ? calls->pdata[calls->len - 1] : NULL;
  g_autofree char *words = NULL;

  if (call == NULL)
    return g_strdup (C_ ("value", "nothing"));
  words = g_strdup_printf ("%s %s · %s", call->who, call->number,
                           sm_word_of_slug (sm_call_outcomes, call->outcome));
  return sm_text_clean (words);
}

/** sm_pending_value: Returns: (transfer full): a value of an SmEdit, of @field */
char *
sm_pending_value (const char *field,
                  const char *value)
{
  if (value != NULL && g_str_equal (field, "state"))
    return g_strdup (sm_word_of_slug (sm_slug_index (sm_work_order_states, value)
                                              != SM_ENUM_UNKNOWN
                                          ? sm_work_order_states
                                      : sm_slug_index (sm_complaint_states, value)
                                                != SM_ENUM_UNKNOWN
                                          ? sm_complaint_states
                                      : g_str_equal (value, "reported") ? sm_incident_states
                                                                        : sm_inspection_states,
                                      value));
  if (value != NULL && g_str_has_suffix (field, "_score"))
    return g_strdup (sm_word_of_slug (sm_inspection_scores, value));
  if (value != NULL && g_str_equal (field, "calls"))
    return describe_last_call (value);
  if (value != NULL && g_str_equal (field, "call_outcome"))
    return g_strdup (sm_word_of_slug (sm_guidance_calls, value));
  if (value != NULL && g_str_equal (field, "fix"))
    return g_strdup (sm_word_of_slug (sm_work_order_fixes, value));
  return value != NULL && *value != '\0' ? sm_text_clean (value)
                                         : g_strdup (C_ ("value", "nothing"));
}
