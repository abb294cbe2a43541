/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-figures-codec.h"

#include "sm-time.h"

#include <string.h>

/* More than any service sends. */
#define MAX_FIGURES 100000

static void
write_figure (SmJsonWriter       *writer,
              const SmWorkFigure *figure)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "by");
  sm_json_writer_text (writer, sm_work_figures_by[figure->by]);
  sm_json_writer_name (writer, "id");
  if (figure->id > 0)
    sm_json_writer_int (writer, figure->id);
  else
    sm_json_writer_null (writer);
  sm_json_writer_name (writer, "name");
  sm_json_writer_text (writer, figure->name);
  for (guint i = 0; i < sm_n_work_figure_members; i++)
    {
      const SmWorkFigureMember *member = &sm_work_figure_members[i];
      gconstpointer value = (const char *) figure + member->offset;

      sm_json_writer_name (writer, member->name);
      if (member->is_real)
        sm_json_writer_real (writer, *(const double *) value);
      else
        sm_json_writer_int (writer, *(const gint64 *) value);
    }
  sm_json_writer_end_object (writer);
}

/** sm_work_figures_write: As an object. */
void
sm_work_figures_write (SmJsonWriter        *writer,
                       const SmWorkFigures *figures)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "as_of");
  sm_json_writer_time (writer, figures->as_of);
  sm_json_writer_name (writer, "from");
  sm_json_writer_time (writer, figures->from);
  sm_json_writer_name (writer, "to");
  sm_json_writer_time (writer, figures->to);
  sm_json_writer_name (writer, "stations");
  sm_json_writer_int (writer, figures->stations);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < figures->figures->len; i++)
    write_figure (writer, figures->figures->pdata[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
}

static gboolean
read_number (SmJsonReader *reader,
             const char   *name,
             SmWorkFigure *figure)
{
  for (guint i = 0; i < sm_n_work_figure_members; i++)
    {
      const SmWorkFigureMember *member = &sm_work_figure_members[i];
      gpointer value = (char *) figure + member->offset;
      gint64 number;

      if (strcmp (member->name, name) != 0)
        continue;
      if (member->is_real)
        {
          *(double *) value = sm_json_reader_read_real (reader);
          return TRUE;
        }
      number = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
      *(gint64 *) value = number != SM_UNKNOWN ? number : 0;
      return TRUE;
    }
  return FALSE;
}

/* What a newer version puts orders together by is left out. */
static void
read_figure (SmJsonReader  *reader,
             SmWorkFigures *figures)
{
  SmWorkFigure *figure = sm_work_figure_new (SM_WORK_FIGURES_N, 0, NULL);
  const char *name;

  g_ptr_array_add (figures->figures, figure);
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "by") == 0)
      {
        guint by = sm_slug_index (sm_work_figures_by, sm_json_reader_read_text (reader, NULL));

        figure->by = by < SM_WORK_FIGURES_N ? (SmWorkFiguresBy) by : SM_WORK_FIGURES_N;
      }
    else if (strcmp (name, "id") == 0)
      figure->id = sm_json_reader_read_null (reader)
                       ? 0 : sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (strcmp (name, "name") == 0)
      {
        g_free (figure->name);
        figure->name = sm_json_reader_read_null (reader)
                           ? NULL : g_strdup (sm_json_reader_read_text (reader, NULL));
      }
    else if (!read_number (reader, name, figure))
      sm_json_reader_skip_value (reader);
  if (figure->by == SM_WORK_FIGURES_N || figures->figures->len > MAX_FIGURES)
    g_ptr_array_remove_index (figures->figures, figures->figures->len - 1);
}

/** sm_work_figures_read: Returns: (transfer full) (nullable) */
SmWorkFigures *
sm_work_figures_read (SmJsonReader  *reader,
                      GError       **error)
{
  g_autoptr (SmWorkFigures) figures = sm_work_figures_new ();
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "as_of") == 0)
      figures->as_of = sm_json_reader_read_time (reader);
    else if (strcmp (name, "from") == 0)
      figures->from = sm_json_reader_read_time (reader);
    else if (strcmp (name, "to") == 0)
      figures->to = sm_json_reader_read_time (reader);
    else if (strcmp (name, "stations") == 0)
      figures->stations = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (strcmp (name, "items") == 0)
      {
        sm_json_reader_begin_array (reader);
        while (sm_json_reader_next_element (reader))
          read_figure (reader, figures);
      }
    else
      sm_json_reader_skip_value (reader);
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&figures) : NULL;
}
