/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-kept.h"

G_BEGIN_DECLS

/**
 * Keyring:
 *
 * Where a refresh token stays over the end of the program: in the desktop's
 * Secret Service, by the address of the service that gave it, and nowhere else.
 * These block up to SM_KEYRING_TIMEOUT_S: from threads that may wait.  What is
 * returned says how it is with the keyring.
 */
#define SM_KEYRING_TIMEOUT_S 5

SmKept sm_keyring_load  (const char    *server_url,
                         GCancellable  *cancellable,
                         char         **out_refresh_token);
SmKept sm_keyring_store (const char    *server_url,
                         const char    *refresh_token,
                         GCancellable  *cancellable);
SmKept sm_keyring_clear (const char    *server_url,
                         GCancellable  *cancellable);

G_END_DECLS
