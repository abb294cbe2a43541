/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <stdlib.h>

#include "sm-import.h"
#include "sm-test-folder.h"

/* A table of stations as somebody hands it in, looked at and not taken. */

static SmRules *rules;
static char *folder;

static void
end (void)
{
  g_clear_pointer (&rules, sm_rules_close);
  sm_test_remove_tree (folder);
  g_clear_pointer (&folder, g_free);
}

static void
begin (void)
{
  g_autoptr (SmClock) clock = sm_clock_new_manual (G_GINT64_CONSTANT (1750000000000000));
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("sm-fuzz-XXXXXX", NULL);
  path = g_build_filename (folder, "network.db", NULL);
  rules = sm_rules_open (&(SmRulesOptions){ .path = path, .network = clock, .machine = clock },
                         &error);
  g_assert_no_error (error);
  atexit (end);
}

static void
hear (const SmImportProblem *problem,
      gpointer               user_data)
{
  guint64 *n = user_data;

  g_assert_nonnull (problem->reason);
  (*n)++;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  FuzzPieces pieces = { data, size };
  g_autoptr (SmActor) actor = sm_actor_new_system ("fuzz");
  g_auto (SmImportSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;
  guint64 heard = 0;
  SmImportOptions options = { .dry_run = TRUE, .report = hear, .report_data = &heard,
                              .name_en = "Station {sn}" };

  if (rules == NULL)
    begin ();
  if (sm_import_stations (rules, actor, fuzz_fill, &pieces, &options, &summary, &error))
    g_assert_cmpuint (summary.added + summary.changed + summary.unchanged + summary.refused, ==,
                      summary.rows);
  else
    g_assert_nonnull (error);
  return 0;
}
