/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sm-gcj02.h"
#include "sm-geo.h"
#include "sm-radix.h"
#include "sm-random.h"
#include "sm-vin.h"

/* What an independent implementation says: gcoord 1.0.7 (npm, MIT licence),
 * transform (point, WGS84, GCJ02) and transform (point, GCJ02, WGS84), printed
 * with ten decimals.  Its inverse stops below 1e-6 degrees. */
static const struct
{
  double latitude, longitude;
  double as_gcj02_latitude, as_gcj02_longitude;
  double as_wgs84_latitude, as_wgs84_longitude;
} oracle[] = {
  { 22.5431, 114.0579, 22.5403828142, 114.0630139986, 22.5458265101, 114.0527923436 },
  { 22.714121, 113.784724, 22.7112600166, 113.7898534544, 22.7169753851, 113.7795849141 },
  { 23.129112, 113.264385, 23.1264353365, 113.2697145829, 23.1317899817, 113.2590582483 },
  { 39.90923, 116.397428, 39.9106335064, 116.4036716260, 39.9078287653, 116.3911868376 },
  { 31.230416, 121.473701, 31.2284737422, 121.4782240574, 31.2323452668, 121.4691633100 },
  { 30.572269, 104.066541, 30.5698145875, 104.0690459795, 30.5747261949, 104.0640406560 },
  { 34.341574, 108.93984, 34.3400185500, 108.9444957383, 34.3431360535, 108.9351959532 },
  { 45.803775, 126.534967, 45.8057566149, 126.5410074673, 45.8017772539, 126.5289039671 },
  { 43.825592, 87.616848, 43.8267974361, 87.6196979982, 43.8243880028, 87.6140007802 },
  { 29.645554, 91.140856, 29.6428180430, 91.1423854103, 29.6482870237, 91.1393239655 },
  { 20.017377, 110.349228, 20.0153752157, 110.3536372892, 20.0193882344, 110.3448278791 },
  { 22.224979, 113.553986, 22.2220099601, 113.5590651259, 22.2279388766, 113.5488941311 },
  { 23.112223, 114.416196, 23.1097252503, 114.4211637772, 23.1147171710, 114.4112231386 },
  { 24.479834, 118.089425, 24.4771872363, 118.0944020848, 24.4824836769, 118.0844480940 },
  { 25.040609, 102.712251, 25.0376362893, 102.7136925326, 25.0435832939, 102.7108121434 },
  { 39.4677, 75.9898, 39.4679261536, 75.9927549043, 39.4674827348, 75.9868548094 },
  { 30.274085, 120.15507, 30.2717562750, 120.1597645645, 30.2764053254, 120.1503618812 },
  { 39, 74.16, 39.0001015697, 74.1630755336, 38.9998929386, 74.1569154830 },
  { 48.4, 134.7, 48.4023157921, 134.7076592987, 48.3976967729, 134.6923645431 },
  { 18.25, 109.5, 18.2483315210, 109.5041184440, 18.2516566160, 109.4958695736 },
  { 35.6895, 139.6917, 35.6895000000, 139.6917000000, 35.6895000000, 139.6917000000 },
  { 48.8566, 2.3522, 48.8566000000, 2.3522000000, 48.8566000000, 2.3522000000 },
  { 40.7128, -74.006, 40.7128000000, -74.0060000000, 40.7128000000, -74.0060000000 },
  { -33.8688, 151.2093, -33.8688000000, 151.2093000000, -33.8688000000, 151.2093000000 },
};

#define METRE_DEG 9.0e-6

static void
test_gcj02_agrees_with_gcoord (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (oracle); i++)
    {
      double latitude, longitude;

      sm_gcj02_from_wgs84 (oracle[i].latitude, oracle[i].longitude, &latitude, &longitude);
      g_assert_cmpfloat_with_epsilon (latitude, oracle[i].as_gcj02_latitude, 1e-9);
      g_assert_cmpfloat_with_epsilon (longitude, oracle[i].as_gcj02_longitude, 1e-9);
      sm_gcj02_to_wgs84 (oracle[i].latitude, oracle[i].longitude, &latitude, &longitude);
      g_assert_cmpfloat_with_epsilon (latitude, oracle[i].as_wgs84_latitude, METRE_DEG / 4);
      g_assert_cmpfloat_with_epsilon (longitude, oracle[i].as_wgs84_longitude, METRE_DEG / 4);
    }
}

static void
test_gcj02_there_and_back (void)
{
  for (double y = 1.0; y < 55.0; y += 0.37)
    for (double x = 73.0; x < 137.0; x += 0.41)
      {
        double latitude, longitude;

        sm_gcj02_to_wgs84 (y, x, &latitude, &longitude);
        g_assert_true (latitude != y && longitude != x);
        sm_gcj02_from_wgs84 (latitude, longitude, &latitude, &longitude);
        g_assert_cmpfloat_with_epsilon (latitude, y, 1e-9);
        g_assert_cmpfloat_with_epsilon (longitude, x, 1e-9);
      }
}

