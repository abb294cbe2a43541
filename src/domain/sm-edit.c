/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-edit.h"

#include <string.h>

#define PACKED "a(smsmsms)"

static void
edit_free (gpointer data)
{
  SmEdit *self = data;

  g_free (self->field);
  g_free (self->base);
  g_free (self->mine);
  g_free (self->theirs);
  g_free (self);
}

/** sm_edits_new: Returns: (transfer full): no SmEdit yet */
GPtrArray *
sm_edits_new (void)
{
  return g_ptr_array_new_with_free_func (edit_free);
}

static void
edits_take (GPtrArray  *edits,
            const char *field,
            const char *base,
            const char *mine,
            const char *theirs)
{
  SmEdit *edit = g_new0 (SmEdit, 1);

  *edit = (SmEdit){ g_strdup (field), g_strdup (base), g_strdup (mine), g_strdup (theirs) };
  g_ptr_array_add (edits, edit);
}

/** sm_edits_add: @base, @mine: (nullable): what was seen, and what is to be */
void
sm_edits_add (GPtrArray  *edits,
                const char *field,
                const char *base,
                const char *mine)
{
  edits_take (edits, field, base, mine, NULL);
}

/** sm_edits_copy: Returns: (transfer full) (nullable): @edits: (nullable) */
GPtrArray *
sm_edits_copy (const GPtrArray *edits)
{
  GPtrArray *copy;

  if (edits == NULL)
    return NULL;
  copy = sm_edits_new ();
  for (guint i = 0; i < edits->len; i++)
    {
      const SmEdit *edit = edits->pdata[i];

      edits_take (copy, edit->field, edit->base, edit->mine, edit->theirs);
    }
  return copy;
}

/** sm_edits_to_text: Returns: (transfer full) (nullable): to be kept; @edits: (nullable) */
char *
sm_edits_to_text (const GPtrArray *edits)
{
  g_autoptr (GVariant) packed = NULL;
  GVariantBuilder builder;

  if (edits == NULL)
    return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (PACKED));
  for (guint i = 0; i < edits->len; i++)
    {
      const SmEdit *edit = edits->pdata[i];

      g_variant_builder_add (&builder, "(smsmsms)", edit->field, edit->base, edit->mine,
                             edit->theirs);
    }
  packed = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (packed, FALSE);
}

/** sm_edits_from_text: Returns: (transfer full) (nullable): what was kept; @text: (nullable) */
GPtrArray *
sm_edits_from_text (const char *text)
{
  g_autoptr (GVariant) packed = NULL;
  const char *field, *base, *mine, *theirs;
  GVariantIter iter;
  GPtrArray *edits;

  packed = text != NULL ? g_variant_parse (G_VARIANT_TYPE (PACKED), text, NULL, NULL, NULL) : NULL;
  if (packed == NULL)
    return NULL;
  edits = sm_edits_new ();
  g_variant_iter_init (&iter, packed);
  while (g_variant_iter_next (&iter, "(&sm&sm&sm&s)", &field, &base, &mine, &theirs))
    edits_take (edits, field, base, mine, theirs);
  return edits;
}

/** sm_edits_find: Returns: (transfer none) (nullable): that of @field */
SmEdit *
sm_edits_find (const GPtrArray *edits,
                 const char      *field)
{
  for (guint i = 0; edits != NULL && i < edits->len; i++)
    if (g_str_equal (((SmEdit *) edits->pdata[i])->field, field))
      return edits->pdata[i];
  return NULL;
}

/* "name/en" is the field "name" in "en". */
static int
find_field (const SmNoun  *noun,
            const char    *field,
            const char   **out_language)
{
  const char *slash = strchr (field, '/');

  *out_language = slash != NULL ? slash + 1 : NULL;
  return sm_noun_find_field (noun, field,
                             slash != NULL ? (gsize) (slash - field) : strlen (field));
}

