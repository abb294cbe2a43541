/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-page-private.h"

#include "sm-fit-box.h"
#include "sm-i18n.h"
#include "sm-map-controls.h"
#include "sm-map-things.h"
#include "sm-status-words.h"
#include "sm-style.h"

#include <glib/gi18n-lib.h>

/* The map's zoom at which a station stands by itself. */
#define FOUND_ZOOM 13
/* Figures that have not changed for so long are whole: they are counted once a second. */
#define TOTALS_STAND_US (2500 * G_TIME_SPAN_MILLISECOND)

G_DEFINE_FINAL_TYPE (SmWallPage, sm_wall_page, SM_TYPE_PAGE)

static gboolean
is_panel (SmWallPage *self,
          const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->panel_stack), name) == 0;
}

/* It is a sum over all stations: once a second is enough. */
static void
show_load (SmWallPage *self)
{
  SmStatus *status = sm_ops_get_status (self->ops);

  sm_load_panel_refresh (self->load, sm_ops_get_stations (self->ops),
                         sm_stats_get_now (sm_ops_get_stats (self->ops)),
                         sm_status_get_zone (status), sm_status_is_live (status));
}

/* The first time there is something to see, all of it is seen; from then on
 * the map stays where the person put it. */
static void
fit_once (SmWallPage *self)
{
  const SmFigureValues *values = sm_figures_get_values (sm_ops_get_figures (self->ops));

  if (self->has_fitted || self->is_position_kept)
    return;
  if (values->stations > 0 || values->vehicles > 0)
    sm_map_view_fit_data (self->map);
  self->has_fitted = sm_status_is_live (sm_ops_get_status (self->ops))
                     && (values->stations > 0 || values->vehicles > 0);
}

/* What is counted in the cache comes a little after what is read from it. */
static void
watch_totals (SmWallPage           *self,
              const SmFigureValues *values)
{
  guint counted = values->stations + values->piles + values->connectors + values->vehicles;

  if (counted == self->counted && self->counted_at != 0)
    return;
  self->counted = counted;
  self->counted_at = g_get_monotonic_time ();
}

static void
show_figures (SmWallPage *self)
{
  g_clear_handle_id (&self->show_source, g_source_remove);
  watch_totals (self, sm_figures_get_values (sm_ops_get_figures (self->ops)));
  sm_figures_panel_refresh (self->figures, self->ops);
  sm_faults_panel_refresh (self->faults);
  sm_shown_alarms_follow (self->shown, self->ops);
  if (is_panel (self, "station"))
    sm_station_panel_refresh (self->station_panel);
  /* Until all is there, what comes is seen as it comes; then the second brings it. */
  else if (is_panel (self, "fleet")
           && !sm_figures_get_values (sm_ops_get_figures (self->ops))->is_whole)
    sm_fleet_panel_refresh (self->fleet_panel);
  fit_once (self);
  sm_wall_page_show_hint (self);
  sm_wanted_thing_look (self->wanted);
}

static gboolean
show_cb (gpointer user_data)
{
  SmWallPage *self = user_data;

  self->show_source = 0;
  show_figures (self);
  return G_SOURCE_REMOVE;
}

/* Figures come in several parts, one after the other: they are shown once, in a
 * turn of their own.  What is counted from the fleet follows with the second. */
static void
show_soon (SmWallPage *self)
{
  /* The first pictures wait for nothing. */
  if (!sm_figures_get_values (sm_ops_get_figures (self->ops))->is_whole)
    {
      show_figures (self);
      return;
    }
  if (self->show_source != 0)
    return;
  self->show_source = g_timeout_add (0, show_cb, self);
  g_source_set_name_by_id (self->show_source, "wall figures");
}

/* What was asked for by name is shown where it is, near enough to tell it apart. */
void
sm_wall_page_go_there (SmWallPage *self,
                       SmNounId    noun,
                       gint64      id)
{
  double latitude, longitude, zoom, place[2];

  /* Who moves may be known before anybody has heard where. */
  self->sought_noun = noun;
  self->sought_id = id;
  if (!sm_map_things_find (self->ops, noun, id, &place[0], &place[1]))
    return;
  self->sought_id = 0;
  if (noun == SM_NOUN_ENGINEER || noun == SM_NOUN_SERVICE_POINT)
    sm_map_view_set_show_service (self->map, TRUE);
  sm_map_view_get_position (self->map, &latitude, &longitude, &zoom);
  sm_map_view_set_position (self->map, place[0], place[1], MAX (zoom, FOUND_ZOOM));
  self->shows_track = noun == SM_NOUN_VEHICLE;
  self->is_position_kept = TRUE;
}

