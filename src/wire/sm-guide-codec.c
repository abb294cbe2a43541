/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guide-codec.h"

#include "sm-guide-edit.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/*
 * What is to be done about faults.  Of the catalogue's own lines the ids travel,
 * which the application words, and our English for everybody else; what a person
 * wrote travels as it is.
 */

#define MAX_GUIDES 10000
#define MAX_LINES 200

static void
write_text (SmJsonWriter *writer,
            const char   *name,
            const char   *text)
{
  sm_json_writer_name (writer, name);
  if (text != NULL)
    sm_json_writer_text (writer, text);
  else
    sm_json_writer_null (writer);
}

static void
write_words (SmJsonWriter *writer,
             const char   *id,
             const char   *text,
             const char   *text_zh)
{
  write_text (writer, "id", id);
  write_text (writer, "text", text);
  write_text (writer, "text_zh", text_zh);
  write_text (writer, "english", sm_guide_english (id, NULL));
}

static void
write_lines (SmJsonWriter    *writer,
             const char      *name,
             const GPtrArray *lines,
             gboolean         have_weight)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < lines->len; i++)
    {
      const SmGuideLine *line = lines->pdata[i];

      sm_json_writer_begin_object (writer);
      write_words (writer, line->id, line->text, line->text_zh);
      if (have_weight)
        {
          sm_json_writer_name (writer, "weight");
          sm_json_writer_real (writer, line->weight);
        }
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

static void
write_forbids (SmJsonWriter       *writer,
               const SmFaultGuide *guide)
{
  sm_json_writer_name (writer, "forbids");
  sm_json_writer_begin_array (writer);
  for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
    if (guide->forbids & (1u << kind))
      sm_json_writer_text (writer, sm_command_kinds[kind]);
  sm_json_writer_end_array (writer);
}

static void
write_command (SmJsonWriter       *writer,
               const SmFaultGuide *guide)
{
  write_text (writer, "command",
              guide->command < SM_N_COMMAND_KINDS ? sm_command_kinds[guide->command] : NULL);
  write_forbids (writer, guide);
}

static void
write_code (SmJsonWriter       *writer,
            const SmFaultGuide *guide)
{
  const SmFaultCode *code = sm_fault_code_find (guide->code);

  write_text (writer, "code", guide->code);
  sm_json_writer_name (writer, "safety");
  sm_json_writer_bool (writer, guide->is_safety);
  /* Of a service that is newer than this program. */
  if (code == NULL)
    return;
  write_text (writer, "english", code->word);
  sm_json_writer_name (writer, "level");
  sm_json_writer_int (writer, guide->level);
  write_text (writer, "noun", sm_noun_get (code->noun)->name);
  write_text (writer, "equipment_kind", code->equipment_kind != SM_ENUM_UNKNOWN
                                            ? sm_equipment_kinds[code->equipment_kind] : NULL);
}

/** sm_guide_write: As the service says it; what another one said, as far as it was read. */
void
sm_guide_write (SmJsonWriter       *writer,
                const SmFaultGuide *guide)
{
  sm_json_writer_begin_object (writer);
  write_code (writer, guide);
  sm_json_writer_name (writer, "consequence");
  sm_json_writer_begin_object (writer);
  write_words (writer, guide->consequence, guide->consequence_text, guide->consequence_zh);
  sm_json_writer_end_object (writer);
  write_lines (writer, "causes", guide->causes, TRUE);
  write_lines (writer, "steps", guide->steps, FALSE);
  sm_json_writer_name (writer, "respond_s");
  sm_json_writer_int (writer, guide->respond_s);
  write_command (writer, guide);
  sm_json_writer_name (writer, "rev");
  sm_json_writer_int (writer, guide->rev);
  sm_json_writer_name (writer, "edited_at");
  if (guide->edited_at != 0)
    sm_json_writer_time (writer, guide->edited_at);
  else
    sm_json_writer_null (writer);
  write_text (writer, "edited_by", guide->edited_by);
  sm_json_writer_end_object (writer);
}

static void
write_own_lines (SmJsonWriter    *writer,
                 const char      *name,
                 const GPtrArray *lines,
                 gboolean         have_weight)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < lines->len; i++)
    {
      const SmGuideLine *line = lines->pdata[i];

      sm_json_writer_begin_object (writer);
      write_text (writer, "id", line->id);
      write_text (writer, "text", line->text);
      write_text (writer, "text_zh", line->text_zh);
      if (have_weight)
        {
          sm_json_writer_name (writer, "weight");
          sm_json_writer_real (writer, line->weight);
        }
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

/** sm_guide_write_edit: @parts: bits of SmGuidePart: what is to be as in @guide, as a merge patch */
void
sm_guide_write_edit (SmJsonWriter       *writer,
                     const SmFaultGuide *guide,
                     guint               parts)
{
  sm_json_writer_begin_object (writer);
  if (parts & SM_GUIDE_CONSEQUENCE)
    write_text (writer, "consequence", guide->consequence_text);
  if (parts & SM_GUIDE_CONSEQUENCE_ZH)
    write_text (writer, "consequence_zh", guide->consequence_zh);
  if (parts & SM_GUIDE_CAUSES)
    write_own_lines (writer, "causes", guide->causes, TRUE);
  if (parts & SM_GUIDE_STEPS)
    write_own_lines (writer, "steps", guide->steps, FALSE);
  if (parts & SM_GUIDE_COMMAND)
    write_text (writer, "command", guide->command < SM_N_COMMAND_KINDS
                                       ? sm_command_kinds[guide->command] : "none");
  if (parts & SM_GUIDE_FORBIDS)
    write_forbids (writer, guide);
  if (parts & SM_GUIDE_RESPOND)
    {
      sm_json_writer_name (writer, "respond_s");
      sm_json_writer_int (writer, guide->respond_s);
    }
  if (parts & SM_GUIDE_LEVEL)
    {
      sm_json_writer_name (writer, "level");
      sm_json_writer_int (writer, guide->level);
    }
  sm_json_writer_end_object (writer);
}

/* --- reading --- */

typedef struct
{
  char *id, *text, *text_zh, *english;
  double weight;
} Line;

static void
line_clear (Line *self)
{
  g_free (self->id);
  g_free (self->text);
  g_free (self->text_zh);
  g_free (self->english);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static void
take_text (SmJsonReader  *reader,
           char         **text)
{
  g_free (*text);
  *text = g_strdup (sm_json_reader_read_text (reader, NULL));
}

/* Returns: 0 for never */
static gint64
read_moment (SmJsonReader *reader)
{
  gint64 moment = sm_json_reader_read_time (reader);

  return MAX (moment, 0);
}

static void
read_line (SmJsonReader *reader,
           Line         *line)
{
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "id") == 0)
      take_text (reader, &line->id);
    else if (strcmp (name, "text") == 0)
      take_text (reader, &line->text);
    else if (strcmp (name, "text_zh") == 0)
      take_text (reader, &line->text_zh);
    else if (strcmp (name, "english") == 0)
      take_text (reader, &line->english);
    else if (strcmp (name, "weight") == 0)
      line->weight = sm_json_reader_read_real (reader);
    else
      sm_json_reader_skip_value (reader);
  if (isnan (line->weight))
    line->weight = 0;
  /* A service that is newer than this program knows more than it has words for. */
  if (line->text == NULL && line->id != NULL && sm_guide_english (line->id, NULL) == NULL)
    line->text = g_steal_pointer (&line->english);
}

