/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-acknowledge-popover.h"

#include "sm-fault-row.h"
#include "sm-style.h"

#define LONGEST_NOTE 500

struct _SmAcknowledgePopover
{
  GtkPopover parent_instance;

  GtkWidget *title_label;
  GtkWidget *place_label;
  GtkWidget *entry;
  gint64 alarm_id;
};

G_DEFINE_FINAL_TYPE (SmAcknowledgePopover, sm_acknowledge_popover, GTK_TYPE_POPOVER)

typedef enum
{
  SIGNAL_ACKNOWLEDGE,
} Signal;
static guint signals[SIGNAL_ACKNOWLEDGE + 1];

static void
send_cb (SmAcknowledgePopover *self)
{
  sm_acknowledge_popover_send (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
sm_acknowledge_popover_class_init (SmAcknowledgePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_ACKNOWLEDGE]
      = g_signal_new ("acknowledge", SM_TYPE_ACKNOWLEDGE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, SM_RESOURCE_PATH "pages/wall/sm-acknowledge-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SmAcknowledgePopover, title_label);
  gtk_widget_class_bind_template_child (widget_class, SmAcknowledgePopover, place_label);
  gtk_widget_class_bind_template_child (widget_class, SmAcknowledgePopover, entry);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
}

static void
sm_acknowledge_popover_init (SmAcknowledgePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), LONGEST_NOTE);
}

GtkWidget *
sm_acknowledge_popover_new (void)
{
  return g_object_new (SM_TYPE_ACKNOWLEDGE_POPOVER, NULL);
}

/** sm_acknowledge_popover_show: Asks about @alarm, beside that place of the parent. */
void
sm_acknowledge_popover_show (SmAcknowledgePopover *self,
                             SmItem               *alarm,
                             const GdkRectangle   *beside)
{
  g_autofree char *title = sm_fault_title (sm_item_get_row (alarm));
  g_autofree char *place = sm_fault_place (sm_item_get_row (alarm), NULL);

  g_return_if_fail (SM_IS_ACKNOWLEDGE_POPOVER (self));

  self->alarm_id = sm_item_get_id (alarm);
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->place_label), place);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_popover_set_pointing_to (GTK_POPOVER (self), beside);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->entry);
}

/** sm_acknowledge_popover_send: Acknowledges what it asked about, with @note. */
void
sm_acknowledge_popover_send (SmAcknowledgePopover *self,
                             const char           *note)
{
  g_autofree char *stripped = g_strstrip (g_strdup (note != NULL ? note : ""));

  g_return_if_fail (SM_IS_ACKNOWLEDGE_POPOVER (self));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_ACKNOWLEDGE], 0, self->alarm_id,
                 stripped[0] != '\0' ? stripped : NULL);
}
