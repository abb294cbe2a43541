/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-dot-tiles.h"

#include <string.h>

#include "sm-surface-node.h"

#define TILE 256 /* device pixels */
#define HASH_START G_GUINT64_CONSTANT (1469598103934665603)
#define HASH_FACTOR G_GUINT64_CONSTANT (1099511628211)

typedef struct
{
  gint16 x, y; /* device pixels */
  guint16 sprite;
} Dot;

typedef struct
{
  guint64 hash;
  guint64 drawn_hash;
  guint start, n; /* in the order */
  GskRenderNode *node;
  /* By turns: while a node lives, drawing on its surface would copy that. */
  cairo_surface_t *surfaces[2];
  guint turn;
} Tile;

struct _SmDotTiles
{
  int width, height; /* device pixels */
  guint scale;
  int columns, rows;
  Tile *tiles;
  GArray *dots;      /* of Dot */
  GArray *order;     /* of guint: dots by tile */
  guint32 *seen;     /* a bit a pixel */
  gsize seen_words;
};

SmDotTiles *
sm_dot_tiles_new (void)
{
  SmDotTiles *self = g_new0 (SmDotTiles, 1);

  self->dots = g_array_new (FALSE, FALSE, sizeof (Dot));
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

/** sm_dot_tiles_forget: Draws everything again next time, as when the pictures have changed. */
void
sm_dot_tiles_forget (SmDotTiles *self)
{
  for (int i = 0; i < self->columns * self->rows; i++)
    {
      g_clear_pointer (&self->tiles[i].node, gsk_render_node_unref);
      for (guint k = 0; k < 2; k++)
        g_clear_pointer (&self->tiles[i].surfaces[k], cairo_surface_destroy);
      self->tiles[i].drawn_hash = 0;
    }
}

void
sm_dot_tiles_free (SmDotTiles *self)
{
  sm_dot_tiles_forget (self);
  g_free (self->tiles);
  g_array_unref (self->dots);
  g_array_unref (self->order);
  g_free (self->seen);
  g_free (self);
}

/** sm_dot_tiles_begin: Starts a frame; @width and @height in pixels, @scale device pixels each */
void
sm_dot_tiles_begin (SmDotTiles *self,
                    int         width,
                    int         height,
                    guint       scale)
{
  width *= (int) scale;
  height *= (int) scale;
  if (self->width != width || self->height != height || self->scale != scale)
    {
      sm_dot_tiles_forget (self);
      g_free (self->tiles);
      g_free (self->seen);
      self->width = width;
      self->height = height;
      self->scale = scale;
      self->columns = (width + TILE - 1) / TILE;
      self->rows = (height + TILE - 1) / TILE;
      self->tiles = g_new0 (Tile, self->columns * self->rows);
      self->seen_words = ((gsize) width * (gsize) height + 31) / 32;
      self->seen = g_new (guint32, self->seen_words);
    }
  memset (self->seen, 0, self->seen_words * sizeof *self->seen);
  g_array_set_size (self->dots, 0);
}

/**
 * sm_dot_tiles_add:
 * @x: of its middle, in pixels; off the screen is no harm
 * @sprite: its id; a later dot lies above an earlier one
 *
 * The first of several on a pixel stays: begin with what matters to be seen
 * among equals, add what has to be on top with another picture last.
 */
void
sm_dot_tiles_add (SmDotTiles *self,
                  float       x,
                  float       y,
                  guint       sprite)
{
  Dot dot;
  gsize pixel;

  x *= (float) self->scale;
  y *= (float) self->scale;
  if (!(x >= 0 && y >= 0 && x < (float) self->width && y < (float) self->height))
    return;
  dot = (Dot){ (gint16) x, (gint16) y, (guint16) sprite };
  pixel = (gsize) dot.y * (gsize) self->width + (gsize) dot.x;
  if ((self->seen[pixel >> 5] >> (pixel & 31) & 1) != 0 &&
      sprite / (2 * (SM_HEADINGS + 1)) % SM_N_LOOKS < SM_LOOK_LEVEL_4)
    return;
  self->seen[pixel >> 5] |= 1u << (pixel & 31);
  g_array_append_val (self->dots, dot);
}

typedef void (*TileFunc) (SmDotTiles *self, Tile *tile, guint index, const Dot *dot);

static void
dots_foreach_tile (SmDotTiles       *self,
                   SmVehicleSprites *sprites,
                   TileFunc          func)
{
  const Dot *dots = (const Dot *) self->dots->data;

  for (guint i = 0; i < self->dots->len; i++)
    {
      int r = sm_vehicle_sprites_get (sprites, dots[i].sprite)->size / 2;
      int x0 = MAX (0, dots[i].x - r) / TILE, x1 = MIN (self->width - 1, dots[i].x + r) / TILE;
      int y0 = MAX (0, dots[i].y - r) / TILE, y1 = MIN (self->height - 1, dots[i].y + r) / TILE;

      for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++)
          func (self, &self->tiles[y * self->columns + x], i, &dots[i]);
    }
}

