/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-wall-alarms.h"
#include "sm-wall-settings.h"
#include "sm-wall.h"

G_BEGIN_DECLS

/* A monitor that is there or was, with its window. */
typedef struct
{
  SmWall *wall;
  char *key;
  GdkMonitor *monitor; /* NULL: unplugged, or a picture */
  SmWindow *window;
  GPtrArray *stops; /* SmWallStop */
  SmWallPlay play;
  char *kept_link; /* as it is in the settings */
  gint64 kept_us;  /* since when */
  gboolean is_shown;
} SmWallPlace;

struct _SmWall
{
  GObject parent_instance;

  GSettings *settings; /* NULL: nothing is remembered */
  GListModel *monitors; /* NULL: one window, for a picture */
  SmWallMakeWindow make;
  gpointer make_data;
  GPtrArray *places;
  SmOps *ops;
  char *server;
  char *link; /* (nullable): the first page where nothing else is known */

  SmWallAlarms *alarms;
  guint banner_index;
  gint64 banner_at_us;
  gboolean banner_is_old; /* a station came by which it may say more */
  gint64 jump_id;  /* an alarm that the map is to jump to */
  gboolean has_jumped;
  gint64 now_us;   /* of the last tick */
  gint64 acted_us; /* when somebody did something */
};

/* sm-wall-monitors.c */
void     sm_wall_follow_monitors (SmWall      *self);
void     sm_wall_start_place     (SmWallPlace *place);
void     sm_wall_hold_place      (SmWallPlace *place);
void     sm_wall_keep_place      (SmWallPlace *place,
                                  gboolean     is_now);
void     sm_wall_place_free      (gpointer     data);

/* sm-wall-worst.c: the banner, and the jump to what it says */
void     sm_wall_follow_alarms   (SmWall      *self);
void     sm_wall_follow_names    (SmWall      *self);
void     sm_wall_tick_alarms     (SmWall      *self);

gboolean sm_wall_is_at_rest      (SmWall      *self);

G_END_DECLS
