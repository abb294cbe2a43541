/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-history-pages.h"
#include "sm-history-table.h"
#include "sm-mine.h"
#include "sm-papers.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-tell-table.h"
#include "sm-tell.h"
#include "sm-users.h"
#include "sm-uuid.h"
#include "sm-work-limits-change.h"

#include <string.h>

/* What engineers are offered, who is told that their certificates end, and for how long what they
 * did may wait for another to confirm it. */

#define AREA 7
#define FAR_AREA 8

typedef struct
{
  Fixture *f;
  SmActor *ed, *boss;
  gint64 eddy, now;
} World;

static SmRow *
make (SmNounId noun)
{
  return sm_row_new (sm_noun_get (noun));
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);
  SmRow *row = make (SM_NOUN_ENGINEER);

  w->f = fixture_new ();
  w->ed = fixture_add_person (w->f, "ed", "engineer", SM_SCOPE_ALL, 0);
  w->boss = fixture_add_person (w->f, "boss", "administrator", SM_SCOPE_ALL, 0);
  sm_row_set_text (row, SM_ENGINEER_NAME, "Eddy");
  sm_row_set_text (row, SM_ENGINEER_PERSON, "ed");
  sm_row_set_text (row, SM_ENGINEER_SKILLS, "pile, swap_robot");
  sm_row_set_int (row, SM_ROW_AREA_ID, AREA);
  w->eddy = fixture_fill (w->f, row);
  w->now = sm_clock_now (w->f->network);
  return w;
}

static void
world_free (World *w)
{
  sm_actor_unref (w->ed);
  sm_actor_unref (w->boss);
  fixture_free (w->f);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static SmRow *
certificate_of (gint64      engineer_id,
                gint64      area,
                const char *kind,
                gint64      expires_at)
{
  SmRow *row = make (SM_NOUN_CERTIFICATE);

  sm_row_set_int (row, SM_CERTIFICATE_ENGINEER_ID, engineer_id);
  sm_row_set_text (row, SM_CERTIFICATE_KIND, kind);
  sm_row_set_int (row, SM_CERTIFICATE_EXPIRES_AT, expires_at);
  sm_row_set_int (row, SM_ROW_AREA_ID, area);
  return row;
}

static gint64
add_certificate (World      *w,
                 const char *kind,
                 gint64      expires_at)
{
  return fixture_fill (w->f, certificate_of (w->eddy, AREA, kind, expires_at));
}

/* --- what they are offered --- */

/* Nobody has it. */
static SmRow *
order_of (World *w,
          gint64 area,
          gint64 level)
{
  static guint number;
  SmRow *row = make (SM_NOUN_WORK_ORDER);
  static const guint zeros[]
      = { SM_WORK_ORDER_ALARM_COUNT, SM_WORK_ORDER_RESPONSE_WARNED, SM_WORK_ORDER_RESTORE_WARNED,
          SM_WORK_ORDER_CLOSE_WARNED, SM_WORK_ORDER_RESTORE_VOIDS, SM_WORK_ORDER_REFUSALS,
          SM_WORK_ORDER_HELD_S, SM_WORK_ORDER_REJECTIONS, SM_WORK_ORDER_URGES,
          SM_WORK_ORDER_ESCALATIONS, SM_WORK_ORDER_IS_PINNED, SM_WORK_ORDER_IS_WARRANTY,
          SM_WORK_ORDER_PHOTOS };

  sm_row_take_text (row, SM_WORK_ORDER_NUMBER, g_strdup_printf ("X%u", ++number));
  sm_row_set_text (row, SM_WORK_ORDER_KIND, "repair");
  sm_row_set_text (row, SM_WORK_ORDER_SOURCE, "manual");
  sm_row_set_text (row, SM_WORK_ORDER_STATE, "unaccepted");
  sm_row_set_int (row, SM_WORK_ORDER_STATE_SINCE, w->now);
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, level);
  sm_row_set_int (row, SM_WORK_ORDER_FIRST_SIGN_AT, w->now);
  sm_row_set_int (row, SM_WORK_ORDER_CREATED_AT, w->now);
  sm_row_set_int (row, SM_WORK_ORDER_REPORT_DUE_AT, w->now + SM_DAY);
  sm_row_set_int (row, SM_WORK_ORDER_RESPONSE_DUE_AT, w->now + SM_DAY);
  sm_row_set_int (row, SM_WORK_ORDER_RESTORE_DUE_AT, w->now + SM_DAY);
  sm_row_set_int (row, SM_ROW_AREA_ID, area);
  for (gsize i = 0; i < G_N_ELEMENTS (zeros); i++)
    sm_row_set_int (row, zeros[i], 0);
  return row;
}

