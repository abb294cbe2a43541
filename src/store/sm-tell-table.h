/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/* What persons have yet to be told, and to whom how much was told lately. */

/** SmTellSubject: something of which somebody has to be told until a person confirms. */
typedef struct
{
  char *noun;
  gint64 id;
  char *rule;      /* of the settings */
  gint64 round;    /* how often it was gone on with */
  gint64 level;
  gint64 begun_at; /* network time, like the next */
  gint64 next_at;
} SmTellSubject;

/** SmTellDue: a message that has yet to go out. */
typedef struct
{
  gint64 notification_id;
  char *address;
  char *subject; /* of an e-mail */
} SmTellDue;

/** SmTellCount: how much somebody was told by one channel since when. */
typedef struct
{
  char *recipient;
  char *channel;
  gint64 operator_id; /* whose the things are that they were told of */
  gint64 place_id;    /* in which of their areas, or of which of their fleets; 0: all together */
  gint64 since;
  gint64 told;
  gint64 held;       /* was not said one by one */
  gint64 held_worst; /* level; 0: nothing was held */
  char *held_first;  /* (nullable): of what the first was */
} SmTellCount;

void       sm_tell_subject_free      (SmTellSubject        *self);
void       sm_tell_due_free          (SmTellDue            *self);
void       sm_tell_count_free        (SmTellCount          *self);

gboolean   sm_tell_subject_put       (SmConnection         *connection,
                                      const SmTellSubject  *subject,
                                      GError              **error);
GPtrArray *sm_tell_subject_list      (SmConnection         *connection,
                                      gint64                now,
                                      guint                 limit,
                                      GError              **error);
gboolean   sm_tell_subject_remove    (SmConnection         *connection,
                                      const char           *noun,
                                      gint64                id,
                                      const char           *rule,
                                      GError              **error);
gboolean   sm_tell_subject_hurry     (SmConnection         *connection,
                                      const char           *noun,
                                      gint64                id,
                                      gint64                now,
                                      GError              **error);
gboolean   sm_tell_due_add           (SmConnection         *connection,
                                      gint64                notification_id,
                                      const char           *channel,
                                      const char           *address,
                                      const char           *subject,
                                      gint64                next_at,
                                      GError              **error);
GPtrArray *sm_tell_due_list          (SmConnection         *connection,
                                      const char           *channel,
                                      gint64                machine_now,
                                      guint                 limit,
                                      GError              **error);
gboolean   sm_tell_due_postpone      (SmConnection         *connection,
                                      gint64                notification_id,
                                      gint64                next_at,
                                      GError              **error);
gboolean   sm_tell_due_remove        (SmConnection         *connection,
                                      gint64                notification_id,
                                      GError              **error);
gboolean   sm_tell_was_told          (SmConnection         *connection,
                                      const char           *noun,
                                      gint64                id,
                                      const char           *recipient,
                                      const char           *channel,
                                      gint64                since,
                                      gboolean             *out_was,
                                      GError              **error);
gboolean   sm_tell_was_said          (SmConnection         *connection,
                                      const char           *noun,
                                      gint64                id,
                                      const char           *recipient,
                                      const char           *channel,
                                      const char           *text,
                                      gint64                since,
                                      gboolean             *out_was,
                                      GError              **error);
gboolean   sm_tell_count_reported    (SmConnection         *connection,
                                      gint64                since,
                                      gint64               *out_count,
                                      GError              **error);
gboolean   sm_tell_was_withheld      (SmConnection         *connection,
                                      const char           *noun,
                                      gint64                id,
                                      const char           *recipient,
                                      gboolean             *out_was,
                                      GError              **error);
GArray    *sm_tell_list_failed       (SmConnection         *connection,
                                      gint64                since,
                                      guint                 limit,
                                      GError              **error);
GArray    *sm_tell_list_unconfirmed  (SmConnection         *connection,
                                      const char           *noun,
                                      gint64                id,
                                      const char           *recipient,
                                      GError              **error);
SmTellCount *sm_tell_count_find      (SmConnection         *connection,
                                      const char           *recipient,
                                      const char           *channel,
                                      gint64                operator_id,
                                      gint64                place_id,
                                      GError              **error);
gboolean   sm_tell_count_put         (SmConnection         *connection,
                                      const SmTellCount    *count,
                                      GError              **error);
GPtrArray *sm_tell_count_list_held   (SmConnection         *connection,
                                      gint64                since_before,
                                      guint                 limit,
                                      GError              **error);
gboolean   sm_tell_address_put       (SmConnection         *connection,
                                      gint64                contact_id,
                                      const char           *channel,
                                      const char           *address,
                                      GError              **error);
char      *sm_tell_address_find      (SmConnection         *connection,
                                      gint64                contact_id,
                                      const char           *channel,
                                      GError              **error);
gboolean   sm_tell_address_remove    (SmConnection         *connection,
                                      gint64                contact_id,
                                      GError              **error);
gboolean   sm_tell_prune             (SmConnection         *connection,
                                      gint64                older_than,
                                      guint                 limit,
                                      GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTellSubject, sm_tell_subject_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTellDue, sm_tell_due_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTellCount, sm_tell_count_free)

G_END_DECLS
