/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-dot-tiles.h"

#include <math.h>
#include <string.h>

#include "sm-surface-node.h"

#define TILE 256 /* device pixels */
#define HASH_START G_GUINT64_CONSTANT (1469598103934665603)
#define HASH_FACTOR G_GUINT64_CONSTANT (1099511628211)

typedef struct
{
  gint16 x, y; /* device pixels */
  guint16 sprite; /* from SM_N_SPRITES on: a picture */
} Dot;

typedef struct
{
  guint64 key;
  cairo_surface_t *surface;
  int x, y; /* of what it is a picture of, in it */
} Picture;

typedef struct
{
  guint64 hash;
  guint64 drawn_hash;
  guint start, n; /* in the order */
  GskRenderNode *node;
  GskRenderNode *below; /* the ground, shown where there is no node */
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
  GArray *pictures;  /* of Picture */
  GArray *order;     /* of guint: dots by tile */
  guint32 *seen;     /* a bit a pixel */
  gsize seen_words;
  cairo_surface_t *ground;
  GskRenderNode *edge; /* of the ground, below the tiles */
};

static void
picture_clear (gpointer data)
{
  g_clear_pointer (&((Picture *) data)->surface, cairo_surface_destroy);
}

SmDotTiles *
sm_dot_tiles_new (void)
{
  SmDotTiles *self = g_new0 (SmDotTiles, 1);

  self->dots = g_array_new (FALSE, FALSE, sizeof (Dot));
  self->pictures = g_array_new (FALSE, FALSE, sizeof (Picture));
  g_array_set_clear_func (self->pictures, picture_clear);
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
      g_clear_pointer (&self->tiles[i].below, gsk_render_node_unref);
      for (guint k = 0; k < 2; k++)
        g_clear_pointer (&self->tiles[i].surfaces[k], cairo_surface_destroy);
      self->tiles[i].drawn_hash = 0;
    }
  g_clear_pointer (&self->edge, gsk_render_node_unref);
}

void
sm_dot_tiles_free (SmDotTiles *self)
{
  sm_dot_tiles_forget (self);
  g_clear_pointer (&self->ground, cairo_surface_destroy);
  g_free (self->tiles);
  g_array_unref (self->dots);
  g_array_unref (self->pictures);
  g_array_unref (self->order);
  g_free (self->seen);
  g_free (self);
}

gboolean
sm_dot_tiles_has_ground (SmDotTiles *self)
{
  return self->ground != NULL;
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
      if (self->ground != NULL && (cairo_image_surface_get_width (self->ground) != width ||
                                   cairo_image_surface_get_height (self->ground) != height))
        g_clear_pointer (&self->ground, cairo_surface_destroy);
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
  g_array_set_size (self->pictures, 0);
}

