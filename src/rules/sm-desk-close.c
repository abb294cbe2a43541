/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-desks-private.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <string.h>

/* Closing a desk for good: what it looked after is another one's in the same transaction. */

#define MAX_REASON 500
#define PAGE 500

static gboolean
check (const SmVerb  *verb,
       const SmRow   *desk,
       const char    *reason,
       GError       **error)
{
  SmDeskBook *book = sm_desk_book_get (verb->rules, error);
  const SmRow *main_desk
      = book != NULL ? sm_desks_get_main (book->desks, sm_row_get_int (desk, SM_ROW_OPERATOR_ID))
                     : NULL;
  const char *holder = sm_row_get_text (desk, SM_DESK_HOLDER);

  if (book == NULL)
    return FALSE;
  if (reason == NULL || *reason == '\0')
    return sm_desks_refuse (error, "reason-missing", "/reason", NULL);
  if (strlen (reason) > MAX_REASON || !g_utf8_validate (reason, -1, NULL))
    return sm_error_refuse_field (error, "/reason", "too-long");
  if (main_desk != NULL && sm_row_get_id (main_desk) == sm_row_get_id (desk))
    return sm_desks_refuse (error, "desk-main", "/id", NULL);
  /* Nobody is sent away from where they sit: they leave it, or hand it over. */
  if (sm_desk_is_manned (desk) && g_strcmp0 (holder, verb->actor->name) != 0)
    return sm_desks_refuse (error, "desk-held", "/id", holder);
  return TRUE;
}

/* Whoever was covered by it is covered by whoever covers it. */
static gboolean
hand_on_cover (const SmVerb  *verb,
               const SmRow   *desk,
               GError       **error)
{
  g_autoptr (GPtrArray) desks = NULL;
  SmDeskBook *book = sm_desk_book_get (verb->rules, error);

  if (book == NULL)
    return FALSE;
  /* Each that is written begins the book anew. */
  desks = g_ptr_array_ref (book->desks);
  for (guint i = 0; i < desks->len; i++)
    {
      const SmRow *other = desks->pdata[i];
      g_autoptr (SmRow) after = sm_row_copy (other);

      if (sm_row_is_null (other, SM_DESK_COVER_DESK_ID)
          || sm_row_get_int (other, SM_DESK_COVER_DESK_ID) != sm_row_get_id (desk))
        continue;
      sm_row_copy_field (after, desk, SM_DESK_COVER_DESK_ID);
      if (!sm_row_is_null (after, SM_DESK_COVER_DESK_ID)
          && sm_row_get_int (after, SM_DESK_COVER_DESK_ID) == sm_row_get_id (other))
        sm_row_set_null (after, SM_DESK_COVER_DESK_ID);
      if (!sm_verb_put (verb->rules, after, other, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
empty_roster (const SmVerb  *verb,
              GError       **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, verb->id);
  guint n;

  do
    {
      g_autoptr (GPtrArray) entries = sm_service_list (
          sm_rules_get_connection (verb->rules), sm_noun_get (SM_NOUN_ROSTER_ENTRY), all,
          SM_ROSTER_ENTRY_DESK_ID, id, 0, PAGE, error);

      if (entries == NULL)
        return FALSE;
      n = entries->len;
      for (guint i = 0; i < n; i++)
        if (!sm_verb_remove (verb->rules, entries->pdata[i], error))
          return FALSE;
    }
  while (n == PAGE);
  return TRUE;
}

/* At once, and not page by page as when a desk is changed: an alarm of a desk that is
 * not there would be nobody's meanwhile. */
static gboolean
give_away_alarms (const SmVerb  *verb,
                  GError       **error)
{
  g_autoptr (GPtrArray) open = sm_service_list_open_of_desk (
      sm_rules_get_connection (verb->rules), verb->id, error);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    {
      g_autoptr (SmRow) alarm = sm_row_copy (open->pdata[i]);

      if (!sm_desks_assign (verb->rules, alarm, error)
          || !sm_verb_put (verb->rules, alarm, open->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

static SmRow *
close_desk (const SmVerb   *verb,
            gconstpointer   data,
            SmRow          *before,
            GError        **error)
{
  if (!check (verb, before, data, error)
      || !sm_handovers_drop_open (verb->rules, verb->actor, verb->id, 0, error)
      || !hand_on_cover (verb, before, error) || !empty_roster (verb, error)
      || !sm_verb_remove (verb->rules, before, error) || !give_away_alarms (verb, error)
      || !sm_verb_tell_why (verb, data, before, NULL, error)
      || !sm_desks_settle (verb->rules, error))
    return NULL;
  return sm_row_ref (before);
}

/**
 * sm_desks_close:
 * @reason: why, which stays in the audit
 *
 * Its alarms are those of whichever desk looks after them now, from the same moment on.
 * The main desk stays, and so does one at which somebody else sits.
 *
 * Returns: (transfer full) (nullable): what it was
 */
SmRow *
sm_desks_close (SmRules     *rules,
                SmActor     *actor,
                const char  *idempotency_key,
                gint64       desk_id,
                const char  *reason,
                GError     **error)
{
  g_autofree char *request = g_strdup_printf ("desk.close %" G_GINT64_FORMAT " %s", desk_id,
                                              reason != NULL ? reason : "");
  SmVerb verb = { rules, actor, "desk.manage", sm_noun_get (SM_NOUN_DESK), desk_id,
                  idempotency_key, request };

  return sm_verb_run (&verb, close_desk, reason, error);
}
