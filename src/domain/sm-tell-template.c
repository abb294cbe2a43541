/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-template.h"

#include <string.h>

/* Returns: (nullable): the end of the field that begins at @start, which is a "{" */
static const char *
find_end (const char *start)
{
  const char *p = start + 1;

  while (g_ascii_islower (*p) || *p == '_')
    p++;
  return *p == '}' && p > start + 1 ? p : NULL;
}

/**
 * sm_tell_template_check:
 * @fields: what may stand in it, NULL-terminated
 * @out_unknown: (out) (transfer full): what stands in it and may not
 *
 * A brace that begins no field is a brace: JSON is full of them.
 */
gboolean
sm_tell_template_check (const char         *text,
                        const char *const  *fields,
                        char              **out_unknown)
{
  for (const char *p = strchr (text, '{'); p != NULL; p = strchr (p + 1, '{'))
    {
      const char *end = find_end (p);
      g_autofree char *name = end != NULL ? g_strndup (p + 1, (gsize) (end - p - 1)) : NULL;

      if (name == NULL || g_strv_contains (fields, name))
        continue;
      *out_unknown = g_steal_pointer (&name);
      return FALSE;
    }
  return TRUE;
}

static void
append_json (GString    *out,
             const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (out, "\\%c", *p);
    else if ((guchar) *p < 0x20 || *p == 0x7f)
      g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
    else
      g_string_append_c (out, *p);
}

static void
append_value (GString      *out,
              const char   *value,
              SmTellEscape  escape)
{
  switch (escape)
    {
    case SM_TELL_JSON:
      append_json (out, value);
      break;
    case SM_TELL_FORM:
      g_string_append_uri_escaped (out, value, NULL, FALSE);
      break;
    case SM_TELL_PLAIN:
    default:
      g_string_append (out, value);
    }
}

static const char *
find_value (const SmTellValue *values,
            gsize              n_values,
            const char        *name,
            gsize              length)
{
  for (gsize i = 0; i < n_values; i++)
    if (strncmp (values[i].name, name, length) == 0 && values[i].name[length] == '\0')
      return values[i].value;
  return NULL;
}

/* Where nothing was known there is one blank too many. */
static void
drop_double_blanks (GString *text)
{
  gsize to = 0;

  for (gsize i = 0; i < text->len; i++)
    if (text->str[i] != ' ' || (to > 0 && text->str[to - 1] != ' '))
      text->str[to++] = text->str[i];
  while (to > 0 && text->str[to - 1] == ' ')
    to--;
  g_string_truncate (text, to);
}

/** sm_tell_template_fill: Returns: (transfer full): the text; what is not known is left out */
char *
sm_tell_template_fill (const char         *text,
                       const SmTellValue  *values,
                       gsize               n_values,
                       SmTellEscape        escape)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = *text == '{' ? find_end (text) : NULL;
      const char *value;

      if (end == NULL)
        {
          g_string_append_c (out, *text++);
          continue;
        }
      value = find_value (values, n_values, text + 1, (gsize) (end - text - 1));
      if (value != NULL)
        append_value (out, value, escape);
      text = end + 1;
    }
  if (escape == SM_TELL_PLAIN)
    drop_double_blanks (out);
  return g_string_free (out, FALSE);
}

/** sm_tell_cut: Returns: (transfer full): one line of at most so many characters, without controls */
char *
sm_tell_cut (const char *text,
             gsize       max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  gsize n = 0;

  for (const char *p = valid; *p != '\0' && n < max_chars; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT
                                        ? ' ' : c);
    }
  return g_string_free (out, FALSE);
}

/** sm_tell_mask: Returns: (transfer full): enough of a number or address to know which it was */
char *
sm_tell_mask (const char *address)
{
  const char *at = strchr (address, '@');
  gsize length = at != NULL ? (gsize) (at - address) : strlen (address);
  gsize head = MIN (3, length / 3), tail = at != NULL ? 0 : MIN (4, length / 3);
  GString *out = g_string_new_len (address, (gssize) head);

  g_string_append (out, "****");
  g_string_append (out, at != NULL ? at : address + length - tail);
  return g_string_free (out, FALSE);
}
