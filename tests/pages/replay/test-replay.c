/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a replay shows is what stood on the screen then: the real service, and what its followers saw. */
#include "sm-ops-past.h"
#include "sm-ops-private.h"
#include "sm-replay-file.h"
#include "sm-replay-page.h"
#include "sm-style.h"
#include "sm-test-folder.h"
#include "sm-test-service.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <adwaita.h>
#include <string.h>

static const char scenario[]
    = "{\"events\": ["
      "{\"at_minutes\": 0.02, \"do\": \"fault\", \"code\": \"swap-robot-fault\","
      " \"station\": \"SW4400001\"}]}";

typedef struct
{
  char *folder;
  SmTestService *service;
  SmOps *ops;
  GtkWidget *page;
  GtkWidget *window;
} Desk;

static void
open_desk (Desk *desk)
{
  const char *args[] = { "--simulate", "demo", "--seed", "1", SM_TEST_YOUNG, "--scenario", NULL,
                         NULL };
  g_autofree char *path = NULL, *cache = NULL, *state = NULL;

  desk->folder = g_dir_make_tmp ("sm-replay-XXXXXX", NULL);
  path = g_build_filename (desk->folder, "scenario.json", NULL);
  g_assert_true (g_file_set_contents (path, scenario, -1, NULL));
  args[G_N_ELEMENTS (args) - 2] = path;
  desk->service = sm_test_service_start (args);
  cache = g_build_filename (desk->folder, "c", NULL);
  state = g_build_filename (desk->folder, "s", NULL);
  desk->ops = sm_ops_new (sm_test_service_get_url (desk->service), cache, state);
  sm_ops_start (desk->ops);
  desk->page = sm_replay_page_new (desk->ops, "Replay");
  desk->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1400, 900);
  gtk_window_set_child (GTK_WINDOW (desk->window), desk->page);
  gtk_window_present (GTK_WINDOW (desk->window));
  run_until (sm_status_get_state (sm_ops_get_status (desk->ops)) == SM_STATUS_LIVE);
}

static void
close_desk (Desk *desk)
{
  sm_ops_stop (desk->ops);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->ops);
  g_clear_pointer (&desk->service, sm_test_service_free);
  sm_test_remove_tree (desk->folder);
  g_free (desk->folder);
}

static gint64
now_of (Desk *desk)
{
  return sm_clock_now (sm_status_get_clock (sm_ops_get_status (desk->ops)));
}

/* Returns: (nullable): the row of the one that the scenario makes, as it is on the screen */
static SmRow *
find_fault (Desk *desk)
{
  GListModel *alarms = sm_ops_get_alarms (desk->ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      SmRow *row = sm_item_get_row (item);

      if (row != NULL && !sm_item_get_pending (item)
          && g_strcmp0 (sm_row_get_text (row, SM_ALARM_CODE), "swap-robot-fault") == 0
          && g_str_has_prefix (sm_row_get_text (row, SM_ALARM_SOURCE_LABEL), "SW4400001"))
        return row;
    }
  return NULL;
}

typedef struct
{
  gint64 at;
  SmRow *row;
} Look;

/* The clocks of two programs differ by less than this. */
#define APART (SM_SECOND / 3)

static Look
look (Desk *desk)
{
  gint64 begin = now_of (desk);
  Look look;

  run_until (now_of (desk) > begin + APART);
  look = (Look){ now_of (desk), sm_row_ref (find_fault (desk)) };
  run_until (now_of (desk) > look.at + APART);
  return look;
}

static void
acknowledge (Desk *desk)
{
  sm_ops_acknowledge_async (desk->ops, sm_row_get_id (find_fault (desk)), "on my way", NULL, NULL,
                            NULL);
  run_until (find_fault (desk) != NULL
             && !sm_row_is_null (find_fault (desk), SM_ALARM_ACKED_AT));
}

static SmReplay *
replay_of (Desk *desk)
{
  return sm_replay_page_get_replay (SM_REPLAY_PAGE (desk->page));
}

static GListModel *
shown_alarms (Desk *desk)
{
  return sm_replay_lists_get_alarms (sm_replay_page_get_lists (SM_REPLAY_PAGE (desk->page)));
}

static GListModel *
shown_events (Desk *desk)
{
  return sm_replay_lists_get_events (sm_replay_page_get_lists (SM_REPLAY_PAGE (desk->page)));
}

