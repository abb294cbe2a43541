/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-guangdong.h"

/*
 * The towns, ports and crossings of Guangdong that trucks drive between, and
 * which of them a road joins directly.  Made by hand, WGS-84, rounded to about
 * a kilometre: no leg crosses more than 3 km of water, so the Pearl River is
 * crossed where the land is near, and the long bridges are left out.
 */

enum
{
  YANTIAN_PORT, SHEKOU, BAOAN, AIRPORT, SHAJING, LONGHUA,
  GUANGMING, NANSHAN, FUTIAN, LUOHU, PINGHU, LONGGANG,
  PINGSHAN, DAPENG, DONGGUAN, CHANGAN, HUMEN, SHATIAN,
  TANGXIA, CHANGPING, HUIZHOU, HUIYANG, DAYA_BAY, BOLUO,
  HUIDONG, GUANGZHOU, HUANGPU, XINTANG, ZENGCHENG, BAIYUN,
  HUADU, CONGHUA, PANYU, NANSHA, FOSHAN, SHUNDE,
  SANSHUI, GAOMING, ZHONGSHAN, XIAOLAN, ZHUHAI, DOUMEN,
  JIANGMEN, XINHUI, KAIPING, ZHAOQING, SIHUI, QINGYUAN,
  YINGDE, SHAOGUAN, HEYUAN, HAIFENG, LUFENG, PUNING,
  JIEYANG, CHAOZHOU, SHANTOU, MEIZHOU, LONGCHUAN, YUNFU,
  YANGJIANG, MAOMING, ZHANJIANG, ENPING, YANGCHUN, XINFENG,
  SUIXI, HUAZHOU, DIANBAI,
  N_PLACES
};

/* The weight says how often trucks go there; 0 is a crossing that nobody goes to. */
static const SmSimPlace places[N_PLACES] = {
  [YANTIAN_PORT] = { 22.590, 114.262, 9 },
  [SHEKOU] = { 22.500, 113.915, 7 },
  [BAOAN] = { 22.575, 113.890, 4 },
  [AIRPORT] = { 22.655, 113.850, 5 },
  [SHAJING] = { 22.735, 113.830, 3 },
  [LONGHUA] = { 22.660, 114.030, 5 },
  [GUANGMING] = { 22.755, 113.935, 3 },
  [NANSHAN] = { 22.560, 113.935, 4 },
  [FUTIAN] = { 22.548, 114.050, 2 },
  [LUOHU] = { 22.580, 114.115, 4 },
  [PINGHU] = { 22.690, 114.120, 7 },
  [LONGGANG] = { 22.720, 114.250, 5 },
  [PINGSHAN] = { 22.700, 114.350, 5 },
  [DAPENG] = { 22.640, 114.420, 1 },
  [DONGGUAN] = { 23.020, 113.750, 6 },
  [CHANGAN] = { 22.800, 113.800, 5 },
  [HUMEN] = { 22.825, 113.690, 5 },
  [SHATIAN] = { 22.900, 113.630, 3 },
  [TANGXIA] = { 22.815, 114.090, 4 },
  [CHANGPING] = { 22.980, 114.000, 4 },
  [HUIZHOU] = { 23.095, 114.400, 4 },
  [HUIYANG] = { 22.790, 114.450, 4 },
  [DAYA_BAY] = { 22.750, 114.540, 4 },
  [BOLUO] = { 23.170, 114.290, 2 },
  [HUIDONG] = { 22.985, 114.720, 2 },
  [GUANGZHOU] = { 23.150, 113.340, 5 },
  [HUANGPU] = { 23.110, 113.480, 6 },
  [XINTANG] = { 23.135, 113.620, 2 },
  [ZENGCHENG] = { 23.280, 113.800, 2 },
  [BAIYUN] = { 23.260, 113.270, 4 },
  [HUADU] = { 23.390, 113.220, 3 },
  [CONGHUA] = { 23.560, 113.580, 1 },
  [PANYU] = { 22.950, 113.370, 3 },
  [NANSHA] = { 22.830, 113.490, 6 },
  [FOSHAN] = { 23.020, 113.110, 5 },
  [SHUNDE] = { 22.830, 113.280, 4 },
  [SANSHUI] = { 23.170, 112.900, 2 },
  [GAOMING] = { 22.900, 112.870, 2 },
  [ZHONGSHAN] = { 22.520, 113.370, 3 },
  [XIAOLAN] = { 22.670, 113.250, 2 },
  [ZHUHAI] = { 22.280, 113.530, 3 },
  [DOUMEN] = { 22.230, 113.290, 2 },
  [JIANGMEN] = { 22.580, 113.070, 3 },
  [XINHUI] = { 22.460, 113.020, 1 },
  [KAIPING] = { 22.390, 112.690, 1 },
  [ZHAOQING] = { 23.070, 112.470, 2 },
  [SIHUI] = { 23.340, 112.700, 1 },
  [QINGYUAN] = { 23.690, 113.050, 2 },
  [YINGDE] = { 24.180, 113.400, 1 },
  [SHAOGUAN] = { 24.800, 113.600, 1 },
  [HEYUAN] = { 23.740, 114.690, 1 },
  [HAIFENG] = { 22.980, 115.330, 1 },
  [LUFENG] = { 22.960, 115.650, 1 },
  [PUNING] = { 23.310, 116.160, 1 },
  [JIEYANG] = { 23.550, 116.360, 1 },
  [CHAOZHOU] = { 23.650, 116.610, 1 },
  [SHANTOU] = { 23.390, 116.660, 2 },
  [MEIZHOU] = { 24.290, 116.110, 1 },
  [LONGCHUAN] = { 24.110, 115.250, 1 },
  [YUNFU] = { 22.930, 112.050, 1 },
  [YANGJIANG] = { 21.880, 111.970, 1 },
  [MAOMING] = { 21.670, 110.910, 1 },
  [ZHANJIANG] = { 21.270, 110.340, 1 },
  [ENPING] = { 22.190, 112.310, 1 },
  [YANGCHUN] = { 22.180, 111.790, 0 },
  [XINFENG] = { 24.060, 114.200, 0 },
  [SUIXI] = { 21.390, 110.240, 0 },
  [HUAZHOU] = { 21.670, 110.620, 0 },
  [DIANBAI] = { 21.900, 111.500, 0 },
};

