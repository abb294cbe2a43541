/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-companies.h"
#include "sm-history-pages.h"
#include "sm-history-table.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

/* What people of a company see: its territory, as it is by now, and what is its own. */

typedef struct
{
  Fixture *f;
  gint64 city, district, far;
  gint64 company, other;
} World;

static gint64
add_area (World      *w,
          const char *name,
          gint64      parent_id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_AREA));

  sm_row_set_text (row, SM_AREA_KIND, "city");
  sm_row_take_text (row, SM_AREA_NAME, sm_name_new (name, NULL));
  if (parent_id != 0)
    sm_row_set_int (row, SM_AREA_PARENT_ID, parent_id);
  return fixture_fill (w->f, row);
}

static gint64
add_company (World      *w,
             const char *kind,
             const char *state)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ORGANISATION));

  sm_row_take_text (row, SM_ORGANISATION_NAME, sm_name_new (kind, NULL));
  sm_row_set_text (row, SM_ORGANISATION_KIND, kind);
  sm_row_set_text (row, SM_ORGANISATION_STATE, state);
  return fixture_fill (w->f, row);
}

static void
add_point (World *w,
           gint64 company,
           gint64 area)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_SERVICE_POINT));

  sm_row_take_text (row, SM_SERVICE_POINT_NAME, sm_name_new ("Point", NULL));
  sm_row_set_int (row, SM_SERVICE_POINT_ORGANISATION_ID, company);
  sm_row_set_int (row, SM_ROW_AREA_ID, area);
  fixture_fill (w->f, row);
}

static gint64
add_engineer (World      *w,
              const char *name,
              gint64      company,
              gint64      area)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

  sm_row_set_text (row, SM_ENGINEER_NAME, name);
  if (company != 0)
    sm_row_set_int (row, SM_ENGINEER_ORGANISATION_ID, company);
  sm_row_set_int (row, SM_ROW_AREA_ID, area);
  return fixture_fill (w->f, row);
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);

  w->f = fixture_new ();
  w->city = add_area (w, "City", 0);
  w->district = add_area (w, "District", w->city);
  w->far = add_area (w, "Far", 0);
  w->company = add_company (w, "agent", "approved");
  w->other = add_company (w, "maintenance_vendor", "approved");
  add_point (w, w->company, w->city);
  add_point (w, w->other, w->far);
  return w;
}

static void
world_free (World *w)
{
  fixture_free (w->f);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
add_person (World      *w,
            const char *name,
            gint64      company)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmScope) scope = sm_users_dup_company_scope (w->f->rules, company, &error);

  g_assert_no_error (error);
  sm_users_add (w->f->rules, w->f->system, name, NULL, "agent", scope, NULL, NULL, &error);
  g_assert_no_error (error);
}

static SmActor *
actor_of (World      *w,
          const char *name)
{
  g_autoptr (SmUserRecord) user = sm_access_dup_user (w->f->rules->access, name);

  return sm_access_dup_actor (w->f->rules->access, user->id);
}

static void
assert_areas (World      *w,
              const char *name,
              gint64      first,
              gint64      second)
{
  g_autoptr (SmActor) actor = actor_of (w, name);

  g_assert_cmpint (actor->scope->kind, ==, SM_SCOPE_AREAS);
  g_assert_cmpuint (actor->scope->n_ids, ==, (first != 0) + (second != 0));
  if (first != 0)
    g_assert_cmpint (actor->scope->ids[0], ==, first);
  if (second != 0)
    g_assert_cmpint (actor->scope->ids[1], ==, second);
}

/* The areas of its points and all below; none of a company that is nobody's, or not approved. */
static void
test_territory (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (GError) error = NULL;

  add_person (w, "anke", w->company);
  add_person (w, "otto", w->other);
  assert_areas (w, "anke", w->city, w->district);
  assert_areas (w, "otto", w->far, 0);
  g_assert_null (sm_users_dup_company_scope (w->f->rules, 4711, &error));
  fixture_assert_error (error, SM_ERROR_INVALID, "organisation-unknown");
  g_clear_error (&error);
  g_assert_null (sm_users_dup_company_scope (w->f->rules, add_company (w, "carrier", "approved"),
                                             &error));
  fixture_assert_error (error, SM_ERROR_INVALID, "organisation-unknown");
  g_clear_error (&error);
  g_assert_null (sm_users_dup_company_scope (w->f->rules, add_company (w, "agent", "suspended"),
                                             &error));
  fixture_assert_error (error, SM_ERROR_INVALID, "organisation-not-approved");
}

