/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-mark.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "sm-error.h"

/* One to a disk's sector: what is torn is one of them. */
#define SLOT 512
#define N_SLOTS 2
#define HEAD "stationmaster-mark 1"

struct _SmMark
{
  int fd;
  SmMarkState state;
  guint turn;
};

/* "HEAD EPOCH LIFE SEQ open|closed TURN CHECKSUM\n", filled up with spaces. */
static void
format_slot (const SmMark *self,
             char          slot[SLOT])
{
  g_autofree char *text =
      g_strdup_printf (HEAD " %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %u", self->state.epoch,
                       self->state.life, self->state.seq,
                       self->state.is_closed ? "closed" : "open", self->turn);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  int length;

  memset (slot, ' ', SLOT);
  length = g_snprintf (slot, SLOT, "%s %s", text, sum);
  slot[length] = ' ';
  slot[SLOT - 1] = '\n';
}

static gboolean
parse_slot (const char  *slot,
            SmMarkState *out_state,
            guint       *out_turn)
{
  g_autofree char *line = g_strchomp (g_strndup (slot, SLOT));
  char *sum_at = strrchr (line, ' ');
  g_autofree char *sum = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_str_has_prefix (line, HEAD " ") || sum_at == NULL)
    return FALSE;
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, line, sum_at - line);
  words = g_strsplit (line, " ", -1);
  if (strcmp (sum, sum_at + 1) != 0 || g_strv_length (words) != 8)
    return FALSE;
  *out_state = (SmMarkState){ .life = g_ascii_strtoll (words[3], NULL, 10),
                              .seq = g_ascii_strtoll (words[4], NULL, 10),
                              .is_closed = strcmp (words[5], "closed") == 0 };
  g_strlcpy (out_state->epoch, words[2], sizeof out_state->epoch);
  *out_turn = (guint) g_ascii_strtoull (words[6], NULL, 10);
  return TRUE;
}

/* Returns: FALSE when the disk gave nothing; what it gave need not be a mark */
static gboolean
read_slots (int          fd,
            SmMarkState *out_state,
            guint       *out_turn,
            gboolean    *out_found)
{
  *out_found = FALSE;
  for (guint i = 0; i < N_SLOTS; i++)
    {
      char slot[SLOT];
      SmMarkState state;
      guint turn;
      gssize length = pread (fd, slot, SLOT, i * SLOT);

      if (length < 0)
        return FALSE;
      if (length != SLOT || !parse_slot (slot, &state, &turn) || (*out_found && turn < *out_turn))
        continue;
      *out_state = state;
      *out_turn = turn;
      *out_found = TRUE;
    }
  return TRUE;
}

/**
 * sm_mark_read:
 * @out_found: FALSE when there is none, or none that says anything
 *
 * Returns: FALSE when it could not be looked at, which is no reason to take it for lost
 */
gboolean
sm_mark_read (const char   *path,
              SmMarkState  *out_state,
              gboolean     *out_found,
              GError      **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok;
  guint turn;

  *out_found = FALSE;
  if (fd < 0 && errno == ENOENT)
    return TRUE;
  ok = fd >= 0 && read_slots (fd, out_state, &turn, out_found);
  if (!ok)
    sm_set_error (error, SM_ERROR_IO, "storage-failed", "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
write_slot (SmMark *self)
{
  char slot[SLOT];

  self->turn++;
  format_slot (self, slot);
  return pwrite (self->fd, slot, SLOT, self->turn % N_SLOTS * SLOT) == SLOT;
}

static gboolean
fill (SmMark *self)
{
  for (guint i = 0; i < N_SLOTS; i++)
    if (!write_slot (self))
      return FALSE;
  return fsync (self->fd) == 0;
}

/* So that the new name is there after a power cut, too. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/**
 * sm_mark_begin:
 *
 * Puts @state on the disk, in the place of what was there, and goes on from it.
 */
SmMark *
sm_mark_begin (const char         *path,
               const SmMarkState  *state,
               GError            **error)
{
  g_autofree char *fresh = g_strconcat (path, "-new", NULL);
  g_autoptr (SmMark) self = g_new0 (SmMark, 1);

  self->state = *state;
  self->fd = open (fresh, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (self->fd >= 0 && fill (self) && g_rename (fresh, path) == 0)
    {
      sync_folder (path);
      return g_steal_pointer (&self);
    }
  sm_set_error (error, errno == ENOSPC ? SM_ERROR_FULL : SM_ERROR_IO,
                errno == ENOSPC ? "storage-full" : "storage-failed", "%s: %s", path,
                g_strerror (errno));
  g_unlink (fresh);
  return NULL;
}

/** sm_mark_join: Returns: (transfer full) (nullable): to go on with what is there; NULL: nothing is */
SmMark *
sm_mark_join (const char *path)
{
  g_autoptr (SmMark) self = g_new0 (SmMark, 1);
  gboolean found;

  self->fd = open (path, O_RDWR | O_CLOEXEC);
  if (self->fd < 0 || !read_slots (self->fd, &self->state, &self->turn, &found) || !found)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sm_mark_note:
 * @seq: of the change that was committed
 *
 * What cannot be written now is with the next one.
 */
void
sm_mark_note (SmMark *self,
              gint64  seq)
{
  if (seq <= self->state.seq)
    return;
  self->state.seq = seq;
  write_slot (self);
}

/** sm_mark_close: The service has written all that it knew. */
void
sm_mark_close (SmMark *self)
{
  self->state.is_closed = TRUE;
  if (write_slot (self))
    fdatasync (self->fd);
}

void
sm_mark_free (SmMark *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
