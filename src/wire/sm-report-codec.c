/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-report-codec.h"

#include "sm-time.h"

#include <math.h>

/*
 * Devices are believed field by field: a report without a usable name or time
 * is refused alone; a value that no device can mean (GB/T 32960 sends 254 for
 * abnormal and 255 for invalid), or a place that does not exist, is unknown,
 * and noted: what else the vehicle says may be the alarm.  Only what is no JSON
 * at all refuses the whole request.
 */

#define MAX_VIN_LENGTH 64

typedef struct
{
  const char *name;
  gsize offset; /* of the value in SmVehicleReport */
  double min;
  double max;
} Number;

/* What a report's numbers can be; the ends belong to it. */
static const Number numbers[] = {
  { "latitude", G_STRUCT_OFFSET (SmVehicleReport, latitude), -90, 90 },
  { "longitude", G_STRUCT_OFFSET (SmVehicleReport, longitude), -180, 180 },
  { "heading_deg", G_STRUCT_OFFSET (SmVehicleReport, heading_deg), 0, 360 },
  { "speed_kmh", G_STRUCT_OFFSET (SmVehicleReport, speed_kmh), 0, 220 },
  { "soc", G_STRUCT_OFFSET (SmVehicleReport, soc), 0, 100 },
  { "pack_temperature_c", G_STRUCT_OFFSET (SmVehicleReport, pack_temperature_c), -40, 210 },
};

#define MAX_ID 9007199254740991.0

/* The same of its whole numbers. */
static const Number wholes[] = {
  { "odometer_m", G_STRUCT_OFFSET (SmVehicleReport, odometer_m), 0, 1e9 },
  { "range_m", G_STRUCT_OFFSET (SmVehicleReport, range_m), 0, 1e7 },
  { "battery_id", G_STRUCT_OFFSET (SmVehicleReport, battery_id), 1, MAX_ID },
  { "station_id", G_STRUCT_OFFSET (SmVehicleReport, station_id), 1, MAX_ID },
};

#define PACK(member) G_STRUCT_OFFSET (SmVehicleReport, pack.member)

static const Number pack_numbers[] = {
  { "soh", PACK (soh), 0, 100 },
  { "cycle_count", PACK (cycle_count), 0, 1e6 },
  { "voltage_v", PACK (voltage_v), 0, 2000 },
  { "current_a", PACK (current_a), -5000, 5000 },
  { "temperature_max_c", PACK (temperature_max_c), -40, 210 },
  { "temperature_min_c", PACK (temperature_min_c), -40, 210 },
  { "cell_max_mv", PACK (cell_max_mv), 0, 15000 },
  { "cell_min_mv", PACK (cell_min_mv), 0, 15000 },
  { "insulation_ohm_per_v", PACK (insulation_ohm_per_v), 0, 1e6 },
};

static const Number pack_wholes[] = {
  { "charged_wh", PACK (charged_wh), 0, 1e15 },
  { "throughput_wh", PACK (throughput_wh), 0, 1e15 },
  { "temperature_max_probe", PACK (temperature_max_probe), 1, 65531 },
  { "temperature_min_probe", PACK (temperature_min_probe), 1, 65531 },
  { "cell_max_number", PACK (cell_max_number), 1, 65531 },
  { "cell_min_number", PACK (cell_min_number), 1, 65531 },
};

typedef struct
{
  SmJsonReader *reader;
  SmReportBatch *batch;
  guint index; /* of the report in the request */
  SmVehicleReport report;
  const char *refused; /* slug: why this report cannot be used */
} ReportReader;

static void
note (ReportReader *self,
      const char   *field,
      const char   *slug)
{
  SmReportNote entry = { self->index, field, slug };

  g_array_append_val (self->batch->notes, entry);
}

/* Whether a value of @kind comes next; anything else is skipped. null is not
 * worth a note. */
static gboolean
comes (ReportReader *self,
       SmJsonKind    kind,
       const char   *field)
{
  SmJsonKind found = sm_json_reader_peek (self->reader);

  if (found == kind)
    return TRUE;
  if (found != SM_JSON_NULL && found != SM_JSON_NONE)
    note (self, field, "wrong-type");
  sm_json_reader_skip_value (self->reader);
  return FALSE;
}

static gboolean
vin_is_valid (const char *vin,
              gsize       length)
{
  if (length == 0 || length > MAX_VIN_LENGTH)
    return FALSE;
  for (; *vin != '\0'; vin++)
    if (!g_ascii_isgraph (*vin))
      return FALSE;
  return TRUE;
}

