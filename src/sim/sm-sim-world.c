/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-world.h"

#include <math.h>

#include "sm-error.h"
#include "sm-sim-guangdong.h"
#include "sm-sim-list.h"
#include "sm-sim-plan.h"
#include "sm-sim-rows.h"
#include "sm-sim-engine.h"
#include "sm-stations.h"
#include "sm-time.h"

/* So many new rows at once: the writer has others to serve. */
#define CHUNK 4000

/* Of which network and seed the register was filled. */
#define MEMO "world"

typedef struct
{
  SmRules *rules;
  SmActor *actor;
  SmSimWorld *world;
  GCancellable *cancellable;
} Fill;

/* --- what is there keeps its id, what is missing is added --- */

/* By what a row is found again. */
static char *
key_of (const SmRow *row)
{
  switch (sm_row_get_noun (row)->id)
    {
    case SM_NOUN_AREA:
      return g_strdup (sm_row_get_text (row, SM_AREA_CODE));
    case SM_NOUN_FLEET:
      return g_strdup (sm_row_get_text (row, SM_FLEET_NAME));
    case SM_NOUN_STATION:
      return g_strdup (sm_row_get_text (row, SM_STATION_SN));
    case SM_NOUN_VEHICLE:
      return g_strdup (sm_row_get_text (row, SM_VEHICLE_PLATE));
    case SM_NOUN_ORGANISATION:
      return g_strdup (sm_row_get_text (row, SM_ORGANISATION_NAME));
    case SM_NOUN_SERVICE_POINT:
      return g_strdup (sm_row_get_text (row, SM_SERVICE_POINT_NAME));
    case SM_NOUN_ENGINEER:
      return g_strdup (sm_row_get_text (row, SM_ENGINEER_PHONE));
    case SM_NOUN_DRIVER:
      return g_strdup (sm_row_get_text (row, SM_DRIVER_PHONE));
    case SM_NOUN_BATTERY_MODEL:
      return g_strdup (sm_row_get_text (row, SM_BATTERY_MODEL_CODE));
    case SM_NOUN_BATTERY:
      return g_strdup (sm_row_get_text (row, SM_BATTERY_SN));
    case SM_NOUN_EQUIPMENT:
      return g_strdup (sm_row_get_text (row, SM_EQUIPMENT_SN));
    case SM_NOUN_TARIFF:
      return g_strdup (sm_row_get_text (row, SM_TARIFF_CODE));
    case SM_NOUN_COMPATIBILITY:
      return g_strdup_printf ("%s %" G_GINT64_FORMAT,
                              sm_row_get_text (row, SM_COMPATIBILITY_VEHICLE_MODEL),
                              sm_row_get_int (row, SM_COMPATIBILITY_BATTERY_MODEL_ID));
    case SM_NOUN_LANE:
      return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                              sm_row_get_int (row, SM_LANE_STATION_ID),
                              sm_row_get_int (row, SM_LANE_NUMBER));
    case SM_NOUN_BAY:
      return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                              sm_row_get_int (row, SM_BAY_STATION_ID),
                              sm_row_get_int (row, SM_BAY_NUMBER));
    case SM_NOUN_PART:
      return g_strdup_printf ("%" G_GINT64_FORMAT " %s", sm_row_get_int (row, SM_PART_ENGINEER_ID),
                              sm_row_get_text (row, SM_PART_CODE));
    case SM_NOUN_CERTIFICATE:
      return g_strdup_printf ("%" G_GINT64_FORMAT " %s",
                              sm_row_get_int (row, SM_CERTIFICATE_ENGINEER_ID),
                              sm_row_get_text (row, SM_CERTIFICATE_KIND));
    default:
      g_return_val_if_reached (NULL);
    }
}

static GHashTable *
index_existing (Fill      *fill,
                SmNounId   noun,
                GError   **error)
{
  g_autoptr (GPtrArray) rows = sm_sim_list_all (fill->rules, noun, fill->cancellable, error);
  GHashTable *index;

  if (rows == NULL)
    return NULL;
  index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                 (GDestroyNotify) sm_row_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      char *key = key_of (rows->pdata[i]);

      if (key != NULL)
        g_hash_table_insert (index, key, sm_row_ref (rows->pdata[i]));
    }
  return index;
}

