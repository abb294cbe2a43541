/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-paths.h"
#include "sm-test-service.h"

/*
 * What the tours through data/openapi.json share: the real program with its demo
 * network, and requests to it that have to be answered well.
 */

#define SM_TOUR_PASSWORD "correct horse battery"
#define KEY(n) "Idempotency-Key: 01934f6e-0000-7000-8000-00000000000" n "\r\n"
#define IF_MATCH "If-Match: \"%" G_GINT64_FORMAT "\"\r\n"
#define MERGE_PATCH "Content-Type: " SM_CONTENT_TYPE_MERGE_PATCH "\r\n"
/* Each round waits for the feed, so this is many seconds. */
#define SM_TOUR_MOST_ROUNDS 90

typedef struct
{
  SmTestService *service;
  char *admin; /* tokens */
  char *gateway;
  JsonObject *contract;
} SmTour;

SmTestAnswer *sm_tour_get          (SmTour       *tour,
                                    const char   *path);
JsonObject   *sm_tour_get_object   (SmTour       *tour,
                                    const char   *path);
JsonObject   *sm_tour_first_item   (SmTour       *tour,
                                    const char   *collection);
void          sm_tour_visit_item   (SmTour       *tour,
                                    const char   *template);
JsonObject   *sm_tour_wait_for     (SmTour       *tour,
                                    const char   *kind,
                                    void        (*nudge) (SmTour *tour));
void          sm_tour_wait_a_round (SmTour       *tour,
                                    char        **cursor);
/* With a new key, as who saw @seen. */
SmTestAnswer *sm_tour_tell_as      (SmTour       *tour,
                                    const char   *token,
                                    const char   *method,
                                    const char   *path,
                                    gint64        seen,
                                    const char   *body);
SmTestAnswer *sm_tour_tell         (SmTour       *tour,
                                    const char   *method,
                                    const char   *path,
                                    gint64        seen,
                                    const char   *body);
gint64        sm_tour_seq_of       (SmTestAnswer *answer);

void          sm_tour_set_up       (SmTour       *tour,
                                    gconstpointer data);
void          sm_tour_tear_down    (SmTour       *tour,
                                    gconstpointer data);

#define SM_TOUR_ADD(path, func)                                                                    \
  g_test_add (path, SmTour, NULL, sm_tour_set_up, func, sm_tour_tear_down)
