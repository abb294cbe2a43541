/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include "sm-cli-private.h"
#include "sm-disk-forecast.h"
#include "sm-time.h"

#define MAX_DAYS 3660

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const SmDiskLine *one = *(SmDiskLine *const *) a, *other = *(SmDiskLine *const *) b;

  return one->bytes_later < other->bytes_later ? 1 : one->bytes_later > other->bytes_later ? -1 : 0;
}

static void
print_line (const SmDiskLine *line)
{
  g_autofree char *now = g_format_size (line->use.bytes);
  g_autofree char *later = g_format_size (line->bytes_later);
  g_autofree char *keep = line->keep_us > 0
                              ? g_strdup_printf ("%" G_GINT64_FORMAT " days", line->keep_us / SM_DAY)
                              : g_strdup (line->grows ? "for good" : "as registered");
  g_autofree char *name = g_strconcat (line->table, *line->file != '\0' ? "  " : "", line->file, NULL);

  printf ("%-32s %12" G_GINT64_FORMAT " rows %10s  +%.0f a day, kept %s: %s\n", name, line->use.rows,
          now, line->use.rows_a_day, keep, later);
}

static void
print_json (const SmDiskLine *line,
            gboolean          is_first)
{
  printf ("%s{\"file\":\"%s\",\"table\":\"%s\",\"rows\":%" G_GINT64_FORMAT ",\"bytes\":%" G_GINT64_FORMAT
          ",\"rows_a_day\":%.0f,\"keep_days\":%" G_GINT64_FORMAT ",\"bytes_later\":%" G_GINT64_FORMAT "}",
          is_first ? "" : ",\n ", line->file, line->table, line->use.rows, line->use.bytes,
          line->use.rows_a_day, line->keep_us / SM_DAY, line->bytes_later);
}

static void
print_all (GPtrArray *lines,
           int        days,
           gboolean   as_json)
{
  gint64 bytes = 0, later = 0;
  g_autofree char *now = NULL, *then = NULL;

  g_ptr_array_sort (lines, compare_lines);
  if (as_json)
    fputs ("{\"tables\":[", stdout);
  for (guint i = 0; i < lines->len; i++)
    {
      const SmDiskLine *line = lines->pdata[i];

      bytes += line->use.bytes;
      later += line->bytes_later;
      if (as_json)
        print_json (line, i == 0);
      else if (line->use.rows > 0)
        print_line (line);
    }
  now = g_format_size (bytes);
  then = g_format_size (later);
  if (as_json)
    printf ("],\n \"days\":%d,\"bytes\":%" G_GINT64_FORMAT ",\"bytes_later\":%" G_GINT64_FORMAT "}\n", days,
            bytes, later);
  else
    printf ("In all %s now, and %s in %d days, if all goes on as in the last week of each table.\n", now,
            then, days);
}

/** sm_cli_forecast: forecast FILE */
int
sm_cli_forecast (GStrv args)
{
  int days = 365;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &days, "How far ahead; 365", "DAYS" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Say it for a program", NULL },
    { NULL }
  };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  int code;

  if (!sm_cli_parse ("forecast FILE - what a network's files take, and will take", entries, &rest,
                     &code))
    return code;
  if (g_strv_length (rest) != 1)
    return sm_cli_misuse ("forecast needs the database, as in: stationmaster-service forecast FILE.");
  if (days < 1 || days > MAX_DAYS)
    return sm_cli_misuse ("--days is from 1 to %d.", MAX_DAYS);
  if (!g_file_test (rest[0], G_FILE_TEST_EXISTS))
    return sm_cli_misuse ("There is no file %s.", rest[0]);
  lines = sm_disk_forecast_read (rest[0], days, &error);
  if (lines == NULL)
    return sm_cli_fail (error);
  print_all (lines, days, as_json);
  return 0;
}
