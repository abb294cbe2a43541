/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-work-orders.h"
#include "sm-test-service.h"

G_BEGIN_DECLS

/**
 * SignedIn:
 *
 * The real service, and the application's lower half, in which Ann is signed in, a manager; Bob is
 * another one, of whom there is the token.
 */
typedef struct
{
  SmTestService *service;
  char *dir;
  SmOps *ops;
  char *token;
} SignedIn;

#define SIGNED_IN_PASSWORD "correct horse battery staple"

/* A PNG of one point. */
#define SIGNED_IN_POINT_SIZE 69
extern const guint8 signed_in_point[SIGNED_IN_POINT_SIZE];

void          signed_in_set_up        (SignedIn              *fixture,
                                       gconstpointer          data);
void          signed_in_tear_down     (SignedIn              *fixture,
                                       gconstpointer          data);
void          signed_in_start         (SignedIn              *fixture);
void          signed_in_stop          (SignedIn              *fixture);
SmStatusState signed_in_state         (SignedIn              *fixture);
SmItem       *signed_in_order         (SignedIn              *fixture);
gint64        signed_in_open_order    (SignedIn              *fixture);
void          signed_in_do            (SignedIn              *fixture,
                                       const SmWorkOrderDeed *deed);
void          signed_in_begin         (SignedIn              *fixture,
                                       const SmWorkOrderDeed *deed,
                                       GError               **out_error);
guint         signed_in_count_pending (SignedIn              *fixture);
void          signed_in_add_photo     (SignedIn              *fixture,
                                       const char            *file,
                                       GError               **error);
GPtrArray    *signed_in_list_photos   (SignedIn              *fixture,
                                       gint64                 id);
GBytes       *signed_in_load_photo    (SignedIn              *fixture,
                                       gint64                 id,
                                       const char            *sum);

G_END_DECLS
