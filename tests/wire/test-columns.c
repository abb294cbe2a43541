/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-json-reader.h"
#include "sm-noun.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/*
 * Columns are read eight characters at a time.  Whatever they hold, they have to
 * say what one value after the other says, each with white space around it, which
 * is read the general way: the same values, or an error both times.
 */

#define N 20000 /* several buffers full */

typedef enum
{
  REALS,
  INTS,
  TIMES,
  SLUGS,
  N_KINDS
} Kind;

static const char *const slugs[]
  = { "idle", "a", "driving", "seventy", "exactly-8", "much-longer-than-eight", NULL };

#define LOWEST -5
#define HIGHEST G_GINT64_CONSTANT (123456789012345)

typedef struct
{
  double *reals;
  gint64 *ints;
  guint8 *indices;
  guint n;
  gboolean is_good;
} Column;

static void
column_clear (Column *self)
{
  g_free (self->reals);
  g_free (self->ints);
  g_free (self->indices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Column, column_clear)

static void
column_init (Column *self,
             guint   room)
{
  self->reals = g_new0 (double, room);
  self->ints = g_new0 (gint64, room);
  self->indices = g_new0 (guint8, room);
}

static void
read_at_once (Column     *self,
              Kind        kind,
              guint       room,
              const char *text)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, strlen (text));

  column_init (self, room);
  sm_json_reader_begin_array (reader);
  if (kind == REALS)
    self->n = sm_json_reader_read_reals (reader, self->reals, room);
  else if (kind == INTS)
    self->n = sm_json_reader_read_ints (reader, LOWEST, HIGHEST, self->ints, room);
  else if (kind == TIMES)
    self->n = sm_json_reader_read_times (reader, self->ints, room);
  else
    self->n = sm_json_reader_read_slugs (reader, slugs, self->indices, room);
  self->is_good = sm_json_reader_finish (reader, NULL);
}

static void
read_one_by_one (Column     *self,
                 Kind        kind,
                 guint       room,
                 const char *text)
{
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, strlen (text));

  column_init (self, room);
  sm_json_reader_begin_array (reader);
  for (; self->n < room && sm_json_reader_next_element (reader); self->n++)
    if (kind == REALS)
      self->reals[self->n] = sm_json_reader_read_real (reader);
    else if (kind == INTS)
      self->ints[self->n] = sm_json_reader_read_int (reader, LOWEST, HIGHEST);
    else if (kind == TIMES)
      self->ints[self->n] = sm_json_reader_read_time (reader);
    else
      self->indices[self->n]
        = (guint8) sm_slug_index (slugs, sm_json_reader_read_text (reader, NULL));
  self->is_good = sm_json_reader_finish (reader, NULL);
}

static void
append_real (GString *text)
{
  static const char *const odd[]
    = { "0", "-0", "-0.0", "1e3", "1.5E-7", "12345678", "123456789", "0.1234567", "0.12345678",
        "9007199254740993", "99999999.9999999", "-273.15", "1.7976931348623157e308",
        "12345678901234567890.5", "4.9e-324", "100.0", "null" };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (g_test_rand_int_range (0, 8) == 0)
    g_string_append (text, odd[g_test_rand_int_range (0, G_N_ELEMENTS (odd))]);
  else
    g_string_append (text, g_ascii_formatd (buffer, sizeof buffer,
                                            g_test_rand_bit () ? "%.7g" : "%.17g",
                                            g_test_rand_double_range (-200, 200)));
}

static void
append_int (GString *text)
{
  static const char *const odd[] = { "0", "-5", "-0", "12345678", "123456789", "99999999999",
                                     "123456789012345", "12345678901234", "null" };

  if (g_test_rand_int_range (0, 4) == 0)
    g_string_append (text, odd[g_test_rand_int_range (0, G_N_ELEMENTS (odd))]);
  else
    g_string_append_printf (text, "%d", g_test_rand_int_range (0, G_MAXINT));
}

static void
append_time (GString *text)
{
  static const char *const odd[]
    = { "null", "\"2024-02-29T23:59:59Z\"", "\"2026-11-21T00:00:00.5Z\"",
        "\"2026-11-21T00:00:00.123456Z\"", "\"2026-11-21T00:00:00.1234567Z\"",
        "\"2026-11-21T08:00:00+08:00\"", "\"1969-12-31T23:59:59.999999Z\"",
        "\"2026-11-21T23:59:60Z\"", "\"2026-11-21t10:00:00z\"", "\"2026\\u002d11-21T10:00:00Z\"" };

  if (g_test_rand_int_range (0, 8) == 0)
    g_string_append (text, odd[g_test_rand_int_range (0, G_N_ELEMENTS (odd))]);
  else
    g_string_append_printf (text, "\"2026-%02d-%02dT%02d:%02d:%02dZ\"", g_test_rand_int_range (11, 13),
                            g_test_rand_int_range (1, 31), g_test_rand_int_range (0, 24),
                            g_test_rand_int_range (0, 60), g_test_rand_int_range (0, 60));
}

static void
append_slug (GString *text)
{
  static const char *const odd[]
    = { "null", "\"\"", "\"idl\"", "\"idles\"", "\"\\u0069dle\"", "\"much-longer-than-eighs\"",
        "\"站\"", "\"exactly-9\"", "\"drivin\\u0067\"" };

  if (g_test_rand_int_range (0, 8) == 0)
    g_string_append (text, odd[g_test_rand_int_range (0, G_N_ELEMENTS (odd))]);
  else
    g_string_append_printf (text, "\"%s\"",
                            slugs[g_test_rand_int_range (0, G_N_ELEMENTS (slugs) - 1)]);
}

