/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-row-codec.h"

#include "sm-json-guard.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

#define MAX_NAME_LANGUAGES 16

/* Names travel as the object they are.  One that somebody stored as a bare
 * text is given as the English one rather than dropped, and a broken one must
 * not break the document around it. */
static void
write_name (SmJsonWriter *writer,
            const char   *text)
{
  if (*text == '{' && sm_json_guard_check (text, strlen (text), NULL))
    {
      sm_json_writer_raw (writer, text, -1);
      return;
    }
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "en");
  sm_json_writer_text (writer, text);
  sm_json_writer_end_object (writer);
}

/** sm_row_write_field: Writes one value of @row, without its name. */
void
sm_row_write_field (SmJsonWriter *writer,
                    const SmRow  *row,
                    guint         field)
{
  const SmNoun *noun = sm_row_get_noun (row);

  if (sm_row_is_null (row, field))
    {
      sm_json_writer_null (writer);
      return;
    }
  switch (noun->fields[field].kind)
    {
    case SM_KIND_INT:
      sm_json_writer_int (writer, sm_row_get_int (row, field));
      break;
    case SM_KIND_BOOL:
      sm_json_writer_bool (writer, sm_row_get_int (row, field) != 0);
      break;
    case SM_KIND_REAL:
      sm_json_writer_real (writer, sm_row_get_real (row, field));
      break;
    case SM_KIND_TIME:
      sm_json_writer_time (writer, sm_row_get_int (row, field));
      break;
    case SM_KIND_TEXT:
    case SM_KIND_ENUM:
      sm_json_writer_text (writer, sm_row_get_text (row, field));
      break;
    case SM_KIND_NAME:
      write_name (writer, sm_row_get_text (row, field));
      break;
    }
}

/**
 * sm_row_write:
 * @classes: which fields: %SM_ROW_RECORD, %SM_ROW_LIVE or both; the id is
 *   always written
 *
 * Writes @row as an object; unknown values as null.
 */
void
sm_row_write (SmJsonWriter *writer,
              const SmRow  *row,
              guint         classes)
{
  const SmNoun *noun = sm_row_get_noun (row);

  sm_json_writer_begin_object (writer);
  for (guint i = 0; i < noun->n_fields; i++)
    if (i == SM_ROW_ID || (classes & (1u << noun->fields[i].klass)) != 0)
      {
        sm_json_writer_name (writer, noun->fields[i].name);
        sm_row_write_field (writer, row, i);
      }
  sm_json_writer_end_object (writer);
}

/* Control characters have no place in a name; see sm_name_new(). */
static void
strip_controls (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    if ((guchar) *from >= 0x20)
      *to++ = *from;
  *to = '\0';
}

/* Reads {"en": ..., "zh-CN": ...} into its canonical text. */
static char *
read_name (SmJsonReader *reader)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  const char *language;
  guint n = 0;

  sm_json_writer_begin_object (writer);
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &language))
    {
      g_autofree char *name = g_strdup (sm_json_reader_read_text (reader, NULL));

      if (name == NULL)
        continue;
      if (++n > MAX_NAME_LANGUAGES)
        sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "too-long",
                             "a name in more than %d languages", MAX_NAME_LANGUAGES);
      strip_controls (name);
      sm_json_writer_name (writer, language);
      sm_json_writer_text (writer, name);
    }
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/* Ids and sequence numbers stay exact in every JSON implementation. */
static void
read_int (SmJsonReader *reader,
          SmRow        *row,
          guint         field)
{
  const char *name = sm_row_get_noun (row)->fields[field].name;
  gint64 value = sm_json_reader_read_int (reader, -G_MAXINT64, G_MAXINT64);

  if ((value < (field == SM_ROW_ID ? 1 : 0) || value >= SM_JSON_MAX_ID)
      && (field == SM_ROW_ID || field == SM_ROW_SEQ || g_str_has_suffix (name, "_id")))
    sm_json_reader_fail (reader, SM_ERROR_INVALID, "out-of-range", "this is no id");
  sm_row_set_int (row, field, value);
}

