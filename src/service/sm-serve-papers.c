/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asked.h"
#include "sm-asker.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-papers.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-time.h"

/* Inspections, safety incidents, certificates, contacts, problems, complaints and counts of
 * parts.  Whether a person may is the verbs' to say: a refusal belongs in the audit. */

typedef struct
{
  SmAsked asked;
  const SmPaper *paper;
  gint64 id;
  gint64 if_seq; /* what was seen of it */
  SmPaperWish wish;
} PaperRequest;

static void
paper_request_free (gpointer data)
{
  PaperRequest *request = data;

  sm_asked_clear (&request->asked);
  g_clear_pointer (&request->wish.row, sm_row_unref);
  g_free (request);
}

static PaperRequest *
request_new (SmExchange *exchange,
             SmNounId    noun)
{
  PaperRequest *request = g_new0 (PaperRequest, 1);

  sm_asked_take (&request->asked, exchange);
  request->paper = sm_paper_get (noun);
  request->wish.row = sm_row_new (sm_noun_get (noun));
  return request;
}

/* --- what is said --- */

/* By language; in one of them at least. */
static gboolean
take_name (PaperRequest        *request,
           const SmPaperField  *about,
           const SmField       *field,
           GError             **error)
{
  JsonNode *node = json_object_get_member (request->asked.body, field->name);
  JsonObject *names = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                    : NULL;
  g_autofree char *pointer = g_strconcat ("/", field->name, NULL);
  const char *en = NULL, *zh_cn = NULL;

  if (names == NULL)
    return sm_error_refuse_field (error, pointer, "required");
  if (!sm_json_get_text (names, "en", SM_JSON_OPTIONAL, about->max_chars, &en, error)
      || !sm_json_get_text (names, "zh-CN", SM_JSON_OPTIONAL, about->max_chars, &zh_cn, error))
    return FALSE;
  if ((en == NULL || *en == '\0') && (zh_cn == NULL || *zh_cn == '\0'))
    return sm_error_refuse_field (error, pointer, "required");
  sm_row_take_text (request->wish.row, about->field, sm_name_new (en, zh_cn));
  return TRUE;
}

static gboolean
take_field (PaperRequest        *request,
            const SmPaperField  *about,
            SmJsonFlags          flags,
            GError             **error)
{
  const SmField *field = &sm_noun_get (request->paper->noun)->fields[about->field];
  JsonObject *body = request->asked.body;
  SmRow *row = request->wish.row;
  const char *text = NULL;
  gint64 number = SM_UNKNOWN;
  gboolean is_right = FALSE;

  if (json_object_has_member (body, field->name))
    request->wish.said |= G_GUINT64_CONSTANT (1) << about->field;
  if (field->kind == SM_KIND_NAME)
    return take_name (request, about, field, error);
  if (field->kind == SM_KIND_INT)
    is_right = sm_json_get_int (body, field->name, flags, 0, SM_JSON_MAX_ID, &number, error);
  else if (field->kind == SM_KIND_TIME)
    is_right = sm_json_get_time (body, field->name, flags, &number, error);
  else
    is_right = sm_json_get_text (body, field->name, flags, (gsize) about->max_chars, &text, error);
  if (text != NULL && *text != '\0')
    sm_row_set_text (row, about->field, text);
  else if (is_right && text != NULL && flags == SM_JSON_REQUIRED)
    {
      g_autofree char *pointer = g_strconcat ("/", field->name, NULL);

      return sm_error_refuse_field (error, pointer, "required");
    }
  if (number != SM_UNKNOWN)
    sm_row_set_int (row, about->field, number);
  return is_right;
}

static gboolean
may_say (const SmPaperField *field,
         gboolean            is_new)
{
  return is_new ? field->creation != SM_PAPER_NEVER : field->is_changeable;
}

static gboolean
parse (PaperRequest  *request,
       gboolean       is_new,
       GError       **error)
{
  const SmPaper *paper = request->paper;
  const SmNoun *noun = sm_noun_get (paper->noun);
  g_autoptr (GPtrArray) members = g_ptr_array_new ();

  for (guint i = 0; i < paper->n_fields; i++)
    if (may_say (&paper->fields[i], is_new))
      g_ptr_array_add (members, (gpointer) noun->fields[paper->fields[i].field].name);
  g_ptr_array_add (members, NULL);
  if (!sm_asker_only_members (request->asked.body, noun, (const char *const *) members->pdata,
                              error))
    return FALSE;
  for (guint i = 0; i < paper->n_fields; i++)
    {
      const SmPaperField *field = &paper->fields[i];
      gboolean is_needed = is_new && field->creation == SM_PAPER_REQUIRED;

      if (may_say (field, is_new)
          && !take_field (request, field, is_needed ? SM_JSON_REQUIRED : SM_JSON_OPTIONAL, error))
        return FALSE;
    }
  return TRUE;
}

/* --- doing it --- */

static gpointer
create (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const PaperRequest *request = data;
  GError *problem = NULL;
  SmRow *row = sm_papers_create (rules, request->asked.actor, request->asked.key, &request->wish,
                                 &problem);

  return sm_asked_answer (201, row, NULL, problem, error);
}

static void
post_new (SmExchange *exchange,
          SmNounId    noun)
{
  PaperRequest *request = request_new (exchange, noun);
  g_autoptr (GError) error = NULL;

  sm_asked_run (exchange, parse (request, TRUE, &error), create, request, paper_request_free,
                &error);
}

