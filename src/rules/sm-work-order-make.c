/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-orders-private.h"

#include "sm-certificate-need.h"
#include "sm-desks-private.h"
#include "sm-error.h"
#include "sm-fault-code.h"
#include "sm-record-table.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-tell-private.h"
#include "sm-work-limits-change.h"
#include "sm-work-order-table.h"

#include <string.h>

/* How a work order comes to be, and how each of its steps is written down. */

#define MAX_TEXT 2000

gboolean
sm_work_order_refuse (const char  *slug,
                      const char  *why,
                      GError     **error)
{
  sm_set_error (error, SM_ERROR_INVALID, slug, "%s", why);
  return FALSE;
}

/** sm_work_order_check_text: Whether something was said, and not too much. */
gboolean
sm_work_order_check_text (const char  *text,
                          const char  *pointer,
                          GError     **error)
{
  g_autofree char *said = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (said == NULL || *said == '\0')
    return sm_error_refuse_field (error, pointer, "required");
  if (strlen (said) > MAX_TEXT)
    return sm_error_refuse_field (error, pointer, "too-long");
  return TRUE;
}

/* --- steps --- */

/** sm_work_order_happens: Returns: FALSE when the life cycle does not have it */
gboolean
sm_work_order_happens (SmRow             *order,
                       SmWorkOrderEvent   event,
                       gint64             now,
                       GError           **error)
{
  SmWorkOrderState state = (SmWorkOrderState) sm_row_get_enum (order, SM_WORK_ORDER_STATE);
  SmWorkOrderState next;

  if (!sm_work_order_may (order, event, &next))
    return sm_work_order_refuse ("work-order-state",
                                 "That does not go with the state that the order is in", error);
  if (next != state)
    sm_row_set_int (order, SM_WORK_ORDER_STATE_SINCE, now);
  sm_row_set_text (order, SM_WORK_ORDER_STATE, sm_work_order_states[next]);
  return TRUE;
}

/** sm_work_order_write: Writes it and what happened to it, in the transaction that runs. */
gboolean
sm_work_order_write (SmRules                *rules,
                     SmRow                  *order,
                     const SmRow            *before,
                     SmWorkOrderEvent        event,
                     const SmWorkOrderSaid  *said,
                     GError                **error)
{
  SmWorkOrderStep step = {
    .at = sm_rules_now (rules),
    .claimed_at = said->claimed_at,
    .person = (char *) said->person,
    .event = (char *) sm_work_order_events[event],
    .from_state = before != NULL ? (char *) sm_row_get_text (before, SM_WORK_ORDER_STATE) : NULL,
    .to_state = (char *) sm_row_get_text (order, SM_WORK_ORDER_STATE),
    .text = (char *) said->text,
    .reference = said->reference,
  };

  if (!sm_verb_put (rules, order, before, error))
    return FALSE;
  step.work_order_id = sm_row_get_id (order);
  return sm_work_order_table_add_step (sm_rules_get_connection (rules), &step, error)
         && sm_tell_note_order (rules, order, before, event, said->person, said->text, error);
}

/* --- a new one --- */

static const guint counters[] = {
  SM_WORK_ORDER_RESPONSE_WARNED, SM_WORK_ORDER_RESTORE_VOIDS, SM_WORK_ORDER_RESTORE_WARNED,
  SM_WORK_ORDER_CLOSE_WARNED,    SM_WORK_ORDER_REFUSALS,      SM_WORK_ORDER_HELD_S,
  SM_WORK_ORDER_REJECTIONS,      SM_WORK_ORDER_URGES,         SM_WORK_ORDER_ESCALATIONS,
  SM_WORK_ORDER_IS_PINNED,       SM_WORK_ORDER_IS_WARRANTY,   SM_WORK_ORDER_PHOTOS,
  SM_WORK_ORDER_ALARM_COUNT,
};

