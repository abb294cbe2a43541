/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-sites.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sm-csv.h"
#include "sm-error.h"
#include "sm-sim-guangdong.h"

/* How the country is cut into desks of about the same work. */
static const SmSimDesk desks[] = {
  { "OA01", "Beijing, Tianjin, Hebei", "京津冀" },
  { "OA02", "Shanxi and Inner Mongolia", "晋蒙" },
  { "OA03", "Northeast", "东北" },
  { "OA04", "Yangtze Delta", "长三角" },
  { "OA05", "Shandong and Anhui", "鲁皖" },
  { "OA06", "Henan and Hubei", "豫鄂" },
  { "OA07", "Fujian, Jiangxi, Hunan", "闽赣湘" },
  { "OA08", "Guangdong and Guangxi", "两广" },
  { "OA09", "Southwest", "西南" },
  { "OA10", "Northwest", "西北" },
};

static const SmSimProvince provinces[] = {
  { 110000, "Beijing", "北京市", "京", 0 },
  { 120000, "Tianjin", "天津市", "津", 0 },
  { 130000, "Hebei", "河北省", "冀", 0 },
  { 140000, "Shanxi", "山西省", "晋", 1 },
  { 150000, "Inner Mongolia", "内蒙古自治区", "蒙", 1 },
  { 210000, "Liaoning", "辽宁省", "辽", 2 },
  { 220000, "Jilin", "吉林省", "吉", 2 },
  { 230000, "Heilongjiang", "黑龙江省", "黑", 2 },
  { 310000, "Shanghai", "上海市", "沪", 3 },
  { 320000, "Jiangsu", "江苏省", "苏", 3 },
  { 330000, "Zhejiang", "浙江省", "浙", 3 },
  { 340000, "Anhui", "安徽省", "皖", 4 },
  { 350000, "Fujian", "福建省", "闽", 6 },
  { 360000, "Jiangxi", "江西省", "赣", 6 },
  { 370000, "Shandong", "山东省", "鲁", 4 },
  { 410000, "Henan", "河南省", "豫", 5 },
  { 420000, "Hubei", "湖北省", "鄂", 5 },
  { 430000, "Hunan", "湖南省", "湘", 6 },
  { 440000, "Guangdong", "广东省", "粤", 7 },
  { 450000, "Guangxi", "广西壮族自治区", "桂", 7 },
  { 500000, "Chongqing", "重庆市", "渝", 8 },
  { 510000, "Sichuan", "四川省", "川", 8 },
  { 520000, "Guizhou", "贵州省", "贵", 8 },
  { 530000, "Yunnan", "云南省", "云", 8 },
  { 540000, "Tibet", "西藏自治区", "藏", 8 },
  { 610000, "Shaanxi", "陕西省", "陕", 9 },
  { 620000, "Gansu", "甘肃省", "甘", 9 },
  { 630000, "Qinghai", "青海省", "青", 9 },
  { 640000, "Ningxia", "宁夏回族自治区", "宁", 9 },
  { 650000, "Xinjiang", "新疆维吾尔自治区", "新", 9 },
};

const SmSimProvince *
sm_sim_provinces (guint *out_n)
{
  *out_n = G_N_ELEMENTS (provinces);
  return provinces;
}

/** sm_sim_province_find: Returns: (nullable): the province with this code */
const SmSimProvince *
sm_sim_province_find (guint code)
{
  for (guint i = 0; i < G_N_ELEMENTS (provinces); i++)
    if (provinces[i].code == code)
      return &provinces[i];
  return NULL;
}

const SmSimDesk *
sm_sim_desks (guint *out_n)
{
  *out_n = G_N_ELEMENTS (desks);
  return desks;
}

static void
load_guangdong (SmSimSites *self)
{
  guint n_places, n_roads;
  const SmSimPlace *places = sm_sim_guangdong_places (&n_places);
  const SmSimRoad *roads = sm_sim_guangdong_roads (&n_roads);

  for (guint i = 0; i < n_places; i++)
    {
      const SmSimGuangdongName *name = sm_sim_guangdong_name (i);
      guint people = places[i].weight * 1000000;
      SmSimSite site = { .latitude = places[i].latitude, .longitude = places[i].longitude,
                         .name_en = name->en, .name_zh = name->zh_cn, .kind = name->kind,
                         .weight = places[i].weight, .province = name->city };

      g_array_append_val (self->sites, site);
      g_array_append_val (self->people, people);
    }
  g_array_append_vals (self->roads, roads, n_roads);
}

/* --- the table of the country --- */

enum
{
  KIND, NAME_EN, NAME_ZH, LATITUDE, LONGITUDE, PEOPLE, PROVINCE, WEIGHT, ROADS_TO,
  N_COLUMNS
};

static gssize
fill_cb (gpointer   user_data,
         char      *buffer,
         gsize      size,
         GError   **error)
{
  FILE *file = user_data;
  gsize n = fread (buffer, 1, size, file);

  if (n == 0 && ferror (file))
    {
      sm_set_error (error, SM_ERROR_INVALID, "file", "The table of places cannot be read: %s",
                    g_strerror (errno));
      return -1;
    }
  return (gssize) n;
}

