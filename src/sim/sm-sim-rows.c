/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-rows.h"

#include <math.h>

#include "sm-random.h"
#include "sm-sim-plan.h"
#include "sm-sim-engine.h"
#include "sm-time.h"

#define YEAR_US (365 * 24 * 3600 * SM_SECOND)

enum
{
  LOT_NAME = 100, LOT_ENGINEER, LOT_BATTERY, LOT_EQUIPMENT,
};

/* Made-up companies are called as real ones are: place, lucky word, trade. */
static const struct
{
  const char *en, *zh_cn;
} lucky[] = {
  { "Hongda", "宏达" }, { "Shunfa", "顺发" }, { "Xinyuan", "鑫源" }, { "Tongda", "通达" },
  { "Jinlong", "金龙" }, { "Huaxing", "华兴" }, { "Yongtai", "永泰" }, { "Changsheng", "昌盛" },
  { "Hengtong", "恒通" }, { "Anshun", "安顺" }, { "Dingsheng", "鼎盛" }, { "Yuanda", "远大" },
  { "Ruifeng", "瑞丰" }, { "Zhongxin", "中鑫" }, { "Tianyu", "天宇" }, { "Haoyun", "浩运" },
}, trades[] = {
  { "Logistics", "物流" }, { "Haulage", "运输" }, { "Freight", "货运" },
  { "Heavy Transport", "重卡运输" }, { "Supply Chain", "供应链" }, { "Bulk Cargo", "大宗物流" },
  { "Green Transport", "绿色运力" },
};

static const char *const surnames[] = {
  "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭",
  "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "冯", "韩", "曹",
};
static const char *const given[] = {
  "伟", "强", "磊", "军", "勇", "杰", "涛", "明", "超", "刚", "平", "辉", "建国", "志强", "海波",
  "文斌", "国庆", "晓东", "永胜", "家豪", "俊峰", "德华", "玉成", "长青", "丽", "敏", "静", "秀英",
};

/* By the kind of equipment: what people can repair who are good at one of it. */
static const char *const skills[] = {
  "swap_robot,charger_module,cooling",
  "charger_module,transformer,meter,ups",
  "bms,vcu,motor_controller,tbox",
  "fire_system,smoke_sensor,gas_sensor,temperature_sensor,humidity_sensor,water_sensor,door_sensor",
  "gateway,camera,tbox,meter",
};

static const struct
{
  const char *en, *zh_cn;
} equipment_names[] = {
  [SM_EQUIPMENT_KIND_SWAP_ROBOT] = { "Swap robot", "换电机器人" },
  [SM_EQUIPMENT_KIND_CHARGER_MODULE] = { "Charger module", "充电模块" },
  [SM_EQUIPMENT_KIND_COOLING] = { "Cooling unit", "冷却机组" },
  [SM_EQUIPMENT_KIND_FIRE_SYSTEM] = { "Fire system", "消防系统" },
  [SM_EQUIPMENT_KIND_SMOKE_SENSOR] = { "Smoke sensor", "烟感" },
  [SM_EQUIPMENT_KIND_GAS_SENSOR] = { "Gas sensor", "气体传感器" },
  [SM_EQUIPMENT_KIND_TEMPERATURE_SENSOR] = { "Temperature sensor", "温度传感器" },
  [SM_EQUIPMENT_KIND_HUMIDITY_SENSOR] = { "Humidity sensor", "湿度传感器" },
  [SM_EQUIPMENT_KIND_WATER_SENSOR] = { "Water sensor", "水浸传感器" },
  [SM_EQUIPMENT_KIND_DOOR_SENSOR] = { "Door sensor", "门磁" },
  [SM_EQUIPMENT_KIND_TRANSFORMER] = { "Transformer", "变压器" },
  [SM_EQUIPMENT_KIND_METER] = { "Meter", "电表" },
  [SM_EQUIPMENT_KIND_UPS] = { "Backup supply", "不间断电源" },
  [SM_EQUIPMENT_KIND_CAMERA] = { "Camera", "摄像头" },
  [SM_EQUIPMENT_KIND_VCU] = { "Vehicle controller", "整车控制器" },
  [SM_EQUIPMENT_KIND_MOTOR_CONTROLLER] = { "Motor controller", "电机控制器" },
  [SM_EQUIPMENT_KIND_BMS] = { "Battery management", "电池管理系统" },
  [SM_EQUIPMENT_KIND_TBOX] = { "Telematics box", "车载终端" },
  [SM_EQUIPMENT_KIND_GATEWAY] = { "Gateway", "网关" },
};

