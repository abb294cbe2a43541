/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-positions.h"

#include "sm-error.h"

#include <string.h>

/* A mask's bit for what is not known. */
#define UNKNOWN_BIT 31

/**
 * sm_query_parse:
 * @query: (nullable): "key=value&other=value", escaped as in a URI
 * @func: called for each; returns whether it could use it
 *
 * What comes with a link is input: what is not understood is an error, so that
 * nobody takes a list for another one.
 */
gboolean
sm_query_parse (const char   *query,
                SmQueryFunc   func,
                gpointer      user_data,
                GError      **error)
{
  GUriParamsIter iter;
  gboolean good = TRUE;

  if (query == NULL || *query == '\0')
    return TRUE;
  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_NONE);
  while (good)
    {
      g_autofree char *key = NULL, *value = NULL;
      g_autoptr (GError) cause = NULL;

      if (!g_uri_params_iter_next (&iter, &key, &value, &cause))
        {
          if (cause == NULL)
            return TRUE;
          sm_set_error (error, SM_ERROR_INVALID, "bad-link", "%s", cause->message);
          return FALSE;
        }
      good = func (key, value, user_data);
      if (!good)
        sm_set_error (error, SM_ERROR_INVALID, "bad-link", "nothing is filtered by \"%s=%s\"",
                      key, value);
    }
  return FALSE;
}

/** sm_query_mask: Reads slugs as "silent,late"; "unknown" is what is null or new. */
gboolean
sm_query_mask (const char        *value,
               const char *const *slugs,
               guint             *out_mask)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", 32);

  *out_mask = 0;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint index = sm_slug_index (slugs, parts[i]);

      if (index == SM_ENUM_UNKNOWN && !g_str_equal (parts[i], "unknown"))
        return FALSE;
      *out_mask |= 1u << MIN (index, UNKNOWN_BIT);
    }
  return *out_mask != 0;
}

gboolean
sm_query_id (const char *value,
             gint64     *out_id)
{
  guint64 id;

  if (!g_ascii_string_to_unsigned (value, 10, 1, G_GUINT64_CONSTANT (1) << 53, &id, NULL))
    return FALSE;
  *out_id = (gint64) id;
  return TRUE;
}

gboolean
sm_query_text (const char  *value,
               char       **out_text)
{
  g_free (*out_text);
  *out_text = g_strdup (value);
  return TRUE;
}

/** sm_mask_has: Whether a filter by @mask lets @value through; an empty one lets all. */
gboolean
sm_mask_has (guint mask,
             guint value)
{
  return mask == 0 || (mask & (1u << MIN (value, UNKNOWN_BIT))) != 0;
}
