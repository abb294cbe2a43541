/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "papers.h"

#include "sm-checklists.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

/* What is looked at, what happened, what is complained about and what is held. */

static SmPaperWish
inspection_of (Papers *w, gint64 planned_at)
{
  SmPaperWish wish = papers_wish (SM_NOUN_INSPECTION);

  papers_say_int (&wish, SM_INSPECTION_STATION_ID, w->trade->stations[0]);
  papers_say_text (&wish, SM_INSPECTION_TEMPLATE, "swap_station");
  papers_say_int (&wish, SM_INSPECTION_PLANNED_AT, planned_at);
  return wish;
}

static SmPaperWish
scored (const char *last)
{
  SmPaperWish wish = papers_wish (SM_NOUN_INSPECTION);

  for (guint s = 0; s + 1 < SM_INSPECTION_N_S; s++)
    papers_say_text (&wish, SM_INSPECTION_SCORE_OF (s), "excellent");
  papers_say_text (&wish, SM_INSPECTION_SAFETY_SCORE, last);
  return wish;
}

static SmPaperWish
with_state (SmNounId noun, guint field, const char *state)
{
  SmPaperWish wish = papers_wish (noun);

  papers_say_text (&wish, field, state);
  return wish;
}

#define CLOSE with_state (SM_NOUN_INSPECTION, SM_INSPECTION_STATE, "closed")

/* --- inspections --- */

/* Planned, gone through, closed: what is poor becomes a work order with the inspector's words. */
static void
test_inspection (void)
{
  g_autoptr (Papers) w = papers_new ();
  g_autoptr (SmRow) planned = papers_done (w, w->mia, 0, inspection_of (w, w->now + SM_DAY));
  gint64 id = sm_row_get_id (planned);
  SmPaperWish note = papers_wish (SM_NOUN_INSPECTION);
  g_autoptr (SmRow) looked = NULL;
  g_autoptr (SmRow) closed = NULL;
  g_autoptr (GPtrArray) orders = NULL;

  g_assert_cmpstr (sm_row_get_text (planned, SM_INSPECTION_NUMBER), ==, "IN000001");
  papers_assert_refused (w, w->ed, id, CLOSE, "invalid");
  looked = papers_done (w, w->ed, id, scored ("poor"));
  g_assert_cmpint (sm_row_get_int (looked, SM_INSPECTION_SCORE), ==, 87);
  papers_assert_refused (w, w->ed, id, CLOSE, "invalid");
  papers_say_text (&note, SM_INSPECTION_SAFETY_NOTE, "灭火器过期");
  sm_row_unref (papers_done (w, w->ed, id, note));
  closed = papers_done (w, w->ed, id, CLOSE);
  g_assert_cmpint (sm_row_get_int (closed, SM_INSPECTION_FINDINGS), ==, 1);
  g_assert_cmpstr (sm_row_get_text (closed, SM_INSPECTION_CLOSED_BY), ==, w->ed->name);
  orders = papers_list (w, SM_NOUN_WORK_ORDER);
  g_assert_cmpuint (orders->len, ==, 1);
  g_assert_cmpstr (sm_row_get_text (orders->pdata[0], SM_WORK_ORDER_SUBJECT), ==, "灭火器过期");
  g_assert_cmpstr (sm_row_get_text (orders->pdata[0], SM_WORK_ORDER_DESCRIPTION), ==, "IN000001");
  g_assert_cmpint (sm_row_get_int (orders->pdata[0], SM_WORK_ORDER_STATION_ID), ==,
                   w->trade->stations[0]);
  g_assert_cmpint (sm_row_get_int (orders->pdata[0], SM_WORK_ORDER_LEVEL), ==, 2);
  papers_assert_refused (w, w->ed, id, scored ("good"), "inspection-over");
}

