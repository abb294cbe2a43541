/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-cli"

#include "config.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include <glib-unix.h>

#include "sm-cli-private.h"
#include "sm-error.h"
#include "sm-noun.h"
#include "sm-service.h"
#include "sm-sim.h"
#include "sm-tell.h"
#include "sm-teller.h"
#include "sm-time.h"
#include "sm-tls.h"
#include "sm-work-photos.h"

#define MAX_SPEED 3600.0
#define HISTORY_DAYS 14.0
#define MIN_HISTORY_DAYS 0.05 /* swaps that are under way have begun somewhere */
#define MAX_HISTORY_DAYS 60.0
/* Names of a network are one text: this one is read by both who read it. */
static const char *const network_names[] = {
  [SM_SIM_NETWORK_DEMO] = "Guangdong demo · 广东演示网络",
  [SM_SIM_NETWORK_NATIONAL] = "National demo · 全国演示网络",
};

/* How the service was asked to run. */
typedef struct
{
  char *public_url;
  char *listen, *database, *simulate, *start, *seed_text, *scenario_path, *drill_path;
  char *tls_certificate, *tls_key, *telling;
  SmSimScenario *scenario;
  double speed, history_days;
  gboolean allow_plain, wants_version;
  int max_shelf_minutes;
  guint64 seed;
  gint64 start_us;
  gboolean is_simulated;
  SmSimNetworkKind network;
} Serve;

