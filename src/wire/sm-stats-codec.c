/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-stats-codec.h"

#include <math.h>
#include <string.h>

#include "sm-time.h"

/* The members of an object that stands for a plain struct. */
typedef struct
{
  const char *name;
  gboolean is_real; /* else a gint64 */
  gsize offset;
} Member;

#define INT(type, name) { #name, FALSE, G_STRUCT_OFFSET (type, name) }
#define REAL(type, name) { #name, TRUE, G_STRUCT_OFFSET (type, name) }

static const Member kind_members[] = {
  INT (SmStatsKind, last_hour), REAL (SmStatsKind, usual_hour), INT (SmStatsKind, attempts),
  INT (SmStatsKind, completed), REAL (SmStatsKind, median_s), REAL (SmStatsKind, median_wait_s),
};
static const Member day_members[] = {
  INT (SmStatsDay, orders),    INT (SmStatsDay, swaps),        INT (SmStatsDay, charges),
  INT (SmStatsDay, energy_wh), INT (SmStatsDay, amount_minor), REAL (SmStatsDay, carbon_kg),
};
static const Member carbon_members[] = {
  REAL (SmCarbonFactors, diesel_l_per_100km),
  REAL (SmCarbonFactors, diesel_kg_per_l),
  REAL (SmCarbonFactors, truck_kwh_per_km),
  REAL (SmCarbonFactors, grid_kg_per_kwh),
};

/* The objects in SmStatsNow. */
static const struct
{
  const char *name;
  const Member *members;
  guint n_members;
  gsize offset;
} objects[] = {
  { "swaps", kind_members, G_N_ELEMENTS (kind_members), G_STRUCT_OFFSET (SmStatsNow, swaps) },
  { "charges", kind_members, G_N_ELEMENTS (kind_members), G_STRUCT_OFFSET (SmStatsNow, charges) },
  { "today", day_members, G_N_ELEMENTS (day_members), G_STRUCT_OFFSET (SmStatsNow, today) },
  { "yesterday_same_time", day_members, G_N_ELEMENTS (day_members),
    G_STRUCT_OFFSET (SmStatsNow, yesterday_same_time) },
  { "carbon", carbon_members, G_N_ELEMENTS (carbon_members), G_STRUCT_OFFSET (SmStatsNow, carbon) },
};
static const struct
{
  const char *name;
  gsize offset;
  guint n;
} days[] = {
  { "load_today_kw", G_STRUCT_OFFSET (SmStatsNow, load_today_kw), SM_DAY_QUARTERS },
  { "load_yesterday_kw", G_STRUCT_OFFSET (SmStatsNow, load_yesterday_kw), SM_DAY_QUARTERS },
  { "swaps_today", G_STRUCT_OFFSET (SmStatsNow, swaps_today), SM_DAY_HOURS },
  { "swaps_yesterday", G_STRUCT_OFFSET (SmStatsNow, swaps_yesterday), SM_DAY_HOURS },
};

static void
write_object (SmJsonWriter  *writer,
              const Member  *members,
              guint          n_members,
              gconstpointer  data)
{
  sm_json_writer_begin_object (writer);
  for (guint i = 0; i < n_members; i++)
    {
      gconstpointer value = (const char *) data + members[i].offset;

      sm_json_writer_name (writer, members[i].name);
      if (members[i].is_real)
        sm_json_writer_real (writer, *(const double *) value);
      else
        sm_json_writer_int (writer, *(const gint64 *) value);
    }
  sm_json_writer_end_object (writer);
}

void
sm_carbon_write (SmJsonWriter          *writer,
                 const SmCarbonFactors *factors)
{
  write_object (writer, carbon_members, G_N_ELEMENTS (carbon_members), factors);
}

/** sm_stats_now_write: Writes @stats as an object; what is not known is null. */
void
sm_stats_now_write (SmJsonWriter     *writer,
                    const SmStatsNow *stats)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "as_of");
  sm_json_writer_time (writer, stats->as_of);
  sm_json_writer_name (writer, "currency");
  sm_json_writer_text (writer, *stats->currency != '\0' ? stats->currency : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      sm_json_writer_name (writer, objects[i].name);
      write_object (writer, objects[i].members, objects[i].n_members,
                    (const char *) stats + objects[i].offset);
    }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      const double *values = (gconstpointer) ((const char *) stats + days[i].offset);

      sm_json_writer_name (writer, days[i].name);
      sm_json_writer_begin_array (writer);
      for (guint k = 0; k < days[i].n; k++)
        sm_json_writer_real (writer, values[k]);
      sm_json_writer_end_array (writer);
    }
  sm_json_writer_end_object (writer);
}

