/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-crew.h"

#include <math.h>

#include "sm-random.h"
#include "sm-sim-certificates.h"
#include "sm-sim-list.h"
#include "sm-sim-work.h"
#include "sm-time.h"
#include "sm-uuid.h"
#include "sm-work-orders.h"

#define DESK "simulator"
#define MAX_ACTS 40                    /* with each step: the writer has others to serve */
#define KNOWN_FOR_US (5 * G_USEC_PER_SEC) /* of the machine: so old may be who is a person */
#define LEASE_US (10 * SM_MINUTE)      /* nobody else is called to what an order is about */
#define LATER_US (30 * SM_MINUTE)      /* what a person made, a person gives out, for so long */
#define CALL_US (4 * SM_MINUTE)        /* after it was accepted, the station is called */
#define REPORT_US (3 * SM_MINUTE)      /* after the work, until it is said what was done */
#define HOLD_US (20 * SM_MINUTE)       /* until somebody brings what is missing */

/* What is drawn for an order, each by itself. */
typedef enum
{
  LOT_DESK,
  LOT_COMPANY,
  LOT_ANSWER,
  LOT_DELAY,
  LOT_SPOKE,
  LOT_START,
  LOT_WORK,
  LOT_HOLD,
  LOT_FIX,
  LOT_JUDGE,
  LOT_DARK,
} Lot;

typedef struct
{
  char *name;
  gint64 organisation_id;
  gboolean is_person; /* with an account: nobody acts for them */
  gint64 order_id;    /* where they are sent, or 0 */
  gint64 arrives_us;
} Member;

struct _SmSimCrew
{
  const SmSimSender *sender;
  const SmSimWorld *world;
  SmSimEngine *engine;
  SmSimFaults *faults;
  SmSimPeople *people;
  SmSimCertificates *certificates;
  GHashTable *by_id;  /* of guint, by the id of the engineer */
  Member *members;    /* as many as the world has engineers */
  gint64 known_at_us; /* of the machine; 0: never */
};

/* One order, looked at. */
typedef struct
{
  SmSimCrew *self;
  SmRules *rules;
  gint64 now;
  guint left;         /* acts, in this step */
  gboolean is_drill;
  const SmRow *order;
  gint64 id;
  const char *certificate; /* (nullable): what who does it has to hold */
  Member *member;     /* (nullable): whose it is, unless that is a person */
  guint index;        /* of the member */
  SmNounId noun;
  double work_s, latitude, longitude;
} Look;

/** sm_sim_crew_new: All must outlive it. */
SmSimCrew *
sm_sim_crew_new (const SmSimSender *sender,
                 const SmSimWorld  *world,
                 SmSimEngine       *engine,
                 SmSimFaults       *faults,
                 SmSimPeople       *people)
{
  SmSimCrew *self = g_new0 (SmSimCrew, 1);

  self->sender = sender;
  self->world = world;
  self->engine = engine;
  self->faults = faults;
  self->people = people;
  self->certificates = sm_sim_certificates_new ();
  self->members = g_new0 (Member, MAX (world->n_engineers, 1));
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < world->n_engineers; i++)
    g_hash_table_insert (self->by_id, &world->engineers[i].id, GUINT_TO_POINTER (i));
  return self;
}

void
sm_sim_crew_free (SmSimCrew *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->world->n_engineers; i++)
    g_free (self->members[i].name);
  g_free (self->members);
  sm_sim_certificates_free (self->certificates);
  g_hash_table_unref (self->by_id);
  g_free (self);
}

/* --- what follows from the seed --- */

static double
lot_of (const SmSimCrew *self,
        gint64           a,
        gint64           b,
        Lot              lot)
{
  SmRandom random = sm_random_new (sm_random_mix (self->world->seed ^ (guint64) a << 8 ^ lot),
                                   (guint64) b);

  return sm_random_unit (&random);
}

static double
lot (const Look *look,
     Lot         which)
{
  return lot_of (look->self, look->id, 0, which);
}

/* As long as such a thing takes, most about the same, some much longer. */
static double
draw_work_s (const Look *look)
{
  return MIN (45.0 * 60.0 * (0.35 - log (1.0 - lot (look, LOT_WORK)) * 0.65), 4.0 * 3600.0);
}

