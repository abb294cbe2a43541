/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-live-codec.h"

#include "sm-row-codec.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/*
 * Columns, not rows: a name once, and arrays that the map draws from as they
 * are.  All arrays of a document have the same length; those that are missing
 * are unknown for all.
 */

typedef struct
{
  SmJsonReader *reader;
  guint n;         /* rows, once one column is whole */
  gboolean has_n;
  gint64 tick;

  gint64 *id;
  double *latitude;
  double *longitude;
  double *heading_deg;
  double *speed_kmh;
  double *soc;
  double *temperature_c;
  guint8 *motion;
  guint8 *energy;
  guint8 *connection;
  gint64 *reported_at;
  gint64 *battery_id;
  gint64 *range_m;
  gint64 *station_id;
  guint8 *queue;
  gint64 *queue_since;
  gint64 *eta;
  guint8 *reach;
  double *insulation_ohm_per_v;
  double *spread_mv;
} VehicleReader;

/* Reads up to @room elements of the array that was begun; fewer at its end. */
typedef guint (*ReadValues) (SmJsonReader      *reader,
                             const char *const *slugs,
                             gpointer           values,
                             guint              room);

static guint
read_ids (SmJsonReader      *reader,
          const char *const *slugs,
          gpointer           values,
          guint              room)
{
  gint64 *ids = values;
  guint n = sm_json_reader_read_ints (reader, 1, SM_JSON_MAX_ID - 1, ids, room);

  for (guint i = 0; i < n; i++)
    if (ids[i] == SM_UNKNOWN)
      sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "a row has no id");
  return n;
}

/* A whole number, or null. */
static guint
read_wholes (SmJsonReader      *reader,
             const char *const *slugs,
             gpointer           values,
             guint              room)
{
  return sm_json_reader_read_ints (reader, 0, SM_JSON_MAX_ID - 1, values, room);
}

static guint
read_numbers (SmJsonReader      *reader,
              const char *const *slugs,
              gpointer           values,
              guint              room)
{
  return sm_json_reader_read_reals (reader, values, room);
}

static guint
read_moments (SmJsonReader      *reader,
              const char *const *slugs,
              gpointer           values,
              guint              room)
{
  return sm_json_reader_read_times (reader, values, room);
}

static guint
read_slugs (SmJsonReader      *reader,
            const char *const *slugs,
            gpointer           values,
            guint              room)
{
  return sm_json_reader_read_slugs (reader, slugs, values, room);
}

#define COLUMN(name, member, size, read, slugs) \
  { name, G_STRUCT_OFFSET (VehicleReader, member), size, read, slugs }

static const struct
{
  const char *name;
  gsize offset; /* of the array's pointer in VehicleReader */
  gsize size;   /* of one value */
  ReadValues read;
  const char *const *slugs;
} columns[] = {
  COLUMN ("id", id, sizeof (gint64), read_ids, NULL),
  COLUMN ("latitude", latitude, sizeof (double), read_numbers, NULL),
  COLUMN ("longitude", longitude, sizeof (double), read_numbers, NULL),
  COLUMN ("heading_deg", heading_deg, sizeof (double), read_numbers, NULL),
  COLUMN ("speed_kmh", speed_kmh, sizeof (double), read_numbers, NULL),
  COLUMN ("soc", soc, sizeof (double), read_numbers, NULL),
  COLUMN ("pack_temperature_c", temperature_c, sizeof (double), read_numbers, NULL),
  COLUMN ("motion", motion, 1, read_slugs, sm_motions),
  COLUMN ("energy", energy, 1, read_slugs, sm_energies),
  COLUMN ("connection", connection, 1, read_slugs, sm_connections),
  COLUMN ("reported_at", reported_at, sizeof (gint64), read_moments, NULL),
  COLUMN ("battery_id", battery_id, sizeof (gint64), read_wholes, NULL),
  COLUMN ("range_m", range_m, sizeof (gint64), read_wholes, NULL),
  COLUMN ("station_id", station_id, sizeof (gint64), read_wholes, NULL),
  COLUMN ("queue", queue, 1, read_slugs, sm_queue_states),
  COLUMN ("queue_since", queue_since, sizeof (gint64), read_moments, NULL),
  COLUMN ("eta", eta, sizeof (gint64), read_moments, NULL),
  COLUMN ("reach", reach, 1, read_slugs, sm_reaches),
  COLUMN ("insulation_ohm_per_v", insulation_ohm_per_v, sizeof (double), read_numbers, NULL),
  COLUMN ("spread_mv", spread_mv, sizeof (double), read_numbers, NULL),
};

