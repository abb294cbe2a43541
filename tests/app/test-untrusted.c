/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>
#include <string.h>

#include "sm-ops.h"
#include "sm-status-words.h"
#include "sm-test-certificates.h"
#include "sm-test-folder.h"
#include "sm-test-service.h"
#include "sm-test-until.h"

/* Whoever sits before a service that is not believed reads why, and what to do. */

static gboolean
says (SmOps      *ops,
      const char *title,
      const char *detail)
{
  g_autofree char *shown = sm_status_banner_title (sm_ops_get_status (ops));
  g_autofree char *more = sm_status_banner_detail (sm_ops_get_status (ops));

  return g_strcmp0 (shown, title) == 0 && more != NULL && strstr (more, detail) != NULL;
}

static void
test_says (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sm-test-untrusted-XXXXXX", NULL);
  g_autofree char *pem = sm_test_pem (folder, "good"), *key = sm_test_key (folder, "good");
  const char *const args[] = { "--simulate", "none", "--tls-certificate", pem, "--tls-key", key,
                               NULL };
  SmTestService *service;
  SmOps *ops;

  sm_test_make_authority (folder, "ca");
  sm_test_make_certificate (folder, "ca", "good", SM_TEST_LOOPBACK_NAMES, 2);
  service = sm_test_service_start (args);
  ops = sm_ops_new (sm_test_service_get_url (service), folder, folder);
  sm_ops_start (ops);
  run_until (says (ops, "The service's certificate is signed by nobody whom this computer trusts.",
                   "--ca-file"));
  g_assert_true (says (ops,
                       "The service's certificate is signed by nobody whom this computer trusts.",
                       "What is shown is the last known, not live."));
  sm_ops_stop (ops);
  g_object_unref (ops);
  sm_test_service_free (service);
  sm_test_remove_tree (folder);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/untrusted/says-why-and-what-to-do", test_says);
  return g_test_run ();
}
