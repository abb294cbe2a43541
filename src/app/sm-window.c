/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-window-private.h"

#include "sm-fit-box.h"
#include "sm-guide-editor.h"
#include "sm-map-preferences.h"
#include "sm-status-words.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-toast-errors.h"
#include "sm-truck-dialog.h"
#include "sm-work-order-wish-dialog.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (SmWindow, sm_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  SIGNAL_SERVER_WANTED,
} Signal;
static guint signals[SIGNAL_SERVER_WANTED + 1];

/* Above everything else, on every page and monitor, as long as it is one. */
static void
show_drill (SmWindow   *self,
            const char *title)
{
  g_autofree char *clean = title != NULL ? sm_text_clean (title) : NULL;
  gboolean is_news = gtk_widget_get_visible (self->drill_strip) != (title != NULL);

  gtk_widget_set_visible (self->drill_strip, title != NULL);
  /* A drill's network is called after it, for programs that show a name alone. */
  gtk_widget_set_visible (self->network_label, title == NULL);
  gtk_label_set_text (GTK_LABEL (self->drill_title), clean != NULL ? clean : "");
  if (is_news)
    sm_window_show_navigation (self);
}

static void
show_status (SmWindow *self)
{
  SmStatus *status = self->ops != NULL ? sm_ops_get_status (self->ops) : NULL;
  g_autofree char *network = NULL;
  g_autofree char *words = NULL;
  g_autofree char *date = NULL;
  g_autofree char *clock = NULL;

  gtk_widget_set_visible (self->freshness_box, status != NULL);
  if (status == NULL)
    return;
  network = sm_text_clean (sm_status_get_network_name (status));
  /* The ages stand beside it on a wall. */
  words = self->is_wall && sm_status_is_live (status) ? g_strdup (_("Live"))
                                                      : sm_status_words (status);
  date = sm_status_format_date (status);
  clock = sm_status_format_clock (status);
  gtk_label_set_text (GTK_LABEL (self->network_label), network);
  gtk_widget_set_visible (self->simulated_tag, sm_status_get_simulated (status));
  show_drill (self, sm_status_get_drill (status));
  gtk_label_set_text (GTK_LABEL (self->freshness_label), words);
  gtk_label_set_text (GTK_LABEL (self->date_label), date);
  gtk_label_set_text (GTK_LABEL (self->clock_label), clock);
  if (self->is_wall)
    sm_wall_channels_show (self->channels, status);
  sm_style_set_class (self->freshness_box, "live", sm_status_is_live (status));
  sm_style_set_class (self->freshness_box, "not-live", !sm_status_is_live (status));
}

/* As whom acknowledgements are made, also while the service is away, and what they may see. */
static void
show_person (SmWindow *self)
{
  const char *person = sm_ops_get_person (self->ops);
  g_autofree char *name = person != NULL ? sm_text_clean (person) : NULL;

  gtk_label_set_text (GTK_LABEL (self->person_label), name != NULL ? name : "");
  gtk_widget_set_visible (self->person_label, name != NULL && !self->is_wall);
  sm_window_check_shown (self);
  sm_window_show_navigation (self);
}

static void
show_kept (SmWindow *self)
{
  sm_sign_in_set_kept (self->sign_in, sm_ops_get_kept (self->ops));
}

/* The sign-in only takes the window while there is nothing to show: who is
 * signed out keeps what was cached, with a line that says so. */
static void
status_cb (SmWindow *self)
{
  const SmFigureValues *values = sm_figures_get_values (sm_ops_get_figures (self->ops));
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));
  gboolean is_empty = values->stations == 0 && values->vehicles == 0;

  if (state == SM_STATUS_SIGNED_OUT && is_empty && self->asks)
    {
      if (g_strcmp0 (gtk_stack_get_visible_child_name (self->main_stack), "sign-in") != 0)
        {
          gtk_stack_set_visible_child_name (self->main_stack, "sign-in");
          gtk_widget_grab_focus (GTK_WIDGET (self->sign_in));
          self->asks_by_itself = TRUE;
        }
    }
  else if (state != SM_STATUS_SIGNED_OUT && self->asks_by_itself)
    {
      gtk_stack_set_visible_child_name (self->main_stack, "pages");
      sm_window_focus_page (self);
      self->asks_by_itself = FALSE;
    }
  show_status (self);
  sm_window_show_banner (self);
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SmWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_signed_in = sm_ops_sign_in_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sm_sign_in_set_busy (self->sign_in, FALSE);
  if (is_signed_in)
    {
      sm_sign_in_set_problem (self->sign_in, NULL);
      gtk_stack_set_visible_child_name (self->main_stack, "pages");
      sm_window_focus_page (self);
    }
  else
    {
      g_autofree char *sentence = sm_error_sentence (error);

      sm_sign_in_set_problem (self->sign_in, sentence);
      if (self->asks)
        gtk_stack_set_visible_child_name (self->main_stack, "sign-in");
    }
}