static gpointer
change (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const PaperRequest *request = data;
  GError *problem = NULL;
  SmRow *current = NULL;
  SmRow *row = sm_papers_change (rules, request->asked.actor, request->asked.key, request->id,
                                 request->if_seq, &request->wish, &current, &problem);

  return sm_asked_answer (200, row, current, problem, error);
}

static void
patch (SmExchange *exchange,
       SmNounId    noun)
{
  PaperRequest *request = request_new (exchange, noun);
  g_autoptr (GError) error = NULL;

  sm_asked_run (exchange,
                sm_exchange_get_id (exchange, 0, &request->id, &error)
                    && sm_asker_if_match (exchange, &request->if_seq, &error)
                    && parse (request, FALSE, &error),
                change, request, paper_request_free, &error);
}

static gpointer
take_away (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const PaperRequest *request = data;
  GError *problem = NULL;
  SmRow *current = NULL;
  SmRow *row = sm_papers_remove (rules, request->asked.actor, request->asked.key,
                                 request->paper->noun, request->id, request->if_seq, &current,
                                 &problem);

  return sm_asked_answer (200, row, current, problem, error);
}

static void
post_inspection (SmExchange *exchange)
{
  post_new (exchange, SM_NOUN_INSPECTION);
}

static void
patch_inspection (SmExchange *exchange)
{
  patch (exchange, SM_NOUN_INSPECTION);
}

static void
post_incident (SmExchange *exchange)
{
  post_new (exchange, SM_NOUN_SAFETY_INCIDENT);
}

static void
patch_incident (SmExchange *exchange)
{
  patch (exchange, SM_NOUN_SAFETY_INCIDENT);
}

static void
post_certificate (SmExchange *exchange)
{
  post_new (exchange, SM_NOUN_CERTIFICATE);
}

static void
patch_certificate (SmExchange *exchange)
{
  patch (exchange, SM_NOUN_CERTIFICATE);
}

static void
post_contact (SmExchange *exchange)
{
  post_new (exchange, SM_NOUN_CONTACT);
}

static void
patch_contact (SmExchange *exchange)
{
  patch (exchange, SM_NOUN_CONTACT);
}

static void
patch_problem (SmExchange *exchange)
{
  patch (exchange, SM_NOUN_PROBLEM_RECORD);
}

static void
post_complaint (SmExchange *exchange)
{
  post_new (exchange, SM_NOUN_COMPLAINT);
}

static void
patch_complaint (SmExchange *exchange)
{
  patch (exchange, SM_NOUN_COMPLAINT);
}

static void
post_part (SmExchange *exchange)
{
  post_new (exchange, SM_NOUN_PART);
}

static void
patch_part (SmExchange *exchange)
{
  patch (exchange, SM_NOUN_PART);
}

static void
post_remove (SmExchange *exchange,
             SmNounId    noun)
{
  PaperRequest *request = request_new (exchange, noun);
  g_autoptr (GError) error = NULL;

  sm_asked_run (exchange,
                sm_exchange_get_id (exchange, 0, &request->id, &error)
                    && sm_json_get_int (request->asked.body, "seen_seq", SM_JSON_REQUIRED, 0,
                                        SM_JSON_MAX_ID, &request->if_seq, &error),
                take_away, request, paper_request_free, &error);
}

static void
post_remove_certificate (SmExchange *exchange)
{
  post_remove (exchange, SM_NOUN_CERTIFICATE);
}

static void
post_remove_contact (SmExchange *exchange)
{
  post_remove (exchange, SM_NOUN_CONTACT);
}

#define WRITE (SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE)

const SmRoute sm_paper_routes[] = {
  { "POST", SM_PATH_INSPECTIONS, NULL, WRITE, post_inspection },
  { "PATCH", SM_PATH_INSPECTIONS "/{id}", NULL, WRITE, patch_inspection },
  { "POST", SM_PATH_INCIDENTS, NULL, WRITE, post_incident },
  { "PATCH", SM_PATH_INCIDENTS "/{id}", NULL, WRITE, patch_incident },
  { "POST", SM_PATH_CERTIFICATES, NULL, WRITE, post_certificate },
  { "PATCH", SM_PATH_CERTIFICATES "/{id}", NULL, WRITE, patch_certificate },
  { "POST", SM_PATH_CERTIFICATES "/{id}" SM_PATH_REMOVE, NULL, WRITE, post_remove_certificate },
  { "POST", SM_PATH_CONTACTS, NULL, WRITE, post_contact },
  { "PATCH", SM_PATH_CONTACTS "/{id}", NULL, WRITE, patch_contact },
  { "POST", SM_PATH_CONTACTS "/{id}" SM_PATH_REMOVE, NULL, WRITE, post_remove_contact },
  { "PATCH", SM_PATH_PROBLEMS "/{id}", NULL, WRITE, patch_problem },
  { "POST", SM_PATH_COMPLAINTS, NULL, WRITE, post_complaint },
  { "PATCH", SM_PATH_COMPLAINTS "/{id}", NULL, WRITE, patch_complaint },
  { "POST", SM_PATH_PARTS, NULL, WRITE, post_part },
  { "PATCH", SM_PATH_PARTS "/{id}", NULL, WRITE, patch_part },
  { NULL },
};
