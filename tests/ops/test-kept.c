/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ops.h"
#include "sm-test-folder.h"
#include "sm-test-service.h"
#include "sm-test-until.h"

#include <glib/gstdio.h>
#include <string.h>

/* A sign-in that outlasts the program: against the real service, and a Secret
 * Service of tests/support/keyring.py. */

#define PASSWORD "correct horse battery staple"

static GTestDBus *bus; /* for the time of the tests: GIO has one session bus a process */

typedef struct
{
  SmTestService *service;
  GSubprocess *keyring;
  char *dir;
} Fixture;

static const char *const bare[] = { "--simulate", "none", NULL };

static void
start_keyring (Fixture    *f,
               const char *how)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "support", "keyring.py", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  f->keyring = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/usr/bin/python3", script,
                                 how, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (f->keyring));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_cmpstr (line, ==, "there");
}

static void
set_up (Fixture       *f,
        gconstpointer  how)
{
  f->service = sm_test_service_new (bare);
  sm_test_service_add_user (f->service, "ada", "dispatcher", PASSWORD);
  sm_test_service_run (f->service);
  f->dir = g_dir_make_tmp ("sm-kept-XXXXXX", NULL);
  if (how != NULL)
    start_keyring (f, how);
}

static void
tear_down (Fixture       *f,
           gconstpointer  how)
{
  if (f->keyring != NULL)
    {
      g_subprocess_force_exit (f->keyring);
      g_subprocess_wait (f->keyring, NULL, NULL);
    }
  g_clear_object (&f->keyring);
  sm_test_service_free (f->service);
  sm_test_remove_tree (f->dir);
  g_free (f->dir);
}

static SmOps *
start (Fixture *f)
{
  g_autofree char *cache = g_build_filename (f->dir, "cache", NULL);
  g_autofree char *state = g_build_filename (f->dir, "state", NULL);
  SmOps *ops = sm_ops_new (sm_test_service_get_url (f->service), cache, state);

  sm_ops_set_keeps_sign_in (ops, TRUE);
  sm_ops_start (ops);
  run_until (sm_ops_get_kept (ops) != SM_KEPT_UNKNOWN);
  return ops;
}

static void
stop (SmOps *ops)
{
  sm_ops_stop (ops);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (ops);
}

static SmStatusState
state_of (SmOps *ops)
{
  return sm_status_get_state (sm_ops_get_status (ops));
}

static void
sign_in (SmOps *ops)
{
  sm_ops_sign_in_async (ops, "ada", PASSWORD, NULL, NULL, NULL);
  run_until (state_of (ops) == SM_STATUS_LIVE);
  g_assert_cmpstr (sm_ops_get_person (ops), ==, "ada");
}

static guint
count_kept (void)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      connection, "org.freedesktop.secrets", "/org/freedesktop/secrets",
      "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", "org.freedesktop.Secret.Service", "Count"), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_autoptr (GVariant) value = NULL;

  g_assert_no_error (error);
  g_variant_get (answer, "(v)", &value);
  return g_variant_get_uint32 (value);
}

/* Nobody types a password at each start; each start leaves a token of its own. */
static void
test_stays (Fixture       *f,
            gconstpointer  how)
{
  SmOps *ops = start (f);

  g_assert_cmpint (sm_ops_get_kept (ops), ==, SM_KEPT_READY);
  run_until (state_of (ops) == SM_STATUS_SIGNED_OUT);
  sign_in (ops);
  g_assert_cmpuint (count_kept (), ==, 1);
  for (guint i = 0; i < 3; i++)
    {
      stop (ops);
      if (i == 1)
        sm_test_service_restart (f->service);
      ops = start (f);
      run_until (state_of (ops) == SM_STATUS_LIVE);
      g_assert_cmpstr (sm_ops_get_person (ops), ==, "ada");
      g_assert_cmpuint (count_kept (), ==, 1);
    }
  stop (ops);
}

