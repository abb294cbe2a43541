/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-stations.h"

#include "sm-alarms-private.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

#define DEFAULT_OPERATOR 1

/* What @given says, over what there was; its id and seq are not for others to say. */
static SmRow *
merge_rows (const SmRow *before,
            const SmRow *given)
{
  const SmNoun *noun = sm_row_get_noun (given);
  SmRow *merged = before != NULL ? sm_row_copy (before) : sm_row_new (noun);

  for (guint i = SM_ROW_OPERATOR_ID; i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_RECORD && !sm_row_is_null (given, i))
      sm_row_copy_field (merged, given, i);
  return merged;
}

static void
default_text (SmRow      *row,
              guint       field,
              const char *value)
{
  if (sm_row_is_null (row, field))
    sm_row_set_text (row, field, value);
}

static void
default_int (SmRow  *row,
             guint   field,
             gint64  value)
{
  if (sm_row_is_null (row, field))
    sm_row_set_int (row, field, value);
}

/* Required fields of a new row that nobody has said. */
static void
fill_in (SmRules       *rules,
         const SmActor *actor,
         SmRow         *row)
{
  g_autofree char *name = NULL;

  default_int (row, SM_ROW_OPERATOR_ID, DEFAULT_OPERATOR);
  switch (sm_row_get_noun (row)->id)
    {
    case SM_NOUN_STATION:
      name = sm_name_new (sm_row_get_text (row, SM_STATION_SN), NULL);
      default_text (row, SM_STATION_NAME, name);
      default_text (row, SM_STATION_KIND, "charge");
      default_text (row, SM_STATION_STATE, "operating");
      default_text (row, SM_STATION_TIME_ZONE, rules->time_zone);
      default_int (row, SM_STATION_PILE_COUNT, 0);
      default_int (row, SM_STATION_CREATED_AT, sm_rules_now (rules));
      default_text (row, SM_STATION_CREATED_BY, actor->name);
      break;
    case SM_NOUN_PILE:
      name = sm_name_new (sm_row_get_text (row, SM_PILE_SN), NULL);
      default_text (row, SM_PILE_NAME, name);
      default_text (row, SM_PILE_USAGE_STATE, "enabled");
      break;
    case SM_NOUN_VEHICLE:
      if (sm_row_is_null (row, SM_VEHICLE_REPORT_PERIOD_S))
        sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, 10);
      break;
    default:
      break;
    }
}

/* Adds the row, or brings the one that is equal in @keys up to date. */
static gboolean
upsert (SmRules          *rules,
        const SmActor    *actor,
        const SmRow      *given,
        const guint      *keys,
        guint             n_keys,
        SmRow           **out_row,
        SmUpsertOutcome  *out_outcome,
        GError          **error)
{
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) row = NULL;

  if (!sm_service_find_like (sm_rules_get_connection (rules), given, keys, n_keys, &before, error))
    return FALSE;
  row = merge_rows (before, given);
  fill_in (rules, actor, row);
  if (before != NULL && sm_row_equal (before, row))
    *out_outcome = SM_UPSERT_UNCHANGED;
  else if (sm_verb_put (rules, row, before, error))
    *out_outcome = before == NULL ? SM_UPSERT_ADDED : SM_UPSERT_CHANGED;
  else
    return FALSE;
  *out_row = g_steal_pointer (&row);
  return TRUE;
}

static void
copy_keys (SmRow       *to,
           const SmRow *from)
{
  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    sm_row_set_int (to, i, sm_row_get_int (from, i));
}

static gboolean
upsert_pile (SmRules          *rules,
             const SmActor    *actor,
             const SmRow      *given,
             const SmRow      *station,
             SmRow           **out_pile,
             SmUpsertOutcome  *out_outcome,
             GError          **error)
{
  static const guint keys[] = { SM_PILE_SN };
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) pile = sm_row_copy (given);

  if (!sm_service_find_like (sm_rules_get_connection (rules), given, keys, 1, &before, error))
    return FALSE;
  if (before != NULL && sm_row_get_int (before, SM_PILE_STATION_ID) != sm_row_get_id (station))
    {
      sm_set_error (error, SM_ERROR_CONFLICT, "pile-elsewhere",
                    "Pile %s stands on another station", sm_row_get_text (given, SM_PILE_SN));
      return FALSE;
    }
  copy_keys (pile, station);
  sm_row_set_int (pile, SM_PILE_STATION_ID, sm_row_get_id (station));
  return upsert (rules, actor, pile, keys, 1, out_pile, out_outcome, error);
}

