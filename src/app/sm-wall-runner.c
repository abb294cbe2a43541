/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-runner.h"

#include "sm-shortcuts.h"
#include "sm-style.h"
#include "sm-text-scale.h"
#include "sm-ticker.h"
#include "sm-wall-account.h"
#include "sm-window-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* So long the wall says at its start that its screen may go dark. */
#define NOTICE_US (60 * G_USEC_PER_SEC)
/* On a window: that its screen stays lit. */
#define COOKIE "sm-wall-lit"

struct _SmWallRunner
{
  GtkApplication *application; /* ours longer than we are */
  GSettings *settings;
  const SmOptions *options;
  SmWall *wall;
  SmTicker *ticker;
  SmWallAccount *account; /* NULL: somebody signs in, or nobody has to */
  GtkCssProvider *sizes;  /* of the text on each monitor */
  gint64 notice_until_us; /* 0: none */
};

static void
tick_cb (gpointer listener)
{
  SmWallRunner *self = listener;
  g_autoptr (GDateTime) here = g_date_time_new_now_local ();
  gint64 now = g_get_monotonic_time ();

  sm_wall_tick (self->wall, now,
                g_date_time_get_hour (here) * 60 + g_date_time_get_minute (here));
  if (self->account != NULL)
    sm_wall_account_tick (self->account, now);
  if (self->notice_until_us == 0 || now < self->notice_until_us || sm_wall_get_n (self->wall) == 0)
    return;
  self->notice_until_us = 0;
  sm_window_say (sm_wall_get_window (self->wall, 0), NULL, NULL);
}

static double
scale_of (SmWallRunner *self,
          GdkMonitor   *monitor)
{
  GdkRectangle place;

  gdk_monitor_get_geometry (monitor, &place);
  return sm_text_scale_for (self->options, self->settings, MAX (place.width, 1), place.height,
                            gdk_monitor_get_width_mm (monitor));
}

/* The display knows one size of text, the largest that a monitor needs; the
 * others have a share of it. */
static void
size_text (SmWallRunner *self)
{
  g_autoptr (GString) css = g_string_new (NULL);
  double largest = 1;

  for (guint i = 0; i < sm_wall_get_n (self->wall); i++)
    if (sm_wall_get_monitor (self->wall, i) != NULL)
      largest = fmax (largest, scale_of (self, sm_wall_get_monitor (self->wall, i)));
  sm_style_set_scale (gtk_settings_get_default (), largest);
  for (guint i = 0; i < sm_wall_get_n (self->wall); i++)
    {
      GdkMonitor *monitor = sm_wall_get_monitor (self->wall, i);
      g_autofree char *name = g_strdup_printf ("monitor-%u", i);

      if (monitor == NULL)
        continue;
      g_string_append_printf (css, "window.wall.%s { font-size: %d%%; }\n", name,
                              (int) lround (100 * scale_of (self, monitor) / largest));
      gtk_widget_add_css_class (GTK_WIDGET (sm_wall_get_window (self->wall, i)), name);
    }
  gtk_css_provider_load_from_data (self->sizes, css->str, -1);
}

static void
let_go_dark (SmWallRunner *self,
             GObject      *window)
{
  guint cookie = GPOINTER_TO_UINT (g_object_get_data (window, COOKIE));

  if (cookie != 0)
    gtk_application_uninhibit (self->application, cookie);
  g_object_set_data (window, COOKIE, NULL);
}

/* Where a display keeps a screen lit, it does so for a window that is on it: each has its own.
 * Not everywhere can a program do that; then people have to know. */
static void
keep_lit (SmWallRunner *self)
{
  gboolean is_lit = TRUE;

  for (guint i = 0; i < sm_wall_get_n (self->wall); i++)
    {
      GObject *window = G_OBJECT (sm_wall_get_window (self->wall, i));
      guint cookie;

      let_go_dark (self, window);
      if (!sm_wall_is_plugged (self->wall, i))
        continue;
      cookie = gtk_application_inhibit (self->application, GTK_WINDOW (window),
                                        GTK_APPLICATION_INHIBIT_IDLE,
                                        _("The wall is being watched"));
      g_object_set_data (window, COOKIE, GUINT_TO_POINTER (cookie));
      is_lit = is_lit && cookie != 0;
    }
  if (is_lit || self->notice_until_us != 0)
    return;
  g_message ("this session offers no way to keep the screen from going dark: "
             "switch blanking off in its settings");
  sm_window_say (sm_wall_get_window (self->wall, 0),
                 _("The screen may go dark: this session offers no way to prevent it"),
                 _("Switch blanking and screen locking off in the settings of the system."));
  self->notice_until_us = g_get_monotonic_time () + NOTICE_US;
}