typedef struct
{
  SmActor *actor;
  GPtrArray *rows;
} Chunk;

static gpointer
put_chunk (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Chunk *chunk = data;

  sm_registry_fill (rules, chunk->actor, chunk->rows, error);
  return NULL;
}

static gboolean
add_missing (Fill       *fill,
             GPtrArray  *missing,
             GError    **error)
{
  for (guint from = 0; from < missing->len; from += CHUNK)
    {
      g_autoptr (GPtrArray) part = g_ptr_array_new ();
      Chunk chunk = { fill->actor, part };
      g_autoptr (GError) own_error = NULL;

      if (g_cancellable_set_error_if_cancelled (fill->cancellable, error))
        return FALSE;
      for (guint i = from; i < MIN (from + CHUNK, missing->len); i++)
        g_ptr_array_add (part, missing->pdata[i]);
      sm_rules_run_sync (fill->rules, put_chunk, &chunk, &own_error);
      if (own_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
    }
  return TRUE;
}

/* Sees to it that all of @rows, which are of one noun, stand in the register and have their id. */
static gboolean
settle (Fill       *fill,
        GPtrArray  *rows,
        GError    **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autoptr (GHashTable) existing = NULL;

  if (rows->len == 0)
    return TRUE;
  existing = index_existing (fill, sm_row_get_noun (rows->pdata[0])->id, error);
  if (existing == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *key = key_of (rows->pdata[i]);
      const SmRow *found = g_hash_table_lookup (existing, key);

      if (found == NULL)
        g_ptr_array_add (missing, rows->pdata[i]);
      else
        sm_row_set_int (rows->pdata[i], SM_ROW_ID, sm_row_get_id (found));
    }
  return add_missing (fill, missing, error);
}

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
}

static gint64
id_at (GPtrArray *rows,
       guint      index)
{
  return sm_row_get_id (rows->pdata[index]);
}

/* --- tariff --- */

#define PERIOD(from, to, kind, price)                                                   \
  "{\"from\":\"" from "\",\"to\":\"" to "\",\"kind\":\"" kind "\","                     \
  "\"energy_minor_per_kwh\":" price ",\"service_minor_per_kwh\":35}"

/* As a province with a hot afternoon prices it, in fen. */
static const char periods[] =
  "[" PERIOD ("00:00", "08:00", "valley", "31.5") ","
  PERIOD ("08:00", "10:00", "flat", "71.2") ","
  PERIOD ("10:00", "11:00", "peak", "118.4") ","
  PERIOD ("11:00", "12:00", "sharp", "147.6") ","
  PERIOD ("12:00", "14:00", "flat", "71.2") ","
  PERIOD ("14:00", "15:00", "peak", "118.4") ","
  PERIOD ("15:00", "17:00", "sharp", "147.6") ","
  PERIOD ("17:00", "19:00", "peak", "118.4") ","
  PERIOD ("19:00", "24:00", "flat", "71.2") "]";

/* One for the whole network, in force since ever. */
static gboolean
settle_tariff (Fill    *fill,
               GError **error)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_TARIFF));

  g_ptr_array_add (rows, row);
  sm_row_set_text (row, SM_TARIFF_CODE, "time-of-use");
  sm_row_take_text (row, SM_TARIFF_NAME, sm_name_new ("By time of use", "分时电价"));
  sm_row_set_text (row, SM_TARIFF_MODEL, "time_of_use");
  sm_row_set_text (row, SM_TARIFF_CURRENCY, "CNY");
  sm_row_set_text (row, SM_TARIFF_PERIODS, periods);
  sm_row_set_int (row, SM_TARIFF_VALID_FROM, 0);
  sm_row_set_int (row, SM_TARIFF_VERSION, 1);
  return settle (fill, rows, error);
}

/* --- areas --- */

