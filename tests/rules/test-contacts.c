/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "papers.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-tell-table.h"
#include "sm-tell.h"

#include <string.h>

/* Where persons are reached, as they are written down while the service runs. */

static SmPaperWish
contact_of (const char *person, const char *sms)
{
  SmPaperWish wish = papers_wish (SM_NOUN_CONTACT);

  papers_say_text (&wish, SM_CONTACT_PERSON, person);
  papers_say_text (&wish, SM_CONTACT_LANGUAGE, "zh-CN");
  papers_say_text (&wish, SM_CONTACT_SMS, sms);
  return wish;
}

static gpointer
do_ask (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const SmTellPerson *person = sm_tell_settings_find (rules->telling, data);

  return person != NULL ? g_strdup (person->addresses[SM_TELL_SMS]) : NULL;
}

static void
assert_reached (Papers *w, const char *person, const char *where)
{
  g_autofree char *is = sm_rules_run_sync (w->f->rules, do_ask, (gpointer) person, NULL);

  g_assert_cmpstr (is, ==, where);
}

/* What is written down holds at once, over the file; nobody reads it whole again. */
static void
test_contact (void)
{
  g_autoptr (Papers) w = papers_new ();
  SmPaperWish same = papers_wish (SM_NOUN_CONTACT), other = papers_wish (SM_NOUN_CONTACT);
  g_autoptr (SmRow) noted = NULL;
  g_autoptr (SmRow) gone = NULL;
  gint64 id;

  sm_tell_set_settings (w->f->rules,
                        sm_tell_settings_parse ("[person li]\nsms=+86 138 0000 0001\n", "/", NULL));
  assert_reached (w, "li", "+86 138 0000 0001");
  papers_assert_refused (w, w->ed, 0, contact_of ("li", "+86 138 0000 0002"), "permission-missing");
  papers_assert_refused (w, w->mia, 0, contact_of ("li", "call me"), "invalid");
  noted = papers_done (w, w->mia, 0, contact_of ("li", "+86 138 0000 0002"));
  id = sm_row_get_id (noted);
  g_assert_null (strstr (sm_row_get_text (noted, SM_CONTACT_SMS), "0000"));
  assert_reached (w, "li", "+86 138 0000 0002");
  papers_assert_refused (w, w->mia, 0, contact_of ("li", "+86 138 0000 0003"), "invalid");
  papers_say_text (&same, SM_CONTACT_SMS, sm_row_get_text (noted, SM_CONTACT_SMS));
  sm_row_unref (papers_done (w, w->mia, id, same));
  assert_reached (w, "li", "+86 138 0000 0002");
  papers_say_text (&other, SM_CONTACT_SMS, "+86 138 0000 0004");
  sm_row_unref (papers_done (w, w->mia, id, other));
  assert_reached (w, "li", "+86 138 0000 0004");
  gone = papers_remove (w, w->mia, SM_NOUN_CONTACT, id, NULL);
  g_assert_nonnull (gone);
  assert_reached (w, "li", "+86 138 0000 0001");
}

/* Who answers for an area has its people told elsewhere, and nobody else's: not by writing it
 * anew, and neither by a change nor a removal of what somebody else wrote. */
static void
test_contact_of_others (void)
{
  g_autoptr (Papers) w = papers_new ();
  g_autoptr (SmActor) here = fixture_add_person (w->f, "here", "manager", SM_SCOPE_AREAS, 1);
  g_autoptr (SmActor) mate = fixture_add_person (w->f, "mate", "manager", SM_SCOPE_AREAS, 1);
  g_autoptr (SmActor) there = fixture_add_person (w->f, "there", "manager", SM_SCOPE_AREAS, 2);
  g_autoptr (SmActor) whole = fixture_add_person (w->f, "whole", "manager", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) company = fixture_add_person (w->f, "company", "manager",
                                                    SM_SCOPE_OPERATOR, 1);
  SmPaperWish mine = papers_wish (SM_NOUN_CONTACT);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) noted = NULL;

  sm_tell_set_settings (w->f->rules, sm_tell_settings_parse ("", "/", NULL));
  papers_assert_refused (w, here, 0, contact_of ("there", "+86 138 0000 0002"), "invalid");
  papers_assert_refused (w, here, 0, contact_of ("whole", "+86 138 0000 0002"), "invalid");
  papers_assert_refused (w, here, 0, contact_of ("nobody", "+86 138 0000 0002"), "invalid");
  sm_row_unref (papers_done (w, here, 0, contact_of ("MATE", "+86 138 0000 0002")));
  assert_reached (w, "mate", "+86 138 0000 0002");
  noted = papers_done (w, whole, 0, contact_of ("whole", "+86 138 0000 0003"));
  papers_say_text (&mine, SM_CONTACT_SMS, "+86 138 0000 0004");
  papers_assert_refused (w, company, sm_row_get_id (noted), mine, "invalid");
  g_assert_null (papers_remove (w, company, SM_NOUN_CONTACT, sm_row_get_id (noted), &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "invalid");
  assert_reached (w, "whole", "+86 138 0000 0003");
}

