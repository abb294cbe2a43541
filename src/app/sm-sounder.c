/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-app"
#include "config.h"

#include "sm-sounder.h"

#include "sm-drill.h"
#include "sm-tone.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gsound.h>

/* What the bell rings is heard: the sounds are computed, written where this user's
 * programs keep such things, and played in a thread, for whoever plays may take its time. */

typedef struct
{
  GSoundContext *context; /* (nullable): made by the first thread that plays */
  gboolean is_playing;    /* one thread at a time, which has the context to itself */
  guint level;            /* that is to be played; 0: whether anything could be */
} Player;

static void
player_free (gpointer data)
{
  Player *player = data;

  g_clear_object (&player->context);
  g_free (player);
}

static Player *
get_player (SmBell *bell)
{
  Player *player = g_object_get_data (G_OBJECT (bell), "sm-player");

  if (player == NULL)
    {
      player = g_new0 (Player, 1);
      g_object_set_data_full (G_OBJECT (bell), "sm-player", player, player_free);
    }
  return player;
}

static gboolean
open_context (Player  *player,
              GError **error)
{
  GSoundContext *context;

  if (player->context != NULL)
    return TRUE;
  context = gsound_context_new (NULL, error);
  if (context != NULL && gsound_context_open (context, error))
    player->context = g_steal_pointer (&context);
  g_clear_object (&context);
  return player->context != NULL;
}

static gboolean
play_level (Player  *player,
            GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "stationmaster", NULL);
  gboolean is_drill = sm_drill_is_on ();
  g_autofree char *name = g_strdup_printf (is_drill ? "drill-level-%u.wav" : "level-%u.wav",
                                           player->level);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) wave = is_drill ? sm_tone_new_of_drill (player->level)
                                     : sm_tone_new (player->level);

  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (path, g_bytes_get_data (wave, NULL),
                              (gssize) g_bytes_get_size (wave), error)
         && gsound_context_play_simple (player->context, NULL, error, GSOUND_ATTR_MEDIA_FILENAME,
                                        path, GSOUND_ATTR_MEDIA_ROLE, "alarm",
                                        GSOUND_ATTR_CANBERRA_CACHE_CONTROL, "never", NULL);
}

static void
play (GTask        *task,
      gpointer      source,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Player *player = task_data;
  GError *error = NULL;

  if (open_context (player, &error) && (player->level == 0 || play_level (player, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
played_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  SmBell *bell = SM_BELL (source);
  g_autoptr (GError) error = NULL;

  get_player (bell)->is_playing = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      sm_bell_set_problem (bell, NULL);
      return;
    }
  g_info ("No sound: %s", error->message);
  sm_bell_set_problem (bell, _("This computer has no sound"));
}

static void
start (SmBell *bell,
       guint   level)
{
  Player *player = get_player (bell);
  g_autoptr (GTask) task = NULL;

  if (player->is_playing)
    return;
  player->is_playing = TRUE;
  player->level = level;
  task = g_task_new (bell, NULL, played_cb, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, player, NULL); /* the bell keeps it, and the task the bell */
  g_task_run_in_thread (task, play);
}

static void
ring_cb (SmBell *bell,
         guint   level)
{
  start (bell, level);
}

/** sm_sounder_follow: Lets what @bell rings be heard; it is told when nothing can be. */
void
sm_sounder_follow (SmBell *bell)
{
  g_return_if_fail (SM_IS_BELL (bell));

  g_signal_connect (bell, "ring", G_CALLBACK (ring_cb), NULL);
  start (bell, 0);
}
