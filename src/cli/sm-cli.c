/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cli.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "sm-cli-private.h"

static const struct
{
  const char *object;
  const char *verb; /* (nullable): the first word says it all */
  SmCliCommand command;
} commands[] = {
  { "user", "add", sm_cli_user_add },
  { "user", "passwd", sm_cli_user_passwd },
  { "user", "engineer", sm_cli_user_engineer },
  { "user", "organisation", sm_cli_user_organisation },
  { "user", "list", sm_cli_user_list },
  { "gateway", "add", sm_cli_gateway_add },
  { "import", "stations", sm_cli_import },
  { "inspection-template", "add", sm_cli_template_add },
  { "inspection-template", "list", sm_cli_template_list },
  { "inspection-template", "export", sm_cli_template_export },
  { "inspection-template", "remove", sm_cli_template_remove },
  { "check", NULL, sm_cli_check },
  { "forecast", NULL, sm_cli_forecast },
  { "backup", NULL, sm_cli_backup },
  { "restore", NULL, sm_cli_restore },
};

/* A word or two that begin a command; anything else is for the service itself. */
static int
run_command (GStrv args)
{
  gboolean is_object = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strcmp (commands[i].object, args[0]) != 0)
        continue;
      is_object = TRUE;
      if (commands[i].verb == NULL)
        return commands[i].command (args + 1);
      if (args[1] != NULL && strcmp (commands[i].verb, args[1]) == 0)
        return commands[i].command (args + 2);
    }
  if (!is_object)
    return sm_cli_misuse ("There is no command “%s”.", args[0]);
  return sm_cli_misuse ("“%s” needs to be followed by what to do: user add, user passwd, user engineer, "
                        "user organisation, user list, "
                        "gateway add, import stations, inspection-template add, inspection-template list, "
                        "inspection-template export, inspection-template remove.", args[0]);
}

/** sm_cli_main: The service's command line.  Returns: the exit code */
int
sm_cli_main (int   argc,
             char *argv[])
{
  g_auto (GStrv) args = NULL;

  setlocale (LC_ALL, "");
  /* Standard output is for what was asked for; the log goes to the other. */
  g_log_writer_default_set_use_stderr (TRUE);
  setvbuf (stdout, NULL, _IOLBF, 0);
  args = g_strdupv (argc > 0 ? argv + 1 : argv);
  if (args[0] != NULL && args[0][0] != '-')
    return run_command (args);
  return sm_cli_serve (args);
}
