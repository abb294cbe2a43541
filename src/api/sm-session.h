/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-client.h"
#include "sm-person.h"

G_BEGIN_DECLS

/** SmServiceInfo: what GET /api says. */
typedef struct
{
  char *product;
  char *version;
  char *epoch;
  char *network;
  char *time_zone;
  gboolean simulated;
  char *drill; /* (nullable): what the drill is called that it is */
  gboolean demo_sign_in;
} SmServiceInfo;

void           sm_service_info_free    (SmServiceInfo  *self);

SmServiceInfo *sm_session_check        (SmClient       *client,
                                        GCancellable   *cancellable,
                                        GError        **error);
gboolean       sm_session_sign_in      (SmClient       *client,
                                        const char     *name,
                                        const char     *password,
                                        GCancellable   *cancellable,
                                        GError        **error);
gboolean       sm_session_sign_in_demo (SmClient       *client,
                                        GCancellable   *cancellable,
                                        GError        **error);
gboolean       sm_session_resume       (SmClient       *client,
                                        const char     *refresh_token,
                                        GCancellable   *cancellable,
                                        GError        **error);
gboolean       sm_session_sign_out     (SmClient       *client,
                                        GCancellable   *cancellable,
                                        GError        **error);
SmPerson      *sm_session_read_me      (SmClient       *client,
                                        GCancellable   *cancellable,
                                        GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmServiceInfo, sm_service_info_free)

G_END_DECLS
