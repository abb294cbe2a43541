/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-clock.h"
#include "sm-currency.h"
#include "sm-error.h"
#include "sm-time.h"
#include "sm-uuid.h"
#include "sm-worker.h"

static void
test_error_carries_slug_and_params (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  sm_set_error (&error, SM_ERROR_CONFLICT, "alarm-level-rose", "rose to %d", 1);
  sm_error_set_param (error, "level", "1");
  sm_error_add_field (error, "/seen_level", "outdated");
  copy = g_error_copy (error);
  g_assert_error (copy, SM_ERROR, SM_ERROR_CONFLICT);
  g_assert_cmpstr (copy->message, ==, "rose to 1");
  g_assert_cmpstr (sm_error_get_slug (copy), ==, "alarm-level-rose");
  g_assert_cmpstr (sm_error_get_param (copy, "level"), ==, "1");
  g_assert_cmpuint (sm_error_get_fields (copy)->len, ==, 1);
}

static void
test_time_round_trip (void)
{
  static const struct
  {
    const char *text;
    gint64 time_us;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "2026-11-21T06:32:08.500000Z", 1795242728500000 },
    { "2038-01-19T03:14:08Z", 2147483648 * SM_SECOND },
    { "1969-12-31T23:59:59.999999Z", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = sm_time_to_rfc3339 (cases[i].time_us);
      gint64 time_us = 0;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (sm_time_from_rfc3339 (text, &time_us, &error));
      g_assert_no_error (error);
      g_assert_cmpint (time_us, ==, cases[i].time_us);
    }
}

static void
test_time_refuses (void)
{
  static const char *const texts[] = { "", "2026-11-21", "2026-11-21T06:32:08", "20261121T063208Z",
                                       "2026-13-21T06:32:08Z", "yesterday", NULL };

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 time_us;

      g_assert_false (sm_time_from_rfc3339 (texts[i], &time_us, &error));
      g_assert_error (error, SM_ERROR, SM_ERROR_MALFORMED);
    }
}