static void
add_area (GPtrArray  *rows,
          const char *kind,
          char       *code,
          const char *en,
          const char *zh_cn,
          gint64      parent_id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_AREA));

  sm_row_take_text (row, SM_AREA_CODE, code);
  sm_row_set_text (row, SM_AREA_KIND, kind);
  sm_row_take_text (row, SM_AREA_NAME, sm_name_new (en, *zh_cn != '\0' ? zh_cn : NULL));
  if (parent_id != 0)
    sm_row_set_int (row, SM_AREA_PARENT_ID, parent_id);
  g_ptr_array_add (rows, row);
}

static gboolean
settle_guangdong (Fill    *fill,
                  GError **error)
{
  g_autoptr (GPtrArray) province = new_rows ();
  g_autoptr (GPtrArray) rows = new_rows ();
  guint n;
  const SmSimGuangdongCity *cities = sm_sim_guangdong_cities (&n);

  add_area (province, "province", g_strdup ("440000"), "Guangdong", "广东省", 0);
  if (!settle (fill, province, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    add_area (rows, "city", g_strdup_printf ("%u", cities[i].code), cities[i].en, cities[i].zh_cn,
              id_at (province, 0));
  if (!settle (fill, rows, error))
    return FALSE;
  for (guint i = 0; i < fill->world->n_sites; i++)
    for (guint city = 0; city < n; city++)
      if (cities[city].code == fill->world->sites[i].province)
        fill->world->sites[i].area_id = id_at (rows, city);
  return TRUE;
}

/* The country's tree (country, province, city), and beside it how the operator
 * cuts it into desks: it is these that stations and trucks are counted to. */
static gboolean
settle_country (Fill    *fill,
                GError **error)
{
  SmSimWorld *world = fill->world;
  g_autoptr (GPtrArray) country = new_rows ();
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autoptr (GPtrArray) cities = new_rows ();
  guint n_desks, n_provinces;
  const SmSimDesk *desks = sm_sim_desks (&n_desks);
  const SmSimProvince *provinces = sm_sim_provinces (&n_provinces);

  add_area (country, "country", g_strdup ("CN"), "China", "中国", 0);
  if (!settle (fill, country, error))
    return FALSE;
  for (guint i = 0; i < n_desks; i++)
    add_area (rows, "operating_area", g_strdup (desks[i].code), desks[i].name_en, desks[i].name_zh,
              id_at (country, 0));
  for (guint i = 0; i < n_provinces; i++)
    add_area (rows, "province", g_strdup_printf ("%u", provinces[i].code), provinces[i].name_en,
              provinces[i].name_zh, id_at (country, 0));
  if (!settle (fill, rows, error))
    return FALSE;
  for (guint i = 0; i < world->n_sites; i++)
    {
      const SmSimProvince *province = sm_sim_province_find (world->sites[i].province);

      world->sites[i].area_id = id_at (rows, province->desk);
      if (world->sites[i].kind == SM_SIM_SITE_TOWN)
        add_area (cities, "city", g_strdup_printf ("%u-%03u", province->code, i),
                  world->sites[i].name_en, world->sites[i].name_zh,
                  id_at (rows, n_desks + (guint) (province - provinces)));
    }
  return settle (fill, cities, error);
}

/* --- stations and what stands there --- */

static gboolean
settle_stations (Fill    *fill,
                 GError **error)
{
  SmSimWorld *world = fill->world;
  g_autoptr (GPtrArray) rows = new_rows ();
  guint number = 0;

  for (guint i = 0; i < world->n_stations; i++)
    {
      number = i > 0 && world->stations[i].site == world->stations[i - 1].site ? number + 1 : 1;
      world->stations[i].area_id = world->sites[world->stations[i].site].area_id;
      g_ptr_array_add (rows, sm_sim_row_station (world, i, number));
    }
  if (!settle (fill, rows, error))
    return FALSE;
  for (guint i = 0; i < world->n_stations; i++)
    world->stations[i].id = id_at (rows, i);
  return TRUE;
}

static void
add_parts (GPtrArray          *rows,
           const SmSimStation *station,
           SmNounId            noun,
           guint               n)
{
  for (guint i = 0; i < n; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (noun));

      sm_row_set_int (row, SM_ROW_AREA_ID, station->area_id);
      sm_row_set_int (row, noun == SM_NOUN_LANE ? SM_LANE_STATION_ID : SM_BAY_STATION_ID,
                      station->id);
      sm_row_set_int (row, noun == SM_NOUN_LANE ? SM_LANE_NUMBER : SM_BAY_NUMBER, i + 1);
      g_ptr_array_add (rows, row);
    }
}

static gboolean
settle_parts (Fill    *fill,
              GError **error)
{
  SmSimWorld *world = fill->world;
  g_autoptr (GPtrArray) lanes = new_rows ();
  g_autoptr (GPtrArray) bays = new_rows ();

  for (guint i = 0; i < world->n_stations; i++)
    {
      add_parts (lanes, &world->stations[i], SM_NOUN_LANE, world->stations[i].n_lanes);
      add_parts (bays, &world->stations[i], SM_NOUN_BAY, world->stations[i].n_bays);
    }
  if (!settle (fill, lanes, error) || !settle (fill, bays, error))
    return FALSE;
  for (guint i = 0; i < world->n_lane_ids; i++)
    world->lane_ids[i] = id_at (lanes, i);
  for (guint i = 0; i < world->n_bay_ids; i++)
    world->bay_ids[i] = id_at (bays, i);
  return TRUE;
}

static gboolean
settle_equipment (Fill    *fill,
                  GError **error)
{
  SmSimWorld *world = fill->world;
  g_autoptr (GPtrArray) rows = new_rows ();

  for (guint i = 0; i < world->n_equipment; i++)
    g_ptr_array_add (rows, sm_sim_row_equipment (world, i));
  if (!settle (fill, rows, error))
    return FALSE;
  for (guint i = 0; i < world->n_equipment; i++)
    world->equipment[i].id = id_at (rows, i);
  return TRUE;
}

/* --- fleets, packs and trucks --- */

static gboolean
settle_fleets (Fill    *fill,
               GError **error)
{
  SmSimWorld *world = fill->world;
  g_autoptr (GPtrArray) rows = new_rows ();
  guint number = 0;

  for (guint i = 0; i < world->n_fleets; i++)
    {
      number = i > 0 && world->fleets[i].site == world->fleets[i - 1].site ? number + 1 : 0;
      world->fleets[i].area_id = world->sites[world->fleets[i].site].area_id;
      g_ptr_array_add (rows, sm_sim_row_fleet (world, i, number));
    }
  if (!settle (fill, rows, error))
    return FALSE;
  for (guint i = 0; i < world->n_fleets; i++)
    world->fleets[i].id = id_at (rows, i);
  return TRUE;
}

static gboolean
settle_models (Fill    *fill,
               GError **error)
{
  SmSimWorld *world = fill->world;
  SmSimModel *models = (SmSimModel *) world->models; /* ours until it is loaded */
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autoptr (GPtrArray) pairs = new_rows ();

  for (guint i = 0; i < world->n_models; i++)
    g_ptr_array_add (rows, sm_sim_row_model (world, i));
  if (!settle (fill, rows, error))
    return FALSE;
  for (guint i = 0; i < world->n_models; i++)
    models[i].id = id_at (rows, i);
  for (guint kind = 0; kind < world->n_truck_kinds; kind++)
    for (guint i = 0; i < world->n_models; i++)
      if (world->truck_kinds[kind].battery_models & 1u << i)
        {
          SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_COMPATIBILITY));

          sm_row_set_text (row, SM_COMPATIBILITY_VEHICLE_MODEL, world->truck_kinds[kind].model);
          sm_row_set_int (row, SM_COMPATIBILITY_BATTERY_MODEL_ID, models[i].id);
          g_ptr_array_add (pairs, row);
        }
  return settle (fill, pairs, error);
}