static gint64
between (const Look *look,
         Lot         which,
         double      from_minutes,
         double      to_minutes)
{
  return (gint64) ((from_minutes + (to_minutes - from_minutes) * lot (look, which))
                   * (double) SM_MINUTE);
}

/* Where no phone is heard: one station in twelve. */
static gboolean
is_dark (const Look *look)
{
  gint64 station = sm_row_get_int (look->order, SM_WORK_ORDER_STATION_ID);

  return station != SM_UNKNOWN && lot_of (look->self, station, 1, LOT_DARK) < 1.0 / 12.0;
}

static gint64
at (const Look *look,
    guint       field)
{
  return sm_row_get_int (look->order, field);
}

/* --- who they are --- */

static gboolean
know_members (SmSimCrew *self,
              GError   **error)
{
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows = NULL;

  if (self->known_at_us != 0 && now_us - self->known_at_us < KNOWN_FOR_US)
    return TRUE;
  rows = sm_sim_list_all (self->sender->rules, SM_NOUN_ENGINEER, self->sender->cancellable, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const SmRow *row = rows->pdata[i];
      gint64 id = sm_row_get_id (row);
      gpointer index;
      Member *member;

      if (!g_hash_table_lookup_extended (self->by_id, &id, NULL, &index))
        continue;
      member = &self->members[GPOINTER_TO_UINT (index)];
      g_free (member->name);
      member->name = g_strdup (sm_row_get_text (row, SM_ENGINEER_NAME));
      member->organisation_id = sm_row_get_int (row, SM_ENGINEER_ORGANISATION_ID);
      member->is_person = !sm_row_is_null (row, SM_ENGINEER_PERSON);
    }
  self->known_at_us = now_us;
  return rows != NULL;
}

/* --- acts --- */

static SmWorkOrderAct
nothing (void)
{
  return (SmWorkOrderAct){ .engineer_id = SM_UNKNOWN, .organisation_id = SM_UNKNOWN,
                           .part_id = SM_UNKNOWN, .quantity = SM_UNKNOWN, .eta = SM_UNKNOWN,
                           .follow_up_at = SM_UNKNOWN, .claimed_at = SM_UNKNOWN };
}

/* Returns: whether it was done: who came between was first */
static gboolean
act (Look                 *look,
     const char           *name,
     SmWorkOrderEvent      event,
     const SmWorkOrderAct *said)
{
  g_autoptr (SmActor) actor = sm_actor_new_system (name != NULL ? name : DESK);
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autoptr (GError) refused = NULL;
  g_autoptr (SmRow) order = NULL;

  if (look->left == 0)
    return FALSE;
  look->left--;
  order = sm_work_orders_act (look->rules, actor, key, look->id, event, said, NULL, &refused);
  if (refused != NULL)
    g_debug ("%s %s: %s", sm_row_get_text (look->order, SM_WORK_ORDER_NUMBER),
             sm_work_order_events[event], refused->message);
  return order != NULL;
}

static gboolean
say (Look             *look,
     SmWorkOrderEvent  event,
     gint64            claimed_at)
{
  SmWorkOrderAct said = nothing ();

  said.claimed_at = claimed_at;
  return act (look, look->member->name, event, &said);
}

/* --- the desk --- */

typedef struct
{
  const Look *look;
  gint64 organisation_id; /* SM_UNKNOWN: whoever is near */
  const char *certificate; /* (nullable): none is asked for */
} Wanted;

/* Who said no is not asked again about the same. */
static double
answer_of (const Look *look,
           guint       index)
{
  return lot_of (look->self, look->id, 100 + index, LOT_ANSWER);
}

static gboolean
may_go (guint    index,
        gpointer data)
{
  const Wanted *wanted = data;
  const Look *look = wanted->look;
  const Member *member = &look->self->members[index];

  return !member->is_person && member->name != NULL && member->order_id == 0
         && (wanted->organisation_id == SM_UNKNOWN
             || wanted->organisation_id == member->organisation_id)
         && sm_sim_certificates_hold (look->self->certificates,
                                      look->self->world->engineers[index].id, wanted->certificate,
                                      look->now)
         && (at (look, SM_WORK_ORDER_REFUSALS) == 0 || answer_of (look, index) >= 0.1);
}