static void
tick_cb (gpointer listener)
{
  sm_wall_page_show_freshness (listener);
}

/* What is open on the right, in a turn of its own. */
static void
panel_tick_cb (gpointer listener)
{
  SmWallPage *self = listener;

  if (self->sought_id != 0)
    sm_wall_page_go_there (self, self->sought_noun, self->sought_id);
  if (is_panel (self, "vehicle"))
    sm_vehicle_panel_refresh (self->vehicle_panel);
  else if (is_panel (self, "battery"))
    sm_battery_panel_refresh (self->battery_panel);
  else if (is_panel (self, "staff"))
    sm_staff_panel_refresh (self->staff_panel);
  else if (is_panel (self, "fleet"))
    sm_fleet_panel_count (self->fleet_panel);
}

static void
events_tick_cb (gpointer listener)
{
  SmWallPage *self = listener;

  if (is_panel (self, "fleet"))
    sm_fleet_panel_refresh_events (self->fleet_panel);
}

static void
load_tick_cb (gpointer listener)
{
  show_load (listener);
}

/* What a second brings, each in a turn of its own. */
static const SmTickFunc ticks[] = { tick_cb, load_tick_cb, panel_tick_cb, events_tick_cb };

static void
track_cb (SmWallPage *self)
{
  const SmTelemetry *track = sm_vehicle_panel_get_track (self->vehicle_panel);

  sm_map_things_show_track (self->map, track);
  /* Who asked for it by name sees where it was today; who clicked keeps their map. */
  if (track != NULL && self->shows_track)
    sm_map_view_fit_track (self->map);
  if (track != NULL)
    self->shows_track = FALSE;
}

/* Where letters are so large that the faults fill their column, what is below them leaves. */
static void
leave_room (SmWallPage *self)
{
  gboolean is_tight = FALSE;

  g_object_get (self->columns, "is-tight", &is_tight, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->panel_stack), !self->is_wall || !is_tight);
}

/* With something open below them, the faults leave it more room. */
static void
show_panel (SmWallPage *self,
            const char *name)
{
  gtk_stack_set_visible_child_name (self->panel_stack, name);
  sm_style_set_class (GTK_WIDGET (self->faults), "beside", !is_panel (self, "fleet"));
}

static gboolean
open_thing (SmWallPage *self,
            SmNounId    noun,
            gint64      id)
{
  self->sought_id = 0;
  self->shows_track = FALSE;
  if (noun == SM_NOUN_STATION)
    {
      sm_station_panel_open (self->station_panel, id);
      show_panel (self, "station");
    }
  else if (noun == SM_NOUN_VEHICLE)
    {
      sm_vehicle_panel_open (self->vehicle_panel, id);
      show_panel (self, "vehicle");
    }
  else if (noun == SM_NOUN_BATTERY)
    {
      sm_battery_panel_open (self->battery_panel, id);
      show_panel (self, "battery");
      return TRUE;
    }
  else if (noun == SM_NOUN_ENGINEER || noun == SM_NOUN_SERVICE_POINT)
    {
      sm_staff_panel_open (self->staff_panel, noun, id);
      show_panel (self, "staff");
      return TRUE;
    }
  else
    return FALSE;
  sm_map_view_set_selected (self->map, noun, id);
  return TRUE;
}

/* What an alarm is about; of what has no panel of its own, its station. */
static gboolean
open_alarm (SmWallPage *self,
            SmItem     *alarm)
{
  const SmRow *row = sm_item_get_row (alarm);
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN));

  sm_faults_panel_select (self->faults, sm_item_get_id (alarm));
  if (noun != NULL && open_thing (self, noun->id, sm_row_get_int (row, SM_ALARM_SOURCE_ID)))
    return TRUE;
  return !sm_row_is_null (row, SM_ALARM_STATION_ID)
         && open_thing (self, SM_NOUN_STATION, sm_row_get_int (row, SM_ALARM_STATION_ID));
}

static void
map_activated_cb (SmWallPage *self,
                  int         noun,
                  gint64      id)
{
  open_thing (self, (SmNounId) noun, id);
}

static void
found_cb (SmWallPage *self,
          int         noun,
          gint64      id)
{
  open_thing (self, (SmNounId) noun, id);
  sm_wall_page_go_there (self, (SmNounId) noun, id);
}

