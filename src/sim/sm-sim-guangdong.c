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
