/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-alarm-effect.h"
#include "sm-fault-row.h"
#include "sm-live-set.h"
#include "sm-style.h"
#include "sm-test-folder.h"
#include "sm-test-service.h"
#include "sm-test-shows.h"
#include "sm-wall-page.h"
#include "sm-window.h"

/* The whole application against the real service, which is killed the hard way. */

typedef struct
{
  SmTestService *service;
  char *dir;
  SmOps *ops;
  SmWindow *window;
  gint64 alarm_id; /* the one that was acknowledged */
} Fixture;

static const char *const demo[] = { "--simulate", "demo", "--seed", "1", "--speed", "20",
                                    "--history-days", "2", NULL };
/* For all who leave it as it is. */
static SmTestService *shared;

typedef gboolean (*Condition) (Fixture *self);

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the application until @condition holds, or fails the test. */
static void
run_until (Fixture    *self,
           Condition   condition,
           guint       bound_s,
           const char *what)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) bound_s * G_USEC_PER_SEC;
  guint source = g_timeout_add (50, wake_cb, NULL);

  while (!condition (self))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("not within %u s: %s", bound_s, what);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (source);
}

static gboolean
window_shows (Fixture    *self,
              const char *text)
{
  return sm_test_shows (GTK_WIDGET (self->window), text);
}

static SmMapView *
get_map (Fixture *self)
{
  return sm_wall_page_get_map (SM_WALL_PAGE (sm_window_get_page (self->window)));
}

static gboolean
is_live (Fixture *self)
{
  return sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE
         && window_shows (self, "Live · data") && window_shows (self, "1,587")
         && sm_fleet_get_columns (sm_ops_get_fleet (self->ops))->n > 0 && !sm_map_view_get_stale (get_map (self));
}

static gboolean
is_not_live (Fixture *self)
{
  return window_shows (self, "Offline. Last contact:") && window_shows (self, "Faults, last known")
         && !window_shows (self, "Live · data") && sm_map_view_get_stale (get_map (self));
}

static gboolean
has_alarm (Fixture *self)
{
  return window_shows (self, "Pack over-temperature")
         && sm_figures_get_values (sm_ops_get_figures (self->ops))->unacked > 0;
}

static gboolean
is_pending (Fixture *self)
{
  SmItem *alarm = sm_live_set_find (SM_LIVE_SET (sm_ops_get_alarms (self->ops)), self->alarm_id);

  /* Its row goes below those that nobody has acknowledged, and may be out of sight there. */
  return alarm != NULL && sm_item_get_pending (alarm)
         && window_shows (self, "1 act waits to be sent");
}

/* The row of an alarm that somebody has may lie below what is in sight. */
static gboolean
is_sent (Fixture *self)
{
  GListModel *alarms = sm_ops_get_alarms (self->ops);

  if (window_shows (self, "Pending: not yet with the service")
      || window_shows (self, "waits to be sent"))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (g_strcmp0 (sm_row_get_text (sm_item_get_row (item), SM_ALARM_NOTE), "Driver called") == 0)
        return !sm_item_get_pending (item)
               && !sm_row_is_null (sm_item_get_row (item), SM_ALARM_ACKED_BY);
    }
  /* It was over when the service heard of it. */
  return g_list_model_get_n_items (sm_ops_get_conflicts (self->ops)) == 0;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *cache = NULL;
  g_autofree char *state = NULL;

  if (data == NULL && shared == NULL)
    shared = sm_test_service_start (demo);
  self->service = data != NULL ? sm_test_service_start (demo) : shared;
  self->dir = g_dir_make_tmp ("sm-test-live-XXXXXX", NULL);
  cache = g_build_filename (self->dir, "cache", NULL);
  state = g_build_filename (self->dir, "state", NULL);
  self->ops = sm_ops_new (sm_test_service_get_url (self->service), cache, state);
  self->window = sm_window_new (NULL, NULL);
  sm_window_set_ops (self->window, self->ops, sm_test_service_get_url (self->service));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  sm_ops_start (self->ops);
  run_until (self, is_live, 40, "the network on the wall");
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sm_ops_stop (self->ops);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->ops);
  if (self->service != shared)
    sm_test_service_free (self->service);
  sm_test_remove_tree (self->dir);
  g_free (self->dir);
}

static void
test_kill_and_recover (Fixture       *self,
                       gconstpointer  data)
{
  sm_test_service_kill (self->service);
  run_until (self, is_not_live, 15, "words and a map that say that nothing is live");
  g_assert_true (window_shows (self, "last known, not live"));
  sm_test_service_run (self->service);
  run_until (self, is_live, 60, "live again by itself");
  g_assert_false (window_shows (self, "Offline"));
}

/* The one that the list shows first: others may lie below what is in sight. */
static gint64
first_unacked (Fixture *self)
{
  GListModel *alarms = sm_ops_get_alarms (self->ops);
  g_autoptr (SmItem) first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) alarm = g_list_model_get_item (alarms, i);

      if (sm_fault_is_unacked (sm_item_get_row (alarm))
          && (first == NULL
              || sm_alarm_compare_urgency (self->ops, sm_item_get_row (alarm),
                                           sm_item_get_row (first)) < 0))
        g_set_object (&first, alarm);
    }
  g_assert_nonnull (first);
  return sm_item_get_id (first);
}

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sm_ops_acknowledge_finish (SM_OPS (source), result, &error));
  g_assert_no_error (error);
}

static void
test_pending (Fixture       *self,
              gconstpointer  data)
{
  run_until (self, has_alarm, 60, "an alarm");
  sm_test_service_kill (self->service);
  run_until (self, is_not_live, 15, "that nothing is live");
  self->alarm_id = first_unacked (self);
  sm_ops_acknowledge_async (self->ops, self->alarm_id, "Driver called", NULL, acknowledged_cb, NULL);
  run_until (self, is_pending, 30, "that the acknowledgement is pending");
  sm_test_service_run (self->service);
  run_until (self, is_sent, 60, "that the acknowledgement was sent");
}

