/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sorted.h"

#include <string.h>

/* The place of @id, or where it would be; every record begins with its id. */
static guint
find_place (GArray *records,
            gint64  id)
{
  gsize size = g_array_get_element_size (records);
  guint low = 0, high = records->len;

  /* What is new has the highest id. */
  if (high > 0 && *(gint64 *) (gpointer) (records->data + (high - 1) * size) < id)
    return high;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (*(gint64 *) (gpointer) (records->data + middle * size) < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/** sm_sorted_find: Returns: (transfer none) (nullable): the record with @id */
gpointer
sm_sorted_find (GArray *records,
                gint64  id)
{
  guint place = find_place (records, id);
  gpointer record = records->data + place * g_array_get_element_size (records);

  return place < records->len && *(gint64 *) record == id ? record : NULL;
}

/** sm_sorted_add: Returns: room for the record of @id, at its place; zeroed when it is new */
gpointer
sm_sorted_add (GArray *records,
               gint64  id)
{
  guint place = find_place (records, id);
  gsize size = g_array_get_element_size (records);
  gpointer record = records->data + place * size;

  if (place == records->len)
    g_array_set_size (records, place + 1);
  else if (*(gint64 *) record != id)
    {
      g_autofree gpointer empty = g_malloc0 (size);

      g_array_insert_vals (records, place, empty, 1);
    }
  return records->data + place * size;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Those of @ids that are not in @records, each once, in their order. */
static GArray *
find_missing (GArray       *records,
              const gint64 *ids,
              guint         n)
{
  GArray *missing = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  guint n_kept = 0;

  for (guint i = 0; i < n; i++)
    if (sm_sorted_find (records, ids[i]) == NULL)
      g_array_append_val (missing, ids[i]);
  g_array_sort (missing, compare_ids);
  for (guint i = 0; i < missing->len; i++)
    if (i == 0 || g_array_index (missing, gint64, i) != g_array_index (missing, gint64, n_kept - 1))
      g_array_index (missing, gint64, n_kept++) = g_array_index (missing, gint64, i);
  g_array_set_size (missing, n_kept);
  return missing;
}

/**
 * sm_sorted_add_all:
 * @fresh: a record, all but its id, for those that are new
 *
 * Makes sure that there is a record of each of @ids: the others are moved once,
 * however many there are.
 */
void
sm_sorted_add_all (GArray        *records,
                   const gint64  *ids,
                   guint          n,
                   gconstpointer  fresh)
{
  g_autoptr (GArray) missing = find_missing (records, ids, n);
  gsize size = g_array_get_element_size (records);
  guint from = records->len, to = records->len + missing->len;

  g_array_set_size (records, to);
  for (guint left = missing->len; left > 0;)
    {
      gint64 id = g_array_index (missing, gint64, left - 1);

      to--;
      if (from > 0 && *(gint64 *) (gpointer) (records->data + (from - 1) * size) > id)
        {
          from--;
          memcpy (records->data + to * size, records->data + from * size, size);
          continue;
        }
      memcpy (records->data + to * size, fresh, size);
      *(gint64 *) (gpointer) (records->data + to * size) = id;
      left--;
    }
}

/** sm_sorted_remove: Returns: whether it was there */
gboolean
sm_sorted_remove (GArray *records,
                  gint64  id)
{
  if (sm_sorted_find (records, id) == NULL)
    return FALSE;
  g_array_remove_index (records, find_place (records, id));
  return TRUE;
}
