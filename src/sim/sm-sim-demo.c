/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-demo.h"

#include "sm-import.h"
#include "sm-sim-engine.h"
#include "sm-stations.h"

/*
 * What both networks have that is real: the public charging stations of
 * Shenzhen.  Only what is missing is put in.
 */

/* A network that was being filled when it ended is filled on at the next start. */
#define MEMO "demo"
#define FILLING "filling"
#define FILLED "filled"

static gpointer
write_memo (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  sm_rules_set_memo (rules, MEMO, data, error);
  return NULL;
}

static gboolean
set_memo (SmRules     *rules,
          const char  *value,
          GError     **error)
{
  g_autoptr (GError) own_error = NULL;

  sm_rules_run_sync (rules, write_memo, (gpointer) value, &own_error);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gpointer
read_memo (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return sm_rules_get_memo (rules, MEMO, error);
}

static gboolean
was_filling (SmRules *rules)
{
  g_autofree char *memo = sm_rules_run_sync (rules, read_memo, NULL, NULL);

  return g_strcmp0 (memo, FILLING) == 0;
}

typedef struct
{
  const SmNoun *noun;
  gboolean has_any;
} Look;

static gpointer
look (SmReader      *reader,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Look *self = data;
  g_autoptr (GPtrArray) rows = sm_registry_list (reader, self->noun, 0, 1, error);

  self->has_any = rows != NULL && rows->len > 0;
  return NULL;
}

static gboolean
has_any (SmRules   *rules,
         SmNounId   noun,
         gboolean  *out_has_any,
         GError   **error)
{
  Look self = { .noun = sm_noun_get (noun) };
  g_autoptr (GError) own_error = NULL;

  sm_rules_read_sync (rules, look, &self, &own_error);
  *out_has_any = self.has_any;
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

typedef struct
{
  SmActor *actor;
  GPtrArray *vehicles;
  guint from, to;
  double period_s;
} Periods;

/* The writer has others to serve. */
#define PERIODS_AT_ONCE 1000

static gpointer
put_periods (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Periods *self = data;

  if (!sm_rules_begin (rules, error))
    return NULL;
  for (guint i = self->from; i < self->to; i++)
    {
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
      SmUpsertOutcome outcome;
      gint64 id;

      sm_row_set_text (row, SM_VEHICLE_PLATE,
                       sm_row_get_text (self->vehicles->pdata[i], SM_VEHICLE_PLATE));
      sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, self->period_s);
      if (!sm_registry_upsert (rules, self->actor, row, SM_VEHICLE_PLATE, &id, &outcome, error))
        {
          sm_rules_rollback (rules);
          return NULL;
        }
    }
  sm_rules_commit (rules, error);
  return NULL;
}

/**
 * sm_sim_demo_set_periods:
 * @vehicles: (element-type SmRow): of the register
 *
 * A network that is opened again at another speed reports at another period of
 * its own time; else everybody would seem late, or nobody ever.
 */
gboolean
sm_sim_demo_set_periods (SmRules    *rules,
                         SmActor    *actor,
                         GPtrArray  *vehicles,
                         double      rate,
                         GError    **error)
{
  Periods self = { actor, vehicles, 0, 0, SM_SIM_REPORT_PERIOD_S * rate };

  if (vehicles->len == 0
      || sm_row_get_real (vehicles->pdata[0], SM_VEHICLE_REPORT_PERIOD_S) == self.period_s)
    return TRUE;
  for (; self.from < vehicles->len; self.from = self.to)
    {
      g_autoptr (GError) own_error = NULL;

      self.to = MIN (self.from + PERIODS_AT_ONCE, vehicles->len);
      sm_rules_run_sync (rules, put_periods, &self, &own_error);
      if (own_error == NULL)
        continue;
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  return TRUE;
}

/**
 * sm_sim_demo_import:
 * @area_id: the area that the stations of Shenzhen lie in
 * @stations_path: the table of them
 *
 * From the simulator's threads.  When it is cancelled the next start goes on
 * with it.
 */
gboolean
sm_sim_demo_import (SmRules       *rules,
                    SmActor       *actor,
                    gint64         area_id,
                    const char    *stations_path,
                    GCancellable  *cancellable,
                    GError       **error)
{
  SmImportOptions options = { .datum = SM_DATUM_GCJ02, .name_en = "Shenzhen {sn}",
                              .name_zh_cn = "深圳{sn}号站", .area_id = area_id,
                              .cancellable = cancellable };
  g_auto (SmImportSummary) summary = { 0 };
  gboolean has_piles;

  if (!has_any (rules, SM_NOUN_PILE, &has_piles, error))
    return FALSE;
  if (has_piles && !was_filling (rules))
    return TRUE;
  return set_memo (rules, FILLING, error)
         && sm_import_stations_file (rules, actor, stations_path, &options, &summary, error)
         && set_memo (rules, FILLED, error);
}
