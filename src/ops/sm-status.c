/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-status-private.h"

#include "sm-time.h"

/* While all is live, whoever watches hears of a contact so often at most. */
#define TELL_CONTACT_US (10 * SM_SECOND)

struct _SmStatus
{
  GObject parent_instance;

  SmClock *clock;
  SmConnectivity connectivity;
  SmStatusState state;
  guint timer;
  char *network_name;
  char *time_zone;
  GTimeZone *zone; /* of that name; reading it anew each time costs */
  gboolean simulated;
  char *drill;
  char *problem;
  char *storage_problem;
  gint64 last_contact;
  gint64 contact_told_at; /* monotonic */
};

G_DEFINE_FINAL_TYPE (SmStatus, sm_status, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_NETWORK_NAME,
  PROP_TIME_ZONE,
  PROP_SIMULATED,
  PROP_DRILL,
  PROP_PROBLEM,
  PROP_STORAGE_PROBLEM,
  PROP_LAST_CONTACT,
} Property;
static GParamSpec *properties[PROP_LAST_CONTACT + 1];

GType
sm_status_state_get_type (void)
{
  static const GEnumValue values[] = {
    { SM_STATUS_STARTING, "SM_STATUS_STARTING", "starting" },
    { SM_STATUS_LOADING, "SM_STATUS_LOADING", "loading" },
    { SM_STATUS_LIVE, "SM_STATUS_LIVE", "live" },
    { SM_STATUS_STALE, "SM_STATUS_STALE", "stale" },
    { SM_STATUS_OFFLINE, "SM_STATUS_OFFLINE", "offline" },
    { SM_STATUS_SIGNED_OUT, "SM_STATUS_SIGNED_OUT", "signed-out" },
    { SM_STATUS_REFUSED, "SM_STATUS_REFUSED", "refused" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("SmStatusState", values));
  return type;
}

static void status_look_again (SmStatus *self);

static gboolean
timer_cb (gpointer user_data)
{
  SmStatus *self = user_data;

  self->timer = 0;
  status_look_again (self);
  return G_SOURCE_REMOVE;
}

/* Derives the state from what is known and now, and sleeps until time alone
 * could change it. */
static void
status_look_again (SmStatus *self)
{
  gint64 now = g_get_monotonic_time ();
  SmStatusState state = sm_connectivity_state (&self->connectivity, now);
  gint64 next = sm_connectivity_next (&self->connectivity, now);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (next > 0)
    self->timer = g_timeout_add ((guint) ((next - now) / 1000 + 1), timer_cb, self);
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_text (SmStatus    *self,
          char       **member,
          const char  *value,
          Property     property)
{
  if (g_strcmp0 (*member, value) == 0)
    return;
  g_free (*member);
  *member = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
sm_status_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  SmStatus *self = SM_STATUS (object);

  switch ((Property) id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_NETWORK_NAME:
      g_value_set_string (value, self->network_name);
      break;
    case PROP_TIME_ZONE:
      g_value_set_string (value, self->time_zone);
      break;
    case PROP_SIMULATED:
      g_value_set_boolean (value, self->simulated);
      break;
    case PROP_DRILL:
      g_value_set_string (value, self->drill);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_STORAGE_PROBLEM:
      g_value_set_string (value, self->storage_problem);
      break;
    case PROP_LAST_CONTACT:
      g_value_set_int64 (value, self->last_contact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_status_finalize (GObject *object)
{
  SmStatus *self = SM_STATUS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->clock, sm_clock_unref);
  g_clear_pointer (&self->network_name, g_free);
  g_clear_pointer (&self->time_zone, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->drill, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->storage_problem, g_free);

  G_OBJECT_CLASS (sm_status_parent_class)->finalize (object);
}

static void
sm_status_class_init (SmStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sm_status_get_property;
  object_class->finalize = sm_status_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SM_TYPE_STATUS_STATE,
                                              SM_STATUS_STARTING, flags);
  properties[PROP_NETWORK_NAME] = g_param_spec_string ("network-name", NULL, NULL, NULL, flags);
  properties[PROP_TIME_ZONE] = g_param_spec_string ("time-zone", NULL, NULL, NULL, flags);
  properties[PROP_SIMULATED] = g_param_spec_boolean ("simulated", NULL, NULL, FALSE, flags);
  properties[PROP_DRILL] = g_param_spec_string ("drill", NULL, NULL, NULL, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_STORAGE_PROBLEM] = g_param_spec_string ("storage-problem", NULL, NULL, NULL,
                                                          flags);
  properties[PROP_LAST_CONTACT] = g_param_spec_int64 ("last-contact", NULL, NULL, G_MININT64,
                                                      G_MAXINT64, SM_UNKNOWN, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sm_status_init (SmStatus *self)
{
  self->last_contact = SM_UNKNOWN;
}

SmStatus *
sm_status_new (SmClock *clock)
{
  SmStatus *self = g_object_new (SM_TYPE_STATUS, NULL);

  self->clock = sm_clock_ref (clock);
  return self;
}

/** sm_status_update: Takes over what sync knows; @problem: (nullable): a slug. */
void
sm_status_update (SmStatus             *self,
                  const SmConnectivity *connectivity,
                  const char           *problem)
{
  gboolean has_news = connectivity->newest_good_at > self->connectivity.newest_good_at;
  gboolean is_first;

  self->connectivity = *connectivity;
  status_look_again (self);
  set_text (self, &self->problem, problem, PROP_PROBLEM);
  if (!has_news)
    return;
  is_first = self->last_contact == SM_UNKNOWN;
  self->last_contact = sm_clock_now (self->clock);
  /* Ten feeds answer: who shows an age has it counted by the second anyway. */
  if (!is_first && self->state == SM_STATUS_LIVE
      && connectivity->newest_good_at - self->contact_told_at < TELL_CONTACT_US)
    return;
  self->contact_told_at = connectivity->newest_good_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_CONTACT]);
}

/** sm_status_set_network: Takes over what the service says of its network. */
void
sm_status_set_network (SmStatus   *self,
                       const char *name,
                       const char *time_zone,
                       gboolean    simulated)
{
  set_text (self, &self->network_name, name, PROP_NETWORK_NAME);
  if (g_strcmp0 (self->time_zone, time_zone) != 0)
    {
      g_clear_pointer (&self->zone, g_time_zone_unref);
      self->zone = time_zone != NULL ? g_time_zone_new_identifier (time_zone) : NULL;
    }
  set_text (self, &self->time_zone, time_zone, PROP_TIME_ZONE);
  if (self->simulated == !!simulated)
    return;
  self->simulated = !!simulated;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIMULATED]);
}

/** sm_status_set_drill: @title: (nullable): what the drill is called that the network is for */
void
sm_status_set_drill (SmStatus   *self,
                     const char *title)
{
  set_text (self, &self->drill, title, PROP_DRILL);
}

/** sm_status_set_last_contact: Takes over when an earlier run had contact, until this one has. */
void
sm_status_set_last_contact (SmStatus *self,
                            gint64    last_contact)
{
  if (self->last_contact != SM_UNKNOWN || last_contact == SM_UNKNOWN)
    return;
  self->last_contact = last_contact;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_CONTACT]);
}

