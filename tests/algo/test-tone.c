/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-tone.h"

#include <string.h>

#define HEAD 44

static gint16
sample_at (const guint8 *wave,
           gsize         at)
{
  return (gint16) (wave[at] | wave[at + 1] << 8);
}

/* Runs of sound with silence between them. */
static guint
count_pulses (const guint8 *wave,
              gsize         size)
{
  guint n = 0, quiet = 1000;

  for (gsize at = HEAD; at + 1 < size; at += 2)
    {
      if (ABS (sample_at (wave, at)) < 200)
        quiet++;
      else
        {
          n += quiet > 400;
          quiet = 0;
        }
    }
  return n;
}

/* A level is told by how many pulses it has; none clips, clicks at its end or is endless. */
static void
test_levels (void)
{
  static const guint pulses[] = { 5, 3, 2, 1 };

  for (guint level = 1; level <= 4; level++)
    {
      g_autoptr (GBytes) bytes = sm_tone_new (level);
      g_autoptr (GBytes) again = sm_tone_new (level);
      gsize size;
      const guint8 *wave = g_bytes_get_data (bytes, &size);
      int loudest = 0;

      g_assert_true (memcmp (wave, "RIFF", 4) == 0 && memcmp (wave + 8, "WAVEfmt ", 8) == 0);
      g_assert_cmpuint (size, <, 2 * 22050 * 2);
      g_assert_cmpuint (wave[40] + wave[41] * 256u + wave[42] * 65536u, ==, size - HEAD);
      for (gsize at = HEAD; at + 1 < size; at += 2)
        loudest = MAX (loudest, ABS (sample_at (wave, at)));
      g_assert_cmpint (loudest, >, 10000);
      g_assert_cmpint (loudest, <, 32000);
      g_assert_cmpint (ABS (sample_at (wave, size - 2)), <, 1000);
      g_assert_cmpuint (count_pulses (wave, size), ==, pulses[level - 1]);
      g_assert_true (g_bytes_equal (bytes, again));
    }
}

/* Whoever does not look hears it: two low pulses before those of the level. */
static void
test_drill (void)
{
  static const guint pulses[] = { 5, 3, 2, 1 };

  for (guint level = 1; level <= G_N_ELEMENTS (pulses); level++)
    {
      g_autoptr (GBytes) plain = sm_tone_new (level);
      g_autoptr (GBytes) bytes = sm_tone_new_of_drill (level);
      gsize size, plain_size;
      const guint8 *wave = g_bytes_get_data (bytes, &size);
      const guint8 *end = g_bytes_get_data (plain, &plain_size);

      g_assert_cmpuint (wave[40] + wave[41] * 256u + wave[42] * 65536u, ==, size - HEAD);
      g_assert_cmpuint (count_pulses (wave, size), ==, pulses[level - 1] + 2);
      g_assert_cmpmem (wave + size - (plain_size - HEAD), plain_size - HEAD, end + HEAD,
                       plain_size - HEAD);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/algo/tone/levels", test_levels);
  g_test_add_func ("/algo/tone/drill", test_drill);
  return g_test_run ();
}