static void
open_replay (Desk  *desk,
             gint64 station,
             gint64 from)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, station);
  g_autofree char *from_text = sm_time_to_rfc3339 (from);
  g_autofree char *text = sm_link_text ("replay", NULL, "of", "station", "id", id, "from",
                                        from_text, NULL);
  g_autoptr (SmLink) link = sm_link_parse (text);

  g_assert_true (sm_page_show_link (SM_PAGE (desk->page), link));
  run_until (replay_of (desk) != NULL);
}

static SmRow *
replayed (Desk  *desk,
          gint64 id)
{
  for (guint i = 0; i < g_list_model_get_n_items (shown_alarms (desk)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (shown_alarms (desk), i);

      if (sm_item_get_id (item) == id)
        return sm_item_get_row (item);
    }
  return NULL;
}

static void
assert_as_seen (Desk       *desk,
                const Look *seen)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_ALARM);
  const SmRow *row;

  sm_replay_set_at (replay_of (desk), seen->at);
  row = replayed (desk, sm_row_get_id (seen->row));
  g_assert_nonnull (row);
  for (guint i = SM_ROW_OPERATOR_ID; i < noun->n_fields; i++)
    /* The service opens an order by itself a moment before the screen hears of it. */
    if (noun->fields[i].klass == SM_RECORD && !sm_row_equal_field (row, seen->row, i)
        && !(i == SM_ALARM_WORK_ORDER_ID && sm_row_is_null (seen->row, i)))
      g_error ("%s was another", noun->fields[i].name);
}

/* Keys without a hand: what they are bound to. */
static void
assert_moves (Desk *desk)
{
  SmReplay *replay = replay_of (desk);
  const SmPast *past = sm_replay_get_past (replay);
  guint n_events = sm_replay_get_events (replay)->len;

  sm_replay_set_at (replay, past->from);
  g_assert_cmpuint (g_list_model_get_n_items (shown_events (desk)), ==,
                    sm_replay_count_events (replay));
  for (guint i = sm_replay_count_events (replay); i < n_events; i = sm_replay_count_events (replay))
    gtk_widget_activate_action (desk->page, "replay.next", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (shown_events (desk)), ==, n_events);
  gtk_widget_activate_action (desk->page, "replay.previous", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (shown_events (desk)), <, n_events);
  sm_replay_set_at (replay, past->from);
  gtk_widget_activate_action (desk->page, "replay.forward", NULL);
  g_assert_cmpint (sm_replay_get_at (replay), ==, MIN (past->from + 10 * SM_SECOND, past->to));
  gtk_widget_activate_action (desk->page, "replay.back", NULL);
  g_assert_cmpint (sm_replay_get_at (replay), ==, past->from);
  for (guint i = 0; i < 10; i++)
    gtk_widget_activate_action (desk->page, "replay.faster", NULL);
  g_assert_cmpuint (sm_replay_get_rate (replay), ==, 60);
  gtk_widget_activate_action (desk->page, "replay.play", NULL);
  run_until (sm_replay_get_at (replay) == past->to || sm_replay_get_at (replay) > past->from);
  sm_replay_set_is_going (replay, FALSE);
}

static void
assert_files (Desk *desk)
{
  SmReplay *replay = replay_of (desk);
  const SmPast *past = sm_replay_get_past (replay);
  g_autoptr (SmDocument) document = sm_replay_document_new (desk->ops, replay);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = sm_document_to_pdf (document, NULL, &error);
  g_autofree char *name = sm_replay_file_name (desk->ops, past, ".json");
  gsize length;
  const char *text = g_bytes_get_data (past->document, &length);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
  g_assert_true (g_str_has_suffix (name, ".json"));
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "stationmaster-incident"));
}

static void
test_as_on_screen (void)
{
  Desk desk = { NULL };
  Look raised, acked;
  gint64 begin;

  open_desk (&desk);
  begin = now_of (&desk) - SM_MINUTE;
  run_until (find_fault (&desk) != NULL);
  raised = look (&desk);
  acknowledge (&desk);
  acked = look (&desk);
  open_replay (&desk, sm_row_get_int (raised.row, SM_ALARM_STATION_ID), begin);
  assert_as_seen (&desk, &raised);
  assert_as_seen (&desk, &acked);
  g_assert_cmpstr (sm_row_get_text (replayed (&desk, sm_row_get_id (acked.row)), SM_ALARM_NOTE),
                   ==, "on my way");
  sm_replay_set_at (replay_of (&desk), begin);
  g_assert_null (replayed (&desk, sm_row_get_id (raised.row)));
  assert_moves (&desk);
  assert_files (&desk);
  sm_row_unref (raised.row);
  sm_row_unref (acked.row);
  close_desk (&desk);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/replay/as-on-screen", test_as_on_screen);
  return g_test_run ();
}
