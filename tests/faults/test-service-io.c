/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-outbox.h"
#include "sm-test-folder.h"
#include "sm-test-full.h"
#include "sm-test-inject.h"
#include "stations.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* The disk fails at single system calls: nobody is told that something is saved
 * which is not, and what is tried again is there once. */

#define N_STATIONS 3
#define N_WRITES 100

typedef struct
{
  const char *call, *rule;
} Fault;

static const Fault faults[] = {
  { "fdatasync", "error=EIO:when=2+3" },
  { "fdatasync", "error=ENOSPC:when=1+4" },
  { "pwrite64", "error=EIO:when=3+7" },
  { "pwrite64", "error=ENOSPC:when=2+5" },
  { "pwrite64", "error=EIO:when=1+2" },
  { "fdatasync", "error=EIO" },
  { "openat", "error=EIO" },
};

/* Which fails of the files that are opened at the start. */
#define N_STARTS 120

/* --- the service --- */

typedef struct
{
  SmTestService *service;
  char *token;
  Renamer renamers[N_STATIONS];
  guint n_refused;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->service = sm_test_service_new (NULL);
  stations_furnish (f->service, N_STATIONS);
  sm_test_service_run (f->service);
  f->token = sm_test_service_sign_in (f->service, STATIONS_ADMIN, STATIONS_PASSWORD);
  for (guint i = 0; i < N_STATIONS; i++)
    renamer_begin (&f->renamers[i], f->service, f->token, i + 1);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  for (guint i = 0; i < N_STATIONS; i++)
    renamer_clear (&f->renamers[i]);
  sm_test_service_free (f->service);
  g_free (f->token);
}

/* Done, or "not now" with words; nothing else, and no silence. */
static void
try_one (Fixture *f,
         Renamer *renamer)
{
  g_autoptr (SmTestAnswer) answer = renamer_try (renamer);
  g_autoptr (JsonObject) problem = NULL;

  if (answer->status == 200)
    return;
  f->n_refused++;
  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_nonnull (sm_test_answer_header (answer, "retry-after"));
  problem = sm_test_answer_object (answer);
  g_assert_true (json_object_has_member (problem, "type"));
}

/* Once each, in the table and in the audit, whatever was said on the way. */
static void
assert_exactly_once (Fixture       *f,
                     const Renamer *renamer)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/audit?object=station/%" G_GINT64_FORMAT
                                           "&limit=1000", renamer->id);
  g_autoptr (JsonObject) audit = sm_test_service_get (f->service, path, f->token);
  JsonArray *entries = json_object_get_array_member (audit, "items");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      n += g_str_equal (json_object_get_string_member (entry, "outcome"), "done")
           && !g_str_equal (json_object_get_string_member (entry, "act"), "station.import");
    }
  g_assert_cmpuint (n, ==, renamer->n_done);
}

static void
test_service (Fixture       *f,
              gconstpointer  data)
{
  const Fault *fault = data;
  g_autoptr (SmTestInject) inject = NULL;
  guint n = sm_test_times (N_WRITES);

  inject = sm_test_inject_begin (sm_test_service_get_pid (f->service), fault->call, fault->rule);
  for (guint i = 0; i < n; i++)
    try_one (f, &f->renamers[i % N_STATIONS]);
  g_clear_pointer (&inject, sm_test_inject_end);
  g_test_message ("%s %s: %u of %u refused", fault->call, fault->rule, f->n_refused, n);
  /* A retry under the same key, half of them in another life. */
  for (guint i = 0; i < N_STATIONS; i++)
    {
      if (i == 1)
        sm_test_service_restart (f->service);
      renamer_do (&f->renamers[i]);
    }
  sm_test_service_restart (f->service);
  for (guint i = 0; i < N_STATIONS; i++)
    {
      g_assert_cmpuint (stations_name (sm_test_service_get_database (f->service), i + 1, NULL), ==,
                        f->renamers[i].n_done);
      assert_exactly_once (f, &f->renamers[i]);
    }
}

