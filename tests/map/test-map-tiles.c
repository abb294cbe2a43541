/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <libsoup/soup.h>
#include <math.h>

#include "sm-map-view-private.h"

#define WIDTH 600
#define HEIGHT 400

/* A server of tiles on this machine: every tile is one colour. */
typedef struct
{
  SoupServer *server;
  char *url_template;
  gboolean is_broken;
  guint n_asked;
  GHashTable *paths;
} Tiles;

static GBytes *
red_tile (void)
{
  g_autofree guint32 *pixels = g_new (guint32, 256 * 256);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (int i = 0; i < 256 * 256; i++)
    pixels[i] = 0xffc00000;
  bytes = g_bytes_new (pixels, 256 * 256 * 4);
  texture = gdk_memory_texture_new (256, 256, GDK_MEMORY_DEFAULT, bytes, 256 * 4);
  return gdk_texture_save_to_png_bytes (texture);
}

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  Tiles *self = user_data;
  g_autoptr (GBytes) tile = red_tile ();

  self->n_asked++;
  g_hash_table_add (self->paths, g_strdup (path));
  if (self->is_broken)
    {
      soup_server_message_set_status (message, 503, NULL);
      return;
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (tile, NULL), g_bytes_get_size (tile));
}

static void
tiles_start (Tiles      *self,
             const char *name)
{
  GSList *uris;

  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  /* What libshumate keeps is kept by template. */
  self->url_template = g_strdup_printf ("http://127.0.0.1:%d/%s/{z}/{x}/{y}.png",
                                        g_uri_get_port (uris->data), name);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tiles_stop (Tiles *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_hash_table_unref (self->paths);
  g_free (self->url_template);
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
settle (SmMapView *view)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (30, wake_cb, &late);

  while (!sm_map_view_is_settled (view) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (timer);
}

static GtkWidget *
show (SmMapView *view)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (view), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (window));
  sm_map_view_set_position (view, 22.6, 114.1, 10);
  settle (view);
  return window;
}

static guint
count_red (SmMapView *view)
{
  GtkWidget *widget = GTK_WIDGET (view);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autofree guint32 *pixels = g_new0 (guint32, WIDTH * HEIGHT);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint n = 0;

  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                         node, &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  gdk_texture_download (texture, (guchar *) pixels, WIDTH * 4);
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    n += (pixels[i] & 0xffffff) == 0xc00000;
  return n;
}

static const char *
attribution (SmMapView *view)
{
  return gtk_label_get_text (GTK_LABEL (view->attribution));
}

static void
test_shows_them (void)
{
  Tiles tiles = { 0 };
  SmMapView *view = SM_MAP_VIEW (sm_map_view_new ());
  GtkWidget *window;

  tiles_start (&tiles, "shows");
  g_assert_true (sm_map_view_set_tile_source (view, tiles.url_template, SM_DATUM_WGS84, "Red Maps"));
  window = show (view);
  g_assert_cmpuint (count_red (view), >, WIDTH * HEIGHT / 2);
  g_assert_cmpstr (attribution (view), ==, "Red Maps");
  /* Back to ours. */
  g_assert_true (sm_map_view_set_tile_source (view, NULL, SM_DATUM_WGS84, NULL));
  settle (view);
  g_assert_cmpuint (count_red (view), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  tiles_stop (&tiles);
}

static void
test_falls_back (void)
{
  Tiles tiles = { .is_broken = TRUE };
  SmMapView *view = SM_MAP_VIEW (sm_map_view_new ());
  GtkWidget *window;

  tiles_start (&tiles, "breaks");
  g_assert_true (sm_map_view_set_tile_source (view, tiles.url_template, SM_DATUM_WGS84, "Red Maps"));
  window = show (view);
  g_assert_cmpuint (tiles.n_asked, >, 0);
  g_assert_cmpuint (count_red (view), ==, 0);
  g_assert_nonnull (strstr (attribution (view), "Red Maps"));
  g_assert_nonnull (strstr (attribution (view), "Natural Earth"));
  gtk_window_destroy (GTK_WINDOW (window));
  tiles_stop (&tiles);
}

/* 114.1 E is some 550 m farther east in GCJ-02: other parts of other tiles. */
static void
test_shifts_the_datum (void)
{
  Tiles plain = { 0 }, shifted = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      SmMapView *view = SM_MAP_VIEW (sm_map_view_new ());
      Tiles *tiles = i == 0 ? &plain : &shifted;
      GtkWidget *window;

      tiles_start (tiles, i == 0 ? "plain" : "shifted");
      sm_map_view_set_tile_source (view, tiles->url_template,
                                   i == 0 ? SM_DATUM_WGS84 : SM_DATUM_GCJ02, "Red Maps");
      window = show (view);
      g_assert_cmpuint (count_red (view), >, WIDTH * HEIGHT / 2);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  /* Nine parts for each tile instead of four. */
  g_assert_cmpuint (g_hash_table_size (shifted.paths), >, g_hash_table_size (plain.paths));
  tiles_stop (&plain);
  tiles_stop (&shifted);
}

static void
test_refuses_others (void)
{
  static const char *const bad[] = {
    "", "https://tiles.example/{x}/{y}.png", "http://tiles.example/{z}/{x}/{y}.png",
    "file:///etc/{z}/{x}/{y}", "https:///{z}/{x}/{y}.png", "tiles/{z}/{x}/{y}.png",
    "http://127.0.0.1.example/{z}/{x}/{y}.png", "ftp://127.0.0.1/{z}/{x}/{y}.png",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sm_tile_template_is_good (bad[i]));
  g_assert_true (sm_tile_template_is_good ("https://tiles.example/{z}/{x}/{y}.png"));
  g_assert_true (sm_tile_template_is_good ("http://127.0.0.1:8080/{z}/{x}/{y}.png"));
  g_assert_true (sm_tile_template_is_good ("http://localhost/{z}/{x}/{y}.png"));
}

int
main (int   argc,
      char *argv[])
{
  gtk_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/tiles/shows-them", test_shows_them);
  g_test_add_func ("/map/tiles/falls-back", test_falls_back);
  g_test_add_func ("/map/tiles/shifts-the-datum", test_shifts_the_datum);
  g_test_add_func ("/map/tiles/refuses-others", test_refuses_others);
  return g_test_run ();
}
