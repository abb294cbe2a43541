/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-application.h"

#include "sm-availability-view.h"
#include "sm-connection-preferences.h"
#include "sm-diagnostics.h"
#include "sm-drill-marks.h"
#include "sm-i18n.h"
#include "sm-loop-watch.h"
#include "sm-preferences.h"
#include "sm-prober.h"
#include "sm-pictures.h"
#include "sm-screenshot.h"
#include "sm-settings.h"
#include "sm-shortcuts.h"
#include "sm-style.h"
#include "sm-text-scale.h"
#include "sm-wall-runner.h"

#include <glib/gi18n-lib.h>

#define PICTURE_TIMEOUT_S 60
#define MOST_TRIES 40 /* of a picture whose widgets are laid out anew just then */

struct _SmApplication
{
  AdwApplication parent_instance;

  const SmOptions *options; /* main()'s: they outlive us */
  GSettings *settings;
  SmOps *ops;
  SmProber *prober;   /* (nullable): beside ops, for the same service */
  SmWindow *window;   /* of a wall the first, which may be hidden */
  SmWallRunner *wall; /* NULL: this is none */
  SmDiagnostics *diagnostics; /* (nullable): while it is open */
  guint tries;
  int exit_status;
};

G_DEFINE_FINAL_TYPE (SmApplication, sm_application, ADW_TYPE_APPLICATION)

static void
apply_color_scheme (SmApplication *self)
{
  g_autofree char *scheme = NULL;
  AdwColorScheme wanted = ADW_COLOR_SCHEME_DEFAULT;

  if (self->settings == NULL)
    return;
  scheme = g_settings_get_string (self->settings, "color-scheme");
  if (g_str_equal (scheme, "dark"))
    wanted = ADW_COLOR_SCHEME_FORCE_DARK;
  else if (g_str_equal (scheme, "light"))
    wanted = ADW_COLOR_SCHEME_FORCE_LIGHT;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), wanted);
}

static void
make_ops (SmApplication *self,
          const char    *server)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "stationmaster", NULL);
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "stationmaster", NULL);

  if (self->ops != NULL)
    sm_ops_stop (self->ops);
  g_clear_object (&self->ops);
  self->ops = sm_ops_new (server, cache, state);
  sm_drill_marks_follow (self->ops);
  sm_ops_set_keeps_sign_in (self->ops, self->options->password == NULL && self->settings != NULL
                                           && g_settings_get_boolean (self->settings,
                                                                      "keep-sign-in"));
}

static void show_network (SmApplication *self,
                          const char    *server);

/* One picture is over before there is anything to measure; a list of them is not. */
static void
probe (SmApplication *self,
       const char    *server)
{
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "stationmaster", NULL);

  g_clear_pointer (&self->prober, sm_prober_free);
  if (self->options->screenshot == NULL
      || g_str_has_suffix (self->options->screenshot, ".pictures"))
    self->prober = sm_prober_new (server, state);
}

static void
diagnostics_gone_cb (SmApplication *self)
{
  self->diagnostics = NULL;
}

/* Nothing may cover a wall. */
static void
show_diagnostics (SmApplication *self)
{
  const SmOptions *options = self->options;

  if (self->window == NULL || options->is_wall)
    return;
  if (self->diagnostics == NULL)
    {
      self->diagnostics = SM_DIAGNOSTICS (
          sm_diagnostics_new (GTK_WINDOW (self->window), self->ops, self->settings));
      g_signal_connect_object (self->diagnostics, "destroy", G_CALLBACK (diagnostics_gone_cb), self,
                               G_CONNECT_SWAPPED);
      if (options->screenshot != NULL)
        gtk_widget_set_size_request (sm_diagnostics_get_content (self->diagnostics),
                                     options->width, options->height);
    }
  gtk_window_present (GTK_WINDOW (self->diagnostics));
}

static void
follow_server (SmApplication *self,
               const char    *server)
{
  if (self->diagnostics != NULL)
    gtk_window_destroy (GTK_WINDOW (self->diagnostics));
  make_ops (self, server);
  show_network (self, server);
  sm_ops_start (self->ops);
  probe (self, server);
}

/* Returns: (transfer full): the service to follow, "" for none */
static char *
dup_server (SmApplication *self)
{
  if (self->options->server != NULL)
    return g_strdup (self->options->server);
  return self->settings != NULL ? g_settings_get_string (self->settings, "server-url")
                                : g_strdup ("");
}

