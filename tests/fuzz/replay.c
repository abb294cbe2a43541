/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

/* replay NAME CORPUS: what was found worth keeping, again, and mutants of it:
 * seeded, so a failure comes again, and bounded, so that the suite stays short.
 * SM_FUZZ_COUNT makes it longer. */

#define DEFAULT_COUNT 2000

static GPtrArray *corpus; /* of GBytes */

static const char *const pieces[] = {
  "[", "]", "{", "}", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\\udc00", "null", "true", "-",
  "1e400", "010", "18446744073709551616", "9007199254740992", "0.1e-320", "\xff", "\xc0\x80",
  "\xed\xa0\x80", "\xf4\x90\x80\x80", "大", "\x01", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
  "\"id\":[1,2,3,4,5,6,7,8,9]", "\"kind\":\"area\",", " ", "\n", ".", "1", "%00", "&", "=", "\r\n",
  "9999-12-31T23:59:60Z", "0001-01-01T00:00:00Z", "\t", "<", ">", "/",
};

static void
mutate_once (GRand   *rand,
             GString *text)
{
  gssize at = text->len > 0 ? g_rand_int_range (rand, 0, (gint32) text->len) : 0;
  gssize rest = (gssize) text->len - at;
  gssize wanted = g_rand_int_range (rand, 1, 20);
  gssize n = MIN (rest, wanted);
  g_autofree char *copy = NULL;

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0: /* a byte */
      if (rest > 0)
        text->str[at] = (char) g_rand_int_range (rand, 0, 256);
      break;
    case 1: /* a bit */
      if (rest > 0)
        text->str[at] = (char) (text->str[at] ^ 1 << g_rand_int_range (rand, 0, 8));
      break;
    case 2:
      g_string_erase (text, at, n);
      break;
    case 3: /* the same again elsewhere */
      copy = g_memdup2 (text->str + at, (gsize) n);
      g_string_insert_len (text, g_rand_int_range (rand, 0, (gint32) text->len + 1),
                           copy != NULL ? copy : "", n);
      break;
    case 4:
      g_string_insert (text, at, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      break;
    default:
      g_string_truncate (text, (gsize) at);
      break;
    }
}

static void
try_bytes (gconstpointer data,
           gsize         size)
{
  g_autofree guint8 *exact = g_memdup2 (data, size); /* a block without an end, for ASan */

  LLVMFuzzerTestOneInput (exact != NULL ? exact : (const guint8 *) "", size);
}

static void
test_corpus (void)
{
  try_bytes ("", 0);
  for (guint i = 0; i < corpus->len; i++)
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (corpus->pdata[i], &size);

      try_bytes (data, size);
    }
}

static void
test_mutants (void)
{
  const char *count_text = g_getenv ("SM_FUZZ_COUNT");
  guint64 count = count_text != NULL ? g_ascii_strtoull (count_text, NULL, 10) : DEFAULT_COUNT;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);

  for (guint64 i = 0; i < count; i++)
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (corpus->pdata[i % corpus->len], &size);
      GString *text = g_string_new_len (data, (gssize) size);

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        mutate_once (rand, text);
      try_bytes (text->str, text->len);
      g_string_free (text, TRUE);
    }
}

/* What a parser says about what it is given says nothing here. */
static void
pass_on_troubles (const char     *domain,
                  GLogLevelFlags  level,
                  const char     *message,
                  gpointer        data)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING))
    g_log_default_handler (domain, level, message, data);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their names: not each disk has the same. */
static void
load_corpus (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  g_assert_cmpuint (names->len, >, 0);
  corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GError) error = NULL;
      char *data;
      gsize size;

      g_file_get_contents (names->pdata[i], &data, &size, &error);
      g_assert_no_error (error);
      g_ptr_array_add (corpus, g_bytes_new_take (data, size));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *corpus_path = NULL;
  g_autofree char *mutants_path = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_log_set_default_handler (pass_on_troubles, NULL);
  g_assert_cmpint (argc, ==, 3);
  load_corpus (argv[2]);
  corpus_path = g_strdup_printf ("/fuzz/%s/corpus", argv[1]);
  mutants_path = g_strdup_printf ("/fuzz/%s/mutants", argv[1]);
  g_test_add_func (corpus_path, test_corpus);
  g_test_add_func (mutants_path, test_mutants);
  result = g_test_run ();
  g_ptr_array_unref (corpus);
  return result;
}
