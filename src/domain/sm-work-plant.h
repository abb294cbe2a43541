/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/** SmWorkPlantCount: how many things of a kind a station has. */
typedef struct
{
  const char *kind;  /* interned */
  gint64 station_id; /* 0: at none */
  gint64 n;
} SmWorkPlantCount;

/**
 * SmWorkPlant:
 *
 * What work orders are about, as far as their figures need it: how many things of each kind there
 * are, and of what kind, or of which pile, those are that orders speak of.
 */
typedef struct
{
  GArray *counts;    /* of SmWorkPlantCount */
  GHashTable *kinds; /* id of a piece of equipment -> its kind, interned */
  GHashTable *piles; /* id of a connector -> that of its pile */
} SmWorkPlant;

SmWorkPlant *sm_work_plant_new      (void);
void         sm_work_plant_free     (SmWorkPlant       *self);
void         sm_work_plant_count    (SmWorkPlant       *self,
                                     const char        *kind,
                                     gint64             station_id,
                                     gint64             n);
void         sm_work_plant_set_kind (SmWorkPlant       *self,
                                     gint64             equipment_id,
                                     const char        *kind);
void         sm_work_plant_set_pile (SmWorkPlant       *self,
                                     gint64             connector_id,
                                     gint64             pile_id);
const char  *sm_work_plant_find     (const SmWorkPlant *self,
                                     const char        *noun,
                                     gint64             id,
                                     SmNounId          *out_noun,
                                     gint64            *out_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWorkPlant, sm_work_plant_free)

G_END_DECLS