static void
serve_clear (Serve *self)
{
  g_free (self->public_url);
  g_free (self->listen);
  g_free (self->database);
  g_free (self->simulate);
  g_free (self->start);
  g_free (self->seed_text);
  g_free (self->scenario_path);
  g_free (self->drill_path);
  g_free (self->tls_certificate);
  g_free (self->tls_key);
  g_free (self->telling);
  g_clear_pointer (&self->scenario, sm_sim_scenario_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Serve, serve_clear)

static const char usage[] =
  "- serve a network of battery-swap and charging stations\n\n"
  "Commands (each with --help, each takes --database FILE):\n"
  "  user add NAME              let a person sign in\n"
  "  user passwd NAME           give a person another password\n"
  "  user engineer NAME ID      say which engineer a person is\n"
  "  user organisation NAME ID  say of which company a person is: only its stations and work\n"
  "  user list                  who may sign in\n"
  "  gateway add NAME           let a device report; prints its token once\n"
  "  import stations FILE.csv   bring stations in from a table\n"
  "  check FILE                 look whether a network's database holds together\n"
  "  forecast FILE              what its files take, and will take in a year\n"
  "  backup FILE                copy the database, also while the service runs\n"
  "  restore FILE               put a copy in its place; what was there is kept";

/* Installed, or in the tree that it was built from. */
static const char *
find_data (void)
{
  g_autofree char *path = g_build_filename (SM_DATA_DIR, "network", "national.csv", NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? SM_DATA_DIR : SM_SOURCE_DATA_DIR;
}

static gboolean
parse_simulation (Serve  *self,
                  GError **error)
{
  static const char *const networks[] = { "demo", "national", NULL };
  guint network = sm_slug_index (networks, self->simulate);

  self->is_simulated = network != SM_ENUM_UNKNOWN;
  self->network = self->is_simulated ? (SmSimNetworkKind) network : SM_SIM_NETWORK_DEMO;
  if (!self->is_simulated && self->simulate != NULL && strcmp (self->simulate, "none") != 0)
    {
      sm_set_error (error, SM_ERROR_INVALID, "simulate",
                    "There is no simulated network “%s”; say --simulate demo, "
                    "--simulate national or --simulate none.",
                    self->simulate);
      return FALSE;
    }
  if (!self->is_simulated && (self->start != NULL || self->speed != 1.0
                                 || self->history_days != HISTORY_DAYS))
    {
      sm_set_error (error, SM_ERROR_INVALID, "clock-of-real-network",
                    "Only a simulated network has a clock and a past of its own; leave --start, "
                    "--speed and --history-days out, or add --simulate demo.");
      return FALSE;
    }
  self->seed = 1;
  if (self->seed_text != NULL
      && !g_ascii_string_to_unsigned (self->seed_text, 10, 0, G_MAXUINT64, &self->seed, NULL))
    {
      sm_set_error (error, SM_ERROR_INVALID, "seed", "“%s” is not a whole number; --seed needs one.",
                    self->seed_text);
      return FALSE;
    }
  return TRUE;
}

/* A drill is a scenario on a network of its own, that says everywhere what it is. */
static gboolean
parse_drill (Serve   *self,
             GError **error)
{
  if (self->drill_path == NULL)
    return TRUE;
  if (self->scenario_path != NULL || (self->simulate != NULL && strcmp (self->simulate, "none") == 0))
    {
      sm_set_error (error, SM_ERROR_INVALID, "drill-and-scenario",
                    "--drill FILE.json plays its own scenario on a simulated network; leave "
                    "--scenario and --simulate none out.");
      return FALSE;
    }
  if (self->simulate == NULL)
    self->simulate = g_strdup ("demo");
  self->scenario_path = g_strdup (self->drill_path);
  return TRUE;
}

static gboolean
check_drill (Serve   *self,
             GError **error)
{
  if (self->drill_path == NULL || sm_sim_scenario_get_title (self->scenario) != NULL)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "drill-title",
                "A drill says what it is: “%s” needs a “title”.", self->drill_path);
  return FALSE;
}

static gboolean
parse_scenario (Serve   *self,
                GError **error)
{
  if (self->scenario_path == NULL)
    return TRUE;
  if (!self->is_simulated)
    {
      sm_set_error (error, SM_ERROR_INVALID, "scenario-of-real-network",
                    "Only a simulated network plays a scenario; leave --scenario out, or add "
                    "--simulate demo.");
      return FALSE;
    }
  self->scenario = sm_sim_scenario_load (self->scenario_path, error);
  if (self->scenario == NULL
      || !sm_sim_check_scenario (self->scenario, self->network, self->seed, find_data (), error))
    return FALSE;
  if (self->start == NULL && sm_sim_scenario_get_start (self->scenario) != SM_UNKNOWN)
    self->start_us = sm_sim_scenario_get_start (self->scenario);
  return check_drill (self, error);
}

static gboolean
parse_clock (Serve  *self,
             GError **error)
{
  if (!(self->speed > 0.0) || self->speed > MAX_SPEED)
    {
      sm_set_error (error, SM_ERROR_INVALID, "speed", "--speed needs a number above 0, at most %g.",
                    MAX_SPEED);
      return FALSE;
    }
  if (!(self->history_days >= MIN_HISTORY_DAYS) || self->history_days > MAX_HISTORY_DAYS)
    {
      sm_set_error (error, SM_ERROR_INVALID, "history-days",
                    "--history-days needs a number from %g to %g.", MIN_HISTORY_DAYS,
                    MAX_HISTORY_DAYS);
      return FALSE;
    }
  self->start_us = g_get_real_time ();
  if (self->start != NULL && !sm_time_from_rfc3339 (self->start, &self->start_us, NULL))
    {
      sm_set_error (error, SM_ERROR_INVALID, "start",
                    "“%s” is not a moment; write --start as in 2026-05-01T06:00:00+08:00.", self->start);
      return FALSE;
    }
  return TRUE;
}

/* Returns: FALSE with the exit code when there is nothing to serve. */
static gboolean
parse (Serve *self,
       GStrv  args,
       int   *out_code)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &self->listen,
      "Where to answer; 127.0.0.1:8080 when not given, port 0 for any that is free", "ADDRESS:PORT" },
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &self->database, "The network; made when not there", "FILE" },
    { "simulate", 0, 0, G_OPTION_ARG_STRING, &self->simulate, "Let the network play itself", "demo|national|none" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed_text, "Of the simulation; 1 when not given", "N" },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &self->speed, "How much faster than real its clock runs", "X" },
    { "start", 0, 0, G_OPTION_ARG_STRING, &self->start, "When its clock begins; now when not given", "TIME" },
    { "history-days", 0, 0, G_OPTION_ARG_DOUBLE, &self->history_days,
      "How many days a simulated network has behind it when it is new; 14 when not given", "N" },
    { "scenario", 0, 0, G_OPTION_ARG_FILENAME, &self->scenario_path,
      "What is to go wrong in a simulated network, and when", "FILE.json" },
    { "drill", 0, 0, G_OPTION_ARG_FILENAME, &self->drill_path,
      "Play a scenario for training, on a simulated network in a database of its own; all that is "
      "shown and written says that it is a drill", "FILE.json" },
    { "max-shelf", 0, 0, G_OPTION_ARG_INT, &self->max_shelf_minutes,
      "For how long an alarm may be put aside at most; 480 when not given", "MINUTES" },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &self->public_url,
      "Under which address people find this service, for the labels on stations and piles", "URL" },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &self->tls_certificate,
      "Encrypt, and show this certificate (PEM, with those between it and its authority); "
      "a renewed file is noticed", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &self->tls_key, "The private key of the certificate", "FILE" },
    { "telling", 0, 0, G_OPTION_ARG_FILENAME, &self->telling,
      "Whom to tell of what, by SMS, e-mail, voice, webhook or lamp, and how", "FILE" },
    { "allow-plain", 0, 0, G_OPTION_ARG_NONE, &self->allow_plain,
      "Answer others than this machine, without encryption", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->wants_version, "Show the version", NULL },
    { NULL }
  };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;

  self->speed = 1.0;
  self->history_days = HISTORY_DAYS;
  if (!sm_cli_parse (usage, entries, &rest, out_code))
    return FALSE;
  *out_code = 0;
  if (self->wants_version)
    puts ("stationmaster-service " SM_VERSION);
  else if (g_strv_length (rest) > 0)
    *out_code = sm_cli_misuse ("“%s” was not expected here.", rest[0]);
  else if (self->database == NULL)
    *out_code = sm_cli_misuse ("Which network is it? Say so with --database FILE.");
  else if (parse_drill (self, &error) && parse_simulation (self, &error) && parse_clock (self, &error)
           && parse_scenario (self, &error))
    return TRUE;
  else
    *out_code = sm_cli_misuse ("%s", error->message);
  return FALSE;
}

