/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

#include "sm-error.h"
#include "sm-papers.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-tell-table.h"
#include "sm-tell.h"
#include "sm-users.h"

#include <string.h>

/* Two stations, an engineer, and persons who may do various things. */
typedef struct
{
  Trade *trade;
  Fixture *f;
  SmActor *mia;  /* a manager: plans, judges */
  SmActor *max;  /* another */
  SmActor *ed;   /* an engineer: looks, and reports */
  SmActor *walt; /* the wall: only reads */
  gint64 eddy, now;
} World;

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);
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

static void
world_free (World *w)
{
  sm_actor_unref (w->mia);
  sm_actor_unref (w->max);
  sm_actor_unref (w->ed);
  sm_actor_unref (w->walt);
  trade_free (w->trade);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* --- doing --- */

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 id, seen_seq;
  SmPaperWish wish;
  SmNounId noun;
} Doing;

static gpointer
do_create (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;

  return sm_papers_create (rules, doing->actor, doing->key, &doing->wish, error);
}

static gpointer
do_change (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;

  return sm_papers_change (rules, doing->actor, doing->key, doing->id, doing->seen_seq,
                           &doing->wish, NULL, error);
}

static gpointer
do_remove (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;

  return sm_papers_remove (rules, doing->actor, doing->key, doing->noun, doing->id,
                           doing->seen_seq, NULL, error);
}

static void
say_text (SmPaperWish *wish, guint field, const char *text)
{
  sm_row_set_text (wish->row, field, text);
  wish->said |= G_GUINT64_CONSTANT (1) << field;
}

static void
say_int (SmPaperWish *wish, guint field, gint64 value)
{
  sm_row_set_int (wish->row, field, value);
  wish->said |= G_GUINT64_CONSTANT (1) << field;
}

static SmPaperWish
wish_new (SmNounId noun)
{
  return (SmPaperWish){ sm_row_new (sm_noun_get (noun)), 0 };
}

/* @id: 0: something new.  Takes the row of @wish. */
static SmRow *
try (World *w, SmActor *actor, gint64 id, SmPaperWish wish, GError **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { actor, key, id, SM_UNKNOWN, wish, SM_N_NOUNS };
  SmRow *row = sm_rules_run_sync (w->f->rules, id == 0 ? do_create : do_change, &doing, error);

  sm_row_unref (wish.row);
  return row;
}

static SmRow *
done (World *w, SmActor *actor, gint64 id, SmPaperWish wish)
{
  g_autoptr (GError) error = NULL;
  SmRow *row = try (w, actor, id, wish, &error);

  g_assert_no_error (error);
  return row;
}

static void
assert_refused (World *w, SmActor *actor, gint64 id, SmPaperWish wish, const char *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = try (w, actor, id, wish, &error);

  g_assert_null (row);
  g_assert_nonnull (error);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
}

static SmPaperWish
inspection_of (World *w, gint64 planned_at)
{
  SmPaperWish wish = wish_new (SM_NOUN_INSPECTION);

  say_int (&wish, SM_INSPECTION_STATION_ID, w->trade->stations[0]);
  say_text (&wish, SM_INSPECTION_TEMPLATE, "swap_station");
  say_int (&wish, SM_INSPECTION_PLANNED_AT, planned_at);
  return wish;
}

static SmPaperWish
scored (const char *last)
{
  SmPaperWish wish = wish_new (SM_NOUN_INSPECTION);

  for (guint s = 0; s + 1 < SM_INSPECTION_N_S; s++)
    say_text (&wish, SM_INSPECTION_SCORE_OF (s), "excellent");
  say_text (&wish, SM_INSPECTION_SAFETY_SCORE, last);
  return wish;
}

static SmPaperWish
with_state (SmNounId noun, guint field, const char *state)
{
  SmPaperWish wish = wish_new (noun);

  say_text (&wish, field, state);
  return wish;
}

#define CLOSE with_state (SM_NOUN_INSPECTION, SM_INSPECTION_STATE, "closed")

static gpointer
read_rows (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_service_list (sm_rules_get_connection (rules),
                          sm_noun_get ((SmNounId) GPOINTER_TO_UINT (data)),
                          &(SmScope){ SM_SCOPE_ALL }, -1, NULL, 0, 100, error);
}

static GPtrArray *
list (World *w, SmNounId noun)
{
  GPtrArray *rows
      = sm_rules_run_sync (w->f->rules, read_rows, GUINT_TO_POINTER (noun), NULL);

  g_assert_nonnull (rows);
  return rows;
}

/* --- inspections --- */

