/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ranks.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *text; /* NULL: none, which comes last */
  guint number;
} Entry;

struct _SmRanks
{
  GArray *entries;   /* of Entry, each text once where it has a key */
  guint *numbers;    /* of the entry, by place */
  guint n;
  GHashTable *known; /* key -> number of the entry + 1 */
  GStringChunk *texts;
};

/** sm_ranks_new: @n: of how many things a text will be given */
SmRanks *
sm_ranks_new (guint n)
{
  SmRanks *self = g_new0 (SmRanks, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->numbers = g_new (guint, MAX (n, 1));
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->texts = g_string_chunk_new (16 * 1024);
  return self;
}

void
sm_ranks_free (SmRanks *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->entries);
  g_free (self->numbers);
  g_hash_table_unref (self->known);
  g_string_chunk_free (self->texts);
  g_free (self);
}

/** sm_ranks_add_same: Gives the next thing the text of @key, if that was given before. */
gboolean
sm_ranks_add_same (SmRanks *self,
                   gint64   key)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->known, &key));

  if (number == 0)
    return FALSE;
  self->numbers[self->n++] = number - 1;
  return TRUE;
}

/** sm_ranks_take: Gives the next thing @text (transfer full, nullable); @key of texts to be shared, or 0 */
void
sm_ranks_take (SmRanks *self,
               gint64   key,
               char    *text)
{
  Entry entry = { NULL, self->entries->len };

  if (text != NULL && *text != '\0')
    entry.text = g_string_chunk_insert (self->texts, text);
  g_free (text);
  g_array_append_val (self->entries, entry);
  if (key != 0)
    g_hash_table_insert (self->known, g_memdup2 (&key, sizeof key),
                         GUINT_TO_POINTER (entry.number + 1));
  self->numbers[self->n++] = entry.number;
}

/** sm_ranks_borrow: Gives the next thing @text, which lasts as long as this. */
void
sm_ranks_borrow (SmRanks    *self,
                 const char *text)
{
  Entry entry = { *text != '\0' ? text : NULL, self->entries->len };

  g_array_append_val (self->entries, entry);
  self->numbers[self->n++] = entry.number;
}

/* Plates and serial numbers, of which there are many, by their characters;
 * that is also their order for people. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->text == NULL || y->text == NULL)
    return (x->text == NULL) - (y->text == NULL);
  return strcmp (x->text, y->text);
}

/** sm_ranks_finish: Returns: (transfer full): the rank of each thing, equal for equal texts */
guint32 *
sm_ranks_finish (SmRanks *self)
{
  guint32 *ranks = g_new (guint32, MAX (self->n, 1));
  g_autofree guint32 *by_entry = g_new (guint32, MAX (self->entries->len, 1));
  Entry *entries = (Entry *) (gpointer) self->entries->data;
  guint32 rank = 0;

  if (self->entries->len > 1)
    qsort (entries, self->entries->len, sizeof *entries, compare);
  for (guint i = 0; i < self->entries->len; i++)
    {
      if (i > 0 && compare (&entries[i - 1], &entries[i]) != 0)
        rank++;
      by_entry[entries[i].number] = entries[i].text == NULL ? G_MAXUINT32 : rank;
    }
  for (guint i = 0; i < self->n; i++)
    ranks[i] = by_entry[self->numbers[i]];
  return ranks;
}
