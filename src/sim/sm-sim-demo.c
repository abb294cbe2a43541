/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-demo.h"

#include "sm-error.h"
#include "sm-import.h"
#include "sm-random.h"
#include "sm-sim-trucks.h"
#include "sm-stations.h"
#include "sm-vin.h"

/*
 * What stands in the register of the demo: the real stations of Shenzhen and a
 * hundred made-up trucks.  Only what is missing is put in.
 */

static const struct
{
  const char *code, *kind, *en, *zh_cn;
} areas[] = {
  { "440000", "province", "Guangdong", "广东省" },
  { "440100", "city", "Guangzhou", "广州市" },
  { "440300", "city", "Shenzhen", "深圳市" },
  { "440600", "city", "Foshan", "佛山市" },
  { "441300", "city", "Huizhou", "惠州市" },
  { "441900", "city", "Dongguan", "东莞市" },
};

/* Made-up companies; where they are at home, and how many of ten trucks are theirs. */
static const struct
{
  const char *en, *zh_cn;
  const char *area_code;
  char plate;
  guint share;
} fleets[] = {
  { "Yantian Container Haulage", "盐田集装箱运输", "440300", 'B', 4 },
  { "Pinghu City Freight", "平湖城市货运", "440300", 'B', 2 },
  { "Dongjiang Building Materials", "东江建材物流", "441900", 'S', 2 },
  { "Nansha Port Shuttle", "南沙港短驳", "440100", 'A', 1 },
  { "Daya Bay Chemical Logistics", "大亚湾化工物流", "441300", 'L', 1 },
};

typedef struct
{
  SmActor *actor;
  guint64 seed;
  double rate;
  gint64 area_ids[G_N_ELEMENTS (areas)];
  gint64 fleet_ids[G_N_ELEMENTS (fleets)];
} Fill;

static guint
fleet_of (guint index)
{
  guint place = index % 10, fleet = 0;

  while (place >= fleets[fleet].share)
    place -= fleets[fleet++].share;
  return fleet;
}

/* Where the area with this code stands in the table. */
static guint
area_of (const char *code)
{
  guint area = 0;

  while (g_strcmp0 (areas[area].code, code) != 0)
    area++;
  return area;
}

static void
make_vin (char    *vin,
          guint    index,
          guint64  mixed)
{
  static const char makers[][4] = { "LZZ", "LFW", "LGA", "LRD" };
  static const char years[] = "NPRS"; /* 2022 to 2025 */

  /* Maker, description, check digit, year, plant, number. */
  g_snprintf (vin, SM_VIN_LENGTH + 1, "%sPBEV6%c0%c%c%06u", makers[mixed % G_N_ELEMENTS (makers)],
              'A' + (char) (mixed >> 8) % 8, years[(mixed >> 16) % (sizeof years - 1)],
              "ABCD"[(mixed >> 24) % 4], 100000 + (index * 7919 + (guint) (mixed >> 40) % 7919) % 900000);
  vin[8] = sm_vin_check_digit (vin);
}

/**
 * sm_sim_demo_vehicle:
 *
 * Returns: (transfer full): the register's row of one truck, without its ids.
 *   The plate is one of a large vehicle of new energy: five digits and a D.
 */
SmRow *
sm_sim_demo_vehicle (guint64 seed,
                     guint   index,
                     double  rate)
{
  guint64 mixed = sm_random_mix (seed ^ sm_random_mix (index));
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
  char vin[SM_VIN_LENGTH + 1];

  make_vin (vin, index, mixed);
  /* Ten thousand plates for each truck to choose from, so that no two are the same. */
  sm_row_take_text (row, SM_VEHICLE_PLATE,
                    g_strdup_printf ("粤%c·%05uD", fleets[fleet_of (index)].plate,
                                     index % 100 * 1000 + (guint) (mixed >> 32) % 1000));
  sm_row_set_text (row, SM_VEHICLE_VIN, vin);
  sm_row_set_text (row, SM_VEHICLE_MODEL, mixed & 1 ? "6x4 BEV 282 kWh" : "6x4 BEV 282 kWh mixer");
  sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, SM_SIM_REPORT_PERIOD_S * rate);
  return row;
}

