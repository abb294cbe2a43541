/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-live-private.h"
#include "sm-samples.h"
#include "sm-telemetry.h"

G_BEGIN_DECLS

/* 48 hours of samples, 35 days of quarters. */
#define SM_TELEMETRY_KEEP_SAMPLES (48 * SM_HOUR)
#define SM_TELEMETRY_KEEP_QUARTERS (35 * SM_DAY)
#define SM_TELEMETRY_QUARTER (15 * SM_MINUTE)

/** SmTelemetryChannel: a quantity that is kept, and how exactly. */
typedef struct
{
  guint field;
  double scale;          /* what is kept is the value times this, rounded */
  double band;           /* a change by that much is kept at once; 0: none is */
  gboolean has_quarters; /* its least, most and mean are kept for long */
} SmTelemetryChannel;

/** SmTelemetryQuarter: one channel in one quarter of an hour. */
typedef struct
{
  gint64 at_s;
  guint channel;
  gint32 least, most, mean;
} SmTelemetryQuarter;

/**
 * SmTelemetryBook:
 *
 * The hour that is going on, of every thing, and what waits to be written.
 * Noted by the writer; read by any thread.
 */
typedef struct _SmTelemetryBook SmTelemetryBook;

const SmTelemetryChannel *sm_telemetry_channels (SmNounId noun,
                                                 guint   *out_n);

SmTelemetryBook *sm_telemetry_book_new   (const char          *path,
                                          GError             **error);
void             sm_telemetry_book_free  (SmTelemetryBook     *self);
SmConnection    *sm_telemetry_book_get_file (SmTelemetryBook  *self);
SmConnection    *sm_telemetry_book_open_file (SmTelemetryBook *self,
                                          GError             **error);
void             sm_telemetry_note       (SmTelemetryBook     *self,
                                          SmNounId             noun,
                                          gint64               id,
                                          const SmSample      *sample,
                                          double               heading_deg,
                                          double               rate);
void             sm_telemetry_note_vehicle (SmRules           *rules,
                                          const SmLiveVehicle *vehicle,
                                          gint64               at_us,
                                          gboolean             is_late);
void             sm_telemetry_note_row   (SmRules             *rules,
                                          const SmRow         *row);
gboolean         sm_telemetry_tick       (SmTelemetryBook     *self,
                                          gint64               network_now,
                                          GError             **error);
gboolean         sm_telemetry_book_read  (SmTelemetryBook     *self,
                                          SmNounId             noun,
                                          gint64               id,
                                          gint64               from_s,
                                          gint64               to_s,
                                          GArray              *samples,
                                          GArray              *quarters,
                                          GError             **error);
gboolean         sm_telemetry_book_read_parts (SmTelemetryBook *self,
                                          SmConnection        *file,
                                          SmNounId             noun,
                                          gint64               id,
                                          gint64               from_s,
                                          gint64               samples_from_s,
                                          gint64               to_s,
                                          GArray              *samples,
                                          GArray              *quarters,
                                          GError             **error);

G_END_DECLS