static void
read_lines (SmJsonReader *reader,
            GPtrArray    *lines)
{
  g_ptr_array_set_size (lines, 0);
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      g_auto (Line) line = { 0 };

      read_line (reader, &line);
      if (line.id != NULL && lines->len < MAX_LINES)
        {
          SmGuideLine *taken = sm_guide_line_new (line.id, line.text, line.weight);

          taken->text_zh = g_steal_pointer (&line.text_zh);
          g_ptr_array_add (lines, taken);
        }
    }
}

static void
read_consequence (SmJsonReader *reader,
                  SmFaultGuide *guide)
{
  g_auto (Line) line = { 0 };

  read_line (reader, &line);
  g_free (guide->consequence_text);
  guide->consequence_text = g_steal_pointer (&line.text);
  g_free (guide->consequence_zh);
  guide->consequence_zh = g_steal_pointer (&line.text_zh);
  if (line.id == NULL)
    return;
  g_free (guide->consequence);
  guide->consequence = g_steal_pointer (&line.id);
}

static void
read_forbids (SmJsonReader *reader,
              SmFaultGuide *guide)
{
  guide->forbids = 0;
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      guint kind = sm_slug_index (sm_command_kinds, sm_json_reader_read_text (reader, NULL));

      if (kind < SM_N_COMMAND_KINDS)
        guide->forbids |= 1u << kind;
    }
}

static void
read_numbers (SmJsonReader *reader,
              const char   *name,
              SmFaultGuide *guide)
{
  gint64 number;

  if (strcmp (name, "edited_at") == 0)
    guide->edited_at = read_moment (reader);
  else if (strcmp (name, "edited_by") == 0)
    take_text (reader, &guide->edited_by);
  else if (strcmp (name, "respond_s") == 0)
    {
      number = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
      guide->respond_s = number != SM_UNKNOWN ? number : guide->respond_s;
    }
  else if (strcmp (name, "level") == 0)
    {
      number = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
      guide->level = number >= 1 && number <= 4 ? (int) number : guide->level;
    }
  else if (strcmp (name, "rev") == 0)
    {
      number = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
      guide->rev = number != SM_UNKNOWN ? number : 0;
    }
  else
    sm_json_reader_skip_value (reader);
}

