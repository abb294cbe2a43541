/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-series-codec.h"

#include <math.h>
#include <string.h>

#define MAX_SAMPLES 200000

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

/* --- reading --- */

/* What is read of a series: any member that is a field's name, with _min and
 * _max for the extremes. */
typedef struct
{
  const SmNoun *noun;
  GArray *at;      /* of gint64 */
  GPtrArray *columns[3]; /* by field: of GArray of double, or NULL; mean, minimum, maximum */
} SeriesReader;

static void
array_unref (gpointer data)
{
  if (data != NULL)
    g_array_unref (data);
}

static void
series_reader_clear (SeriesReader *self)
{
  g_array_unref (self->at);
  for (guint i = 0; i < G_N_ELEMENTS (self->columns); i++)
    g_ptr_array_unref (self->columns[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeriesReader, series_reader_clear)

/* Returns: the field that a column is of, or -1; @out_kind is which of its columns */
static int
find_column (const SmNoun *noun,
             const char   *name,
             guint        *out_kind)
{
  gsize length = strlen (name);
  int field = sm_noun_find_field (noun, name, length);

  *out_kind = 0;
  if (field >= 0 || length < 5)
    return field;
  if (g_str_has_suffix (name, "_min"))
    *out_kind = 1;
  else if (g_str_has_suffix (name, "_max"))
    *out_kind = 2;
  return *out_kind > 0 ? sm_noun_find_field (noun, name, length - 4) : -1;
}

static gboolean
has_values (const SmField *field)
{
  return field->kind == SM_KIND_INT || field->kind == SM_KIND_REAL || field->slugs != NULL;
}

static void
read_times (SeriesReader *self,
            SmJsonReader *reader)
{
  guint n;

  g_array_set_size (self->at, MAX_SAMPLES);
  sm_json_reader_begin_array (reader);
  n = sm_json_reader_read_times (reader, (gint64 *) (gpointer) self->at->data, MAX_SAMPLES);
  g_array_set_size (self->at, MIN (n, MAX_SAMPLES));
}

/* A state is kept as its place among the slugs. */
static guint
read_states (SmJsonReader      *reader,
             const char *const *slugs,
             double            *values)
{
  g_autofree guint8 *states = g_new (guint8, MAX_SAMPLES);
  guint n = sm_json_reader_read_slugs (reader, slugs, states, MAX_SAMPLES);

  for (guint i = 0; i < MIN (n, MAX_SAMPLES); i++)
    values[i] = states[i] != SM_ENUM_UNKNOWN ? states[i] : (double) NAN;
  return n;
}

static void
read_column (SeriesReader *self,
             SmJsonReader *reader,
             guint         kind,
             guint         field)
{
  const char *const *slugs = self->noun->fields[field].slugs;
  GArray *values = g_array_new (FALSE, TRUE, sizeof (double));
  double *data;
  guint n;

  g_array_set_size (values, MAX_SAMPLES);
  data = (double *) (gpointer) values->data;
  sm_json_reader_begin_array (reader);
  n = slugs != NULL ? read_states (reader, slugs, data)
                    : sm_json_reader_read_reals (reader, data, MAX_SAMPLES);
  g_array_set_size (values, MIN (n, MAX_SAMPLES));
  array_unref (self->columns[kind]->pdata[field]);
  self->columns[kind]->pdata[field] = values;
}

static void
read_members (SeriesReader *self,
              SmJsonReader *reader)
{
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      guint kind;
      int field = find_column (self->noun, name, &kind);

      if (g_str_equal (name, "at"))
        read_times (self, reader);
      else if (g_str_equal (name, "columns") && sm_json_reader_peek (reader) == SM_JSON_OBJECT)
        read_members (self, reader);
      else if (field >= SM_ROW_N_COMMON && has_values (&self->noun->fields[field])
               && sm_json_reader_peek (reader) == SM_JSON_ARRAY)
        read_column (self, reader, kind, (guint) field);
      else
        sm_json_reader_skip_value (reader);
    }
}

static double *
dup_column (GArray *values,
            guint   n)
{
  double *column = g_new (double, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    column[i] = values != NULL && i < values->len ? g_array_index (values, double, i) : NAN;
  return column;
}

static SmSeries *
make_series (const SeriesReader *from)
{
  SmSeries *self = g_new0 (SmSeries, 1);
  guint n_fields = from->noun->n_fields;

  self->n = from->at->len;
  self->at = g_memdup2 (from->at->data, MAX (self->n, 1) * sizeof (gint64));
  self->fields = g_new0 (guint, n_fields);
  self->values = g_new0 (double *, n_fields);
  self->minimum = g_new0 (double *, n_fields);
  self->maximum = g_new0 (double *, n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      GArray *mean = from->columns[0]->pdata[i];

      if (mean == NULL)
        continue;
      self->fields[self->n_columns] = i;
      self->values[self->n_columns] = dup_column (mean, self->n);
      if (from->columns[1]->pdata[i] != NULL)
        self->minimum[self->n_columns] = dup_column (from->columns[1]->pdata[i], self->n);
      if (from->columns[2]->pdata[i] != NULL)
        self->maximum[self->n_columns] = dup_column (from->columns[2]->pdata[i], self->n);
      self->n_columns++;
    }
  return self;
}

/**
 * sm_series_read:
 *
 * Returns: (transfer full): what was read; whether the reader has failed is to be
 *   looked at
 */
SmSeries *
sm_series_read (SmJsonReader *reader,
                const SmNoun *noun)
{
  g_auto (SeriesReader) series = { .noun = noun };

  series.at = g_array_new (FALSE, TRUE, sizeof (gint64));
  for (guint i = 0; i < G_N_ELEMENTS (series.columns); i++)
    {
      series.columns[i] = g_ptr_array_new_with_free_func (array_unref);
      g_ptr_array_set_size (series.columns[i], (int) noun->n_fields);
    }
  read_members (&series, reader);
  return make_series (&series);
}
