/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-photo-waiting.h"

#include "sm-photo-texture.h"
#include "sm-text.h"
#include "sm-toast-errors.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define SIDE 96
/* More of one order are not shown small. */
#define MOST_PHOTOS 40

struct _SmPhotoWaitingList
{
  GtkWidget parent_instance;

  SmOps *ops;
  GtkWidget *flow;
  char *shown; /* (nullable): what it was made of */
  GCancellable *cancellable;
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmPhotoWaitingList, sm_photo_waiting_list, GTK_TYPE_WIDGET)

static const char *
word_of_state (const SmPhotoWaiting *photo)
{
  switch (photo->state)
    {
    case SM_ACT_CONFLICT:
      return _("In conflict");
    case SM_ACT_SENDING:
      return _("Being sent");
    case SM_ACT_ANSWERED:
      return C_ ("photo", "Sent");
    default:
      return _("Waits to be sent");
    }
}

static void
pressed_cb (SmPhotoWaitingList *self,
            GtkWidget          *button)
{
  g_signal_emit (self, signals[OPEN], 0, g_object_get_data (G_OBJECT (button), "path"),
                 g_object_get_data (G_OBJECT (button), "title"));
}

static void
texture_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GtkPicture) picture = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = sm_photo_texture_load_finish (result, &error);

  if (texture != NULL)
    gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
}

/* How it stands is written under it, and read out with it. */
static void
add_photo (SmPhotoWaitingList   *self,
           const SmPhotoWaiting *photo)
{
  const char *state = word_of_state (photo);
  g_autofree char *name = sm_text_clean (photo->name);
  g_autofree char *why
      = photo->state == SM_ACT_CONFLICT ? sm_slug_sentence (photo->problem) : NULL;
  /* Translators: a photo that was added here: its file, and whether it was sent */
  char *title = g_strdup_printf (_("Photo %s · %s"), name, state);
  GtkWidget *button = gtk_button_new (), *child = gtk_flow_box_child_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *picture = gtk_picture_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", state, "wrap", TRUE, "max-width-chars",
                                   14, "justify", GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (label, "row-subtitle");
  gtk_widget_set_size_request (picture, SIDE, SIDE);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  /* As many beside each other as there is room for: it would take the room of all its points. */
  gtk_box_append (GTK_BOX (box), g_object_new (ADW_TYPE_CLAMP, "maximum-size", SIDE,
                                               "tightening-threshold", SIDE, "child", picture,
                                               NULL));
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_tooltip_text (button, why != NULL ? why : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why != NULL ? why : "", -1);
  g_object_set_data_full (G_OBJECT (button), "title", title, g_free);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (photo->path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_flow_box_append (GTK_FLOW_BOX (self->flow), child);
  sm_photo_texture_load_async (photo->path, 2 * SIDE, self->cancellable, texture_cb,
                               g_object_ref (picture));
}

static char *
describe (const GPtrArray *photos)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < photos->len; i++)
    {
      const SmPhotoWaiting *photo = photos->pdata[i];

      g_string_append_printf (text, "%s %d %s\n", photo->path, photo->state,
                              photo->problem != NULL ? photo->problem : "");
    }
  return g_string_free (text, FALSE);
}

/** sm_photo_waiting_list_show: @order_id: whose; 0: nobody's */
void
sm_photo_waiting_list_show (SmPhotoWaitingList *self,
                            gint64              order_id)
{
  g_autoptr (GPtrArray) photos = NULL;
  g_autofree char *now = NULL;
  GtkWidget *child;

  g_return_if_fail (SM_IS_PHOTO_WAITING_LIST (self));

  photos = sm_ops_list_waiting_photos (self->ops, order_id);
  now = describe (photos);
  if (g_strcmp0 (now, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&now);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  for (guint i = 0; i < MIN (photos->len, MOST_PHOTOS); i++)
    add_photo (self, photos->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), photos->len > 0);
}

static void
sm_photo_waiting_list_dispose (GObject *object)
{
  SmPhotoWaitingList *self = SM_PHOTO_WAITING_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->flow, gtk_widget_unparent);
  g_clear_pointer (&self->shown, g_free);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_photo_waiting_list_parent_class)->dispose (object);
}

static void
sm_photo_waiting_list_class_init (SmPhotoWaitingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_photo_waiting_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[OPEN] = g_signal_new ("open", SM_TYPE_PHOTO_WAITING_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
sm_photo_waiting_list_init (SmPhotoWaitingList *self)
{
  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), 6);
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** sm_photo_waiting_list_new: Returns: (transfer floating): of no order */
GtkWidget *
sm_photo_waiting_list_new (SmOps *ops)
{
  SmPhotoWaitingList *self = g_object_new (SM_TYPE_PHOTO_WAITING_LIST, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}
