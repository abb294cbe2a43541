/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-positions.h"

#include "sm-error.h"

/* A mask's bit for what is not known. */
#define UNKNOWN_BIT 31

/**
 * sm_query_read:
 * @func: called for each pair of @link; returns whether it could use it
 *
 * What comes with a link is input: what is not understood is an error, so that
 * nobody takes a list for another one.
 */
gboolean
sm_query_read (const SmLink  *link,
               SmQueryFunc    func,
               gpointer       user_data,
               GError       **error)
{
  for (guint i = 0; i < sm_link_get_n_pairs (link); i++)
    {
      const char *key, *value;

      sm_link_get_pair (link, i, &key, &value);
      if (func (key, value, user_data))
        continue;
      sm_set_error (error, SM_ERROR_INVALID, "link-unknown", "nothing is filtered by \"%s=%s\"", key,
                    value);
      return FALSE;
    }
  return TRUE;
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
