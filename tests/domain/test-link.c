/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-link.h"

static void
test_parse (void)
{
  const struct
  {
    const char *text, *page, *name, *key, *value;
  } good[] = {
    { "stationmaster:station/SN0001", "station", "SN0001", NULL, NULL },
    { "stationmaster:///alarm/7", "alarm", "7", NULL, NULL },
    { "stationmaster:vehicle/%E7%B2%A4B%C2%B712345", "vehicle", "粤B·12345", NULL, NULL },
    { "stationmaster:vehicle/粤B·12345", "vehicle", "粤B·12345", NULL, NULL },
    { "stationmaster:station/a%2Fb%3F", "station", "a/b?", NULL, NULL },
    { "stationmaster:vehicles", "vehicles", NULL, NULL, NULL },
    { "stationmaster:vehicles?reach=unreachable", "vehicles", NULL, "reach", "unreachable" },
    { "stationmaster:orders?kind=swap&ended_from=2026-10-29T00:00:00Z", "orders", NULL,
      "ended_from", "2026-10-29T00:00:00Z" },
    { "stationmaster:stations?text=%26%3D", "stations", NULL, "text", "&=" },
    { "stationmaster:vehicles?", "vehicles", NULL, NULL, NULL },
    { "stationmaster:stations?text=", "stations", NULL, "text", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (SmLink) link = sm_link_parse (good[i].text);

      if (link == NULL)
        g_error ("not parsed: %s", good[i].text);
      g_assert_cmpstr (sm_link_get_page (link), ==, good[i].page);
      g_assert_cmpstr (sm_link_get_name (link), ==, good[i].name);
      if (good[i].key != NULL)
        g_assert_cmpstr (sm_link_get (link, good[i].key), ==, good[i].value);
    }
}

static void
test_refuse (void)
{
  const char *const bad[] = { "http://x/y", "stationmaster:", "stationmaster:/", "station/SN1", "",
                              "stationmaster:station/", "stationmaster:station/%ff",
                              "stationmaster:station/%00", "stationmaster:station/%0a",
                              "stationmaster:station/%e2%80", "stationmaster:station/%4",
                              "stationmaster:Station/x", "stationmaster:..%2f/x",
                              "stationmaster:vehicles?reach",
                              "stationmaster:vehicles?a=1&a=2", "stationmaster:vehicles?A=1",
                              "stationmaster:vehicles?=1", "stationmaster:vehicles?a=%zz" };
  g_autoptr (GString) longest = g_string_new ("stationmaster:vehicles?text=");
  g_autoptr (GString) many = g_string_new ("stationmaster:vehicles?a=");

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SmLink) link = sm_link_parse (bad[i]);

      if (link != NULL)
        g_error ("parsed: %s", bad[i]);
    }
  g_assert_null (sm_link_parse (NULL));
  while (longest->len <= SM_LINK_MAX_LENGTH)
    g_string_append_c (longest, 'x');
  g_assert_null (sm_link_parse (longest->str));
  for (guint i = 0; i < SM_LINK_MAX_PAIRS; i++)
    g_string_append_printf (many, "&k%u=", i);
  g_assert_null (sm_link_parse (many->str));
}

static void
test_round_trip (void)
{
  const char *const names[] = { "粤B·12345D", "a/b?c&d=e#f%20", "😀 truck", "محطة", "SN 1",
                                "../../etc/passwd", "<b>&amp;</b>", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *text = sm_link_text ("vehicle", names[i], "text", names[i], NULL);
      g_autoptr (SmLink) link = sm_link_parse (text);
      g_autofree char *again = link != NULL ? sm_link_format (link) : NULL;

      g_assert_nonnull (link);
      g_assert_true (g_str_is_ascii (text));
      g_assert_cmpstr (sm_link_get_name (link), ==, names[i]);
      g_assert_cmpstr (sm_link_get (link, "text"), ==, names[i]);
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_set (void)
{
  g_autoptr (SmLink) link = sm_link_new ("vehicles", NULL);
  g_autoptr (SmLink) copy = NULL;
  g_autofree char *text = NULL;
  const char *key, *value;

  g_assert_true (sm_link_set (link, "reach", "unreachable"));
  g_assert_true (sm_link_set (link, "sort", "-soc"));
  g_assert_true (sm_link_set (link, "reach", "reachable"));
  g_assert_true (sm_link_set (link, "nothing", NULL));
  g_assert_false (sm_link_set (link, "Bad key", "x"));
  g_assert_false (sm_link_set (link, "text", "two\nlines"));
  copy = sm_link_copy (link);
  text = sm_link_format (copy);
  g_assert_cmpstr (text, ==, "stationmaster:vehicles?reach=reachable&sort=-soc");
  g_assert_true (sm_link_set (link, "reach", NULL));
  g_assert_cmpuint (sm_link_get_n_pairs (link), ==, 1);
  sm_link_get_pair (link, 0, &key, &value);
  g_assert_cmpstr (key, ==, "sort");
  g_assert_cmpstr (value, ==, "-soc");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/link/parse", test_parse);
  g_test_add_func ("/domain/link/refuse", test_refuse);
  g_test_add_func ("/domain/link/round-trip", test_round_trip);
  g_test_add_func ("/domain/link/set", test_set);
  return g_test_run ();
}
