/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-quarters-private.h"

#include "sm-books-private.h"
#include "sm-civil.h"
#include "sm-rules-private.h"
#include "sm-statement.h"

#include <string.h>

#define QUARTER (15 * SM_MINUTE)
/* Two readings further apart say nothing of the quarters between them. */
#define MAX_GAP QUARTER

typedef struct
{
  gint64 station_id;
  gint64 at;
  gint64 meter_wh;
  gint64 quarter; /* the last that the station is counted in */
  gboolean dirty;
} Site;

typedef struct
{
  gint64 start, area_id, operator_id; /* the key */
  gint64 energy_wh;
  gint64 covered_us;
  gint64 stations;
} AreaQuarter;

typedef struct
{
  gint64 station_id, day, hour; /* the key */
  gint64 energy_wh;
} SiteHour;

/* What is to be added to the tables. */
typedef struct
{
  GHashTable *areas; /* of AreaQuarter */
  GHashTable *hours; /* of SiteHour */
} Totals;

struct _SmQuarters
{
  GHashTable *sites; /* station id -> Site */
  Totals totals;
};

/* The key of both is three numbers at their beginning. */
static guint
key_hash (gconstpointer data)
{
  const gint64 *key = data;

  return (guint) (key[0] / QUARTER * 31 + key[0]) * 2654435761u ^ (guint) (key[1] * 40503)
         ^ (guint) (key[2] * 131);
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  return memcmp (a, b, 3 * sizeof (gint64)) == 0;
}

static void
totals_init (Totals *self)
{
  self->areas = g_hash_table_new_full (key_hash, key_equal, NULL, g_free);
  self->hours = g_hash_table_new_full (key_hash, key_equal, NULL, g_free);
}

static void
totals_clear (Totals *self)
{
  g_clear_pointer (&self->areas, g_hash_table_unref);
  g_clear_pointer (&self->hours, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Totals, totals_clear)

static gpointer
find_or_add (GHashTable    *table,
             gconstpointer  key,
             gsize          size)
{
  gpointer found = g_hash_table_lookup (table, key);

  if (found == NULL)
    {
      found = g_memdup2 (key, size);
      g_hash_table_insert (table, found, found);
    }
  return found;
}

/* @start is in one quarter, and so in one hour of every clock on earth. */
static void
totals_add (Totals              *self,
            const SmBookStation *station,
            gint64               start,
            gint64               covered_us,
            gint64               energy_wh,
            gboolean             is_first)
{
  SmCivil civil = sm_civil_at (station->zone, start);
  SiteHour hour = { station->id, civil.day, sm_civil_hour (civil), 0 };
  AreaQuarter area = { start - start % QUARTER, station->area_id, station->operator_id, 0, 0, 0 };

  ((SiteHour *) find_or_add (self->hours, &hour, sizeof hour))->energy_wh += energy_wh;
  if (station->area_id != SM_UNKNOWN)
    {
      AreaQuarter *found = find_or_add (self->areas, &area, sizeof area);

      found->energy_wh += energy_wh;
      found->covered_us += covered_us;
      found->stations += is_first;
    }
}

static gboolean
write_area (SmConnection       *connection,
            const AreaQuarter  *area,
            GError            **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "INSERT INTO area_quarter (start, area_id, operator_id, energy_wh, covered_s, stations) "
      "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
      "energy_wh = energy_wh + excluded.energy_wh, covered_s = covered_s + excluded.covered_s, "
      "stations = stations + excluded.stations",
      error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, area->start);
  sm_statement_bind_int (statement, 1, area->area_id);
  sm_statement_bind_int (statement, 2, area->operator_id);
  sm_statement_bind_int (statement, 3, area->energy_wh);
  sm_statement_bind_real (statement, 4, (double) area->covered_us / SM_SECOND);
  sm_statement_bind_int (statement, 5, area->stations);
  return sm_statement_run (statement, error);
}

static gboolean
write_hour (SmConnection    *connection,
            const SiteHour  *hour,
            GError         **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "INSERT INTO station_hour (station_id, kind, business_day, hour, count, attempts, completed, "
      "energy_wh, amount_minor, wait_s, duration_s) VALUES (?, 'site', ?, ?, 0, 0, 0, ?, 0, 0, 0) "
      "ON CONFLICT DO UPDATE SET energy_wh = energy_wh + excluded.energy_wh",
      error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, hour->station_id);
  sm_statement_bind_int (statement, 1, hour->day);
  sm_statement_bind_int (statement, 2, hour->hour);
  sm_statement_bind_int (statement, 3, hour->energy_wh);
  return sm_statement_run (statement, error);
}

static gboolean
totals_write (const Totals  *self,
              SmConnection  *connection,
              GError       **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->areas);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!write_area (connection, value, error))
      return FALSE;
  g_hash_table_iter_init (&iter, self->hours);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!write_hour (connection, value, error))
      return FALSE;
  return TRUE;
}

/* --- the meters --- */

void
sm_quarters_free (SmQuarters *self)
{
  g_hash_table_unref (self->sites);
  totals_clear (&self->totals);
  g_free (self);
}