/* What they are called, what is there, and the city they belong to (GB/T 2260). */
static const SmSimGuangdongName names[N_PLACES] = {
  [YANTIAN_PORT] = { "Yantian Port", "盐田港", SM_SIM_SITE_PORT, 440300 },
  [SHEKOU] = { "Shekou Port", "蛇口港", SM_SIM_SITE_PORT, 440300 },
  [BAOAN] = { "Bao'an", "宝安", SM_SIM_SITE_TOWN, 440300 },
  [AIRPORT] = { "Shenzhen Airport", "深圳机场", SM_SIM_SITE_WORKS, 440300 },
  [SHAJING] = { "Shajing", "沙井", SM_SIM_SITE_TOWN, 440300 },
  [LONGHUA] = { "Longhua", "龙华", SM_SIM_SITE_TOWN, 440300 },
  [GUANGMING] = { "Guangming", "光明", SM_SIM_SITE_TOWN, 440300 },
  [NANSHAN] = { "Nanshan", "南山", SM_SIM_SITE_TOWN, 440300 },
  [FUTIAN] = { "Futian", "福田", SM_SIM_SITE_TOWN, 440300 },
  [LUOHU] = { "Luohu", "罗湖", SM_SIM_SITE_TOWN, 440300 },
  [PINGHU] = { "Pinghu Logistics Park", "平湖物流园", SM_SIM_SITE_WORKS, 440300 },
  [LONGGANG] = { "Longgang", "龙岗", SM_SIM_SITE_TOWN, 440300 },
  [PINGSHAN] = { "Pingshan", "坪山", SM_SIM_SITE_TOWN, 440300 },
  [DAPENG] = { "Dapeng", "大鹏", SM_SIM_SITE_TOWN, 440300 },
  [DONGGUAN] = { "Dongguan", "东莞", SM_SIM_SITE_TOWN, 441900 },
  [CHANGAN] = { "Chang'an", "长安", SM_SIM_SITE_TOWN, 441900 },
  [HUMEN] = { "Humen", "虎门", SM_SIM_SITE_TOWN, 441900 },
  [SHATIAN] = { "Shatian", "沙田", SM_SIM_SITE_TOWN, 441900 },
  [TANGXIA] = { "Tangxia", "塘厦", SM_SIM_SITE_TOWN, 441900 },
  [CHANGPING] = { "Changping", "常平", SM_SIM_SITE_TOWN, 441900 },
  [HUIZHOU] = { "Huizhou", "惠州", SM_SIM_SITE_TOWN, 441300 },
  [HUIYANG] = { "Huiyang", "惠阳", SM_SIM_SITE_TOWN, 441300 },
  [DAYA_BAY] = { "Daya Bay", "大亚湾", SM_SIM_SITE_WORKS, 441300 },
  [BOLUO] = { "Boluo", "博罗", SM_SIM_SITE_TOWN, 441300 },
  [HUIDONG] = { "Huidong", "惠东", SM_SIM_SITE_TOWN, 441300 },
  [GUANGZHOU] = { "Guangzhou", "广州", SM_SIM_SITE_TOWN, 440100 },
  [HUANGPU] = { "Huangpu Port", "黄埔港", SM_SIM_SITE_PORT, 440100 },
  [XINTANG] = { "Xintang", "新塘", SM_SIM_SITE_TOWN, 440100 },
  [ZENGCHENG] = { "Zengcheng", "增城", SM_SIM_SITE_TOWN, 440100 },
  [BAIYUN] = { "Baiyun", "白云", SM_SIM_SITE_TOWN, 440100 },
  [HUADU] = { "Huadu", "花都", SM_SIM_SITE_TOWN, 440100 },
  [CONGHUA] = { "Conghua", "从化", SM_SIM_SITE_TOWN, 440100 },
  [PANYU] = { "Panyu", "番禺", SM_SIM_SITE_TOWN, 440100 },
  [NANSHA] = { "Nansha Port", "南沙港", SM_SIM_SITE_PORT, 440100 },
  [FOSHAN] = { "Foshan", "佛山", SM_SIM_SITE_TOWN, 440600 },
  [SHUNDE] = { "Shunde", "顺德", SM_SIM_SITE_TOWN, 440600 },
  [SANSHUI] = { "Sanshui", "三水", SM_SIM_SITE_TOWN, 440600 },
  [GAOMING] = { "Gaoming", "高明", SM_SIM_SITE_TOWN, 440600 },
  [ZHONGSHAN] = { "Zhongshan", "中山", SM_SIM_SITE_TOWN, 442000 },
  [XIAOLAN] = { "Xiaolan", "小榄", SM_SIM_SITE_TOWN, 442000 },
  [ZHUHAI] = { "Zhuhai", "珠海", SM_SIM_SITE_TOWN, 440400 },
  [DOUMEN] = { "Doumen", "斗门", SM_SIM_SITE_TOWN, 440400 },
  [JIANGMEN] = { "Jiangmen", "江门", SM_SIM_SITE_TOWN, 440700 },
  [XINHUI] = { "Xinhui", "新会", SM_SIM_SITE_TOWN, 440700 },
  [KAIPING] = { "Kaiping", "开平", SM_SIM_SITE_TOWN, 440700 },
  [ZHAOQING] = { "Zhaoqing", "肇庆", SM_SIM_SITE_TOWN, 441200 },
  [SIHUI] = { "Sihui", "四会", SM_SIM_SITE_TOWN, 441200 },
  [QINGYUAN] = { "Qingyuan", "清远", SM_SIM_SITE_TOWN, 441800 },
  [YINGDE] = { "Yingde", "英德", SM_SIM_SITE_TOWN, 441800 },
  [SHAOGUAN] = { "Shaoguan", "韶关", SM_SIM_SITE_TOWN, 440200 },
  [HEYUAN] = { "Heyuan", "河源", SM_SIM_SITE_TOWN, 441600 },
  [HAIFENG] = { "Haifeng", "海丰", SM_SIM_SITE_TOWN, 441500 },
  [LUFENG] = { "Lufeng", "陆丰", SM_SIM_SITE_TOWN, 441500 },
  [PUNING] = { "Puning", "普宁", SM_SIM_SITE_TOWN, 445200 },
  [JIEYANG] = { "Jieyang", "揭阳", SM_SIM_SITE_TOWN, 445200 },
  [CHAOZHOU] = { "Chaozhou", "潮州", SM_SIM_SITE_TOWN, 445100 },
  [SHANTOU] = { "Shantou", "汕头", SM_SIM_SITE_TOWN, 440500 },
  [MEIZHOU] = { "Meizhou", "梅州", SM_SIM_SITE_TOWN, 441400 },
  [LONGCHUAN] = { "Longchuan", "龙川", SM_SIM_SITE_TOWN, 441600 },
  [YUNFU] = { "Yunfu", "云浮", SM_SIM_SITE_TOWN, 445300 },
  [YANGJIANG] = { "Yangjiang", "阳江", SM_SIM_SITE_TOWN, 441700 },
  [MAOMING] = { "Maoming", "茂名", SM_SIM_SITE_TOWN, 440900 },
  [ZHANJIANG] = { "Zhanjiang", "湛江", SM_SIM_SITE_TOWN, 440800 },
  [ENPING] = { "Enping", "恩平", SM_SIM_SITE_TOWN, 440700 },
  [YANGCHUN] = { "Yangchun", "阳春", SM_SIM_SITE_CORRIDOR, 441700 },
  [XINFENG] = { "Xinfeng", "新丰", SM_SIM_SITE_CORRIDOR, 440200 },
  [SUIXI] = { "Suixi", "遂溪", SM_SIM_SITE_CORRIDOR, 440800 },
  [HUAZHOU] = { "Huazhou", "化州", SM_SIM_SITE_CORRIDOR, 440900 },
  [DIANBAI] = { "Dianbai", "电白", SM_SIM_SITE_CORRIDOR, 440900 },
};

