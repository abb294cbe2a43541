/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-noun.h"
#include "sm-stations.h"
#include "sm-test-folder.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <glib-unix.h>
#include <signal.h>
#include <sys/prctl.h>

static void
put (SmRules    *rules,
     SmActor    *actor,
     SmRow      *row,
     guint       key_field)
{
  g_autoptr (GError) error = NULL;
  SmUpsertOutcome outcome;
  gint64 id;

  sm_registry_upsert (rules, actor, row, key_field, &id, &outcome, &error);
  g_assert_no_error (error);
}

static void
put_vehicle (SmRules *rules,
             SmActor *actor,
             guint    number,
             guint    turn)
{
  g_autoptr (SmRow) vehicle = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

  sm_row_take_text (vehicle, SM_VEHICLE_PLATE, g_strdup_printf ("P-%u", number));
  sm_row_take_text (vehicle, SM_VEHICLE_VIN, g_strdup_printf ("V-%u", number));
  sm_row_set_real (vehicle, SM_VEHICLE_REPORT_PERIOD_S, 3600 + turn);
  put (rules, actor, vehicle, SM_VEHICLE_PLATE);
}

static void
put_station (SmRules *rules,
             SmActor *actor,
             guint    number,
             guint    turn)
{
  g_autoptr (SmRow) station = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_take_text (station, SM_STATION_SN, g_strdup_printf ("S-%u", number));
  sm_row_take_text (station, SM_STATION_NAME,
                    g_strdup_printf ("{\"en\":\"Station %u.%u\"}", number, turn));
  sm_row_set_text (station, SM_STATION_KIND, "charge");
  sm_row_set_text (station, SM_STATION_STATE, "operating");
  put (rules, actor, station, SM_STATION_SN);
}

static void
put_limit (SmRules    *rules,
           SmActor    *actor,
           const char *code,
           gboolean    is_enabled)
{
  g_autoptr (SmRow) limit = sm_row_new (sm_noun_get (SM_NOUN_LIMIT));

  sm_row_set_text (limit, SM_LIMIT_CODE, code);
  sm_row_set_text (limit, SM_LIMIT_NOUN, "vehicle");
  sm_row_set_text (limit, SM_LIMIT_FIELD, "pack_temperature_c");
  sm_row_set_text (limit, SM_LIMIT_DIRECTION, "above");
  sm_row_set_real (limit, SM_LIMIT_RAISE_AT, 150);
  sm_row_set_real (limit, SM_LIMIT_CLEAR_AT, 140);
  sm_row_set_real (limit, SM_LIMIT_DELAY_S, 0);
  sm_row_set_int (limit, SM_LIMIT_LEVEL, 1);
  sm_row_set_int (limit, SM_LIMIT_ENABLED, is_enabled);
  put (rules, actor, limit, SM_LIMIT_CODE);
}

static gpointer
furnish (SmRules       *rules,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");

  g_assert_true (sm_rules_begin (rules, error));
  put_limit (rules, actor, "test-pack-hot", TRUE);
  /* The service's own would raise a second alarm each on a machine that is some seconds slow. */
  put_limit (rules, actor, "pack-over-temperature", FALSE);
  put_limit (rules, actor, "pack-over-temperature/1", FALSE);
  for (guint i = 1; i <= NETWORK_STATIONS; i++)
    put_station (rules, actor, i, 0);
  for (guint i = 1; i <= NETWORK_VEHICLES; i++)
    put_vehicle (rules, actor, i, 0);
  g_assert_true (sm_rules_commit (rules, error));
  return NULL;
}

/** network_visit: Returns: (transfer full): a connection of one's own, beside the service */
SmRules *
network_visit (Network *self)
{
  g_autoptr (SmClock) clock = sm_clock_new_machine ();
  SmRulesOptions options = { .path = sm_test_service_get_database (self->service),
                             .network = clock, .machine = clock };
  g_autoptr (GError) error = NULL;
  SmRules *rules = sm_rules_open (&options, &error);

  g_assert_no_error (error);
  return rules;
}

