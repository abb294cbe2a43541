/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-commands-private.h"

#include "sm-command.h"
#include "sm-error.h"
#include "sm-guide-table.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <string.h>

/*
 * What must not be sent.  A command that comes to something that burns, holds
 * somebody, or carries a truck without a pack does harm, and so does one that
 * comes late: whatever is not known to be safe now is refused now, and never kept
 * for later.
 */

#define MAX_REASON_CHARS 500
/* More than any station has of anything. */
#define MAX_PARTS 2000

static gboolean
refuse (const char  *slug,
        const char  *why,
        GError     **error)
{
  sm_set_error (error, SM_ERROR_INVALID, slug, "%s", why);
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
check_words (const SmCommandRequest  *request,
             guint                    kind,
             GError                 **error)
{
  gboolean has_availability = request->availability != NULL;

  if (request->reason == NULL || !g_utf8_validate (request->reason, -1, NULL)
      || is_blank (request->reason))
    return sm_error_refuse_field (error, "/reason", "required");
  if (g_utf8_strlen (request->reason, -1) > MAX_REASON_CHARS)
    return sm_error_refuse_field (error, "/reason", "too-long");
  if (has_availability != (kind == SM_COMMAND_KIND_CHANGE_AVAILABILITY)
      || (has_availability
          && sm_slug_index (sm_availabilities, request->availability) == SM_ENUM_UNKNOWN))
    return sm_error_refuse_field (error, "/availability",
                                  has_availability ? "invalid" : "required");
  return TRUE;
}

/* --- where it is, and whether anybody is there to hear --- */

static const SmRow *
live_of (SmRules  *rules,
         SmNounId  noun,
         gint64    id)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (noun), id);

  return live != NULL ? live->row : NULL;
}

static gboolean
is_heard (const SmRow *live,
          guint        field)
{
  guint connection = live != NULL ? sm_row_get_enum (live, field) : SM_ENUM_UNKNOWN;

  return connection == SM_CONNECTION_ONLINE || connection == SM_CONNECTION_LATE;
}

static gboolean
check_reachable (SmRules      *rules,
                 const SmRow  *target,
                 gint64        station_id,
                 GError      **error)
{
  gint64 pile_id = sm_command_pile_of (target);
  gboolean is_there
      = pile_id != SM_UNKNOWN
            ? is_heard (live_of (rules, SM_NOUN_PILE, pile_id), SM_PILE_CONNECTION)
            : is_heard (live_of (rules, SM_NOUN_STATION, station_id), SM_STATION_CONNECTION);

  return is_there || refuse ("target-unreachable", "It cannot be reached now", error);
}

static gboolean
check_station (SmRules   *rules,
               gint64     station_id,
               GError   **error)
{
  g_autoptr (SmRow) station = NULL;

  if (station_id == SM_UNKNOWN)
    return refuse ("command-not-for-it", "It stands at no station", error);
  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_STATION), station_id,
                        &station, error))
    return FALSE;
  if (station == NULL || g_strcmp0 (sm_row_get_text (station, SM_STATION_STATE), "retired") == 0)
    return refuse ("target-retired", "Its station is retired", error);
  return TRUE;
}

/* --- what else is wrong there --- */

typedef struct
{
  SmRules *rules;
  SmCommandPlace at;
  guint kind;
  GPtrArray *connectors; /* (nullable): of SmRow, of a pile */
} Place;

static gboolean
check_alarm (const SmRow  *alarm,
             const Place  *place,
             GError      **error)
{
  const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);
  g_autoptr (SmFaultGuide) guide = NULL;
  g_autoptr (GError) failed = NULL;
  g_autoptr (GError) forbidden = NULL;

  if (!sm_command_is_touched (&place->at, alarm))
    return TRUE;
  guide = sm_guide_table_find (sm_rules_get_connection (place->rules), code, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (guide == NULL || (guide->forbids & (1u << place->kind)) == 0)
    return TRUE;
  sm_set_error (&forbidden, SM_ERROR_INVALID, "command-forbidden", "%s forbids it", code);
  sm_error_set_param (forbidden, "code", code);
  g_propagate_error (error, g_steal_pointer (&forbidden));
  return FALSE;
}

static gboolean
check_alarms (const Place  *place,
              GError      **error)
{
  g_autoptr (GPtrArray) alarms
      = sm_service_list_open_alarms (sm_rules_get_connection (place->rules), error);

  for (guint i = 0; alarms != NULL && i < alarms->len; i++)
    if (!check_alarm (alarms->pdata[i], place, error))
      return FALSE;
  return alarms != NULL;
}

/* --- what goes on there --- */

static gboolean
is_charging (const SmRow *live)
{
  const char *status = live != NULL ? sm_row_get_text (live, SM_CONNECTOR_STATUS) : NULL;

  return g_strcmp0 (status, "charging") == 0 || g_strcmp0 (status, "suspended_ev") == 0
         || g_strcmp0 (status, "suspended_evse") == 0;
}