static gboolean
load_sites (SmQuarters    *self,
            SmConnection  *connection,
            GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection, "SELECT station_id, at, meter_wh, quarter FROM station_meter", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  while (sm_statement_step (statement, &has_row, error))
    {
      Site *site;

      if (!has_row)
        return TRUE;
      site = g_new0 (Site, 1);
      site->station_id = sm_statement_get_int (statement, 0);
      site->at = sm_statement_get_int (statement, 1);
      site->meter_wh = sm_statement_get_int (statement, 2);
      site->quarter = sm_statement_get_int (statement, 3);
      g_hash_table_insert (self->sites, &site->station_id, site);
    }
  return FALSE;
}

static SmQuarters *
get (SmRules  *rules,
     GError  **error)
{
  g_autoptr (SmQuarters) self = NULL;

  if (rules->quarters != NULL)
    return rules->quarters;
  self = g_new0 (SmQuarters, 1);
  self->sites = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  totals_init (&self->totals);
  if (!load_sites (self, sm_rules_get_connection (rules), error))
    return NULL;
  rules->quarters = g_steal_pointer (&self);
  return rules->quarters;
}

/* Shares what was counted between two readings out over the quarters that they
 * touch, by time, to the last Wh. */
static void
share_out (SmQuarters          *self,
           const SmBookStation *station,
           Site                *site,
           gint64               at,
           gint64               energy_wh)
{
  gint64 from = site->at, whole = at - site->at, given = 0;

  while (from < at)
    {
      gint64 quarter = from - from % QUARTER;
      gint64 to = MIN (quarter + QUARTER, at);
      gint64 until = (gint64) ((double) energy_wh * (double) (to - site->at) / (double) whole);

      if (to == at)
        until = energy_wh;
      totals_add (&self->totals, station, from, to - from, until - given, quarter > site->quarter);
      site->quarter = MAX (site->quarter, quarter);
      given = until;
      from = to;
    }
}

/**
 * sm_quarters_note:
 * @at_us: when its meter showed
 * @meter_wh: this
 *
 * The difference to the last reading goes to the quarter it was counted in.  A
 * meter that runs backwards was reset or changed, one that was not heard for
 * longer than a quarter has a gap: nothing is known of that time then, and
 * nothing is made up.
 */
gboolean
sm_quarters_note (SmRules *rules,
                  gint64   station_id,
                  gint64   at_us,
                  gint64   meter_wh)
{
  SmQuarters *self = get (rules, NULL);
  const SmBookStation *station = sm_books_find_station (rules, station_id, NULL);
  Site *site;

  if (self == NULL || station == NULL || meter_wh == SM_UNKNOWN || at_us == SM_UNKNOWN)
    return FALSE;
  site = g_hash_table_lookup (self->sites, &station_id);
  if (site == NULL)
    {
      site = g_new0 (Site, 1);
      site->station_id = station_id;
      site->quarter = G_MININT64;
      g_hash_table_insert (self->sites, &site->station_id, site);
    }
  else if (at_us <= site->at)
    return FALSE;
  else if (meter_wh >= site->meter_wh && at_us - site->at <= MAX_GAP)
    share_out (self, station, site, at_us, meter_wh - site->meter_wh);
  site->at = at_us;
  site->meter_wh = meter_wh;
  site->dirty = TRUE;
  return TRUE;
}

static gboolean
write_site (SmConnection  *connection,
            const Site    *site,
            GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "INSERT OR REPLACE INTO station_meter (station_id, at, meter_wh, quarter) "
      "VALUES (?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, site->station_id);
  sm_statement_bind_int (statement, 1, site->at);
  sm_statement_bind_int (statement, 2, site->meter_wh);
  sm_statement_bind_int (statement, 3, site->quarter);
  return sm_statement_run (statement, error);
}

static gboolean
write_sites (SmQuarters    *self,
             SmConnection  *connection,
             GError       **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sites);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Site *) value)->dirty && !write_site (connection, value, error))
      return FALSE;
  return TRUE;
}

/** sm_quarters_flush: Writes what was counted since the last time; kept when it cannot be. */
gboolean
sm_quarters_flush (SmRules  *rules,
                   GError  **error)
{
  SmQuarters *self = rules->quarters;
  SmConnection *connection;
  GHashTableIter iter;
  gpointer value;

  if (self == NULL)
    return TRUE;
  connection = sm_rules_get_connection (rules);
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (!totals_write (&self->totals, connection, error) || !write_sites (self, connection, error))
    {
      sm_rules_rollback (rules);
      return FALSE;
    }
  if (!sm_rules_commit (rules, error))
    return FALSE;
  g_hash_table_remove_all (self->totals.areas);
  g_hash_table_remove_all (self->totals.hours);
  g_hash_table_iter_init (&iter, self->sites);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Site *) value)->dirty = FALSE;
  return TRUE;
}

/** sm_quarters_add: @quarters: (nullable): of SmQuarter; in a transaction: what was counted once */
gboolean
sm_quarters_add (SmRules  *rules,
                 GArray   *quarters,
                 GError  **error)
{
  g_auto (Totals) totals = { 0 };

  totals_init (&totals);
  for (guint i = 0; quarters != NULL && i < quarters->len; i++)
    {
      const SmQuarter *quarter = &g_array_index (quarters, SmQuarter, i);
      const SmBookStation *station = sm_books_find_station (rules, quarter->station_id, error);

      if (station == NULL)
        return FALSE;
      totals_add (&totals, station, quarter->start_us, QUARTER, quarter->energy_wh, TRUE);
    }
  return totals_write (&totals, sm_rules_get_connection (rules), error);
}