static void
set_times (SmRow  *order,
           gint64  now,
           gint64  first_sign_at)
{
  sm_row_set_int (order, SM_WORK_ORDER_STATE_SINCE, now);
  sm_row_set_int (order, SM_WORK_ORDER_CREATED_AT, now);
  sm_row_set_int (order, SM_WORK_ORDER_FIRST_SIGN_AT, first_sign_at);
  sm_row_set_int (order, SM_WORK_ORDER_REPORT_DUE_AT, first_sign_at + SM_WORK_ORDER_REPORT_US);
  sm_row_set_int (order, SM_WORK_ORDER_RESPONSE_DUE_AT, now + SM_WORK_ORDER_RESPONSE_US);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_DUE_AT, first_sign_at + SM_WORK_ORDER_RESTORE_US);
}

/**
 * sm_work_order_draft:
 * @like: whose keys of scope it takes
 *
 * Returns: (transfer full) (nullable): an order with its number, times and counters
 */
SmRow *
sm_work_order_draft (SmRules      *rules,
                     const SmRow  *like,
                     gint64        first_sign_at,
                     GError      **error)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_WORK_ORDER);
  g_autoptr (SmRow) order = sm_row_new (noun);
  gint64 last = sm_record_last_id (sm_rules_get_connection (rules), noun, error);

  if (last < 0)
    return NULL;
  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    if (!sm_row_is_null (like, i))
      sm_row_set_int (order, i, sm_row_get_int (like, i));
  sm_row_take_text (order, SM_WORK_ORDER_NUMBER,
                    g_strdup_printf ("WO%06" G_GINT64_FORMAT, last + 1));
  sm_row_set_text (order, SM_WORK_ORDER_STATE,
                   sm_work_order_states[SM_WORK_ORDER_STATE_UNACCEPTED]);
  for (gsize i = 0; i < G_N_ELEMENTS (counters); i++)
    sm_row_set_int (order, counters[i], 0);
  set_times (order, sm_rules_now (rules), first_sign_at);
  return g_steal_pointer (&order);
}

static gint64
record_int (const SmRow *row,
            const char  *name)
{
  const SmNoun *noun = sm_row_get_noun (row);
  int field = sm_noun_find_field (noun, name, strlen (name));

  return field >= 0 && noun->fields[field].klass == SM_RECORD ? sm_row_get_int (row, (guint) field)
                                                              : SM_UNKNOWN;
}

static char *
label_of (const SmRow *target)
{
  static const char *const names[] = { "sn", "plate", "number" };
  const SmNoun *noun = sm_row_get_noun (target);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int field = sm_noun_find_field (noun, names[i], strlen (names[i]));

      if (field < 0 || sm_row_is_null (target, (guint) field))
        continue;
      return noun->fields[field].kind == SM_KIND_INT
                 ? g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (target, (guint) field))
                 : g_strdup (sm_row_get_text (target, (guint) field));
    }
  return NULL;
}

/* Whoever does it has to know this kind of thing. */
static void
set_skill (SmRow       *order,
           const SmRow *target)
{
  if (sm_row_get_noun (target)->id == SM_NOUN_EQUIPMENT)
    sm_row_set_text (order, SM_WORK_ORDER_SKILL, sm_row_get_text (target, SM_EQUIPMENT_KIND));
  else
    sm_row_set_text (order, SM_WORK_ORDER_SKILL, sm_row_get_noun (target)->name);
}

/* And may have to hold a certificate, were it not said otherwise. */
static void
set_certificate (SmRow       *order,
                 const SmRow *target)
{
  SmNounId noun = sm_row_get_noun (target)->id;
  guint kind = noun == SM_NOUN_EQUIPMENT ? sm_row_get_enum (target, SM_EQUIPMENT_KIND)
                                         : SM_ENUM_UNKNOWN;

  sm_row_set_text (order, SM_WORK_ORDER_CERTIFICATE,
                   sm_certificate_needed (sm_row_get_text (order, SM_WORK_ORDER_KIND),
                                          sm_row_get_text (order, SM_WORK_ORDER_CODE), noun, kind));
}

