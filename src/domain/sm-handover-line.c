/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-handover-line.h"

/* In the order in which they are read. */
const char *const sm_handover_sections[] = { "critical", "major", "shelved", "suppressed",
                                             "out_of_service", "call", "window", "silent", "failed", "covered",
                                             "more", NULL };

enum
{
  PART_SECTION,
  PART_NOUN,
  PART_ID,
  PART_LEVEL,
  PART_CODE,
  PART_LABEL,
  PART_AT,
  PART_PERSON,
  PART_TEXT,
  N_PARTS
};

void
sm_handover_line_free (SmHandoverLine *self)
{
  g_free (self->section);
  g_free (self->noun);
  g_free (self->code);
  g_free (self->label);
  g_free (self->person);
  g_free (self->text);
  g_free (self);
}

/* What would end a part or a line is a blank. */
static void
append_part (GString    *text,
             const char *part)
{
  g_string_append_c (text, '\t');
  for (; part != NULL && *part != '\0'; part++)
    g_string_append_c (text, (guchar) *part < 0x20 ? ' ' : *part);
}

static void
append_number (GString *text,
               gint64   number)
{
  g_string_append_printf (text, "\t%" G_GINT64_FORMAT, number);
}

/** sm_handover_line_write: Appends one line to the document. */
void
sm_handover_line_write (GString              *text,
                        const SmHandoverLine *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line->section);
  append_part (text, line->noun);
  append_number (text, line->id);
  append_number (text, line->level);
  append_part (text, line->code);
  append_part (text, line->label);
  append_number (text, line->at);
  append_part (text, line->person);
  append_part (text, line->text);
}

static char *
dup_part (char  **parts,
          guint   part)
{
  return g_strdup (*parts[part] != '\0' ? parts[part] : NULL);
}

static SmHandoverLine *
read_line (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\t", N_PARTS + 1);
  SmHandoverLine *line;

  if (g_strv_length (parts) < N_PARTS || *parts[PART_SECTION] == '\0')
    return NULL;
  line = g_new0 (SmHandoverLine, 1);
  line->id = g_ascii_strtoll (parts[PART_ID], NULL, 10);
  line->level = g_ascii_strtoll (parts[PART_LEVEL], NULL, 10);
  line->at = g_ascii_strtoll (parts[PART_AT], NULL, 10);
  line->noun = dup_part (parts, PART_NOUN);
  line->code = dup_part (parts, PART_CODE);
  line->label = dup_part (parts, PART_LABEL);
  line->person = dup_part (parts, PART_PERSON);
  line->text = dup_part (parts, PART_TEXT);
  line->section = g_strdup (parts[PART_SECTION]);
  return line;
}

/** sm_handover_lines_read: Returns: (transfer full): of SmHandoverLine; what is none is left out */
GPtrArray *
sm_handover_lines_read (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_handover_line_free);
  g_auto (GStrv) texts = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      SmHandoverLine *line = read_line (texts[i]);

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }
  return lines;
}
