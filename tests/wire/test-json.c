/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-error.h"
#include "sm-json-guard.h"
#include "sm-json-reader-private.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/* Everything that JSON has, in little. */
static const char sample[]
  = "{ \"text\" : \"Datong \\\"East\\\" \\u00e9 \\ud83d\\ude9a 大同 \\n/\\/\", \"empty\":\"\",\r\n"
    "\t\"numbers\":[0,-0,1,-17,3.25,-2.5e-3,1E+2,9007199254740993,0.1],"
    " \"nested\":{\"a\":[[],{},[{}]],\"b\":null}, \"yes\":true,\"no\":false }";
static const char sample_canonical[]
  = "{\"text\":\"Datong \\\"East\\\" é 🚚 大同 \\n//\",\"empty\":\"\","
    "\"numbers\":[0,-0,1,-17,3.25,-2.5e-3,1E+2,9007199254740993,0.1],"
    "\"nested\":{\"a\":[[],{},[{}]],\"b\":null},\"yes\":true,\"no\":false}";

/* The guard, the reader and the parser have to agree; so this asks all. */
static void
assert_refused (const char *data,
                gsize       length,
                const char *slug)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (data, length);
  g_autoptr (GError) guard_error = NULL;
  g_autoptr (GError) reader_error = NULL;
  g_autoptr (GError) parse_error = NULL;
  g_autofree char *raw = sm_json_reader_read_raw (reader);

  g_assert_false (sm_json_guard_check (data, length, &guard_error));
  g_assert_cmpstr (sm_error_get_slug (guard_error), ==, slug);
  g_assert_nonnull (sm_error_get_param (guard_error, "byte"));
  g_assert_false (sm_json_reader_finish (reader, &reader_error));
  g_assert_cmpstr (sm_error_get_slug (reader_error), ==, slug);
  g_assert_null (sm_json_parse (data, length, &parse_error));
  g_assert_cmpstr (sm_error_get_slug (parse_error), ==, slug);
}

static void
assert_taken (const char *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  sm_json_guard_check (data, strlen (data), &error);
  g_assert_no_error (error);
  node = sm_json_parse (data, strlen (data), &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
}

static void
test_guard_is_strict (void)
{
  static const char *const lax[] = {
    "010", "-01", "00", "+1", ".5", "1.", "1.e5", "1e", "1e+", "-", "--1", "0x10", "1_000",
    "NaN", "Infinity", "-Infinity", "nan", "nul", "nulll", "True", "TRUE", "tru", "undefined",
    "1e400", "-1e400", "1e99999999999999999999", "18446744073709551616", "9223372036854775808",
    "-9223372036854775809", "99999999999999999999", "[1,]", "[,1]", "[,]", "{\"a\":1,}", "{,}",
    "[1 2]", "{\"a\" 1}", "{\"a\":}", "{\"a\"}", "{a:1}", "{'a':1}", "{1:1}", "'a'", "[1}",
    "{\"a\":1]", "]", "}", ",", ":", "// note\n1", "/* note */ 1", "[1] // note", "1 1", "{} {}",
    "[] x", "\"a\tb\"", "\"a\nb\"", "\"\\x41\"", "\"\\u12g4\"", "\"\\u000\"", "\"a\\u0000b\"",
    "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\ud800x\"", "\"\\'\"", "\xef\xbb\xbf{}",
    "\x0c{}", "[1]\x0b",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lax); i++)
    {
      g_test_message ("%s", lax[i]);
      assert_refused (lax[i], strlen (lax[i]), "json-not-strict");
    }
}

static void
test_guard_takes_all_of_json (void)
{
  static const char *const good[]
    = { "0",  "-0",  "1.5e-7", "9223372036854775807", "-9223372036854775808", "1e308", "1e-400",
        "[]", "{}",  "\"\"",   " \t\r\n[ ] \n",       "[[[[]]]]",            "true",  "false",
        "null", "{\"\":{\"\":[]}}", "\"\\ud83d\\ude9a\\b\\f\\/\"", "\"\x7f\"", sample };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    assert_taken (good[i]);
}

