/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-connection.h"
#include "sm-desk.h"
#include "sm-desks.h"
#include "sm-faults.h"
#include "sm-handover-line.h"
#include "sm-statement.h"
#include "sm-test-full.h"

#include <math.h>

/* Who is there: the first is the administrator. */
static const struct { const char *name, *role; } people[] = {
  { "root", "administrator" }, { "wang", "operator" }, { "li", "operator" },
  { "chen", "dispatcher" },    { "zhao", "wall" },
};

enum { ROOT, WANG, LI, CHEN, ZHAO };

typedef struct
{
  Fixture *fixture;
  SmActor *actors[G_N_ELEMENTS (people)];
  gint64 vehicles[4];
} Room;

static Room *
room_new (void)
{
  Room *room = g_new0 (Room, 1);

  room->fixture = fixture_new ();
  fixture_serve (room->fixture);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    room->actors[i] = fixture_add_person (room->fixture, people[i].name, people[i].role,
                                          SM_SCOPE_ALL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (room->vehicles); i++)
    {
      g_autofree char *plate = g_strdup_printf ("A%u", i + 1);

      room->vehicles[i] = fixture_add_vehicle (room->fixture, plate, SM_UNKNOWN);
      fixture_report (room->fixture, room->vehicles[i], 50, 30);
    }
  fixture_pass (room->fixture, 1);
  return room;
}

static void
room_free (Room *room)
{
  fixture_free (room->fixture);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    sm_actor_unref (room->actors[i]);
  g_free (room);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Room, room_free)

/* --- what persons do --- */

typedef enum { CREATE, EDIT, CLOSE, SIT, LEAVE, BEGIN, SIGN, WITHDRAW, NOTE, ADD, TAKE_OFF } What;

typedef struct
{
  What what;
  SmActor *actor;
  gint64 id;
  gint64 seq;
  const char *text;  /* reason or note */
  const char *person;
  SmRow *row;
  char *key;
} Act;

static gpointer
do_act (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Act *a = data;
  SmDeskEdit edit = { a->row };

  switch (a->what)
    {
    case CREATE:
      return sm_desks_create (rules, a->actor, a->key, a->row, error);
    case EDIT:
      for (guint i = 0; i < SM_DESK_N_FIELDS; i++)
        edit.has[i] = !sm_row_is_null (a->row, i);
      return sm_desks_edit (rules, a->actor, a->key, a->id, a->seq, &edit, NULL, error);
    case CLOSE:
      return sm_desks_close (rules, a->actor, a->key, a->id, a->text, error);
    case SIT:
      return sm_desks_sit (rules, a->actor, a->key, a->id, a->text, error);
    case LEAVE:
      return sm_desks_leave (rules, a->actor, a->key, a->id, a->text, error);
    case BEGIN:
      return sm_handovers_begin (rules, a->actor, a->key, a->id, a->person, a->text, error);
    case SIGN:
      return sm_handovers_sign (rules, a->actor, a->key, a->id, a->seq, NULL, error);
    case WITHDRAW:
      return sm_handovers_withdraw (rules, a->actor, a->key, a->id, error);
    case NOTE:
      return sm_handovers_note (rules, a->actor, a->key, a->id, a->seq, a->text, NULL, error);
    case ADD:
      return sm_roster_add (rules, a->actor, a->key, a->row, error);
    default:
      return sm_roster_remove (rules, a->actor, a->key, a->id, a->seq, NULL, error);
    }
}

static SmRow *
try_act (Room    *room,
         Act      act,
         GError **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());

  act.key = key;
  return sm_rules_run_sync (room->fixture->rules, do_act, &act, error);
}

static SmRow *
act_well (Room *room,
          Act   act)
{
  g_autoptr (GError) error = NULL;
  SmRow *row = try_act (room, act, &error);

  g_assert_no_error (error);
  g_assert_nonnull (row);
  return row;
}