static const SmSimGuangdongCity cities[] = {
  { 440100, "Guangzhou", "广州市", 'A' },
  { 440200, "Shaoguan", "韶关市", 'F' },
  { 440300, "Shenzhen", "深圳市", 'B' },
  { 440400, "Zhuhai", "珠海市", 'C' },
  { 440500, "Shantou", "汕头市", 'D' },
  { 440600, "Foshan", "佛山市", 'E' },
  { 440700, "Jiangmen", "江门市", 'J' },
  { 440800, "Zhanjiang", "湛江市", 'G' },
  { 440900, "Maoming", "茂名市", 'K' },
  { 441200, "Zhaoqing", "肇庆市", 'H' },
  { 441300, "Huizhou", "惠州市", 'L' },
  { 441400, "Meizhou", "梅州市", 'M' },
  { 441500, "Shanwei", "汕尾市", 'N' },
  { 441600, "Heyuan", "河源市", 'P' },
  { 441700, "Yangjiang", "阳江市", 'Q' },
  { 441800, "Qingyuan", "清远市", 'R' },
  { 441900, "Dongguan", "东莞市", 'S' },
  { 442000, "Zhongshan", "中山市", 'T' },
  { 445100, "Chaozhou", "潮州市", 'U' },
  { 445200, "Jieyang", "揭阳市", 'V' },
  { 445300, "Yunfu", "云浮市", 'W' },
};