static SmFaultGuide *
guide_new_empty (void)
{
  SmFaultGuide *guide = g_new0 (SmFaultGuide, 1);

  guide->consequence = g_strdup ("unknown");
  guide->causes = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_line_free);
  guide->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_line_free);
  guide->command = SM_ENUM_UNKNOWN;
  return guide;
}

/* One that says nothing of its level is as we know it. */
static SmFaultGuide *
finish_guide (SmFaultGuide *guide)
{
  const SmFaultCode *known = sm_fault_code_find (guide->code);

  if (guide->level == 0 && known != NULL)
    guide->level = known->level;
  return guide;
}

/** sm_guide_read: Returns: (transfer full) (nullable): NULL for one without a code */
SmFaultGuide *
sm_guide_read (SmJsonReader *reader)
{
  g_autoptr (SmFaultGuide) guide = guide_new_empty ();
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "code") == 0)
      take_text (reader, &guide->code);
    else if (strcmp (name, "safety") == 0)
      guide->is_safety = sm_json_reader_read_bool (reader);
    else if (strcmp (name, "consequence") == 0)
      read_consequence (reader, guide);
    else if (strcmp (name, "causes") == 0)
      read_lines (reader, guide->causes);
    else if (strcmp (name, "steps") == 0)
      read_lines (reader, guide->steps);
    else if (strcmp (name, "command") == 0)
      guide->command
          = sm_slug_index (sm_command_kinds, sm_json_reader_read_text (reader, NULL));
    else if (strcmp (name, "forbids") == 0)
      read_forbids (reader, guide);
    else
      read_numbers (reader, name, guide);
  return guide->code != NULL ? finish_guide (g_steal_pointer (&guide)) : NULL;
}

/** sm_guides_read: Returns: (transfer full) (nullable): of SmFaultGuide, the answer's items */
GPtrArray *
sm_guides_read (SmJsonReader  *reader,
                GError       **error)
{
  g_autoptr (GPtrArray) guides
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_fault_guide_free);
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "items") != 0)
      sm_json_reader_skip_value (reader);
    else
      {
        sm_json_reader_begin_array (reader);
        while (sm_json_reader_next_element (reader))
          {
            SmFaultGuide *guide = sm_guide_read (reader);

            if (guide != NULL && guides->len < MAX_GUIDES)
              g_ptr_array_add (guides, guide);
            else
              g_clear_pointer (&guide, sm_fault_guide_free);
          }
      }
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&guides) : NULL;
}

/* --- the steps of an alarm --- */

/** sm_guide_steps_write: @steps: of SmGuideStep */
void
sm_guide_steps_write (SmJsonWriter    *writer,
                      const GPtrArray *steps)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < steps->len; i++)
    {
      const SmGuideStep *step = steps->pdata[i];

      sm_json_writer_begin_object (writer);
      write_words (writer, step->id, step->text, step->text_zh);
      sm_json_writer_name (writer, "done");
      sm_json_writer_bool (writer, step->is_done);
      write_text (writer, "note", step->note);
      sm_json_writer_name (writer, "at");
      if (step->at != 0)
        sm_json_writer_time (writer, step->at);
      else
        sm_json_writer_null (writer);
      write_text (writer, "person", step->person);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
}

static void
read_step (SmJsonReader *reader,
           GPtrArray    *steps)
{
  g_autoptr (SmGuideStep) step = sm_guide_step_new (NULL, NULL);
  g_autofree char *english = NULL;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "id") == 0)
      take_text (reader, &step->id);
    else if (strcmp (name, "text") == 0)
      take_text (reader, &step->text);
    else if (strcmp (name, "text_zh") == 0)
      take_text (reader, &step->text_zh);
    else if (strcmp (name, "english") == 0)
      take_text (reader, &english);
    else if (strcmp (name, "done") == 0)
      step->is_done = sm_json_reader_read_bool (reader);
    else if (strcmp (name, "note") == 0)
      take_text (reader, &step->note);
    else if (strcmp (name, "at") == 0)
      step->at = read_moment (reader);
    else if (strcmp (name, "person") == 0)
      take_text (reader, &step->person);
    else
      sm_json_reader_skip_value (reader);
  if (step->id == NULL || steps->len >= MAX_LINES)
    return;
  if (step->text == NULL && sm_guide_english (step->id, NULL) == NULL)
    step->text = g_steal_pointer (&english);
  g_ptr_array_add (steps, g_steal_pointer (&step));
}

/** sm_guide_steps_read_answer: Returns: (transfer full) (nullable): of SmGuideStep */
GPtrArray *
sm_guide_steps_read_answer (SmJsonReader  *reader,
                            GError       **error)
{
  g_autoptr (GPtrArray) steps = sm_guide_steps_new ();
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "items") != 0)
      sm_json_reader_skip_value (reader);
    else
      {
        sm_json_reader_begin_array (reader);
        while (sm_json_reader_next_element (reader))
          read_step (reader, steps);
      }
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&steps) : NULL;
}
