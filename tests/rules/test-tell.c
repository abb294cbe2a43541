/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-desks.h"
#include "sm-faults.h"
#include "sm-history-pages.h"
#include "sm-history-table.h"
#include "sm-tell.h"
#include "sm-handover-line.h"
#include "sm-work-orders.h"

#include <math.h>
#include <string.h>

static const char channels[] =
  "[channel sms]\nurl=http://127.0.0.1:9/\nattempts=3\n"
  "[channel email]\nurl=smtp://localhost:25\nfrom=post@example.org\n"
  "[channel lamp]\nurl=http://127.0.0.1:9/lamp\n"
  "[person root]\nlanguage=en\nsms=+86 138 0000 0001\nemail=root@example.org\n"
  "[person li]\nlanguage=zh-CN\nsms=+86 138 0000 0002\n"
  "[person wang]\nlanguage=en\nsms=+86 138 0000 0003\n";

static const char *const people[][2]
    = { { "root", "administrator" }, { "li", "operator" }, { "wang", "operator" }, { "zhao", "wall" } };

enum { ROOT, LI, WANG, ZHAO, N_PEOPLE };

#define N_VEHICLES 30

typedef struct
{
  Fixture *fixture;
  SmActor *actors[N_PEOPLE];
  gint64 vehicles[N_VEHICLES];
} Net;

static void
net_free (Net *net)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    sm_actor_unref (net->actors[i]);
  fixture_free (net->fixture);
  g_free (net);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Net, net_free)

/* @rules: of the file of settings */
static Net *
net_new (const char *rules,
         guint       n_vehicles)
{
  Net *net = g_new0 (Net, 1);
  g_autofree char *text = g_strconcat (channels, rules, NULL);
  g_autoptr (GError) error = NULL;
  SmTellSettings *settings;
  Fixture *f;

  f = net->fixture = fixture_new ();
  fixture_serve (f);
  for (guint i = 0; i < N_PEOPLE; i++)
    net->actors[i] = fixture_add_person (f, people[i][0], people[i][1], SM_SCOPE_ALL, 0);
  for (guint i = 0; i < n_vehicles; i++)
    {
      g_autofree char *plate = g_strdup_printf ("A%02u", i + 1);

      net->vehicles[i] = fixture_add_vehicle (f, plate, SM_UNKNOWN);
      fixture_report (f, net->vehicles[i], 50, 30);
    }
  settings = sm_tell_settings_parse (text, "/", &error);
  g_assert_no_error (error);
  sm_tell_set_settings (f->rules, settings);
  fixture_pass (f, 1);
  return net;
}

typedef struct
{
  Net *net;
  guint vehicle;
  const char *code;
  gboolean is_raised;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saying *saying = data;
  Net *net = saying->net;
  SmFaultReport fault = { .noun = SM_NOUN_VEHICLE, .id = net->vehicles[saying->vehicle],
                          .code = saying->code, .is_raised = saying->is_raised,
                          .at_us = sm_clock_now (net->fixture->network), .value = NAN,
                          .limit_value = NAN };
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, net->fixture->system, &fault, 1, &result, error);
  return NULL;
}

static void
say (Net        *net,
     guint       vehicle,
     const char *code,
     gboolean    is_raised)
{
  Saying saying = { net, vehicle, code, is_raised };

  fixture_write (net->fixture, do_say, &saying);
  fixture_pass (net->fixture, 1);
}

/* Like time, for a fixture that keeps hearing from its trucks. */
static void
pass (Net    *net,
      double  seconds)
{
  fixture_pass (net->fixture, seconds);
  fixture_pass (net->fixture, 1);
}

static gpointer
do_read (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_NOTIFICATION), .from = SM_UNKNOWN,
                           .to = SM_UNKNOWN, .after_time = SM_UNKNOWN, .limit = 1000 };
  gboolean more;

  return sm_history_read (reader, data, &query, &more, error);
}

/* What was told, the oldest first. */
static GPtrArray *
list_told (Net *net)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = sm_rules_read_sync (net->fixture->rules, do_read, net->fixture->system, &error);

  g_assert_no_error (error);
  return rows;
}