static gboolean
has_station_panel (Fixture *self)
{
  return sm_window_describe_missing (self->window) == NULL && window_shows (self, "Connection");
}

/* Who is signed in is said, as long as somebody is. */
static void
test_person (Fixture       *self,
             gconstpointer  data)
{
  const char *person = sm_ops_get_person (self->ops);

  g_assert_nonnull (person);
  g_assert_true (window_shows (self, person));
}

static void
test_deep_link (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (SmItem) station = g_list_model_get_item (sm_ops_get_stations (self->ops), 0);
  g_autofree char *sn
      = g_strdup (sm_row_get_text (sm_item_get_row (station), SM_STATION_SN));
  g_autofree char *escaped = g_uri_escape_string (sn, NULL, TRUE);
  g_autofree char *link = g_strconcat ("stationmaster:station/", escaped, NULL);

  g_assert_true (sm_window_open_link (self->window, link));
  run_until (self, has_station_panel, 20, "the station's panel");
  g_assert_true (window_shows (self, sn));
  /* Back from elsewhere it is open again. */
  g_assert_true (sm_window_open_link (self->window, "stationmaster:vehicles"));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.back", NULL);
  run_until (self, has_station_panel, 20, "the station's panel again");
  g_assert_true (window_shows (self, sn));
  g_assert_true (sm_page_go_back (sm_window_get_page (self->window)));
}

static gboolean
has_vehicle_panel (Fixture *self)
{
  return sm_window_describe_missing (self->window) == NULL && window_shows (self, "km/\u2060h")
         && window_shows (self, "Pack temperature") && window_shows (self, "Fleet");
}

static void
test_vehicle_panel (Fixture       *self,
                    gconstpointer  data)
{
  gint64 id = sm_fleet_get_columns (sm_ops_get_fleet (self->ops))->id[0];

  g_assert_true (sm_page_open (sm_window_get_page (self->window), SM_NOUN_VEHICLE, id));
  run_until (self, has_vehicle_panel, 20, "the vehicle's panel");
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GPtrArray **) user_data = sm_ops_find_finish (SM_OPS (source), result, NULL);
}

static void
test_link_by_plate (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = NULL;
  const char *plate;
  g_autofree char *escaped = NULL, *link = NULL;

  sm_ops_find_async (self->ops, sm_noun_get (SM_NOUN_VEHICLE), "", NULL, found_cb, &rows);
  while (rows == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (rows->len, >, 0);
  plate = sm_row_get_text (g_ptr_array_index (rows, 0), SM_VEHICLE_PLATE);
  escaped = g_uri_escape_string (plate, NULL, TRUE);
  link = g_strconcat ("stationmaster:vehicle/", escaped, NULL);
  g_assert_true (sm_window_open_link (self->window, link));
  run_until (self, has_vehicle_panel, 20, "the vehicle's panel");
  g_assert_true (window_shows (self, plate));
}

static gboolean
says_no_vehicle (Fixture *self)
{
  return window_shows (self, "No vehicle here has the plate “NO <b>1</b>”");
}

static gboolean
says_no_station (Fixture *self)
{
  return window_shows (self, "No station here has the serial number “-1”");
}

static gboolean
says_no_alarm (Fixture *self)
{
  return window_shows (self, "There is no open alarm with the number “999999999”");
}

/* What is not there is said, and nothing waits for it. */
static void
test_link_to_nothing (Fixture       *self,
                      gconstpointer  data)
{
  g_assert_true (sm_window_open_link (self->window, "stationmaster:vehicle/NO%20%3Cb%3E1%3C%2Fb%3E"));
  run_until (self, says_no_vehicle, 20, "that there is no such vehicle");
  g_assert_true (sm_window_open_link (self->window, "stationmaster:station/-1"));
  run_until (self, says_no_station, 20, "that there is no such station");
  g_assert_true (sm_window_open_link (self->window, "stationmaster:alarm/999999999"));
  run_until (self, says_no_alarm, 20, "that there is no such alarm");
  gtk_widget_activate_action (GTK_WIDGET (sm_window_get_page (self->window)), "wall.dismiss-link",
                              NULL);
  g_assert_false (window_shows (self, "There is no open alarm with the number “999999999”"));
}

static gboolean
says_wrong (Fixture *self)
{
  return window_shows (self, "The name or the password is wrong. Check both and try again.");
}

static void
test_wrong_password (Fixture       *self,
                     gconstpointer  data)
{
  sm_window_sign_in (self->window, "nobody", "wrong");
  run_until (self, says_wrong, 30, "that name or password is wrong");
  g_assert_true (window_shows (self, "Sign in"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
#define ADD_KILLED(path, func) g_test_add (path, Fixture, "killed", set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  int result;

  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();

  ADD_KILLED ("/app/kill-and-recover", test_kill_and_recover);
  ADD_KILLED ("/app/acknowledge/pending", test_pending);
  ADD ("/app/shell/says-who-is-signed-in", test_person);
  ADD ("/app/deep-link/station", test_deep_link);
  ADD ("/app/deep-link/vehicle-by-plate", test_link_by_plate);
  ADD ("/app/deep-link/to-nothing-says-so", test_link_to_nothing);
  ADD ("/app/vehicle-panel/shows-live-values", test_vehicle_panel);
  ADD ("/app/sign-in/wrong-password", test_wrong_password);
  result = g_test_run ();
  g_clear_pointer (&shared, sm_test_service_free);
  return result;
}
