/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sm-audit-table.h"
#include "sm-backup.h"
#include "sm-mark.h"
#include "sm-service-db.h"
#include "sm-test-folder.h"
#include "stations.h"

/* Copies of the service's database: made while people write, put back, put in
 * its place by hand. */

#define N_STATIONS 3

typedef struct
{
  SmTestService *service;
  char *token;
  Renamer renamers[N_STATIONS];
  char *copy;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->service = sm_test_service_new (NULL);
  f->copy = g_build_filename (sm_test_service_get_folder (f->service), "copy.db", NULL);
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
  g_free (f->copy);
}

static char *
command (Fixture    *f,
         const char *verb,
         const char *file,
         int         expected)
{
  const char *const args[] = { verb, file, NULL };
  int status;
  char *said = sm_test_service_command (f->service, args, &status);

  g_assert_cmpint (status, ==, expected);
  return said;
}

static void
do_command (Fixture    *f,
            const char *verb,
            int         expected)
{
  g_autofree char *said = command (f, verb, f->copy, expected);

  g_test_message ("%s", said);
}

/* By hand, as somebody does who knows no better. */
static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (from, &data, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, data, (gssize) length, &error);
  g_assert_no_error (error);
}

/* --- backup --- */

typedef struct
{
  Renamer *renamer;
  gint n_done; /* atomic */
  gint is_over;
} Busy;

static gpointer
busy_main (gpointer data)
{
  Busy *busy = data;

  while (!g_atomic_int_get (&busy->is_over))
    {
      renamer_do (busy->renamer);
      g_atomic_int_set (&busy->n_done, (int) busy->renamer->n_done);
    }
  return NULL;
}

static void
assert_sound_and_private (const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmServiceDb) db = sm_service_db_open_copy (file, &error);
  struct stat info;

  g_assert_no_error (error);
  g_assert_true (sm_service_db_is_copy (db));
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* It holds everything that was answered before it began. */
static void
test_backup_while_writing (Fixture       *f,
                           gconstpointer  data)
{
  Busy busy[N_STATIONS] = { 0 };
  GThread *threads[N_STATIONS];

  for (guint i = 0; i < N_STATIONS; i++)
    {
      busy[i].renamer = &f->renamers[i];
      threads[i] = g_thread_new ("busy", busy_main, &busy[i]);
    }
  for (guint turn = 0; turn < 3; turn++)
    {
      guint before[N_STATIONS];

      for (guint i = 0; i < N_STATIONS; i++)
        before[i] = (guint) g_atomic_int_get (&busy[i].n_done);
      do_command (f, "backup", 0);
      assert_sound_and_private (f->copy);
      for (guint i = 0; i < N_STATIONS; i++)
        g_assert_cmpuint (stations_name (f->copy, i + 1, NULL), >=, before[i]);
      g_assert_cmpint (g_unlink (f->copy), ==, 0);
    }
  for (guint i = 0; i < N_STATIONS; i++)
    {
      g_atomic_int_set (&busy[i].is_over, TRUE);
      g_thread_join (threads[i]);
    }
}

static void
test_backup_spares_files (Fixture       *f,
                          gconstpointer  data)
{
  g_autofree char *partial = g_strconcat (f->copy, "-partial", NULL);
  g_autofree char *nowhere = g_build_filename (f->copy, "below-a-file", NULL);
  g_autofree char *left = NULL;
  g_autofree char *said = NULL;

  g_assert_true (g_file_set_contents (f->copy, "a letter", -1, NULL));
  do_command (f, "backup", 1);
  g_assert_true (g_file_get_contents (f->copy, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, "a letter");
  said = command (f, "backup", nowhere, 1);
  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
}

/* --- restore --- */

static char *
find_aside (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (sm_test_service_get_folder (f->service), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "service.db-replaced-"))
      return g_build_filename (sm_test_service_get_folder (f->service), name, NULL);
  g_assert_not_reached ();
}

