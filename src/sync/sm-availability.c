/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-availability.h"

#define HOUR_US G_GINT64_CONSTANT (3600000000)
/* 31 days: counted, so that a clock that went wrong once takes nothing away. */
#define MOST_HOURS (31 * 24)
#define MOST_OUTAGES 50
/* What follows an outage as closely is part of it. */
#define JOIN_US G_USEC_PER_SEC
/* A file of these is 40 KB. */
#define MOST_BYTES (1024 * 1024)

typedef struct
{
  gint64 number; /* since 1970 */
  SmAvailabilitySum sum;
} Hour;

struct _SmAvailability
{
  gatomicrefcount ref_count;
  GMutex mutex;
  char *path;
  GArray *hours;   /* of Hour, by number */
  GArray *outages; /* of SmOutage, by time */
};

static Hour *
find_hour (SmAvailability *self,
           gint64          number)
{
  const Hour empty = { number, { 0, 0, 0 } };
  guint at = self->hours->len;

  while (at > 0 && g_array_index (self->hours, Hour, at - 1).number > number)
    at--;
  if (at > 0 && g_array_index (self->hours, Hour, at - 1).number == number)
    return &g_array_index (self->hours, Hour, at - 1);
  g_array_insert_val (self->hours, at, empty);
  if (self->hours->len > MOST_HOURS)
    {
      g_array_remove_index (self->hours, 0);
      at -= at > 0;
    }
  return &g_array_index (self->hours, Hour, at);
}

/* @n numbers behind a letter, none of them below 0. */
static gboolean
read_numbers (const char *line,
              gint64     *out,
              guint       n)
{
  g_auto (GStrv) words = g_strsplit (line, " ", (int) n + 2);

  if (g_strv_length (words) != n + 1)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_ascii_string_to_signed (words[i + 1], 10, 0, G_MAXINT64 / 4, &out[i], NULL))
      return FALSE;
  return TRUE;
}

static void
read_line (SmAvailability *self,
           const char     *line)
{
  gint64 numbers[4];

  if (line[0] == 'h' && read_numbers (line, numbers, 4) && numbers[1] <= HOUR_US
      && numbers[2] <= numbers[1] && numbers[3] <= numbers[1])
    find_hour (self, numbers[0])->sum = (SmAvailabilitySum){ numbers[1], numbers[2], numbers[3] };
  else if (line[0] == 'o' && read_numbers (line, numbers, 3) && self->outages->len < MOST_OUTAGES)
    {
      SmOutage outage = { numbers[0], numbers[1], numbers[2] != 0 };

      g_array_append_val (self->outages, outage);
    }
}

static void
read_file (SmAvailability *self)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length;

  if (!g_file_get_contents (self->path, &text, &length, NULL) || length > MOST_BYTES)
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (self, lines[i]);
}

/** sm_availability_new: Goes on with what is in the file at @path, if it is there. */
SmAvailability *
sm_availability_new (const char *path)
{
  SmAvailability *self = g_new0 (SmAvailability, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->path = g_strdup (path);
  self->hours = g_array_new (FALSE, FALSE, sizeof (Hour));
  self->outages = g_array_new (FALSE, FALSE, sizeof (SmOutage));
  read_file (self);
  return self;
}

SmAvailability *
sm_availability_ref (SmAvailability *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_availability_unref (SmAvailability *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_array_unref (self->hours);
  g_array_unref (self->outages);
  g_free (self);
}

static void
note_outage (SmAvailability *self,
             gint64          began_at,
             gint64          took_us,
             gboolean        answered)
{
  SmOutage outage = { began_at, took_us, answered };
  SmOutage *last = self->outages->len > 0
                       ? &g_array_index (self->outages, SmOutage, self->outages->len - 1)
                       : NULL;

  if (last != NULL && last->answered == answered && began_at >= last->began_at
      && began_at - (last->began_at + last->took_us) < JOIN_US)
    {
      last->took_us += took_us;
      return;
    }
  g_array_append_val (self->outages, outage);
  if (self->outages->len > MOST_OUTAGES)
    g_array_remove_index (self->outages, 0);
}

/**
 * sm_availability_note:
 * @now_us: real time
 * @took_us: the time until then of which this is known; less than an hour
 * @answered: whether the service answered
 * @takes: whether it takes reports
 */
void
sm_availability_note (SmAvailability *self,
                      gint64          now_us,
                      gint64          took_us,
                      gboolean        answered,
                      gboolean        takes)
{
  Hour *hour;

  g_mutex_lock (&self->mutex);
  hour = find_hour (self, now_us / HOUR_US);
  /* A clock that was set back brings an hour twice. */
  took_us = CLAMP (took_us, 0, HOUR_US - hour->sum.measured);
  hour->sum.measured += took_us;
  if (!answered)
    hour->sum.unread += took_us;
  if (!answered || !takes)
    {
      hour->sum.untaken += took_us;
      note_outage (self, now_us - took_us, took_us, answered);
    }
  g_mutex_unlock (&self->mutex);
}

/** sm_availability_sum: What is known of the last @span_us, by whole hours and this one. */
SmAvailabilitySum
sm_availability_sum (SmAvailability *self,
                     gint64          now_us,
                     gint64          span_us)
{
  SmAvailabilitySum sum = { 0, 0, 0 };
  gint64 last = now_us / HOUR_US;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->hours->len; i++)
    {
      const Hour *hour = &g_array_index (self->hours, Hour, i);

      if (hour->number > last || hour->number <= last - span_us / HOUR_US)
        continue;
      sum.measured += hour->sum.measured;
      sum.unread += hour->sum.unread;
      sum.untaken += hour->sum.untaken;
    }
  g_mutex_unlock (&self->mutex);
  return sum;
}

/** sm_availability_dup_outages: Returns: (transfer full): of SmOutage, the oldest first */
GArray *
sm_availability_dup_outages (SmAvailability *self)
{
  GArray *outages;

  g_mutex_lock (&self->mutex);
  outages = g_array_copy (self->outages);
  g_mutex_unlock (&self->mutex);
  return outages;
}

/** sm_availability_save: Writes the file, whole or not at all. */
gboolean
sm_availability_save (SmAvailability  *self,
                      GError         **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->hours->len; i++)
    {
      const Hour *hour = &g_array_index (self->hours, Hour, i);

      g_string_append_printf (text,
                              "h %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                              " %" G_GINT64_FORMAT "\n",
                              hour->number, hour->sum.measured, hour->sum.unread,
                              hour->sum.untaken);
    }
  for (guint i = 0; i < self->outages->len; i++)
    {
      const SmOutage *outage = &g_array_index (self->outages, SmOutage, i);

      g_string_append_printf (text, "o %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n",
                              outage->began_at, outage->took_us, outage->answered);
    }
  g_mutex_unlock (&self->mutex);
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents_full (self->path, text->str, (gssize) text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
