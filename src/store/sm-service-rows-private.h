/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-service-rows.h"

G_BEGIN_DECLS

GString *sm_service_begin_select (const SmNoun  *noun);
void     sm_service_append_scope (GString       *sql,
                                  const SmNoun  *noun,
                                  const char    *table,
                                  const SmScope *scope);

/* For the test that looks at query plans. */
char *sm_service_list_sql       (const SmNoun  *noun,
                                 const SmScope *scope,
                                 int            filter_field);
char *sm_service_changes_sql    (const SmNoun  *noun,
                                 const SmScope *scope);
char *sm_service_tombstones_sql (const SmNoun  *noun,
                                 const SmScope *scope);

void  sm_feed_change_free       (SmFeedChange  *self);

G_END_DECLS
