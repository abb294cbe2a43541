/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"

G_BEGIN_DECLS

/** SmWorkOrderStep: something that happened to a work order; texts are owned. */
typedef struct
{
  gint64 work_order_id;
  gint64 at;         /* network time at which the service heard of it */
  gint64 claimed_at; /* when it was, as who did it says; SM_UNKNOWN: then */
  char *person;      /* (nullable): the service itself */
  char *event;
  char *from_state;  /* (nullable): it was made */
  char *to_state;
  char *text;        /* (nullable) */
  gint64 reference;  /* an alarm, a part, another order; SM_UNKNOWN: none */
} SmWorkOrderStep;

/** SmWorkOrderPhoto: a photo of a work order; texts are owned. */
typedef struct
{
  gint64 id;
  gint64 work_order_id;
  gint64 at;         /* network time at which it came */
  gint64 claimed_at; /* when it was taken, as who sent it says; SM_UNKNOWN: then */
  char *person;
  char *sha256;      /* the name of its file */
  char *type;        /* a media type */
  gint64 size;       /* bytes */
} SmWorkOrderPhoto;

void       sm_work_order_photo_free       (SmWorkOrderPhoto       *self);

gboolean   sm_work_order_table_add_photo  (SmConnection           *connection,
                                           const SmWorkOrderPhoto *photo,
                                           gint64                 *out_id,
                                           GError                **error);
GPtrArray *sm_work_order_table_list_photos (SmConnection          *connection,
                                           gint64                  work_order_id,
                                           const char             *sha256,
                                           guint                   limit,
                                           GError                **error);

void       sm_work_order_step_free        (SmWorkOrderStep        *self);

gboolean   sm_work_order_table_add_step   (SmConnection           *connection,
                                           const SmWorkOrderStep  *step,
                                           GError                **error);
GPtrArray *sm_work_order_table_list_steps (SmConnection           *connection,
                                           gint64                  work_order_id,
                                           guint                   limit,
                                           GError                **error);
GPtrArray *sm_work_order_table_list_open  (SmConnection           *connection,
                                           GError                **error);
gboolean   sm_work_order_table_add_alarm  (SmConnection           *connection,
                                           gint64                  work_order_id,
                                           gint64                  alarm_id,
                                           GError                **error);
GPtrArray *sm_work_order_table_list_like  (SmConnection           *connection,
                                           const SmRow            *order,
                                           gint64                  since,
                                           GError                **error);
gboolean   sm_work_order_table_count_faults (SmConnection         *connection,
                                           const SmRow            *order,
                                           gint64                  since,
                                           gint64                 *out_n,
                                           GError                **error);
gboolean   sm_work_order_table_find_problem (SmConnection         *connection,
                                           const SmRow            *order,
                                           SmRow                 **out_problem,
                                           GError                **error);
gboolean   sm_work_order_table_is_worked_on (SmConnection         *connection,
                                           gint64                  problem_id,
                                           gboolean               *out_is,
                                           GError                **error);

gboolean   sm_work_order_table_has_photo (SmConnection  *connection,
                                          const char    *sha256,
                                          gboolean      *out_has,
                                          GError       **error);

G_END_DECLS
