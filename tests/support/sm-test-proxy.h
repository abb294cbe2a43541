/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmTestProxy:
 *
 * A wire between an application and a service that a test can cut, on loopback.
 * It runs in threads of its own.
 */
typedef struct _SmTestProxy SmTestProxy;

typedef enum
{
  SM_TEST_PROXY_PASS,
  SM_TEST_PROXY_BLACK_HOLE, /* takes everything, gives nothing, says nothing */
  SM_TEST_PROXY_CUT_ANSWER, /* of the request that says the word: once, then passes */
} SmTestProxyMode;

SmTestProxy *sm_test_proxy_new      (guint16          to_port,
                                     const char      *word);
void         sm_test_proxy_free     (SmTestProxy     *self);
const char  *sm_test_proxy_get_url  (SmTestProxy     *self);
void         sm_test_proxy_set_mode (SmTestProxy     *self,
                                     SmTestProxyMode  mode);
guint        sm_test_proxy_get_cuts (SmTestProxy     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTestProxy, sm_test_proxy_free)

G_END_DECLS
