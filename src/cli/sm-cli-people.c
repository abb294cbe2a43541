/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include "sm-cli-private.h"
#include "sm-edits.h"
#include "sm-error.h"
#include "sm-users.h"

/* What these commands can be told. */
typedef struct
{
  char *database, *role, *display_name, *password_file, *areas, *fleets;
  gint64 organisation_id; /* 0: of no company */
} People;

static void
people_clear (People *self)
{
  g_free (self->database);
  g_free (self->role);
  g_free (self->display_name);
  g_free (self->password_file);
  g_free (self->areas);
  g_free (self->fleets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (People, people_clear)

#define DATABASE(self) \
  { "database", 0, 0, G_OPTION_ARG_FILENAME, &(self).database, "The network's database", "FILE" }
#define PASSWORD_FILE(self) \
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &(self).password_file, \
    "Its first line is the password; without it the terminal is asked", "FILE" }
#define AREAS(self) \
  { "areas", 0, 0, G_OPTION_ARG_STRING, &(self).areas, "Only these areas", "ID,ID" }
#define ORGANISATION(self) \
  { "organisation", 0, 0, G_OPTION_ARG_INT64, &(self).organisation_id, \
    "Of this company: only its stations, work and people", "ID" }
#define FLEETS(self) \
  { "fleets", 0, 0, G_OPTION_ARG_STRING, &(self).fleets, "Only these fleets", "ID,ID" }

/* Returns: the one name that the command is about. */
static const char *
only_name (GStrv       args,
           const char *command,
           int        *out_code)
{
  if (g_strv_length (args) == 1)
    return args[0];
  *out_code = sm_cli_misuse ("%s needs one name, as in: stationmaster-service %s NAME --database FILE.",
                             command, command);
  return NULL;
}

/* Opens the network, where it is known what the person is to see: a slip of the hand makes no
 * second network.  Returns: (transfer full) (nullable) */
static SmRules *
open_with_scope (const People  *self,
                 SmScope      **out_scope,
                 GError       **error)
{
  g_autoptr (SmRules) rules = NULL;

  if (self->organisation_id == 0)
    {
      *out_scope = sm_cli_parse_scope (self->areas, self->fleets, error);
      return *out_scope != NULL ? sm_cli_open (self->database, error) : NULL;
    }
  if (self->areas != NULL || self->fleets != NULL)
    {
      sm_set_error (error, SM_ERROR_INVALID, "scope",
                    "Give --organisation without --areas and --fleets: who is of a company sees "
                    "what is in the areas of its service points.");
      return NULL;
    }
  rules = sm_cli_open_existing (self->database, error);
  if (rules != NULL)
    *out_scope = sm_users_dup_company_scope (rules, self->organisation_id, error);
  return *out_scope != NULL ? g_steal_pointer (&rules) : NULL;
}

/* Of a company with no point yet, whose people would wonder. */
static void
tell_scope (const SmScope *scope)
{
  if (scope->organisation_id != 0 && scope->n_ids == 0)
    fputs ("The company has no service point in any area: its people see only the work that it is "
           "given.\n", stderr);
}

static const char *
role_of (const People *self)
{
  if (self->role != NULL)
    return self->role;
  return self->organisation_id != 0 ? "agent" : "operator";
}

/** sm_cli_user_add: user add NAME */
int
sm_cli_user_add (GStrv args)
{
  g_auto (People) self = { 0 };
  const GOptionEntry entries[] = {
    DATABASE (self),
    { "role", 0, 0, G_OPTION_ARG_STRING, &self.role, "administrator, operator, wall ...", "ROLE" },
    { "display-name", 0, 0, G_OPTION_ARG_STRING, &self.display_name, "As shown to others", "TEXT" },
    PASSWORD_FILE (self), AREAS (self), FLEETS (self), ORGANISATION (self), { NULL }
  };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autofree char *password = NULL;
  g_autoptr (SmRules) rules = NULL;
  g_autoptr (SmScope) scope = NULL;
  g_autofree char *who = sm_cli_dup_actor ();
  g_autoptr (SmActor) actor = sm_actor_new_system (who);
  g_autoptr (GError) error = NULL;
  const char *name;
  int code;

  if (!sm_cli_parse ("user add NAME - let a person sign in", entries, &rest, &code))
    return code;
  name = only_name (rest, "user add", &code);
  if (name == NULL)
    return code;
  rules = open_with_scope (&self, &scope, &error);
  if (rules != NULL)
    password = sm_cli_ask_password (self.password_file, &error);
  if (password == NULL
      || !sm_users_add (rules, actor, name, self.display_name != NULL ? self.display_name : name,
                        role_of (&self), scope, password, NULL, &error))
    return sm_cli_fail (error);
  tell_scope (scope);
  printf ("%s may sign in.\n", name);
  return 0;
}

/** sm_cli_user_passwd: user passwd NAME */
int
sm_cli_user_passwd (GStrv args)
{
  g_auto (People) self = { 0 };
  const GOptionEntry entries[] = { DATABASE (self), PASSWORD_FILE (self), { NULL } };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autofree char *password = NULL;
  g_autoptr (SmRules) rules = NULL;
  g_autofree char *who = sm_cli_dup_actor ();
  g_autoptr (SmActor) actor = sm_actor_new_system (who);
  g_autoptr (GError) error = NULL;
  const char *name;
  int code;

  if (!sm_cli_parse ("user passwd NAME - give a person another password", entries, &rest, &code))
    return code;
  name = only_name (rest, "user passwd", &code);
  if (name == NULL)
    return code;
  rules = sm_cli_open_existing (self.database, &error);
  if (rules != NULL)
    password = sm_cli_ask_password (self.password_file, &error);
  if (password == NULL || !sm_users_passwd (rules, actor, name, password, &error))
    return sm_cli_fail (error);
  printf ("%s has the new password.\n", name);
  return 0;
}

typedef struct
{
  SmActor *actor;
  gint64 engineer_id;
  const char *person;
} Link;

static gpointer
link_engineer (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Link *link = data;
  g_autoptr (SmRow) engineer = sm_engineers_set_person (rules, link->actor, link->engineer_id,
                                                        link->person, error);

  return GINT_TO_POINTER (engineer != NULL);
}

/* Returns: whether both are there: a name that may sign in, and the number of an engineer */
static gboolean
parse_link (GStrv    args,
            SmRules *rules,
            Link    *link,
            GError **error)
{
  g_autoptr (GPtrArray) users = sm_users_list (rules, error);
  guint64 id;

  if (users == NULL)
    return FALSE;
  if (!g_ascii_string_to_unsigned (args[1], 10, 1, G_MAXINT64, &id, NULL))
    {
      sm_set_error (error, SM_ERROR_INVALID, "not-an-id",
                    "“%s” is not the number of an engineer.", args[1]);
      return FALSE;
    }
  link->engineer_id = (gint64) id;
  link->person = args[0];
  for (guint i = 0; i < users->len; i++)
    if (g_str_equal (((const SmUserInfo *) users->pdata[i])->name, args[0]))
      return TRUE;
  sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "There is nobody called %s.", args[0]);
  return FALSE;
}