/* How long it has, by its kind; what is planned has to be there by then. */
static void
set_due (SmRules *rules,
         SmRow   *order)
{
  gboolean is_planned = !sm_row_is_null (order, SM_WORK_ORDER_PLANNED_AT);
  gint64 restore = sm_work_limits_find (rules, order, SM_WORK_LIMIT_RESTORE);
  gint64 from = sm_row_get_int (order, is_planned ? SM_WORK_ORDER_PLANNED_AT
                                                  : SM_WORK_ORDER_FIRST_SIGN_AT);

  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_DUE_AT, from + restore);
  if (!is_planned)
    sm_row_set_int (order, SM_WORK_ORDER_RESPONSE_DUE_AT,
                    sm_row_get_int (order, SM_WORK_ORDER_CREATED_AT)
                        + sm_work_limits_find (rules, order, SM_WORK_LIMIT_RESPONSE));
}

static gboolean
set_desk (SmRules  *rules,
          SmRow    *order,
          GError  **error)
{
  SmDeskBook *book = sm_desk_book_get (rules, error);
  gint64 operator_id = sm_row_get_int (order, SM_ROW_OPERATOR_ID);
  const SmRow *desk = book != NULL ? sm_desks_get_main (book->desks, operator_id) : NULL;

  if (desk != NULL && sm_row_is_null (order, SM_WORK_ORDER_DESK_ID))
    sm_row_set_int (order, SM_WORK_ORDER_DESK_ID, sm_row_get_id (desk));
  return book != NULL;
}

/** sm_work_order_aim: Says in it what is to be worked on, and where that is. */
gboolean
sm_work_order_aim (SmRules      *rules,
                   SmRow        *order,
                   const SmRow  *target,
                   GError      **error)
{
  const SmNoun *noun = sm_row_get_noun (target);
  gint64 id = sm_row_get_id (target), warranty = record_int (target, "warranty_until");

  sm_row_set_text (order, SM_WORK_ORDER_TARGET_NOUN, noun->name);
  sm_row_set_int (order, SM_WORK_ORDER_TARGET_ID, id);
  sm_row_take_text (order, SM_WORK_ORDER_TARGET_LABEL, label_of (target));
  sm_row_set_int (order, SM_WORK_ORDER_STATION_ID,
                  noun->id == SM_NOUN_STATION ? id : record_int (target, "station_id"));
  if (noun->id == SM_NOUN_EQUIPMENT)
    sm_row_set_int (order, SM_WORK_ORDER_EQUIPMENT_ID, id);
  if (noun->id == SM_NOUN_VEHICLE)
    sm_row_set_int (order, SM_WORK_ORDER_VEHICLE_ID, id);
  if (noun->id == SM_NOUN_BATTERY)
    sm_row_set_int (order, SM_WORK_ORDER_BATTERY_ID, id);
  sm_row_set_int (order, SM_WORK_ORDER_IS_WARRANTY,
                  warranty != SM_UNKNOWN && warranty > sm_rules_now (rules));
  if (sm_row_is_null (order, SM_WORK_ORDER_SKILL))
    set_skill (order, target);
  if (sm_row_is_null (order, SM_WORK_ORDER_CERTIFICATE))
    set_certificate (order, target);
  set_due (rules, order);
  return set_desk (rules, order, error);
}

/**
 * sm_work_order_follow:
 * @order: which somebody comes again for
 * @planned_at: not before then
 *
 * Returns: (transfer full) (nullable): the order of who comes again, written
 */
