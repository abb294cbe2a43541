/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-guard.h"
#include "sm-noun.h"
#include "sm-paths.h"

#include <string.h>

/* data/openapi.json against the field tables, in both directions: what the one
 * says and the other does not is an error of either. */

static JsonObject *contract; /* for the time of the tests */

static JsonObject *
load_contract (void)
{
  g_autofree char *path = g_build_filename (SM_SOURCE_DATA_DIR, "openapi.json", NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  object = sm_json_parse_object (text, length, &error);
  g_assert_no_error (error);
  return object;
}

static JsonObject *
find_schema (const SmNoun *noun,
             const char   *suffix)
{
  JsonObject *components = json_object_get_object_member (contract, "components");
  JsonObject *schemas = json_object_get_object_member (components, "schemas");
  g_auto (GStrv) words = g_strsplit (noun->name, "_", -1);
  g_autofree char *joined = NULL;
  g_autofree char *name = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    *words[i] = g_ascii_toupper (*words[i]);
  joined = g_strjoinv ("", words);
  name = g_strconcat (joined, suffix, NULL);
  return json_object_has_member (schemas, name) ? json_object_get_object_member (schemas, name)
                                                : NULL;
}

static gboolean
array_has (JsonArray  *array,
           const char *text)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_str_equal (json_array_get_string_element (array, i), text))
      return TRUE;
  return FALSE;
}

static const char *
text_member (JsonObject *object,
             const char *name)
{
  return json_object_has_member (object, name) ? json_object_get_string_member (object, name)
                                               : NULL;
}

static const char *
type_of_kind (SmKind kind)
{
  static const char *const types[] = {
    [SM_KIND_INT] = "integer", [SM_KIND_BOOL] = "boolean", [SM_KIND_REAL] = "number",
    [SM_KIND_TEXT] = "string", [SM_KIND_TIME] = "string",  [SM_KIND_ENUM] = "string",
    [SM_KIND_NAME] = "object",
  };

  return types[kind];
}

/* A required value has its one type, any other may be null. */
static void
assert_type (JsonObject    *schema,
             const SmField *field)
{
  JsonNode *type = json_object_get_member (schema, "type");

  if ((field->flags & SM_FIELD_REQUIRED) != 0)
    {
      g_assert_true (JSON_NODE_HOLDS_VALUE (type));
      g_assert_cmpstr (json_node_get_string (type), ==, type_of_kind (field->kind));
      return;
    }
  g_assert_true (JSON_NODE_HOLDS_ARRAY (type));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (type)), ==, 2);
  g_assert_true (array_has (json_node_get_array (type), type_of_kind (field->kind)));
  g_assert_true (array_has (json_node_get_array (type), "null"));
}

static void
assert_slugs (JsonObject    *schema,
              const SmField *field)
{
  JsonArray *slugs;

  g_assert_true ((field->slugs != NULL) == json_object_has_member (schema, "x-slugs"));
  if (field->slugs == NULL)
    return;
  slugs = json_object_get_array_member (schema, "x-slugs");
  g_assert_cmpuint (json_array_get_length (slugs), ==, g_strv_length ((char **) field->slugs));
  for (guint i = 0; field->slugs[i] != NULL; i++)
    g_assert_cmpstr (json_array_get_string_element (slugs, i), ==, field->slugs[i]);
}

/* @value: what says type and slugs; @property: what says the rest. */
static void
assert_field (JsonObject    *property,
              JsonObject    *value,
              const SmField *field)
{
  g_test_message ("%s", field->name);
  assert_type (value, field);
  assert_slugs (value, field);
  g_assert_cmpstr (text_member (value, "format"), ==,
                   field->kind == SM_KIND_TIME ? "date-time" : NULL);
  g_assert_cmpstr (text_member (property, "x-unit"), ==, field->unit);
  g_assert_cmpstr (text_member (property, "x-class"), ==,
                   field->klass == SM_LIVE ? "live" : "record");
  g_assert_nonnull (text_member (property, "description"));
}

static gboolean
has_live_fields (const SmNoun *noun)
{
  for (guint i = 0; i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_LIVE)
      return TRUE;
  return FALSE;
}

/* A schema whose members are the fields of the record and nothing else. */
static void
assert_row_schema (JsonObject   *schema,
                   const SmNoun *noun)
{
  JsonObject *properties = json_object_get_object_member (schema, "properties");
  JsonArray *required = json_object_get_array_member (schema, "required");
  guint n = 0, n_required = 0;

  for (guint i = 0; i < noun->n_fields; i++)
    {
      const SmField *field = &noun->fields[i];
      gboolean is_required = (field->flags & SM_FIELD_REQUIRED) != 0;
      JsonObject *property;

      if (field->klass != SM_RECORD)
        continue;
      n++;
      n_required += is_required ? 1 : 0;
      g_assert_true (json_object_has_member (properties, field->name));
      property = json_object_get_object_member (properties, field->name);
      assert_field (property, property, field);
      g_assert_true (json_object_has_member (property, "x-unique")
                     == ((field->flags & SM_FIELD_UNIQUE) != 0));
      g_assert_true (array_has (required, field->name) == is_required);
    }
  g_assert_cmpuint (json_object_get_size (properties), ==, n);
  g_assert_cmpuint (json_array_get_length (required), ==, n_required);
}

