/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-actor.h"

#include "sm-error.h"

typedef struct
{
  const char *name;
  const char *const *permissions;
} Role;

#define READ_ALL                                                                        \
  "network.read", "vehicle.read", "alarm.read", "order.read", "staff.read", "work_order.read"

/* Who speaks with drivers: sees who they are, and their phones when it is said why. */
#define DRIVERS "driver.read", "driver.reveal"

/* Whoever acknowledges also says what it was. */
#define ALARMS                                                                        \
  "alarm.acknowledge", "alarm.note", "alarm.shelve", "alarm.take_out", "alarm.release", \
      "alarm.step"

/* Who answers for a shift agrees that something of safety is out of service. */
#define SECOND "alarm.approve_out"

/* Who may have equipment do something from afar. */
#define COMMANDS                                                                       \
  "connector.stop", "connector.unlock", "connector.change_availability", "equipment.reset", \
  "lane.reset"

/* Work on stations is planned by many, and agreed to by who answers for a shift. */
#define PLANS "window.plan"
#define AGREES "window.approve"

/* Who has a place at a desk, and hands it over. */
#define DESKS "desk.sit", "handover.sign", "handover.note"

/* Who may have a pack kept apart. */
#define PACKS "battery.quarantine"

/* What somebody else is to do.  Who does it says how far it is; who answers for a shift
 * gives it to somebody, and says whether it is done. */
#define REPORTS "work_order.create", "work_order.note"
#define URGES "work_order.urge"
#define WORKS "work_order.work"
#define ASSIGNS "work_order.assign"
#define JUDGES "work_order.confirm", "work_order.cancel", "problem.solve"
#define STOCKS "part.count"

/* Who tells trucks to go elsewhere. */
#define GUIDES "guidance.send"

/* Rounds through stations and what happened there: who answers for a shift plans and judges,
 * who is there looks and says. */
#define ROUNDS "inspection.plan", "incident.manage", "complaint.decide"
#define REACHES "contact.edit"
#define LOOKS "inspection.work"
#define SAYS "incident.report", "complaint.receive"

/* Who is told of something says so; who answers for a shift sees whether it arrives. */
#define TOLD "notification.confirm"
#define TRIES "notification.test"

/* What a station is called, and who answers for it. */
#define EDITS "station.rename", "station.contact"

static const char *const administrator[] = {
  READ_ALL,       DRIVERS,          ALARMS,         SECOND,         EDITS,
  "station.retire", "station.import", "limit.change", "carbon.change", "audit.read",
  "alarm_target.change",
  "user.manage",  "gateway.manage", "fault_code.edit", COMMANDS,
  PLANS,          AGREES,           DESKS,
  "desk.manage",  "roster.edit",    PACKS,          REPORTS,
  URGES,          WORKS,            ASSIGNS,        JUDGES,
  STOCKS,         "certificate.edit", TOLD,        TRIES,
  GUIDES,         ROUNDS,           LOOKS,          SAYS,
  REACHES,
  NULL
};
static const char *const manager[] = { READ_ALL,         DRIVERS,           ALARMS,
                                       SECOND,           EDITS,             "station.retire",
                                       "station.import", "limit.change",    "carbon.change",
                                       "alarm_target.change",
                                       "audit.read",     "fault_code.edit", COMMANDS,
                                       PLANS,            AGREES,            DESKS,
                                       "desk.manage",    "roster.edit",     PACKS,
                                       REPORTS,          URGES,             WORKS,
                                       ASSIGNS,          JUDGES,            STOCKS,
                                       "certificate.edit", TOLD,            TRIES,
                                       GUIDES,           ROUNDS,            LOOKS,
                                       SAYS,             REACHES,           NULL };
static const char *const dispatcher[] = { READ_ALL, DRIVERS,      ALARMS, SECOND,
                                          EDITS,    "audit.read", COMMANDS, PLANS,
                                          AGREES,   DESKS,        "roster.edit", PACKS,
                                          REPORTS,  URGES,        WORKS,    ASSIGNS,
                                          JUDGES,   STOCKS,       TOLD,     TRIES,
                                          GUIDES,   ROUNDS,       LOOKS,    SAYS,
                                          NULL };
static const char *const operator_[] = { READ_ALL, DRIVERS, ALARMS, COMMANDS, PLANS,
                                         DESKS,    PACKS,   REPORTS, URGES, WORKS,
                                         ASSIGNS,  TOLD,    GUIDES, LOOKS, SAYS, NULL };
