/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"
#include "sm-world.h"

G_BEGIN_DECLS

/** SmMapThing: something that the map shows: one thing, or several of a noun as one glyph */
typedef struct
{
  SmNounId noun;
  gint64 id;   /* 0: several */
  guint n;     /* how many it is */
  guint level; /* of the worst fault, 0: none */
  guint rank;  /* worse ones are higher, for sorting */
  SmWorldPoint at;
} SmMapThing;

#define SM_MAP_RANK_LEVEL(level) ((level) > 0 ? 100 - 10 * (level) : 0)

G_END_DECLS