/* Trucks name them, so they come before. */
static gboolean
settle_network (Fill    *fill,
                GError **error)
{
  g_autoptr (GPtrArray) rows = new_rows ();

  for (guint i = 0; i < SM_SIM_N_OF_NETWORK; i++)
    g_ptr_array_add (rows, sm_sim_row_of_network (i));
  if (!settle (fill, rows, error))
    return FALSE;
  for (guint i = 0; i < SM_SIM_N_OF_NETWORK; i++)
    fill->world->network_ids[i] = id_at (rows, i);
  return TRUE;
}

static gboolean
settle_vehicles (Fill    *fill,
                 GError **error)
{
  SmSimWorld *world = fill->world;
  g_autoptr (GPtrArray) drivers = new_rows ();
  g_autoptr (GPtrArray) rows = new_rows ();

  for (guint i = 0; i < world->n_vehicles; i++)
    g_ptr_array_add (drivers, sm_sim_row_driver (world, i));
  if (!settle (fill, drivers, error))
    return FALSE;
  for (guint i = 0; i < world->n_vehicles; i++)
    {
      world->vehicles[i].driver_id = id_at (drivers, i);
      world->vehicles[i].area_id = world->fleets[world->vehicles[i].fleet].area_id;
      g_ptr_array_add (rows, sm_sim_row_vehicle (world, i));
    }
  if (!settle (fill, rows, error))
    return FALSE;
  world->vehicles_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < world->n_vehicles; i++)
    {
      world->vehicles[i].id = id_at (rows, i);
      g_hash_table_insert (world->vehicles_by_id, &world->vehicles[i].id, GUINT_TO_POINTER (i));
    }
  return TRUE;
}

