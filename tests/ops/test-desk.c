/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-alarm-book.h"
#include "sm-alarm-desk.h"
#include "sm-bell.h"
#include "sm-ops-private.h"
#include "sm-test-full.h"
#include "sm-time.h"

/* The desk: what is on it, in which order, and what happens while somebody has a hand on it. */

#define NOW G_GINT64_CONSTANT (1793252000000000)

static SmOps *
make_ops (void)
{
  SmOps *ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());

  sm_clock_set (sm_status_get_clock (sm_ops_get_status (ops)), NOW, 1);
  return ops;
}

static void
put (SmOps      *ops,
     gint64      id,
     int         level,
     const char *code,
     gint64      station_id,
     gint64      age_s)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, id);
  sm_row_set_text (row, SM_ALARM_CODE, code);
  sm_row_set_int (row, SM_ALARM_LEVEL, level);
  sm_row_set_text (row, SM_ALARM_STATE, "unacked");
  sm_row_set_text (row, SM_ALARM_SOURCE_NOUN, "vehicle");
  sm_row_set_int (row, SM_ALARM_SOURCE_ID, id);
  sm_row_set_int (row, SM_ALARM_COUNT, 1);
  sm_row_set_int (row, SM_ALARM_RAISED_AT, NOW - age_s * SM_SECOND);
  if (station_id != 0)
    sm_row_set_int (row, SM_ALARM_STATION_ID, station_id);
  sm_alarm_book_put (ops->alarms, row);
}

static SmAlarmDesk *
make_desk (SmOps      *ops,
           const char *text)
{
  g_autoptr (SmLink) link = sm_link_parse (text);
  SmAlarmDesk *desk = sm_alarm_desk_new (ops, SM_DESK_ACTIVE, link, NULL);

  g_assert_nonnull (desk);
  return desk;
}

static char *
list_ids (SmAlarmDesk *desk)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (desk)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (desk), i);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", sm_item_get_id (item));
    }
  return g_string_free (text, FALSE);
}

static void
assert_ids (SmAlarmDesk *desk,
            const char  *ids)
{
  g_autofree char *found = list_ids (desk);

  g_assert_cmpstr (found, ==, ids);
}

static SmItem *
find (SmAlarmDesk *desk,
      gint64       id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (desk)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (desk), i);

      if (sm_item_get_id (item) == id)
        return item; /* the model keeps it */
    }
  return NULL;
}

/* A model that is told of each change has the same rows as the one that tells. */
typedef struct
{
  GPtrArray *rows;
  SmAlarmDesk *desk;
  guint n_changes;
} Mirror;

static void
mirror_cb (GListModel *model,
           guint       position,
           guint       removed,
           guint       added,
           Mirror     *mirror)
{
  mirror->n_changes++;
  if (removed > 0)
    g_ptr_array_remove_range (mirror->rows, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->rows, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (mirror->rows->len, ==, g_list_model_get_n_items (model));
}

static void
assert_mirrored (Mirror *mirror)
{
  for (guint i = 0; i < mirror->rows->len; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (mirror->desk), i);

      g_assert_true (item == mirror->rows->pdata[i]);
    }
}

static void
test_most_urgent_first (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  g_autoptr (SmAlarmDesk) desk = NULL;

  put (ops, 1, 3, "soc-low", 0, 700);
  put (ops, 2, 1, "pack-over-temperature", 0, 800);
  put (ops, 3, 2, "pack-over-temperature", 0, 900);
  put (ops, 4, 3, "soc-low", 0, 650);
  desk = make_desk (ops, "stationmaster:alarms");
  assert_ids (desk, "2 3 4 1");
  for (guint i = 0; i + 1 < g_list_model_get_n_items (G_LIST_MODEL (desk)); i++)
    {
      g_autoptr (SmItem) a = g_list_model_get_item (G_LIST_MODEL (desk), i);
      g_autoptr (SmItem) b = g_list_model_get_item (G_LIST_MODEL (desk), i + 1);

      /* The order that the wall has, too. */
      g_assert_cmpint (sm_alarm_compare_urgency (ops, sm_item_get_row (a), sm_item_get_row (b)), <,
                       0);
    }
}

