/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cli-private.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "sm-error.h"

#define MAX_PASSWORD 1024

/* What to do about it.  The sentences of the rules say only what is wrong: they
 * cannot know that somebody sits at a command line. */
static const struct
{
  const char *slug;
  const char *advice;
} advices[] = {
  { "storage-newer", "It was written by a newer version of this program: install that, or choose "
                     "another database." },
  { "database-in-use", "End that one first, or choose another database." },
  { "name-taken", "Choose another name, or give that person a new password with: user passwd NAME." },
  { "template-unknown", "See which there are with: inspection-template list." },
  { "not-found", "See who there is with: user list." },
  { "unknown-role", NULL /* the roles themselves */ },
};

static gboolean
has_slug (const GError *error,
          const char   *slug)
{
  GPtrArray *fields = sm_error_get_fields (error);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    if (strcmp (((SmErrorField *) fields->pdata[i])->slug, slug) == 0)
      return TRUE;
  return g_strcmp0 (sm_error_get_slug (error), slug) == 0;
}

static char *
dup_advice (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    return g_strdup ("Another program listens there: choose another port with --listen, or port 0 for "
                     "any that is free.");
  for (guint i = 0; i < G_N_ELEMENTS (advices); i++)
    if (has_slug (error, advices[i].slug) && advices[i].advice != NULL)
      return g_strdup (advices[i].advice);
    else if (has_slug (error, advices[i].slug))
      {
        g_autofree char *roles = g_strjoinv (", ", (char **) sm_role_names ());

        return g_strdup_printf ("There are: %s.", roles);
      }
  return NULL;
}

/** sm_cli_fail: Says what went wrong, and what to do.  Returns: the exit code */
int
sm_cli_fail (const GError *error)
{
  g_autofree char *advice = dup_advice (error);
  gboolean is_sentence = g_str_has_suffix (error->message, ".");

  /* Not g_printerr(), which would turn what the locale lacks into '?'. */
  fprintf (stderr, "stationmaster-service: %s%s%s%s\n", error->message, is_sentence ? "" : ".",
           advice != NULL ? " " : "", advice != NULL ? advice : "");
  return 1;
}

/** sm_cli_dup_actor: Returns: (transfer full): who sits here, as the audit will say */
char *
sm_cli_dup_actor (void)
{
  g_autofree char *text = g_strdup_printf ("command line (%s)", g_get_user_name ());

  return g_utf8_make_valid (text, -1);
}

/** sm_cli_misuse: Says what is wrong with the command line.  Returns: the exit code */
int
sm_cli_misuse (const char *format,
               ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fprintf (stderr, "stationmaster-service: %s\nTry: stationmaster-service --help\n", text);
  return SM_CLI_USAGE;
}

/**
 * sm_cli_parse:
 * @usage: "user add NAME"
 * @inout_args: (transfer full): what is left when the options are taken out
 * @out_code: the exit code, when there is nothing more to do
 */
gboolean
sm_cli_parse (const char         *usage,
              const GOptionEntry *entries,
              GStrv              *inout_args,
              int                *out_code)
{
  g_autofree char *parameters = g_strdup_printf ("%s", usage);
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  GStrv all;
  gboolean wants_help = FALSE;
  const GOptionEntry help[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, "Show this help", NULL }, { NULL }
  };

  /* GLib's own help option would end the program and never say which command it was. */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, help, NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  g_ptr_array_add (argv, g_strdup ("stationmaster-service"));
  for (guint i = 0; (*inout_args)[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup ((*inout_args)[i]));
  g_ptr_array_add (argv, NULL);
  all = (GStrv) g_ptr_array_steal (argv, NULL);
  if (!g_option_context_parse_strv (context, &all, &error))
    *out_code = sm_cli_misuse ("%s.", error->message);
  g_strfreev (*inout_args);
  *inout_args = g_strdupv (all[0] != NULL ? all + 1 : all);
  g_strfreev (all);
  if (error != NULL)
    return FALSE;
  if (wants_help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      fputs (text, stdout);
      *out_code = 0;
      return FALSE;
    }
  return TRUE;
}

/**
 * sm_cli_open:
 *
 * For a command that does its work and ends; a service may run on the same
 * database meanwhile.
 */
SmRules *
sm_cli_open (const char *database,
             GError    **error)
{
  g_autoptr (SmClock) clock = sm_clock_new_machine ();

  if (database == NULL)
    {
      sm_set_error (error, SM_ERROR_INVALID, "no-database",
                    "Which network is it? Say so with --database FILE.");
      return NULL;
    }
  return sm_cli_open_with (&(SmRulesOptions){ .path = database, .network = clock, .machine = clock },
                           error);
}

/**
 * sm_cli_open_existing:
 *
 * For what only looks, or changes what is there: a slip of the hand in the name makes no second
 * network, where nobody and nothing would be found.
 */