static gpointer
do_find_address (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_tell_address_find (sm_rules_get_connection (rules), *(gint64 *) data, "sms", error);
}

/* An address that is taken out is nowhere any more, and nobody is told there. */
static void
test_address_goes (void)
{
  g_autoptr (Papers) w = papers_new ();
  SmPaperWish without = papers_wish (SM_NOUN_CONTACT);
  g_autofree char *before = NULL, *after = NULL;
  gint64 id;

  sm_tell_set_settings (w->f->rules, sm_tell_settings_parse ("", "/", NULL));
  {
    g_autoptr (SmRow) noted = papers_done (w, w->mia, 0, contact_of ("li", "+86 138 0000 0002"));

    id = sm_row_get_id (noted);
  }
  before = sm_rules_run_sync (w->f->rules, do_find_address, &id, NULL);
  g_assert_cmpstr (before, ==, "+86 138 0000 0002");
  without.said = G_GUINT64_CONSTANT (1) << SM_CONTACT_SMS;
  sm_row_unref (papers_done (w, w->mia, id, without));
  after = sm_rules_run_sync (w->f->rules, do_find_address, &id, NULL);
  g_assert_null (after);
  assert_reached (w, "li", NULL);
}

/* All of it is written, and then the disk does not take it: as a commit that fails. */
static gpointer
do_change_for_nothing (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const PapersDoing *doing = data;
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autoptr (SmRow) row = NULL;
  g_autoptr (SmRow) gone = NULL;
  gboolean removes = doing->wish.row == NULL, is_committed;

  g_assert_true (sm_connection_exec (connection,
                                     "CREATE TABLE IF NOT EXISTS parent (id INTEGER PRIMARY KEY);"
                                     "CREATE TABLE IF NOT EXISTS child (parent_id INTEGER REFERENCES"
                                     " parent (id) DEFERRABLE INITIALLY DEFERRED);"
                                     "PRAGMA foreign_keys = ON", error));
  g_assert_true (sm_rules_begin (rules, error));
  if (removes)
    gone = papers_do_remove (rules, data, cancellable, error);
  else
    row = doing->id != 0 ? papers_do_change (rules, data, cancellable, error)
                         : papers_do_create (rules, data, cancellable, error);
  g_assert_true (row != NULL || gone != NULL);
  g_assert_true (sm_connection_exec (connection, "INSERT INTO child VALUES (7)", error));
  is_committed = sm_rules_commit (rules, NULL);
  g_assert_true (sm_connection_exec (connection, "PRAGMA foreign_keys = OFF", error));
  g_assert_false (is_committed);
  return NULL;
}

static void
fail (Papers *w, gint64 id, SmPaperWish wish)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  PapersDoing doing = { .actor = w->mia, .key = key, .id = id, .seen_seq = SM_UNKNOWN, .wish = wish,
                        .noun = SM_NOUN_CONTACT };
  g_autoptr (GError) error = NULL;

  sm_rules_run_sync (w->f->rules, do_change_for_nothing, &doing, &error);
  g_assert_no_error (error);
  g_clear_pointer (&doing.wish.row, sm_row_unref);
}

/* Nobody is told at an address that was not kept, nor not told at one that was. */
static void
test_address_not_kept (void)
{
  g_autoptr (Papers) w = papers_new ();
  SmPaperWish other = papers_wish (SM_NOUN_CONTACT);
  gint64 id;

  sm_tell_set_settings (w->f->rules,
                        sm_tell_settings_parse ("[person li]\nsms=+86 138 0000 0001\n", "/", NULL));
  fail (w, 0, contact_of ("li", "+86 138 0000 0002"));
  assert_reached (w, "li", "+86 138 0000 0001");
  {
    g_autoptr (SmRow) noted = papers_done (w, w->mia, 0, contact_of ("li", "+86 138 0000 0003"));

    id = sm_row_get_id (noted);
  }
  papers_say_text (&other, SM_CONTACT_SMS, "+86 138 0000 0004");
  fail (w, id, other);
  assert_reached (w, "li", "+86 138 0000 0003");
  fail (w, id, (SmPaperWish){ 0 });
  assert_reached (w, "li", "+86 138 0000 0003");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/papers/contact", test_contact);
  g_test_add_func ("/rules/papers/contact-of-others", test_contact_of_others);
  g_test_add_func ("/rules/papers/address-goes", test_address_goes);
  g_test_add_func ("/rules/papers/address-not-kept", test_address_not_kept);
  return g_test_run ();
}
