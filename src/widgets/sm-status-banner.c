/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-status-banner.h"

#include "sm-style.h"

struct _SmStatusBanner
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkWidget *title_label;
  GtkWidget *detail_label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (SmStatusBanner, sm_status_banner, GTK_TYPE_WIDGET)

static void
sm_status_banner_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_status_banner_parent_class)->dispose (object);
}

static void
sm_status_banner_class_init (SmStatusBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_status_banner_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "widgets/sm-status-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, SmStatusBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, SmStatusBanner, title_label);
  gtk_widget_class_bind_template_child (widget_class, SmStatusBanner, detail_label);
  gtk_widget_class_bind_template_child (widget_class, SmStatusBanner, button);
  gtk_widget_class_set_css_name (widget_class, "status-banner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
sm_status_banner_init (SmStatusBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sm_status_banner_new (void)
{
  return g_object_new (SM_TYPE_STATUS_BANNER, NULL);
}

/**
 * sm_status_banner_set:
 * @title: (nullable): what is the matter; NULL: all is well, the banner goes
 * @detail: (nullable): what to do, or what still holds
 */
void
sm_status_banner_set (SmStatusBanner *self,
                      const char     *title,
                      const char     *detail)
{
  g_return_if_fail (SM_IS_STATUS_BANNER (self));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), title != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), title != NULL);
  if (title == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->detail_label), detail != NULL ? detail : "");
  gtk_widget_set_visible (self->detail_label, detail != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  detail != NULL ? detail : "", -1);
}

/** sm_status_banner_set_action: A button with that action; NULL: none. */
void
sm_status_banner_set_action (SmStatusBanner *self,
                             const char     *label,
                             const char     *action_name)
{
  g_return_if_fail (SM_IS_STATUS_BANNER (self));

  gtk_widget_set_visible (self->button, label != NULL);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->button), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
}

/** sm_status_banner_get_title: Returns: (nullable): what is the matter, if anything */
const char *
sm_status_banner_get_title (SmStatusBanner *self)
{
  g_return_val_if_fail (SM_IS_STATUS_BANNER (self), NULL);

  return sm_status_banner_is_shown (self) ? gtk_label_get_text (GTK_LABEL (self->title_label))
                                          : NULL;
}

gboolean
sm_status_banner_is_shown (SmStatusBanner *self)
{
  g_return_val_if_fail (SM_IS_STATUS_BANNER (self), FALSE);

  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}
