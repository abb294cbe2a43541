/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-error.h"

/*
 * One error domain for the whole of both programs.  Beside GError's message,
 * which is English and for the log, an error carries a slug with parameters:
 * that is what travels in a problem document, and what the application words
 * in the language of its user.
 */
typedef struct
{
  char *slug;
  GHashTable *params; /* name -> value, both owned */
  GPtrArray *fields;  /* of SmErrorField */
} SmErrorPrivate;

static void
error_field_free (gpointer data)
{
  SmErrorField *field = data;

  g_free (field->pointer);
  g_free (field->slug);
  g_free (field);
}

static void
sm_error_private_init (SmErrorPrivate *priv)
{
  priv->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  priv->fields = g_ptr_array_new_with_free_func (error_field_free);
}

static void
sm_error_private_copy (const SmErrorPrivate *src,
                       SmErrorPrivate       *dest)
{
  GHashTableIter iter;
  gpointer name, value;

  /* GLib has called sm_error_private_init() on the copy. */
  dest->slug = g_strdup (src->slug);
  g_hash_table_iter_init (&iter, src->params);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (dest->params, g_strdup (name), g_strdup (value));
  for (guint i = 0; i < src->fields->len; i++)
    {
      const SmErrorField *field = g_ptr_array_index (src->fields, i);
      SmErrorField *copy = g_new (SmErrorField, 1);

      copy->pointer = g_strdup (field->pointer);
      copy->slug = g_strdup (field->slug);
      g_ptr_array_add (dest->fields, copy);
    }
}

static void
sm_error_private_clear (SmErrorPrivate *priv)
{
  g_clear_pointer (&priv->slug, g_free);
  g_clear_pointer (&priv->params, g_hash_table_unref);
  g_clear_pointer (&priv->fields, g_ptr_array_unref);
}

G_DEFINE_EXTENDED_ERROR (SmError, sm_error)

/**
 * sm_set_error:
 * @error: (nullable): where to put the error
 * @code: what kind of trouble
 * @slug: the name that travels and that the application words, as in
 *   "alarm-level-rose"
 * @format: an English sentence for the log
 *
 * Sets an error of our domain.  Any thread.
 */
void
sm_set_error (GError     **error,
              SmErrorCode  code,
              const char  *slug,
              const char  *format,
              ...)
{
  va_list args;
  GError *new_error;

  if (error == NULL)
    return;
  va_start (args, format);
  new_error = g_error_new_valist (SM_ERROR, (int) code, format, args);
  va_end (args);
  sm_error_get_private (new_error)->slug = g_strdup (slug);
  g_propagate_error (error, new_error);
}

/** sm_error_set_param: Adds a parameter to the slug of @error, as "limit" = "64". */
void
sm_error_set_param (GError     *error,
                    const char *name,
                    const char *value)
{
  g_return_if_fail (error != NULL && error->domain == SM_ERROR);

  g_hash_table_replace (sm_error_get_private (error)->params, g_strdup (name), g_strdup (value));
}

/** sm_error_add_field: Says that the member at JSON @pointer is wrong, and how. */
void
sm_error_add_field (GError     *error,
                    const char *pointer,
                    const char *slug)
{
  SmErrorField *field;

  g_return_if_fail (error != NULL && error->domain == SM_ERROR);

  field = g_new (SmErrorField, 1);
  field->pointer = g_strdup (pointer);
  field->slug = g_strdup (slug);
  g_ptr_array_add (sm_error_get_private (error)->fields, field);
}

/** sm_error_refuse_field: Returns: %FALSE: the member at JSON @pointer alone is wrong */
gboolean
sm_error_refuse_field (GError     **error,
                       const char  *pointer,
                       const char  *slug)
{
  g_autoptr (GError) invalid = NULL;

  sm_set_error (&invalid, SM_ERROR_INVALID, "invalid", "%s: %s", pointer, slug);
  sm_error_add_field (invalid, pointer, slug);
  g_propagate_error (error, g_steal_pointer (&invalid));
  return FALSE;
}

/**
 * sm_error_get_slug:
 *
 * Returns: (transfer none): the slug of @error; "internal" for an error of
 *   another domain, which has none
 */
const char *
sm_error_get_slug (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != SM_ERROR)
    return "internal";
  return sm_error_get_private (error)->slug;
}

/** sm_error_get_param: Returns: (transfer none) (nullable): one parameter of the slug */
const char *
sm_error_get_param (const GError *error,
                    const char   *name)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != SM_ERROR)
    return NULL;
  return g_hash_table_lookup (sm_error_get_private (error)->params, name);
}

/** sm_error_get_params: Returns: (transfer none) (nullable): name -> value */
GHashTable *
sm_error_get_params (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == SM_ERROR ? sm_error_get_private (error)->params : NULL;
}

/** sm_error_get_fields: Returns: (transfer none) (nullable): of SmErrorField */
GPtrArray *
sm_error_get_fields (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == SM_ERROR ? sm_error_get_private (error)->fields : NULL;
}
