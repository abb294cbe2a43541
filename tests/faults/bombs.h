/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/** SmBomb: a document made to hurt whoever reads it, made as it is sent. */
typedef struct
{
  const char *name;
  const char *head;
  const char *unit; /* with a %07u for its number, or none */
  guint times;
  const char *tail;
} SmBomb;

extern const SmBomb sm_bombs[];
extern const guint sm_n_bombs;

guint64  sm_bomb_length (const SmBomb  *bomb);
gboolean sm_bomb_send   (const SmBomb  *bomb,
                         GOutputStream *stream);
