/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-drills.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-guide-codec.h"
#include "sm-guides.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"

#include <string.h>

/* What is to be done about faults, and what was done about one. */

#define MAX_NOTE_CHARS 2000
#define MAX_ID_CHARS 40
#define NO_COMMAND "none"

typedef struct
{
  SmActor *actor;
  char *key;
  char *code;
  gint64 if_rev;
  SmGuideEdit edit;
  JsonObject *body; /* (nullable): of which the edit has its texts */
  gint64 alarm_id;
  char *step;
  gboolean is_done;
  char *note; /* (nullable) */
} GuideRequest;

static void
guide_request_free (gpointer data)
{
  GuideRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->code);
  g_clear_pointer (&request->edit.causes, g_ptr_array_unref);
  g_clear_pointer (&request->edit.steps, g_ptr_array_unref);
  g_clear_pointer (&request->body, json_object_unref);
  g_free (request->step);
  g_free (request->note);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuideRequest, guide_request_free)

static GuideRequest *
request_new (SmExchange *exchange)
{
  GuideRequest *request = g_new0 (GuideRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  return request;
}

/* --- the catalogue --- */

static SmAnswer *
answer_with (const SmFaultGuide *guide)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_guide_write (writer, guide);
  return sm_answer_new_state (writer, guide->rev);
}

static gpointer
read_guides (SmReader      *reader,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GPtrArray) guides = sm_guides_list (reader, error);
  SmJsonWriter *writer;

  if (guides == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < guides->len; i++)
    sm_guide_write (writer, guides->pdata[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_guides (SmExchange *exchange)
{
  sm_exchange_read (exchange, read_guides, request_new (exchange), guide_request_free);
}

static gpointer
read_guide (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const GuideRequest *request = data;
  g_autoptr (SmFaultGuide) guide = sm_guides_find (reader, request->code, error);

  return guide != NULL ? answer_with (guide) : NULL;
}

static void
get_guide (SmExchange *exchange)
{
  GuideRequest *request = request_new (exchange);

  request->code = g_strdup (sm_exchange_get_param (exchange, 0));
  sm_exchange_read (exchange, read_guide, request, guide_request_free);
}

static gpointer
change_guide (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const GuideRequest *request = data;
  g_autoptr (SmFaultGuide) guide = sm_guides_change (rules, request->actor, request->code,
                                                     request->if_rev, &request->edit, error);

  return guide != NULL ? answer_with (guide) : NULL;
}

static SmGuideLine *
parse_line (JsonArray  *array,
            guint       index,
            gboolean    has_weight,
            GError    **error)
{
  JsonNode *node = json_array_get_element (array, index);
  const char *id = NULL, *text = NULL, *text_zh = NULL;
  double weight = 0;
  SmGuideLine *parsed;
  JsonObject *line;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "wrong-type", "A line is an object");
      return NULL;
    }
  line = json_node_get_object (node);
  if (!sm_json_get_text (line, "id", SM_JSON_REQUIRED, MAX_ID_CHARS, &id, error)
      || !sm_json_get_text (line, "text", SM_JSON_OPTIONAL, SM_GUIDE_MAX_TEXT, &text, error)
      || !sm_json_get_text (line, "text_zh", SM_JSON_OPTIONAL, SM_GUIDE_MAX_TEXT, &text_zh, error)
      || (has_weight && !sm_json_get_real (line, "weight", SM_JSON_REQUIRED, 0, 1, &weight, error)))
    return NULL;
  parsed = sm_guide_line_new (id, text, weight);
  parsed->text_zh = g_strdup (text_zh);
  return parsed;
}

/* Null is as the catalogue comes with it. */
static gboolean
parse_lines (JsonObject  *body,
             const char  *name,
             gboolean     has_weight,
             gboolean    *out_has,
             GPtrArray  **out_lines,
             GError     **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  JsonArray *array = NULL;

  *out_has = json_object_has_member (body, name);
  if (!sm_json_get_array (body, name, SM_JSON_OPTIONAL, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;
  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_line_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      SmGuideLine *line = parse_line (array, i, has_weight, error);

      if (line == NULL)
        return FALSE;
      g_ptr_array_add (lines, line);
    }
  *out_lines = g_steal_pointer (&lines);
  return TRUE;
}

static gboolean
is_command (const char  *kind,
            GError     **error)
{
  if (sm_slug_index (sm_command_kinds, kind) < SM_N_COMMAND_KINDS)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "command-unknown", "There is no command %s",
                kind != NULL ? kind : "");
  return FALSE;
}

static gboolean
parse_command (JsonObject   *body,
               SmGuideEdit  *edit,
               GError      **error)
{
  edit->has_command = json_object_has_member (body, "command");
  if (!sm_json_get_text (body, "command", SM_JSON_OPTIONAL, MAX_ID_CHARS, &edit->command, error))
    return FALSE;
  return edit->command == NULL || strcmp (edit->command, NO_COMMAND) == 0
         || is_command (edit->command, error);
}

