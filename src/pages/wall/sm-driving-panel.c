/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-driving-panel.h"

#include "sm-link.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-thing-list.h"
#include "sm-time.h"
#include "sm-wall-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

#define EVENTS_SHOWN 4
#define ASK_AGAIN_US (15 * G_TIME_SPAN_SECOND)

struct _SmDrivingPanel
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  SmThingList *list;

  SmOps *ops;
  SmHistory *events; /* (nullable): before the first refresh */
  gint64 asked_at;   /* monotonic */
};

G_DEFINE_FINAL_TYPE (SmDrivingPanel, sm_driving_panel, GTK_TYPE_WIDGET)

/* "96 km/h, limit 80 km/h" */
static char *
describe_value (const SmRow *event)
{
  gboolean is_speed = sm_row_get_enum (event, SM_DRIVING_EVENT_KIND)
                      == SM_DRIVING_EVENT_KIND_SPEEDING;
  gboolean is_charge = sm_row_get_enum (event, SM_DRIVING_EVENT_KIND)
                       == SM_DRIVING_EVENT_KIND_LOW_BATTERY;
  const char *unit = is_speed ? "km/h" : is_charge ? "%" : NULL;
  g_autofree char *value = NULL;
  g_autofree char *limit = NULL;

  if (unit == NULL || sm_row_is_null (event, SM_DRIVING_EVENT_VALUE))
    return g_strdup ("");
  value = sm_text_measure (sm_row_get_real (event, SM_DRIVING_EVENT_VALUE), 0, unit);
  if (sm_row_is_null (event, SM_DRIVING_EVENT_LIMIT_VALUE))
    return g_steal_pointer (&value);
  limit = sm_text_measure (sm_row_get_real (event, SM_DRIVING_EVENT_LIMIT_VALUE), 0, unit);
  /* Translators: a value and the limit it broke, as in "96 km/h, limit 80 km/h" */
  return g_strdup_printf (_("%s, limit %s"), value, limit);
}

static void
add_event (SmDrivingPanel *self,
           const SmRow    *event,
           gint64          now_us)
{
  const SmVehicleRecord *vehicle
      = sm_directory_find_vehicle (sm_ops_get_directory (self->ops),
                                   sm_row_get_int (event, SM_DRIVING_EVENT_VEHICLE_ID));
  g_autofree char *value = describe_value (event);
  g_autofree char *about = sm_wall_join (" · ", vehicle != NULL ? vehicle->plate : "", value, NULL);
  g_autofree char *age
      = sm_time_age (MAX (now_us - sm_row_get_int (event, SM_DRIVING_EVENT_AT), 0));
  g_autofree char *link
      = vehicle != NULL ? sm_link_text ("vehicle", vehicle->plate, NULL) : NULL;

  sm_thing_list_add (self->list,
                     sm_word_of_slug (sm_driving_event_kinds,
                                      sm_row_get_text (event, SM_DRIVING_EVENT_KIND)),
                     about, age, 0, link);
}

static void
show (SmDrivingPanel *self)
{
  GListModel *model = G_LIST_MODEL (self->events);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));

  /* Asked anew, what is known stays until the answer is there. */
  if (sm_history_get_state (self->events) == SM_HISTORY_LOADING
      && g_list_model_get_n_items (model) == 0)
    return;
  sm_thing_list_begin (self->list);
  for (guint i = 0; i < MIN (EVENTS_SHOWN, g_list_model_get_n_items (model)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (model, i);

      if (!sm_row_is_null (sm_item_get_row (item), SM_DRIVING_EVENT_AT))
        add_event (self, sm_item_get_row (item), now);
    }
  sm_thing_list_end (self->list);
}

static void
sm_driving_panel_dispose (GObject *object)
{
  SmDrivingPanel *self = SM_DRIVING_PANEL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->events);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_driving_panel_parent_class)->dispose (object);
}

static void
sm_driving_panel_class_init (SmDrivingPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_driving_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "driving-panel");
}

static void
sm_driving_panel_init (SmDrivingPanel *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  self->title_label
      = g_object_new (GTK_TYPE_LABEL, "label", _("Driving events"), "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->title_label, "section-title");
  gtk_widget_set_parent (self->title_label, GTK_WIDGET (self));
  self->list = SM_THING_LIST (sm_thing_list_new (C_ ("driving events", "none known")));
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

void
sm_driving_panel_set_ops (SmDrivingPanel *self,
                          SmOps          *ops)
{
  g_return_if_fail (SM_IS_DRIVING_PANEL (self));

  g_set_object (&self->ops, ops);
}

/** sm_driving_panel_refresh: Shows them as old as they are now, and asks for newer ones in time. */
void
sm_driving_panel_refresh (SmDrivingPanel *self)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (SM_IS_DRIVING_PANEL (self));

  if (self->ops == NULL)
    return;
  if (self->events == NULL)
    {
      /* Before the first answer there is nobody to ask as. */
      if (sm_status_get_state (sm_ops_get_status (self->ops)) != SM_STATUS_LIVE)
        return;
      self->events = sm_ops_history_new (self->ops, SM_NOUN_DRIVING_EVENT, NULL);
      self->asked_at = now;
    }
  else if (now - self->asked_at > ASK_AGAIN_US)
    {
      sm_history_refresh (self->events);
      self->asked_at = now;
    }
  show (self);
}

/** sm_driving_panel_set_stale: Whether they are the last known and not live. */
void
sm_driving_panel_set_stale (SmDrivingPanel *self,
                            gboolean        stale)
{
  g_return_if_fail (SM_IS_DRIVING_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->title_label),
                      stale ? _("Driving events, last known") : _("Driving events"));
  sm_style_set_class (GTK_WIDGET (self), "stale-values", stale);
}
