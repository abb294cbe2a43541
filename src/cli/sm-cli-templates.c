/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include "sm-checklist-file.h"
#include "sm-checklists.h"
#include "sm-cli-private.h"
#include "sm-error.h"

/* Templates of inspections from files, beside those that the programs come with. */

typedef struct
{
  char *database;  /* (nullable): was not said */
  GStrv args;      /* beside the options: a file, a name or nothing */
  SmActor *actor;
  SmRow *row;      /* (nullable): what is to be, or what it is */
  GPtrArray *list; /* (nullable) */
} Job;

static void
job_clear (Job *self)
{
  g_clear_pointer (&self->database, g_free);
  g_clear_pointer (&self->args, g_strfreev);
  g_clear_pointer (&self->actor, sm_actor_unref);
  g_clear_pointer (&self->row, sm_row_unref);
  g_clear_pointer (&self->list, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* Returns: FALSE when there is nothing more to do: @out_code */
static gboolean
parse (const char  *usage,
       GStrv        args,
       guint        n_wanted,
       Job         *job,
       int         *out_code)
{
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &job->database, "The network's database", "FILE" },
    { NULL }
  };

  job->args = g_strdupv (args);
  if (!sm_cli_parse (usage, entries, &job->args, out_code))
    return FALSE;
  if (g_strv_length (job->args) == n_wanted)
    return TRUE;
  *out_code = sm_cli_misuse ("It should be: stationmaster-service %s, with --database FILE.", usage);
  return FALSE;
}

/* Opens the network and does it there.  Returns: FALSE when that could not be done: @out_code */
static gboolean
run (Job         *job,
     SmRulesFunc  func,
     int         *out_code)
{
  g_autofree char *who = sm_cli_dup_actor ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRules) rules = sm_cli_open_existing (job->database, &error);

  job->actor = sm_actor_new_system (who);
  if (rules != NULL && sm_rules_do_sync (rules, func, job, &error))
    return TRUE;
  *out_code = sm_cli_fail (error);
  return FALSE;
}

static gpointer
add (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Job *job = data;
  g_autoptr (SmRow) row = sm_checklists_add (rules, job->actor, job->row, error);

  return GINT_TO_POINTER (row != NULL);
}

static SmRow *
read_file (const char  *path,
           GError     **error)
{
  g_autofree char *text = NULL;
  gsize length;
  SmRow *row;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  row = sm_checklist_file_read (text, length, error);
  if (row == NULL)
    g_prefix_error (error, "%s: ", path);
  return row;
}

/** sm_cli_template_add: inspection-template add FILE */
int
sm_cli_template_add (GStrv args)
{
  g_auto (Job) job = { 0 };
  g_autoptr (GError) error = NULL;
  int code;

  if (!parse ("inspection-template add FILE.json", args, 1, &job, &code))
    return code;
  job.row = read_file (job.args[0], &error);
  if (job.row == NULL)
    return sm_cli_fail (error);
  if (!run (&job, add, &code))
    return code;
  printf ("“%s” can be chosen for inspections.\n", sm_row_get_text (job.row, SM_CHECKLIST_NAME));
  return 0;
}

static gpointer
list (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;

  job->list = sm_checklists_list (rules, error);
  return GINT_TO_POINTER (job->list != NULL);
}

/** sm_cli_template_list: inspection-template list */
int
sm_cli_template_list (GStrv args)
{
  g_auto (Job) job = { 0 };
  int code;

  if (!parse ("inspection-template list", args, 0, &job, &code) || !run (&job, list, &code))
    return code;
  for (guint i = 0; i < job.list->len; i++)
    printf ("%s\t%s\t%s\n", sm_row_get_text (job.list->pdata[i], SM_CHECKLIST_NAME),
            sm_row_get_text (job.list->pdata[i], SM_CHECKLIST_NAME_ZH),
            sm_row_get_text (job.list->pdata[i], SM_CHECKLIST_STATION_KIND));
  if (job.list->len == 0)
    fputs ("There are only those that the program comes with.\n", stderr);
  return 0;
}

static gpointer
find (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;

  job->row = sm_checklists_find (rules, job->args[0], error);
  return GINT_TO_POINTER (job->row != NULL);
}

/** sm_cli_template_export: inspection-template export NAME */
int
sm_cli_template_export (GStrv args)
{
  g_autofree char *text = NULL;
  g_auto (Job) job = { 0 };
  int code;

  if (!parse ("inspection-template export NAME", args, 1, &job, &code) || !run (&job, find, &code))
    return code;
  text = sm_checklist_file_write (job.row);
  fputs (text, stdout);
  return 0;
}

static gpointer
take_away (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Job *job = data;

  job->row = sm_checklists_remove (rules, job->actor, job->args[0], error);
  return GINT_TO_POINTER (job->row != NULL);
}

/** sm_cli_template_remove: inspection-template remove NAME */
int
sm_cli_template_remove (GStrv args)
{
  g_auto (Job) job = { 0 };
  int code;

  if (!parse ("inspection-template remove NAME", args, 1, &job, &code)
      || !run (&job, take_away, &code))
    return code;
  printf ("“%s” cannot be chosen any more; inspections that asked by it still show it.\n",
          sm_row_get_text (job.row, SM_CHECKLIST_NAME));
  return 0;
}