static void
test_inspection_refused (void)
{
  g_autoptr (Papers) w = papers_new ();
  SmPaperWish odd = inspection_of (w, w->now), off = CLOSE;
  g_autoptr (SmRow) planned = NULL;
  gint64 id;

  papers_say_text (&odd, SM_INSPECTION_TEMPLATE, "seven_s");
  papers_assert_refused (w, w->mia, 0, odd, "invalid");
  papers_assert_refused (w, w->mia, 0, inspection_of (w, w->now + 400 * SM_DAY), "invalid");
  papers_assert_refused (w, w->ed, 0, inspection_of (w, w->now), "permission-missing");
  planned = papers_done (w, w->mia, 0, inspection_of (w, w->now));
  id = sm_row_get_id (planned);
  papers_assert_refused (w, w->walt, id, scored ("good"), "permission-missing");
  papers_assert_refused (w, w->ed, id, scored ("splendid"), "invalid");
  papers_say_text (&off, SM_INSPECTION_STATE, "cancelled");
  papers_say_text (&off, SM_INSPECTION_END_REASON, "rain");
  sm_row_ref (off.row);
  papers_assert_refused (w, w->ed, id, off, "permission-missing");
  sm_row_unref (papers_done (w, w->mia, id, off));
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
add_template (Papers *w, const char *name, const char *kind, const char *check)
{
  g_autoptr (SmRow) wanted = template_of (name, kind, check);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_rules_run_sync (w->f->rules, do_add_template, wanted, &error);

  g_assert_no_error (error);
  return sm_row_get_id (row);
}

static void
remove_template (Papers *w, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_rules_run_sync (w->f->rules, do_remove_template, (char *) name, &error);

  g_assert_no_error (error);
}

static SmPaperWish
by_template (Papers *w, gint64 id)
{
  SmPaperWish wish = inspection_of (w, w->now);

  papers_say_text (&wish, SM_INSPECTION_TEMPLATE, "own");
  if (id != 0)
    papers_say_int (&wish, SM_INSPECTION_TEMPLATE_ID, id);
  return wish;
}

static const char *
kind_of_station (Papers *w, gboolean is_other)
{
  g_autoptr (GPtrArray) stations = papers_list (w, SM_NOUN_STATION);

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
  g_autoptr (Papers) w = papers_new ();
  const char *kind = kind_of_station (w, FALSE);
  gint64 first = add_template (w, "Battery room", kind, "dry"), second;
  g_autoptr (SmRow) planned = papers_done (w, w->mia, 0, by_template (w, first));
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_assert_cmpint (sm_row_get_int (planned, SM_INSPECTION_TEMPLATE_ID), ==, first);
  g_assert_cmpint (add_template (w, "Battery room", kind, "dry"), ==, first);
  second = add_template (w, "battery ROOM", kind, "dry and cool");
  g_assert_cmpint (second, !=, first);
  both = papers_list (w, SM_NOUN_CHECKLIST);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpstr (sm_row_get_text (both->pdata[0], SM_CHECKLIST_SHINE), ==, "dry");
  g_assert_false (sm_row_is_null (both->pdata[0], SM_CHECKLIST_REMOVED_AT));
  papers_assert_refused (w, w->mia, 0, by_template (w, first), "invalid");
  remove_template (w, "Battery Room");
  left = papers_list (w, SM_NOUN_CHECKLIST);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpint (sm_row_get_id (left->pdata[0]), ==, first);
}

static void
test_template_refused (void)
{
  g_autoptr (Papers) w = papers_new ();
  gint64 other = add_template (w, "Other", kind_of_station (w, TRUE), "dry");
  SmPaperWish odd = inspection_of (w, w->now);
  g_autoptr (SmRow) wanted = template_of ("One more", "swap", "dry");
  g_autoptr (GError) error = NULL;

  papers_assert_refused (w, w->mia, 0, by_template (w, 0), "invalid");
  papers_assert_refused (w, w->mia, 0, by_template (w, 4711), "invalid");
  papers_assert_refused (w, w->mia, 0, by_template (w, other), "invalid");
  papers_say_int (&odd, SM_INSPECTION_TEMPLATE_ID, other);
  papers_assert_refused (w, w->mia, 0, odd, "invalid");
  for (guint i = 1; i < SM_CHECKLISTS_MOST; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      add_template (w, name, "swap", "dry");
    }
  g_assert_null (sm_rules_run_sync (w->f->rules, do_add_template, wanted, &error));
  g_assert_cmpstr (sm_error_get_slug (error), ==, "too-many");
}

/* --- what comes again --- */

/* Closed @hours after it was planned; said twice under one key, and again by another. */
static SmRow *
close_late (Papers *w, gint64 id, gint64 hours)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  SmPaperWish close = CLOSE;
  PapersDoing doing = { w->ed, key, id, SM_UNKNOWN, close, SM_N_NOUNS };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  fixture_pass (w->f, (double) hours * 3600);
  sm_row_unref (papers_done (w, w->ed, id, scored ("good")));
  before = papers_list (w, SM_NOUN_INSPECTION);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SmRow) closed = sm_rules_run_sync (w->f->rules, papers_do_change, &doing, &error);

      g_assert_no_error (error);
    }
  sm_row_unref (close.row);
  papers_assert_refused (w, w->mia, id, CLOSE, "inspection-over");
  after = papers_list (w, SM_NOUN_INSPECTION);
  g_assert_cmpuint (after->len, ==, before->len + 1);
  return sm_row_ref (after->pdata[after->len - 1]);
}

