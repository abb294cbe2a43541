/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Made by openssl when they are needed, so that none in the tree expires. */
void  sm_test_make_authority   (const char *folder,
                                const char *name);
void  sm_test_make_certificate (const char *folder,
                                const char *authority,
                                const char *name,
                                const char *subject_alt_name,
                                int         days);
char *sm_test_pem              (const char *folder,
                                const char *name);
char *sm_test_key              (const char *folder,
                                const char *name);

#define SM_TEST_LOOPBACK_NAMES "IP:127.0.0.1,DNS:localhost"

G_END_DECLS
