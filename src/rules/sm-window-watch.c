/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-windows-private.h"

#include "sm-fault-code.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-window.h"

#include <string.h>

/* What time does to maintenance windows, and who stands in one. */

#define OVERRAN "window-overran"

SmWindowBook *
sm_window_book_new (void)
{
  SmWindowBook *self = g_new0 (SmWindowBook, 1);

  self->live = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  self->area_parents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->raised = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->is_due = TRUE;
  self->looked_at_id = SM_UNKNOWN;
  return self;
}

void
sm_window_book_free (SmWindowBook *self)
{
  g_ptr_array_unref (self->live);
  g_hash_table_unref (self->area_parents);
  g_hash_table_unref (self->raised);
  g_free (self);
}

/** sm_windows_note: A row was written: what depends on it is looked at again with the next tick. */
void
sm_windows_note (SmRules     *rules,
                 const SmRow *written)
{
  switch (sm_row_get_noun (written)->id)
    {
    case SM_NOUN_MAINTENANCE_WINDOW:
    case SM_NOUN_AREA:
      rules->windows->is_read = FALSE;
      break;
    case SM_NOUN_STATION:
      rules->windows->is_due = TRUE;
      break;
    default:
      break;
    }
}

static gboolean
add_area (SmRules      *rules,
          const SmRow  *area,
          gpointer      user_data,
          GError      **error)
{
  GHashTable *parents = user_data;
  gint64 id = sm_row_get_id (area), parent = sm_row_get_int (area, SM_AREA_PARENT_ID);

  if (parent != SM_UNKNOWN)
    g_hash_table_replace (parents, g_memdup2 (&id, sizeof id), g_memdup2 (&parent, sizeof parent));
  return TRUE;
}

/** sm_windows_refresh: Reads what is not over, if it may be another by now. */
gboolean
sm_windows_refresh (SmRules  *rules,
                    GError  **error)
{
  SmWindowBook *book = rules->windows;
  GPtrArray *live;

  if (book->is_read)
    return TRUE;
  live = sm_service_list_live_windows (sm_rules_get_connection (rules), error);
  if (live == NULL)
    return FALSE;
  g_ptr_array_unref (book->live);
  book->live = live;
  book->n_open = 0;
  for (guint i = 0; i < live->len; i++)
    book->n_open += sm_row_get_enum (live->pdata[i], SM_WINDOW_STATE) == SM_WINDOW_STATE_OPEN;
  g_hash_table_remove_all (book->area_parents);
  if (live->len > 0 && !sm_rules_each (rules, SM_NOUN_AREA, add_area, book->area_parents, error))
    return FALSE;
  book->is_read = book->is_due = TRUE;
  return TRUE;
}

/* --- who stands in one --- */

/* Nobody nests areas that deep; and a ring would have no end. */
#define MAX_DEPTH 16

static gboolean
lies_in (SmRules *rules,
         gint64   area_id,
         gint64   below_id)
{
  for (guint i = 0; i < MAX_DEPTH && below_id != SM_UNKNOWN; i++)
    {
      const gint64 *parent = g_hash_table_lookup (rules->windows->area_parents, &below_id);

      if (below_id == area_id)
        return TRUE;
      below_id = parent != NULL ? *parent : SM_UNKNOWN;
    }
  return FALSE;
}

static gboolean
planner_sees (SmRules     *rules,
              const SmRow *window,
              gint64       operator_id,
              gint64       area_id)
{
  g_autoptr (SmUserRecord) user
      = sm_access_dup_user (rules->access, sm_row_get_text (window, SM_WINDOW_PLANNED_BY));
  g_autoptr (SmScope) scope
      = user != NULL ? sm_scope_from_text (user->scope_kind, user->scope_ids) : NULL;

  return scope != NULL && sm_scope_has (scope, operator_id, area_id, SM_UNKNOWN);
}

/**
 * sm_windows_reaches:
 * @window: of an area
 *
 * Whether it is of what lies there.  Nobody puts aside what is not theirs: an area is of
 * one operator, and the areas in it are meant as far as whoever planned it sees them.
 */
gboolean
sm_windows_reaches (SmRules     *rules,
                    const SmRow *window,
                    gint64       operator_id,
                    gint64       area_id)
{
  gint64 scope_id = sm_row_get_int (window, SM_WINDOW_SCOPE_ID);

  return sm_row_get_int (window, SM_ROW_OPERATOR_ID) == operator_id
         && (area_id == scope_id
             || (lies_in (rules, scope_id, area_id)
                 && planner_sees (rules, window, operator_id, area_id)));
}

static gboolean
covers (SmRules     *rules,
        const SmRow *window,
        SmNounId     noun,
        gint64       id,
        gint64       operator_id,
        gint64       area_id)
{
  const SmNoun *scope = sm_noun_by_name (sm_row_get_text (window, SM_WINDOW_SCOPE_NOUN));
  gint64 scope_id = sm_row_get_int (window, SM_WINDOW_SCOPE_ID);

  if (scope == NULL || sm_row_get_enum (window, SM_WINDOW_STATE) != SM_WINDOW_STATE_OPEN)
    return FALSE;
  return scope->id == SM_NOUN_AREA ? sm_windows_reaches (rules, window, operator_id, area_id)
                                   : scope->id == noun && scope_id == id;
}

/**
 * sm_windows_has:
 * @area_id: where it lies; %SM_UNKNOWN: only windows of itself count
 *
 * Returns: whether an open window is of it
 */
