/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-store"
#include "config.h"

#include "sm-alarm-log.h"

#include "sm-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FLOOR "floor\t"

struct _SmAlarmLog
{
  char *path;
  char *before; /* what was put aside last */
  int fd;
  gint64 size;
  gint64 max_bytes;
  gint64 floor;   /* every alarm up to it is counted */
  gint64 highest; /* that is known */
  gint64 highest_before; /* of those in the file that was put aside */
  GHashTable *known; /* ids above the floor, as pointers */
};

static void
set_error (const char  *path,
           GError     **error)
{
  int saved = errno;
  gboolean is_full = saved == ENOSPC || saved == EDQUOT;

  sm_set_error (error, is_full ? SM_ERROR_FULL : SM_ERROR_IO,
                is_full ? "storage-full" : "storage-failed", "%s: %s", path, g_strerror (saved));
}

static void
log_learn (SmAlarmLog *self,
           gint64      id)
{
  g_hash_table_add (self->known, GSIZE_TO_POINTER ((gsize) id));
  self->highest = MAX (self->highest, id);
}

static gboolean
parse_line (const char  *line,
            SmAlarmMark *mark)
{
  g_auto (GStrv) parts = g_strsplit (line, "\t", 7);

  if (g_strv_length (parts) != 6)
    return FALSE;
  *mark = (SmAlarmMark){ .id = g_ascii_strtoll (parts[0], NULL, 10),
                         .level = g_ascii_strtoll (parts[1], NULL, 10),
                         .raised_at = g_ascii_strtoll (parts[2], NULL, 10),
                         .received_at = g_ascii_strtoll (parts[3], NULL, 10),
                         .shown_at = g_ascii_strtoll (parts[4], NULL, 10),
                         .took_us = g_ascii_strtoll (parts[5], NULL, 10) * 1000,
                         .is_over = parts[4][0] == '-' };
  return mark->id > 0;
}

/* Only whole lines: what was being written when the program died is not there. */
static char **
read_lines (const char *path,
            gsize      *out_length)
{
  g_autofree char *text = NULL;
  char *end;

  *out_length = 0;
  if (!g_file_get_contents (path, &text, NULL, NULL) || (end = strrchr (text, '\n')) == NULL)
    return g_new0 (char *, 1);
  end[1] = '\0';
  *out_length = (gsize) (end + 1 - text);
  return g_strsplit (text, "\n", -1);
}

/* Returns: how many bytes of whole lines there are */
static gsize
log_learn_file (SmAlarmLog *self,
                const char *path)
{
  gsize length;
  g_auto (GStrv) lines = read_lines (path, &length);
  SmAlarmMark mark;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], FLOOR))
      self->floor = MAX (self->floor, g_ascii_strtoll (lines[i] + strlen (FLOOR), NULL, 10));
    else if (parse_line (lines[i], &mark))
      log_learn (self, mark.id);
  return length;
}

static gboolean
log_open_file (SmAlarmLog  *self,
               gint64       length,
               GError     **error)
{
  g_autofree char *dir = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (dir, 0700) == 0)
    self->fd = g_open (self->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  self->size = length;
  if (self->fd >= 0 && ftruncate (self->fd, length) == 0)
    return TRUE;
  set_error (self->path, error);
  return FALSE;
}

/**
 * sm_alarm_log_open:
 * @max_bytes: %SM_ALARM_LOG_MAX_BYTES
 *
 * Returns: (transfer full) (nullable): with what it holds already known
 */
SmAlarmLog *
sm_alarm_log_open (const char  *path,
                   gint64       max_bytes,
                   GError     **error)
{
  g_autoptr (SmAlarmLog) self = g_new0 (SmAlarmLog, 1);
  gsize length;

  self->fd = -1;
  self->path = g_strdup (path);
  self->before = g_strconcat (path, ".1", NULL);
  self->max_bytes = max_bytes;
  self->known = g_hash_table_new (NULL, NULL);
  log_learn_file (self, self->before);
  self->highest_before = self->highest;
  length = log_learn_file (self, path);
  return log_open_file (self, (gint64) length, error) ? g_steal_pointer (&self) : NULL;
}