SmRow *
sm_work_order_follow (const SmVerb  *verb,
                      const SmRow   *order,
                      gint64         planned_at,
                      const char    *reason,
                      GError       **error)
{
  static const guint same[] = {
    SM_WORK_ORDER_KIND,         SM_WORK_ORDER_LEVEL,        SM_WORK_ORDER_CODE,
    SM_WORK_ORDER_SUBJECT,      SM_WORK_ORDER_TARGET_NOUN,  SM_WORK_ORDER_TARGET_ID,
    SM_WORK_ORDER_TARGET_LABEL, SM_WORK_ORDER_STATION_ID,   SM_WORK_ORDER_EQUIPMENT_ID,
    SM_WORK_ORDER_VEHICLE_ID,   SM_WORK_ORDER_BATTERY_ID,   SM_WORK_ORDER_DESK_ID,
    SM_WORK_ORDER_SKILL,        SM_WORK_ORDER_CERTIFICATE,  SM_WORK_ORDER_IS_WARRANTY,
    SM_WORK_ORDER_PROBLEM_ID,
  };
  gint64 now = sm_rules_now (verb->rules);
  g_autoptr (SmRow) next = sm_work_order_draft (verb->rules, order, now, error);
  SmWorkOrderSaid said = { verb->actor->name, SM_UNKNOWN, reason, sm_row_get_id (order) };

  if (next == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    sm_row_copy_field (next, order, same[i]);
  sm_row_set_text (next, SM_WORK_ORDER_SOURCE, "manual");
  sm_row_set_text (next, SM_WORK_ORDER_CREATED_BY, verb->actor->name);
  sm_row_set_int (next, SM_WORK_ORDER_PARENT_ID, sm_row_get_id (order));
  sm_row_set_int (next, SM_WORK_ORDER_PLANNED_AT, planned_at);
  sm_row_set_text (next, SM_WORK_ORDER_DESCRIPTION, reason);
  /* It serves until then: the clocks run from when somebody is to be there. */
  sm_row_set_int (next, SM_WORK_ORDER_FIRST_SIGN_AT, now);
  sm_row_set_int (next, SM_WORK_ORDER_RESTORE_DUE_AT,
                  planned_at + sm_work_limits_find (verb->rules, next, SM_WORK_LIMIT_RESTORE));
  sm_row_set_int (next, SM_WORK_ORDER_RESPONSE_DUE_AT, planned_at);
  return sm_work_order_write (verb->rules, next, NULL, SM_WORK_ORDER_CREATE, &said, error)
             ? g_steal_pointer (&next)
             : NULL;
}

/* --- a person asks for one --- */

static gboolean
check_slug (const char *const  *slugs,
            const char         *slug,
            const char         *pointer,
            GError            **error)
{
  return sm_slug_index (slugs, slug) != SM_ENUM_UNKNOWN
         || sm_error_refuse_field (error, pointer, slug != NULL ? "invalid" : "required");
}

static gboolean
check_request (SmRules                   *rules,
               const SmWorkOrderRequest  *request,
               GError                   **error)
{
  gint64 now = sm_rules_now (rules);

  if (!check_slug (sm_work_order_kinds, request->kind, "/kind", error)
      || !check_slug (sm_work_order_sources, request->source, "/source", error)
      || (request->certificate != NULL
          && !check_slug (sm_certificate_kinds, request->certificate, "/certificate", error)))
    return FALSE;
  if (request->alarm_id == SM_UNKNOWN && request->code == NULL
      && !sm_work_order_check_text (request->subject, "/subject", error))
    return FALSE;
  if (request->first_sign_at != SM_UNKNOWN
      && (request->first_sign_at > now || request->first_sign_at < now - 30 * SM_DAY))
    return sm_error_refuse_field (error, "/first_sign_at", "out-of-range");
  if (request->planned_at != SM_UNKNOWN
      && (request->planned_at < now || request->planned_at > now + 366 * SM_DAY))
    return sm_error_refuse_field (error, "/planned_at", "out-of-range");
  return TRUE;
}

static void
take_request (SmRow                    *order,
              const SmWorkOrderRequest *request,
              const SmVerb             *verb)
{
  const struct
  {
    guint field;
    const char *text;
  } texts[] = {
    { SM_WORK_ORDER_KIND, request->kind },
    { SM_WORK_ORDER_SOURCE, request->source },
    { SM_WORK_ORDER_SUBJECT, request->subject },
    { SM_WORK_ORDER_DESCRIPTION, request->description },
    { SM_WORK_ORDER_REPORTED_BY, request->reported_by },
    { SM_WORK_ORDER_SKILL, request->skill },
    { SM_WORK_ORDER_CERTIFICATE, request->certificate },
    { SM_WORK_ORDER_PARTS, request->parts },
    { SM_WORK_ORDER_CODE, request->code },
    { SM_WORK_ORDER_CREATED_BY, verb->actor->name },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].text != NULL)
      sm_row_set_text (order, texts[i].field, texts[i].text);
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL, request->level != SM_UNKNOWN ? request->level : 3);
  if (request->work_s != SM_UNKNOWN)
    sm_row_set_int (order, SM_WORK_ORDER_WORK_S, request->work_s);
  if (request->planned_at == SM_UNKNOWN)
    return;
  /* The clocks end by when somebody is to be there.  What it is aimed at says so again, with the
   * time of its kind; what an alarm is of may be gone. */
  sm_row_set_int (order, SM_WORK_ORDER_PLANNED_AT, request->planned_at);
  sm_row_set_int (order, SM_WORK_ORDER_RESPONSE_DUE_AT, request->planned_at);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_DUE_AT,
                  request->planned_at + SM_WORK_ORDER_RESTORE_US);
}

