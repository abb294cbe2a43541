/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-error.h"
#include "sm-outbox.h"
#include "sm-schema.h"
#include "sm-time.h"
#include "sm-uuid.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#define NETWORK "http://127.0.0.1:1"
#define PERSON 5

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("sm-outbox-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "outbox.db", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static SmOutbox *
open_outbox (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  SmOutbox *outbox = sm_outbox_open (fixture->path, &error);

  g_assert_no_error (error);
  return outbox;
}

static SmAct *
make_act (const char *key,
          gint64      object_id)
{
  SmAct *act = sm_act_new ();

  act->key = g_strdup (key);
  act->network = g_strdup (NETWORK);
  act->person_id = PERSON;
  act->verb = g_strdup ("acknowledge");
  act->noun = sm_noun_get (SM_NOUN_ALARM);
  act->object_id = object_id;
  act->method = g_strdup ("POST");
  act->path = g_strdup ("/api/v1/alarms/7/acknowledge");
  act->body = g_strdup ("{\"note\":\"看到了\"}");
  act->note = g_strdup ("看到了");
  act->created_at = 1234567;
  return act;
}

static void
add (SmOutbox   *outbox,
     const char *key,
     gint64      object_id)
{
  g_autoptr (SmAct) act = make_act (key, object_id);
  g_autoptr (GError) error = NULL;

  sm_outbox_add (outbox, act, &error);
  g_assert_no_error (error);
}

static char *
take (SmOutbox *outbox)
{
  g_autoptr (SmAct) act = NULL;

  g_assert_true (sm_outbox_take_next (outbox, NETWORK, PERSON, &act, NULL));
  return act != NULL ? g_strdup (act->key) : NULL;
}

#define assert_takes(outbox, expected)                     \
  G_STMT_START                                             \
  {                                                        \
    g_autofree char *taken_ = take (outbox);               \
    g_assert_cmpstr (taken_, ==, expected);                \
  }                                                        \
  G_STMT_END

/* All acts as "key:state" with what else is known. */
static char *
describe (SmOutbox *outbox)
{
  static const char *const names[] = { "waiting", "sending", "answered", "conflict" };
  g_autoptr (GPtrArray) acts = sm_outbox_list (outbox, NETWORK, PERSON, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < acts->len; i++)
    {
      const SmAct *act = g_ptr_array_index (acts, i);

      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", act->key, names[act->state]);
      if (act->answer_seq != SM_UNKNOWN)
        g_string_append_printf (text, "@%" G_GINT64_FORMAT, act->answer_seq);
      if (act->problem != NULL)
        g_string_append_printf (text, "(%s)", act->problem);
    }
  return g_string_free (text, FALSE);
}

#define assert_holds(outbox, expected)                     \
  G_STMT_START                                             \
  {                                                        \
    g_autofree char *text_ = describe (outbox);            \
    g_assert_cmpstr (text_, ==, expected);                 \
  }                                                        \
  G_STMT_END

static void
test_keeps_all (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) acts = NULL;
  const SmAct *act;

  {
    g_autoptr (SmOutbox) outbox = open_outbox (fixture);

    add (outbox, "a", 7);
  }
  {
    g_autoptr (SmOutbox) outbox = open_outbox (fixture);

    acts = sm_outbox_list (outbox, NETWORK, PERSON, NULL);
  }
  g_assert_cmpuint (acts->len, ==, 1);
  act = g_ptr_array_index (acts, 0);
  g_assert_cmpstr (act->key, ==, "a");
  g_assert_cmpstr (act->body, ==, "{\"note\":\"看到了\"}");
  g_assert_cmpstr (act->note, ==, "看到了");
  g_assert_true (act->noun == sm_noun_get (SM_NOUN_ALARM));
  g_assert_cmpint (act->object_id, ==, 7);
  g_assert_cmpint (act->created_at, ==, 1234567);
  g_assert_cmpint (act->state, ==, SM_ACT_WAITING);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (SmOutbox) outbox = open_outbox (fixture);

  add (outbox, "a", 7);
  add (outbox, "b", 7);
  add (outbox, "c", 8);
  assert_takes (outbox, "a");
  /* b waits for a, which is on the same alarm; c need not. */
  assert_takes (outbox, "c");
  assert_takes (outbox, NULL);
  g_assert_true (sm_outbox_answered (outbox, "a", 41, NULL, NULL));
  assert_takes (outbox, "b");
  assert_holds (outbox, "a:answered@41 b:sending c:sending");
  g_assert_true (sm_outbox_put_back (outbox, "b", "server-unreachable", NULL));
  g_assert_true (sm_outbox_conflict (outbox, "c", "alarm-level-rose", NULL));
  assert_holds (outbox, "a:answered@41 b:waiting(server-unreachable) c:conflict(alarm-level-rose)");
  g_assert_true (sm_outbox_remove (outbox, "a", NULL));
  assert_holds (outbox, "b:waiting(server-unreachable) c:conflict(alarm-level-rose)");
}