/* Who did it and with what is the last that is written down, in the new epoch. */
static void
assert_audited (Fixture    *f,
                const char *epoch)
{
  g_autofree char *token = sm_test_service_sign_in (f->service, STATIONS_ADMIN, STATIONS_PASSWORD);
  g_autoptr (JsonObject) audit
      = sm_test_service_get (f->service, "/api/v1/audit?object=network", token);
  JsonArray *items = json_object_get_array_member (audit, "items");
  JsonObject *entry, *after;

  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  entry = json_array_get_object_element (items, 0);
  after = json_object_get_object_member (entry, "after");
  g_assert_cmpstr (json_object_get_string_member (entry, "act"), ==, "network.restore");
  g_assert_cmpstr (json_object_get_string_member (entry, "outcome"), ==, "done");
  g_assert_nonnull (strstr (json_object_get_string_member (entry, "actor"), g_get_user_name ()));
  g_assert_cmpstr (json_object_get_string_member (after, "file"), ==, "copy.db");
  g_assert_cmpstr (json_object_get_string_member (after, "epoch"), ==, epoch);
}

static void
test_restore (Fixture       *f,
              gconstpointer  data)
{
  const char *database = sm_test_service_get_database (f->service);
  g_autofree char *epoch = stations_epoch (f->service);
  g_autofree char *after = NULL, *aside = NULL, *again = NULL;

  renamer_do (&f->renamers[0]);
  do_command (f, "backup", 0);
  renamer_do (&f->renamers[0]);
  /* Refused while somebody lives there; then what was there is kept. */
  do_command (f, "restore", 1);
  renamer_do (&f->renamers[0]);
  sm_test_service_kill (f->service);
  do_command (f, "restore", 0);
  aside = find_aside (f);
  g_assert_cmpuint (stations_name (aside, 1, NULL), ==, 3);
  g_assert_cmpuint (stations_name (database, 1, NULL), ==, 1);
  sm_test_service_run (f->service);
  after = stations_epoch (f->service);
  g_assert_cmpstr (after, !=, epoch);
  assert_audited (f, after);
  /* One restore, one epoch. */
  sm_test_service_restart (f->service);
  again = stations_epoch (f->service);
  g_assert_cmpstr (again, ==, after);
}

/* Whoever was told that something is done can be told that it is not any more. */
static void
test_restore_says (Fixture       *f,
                   gconstpointer  data)
{
  const char *database = sm_test_service_get_database (f->service);
  g_autofree char *other = g_build_filename (sm_test_service_get_folder (f->service), "other.db", NULL);
  g_autoptr (SmBackup) first = NULL;
  g_autoptr (SmBackup) second = NULL;
  g_autoptr (SmServiceDb) empty = NULL;
  g_autoptr (GError) error = NULL;

  renamer_do (&f->renamers[0]);
  do_command (f, "backup", 0);
  for (guint i = 0; i < N_STATIONS; i++)
    renamer_do (&f->renamers[i]);
  sm_test_service_kill (f->service);
  first = sm_backup_restore (f->copy, database, "tester", &error);
  g_assert_no_error (error);
  g_assert_cmpint (first->n_gone, ==, N_STATIONS);
  for (guint i = 0; i < N_STATIONS; i++)
    {
      const SmAuditEntry *entry = first->gone->pdata[i];
      g_autofree char *object = g_strdup_printf ("station/%u", N_STATIONS - i);

      g_assert_cmpstr (entry->actor, ==, STATIONS_ADMIN);
      g_assert_cmpstr (entry->object, ==, object);
    }
  /* The same again: nothing was done since.  Another network: nobody can say. */
  second = sm_backup_restore (f->copy, database, "tester", &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->n_gone, ==, 0);
  empty = sm_service_db_open (other, FALSE, &error);
  g_assert_no_error (error);
  g_clear_pointer (&second, sm_backup_free);
  second = sm_backup_restore (f->copy, other, "tester", &error);
  g_assert_no_error (error);
  g_assert_null (second->gone);
}

/* What cannot be a network leaves everything as it was. */
static void
test_restore_refuses (Fixture       *f,
                      gconstpointer  data)
{
  const char *database = sm_test_service_get_database (f->service);
  g_autofree char *epoch = stations_epoch (f->service);
  g_autofree char *after = NULL, *whole = NULL;
  gsize length;

  renamer_do (&f->renamers[0]);
  do_command (f, "backup", 0);
  sm_test_service_terminate (f->service);
  g_assert_true (g_file_get_contents (f->copy, &whole, &length, NULL));
  for (guint i = 0; i < 3; i++)
    {
      static const char *const starts[] = { "a letter", "", "SQLite format 3" };

      g_assert_true (g_file_set_contents (f->copy, starts[i], -1, NULL));
      do_command (f, "restore", 1);
    }
  memset (whole + length / 2, 0x5a, length / 4);
  g_assert_true (g_file_set_contents (f->copy, whole, (gssize) length, NULL));
  do_command (f, "restore", 1);
  g_assert_cmpuint (stations_name (database, 1, NULL), ==, 1);
  sm_test_service_run (f->service);
  after = stations_epoch (f->service);
  g_assert_cmpstr (after, ==, epoch);
}