static void take_picture (SmApplication *self);

static void
picture_ready_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (SmApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!sm_screenshot_wait_finish (result, &error)
      || !sm_screenshot_write (self->diagnostics != NULL
                                   ? sm_diagnostics_get_content (self->diagnostics)
                                   : sm_window_get_content (self->window),
                               self->options->width,
                               self->options->height, self->options->screenshot, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY) && ++self->tries < MOST_TRIES)
        {
          take_picture (self);
          return;
        }
      g_printerr ("stationmaster: %s\n", error->message);
      self->exit_status = 1;
    }
  g_application_quit (G_APPLICATION (self));
}

static void
pictures_ready_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (SmApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!sm_pictures_run_finish (result, &error))
    {
      g_printerr ("stationmaster: %s\n", error->message);
      self->exit_status = 1;
    }
  g_application_quit (G_APPLICATION (self));
}

static const char *
describe_missing (gpointer user_data)
{
  SmApplication *self = user_data;

  if (self->diagnostics != NULL && sm_diagnostics_describe_missing (self->diagnostics) != NULL)
    return sm_diagnostics_describe_missing (self->diagnostics);
  return sm_window_describe_missing (self->window);
}

static void
take_picture (SmApplication *self)
{
  sm_screenshot_wait_async (describe_missing, self, PICTURE_TIMEOUT_S, picture_ready_cb,
                            g_object_ref (self));
}

/* Whoever looks has now seen what is in the lists. */
static void
painted_cb (SmApplication *self)
{
  if (self->ops != NULL)
    sm_ops_painted (self->ops);
}

/* All of a frame is GTK's: nobody here has a tick in its update, which is where GTK
 * finds the styles of what changed.  A frame of Wayland may be over only after several
 * turns of the main loop, for the compositor freezes its clock: it goes on with the
 * phase where it was, so that each of them may be the first of a turn. */
