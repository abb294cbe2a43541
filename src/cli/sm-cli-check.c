/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include "sm-check.h"
#include "sm-cli-private.h"

static gpointer
check (SmRules       *rules,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  return sm_check_all (rules, error);
}

static gboolean
is_fine (const SmCheckResult *result)
{
  return result->wrong == 0 || result->is_hint;
}

static void
print_text (const SmCheckResult *result)
{
  printf ("%-15s %s %s Looked at %" G_GINT64_FORMAT ", wrong %" G_GINT64_FORMAT ".\n", result->name,
          result->wrong == 0 ? "ok    " : result->is_hint ? "hint  " : "not ok", result->what,
          result->looked_at, result->wrong);
  for (guint i = 0; i < result->examples->len; i++)
    printf ("                - %s\n", (const char *) result->examples->pdata[i]);
  if ((guint64) result->wrong > result->examples->len)
    printf ("                - and %" G_GINT64_FORMAT " more\n",
            result->wrong - result->examples->len);
  if (result->wrong > 0)
    printf ("                %s\n", result->advice);
}

/* Examples are made of numbers and of names that others gave. */
static char *
quote (const char *text)
{
  GString *quoted = g_string_new ("\"");
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (quoted, "\\%c", *p);
    else if ((guchar) *p < 0x20)
      g_string_append_printf (quoted, "\\u%04x", (guint) (guchar) *p);
    else
      g_string_append_c (quoted, *p);
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

static void
print_json (const SmCheckResult *result,
            gboolean             is_first)
{
  printf ("%s{\"name\":\"%s\",\"ok\":%s,\"hint\":%s,\"looked_at\":%" G_GINT64_FORMAT
          ",\"wrong\":%" G_GINT64_FORMAT ",\"examples\":[",
          is_first ? "" : ",\n ", result->name, is_fine (result) ? "true" : "false",
          result->is_hint ? "true" : "false", result->looked_at, result->wrong);
  for (guint i = 0; i < result->examples->len; i++)
    {
      g_autofree char *text = quote (result->examples->pdata[i]);

      printf ("%s%s", i > 0 ? "," : "", text);
    }
  printf ("]}");
}

/* Returns: whether all of it holds */
static gboolean
print_all (GPtrArray *results,
           gboolean   as_json)
{
  gboolean holds = TRUE;

  if (as_json)
    fputs ("{\"checks\":[", stdout);
  for (guint i = 0; i < results->len; i++)
    {
      const SmCheckResult *result = results->pdata[i];

      holds = holds && is_fine (result);
      if (as_json)
        print_json (result, i == 0);
      else
        print_text (result);
    }
  if (as_json)
    printf ("],\n \"ok\":%s}\n", holds ? "true" : "false");
  return holds;
}

/** sm_cli_check: check FILE */
int
sm_cli_check (GStrv args)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Say it for a program", NULL }, { NULL }
  };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRules) rules = NULL;
  int code;

  if (!sm_cli_parse ("check FILE - look whether a network's database holds together", entries, &rest,
                     &code))
    return code;
  if (g_strv_length (rest) != 1)
    return sm_cli_misuse ("check needs the database, as in: stationmaster-service check FILE.");
  /* Who looks makes nothing. */
  if (!g_file_test (rest[0], G_FILE_TEST_EXISTS))
    return sm_cli_misuse ("There is no file %s.", rest[0]);
  rules = sm_cli_open (rest[0], &error);
  if (rules != NULL)
    results = sm_rules_run_sync (rules, check, NULL, &error);
  if (results == NULL)
    return sm_cli_fail (error);
  return print_all (results, as_json) ? 0 : 1;
}
