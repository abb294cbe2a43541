/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-key.h"

#include <glib/gi18n-lib.h>

#include "sm-cluster-glyphs.h"
#include "sm-place-layer.h"
#include "sm-station-glyphs.h"
#include "sm-vehicle-sprites.h"
#include "sm-words.h"

#define SIZE 34 /* pixels of a picture, at a unit of 1 */
#define ROWS 14 /* of a column */

typedef enum
{
  KEY_TITLE,
  KEY_STATION,  /* a look; charging is SM_N_STATION_LOOKS more */
  KEY_STATIONS, /* several as one */
  KEY_VEHICLE,  /* a look */
  KEY_CLUSTER,
  KEY_LEVEL,    /* 1 ... 4 */
  KEY_PLACE,    /* SmPlaceLook of a service point or engineer */
} KeyKind;

static const struct
{
  KeyKind kind;
  guint value;
  const char *words; /* NULL: the word of a level */
} entries[] = {
  { KEY_TITLE, 0, N_ ("Stations") },
  { KEY_STATION, SM_STATION_LOOK_OPEN, N_ ("Swaps packs, serves") },
  { KEY_STATION, SM_N_STATION_LOOKS + SM_STATION_LOOK_OPEN, N_ ("Charges, serves") },
  { KEY_STATION, SM_STATION_LOOK_DEGRADED, N_ ("Serves less than it could: half filled") },
  { KEY_STATION, SM_STATION_LOOK_OUT, N_ ("Does not serve: crossed") },
  { KEY_STATION, SM_STATION_LOOK_CLOSED, N_ ("Closed or paused") },
  { KEY_STATION, SM_STATION_LOOK_OFFLINE, N_ ("Silent: hollow and struck through") },
  { KEY_STATION, SM_STATION_LOOK_UNKNOWN, N_ ("Nothing live is known: hollow") },
  { KEY_STATIONS, 12, N_ ("Several stations as one") },
  { KEY_TITLE, 0, N_ ("Service") },
  { KEY_PLACE, SM_PLACE_LOOK_POINT, N_ ("Service point; its circle is what it looks after") },
  { KEY_PLACE, SM_PLACE_LOOK_READY, N_ ("Engineer on duty") },
  { KEY_PLACE, SM_PLACE_LOOK_BUSY, N_ ("Engineer, busy: barred") },
  { KEY_PLACE, SM_PLACE_LOOK_OFF, N_ ("Engineer off duty: hollow") },
  { KEY_TITLE, 0, N_ ("Vehicles") },
  { KEY_VEHICLE, SM_LOOK_DRIVING, N_ ("Drives, in this direction") },
  { KEY_VEHICLE, SM_LOOK_CHARGING, N_ ("Charges or swaps") },
  { KEY_VEHICLE, SM_LOOK_PARKED, N_ ("Stands") },
  { KEY_VEHICLE, SM_LOOK_UNKNOWN, N_ ("Nothing live is known: hollow") },
  { KEY_CLUSTER, 0, N_ ("Several vehicles; the ring says how many drive, charge, stand") },
  { KEY_CLUSTER, SM_LOOK_LEVEL_2, N_ ("Several, with the worst fault and how many have it") },
  { KEY_TITLE, 0, N_ ("Faults, by shape and colour") },
  { KEY_LEVEL, 1, NULL },
  { KEY_LEVEL, 2, NULL },
  { KEY_LEVEL, 3, NULL },
  { KEY_LEVEL, 4, NULL },
  { KEY_TITLE, 0, N_ ("Everything grey and hollow: nothing on the map is live") },
};

guint
sm_map_key_get_n (void)
{
  return G_N_ELEMENTS (entries);
}

/** sm_map_key_is_title: Returns: whether it has no picture */
gboolean
sm_map_key_is_title (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (entries), TRUE);

  return entries[index].kind == KEY_TITLE;
}

/** sm_map_key_get_words: Returns: (transfer none): what the sign means */
const char *
sm_map_key_get_words (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (entries), "");

  return entries[index].words != NULL ? _ (entries[index].words)
                                      : sm_word_of_level ((int) entries[index].value);
}

static void
draw_station (cairo_t        *cr,
              const SmMapPen *pen,
              guint           value,
              guint           n)
{
  SmStationGlyph glyph = { .look = value % SM_N_STATION_LOOKS, .n = n, .big = TRUE,
                           .swap = value < SM_N_STATION_LOOKS };
  SmStationGlyphs *glyphs = sm_station_glyphs_new (pen);
  const SmStationPicture *picture = sm_station_glyphs_get (glyphs, &glyph);

  cairo_set_source_surface (cr, picture->surface, -picture->x, -picture->y);
  cairo_paint (cr);
  sm_station_glyphs_free (glyphs);
}

