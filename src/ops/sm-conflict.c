/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-conflict.h"

struct _SmConflict
{
  GObject parent_instance;

  char *key;
  char *verb;
  const SmNoun *noun;
  gint64 object_id;
  gint64 created_at;
  char *problem;
};

G_DEFINE_FINAL_TYPE (SmConflict, sm_conflict, G_TYPE_OBJECT)

static void
sm_conflict_finalize (GObject *object)
{
  SmConflict *self = SM_CONFLICT (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->verb, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (sm_conflict_parent_class)->finalize (object);
}

static void
sm_conflict_class_init (SmConflictClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_conflict_finalize;
}

static void
sm_conflict_init (SmConflict *self)
{
}

/**
 * sm_conflict_new:
 * @key: the act's idempotency key
 * @verb: what was to be done, as "acknowledge"
 * @problem: the slug of the service's answer
 */
SmConflict *
sm_conflict_new (const char   *key,
                 const char   *verb,
                 const SmNoun *noun,
                 gint64        object_id,
                 gint64        created_at,
                 const char   *problem)
{
  SmConflict *self = g_object_new (SM_TYPE_CONFLICT, NULL);

  self->key = g_strdup (key);
  self->verb = g_strdup (verb);
  self->noun = noun;
  self->object_id = object_id;
  self->created_at = created_at;
  self->problem = g_strdup (problem);
  return self;
}

const char *
sm_conflict_get_key (SmConflict *self)
{
  return self->key;
}

const char *
sm_conflict_get_verb (SmConflict *self)
{
  return self->verb;
}

const SmNoun *
sm_conflict_get_noun (SmConflict *self)
{
  return self->noun;
}

gint64
sm_conflict_get_object_id (SmConflict *self)
{
  return self->object_id;
}

/** sm_conflict_get_created_at: Returns: when the person did it, network time in µs */
gint64
sm_conflict_get_created_at (SmConflict *self)
{
  return self->created_at;
}

/** sm_conflict_get_problem: Returns: (transfer none): slug, as "alarm-level-rose" */
const char *
sm_conflict_get_problem (SmConflict *self)
{
  return self->problem;
}