static void
refused (Room       *room,
         Act         act,
         int         code,
         const char *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = try_act (room, act, &error);

  g_assert_null (row);
  fixture_assert_error (error, code, slug);
}

static void
refused_field (Room       *room,
               Act         act,
               const char *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = try_act (room, act, &error);

  g_assert_null (row);
  g_assert_error (error, SM_ERROR, (int) SM_ERROR_INVALID);
  g_assert_cmpuint (sm_error_get_fields (error)->len, ==, 1);
  g_assert_cmpstr (((SmErrorField *) sm_error_get_fields (error)->pdata[0])->slug, ==, slug);
}

static SmRow *
desk_like (const char *name,
           const char *kinds,
           const char *levels)
{
  SmRow *desk = sm_row_new (sm_noun_get (SM_NOUN_DESK));
  g_autofree char *json = name != NULL ? g_strdup_printf ("{\"en\":\"%s\"}", name) : NULL;

  sm_row_set_text (desk, SM_DESK_NAME, json);
  sm_row_set_text (desk, SM_DESK_KINDS, kinds);
  sm_row_set_text (desk, SM_DESK_LEVELS, levels);
  return desk;
}

static SmRow *
entry_like (gint64      desk_id,
            const char *person,
            gint64      from,
            gint64      to)
{
  SmRow *entry = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));

  sm_row_set_int (entry, SM_ROSTER_ENTRY_DESK_ID, desk_id);
  sm_row_set_text (entry, SM_ROSTER_ENTRY_PERSON, person);
  sm_row_set_int (entry, SM_ROSTER_ENTRY_FROM_AT, from);
  sm_row_set_int (entry, SM_ROSTER_ENTRY_TO_AT, to);
  return entry;
}

/* --- what there is --- */

typedef struct
{
  SmNounId noun;
  SmActor *actor;
  gint64 id;
} Reading;

static gpointer
do_read (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  const Reading *reading = data;

  return sm_feed_read_row (reader, reading->actor, sm_noun_get (reading->noun), reading->id,
                           error);
}

static SmRow *
read_row (Room    *room,
          SmNounId noun,
          gint64   id)
{
  Reading reading = { noun, room->fixture->system, id };
  g_autoptr (GError) error = NULL;
  SmRow *row = sm_rules_read_sync (room->fixture->rules, do_read, &reading, &error);

  g_assert_no_error (error);
  return row;
}

typedef struct
{
  Room *room;
  gint64 vehicle_id;
  const char *code;
  gboolean is_raised;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saying *saying = data;
  SmFaultReport fault = { .noun = SM_NOUN_VEHICLE, .id = saying->vehicle_id,
                          .code = saying->code, .is_raised = saying->is_raised,
                          .at_us = sm_clock_now (saying->room->fixture->network),
                          .value = NAN, .limit_value = NAN };
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, saying->room->fixture->system, &fault, 1, &result, error);
  return NULL;
}

static void
say (Room       *room,
     guint       vehicle,
     const char *code,
     gboolean    is_raised)
{
  Saying saying = { room, room->vehicles[vehicle], code, is_raised };

  fixture_pass (room->fixture, 1);
  fixture_write (room->fixture, do_say, &saying);
}

static const char *
answers (SmRow *desk)
{
  return sm_row_get_text (desk, SM_DESK_ANSWERS);
}

/* Whose the only alarm is, in a copy that lives until the next call. */
static const char *
owner (Room *room)
{
  static char name[100];
  g_autoptr (SmRow) alarm = fixture_only_alarm (room->fixture);
  g_autoptr (SmRow) desk = read_row (room, SM_NOUN_DESK, sm_row_get_int (alarm, SM_ALARM_DESK_ID));

  g_strlcpy (name, answers (desk) != NULL ? answers (desk) : "", sizeof name);
  return name;
}

/* --- cases --- */