/* "sms root rule queued, sms li ..." */
static char *
list_as_text (Net *net)
{
  g_autoptr (GPtrArray) told = list_told (net);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < told->len; i++)
    g_string_append_printf (text, "%s%s %s %s %s", i > 0 ? ", " : "",
                            sm_row_get_text (told->pdata[i], SM_NOTIFICATION_CHANNEL),
                            sm_row_get_text (told->pdata[i], SM_NOTIFICATION_RECIPIENT),
                            sm_row_get_text (told->pdata[i], SM_NOTIFICATION_BECAUSE),
                            sm_row_get_text (told->pdata[i], SM_NOTIFICATION_STATE));
  return g_string_free (text, FALSE);
}

#define assert_told(net, wanted)                                  \
  G_STMT_START                                                    \
  {                                                               \
    g_autofree char *told_ = list_as_text (net);                  \
    g_assert_cmpstr (told_, ==, wanted);                          \
  }                                                               \
  G_STMT_END

static gpointer
do_take (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_tell_take (rules, SM_TELL_SMS, 100, error);
}

static gpointer
do_note (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (sm_tell_note (rules, data, 1, error));
  return NULL;
}

/* Returns: how many SMS went out, or did not */
static guint
send (Net          *net,
      gboolean      is_sent,
      SmTellProblem problem,
      gboolean      is_final)
{
  g_autoptr (GPtrArray) messages = fixture_write (net->fixture, do_take, NULL);

  for (guint i = 0; i < messages->len; i++)
    {
      SmTellOutcome outcome = { ((SmTellMessage *) messages->pdata[i])->id, is_sent, is_final,
                                problem };

      fixture_write (net->fixture, do_note, &outcome);
    }
  return messages->len;
}

typedef struct
{
  SmActor *actor;
  gint64 id;
  const char *channel; /* (nullable): a test of it */
  const char *key;
} Act;

static gpointer
do_act (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Act *act = data;

  return act->channel != NULL ? sm_tell_test (rules, act->actor, act->key, act->channel, error)
                              : sm_tell_confirm (rules, act->actor, act->key, act->id, error);
}

static SmRow *
act (Net        *net,
     guint       person,
     gint64      id,
     const char *channel,
     GError    **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Act what = { net->actors[person], id, channel, key };

  return sm_rules_run_sync (net->fixture->rules, do_act, &what, error);
}

static gpointer
do_roster (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Net *net = data;
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autoptr (SmRow) entry = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));
  gint64 now = sm_clock_now (net->fixture->network);

  sm_row_set_int (entry, SM_ROSTER_ENTRY_DESK_ID, 1);
  sm_row_set_text (entry, SM_ROSTER_ENTRY_PERSON, "li");
  sm_row_set_text (entry, SM_ROSTER_ENTRY_NEXT_IN_LINE, "wang");
  sm_row_set_int (entry, SM_ROSTER_ENTRY_FROM_AT, now - SM_MINUTE);
  sm_row_set_int (entry, SM_ROSTER_ENTRY_TO_AT, now + 10 * SM_HOUR);
  return sm_roster_add (rules, net->actors[ROOT], key, entry, error);
}

static void
put_on_roster (Net *net)
{
  sm_row_unref (fixture_write (net->fixture, do_roster, net));
  fixture_pass (net->fixture, 1);
}

static void
acknowledge (Net   *net,
             guint  person)
{
  g_autoptr (SmRow) alarm = fixture_only_alarm (net->fixture);
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autoptr (GError) error = NULL;
  SmRow *row = fixture_acknowledge (net->fixture, net->actors[person], key, sm_row_get_id (alarm),
                                    sm_row_get_int (alarm, SM_ALARM_LEVEL),
                                    sm_row_get_int (alarm, SM_ALARM_COUNT), NULL, NULL, &error);

  g_assert_no_error (error);
  sm_row_unref (row);
}

/* --- cases --- */

