/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-world.h"

G_BEGIN_DECLS

/** SmSimProvince: of the country, by its GB/T 2260 code. */
typedef struct
{
  guint code;
  const char *name_en, *name_zh;
  const char *plate; /* the first sign of its plates */
  guint desk;        /* which of the operating areas it belongs to */
} SmSimProvince;

/** SmSimDesk: an operating area: what one desk looks after. */
typedef struct
{
  const char *code, *name_en, *name_zh;
} SmSimDesk;

/**
 * SmSimSites:
 *
 * The places of a network and the roads between them, as their table says.
 */
typedef struct
{
  GStringChunk *text;
  GArray *sites;   /* of SmSimSite */
  GArray *people;  /* of guint: who lives there */
  GArray *roads;   /* of SmSimRoad */
} SmSimSites;

gboolean             sm_sim_sites_load     (SmSimSites       *self,
                                            SmSimNetworkKind  kind,
                                            const char       *data_dir,
                                            GError          **error);
void                 sm_sim_sites_clear    (SmSimSites       *self);

const SmSimProvince *sm_sim_provinces      (guint            *out_n);
const SmSimProvince *sm_sim_province_find  (guint             code);
const SmSimDesk     *sm_sim_desks          (guint            *out_n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmSimSites, sm_sim_sites_clear)

G_END_DECLS
