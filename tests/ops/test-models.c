/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-acts.h"
#include "sm-alarm-book.h"
#include "sm-alarm.h"
#include "sm-figures-private.h"
#include "sm-live-set.h"
#include "sm-sorted.h"
#include "sm-status-private.h"
#include "sm-time.h"

/* What a list holds and what it announced, as strings: as in "1u 3a 2n". */

static char *
contents (GListModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (model, i);
      SmRow *row = sm_item_get_row (item);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", sm_item_get_id (item));
      if (sm_row_get_noun (row)->id == SM_NOUN_ALARM)
        g_string_append_c (text, sm_row_get_text (row, SM_ALARM_STATE)[0]);
      if (sm_item_get_pending (item))
        g_string_append_c (text, '*');
    }
  return g_string_free (text, FALSE);
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GString    *log)
{
  g_string_append_printf (log, "%s%u-%u+%u", log->len > 0 ? " " : "", position, removed, added);
}

static void
notify_cb (SmItem     *item,
           GParamSpec *pspec,
           GString    *log)
{
  g_string_append_printf (log, "%s%" G_GINT64_FORMAT "!", log->len > 0 ? " " : "",
                          sm_item_get_id (item));
}

#define assert_model(model, expected)                                     \
  G_STMT_START                                                            \
  {                                                                       \
    g_autofree char *text_ = contents (G_LIST_MODEL (model));             \
    g_assert_cmpstr (text_, ==, expected);                                \
  }                                                                       \
  G_STMT_END

#define assert_log(log, expected)             \
  G_STMT_START                                \
  {                                           \
    g_assert_cmpstr (log->str, ==, expected); \
    g_string_truncate (log, 0);               \
  }                                           \
  G_STMT_END

static SmRow *
make_alarm (gint64      id,
            gint64      seq,
            const char *state,
            gint64      level,
            gint64      raised_at)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, seq);
  sm_row_set_text (row, SM_ALARM_STATE, state);
  sm_row_set_int (row, SM_ALARM_LEVEL, level);
  sm_row_set_int (row, SM_ALARM_COUNT, 1);
  sm_row_set_int (row, SM_ALARM_RAISED_AT, raised_at);
  return row;
}