static gboolean
upsert_connector (SmRules          *rules,
                  const SmActor    *actor,
                  const SmRow      *given,
                  const SmRow      *station,
                  GPtrArray        *piles,
                  SmUpsertOutcome  *out_outcome,
                  GError          **error)
{
  static const guint keys[] = { SM_CONNECTOR_PILE_ID, SM_CONNECTOR_NUMBER };
  gint64 index = sm_row_get_int (given, SM_CONNECTOR_PILE_ID);
  g_autoptr (SmRow) connector = sm_row_copy (given);
  g_autoptr (SmRow) written = NULL;

  if (index < 0 || index >= piles->len)
    {
      sm_set_error (error, SM_ERROR_INVALID, "invalid", "A connector is on no pile of the station");
      return FALSE;
    }
  copy_keys (connector, station);
  sm_row_set_int (connector, SM_CONNECTOR_STATION_ID, sm_row_get_id (station));
  sm_row_set_int (connector, SM_CONNECTOR_PILE_ID, sm_row_get_id (piles->pdata[index]));
  return upsert (rules, actor, connector, keys, 2, &written, out_outcome, error);
}

/* Returns: whether anything below the station was changed, in *@inout_changed. */
static gboolean
upsert_parts (SmRules              *rules,
              const SmActor        *actor,
              const SmStationTree  *tree,
              const SmRow          *station,
              gboolean             *inout_changed,
              GError              **error)
{
  g_autoptr (GPtrArray) piles = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmUpsertOutcome outcome;

  for (guint i = 0; tree->piles != NULL && i < tree->piles->len; i++)
    {
      SmRow *pile;

      if (!upsert_pile (rules, actor, tree->piles->pdata[i], station, &pile, &outcome, error))
        return FALSE;
      g_ptr_array_add (piles, pile);
      *inout_changed |= outcome != SM_UPSERT_UNCHANGED;
    }
  for (guint i = 0; tree->connectors != NULL && i < tree->connectors->len; i++)
    {
      if (!upsert_connector (rules, actor, tree->connectors->pdata[i], station, piles, &outcome,
                             error))
        return FALSE;
      *inout_changed |= outcome != SM_UPSERT_UNCHANGED;
    }
  return TRUE;
}

static gboolean
update_pile_count (SmRules  *rules,
                   SmRow    *station,
                   GError  **error)
{
  g_autoptr (SmRow) before = sm_row_copy (station);
  gint64 count;

  if (!sm_service_count (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_PILE),
                         SM_PILE_STATION_ID, sm_row_get_id (station), &count, error))
    return FALSE;
  if (count == sm_row_get_int (station, SM_STATION_PILE_COUNT))
    return TRUE;
  sm_row_set_int (station, SM_STATION_PILE_COUNT, count);
  return sm_verb_put (rules, station, before, error);
}

static gboolean
check_station (const SmRow  *station,
               GError      **error)
{
  double latitude = sm_row_get_real (station, SM_STATION_LATITUDE);
  double longitude = sm_row_get_real (station, SM_STATION_LONGITUDE);
  const char *sn = sm_row_get_text (station, SM_STATION_SN);
  g_autoptr (GError) invalid = NULL;

  if (sn == NULL || *sn == '\0')
    {
      sm_set_error (&invalid, SM_ERROR_INVALID, "invalid", "A station needs a serial number");
      sm_error_add_field (invalid, "/sn", "required");
    }
  else if (!(sm_row_is_null (station, SM_STATION_LATITUDE)
             && sm_row_is_null (station, SM_STATION_LONGITUDE))
           && !(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180))
    {
      sm_set_error (&invalid, SM_ERROR_INVALID, "invalid", "Station %s lies nowhere on earth", sn);
      sm_error_add_field (invalid, "/latitude", "out-of-range");
    }
  if (invalid == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&invalid));
  return FALSE;
}

/* Only a person's doing is for the audit; devices and the system have none. */
static gboolean
audit_import (SmRules        *rules,
              const SmActor  *actor,
              const SmRow    *station,
              GError        **error)
{
  g_autofree char *object = g_strdup_printf ("station/%" G_GINT64_FORMAT, sm_row_get_id (station));

  return actor->kind != SM_ACTOR_PERSON
         || sm_verb_audit (rules, actor, "station.import", object, "done", NULL, station, error);
}

static gboolean
upsert_tree (SmRules              *rules,
             SmActor              *actor,
             const SmStationTree  *tree,
             gint64               *out_id,
             SmUpsertOutcome      *out_outcome,
             GError              **error)
{
  static const guint keys[] = { SM_STATION_SN };
  g_autoptr (SmRow) station = NULL;
  g_autoptr (SmRow) given = sm_row_copy (tree->station);
  gboolean changed = FALSE;

  sm_row_set_null (given, SM_STATION_PILE_COUNT);
  if (!upsert (rules, actor, given, keys, 1, &station, out_outcome, error)
      || !upsert_parts (rules, actor, tree, station, &changed, error)
      || !update_pile_count (rules, station, error))
    return FALSE;
  if (changed && *out_outcome == SM_UPSERT_UNCHANGED)
    *out_outcome = SM_UPSERT_CHANGED;
  *out_id = sm_row_get_id (station);
  return *out_outcome == SM_UPSERT_UNCHANGED || audit_import (rules, actor, station, error);
}

/* Ends what sm_rules_begin() began, by how it went. */
static gboolean
end_transaction (SmRules   *rules,
                 gboolean   ok,
                 GError   **error)
{
  if (ok)
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}

