/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-figures-codec.h"

#include "sm-row-codec.h"
#include "sm-time.h"

/* More than any service sends. */
#define MAX_AREAS 10000
#define MAX_WINDOWS 10000
#define MAX_FIGURES 1000

static void
write_time (SmJsonWriter *writer,
            const char   *name,
            gint64        time_us)
{
  sm_json_writer_name (writer, name);
  if (time_us != SM_UNKNOWN)
    sm_json_writer_time (writer, time_us);
  else
    sm_json_writer_null (writer);
}

/** sm_alarm_targets_write: As an object. */
void
sm_alarm_targets_write (SmJsonWriter         *writer,
                        const SmAlarmTargets *targets)
{
  sm_json_writer_begin_object (writer);
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    {
      sm_json_writer_name (writer, sm_alarm_targets[i].name);
      sm_json_writer_real (writer, *(const double *) ((const char *) targets
                                                      + sm_alarm_targets[i].offset));
    }
  sm_json_writer_end_object (writer);
}

static void
write_rates (SmJsonWriter       *writer,
             const SmAlarmRates *rates)
{
  sm_json_writer_begin_object (writer);
  for (guint i = 0; i < sm_n_alarm_rates_members; i++)
    {
      const SmAlarmRatesMember *member = &sm_alarm_rates_members[i];
      gconstpointer value = (const char *) rates + member->offset;

      sm_json_writer_name (writer, member->name);
      if (member->is_real)
        sm_json_writer_real (writer, *(const double *) value);
      else
        sm_json_writer_int (writer, *(const gint64 *) value);
    }
  sm_json_writer_end_object (writer);
}

static void
write_all_rates (SmJsonWriter *writer,
                 GArray       *all)
{
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < all->len; i++)
    write_rates (writer, &g_array_index (all, SmAlarmRates, i));
  sm_json_writer_end_array (writer);
}

static void
write_list (SmJsonWriter *writer,
            GPtrArray    *list)
{
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < list->len; i++)
    {
      const SmAlarmFigure *figure = list->pdata[i];

      sm_json_writer_begin_object (writer);
      sm_json_writer_name (writer, "count");
      sm_json_writer_int (writer, figure->count);
      write_time (writer, "from", figure->from);
      write_time (writer, "to", figure->to);
      sm_json_writer_name (writer, "alarm");
      sm_row_write (writer, figure->alarm, SM_ROW_RECORD);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

/** sm_alarm_figures_write: As an object. */
void
sm_alarm_figures_write (SmJsonWriter         *writer,
                        const SmAlarmFigures *figures)
{
  sm_json_writer_begin_object (writer);
  write_time (writer, "as_of", figures->as_of);
  write_time (writer, "from", figures->from);
  write_time (writer, "to", figures->to);
  sm_json_writer_name (writer, "targets");
  sm_alarm_targets_write (writer, &figures->targets);
  sm_json_writer_name (writer, "targets_rev");
  sm_json_writer_int (writer, figures->targets_rev);
  sm_json_writer_name (writer, "total");
  write_rates (writer, &figures->total);
  sm_json_writer_name (writer, "areas");
  write_all_rates (writer, figures->areas);
  sm_json_writer_name (writer, "desks");
  write_all_rates (writer, figures->desks);
  sm_json_writer_name (writer, "windows");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < figures->windows->len; i++)
    sm_json_writer_int (writer, g_array_index (figures->windows, guint, i));
  sm_json_writer_end_array (writer);
  for (guint i = 0; i < SM_ALARM_FIGURES_N_LISTS; i++)
    {
      sm_json_writer_name (writer, sm_alarm_figures_lists[i]);
      write_list (writer, figures->lists[i]);
    }
  sm_json_writer_end_object (writer);
}

static void
read_targets (SmJsonReader   *reader,
              SmAlarmTargets *targets)
{
  const char *name;
  guint bad;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      guint i = 0;

      while (i < sm_n_alarm_targets && !g_str_equal (sm_alarm_targets[i].name, name))
        i++;
      if (i < sm_n_alarm_targets)
        SM_ALARM_TARGET (targets, i) = sm_json_reader_read_real (reader);
      else
        sm_json_reader_skip_value (reader);
    }
  /* Nobody reckons with what cannot be. */
  if (!sm_alarm_targets_is_valid (targets, &bad))
    sm_alarm_targets_init (targets);
}

