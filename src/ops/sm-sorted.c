/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sorted.h"

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
