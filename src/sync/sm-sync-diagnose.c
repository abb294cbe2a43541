/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-cache-history.h"
#include "sm-error.h"
#include "sm-sync-private.h"

#include <glib/gstdio.h>

static const char *const names[SM_N_CHANNELS] = {
  [SM_FEED_CHANGES] = "changes",     [SM_FEED_VEHICLES] = "vehicles",
  [SM_FEED_STATIONS] = "stations",   [SM_FEED_PILES] = "piles",
  [SM_FEED_CONNECTORS] = "connectors", [SM_FEED_LANES] = "lanes",
  [SM_FEED_BAYS] = "bays",           [SM_FEED_BATTERIES] = "batteries",
  [SM_FEED_EQUIPMENT] = "equipment", [SM_FEED_ENGINEERS] = "engineers",
  [SM_CHANNEL_ACTS] = "acts",        [SM_CHANNEL_FIGURES] = "figures",
};

/* sm_sync_note_trouble: Which of the ways had the last trouble, for who looks for it. */
void
sm_sync_note_trouble (SmSync       *self,
                      guint         channel,
                      const GError *error)
{
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_mutex_lock (&self->mutex);
  g_free (self->troubles[channel].slug);
  self->troubles[channel].slug = g_strdup (sm_error_get_slug (error));
  self->troubles[channel].at = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
}

static gint64
good_at_locked (SmSync *self,
                guint   channel)
{
  if (channel == SM_CHANNEL_FIGURES)
    return self->connectivity.stats_good_at;
  return channel < SM_N_FEEDS ? self->good_at[channel] : 0;
}

/** sm_sync_diagnose: Fills in what is known of the way to the service. */
void
sm_sync_diagnose (SmSync      *self,
                  SmDiagnosis *diagnosis)
{
  g_mutex_lock (&self->mutex);
  diagnosis->server = sm_scrub (self->server_url);
  if (self->info != NULL)
    {
      diagnosis->service_version = g_strdup (self->info->version);
      diagnosis->network = g_strdup (self->info->network);
      diagnosis->epoch = g_strdup (self->info->epoch);
    }
  for (guint i = 0; i < SM_N_CHANNELS; i++)
    {
      SmChannelState channel = { g_strdup (names[i]), good_at_locked (self, i),
                                 g_strdup (self->troubles[i].slug), self->troubles[i].at };

      g_array_append_val (diagnosis->channels, channel);
    }
  g_mutex_unlock (&self->mutex);
}

static gint64
sum_files (const char *path,
           guint       depth)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  gint64 sum = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      GStatBuf info;

      if (g_lstat (child, &info) != 0)
        continue;
      if (S_ISREG (info.st_mode))
        sum += info.st_size;
      else if (S_ISDIR (info.st_mode) && depth > 0)
        sum += sum_files (child, depth - 1);
    }
  return sum;
}

/** sm_sync_diagnose_files: In a reader's thread: what the copy of the network holds. */
void
sm_sync_diagnose_files (SmSync       *self,
                        SmConnection *connection,
                        SmDiagnosis  *diagnosis)
{
  diagnosis->cache_bytes = sum_files (self->cache_dir, 3);
  sm_cache_history_range (connection, sm_noun_get (SM_NOUN_ORDER), &diagnosis->history_from,
                          &diagnosis->history_to);
}
