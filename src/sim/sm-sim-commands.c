/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-commands.h"

#include "sm-commands.h"
#include "sm-quarantine.h"
#include "sm-time.h"

/* How long equipment takes to say that it will, and then to do it: by the clock of
 * who waits before the screen, at whatever speed the network lives. */
#define ACCEPT_AFTER_S 0.7
#define DONE_AFTER_S 2.5

typedef struct
{
  gint64 id;
  SmNounId noun;
  gint64 target_id;
  guint kind;          /* SmCommandKind */
  gboolean is_operative;
  gboolean is_accepted;
  const char *outcome; /* (nullable): one of sm_command_states, once it is done */
  const char *answer;  /* (nullable): what the equipment says of it */
  gint64 due_us;       /* network time; G_MAXINT64: the service knows what became of it */
} Doing;

struct _SmSimCommands
{
  const SmSimSender *sender;
  const SmSimWorld *world;
  SmSimEngine *engine;
  SmSimFaults *faults;
  SmSimCharging *charging;
  GArray *doings; /* of Doing */
  int withheld_rev; /* of the packs that the engine knows to be kept apart; -1: of none */
};

SmSimCommands *
sm_sim_commands_new (const SmSimSender *sender,
                     const SmSimWorld  *world,
                     SmSimEngine       *engine,
                     SmSimFaults       *faults,
                     SmSimCharging     *charging)
{
  SmSimCommands *self = g_new0 (SmSimCommands, 1);

  self->sender = sender;
  self->world = world;
  self->engine = engine;
  self->faults = faults;
  self->charging = charging;
  self->withheld_rev = -1;
  self->doings = g_array_new (FALSE, FALSE, sizeof (Doing));
  return self;
}

void
sm_sim_commands_free (SmSimCommands *self)
{
  g_array_unref (self->doings);
  g_free (self);
}

static gint64
after (const SmSimCommands *self,
       gint64               now_us,
       double               seconds)
{
  return now_us + (gint64) (seconds * self->world->rate * (double) SM_SECOND);
}

/* --- what comes --- */

static gboolean
is_known (const SmSimCommands *self,
          gint64               id)
{
  for (guint i = 0; i < self->doings->len; i++)
    if (g_array_index (self->doings, Doing, i).id == id)
      return TRUE;
  return FALSE;
}

static void
take (SmSimCommands *self,
      const SmRow   *command,
      gint64         now_us)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (command, SM_COMMAND_TARGET_NOUN));
  Doing doing = { .id = sm_row_get_id (command), .due_us = after (self, now_us, ACCEPT_AFTER_S) };

  if (noun == NULL || is_known (self, doing.id))
    return;
  doing.noun = noun->id;
  doing.target_id = sm_row_get_int (command, SM_COMMAND_TARGET_ID);
  doing.kind = sm_row_get_enum (command, SM_COMMAND_KIND);
  doing.is_operative = sm_row_get_enum (command, SM_COMMAND_AVAILABILITY) == SM_OPERATIVE;
  g_array_append_val (self->doings, doing);
}

typedef struct
{
  SmSimCommands *self;
  GPtrArray *commands;
  gint64 id;
  const char *state;
  const char *answer; /* (nullable) */
} Talk;

static gpointer
fetch (SmRules       *rules,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Talk *talk = data;

  talk->commands = sm_commands_fetch (rules, talk->self->sender->actor, error);
  return NULL;
}

static gboolean
fetch_new (SmSimCommands  *self,
           gint64          now_us,
           GError        **error)
{
  Talk talk = { .self = self };
  gboolean is_good;

  if (!sm_commands_is_open (self->sender->rules))
    return TRUE;
  is_good = sm_sim_sender_run (self->sender, fetch, &talk, error);
  for (guint i = 0; talk.commands != NULL && i < talk.commands->len; i++)
    take (self, talk.commands->pdata[i], now_us);
  g_clear_pointer (&talk.commands, g_ptr_array_unref);
  return is_good;
}

typedef struct
{
  GArray *ids; /* (nullable): of gint64 */
  int rev;
} Withheld;

static gpointer
list_withheld (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Withheld *withheld = data;

  withheld->rev = sm_quarantine_get_rev (rules);
  withheld->ids = sm_quarantine_list (rules);
  return NULL;
}

/* What is kept apart is handed out by no station: that is no command, it just holds. */
static gboolean
follow_withheld (SmSimCommands  *self,
                 GError        **error)
{
  Withheld withheld = { NULL, 0 };

  if (sm_quarantine_get_rev (self->sender->rules) == self->withheld_rev)
    return TRUE;
  if (!sm_sim_sender_run (self->sender, list_withheld, &withheld, error))
    return FALSE;
  self->withheld_rev = withheld.rev;
  sm_sim_engine_withhold (self->engine, withheld.ids);
  g_array_unref (withheld.ids);
  return TRUE;
}

/* --- what is done --- */

static gpointer
say (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Talk *talk = data;
  g_autoptr (SmRow) command = NULL;
  g_autoptr (GError) refused = NULL;

  command = sm_commands_answer (rules, talk->self->sender->actor, talk->id, talk->state,
                                talk->answer, &refused);
  /* One that is over meanwhile needs no answer any more. */
  if (refused != NULL && !(refused->code >= 400 && refused->code < 500))
    g_propagate_error (error, g_steal_pointer (&refused));
  return NULL;
}

