/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-list.h"

#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-thing-row.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmMapList
{
  GtkPopover parent_instance;

  SmMapView *map;
  SmOps *ops;
  GArray *things; /* of SmMapThing, a row each */
  GtkWidget *list;
  GtkWidget *more_label;
};

G_DEFINE_FINAL_TYPE (SmMapList, sm_map_list, GTK_TYPE_POPOVER)

static SmItem *
find_item (GListModel *model,
           gint64      id)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (model, i);

      if (sm_item_get_id (item) == id)
        return g_steal_pointer (&item);
    }
  return NULL;
}

static const char *
word_of (const char *const *slugs,
         guint              value)
{
  return value == SM_ENUM_UNKNOWN ? "" : sm_word_of_slug (slugs, slugs[value]);
}

static char *
describe_many (const SmMapThing *thing)
{
  return thing->noun == SM_NOUN_STATION
             /* Translators: %u stations that the map shows as one sign */
             ? g_strdup_printf (ngettext ("%u station, close together",
                                          "%u stations, close together", thing->n), thing->n)
             /* Translators: %u vehicles that the map shows as one sign */
             : g_strdup_printf (ngettext ("%u vehicle, close together",
                                          "%u vehicles, close together", thing->n), thing->n);
}

/* What it is, and what is to say about it: both (transfer full). */
static char *
describe_vehicle (SmMapList  *self,
                  gint64      id,
                  const char **out_state)
{
  SmFleet *fleet = sm_ops_get_fleet (self->ops);
  const SmVehicleRecord *record
      = sm_directory_find_vehicle (sm_ops_get_directory (self->ops), id);
  int slot = sm_fleet_find (fleet, id);

  if (slot >= 0)
    {
      const SmVehicleColumns *columns = sm_fleet_get_columns (fleet);
      gboolean is_live = columns->connection[slot] == SM_CONNECTION_ONLINE
                         || columns->connection[slot] == SM_CONNECTION_ASLEEP;

      *out_state = is_live ? word_of (sm_motions, columns->motion[slot])
                           : word_of (sm_connections, columns->connection[slot]);
    }
  return record != NULL ? sm_text_clean (record->plate) : g_strdup ("–");
}

static char *
describe_station (SmMapList   *self,
                  gint64       id,
                  const char **out_state)
{
  g_autoptr (SmItem) item = find_item (sm_ops_get_stations (self->ops), id);
  const SmRow *row = item != NULL ? sm_item_get_row (item) : NULL;

  if (row == NULL)
    return g_strdup ("–");
  *out_state = sm_row_is_null (row, SM_STATION_SERVICE)
                   ? sm_word_of_slug (sm_station_states, sm_row_get_text (row, SM_STATION_STATE))
                   : word_of (sm_services, sm_row_get_enum (row, SM_STATION_SERVICE));
  return sm_row_dup_name (row, SM_STATION_NAME, sm_i18n_language ());
}

static char *
describe_engineer (SmMapList   *self,
                   gint64       id,
                   const char **out_state)
{
  g_autoptr (SmItem) item = find_item (sm_ops_get_engineers (self->ops), id);

  if (item == NULL)
    return g_strdup ("–");
  *out_state = word_of (sm_duties, sm_row_get_enum (sm_item_get_row (item), SM_ENGINEER_DUTY));
  return sm_text_clean (sm_row_get_text (sm_item_get_row (item), SM_ENGINEER_NAME));
}

static char *
describe_kind (SmNounId noun)
{
  switch (noun)
    {
    case SM_NOUN_STATION:
      return g_strdup (_("Station"));
    case SM_NOUN_VEHICLE:
      return g_strdup (_("Vehicle"));
    case SM_NOUN_ENGINEER:
      return g_strdup (_("Engineer"));
    default:
      return g_strdup (_("Service point"));
    }
}

