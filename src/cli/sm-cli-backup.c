/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "sm-audit-table.h"
#include "sm-backup.h"
#include "sm-cli-private.h"
#include "sm-error.h"
#include "sm-time.h"

/* Returns: whether there is exactly one file and a database; else the exit code */
static gboolean
parse (const char *usage,
       GStrv       args,
       char      **out_file,
       char      **out_database,
       int        *out_code)
{
  g_autofree char *database = NULL;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &database, "The network", "DB" }, { NULL }
  };
  g_auto (GStrv) rest = g_strdupv (args);

  if (!sm_cli_parse (usage, entries, &rest, out_code))
    return FALSE;
  if (g_strv_length (rest) != 1)
    *out_code = sm_cli_misuse ("One file is needed, as in: stationmaster-service %.*s --database DB.",
                               (int) strcspn (usage, "-") - 1, usage);
  else if (database == NULL)
    *out_code = sm_cli_misuse ("Which network is it? Say so with --database FILE.");
  else
    {
      *out_file = g_strdup (rest[0]);
      *out_database = g_steal_pointer (&database);
      return TRUE;
    }
  return FALSE;
}

/* The command's own words for what the files said. */
static int
fail (const char   *what,
      const char   *file,
      const GError *error)
{
  g_autoptr (GError) said = NULL;

  if (g_error_matches (error, SM_ERROR, SM_ERROR_FULL))
    sm_set_error (&said, SM_ERROR_FULL, "storage-full",
                  "There is not enough room for %s (%s). Nothing was changed; make room, or choose "
                  "another disk.", file, error->message);
  else if (g_error_matches (error, SM_ERROR, SM_ERROR_CORRUPT)
           && g_strcmp0 (sm_error_get_slug (error), "storage-newer") != 0)
    sm_set_error (&said, SM_ERROR_CORRUPT, "database-unusable",
                  "%s is not a database of this program, or damaged (%s). Nothing was changed.", what,
                  error->message);
  else if (g_error_matches (error, SM_ERROR, SM_ERROR_IO))
    sm_set_error (&said, SM_ERROR_IO, "database-unusable",
                  "It could not be done (%s). Nothing was changed; check that both folders are there and "
                  "that you may write to them.", error->message);
  return sm_cli_fail (said != NULL ? said : error);
}

/** sm_cli_backup: backup FILE */
int
sm_cli_backup (GStrv args)
{
  g_autofree char *file = NULL;
  g_autofree char *database = NULL;
  g_autofree char *size = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmBackup) backup = NULL;
  int code;

  if (!parse ("backup FILE - copy a network's database, also while its service runs", args, &file,
              &database, &code))
    return code;
  /* Who copies makes nothing else. */
  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    return sm_cli_misuse ("There is no database %s.", database);
  backup = sm_backup_make (database, file, &error);
  if (backup == NULL)
    return fail (database, file, error);
  size = g_format_size (backup->bytes);
  printf ("%s holds %s up to change %" G_GINT64_FORMAT ": %s, looked through and sound.\n", file,
          database, backup->seq, size);
  return 0;
}

static void
print_gone (const SmBackup *backup)
{
  if (backup->gone == NULL)
    {
      fputs ("What was done in it and is not done any more cannot be told: the two have no past in "
             "common.\n", stderr);
      return;
    }
  if (backup->n_gone == 0)
    return;
  fprintf (stderr, "%" G_GINT64_FORMAT " acts that were confirmed are not done any more; the last "
                   "of them:\n", backup->n_gone);
  for (guint i = 0; i < backup->gone->len; i++)
    {
      const SmAuditEntry *entry = backup->gone->pdata[i];
      g_autofree char *at = sm_time_to_rfc3339 (entry->at);

      fprintf (stderr, "  %s  %s  %s  %s\n", at, entry->actor, entry->act, entry->object);
    }
}

/** sm_cli_restore: restore FILE */
int
sm_cli_restore (GStrv args)
{
  g_autofree char *file = NULL;
  g_autofree char *database = NULL;
  g_autofree char *actor = sm_cli_dup_actor ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SmBackup) backup = NULL;
  int code;

  if (!parse ("restore FILE - put a copy in the place of a network's database", args, &file, &database,
              &code))
    return code;
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return sm_cli_misuse ("There is no file %s.", file);
  backup = sm_backup_restore (file, database, actor, &error);
  if (backup == NULL)
    return fail (file, database, error);
  printf ("%s is what %s holds, up to change %" G_GINT64_FORMAT ". It began a new epoch: every "
          "application reads all of it again.\n", database, file, backup->seq);
  if (backup->aside == NULL)
    return 0;
  printf ("What was there before is kept as %s.\n", backup->aside);
  fflush (stdout);
  print_gone (backup);
  return 0;
}
