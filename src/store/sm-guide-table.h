/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-fault-guide.h"

G_BEGIN_DECLS

GHashTable   *sm_guide_table_list_levels (SmConnection *connection,
                                          GError      **error);
SmFaultGuide *sm_guide_table_find (SmConnection        *connection,
                                   const char          *code,
                                   GError             **error);
GPtrArray    *sm_guide_table_list (SmConnection        *connection,
                                   GError             **error);
gboolean      sm_guide_table_put  (SmConnection        *connection,
                                   const SmFaultGuide  *guide,
                                   GError             **error);

GPtrArray    *sm_step_table_list  (SmConnection        *connection,
                                   gint64               alarm_id,
                                   GError             **error);
gboolean      sm_step_table_put   (SmConnection        *connection,
                                   gint64               alarm_id,
                                   const SmGuideStep   *step,
                                   GError             **error);

G_END_DECLS