static void
add_row (SmMapList        *self,
         const SmMapThing *thing)
{
  const char *state = "";
  g_autofree char *kind = thing->n > 1 ? NULL : describe_kind (thing->noun);
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *content = sm_thing_row_new ();

  if (thing->n > 1)
    name = describe_many (thing);
  else if (thing->noun == SM_NOUN_VEHICLE)
    name = describe_vehicle (self, thing->id, &state);
  else if (thing->noun == SM_NOUN_STATION)
    name = describe_station (self, thing->id, &state);
  else if (thing->noun == SM_NOUN_ENGINEER)
    name = describe_engineer (self, thing->id, &state);
  else
    name = sm_directory_dup_label (sm_ops_get_directory (self->ops), thing->noun, thing->id,
                                   sm_i18n_language ());
  sm_thing_row_set (SM_THING_ROW (content), name != NULL ? name : "–", kind, state);
  sm_thing_row_set_level (SM_THING_ROW (content), thing->level);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  words = g_strjoin (", ", name != NULL ? name : "–",
                     thing->level > 0 ? sm_word_of_level ((int) thing->level)
                     : kind != NULL   ? kind
                                      : _("no faults"),
                     state[0] != '\0' ? state : NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/** sm_map_list_refresh: Lists what the map shows now. */
void
sm_map_list_refresh (SmMapList *self)
{
  GtkWidget *child;
  guint n = 0;

  g_return_if_fail (SM_IS_MAP_LIST (self));

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  g_clear_pointer (&self->things, g_array_unref);
  self->things = sm_map_view_dup_visible (self->map, SM_MAP_LIST_MOST, &n);
  for (guint i = 0; i < self->things->len; i++)
    add_row (self, &g_array_index (self->things, SmMapThing, i));
  gtk_widget_set_visible (self->more_label, n != self->things->len || n == 0);
  if (n == 0)
    gtk_label_set_text (GTK_LABEL (self->more_label), _("Nothing to see here: move the map"));
  else if (n > self->things->len)
    {
      /* Translators: how many rows of a short list are not shown */
      g_autofree char *more = g_strdup_printf (
          ngettext ("and %u more", "and %u more", n - self->things->len), n - self->things->len);

      gtk_label_set_text (GTK_LABEL (self->more_label), more);
    }
}

static void
row_activated_cb (SmMapList     *self,
                  GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);
  SmMapThing thing;

  g_return_if_fail (index < self->things->len);
  thing = g_array_index (self->things, SmMapThing, index);
  gtk_popover_popdown (GTK_POPOVER (self));
  sm_map_view_go_to (self->map, &thing);
  if (thing.id != 0)
    g_signal_emit_by_name (self->map, "activated", (int) thing.noun, thing.id);
}

static void
show_cb (SmMapList *self)
{
  GtkListBoxRow *first;

  sm_map_list_refresh (self);
  first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
sm_map_list_dispose (GObject *object)
{
  SmMapList *self = SM_MAP_LIST (object);

  g_clear_object (&self->map);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->things, g_array_unref);

  G_OBJECT_CLASS (sm_map_list_parent_class)->dispose (object);
}

static void
sm_map_list_class_init (SmMapListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_map_list_dispose;
}

static void
sm_map_list_init (SmMapList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->things = g_array_new (FALSE, FALSE, sizeof (SmMapThing));
  self->list = gtk_list_box_new ();
  self->more_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, NULL);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What the map shows, worst first"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_size_request (scroller, 320, -1);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), self->more_label);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (self, "show", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sm_map_list_new (SmMapView *map,
                 SmOps     *ops)
{
  SmMapList *self = g_object_new (SM_TYPE_MAP_LIST, NULL);

  self->map = g_object_ref (map);
  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}

/** sm_map_list_new_button: Returns: a button that opens such a list */
GtkWidget *
sm_map_list_new_button (SmMapView *map,
                        SmOps     *ops)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("List"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), sm_map_list_new (map, ops));
  gtk_widget_set_tooltip_text (button, _("What the map shows as a list, worst first"));
  return button;
}

/** sm_map_list_get_n: Returns: how many rows there are */
guint
sm_map_list_get_n (SmMapList *self)
{
  g_return_val_if_fail (SM_IS_MAP_LIST (self), 0);

  return self->things->len;
}