static gpointer
do_mine (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_mine_read (reader, data, error);
}

static guint
count_offers (World  *w,
              gint64  id)
{
  g_autoptr (GError) error = NULL;
  SmMine *mine = sm_rules_read_sync (w->f->rules, do_mine, w->ed, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < mine->offers->len; i++)
    n += id == 0 || sm_row_get_id (mine->offers->pdata[i]) == id;
  sm_mine_free (mine);
  return n;
}

/* Six hundred that are worse elsewhere, or of what they do not know, hide none of theirs. */
static void
test_offers (void)
{
  g_autoptr (World) w = world_new ();
  gint64 ids[2];

  for (guint i = 0; i < 600; i++)
    {
      SmRow *row = order_of (w, i % 2 == 0 ? FAR_AREA : AREA, 1);

      if (i % 2 == 1)
        sm_row_set_text (row, SM_WORK_ORDER_SKILL, "battery");
      fixture_fill (w->f, row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      SmRow *row = order_of (w, AREA, 4);

      sm_row_set_text (row, SM_WORK_ORDER_SKILL, i == 0 ? "swap_robot" : "pile");
      ids[i] = fixture_fill (w->f, row);
    }
  g_assert_cmpuint (count_offers (w, 0), ==, 2);
  g_assert_cmpuint (count_offers (w, ids[0]), ==, 1);
  g_assert_cmpuint (count_offers (w, ids[1]), ==, 1);
}

/* What needs a certificate is offered to who holds one, as long as it holds. */
static void
test_offers_by_certificate (void)
{
  g_autoptr (World) w = world_new ();
  SmRow *row = order_of (w, AREA, 2);
  gint64 id;

  sm_row_set_text (row, SM_WORK_ORDER_CERTIFICATE, "high_voltage");
  id = fixture_fill (w->f, row);
  g_assert_cmpuint (count_offers (w, id), ==, 0);
  add_certificate (w, "battery", w->now + SM_DAY);
  add_certificate (w, "high_voltage", w->now - SM_DAY);
  g_assert_cmpuint (count_offers (w, id), ==, 0);
  add_certificate (w, "high_voltage", w->now + SM_HOUR);
  g_assert_cmpuint (count_offers (w, id), ==, 1);
  fixture_pass (w->f, 3601);
  g_assert_cmpuint (count_offers (w, id), ==, 0);
}

/* --- who is told of certificates --- */

static const char settings[]
    = "[telling]\nlanguage=en\norders=sms\n[channel sms]\nurl=http://127.0.0.1:9/\n"
      "[person boss]\nlanguage=en\nsms=+86 138 0000 0001\n"
      "[person area]\nlanguage=zh-CN\nsms=+86 138 0000 0002\n"
      "[person far]\nlanguage=en\nsms=+86 138 0000 0003\n"
      "[person all]\nlanguage=en\nsms=+86 138 0000 0004\n";

static void
tell_by (World      *w,
         const char *text)
{
  g_autoptr (GError) error = NULL;

  sm_tell_set_settings (w->f->rules, sm_tell_settings_parse (text, "/", &error));
  g_assert_no_error (error);
}

static void
begin_telling (World *w)
{
  tell_by (w, settings);
}

static gpointer
do_told (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_NOTIFICATION), .from = SM_UNKNOWN,
                           .to = SM_UNKNOWN, .after_time = SM_UNKNOWN, .limit = 1000 };
  gboolean more;

  return sm_history_read (reader, data, &query, &more, error);
}