static void
test_main_desk (void)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) desk = read_row (room, SM_NOUN_DESK, 1);

  /* Nobody has ever sat down: it is the administrator's. */
  g_assert_cmpstr (answers (desk), ==, "root");
  g_assert_cmpstr (sm_row_get_text (desk, SM_DESK_ANSWERS_AS), ==, "administrator");
  say (room, 0, "vehicle-brake", TRUE);
  g_assert_cmpstr (owner (room), ==, "root");
}

static void
test_handover (void)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) handover = NULL;
  g_autoptr (SmRow) noted = NULL;
  g_autoptr (SmRow) given = NULL;
  g_autoptr (SmRow) taken = NULL;
  gint64 id;

  sm_row_unref (act_well (room, (Act){ SIT, room->actors[WANG], 1 }));
  say (room, 0, "vehicle-insulation", TRUE);
  handover = act_well (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "LI" });
  id = sm_row_get_id (handover);
  g_assert_cmpstr (sm_row_get_text (handover, SM_HANDOVER_TO_PERSON), ==, "li");
  refused (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "chen" }, SM_ERROR_CONFLICT,
           "handover-open");
  refused (room, (Act){ SIGN, room->actors[LI], id, sm_row_get_int (handover, SM_ROW_SEQ) },
           SM_ERROR_INVALID, "signature-not-yours");
  noted = act_well (room, (Act){ NOTE, room->actors[LI], id,
                                 sm_row_get_int (handover, SM_ROW_SEQ), .text = "keys are here" });
  /* What was read is not what there is. */
  refused (room, (Act){ SIGN, room->actors[WANG], id, sm_row_get_int (handover, SM_ROW_SEQ) },
           SM_ERROR_CONFLICT, "handover-changed");
  given = act_well (room, (Act){ SIGN, room->actors[WANG], id,
                                 sm_row_get_int (noted, SM_ROW_SEQ) });
  g_assert_cmpstr (owner (room), ==, "wang");
  taken = act_well (room, (Act){ SIGN, room->actors[LI], id, sm_row_get_int (given, SM_ROW_SEQ) });
  g_assert_cmpstr (sm_row_get_text (taken, SM_HANDOVER_STATE), ==, "taken");
  g_assert_cmpstr (owner (room), ==, "li");
  refused (room, (Act){ SIGN, room->actors[LI], id, sm_row_get_int (taken, SM_ROW_SEQ) },
           SM_ERROR_INVALID, "handover-over");
}

/* A clear answer each, and the desk is whose it was. */
static void
test_to_nobody (void)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) desk = NULL;

  refused (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "li" }, SM_ERROR_INVALID,
           "desk-nobodys");
  sm_row_unref (act_well (room, (Act){ SIT, room->actors[WANG], 1 }));
  refused_field (room, (Act){ BEGIN, room->actors[WANG], 1 }, "handover-to-nobody");
  refused_field (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "" }, "handover-to-nobody");
  refused (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "nemo" }, SM_ERROR_INVALID,
           "person-unknown");
  refused (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "zhao" }, SM_ERROR_INVALID,
           "person-may-not-sit");
  refused_field (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "wang" },
                 "handover-to-self");
  refused (room, (Act){ BEGIN, room->actors[LI], 1, .person = "chen" }, SM_ERROR_INVALID,
           "desk-not-yours");
  refused (room, (Act){ BEGIN, room->actors[ZHAO], 1, .person = "li" }, SM_ERROR_DENIED,
           "permission-missing");
  desk = read_row (room, SM_NOUN_DESK, 1);
  g_assert_cmpstr (answers (desk), ==, "wang");
}