/* Returns: (transfer full): started under strace, which lets one open fail; it is itself the child */
static GSubprocess *
start_badly (Fixture    *f,
             guint       number,
             const char *code)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-mark", "-lock", "-live", "-telemetry" };
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  const char *database = sm_test_service_get_database (f->service);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  for (guint i = 0; i < 6; i++)
    g_ptr_array_add (argv, g_strdup (((const char *const[]){ "strace", "-D", "-f", "-qqq", "-o",
                                                             "/dev/null" })[i]));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_ptr_array_add (argv, g_strdup ("-P"));
      g_ptr_array_add (argv, g_strconcat (database, suffixes[i], NULL));
    }
  g_ptr_array_add (argv, g_strdup ("-e"));
  g_ptr_array_add (argv, g_strdup_printf ("inject=openat:error=%s:when=%u", code, number));
  g_ptr_array_add (argv, g_strdup (g_getenv ("SM_TEST_SERVICE")));
  g_ptr_array_add (argv, g_strdup ("--listen"));
  g_ptr_array_add (argv, g_strdup ("127.0.0.1:0"));
  g_ptr_array_add (argv, g_strdup ("--database"));
  g_ptr_array_add (argv, g_strdup (database));
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  return process;
}

/* Either it serves, or it says a sentence and goes.  Returns: whether it served */
static gboolean
ends_well (GSubprocess *process)
{
  g_autoptr (GDataInputStream) out =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line_utf8 (out, NULL, NULL, NULL);
  g_autofree char *said = NULL;

  if (line != NULL)
    g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, NULL);
  /* Its exit code is lost now and then: GLib asks before strace has let go of it. */
  g_assert_true (g_subprocess_get_if_exited (process));
  if (line == NULL)
    g_assert_nonnull (strstr (said, "stationmaster-service: "));
  return line != NULL;
}

/* A file that cannot be opened just now is neither new nor lost. */
static void
test_starts (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *epoch = stations_epoch (f->service);
  g_autofree char *after = NULL;
  guint n = sm_test_times (N_STARTS), n_served = 0;

  for (guint i = 0; i < 5; i++)
    renamer_do (&f->renamers[0]);
  sm_test_service_kill (f->service);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GSubprocess) process = start_badly (f, i % 20 + 1, i % 2 ? "EIO" : "EMFILE");

      n_served += ends_well (process);
    }
  g_test_message ("%u of %u served", n_served, n);
  sm_test_service_run (f->service);
  after = stations_epoch (f->service);
  g_assert_cmpstr (after, ==, epoch);
  assert_exactly_once (f, &f->renamers[0]);
}

/* --- the application's outbox, in a process of its own --- */

static char *
key_of (guint number)
{
  return g_strdup_printf ("01900000-0000-7000-8000-%012u", number);
}

static SmAct *
make_act (guint number)
{
  SmAct *act = sm_act_new ();

  act->key = key_of (number);
  act->network = g_strdup ("epoch");
  act->person_id = 7;
  act->verb = g_strdup ("acknowledge");
  act->noun = sm_noun_get (SM_NOUN_ALARM);
  act->object_id = (gint64) number + 1;
  act->method = g_strdup ("POST");
  act->path = g_strdup ("/api/v1/alarms/1/acknowledge");
  act->body = g_strdup ("{}");
  return act;
}

/* Adds an act for each line that it reads, and says what came of it. */
static int
outbox_main (const char *path)
{
  g_autoptr (SmOutbox) outbox = sm_outbox_open (path, NULL);
  char line[80];

  g_print (outbox != NULL ? "open\n" : "not open\n");
  while (outbox != NULL && fgets (line, sizeof line, stdin) != NULL)
    {
      g_autoptr (SmAct) act = make_act ((guint) g_ascii_strtoull (line, NULL, 10));

      g_print (sm_outbox_add (outbox, act, NULL) ? "saved\n" : "not saved\n");
    }
  return 0;
}

typedef struct
{
  GSubprocess *process;
  GDataInputStream *out;
} Writer;