static SmRow *
new_row (SmNounId noun)
{
  return sm_row_new (sm_noun_get (noun));
}

static const char *
chinese (const SmSimSite *site)
{
  return *site->name_zh != '\0' ? site->name_zh : site->name_en;
}

static void
take_name (SmRow *row,
           guint  field,
           char  *en,
           char  *zh_cn)
{
  sm_row_take_text (row, field, sm_name_new (en, zh_cn));
  g_free (en);
  g_free (zh_cn);
}

/* A number that is nobody's: no mobile telephone of the country begins with 100. */
static char *
phone_of (guint kind,
          guint index)
{
  return g_strdup_printf ("100%u%07u", kind, (guint) ((guint64) index * 600011 % 10000000));
}

static char *
person_of (const SmSimWorld *world,
           guint             kind,
           guint             index)
{
  guint64 lot = sm_sim_plan_lot (world, LOT_NAME + kind, index);

  return g_strconcat (surnames[lot % G_N_ELEMENTS (surnames)],
                      given[(lot >> 16) % G_N_ELEMENTS (given)], NULL);
}

SmRow *
sm_sim_row_model (const SmSimWorld *world,
                  guint             index)
{
  SmRow *row = new_row (SM_NOUN_BATTERY_MODEL);
  const SmSimModel *model = &world->models[index];

  sm_row_set_text (row, SM_BATTERY_MODEL_CODE, model->code);
  take_name (row, SM_BATTERY_MODEL_NAME,
             g_strdup_printf ("%" G_GINT64_FORMAT " kWh pack", model->nominal_wh / 1000),
             g_strdup_printf ("%" G_GINT64_FORMAT " kWh 电池", model->nominal_wh / 1000));
  sm_row_set_text (row, SM_BATTERY_MODEL_CHEMISTRY, "LFP");
  sm_row_set_int (row, SM_BATTERY_MODEL_NOMINAL_WH, model->nominal_wh);
  sm_row_set_real (row, SM_BATTERY_MODEL_NOMINAL_VOLTAGE_V, model->nominal_voltage_v);
  sm_row_set_real (row, SM_BATTERY_MODEL_READY_SOC, model->ready_soc);
  sm_row_set_real (row, SM_BATTERY_MODEL_MAX_POWER_KW, model->max_power_kw);
  sm_row_set_int (row, SM_BATTERY_MODEL_CELL_COUNT, model->cell_count);
  sm_row_set_int (row, SM_BATTERY_MODEL_PROBE_COUNT, model->probe_count);
  sm_row_set_int (row, SM_BATTERY_MODEL_CYCLE_LIMIT, 3000);
  return row;
}

/** sm_sim_row_fleet: @number: how many fleets are at home there before it */
SmRow *
sm_sim_row_fleet (const SmSimWorld *world,
                  guint             index,
                  guint             number)
{
  SmRow *row = new_row (SM_NOUN_FLEET);
  const SmSimSite *site = &world->sites[world->fleets[index].site];
  guint at = (number + world->fleets[index].site) % G_N_ELEMENTS (lucky);
  guint trade = (number / G_N_ELEMENTS (lucky) + index) % G_N_ELEMENTS (trades);

  sm_row_set_int (row, SM_ROW_AREA_ID, site->area_id);
  take_name (row, SM_FLEET_NAME,
             g_strdup_printf ("%s %s %s", site->name_en, lucky[at].en, trades[trade].en),
             g_strconcat (chinese (site), lucky[at].zh_cn, trades[trade].zh_cn, NULL));
  sm_row_set_text (row, SM_FLEET_PAYMENT_MODE, sm_payment_modes[index % 3 == 0 ? 0 : 1]);
  return row;
}