static guint
find_engineer (const Look *look,
               gint64      organisation_id,
               const char *certificate)
{
  Wanted wanted = { look, organisation_id, certificate };

  return sm_sim_people_find (look->self->people, look->latitude, look->longitude, look->now,
                             may_go, &wanted);
}


/* Most within minutes; one in twelve lies about until somebody hears of it. */
static void
give_out (Look *look)
{
  SmSimCrew *self = look->self;
  gint64 since = MAX (at (look, SM_WORK_ORDER_STATE_SINCE), at (look, SM_WORK_ORDER_PLANNED_AT));
  gint64 wait = lot (look, LOT_COMPANY) > 11.0 / 12.0 ? between (look, LOT_DESK, 16, 25)
                                                      : between (look, LOT_DESK, 2, 9);
  SmWorkOrderAct said = nothing ();
  guint index;

  if (g_strcmp0 (sm_row_get_text (look->order, SM_WORK_ORDER_SOURCE), "alarm") != 0)
    wait = LATER_US;
  if (look->is_drill || look->now < since + wait)
    return;
  index = find_engineer (look, SM_UNKNOWN, look->certificate);
  /* Nobody may do it, and it has waited for too long: somebody goes all the same. */
  if (index == G_MAXUINT && at (look, SM_WORK_ORDER_ESCALATIONS) > 0)
    {
      said.reason = "附近无持证人员，值班长批准";
      index = find_engineer (look, SM_UNKNOWN, NULL);
    }
  if (index == G_MAXUINT)
    return;
  if (lot (look, LOT_COMPANY) < 0.125 && at (look, SM_WORK_ORDER_REFUSALS) == 0)
    said.organisation_id = self->members[index].organisation_id;
  if (said.organisation_id == SM_UNKNOWN)
    said.engineer_id = self->world->engineers[index].id;
  act (look, NULL, SM_WORK_ORDER_ASSIGN, &said);
}

/* A company that was given it says which of its people goes. */
static void
answer_as_company (Look *look)
{
  gint64 waited = look->now - at (look, SM_WORK_ORDER_ASSIGNED_AT);
  gboolean is_desk
      = g_strcmp0 (sm_row_get_text (look->order, SM_WORK_ORDER_ASSIGNED_BY), DESK) == 0;
  SmWorkOrderAct said = nothing ();
  guint index;

  if (waited < between (look, LOT_DELAY, 3, 11))
    return;
  index = find_engineer (look, at (look, SM_WORK_ORDER_ORGANISATION_ID),
                         look->certificate);
  if (index != G_MAXUINT)
    {
      said.engineer_id = look->self->world->engineers[index].id;
      said.spoke = lot (look, LOT_SPOKE) < 0.8;
      act (look, NULL, SM_WORK_ORDER_ACCEPT, &said);
      return;
    }
  index = is_desk && waited > SM_WORK_ORDER_ALONE_US ? find_engineer (look, SM_UNKNOWN,
                                                                    look->certificate)
                                                     : G_MAXUINT;
  if (index == G_MAXUINT)
    return;
  said.engineer_id = look->self->world->engineers[index].id;
  act (look, NULL, SM_WORK_ORDER_ASSIGN, &said);
}

/* --- who goes there --- */

static void
refuse (Look       *look,
        const char *reason)
{
  SmWorkOrderAct said = nothing ();

  said.reason = reason;
  act (look, look->member->name, SM_WORK_ORDER_REFUSE, &said);
}