static void
tile_count (SmDotTiles *self,
            Tile       *tile,
            guint       index,
            const Dot  *dot)
{
  guint64 word = (guint64) (guint16) dot->x << 32 | (guint64) (guint16) dot->y << 16 | dot->sprite;

  tile->hash = (tile->hash ^ word) * HASH_FACTOR;
  tile->n++;
}

static void
tile_collect (SmDotTiles *self,
              Tile       *tile,
              guint       index,
              const Dot  *dot)
{
  g_array_index (self->order, guint, tile->start + tile->n++) = index;
}

static inline guint32
blend (guint32 below,
       guint32 above)
{
  guint alpha = above >> 24;
  guint32 rb, ag;

  if (alpha == 255)
    return above;
  if (alpha == 0)
    return below;
  /* Two channels at a time; x * (255 - alpha) / 255, rounded. */
  rb = (below & 0xff00ff) * (255 - alpha) + 0x800080;
  rb = ((rb + ((rb >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
  ag = ((below >> 8) & 0xff00ff) * (255 - alpha) + 0x800080;
  ag = (ag + ((ag >> 8) & 0xff00ff)) & 0xff00ff00;
  return above + (rb | ag);
}

typedef struct
{
  int x0, y0, x1, y1;
} Area;

static void
blit (guint8         *pixels,
      int             stride,
      const Area     *area,
      const Dot      *dot,
      const SmSprite *sprite)
{
  int left = dot->x - sprite->size / 2, top = dot->y - sprite->size / 2;
  int x0 = MAX (left, area->x0), x1 = MIN (left + sprite->size, area->x1);
  int y0 = MAX (top, area->y0), y1 = MIN (top + sprite->size, area->y1);

  for (int y = y0; y < y1; y++)
    {
      guint32 *to = (guint32 *) (gpointer) (pixels + (gsize) (y - area->y0) * (gsize) stride);
      const guint32 *from = sprite->pixels + (gsize) (y - top) * (gsize) sprite->size;

      for (int x = x0; x < x1; x++)
        to[x - area->x0] = blend (to[x - area->x0], from[x - left]);
    }
}

/* What of the tile its dots cover: a tile of one dot is that small. */
static Area
tile_area (SmDotTiles       *self,
           const Tile       *tile,
           SmVehicleSprites *sprites)
{
  int index = (int) (tile - self->tiles);
  int left = index % self->columns * TILE, top = index / self->columns * TILE;
  Area area = { left + TILE, top + TILE, left, top };

  for (guint k = tile->start; k < tile->start + tile->n; k++)
    {
      const Dot *dot = &g_array_index (self->dots, Dot, g_array_index (self->order, guint, k));
      int r = sm_vehicle_sprites_get (sprites, dot->sprite)->size / 2;

      area.x0 = MIN (area.x0, dot->x - r);
      area.y0 = MIN (area.y0, dot->y - r);
      area.x1 = MAX (area.x1, dot->x + r + 1);
      area.y1 = MAX (area.y1, dot->y + r + 1);
    }
  /* On whole logical pixels, or the node would be scaled. */
  area.x0 = MAX (area.x0, left) / (int) self->scale * (int) self->scale;
  area.y0 = MAX (area.y0, top) / (int) self->scale * (int) self->scale;
  area.x1 = MIN (MIN (area.x1, left + TILE), self->width);
  area.y1 = MIN (MIN (area.y1, top + TILE), self->height);
  /* Whole tiles side by side are one rectangle of damage, ragged ones are many. */
  if ((area.x1 - area.x0) * (area.y1 - area.y0) > TILE * TILE / 2)
    area = (Area){ left, top, MIN (left + TILE, self->width), MIN (top + TILE, self->height) };
  return area;
}

/* The surface that the frame before last showed, empty.  That frame is gone, but
 * its recording's snapshot stays with the surface, and flushing, as is proper,
 * would copy all of it for nobody.  So its pixels are written without: an image
 * surface keeps nothing besides them. */
static cairo_surface_t *
tile_take_surface (SmDotTiles *self,
                   Tile       *tile,
                   const Area *area)
{
  cairo_surface_t **surface = &tile->surfaces[tile->turn ^= 1];
  int stride;
  guint8 *pixels;

  if (*surface == NULL)
    {
      *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, TILE, TILE);
      cairo_surface_set_device_scale (*surface, self->scale, self->scale);
      cairo_surface_mark_dirty (*surface);
      return *surface;
    }
  stride = cairo_image_surface_get_stride (*surface);
  pixels = cairo_image_surface_get_data (*surface);
  for (int y = 0; y < area->y1 - area->y0; y++)
    memset (pixels + (gsize) y * (gsize) stride, 0, (gsize) (area->x1 - area->x0) * 4);
  return *surface;
}

static void
tile_draw (SmDotTiles       *self,
           Tile             *tile,
           SmVehicleSprites *sprites,
           gboolean          as_textures)
{
  Area area = tile_area (self, tile, sprites);
  float scale = (float) self->scale;
  cairo_surface_t *surface = tile_take_surface (self, tile, &area);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint k = tile->start; k < tile->start + tile->n; k++)
    {
      const Dot *dot = &g_array_index (self->dots, Dot, g_array_index (self->order, guint, k));

      blit (pixels, stride, &area, dot, sm_vehicle_sprites_get (sprites, dot->sprite));
    }
  if (as_textures)
    g_clear_pointer (&tile->surfaces[tile->turn ^ 1], cairo_surface_destroy);
  tile->node = sm_surface_to_node (as_textures ? g_steal_pointer (&tile->surfaces[tile->turn])
                                               : cairo_surface_reference (surface),
                                   &GRAPHENE_RECT_INIT ((float) area.x0 / scale,
                                                        (float) area.y0 / scale,
                                                        (float) (area.x1 - area.x0) / scale,
                                                        (float) (area.y1 - area.y0) / scale),
                                   as_textures);
}

/** sm_dot_tiles_end: Ends the frame.  Returns: whether anything looks different */
gboolean
sm_dot_tiles_end (SmDotTiles       *self,
                  SmVehicleSprites *sprites,
                  gboolean          as_textures)
{
  int n_tiles = self->columns * self->rows;
  guint total = 0;
  gboolean changed = FALSE;

  for (int i = 0; i < n_tiles; i++)
    {
      self->tiles[i].hash = HASH_START;
      self->tiles[i].n = 0;
    }
  dots_foreach_tile (self, sprites, tile_count);
  for (int i = 0; i < n_tiles; i++)
    {
      self->tiles[i].start = total;
      total += self->tiles[i].n;
      self->tiles[i].n = 0;
    }
  g_array_set_size (self->order, total);
  dots_foreach_tile (self, sprites, tile_collect);
  for (int i = 0; i < n_tiles; i++)
    {
      Tile *tile = &self->tiles[i];

      if (tile->hash == tile->drawn_hash)
        continue;
      tile->drawn_hash = tile->hash;
      changed = changed || tile->n > 0 || tile->node != NULL;
      g_clear_pointer (&tile->node, gsk_render_node_unref);
      if (tile->n > 0)
        tile_draw (self, tile, sprites, as_textures);
    }
  return changed;
}

void
sm_dot_tiles_snapshot (SmDotTiles  *self,
                       GtkSnapshot *snapshot)
{
  for (int i = 0; i < self->columns * self->rows; i++)
    if (self->tiles[i].node != NULL)
      gtk_snapshot_append_node (snapshot, self->tiles[i].node);
}