static void
watch_frames (GtkWidget     *window,
              SmApplication *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  static const char *const phases[] = { "before-paint", "update", "layout", "paint" };

  for (gsize i = 0; clock != NULL && i < G_N_ELEMENTS (phases); i++)
    g_signal_connect (clock, phases[i], G_CALLBACK (sm_loop_watch_paint_near), NULL);
  if (clock != NULL)
    {
      g_signal_connect (clock, "after-paint", G_CALLBACK (sm_loop_watch_paint_ended), NULL);
      g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static SmWindow *
make_window (gpointer user_data)
{
  SmApplication *self = SM_APPLICATION (user_data);
  SmWindow *window = sm_window_new (GTK_APPLICATION (self), self->settings);

  g_signal_connect_object (window, "realize", G_CALLBACK (watch_frames), self, 0);
  if (self->options->screenshot != NULL)
    sm_window_set_picture_size (window, self->options->width, self->options->height);
  g_signal_connect_object (window, "server-wanted", G_CALLBACK (follow_server), self,
                           G_CONNECT_SWAPPED);
  return window;
}

/* A wall is there as a whole or not at all: who closes one of its windows ends it. */
static gboolean
wall_closed_cb (SmApplication *self)
{
  g_application_quit (G_APPLICATION (self));
  return TRUE;
}

static SmWindow *
make_wall_window (gpointer user_data)
{
  SmWindow *window = make_window (user_data);

  g_signal_connect_object (window, "close-request", G_CALLBACK (wall_closed_cb), user_data,
                           G_CONNECT_SWAPPED);
  return window;
}

static void
prepare_windows (SmApplication *self)
{
  const SmOptions *options = self->options;

  if (options->screenshot != NULL)
    sm_style_set_scale (gtk_settings_get_default (),
                        sm_text_scale_for (options, self->settings, options->width,
                                           options->height, 0));
  if (options->is_wall)
    {
      /* With every monitor unplugged there is no window to see, and one comes back. */
      g_application_hold (G_APPLICATION (self));
      self->wall = sm_wall_runner_new (GTK_APPLICATION (self), self->settings, options,
                                       make_wall_window, self);
      self->window = sm_wall_get_window (sm_wall_runner_get_wall (self->wall), 0);
      return;
    }
  self->window = make_window (self);
  if (options->screenshot == NULL && g_strcmp0 (g_getenv ("GDK_BACKEND"), "broadway") == 0)
    gtk_window_maximize (GTK_WINDOW (self->window));
}

/* Shows the network that is followed, wherever it is shown. */
static void
show_network (SmApplication *self,
              const char    *server)
{
  if (self->wall != NULL)
    sm_wall_runner_set_ops (self->wall, self->ops, server);
  else
    sm_window_set_ops (self->window, self->ops, server);
}

static void
start_following (SmApplication *self)
{
  const SmOptions *options = self->options;
  g_autofree char *server = dup_server (self);

  if (self->ops != NULL)
    show_network (self, server);
  else if (server[0] != '\0')
    follow_server (self, server);
  if (self->ops != NULL && self->wall == NULL && options->user != NULL
      && options->password != NULL)
    sm_window_sign_in (self->window, options->user, options->password);
  if (g_strcmp0 (options->page, "diagnostics") == 0)
    show_diagnostics (self);
  else if (options->page != NULL && self->ops != NULL && self->window != NULL
           && !sm_window_show_page (self->window, options->page))
    {
      g_printerr (_("stationmaster: there is no page “%s”\n"), options->page);
      self->exit_status = 1;
      g_application_quit (G_APPLICATION (self));
    }
}

static void
sm_application_activate (GApplication *application)
{
  SmApplication *self = SM_APPLICATION (application);

  if (self->window == NULL && self->wall == NULL)
    {
      prepare_windows (self);
      if (self->wall == NULL || self->options->screenshot != NULL)
        gtk_window_present (GTK_WINDOW (self->window));
      start_following (self);
      if (self->options->screenshot != NULL
          && g_str_has_suffix (self->options->screenshot, SM_PICTURES_SUFFIX))
        sm_pictures_run_async (self->window, self->options->screenshot, pictures_ready_cb,
                               g_object_ref (self));
      else if (self->options->screenshot != NULL)
        take_picture (self);
    }
  if (self->wall == NULL)
    gtk_window_present (GTK_WINDOW (self->window));
}

static void
sm_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  SmApplication *self = SM_APPLICATION (application);
  g_autofree char *link = n_files > 0 ? g_file_get_uri (files[0]) : NULL;

  g_application_activate (application);
  if (link != NULL && self->wall == NULL)
    sm_window_open_link (self->window, link);
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  SmApplication *self = SM_APPLICATION (user_data);
  SmLoopWatch watch = sm_loop_watch_get ();
  g_autofree char *diagnostics = g_strdup_printf (
      "Stationmaster %s\nlongest callback of the main loop: %.1f ms (%s)\ncallbacks: "
      "%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT " of them over %d ms\nlongest frame: %.1f ms\n",
      SM_VERSION, watch.longest_us / 1000.0, watch.longest, watch.callbacks, watch.over_limit,
      SM_LOOP_WATCH_LIMIT_US / 1000, watch.longest_frame_us / 1000.0);

  adw_show_about_window (GTK_WINDOW (self->window), "application-name", "Stationmaster",
                         "application-icon", SM_APP_ID, "version", SM_VERSION, "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _("Control centre for battery-swap and charging networks"), "debug-info", diagnostics, NULL);
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  SmApplication *self = SM_APPLICATION (user_data);

  if (self->window != NULL && self->settings != NULL)
    sm_preferences_show (GTK_WINDOW (self->window), self->settings,
                         self->ops != NULL ? sm_ops_get_kept (self->ops) : SM_KEPT_UNKNOWN);
}

/* Nothing opens over a wall. */
static void
availability_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  SmApplication *self = SM_APPLICATION (user_data);

  if (self->window != NULL && self->prober != NULL && !self->options->is_wall)
    sm_availability_show (GTK_WINDOW (self->window), sm_prober_get_availability (self->prober));
}

static void
diagnostics_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  show_diagnostics (SM_APPLICATION (user_data));
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  SmApplication *self = SM_APPLICATION (user_data);

  if (self->wall != NULL)
    g_application_quit (G_APPLICATION (self));
  else
    gtk_window_close (GTK_WINDOW (self->window));
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  SmApplication *self = SM_APPLICATION (user_data);

  if (self->window != NULL && !self->options->is_wall)
    sm_shortcuts_show (self->window);
}

/* What was kept goes at once; to be kept it has to be signed in anew. */
static void
keep_changed_cb (SmApplication *self)
{
  if (self->ops != NULL && !g_settings_get_boolean (self->settings, "keep-sign-in"))
    sm_ops_stop_keeping (self->ops);
}