typedef struct
{
  gint64 company;
  const char *state;
} Change;

/* A point that is opened is seen within the hour, and who is signed in loads anew what they may
 * see. */
static void
test_follows (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) before = NULL;
  g_autoptr (SmActor) after = NULL;

  add_person (w, "anke", w->company);
  fixture_pass (w->f, 1);
  before = actor_of (w, "anke");
  add_point (w, w->company, w->far);
  fixture_pass (w->f, 3601);
  after = actor_of (w, "anke");
  g_assert_true (sm_scope_has (after->scope, 1, w->far, SM_UNKNOWN));
  g_assert_cmpint (after->access_rev, >, before->access_rev);
}

typedef struct
{
  SmActor *actor;
  gint64 id;
} Asking;

static gpointer
do_read (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Asking *asking = data;

  return sm_feed_read_row (reader, asking->actor, sm_noun_get (SM_NOUN_ENGINEER), asking->id, error);
}

static gboolean
sees (World      *w,
      const char *name,
      gint64      engineer_id)
{
  g_autoptr (SmActor) actor = actor_of (w, name);
  Asking asking = { actor, engineer_id };
  g_autoptr (SmRow) row = sm_rules_read_sync (w->f->rules, do_read, &asking, NULL);
  gint64 tick;
  g_autoptr (GPtrArray) live
      = sm_feed_read_live_rows (w->f->rules, actor, sm_noun_get (SM_NOUN_ENGINEER), 0, &tick);
  gboolean is_live = FALSE;

  for (guint i = 0; i < live->len; i++)
    is_live = is_live || sm_row_get_id (live->pdata[i]) == engineer_id;
  g_assert_true (is_live == (row != NULL));
  return row != NULL;
}

static void
say_where (World *w,
           gint64 engineer_id)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

  sm_row_set_int (row, SM_ROW_ID, engineer_id);
  sm_row_set_real (row, SM_ENGINEER_LATITUDE, 22.5);
  sm_row_set_real (row, SM_ENGINEER_LONGITUDE, 114.0);
  fixture_say (w->f, row);
}

/* Its own people wherever they are, nobody's where it is, and another's nowhere: neither who they
 * are nor where. */
static void
test_people (void)
{
  g_autoptr (World) w = world_new ();
  gint64 own = add_engineer (w, "Own", w->company, w->far);
  gint64 nobodys = add_engineer (w, "Nobody's", 0, w->district);
  gint64 others = add_engineer (w, "Other's", w->other, w->city);

  add_person (w, "anke", w->company);
  say_where (w, own);
  say_where (w, nobodys);
  say_where (w, others);
  fixture_pass (w->f, 1);
  g_assert_true (sees (w, "anke", own));
  g_assert_true (sees (w, "anke", nobodys));
  g_assert_false (sees (w, "anke", others));
}

static gpointer
do_set_state (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Change *change = data;
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) row = NULL;

  g_assert_true (sm_service_find (sm_rules_get_connection (rules),
                                  sm_noun_get (SM_NOUN_ORGANISATION), change->company, &before,
                                  error));
  row = sm_row_copy (before);
  sm_row_set_text (row, SM_ORGANISATION_STATE, change->state);
  if (sm_rules_begin (rules, error)
      && sm_service_db_put (rules->db, row, before, sm_rules_machine_now (rules), error))
    sm_rules_commit (rules, error);
  return NULL;
}

/* Of a company that is suspended nobody sees anything, its own people and work neither; once it is
 * approved again all is as before. */
