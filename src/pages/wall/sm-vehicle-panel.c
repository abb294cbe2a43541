/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-vehicle-panel.h"

#include "sm-age-label.h"
#include "sm-fault-row.h"
#include "sm-i18n.h"
#include "sm-level-badge.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _SmVehiclePanel
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkWidget *plate_label;
  GtkWidget *model_label;
  GtkWidget *soc_label;
  GtkWidget *speed_label;
  GtkWidget *heat_label;
  SmLevelBadge *soc_badge;
  SmLevelBadge *speed_badge;
  SmLevelBadge *heat_badge;
  GtkWidget *motion_label;
  GtkWidget *connection_label;
  GtkWidget *fleet_label;
  SmAgeLabel *age;
  GtkWidget *soc_limit;
  GtkWidget *speed_limit;
  GtkWidget *heat_limit;
  GtkWidget *alarms_box;
  GtkWidget *problem_label;

  SmOps *ops;
  gint64 id;
  gint64 fleet_id; /* whose name is shown or asked for */
  GCancellable *cancellable;
  gboolean is_loading;
  char *alarm_words; /* of the alarms that are shown */
};

G_DEFINE_FINAL_TYPE (SmVehiclePanel, sm_vehicle_panel, GTK_TYPE_WIDGET)

static void
set_label (GtkWidget  *label,
           const char *text)
{
  g_autofree char *clean = sm_text_clean (text);

  gtk_label_set_text (GTK_LABEL (label), clean[0] != '\0' ? clean : "–");
}

static void
set_measure (GtkWidget  *label,
             double      value,
             const char *unit)
{
  g_autofree char *text = sm_text_measure (value, 0, unit);

  gtk_label_set_text (GTK_LABEL (label), text);
}

static const char *
word_of (const char *const *slugs,
         guint              value)
{
  return sm_word_of_slug (slugs, value == SM_ENUM_UNKNOWN ? NULL : slugs[value]);
}

/* What moves comes from the fleet, which is always newer than a row. */
static void
show_live (SmVehiclePanel *self)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (sm_ops_get_fleet (self->ops));
  int slot = sm_fleet_find (sm_ops_get_fleet (self->ops), self->id);
  SmClock *clock = sm_status_get_clock (sm_ops_get_status (self->ops));
  g_autofree char *doing = NULL;

  if (slot < 0)
    {
      set_measure (self->soc_label, NAN, NULL);
      set_measure (self->speed_label, NAN, NULL);
      set_measure (self->heat_label, NAN, NULL);
      set_label (self->motion_label, NULL);
      set_label (self->connection_label, NULL);
      sm_age_label_set (self->age, clock, SM_UNKNOWN);
      return;
    }
  set_measure (self->soc_label, columns->soc[slot], "%");
  set_measure (self->speed_label, columns->speed_kmh[slot], "km/h");
  set_measure (self->heat_label, columns->temperature_c[slot], "°C");
  doing = g_strdup_printf ("%s · %s", word_of (sm_motions, columns->motion[slot]),
                           word_of (sm_energies, columns->energy[slot]));
  set_label (self->motion_label, doing);
  set_label (self->connection_label, word_of (sm_connections, columns->connection[slot]));
  sm_age_label_set (self->age, clock, columns->reported_at[slot]);
}

static guint
level_of (const SmRow *alarm)
{
  return (guint) CLAMP (sm_row_get_int (alarm, SM_ALARM_LEVEL), 1, 4);
}

/* Sign, colour and words: the value is beyond the limit that it broke. */
static void
mark_field (SmLevelBadge *badge,
            GtkWidget    *limit_label,
            const SmRow  *alarm)
{
  guint level = alarm != NULL ? level_of (alarm) : 0;
  g_autofree char *limit = alarm != NULL ? sm_fault_limit (alarm) : NULL;

  sm_level_badge_set_level (badge, level);
  gtk_widget_set_visible (GTK_WIDGET (badge), level > 0);
  gtk_label_set_text (GTK_LABEL (limit_label), limit != NULL ? limit : "");
  gtk_widget_set_visible (limit_label, limit != NULL);
}

/* The worst alarm on @field of @alarms that is still so; NULL: none. */
static const SmRow *
find_worst (GPtrArray  *alarms,
            const char *field)
{
  const SmRow *worst = NULL;

  for (guint i = 0; i < alarms->len; i++)
    if (sm_fault_is_active (alarms->pdata[i])
        && g_strcmp0 (sm_row_get_text (alarms->pdata[i], SM_ALARM_FIELD), field) == 0
        && (worst == NULL || level_of (alarms->pdata[i]) < level_of (worst)))
      worst = alarms->pdata[i];
  return worst;
}

static void
append_alarm (SmVehiclePanel *self,
              const SmRow    *alarm)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *title = sm_fault_title (alarm);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", TRUE, NULL);

  gtk_widget_add_css_class (box, "level-count");
  gtk_box_append (GTK_BOX (box), sm_level_badge_new (level_of (alarm)));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (self->alarms_box), box);
}

/* Rebuilt only when something changed: a person may be selecting the text. */
static void
list_alarms (SmVehiclePanel *self,
             GPtrArray      *alarms)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GtkWidget *child;

  for (guint i = 0; i < alarms->len; i++)
    {
      g_autofree char *title = sm_fault_title (alarms->pdata[i]);

      g_string_append_printf (words, "%u %s\n", level_of (alarms->pdata[i]), title);
    }
  if (g_strcmp0 (words->str, self->alarm_words) == 0)
    return;
  g_free (self->alarm_words);
  self->alarm_words = g_strdup (words->str);
  while ((child = gtk_widget_get_first_child (self->alarms_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->alarms_box), child);
  for (guint i = 0; i < alarms->len; i++)
    append_alarm (self, alarms->pdata[i]);
  if (alarms->len == 0)
    gtk_box_append (GTK_BOX (self->alarms_box),
                    g_object_new (GTK_TYPE_LABEL, "label", C_ ("alarms of a vehicle", "none"),
                                  "xalign", 0.0, NULL));
}

