/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-desk.h"

#include <string.h>

/* Areas lie in one another so deep at most. */
#define MAX_DEPTH 12

void
sm_sitter_free (SmSitter *self)
{
  g_free (self->name);
  g_free (self->display_name);
  g_free (self->role);
  g_free (self);
}

/** sm_desk_lists: Whether @list, of words with blanks between them, has @word; null has all. */
gboolean
sm_desk_lists (const char *list,
               const char *word)
{
  gsize length = strlen (word);

  if (list == NULL)
    return TRUE;
  for (const char *at = list; (at = strstr (at, word)) != NULL; at += length)
    if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

/** sm_desks_get: Returns: (transfer none) (nullable): the one with that id */
const SmRow *
sm_desks_get (const GPtrArray *desks,
              gint64           id)
{
  for (guint i = 0; i < desks->len; i++)
    if (sm_row_get_id (desks->pdata[i]) == id)
      return desks->pdata[i];
  return NULL;
}

static gint64
operator_of (const SmRow *row)
{
  return sm_row_get_int (row, SM_ROW_OPERATOR_ID);
}

/** sm_desks_get_main: Returns: (transfer none) (nullable): an operator's first one, which takes what no other does */
const SmRow *
sm_desks_get_main (const GPtrArray *desks,
                   gint64           operator_id)
{
  const SmRow *main_desk = NULL;

  for (guint i = 0; i < desks->len; i++)
    if (operator_of (desks->pdata[i]) == operator_id
        && (main_desk == NULL || sm_row_get_id (desks->pdata[i]) < sm_row_get_id (main_desk)))
      main_desk = desks->pdata[i];
  return main_desk;
}

/* Returns: how closely the areas of @desk fit: more is closer, 0 is everywhere, -1 not at all */
static int
rank_area (const SmRow      *desk,
           const SmRow      *alarm,
           SmAreaParentFunc  parent,
           gpointer          user_data)
{
  const char *areas = sm_row_get_text (desk, SM_DESK_AREA_IDS);
  gint64 area = sm_row_is_null (alarm, SM_ROW_AREA_ID) ? SM_UNKNOWN
                                                        : sm_row_get_int (alarm, SM_ROW_AREA_ID);

  if (areas == NULL)
    return 0;
  for (int depth = 0; depth < MAX_DEPTH && area != SM_UNKNOWN; depth++)
    {
      char digits[32];

      g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, area);
      if (sm_desk_lists (areas, digits))
        return MAX_DEPTH - depth;
      area = parent (area, user_data);
    }
  return -1;
}

static int
rank (const SmRow      *desk,
      const SmRow      *alarm,
      SmAreaParentFunc  parent,
      gpointer          user_data)
{
  const char *kinds = sm_row_get_text (desk, SM_DESK_KINDS);
  const char *levels = sm_row_get_text (desk, SM_DESK_LEVELS);
  const char *kind = sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN);
  char level[32];
  int area;

  g_snprintf (level, sizeof level, "%" G_GINT64_FORMAT, sm_row_get_int (alarm, SM_ALARM_LEVEL));
  if (!sm_desk_lists (kinds, kind != NULL ? kind : "") || !sm_desk_lists (levels, level))
    return -1;
  area = rank_area (desk, alarm, parent, user_data);
  return area < 0 ? -1 : area * 4 + (kinds != NULL ? 2 : 0) + (levels != NULL ? 1 : 0);
}

/**
 * sm_desks_find_for:
 * @desks: of SmRow
 *
 * Returns: (transfer none) (nullable): the desk that looks most closely after what
 *   @alarm is of; where none does the main desk; NULL when its operator has no desks:
 *   another's people have nothing to do with it
 */
const SmRow *
sm_desks_find_for (const GPtrArray  *desks,
                   const SmRow      *alarm,
                   SmAreaParentFunc  parent,
                   gpointer          user_data)
{
  const SmRow *found = NULL;
  int best = -1;

  for (guint i = 0; i < desks->len; i++)
    {
      const SmRow *desk = desks->pdata[i];
      int fits = operator_of (desk) == operator_of (alarm)
                     ? rank (desk, alarm, parent, user_data)
                     : -1;

      if (fits > best
          || (fits >= 0 && fits == best && sm_row_get_id (desk) < sm_row_get_id (found)))
        {
          best = fits;
          found = desk;
        }
    }
  return found != NULL ? found : sm_desks_get_main (desks, operator_of (alarm));
}