/* Planned, gone through, closed: what is poor becomes a work order with the inspector's words. */
static void
test_inspection (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) planned = done (w, w->mia, 0, inspection_of (w, w->now + SM_DAY));
  gint64 id = sm_row_get_id (planned);
  SmPaperWish note = wish_new (SM_NOUN_INSPECTION);
  g_autoptr (SmRow) looked = NULL;
  g_autoptr (SmRow) closed = NULL;
  g_autoptr (GPtrArray) orders = NULL;

  g_assert_cmpstr (sm_row_get_text (planned, SM_INSPECTION_NUMBER), ==, "IN000001");
  assert_refused (w, w->ed, id, CLOSE, "invalid");
  looked = done (w, w->ed, id, scored ("poor"));
  g_assert_cmpint (sm_row_get_int (looked, SM_INSPECTION_SCORE), ==, 87);
  assert_refused (w, w->ed, id, CLOSE, "invalid");
  say_text (&note, SM_INSPECTION_SAFETY_NOTE, "灭火器过期");
  sm_row_unref (done (w, w->ed, id, note));
  closed = done (w, w->ed, id, CLOSE);
  g_assert_cmpint (sm_row_get_int (closed, SM_INSPECTION_FINDINGS), ==, 1);
  g_assert_cmpstr (sm_row_get_text (closed, SM_INSPECTION_CLOSED_BY), ==, w->ed->name);
  orders = list (w, SM_NOUN_WORK_ORDER);
  g_assert_cmpuint (orders->len, ==, 1);
  g_assert_cmpstr (sm_row_get_text (orders->pdata[0], SM_WORK_ORDER_SUBJECT), ==, "灭火器过期");
  g_assert_cmpstr (sm_row_get_text (orders->pdata[0], SM_WORK_ORDER_DESCRIPTION), ==, "IN000001");
  g_assert_cmpint (sm_row_get_int (orders->pdata[0], SM_WORK_ORDER_STATION_ID), ==,
                   w->trade->stations[0]);
  g_assert_cmpint (sm_row_get_int (orders->pdata[0], SM_WORK_ORDER_LEVEL), ==, 2);
  assert_refused (w, w->ed, id, scored ("good"), "inspection-over");
}

static void
test_inspection_refused (void)
{
  g_autoptr (World) w = world_new ();
  SmPaperWish odd = inspection_of (w, w->now), off = CLOSE;
  g_autoptr (SmRow) planned = NULL;
  gint64 id;

  say_text (&odd, SM_INSPECTION_TEMPLATE, "seven_s");
  assert_refused (w, w->mia, 0, odd, "invalid");
  assert_refused (w, w->mia, 0, inspection_of (w, w->now + 400 * SM_DAY), "invalid");
  assert_refused (w, w->ed, 0, inspection_of (w, w->now), "permission-missing");
  planned = done (w, w->mia, 0, inspection_of (w, w->now));
  id = sm_row_get_id (planned);
  assert_refused (w, w->walt, id, scored ("good"), "permission-missing");
  assert_refused (w, w->ed, id, scored ("splendid"), "invalid");
  say_text (&off, SM_INSPECTION_STATE, "cancelled");
  say_text (&off, SM_INSPECTION_END_REASON, "rain");
  sm_row_ref (off.row);
  assert_refused (w, w->ed, id, off, "permission-missing");
  sm_row_unref (done (w, w->mia, id, off));
}

/* --- safety incidents --- */

static SmPaperWish
incident_of (World *w, gint64 happened_at)
{
  SmPaperWish wish = wish_new (SM_NOUN_SAFETY_INCIDENT);

  say_int (&wish, SM_INCIDENT_STATION_ID, w->trade->stations[0]);
  say_text (&wish, SM_INCIDENT_KIND, "near_miss");
  say_int (&wish, SM_INCIDENT_LEVEL, 2);
  say_int (&wish, SM_INCIDENT_HAPPENED_AT, happened_at);
  say_text (&wish, SM_INCIDENT_TEXT, "a hand between pack and rail");
  return wish;
}

#define CLOSE_INCIDENT with_state (SM_NOUN_SAFETY_INCIDENT, SM_INCIDENT_STATE, "closed")

static void
test_incident (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) told = done (w, w->mia, 0, incident_of (w, w->now - SM_HOUR));
  gint64 id = sm_row_get_id (told);
  SmPaperWish found = wish_new (SM_NOUN_SAFETY_INCIDENT);
  g_autofree char *object = g_strdup_printf ("safety_incident/%" G_GINT64_FORMAT, id);
  g_autoptr (SmRow) closed = NULL;

  /* Who looks for it in the audit finds who reported it. */
  g_assert_cmpuint (fixture_audit (w->f, object, "done"), ==, 1);
  assert_refused (w, w->ed, 0, incident_of (w, w->now + SM_HOUR), "invalid");
  assert_refused (w, w->max, id, CLOSE_INCIDENT, "invalid");
  say_text (&found, SM_INCIDENT_CAUSE, "no guard");
  say_text (&found, SM_INCIDENT_MEASURES, "a guard at every lane");
  sm_row_unref (done (w, w->mia, id, found));
  assert_refused (w, w->ed, id, CLOSE_INCIDENT, "permission-missing");
  assert_refused (w, w->mia, id, CLOSE_INCIDENT, "second-person-needed");
  closed = done (w, w->max, id, CLOSE_INCIDENT);
  g_assert_cmpstr (sm_row_get_text (closed, SM_INCIDENT_CLOSED_BY), ==, w->max->name);
  assert_refused (w, w->max, id, CLOSE_INCIDENT, "incident-over");
}