static void
put (SmLiveSet  *set,
     gint64      id,
     const char *state,
     gint64      level,
     gint64      raised_at)
{
  g_autoptr (SmRow) row = make_alarm (id, 1, state, level, raised_at);

  sm_live_set_put (set, row);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main context until the log says something. */
static void
run_until_logged (GString *log)
{
  gboolean timed_out = FALSE;
  guint id = g_timeout_add_seconds (20, timed_out_cb, &timed_out);

  while (log->len == 0 && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (timed_out);
  g_source_remove (id);
}

static void
test_insert (void)
{
  g_autoptr (SmLiveSet) set = sm_live_set_new (sm_alarm_compare);
  GString *log = g_string_new (NULL);

  g_signal_connect (set, "items-changed", G_CALLBACK (items_changed_cb), log);
  put (set, 1, "unacked", 3, 100);
  put (set, 2, "unacked", 1, 100);
  put (set, 3, "acked", 1, 100);
  put (set, 4, "unacked", 1, 200);
  put (set, 5, "returned_unacked", 2, 50);
  /* Not acknowledged first, then the worst, then the newest. */
  assert_model (set, "4u 2u 5r 1u 3a");
  assert_log (log, "0-0+1 0-0+1 2-0+1 0-0+1 2-0+1");
  sm_live_set_remove (set, 5);
  sm_live_set_remove (set, 99);
  assert_model (set, "4u 2u 1u 3a");
  assert_log (log, "2-1+0");
  g_string_free (log, TRUE);
}

static void
test_identity (void)
{
  g_autoptr (SmLiveSet) set = sm_live_set_new (sm_alarm_compare);
  GString *log = g_string_new (NULL);
  SmItem *item;

  put (set, 1, "unacked", 2, 100);
  put (set, 2, "unacked", 1, 100);
  item = sm_live_set_find (set, 1);
  g_signal_connect (set, "items-changed", G_CALLBACK (items_changed_cb), log);
  g_signal_connect (item, "notify::row", G_CALLBACK (notify_cb), log);
  put (set, 1, "unacked", 2, 100);
  assert_log (log, ""); /* nothing changed, nothing is said */
  put (set, 1, "unacked", 1, 300);
  assert_log (log, "1!"); /* the content at once, the order later */
  assert_model (set, "2u 1u");
  g_assert_true (sm_live_set_find (set, 1) == item);
  run_until_logged (log);
  assert_log (log, "0-2+2");
  assert_model (set, "1u 2u");
  g_assert_true (sm_live_set_find (set, 1) == item);
  g_string_free (log, TRUE);
}

static void
test_held (void)
{
  g_autoptr (SmLiveSet) set = sm_live_set_new (sm_alarm_compare);
  GString *log = g_string_new (NULL);

  put (set, 1, "unacked", 2, 100);
  put (set, 2, "unacked", 1, 100);
  put (set, 3, "unacked", 4, 100);
  sm_live_set_set_held (set, TRUE);
  put (set, 1, "acked", 2, 100);
  put (set, 2, "unacked", 3, 100);
  assert_model (set, "2u 1a 3u");
  g_signal_connect (set, "items-changed", G_CALLBACK (items_changed_cb), log);
  sm_live_set_set_held (set, FALSE);
  assert_model (set, "2u 1a 3u");
  run_until_logged (log);
  assert_log (log, "1-2+2"); /* only what moved */
  assert_model (set, "2u 3u 1a");
  g_string_free (log, TRUE);
}

static void
test_replace (void)
{
  g_autoptr (SmLiveSet) set = sm_live_set_new (sm_alarm_compare);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  GString *log = g_string_new (NULL);
  SmItem *first, *last;

  for (gint64 id = 1; id <= 4; id++)
    put (set, id, "unacked", id, 100);
  first = sm_live_set_find (set, 1);
  last = sm_live_set_find (set, 4);
  g_signal_connect (set, "items-changed", G_CALLBACK (items_changed_cb), log);
  g_ptr_array_add (rows, make_alarm (4, 1, "unacked", 4, 100));
  g_ptr_array_add (rows, make_alarm (5, 1, "unacked", 2, 100));
  g_ptr_array_add (rows, make_alarm (1, 1, "unacked", 1, 100));
  sm_live_set_replace (set, rows);
  assert_model (set, "1u 5u 4u");
  assert_log (log, "1-2+1");
  g_assert_true (sm_live_set_find (set, 1) == first && sm_live_set_find (set, 4) == last);
  g_assert_null (sm_live_set_find (set, 2));
  sm_live_set_replace (set, rows);
  assert_log (log, "");
  g_ptr_array_set_size (rows, 0);
  for (gint64 id = 1; id <= 100; id++)
    g_ptr_array_add (rows, make_alarm (id, 2, "unacked", 3, 1000 - id));
  sm_live_set_put_all (set, rows);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (set)), ==, 100);
  g_assert_true (sm_live_set_find (set, 1) == first);
  assert_log (log, "1-2+99"); /* many come as one change */
  g_string_free (log, TRUE);
}

static GPtrArray *
make_acts (SmRow      *alarm,
           SmActState  state,
           gint64      answer_seq)
{
  GPtrArray *acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
  SmAct *act = sm_act_new_acknowledge (alarm, "on my way", 5000);

  act->state = state;
  act->answer_seq = answer_seq;
  g_ptr_array_add (acts, act);
  return acts;
}

