/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-station-known.h"

#include <math.h>
#include <string.h>

#include "sm-item.h"

#define N_LEVELS 4

/* A list is followed: of each of its items there is an entry at the same place, which is
 * read again when the item's row is another, and not when another item's is. */
typedef struct _Followed Followed;

typedef struct
{
  Followed *of;
  SmItem *item;
  gulong handler;
  gboolean is_read;
  SmStation station; /* of a station: row is NULL when it does not say where it is */
  gint64 alarm_at;   /* of an alarm: the station that it stands on; 0: on none */
  guint8 level;
} Entry;

struct _Followed
{
  SmStationKnown *known;
  GListModel *model;
  gulong handler;
  GPtrArray *entries; /* of Entry */
};

struct _SmStationKnown
{
  GFunc changed;
  gpointer user_data;
  Followed stations;
  Followed alarms;
  GHashTable *levels; /* station id -> guint[N_LEVELS]: how many are open of each */
  GArray *shown;      /* of SmStation */
};

/* How many alarms of each level stand on a station. */
typedef struct
{
  gint64 station_id;
  guint n[N_LEVELS];
} Levels;

static guint8
look_of_station (SmRow *row)
{
  guint connection = sm_row_get_enum (row, SM_STATION_CONNECTION);
  const char *service = sm_row_get_text (row, SM_STATION_SERVICE);

  if (g_strcmp0 (sm_row_get_text (row, SM_STATION_STATE), "operating") != 0 ||
      g_strcmp0 (service, "closed") == 0 || g_strcmp0 (service, "in_window") == 0)
    return SM_STATION_LOOK_CLOSED;
  if (g_strcmp0 (service, "out_of_service") == 0)
    return SM_STATION_LOOK_OUT;
  if (g_strcmp0 (service, "degraded") == 0)
    return SM_STATION_LOOK_DEGRADED;
  switch (connection)
    {
    case SM_CONNECTION_ONLINE:
    case SM_CONNECTION_ASLEEP:
      return SM_STATION_LOOK_OPEN;
    case SM_CONNECTION_SILENT:
    case SM_CONNECTION_UNKNOWN_DANGER:
      return SM_STATION_LOOK_OFFLINE;
    default:
      return SM_STATION_LOOK_UNKNOWN;
    }
}

static void
count_alarm (SmStationKnown *self,
             const Entry    *entry,
             int             by)
{
  Levels *levels;

  if (entry->alarm_at == 0)
    return;
  levels = g_hash_table_lookup (self->levels, &entry->alarm_at);
  if (levels == NULL)
    {
      levels = g_new0 (Levels, 1);
      levels->station_id = entry->alarm_at;
      g_hash_table_add (self->levels, levels);
    }
  levels->n[entry->level - 1] += (guint) by;
}

static guint8
worst_level (SmStationKnown *self,
             gint64          station_id)
{
  const Levels *levels = g_hash_table_lookup (self->levels, &station_id);

  for (guint i = 0; levels != NULL && i < N_LEVELS; i++)
    if (levels->n[i] > 0)
      return (guint8) (i + 1);
  return 0;
}

static void
read_alarm (Entry *entry)
{
  SmRow *row = sm_item_get_row (entry->item);
  gint64 level = sm_row_get_int (row, SM_ALARM_LEVEL);
  gint64 id = sm_row_get_int (row, SM_ALARM_STATION_ID);

  if (g_strcmp0 (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN), "station") == 0)
    id = sm_row_get_int (row, SM_ALARM_SOURCE_ID);
  count_alarm (entry->of->known, entry, -1);
  entry->alarm_at = id > 0 && level >= 1 && level <= N_LEVELS ? id : 0;
  entry->level = (guint8) level;
  count_alarm (entry->of->known, entry, 1);
}

static void
read_station (Entry *entry)
{
  SmRow *row = sm_item_get_row (entry->item);
  double latitude = sm_row_get_real (row, SM_STATION_LATITUDE);
  double longitude = sm_row_get_real (row, SM_STATION_LONGITUDE);

  g_clear_pointer (&entry->station.row, sm_row_unref);
  if (isnan (latitude) || isnan (longitude))
    return;
  entry->station.row = sm_row_ref (row);
  entry->station.at = sm_world_project (latitude, longitude);
  entry->station.look = look_of_station (row);
  entry->station.swap = g_strcmp0 (sm_row_get_text (row, SM_STATION_KIND), "charge") != 0;
}

static void
row_changed_cb (Entry *entry)
{
  SmStationKnown *self = entry->of->known;

  entry->is_read = FALSE;
  self->changed (self, self->user_data);
}

static Entry *
entry_new (Followed *of,
           SmItem   *item)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->of = of;
  entry->item = item;
  entry->handler = g_signal_connect_swapped (item, "notify::row", G_CALLBACK (row_changed_cb),
                                             entry);
  return entry;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  count_alarm (entry->of->known, entry, -1);
  g_signal_handler_disconnect (entry->item, entry->handler);
  g_object_unref (entry->item);
  g_clear_pointer (&entry->station.row, sm_row_unref);
  g_free (entry);
}

/* A list that is filtered or put in order anew says that a stretch of it is another, in which
 * most are whom they were: those keep their entries. */