/* Who says nothing at first does so once somebody has heard that nobody has it. */
static void
answer (Look *look)
{
  double drawn = answer_of (look, look->index);
  gint64 asked = at (look, SM_WORK_ORDER_ASSIGNED_AT);
  SmWorkOrderAct said = nothing ();

  if (drawn < 0.04 && at (look, SM_WORK_ORDER_ESCALATIONS) == 0)
    return;
  if (look->now < MAX (asked, at (look, SM_WORK_ORDER_ESCALATED_AT))
                      + between (look, LOT_DELAY, 0.7, 5))
    return;
  if (!sm_sim_people_answers (look->self->people, look->index, look->now))
    {
      if (look->now > asked + SM_WORK_ORDER_ALONE_US)
        refuse (look, "休班");
      return;
    }
  if (drawn < 0.1 && at (look, SM_WORK_ORDER_REFUSALS) == 0)
    {
      refuse (look, "手上工单未完成，一小时内无法到达");
      return;
    }
  said.engineer_id = look->self->world->engineers[look->index].id;
  said.spoke = lot (look, LOT_SPOKE) < 0.8;
  act (look, look->member->name, SM_WORK_ORDER_ACCEPT, &said);
}

/* Whatever was forgotten by a restart: somebody is sent there. */
static gboolean
go (Look *look)
{
  Member *member = look->member;

  if (member->order_id == look->id)
    return TRUE;
  if (member->order_id != 0
      || !sm_sim_people_is_free (look->self->people, look->index, look->now))
    return FALSE;
  member->order_id = look->id;
  member->arrives_us = sm_sim_people_send (look->self->people, look->index, look->latitude,
                                           look->longitude, look->now);
  return TRUE;
}

static void
leave (Look *look)
{
  if (look->member->order_id != look->id)
    return;
  look->member->order_id = 0;
  sm_sim_people_release (look->self->people, look->index, look->now);
}

static void
set_out (Look *look)
{
  gint64 accepted = at (look, SM_WORK_ORDER_ACCEPTED_AT);
  SmWorkOrderAct said = nothing ();

  if (sm_row_is_null (look->order, SM_WORK_ORDER_RESPONDED_AT))
    {
      if (look->now >= accepted + CALL_US)
        say (look, SM_WORK_ORDER_SPEAK, SM_UNKNOWN);
      return;
    }
  if (look->now < MAX (accepted, at (look, SM_WORK_ORDER_PLANNED_AT))
                      + between (look, LOT_START, 3, 9)
      || !go (look))
    return;
  if (look->member->arrives_us < look->now + SM_DAY)
    said.eta = MAX (look->member->arrives_us, look->now);
  act (look, look->member->name, SM_WORK_ORDER_TRAVEL, &said);
}

static void
mend (Look *look)
{
  sm_sim_faults_mend (look->self->faults, look->noun, at (look, SM_WORK_ORDER_TARGET_ID),
                      sm_row_get_text (look->order, SM_WORK_ORDER_CODE), look->now);
}

static gboolean
complete (Look   *look,
          gint64  claimed_at)
{
  guint which = (guint) (lot (look, LOT_WORK) * SM_SIM_N_DEEDS);
  SmWorkOrderAct said = nothing ();

  said.fix = sm_work_order_fixes[lot (look, LOT_FIX) < 0.12 ? SM_WORK_ORDER_FIX_TEMPORARY
                                                            : SM_WORK_ORDER_FIX_PERMANENT];
  said.cause = sm_sim_deeds[which].cause;
  said.action = sm_sim_deeds[which].action;
  said.claimed_at = claimed_at;
  return act (look, look->member->name, SM_WORK_ORDER_COMPLETE, &said);
}

/* No phone is heard there: what was done is said on the way back, with when it was. */
static void
come_in_the_dark (Look *look)
{
  gint64 there = look->member->arrives_us;
  gint64 begun = there + between (look, LOT_START, 1, 3);
  gint64 done = begun + (gint64) (look->work_s * (double) SM_SECOND);

  if (look->now < done)
    return;
  mend (look);
  if (look->now < done + 2 * REPORT_US)
    return;
  if (say (look, SM_WORK_ORDER_ARRIVE, there) && say (look, SM_WORK_ORDER_START, begun)
      && complete (look, done))
    leave (look);
}

static void
come (Look *look)
{
  if (!go (look))
    return;
  if (is_dark (look))
    come_in_the_dark (look);
  else if (look->now >= look->member->arrives_us)
    say (look, SM_WORK_ORDER_ARRIVE, SM_UNKNOWN);
}