/** sm_alarm_targets_read: What is not said, or cannot be, is as it is until somebody sets it. */
gboolean
sm_alarm_targets_read (SmJsonReader    *reader,
                       SmAlarmTargets  *targets,
                       GError         **error)
{
  sm_alarm_targets_init (targets);
  read_targets (reader, targets);
  return sm_json_reader_finish (reader, error);
}

static void
read_rates (SmJsonReader *reader,
            SmAlarmRates *rates)
{
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      const SmAlarmRatesMember *member = NULL;
      gpointer value;
      gint64 number;

      for (guint i = 0; i < sm_n_alarm_rates_members; i++)
        if (g_str_equal (sm_alarm_rates_members[i].name, name))
          member = &sm_alarm_rates_members[i];
      if (member == NULL)
        {
          sm_json_reader_skip_value (reader);
          continue;
        }
      value = (char *) rates + member->offset;
      if (member->is_real)
        {
          *(double *) value = sm_json_reader_read_real (reader);
          continue;
        }
      number = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
      *(gint64 *) value = number != SM_UNKNOWN ? number : 0;
    }
}

static gint64
read_time (SmJsonReader *reader)
{
  return sm_json_reader_read_null (reader) ? SM_UNKNOWN : sm_json_reader_read_time (reader);
}

static void
read_figure (SmJsonReader       *reader,
             SmAlarmFigures     *figures,
             SmAlarmFiguresList  list)
{
  g_autoptr (SmRow) alarm = NULL;
  gint64 count = 0, from = SM_UNKNOWN, to = SM_UNKNOWN;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "count"))
      count = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (g_str_equal (name, "from"))
      from = read_time (reader);
    else if (g_str_equal (name, "to"))
      to = read_time (reader);
    else if (g_str_equal (name, "alarm") && alarm == NULL)
      alarm = sm_row_read (reader, sm_noun_get (SM_NOUN_ALARM), NULL);
    else
      sm_json_reader_skip_value (reader);
  if (alarm != NULL && figures->lists[list]->len < MAX_FIGURES)
    sm_alarm_figures_add (figures, list, alarm, count, from, to);
}

static void
read_areas (SmJsonReader *reader,
            GArray       *areas)
{
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      SmAlarmRates rates = { 0 };

      read_rates (reader, &rates);
      if (areas->len < MAX_AREAS)
        g_array_append_val (areas, rates);
    }
}

static void
read_windows (SmJsonReader *reader,
              GArray       *windows)
{
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      gint64 number = sm_json_reader_read_int (reader, 0, G_MAXINT32);
      guint count = number != SM_UNKNOWN ? (guint) number : 0;

      if (windows->len < MAX_WINDOWS)
        g_array_append_val (windows, count);
    }
}

static void
read_member (SmJsonReader   *reader,
             const char     *name,
             SmAlarmFigures *figures)
{
  if (g_str_equal (name, "as_of"))
    figures->as_of = read_time (reader);
  else if (g_str_equal (name, "from"))
    figures->from = read_time (reader);
  else if (g_str_equal (name, "to"))
    figures->to = read_time (reader);
  else if (g_str_equal (name, "targets"))
    read_targets (reader, &figures->targets);
  else if (g_str_equal (name, "targets_rev"))
    figures->targets_rev = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
  else if (g_str_equal (name, "total"))
    read_rates (reader, &figures->total);
  else if (g_str_equal (name, "areas"))
    read_areas (reader, figures->areas);
  else if (g_str_equal (name, "desks"))
    read_areas (reader, figures->desks);
  else if (g_str_equal (name, "windows"))
    read_windows (reader, figures->windows);
  else if (g_strv_contains (sm_alarm_figures_lists, name))
    {
      SmAlarmFiguresList list = 0;

      while (!g_str_equal (sm_alarm_figures_lists[list], name))
        list++;
      sm_json_reader_begin_array (reader);
      while (sm_json_reader_next_element (reader))
        read_figure (reader, figures, list);
    }
  else
    sm_json_reader_skip_value (reader);
}

/** sm_alarm_figures_read: Returns: (transfer full) (nullable) */
SmAlarmFigures *
sm_alarm_figures_read (SmJsonReader  *reader,
                       GError       **error)
{
  g_autoptr (SmAlarmFigures) figures = sm_alarm_figures_new ();
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    read_member (reader, name, figures);
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&figures) : NULL;
}