static void
read_member (SmJsonReader *reader,
             const Member *member,
             gpointer      data)
{
  gpointer value = (char *) data + member->offset;
  gint64 number;

  if (member->is_real)
    {
      *(double *) value = sm_json_reader_read_real (reader);
      return;
    }
  number = sm_json_reader_read_int (reader, -SM_JSON_MAX_ID, SM_JSON_MAX_ID);
  *(gint64 *) value = number != SM_UNKNOWN ? number : 0;
}

static void
read_object (SmJsonReader *reader,
             const Member *members,
             guint         n_members,
             gpointer      data)
{
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      guint i = 0;

      while (i < n_members && strcmp (members[i].name, name) != 0)
        i++;
      if (i < n_members)
        read_member (reader, &members[i], data);
      else
        sm_json_reader_skip_value (reader);
    }
}

/* A day that is shorter here than there leaves the rest unknown. */
static void
read_day (SmJsonReader *reader,
          double       *values,
          guint         n)
{
  for (guint i = 0; i < n; i++)
    values[i] = NAN;
  sm_json_reader_begin_array (reader);
  if (sm_json_reader_read_reals (reader, values, n) == n)
    while (sm_json_reader_next_element (reader))
      sm_json_reader_skip_value (reader);
}

static void
read_currency (SmJsonReader *reader,
               SmStatsNow   *stats)
{
  const char *text;

  *stats->currency = '\0';
  if (sm_json_reader_read_null (reader))
    return;
  text = sm_json_reader_read_text (reader, NULL);
  if (text != NULL)
    g_strlcpy (stats->currency, text, sizeof stats->currency);
}

static gboolean
read_part (SmJsonReader *reader,
           const char   *name,
           SmStatsNow   *stats)
{
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    if (strcmp (objects[i].name, name) == 0)
      {
        read_object (reader, objects[i].members, objects[i].n_members,
                     (char *) stats + objects[i].offset);
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (strcmp (days[i].name, name) == 0)
      {
        read_day (reader, (gpointer) ((char *) stats + days[i].offset), days[i].n);
        return TRUE;
      }
  return FALSE;
}

/** sm_stats_now_read: Reads the document; what it does not say is not known. */
gboolean
sm_stats_now_read (SmJsonReader  *reader,
                   SmStatsNow    *out_stats,
                   GError       **error)
{
  const char *name;

  sm_stats_now_init (out_stats);
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      if (strcmp (name, "as_of") == 0)
        out_stats->as_of = sm_json_reader_read_time (reader);
      else if (strcmp (name, "currency") == 0)
        read_currency (reader, out_stats);
      else if (!read_part (reader, name, out_stats))
        sm_json_reader_skip_value (reader);
    }
  return sm_json_reader_finish (reader, error);
}

static void
read_rollup (SmJsonReader *reader,
             SmStationDay *day)
{
  SmStationDayKind read = { 0, 0, NAN };
  SmStationDayKind *kind = NULL;
  gint64 business_day = 0;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "kind") == 0)
      {
        const char *text = sm_json_reader_read_text (reader, NULL);

        kind = g_strcmp0 (text, "swap") == 0     ? &day->swaps
               : g_strcmp0 (text, "charge") == 0 ? &day->charges
                                                 : NULL;
      }
    else if (strcmp (name, "business_day") == 0)
      business_day = sm_json_reader_read_int (reader, 0, 99991231);
    else if (strcmp (name, "attempts") == 0)
      read.attempts = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (strcmp (name, "completed") == 0)
      read.completed = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    else if (strcmp (name, "median_s") == 0)
      read.median_s = sm_json_reader_read_real (reader);
    else
      sm_json_reader_skip_value (reader);
  if (kind != NULL && business_day == day->business_day)
    *kind = read;
}

/** sm_station_day_read: Reads of the rollups of one station that day's; without any, nothing ended. */
gboolean
sm_station_day_read (SmJsonReader  *reader,
                     int            business_day,
                     SmStationDay  *out_day,
                     GError       **error)
{
  const char *name;

  *out_day = (SmStationDay){ SM_UNKNOWN, business_day, { 0, 0, NAN }, { 0, 0, NAN } };
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (strcmp (name, "as_of") == 0)
      out_day->as_of = sm_json_reader_read_time (reader);
    else if (strcmp (name, "items") == 0)
      {
        sm_json_reader_begin_array (reader);
        while (sm_json_reader_next_element (reader))
          read_rollup (reader, out_day);
      }
    else
      sm_json_reader_skip_value (reader);
  return sm_json_reader_finish (reader, error);
}