/* Systemd gives a unit a folder that no backup keeps: what lies there does not go
 * back in time with the database. */
static char *
find_far_mark (const char *database)
{
  const char *folder = g_getenv ("CACHE_DIRECTORY");
  g_autofree char *name = g_path_get_basename (database);
  g_autofree char *mark = g_strconcat (name, "-mark", NULL);

  return folder != NULL && g_path_is_absolute (folder) ? g_build_filename (folder, mark, NULL) : NULL;
}

static SmRules *
open_rules (Serve   *self,
            SmClock *network,
            GError **error)
{
  g_autoptr (SmClock) machine = sm_clock_new_machine ();
  g_autofree char *far_mark = find_far_mark (self->database);
  const char *drill = self->drill_path != NULL ? sm_sim_scenario_get_title (self->scenario) : NULL;
  /* Whoever shows a name only, shows this. */
  g_autofree char *drill_name = drill != NULL ? g_strdup_printf ("DRILL 演练 · %s", drill) : NULL;
  SmRulesOptions options = { .path = self->database, .far_mark = far_mark, .network = network, .machine = machine,
                             .is_service = TRUE, .simulated = self->is_simulated,
                             .max_shelf_minutes = self->max_shelf_minutes, .drill = drill,
                             .network_name = drill_name != NULL   ? drill_name
                                             : self->is_simulated ? network_names[self->network]
                                                                  : NULL };
  SmRules *rules = sm_cli_open_with (&options, error);
  gint64 last_us;

  if (rules == NULL || !self->is_simulated)
    return rules;
  /* Opened again, a simulated network goes on and never back. */
  last_us = sm_sim_last_time (rules);
  if (last_us != SM_UNKNOWN && last_us > sm_clock_now (network))
    sm_clock_set (network, last_us, self->speed);
  return rules;
}

