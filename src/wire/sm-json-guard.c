/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-guard.h"

#include "sm-json-reader-private.h"
#include "sm-rfc3339.h"
#include "sm-time.h"

#include <math.h>

/*
 * json-glib has no limit on depth, takes more than JSON is, and hashes names
 * without a seed.  So nothing reaches it before our own strict reader has gone
 * over the whole document, and only documents that stay small as a tree.
 */

#define MAX_TREE_BYTES (8 * 1024 * 1024)
#define MAX_TREE_VALUES 100000
#define MAX_TREE_MEMBERS 1024

static gboolean
check_size (gsize    length,
            gsize    max_length,
            GError **error)
{
  if (length <= max_length)
    return TRUE;
  sm_set_error (error, SM_ERROR_TOO_LARGE, "json-too-large",
                "A JSON document of %" G_GSIZE_FORMAT " bytes is too large", length);
  return FALSE;
}

/**
 * sm_json_guard_check:
 * @data: (nullable): need not be terminated
 *
 * One linear scan: whether @data is one JSON document as RFC 8259 has it, in
 * UTF-8, without NUL, nested no deeper than %SM_JSON_MAX_DEPTH, whose numbers
 * fit into 64 bits, whose texts stay below %SM_JSON_MAX_TOKEN.
 *
 * Returns: FALSE with %SM_ERROR_MALFORMED or %SM_ERROR_TOO_LARGE, saying what
 *   and at which byte
 */
gboolean
sm_json_guard_check (const char  *data,
                     gsize        length,
                     GError     **error)
{
  g_autoptr (SmJsonReader) reader = NULL;

  if (!check_size (length, SM_JSON_MAX_BYTES, error))
    return FALSE;
  reader = sm_json_reader_new_for_data (data, length);
  sm_json_reader_skip_value (reader);
  return sm_json_reader_finish (reader, error);
}

/**
 * sm_json_parse:
 *
 * Checks @data and makes a tree of it.  For small documents: at most 8 MiB,
 * 100,000 values and 1,024 members in one object.
 *
 * Returns: (transfer full): the root, or NULL
 */
JsonNode *
sm_json_parse (const char  *data,
               gsize        length,
               GError     **error)
{
  g_autoptr (SmJsonReader) reader = NULL;
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!check_size (length, MAX_TREE_BYTES, error))
    return NULL;
  reader = sm_json_reader_new_for_data (data, length);
  reader->max_values = MAX_TREE_VALUES;
  reader->max_members = MAX_TREE_MEMBERS;
  if (!sm_json_reader_finish (reader, error))
    return NULL;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, data, (gssize) length, &local_error))
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "json-not-strict", "json-glib says: %s",
                    local_error->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

/** sm_json_parse_object: Returns: (transfer full): the root, which has to be an object, or NULL */
JsonObject *
sm_json_parse_object (const char  *data,
                      gsize        length,
                      GError     **error)
{
  g_autoptr (JsonNode) root = sm_json_parse (data, length, error);

  if (root == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (root))
    return json_node_dup_object (root);
  sm_set_error (error, SM_ERROR_MALFORMED, "wrong-type", "The document should be an object");
  return NULL;
}

static void
fail_member (GError     **error,
             SmErrorCode  code,
             const char  *member,
             const char  *slug)
{
  g_autofree char *pointer = g_strconcat ("/", member, NULL);

  if (error == NULL)
    return;
  sm_set_error (error, code, slug, "Member ‘%s’: %s", member, slug);
  sm_error_set_param (*error, "member", member);
  sm_error_add_field (*error, pointer, slug);
}

/* Finds the member. FALSE after failing; *out_node is NULL when it is optional
 * and not there. */
static gboolean
find_member (JsonObject  *object,
             const char  *member,
             SmJsonFlags  flags,
             JsonNode   **out_node,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    node = NULL;
  if (node == NULL && (flags & SM_JSON_OPTIONAL) == 0)
    {
      fail_member (error, SM_ERROR_INVALID, member, "missing-member");
      return FALSE;
    }
  *out_node = node;
  return TRUE;
}

