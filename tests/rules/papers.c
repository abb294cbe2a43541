/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "papers.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

Papers *
papers_new (void)
{
  Papers *w = g_new0 (Papers, 1);
  SmRow *engineer = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

  w->trade = trade_new ();
  w->f = w->trade->fixture;
  w->mia = fixture_make_person (1, "manager", SM_SCOPE_ALL, 0);
  w->max = fixture_make_person (2, "manager", SM_SCOPE_ALL, 0);
  w->ed = fixture_make_person (3, "engineer", SM_SCOPE_ALL, 0);
  w->walt = fixture_make_person (4, "wall", SM_SCOPE_ALL, 0);
  sm_row_set_text (engineer, SM_ENGINEER_NAME, "Eddy");
  w->eddy = fixture_fill (w->f, engineer);
  w->now = sm_clock_now (w->f->network);
  return w;
}

void
papers_free (Papers *w)
{
  sm_actor_unref (w->mia);
  sm_actor_unref (w->max);
  sm_actor_unref (w->ed);
  sm_actor_unref (w->walt);
  trade_free (w->trade);
  g_free (w);
}

/* --- doing --- */

gpointer
papers_do_create (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const PapersDoing *doing = data;

  return sm_papers_create (rules, doing->actor, doing->key, &doing->wish, error);
}

gpointer
papers_do_change (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const PapersDoing *doing = data;

  return sm_papers_change (rules, doing->actor, doing->key, doing->id, doing->seen_seq,
                           &doing->wish, NULL, error);
}

gpointer
papers_do_remove (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const PapersDoing *doing = data;

  return sm_papers_remove (rules, doing->actor, doing->key, doing->noun, doing->id,
                           doing->seen_seq, NULL, error);
}

void
papers_say_text (SmPaperWish *wish, guint field, const char *text)
{
  sm_row_set_text (wish->row, field, text);
  wish->said |= G_GUINT64_CONSTANT (1) << field;
}

void
papers_say_int (SmPaperWish *wish, guint field, gint64 value)
{
  sm_row_set_int (wish->row, field, value);
  wish->said |= G_GUINT64_CONSTANT (1) << field;
}

SmPaperWish
papers_wish (SmNounId noun)
{
  return (SmPaperWish){ sm_row_new (sm_noun_get (noun)), 0 };
}

/* @id: 0: something new.  Takes the row of @wish. */
static SmRow *
try (Papers *w, SmActor *actor, gint64 id, SmPaperWish wish, GError **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  PapersDoing doing = { actor, key, id, SM_UNKNOWN, wish, SM_N_NOUNS };
  SmRulesFunc func = id == 0 ? papers_do_create : papers_do_change;
  SmRow *row = sm_rules_run_sync (w->f->rules, func, &doing, error);

  sm_row_unref (wish.row);
  return row;
}

SmRow *
papers_done (Papers *w, SmActor *actor, gint64 id, SmPaperWish wish)
{
  g_autoptr (GError) error = NULL;
  SmRow *row = try (w, actor, id, wish, &error);

  g_assert_no_error (error);
  return row;
}

void
papers_assert_refused (Papers *w, SmActor *actor, gint64 id, SmPaperWish wish, const char *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = try (w, actor, id, wish, &error);

  g_assert_null (row);
  g_assert_nonnull (error);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
}

/* Returns: (transfer full) (nullable): it is gone */
SmRow *
papers_remove (Papers *w, SmActor *actor, SmNounId noun, gint64 id, GError **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  PapersDoing doing = { .actor = actor, .key = key, .id = id, .seen_seq = SM_UNKNOWN,
                        .noun = noun };

  return sm_rules_run_sync (w->f->rules, papers_do_remove, &doing, error);
}

static gpointer
read_rows (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_service_list (sm_rules_get_connection (rules),
                          sm_noun_get ((SmNounId) GPOINTER_TO_UINT (data)),
                          &(SmScope){ SM_SCOPE_ALL }, -1, NULL, 0, 100, error);
}

GPtrArray *
papers_list (Papers *w, SmNounId noun)
{
  GPtrArray *rows
      = sm_rules_run_sync (w->f->rules, read_rows, GUINT_TO_POINTER (noun), NULL);

  g_assert_nonnull (rows);
  return rows;
}
