/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desks.h"

#include "sm-connection.h"
#include "sm-statement.h"
#include "sm-test-full.h"

/* At every instant, whatever persons do. */

typedef struct
{
  Desks *room;
  GRand *rand;
  gint64 last_desk;
  gint64 handover; /* 0: none was begun */
} Life;

static Act
random_act (Life  *life,
            SmRow *row)
{
  SmActor *actor = life->room->actors[g_rand_int_range (life->rand, 0, DESKS_N_PEOPLE)];
  gint64 desk = g_rand_int_range (life->rand, 1, (int) life->last_desk + 1);
  const char *person = desks_people[g_rand_int_range (life->rand, 0, DESKS_N_PEOPLE)].name;
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
                                 ? desks_read (life->room, SM_NOUN_HANDOVER, life->handover)
                                 : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) after = NULL;

  if ((act.what == SIGN || act.what == WITHDRAW) && life->handover == 0)
    return;
  if (before != NULL)
    act.seq = sm_row_get_int (before, SM_ROW_SEQ);
  after = desks_try_act (life->room, act, &error);
  g_assert_true (after != NULL || error->domain == SM_ERROR);
  if (after != NULL && act.what == BEGIN)
    life->handover = sm_row_get_id (after);
}

static gboolean
may_sit (const char *person)
{
  for (guint i = 0; i < ZHAO; i++)
    if (g_strcmp0 (desks_people[i].name, person) == 0)
      return TRUE;
  return FALSE;
}

/* Each open alarm is of a desk, and that is somebody's; whoever sits there, has it. */
static void
check_instant (Desks *room)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (room->fixture);

  for (guint i = 0; i < alarms->len; i++)
    {
      const SmRow *alarm = alarms->pdata[i];
      g_autoptr (SmRow) desk = NULL;

      if (sm_row_get_enum (alarm, SM_ALARM_STATE) == SM_ALARM_NORMAL)
        continue;
      g_assert_false (sm_row_is_null (alarm, SM_ALARM_DESK_ID));
      desk = desks_read (room, SM_NOUN_DESK, sm_row_get_int (alarm, SM_ALARM_DESK_ID));
      g_assert_true (may_sit (desks_answers (desk)));
      if (sm_desk_is_manned (desk))
        g_assert_cmpstr (desks_answers (desk), ==, sm_row_get_text (desk, SM_DESK_HOLDER));
    }
}

/* Until both have signed it is who goes who has it: only a handover that is taken, and
 * sitting down, changes who holds a desk. */
static void
check_holders (Desks  *room,
               char  **holders,
               guint   n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmRow) desk = desks_read (room, SM_NOUN_DESK, i + 1);
      const char *holder = sm_row_get_text (desk, SM_DESK_HOLDER);

      g_assert_true (holders[i] == NULL || holder != NULL);
      g_free (holders[i]);
      holders[i] = g_strdup (holder);
    }
}

/* From the first moment on without a gap, and each time somebody else or for another reason. */
static void
check_chain (Desks *room)
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
  g_autoptr (Desks) room = desks_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Life life = { room, rand, 3, 0 };
  char *holders[3] = { NULL };
  g_autoptr (SmRow) a = desks_like ("A", "vehicle", NULL);
  g_autoptr (SmRow) b = desks_like ("B", "vehicle", "3 4");

  sm_row_set_int (a, SM_DESK_COVER_DESK_ID, 1);
  sm_row_unref (desks_act (room, (Act){ CREATE, room->actors[ROOT], .row = a }));
  sm_row_set_int (b, SM_DESK_COVER_DESK_ID, 2);
  sm_row_unref (desks_act (room, (Act){ CREATE, room->actors[ROOT], .row = b }));
  for (guint step = 0; step < 40; step++)
    {
      static const char *const codes[] = { "vehicle-brake", "vehicle-insulation" };

      if (g_rand_int_range (rand, 0, 4) == 0)
        desks_say (room, (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (room->vehicles)),
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
      g_autoptr (SmRow) desk = desks_read (room, SM_NOUN_DESK, id);

      if (sm_desk_is_manned (desk))
        continue;
      sm_row_unref (desks_act (room, (Act){ CLOSE, room->actors[ROOT], id, .text = "enough" }));
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
  g_test_add_func ("/rules/desks/every-alarm-is-somebodys-at-every-instant", test_always);
  return g_test_run ();
}
