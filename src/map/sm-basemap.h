/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-world.h"

G_BEGIN_DECLS

/* What a base map consists of, in the order of the file and of drawing. */
typedef enum
{
  SM_BASEMAP_LAND,
  SM_BASEMAP_LAKE,
  SM_BASEMAP_URBAN,
  SM_BASEMAP_RIVER,
  SM_BASEMAP_PROVINCE,
  SM_BASEMAP_BORDER,
  SM_BASEMAP_DISPUTED,
  SM_BASEMAP_N_CLASSES
} SmBasemapClass;

/** SmBasemapPath: a ring (land, lake, urban) or a line, with its bounds */
typedef struct
{
  const SmWorldPoint *points;
  guint n;
  float zoom; /* shown from this zoom (of 512-pixel tiles) on */
  SmWorldPoint low, high;
} SmBasemapPath;

/** SmBasemapLevel: the map as detailed as the zooms up to @zoom need it */
typedef struct
{
  guint zoom;
  GArray *paths[SM_BASEMAP_N_CLASSES]; /* of SmBasemapPath */
  SmWorldPoint *points;
} SmBasemapLevel;

/** SmBasemapPlace: a town; most important ones come first in the file */
typedef struct
{
  SmWorldPoint at;
  float zoom; /* shown from this zoom (of 512-pixel tiles) on */
  guint rank; /* 0 for the biggest, to 10 */
  gboolean is_capital;
  guint population;
  const char *name;
  const char *name_zh; /* NULL when there is none */
} SmBasemapPlace;

/**
 * SmBasemap:
 *
 * A base map file (data/basemap/README.md) read into memory; immutable,
 * reference counted, any thread.
 */
typedef struct _SmBasemap SmBasemap;

#define SM_TYPE_BASEMAP (sm_basemap_get_type ())
GType                 sm_basemap_get_type   (void);

SmBasemap            *sm_basemap_load       (const char       *path,
                                             GError          **error);
void                  sm_basemap_load_async (GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
SmBasemap            *sm_basemap_load_finish (GAsyncResult    *result,
                                             GError          **error);
SmBasemap            *sm_basemap_read       (GBytes           *file,
                                             GError          **error);
SmBasemap            *sm_basemap_ref        (SmBasemap        *self);
void                  sm_basemap_unref      (SmBasemap        *self);

guint                 sm_basemap_find_level (const SmBasemap  *self,
                                             double            zoom);
const SmBasemapLevel *sm_basemap_get_level  (const SmBasemap  *self,
                                             guint             level);
const SmBasemapPlace *sm_basemap_get_places (const SmBasemap  *self,
                                             guint            *out_n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmBasemap, sm_basemap_unref)

G_END_DECLS