/** sm_sim_row_station: @number: which one it is at its place, from 1 */
SmRow *
sm_sim_row_station (const SmSimWorld *world,
                    guint             index,
                    guint             number)
{
  SmRow *row = new_row (SM_NOUN_STATION);
  const SmSimStation *station = &world->stations[index];
  const SmSimSite *site = &world->sites[station->site];
  g_autofree char *duty = phone_of (1, index);
  g_autofree char *site_phone = phone_of (2, index);

  sm_row_set_int (row, SM_ROW_AREA_ID, site->area_id);
  sm_row_set_text (row, SM_STATION_SN, station->sn);
  take_name (row, SM_STATION_NAME, g_strdup_printf ("%s Swap %u", site->name_en, number),
             g_strdup_printf ("%s%u号换电站", chinese (site), number));
  sm_row_set_text (row, SM_STATION_KIND, "swap");
  sm_row_set_text (row, SM_STATION_STATE, "operating");
  sm_row_set_real (row, SM_STATION_LATITUDE, round (station->latitude * 1e6) / 1e6);
  sm_row_set_real (row, SM_STATION_LONGITUDE, round (station->longitude * 1e6) / 1e6);
  sm_row_set_text (row, SM_STATION_TIME_ZONE, station->time_zone);
  sm_row_set_real (row, SM_STATION_GRID_CAPACITY_KW, station->grid_kw);
  sm_row_take_text (row, SM_STATION_OPENING_HOURS,
                    g_strdup_printf ("%02u:%02u-%02u:%02u", station->open_min / 60,
                                     station->open_min % 60, station->close_min / 60,
                                     station->close_min % 60));
  sm_row_take_text (row, SM_STATION_PHONES,
                    g_strdup_printf ("{\"duty\":\"%s\",\"site\":\"%s\"}", duty, site_phone));
  sm_row_set_int (row, SM_STATION_LANE_COUNT, station->n_lanes);
  sm_row_set_int (row, SM_STATION_BAY_COUNT, station->n_bays);
  return row;
}

static guint
number_among_its_kind (const SmSimWorld *world,
                       guint             index)
{
  const SmSimStation *station = &world->stations[world->equipment[index].station];
  guint number = 1;

  for (guint i = station->first_equipment; i < index; i++)
    number += world->equipment[i].kind == world->equipment[index].kind;
  return number;
}

SmRow *
sm_sim_row_equipment (const SmSimWorld *world,
                      guint             index)
{
  static const char *const suppliers[] = { "Hengtong Power", "Dingsheng Automation", "Tianyu Electric" };
  SmRow *row = new_row (SM_NOUN_EQUIPMENT);
  const SmSimEquipment *item = &world->equipment[index];
  const SmSimStation *station = &world->stations[item->station];
  guint64 lot = sm_sim_plan_lot (world, LOT_EQUIPMENT, index);
  guint number = number_among_its_kind (world, index);
  gboolean is_big = item->kind == SM_EQUIPMENT_KIND_SWAP_ROBOT
                    || item->kind == SM_EQUIPMENT_KIND_TRANSFORMER
                    || item->kind == SM_EQUIPMENT_KIND_FIRE_SYSTEM;

  sm_row_set_int (row, SM_ROW_AREA_ID, station->area_id);
  sm_row_set_int (row, SM_EQUIPMENT_STATION_ID, station->id);
  sm_row_set_text (row, SM_EQUIPMENT_PARENT_NOUN, "station");
  sm_row_set_int (row, SM_EQUIPMENT_PARENT_ID, station->id);
  sm_row_set_text (row, SM_EQUIPMENT_KIND, sm_equipment_kinds[item->kind]);
  sm_row_take_text (row, SM_EQUIPMENT_SN,
                    g_strdup_printf ("%s-%s-%u", station->sn, sm_equipment_kinds[item->kind], number));
  take_name (row, SM_EQUIPMENT_NAME,
             g_strdup_printf ("%s %u", equipment_names[item->kind].en, number),
             g_strdup_printf ("%s%u", equipment_names[item->kind].zh_cn, number));
  sm_row_take_text (row, SM_EQUIPMENT_MODEL,
                    g_strdup_printf ("%c%u", 'A' + (char) (lot % 6), 100 + (guint) (lot >> 8) % 9 * 100));
  sm_row_set_text (row, SM_EQUIPMENT_SUPPLIER, suppliers[(lot >> 16) % G_N_ELEMENTS (suppliers)]);
  sm_row_set_int (row, SM_EQUIPMENT_INSTALLED_ON, item->installed_us);
  sm_row_set_int (row, SM_EQUIPMENT_WARRANTY_UNTIL, item->installed_us + 3 * YEAR_US);
  sm_row_set_int (row, SM_EQUIPMENT_SERVICE_LIFE_UNTIL,
                  item->installed_us + (is_big ? 12 : 8) * YEAR_US);
  sm_row_set_int (row, SM_EQUIPMENT_CRITICALITY, is_big ? 5 : 1 + (gint64) (item->kind % 4));
  return row;
}