/** sm_status_set_storage_problem: @slug: (nullable): why nothing is kept on the disk. */
void
sm_status_set_storage_problem (SmStatus   *self,
                               const char *slug)
{
  set_text (self, &self->storage_problem, slug, PROP_STORAGE_PROBLEM);
}

/** sm_status_get_state: Returns: how far what is on the screen can be believed */
SmStatusState
sm_status_get_state (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), SM_STATUS_STARTING);

  return self->state;
}

/** sm_status_get_network_name: Returns: (transfer none) (nullable): as the service calls it */
const char *
sm_status_get_network_name (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), NULL);

  return self->network_name;
}

/** sm_status_get_zone: Returns: (transfer none) (nullable): the zone of business days */
GTimeZone *
sm_status_get_zone (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), NULL);

  return self->zone;
}

/** sm_status_get_time_zone: Returns: (transfer none) (nullable): IANA name of business days */
const char *
sm_status_get_time_zone (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), NULL);

  return self->time_zone;
}

/** sm_status_get_drill: Returns: (nullable): what the drill is called that all of this is; NULL: it is none */
const char *
sm_status_get_drill (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), NULL);

  return self->drill;
}

gboolean
sm_status_get_simulated (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), FALSE);

  return self->simulated;
}

/** sm_status_get_clock: Returns: (transfer none): the network's time, followed from the answers */
SmClock *
sm_status_get_clock (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), NULL);

  return self->clock;
}

/**
 * sm_status_get_data_age_us:
 *
 * Returns: how long ago, in machine time, the feed that is furthest behind was
 *   known to be up to date; -1 when it never was since the start
 */
gint64
sm_status_get_data_age_us (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), -1);

  if (self->connectivity.oldest_good_at == 0)
    return -1;
  return MAX (g_get_monotonic_time () - self->connectivity.oldest_good_at, 0);
}

/** sm_status_get_channel_age_us: Like sm_status_get_data_age_us(), of one way that data come. */
gint64
sm_status_get_channel_age_us (SmStatus        *self,
                              SmStatusChannel  channel)
{
  gint64 at;

  g_return_val_if_fail (SM_IS_STATUS (self) && channel < SM_N_STATUS_CHANNELS, -1);

  at = channel == SM_STATUS_CHANGES  ? self->connectivity.changes_good_at
       : channel == SM_STATUS_MOVING ? self->connectivity.live_good_at
                                     : self->connectivity.stats_good_at;
  return at > 0 ? MAX (g_get_monotonic_time () - at, 0) : -1;
}

/** sm_status_get_problem: Returns: (transfer none) (nullable): slug of the last trouble */
const char *
sm_status_get_problem (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), NULL);

  return self->problem;
}

/** sm_status_get_storage_problem: Returns: (transfer none) (nullable): slug, as "cache-not-writable" */
const char *
sm_status_get_storage_problem (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), NULL);

  return self->storage_problem;
}

/** sm_status_get_last_contact: Returns: network time of the last answer; %SM_UNKNOWN for none */
gint64
sm_status_get_last_contact (SmStatus *self)
{
  g_return_val_if_fail (SM_IS_STATUS (self), SM_UNKNOWN);

  return self->last_contact;
}
