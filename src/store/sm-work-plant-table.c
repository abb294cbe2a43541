/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-plant-table.h"

#include "sm-service-rows-private.h"
#include "sm-statement.h"

/* What there is, counted where it lies: of the many things in a network only few have an order. */

typedef void (*TakeFunc) (SmWorkPlant *plant,
                          SmStatement *statement);

static void
take_count (SmWorkPlant *plant,
            SmStatement *statement)
{
  sm_work_plant_count (plant, sm_statement_get_text (statement, 0),
                       sm_statement_is_null (statement, 1) ? 0 : sm_statement_get_int (statement, 1),
                       sm_statement_get_int (statement, 2));
}

static void
take_kind (SmWorkPlant *plant,
           SmStatement *statement)
{
  sm_work_plant_set_kind (plant, sm_statement_get_int (statement, 0),
                          sm_statement_get_text (statement, 1));
}

static void
take_pile (SmWorkPlant *plant,
           SmStatement *statement)
{
  sm_work_plant_set_pile (plant, sm_statement_get_int (statement, 0),
                          sm_statement_get_int (statement, 1));
}

static gboolean
take_all (SmWorkPlant  *plant,
          SmStatement  *statement,
          TakeFunc      take,
          GError      **error)
{
  gboolean has_row;

  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      take (plant, statement);
    }
  return FALSE;
}

static gboolean
count (SmConnection   *connection,
       const SmScope  *scope,
       SmWorkPlant    *plant,
       SmNounId        id,
       const char     *kind,
       const char     *station,
       GError        **error)
{
  const SmNoun *noun = sm_noun_get (id);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *keys = sm_scope_to_parameter (scope);
  g_autoptr (SmStatement) statement = NULL;

  g_string_printf (sql, "SELECT %s, %s, count(*) FROM \"%s\" WHERE ?1", kind, station, noun->name);
  sm_service_append_scope (sql, noun, noun->name, scope);
  g_string_append (sql, " GROUP BY 1, 2");
  statement = sm_connection_prepare (connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, 1);
  if (scope->kind != SM_SCOPE_ALL || scope->organisation_id != 0)
    sm_statement_bind_text (statement, 1, keys);
  return take_all (plant, statement, take_count, error);
}

static gboolean
look_up (SmConnection  *connection,
         SmWorkPlant   *plant,
         const char    *sql,
         gint64         from,
         TakeFunc       take,
         GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, from);
  return take_all (plant, statement, take, error);
}

/**
 * sm_work_plant_read:
 * @scope: whose; in the cache everything that is in it
 * @from: orders that were made from then on are to be understood
 *
 * In the service's database or in the cache.
 *
 * Returns: (transfer full) (nullable)
 */
SmWorkPlant *
sm_work_plant_read (SmConnection   *connection,
                    const SmScope  *scope,
                    gint64          from,
                    GError        **error)
{
  static const struct
  {
    SmNounId noun;
    const char *kind;
    const char *station;
  } counted[] = {
    { SM_NOUN_EQUIPMENT, "kind", "station_id" }, { SM_NOUN_PILE, "'pile'", "station_id" },
    { SM_NOUN_LANE, "'lane'", "station_id" },    { SM_NOUN_BAY, "'bay'", "station_id" },
    { SM_NOUN_STATION, "'station'", "id" },      { SM_NOUN_VEHICLE, "'vehicle'", "NULL" },
    { SM_NOUN_BATTERY, "'battery'", "NULL" },
  };
  g_autoptr (SmWorkPlant) plant = sm_work_plant_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (counted); i++)
    if (!count (connection, scope, plant, counted[i].noun, counted[i].kind, counted[i].station,
                error))
      return NULL;
  if (!look_up (connection, plant,
                "SELECT id, kind FROM equipment WHERE id IN"
                " (SELECT target_id FROM work_order"
                "  WHERE created_at >= ?1 AND target_noun = 'equipment'"
                "  UNION SELECT scope_id FROM maintenance_window WHERE scope_noun = 'equipment')",
                from, take_kind, error)
      || !look_up (connection, plant,
                   "SELECT id, pile_id FROM connector WHERE id IN"
                   " (SELECT target_id FROM work_order"
                   "  WHERE created_at >= ?1 AND target_noun = 'connector')",
                   from, take_pile, error))
    return NULL;
  return g_steal_pointer (&plant);
}
