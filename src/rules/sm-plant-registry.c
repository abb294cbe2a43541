/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-plant-private.h"

#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <math.h>

/* Reading the registry into memory: which station has which parts. */

/* Pack models that fit a vehicle model, everywhere or at one station. */
typedef struct
{
  const char *vehicle_model; /* interned */
  gint64 station_id;         /* 0: everywhere */
  guint64 models;
} Fit;

typedef void (*TakeRecord) (SmPlant     *self,
                            const SmRow *record);

static void
station_clear (gpointer data)
{
  SmPlantStation *station = data;

  g_free (station->hours);
  g_clear_pointer (&station->zone, g_time_zone_unref);
  g_array_unref (station->lanes);
  g_array_unref (station->bays);
  g_array_unref (station->connectors);
  g_array_unref (station->equipment);
  g_array_unref (station->wants);
  g_array_unref (station->trucks);
}

static void
model_clear (gpointer data)
{
  g_free (((SmPlantModel *) data)->code);
}

SmPlant *
sm_plant_new (void)
{
  SmPlant *self = g_new0 (SmPlant, 1);

  self->registry_rev = -1;
  self->stations = g_array_new (FALSE, TRUE, sizeof (SmPlantStation));
  g_array_set_clear_func (self->stations, station_clear);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->models = g_array_new (FALSE, TRUE, sizeof (SmPlantModel));
  g_array_set_clear_func (self->models, model_clear);
  self->battery_models = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->battery_sns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->withheld = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->wear = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->parents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->fits = g_ptr_array_new_with_free_func (g_free);
  self->bays = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->ready_sites = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->ready_due = g_array_new (FALSE, FALSE, sizeof (gint64));
  sm_ready_lead_init (&self->lead);
  self->usual = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->dangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
sm_plant_free (SmPlant *self)
{
  g_array_unref (self->stations);
  g_hash_table_unref (self->by_id);
  g_array_unref (self->models);
  g_hash_table_unref (self->battery_models);
  g_hash_table_unref (self->battery_sns);
  g_hash_table_unref (self->parents);
  g_hash_table_unref (self->withheld);
  g_hash_table_unref (self->wear);
  g_ptr_array_unref (self->fits);
  g_hash_table_unref (self->bays);
  g_hash_table_unref (self->ready_sites);
  g_array_unref (self->ready_due);
  g_hash_table_unref (self->usual);
  g_hash_table_unref (self->dangers);
  g_free (self);
}

SmPlantStation *
sm_plant_find_station (SmPlant *self,
                       gint64   id)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, &id));

  return index > 0 ? &g_array_index (self->stations, SmPlantStation, index - 1) : NULL;
}

static gint64
part_key (SmNounId noun,
          gint64   id)
{
  return id * SM_N_NOUNS + noun;
}

/** sm_plant_parents_of: Returns: (transfer none) (nullable): what a part belongs to */
const SmPlantParents *
sm_plant_parents_of (SmPlant  *self,
                     SmNounId  noun,
                     gint64    id)
{
  gint64 key = part_key (noun, id);

  return g_hash_table_lookup (self->parents, &key);
}

/** sm_plant_find_battery: Returns: the id of the pack with that serial number, or 0 */
gint64
sm_plant_find_battery (SmPlant    *self,
                       const char *sn)
{
  const gint64 *id = g_hash_table_lookup (self->battery_sns, sn);

  return id != NULL ? *id : 0;
}

static guint
find_model (SmPlant *self,
            gint64   id)
{
  for (guint i = 0; i < self->models->len; i++)
    if (g_array_index (self->models, SmPlantModel, i).id == id)
      return i;
  return G_MAXUINT;
}

/** sm_plant_model_of: Returns: (transfer none) (nullable): the model of a pack */
SmPlantModel *
sm_plant_model_of (SmPlant *self,
                   gint64   battery_id)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->battery_models, &battery_id));

  return index > 0 ? &g_array_index (self->models, SmPlantModel, index - 1) : NULL;
}

/** sm_plant_models_that_fit: @vehicle_model: interned. Returns: a bit for each */
guint64
sm_plant_models_that_fit (SmPlant    *self,
                          const char *vehicle_model,
                          gint64      station_id)
{
  guint64 models = 0;

  for (guint i = 0; vehicle_model != NULL && i < self->fits->len; i++)
    {
      const Fit *fit = self->fits->pdata[i];

      if (fit->vehicle_model == vehicle_model
          && (fit->station_id == 0 || fit->station_id == station_id))
        models |= fit->models;
    }
  return models;
}