static void
test_rows (void)
{
  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);

      g_test_message ("%s", noun->name);
      assert_row_schema (find_schema (noun, ""), noun);
    }
}

static void
test_columns (void)
{
  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);
      JsonObject *schema = find_schema (noun, "Columns");
      JsonObject *properties;
      guint n_columns = 1; /* tick */

      g_assert_true ((schema != NULL) == has_live_fields (noun));
      if (schema == NULL)
        continue;
      properties = json_object_get_object_member (schema, "properties");
      g_assert_true (json_object_has_member (properties, "tick"));
      for (guint i = 0; i < noun->n_fields; i++)
        {
          JsonObject *column;

          if (i != SM_ROW_ID && noun->fields[i].klass != SM_LIVE)
            continue;
          n_columns++;
          g_assert_true (json_object_has_member (properties, noun->fields[i].name));
          column = json_object_get_object_member (properties, noun->fields[i].name);
          g_assert_cmpstr (text_member (column, "type"), ==, "array");
          assert_field (column, json_object_get_object_member (column, "items"),
                        &noun->fields[i]);
        }
      g_assert_cmpuint (json_object_get_size (properties), ==, n_columns);
    }
}

static gboolean
has_operation (const char *path,
               const char *method)
{
  JsonObject *paths = json_object_get_object_member (contract, "paths");

  return json_object_has_member (paths, path)
         && json_object_has_member (json_object_get_object_member (paths, path), method);
}

/* Every noun can be read, followed and, where it has live values, watched. */
static void
test_paths (void)
{
  static const char *const others[]
    = { SM_PATH_API,  SM_PATH_OPENAPI, SM_PATH_ME,     SM_PATH_CHANGES,
        SM_PATH_AUDIT, SM_PATH_HEALTHZ, SM_PATH_READYZ, SM_PATH_STATS_NOW };

  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);
      g_autofree char *list = g_strconcat (SM_PATH_BASE "/", noun->plural, NULL);
      g_autofree char *item = g_strconcat (list, "/{id}", NULL);
      g_autofree char *live = g_strconcat (SM_PATH_LIVE "/", noun->plural, NULL);

      g_assert_true (has_operation (list, "get"));
      g_assert_true (has_operation (item, "get"));
      g_assert_true (has_operation (live, "get") == has_live_fields (noun));
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (has_operation (others[i], "get"));
  g_assert_true (has_operation (SM_PATH_SESSION, "post"));
  g_assert_true (has_operation (SM_PATH_SESSION, "delete"));
  g_assert_true (has_operation (SM_PATH_INGEST_VEHICLES, "post"));
  g_assert_true (has_operation (SM_PATH_ALARMS "/{id}" SM_PATH_ACKNOWLEDGE, "post"));
  g_assert_true (has_operation (SM_PATH_STATIONS "/{id}", "patch"));
}

/* The feed knows every kind but history, which is read by page. */
static void
test_changes (void)
{
  JsonObject *components = json_object_get_object_member (contract, "components");
  JsonObject *schemas = json_object_get_object_member (components, "schemas");
  JsonObject *change = json_object_get_object_member (schemas, "Change");
  JsonArray *kinds = json_object_get_array_member (change, "oneOf");

  g_assert_cmpuint (json_array_get_length (kinds), ==, SM_NOUN_ORDER);
  for (guint n = 0; n < SM_N_NOUNS; n++)
    g_assert_true (sm_noun_get (n)->is_history == (n >= SM_NOUN_ORDER));
  for (guint n = 0; n < SM_NOUN_ORDER; n++)
    {
      JsonObject *properties
        = json_object_get_object_member (json_array_get_object_element (kinds, n), "properties");
      JsonObject *kind = json_object_get_object_member (properties, "kind");

      g_assert_cmpstr (text_member (kind, "const"), ==, sm_noun_get (n)->name);
    }
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  contract = load_contract ();
  g_test_add_func ("/wire/openapi/agrees-with-field-tables", test_rows);
  g_test_add_func ("/wire/openapi/columns-agree-with-field-tables", test_columns);
  g_test_add_func ("/wire/openapi/paths", test_paths);
  g_test_add_func ("/wire/openapi/feed-knows-every-kind", test_changes);
  result = g_test_run ();
  json_object_unref (contract);
  return result;
}
