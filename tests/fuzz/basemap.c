/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-basemap.h"

/* Two parsers of one file: its header, and what the checksum has vouched for. */
static GBytes *
make_file (const guint8 *data,
           size_t        size)
{
  GByteArray *file;
  guint32 header[3] = { GUINT32_TO_LE (1), 0, 0 };
  guint32 a = 1, b = 0;

  if (fuzz_take_choice (&data, &size, 2) == 1)
    return g_bytes_new (data, size);
  for (gsize i = 0; i < size; i++)
    {
      a = (a + data[i]) % 65521;
      b = (b + a) % 65521;
    }
  header[1] = GUINT32_TO_LE ((guint32) size);
  header[2] = GUINT32_TO_LE (b << 16 | a);
  file = g_byte_array_new ();
  g_byte_array_append (file, (const guint8 *) "SMBASE\r\n", 8);
  g_byte_array_append (file, (const guint8 *) header, sizeof header);
  g_byte_array_append (file, data, (guint) size);
  return g_byte_array_free_to_bytes (file);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) file = make_file (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmBasemap) basemap = sm_basemap_read (file, &error);
  const SmBasemapPlace *places;
  guint n;

  g_assert_true ((basemap == NULL) == (error != NULL));
  if (basemap == NULL)
    return 0;
  places = sm_basemap_get_places (basemap, &n);
  for (guint i = 0; i < n; i++)
    g_assert_true (g_utf8_validate (places[i].name, -1, NULL));
  for (guint zoom = 0; zoom < 20; zoom++)
    g_assert_nonnull (sm_basemap_get_level (basemap, sm_basemap_find_level (basemap, zoom)));
  return 0;
}
