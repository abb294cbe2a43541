/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-pack-table-private.h"

#include "sm-i18n.h"
#include "sm-pinyin.h"
#include "sm-positions.h"
#include "sm-radix.h"
#include "sm-ranks.h"
#include "sm-sorted.h"
#include "sm-time.h"

#include <math.h>

/* The feed has a pack's values every minute at best; only at first are there
 * many of which it has none yet. */
#define AGE_US (30 * G_USEC_PER_SEC)
#define FIRST_AGE_US (2 * G_USEC_PER_SEC)

struct _SmPackTable
{
  GObject parent_instance;

  SmDirectory *directory;
  SmPackReadFunc read;
  GObject *data;
  GArray *packs; /* of SmPackState; NULL: not read yet */
  SmPositions *positions;
  SmPackFilter *filter;
  guint field;
  gboolean descending;
  guint32 *ranks; /* of texts that are not those of serial numbers */
  gboolean is_reading;
  gint64 read_at; /* monotonic */
  gint64 age_us;  /* at which it is read again */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (SmPackTable, sm_pack_table, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, sm_positions_model_init))

SmPackFilter *
sm_pack_filter_new (void)
{
  SmPackFilter *self = g_new0 (SmPackFilter, 1);

  self->soh_max = NAN;
  return self;
}

SmPackFilter *
sm_pack_filter_copy (const SmPackFilter *self)
{
  SmPackFilter *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  return copy;
}

void
sm_pack_filter_free (SmPackFilter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  g_free (self);
}

static gboolean
take_percent (const char *value,
              double     *out)
{
  char *end;

  *out = g_ascii_strtod (value, &end);
  return end != value && *end == '\0' && *out >= 0 && *out <= 100;
}

static gboolean
take_param (const char *key,
            const char *value,
            gpointer    user_data)
{
  SmPackFilter *self = user_data;

  if (g_str_equal (key, "fleet"))
    return sm_query_id (value, &self->fleet_id);
  if (g_str_equal (key, "station"))
    return sm_query_id (value, &self->station_id);
  if (g_str_equal (key, "battery_model_id"))
    return sm_query_id (value, &self->model_id);
  if (g_str_equal (key, "place"))
    return sm_query_mask (value, sm_battery_places, &self->place);
  if (g_str_equal (key, "fitness"))
    return sm_query_mask (value, sm_fitnesses, &self->fitness);
  if (g_str_equal (key, "soh_below"))
    return take_percent (value, &self->soh_max);
  return g_str_equal (key, "text") && sm_query_text (value, &self->text);
}

/**
 * sm_pack_filter_from_link:
 * @link: its pairs are read: fleet, station and battery_model_id by id; place
 *   and fitness by slugs as "watch,quarantined"; soh_below in %; text
 *
 * Returns: (transfer full) (nullable): the filter
 */
SmPackFilter *
sm_pack_filter_from_link (const SmLink  *link,
                          GError       **error)
{
  g_autoptr (SmPackFilter) self = sm_pack_filter_new ();

  return sm_query_read (link, take_param, self, error) ? g_steal_pointer (&self) : NULL;
}

static void
sm_pack_table_finalize (GObject *object)
{
  SmPackTable *self = SM_PACK_TABLE (object);

  g_clear_pointer (&self->positions, sm_positions_free);
  g_clear_pointer (&self->filter, sm_pack_filter_free);
  g_clear_pointer (&self->packs, g_array_unref);
  g_clear_pointer (&self->ranks, g_free);
  g_clear_object (&self->directory);
  g_clear_object (&self->data);

  G_OBJECT_CLASS (sm_pack_table_parent_class)->finalize (object);
}

static void
sm_pack_table_class_init (SmPackTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_pack_table_finalize;
}

static char *
dup_place (SmPackTable       *self,
           const SmPackState *pack)
{
  const char *language = sm_i18n_language ();

  if (pack->place == SM_PLACE_VEHICLE)
    return sm_directory_dup_label (self->directory, SM_NOUN_VEHICLE, pack->place_id, language);
  if (pack->station_id != 0)
    return sm_directory_dup_label (self->directory, SM_NOUN_STATION, pack->station_id, language);
  return NULL;
}