static void
take_station (SmPlant     *self,
              const SmRow *record)
{
  SmPlantStation station = {
    .id = sm_row_get_id (record),
    .kind = sm_row_get_enum (record, SM_STATION_KIND),
    .state = sm_row_get_enum (record, SM_STATION_STATE),
    .hours = g_strdup (sm_row_get_text (record, SM_STATION_OPENING_HOURS)),
    .zone = g_time_zone_new_identifier (sm_row_get_text (record, SM_STATION_TIME_ZONE)),
    .latitude = sm_row_get_real (record, SM_STATION_LATITUDE),
    .longitude = sm_row_get_real (record, SM_STATION_LONGITUDE),
    .lanes = g_array_new (FALSE, FALSE, sizeof (SmPlantPart)),
    .bays = g_array_new (FALSE, FALSE, sizeof (SmPlantPart)),
    .connectors = g_array_new (FALSE, FALSE, sizeof (SmPlantPart)),
    .equipment = g_array_new (FALSE, FALSE, sizeof (SmPlantPart)),
    .wants = g_array_new (FALSE, FALSE, sizeof (SmPlantWant)),
    .trucks = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .waiting_since = SM_UNKNOWN,
    .swaps_per_hour = NAN,
    .income_minor_per_hour = SM_UNKNOWN,
  };

  if (isnan (station.latitude) || isnan (station.longitude))
    station.latitude = NAN;
  g_array_append_val (self->stations, station);
}

static int
compare_stations (gconstpointer a,
                  gconstpointer b)
{
  double x = ((const SmPlantStation *) a)->latitude, y = ((const SmPlantStation *) b)->latitude;

  if (isnan (x) || isnan (y))
    return isnan (x) - isnan (y);
  return (x > y) - (x < y);
}

static void
index_stations (SmPlant *self)
{
  g_array_sort (self->stations, compare_stations);
  for (guint i = 0; i < self->stations->len; i++)
    g_hash_table_insert (self->by_id,
                         g_memdup2 (&g_array_index (self->stations, SmPlantStation, i).id,
                                    sizeof (gint64)),
                         GUINT_TO_POINTER (i + 1));
}

static void
note_parents (SmPlant     *self,
              const SmRow *record,
              gint64       station_id)
{
  SmNounId noun = sm_row_get_noun (record)->id;
  gint64 key = part_key (noun, sm_row_get_id (record));
  SmPlantParents parents = { station_id, noun == SM_NOUN_CONNECTOR
                                             ? sm_row_get_int (record, SM_CONNECTOR_PILE_ID)
                                             : 0 };

  g_hash_table_insert (self->parents, g_memdup2 (&key, sizeof key),
                       g_memdup2 (&parents, sizeof parents));
}

static void
take_pile (SmPlant     *self,
           const SmRow *record)
{
  gint64 id = sm_row_get_id (record);
  SmPlantWear wear = { sm_row_get_int (record, SM_PILE_CHARGE_COUNT_LIMIT),
                       sm_row_get_int (record, SM_PILE_ENERGY_WH_LIMIT),
                       sm_row_get_int (record, SM_PILE_SERVICE_SECONDS_LIMIT), -1 };

  note_parents (self, record, sm_row_get_int (record, SM_PILE_STATION_ID));
  g_hash_table_insert (self->wear, g_memdup2 (&id, sizeof id), g_memdup2 (&wear, sizeof wear));
}

static void
take_part (SmPlant     *self,
           const SmRow *record)
{
  SmNounId noun = sm_row_get_noun (record)->id;
  guint field = noun == SM_NOUN_LANE        ? (guint) SM_LANE_STATION_ID
                : noun == SM_NOUN_BAY       ? (guint) SM_BAY_STATION_ID
                : noun == SM_NOUN_CONNECTOR ? (guint) SM_CONNECTOR_STATION_ID
                                            : (guint) SM_EQUIPMENT_STATION_ID;
  SmPlantStation *station = sm_plant_find_station (self, sm_row_get_int (record, field));
  SmPlantPart part = { sm_row_get_id (record), SM_ENUM_UNKNOWN };

  if (station == NULL)
    return;
  note_parents (self, record, station->id);
  if (noun == SM_NOUN_EQUIPMENT)
    part.kind = sm_row_get_enum (record, SM_EQUIPMENT_KIND);
  g_array_append_val (noun == SM_NOUN_LANE        ? station->lanes
                      : noun == SM_NOUN_BAY       ? station->bays
                      : noun == SM_NOUN_CONNECTOR ? station->connectors
                                                  : station->equipment,
                      part);
}

