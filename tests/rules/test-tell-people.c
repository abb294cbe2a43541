/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-faults.h"
#include "sm-history-pages.h"
#include "sm-history-table.h"
#include "sm-papers.h"
#include "sm-tell.h"
#include "sm-users.h"

#include <math.h>
#include <string.h>

/* Who is told of what is theirs, and whether they are reached. */

#define N_HERE 12
#define N_THERE 8
#define SINGLE 3 /* messages before they are summed up */
#define AREA 7
#define FAR_AREA 8

static const char settings[]
    = "[telling]\nlanguage=en\nstorm-messages=3\nstorm-minutes=5\n"
      "[channel sms]\nurl=http://127.0.0.1:9/\n"
      "[channel email]\nurl=smtp://localhost:25\nfrom=post@example.org\n"
      "[person here]\nlanguage=en\nsms=+86 138 0000 0001\n"
      "[person there]\nlanguage=en\nsms=+86 138 0000 0002\n"
      "[person town]\nlanguage=en\nsms=+86 138 0000 0003\n"
      "[person boss]\nlanguage=en\nsms=+86 138 0000 0004\n"
      "[person both]\nlanguage=en\nsms=+86 138 0000 0005\n"
      "[rule a]\nlevels=1;2;3;4\nto=role:manager;person:boss\nchannels=sms\ngoes-on=false\n";

typedef struct
{
  Fixture *f;
  SmActor *here, *there, *town, *both, *boss;
} Net;

/* Who has both areas. */
static SmActor *
add_both (Net *net)
{
  const gint64 areas[] = { AREA, FAR_AREA };
  g_autoptr (SmScope) scope = sm_scope_new (SM_SCOPE_AREAS, areas, G_N_ELEMENTS (areas));
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  sm_users_add (net->f->rules, net->f->system, "both", NULL, "manager", scope, NULL, &id, &error);
  g_assert_no_error (error);
  return sm_actor_new (SM_ACTOR_PERSON, id, "both", "both", "manager", sm_scope_copy (scope), 1);
}

static Net *
net_new (void)
{
  Net *net = g_new0 (Net, 1);
  g_autoptr (GError) error = NULL;

  net->f = fixture_new ();
  fixture_serve (net->f);
  net->here = fixture_add_person (net->f, "here", "manager", SM_SCOPE_OPERATOR, 1);
  net->there = fixture_add_person (net->f, "there", "manager", SM_SCOPE_OPERATOR, 2);
  net->town = fixture_add_person (net->f, "town", "manager", SM_SCOPE_AREAS, AREA);
  net->both = add_both (net);
  net->boss = fixture_add_person (net->f, "boss", "administrator", SM_SCOPE_ALL, 0);
  sm_tell_set_settings (net->f->rules, sm_tell_settings_parse (settings, "/", &error));
  g_assert_no_error (error);
  fixture_pass (net->f, 1);
  return net;
}

static void
net_free (Net *net)
{
  sm_actor_unref (net->here);
  sm_actor_unref (net->there);
  sm_actor_unref (net->town);
  sm_actor_unref (net->both);
  sm_actor_unref (net->boss);
  fixture_free (net->f);
  g_free (net);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Net, net_free)

static gint64
add_vehicle (Net        *net,
             const char *plate,
             gint64      operator_id,
             gint64      area_id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
  gint64 id;

  sm_row_set_text (row, SM_VEHICLE_PLATE, plate);
  sm_row_set_text (row, SM_VEHICLE_VIN, plate);
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, operator_id);
  sm_row_set_int (row, SM_ROW_AREA_ID, area_id);
  id = fixture_fill (net->f, row);
  fixture_report (net->f, id, 50, 30);
  return id;
}

typedef struct
{
  Net *net;
  gint64 vehicle;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saying *saying = data;
  SmFaultReport fault = { .noun = SM_NOUN_VEHICLE, .id = saying->vehicle, .code = "vehicle-brake",
                          .is_raised = TRUE, .at_us = sm_clock_now (saying->net->f->network),
                          .value = NAN, .limit_value = NAN };
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, saying->net->f->system, &fault, 1, &result, error);
  return NULL;
}

