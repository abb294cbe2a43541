/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-basemap.h"

#include <string.h>

#include "sm-error.h"

/* The file is not ours to trust: every count is checked against what is left
 * of it before anything is allocated, every coordinate against the world. */

#define MAGIC "SMBASE\r\n"
#define HEADER_SIZE 20
#define VERSION 1
#define MAX_LEVELS 8
#define WORLD_SIZE (G_GINT64_CONSTANT (1) << 32)

struct _SmBasemap
{
  gatomicrefcount ref_count;
  GPtrArray *levels; /* of SmBasemapLevel */
  GArray *places;    /* of SmBasemapPlace */
  GStringChunk *names;
};

G_DEFINE_BOXED_TYPE (SmBasemap, sm_basemap, sm_basemap_ref, sm_basemap_unref)

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean failed;
} Input;

static gsize
input_left (const Input *input)
{
  return (gsize) (input->end - input->at);
}

static guint64
input_varint (Input *input)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint8 byte;

      if (input->at == input->end)
        break;
      byte = *input->at++;
      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return value;
    }
  input->failed = TRUE;
  return 0;
}

static guint
input_count (Input *input,
             guint  bytes_each)
{
  guint64 count = input_varint (input);

  if (count <= input_left (input) / bytes_each)
    return (guint) count;
  input->failed = TRUE;
  return 0;
}

static guint
input_number (Input  *input,
              guint64 max)
{
  guint64 value = input_varint (input);

  if (value <= max)
    return (guint) value;
  input->failed = TRUE;
  return 0;
}

static gint64
input_delta (Input *input)
{
  guint64 value = input_varint (input);

  /* Beyond the world in either direction means nonsense. */
  if (value > 2 * (guint64) WORLD_SIZE)
    {
      input->failed = TRUE;
      return 0;
    }
  return (value & 1) != 0 ? -(gint64) (value >> 1) - 1 : (gint64) (value >> 1);
}

/* Zooms of the file count 256-pixel tiles and tenths. */
static float
input_zoom (Input *input)
{
  return (float) input_number (input, 300) / 10.f - 1.f;
}

static void
read_points (Input         *input,
             SmBasemapPath *path,
             guint          shift,
             SmWorldPoint  *out_points)
{
  gint64 x = 0, y = 0;

  path->points = out_points;
  path->low = (SmWorldPoint){ G_MAXUINT32, G_MAXUINT32 };
  for (guint i = 0; i < path->n && !input->failed; i++)
    {
      SmWorldPoint p;

      x += input_delta (input);
      y += input_delta (input);
      if (x < 0 || y < 0 || x >= WORLD_SIZE >> shift || y >= WORLD_SIZE >> shift)
        {
          input->failed = TRUE;
          return;
        }
      p = (SmWorldPoint){ (guint32) (x << shift), (guint32) (y << shift) };
      path->low = (SmWorldPoint){ MIN (path->low.x, p.x), MIN (path->low.y, p.y) };
      path->high = (SmWorldPoint){ MAX (path->high.x, p.x), MAX (path->high.y, p.y) };
      out_points[i] = p;
    }
}

static void
level_free (gpointer data)
{
  SmBasemapLevel *level = data;

  for (guint c = 0; c < SM_BASEMAP_N_CLASSES; c++)
    g_clear_pointer (&level->paths[c], g_array_unref);
  g_free (level->points);
  g_free (level);
}

/* Reads the paths of a class; their points go to the end of @points, which may
 * move while it grows: level_settle_points() puts the paths right. */
static void
read_class (Input          *input,
            SmBasemapLevel *level,
            SmBasemapClass  klass,
            guint           shift,
            GArray         *points)
{
  guint n = input_count (input, 4);

  level->paths[klass] = g_array_sized_new (FALSE, FALSE, sizeof (SmBasemapPath), n);
  for (guint i = 0; i < n && !input->failed; i++)
    {
      SmBasemapPath path = { 0 };
      guint first = points->len;

      path.zoom = input_zoom (input);
      path.n = input_count (input, 2);
      g_array_set_size (points, first + path.n);
      if (path.n > 0)
        read_points (input, &path, shift, &g_array_index (points, SmWorldPoint, first));
      g_array_append_val (level->paths[klass], path);
    }
}