static void
test_words (void)
{
  g_autoptr (Net) net = net_new ("[rule a]\nlevels=1;2\nto=person:root;person:li\nchannels=sms;lamp\n", 1);
  g_autoptr (GPtrArray) told = NULL;
  const char *english, *chinese;

  say (net, 0, "vehicle-insulation", TRUE);
  assert_told (net, "sms root rule queued, sms li rule queued, lamp lamp rule queued");
  told = list_told (net);
  english = sm_row_get_text (told->pdata[0], SM_NOTIFICATION_TEXT);
  chinese = sm_row_get_text (told->pdata[1], SM_NOTIFICATION_TEXT);
  /* Where, what, danger, tool. */
  g_assert_nonnull (strstr (english, "A01"));
  g_assert_nonnull (strstr (english, "can be killed by the voltage"));
  g_assert_nonnull (strstr (english, "insulating gloves"));
  g_assert_nonnull (strstr (english, "critical"));
  g_assert_nonnull (strstr (chinese, "A01"));
  g_assert_nonnull (strstr (chinese, "绝缘手套"));
  g_assert_null (strstr (chinese, "voltage"));
  g_assert_cmpint (g_utf8_strlen (english, -1), <=, 320);
  /* Nobody's number stands in the log. */
  g_assert_null (strstr (sm_row_get_text (told->pdata[0], SM_NOTIFICATION_ADDRESS), "138 0000"));
  g_assert_true (g_str_has_suffix (sm_row_get_text (told->pdata[0], SM_NOTIFICATION_ADDRESS), "0001"));
}

static void
test_once (void)
{
  g_autoptr (Net) net = net_new ("[rule a]\nlevels=1;2\nto=desk\nchannels=sms\ngoes-on=false\n"
                                 "[rule b]\nlevels=1\nto=role:administrator;desk\nchannels=sms;email\n"
                                 "goes-on=false\n[rule c]\nlevels=4\nto=person:wang\nchannels=sms\n", 1);

  say (net, 0, "vehicle-insulation", TRUE);
  assert_told (net, "sms root rule queued, email root rule queued");
  /* The same condition again is not the same message again. */
  say (net, 0, "vehicle-insulation", FALSE);
  say (net, 0, "vehicle-insulation", TRUE);
  pass (net, 700);
  assert_told (net, "sms root rule queued, email root rule queued");
}

static void
test_over_by_then (void)
{
  g_autoptr (Net) net
      = net_new ("[rule a]\nlevels=1;2;3;4\nto=desk\nchannels=sms\nwait-s=60\n", 1);

  say (net, 0, "tbox-antenna", TRUE);
  assert_told (net, "");
  say (net, 0, "tbox-antenna", FALSE);
  pass (net, 100);
  assert_told (net, "");
}

static void
test_goes_on (void)
{
  g_autoptr (Net) net = net_new ("[telling]\nanswer-within-s=60\n"
                                 "[rule a]\nlevels=1;2\nto=roster\nchannels=sms\n", 1);
  g_autoptr (GPtrArray) told = NULL;

  put_on_roster (net);
  say (net, 0, "vehicle-insulation", TRUE);
  g_assert_cmpuint (send (net, TRUE, 0, FALSE), ==, 1);
  assert_told (net, "sms li rule sent");
  pass (net, 40);
  assert_told (net, "sms li rule sent");
  pass (net, 25);
  assert_told (net, "sms li rule sent, sms wang escalation queued");
  pass (net, 65);
  assert_told (net, "sms li rule sent, sms wang escalation queued, sms li escalation queued");
  /* Somebody has it: nobody else is told, and what has not gone out need not. */
  acknowledge (net, WANG);
  pass (net, 600);
  g_assert_cmpuint (send (net, TRUE, 0, FALSE), ==, 0);
  assert_told (net, "sms li rule sent, sms wang escalation lapsed, sms li escalation lapsed");
  told = list_told (net);
  g_assert_null (sm_row_get_text (told->pdata[0], SM_NOTIFICATION_CONFIRMED_BY));
  g_assert_cmpstr (sm_row_get_text (told->pdata[1], SM_NOTIFICATION_CONFIRMED_BY), ==, "wang");
  g_assert_nonnull (strstr (sm_row_get_text (told->pdata[1], SM_NOTIFICATION_TEXT), "Nobody has confirmed"));
}