static void
monitors_changed_cb (SmWallRunner *self)
{
  size_text (self);
  keep_lit (self);
  g_message ("a wall of %u monitors",
             g_list_model_get_n_items (gdk_display_get_monitors (gdk_display_get_default ())));
}

static void
pause_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  sm_wall_pause (((SmWallRunner *) user_data)->wall);
}

static void
next_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  sm_wall_step (((SmWallRunner *) user_data)->wall, 1);
}

static void
previous_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  sm_wall_step (((SmWallRunner *) user_data)->wall, -1);
}

/* The keys of a wall; and no dialogs. */
static void
set_actions (SmWallRunner *self)
{
  const GActionEntry entries[] = {
    { .name = "wall-pause", .activate = pause_action },
    { .name = "wall-next", .activate = next_action },
    { .name = "wall-previous", .activate = previous_action },
  };
  static const char *const dialogs[] = { "about", "preferences" };

  g_action_map_add_action_entries (G_ACTION_MAP (self->application), entries,
                                   G_N_ELEMENTS (entries), self);
  sm_shortcuts_set_wall_accels (self->application);
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), dialogs[i]);
}

static void
follow_monitors (SmWallRunner *self)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());

  self->sizes = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (self->sizes),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  g_signal_connect_data (monitors, "items-changed", G_CALLBACK (monitors_changed_cb), self, NULL,
                         G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  if (self->settings != NULL)
    g_signal_connect_swapped (self->settings, "changed::wall-distance", G_CALLBACK (size_text),
                              self);
}

/**
 * sm_wall_runner_new:
 * @settings: (nullable): what is remembered
 * @options: have to live longer
 * @make: makes a window
 */
SmWallRunner *
sm_wall_runner_new (GtkApplication   *application,
                    GSettings        *settings,
                    const SmOptions  *options,
                    SmWallMakeWindow  make,
                    gpointer          user_data)
{
  SmWallRunner *self = g_new0 (SmWallRunner, 1);
  gboolean is_picture = options->screenshot != NULL;

  self->application = application;
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->options = options;
  self->wall = sm_wall_new (settings,
                            is_picture ? NULL
                                       : gdk_display_get_monitors (gdk_display_get_default ()),
                            make, user_data);
  sm_wall_set_link (self->wall, options->link);
  if (options->user != NULL && options->password != NULL)
    {
      self->account = sm_wall_account_new (options->user, options->password);
      for (guint i = 0; i < sm_wall_get_n (self->wall); i++)
        sm_window_set_asks (sm_wall_get_window (self->wall, i), FALSE);
    }
  if (!is_picture)
    {
      follow_monitors (self);
      set_actions (self);
      monitors_changed_cb (self);
    }
  self->ticker = g_object_ref (sm_ticker_for_display (gdk_display_get_default ()));
  sm_ticker_listen (self->ticker, tick_cb, self);
  tick_cb (self);
  return self;
}

void
sm_wall_runner_free (SmWallRunner *self)
{
  sm_ticker_leave (self->ticker, tick_cb, self);
  g_object_unref (self->ticker);
  g_signal_handlers_disconnect_by_data (gdk_display_get_monitors (gdk_display_get_default ()),
                                        self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  for (guint i = 0; i < sm_wall_get_n (self->wall); i++)
    let_go_dark (self, G_OBJECT (sm_wall_get_window (self->wall, i)));
  g_clear_pointer (&self->account, sm_wall_account_free);
  g_clear_object (&self->wall);
  g_clear_object (&self->sizes);
  g_clear_object (&self->settings);
  g_free (self);
}

/** sm_wall_runner_set_ops: Shows that network, and signs in there if the wall has an account. */
void
sm_wall_runner_set_ops (SmWallRunner *self,
                        SmOps        *ops,
                        const char   *server)
{
  sm_wall_set_ops (self->wall, ops, server);
  if (self->account != NULL)
    sm_wall_account_set_ops (self->account, ops);
}

SmWall *
sm_wall_runner_get_wall (SmWallRunner *self)
{
  return self->wall;
}