typedef struct
{
  GRand *rand;
  guint n;
} Change;

/* One of the vehicles that may be gone, come again and change. */
static void
change_one (SmRules *rules,
            SmActor *actor,
            GRand   *rand)
{
  guint number = (guint) g_rand_int_range (rand, 1, NETWORK_VEHICLES + 1);
  g_autoptr (GError) error = NULL;

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      put_station (rules, actor, number % NETWORK_STATIONS + 1, (guint) g_rand_int (rand));
      break;
    case 1:
      /* By its id, which only rises: most are gone already. */
      number += (guint) g_rand_int_range (rand, 0, 3) * NETWORK_VEHICLES;
      sm_registry_remove (rules, actor, sm_noun_get (SM_NOUN_VEHICLE), number, &error);
      break;
    default:
      put_vehicle (rules, actor, number, (guint) g_rand_int_range (rand, 1, 1000));
      break;
    }
}

static gpointer
change_job (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Change *change = data;
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");

  if (!sm_rules_begin (rules, error))
    return NULL;
  for (guint i = 0; i < change->n; i++)
    change_one (rules, actor, change->rand);
  sm_rules_commit (rules, error);
  return NULL;
}

/** network_change: Changes, adds or removes @n things in one transaction; any thread. */
void
network_change (SmRules *rules,
                GRand   *rand,
                guint    n)
{
  g_autoptr (GError) error = NULL;

  sm_rules_run_sync (rules, change_job, &(Change){ rand, n }, &error);
  g_assert_no_error (error);
}

/** network_new: Furnished, and not running. */
Network *
network_new (void)
{
  Network *self = g_new0 (Network, 1);
  g_autoptr (SmRules) rules = NULL;
  g_autoptr (GError) error = NULL;

  self->service = sm_test_service_new (NULL);
  rules = network_visit (self);
  sm_rules_run_sync (rules, furnish, NULL, &error);
  g_assert_no_error (error);
  sm_test_service_add_user (self->service, NETWORK_USER, "administrator", NETWORK_PASSWORD);
  return self;
}

void
network_free (Network *self)
{
  sm_test_service_free (self->service);
  g_free (self->token);
  g_free (self);
}

/** network_run: Starts the service, the first time or again. */
void
network_run (Network *self)
{
  sm_test_service_run (self->service);
  if (self->token == NULL)
    self->token = sm_test_service_sign_in (self->service, NETWORK_USER, NETWORK_PASSWORD);
}

/** network_add_gateway: Returns: (transfer full): the token of a device */
char *
network_add_gateway (Network *self)
{
  return sm_test_service_add_gateway (self->service, "gate");
}

/** network_heat: Vehicles report: above 150 °C each has an alarm, below 140 it is over. */
void
network_heat (Network    *self,
              const char *gateway,
              guint       first,
              guint       n,
              double      temperature_c)
{
  /* The devices' clock is right, whatever the wall's is. */
  struct timespec now;
  g_autofree char *at = NULL;
  g_autoptr (GString) body = g_string_new ("{\"reports\":[");
  g_autoptr (JsonObject) answer = NULL;

  clock_gettime (CLOCK_REALTIME, &now);
  at = sm_time_to_rfc3339 ((gint64) now.tv_sec * SM_SECOND + now.tv_nsec / 1000);
  for (guint i = first; i < first + n; i++)
    g_string_append_printf (body, "%s{\"vin\":\"V-%u\",\"at\":\"%s\",\"pack_temperature_c\":%g}",
                            i > first ? "," : "", i, at, temperature_c);
  g_string_append (body, "]}");
  answer = sm_test_service_post (self->service, "/api/v1/ingest/vehicles", gateway, NULL,
                                 body->str);
  g_assert_nonnull (answer);
}

/** wall_end: Ends what wall_spawn() began: as it should, or by kill -9. */
void
wall_end (GSubprocess *child,
          gboolean     is_killed)
{
  g_subprocess_send_signal (child, is_killed ? SIGKILL : SIGTERM);
  g_subprocess_wait (child, NULL, NULL);
  if (is_killed)
    g_assert_true (g_subprocess_get_if_signaled (child));
  else
    g_assert_true (g_subprocess_get_successful (child));
}

