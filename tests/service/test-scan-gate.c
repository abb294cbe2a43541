/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-error.h"
#include "sm-scan-gate.h"
#include "sm-time.h"

#include <stdlib.h>

/* Who may report how often, by a clock of its own. */

typedef struct
{
  SmClock *clock;
  SmScanGate *gate;
  guint n; /* reports: each has a key of its own */
} Road;

static void
set_up (Road *road, gconstpointer data)
{
  road->clock = sm_clock_new_manual (10 * SM_MINUTE);
  road->gate = sm_scan_gate_new (road->clock);
  road->n = 0;
}

static void
tear_down (Road *road, gconstpointer data)
{
  sm_scan_gate_free (road->gate);
  sm_clock_unref (road->clock);
}

static gboolean
report (Road *road, const char *peer, guint label)
{
  g_autofree char *key = g_strdup_printf ("key-%u", road->n++);
  g_autofree char *name = g_strdup_printf ("pile/%u", label);
  g_autoptr (GError) error = NULL;

  if (sm_scan_gate_pass (road->gate, peer, name, key, &error))
    return TRUE;
  g_assert_error (error, SM_ERROR, SM_ERROR_TOO_MANY);
  g_assert_cmpint (atoi (sm_error_get_param (error, "retry_after_s")), >, 0);
  g_assert_cmpint (atoi (sm_error_get_param (error, "retry_after_s")), <=, 60);
  return FALSE;
}

static guint
report_often (Road *road, const char *peer, guint n, guint label)
{
  guint taken = 0;

  for (guint i = 0; i < n; i++)
    taken += report (road, peer, label + i);
  return taken;
}

/* A thousand in one minute, from as many people: all of them are heard, and so is whoever
 * comes while fifteen others try to fill the service. */
static void
test_thousand (Road *road, gconstpointer data)
{
  guint taken = 0;

  for (guint i = 0; i < 15; i++)
    {
      g_autofree char *peer = g_strdup_printf ("203.0.113.%u", i);

      g_assert_cmpuint (report_often (road, peer, 100, 100 * i), ==, 20);
    }
  for (guint i = 0; i < 850; i++)
    {
      g_autofree char *peer = g_strdup_printf ("198.51.%u.%u", i / 250, i % 250);

      taken += report (road, peer, 10000 + i);
    }
  g_assert_cmpuint (taken, ==, 850);
  g_assert_false (report (road, "198.51.0.1", 1));
  sm_clock_set (road->clock, 11 * SM_MINUTE, 1);
  g_assert_true (report (road, "198.51.0.1", 1));
}

/* Nothing gets through that other work would wait for. */
static void
test_most (Road *road, gconstpointer data)
{
  guint taken = 0;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *peer = g_strdup_printf ("10.%u.%u.1", i / 250, i % 250);

      taken += report (road, peer, i);
    }
  g_assert_cmpuint (taken, ==, 1200);
}

/* Around one label there are not so many people, from however many addresses. */
static void
test_label (Road *road, gconstpointer data)
{
  guint taken = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *peer = g_strdup_printf ("10.0.%u.1", i);

      taken += report (road, peer, 7);
    }
  g_assert_cmpuint (taken, ==, 20);
  g_assert_true (report (road, "10.1.0.1", 8));
}

/* Whoever has a network of IPv6 is one; what passes others' on from this machine is not. */
static void
test_who (Road *road, gconstpointer data)
{
  guint taken = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *peer = g_strdup_printf ("2001:db8:1:2::%x", i + 1);

      taken += report (road, peer, i);
    }
  g_assert_cmpuint (taken, ==, 20);
  g_assert_true (report (road, "2001:db8:1:3::1", 1));
  g_assert_cmpuint (report_often (road, "127.0.0.1", 100, 1000), ==, 100);
}

/* Sent again because the answer was lost: that is no other report. */
static void
test_again (Road *road, gconstpointer data)
{
  g_assert_true (sm_scan_gate_pass (road->gate, "10.0.0.1", "pile/1", "again", NULL));
  report_often (road, "10.0.0.1", 100, 0);
  g_assert_true (sm_scan_gate_pass (road->gate, "10.0.0.1", "pile/1", "again", NULL));
  sm_clock_set (road->clock, 11 * SM_MINUTE, 1);
  report_often (road, "10.0.0.1", 100, 0);
  g_assert_true (sm_scan_gate_pass (road->gate, "10.0.0.1", "pile/1", "again", NULL));
  for (guint i = 0; i < 100; i++)
    sm_scan_gate_pass (road->gate, "10.0.0.1", "pile/1", "again", NULL);
  g_assert_false (sm_scan_gate_pass (road->gate, "10.0.0.1", "pile/1", "again", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/service/scan-gate/thousand", Road, NULL, set_up, test_thousand, tear_down);
  g_test_add ("/service/scan-gate/most", Road, NULL, set_up, test_most, tear_down);
  g_test_add ("/service/scan-gate/label", Road, NULL, set_up, test_label, tear_down);
  g_test_add ("/service/scan-gate/who", Road, NULL, set_up, test_who, tear_down);
  g_test_add ("/service/scan-gate/again", Road, NULL, set_up, test_again, tear_down);
  return g_test_run ();
}
