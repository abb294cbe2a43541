/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desks.h"

#include "sm-handover-line.h"

/* Whose a desk is, how it is handed over, and who sees what of it. */

/* Whose the only alarm is, in a copy that lives until the next call. */
static const char *
owner (Desks *room)
{
  static char name[100];
  g_autoptr (SmRow) alarm = fixture_only_alarm (room->fixture);
  g_autoptr (SmRow) desk
      = desks_read (room, SM_NOUN_DESK, sm_row_get_int (alarm, SM_ALARM_DESK_ID));

  g_strlcpy (name, desks_answers (desk) != NULL ? desks_answers (desk) : "", sizeof name);
  return name;
}

static void
test_main_desk (void)
{
  g_autoptr (Desks) room = desks_new ();
  g_autoptr (SmRow) desk = desks_read (room, SM_NOUN_DESK, 1);

  /* Nobody has ever sat down: it is the administrator's. */
  g_assert_cmpstr (desks_answers (desk), ==, "root");
  g_assert_cmpstr (sm_row_get_text (desk, SM_DESK_ANSWERS_AS), ==, "administrator");
  desks_say (room, 0, "vehicle-brake", TRUE);
  g_assert_cmpstr (owner (room), ==, "root");
}

static void
test_handover (void)
{
  g_autoptr (Desks) room = desks_new ();
  g_autoptr (SmRow) handover = NULL;
  g_autoptr (SmRow) noted = NULL;
  g_autoptr (SmRow) given = NULL;
  g_autoptr (SmRow) taken = NULL;
  gint64 id;

  sm_row_unref (desks_act (room, (Act){ SIT, room->actors[WANG], 1 }));
  desks_say (room, 0, "vehicle-insulation", TRUE);
  handover = desks_act (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "LI" });
  id = sm_row_get_id (handover);
  g_assert_cmpstr (sm_row_get_text (handover, SM_HANDOVER_TO_PERSON), ==, "li");
  desks_refused (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "chen" }, SM_ERROR_CONFLICT,
                 "handover-open");
  desks_refused (room, (Act){ SIGN, room->actors[LI], id, sm_row_get_int (handover, SM_ROW_SEQ) },
                 SM_ERROR_INVALID, "signature-not-yours");
  noted = desks_act (room, (Act){ NOTE, room->actors[LI], id,
                                  sm_row_get_int (handover, SM_ROW_SEQ), .text = "keys are here" });
  /* What was read is not what there is. */
  desks_refused (room, (Act){ SIGN, room->actors[WANG], id, sm_row_get_int (handover, SM_ROW_SEQ) },
                 SM_ERROR_CONFLICT, "handover-changed");
  given = desks_act (room, (Act){ SIGN, room->actors[WANG], id,
                                  sm_row_get_int (noted, SM_ROW_SEQ) });
  g_assert_cmpstr (owner (room), ==, "wang");
  taken = desks_act (room, (Act){ SIGN, room->actors[LI], id, sm_row_get_int (given, SM_ROW_SEQ) });
  g_assert_cmpstr (sm_row_get_text (taken, SM_HANDOVER_STATE), ==, "taken");
  g_assert_cmpstr (owner (room), ==, "li");
  desks_refused (room, (Act){ SIGN, room->actors[LI], id, sm_row_get_int (taken, SM_ROW_SEQ) },
                 SM_ERROR_INVALID, "handover-over");
}

/* A clear answer each, and the desk is whose it was. */
static void
test_to_nobody (void)
{
  g_autoptr (Desks) room = desks_new ();
  g_autoptr (SmRow) desk = NULL;

  desks_refused (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "li" }, SM_ERROR_INVALID,
                 "desk-nobodys");
  sm_row_unref (desks_act (room, (Act){ SIT, room->actors[WANG], 1 }));
  desks_refused_field (room, (Act){ BEGIN, room->actors[WANG], 1 }, "handover-to-nobody");
  desks_refused_field (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "" },
                       "handover-to-nobody");
  desks_refused (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "nemo" }, SM_ERROR_INVALID,
                 "person-unknown");
  desks_refused (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "zhao" }, SM_ERROR_INVALID,
                 "person-may-not-sit");
  desks_refused_field (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "wang" },
                       "handover-to-self");
  desks_refused (room, (Act){ BEGIN, room->actors[LI], 1, .person = "chen" }, SM_ERROR_INVALID,
                 "desk-not-yours");
  desks_refused (room, (Act){ BEGIN, room->actors[ZHAO], 1, .person = "li" }, SM_ERROR_DENIED,
                 "permission-missing");
  desk = desks_read (room, SM_NOUN_DESK, 1);
  g_assert_cmpstr (desks_answers (desk), ==, "wang");
}

