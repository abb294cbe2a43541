/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asked.h"
#include "sm-asker.h"
#include "sm-desks.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"

#include <string.h>

/* Desks, the roster, and handing over.  Whether a person may is the verbs' to say: a
 * refusal belongs in the audit. */

#define MAX_NAME_CHARS 200
#define MAX_TEXT_CHARS 2000

typedef struct
{
  SmAsked asked;
  gint64 id;
  gint64 if_seq;    /* what was seen of it */
  SmRow *row;       /* (nullable): what is wanted */
  SmDeskEdit edit;
  const char *person; /* (nullable) */
  const char *text;   /* (nullable): a note or a reason */
} DeskRequest;

static void
desk_request_free (gpointer data)
{
  DeskRequest *request = data;

  sm_asked_clear (&request->asked);
  g_clear_pointer (&request->row, sm_row_unref);
  g_free (request);
}

static DeskRequest *
request_new (SmExchange *exchange)
{
  DeskRequest *request = g_new0 (DeskRequest, 1);

  sm_asked_take (&request->asked, exchange);
  return request;
}

static void
run (SmExchange   *exchange,
     DeskRequest  *request,
     gboolean      is_read,
     SmRulesFunc   func,
     GError      **error)
{
  sm_asked_run (exchange, is_read, func, request, desk_request_free, error);
}

static gboolean
get_text (DeskRequest  *request,
          const char   *member,
          const char  **out_text,
          GError      **error)
{
  return sm_json_get_text (request->asked.body, member, SM_JSON_OPTIONAL, MAX_TEXT_CHARS, out_text,
                           error);
}

static gboolean
parse_seen (SmExchange   *exchange,
            DeskRequest  *request,
            GError      **error)
{
  return sm_exchange_get_id (exchange, 0, &request->id, error)
         && sm_json_get_int (request->asked.body, "seen_seq", SM_JSON_REQUIRED, 0, SM_JSON_MAX_ID,
                             &request->if_seq, error);
}

/* --- desks --- */

static gboolean
take_name (DeskRequest  *request,
           GError      **error)
{
  g_autoptr (SmJsonWriter) writer = NULL;
  g_autoptr (GList) languages = NULL;
  JsonObject *names;

  request->edit.has[SM_DESK_NAME] = TRUE;
  if (!sm_json_get_object (request->asked.body, "name", SM_JSON_REQUIRED, &names, error))
    return FALSE;
  writer = sm_json_writer_new ();
  languages = g_list_sort (json_object_get_members (names), (GCompareFunc) strcmp);
  sm_json_writer_begin_object (writer);
  for (GList *l = languages; l != NULL; l = l->next)
    {
      const char *name;

      if (*(const char *) l->data == '\0' || strlen (l->data) > 35
          || !sm_json_get_text (names, l->data, SM_JSON_REQUIRED, MAX_NAME_CHARS, &name, NULL)
          || *name == '\0')
        return sm_error_refuse_field (error, "/name", "name-invalid");
      sm_json_writer_name (writer, l->data);
      sm_json_writer_text (writer, name);
    }
  sm_json_writer_end_object (writer);
  if (languages == NULL)
    return sm_error_refuse_field (error, "/name", "name-invalid");
  sm_row_take_text (request->row, SM_DESK_NAME, sm_json_writer_end (writer));
  return TRUE;
}

static gboolean
take_list (DeskRequest  *request,
           guint         field,
           GError      **error)
{
  const char *name = sm_noun_get (SM_NOUN_DESK)->fields[field].name;
  const char *text = NULL;

  request->edit.has[field] = json_object_has_member (request->asked.body, name);
  if (!get_text (request, name, &text, error))
    return FALSE;
  sm_row_set_text (request->row, field, text != NULL && *text != '\0' ? text : NULL);
  return TRUE;
}

