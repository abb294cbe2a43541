/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desks.h"

#include "sm-faults.h"

#include <math.h>

const DesksPerson desks_people[DESKS_N_PEOPLE] = {
  { "root", "administrator" }, { "wang", "operator" }, { "li", "operator" },
  { "chen", "dispatcher" },    { "zhao", "wall" },
};

Desks *
desks_new (void)
{
  Desks *room = g_new0 (Desks, 1);

  room->fixture = fixture_new ();
  fixture_serve (room->fixture);
  for (guint i = 0; i < DESKS_N_PEOPLE; i++)
    room->actors[i] = fixture_add_person (room->fixture, desks_people[i].name, desks_people[i].role,
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

void
desks_free (Desks *room)
{
  fixture_free (room->fixture);
  for (guint i = 0; i < DESKS_N_PEOPLE; i++)
    sm_actor_unref (room->actors[i]);
  g_free (room);
}

/* --- what persons do --- */

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

SmRow *
desks_try_act (Desks   *room,
               Act      act,
               GError **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());

  act.key = key;
  return sm_rules_run_sync (room->fixture->rules, do_act, &act, error);
}

SmRow *
desks_act (Desks *room,
           Act    act)
{
  g_autoptr (GError) error = NULL;
  SmRow *row = desks_try_act (room, act, &error);

  g_assert_no_error (error);
  g_assert_nonnull (row);
  return row;
}

void
desks_refused (Desks      *room,
               Act         act,
               int         code,
               const char *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = desks_try_act (room, act, &error);

  g_assert_null (row);
  fixture_assert_error (error, code, slug);
}

void
desks_refused_field (Desks      *room,
                     Act         act,
                     const char *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = desks_try_act (room, act, &error);

  g_assert_null (row);
  g_assert_error (error, SM_ERROR, (int) SM_ERROR_INVALID);
  g_assert_cmpuint (sm_error_get_fields (error)->len, ==, 1);
  g_assert_cmpstr (((SmErrorField *) sm_error_get_fields (error)->pdata[0])->slug, ==, slug);
}

SmRow *
desks_like (const char *name,
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

SmRow *
desks_entry_like (gint64      desk_id,
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

SmRow *
desks_read (Desks    *room,
            SmNounId  noun,
            gint64    id)
{
  Reading reading = { noun, room->fixture->system, id };
  g_autoptr (GError) error = NULL;
  SmRow *row = sm_rules_read_sync (room->fixture->rules, do_read, &reading, &error);

  g_assert_no_error (error);
  return row;
}

typedef struct
{
  Desks *room;
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

void
desks_say (Desks      *room,
           guint       vehicle,
           const char *code,
           gboolean    is_raised)
{
  Saying saying = { room, room->vehicles[vehicle], code, is_raised };

  fixture_pass (room->fixture, 1);
  fixture_write (room->fixture, do_say, &saying);
}

const char *
desks_answers (SmRow *desk)
{
  return sm_row_get_text (desk, SM_DESK_ANSWERS);
}
