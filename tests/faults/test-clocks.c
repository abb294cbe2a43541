/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-test-truth.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <time.h>

/* A wall whose machine has the wrong time.  What GLib says the time is, in all
 * of the application, is said here. */

static gint64 off_us; /* atomic */

gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000
         + __atomic_load_n (&off_us, __ATOMIC_SEQ_CST);
}

static void
set_off (gint64 by_us)
{
  __atomic_store_n (&off_us, by_us, __ATOMIC_SEQ_CST);
}

static gint64
true_now (void)
{
  return g_get_real_time () - __atomic_load_n (&off_us, __ATOMIC_SEQ_CST);
}

#define HOUR (3600 * SM_SECOND)
#define SLACK (30 * SM_SECOND) /* for a busy machine */

/* Between two lives of the wall. */
static void
set_zone (const char *zone)
{
  g_setenv ("TZ", zone, TRUE);
  tzset ();
}

/* Where the clock is at first, and where it is set while the wall runs. */
static const struct
{
  const char *name;
  const char *zone;
  gint64 off;     /* or */
  const char *at; /* at which moment it is */
  gint64 step;
} cases[] = {
  { "right", "UTC", 0, NULL, HOUR },
  { "an hour ahead", "UTC", HOUR, NULL, -HOUR },
  { "an hour behind", "UTC", -HOUR, NULL, HOUR },
  { "a day ahead", "UTC", 24 * HOUR, NULL, -24 * HOUR },
  { "a day behind", "UTC", -24 * HOUR, NULL, 48 * HOUR },
  { "into summer time", "Europe/Berlin", 0, "2027-03-28T00:59:59Z", HOUR },
  { "out of summer time", "Europe/Berlin", 0, "2026-10-25T00:59:59Z", HOUR },
  { "at the end of 32 bits", "UTC", 0, "2038-01-19T03:14:06Z", 10 * SM_SECOND },
  { "at the beginning", "UTC", 0, "1970-01-01T00:00:10Z", HOUR },
};

typedef struct
{
  Network *network;
  Wall *wall;
  char *gateway;
  guint next;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->network = network_new ();
  self->gateway = network_add_gateway (self->network);
  network_run (self->network);
  self->wall = wall_new (self->network);
  self->next = 1;
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  wall_free (self->wall);
  g_free (self->gateway);
  network_free (self->network);
}

static SmStatus *
status_of (Fixture *self)
{
  return sm_ops_get_status (self->wall->ops);
}

/* Its time is the network's, whatever the machine says; and nothing is younger than now. */
static void
assert_ages (Fixture *self)
{
  GListModel *alarms = sm_ops_get_alarms (self->wall->ops);
  gint64 now = sm_clock_now (sm_status_get_clock (status_of (self)));

  g_assert_cmpint (ABS (now - true_now ()), <, SLACK);
  g_assert_cmpint (sm_status_get_data_age_us (status_of (self)), >=, 0);
  g_assert_cmpint (sm_status_get_data_age_us (status_of (self)), <, SLACK);
  g_assert_cmpint (sm_status_get_last_contact (status_of (self)), <=, now + 2 * SM_SECOND);
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      g_assert_cmpint (sm_row_get_int (sm_item_get_row (item), SM_ALARM_RAISED_AT), <=,
                       now + 2 * SM_SECOND);
    }
}

static guint
count_acked (Fixture *self)
{
  GListModel *alarms = sm_ops_get_alarms (self->wall->ops);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      n += !sm_item_get_pending (item)
           && g_strcmp0 (sm_row_get_text (sm_item_get_row (item), SM_ALARM_STATE), "acked") == 0;
    }
  return n;
}

static gint64
find_unacked (Fixture *self)
{
  GListModel *alarms = sm_ops_get_alarms (self->wall->ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (g_strcmp0 (sm_row_get_text (sm_item_get_row (item), SM_ALARM_STATE), "unacked") == 0)
        return sm_item_get_id (item);
    }
  return 0;
}

/* Something happens in the network, and a person acts on it. */
static void
live_a_little (Fixture *self)
{
  GListModel *alarms = sm_ops_get_alarms (self->wall->ops);
  g_autoptr (GError) error = NULL;
  guint n_acked;

  run_until (g_list_model_get_n_items (alarms) == self->next - 1
             && sm_ops_may (self->wall->ops, "alarm.acknowledge"));
  n_acked = count_acked (self);
  network_heat (self->network, self->gateway, self->next, 3, 200);
  self->next += 3;
  run_until (g_list_model_get_n_items (alarms) == self->next - 1);
  error = wall_acknowledge (self->wall, find_unacked (self), "seen");
  g_assert_no_error (error);
  run_until (count_acked (self) == n_acked + 1);
  sm_test_truth_wait_equal (self->network->service, self->network->token, self->wall->cache);
  assert_ages (self);
}

static void
try_case (Fixture *self,
          guint    i)
{
  gint64 off = cases[i].off, at;

  if (cases[i].at != NULL && sm_time_from_rfc3339 (cases[i].at, &at, NULL))
    off = at - true_now ();
  g_test_message ("%s", cases[i].name);
  set_zone (cases[i].zone);
  set_off (off);
  wall_start (self->wall);
  run_until (wall_state (self->wall) == SM_STATUS_LIVE);
  live_a_little (self);
  set_off (off + cases[i].step);
  live_a_little (self);
  wall_stop (self->wall);
}

static void
test_clocks (Fixture       *self,
             gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    try_case (self, i);
  set_off (0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/faults/clocks/nothing-lost-no-age-below-zero", Fixture, NULL, set_up, test_clocks,
              tear_down);
  return g_test_run ();
}