static void
fail_length (SmJsonReader *reader)
{
  sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "uneven-columns",
                       "the columns are not of the same length, or too long");
}

/* Reads one column; an array that was read before, of a member that comes
 * twice, is replaced.  There is room for one more value than may come, so that
 * a column that is full is known to have ended. */
static void
read_column (VehicleReader *self,
             guint          column)
{
  gpointer *array = G_STRUCT_MEMBER_P (self, columns[column].offset);
  guint limit = self->has_n ? self->n : SM_LIVE_MAX_ROWS;
  guint room = self->has_n ? self->n + 1 : 256;
  guint n = 0;

  sm_json_reader_begin_array (self->reader);
  for (;;)
    {
      *array = g_realloc_n (*array, room, columns[column].size);
      n += columns[column].read (self->reader, columns[column].slugs,
                                 (char *) *array + n * columns[column].size, room - n);
      if (n < room || n > limit)
        break;
      room = MIN (room * 2, SM_LIVE_MAX_ROWS + 1);
    }
  if (n > limit || (self->has_n && n < self->n))
    fail_length (self->reader);
  self->n = n;
  self->has_n = TRUE;
}

static void
read_vehicle_member (VehicleReader *self,
                     const char    *name)
{
  if (g_str_equal (name, "tick"))
    self->tick = sm_json_reader_read_int (self->reader, 0, SM_JSON_MAX_ID - 1);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (name, columns[i].name))
      {
        read_column (self, i);
        return;
      }
}

static guint16
heading_from_degrees (double degrees)
{
  if (!(fabs (degrees) <= 360.0))
    return SM_HEADING_UNKNOWN;
  return (guint16) (((int) lround (degrees) + 360) % 360);
}

static gboolean
is_position (double latitude,
             double longitude)
{
  return fabs (latitude) <= 90.0 && fabs (longitude) <= 180.0; /* FALSE for NAN */
}

static void
convert_positions (const VehicleReader *from,
                   SmVehicleColumns    *to)
{
  for (guint i = 0; i < to->n; i++)
    {
      gboolean has_place = from->latitude != NULL && from->longitude != NULL
                           && is_position (from->latitude[i], from->longitude[i]);

      to->at[i] = has_place ? sm_world_project (from->latitude[i], from->longitude[i])
                            : (SmWorldPoint){ 0, 0 };
      to->heading[i] = from->heading_deg != NULL ? heading_from_degrees (from->heading_deg[i])
                                                 : SM_HEADING_UNKNOWN;
    }
}

static void
take_floats (float        *to,
             const double *from,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    to[i] = from != NULL ? (float) from[i] : NAN;
}

static void
take_slugs (guint8 *to,
            guint8 *from,
            guint   n)
{
  if (from != NULL)
    memcpy (to, from, n);
  else
    memset (to, SM_ENUM_UNKNOWN, n);
}

static void
take_wholes (gint64       *to,
             const gint64 *from,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    to[i] = from != NULL ? from[i] : SM_UNKNOWN;
}

static SmVehicleBatch *
make_batch (const VehicleReader *from)
{
  SmVehicleBatch *batch = sm_vehicle_batch_new (from->n);
  SmVehicleColumns *to = &batch->columns;

  batch->tick = from->tick;
  if (from->n == 0)
    return batch;
  memcpy (to->id, from->id, from->n * sizeof *to->id);
  convert_positions (from, to);
  take_floats (to->speed_kmh, from->speed_kmh, to->n);
  take_floats (to->soc, from->soc, to->n);
  take_floats (to->temperature_c, from->temperature_c, to->n);
  take_slugs (to->motion, from->motion, to->n);
  take_slugs (to->energy, from->energy, to->n);
  take_slugs (to->connection, from->connection, to->n);
  take_slugs (to->queue, from->queue, to->n);
  take_slugs (to->reach, from->reach, to->n);
  take_wholes (to->reported_at, from->reported_at, to->n);
  take_wholes (to->battery_id, from->battery_id, to->n);
  take_wholes (to->range_m, from->range_m, to->n);
  take_wholes (to->station_id, from->station_id, to->n);
  take_wholes (to->queue_since, from->queue_since, to->n);
  take_wholes (to->eta, from->eta, to->n);
  take_floats (to->insulation_ohm_per_v, from->insulation_ohm_per_v, to->n);
  take_floats (to->spread_mv, from->spread_mv, to->n);
  return batch;
}

