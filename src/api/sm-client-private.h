/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sm-client.h"

G_BEGIN_DECLS

SmAuth     *sm_client_get_auth      (SmClient         *self);
JsonObject *sm_client_fetch_object  (SmClient         *self,
                                     const SmRequest  *request,
                                     GCancellable     *cancellable,
                                     GError          **error);
gboolean    sm_client_refresh       (SmClient         *self,
                                     const char       *used_token,
                                     GCancellable     *cancellable,
                                     GError          **error);
gboolean    sm_client_take_tokens   (SmClient         *self,
                                     JsonObject       *object,
                                     GError          **error);

G_END_DECLS