/* By whom trucks are heard. */
static const struct { const char *en, *zh_cn; } carriers[] = {
  { "Eastern Mobile", "东方移动" }, { "Union Mobile", "联合通信" }, { "Delta Telecom", "三角洲电信" },
}, gateways[] = {
  { "Gateway North", "北区网关" }, { "Gateway South", "南区网关" },
};

#define N_OF_NETWORK (G_N_ELEMENTS (carriers) + G_N_ELEMENTS (gateways))
G_STATIC_ASSERT (N_OF_NETWORK == SM_SIM_N_OF_NETWORK);

/** sm_sim_row_of_network: The carriers and then the gateways by which trucks are heard. */
SmRow *
sm_sim_row_of_network (guint index)
{
  SmRow *row = new_row (SM_NOUN_ORGANISATION);
  gboolean is_carrier = index < G_N_ELEMENTS (carriers);
  const char *en = is_carrier ? carriers[index].en : gateways[index - G_N_ELEMENTS (carriers)].en;
  const char *zh_cn
      = is_carrier ? carriers[index].zh_cn : gateways[index - G_N_ELEMENTS (carriers)].zh_cn;

  take_name (row, SM_ORGANISATION_NAME, g_strdup (en), g_strdup (zh_cn));
  sm_row_set_text (row, SM_ORGANISATION_KIND, is_carrier ? "carrier" : "gateway");
  sm_row_set_text (row, SM_ORGANISATION_STATE, "approved");
  return row;
}

/** sm_sim_row_organisation: The agents, after them two who make and repair. */
SmRow *
sm_sim_row_organisation (const SmSimWorld *world,
                         guint             index,
                         guint             n_agents)
{
  SmRow *row = new_row (SM_NOUN_ORGANISATION);
  guint point = index % world->n_service_points;
  const SmSimSite *site = &world->sites[world->service_points[point].site];
  guint at = index % G_N_ELEMENTS (lucky);

  if (index < n_agents)
    take_name (row, SM_ORGANISATION_NAME,
               g_strdup_printf ("%s %s Energy Service", site->name_en, lucky[at].en),
               g_strconcat (chinese (site), lucky[at].zh_cn, "能源服务", NULL));
  else
    take_name (row, SM_ORGANISATION_NAME, g_strdup_printf ("%s Maintenance", lucky[at].en),
               g_strconcat (lucky[at].zh_cn, "运维", NULL));
  sm_row_set_text (row, SM_ORGANISATION_KIND,
                   sm_organisation_kinds[index < n_agents ? 1 : 4]);
  sm_row_set_text (row, SM_ORGANISATION_STATE, "approved");
  sm_row_take_text (row, SM_ORGANISATION_PHONE, phone_of (3, index));
  if (index < n_agents)
    sm_row_set_int (row, SM_ROW_AREA_ID, site->area_id);
  return row;
}

SmRow *
sm_sim_row_service_point (const SmSimWorld *world,
                          guint             index,
                          gint64            organisation_id)
{
  SmRow *row = new_row (SM_NOUN_SERVICE_POINT);
  const SmSimServicePoint *point = &world->service_points[index];
  const SmSimSite *site = &world->sites[point->site];

  sm_row_set_int (row, SM_ROW_AREA_ID, site->area_id);
  sm_row_set_int (row, SM_SERVICE_POINT_ORGANISATION_ID, organisation_id);
  take_name (row, SM_SERVICE_POINT_NAME, g_strdup_printf ("%s Service Point", site->name_en),
             g_strconcat (chinese (site), "服务点", NULL));
  sm_row_set_real (row, SM_SERVICE_POINT_LATITUDE, round (point->latitude * 1e6) / 1e6);
  sm_row_set_real (row, SM_SERVICE_POINT_LONGITUDE, round (point->longitude * 1e6) / 1e6);
  sm_row_set_int (row, SM_SERVICE_POINT_RADIUS_M, point->radius_m);
  sm_row_take_text (row, SM_SERVICE_POINT_PHONE, phone_of (4, index));
  sm_row_set_text (row, SM_SERVICE_POINT_HOURS, "00:00-24:00");
  sm_row_take_text (row, SM_SERVICE_POINT_SKILLS,
                    g_strjoin (",", skills[index % G_N_ELEMENTS (skills)], skills[2], NULL));
  return row;
}

