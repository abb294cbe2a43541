/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-kept.h"

G_BEGIN_DECLS

/**
 * SmSignIn:
 *
 * Asks for the service, a name and a password.  What goes wrong is said in a
 * sentence with what to do next, and the fields stay as they are.
 *
 * Signal "submit" (const char *server, const char *name, const char *password).
 */
#define SM_TYPE_SIGN_IN (sm_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (SmSignIn, sm_sign_in, SM, SIGN_IN, GtkWidget)

void sm_sign_in_fill       (SmSignIn   *self,
                            const char *server,
                            const char *name);
void sm_sign_in_set_kept   (SmSignIn   *self,
                            SmKept      kept);
void sm_sign_in_set_busy   (SmSignIn   *self,
                            gboolean    is_busy);
void sm_sign_in_set_problem (SmSignIn  *self,
                             const char *sentence);
void sm_sign_in_submit     (SmSignIn   *self);

G_END_DECLS