/**
 * sm_stations_upsert:
 *
 * Adds the station, or brings it up to date: all of it or nothing.  What is
 * the same already is not written, and gets no new seq.
 */
gboolean
sm_stations_upsert (SmRules              *rules,
                    SmActor              *actor,
                    const SmStationTree  *tree,
                    gint64               *out_id,
                    SmUpsertOutcome      *out_outcome,
                    GError              **error)
{
  if (!sm_actor_require (actor, "station.import", error) || !check_station (tree->station, error)
      || !sm_rules_begin (rules, error))
    return FALSE;
  return end_transaction (rules, upsert_tree (rules, actor, tree, out_id, out_outcome, error),
                          error);
}

/* --- the registry --- */

static gboolean
registry_upsert (SmRules          *rules,
                 SmActor          *actor,
                 const SmRow      *given,
                 guint             key_field,
                 gint64           *out_id,
                 SmUpsertOutcome  *out_outcome,
                 GError          **error)
{
  SmNounId noun = sm_row_get_noun (given)->id;
  guint own_key = noun == SM_NOUN_AREA ? SM_ROW_AREA_ID : SM_ROW_FLEET_ID;
  g_autoptr (SmRow) row = NULL;

  if (!upsert (rules, actor, given, &key_field, 1, &row, out_outcome, error))
    return FALSE;
  *out_id = sm_row_get_id (row);
  if ((noun != SM_NOUN_AREA && noun != SM_NOUN_FLEET) || !sm_row_is_null (row, own_key))
    return TRUE;
  /* An area and a fleet belong to their own scope; new, so nobody saw it before. */
  sm_row_set_int (row, own_key, *out_id);
  return sm_verb_put (rules, row, NULL, error);
}

/**
 * sm_registry_upsert:
 * @row: fields that are null are left as they are
 * @key_field: the field by which it is found; it has an index
 *
 * For the system and importers: adds the row or brings it up to date.
 */
gboolean
sm_registry_upsert (SmRules          *rules,
                    SmActor          *actor,
                    const SmRow      *row,
                    guint             key_field,
                    gint64           *out_id,
                    SmUpsertOutcome  *out_outcome,
                    GError          **error)
{
  g_return_val_if_fail (sm_service_has_index (sm_row_get_noun (row), key_field), FALSE);

  if (!sm_actor_require (actor, "station.import", error) || !sm_rules_begin (rules, error))
    return FALSE;
  return end_transaction (rules,
                          registry_upsert (rules, actor, row, key_field, out_id, out_outcome, error),
                          error);
}

/* An area and a fleet belong to their own scope; new, so nobody saw it before. */
static gboolean
fill_row (SmRules        *rules,
          const SmActor  *actor,
          SmRow          *row,
          GError        **error)
{
  SmNounId noun = sm_row_get_noun (row)->id;
  guint own_key = noun == SM_NOUN_AREA ? SM_ROW_AREA_ID : SM_ROW_FLEET_ID;

  fill_in (rules, actor, row);
  if (!sm_verb_put (rules, row, NULL, error))
    return FALSE;
  if ((noun != SM_NOUN_AREA && noun != SM_NOUN_FLEET) || !sm_row_is_null (row, own_key))
    return TRUE;
  sm_row_set_int (row, own_key, sm_row_get_id (row));
  return sm_verb_put (rules, row, NULL, error);
}

/**
 * sm_registry_fill:
 * @rows: of new things; they get their ids, in this order
 *
 * For the system and importers: adds all of them or none.
 */
gboolean
sm_registry_fill (SmRules    *rules,
                  SmActor    *actor,
                  GPtrArray  *rows,
                  GError    **error)
{
  gboolean ok = TRUE;

  if (!sm_actor_require (actor, "station.import", error) || !sm_rules_begin (rules, error))
    return FALSE;
  for (guint i = 0; ok && i < rows->len; i++)
    ok = fill_row (rules, actor, rows->pdata[i], error);
  return end_transaction (rules, ok, error);
}

/** sm_registry_remove: For the system and importers: deletes a row; a tombstone stays. */
gboolean
sm_registry_remove (SmRules       *rules,
                    SmActor       *actor,
                    const SmNoun  *noun,
                    gint64         id,
                    GError       **error)
{
  g_autoptr (SmRow) row = NULL;

  if (!sm_actor_require (actor, "station.import", error)
      || !sm_verb_find_row (rules, actor, noun, id, &row, error)
      || !sm_rules_begin (rules, error))
    return FALSE;
  return end_transaction (rules, sm_verb_remove (rules, row, error), error);
}

/** sm_registry_list: Returns: (transfer full) (nullable): at most @limit rows by rising id */
GPtrArray *
sm_registry_list (SmReader      *reader,
                  const SmNoun  *noun,
                  gint64         after_id,
                  guint          limit,
                  GError       **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);

  return sm_service_list (sm_service_db_get_connection (reader->db), noun, all, -1, NULL, after_id,
                          limit, error);
}