/* Texts are looked up once where many packs share them. */
static void
rank_texts (SmPackTable *self)
{
  g_autoptr (SmRanks) ranks = sm_ranks_new (self->packs->len);
  gboolean is_model = self->field == SM_BATTERY_BATTERY_MODEL_ID;

  for (guint i = 0; i < self->packs->len; i++)
    {
      const SmPackState *pack = &g_array_index (self->packs, SmPackState, i);
      gint64 key = is_model ? pack->model_id
                            : (pack->place == SM_PLACE_VEHICLE ? -pack->place_id : pack->station_id);

      if (key != 0 && sm_ranks_add_same (ranks, key))
        continue;
      sm_ranks_take (ranks, key,
                     is_model ? sm_directory_dup_label (self->directory, SM_NOUN_BATTERY_MODEL,
                                                        pack->model_id, sm_i18n_language ())
                              : dup_place (self, pack));
    }
  self->ranks = sm_ranks_finish (ranks);
}

static gboolean
has_text (SmPackTable       *self,
          const SmPackState *pack,
          const char        *wanted)
{
  const SmPackRecord *record = sm_directory_find_pack (self->directory, pack->id);
  g_autofree char *model = NULL;

  if (record != NULL && sm_search_match (record->sn, wanted) != SM_MATCH_NONE)
    return TRUE;
  model = sm_directory_dup_label (self->directory, SM_NOUN_BATTERY_MODEL, pack->model_id,
                                  sm_i18n_language ());
  return model != NULL && sm_search_match (model, wanted) != SM_MATCH_NONE;
}

static gboolean
passes (SmPackTable       *self,
        const SmPackState *pack,
        const char        *wanted)
{
  const SmPackFilter *filter = self->filter;

  return (filter->station_id == 0 || filter->station_id == pack->station_id)
         && (filter->model_id == 0 || filter->model_id == pack->model_id)
         && (filter->fleet_id == 0
             || sm_directory_is_within (self->directory, SM_NOUN_FLEET, pack->fleet_id,
                                        filter->fleet_id))
         && sm_mask_has (filter->place, pack->place) && sm_mask_has (filter->fitness, pack->fitness)
         && (isnan (filter->soh_max) || pack->soh < filter->soh_max)
         && (wanted[0] == '\0' || has_text (self, pack, wanted));
}

static guint32
key_of_enum (guint8   value,
             gboolean descending)
{
  return value == SM_ENUM_UNKNOWN ? SM_KEY_UNKNOWN : sm_key_of_int (value, descending);
}

static guint32
key_of_time (gint64   time_us,
             gboolean descending)
{
  return time_us == SM_UNKNOWN ? SM_KEY_UNKNOWN : sm_key_of_int (time_us / SM_SECOND, descending);
}

static guint32
key_of (SmPackTable       *self,
        guint              i,
        const SmPackState *pack)
{
  if (self->ranks != NULL)
    return self->ranks[i] == SM_KEY_UNKNOWN ? SM_KEY_UNKNOWN
                                            : sm_key_of_int (self->ranks[i], self->descending);
  switch (self->field)
    {
    case SM_BATTERY_SOC:
      return sm_key_of_real ((double) pack->soc, self->descending);
    case SM_BATTERY_SOH:
      return sm_key_of_real ((double) pack->soh, self->descending);
    case SM_BATTERY_CYCLE_COUNT:
      return sm_key_of_real ((double) pack->cycle_count, self->descending);
    case SM_BATTERY_SPREAD_MV:
      return sm_key_of_real ((double) pack->spread_mv, self->descending);
    case SM_BATTERY_TEMPERATURE_MAX_C:
      return sm_key_of_real ((double) pack->temperature_max_c, self->descending);
    case SM_BATTERY_FITNESS:
      return key_of_enum (pack->fitness, self->descending);
    case SM_BATTERY_WARRANTY_UNTIL:
      return key_of_time (pack->warranty_until, self->descending);
    case SM_BATTERY_REPORTED_AT:
      return key_of_time (pack->reported_at, self->descending);
    default:
      return pack->sn_rank == SM_KEY_UNKNOWN ? SM_KEY_UNKNOWN
                                             : sm_key_of_int (pack->sn_rank, self->descending);
    }
}

