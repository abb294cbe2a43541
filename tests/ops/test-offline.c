/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "signed-in.h"

#include "sm-ops-desks.h"
#include "sm-ops-papers.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <glib/gstdio.h>
#include <string.h>

/* What is done where there is no network, and what becomes of it with the real service. */

/* --- photos --- */

/* A PNG as far as anybody looks, unlike any other. */
static void
add_photo (SignedIn *fixture,
           guint    number)
{
  g_autofree char *file = g_build_filename (fixture->dir, "taken.png", NULL);
  g_autoptr (GError) error = NULL;
  guint8 bytes[SIGNED_IN_POINT_SIZE + 1];

  memcpy (bytes, signed_in_point, SIGNED_IN_POINT_SIZE);
  bytes[SIGNED_IN_POINT_SIZE] = (guint8) number;
  g_assert_true (g_file_set_contents (file, (const char *) bytes, sizeof bytes, NULL));
  signed_in_add_photo (fixture, file, &error);
  g_assert_no_error (error);
  /* What is sent is what it was. */
  g_assert_true (g_file_set_contents (file, "another", -1, NULL));
}

/* The copy and what waits are there before anybody is signed in again. */
static void
start_away (SignedIn *fixture)
{
  g_autofree char *cache = g_build_filename (fixture->dir, "cache", NULL);
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);

  fixture->ops = sm_ops_new (sm_test_service_get_url (fixture->service), cache, state);
  sm_ops_start (fixture->ops);
  run_until (signed_in_order (fixture) != NULL);
}

