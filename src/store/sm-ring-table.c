/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ring-table.h"

#include "sm-alarm.h"
#include "sm-bound.h"
#include "sm-error.h"
#include "sm-time.h"
#include "sm-transition-table.h"

/* When alarms rang, from two places: the alarms say when each was raised, the steps
 * of their lives when it rang again, who acknowledged it and what put it aside.
 * What the past before this service brought has no steps. */

#define KEYS "source_noun || '/' || source_id || '/' || code"
#define MAX_STEPS 1000

static void
append_scope (GString       *sql,
              const SmScope *scope,
              gboolean       of_area)
{
  static const char *const columns[] = { NULL, "operator_id", "area_id", "fleet_id" };

  /* The time has the index. */
  if (scope->kind != SM_SCOPE_ALL)
    g_string_append_printf (sql, " AND +a.%s IN (SELECT value FROM json_each (?1))",
                            columns[scope->kind]);
  if (of_area)
    g_string_append (sql, " AND +a.area_id = ?5");
}

char *
sm_ring_raised_sql (const SmScope *scope,
                    gboolean       of_area)
{
  GString *sql = g_string_new ("SELECT a.id, a.raised_at, a.acked_at, coalesce (a.area_id, 0), "
                               "a.level, coalesce (a.is_safety, 0), " KEYS ", "
                               "coalesce (a.desk_id, 0) "
                               "FROM alarm a WHERE a.raised_at >= ?2 AND a.raised_at < ?3");

  append_scope (sql, scope, of_area);
  g_string_append (sql, " ORDER BY a.raised_at, a.id LIMIT ?4");
  return g_string_free (sql, FALSE);
}

char *
sm_ring_steps_sql (const SmScope *scope,
                   gboolean       of_area)
{
  GString *sql = g_string_new ("SELECT a.id, t.at, a.acked_at, coalesce (a.area_id, 0), a.level, "
                               "coalesce (a.is_safety, 0), " KEYS ", coalesce (a.desk_id, 0), "
                               "t.from_state, "
                               "t.to_state, t.event FROM alarm_transition t "
                               "CROSS JOIN alarm a ON a.id = t.alarm_id "
                               "WHERE t.id >= ?2 AND t.at < ?3 AND t.event <> 'return'");

  append_scope (sql, scope, of_area);
  g_string_append (sql, " ORDER BY t.id LIMIT ?4");
  return g_string_free (sql, FALSE);
}

/* What is known of an alarm on the way through its steps. */
typedef struct
{
  int ring;         /* its last one; -1: none in the range */
  gint64 raised;    /* when that was written down, which may be after it happened */
  gint64 acked_at;  /* as the alarm says, of its last ring */
  guint overlays;   /* SmAlarmOverlay */
  gboolean is_safety;
} Life;

typedef struct
{
  SmConnection *connection;
  gint64 from;
  GArray *rings;
  GHashTable *lives; /* alarm id -> Life */
  GHashTable *keys;  /* text -> its number + 1 */
} Reading;

static gint64
get_time (SmStatement *statement,
          int          column)
{
  return sm_statement_is_null (statement, column) ? SM_UNKNOWN
                                                  : sm_statement_get_int (statement, column);
}

static guint
key_of (Reading    *self,
        const char *text)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->keys, text));

  if (number == 0)
    {
      number = g_hash_table_size (self->keys) + 1;
      g_hash_table_insert (self->keys, g_strdup (text), GUINT_TO_POINTER (number));
    }
  return number - 1;
}

/* @statement: at a row of either SQL */
static void
add_ring (Reading     *self,
          Life        *life,
          SmStatement *statement)
{
  SmRing ring = {
    .at = sm_statement_get_int (statement, 1),
    .alarm_id = sm_statement_get_int (statement, 0),
    .acked_at = SM_UNKNOWN,
    .area_id = sm_statement_get_int (statement, 3),
    .desk_id = sm_statement_get_int (statement, 7),
    .level = (guint) CLAMP (sm_statement_get_int (statement, 4), 1, 4),
    .key = key_of (self, sm_statement_get_text (statement, 6)),
    .is_put_aside = life->overlays != 0 && !life->is_safety,
  };

  life->ring = (int) self->rings->len;
  g_array_append_val (self->rings, ring);
}

static Life *
life_new (Reading     *self,
          SmStatement *statement)
{
  Life *life = g_new0 (Life, 1);
  gint64 *id = g_new (gint64, 1);

  *id = sm_statement_get_int (statement, 0);
  life->ring = -1;
  life->raised = SM_UNKNOWN;
  life->acked_at = get_time (statement, 2);
  life->is_safety = sm_statement_get_int (statement, 5) != 0;
  g_hash_table_insert (self->lives, id, life);
  return life;
}