static gpointer
do_call (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Room *room = data;
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
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) handover = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const SmHandoverLine *first;

  sm_row_unref (act_well (room, (Act){ SIT, room->actors[WANG], 1 }));
  say (room, 0, "vehicle-brake", TRUE);
  say (room, 1, "vehicle-insulation", TRUE);
  sm_row_unref (sm_rules_run_sync (room->fixture->rules, do_call, room, NULL));
  handover = act_well (room, (Act){ BEGIN, room->actors[WANG], 1, .person = "li" });
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
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) wanted = desk_like ("Night", NULL, NULL);
  g_autoptr (SmRow) night = NULL;
  g_autoptr (SmRow) away = NULL;
  g_autoptr (SmRow) back = NULL;
  g_autoptr (SmRow) taken = NULL;

  sm_row_set_text (wanted, SM_DESK_KINDS, "vehicle");
  sm_row_set_int (wanted, SM_DESK_COVER_DESK_ID, 1);
  night = act_well (room, (Act){ CREATE, room->actors[ROOT], .row = wanted });
  sm_row_unref (act_well (room, (Act){ SIT, room->actors[LI], sm_row_get_id (night) }));
  say (room, 0, "vehicle-brake", TRUE);
  g_assert_cmpstr (owner (room), ==, "li");
  refused (room, (Act){ SIT, room->actors[CHEN], sm_row_get_id (night), .text = "mine" },
           SM_ERROR_INVALID, "desk-held");
  refused (room, (Act){ LEAVE, room->actors[CHEN], sm_row_get_id (night) }, SM_ERROR_INVALID,
           "desk-not-yours");
  /* Nobody covers it yet: it stays whose it is. */
  away = act_well (room, (Act){ LEAVE, room->actors[LI], sm_row_get_id (night), .text = "lunch" });
  g_assert_cmpstr (sm_row_get_text (away, SM_DESK_ANSWERS_AS), ==, "away");
  g_assert_cmpstr (owner (room), ==, "li");
  sm_row_unref (act_well (room, (Act){ SIT, room->actors[WANG], 1 }));
  g_assert_cmpstr (owner (room), ==, "wang");
  fixture_pass (room->fixture, 60);
  back = act_well (room, (Act){ SIT, room->actors[LI], sm_row_get_id (night) });
  g_assert_cmpstr (owner (room), ==, "li");
  g_assert_cmpint (sm_row_get_int (back, SM_DESK_LAST_AWAY_TO)
                       - sm_row_get_int (back, SM_DESK_LAST_AWAY_FROM), ==, 60 * SM_SECOND);
  sm_row_unref (act_well (room, (Act){ LEAVE, room->actors[LI], sm_row_get_id (night) }));
  refused_field (room, (Act){ SIT, room->actors[CHEN], sm_row_get_id (night) }, "reason-missing");
  taken = act_well (room, (Act){ SIT, room->actors[CHEN], sm_row_get_id (night),
                                 .text = "did not come back" });
  g_assert_cmpstr (sm_row_get_text (taken, SM_DESK_HOLDER), ==, "chen");
  g_assert_cmpstr (owner (room), ==, "chen");
}

/* Alarms go to the desk that looks most closely after what they are of, and follow. */
static void
test_closest (void)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) by_kind = desk_like ("Vehicles", "vehicle", NULL);
  g_autoptr (SmRow) by_level = desk_like ("Urgent", "vehicle", "1 2");
  g_autoptr (SmRow) no_more = desk_like (NULL, "station", NULL);
  g_autoptr (SmRow) bad = desk_like ("Bad", "vehicle wagon", NULL);
  g_autoptr (SmRow) vehicles = NULL;
  g_autoptr (SmRow) urgent = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) later = NULL;

  refused_field (room, (Act){ CREATE, room->actors[ROOT], .row = bad }, "not-known");
  refused (room, (Act){ CREATE, room->actors[LI], .row = by_kind }, SM_ERROR_DENIED,
           "permission-missing");
  say (room, 0, "vehicle-insulation", TRUE);
  alarm = fixture_only_alarm (room->fixture);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_DESK_ID), ==, 1);
  vehicles = act_well (room, (Act){ CREATE, room->actors[ROOT], .row = by_kind });
  urgent = act_well (room, (Act){ CREATE, room->actors[ROOT], .row = by_level });
  fixture_pass (room->fixture, 1);
  g_clear_pointer (&alarm, sm_row_unref);
  alarm = fixture_only_alarm (room->fixture);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_DESK_ID), ==, sm_row_get_id (urgent));
  sm_row_unref (act_well (room, (Act){ EDIT, room->actors[ROOT], sm_row_get_id (urgent),
                                       sm_row_get_int (urgent, SM_ROW_SEQ), .row = no_more }));
  fixture_pass (room->fixture, 1);
  later = fixture_only_alarm (room->fixture);
  g_assert_cmpint (sm_row_get_int (later, SM_ALARM_DESK_ID), ==, sm_row_get_id (vehicles));
}

