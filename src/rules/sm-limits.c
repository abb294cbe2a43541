/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-limits-private.h"

#include "sm-time.h"

#include <math.h>
#include <string.h>

typedef enum
{
  BELOW,   /* within the limit */
  WAITING, /* beyond it, not long enough yet */
  RAISED,
} Standing;

typedef struct
{
  Standing standing;
  gint64 since; /* WAITING: from when, network time */
  double value; /* the last one */
  gboolean is_listed; /* among those that wait */
} State;

typedef struct
{
  char *family;
  const SmNoun *noun;
  guint field;
  gboolean above;
  double raise_at, clear_at;
  gint64 delay_us;
  int level;
  GArray *states; /* of State, by subject */
} Limit;

typedef struct
{
  guint limit;
  guint subject;
  gint64 id;
} Waiting;

struct _SmLimits
{
  GArray *limits;   /* of Limit */
  GArray *waiting;  /* of Waiting: whose delay may be over without a report */
  GPtrArray *queue; /* of SmLimitEvent */
};

static void
limit_clear (gpointer data)
{
  Limit *limit = data;

  g_free (limit->family);
  g_array_unref (limit->states);
}

static void
event_free (gpointer data)
{
  SmLimitEvent *event = data;

  g_free (event->code);
  g_free (event->sender_code);
  g_free (event->sender_text);
  g_free (event);
}

SmLimits *
sm_limits_new (void)
{
  SmLimits *self = g_new0 (SmLimits, 1);

  self->limits = g_array_new (FALSE, TRUE, sizeof (Limit));
  g_array_set_clear_func (self->limits, limit_clear);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  self->queue = g_ptr_array_new_with_free_func (event_free);
  return self;
}

void
sm_limits_free (SmLimits *self)
{
  g_array_unref (self->limits);
  g_array_unref (self->waiting);
  g_ptr_array_unref (self->queue);
  g_free (self);
}

static char *
family_of (const char *code)
{
  return g_strndup (code, strcspn (code, "/"));
}

static void
add_limit (SmLimits    *self,
           const SmRow *row)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (row, SM_LIMIT_NOUN));
  const char *name = sm_row_get_text (row, SM_LIMIT_FIELD);
  int field = noun != NULL ? sm_noun_find_field (noun, name, strlen (name)) : -1;
  Limit limit;

  if (field < 0 || noun->fields[field].klass != SM_LIVE || noun->fields[field].kind != SM_KIND_REAL)
    {
      g_info ("Limit %s is on %s, which is no live number", sm_row_get_text (row, SM_LIMIT_CODE),
              name);
      return;
    }
  limit = (Limit){
    .family = family_of (sm_row_get_text (row, SM_LIMIT_CODE)),
    .noun = noun,
    .field = (guint) field,
    .above = g_strcmp0 (sm_row_get_text (row, SM_LIMIT_DIRECTION), "above") == 0,
    .raise_at = sm_row_get_real (row, SM_LIMIT_RAISE_AT),
    .clear_at = sm_row_get_real (row, SM_LIMIT_CLEAR_AT),
    .delay_us = (gint64) (sm_row_get_real (row, SM_LIMIT_DELAY_S) * SM_SECOND),
    .level = (int) sm_row_get_int (row, SM_LIMIT_LEVEL),
    .states = g_array_new (FALSE, TRUE, sizeof (State)),
  };
  g_array_append_val (self->limits, limit);
}

/** sm_limits_set: Takes over the limits that are enabled; how things stand is forgotten. */
void
sm_limits_set (SmLimits  *self,
               GPtrArray *limits)
{
  g_array_set_size (self->limits, 0);
  g_array_set_size (self->waiting, 0);
  for (guint i = 0; i < limits->len; i++)
    if (sm_row_get_int (limits->pdata[i], SM_LIMIT_ENABLED) == 1)
      add_limit (self, limits->pdata[i]);
}

static State *
get_state (Limit *limit,
           guint  subject)
{
  if (subject >= limit->states->len)
    g_array_set_size (limit->states, MAX (subject + 1, limit->states->len * 2));
  return &g_array_index (limit->states, State, subject);
}

/** sm_limits_restore: There is an active alarm of that code and level already. */
void
sm_limits_restore (SmLimits     *self,
                   const SmNoun *noun,
                   guint         subject,
                   const char   *code,
                   gint64        level)
{
  for (guint i = 0; i < self->limits->len; i++)
    {
      Limit *limit = &g_array_index (self->limits, Limit, i);

      if (limit->noun == noun && limit->level >= level && g_str_equal (limit->family, code))
        get_state (limit, subject)->standing = RAISED;
    }
}

/** sm_limits_has_family: Whether any limit in force leads to alarms of that code. */
gboolean
sm_limits_has_family (SmLimits   *self,
                      const char *code)
{
  for (guint i = 0; i < self->limits->len; i++)
    if (g_str_equal (g_array_index (self->limits, Limit, i).family, code))
      return TRUE;
  return FALSE;
}

static gboolean
family_is_active (SmLimits    *self,
                  const Limit *of,
                  guint        subject)
{
  for (guint i = 0; i < self->limits->len; i++)
    {
      Limit *limit = &g_array_index (self->limits, Limit, i);

      if (limit->noun == of->noun && g_str_equal (limit->family, of->family)
          && get_state (limit, subject)->standing == RAISED)
        return TRUE;
    }
  return FALSE;
}

