/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "signed-in.h"

#include "sm-error.h"
#include "sm-ops-work-figures.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/* What is done to work orders, with the real service and without it. */

static const char *const demo[] = { "--simulate", "demo", "--seed", "1", SM_TEST_YOUNG, NULL };

static const char *
state_word (SignedIn *fixture)
{
  SmItem *order = signed_in_order (fixture);

  return order != NULL ? sm_row_get_text (sm_item_get_row (order), SM_WORK_ORDER_STATE) : "none";
}

static void
lines_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *lines = sm_ops_load_work_order_finish (SM_OPS (source), result, &error);

  g_assert_no_error (error);
  *(GPtrArray **) user_data = lines;
}

/* Shown at once, kept, sent in order when the service is back, each once. */
static void
test_without_service (SignedIn       *fixture,
                      gconstpointer  data)
{
  SmWorkOrderDeed note = SM_WORK_ORDER_DEED (SM_WORK_ORDER_NOTE_DOWN);
  SmWorkOrderDeed cancel = SM_WORK_ORDER_DEED (SM_WORK_ORDER_CANCEL);
  g_autoptr (GPtrArray) lines = NULL;
  const SmWorkOrderLine *line;
  gint64 id = signed_in_open_order (fixture);

  sm_test_service_kill (fixture->service);
  run_until (signed_in_state (fixture) == SM_STATUS_OFFLINE);
  note.note = "bring the long ladder";
  signed_in_do (fixture, &note);
  g_assert_cmpstr (sm_row_get_text (sm_item_get_row (signed_in_order (fixture)), SM_WORK_ORDER_NOTE), ==,
                   "bring the long ladder");
  cancel.reason = "it was shut, not broken";
  signed_in_do (fixture, &cancel);
  run_until (g_str_equal (state_word (fixture), "cancelled"));
  g_assert_cmpuint (signed_in_count_pending (fixture), ==, 2);
  sm_test_service_run (fixture->service);
  run_until (signed_in_count_pending (fixture) == 0 && signed_in_order (fixture) == NULL);
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_conflicts (fixture->ops)), ==, 0);
  run_until (signed_in_state (fixture) == SM_STATUS_LIVE);
  sm_ops_load_work_order_async (fixture->ops, id, NULL, lines_cb, &lines);
  run_until (lines != NULL);
  g_assert_cmpuint (lines->len, ==, 3);
  line = lines->pdata[2];
  g_assert_cmpstr (line->event, ==, "cancel");
  g_assert_cmpstr (line->person, ==, "ann");
  g_assert_cmpstr (line->text, ==, "it was shut, not broken");
  g_assert_cmpint (line->claimed_at, !=, SM_UNKNOWN);
}

/* What somebody else ended meanwhile is a conflict, and covers nothing. */
static void
test_conflict (SignedIn       *fixture,
               gconstpointer  data)
{
  SmWorkOrderDeed urge = SM_WORK_ORDER_DEED (SM_WORK_ORDER_URGE);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SmPending) conflict = NULL;
  g_autoptr (JsonObject) cancelled = NULL;
  gint64 id = signed_in_open_order (fixture);

  sm_test_service_kill (fixture->service);
  run_until (signed_in_state (fixture) == SM_STATUS_OFFLINE);
  signed_in_begin (fixture, &urge, &error);
  run_until (signed_in_count_pending (fixture) == 1 || error != NULL);
  g_assert_no_error (error);
  signed_in_stop (fixture);
  sm_test_service_run (fixture->service);
  path = g_strdup_printf ("/api/v1/work_orders/%" G_GINT64_FORMAT "/cancel", id);
  cancelled = sm_test_service_post (fixture->service, path, fixture->token,
                                    "Idempotency-Key: 01a200c1-c556-7ec3-9b71-6167ce629a02\r\n", "{\"reason\": \"twice\"}");
  signed_in_start (fixture);
  run_until (g_list_model_get_n_items (sm_ops_get_conflicts (fixture->ops)) == 1);
  conflict = g_list_model_get_item (sm_ops_get_conflicts (fixture->ops), 0);
  g_assert_cmpstr (sm_pending_get_problem (conflict), ==, "work-order-state");
  run_until (signed_in_order (fixture) == NULL);
}

static void
candidates_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *candidates = sm_ops_load_candidates_finish (SM_OPS (source), result, &error);

  g_assert_no_error (error);
  *(GPtrArray **) user_data = candidates;
}

/* Each engineer once, who can go before who cannot, each with a reason or a time whose parts
 * are all of it. */