static gboolean
parse_forbids (JsonObject   *body,
               SmGuideEdit  *edit,
               GError      **error)
{
  JsonArray *array = NULL;

  edit->has_forbids = json_object_has_member (body, "forbids");
  edit->forbids = SM_UNKNOWN;
  if (!sm_json_get_array (body, "forbids", SM_JSON_OPTIONAL, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *kind = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (!is_command (kind, error))
        return FALSE;
      edit->forbids = (edit->forbids == SM_UNKNOWN ? 0 : edit->forbids)
                      | 1 << sm_slug_index (sm_command_kinds, kind);
    }
  if (array != NULL && json_array_get_length (array) == 0)
    edit->forbids = 0;
  return TRUE;
}

/* What the catalogue alone says, and what is written by itself. */
static gboolean
check_members (JsonObject  *body,
               GError     **error)
{
  static const char *const fixed[] = { "code", "noun", "equipment_kind", "safety",
                                       "rev", "edited_at", "edited_by", NULL };
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; fixed[i] != NULL; i++)
    {
      g_autofree char *pointer = g_strconcat ("/", fixed[i], NULL);

      if (!json_object_has_member (body, fixed[i]))
        continue;
      if (problem == NULL)
        sm_set_error (&problem, SM_ERROR_INVALID, "field-not-changeable",
                      "%s of a fault code cannot be changed", fixed[i]);
      sm_error_add_field (problem, pointer, "field-not-changeable");
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
parse_edit (SmExchange    *exchange,
            GuideRequest  *request,
            GError       **error)
{
  JsonObject *body = request->body = json_object_ref (sm_exchange_get_object (exchange));
  SmGuideEdit *edit = &request->edit;

  edit->has_consequence = json_object_has_member (body, "consequence");
  edit->has_consequence_zh = json_object_has_member (body, "consequence_zh");
  edit->has_respond_s = json_object_has_member (body, "respond_s");
  edit->has_level = json_object_has_member (body, "level");
  edit->respond_s = edit->level = SM_UNKNOWN;
  return sm_asker_if_match (exchange, &request->if_rev, error)
         && check_members (body, error)
         && sm_json_get_text (body, "consequence", SM_JSON_OPTIONAL, SM_GUIDE_MAX_TEXT,
                              &edit->consequence, error)
         && sm_json_get_text (body, "consequence_zh", SM_JSON_OPTIONAL, SM_GUIDE_MAX_TEXT,
                              &edit->consequence_zh, error)
         && parse_lines (body, "causes", TRUE, &edit->has_causes, &edit->causes, error)
         && parse_lines (body, "steps", FALSE, &edit->has_steps, &edit->steps, error)
         && sm_json_get_int (body, "respond_s", SM_JSON_OPTIONAL, 1, SM_GUIDE_MAX_RESPOND_S,
                             &edit->respond_s, error)
         && sm_json_get_int (body, "level", SM_JSON_OPTIONAL, 0, SM_JSON_MAX_ID, &edit->level,
                             error)
         && parse_command (body, edit, error) && parse_forbids (body, edit, error);
}

/* Who may not is refused by the rules, which tell the audit. */
static void
patch_guide (SmExchange *exchange)
{
  g_autoptr (GuideRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  request->code = g_strdup (sm_exchange_get_param (exchange, 0));
  if (parse_edit (exchange, request, &error) || !sm_actor_may (request->actor, "fault_code.edit"))
    sm_exchange_run (exchange, change_guide, g_steal_pointer (&request), guide_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- the steps of one alarm --- */

static SmAnswer *
answer_with_steps (const GPtrArray *steps)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_guide_steps_write (writer, steps);
  return sm_answer_new_json (200, writer);
}

static gpointer
read_steps (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const GuideRequest *request = data;
  g_autoptr (GPtrArray) steps
      = sm_guide_steps_read (reader, request->actor, request->alarm_id, error);

  return steps != NULL ? answer_with_steps (steps) : NULL;
}

static void
get_steps (SmExchange *exchange)
{
  g_autoptr (GuideRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  if (sm_exchange_get_id (exchange, 0, &request->alarm_id, &error))
    {
      /* What an application asks for when somebody opens an alarm. */
      sm_drills_note_look (sm_exchange_get_rules (exchange), request->actor, request->alarm_id);
      sm_exchange_read (exchange, read_steps, g_steal_pointer (&request), guide_request_free);
    }
  else
    sm_exchange_fail (exchange, error);
}

static gpointer
tick_step (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const GuideRequest *request = data;
  g_autoptr (GPtrArray) steps
      = sm_guide_steps_tick (rules, request->actor, request->key, request->alarm_id,
                             request->step, request->is_done, request->note, error);

  return steps != NULL ? answer_with_steps (steps) : NULL;
}

/* Whether this person may is the verb's to say: a refusal belongs in the audit. */
static void
post_step (SmExchange *exchange)
{
  g_autoptr (GuideRequest) request = request_new (exchange);
  g_autoptr (GError) error = NULL;
  JsonObject *body = sm_exchange_get_object (exchange);
  const char *note = NULL;

  request->step = g_strdup (sm_exchange_get_param (exchange, 1));
  if (sm_exchange_get_id (exchange, 0, &request->alarm_id, &error)
      && sm_json_get_bool (body, "done", SM_JSON_REQUIRED, &request->is_done, &error)
      && sm_json_get_text (body, "note", SM_JSON_OPTIONAL, MAX_NOTE_CHARS, &note, &error))
    {
      request->note = g_strdup (note != NULL && *note != '\0' ? note : NULL);
      sm_exchange_run (exchange, tick_step, g_steal_pointer (&request), guide_request_free);
    }
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_guide_routes[] = {
  { "GET", SM_PATH_FAULT_CODES, "alarm.read", 0, get_guides },
  { "GET", SM_PATH_FAULT_CODES "/{code}", "alarm.read", 0, get_guide },
  { "PATCH", SM_PATH_FAULT_CODES "/{code}", NULL, SM_ROUTE_OBJECT, patch_guide },
  { "GET", SM_PATH_ALARMS "/{id}" SM_PATH_STEPS, "alarm.read", 0, get_steps },
  { "POST", SM_PATH_ALARMS "/{id}" SM_PATH_STEPS "/{step}", NULL,
    SM_ROUTE_KEYED | SM_ROUTE_OBJECT, post_step },
  { NULL },
};
