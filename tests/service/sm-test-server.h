/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"
#include "sm-service.h"
#include "sm-test-service.h"

G_BEGIN_DECLS

/**
 * SmTestServer:
 *
 * A service in the test's own process, on clocks that the test moves, with a
 * small network: an area, a fleet, two stations of a pile each, two vehicles, a limit
 * on the pack's temperature without delay, and the people below.
 */
typedef struct
{
  char *folder;
  SmClock *network;
  SmClock *machine;
  SmRules *rules;
  SmService *service;
  SmTestService *client; /* asks it; from the client's thread only */
  char *gateway;         /* a token */
} SmTestServer;

#define SM_TEST_START_US G_GINT64_CONSTANT (1700000000000000)
#define SM_TEST_PASSWORD "correct horse battery"

/** SmTestClient: What a test does, in a thread of its own, while the service runs. */
typedef void (*SmTestClient) (SmTestServer *server);

SmTestServer *sm_test_server_new     (const SmServiceOptions *options,
                                      gboolean                simulated);
SmTestServer *sm_test_server_new_at  (const SmServiceOptions *options,
                                      gboolean                simulated,
                                      gint64                  start_us,
                                      const char             *time_zone);
void          sm_test_server_free    (SmTestServer           *self);
void          sm_test_server_run     (SmTestServer           *self,
                                      SmTestClient            client);
void          sm_test_server_tick    (SmTestServer           *self,
                                      gint64                  seconds);
void          sm_test_server_pass    (SmTestServer           *self,
                                      gint64                  network_us,
                                      gint64                  machine_us);
char         *sm_test_server_sign_in (SmTestServer           *self,
                                      const char             *name);
void          sm_test_server_report  (SmTestServer           *self,
                                      double                  temperature_c);

/* The same for most tests: a server for one client, a request without a body. */
void          sm_test_server_try     (SmTestClient            client,
                                      gboolean                simulated);
SmTestAnswer *sm_test_ask            (SmTestServer           *self,
                                      const char             *method,
                                      const char             *path,
                                      const char             *token);
void          sm_test_assert_serves  (SmTestService          *service);
void          sm_test_assert_problem (SmTestAnswer           *answer,
                                      guint                   status,
                                      const char             *slug);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTestServer, sm_test_server_free)

G_END_DECLS