static void
test_candidates (SignedIn       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) candidates = NULL;
  gint64 id = signed_in_open_order (fixture);
  gboolean is_barred = FALSE;

  /* A simulated network has its stations first and its people a moment later. */
  run_until (g_list_model_get_n_items (sm_ops_get_engineers (fixture->ops)) > 0);
  sm_ops_load_candidates_async (fixture->ops, id, NULL, candidates_cb, &candidates);
  run_until (candidates != NULL);
  run_until (candidates->len == g_list_model_get_n_items (sm_ops_get_engineers (fixture->ops)));
  g_assert_cmpuint (candidates->len, >, 0);
  for (guint i = 0; i < candidates->len; i++)
    {
      const SmWorkOrderCandidate *one = candidates->pdata[i];

      g_assert_nonnull (sm_directory_find_row (sm_ops_get_directory (fixture->ops),
                                               SM_NOUN_ENGINEER, one->engineer_id));
      g_assert_cmpint (one->places, >, 0);
      g_assert_cmpint (one->restore_s, ==, one->shift_s + one->job_s + one->travel_s + one->part_s
                                               + one->work_s);
      g_assert_true (!is_barred || one->bars->len > 0);
      is_barred = one->bars->len > 0;
    }
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  SmRow *order = sm_ops_open_work_order_finish (SM_OPS (source), result, &error);

  g_assert_no_error (error);
  *(SmRow **) user_data = order;
}

/* What was written is in the order, and the clocks of what is planned end by the plan. */
static void
test_by_hand (SignedIn       *fixture,
              gconstpointer  data)
{
  g_autoptr (SmItem) station = g_list_model_get_item (sm_ops_get_stations (fixture->ops), 0);
  gint64 planned
      = sm_clock_now (sm_status_get_clock (sm_ops_get_status (fixture->ops))) + 3 * SM_DAY;
  SmWorkOrderWish wish = SM_WORK_ORDER_WISH ("maintenance", "complaint");
  g_autoptr (SmRow) order = NULL;
  SmRow *shown;

  g_assert_null (sm_ops_open_work_order_refusal (fixture->ops));
  wish.target_noun = "station";
  wish.target_id = sm_item_get_id (station);
  wish.level = 4;
  wish.planned_at = planned;
  wish.subject = "filters";
  wish.description = "every <b>half</b> year";
  sm_ops_open_work_order_async (fixture->ops, &wish, NULL, opened_cb, &order);
  run_until (order != NULL && signed_in_order (fixture) != NULL);
  shown = sm_item_get_row (signed_in_order (fixture));
  g_assert_cmpstr (sm_row_get_text (shown, SM_WORK_ORDER_NUMBER), ==,
                   sm_row_get_text (order, SM_WORK_ORDER_NUMBER));
  g_assert_cmpstr (sm_row_get_text (shown, SM_WORK_ORDER_KIND), ==, "maintenance");
  g_assert_cmpstr (sm_row_get_text (shown, SM_WORK_ORDER_SOURCE), ==, "complaint");
  g_assert_cmpstr (sm_row_get_text (shown, SM_WORK_ORDER_SUBJECT), ==, "filters");
  g_assert_cmpstr (sm_row_get_text (shown, SM_WORK_ORDER_DESCRIPTION), ==, "every <b>half</b> year");
  g_assert_cmpstr (sm_row_get_text (shown, SM_WORK_ORDER_CREATED_BY), ==, "ann");
  g_assert_cmpint (sm_row_get_int (shown, SM_WORK_ORDER_LEVEL), ==, 4);
  g_assert_cmpint (sm_row_get_int (shown, SM_WORK_ORDER_STATION_ID), ==, sm_item_get_id (station));
  g_assert_cmpint (sm_row_get_int (shown, SM_WORK_ORDER_RESPONSE_DUE_AT) / 1000, ==,
                   planned / 1000);
  g_assert_cmpint (sm_row_get_int (shown, SM_WORK_ORDER_RESTORE_DUE_AT) / 1000, ==,
                   (planned + SM_WORK_ORDER_RESTORE_US) / 1000);
}

/* --- photos --- */

static void
load (SignedIn   *fixture,
      gint64      id,
      const char *sum)
{
  g_autoptr (GBytes) loaded = signed_in_load_photo (fixture, id, sum);
  gsize size;
  gconstpointer data = g_bytes_get_data (loaded, &size);

  g_assert_cmpmem (data, size, signed_in_point, SIGNED_IN_POINT_SIZE);
}

/* One is sent from a file and comes back as it was; what was looked at needs no service. */
static void
test_photos (SignedIn       *fixture,
             gconstpointer  data)
{
  g_autofree char *file = g_build_filename (fixture->dir, "point.png", NULL);
  gint64 id = signed_in_open_order (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) photos = NULL;
  const SmWorkOrderPhotoLine *photo;

  g_assert_true (g_file_set_contents (file, "no photo", -1, NULL));
  signed_in_add_photo (fixture, file, &error);
  g_assert_cmpstr (sm_error_get_slug (error), ==, "photo-unknown-format");
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (file, (const char *) signed_in_point, SIGNED_IN_POINT_SIZE,
                                      NULL));
  signed_in_add_photo (fixture, file, &error);
  g_assert_no_error (error);
  run_until (sm_row_get_int (sm_item_get_row (signed_in_order (fixture)), SM_WORK_ORDER_PHOTOS) == 1);
  photos = signed_in_list_photos (fixture, id);
  g_assert_cmpuint (photos->len, ==, 1);
  photo = photos->pdata[0];
  g_assert_cmpstr (photo->person, ==, "ann");
  g_assert_cmpint (photo->size, ==, SIGNED_IN_POINT_SIZE);
  load (fixture, id, photo->sha256);
  sm_test_service_kill (fixture->service);
  run_until (signed_in_state (fixture) == SM_STATUS_OFFLINE);
  load (fixture, id, photo->sha256);
}