static void
test_overlay (void)
{
  g_autoptr (SmAlarmBook) book = sm_alarm_book_new ();
  SmLiveSet *set = sm_alarm_book_get_set (book);
  g_autoptr (SmRow) alarm = make_alarm (7, 10, "unacked", 2, 100);
  g_autoptr (SmRow) acked = make_alarm (7, 12, "acked", 2, 100);
  g_autoptr (GPtrArray) waiting = make_acts (alarm, SM_ACT_WAITING, SM_UNKNOWN);
  g_autoptr (GPtrArray) answered = make_acts (alarm, SM_ACT_ANSWERED, 12);
  g_autoptr (GPtrArray) conflict = make_acts (alarm, SM_ACT_CONFLICT, SM_UNKNOWN);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  SmRow *shown;

  sm_alarm_book_put (book, alarm);
  assert_model (set, "7u");
  sm_alarm_book_set_acts (book, waiting, "Ann");
  assert_model (set, "7a*");
  shown = sm_item_get_row (sm_live_set_find (set, 7));
  g_assert_cmpstr (sm_row_get_text (shown, SM_ALARM_ACKED_BY), ==, "Ann");
  g_assert_cmpstr (sm_row_get_text (shown, SM_ALARM_NOTE), ==, "on my way");
  g_assert_cmpint (sm_row_get_int (shown, SM_ALARM_ACKED_AT), ==, 5000);
  g_assert_true (sm_alarm_book_find_base (book, 7) == alarm);
  /* Answered, but the feed has not shown it yet: no flicker back. */
  sm_alarm_book_set_acts (book, answered, "Ann");
  assert_model (set, "7a*");
  /* The feed has passed it: what the service says is shown as it is. */
  sm_alarm_book_put (book, acked);
  assert_model (set, "7a");
  sm_alarm_book_set_acts (book, none, "Ann");
  assert_model (set, "7a");
  /* A conflict covers nothing: the alarm is as it was. */
  sm_alarm_book_put (book, alarm);
  sm_alarm_book_set_acts (book, conflict, "Ann");
  assert_model (set, "7u");
}

static void
test_overlay_of_returned (void)
{
  g_autoptr (SmAlarmBook) book = sm_alarm_book_new ();
  SmLiveSet *set = sm_alarm_book_get_set (book);
  g_autoptr (SmRow) alarm = make_alarm (7, 10, "returned_unacked", 2, 100);
  g_autoptr (SmRow) normal = make_alarm (7, 12, "normal", 2, 100);
  g_autoptr (GPtrArray) waiting = make_acts (alarm, SM_ACT_WAITING, SM_UNKNOWN);

  sm_alarm_book_set_acts (book, waiting, "Ann");
  sm_alarm_book_put (book, alarm);
  /* It will be over; until that is so it stays to be seen. */
  assert_model (set, "7n*");
  sm_alarm_book_put (book, normal);
  assert_model (set, "");
}

static void
test_acknowledgement_request (void)
{
  g_autoptr (SmRow) alarm = make_alarm (7, 10, "unacked", 2, 100);
  g_autoptr (SmAct) act = sm_act_new_acknowledge (alarm, "a \"b\"\n站", 5000);
  g_autoptr (SmAct) bare = sm_act_new_acknowledge (alarm, "", 5000);

  g_assert_cmpstr (act->method, ==, "POST");
  g_assert_cmpstr (act->path, ==, "/api/v1/alarms/7/acknowledge");
  g_assert_cmpstr (act->body, ==,
                   "{\"note\":\"a \\\"b\\\"\\n站\",\"seen_level\":2,\"seen_count\":1}");
  g_assert_cmpstr (bare->body, ==, "{\"seen_level\":2,\"seen_count\":1}");
  g_assert_cmpstr (act->key, !=, bare->key);
}

