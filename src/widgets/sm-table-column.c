/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-table-column.h"

#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/** sm_table_column_title: Returns: what the column is called, in the language of the interface */
const char *
sm_table_column_title (const SmTableColumn *self)
{
  return _(self->title);
}

/** sm_table_column_heading: Returns: (transfer full): its title and unit */
char *
sm_table_column_heading (const SmTableColumn *self)
{
  if (self->unit == NULL)
    return g_strdup (sm_table_column_title (self));
  /* Translators: the head of a column: what it holds and in which unit */
  return g_strdup_printf (_("%s (%s)"), sm_table_column_title (self), self->unit);
}

static const SmField *
get_field (const SmTableColumn *self,
           const SmNoun        *noun)
{
  return self->field < noun->n_fields ? &noun->fields[self->field] : NULL;
}

/** sm_table_column_is_number: Whether it holds numbers, which stand at the end of their cells. */
gboolean
sm_table_column_is_number (const SmTableColumn *self,
                           const SmNoun        *noun)
{
  const SmField *field = get_field (self, noun);

  if (self->number != NULL)
    return TRUE;
  return self->text == NULL && field != NULL
         && (field->kind == SM_KIND_INT || field->kind == SM_KIND_REAL);
}

/** sm_table_column_number: Returns: the value as it is shown, NAN for unknown */
double
sm_table_column_number (const SmTableColumn  *self,
                        SmItem               *item,
                        const SmTableContext *context)
{
  const SmRow *row = sm_item_get_row (item);
  double value = NAN;

  if (self->number != NULL)
    value = self->number (self, item, context->data);
  else if (!sm_row_is_null (row, self->field))
    value = sm_row_get_noun (row)->fields[self->field].kind == SM_KIND_REAL
                ? sm_row_get_real (row, self->field)
                : (double) sm_row_get_int (row, self->field);
  return self->scale != 0 ? value * self->scale : value;
}

static char *
time_text (gint64     time_us,
           GTimeZone *zone,
           gboolean   is_date)
{
  g_autoptr (GDateTime) utc
      = time_us != SM_UNKNOWN ? g_date_time_new_from_unix_utc (time_us / SM_SECOND) : NULL;
  g_autoptr (GDateTime) local
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (utc == NULL)
    return g_strdup ("–");
  return g_date_time_format (local != NULL ? local : utc,
                             is_date ? "%Y-%m-%d" : "%Y-%m-%d %H:%M:%S");
}

static char *
number_text (const SmTableColumn *self,
             double               value)
{
  if (!isfinite (value))
    return g_strdup ("–");
  if (self->digits == 0 && fabs (value) < 1e15)
    return sm_text_count (llround (value));
  return sm_text_measure (value, self->digits, NULL);
}

static char *
field_text (const SmTableColumn  *self,
            const SmRow          *row,
            const SmTableContext *context)
{
  const SmField *field = get_field (self, sm_row_get_noun (row));

  if (field == NULL || sm_row_is_null (row, self->field))
    return g_strdup ("–");
  switch (field->kind)
    {
    case SM_KIND_BOOL:
      return g_strdup (sm_row_get_int (row, self->field) != 0 ? _("Yes") : _("No"));
    case SM_KIND_TIME:
      return time_text (sm_row_get_int (row, self->field), context->zone,
                        (self->flags & SM_COLUMN_DATE) != 0);
    case SM_KIND_ENUM:
      return sm_text_clean (sm_word_of_slug (field->slugs, sm_row_get_text (row, self->field)));
    case SM_KIND_NAME:
      {
        g_autofree char *name = sm_row_dup_name (row, self->field, sm_i18n_language ());

        return sm_text_clean (name);
      }
    case SM_KIND_TEXT:
      return sm_text_clean (sm_row_get_text (row, self->field));
    case SM_KIND_INT:
    case SM_KIND_REAL:
    default:
      return g_strdup ("–");
    }
}

/** sm_table_column_text: Returns: (transfer full): what the cell says; an en dash for unknown */
char *
sm_table_column_text (const SmTableColumn  *self,
                      SmItem               *item,
                      const SmTableContext *context)
{
  const SmRow *row = sm_item_get_row (item);

  if (row == NULL)
    return g_strdup ("");
  if (self->text != NULL)
    return self->text (self, item, context->data);
  if (sm_table_column_is_number (self, sm_row_get_noun (row)))
    return number_text (self, sm_table_column_number (self, item, context));
  return field_text (self, row, context);
}

/** sm_table_column_compare: Orders two rows by this column; what is unknown comes last either way. */
int
sm_table_column_compare (const SmTableColumn  *self,
                         SmItem               *a,
                         SmItem               *b,
                         gboolean              is_descending,
                         const SmTableContext *context)
{
  const SmNoun *noun = sm_row_get_noun (sm_item_get_row (a));
  const SmField *field = get_field (self, noun);

  if (sm_table_column_is_number (self, noun))
    {
      double x = sm_table_column_number (self, a, context);
      double y = sm_table_column_number (self, b, context);

      if (isnan (x) || isnan (y))
        return isnan (x) - isnan (y);
      return is_descending ? (x < y) - (x > y) : (x > y) - (x < y);
    }
  if (self->text == NULL && field != NULL && field->kind == SM_KIND_TIME)
    {
      gint64 x = sm_row_get_int (sm_item_get_row (a), self->field);
      gint64 y = sm_row_get_int (sm_item_get_row (b), self->field);

      if (x == SM_UNKNOWN || y == SM_UNKNOWN)
        return (x == SM_UNKNOWN) - (y == SM_UNKNOWN);
      return is_descending ? (x < y) - (x > y) : (x > y) - (x < y);
    }
  {
    g_autofree char *x = sm_table_column_text (self, a, context);
    g_autofree char *y = sm_table_column_text (self, b, context);

    return is_descending ? g_utf8_collate (y, x) : g_utf8_collate (x, y);
  }
}