/** sm_dot_tiles_cover: No dot without a fault is drawn with its middle in @box. */
void
sm_dot_tiles_cover (SmDotTiles            *self,
                    const graphene_rect_t *box)
{
  float scale = (float) self->scale;
  int x0 = MAX (0, (int) (box->origin.x * scale)), y0 = MAX (0, (int) (box->origin.y * scale));
  int x1 = MIN (self->width, (int) ((box->origin.x + box->size.width) * scale));
  int y1 = MIN (self->height, (int) ((box->origin.y + box->size.height) * scale));

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      {
        gsize pixel = (gsize) y * (gsize) self->width + (gsize) x;

        self->seen[pixel >> 5] |= 1u << (pixel & 31);
      }
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

/**
 * sm_dot_tiles_add_picture:
 * @x: of its middle, in pixels
 * @surface: ARGB32 with the device scale of the tiles, and not drawn on any more
 * @left: of its middle, in pixels within the surface
 * @key: equal for what looks the same
 *
 * Lies above what was added before.
 */
void
sm_dot_tiles_add_picture (SmDotTiles      *self,
                          float            x,
                          float            y,
                          cairo_surface_t *surface,
                          float            left,
                          float            top,
                          guint64          key)
{
  float scale = (float) self->scale;
  Dot dot = { (gint16) roundf (x * scale), (gint16) roundf (y * scale),
              (guint16) (SM_N_SPRITES + self->pictures->len) };
  Picture picture = { key, cairo_surface_reference (surface), (int) roundf (left * scale),
                      (int) roundf (top * scale) };

  g_array_append_val (self->pictures, picture);
  g_array_append_val (self->dots, dot);
}

static const Picture *
dot_picture (SmDotTiles *self,
             const Dot  *dot)
{
  return dot->sprite < SM_N_SPRITES
           ? NULL
           : &g_array_index (self->pictures, Picture, dot->sprite - SM_N_SPRITES);
}

typedef struct
{
  int x0, y0, x1, y1;
} Area;

static Area
dot_area (SmDotTiles       *self,
          SmVehicleSprites *sprites,
          const Dot        *dot)
{
  const Picture *picture = dot_picture (self, dot);
  int r;

  if (picture != NULL)
    return (Area){ dot->x - picture->x, dot->y - picture->y,
                   dot->x - picture->x + cairo_image_surface_get_width (picture->surface),
                   dot->y - picture->y + cairo_image_surface_get_height (picture->surface) };
  r = sm_vehicle_sprites_get (sprites, dot->sprite)->size / 2;
  return (Area){ dot->x - r, dot->y - r, dot->x + r + 1, dot->y + r + 1 };
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
      Area area = dot_area (self, sprites, &dots[i]);
      int x0 = MAX (0, area.x0) / TILE, x1 = MIN (self->width, area.x1) - 1;
      int y0 = MAX (0, area.y0) / TILE, y1 = MIN (self->height, area.y1) - 1;

      x1 = x1 < 0 ? -1 : x1 / TILE;
      y1 = y1 < 0 ? -1 : y1 / TILE;

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
  const Picture *picture = dot_picture (self, dot);
  guint64 word = (guint64) (guint16) dot->x << 32 | (guint64) (guint16) dot->y << 16;

  word = picture != NULL ? word ^ (picture->key << 1 | 1) * HASH_FACTOR : word | dot->sprite;

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

/* Pixels to be laid on others, as wide as they are high or not. */
typedef struct
{
  const guint32 *pixels;
  gsize stride; /* in pixels */
  Area area;
} Stamp;

static Stamp
dot_stamp (SmDotTiles       *self,
           SmVehicleSprites *sprites,
           const Dot        *dot)
{
  const Picture *picture = dot_picture (self, dot);
  Stamp stamp = { .area = dot_area (self, sprites, dot) };

  if (picture != NULL)
    {
      stamp.pixels = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (picture->surface);
      stamp.stride = (gsize) cairo_image_surface_get_stride (picture->surface) / 4;
      return stamp;
    }
  stamp.pixels = sm_vehicle_sprites_get (sprites, dot->sprite)->pixels;
  stamp.stride = (gsize) sm_vehicle_sprites_get (sprites, dot->sprite)->size;
  return stamp;
}

static void
blit (guint8      *pixels,
      int          stride,
      const Area  *area,
      const Stamp *stamp)
{
  int x0 = MAX (stamp->area.x0, area->x0), x1 = MIN (stamp->area.x1, area->x1);
  int y0 = MAX (stamp->area.y0, area->y0), y1 = MIN (stamp->area.y1, area->y1);

  for (int y = y0; y < y1; y++)
    {
      guint32 *to = (guint32 *) (gpointer) (pixels + (gsize) (y - area->y0) * (gsize) stride);
      const guint32 *from = stamp->pixels + (gsize) (y - stamp->area.y0) * stamp->stride;

      for (int x = x0; x < x1; x++)
        to[x - area->x0] = blend (to[x - area->x0], from[x - stamp->area.x0]);
    }
}

/* A window that is damaged to its last pixel is sent through memory that cairo shares with the
 * display anew for each frame: 4 of 16 ms at 1920x1080.  So on a ground the last line stands
 * still, unless a tile would be nothing but that. */
static int
moving_height (const SmDotTiles *self)
{
  int line = (int) self->scale;

  return self->ground != NULL && (self->height - 1) % TILE >= line ? self->height - line
                                                                   : self->height;
}

static Area
whole_area (const SmDotTiles *self,
            const Tile       *tile)
{
  int index = (int) (tile - self->tiles);
  int left = index % self->columns * TILE, top = index / self->columns * TILE;

  return (Area){ left, top, MIN (left + TILE, self->width),
                 MIN (top + TILE, moving_height (self)) };
}

/* Takes over from @from what is different in @area.  Returns: whether anything is */
static gboolean
patch_ground (SmDotTiles      *self,
              cairo_surface_t *from,
              const Area      *area)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (from);
  gsize offset = (gsize) area->x0 * 4, length = (gsize) (area->x1 - area->x0) * 4;
  gboolean is_different = FALSE;

  for (int y = area->y0; y < area->y1; y++)
    {
      guint8 *to = cairo_image_surface_get_data (self->ground) + (gsize) y * stride + offset;
      const guint8 *now = cairo_image_surface_get_data (from) + (gsize) y * stride + offset;

      if (memcmp (to, now, length) == 0)
        continue;
      memcpy (to, now, length);
      is_different = TRUE;
    }
  return is_different;
}

/* Where a station looks different one tile is, of forty: the others stay as they are, and with
 * them their pixels, so that nothing else is drawn again.  The ground's own are written without
 * asking cairo, as those of the tiles are: see tile_take_surface(). */
static void
renew_ground (SmDotTiles      *self,
              cairo_surface_t *ground)
{
  Area edge = { 0, moving_height (self), self->width, self->height };

  for (int i = 0; i < self->columns * self->rows; i++)
    {
      Tile *tile = &self->tiles[i];
      Area area = whole_area (self, tile);

      if (!patch_ground (self, ground, &area))
        continue;
      g_clear_pointer (&tile->node, gsk_render_node_unref);
      g_clear_pointer (&tile->below, gsk_render_node_unref);
      tile->drawn_hash = 0;
    }
  if (patch_ground (self, ground, &edge))
    g_clear_pointer (&self->edge, gsk_render_node_unref);
}

/**
 * sm_dot_tiles_set_ground:
 * @ground: (nullable): opaque, as large as the window in device pixels; not drawn on any more
 *
 * Of one ground after another only what is different is drawn again.
 */
void
sm_dot_tiles_set_ground (SmDotTiles      *self,
                         cairo_surface_t *ground)
{
  if (self->ground != NULL && ground != NULL &&
      cairo_image_surface_get_width (ground) == self->width &&
      cairo_image_surface_get_height (ground) == self->height)
    {
      renew_ground (self, ground);
      return;
    }
  sm_dot_tiles_forget (self);
  g_clear_pointer (&self->ground, cairo_surface_destroy);
  if (ground != NULL)
    self->ground = cairo_surface_reference (ground);
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

  if (self->ground != NULL)
    return whole_area (self, tile);
  for (guint k = tile->start; k < tile->start + tile->n; k++)
    {
      const Dot *dot = &g_array_index (self->dots, Dot, g_array_index (self->order, guint, k));
      Area one = dot_area (self, sprites, dot);

      area.x0 = MIN (area.x0, one.x0);
      area.y0 = MIN (area.y0, one.y0);
      area.x1 = MAX (area.x1, one.x1);
      area.y1 = MAX (area.y1, one.y1);
    }
  /* On whole logical pixels, or the node would be scaled. */
  area.x0 = MAX (area.x0, left) / (int) self->scale * (int) self->scale;
  area.y0 = MAX (area.y0, top) / (int) self->scale * (int) self->scale;
  area.x1 = MIN (MIN (area.x1, left + TILE), self->width);
  area.y1 = MIN (MIN (area.y1, top + TILE), self->height);
  /* Whole tiles side by side are one rectangle of damage, ragged ones are many. */
  if ((area.x1 - area.x0) * (area.y1 - area.y0) > TILE * TILE / 2)
    area = whole_area (self, tile);
  return area;
}

/* Makes the tile show nothing but the ground, or nothing. */
static void
tile_fill (SmDotTiles      *self,
           cairo_surface_t *surface,
           const Area      *area)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize length = (gsize) (area->x1 - area->x0) * 4;
  gsize from_stride;
  const guint8 *from;

  if (self->ground == NULL)
    {
      for (int y = 0; y < area->y1 - area->y0; y++)
        memset (pixels + (gsize) y * stride, 0, length);
      return;
    }
  from_stride = (gsize) cairo_image_surface_get_stride (self->ground);
  from = cairo_image_surface_get_data (self->ground) + (gsize) area->y0 * from_stride
         + (gsize) area->x0 * 4;
  for (int y = 0; y < area->y1 - area->y0; y++)
    memcpy (pixels + (gsize) y * stride, from + (gsize) y * from_stride, length);
}