static void
test_time_age (void)
{
  static const struct
  {
    gint64 age_us;
    const char *text;
  } cases[] = {
    { -5 * SM_SECOND, "0 s" }, { 42 * SM_SECOND, "42 s" }, { 6 * SM_MINUTE, "6 min" },
    { 3 * SM_HOUR, "3 h" },    { 47 * SM_HOUR, "47 h" },   { 50 * SM_HOUR, "2 d" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sm_time_age (cases[i].age_us);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_uuid_sorts_by_time (void)
{
  g_autofree char *first = sm_uuid_new_v7 (1700000000000000);
  g_autofree char *second = sm_uuid_new_v7 (1700000000001000);

  g_assert_true (sm_uuid_is_valid (first));
  g_assert_cmpint (first[14], ==, '7');
  g_assert_cmpstr (first, <, second);
  g_assert_false (sm_uuid_is_valid ("not-a-uuid"));
}

static void
test_clock_manual (void)
{
  g_autoptr (SmClock) clock = sm_clock_new_manual (1000);

  sm_clock_advance (clock, 5);
  g_assert_cmpint (sm_clock_now (clock), ==, 1005);
  sm_clock_set (clock, 7, 60);
  g_assert_cmpint (sm_clock_now (clock), ==, 7);
  g_assert_cmpfloat (sm_clock_get_rate (clock), ==, 60);
}

static void
test_clock_follow (void)
{
  g_autoptr (SmClock) clock = sm_clock_new_network (100 * SM_SECOND, 1);
  gint64 begun = g_get_monotonic_time (), before;

  /* A guess that may be right stays. */
  sm_clock_follow (clock, 90 * SM_SECOND, 1, begun - 20 * SM_SECOND);
  g_assert_cmpint (sm_clock_now (clock), >=, 100 * SM_SECOND);
  /* No answer comes before it was said ... */
  sm_clock_follow (clock, 200 * SM_SECOND, 1, begun);
  g_assert_cmpint (sm_clock_now (clock), >=, 200 * SM_SECOND);
  /* ... but it may come late, however late ... */
  sm_clock_follow (clock, 150 * SM_SECOND, 1, begun - 60 * SM_SECOND);
  g_assert_cmpint (sm_clock_now (clock), >=, 200 * SM_SECOND);
  /* ... and for a little nothing goes back. */
  before = sm_clock_now (clock);
  sm_clock_follow (clock, before - SM_SECOND, 1, g_get_monotonic_time ());
  g_assert_cmpint (sm_clock_now (clock), >=, before);
  /* What was set back is followed. */
  sm_clock_follow (clock, 150 * SM_SECOND, 1, g_get_monotonic_time ());
  g_assert_cmpint (sm_clock_now (clock), <, before);
  g_assert_cmpint (sm_clock_now (clock), >=, 150 * SM_SECOND);
  /* So is one that goes at another pace. */
  sm_clock_follow (clock, 151 * SM_SECOND, 60, g_get_monotonic_time ());
  g_assert_cmpfloat (sm_clock_get_rate (clock), ==, 60);
}

static void
test_clock_follow_guess (void)
{
  g_autoptr (SmClock) clock = sm_clock_new_manual (0);

  sm_clock_follow (clock, 10 * SM_SECOND, 1, g_get_monotonic_time ());
  g_assert_cmpint (sm_clock_now (clock), ==, 10 * SM_SECOND);
  /* What somebody set is not spared for being off by little. */
  sm_clock_set (clock, 30 * SM_SECOND, 1);
  sm_clock_follow (clock, 29 * SM_SECOND, 1, g_get_monotonic_time ());
  g_assert_cmpint (sm_clock_now (clock), ==, 29 * SM_SECOND);
}

static gpointer
double_it (gpointer       context,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  if (data == NULL)
    {
      sm_set_error (error, SM_ERROR_INVALID, "nothing", "nothing to double");
      return NULL;
    }
  return GINT_TO_POINTER (2 * GPOINTER_TO_INT (data) + GPOINTER_TO_INT (context));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_worker (void)
{
  g_autoptr (SmWorker) worker = sm_worker_new ("test", GINT_TO_POINTER (1), NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (GPOINTER_TO_INT (sm_worker_run_sync (worker, double_it, GINT_TO_POINTER (20),
                                                        NULL, &error)), ==, 41);
  g_assert_no_error (error);
  sm_worker_run_async (worker, double_it, NULL, NULL, NULL, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (sm_worker_run_finish (result, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_INVALID);
}

static gpointer
hand_back (gpointer       context,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return data;
}

static void
count_cb (gpointer data)
{
  (*(guint *) data)++;
}

/* A thread whose context nobody runs would keep the news of it for ever. */
static void
test_worker_unheard (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  SmWorker *worker = sm_worker_new ("test", GINT_TO_POINTER (1), NULL);
  guint n_freed = 0;

  g_main_context_push_thread_default (context);
  sm_worker_run_async (worker, double_it, NULL, NULL, NULL, NULL, NULL, NULL);
  sm_worker_run_async (worker, hand_back, &n_freed, count_cb, count_cb, NULL, NULL, NULL);
  g_main_context_pop_thread_default (context);
  sm_worker_free (worker);
  g_assert_false (g_main_context_pending (context));
  /* Data and result are freed, each once. */
  g_assert_cmpuint (n_freed, ==, 2);
}

static void
test_currency (void)
{
  g_assert_cmpint (sm_currency_digits ("CNY"), ==, 2);
  g_assert_cmpint (sm_currency_digits ("JPY"), ==, 0);
  g_assert_cmpint (sm_currency_digits ("KWD"), ==, 3);
  g_assert_cmpint (sm_currency_digits ("XYZ"), ==, 2);
  g_assert_cmpint (sm_currency_digits (NULL), ==, 2);
  g_assert_cmpfloat_with_epsilon (sm_currency_amount (12345, "CNY"), 123.45, 1e-9);
  g_assert_cmpfloat_with_epsilon (sm_currency_amount (-12345, "KWD"), -12.345, 1e-9);
  g_assert_cmpfloat_with_epsilon (sm_currency_amount (12345, "JPY"), 12345, 1e-9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/slug-and-params", test_error_carries_slug_and_params);
  g_test_add_func ("/base/time/round-trip", test_time_round_trip);
  g_test_add_func ("/base/time/refuses", test_time_refuses);
  g_test_add_func ("/base/time/age", test_time_age);
  g_test_add_func ("/base/currency/digits", test_currency);
  g_test_add_func ("/base/uuid/sorts-by-time", test_uuid_sorts_by_time);
  g_test_add_func ("/base/clock/manual", test_clock_manual);
  g_test_add_func ("/base/clock/follows-what-was-said-some-time-ago", test_clock_follow);
  g_test_add_func ("/base/clock/spares-no-guess", test_clock_follow_guess);
  g_test_add_func ("/base/worker/answers", test_worker);
  g_test_add_func ("/base/worker/no-news-for-nobody", test_worker_unheard);
  return g_test_run ();
}