/**
 * sm_live_vehicles_read:
 *
 * Reads a /live/vehicles answer, the whole document.  Unknown columns are
 * skipped; positions that cannot be are unknown.
 *
 * Returns: (transfer full): the batch, NULL on an error
 */
SmVehicleBatch *
sm_live_vehicles_read (SmJsonReader  *reader,
                       GError       **error)
{
  VehicleReader self = { .reader = reader, .tick = SM_UNKNOWN };
  SmVehicleBatch *batch = NULL;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    read_vehicle_member (&self, name);
  if (self.tick == SM_UNKNOWN || self.id == NULL)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "no tick or no ids");
  if (sm_json_reader_finish (reader, error))
    batch = make_batch (&self);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_free (G_STRUCT_MEMBER (gpointer, &self, columns[i].offset));
  return batch;
}

static void
begin_column (SmJsonWriter *writer,
              const char   *name)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_begin_array (writer);
}

static void
write_floats (SmJsonWriter *writer,
              const char   *name,
              const float  *values,
              guint         n)
{
  begin_column (writer, name);
  for (guint i = 0; i < n; i++)
    sm_json_writer_float (writer, values[i]);
  sm_json_writer_end_array (writer);
}

static void
write_slugs (SmJsonWriter      *writer,
             const char        *name,
             const char *const *slugs,
             const guint8      *values,
             guint              n)
{
  guint n_slugs = g_strv_length ((char **) slugs);

  begin_column (writer, name);
  for (guint i = 0; i < n; i++)
    sm_json_writer_text (writer, values[i] < n_slugs ? slugs[values[i]] : NULL);
  sm_json_writer_end_array (writer);
}

static void
write_wholes (SmJsonWriter *writer,
              const char   *name,
              const gint64 *values,
              guint         n)
{
  begin_column (writer, name);
  for (guint i = 0; i < n; i++)
    if (values[i] == SM_UNKNOWN)
      sm_json_writer_null (writer);
    else
      sm_json_writer_int (writer, values[i]);
  sm_json_writer_end_array (writer);
}

static void
write_moments (SmJsonWriter *writer,
               const char   *name,
               const gint64 *values,
               guint         n)
{
  begin_column (writer, name);
  for (guint i = 0; i < n; i++)
    sm_json_writer_time (writer, values[i]);
  sm_json_writer_end_array (writer);
}

/* One world unit is 8e-8 degrees: more than 7 decimals would be noise. */
static double
round_degrees (double degrees)
{
  return round (degrees * 1e7) / 1e7;
}

static void
write_positions (SmJsonWriter           *writer,
                 const SmVehicleColumns *from)
{
  double latitude, longitude;

  for (guint axis = 0; axis < 2; axis++)
    {
      begin_column (writer, axis == 0 ? "latitude" : "longitude");
      for (guint i = 0; i < from->n; i++)
        if (from->at[i].x == 0 && from->at[i].y == 0)
          sm_json_writer_null (writer);
        else
          {
            sm_world_unproject (from->at[i], &latitude, &longitude);
            sm_json_writer_real (writer, round_degrees (axis == 0 ? latitude : longitude));
          }
      sm_json_writer_end_array (writer);
    }
  begin_column (writer, "heading_deg");
  for (guint i = 0; i < from->n; i++)
    if (from->heading[i] == SM_HEADING_UNKNOWN)
      sm_json_writer_null (writer);
    else
      sm_json_writer_int (writer, from->heading[i]);
  sm_json_writer_end_array (writer);
}