/* --- noticed by itself --- */

static void
assert_new_epoch (Fixture    *f,
                  const char *before,
                  gboolean    is_new)
{
  g_autofree char *after = NULL;

  sm_test_service_run (f->service);
  after = stations_epoch (f->service);
  if (is_new)
    g_assert_cmpstr (after, !=, before);
  else
    g_assert_cmpstr (after, ==, before);
}

/* A backup that somebody copied over it, while a killed one left its WAL. */
static void
test_backup_by_hand (Fixture       *f,
                     gconstpointer  data)
{
  const char *database = sm_test_service_get_database (f->service);
  g_autofree char *epoch = stations_epoch (f->service);

  renamer_do (&f->renamers[0]);
  do_command (f, "backup", 0);
  renamer_do (&f->renamers[1]);
  sm_test_service_kill (f->service);
  copy_file (f->copy, database);
  assert_new_epoch (f, epoch, TRUE);
  g_assert_cmpuint (stations_name (database, 1, NULL), ==, 1);
  g_assert_cmpuint (stations_name (database, 2, NULL), ==, 0);
}

/* The file as it was an hour ago, from a snapshot of the disk: of the life
 * before, or of the same, when the mark is all that tells. */
static void
test_file_by_hand (Fixture       *f,
                   gconstpointer  data)
{
  const char *database = sm_test_service_get_database (f->service);
  g_autofree char *mark = g_strconcat (database, "-mark", NULL);
  g_autofree char *epoch = stations_epoch (f->service);
  g_autofree char *second = NULL;
  g_autofree char *older = NULL;

  sm_test_service_terminate (f->service);
  copy_file (database, f->copy);
  /* The same file is no older one. */
  copy_file (f->copy, database);
  assert_new_epoch (f, epoch, FALSE);
  sm_test_service_terminate (f->service);
  copy_file (f->copy, database);
  assert_new_epoch (f, epoch, TRUE);
  second = stations_epoch (f->service);
  g_clear_pointer (&f->token, g_free);
  f->token = sm_test_service_sign_in (f->service, STATIONS_ADMIN, STATIONS_PASSWORD);
  renamer_begin (&f->renamers[0], f->service, f->token, 1);
  sm_test_service_terminate (f->service);
  copy_file (database, f->copy);
  /* A visitor that writes does not hide it. */
  sm_test_service_run (f->service);
  renamer_begin (&f->renamers[0], f->service, f->token, 1);
  renamer_do (&f->renamers[0]);
  sm_test_service_kill (f->service);
  older = g_strconcat (database, "-wal", NULL);
  g_unlink (older);
  copy_file (f->copy, database);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("gate-%u", i);

      g_free (sm_test_service_add_gateway (f->service, name));
    }
  assert_new_epoch (f, second, TRUE);
  g_assert_true (g_file_test (mark, G_FILE_TEST_EXISTS));
}

/* All of the folder as it was, its mark too: only what lies elsewhere tells. */
static void
test_folder_by_hand (Fixture       *f,
                     gconstpointer  data)
{
  static const char *const parts[] = { "", "-mark", "-live" };
  const char *database = sm_test_service_get_database (f->service);
  g_autofree char *elsewhere = g_dir_make_tmp ("sm-test-elsewhere-XXXXXX", NULL);
  g_autofree char *epoch = stations_epoch (f->service);
  g_autofree char *wal = g_strconcat (database, "-wal", NULL);

  g_setenv ("CACHE_DIRECTORY", elsewhere, TRUE);
  sm_test_service_terminate (f->service);
  assert_new_epoch (f, epoch, FALSE);
  /* As it is at the end of a life, in which all that will be gone is told. */
  sm_test_service_terminate (f->service);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (database, parts[i], NULL);
      g_autofree char *to = g_strconcat (f->copy, parts[i], NULL);

      copy_file (from, to);
    }
  assert_new_epoch (f, epoch, FALSE);
  renamer_do (&f->renamers[0]);
  sm_test_service_kill (f->service);
  g_unlink (wal);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (f->copy, parts[i], NULL);
      g_autofree char *to = g_strconcat (database, parts[i], NULL);

      copy_file (from, to);
    }
  assert_new_epoch (f, epoch, TRUE);
  sm_test_service_kill (f->service);
  g_unsetenv ("CACHE_DIRECTORY");
  sm_test_remove_tree (elsewhere);
}