static void
test_held_still (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  g_autoptr (SmAlarmDesk) desk = NULL;
  guint level = 0;

  put (ops, 1, 3, "soc-low", 0, 700);
  put (ops, 2, 3, "soc-low", 0, 800);
  desk = make_desk (ops, "stationmaster:alarms");
  sm_alarm_desk_set_held (desk, TRUE);
  put (ops, 3, 1, "pack-over-temperature", 0, 1);
  put (ops, 4, 2, "pack-over-temperature", 0, 1);
  sm_alarm_book_remove (ops->alarms, 1);
  sm_alarm_desk_refresh (desk);
  /* Nothing moved, and nothing that is gone has left: it says so itself. */
  assert_ids (desk, "1 2");
  g_assert_cmpuint (sm_alarm_desk_count_new (desk, &level), ==, 2);
  g_assert_cmpuint (level, ==, 1);
  sm_alarm_desk_lay_in (desk);
  assert_ids (desk, "3 4 2");
  g_assert_cmpuint (sm_alarm_desk_count_new (desk, NULL), ==, 0);
  put (ops, 5, 4, "soc-low", 0, 1);
  sm_alarm_desk_refresh (desk);
  assert_ids (desk, "3 4 2");
  sm_alarm_desk_set_held (desk, FALSE);
  sm_alarm_desk_refresh (desk);
  assert_ids (desk, "3 4 2 5");
}

static void
test_flood_by_cause (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  g_autoptr (SmAlarmDesk) desk = NULL;
  g_autoptr (GPtrArray) folded = NULL;
  const SmFold *fold;

  for (gint64 i = 1; i <= 10; i++)
    put (ops, i, 3, "station-power", 7, 500 - i);
  desk = make_desk (ops, "stationmaster:alarms");
  sm_alarm_desk_set_groups (desk, TRUE);
  g_assert_false (sm_alarm_desk_is_flood (desk));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (desk)), ==, 10);
  put (ops, 11, 2, "station-power", 7, 10);
  put (ops, 12, 1, "station-smoke", 7, 5);
  sm_alarm_desk_refresh (desk);
  g_assert_true (sm_alarm_desk_is_flood (desk));
  /* One row for the cause, the first of it; the safety code is a row of its own. */
  assert_ids (desk, "12 1");
  fold = sm_alarm_desk_get_fold (desk, find (desk, 1));
  g_assert_cmpuint (fold->n_folded, ==, 10);
  g_assert_true (fold->is_first_out);
  g_assert_cmpint (fold->worst_level, ==, 2);
  folded = sm_alarm_desk_dup_folded (desk, find (desk, 1));
  g_assert_cmpuint (folded->len, ==, 10);
  sm_alarm_desk_set_expanded (desk, find (desk, 1), TRUE);
  assert_ids (desk, "12 1 2 3 4 5 6 7 8 9 10 11");
  sm_alarm_desk_set_expanded (desk, find (desk, 1), FALSE);
  sm_alarm_desk_set_groups (desk, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (desk)), ==, 12);
}

static void
test_flood_ends (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  g_autoptr (SmAlarmDesk) desk = NULL;

  for (gint64 i = 1; i <= 12; i++)
    put (ops, i, 3, "soc-low", 0, i <= 8 ? 590 : 10);
  desk = make_desk (ops, "stationmaster:alarms");
  g_assert_true (sm_alarm_desk_is_flood (desk));
  sm_clock_set (sm_status_get_clock (sm_ops_get_status (ops)), NOW + 20 * SM_SECOND, 1);
  sm_alarm_desk_refresh (desk);
  /* Four are left: below five it is over, and it does not begin again below eleven. */
  g_assert_false (sm_alarm_desk_is_flood (desk));
  g_assert_cmpuint (sm_alarm_desk_count_recent (desk), ==, 4);
}

