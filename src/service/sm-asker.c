/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"

#include <string.h>

#include "sm-error.h"
#include "sm-paths.h"

/**
 * sm_asker_key:
 *
 * Returns: (transfer full): the same for all who may see the same things, so
 *   that they can share an answer
 */
char *
sm_asker_key (const SmActor *actor)
{
  g_autofree char *ids = sm_scope_to_parameter (actor->scope);

  /* access_rev stands in cursors, so two may share only when theirs is equal. */
  return g_strdup_printf ("%s %s %s %" G_GINT64_FORMAT, actor->role,
                          sm_scope_kind_name (actor->scope->kind), ids, actor->access_rev);
}

/** sm_asker_wait: How long a poll may be held; more than we hold is no error. */
gboolean
sm_asker_wait (SmExchange  *exchange,
               guint       *out_wait_s,
               GError     **error)
{
  gint64 wait_s;

  if (!sm_exchange_get_query_int (exchange, SM_QUERY_WAIT, 0, 3600, 0, &wait_s, error))
    return FALSE;
  *out_wait_s = sm_exchange_is_head (exchange) ? 0 : (guint) MIN (wait_s, SM_POLL_WAIT_S);
  return TRUE;
}

/** sm_asker_may_read: Whether @actor may see things of this kind at all. */
gboolean
sm_asker_may_read (const SmActor  *actor,
                   const SmNoun   *noun,
                   GError        **error)
{
  return sm_actor_require (actor, sm_noun_read_permission (noun), error);
}

/** sm_asker_if_match: Which state of the item the asker saw; needed for a change. */
gboolean
sm_asker_if_match (SmExchange  *exchange,
                   gint64      *out_seq,
                   GError     **error)
{
  const char *etag = sm_exchange_get_header (exchange, SM_HEADER_IF_MATCH);

  if (etag != NULL && sm_etag_parse (etag, out_seq))
    return TRUE;
  sm_set_error (error, SM_ERROR_MALFORMED, etag == NULL ? "if-match-missing" : "if-match-malformed",
                "A change needs If-Match with the ETag of what was seen");
  return FALSE;
}

/** sm_asker_bad_query: Returns: FALSE, and says that it cannot be asked for by @name this way */
gboolean
sm_asker_bad_query (const char  *name,
                    const char  *slug,
                    GError     **error)
{
  g_autoptr (GError) bad = NULL;

  sm_set_error (&bad, SM_ERROR_MALFORMED, slug, "It cannot be asked for by %s this way", name);
  sm_error_set_param (bad, "name", name);
  g_propagate_error (error, g_steal_pointer (&bad));
  return FALSE;
}

/**
 * sm_asker_only_members:
 *
 * Refuses a patch of fields that we know but that cannot be changed this way:
 * an answer of success would say that they were.
 */
gboolean
sm_asker_only_members (JsonObject         *object,
                       const SmNoun       *noun,
                       const char *const  *allowed,
                       GError            **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      g_autofree char *pointer = g_strconcat ("/", l->data, NULL);

      if (g_strv_contains (allowed, l->data) ||
          sm_noun_find_field (noun, l->data, strlen (l->data)) < 0)
        continue;
      if (problem == NULL)
        sm_set_error (&problem, SM_ERROR_INVALID, "field-not-changeable",
                      "%s of a %s cannot be changed", (char *) l->data, noun->name);
      sm_error_add_field (problem, pointer, "field-not-changeable");
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * sm_asker_refuse:
 * @problem: (transfer full): why a verb failed
 * @current: (nullable): what the thing is now
 *
 * Returns: (transfer full) (nullable): the answer that carries @current, or
 *   NULL with @error set when there is none
 */
SmAnswer *
sm_asker_refuse (GError       *problem,
                 const SmRow  *current,
                 GError      **error)
{
  SmAnswer *answer;

  if (current == NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  answer = sm_answer_new_problem (problem, current);
  answer->etag = sm_etag_format (sm_row_get_int (current, SM_ROW_SEQ));
  g_error_free (problem);
  return answer;
}