/* The old pack is out and the new one not yet locked: a robot that goes to where it
 * begins leaves the truck there for good, or tears at it. */
static gboolean
is_without_pack (const SmRow *lane)
{
  const char *step = lane != NULL ? sm_row_get_text (lane, SM_LANE_STEP) : NULL;
  guint index = sm_slug_index (sm_swap_steps, step);

  return index == SM_SWAP_STEP_OLD_OUT || index == SM_SWAP_STEP_NEW_IN;
}

/* Returns: (transfer full) (nullable): what there is of @noun at a station */
static GPtrArray *
list_at (SmRules   *rules,
         SmNounId   noun,
         guint      field,
         gint64     station_id,
         GError   **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, station_id);

  return sm_service_list (sm_rules_get_connection (rules), sm_noun_get (noun), all, (int) field, id,
                          0, MAX_PARTS, error);
}

static gboolean
check_robot (const Place  *place,
             GError      **error)
{
  g_autoptr (GPtrArray) lanes = list_at (place->rules, SM_NOUN_LANE, SM_LANE_STATION_ID,
                                         place->at.station_id, error);

  for (guint i = 0; lanes != NULL && i < lanes->len; i++)
    if (is_without_pack (live_of (place->rules, SM_NOUN_LANE, sm_row_get_id (lanes->pdata[i]))))
      return refuse ("vehicle-without-pack", "A vehicle without a pack is in a lane", error);
  return lanes != NULL;
}

static gboolean
check_reset (const Place  *place,
             GError      **error)
{
  for (guint i = 0; place->connectors != NULL && i < place->connectors->len; i++)
    if (is_charging (live_of (place->rules, SM_NOUN_CONNECTOR,
                              sm_row_get_id (place->connectors->pdata[i]))))
      return refuse ("command-not-now", "It charges", error);
  return sm_row_get_noun (place->at.target)->id != SM_NOUN_EQUIPMENT
         || sm_row_get_enum (place->at.target, SM_EQUIPMENT_KIND) != SM_EQUIPMENT_KIND_SWAP_ROBOT
         || check_robot (place, error);
}

/* Of a pile its connectors are looked at, too. */
static gboolean
find_connectors (Place   *place,
                 GError **error)
{
  if (sm_row_get_noun (place->at.target)->id != SM_NOUN_PILE)
    return TRUE;
  place->connectors = list_at (place->rules, SM_NOUN_CONNECTOR, SM_CONNECTOR_STATION_ID,
                               place->at.station_id, error);
  for (guint i = 0; place->connectors != NULL && i < place->connectors->len;)
    if (sm_row_get_int (place->connectors->pdata[i], SM_CONNECTOR_PILE_ID) != place->at.pile_id)
      g_ptr_array_remove_index_fast (place->connectors, i);
    else
      i++;
  place->at.connectors = place->connectors;
  return place->connectors != NULL;
}

static void
place_clear (Place *self)
{
  g_clear_pointer (&self->connectors, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
check_doings (const Place  *place,
              GError      **error)
{
  gint64 id = sm_row_get_id (place->at.target);

  switch (place->kind)
    {
    case SM_COMMAND_KIND_RESET:
      return check_reset (place, error);
    case SM_COMMAND_KIND_LANE_RESET:
      return !is_without_pack (live_of (place->rules, SM_NOUN_LANE, id))
             || refuse ("vehicle-without-pack", "A vehicle without a pack is in the lane", error);
    case SM_COMMAND_KIND_UNLOCK:
      return !is_charging (live_of (place->rules, SM_NOUN_CONNECTOR, id))
             || refuse ("command-not-now", "Current flows", error);
    default:
      return TRUE;
    }
}

/**
 * sm_commands_check:
 * @target: as it stands in the register
 *
 * Returns: FALSE with why the command must not be sent
 */
gboolean
sm_commands_check (const SmVerb            *verb,
                   const SmCommandRequest  *request,
                   const SmRow             *target,
                   gint64                  *out_station_id,
                   GError                 **error)
{
  guint kind = sm_slug_index (sm_command_kinds, request->kind);
  g_auto (Place) place = {
    .rules = verb->rules,
    .at = { target, sm_command_station_of (target), sm_command_pile_of (target) },
    .kind = kind,
  };
  g_autoptr (SmRow) alarm = NULL;

  *out_station_id = place.at.station_id;
  if (!sm_command_fits (kind, sm_row_get_noun (target)->id))
    return refuse ("command-not-for-it", "It does not take this command", error);
  if (!check_words (request, kind, error))
    return FALSE;
  if (request->alarm_id != SM_UNKNOWN
      && !sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_ALARM),
                            request->alarm_id, &alarm, error))
    return FALSE;
  return check_station (verb->rules, place.at.station_id, error) && find_connectors (&place, error)
         && (sm_command_is_harmless (kind, request->availability) || check_alarms (&place, error))
         && check_doings (&place, error)
         && check_reachable (verb->rules, target, place.at.station_id, error);
}
