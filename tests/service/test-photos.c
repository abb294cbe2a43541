/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sm-paths.h"
#include "sm-test-server.h"
#include "sm-users.h"

/* Photos of work orders: kept as they were sent, each once, for who may see the order. */

#define JPEG "\xff\xd8\xff\xe0 a cabinet under water"
#define PNG "\x89PNG\r\n\x1a\n the same one, dry"
#define KEY(n) "01934a5e-0000-7000-8000-00000000000" n
#define FOREIGN_AREA 999

static SmTestAnswer *
send_photo (SmTestServer *server,
            const char   *token,
            const char   *key,
            const char   *query,
            const char   *bytes)
{
  g_autofree char *path = g_strconcat (SM_PATH_WORK_ORDERS "/1" SM_PATH_PHOTOS, query, NULL);
  g_autofree char *headers = g_strdup_printf ("Idempotency-Key: %s\r\n", key);

  return sm_test_service_send (server->client, "POST", path, token, headers, bytes);
}

/* Returns: how many photos the order has by then */
static gint64
add_photo (SmTestServer *server,
           const char   *token,
           const char   *key,
           const char   *query,
           const char   *bytes)
{
  g_autoptr (SmTestAnswer) answer = send_photo (server, token, key, query, bytes);
  g_autoptr (JsonObject) order = NULL;

  if (answer->status != 201)
    g_error ("%u %s", answer->status, answer->body);
  order = sm_test_answer_object (answer);
  return json_object_get_int_member (order, "photos");
}

static void
assert_refused (SmTestServer *server,
                const char   *token,
                const char   *query,
                const char   *bytes,
                guint         status,
                const char   *slug)
{
  g_autoptr (SmTestAnswer) answer = send_photo (server, token, KEY ("f"), query, bytes);

  sm_test_assert_problem (answer, status, slug);
}

/* Of the first station; it is the order 1. */
static void
make_order (SmTestServer *server,
            const char   *token)
{
  g_autoptr (JsonObject) order = sm_test_service_post (
      server->client, SM_PATH_WORK_ORDERS, token, "Idempotency-Key: " KEY ("0") "\r\n",
      "{\"kind\":\"repair\",\"target_noun\":\"station\",\"target_id\":1,\"subject\":\"water\"}");

  g_assert_cmpint (json_object_get_int_member (order, "id"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (order, "photos"), ==, 0);
}

static char *
folder_of (SmTestServer *server)
{
  return g_build_filename (server->folder, "service.db-photos", NULL);
}

/* Returns: how many files there are, each for its owner only */
static guint
count_files (SmTestServer *server)
{
  g_autofree char *folder = folder_of (server);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
      n++;
    }
  return n;
}

static void
remove_files (SmTestServer *server)
{
  g_autofree char *folder = folder_of (server);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_rmdir (folder);
}

static void
assert_photo (SmTestServer *server,
              const char   *token,
              JsonObject   *photo,
              const char   *type,
              const char   *bytes)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, bytes, -1);
  g_autofree char *path = g_strconcat (SM_PATH_WORK_ORDERS "/1" SM_PATH_PHOTOS "/", sum, NULL);
  g_autoptr (SmTestAnswer) answer = sm_test_ask (server, "GET", path, token);

  g_assert_cmpstr (json_object_get_string_member (photo, "sha256"), ==, sum);
  g_assert_cmpstr (json_object_get_string_member (photo, "type"), ==, type);
  g_assert_cmpint (json_object_get_int_member (photo, "size"), ==, (gint64) strlen (bytes));
  g_assert_cmpstr (json_object_get_string_member (photo, "person"), ==, "olga");
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpmem (answer->body, answer->length, bytes, strlen (bytes));
  g_assert_cmpstr (sm_test_answer_header (answer, "content-type"), ==, type);
  g_assert_cmpstr (sm_test_answer_header (answer, "x-content-type-options"), ==, "nosniff");
}