static gboolean
wanted_found_cb (SmWallPage *self,
                 int         noun,
                 gint64      id)
{
  if (!sm_page_open (SM_PAGE (self), (SmNounId) noun, id))
    return FALSE;
  sm_wall_page_go_there (self, (SmNounId) noun, id);
  return TRUE;
}

static void
wanted_missing_cb (SmWallPage *self,
                   const char *title)
{
  sm_status_banner_set (self->link_banner, title,
                        _("The link may be of another network, or what it names is gone. "
                          "Look for it with Find."));
  sm_status_banner_set_action (self->link_banner, C_("action", "Close"), "wall.dismiss-link");
}

static void
alarm_activated_cb (SmWallPage *self,
                    SmItem     *alarm)
{
  open_alarm (self, alarm);
}

static gboolean
sm_wall_page_open (SmPage   *page,
                   SmNounId  noun,
                   gint64    id)
{
  SmWallPage *self = SM_WALL_PAGE (page);
  g_autoptr (SmItem) alarm = NULL;

  if (noun != SM_NOUN_ALARM)
    return open_thing (self, noun, id);
  alarm = sm_faults_panel_find (self->faults, id);
  return alarm != NULL && open_alarm (self, alarm);
}

static gboolean
sm_wall_page_show_link (SmPage       *page,
                        const SmLink *link)
{
  /* The wall alone is the wall as it was left. */
  return sm_link_get_n_pairs (link) == 0
         || sm_map_filter_set_link (SM_WALL_PAGE (page)->filter, link);
}

/* Returns: (nullable): the link to what is open, or will be as soon as it is loaded */
static SmLink *
thing_link (SmWallPage *self)
{
  const char *name = "";

  if (sm_wanted_thing_is_waiting (self->wanted))
    return sm_wanted_thing_make_link (self->wanted);
  if (is_panel (self, "staff"))
    return sm_staff_panel_make_link (self->staff_panel);
  if (is_panel (self, "station"))
    name = sm_station_panel_get_sn (self->station_panel);
  else if (is_panel (self, "vehicle"))
    name = sm_vehicle_panel_get_plate (self->vehicle_panel);
  else if (is_panel (self, "battery"))
    name = sm_battery_panel_get_sn (self->battery_panel);
  /* Panels have the names of their kinds. */
  return name[0] != '\0'
             ? sm_link_new (gtk_stack_get_visible_child_name (self->panel_stack), name) : NULL;
}

static char *
sm_wall_page_dup_link (SmPage *page)
{
  SmWallPage *self = SM_WALL_PAGE (page);
  g_autofree char *text = sm_map_filter_dup_link (self->filter);
  g_autoptr (SmLink) wall = text != NULL ? sm_link_parse (text) : NULL;
  g_autoptr (SmLink) thing = thing_link (self);

  if (thing == NULL || wall == NULL)
    return g_steal_pointer (&text);
  for (guint i = 0; i < sm_link_get_n_pairs (wall); i++)
    {
      const char *key, *value;

      sm_link_get_pair (wall, i, &key, &value);
      sm_link_set (thing, key, value);
    }
  return sm_link_format (thing);
}

static gboolean
sm_wall_page_go_back (SmPage *page)
{
  SmWallPage *self = SM_WALL_PAGE (page);

  if (is_panel (self, "fleet"))
    return FALSE;
  show_panel (self, "fleet");
  sm_station_panel_open (self->station_panel, 0);
  sm_vehicle_panel_open (self->vehicle_panel, 0);
  sm_battery_panel_open (self->battery_panel, 0);
  sm_staff_panel_open (self->staff_panel, SM_NOUN_ENGINEER, 0);
  sm_map_view_set_selected (self->map, SM_NOUN_STATION, 0);
  sm_fleet_panel_refresh (self->fleet_panel);
  return TRUE;
}

