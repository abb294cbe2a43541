/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixture.h"

#include "sm-bulk.h"
#include "sm-orders.h"
#include "sm-statistics.h"

/* Two hours after midnight in Shanghai, on 16 June 2025. */
#define TRADE_DAY_START (G_GINT64_CONSTANT (1750003200) * SM_SECOND)
#define TRADE_DAY 20250616

typedef struct
{
  Fixture *fixture;
  gint64 stations[2];
  gint64 vehicle;
  GPtrArray *rows;
  GArray *quarters;
} Trade;

typedef gboolean (*TradePutFunc) (SmRules *rules, SmActor *actor, GPtrArray *rows, GError **error);

typedef struct
{
  Trade *trade;
  TradePutFunc put;
} TradePutting;

Trade     *trade_new          (void);
void       trade_free         (Trade         *self);
SmRow     *trade_add_row      (Trade         *self,
                               SmNounId       noun);
SmRow     *trade_add_order    (Trade         *self,
                               const char    *number,
                               guint          station,
                               gint64         ended_at,
                               gint64         energy_wh);
void       trade_add_many     (Trade         *self);
void       trade_put          (Trade         *self,
                               TradePutFunc   func);
gpointer   trade_do_put       (SmRules       *rules,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);
gpointer   trade_do_bulk      (SmRules       *rules,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);
GArray    *trade_read_rollups (Trade         *self,
                               SmActor       *actor,
                               SmRollupTable  table);
SmRollup   trade_total        (Trade         *self,
                               SmRollupTable  table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trade, trade_free)