static void
test_guard_nul (void)
{
  assert_refused ("[1,\0 2]", 8, "json-not-strict");
  assert_refused ("\"a\0b\"", 5, "json-not-strict");
  assert_refused ("{}\0", 3, "json-not-strict");
  assert_refused ("\0", 1, "json-not-strict");
}

static void
test_guard_empty (void)
{
  assert_refused ("", 0, "json-cut");
  assert_refused (NULL, 0, "json-cut");
  assert_refused (" \n", 2, "json-cut");
}

/* Against GLib's judgement, on bytes at random and on each lead with each tail. */
static void
test_guard_utf8 (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);

  for (guint i = 0; i < 60000; i++)
    {
      char data[] = "\"ab    cd\"";
      gboolean is_valid;

      for (guint k = 3; k < 7; k++)
        data[k] = (char) (i % 2 == 0 ? g_rand_int_range (rand, 0x80, 0x100)
                                     : g_rand_int_range (rand, 0x5d, 0x100));
      if (i % 2 == 0)
        data[3] = (char) (0xc0 | (i / 2 % 0x40));
      is_valid = g_utf8_validate (data, -1, NULL);
      if (is_valid)
        assert_taken (data);
      else
        g_assert_false (sm_json_guard_check (data, strlen (data), NULL));
    }
  assert_refused ("\"\xed\xa0\x80\"", 5, "json-not-utf8"); /* a surrogate */
  assert_refused ("\"\xc0\x80\"", 4, "json-not-utf8");     /* a NUL, too long */
  assert_refused ("\"\xf4\x90\x80\x80\"", 6, "json-not-utf8");
  assert_refused ("\"\xe5\xa4", 3, "json-not-utf8");
}

static char *
nest (guint       depth,
      const char *opening,
      const char *middle,
      const char *closing)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, opening);
  g_string_append (text, middle);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, closing);
  return g_string_free (text, FALSE);
}

static void
test_depth_bomb (void)
{
  g_autofree char *deepest = nest (64, "[", "1", "]");
  g_autofree char *deepest_objects = nest (64, "{\"a\":", "1", "}");
  g_autofree char *deeper = nest (65, "[", "1", "]");
  g_autofree char *bomb = nest (75000, "[", "", "");
  g_autofree char *object_bomb = nest (75000, "{\"a\":", "", "");

  assert_taken (deepest);
  assert_taken (deepest_objects);
  assert_refused (deeper, strlen (deeper), "json-too-deep");
  assert_refused (bomb, strlen (bomb), "json-too-deep");
  assert_refused (object_bomb, strlen (object_bomb), "json-too-deep");
}

/* A source that never ends: @head once, then @body for ever. */
typedef struct
{
  const char *head;
  const char *body;
  guint64 given;
} Endless;

static gssize
fill_endless (gpointer   user_data,
              char      *buffer,
              gsize      size,
              GError   **error)
{
  Endless *self = user_data;
  gsize head = strlen (self->head), body = strlen (self->body);

  for (gsize i = 0; i < size; i++, self->given++)
    buffer[i] = self->given < head ? self->head[self->given]
                                   : self->body[(self->given - head) % body];
  return (gssize) size;
}