/** sm_desk_is_manned: Whether who took it over sits there. */
gboolean
sm_desk_is_manned (const SmRow *desk)
{
  return !sm_row_is_null (desk, SM_DESK_HOLDER) && sm_row_is_null (desk, SM_DESK_AWAY_SINCE);
}

typedef struct
{
  const GPtrArray *desks;
  const GPtrArray *roster;
  gint64 now;
  SmMayAnswerFunc may;
  gpointer user_data;
} Asked;

static const char *
if_may (const Asked *asked,
        const char  *person)
{
  return person != NULL && asked->may (person, asked->user_data) ? person : NULL;
}

static const char *
sitting_at (const Asked *asked,
            const SmRow *desk)
{
  return sm_desk_is_manned (desk) ? if_may (asked, sm_row_get_text (desk, SM_DESK_HOLDER)) : NULL;
}

/* Whoever covers may be away too; a ring of desks that cover each other has an end. */
static const char *
covering (const Asked *asked,
          const SmRow *desk)
{
  const SmRow *next = desk;

  for (guint i = 0; i < asked->desks->len && !sm_row_is_null (next, SM_DESK_COVER_DESK_ID); i++)
    {
      const char *person;

      next = sm_desks_get (asked->desks, sm_row_get_int (next, SM_DESK_COVER_DESK_ID));
      if (next == NULL || next == desk)
        break;
      person = sitting_at (asked, next);
      if (person != NULL)
        return person;
    }
  return NULL;
}

static gboolean
on_roster (const Asked *asked,
           const SmRow *desk,
           SmAnswering *out)
{
  for (guint i = 0; i < asked->roster->len; i++)
    {
      const SmRow *entry = asked->roster->pdata[i];
      const guint fields[] = { SM_ROSTER_ENTRY_PERSON, SM_ROSTER_ENTRY_NEXT_IN_LINE };

      if (sm_row_get_int (entry, SM_ROSTER_ENTRY_DESK_ID) != sm_row_get_id (desk)
          || sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT) > asked->now
          || sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT) <= asked->now)
        continue;
      for (guint n = 0; n < G_N_ELEMENTS (fields); n++)
        {
          out->person = if_may (asked, sm_row_get_text (entry, fields[n]));
          out->as = n == 0 ? SM_ANSWERS_AS_ROSTER : SM_ANSWERS_AS_NEXT_IN_LINE;
          if (out->person != NULL)
            return TRUE;
        }
    }
  return FALSE;
}

/* Whoever took a desk over has its alarms until somebody else has signed for them; away,
 * whoever covers it sees to them meanwhile. */
static gboolean
of_desk (const Asked *asked,
         const SmRow *desk,
         SmAnswering *out)
{
  out->as = SM_ANSWERS_AS_HOLDER;
  out->person = sitting_at (asked, desk);
  if (out->person != NULL)
    return TRUE;
  out->as = SM_ANSWERS_AS_COVER;
  out->person = covering (asked, desk);
  if (out->person != NULL)
    return TRUE;
  out->as = SM_ANSWERS_AS_AWAY;
  out->person = if_may (asked, sm_row_get_text (desk, SM_DESK_HOLDER));
  return out->person != NULL || on_roster (asked, desk, out);
}

/**
 * sm_desks_answering:
 * @desks: of SmRow
 * @roster: of SmRow
 * @administrator: (nullable): who is there when nobody else is
 *
 * Returns: to whom the alarms of @desk belong at @now
 */
SmAnswering
sm_desks_answering (const GPtrArray *desks,
                    const GPtrArray *roster,
                    const SmRow     *desk,
                    gint64           now,
                    SmMayAnswerFunc  may,
                    gpointer         user_data,
                    const char      *administrator)
{
  const Asked asked = { desks, roster, now, may, user_data };
  const SmRow *main_desk = sm_desks_get_main (desks, operator_of (desk));
  SmAnswering found = { NULL, SM_ANSWERS_AS_HOLDER };

  if (of_desk (&asked, desk, &found))
    return found;
  if (main_desk != NULL && main_desk != desk && of_desk (&asked, main_desk, &found))
    {
      found.as = SM_ANSWERS_AS_MAIN;
      return found;
    }
  found.person = administrator;
  found.as = SM_ANSWERS_AS_ADMINISTRATOR;
  return found;
}

