/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-csv.h"
#include "sm-error.h"

typedef struct
{
  const char *data;
  gsize length;
  gsize at;
  gsize step; /* how much a piece has */
} Source;

static gssize
fill (gpointer   user_data,
      char      *buffer,
      gsize      size,
      GError   **error)
{
  Source *source = user_data;
  gsize n = MIN (MIN (size, source->step), source->length - source->at);

  memcpy (buffer, source->data + source->at, n);
  source->at += n;
  return (gssize) n;
}

/* The table as one text: fields between "|", rows between line breaks, each
 * with its line number before it and its problem after it. */
static char *
read_all (const char *data,
          gsize       length,
          gsize       step)
{
  Source source = { data, length, 0, step };
  g_autoptr (SmCsvReader) reader = sm_csv_reader_new (fill, &source);
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);
  const SmCsvRow *row;

  while (sm_csv_reader_next (reader, &row, &error) && row != NULL)
    {
      g_string_append_printf (text, "%u:", (guint) row->line);
      if (row->problem != NULL)
        g_string_append_printf (text, "!%u %.12s", row->problem_field, row->problem);
      for (guint i = 0; row->problem == NULL && i < row->n_fields; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", row->fields[i]);
      g_string_append_c (text, '\n');
    }
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

#define assert_reads(data, expected) assert_reads_bytes (data, sizeof (data) - 1, expected)

/* However the bytes are cut into pieces. */
static void
assert_reads_bytes (const char *data,
                    gsize       length,
                    const char *expected)
{
  static const gsize steps[] = { 1, 2, 3, 7, 65536 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *text = read_all (data, length, steps[i]);

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_rows (void)
{
  assert_reads ("", "");
  assert_reads ("\n\r\n\r", "");
  assert_reads ("a,b\n1,2\n", "1:a|b\n2:1|2\n");
  assert_reads ("a,b\r\n1,2\r\n", "1:a|b\n2:1|2\n");
  assert_reads ("a,b\r1,2\r", "1:a|b\n2:1|2\n");
  assert_reads ("a,b\n\n\n1,2", "1:a|b\n4:1|2\n");
  assert_reads ("\xef\xbb\xbf" "a,b\n", "1:a|b\n");
  assert_reads (",\n,,\n", "1:|\n2:||\n");
}

static void
test_quotes (void)
{
  assert_reads ("\"a,b\",\"c\"\"d\"\"\",\"\"\n", "1:a,b|c\"d\"|\n");
  assert_reads ("\"a\nb\",c\nd\n", "1:a\nb|c\n3:d\n");
  assert_reads ("\"a\r\nb\",c\r\nd\r\n", "1:a\r\nb|c\n3:d\n");
  assert_reads ("\"\"\nx\n", "1:\n2:x\n");
}

static void
test_problems_stay_in_their_row (void)
{
  assert_reads ("a\nb,c\"d\ne\n", "1:a\n2:!1 a quote insi\n3:e\n");
  assert_reads ("a\n\"b\"c,d\ne\n", "1:a\n2:!0 text after t\n3:e\n");
  assert_reads ("a\nb,\xff\xfe,d\ne\n", "1:a\n2:!1 the text is \n3:e\n");
  assert_reads ("a\n\xed\xa0\x80\ne\n", "1:a\n2:!0 the text is \n3:e\n");
  assert_reads ("a\nb\0c\ne\n", "1:a\n2:!0 the text hol\n3:e\n");
  assert_reads ("a\nb,\"c\nd\n", "1:a\n2:!1 a quote is o\n");
}

static void
test_caps (void)
{
  g_autoptr (GString) long_field = g_string_new ("a\n");
  g_autoptr (GString) unclosed = g_string_new ("a\nb,\"");
  g_autoptr (GString) wide = g_string_new ("a\n");

  for (guint i = 0; i < SM_CSV_MAX_FIELD_BYTES + 1; i++)
    g_string_append_c (long_field, 'x');
  g_string_append (long_field, "\nz\n");
  assert_reads_bytes (long_field->str, long_field->len, "1:a\n2:!0 the field is\n3:z\n");

  /* The first problem is the field's; then the reader finds its way back. */
  for (guint i = 0; i < SM_CSV_MAX_ROW_BYTES / 2; i++)
    g_string_append (unclosed, "x\n");
  g_string_append (unclosed, "z\n");
  {
    g_autofree char *text = read_all (unclosed->str, unclosed->len, 65536);

    g_assert_true (g_str_has_prefix (text, "1:a\n2:!1 the field is\n"));
    g_assert_true (g_str_has_suffix (text, "\n32770:z\n"));
  }

  for (guint i = 0; i < SM_CSV_MAX_FIELDS; i++)
    g_string_append (wide, "x,");
  g_string_append (wide, "\nz\n");
  assert_reads_bytes (wide->str, wide->len, "1:a\n2:!255 the row has \n3:z\n");
}

static void
test_utf16_is_refused (void)
{
  Source source = { "\xff\xfe" "s\0n\0\n\0", 8, 0, 65536 };
  g_autoptr (SmCsvReader) reader = sm_csv_reader_new (fill, &source);
  g_autoptr (GError) error = NULL;
  const SmCsvRow *row;

  g_assert_false (sm_csv_reader_next (reader, &row, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_MALFORMED);
}

static gssize
fill_fails (gpointer   user_data,
            char      *buffer,
            gsize      size,
            GError   **error)
{
  guint *calls = user_data;

  if ((*calls)++ == 0)
    {
      memcpy (buffer, "a,b\n1,", 6);
      return 6;
    }
  sm_set_error (error, SM_ERROR_IO, "io", "The disk went away");
  return -1;
}

static void
test_a_failing_file_is_no_row (void)
{
  guint calls = 0;
  g_autoptr (SmCsvReader) reader = sm_csv_reader_new (fill_fails, &calls);
  g_autoptr (GError) error = NULL;
  const SmCsvRow *row;

  g_assert_true (sm_csv_reader_next (reader, &row, &error));
  g_assert_cmpuint (row->n_fields, ==, 2);
  g_assert_false (sm_csv_reader_next (reader, &row, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_IO);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/csv/rows", test_rows);
  g_test_add_func ("/rules/csv/quotes", test_quotes);
  g_test_add_func ("/rules/csv/problems-stay-in-their-row", test_problems_stay_in_their_row);
  g_test_add_func ("/rules/csv/caps", test_caps);
  g_test_add_func ("/rules/csv/utf16-is-refused", test_utf16_is_refused);
  g_test_add_func ("/rules/csv/a-failing-file-is-no-row", test_a_failing_file_is_no_row);
  return g_test_run ();
}