static gpointer
do_read (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_NOTIFICATION), .from = SM_UNKNOWN,
                           .to = SM_UNKNOWN, .after_time = SM_UNKNOWN, .limit = 1000 };
  gboolean more;

  return sm_history_read (reader, data, &query, &more, error);
}

/* What @actor sees of what was told. */
static GPtrArray *
list_seen (Net     *net,
           SmActor *actor)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = sm_rules_read_sync (net->f->rules, do_read, actor, &error);

  g_assert_no_error (error);
  return rows;
}

/* "3 singly; 9 more, the first: A04": what @name was told, of what @actor sees. */
static char *
sum_of (Net        *net,
        SmActor    *actor,
        const char *name)
{
  g_autoptr (GPtrArray) seen = list_seen (net, actor);
  g_autoptr (GString) sums = g_string_new (NULL);
  guint n_single = 0;

  for (guint i = 0; i < seen->len; i++)
    {
      const SmRow *row = seen->pdata[i];
      const char *text = sm_row_get_text (row, SM_NOTIFICATION_TEXT);
      const char *space = strchr (text, ' ');

      if (g_strcmp0 (sm_row_get_text (row, SM_NOTIFICATION_RECIPIENT), name) != 0)
        continue;
      if (g_strcmp0 (sm_row_get_text (row, SM_NOTIFICATION_BECAUSE), "storm") == 0)
        g_string_append_printf (sums, "; %.*s more", (int) (space - text), text);
      else
        n_single++;
    }
  return g_strdup_printf ("%u%s", n_single, sums->str);
}

#define assert_sum(net, actor, name, wanted)                        \
  G_STMT_START                                                      \
  {                                                                 \
    g_autofree char *sum_ = sum_of (net, actor, name);              \
    g_assert_cmpstr (sum_, ==, wanted);                             \
  }                                                                 \
  G_STMT_END

/* No word of what is another's. */
static void
assert_nothing_of (Net        *net,
                   SmActor    *actor,
                   const char *plate)
{
  g_autoptr (GPtrArray) seen = list_seen (net, actor);

  g_assert_cmpuint (seen->len, >, 0);
  for (guint i = 0; i < seen->len; i++)
    g_assert_null (strstr (sm_row_get_text (seen->pdata[i], SM_NOTIFICATION_TEXT), plate));
}

/* A storm over two operators: each one's people hear of theirs, summed up by what is theirs, in
 * one area by what is of that area; who answers for both operators, or several areas, hears of each
 * apart; and none of them finds among the messages what is another's. */
static void
test_storm (void)
{
  g_autoptr (Net) net = net_new ();
  gint64 vehicles[N_HERE + N_THERE];

  for (guint i = 0; i < N_HERE + N_THERE; i++)
    {
      gboolean is_here = i < N_HERE;
      g_autofree char *plate = g_strdup_printf (is_here ? "HERE%02u" : "THERE%02u", i);

      /* Half of what is here lies in the town. */
      vehicles[i] = add_vehicle (net, plate, is_here ? 1 : 2,
                                 is_here && i % 2 == 0 ? AREA : FAR_AREA);
    }
  fixture_pass (net->f, 1);
  for (guint i = 0; i < N_HERE + N_THERE; i++)
    {
      Saying saying = { net, vehicles[i] };

      fixture_write (net->f, do_say, &saying);
      fixture_pass (net->f, 1);
    }
  fixture_pass (net->f, 300);
  fixture_pass (net->f, 1);
  assert_sum (net, net->here, "here", "3; 9 more");
  assert_sum (net, net->there, "there", "3; 5 more");
  assert_sum (net, net->town, "town", "3; 3 more");
  assert_sum (net, net->boss, "boss", "6; 9 more; 5 more");
  /* In the order in which they are written: the town, far away here, far away there. */
  assert_sum (net, net->both, "both", "6; 4 more; 5 more; 5 more");
  assert_sum (net, net->town, "both", "2; 4 more");
  assert_sum (net, net->here, "there", "0");
  assert_sum (net, net->there, "here", "0");
  assert_sum (net, net->here, "boss", "3; 9 more");
  assert_nothing_of (net, net->here, "THERE");
  assert_nothing_of (net, net->there, " HERE");
}