static gboolean
parse_desk (DeskRequest  *request,
            gboolean      is_new,
            GError      **error)
{
  static const char *const changeable[] = { "name", "area_ids", "kinds", "levels",
                                            "cover_desk_id", NULL };
  gint64 cover = SM_UNKNOWN;

  request->row = sm_row_new (sm_noun_get (SM_NOUN_DESK));
  request->edit.wanted = request->row;
  if (!sm_asker_only_members (request->asked.body, sm_noun_get (SM_NOUN_DESK), changeable, error)
      || ((is_new || json_object_has_member (request->asked.body, "name"))
          && !take_name (request, error))
      || !take_list (request, SM_DESK_AREA_IDS, error) || !take_list (request, SM_DESK_KINDS, error)
      || !take_list (request, SM_DESK_LEVELS, error)
      || !sm_json_get_int (request->asked.body, "cover_desk_id", SM_JSON_OPTIONAL, 1,
                           SM_JSON_MAX_ID, &cover, error))
    return FALSE;
  request->edit.has[SM_DESK_COVER_DESK_ID]
      = json_object_has_member (request->asked.body, "cover_desk_id");
  if (cover != SM_UNKNOWN)
    sm_row_set_int (request->row, SM_DESK_COVER_DESK_ID, cover);
  return TRUE;
}

static gpointer
create_desk (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *desk
      = sm_desks_create (rules, request->asked.actor, request->asked.key, request->row, &problem);

  return sm_asked_answer (201, desk, NULL, problem, error);
}

static void
post_desk (SmExchange *exchange)
{
  DeskRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  run (exchange, request, parse_desk (request, TRUE, &error), create_desk, &error);
}

static gpointer
edit_desk (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *current = NULL;
  SmRow *desk = sm_desks_edit (rules, request->asked.actor, request->asked.key, request->id,
                               request->if_seq, &request->edit, &current, &problem);

  return sm_asked_answer (200, desk, current, problem, error);
}

static void
patch_desk (SmExchange *exchange)
{
  DeskRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  run (exchange, request,
       sm_exchange_get_id (exchange, 0, &request->id, &error)
           && sm_asker_if_match (exchange, &request->if_seq, &error)
           && parse_desk (request, FALSE, &error),
       edit_desk, &error);
}

static gpointer
sit_down (SmRules       *rules,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *desk = sm_desks_sit (rules, request->asked.actor, request->asked.key, request->id,
                              request->text, &problem);

  return sm_asked_answer (200, desk, NULL, problem, error);
}

static gpointer
leave_desk (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *desk = sm_desks_leave (rules, request->asked.actor, request->asked.key, request->id,
                                request->text, &problem);

  return sm_asked_answer (200, desk, NULL, problem, error);
}

static gpointer
close_desk (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *desk = sm_desks_close (rules, request->asked.actor, request->asked.key, request->id,
                                request->text, &problem);

  return sm_asked_answer (200, desk, NULL, problem, error);
}

static void
run_with_reason (SmExchange  *exchange,
                 SmRulesFunc  func)
{
  DeskRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  run (exchange, request,
       sm_exchange_get_id (exchange, 0, &request->id, &error)
           && get_text (request, "reason", &request->text, &error),
       func, &error);
}

static void
post_sit (SmExchange *exchange)
{
  run_with_reason (exchange, sit_down);
}

static void
post_leave (SmExchange *exchange)
{
  run_with_reason (exchange, leave_desk);
}

static void
post_close (SmExchange *exchange)
{
  run_with_reason (exchange, close_desk);
}

static void
write_text (SmJsonWriter *writer,
            const char   *name,
            const char   *text)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_text (writer, text);
}

