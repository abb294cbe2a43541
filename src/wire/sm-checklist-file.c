/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-checklist-file.h"

#include "sm-error.h"
#include "sm-json-guard.h"
#include "sm-json-writer.h"
#include "sm-paper.h"

#include <string.h>

/*
 * A template of inspections: what it is called, for which stations it is, and for each of the six
 * S what is looked at, all in both languages. Whoever wrote the file reads what is wrong with it:
 * each refusal says where that is and what to do, and of such a file nothing is taken.
 */

static const char *const members[]
    = { "name", "name_zh", "station_kind", "sort", "set_in_order", "shine",
        "standardise", "sustain", "safety", NULL };
static const char *const check_members[] = { "text", "text_zh", NULL };

static gboolean G_GNUC_PRINTF (3, 4)
refuse (GError     **error,
        const char  *slug,
        const char  *format,
        ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  sm_set_error (error, SM_ERROR_INVALID, slug, "%s", text);
  return FALSE;
}

/* --- reading --- */

/* What is not understood would be missing later, and nobody would know. */
static gboolean
check_members_of (JsonObject         *object,
                  const char         *where,
                  const char *const  *known,
                  GError            **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      {
        g_autofree char *all = g_strjoinv (", ", (char **) known);
        g_autofree char *name = g_utf8_substring (l->data, 0, MIN (g_utf8_strlen (l->data, -1), 60));

        return refuse (error, "unknown-member",
                       "%s%s: there is no such field. Take it out, or correct its name: there are %s.",
                       where, name, all);
      }
  return TRUE;
}

static gboolean
check_text (const char  *text,
            const char  *where,
            glong        max_chars,
            GError     **error)
{
  glong length = g_utf8_strlen (text, -1);

  if (length > max_chars)
    return refuse (error, "too-long",
                   "%s: has %ld characters, and at most %ld are taken. Shorten it, or make two of it.",
                   where, length, max_chars);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)) || g_utf8_get_char (at) == 0x2028)
      return refuse (error, "invalid",
                     "%s: has a line break, or another character that is not shown. Take it out.",
                     where);
  return *text != '\0'
         || refuse (error, "required", "%s: is empty. Write something, or take it out.", where);
}

/* Returns: (transfer full) (nullable): one text, without the blanks around it */
static char *
read_text (JsonObject  *object,
           const char  *where,
           const char  *member,
           glong        max_chars,
           GError     **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *path = g_strconcat (where, member, NULL);
  g_autofree char *text = NULL;

  if (node == NULL)
    refuse (error, "missing-member", "%s: is missing. Add it, as a text.", path);
  else if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    refuse (error, "wrong-type", "%s: should be a text, in quotation marks.", path);
  else
    {
      text = g_strstrip (g_strdup (json_node_get_string (node)));
      if (check_text (text, path, max_chars, error))
        return g_steal_pointer (&text);
    }
  return NULL;
}

static gboolean
take_check (JsonNode    *node,
            const char  *where,
            GString     *en,
            GString     *zh,
            GError     **error)
{
  g_autofree char *inside = g_strconcat (where, ".", NULL);
  g_autofree char *text = NULL;
  g_autofree char *text_zh = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "wrong-type",
                   "%s: should be an object with “text” and “text_zh”, in braces.", where);
  object = json_node_get_object (node);
  if (!check_members_of (object, inside, check_members, error))
    return FALSE;
  text = read_text (object, inside, "text", SM_CHECKLIST_MAX_CHARS, error);
  text_zh = text != NULL
                ? read_text (object, inside, "text_zh", SM_CHECKLIST_MAX_CHARS, error) : NULL;
  if (text_zh == NULL)
    return FALSE;
  g_string_append_printf (en, "%s%s", en->len > 0 ? "\n" : "", text);
  g_string_append_printf (zh, "%s%s", zh->len > 0 ? "\n" : "", text_zh);
  return TRUE;
}

static gboolean
take_part (JsonObject  *root,
           guint        s,
           SmRow       *row,
           GError     **error)
{
  const char *member = sm_inspection_parts[s];
  JsonNode *node = json_object_get_member (root, member);
  g_autoptr (GString) en = g_string_new (NULL);
  g_autoptr (GString) zh = g_string_new (NULL);
  JsonArray *list;
  guint n;

  if (node == NULL)
    return refuse (error, "missing-member",
                   "%s: is missing. Say for each of the six S what to look at.", member);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, "wrong-type", "%s: should be a list, in square brackets.", member);
  list = json_node_get_array (node);
  n = json_array_get_length (list);
  if (n == 0)
    return refuse (error, "required", "%s: is empty. Say at least one thing to look at.", member);
  if (n > SM_CHECKLIST_MOST_CHECKS)
    return refuse (error, "too-many",
                   "%s: has %u entries, and at most %d are taken. Put some together, or make two "
                   "templates.", member, n, SM_CHECKLIST_MOST_CHECKS);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s[%u]", member, i + 1);

      if (!take_check (json_array_get_element (list, i), where, en, zh, error))
        return FALSE;
    }
  sm_row_set_text (row, SM_CHECKLIST_CHECKS_OF (s), en->str);
  sm_row_set_text (row, SM_CHECKLIST_CHECKS_ZH_OF (s), zh->str);
  return TRUE;
}