static gboolean
says (Writer     *self,
      const char *expected)
{
  g_autofree char *line = g_data_input_stream_read_line_utf8 (self->out, NULL, NULL, NULL);

  g_assert_nonnull (line);
  return g_str_equal (line, expected);
}

static void
writer_begin (Writer     *self,
              const char *path)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    NULL, program, "--outbox", path, NULL);
  g_assert_nonnull (self->process);
  self->out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_assert_true (says (self, "open"));
}

static void
writer_kill (Writer *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->out);
  g_clear_object (&self->process);
}

static gboolean
writer_add (Writer *self,
            guint   number)
{
  g_autofree char *line = g_strdup_printf ("%u\n", number);

  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), line,
                                            strlen (line), NULL, NULL, NULL));
  return says (self, "saved");
}

static void
assert_all_once (const char *path,
                 guint       n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmOutbox) outbox = sm_outbox_open (path, &error);
  g_autoptr (GPtrArray) acts = NULL;

  g_assert_no_error (error);
  acts = sm_outbox_list (outbox, "epoch", 7, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, n);
}

static void
assert_has (const char *path,
            guint       number)
{
  g_autoptr (SmOutbox) outbox = sm_outbox_open (path, NULL);
  g_autoptr (GPtrArray) acts = sm_outbox_list (outbox, "epoch", 7, NULL);
  g_autofree char *key = key_of (number);

  for (guint i = 0; i < acts->len; i++)
    if (g_str_equal (((SmAct *) acts->pdata[i])->key, key))
      return;
  g_error ("%s was said to be saved, and is not there", key);
}

/* Killed in between, so that nothing counts but the file. */
static void
test_outbox (gconstpointer data)
{
  const Fault *fault = data;
  g_autofree char *dir = g_dir_make_tmp ("sm-outbox-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "outbox.db", NULL);
  Writer writer = { 0 };
  guint n = sm_test_times (N_WRITES), n_refused = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmTestInject) inject = NULL;
      gboolean is_saved;

      if (writer.process == NULL)
        writer_begin (&writer, path);
      inject = sm_test_inject_begin ((GPid) g_ascii_strtoll (
                                       g_subprocess_get_identifier (writer.process), NULL, 10),
                                     fault->call, fault->rule);
      is_saved = writer_add (&writer, i);
      for (guint turn = 0; turn < 2 && !is_saved; turn++, n_refused++)
        is_saved = writer_add (&writer, i);
      g_clear_pointer (&inject, sm_test_inject_end);
      if (i % 2 == 0)
        writer_kill (&writer);
      if (is_saved)
        {
          assert_has (path, i);
          continue;
        }
      /* When the disk is well again, the same once more. */
      if (writer.process == NULL)
        writer_begin (&writer, path);
      g_assert_true (writer_add (&writer, i));
    }
  g_test_message ("%s %s: %u of %u refused", fault->call, fault->rule, n_refused, n);
  if (writer.process != NULL)
    writer_kill (&writer);
  assert_all_once (path, n);
  sm_test_remove_tree (dir);
}

static void
test_skipped (gconstpointer data)
{
  g_test_skip (data);
}

int
main (int   argc,
      char *argv[])
{
  const char *why_not;

  if (argc == 3 && g_str_equal (argv[1], "--outbox"))
    return outbox_main (argv[2]);
  g_test_init (&argc, &argv, NULL);
  why_not = sm_test_inject_why_not ();
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *service = g_strdup_printf ("/faults/service/io/%u-%s", i, faults[i].call);
      g_autofree char *outbox = g_strdup_printf ("/faults/outbox/io/%u-%s", i, faults[i].call);

      if (why_not != NULL)
        {
          g_test_add_data_func (service, why_not, test_skipped);
          g_test_add_data_func (outbox, why_not, test_skipped);
          continue;
        }
      if (i == 0)
        g_test_add ("/faults/service/io/at-the-start", Fixture, NULL, set_up, test_starts, tear_down);
      g_test_add (service, Fixture, &faults[i], set_up, test_service, tear_down);
      g_test_add_data_func (outbox, &faults[i], test_outbox);
    }
  return g_test_run ();
}