SmRow *
sm_sim_row_engineer (const SmSimWorld *world,
                     guint             index,
                     gint64            organisation_id)
{
  SmRow *row = new_row (SM_NOUN_ENGINEER);
  const SmSimServicePoint *point = &world->service_points[world->engineers[index].point];

  sm_row_set_int (row, SM_ROW_AREA_ID, point->area_id);
  sm_row_set_int (row, SM_ENGINEER_ORGANISATION_ID, organisation_id);
  sm_row_set_int (row, SM_ENGINEER_SERVICE_POINT_ID, point->id);
  sm_row_take_text (row, SM_ENGINEER_NAME, person_of (world, 1, index));
  sm_row_take_text (row, SM_ENGINEER_PHONE, phone_of (5, index));
  sm_row_set_text (row, SM_ENGINEER_SKILLS, skills[(index / 3) % G_N_ELEMENTS (skills)]);
  return row;
}

static const struct
{
  const char *code, *en, *zh_cn, *kinds;
} parts[] = {
  { "CM-30-FAN", "Charger module fan", "充电模块风扇", "charger_module" },
  { "SR-LOCK-01", "Locking pin of a swap robot", "换电机器人锁销", "swap_robot" },
  { "CB-CONT-250", "Contactor, 250 A", "接触器 250 A", "charger_module,transformer" },
  { "BM-HARN-12", "Harness of a battery monitor", "电池监测线束", "bms" },
  { "GW-4G-02", "Gateway, 4G", "4G 网关", "gateway,tbox" },
  { "CL-PUMP-03", "Coolant pump", "冷却液泵", "cooling" },
};

/* The @n-th stock in an engineer's van. */
SmRow *
sm_sim_row_part (const SmSimWorld *world,
                 guint             index,
                 guint             n)
{
  SmRow *row = new_row (SM_NOUN_PART);
  guint which = (index + n) % G_N_ELEMENTS (parts);

  sm_row_set_int (row, SM_ROW_AREA_ID,
                  world->service_points[world->engineers[index].point].area_id);
  sm_row_set_text (row, SM_PART_CODE, parts[which].code);
  sm_row_take_text (row, SM_PART_NAME, sm_name_new (parts[which].en, parts[which].zh_cn));
  sm_row_set_text (row, SM_PART_EQUIPMENT_KINDS, parts[which].kinds);
  sm_row_set_int (row, SM_PART_ENGINEER_ID, world->engineers[index].id);
  sm_row_set_int (row, SM_PART_QUANTITY, 1 + (index * 7 + n * 3) % 5);
  sm_row_set_int (row, SM_PART_MINIMUM, 2);
  return row;
}

/* 2026-06-01. */
#define CERTIFIED_US (G_GINT64_CONSTANT (1780272000) * SM_SECOND)
#define YEAR (G_GINT64_CONSTANT (365) * SM_DAY)

/* Most hold for years; one in fifty has to be renewed before long, or should have been. */
SmRow *
sm_sim_row_certificate (const SmSimWorld *world,
                        guint             index,
                        guint             n)
{
  static const guint kinds[] = { 0, 2, 3, 4 };
  SmRow *row = new_row (SM_NOUN_CERTIFICATE);
  guint lot = (index * 31 + n * 17 + 7) % 50;
  gint64 left = lot == 0 ? -20 * SM_DAY : lot == 1 ? 20 * SM_DAY : YEAR + lot * 10 * SM_DAY;

  sm_row_set_int (row, SM_ROW_AREA_ID,
                  world->service_points[world->engineers[index].point].area_id);
  sm_row_set_int (row, SM_CERTIFICATE_ENGINEER_ID, world->engineers[index].id);
  sm_row_set_text (row, SM_CERTIFICATE_KIND,
                   sm_certificate_kinds[n == 0 ? kinds[0] : kinds[1 + index % 3]]);
  sm_row_take_text (row, SM_CERTIFICATE_NUMBER, g_strdup_printf ("T4403%05u%u", index + 1, n));
  sm_row_set_text (row, SM_CERTIFICATE_ISSUER, "深圳市应急管理局");
  sm_row_set_int (row, SM_CERTIFICATE_ISSUED_ON, CERTIFIED_US + left - 6 * YEAR);
  sm_row_set_int (row, SM_CERTIFICATE_EXPIRES_AT, CERTIFIED_US + left);
  return row;
}