/* What is taken from the alarm that it is about. */
static gboolean
take_alarm (SmRules      *rules,
            SmRow        *order,
            const SmRow  *alarm,
            GError      **error)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  g_autoptr (SmRow) target = NULL;

  /* What a newer version knew is worked on, too: the order says only what the alarm does. */
  if (noun != NULL
      && !sm_service_find (sm_rules_get_connection (rules), noun,
                           sm_row_get_int (alarm, SM_ALARM_SOURCE_ID), &target, error))
    return FALSE;
  sm_row_set_text (order, SM_WORK_ORDER_CODE, sm_row_get_text (alarm, SM_ALARM_CODE));
  sm_row_set_int (order, SM_WORK_ORDER_DESK_ID, sm_row_get_int (alarm, SM_ALARM_DESK_ID));
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL, sm_row_get_int (alarm, SM_ALARM_LEVEL));
  sm_row_set_real (order, SM_WORK_ORDER_RISK, sm_row_get_real (alarm, SM_ALARM_RISK));
  sm_row_set_int (order, SM_WORK_ORDER_ALARM_ID, sm_row_get_id (alarm));
  sm_row_set_int (order, SM_WORK_ORDER_ALARM_COUNT, 1);
  return target == NULL || sm_work_order_aim (rules, order, target, error);
}

/* --- what it was like --- */

static void
append_quoted (GString    *json,
               const char *name,
               const char *text)
{
  g_autofree char *quoted = text != NULL ? sm_verb_audit_quote (text) : NULL;

  g_string_append_printf (json, "%s\"%s\":%s", json->str[json->len - 1] == '{' ? "" : ",", name,
                          quoted != NULL ? quoted : "null");
}

static void
append_field (GString     *json,
              const SmRow *row,
              guint        field)
{
  const SmField *about = &sm_row_get_noun (row)->fields[field];
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  if (sm_row_is_null (row, field))
    return;
  if (sm_kind_is_text (about->kind))
    text = g_strdup (sm_row_get_text (row, field));
  else if (about->kind == SM_KIND_TIME)
    text = sm_time_to_rfc3339 (sm_row_get_int (row, field));
  else if (about->kind == SM_KIND_REAL)
    text = g_strdup (g_ascii_formatd (digits, sizeof digits, "%.6g", sm_row_get_real (row, field)));
  else
    text = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (row, field));
  append_quoted (json, about->name, text);
}

/* Also numbers are texts there: it is shown, and nothing is computed from it. */
static void
append_fields (GString     *json,
               const SmRow *row,
               const guint *fields,
               guint        n_fields)
{
  g_string_append_c (json, '{');
  for (guint i = 0; i < n_fields; i++)
    append_field (json, row, fields[i]);
  g_string_append_c (json, '}');
}

static void
append_live (SmRules      *rules,
             GString      *json,
             const SmNoun *noun,
             gint64        id)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, noun, id);
  int slot = noun->id == SM_NOUN_VEHICLE ? sm_live_find_id (rules->live, id) : -1;
  g_autoptr (SmRow) row = NULL;

  if (slot >= 0)
    row = sm_live_vehicle_to_row (sm_live_get_vehicle (rules->live, (guint) slot));
  else if (live != NULL)
    row = sm_row_ref (live->row);
  g_string_append (json, ",\"live\":{");
  for (guint i = SM_ROW_N_COMMON; row != NULL && i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_LIVE)
      append_field (json, row, i);
  g_string_append_c (json, '}');
}

#define MAX_COMMANDS 20

