/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-channels.h"

#include "sm-style.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>

struct _SmWallChannels
{
  GtkWidget parent_instance;

  GtkWidget *boxes[SM_N_STATUS_CHANNELS];
  GtkWidget *labels[SM_N_STATUS_CHANNELS];
};

G_DEFINE_FINAL_TYPE (SmWallChannels, sm_wall_channels, GTK_TYPE_WIDGET)

static void
sm_wall_channels_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_wall_channels_parent_class)->dispose (object);
}

static void
sm_wall_channels_class_init (SmWallChannelsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_wall_channels_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "wall-channels");
}

static void
sm_wall_channels_init (SmWallChannels *self)
{
  for (guint i = 0; i < SM_N_STATUS_CHANNELS; i++)
    {
      GtkWidget *sign = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      self->boxes[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      self->labels[i] = gtk_label_new (NULL);
      gtk_widget_set_valign (sign, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (sign, "sign");
      gtk_widget_add_css_class (self->boxes[i], "freshness");
      gtk_box_append (GTK_BOX (self->boxes[i]), sign);
      gtk_box_append (GTK_BOX (self->boxes[i]), self->labels[i]);
      gtk_widget_set_parent (self->boxes[i], GTK_WIDGET (self));
    }
}

static char *
name_channel (SmStatusChannel channel,
              const char     *age)
{
  switch (channel)
    {
    case SM_STATUS_CHANGES:
      /* Translators: a way by which data come (stations, alarms), %s is the age of its last answer */
      return g_strdup_printf (_("Changes %s"), age);
    case SM_STATUS_MOVING:
      /* Translators: likewise, of what moves and measures */
      return g_strdup_printf (_("Live %s"), age);
    case SM_STATUS_FIGURES:
    case SM_N_STATUS_CHANNELS:
    default:
      /* Translators: likewise, of the figures of today */
      return g_strdup_printf (_("Figures %s"), age);
    }
}

/** sm_wall_channels_show: Shows the ages as they are now. */
void
sm_wall_channels_show (SmWallChannels *self,
                       SmStatus       *status)
{
  g_return_if_fail (SM_IS_WALL_CHANNELS (self));

  for (guint i = 0; i < SM_N_STATUS_CHANNELS; i++)
    {
      gint64 us = sm_status_get_channel_age_us (status, (SmStatusChannel) i);
      gboolean is_fresh = us >= 0 && us < SM_CONNECTIVITY_FRESH_US;
      g_autofree char *age = us >= 0 ? sm_time_age (us) : g_strdup ("–");
      g_autofree char *text = name_channel ((SmStatusChannel) i, age);

      gtk_label_set_text (GTK_LABEL (self->labels[i]), text);
      sm_style_set_class (self->boxes[i], "live", is_fresh);
      sm_style_set_class (self->boxes[i], "not-live", !is_fresh);
    }
}
