/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-row.h"

G_BEGIN_DECLS

/** SmBayFacts: what a bay's cell shows beside its row; texts are borrowed for the call. */
typedef struct
{
  const SmRow *bay;
  const SmRow *battery;   /* (nullable): the pack in it */
  const char *model;      /* (nullable) */
  const char *reserved;   /* (nullable): the plate it is held for */
  guint level;            /* of the worst that is wrong with it; 0: nothing */
  const char *limits;     /* (nullable): which limits its pack is beyond, a line each */
} SmBayFacts;

/**
 * SmBayRack:
 *
 * The bays of a station side by side: each filled as far as its pack is
 * charged, with model, charge, hottest probe and spread, and for whom and when
 * it is ready.  A cell opens its pack.
 */
#define SM_TYPE_BAY_RACK (sm_bay_rack_get_type ())
G_DECLARE_FINAL_TYPE (SmBayRack, sm_bay_rack, SM, BAY_RACK, GtkWidget)

GtkWidget  *sm_bay_rack_new       (void);
void        sm_bay_rack_set       (SmBayRack        *self,
                                   const SmBayFacts *bays,
                                   guint             n,
                                   gint64            now_us);
const char *sm_bay_rack_get_words (SmBayRack        *self,
                                   guint             index);

G_END_DECLS