/* What it had is another's from the same moment on: alarms, and whom it covered. */
static void
test_close (void)
{
  g_autoptr (Room) room = room_new ();
  gint64 now = sm_clock_now (room->fixture->network);
  g_autoptr (SmRow) vehicles = desk_like ("Vehicles", "vehicle", NULL);
  g_autoptr (SmRow) packs = desk_like ("Packs", "battery", NULL);
  g_autoptr (SmRow) shift = entry_like (2, "chen", now + SM_HOUR, now + 9 * SM_HOUR);
  g_autoptr (SmRow) entry = NULL;
  g_autoptr (SmRow) alarm = NULL;
  g_autoptr (SmRow) covered = NULL;

  sm_row_set_int (vehicles, SM_DESK_COVER_DESK_ID, 1);
  sm_row_unref (act_well (room, (Act){ CREATE, room->actors[ROOT], .row = vehicles }));
  sm_row_set_int (packs, SM_DESK_COVER_DESK_ID, 2);
  sm_row_unref (act_well (room, (Act){ CREATE, room->actors[ROOT], .row = packs }));
  entry = act_well (room, (Act){ ADD, room->actors[CHEN], .row = shift });
  sm_row_unref (act_well (room, (Act){ SIT, room->actors[WANG], 2 }));
  say (room, 0, "vehicle-insulation", TRUE);
  refused (room, (Act){ CLOSE, room->actors[LI], 2, .text = "x" }, SM_ERROR_DENIED,
           "permission-missing");
  refused_field (room, (Act){ CLOSE, room->actors[ROOT], 2 }, "reason-missing");
  refused_field (room, (Act){ CLOSE, room->actors[ROOT], 2, .text = "x" }, "desk-held");
  refused_field (room, (Act){ CLOSE, room->actors[ROOT], 1, .text = "x" }, "desk-main");
  sm_row_unref (act_well (room, (Act){ LEAVE, room->actors[WANG], 2 }));
  sm_row_unref (act_well (room, (Act){ CLOSE, room->actors[ROOT], 2, .text = "too few trucks" }));
  alarm = fixture_only_alarm (room->fixture);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_DESK_ID), ==, 1);
  covered = read_row (room, SM_NOUN_DESK, 3);
  g_assert_cmpint (sm_row_get_int (covered, SM_DESK_COVER_DESK_ID), ==, 1);
  refused (room, (Act){ TAKE_OFF, room->actors[CHEN], sm_row_get_id (entry),
                        sm_row_get_int (entry, SM_ROW_SEQ) }, SM_ERROR_NOT_FOUND, "not-found");
  refused (room, (Act){ SIT, room->actors[WANG], 2 }, SM_ERROR_NOT_FOUND, "not-found");
}