/* Returns: (nullable): the first of those that cover @desk at which somebody sits */
static const SmRow *
covered_by (const GPtrArray *desks,
            const SmRow     *desk)
{
  const SmRow *next = desk;

  for (guint i = 0; i < desks->len && !sm_row_is_null (next, SM_DESK_COVER_DESK_ID); i++)
    {
      next = sm_desks_get (desks, sm_row_get_int (next, SM_DESK_COVER_DESK_ID));
      if (next == NULL || next == desk)
        return NULL;
      if (sm_desk_is_manned (next))
        return next;
    }
  return NULL;
}

/**
 * sm_desk_looks_after:
 * @desks: of SmRow
 *
 * Whether who answers for @desk answers for @other too, and by that: because they cover
 * it, or because nobody is there and theirs is the main desk.
 */
gboolean
sm_desk_looks_after (const GPtrArray *desks,
                     const SmRow     *desk,
                     const SmRow     *other)
{
  const SmRow *by = NULL;

  if (g_strcmp0 (sm_row_get_text (other, SM_DESK_ANSWERS), sm_row_get_text (desk, SM_DESK_ANSWERS))
      != 0)
    return FALSE;
  switch (sm_row_get_enum (other, SM_DESK_ANSWERS_AS))
    {
    case SM_ANSWERS_AS_COVER:
      by = covered_by (desks, other);
      break;
    case SM_ANSWERS_AS_MAIN:
      by = sm_desks_get_main (desks, operator_of (other));
      break;
    default:
      return FALSE;
    }
  return by != NULL && sm_row_get_id (by) == sm_row_get_id (desk)
         && sm_row_get_id (other) != sm_row_get_id (desk);
}

/* --- the roster --- */

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  gint64 x = sm_row_get_int (*(const SmRow *const *) a, SM_ROSTER_ENTRY_FROM_AT);
  gint64 y = sm_row_get_int (*(const SmRow *const *) b, SM_ROSTER_ENTRY_FROM_AT);

  return (x > y) - (x < y);
}

/** sm_roster_find_gaps: Returns: (transfer full): of SmRosterGap: when @desk_id has nobody */
GArray *
sm_roster_find_gaps (const GPtrArray *roster,
                     gint64           desk_id,
                     gint64           from,
                     gint64           to)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (SmRosterGap));
  gint64 covered = from;

  for (guint i = 0; i < roster->len; i++)
    if (sm_row_get_int (roster->pdata[i], SM_ROSTER_ENTRY_DESK_ID) == desk_id)
      g_ptr_array_add (entries, roster->pdata[i]);
  g_ptr_array_sort (entries, compare_starts);
  for (guint i = 0; i < entries->len && covered < to; i++)
    {
      gint64 begins = MIN (sm_row_get_int (entries->pdata[i], SM_ROSTER_ENTRY_FROM_AT), to);
      gint64 ends = sm_row_get_int (entries->pdata[i], SM_ROSTER_ENTRY_TO_AT);

      if (begins > covered)
        g_array_append_val (gaps, ((SmRosterGap){ covered, begins }));
      covered = MAX (covered, MAX (begins, ends));
    }
  if (covered < to)
    g_array_append_val (gaps, ((SmRosterGap){ covered, to }));
  return gaps;
}

/** sm_roster_find_clash: Returns: (transfer none) (nullable): where the same person is at the same time */
const SmRow *
sm_roster_find_clash (const GPtrArray *roster,
                      const SmRow     *entry)
{
  const char *person = sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON);

  for (guint i = 0; i < roster->len; i++)
    {
      const SmRow *other = roster->pdata[i];

      if (!sm_row_is_null (entry, SM_ROW_ID) && sm_row_get_id (other) == sm_row_get_id (entry))
        continue;
      if (g_strcmp0 (sm_row_get_text (other, SM_ROSTER_ENTRY_PERSON), person) == 0
          && sm_row_get_int (other, SM_ROSTER_ENTRY_FROM_AT)
                 < sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT)
          && sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT)
                 < sm_row_get_int (other, SM_ROSTER_ENTRY_TO_AT))
        return other;
    }
  return NULL;
}