static void
draw_vehicle (cairo_t        *cr,
              const SmMapPen *pen,
              guint           look)
{
  SmVehicleSprites *sprites = sm_vehicle_sprites_new (pen);
  guint heading = look == SM_LOOK_DRIVING ? 60 : G_MAXUINT16;
  const SmSprite *sprite = sm_vehicle_sprites_get (
    sprites, sm_vehicle_sprite_id (SM_DOT_HEADING, look, FALSE, heading));
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
    (guchar *) sprite->pixels, CAIRO_FORMAT_ARGB32, sprite->size, sprite->size, sprite->size * 4);
  double half = sprite->size / 2.0 / pen->scale;

  cairo_surface_set_device_scale (surface, pen->scale, pen->scale);
  cairo_set_source_surface (cr, surface, -half, -half);
  cairo_paint (cr);
  /* The pixels go with the sprites. */
  cairo_set_source_rgba (cr, 0, 0, 0, 0);
  cairo_surface_destroy (surface);
  sm_vehicle_sprites_free (sprites);
}

static void
draw_cluster (cairo_t        *cr,
              const SmMapPen *pen,
              guint           faulted)
{
  SmClusterGlyphs *glyphs = sm_cluster_glyphs_new (pen);
  SmCluster cluster = { .n = 38 };
  const SmClusterPicture *picture;

  cluster.counts[SM_LOOK_DRIVING] = 20;
  cluster.counts[SM_LOOK_CHARGING] = 8;
  cluster.counts[SM_LOOK_PARKED] = faulted != 0 ? 7 : 10;
  if (faulted != 0)
    cluster.counts[faulted] = 3;
  picture = sm_cluster_glyphs_get (glyphs, &cluster);
  cairo_set_source_surface (cr, picture->surface, -picture->x, -picture->y);
  cairo_paint (cr);
  sm_cluster_glyphs_free (glyphs);
}

/** sm_map_key_draw: Draws the sign around 0, 0. */
void
sm_map_key_draw (guint           index,
                 const SmMapPen *pen,
                 cairo_t        *cr)
{
  guint value;

  g_return_if_fail (index < G_N_ELEMENTS (entries));

  value = entries[index].value;
  switch (entries[index].kind)
    {
    case KEY_STATION:
      draw_station (cr, pen, value, 1);
      break;
    case KEY_STATIONS:
      draw_station (cr, pen, SM_STATION_LOOK_OPEN, value);
      break;
    case KEY_VEHICLE:
      draw_vehicle (cr, pen, value);
      break;
    case KEY_CLUSTER:
      draw_cluster (cr, pen, value);
      break;
    case KEY_LEVEL:
      sm_draw_level (cr, pen, value, 0, 0, 16 * pen->unit, FALSE);
      break;
    case KEY_PLACE:
      sm_place_draw (cr, pen, value);
      break;
    case KEY_TITLE:
    default:
      break;
    }
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  SmMapView *map = g_object_get_data (G_OBJECT (area), "sm-map");
  SmMapPen *pen = sm_map_pen_new (GTK_WIDGET (area), sm_map_view_get_language (map),
                                  sm_map_view_get_dark (map), FALSE);

  cairo_translate (cr, width / 2.0, height / 2.0);
  sm_map_key_draw (GPOINTER_TO_UINT (user_data), pen, cr);
  sm_map_pen_unref (pen);
}

static GtkWidget *
new_picture (SmMapView *map,
             guint      index)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  g_object_set_data_full (G_OBJECT (area), "sm-map", g_object_ref (map), g_object_unref);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SIZE * 3 / 4);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, GUINT_TO_POINTER (index),
                                  NULL);
  g_signal_connect_object (map, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), area,
                           G_CONNECT_SWAPPED);
  return area;
}

static GtkWidget *
new_words (guint index)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", sm_map_key_get_words (index), "xalign",
                                   0.0, "wrap", TRUE, "max-width-chars", 34, NULL);

  if (sm_map_key_is_title (index))
    gtk_widget_add_css_class (label, "heading");
  return label;
}

/** sm_map_key_new: Returns: the signs and their meanings, in the colours of @map */
GtkWidget *
sm_map_key_new (SmMapView *map)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      int column = (int) (i / ROWS) * 2, row = (int) (i % ROWS);

      if (sm_map_key_is_title (i))
        {
          gtk_grid_attach (GTK_GRID (grid), new_words (i), column, row, 2, 1);
          continue;
        }
      gtk_grid_attach (GTK_GRID (grid), new_picture (map, i), column, row, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), new_words (i), column + 1, row, 1, 1);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the signs on the map mean"), -1);
  return grid;
}
