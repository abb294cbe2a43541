/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-disk-forecast.h"

#include <string.h>

#include "sm-error.h"
#include "sm-rollups-private.h"
#include "sm-rules-private.h"
#include "sm-telemetry-private.h"

/*
 * What the service's files will take.  Each table has a line here: one that only grows with
 * what is registered, or one that grows by itself, with when its rows were added and how
 * long they are kept.  A table without one fails a test.
 */

typedef struct
{
  const char *file, *table;
  const char *column; /* NULL: grows with what is registered */
  SmDiskMoment moment;
  gint64 keep_us; /* 0: for good */
} Known;

#define REGISTERED(t) { "", t, NULL, SM_DISK_MICROSECONDS, 0 }
#define GROWS(t, column, keep) { "", t, column, SM_DISK_MICROSECONDS, keep }

static const Known known[] = {
  REGISTERED ("meta"),
  REGISTERED ("area"),
  REGISTERED ("fleet"),
  REGISTERED ("station"),
  REGISTERED ("pile"),
  REGISTERED ("connector"),
  REGISTERED ("vehicle"),
  REGISTERED ("limit"),
  REGISTERED ("user"),
  REGISTERED ("gateway"),
  REGISTERED ("organisation"),
  REGISTERED ("service_point"),
  REGISTERED ("engineer"),
  REGISTERED ("driver"),
  REGISTERED ("battery_model"),
  REGISTERED ("compatibility"),
  REGISTERED ("battery"),
  REGISTERED ("lane"),
  REGISTERED ("bay"),
  REGISTERED ("equipment"),
  REGISTERED ("tariff"),
  REGISTERED ("index_aside"),
  REGISTERED ("station_meter"),
  REGISTERED ("fault_code_edit"),
  REGISTERED ("fault_code_line"),
  REGISTERED ("desk"),
  REGISTERED ("part"),
  REGISTERED ("certificate"),
  REGISTERED ("contact"),
  REGISTERED ("contact_address"),
  REGISTERED ("inspection_template"),
  /* One for each alarm or work order that is open. */
  REGISTERED ("work_order_alarm"),
  REGISTERED ("tell_due"),
  REGISTERED ("tell_subject"),
  REGISTERED ("tell_count"),
  GROWS ("session", "refresh_expires_at", 30 * SM_DAY),
  GROWS ("tombstone", "deleted_at", SM_KEEP_TOMBSTONES),
  GROWS ("idempotency_key", "created_at", SM_KEEP_KEYS),
  GROWS ("audit_log", "at", 0),
  GROWS ("alarm", "raised_at", 0),
  GROWS ("alarm_transition", "at", 0),
  GROWS ("alarm_step", "at", 0),
  GROWS ("alarm_call", "at", 0),
  GROWS ("order", "created_at", 0),
  GROWS ("battery_movement", "at", 0),
  GROWS ("driving_event", "at", 0),
  GROWS ("command", "requested_at", 0),
  GROWS ("maintenance_window", "starts_at", SM_KEEP_RECORDS),
  GROWS ("roster_entry", "from_at", SM_KEEP_ROSTER),
  GROWS ("handover", "begun_at", SM_KEEP_RECORDS),
  GROWS ("inspection", "planned_at", SM_KEEP_RECORDS),
  GROWS ("safety_incident", "reported_at", SM_KEEP_RECORDS),
  GROWS ("complaint", "received_at", SM_KEEP_RECORDS),
  GROWS ("desk_answer", "at", SM_KEEP_RECORDS),
  GROWS ("drill_step", "at", SM_KEEP_RECORDS),
  GROWS ("drill_look", "at", SM_KEEP_RECORDS),
  GROWS ("guidance", "proposed_at", SM_KEEP_RECORDS),
  GROWS ("work_order", "created_at", 0),
  GROWS ("work_order_event", "at", 0),
  GROWS ("work_order_photo", "at", 0),
  GROWS ("problem_record", "opened_at", 0),
  GROWS ("scan_report", "at", 0),
  GROWS ("notification", "at", SM_KEEP_NOTIFICATIONS),
  GROWS ("area_quarter", "start", SM_KEEP_QUARTERS_DAYS * SM_DAY),
  { "", "station_hour", "business_day", SM_DISK_DAYS, SM_KEEP_HOURS_DAYS * SM_DAY },
  { "", "station_day", "business_day", SM_DISK_DAYS, 0 },
  { "", "fleet_day", "business_day", SM_DISK_DAYS, 0 },
  { "", "station_month", "month", SM_DISK_MONTHS, 0 },
  { "-telemetry", "samples", "hour", SM_DISK_HOURS, SM_TELEMETRY_KEEP_SAMPLES },
  { "-telemetry", "quarters", "hour", SM_DISK_HOURS, SM_TELEMETRY_KEEP_QUARTERS },
  { "-telemetry", "alarm_was", "until", SM_DISK_MICROSECONDS, SM_TELEMETRY_KEEP_QUARTERS },
};

