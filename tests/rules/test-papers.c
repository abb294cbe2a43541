/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

#include "sm-checklists.h"
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

/* --- templates from files --- */

static SmRow *
template_of (const char *name, const char *kind, const char *check)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CHECKLIST));

  sm_row_set_text (row, SM_CHECKLIST_NAME, name);
  sm_row_set_text (row, SM_CHECKLIST_NAME_ZH, name);
  sm_row_set_text (row, SM_CHECKLIST_STATION_KIND, kind);
  for (guint i = SM_CHECKLIST_SORT; i <= SM_CHECKLIST_SAFETY_ZH; i++)
    sm_row_set_text (row, i, check);
  return row;
}

static gpointer
do_add_template (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("command line");

  return sm_checklists_add (rules, actor, data, error);
}

static gpointer
do_remove_template (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("command line");

  return sm_checklists_remove (rules, actor, data, error);
}

static gint64
add_template (World *w, const char *name, const char *kind, const char *check)
{
  g_autoptr (SmRow) wanted = template_of (name, kind, check);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_rules_run_sync (w->f->rules, do_add_template, wanted, &error);

  g_assert_no_error (error);
  return sm_row_get_id (row);
}

static void
remove_template (World *w, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_rules_run_sync (w->f->rules, do_remove_template, (char *) name, &error);

  g_assert_no_error (error);
}

static SmPaperWish
by_template (World *w, gint64 id)
{
  SmPaperWish wish = inspection_of (w, w->now);

  say_text (&wish, SM_INSPECTION_TEMPLATE, "own");
  if (id != 0)
    say_int (&wish, SM_INSPECTION_TEMPLATE_ID, id);
  return wish;
}

static const char *
kind_of_station (World *w, gboolean is_other)
{
  g_autoptr (GPtrArray) stations = list (w, SM_NOUN_STATION);

  for (guint i = 0; i < stations->len; i++)
    if (sm_row_get_id (stations->pdata[i]) == w->trade->stations[0])
      return (sm_row_get_enum (stations->pdata[i], SM_STATION_KIND) == 1) != is_other ? "charge"
                                                                                       : "swap";
  g_assert_not_reached ();
}

/* What was asked in an inspection stays as it was; what nobody asked by goes at once. */
static void
test_template (void)
{
  g_autoptr (World) w = world_new ();
  const char *kind = kind_of_station (w, FALSE);
  gint64 first = add_template (w, "Battery room", kind, "dry"), second;
  g_autoptr (SmRow) planned = done (w, w->mia, 0, by_template (w, first));
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_assert_cmpint (sm_row_get_int (planned, SM_INSPECTION_TEMPLATE_ID), ==, first);
  g_assert_cmpint (add_template (w, "Battery room", kind, "dry"), ==, first);
  second = add_template (w, "battery ROOM", kind, "dry and cool");
  g_assert_cmpint (second, !=, first);
  both = list (w, SM_NOUN_CHECKLIST);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpstr (sm_row_get_text (both->pdata[0], SM_CHECKLIST_SHINE), ==, "dry");
  g_assert_false (sm_row_is_null (both->pdata[0], SM_CHECKLIST_REMOVED_AT));
  assert_refused (w, w->mia, 0, by_template (w, first), "invalid");
  remove_template (w, "Battery Room");
  left = list (w, SM_NOUN_CHECKLIST);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpint (sm_row_get_id (left->pdata[0]), ==, first);
}