static gboolean
append_commands (SmRules      *rules,
                 GString      *json,
                 const SmRow  *alarm,
                 GError      **error)
{
  static const guint fields[] = { SM_COMMAND_KIND,         SM_COMMAND_STATE,  SM_COMMAND_REQUESTED_AT,
                                  SM_COMMAND_REQUESTED_BY, SM_COMMAND_OUTCOME, SM_COMMAND_ENDED_AT };
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_id (alarm));
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GPtrArray) commands
      = sm_service_list (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_COMMAND), all,
                         SM_COMMAND_ALARM_ID, id, 0, MAX_COMMANDS, error);

  g_string_append (json, ",\"commands\":[");
  for (guint i = 0; commands != NULL && i < commands->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_fields (json, commands->pdata[i], fields, G_N_ELEMENTS (fields));
    }
  g_string_append_c (json, ']');
  return commands != NULL;
}

/* Returns: (transfer full) (nullable): JSON */
static char *
describe (SmRules      *rules,
          const SmRow  *alarm,
          GError      **error)
{
  static const guint fields[] = { SM_ALARM_CODE,        SM_ALARM_LEVEL,       SM_ALARM_FIELD,
                                  SM_ALARM_VALUE,       SM_ALARM_LIMIT_VALUE, SM_ALARM_RAISED_AT,
                                  SM_ALARM_SENDER_CODE, SM_ALARM_SENDER_TEXT, SM_ALARM_SITUATION,
                                  SM_ALARM_COUNT };
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  g_autoptr (GString) json = g_string_new ("{\"alarm\":");

  append_fields (json, alarm, fields, G_N_ELEMENTS (fields));
  if (noun != NULL)
    append_live (rules, json, noun, sm_row_get_int (alarm, SM_ALARM_SOURCE_ID));
  if (!append_commands (rules, json, alarm, error))
    return NULL;
  g_string_append_c (json, '}');
  return g_string_free (g_steal_pointer (&json), FALSE);
}

/**
 * sm_work_order_of_alarm:
 * @order: a draft
 *
 * Fills in what follows from its alarm, and what everything was like.
 */
gboolean
sm_work_order_of_alarm (SmRules      *rules,
                        SmRow        *order,
                        const SmRow  *alarm,
                        GError      **error)
{
  char *snapshot = take_alarm (rules, order, alarm, error) ? describe (rules, alarm, error) : NULL;

  sm_row_take_text (order, SM_WORK_ORDER_SNAPSHOT, snapshot);
  return snapshot != NULL;
}

/* What was mended for now and is back belongs to the order by which it was mended, not to the
 * visit that is still to come because of it. */
static gboolean
is_later (const SmRow *order,
          gint64       now)
{
  return !sm_row_is_null (order, SM_WORK_ORDER_PLANNED_AT)
         && sm_row_get_int (order, SM_WORK_ORDER_PLANNED_AT) > now;
}

/**
 * sm_work_order_find_open:
 * @order: a draft; what held for a day, and only waits to be confirmed, becomes its parent
 * @out_order: (out) (transfer full) (nullable): the one that is not over, of the same fault of
 *   the same thing; a visit that is to come only where there is no other
 */
gboolean
sm_work_order_find_open (SmRules  *rules,
                         SmRow    *order,
                         SmRow   **out_order,
                         GError  **error)
{
  gint64 now = sm_rules_now (rules);
  g_autoptr (GPtrArray) like = NULL;
  SmRow *found = NULL;

  *out_order = NULL;
  if (sm_row_is_null (order, SM_WORK_ORDER_CODE)
      || sm_row_is_null (order, SM_WORK_ORDER_TARGET_ID))
    return TRUE;
  like = sm_work_order_table_list_like (sm_rules_get_connection (rules), order, 0, error);
  for (guint i = 0; like != NULL && (found == NULL || is_later (found, now)) && i < like->len; i++)
    {
      SmRow *one = like->pdata[i];

      if (sm_work_order_is_over (one))
        continue;
      if (!sm_work_order_has_held (one, now))
        found = found == NULL || !is_later (one, now) ? one : found;
      else if (sm_row_is_null (order, SM_WORK_ORDER_PARENT_ID))
        sm_row_set_int (order, SM_WORK_ORDER_PARENT_ID, sm_row_get_id (one));
    }
  *out_order = found != NULL ? sm_row_ref (found) : NULL;
  return like != NULL;
}

