/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ranks.h"

#include "sm-radix.h"

#include <string.h>

struct _SmRanks
{
  GPtrArray *entries; /* of texts, each once where it has a key; NULL: none, which comes last */
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

  self->entries = g_ptr_array_new ();
  self->numbers = g_new (guint, MAX (n, 1));
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->texts = g_string_chunk_new (16 * 1024);
  return self;
}

void
sm_ranks_free (SmRanks *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->entries);
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
  g_ptr_array_add (self->entries, text != NULL && *text != '\0'
                                      ? g_string_chunk_insert (self->texts, text) : NULL);
  g_free (text);
  if (key != 0)
    g_hash_table_insert (self->known, g_memdup2 (&key, sizeof key),
                         GUINT_TO_POINTER (self->entries->len));
  self->numbers[self->n++] = self->entries->len - 1;
}

/** sm_ranks_borrow: Gives the next thing @text, which lasts as long as this. */
void
sm_ranks_borrow (SmRanks    *self,
                 const char *text)
{
  g_ptr_array_add (self->entries, *text != '\0' ? (gpointer) text : NULL);
  self->numbers[self->n++] = self->entries->len - 1;
}

/** sm_ranks_finish: Returns: (transfer full): the rank of each thing, equal for equal texts */
guint32 *
sm_ranks_finish (SmRanks *self)
{
  const char *const *texts = (const char *const *) self->entries->pdata;
  guint n = self->entries->len;
  guint32 *ranks = g_new (guint32, MAX (self->n, 1));
  g_autofree guint32 *by_entry = g_new (guint32, MAX (n, 1));
  g_autofree guint32 *order = g_new (guint32, MAX (n, 1));
  guint32 rank = 0;

  /* By their characters; that is also their order for people. */
  sm_radix_sort_texts (texts, n, order);
  for (guint i = 0; i < n; i++)
    {
      const char *text = texts[order[i]];

      if (i > 0 && text != NULL && strcmp (texts[order[i - 1]], text) != 0)
        rank++;
      by_entry[order[i]] = text == NULL ? G_MAXUINT32 : rank;
    }
  for (guint i = 0; i < self->n; i++)
    ranks[i] = by_entry[self->numbers[i]];
  return ranks;
}