static void
level_settle_points (SmBasemapLevel *level,
                     GArray         *points)
{
  guint n = points->len;
  SmWorldPoint *at;

  /* An array that grew has room for as many again. */
  level->points = g_realloc_n (g_array_free (points, FALSE), MAX (n, 1), sizeof (SmWorldPoint));
  at = level->points;
  for (guint c = 0; c < SM_BASEMAP_N_CLASSES; c++)
    for (guint i = 0; i < level->paths[c]->len; i++)
      {
        SmBasemapPath *path = &g_array_index (level->paths[c], SmBasemapPath, i);

        path->points = at;
        at += path->n;
      }
}

static SmBasemapLevel *
read_level (Input *input)
{
  SmBasemapLevel *level = g_new0 (SmBasemapLevel, 1);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (SmWorldPoint));
  guint shift;

  level->zoom = input_number (input, 255);
  shift = input_number (input, 24);
  for (guint c = 0; c < SM_BASEMAP_N_CLASSES; c++)
    read_class (input, level, c, shift, points);
  level_settle_points (level, points);
  return level;
}

static const char *
read_name (Input        *input,
           GStringChunk *names)
{
  guint length = input_count (input, 1);
  const char *name = (const char *) input->at;

  if (length == 0)
    return NULL;
  if (!g_utf8_validate_len (name, length, NULL))
    {
      input->failed = TRUE;
      return NULL;
    }
  input->at += length;
  return g_string_chunk_insert_len (names, name, length);
}

static void
read_places (Input     *input,
             SmBasemap *self)
{
  guint n = input_count (input, 7);

  for (guint i = 0; i < n && !input->failed; i++)
    {
      SmBasemapPlace place = { 0 };
      guint rank;

      place.at.x = input_number (input, (1 << 24) - 1) << 8;
      place.at.y = input_number (input, (1 << 24) - 1) << 8;
      place.zoom = input_zoom (input);
      rank = input_number (input, 40);
      place.rank = rank >> 1;
      place.is_capital = (rank & 1) != 0;
      place.population = input_number (input, G_MAXUINT32);
      place.name = read_name (input, self->names);
      place.name_zh = read_name (input, self->names);
      /* A place without any name cannot be shown. */
      if (place.name == NULL)
        place.name = place.name_zh;
      if (place.name != NULL)
        g_array_append_val (self->places, place);
    }
}

static guint32
adler32 (const guint8 *data,
         gsize         length)
{
  guint32 a = 1, b = 0;

  while (length > 0)
    {
      /* 5552 is the longest run that cannot overflow 32 bits. */
      gsize run = MIN (length, 5552);

      length -= run;
      for (; run > 0; run--)
        {
          a += *data++;
          b += a;
        }
      a %= 65521;
      b %= 65521;
    }
  return b << 16 | a;
}

static gboolean
check_header (const guint8 *data,
              gsize         size,
              GError      **error)
{
  guint32 header[3];

  if (size < HEADER_SIZE || memcmp (data, MAGIC, strlen (MAGIC)) != 0)
    {
      sm_set_error (error, SM_ERROR_CORRUPT, "basemap_foreign", "This is not a base map file");
      return FALSE;
    }
  memcpy (header, data + strlen (MAGIC), sizeof header);
  if (GUINT32_FROM_LE (header[0]) != VERSION)
    {
      sm_set_error (error, SM_ERROR_CORRUPT, "basemap_version",
                    "The base map has format version %u, this program reads %u",
                    GUINT32_FROM_LE (header[0]), VERSION);
      return FALSE;
    }
  if (GUINT32_FROM_LE (header[1]) != size - HEADER_SIZE ||
      GUINT32_FROM_LE (header[2]) != adler32 (data + HEADER_SIZE, size - HEADER_SIZE))
    {
      sm_set_error (error, SM_ERROR_CORRUPT, "basemap_damaged",
                    "The base map file is damaged or not complete");
      return FALSE;
    }
  return TRUE;
}