static void
work (Look *look)
{
  gint64 begun = at (look, SM_WORK_ORDER_STARTED_AT)
                 + MAX (at (look, SM_WORK_ORDER_HELD_S), 0) * SM_SECOND;
  SmWorkOrderAct said = nothing ();
  gint64 done;

  if (at (look, SM_WORK_ORDER_REJECTIONS) > 0)
    begun = MAX (begun, at (look, SM_WORK_ORDER_STATE_SINCE));
  done = begun + (gint64) (look->work_s * (double) SM_SECOND);
  go (look);
  if (lot (look, LOT_HOLD) < 0.06 && sm_row_is_null (look->order, SM_WORK_ORDER_HOLD_REASON)
      && look->now > begun + 5 * SM_MINUTE && look->now < done)
    {
      said.reason = "等备件";
      act (look, look->member->name, SM_WORK_ORDER_HOLD, &said);
      return;
    }
  if (look->now >= done)
    mend (look);
  if (look->now >= done + REPORT_US && complete (look, SM_UNKNOWN))
    leave (look);
}

/* --- what was done is looked at --- */

static void
come_again (Look *look)
{
  SmWorkOrderAct said = nothing ();

  said.follow_up_at = look->now + SM_DAY + between (look, LOT_JUDGE, 0, 2000);
  said.reason = "临时修复，需更换部件";
  act (look, look->member->name, SM_WORK_ORDER_FOLLOW_UP, &said);
}

/* Three of four within the hour; what serves again by no proof yet waits for a person. */
static void
judge (Look *look)
{
  gint64 since = MAX (at (look, SM_WORK_ORDER_COMPLETED_AT), at (look, SM_WORK_ORDER_RESTORED_AT));
  gint64 wait = between (look, LOT_JUDGE, 15, 60);
  SmWorkOrderAct said = nothing ();

  if (look->member->order_id == look->id)
    leave (look);
  /* What a person did in their place, a person judges. */
  if (g_strcmp0 (sm_row_get_text (look->order, SM_WORK_ORDER_COMPLETED_BY), look->member->name)
      != 0)
    return;
  if (sm_row_get_enum (look->order, SM_WORK_ORDER_FIX) == SM_WORK_ORDER_FIX_TEMPORARY
      && sm_row_is_null (look->order, SM_WORK_ORDER_FOLLOW_UP_ID))
    {
      come_again (look);
      return;
    }
  if (lot (look, LOT_FIX) > 0.75)
    wait *= 8;
  if (look->is_drill || look->now < since + wait
      || (!sm_row_is_null (look->order, SM_WORK_ORDER_ALARM_ID)
          && sm_row_is_null (look->order, SM_WORK_ORDER_RESTORED_AT)))
    return;
  act (look, NULL, SM_WORK_ORDER_CONFIRM, &said);
}

/* --- each order --- */

/* Where the work is: at what is broken, at the station, or at the truck. */
static void
find_place (Look *look)
{
  SmSimCrew *self = look->self;
  gint64 station_id = at (look, SM_WORK_ORDER_STATION_ID);
  gint64 vehicle_id = at (look, SM_WORK_ORDER_VEHICLE_ID);
  SmVehicleReport report;
  guint truck;

  look->work_s = draw_work_s (look);
  look->latitude = self->world->sites[0].latitude;
  look->longitude = self->world->sites[0].longitude;
  for (guint i = 0; station_id != SM_UNKNOWN && i < self->world->n_stations; i++)
    if (self->world->stations[i].id == station_id)
      {
        look->latitude = self->world->stations[i].latitude;
        look->longitude = self->world->stations[i].longitude;
      }
  sm_sim_faults_entrust (self->faults, look->noun, at (look, SM_WORK_ORDER_TARGET_ID),
                         sm_row_get_text (look->order, SM_WORK_ORDER_CODE),
                         look->now + MAX (LEASE_US, (gint64) (self->world->rate * 10e6)),
                         &look->work_s, &look->latitude, &look->longitude);
  if (sm_sim_world_find_vehicle (self->world, vehicle_id, &truck)
      && sm_sim_engine_look_vehicle (self->engine, truck, sm_sim_engine_now (self->engine), &report))
    {
      look->latitude = report.latitude;
      look->longitude = report.longitude;
    }
}