static void
fill (gpointer  owner,
      GArray   *ids)
{
  SmPackTable *self = owner;
  guint n_all = self->packs != NULL ? self->packs->len : 0, n = 0;
  g_autofree SmKeyed *keyed = g_new (SmKeyed, MAX (n_all, 1));
  char wanted[SM_SEARCH_MAX] = "";

  if (self->filter->text != NULL)
    sm_search_fold (self->filter->text, wanted, sizeof wanted);
  if (n_all > 0 && self->ranks == NULL
      && (self->field == SM_BATTERY_BATTERY_MODEL_ID || self->field == SM_BATTERY_PLACE))
    rank_texts (self);
  for (guint i = 0; i < n_all; i++)
    {
      const SmPackState *pack = &g_array_index (self->packs, SmPackState, i);

      if (passes (self, pack, wanted))
        keyed[n++] = (SmKeyed){ key_of (self, i, pack), i };
    }
  sm_radix_sort (keyed, n);
  g_array_set_size (ids, n);
  for (guint i = 0; i < n; i++)
    g_array_index (ids, gint64, i)
        = g_array_index (self->packs, SmPackState, keyed[i].index).id;
}

static void
set_int (SmRow  *row,
         guint   field,
         gint64  value)
{
  if (value != SM_UNKNOWN && value != 0)
    sm_row_set_int (row, field, value);
}

static void
set_state (SmRow             *row,
           const SmPackState *pack)
{
  set_int (row, SM_BATTERY_BATTERY_MODEL_ID, pack->model_id);
  set_int (row, SM_BATTERY_FLEET_ID, pack->fleet_id);
  set_int (row, SM_BATTERY_PLACE_ID, pack->place_id);
  set_int (row, SM_BATTERY_STATION_ID, pack->station_id);
  set_int (row, SM_BATTERY_WARRANTY_UNTIL, pack->warranty_until);
  set_int (row, SM_BATTERY_REPORTED_AT, pack->reported_at);
  sm_row_set_real (row, SM_BATTERY_SOC, (double) pack->soc);
  sm_row_set_real (row, SM_BATTERY_SOH, (double) pack->soh);
  sm_row_set_real (row, SM_BATTERY_CYCLE_COUNT, (double) pack->cycle_count);
  sm_row_set_real (row, SM_BATTERY_SPREAD_MV, (double) pack->spread_mv);
  sm_row_set_real (row, SM_BATTERY_TEMPERATURE_MAX_C, (double) pack->temperature_max_c);
  if (pack->place != SM_ENUM_UNKNOWN)
    sm_row_set_text (row, SM_BATTERY_PLACE, sm_battery_places[pack->place]);
  if (pack->fitness != SM_ENUM_UNKNOWN)
    sm_row_set_text (row, SM_BATTERY_FITNESS, sm_fitnesses[pack->fitness]);
}

static const SmPackState *
find (SmPackTable *self,
      gint64       id)
{
  return self->packs != NULL ? sm_sorted_find (self->packs, id) : NULL;
}

static SmRow *
make_row (gpointer owner,
          gint64   id)
{
  SmPackTable *self = owner;
  const SmPackRecord *record = sm_directory_find_pack (self->directory, id);
  const SmPackState *pack = find (self, id);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));

  sm_row_set_int (row, SM_BATTERY_ID, id);
  if (pack != NULL)
    set_state (row, pack);
  if (record != NULL && record->sn[0] != '\0')
    sm_row_set_text (row, SM_BATTERY_SN, record->sn);
  if (record != NULL && record->fitness[0] != '\0')
    sm_row_set_text (row, SM_BATTERY_FITNESS, record->fitness);
  return row;
}

static void
sm_pack_table_init (SmPackTable *self)
{
  self->positions = sm_positions_new (self, &(SmPositionsFuncs){ fill, make_row });
  self->filter = sm_pack_filter_new ();
  self->field = SM_BATTERY_SN;
}

static void
read_anew (SmPackTable *self)
{
  if (self->is_reading)
    return;
  self->is_reading = TRUE;
  self->read (self, self->data);
}

static void
directory_cb (SmPackTable *self)
{
  sm_positions_touch (self->positions);
  if (self->packs == NULL
      || sm_directory_count (self->directory, SM_NOUN_BATTERY) != self->packs->len)
    read_anew (self);
}