static void
test_confirmed (void)
{
  g_autoptr (Net) net = net_new ("[telling]\nanswer-within-s=60\n"
                                 "[rule a]\nlevels=1;2\nto=roster\nchannels=sms\n", 1);
  g_autoptr (GPtrArray) told = NULL;
  g_autoptr (SmRow) first = NULL;
  g_autoptr (SmRow) second = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  put_on_roster (net);
  say (net, 0, "vehicle-insulation", TRUE);
  told = list_told (net);
  id = sm_row_get_id (told->pdata[0]);
  g_assert_null (act (net, ZHAO, id, NULL, &error));
  fixture_assert_error (error, SM_ERROR_DENIED, "permission-missing");
  g_clear_error (&error);
  first = act (net, LI, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sm_row_get_text (first, SM_NOTIFICATION_CONFIRMED_BY), ==, "li");
  second = act (net, WANG, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sm_row_get_text (second, SM_NOTIFICATION_CONFIRMED_BY), ==, "li");
  pass (net, 300);
  assert_told (net, "sms li rule queued");
}

static void
test_fails (void)
{
  g_autoptr (Net) net
      = net_new ("[rule a]\nlevels=1;2\nto=roster\nchannels=sms\n", 1);

  put_on_roster (net);
  say (net, 0, "vehicle-insulation", TRUE);
  g_assert_cmpuint (send (net, FALSE, SM_TELL_TIMED_OUT, FALSE), ==, 1);
  /* Not at once again, and each time later. */
  g_assert_cmpuint (send (net, FALSE, SM_TELL_TIMED_OUT, FALSE), ==, 0);
  pass (net, 5);
  g_assert_cmpuint (send (net, FALSE, SM_TELL_TIMED_OUT, FALSE), ==, 1);
  pass (net, 5);
  g_assert_cmpuint (send (net, FALSE, SM_TELL_TIMED_OUT, FALSE), ==, 0);
  pass (net, 10);
  assert_told (net, "sms li rule queued");
  g_assert_cmpuint (send (net, FALSE, SM_TELL_TIMED_OUT, FALSE), ==, 1);
  /* That was the third and last: it is the next one's turn, before his time is up. */
  fixture_pass (net->fixture, 1);
  assert_told (net, "sms li rule failed, sms wang escalation queued");
  g_assert_cmpuint (send (net, FALSE, SM_TELL_REFUSED, TRUE), ==, 1);
  {
    g_autoptr (GPtrArray) told = list_told (net);

    g_assert_cmpint (sm_row_get_int (told->pdata[0], SM_NOTIFICATION_ATTEMPTS), ==, 3);
    g_assert_cmpint (sm_row_get_int (told->pdata[1], SM_NOTIFICATION_ATTEMPTS), ==, 1);
    g_assert_cmpstr (sm_row_get_text (told->pdata[1], SM_NOTIFICATION_PROBLEM), ==, "refused");
    g_assert_cmpstr (sm_row_get_text (told->pdata[1], SM_NOTIFICATION_STATE), ==, "failed");
  }
}

static void
test_storm (void)
{
  g_autoptr (Net) net = net_new ("[telling]\nstorm-messages=3\nstorm-minutes=5\n"
                                 "[rule a]\nlevels=1;2;3;4\nto=desk\nchannels=sms\ngoes-on=false\n",
                                 N_VEHICLES);
  g_autoptr (GPtrArray) told = NULL;
  const SmRow *last;

  for (guint i = 0; i < N_VEHICLES; i++)
    say (net, i, "vehicle-brake", TRUE);
  told = list_told (net);
  g_assert_cmpuint (told->len, ==, 3);
  g_clear_pointer (&told, g_ptr_array_unref);
  pass (net, 300);
  told = list_told (net);
  g_assert_cmpuint (told->len, ==, 4);
  last = told->pdata[3];
  g_assert_cmpstr (sm_row_get_text (last, SM_NOTIFICATION_BECAUSE), ==, "storm");
  g_assert_true (g_str_has_prefix (sm_row_get_text (last, SM_NOTIFICATION_TEXT), "27 more"));
  g_assert_nonnull (strstr (sm_row_get_text (last, SM_NOTIFICATION_TEXT), "A04"));
}

