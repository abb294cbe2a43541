/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmTestInject:
 *
 * Makes the system calls of another process fail while it runs, by strace: from
 * sm_test_inject_begin(), which returns when it does, to sm_test_inject_end().
 */
typedef struct _SmTestInject SmTestInject;

SmTestInject *sm_test_inject_begin (GPid         pid,
                                    const char  *call,
                                    const char  *rule);
void          sm_test_inject_end   (SmTestInject *self);
const char   *sm_test_inject_why_not (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTestInject, sm_test_inject_end)

G_END_DECLS
