/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-series-codec.h"

#include <math.h>

/* A column for each field, under its name; with _min and _max beside it when
 * each value is the mean of a quarter of an hour. */

static void
write_value (SmJsonWriter  *writer,
             const SmField *field,
             double         value)
{
  if (isnan (value))
    sm_json_writer_null (writer);
  else if (field->kind == SM_KIND_ENUM)
    sm_json_writer_text (writer, field->slugs[(guint) value]);
  else if (field->kind == SM_KIND_INT)
    sm_json_writer_int (writer, (gint64) llround (value));
  else
    sm_json_writer_real (writer, value);
}

static void
write_column (SmJsonWriter  *writer,
              const SmField *field,
              const char    *suffix,
              const double  *values,
              guint          n)
{
  g_autofree char *name = g_strconcat (field->name, suffix, NULL);

  if (values == NULL)
    return;
  sm_json_writer_name (writer, name);
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < n; i++)
    write_value (writer, field, values[i]);
  sm_json_writer_end_array (writer);
}

/** sm_series_write: Writes what a thing of @noun said over time. */
void
sm_series_write (SmJsonWriter   *writer,
                 const SmNoun   *noun,
                 const SmSeries *series)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "at");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < series->n; i++)
    sm_json_writer_time (writer, series->at[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_name (writer, "columns");
  sm_json_writer_begin_object (writer);
  for (guint c = 0; c < series->n_columns; c++)
    {
      const SmField *field = &noun->fields[series->fields[c]];

      write_column (writer, field, NULL, series->values[c], series->n);
      write_column (writer, field, "_min", series->minimum[c], series->n);
      write_column (writer, field, "_max", series->maximum[c], series->n);
    }
  sm_json_writer_end_object (writer);
  sm_json_writer_end_object (writer);
}