/* Returns: the overlay that begins or ends; 0: none */
static guint
overlay_of (SmAlarmEvent  event,
            gboolean     *out_begins)
{
  *out_begins = event == SM_ALARM_EVENT_SHELVE || event == SM_ALARM_EVENT_SUPPRESS
                || event == SM_ALARM_EVENT_TAKE_OUT || event == SM_ALARM_EVENT_APPROVE_OUT
                || event == SM_ALARM_EVENT_FOLD;
  switch (event)
    {
    case SM_ALARM_EVENT_SHELVE:
    case SM_ALARM_EVENT_UNSHELVE:
    case SM_ALARM_EVENT_RISE: /* what got worse is not put aside any more */
      return SM_ALARM_SHELVED;
    case SM_ALARM_EVENT_SUPPRESS:
    case SM_ALARM_EVENT_UNSUPPRESS:
      return SM_ALARM_SUPPRESSED;
    case SM_ALARM_EVENT_TAKE_OUT:
    case SM_ALARM_EVENT_APPROVE_OUT:
    case SM_ALARM_EVENT_RETURN_TO_SERVICE:
      return SM_ALARM_OUT_OF_SERVICE;
    case SM_ALARM_EVENT_FOLD:
    case SM_ALARM_EVENT_UNFOLD:
      return SM_ALARM_FOLDED;
    default:
      return 0;
    }
}

static void
lay (Life         *life,
     SmAlarmEvent  event)
{
  gboolean begins;
  guint overlay = overlay_of (event, &begins);

  life->overlays = begins ? life->overlays | overlay : life->overlays & ~overlay;
}

static gboolean
find_slug (const char *const *slugs,
           const char        *text,
           guint             *out_index)
{
  for (guint i = 0; text != NULL && slugs[i] != NULL; i++)
    if (g_str_equal (slugs[i], text))
      {
        *out_index = i;
        return TRUE;
      }
  return FALSE;
}

/* What lay over one that was raised before the range. */
static gboolean
read_before (Reading  *self,
             gint64    alarm_id,
             Life     *life,
             GError  **error)
{
  g_autoptr (GPtrArray) steps = sm_transition_table_list (self->connection, alarm_id, MAX_STEPS,
                                                          error);

  if (steps == NULL)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const SmTransition *step = steps->pdata[i];
      guint event;

      if (step->at < self->from && find_slug (sm_alarm_events, step->event, &event))
        lay (life, event);
    }
  return TRUE;
}

static void
take_step (Reading      *self,
           Life         *life,
           SmStatement  *statement,
           SmAlarmEvent  event)
{
  gint64 at = sm_statement_get_int (statement, 1);
  SmRing *ring = life->ring >= 0 ? &g_array_index (self->rings, SmRing, life->ring) : NULL;
  gboolean begins;
  guint was, is;

  if (event == SM_ALARM_EVENT_RAISE && sm_statement_is_null (statement, 8))
    {
      life->raised = at;
      return;
    }
  lay (life, event);
  /* What is put aside as it is raised was never heard. */
  if (overlay_of (event, &begins) != 0 && begins && ring != NULL && life->raised == at
      && !life->is_safety)
    ring->is_put_aside = TRUE;
  if (event == SM_ALARM_EVENT_ACKNOWLEDGE && ring != NULL && ring->acked_at == SM_UNKNOWN)
    ring->acked_at = at;
  if (find_slug (sm_alarm_states, sm_statement_get_text (statement, 8), &was)
      && find_slug (sm_alarm_states, sm_statement_get_text (statement, 9), &is)
      && sm_alarm_rings (was, is, event))
    {
      add_ring (self, life, statement);
      life->raised = at;
    }
}

static gboolean
read_step (Reading      *self,
           SmStatement  *statement,
           GError      **error)
{
  gint64 id = sm_statement_get_int (statement, 0);
  Life *life = g_hash_table_lookup (self->lives, &id);
  guint event;

  if (!find_slug (sm_alarm_events, sm_statement_get_text (statement, 10), &event))
    return TRUE;
  if (life == NULL)
    {
      life = life_new (self, statement);
      if (!read_before (self, id, life, error))
        return FALSE;
    }
  take_step (self, life, statement, event);
  return TRUE;
}

typedef gboolean (*RowFunc) (Reading      *self,
                             SmStatement  *statement,
                             GError      **error);

static gboolean
read_raised (Reading      *self,
             SmStatement  *statement,
             GError      **error)
{
  add_ring (self, life_new (self, statement), statement);
  return TRUE;
}

/* A part of them would be figures that are wrong. */
static gboolean
too_much (guint    limit,
          GError **error)
{
  sm_set_error (error, SM_ERROR_TOO_LARGE, "too-much-asked",
                "More than %u steps of alarms lie in this range; ask for less", limit);
  return FALSE;
}

static gboolean
read_all (Reading        *self,
          char           *sql,
          const SmScope  *scope,
          gint64          area_id,
          gint64          from,
          gint64          to,
          guint           limit,
          RowFunc         func,
          GError        **error)
{
  g_autofree char *owned = sql;
  g_autofree char *ids = sm_scope_ids_to_text (scope);
  g_autoptr (SmStatement) statement = sm_connection_prepare (self->connection, owned, error);
  guint n = 0;
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, ids);
  sm_statement_bind_int (statement, 1, from);
  sm_statement_bind_int (statement, 2, to);
  sm_statement_bind_int (statement, 3, (gint64) limit + 1);
  if (area_id != 0)
    sm_statement_bind_int (statement, 4, area_id);
  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (++n > limit)
        return too_much (limit, error);
      if (!func (self, statement, error))
        return FALSE;
    }
  return FALSE;
}

