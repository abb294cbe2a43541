/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-telemetry-private.h"

#include "sm-error.h"
#include "sm-feed.h"
#include "sm-rules-private.h"

#include <math.h>

/* Which quantities are kept over time, and how they are asked for. */

static const SmTelemetryChannel vehicle_channels[] = {
  { SM_VEHICLE_LATITUDE, 1e5, 0, FALSE },      { SM_VEHICLE_LONGITUDE, 1e5, 0, FALSE },
  { SM_VEHICLE_SPEED_KMH, 1, 20, TRUE },       { SM_VEHICLE_SOC, 2, 1, TRUE },
  { SM_VEHICLE_PACK_TEMPERATURE_C, 1, 3, TRUE }, { SM_VEHICLE_MOTION, 1, 1, FALSE },
  { SM_VEHICLE_ENERGY, 1, 1, FALSE },
};

static const SmTelemetryChannel station_channels[] = {
  { SM_STATION_POWER_KW, 1, 50, TRUE }, { SM_STATION_WAITING, 1, 1, TRUE },
  { SM_STATION_INBOUND, 1, 0, TRUE },   { SM_STATION_READY_PACKS, 1, 1, TRUE },
  { SM_STATION_SERVICE, 1, 1, FALSE },
};

/** sm_telemetry_channels: Returns: (transfer none) (nullable): what is kept of such things */
const SmTelemetryChannel *
sm_telemetry_channels (SmNounId  noun,
                       guint    *out_n)
{
  *out_n = noun == SM_NOUN_VEHICLE   ? G_N_ELEMENTS (vehicle_channels)
           : noun == SM_NOUN_STATION ? G_N_ELEMENTS (station_channels)
                                     : 0;
  return noun == SM_NOUN_VEHICLE ? vehicle_channels
         : noun == SM_NOUN_STATION ? station_channels
                                   : NULL;
}

static gint32
scaled (double value,
        double scale)
{
  return isnan (value) ? SM_SAMPLE_UNKNOWN : (gint32) lround (value * scale);
}

static gint32
slug_value (guint value)
{
  return value == SM_ENUM_UNKNOWN ? SM_SAMPLE_UNKNOWN : (gint32) value;
}

/** sm_telemetry_note_vehicle: What a vehicle said at @at_us; @is_late: and nobody saw then. */
void
sm_telemetry_note_vehicle (SmRules             *rules,
                           const SmLiveVehicle *vehicle,
                           gint64               at_us,
                           gboolean             is_late)
{
  SmSample sample = { .is_late = is_late,
                      .at_s = at_us / SM_SECOND,
                      .values = { scaled (vehicle->latitude, 1e5), scaled (vehicle->longitude, 1e5),
                                  scaled (vehicle->speed_kmh, 1), scaled (vehicle->soc, 2),
                                  scaled (vehicle->pack_temperature_c, 1),
                                  slug_value (vehicle->motion), slug_value (vehicle->energy) } };

  /* Who stands turns by the noise of his compass. */
  if (rules->telemetry != NULL)
    sm_telemetry_note (rules->telemetry, SM_NOUN_VEHICLE, vehicle->id, &sample,
                       vehicle->speed_kmh >= 5 ? vehicle->heading_deg : NAN,
                       sm_clock_get_rate (rules->network));
}

/** sm_telemetry_note_row: What a station said; nothing is kept of other nouns. */
void
sm_telemetry_note_row (SmRules     *rules,
                       const SmRow *row)
{
  const SmNoun *noun = sm_row_get_noun (row);
  gint64 at_us;
  SmSample sample = { 0 };
  guint n;
  const SmTelemetryChannel *channels = sm_telemetry_channels (noun->id, &n);

  if (noun->id != SM_NOUN_STATION || rules->telemetry == NULL)
    return;
  at_us = sm_row_get_int (row, SM_STATION_REPORTED_AT);
  sample.at_s = (at_us != SM_UNKNOWN ? at_us : sm_rules_now (rules)) / SM_SECOND;
  for (guint i = 0; i < n; i++)
    {
      guint field = channels[i].field;

      if (sm_row_is_null (row, field))
        sample.values[i] = SM_SAMPLE_UNKNOWN;
      else if (noun->fields[field].kind == SM_KIND_ENUM)
        sample.values[i] = slug_value (sm_row_get_enum (row, field));
      else if (noun->fields[field].kind == SM_KIND_REAL)
        sample.values[i] = scaled (sm_row_get_real (row, field), channels[i].scale);
      else
        sample.values[i] = (gint32) sm_row_get_int (row, field);
    }
  sm_telemetry_note (rules->telemetry, noun->id, sm_row_get_id (row), &sample, NAN,
                     sm_clock_get_rate (rules->network));
}

/* --- reading --- */

