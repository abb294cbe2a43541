/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-access-private.h"

#include <crypt.h>
#include <string.h>

/*
 * Passwords are kept as yescrypt makes them (crypt(5)): some 20 ms and 16 MB a
 * try, so never in a thread that others wait for.
 */

static guint n_hashed; /* atomic */

/** sm_password_count: Returns: how many passwords were hashed: the work, whoever was asked for */
guint
sm_password_count (void)
{
  return g_atomic_int_get (&n_hashed);
}

static char *
hash_with (const char *password,
           const char *setting)
{
  /* 32 KiB: too much for the stack of a thread we have not made. */
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *hash = crypt_r (password, setting, data);
  char *copy = hash != NULL && *hash != '*' ? g_strdup (hash) : NULL;

  g_atomic_int_inc (&n_hashed);
  explicit_bzero (data, sizeof *data);
  g_free (data);
  return copy;
}

/** sm_password_hash: Returns: (transfer full): @password with a salt of its own, hashed */
char *
sm_password_hash (const char *password)
{
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];
  char *hash;

  if (crypt_gensalt_rn ("$y$", 0, NULL, 0, setting, sizeof setting) == NULL)
    g_error ("The C library has no yescrypt");
  hash = hash_with (password, setting);
  if (hash == NULL)
    g_error ("The C library cannot hash a password");
  return hash;
}

/**
 * sm_password_verify:
 * @hash: (nullable): NULL when there is nobody of that name, or no password:
 *   takes as long and says no
 */
gboolean
sm_password_verify (const char *password,
                    const char *hash)
{
  /* Of a random password that nobody has kept. */
  static const char dummy[] =
      SM_PASSWORD_SETTING "oEGvTlOYrZI0QAXgXMz4A1$1n5V2fR2qxwI9w7rU7RA8pLNXbW.hV4BMPyNQ6Q9oZ3";
  g_autofree char *made = hash_with (password, hash != NULL ? hash : dummy);
  guint differences = 0;

  if (hash == NULL || made == NULL || strlen (made) != strlen (hash))
    return FALSE;
  for (gsize i = 0; made[i] != '\0'; i++)
    differences |= (guint) (made[i] ^ hash[i]);
  return differences == 0;
}