static guint
count_files (SignedIn *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "state", "outbox.db-files", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Returns: -1: the order is not there yet, as after a start */
static gint64
count_photos (SignedIn *fixture)
{
  SmItem *order = signed_in_order (fixture);

  return order != NULL ? sm_row_get_int (sm_item_get_row (order), SM_WORK_ORDER_PHOTOS) : -1;
}

/* Each of @n photos once, in the order they were taken, and said to have been taken then. */
static void
assert_photos (SignedIn *fixture,
               gint64   id,
               guint    n)
{
  g_autoptr (GPtrArray) photos = signed_in_list_photos (fixture, id);
  gint64 last = 0;

  g_assert_cmpuint (photos->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const SmWorkOrderPhotoLine *photo = photos->pdata[i];
      g_autoptr (GBytes) loaded = NULL;
      const guint8 *data;
      gsize size;

      g_assert_cmpint (photo->claimed_at, >=, last);
      last = photo->claimed_at;
      loaded = signed_in_load_photo (fixture, id, photo->sha256);
      data = g_bytes_get_data (loaded, &size);
      g_assert_cmpuint (size, ==, SIGNED_IN_POINT_SIZE + 1);
      g_assert_cmpuint (data[SIGNED_IN_POINT_SIZE], ==, i + 1);
    }
}

/* What was taken where there is no network is sent when there is one: each once, in its order,
 * with what was done before and after it, whoever is killed in between. */
static void
test_photos_wait (SignedIn       *fixture,
                  gconstpointer  data)
{
  gint64 id = signed_in_open_order (fixture);
  SmWorkOrderDeed note = SM_WORK_ORDER_DEED (SM_WORK_ORDER_NOTE_DOWN);
  g_autoptr (GPtrArray) waiting = NULL;

  note.note = "seen";
  sm_test_service_kill (fixture->service);
  run_until (signed_in_state (fixture) == SM_STATUS_OFFLINE);
  add_photo (fixture, 1);
  signed_in_do (fixture, &note);
  for (guint i = 2; i <= 6; i++)
    add_photo (fixture, i);
  add_photo (fixture, 6); /* the same again is the same */
  waiting = sm_ops_list_waiting_photos (fixture->ops, id);
  g_assert_cmpuint (waiting->len, ==, 6);
  g_assert_true (g_file_test (((SmPhotoWaiting *) waiting->pdata[5])->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (fixture), ==, 6);
  signed_in_stop (fixture);
  start_away (fixture);
  run_until (signed_in_count_pending (fixture) == 7);
  signed_in_stop (fixture);
  sm_test_service_restart (fixture->service);
  signed_in_start (fixture);
  run_until (signed_in_count_pending (fixture) < 6);
  sm_test_service_kill (fixture->service);
  signed_in_stop (fixture);
  start_away (fixture);
  signed_in_stop (fixture);
  sm_test_service_restart (fixture->service);
  signed_in_start (fixture);
  run_until (signed_in_count_pending (fixture) == 0 && count_photos (fixture) == 6);
  assert_photos (fixture, id, 6);
  run_until (count_files (fixture) == 0);
}

/* A photo of an order that is over by then waits for a person, with its file, until they drop it. */
static void
test_photo_refused (SignedIn       *fixture,
                    gconstpointer  data)
{
  gint64 id = signed_in_open_order (fixture);
  g_autofree char *path
      = g_strdup_printf ("/api/v1/work_orders/%" G_GINT64_FORMAT "/cancel", id);
  g_autoptr (JsonObject) order = NULL;
  g_autoptr (SmPending) pending = NULL;

  sm_test_service_kill (fixture->service);
  run_until (signed_in_state (fixture) == SM_STATUS_OFFLINE);
  add_photo (fixture, 1);
  signed_in_stop (fixture);
  sm_test_service_restart (fixture->service);
  order = sm_test_service_post (fixture->service, path, fixture->token,
                                "Idempotency-Key: 01a200c1-c556-7ec3-9b71-6167ce629a02\r\n",
                                "{\"reason\": \"not needed\"}");
  signed_in_start (fixture);
  run_until (g_list_model_get_n_items (sm_ops_get_conflicts (fixture->ops)) == 1);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  pending = g_list_model_get_item (sm_ops_get_conflicts (fixture->ops), 0);
  g_assert_cmpstr (sm_pending_get_verb (pending), ==, "photo");
  g_assert_nonnull (sm_pending_get_problem (pending));
  g_assert_cmpstr (sm_pending_get_note (pending), ==, "taken.png");
  sm_ops_drop_async (fixture->ops, pending, NULL, NULL, NULL);
  run_until (signed_in_count_pending (fixture) == 0 && count_files (fixture) == 0);
}

/* A file that is gone before it was sent is not waited for in silence. */
static void
test_photo_lost (SignedIn      *fixture,
                 gconstpointer  data)
{
  gint64 id = signed_in_open_order (fixture);
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (SmPending) pending = NULL;

  sm_test_service_kill (fixture->service);
  run_until (signed_in_state (fixture) == SM_STATUS_OFFLINE);
  add_photo (fixture, 1);
  add_photo (fixture, 2);
  waiting = sm_ops_list_waiting_photos (fixture->ops, id);
  g_assert_cmpint (g_remove (((SmPhotoWaiting *) waiting->pdata[0])->path), ==, 0);
  sm_test_service_restart (fixture->service);
  run_until (g_list_model_get_n_items (sm_ops_get_conflicts (fixture->ops)) == 1
             && signed_in_count_pending (fixture) == 1 && count_photos (fixture) == 1);
  pending = g_list_model_get_item (sm_ops_get_conflicts (fixture->ops), 0);
  g_assert_cmpstr (sm_pending_get_problem (pending), ==, "outbox-file-lost");
}

/* --- inspections --- */

/* Returns: (nullable): %NULL: it is not there yet, as after a start */
static SmRow *
get_inspection (SignedIn *fixture)
{
  g_autoptr (SmItem) item
      = g_list_model_get_item (sm_ops_get_papers (fixture->ops, SM_NOUN_INSPECTION), 0);

  return item != NULL ? sm_item_get_row (item) : NULL;
}

static gint64
plan_inspection (SignedIn *fixture)
{
  g_autoptr (SmItem) station = g_list_model_get_item (sm_ops_get_stations (fixture->ops), 0);
  g_autofree char *at = sm_time_to_rfc3339 (g_get_real_time () + SM_HOUR);
  g_autofree char *body = g_strdup_printf (
      "{\"station_id\": %" G_GINT64_FORMAT ", \"template\": \"charge_station\","
      " \"planned_at\": \"%s\", \"every_days\": 30}", sm_item_get_id (station), at);
  g_autoptr (JsonObject) planned
      = sm_test_service_post (fixture->service, "/api/v1/inspections", fixture->token,
                              "Idempotency-Key: 01a200c1-c556-7ec3-9b71-6167ce629a03\r\n", body);

  run_until (get_inspection (fixture) != NULL);
  return json_object_get_int_member (planned, "id");
}

static void
edited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  sm_ops_edit_finish (SM_OPS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* What somebody fills in who goes through a station. */
static void
fill_in (SignedIn   *fixture,
         const char *field,
         const char *value)
{
  g_autoptr (SmRow) seen = sm_ops_cover_row (fixture->ops, get_inspection (fixture));
  g_autofree char *base = sm_row_dup_part (seen, field);
  GPtrArray *edits = sm_edits_new ();
  gboolean is_over = FALSE;

  sm_edits_add (edits, field, base, value);
  sm_ops_edit_async (fixture->ops, seen, edits, NULL, edited_cb, &is_over);
  run_until (is_over);
}

/* Somebody else, who has a network. */
static void
fill_in_elsewhere (SignedIn   *fixture,
                   gint64      id,
                   const char *body)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/inspections/%" G_GINT64_FORMAT, id);
  g_autoptr (JsonObject) now = sm_test_service_get (fixture->service, path, fixture->token);
  g_autofree char *headers = g_strdup_printf (
      "Idempotency-Key: 01a200c1-c556-7ec3-9b71-6167ce629a04\r\nIf-Match: \"%" G_GINT64_FORMAT
      "\"\r\n", json_object_get_int_member (now, "seq"));
  g_autoptr (SmTestAnswer) answer
      = sm_test_service_send (fixture->service, "PATCH", path, fixture->token, headers, body);

  g_assert_cmpuint (answer->status, ==, 200);
}

static gboolean
says (SignedIn   *fixture,
      const char *field,
      const char *value)
{
  SmRow *inspection = get_inspection (fixture);
  g_autofree char *is = inspection != NULL ? sm_row_dup_part (inspection, field) : NULL;

  return inspection != NULL && g_strcmp0 (is, value) == 0;
}

/* Scores and findings are kept until they can be sent; of what two filled in, each field is
 * whoever's it is, and the same one a person's to decide. */
static void
test_inspection (SignedIn      *fixture,
                 gconstpointer  data)
{
  gint64 id = plan_inspection (fixture);
  GListModel *conflicts;
  g_autoptr (SmPending) pending = NULL;

  sm_test_service_kill (fixture->service);
  run_until (signed_in_state (fixture) == SM_STATUS_OFFLINE);
  fill_in (fixture, "sort_score", "good");
  fill_in (fixture, "shine_note", "oil on the floor");
  signed_in_stop (fixture);
  sm_test_service_restart (fixture->service);
  fill_in_elsewhere (fixture, id, "{\"shine_note\": \"clean\", \"sort_note\": \"labels\"}");
  signed_in_start (fixture);
  conflicts = sm_ops_get_conflicts (fixture->ops);
  run_until (g_list_model_get_n_items (conflicts) == 1 && signed_in_count_pending (fixture) == 1);
  run_until (says (fixture, "sort_score", "good") && says (fixture, "sort_note", "labels")
             && says (fixture, "shine_note", "clean"));
  pending = g_list_model_get_item (conflicts, 0);
  g_assert_cmpstr (sm_edits_find (sm_pending_get_edits (pending), "shine_note")->theirs, ==,
                   "clean");
  sm_ops_resolve_async (fixture->ops, pending, NULL, NULL, NULL, NULL);
  run_until (signed_in_count_pending (fixture) == 0
             && says (fixture, "shine_note", "oil on the floor"));
}

/* How often it comes again waits like the rest, and can be taken out, which ends the series. */
static void
test_inspection_ends (SignedIn      *fixture,
                      gconstpointer  data)
{
  g_autoptr (SmRow) shown = NULL;

  plan_inspection (fixture);
  fill_in (fixture, "every_days", "14");
  run_until (signed_in_count_pending (fixture) == 0 && says (fixture, "every_days", "14"));
  sm_test_service_kill (fixture->service);
  run_until (signed_in_state (fixture) == SM_STATUS_OFFLINE);
  fill_in (fixture, "every_days", NULL);
  shown = sm_ops_cover_row (fixture->ops, get_inspection (fixture));
  g_assert_true (sm_row_is_null (shown, SM_INSPECTION_EVERY_DAYS));
  g_assert_true (says (fixture, "every_days", "14"));
  sm_test_service_restart (fixture->service);
  run_until (signed_in_count_pending (fixture) == 0 && says (fixture, "every_days", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_conflicts (fixture->ops)), ==, 0);
}

#define ADD(path, test) \
  g_test_add (path, SignedIn, NULL, signed_in_set_up, test, signed_in_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ops/offline/photos", test_photos_wait);
  ADD ("/ops/offline/photo-refused", test_photo_refused);
  ADD ("/ops/offline/photo-lost", test_photo_lost);
  ADD ("/ops/offline/inspection", test_inspection);
  ADD ("/ops/offline/inspection-ends", test_inspection_ends);
  return g_test_run ();
}
