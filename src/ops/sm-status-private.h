/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-status.h"

G_BEGIN_DECLS

SmStatus *sm_status_new                 (SmClock              *clock);
void      sm_status_update              (SmStatus             *self,
                                         const SmConnectivity *connectivity,
                                         const char           *problem);
void      sm_status_set_network         (SmStatus             *self,
                                         const char           *name,
                                         const char           *time_zone,
                                         gboolean              simulated);
void      sm_status_set_drill           (SmStatus             *self,
                                         const char           *title);
void      sm_status_set_last_contact    (SmStatus             *self,
                                         gint64                last_contact);
void      sm_status_set_storage_problem (SmStatus             *self,
                                         const char           *slug);

G_END_DECLS