/* Each act beside the photo that it was. */
static void
assert_timeline (SmTestServer *server,
                 const char   *token,
                 JsonArray    *photos)
{
  g_autoptr (JsonObject) timeline = sm_test_service_get (
      server->client, SM_PATH_WORK_ORDERS "/1" SM_PATH_TIMELINE, token);
  JsonArray *steps = json_object_get_array_member (timeline, "items");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      if (!g_str_equal (json_object_get_string_member (step, "event"), "photo"))
        continue;
      g_assert_cmpuint (n, <, json_array_get_length (photos));
      g_assert_cmpint (json_object_get_int_member (step, "reference"), ==,
                       json_object_get_int_member (json_array_get_object_element (photos, n), "id"));
      g_assert_cmpstr (json_object_get_string_member (step, "person"), ==, "olga");
      n++;
    }
  g_assert_cmpuint (n, ==, json_array_get_length (photos));
}

/* Two photos, of which one is sent three times: by a phone that got no answer, and anew. */
static void
once_client (SmTestServer *server)
{
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autoptr (JsonObject) listed = NULL;
  g_autoptr (SmTestAnswer) reused = NULL;
  JsonArray *photos;

  make_order (server, olga);
  g_assert_cmpint (add_photo (server, olga, KEY ("1"), "", JPEG), ==, 1);
  g_assert_cmpint (add_photo (server, olga, KEY ("1"), "", JPEG), ==, 1);
  g_assert_cmpint (add_photo (server, olga, KEY ("2"), "", JPEG), ==, 1);
  g_assert_cmpint (
      add_photo (server, olga, KEY ("3"), "?claimed_at=2023-11-14T20:00:00Z", PNG), ==, 2);
  reused = send_photo (server, olga, KEY ("3"), "?claimed_at=2023-11-14T20:00:00Z", JPEG);
  sm_test_assert_problem (reused, 409, "idempotency-key-reused");
  g_assert_cmpuint (count_files (server), ==, 2);

  listed = sm_test_service_get (server->client, SM_PATH_WORK_ORDERS "/1" SM_PATH_PHOTOS, olga);
  photos = json_object_get_array_member (listed, "items");
  g_assert_cmpuint (json_array_get_length (photos), ==, 2);
  assert_photo (server, olga, json_array_get_object_element (photos, 0), "image/jpeg", JPEG);
  assert_photo (server, olga, json_array_get_object_element (photos, 1), "image/png", PNG);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (photos, 1),
                                                  "claimed_at"),
                   ==, "2023-11-14T20:00:00Z");
  assert_timeline (server, olga, photos);
  remove_files (server);
}

static void
test_once (void)
{
  sm_test_server_try (once_client, FALSE);
}

/* 50 MB, said ahead and not; and 11 MiB that come in pieces. */
static void
assert_size_refused (SmTestServer *server,
                     const char   *token)
{
  g_autofree char *big = g_strnfill (11 * 1024 * 1024, 'x');
  g_autofree char *ahead = g_strdup_printf (
      "POST " SM_PATH_WORK_ORDERS "/1" SM_PATH_PHOTOS " HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
      "Connection: close\r\nAuthorization: Bearer %s\r\nIdempotency-Key: " KEY ("e") "\r\n"
      "Content-Type: image/jpeg\r\n",
      sm_test_service_get_port (server->client), token);
  g_autofree char *long_one
      = g_strconcat (ahead, "Expect: 100-continue\r\nContent-Length: 52428800\r\n\r\n", NULL);
  g_autofree char *chunked
      = g_strdup_printf ("%sTransfer-Encoding: chunked\r\n\r\n%zx\r\n%s\r\n0\r\n\r\n", ahead,
                         strlen (big), big);
  g_autoptr (SmTestAnswer) by_length
      = sm_test_service_send_raw (server->client, long_one, strlen (long_one));
  g_autoptr (SmTestAnswer) by_pieces
      = sm_test_service_send_raw (server->client, chunked, strlen (chunked));

  sm_test_assert_problem (by_length, 413, "body-too-large");
  sm_test_assert_problem (by_pieces, 413, "body-too-large");
}

static void
cancel_order (SmTestServer *server,
              const char   *token)
{
  g_autoptr (JsonObject) order = sm_test_service_post (
      server->client, SM_PATH_WORK_ORDERS "/1/cancel", token,
      "Idempotency-Key: " KEY ("c") "\r\n", "{\"reason\":\"dry by itself\"}");

  g_assert_cmpstr (json_object_get_string_member (order, "state"), ==, "cancelled");
}

