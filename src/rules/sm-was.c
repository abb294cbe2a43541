/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-was-private.h"

#include "sm-rules-private.h"
#include "sm-telemetry-file.h"

/* More than that does not wait in memory for a file that cannot be written. */
#define MAX_WAITING 100000

typedef struct
{
  gint64 alarm_id;
  gint64 at;
  guint depth; /* of the transaction that it belongs to; 0: it is over */
  GBytes *was;
} Note;

struct _SmWasBook
{
  GArray *notes;      /* of Note, that are not written yet */
  gint64 pruned_hour; /* of the network */
};

static void
note_clear (gpointer data)
{
  g_bytes_unref (((Note *) data)->was);
}

SmWasBook *
sm_was_book_new (void)
{
  SmWasBook *self = g_new0 (SmWasBook, 1);

  self->notes = g_array_new (FALSE, FALSE, sizeof (Note));
  g_array_set_clear_func (self->notes, note_clear);
  return self;
}

void
sm_was_book_free (SmWasBook *self)
{
  g_array_unref (self->notes);
  g_free (self);
}

/* --- noting --- */

static GVariant *
value_of (const SmRow *row,
          guint        field)
{
  SmKind kind = sm_row_get_noun (row)->fields[field].kind;

  if (sm_row_is_null (row, field))
    return NULL;
  if (sm_kind_is_text (kind))
    return g_variant_new_string (sm_row_get_text (row, field));
  if (kind == SM_KIND_REAL)
    return g_variant_new_double (sm_row_get_real (row, field));
  return g_variant_new_int64 (sm_row_get_int (row, field));
}

/* Returns: (nullable): by their names, for fields come and go with versions */
static GBytes *
replaced_values (const SmRow *before,
                 const SmRow *after)
{
  const SmNoun *noun = sm_row_get_noun (before);
  g_autoptr (GVariant) values = NULL;
  GVariantBuilder builder;
  guint n = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(smv)"));
  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_RECORD && !sm_row_equal_field (before, after, i))
      {
        g_variant_builder_add (&builder, "(s@mv)", noun->fields[i].name,
                               g_variant_new_maybe (G_VARIANT_TYPE_VARIANT,
                                                    sm_row_is_null (before, i)
                                                        ? NULL
                                                        : g_variant_new_variant (
                                                            value_of (before, i))));
        n++;
      }
  values = g_variant_ref_sink (g_variant_builder_end (&builder));
  return n > 0 ? g_variant_get_data_as_bytes (values) : NULL;
}

/** sm_was_note: In the transaction that writes @after. */
void
sm_was_note (SmRules      *rules,
             const SmRow  *before,
             const SmRow  *after)
{
  GBytes *was = rules->was != NULL ? replaced_values (before, after) : NULL;
  Note note;

  if (was == NULL)
    return;
  if (rules->was->notes->len >= MAX_WAITING)
    g_array_remove_range (rules->was->notes, 0, MAX_WAITING / 2);
  note = (Note){ sm_row_get_id (after), sm_rules_now (rules), rules->depth, was };
  g_array_append_val (rules->was->notes, note);
}

static gboolean
write_notes (SmRules     *rules,
             GArray      *notes,
             GError     **error)
{
  SmConnection *file = sm_telemetry_book_get_file (rules->telemetry);

  if (!sm_connection_begin (file, error))
    return FALSE;
  for (guint i = 0; i < notes->len; i++)
    {
      const Note *note = &g_array_index (notes, Note, i);

      if (!sm_telemetry_file_add_was (file, rules->epoch, note->alarm_id, note->at, note->was,
                                      error))
        {
          sm_connection_rollback (file);
          return FALSE;
        }
    }
  return sm_connection_commit (file, error);
}

/* What cannot be written waits for the next tick: a full disk has room again one day. */
static gboolean
flush (SmRules  *rules,
       GError  **error)
{
  SmWasBook *self = rules->was;

  if (self->notes->len == 0 || rules->depth > 0)
    return TRUE;
  if (!write_notes (rules, self->notes, error))
    return FALSE;
  g_array_set_size (self->notes, 0);
  return TRUE;
}