/* --- edits --- */

static void
add_edit (SmOutbox   *outbox,
          const char *key,
          const char *field,
          const char *base,
          const char *mine)
{
  g_autoptr (SmAct) act = make_act (key, 7);
  g_autoptr (GError) error = NULL;

  g_free (act->verb);
  act->verb = g_strdup ("edit");
  act->noun = sm_noun_get (SM_NOUN_STATION);
  act->base_seq = 10;
  act->changes = sm_edits_new ();
  sm_edits_add (act->changes, field, base, mine);
  act->object_name = g_strdup ("{\"en\":\"Old\"}");
  act->network_name = g_strdup ("Net");
  act->person_name = g_strdup ("Ann");
  sm_outbox_add (outbox, act, &error);
  g_assert_no_error (error);
}

static SmRow *
make_station (gint64      seq,
              const char *names)
{
  SmRow *station = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (station, SM_ROW_ID, 7);
  sm_row_set_int (station, SM_ROW_SEQ, seq);
  sm_row_set_text (station, SM_STATION_NAME, names);
  return station;
}

static gint64
base_seq_of (SmOutbox   *outbox,
             const char *key)
{
  g_autoptr (SmAct) act = sm_outbox_find (outbox, key, NULL);

  g_assert_nonnull (act);
  return act->base_seq;
}

/* Who edits on carries on from the answer, but not over what he has not seen. */
static void
test_follow_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SmOutbox) outbox = open_outbox (fixture);
  /* Somebody else has changed the Chinese name meanwhile. */
  g_autoptr (SmRow) answer = make_station (42, "{\"en\":\"A\",\"zh-CN\":\"乙\"}");

  add_edit (outbox, "a", "name/en", "Old", "A");
  add_edit (outbox, "b", "name/en", "A", "B");
  add_edit (outbox, "c", "name/zh-CN", "甲", "丙");
  assert_takes (outbox, "a");
  assert_takes (outbox, NULL);
  g_assert_true (sm_outbox_answered (outbox, "a", 42, answer, NULL));
  g_assert_cmpint (base_seq_of (outbox, "b"), ==, 42);
  g_assert_cmpint (base_seq_of (outbox, "c"), ==, 10);
}

/* An edit waits until somebody has decided about the one before it; nothing but
 * that person's word makes either go away. */
static void
test_conflict (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SmRow) theirs = make_station (50, "{\"en\":\"Theirs\"}");
  g_autoptr (SmAct) next = NULL;
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (SmOutbox) outbox = open_outbox (fixture);
    g_autoptr (SmAct) act = NULL;

    add_edit (outbox, "a", "name/en", "Old", "A");
    add_edit (outbox, "b", "name/en", "A", "B");
    g_assert_true (sm_outbox_take_next (outbox, NETWORK, PERSON, &act, NULL));
    g_assert_false (sm_outbox_drop (outbox, "a", &error));
    g_assert_error (error, SM_ERROR, SM_ERROR_CONFLICT);
    sm_edits_take_theirs (act->changes, theirs);
    act->theirs_seq = 50;
    g_assert_true (sm_outbox_oppose (outbox, act, "row-changed", NULL));
    assert_takes (outbox, NULL);
  }
  {
    g_autoptr (SmOutbox) outbox = open_outbox (fixture);
    g_autoptr (SmAct) act = sm_outbox_find (outbox, "a", NULL);

    assert_holds (outbox, "a:conflict(row-changed) b:waiting");
    g_assert_cmpint (act->theirs_seq, ==, 50);
    g_assert_cmpstr (sm_edits_find (act->changes, "name/en")->base, ==, "Old");
    g_assert_cmpstr (sm_edits_find (act->changes, "name/en")->mine, ==, "A");
    g_assert_cmpstr (sm_edits_find (act->changes, "name/en")->theirs, ==, "Theirs");
    g_assert_cmpstr (act->object_name, ==, "{\"en\":\"Old\"}");
    g_assert_cmpstr (act->network_name, ==, "Net");
    g_assert_cmpstr (act->person_name, ==, "Ann");
    g_free (act->key);
    act->key = g_strdup ("a2");
    act->base_seq = 50;
    g_assert_true (sm_outbox_resolve (outbox, "a", act, NULL));
    g_assert_false (sm_outbox_resolve (outbox, "a", act, NULL));
    /* It takes its place in the order. */
    assert_takes (outbox, "a2");
    assert_takes (outbox, NULL);
    g_assert_true (sm_outbox_drop (outbox, "b", NULL));
    assert_holds (outbox, "a2:sending");
  }
}

