/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tls.h"

/**
 * sm_tls_prepare:
 *
 * From here on this process speaks no TLS below 1.2, which GIO still would.  To
 * be called before there are threads; who has set the priorities of GnuTLS
 * beforehand is left his way.
 */
void
sm_tls_prepare (void)
{
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:%COMPAT:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", FALSE);
}