static const SmSimRoad roads[] = {
  { SHEKOU, BAOAN }, { BAOAN, AIRPORT }, { AIRPORT, SHAJING },
  { SHAJING, CHANGAN }, { CHANGAN, HUMEN }, { HUMEN, SHATIAN },
  { HUMEN, DONGGUAN }, { SHATIAN, DONGGUAN }, { BAOAN, LONGHUA },
  { FUTIAN, LONGHUA }, { FUTIAN, LUOHU }, { LUOHU, YANTIAN_PORT },
  { LUOHU, PINGHU }, { LONGHUA, GUANGMING }, { LONGHUA, PINGHU },
  { GUANGMING, CHANGAN }, { GUANGMING, SHAJING }, { YANTIAN_PORT, LONGGANG },
  { YANTIAN_PORT, DAPENG }, { DAPENG, PINGSHAN }, { PINGHU, LONGGANG },
  { PINGHU, TANGXIA }, { LONGGANG, PINGSHAN }, { LONGGANG, TANGXIA },
  { PINGSHAN, HUIYANG }, { HUIYANG, DAYA_BAY }, { HUIYANG, HUIZHOU },
  { HUIYANG, HUIDONG }, { TANGXIA, CHANGPING }, { CHANGPING, DONGGUAN },
  { CHANGPING, BOLUO }, { CHANGPING, HUIZHOU }, { BOLUO, HUIZHOU },
  { BOLUO, ZENGCHENG }, { HUIZHOU, HUIDONG }, { HUIZHOU, HEYUAN },
  { HUIDONG, HAIFENG }, { HAIFENG, LUFENG }, { LUFENG, PUNING },
  { PUNING, JIEYANG }, { JIEYANG, CHAOZHOU }, { JIEYANG, SHANTOU },
  { CHAOZHOU, SHANTOU }, { JIEYANG, MEIZHOU }, { HEYUAN, LONGCHUAN },
  { LONGCHUAN, MEIZHOU }, { HEYUAN, XINFENG }, { XINFENG, SHAOGUAN },
  { DONGGUAN, XINTANG }, { XINTANG, HUANGPU }, { XINTANG, ZENGCHENG },
  { HUANGPU, GUANGZHOU }, { GUANGZHOU, BAIYUN }, { BAIYUN, HUADU },
  { HUADU, QINGYUAN }, { BAIYUN, CONGHUA }, { ZENGCHENG, CONGHUA },
  { QINGYUAN, YINGDE }, { YINGDE, SHAOGUAN }, { PANYU, GUANGZHOU },
  { PANYU, FOSHAN }, { PANYU, SHUNDE }, { FOSHAN, GUANGZHOU },
  { FOSHAN, SHUNDE }, { FOSHAN, SANSHUI }, { SANSHUI, SIHUI },
  { SANSHUI, ZHAOQING }, { SIHUI, ZHAOQING }, { FOSHAN, GAOMING },
  { GAOMING, ZHAOQING }, { GAOMING, JIANGMEN }, { SHUNDE, XIAOLAN },
  { XIAOLAN, ZHONGSHAN }, { XIAOLAN, JIANGMEN }, { ZHONGSHAN, ZHUHAI },
  { DOUMEN, XINHUI }, { JIANGMEN, XINHUI }, { XINHUI, KAIPING },
  { KAIPING, ENPING }, { ENPING, YANGCHUN }, { YANGCHUN, YANGJIANG },
  { ZHAOQING, YUNFU }, { SHEKOU, NANSHAN }, { NANSHAN, FUTIAN },
  { NANSHAN, BAOAN }, { NANSHAN, LONGHUA }, { NANSHA, PANYU },
  { HUANGPU, PANYU }, { YANGCHUN, DIANBAI }, { DIANBAI, MAOMING },
  { MAOMING, HUAZHOU }, { HUAZHOU, SUIXI }, { SUIXI, ZHANJIANG },
};