static void
submit_cb (SmWindow   *self,
           const char *server,
           const char *name,
           const char *password)
{
  if (self->ops == NULL || g_strcmp0 (server, self->server) != 0)
    g_signal_emit (self, signals[SIGNAL_SERVER_WANTED], 0, server);
  if (self->ops != NULL)
    sm_window_sign_in (self, name, password);
}

/* The menu has it, too. */
static void
freshness_clicked_cb (SmWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.availability", NULL);
}

static void
sign_in_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SmWindow *self = SM_WINDOW (widget);

  gtk_stack_set_visible_child_name (self->main_stack, "sign-in");
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_in));
}

static void
sign_out_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  SmWindow *self = SM_WINDOW (widget);

  if (self->ops == NULL)
    return;
  sm_ops_sign_out (self->ops);
  sign_in_action (widget, name, parameter);
}

static void
open_alarm_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  SmWindow *self = SM_WINDOW (widget);

  if (self->wall_page == NULL)
    return;
  sm_window_show_page (self, "wall");
  sm_page_open (SM_PAGE (self->wall_page), SM_NOUN_ALARM, g_variant_get_int64 (parameter));
}

static void
fullscreen_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
save_state (SmWindow *self)
{
  int width = 0, height = 0;

  if (self->settings == NULL || self->is_wall || self->is_picture)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_boolean (self->settings, "window-fullscreen",
                          gtk_window_is_fullscreen (GTK_WINDOW (self)));
  if (width >= 640 && height >= 480)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  if (self->wall_page != NULL)
    {
      double latitude, longitude, zoom;

      sm_map_view_get_position (sm_wall_page_get_map (self->wall_page), &latitude, &longitude,
                                &zoom);
      g_settings_set (self->settings, "map-view", "(ddd)", latitude, longitude, zoom);
      g_settings_set_string (self->settings, "page",
                             gtk_stack_get_visible_child_name (self->pages));
      g_settings_set_boolean (
          self->settings, "show-sections",
          gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->sidebar_button)));
    }
}

static gboolean
sm_window_close_request (GtkWindow *window)
{
  save_state (SM_WINDOW (window));

  return GTK_WINDOW_CLASS (sm_window_parent_class)->close_request (window);
}

static void
tick_cb (gpointer listener)
{
  SmWindow *self = listener;

  show_status (self);
  if (self->notifier != NULL)
    sm_notifier_look (self->notifier);
}

static void
sm_window_map (GtkWidget *widget)
{
  SmWindow *self = SM_WINDOW (widget);

  GTK_WIDGET_CLASS (sm_window_parent_class)->map (widget);
  /* Where a link led before there was a window; else GTK chooses. */
  if (self->shown_link != NULL)
    sm_window_focus_page (self);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, tick_cb, self);
  show_status (self);
}

static void
sm_window_unmap (GtkWidget *widget)
{
  SmWindow *self = SM_WINDOW (widget);

  sm_ticker_leave (self->ticker, tick_cb, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_window_parent_class)->unmap (widget);
}

static void
sm_window_dispose (GObject *object)
{
  SmWindow *self = SM_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->notifier, sm_notifier_free);
  g_clear_object (&self->ops);
  g_clear_object (&self->views);
  g_clear_pointer (&self->trail, sm_trail_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->wanted_link, g_free);
  g_clear_pointer (&self->shown_link, g_free);

  G_OBJECT_CLASS (sm_window_parent_class)->dispose (object);
}

/* What is to be done about faults of one code is edited over whatever is looked at. */
static void
edit_guide_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  SmWindow *self = SM_WINDOW (widget);

  if (self->ops != NULL)
    sm_guide_editor_open (widget, self->ops, g_variant_get_string (parameter, NULL));
}