static gboolean
settle_packs (Fill    *fill,
              GError **error)
{
  SmSimWorld *world = fill->world;
  g_autoptr (GPtrArray) rows = new_rows ();

  for (guint i = 0; i < world->n_packs; i++)
    g_ptr_array_add (rows, sm_sim_row_battery (world, i));
  if (!settle (fill, rows, error))
    return FALSE;
  for (guint i = 0; i < world->n_packs; i++)
    world->packs[i].id = id_at (rows, i);
  return TRUE;
}

/* --- people --- */

#define N_VENDORS 2

/* What engineers have in their vans, and may do. */
static gboolean
settle_means (Fill    *fill,
              GError **error)
{
  SmSimWorld *world = fill->world;
  g_autoptr (GPtrArray) parts = new_rows ();
  g_autoptr (GPtrArray) certificates = new_rows ();

  for (guint i = 0; i < world->n_engineers; i++)
    {
      for (guint n = 0; n < SM_SIM_PARTS_EACH; n++)
        g_ptr_array_add (parts, sm_sim_row_part (world, i, n));
      for (guint n = 0; n < SM_SIM_CERTIFICATES_EACH; n++)
        g_ptr_array_add (certificates, sm_sim_row_certificate (world, i, n));
    }
  return settle (fill, parts, error) && settle (fill, certificates, error);
}

static gboolean
settle_people (Fill    *fill,
               GError **error)
{
  SmSimWorld *world = fill->world;
  guint n_agents = sm_sim_plan_size (world->kind)->n_agents;
  g_autoptr (GPtrArray) organisations = new_rows ();
  g_autoptr (GPtrArray) points = new_rows ();
  g_autoptr (GPtrArray) engineers = new_rows ();

  for (guint i = 0; i < n_agents + N_VENDORS; i++)
    g_ptr_array_add (organisations, sm_sim_row_organisation (world, i, n_agents));
  if (!settle (fill, organisations, error))
    return FALSE;
  for (guint i = 0; i < world->n_service_points; i++)
    {
      world->service_points[i].area_id = world->sites[world->service_points[i].site].area_id;
      g_ptr_array_add (points, sm_sim_row_service_point (world, i, id_at (organisations, i % n_agents)));
    }
  if (!settle (fill, points, error))
    return FALSE;
  for (guint i = 0; i < world->n_service_points; i++)
    world->service_points[i].id = id_at (points, i);
  for (guint i = 0; i < world->n_engineers; i++)
    g_ptr_array_add (engineers, sm_sim_row_engineer (
                                  world, i,
                                  id_at (organisations, world->engineers[i].point % n_agents)));
  if (!settle (fill, engineers, error))
    return FALSE;
  for (guint i = 0; i < world->n_engineers; i++)
    world->engineers[i].id = id_at (engineers, i);
  return settle_means (fill, error);
}

/* --- the whole --- */

typedef struct
{
  char *found;
  const char *write;
} Memo;

static gpointer
remember (SmRules       *rules,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Memo *memo = data;

  if (memo->write != NULL)
    sm_rules_set_memo (rules, MEMO, memo->write, error);
  else
    memo->found = sm_rules_get_memo (rules, MEMO, error);
  return NULL;
}

