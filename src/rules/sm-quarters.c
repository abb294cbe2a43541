/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-quarters-private.h"

#include "sm-books-private.h"
#include "sm-civil.h"
#include "sm-rollups-private.h"
#include "sm-rules-private.h"

#include <string.h>

#define QUARTER (15 * SM_MINUTE)
/* Two readings further apart say nothing of the quarters between them. */
#define MAX_GAP QUARTER
#define READINGS_MISSED 3.0

typedef struct
{
  SmStationMeter last; /* its key first */
  gboolean dirty;
} Site;

/* What is to be added to the tables. */
typedef struct
{
  GHashTable *areas; /* of SmAreaQuarter */
  SmRollups *hours;
} Totals;

struct _SmQuarters
{
  GHashTable *sites; /* station id -> Site */
  Totals totals;
};

/* The key is the three numbers at the beginning. */
static guint
key_hash (gconstpointer data)
{
  const SmAreaQuarter *q = data;

  return ((guint) (q->start / QUARTER) * 2654435761u) ^ ((guint) q->area_id * 40503u)
         ^ ((guint) q->operator_id * 131u);
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  return memcmp (a, b, G_STRUCT_OFFSET (SmAreaQuarter, energy_wh)) == 0;
}

static void
totals_init (Totals *self)
{
  self->areas = g_hash_table_new_full (key_hash, key_equal, NULL, g_free);
  self->hours = sm_rollups_new ();
}

static void
totals_clear (Totals *self)
{
  g_clear_pointer (&self->areas, g_hash_table_unref);
  g_clear_pointer (&self->hours, sm_rollups_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Totals, totals_clear)

/* @start is in one quarter, and so in one hour of every clock on earth. */
static void
totals_add (Totals              *self,
            const SmBookStation *station,
            gint64               start,
            gint64               covered_us,
            gint64               energy_wh,
            gboolean             is_first)
{
  SmCivil civil = sm_civil_at (station->day_zone, start);
  SmAreaQuarter key = { .start = start - start % QUARTER, .area_id = station->area_id,
                        .operator_id = station->operator_id };
  SmAreaQuarter *area;

  sm_rollups_count_site (self->hours, station->id, civil.day, sm_civil_hour (civil), energy_wh);
  if (station->area_id == SM_UNKNOWN)
    return;
  area = g_hash_table_lookup (self->areas, &key);
  if (area == NULL)
    {
      area = g_memdup2 (&key, sizeof key);
      g_hash_table_insert (self->areas, area, area);
    }
  area->energy_wh += energy_wh;
  area->covered_us += covered_us;
  area->stations += is_first;
}

static gboolean
totals_write (const Totals  *self,
              SmRules       *rules,
              GError       **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->areas);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!sm_area_quarter_add (connection, value, error))
      return FALSE;
  return sm_rollups_write (self->hours, rules, error);
}

/* --- the meters --- */

void
sm_quarters_free (SmQuarters *self)
{
  g_hash_table_unref (self->sites);
  totals_clear (&self->totals);
  g_free (self);
}

static Site *
add_site (SmQuarters           *self,
          const SmStationMeter *last)
{
  Site *site = g_new0 (Site, 1);

  site->last = *last;
  g_hash_table_insert (self->sites, &site->last.station_id, site);
  return site;
}

static gboolean
load_sites (SmQuarters    *self,
            SmConnection  *connection,
            GError       **error)
{
  g_autoptr (GArray) meters = sm_station_meter_list (connection, error);

  for (guint i = 0; meters != NULL && i < meters->len; i++)
    add_site (self, &g_array_index (meters, SmStationMeter, i));
  return meters != NULL;
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
  gint64 from = site->last.at, whole = at - site->last.at, given = 0;

  while (from < at)
    {
      gint64 quarter = from - from % QUARTER;
      gint64 to = MIN (quarter + QUARTER, at);
      gint64 until = (gint64) ((double) energy_wh * (double) (to - site->last.at) / (double) whole);

      if (to == at)
        until = energy_wh;
      totals_add (&self->totals, station, from, to - from, until - given, quarter > site->last.quarter);
      site->last.quarter = MAX (site->last.quarter, quarter);
      given = until;
      from = to;
    }
}

/* A meter that speaks every minute of the machine is not late in a network that runs faster. */
static gint64
longest_gap (SmRules *rules)
{
  return MAX (MAX_GAP, (gint64) (READINGS_MISSED * SM_MINUTE * sm_clock_get_rate (rules->network)));
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
    site = add_site (self, &(SmStationMeter){ station_id, at_us, meter_wh, 0 });
  else if (at_us <= site->last.at)
    return FALSE;
  else if (meter_wh >= site->last.meter_wh && at_us - site->last.at > longest_gap (rules))
    site->last.missed_wh += meter_wh - site->last.meter_wh;
  else if (meter_wh >= site->last.meter_wh)
    share_out (self, station, site, at_us, meter_wh - site->last.meter_wh);
  site->last.at = at_us;
  site->last.meter_wh = meter_wh;
  site->dirty = TRUE;
  return TRUE;
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
    if (((Site *) value)->dirty
        && !sm_station_meter_put (connection, &((Site *) value)->last, error))
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
  if (!totals_write (&self->totals, rules, error) || !write_sites (self, connection, error))
    {
      sm_rules_rollback (rules);
      return FALSE;
    }
  if (!sm_rules_commit (rules, error))
    return FALSE;
  g_hash_table_remove_all (self->totals.areas);
  sm_rollups_clear (self->totals.hours);
  g_hash_table_iter_init (&iter, self->sites);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Site *) value)->dirty = FALSE;
  return TRUE;
}

/* A quarter after the last reading is as good as a reading at its end: what the
 * meter shows next was counted since then. */
static gboolean
stand_for_reading (SmRules          *rules,
                   SmQuarters       *self,
                   const SmQuarter  *quarter,
                   GError          **error)
{
  Site *site = g_hash_table_lookup (self->sites, &quarter->station_id);

  if (site == NULL || quarter->start_us + QUARTER <= site->last.at)
    return TRUE;
  site->last.at = quarter->start_us + QUARTER;
  site->last.meter_wh += quarter->energy_wh;
  site->last.quarter = MAX (site->last.quarter, quarter->start_us);
  return sm_station_meter_put (sm_rules_get_connection (rules), &site->last, error);
}

/** sm_quarters_add: @quarters: (nullable): of SmQuarter; in a transaction: what was counted once */
gboolean
sm_quarters_add (SmRules  *rules,
                 GArray   *quarters,
                 GError  **error)
{
  SmQuarters *self = get (rules, error);
  g_auto (Totals) totals = { 0 };

  if (self == NULL)
    return FALSE;
  totals_init (&totals);
  for (guint i = 0; quarters != NULL && i < quarters->len; i++)
    {
      const SmQuarter *quarter = &g_array_index (quarters, SmQuarter, i);
      const SmBookStation *station = sm_books_find_station (rules, quarter->station_id, error);

      if (station == NULL || !stand_for_reading (rules, self, quarter, error))
        return FALSE;
      totals_add (&totals, station, quarter->start_us, QUARTER, quarter->energy_wh, TRUE);
    }
  return totals_write (&totals, rules, error);
}