/* One cause, one order: what was asked for is there already. */
static SmRow *
find_again (const SmVerb  *verb,
            const SmRow   *open,
            const SmRow   *target,
            GError       **error)
{
  gint64 id = sm_row_get_id (open);
  gboolean joins = sm_row_get_noun (target)->id == SM_NOUN_ALARM
                   && sm_row_get_int (target, SM_ALARM_WORK_ORDER_ID) != id;
  g_autoptr (SmRow) order = NULL;

  if ((joins && !sm_work_order_join (verb->rules, open, target, error))
      || !sm_service_find (sm_rules_get_connection (verb->rules), sm_row_get_noun (open), id,
                           &order, error)
      || !sm_verb_tell (verb, joins ? "done" : "unchanged", open, order, error))
    return NULL;
  return g_steal_pointer (&order);
}

static SmRow *
make_it (const SmVerb   *verb,
         gconstpointer   data,
         SmRow          *target,
         GError        **error)
{
  const SmWorkOrderRequest *request = data;
  gboolean of_alarm = sm_row_get_noun (target)->id == SM_NOUN_ALARM;
  gint64 first = of_alarm ? sm_row_get_int (target, SM_ALARM_RAISED_AT) : request->first_sign_at;
  SmWorkOrderSaid said = { verb->actor->name, SM_UNKNOWN, request->subject,
                           of_alarm ? verb->id : SM_UNKNOWN };
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) open = NULL;

  if (!check_request (verb->rules, request, error))
    return NULL;
  order = sm_work_order_draft (verb->rules, target,
                               first != SM_UNKNOWN ? first : sm_rules_now (verb->rules), error);
  if (order == NULL)
    return NULL;
  take_request (order, request, verb);
  if (!(of_alarm ? sm_work_order_of_alarm (verb->rules, order, target, error)
                 : sm_work_order_aim (verb->rules, order, target, error))
      || !sm_work_order_find_open (verb->rules, order, &open, error))
    return NULL;
  if (open != NULL)
    return find_again (verb, open, target, error);
  if (!sm_work_order_write (verb->rules, order, NULL, SM_WORK_ORDER_CREATE, &said, error)
      || (of_alarm && !sm_work_order_adopt (verb->rules, order, target, error))
      || !sm_work_order_gather (verb->rules, order, error)
      || !sm_verb_tell (verb, "done", NULL, order, error))
    return NULL;
  return g_steal_pointer (&order);
}

/**
 * sm_work_orders_create:
 *
 * Makes an order of an alarm or of a thing; if there is one of its cause, it is that one.
 *
 * Returns: (transfer full) (nullable): the order
 */
SmRow *
sm_work_orders_create (SmRules                   *rules,
                       SmActor                   *actor,
                       const char                *idempotency_key,
                       const SmWorkOrderRequest  *request,
                       GError                   **error)
{
  gboolean of_alarm = request->alarm_id != SM_UNKNOWN;
  const SmNoun *noun = sm_noun_by_name (of_alarm ? "alarm" : request->target_noun);
  g_autofree char *text = g_strdup_printf (
      "work_order.create %s %s %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
      " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n%s\n%s\n%s\n%s\n%s\n%s",
      request->source, request->kind, request->alarm_id, request->target_noun, request->target_id,
      request->planned_at, request->first_sign_at, request->level, request->work_s, request->code,
      request->subject, request->description, request->reported_by, request->skill,
      request->certificate, request->parts);
  SmVerb verb = { rules, actor, "work_order.create", noun, of_alarm ? request->alarm_id
                                                                    : request->target_id,
                  idempotency_key, text, NULL };

  if (noun == NULL || noun->is_history || noun->id == SM_NOUN_WORK_ORDER
      || (noun->id == SM_NOUN_ALARM) != of_alarm)
    {
      sm_error_refuse_field (error, "/target_noun", "invalid");
      return NULL;
    }
  return sm_verb_run (&verb, make_it, request, error);
}