static SmSeries *
series_new (const SmNoun *noun,
            guint         n,
            gboolean      has_extremes)
{
  SmSeries *self = g_new0 (SmSeries, 1);
  guint n_channels;
  const SmTelemetryChannel *channels = sm_telemetry_channels (noun->id, &n_channels);

  self->at = g_new (gint64, MAX (n, 1));
  self->fields = g_new0 (guint, MAX (n_channels, 1));
  self->values = g_new0 (double *, MAX (n_channels, 1));
  self->minimum = g_new0 (double *, MAX (n_channels, 1));
  self->maximum = g_new0 (double *, MAX (n_channels, 1));
  for (guint i = 0; i < n_channels; i++)
    {
      if (has_extremes && !channels[i].has_quarters)
        continue;
      self->fields[self->n_columns] = channels[i].field;
      self->values[self->n_columns] = g_new (double, MAX (n, 1));
      if (has_extremes)
        {
          self->minimum[self->n_columns] = g_new (double, MAX (n, 1));
          self->maximum[self->n_columns] = g_new (double, MAX (n, 1));
        }
      self->n_columns++;
    }
  return self;
}

static double
unscaled (gint32 value,
          double scale)
{
  return value == SM_SAMPLE_UNKNOWN ? NAN : value / scale;
}

static int
compare_samples (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = ((const SmSample *) a)->at_s, y = ((const SmSample *) b)->at_s;

  return (x > y) - (x < y);
}

static SmSeries *
series_of_samples (const SmNoun *noun,
                   GArray       *samples,
                   gint64        from_s,
                   gint64        to_s)
{
  SmSeries *self = series_new (noun, samples->len, FALSE);
  guint n;
  const SmTelemetryChannel *channels = sm_telemetry_channels (noun->id, &n);

  g_array_sort (samples, compare_samples);
  self->late = g_new0 (gboolean, MAX (samples->len, 1));
  for (guint s = 0; s < samples->len; s++)
    {
      const SmSample *sample = &g_array_index (samples, SmSample, s);
      gint64 at = sample->at_s * SM_SECOND;

      if (sample->at_s < from_s || sample->at_s > to_s
          || (self->n > 0 && self->at[self->n - 1] == at))
        continue;
      self->at[self->n] = at;
      self->late[self->n] = sample->is_late;
      for (guint i = 0; i < n; i++)
        self->values[i][self->n] = unscaled (sample->values[i], channels[i].scale);
      self->n++;
    }
  return self;
}

static int
compare_quarters (gconstpointer a,
                  gconstpointer b)
{
  const SmTelemetryQuarter *x = a, *y = b;

  return (x->at_s > y->at_s) - (x->at_s < y->at_s);
}

/* One row a quarter, nothing known of it yet. */
static void
begin_quarter (SmSeries *self,
               gint64    at)
{
  if (self->n > 0 && self->at[self->n - 1] == at)
    return;
  self->at[self->n] = at;
  for (guint i = 0; i < self->n_columns; i++)
    self->values[i][self->n] = self->minimum[i][self->n] = self->maximum[i][self->n] = NAN;
  self->n++;
}

static SmSeries *
series_of_quarters (const SmNoun *noun,
                    GArray       *quarters,
                    gint64        from_s,
                    gint64        to_s)
{
  SmSeries *self = series_new (noun, quarters->len, TRUE);
  guint n;
  const SmTelemetryChannel *channels = sm_telemetry_channels (noun->id, &n);

  g_array_sort (quarters, compare_quarters);
  for (guint q = 0; q < quarters->len; q++)
    {
      const SmTelemetryQuarter *quarter = &g_array_index (quarters, SmTelemetryQuarter, q);

      if (quarter->at_s < from_s || quarter->at_s > to_s || quarter->channel >= n)
        continue;
      begin_quarter (self, quarter->at_s * SM_SECOND);
      for (guint i = 0; i < self->n_columns; i++)
        if (self->fields[i] == channels[quarter->channel].field)
          {
            double scale = channels[quarter->channel].scale;

            self->values[i][self->n - 1] = unscaled (quarter->mean, scale);
            self->minimum[i][self->n - 1] = unscaled (quarter->least, scale);
            self->maximum[i][self->n - 1] = unscaled (quarter->most, scale);
          }
    }
  return self;
}

/**
 * sm_telemetry_read:
 *
 * Returns: (transfer full) (nullable): the samples of a thing while they are
 *   kept, else its quarters of an hour; NULL with %SM_ERROR_NOT_FOUND when
 *   @actor sees no such thing
 */
SmSeries *
sm_telemetry_read (SmReader      *reader,
                   SmActor       *actor,
                   const SmNoun  *noun,
                   gint64         id,
                   gint64         from_us,
                   gint64         to_us,
                   GError       **error)
{
  g_autoptr (SmRow) record = sm_feed_read_row (reader, actor, noun, id, error);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (SmSample));
  g_autoptr (GArray) quarters = g_array_new (FALSE, FALSE, sizeof (SmTelemetryQuarter));
  SmRules *rules = sm_reader_get_rules (reader);
  gint64 from_s = from_us / SM_SECOND, to_s = to_us / SM_SECOND;

  if (record == NULL
      || !sm_telemetry_book_read (rules->telemetry, noun->id, id, from_s, to_s, samples, quarters,
                                  error))
    return NULL;
  if (from_us >= sm_rules_now (rules) - SM_TELEMETRY_KEEP_SAMPLES)
    return series_of_samples (noun, samples, from_s, to_s);
  return series_of_quarters (noun, quarters, from_s, to_s);
}