/* --- certificates --- */

static SmPaperWish
certificate_of (World *w, gint64 issued_on, gint64 expires_at)
{
  SmPaperWish wish = wish_new (SM_NOUN_CERTIFICATE);

  say_int (&wish, SM_CERTIFICATE_ENGINEER_ID, w->eddy);
  say_text (&wish, SM_CERTIFICATE_KIND, "high_voltage");
  say_int (&wish, SM_CERTIFICATE_ISSUED_ON, issued_on);
  say_int (&wish, SM_CERTIFICATE_EXPIRES_AT, expires_at);
  return wish;
}

static void
test_certificate (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) noted
      = done (w, w->mia, 0, certificate_of (w, w->now - SM_DAY, w->now + SM_DAY));
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autoptr (SmRow) renewed = NULL;
  g_autoptr (SmRow) gone = NULL;
  g_autoptr (GPtrArray) left = NULL;
  SmPaperWish later = wish_new (SM_NOUN_CERTIFICATE), never = wish_new (SM_NOUN_CERTIFICATE);
  Doing doing = { .actor = w->mia, .key = key, .id = sm_row_get_id (noted),
                  .seen_seq = SM_UNKNOWN, .noun = SM_NOUN_CERTIFICATE };

  assert_refused (w, w->ed, 0, certificate_of (w, w->now, w->now + SM_DAY), "permission-missing");
  assert_refused (w, w->mia, 0, certificate_of (w, w->now, w->now - SM_DAY), "invalid");
  say_int (&later, SM_CERTIFICATE_EXPIRES_AT, w->now + 99 * SM_DAY);
  renewed = done (w, w->mia, doing.id, later);
  g_assert_cmpint (sm_row_get_int (renewed, SM_CERTIFICATE_EXPIRES_AT), ==,
                   w->now + 99 * SM_DAY);
  never.said = G_GUINT64_CONSTANT (1) << SM_CERTIFICATE_EXPIRES_AT;
  assert_refused (w, w->mia, doing.id, never, "invalid");
  gone = sm_rules_run_sync (w->f->rules, do_remove, &doing, NULL);
  g_assert_nonnull (gone);
  left = list (w, SM_NOUN_CERTIFICATE);
  g_assert_cmpuint (left->len, ==, 0);
}

/* --- contacts --- */

static SmPaperWish
contact_of (const char *person, const char *sms)
{
  SmPaperWish wish = wish_new (SM_NOUN_CONTACT);

  say_text (&wish, SM_CONTACT_PERSON, person);
  say_text (&wish, SM_CONTACT_LANGUAGE, "zh-CN");
  say_text (&wish, SM_CONTACT_SMS, sms);
  return wish;
}

static gpointer
do_ask (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const SmTellPerson *person = sm_tell_settings_find (rules->telling, data);

  return person != NULL ? g_strdup (person->addresses[SM_TELL_SMS]) : NULL;
}

static void
assert_reached (World *w, const char *person, const char *where)
{
  g_autofree char *is = sm_rules_run_sync (w->f->rules, do_ask, (gpointer) person, NULL);

  g_assert_cmpstr (is, ==, where);
}

/* What is written down holds at once, over the file; nobody reads it whole again. */
static void
test_contact (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  SmPaperWish same = wish_new (SM_NOUN_CONTACT), other = wish_new (SM_NOUN_CONTACT);
  g_autoptr (SmRow) noted = NULL;
  g_autoptr (SmRow) gone = NULL;
  Doing doing = { .actor = w->mia, .key = key, .seen_seq = SM_UNKNOWN, .noun = SM_NOUN_CONTACT };

  sm_tell_set_settings (w->f->rules,
                        sm_tell_settings_parse ("[person li]\nsms=+86 138 0000 0001\n", "/", NULL));
  assert_reached (w, "li", "+86 138 0000 0001");
  assert_refused (w, w->ed, 0, contact_of ("li", "+86 138 0000 0002"), "permission-missing");
  assert_refused (w, w->mia, 0, contact_of ("li", "call me"), "invalid");
  noted = done (w, w->mia, 0, contact_of ("li", "+86 138 0000 0002"));
  doing.id = sm_row_get_id (noted);
  g_assert_null (strstr (sm_row_get_text (noted, SM_CONTACT_SMS), "0000"));
  assert_reached (w, "li", "+86 138 0000 0002");
  assert_refused (w, w->mia, 0, contact_of ("li", "+86 138 0000 0003"), "invalid");
  say_text (&same, SM_CONTACT_SMS, sm_row_get_text (noted, SM_CONTACT_SMS));
  sm_row_unref (done (w, w->mia, doing.id, same));
  assert_reached (w, "li", "+86 138 0000 0002");
  say_text (&other, SM_CONTACT_SMS, "+86 138 0000 0004");
  sm_row_unref (done (w, w->mia, doing.id, other));
  assert_reached (w, "li", "+86 138 0000 0004");
  gone = sm_rules_run_sync (w->f->rules, do_remove, &doing, NULL);
  g_assert_nonnull (gone);
  assert_reached (w, "li", "+86 138 0000 0001");
}

