/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-changes-codec.h"

#include "sm-row-codec.h"
#include "sm-time.h"

/* A page never holds more: see limit in the contract. */
#define MAX_CHANGES 100000

/** sm_change_new: @row: (transfer none) (nullable): NULL: it is gone */
SmChange *
sm_change_new (const SmNoun *noun,
               gint64        id,
               gint64        seq,
               SmRow        *row)
{
  SmChange *self = g_new (SmChange, 1);

  *self = (SmChange){ noun, id, seq, row == NULL, row != NULL ? sm_row_ref (row) : NULL };
  return self;
}

void
sm_change_free (SmChange *self)
{
  g_clear_pointer (&self->row, sm_row_unref);
  g_free (self);
}

/* The data of an entry whose kind came after it: read again from its text. */
static SmRow *
read_kept_data (SmJsonReader *reader,
                const SmNoun *noun,
                const char   *data)
{
  g_autoptr (SmJsonReader) again = sm_json_reader_new_for_data (data, strlen (data));
  g_autoptr (GError) error = NULL;
  SmRow *row = sm_row_read (again, noun, &error);

  if (row == NULL)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "bad-change", "%s", error->message);
  return row;
}

typedef struct
{
  SmChange change;
  gboolean has_kind;
  char *kept_data; /* came before the kind */
} Entry;

static void
read_data (SmJsonReader *reader,
           Entry        *entry)
{
  g_clear_pointer (&entry->kept_data, g_free);
  g_clear_pointer (&entry->change.row, sm_row_unref);
  if (sm_json_reader_read_null (reader))
    return;
  if (!entry->has_kind)
    entry->kept_data = sm_json_reader_read_raw (reader);
  else if (entry->change.noun != NULL)
    entry->change.row = sm_row_read (reader, entry->change.noun, NULL);
}

static void
read_kind (SmJsonReader *reader,
           Entry        *entry)
{
  const SmNoun *noun = sm_noun_by_name (sm_json_reader_read_text (reader, NULL));

  /* The row that was read already belongs to the kind that was told then. */
  if (entry->has_kind && noun != entry->change.noun)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "bad-change", "it has two kinds");
  entry->change.noun = noun;
  entry->has_kind = TRUE;
}

static void
read_id (SmJsonReader *reader,
         Entry        *entry)
{
  entry->change.id = sm_json_reader_read_int (reader, 1, SM_JSON_MAX_ID - 1);
}

static void
read_seq (SmJsonReader *reader,
          Entry        *entry)
{
  entry->change.seq = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID - 1);
}

static void
read_deleted (SmJsonReader *reader,
              Entry        *entry)
{
  entry->change.deleted = sm_json_reader_read_bool (reader);
}

/* In the order in which our own writer has them. */
static const struct
{
  const char *name;
  gsize length;
  void (*read) (SmJsonReader *reader, Entry *entry);
} members[] = {
  { "kind", 4, read_kind },
  { "id", 2, read_id },
  { "seq", 3, read_seq },
  { "deleted", 7, read_deleted },
  { "data", 4, read_data },
};

static void
read_members (SmJsonReader *reader,
              Entry        *entry)
{
  const char *name;
  guint i = 0;

  for (;;)
    {
      if (i == G_N_ELEMENTS (members)
          || !sm_json_reader_try_member (reader, members[i].name, members[i].length))
        {
          if (!sm_json_reader_next_member (reader, &name))
            return;
          for (i = 0; i < G_N_ELEMENTS (members) && !g_str_equal (name, members[i].name); i++)
            ;
          if (i == G_N_ELEMENTS (members))
            continue;
        }
      members[i++].read (reader, entry);
    }
}

/* An entry of a known kind says which thing it is about, and shows it unless
 * it is gone. */
static void
check_entry (SmJsonReader *reader,
             Entry        *entry)
{
  const SmChange *change = &entry->change;

  if (change->id < 1 || change->seq < 0)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "bad-change", "it has no id or no seq");
  else if (!change->deleted
           && (change->row == NULL || sm_row_get_id (change->row) != change->id))
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "bad-change", "its data is not its own");
}