/** sm_sim_guangdong_places: Returns: (transfer none): the places that the roads join */
const SmSimPlace *
sm_sim_guangdong_places (guint *out_n)
{
  *out_n = N_PLACES;
  return places;
}

/** sm_sim_guangdong_roads: Returns: (transfer none): pairs of places, driven both ways */
const SmSimRoad *
sm_sim_guangdong_roads (guint *out_n)
{
  *out_n = G_N_ELEMENTS (roads);
  return roads;
}

/** sm_sim_guangdong_name: Returns: (transfer none): what the place with this index is */
const SmSimGuangdongName *
sm_sim_guangdong_name (guint place)
{
  g_return_val_if_fail (place < N_PLACES, NULL);

  return &names[place];
}

/** sm_sim_guangdong_cities: Returns: (transfer none): the cities of the province */
const SmSimGuangdongCity *
sm_sim_guangdong_cities (guint *out_n)
{
  *out_n = G_N_ELEMENTS (cities);
  return cities;
}

/** sm_sim_guangdong_plate: Returns: the letter on the plates of that city */
char
sm_sim_guangdong_plate (guint city)
{
  for (guint i = 0; i < G_N_ELEMENTS (cities); i++)
    if (cities[i].code == city)
      return cities[i].plate;
  return 'A';
}
