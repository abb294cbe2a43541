/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-test-service.h"

G_BEGIN_DECLS

/* A real service with a few stations, and people who do nothing but rename them:
 * what each was told is done can be counted again afterwards. */

#define STATIONS_ADMIN "adam"
#define STATIONS_PASSWORD "correct horse battery"

/** Renamer: renames one station, to "Name 1", "Name 2" and on. */
typedef struct
{
  SmTestService *service;
  const char *token;
  gint64 id;
  gint64 seq;    /* of the last answer */
  guint n_done;  /* how many were answered with success; that is its name now */
  guint n_asked; /* how many were asked for: one more than done, or the same */
  char *key;     /* of the one that is asked for */
} Renamer;

void          stations_furnish (SmTestService *service,
                                guint          n);
void          renamer_begin    (Renamer       *self,
                                SmTestService *service,
                                const char    *token,
                                gint64         id);
void          renamer_clear    (Renamer       *self);
SmTestAnswer *renamer_try      (Renamer       *self);
void          renamer_do       (Renamer       *self);
guint         stations_name    (const char    *database,
                                gint64         id,
                                gint64        *out_seq);
char         *stations_epoch   (SmTestService *service);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Renamer, renamer_clear)

G_END_DECLS
