/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#define SHENZHEN SM_SOURCE_DATA_DIR "/shenzhen/stations.csv"

/* The program itself, in a folder of its own: what it says and how it ends. */
typedef struct
{
  char *folder;
  char *database;
  char *out, *err;
  int status;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("sm-cli-XXXXXX", NULL);
  fixture->database = g_build_filename (fixture->folder, "network.db", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->database);
  g_free (fixture->out);
  g_free (fixture->err);
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
run (Fixture    *fixture,
     const char *first,
     ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  g_ptr_array_add (argv, (char *) g_getenv ("SM_TEST_SERVICE"));
  va_start (args, first);
  for (const char *arg = first; arg != NULL; arg = va_arg (args, const char *))
    g_ptr_array_add (argv, (char *) arg);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
  /* Standard input is empty, and no terminal. */
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, "", NULL, &fixture->out, &fixture->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  fixture->status = g_subprocess_get_exit_status (process);
}

static void
assert_says (const char *text,
             const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in: %s", part, text);
}

static void
test_help (Fixture       *fixture,
           gconstpointer  data)
{
  run (fixture, "--help", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_says (fixture->out, "--simulate=demo|national|none");
  assert_says (fixture->out, "import stations FILE.csv");
  run (fixture, "--version", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->out, ==, "stationmaster-service " SM_VERSION "\n");
  run (fixture, "user", "add", "--help", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_says (fixture->out, "--password-file=FILE");
}

/* What is said when something is wrong ends by saying what to do. */
static void
test_misuse (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *text = write_file (fixture, "text.db", "This is a letter, and no database at all.\n");

  run (fixture, NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "Say so with --database FILE.");
  run (fixture, "frobnicate", NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "There is no command “frobnicate”.");
  run (fixture, "--database", fixture->database, "--simulate", "demo", "--start", "yesterday", NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "write --start as in 2026-05-01T06:00:00+08:00");
  run (fixture, "--database", fixture->database, "--simulate", "demo", "--speed", "0", NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  run (fixture, "--database", fixture->database, "--simulate", "demo", "--history-days", "-1", NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "--history-days needs a number from");
  run (fixture, "--database", fixture->database, "--simulate", "none", "--history-days", "3", NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "or add --simulate demo");
  run (fixture, "--database", fixture->database, "--simulate", "mars", NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "say --simulate demo, --simulate national or --simulate none");
  run (fixture, "--database", fixture->database, "--listen", "0.0.0.0:0", NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "--allow-plain");
  run (fixture, "--database", "/nowhere/at/all.db", NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "Check that its folder is there");
  run (fixture, "--database", text, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "is not a database of this program");
}

static void
test_port_in_use (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) taken = NULL;
  g_autofree char *listen = NULL;

  g_assert_true (g_socket_listener_add_address (listener, any, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &taken, NULL));
  listen = g_strdup_printf ("127.0.0.1:%u",
                            g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (taken)));
  run (fixture, "--database", fixture->database, "--listen", listen, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "choose another port with --listen");
}

static void
test_people (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *file = write_file (fixture, "password", "correct horse\n");
  g_autofree char *empty = write_file (fixture, "empty", "\n");

  run (fixture, "user", "list", "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "There is no database");
  g_assert_false (g_file_test (fixture->database, G_FILE_TEST_EXISTS));
  run (fixture, "user", "add", "li", "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "give --password-file FILE");
  run (fixture, "user", "add", "li", "--database", fixture->database, "--password-file", empty, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  run (fixture, "user", "add", "li", "--role", "king", "--database", fixture->database,
       "--password-file", file, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "administrator, ");
  run (fixture, "user", "add", "li", "--role", "operator", "--display-name", "李", "--database",
       fixture->database, "--password-file", file, NULL);
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpint (fixture->status, ==, 0);
  run (fixture, "user", "add", "li", "--database", fixture->database, "--password-file", file, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "user passwd NAME");
  run (fixture, "user", "passwd", "li", "--database", fixture->database, "--password-file", file, NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  run (fixture, "user", "passwd", "nobody", "--database", fixture->database, "--password-file", file,
       NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  run (fixture, "user", "list", "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->out, ==, "li\toperator\tall\t李\n");
}

static void
test_gateway (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *first = NULL;

  run (fixture, "gateway", "add", "yard-1", "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_true (g_regex_match_simple ("^[0-9A-Za-z_-]{32,}\n$", fixture->out, 0, 0));
  first = g_strdup (fixture->out);
  run (fixture, "gateway", "add", "yard-2", "--database", fixture->database, NULL);
  g_assert_cmpstr (fixture->out, !=, first);
}

static void
test_import (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *filled_in = NULL;
  g_autofree char *damaged = write_file (fixture, "damaged.csv",
                                         "station_id,lat,lng,piles\nA,22.5,114,2\nB,north,114,2\n");
  g_autofree char *where = g_strdup_printf ("%s:3: column lat: “north” is not a number", damaged);

  run (fixture, "import", "stations", SHENZHEN, "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "Say --datum gcj02");
  run (fixture, "import", "stations", SHENZHEN, "--database", fixture->database, "--datum", "gcj02",
       "--dry-run", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_says (fixture->out, "1587 rows read: 1587 stations added, 0 changed, 0 unchanged, 0 refused; "
                             "23441 piles.\n");
  g_assert_false (g_file_test (fixture->database, G_FILE_TEST_EXISTS));
  run (fixture, "import", "stations", SHENZHEN, "--database", fixture->database, "--datum", "gcj02", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  run (fixture, "import", "stations", SHENZHEN, "--database", fixture->database, "--datum", "gcj02", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_says (fixture->out, "0 stations added, 0 changed, 1587 unchanged, 0 refused");
  run (fixture, "import", "stations", damaged, "--database", fixture->database, "--datum", "wgs84", NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->out, "1 stations added");
  assert_says (fixture->err, where);
  run (fixture, "import", "stations", "--template", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_true (g_str_has_prefix (fixture->out, "sn,name_en,"));
  filled_in = write_file (fixture, "template.csv", fixture->out);
  run (fixture, "import", "stations", filled_in, "--database", fixture->database, "--datum", "wgs84", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_says (fixture->out, "1 stations added, 0 changed, 0 unchanged, 0 refused");
  run (fixture, "import", "stations", "/nowhere.csv", "--datum", "wgs84", "--database", fixture->database,
       NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "/nowhere.csv cannot be read");
}

/* Returns: a service of the fixture's database that has said where it listens */
static GSubprocess *
start_with (Fixture           *fixture,
            const char        *option,
            const char        *value,
            GDataInputStream **out_stream)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                      g_getenv ("SM_TEST_SERVICE"), "--listen", "127.0.0.1:0", "--database",
                      fixture->database, option, value, "--seed", "7", "--speed", "60",
                      "--start", "2026-05-01T06:00:00+08:00", "--history-days", "0.1", NULL);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  *out_stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (*out_stream, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_regex_match_simple ("^listening on http://127\\.0\\.0\\.1:[0-9]+$", line, 0, 0));
  return g_steal_pointer (&process);
}

static GSubprocess *
start_service (Fixture           *fixture,
               GDataInputStream **out_stream)
{
  return start_with (fixture, "--simulate", "demo", out_stream);
}

static void
end_service (GSubprocess      *process,
             GDataInputStream *stream,
             int               signal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rest = NULL;

  g_subprocess_send_signal (process, signal);
  rest = g_data_input_stream_read_line (stream, NULL, NULL, NULL);
  g_assert_null (rest);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

/* A drill is played where nothing else ever was, and nothing else is done there. */
static void
test_drill (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *untitled = write_file (fixture, "untitled.json", "{\"events\": []}");
  g_autofree char *strange = write_file (fixture, "strange.json",
                                         "{\"title\": \"x\", \"events\": [{\"at_minutes\": 1,"
                                         " \"do\": \"silence\", \"station\": \"NOWHERE\"}]}");
  g_autofree char *stations = write_file (fixture, "stations.csv",
                                          "station_id,lat,lng,piles\nA,22.5,114,2\n");
  g_autofree char *good = write_file (fixture, "good.json", "{\"title\": \"A\", \"events\": []}");
  g_autoptr (GDataInputStream) stream = NULL;
  g_autoptr (GSubprocess) process = NULL;

  run (fixture, "--database", fixture->database, "--drill", untitled, NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "needs a “title”");
  run (fixture, "--database", fixture->database, "--drill", strange, NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "there is no “NOWHERE” in this network");
  run (fixture, "--database", fixture->database, "--drill", good, "--scenario", good, NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  run (fixture, "--database", fixture->database, "--drill", "/nowhere.json", NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "The scenario cannot be read");
  g_assert_false (g_file_test (fixture->database, G_FILE_TEST_EXISTS));
  /* People may be there before. */
  run (fixture, "gateway", "add", "yard", "--database", fixture->database, NULL);
  process = start_with (fixture, "--drill", good, &stream);
  end_service (process, stream, SIGTERM);
  run (fixture, "--database", fixture->database, "--simulate", "demo", NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "is the database of a drill (A)");
  g_free (fixture->database);
  fixture->database = g_build_filename (fixture->folder, "real.db", NULL);
  run (fixture, "import", "stations", stations, "--database", fixture->database, "--datum", "wgs84",
       NULL);
  run (fixture, "--database", fixture->database, "--drill", good, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "is not the database of a drill");
}

/* The first thing it says is where it listens; SIGTERM and SIGINT end it well. */
static void
test_begins_and_ends (Fixture       *fixture,
                      gconstpointer  data)
{
  static const int signals[] = { SIGTERM, SIGINT };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GDataInputStream) stream = NULL;
      g_autoptr (GSubprocess) process = start_service (fixture, &stream);

      end_service (process, stream, signals[i]);
    }
}

/* Two services would each believe in their own live values; whoever manages
 * people or imports is only visiting. */
static void
test_one_service (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GDataInputStream) stream = NULL;
  g_autoptr (GSubprocess) process = start_service (fixture, &stream);

  run (fixture, "--listen", "127.0.0.1:0", "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "another service works on it");
  assert_says (fixture->err, "End that one first");
  run (fixture, "user", "list", "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  run (fixture, "gateway", "add", "east", "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  end_service (process, stream, SIGTERM);
  /* Nobody is locked out by one that has ended. */
  g_clear_object (&stream);
  g_clear_object (&process);
  process = start_service (fixture, &stream);
  end_service (process, stream, SIGTERM);
}

/* A network that holds together is said to, to people and to programs. */
static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  run (fixture, "check", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "There is no file");
  g_assert_false (g_file_test (fixture->database, G_FILE_TEST_EXISTS));
  run (fixture, "import", "stations", SHENZHEN, "--datum", "gcj02", "--database",
       fixture->database, NULL);
  run (fixture, "check", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_says (fixture->out, "rollups         ok");
  run (fixture, "check", fixture->database, "--json", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_says (fixture->out, "\"ok\":true}");
}

/* What the files take is said by table, and what they will take. */
static void
test_forecast (Fixture       *fixture,
               gconstpointer  data)
{
  run (fixture, "forecast", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 2);
  assert_says (fixture->err, "There is no file");
  run (fixture, "import", "stations", SHENZHEN, "--datum", "gcj02", "--database",
       fixture->database, NULL);
  run (fixture, "forecast", fixture->database, "--days", "30", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_says (fixture->out, "station  ");
  assert_says (fixture->out, "kept as registered");
  assert_says (fixture->out, "in 30 days");
  run (fixture, "forecast", fixture->database, "--json", NULL);
  assert_says (fixture->out, "\"days\":365,\"bytes\":");
  run (fixture, "forecast", fixture->database, "--days", "0", NULL);
  g_assert_cmpint (fixture->status, ==, 2);
}

/* --- templates of inspections --- */

#define CHECK "{\"text\":\"dry\",\"text_zh\":\"干燥\"}"

/* @safety: the last of the six, or "" */
static void
add_template (Fixture    *fixture,
              const char *head,
              const char *safety)
{
  g_autofree char *text = g_strdup_printf (
      "{%s,\"station_kind\":\"swap\",\"sort\":[" CHECK "],\"set_in_order\":[" CHECK "],"
      "\"shine\":[" CHECK "," CHECK "],\"standardise\":[" CHECK "],\"sustain\":[" CHECK "]%s}",
      head, safety);
  g_autofree char *path = write_file (fixture, "template.json", text);

  run (fixture, "inspection-template", "add", path, "--database", fixture->database, NULL);
}

static void
assert_template_refused (Fixture    *fixture,
                         const char *head,
                         const char *safety,
                         const char *where)
{
  add_template (fixture, head, safety);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, where);
  run (fixture, "inspection-template", "list", "--database", fixture->database, NULL);
  g_assert_cmpstr (fixture->out, ==, "");
}

#define NAMES "\"name\":\"Battery room\",\"name_zh\":\"电池间\""
#define SAFETY ",\"safety\":[" CHECK "]"

static void
test_template (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *path = NULL;

  add_template (fixture, NAMES, SAFETY);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "There is no database");
  run (fixture, "import", "stations", SHENZHEN, "--datum", "gcj02", "--database",
       fixture->database, NULL);
  add_template (fixture, NAMES, SAFETY);
  g_assert_cmpint (fixture->status, ==, 0);
  run (fixture, "inspection-template", "list", "--database", fixture->database, NULL);
  g_assert_cmpstr (fixture->out, ==, "Battery room\t电池间\tswap\n");
  run (fixture, "inspection-template", "export", "电池间", "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  first = g_strdup (fixture->out);
  run (fixture, "inspection-template", "remove", "battery room", "--database", fixture->database,
       NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  run (fixture, "inspection-template", "export", "battery room", "--database", fixture->database,
       NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  assert_says (fixture->err, "inspection-template list");
  /* What was given out is taken, and is the same. */
  path = write_file (fixture, "again.json", first);
  run (fixture, "inspection-template", "add", path, "--database", fixture->database, NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  run (fixture, "inspection-template", "export", "Battery room", "--database", fixture->database,
       NULL);
  g_assert_cmpstr (fixture->out, ==, first);
}

/* Where it is wrong, and what to do; and nothing of it is taken. */
static void
test_template_refused (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GString) many = g_string_new (",\"safety\":[" CHECK);
  g_autofree char *long_text = g_strnfill (201, 'x');
  g_autofree char *long_one = g_strdup_printf (
      ",\"safety\":[" CHECK ",{\"text\":\"%s\",\"text_zh\":\"x\"}]", long_text);

  for (guint i = 0; i < 10; i++)
    g_string_append (many, "," CHECK);
  g_string_append_c (many, ']');
  run (fixture, "import", "stations", SHENZHEN, "--datum", "gcj02", "--database",
       fixture->database, NULL);
  assert_template_refused (fixture, NAMES ",\"colour\":1", SAFETY,
                           "colour: there is no such field. Take it out");
  assert_template_refused (fixture, "\"name\":7,\"name_zh\":\"x\"", SAFETY,
                           "name: should be a text");
  assert_template_refused (fixture, "\"name\":\"Swap station\",\"name_zh\":\"x\"", SAFETY,
                           "is a template that the program comes with. Choose another name");
  assert_template_refused (fixture, NAMES, "", "safety: is missing");
  assert_template_refused (fixture, NAMES, ",\"safety\":\"dry\"", "safety: should be a list");
  assert_template_refused (fixture, NAMES, ",\"safety\":[\"dry\"]", "safety[1]: should be an object");
  assert_template_refused (fixture, NAMES, ",\"safety\":[{\"text\":\"x\"}]",
                           "safety[1].text_zh: is missing");
  assert_template_refused (fixture, NAMES,
                           ",\"safety\":[{\"text\":\"x\",\"text_zh\":\"x\",\"must\":true}]",
                           "safety[1].must: there is no such field");
  assert_template_refused (fixture, NAMES, long_one, "safety[2].text: has 201 characters");
  assert_template_refused (fixture, NAMES, many->str, "safety: has 11 entries, and at most 10");
  assert_template_refused (fixture, NAMES, ",\"safety\":[", "template.json: ");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/help", test_help);
  ADD ("/cli/misuse-says-what-to-do", test_misuse);
  ADD ("/cli/port-in-use", test_port_in_use);
  ADD ("/cli/people", test_people);
  ADD ("/cli/gateway", test_gateway);
  ADD ("/cli/import-stations", test_import);
  ADD ("/cli/begins-and-ends", test_begins_and_ends);
  ADD ("/cli/drill-has-its-own-network", test_drill);
  ADD ("/cli/check", test_check);
  ADD ("/cli/forecast", test_forecast);
  ADD ("/cli/inspection-template", test_template);
  ADD ("/cli/inspection-template-refused", test_template_refused);
  ADD ("/cli/one-service-a-database", test_one_service);
  return g_test_run ();
}