/* Nothing that is no photo, that is too much, or that comes too late is kept. */
static void
refused_client (SmTestServer *server)
{
  g_autofree char *adam = sm_test_server_sign_in (server, "adam");
  g_autofree char *wanda = sm_test_server_sign_in (server, "wanda");

  make_order (server, adam);
  assert_refused (server, adam, "", "", 422, "photo-missing");
  assert_refused (server, adam, "", "a text that is called photo.jpg", 422, "photo-unknown-format");
  assert_refused (server, adam, "", "\xff\xd8\xff", 422, "photo-unknown-format");
  assert_refused (server, adam, "?claimed_at=yesterday", JPEG, 400, "query-malformed");
  assert_refused (server, adam, "?claimed_at=2001-01-01T00:00:00Z", JPEG, 422, "invalid");
  assert_refused (server, wanda, "", PNG, 403, "permission-missing");
  assert_size_refused (server, adam);
  g_assert_cmpuint (count_files (server), ==, 1); /* of the moment that cannot have been */
  g_assert_cmpint (add_photo (server, adam, KEY ("1"), "", JPEG), ==, 1);
  cancel_order (server, adam);
  assert_refused (server, adam, "", PNG, 422, "work-order-state");
  /* A phone that comes back late is told that its photo is there. */
  g_assert_cmpint (add_photo (server, adam, KEY ("2"), "", JPEG), ==, 1);
  g_assert_cmpuint (count_files (server), ==, 1);
  remove_files (server);
}

static void
test_refused (void)
{
  sm_test_server_try (refused_client, FALSE);
}

/* Of an order elsewhere nothing is said and nothing is kept; a file that is gone is said to be. */
static void
foreign_client (SmTestServer *server)
{
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autofree char *fran = sm_test_server_sign_in (server, "fran");
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, JPEG, -1);
  g_autofree char *path = g_strconcat (SM_PATH_WORK_ORDERS "/1" SM_PATH_PHOTOS "/", sum, NULL);
  g_autoptr (SmTestAnswer) list = NULL;
  g_autoptr (SmTestAnswer) photo = NULL;
  g_autoptr (SmTestAnswer) other = NULL;
  g_autoptr (SmTestAnswer) outside = NULL;
  g_autoptr (SmTestAnswer) lost = NULL;

  make_order (server, olga);
  g_assert_cmpint (add_photo (server, olga, KEY ("1"), "", JPEG), ==, 1);
  assert_refused (server, fran, "", PNG, 404, "not-found");
  g_assert_cmpuint (count_files (server), ==, 1);
  list = sm_test_ask (server, "GET", SM_PATH_WORK_ORDERS "/1" SM_PATH_PHOTOS, fran);
  sm_test_assert_problem (list, 404, "not-found");
  photo = sm_test_ask (server, "GET", path, fran);
  sm_test_assert_problem (photo, 404, "not-found");
  other = sm_test_ask (server, "GET", SM_PATH_WORK_ORDERS "/1" SM_PATH_PHOTOS "/%25", olga);
  sm_test_assert_problem (other, 404, "not-found");
  outside = sm_test_ask (server, "GET",
                         SM_PATH_WORK_ORDERS "/1" SM_PATH_PHOTOS "/..%2Fservice.db", olga);
  sm_test_assert_problem (outside, 400, "path-malformed");
  remove_files (server);
  lost = sm_test_ask (server, "GET", path, olga);
  sm_test_assert_problem (lost, 404, "photo-lost");
}

static void
test_foreign (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (NULL, FALSE);
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  gint64 area = FOREIGN_AREA;
  g_autoptr (SmScope) scope = sm_scope_new (SM_SCOPE_AREAS, &area, 1);
  g_autoptr (GError) error = NULL;

  sm_users_add (server->rules, system, "fran", "fran", "operator", scope, SM_TEST_PASSWORD, NULL,
                &error);
  g_assert_no_error (error);
  sm_test_server_run (server, foreign_client);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/photos/once", test_once);
  g_test_add_func ("/service/photos/refused", test_refused);
  g_test_add_func ("/service/photos/foreign", test_foreign);
  return g_test_run ();
}
