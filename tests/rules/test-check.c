/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

#include "sm-check.h"
#include "sm-connection.h"
#include "sm-mark.h"
#include "sm-movements.h"

static gpointer
do_check (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_check_all (rules, error);
}

/* Which checks fail, one after the other. */
static char *
check (Trade *self)
{
  g_autoptr (GPtrArray) results = fixture_write (self->fixture, do_check, NULL);
  g_autoptr (GString) failed = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const SmCheckResult *result = results->pdata[i];

      if (result->wrong > 0)
        g_string_append_printf (failed, "%s ", result->name);
      g_assert_true ((result->wrong > 0) == (result->examples->len > 0));
    }
  return g_string_free (g_steal_pointer (&failed), FALSE);
}

static void
add_movement (Trade *self,
              gint64 at,
              const char *from,
              gint64 from_id,
              const char *to,
              gint64 to_id,
              double soc,
              gint64 charged_wh,
              gint64 taken_wh)
{
  SmRow *row = trade_add_row (self, SM_NOUN_BATTERY_MOVEMENT);

  sm_row_set_int (row, SM_BATTERY_MOVEMENT_BATTERY_ID, 1);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_AT, at);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_FROM_PLACE, from);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_FROM_ID, from_id);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_TO_PLACE, to);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_TO_ID, to_id);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_STATION_ID, 1);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_REASON, "swap");
  sm_row_set_real (row, SM_BATTERY_MOVEMENT_SOC, soc);
  sm_row_set_real (row, SM_BATTERY_MOVEMENT_SOH, 100);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_CHARGED_WH, charged_wh);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_THROUGHPUT_WH, taken_wh);
}

static void
add_parts (Trade *self)
{
  for (guint i = 1; i <= 5; i++)
    {
      SmRow *bay = trade_add_row (self, SM_NOUN_BAY);

      sm_row_set_int (bay, SM_BAY_STATION_ID, 1);
      sm_row_set_int (bay, SM_BAY_NUMBER, i);
    }
}

static void
add_battery (Trade *self, const char *sn)
{
  SmRow *pack = trade_add_row (self, SM_NOUN_BATTERY);

  sm_row_set_text (pack, SM_BATTERY_SN, sn);
  sm_row_set_int (pack, SM_BATTERY_BATTERY_MODEL_ID, 1);
  sm_row_set_text (pack, SM_BATTERY_FITNESS, "serviceable");
}

/* A pack came out of the truck empty, was charged in a bay, and went back. */
static void
add_pack (Trade *self)
{
  SmRow *model = trade_add_row (self, SM_NOUN_BATTERY_MODEL);

  sm_row_set_text (model, SM_BATTERY_MODEL_CODE, "M");
  sm_row_take_text (model, SM_BATTERY_MODEL_NAME, sm_name_new ("Pack", NULL));
  sm_row_set_int (model, SM_BATTERY_MODEL_NOMINAL_WH, 282000);
  sm_row_set_real (model, SM_BATTERY_MODEL_READY_SOC, 95);
  add_battery (self, "P1");
  add_battery (self, "P2");
  add_parts (self);
  trade_put (self, sm_registry_fill);
  add_movement (self, TRADE_DAY_START, "vehicle", 1, "bay", 5, 20, 500000, 418600);
  add_movement (self, TRADE_DAY_START + 2 * SM_HOUR, "bay", 5, "vehicle", 1, 90, 707789, 418600);
  add_movement (self, TRADE_DAY_START + 6 * SM_HOUR, "vehicle", 1, "bay", 5, 20, 707789, 616000);
  trade_put (self, sm_movements_put);
}

/* The station's meter counts what the pack was charged with, and losses. */
static void
add_meter (Trade *self)
{
  for (guint i = 0; i < 8; i++)
    {
      SmQuarter quarter = { 1, TRADE_DAY_START + i * 15 * SM_MINUTE, 45000 };

      g_array_append_val (self->quarters, quarter);
    }
  fixture_write (self->fixture, trade_do_bulk, self);
}

static void
corrupt (Trade *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) connection = NULL;

  g_clear_pointer (&self->fixture->rules, sm_rules_close);
  connection = sm_connection_open (self->fixture->path, SM_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  sm_connection_exec (connection, sql, &error);
  g_assert_no_error (error);
  g_clear_pointer (&connection, sm_connection_close);
  fixture_open (self->fixture, TRUE);
}

static void
test_check (gconstpointer data)
{
  const char *const *damage = data;
  g_autoptr (Trade) trade = trade_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  trade_add_many (trade);
  trade_put (trade, sm_orders_put);
  add_pack (trade);
  add_meter (trade);
  before = check (trade);
  g_assert_cmpstr (before, ==, "");
  corrupt (trade, damage[0]);
  after = check (trade);
  g_assert_cmpstr (after, ==, damage[1]);
}