static const Known live = { "-live", "", NULL, SM_DISK_MICROSECONDS, 0 };

static const Known *
find (const char *file,
      const char *table)
{
  /* One row for each thing that is registered. */
  if (strcmp (file, "-live") == 0 && g_str_has_suffix (table, "_live"))
    return &live;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].file, file) == 0 && strcmp (known[i].table, table) == 0)
      return &known[i];
  return NULL;
}

/** sm_disk_forecast_knows: Whether it is known of a table how it grows. */
gboolean
sm_disk_forecast_knows (const char *file,
                        const char *table)
{
  return find (file, table) != NULL;
}

/** sm_disk_forecast_bytes: What a table takes in @days days, when it goes on as in the last week. */
gint64
sm_disk_forecast_bytes (const SmDiskLine *line,
                        gint64            days)
{
  double rows = (double) line->use.rows + line->use.rows_a_day * (double) days;

  if (!line->grows || line->use.rows == 0)
    return line->use.bytes;
  /* What is kept for a time stops growing; pages that were taken once are used again. */
  if (line->keep_us > 0)
    rows = MIN (rows, MAX ((double) line->use.rows,
                           line->use.rows_a_day * (double) line->keep_us / SM_DAY));
  return (gint64) ((double) line->use.bytes * (rows / (double) line->use.rows));
}

static void
line_free (SmDiskLine *line)
{
  g_free (line->table);
  g_free (line);
}

static gboolean
read_table (SmConnection  *connection,
            const char    *file,
            const char    *table,
            GPtrArray     *lines,
            GError       **error)
{
  const Known *what = find (file, table);
  SmDiskLine *line = g_new0 (SmDiskLine, 1);

  g_ptr_array_add (lines, line);
  line->file = file;
  line->table = g_strdup (table);
  line->grows = what != NULL && what->column != NULL;
  line->keep_us = what != NULL ? what->keep_us : 0;
  return sm_disk_use_read (connection, table, what != NULL ? what->column : NULL,
                           what != NULL ? what->moment : SM_DISK_MICROSECONDS, &line->use, error);
}

/* A file that is not there has no tables. */
static gboolean
read_file (const char  *path,
           const char  *file,
           GPtrArray   *lines,
           GError     **error)
{
  g_autofree char *name = g_strconcat (path, file, NULL);
  g_autoptr (SmConnection) connection = NULL;
  g_auto (GStrv) tables = NULL;

  if (*file != '\0' && !g_file_test (name, G_FILE_TEST_EXISTS))
    return TRUE;
  connection = sm_connection_open (name, SM_OPEN_READ_ONLY, error);
  if (connection != NULL)
    tables = sm_disk_use_list (connection, error);
  for (guint i = 0; tables != NULL && tables[i] != NULL; i++)
    if (!read_table (connection, file, tables[i], lines, error))
      return FALSE;
  return tables != NULL;
}

static gint64
count_bytes (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  guint64 bytes = 0;

  g_file_measure_disk_usage (file, G_FILE_MEASURE_NONE, NULL, NULL, NULL, &bytes, NULL, NULL, NULL);
  return (gint64) bytes;
}

/* They grow as what is written of them does. */
static void
add_photos (const char *path,
            GPtrArray  *lines)
{
  g_autofree char *folder = g_strconcat (path, "-photos", NULL);
  SmDiskLine *line = g_new0 (SmDiskLine, 1);

  line->file = "-photos";
  line->table = g_strdup ("*");
  line->grows = TRUE;
  for (guint i = 0; i < lines->len; i++)
    {
      const SmDiskLine *other = lines->pdata[i];

      if (strcmp (other->table, "work_order_photo") == 0)
        line->use = other->use;
    }
  line->use.bytes = count_bytes (folder);
  g_ptr_array_add (lines, line);
}

/**
 * sm_disk_forecast_read:
 * @path: the network's database; a service may live on it meanwhile
 * @days: how far ahead
 *
 * Reads all of the files: for a command, not for a service.
 *
 * Returns: (transfer full) (nullable): of SmDiskLine
 */
GPtrArray *
sm_disk_forecast_read (const char  *path,
                       gint64       days,
                       GError     **error)
{
  static const char *const files[] = { "", "-live", "-telemetry" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (!read_file (path, files[i], lines, error))
      return NULL;
  add_photos (path, lines);
  for (guint i = 0; i < lines->len; i++)
    {
      SmDiskLine *line = lines->pdata[i];

      line->bytes_later = sm_disk_forecast_bytes (line, days);
    }
  return g_steal_pointer (&lines);
}