static const char *
sm_wall_page_describe_missing (SmPage *page)
{
  SmWallPage *self = SM_WALL_PAGE (page);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING)
    return "an answer of the service";
  if (state == SM_STATUS_LOADING)
    return "the first load of the network";
  if (state == SM_STATUS_STALE)
    return "a feed that is late";
  if (sm_wanted_thing_is_waiting (self->wanted))
    return "the thing that the link names";
  if (state == SM_STATUS_LIVE && !sm_figures_get_values (sm_ops_get_figures (self->ops))->is_whole)
    return "the figures of the whole network";
  if (g_get_monotonic_time () - self->counted_at < TOTALS_STAND_US)
    return "figures that stand still";
  if (sm_faults_panel_is_growing (self->faults))
    return "the rows of faults";
  if (gtk_widget_get_mapped (GTK_WIDGET (self->map)) && !sm_map_view_is_settled (self->map))
    return "the map";
  if (is_panel (self, "station") && sm_station_panel_get_sn (self->station_panel)[0] == '\0')
    return "the station panel";
  if (is_panel (self, "vehicle") && sm_vehicle_panel_get_plate (self->vehicle_panel)[0] == '\0')
    return "the vehicle panel";
  if (is_panel (self, "battery") && sm_battery_panel_get_sn (self->battery_panel)[0] == '\0')
    return "the battery panel";
  if (is_panel (self, "staff") && sm_staff_panel_get_label (self->staff_panel)[0] == '\0')
    return "the panel of the service network";
  return NULL;
}

static void
sm_wall_page_map (GtkWidget *widget)
{
  SmWallPage *self = SM_WALL_PAGE (widget);

  GTK_WIDGET_CLASS (sm_wall_page_parent_class)->map (widget);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  for (gsize i = 0; i < G_N_ELEMENTS (ticks); i++)
    sm_ticker_listen (self->ticker, ticks[i], self);
  show_figures (self);
  for (gsize i = 0; i < G_N_ELEMENTS (ticks); i++)
    ticks[i] (self);
}

static void
sm_wall_page_unmap (GtkWidget *widget)
{
  SmWallPage *self = SM_WALL_PAGE (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (ticks); i++)
    sm_ticker_leave (self->ticker, ticks[i], self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_wall_page_parent_class)->unmap (widget);
}

static void
sm_wall_page_dispose (GObject *object)
{
  SmWallPage *self = SM_WALL_PAGE (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_handle_id (&self->freshness_source, g_source_remove);
  g_clear_object (&self->ops);
  g_clear_object (&self->wanted);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (sm_wall_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, connection_banner);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, storage_banner);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, link_banner);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, columns);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, figures);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, load);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, map_overlay);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, map_tools);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, find_button);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, find_popover);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, hint_stack);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, faults);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, panel_stack);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, fleet_panel);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, station_panel);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, vehicle_panel);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, battery_panel);
  gtk_widget_class_bind_template_child (widget_class, SmWallPage, staff_panel);
  gtk_widget_class_bind_template_callback (widget_class, track_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, alarm_activated_cb);
}