static const char *const engineer[] = { READ_ALL, "driver.read", ALARMS, COMMANDS, PLANS,
                                        PACKS,    REPORTS,       WORKS,  STOCKS,   TOLD,
                                        LOOKS,    SAYS,          NULL };
static const char *const agent[] = { READ_ALL, REPORTS, WORKS, SAYS, NULL };
static const char *const service_desk[] = { READ_ALL, DRIVERS, REPORTS, URGES, SAYS, NULL };
static const char *const only_reads[] = { READ_ALL, NULL };
static const char *const network_only[] = { "network.read", NULL };
static const char *const device[] = { "vehicle.ingest", "station.ingest", "command.answer",
                                      "guidance.answer", NULL };
static const char *const nothing[] = { NULL };

/* The roles of people.  What a role may do is decided here and nowhere else. */
static const Role roles[] = {
  { "administrator", administrator }, { "manager", manager },
  { "finance", only_reads },          { "dispatcher", dispatcher },
  { "operator", operator_ },          { "engineer", engineer }, 
  { "agent", agent },                 { "service_desk", service_desk },
  { "wall", only_reads },             { "guest", network_only },
};

/** sm_role_names: Returns: (transfer none): the roles a person can have, NULL-terminated */
const char *const *
sm_role_names (void)
{
  static const char *const names[] = { "administrator", "manager", "finance",      "dispatcher",
                                       "operator",      "engineer", "agent",       "service_desk",
                                       "wall",          "guest",   NULL };

  return names;
}

/** sm_role_get_permissions: Returns: (transfer none): what @role may do; nothing if unknown */
const char *const *
sm_role_get_permissions (const char *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].name, role) == 0)
      return roles[i].permissions;
  return nothing;
}

/** sm_actor_new: @scope: (transfer full): what it sees */
SmActor *
sm_actor_new (SmActorKind  kind,
              gint64       id,
              const char  *name,
              const char  *display_name,
              const char  *role,
              SmScope     *scope,
              gint64       access_rev)
{
  SmActor *self = g_new0 (SmActor, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->id = id;
  self->name = g_strdup (name);
  self->display_name = g_strdup (display_name);
  self->role = g_strdup (role);
  self->scope = scope;
  self->access_rev = access_rev;
  return self;
}

/** sm_actor_new_system: This program itself, under the name of its part: "simulator". */
SmActor *
sm_actor_new_system (const char *name)
{
  return sm_actor_new (SM_ACTOR_SYSTEM, 0, name, name, "system",
                       sm_scope_new (SM_SCOPE_ALL, NULL, 0), 0);
}

/** sm_actor_with_address: Returns: (transfer full): the same, come from @address */
SmActor *
sm_actor_with_address (const SmActor *self,
                       const char    *address)
{
  SmActor *copy = sm_actor_new (self->kind, self->id, self->name, self->display_name, self->role,
                                sm_scope_copy (self->scope), self->access_rev);

  copy->address = g_strdup (address);
  return copy;
}

SmActor *
sm_actor_ref (SmActor *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_actor_unref (SmActor *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_free (self->display_name);
  g_free (self->role);
  g_free (self->address);
  sm_scope_free (self->scope);
  g_free (self);
}

/** sm_actor_get_permissions: Returns: (transfer none): NULL-terminated; the system's are not listed */
const char *const *
sm_actor_get_permissions (const SmActor *self)
{
  switch (self->kind)
    {
    case SM_ACTOR_PERSON:
      return sm_role_get_permissions (self->role);
    case SM_ACTOR_DEVICE:
      return device;
    default:
      return nothing;
    }
}

/** sm_actor_may: Whether it has @permission; the system may do everything. */
gboolean
sm_actor_may (const SmActor *self,
              const char    *permission)
{
  return self->kind == SM_ACTOR_SYSTEM
         || g_strv_contains (sm_actor_get_permissions (self), permission);
}

/** sm_actor_require: Like sm_actor_may(), with the error that names the permission. */
gboolean
sm_actor_require (const SmActor  *self,
                  const char     *permission,
                  GError        **error)
{
  g_autoptr (GError) denied = NULL;

  if (sm_actor_may (self, permission))
    return TRUE;
  sm_set_error (&denied, SM_ERROR_DENIED, "permission-missing", "%s may not %s", self->name,
                permission);
  sm_error_set_param (denied, "permission", permission);
  g_propagate_error (error, g_steal_pointer (&denied));
  return FALSE;
}