static void
test_template_refused (void)
{
  g_autoptr (World) w = world_new ();
  gint64 other = add_template (w, "Other", kind_of_station (w, TRUE), "dry");
  SmPaperWish odd = inspection_of (w, w->now);
  g_autoptr (SmRow) wanted = template_of ("One more", "swap", "dry");
  g_autoptr (GError) error = NULL;

  assert_refused (w, w->mia, 0, by_template (w, 0), "invalid");
  assert_refused (w, w->mia, 0, by_template (w, 4711), "invalid");
  assert_refused (w, w->mia, 0, by_template (w, other), "invalid");
  say_int (&odd, SM_INSPECTION_TEMPLATE_ID, other);
  assert_refused (w, w->mia, 0, odd, "invalid");
  for (guint i = 1; i < SM_CHECKLISTS_MOST; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      add_template (w, name, "swap", "dry");
    }
  g_assert_null (sm_rules_run_sync (w->f->rules, do_add_template, wanted, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "too-many");
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

/* --- complaints --- */

static SmPaperWish
complaint_of (World *w, const char *order)
{
  SmPaperWish wish = wish_new (SM_NOUN_COMPLAINT);

  say_int (&wish, SM_COMPLAINT_STATION_ID, w->trade->stations[0]);
  say_text (&wish, SM_COMPLAINT_COMPLAINANT, "王师傅");
  say_text (&wish, SM_COMPLAINT_TEXT, "等了四十分钟");
  if (order != NULL)
    say_text (&wish, SM_COMPLAINT_ORDER_NUMBER, order);
  return wish;
}

#define UPHOLD with_state (SM_NOUN_COMPLAINT, SM_COMPLAINT_STATE, "upheld")
#define REJECT with_state (SM_NOUN_COMPLAINT, SM_COMPLAINT_STATE, "rejected")

static void
assert_orders (World *w, guint n)
{
  g_autoptr (GPtrArray) orders = list (w, SM_NOUN_WORK_ORDER);

  g_assert_cmpuint (orders->len, ==, n);
}

/* What is upheld opens one work order, however often that is said; the next may be about it. */
static void
test_complaint (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) told = done (w, w->ed, 0, complaint_of (w, NULL));
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *object
      = g_strdup_printf ("complaint/%" G_GINT64_FORMAT, sm_row_get_id (told));
  SmPaperWish wish = UPHOLD;
  Doing doing = { w->mia, key, sm_row_get_id (told), SM_UNKNOWN, wish, SM_N_NOUNS };
  g_autoptr (SmRow) once = sm_rules_run_sync (w->f->rules, do_change, &doing, NULL);
  g_autoptr (SmRow) again = sm_rules_run_sync (w->f->rules, do_change, &doing, NULL);
  g_autoptr (GPtrArray) orders = list (w, SM_NOUN_WORK_ORDER);
  g_autoptr (SmRow) next = NULL;
  const SmRow *order;

  sm_row_unref (wish.row);
  g_assert_cmpstr (sm_row_get_text (told, SM_COMPLAINT_NUMBER), ==, "CP000001");
  g_assert_cmpstr (sm_row_get_text (told, SM_COMPLAINT_RECEIVED_BY), ==, w->ed->name);
  g_assert_true (once != NULL && again != NULL && sm_row_equal (once, again));
  g_assert_cmpstr (sm_row_get_text (once, SM_COMPLAINT_DECIDED_BY), ==, w->mia->name);
  g_assert_cmpuint (orders->len, ==, 1);
  order = orders->pdata[0];
  g_assert_cmpint (sm_row_get_int (once, SM_COMPLAINT_WORK_ORDER_ID), ==, sm_row_get_id (order));
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_SOURCE), ==, "complaint");
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_SUBJECT), ==, "等了四十分钟");
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_DESCRIPTION), ==, "CP000001");
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_REPORTED_BY), ==, "王师傅");
  g_assert_cmpuint (fixture_audit (w->f, object, "done"), ==, 2);
  assert_refused (w, w->max, sm_row_get_id (told), UPHOLD, "complaint-over");
  assert_refused (w, w->max, sm_row_get_id (told), REJECT, "complaint-over");
  assert_orders (w, 1);
  next = done (w, w->ed, 0, complaint_of (w, sm_row_get_text (order, SM_WORK_ORDER_NUMBER)));
  g_assert_cmpstr (sm_row_get_text (next, SM_COMPLAINT_STATE), ==, "received");
}