static void
read_vin (ReportReader *self)
{
  const char *vin;
  gsize length;

  if (sm_json_reader_peek (self->reader) != SM_JSON_STRING)
    {
      sm_json_reader_skip_value (self->reader);
      self->refused = "bad-vin";
      return;
    }
  vin = sm_json_reader_read_text (self->reader, &length);
  if (vin != NULL && vin_is_valid (vin, length))
    self->report.vin = g_string_chunk_insert_len (self->batch->texts, vin, (gssize) length);
  else
    self->refused = "bad-vin";
}

static void
read_at (ReportReader *self)
{
  const char *text;
  g_autofree char *copy = NULL;

  if (sm_json_reader_peek (self->reader) != SM_JSON_STRING)
    {
      sm_json_reader_skip_value (self->reader);
      self->refused = "bad-time";
      return;
    }
  text = sm_json_reader_read_text (self->reader, NULL);
  if (text != NULL && !sm_time_from_rfc3339 (text, &self->report.at_us, NULL))
    self->refused = "bad-time";
}

/* GB/T 32960 sends 254 for what is abnormal and 255 for what is invalid. */
static const char *
why_out_of_range (double value)
{
  return value == 254 ? "device-abnormal" : value == 255 ? "device-invalid" : "out-of-range";
}

/* Returns: the number that came, NAN when it can be none */
static double
read_value (ReportReader *self,
            const Number *number)
{
  double value;

  if (!comes (self, SM_JSON_NUMBER, number->name))
    return NAN;
  value = sm_json_reader_read_real (self->reader);
  if (value >= number->min && value <= number->max)
    return value;
  note (self, number->name, why_out_of_range (value));
  return NAN;
}

/* Whether the member is one of the numbers, which is then taken. */
static gboolean
take_number (ReportReader *self,
             const char   *name,
             const Number *numbers_of,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (name, numbers_of[i].name))
      {
        G_STRUCT_MEMBER (double, &self->report, numbers_of[i].offset) =
            read_value (self, &numbers_of[i]);
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_whole (ReportReader *self,
            const char   *name,
            const Number *wholes_of,
            guint         n)
{
  double value;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (name, wholes_of[i].name))
      {
        value = read_value (self, &wholes_of[i]);
        G_STRUCT_MEMBER (gint64, &self->report, wholes_of[i].offset) =
            isnan (value) ? SM_UNKNOWN : llround (value);
        return TRUE;
      }
  return FALSE;
}

/* Half a position is none. */
static void
complete_position (ReportReader *self)
{
  SmVehicleReport *report = &self->report;

  if (isnan (report->latitude) == isnan (report->longitude))
    return;
  note (self, isnan (report->latitude) ? "longitude" : "latitude", "half-position");
  report->latitude = report->longitude = NAN;
}

/* A moment that the report is not refused for. */
static gint64
read_moment (ReportReader *self,
             const char   *field)
{
  gint64 at = SM_UNKNOWN;

  if (!comes (self, SM_JSON_STRING, field))
    return SM_UNKNOWN;
  if (!sm_time_from_rfc3339 (sm_json_reader_read_text (self->reader, NULL), &at, NULL))
    {
      note (self, field, "out-of-range");
      return SM_UNKNOWN;
    }
  return at;
}

static const char *
read_sn (ReportReader *self)
{
  const char *sn;
  gsize length;

  if (!comes (self, SM_JSON_STRING, "battery_sn"))
    return NULL;
  sn = sm_json_reader_read_text (self->reader, &length);
  if (sn != NULL && length > 0 && length <= MAX_VIN_LENGTH)
    return g_string_chunk_insert_len (self->batch->texts, sn, (gssize) length);
  note (self, "battery_sn", "out-of-range");
  return NULL;
}

static void
read_pack (ReportReader *self)
{
  const char *name;

  if (!comes (self, SM_JSON_OBJECT, "pack"))
    return;
  sm_json_reader_begin_object (self->reader);
  while (sm_json_reader_next_member (self->reader, &name))
    if (!take_number (self, name, pack_numbers, G_N_ELEMENTS (pack_numbers)))
      take_whole (self, name, pack_wholes, G_N_ELEMENTS (pack_wholes));
}

static gboolean
read_flag (ReportReader *self,
           const char   *field)
{
  return comes (self, SM_JSON_BOOL, field) && sm_json_reader_read_bool (self->reader) == 1;
}

static guint8
read_slug (ReportReader      *self,
           const char *const *slugs,
           const char        *field)
{
  guint value;

  if (!comes (self, SM_JSON_STRING, field))
    return SM_ENUM_UNKNOWN;
  value = sm_slug_index (slugs, sm_json_reader_read_text (self->reader, NULL));
  if (value == SM_ENUM_UNKNOWN)
    note (self, field, "out-of-range");
  return (guint8) value;
}

