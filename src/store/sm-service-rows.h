/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"
#include "sm-scope.h"

G_BEGIN_DECLS

/** SmServiceOffered: who could take a work order that nobody has. */
typedef struct
{
  gint64 engineer_id;
  gint64 organisation_id; /* SM_UNKNOWN: of none; whose people may take what was given to it */
  gint64 area_id;         /* SM_UNKNOWN: wherever they see something */
  const char *skills;     /* (nullable): ",swap_robot,pile,"; NULL: nobody noted what they can */
  gint64 now;             /* certificates hold then */
  gint64 planned_until;   /* not before its time */
} SmServiceOffered;

/* Reading the service's record tables: by id, by an index, by page, by seq. */

gboolean   sm_service_find          (SmConnection   *connection,
                                     const SmNoun   *noun,
                                     gint64          id,
                                     SmRow         **out_row,
                                     GError        **error);
gboolean   sm_service_find_like     (SmConnection   *connection,
                                     const SmRow    *like,
                                     const guint    *fields,
                                     guint           n_fields,
                                     SmRow         **out_row,
                                     GError        **error);
GPtrArray *sm_service_list_open_of_source (SmConnection *connection,
                                     const SmRow    *alarm,
                                     GError        **error);
GPtrArray *sm_service_list_parts    (SmConnection   *connection,
                                     gint64          parent_id,
                                     GError        **error);
gboolean   sm_service_find_put_aside (SmConnection  *connection,
                                     const SmRow    *alarm,
                                     gint64          now,
                                     SmRow         **out_row,
                                     GError        **error);
GPtrArray *sm_service_list_time_up  (SmConnection   *connection,
                                     gint64          now,
                                     GError        **error);
gboolean   sm_service_find_open_alarm (SmConnection *connection,
                                     const char     *source_noun,
                                     gint64          source_id,
                                     const char     *code,
                                     SmRow         **out_row,
                                     GError        **error);
GPtrArray *sm_service_list_open_alarms (SmConnection *connection,
                                     GError        **error);
GPtrArray *sm_service_list_open_after (SmConnection  *connection,
                                     gint64          after_id,
                                     guint           limit,
                                     GError        **error);
GPtrArray *sm_service_list_open_of_desk (SmConnection *connection,
                                     gint64          desk_id,
                                     GError        **error);
GPtrArray *sm_service_list_free_orders (SmConnection *connection,
                                     const SmScope  *scope,
                                     const SmServiceOffered *to,
                                     guint           limit,
                                     GError        **error);
GPtrArray *sm_service_list_open_of_engineer (SmConnection *connection,
                                     gint64          engineer_id,
                                     GError        **error);
GPtrArray *sm_service_list_handovers (SmConnection  *connection,
                                     gint64          desk_id,
                                     GError        **error);
GPtrArray *sm_service_list_open_commands (SmConnection *connection,
                                     GError        **error);
GPtrArray *sm_service_list_open_guidances (SmConnection *connection,
                                     GError        **error);
GPtrArray *sm_service_list_guidances_of (SmConnection *connection,
                                     gint64          vehicle_id,
                                     GError        **error);
GPtrArray *sm_service_list_live_windows (SmConnection  *connection,
                                         GError       **error);
GPtrArray *sm_service_list          (SmConnection   *connection,
                                     const SmNoun   *noun,
                                     const SmScope  *scope,
                                     int             filter_field,
                                     const char     *filter_value,
                                     gint64          after_id,
                                     guint           limit,
                                     GError        **error);
GPtrArray *sm_service_list_open_work (SmConnection  *connection,
                                     const SmScope  *scope,
                                     guint           limit,
                                     GError        **error);
GPtrArray *sm_service_list_work_since (SmConnection *connection,
                                     const SmScope  *scope,
                                     gint64          from,
                                     gint64          to,
                                     guint           limit,
                                     GError        **error);
gboolean   sm_service_count         (SmConnection   *connection,
                                     const SmNoun   *noun,
                                     guint           field,
                                     gint64          value,
                                     gint64         *out_count,
                                     GError        **error);
gboolean   sm_service_has_index     (const SmNoun   *noun,
                                     guint           field);

/** SmFeedChange: a record as it is now, or that it is gone for whoever reads. */
typedef struct
{
  const SmNoun *noun;
  gint64 id;
  gint64 seq;
  SmRow *row; /* (nullable): NULL when it is gone */
} SmFeedChange;

GPtrArray *sm_service_read_changes  (SmConnection   *connection,
                                     const SmScope  *scope,
                                     guint64         nouns,
                                     gint64          since,
                                     gboolean        with_tombstones,
                                     guint           limit,
                                     gboolean       *out_more,
                                     GError        **error);

G_END_DECLS
