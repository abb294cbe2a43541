/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-desks.h"

#include "sm-cache-reader.h"
#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-desks.h"
#include "sm-time.h"

const SmNounId sm_ops_small_nouns[SM_OPS_N_SMALL_NOUNS]
    = { SM_NOUN_DESK,       SM_NOUN_ROSTER_ENTRY,    SM_NOUN_HANDOVER,
        SM_NOUN_INSPECTION, SM_NOUN_SAFETY_INCIDENT, SM_NOUN_CERTIFICATE,
        SM_NOUN_CONTACT,    SM_NOUN_PROBLEM_RECORD,  SM_NOUN_COMPLAINT,
        SM_NOUN_PART };

/* sm_ops_small_set: Returns: (transfer none) (nullable): where things of that kind are kept */
SmLiveSet *
sm_ops_small_set (SmOps    *self,
                  SmNounId  noun)
{
  for (guint i = 0; i < SM_OPS_N_SMALL_NOUNS; i++)
    if (sm_ops_small_nouns[i] == noun)
      return self->small[i];
  return NULL;
}

/* --- what there is --- */

/** sm_ops_get_desks: Returns: (transfer none): of SmItem, every desk that may be seen */
GListModel *
sm_ops_get_desks (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return G_LIST_MODEL (self->small[0]);
}

/** sm_ops_get_roster: Returns: (transfer none): of SmItem, who is to sit where, by rising id */
GListModel *
sm_ops_get_roster (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return G_LIST_MODEL (self->small[1]);
}

/** sm_ops_get_handovers: Returns: (transfer none): of SmItem, by rising id */
GListModel *
sm_ops_get_handovers (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return G_LIST_MODEL (self->small[2]);
}

/** sm_ops_find_desk: Returns: (transfer none) (nullable): the desk */
SmItem *
sm_ops_find_desk (SmOps  *self,
                  gint64  id)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return sm_live_set_find (self->small[0], id);
}

/**
 * sm_ops_get_owner:
 *
 * Returns: (transfer none) (nullable): to whom an open alarm belongs: who answers for its
 *   desk; NULL where the desk is not to be seen
 */
const char *
sm_ops_get_owner (SmOps       *self,
                  const SmRow *alarm)
{
  return sm_ops_get_desk_owner (self, sm_row_get_int (alarm, SM_ALARM_DESK_ID));
}

/** sm_ops_get_desk_owner: @desk_id: or %SM_UNKNOWN. Returns: (transfer none) (nullable): likewise, of a desk */
const char *
sm_ops_get_desk_owner (SmOps  *self,
                       gint64  desk_id)
{
  SmItem *desk = desk_id == SM_UNKNOWN ? NULL : sm_ops_find_desk (self, desk_id);

  return desk != NULL ? sm_row_get_text (sm_item_get_row (desk), SM_DESK_ANSWERS) : NULL;
}

/** sm_ops_cover_row: Returns: (transfer full): @row with what this person did to it laid over */
SmRow *
sm_ops_cover_row (SmOps *self,
                  SmRow *row)
{
  SmCover cover;

  g_return_val_if_fail (SM_IS_OPS (self) && row != NULL, NULL);

  return sm_overlay_cover (sm_alarm_book_get_overlay (self->alarms), row, &cover);
}

/* --- what is done --- */