static void
test_roster (void)
{
  g_autoptr (Room) room = room_new ();
  gint64 now = sm_clock_now (room->fixture->network);
  g_autoptr (SmRow) shift = entry_like (1, "chen", now + SM_HOUR, now + 9 * SM_HOUR);
  g_autoptr (SmRow) overlap = entry_like (1, "chen", now + 8 * SM_HOUR, now + 12 * SM_HOUR);
  g_autoptr (SmRow) backwards = entry_like (1, "li", now + 2 * SM_HOUR, now + SM_HOUR);
  g_autoptr (SmRow) wall = entry_like (1, "zhao", now, now + SM_HOUR);
  g_autoptr (GPtrArray) roster = g_ptr_array_new ();
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (SmRow) entry = NULL;
  g_autoptr (SmRow) desk = NULL;

  refused_field (room, (Act){ ADD, room->actors[CHEN], .row = backwards },
                 "ends-before-it-begins");
  refused (room, (Act){ ADD, room->actors[CHEN], .row = wall }, SM_ERROR_INVALID,
           "person-may-not-sit");
  refused (room, (Act){ ADD, room->actors[LI], .row = shift }, SM_ERROR_DENIED,
           "permission-missing");
  entry = act_well (room, (Act){ ADD, room->actors[CHEN], .row = shift });
  refused (room, (Act){ ADD, room->actors[CHEN], .row = overlap }, SM_ERROR_CONFLICT,
           "roster-clash");
  refused (room, (Act){ TAKE_OFF, room->actors[CHEN], sm_row_get_id (entry), 1 },
           SM_ERROR_CONFLICT, "row-changed");
  g_ptr_array_add (roster, entry);
  gaps = sm_roster_find_gaps (roster, 1, now, now + SM_ROSTER_AHEAD);
  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpint (g_array_index (gaps, SmRosterGap, 0).to, ==, now + SM_HOUR);
  g_assert_cmpint (g_array_index (gaps, SmRosterGap, 1).from, ==, now + 9 * SM_HOUR);
  /* Nobody sits there: from then on it is who is on the roster, and no longer than that. */
  fixture_pass (room->fixture, 3600);
  desk = read_row (room, SM_NOUN_DESK, 1);
  g_assert_cmpstr (answers (desk), ==, "chen");
  fixture_pass (room->fixture, 8 * 3600);
  g_clear_pointer (&desk, sm_row_unref);
  desk = read_row (room, SM_NOUN_DESK, 1);
  g_assert_cmpstr (answers (desk), ==, "root");
  sm_row_unref (act_well (room, (Act){ TAKE_OFF, room->actors[CHEN], sm_row_get_id (entry),
                                       sm_row_get_int (entry, SM_ROW_SEQ) }));
}

/* --- who sees what of a desk --- */

static gint64
add_area (Room *room)
{
  SmRow *area = sm_row_new (sm_noun_get (SM_NOUN_AREA));

  sm_row_set_text (area, SM_AREA_KIND, "city");
  sm_row_set_text (area, SM_AREA_NAME, "{\"en\":\"C\"}");
  return fixture_fill (room->fixture, area);
}