static gpointer
do_call (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Desks *room = data;
  SmCall call = { .at = SM_UNKNOWN, .outcome = (char *) "no_answer", .who = (char *) "Zhao",
                  .number = (char *) "139 0000" };

  return sm_alarms_call (rules, room->actors[WANG], "00000000-0000-7000-8000-0000000000a1", 1, &call,
                         error);
}

/* Whom nobody has to call again. */
static void
assert_call (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const SmHandoverLine *line = lines->pdata[i];

      if (!g_str_equal (line->section, "call"))
        continue;
      g_assert_cmpstr (line->code, ==, "no_answer");
      g_assert_cmpstr (line->label, ==, "Zhao 139 0000");
      g_assert_cmpstr (line->person, ==, "wang");
      return;
    }
  g_assert_not_reached ();
}

static void
test_summary (void)
{
  g_autoptr (Desks) room = desks_new ();
  g_autoptr (SmRow) handover = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const SmHandoverLine *first;

  sm_row_unref (desks_act (room, (Act){ SIT, room->actors[WANG], 1 }));
  desks_say (room, 0, "vehicle-brake", TRUE);
  desks_say (room, 1, "vehicle-insulation", TRUE);
  sm_row_unref (sm_rules_run_sync (room->fixture->rules, do_call, room, NULL));
  handover = desks_act (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "li" });
  lines = sm_handover_lines_read (sm_row_get_text (handover, SM_HANDOVER_SUMMARY));
  g_assert_cmpuint (lines->len, >=, 2);
  first = lines->pdata[0];
  g_assert_cmpstr (first->code, ==, "vehicle-insulation");
  g_assert_cmpstr (((SmHandoverLine *) lines->pdata[1])->section, ==, "major");
  assert_call (lines);
}

static void
test_absence (void)
{
  g_autoptr (Desks) room = desks_new ();
  g_autoptr (SmRow) wanted = desks_like ("Night", NULL, NULL);
  g_autoptr (SmRow) night = NULL;
  g_autoptr (SmRow) away = NULL;
  g_autoptr (SmRow) back = NULL;
  g_autoptr (SmRow) taken = NULL;

  sm_row_set_text (wanted, SM_DESK_KINDS, "vehicle");
  sm_row_set_int (wanted, SM_DESK_COVER_DESK_ID, 1);
  night = desks_act (room, (Act){ CREATE, room->actors[ROOT], .row = wanted });
  sm_row_unref (desks_act (room, (Act){ SIT, room->actors[LI], sm_row_get_id (night) }));
  desks_say (room, 0, "vehicle-brake", TRUE);
  g_assert_cmpstr (owner (room), ==, "li");
  desks_refused (room, (Act){ SIT, room->actors[CHEN], sm_row_get_id (night), .text = "mine" },
                 SM_ERROR_INVALID, "desk-held");
  desks_refused (room, (Act){ LEAVE, room->actors[CHEN], sm_row_get_id (night) }, SM_ERROR_INVALID,
                 "desk-not-yours");
  /* Nobody covers it yet: it stays whose it is. */
  away = desks_act (room, (Act){ LEAVE, room->actors[LI], sm_row_get_id (night), .text = "lunch" });
  g_assert_cmpstr (sm_row_get_text (away, SM_DESK_ANSWERS_AS), ==, "away");
  g_assert_cmpstr (owner (room), ==, "li");
  sm_row_unref (desks_act (room, (Act){ SIT, room->actors[WANG], 1 }));
  g_assert_cmpstr (owner (room), ==, "wang");
  fixture_pass (room->fixture, 60);
  back = desks_act (room, (Act){ SIT, room->actors[LI], sm_row_get_id (night) });
  g_assert_cmpstr (owner (room), ==, "li");
  g_assert_cmpint (sm_row_get_int (back, SM_DESK_LAST_AWAY_TO)
                       - sm_row_get_int (back, SM_DESK_LAST_AWAY_FROM), ==, 60 * SM_SECOND);
  sm_row_unref (desks_act (room, (Act){ LEAVE, room->actors[LI], sm_row_get_id (night) }));
  desks_refused_field (room, (Act){ SIT, room->actors[CHEN], sm_row_get_id (night) },
                       "reason-missing");
  taken = desks_act (room, (Act){ SIT, room->actors[CHEN], sm_row_get_id (night),
                                  .text = "did not come back" });
  g_assert_cmpstr (sm_row_get_text (taken, SM_DESK_HOLDER), ==, "chen");
  g_assert_cmpstr (owner (room), ==, "chen");
}

