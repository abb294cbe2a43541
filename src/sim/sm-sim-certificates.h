/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-rules.h"

G_BEGIN_DECLS

/** SmSimCertificates: what each engineer may do, as the service has it: read again now and then. */
typedef struct _SmSimCertificates SmSimCertificates;

SmSimCertificates *sm_sim_certificates_new     (void);
void               sm_sim_certificates_free    (SmSimCertificates *self);
gboolean           sm_sim_certificates_refresh (SmSimCertificates *self,
                                                SmRules           *rules,
                                                GCancellable      *cancellable,
                                                GError           **error);
gboolean           sm_sim_certificates_hold    (SmSimCertificates *self,
                                                gint64             engineer_id,
                                                const char        *kind,
                                                gint64             now_us);

G_END_DECLS