static SmActor *
add_manager (World *w, const char *name, SmScopeKind kind, gint64 key)
{
  g_autoptr (SmScope) scope = sm_scope_new (kind, &key, kind == SM_SCOPE_ALL ? 0 : 1);
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  sm_users_add (w->f->rules, w->f->system, name, NULL, "manager", scope, NULL, &id, &error);
  g_assert_no_error (error);
  return sm_actor_new (SM_ACTOR_PERSON, id, name, name, "manager", sm_scope_copy (scope), 1);
}

/* Who answers for an area has its people told elsewhere, and nobody else's: not by writing it
 * anew, and neither by a change nor a removal of what somebody else wrote. */
static void
test_contact_of_others (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) here = add_manager (w, "here", SM_SCOPE_AREAS, 1);
  g_autoptr (SmActor) mate = add_manager (w, "mate", SM_SCOPE_AREAS, 1);
  g_autoptr (SmActor) there = add_manager (w, "there", SM_SCOPE_AREAS, 2);
  g_autoptr (SmActor) whole = add_manager (w, "whole", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) company = add_manager (w, "company", SM_SCOPE_OPERATOR, 1);
  SmPaperWish mine = wish_new (SM_NOUN_CONTACT);
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = company, .key = key, .seen_seq = SM_UNKNOWN, .noun = SM_NOUN_CONTACT };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) noted = NULL;

  sm_tell_set_settings (w->f->rules, sm_tell_settings_parse ("", "/", NULL));
  assert_refused (w, here, 0, contact_of ("there", "+86 138 0000 0002"), "invalid");
  assert_refused (w, here, 0, contact_of ("whole", "+86 138 0000 0002"), "invalid");
  assert_refused (w, here, 0, contact_of ("nobody", "+86 138 0000 0002"), "invalid");
  sm_row_unref (done (w, here, 0, contact_of ("MATE", "+86 138 0000 0002")));
  assert_reached (w, "mate", "+86 138 0000 0002");
  noted = done (w, whole, 0, contact_of ("whole", "+86 138 0000 0003"));
  say_text (&mine, SM_CONTACT_SMS, "+86 138 0000 0004");
  assert_refused (w, company, sm_row_get_id (noted), mine, "invalid");
  doing.id = sm_row_get_id (noted);
  g_assert_null (sm_rules_run_sync (w->f->rules, do_remove, &doing, &error));
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
  g_autoptr (World) w = world_new ();
  SmPaperWish without = wish_new (SM_NOUN_CONTACT);
  g_autofree char *before = NULL, *after = NULL;
  gint64 id;

  sm_tell_set_settings (w->f->rules, sm_tell_settings_parse ("", "/", NULL));
  {
    g_autoptr (SmRow) noted = done (w, w->mia, 0, contact_of ("li", "+86 138 0000 0002"));

    id = sm_row_get_id (noted);
  }
  before = sm_rules_run_sync (w->f->rules, do_find_address, &id, NULL);
  g_assert_cmpstr (before, ==, "+86 138 0000 0002");
  without.said = G_GUINT64_CONSTANT (1) << SM_CONTACT_SMS;
  sm_row_unref (done (w, w->mia, id, without));
  after = sm_rules_run_sync (w->f->rules, do_find_address, &id, NULL);
  g_assert_null (after);
  assert_reached (w, "li", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/papers/inspection", test_inspection);
  g_test_add_func ("/rules/papers/inspection-refused", test_inspection_refused);
  g_test_add_func ("/rules/papers/incident", test_incident);
  g_test_add_func ("/rules/papers/certificate", test_certificate);
  g_test_add_func ("/rules/papers/contact", test_contact);
  g_test_add_func ("/rules/papers/contact-of-others", test_contact_of_others);
  g_test_add_func ("/rules/papers/address-goes", test_address_goes);
  return g_test_run ();
}