/* Put in its place while it runs: nothing is said to be saved that nobody will find. */
static void
test_replaced_while_running (Fixture       *f,
                             gconstpointer  data)
{
  const char *database = sm_test_service_get_database (f->service);
  g_autofree char *epoch = stations_epoch (f->service);
  g_autoptr (SmTestAnswer) answer = NULL;

  renamer_do (&f->renamers[0]);
  do_command (f, "backup", 0);
  g_assert_cmpint (g_rename (f->copy, database), ==, 0);
  answer = renamer_try (&f->renamers[0]);
  g_assert_cmpuint (answer->status, ==, 503);
  sm_test_service_kill (f->service);
  assert_new_epoch (f, epoch, TRUE);
  g_assert_cmpuint (stations_name (database, 1, NULL), ==, 1);
  renamer_do (&f->renamers[0]);
}

/* The mark lost or spoiled: it cannot be told any more, so it is not trusted. */
static void
test_mark_lost (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *mark = g_strconcat (sm_test_service_get_database (f->service), "-mark", NULL);
  g_autofree char *epoch = stations_epoch (f->service);
  g_autofree char *second = NULL, *whole = NULL;

  sm_test_service_kill (f->service);
  assert_new_epoch (f, epoch, FALSE);
  sm_test_service_kill (f->service);
  g_assert_true (g_file_get_contents (mark, &whole, NULL, NULL));
  /* Half a write is the one before. */
  memset (whole + 10, 'x', 40);
  g_assert_true (g_file_set_contents (mark, whole, 1024, NULL));
  assert_new_epoch (f, epoch, FALSE);
  sm_test_service_kill (f->service);
  g_assert_cmpint (g_unlink (mark), ==, 0);
  assert_new_epoch (f, epoch, TRUE);
  second = stations_epoch (f->service);
  sm_test_service_kill (f->service);
  g_assert_true (g_file_set_contents (mark, "spoiled", -1, NULL));
  assert_new_epoch (f, second, TRUE);
}

/* Never ahead of what was noted, and the newer slot counts. */
static void
test_mark (Fixture       *f,
           gconstpointer  data)
{
  SmMarkState state = { "epoch", 3, 10, FALSE }, read = { .life = 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmMark) mark = sm_mark_begin (f->copy, &state, &error);
  gboolean found;

  g_assert_no_error (error);
  for (gint64 seq = 5; seq < 40; seq++)
    {
      sm_mark_note (mark, seq);
      g_assert_true (sm_mark_read (f->copy, &read, &found, NULL) && found);
      g_assert_cmpint (read.seq, ==, MAX (seq, 10));
      g_assert_cmpint (read.life, ==, 3);
      g_assert_cmpstr (read.epoch, ==, "epoch");
      g_assert_false (read.is_closed);
    }
  sm_mark_close (mark);
  g_clear_pointer (&mark, sm_mark_free);
  mark = sm_mark_join (f->copy);
  sm_mark_note (mark, 50);
  g_assert_true (sm_mark_read (f->copy, &read, &found, NULL) && found);
  g_assert_cmpint (read.seq, ==, 50);
  g_assert_true (read.is_closed);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/faults/service/mark", test_mark);
  ADD ("/faults/service/backup-while-people-write", test_backup_while_writing);
  ADD ("/faults/service/backup-spares-files", test_backup_spares_files);
  ADD ("/faults/service/restored", test_restore);
  ADD ("/faults/service/restored-says-what-is-gone", test_restore_says);
  ADD ("/faults/service/restore-refuses", test_restore_refuses);
  ADD ("/faults/service/notices-a-backup", test_backup_by_hand);
  ADD ("/faults/service/notices-an-older-file", test_file_by_hand);
  ADD ("/faults/service/notices-an-older-folder", test_folder_by_hand);
  ADD ("/faults/service/notices-while-it-runs", test_replaced_while_running);
  ADD ("/faults/service/notices-a-lost-mark", test_mark_lost);
  return g_test_run ();
}