/* Returns: "all area": who was told of the certificate, in the order of it */
static char *
list_told (World *w,
           gint64 id)
{
  g_autoptr (GPtrArray) rows = sm_rules_read_sync (w->f->rules, do_told, w->f->system, NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const SmRow *row = rows->pdata[i];

      if (sm_row_get_int (row, SM_NOTIFICATION_SUBJECT_ID) != id)
        continue;
      g_assert_cmpstr (sm_row_get_text (row, SM_NOTIFICATION_SUBJECT_NOUN), ==, "certificate");
      g_assert_cmpstr (sm_row_get_text (row, SM_NOTIFICATION_BECAUSE), ==, "ending");
      g_assert_nonnull (strstr (sm_row_get_text (row, SM_NOTIFICATION_TEXT), "Eddy"));
      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "",
                              sm_row_get_text (row, SM_NOTIFICATION_RECIPIENT));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

#define assert_told(w, id, wanted)                  \
  G_STMT_START                                      \
  {                                                 \
    g_autofree char *told_ = list_told (w, id);     \
    g_assert_cmpstr (told_, ==, wanted);            \
  }                                                 \
  G_STMT_END

static gpointer
do_renew (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  World *w = data;
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autoptr (SmRow) row = make (SM_NOUN_CERTIFICATE);
  SmPaperWish wish = { row, G_GUINT64_CONSTANT (1) << SM_CERTIFICATE_EXPIRES_AT };

  sm_row_set_int (row, SM_CERTIFICATE_EXPIRES_AT, sm_rules_now (rules) + 60 * SM_DAY);
  return sm_papers_change (rules, w->boss, key, 1, SM_UNKNOWN, &wish, NULL, error);
}

/* Who answers for the holder's area, or else for all, is told 30 days before, and when it has
 * ended: each once, also over a new start; one that is renewed is told of anew. */
static void
test_ending (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) all = fixture_add_person (w->f, "all", "manager", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) far = fixture_add_person (w->f, "far", "manager", SM_SCOPE_AREAS, FAR_AREA);
  gint64 id = add_certificate (w, "high_voltage", w->now + 31 * SM_DAY), old;

  g_assert_cmpint (id, ==, 1);
  old = add_certificate (w, "battery", w->now - 40 * SM_DAY);
  begin_telling (w);
  fixture_pass (w->f, 60);
  assert_told (w, id, "");
  fixture_pass (w->f, 86400);
  assert_told (w, id, "all");
  fixture_pass (w->f, 86400);
  assert_told (w, id, "all");
  sm_actor_unref (fixture_add_person (w->f, "area", "manager", SM_SCOPE_AREAS, AREA));
  fixture_reopen (w->f);
  begin_telling (w);
  fixture_pass (w->f, 86400);
  assert_told (w, id, "all");
  fixture_pass (w->f, 29 * 86400);
  assert_told (w, id, "all area");
  fixture_pass (w->f, 10 * 86400);
  assert_told (w, id, "all area");
  sm_row_unref (fixture_write (w->f, do_renew, w));
  fixture_pass (w->f, 86400);
  assert_told (w, id, "all area");
  fixture_pass (w->f, 30 * 86400);
  assert_told (w, id, "all area area");
  assert_told (w, old, "");
}

/* Where nobody could be told it is not taken for told. */
static void
test_ending_unheard (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = add_certificate (w, "high_voltage", w->now + 10 * SM_DAY);

  fixture_pass (w->f, 3600);
  assert_told (w, id, "");
  begin_telling (w);
  fixture_pass (w->f, 61);
  assert_told (w, id, "boss");
}

typedef struct
{
  guint told, storms;
  gint64 counted;
} Heard;

static gpointer
do_count (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmTellCount) count
      = sm_tell_count_find (sm_rules_get_connection (rules), "all", "sms", 1, 0, error);

  *(gint64 *) data = count->told + count->held;
  return NULL;
}

static Heard
hear (World *w)
{
  g_autoptr (GPtrArray) rows = sm_rules_read_sync (w->f->rules, do_told, w->f->system, NULL);
  Heard heard = { 0 };

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (sm_row_get_text (rows->pdata[i], SM_NOTIFICATION_BECAUSE), "storm"))
      heard.storms++;
    else
      heard.told++;
  fixture_write (w->f, do_count, &heard.counted);
  return heard;
}

/* Of many that end together each is told of, a few with each minute; they count for nothing where
 * alarms are summed up. */
static void
test_ending_many (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) all = fixture_add_person (w->f, "all", "manager", SM_SCOPE_ALL, 0);
  gint64 ids[14];
  Heard heard;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = add_certificate (w, "battery", w->now + 10 * SM_DAY);
  begin_telling (w);
  fixture_pass (w->f, 61);
  heard = hear (w);
  g_assert_cmpuint (heard.told, ==, 3);
  for (guint minute = 0; minute < 30; minute++)
    fixture_pass (w->f, 61);
  heard = hear (w);
  g_assert_cmpuint (heard.told, ==, G_N_ELEMENTS (ids));
  g_assert_cmpuint (heard.storms, ==, 0);
  g_assert_cmpint (heard.counted, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    assert_told (w, ids[i], "all");
}