/** sm_was_commit: Behind the end of a transaction, whose depth is that of @rules by now. */
void
sm_was_commit (SmRules *rules)
{
  g_autoptr (GError) error = NULL;

  if (rules->was == NULL)
    return;
  for (guint i = 0; i < rules->was->notes->len; i++)
    {
      Note *note = &g_array_index (rules->was->notes, Note, i);

      note->depth = MIN (note->depth, rules->depth);
    }
  if (!flush (rules, &error))
    g_info ("What alarms were waits to be written: %s", error->message);
}

/** sm_was_rollback: Likewise, when what it wrote was undone. */
void
sm_was_rollback (SmRules *rules)
{
  if (rules->was == NULL)
    return;
  for (guint i = rules->was->notes->len; i > 0; i--)
    if (g_array_index (rules->was->notes, Note, i - 1).depth > rules->depth)
      g_array_remove_index (rules->was->notes, i - 1);
}

/** sm_was_tick: Every second of machine time. */
gboolean
sm_was_tick (SmRules  *rules,
             GError  **error)
{
  gint64 now = sm_rules_now (rules);

  if (rules->was == NULL)
    return TRUE;
  if (!flush (rules, error))
    return FALSE;
  if (now / SM_HOUR == rules->was->pruned_hour)
    return TRUE;
  rules->was->pruned_hour = now / SM_HOUR;
  return sm_telemetry_file_prune_was (sm_telemetry_book_get_file (rules->telemetry),
                                      now - SM_TELEMETRY_KEEP_QUARTERS, error);
}

/* --- reading --- */

static void
was_clear (gpointer data)
{
  g_variant_unref (((SmWas *) data)->values);
}

static void
take_was (gint64        at,
          gconstpointer data,
          gsize         length,
          gpointer      user_data)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  SmWas was = { at, g_variant_ref_sink (
                        g_variant_new_from_bytes (G_VARIANT_TYPE ("a(smv)"), bytes, FALSE)) };

  g_array_append_val ((GArray *) user_data, was);
}

/** sm_was_read: Returns: (transfer full) (nullable): of SmWas, oldest first */
GArray *
sm_was_read (SmRules       *rules,
             SmConnection  *file,
             gint64         alarm_id,
             GError       **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (SmWas));

  g_array_set_clear_func (found, was_clear);
  if (!sm_telemetry_file_each_was (file, rules->epoch, alarm_id, take_was, found, error))
    return NULL;
  return g_steal_pointer (&found);
}

static void
set_value (SmRow    *row,
           guint     field,
           GVariant *value)
{
  SmKind kind = sm_row_get_noun (row)->fields[field].kind;

  if (value == NULL)
    sm_row_set_null (row, field);
  else if (sm_kind_is_text (kind) && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    sm_row_set_text (row, field, g_variant_get_string (value, NULL));
  else if (kind == SM_KIND_REAL && g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    sm_row_set_real (row, field, g_variant_get_double (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    sm_row_set_int (row, field, g_variant_get_int64 (value));
}

/** sm_was_apply: Makes of what an alarm was after the change what it was before. */
void
sm_was_apply (const SmWas *was,
              SmRow       *row)
{
  const SmNoun *noun = sm_row_get_noun (row);
  GVariantIter iter;
  const char *name;
  GVariant *maybe;

  g_variant_iter_init (&iter, was->values);
  while (g_variant_iter_loop (&iter, "(&s@mv)", &name, &maybe))
    {
      g_autoptr (GVariant) boxed = g_variant_get_maybe (maybe);
      g_autoptr (GVariant) value = boxed != NULL ? g_variant_get_variant (boxed) : NULL;
      int field = sm_noun_find_field (noun, name, strlen (name));

      if (field >= SM_ROW_N_COMMON)
        set_value (row, (guint) field, value);
    }
}