static gpointer
read_sitters (SmReader      *reader,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const DeskRequest *request = data;
  g_autoptr (GPtrArray) sitters = sm_desks_list_sitters (reader, request->asked.actor, error);
  SmJsonWriter *writer;

  if (sitters == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < sitters->len; i++)
    {
      const SmSitter *sitter = sitters->pdata[i];

      sm_json_writer_begin_object (writer);
      write_text (writer, "name", sitter->name);
      write_text (writer, "display_name", sitter->display_name);
      write_text (writer, "role", sitter->role);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_sitters (SmExchange *exchange)
{
  sm_exchange_read (exchange, read_sitters, request_new (exchange), desk_request_free);
}

/* --- the roster --- */

static gboolean
take_time (DeskRequest  *request,
           guint         field,
           SmJsonFlags   flags,
           GError      **error)
{
  const char *name = sm_noun_get (SM_NOUN_ROSTER_ENTRY)->fields[field].name;
  gint64 at = SM_UNKNOWN;

  if (!sm_json_get_time (request->asked.body, name, flags, &at, error))
    return FALSE;
  if (at != SM_UNKNOWN)
    sm_row_set_int (request->row, field, at);
  return TRUE;
}

static gboolean
take_entry_texts (DeskRequest  *request,
                  GError      **error)
{
  static const guint fields[] = { SM_ROSTER_ENTRY_PERSON, SM_ROSTER_ENTRY_ROLE,
                                  SM_ROSTER_ENTRY_NEXT_IN_LINE };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = NULL;

      if (!get_text (request, sm_noun_get (SM_NOUN_ROSTER_ENTRY)->fields[fields[i]].name, &text,
                     error))
        return FALSE;
      sm_row_set_text (request->row, fields[i], text != NULL && *text != '\0' ? text : NULL);
    }
  return TRUE;
}

static gboolean
parse_entry (DeskRequest  *request,
             SmJsonFlags   flags,
             GError      **error)
{
  static const char *const members[] = { "desk_id", "person", "role", "from_at", "to_at",
                                         "next_in_line", NULL };
  gint64 desk_id = SM_UNKNOWN;

  request->row = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));
  if (!sm_asker_only_members (request->asked.body, sm_noun_get (SM_NOUN_ROSTER_ENTRY), members,
                              error)
      || !sm_json_get_int (request->asked.body, "desk_id", flags, 1, SM_JSON_MAX_ID, &desk_id,
                           error)
      || !take_time (request, SM_ROSTER_ENTRY_FROM_AT, flags, error)
      || !take_time (request, SM_ROSTER_ENTRY_TO_AT, flags, error)
      || !take_entry_texts (request, error))
    return FALSE;
  if (desk_id != SM_UNKNOWN)
    sm_row_set_int (request->row, SM_ROSTER_ENTRY_DESK_ID, desk_id);
  return TRUE;
}

static gpointer
add_entry (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *entry
      = sm_roster_add (rules, request->asked.actor, request->asked.key, request->row, &problem);

  return sm_asked_answer (201, entry, NULL, problem, error);
}

static void
post_roster (SmExchange *exchange)
{
  DeskRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  run (exchange, request, parse_entry (request, SM_JSON_REQUIRED, &error), add_entry, &error);
}

static gpointer
change_entry (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *current = NULL;
  SmRow *entry = sm_roster_change (rules, request->asked.actor, request->asked.key, request->id,
                                   request->if_seq, request->row, &current, &problem);

  return sm_asked_answer (200, entry, current, problem, error);
}

static void
patch_roster (SmExchange *exchange)
{
  DeskRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  run (exchange, request,
       sm_exchange_get_id (exchange, 0, &request->id, &error)
           && sm_asker_if_match (exchange, &request->if_seq, &error)
           && parse_entry (request, SM_JSON_OPTIONAL, &error),
       change_entry, &error);
}

static gpointer
remove_entry (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *current = NULL;
  SmRow *entry = sm_roster_remove (rules, request->asked.actor, request->asked.key, request->id,
                                   request->if_seq, &current, &problem);

  return sm_asked_answer (200, entry, current, problem, error);
}

static void
post_remove (SmExchange *exchange)
{
  DeskRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  run (exchange, request, parse_seen (exchange, request, &error), remove_entry, &error);
}

/* --- handing over --- */

static gpointer
begin_handover (SmRules       *rules,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *handover = sm_handovers_begin (rules, request->asked.actor, request->asked.key,
                                        request->id, request->person, request->text, &problem);

  return sm_asked_answer (201, handover, NULL, problem, error);
}