static SmRow *
desk_of_area (gint64 area_id)
{
  SmRow *desk = desk_like ("Area", NULL, NULL);
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
count_sitters (Room    *room,
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
  g_autoptr (Room) room = room_new ();
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
  desk = act_well (room, (Act){ CREATE, room->actors[ROOT], .row = wanted });
  g_assert_cmpuint (count_sitters (room, room->actors[ROOT]), ==, 5);
  g_assert_cmpuint (count_sitters (room, ma), ==, 5);
  g_assert_cmpuint (count_sitters (room, liu), ==, 0);
  refused_field (room, (Act){ EDIT, ma, sm_row_get_id (desk), sm_row_get_int (desk, SM_ROW_SEQ),
                              .row = moved }, "not-known");
  shift = entry_like (sm_row_get_id (desk), "wang", now + SM_HOUR, now + 9 * SM_HOUR);
  entry = act_well (room, (Act){ ADD, ma, .row = shift });
  g_assert_cmpint (sm_row_get_int (entry, SM_ROW_AREA_ID), ==, here);
  sat = act_well (room, (Act){ SIT, room->actors[WANG], sm_row_get_id (desk) });
  handover = act_well (room, (Act){ BEGIN, room->actors[WANG], sm_row_get_id (desk),
                                    .person = "li" });
  sm_row_unref (act_well (room, (Act){ EDIT, room->actors[ROOT], sm_row_get_id (desk),
                                       sm_row_get_int (sat, SM_ROW_SEQ), .row = moved }));
  after = read_row (room, SM_NOUN_ROSTER_ENTRY, sm_row_get_id (entry));
  g_assert_cmpint (sm_row_get_int (after, SM_ROW_AREA_ID), ==, there);
  over = read_row (room, SM_NOUN_HANDOVER, sm_row_get_id (handover));
  g_assert_cmpint (sm_row_get_int (over, SM_ROW_AREA_ID), ==, here);
  g_assert_cmpuint (sm_row_get_enum (over, SM_HANDOVER_STATE), ==, SM_HANDOVER_STATE_WITHDRAWN);
  object = g_strdup_printf ("handover/%" G_GINT64_FORMAT, sm_row_get_id (handover));
  g_assert_cmpuint (fixture_audit (room->fixture, object, "done"), ==, 1);
  g_assert_cmpuint (count_sitters (room, ma), ==, 0);
}

/* --- at every instant --- */

typedef struct
{
  Room *room;
  GRand *rand;
  gint64 last_desk;
  gint64 handover; /* 0: none was begun */
} Life;

static Act
random_act (Life  *life,
            SmRow *row)
{
  SmActor *actor = life->room->actors[g_rand_int_range (life->rand, 0, G_N_ELEMENTS (people))];
  gint64 desk = g_rand_int_range (life->rand, 1, (int) life->last_desk + 1);
  const char *person = people[g_rand_int_range (life->rand, 0, G_N_ELEMENTS (people))].name;
  gint64 from = sm_clock_now (life->room->fixture->network)
                + g_rand_int_range (life->rand, -60, 600) * SM_MINUTE;

  switch (g_rand_int_range (life->rand, 0, 10))
    {
    case 0:
    case 1:
      return (Act){ SIT, actor, desk, .text = g_rand_boolean (life->rand) ? "why" : NULL };
    case 2:
    case 3:
      return (Act){ LEAVE, actor, desk };
    case 4:
      return (Act){ BEGIN, actor, desk, .person = person };
    case 5:
    case 6:
      return (Act){ SIGN, actor, life->handover };
    case 7:
      return (Act){ WITHDRAW, actor, life->handover };
    default:
      sm_row_set_int (row, SM_ROSTER_ENTRY_DESK_ID, desk);
      sm_row_set_text (row, SM_ROSTER_ENTRY_PERSON, person);
      sm_row_set_int (row, SM_ROSTER_ENTRY_FROM_AT, from);
      sm_row_set_int (row, SM_ROSTER_ENTRY_TO_AT,
                      from + g_rand_int_range (life->rand, 1, 480) * SM_MINUTE);
      return (Act){ ADD, life->room->actors[CHEN], .row = row };
    }
}

static void
live_a_little (Life *life)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));
  Act act = random_act (life, row);
  g_autoptr (SmRow) before = act.what == SIGN && life->handover > 0
                                 ? read_row (life->room, SM_NOUN_HANDOVER, life->handover)
                                 : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) after = NULL;

  if ((act.what == SIGN || act.what == WITHDRAW) && life->handover == 0)
    return;
  if (before != NULL)
    act.seq = sm_row_get_int (before, SM_ROW_SEQ);
  after = try_act (life->room, act, &error);
  g_assert_true (after != NULL || error->domain == SM_ERROR);
  if (after != NULL && act.what == BEGIN)
    life->handover = sm_row_get_id (after);
}

static gboolean
may_sit (const char *person)
{
  for (guint i = 0; i < ZHAO; i++)
    if (g_strcmp0 (people[i].name, person) == 0)
      return TRUE;
  return FALSE;
}

