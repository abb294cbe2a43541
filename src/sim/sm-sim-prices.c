/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-prices.h"

#include "sm-stations.h"

/* One network price by the time of day, with the hours of Guangdong's industry; fen a kWh. */
static const char periods[] =
  "[{\"from\":\"00:00\",\"to\":\"08:00\",\"kind\":\"valley\","
  "\"energy_minor_per_kwh\":32,\"service_minor_per_kwh\":35},"
  "{\"from\":\"08:00\",\"to\":\"10:00\",\"kind\":\"flat\","
  "\"energy_minor_per_kwh\":68,\"service_minor_per_kwh\":35},"
  "{\"from\":\"10:00\",\"to\":\"12:00\",\"kind\":\"peak\","
  "\"energy_minor_per_kwh\":112,\"service_minor_per_kwh\":35},"
  "{\"from\":\"12:00\",\"to\":\"14:00\",\"kind\":\"flat\","
  "\"energy_minor_per_kwh\":68,\"service_minor_per_kwh\":35},"
  "{\"from\":\"14:00\",\"to\":\"19:00\",\"kind\":\"peak\","
  "\"energy_minor_per_kwh\":112,\"service_minor_per_kwh\":35},"
  "{\"from\":\"19:00\",\"to\":\"24:00\",\"kind\":\"flat\","
  "\"energy_minor_per_kwh\":68,\"service_minor_per_kwh\":35}]";

static gpointer
look (SmReader      *reader,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  gboolean *has_any = data;
  g_autoptr (GPtrArray) rows = sm_registry_list (reader, sm_noun_get (SM_NOUN_TARIFF), 0, 1, error);

  *has_any = rows != NULL && rows->len > 0;
  return NULL;
}

static gpointer
put (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_TARIFF));
  SmUpsertOutcome outcome;
  gint64 id;

  sm_row_set_text (row, SM_TARIFF_CODE, "time-of-use");
  sm_row_take_text (row, SM_TARIFF_NAME, sm_name_new ("By time of day", "分时电价"));
  sm_row_set_text (row, SM_TARIFF_MODEL, sm_tariff_models[2]);
  sm_row_set_text (row, SM_TARIFF_CURRENCY, "CNY");
  sm_row_set_text (row, SM_TARIFF_PERIODS, periods);
  sm_row_set_int (row, SM_TARIFF_VALID_FROM, 0);
  sm_row_set_int (row, SM_TARIFF_VERSION, 1);
  sm_registry_upsert (rules, data, row, SM_TARIFF_CODE, &id, &outcome, error);
  return NULL;
}

/** sm_sim_prices_settle: A simulated network that has no price yet gets one. */
gboolean
sm_sim_prices_settle (SmRules  *rules,
                      SmActor  *actor,
                      GError  **error)
{
  g_autoptr (GError) own_error = NULL;
  gboolean has_any = TRUE;

  sm_rules_read_sync (rules, look, &has_any, &own_error);
  if (own_error == NULL && !has_any)
    sm_rules_run_sync (rules, put, actor, &own_error);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}