/* What nobody can be told of, and what is of who is gone, keeps nothing else waiting; what is
 * earlier is looked at again. */
static void
test_ending_behind (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) area = fixture_add_person (w->f, "area", "manager", SM_SCOPE_AREAS, AREA);
  gint64 id = add_certificate (w, "battery", w->now + 20 * SM_DAY);

  for (guint i = 0; i < 120; i++)
    fixture_fill (w->f, certificate_of (4711, AREA, "battery", w->now + 10 * SM_DAY));
  tell_by (w, "[telling]\nlanguage=en\norders=sms\n[channel sms]\nurl=http://127.0.0.1:9/\n"
              "[person area]\nlanguage=en\nsms=+86 138 0000 0002\n");
  fixture_pass (w->f, 61);
  assert_told (w, id, "area");
  for (guint i = 0; i < 120; i++)
    fixture_fill (w->f, certificate_of (w->eddy, FAR_AREA, "battery", w->now + 10 * SM_DAY));
  for (guint turn = 0; turn < 2; turn++)
    {
      id = add_certificate (w, "battery", w->now + (20 - 11 * (gint64) turn) * SM_DAY);
      for (guint minute = 0; minute < 3; minute++)
        fixture_pass (w->f, 61);
      assert_told (w, id, "area");
    }
}

static gint64
add_company (World *w)
{
  SmRow *row = make (SM_NOUN_ORGANISATION);

  sm_row_take_text (row, SM_ORGANISATION_NAME, sm_name_new ("Company", NULL));
  sm_row_set_text (row, SM_ORGANISATION_KIND, "agent");
  sm_row_set_text (row, SM_ORGANISATION_STATE, "approved");
  return fixture_fill (w->f, row);
}

/* A manager of @company, which has a point in @area. */
static void
add_manager (World      *w,
             const char *name,
             gint64      company,
             gint64      area)
{
  SmRow *point = make (SM_NOUN_SERVICE_POINT);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmScope) scope = NULL;

  sm_row_take_text (point, SM_SERVICE_POINT_NAME, sm_name_new ("Point", NULL));
  sm_row_set_int (point, SM_SERVICE_POINT_ORGANISATION_ID, company);
  sm_row_set_int (point, SM_ROW_AREA_ID, area);
  fixture_fill (w->f, point);
  scope = sm_users_dup_company_scope (w->f->rules, company, &error);
  g_assert_no_error (error);
  sm_users_add (w->f->rules, w->f->system, name, NULL, "manager", scope, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Of a company's people its own manager is told, wherever those are; of the network's, and where
 * their company has none, who is of no company; never who is of another. */
static void
test_ending_companies (void)
{
  g_autoptr (World) w = world_new ();
  gint64 companies[] = { add_company (w), add_company (w), add_company (w), SM_UNKNOWN };
  static const char *const wanted[] = { "far", "own", "boss", "boss" };
  gint64 engineers[G_N_ELEMENTS (companies)], ids[G_N_ELEMENTS (companies)];

  for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      SmRow *row = make (SM_NOUN_ENGINEER);

      sm_row_set_text (row, SM_ENGINEER_NAME, "Eddy");
      if (companies[i] != SM_UNKNOWN)
        sm_row_set_int (row, SM_ENGINEER_ORGANISATION_ID, companies[i]);
      engineers[i] = fixture_fill (w->f, row);
    }
  for (guint i = 0; i < 2; i++)
    add_manager (w, i == 0 ? "far" : "own", companies[i], AREA);
  tell_by (w, "[telling]\nlanguage=en\norders=sms\n[channel sms]\nurl=http://127.0.0.1:9/\n"
              "[person far]\nlanguage=en\nsms=+86 138 0000 0001\n"
              "[person own]\nlanguage=en\nsms=+86 138 0000 0002\n"
              "[person all]\nlanguage=en\nsms=+86 138 0000 0003\n"
              "[person boss]\nlanguage=en\nsms=+86 138 0000 0004\n");
  for (guint turn = 0; turn < 2; turn++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
        ids[i] = fixture_fill (w->f, certificate_of (engineers[i], i == 1 ? FAR_AREA : AREA,
                                                     "battery", w->now + 10 * SM_DAY));
      fixture_pass (w->f, 61);
      for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
        assert_told (w, ids[i], i > 1 && turn > 0 ? "all" : wanted[i]);
      if (turn == 0)
        sm_actor_unref (fixture_add_person (w->f, "all", "manager", SM_SCOPE_AREAS, AREA));
    }
}