/* Returns: the time of the first step from @id on; SM_UNKNOWN: there is none, or an error */
static gint64
time_of_step (SmConnection  *connection,
              gint64         id,
              GError       **error)
{
  g_autoptr (SmStatement) statement
      = sm_bound_prepare (connection, error,
                          "SELECT at FROM alarm_transition WHERE id >= ? ORDER BY id LIMIT 1", "i",
                          id);
  gboolean has_row = FALSE;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error) || !has_row)
    return SM_UNKNOWN;
  return sm_statement_get_int (statement, 0);
}

/* Steps are written as they happen: so their ids are in the order of their times. */
static gboolean
find_first_step (SmConnection  *connection,
                 gint64         from,
                 gint64        *out_id,
                 GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SmStatement) statement
      = sm_bound_prepare (connection, error, "SELECT max (id) FROM alarm_transition", "");
  gint64 low = 0, high;
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  high = !has_row || sm_statement_is_null (statement, 0) ? 0 : sm_statement_get_int (statement, 0);
  while (low < high && local_error == NULL)
    {
      gint64 middle = low + (high - low) / 2;
      gint64 at = time_of_step (connection, middle, &local_error);

      if (at != SM_UNKNOWN && at < from)
        low = middle + 1;
      else
        high = middle;
    }
  *out_id = low;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static int
compare_rings (gconstpointer a,
               gconstpointer b)
{
  const SmRing *x = a, *y = b;

  return x->at != y->at ? (x->at > y->at) - (x->at < y->at)
                        : (x->alarm_id > y->alarm_id) - (x->alarm_id < y->alarm_id);
}

/* Who acknowledged it after the range, or before there were steps, stands in the alarm. */
static void
finish (Reading *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->lives);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Life *life = value;
      SmRing *ring = life->ring >= 0 ? &g_array_index (self->rings, SmRing, life->ring) : NULL;

      if (ring != NULL && ring->acked_at == SM_UNKNOWN && life->acked_at != SM_UNKNOWN
          && life->acked_at >= ring->at)
        ring->acked_at = life->acked_at;
    }
  g_array_sort (self->rings, compare_rings);
}

/**
 * sm_rings_read:
 * @area_id: 0: of all
 * @limit: of more alarms, or more steps of theirs, there are no figures
 *
 * Returns: (transfer full) (nullable): of SmRing, in the order of their time
 */
GArray *
sm_rings_read (SmConnection   *connection,
               const SmScope  *scope,
               gint64          area_id,
               gint64          from,
               gint64          to,
               guint           limit,
               GError        **error)
{
  g_autoptr (GArray) rings = g_array_new (FALSE, FALSE, sizeof (SmRing));
  g_autoptr (GHashTable) lives = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        g_free);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { connection, from, rings, lives, keys };
  gint64 first;

  if (!read_all (&reading, sm_ring_raised_sql (scope, area_id != 0), scope, area_id, from, to,
                 limit, read_raised, error)
      || !find_first_step (connection, from, &first, error)
      || !read_all (&reading, sm_ring_steps_sql (scope, area_id != 0), scope, area_id, first, to,
                    limit, read_step, error))
    return NULL;
  finish (&reading);
  return g_steal_pointer (&rings);
}

/** sm_rings_stale: Returns: (transfer full) (nullable): SmRing of what is there since before */
GArray *
sm_rings_stale (SmConnection   *connection,
                const SmScope  *scope,
                gint64          area_id,
                gint64          before,
                guint           limit,
                GError        **error)
{
  g_autoptr (GArray) rings = g_array_new (FALSE, FALSE, sizeof (SmRing));
  g_autoptr (GHashTable) lives = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        g_free);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { connection, 0, rings, lives, keys };
  GString *sql = g_string_new ("SELECT a.id, a.raised_at, a.acked_at, coalesce (a.area_id, 0), "
                               "a.level, coalesce (a.is_safety, 0), " KEYS ", "
                               "coalesce (a.desk_id, 0) FROM alarm a INDEXED BY alarm_open "
                               "WHERE a.state <> 'normal' AND a.state IN ('unacked', 'acked') "
                               "AND a.raised_at >= ?2 AND a.raised_at < ?3 "
                               "AND a.shelved_until IS NULL AND a.suppressed_by IS NULL "
                               "AND a.out_of_service_until IS NULL AND a.parent_id IS NULL");

  append_scope (sql, scope, area_id != 0);
  g_string_append (sql, " ORDER BY a.raised_at, a.id LIMIT ?4");
  return read_all (&reading, g_string_free (sql, FALSE), scope, area_id, 0, before, limit,
                   read_raised, error)
             ? g_steal_pointer (&rings)
             : NULL;
}
