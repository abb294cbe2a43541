/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-json-writer.h"

/* Documents at random, seeded: what tests/fuzz has for each parser alone is whether it breaks. */

static const char *const pieces[] = {
  "[", "]", "{", "}", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\\udc00", "null", "true", "-",
  "1e400", "010", "18446744073709551616", "9007199254740992", "0.1e-320", "\xff", "\xc0\x80",
  "\xed\xa0\x80", "\xf4\x90\x80\x80", "大", "\x01", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
  "\"id\":[1,2,3,4,5,6,7,8,9]", "\"reports\":[]", "\"kind\":\"area\",", " ", "\n", ".", "1",
};

static void
write_random (GRand        *rand,
              SmJsonWriter *writer,
              guint         depth)
{
  guint n = (guint) g_rand_int_range (rand, 0, 6);
  int kind = g_rand_int_range (rand, depth > 8 ? 2 : 0, 8);

  if (kind == 0)
    {
      sm_json_writer_begin_object (writer);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *name = g_strdup_printf ("%s%u", pieces[g_rand_int (rand) % 10], i);

          sm_json_writer_name (writer, name);
          write_random (rand, writer, depth + 1);
        }
      sm_json_writer_end_object (writer);
    }
  else if (kind == 1)
    {
      sm_json_writer_begin_array (writer);
      for (guint i = 0; i < n; i++)
        write_random (rand, writer, depth + 1);
      sm_json_writer_end_array (writer);
    }
  else if (kind == 2)
    sm_json_writer_int (writer, (gint64) g_rand_int (rand) << 31 ^ g_rand_int (rand));
  else if (kind == 3)
    sm_json_writer_real (writer, g_rand_double_range (rand, -1e9, 1e9) / (n + 1));
  else if (kind == 4)
    sm_json_writer_text (writer, pieces[g_rand_int (rand) % G_N_ELEMENTS (pieces)]);
  else if (kind == 5)
    sm_json_writer_bool (writer, n > 2);
  else
    sm_json_writer_null (writer);
}

static void assert_same (SmJsonReader *reader,
                         JsonNode     *node);

static void
assert_same_object (SmJsonReader *reader,
                    JsonObject   *object)
{
  const char *name;
  guint n = 0;

  sm_json_reader_begin_object (reader);
  for (; sm_json_reader_next_member (reader, &name); n++)
    {
      g_assert_true (json_object_has_member (object, name));
      assert_same (reader, json_object_get_member (object, name));
    }
  g_assert_cmpuint (n, ==, json_object_get_size (object));
}

/* The reader finds what json-glib finds. */
static void
assert_same (SmJsonReader *reader,
             JsonNode     *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  guint n = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    assert_same_object (reader, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      sm_json_reader_begin_array (reader);
      for (; sm_json_reader_next_element (reader); n++)
        assert_same (reader, json_array_get_element (array, n));
      g_assert_cmpuint (n, ==, json_array_get_length (array));
    }
  else if (type == G_TYPE_INT64)
    g_assert_cmpint (sm_json_reader_read_int (reader, G_MININT64, G_MAXINT64), ==,
                     json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    g_assert_cmpfloat (sm_json_reader_read_real (reader), ==, json_node_get_double (node));
  else if (type == G_TYPE_STRING)
    g_assert_cmpstr (sm_json_reader_read_text (reader, NULL), ==, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_assert_cmpint (sm_json_reader_read_bool (reader), ==, json_node_get_boolean (node));
  else
    g_assert_true (sm_json_reader_read_null (reader));
}

static void
test_agrees_with_json_glib (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
      g_autoptr (SmJsonReader) reader = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      write_random (rand, writer, 0);
      text = sm_json_writer_end (writer);
      node = sm_json_parse (text, strlen (text), &error);
      g_assert_no_error (error);
      reader = sm_json_reader_new_for_data (text, strlen (text));
      assert_same (reader, node);
      g_assert_true (sm_json_reader_finish (reader, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/fuzz/agrees-with-json-glib", test_agrees_with_json_glib);
  return g_test_run ();
}
