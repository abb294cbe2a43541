/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>

#include "sm-prober.h"
#include "sm-test-folder.h"
#include "sm-test-outage.h"
#include "sm-test-service.h"
#include "sm-test-until.h"

/* What the prober makes of a service that is killed, and of one that answers but
 * takes no reports. */

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static SmAvailabilitySum
sum_of (SmProber *prober)
{
  return sm_availability_sum (sm_prober_get_availability (prober), g_get_real_time (),
                              SM_AVAILABILITY_DAY);
}

/* Like one whose program was killed: only what is in the file. */
static SmAvailabilitySum
sum_in_file (const char *state)
{
  g_autoptr (GDir) dir = g_dir_open (state, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;
  g_autofree char *path = name != NULL ? g_build_filename (state, name, NULL) : NULL;
  g_autoptr (SmAvailability) kept = path != NULL ? sm_availability_new (path) : NULL;

  return kept != NULL ? sm_availability_sum (kept, g_get_real_time (), SM_AVAILABILITY_DAY)
                      : (SmAvailabilitySum){ 0 };
}

/* A first answer that is late to come counts as none. */
static gboolean
was_read (SmProber *prober)
{
  return sum_of (prober).measured > sum_of (prober).unread;
}

static void
test_killed (void)
{
  g_autoptr (SmTestService) service = sm_test_service_start (NULL);
  g_autofree char *state = g_build_filename (sm_test_service_get_folder (service), "state", NULL);
  SmProber *prober = sm_prober_new (sm_test_service_get_url (service), state);
  SmAvailabilitySum sum, again;
  guint waker = g_timeout_add (20, wake_cb, NULL);

  run_until (was_read (prober));
  sum = sum_of (prober);
  sm_test_service_kill (service);
  run_until (sum_of (prober).unread > sum.unread);
  /* It is kept at once that an outage began, and that it ended. */
  run_until (sum_in_file (state).unread > sum.unread);
  sum = sum_of (prober);
  sm_test_service_run (service);
  run_until (sum_in_file (state).measured - sum_in_file (state).unread
             > sum.measured - sum.unread);
  run_until (sum_of (prober).measured - sum_of (prober).unread > sum.measured - sum.unread
                                                                     + G_USEC_PER_SEC / 2);
  sum = sum_of (prober);
  g_assert_cmpint (sum.untaken, ==, sum.unread);
  g_assert_cmpint (sum.unread, <, sum.measured);
  sm_test_report_outage ("a kill and a start", sum.unread);
  sm_prober_free (prober);
  /* The next run goes on from there. */
  prober = sm_prober_new (sm_test_service_get_url (service), state);
  again = sum_of (prober);
  g_assert_cmpint (again.unread, >=, sum.unread);
  g_assert_cmpint (again.measured, >=, sum.measured);
  sm_prober_free (prober);
  g_source_remove (waker);
}

static void
refuse_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  const char *body = user_data;

  soup_server_message_set_status (message, 503, NULL);
  soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static SmAvailabilitySum
measure_answer (const char *body)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autofree char *state = g_dir_make_tmp ("sm-test-prober-XXXXXX", NULL);
  g_autoslist (GUri) uris = NULL;
  g_autofree char *url = NULL;
  guint waker = g_timeout_add (20, wake_cb, NULL);
  SmAvailabilitySum sum;
  SmProber *prober;

  soup_server_add_handler (server, NULL, refuse_cb, (gpointer) body, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  uris = soup_server_get_uris (server);
  url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  prober = sm_prober_new (url, state);
  run_until (was_read (prober));
  sum = sum_of (prober);
  sm_prober_free (prober);
  sm_test_remove_tree (state);
  g_source_remove (waker);
  return sum;
}

static void
test_not_ready (void)
{
  SmAvailabilitySum full = measure_answer (
      "{\"type\":\"not-ready\",\"status\":503,\"errors\":[{\"pointer\":\"/database\","
      "\"type\":\"database-not-writable\"}]}");
  SmAvailabilitySum silent = measure_answer (
      "{\"type\":\"not-ready\",\"status\":503,\"errors\":[{\"pointer\":\"/reports\","
      "\"type\":\"network-silent\"}]}");

  g_assert_cmpint (full.untaken, ==, full.measured);
  /* That nobody reports is not for want of somebody who would take it. */
  g_assert_cmpint (silent.untaken, ==, silent.unread);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/availability/killed-and-started", test_killed);
  g_test_add_func ("/faults/availability/answers-but-takes-nothing", test_not_ready);
  return g_test_run ();
}