static void
show_alarms (SmVehiclePanel *self)
{
  GListModel *model = sm_ops_get_alarms (self->ops);
  g_autoptr (GPtrArray) alarms = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SmItem) alarm = g_list_model_get_item (model, i);
      SmRow *row = sm_item_get_row (alarm);

      if (sm_row_get_int (row, SM_ALARM_SOURCE_ID) == self->id
          && g_strcmp0 (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN), "vehicle") == 0)
        g_ptr_array_add (alarms, row);
    }
  mark_field (self->soc_badge, self->soc_limit, find_worst (alarms, "soc"));
  mark_field (self->speed_badge, self->speed_limit, find_worst (alarms, "speed_kmh"));
  mark_field (self->heat_badge, self->heat_limit, find_worst (alarms, "pack_temperature_c"));
  list_alarms (self, alarms);
}

static void
fleet_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (SmVehiclePanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) fleet = sm_ops_load_row_finish (SM_OPS (source), result, &error);
  g_autofree char *name = NULL;

  if (fleet == NULL || sm_row_get_id (fleet) != self->fleet_id)
    return;
  name = sm_row_dup_name (fleet, SM_FLEET_NAME, sm_i18n_language ());
  set_label (self->fleet_label, name);
}

static void
load_fleet (SmVehiclePanel *self,
            gint64          fleet_id)
{
  if (fleet_id == self->fleet_id)
    return;
  self->fleet_id = fleet_id;
  set_label (self->fleet_label, NULL);
  if (fleet_id > 0)
    sm_ops_load_row_async (self->ops, sm_noun_get (SM_NOUN_FLEET), fleet_id, self->cancellable,
                           fleet_loaded_cb, g_object_ref (self));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmVehiclePanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_ops_load_row_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_loading = FALSE;
  if (row == NULL)
    {
      g_autofree char *sentence = sm_error_sentence (error);

      gtk_label_set_text (GTK_LABEL (self->problem_label), sentence);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  if (sm_row_get_id (row) != self->id)
    return;
  set_label (self->plate_label, sm_row_get_text (row, SM_VEHICLE_PLATE));
  set_label (self->model_label, sm_row_get_text (row, SM_VEHICLE_MODEL));
  load_fleet (self, sm_row_is_null (row, SM_ROW_FLEET_ID) ? 0 : sm_row_get_int (row, SM_ROW_FLEET_ID));
  show_live (self);
  show_alarms (self);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
sm_vehicle_panel_dispose (GObject *object)
{
  SmVehiclePanel *self = SM_VEHICLE_PANEL (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->alarm_words, g_free);

  G_OBJECT_CLASS (sm_vehicle_panel_parent_class)->dispose (object);
}

static void
sm_vehicle_panel_class_init (SmVehiclePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_vehicle_panel_dispose;

  g_type_ensure (SM_TYPE_AGE_LABEL);
  g_type_ensure (SM_TYPE_LEVEL_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-vehicle-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, stack);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, plate_label);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, model_label);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, soc_label);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, speed_label);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, heat_label);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, soc_badge);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, speed_badge);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, heat_badge);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, motion_label);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, connection_label);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, fleet_label);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, age);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, soc_limit);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, speed_limit);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, heat_limit);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, alarms_box);
  gtk_widget_class_bind_template_child (widget_class, SmVehiclePanel, problem_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_vehicle_panel_init (SmVehiclePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sm_vehicle_panel_set_ops (SmVehiclePanel *self,
                          SmOps          *ops)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self));

  g_set_object (&self->ops, ops);
}

/** sm_vehicle_panel_open: Shows that vehicle; 0: none. */
void
sm_vehicle_panel_open (SmVehiclePanel *self,
                       gint64          id)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_loading = FALSE;
  self->id = id;
  self->fleet_id = 0;
  set_label (self->fleet_label, NULL);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  if (self->ops == NULL || id == 0)
    return;
  self->is_loading = TRUE;
  sm_ops_load_row_async (self->ops, sm_noun_get (SM_NOUN_VEHICLE), id, self->cancellable,
                         loaded_cb, g_object_ref (self));
}

/** sm_vehicle_panel_refresh: Shows the live values and alarms as they are now. */
void
sm_vehicle_panel_refresh (SmVehiclePanel *self)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self));

  if (self->ops == NULL || self->id == 0 || self->is_loading)
    return;
  show_live (self);
  show_alarms (self);
}

/** sm_vehicle_panel_set_stale: Whether the values are the last known and not live. */
void
sm_vehicle_panel_set_stale (SmVehiclePanel *self,
                            gboolean        stale)
{
  g_return_if_fail (SM_IS_VEHICLE_PANEL (self));

  sm_style_set_class (GTK_WIDGET (self), "stale-values", stale);
}

/** sm_vehicle_panel_get_plate: Returns: the plate that is shown, "" while loading */
const char *
sm_vehicle_panel_get_plate (SmVehiclePanel *self)
{
  g_return_val_if_fail (SM_IS_VEHICLE_PANEL (self), NULL);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "content") != 0)
    return "";
  return gtk_label_get_text (GTK_LABEL (self->plate_label));
}
