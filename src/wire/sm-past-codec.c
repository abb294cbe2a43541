/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-past-codec.h"

#include "sm-row-codec.h"
#include "sm-series-codec.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/* The past of a thing, which as a file is the incident file.  Of each alarm and command
 * the first version is said in full, of the others what has changed. */

#define FORMAT "stationmaster-incident"
#define FORMAT_VERSION 1
/* More than any service gives. */
#define MAX_THINGS 20000
#define MAX_VERSIONS 20000
#define MAX_ACTS 20000

static void
write_text (SmJsonWriter *writer,
            const char   *name,
            const char   *value)
{
  sm_json_writer_name (writer, name);
  if (value != NULL)
    sm_json_writer_text (writer, value);
  else
    sm_json_writer_null (writer);
}

static void
write_time (SmJsonWriter *writer,
            const char   *name,
            gint64        at)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_time (writer, at);
}

static void
write_changes (SmJsonWriter *writer,
               const SmRow  *row,
               const SmRow  *before)
{
  const SmNoun *noun = sm_row_get_noun (row);

  sm_json_writer_begin_object (writer);
  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_RECORD && !sm_row_equal_field (row, before, i))
      {
        sm_json_writer_name (writer, noun->fields[i].name);
        sm_row_write_field (writer, row, i);
      }
  sm_json_writer_end_object (writer);
}

