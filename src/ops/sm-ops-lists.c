/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-alarm.h"
#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-positions.h"
#include "sm-row-list.h"

#include <string.h>

/* The list that a link opens, and the link that each figure has. */

/* Which stations, or which alarms. */
typedef struct
{
  const SmNoun *noun;
  GArray *masks;    /* of Mask */
  SmDirectory *directory;
  gint64 area_id;
  gint64 station_id;
  gboolean lacking;
  gboolean waiting;
  gboolean unacked;
} RowFilter;

typedef struct
{
  guint field;
  guint mask;
} Mask;

static void
row_filter_free (gpointer data)
{
  RowFilter *self = data;

  g_array_unref (self->masks);
  g_clear_object (&self->directory);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RowFilter, row_filter_free)

static gboolean
take_yes (const char *value,
          gboolean   *out)
{
  *out = g_str_equal (value, "yes");
  return *out;
}

static gboolean
take_mask (RowFilter  *self,
           const char *key,
           const char *value)
{
  static const char *const levels[] = { "unknown", "1", "2", "3", "4", NULL };
  int field = sm_noun_find_field (self->noun, key, strlen (key));
  Mask mask = { (guint) field, 0 };

  if (field == SM_ALARM_LEVEL && self->noun->id == SM_NOUN_ALARM)
    {
      if (!sm_query_mask (value, levels, &mask.mask))
        return FALSE;
    }
  else if (field < 0 || self->noun->fields[field].kind != SM_KIND_ENUM
           || !sm_query_mask (value, self->noun->fields[field].slugs, &mask.mask))
    return FALSE;
  g_array_append_val (self->masks, mask);
  return TRUE;
}

static gboolean
take_param (const char *key,
            const char *value,
            gpointer    user_data)
{
  RowFilter *self = user_data;

  if (g_str_equal (key, "area"))
    return sm_query_id (value, &self->area_id);
  if (g_str_equal (key, "station"))
    return sm_query_id (value, &self->station_id);
  if (g_str_equal (key, "lacking") && self->noun->id == SM_NOUN_STATION)
    return take_yes (value, &self->lacking);
  if (g_str_equal (key, "waiting") && self->noun->id == SM_NOUN_STATION)
    return take_yes (value, &self->waiting);
  if (g_str_equal (key, "unacked") && self->noun->id == SM_NOUN_ALARM)
    return take_yes (value, &self->unacked);
  return take_mask (self, key, value);
}

static guint
value_of (const SmRow *row,
          guint        field)
{
  const SmNoun *noun = sm_row_get_noun (row);

  if (noun->id == SM_NOUN_ALARM && field == SM_ALARM_LEVEL)
    {
      gint64 level = sm_row_get_int (row, field);

      return level >= 1 && level <= 4 ? (guint) level : 0;
    }
  /* What a station says that is null or new is an unknown service. */
  if (noun->id == SM_NOUN_STATION && field == SM_STATION_SERVICE)
    return sm_station_get_service (row);
  return sm_row_get_enum (row, field);
}

static gboolean
is_unacked (const SmRow *row)
{
  guint state = sm_row_get_enum (row, SM_ALARM_STATE);

  return state == SM_ALARM_UNACKED || state == SM_ALARM_RETURNED_UNACKED;
}

static gboolean
match (const SmRow *row,
       gpointer     user_data)
{
  const RowFilter *self = user_data;
  guint station_field = self->noun->id == SM_NOUN_STATION ? SM_STATION_ID : SM_ALARM_STATION_ID;

  for (guint i = 0; i < self->masks->len; i++)
    {
      const Mask *mask = &g_array_index (self->masks, Mask, i);

      if (!sm_mask_has (mask->mask, value_of (row, mask->field)))
        return FALSE;
    }
  return (!self->lacking || sm_station_is_lacking (row))
         && (!self->waiting
             || (!sm_row_is_null (row, SM_STATION_WAITING)
                 && sm_row_get_int (row, SM_STATION_WAITING) > 0))
         && (!self->unacked || is_unacked (row))
         && (self->station_id == 0 || sm_row_get_int (row, station_field) == self->station_id)
         && (self->area_id == 0
             || sm_directory_is_within (self->directory, SM_NOUN_AREA,
                                        sm_row_get_int (row, SM_ROW_AREA_ID), self->area_id));
}

static GListModel *
open_rows (SmOps         *self,
           SmNounId       noun,
           GListModel    *source,
           const SmLink  *link,
           GError       **error)
{
  g_autoptr (RowFilter) filter = g_new0 (RowFilter, 1);

  filter->noun = sm_noun_get (noun);
  filter->masks = g_array_new (FALSE, FALSE, sizeof (Mask));
  filter->directory = g_object_ref (self->directory);
  if (!sm_query_read (link, take_param, filter, error))
    return NULL;
  return G_LIST_MODEL (
      sm_row_list_new (source, match, g_steal_pointer (&filter), row_filter_free));
}

static GListModel *
open_vehicles (SmOps         *self,
               const SmLink  *link,
               GError       **error)
{
  g_autoptr (SmVehicleFilter) filter = sm_vehicle_filter_from_link (link, error);
  SmVehicleTable *table;

  if (filter == NULL)
    return NULL;
  table = sm_ops_vehicle_table_new (self);
  sm_vehicle_table_set_filter (table, filter);
  return G_LIST_MODEL (table);
}

static GListModel *
open_piles (SmOps         *self,
            const SmLink  *link,
            GError       **error)
{
  g_autoptr (SmPileFilter) filter = sm_pile_filter_from_link (link, error);
  SmPileTable *table;

  if (filter == NULL)
    return NULL;
  table = sm_ops_pile_table_new (self);
  sm_pile_table_set_filter (table, filter);
  return G_LIST_MODEL (table);
}

static GListModel *
open_history (SmOps         *self,
              const SmNoun  *noun,
              const SmLink  *link,
              GError       **error)
{
  g_autoptr (SmHistoryFilter) filter
      = sm_history_filter_from_link (link, sm_clock_now (self->clock),
                                     sm_status_get_time_zone (self->status), error);

  return filter != NULL ? G_LIST_MODEL (sm_ops_history_new (self, noun->id, filter)) : NULL;
}

/**
 * sm_ops_open_list:
 * @link: as stationmaster:stations?service=degraded, whose page is vehicles,
 *   stations, piles, alarms (open ones), or the plural of a history
 *
 * Returns: (transfer full) (nullable): the rows that a figure with this link
 *   counts, kept up to date; an error for what is no such link
 */
GListModel *
sm_ops_open_list (SmOps         *self,
                  const SmLink  *link,
                  GError       **error)
{
  const SmNoun *noun;

  g_return_val_if_fail (SM_IS_OPS (self) && link != NULL, NULL);

  noun = sm_noun_by_plural (sm_link_get_page (link));
  if (noun != NULL && noun->is_history)
    return open_history (self, noun, link, error);
  switch (noun != NULL ? noun->id : SM_N_NOUNS)
    {
    case SM_NOUN_VEHICLE:
      return open_vehicles (self, link, error);
    case SM_NOUN_PILE:
      return open_piles (self, link, error);
    case SM_NOUN_STATION:
      return open_rows (self, SM_NOUN_STATION, G_LIST_MODEL (self->stations), link, error);
    case SM_NOUN_ALARM:
      return open_rows (self, SM_NOUN_ALARM, sm_ops_get_alarms (self), link, error);
    default:
      sm_set_error (error, SM_ERROR_INVALID, "bad-link", "there is no list of this");
      return NULL;
    }
}