static cairo_surface_t *
make_surface (const SmDotTiles *self,
              int               width,
              int               height)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (self->ground != NULL ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32,
                                    width, height);

  cairo_surface_set_device_scale (surface, self->scale, self->scale);
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* The surface that the frame before last showed.  That frame is gone, but its
 * recording's snapshot stays with the surface, and flushing, as is proper, would
 * copy all of it for nobody.  So its pixels are written without: an image surface
 * keeps nothing besides them. */
static cairo_surface_t *
tile_take_surface (SmDotTiles *self,
                   Tile       *tile)
{
  cairo_surface_t **surface = &tile->surfaces[tile->turn ^= 1];

  if (*surface == NULL)
    *surface = make_surface (self, TILE, TILE);
  return cairo_surface_reference (*surface);
}

static graphene_rect_t
area_bounds (const SmDotTiles *self,
             const Area       *area)
{
  float scale = (float) self->scale;

  return GRAPHENE_RECT_INIT ((float) area->x0 / scale, (float) area->y0 / scale,
                             (float) (area->x1 - area->x0) / scale,
                             (float) (area->y1 - area->y0) / scale);
}

static void
tile_draw (SmDotTiles       *self,
           Tile             *tile,
           SmVehicleSprites *sprites,
           gboolean          as_textures)
{
  Area area = tile_area (self, tile, sprites);
  graphene_rect_t bounds = area_bounds (self, &area);
  /* A texture is stretched to its node: it has to be as large as that, and becomes another one's. */
  cairo_surface_t *surface = as_textures
                                 ? make_surface (self, area.x1 - area.x0, area.y1 - area.y0)
                                 : tile_take_surface (self, tile);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  tile_fill (self, surface, &area);
  for (guint k = tile->start; k < tile->start + tile->n; k++)
    {
      const Dot *dot = &g_array_index (self->dots, Dot, g_array_index (self->order, guint, k));

      Stamp stamp = dot_stamp (self, sprites, dot);

      blit (pixels, stride, &area, &stamp);
    }
  tile->node = sm_surface_to_node (surface, &bounds, as_textures);
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

static const cairo_user_data_key_t ground_key;

/* That part of the ground, in place. */
static GskRenderNode *
ground_node (SmDotTiles *self,
             const Area *area)
{
  graphene_rect_t bounds = area_bounds (self, area);
  int stride = cairo_image_surface_get_stride (self->ground);
  guint8 *pixels = cairo_image_surface_get_data (self->ground) + (gsize) area->y0 * (gsize) stride
                   + (gsize) area->x0 * 4;
  cairo_surface_t *part;

  part = cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_RGB24, area->x1 - area->x0,
                                              area->y1 - area->y0, stride);
  cairo_surface_set_user_data (part, &ground_key, cairo_surface_reference (self->ground),
                               (cairo_destroy_func_t) cairo_surface_destroy);
  cairo_surface_set_device_scale (part, self->scale, self->scale);
  return sm_surface_to_node (part, &bounds, FALSE);
}