static gboolean
take_roads (SmSimSites *self,
            const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  guint from = self->sites->len - 1;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint64 to;
      SmSimRoad road;

      if (*parts[i] == '\0')
        continue;
      if (!g_ascii_string_to_unsigned (parts[i], 10, 0, G_MAXUINT16 - 1, &to, NULL))
        return FALSE;
      road = (SmSimRoad){ (guint16) from, (guint16) to };
      g_array_append_val (self->roads, road);
    }
  return TRUE;
}

static gboolean
take_row (SmSimSites     *self,
          const SmCsvRow *row)
{
  static const char *const kinds[] = { "town", "port", "mine", "works", "corridor", NULL };
  const char *const *fields = row->fields;
  guint kind;
  guint64 people, province, weight;
  SmSimSite site = { 0 };
  guint n_people;

  if (row->problem != NULL || row->n_fields != N_COLUMNS)
    return FALSE;
  kind = sm_slug_index (kinds, fields[KIND]);
  if (kind == SM_ENUM_UNKNOWN
      || !g_ascii_string_to_unsigned (fields[PEOPLE], 10, 0, G_MAXINT, &people, NULL)
      || !g_ascii_string_to_unsigned (fields[PROVINCE], 10, 0, G_MAXINT, &province, NULL)
      || !g_ascii_string_to_unsigned (fields[WEIGHT], 10, 0, 100, &weight, NULL)
      || sm_sim_province_find ((guint) province) == NULL)
    return FALSE;
  site = (SmSimSite){ .kind = (SmSimSiteKind) kind,
                      .latitude = g_ascii_strtod (fields[LATITUDE], NULL),
                      .longitude = g_ascii_strtod (fields[LONGITUDE], NULL),
                      .name_en = g_string_chunk_insert (self->text, fields[NAME_EN]),
                      .name_zh = g_string_chunk_insert_const (self->text, fields[NAME_ZH]),
                      .province = (guint) province };
  if (site.kind == SM_SIM_SITE_TOWN)
    weight = CLAMP (people / 1000000, 1, 9);
  site.weight = (guint) weight;
  n_people = (guint) people;
  g_array_append_val (self->sites, site);
  g_array_append_val (self->people, n_people);
  return take_roads (self, fields[ROADS_TO]);
}

static gboolean
check_roads (const SmSimSites *self)
{
  for (guint i = 0; i < self->roads->len; i++)
    {
      const SmSimRoad *road = &g_array_index (self->roads, SmSimRoad, i);

      if (road->b >= self->sites->len || road->a == road->b)
        return FALSE;
    }
  return self->sites->len > 1 && self->roads->len > 0;
}

static gboolean
load_table (SmSimSites  *self,
            const char  *path,
            GError     **error)
{
  FILE *file = g_fopen (path, "rbe");
  g_autoptr (SmCsvReader) reader = NULL;
  const SmCsvRow *row;
  gboolean is_head = TRUE, is_good = TRUE;

  if (file == NULL)
    {
      sm_set_error (error, SM_ERROR_INVALID, "file", "The table of places “%s” cannot be opened: %s",
                    path, g_strerror (errno));
      return FALSE;
    }
  reader = sm_csv_reader_new (fill_cb, file);
  while (is_good && sm_csv_reader_next (reader, &row, error) && row != NULL)
    {
      is_good = is_head || take_row (self, row);
      is_head = FALSE;
      if (!is_good)
        sm_set_error (error, SM_ERROR_INVALID, "file",
                      "Line %" G_GUINT64_FORMAT " of the table of places “%s” cannot be used.",
                      row->line, path);
    }
  fclose (file);
  if (error != NULL && *error != NULL)
    return FALSE;
  if (is_good && check_roads (self))
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "file", "The table of places “%s” does not hold together.",
                path);
  return FALSE;
}

/**
 * sm_sim_sites_load:
 * @self: to be cleared whatever comes of it
 * @data_dir: where the program's data lie
 */
gboolean
sm_sim_sites_load (SmSimSites        *self,
                   SmSimNetworkKind   kind,
                   const char        *data_dir,
                   GError           **error)
{
  g_autofree char *path = g_build_filename (data_dir, "network", "national.csv", NULL);
  g_autoptr (GError) own_error = NULL;

  self->text = g_string_chunk_new (4096);
  self->sites = g_array_new (FALSE, TRUE, sizeof (SmSimSite));
  self->people = g_array_new (FALSE, TRUE, sizeof (guint));
  self->roads = g_array_new (FALSE, TRUE, sizeof (SmSimRoad));
  if (kind == SM_SIM_NETWORK_DEMO)
    load_guangdong (self);
  else if (!load_table (self, path, &own_error))
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  return TRUE;
}

void
sm_sim_sites_clear (SmSimSites *self)
{
  g_clear_pointer (&self->text, g_string_chunk_free);
  g_clear_pointer (&self->sites, g_array_unref);
  g_clear_pointer (&self->people, g_array_unref);
  g_clear_pointer (&self->roads, g_array_unref);
}
