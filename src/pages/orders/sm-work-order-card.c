/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-card.h"

#include "sm-level-badge.h"
#include "sm-style.h"
#include "sm-work-order-words.h"

#include <glib/gi18n-lib.h>

struct _SmWorkOrderCard
{
  GtkWidget parent_instance;

  SmOps *ops;
  SmItem *item; /* (nullable) */
  SmLevelBadge *badge;
  GtkWidget *title_label;
  GtkWidget *place_label;
  GtkWidget *who_label;
  GtkWidget *clock_name;
  GtkWidget *clock_label;
  GtkWidget *pending_image;
};

G_DEFINE_FINAL_TYPE (SmWorkOrderCard, sm_work_order_card, GTK_TYPE_WIDGET)

/* --- showing --- */

/* All that the card shows, for who hears it. */
static void
name_card (SmWorkOrderCard *self)
{
  g_autofree char *level = sm_level_badge_words (sm_level_badge_get_level (self->badge));
  g_autofree char *clock = sm_work_order_clock_sentence (self->ops, sm_item_get_row (self->item));
  g_autofree char *name = g_strdup_printf (
      "%s, %s, %s, %s, %s%s%s", level, gtk_label_get_text (GTK_LABEL (self->title_label)),
      gtk_label_get_text (GTK_LABEL (self->place_label)),
      gtk_label_get_text (GTK_LABEL (self->who_label)), clock != NULL ? clock : "",
      sm_item_get_edited (self->item) ? ", " : "",
      sm_item_get_edited (self->item) ? _("Pending: not yet with the service") : "");

  sm_style_name_row (GTK_WIDGET (self), name);
}

/** sm_work_order_card_refresh: Each second: its clock goes on. */
void
sm_work_order_card_refresh (SmWorkOrderCard *self)
{
  g_autofree char *text = NULL;
  SmWorkOrderClock clock;
  gint64 left;

  g_return_if_fail (SM_IS_WORK_ORDER_CARD (self));

  if (self->item == NULL || sm_item_get_row (self->item) == NULL)
    return;
  text = sm_work_order_clock_text (self->ops, sm_item_get_row (self->item), &clock, &left);
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->clock_label)), text) == 0)
    return;
  gtk_label_set_text (GTK_LABEL (self->clock_label), text != NULL ? text : "");
  gtk_label_set_text (GTK_LABEL (self->clock_name), text != NULL ? sm_work_order_clock_title (clock) : "");
  sm_style_set_class (self->clock_label, "overdue", text != NULL && left < 0);
}

static void
show_row (SmWorkOrderCard *self)
{
  const SmRow *row = self->item != NULL ? sm_item_get_row (self->item) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *place = NULL;
  g_autofree char *who = NULL;

  if (row == NULL)
    return;
  title = sm_work_order_title (row);
  place = sm_work_order_place (self->ops, row);
  who = sm_work_order_who (self->ops, row);
  sm_level_badge_set_level (self->badge, sm_work_order_level (row));
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->place_label), place);
  gtk_label_set_text (GTK_LABEL (self->who_label), who);
  gtk_widget_set_visible (self->pending_image, sm_item_get_edited (self->item));
  sm_work_order_card_refresh (self);
  name_card (self);
}

/** sm_work_order_card_bind: @item: (nullable): whose order it shows from now on */
void
sm_work_order_card_bind (SmWorkOrderCard *self,
                         SmItem          *item)
{
  g_return_if_fail (SM_IS_WORK_ORDER_CARD (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_row, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "notify", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  show_row (self);
}

/* --- a widget --- */

static void
sm_work_order_card_dispose (GObject *object)
{
  SmWorkOrderCard *self = SM_WORK_ORDER_CARD (object);
  GtkWidget *child;

  sm_work_order_card_bind (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_work_order_card_parent_class)->dispose (object);
}

static void
sm_work_order_card_class_init (SmWorkOrderCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_work_order_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "order-card");
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_foot (SmWorkOrderCard *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->pending_image = gtk_image_new_from_icon_name ("document-open-recent-symbolic");
  gtk_widget_set_tooltip_text (self->pending_image, _("Pending: not yet with the service"));
  self->who_label = make_label ("row-subtitle");
  self->clock_label = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, NULL);
  gtk_widget_add_css_class (self->clock_label, "countdown");
  gtk_box_append (GTK_BOX (foot), self->pending_image);
  gtk_box_append (GTK_BOX (foot), self->who_label);
  gtk_box_append (GTK_BOX (foot), self->clock_label);
  return foot;
}

static void
sm_work_order_card_init (SmWorkOrderCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->badge = SM_LEVEL_BADGE (sm_level_badge_new (0));
  self->title_label = make_label ("row-title");
  self->place_label = make_label ("row-subtitle");
  self->clock_name = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, NULL);
  gtk_widget_add_css_class (self->clock_name, "row-subtitle");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->badge));
  gtk_box_append (GTK_BOX (head), self->title_label);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (middle), self->place_label);
  gtk_box_append (GTK_BOX (middle), self->clock_name);
  gtk_box_append (GTK_BOX (box), middle);
  gtk_box_append (GTK_BOX (box), make_foot (self));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
sm_work_order_card_new (SmOps *ops)
{
  SmWorkOrderCard *self = g_object_new (SM_TYPE_WORK_ORDER_CARD, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}