static void
go_on (Look *look)
{
  guint state = sm_row_get_enum (look->order, SM_WORK_ORDER_STATE);

  if (state == SM_WORK_ORDER_STATE_UNACCEPTED)
    give_out (look);
  else if (state == SM_WORK_ORDER_STATE_ASSIGNED
           && sm_row_is_null (look->order, SM_WORK_ORDER_ENGINEER_ID))
    answer_as_company (look);
  else if (look->member == NULL)
    return;
  else if (state == SM_WORK_ORDER_STATE_ASSIGNED)
    answer (look);
  else if (state == SM_WORK_ORDER_STATE_ACCEPTED)
    set_out (look);
  else if (state == SM_WORK_ORDER_STATE_TRAVELLING)
    come (look);
  else if (state == SM_WORK_ORDER_STATE_ON_SITE
           && look->now >= at (look, SM_WORK_ORDER_ARRIVED_AT) + between (look, LOT_START, 1, 3))
    say (look, SM_WORK_ORDER_START, SM_UNKNOWN);
  else if (state == SM_WORK_ORDER_STATE_IN_PROGRESS)
    work (look);
  else if (state == SM_WORK_ORDER_STATE_ON_HOLD
           && look->now >= at (look, SM_WORK_ORDER_HELD_AT) + HOLD_US)
    say (look, SM_WORK_ORDER_RESUME, SM_UNKNOWN);
  else if (state == SM_WORK_ORDER_STATE_COMPLETED)
    judge (look);
}

static void
look_at (Look        *look,
         const SmRow *order)
{
  SmSimCrew *self = look->self;
  gint64 engineer_id = sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID);
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (order, SM_WORK_ORDER_TARGET_NOUN));
  gpointer index;

  look->order = order;
  look->id = sm_row_get_id (order);
  look->certificate = sm_row_get_text (order, SM_WORK_ORDER_CERTIFICATE);
  look->noun = noun != NULL ? noun->id : SM_N_NOUNS;
  look->member = NULL;
  if (g_hash_table_lookup_extended (self->by_id, &engineer_id, NULL, &index)
      && !self->members[GPOINTER_TO_UINT (index)].is_person
      && self->members[GPOINTER_TO_UINT (index)].name != NULL)
    {
      look->index = GPOINTER_TO_UINT (index);
      look->member = &self->members[look->index];
    }
  if (sm_row_get_enum (order, SM_WORK_ORDER_STATE) != SM_WORK_ORDER_STATE_COMPLETED)
    find_place (look);
  go_on (look);
}

/* An order that was called off, or taken away: who was on the way to it turns round. */
static void
call_back (Look            *look,
           const GPtrArray *open)
{
  SmSimCrew *self = look->self;

  for (guint i = 0; i < self->world->n_engineers; i++)
    {
      Member *member = &self->members[i];
      gboolean is_theirs = member->order_id == 0;

      for (guint n = 0; !is_theirs && n < open->len; n++)
        is_theirs = sm_row_get_id (open->pdata[n]) == member->order_id
                    && sm_row_get_int (open->pdata[n], SM_WORK_ORDER_ENGINEER_ID)
                           == self->world->engineers[i].id;
      if (is_theirs)
        continue;
      member->order_id = 0;
      sm_sim_people_release (self->people, i, look->now);
    }
}

static gpointer
step (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Look *look = data;
  g_autoptr (GPtrArray) open = sm_work_orders_list_open (rules, error);

  if (open == NULL)
    return NULL;
  look->rules = rules;
  look->is_drill = sm_rules_get_drill (rules) != NULL;
  call_back (look, open);
  for (guint i = 0; i < open->len && look->left > 0; i++)
    look_at (look, open->pdata[i]);
  return NULL;
}

/** sm_sim_crew_step: Everybody does what is due by @now_us. */
gboolean
sm_sim_crew_step (SmSimCrew  *self,
                  gint64      now_us,
                  GError    **error)
{
  Look look = { .self = self, .now = now_us, .left = MAX_ACTS };

  return know_members (self, error)
         && sm_sim_certificates_refresh (self->certificates, self->sender->rules,
                                         self->sender->cancellable, error)
         && sm_sim_sender_run (self->sender, step, &look, error);
}
