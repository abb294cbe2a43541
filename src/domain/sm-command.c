/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-command.h"

#include "sm-fault-code.h"
#include "sm-time.h"

typedef struct
{
  const char *permission;
  guint64 nouns; /* bits 1 << SmNounId that take it */
} Kind;

#define BIT(noun) (G_GUINT64_CONSTANT (1) << (noun))

static const Kind kinds[SM_N_COMMAND_KINDS] = {
  [SM_COMMAND_KIND_RESET] = { "equipment.reset", BIT (SM_NOUN_PILE) | BIT (SM_NOUN_EQUIPMENT) },
  [SM_COMMAND_KIND_STOP] = { "connector.stop", BIT (SM_NOUN_CONNECTOR) | BIT (SM_NOUN_BAY) },
  [SM_COMMAND_KIND_UNLOCK] = { "connector.unlock", BIT (SM_NOUN_CONNECTOR) },
  [SM_COMMAND_KIND_CHANGE_AVAILABILITY]
  = { "connector.change_availability",
      BIT (SM_NOUN_PILE) | BIT (SM_NOUN_CONNECTOR) | BIT (SM_NOUN_LANE) | BIT (SM_NOUN_BAY) },
  [SM_COMMAND_KIND_LANE_RESET] = { "lane.reset", BIT (SM_NOUN_LANE) },
};

/** sm_command_permission: Returns: (transfer none) (nullable): what @kind needs, if there is such */
const char *
sm_command_permission (const char *kind)
{
  guint index = sm_slug_index (sm_command_kinds, kind);

  return index < SM_N_COMMAND_KINDS ? kinds[index].permission : NULL;
}

/** sm_command_fits: Whether a thing of that kind takes that command. */
gboolean
sm_command_fits (guint    kind,
                 SmNounId noun)
{
  return kind < SM_N_COMMAND_KINDS && (kinds[kind].nouns & BIT (noun)) != 0;
}

/**
 * sm_command_is_harmless:
 * @availability: (nullable)
 *
 * To take something out of operation is never worse than to leave it in.
 */
gboolean
sm_command_is_harmless (guint       kind,
                        const char *availability)
{
  return kind == SM_COMMAND_KIND_CHANGE_AVAILABILITY
         && g_strcmp0 (availability, sm_availabilities[SM_INOPERATIVE]) == 0;
}

static gint64
read_id (const SmRow *row,
         guint        field)
{
  return sm_row_is_null (row, field) ? SM_UNKNOWN : sm_row_get_int (row, field);
}

/** sm_command_station_of: Returns: the id of where @target stands, or %SM_UNKNOWN */
gint64
sm_command_station_of (const SmRow *target)
{
  switch (sm_row_get_noun (target)->id)
    {
    case SM_NOUN_PILE:
      return read_id (target, SM_PILE_STATION_ID);
    case SM_NOUN_CONNECTOR:
      return read_id (target, SM_CONNECTOR_STATION_ID);
    case SM_NOUN_LANE:
      return read_id (target, SM_LANE_STATION_ID);
    case SM_NOUN_BAY:
      return read_id (target, SM_BAY_STATION_ID);
    case SM_NOUN_EQUIPMENT:
      return read_id (target, SM_EQUIPMENT_STATION_ID);
    default:
      return SM_UNKNOWN;
    }
}

/** sm_command_pile_of: Returns: the id of the pile that hears for @target, or %SM_UNKNOWN */
gint64
sm_command_pile_of (const SmRow *target)
{
  switch (sm_row_get_noun (target)->id)
    {
    case SM_NOUN_PILE:
      return sm_row_get_id (target);
    case SM_NOUN_CONNECTOR:
      return read_id (target, SM_CONNECTOR_PILE_ID);
    default:
      return SM_UNKNOWN;
    }
}

static gboolean
is_among (const GPtrArray *rows,
          gint64           id)
{
  for (guint i = 0; i < rows->len; i++)
    if (sm_row_get_id (rows->pdata[i]) == id)
      return TRUE;
  return FALSE;
}

/* What is over does not forbid any more, but for a danger that nobody released. */
static gboolean
is_lasting (const SmRow *alarm)
{
  const SmFaultCode *code = sm_fault_code_find (sm_row_get_text (alarm, SM_ALARM_CODE));
  const char *state = sm_row_get_text (alarm, SM_ALARM_STATE);

  return code != NULL && (code->is_safety || g_strcmp0 (state, "returned_unacked") != 0);
}

/**
 * sm_command_is_touched:
 * @alarm: that is not over
 *
 * Whether an alarm that lasts is of the thing itself, of what it is part of, or a
 * danger at the same station: what its code forbids must not be tried there.
 */
gboolean
sm_command_is_touched (const SmCommandPlace *place,
                       const SmRow          *alarm)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  gint64 source_id = sm_row_get_int (alarm, SM_ALARM_SOURCE_ID);
  gboolean is_here = place->station_id != SM_UNKNOWN
                     && read_id (alarm, SM_ALARM_STATION_ID) == place->station_id;

  if (noun == NULL || !is_lasting (alarm))
    return FALSE;
  if (noun == sm_row_get_noun (place->target) && source_id == sm_row_get_id (place->target))
    return TRUE;
  if (noun->id == SM_NOUN_CONNECTOR)
    return place->connectors != NULL && is_among (place->connectors, source_id);
  switch (noun->id)
    {
    case SM_NOUN_STATION:
      return source_id == place->station_id;
    case SM_NOUN_PILE:
      return source_id == place->pile_id;
    case SM_NOUN_BATTERY:
      return is_here;
    case SM_NOUN_EQUIPMENT:
      return is_here && sm_row_get_noun (place->target)->id == SM_NOUN_LANE;
    default:
      return FALSE;
    }
}