static SmPaperWish
again (gint64 days)
{
  SmPaperWish wish = papers_wish (SM_NOUN_INSPECTION);

  papers_say_int (&wish, SM_INSPECTION_EVERY_DAYS, days);
  return wish;
}

/* What comes again is planned once by closing it, so many days after it was done, and is found in
 * the audit; how often is for who plans. */
static void
test_inspection_again (void)
{
  g_autoptr (Papers) w = papers_new ();
  const char *kind = kind_of_station (w, FALSE);
  gint64 template = add_template (w, "Battery room", kind, "dry"), newer, every = 7;
  SmPaperWish wish = by_template (w, template);
  g_autoptr (SmRow) first = NULL;
  g_autoptr (SmRow) second = NULL;
  g_autoptr (SmRow) third = NULL;
  g_autofree char *object = NULL;

  papers_say_int (&wish, SM_INSPECTION_EVERY_DAYS, every);
  papers_say_text (&wish, SM_INSPECTION_INSPECTOR, "ed");
  first = papers_done (w, w->mia, 0, wish);
  papers_assert_refused (w, w->ed, sm_row_get_id (first), again (14), "permission-missing");
  papers_assert_refused (w, w->mia, sm_row_get_id (first), again (0), "invalid");
  papers_assert_refused (w, w->mia, sm_row_get_id (first), again (367), "invalid");
  newer = add_template (w, "Battery room", kind, "dry and cool");
  second = close_late (w, sm_row_get_id (first), 25);
  g_assert_cmpint (sm_row_get_int (second, SM_INSPECTION_PLANNED_AT), ==, w->now + 8 * SM_DAY);
  g_assert_cmpint (sm_row_get_int (second, SM_INSPECTION_FOLLOWS_ID), ==, sm_row_get_id (first));
  g_assert_cmpint (sm_row_get_int (second, SM_INSPECTION_STATION_ID), ==, w->trade->stations[0]);
  g_assert_cmpint (sm_row_get_int (second, SM_INSPECTION_EVERY_DAYS), ==, every);
  g_assert_cmpint (sm_row_get_int (second, SM_INSPECTION_TEMPLATE_ID), ==, newer);
  g_assert_cmpstr (sm_row_get_text (second, SM_INSPECTION_INSPECTOR), ==, "ed");
  g_assert_cmpstr (sm_row_get_text (second, SM_INSPECTION_PLANNED_BY), ==, w->mia->name);
  g_assert_cmpstr (sm_row_get_text (second, SM_INSPECTION_STATE), ==, "planned");
  g_assert_true (sm_row_is_null (second, SM_INSPECTION_SORT_SCORE));
  object = g_strdup_printf ("inspection/%" G_GINT64_FORMAT, sm_row_get_id (second));
  g_assert_cmpuint (fixture_audit (w->f, object, "done"), ==, 1);
  sm_row_unref (papers_done (w, w->mia, sm_row_get_id (second), again (30)));
  /* A day and some hours after the first was closed: six days early. */
  third = close_late (w, sm_row_get_id (second), 26);
  g_assert_cmpint (sm_row_get_int (third, SM_INSPECTION_PLANNED_AT), ==,
                   w->now + (8 - 6 + 30) * SM_DAY);
}