static void
test_edit_request (void)
{
  g_autoptr (SmRow) station = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  g_autoptr (SmAct) act = NULL;
  g_autoptr (SmAct) kept = NULL;
  g_autoptr (SmAct) merged = NULL;
  g_autoptr (GPtrArray) wanted = sm_edits_new ();
  g_autoptr (GPtrArray) theirs = sm_edits_new ();
  GPtrArray *edits = sm_edits_new ();

  sm_row_set_int (station, SM_ROW_ID, 7);
  sm_row_set_int (station, SM_ROW_SEQ, 10);
  sm_edits_add (edits, "name/en", "Old", "M\"ine");
  sm_edits_add (edits, "phones", "1", NULL);
  sm_edits_add (edits, "name/zh-CN", NULL, "我的");
  act = sm_act_new_edit (station, SM_VERB_EDIT, edits, 5000);
  g_assert_cmpstr (act->method, ==, "PATCH");
  g_assert_cmpstr (act->path, ==, "/api/v1/stations/7");
  g_assert_cmpstr (act->body, ==,
                   "{\"name\":{\"en\":\"M\\\"ine\",\"zh-CN\":\"我的\"},\"phones\":null}");
  g_assert_cmpint (act->base_seq, ==, 10);
  /* Somebody else has named it in English. */
  sm_row_set_text (station, SM_STATION_NAME, "{\"en\":\"Theirs\"}");
  sm_row_set_text (station, SM_STATION_PHONES, "1");
  sm_edits_take_theirs (edits, station);
  act->theirs_seq = 20;
  act->state = SM_ACT_CONFLICT;
  kept = sm_act_resolve (act, NULL, 6000);
  g_assert_cmpstr (kept->key, !=, act->key);
  g_assert_cmpstr (kept->body, ==, act->body);
  g_assert_cmpint (kept->base_seq, ==, 20);
  g_assert_cmpstr (sm_edits_find (kept->changes, "name/en")->base, ==, "Theirs");
  sm_edits_add (wanted, "name/en", NULL, "Theirs");
  sm_edits_add (wanted, "phones", NULL, "2");
  merged = sm_act_resolve (act, wanted, 6000);
  g_assert_cmpstr (merged->body, ==, "{\"phones\":\"2\",\"name\":{\"zh-CN\":\"我的\"}}");
  sm_edits_add (theirs, "name/en", NULL, "Theirs");
  sm_edits_add (theirs, "phones", NULL, "1");
  sm_edits_add (theirs, "name/zh-CN", NULL, NULL);
  g_assert_null (sm_act_resolve (act, theirs, 6000));
}

/* What the person acknowledges, once he has seen that it got worse. */
static void
test_acknowledged_nevertheless (void)
{
  g_autoptr (SmRow) alarm = make_alarm (7, 10, "unacked", 2, 100);
  g_autoptr (SmAct) act = sm_act_new_acknowledge (alarm, "seen", 5000);
  g_autoptr (SmAct) next = NULL;

  sm_row_set_int (alarm, SM_ALARM_LEVEL, 1);
  sm_row_set_int (alarm, SM_ALARM_COUNT, 3);
  sm_edits_take_theirs (act->changes, alarm);
  next = sm_act_resolve (act, NULL, 6000);
  g_assert_cmpstr (next->body, ==, "{\"note\":\"seen\",\"seen_level\":1,\"seen_count\":3}");
  g_assert_cmpstr (next->key, !=, act->key);
}

/* What is put aside is counted apart, until its time is up; an alarm of safety never is. */
static void
test_aside (void)
{
  g_autoptr (SmAlarmBook) book = sm_alarm_book_new ();
  GListModel *set = G_LIST_MODEL (sm_alarm_book_get_set (book));
  SmFigureValues values = { .is_whole = FALSE };

  for (gint64 id = 1; id <= 6; id++)
    {
      g_autoptr (SmRow) alarm = make_alarm (id, 10, "unacked", 2, 100);

      sm_row_set_int (alarm, SM_ALARM_SHELVED_UNTIL, 1000 * id);
      if (id == 5)
        sm_row_set_int (alarm, SM_ALARM_PARENT_ID, 1);
      if (id == 6)
        sm_row_set_int (alarm, SM_ALARM_IS_SAFETY, 1);
      sm_alarm_book_put (book, alarm);
    }
  sm_figures_count_alarms (&values, set, 0);
  g_assert_cmpuint (values.alarms, ==, 1);
  g_assert_cmpuint (values.unacked, ==, 1);
  g_assert_cmpuint (values.aside, ==, 5);
  g_assert_cmpuint (values.shelved, ==, 5);
  g_assert_cmpuint (values.folded, ==, 1);
  sm_figures_count_alarms (&values, set, 2000); /* nobody has told, but two are over */
  g_assert_cmpuint (values.alarms, ==, 3);
  g_assert_cmpuint (values.shelved, ==, 3);
}