static GskRenderNode *
tile_ground (SmDotTiles *self,
             Tile       *tile)
{
  Area area = whole_area (self, tile);

  if (tile->below == NULL)
    tile->below = ground_node (self, &area);
  return tile->below;
}

/* What of the ground no tile shows. */
static GskRenderNode *
edge_ground (SmDotTiles *self)
{
  Area area = { 0, moving_height (self), self->width, self->height };

  if (self->edge == NULL && self->ground != NULL && area.y0 < area.y1)
    self->edge = ground_node (self, &area);
  return self->edge;
}

/* GTK compares the nodes of two frames by their order, so each tile is always
 * one, were it empty: one more or less would be damage all over the window. */
void
sm_dot_tiles_snapshot (SmDotTiles  *self,
                       GtkSnapshot *snapshot)
{
  guint n = (guint) (self->columns * self->rows);
  g_autofree GskRenderNode **nodes = g_new (GskRenderNode *, n + 1);
  g_autoptr (GskRenderNode) nothing = gsk_container_node_new (NULL, 0);
  g_autoptr (GskRenderNode) all = NULL;

  for (guint i = 0; i < n; i++)
    {
      Tile *tile = &self->tiles[i];

      nodes[i] = tile->node != NULL ? tile->node
                 : self->ground != NULL ? tile_ground (self, tile)
                                        : nothing;
    }
  nodes[n] = edge_ground (self) != NULL ? self->edge : nothing;
  all = gsk_container_node_new (nodes, n + 1);
  gtk_snapshot_append_node (snapshot, all);
}