static SmPaperWish
called_off (const char *why)
{
  SmPaperWish wish = with_state (SM_NOUN_INSPECTION, SM_INSPECTION_STATE, "cancelled");

  papers_say_text (&wish, SM_INSPECTION_END_REASON, why);
  return wish;
}

/* Returns: (transfer full): the last of so many */
static SmRow *
last_of (Papers *w, guint n)
{
  g_autoptr (GPtrArray) all = papers_list (w, SM_NOUN_INSPECTION);

  g_assert_cmpuint (all->len, ==, n);
  return sm_row_ref (all->pdata[n - 1]);
}

/* One that is called off does not end what comes again: the next is planned once, never before the
 * day of that one, unless it is not to be again. */
static void
test_inspection_called_off (void)
{
  g_autoptr (Papers) w = papers_new ();
  SmPaperWish wish = inspection_of (w, w->now + 20 * SM_DAY), over = called_off ("closed for good");
  g_autoptr (SmRow) first = NULL;
  g_autoptr (SmRow) second = NULL;
  g_autoptr (SmRow) third = NULL;

  papers_say_int (&wish, SM_INSPECTION_EVERY_DAYS, 7);
  first = papers_done (w, w->mia, 0, wish);
  sm_row_unref (papers_done (w, w->mia, sm_row_get_id (first), called_off ("rain")));
  papers_assert_refused (w, w->mia, sm_row_get_id (first), called_off ("rain"), "inspection-over");
  second = last_of (w, 2);
  g_assert_cmpint (sm_row_get_int (second, SM_INSPECTION_PLANNED_AT), ==, w->now + 27 * SM_DAY);
  g_assert_cmpint (sm_row_get_int (second, SM_INSPECTION_FOLLOWS_ID), ==, sm_row_get_id (first));
  g_assert_true (sm_row_is_null (second, SM_INSPECTION_END_REASON));
  /* Three days late. */
  fixture_pass (w->f, 30 * 86400);
  sm_row_unref (papers_done (w, w->mia, sm_row_get_id (second), called_off ("rain")));
  third = last_of (w, 3);
  g_assert_cmpint (sm_row_get_int (third, SM_INSPECTION_PLANNED_AT), ==, w->now + 37 * SM_DAY);
  over.said |= G_GUINT64_CONSTANT (1) << SM_INSPECTION_EVERY_DAYS;
  sm_row_unref (papers_done (w, w->mia, sm_row_get_id (third), over));
  sm_row_unref (last_of (w, 3));
}

/* --- safety incidents --- */

static SmPaperWish
incident_of (Papers *w, gint64 happened_at)
{
  SmPaperWish wish = papers_wish (SM_NOUN_SAFETY_INCIDENT);

  papers_say_int (&wish, SM_INCIDENT_STATION_ID, w->trade->stations[0]);
  papers_say_text (&wish, SM_INCIDENT_KIND, "near_miss");
  papers_say_int (&wish, SM_INCIDENT_LEVEL, 2);
  papers_say_int (&wish, SM_INCIDENT_HAPPENED_AT, happened_at);
  papers_say_text (&wish, SM_INCIDENT_TEXT, "a hand between pack and rail");
  return wish;
}

#define CLOSE_INCIDENT with_state (SM_NOUN_SAFETY_INCIDENT, SM_INCIDENT_STATE, "closed")