gboolean
sm_windows_has (SmRules  *rules,
                SmNounId  noun,
                gint64    id,
                gint64    operator_id,
                gint64    area_id)
{
  const SmWindowBook *book = rules->windows;

  for (guint i = 0; book->n_open > 0 && i < book->live->len; i++)
    if (covers (rules, book->live->pdata[i], noun, id, operator_id, area_id))
      return TRUE;
  return FALSE;
}

/** sm_windows_is_quiet: Likewise, but only of one by which silence is expected. */
gboolean
sm_windows_is_quiet (SmRules  *rules,
                     SmNounId  noun,
                     gint64    id,
                     gint64    operator_id,
                     gint64    area_id)
{
  const SmWindowBook *book = rules->windows;

  for (guint i = 0; book->n_open > 0 && i < book->live->len; i++)
    {
      const SmRow *window = book->live->pdata[i];
      guint suppresses = sm_row_get_enum (window, SM_WINDOW_SUPPRESSES);

      if ((suppresses == SM_WINDOW_SUPPRESSES_ALL || suppresses == SM_WINDOW_SUPPRESSES_SILENCE)
          && covers (rules, window, noun, id, operator_id, area_id))
        return TRUE;
    }
  return FALSE;
}

/* --- that one overran --- */

/** sm_windows_restore: Its alarm is open. */
void
sm_windows_restore (SmRules *rules,
                    gint64   window_id)
{
  g_hash_table_add (rules->windows->raised, g_memdup2 (&window_id, sizeof window_id));
}

static void
set_alarm (SmRules  *rules,
           gint64    window_id,
           gboolean  is_raised)
{
  sm_limits_add_event (rules->limits, sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW), window_id, OVERRAN,
                       sm_fault_code_find (OVERRAN)->level, is_raised, sm_rules_now (rules));
}

static gboolean
has_overrun (const SmWindowBook *book,
             gint64              window_id)
{
  for (guint i = 0; i < book->live->len; i++)
    if (sm_row_get_id (book->live->pdata[i]) == window_id)
      return sm_row_get_enum (book->live->pdata[i], SM_WINDOW_STATE) == SM_WINDOW_STATE_OVERRAN;
  return FALSE;
}

/* Goes from what has been raised to what shall be. */
static void
set_alarms (SmRules *rules)
{
  SmWindowBook *book = rules->windows;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, book->raised);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!has_overrun (book, *(gint64 *) id))
      {
        set_alarm (rules, *(gint64 *) id, FALSE);
        g_hash_table_iter_remove (&iter);
      }
  for (guint i = 0; i < book->live->len; i++)
    {
      gint64 window_id = sm_row_get_id (book->live->pdata[i]);

      if (!has_overrun (book, window_id) || g_hash_table_contains (book->raised, &window_id))
        continue;
      set_alarm (rules, window_id, TRUE);
      sm_windows_restore (rules, window_id);
    }
}

/* --- time --- */

static gboolean
put_step (SmRules      *rules,
          SmRow        *window,
          const SmRow  *before,
          const char   *act,
          GError      **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("service");
  g_autofree char *object = g_strdup_printf ("maintenance_window/%" G_GINT64_FORMAT,
                                             sm_row_get_id (window));

  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (sm_verb_put (rules, window, before, error)
      && sm_verb_audit (rules, system, act, object, "done", before, window, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}

/* Which step time has it take: as many as are due, one with each tick. */
static const char *
take_step (SmRow  *window,
           gint64  now)
{
  gboolean is_approved = !sm_row_is_null (window, SM_WINDOW_APPROVED_AT);
  gboolean is_up = sm_row_get_int (window, SM_WINDOW_ENDS_AT) <= now;
  guint state = sm_row_get_enum (window, SM_WINDOW_STATE);

  if (state == SM_WINDOW_STATE_PLANNED && is_approved
      && sm_row_get_int (window, SM_WINDOW_STARTS_AT) <= now)
    {
      sm_row_set_text (window, SM_WINDOW_STATE, sm_window_states[SM_WINDOW_STATE_OPEN]);
      sm_row_set_int (window, SM_WINDOW_OPENED_AT, now);
      return "window.open";
    }
  if (state == SM_WINDOW_STATE_PLANNED && !is_approved && is_up)
    {
      sm_row_set_text (window, SM_WINDOW_STATE, sm_window_states[SM_WINDOW_STATE_CANCELLED]);
      sm_row_set_int (window, SM_WINDOW_ENDED_AT, now);
      return "window.lapse";
    }
  if (state != SM_WINDOW_STATE_OPEN || !is_up)
    return NULL;
  sm_row_set_text (window, SM_WINDOW_STATE, sm_window_states[SM_WINDOW_STATE_OVERRAN]);
  return "window.overrun";
}

/** sm_windows_tick: Opens those whose time has come; those whose time is up have overrun. */
gboolean
sm_windows_tick (SmRules  *rules,
                 GError  **error)
{
  gint64 now = sm_rules_now (rules);

  if (!sm_windows_refresh (rules, error))
    return FALSE;
  for (guint i = 0; i < rules->windows->live->len; i++)
    {
      const SmRow *before = rules->windows->live->pdata[i];
      g_autoptr (SmRow) window = sm_row_copy (before);
      const char *act = take_step (window, now);

      if (act == NULL)
        continue;
      if (!put_step (rules, window, before, act, error))
        return FALSE;
    }
  if (!sm_windows_refresh (rules, error))
    return FALSE;
  set_alarms (rules);
  return sm_suppress_tick (rules, error);
}