/* A network that is opened again stays what it was made as, whatever is asked for. */
static gboolean
recall (SmRules           *rules,
        SmSimNetworkKind  *kind,
        guint64           *seed,
        GError           **error)
{
  static const char *const kinds[] = { "demo", "national", NULL };
  g_autoptr (GError) own_error = NULL;
  g_autofree char *found = NULL, *write = NULL;
  g_auto (GStrv) parts = NULL;
  Memo memo = { 0 };

  sm_rules_run_sync (rules, remember, &memo, &own_error);
  found = memo.found;
  if (own_error == NULL && found == NULL)
    {
      write = g_strdup_printf ("%s %" G_GUINT64_FORMAT, kinds[*kind], *seed);
      memo.write = write;
      sm_rules_run_sync (rules, remember, &memo, &own_error);
    }
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (found == NULL)
    return TRUE;
  parts = g_strsplit (found, " ", 2);
  if (g_strv_length (parts) == 2 && sm_slug_index (kinds, parts[0]) != SM_ENUM_UNKNOWN
      && g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXUINT64, seed, NULL))
    {
      *kind = (SmSimNetworkKind) sm_slug_index (kinds, parts[0]);
      return TRUE;
    }
  sm_set_error (error, SM_ERROR_CORRUPT, "memo", "It is not known what this network was made as: “%s”.",
                found);
  return FALSE;
}

/* What a map needs first comes first. */
static gboolean
fill_register (Fill    *fill,
               GError **error)
{
  gboolean ok = fill->world->kind == SM_SIM_NETWORK_DEMO ? settle_guangdong (fill, error)
                                                         : settle_country (fill, error);

  return ok && settle_tariff (fill, error) && settle_models (fill, error)
         && settle_fleets (fill, error)
         && settle_stations (fill, error) && settle_parts (fill, error)
         && settle_network (fill, error) && settle_vehicles (fill, error) && settle_packs (fill, error)
         && settle_equipment (fill, error) && settle_people (fill, error);
}

/**
 * sm_sim_world_load:
 * @rate: of the network's clock
 * @data_dir: where the program's data lie
 *
 * Puts into the register what is missing there of the network, and reads back
 * who is who.  From the simulator's thread.  When it is cancelled the next
 * start goes on with it.
 *
 * Returns: (transfer full) (nullable)
 */
SmSimWorld *
sm_sim_world_load (SmRules           *rules,
                   SmActor           *actor,
                   SmSimNetworkKind   kind,
                   guint64            seed,
                   double             rate,
                   const char        *data_dir,
                   GCancellable      *cancellable,
                   GError           **error)
{
  g_autoptr (SmSimWorld) world = NULL;
  Fill fill = { .rules = rules, .actor = actor, .cancellable = cancellable };

  if (!recall (rules, &kind, &seed, error))
    return NULL;
  world = sm_sim_plan (kind, seed, rate, data_dir, error);
  if (world == NULL)
    return NULL;
  world->zone = g_time_zone_new_identifier (sm_rules_get_time_zone (rules));
  if (world->zone == NULL)
    world->zone = g_time_zone_new_utc ();
  fill.world = world;
  return fill_register (&fill, error) ? g_steal_pointer (&world) : NULL;
}

double
sm_sim_weather_c (double latitude,
                  double longitude,
                  gint64 at_us)
{
  double day = (double) (at_us / SM_SECOND) / 86400.0;
  double year_part = fmod (day - 20.0, 365.25) / 365.25; /* coldest about 20 January */
  double solar_hour = fmod (day, 1.0) * 24.0 + longitude / 15.0;
  double mean_c = 29.0 - 0.62 * (latitude - 20.0) - (longitude < 103.0 && latitude < 39.0 ? 7.0 : 0.0);
  double swing_c = 3.0 + 0.62 * (latitude - 16.0);
  double daily_c = latitude > 33.0 ? 6.0 : 4.0;

  return mean_c - 2.0 - swing_c * cos (2.0 * G_PI * year_part)
         + daily_c * cos (2.0 * G_PI * (solar_hour - 15.0) / 24.0);
}
