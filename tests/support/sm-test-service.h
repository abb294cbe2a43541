/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* Two and a half hours behind a simulated network are written in a second, two weeks of
 * them take ten: for who asks nothing about the past. */
#define SM_TEST_YOUNG "--history-days", "0.1"

/**
 * SmTestService:
 *
 * The real stationmaster-service as a child of a test, on a free loopback port
 * with a database in a folder of its own.  It can be killed the hard way and
 * started again on the same port and database.  Everything here blocks until it
 * is done and fails the test when it cannot be; the child dies with the test.
 */
typedef struct _SmTestService SmTestService;

SmTestService *sm_test_service_new          (const char *const  *args);
SmTestService *sm_test_service_start        (const char *const  *args);
SmTestService *sm_test_service_attach       (guint16             port);
void           sm_test_service_free         (SmTestService      *self);

void           sm_test_service_set_args     (SmTestService      *self,
                                             const char *const  *args);
void           sm_test_service_limit_files  (SmTestService      *self,
                                             guint               n);
void           sm_test_service_run          (SmTestService      *self);
void           sm_test_service_kill         (SmTestService      *self);
void           sm_test_service_terminate    (SmTestService      *self);
void           sm_test_service_restart      (SmTestService      *self);
gboolean       sm_test_service_is_running   (SmTestService      *self);

const char    *sm_test_service_get_url      (SmTestService      *self);
guint16        sm_test_service_get_port     (SmTestService      *self);
pid_t          sm_test_service_get_pid      (SmTestService      *self);
const char    *sm_test_service_get_database (SmTestService      *self);
const char    *sm_test_service_get_folder   (SmTestService      *self);
char          *sm_test_service_read_log     (SmTestService      *self);

char          *sm_test_service_command      (SmTestService      *self,
                                             const char *const  *args,
                                             int                *out_status);
void           sm_test_service_add_user     (SmTestService      *self,
                                             const char         *name,
                                             const char         *role,
                                             const char         *password);
char          *sm_test_service_add_gateway  (SmTestService      *self,
                                             const char         *name);

/** SmTestAnswer: what came back: headers by lower-case name, body 0-terminated. */
typedef struct
{
  guint status; /* 0: the connection ended without an answer */
  GHashTable *headers;
  char *body;
  gsize length;
} SmTestAnswer;

void           sm_test_answer_free          (SmTestAnswer       *self);
const char    *sm_test_answer_header        (const SmTestAnswer *self,
                                             const char         *name);
JsonObject    *sm_test_answer_object        (SmTestAnswer       *self);

SmTestAnswer  *sm_test_service_send         (SmTestService      *self,
                                             const char         *method,
                                             const char         *path,
                                             const char         *token,
                                             const char         *headers,
                                             const char         *body);
SmTestAnswer  *sm_test_service_send_raw     (SmTestService      *self,
                                             const char         *data,
                                             gsize               length);
GSocketConnection *sm_test_service_connect  (SmTestService      *self);
JsonObject    *sm_test_service_get          (SmTestService      *self,
                                             const char         *path,
                                             const char         *token);
JsonObject    *sm_test_service_post         (SmTestService      *self,
                                             const char         *path,
                                             const char         *token,
                                             const char         *headers,
                                             const char         *body);
char          *sm_test_service_sign_in      (SmTestService      *self,
                                             const char         *name,
                                             const char         *password);
char          *sm_test_service_sign_in_demo (SmTestService      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTestService, sm_test_service_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTestAnswer, sm_test_answer_free)

G_END_DECLS