static void
test_filter_says_what_it_hides (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  g_autoptr (SmAlarmDesk) desk = NULL;
  g_autoptr (SmLink) odd = sm_link_parse ("stationmaster:alarms?colour=green");

  put (ops, 1, 3, "soc-low", 0, 700);
  put (ops, 2, 1, "station-smoke", 7, 700);
  desk = make_desk (ops, "stationmaster:alarms?level=3");
  assert_ids (desk, "1");
  g_assert_cmpuint (sm_alarm_desk_count_unseen_safety (desk), ==, 1);
  g_assert_null (sm_alarm_desk_new (ops, SM_DESK_ACTIVE, odd, NULL));
}

/* Random comings, goings and changes: who is told of each has the same rows, and few are told. */
static void
test_announced_as_it_is (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (SmAlarmDesk) desk = make_desk (ops, "stationmaster:alarms");
  Mirror mirror = { g_ptr_array_new_with_free_func (g_object_unref), desk, 0 };

  g_signal_connect (desk, "items-changed", G_CALLBACK (mirror_cb), &mirror);
  for (guint round = 0; round < 60; round++)
    {
      for (guint i = 0; i < 20; i++)
        {
          gint64 id = g_rand_int_range (random, 1, 200);

          if (g_rand_int_range (random, 0, 3) == 0)
            sm_alarm_book_remove (ops->alarms, id);
          else
            put (ops, id, g_rand_int_range (random, 1, 5), "soc-low", 0,
                 g_rand_int_range (random, 700, 9000));
        }
      sm_alarm_desk_refresh (desk);
      assert_mirrored (&mirror);
    }
  g_assert_cmpuint (mirror.rows->len, ==, g_list_model_get_n_items (sm_ops_get_alarms (ops)));
  g_signal_handlers_disconnect_by_data (desk, &mirror);
  g_ptr_array_unref (mirror.rows);
}

static SmRow *
make_aside (gint64      id,
            const char *code,
            guint       until,
            gint64      value)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_text (row, SM_ALARM_CODE, code);
  sm_row_set_int (row, SM_ALARM_LEVEL, 1);
  sm_row_set_text (row, SM_ALARM_STATE, "acked");
  sm_row_set_int (row, until, value);
  return row;
}

/* What is put aside is in a view of its own until its time is up; what is of safety is seen anyway. */
static void
test_views (void)
{
  g_autoptr (SmRow) shelved = make_aside (1, "soc-low", SM_ALARM_SHELVED_UNTIL, NOW + SM_MINUTE);
  g_autoptr (SmRow) out
      = make_aside (2, "soc-low", SM_ALARM_OUT_OF_SERVICE_UNTIL, NOW + SM_MINUTE);
  g_autoptr (SmRow) smoke
      = make_aside (3, "station-smoke", SM_ALARM_OUT_OF_SERVICE_UNTIL, NOW + SM_MINUTE);
  g_autoptr (SmRow) odd = make_aside (4, "station-smoke", SM_ALARM_SHELVED_UNTIL, NOW + SM_MINUTE);

  g_assert_false (sm_alarm_desk_belongs (shelved, NOW, SM_DESK_ACTIVE));
  g_assert_true (sm_alarm_desk_belongs (shelved, NOW, SM_DESK_SHELVED));
  g_assert_true (sm_alarm_desk_belongs (shelved, NOW + SM_HOUR, SM_DESK_ACTIVE));
  g_assert_false (sm_alarm_desk_belongs (shelved, NOW + SM_HOUR, SM_DESK_SHELVED));
  g_assert_false (sm_alarm_desk_belongs (out, NOW, SM_DESK_ACTIVE));
  g_assert_true (sm_alarm_desk_belongs (out, NOW, SM_DESK_OUT_OF_SERVICE));
  g_assert_true (sm_alarm_desk_belongs (smoke, NOW, SM_DESK_ACTIVE));
  g_assert_true (sm_alarm_desk_belongs (smoke, NOW, SM_DESK_OUT_OF_SERVICE));
  g_assert_true (sm_alarm_desk_belongs (odd, NOW, SM_DESK_ACTIVE));
}