/* What is of another network or person is listed, until it is done. */
static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SmOutbox) outbox = open_outbox (fixture);
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) there = NULL;
  g_autoptr (GPtrArray) nobody = NULL;

  add (outbox, "a", 7);
  add_edit (outbox, "b", "name/en", "Old", "B");
  g_assert_true (sm_outbox_answered (outbox, "b", 3, NULL, NULL));
  here = sm_outbox_list_elsewhere (outbox, NETWORK, PERSON, NULL);
  there = sm_outbox_list_elsewhere (outbox, NETWORK, PERSON + 1, NULL);
  nobody = sm_outbox_list_elsewhere (outbox, NULL, -1, NULL);
  g_assert_cmpuint (here->len, ==, 0);
  g_assert_cmpuint (there->len, ==, 1);
  g_assert_cmpuint (nobody->len, ==, 1);
  g_assert_cmpstr (((SmAct *) there->pdata[0])->key, ==, "a");
}

/* An outbox of the version before: its acts are sent as they were. */
static void
test_earlier_version (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (SmOutbox) outbox = NULL;
  g_autoptr (SmAct) act = NULL;

  {
    g_autoptr (SmConnection) connection = sm_connection_open (fixture->path, SM_OPEN_READ_WRITE,
                                                              NULL);

    g_assert_true (sm_schema_run (connection, "outbox/001-acts.sql", NULL));
    g_assert_true (sm_connection_exec (connection,
                                       "INSERT INTO act VALUES (1, 'a', '" NETWORK "', 5,"
                                       " 'acknowledge', 'alarm', 7, 'POST', '/p', '{}', NULL, 1,"
                                       " 'sending', NULL, NULL); PRAGMA user_version = 1",
                                       NULL));
  }
  outbox = open_outbox (fixture);
  g_assert_true (sm_outbox_take_next (outbox, NETWORK, PERSON, &act, NULL));
  g_assert_cmpstr (act->key, ==, "a");
  g_assert_cmpint (act->base_seq, ==, SM_UNKNOWN);
  g_assert_null (act->changes);
}

static void
test_died_while_sending (Fixture       *fixture,
                         gconstpointer  data)
{
  {
    g_autoptr (SmOutbox) outbox = open_outbox (fixture);

    add (outbox, "a", 7);
    assert_takes (outbox, "a");
  }
  {
    g_autoptr (SmOutbox) outbox = open_outbox (fixture);

    assert_holds (outbox, "a:waiting");
    assert_takes (outbox, "a");
  }
}

static void
test_others (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (SmOutbox) outbox = open_outbox (fixture);
  g_autoptr (SmAct) act = NULL;
  g_autoptr (GPtrArray) acts = NULL;

  add (outbox, "a", 7);
  g_assert_true (sm_outbox_take_next (outbox, NETWORK, PERSON + 1, &act, NULL));
  g_assert_null (act);
  g_assert_true (sm_outbox_take_next (outbox, "http://other.example", PERSON, &act, NULL));
  g_assert_null (act);
  acts = sm_outbox_list (outbox, NETWORK, PERSON + 1, NULL);
  g_assert_cmpuint (acts->len, ==, 0);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmOutbox) outbox = NULL;

  {
    g_autoptr (SmConnection) connection = sm_connection_open (fixture->path, SM_OPEN_READ_WRITE,
                                                              NULL);

    g_assert_true (sm_connection_exec (connection, "PRAGMA user_version = 999", NULL));
  }
  outbox = sm_outbox_open (fixture->path, &error);
  g_assert_null (outbox);
  g_assert_nonnull (error);
}

/* Every act that was said to be kept is; the child says so before it goes on. */
static void
add_for_ever (const char *path,
              int         fd)
{
  g_autoptr (SmOutbox) outbox = sm_outbox_open (path, NULL);

  for (;;)
    {
      g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
      g_autoptr (SmAct) act = make_act (key, 7);

      if (!sm_outbox_add (outbox, act, NULL) || write (fd, key, 36) != 36)
        _exit (1);
    }
}

static gboolean
has_key (GPtrArray  *acts,
         const char *key)
{
  guint n = 0;

  for (guint i = 0; i < acts->len; i++)
    if (g_str_equal (((const SmAct *) g_ptr_array_index (acts, i))->key, key))
      n++;
  return n == 1;
}

