/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-order.h"

#include "sm-alarm-reason.h"
#include "sm-alarm-section.h"
#include "sm-link.h"
#include "sm-ops-work-orders.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmAlarmOrder
{
  GtkWidget parent_instance;

  SmOps *ops;
  SmRow *alarm; /* (nullable) */
  GtkWidget *child;
  GtkWidget *label;
  GtkWidget *button;
  gboolean is_asking; /* the service has not answered yet */
};

G_DEFINE_FINAL_TYPE (SmAlarmOrder, sm_alarm_order, GTK_TYPE_WIDGET)

/* --- what there is --- */

static SmItem *
find_order (SmAlarmOrder *self)
{
  return self->alarm != NULL ? sm_ops_find_work_order_of (self->ops, self->alarm) : NULL;
}

static char *
describe (const SmRow *order)
{
  g_autofree char *who = sm_text_clean (sm_row_get_text (order, SM_WORK_ORDER_ASSIGNEE));

  return g_strdup_printf ("%s · %s%s%s", sm_row_get_text (order, SM_WORK_ORDER_NUMBER),
                          sm_word_of_slug (sm_work_order_states,
                                           sm_row_get_text (order, SM_WORK_ORDER_STATE)),
                          who[0] != '\0' ? " · " : "", who);
}

/* Returns: (nullable): why none can be opened */
static const char *
find_refusal (SmAlarmOrder *self)
{
  if (self->is_asking)
    return _("The service is being asked");
  if (!sm_ops_may (self->ops, "work_order.create"))
    return sm_ops_get_person (self->ops) == NULL ? _("Nobody is signed in")
                                                 : _("Your role does not allow this");
  return sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_OFFLINE
             ? _("This needs the service, which cannot be reached") : NULL;
}

/** sm_alarm_order_refresh: Each second: orders come and go without their alarms. */
void
sm_alarm_order_refresh (SmAlarmOrder *self)
{
  SmItem *order;
  const char *refusal;
  g_autofree char *words = NULL;

  g_return_if_fail (SM_IS_ALARM_ORDER (self));

  order = find_order (self);
  refusal = order == NULL ? find_refusal (self) : NULL;
  words = order != NULL ? describe (sm_item_get_row (order)) : g_strdup (_("There is none."));
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), words) != 0)
    gtk_label_set_text (GTK_LABEL (self->label), words);
  gtk_button_set_label (GTK_BUTTON (self->button), order != NULL ? _("Go to the work order (W)")
                                                                 : _("Open a work order (W)"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "alarms.work-order",
                                 self->alarm != NULL && refusal == NULL);
  sm_style_set_tooltip (self->button, refusal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  refusal != NULL ? refusal : "", -1);
}

/** sm_alarm_order_show: @alarm: (nullable): whose order */
void
sm_alarm_order_show (SmAlarmOrder *self,
                     SmRow        *alarm)
{
  g_return_if_fail (SM_IS_ALARM_ORDER (self));

  g_clear_pointer (&self->alarm, sm_row_unref);
  self->alarm = alarm != NULL ? sm_row_ref (alarm) : NULL;
  sm_alarm_order_refresh (self);
}

/* --- what can be done --- */

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmAlarmOrder) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = sm_ops_open_work_order_finish (SM_OPS (source), result, &error);

  self->is_asking = FALSE;
  if (self->ops == NULL)
    return;
  sm_alarm_order_refresh (self);
  if (order == NULL)
    sm_alarm_complain (GTK_WIDGET (self), error);
}

static void
open_order (GtkWidget  *widget,
            const char *description)
{
  SmAlarmOrder *self = SM_ALARM_ORDER (widget);
  SmWorkOrderWish wish = SM_WORK_ORDER_WISH ("repair", "alarm");

  if (self->alarm == NULL || self->is_asking)
    return;
  self->is_asking = TRUE;
  wish.alarm_id = sm_row_get_id (self->alarm);
  wish.description = description;
  sm_ops_open_work_order_async (self->ops, &wish, NULL, opened_cb, g_object_ref (self));
  sm_alarm_order_refresh (self);
}

static void
work_order_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  SmAlarmOrder *self = SM_ALARM_ORDER (widget);
  SmItem *order = find_order (self);
  g_autofree char *link
      = order != NULL ? sm_link_text ("work_order",
                                      sm_row_get_text (sm_item_get_row (order),
                                                       SM_WORK_ORDER_NUMBER), NULL)
                      : NULL;

  if (link != NULL)
    gtk_widget_activate_action (widget, "page.open", "s", link);
  else if (self->alarm != NULL && find_refusal (self) == NULL)
    sm_alarm_reason_ask (widget, _("Open a work order"),
                         _("Somebody is sent to repair what this alarm is about. What the alarm "
                           "says, the last values and the commands that were tried go with it."),
                         C_ ("action", "_Open"), open_order);
}

/* --- a widget --- */

static void
sm_alarm_order_dispose (GObject *object)
{
  SmAlarmOrder *self = SM_ALARM_ORDER (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_pointer (&self->alarm, sm_row_unref);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_order_parent_class)->dispose (object);
}

static void
sm_alarm_order_class_init (SmAlarmOrderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_alarm_order_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "alarms.work-order", NULL, work_order_action);
}

static void
sm_alarm_order_init (SmAlarmOrder *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "selectable", TRUE, NULL);
  self->button = g_object_new (GTK_TYPE_BUTTON, "halign", GTK_ALIGN_START, "action-name",
                               "alarms.work-order", NULL);
  gtk_widget_add_css_class (self->button, "small");
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->button);
  self->child = sm_alarm_section_new (_("Work order"), box);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

GtkWidget *
sm_alarm_order_new (SmOps *ops)
{
  SmAlarmOrder *self = g_object_new (SM_TYPE_ALARM_ORDER, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}