static void
push_event (SmLimits    *self,
            const Limit *limit,
            guint        subject,
            gint64       id,
            gboolean     raised,
            double       value,
            gint64       now)
{
  SmLimitEvent *event = g_new0 (SmLimitEvent, 1);

  *event = (SmLimitEvent){
    .raised = raised, .family_active = family_is_active (self, limit, subject),
    .code = g_strdup (limit->family), .noun = limit->noun, .field = limit->field, .id = id,
    .level = limit->level, .value = value, .limit_value = limit->raise_at, .at = now,
  };
  g_ptr_array_add (self->queue, event);
}

/**
 * sm_limits_add_event:
 *
 * Something that no limit finds: a device said it, or time did.
 *
 * Returns: (transfer none): the event in the queue, for what else is known of it
 */
SmLimitEvent *
sm_limits_add_event (SmLimits     *self,
                     const SmNoun *noun,
                     gint64        id,
                     const char   *code,
                     int           level,
                     gboolean      raised,
                     gint64        now)
{
  SmLimitEvent *event = g_new0 (SmLimitEvent, 1);

  *event = (SmLimitEvent){ .raised = raised, .code = g_strdup (code), .noun = noun,
                           .field = SM_LIMIT_NO_FIELD, .id = id, .level = level, .value = NAN,
                           .limit_value = NAN, .at = now };
  g_ptr_array_add (self->queue, event);
  return event;
}

/** sm_limits_add_return: The alarm's limit is no longer in force: it is over. */
void
sm_limits_add_return (SmLimits     *self,
                      const SmNoun *noun,
                      gint64        id,
                      const char   *code,
                      gint64        now)
{
  sm_limits_add_event (self, noun, id, code, 4, FALSE, now);
}

static gboolean
is_beyond (const Limit *limit,
           double       value)
{
  return limit->above ? value > limit->raise_at : value < limit->raise_at;
}

static gboolean
is_back (const Limit *limit,
         double       value)
{
  return limit->above ? value < limit->clear_at : value > limit->clear_at;
}

/* An unknown value breaks a delay, but clears nothing. */
static void
step (SmLimits *self,
      guint     index,
      guint     subject,
      gint64    id,
      double    value,
      gint64    now)
{
  Limit *limit = &g_array_index (self->limits, Limit, index);
  State *state = get_state (limit, subject);

  if (state->standing == BELOW && is_beyond (limit, value))
    {
      Waiting waiting = { index, subject, id };

      state->standing = WAITING;
      state->since = now;
      if (!state->is_listed)
        g_array_append_val (self->waiting, waiting);
      state->is_listed = TRUE;
    }
  else if (state->standing == WAITING && !is_beyond (limit, value))
    state->standing = BELOW;
  state->value = value;
  if (state->standing == WAITING && now - state->since >= limit->delay_us)
    {
      state->standing = RAISED;
      push_event (self, limit, subject, id, TRUE, value, now);
    }
  else if (state->standing == RAISED && is_back (limit, value))
    {
      state->standing = BELOW;
      push_event (self, limit, subject, id, FALSE, value, now);
    }
}

/**
 * sm_limits_evaluate:
 * @subject: the number of the thing among its noun's; small, never another's
 * @id: its id
 * @now: network time
 *
 * Holds the values of a thing against the limits of its noun.
 */
void
sm_limits_evaluate (SmLimits         *self,
                    const SmNoun     *noun,
                    guint             subject,
                    gint64            id,
                    SmLimitValueFunc  value,
                    gconstpointer     thing,
                    gint64            now)
{
  for (guint i = 0; i < self->limits->len; i++)
    {
      const Limit *limit = &g_array_index (self->limits, Limit, i);

      if (limit->noun == noun)
        step (self, i, subject, id, value (thing, limit->field), now);
    }
}

/**
 * sm_limits_is_near:
 *
 * Whether a value is within a tenth of a limit of level 1 or 2, or beyond it:
 * a thing that falls silent like that may be in danger.
 */
gboolean
sm_limits_is_near (SmLimits         *self,
                   const SmNoun     *noun,
                   SmLimitValueFunc  value,
                   gconstpointer     thing)
{
  for (guint i = 0; i < self->limits->len; i++)
    {
      const Limit *limit = &g_array_index (self->limits, Limit, i);
      double margin = fabs (limit->raise_at) * 0.1, now;

      if (limit->noun != noun || limit->level > 2)
        continue;
      now = value (thing, limit->field);
      if (limit->above ? now > limit->raise_at - margin : now < limit->raise_at + margin)
        return TRUE;
    }
  return FALSE;
}

/** sm_limits_tick: Time has passed: some delay may be over. */
void
sm_limits_tick (SmLimits *self,
                gint64    now)
{
  for (guint i = 0; i < self->waiting->len;)
    {
      Waiting waiting = g_array_index (self->waiting, Waiting, i);
      Limit *limit = &g_array_index (self->limits, Limit, waiting.limit);
      State *state = get_state (limit, waiting.subject);

      if (state->standing == WAITING)
        step (self, waiting.limit, waiting.subject, waiting.id, state->value, now);
      if (state->standing == WAITING)
        {
          i++;
          continue;
        }
      state->is_listed = FALSE;
      g_array_remove_index_fast (self->waiting, i);
    }
}

/** sm_limits_get_queue: Returns: (transfer none): what is to be written down, of SmLimitEvent */
GPtrArray *
sm_limits_get_queue (SmLimits *self)
{
  return self->queue;
}