static gboolean
find_lane (const SmSimWorld *world,
           gint64            id,
           guint            *out_station,
           guint            *out_lane)
{
  for (guint i = 0; i < world->n_stations; i++)
    for (guint lane = 0; lane < world->stations[i].n_lanes; lane++)
      if (world->lane_ids[world->stations[i].first_lane + lane] == id)
        {
          *out_station = i;
          *out_lane = lane;
          return TRUE;
        }
  return FALSE;
}

static gboolean
find_bay (const SmSimWorld *world,
          gint64            id,
          guint            *out_station,
          guint            *out_bay)
{
  for (guint i = 0; i < world->n_stations; i++)
    for (guint bay = 0; bay < world->stations[i].n_bays; bay++)
      if (world->bay_ids[world->stations[i].first_bay + bay] == id)
        {
          *out_station = i;
          *out_bay = bay;
          return TRUE;
        }
  return FALSE;
}

/* The robot of a lane, or 0. */
static gint64
robot_of (const SmSimWorld *world,
          guint             station,
          guint             lane)
{
  const SmSimStation *at = &world->stations[station];
  guint number = 0;

  for (guint i = at->first_equipment; i < at->first_equipment + at->n_equipment; i++)
    if (world->equipment[i].kind == SM_EQUIPMENT_KIND_SWAP_ROBOT && number++ == lane)
      return world->equipment[i].id;
  return 0;
}

static gboolean
do_at_lane (SmSimCommands *self,
            const Doing   *doing,
            gint64         now_us,
            const char   **out_answer)
{
  guint station, lane;

  if (!find_lane (self->world, doing->target_id, &station, &lane))
    {
      *out_answer = "no such lane";
      return FALSE;
    }
  if (doing->kind == SM_COMMAND_KIND_CHANGE_AVAILABILITY)
    sm_sim_engine_block_lane (self->engine, station, lane, !doing->is_operative);
  else if (!sm_sim_faults_reset (self->faults, robot_of (self->world, station, lane), now_us))
    {
      *out_answer = "the fault is still there";
      return FALSE;
    }
  return TRUE;
}

static gboolean
do_at_bay (SmSimCommands *self,
           const Doing   *doing,
           const char   **out_answer)
{
  guint station, bay;

  if (!find_bay (self->world, doing->target_id, &station, &bay))
    {
      *out_answer = "no such bay";
      return FALSE;
    }
  sm_sim_engine_fault_bay (self->engine, station, bay,
                           doing->kind == SM_COMMAND_KIND_STOP || !doing->is_operative);
  return TRUE;
}

static gboolean
do_it (SmSimCommands *self,
       const Doing   *doing,
       gint64         now_us,
       const char   **out_answer)
{
  switch (doing->noun)
    {
    case SM_NOUN_PILE:
    case SM_NOUN_CONNECTOR:
      return sm_sim_charging_command (self->charging, doing->noun, doing->target_id, doing->kind,
                                      doing->is_operative, now_us, out_answer);
    case SM_NOUN_LANE:
      return do_at_lane (self, doing, now_us, out_answer);
    case SM_NOUN_BAY:
      return do_at_bay (self, doing, out_answer);
    default:
      if (sm_sim_faults_reset (self->faults, doing->target_id, now_us))
        return TRUE;
      *out_answer = "the fault is still there";
      return FALSE;
    }
}

/* What could not be said is said again the next time, but done once only.
 * Returns: FALSE with @error */
static gboolean
go_on (SmSimCommands  *self,
       Doing          *doing,
       gint64          now_us,
       GError        **error)
{
  Talk talk = { .self = self, .id = doing->id };

  if (doing->is_accepted && doing->outcome == NULL)
    doing->outcome = sm_command_states[do_it (self, doing, now_us, &doing->answer)
                                           ? SM_COMMAND_STATE_SUCCEEDED : SM_COMMAND_STATE_FAILED];
  talk.state = doing->is_accepted ? doing->outcome : sm_command_states[SM_COMMAND_STATE_ACCEPTED];
  talk.answer = doing->answer;
  if (!sm_sim_sender_run (self->sender, say, &talk, error))
    return FALSE;
  doing->due_us = doing->is_accepted ? G_MAXINT64 : after (self, now_us, DONE_AFTER_S);
  doing->is_accepted = TRUE;
  return TRUE;
}

/** sm_sim_commands_step: Fetches what was asked for, and does what is due by @now_us. */
gboolean
sm_sim_commands_step (SmSimCommands  *self,
                      gint64          now_us,
                      GError        **error)
{
  if (!follow_withheld (self, error) || !fetch_new (self, now_us, error))
    return FALSE;
  for (guint i = 0; i < self->doings->len;)
    {
      Doing *doing = &g_array_index (self->doings, Doing, i);

      if (doing->due_us <= now_us && !go_on (self, doing, now_us, error))
        return FALSE;
      if (doing->due_us == G_MAXINT64)
        g_array_remove_index_fast (self->doings, i);
      else
        i++;
    }
  return TRUE;
}
