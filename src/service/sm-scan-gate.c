/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-scan-gate.h"

#include "sm-error.h"
#include "sm-time.h"

/* A person reports one thing, a driver with a bad day five; a station's own network
 * shows one address for all who stand there. */
#define MOST_OF_ONE 20
#define MOST_OF_ALL 300

struct _SmScanGate
{
  SmClock *machine;
  GHashTable *counts; /* peer -> reports in this minute; at most MOST_OF_ALL of them */
  gint64 minute;
  guint n;
};

/** sm_scan_gate_new: @machine: minutes are its */
SmScanGate *
sm_scan_gate_new (SmClock *machine)
{
  SmScanGate *self = g_new0 (SmScanGate, 1);

  self->machine = sm_clock_ref (machine);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
sm_scan_gate_free (SmScanGate *self)
{
  g_hash_table_unref (self->counts);
  sm_clock_unref (self->machine);
  g_free (self);
}

/** sm_scan_gate_pass: @peer: the address that it came from */
gboolean
sm_scan_gate_pass (SmScanGate  *self,
                   const char  *peer,
                   GError     **error)
{
  gint64 minute = sm_clock_now (self->machine) / SM_MINUTE;
  guint of_one;

  if (minute != self->minute)
    {
      g_hash_table_remove_all (self->counts);
      self->minute = minute;
      self->n = 0;
    }
  of_one = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, peer));
  if (of_one >= MOST_OF_ONE || self->n >= MOST_OF_ALL)
    {
      sm_set_error (error, SM_ERROR_TOO_MANY, "too-many-reports",
                    "Too many reports in one minute; the next one is taken in a minute");
      return FALSE;
    }
  g_hash_table_replace (self->counts, g_strdup (peer), GUINT_TO_POINTER (of_one + 1));
  self->n++;
  return TRUE;
}
