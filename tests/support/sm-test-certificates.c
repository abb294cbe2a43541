/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-certificates.h"

#include <gio/gio.h>

static char *
in_folder (const char *folder,
           const char *name,
           const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (folder, file, NULL);
}

/** sm_test_pem: Returns: (transfer full): the file of the certificate called @name */
char *
sm_test_pem (const char *folder,
             const char *name)
{
  return in_folder (folder, name, ".pem");
}

/** sm_test_key: Returns: (transfer full): the file of its key */
char *
sm_test_key (const char *folder,
             const char *name)
{
  return in_folder (folder, name, ".key");
}

static void
run (const char *const *args)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *problems = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      args, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &problems, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("%s %s: %s", args[0], args[1], problems);
}

/** sm_test_make_authority: One that signs itself; @name.pem and @name.key in @folder. */
void
sm_test_make_authority (const char *folder,
                        const char *name)
{
  g_autofree char *pem = sm_test_pem (folder, name);
  g_autofree char *key = sm_test_key (folder, name);
  g_autofree char *subject = g_strdup_printf ("/CN=%s", name);
  const char *const args[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                               "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                               "-subj", subject, "-addext", "subjectAltName=" SM_TEST_LOOPBACK_NAMES,
                               "-keyout", key, "-out", pem, NULL };

  run (args);
}

/**
 * sm_test_make_certificate:
 * @authority: who signs it, of sm_test_make_authority()
 * @days: from now; what is negative is over
 */
void
sm_test_make_certificate (const char *folder,
                          const char *authority,
                          const char *name,
                          const char *subject_alt_name,
                          int         days)
{
  g_autofree char *pem = sm_test_pem (folder, name), *key = sm_test_key (folder, name);
  g_autofree char *ca = sm_test_pem (folder, authority), *ca_key = sm_test_key (folder, authority);
  g_autofree char *request = in_folder (folder, name, ".csr");
  g_autofree char *more = in_folder (folder, name, ".ext");
  g_autofree char *subject = g_strdup_printf ("/CN=%s", name);
  g_autofree char *extension = g_strdup_printf ("subjectAltName=%s\n", subject_alt_name);
  g_autofree char *count = g_strdup_printf ("%d", days);
  const char *const ask[] = { "openssl", "req", "-newkey", "ec", "-pkeyopt",
                              "ec_paramgen_curve:P-256", "-nodes", "-subj", subject,
                              "-keyout", key, "-out", request, NULL };
  const char *const sign[] = { "openssl", "x509", "-req", "-in", request, "-CA", ca, "-CAkey",
                               ca_key, "-days", count, "-extfile", more, "-out", pem, NULL };

  g_assert_true (g_file_set_contents (more, extension, -1, NULL));
  run (ask);
  run (sign);
}
