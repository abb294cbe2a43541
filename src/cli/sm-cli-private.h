/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

#define SM_CLI_USAGE 2 /* the exit code of a command line that is not understood */

/** SmCliCommand: @args are what follows the name of the command; returns the exit code. */
typedef int (*SmCliCommand) (GStrv args);

int      sm_cli_serve       (GStrv               args);
int      sm_cli_backup      (GStrv               args);
int      sm_cli_restore     (GStrv               args);
int      sm_cli_check       (GStrv               args);
int      sm_cli_forecast    (GStrv               args);
int      sm_cli_import      (GStrv               args);
int      sm_cli_template_add (GStrv              args);
int      sm_cli_template_list (GStrv             args);
int      sm_cli_template_export (GStrv           args);
int      sm_cli_template_remove (GStrv           args);
int      sm_cli_user_add    (GStrv               args);
int      sm_cli_user_passwd (GStrv               args);
int      sm_cli_user_engineer (GStrv             args);
int      sm_cli_user_organisation (GStrv         args);
int      sm_cli_user_list   (GStrv               args);
int      sm_cli_gateway_add (GStrv               args);

int      sm_cli_fail        (const GError       *error);
char    *sm_cli_dup_actor   (void);
int      sm_cli_misuse      (const char         *format,
                             ...) G_GNUC_PRINTF (1, 2);
gboolean sm_cli_parse       (const char         *usage,
                             const GOptionEntry *entries,
                             GStrv              *inout_args,
                             int                *out_code);
SmRules *sm_cli_open        (const char         *database,
                             GError            **error);
SmRules *sm_cli_open_existing (const char       *database,
                             GError            **error);
SmRules *sm_cli_open_with   (const SmRulesOptions *options,
                             GError            **error);
char    *sm_cli_ask_password (const char        *file,
                             GError            **error);
SmScope *sm_cli_parse_scope (const char         *areas,
                             const char         *fleets,
                             GError            **error);

G_END_DECLS