/* Alarms go to the desk that looks most closely after what they are of, and follow. */
static void
test_closest (void)
{
  g_autoptr (Desks) room = desks_new ();
  g_autoptr (SmRow) by_kind = desks_like ("Vehicles", "vehicle", NULL);
  g_autoptr (SmRow) by_level = desks_like ("Urgent", "vehicle", "1 2");
  g_autoptr (SmRow) no_more = desks_like (NULL, "station", NULL);
  g_autoptr (SmRow) bad = desks_like ("Bad", "vehicle wagon", NULL);
  g_autoptr (SmRow) vehicles = NULL;
  g_autoptr (SmRow) urgent = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) later = NULL;

  desks_refused_field (room, (Act){ CREATE, room->actors[ROOT], .row = bad }, "not-known");
  desks_refused (room, (Act){ CREATE, room->actors[LI], .row = by_kind }, SM_ERROR_DENIED,
                 "permission-missing");
  desks_say (room, 0, "vehicle-insulation", TRUE);
  alarm = fixture_only_alarm (room->fixture);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_DESK_ID), ==, 1);
  vehicles = desks_act (room, (Act){ CREATE, room->actors[ROOT], .row = by_kind });
  urgent = desks_act (room, (Act){ CREATE, room->actors[ROOT], .row = by_level });
  fixture_pass (room->fixture, 1);
  g_clear_pointer (&alarm, sm_row_unref);
  alarm = fixture_only_alarm (room->fixture);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_DESK_ID), ==, sm_row_get_id (urgent));
  sm_row_unref (desks_act (room, (Act){ EDIT, room->actors[ROOT], sm_row_get_id (urgent),
                                        sm_row_get_int (urgent, SM_ROW_SEQ), .row = no_more }));
  fixture_pass (room->fixture, 1);
  later = fixture_only_alarm (room->fixture);
  g_assert_cmpint (sm_row_get_int (later, SM_ALARM_DESK_ID), ==, sm_row_get_id (vehicles));
}

/* What it had is another's from the same moment on: alarms, and whom it covered. */
static void
test_close (void)
{
  g_autoptr (Desks) room = desks_new ();
  gint64 now = sm_clock_now (room->fixture->network);
  g_autoptr (SmRow) vehicles = desks_like ("Vehicles", "vehicle", NULL);
  g_autoptr (SmRow) packs = desks_like ("Packs", "battery", NULL);
  g_autoptr (SmRow) shift = desks_entry_like (2, "chen", now + SM_HOUR, now + 9 * SM_HOUR);
  g_autoptr (SmRow) entry = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) covered = NULL;

  sm_row_set_int (vehicles, SM_DESK_COVER_DESK_ID, 1);
  sm_row_unref (desks_act (room, (Act){ CREATE, room->actors[ROOT], .row = vehicles }));
  sm_row_set_int (packs, SM_DESK_COVER_DESK_ID, 2);
  sm_row_unref (desks_act (room, (Act){ CREATE, room->actors[ROOT], .row = packs }));
  entry = desks_act (room, (Act){ ADD, room->actors[CHEN], .row = shift });
  sm_row_unref (desks_act (room, (Act){ SIT, room->actors[WANG], 2 }));
  desks_say (room, 0, "vehicle-insulation", TRUE);
  desks_refused (room, (Act){ CLOSE, room->actors[LI], 2, .text = "x" }, SM_ERROR_DENIED,
                 "permission-missing");
  desks_refused_field (room, (Act){ CLOSE, room->actors[ROOT], 2 }, "reason-missing");
  desks_refused_field (room, (Act){ CLOSE, room->actors[ROOT], 2, .text = "x" }, "desk-held");
  desks_refused_field (room, (Act){ CLOSE, room->actors[ROOT], 1, .text = "x" }, "desk-main");
  sm_row_unref (desks_act (room, (Act){ LEAVE, room->actors[WANG], 2 }));
  sm_row_unref (desks_act (room, (Act){ CLOSE, room->actors[ROOT], 2, .text = "too few trucks" }));
  alarm = fixture_only_alarm (room->fixture);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_DESK_ID), ==, 1);
  covered = desks_read (room, SM_NOUN_DESK, 3);
  g_assert_cmpint (sm_row_get_int (covered, SM_DESK_COVER_DESK_ID), ==, 1);
  desks_refused (room, (Act){ TAKE_OFF, room->actors[CHEN], sm_row_get_id (entry),
                              sm_row_get_int (entry, SM_ROW_SEQ) },
                 SM_ERROR_NOT_FOUND, "not-found");
  desks_refused (room, (Act){ SIT, room->actors[WANG], 2 }, SM_ERROR_NOT_FOUND, "not-found");
}