/* Also those who have no account are told that there was more. */
static void
test_storm_of_others (void)
{
  g_autoptr (Net) net = net_new ("[telling]\nstorm-messages=3\nstorm-minutes=5\n"
                                 "[rule a]\nlevels=1;2;3;4\nto=agent\nchannels=sms;lamp\n"
                                 "goes-on=false\n",
                                 N_VEHICLES);
  g_autoptr (GPtrArray) told = NULL;

  for (guint i = 0; i < N_VEHICLES; i++)
    say (net, i, "vehicle-brake", TRUE);
  pass (net, 300);
  told = list_told (net);
  g_assert_cmpuint (told->len, ==, 4);
  g_assert_cmpstr (sm_row_get_text (told->pdata[3], SM_NOTIFICATION_BECAUSE), ==, "storm");
  g_assert_cmpstr (sm_row_get_text (told->pdata[3], SM_NOTIFICATION_CHANNEL), ==, "lamp");
}

static void
test_survives (void)
{
  g_autoptr (Net) net = net_new ("[rule a]\nlevels=1;2\nto=desk\nchannels=sms\nwait-s=30\n", 1);
  g_autofree char *text = g_strconcat (channels, "[rule a]\nlevels=1;2\nto=desk\nchannels=sms\n", NULL);
  Fixture *f = net->fixture;

  say (net, 0, "vehicle-insulation", TRUE);
  assert_told (net, "");
  fixture_reopen (f);
  sm_tell_set_settings (f->rules, sm_tell_settings_parse (text, "/", NULL));
  pass (net, 30);
  assert_told (net, "sms root rule queued");
  fixture_reopen (f);
  sm_tell_set_settings (f->rules, sm_tell_settings_parse (text, "/", NULL));
  g_assert_cmpuint (send (net, TRUE, 0, FALSE), ==, 1);
  assert_told (net, "sms root rule sent");
}

static void
test_test (void)
{
  g_autoptr (Net) net = net_new ("", 0);
  g_autoptr (SmRow) row = NULL;
  g_autoptr (SmRow) lamp = NULL;
  g_autoptr (GError) error = NULL;

  row = act (net, ROOT, 0, "sms", &error);
  g_assert_no_error (error);
  assert_told (net, "sms root test queued");
  lamp = act (net, ROOT, 0, "lamp", &error);
  g_assert_no_error (error);
  g_assert_null (act (net, LI, 0, "sms", &error));
  fixture_assert_error (error, SM_ERROR_DENIED, "permission-missing");
  g_clear_error (&error);
  g_assert_null (act (net, ROOT, 0, "voice", &error));
  fixture_assert_error (error, SM_ERROR_INVALID, "no-channel");
}

/* --- work orders --- */

static gint64
add_engineer (Net        *net,
              const char *name,
              const char *person,
              const char *phone)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));
  SmRow *certificate = sm_row_new (sm_noun_get (SM_NOUN_CERTIFICATE));
  gint64 id;

  sm_row_set_text (row, SM_ENGINEER_NAME, name);
  sm_row_set_text (row, SM_ENGINEER_PERSON, person);
  sm_row_set_text (row, SM_ENGINEER_PHONE, phone);
  id = fixture_fill (net->fixture, row);
  /* What tingles is under high voltage. */
  sm_row_set_int (certificate, SM_CERTIFICATE_ENGINEER_ID, id);
  sm_row_set_text (certificate, SM_CERTIFICATE_KIND, "high_voltage");
  sm_row_set_int (certificate, SM_CERTIFICATE_EXPIRES_AT,
                  sm_clock_now (net->fixture->network) + 365 * SM_DAY);
  fixture_fill (net->fixture, certificate);
  return id;
}

static gpointer
do_order (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Net *net = data;
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  SmWorkOrderRequest wanted = { "manual", "repair", SM_UNKNOWN, "vehicle", net->vehicles[0],
                                "vehicle-insulation", SM_UNKNOWN, "it tingles", NULL, NULL, NULL,
                                NULL, NULL, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN };

  return sm_work_orders_create (rules, net->actors[ROOT], key, &wanted, error);
}

typedef struct
{
  SmActor *actor;
  gint64 id;
  SmWorkOrderEvent event;
  SmWorkOrderAct act;
} Work;

static gpointer
do_work (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Work *work = data;
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());

  return sm_work_orders_act (rules, work->actor, key, work->id, work->event, &work->act, NULL, error);
}

