/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-client.h"
#include "sm-json-reader.h"
#include "sm-time.h"

/* Both readers of the contract's moments find the same. */
static void
read_as_json (const char *text)
{
  g_autofree char *json = g_strdup_printf ("\"%s\"", text);
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (json, strlen (json));
  gint64 expected, found = sm_json_reader_read_time (reader);

  if (sm_json_reader_finish (reader, NULL) && sm_time_from_rfc3339 (text, &expected, NULL))
    g_assert_cmpint (found, ==, expected);
}

/* A moment, and the header that carries one with its rate. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (GError) error = NULL;
  gint64 time_us, again_us;
  double rate;

  if (sm_time_from_rfc3339 (text, &time_us, &error))
    {
      g_autofree char *again = sm_time_to_rfc3339 (time_us);

      g_assert_no_error (error);
      g_assert_true (sm_time_from_rfc3339 (again, &again_us, NULL));
      g_assert_cmpint (again_us, ==, time_us);
    }
  else
    g_assert_nonnull (error);
  read_as_json (text);
  if (sm_client_parse_time (text, &time_us, &rate))
    g_assert_cmpfloat (rate, >, 0.0);
  return 0;
}