/* What the programs come with has these names, on the screens of both languages. */
static gboolean
check_name (const char  *name,
            const char  *member,
            GError     **error)
{
  static const char *const built_in[] = { "swap_station", "charge_station",   "own",
                                          "swap station", "charging station", "换电站",
                                          "充电站" };

  for (gsize i = 0; i < G_N_ELEMENTS (built_in); i++)
    if (g_ascii_strcasecmp (name, built_in[i]) == 0)
      return refuse (error, "name-taken",
                     "%s: “%s” is a template that the program comes with. Choose another name.",
                     member, name);
  return TRUE;
}

static gboolean
take_head (JsonObject  *root,
           SmRow       *row,
           GError     **error)
{
  static const struct { const char *member; guint field; } names[]
      = { { "name", SM_CHECKLIST_NAME }, { "name_zh", SM_CHECKLIST_NAME_ZH } };
  g_autofree char *kind = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name
          = read_text (root, "", names[i].member, SM_CHECKLIST_MAX_NAME_CHARS, error);

      if (name == NULL || !check_name (name, names[i].member, error))
        return FALSE;
      sm_row_set_text (row, names[i].field, name);
    }
  kind = read_text (root, "", "station_kind", SM_CHECKLIST_MAX_NAME_CHARS, error);
  if (kind == NULL)
    return FALSE;
  sm_row_set_text (row, SM_CHECKLIST_STATION_KIND, kind);
  return g_strv_contains (sm_station_kinds, kind)
         || refuse (error, "invalid",
                    "station_kind: “%s” is no kind of station. Say swap, charge or "
                    "swap_and_charge.", kind);
}

/**
 * sm_checklist_file_read:
 * @text: need not be terminated
 *
 * Returns: (transfer full) (nullable): the template; NULL with a sentence for who wrote it
 */
SmRow *
sm_checklist_file_read (const char  *text,
                        gsize        length,
                        GError     **error)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_CHECKLIST));
  g_autoptr (JsonObject) root = NULL;

  if (length > SM_CHECKLIST_MAX_BYTES)
    {
      refuse (error, "too-long", "The file has %" G_GSIZE_FORMAT " bytes, and at most %d are "
                                 "taken. Is it a template?", length, SM_CHECKLIST_MAX_BYTES);
      return NULL;
    }
  root = sm_json_parse_object (text, length, error);
  if (root == NULL || !check_members_of (root, "", members, error)
      || !take_head (root, row, error))
    return NULL;
  for (guint s = 0; s < SM_INSPECTION_N_S; s++)
    if (!take_part (root, s, row, error))
      return NULL;
  return g_steal_pointer (&row);
}

/* --- writing --- */

static void
append_quoted (GString    *out,
               const char *text)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autofree char *quoted = NULL;

  sm_json_writer_text (writer, text);
  quoted = sm_json_writer_end (writer);
  g_string_append (out, quoted);
}

static void
append_member (GString     *out,
               const SmRow *row,
               guint        field)
{
  g_string_append_printf (out, "  \"%s\": ", sm_row_get_noun (row)->fields[field].name);
  append_quoted (out, sm_row_get_text (row, field));
  g_string_append (out, ",\n");
}

static void
append_part (GString     *out,
             const SmRow *row,
             guint        s)
{
  g_auto (GStrv) en = g_strsplit (sm_row_get_text (row, SM_CHECKLIST_CHECKS_OF (s)), "\n", -1);
  g_auto (GStrv) zh = g_strsplit (sm_row_get_text (row, SM_CHECKLIST_CHECKS_ZH_OF (s)), "\n", -1);

  g_string_append_printf (out, "  \"%s\": [", sm_inspection_parts[s]);
  for (guint i = 0; en[i] != NULL && zh[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? ",\n    { \"text\": " : "\n    { \"text\": ");
      append_quoted (out, en[i]);
      g_string_append (out, ",\n      \"text_zh\": ");
      append_quoted (out, zh[i]);
      g_string_append (out, " }");
    }
  g_string_append_printf (out, "\n  ]%s\n", s + 1 < SM_INSPECTION_N_S ? "," : "");
}

/** sm_checklist_file_write: Returns: (transfer full): a file that sm_checklist_file_read() reads */
char *
sm_checklist_file_write (const SmRow *checklist)
{
  GString *out = g_string_new ("{\n");

  append_member (out, checklist, SM_CHECKLIST_NAME);
  append_member (out, checklist, SM_CHECKLIST_NAME_ZH);
  append_member (out, checklist, SM_CHECKLIST_STATION_KIND);
  for (guint s = 0; s < SM_INSPECTION_N_S; s++)
    append_part (out, checklist, s);
  g_string_append (out, "}\n");
  return g_string_free (out, FALSE);
}