static void
test_complaint_refused (void)
{
  g_autoptr (World) w = world_new ();
  SmPaperWish elsewhere = complaint_of (w, NULL), nobody = complaint_of (w, NULL), why = REJECT;
  g_autoptr (SmRow) told = NULL;
  g_autoptr (SmRow) rejected = NULL;
  gint64 id;

  say_int (&elsewhere, SM_COMPLAINT_VEHICLE_ID, 999999);
  assert_refused (w, w->ed, 0, elsewhere, "not-found");
  sm_row_set_null (nobody.row, SM_COMPLAINT_COMPLAINANT);
  assert_refused (w, w->ed, 0, nobody, "invalid");
  assert_refused (w, w->ed, 0, complaint_of (w, "WO999999"), "invalid");
  assert_refused (w, w->walt, 0, complaint_of (w, NULL), "permission-missing");
  told = done (w, w->ed, 0, complaint_of (w, NULL));
  id = sm_row_get_id (told);
  assert_refused (w, w->ed, id, UPHOLD, "permission-missing");
  assert_refused (w, w->mia, id, REJECT, "invalid");
  say_text (&why, SM_COMPLAINT_REASON, "the lane was free");
  rejected = done (w, w->mia, id, why);
  g_assert_cmpstr (sm_row_get_text (rejected, SM_COMPLAINT_DECIDED_BY), ==, w->mia->name);
  g_assert_true (sm_row_is_null (rejected, SM_COMPLAINT_WORK_ORDER_ID));
  assert_orders (w, 0);
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

/* --- parts --- */

static SmPaperWish
part_of (const char *code, gint64 engineer_id, gint64 quantity)
{
  SmPaperWish wish = wish_new (SM_NOUN_PART);

  say_text (&wish, SM_PART_CODE, code);
  wish.said |= G_GUINT64_CONSTANT (1) << SM_PART_NAME;
  sm_row_take_text (wish.row, SM_PART_NAME, sm_name_new (NULL, "锁销"));
  if (engineer_id != 0)
    say_int (&wish, SM_PART_ENGINEER_ID, engineer_id);
  say_int (&wish, SM_PART_QUANTITY, quantity);
  return wish;
}

/* What lies in a van is seen by whoever sees the van; one count of each part there. */
static void
test_part (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) noted = done (w, w->ed, 0, part_of ("SR-1", w->eddy, 4));
  g_autoptr (SmRow) counted = NULL;
  SmPaperWish count = wish_new (SM_NOUN_PART), lost = part_of ("SR-2", w->eddy, 1);

  assert_refused (w, w->mia, 0, part_of ("sr-1", w->eddy, 1), "part-there-already");
  assert_refused (w, w->mia, 0, part_of ("SR-2", 0, 1), "invalid");
  assert_refused (w, w->mia, 0, part_of ("SR-2", 4711, 1), "invalid");
  assert_refused (w, w->mia, 0, part_of ("SR-2", w->eddy, SM_PART_MAX_QUANTITY + 1), "invalid");
  say_int (&lost, SM_PART_SERVICE_POINT_ID, 1);
  assert_refused (w, w->mia, 0, lost, "invalid");
  say_int (&count, SM_PART_QUANTITY, 0);
  say_int (&count, SM_PART_MINIMUM, 2);
  counted = done (w, w->mia, sm_row_get_id (noted), count);
  g_assert_cmpint (sm_row_get_int (counted, SM_PART_QUANTITY), ==, 0);
  g_assert_cmpint (sm_row_get_int (counted, SM_PART_MINIMUM), ==, 2);
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

/* Who answers for an area has its people told elsewhere, and nobody else's: not by writing it
 * anew, and neither by a change nor a removal of what somebody else wrote. */
static void
test_contact_of_others (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) here = fixture_add_person (w->f, "here", "manager", SM_SCOPE_AREAS, 1);
  g_autoptr (SmActor) mate = fixture_add_person (w->f, "mate", "manager", SM_SCOPE_AREAS, 1);
  g_autoptr (SmActor) there = fixture_add_person (w->f, "there", "manager", SM_SCOPE_AREAS, 2);
  g_autoptr (SmActor) whole = fixture_add_person (w->f, "whole", "manager", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) company = fixture_add_person (w->f, "company", "manager",
                                                    SM_SCOPE_OPERATOR, 1);
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

/* All of it is written, and then the disk does not take it: as a commit that fails. */
static gpointer
do_change_for_nothing (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;
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
    gone = do_remove (rules, data, cancellable, error);
  else
    row = doing->id != 0 ? do_change (rules, data, cancellable, error)
                         : do_create (rules, data, cancellable, error);
  g_assert_true (row != NULL || gone != NULL);
  g_assert_true (sm_connection_exec (connection, "INSERT INTO child VALUES (7)", error));
  is_committed = sm_rules_commit (rules, NULL);
  g_assert_true (sm_connection_exec (connection, "PRAGMA foreign_keys = OFF", error));
  g_assert_false (is_committed);
  return NULL;
}

static void
fail (World *w, gint64 id, SmPaperWish wish)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = w->mia, .key = key, .id = id, .seen_seq = SM_UNKNOWN, .wish = wish,
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
  g_autoptr (World) w = world_new ();
  SmPaperWish other = wish_new (SM_NOUN_CONTACT);
  gint64 id;

  sm_tell_set_settings (w->f->rules,
                        sm_tell_settings_parse ("[person li]\nsms=+86 138 0000 0001\n", "/", NULL));
  fail (w, 0, contact_of ("li", "+86 138 0000 0002"));
  assert_reached (w, "li", "+86 138 0000 0001");
  {
    g_autoptr (SmRow) noted = done (w, w->mia, 0, contact_of ("li", "+86 138 0000 0003"));

    id = sm_row_get_id (noted);
  }
  say_text (&other, SM_CONTACT_SMS, "+86 138 0000 0004");
  fail (w, id, other);
  assert_reached (w, "li", "+86 138 0000 0003");
  fail (w, id, (SmPaperWish){ 0 });
  assert_reached (w, "li", "+86 138 0000 0003");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/papers/inspection", test_inspection);
  g_test_add_func ("/rules/papers/inspection-refused", test_inspection_refused);
  g_test_add_func ("/rules/papers/template", test_template);
  g_test_add_func ("/rules/papers/template-refused", test_template_refused);
  g_test_add_func ("/rules/papers/incident", test_incident);
  g_test_add_func ("/rules/papers/complaint", test_complaint);
  g_test_add_func ("/rules/papers/complaint-refused", test_complaint_refused);
  g_test_add_func ("/rules/papers/certificate", test_certificate);
  g_test_add_func ("/rules/papers/part", test_part);
  g_test_add_func ("/rules/papers/contact", test_contact);
  g_test_add_func ("/rules/papers/contact-of-others", test_contact_of_others);
  g_test_add_func ("/rules/papers/address-goes", test_address_goes);
  g_test_add_func ("/rules/papers/address-not-kept", test_address_not_kept);
  return g_test_run ();
}