static void
test_gcj02_leaves_the_rest_of_the_world (void)
{
  double latitude, longitude;

  sm_gcj02_to_wgs84 (-37.8136, 144.9631, &latitude, &longitude);
  g_assert_true (latitude == -37.8136 && longitude == 144.9631);
  sm_gcj02_to_wgs84 (NAN, 114.0, &latitude, &longitude);
  g_assert_true (isnan (latitude) && longitude == 114.0);
}

static void
test_random_is_the_published_generator (void)
{
  /* The first outputs of xoshiro256** from the state 1, 2, 3, 4, as other
   * implementations of it (rand_xoshiro's test, for one) have them. */
  static const guint64 expected[] = { 11520, 0, 1509978240, G_GUINT64_CONSTANT (1215971899390074240) };
  SmRandom random = { .state = { 1, 2, 3, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (sm_random_next (&random), ==, expected[i]);
  g_assert_cmpuint (sm_random_mix (0), ==, G_GUINT64_CONSTANT (0xe220a8397b1dcdaf));
}

static void
test_random_streams_differ (void)
{
  SmRandom a = sm_random_new (7, 1), again = sm_random_new (7, 1), b = sm_random_new (7, 2);
  guint equal = 0, low = 0;

  for (guint i = 0; i < 10000; i++)
    {
      double unit = sm_random_unit (&a);

      g_assert_true (unit >= 0.0 && unit < 1.0);
      g_assert_true (unit == sm_random_unit (&again));
      equal += unit == sm_random_unit (&b);
      low += unit < 0.25;
    }
  g_assert_cmpuint (equal, ==, 0);
  g_assert_cmpuint (low, >, 2350);
  g_assert_cmpuint (low, <, 2650);
}

static void
test_geo_distance_and_bearing (void)
{
  /* A quarter of the meridian and of the equator. */
  g_assert_cmpfloat_with_epsilon (sm_geo_distance_m (0, 0, 90, 0), 10007557.0, 100.0);
  g_assert_cmpfloat_with_epsilon (sm_geo_distance_m (0, 0, 0, 90), 10007557.0, 100.0);
  g_assert_cmpfloat (sm_geo_distance_m (22.5, 114, 22.5, 114), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (sm_geo_bearing_deg (0, 0, 1, 0), 0.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (sm_geo_bearing_deg (0, 0, 0, 1), 90.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (sm_geo_bearing_deg (0, 0, -1, 0), 180.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (sm_geo_bearing_deg (0, 0, 0, -1), 270.0, 1e-9);
}

static void
test_vin_check_digit (void)
{
  /* Worked examples of the standard's rule that are printed everywhere. */
  g_assert_true (sm_vin_is_valid ("1M8GDM9AXKP042788"));
  g_assert_true (sm_vin_is_valid ("11111111111111111"));
  g_assert_false (sm_vin_is_valid ("1M8GDM9A1KP042788"));
  g_assert_false (sm_vin_is_valid ("1M8GDM9AXKP04278"));
  g_assert_false (sm_vin_is_valid ("1M8GDM9AXKPO42788"));
  g_assert_false (sm_vin_is_valid ("1M8GDM9AXKP0427 8"));
  g_assert_cmpint (sm_vin_check_digit ("1M8GDM9A?KP042788"), ==, 'X');
}

#define N_TEXTS 3000

/* As strcmp() has it, whatever the length; equal ones as they were, none last. */
static void
test_radix_texts (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint32 *order = g_new (guint32, N_TEXTS);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      guint length = (guint) g_rand_int_range (random, 0, 40);
      g_autoptr (GString) text = g_string_new (i % 3 == 0 ? "粤B·12345" : "");

      for (guint j = 0; j < length; j++)
        g_string_append_c (text, (char) (g_rand_boolean (random) ? 'a' : 0xe7));
      /* Alike for longer than is looked at in one go. */
      if (i % 5 == 0)
        g_string_prepend (text, "0123456789012345678901234");
      g_ptr_array_add (texts, i % 50 == 1 ? NULL : g_strdup (text->str));
    }
  sm_radix_sort_texts ((const char *const *) texts->pdata, N_TEXTS, order);
  for (guint i = 1; i < N_TEXTS; i++)
    {
      const char *a = texts->pdata[order[i - 1]], *b = texts->pdata[order[i]];
      int before = a == NULL || b == NULL ? (a == NULL) - (b == NULL) : strcmp (a, b);

      g_assert_cmpint (before, <=, 0);
      if (before == 0)
        g_assert_cmpuint (order[i - 1], <, order[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/algo/gcj02/agrees-with-gcoord", test_gcj02_agrees_with_gcoord);
  g_test_add_func ("/algo/gcj02/there-and-back", test_gcj02_there_and_back);
  g_test_add_func ("/algo/gcj02/leaves-the-rest-of-the-world",
                   test_gcj02_leaves_the_rest_of_the_world);
  g_test_add_func ("/algo/random/is-the-published-generator",
                   test_random_is_the_published_generator);
  g_test_add_func ("/algo/random/streams-differ", test_random_streams_differ);
  g_test_add_func ("/algo/geo/distance-and-bearing", test_geo_distance_and_bearing);
  g_test_add_func ("/algo/vin/check-digit", test_vin_check_digit);
  g_test_add_func ("/algo/radix/texts", test_radix_texts);
  return g_test_run ();
}