/* What the service folded stands under its parent; never a safety code, whatever its row says. */
static void
test_children (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) folds = NULL;
  static const struct
  {
    gint64 id, parent;
    const char *code;
    gint64 head;
  } table[] = { { 1, 0, "station-power", 0 }, { 2, 1, "soc-low", 1 }, { 3, 2, "soc-low", 1 },
                { 4, 1, "station-smoke", 0 }, { 5, 99, "soc-low", 0 }, { 6, 7, "soc-low", 0 },
                { 7, 6, "soc-low", 6 } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (SmRow) row
          = make_aside (table[i].id, table[i].code, SM_ALARM_RAISED_AT, NOW - table[i].id);

      if (table[i].parent != 0)
        sm_row_set_int (row, SM_ALARM_PARENT_ID, table[i].parent);
      g_ptr_array_add (items, sm_item_new (row));
    }
  folds = sm_alarm_folds_new (ops, items, FALSE);
  /* A parent that is not there hides nobody; of two that are each other's one stands for both. */
  for (guint i = 0; i < items->len; i++)
    {
      const SmFold *fold = g_hash_table_lookup (folds, items->pdata[i]);

      g_assert_cmpint (fold->head_id, ==, table[i].head);
    }
}

/* Whatever comes in whatever order: all of it is shown, by itself or in one row with others. */
static void
test_storm (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (SmAlarmDesk) desk = make_desk (ops, "stationmaster:alarms");
  gint64 n = (gint64) sm_test_times (5000);
  guint n_rows, n_shown = 0, n_safety = 0;

  sm_alarm_desk_set_groups (desk, TRUE);
  for (gint64 id = 1; id <= n; id++)
    {
      gboolean is_safety = id % 50 == 0;

      put (ops, id, is_safety ? 1 : g_rand_int_range (random, 2, 5),
           is_safety ? "station-smoke" : "station-power", 1 + id % 20,
           g_rand_int_range (random, 0, 500));
      n_safety += is_safety;
      if (id % 83 == 0)
        sm_alarm_desk_refresh (desk);
    }
  sm_alarm_desk_refresh (desk);
  g_assert_true (sm_alarm_desk_is_flood (desk));
  n_rows = g_list_model_get_n_items (G_LIST_MODEL (desk));
  g_assert_cmpuint (n_rows, ==, 20 + n_safety);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (desk), i);
      const SmFold *fold = sm_alarm_desk_get_fold (desk, item);
      g_autoptr (GPtrArray) folded = sm_alarm_desk_dup_folded (desk, item);

      g_assert_cmpuint (folded->len, ==, fold->n_folded);
      n_shown += 1 + folded->len;
      /* The first of a cause stands for it. */
      for (guint k = 0; k < folded->len; k++)
        g_assert_cmpint (sm_row_get_int (sm_item_get_row (item), SM_ALARM_RAISED_AT), <=,
                         sm_row_get_int (sm_item_get_row (folded->pdata[k]), SM_ALARM_RAISED_AT));
    }
  g_assert_cmpuint (n_shown, ==, (guint) n);
}

/* --- the bell, by times that the test says --- */

typedef struct
{
  SmBell *bell;
  GString *heard; /* second:level, ... */
  gint64 now;
} Ear;

static void
ring_cb (SmBell *bell,
         guint   level,
         Ear    *ear)
{
  g_string_append_printf (ear->heard, "%s%d:%u", ear->heard->len > 0 ? " " : "",
                          (int) (ear->now / G_TIME_SPAN_SECOND), level);
}

static void
listen_to (Ear   *ear,
           SmOps *ops)
{
  ear->bell = sm_bell_for_ops (ops);
  ear->heard = g_string_new (NULL);
  ear->now = 0;
  g_signal_connect (ear->bell, "ring", G_CALLBACK (ring_cb), ear);
}

/* Looks each tenth of a second, far more often than anybody would. */
static char *
hear_until (Ear  *ear,
            guint second)
{
  g_string_truncate (ear->heard, 0);
  for (; ear->now < second * G_TIME_SPAN_SECOND; ear->now += G_TIME_SPAN_SECOND / 10)
    sm_bell_check (ear->bell, ear->now == 0 ? 1 : ear->now);
  return g_strdup (ear->heard->str);
}

#define assert_heard(ear, second, words)                                                          \
  G_STMT_START                                                                                    \
  {                                                                                               \
    g_autofree char *heard_ = hear_until (ear, second);                                           \
    g_assert_cmpstr (heard_, ==, words);                                                          \
  }                                                                                               \
  G_STMT_END