/** sm_pack_table_new: Returns: (transfer full): all packs as soon as they are read, by serial number */
SmPackTable *
sm_pack_table_new (SmDirectory    *directory,
                   SmPackReadFunc  read,
                   GObject        *data)
{
  SmPackTable *self = g_object_new (SM_TYPE_PACK_TABLE, NULL);

  self->directory = g_object_ref (directory);
  self->read = read;
  self->data = g_object_ref (data);
  g_signal_connect_object (directory, "changed", G_CALLBACK (directory_cb), self,
                           G_CONNECT_SWAPPED);
  read_anew (self);
  return self;
}

/* Whether the values of most packs have come. */
static gboolean
is_heard_of (GArray *packs)
{
  guint n = 0;

  for (guint i = 0; i < packs->len; i++)
    n += g_array_index (packs, SmPackState, i).place != SM_ENUM_UNKNOWN;
  return n * 2 > packs->len;
}

/** sm_pack_table_take: What was read (transfer full); NULL: it could not be. */
void
sm_pack_table_take (SmPackTable *self,
                    GArray      *packs)
{
  g_return_if_fail (SM_IS_PACK_TABLE (self));

  self->is_reading = FALSE;
  self->read_at = g_get_monotonic_time ();
  if (packs == NULL)
    return;
  g_clear_pointer (&self->packs, g_array_unref);
  g_clear_pointer (&self->ranks, g_free);
  self->packs = packs;
  self->age_us = is_heard_of (packs) ? AGE_US : FIRST_AGE_US;
  sm_positions_touch (self->positions);
  sm_positions_stale (self->positions);
}

/** sm_pack_table_is_whole: Whether all packs that there are were read, and most were heard of. */
gboolean
sm_pack_table_is_whole (SmPackTable *self)
{
  g_return_val_if_fail (SM_IS_PACK_TABLE (self), FALSE);

  return self->packs != NULL
         && sm_directory_count (self->directory, SM_NOUN_BATTERY) == self->packs->len
         && (self->packs->len == 0 || self->age_us == AGE_US);
}

/** sm_pack_table_poll: Somebody looks: reads the values anew when they have aged. */
void
sm_pack_table_poll (SmPackTable *self)
{
  g_return_if_fail (SM_IS_PACK_TABLE (self));

  if (g_get_monotonic_time () - self->read_at > self->age_us)
    read_anew (self);
}

/**
 * sm_pack_table_dup_place:
 * @out_bay: (out): the number of the bay, or -1
 *
 * Returns: (transfer full) (nullable): the plate or the station where the pack is
 */
char *
sm_pack_table_dup_place (SmPackTable *self,
                         gint64       id,
                         int         *out_bay)
{
  const SmPackState *pack;

  g_return_val_if_fail (SM_IS_PACK_TABLE (self), NULL);

  pack = find (self, id);
  *out_bay = pack != NULL ? pack->bay : -1;
  return pack != NULL ? dup_place (self, pack) : NULL;
}

/** sm_pack_table_set_filter: Shows what @filter (nullable: all) lets through, at once. */
void
sm_pack_table_set_filter (SmPackTable        *self,
                          const SmPackFilter *filter)
{
  g_return_if_fail (SM_IS_PACK_TABLE (self));

  sm_pack_filter_free (self->filter);
  self->filter = filter != NULL ? sm_pack_filter_copy (filter) : sm_pack_filter_new ();
  sm_positions_refresh (self->positions);
}

/** sm_pack_table_set_sort: As sm_vehicle_table_set_sort(), by a field of batteries. */
void
sm_pack_table_set_sort (SmPackTable *self,
                        guint        field,
                        gboolean     descending)
{
  g_return_if_fail (SM_IS_PACK_TABLE (self) && field < SM_BATTERY_N_FIELDS);

  if (self->field != field)
    g_clear_pointer (&self->ranks, g_free);
  self->field = field;
  self->descending = descending;
  sm_positions_refresh (self->positions);
}

/** sm_pack_table_set_held: While @held, nothing moves under the person's pointer. */
void
sm_pack_table_set_held (SmPackTable *self,
                        gboolean     held)
{
  g_return_if_fail (SM_IS_PACK_TABLE (self));

  sm_positions_set_held (self->positions, held);
}