static gboolean
tick_cb (gpointer user_data)
{
  sm_rules_tick_async (user_data);
  return G_SOURCE_CONTINUE;
}

#define SWEEP_S (6 * 60 * 60)

static gboolean
sweep_cb (gpointer user_data)
{
  sm_work_photos_sweep_async (user_data);
  return G_SOURCE_CONTINUE;
}

/* A daemon is told so that its files were changed. */
static gboolean
reload_cb (gpointer user_data)
{
  sm_service_reload (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* The port is said once we can be told to end, and before the demo is filled:
 * whoever waits for the one need not wait for the other. */
static void
live (Serve      *self,
      SmRules    *rules,
      SmService  *service,
      const char *url)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  SmSimOptions options = { .network = self->network, .seed = self->seed, .data_dir = find_data (),
                           .history_days = self->history_days,
                           .scenario = g_steal_pointer (&self->scenario) };
  g_autoptr (SmSim) sim = NULL;
  g_autoptr (SmTeller) teller = sm_teller_new (rules);
  guint sources[] = {
    g_unix_signal_add (SIGINT, quit_cb, loop),
    g_unix_signal_add (SIGTERM, quit_cb, loop),
    g_unix_signal_add (SIGHUP, reload_cb, service),
    g_timeout_add_seconds (1, tick_cb, rules),
    g_timeout_add_seconds (SWEEP_S, sweep_cb, rules),
  };

  printf ("listening on %s\n", url);
  fflush (stdout);
  g_message ("Started, version " SM_VERSION ", on %s", url);
  sm_work_photos_sweep_async (rules);
  if (self->is_simulated)
    {
      sim = sm_sim_new (rules, &options);
      sm_sim_start (sim);
    }
  g_main_loop_run (loop);
  sm_service_stop (service);
  g_clear_pointer (&teller, sm_teller_free);
  g_message ("Stopped, as it was told to");
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
}

/* Before anybody else works on the rules. */
static gboolean
take_telling (Serve    *self,
              SmRules  *rules,
              GError  **error)
{
  SmTellSettings *settings;

  if (self->telling == NULL)
    return TRUE;
  settings = sm_tell_settings_load (self->telling, error);
  if (settings == NULL)
    return FALSE;
  if (self->public_url != NULL)
    settings->base = g_strndup (self->public_url,
                                strlen (self->public_url)
                                    - (g_str_has_suffix (self->public_url, "/") ? 1 : 0));
  sm_tell_set_settings (rules, settings);
  return TRUE;
}

/* Every connection is a file, and the usual 1,024 are for programs without. */
static void
raise_file_limit (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) != 0)
    return;
  files.rlim_cur = files.rlim_max;
  setrlimit (RLIMIT_NOFILE, &files);
}

/** sm_cli_serve: Serves until it is told to end. */
int
sm_cli_serve (GStrv args)
{
  g_auto (Serve) self = { 0 };
  g_autoptr (SmClock) network = NULL;
  g_autoptr (SmRules) rules = NULL;
  g_autoptr (SmService) service = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  SmServiceOptions options = { 0 };
  int code;

  if (!parse (&self, args, &code))
    return code;
  /* A peer that goes away is an error of its socket, not our end. */
  signal (SIGPIPE, SIG_IGN);
  sm_tls_prepare ();
  raise_file_limit ();
  network = self.is_simulated ? sm_clock_new_network (self.start_us, self.speed) : sm_clock_new_machine ();
  rules = open_rules (&self, network, &error);
  if (rules == NULL || !take_telling (&self, rules, &error))
    return sm_cli_fail (error);
  options.database = self.database;
  options.public_url = self.public_url;
  options.tls_certificate = self.tls_certificate;
  options.tls_key = self.tls_key;
  service = sm_service_new (rules, &options);
  if (!sm_service_listen (service, self.listen != NULL ? self.listen : "127.0.0.1:8080",
                          self.allow_plain, &url, &error))
    return sm_cli_fail (error);
  live (&self, rules, service, url);
  return 0;
}
