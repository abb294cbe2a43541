/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sm-clock.h"
#include "sm-ingest.h"
#include "sm-orders.h"
#include "sm-row-codec.h"
#include "sm-rules.h"
#include "sm-service.h"
#include "sm-stations.h"
#include "sm-tell.h"
#include "sm-teller.h"

/*
 * The service as stationmaster-service runs it, of a network that is in the hands of who
 * started it: nothing happens there but what comes by REST, and what stations say, which comes
 * as lines on standard input and goes through the verbs that the simulator calls:
 *
 *     fill NOUN JSON     something new of the register
 *     live NOUN JSON     what a part of a station says of itself
 *     trade order JSON   a swap or a charge
 *
 * Each is answered by a line: "ok ID", or "no" and why not.  It ends when its input does.
 */

typedef struct
{
  char *verb;
  SmRow *row;
} Line;

typedef struct
{
  SmRules *rules;
  GMainLoop *loop;
} Hand;

static gpointer
do_line (SmRules       *rules,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const Line *line = data;
  g_autoptr (SmActor) actor = sm_actor_new_system ("hand");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_ptr_array_add (rows, line->row);
  if (strcmp (line->verb, "live") == 0)
    {
      g_auto (SmIngestResult) result = { 0 };

      sm_ingest_live (rules, actor, rows, &result, error);
    }
  else if (strcmp (line->verb, "trade") == 0)
    {
      sm_row_set_null (line->row, SM_ROW_ID);
      sm_orders_put (rules, actor, rows, error);
    }
  else
    {
      sm_row_set_null (line->row, SM_ROW_ID);
      sm_registry_fill (rules, actor, rows, error);
    }
  return NULL;
}

static SmRow *
read_row (const char  *noun_name,
          const char  *json,
          GError     **error)
{
  const SmNoun *noun = sm_noun_by_name (noun_name);
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (json, strlen (json));
  g_autoptr (SmRow) row = NULL;

  if (noun == NULL)
    {
      sm_set_error (error, SM_ERROR_INVALID, "unknown", "there is no noun %s", noun_name);
      return NULL;
    }
  row = sm_row_read (reader, noun, error);
  return row != NULL && sm_json_reader_finish (reader, error) ? g_steal_pointer (&row) : NULL;
}

static void
take (Hand       *self,
      const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = NULL;
  Line line;

  if (g_strv_length (words) < 3)
    {
      puts ("no: a line is a verb, a noun and JSON");
      return;
    }
  row = read_row (words[1], words[2], &error);
  line = (Line){ words[0], row };
  if (row != NULL)
    sm_rules_run_sync (self->rules, do_line, &line, &error);
  if (error == NULL)
    printf ("ok %" G_GINT64_FORMAT "\n", sm_row_get_id (row));
  else
    printf ("no: %s\n", error->message);
}

static gboolean
line_cb (GIOChannel   *input,
         GIOCondition  condition,
         gpointer      user_data)
{
  Hand *self = user_data;
  g_autofree char *text = NULL;

  if (g_io_channel_read_line (input, &text, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  take (self, g_strchomp (text));
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

static gboolean
tick_cb (gpointer user_data)
{
  sm_rules_tick_async (user_data);
  return G_SOURCE_CONTINUE;
}

static void
live (SmRules    *rules,
      SmService  *service,
      const char *url)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  g_autoptr (SmTeller) teller = sm_teller_new (rules);
  Hand hand = { rules, loop };
  guint tick = g_timeout_add_seconds (1, tick_cb, rules);

  printf ("listening on %s\n", url);
  fflush (stdout);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, line_cb, &hand);
  g_main_loop_run (loop);
  sm_service_stop (service);
  g_source_remove (tick);
}

static SmRules *
open_rules (const char  *database,
            const char  *telling,
            GError     **error)
{
  g_autoptr (SmClock) clock = sm_clock_new_machine ();
  SmRules *rules = sm_rules_open (&(SmRulesOptions){ .path = database, .network = clock,
                                                     .machine = clock, .is_service = TRUE,
                                                     .network_name = "In hand" },
                                  error);
  SmTellSettings *settings
      = rules != NULL && telling != NULL ? sm_tell_settings_load (telling, error) : NULL;

  if (settings != NULL)
    sm_tell_set_settings (rules, settings);
  return rules;
}

int
main (int argc, char *argv[])
{
  g_autofree char *listen = g_strdup ("127.0.0.1:0");
  g_autofree char *database = NULL;
  g_autofree char *telling = NULL;
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &listen, "Where to answer", "ADDRESS:PORT" },
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &database, "The network", "FILE" },
    { "telling", 0, 0, G_OPTION_ARG_FILENAME, &telling, "Whom to tell of what", "FILE" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRules) rules = NULL;
  g_autoptr (SmService) service = NULL;
  g_autofree char *url = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  signal (SIGPIPE, SIG_IGN);
  rules = open_rules (database, telling, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  service = sm_service_new (rules, &(SmServiceOptions){ .database = database, .quiet = TRUE });
  if (!sm_service_listen (service, listen, FALSE, &url, &error))
    g_error ("%s", error->message);
  live (rules, service, url);
  return 0;
}