void
sm_alarm_log_close (SmAlarmLog *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_hash_table_unref (self->known);
  g_free (self->path);
  g_free (self->before);
  g_free (self);
}

/** sm_alarm_log_knows: Whether this alarm is counted. */
gboolean
sm_alarm_log_knows (SmAlarmLog *self,
                    gint64      id)
{
  return id <= self->floor || g_hash_table_contains (self->known, GSIZE_TO_POINTER ((gsize) id));
}

static gboolean
log_write (SmAlarmLog    *self,
           const GString *text,
           GError       **error)
{
  gssize n = write (self->fd, text->str, text->len);

  if (n == (gssize) text->len)
    {
      self->size += n;
      return TRUE;
    }
  if (n >= 0)
    errno = ENOSPC;
  set_error (self->path, error);
  /* Half of it is none of it: the next attempt writes it whole. */
  if (n > 0 && ftruncate (self->fd, self->size) != 0)
    g_message ("%s: %s", self->path, g_strerror (errno));
  return FALSE;
}

static gboolean
is_forgotten (gpointer id,
              gpointer value,
              gpointer floor)
{
  return (gint64) GPOINTER_TO_SIZE (id) <= *(gint64 *) floor;
}

/* What is forgotten with the file before last stays counted by its highest id. */
static gboolean
log_rotate (SmAlarmLog  *self,
            GError     **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 floor = MAX (self->floor, self->highest_before);

  if (g_rename (self->path, self->before) != 0)
    {
      set_error (self->path, error);
      return FALSE;
    }
  close (self->fd);
  self->fd = -1;
  self->floor = floor;
  self->highest_before = self->highest;
  g_hash_table_foreach_remove (self->known, is_forgotten, &floor);
  if (!log_open_file (self, 0, error))
    return FALSE;
  g_string_append_printf (text, FLOOR "%" G_GINT64_FORMAT "\n", floor);
  return log_write (self, text, error);
}

static void
append_mark (GString           *text,
             const SmAlarmMark *mark)
{
  g_string_append_printf (text, "%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT
                          "\t%" G_GINT64_FORMAT "\t",
                          mark->id, mark->level, mark->raised_at, mark->received_at);
  if (mark->is_over)
    g_string_append (text, "-\t-\n");
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n", mark->shown_at,
                            mark->took_us / 1000);
}

/** sm_alarm_log_append: Writes all of @marks (of SmAlarmMark) or none. */
gboolean
sm_alarm_log_append (SmAlarmLog    *self,
                     const GArray  *marks,
                     GError       **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if ((self->fd < 0 && !log_open_file (self, self->size, error))
      || (self->size > self->max_bytes && !log_rotate (self, error)))
    return FALSE;
  for (guint i = 0; i < marks->len; i++)
    append_mark (text, &g_array_index (marks, SmAlarmMark, i));
  if (!log_write (self, text, error))
    return FALSE;
  for (guint i = 0; i < marks->len; i++)
    log_learn (self, g_array_index (marks, SmAlarmMark, i).id);
  return TRUE;
}

/** sm_alarm_log_read: Returns: (transfer full): of SmAlarmMark, all that is in both files */
GArray *
sm_alarm_log_read (const char *path)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (SmAlarmMark));
  g_autofree char *before = g_strconcat (path, ".1", NULL);
  const char *const files[] = { before, path };

  for (guint k = 0; k < G_N_ELEMENTS (files); k++)
    {
      gsize length;
      g_auto (GStrv) lines = read_lines (files[k], &length);
      SmAlarmMark mark;

      for (guint i = 0; lines[i] != NULL; i++)
        if (parse_line (lines[i], &mark))
          g_array_append_val (marks, mark);
    }
  return marks;
}
