/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-parser.h"

#include "sm-error.h"

#include <string.h>

/** sm_tell_refuse: Returns: FALSE, and says in @error what is wrong with @key of @group */
gboolean
sm_tell_refuse (GError     **error,
                const char  *group,
                const char  *key,
                const char  *why)
{
  sm_set_error (error, SM_ERROR_INVALID, "telling-invalid", "[%s] %s: %s", group, key, why);
  return FALSE;
}

/** sm_tell_check_keys: Returns: whether nothing stands in @group but what is @known */
gboolean
sm_tell_check_keys (SmTellParser       *parser,
                    const char         *group,
                    const char *const  *known,
                    GError            **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (parser->file, group, NULL, error);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!g_strv_contains (known, keys[i]))
      return sm_tell_refuse (error, group, keys[i], "there is no such setting");
  return keys != NULL;
}

/** sm_tell_dup_text: Returns: (transfer full) (nullable): it is missing, or empty */
char *
sm_tell_dup_text (SmTellParser *parser,
                  const char   *group,
                  const char   *key)
{
  char *text = g_key_file_get_string (parser->file, group, key, NULL);

  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/** sm_tell_get_number: @number stays as it is when nothing is said. */
gboolean
sm_tell_get_number (SmTellParser  *parser,
                    const char    *group,
                    const char    *key,
                    gint64         least,
                    gint64         most,
                    gint64        *number, /* (inout) */
                    GError       **error)
{
  g_autofree char *text = sm_tell_dup_text (parser, group, key);

  if (text == NULL || g_ascii_string_to_signed (text, 10, least, most, number, NULL))
    return TRUE;
  return sm_tell_refuse (error, group, key, "it is no whole number, or not one that makes sense");
}

/** sm_tell_get_switch: @is stays as it is when nothing is said. */
gboolean
sm_tell_get_switch (SmTellParser  *parser,
                    const char    *group,
                    const char    *key,
                    gboolean      *is, /* (inout) */
                    GError       **error)
{
  g_autofree char *text = sm_tell_dup_text (parser, group, key);

  if (text != NULL && strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
    return sm_tell_refuse (error, group, key, "it is either true or false");
  if (text != NULL)
    *is = *text == 't';
  return TRUE;
}

/** sm_tell_get_language: @language stays as it is when nothing is said. */
gboolean
sm_tell_get_language (SmTellParser    *parser,
                      const char      *group,
                      SmTellLanguage  *language, /* (inout) */
                      GError         **error)
{
  g_autofree char *text = sm_tell_dup_text (parser, group, "language");
  guint known = text != NULL ? sm_slug_index (sm_tell_languages, text) : *language;

  if (known == SM_ENUM_UNKNOWN)
    return sm_tell_refuse (error, group, "language", "there are en and zh-CN");
  *language = (SmTellLanguage) known;
  return TRUE;
}

/** sm_tell_check_template: @text: (nullable): in which there may be @fields alone */
gboolean
sm_tell_check_template (GError            **error,
                        const char         *group,
                        const char         *key,
                        const char         *text,
                        const char *const  *fields)
{
  g_autofree char *unknown = NULL;
  g_autofree char *why = NULL;

  if (text == NULL || sm_tell_template_check (text, fields, &unknown))
    return TRUE;
  why = g_strdup_printf ("there is no field {%s}", unknown);
  return sm_tell_refuse (error, group, key, why);
}