/* What was learned of a model outlives the reading. */
static void
take_model (SmPlant     *self,
            const SmRow *record)
{
  gint64 id = sm_row_get_id (record);
  guint index = find_model (self, id);
  double nominal_wh = (double) sm_row_get_int (record, SM_BATTERY_MODEL_NOMINAL_WH);
  SmPlantModel *model;

  if (index == G_MAXUINT && self->models->len == 64)
    return;
  if (index == G_MAXUINT)
    {
      index = self->models->len;
      g_array_set_size (self->models, index + 1);
      model = &g_array_index (self->models, SmPlantModel, index);
      model->id = id;
      sm_ready_curve_init (&model->curve, nominal_wh,
                           sm_row_get_real (record, SM_BATTERY_MODEL_MAX_POWER_KW));
    }
  model = &g_array_index (self->models, SmPlantModel, index);
  g_free (model->code);
  model->code = g_strdup (sm_row_get_text (record, SM_BATTERY_MODEL_CODE));
  model->ready_soc = sm_row_get_real (record, SM_BATTERY_MODEL_READY_SOC);
  model->curve.nominal_wh = nominal_wh;
}

static void
take_fit (SmPlant     *self,
          const SmRow *record)
{
  guint model = find_model (self, sm_row_get_int (record, SM_COMPATIBILITY_BATTERY_MODEL_ID));
  gint64 station_id = sm_row_get_int (record, SM_COMPATIBILITY_STATION_ID);
  Fit *fit;

  if (model == G_MAXUINT)
    return;
  fit = g_new (Fit, 1);
  *fit = (Fit){ g_intern_string (sm_row_get_text (record, SM_COMPATIBILITY_VEHICLE_MODEL)),
                station_id == SM_UNKNOWN ? 0 : station_id, G_GUINT64_CONSTANT (1) << model };
  g_ptr_array_add (self->fits, fit);
}

/** sm_plant_is_withheld: Whether no station is to hand that pack out. */
gboolean
sm_plant_is_withheld (SmPlant *self,
                      gint64   battery_id)
{
  return g_hash_table_contains (self->withheld, &battery_id);
}

/** sm_plant_note_fitness: What @battery may be used for counts from now on. */
void
sm_plant_note_fitness (SmPlant     *self,
                       const SmRow *battery)
{
  gint64 id = sm_row_get_id (battery);
  guint fitness = sm_row_get_enum (battery, SM_BATTERY_FITNESS);
  gboolean is_withheld = fitness == SM_FITNESS_QUARANTINED || fitness == SM_FITNESS_IN_REPAIR
                         || fitness == SM_FITNESS_RETIRED || fitness == SM_FITNESS_LOST;

  if (is_withheld == sm_plant_is_withheld (self, id))
    return;
  if (is_withheld)
    g_hash_table_add (self->withheld, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->withheld, &id);
  g_atomic_int_inc (&self->withheld_rev);
}

static void
take_battery (SmPlant     *self,
              const SmRow *record)
{
  gint64 id = sm_row_get_id (record);
  guint model = find_model (self, sm_row_get_int (record, SM_BATTERY_BATTERY_MODEL_ID));

  g_hash_table_insert (self->battery_sns, g_strdup (sm_row_get_text (record, SM_BATTERY_SN)),
                       g_memdup2 (&id, sizeof id));
  if (model != G_MAXUINT)
    g_hash_table_insert (self->battery_models, g_memdup2 (&id, sizeof id),
                         GUINT_TO_POINTER (model + 1));
  sm_plant_note_fitness (self, record);
}

typedef struct
{
  SmPlant *plant;
  TakeRecord take;
} Taking;

static gboolean
take_row (SmRules      *rules,
          const SmRow  *row,
          gpointer      user_data,
          GError      **error)
{
  const Taking *taking = user_data;

  taking->take (taking->plant, row);
  return TRUE;
}

static gboolean
read_all (SmRules     *rules,
          SmPlant     *self,
          SmNounId     noun,
          TakeRecord   take,
          GError     **error)
{
  return sm_rules_each (rules, noun, take_row, &(Taking){ self, take }, error);
}

/** sm_plant_read_registry: Takes over the stations, their parts, the models and packs. */
gboolean
sm_plant_read_registry (SmRules  *rules,
                        SmPlant  *self,
                        GError  **error)
{
  g_array_set_size (self->stations, 0);
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->fits, 0);
  g_hash_table_remove_all (self->battery_models);
  g_hash_table_remove_all (self->battery_sns);
  g_hash_table_remove_all (self->parents);
  g_hash_table_remove_all (self->wear);
  if (!read_all (rules, self, SM_NOUN_STATION, take_station, error))
    return FALSE;
  index_stations (self);
  return read_all (rules, self, SM_NOUN_LANE, take_part, error)
         && read_all (rules, self, SM_NOUN_BAY, take_part, error)
         && read_all (rules, self, SM_NOUN_PILE, take_pile, error)
         && read_all (rules, self, SM_NOUN_CONNECTOR, take_part, error)
         && read_all (rules, self, SM_NOUN_EQUIPMENT, take_part, error)
         && read_all (rules, self, SM_NOUN_BATTERY_MODEL, take_model, error)
         && read_all (rules, self, SM_NOUN_COMPATIBILITY, take_fit, error)
         && read_all (rules, self, SM_NOUN_BATTERY, take_battery, error);
}