static void
write_versions (SmJsonWriter      *writer,
                const SmPastThing *thing,
                const SmNoun      *noun)
{
  sm_json_writer_name (writer, "versions");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < thing->versions->len; i++)
    {
      const SmPastVersion *version = &g_array_index (thing->versions, SmPastVersion, i);

      sm_json_writer_begin_object (writer);
      write_time (writer, "at", version->at);
      sm_json_writer_name (writer, noun->name);
      if (i == 0)
        sm_row_write (writer, version->row, SM_ROW_RECORD);
      else
        write_changes (writer, version->row, version[-1].row);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

static void
write_steps (SmJsonWriter *writer,
             GPtrArray    *steps)
{
  sm_json_writer_name (writer, "steps");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const SmAlarmTransition *step = steps->pdata[i];

      sm_json_writer_begin_object (writer);
      write_time (writer, "at", step->at);
      write_text (writer, "from", step->from);
      write_text (writer, "to", step->to);
      write_text (writer, "event", step->event);
      write_text (writer, "person", step->person);
      write_text (writer, "reason", step->reason);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

static void
write_things (SmJsonWriter *writer,
              SmNounId      noun_id,
              GPtrArray    *things)
{
  const SmNoun *noun = sm_noun_get (noun_id);

  sm_json_writer_name (writer, noun->plural);
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < things->len; i++)
    {
      const SmPastThing *thing = things->pdata[i];

      sm_json_writer_begin_object (writer);
      sm_json_writer_name (writer, "id");
      sm_json_writer_int (writer, thing->id);
      sm_json_writer_name (writer, "is_exact");
      sm_json_writer_bool (writer, thing->is_exact);
      write_versions (writer, thing, noun);
      if (noun_id == SM_NOUN_ALARM)
        write_steps (writer, thing->steps);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

static void
write_raw (SmJsonWriter *writer,
           const char   *name,
           const char   *json)
{
  sm_json_writer_name (writer, name);
  if (json != NULL)
    sm_json_writer_raw (writer, json, -1);
  else
    sm_json_writer_null (writer);
}

static void
write_acts (SmJsonWriter *writer,
            GPtrArray    *acts)
{
  sm_json_writer_name (writer, "acts");
  if (acts == NULL)
    {
      sm_json_writer_null (writer);
      return;
    }
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < acts->len; i++)
    {
      const SmPastAct *act = acts->pdata[i];

      sm_json_writer_begin_object (writer);
      write_time (writer, "at", act->at);
      write_text (writer, "actor_kind", act->actor_kind);
      write_text (writer, "actor", act->actor);
      write_text (writer, "act", act->act);
      write_text (writer, "object", act->object);
      write_text (writer, "outcome", act->outcome);
      write_text (writer, "reason", act->reason);
      write_raw (writer, "before", act->before);
      write_raw (writer, "after", act->after);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

/* What came late is in the series, but was on no screen. */
static void
write_values (SmJsonWriter *writer,
              const SmPast *past)
{
  const SmSeries *series = past->series;

  write_text (writer, "resolution",
              series == NULL     ? NULL
              : past->is_sampled ? "samples"
                                 : "quarters");
  sm_json_writer_name (writer, "telemetry");
  if (series != NULL)
    sm_series_write (writer, sm_row_get_noun (past->record), series);
  else
    sm_json_writer_null (writer);
  sm_json_writer_name (writer, "late");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; series != NULL && series->late != NULL && i < series->n; i++)
    if (series->late[i])
      sm_json_writer_time (writer, series->at[i]);
  sm_json_writer_end_array (writer);
}

static void
write_of (SmJsonWriter *writer,
          const SmPast *past)
{
  write_text (writer, "of", sm_row_get_noun (past->record)->name);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, sm_row_get_id (past->record));
}

/** sm_past_write: Writes all of it: an incident file. */
void
sm_past_write (SmJsonWriter *writer,
               const SmPast *past)
{
  sm_json_writer_begin_object (writer);
  write_text (writer, "format", FORMAT);
  sm_json_writer_name (writer, "version");
  sm_json_writer_int (writer, FORMAT_VERSION);
  write_text (writer, "drill", past->drill);
  write_of (writer, past);
  sm_json_writer_name (writer, "record");
  sm_row_write (writer, past->record, SM_ROW_RECORD);
  write_time (writer, "from", past->from);
  write_time (writer, "to", past->to);
  write_time (writer, "made_at", past->made_at);
  sm_json_writer_name (writer, "is_cut");
  sm_json_writer_bool (writer, past->is_cut);
  write_values (writer, past);
  write_things (writer, SM_NOUN_ALARM, past->alarms);
  write_things (writer, SM_NOUN_COMMAND, past->commands);
  write_acts (writer, past->acts);
  sm_json_writer_end_object (writer);
}

/* --- a moment of it --- */

static void
write_value_at (SmJsonWriter *writer,
                const SmPast *past,
                guint         column,
                gint64        at)
{
  const SmField *field = &sm_row_get_noun (past->record)->fields[past->series->fields[column]];
  double value = sm_past_value_at (past, column, at, NULL);

  sm_json_writer_name (writer, field->name);
  if (isnan (value))
    sm_json_writer_null (writer);
  else if (field->slugs != NULL)
    sm_json_writer_text (writer, field->slugs[(guint) value]);
  else if (field->kind == SM_KIND_INT)
    sm_json_writer_int (writer, (gint64) llround (value));
  else
    sm_json_writer_real (writer, value);
}

static void
write_rows (SmJsonWriter *writer,
            SmNounId      noun,
            GPtrArray    *rows)
{
  sm_json_writer_name (writer, sm_noun_get (noun)->plural);
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < rows->len; i++)
    sm_row_write (writer, rows->pdata[i], SM_ROW_RECORD);
  sm_json_writer_end_array (writer);
}

/** sm_past_write_moment: Writes what was known at @at. */
void
sm_past_write_moment (SmJsonWriter *writer,
                      const SmPast *past,
                      gint64        at)
{
  g_autoptr (GPtrArray) alarms = sm_past_alarms_at (past, at);
  g_autoptr (GPtrArray) commands = sm_past_commands_at (past, at);
  gint64 since = SM_UNKNOWN;

  if (past->series != NULL)
    sm_past_value_at (past, 0, at, &since);
  sm_json_writer_begin_object (writer);
  write_of (writer, past);
  write_time (writer, "at", at);
  write_text (writer, "resolution",
              past->series == NULL ? NULL
              : past->is_sampled   ? "samples"
                                   : "quarters");
  sm_json_writer_name (writer, "heard_at");
  if (since != SM_UNKNOWN)
    sm_json_writer_time (writer, since);
  else
    sm_json_writer_null (writer);
  sm_json_writer_name (writer, "values");
  sm_json_writer_begin_object (writer);
  for (guint i = 0; past->series != NULL && i < past->series->n_columns; i++)
    write_value_at (writer, past, i, at);
  sm_json_writer_end_object (writer);
  write_rows (writer, SM_NOUN_ALARM, alarms);
  write_rows (writer, SM_NOUN_COMMAND, commands);
  sm_json_writer_end_object (writer);
}

/* --- reading --- */

typedef struct
{
  const char *name;
  char **value;
} TextMember;

/* Returns: whether @name is one of @texts, which is read */
static gboolean
read_text (SmJsonReader     *reader,
           const char       *name,
           const TextMember *texts,
           gsize             n)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (name, texts[i].name))
      {
        g_clear_pointer (texts[i].value, g_free);
        if (!sm_json_reader_read_null (reader))
          *texts[i].value = g_strdup (sm_json_reader_read_text (reader, NULL));
        return TRUE;
      }
  return FALSE;
}