static void
test_suspended (void)
{
  g_autoptr (World) w = world_new ();
  gint64 own = add_engineer (w, "Own", w->company, w->far);
  gint64 nobodys = add_engineer (w, "Nobody's", 0, w->district);
  Change change = { w->company, "suspended" };
  g_autoptr (SmActor) actor = NULL;

  add_person (w, "anke", w->company);
  add_person (w, "berta", w->company);
  say_where (w, own);
  say_where (w, nobodys);
  fixture_pass (w->f, 1);
  g_assert_true (sees (w, "anke", own));
  fixture_write (w->f, do_set_state, &change);
  fixture_pass (w->f, 3601);
  actor = actor_of (w, "berta");
  g_assert_cmpint (actor->scope->organisation_id, ==, SM_COMPANIES_NONE);
  g_assert_false (sees (w, "anke", own));
  g_assert_false (sees (w, "anke", nobodys));
  change.state = "approved";
  fixture_write (w->f, do_set_state, &change);
  fixture_pass (w->f, 3601);
  assert_areas (w, "berta", w->city, w->district);
  g_assert_true (sees (w, "anke", own));
  g_assert_true (sees (w, "anke", nobodys));
}

/* --- what is with somebody --- */

typedef struct
{
  gint64 engineer, company;
} Move;

static gpointer
do_move (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Move *move = data;
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) row = NULL;

  g_assert_true (sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_ENGINEER),
                                  move->engineer, &before, error));
  row = sm_row_copy (before);
  sm_row_set_int (row, SM_ENGINEER_ORGANISATION_ID, move->company);
  if (sm_rules_begin (rules, error) && sm_verb_put (rules, row, before, error))
    sm_rules_commit (rules, error);
  return NULL;
}

typedef struct
{
  SmActor *actor;
  SmNounId noun;
  gint64 id;
} Looking;

static gpointer
do_look (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Looking *looking = data;

  return sm_feed_read_row (reader, looking->actor, sm_noun_get (looking->noun), looking->id, error);
}

static gboolean
finds (World      *w,
       const char *name,
       SmNounId    noun,
       gint64      id)
{
  g_autoptr (SmActor) actor = actor_of (w, name);
  Looking looking = { actor, noun, id };
  g_autoptr (SmRow) row = sm_rules_read_sync (w->f->rules, do_look, &looking, NULL);

  return row != NULL;
}

static void
assert_with (World    *w,
             gboolean  is_ankes,
             gint64    part,
             gint64    certificate)
{
  g_assert_true (finds (w, "anke", SM_NOUN_PART, part) == is_ankes);
  g_assert_true (finds (w, "anke", SM_NOUN_CERTIFICATE, certificate) == is_ankes);
  g_assert_true (finds (w, "otto", SM_NOUN_PART, part) != is_ankes);
  g_assert_true (finds (w, "otto", SM_NOUN_CERTIFICATE, certificate) != is_ankes);
}

/* What is in a van, and what its driver may do, is known to the company whose person that is: of
 * two in the same area only to the one, and to the other when they go there. */
static void
test_belongings (void)
{
  g_autoptr (World) w = world_new ();
  Move move = { add_engineer (w, "Own", w->company, w->city), w->other };
  SmRow *part = sm_row_new (sm_noun_get (SM_NOUN_PART));
  SmRow *certificate = sm_row_new (sm_noun_get (SM_NOUN_CERTIFICATE));
  gint64 part_id, certificate_id;

  add_point (w, w->other, w->city);
  add_person (w, "anke", w->company);
  add_person (w, "otto", w->other);
  sm_row_set_int (part, SM_PART_ENGINEER_ID, move.engineer);
  sm_row_set_text (part, SM_PART_CODE, "P-1");
  sm_row_take_text (part, SM_PART_NAME, sm_name_new ("Pump", NULL));
  sm_row_set_int (part, SM_PART_QUANTITY, 2);
  sm_row_set_int (part, SM_ROW_AREA_ID, w->city);
  part_id = fixture_fill (w->f, part);
  sm_row_set_int (certificate, SM_CERTIFICATE_ENGINEER_ID, move.engineer);
  sm_row_set_text (certificate, SM_CERTIFICATE_KIND, "battery");
  sm_row_set_int (certificate, SM_CERTIFICATE_EXPIRES_AT, FIXTURE_START + 366 * SM_DAY);
  sm_row_set_int (certificate, SM_ROW_AREA_ID, w->city);
  certificate_id = fixture_fill (w->f, certificate);
  fixture_pass (w->f, 1);
  assert_with (w, TRUE, part_id, certificate_id);
  fixture_write (w->f, do_move, &move);
  fixture_pass (w->f, 1);
  assert_with (w, FALSE, part_id, certificate_id);
}

typedef struct
{
  World *w;
  gint64 order_id;
} Telling;

