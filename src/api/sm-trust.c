/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-api"
#include "config.h"

#include "sm-trust.h"

#include "sm-error.h"

/* All under the lock. */
static GMutex lock;
static GTlsDatabase *own; /* NULL: the machine's, or nobody while is_broken */
static gboolean is_broken;
static guint serial = 1;

static void
set_unreadable (GError     **error,
                const char  *why)
{
  sm_set_error (error, SM_ERROR_OFFLINE, "ca-file-unreadable",
                "the certificates to believe cannot be read: %s", why);
}

/* A file without a certificate is taken by GIO, and then believes nobody. */
static GTlsDatabase *
read_file (const char  *path,
           GError     **error)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autolist (GTlsCertificate) certificates = NULL;
  g_autoptr (GError) cause = NULL;
  GTlsDatabase *database = NULL;

  certificates = g_tls_certificate_list_new_from_file (whole, &cause);
  if (certificates != NULL)
    database = g_tls_file_database_new (whole, &cause);
  if (database == NULL)
    set_unreadable (error, cause != NULL ? cause->message : "there is no certificate in it");
  return database;
}

/**
 * sm_trust_set_ca_file:
 * @path: (nullable): a PEM file with the certificates of authorities; NULL or
 *   "": those of this machine
 *
 * From now on only certificates of these authorities are believed.  When the
 * file cannot be read nobody is: never are those believed that somebody meant
 * to rule out.
 */
gboolean
sm_trust_set_ca_file (const char  *path,
                      GError     **error)
{
  gboolean is_wanted = path != NULL && *path != '\0';
  g_autoptr (GTlsDatabase) database = is_wanted ? read_file (path, error) : NULL;
  gboolean is_good = !is_wanted || database != NULL;

  g_mutex_lock (&lock);
  is_broken = !is_good;
  g_set_object (&own, database);
  serial++;
  g_mutex_unlock (&lock);
  return is_good;
}

/** sm_trust_get_serial: Returns: another number whenever something was set; never 0 */
guint
sm_trust_get_serial (void)
{
  guint result;

  g_mutex_lock (&lock);
  result = serial;
  g_mutex_unlock (&lock);
  return result;
}

/** sm_trust_ref_database: Returns: (transfer full) (nullable): fails with "ca-file-unreadable" */
GTlsDatabase *
sm_trust_ref_database (GError **error)
{
  GTlsDatabase *result = NULL;

  g_mutex_lock (&lock);
  if (own != NULL)
    result = g_object_ref (own);
  else if (is_broken)
    set_unreadable (error, "see the preferences");
  else
    result = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  g_mutex_unlock (&lock);
  if (result == NULL && error != NULL && *error == NULL)
    set_unreadable (error, "this machine cannot speak TLS");
  return result;
}

static gboolean
is_signed_by_itself (GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);

  return subject != NULL && g_strcmp0 (subject, issuer) == 0;
}

/**
 * sm_trust_slug:
 * @certificate: (nullable): what was shown
 * @flags: what is wrong with it
 *
 * Returns: (transfer none): the one of its faults that says most about what is
 *   to be done
 */
const char *
sm_trust_slug (GTlsCertificate      *certificate,
               GTlsCertificateFlags  flags)
{
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return "tls-revoked";
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return certificate != NULL && is_signed_by_itself (certificate) ? "tls-self-signed"
                                                                    : "tls-unknown-ca";
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return "tls-expired";
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return "tls-not-yet-valid";
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return "tls-wrong-host";
  return "tls-untrusted";
}