SmRow *
sm_sim_row_driver (const SmSimWorld *world,
                   guint             index)
{
  static const char *const levels[] = { "standard", "standard", "silver", "gold" };
  SmRow *row = new_row (SM_NOUN_DRIVER);
  const SmSimFleet *fleet = &world->fleets[world->vehicles[index].fleet];

  sm_row_set_int (row, SM_ROW_AREA_ID, fleet->area_id);
  sm_row_set_int (row, SM_ROW_FLEET_ID, fleet->id);
  sm_row_take_text (row, SM_DRIVER_NAME, person_of (world, 2, index));
  sm_row_take_text (row, SM_DRIVER_PHONE, phone_of (6, index));
  sm_row_set_text (row, SM_DRIVER_VERIFICATION, sm_verifications[index % 200 == 0 ? 1 : 2]);
  sm_row_set_text (row, SM_DRIVER_STATE, "active");
  sm_row_set_text (row, SM_DRIVER_LEVEL, levels[index % G_N_ELEMENTS (levels)]);
  return row;
}

SmRow *
sm_sim_row_vehicle (const SmSimWorld *world,
                    guint             index)
{
  SmRow *row = new_row (SM_NOUN_VEHICLE);
  const SmSimVehicle *vehicle = &world->vehicles[index];

  sm_row_set_int (row, SM_ROW_AREA_ID, vehicle->area_id);
  sm_row_set_int (row, SM_ROW_FLEET_ID, world->fleets[vehicle->fleet].id);
  sm_row_set_text (row, SM_VEHICLE_PLATE, vehicle->plate);
  sm_row_set_text (row, SM_VEHICLE_VIN, vehicle->vin);
  sm_row_set_text (row, SM_VEHICLE_MODEL, world->truck_kinds[vehicle->kind].model);
  sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, SM_SIM_REPORT_PERIOD_S * world->rate);
  if (vehicle->driver_id != 0)
    sm_row_set_int (row, SM_VEHICLE_DRIVER_ID, vehicle->driver_id);
  /* A fleet reports to one gateway; the cards in its trucks are of any carrier. */
  sm_row_set_int (row, SM_VEHICLE_CARRIER_ID, world->network_ids[index % G_N_ELEMENTS (carriers)]);
  sm_row_set_int (row, SM_VEHICLE_GATEWAY_ID,
                  world->network_ids[G_N_ELEMENTS (carriers)
                                     + vehicle->fleet % G_N_ELEMENTS (gateways)]);
  return row;
}

SmRow *
sm_sim_row_battery (const SmSimWorld *world,
                    guint             index)
{
  static const char *const suppliers[] = { "Ruifeng Battery", "Zhongxin Battery" };
  SmRow *row = new_row (SM_NOUN_BATTERY);
  const SmSimPack *pack = &world->packs[index];
  guint64 lot = sm_sim_plan_lot (world, LOT_BATTERY, index);
  /* It has done about one and a half cycles a day since it was installed, before 2026. */
  gint64 installed_us = G_GINT64_CONSTANT (1767225600) * SM_SECOND
                        - (gint64) (pack->cycle_count / 1.6) * 86400 * SM_SECOND;

  sm_row_set_int (row, SM_ROW_AREA_ID,
                  pack->vehicle != G_MAXUINT ? world->vehicles[pack->vehicle].area_id
                                             : world->stations[pack->station].area_id);
  sm_row_set_text (row, SM_BATTERY_SN, pack->sn);
  sm_row_set_int (row, SM_BATTERY_BATTERY_MODEL_ID, world->models[pack->model].id);
  sm_row_set_text (row, SM_BATTERY_FITNESS,
                   sm_fitnesses[pack->soh < 82.0 ? SM_FITNESS_WATCH : SM_FITNESS_SERVICEABLE]);
  sm_row_set_text (row, SM_BATTERY_SOH_METHOD, "capacity_ratio");
  sm_row_set_text (row, SM_BATTERY_SUPPLIER, suppliers[lot % G_N_ELEMENTS (suppliers)]);
  sm_row_set_int (row, SM_BATTERY_INSTALLED_ON, installed_us);
  sm_row_set_int (row, SM_BATTERY_WARRANTY_UNTIL, installed_us + 5 * YEAR_US);
  sm_row_set_int (row, SM_BATTERY_SERVICE_LIFE_UNTIL, installed_us + 8 * YEAR_US);
  return row;
}