static gboolean
holds (JsonNode *node,
       GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * sm_json_get_text:
 * @max_chars: the longest that is allowed, in characters
 * @out_text: (out) (transfer none) (nullable): belongs to @object; NULL when
 *   not there
 *
 * The typed getters read one member, name it in their error, with a pointer to
 * it, and write @out_text only on success.
 */
gboolean
sm_json_get_text (JsonObject  *object,
                  const char  *member,
                  SmJsonFlags  flags,
                  gsize        max_chars,
                  const char **out_text,
                  GError     **error)
{
  JsonNode *node;
  const char *text = NULL;

  if (!find_member (object, member, flags, &node, error))
    return FALSE;
  if (node != NULL)
    {
      if (!holds (node, G_TYPE_STRING))
        {
          fail_member (error, SM_ERROR_INVALID, member, "wrong-type");
          return FALSE;
        }
      text = json_node_get_string (node);
      if ((gsize) g_utf8_strlen (text, -1) > max_chars)
        {
          fail_member (error, SM_ERROR_INVALID, member, "too-long");
          return FALSE;
        }
    }
  *out_text = text;
  return TRUE;
}

/** sm_json_get_int: @out_value: %SM_UNKNOWN when not there */
gboolean
sm_json_get_int (JsonObject  *object,
                 const char  *member,
                 SmJsonFlags  flags,
                 gint64       min,
                 gint64       max,
                 gint64      *out_value,
                 GError     **error)
{
  JsonNode *node;
  gint64 value = SM_UNKNOWN;

  if (!find_member (object, member, flags, &node, error))
    return FALSE;
  if (node != NULL)
    {
      if (!holds (node, G_TYPE_INT64))
        {
          fail_member (error, SM_ERROR_INVALID, member, "wrong-type");
          return FALSE;
        }
      value = json_node_get_int (node);
      if (value < min || value > max)
        {
          fail_member (error, SM_ERROR_INVALID, member, "out-of-range");
          return FALSE;
        }
    }
  *out_value = value;
  return TRUE;
}

/** sm_json_get_real: @out_value: NAN when not there */
gboolean
sm_json_get_real (JsonObject  *object,
                  const char  *member,
                  SmJsonFlags  flags,
                  double       min,
                  double       max,
                  double      *out_value,
                  GError     **error)
{
  JsonNode *node;
  double value = NAN;

  if (!find_member (object, member, flags, &node, error))
    return FALSE;
  if (node != NULL)
    {
      if (!holds (node, G_TYPE_INT64) && !holds (node, G_TYPE_DOUBLE))
        {
          fail_member (error, SM_ERROR_INVALID, member, "wrong-type");
          return FALSE;
        }
      value = json_node_get_double (node);
      if (value < min || value > max)
        {
          fail_member (error, SM_ERROR_INVALID, member, "out-of-range");
          return FALSE;
        }
    }
  *out_value = value;
  return TRUE;
}

/** sm_json_get_bool: @out_value: FALSE when not there */
gboolean
sm_json_get_bool (JsonObject  *object,
                  const char  *member,
                  SmJsonFlags  flags,
                  gboolean    *out_value,
                  GError     **error)
{
  JsonNode *node;

  if (!find_member (object, member, flags, &node, error))
    return FALSE;
  if (node != NULL && !holds (node, G_TYPE_BOOLEAN))
    {
      fail_member (error, SM_ERROR_INVALID, member, "wrong-type");
      return FALSE;
    }
  *out_value = node != NULL && json_node_get_boolean (node);
  return TRUE;
}

/** sm_json_get_time: @out_time_us: %SM_UNKNOWN when not there */
gboolean
sm_json_get_time (JsonObject  *object,
                  const char  *member,
                  SmJsonFlags  flags,
                  gint64      *out_time_us,
                  GError     **error)
{
  const char *text;
  gint64 time_us = SM_UNKNOWN;

  if (!sm_json_get_text (object, member, flags, 64, &text, error))
    return FALSE;
  if (text != NULL && !sm_rfc3339_parse (text, strlen (text), &time_us))
    {
      fail_member (error, SM_ERROR_INVALID, member, "bad-time");
      return FALSE;
    }
  *out_time_us = time_us;
  return TRUE;
}

/** sm_json_get_object: @out_object: (transfer none) (nullable): NULL when not there */
gboolean
sm_json_get_object (JsonObject  *object,
                    const char  *member,
                    SmJsonFlags  flags,
                    JsonObject **out_object,
                    GError     **error)
{
  JsonNode *node;

  if (!find_member (object, member, flags, &node, error))
    return FALSE;
  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    {
      fail_member (error, SM_ERROR_INVALID, member, "wrong-type");
      return FALSE;
    }
  *out_object = node != NULL ? json_node_get_object (node) : NULL;
  return TRUE;
}

/** sm_json_get_array: @out_array: (transfer none) (nullable): NULL when not there */
gboolean
sm_json_get_array (JsonObject  *object,
                   const char  *member,
                   SmJsonFlags  flags,
                   JsonArray  **out_array,
                   GError     **error)
{
  JsonNode *node;

  if (!find_member (object, member, flags, &node, error))
    return FALSE;
  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    {
      fail_member (error, SM_ERROR_INVALID, member, "wrong-type");
      return FALSE;
    }
  *out_array = node != NULL ? json_node_get_array (node) : NULL;
  return TRUE;
}