/** sm_row_read_field: Reads one value of @row; null makes it unknown. */
void
sm_row_read_field (SmJsonReader *reader,
                   SmRow        *row,
                   guint         field)
{
  if (sm_json_reader_read_null (reader))
    {
      sm_row_set_null (row, field);
      return;
    }
  switch (sm_row_get_noun (row)->fields[field].kind)
    {
    case SM_KIND_INT:
      read_int (reader, row, field);
      break;
    case SM_KIND_BOOL:
      sm_row_set_int (row, field, sm_json_reader_read_bool (reader));
      break;
    case SM_KIND_REAL:
      sm_row_set_real (row, field, sm_json_reader_read_real (reader));
      break;
    case SM_KIND_TIME:
      sm_row_set_int (row, field, sm_json_reader_read_time (reader));
      break;
    case SM_KIND_TEXT:
    case SM_KIND_ENUM:
      sm_row_set_text (row, field, sm_json_reader_read_text (reader, NULL));
      break;
    case SM_KIND_NAME:
      sm_row_take_text (row, field, read_name (reader));
      break;
    }
}

/* How long the fields' names are. */
static const guint8 *
name_lengths (const SmNoun *noun)
{
  static gsize is_ready = 0;
  static guint8 lengths[SM_N_NOUNS][128];

  if (g_once_init_enter (&is_ready))
    {
      for (guint n = 0; n < SM_N_NOUNS; n++)
        for (guint i = 0; i < sm_noun_get (n)->n_fields; i++)
          lengths[n][i] = (guint8) strlen (sm_noun_get (n)->fields[i].name);
      g_once_init_leave (&is_ready, 1);
    }
  return lengths[noun->id];
}

/* The field called @name. Rows come in the order of their table, so the place
 * after the last one found is the first one tried. */
static int
find_field (const SmNoun *noun,
            const char   *name,
            guint        *inout_next)
{
  guint i = *inout_next;
  int found;

  if (i < noun->n_fields && strcmp (noun->fields[i].name, name) == 0)
    found = (int) i;
  else
    found = sm_noun_find_field (noun, name, strlen (name));
  if (found >= 0)
    *inout_next = (guint) found + 1;
  return found;
}

/* Goes to the next member. Rows of our own writer have their records' fields in
 * the order of the table.  Returns: FALSE at the end; @out_field: -1 for a member
 * that this version does not know */
static gboolean
next_field (SmJsonReader *reader,
            const SmNoun *noun,
            const guint8 *lengths,
            guint        *inout_next,
            int          *out_field)
{
  guint next = *inout_next;
  const char *name;

  while (next < noun->n_fields && noun->fields[next].klass == SM_LIVE)
    next++;
  if (next < noun->n_fields
      && sm_json_reader_try_member (reader, noun->fields[next].name, lengths[next]))
    {
      *inout_next = next + 1;
      *out_field = (int) next;
      return TRUE;
    }
  if (!sm_json_reader_next_member (reader, &name))
    return FALSE;
  *out_field = find_field (noun, name, inout_next);
  return TRUE;
}

/**
 * sm_row_read:
 *
 * Reads an object into a row: members that this version does not know are
 * skipped, missing ones are unknown, enumeration values keep their text.
 *
 * Returns: (transfer full): the row, NULL when the reader has failed, or the
 *   object has no id
 */
SmRow *
sm_row_read (SmJsonReader  *reader,
             const SmNoun  *noun,
             GError       **error)
{
  g_autoptr (SmRow) row = sm_row_new (noun);
  const guint8 *lengths = name_lengths (noun);
  guint next = 0;
  int field;

  sm_json_reader_begin_object (reader);
  while (next_field (reader, noun, lengths, &next, &field))
    if (field >= 0)
      sm_row_read_field (reader, row, (guint) field);
  if (sm_row_is_null (row, SM_ROW_ID))
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "a %s has no id",
                         noun->name);
  if (!sm_json_reader_has_failed (reader))
    return g_steal_pointer (&row);
  g_propagate_error (error, g_error_copy (sm_json_reader_get_error (reader)));
  return NULL;
}