/* --- how long it may wait for another --- */

static gpointer
do_limit (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  World *w = data;
  SmWorkLimits changes, limits;

  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    changes.minutes[i] = SM_UNKNOWN;
  changes.minutes[SM_WORK_LIMIT_CLOSE] = 100;
  sm_work_limits_change (rules, w->boss, 1, &changes, &limits, error);
  return NULL;
}

static gpointer
do_look (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  SmRow *row = NULL;

  sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_WORK_ORDER),
                   *(gint64 *) data, &row, error);
  return row;
}

static gpointer
do_audit (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  gboolean more;

  return sm_audit_read (reader, system, data, 0, 1000, &more, error);
}

/* That the service changed until when it may wait is found once, with what it was. */
static void
assert_audited (World       *w,
                const SmRow *before,
                const SmRow *after)
{
  g_autofree char *object = g_strdup_printf ("work_order/%" G_GINT64_FORMAT, sm_row_get_id (before));
  g_autoptr (GPtrArray) entries = sm_rules_read_sync (w->f->rules, do_audit, object, NULL);
  g_autofree char *was = sm_time_to_rfc3339 (sm_row_get_int (before, SM_WORK_ORDER_CLOSE_DUE_AT));
  g_autofree char *is = sm_time_to_rfc3339 (sm_row_get_int (after, SM_WORK_ORDER_CLOSE_DUE_AT));
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const SmAuditEntry *entry = entries->pdata[i];

      if (!g_str_equal (entry->act, "work_order.close_due"))
        continue;
      n++;
      g_assert_cmpstr (entry->actor_kind, ==, "system");
      g_assert_nonnull (strstr (entry->before, was));
      g_assert_nonnull (strstr (entry->after, is));
    }
  g_assert_cmpuint (n, ==, 1);
}

/* What waits is judged by the limit as it is, and warned of by it. */
static void
test_confirm_limit (void)
{
  g_autoptr (World) w = world_new ();
  SmRow *row = order_of (w, AREA, 2);
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) after = NULL;
  SmWorkLimits limits;
  gint64 id, usual;

  sm_work_limits_init (&limits);
  usual = sm_work_limits_us (&limits, "repair", SM_WORK_LIMIT_CLOSE);
  sm_row_set_text (row, SM_WORK_ORDER_STATE, "completed");
  sm_row_set_int (row, SM_WORK_ORDER_ENGINEER_ID, w->eddy);
  sm_row_set_int (row, SM_WORK_ORDER_RESPONDED_AT, w->now);
  sm_row_set_int (row, SM_WORK_ORDER_RESTORED_AT, w->now);
  sm_row_set_int (row, SM_WORK_ORDER_CLOSE_DUE_AT, w->now + usual);
  id = fixture_fill (w->f, row);
  fixture_pass (w->f, 90 * 60);
  before = fixture_write (w->f, do_look, &id);
  g_assert_cmpint (sm_row_get_int (before, SM_WORK_ORDER_CLOSE_DUE_AT), ==, w->now + usual);
  g_assert_cmpint (sm_row_get_int (before, SM_WORK_ORDER_CLOSE_WARNED), ==, 0);
  fixture_write (w->f, do_limit, w);
  fixture_pass (w->f, 1);
  fixture_pass (w->f, 1);
  after = fixture_write (w->f, do_look, &id);
  g_assert_cmpint (sm_row_get_int (after, SM_WORK_ORDER_CLOSE_DUE_AT), ==,
                   w->now + 100 * SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (after, SM_WORK_ORDER_CLOSE_WARNED), ==, 80);
  assert_audited (w, before, after);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/engineers/offers", test_offers);
  g_test_add_func ("/rules/engineers/offers-by-certificate", test_offers_by_certificate);
  g_test_add_func ("/rules/engineers/ending", test_ending);
  g_test_add_func ("/rules/engineers/ending-unheard", test_ending_unheard);
  g_test_add_func ("/rules/engineers/ending-many", test_ending_many);
  g_test_add_func ("/rules/engineers/ending-behind", test_ending_behind);
  g_test_add_func ("/rules/engineers/ending-companies", test_ending_companies);
  g_test_add_func ("/rules/engineers/confirm-limit", test_confirm_limit);
  return g_test_run ();
}