/**
 * sm_row_dup_part:
 * @field: as in SmEdit
 *
 * Returns: (transfer full) (nullable): its value as text
 */
char *
sm_row_dup_part (const SmRow *row,
                 const char  *field)
{
  const SmNoun *noun = sm_row_get_noun (row);
  const char *language;
  int found = find_field (noun, field, &language);

  if (found < 0 || sm_row_is_null (row, (guint) found))
    return NULL;
  if (language != NULL)
    return sm_name_find (sm_row_get_text (row, (guint) found), language);
  if (sm_kind_is_text (noun->fields[found].kind))
    return g_strdup (sm_row_get_text (row, (guint) found));
  if (noun->fields[found].kind == SM_KIND_REAL)
    return g_strdup_printf ("%.15g", sm_row_get_real (row, (guint) found));
  return g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (row, (guint) found));
}

/* Nothing said and an empty text are the same to a person. */
static gboolean
is_same (const char *a,
         const char *b)
{
  return g_str_equal (a != NULL ? a : "", b != NULL ? b : "");
}

/** sm_edit_differs: Whether somebody else wants the field to be something else. */
gboolean
sm_edit_differs (const SmEdit *edit)
{
  return !is_same (edit->theirs, edit->base) && !is_same (edit->theirs, edit->mine);
}

/** sm_edits_take_theirs: Notes what the record is by now. */
void
sm_edits_take_theirs (GPtrArray   *edits,
                        const SmRow *current)
{
  for (guint i = 0; i < edits->len; i++)
    {
      SmEdit *edit = edits->pdata[i];

      g_free (edit->theirs);
      edit->theirs = sm_row_dup_part (current, edit->field);
    }
}

/** sm_edits_judge: What is to become of them, once theirs is known. */
SmEditFate
sm_edits_judge (const GPtrArray *edits)
{
  SmEditFate fate = SM_EDIT_DONE;

  for (guint i = 0; i < edits->len; i++)
    {
      const SmEdit *edit = edits->pdata[i];

      if (sm_edit_differs (edit))
        return SM_EDIT_CONFLICT;
      if (!is_same (edit->theirs, edit->mine))
        fate = SM_EDIT_APART;
    }
  return fate;
}

/** sm_edits_fit: Whether @current is what the person saw, as far as they change it. */
gboolean
sm_edits_fit (const GPtrArray *edits,
                const SmRow     *current)
{
  for (guint i = 0; edits != NULL && i < edits->len; i++)
    {
      const SmEdit *edit = edits->pdata[i];
      g_autofree char *now = sm_row_dup_part (current, edit->field);

      if (!is_same (now, edit->base))
        return FALSE;
    }
  return TRUE;
}

/* What is no number stays what it was. */
static void
lay_number (SmRow      *row,
            guint       field,
            const char *value)
{
  gint64 number;

  if (value == NULL)
    sm_row_set_null (row, field);
  else if (g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &number, NULL))
    sm_row_set_int (row, field, number);
}

/** sm_edits_lay_over: Makes @row what it is to become; what is neither text nor number stays. */
void
sm_edits_lay_over (const GPtrArray *edits,
                     SmRow           *row)
{
  for (guint i = 0; edits != NULL && i < edits->len; i++)
    {
      const SmEdit *edit = edits->pdata[i];
      const char *value = edit->mine != NULL && *edit->mine != '\0' ? edit->mine : NULL;
      const char *language;
      int found = find_field (sm_row_get_noun (row), edit->field, &language);

      if (found >= 0 && sm_row_get_noun (row)->fields[found].kind == SM_KIND_INT)
        lay_number (row, (guint) found, value);
      if (found < 0 || !sm_kind_is_text (sm_row_get_noun (row)->fields[found].kind))
        continue;
      if (language == NULL)
        sm_row_set_text (row, (guint) found, value);
      else
        sm_row_take_text (row, (guint) found,
                          sm_name_put (sm_row_get_text (row, (guint) found), language, value));
    }
}