/** wall_new: At rest; what it keeps lies in a folder of its own. */
Wall *
wall_new (Network *network)
{
  Wall *self = g_new0 (Wall, 1);

  self->proxy = sm_test_proxy_new (sm_test_service_get_port (network->service), "");
  self->dir = g_dir_make_tmp ("sm-faults-XXXXXX", NULL);
  self->cache = g_build_filename (self->dir, "cache", NULL);
  self->state = g_build_filename (self->dir, "state", NULL);
  return self;
}

void
wall_free (Wall *self)
{
  if (self->ops != NULL)
    wall_stop (self);
  sm_test_proxy_free (self->proxy);
  sm_test_remove_tree (self->dir);
  g_free (self->dir);
  g_free (self->cache);
  g_free (self->state);
  g_free (self);
}

static void sign_in (Wall *self);

static gboolean
sign_in_again_cb (gpointer user_data)
{
  Wall *self = user_data;

  self->retry_id = 0;
  sign_in (self);
  return G_SOURCE_REMOVE;
}

/* Several walls of one name at once are more than the service likes. */
static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Wall *self = user_data;
  g_autoptr (GError) error = NULL;

  if (sm_ops_sign_in_finish (SM_OPS (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_test_message ("signing in: %s", error->message);
  self->retry_id = g_timeout_add (500, sign_in_again_cb, self);
}

static void
sign_in (Wall *self)
{
  sm_ops_sign_in_async (self->ops, NETWORK_USER, NETWORK_PASSWORD, NULL, signed_in_cb, self);
}

/** wall_start: Follows the network through the proxy, signed in. */
void
wall_start (Wall *self)
{
  g_assert_null (self->ops);
  self->ops = sm_ops_new (sm_test_proxy_get_url (self->proxy), self->cache, self->state);
  sm_ops_start (self->ops);
  sign_in (self);
}

typedef struct
{
  gboolean is_done;
  GError *error;
} Outcome;

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Outcome *outcome = user_data;

  sm_ops_acknowledge_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

/**
 * wall_acknowledge:
 *
 * Runs the main context until the act is kept or refused.
 *
 * Returns: (transfer full) (nullable): why it is not kept
 */
GError *
wall_acknowledge (Wall       *self,
                  gint64      alarm_id,
                  const char *note)
{
  Outcome outcome = { 0 };

  sm_ops_acknowledge_async (self->ops, alarm_id, note, NULL, acknowledged_cb, &outcome);
  run_until (outcome.is_done);
  return outcome.error;
}

static gboolean
paint_cb (gpointer user_data)
{
  sm_ops_painted (user_data);
  return G_SOURCE_CONTINUE;
}

/** wall_paint: Frames, as a display would ask for them. Returns: the id of their source */
guint
wall_paint (SmOps *ops)
{
  return g_timeout_add (16, paint_cb, ops);
}

/** wall_spawn: Returns: (transfer full): the same as a program of its own, to be killed */
GSubprocess *
wall_spawn (Wall *self)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe",
                                         NETWORK_ALONE, sm_test_proxy_get_url (self->proxy),
                                         self->cache, self->state, NULL);

  g_assert_no_error (error);
  return child;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/** wall_run_alone: What main() does when its first argument is %NETWORK_ALONE. */
int
wall_run_alone (char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wall self = { .ops = sm_ops_new (argv[2], argv[3], argv[4]) };

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  sm_ops_start (self.ops);
  sign_in (&self);
  wall_paint (self.ops);
  g_main_loop_run (loop);
  wall_stop (&self);
  return 0;
}

void
wall_stop (Wall *self)
{
  sm_ops_stop (self->ops);
  /* Reads that were under way hold it until they are told. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_assert_finalize_object (self->ops);
  self->ops = NULL;
}

SmStatusState
wall_state (Wall *self)
{
  return sm_status_get_state (sm_ops_get_status (self->ops));
}