static void
read_report_member (ReportReader *self,
                    const char   *name)
{
  if (take_number (self, name, numbers, G_N_ELEMENTS (numbers))
      || take_whole (self, name, wholes, G_N_ELEMENTS (wholes)))
    return;
  if (g_str_equal (name, "vin"))
    read_vin (self);
  else if (g_str_equal (name, "at"))
    read_at (self);
  else if (g_str_equal (name, "motion"))
    self->report.motion = read_slug (self, sm_motions, "motion");
  else if (g_str_equal (name, "energy"))
    self->report.energy = read_slug (self, sm_energies, "energy");
  else if (g_str_equal (name, "queue"))
    self->report.queue = read_slug (self, sm_queue_states, "queue");
  else if (g_str_equal (name, "queue_since"))
    self->report.queue_since = read_moment (self, "queue_since");
  else if (g_str_equal (name, "eta"))
    self->report.eta = read_moment (self, "eta");
  else if (g_str_equal (name, "logs_out"))
    self->report.logs_out = read_flag (self, "logs_out");
  else if (g_str_equal (name, "battery_sn"))
    self->report.battery_sn = read_sn (self);
  else if (g_str_equal (name, "pack"))
    read_pack (self);
}

/* Whether the report that was read can be used, and why not. */
static void
judge (ReportReader *self)
{
  SmVehicleReport *report = &self->report;

  if (self->refused != NULL)
    return;
  if (report->vin == NULL)
    self->refused = "bad-vin";
  else if (report->at_us == SM_UNKNOWN)
    self->refused = "bad-time";
  complete_position (self);
  if (report->heading_deg == 360)
    report->heading_deg = 0;
}

static void
read_report (ReportReader *self)
{
  const char *name;
  guint n_notes = self->batch->notes->len;

  self->refused = NULL;
  sm_vehicle_report_init (&self->report);
  if (sm_json_reader_peek (self->reader) != SM_JSON_OBJECT)
    {
      sm_json_reader_skip_value (self->reader);
      self->refused = "wrong-type";
    }
  else
    {
      sm_json_reader_begin_object (self->reader);
      while (sm_json_reader_next_member (self->reader, &name))
        read_report_member (self, name);
      judge (self);
    }
  if (self->refused != NULL)
    {
      SmReportRejection rejection = { self->index, self->refused };

      g_array_append_val (self->batch->rejected, rejection);
      g_array_set_size (self->batch->notes, n_notes); /* nothing of it was taken */
      return;
    }
  g_array_append_val (self->batch->reports, self->report);
  g_array_append_val (self->batch->indices, self->index);
}

static SmReportBatch *
report_batch_new (void)
{
  SmReportBatch *self = g_new0 (SmReportBatch, 1);

  self->reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));
  self->indices = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rejected = g_array_new (FALSE, FALSE, sizeof (SmReportRejection));
  self->notes = g_array_new (FALSE, FALSE, sizeof (SmReportNote));
  self->texts = g_string_chunk_new (4096);
  return self;
}

void
sm_report_batch_free (SmReportBatch *self)
{
  g_array_unref (self->reports);
  g_array_unref (self->indices);
  g_array_unref (self->rejected);
  g_array_unref (self->notes);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static void
read_reports (ReportReader *self)
{
  sm_json_reader_begin_array (self->reader);
  for (self->index = 0; sm_json_reader_next_element (self->reader); self->index++)
    {
      if (self->index == SM_REPORTS_MAX)
        {
          sm_json_reader_fail (self->reader, SM_ERROR_TOO_LARGE, "too-many-reports",
                               "more than %d reports at once", SM_REPORTS_MAX);
          return;
        }
      read_report (self);
    }
}

/**
 * sm_reports_read:
 *
 * Reads the body of an ingest request, the whole document.  What is wrong with
 * a single report refuses that one.
 *
 * Returns: (transfer full): the batch, NULL when the body cannot be read
 */
SmReportBatch *
sm_reports_read (SmJsonReader  *reader,
                 GError       **error)
{
  g_autoptr (SmReportBatch) batch = report_batch_new ();
  ReportReader self = { .reader = reader, .batch = batch };
  gboolean has_reports = FALSE;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (g_str_equal (name, "reports"))
      {
        /* Unlike elsewhere: these are acts, none of which may be lost unsaid. */
        if (has_reports)
          sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "json-not-strict", "reports twice");
        has_reports = TRUE;
        read_reports (&self);
      }
  if (!has_reports)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "there are no reports");
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&batch) : NULL;
}

static void
write_slug (SmJsonWriter      *writer,
            const char        *name,
            const char *const *slugs,
            guint8             value)
{
  if (value >= g_strv_length ((char **) slugs))
    return;
  sm_json_writer_name (writer, name);
  sm_json_writer_text (writer, slugs[value]);
}

