/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-live-codec.h"

static void
read_vehicles (const char *text,
               gsize       length)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmVehicleBatch) batch = sm_live_vehicles_read (reader, &error);

  g_assert_true ((batch == NULL) == (error != NULL));
}

static void
read_rows (const char   *text,
           gsize         length,
           const SmNoun *noun)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, length);
  g_autoptr (GError) error = NULL;
  gint64 tick;
  g_autoptr (GPtrArray) rows = sm_live_rows_read (reader, noun, &tick, &error);

  g_assert_true ((rows == NULL) == (error != NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  guint choice = fuzz_take_choice (&data, &size, SM_N_NOUNS);

  if (choice == SM_NOUN_VEHICLE)
    read_vehicles ((const char *) data, size);
  else
    read_rows ((const char *) data, size, sm_noun_get (choice));
  return 0;
}
