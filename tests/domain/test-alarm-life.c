/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm.h"

#include <string.h>

/* What ISA-18.2-2016 says of A to D, once more and by hand: a word for each state and
 * event.  "-" is refused. */
static const struct
{
  const char *state, *raise, *return_, *acknowledge, *rise;
} standard[] = {
  { "unacked", "unacked", "returned_unacked", "acked", "unacked" },
  { "acked", "acked", "normal", "acked", "unacked" },
  { "returned_unacked", "unacked", "returned_unacked", "normal", "unacked" },
  { "latched", "unacked", "latched", "latched", "unacked" },
  { "normal", "unacked", "-", "-", "-" },
};

typedef void (*Claim) (const SmAlarmLife *is,
                       SmAlarmEvent       event,
                       gboolean           may,
                       const SmAlarmLife *next,
                       const char        *refusal);

/* Every state, everything that can lie over it, of safety or not, and every event. */
static void
generate (Claim claim)
{
  for (guint state = 0; state <= SM_ALARM_NORMAL; state++)
    for (guint overlays = 0; overlays <= SM_ALARM_ALL_OVERLAYS; overlays++)
      for (guint is_safety = 0; is_safety < 2; is_safety++)
        for (guint event = 0; event < SM_ALARM_N_EVENTS; event++)
          {
            SmAlarmLife is = { (SmAlarmState) state, overlays, is_safety == 1 };
            SmAlarmLife next = is;
            const char *refusal = "untouched";
            gboolean may = sm_alarm_next (&is, (SmAlarmEvent) event, &next, &refusal);

            claim (&is, (SmAlarmEvent) event, may, &next, refusal);
          }
}

static void
claim_answered (const SmAlarmLife *is,
                SmAlarmEvent       event,
                gboolean           may,
                const SmAlarmLife *next,
                const char        *refusal)
{
  g_assert_cmpint (next->state, <=, SM_ALARM_NORMAL);
  g_assert_cmpuint (next->overlays & ~(guint) SM_ALARM_ALL_OVERLAYS, ==, 0);
  g_assert_cmpint (next->is_safety, ==, is->is_safety);
  g_assert_true (may == (refusal == NULL));
  if (!may)
    g_assert_cmpmem (is, sizeof *is, next, sizeof *next);
}

static void
claim_standard (const SmAlarmLife *is,
                SmAlarmEvent       event,
                gboolean           may,
                const SmAlarmLife *next,
                const char        *refusal)
{
  const char *expected;

  if (event > SM_ALARM_EVENT_RISE)
    return;
  g_assert_cmpstr (sm_alarm_states[is->state], ==, standard[is->state].state);
  expected = event == SM_ALARM_EVENT_RAISE         ? standard[is->state].raise
             : event == SM_ALARM_EVENT_RETURN      ? standard[is->state].return_
             : event == SM_ALARM_EVENT_ACKNOWLEDGE ? standard[is->state].acknowledge
                                                   : standard[is->state].rise;
  if (is->is_safety && strcmp (expected, "normal") == 0)
    expected = "latched";
  g_assert_cmpstr (may ? sm_alarm_states[next->state] : "-", ==, expected);
}

/* What lies over it does not change what goes on beneath, and the other way round. */
static void
claim_overlays (const SmAlarmLife *is,
                SmAlarmEvent       event,
                gboolean           may,
                const SmAlarmLife *next,
                const char        *refusal)
{
  SmAlarmLife bare = { is->state, 0, is->is_safety };
  guint gone = is->overlays & ~next->overlays;

  if (event <= SM_ALARM_EVENT_RISE)
    {
      g_assert_true (sm_alarm_next (&bare, event, &bare, NULL) == may);
      g_assert_cmpint (bare.state, ==, next->state);
      g_assert_cmpuint (next->overlays & ~is->overlays, ==, 0);
      if (event == SM_ALARM_EVENT_RISE && may)
        g_assert_cmpuint (next->overlays & (SM_ALARM_SHELVED | SM_ALARM_FOLDED), ==, 0);
      else if (!is->is_safety)
        g_assert_cmpuint (gone, ==, 0);
    }
  else if (event != SM_ALARM_EVENT_RELEASE)
    g_assert_cmpint (next->state, ==, is->state);
}

static void
claim_safety (const SmAlarmLife *is,
              SmAlarmEvent       event,
              gboolean           may,
              const SmAlarmLife *next,
              const char        *refusal)
{
  const guint hides = SM_ALARM_SHELVED | SM_ALARM_SUPPRESSED | SM_ALARM_FOLDED;

  if (!is->is_safety)
    return;
  /* Nothing that hides is laid over it, */
  g_assert_cmpuint (next->overlays & ~is->overlays & hides, ==, 0);
  /* it is over by release alone, */
  if (next->state == SM_ALARM_NORMAL && is->state != SM_ALARM_NORMAL)
    {
      g_assert_cmpint (event, ==, SM_ALARM_EVENT_RELEASE);
      g_assert_cmpint (is->state, ==, SM_ALARM_LATCHED);
    }
  /* and it is out of service by approval alone. */
  if ((next->overlays & ~is->overlays & SM_ALARM_OUT_OF_SERVICE) != 0)
    g_assert_cmpint (event, ==, SM_ALARM_EVENT_APPROVE_OUT);
}

