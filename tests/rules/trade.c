/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

static const char periods[]
    = "[{\"from\":\"00:00\",\"to\":\"08:00\",\"kind\":\"valley\",\"energy_minor_per_kwh\":30,"
      "\"service_minor_per_kwh\":10},{\"from\":\"08:00\",\"to\":\"24:00\",\"kind\":\"peak\","
      "\"energy_minor_per_kwh\":100,\"service_minor_per_kwh\":10}]";

gpointer
trade_do_put (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  TradePutting *putting = data;

  putting->put (rules, putting->trade->fixture->system, putting->trade->rows, error);
  return NULL;
}

void
trade_put (Trade *self, TradePutFunc func)
{
  TradePutting putting = { self, func };

  fixture_write (self->fixture, trade_do_put, &putting);
  g_ptr_array_set_size (self->rows, 0);
}

SmRow *
trade_add_row (Trade *self, SmNounId noun)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_tariff (Trade *self)
{
  SmRow *row = trade_add_row (self, SM_NOUN_TARIFF);

  sm_row_set_text (row, SM_TARIFF_CODE, "tou");
  sm_row_take_text (row, SM_TARIFF_NAME, sm_name_new ("By time", NULL));
  sm_row_set_text (row, SM_TARIFF_MODEL, "time_of_use");
  sm_row_set_text (row, SM_TARIFF_CURRENCY, "CNY");
  sm_row_set_text (row, SM_TARIFF_PERIODS, periods);
  sm_row_set_int (row, SM_TARIFF_VALID_FROM, 0);
  sm_row_set_int (row, SM_TARIFF_VERSION, 1);
}

void
trade_free (Trade *self)
{
  fixture_free (self->fixture);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->quarters);
  g_free (self);
}

/* Two stations in areas 7 and 8, a truck of fleet 3, a tariff; it is 10:00. */
Trade *
trade_new (void)
{
  Trade *self = g_new0 (Trade, 1);

  self->fixture = fixture_new ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)sm_row_unref);
  self->quarters = g_array_new (FALSE, FALSE, sizeof (SmQuarter));
  add_tariff (self);
  for (guint i = 0; i < 2; i++)
    {
      SmRow *row = trade_add_row (self, SM_NOUN_STATION);

      sm_row_take_text (row, SM_STATION_SN, g_strdup_printf ("S%u", i));
      sm_row_set_int (row, SM_ROW_AREA_ID, 7 + i);
      sm_row_set_text (row, SM_STATION_TIME_ZONE, "Asia/Shanghai");
    }
  trade_put (self, sm_registry_fill);
  self->stations[0] = 1;
  self->stations[1] = 2;
  self->vehicle = fixture_add_vehicle (self->fixture, "B1", 3);
  sm_clock_set (self->fixture->network, TRADE_DAY_START + 10 * SM_HOUR, 1);
  return self;
}

SmRow *
trade_add_order (Trade *self, const char *number, guint station, gint64 ended_at, gint64 energy_wh)
{
  SmRow *row = trade_add_row (self, SM_NOUN_ORDER);

  sm_row_set_text (row, SM_ORDER_NUMBER, number);
  sm_row_set_text (row, SM_ORDER_KIND, "swap");
  sm_row_set_text (row, SM_ORDER_PROCESS, "completed");
  sm_row_set_int (row, SM_ORDER_STATION_ID, self->stations[station]);
  sm_row_set_int (row, SM_ORDER_VEHICLE_ID, self->vehicle);
  sm_row_set_int (row, SM_ORDER_CREATED_AT, ended_at - 15 * SM_MINUTE);
  sm_row_set_int (row, SM_ORDER_STARTED_AT, ended_at - 5 * SM_MINUTE);
  sm_row_set_int (row, SM_ORDER_ENDED_AT, ended_at);
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, energy_wh);
  return row;
}

typedef struct
{
  SmActor *actor;
  SmRollupTable table;
} Reading;

static gpointer
do_read_rollups (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;

  return sm_stats_read_rollups (reader, reading->actor, reading->table, 0, 0, 99999999, 1000,
                                error);
}

GArray *
trade_read_rollups (Trade *self, SmActor *actor, SmRollupTable table)
{
  Reading reading = { .actor = actor, .table = table };
  g_autoptr (GError) error = NULL;
  GArray *rollups = sm_rules_read_sync (self->fixture->rules, do_read_rollups, &reading, &error);

  g_assert_no_error (error);
  return rollups;
}

/* The sum of a table over all its rows. */
SmRollup
trade_total (Trade *self, SmRollupTable table)
{
  g_autoptr (GArray) rollups = trade_read_rollups (self, self->fixture->system, table);
  SmRollup sum = { 0 };

  for (guint i = 0; i < rollups->len; i++)
    {
      const SmRollup *rollup = &g_array_index (rollups, SmRollup, i);

      sum.count += rollup->count;
      sum.attempts += rollup->attempts;
      sum.completed += rollup->completed;
      sum.energy_wh += rollup->energy_wh;
      sum.amount_minor += rollup->amount_minor;
      sum.wait_ms += rollup->wait_ms;
      sum.duration_ms += rollup->duration_ms;
    }
  return sum;
}

gpointer
trade_do_bulk (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Trade *trade = data;
  SmBulk bulk = { .orders = trade->rows, .quarters = trade->quarters };

  sm_bulk_write (rules, trade->fixture->system, &bulk, error);
  return NULL;
}

void
trade_add_many (Trade *self)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *number = g_strdup_printf ("N%03u", i);
      SmRow *row = trade_add_order (self, number, i % 2,
                                    TRADE_DAY_START + (gint64)i / 5 * SM_MINUTE * 3, 1000 + i);

      if (i % 3 == 0)
        sm_row_set_text (row, SM_ORDER_KIND, "charge");
    }
}