static void
sm_application_startup (GApplication *application)
{
  SmApplication *self = SM_APPLICATION (application);
  const GActionEntry entries[] = {
    { .name = "about", .activate = about_action },
    { .name = "availability", .activate = availability_action },
    { .name = "preferences", .activate = preferences_action },
    { .name = "diagnostics", .activate = diagnostics_action },
    { .name = "shortcuts", .activate = shortcuts_action },
    { .name = "quit", .activate = quit_action },
  };

  g_autofree char *server = NULL;

  self->settings = sm_settings_new ();
  if (self->settings != NULL && self->options->ca_file == NULL)
    sm_connection_preferences_apply (self->settings);
  server = dup_server (self);
  /* What the cache holds is read while the window is made.  Not with somebody to be
   * signed in by name: that is asked for with the window, and would come too late. */
  if (server[0] != '\0' && self->options->password == NULL)
    {
      make_ops (self, server);
      sm_ops_start (self->ops);
      probe (self, server);
    }
  sm_style_init ();
  g_application_set_resource_base_path (application, "/io/github/stationmaster/Stationmaster");
  G_APPLICATION_CLASS (sm_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (SM_APP_ID);
  sm_style_use_fonts (gtk_settings_get_default (), sm_i18n_language ());
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  sm_shortcuts_set_accels (GTK_APPLICATION (self));
  if (self->settings != NULL)
    {
      g_autoptr (GAction) scheme = g_settings_create_action (self->settings, "color-scheme");

      g_action_map_add_action (G_ACTION_MAP (self), scheme);
      g_signal_connect_object (self->settings, "changed::color-scheme",
                               G_CALLBACK (apply_color_scheme), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->settings, "changed::keep-sign-in",
                               G_CALLBACK (keep_changed_cb), self, G_CONNECT_SWAPPED);
      apply_color_scheme (self);
    }
}

static void
sm_application_shutdown (GApplication *application)
{
  SmApplication *self = SM_APPLICATION (application);

  if (self->diagnostics != NULL)
    gtk_window_destroy (GTK_WINDOW (self->diagnostics));
  if (self->window != NULL && self->wall == NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  self->window = NULL;
  g_clear_pointer (&self->wall, sm_wall_runner_free);
  if (self->ops != NULL)
    sm_ops_stop (self->ops);
  g_clear_pointer (&self->prober, sm_prober_free);
  g_clear_object (&self->ops);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (sm_application_parent_class)->shutdown (application);
}

static void
sm_application_window_removed (GtkApplication *application,
                               GtkWindow      *window)
{
  SmApplication *self = SM_APPLICATION (application);

  if (GTK_WINDOW (self->window) == window)
    self->window = NULL;

  GTK_APPLICATION_CLASS (sm_application_parent_class)->window_removed (application, window);
}

static void
sm_application_class_init (SmApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = sm_application_activate;
  application_class->open = sm_application_open;
  application_class->startup = sm_application_startup;
  application_class->shutdown = sm_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_removed = sm_application_window_removed;
}

static void
sm_application_init (SmApplication *self)
{
}

/**
 * sm_application_new:
 * @options: kept; has to live as long as the application
 */
SmApplication *
sm_application_new (const SmOptions *options)
{
  /* What names its own service or output must not end up in a window that is
   * open already. */
  gboolean is_alone = options->server != NULL || options->screenshot != NULL || options->is_wall;
  SmApplication *self
      = g_object_new (SM_TYPE_APPLICATION, "application-id", SM_APP_ID, "flags",
                      G_APPLICATION_HANDLES_OPEN | (is_alone ? G_APPLICATION_NON_UNIQUE : 0), NULL);

  self->options = options;
  return self;
}

/** sm_application_get_exit_status: Returns: what main() is to return */
int
sm_application_get_exit_status (SmApplication *self)
{
  g_return_val_if_fail (SM_IS_APPLICATION (self), 1);

  return self->exit_status;
}

/** sm_application_get_window: Returns: (transfer none) (nullable): the window */
SmWindow *
sm_application_get_window (SmApplication *self)
{
  g_return_val_if_fail (SM_IS_APPLICATION (self), NULL);

  return self->window;
}

/** sm_application_get_ops: Returns: (transfer none) (nullable): what the window shows */
SmOps *
sm_application_get_ops (SmApplication *self)
{
  g_return_val_if_fail (SM_IS_APPLICATION (self), NULL);

  return self->ops;
}
