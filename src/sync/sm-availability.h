/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmAvailability:
 *
 * For how long a service was there, hour by hour, as far as it was measured: when
 * this application does not run it knows nothing, and says so.  Reading and
 * taking reports are counted apart.  It is kept in a file, one for each service;
 * one that is missing or damaged knows less.  Reference counted; any thread.
 */
typedef struct _SmAvailability SmAvailability;

/** SmAvailabilitySum: µs; what was not measured is in none of them. */
typedef struct
{
  gint64 measured;
  gint64 unread;  /* nobody answered */
  gint64 untaken; /* no report could be taken, be it that nobody answered */
} SmAvailabilitySum;

/** SmOutage: a time in which something was missing. */
typedef struct
{
  gint64 began_at; /* real time, µs */
  gint64 took_us;
  gboolean answered; /* only reports were not taken */
} SmOutage;

#define SM_AVAILABILITY_DAY (24 * G_GINT64_CONSTANT (3600000000))
#define SM_AVAILABILITY_MONTH (30 * SM_AVAILABILITY_DAY)
/* What 99.99 % leave of a time. */
#define SM_AVAILABILITY_ALLOWED(us) ((us) / 10000)

SmAvailability    *sm_availability_new         (const char      *path);
SmAvailability    *sm_availability_ref         (SmAvailability  *self);
void               sm_availability_unref       (SmAvailability  *self);
void               sm_availability_note        (SmAvailability  *self,
                                                gint64           now_us,
                                                gint64           took_us,
                                                gboolean         answered,
                                                gboolean         takes);
SmAvailabilitySum  sm_availability_sum         (SmAvailability  *self,
                                                gint64           now_us,
                                                gint64           span_us);
GArray            *sm_availability_dup_outages (SmAvailability  *self);
gboolean           sm_availability_save        (SmAvailability  *self,
                                                GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAvailability, sm_availability_unref)

G_END_DECLS