/* --- figures --- */

typedef struct
{
  SmWorkFigures *figures;
  gboolean is_kept;
} Figures;

static void
figures_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Figures *told = user_data;
  g_autoptr (GError) error = NULL;

  told->figures
      = sm_ops_load_work_figures_finish (SM_OPS (source), result, &told->is_kept, &error);
  g_assert_no_error (error);
}

static SmWorkFigures *
load_figures (SignedIn  *fixture,
              gint64    from,
              gint64    to,
              gboolean  is_kept)
{
  Figures told = { NULL };

  sm_ops_load_work_figures_async (fixture->ops, from, to, NULL, figures_cb, &told);
  run_until (told.figures != NULL);
  g_assert_cmpint (told.is_kept, ==, is_kept);
  return told.figures;
}

static void
assert_same_figure (const SmWorkFigure *a,
                    const SmWorkFigure *b)
{
  g_assert_cmpint (a->by, ==, b->by);
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpstr (a->name, ==, b->name);
  for (guint i = 0; i < sm_n_work_figure_members; i++)
    {
      const SmWorkFigureMember *member = &sm_work_figure_members[i];
      gconstpointer p = (const char *) a + member->offset, q = (const char *) b + member->offset;

      g_test_message ("%s", member->name);
      if (member->is_real && isnan (*(const double *) p))
        g_assert_true (isnan (*(const double *) q));
      else if (member->is_real)
        g_assert_cmpfloat_with_epsilon (*(const double *) p, *(const double *) q, 0.001);
      else
        g_assert_cmpint (*(const gint64 *) p, ==, *(const gint64 *) q);
    }
}

/* The service and this computer alone say the same of the same time. */
static void
test_figures (SignedIn       *fixture,
              gconstpointer  data)
{
  SmWorkOrderDeed urge = SM_WORK_ORDER_DEED (SM_WORK_ORDER_URGE);
  gint64 from = sm_clock_now (sm_status_get_clock (sm_ops_get_status (fixture->ops))) - SM_DAY, to;
  g_autoptr (SmWorkFigures) asked = NULL;
  g_autoptr (SmWorkFigures) kept = NULL;
  g_autoptr (GError) error = NULL;
  const SmWorkFigure *total, *figure;

  signed_in_open_order (fixture);
  signed_in_begin (fixture, &urge, &error);
  run_until (sm_row_get_int (sm_item_get_row (signed_in_order (fixture)), SM_WORK_ORDER_URGES) == 1);
  to = sm_row_get_int (sm_item_get_row (signed_in_order (fixture)), SM_WORK_ORDER_CREATED_AT) + 1000;
  asked = load_figures (fixture, from, to, FALSE);
  total = asked->figures->pdata[0];
  g_assert_cmpint (total->orders, ==, 1);
  g_assert_cmpint (total->unaccepted, ==, 1);
  g_assert_cmpfloat (total->unplanned_pct, <, 100);
  g_assert_cmpint (asked->stations, ==, 1);
  figure = asked->figures->pdata[asked->figures->len - 1];
  g_assert_cmpint (figure->by, ==, SM_WORK_FIGURES_KIND);
  g_assert_cmpstr (figure->name, ==, "station");
  g_assert_cmpfloat (figure->unplanned_pct, ==, total->unplanned_pct);
  sm_test_service_kill (fixture->service);
  run_until (signed_in_state (fixture) == SM_STATUS_OFFLINE);
  kept = load_figures (fixture, from, to, TRUE);
  g_assert_cmpint (kept->stations, ==, asked->stations);
  g_assert_cmpuint (kept->figures->len, ==, asked->figures->len);
  for (guint i = 0; i < kept->figures->len; i++)
    assert_same_figure (asked->figures->pdata[i], kept->figures->pdata[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ops/work-orders/without-service", SignedIn, NULL, signed_in_set_up, test_without_service,
              signed_in_tear_down);
  g_test_add ("/ops/work-orders/candidates", SignedIn, demo, signed_in_set_up, test_candidates, signed_in_tear_down);
  g_test_add ("/ops/work-orders/by-hand", SignedIn, NULL, signed_in_set_up, test_by_hand, signed_in_tear_down);
  g_test_add ("/ops/work-orders/photos", SignedIn, NULL, signed_in_set_up, test_photos, signed_in_tear_down);
  g_test_add ("/ops/work-orders/figures", SignedIn, NULL, signed_in_set_up, test_figures, signed_in_tear_down);
  g_test_add ("/ops/work-orders/conflict", SignedIn, NULL, signed_in_set_up, test_conflict, signed_in_tear_down);
  return g_test_run ();
}