/* Returns: (nullable): NULL for an unknown kind, or after failing */
static SmChange *
read_change (SmJsonReader *reader)
{
  Entry entry = { .change = { .seq = -1 } };
  SmChange *result = NULL;

  sm_json_reader_begin_object (reader);
  read_members (reader, &entry);
  if (entry.change.noun != NULL && !sm_json_reader_has_failed (reader))
    {
      if (entry.kept_data != NULL)
        entry.change.row = read_kept_data (reader, entry.change.noun, entry.kept_data);
      if (entry.change.deleted)
        g_clear_pointer (&entry.change.row, sm_row_unref);
      check_entry (reader, &entry);
      if (!sm_json_reader_has_failed (reader))
        {
          result = g_new (SmChange, 1);
          *result = entry.change;
          entry.change.row = NULL;
        }
    }
  g_clear_pointer (&entry.change.row, sm_row_unref);
  g_free (entry.kept_data);
  return result;
}

static void
read_changes (SmJsonReader *reader,
              GPtrArray    *changes)
{
  g_ptr_array_set_size (changes, 0); /* of a member that comes twice the last wins */
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      SmChange *change = read_change (reader);

      if (change != NULL)
        g_ptr_array_add (changes, change);
      if (changes->len > MAX_CHANGES)
        sm_json_reader_fail (reader, SM_ERROR_TOO_LARGE, "json-too-large", "too many changes");
    }
}

/**
 * sm_changes_read:
 * @out_cursor: (out) (transfer full): where the next page begins
 * @out_more: (out): whether it would not be empty
 *
 * Reads one page of the feed, the whole document.  Entries of kinds that this
 * version does not know are skipped.
 *
 * Returns: (transfer full): of SmChange, NULL on an error
 */
GPtrArray *
sm_changes_read (SmJsonReader  *reader,
                 char         **out_cursor,
                 gboolean      *out_more,
                 GError       **error)
{
  g_autoptr (GPtrArray) changes
    = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_change_free);
  g_autofree char *cursor = NULL;
  gboolean more = FALSE, has_changes = FALSE;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "changes"))
      {
        read_changes (reader, changes);
        has_changes = TRUE;
      }
    else if (g_str_equal (name, "cursor"))
      {
        g_free (cursor);
        cursor = g_strdup (sm_json_reader_read_text (reader, NULL));
      }
    else if (g_str_equal (name, "more"))
      more = sm_json_reader_read_bool (reader);
  if (cursor == NULL || !has_changes)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "no cursor or no changes");
  if (!sm_json_reader_finish (reader, error))
    return NULL;
  *out_cursor = g_steal_pointer (&cursor);
  *out_more = more;
  return g_steal_pointer (&changes);
}

/** sm_changes_write_begin: Begins a page; sm_changes_write_one() for each entry follows. */
void
sm_changes_write_begin (SmJsonWriter *writer)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "changes");
  sm_json_writer_begin_array (writer);
}

/** sm_changes_write_one: @row: (nullable): NULL: it is gone */
void
sm_changes_write_one (SmJsonWriter *writer,
                      const SmNoun *noun,
                      gint64        id,
                      gint64        seq,
                      const SmRow  *row)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "kind");
  sm_json_writer_text (writer, noun->name);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, id);
  sm_json_writer_name (writer, "seq");
  sm_json_writer_int (writer, seq);
  sm_json_writer_name (writer, "deleted");
  sm_json_writer_bool (writer, row == NULL);
  sm_json_writer_name (writer, "data");
  if (row != NULL)
    sm_row_write (writer, row, SM_ROW_RECORD);
  else
    sm_json_writer_null (writer);
  sm_json_writer_end_object (writer);
}

/** sm_changes_write_end: Ends the page: where the next begins, and whether there is one now. */
void
sm_changes_write_end (SmJsonWriter *writer,
                      const char   *cursor,
                      gboolean      more)
{
  sm_json_writer_end_array (writer);
  sm_json_writer_name (writer, "cursor");
  sm_json_writer_text (writer, cursor);
  sm_json_writer_name (writer, "more");
  sm_json_writer_bool (writer, more);
  sm_json_writer_end_object (writer);
}

/** sm_changes_write: Writes a page of the feed, @changes: of SmChange */
void
sm_changes_write (SmJsonWriter *writer,
                  GPtrArray    *changes,
                  const char   *cursor,
                  gboolean      more)
{
  sm_changes_write_begin (writer);
  for (guint i = 0; i < changes->len; i++)
    {
      const SmChange *change = g_ptr_array_index (changes, i);

      sm_changes_write_one (writer, change->noun, change->id, change->seq, change->row);
    }
  sm_changes_write_end (writer, cursor, more);
}