static void
test_incident (void)
{
  g_autoptr (Papers) w = papers_new ();
  g_autoptr (SmRow) told = papers_done (w, w->mia, 0, incident_of (w, w->now - SM_HOUR));
  gint64 id = sm_row_get_id (told);
  SmPaperWish found = papers_wish (SM_NOUN_SAFETY_INCIDENT);
  g_autofree char *object = g_strdup_printf ("safety_incident/%" G_GINT64_FORMAT, id);
  g_autoptr (SmRow) closed = NULL;

  /* Who looks for it in the audit finds who reported it. */
  g_assert_cmpuint (fixture_audit (w->f, object, "done"), ==, 1);
  papers_assert_refused (w, w->ed, 0, incident_of (w, w->now + SM_HOUR), "invalid");
  papers_assert_refused (w, w->max, id, CLOSE_INCIDENT, "invalid");
  papers_say_text (&found, SM_INCIDENT_CAUSE, "no guard");
  papers_say_text (&found, SM_INCIDENT_MEASURES, "a guard at every lane");
  sm_row_unref (papers_done (w, w->mia, id, found));
  papers_assert_refused (w, w->ed, id, CLOSE_INCIDENT, "permission-missing");
  papers_assert_refused (w, w->mia, id, CLOSE_INCIDENT, "second-person-needed");
  closed = papers_done (w, w->max, id, CLOSE_INCIDENT);
  g_assert_cmpstr (sm_row_get_text (closed, SM_INCIDENT_CLOSED_BY), ==, w->max->name);
  papers_assert_refused (w, w->max, id, CLOSE_INCIDENT, "incident-over");
}

/* --- complaints --- */

static SmPaperWish
complaint_of (Papers *w, const char *order)
{
  SmPaperWish wish = papers_wish (SM_NOUN_COMPLAINT);

  papers_say_int (&wish, SM_COMPLAINT_STATION_ID, w->trade->stations[0]);
  papers_say_text (&wish, SM_COMPLAINT_COMPLAINANT, "王师傅");
  papers_say_text (&wish, SM_COMPLAINT_TEXT, "等了四十分钟");
  if (order != NULL)
    papers_say_text (&wish, SM_COMPLAINT_ORDER_NUMBER, order);
  return wish;
}

#define UPHOLD with_state (SM_NOUN_COMPLAINT, SM_COMPLAINT_STATE, "upheld")
#define REJECT with_state (SM_NOUN_COMPLAINT, SM_COMPLAINT_STATE, "rejected")

static void
assert_orders (Papers *w, guint n)
{
  g_autoptr (GPtrArray) orders = papers_list (w, SM_NOUN_WORK_ORDER);

  g_assert_cmpuint (orders->len, ==, n);
}

/* What is upheld opens one work order, however often that is said; the next may be about it. */
static void
test_complaint (void)
{
  g_autoptr (Papers) w = papers_new ();
  g_autoptr (SmRow) told = papers_done (w, w->ed, 0, complaint_of (w, NULL));
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *object
      = g_strdup_printf ("complaint/%" G_GINT64_FORMAT, sm_row_get_id (told));
  SmPaperWish wish = UPHOLD;
  PapersDoing doing = { w->mia, key, sm_row_get_id (told), SM_UNKNOWN, wish, SM_N_NOUNS };
  g_autoptr (SmRow) once = sm_rules_run_sync (w->f->rules, papers_do_change, &doing, NULL);
  g_autoptr (SmRow) again = sm_rules_run_sync (w->f->rules, papers_do_change, &doing, NULL);
  g_autoptr (GPtrArray) orders = papers_list (w, SM_NOUN_WORK_ORDER);
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
  papers_assert_refused (w, w->max, sm_row_get_id (told), UPHOLD, "complaint-over");
  papers_assert_refused (w, w->max, sm_row_get_id (told), REJECT, "complaint-over");
  assert_orders (w, 1);
  next = papers_done (w, w->ed, 0, complaint_of (w, sm_row_get_text (order, SM_WORK_ORDER_NUMBER)));
  g_assert_cmpstr (sm_row_get_text (next, SM_COMPLAINT_STATE), ==, "received");
}