static void
test_roster (void)
{
  g_autoptr (Desks) room = desks_new ();
  gint64 now = sm_clock_now (room->fixture->network);
  g_autoptr (SmRow) shift = desks_entry_like (1, "chen", now + SM_HOUR, now + 9 * SM_HOUR);
  g_autoptr (SmRow) overlap = desks_entry_like (1, "chen", now + 8 * SM_HOUR, now + 12 * SM_HOUR);
  g_autoptr (SmRow) backwards = desks_entry_like (1, "li", now + 2 * SM_HOUR, now + SM_HOUR);
  g_autoptr (SmRow) wall = desks_entry_like (1, "zhao", now, now + SM_HOUR);
  g_autoptr (GPtrArray) roster = g_ptr_array_new ();
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (SmRow) entry = NULL;
  g_autoptr (SmRow) desk = NULL;

  desks_refused_field (room, (Act){ ADD, room->actors[CHEN], .row = backwards },
                       "ends-before-it-begins");
  desks_refused (room, (Act){ ADD, room->actors[CHEN], .row = wall }, SM_ERROR_INVALID,
                 "person-may-not-sit");
  desks_refused (room, (Act){ ADD, room->actors[LI], .row = shift }, SM_ERROR_DENIED,
                 "permission-missing");
  entry = desks_act (room, (Act){ ADD, room->actors[CHEN], .row = shift });
  desks_refused (room, (Act){ ADD, room->actors[CHEN], .row = overlap }, SM_ERROR_CONFLICT,
                 "roster-clash");
  desks_refused (room, (Act){ TAKE_OFF, room->actors[CHEN], sm_row_get_id (entry), 1 },
                 SM_ERROR_CONFLICT, "row-changed");
  g_ptr_array_add (roster, entry);
  gaps = sm_roster_find_gaps (roster, 1, now, now + SM_ROSTER_AHEAD);
  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpint (g_array_index (gaps, SmRosterGap, 0).to, ==, now + SM_HOUR);
  g_assert_cmpint (g_array_index (gaps, SmRosterGap, 1).from, ==, now + 9 * SM_HOUR);
  /* Nobody sits there: from then on it is who is on the roster, and no longer than that. */
  fixture_pass (room->fixture, 3600);
  desk = desks_read (room, SM_NOUN_DESK, 1);
  g_assert_cmpstr (desks_answers (desk), ==, "chen");
  fixture_pass (room->fixture, 8 * 3600);
  g_clear_pointer (&desk, sm_row_unref);
  desk = desks_read (room, SM_NOUN_DESK, 1);
  g_assert_cmpstr (desks_answers (desk), ==, "root");
  sm_row_unref (desks_act (room, (Act){ TAKE_OFF, room->actors[CHEN], sm_row_get_id (entry),
                                        sm_row_get_int (entry, SM_ROW_SEQ) }));
}

/* --- who sees what of a desk --- */

static gint64
add_area (Desks *room)
{
  SmRow *area = sm_row_new (sm_noun_get (SM_NOUN_AREA));

  sm_row_set_text (area, SM_AREA_KIND, "city");
  sm_row_set_text (area, SM_AREA_NAME, "{\"en\":\"C\"}");
  return fixture_fill (room->fixture, area);
}

static SmRow *
desk_of_area (gint64 area_id)
{
  SmRow *desk = desks_like ("Area", NULL, NULL);
  g_autofree char *ids = g_strdup_printf ("%" G_GINT64_FORMAT, area_id);

  sm_row_set_text (desk, SM_DESK_AREA_IDS, ids);
  return desk;
}