static gboolean
put (SmRules      *rules,
     const Fill   *fill,
     const SmRow  *row,
     guint         key_field,
     gint64       *out_id,
     GError      **error)
{
  SmUpsertOutcome outcome;

  return sm_registry_upsert (rules, fill->actor, row, key_field, out_id, &outcome, error);
}

static gboolean
put_areas (SmRules  *rules,
           Fill     *fill,
           GError  **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_AREA));

      sm_row_set_text (row, SM_AREA_CODE, areas[i].code);
      sm_row_set_text (row, SM_AREA_KIND, areas[i].kind);
      sm_row_take_text (row, SM_AREA_NAME, sm_name_new (areas[i].en, areas[i].zh_cn));
      if (i > 0)
        sm_row_set_int (row, SM_AREA_PARENT_ID, fill->area_ids[0]);
      if (!put (rules, fill, row, SM_AREA_CODE, &fill->area_ids[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_fleets (SmRules  *rules,
            Fill     *fill,
            GError  **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fleets); i++)
    {
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_FLEET));

      sm_row_set_int (row, SM_ROW_AREA_ID, fill->area_ids[area_of (fleets[i].area_code)]);
      sm_row_take_text (row, SM_FLEET_NAME, sm_name_new (fleets[i].en, fleets[i].zh_cn));
      if (!put (rules, fill, row, SM_FLEET_NAME, &fill->fleet_ids[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_vehicles (SmRules  *rules,
              Fill     *fill,
              GError  **error)
{
  for (guint i = 0; i < SM_SIM_DEMO_TRUCKS; i++)
    {
      g_autoptr (SmRow) row = sm_sim_demo_vehicle (fill->seed, i, fill->rate);
      guint fleet = fleet_of (i);
      gint64 id;

      sm_row_set_int (row, SM_ROW_FLEET_ID, fill->fleet_ids[fleet]);
      sm_row_set_int (row, SM_ROW_AREA_ID, fill->area_ids[area_of (fleets[fleet].area_code)]);
      if (!put (rules, fill, row, SM_VEHICLE_PLATE, &id, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
put_register (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Fill *fill = data;

  if (!sm_rules_begin (rules, error))
    return NULL;
  if (!put_areas (rules, fill, error) || !put_fleets (rules, fill, error)
      || !put_vehicles (rules, fill, error))
    {
      sm_rules_rollback (rules);
      return NULL;
    }
  sm_rules_commit (rules, error);
  return NULL;
}

/* A network that was being filled when it ended is filled on at the next start. */
#define MEMO "demo"
#define FILLING "filling"
#define FILLED "filled"

static gpointer
write_memo (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  sm_rules_set_memo (rules, MEMO, data, error);
  return NULL;
}

static gboolean
set_memo (SmRules     *rules,
          const char  *value,
          GError     **error)
{
  g_autoptr (GError) own_error = NULL;

  sm_rules_run_sync (rules, write_memo, (gpointer) value, &own_error);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gpointer
read_memo (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return sm_rules_get_memo (rules, MEMO, error);
}

static gboolean
was_filling (SmRules *rules)
{
  g_autofree char *memo = sm_rules_run_sync (rules, read_memo, NULL, NULL);

  return g_strcmp0 (memo, FILLING) == 0;
}

typedef struct
{
  const SmNoun *noun;
  gboolean has_any;
} Look;

static gpointer
look (SmReader      *reader,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Look *self = data;
  g_autoptr (GPtrArray) rows = sm_registry_list (reader, self->noun, 0, 1, error);

  self->has_any = rows != NULL && rows->len > 0;
  return NULL;
}

static gboolean
has_any (SmRules   *rules,
         SmNounId   noun,
         gboolean  *out_has_any,
         GError   **error)
{
  Look self = { .noun = sm_noun_get (noun) };
  g_autoptr (GError) own_error = NULL;

  sm_rules_read_sync (rules, look, &self, &own_error);
  *out_has_any = self.has_any;
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

typedef struct
{
  SmActor *actor;
  GPtrArray *vehicles;
  double period_s;
} Periods;

static gpointer
put_periods (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Periods *self = data;

  if (!sm_rules_begin (rules, error))
    return NULL;
  for (guint i = 0; i < self->vehicles->len; i++)
    {
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
      SmUpsertOutcome outcome;
      gint64 id;

      sm_row_set_text (row, SM_VEHICLE_PLATE,
                       sm_row_get_text (self->vehicles->pdata[i], SM_VEHICLE_PLATE));
      sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, self->period_s);
      if (!sm_registry_upsert (rules, self->actor, row, SM_VEHICLE_PLATE, &id, &outcome, error))
        {
          sm_rules_rollback (rules);
          return NULL;
        }
    }
  sm_rules_commit (rules, error);
  return NULL;
}

/**
 * sm_sim_demo_set_periods:
 * @vehicles: (element-type SmRow): of the register
 *
 * A network that is opened again at another speed reports at another period of
 * its own time; else everybody would seem late, or nobody ever.
 */
gboolean
sm_sim_demo_set_periods (SmRules    *rules,
                         SmActor    *actor,
                         GPtrArray  *vehicles,
                         double      rate,
                         GError    **error)
{
  Periods self = { actor, vehicles, SM_SIM_REPORT_PERIOD_S * rate };
  g_autoptr (GError) own_error = NULL;

  if (vehicles->len == 0
      || sm_row_get_real (vehicles->pdata[0], SM_VEHICLE_REPORT_PERIOD_S) == self.period_s)
    return TRUE;
  sm_rules_run_sync (rules, put_periods, &self, &own_error);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gboolean
fill_vehicles (SmRules  *rules,
               SmActor  *actor,
               guint64   seed,
               double    rate,
               gint64   *out_area_id,
               GError  **error)
{
  Fill fill = { .actor = actor, .seed = seed, .rate = rate };
  g_autoptr (GError) own_error = NULL;

  sm_rules_run_sync (rules, put_register, &fill, &own_error);
  *out_area_id = fill.area_ids[area_of ("440300")];
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

/**
 * sm_sim_demo_fill:
 * @rate: of the network's clock
 * @stations_path: the table of Shenzhen's stations
 *
 * From the simulator's thread.  The trucks come first: they are few, and it is
 * they that move.  When it is cancelled the next start goes on with it.
 */
gboolean
sm_sim_demo_fill (SmRules       *rules,
                  SmActor       *actor,
                  guint64        seed,
                  double         rate,
                  const char    *stations_path,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SmImportOptions options = { .datum = SM_DATUM_GCJ02, .name_en = "Shenzhen {sn}",
                              .name_zh_cn = "深圳{sn}号站", .cancellable = cancellable };
  g_auto (SmImportSummary) summary = { 0 };
  gboolean has_vehicles, has_stations, goes_on;

  if (!has_any (rules, SM_NOUN_VEHICLE, &has_vehicles, error)
      || !has_any (rules, SM_NOUN_STATION, &has_stations, error))
    return FALSE;
  goes_on = was_filling (rules);
  if ((goes_on || !has_vehicles)
      && !fill_vehicles (rules, actor, seed, rate, &options.area_id, error))
    return FALSE;
  if (has_stations && !goes_on)
    return TRUE;
  return set_memo (rules, FILLING, error)
         && sm_import_stations_file (rules, actor, stations_path, &options, &summary, error)
         && set_memo (rules, FILLED, error);
}