/* --- whether somebody is reached --- */

typedef struct
{
  SmActor *actor;
  gint64 id;
  const char *channel;
  const char *key;
  SmRow *row;
} Act;

static gpointer
do_note (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Act *act = data;
  SmPaperWish wish = { act->row, (G_GUINT64_CONSTANT (1) << SM_CONTACT_PERSON)
                                     | (G_GUINT64_CONSTANT (1) << SM_CONTACT_LANGUAGE)
                                     | (G_GUINT64_CONSTANT (1) << SM_CONTACT_SMS) };

  return sm_papers_create (rules, act->actor, act->key, &wish, error);
}

static SmRow *
note_contact (Net        *net,
              const char *person,
              const char *sms)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_CONTACT));
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Act act = { net->boss, 0, NULL, key, row };

  sm_row_set_text (row, SM_CONTACT_PERSON, person);
  sm_row_set_text (row, SM_CONTACT_LANGUAGE, "en");
  sm_row_set_text (row, SM_CONTACT_SMS, sms);
  return fixture_write (net->f, do_note, &act);
}

static gpointer
do_test (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Act *act = data;

  return sm_tell_test_contact (rules, act->actor, act->key, act->id, act->channel, error);
}

static SmRow *
try_it (Net        *net,
        SmActor    *actor,
        gint64      id,
        const char *channel,
        const char *key,
        GError    **error)
{
  Act act = { actor, id, channel, key, NULL };

  return sm_rules_run_sync (net->f->rules, do_test, &act, error);
}

static gpointer
do_take (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_tell_take (rules, SM_TELL_SMS, 100, error);
}

/* What is written down is tried there, once, by who may; the audit and the messages have it. */
static void
test_contact (void)
{
  g_autoptr (Net) net = net_new ();
  g_autoptr (SmRow) contact = note_contact (net, "here", "+86 138 0000 0009");
  gint64 id = sm_row_get_id (contact);
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *other = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *object = g_strdup_printf ("contact/%" G_GINT64_FORMAT, id);
  g_autoptr (SmRow) sent = try_it (net, net->boss, id, "sms", key, NULL);
  g_autoptr (SmRow) again = try_it (net, net->boss, id, "sms", key, NULL);
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (SmActor) clerk = fixture_add_person (net->f, "clerk", "service_desk", SM_SCOPE_ALL, 0);
  g_autoptr (GError) error = NULL;
  guint before = fixture_audit (net->f, object, "done");

  g_assert_cmpint (sm_row_get_id (sent), ==, sm_row_get_id (again));
  g_assert_cmpstr (sm_row_get_text (sent, SM_NOTIFICATION_BECAUSE), ==, "test");
  g_assert_cmpstr (sm_row_get_text (sent, SM_NOTIFICATION_RECIPIENT), ==, "here");
  messages = fixture_write (net->f, do_take, NULL);
  g_assert_cmpuint (messages->len, ==, 1);
  g_assert_cmpstr (((SmTellMessage *) messages->pdata[0])->address, ==, "+86 138 0000 0009");
  g_assert_null (strstr (sm_row_get_text (sent, SM_NOTIFICATION_ADDRESS), "0000 0009"));
  g_assert_cmpuint (before, ==, 2); /* it was written down, and tried */
  g_assert_null (try_it (net, net->boss, id, "email", other, &error));
  fixture_assert_error (error, SM_ERROR_INVALID, "contact-no-address");
  g_clear_error (&error);
  g_assert_null (try_it (net, net->boss, id, "pigeon", other, &error));
  fixture_assert_error (error, SM_ERROR_INVALID, "no-channel");
  g_clear_error (&error);
  g_assert_null (try_it (net, clerk, id, "sms", other, &error));
  fixture_assert_error (error, SM_ERROR_DENIED, "permission-missing");
  g_clear_error (&error);
  g_assert_null (try_it (net, net->there, id, "sms", other, &error));
  fixture_assert_error (error, SM_ERROR_NOT_FOUND, "not-found");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/tell-people/storm", test_storm);
  g_test_add_func ("/rules/tell-people/contact", test_contact);
  return g_test_run ();
}
