/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <libsoup/soup.h>

/*
 * What the application makes of a service that is not ours, not of our version,
 * or answers rubbish.  The real service never does, so here is one that does:
 * fixed answers by path, each of which a test may replace.
 */
typedef struct
{
  SoupServer *server;
  GHashTable *answers; /* path -> body */
  GHashTable *statuses; /* path -> status */
  GHashTable *asked; /* path -> how often */
  GHashTable *sent; /* path -> the body of the last request */
  char *url;
  char *dir;
  SmOps *ops;
  gboolean refuses_cursors;
} Answering;

typedef struct
{
  gboolean is_done;
  GError *error;
} Outcome;

void          answering_set          (Answering     *fixture,
                                      const char    *path,
                                      const char    *body);
void          answering_listen       (Answering     *fixture);
void          answering_set_up       (Answering     *fixture,
                                      gconstpointer  data);
void          answering_tear_down    (Answering     *fixture,
                                      gconstpointer  data);
void          answering_start        (Answering     *fixture);
void          answering_stop         (Answering     *fixture);
SmStatusState answering_state        (Answering     *fixture);
const char   *answering_problem      (Answering     *fixture);
SmItem       *answering_first_alarm  (Answering     *fixture);
void          answering_acknowledged_cb
                                     (GObject       *source,
                                      GAsyncResult  *result,
                                      gpointer       user_data);

#define ANSWERING_ADD(path, test) \
  g_test_add (path, Answering, NULL, answering_set_up, test, answering_tear_down)