static const struct
{
  const char *permission;
  SmNounId noun;
  const char *verb;
  const char *text_as;
  gboolean is_change;
} acts[] = {
  [SM_DESK_ACT_CREATE] = { "desk.manage", SM_NOUN_DESK, NULL, NULL },
  [SM_DESK_ACT_EDIT] = { "desk.manage", SM_NOUN_DESK, NULL, NULL, TRUE },
  [SM_DESK_ACT_CLOSE] = { "desk.manage", SM_NOUN_DESK, "/close", "reason" },
  [SM_DESK_ACT_SIT] = { "desk.sit", SM_NOUN_DESK, "/sit", "reason" },
  [SM_DESK_ACT_LEAVE] = { "desk.sit", SM_NOUN_DESK, "/leave", "reason" },
  [SM_DESK_ACT_ADD] = { "roster.edit", SM_NOUN_ROSTER_ENTRY, NULL, NULL },
  [SM_DESK_ACT_MOVE] = { "roster.edit", SM_NOUN_ROSTER_ENTRY, NULL, NULL, TRUE },
  [SM_DESK_ACT_TAKE_OFF] = { "roster.edit", SM_NOUN_ROSTER_ENTRY, "/remove", NULL },
  [SM_DESK_ACT_BEGIN] = { "handover.sign", SM_NOUN_HANDOVER, NULL, "note" },
  [SM_DESK_ACT_SIGN] = { "handover.sign", SM_NOUN_HANDOVER, "/sign", NULL },
  [SM_DESK_ACT_WITHDRAW] = { "handover.sign", SM_NOUN_HANDOVER, "/withdraw", NULL },
};

/** sm_desk_act_permission: Returns: (transfer none): what a person needs for it */
const char *
sm_desk_act_permission (SmDeskAct act)
{
  return acts[act].permission;
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *row = sm_sync_desks_finish (result, &error);

  if (row != NULL)
    g_task_return_pointer (task, row, (GDestroyNotify) sm_row_unref);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_desk_act_async:
 * @id: of what it is done to; 0 for something new
 * @wanted: (nullable): what is new, or to be different: its fields that are not null; of a
 *   desk that is changed, all that it looks after
 * @text: (nullable): a reason, or the note that a handover begins with
 * @seen_seq: of a signature or a change: which state was read; else %SM_UNKNOWN
 */
void
sm_ops_desk_act_async (SmOps               *self,
                       SmDeskAct            act,
                       gint64               id,
                       SmRow               *wanted,
                       const char          *text,
                       gint64               seen_seq,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean is_change = acts[act].is_change;
  SmSyncDeskAct what = { acts[act].noun, id, acts[act].verb, wanted, acts[act].text_as, text,
                         is_change ? SM_UNKNOWN : seen_seq, is_change ? seen_seq : 0 };

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_desk_act_async);
  if (sm_ops_check_started (self, task))
    sm_sync_desk_act_async (self->sync, &what, cancellable, acted_cb, g_steal_pointer (&task));
}

/** sm_ops_desk_act_finish: Returns: (transfer full) (nullable): the row after it */
SmRow *
sm_ops_desk_act_finish (SmOps         *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *sitters = sm_sync_desks_finish (result, &error);

  if (sitters != NULL)
    g_task_return_pointer (task, sitters, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_sitters_async: Asks who may sit at desks. */
void
sm_ops_load_sitters_async (SmOps               *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_sitters_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_sitters_async (self->sync, cancellable, rows_cb, g_steal_pointer (&task));
}

/** sm_ops_load_sitters_finish: Returns: (transfer full) (nullable): of SmSitter */
GPtrArray *
sm_ops_load_sitters_finish (SmOps         *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- what happened while the desk was away --- */

typedef struct
{
  gint64 desk_id;
  gint64 from;
  gint64 to;
} Absence;

static gpointer
read_absence (SmConnection  *connection,
              gpointer       data,
              GError       **error)
{
  const Absence *absence = data;

  return sm_cache_read_alarms_of_desk (connection, absence->desk_id, absence->from, absence->to,
                                       error);
}

static void
absence_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *rows = sm_sync_read_finish (result, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/** sm_ops_load_absence_async: From the copy: alarms of a desk raised or over in between. */
void
sm_ops_load_absence_async (SmOps               *self,
                           gint64               desk_id,
                           gint64               from,
                           gint64               to,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Absence absence = { desk_id, from, to };

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_absence_async);
  if (sm_ops_check_started (self, task))
    sm_sync_read_async (self->sync, read_absence, g_memdup2 (&absence, sizeof absence), g_free,
                        (GDestroyNotify) g_ptr_array_unref, cancellable, absence_cb,
                        g_steal_pointer (&task));
}

/** sm_ops_load_absence_finish: Returns: (transfer full) (nullable): of SmRow, the worst first */
GPtrArray *
sm_ops_load_absence_finish (SmOps         *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