static void
test_sign_out (Fixture       *f,
               gconstpointer  how)
{
  SmOps *ops = start (f);

  g_assert_cmpint (sm_ops_get_kept (ops), ==, SM_KEPT_READY);
  sign_in (ops);
  sm_ops_sign_out (ops);
  run_until (state_of (ops) == SM_STATUS_SIGNED_OUT);
  g_assert_cmpuint (count_kept (), ==, 0);
  stop (ops);
  ops = start (f);
  run_until (state_of (ops) == SM_STATUS_SIGNED_OUT);
  stop (ops);
}

/* What the service has ended is not tried again. */
static void
test_ended (Fixture       *f,
            gconstpointer  how)
{
  g_autofree char *file = g_build_filename (f->dir, "password", NULL);
  const char *const passwd[] = { "user", "passwd", "ada", "--password-file", file, NULL };
  SmOps *ops = start (f);
  int status;

  g_assert_true (g_file_set_contents_full (file, "another secret", -1, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL));

  sign_in (ops);
  stop (ops);
  sm_test_service_terminate (f->service);
  g_free (sm_test_service_command (f->service, passwd, &status));
  sm_test_service_restart (f->service);
  g_assert_cmpint (status, ==, 0);
  ops = start (f);
  run_until (state_of (ops) == SM_STATUS_SIGNED_OUT);
  g_assert_cmpuint (count_kept (), ==, 0);
  stop (ops);
}

static void
test_not_wanted (Fixture       *f,
                 gconstpointer  how)
{
  SmOps *ops = start (f);

  sign_in (ops);
  sm_ops_stop_keeping (ops);
  run_until (sm_ops_get_kept (ops) == SM_KEPT_OFF);
  g_assert_cmpuint (count_kept (), ==, 0);
  g_assert_cmpint (state_of (ops), ==, SM_STATUS_LIVE);
  stop (ops);
}

/* Two windows with one token would end each other's sign-in. */
static void
test_two_windows (Fixture       *f,
                  gconstpointer  how)
{
  SmOps *first = start (f);
  SmOps *second;

  sign_in (first);
  second = start (f);
  g_assert_cmpint (sm_ops_get_kept (second), ==, SM_KEPT_ELSEWHERE);
  run_until (state_of (second) == SM_STATUS_SIGNED_OUT);
  sign_in (second);
  g_assert_cmpuint (count_kept (), ==, 1);
  stop (second);
  g_assert_cmpint (state_of (first), ==, SM_STATUS_LIVE);
  stop (first);
  first = start (f);
  run_until (state_of (first) == SM_STATUS_LIVE);
  stop (first);
}

/* Without a keyring, or with one that refuses: it is said, and nothing is kept. */
static void
test_without (Fixture       *f,
              gconstpointer  how)
{
  SmOps *ops = start (f);

  g_assert_cmpint (sm_ops_get_kept (ops), ==, how == NULL ? SM_KEPT_ABSENT : SM_KEPT_REFUSED);
  sign_in (ops);
  stop (ops);
  ops = start (f);
  run_until (state_of (ops) == SM_STATUS_SIGNED_OUT);
  stop (ops);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
#define ADD(path, how, func) g_test_add (path, Fixture, how, set_up, func, tear_down)
  ADD ("/ops/kept/over-a-restart", "plain", test_stays);
  ADD ("/ops/kept/not-after-sign-out", "plain", test_sign_out);
  ADD ("/ops/kept/not-what-was-ended", "plain", test_ended);
  ADD ("/ops/kept/not-when-not-wanted", "plain", test_not_wanted);
  ADD ("/ops/kept/by-one-window", "plain", test_two_windows);
  ADD ("/ops/kept/nothing-without-a-keyring", NULL, test_without);
  ADD ("/ops/kept/nothing-when-it-refuses", "locked", test_without);
  status = g_test_run ();
  g_test_dbus_stop (bus);
  return status;
}