static SmAlarmTransition *
read_step (SmJsonReader *reader)
{
  SmAlarmTransition *step = g_new0 (SmAlarmTransition, 1);
  const TextMember texts[] = { { "from", &step->from },
                               { "to", &step->to },
                               { "event", &step->event },
                               { "person", &step->person },
                               { "reason", &step->reason } };
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "at"))
      step->at = sm_json_reader_read_time (reader);
    else if (!read_text (reader, name, texts, G_N_ELEMENTS (texts)))
      sm_json_reader_skip_value (reader);
  if (step->to == NULL || step->event == NULL)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "a step says nothing");
  return step;
}

static SmRow *
read_changes (SmJsonReader *reader,
              const SmRow  *before,
              const SmNoun *noun)
{
  SmRow *row = before != NULL ? sm_row_copy (before) : sm_row_new (noun);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      int field = sm_noun_find_field (noun, name, strlen (name));

      if (field >= 0)
        sm_row_read_field (reader, row, (guint) field);
      else
        sm_json_reader_skip_value (reader);
    }
  return row;
}

static void
read_version (SmJsonReader *reader,
              SmPastThing  *thing,
              const SmNoun *noun)
{
  GArray *versions = thing->versions;
  const SmRow *before = versions->len > 0
                            ? g_array_index (versions, SmPastVersion, versions->len - 1).row
                            : NULL;
  g_autoptr (SmRow) row = NULL;
  gint64 at = SM_UNKNOWN;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "at"))
      at = sm_json_reader_read_time (reader);
    else if (g_str_equal (name, noun->name))
      {
        g_clear_pointer (&row, sm_row_unref);
        row = read_changes (reader, before, noun);
      }
    else
      sm_json_reader_skip_value (reader);
  if (row == NULL || at == SM_UNKNOWN || sm_row_is_null (row, SM_ROW_ID)
      || versions->len >= MAX_VERSIONS)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "a version says nothing");
  else
    sm_past_thing_add (thing, at, g_steal_pointer (&row));
}

static void
read_thing_member (SmJsonReader *reader,
                   const char   *name,
                   SmPastThing  *thing,
                   const SmNoun *noun)
{
  if (g_str_equal (name, "id"))
    thing->id = sm_json_reader_read_int (reader, 1, SM_JSON_MAX_ID);
  else if (g_str_equal (name, "is_exact"))
    thing->is_exact = sm_json_reader_read_bool (reader);
  else if (g_str_equal (name, "versions"))
    {
      sm_json_reader_begin_array (reader);
      while (sm_json_reader_next_element (reader))
        read_version (reader, thing, noun);
    }
  else if (g_str_equal (name, "steps"))
    {
      g_clear_pointer (&thing->steps, g_ptr_array_unref);
      thing->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_alarm_transition_free);
      sm_json_reader_begin_array (reader);
      while (sm_json_reader_next_element (reader))
        g_ptr_array_add (thing->steps, read_step (reader));
    }
  else
    sm_json_reader_skip_value (reader);
}

static void
read_things (SmJsonReader *reader,
             SmNounId      noun,
             GPtrArray    *things)
{
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      g_autoptr (SmPastThing) thing = sm_past_thing_new (0);
      const char *name;

      sm_json_reader_begin_object (reader);
      while (sm_json_reader_next_member (reader, &name))
        read_thing_member (reader, name, thing, sm_noun_get (noun));
      if (thing->id > 0 && thing->versions->len > 0 && things->len < MAX_THINGS)
        g_ptr_array_add (things, g_steal_pointer (&thing));
    }
}

