/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cursor.h"
#include "sm-json-guard.h"
#include "sm-problem.h"

#include <string.h>

static void
test_cursor (void)
{
  static const char *const bad[]
    = { "", "e", "e.1", "e.1.2.3", ".1.2", "e..2", "e.1.", "e.-1.2", "e.1.x", "e.1.2 ", " e.1.2",
        "e.+1.2", "e.1.99999999999999999999", "e.1.9007199254740993",
        "大.1.2", "e/f.1.2", "e.1.2e3" };
  g_autofree char *text = sm_cursor_format ("0190-af", 7, 123456789);
  g_autofree char *epoch = NULL;
  gint64 access_rev = 0, seq = 0;

  g_assert_true (sm_cursor_parse (text, &epoch, &access_rev, &seq, NULL));
  g_assert_cmpstr (epoch, ==, "0190-af");
  g_assert_cmpint (access_rev, ==, 7);
  g_assert_cmpint (seq, ==, 123456789);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      char *nothing = NULL;

      g_assert_false (sm_cursor_parse (bad[i], &nothing, &access_rev, &seq, &error));
      g_assert_cmpstr (sm_error_get_slug (error), ==, "bad-cursor");
      g_assert_null (nothing);
    }
}

static void
test_problem_round_trip (void)
{
  GError *error = NULL;
  g_autoptr (GError) back = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  guint status = 0;

  sm_set_error (&error, SM_ERROR_CONFLICT, "alarm-level-rose", "SELECT secret FROM /home");
  sm_error_set_param (error, "level", "1");
  sm_error_set_param (error, "a \"quoted\" one", "大同\n");
  sm_error_add_field (error, "/seen_level", "out-of-date");
  text = sm_problem_to_json (error, &status);
  g_assert_cmpuint (status, ==, 409);
  g_assert_null (strstr (text, "secret"));
  back = sm_problem_from_json (status, text, strlen (text));
  g_assert_error (back, SM_ERROR, SM_ERROR_CONFLICT);
  g_assert_cmpstr (sm_error_get_slug (back), ==, "alarm-level-rose");
  g_assert_cmpstr (sm_error_get_param (back, "level"), ==, "1");
  again = sm_problem_to_json (back, &status);
  g_assert_cmpstr (text, ==, again);
  g_error_free (error);
}

/* An error of the disk, or of GIO, says nothing of itself to the asker. */
static void
test_problem_keeps_secrets (void)
{
  g_autoptr (GError) io = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "/var/lib/secret");
  g_autofree char *text = NULL;
  g_autofree char *full_text = NULL;
  GError *full = NULL;
  guint status = 0;

  text = sm_problem_to_json (io, &status);
  g_assert_cmpuint (status, ==, 500);
  g_assert_cmpstr (text, ==, "{\"type\":\"internal\",\"status\":500}");
  sm_set_error (&full, SM_ERROR_FULL, "disk-full", "/var/lib/secret");
  full_text = sm_problem_to_json (full, &status);
  g_assert_cmpuint (status, ==, 503);
  g_assert_null (strstr (full_text, "secret"));
  g_error_free (full);
}

static void
test_problem_from_anything (void)
{
  static const struct
  {
    guint status;
    const char *body, *slug;
    int code;
  } cases[] = {
    { 404, NULL, "not-found", 404 },
    { 401, "", "unauthenticated", 401 },
    { 503, "<html>502 Bad Gateway</html>", "unavailable", 503 },
    { 418, "{}", "unknown-status", SM_ERROR_PROTOCOL },
    { 400, "{\"type\":7,\"params\":[],\"errors\":{}}", "malformed", 400 },
    { 400, "{\"type\":\"\"}", "malformed", 400 },
    { 422, "{\"type\":\"odd\",\"params\":{\"n\":7,\"o\":{}},\"errors\":[1,{\"pointer\":2}]}",
      "odd", 422 },
    { 502, "[[[[", "unknown-status", SM_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *body = cases[i].body;
      g_autoptr (GError) error
        = sm_problem_from_json (cases[i].status, body, body != NULL ? strlen (body) : 0);

      g_assert_error (error, SM_ERROR, cases[i].code);
      g_assert_cmpstr (sm_error_get_slug (error), ==, cases[i].slug);
      if (cases[i].status == 422)
        g_assert_cmpstr (sm_error_get_param (error, "n"), ==, "7");
    }
}

static void
test_problem_with_row (void)
{
  GError *error = NULL;
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_FLEET));
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  guint status;

  sm_row_set_int (row, SM_ROW_ID, 7);
  sm_set_error (&error, SM_ERROR_PRECONDITION, "changed-meanwhile", "Lost race");
  text = sm_problem_to_json_with_row (error, row, &status);
  object = sm_json_parse_object (text, strlen (text), NULL);
  g_assert_cmpuint (status, ==, 412);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "current"),
                                               "id"), ==, 7);
  g_error_free (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/cursor", test_cursor);
  g_test_add_func ("/wire/problem/round-trip", test_problem_round_trip);
  g_test_add_func ("/wire/problem/keeps-secrets", test_problem_keeps_secrets);
  g_test_add_func ("/wire/problem/from-anything", test_problem_from_anything);
  g_test_add_func ("/wire/problem/with-row", test_problem_with_row);
  return g_test_run ();
}