/* So is what a thing that is looked at needs: its page shows the order then. */
static void
new_work_order_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  SmWindow *self = SM_WINDOW (widget);
  const SmNoun *noun;
  const char *noun_name;
  gint64 id;

  g_variant_get (parameter, "(&sx)", &noun_name, &id);
  noun = sm_noun_by_name (noun_name);
  if (self->ops != NULL && gtk_stack_get_visible_child (self->pages) != NULL)
    sm_work_order_wish_ask (gtk_stack_get_visible_child (self->pages), self->ops,
                            noun != NULL ? noun->id : SM_N_NOUNS, id);
}

static void
trucks_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SmWindow *self = SM_WINDOW (widget);

  if (self->ops != NULL)
    sm_truck_dialog_open (widget, self->ops, g_variant_get_int64 (parameter));
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_action);
  gtk_widget_class_install_action (widget_class, "win.open-alarm", "x", open_alarm_action);
  gtk_widget_class_install_action (widget_class, "win.edit-guide", "s", edit_guide_action);
  gtk_widget_class_install_action (widget_class, "win.new-work-order", "(sx)",
                                   new_work_order_action);
  gtk_widget_class_install_action (widget_class, "win.trucks", "x", trucks_action);
  gtk_widget_class_install_action (widget_class, "win.fullscreen", NULL, fullscreen_action);
  sm_window_install_navigation (widget_class);
  sm_window_install_wall (widget_class);
}

static void
sm_window_class_init (SmWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_window_dispose;
  widget_class->map = sm_window_map;
  widget_class->unmap = sm_window_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = sm_window_close_request;

  signals[SIGNAL_SERVER_WANTED]
      = g_signal_new ("server-wanted", SM_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (SM_TYPE_ALARM_BAR);
  g_type_ensure (SM_TYPE_FIT_BOX);
  g_type_ensure (SM_TYPE_SEARCH_BOX);
  g_type_ensure (SM_TYPE_SIGN_IN);
  g_type_ensure (SM_TYPE_STATUS_BANNER);
  g_type_ensure (SM_TYPE_WALL_BANNER);
  g_type_ensure (SM_TYPE_WALL_CHANNELS);
  g_type_ensure (SM_TYPE_WALL_FRAME);
  gtk_widget_class_set_template_from_resource (widget_class, SM_RESOURCE_PATH "app/sm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SmWindow, content);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, worst_banner);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, name_label);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, network_label);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, simulated_tag);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, drill_strip);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, drill_title);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, playlist_label);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, channels);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, freshness_box);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, freshness_label);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, date_label);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, clock_label);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, person_label);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, controls);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, sidebar_revealer);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, search_box);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, link_banner);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, main_stack);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, SmWindow, alarm_bar);
  gtk_widget_class_bind_template_callback (widget_class, freshness_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "section_cb",
                                                G_CALLBACK (sm_window_section_cb));
  gtk_widget_class_bind_template_callback (widget_class, sm_window_open_link);
  install_actions (widget_class);
}

static void
sm_window_init (SmWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->asks = TRUE;
  self->trail = sm_trail_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  sm_window_fill_sections (self);
}

SmWindow *
sm_window_new (GtkApplication *application,
               GSettings      *settings)
{
  SmWindow *self = g_object_new (SM_TYPE_WINDOW, "application", application, NULL);

  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->views = sm_view_state_new (settings, "views");
  if (settings == NULL)
    return self;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->sidebar_button),
                                g_settings_get_boolean (settings, "show-sections"));
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  if (g_settings_get_boolean (settings, "window-fullscreen"))
    gtk_window_fullscreen (GTK_WINDOW (self));
  return self;
}

static void
restore_map (SmWindow *self)
{
  SmMapView *map = sm_wall_page_get_map (self->wall_page);
  g_autoptr (GAction) borders = NULL;
  double latitude, longitude, zoom;

  if (self->settings == NULL)
    return;
  borders = g_settings_create_action (self->settings, "show-borders");
  g_action_map_add_action (G_ACTION_MAP (self), borders);
  g_settings_bind (self->settings, "show-borders", map, "show-borders", G_SETTINGS_BIND_GET);
  sm_map_preferences_follow (self->settings, map);
  g_settings_get (self->settings, "map-view", "(ddd)", &latitude, &longitude, &zoom);
  if (!self->is_wall)
    g_settings_bind (self->settings, "map-filter", sm_wall_page_get_filter (self->wall_page),
                     "query", G_SETTINGS_BIND_DEFAULT);
  if (zoom <= 0 || self->is_wall)
    return;
  sm_map_view_set_position (map, latitude, longitude, zoom);
  sm_wall_page_keep_position (self->wall_page);
}