/* Nobody is rid of one by waiting: only what was decided goes, in time. */
static void
test_complaint_kept (void)
{
  g_autoptr (Papers) w = papers_new ();
  g_autoptr (SmRow) told = papers_done (w, w->ed, 0, complaint_of (w, NULL));
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GPtrArray) decided = NULL;
  SmPaperWish reject = REJECT;

  papers_say_text (&reject, SM_COMPLAINT_REASON, "the lane was free");
  fixture_pass (w->f, 4 * 366 * 86400.0);
  waiting = papers_list (w, SM_NOUN_COMPLAINT);
  g_assert_cmpuint (waiting->len, ==, 1);
  sm_row_unref (papers_done (w, w->mia, sm_row_get_id (told), reject));
  fixture_pass (w->f, 4 * 366 * 86400.0);
  decided = papers_list (w, SM_NOUN_COMPLAINT);
  g_assert_cmpuint (decided->len, ==, 0);
}

static void
test_complaint_refused (void)
{
  g_autoptr (Papers) w = papers_new ();
  SmPaperWish elsewhere = complaint_of (w, NULL), nobody = complaint_of (w, NULL), why = REJECT;
  g_autoptr (SmRow) told = NULL;
  g_autoptr (SmRow) rejected = NULL;
  gint64 id;

  papers_say_int (&elsewhere, SM_COMPLAINT_VEHICLE_ID, 999999);
  papers_assert_refused (w, w->ed, 0, elsewhere, "not-found");
  sm_row_set_null (nobody.row, SM_COMPLAINT_COMPLAINANT);
  papers_assert_refused (w, w->ed, 0, nobody, "invalid");
  papers_assert_refused (w, w->ed, 0, complaint_of (w, "WO999999"), "invalid");
  papers_assert_refused (w, w->walt, 0, complaint_of (w, NULL), "permission-missing");
  told = papers_done (w, w->ed, 0, complaint_of (w, NULL));
  id = sm_row_get_id (told);
  papers_assert_refused (w, w->ed, id, UPHOLD, "permission-missing");
  papers_assert_refused (w, w->mia, id, REJECT, "invalid");
  papers_say_text (&why, SM_COMPLAINT_REASON, "the lane was free");
  rejected = papers_done (w, w->mia, id, why);
  g_assert_cmpstr (sm_row_get_text (rejected, SM_COMPLAINT_DECIDED_BY), ==, w->mia->name);
  g_assert_true (sm_row_is_null (rejected, SM_COMPLAINT_WORK_ORDER_ID));
  assert_orders (w, 0);
}

/* --- certificates --- */

static SmPaperWish
certificate_of (Papers *w, gint64 issued_on, gint64 expires_at)
{
  SmPaperWish wish = papers_wish (SM_NOUN_CERTIFICATE);

  papers_say_int (&wish, SM_CERTIFICATE_ENGINEER_ID, w->eddy);
  papers_say_text (&wish, SM_CERTIFICATE_KIND, "high_voltage");
  papers_say_int (&wish, SM_CERTIFICATE_ISSUED_ON, issued_on);
  papers_say_int (&wish, SM_CERTIFICATE_EXPIRES_AT, expires_at);
  return wish;
}