static SmPastAct *
read_act (SmJsonReader *reader)
{
  SmPastAct *act = g_new0 (SmPastAct, 1);
  const TextMember texts[] = { { "actor_kind", &act->actor_kind },
                               { "actor", &act->actor },
                               { "act", &act->act },
                               { "object", &act->object },
                               { "outcome", &act->outcome },
                               { "reason", &act->reason } };
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "at"))
      act->at = sm_json_reader_read_time (reader);
    else if (g_str_equal (name, "before") || g_str_equal (name, "after"))
      {
        char **value = g_str_equal (name, "before") ? &act->before : &act->after;

        g_clear_pointer (value, g_free);
        if (!sm_json_reader_read_null (reader))
          *value = sm_json_reader_read_raw (reader);
      }
    else if (!read_text (reader, name, texts, G_N_ELEMENTS (texts)))
      sm_json_reader_skip_value (reader);
  if (act->actor == NULL || act->act == NULL || act->object == NULL || act->outcome == NULL)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "an act says nothing");
  return act;
}

static void
read_acts (SmJsonReader *reader,
           SmPast       *past)
{
  g_clear_pointer (&past->acts, g_ptr_array_unref);
  if (sm_json_reader_read_null (reader))
    return;
  past->acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_past_act_free);
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      g_autoptr (SmPastAct) act = read_act (reader);

      if (past->acts->len < MAX_ACTS)
        g_ptr_array_add (past->acts, g_steal_pointer (&act));
    }
}

static void
read_late (SmJsonReader *reader,
           GArray       *late)
{
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      gint64 at = sm_json_reader_read_time (reader);

      g_array_append_val (late, at);
    }
}

static void
mark_late (SmSeries *series,
           GArray   *late)
{
  guint next = 0;

  if (series == NULL)
    return;
  series->late = g_new0 (gboolean, MAX (series->n, 1));
  for (guint i = 0; i < series->n && next < late->len; i++)
    if (series->at[i] == g_array_index (late, gint64, next))
      {
        series->late[i] = TRUE;
        next++;
      }
}

static void
read_resolution (SmJsonReader *reader,
                 SmPast       *past)
{
  if (!sm_json_reader_read_null (reader))
    past->is_sampled = g_strcmp0 (sm_json_reader_read_text (reader, NULL), "samples") == 0;
}

static void
read_telemetry (SmJsonReader *reader,
                const SmNoun *noun,
                SmPast       *past)
{
  g_clear_pointer (&past->series, sm_series_free);
  if (!sm_json_reader_read_null (reader))
    past->series = sm_series_read (reader, noun);
}

static void
read_member (SmJsonReader *reader,
             const char   *name,
             const SmNoun *noun,
             SmPast       *past,
             GArray       *late)
{
  const TextMember drill = { "drill", &past->drill };

  if (read_text (reader, name, &drill, 1))
    return;
  if (g_str_equal (name, "from"))
    past->from = sm_json_reader_read_time (reader);
  else if (g_str_equal (name, "to"))
    past->to = sm_json_reader_read_time (reader);
  else if (g_str_equal (name, "made_at"))
    past->made_at = sm_json_reader_read_time (reader);
  else if (g_str_equal (name, "is_cut"))
    past->is_cut = sm_json_reader_read_bool (reader);
  else if (g_str_equal (name, "resolution"))
    read_resolution (reader, past);
  else if (g_str_equal (name, "telemetry"))
    read_telemetry (reader, noun, past);
  else if (g_str_equal (name, "late"))
    read_late (reader, late);
  else if (g_str_equal (name, "alarms"))
    read_things (reader, SM_NOUN_ALARM, past->alarms);
  else if (g_str_equal (name, "commands"))
    read_things (reader, SM_NOUN_COMMAND, past->commands);
  else if (g_str_equal (name, "acts"))
    read_acts (reader, past);
  else
    sm_json_reader_skip_value (reader);
}

/**
 * sm_past_read_json:
 * @noun: that it is the past of
 *
 * Returns: (transfer full) (nullable): the past; NULL when it cannot be read
 */
SmPast *
sm_past_read_json (SmJsonReader  *reader,
                   const SmNoun  *noun,
                   GError       **error)
{
  g_autoptr (SmPast) past = sm_past_new (NULL, SM_UNKNOWN, SM_UNKNOWN);
  g_autoptr (GArray) late = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "record"))
      {
        g_clear_pointer (&past->record, sm_row_unref);
        past->record = sm_row_read (reader, noun, NULL);
      }
    else
      read_member (reader, name, noun, past, late);
  if (past->record == NULL || past->from == SM_UNKNOWN || past->to < past->from)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "a past of nothing");
  if (!sm_json_reader_finish (reader, error))
    return NULL;
  mark_late (past->series, late);
  return g_steal_pointer (&past);
}