/** sm_basemap_read: Returns: (transfer full): what @file holds; any damage is an error */
SmBasemap *
sm_basemap_read (GBytes  *file,
                 GError **error)
{
  g_autoptr (SmBasemap) self = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  Input input = { 0 };
  guint n_levels;

  if (!check_header (data, size, error))
    return NULL;
  self = g_new0 (SmBasemap, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->levels = g_ptr_array_new_with_free_func (level_free);
  self->places = g_array_new (FALSE, FALSE, sizeof (SmBasemapPlace));
  self->names = g_string_chunk_new (16384);
  input.at = data + HEADER_SIZE;
  input.end = data + size;
  n_levels = input_number (&input, MAX_LEVELS);
  for (guint i = 0; i < n_levels && !input.failed; i++)
    g_ptr_array_add (self->levels, read_level (&input));
  read_places (&input, self);
  if (input.failed || input_left (&input) != 0 || n_levels == 0)
    {
      sm_set_error (error, SM_ERROR_CORRUPT, "basemap_damaged",
                    "The base map file contradicts itself");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/** sm_basemap_load: Reads the file at @path.  Blocks: not for the main thread. */
SmBasemap *
sm_basemap_load (const char *path,
                 GError    **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL)
    return NULL;
  bytes = g_mapped_file_get_bytes (file);
  return sm_basemap_read (bytes, error);
}

static void
load_into (GTask      *task,
           const char *path)
{
  GError *error = NULL;
  SmBasemap *basemap = sm_basemap_load (path, &error);

  if (basemap != NULL)
    g_task_return_pointer (task, basemap, (GDestroyNotify) sm_basemap_unref);
  else
    g_task_return_error (task, error);
}

/* In a worker thread: the file we were told, or the installed one, or that of
 * the source tree. */
static void
load_default (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  const char *told = task_data;
  g_autofree char *installed = g_build_filename (SM_DATA_DIR, "basemap", "basemap.bin", NULL);
  g_autofree char *source = g_build_filename (SM_SOURCE_DATA_DIR, "basemap", "basemap.bin", NULL);

  if (told != NULL)
    load_into (task, told);
  else
    load_into (task, g_file_test (installed, G_FILE_TEST_EXISTS) ? installed : source);
}

/**
 * sm_basemap_load_async:
 *
 * Loads the base map that comes with the program, or the file that the
 * environment variable SM_BASEMAP names.
 */
void
sm_basemap_load_async (GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sm_basemap_load_async);
  g_task_set_task_data (task, g_strdup (g_getenv ("SM_BASEMAP")), g_free);
  g_task_run_in_thread (task, load_default);
}

/** sm_basemap_load_finish: Returns: (transfer full): the base map */
SmBasemap *
sm_basemap_load_finish (GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

SmBasemap *
sm_basemap_ref (SmBasemap *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_basemap_unref (SmBasemap *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->names, g_string_chunk_free);
  g_free (self);
}

/** sm_basemap_find_level: Returns: the number of the coarsest level good enough for @zoom */
guint
sm_basemap_find_level (const SmBasemap *self,
                       double           zoom)
{
  for (guint i = 0; i + 1 < self->levels->len; i++)
    if (zoom <= sm_basemap_get_level (self, i)->zoom)
      return i;
  return self->levels->len - 1;
}

const SmBasemapLevel *
sm_basemap_get_level (const SmBasemap *self,
                      guint            level)
{
  return g_ptr_array_index (self->levels, level);
}

/** sm_basemap_get_places: Returns: (array length=out_n): the towns, most important first */
const SmBasemapPlace *
sm_basemap_get_places (const SmBasemap *self,
                       guint           *out_n)
{
  *out_n = self->places->len;
  return (const SmBasemapPlace *) self->places->data;
}