static const char *const damages[][3] = {
  { "UPDATE \"order\" SET amount_minor = amount_minor + 1 WHERE id = 7", "prices rollups ",
    "price" },
  { "UPDATE station_day SET completed = completed - 1 WHERE kind = 'swap'", "rollups ", "rollup" },
  { "DELETE FROM station_month", "rollups ", "rollup-lost" },
  { "DELETE FROM battery_movement WHERE id = 2", "movements ", "movement-lost" },
  { "UPDATE battery_movement SET charged_wh = 5000000 WHERE id = 3", "pack-energy ",
    "pack-energy" },
  { "DELETE FROM station_day WHERE kind = 'site'; INSERT INTO station_day VALUES "
    "(1, 'site', 20250616, 0, 0, 0, 1000, 0, 0, 0)",
    "station-energy ", "meter-too-little" },
  { "UPDATE station_day SET energy_wh = 90000000 WHERE kind = 'site'", "station-energy ",
    "meter-too-much" },
  { "UPDATE station SET seq = 100000 WHERE id = 2", "numbers ", "seq" },
  { "SELECT 1", "", "nothing" },
};

/* --- where packs are said to be --- */

/* @battery_id: 0: it is empty */
static void
say_bay (Trade *self, gint64 id, gint64 battery_id)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_BAY));

  fixture_pass (self->fixture, 3);
  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_text (row, SM_BAY_STATE, battery_id > 0 ? "charging" : "empty");
  if (battery_id > 0)
    sm_row_set_int (row, SM_BAY_BATTERY_ID, battery_id);
  sm_row_set_int (row, SM_BAY_REPORTED_AT, sm_clock_now (self->fixture->network));
  fixture_say (self->fixture, row);
}

static void
say_truck (Trade *self, gint64 battery_id)
{
  SmVehicleReport report = fixture_make_report (self->fixture, self->vehicle);
  g_auto (SmIngestResult) result = { 0 };

  report.battery_id = battery_id;
  result = fixture_ingest (self->fixture, self->fixture->system, &report, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
}

static void
is_sound (Trade *self)
{
}

static void
is_in_two_bays (Trade *self)
{
  say_bay (self, 4, 1);
}

static void
is_in_a_bay_and_a_truck (Trade *self)
{
  say_truck (self, 1);
}

/* The bay is empty, and nobody else says that he has it. */
static void
is_nowhere (Trade *self)
{
  say_bay (self, 5, 0);
}

/* It is said to have been moved away long ago. */
static void
is_not_where_it_was_moved_to (Trade *self)
{
  add_movement (self, TRADE_DAY_START + 7 * SM_HOUR, "bay", 5, "vehicle", 1, 20, 707789, 616000);
  trade_put (self, sm_movements_put);
  add_movement (self, TRADE_DAY_START + 8 * SM_HOUR, "vehicle", 1, "bay", 3, 20, 0, 0);
  sm_row_set_int (self->rows->pdata[0], SM_BATTERY_MOVEMENT_BATTERY_ID, 2);
  trade_put (self, sm_movements_put);
}

typedef struct
{
  const char *name;
  void (*say) (Trade *self);
  const char *failed;
} Place;

static const Place said_places[] = {
  { "place-sound", is_sound, "" },
  { "place-two-bays", is_in_two_bays, "places " },
  { "place-bay-and-truck", is_in_a_bay_and_a_truck, "places " },
  { "place-nowhere", is_nowhere, "places " },
  { "place-not-moved-to", is_not_where_it_was_moved_to, "places " },
};

static void
test_place (gconstpointer data)
{
  const Place *place = data;
  g_autoptr (Trade) trade = trade_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_pack (trade);
  say_bay (trade, 5, 1);
  before = check (trade);
  g_assert_cmpstr (before, ==, "");
  place->say (trade);
  after = check (trade);
  g_assert_cmpstr (after, ==, place->failed);
}

static void
add_check_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/check/", damages[i][2], NULL);

      g_test_add_data_func (path, damages[i], test_check);
    }
  for (guint i = 0; i < G_N_ELEMENTS (said_places); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/check/", said_places[i].name, NULL);

      g_test_add_data_func (path, &said_places[i], test_place);
    }
}

/* Killed in the middle of a swap, not everybody had said what he has. */
static void
test_hint (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autofree char *path = g_strconcat (trade->fixture->path, "-mark", NULL);

  add_pack (trade);
  say_bay (trade, 5, 1);
  is_in_two_bays (trade);
  for (guint is_closed = 0; is_closed < 2; is_closed++)
    {
      SmMarkState state = { .is_closed = is_closed };
      g_autoptr (SmMark) mark = NULL;
      g_autoptr (GPtrArray) results = NULL;

      g_strlcpy (state.epoch, sm_rules_get_epoch (trade->fixture->rules), sizeof state.epoch);
      mark = sm_mark_begin (path, &state, NULL);
      g_assert_nonnull (mark);
      fixture_reopen (trade->fixture);
      results = fixture_write (trade->fixture, do_check, NULL);
      for (guint i = 0; i < results->len; i++)
        {
          const SmCheckResult *result = results->pdata[i];
          gboolean is_places = g_str_equal (result->name, "places");

          g_assert_true ((result->wrong > 0) == is_places);
          g_assert_true (result->is_hint == (is_places && !is_closed));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_check_tests ();
  g_test_add_func ("/rules/check/hint-when-killed", test_hint);
  return g_test_run ();
}