static void
items_changed_cb (Followed   *self,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  GListModel *model)
{
  g_autoptr (GHashTable) left = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
  g_autofree gpointer *entries = g_new (gpointer, n_added + 1);
  guint n_behind = self->entries->len - position - n_removed;

  for (guint i = position; i < position + n_removed; i++)
    {
      Entry *entry = self->entries->pdata[i];

      g_hash_table_insert (left, entry->item, entry);
    }
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (model, position + i);

      if (!g_hash_table_steal_extended (left, item, NULL, &entries[i]))
        entries[i] = entry_new (self, g_steal_pointer (&item));
    }
  if (n_added > n_removed)
    g_ptr_array_set_size (self->entries, (int) (self->entries->len + n_added - n_removed));
  /* An array that never had an entry has no memory to move. */
  if (n_behind > 0)
    memmove (self->entries->pdata + position + n_added, self->entries->pdata + position + n_removed,
             n_behind * sizeof (gpointer));
  if (n_added > 0)
    memcpy (self->entries->pdata + position, entries, n_added * sizeof (gpointer));
  if (n_added < n_removed)
    g_ptr_array_set_size (self->entries, (int) (self->entries->len + n_added - n_removed));
  self->known->changed (self->known, self->known->user_data);
}

static void
follow (Followed   *self,
        GListModel *model)
{
  if (self->model == model)
    return;
  if (self->model != NULL)
    {
      g_signal_handler_disconnect (self->model, self->handler);
      items_changed_cb (self, 0, self->entries->len, 0, self->model);
    }
  g_set_object (&self->model, model);
  if (model == NULL)
    return;
  self->handler = g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb),
                                            self);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (model), model);
}

static void
station_clear (gpointer data)
{
  g_clear_pointer (&((SmStation *) data)->row, sm_row_unref);
}

static GArray *
stations_new (void)
{
  GArray *stations = g_array_new (FALSE, FALSE, sizeof (SmStation));

  g_array_set_clear_func (stations, station_clear);
  return stations;
}

/**
 * sm_station_known_new:
 * @changed: is called with this and @user_data when there may be something that
 *   sm_station_known_update() has to take over: often, and from within others' signals
 */
SmStationKnown *
sm_station_known_new (GFunc    changed,
                      gpointer user_data)
{
  SmStationKnown *self = g_new0 (SmStationKnown, 1);

  self->changed = changed;
  self->user_data = user_data;
  /* The entries are freed by hand: whoever takes one out of an array keeps it. */
  self->stations = (Followed) { .known = self, .entries = g_ptr_array_new () };
  self->alarms = (Followed) { .known = self, .entries = g_ptr_array_new () };
  self->levels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->shown = stations_new ();
  return self;
}

void
sm_station_known_free (SmStationKnown *self)
{
  follow (&self->stations, NULL);
  follow (&self->alarms, NULL);
  g_ptr_array_unref (self->stations.entries);
  g_ptr_array_unref (self->alarms.entries);
  g_hash_table_unref (self->levels);
  g_array_unref (self->shown);
  g_free (self);
}

/** sm_station_known_set_stations: @stations: (nullable): a list of SmItem with rows of stations */
void
sm_station_known_set_stations (SmStationKnown *self,
                               GListModel     *stations)
{
  follow (&self->stations, stations);
}

/** sm_station_known_set_alarms: @alarms: (nullable): a list of SmItem with what is open */
void
sm_station_known_set_alarms (SmStationKnown *self,
                             GListModel     *alarms)
{
  follow (&self->alarms, alarms);
}

static gboolean
station_equal (const SmStation *a,
               const SmStation *b)
{
  return a->at.x == b->at.x && a->at.y == b->at.y && a->look == b->look && a->level == b->level &&
         a->swap == b->swap &&
         sm_row_get_id (a->row) == sm_row_get_id (b->row);
}

static gboolean
stations_equal (const GArray *a,
                const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!station_equal (&g_array_index (a, SmStation, i), &g_array_index (b, SmStation, i)))
      return FALSE;
  return TRUE;
}

static void
read_new (Followed *self,
          void    (*read) (Entry *entry))
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (!entry->is_read)
        read (entry);
      entry->is_read = TRUE;
    }
}

/** sm_station_known_update: Takes changes over.  Returns: whether the map looks otherwise now */
gboolean
sm_station_known_update (SmStationKnown *self)
{
  g_autoptr (GArray) before = g_steal_pointer (&self->shown);

  read_new (&self->alarms, read_alarm);
  read_new (&self->stations, read_station);
  self->shown = stations_new ();
  for (guint i = 0; i < self->stations.entries->len; i++)
    {
      const Entry *entry = self->stations.entries->pdata[i];
      SmStation station = entry->station;

      if (station.row == NULL)
        continue;
      station.level = worst_level (self, sm_row_get_id (station.row));
      sm_row_ref (station.row);
      g_array_append_val (self->shown, station);
    }
  return !stations_equal (before, self->shown);
}

/** sm_station_known_get: Returns: (transfer none): of SmStation, those that say where they are */
const GArray *
sm_station_known_get (SmStationKnown *self)
{
  return self->shown;
}
