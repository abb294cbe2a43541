/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include <glib/gstdio.h>

#include "sm-cli-private.h"
#include "sm-import.h"

static void
report_cb (const SmImportProblem *problem,
           gpointer               user_data)
{
  const char *path = user_data;

  if (problem->column != NULL)
    fprintf (stderr, "%s:%" G_GUINT64_FORMAT ": column %s: %s\n", path, problem->line,
             problem->column, problem->reason);
  else
    fprintf (stderr, "%s:%" G_GUINT64_FORMAT ": %s\n", path, problem->line, problem->reason);
}

static void
print_summary (const SmImportSummary *summary,
               gboolean               dry_run)
{
  if (summary->ignored != NULL)
    printf ("Not understood and left out: %s.\n", summary->ignored);
  printf ("%" G_GUINT64_FORMAT " rows read: %" G_GUINT64_FORMAT " stations added, %" G_GUINT64_FORMAT
          " changed, %" G_GUINT64_FORMAT " unchanged, %" G_GUINT64_FORMAT " refused; %" G_GUINT64_FORMAT
          " piles.\n",
          summary->rows, summary->added, summary->changed, summary->unchanged, summary->refused,
          summary->piles);
  if (dry_run)
    puts ("This was a trial: nothing was changed.");
}

static int
import_into (const char            *database,
             const char            *path,
             const SmImportOptions *options)
{
  g_auto (SmImportSummary) summary = { 0 };
  g_autofree char *who = sm_cli_dup_actor ();
  g_autoptr (SmActor) actor = sm_actor_new_system (who);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRules) rules = sm_cli_open (database, &error);

  if (rules == NULL)
    return sm_cli_fail (error);
  if (!sm_import_stations_file (rules, actor, path, options, &summary, &error))
    {
      int code = sm_cli_fail (error);

      if (summary.rows > 0)
        print_summary (&summary, options->dry_run);
      return code;
    }
  print_summary (&summary, options->dry_run);
  return summary.refused > 0 ? 1 : 0;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

/* A trial leaves nothing behind, not even the database of a network that is yet to be. */
static int
import (const char            *database,
        const char            *path,
        const SmImportOptions *options)
{
  g_autofree char *folder = NULL;
  g_autofree char *empty = NULL;
  g_autoptr (GError) error = NULL;
  int code;

  if (!options->dry_run || (database != NULL && g_file_test (database, G_FILE_TEST_EXISTS)))
    return import_into (database, path, options);
  folder = g_dir_make_tmp ("stationmaster-XXXXXX", &error);
  if (folder == NULL)
    return sm_cli_fail (error);
  empty = g_build_filename (folder, "network.db", NULL);
  code = import_into (empty, path, options);
  remove_folder (folder);
  return code;
}

static gboolean
parse_datum (const char *text,
             SmDatum    *out_datum)
{
  if (g_strcmp0 (text, "wgs84") == 0)
    *out_datum = SM_DATUM_WGS84;
  else if (g_strcmp0 (text, "gcj02") == 0)
    *out_datum = SM_DATUM_GCJ02;
  else
    return FALSE;
  return TRUE;
}

/** sm_cli_import: import stations FILE.csv */
int
sm_cli_import (GStrv args)
{
  g_autofree char *database = NULL;
  g_autofree char *datum = NULL;
  g_autofree char *name_en = NULL;
  g_autofree char *name_zh = NULL;
  gboolean dry_run = FALSE, wants_template = FALSE;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &database, "The network's database", "FILE" },
    { "datum", 0, 0, G_OPTION_ARG_STRING, &datum, "What the positions are measured from", "gcj02|wgs84" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, "Look, and change nothing", NULL },
    { "template", 0, 0, G_OPTION_ARG_NONE, &wants_template, "Print a table to fill in", NULL },
    { "name-en", 0, 0, G_OPTION_ARG_STRING, &name_en,
      "English name of stations without one; {sn} becomes the serial number", "TEXT" },
    { "name-zh", 0, 0, G_OPTION_ARG_STRING, &name_zh, "Chinese name, likewise", "TEXT" },
    { NULL }
  };
  g_auto (GStrv) rest = g_strdupv (args);
  SmImportOptions options = { .report = report_cb };
  int code;

  if (!sm_cli_parse ("import stations FILE.csv - bring stations in from a table", entries, &rest, &code))
    return code;
  if (wants_template)
    {
      fputs (sm_import_template (), stdout);
      return 0;
    }
  if (g_strv_length (rest) != 1)
    return sm_cli_misuse ("import stations needs one file, as in: stationmaster-service import stations "
                          "FILE.csv --datum wgs84 --database FILE.");
  if (!parse_datum (datum, &options.datum))
    return sm_cli_misuse ("What are the positions measured from? Say --datum gcj02 (most public data of "
                          "mainland China) or --datum wgs84 (GPS, and the rest of the world); the wrong one "
                          "puts every station some hundred metres off.");
  options.dry_run = dry_run;
  options.name_en = name_en;
  options.name_zh_cn = name_zh;
  options.report_data = rest[0];
  return import (database, rest[0], &options);
}
