/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-pending.h"

#include "sm-acts.h"
#include "sm-time.h"

struct _SmPending
{
  GObject parent_instance;

  SmAct *act;
  gboolean is_elsewhere;
  gboolean is_blocked;
};

G_DEFINE_FINAL_TYPE (SmPending, sm_pending, G_TYPE_OBJECT)

static void
sm_pending_finalize (GObject *object)
{
  sm_act_free (SM_PENDING (object)->act);

  G_OBJECT_CLASS (sm_pending_parent_class)->finalize (object);
}

static void
sm_pending_class_init (SmPendingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_pending_finalize;
}

static void
sm_pending_init (SmPending *self)
{
}

/**
 * sm_pending_new:
 * @is_elsewhere: whether it is of another network or person than who is signed in
 * @is_blocked: whether it waits for somebody to decide about the one before it
 */
SmPending *
sm_pending_new (const SmAct *act,
                gboolean     is_elsewhere,
                gboolean     is_blocked)
{
  SmPending *self = g_object_new (SM_TYPE_PENDING, NULL);

  self->act = sm_act_copy (act);
  self->is_elsewhere = is_elsewhere;
  self->is_blocked = is_blocked;
  return self;
}

/** sm_pending_equal: Whether both say the same. */
gboolean
sm_pending_equal (SmPending *a,
                  SmPending *b)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  if (!g_str_equal (a->act->key, b->act->key) || a->act->state != b->act->state
      || a->is_elsewhere != b->is_elsewhere || a->is_blocked != b->is_blocked
      || a->act->theirs_seq != b->act->theirs_seq
      || g_strcmp0 (a->act->problem, b->act->problem) != 0)
    return FALSE;
  x = sm_edits_to_text (a->act->changes);
  y = sm_edits_to_text (b->act->changes);
  return g_strcmp0 (x, y) == 0;
}

/** sm_pending_get_key: Returns: (transfer none): the act's idempotency key */
const char *
sm_pending_get_key (SmPending *self)
{
  return self->act->key;
}

/** sm_pending_get_verb: Returns: (transfer none): what was done, as "acknowledge" */
const char *
sm_pending_get_verb (SmPending *self)
{
  return self->act->verb;
}

/** sm_pending_get_noun: Returns: (transfer none) (nullable): of what kind its object is */
const SmNoun *
sm_pending_get_noun (SmPending *self)
{
  return self->act->noun;
}

/** sm_pending_is_guide: Whether it is about what a truck is told. */
gboolean
sm_pending_is_guide (SmPending *self)
{
  return sm_act_is_guide (self->act);
}

gint64
sm_pending_get_object_id (SmPending *self)
{
  return self->act->object_id;
}

/**
 * sm_pending_get_object_name:
 *
 * Returns: (transfer none) (nullable): what it was called: an %SM_KIND_NAME value; for an alarm its code,
 *   a line end, and its source
 */
const char *
sm_pending_get_object_name (SmPending *self)
{
  return self->act->object_name;
}

/** sm_pending_get_created_at: Returns: when the person did it, network time in µs */
gint64
sm_pending_get_created_at (SmPending *self)
{
  return self->act->created_at;
}

SmActState
sm_pending_get_state (SmPending *self)
{
  return self->act->state;
}

/**
 * sm_pending_get_problem:
 *
 * Returns: (transfer none) (nullable): slug of the last trouble, as "row-changed"
 */
const char *
sm_pending_get_problem (SmPending *self)
{
  return self->act->problem;
}

/** sm_pending_get_note: Returns: (transfer none) (nullable): what the person wrote to it */
const char *
sm_pending_get_note (SmPending *self)
{
  return self->act->note;
}

/**
 * sm_pending_get_edits:
 *
 * Returns: (transfer none) (nullable): of SmEdit: what was to be changed, field by field
 */
GPtrArray *
sm_pending_get_edits (SmPending *self)
{
  return self->act->changes;
}

/** sm_pending_get_epoch: Returns: (transfer none): of the network that it is for */
const char *
sm_pending_get_epoch (SmPending *self)
{
  return self->act->network;
}

/** sm_pending_get_network: Returns: (transfer none) (nullable): what its network is called */
const char *
sm_pending_get_network (SmPending *self)
{
  return self->act->network_name;
}

/** sm_pending_get_person: Returns: (transfer none) (nullable): who did it */
const char *
sm_pending_get_person (SmPending *self)
{
  return self->act->person_name;
}

/** sm_pending_knows_theirs: Whether it is known what the object has become. */
gboolean
sm_pending_knows_theirs (SmPending *self)
{
  const GPtrArray *edits = self->act->changes;

  if (self->act->theirs_seq != SM_UNKNOWN)
    return TRUE;
  for (guint i = 0; edits != NULL && i < edits->len; i++)
    if (((const SmEdit *) edits->pdata[i])->theirs != NULL)
      return TRUE;
  return FALSE;
}

/** sm_pending_is_elsewhere: Whether it is of another network or person. */
gboolean
sm_pending_is_elsewhere (SmPending *self)
{
  return self->is_elsewhere;
}

/** sm_pending_is_blocked: Whether it waits for a decision about the one before it. */
gboolean
sm_pending_is_blocked (SmPending *self)
{
  return self->is_blocked;
}