/** sm_cli_user_engineer: user engineer NAME ID */
int
sm_cli_user_engineer (GStrv args)
{
  g_auto (People) self = { 0 };
  const GOptionEntry entries[] = { DATABASE (self), { NULL } };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (SmRules) rules = NULL;
  g_autofree char *who = sm_cli_dup_actor ();
  g_autoptr (SmActor) actor = sm_actor_new_system (who);
  Link link = { actor };
  g_autoptr (GError) error = NULL;
  int code;

  if (!sm_cli_parse ("user engineer NAME ID - say which engineer a person is", entries, &rest, &code))
    return code;
  if (g_strv_length (rest) != 2)
    return sm_cli_misuse ("user engineer needs a name and the number of an engineer, as in: "
                          "stationmaster-service user engineer NAME 7 --database FILE.");
  rules = sm_cli_open_existing (self.database, &error);
  if (rules == NULL || !parse_link (rest, rules, &link, &error)
      || !sm_rules_do_sync (rules, link_engineer, &link, &error))
    return sm_cli_fail (error);
  printf ("%s is engineer %s.\n", rest[0], rest[1]);
  return 0;
}

/** sm_cli_user_organisation: user organisation NAME ID */
int
sm_cli_user_organisation (GStrv args)
{
  g_auto (People) self = { 0 };
  const GOptionEntry entries[] = { DATABASE (self), { NULL } };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (SmRules) rules = NULL;
  g_autoptr (SmScope) scope = NULL;
  g_autofree char *who = sm_cli_dup_actor ();
  g_autoptr (SmActor) actor = sm_actor_new_system (who);
  g_autoptr (GError) error = NULL;
  guint64 id;
  int code;

  if (!sm_cli_parse ("user organisation NAME ID - say of which company a person is", entries, &rest,
                     &code))
    return code;
  if (g_strv_length (rest) != 2
      || !g_ascii_string_to_unsigned (rest[1], 10, 1, G_MAXINT64, &id, NULL))
    return sm_cli_misuse ("user organisation needs a name and the number of a company, as in: "
                          "stationmaster-service user organisation NAME 7 --database FILE.");
  rules = sm_cli_open_existing (self.database, &error);
  if (rules != NULL)
    scope = sm_users_dup_company_scope (rules, (gint64) id, &error);
  if (scope == NULL || !sm_users_set_access (rules, actor, rest[0], NULL, scope, &error))
    return sm_cli_fail (error);
  tell_scope (scope);
  printf ("%s is of company %s, and has to sign in again.\n", rest[0], rest[1]);
  return 0;
}