/* It rang again while the act was on its way: nobody has acknowledged that. */
static void
test_overlay_of_an_occurrence (void)
{
  g_autoptr (SmAlarmBook) book = sm_alarm_book_new ();
  g_autoptr (SmRow) alarm = make_alarm (7, 10, "unacked", 2, 100);
  g_autoptr (SmRow) again = make_alarm (7, 11, "unacked", 2, 100);
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);

  sm_row_set_int (alarm, SM_ALARM_OCCURRENCE, 1);
  sm_row_set_int (again, SM_ALARM_OCCURRENCE, 2);
  g_ptr_array_add (acts, sm_act_new_acknowledge (alarm, NULL, 5000));
  g_assert_nonnull (strstr (((SmAct *) acts->pdata[0])->body, "\"seen_occurrence\":1"));
  sm_alarm_book_put (book, alarm);
  sm_alarm_book_set_acts (book, acts, "me");
  g_assert_true (sm_item_get_pending (sm_live_set_find (sm_alarm_book_get_set (book), 7)));
  sm_alarm_book_put (book, again);
  g_assert_false (sm_item_get_pending (sm_live_set_find (sm_alarm_book_get_set (book), 7)));
  g_assert_cmpstr (sm_row_get_text (sm_item_get_row (sm_live_set_find (sm_alarm_book_get_set (book), 7)),
                                    SM_ALARM_STATE), ==, "unacked");
}

static void
test_note_overlay (void)
{
  g_autoptr (SmAlarmBook) book = sm_alarm_book_new ();
  g_autoptr (SmRow) alarm = make_alarm (7, 10, "unacked", 2, 100);
  g_autoptr (GPtrArray) acts = make_acts (alarm, SM_ACT_WAITING, SM_UNKNOWN);
  GPtrArray *edits = sm_edits_new ();
  SmItem *item;

  sm_edits_add (edits, "note", NULL, "loose plug");
  g_ptr_array_insert (acts, 0, sm_act_new_edit (alarm, SM_VERB_NOTE, edits, 4000));
  sm_alarm_book_put (book, alarm);
  sm_alarm_book_set_acts (book, acts, "Ann");
  item = sm_live_set_find (sm_alarm_book_get_set (book), 7);
  g_assert_true (sm_item_get_pending (item));
  g_assert_true (sm_item_get_edited (item));
  g_assert_cmpstr (sm_row_get_text (sm_item_get_row (item), SM_ALARM_NOTE), ==,
                   "loose plug\non my way");
}

static guint
sum (const guint *counts,
     guint        n)
{
  guint total = 0;

  for (guint i = 0; i < n; i++)
    total += counts[i];
  return total;
}

static void
test_figures (void)
{
  g_autoptr (SmLiveSet) set = sm_live_set_new (sm_alarm_compare);
  g_autoptr (SmVehicleBatch) batch = sm_vehicle_batch_new (2000);
  SmVehicleColumns *columns = &batch->columns;
  SmFigureValues values = { 0 };

  for (guint i = 0; i < columns->n; i++)
    {
      static const guint8 some[] = { 0, 1, 2, 3, 4, 5, SM_ENUM_UNKNOWN };

      columns->motion[i] = some[g_test_rand_int_range (0, 7)];
      columns->energy[i] = some[g_test_rand_int_range (0, 7)];
      columns->connection[i] = some[g_test_rand_int_range (0, 7)];
    }
  sm_figures_count_vehicles (&values, columns, 2100);
  g_assert_cmpuint (values.vehicles, ==, 2100);
  g_assert_cmpuint (sum (values.vehicles_by_activity, SM_N_ACTIVITIES), ==, 2100);
  g_assert_cmpuint (values.vehicles_by_activity[SM_ACTIVITY_UNKNOWN], >=, 100);
  /* Live values may be here before their records. */
  sm_figures_count_vehicles (&values, columns, 0);
  g_assert_cmpuint (values.vehicles, ==, 2000);
  g_assert_cmpuint (sum (values.vehicles_by_activity, SM_N_ACTIVITIES), ==, 2000);

  put (set, 1, "unacked", 1, 1);
  put (set, 2, "acked", 1, 1);
  put (set, 3, "returned_unacked", 3, 1);
  put (set, 4, "unacked", 9, 1);
  sm_figures_count_alarms (&values, G_LIST_MODEL (set), 0);
  g_assert_cmpuint (values.alarms, ==, 4);
  g_assert_cmpuint (values.unacked, ==, 3);
  g_assert_cmpuint (values.alarms_by_level[1], ==, 2);
  g_assert_cmpuint (values.unacked_by_level[1], ==, 1);
  g_assert_cmpuint (sum (values.alarms_by_level, 5), ==, 4);
  g_assert_cmpuint (sum (values.unacked_by_level, 5), ==, 3);
}