/* What is never begun from anything reachable is of no interest: from a new alarm on,
 * no order of events ends where it must not. */
static void
test_reachable (void)
{
  for (guint is_safety = 0; is_safety < 2; is_safety++)
    {
      gboolean seen[SM_ALARM_NORMAL + 1][SM_ALARM_ALL_OVERLAYS + 1] = { { FALSE } };
      guint n = 0, n_before;

      seen[SM_ALARM_UNACKED][0] = TRUE;
      do
        {
          n_before = n;
          n = 0;
          for (guint s = 0; s <= SM_ALARM_NORMAL; s++)
            for (guint o = 0; o <= SM_ALARM_ALL_OVERLAYS; o++)
              for (guint e = 0; seen[s][o] && e < SM_ALARM_N_EVENTS; e++)
                {
                  SmAlarmLife life = { (SmAlarmState) s, o, is_safety == 1 };

                  n++;
                  if (sm_alarm_next (&life, (SmAlarmEvent) e, &life, NULL))
                    seen[life.state][life.overlays] = TRUE;
                }
        }
      while (n != n_before);
      for (guint o = 0; o <= SM_ALARM_ALL_OVERLAYS; o++)
        {
          if (is_safety == 0)
            g_assert_false (seen[SM_ALARM_LATCHED][o]);
          if (is_safety == 1 && (o & (SM_ALARM_SHELVED | SM_ALARM_SUPPRESSED | SM_ALARM_FOLDED)))
            for (guint s = 0; s <= SM_ALARM_NORMAL; s++)
              g_assert_false (seen[s][o]);
        }
    }
}

/* Whatever a row says, and whatever the level: an alarm of safety is not hidden. */
static void
test_never_hidden (void)
{
  static const char *const codes[] = { "battery-smoke", "station-fire", "pack-over-temperature",
                                       "insulation-low", "soc-low", "unheard-of" };

  for (guint c = 0; c < G_N_ELEMENTS (codes); c++)
    for (gint64 level = 1; level <= 4; level++)
      for (guint bits = 0; bits < 64; bits++)
        {
          g_autoptr (SmRow) alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
          gboolean is_safety = sm_alarm_code_is_safety (codes[c], level) || (bits & 32) != 0;

          sm_row_set_text (alarm, SM_ALARM_CODE, codes[c]);
          sm_row_set_int (alarm, SM_ALARM_LEVEL, level);
          sm_row_set_text (alarm, SM_ALARM_STATE, "unacked");
          if (bits & 1)
            sm_row_set_int (alarm, SM_ALARM_SHELVED_UNTIL, 1000);
          if (bits & 2)
            sm_row_set_text (alarm, SM_ALARM_SUPPRESSED_BY, "window/1");
          if (bits & 4)
            sm_row_set_int (alarm, SM_ALARM_OUT_OF_SERVICE_UNTIL, 1000);
          if (bits & 8)
            sm_row_set_text (alarm, SM_ALARM_OUT_OF_SERVICE_APPROVED_BY, "li");
          if (bits & 16)
            sm_row_set_int (alarm, SM_ALARM_PARENT_ID, 3);
          if (bits & 32)
            sm_row_set_int (alarm, SM_ALARM_IS_SAFETY, 1);
          g_assert_true (sm_alarm_is_hidden (alarm, 999)
                         == (!is_safety && (bits & (1 | 2 | 4 | 16)) != 0));
          /* Its time is up, though nobody has told yet. */
          g_assert_true (sm_alarm_is_hidden (alarm, 1000)
                         == (!is_safety && (bits & (2 | 16)) != 0));
        }
}

static void
test_safety_codes (void)
{
  g_assert_true (sm_alarm_code_is_safety ("station-person-in-lane", 4));
  g_assert_true (sm_alarm_code_is_safety ("pack-over-temperature", 1));
  g_assert_false (sm_alarm_code_is_safety ("pack-over-temperature", 2));
  g_assert_true (sm_alarm_code_is_safety ("insulation-low", 1));
  g_assert_false (sm_alarm_code_is_safety ("vehicle-silent", 1));
  g_assert_false (sm_alarm_code_is_safety (NULL, 1));
}

static void
test_answered (void)
{
  generate (claim_answered);
}

static void
test_standard (void)
{
  generate (claim_standard);
}

static void
test_overlays (void)
{
  generate (claim_overlays);
}

static void
test_safety (void)
{
  generate (claim_safety);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/alarm-life/every-event-is-answered", test_answered);
  g_test_add_func ("/domain/alarm-life/as-the-standard-says", test_standard);
  g_test_add_func ("/domain/alarm-life/goes-on-beneath-its-overlays", test_overlays);
  g_test_add_func ("/domain/alarm-life/nothing-hides-safety", test_safety);
  g_test_add_func ("/domain/alarm-life/no-order-of-events-hides-safety", test_reachable);
  g_test_add_func ("/domain/alarm-life/no-row-hides-safety", test_never_hidden);
  g_test_add_func ("/domain/alarm-life/what-is-of-safety", test_safety_codes);
  return g_test_run ();
}
