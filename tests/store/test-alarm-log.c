/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-log.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->dir = g_dir_make_tmp ("sm-alarm-log-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "alarms.log", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *before = g_strconcat (self->path, ".1", NULL);

  g_unlink (self->path);
  g_unlink (before);
  g_rmdir (self->dir);
  g_free (self->dir);
  g_free (self->path);
}

static SmAlarmLog *
open_log (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  SmAlarmLog *log = sm_alarm_log_open (self->path, 1000, &error);

  g_assert_no_error (error);
  return log;
}

static void
append (SmAlarmLog *log,
        gint64      id,
        gboolean    is_over)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SmAlarmMark));
  g_autoptr (GError) error = NULL;
  SmAlarmMark mark = { id, 2, 1000, 2000, 3000, 1000, is_over };

  g_array_append_val (marks, mark);
  sm_alarm_log_append (log, marks, &error);
  g_assert_no_error (error);
}

static void
test_again (Fixture       *self,
            gconstpointer  data)
{
  SmAlarmLog *log = open_log (self);
  g_autoptr (GArray) marks = NULL;

  g_assert_false (sm_alarm_log_knows (log, 7));
  append (log, 7, FALSE);
  append (log, 8, TRUE);
  sm_alarm_log_close (log);
  log = open_log (self);
  g_assert_true (sm_alarm_log_knows (log, 7));
  g_assert_true (sm_alarm_log_knows (log, 8));
  g_assert_false (sm_alarm_log_knows (log, 9));
  sm_alarm_log_close (log);
  marks = sm_alarm_log_read (self->path);
  g_assert_cmpuint (marks->len, ==, 2);
  g_assert_cmpint (g_array_index (marks, SmAlarmMark, 0).shown_at, ==, 3000);
  g_assert_cmpint (g_array_index (marks, SmAlarmMark, 0).took_us, ==, 1000);
  g_assert_false (g_array_index (marks, SmAlarmMark, 0).is_over);
  g_assert_true (g_array_index (marks, SmAlarmMark, 1).is_over);
}

/* Killed while it was writing: at any byte. */
static void
test_torn (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *whole = NULL;
  SmAlarmLog *log = open_log (self);
  gsize length, first;

  append (log, 7, FALSE);
  append (log, 8, FALSE);
  sm_alarm_log_close (log);
  g_assert_true (g_file_get_contents (self->path, &whole, &length, NULL));
  first = (gsize) (strchr (whole, '\n') + 1 - whole);
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GArray) marks = NULL;

      g_assert_true (g_file_set_contents (self->path, whole, (gssize) cut, NULL));
      log = open_log (self);
      g_assert_cmpint (sm_alarm_log_knows (log, 7), ==, cut >= first);
      g_assert_false (sm_alarm_log_knows (log, 8));
      if (cut < first)
        append (log, 7, FALSE);
      append (log, 8, FALSE);
      sm_alarm_log_close (log);
      marks = sm_alarm_log_read (self->path);
      g_assert_cmpuint (marks->len, ==, 2);
    }
}

/* It does not grow for ever, and what is forgotten stays counted. */
static void
test_bounded (Fixture       *self,
              gconstpointer  data)
{
  SmAlarmLog *log = open_log (self);
  g_autofree char *before = g_strconcat (self->path, ".1", NULL);
  GStatBuf now, then;

  for (gint64 id = 1; id <= 500; id++)
    {
      g_assert_false (sm_alarm_log_knows (log, id));
      append (log, id, FALSE);
    }
  for (guint turn = 0; turn < 2; turn++)
    {
      for (gint64 id = 1; id <= 500; id++)
        g_assert_true (sm_alarm_log_knows (log, id));
      g_assert_false (sm_alarm_log_knows (log, 501));
      sm_alarm_log_close (log);
      log = open_log (self);
    }
  sm_alarm_log_close (log);
  g_assert_cmpint (g_stat (self->path, &now), ==, 0);
  g_assert_cmpint (g_stat (before, &then), ==, 0);
  g_assert_cmpint (now.st_size + then.st_size, <, 2200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/alarm-log/once-however-often-it-starts", Fixture, NULL, set_up, test_again,
              tear_down);
  g_test_add ("/store/alarm-log/torn-at-any-byte", Fixture, NULL, set_up, test_torn, tear_down);
  g_test_add ("/store/alarm-log/bounded-and-still-counted", Fixture, NULL, set_up, test_bounded,
              tear_down);
  return g_test_run ();
}
