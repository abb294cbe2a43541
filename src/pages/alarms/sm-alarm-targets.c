/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-targets.h"

#include "sm-i18n.h"
#include "sm-ops-guides.h"
#include "sm-text.h"
#include "sm-toast-errors.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* What around an alarm takes a command: the thing itself, what it is part of and its
 * parts, and where a truck or a pack stands just now. */

static void
choice_free (gpointer data)
{
  SmAlarmChoice *self = data;

  sm_row_unref (self->target);
  g_clear_pointer (&self->connectors, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

static gint64
read_id (const SmRow *row,
         guint        field)
{
  return sm_row_is_null (row, field) ? 0 : sm_row_get_int (row, field);
}

static SmRow *
find_row (const GPtrArray *rows,
          gint64           id)
{
  for (guint i = 0; id != 0 && i < rows->len; i++)
    if (sm_row_get_id (rows->pdata[i]) == id)
      return rows->pdata[i];
  return NULL;
}

/* --- names --- */

static char *
name_row (const SmRow *row,
          guint        name_field,
          guint        sn_field)
{
  g_autofree char *name
      = row != NULL ? sm_row_dup_name (row, name_field, sm_i18n_language ()) : NULL;

  if (row != NULL && (name == NULL || name[0] == '\0'))
    return sm_text_clean (sm_row_get_text (row, sn_field));
  return sm_text_clean (name);
}

static char *
name_pile (const SmRow *pile)
{
  return name_row (pile, SM_PILE_NAME, SM_PILE_SN);
}

static char *
name_target (const SmRow         *target,
             const SmStationView *view)
{
  g_autofree char *name = NULL;

  switch (sm_row_get_noun (target)->id)
    {
    case SM_NOUN_PILE:
      return name_pile (target);
    case SM_NOUN_CONNECTOR:
      name = name_pile (find_row (view->piles, read_id (target, SM_CONNECTOR_PILE_ID)));
      /* Translators: a pile and the number of one of its connectors */
      return g_strdup_printf (_("%s · connector %d"), name,
                              (int) sm_row_get_int (target, SM_CONNECTOR_NUMBER));
    case SM_NOUN_LANE:
      /* Translators: the number of a lane of a swap station */
      return g_strdup_printf (_("Lane %d"), (int) sm_row_get_int (target, SM_LANE_NUMBER));
    case SM_NOUN_BAY:
      name = g_strdup_printf ("%d", (int) sm_row_get_int (target, SM_BAY_NUMBER));
      return g_strdup_printf (_("Bay %s"), name);
    default:
      return name_row (target, SM_EQUIPMENT_NAME, SM_EQUIPMENT_SN);
    }
}

/* --- which there are --- */

static GPtrArray *
find_connectors (const SmRow         *target,
                 const SmStationView *view)
{
  GPtrArray *found;

  if (sm_row_get_noun (target)->id != SM_NOUN_PILE)
    return NULL;
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  for (guint i = 0; i < view->connectors->len; i++)
    if (read_id (view->connectors->pdata[i], SM_CONNECTOR_PILE_ID) == sm_row_get_id (target))
      g_ptr_array_add (found, sm_row_ref (view->connectors->pdata[i]));
  return found;
}

static void
add_choice (GPtrArray           *choices,
            SmRow               *target,
            const SmStationView *view,
            guint                kind,
            const char          *availability)
{
  SmAlarmChoice *choice = g_new0 (SmAlarmChoice, 1);

  choice->target = sm_row_ref (target);
  choice->connectors = find_connectors (target, view);
  choice->name = name_target (target, view);
  choice->kind = kind;
  choice->availability = availability;
  g_ptr_array_add (choices, choice);
}

static gboolean
has_target (const GPtrArray *choices,
            const SmRow     *target)
{
  for (guint i = 0; i < choices->len; i++)
    {
      const SmAlarmChoice *choice = choices->pdata[i];

      if (sm_row_get_noun (choice->target) == sm_row_get_noun (target)
          && sm_row_get_id (choice->target) == sm_row_get_id (target))
        return TRUE;
    }
  return FALSE;
}

static void
add_target (GPtrArray           *choices,
            SmRow               *target,
            const SmStationView *view)
{
  if (target == NULL || has_target (choices, target))
    return;
  for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
    {
      if (!sm_command_fits (kind, sm_row_get_noun (target)->id))
        continue;
      if (kind != SM_COMMAND_KIND_CHANGE_AVAILABILITY)
        add_choice (choices, target, view, kind, NULL);
      else
        for (guint i = 0; sm_availabilities[i] != NULL; i++)
          add_choice (choices, target, view, kind, sm_availabilities[i]);
    }
}

static void
add_all (GPtrArray           *choices,
         const GPtrArray     *targets,
         guint                field,
         gint64               id,
         const SmStationView *view)
{
  for (guint i = 0; id != 0 && i < targets->len; i++)
    if (read_id (targets->pdata[i], field) == id)
      add_target (choices, targets->pdata[i], view);
}

/* A truck stands in a lane, or hangs at the connector of its order that is not over. */
static void
add_of_vehicle (GPtrArray           *choices,
                gint64               vehicle_id,
                const SmStationView *view)
{
  add_all (choices, view->lanes, SM_LANE_VEHICLE_ID, vehicle_id, view);
  for (guint i = 0; vehicle_id != 0 && i < view->orders->len; i++)
    {
      const SmRow *order = view->orders->pdata[i];

      if (read_id (order, SM_ORDER_VEHICLE_ID) == vehicle_id
          && sm_row_is_null (order, SM_ORDER_ENDED_AT))
        add_target (choices, find_row (view->connectors, read_id (order, SM_ORDER_CONNECTOR_ID)),
                    view);
    }
}

static void
add_of_source (GPtrArray           *choices,
               const SmNoun        *noun,
               gint64               id,
               const SmStationView *view)
{
  SmRow *row;

  switch (noun->id)
    {
    case SM_NOUN_PILE:
      add_target (choices, find_row (view->piles, id), view);
      add_all (choices, view->connectors, SM_CONNECTOR_PILE_ID, id, view);
      break;
    case SM_NOUN_CONNECTOR:
      row = find_row (view->connectors, id);
      add_target (choices, row, view);
      if (row != NULL)
        add_target (choices, find_row (view->piles, read_id (row, SM_CONNECTOR_PILE_ID)), view);
      break;
    case SM_NOUN_LANE:
      add_target (choices, find_row (view->lanes, id), view);
      break;
    case SM_NOUN_BAY:
      add_target (choices, find_row (view->bays, id), view);
      break;
    case SM_NOUN_EQUIPMENT:
      row = find_row (view->equipment, id);
      add_target (choices, row, view);
      if (row != NULL && sm_row_get_enum (row, SM_EQUIPMENT_KIND) != SM_EQUIPMENT_KIND_SWAP_ROBOT)
        break;
      G_GNUC_FALLTHROUGH;
    case SM_NOUN_STATION:
      for (guint i = 0; i < view->lanes->len; i++)
        add_target (choices, view->lanes->pdata[i], view);
      break;
    default:
      break;
    }
}

static int
compare_wanted (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  guint wanted = GPOINTER_TO_UINT (user_data);
  const SmAlarmChoice *one = *(SmAlarmChoice *const *) a, *other = *(SmAlarmChoice *const *) b;

  return (other->kind == wanted) - (one->kind == wanted);
}

/**
 * sm_alarm_choices_new:
 * @view: where it is
 * @wanted: SmCommandKind that may be tried about such a fault, which comes first
 *
 * Returns: (transfer full): of SmAlarmChoice
 */
GPtrArray *
sm_alarm_choices_new (const SmRow         *alarm,
                      const SmStationView *view,
                      guint                wanted)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (choice_free);
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  gint64 source_id = sm_row_get_int (alarm, SM_ALARM_SOURCE_ID);
  gboolean is_vehicle = noun != NULL && noun->id == SM_NOUN_VEHICLE;
  gboolean is_battery = noun != NULL && noun->id == SM_NOUN_BATTERY;

  if (noun != NULL)
    add_of_source (choices, noun, source_id, view);
  add_of_vehicle (choices, is_vehicle ? source_id : read_id (alarm, SM_ALARM_VEHICLE_ID), view);
  add_all (choices, view->bays, SM_BAY_BATTERY_ID,
           is_battery ? source_id : read_id (alarm, SM_ALARM_BATTERY_ID), view);
  add_target (choices, find_row (view->equipment, read_id (alarm, SM_ALARM_EQUIPMENT_ID)), view);
  g_ptr_array_sort_with_data (choices, compare_wanted, GUINT_TO_POINTER (wanted));
  return choices;
}

/** sm_alarm_choice_words: Returns: (transfer full): exactly what would be done to which thing */
char *
sm_alarm_choice_words (const SmAlarmChoice *self)
{
  const char *kind = sm_word_of_slug (sm_command_kinds, sm_command_kinds[self->kind]);

  if (self->availability != NULL)
    kind = sm_word_of_slug (sm_availabilities, self->availability);
  return g_strdup_printf ("%s · %s", self->name, kind);
}

/* --- what speaks against it --- */

static gboolean
is_silent (const SmAlarmChoice *self,
           const SmStationView *view)
{
  const SmRow *pile = find_row (view->piles, sm_command_pile_of (self->target));
  guint connection = pile != NULL ? sm_row_get_enum (pile, SM_PILE_CONNECTION)
                                  : sm_row_get_enum (view->station, SM_STATION_CONNECTION);

  return connection != SM_CONNECTION_ONLINE && connection != SM_CONNECTION_LATE;
}

static gboolean
is_running (const SmAlarmChoice *self,
            GPtrArray           *commands)
{
  for (guint i = 0; i < commands->len; i++)
    {
      const SmRow *command = commands->pdata[i];

      if (sm_row_get_enum (command, SM_COMMAND_STATE) <= SM_COMMAND_STATE_ACCEPTED
          && sm_row_get_int (command, SM_COMMAND_TARGET_ID) == sm_row_get_id (self->target)
          && g_strcmp0 (sm_row_get_text (command, SM_COMMAND_TARGET_NOUN),
                        sm_row_get_noun (self->target)->name) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * sm_alarm_choices_near:
 *
 * Looked up once for all choices: there may be thousands of alarms elsewhere.
 *
 * Returns: (transfer full): of SmRow, the open alarms that may be of the place
 */
GPtrArray *
sm_alarm_choices_near (SmOps               *ops,
                       const SmStationView *view)
{
  GPtrArray *near = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  GListModel *alarms = sm_ops_get_alarms (ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      SmRow *alarm = sm_item_get_row (item);

      if (sm_row_get_int (alarm, SM_ALARM_STATION_ID) == sm_row_get_id (view->station)
          || (sm_row_is_null (alarm, SM_ALARM_STATION_ID)
              && sm_row_is_null (alarm, SM_ALARM_VEHICLE_ID)))
        g_ptr_array_add (near, sm_row_ref (alarm));
    }
  return near;
}

/* Returns: (nullable): the code of what is wrong there and forbids it */
static const char *
find_forbidding (const SmAlarmChoice *self,
                 SmOps               *ops,
                 const GPtrArray     *near)
{
  SmCommandPlace place = { self->target, sm_command_station_of (self->target),
                           sm_command_pile_of (self->target), self->connectors };

  if (sm_command_is_harmless (self->kind, self->availability))
    return NULL;
  for (guint i = 0; i < near->len; i++)
    {
      const SmRow *alarm = near->pdata[i];
      const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);
      const SmFaultGuide *guide;

      if (!sm_command_is_touched (&place, alarm))
        continue;
      guide = sm_ops_get_fault_code (ops, code);
      if (guide != NULL && (guide->forbids & (1u << self->kind)) != 0)
        return sm_word_of_alarm (code);
    }
  return NULL;
}

/**
 * sm_alarm_choice_refusal:
 * @near: what sm_alarm_choices_near() says
 * @commands: of SmRow, what was asked of these things before
 *
 * The service has the last word: it knows what goes on there this moment.
 *
 * Returns: (transfer full) (nullable): why it cannot be done now, in words
 */
char *
sm_alarm_choice_refusal (const SmAlarmChoice *self,
                         SmOps               *ops,
                         const SmStationView *view,
                         const GPtrArray     *near,
                         GPtrArray           *commands)
{
  const char *code;

  if (!sm_ops_may (ops, sm_command_permission (sm_command_kinds[self->kind])))
    return g_strdup (sm_ops_get_person (ops) == NULL ? _("Nobody is signed in")
                                                     : _("Your role does not allow this"));
  if (sm_status_get_state (sm_ops_get_status (ops)) == SM_STATUS_OFFLINE)
    return g_strdup (_("The service cannot be reached, and a command that comes late is dangerous"));
  code = find_forbidding (self, ops, near);
  if (code != NULL)
    /* Translators: %s is the name of a fault that is there */
    return g_strdup_printf (_("Forbidden while there is: %s"), code);
  if (is_silent (self, view))
    return g_strdup (sm_slug_what ("target-unreachable"));
  if (is_running (self, commands))
    return g_strdup (sm_slug_what ("command-running"));
  return NULL;
}