/* R1 at a tenth. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (g_free);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (SmOutbox) outbox = NULL;
      g_autoptr (GPtrArray) acts = NULL;
      char key[37] = "";
      int fds[2];
      pid_t pid;

      g_assert_cmpint (pipe (fds), ==, 0);
      pid = fork ();
      if (pid == 0)
        add_for_ever (fixture->path, fds[1]);
      close (fds[1]);
      /* Let it say a few, then kill it in the middle of whatever it does. */
      for (gint32 n = g_test_rand_int_range (1, 8); n > 0; n--)
        {
          g_assert_cmpint (read (fds[0], key, 36), ==, 36);
          g_ptr_array_add (said, g_strdup (key));
        }
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      while (read (fds[0], key, 36) == 36)
        g_ptr_array_add (said, g_strdup (key));
      close (fds[0]);
      outbox = open_outbox (fixture);
      acts = sm_outbox_list (outbox, NETWORK, PERSON, NULL);
      for (guint i = 0; i < said->len; i++)
        g_assert_true (has_key (acts, g_ptr_array_index (said, i)));
      /* At most the one of each round that was on the disk, but not said yet. */
      g_assert_cmpuint (acts->len, <=, said->len + round + 1);
    }
}

/* --- files --- */

static gboolean
add_file (SmOutbox   *outbox,
          const char *key,
          const char *text,
          gint64      most,
          GError    **error)
{
  g_autoptr (SmAct) act = make_act (key, 7);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return sm_outbox_add_file (outbox, act, bytes, most, error);
}

static guint
count_files (Fixture *fixture)
{
  g_autofree char *folder = sm_outbox_dup_folder (fixture->path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A file stays for as long as an act speaks of it, bounded; what nobody speaks of goes. */
static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *folder = sm_outbox_dup_folder (fixture->path);
  g_autofree char *orphan = g_build_filename (folder, "orphan", NULL);
  g_autofree char *new = g_build_filename (folder, "new", NULL);
  struct utimbuf old = { 1, 1 };
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (SmOutbox) outbox = open_outbox (fixture);

    g_assert_true (add_file (outbox, "a", "four", 10, NULL));
    g_assert_true (add_file (outbox, "b", "four", 10, NULL));
    g_assert_true (add_file (outbox, "c", "six456", 10, NULL));
    g_assert_false (add_file (outbox, "d", "1", 10, &error));
    g_assert_cmpstr (sm_error_get_slug (error), ==, "outbox-files-full");
    g_assert_cmpuint (count_files (fixture), ==, 2);
    g_assert_true (sm_outbox_drop (outbox, "a", NULL));
    g_assert_cmpuint (count_files (fixture), ==, 2);
  }
  g_assert_true (g_file_set_contents (orphan, "x", 1, NULL));
  g_assert_true (g_file_set_contents (new, "x", 1, NULL));
  g_assert_cmpint (g_utime (orphan, &old), ==, 0);
  {
    g_autoptr (SmOutbox) outbox = open_outbox (fixture);
    g_autoptr (SmAct) act = sm_outbox_find (outbox, "b", NULL);

    g_assert_false (g_file_test (orphan, G_FILE_TEST_EXISTS));
    g_assert_true (g_file_test (new, G_FILE_TEST_EXISTS));
    g_assert_cmpint (act->file_size, ==, 4);
    g_assert_true (sm_outbox_drop (outbox, "b", NULL));
    g_assert_true (sm_outbox_answered (outbox, "c", 1, NULL, NULL));
    g_assert_cmpuint (count_files (fixture), ==, 2);
    g_assert_true (sm_outbox_remove (outbox, "c", NULL));
    g_assert_cmpuint (count_files (fixture), ==, 1);
  }
  g_unlink (new);
  g_rmdir (folder);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/outbox/keeps-all-of-an-act", test_keeps_all);
  ADD ("/store/outbox/files", test_files);
  ADD ("/store/outbox/in-order-per-object", test_order);
  ADD ("/store/outbox/follow-up-carries-the-seq", test_follow_up);
  ADD ("/store/outbox/conflict-until-decided", test_conflict);
  ADD ("/store/outbox/elsewhere-is-listed", test_elsewhere);
  ADD ("/store/outbox/earlier-version", test_earlier_version);
  ADD ("/store/outbox/died-while-sending", test_died_while_sending);
  ADD ("/store/outbox/acts-of-others-are-not-sent", test_others);
  ADD ("/store/outbox/newer-database-is-not-touched", test_newer);
  ADD ("/store/outbox/killed-at-any-moment", test_killed);
  return g_test_run ();
}