static gpointer
do_list_sitters (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_desks_list_sitters (reader, data, error);
}

static guint
count_sitters (Desks   *room,
               SmActor *actor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sitters
      = sm_rules_read_sync (room->fixture->rules, do_list_sitters, actor, &error);

  g_assert_no_error (error);
  return sitters->len;
}

/* A desk of another area: its roster goes with it, what was written of the first is for
 * nobody else, and who is responsible for one area hears of no more than that. */
static void
test_areas (void)
{
  g_autoptr (Desks) room = desks_new ();
  gint64 now = sm_clock_now (room->fixture->network);
  gint64 here = add_area (room), there = add_area (room);
  g_autoptr (SmActor) ma = fixture_add_person (room->fixture, "ma", "manager",
                                               SM_SCOPE_AREAS, here);
  g_autoptr (SmActor) liu = fixture_add_person (room->fixture, "liu", "manager",
                                                SM_SCOPE_AREAS, there);
  g_autoptr (SmRow) wanted = desk_of_area (here);
  g_autoptr (SmRow) moved = desk_of_area (there);
  g_autoptr (SmRow) desk = NULL, sat = NULL, entry = NULL, shift = NULL, handover = NULL,
                    after = NULL, over = NULL;
  g_autofree char *object = NULL;

  g_assert_cmpuint (count_sitters (room, ma), ==, 0);
  desk = desks_act (room, (Act){ CREATE, room->actors[ROOT], .row = wanted });
  g_assert_cmpuint (count_sitters (room, room->actors[ROOT]), ==, 5);
  g_assert_cmpuint (count_sitters (room, ma), ==, 5);
  g_assert_cmpuint (count_sitters (room, liu), ==, 0);
  desks_refused_field (room, (Act){ EDIT, ma, sm_row_get_id (desk),
                                    sm_row_get_int (desk, SM_ROW_SEQ), .row = moved },
                       "not-known");
  shift = desks_entry_like (sm_row_get_id (desk), "wang", now + SM_HOUR, now + 9 * SM_HOUR);
  entry = desks_act (room, (Act){ ADD, ma, .row = shift });
  g_assert_cmpint (sm_row_get_int (entry, SM_ROW_AREA_ID), ==, here);
  sat = desks_act (room, (Act){ SIT, room->actors[WANG], sm_row_get_id (desk) });
  handover = desks_act (room, (Act){ BEGIN, room->actors[WANG], sm_row_get_id (desk),
                                     .person = "li" });
  sm_row_unref (desks_act (room, (Act){ EDIT, room->actors[ROOT], sm_row_get_id (desk),
                                        sm_row_get_int (sat, SM_ROW_SEQ), .row = moved }));
  after = desks_read (room, SM_NOUN_ROSTER_ENTRY, sm_row_get_id (entry));
  g_assert_cmpint (sm_row_get_int (after, SM_ROW_AREA_ID), ==, there);
  over = desks_read (room, SM_NOUN_HANDOVER, sm_row_get_id (handover));
  g_assert_cmpint (sm_row_get_int (over, SM_ROW_AREA_ID), ==, here);
  g_assert_cmpuint (sm_row_get_enum (over, SM_HANDOVER_STATE), ==, SM_HANDOVER_STATE_WITHDRAWN);
  object = g_strdup_printf ("handover/%" G_GINT64_FORMAT, sm_row_get_id (handover));
  g_assert_cmpuint (fixture_audit (room->fixture, object, "done"), ==, 1);
  g_assert_cmpuint (count_sitters (room, ma), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/desks/a-network-has-one-that-is-somebodys", test_main_desk);
  g_test_add_func ("/rules/desks/is-who-goes-until-both-have-signed", test_handover);
  g_test_add_func ("/rules/desks/is-handed-over-to-somebody-who-may", test_to_nobody);
  g_test_add_func ("/rules/desks/handover-begins-with-what-is-worst", test_summary);
  g_test_add_func ("/rules/desks/is-covered-while-it-is-empty", test_absence);
  g_test_add_func ("/rules/desks/alarms-are-of-the-closest", test_closest);
  g_test_add_func ("/rules/desks/closed-leave-their-alarms-to-another", test_close);
  g_test_add_func ("/rules/desks/roster-says-who-where-nobody-sits", test_roster);
  g_test_add_func ("/rules/desks/are-seen-by-who-is-responsible", test_areas);
  return g_test_run ();
}
