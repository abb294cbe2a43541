/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-rollups-private.h"

#include "sm-civil.h"
#include "sm-rules-private.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

struct _SmRollups
{
  GHashTable *tables[SM_ROLLUP_N_TABLES]; /* of SmRollup, by its key */
};

static guint
key_hash (gconstpointer data)
{
  const SmRollup *r = data;

  return ((guint) r->of_id * 2654435761u) ^ ((guint) r->period * 40503u) ^ ((guint) r->hour * 97u)
         ^ g_direct_hash (r->kind);
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  return memcmp (a, b, G_STRUCT_OFFSET (SmRollup, count)) == 0;
}

SmRollups *
sm_rollups_new (void)
{
  SmRollups *self = g_new0 (SmRollups, 1);

  for (guint i = 0; i < SM_ROLLUP_N_TABLES; i++)
    self->tables[i] = g_hash_table_new_full (key_hash, key_equal, NULL, g_free);
  return self;
}

void
sm_rollups_free (SmRollups *self)
{
  for (guint i = 0; i < SM_ROLLUP_N_TABLES; i++)
    g_hash_table_unref (self->tables[i]);
  g_free (self);
}

/** sm_rollups_clear: Nothing is to be added. */
void
sm_rollups_clear (SmRollups *self)
{
  for (guint i = 0; i < SM_ROLLUP_N_TABLES; i++)
    g_hash_table_remove_all (self->tables[i]);
}

static void
add (SmRollups      *self,
     SmRollupTable   table,
     const SmRollup *more)
{
  SmRollup *sum = g_hash_table_lookup (self->tables[table], more);

  if (sum == NULL)
    {
      sum = g_memdup2 (more, sizeof *more);
      g_hash_table_insert (self->tables[table], sum, sum);
      return;
    }
  sum->count += more->count;
  sum->attempts += more->attempts;
  sum->completed += more->completed;
  sum->energy_wh += more->energy_wh;
  sum->amount_minor += more->amount_minor;
  sum->wait_ms += more->wait_ms;
  sum->duration_ms += more->duration_ms;
}

static void
add_everywhere (SmRollups *self,
                SmRollup   rollup,
                gint64     fleet_id)
{
  add (self, SM_ROLLUP_STATION_HOUR, &rollup);
  rollup.hour = 0;
  add (self, SM_ROLLUP_STATION_DAY, &rollup);
  if (fleet_id != SM_UNKNOWN)
    {
      SmRollup of_fleet = rollup;

      of_fleet.of_id = fleet_id;
      add (self, SM_ROLLUP_FLEET_DAY, &of_fleet);
    }
  rollup.period = sm_civil_month ((int) rollup.period);
  add (self, SM_ROLLUP_STATION_MONTH, &rollup);
}

static gint64
int_or_0 (const SmRow *order,
          guint        field)
{
  gint64 value = sm_row_get_int (order, field);

  return value != SM_UNKNOWN ? value : 0;
}

static gint64
ms_or_0 (const SmRow *order,
         guint        field)
{
  double value = sm_row_get_real (order, field);

  return isfinite (value) ? llround (value * 1000) : 0;
}

/**
 * sm_rollups_count:
 * @sign: 1, or -1 for an order as it was before it was corrected
 *
 * Counts an order on the day and hour of its end; one that runs is not counted
 * yet.  An attempt is one that was begun, so that it was
 * completed or aborted and not cancelled; waiting and lasting are summed over
 * the completed ones, energy and amount over all.
 */
void
sm_rollups_count (SmRollups   *self,
                  const SmRow *order,
                  int          sign)
{
  guint process = sm_row_get_enum (order, SM_ORDER_PROCESS);
  gboolean completed = process == SM_ORDER_PROCESS_COMPLETED;
  SmRollup rollup = {
    .of_id = sm_row_get_int (order, SM_ORDER_STATION_ID),
    .kind = g_intern_string (sm_row_get_text (order, SM_ORDER_KIND)),
    .period = sm_row_get_int (order, SM_ORDER_BUSINESS_DAY),
    .hour = sm_row_get_int (order, SM_ORDER_HOUR),
    .count = sign,
    .attempts = completed || process == SM_ORDER_PROCESS_ABORTED ? sign : 0,
    .completed = completed ? sign : 0,
    .energy_wh = sign * int_or_0 (order, SM_ORDER_ENERGY_WH),
    .amount_minor = sign * int_or_0 (order, SM_ORDER_AMOUNT_MINOR),
    .wait_ms = completed ? sign * ms_or_0 (order, SM_ORDER_WAIT_S) : 0,
    .duration_ms = completed ? sign * ms_or_0 (order, SM_ORDER_DURATION_S) : 0,
  };

  if (rollup.period != SM_UNKNOWN)
    add_everywhere (self, rollup, sm_row_get_int (order, SM_ROW_FLEET_ID));
}

/** sm_rollups_count_site: What the station's meter counted in an hour. */
void
sm_rollups_count_site (SmRollups *self,
                       gint64     station_id,
                       int        day,
                       int        hour,
                       gint64     energy_wh)
{
  SmRollup rollup = { .of_id = station_id, .kind = g_intern_static_string ("site"), .period = day,
                      .hour = hour, .energy_wh = energy_wh };

  add_everywhere (self, rollup, SM_UNKNOWN);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const SmRollup *x = *(const SmRollup *const *) a, *y = *(const SmRollup *const *) b;
  int kinds;

  if (x->of_id != y->of_id)
    return x->of_id < y->of_id ? -1 : 1;
  kinds = strcmp (x->kind, y->kind);
  if (kinds != 0)
    return kinds;
  if (x->period != y->period)
    return x->period < y->period ? -1 : 1;
  return (int) (x->hour - y->hour);
}

/** sm_rollups_list: Returns: (transfer container): what goes to @table (SmRollup), by rising key */
GPtrArray *
sm_rollups_list (SmRollups     *self,
                 SmRollupTable  table)
{
  GPtrArray *list = g_ptr_array_sized_new (g_hash_table_size (self->tables[table]));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tables[table]);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (list, value);
  g_ptr_array_sort (list, compare);
  return list;
}

/** sm_rollups_first_hour_day: Returns: the first day of which hours are kept, yyyymmdd */
int
sm_rollups_first_hour_day (SmRules *rules)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (rules->time_zone);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  SmCivil today = sm_civil_at (zone != NULL ? zone : utc, sm_rules_now (rules));

  return sm_civil_add_days (today.day, -SM_KEEP_HOURS_DAYS);
}

/** sm_rollups_write: Adds it to the tables, in the caller's transaction. */
gboolean
sm_rollups_write (SmRollups  *self,
                  SmRules    *rules,
                  GError    **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  int first_hour_day = sm_rollups_first_hour_day (rules);

  for (guint table = 0; table < SM_ROLLUP_N_TABLES; table++)
    {
      g_autoptr (GPtrArray) list = sm_rollups_list (self, table);

      for (guint i = 0; i < list->len; i++)
        {
          const SmRollup *rollup = list->pdata[i];

          if (table == SM_ROLLUP_STATION_HOUR && rollup->period < first_hour_day)
            continue;
          if (!sm_rollup_add (connection, table, rollup, error))
            return FALSE;
        }
    }
  return TRUE;
}