static void
acknowledge (SmOps  *ops,
             gint64  id)
{
  g_autoptr (SmRow) row = sm_row_copy (sm_alarm_book_find_base (ops->alarms, id));

  sm_row_set_text (row, SM_ALARM_STATE, "acked");
  sm_alarm_book_put (ops->alarms, row);
}

static void
test_bell_rhythm (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  Ear ear;

  listen_to (&ear, ops);
  assert_heard (&ear, 10, "");
  put (ops, 1, 2, "pack-over-temperature", 0, 1);
  assert_heard (&ear, 30, "10:2 25:2");
  /* A worse one does not wait for its turn, but never follows within five seconds. */
  put (ops, 2, 1, "soc-low", 0, 1);
  assert_heard (&ear, 42, "30:1 35:1 40:1");
  /* However many more there are. */
  for (gint64 i = 10; i < 200; i++)
    put (ops, i, 1, "soc-low", 0, 1);
  assert_heard (&ear, 52, "45:1 50:1");
  for (gint64 i = 10; i < 200; i++)
    acknowledge (ops, i);
  acknowledge (ops, 2);
  assert_heard (&ear, 70, "65:2");
  acknowledge (ops, 1);
  assert_heard (&ear, 100, "");
  /* A level that nobody wants to hear, and one that is put aside. */
  put (ops, 300, 3, "soc-low", 0, 1);
  assert_heard (&ear, 200, "");
  sm_bell_set_levels (ear.bell, 7);
  assert_heard (&ear, 201, "200:3");
  g_string_free (ear.heard, TRUE);
}

static void
test_bell_silence (void)
{
  g_autoptr (SmOps) ops = make_ops ();
  Ear ear;

  listen_to (&ear, ops);
  put (ops, 1, 1, "soc-low", 0, 1);
  assert_heard (&ear, 3, "0:1");
  sm_bell_silence_at (ear.bell, 30 * G_TIME_SPAN_SECOND, ear.now);
  assert_heard (&ear, 33, "");
  /* It is over by itself, and nothing was acknowledged by it. */
  assert_heard (&ear, 40, "33:1 38:1");
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_alarms (ops)), ==, 1);
  /* Safety is heard again after a minute, whatever was asked for ... */
  put (ops, 2, 1, "station-smoke", 7, 1);
  sm_bell_silence_at (ear.bell, 3600 * G_TIME_SPAN_SECOND, ear.now);
  assert_heard (&ear, 100, "");
  assert_heard (&ear, 107, "100:1 105:1");
  /* ... and at once when there is more of it. */
  sm_bell_silence_at (ear.bell, 3600 * G_TIME_SPAN_SECOND, ear.now);
  put (ops, 3, 1, "station-gas", 7, 1);
  assert_heard (&ear, 112, "110:1");
  /* No choice of levels keeps it quiet. */
  sm_bell_silence_at (ear.bell, 0, ear.now);
  sm_bell_set_levels (ear.bell, 0);
  assert_heard (&ear, 117, "115:1");
  acknowledge (ops, 2);
  acknowledge (ops, 3);
  assert_heard (&ear, 200, "");
  g_string_free (ear.heard, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/desk/most-urgent-first", test_most_urgent_first);
  g_test_add_func ("/ops/desk/held-still", test_held_still);
  g_test_add_func ("/ops/desk/flood-by-cause", test_flood_by_cause);
  g_test_add_func ("/ops/desk/flood-ends", test_flood_ends);
  g_test_add_func ("/ops/desk/filter-says-what-it-hides", test_filter_says_what_it_hides);
  g_test_add_func ("/ops/desk/views", test_views);
  g_test_add_func ("/ops/desk/children", test_children);
  g_test_add_func ("/ops/desk/storm", test_storm);
  g_test_add_func ("/ops/bell/rhythm", test_bell_rhythm);
  g_test_add_func ("/ops/bell/silence", test_bell_silence);
  g_test_add_func ("/ops/desk/announced-as-it-is", test_announced_as_it_is);
  return g_test_run ();
}
