/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmTestProxy:
 *
 * A wire between an application and a service that a test can spoil, on loopback,
 * and spoil otherwise while it runs.  It runs in threads of its own.
 */
typedef struct _SmTestProxy SmTestProxy;

typedef enum
{
  SM_TEST_PROXY_PASS,
  SM_TEST_PROXY_BLACK_HOLE, /* takes everything, gives nothing, says nothing; what has lost
                             * something is reset when it is over */
  SM_TEST_PROXY_CUT_ANSWER, /* of the request that says the word: once, then passes */
  SM_TEST_PROXY_SLOW,       /* every piece comes late, see sm_test_proxy_set_delay() */
  SM_TEST_PROXY_DRIP,       /* byte by byte, with the delay after each */
  SM_TEST_PROXY_CUT,        /* ends what there is as if it were whole, and takes none */
  SM_TEST_PROXY_RESET,      /* likewise, by a reset */
  SM_TEST_PROXY_RAGGED,     /* cuts every connection behind some random number of bytes */
  SM_TEST_PROXY_AWKWARD,    /* requests that say the word, by turns: as they are, answered late,
                             * not brought, not answered, and brought twice */
} SmTestProxyMode;

SmTestProxy *sm_test_proxy_new       (guint16          to_port,
                                      const char      *word);
void         sm_test_proxy_free      (SmTestProxy     *self);
const char  *sm_test_proxy_get_url   (SmTestProxy     *self);
guint16      sm_test_proxy_get_port  (SmTestProxy     *self);
void         sm_test_proxy_set_mode  (SmTestProxy     *self,
                                      SmTestProxyMode  mode);
void         sm_test_proxy_set_delay (SmTestProxy     *self,
                                      guint            delay_ms);
guint        sm_test_proxy_get_cuts  (SmTestProxy     *self);
guint        sm_test_proxy_get_connections
                                     (SmTestProxy     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTestProxy, sm_test_proxy_free)

G_END_DECLS