/** sm_cli_user_list: user list */
int
sm_cli_user_list (GStrv args)
{
  g_auto (People) self = { 0 };
  const GOptionEntry entries[] = { DATABASE (self), { NULL } };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (SmRules) rules = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GError) error = NULL;
  int code;

  if (!sm_cli_parse ("user list - who may sign in", entries, &rest, &code))
    return code;
  if (g_strv_length (rest) > 0)
    return sm_cli_misuse ("user list takes no name, but it got %s.", rest[0]);
  rules = sm_cli_open_existing (self.database, &error);
  if (rules != NULL)
    users = sm_users_list (rules, &error);
  if (users == NULL)
    return sm_cli_fail (error);
  if (users->len == 0)
    fputs ("Nobody may sign in yet; change that with: user add NAME.\n", stderr);
  for (guint i = 0; i < users->len; i++)
    {
      const SmUserInfo *user = g_ptr_array_index (users, i);

      printf ("%s\t%s\t%s\t%s", user->name, user->role, user->scope_kind, user->display_name);
      if (user->organisation_id != 0)
        printf ("\tcompany %" G_GINT64_FORMAT, user->organisation_id);
      putchar ('\n');
    }
  return 0;
}

/** sm_cli_gateway_add: gateway add NAME; prints the token, which is kept nowhere. */
int
sm_cli_gateway_add (GStrv args)
{
  g_auto (People) self = { 0 };
  const GOptionEntry entries[] = { DATABASE (self), AREAS (self), FLEETS (self), { NULL } };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autofree char *token = NULL;
  g_autoptr (SmRules) rules = NULL;
  g_autoptr (SmScope) scope = NULL;
  g_autofree char *who = sm_cli_dup_actor ();
  g_autoptr (SmActor) actor = sm_actor_new_system (who);
  g_autoptr (GError) error = NULL;
  const char *name;
  int code;

  if (!sm_cli_parse ("gateway add NAME - let a device report; prints its token once", entries, &rest,
                     &code))
    return code;
  name = only_name (rest, "gateway add", &code);
  if (name == NULL)
    return code;
  scope = sm_cli_parse_scope (self.areas, self.fleets, &error);
  if (scope != NULL)
    rules = sm_cli_open (self.database, &error);
  if (rules != NULL)
    token = sm_gateways_add (rules, actor, name, scope, &error);
  if (token == NULL)
    return sm_cli_fail (error);
  printf ("%s\n", token);
  return 0;
}
