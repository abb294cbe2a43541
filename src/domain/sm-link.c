/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-link.h"

#include <string.h>

/* What may stand unescaped, beside letters and digits of ASCII and -._~ */
#define PLAIN_IN_NAME ":@!$'()*,;"
#define PLAIN_IN_VALUE ":@!$'()*,;/"

struct _SmLink
{
  char *page;
  char *name;      /* (nullable) */
  GPtrArray *keys; /* of char* */
  GPtrArray *values;
};

/* A page or a key: small letters, digits and underscores. */
static gboolean
is_word (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= SM_LINK_MAX_KEY
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

/* Text of a person: no control characters, whatever their encoding. */
static gboolean
is_text (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* NULL for a broken escape, a NUL, or what is no text. */
static char *
unescape (const char *start,
          gsize       length)
{
  g_autofree char *text = g_uri_unescape_segment (start, start + length, NULL);

  return text != NULL && is_text (text) ? g_steal_pointer (&text) : NULL;
}

/**
 * sm_link_new:
 * @page: "vehicles", or the kind of a thing as "station"
 * @name: (nullable): of the thing: a serial number, a plate, an id
 *
 * Returns: (transfer full): the link
 */
SmLink *
sm_link_new (const char *page,
             const char *name)
{
  SmLink *self;

  g_return_val_if_fail (page != NULL && is_word (page), NULL);

  self = g_new0 (SmLink, 1);
  self->page = g_strdup (page);
  self->name = name != NULL && name[0] != '\0' ? g_strdup (name) : NULL;
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
sm_link_free (SmLink *self)
{
  if (self == NULL)
    return;
  g_free (self->page);
  g_free (self->name);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/** sm_link_copy: Returns: (transfer full): a link to the same view */
SmLink *
sm_link_copy (const SmLink *self)
{
  SmLink *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = sm_link_new (self->page, self->name);
  for (guint i = 0; i < self->keys->len; i++)
    sm_link_set (copy, g_ptr_array_index (self->keys, i), g_ptr_array_index (self->values, i));
  return copy;
}

static gboolean
parse_pair (SmLink     *self,
            const char *pair)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *key = equals != NULL ? g_strndup (pair, (gsize) (equals - pair)) : NULL;
  g_autofree char *value = equals != NULL ? unescape (equals + 1, strlen (equals + 1)) : NULL;

  return value != NULL && sm_link_get (self, key) == NULL && sm_link_set (self, key, value);
}

static gboolean
parse_query (SmLink     *self,
             const char *query)
{
  g_auto (GStrv) pairs = g_strsplit (query, "&", SM_LINK_MAX_PAIRS + 1);

  for (guint i = 0; pairs[i] != NULL; i++)
    if (i >= SM_LINK_MAX_PAIRS || !parse_pair (self, pairs[i]))
      return FALSE;
  return TRUE;
}

/**
 * sm_link_parse:
 * @text: (nullable): whatever somebody says is a link
 *
 * Returns: (transfer full) (nullable): NULL for what is no link of ours
 */
SmLink *
sm_link_parse (const char *text)
{
  g_autoptr (SmLink) self = NULL;
  g_autofree char *page = NULL;
  g_autofree char *name = NULL;
  const char *path;
  gsize page_length, name_length = 0;

  if (text == NULL || strnlen (text, SM_LINK_MAX_LENGTH + 1) > SM_LINK_MAX_LENGTH
      || !g_str_has_prefix (text, SM_LINK_SCHEME))
    return NULL;
  path = text + strlen (SM_LINK_SCHEME);
  path += strspn (path, "/"); /* stationmaster:///station/SN is what GFile makes of it */
  page_length = strcspn (path, "/?");
  page = g_strndup (path, page_length);
  path += page_length;
  if (!is_word (page))
    return NULL;
  if (*path == '/')
    {
      name_length = strcspn (++path, "?");
      name = unescape (path, name_length);
      if (name == NULL || name[0] == '\0')
        return NULL;
    }
  self = sm_link_new (page, name);
  path += name_length;
  if (*path == '?' && !parse_query (self, path + 1))
    return NULL;
  return g_steal_pointer (&self);
}

/** sm_link_get_page: Returns: "vehicles", or the kind of a thing as "station" */
const char *
sm_link_get_page (const SmLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->page;
}

/** sm_link_get_name: Returns: (nullable): what the thing is called; NULL: a whole page */
const char *
sm_link_get_name (const SmLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/** sm_link_get: Returns: (nullable): the value of @key, which may be "" */
const char *
sm_link_get (const SmLink *self,
             const char   *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  for (guint i = 0; i < self->keys->len; i++)
    if (g_str_equal (g_ptr_array_index (self->keys, i), key))
      return g_ptr_array_index (self->values, i);
  return NULL;
}

guint
sm_link_get_n_pairs (const SmLink *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->keys->len;
}

void
sm_link_get_pair (const SmLink  *self,
                  guint          index,
                  const char   **out_key,
                  const char   **out_value)
{
  g_return_if_fail (self != NULL && index < self->keys->len);

  *out_key = g_ptr_array_index (self->keys, index);
  *out_value = g_ptr_array_index (self->values, index);
}

/**
 * sm_link_set:
 * @key: small letters, digits and underscores
 * @value: (nullable): NULL takes the key out
 *
 * Returns: FALSE, and nothing done, for what no link can hold
 */
gboolean
sm_link_set (SmLink     *self,
             const char *key,
             const char *value)
{
  guint i = 0;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  if (!is_word (key) || (value != NULL && !is_text (value)))
    return FALSE;
  while (i < self->keys->len && !g_str_equal (g_ptr_array_index (self->keys, i), key))
    i++;
  if (i == self->keys->len && (value == NULL || i >= SM_LINK_MAX_PAIRS))
    return value == NULL;
  if (i < self->keys->len)
    {
      g_ptr_array_remove_index (self->keys, i);
      g_ptr_array_remove_index (self->values, i);
    }
  if (value != NULL)
    {
      g_ptr_array_insert (self->keys, (int) i, g_strdup (key));
      g_ptr_array_insert (self->values, (int) i, g_strdup (value));
    }
  return TRUE;
}

/** sm_link_format: Returns: (transfer full): the text that parses to this link; ASCII alone */
char *
sm_link_format (const SmLink *self)
{
  GString *text = g_string_new (SM_LINK_SCHEME);

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));

  g_string_append (text, self->page);
  if (self->name != NULL)
    {
      g_string_append_c (text, '/');
      g_string_append_uri_escaped (text, self->name, PLAIN_IN_NAME, FALSE);
    }
  for (guint i = 0; i < self->keys->len; i++)
    {
      g_string_append_c (text, i == 0 ? '?' : '&');
      g_string_append (text, g_ptr_array_index (self->keys, i));
      g_string_append_c (text, '=');
      g_string_append_uri_escaped (text, g_ptr_array_index (self->values, i), PLAIN_IN_VALUE,
                                   FALSE);
    }
  return g_string_free (text, FALSE);
}

/**
 * sm_link_text:
 * @name: (nullable): of a thing
 * @...: keys and values, then NULL
 *
 * Returns: (transfer full): the text of a link, in one call
 */
char *
sm_link_text (const char *page,
              const char *name,
              ...)
{
  g_autoptr (SmLink) link = sm_link_new (page, name);
  va_list pairs;
  const char *key;

  va_start (pairs, name);
  while ((key = va_arg (pairs, const char *)) != NULL)
    sm_link_set (link, key, va_arg (pairs, const char *));
  va_end (pairs);
  return sm_link_format (link);
}