/* Each open alarm is of a desk, and that is somebody's; whoever sits there, has it. */
static void
check_instant (Room *room)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (room->fixture);

  for (guint i = 0; i < alarms->len; i++)
    {
      const SmRow *alarm = alarms->pdata[i];
      g_autoptr (SmRow) desk = NULL;

      if (sm_row_get_enum (alarm, SM_ALARM_STATE) == SM_ALARM_NORMAL)
        continue;
      g_assert_false (sm_row_is_null (alarm, SM_ALARM_DESK_ID));
      desk = read_row (room, SM_NOUN_DESK, sm_row_get_int (alarm, SM_ALARM_DESK_ID));
      g_assert_true (may_sit (answers (desk)));
      if (sm_desk_is_manned (desk))
        g_assert_cmpstr (answers (desk), ==, sm_row_get_text (desk, SM_DESK_HOLDER));
    }
}

/* Until both have signed it is who goes who has it: only a handover that is taken, and
 * sitting down, changes who holds a desk. */
static void
check_holders (Room  *room,
               char **holders,
               guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmRow) desk = read_row (room, SM_NOUN_DESK, i + 1);
      const char *holder = sm_row_get_text (desk, SM_DESK_HOLDER);

      g_assert_true (holders[i] == NULL || holder != NULL);
      g_free (holders[i]);
      holders[i] = g_strdup (holder);
    }
}

/* From the first moment on without a gap, and each time somebody else or for another reason. */
static void
check_chain (Room *room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) connection = sm_connection_open (room->fixture->path, TRUE, &error);
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection, "SELECT desk_id, at, person FROM desk_answer ORDER BY desk_id, id", &error);
  gint64 desk_id = 0, at = 0;
  gboolean has_row;

  g_assert_no_error (error);
  while (sm_statement_step (statement, &has_row, &error) && has_row)
    {
      if (sm_statement_get_int (statement, 0) == desk_id)
        {
          g_assert_cmpint (sm_statement_get_int (statement, 1), >=, at);
          g_assert_nonnull (sm_statement_get_text (statement, 2));
        }
      desk_id = sm_statement_get_int (statement, 0);
      at = sm_statement_get_int (statement, 1);
    }
  g_assert_no_error (error);
}

static void
live (guint seed)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Life life = { room, rand, 3, 0 };
  char *holders[3] = { NULL };
  g_autoptr (SmRow) a = desk_like ("A", "vehicle", NULL);
  g_autoptr (SmRow) b = desk_like ("B", "vehicle", "3 4");

  sm_row_set_int (a, SM_DESK_COVER_DESK_ID, 1);
  sm_row_unref (act_well (room, (Act){ CREATE, room->actors[ROOT], .row = a }));
  sm_row_set_int (b, SM_DESK_COVER_DESK_ID, 2);
  sm_row_unref (act_well (room, (Act){ CREATE, room->actors[ROOT], .row = b }));
  for (guint step = 0; step < 40; step++)
    {
      static const char *const codes[] = { "vehicle-brake", "vehicle-insulation" };

      if (g_rand_int_range (rand, 0, 4) == 0)
        say (room, (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (room->vehicles)),
             codes[g_rand_int_range (rand, 0, G_N_ELEMENTS (codes))], g_rand_boolean (rand));
      live_a_little (&life);
      if (g_rand_int_range (rand, 0, 3) == 0)
        fixture_pass (room->fixture, g_rand_int_range (rand, 1, 7200));
      if (step == 20)
        fixture_serve (room->fixture);
      check_instant (room);
      check_holders (room, holders, G_N_ELEMENTS (holders));
    }
  for (gint64 id = G_N_ELEMENTS (holders); id > 1; id--)
    {
      g_autoptr (SmRow) desk = read_row (room, SM_NOUN_DESK, id);

      if (sm_desk_is_manned (desk))
        continue;
      sm_row_unref (act_well (room, (Act){ CLOSE, room->actors[ROOT], id, .text = "enough" }));
      check_instant (room);
    }
  check_chain (room);
  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    g_free (holders[i]);
}

static void
test_always (void)
{
  for (guint seed = 1; seed <= sm_test_times (30); seed++)
    live (seed);
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
  g_test_add_func ("/rules/desks/every-alarm-is-somebodys-at-every-instant", test_always);
  return g_test_run ();
}
