/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-problem.h"

#include "sm-json-guard.h"
#include "sm-json-writer.h"
#include "sm-row-codec.h"

/* What a foreign problem document may cost us. */
#define MAX_ENTRIES 100
#define MAX_CHARS 4096

/* Every status that the contract has, with the slug for an answer that does
 * not say one. */
static const struct
{
  SmErrorCode code;
  const char *slug;
} statuses[] = {
  { SM_ERROR_MALFORMED, "malformed" },
  { SM_ERROR_UNAUTHENTICATED, "unauthenticated" },
  { SM_ERROR_DENIED, "denied" },
  { SM_ERROR_NOT_FOUND, "not-found" },
  { SM_ERROR_METHOD, "method-not-allowed" },
  { SM_ERROR_CONFLICT, "conflict" },
  { SM_ERROR_GONE, "gone" },
  { SM_ERROR_PRECONDITION, "precondition-failed" },
  { SM_ERROR_TOO_LARGE, "too-large" },
  { SM_ERROR_INVALID, "invalid" },
  { SM_ERROR_TOO_MANY, "too-many-requests" },
  { SM_ERROR_INTERNAL, "internal" },
  { SM_ERROR_UNAVAILABLE, "unavailable" },
};

static const char *
slug_of_status (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if ((guint) statuses[i].code == status)
      return statuses[i].slug;
  return NULL;
}

/* The status that an error travels with: trouble of our own disk or a broken
 * file is not the asker's business.  A full disk is 503 and not 507, Insufficient
 * Storage: that forbids to repeat what a person did until they do it again (RFC 4918,
 * 11.5), and an outbox is there to do so, when Retry-After says. */
static guint
status_of_error (const GError *error)
{
  if (error->domain != SM_ERROR)
    return SM_ERROR_INTERNAL;
  if (error->code == SM_ERROR_FULL || error->code == SM_ERROR_IO)
    return SM_ERROR_UNAVAILABLE;
  return slug_of_status ((guint) error->code) != NULL ? (guint) error->code : SM_ERROR_INTERNAL;
}

/* Whether the disk has room again is worth knowing for who waits. */
static const char *
slug_of_error (const GError *error,
               guint         status)
{
  if (error->domain == SM_ERROR && error->code == SM_ERROR_FULL)
    return "service-full";
  if (error->domain == SM_ERROR && (guint) error->code == status)
    return sm_error_get_slug (error);
  return slug_of_status (status);
}

static void
write_params (SmJsonWriter *writer,
              GHashTable   *params)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (params), (GCompareFunc) strcmp);

  sm_json_writer_name (writer, "params");
  sm_json_writer_begin_object (writer);
  for (GList *l = names; l != NULL; l = l->next)
    {
      sm_json_writer_name (writer, l->data);
      sm_json_writer_text (writer, g_hash_table_lookup (params, l->data));
    }
  sm_json_writer_end_object (writer);
}

static void
write_fields (SmJsonWriter *writer,
              GPtrArray    *fields)
{
  sm_json_writer_name (writer, "errors");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < fields->len; i++)
    {
      const SmErrorField *field = g_ptr_array_index (fields, i);

      sm_json_writer_begin_object (writer);
      sm_json_writer_name (writer, "pointer");
      sm_json_writer_text (writer, field->pointer);
      sm_json_writer_name (writer, "type");
      sm_json_writer_text (writer, field->slug);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

/**
 * sm_problem_to_json:
 * @error: what went wrong
 * @out_status: (out): the HTTP status
 *
 * Returns: (transfer full): a problem document, RFC 9457.  Neither the English
 *   message nor anything of an error of another domain travels: it may hold a
 *   path or an SQL text
 */
char *
sm_problem_to_json (const GError *error,
                    guint        *out_status)
{
  return sm_problem_to_json_with_row (error, NULL, out_status);
}

/**
 * sm_problem_to_json_with_row:
 * @current: (nullable): the row as it is now, for a lost race (412)
 */
char *
sm_problem_to_json_with_row (const GError *error,
                             const SmRow  *current,
                             guint        *out_status)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  guint status;
  gboolean is_ours;

  g_return_val_if_fail (error != NULL && out_status != NULL, NULL);

  status = status_of_error (error);
  is_ours = status == (guint) error->code && error->domain == SM_ERROR;
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "type");
  sm_json_writer_text (writer, slug_of_error (error, status));
  sm_json_writer_name (writer, "status");
  sm_json_writer_int (writer, status);
  if (is_ours)
    {
      write_params (writer, sm_error_get_params (error));
      write_fields (writer, sm_error_get_fields (error));
    }
  if (current != NULL)
    {
      sm_json_writer_name (writer, "current");
      sm_row_write (writer, current, SM_ROW_RECORD);
    }
  sm_json_writer_end_object (writer);
  *out_status = status;
  return sm_json_writer_end (writer);
}

static void
read_params (JsonObject *document,
             GError     *problem)
{
  JsonObject *params;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!sm_json_get_object (document, "params", SM_JSON_OPTIONAL, &params, NULL) || params == NULL
      || json_object_get_size (params) > MAX_ENTRIES)
    return;
  json_object_iter_init (&iter, params);
  while (json_object_iter_next (&iter, &name, &node))
    if (JSON_NODE_HOLDS_VALUE (node))
      {
        g_autofree char *text = json_node_get_value_type (node) == G_TYPE_STRING
                                  ? json_node_dup_string (node)
                                  : json_to_string (node, FALSE);

        sm_error_set_param (problem, name, text);
      }
}

static void
read_field (JsonArray *array,
            guint      index,
            JsonNode  *node,
            gpointer   user_data)
{
  GError *problem = user_data;
  const char *pointer, *slug;

  if (index < MAX_ENTRIES && JSON_NODE_HOLDS_OBJECT (node)
      && sm_json_get_text (json_node_get_object (node), "pointer", 0, MAX_CHARS, &pointer, NULL)
      && sm_json_get_text (json_node_get_object (node), "type", 0, MAX_CHARS, &slug, NULL))
    sm_error_add_field (problem, pointer, slug);
}

/**
 * sm_problem_from_json:
 * @status: the HTTP status of the answer, 400 or more
 * @body: (nullable): what came with it, maybe no problem document at all
 *
 * Returns: (transfer full): an error of our domain, whatever came; its code is
 *   @status when the contract has it, else %SM_ERROR_PROTOCOL
 */
GError *
sm_problem_from_json (guint       status,
                      const char *body,
                      gsize       length)
{
  g_autoptr (JsonObject) document = NULL;
  const char *fallback = slug_of_status (status);
  const char *slug = NULL;
  JsonArray *fields = NULL;
  GError *problem = NULL;

  document = body != NULL ? sm_json_parse_object (body, length, NULL) : NULL;
  if (document != NULL)
    sm_json_get_text (document, "type", 0, 200, &slug, NULL);
  if (slug == NULL || *slug == '\0')
    slug = fallback != NULL ? fallback : "unknown-status";
  sm_set_error (&problem, fallback != NULL ? (SmErrorCode) status : SM_ERROR_PROTOCOL, slug,
                "The service answered %u, %s", status, slug);
  if (document == NULL)
    return problem;
  read_params (document, problem);
  if (sm_json_get_array (document, "errors", SM_JSON_OPTIONAL, &fields, NULL) && fields != NULL)
    json_array_foreach_element (fields, read_field, problem);
  return problem;
}
