/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmVehicleRecord and the like: what people call a thing and whose it is.  The
 * texts are never NULL ("" for unknown) and, like the record, good until the
 * directory tells "changed"; ids are 0 for none.
 */
typedef struct
{
  gint64 id;
  gint64 fleet_id;
  gint64 area_id;
  gint64 driver_id;
  const char *plate;
  const char *vin;
  const char *model;
} SmVehicleRecord;

typedef struct
{
  gint64 id;
  gint64 fleet_id;
  const char *name;  /* their phone is masked by the service */
  const char *phone; /* likewise */
  const char *level;
  const char *state; /* slug */
} SmDriverRecord;

typedef struct
{
  gint64 id;
  gint64 fleet_id;
  gint64 model_id;
  const char *sn;
  const char *fitness; /* slug */
} SmPackRecord;

typedef struct
{
  gint64 id;
  gint64 area_id;
  gint64 station_id;
  double rated_power_kw; /* NAN: unknown */
  const char *sn;
  const char *name; /* by language, for sm_name_pick() */
  const char *manufacturer;
  const char *model;
  const char *usage_state; /* slug */
} SmPileRecord;

/** SmHit: one thing that a search found. */
typedef struct
{
  const SmNoun *noun;
  gint64 id;
  char *label;       /* what it is called: a plate, a serial number, a name */
  char *detail;      /* where it belongs, in the language asked for; may be "" */
  gboolean is_exact; /* it is called exactly what was asked for */
} SmHit;

void sm_hit_free (SmHit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmHit, sm_hit_free)

/**
 * SmDirectory:
 *
 * The records of the whole network in memory, for names, filters and search:
 * vehicles, drivers, packs and piles as plain arrays in the order of their ids
 * with pooled texts, and the rows of whatever there are few of: areas, fleets,
 * stations, limits, organisations, service points, engineers, battery models,
 * compatibilities and tariffs.  Main thread only.
 *
 * Signal "changed" (): something came, went or is called otherwise; at most
 * once for a batch.
 */
#define SM_TYPE_DIRECTORY (sm_directory_get_type ())
G_DECLARE_FINAL_TYPE (SmDirectory, sm_directory, SM, DIRECTORY, GObject)

guint64                sm_directory_get_version  (SmDirectory *self);
guint                  sm_directory_count        (SmDirectory *self,
                                                  SmNounId     noun);

const SmVehicleRecord *sm_directory_get_vehicles (SmDirectory *self,
                                                  guint       *out_n);
const SmPileRecord    *sm_directory_get_piles    (SmDirectory *self,
                                                  guint       *out_n);
const SmVehicleRecord *sm_directory_find_vehicle (SmDirectory *self,
                                                  gint64       id);
const SmDriverRecord  *sm_directory_find_driver  (SmDirectory *self,
                                                  gint64       id);
const SmPackRecord    *sm_directory_find_pack    (SmDirectory *self,
                                                  gint64       id);
const SmPileRecord    *sm_directory_find_pile    (SmDirectory *self,
                                                  gint64       id);

GPtrArray             *sm_directory_get_rows     (SmDirectory *self,
                                                  SmNounId     noun);
SmRow                 *sm_directory_find_row     (SmDirectory *self,
                                                  SmNounId     noun,
                                                  gint64       id);
const SmRow           *sm_directory_find_limit   (SmDirectory *self,
                                                  SmNounId     noun,
                                                  guint        field,
                                                  double       value);
char                  *sm_directory_dup_label    (SmDirectory *self,
                                                  SmNounId     noun,
                                                  gint64       id,
                                                  const char  *language);
gboolean               sm_directory_is_within    (SmDirectory *self,
                                                  SmNounId     noun,
                                                  gint64       id,
                                                  gint64       ancestor);
GPtrArray             *sm_directory_search       (SmDirectory *self,
                                                  const char  *text,
                                                  const char  *language,
                                                  guint        limit);

G_END_DECLS
