/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"
#include "sm-tariff.h"

G_BEGIN_DECLS

/** SmBookStation: what orders, meters and alarms need to know of a station. */
typedef struct
{
  gint64 id;
  gint64 operator_id, area_id, fleet_id;
  gboolean is_in_operation; /* neither not yet, nor not any more */
  GTimeZone *zone;     /* its own: of tariffs */
  GTimeZone *day_zone; /* the network's: of business days */
} SmBookStation;

/** SmBookTariff: one by which orders are priced. */
typedef struct
{
  gint64 id;
  gint64 valid_from;
  char currency[4];
  SmTariff tariff;
} SmBookTariff;

/**
 * SmBooks:
 *
 * The registry as those need it who write history: read when it is first asked
 * for, forgotten when a record of it is written.  In the writer's thread.
 */
typedef struct _SmBooks SmBooks;

void                 sm_books_free           (SmBooks        *self);
const SmBookStation *sm_books_find_station   (SmRules        *rules,
                                              gint64          id,
                                              GError        **error);
gboolean             sm_books_fill_vehicle   (SmRules        *rules,
                                              SmRow          *row,
                                              gint64          vehicle_id);
const SmBookTariff  *sm_books_find_tariff    (SmRules        *rules,
                                              gint64          id,
                                              gint64          at);
gboolean             sm_books_is_on_account  (SmRules        *rules,
                                              gint64          fleet_id);
void                 sm_books_forget         (SmRules        *rules,
                                              SmNounId        noun);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmBooks, sm_books_free)

G_END_DECLS