/* A message about an order, written down as the telling does. */
static gpointer
do_tell (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Telling *telling = data;
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_NOTIFICATION));

  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_int (row, SM_ROW_AREA_ID, telling->w->city);
  sm_row_set_text (row, SM_NOTIFICATION_SUBJECT_NOUN, "work_order");
  sm_row_set_int (row, SM_NOTIFICATION_SUBJECT_ID, telling->order_id);
  sm_row_set_text (row, SM_NOTIFICATION_CHANNEL, "sms");
  sm_row_set_text (row, SM_NOTIFICATION_RECIPIENT, "somebody");
  sm_row_set_text (row, SM_NOTIFICATION_BECAUSE, "rule");
  sm_row_set_text (row, SM_NOTIFICATION_TEXT, "a work order");
  sm_row_set_int (row, SM_NOTIFICATION_ROUND, 0);
  sm_row_set_text (row, SM_NOTIFICATION_STATE, "sent");
  sm_row_set_int (row, SM_NOTIFICATION_ATTEMPTS, 1);
  sm_row_set_int (row, SM_NOTIFICATION_AT, sm_rules_now (rules));
  if (sm_rules_begin (rules, error)
      && sm_service_db_put (rules->db, row, NULL, sm_rules_machine_now (rules), error))
    sm_rules_commit (rules, error);
  return NULL;
}

static gint64
add_order (World *w,
           gint64 company)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));
  Telling telling = { w, 0 };

  for (guint i = SM_ROW_N_COMMON; i < SM_WORK_ORDER_N_FIELDS; i++)
    {
      const SmField *field = &sm_noun_get (SM_NOUN_WORK_ORDER)->fields[i];
      g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, field->name, company);

      if ((field->flags & SM_FIELD_REQUIRED) == 0)
        continue;
      if (field->kind == SM_KIND_ENUM)
        sm_row_set_text (row, i, field->slugs[0]);
      else if (sm_kind_is_text (field->kind))
        sm_row_set_text (row, i, text);
      else
        sm_row_set_int (row, i, 1);
    }
  sm_row_set_int (row, SM_ROW_AREA_ID, w->city);
  if (company != 0)
    sm_row_set_int (row, SM_WORK_ORDER_ORGANISATION_ID, company);
  telling.order_id = fixture_fill (w->f, row);
  fixture_write (w->f, do_tell, &telling);
  return telling.order_id;
}

static gpointer
do_list (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_NOTIFICATION), .from = SM_UNKNOWN,
                           .to = SM_UNKNOWN, .after_time = SM_UNKNOWN, .limit = 100 };
  gboolean more;

  return sm_history_read (reader, data, &query, &more, error);
}

static gpointer
do_read_message (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Asking *asking = data;

  return sm_history_read_row (reader, asking->actor, sm_noun_get (SM_NOUN_NOTIFICATION), asking->id,
                              error);
}

/* Neither the work of another nor what was told of it. */
static void
test_messages (void)
{
  g_autoptr (World) w = world_new ();
  gint64 own = add_order (w, w->company), nobodys = add_order (w, 0), others = add_order (w, w->other);
  g_autoptr (SmActor) anke = NULL;
  g_autoptr (GPtrArray) seen = NULL;

  add_person (w, "anke", w->company);
  anke = actor_of (w, "anke");
  seen = sm_rules_read_sync (w->f->rules, do_list, anke, NULL);
  g_assert_cmpuint (seen->len, ==, 2);
  for (guint i = 0; i < seen->len; i++)
    {
      gint64 of = sm_row_get_int (seen->pdata[i], SM_NOTIFICATION_SUBJECT_ID);

      g_assert_true (of == own || of == nobodys);
    }
  for (gint64 id = 1; id <= 3; id++)
    {
      Asking asking = { anke, id };
      g_autoptr (SmRow) row = sm_rules_read_sync (w->f->rules, do_read_message, &asking, NULL);

      g_assert_true ((row != NULL) == (id != others));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/companies/territory", test_territory);
  g_test_add_func ("/rules/companies/follows", test_follows);
  g_test_add_func ("/rules/companies/people", test_people);
  g_test_add_func ("/rules/companies/suspended", test_suspended);
  g_test_add_func ("/rules/companies/messages", test_messages);
  g_test_add_func ("/rules/companies/belongings", test_belongings);
  return g_test_run ();
}