static void
work (Net              *net,
      gint64            id,
      SmWorkOrderEvent  event,
      gint64            engineer_id,
      const char       *reason)
{
  Work what = { net->actors[ROOT], id, event,
                { engineer_id, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
                  SM_UNKNOWN, FALSE, reason } };

  sm_row_unref (fixture_write (net->fixture, do_work, &what));
}

/* "wang: A work order for you, root: …": who was told what of the order, without the rest */
static char *
list_news (Net    *net,
           gint64  id)
{
  g_autoptr (GPtrArray) told = list_told (net);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < told->len; i++)
    {
      const char *said = sm_row_get_text (told->pdata[i], SM_NOTIFICATION_TEXT);

      if (g_strcmp0 (sm_row_get_text (told->pdata[i], SM_NOTIFICATION_SUBJECT_NOUN), "work_order") != 0
          || sm_row_get_int (told->pdata[i], SM_NOTIFICATION_SUBJECT_ID) != id)
        continue;
      g_string_append_printf (text, "%s%s: %.*s", text->len > 0 ? ", " : "",
                              sm_row_get_text (told->pdata[i], SM_NOTIFICATION_RECIPIENT),
                              (int) strcspn (said, ":"), said);
    }
  return g_string_free (text, FALSE);
}

#define assert_news(net, id, wanted)                              \
  G_STMT_START                                                    \
  {                                                               \
    g_autofree char *news_ = list_news (net, id);                 \
    g_assert_cmpstr (news_, ==, wanted);                          \
  }                                                               \
  G_STMT_END

static void
test_orders (void)
{
  g_autoptr (Net) net = net_new ("[telling]\norders=sms;email\nlanguage=en\n", 1);
  gint64 wang = add_engineer (net, "Wang", "wang", NULL);
  gint64 gu = add_engineer (net, "Gu", NULL, "+86 138 0000 0009");
  g_autoptr (SmRow) order = fixture_write (net->fixture, do_order, net);
  gint64 id = sm_row_get_id (order);
  g_autoptr (GPtrArray) told = NULL;
  const char *text;

  work (net, id, SM_WORK_ORDER_ASSIGN, wang, NULL);
  assert_news (net, id, "wang: A work order for you");
  told = list_told (net);
  text = sm_row_get_text (told->pdata[0], SM_NOTIFICATION_TEXT);
  g_assert_nonnull (strstr (text, "A01"));
  g_assert_nonnull (strstr (text, "can be killed by the voltage"));
  g_assert_nonnull (strstr (text, "insulating gloves"));
  g_assert_nonnull (strstr (text, sm_row_get_text (order, SM_WORK_ORDER_NUMBER)));
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 320);
  work (net, id, SM_WORK_ORDER_ASSIGN, gu, NULL);
  work (net, id, SM_WORK_ORDER_URGE, SM_UNKNOWN, "soon");
  work (net, id, SM_WORK_ORDER_URGE, SM_UNKNOWN, "soon");
  assert_news (net, id, "wang: A work order for you, wang: Not yours any more, another has it, "
                        "Gu: A work order for you, Gu: Please hurry");
  /* What has not gone out by the time it is over does not go out any more; that nobody needs
   * to come does. */
  work (net, id, SM_WORK_ORDER_CANCEL, SM_UNKNOWN, "by mistake");
  assert_news (net, id, "wang: A work order for you, wang: Not yours any more, another has it, "
                        "Gu: A work order for you, Gu: Please hurry, "
                        "Gu: Called off, nobody needs to come (by mistake)");
  g_assert_cmpuint (send (net, TRUE, 0, FALSE), ==, 2);
}

/* What a clock says is told once to whoever has it and whoever is to find somebody. */
static void
test_orders_late (void)
{
  g_autoptr (Net) net = net_new ("[telling]\norders=sms\nlanguage=en\n", 1);
  gint64 gu = add_engineer (net, "Gu", NULL, "+86 138 0000 0009");
  g_autoptr (SmRow) order = fixture_write (net->fixture, do_order, net);
  gint64 id = sm_row_get_id (order);

  work (net, id, SM_WORK_ORDER_ASSIGN, gu, NULL);
  pass (net, 451);
  assert_news (net, id, "Gu: A work order for you, Gu: 50 percent of the time to respond is over, "
                        "root: 50 percent of the time to respond is over");
  pass (net, 270);
  assert_news (net, id, "Gu: A work order for you, Gu: 50 percent of the time to respond is over, "
                        "root: 50 percent of the time to respond is over, "
                        "Gu: 80 percent of the time to respond is over, root: 80 percent of the time to respond is over");
}

