/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-alarm-log.h"
#include "sm-cache-reader.h"
#include "sm-networks.h"
#include "sm-ops-private.h"

/*
 * Every alarm that came is written into the wall's own log when the first frame
 * with it has been painted, by a thread that owns the file.  What could not be
 * written yet (a full disk, say) is kept and written with the next.
 */

/* What that thread owns. */
typedef struct
{
  char *path; /* NULL: it is not known yet whose network it is */
  SmAlarmLog *log; /* NULL: could not be opened yet */
  GHashTable *waiting; /* id as a pointer -> SmAlarmMark: not painted yet */
  GArray *done;    /* of SmAlarmMark: to be written */
  gboolean is_told; /* why it cannot be written */
} Book;

static void
book_forget (Book *book)
{
  g_clear_pointer (&book->log, sm_alarm_log_close);
  g_clear_pointer (&book->path, g_free);
}

static void
book_free (gpointer data)
{
  Book *book = data;

  book_forget (book);
  g_hash_table_unref (book->waiting);
  g_array_unref (book->done);
  g_free (book);
}

static gboolean
book_try (Book    *book,
          GError **error)
{
  if (book->log == NULL)
    book->log = sm_alarm_log_open (book->path, SM_ALARM_LOG_MAX_BYTES, error);
  return book->log != NULL
         && (book->done->len == 0 || sm_alarm_log_append (book->log, book->done, error));
}

static void
book_write (Book *book)
{
  g_autoptr (GError) error = NULL;

  if (book->path == NULL)
    return;
  if (book_try (book, &error))
    g_array_set_size (book->done, 0);
  else if (!book->is_told)
    g_message ("the log of alarms: %s", error->message);
  book->is_told = error != NULL;
}

static gboolean
book_is_done (Book   *book,
              gint64  id)
{
  if (book->log != NULL && sm_alarm_log_knows (book->log, id))
    return TRUE;
  for (guint i = 0; i < book->done->len; i++)
    if (g_array_index (book->done, SmAlarmMark, i).id == id)
      return TRUE;
  return FALSE;
}

static void
book_note (Book              *book,
           const SmAlarmMark *mark)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) mark->id);
  const SmAlarmMark *waiting = g_hash_table_lookup (book->waiting, key);

  if (waiting != NULL && mark->is_over)
    {
      SmAlarmMark over = *waiting;

      over.is_over = TRUE;
      g_array_append_val (book->done, over);
      g_hash_table_remove (book->waiting, key);
    }
  else if (waiting == NULL && !book_is_done (book, mark->id))
    {
      if (mark->is_over)
        g_array_append_vals (book->done, mark, 1);
      else
        g_hash_table_insert (book->waiting, key, g_memdup2 (mark, sizeof *mark));
    }
}

static gpointer
note_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Book *book = context;
  const GArray *marks = data;

  book_write (book); /* opens it, and so learns what is known */
  for (guint i = 0; i < marks->len; i++)
    book_note (book, &g_array_index (marks, SmAlarmMark, i));
  book_write (book);
  return NULL;
}

/* When a frame was painted. */
typedef struct
{
  gint64 network_us;
  gint64 monotonic_us;
} Moment;

static gpointer
painted_job (gpointer       context,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Book *book = context;
  const Moment *moment = data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, book->waiting);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SmAlarmMark mark = *(SmAlarmMark *) value;

      mark.shown_at = moment->network_us;
      mark.took_us = moment->monotonic_us - mark.took_us;
      g_array_append_val (book->done, mark);
    }
  g_hash_table_remove_all (book->waiting);
  book_write (book);
  return NULL;
}

static gpointer
follow_job (gpointer       context,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Book *book = context;

  if (g_strcmp0 (book->path, data) == 0)
    return NULL;
  if (book->path != NULL)
    {
      /* What is of another network is never shown now. */
      book_write (book);
      g_hash_table_remove_all (book->waiting);
      g_array_set_size (book->done, 0);
    }
  book_forget (book);
  book->path = g_strdup (data);
  book_write (book);
  return NULL;
}

void
sm_ops_shown_start (SmOps *self)
{
  Book *book = g_new0 (Book, 1);

  book->waiting = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  book->done = g_array_new (FALSE, FALSE, sizeof (SmAlarmMark));
  self->shown = sm_worker_new ("sm-shown", book, book_free);
}