static void (*const appenders[N_KINDS]) (GString *text)
  = { append_real, append_int, append_time, append_slug };

/* Two writings of the same array: as our writer has it, and with white space. */
static void
make (Kind      kind,
      guint     n,
      GString  *plain,
      GString  *spaced)
{
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_string_truncate (value, 0);
      appenders[kind](value);
      g_string_append_printf (plain, "%s%s", i > 0 ? "," : "[", value->str);
      g_string_append_printf (spaced, "%s %s ", i > 0 ? "," : "[", value->str);
    }
  g_string_append (plain, "]");
  g_string_append (spaced, "]");
}

static void
assert_same (Kind          kind,
             const Column *a,
             const Column *b)
{
  g_assert_true (a->is_good == b->is_good);
  if (!a->is_good)
    return;
  g_assert_cmpuint (a->n, ==, b->n);
  /* Bit by bit: minus nought is another than nought. */
  if (kind == REALS)
    for (guint i = 0; i < a->n; i++)
      g_assert_true ((isnan (a->reals[i]) && isnan (b->reals[i]))
                     || memcmp (&a->reals[i], &b->reals[i], sizeof (double)) == 0);
  g_assert_cmpmem (a->ints, a->n * sizeof (gint64), b->ints, b->n * sizeof (gint64));
  g_assert_cmpmem (a->indices, a->n, b->indices, b->n);
}

static void
test_same_values (void)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (GString) plain = g_string_new (NULL);
      g_autoptr (GString) spaced = g_string_new (NULL);
      g_auto (Column) at_once = { 0 };
      g_auto (Column) one_by_one = { 0 };

      make (kind, N, plain, spaced);
      read_at_once (&at_once, kind, N + 1, plain->str);
      read_one_by_one (&one_by_one, kind, N + 1, spaced->str);
      g_assert_true (at_once.is_good);
      g_assert_cmpuint (at_once.n, ==, N);
      assert_same (kind, &at_once, &one_by_one);
    }
}

/* Whatever byte of a short array is made another: refused both times, or read as
 * the same. */
static void
test_same_refusals (void)
{
  static const char bytes[] = "0123456789-+.eE,:\"\\TZn[]{} \x01\x7f\xc3";
  guint n_refused = 0;

  for (guint round = 0; round < 20000; round++)
    {
      Kind kind = round % N_KINDS;
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) spaced = g_string_new (NULL);
      g_auto (Column) at_once = { 0 };
      g_auto (Column) one_by_one = { 0 };

      make (kind, 4, text, spaced);
      text->str[g_test_rand_int_range (0, (int) text->len)]
        = bytes[g_test_rand_int_range (0, sizeof bytes - 1)];
      read_at_once (&at_once, kind, 8, text->str);
      read_one_by_one (&one_by_one, kind, 8, text->str);
      assert_same (kind, &at_once, &one_by_one);
      n_refused += !at_once.is_good;
    }
  g_assert_cmpuint (n_refused, >, 1000);
}

/* What is skipped is checked as strictly as what is read. */
static void
test_skipped_refusals (void)
{
  static const char *const good[]
    = { "[1,2.5,\"a\",null,true,false,-0.1,{\"a\":1,\"b\":\"c\",\"d\":null}]",
        "{\"a\":1,\"b\":[1,2,3],\"c\":\"\\u00e4\",\"d\":\"站\",\"e\":1e5}" };
  static const char *const bad[]
    = { "[1,2.,3]", "[1,02]", "[1,nulL]", "[1,\"\x01\"]", "[1,\"\xff\"]", "[1,truee]", "[1,-]",
        "[1,2,]", "[1,,2]", "[1 2]", "{\"a\":1,\"b\":tru}", "{\"a\":1,\"b\":01}",
        "{\"a\":1,\"b\"1}", "{\"a\":1,\"b\":1,}", "{\"a\":1,b:1}", "{\"a\":1,\"\xc0\":1}",
        "{\"a\":1,\"b\":\"\\x\"}", "{\"a\":1,\"b\":2]", "[1,2}", "{\"a\":1,\"b\":99999999999999999999}" };

  for (guint i = 0; i < G_N_ELEMENTS (good) + G_N_ELEMENTS (bad); i++)
    {
      gboolean is_good = i < G_N_ELEMENTS (good);
      const char *text = is_good ? good[i] : bad[i - G_N_ELEMENTS (good)];
      g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, strlen (text));

      g_test_message ("case %u", i);
      sm_json_reader_skip_value (reader);
      g_assert_true (sm_json_reader_finish (reader, NULL) == is_good);
    }
}

/* An error within what is skipped says where, as if each member had been read. */
static void
test_skipped_pointer (void)
{
  static const char text[] = "{\"a\":1,\"b\":2,\"c\":{\"d\":[0,1,2,+]}}";
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, strlen (text));
  g_autoptr (GError) error = NULL;

  sm_json_reader_skip_value (reader);
  g_assert_false (sm_json_reader_finish (reader, &error));
  g_assert_nonnull (strstr (error->message, "/c/d/3"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/columns/same-values", test_same_values);
  g_test_add_func ("/wire/columns/same-refusals", test_same_refusals);
  g_test_add_func ("/wire/columns/skipped-as-strictly", test_skipped_refusals);
  g_test_add_func ("/wire/columns/skipped-says-where", test_skipped_pointer);
  return g_test_run ();
}