static void
post_handover (SmExchange *exchange)
{
  DeskRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  run (exchange, request,
       sm_json_get_int (request->asked.body, "desk_id", SM_JSON_REQUIRED, 1, SM_JSON_MAX_ID,
                        &request->id, &error)
           && get_text (request, "to_person", &request->person, &error)
           && get_text (request, "note", &request->text, &error),
       begin_handover, &error);
}

static gpointer
sign_handover (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *current = NULL;
  SmRow *handover = sm_handovers_sign (rules, request->asked.actor, request->asked.key, request->id,
                                       request->if_seq, &current, &problem);

  return sm_asked_answer (200, handover, current, problem, error);
}

static void
post_sign (SmExchange *exchange)
{
  DeskRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  run (exchange, request, parse_seen (exchange, request, &error), sign_handover, &error);
}

static gpointer
withdraw_handover (SmRules       *rules,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *handover = sm_handovers_withdraw (rules, request->asked.actor, request->asked.key,
                                           request->id, &problem);

  return sm_asked_answer (200, handover, NULL, problem, error);
}

static void
post_withdraw (SmExchange *exchange)
{
  DeskRequest *request = request_new (exchange);
  g_autoptr (GError) error = NULL;

  run (exchange, request, sm_exchange_get_id (exchange, 0, &request->id, &error),
       withdraw_handover, &error);
}

static gpointer
note_handover (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const DeskRequest *request = data;
  GError *problem = NULL;
  SmRow *current = NULL;
  const char *note = request->text != NULL && *request->text != '\0' ? request->text : NULL;
  SmRow *handover = sm_handovers_note (rules, request->asked.actor, request->asked.key, request->id,
                                       request->if_seq, note, &current, &problem);

  return sm_asked_answer (200, handover, current, problem, error);
}

static void
patch_handover (SmExchange *exchange)
{
  static const char *const changeable[] = { "note", NULL };
  DeskRequest *request = request_new (exchange);
  SmJsonFlags flags
      = json_object_has_member (request->asked.body, "note") ? SM_JSON_OPTIONAL : SM_JSON_REQUIRED;
  g_autoptr (GError) error = NULL;

  run (exchange, request,
       sm_exchange_get_id (exchange, 0, &request->id, &error)
           && sm_asker_if_match (exchange, &request->if_seq, &error)
           && sm_asker_only_members (request->asked.body, sm_noun_get (SM_NOUN_HANDOVER),
                                     changeable, &error)
           && sm_json_get_text (request->asked.body, "note", flags, MAX_TEXT_CHARS, &request->text,
                                &error),
       note_handover, &error);
}

#define WRITE (SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE)

const SmRoute sm_desk_routes[] = {
  { "POST", SM_PATH_DESKS, NULL, WRITE, post_desk },
  { "PATCH", SM_PATH_DESKS "/{id}", NULL, WRITE, patch_desk },
  { "POST", SM_PATH_DESKS "/{id}" SM_PATH_SIT, NULL, WRITE, post_sit },
  { "POST", SM_PATH_DESKS "/{id}" SM_PATH_LEAVE, NULL, WRITE, post_leave },
  { "POST", SM_PATH_DESKS "/{id}" SM_PATH_CLOSE, NULL, WRITE, post_close },
  { "GET", SM_PATH_SITTERS, "alarm.read", 0, get_sitters },
  { "POST", SM_PATH_ROSTER, NULL, WRITE, post_roster },
  { "PATCH", SM_PATH_ROSTER "/{id}", NULL, WRITE, patch_roster },
  { "POST", SM_PATH_ROSTER "/{id}" SM_PATH_REMOVE, NULL, WRITE, post_remove },
  { "POST", SM_PATH_HANDOVERS, NULL, WRITE, post_handover },
  { "PATCH", SM_PATH_HANDOVERS "/{id}", NULL, WRITE, patch_handover },
  { "POST", SM_PATH_HANDOVERS "/{id}" SM_PATH_SIGN, NULL, WRITE, post_sign },
  { "POST", SM_PATH_HANDOVERS "/{id}" SM_PATH_WITHDRAW, NULL, WRITE, post_withdraw },
  { NULL },
};