typedef struct
{
  gint64 id;
  int value;
} Record;

/* New ones come in at their places, known ones stay as they are, and each is there once. */
static void
test_sorted_add_all (void)
{
  const Record known[] = { { 3, 30 }, { 7, 70 }, { 9, 90 } }, fresh = { 0, -1 };
  const gint64 ids[] = { 12, 7, 1, 8, 1, 12, 4 };
  const Record expected[]
      = { { 1, -1 }, { 3, 30 }, { 4, -1 }, { 7, 70 }, { 8, -1 }, { 9, 90 }, { 12, -1 } };
  g_autoptr (GArray) records = g_array_new (FALSE, TRUE, sizeof (Record));

  g_array_append_vals (records, known, G_N_ELEMENTS (known));
  sm_sorted_add_all (records, ids, G_N_ELEMENTS (ids), &fresh);
  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < records->len; i++)
    {
      g_assert_cmpint (g_array_index (records, Record, i).id, ==, expected[i].id);
      g_assert_cmpint (g_array_index (records, Record, i).value, ==, expected[i].value);
    }
  sm_sorted_add_all (records, ids, 0, &fresh);
  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (expected));
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  ++*(guint *) user_data;
}

/* Ten feeds answer many times a second while all is live: that is known, but
 * nobody is made to draw by it.  When it is not live any more, each contact is
 * told. */
static void
test_contact_is_told_rarely (void)
{
  g_autoptr (SmClock) clock = sm_clock_new_manual (SM_SECOND);
  g_autoptr (SmStatus) status = sm_status_new (clock);
  SmConnectivity connectivity = { .is_whole = TRUE };
  guint n_told = 0;

  g_signal_connect (status, "notify::last-contact", G_CALLBACK (count_cb), &n_told);
  for (guint i = 1; i <= 100; i++)
    {
      connectivity.oldest_good_at = connectivity.newest_good_at = g_get_monotonic_time () + i;
      sm_clock_advance (clock, SM_SECOND);
      sm_status_update (status, &connectivity, NULL);
      g_assert_cmpint (sm_status_get_state (status), ==, SM_STATUS_LIVE);
      g_assert_cmpint (sm_status_get_last_contact (status), ==, (i + 1) * SM_SECOND);
    }
  g_assert_cmpuint (n_told, ==, 1);
  connectivity.refused = TRUE;
  for (guint i = 0; i < 10; i++)
    {
      connectivity.newest_good_at += 1;
      sm_status_update (status, &connectivity, "tls-failed");
    }
  g_assert_cmpuint (n_told, ==, 11);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/models/put-aside-is-counted-apart", test_aside);
  g_test_add_func ("/ops/models/overlay-of-an-occurrence", test_overlay_of_an_occurrence);
  g_test_add_func ("/ops/live-set/inserts-where-it-belongs", test_insert);
  g_test_add_func ("/ops/live-set/items-keep-identity", test_identity);
  g_test_add_func ("/ops/live-set/not-resorted-while-held", test_held);
  g_test_add_func ("/ops/sorted/adds-all", test_sorted_add_all);
  g_test_add_func ("/ops/live-set/announces-only-what-changed", test_replace);
  g_test_add_func ("/ops/alarms/pending-until-the-feed-has-passed", test_overlay);
  g_test_add_func ("/ops/alarms/pending-of-one-that-is-over", test_overlay_of_returned);
  g_test_add_func ("/ops/alarms/request-says-what-was-seen", test_acknowledgement_request);
  g_test_add_func ("/ops/models/edit-request", test_edit_request);
  g_test_add_func ("/ops/models/acknowledged-nevertheless", test_acknowledged_nevertheless);
  g_test_add_func ("/ops/models/note-is-laid-over", test_note_overlay);
  g_test_add_func ("/ops/status/contact-is-told-rarely", test_contact_is_told_rarely);
  g_test_add_func ("/ops/figures/every-bar-sums-to-its-total", test_figures);
  return g_test_run ();
}