SmRules *
sm_cli_open_existing (const char  *database,
                      GError     **error)
{
  if (database == NULL || g_file_test (database, G_FILE_TEST_EXISTS))
    return sm_cli_open (database, error);
  sm_set_error (error, SM_ERROR_NOT_FOUND, "database-missing",
                "There is no database %s. Check the name; a new one is made by the first start of the "
                "service, by an import, or by: user add NAME.", database);
  return NULL;
}

/** sm_cli_open_with: Opens the network, and says what to do when it cannot be opened. */
SmRules *
sm_cli_open_with (const SmRulesOptions *options,
                  GError              **error)
{
  g_autoptr (GError) own_error = NULL;
  SmRules *rules = sm_rules_open (options, &own_error);

  if (rules != NULL)
    return rules;
  if (g_error_matches (own_error, SM_ERROR, SM_ERROR_IO))
    sm_set_error (error, SM_ERROR_IO, "database-unusable",
                  "The database %s cannot be used (%s). Check that its folder is there and that you may "
                  "write to both.", options->path, own_error->message);
  else if (g_error_matches (own_error, SM_ERROR, SM_ERROR_CORRUPT)
           && g_strcmp0 (sm_error_get_slug (own_error), "storage-newer") != 0)
    sm_set_error (error, SM_ERROR_CORRUPT, "database-unusable",
                  "%s is not a database of this program, or damaged (%s). Choose another file, or restore "
                  "a backup.", options->path, own_error->message);
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&own_error), "%s: ", options->path);
  return NULL;
}

static char *
first_line (const char *text)
{
  return g_strndup (text, strcspn (text, "\r\n"));
}

static char *
read_password_file (const char *path,
                    GError    **error)
{
  g_autofree char *text = NULL;
  g_autofree char *password = NULL;
  g_autoptr (GError) own_error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &own_error))
    {
      sm_set_error (error, SM_ERROR_IO, "password-file", "The password cannot be read from %s: %s.",
                    path, own_error->message);
      return NULL;
    }
  password = first_line (text);
  if (*password == '\0')
    {
      sm_set_error (error, SM_ERROR_INVALID, "password-empty",
                    "The first line of %s is empty; write the password there.", path);
      return NULL;
    }
  return g_steal_pointer (&password);
}

/* Typed without being seen; the terminal is as before when it returns. */
static char *
ask_hidden (const char *prompt)
{
  struct termios before, hidden;
  char line[MAX_PASSWORD];
  gboolean is_read;
  char *password;

  if (tcgetattr (STDIN_FILENO, &before) != 0)
    return NULL;
  hidden = before;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  fputs (prompt, stderr);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  is_read = fgets (line, sizeof line, stdin) != NULL;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputs ("\n", stderr);
  password = is_read ? first_line (line) : NULL;
  explicit_bzero (line, sizeof line);
  return password;
}

/**
 * sm_cli_ask_password:
 * @file: (nullable): whose first line it is; else the terminal is asked
 *
 * Never from the command line, where everybody on the machine can read it.
 */
char *
sm_cli_ask_password (const char *file,
                     GError    **error)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (file != NULL)
    return read_password_file (file, error);
  if (!isatty (STDIN_FILENO))
    {
      sm_set_error (error, SM_ERROR_INVALID, "no-terminal",
                    "There is no terminal to ask for the password; write it into a file and "
                    "give --password-file FILE.");
      return NULL;
    }
  first = ask_hidden ("Password: ");
  second = ask_hidden ("Again: ");
  if (first == NULL || second == NULL || *first == '\0' || strcmp (first, second) != 0)
    {
      sm_set_error (error, SM_ERROR_INVALID, "passwords-differ",
                    "The two are not the same, or empty. Nothing was changed; try again.");
      return NULL;
    }
  return g_steal_pointer (&first);
}

static gboolean
parse_ids (const char *text,
           GArray     *ids)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint64 id;
      gint64 value;

      if (!g_ascii_string_to_unsigned (g_strstrip (parts[i]), 10, 1, G_MAXINT32, &id, NULL))
        return FALSE;
      value = (gint64) id;
      g_array_append_val (ids, value);
    }
  return ids->len > 0;
}

/** sm_cli_parse_scope: "1,2" each; Returns: (transfer full) (nullable): all without either */
SmScope *
sm_cli_parse_scope (const char *areas,
                    const char *fleets,
                    GError    **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *text = areas != NULL ? areas : fleets;

  if (text == NULL)
    return sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  if ((areas != NULL && fleets != NULL) || !parse_ids (text, ids))
    {
      sm_set_error (error, SM_ERROR_INVALID, "scope",
                    "Give either --areas or --fleets, with their numbers, as in --areas 2,5.");
      return NULL;
    }
  return sm_scope_new (areas != NULL ? SM_SCOPE_AREAS : SM_SCOPE_FLEETS, (gint64 *) ids->data, ids->len);
}