/** sm_live_vehicles_write: Writes a /live/vehicles answer. */
void
sm_live_vehicles_write (SmJsonWriter           *writer,
                        const SmVehicleColumns *from,
                        gint64                  tick)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "tick");
  sm_json_writer_int (writer, tick);
  begin_column (writer, "id");
  for (guint i = 0; i < from->n; i++)
    sm_json_writer_int (writer, from->id[i]);
  sm_json_writer_end_array (writer);
  write_positions (writer, from);
  write_floats (writer, "speed_kmh", from->speed_kmh, from->n);
  write_floats (writer, "soc", from->soc, from->n);
  write_floats (writer, "pack_temperature_c", from->temperature_c, from->n);
  write_slugs (writer, "motion", sm_motions, from->motion, from->n);
  write_slugs (writer, "energy", sm_energies, from->energy, from->n);
  write_slugs (writer, "connection", sm_connections, from->connection, from->n);
  write_moments (writer, "reported_at", from->reported_at, from->n);
  write_wholes (writer, "battery_id", from->battery_id, from->n);
  write_wholes (writer, "range_m", from->range_m, from->n);
  write_wholes (writer, "station_id", from->station_id, from->n);
  write_slugs (writer, "queue", sm_queue_states, from->queue, from->n);
  write_moments (writer, "queue_since", from->queue_since, from->n);
  write_moments (writer, "eta", from->eta, from->n);
  write_slugs (writer, "reach", sm_reaches, from->reach, from->n);
  write_floats (writer, "insulation_ohm_per_v", from->insulation_ohm_per_v, from->n);
  write_floats (writer, "spread_mv", from->spread_mv, from->n);
  sm_json_writer_end_object (writer);
}

static gboolean
is_live_column (const SmNoun *noun,
                guint         field)
{
  return field == SM_ROW_ID || noun->fields[field].klass == SM_LIVE;
}

/* Reads one column into the rows, which the first column makes. */
static void
read_row_column (SmJsonReader *reader,
                 const SmNoun *noun,
                 GPtrArray    *rows,
                 gboolean     *inout_has_rows,
                 guint         field)
{
  guint n = 0;

  sm_json_reader_begin_array (reader);
  while (sm_json_reader_next_element (reader))
    {
      if (n == (*inout_has_rows ? rows->len : SM_LIVE_MAX_ROWS))
        {
          fail_length (reader);
          return;
        }
      if (n == rows->len)
        g_ptr_array_add (rows, sm_row_new (noun));
      sm_row_read_field (reader, g_ptr_array_index (rows, n), field);
      n++;
    }
  if (n < rows->len)
    fail_length (reader);
  *inout_has_rows = TRUE;
}

static void
check_ids (SmJsonReader *reader,
           GPtrArray    *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (sm_row_is_null (g_ptr_array_index (rows, i), SM_ROW_ID))
      {
        sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "row %u has no id", i);
        return;
      }
}

/**
 * sm_live_rows_read:
 * @noun: whose live values these are
 * @out_tick: (out): ask for what came after this
 *
 * Reads a /live answer of any noun, the whole document, into rows that hold the
 * id and the live fields.
 *
 * Returns: (transfer full): of SmRow, NULL on an error
 */
GPtrArray *
sm_live_rows_read (SmJsonReader  *reader,
                   const SmNoun  *noun,
                   gint64        *out_tick,
                   GError       **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  gboolean has_rows = FALSE;
  gint64 tick = SM_UNKNOWN;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      int field = sm_noun_find_field (noun, name, strlen (name));

      if (g_str_equal (name, "tick"))
        tick = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID - 1);
      else if (field >= 0 && is_live_column (noun, (guint) field))
        read_row_column (reader, noun, rows, &has_rows, (guint) field);
    }
  check_ids (reader, rows);
  if (tick == SM_UNKNOWN || !has_rows)
    sm_json_reader_fail (reader, SM_ERROR_MALFORMED, "missing-member", "no tick or no ids");
  if (!sm_json_reader_finish (reader, error))
    return NULL;
  *out_tick = tick;
  return g_steal_pointer (&rows);
}

/** sm_live_rows_write: Writes a /live answer: id and live fields of @rows, of SmRow. */
void
sm_live_rows_write (SmJsonWriter *writer,
                    const SmNoun *noun,
                    GPtrArray    *rows,
                    gint64        tick)
{
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "tick");
  sm_json_writer_int (writer, tick);
  for (guint f = 0; f < noun->n_fields; f++)
    if (is_live_column (noun, f))
      {
        begin_column (writer, noun->fields[f].name);
        for (guint i = 0; i < rows->len; i++)
          sm_row_write_field (writer, g_ptr_array_index (rows, i), f);
        sm_json_writer_end_array (writer);
      }
  sm_json_writer_end_object (writer);
}