/* The page of the last time, as far as there still is one of that name. */
static void
restore_page (SmWindow *self)
{
  g_autofree char *name
      = self->settings != NULL ? g_settings_get_string (self->settings, "page") : NULL;

  if (name != NULL && !self->is_wall && !self->is_picture)
    sm_window_show_page (self, name);
}

/**
 * sm_window_set_ops:
 * @ops: started or about to be
 * @server: whom it follows, for the sign-in
 */
void
sm_window_set_ops (SmWindow   *self,
                   SmOps      *ops,
                   const char *server)
{
  g_autofree char *user
      = self->settings != NULL ? g_settings_get_string (self->settings, "user-name") : NULL;
  g_autofree char *link = g_steal_pointer (&self->wanted_link);

  g_return_if_fail (SM_IS_WINDOW (self) && SM_IS_OPS (ops));

  sm_window_remove_pages (self);
  g_clear_pointer (&self->notifier, sm_notifier_free);
  g_set_object (&self->ops, ops);
  g_free (self->server);
  self->server = g_strdup (server);
  sm_sign_in_fill (self->sign_in, server, user);
  self->wall_page = SM_WALL_PAGE (sm_window_ensure_page (self, "wall"));
  sm_search_box_set_ops (self->search_box, ops);
  restore_map (self);
  sm_wall_page_set_is_wall (self->wall_page, self->is_wall);
  sm_alarm_bar_set_ops (self->alarm_bar, ops);
  sm_window_follow_bell (self);
  gtk_stack_set_visible_child_name (self->main_stack, "pages");
  g_signal_connect_object (sm_ops_get_status (ops), "notify", G_CALLBACK (status_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ops, "notify::person", G_CALLBACK (show_person), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ops, "notify::kept", G_CALLBACK (show_kept), self, G_CONNECT_SWAPPED);
  show_kept (self);
  g_signal_connect_object (sm_ops_get_pending (ops), "items-changed",
                           G_CALLBACK (sm_window_show_pending), self, G_CONNECT_SWAPPED);
  sm_window_show_pending (self);
  show_person (self);
  status_cb (self);
  sm_window_show_page (self, "wall");
  if (link != NULL)
    sm_window_open_link (self, link);
  else
    restore_page (self);
}

/** sm_window_sign_in: Signs in; what goes wrong is said on the sign-in page. */
void
sm_window_sign_in (SmWindow   *self,
                   const char *name,
                   const char *password)
{
  g_return_if_fail (SM_IS_WINDOW (self) && self->ops != NULL);

  if (self->settings != NULL)
    {
      g_settings_set_string (self->settings, "user-name", name);
      g_settings_set_string (self->settings, "server-url", self->server);
    }
  sm_sign_in_fill (self->sign_in, self->server, name);
  sm_sign_in_set_busy (self->sign_in, TRUE);
  sm_ops_sign_in_async (self->ops, name, password, self->cancellable, signed_in_cb,
                        g_object_ref (self));
}

/** sm_window_set_picture_size: Makes the content exactly that size, whatever the screen has. */
void
sm_window_set_picture_size (SmWindow *self,
                            int       width,
                            int       height)
{
  g_return_if_fail (SM_IS_WINDOW (self));

  self->is_picture = TRUE;
  gtk_window_unmaximize (GTK_WINDOW (self));
  gtk_window_unfullscreen (GTK_WINDOW (self));
  gtk_widget_set_visible (self->controls, FALSE);
  gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  gtk_widget_set_size_request (GTK_WIDGET (self->content), width, height);
}

/** sm_window_describe_missing: Returns: (nullable): what is not to be seen yet, for the log */
const char *
sm_window_describe_missing (SmWindow *self)
{
  g_return_val_if_fail (SM_IS_WINDOW (self), NULL);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->main_stack), "sign-in") == 0)
    return NULL;
  if (self->wall_page == NULL)
    return "a service to follow";
  return sm_page_describe_missing (sm_window_get_page (self));
}

GtkWidget *
sm_window_get_content (SmWindow *self)
{
  g_return_val_if_fail (SM_IS_WINDOW (self), NULL);

  return GTK_WIDGET (self->content);
}

/** sm_window_get_page: Returns: (transfer none) (nullable): the page that is shown */
SmPage *
sm_window_get_page (SmWindow *self)
{
  g_return_val_if_fail (SM_IS_WINDOW (self), NULL);

  return SM_PAGE (gtk_stack_get_visible_child (self->pages));
}
