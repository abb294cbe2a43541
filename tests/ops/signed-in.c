/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "signed-in.h"

#include "sm-test-folder.h"
#include "sm-test-until.h"

const guint8 signed_in_point[SIGNED_IN_POINT_SIZE] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
  0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53,
  0xde, 0x00, 0x00, 0x00, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0x00,
  0x00, 0x03, 0x01, 0x01, 0x00, 0xc9, 0xfe, 0x92, 0xef, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e,
  0x44, 0xae, 0x42, 0x60, 0x82,
};

static const char *const bare[] = { "--simulate", "none", NULL };

static void
import_station (SignedIn *fixture)
{
  g_autofree char *csv = g_build_filename (fixture->dir, "stations.csv", NULL);
  const char *const import[] = { "import", "stations", csv, "--datum", "wgs84", NULL };
  g_autofree char *output = NULL;

  g_assert_true (g_file_set_contents (
      csv,
      "station_id,longitude,latitude,charge_count,TAZID,area,perimeter\n"
      "1001,113.78,22.71,2,559,5726523.056,9624.5755\n", -1, NULL));
  output = sm_test_service_command (fixture->service, import, NULL);
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sm_ops_sign_in_finish (SM_OPS (source), result, &error));
  *(gboolean *) user_data = TRUE;
}

SmStatusState
signed_in_state (SignedIn *fixture)
{
  return sm_status_get_state (sm_ops_get_status (fixture->ops));
}

void
signed_in_start (SignedIn *fixture)
{
  g_autofree char *cache = g_build_filename (fixture->dir, "cache", NULL);
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);
  gboolean is_signed_in = FALSE;

  fixture->ops = sm_ops_new (sm_test_service_get_url (fixture->service), cache, state);
  sm_ops_start (fixture->ops);
  sm_ops_sign_in_async (fixture->ops, "ann", SIGNED_IN_PASSWORD, NULL, signed_in_cb, &is_signed_in);
  run_until (is_signed_in && signed_in_state (fixture) == SM_STATUS_LIVE
             && g_list_model_get_n_items (sm_ops_get_stations (fixture->ops)) > 0);
}

void
signed_in_stop (SignedIn *fixture)
{
  sm_ops_stop (fixture->ops);
  /* Reads that were under way hold it until they are told. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->ops);
}

void
signed_in_set_up (SignedIn      *fixture,
                  gconstpointer  data)
{
  const char *const *args = data != NULL ? data : bare;

  fixture->dir = g_dir_make_tmp ("sm-ops-XXXXXX", NULL);
  fixture->service = sm_test_service_new (args);
  sm_test_service_add_user (fixture->service, "ann", "manager", SIGNED_IN_PASSWORD);
  sm_test_service_add_user (fixture->service, "bob", "manager", SIGNED_IN_PASSWORD);
  if (args == bare)
    import_station (fixture);
  sm_test_service_run (fixture->service);
  fixture->token = sm_test_service_sign_in (fixture->service, "bob", SIGNED_IN_PASSWORD);
  signed_in_start (fixture);
}

void
signed_in_tear_down (SignedIn      *fixture,
                     gconstpointer  data)
{
  signed_in_stop (fixture);
  sm_test_service_free (fixture->service);
  sm_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->token);
}

SmItem *
signed_in_order (SignedIn *fixture)
{
  g_autoptr (SmItem) item = g_list_model_get_item (sm_ops_get_work_orders (fixture->ops), 0);

  return item;
}

/* By somebody else, as far as this application goes. */
gint64
signed_in_open_order (SignedIn *fixture)
{
  g_autoptr (SmItem) station = g_list_model_get_item (sm_ops_get_stations (fixture->ops), 0);
  g_autofree char *body = g_strdup_printf (
      "{\"kind\": \"repair\", \"target_noun\": \"station\", \"target_id\": %" G_GINT64_FORMAT
      ", \"level\": 2, \"subject\": \"the door\"}", sm_item_get_id (station));
  g_autoptr (JsonObject) order
      = sm_test_service_post (fixture->service, "/api/v1/work_orders", fixture->token,
                              "Idempotency-Key: 01a200c1-c556-7ec3-9b71-6167ce629a01\r\n", body);
  gint64 id = json_object_get_int_member (order, "id");

  run_until (signed_in_order (fixture) != NULL);
  return id;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GError **error = user_data;
  gboolean done = sm_ops_do_work_order_finish (SM_OPS (source), result, error);

  g_assert_true (done || *error != NULL);
}

/* Does it to the only order; nobody waits for it.  @out_error is set once it was refused. */
void
signed_in_begin (SignedIn              *fixture,
                 const SmWorkOrderDeed *deed,
                 GError               **out_error)
{
  sm_ops_do_work_order_async (fixture->ops, signed_in_order (fixture), deed, NULL, done_cb,
                              out_error);
}

/* The same, until it shows. */
void
signed_in_do (SignedIn              *fixture,
              const SmWorkOrderDeed *deed)
{
  g_autoptr (GError) error = NULL;

  signed_in_begin (fixture, deed, &error);
  run_until (sm_item_get_edited (signed_in_order (fixture)) || error != NULL);
  g_assert_no_error (error);
}

guint
signed_in_count_pending (SignedIn *fixture)
{
  return g_list_model_get_n_items (sm_ops_get_pending (fixture->ops));
}

typedef struct
{
  gboolean is_over;
  GError *error;
  char *path;
  GPtrArray *photos;
} Answer;

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Answer *answer = user_data;

  sm_ops_add_photo_finish (SM_OPS (source), result, &answer->error);
  answer->is_over = TRUE;
}

/* Adds what is in @file to the only order. */
void
signed_in_add_photo (SignedIn    *fixture,
                     const char  *file,
                     GError     **error)
{
  Answer added = { FALSE };

  sm_ops_add_photo_async (fixture->ops, sm_item_get_row (signed_in_order (fixture)), file, NULL,
                          added_cb, &added);
  run_until (added.is_over);
  if (added.error != NULL)
    g_propagate_error (error, added.error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->photos = sm_ops_list_photos_finish (SM_OPS (source), result, &answer->error);
  answer->is_over = TRUE;
}

GPtrArray *
signed_in_list_photos (SignedIn *fixture,
                       gint64    id)
{
  Answer listed = { FALSE };

  sm_ops_list_photos_async (fixture->ops, id, NULL, listed_cb, &listed);
  run_until (listed.is_over);
  g_assert_no_error (listed.error);
  return listed.photos;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->path = sm_ops_load_photo_finish (SM_OPS (source), result, &answer->error);
  answer->is_over = TRUE;
}

GBytes *
signed_in_load_photo (SignedIn   *fixture,
                      gint64      id,
                      const char *sum)
{
  Answer loaded = { FALSE };
  g_autofree char *path = NULL;
  char *data = NULL;
  gsize size = 0;

  sm_ops_load_photo_async (fixture->ops, id, sum, NULL, loaded_cb, &loaded);
  run_until (loaded.is_over);
  g_assert_no_error (loaded.error);
  path = loaded.path;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_bytes_new_take (data, size);
}