/* Waits until what was painted is written. */
void
sm_ops_shown_stop (SmOps *self)
{
  g_clear_pointer (&self->shown, sm_worker_free);
  self->has_unpainted = FALSE;
}

/* The network is the one of @epoch: (nullable). */
void
sm_ops_shown_follow (SmOps      *self,
                     const char *epoch)
{
  if (epoch != NULL && self->shown != NULL)
    sm_worker_run_async (self->shown, follow_job, sm_ops_dup_alarm_log (self->state_dir, epoch),
                         g_free, NULL, NULL, NULL, NULL);
}

/**
 * sm_ops_dup_alarm_log:
 * @state_dir: what sm_ops_new() was told
 *
 * Returns: (transfer full): where the wall's own log of alarms of a network is kept
 */
char *
sm_ops_dup_alarm_log (const char *state_dir,
                      const char *epoch)
{
  g_autofree char *dir = sm_networks_make_dir (state_dir, epoch);

  return g_strconcat (dir, "-alarms.log", NULL);
}

/* Of the marks that are read from the cache nobody knows when they came. */
static void
complete (SmOps  *self,
          GArray *marks)
{
  gint64 now = sm_clock_now (self->clock), monotonic = g_get_monotonic_time ();

  for (guint i = 0; i < marks->len; i++)
    {
      SmAlarmMark *mark = &g_array_index (marks, SmAlarmMark, i);

      mark->received_at = now;
      mark->took_us = monotonic; /* since when, until it is shown */
      self->has_unpainted |= !mark->is_over;
    }
}

static void
marks_unref (gpointer data)
{
  g_array_unref (data);
}

/* Alarms that are in the models now, or over; @marks: (transfer full). */
void
sm_ops_shown_take (SmOps  *self,
                   GArray *marks)
{
  complete (self, marks);
  if (self->shown != NULL && marks->len > 0)
    sm_worker_run_async (self->shown, note_job, marks, marks_unref, NULL, NULL, NULL, NULL);
  else
    g_array_unref (marks);
}

/* The same of rows that the feed brought. */
void
sm_ops_shown_note (SmOps     *self,
                   GPtrArray *alarms)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (SmAlarmMark));

  for (guint i = 0; i < alarms->len; i++)
    {
      const SmRow *row = g_ptr_array_index (alarms, i);
      SmAlarmMark mark = { .id = sm_row_get_id (row),
                           .level = sm_row_get_int (row, SM_ALARM_LEVEL),
                           .raised_at = sm_row_get_int (row, SM_ALARM_RAISED_AT),
                           .is_over = g_strcmp0 (sm_row_get_text (row, SM_ALARM_STATE),
                                                 "normal") == 0 };

      g_array_append_val (marks, mark);
    }
  sm_ops_shown_take (self, marks);
}

static void
scan_cb (SmStatement *statement,
         gpointer     user_data)
{
  SmAlarmMark mark = { .id = sm_statement_get_int (statement, 0),
                       .level = sm_statement_get_int (statement, 1),
                       .raised_at = sm_statement_get_int (statement, 2),
                       .is_over = g_strcmp0 (sm_statement_get_text (statement, 3), "normal") == 0 };

  g_array_append_val ((GArray *) user_data, mark);
}

/* In the reader's thread.  Returns: (transfer full) (nullable): of every alarm in the
 * cache: those too that were raised and over while nobody listened. */
GArray *
sm_ops_shown_read (SmConnection  *connection,
                   GError       **error)
{
  static const guint fields[] = { SM_ROW_ID, SM_ALARM_LEVEL, SM_ALARM_RAISED_AT, SM_ALARM_STATE };
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SmAlarmMark));

  if (!sm_cache_scan (connection, sm_noun_get (SM_NOUN_ALARM), fields, G_N_ELEMENTS (fields),
                      scan_cb, marks, error))
    return NULL;
  return g_steal_pointer (&marks);
}

/**
 * sm_ops_painted:
 *
 * To be called after each frame that shows the alarms: what is in the list by
 * then has been seen, and is written into the wall's log.
 */
void
sm_ops_painted (SmOps *self)
{
  g_return_if_fail (SM_IS_OPS (self));

  if (!self->has_unpainted || self->shown == NULL)
    return;
  self->has_unpainted = FALSE;
  sm_worker_run_async (self->shown, painted_job,
                       g_memdup2 (&(Moment){ sm_clock_now (self->clock), g_get_monotonic_time () },
                                  sizeof (Moment)),
                       g_free, NULL, NULL, NULL, NULL);
}