static void
sm_wall_page_class_init (SmWallPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_wall_page_dispose;
  widget_class->map = sm_wall_page_map;
  widget_class->unmap = sm_wall_page_unmap;
  page_class->open = sm_wall_page_open;
  page_class->show_link = sm_wall_page_show_link;
  page_class->dup_link = sm_wall_page_dup_link;
  page_class->go_back = sm_wall_page_go_back;
  page_class->describe_missing = sm_wall_page_describe_missing;

  g_type_ensure (SM_TYPE_BATTERY_PANEL);
  g_type_ensure (SM_TYPE_COLUMNS);
  g_type_ensure (SM_TYPE_FAULTS_PANEL);
  g_type_ensure (SM_TYPE_FIGURES_PANEL);
  g_type_ensure (SM_TYPE_FIND_POPOVER);
  g_type_ensure (SM_TYPE_FIT_BOX);
  g_type_ensure (SM_TYPE_FLEET_PANEL);
  g_type_ensure (SM_TYPE_LOAD_PANEL);
  g_type_ensure (SM_TYPE_STAFF_PANEL);
  g_type_ensure (SM_TYPE_STATION_PANEL);
  g_type_ensure (SM_TYPE_STATUS_BANNER);
  g_type_ensure (SM_TYPE_VEHICLE_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-wall-page.ui");
  sm_wall_actions_install (widget_class);
  bind_children (widget_class);
}

static void
sm_wall_page_init (SmWallPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sm_wall_actions_add_shortcuts (self);
  g_signal_connect_object (self->columns, "notify::is-tight", G_CALLBACK (leave_room), self,
                           G_CONNECT_SWAPPED);
  self->map = SM_MAP_VIEW (sm_map_view_new ());
  sm_map_view_set_language (self->map, sm_i18n_language ());
  /* Until there is something to fit: where the networks of this trade are. */
  sm_map_view_fit (self->map, 18, 73, 54, 135);
  gtk_overlay_set_child (GTK_OVERLAY (self->map_overlay), GTK_WIDGET (self->map));
  g_signal_connect_object (self->map, "activated", G_CALLBACK (map_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (adw_style_manager_get_default (), "dark", self->map, "dark",
                          G_BINDING_SYNC_CREATE);
}

GtkWidget *
sm_wall_page_new (SmOps *ops)
{
  SmWallPage *self = g_object_new (SM_TYPE_WALL_PAGE, "title", _("Wall"), NULL);

  self->ops = g_object_ref (ops);
  self->wanted = sm_wanted_thing_new (ops);
  g_signal_connect_object (self->wanted, "found", G_CALLBACK (wanted_found_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wanted, "missing", G_CALLBACK (wanted_missing_cb), self,
                           G_CONNECT_SWAPPED);
  sm_map_view_set_fleet (self->map, sm_ops_get_fleet (ops));
  sm_map_view_set_stations (self->map, sm_ops_get_stations (ops));
  self->shown = sm_shown_alarms_new (ops);
  sm_map_view_set_alarms (self->map, G_LIST_MODEL (self->shown));
  sm_map_things_show (self->map, ops);
  self->filter = sm_map_controls_add (self->map, ops, GTK_OVERLAY (self->map_overlay),
                                      GTK_BOX (self->map_tools));
  sm_faults_panel_set_ops (self->faults, ops);
  sm_find_popover_set_ops (self->find_popover, ops);
  sm_fleet_panel_set_ops (self->fleet_panel, ops);
  sm_station_panel_set_ops (self->station_panel, ops);
  sm_vehicle_panel_set_ops (self->vehicle_panel, ops);
  sm_vehicle_panel_set_map (self->vehicle_panel, self->map);
  sm_battery_panel_set_ops (self->battery_panel, ops);
  sm_staff_panel_set_ops (self->staff_panel, ops);
  g_signal_connect_object (sm_ops_get_figures (ops), "changed", G_CALLBACK (show_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_service (ops), "changed", G_CALLBACK (show_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_stats (ops), "changed", G_CALLBACK (show_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_status (ops), "notify", G_CALLBACK (sm_wall_page_show_freshness_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ops, "notify::person", G_CALLBACK (show_soon), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** sm_wall_page_get_map: Returns: (transfer none): the map, to restore and keep its position */
SmMapView *
sm_wall_page_get_map (SmWallPage *self)
{
  g_return_val_if_fail (SM_IS_WALL_PAGE (self), NULL);

  return self->map;
}

/** sm_wall_page_get_filter: Returns: (transfer none): of the map, to restore and keep its query */
SmMapFilter *
sm_wall_page_get_filter (SmWallPage *self)
{
  g_return_val_if_fail (SM_IS_WALL_PAGE (self), NULL);

  return self->filter;
}

/** sm_wall_page_keep_position: The map was put somewhere: do not show all of the network. */
void
sm_wall_page_keep_position (SmWallPage *self)
{
  g_return_if_fail (SM_IS_WALL_PAGE (self));

  self->is_position_kept = TRUE;
}

/** sm_wall_page_set_is_wall: Nobody has a pointer or keyboard here: nothing to press. */
void
sm_wall_page_set_is_wall (SmWallPage *self,
                          gboolean    is_wall)
{
  g_return_if_fail (SM_IS_WALL_PAGE (self));

  self->is_wall = is_wall;
  sm_columns_set_fits (self->columns, is_wall);
  leave_room (self);
  gtk_widget_set_visible (self->map_tools, !is_wall);
  sm_faults_panel_set_is_wall (self->faults, is_wall);
  sm_figures_panel_set_is_wall (self->figures, is_wall);
  sm_station_panel_set_is_wall (self->station_panel, is_wall);
  sm_vehicle_panel_set_is_wall (self->vehicle_panel, is_wall);
}

/**
 * sm_wall_page_open_named:
 * @kind: "station", "vehicle", "battery", "alarm", "engineer" or "service_point"
 * @name: a serial number or a plate; of the last three, the id
 *
 * Opens it as soon as it is loaded; what is not there is said in a banner.
 *
 * Returns: FALSE for a kind that this page does not show
 */
gboolean
sm_wall_page_open_named (SmWallPage *self,
                         const char *kind,
                         const char *name)
{
  g_return_val_if_fail (SM_IS_WALL_PAGE (self), FALSE);

  if (!sm_wanted_thing_set (self->wanted, kind, name))
    return FALSE;
  sm_status_banner_set (self->link_banner, NULL, NULL);
  sm_wanted_thing_look (self->wanted);
  return TRUE;
}