static void
assert_endless_refused (const char *head,
                        const char *body,
                        guint64     max_bytes,
                        guint64     max_given,
                        const char *slug)
{
  Endless source = { head, body, 0 };
  g_autoptr (SmJsonReader) reader = sm_json_reader_new (fill_endless, &source, max_bytes);
  g_autoptr (GError) error = NULL;

  g_assert_false (sm_json_reader_finish (reader, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
  g_assert_cmpuint (source.given, <=, max_given);
  g_assert_cmpuint (reader->capacity, <=, 4 * SM_JSON_MAX_TOKEN);
}

/* A text of any length is refused after little more than a MiB, wherever it
 * stands; a long document when its cap is reached. */
static void
test_endless (void)
{
  guint64 soon = 4 * SM_JSON_MAX_TOKEN, cap = 1024 * 1024;

  assert_endless_refused ("\"", "a", G_MAXUINT64, soon, "json-too-large");
  assert_endless_refused ("[\"", "\\n", G_MAXUINT64, soon, "json-too-large");
  assert_endless_refused ("{\"", "大", G_MAXUINT64, soon, "json-too-large");
  assert_endless_refused ("[", "1,", cap, cap + SM_JSON_CHUNK, "json-too-large");
  assert_endless_refused ("[", " ", cap, cap + SM_JSON_CHUNK, "json-too-large");
  assert_endless_refused ("[1", "1", cap, cap + SM_JSON_CHUNK, "json-not-strict");
}

static void
test_big_document_is_refused_by_size (void)
{
  g_autofree char *spaces = g_strnfill (9 * 1024 * 1024, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_false (sm_json_guard_check ("", (gsize) SM_JSON_MAX_BYTES + 1, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "json-too-large");
  g_clear_error (&error);
  g_assert_null (sm_json_parse (spaces, strlen (spaces), &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "json-too-large");
}

/* Flat memory: 10 MB go through the first 64 KiB. */
static void
test_memory_is_flat (void)
{
  GString *text = g_string_new ("[");
  g_autoptr (SmJsonReader) reader = NULL;
  guint64 n = 0;

  while (text->len < 10 * 1000 * 1000)
    g_string_append (text, "{\"id\":12345,\"name\":\"大同\",\"soc\":41.5},");
  g_string_append (text, "null]");
  reader = sm_json_reader_new_for_data (text->str, text->len);
  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    n++;
  g_assert_true (sm_json_reader_finish (reader, NULL));
  g_assert_cmpuint (n, >, 200000);
  g_assert_cmpuint (reader->capacity, ==, SM_JSON_CHUNK);
  g_string_free (text, TRUE);
}

static void
test_many_keys (void)
{
  GString *text = g_string_new ("{\"first\":0");
  g_autoptr (GError) error = NULL;
  g_autoptr (SmJsonReader) reader = NULL;
  const char *name;
  guint n = 0;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, ",\"k%u\":%u", i, i);
  g_string_append_c (text, '}');
  g_assert_true (sm_json_guard_check (text->str, text->len, NULL));
  g_assert_null (sm_json_parse (text->str, text->len, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "json-too-large");
  reader = sm_json_reader_new_for_data (text->str, text->len);
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    n++;
  g_assert_true (sm_json_reader_finish (reader, NULL));
  g_assert_cmpuint (n, ==, 100001);
  g_assert_cmpuint (reader->capacity, ==, SM_JSON_CHUNK);
  g_string_free (text, TRUE);
}

static void
test_duplicate_keys (void)
{
  static const char doubled[] = "{\"a\":1,\"b\":2,\"a\":3}";
  g_autoptr (JsonObject) object = sm_json_parse_object (doubled, strlen (doubled), NULL);
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (doubled, strlen (doubled));
  const char *name;
  gint64 last = 0;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "a"))
      last = sm_json_reader_read_int (reader, 0, 9);
  g_assert_cmpint (last, ==, 3);
  g_assert_cmpint (json_object_get_int_member (object, "a"), ==, 3);
}

/* Cut anywhere, a document is refused; whatever reads it. */
static void
test_half_documents (void)
{
  for (gsize length = 0; length < strlen (sample); length++)
    {
      g_autofree char *half = g_memdup2 (sample, length + 1); /* its own block, for ASan */
      g_autoptr (GError) error = NULL;

      g_assert_false (sm_json_guard_check (half, length, &error));
      g_assert_true (g_str_has_prefix (sm_error_get_slug (error), "json-"));
      g_assert_null (sm_json_parse (half, length, NULL));
    }
}

/* The buffer's end may fall on any byte. */
static void
test_every_boundary (void)
{
  gsize length = strlen (sample);

  for (gsize before = 0; before <= length; before++)
    {
      gsize pad = SM_JSON_CHUNK - before;
      g_autofree char *text = g_malloc (pad + length + 1);
      g_autofree char *raw = NULL;
      g_autoptr (SmJsonReader) reader = NULL;
      g_autoptr (GError) error = NULL;

      memset (text, ' ', pad);
      memcpy (text + pad, sample, length + 1);
      g_assert_true (sm_json_guard_check (text, pad + length, &error));
      reader = sm_json_reader_new_for_data (text, pad + length);
      raw = sm_json_reader_read_raw (reader);
      g_assert_true (sm_json_reader_finish (reader, NULL));
      g_assert_cmpstr (raw, ==, sample_canonical);
    }
}

static gssize
fill_byte_by_byte (gpointer   user_data,
                   char      *buffer,
                   gsize      size,
                   GError   **error)
{
  const char **rest = user_data;

  if (**rest == '!')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "too slow");
      return -1;
    }
  if (**rest == '\0')
    return 0;
  *buffer = *(*rest)++;
  return 1;
}

static void
test_dripping_source (void)
{
  const char *rest = sample;
  g_autoptr (SmJsonReader) reader = sm_json_reader_new (fill_byte_by_byte, &rest, 10000);
  g_autofree char *raw = sm_json_reader_read_raw (reader);

  g_assert_true (sm_json_reader_finish (reader, NULL));
  g_assert_cmpstr (raw, ==, sample_canonical);
}

static void
test_source_fails (void)
{
  const char *rest = "[1,2!";
  g_autoptr (SmJsonReader) reader = sm_json_reader_new (fill_byte_by_byte, &rest, 10000);
  g_autoptr (GError) error = NULL;

  g_assert_false (sm_json_reader_finish (reader, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_reader_values (void)
{
  static const char text[] = "[41, -7, null, 2.5, null, true, null, \"大\", null, "
                             "\"2026-11-21T14:32:08.5+08:00\", {\"skipped\": [1, 2]}, [], \"end\"]";
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, strlen (text));
  gsize length;

#define NEXT() g_assert_true (sm_json_reader_next_element (reader))
  sm_json_reader_begin_array (reader);
  NEXT ();
  g_assert_cmpint (sm_json_reader_read_int (reader, 0, 41), ==, 41);
  NEXT ();
  g_assert_cmpfloat (sm_json_reader_read_real (reader), ==, -7.0);
  NEXT ();
  g_assert_cmpint (sm_json_reader_read_int (reader, 0, 41), ==, SM_UNKNOWN);
  NEXT ();
  g_assert_cmpfloat (sm_json_reader_read_real (reader), ==, 2.5);
  NEXT ();
  g_assert_true (isnan (sm_json_reader_read_real (reader)));
  NEXT ();
  g_assert_cmpint (sm_json_reader_peek (reader), ==, SM_JSON_BOOL);
  g_assert_true (sm_json_reader_read_bool (reader));
  NEXT ();
  g_assert_true (sm_json_reader_read_null (reader));
  NEXT ();
  g_assert_cmpstr (sm_json_reader_read_text (reader, &length), ==, "大");
  g_assert_cmpuint (length, ==, 3);
  NEXT ();
  g_assert_null (sm_json_reader_read_text (reader, NULL));
  NEXT ();
  g_assert_cmpint (sm_json_reader_read_time (reader), ==, G_GINT64_CONSTANT (1795242728500000));
  NEXT (); /* and left unread */
  NEXT ();
  sm_json_reader_begin_array (reader);
  g_assert_false (sm_json_reader_next_element (reader));
  NEXT ();
  g_assert_cmpstr (sm_json_reader_read_text (reader, NULL), ==, "end");
  g_assert_false (sm_json_reader_next_element (reader));
  g_assert_true (sm_json_reader_finish (reader, NULL));
#undef NEXT
}

/* The error names the place and sticks; what comes after is neutral. */
static void
test_error_names_the_place (void)
{
  static const char text[] = "{\"reports\":[{\"a/b\":1},{\"soc\":\"full\",\"vin\":\"x\"}]}";
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, strlen (text));
  g_autoptr (GError) error = NULL;
  const char *name;
  const SmErrorField *field;

  sm_json_reader_begin_object (reader);
  g_assert_true (sm_json_reader_next_member (reader, &name));
  sm_json_reader_begin_array (reader);
  g_assert_true (sm_json_reader_next_element (reader));
  g_assert_true (sm_json_reader_next_element (reader));
  sm_json_reader_begin_object (reader);
  g_assert_true (sm_json_reader_next_member (reader, &name));
  g_assert_cmpstr (name, ==, "soc");
  g_assert_true (isnan (sm_json_reader_read_real (reader)));
  g_assert_true (sm_json_reader_has_failed (reader));
  g_assert_false (sm_json_reader_next_member (reader, &name));
  g_assert_cmpint (sm_json_reader_peek (reader), ==, SM_JSON_NONE);
  g_assert_null (sm_json_reader_read_text (reader, NULL));
  g_assert_false (sm_json_reader_finish (reader, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_MALFORMED);
  g_assert_cmpstr (sm_error_get_slug (error), ==, "wrong-type");
  field = g_ptr_array_index (sm_error_get_fields (error), 0);
  g_assert_cmpstr (field->pointer, ==, "/reports/1/soc");
  g_assert_cmpstr (sm_error_get_param (error, "byte"), ==, "29");
}

static void
test_ranges (void)
{
  static const struct
  {
    const char *text;
    gint64 min, max;
    const char *slug;
  } cases[] = {
    { "5", 1, 4, "out-of-range" },
    { "-1", 0, 4, "out-of-range" },
    { "9007199254740993", 1, SM_JSON_MAX_ID, "out-of-range" },
    { "5.0", 0, 9, "wrong-type" },
    { "5e0", 0, 9, "wrong-type" },
    { "\"5\"", 0, 9, "wrong-type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmJsonReader) reader
        = sm_json_reader_new_for_data (cases[i].text, strlen (cases[i].text));

      g_assert_cmpint (sm_json_reader_read_int (reader, cases[i].min, cases[i].max), ==,
                       SM_UNKNOWN);
      g_assert_cmpstr (sm_error_get_slug (sm_json_reader_get_error (reader)), ==, cases[i].slug);
    }
}

/* Names may be long, and the buffer's end may fall behind one. */
static void
test_long_names (void)
{
  g_autofree char *long_name = g_strnfill (70000, 'n');
  g_autofree char *text = g_strdup_printf ("{\"%s\"   :   1}", long_name);
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, strlen (text));
  const char *name;

  sm_json_reader_begin_object (reader);
  g_assert_true (sm_json_reader_next_member (reader, &name));
  g_assert_cmpint (sm_json_reader_read_int (reader, 1, 1), ==, 1);
  g_assert_cmpstr (name, ==, long_name);
  g_assert_false (sm_json_reader_next_member (reader, &name));
  g_assert_true (sm_json_reader_finish (reader, NULL));
}

static void
test_getters (void)
{
  static const char text[] = "{\"name\":\"大同\",\"n\":7,\"x\":1.5,\"on\":true,\"none\":null,"
                             "\"at\":\"2026-11-21T06:32:08Z\",\"o\":{},\"a\":[]}";
  g_autoptr (JsonObject) object = sm_json_parse_object (text, strlen (text), NULL);
  g_autoptr (GError) error = NULL;
  const char *name = NULL;
  gint64 n = 0, at = 0;
  double x = 0;
  gboolean on = FALSE;
  JsonObject *o = NULL;
  JsonArray *a = NULL;

  g_assert_true (sm_json_get_text (object, "name", 0, 2, &name, NULL));
  g_assert_cmpstr (name, ==, "大同");
  g_assert_true (sm_json_get_int (object, "n", 0, 7, 7, &n, NULL));
  g_assert_cmpint (n, ==, 7);
  g_assert_true (sm_json_get_real (object, "n", 0, 0, 9, &x, NULL));
  g_assert_cmpfloat (x, ==, 7.0);
  g_assert_true (sm_json_get_real (object, "x", 0, 0, 9, &x, NULL));
  g_assert_cmpfloat (x, ==, 1.5);
  g_assert_true (sm_json_get_bool (object, "on", 0, &on, NULL) && on);
  g_assert_true (sm_json_get_time (object, "at", 0, &at, NULL));
  g_assert_true (sm_json_get_object (object, "o", 0, &o, NULL) && o != NULL);
  g_assert_true (sm_json_get_array (object, "a", 0, &a, NULL) && a != NULL);
  g_assert_true (sm_json_get_int (object, "none", SM_JSON_OPTIONAL, 0, 9, &n, NULL));
  g_assert_cmpint (n, ==, SM_UNKNOWN);
  g_assert_true (sm_json_get_text (object, "gone", SM_JSON_OPTIONAL, 9, &name, NULL));
  g_assert_null (name);

  g_assert_false (sm_json_get_int (object, "none", 0, 0, 9, &n, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "missing-member");
  g_clear_error (&error);
  g_assert_false (sm_json_get_int (object, "n", 0, 8, 9, &n, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_INVALID);
  g_assert_cmpstr (sm_error_get_slug (error), ==, "out-of-range");
  g_clear_error (&error);
  g_assert_false (sm_json_get_text (object, "name", 0, 1, &name, &error));
  g_assert_cmpstr (((SmErrorField *) g_ptr_array_index (sm_error_get_fields (error), 0))->pointer,
                   ==, "/name");
  g_assert_false (sm_json_get_text (object, "n", 0, 9, &name, NULL));
  g_assert_false (sm_json_get_int (object, "x", 0, 0, 9, &n, NULL));
  g_assert_false (sm_json_get_real (object, "name", 0, 0, 9, &x, NULL));
  g_assert_false (sm_json_get_bool (object, "n", 0, &on, NULL));
  g_assert_false (sm_json_get_time (object, "name", 0, &at, NULL));
  g_assert_false (sm_json_get_object (object, "a", 0, &o, NULL));
  g_assert_false (sm_json_get_array (object, "o", 0, &a, NULL));
  g_assert_null (sm_json_parse_object ("[]", 2, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/guard/strict", test_guard_is_strict);
  g_test_add_func ("/wire/guard/all-of-json", test_guard_takes_all_of_json);
  g_test_add_func ("/wire/guard/nul", test_guard_nul);
  g_test_add_func ("/wire/guard/empty", test_guard_empty);
  g_test_add_func ("/wire/guard/utf8", test_guard_utf8);
  g_test_add_func ("/wire/guard/depth-bomb", test_depth_bomb);
  g_test_add_func ("/wire/guard/size", test_big_document_is_refused_by_size);
  g_test_add_func ("/wire/guard/many-keys", test_many_keys);
  g_test_add_func ("/wire/guard/duplicate-keys", test_duplicate_keys);
  g_test_add_func ("/wire/guard/half-documents", test_half_documents);
  g_test_add_func ("/wire/guard/getters", test_getters);
  g_test_add_func ("/wire/reader/endless", test_endless);
  g_test_add_func ("/wire/reader/memory-is-flat", test_memory_is_flat);
  g_test_add_func ("/wire/reader/every-boundary", test_every_boundary);
  g_test_add_func ("/wire/reader/dripping-source", test_dripping_source);
  g_test_add_func ("/wire/reader/source-fails", test_source_fails);
  g_test_add_func ("/wire/reader/values", test_reader_values);
  g_test_add_func ("/wire/reader/error-names-the-place", test_error_names_the_place);
  g_test_add_func ("/wire/reader/ranges", test_ranges);
  g_test_add_func ("/wire/reader/long-names", test_long_names);
  return g_test_run ();
}