static void
test_orders_alone (void)
{
  g_autoptr (Net) net = net_new ("[telling]\norders=sms\nlanguage=en\n", 1);
  gint64 wang = add_engineer (net, "Wang", "wang", NULL);
  g_autoptr (SmRow) order = fixture_write (net->fixture, do_order, net);
  g_autofree char *news = NULL;
  gint64 id = sm_row_get_id (order);
  Work refuse = { net->actors[WANG], id, SM_WORK_ORDER_REFUSE,
                  { SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
                    SM_UNKNOWN, FALSE, "ill" } };

  work (net, id, SM_WORK_ORDER_ASSIGN, wang, NULL);
  refuse.actor = sm_actor_new (SM_ACTOR_PERSON, 9, "wang", "wang", "engineer",
                               sm_scope_new (SM_SCOPE_ALL, NULL, 0), 1);
  sm_row_unref (fixture_write (net->fixture, do_work, &refuse));
  sm_actor_unref (refuse.actor);
  assert_news (net, id, "wang: A work order for you, root: wang cannot take it (ill)");
  pass (net, SM_WORK_ORDER_ALONE_US / SM_SECOND);
  news = list_news (net, id);
  g_assert_nonnull (strstr (news, "root: Nobody has taken it"));
}

static gpointer
do_hand_over (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Net *net = data;
  g_autofree char *sit = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *begin = sm_uuid_new_v7 (g_get_real_time ());
  SmRow *desk = sm_desks_sit (rules, net->actors[LI], sit, 1, NULL, error);

  g_assert_nonnull (desk);
  sm_row_unref (desk);
  return sm_handovers_begin (rules, net->actors[LI], begin, 1, "wang", NULL, error);
}

/* Whoever comes hears of who was not told. */
static void
test_handed_over (void)
{
  g_autoptr (Net) net = net_new ("[telling]\norders=sms\nlanguage=en\n", 1);
  gint64 gu = add_engineer (net, "Gu", NULL, "+86 138 0000 0009");
  g_autoptr (SmRow) order = fixture_write (net->fixture, do_order, net);
  g_autoptr (SmRow) handover = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const SmHandoverLine *line;

  work (net, sm_row_get_id (order), SM_WORK_ORDER_ASSIGN, gu, NULL);
  g_assert_cmpuint (send (net, FALSE, SM_TELL_REFUSED, TRUE), ==, 1);
  handover = fixture_write (net->fixture, do_hand_over, net);
  lines = sm_handover_lines_read (sm_row_get_text (handover, SM_HANDOVER_SUMMARY));
  g_assert_cmpuint (lines->len, ==, 1);
  line = lines->pdata[0];
  g_assert_cmpstr (line->section, ==, "failed");
  g_assert_cmpint (line->id, ==, sm_row_get_id (order));
  g_assert_cmpstr (line->person, ==, "Gu");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/tell/words", test_words);
  g_test_add_func ("/rules/tell/nobody-twice", test_once);
  g_test_add_func ("/rules/tell/over-by-then", test_over_by_then);
  g_test_add_func ("/rules/tell/goes-on-by-roster", test_goes_on);
  g_test_add_func ("/rules/tell/confirmed", test_confirmed);
  g_test_add_func ("/rules/tell/fails", test_fails);
  g_test_add_func ("/rules/tell/storm", test_storm);
  g_test_add_func ("/rules/tell/storm-of-others", test_storm_of_others);
  g_test_add_func ("/rules/tell/survives", test_survives);
  g_test_add_func ("/rules/tell/test", test_test);
  g_test_add_func ("/rules/tell/orders", test_orders);
  g_test_add_func ("/rules/tell/orders-late", test_orders_late);
  g_test_add_func ("/rules/tell/orders-alone", test_orders_alone);
  g_test_add_func ("/rules/tell/handed-over", test_handed_over);
  return g_test_run ();
}