static void
write_numbers (SmJsonWriter          *writer,
               const SmVehicleReport *report,
               const Number          *of,
               guint                  n)
{
  for (guint i = 0; i < n; i++)
    {
      double value = G_STRUCT_MEMBER (double, report, of[i].offset);

      if (isnan (value))
        continue;
      sm_json_writer_name (writer, of[i].name);
      sm_json_writer_real (writer, value);
    }
}

static void
write_wholes (SmJsonWriter          *writer,
              const SmVehicleReport *report,
              const Number          *of,
              guint                  n)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 value = G_STRUCT_MEMBER (gint64, report, of[i].offset);

      if (value == SM_UNKNOWN || (double) value < of[i].min)
        continue;
      sm_json_writer_name (writer, of[i].name);
      sm_json_writer_int (writer, value);
    }
}

static void
write_moment (SmJsonWriter *writer,
              const char   *name,
              gint64        at)
{
  if (at == SM_UNKNOWN)
    return;
  sm_json_writer_name (writer, name);
  sm_json_writer_time (writer, at);
}

static void
write_queue (SmJsonWriter          *writer,
             const SmVehicleReport *report)
{
  write_slug (writer, "queue", sm_queue_states, report->queue);
  write_moment (writer, "queue_since", report->queue_since);
  write_moment (writer, "eta", report->eta);
}

static void
write_pack (SmJsonWriter          *writer,
            const SmVehicleReport *report)
{
  if (report->battery_sn != NULL)
    {
      sm_json_writer_name (writer, "battery_sn");
      sm_json_writer_text (writer, report->battery_sn);
    }
  sm_json_writer_name (writer, "pack");
  sm_json_writer_begin_object (writer);
  write_numbers (writer, report, pack_numbers, G_N_ELEMENTS (pack_numbers));
  write_wholes (writer, report, pack_wholes, G_N_ELEMENTS (pack_wholes));
  sm_json_writer_end_object (writer);
}

static void
write_report (SmJsonWriter          *writer,
              const SmVehicleReport *report)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "vin");
  sm_json_writer_text (writer, report->vin);
  sm_json_writer_name (writer, "at");
  sm_json_writer_time (writer, report->at_us);
  write_numbers (writer, report, numbers, G_N_ELEMENTS (numbers));
  write_wholes (writer, report, wholes, G_N_ELEMENTS (wholes));
  write_slug (writer, "motion", sm_motions, report->motion);
  write_slug (writer, "energy", sm_energies, report->energy);
  if (report->station_id > 0)
    write_queue (writer, report);
  if (report->logs_out)
    {
      sm_json_writer_name (writer, "logs_out");
      sm_json_writer_bool (writer, TRUE);
    }
  if (report->battery_id > 0 || report->battery_sn != NULL)
    write_pack (writer, report);
  sm_json_writer_end_object (writer);
}

/** sm_reports_write: Writes the body of an ingest request; what is unknown is left out. */
void
sm_reports_write (SmJsonWriter          *writer,
                  const SmVehicleReport *reports,
                  guint                  n_reports)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "reports");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < n_reports; i++)
    write_report (writer, &reports[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
}

static void
write_count (SmJsonWriter *writer,
             const char   *name,
             guint         count)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_int (writer, count);
}

static void
write_rejections (SmJsonWriter *writer,
                  const GArray *rejected)
{
  sm_json_writer_name (writer, "rejected");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; rejected != NULL && i < rejected->len; i++)
    {
      const SmReportRejection *rejection = &g_array_index (rejected, SmReportRejection, i);

      sm_json_writer_begin_object (writer);
      write_count (writer, "index", rejection->index);
      sm_json_writer_name (writer, "type");
      sm_json_writer_text (writer, rejection->slug);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

static void
write_notes (SmJsonWriter *writer,
             const GArray *notes)
{
  sm_json_writer_name (writer, "notes");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      const SmReportNote *entry = &g_array_index (notes, SmReportNote, i);

      sm_json_writer_begin_object (writer);
      write_count (writer, "index", entry->index);
      sm_json_writer_name (writer, "field");
      sm_json_writer_text (writer, entry->field);
      sm_json_writer_name (writer, "type");
      sm_json_writer_text (writer, entry->slug);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
}

/** sm_report_answer_write: Writes the answer to an ingest request. */
void
sm_report_answer_write (SmJsonWriter         *writer,
                        const SmReportAnswer *answer)
{
  sm_json_writer_begin_object (writer);
  write_count (writer, "accepted", answer->accepted);
  write_count (writer, "repeated", answer->repeated);
  write_count (writer, "late", answer->late);
  write_count (writer, "ahead", answer->ahead);
  write_rejections (writer, answer->rejected);
  write_notes (writer, answer->notes);
  sm_json_writer_end_object (writer);
}