static void
test_certificate (void)
{
  g_autoptr (Papers) w = papers_new ();
  g_autoptr (SmRow) noted
      = papers_done (w, w->mia, 0, certificate_of (w, w->now - SM_DAY, w->now + SM_DAY));
  gint64 id = sm_row_get_id (noted);
  g_autoptr (SmRow) renewed = NULL;
  g_autoptr (SmRow) gone = NULL;
  g_autoptr (GPtrArray) left = NULL;
  SmPaperWish later = papers_wish (SM_NOUN_CERTIFICATE), never = papers_wish (SM_NOUN_CERTIFICATE);

  papers_assert_refused (w, w->ed, 0, certificate_of (w, w->now, w->now + SM_DAY),
                         "permission-missing");
  papers_assert_refused (w, w->mia, 0, certificate_of (w, w->now, w->now - SM_DAY), "invalid");
  papers_say_int (&later, SM_CERTIFICATE_EXPIRES_AT, w->now + 99 * SM_DAY);
  renewed = papers_done (w, w->mia, id, later);
  g_assert_cmpint (sm_row_get_int (renewed, SM_CERTIFICATE_EXPIRES_AT), ==,
                   w->now + 99 * SM_DAY);
  never.said = G_GUINT64_CONSTANT (1) << SM_CERTIFICATE_EXPIRES_AT;
  papers_assert_refused (w, w->mia, id, never, "invalid");
  gone = papers_remove (w, w->mia, SM_NOUN_CERTIFICATE, id, NULL);
  g_assert_nonnull (gone);
  left = papers_list (w, SM_NOUN_CERTIFICATE);
  g_assert_cmpuint (left->len, ==, 0);
}

/* --- parts --- */

static SmPaperWish
part_of (const char *code, gint64 engineer_id, gint64 quantity)
{
  SmPaperWish wish = papers_wish (SM_NOUN_PART);

  papers_say_text (&wish, SM_PART_CODE, code);
  wish.said |= G_GUINT64_CONSTANT (1) << SM_PART_NAME;
  sm_row_take_text (wish.row, SM_PART_NAME, sm_name_new (NULL, "锁销"));
  if (engineer_id != 0)
    papers_say_int (&wish, SM_PART_ENGINEER_ID, engineer_id);
  papers_say_int (&wish, SM_PART_QUANTITY, quantity);
  return wish;
}

/* What lies in a van is seen by whoever sees the van; one count of each part there. */
static void
test_part (void)
{
  g_autoptr (Papers) w = papers_new ();
  g_autoptr (SmRow) noted = papers_done (w, w->ed, 0, part_of ("SR-1", w->eddy, 4));
  g_autoptr (SmRow) counted = NULL;
  SmPaperWish count = papers_wish (SM_NOUN_PART), lost = part_of ("SR-2", w->eddy, 1);

  papers_assert_refused (w, w->mia, 0, part_of ("sr-1", w->eddy, 1), "part-there-already");
  papers_assert_refused (w, w->mia, 0, part_of ("SR-2", 0, 1), "invalid");
  papers_assert_refused (w, w->mia, 0, part_of ("SR-2", 4711, 1), "invalid");
  papers_assert_refused (w, w->mia, 0, part_of ("SR-2", w->eddy, SM_PART_MAX_QUANTITY + 1),
                         "invalid");
  papers_say_int (&lost, SM_PART_SERVICE_POINT_ID, 1);
  papers_assert_refused (w, w->mia, 0, lost, "invalid");
  papers_say_int (&count, SM_PART_QUANTITY, 0);
  papers_say_int (&count, SM_PART_MINIMUM, 2);
  counted = papers_done (w, w->mia, sm_row_get_id (noted), count);
  g_assert_cmpint (sm_row_get_int (counted, SM_PART_QUANTITY), ==, 0);
  g_assert_cmpint (sm_row_get_int (counted, SM_PART_MINIMUM), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/papers/inspection", test_inspection);
  g_test_add_func ("/rules/papers/inspection-refused", test_inspection_refused);
  g_test_add_func ("/rules/papers/inspection-again", test_inspection_again);
  g_test_add_func ("/rules/papers/inspection-called-off", test_inspection_called_off);
  g_test_add_func ("/rules/papers/template", test_template);
  g_test_add_func ("/rules/papers/template-refused", test_template_refused);
  g_test_add_func ("/rules/papers/incident", test_incident);
  g_test_add_func ("/rules/papers/complaint", test_complaint);
  g_test_add_func ("/rules/papers/complaint-kept", test_complaint_kept);
  g_test_add_func ("/rules/papers/complaint-refused", test_complaint_refused);
  g_test_add_func ("/rules/papers/certificate", test_certificate);
  g_test_add_func ("/rules/papers/part", test_part);
  return g_test_run ();
}
