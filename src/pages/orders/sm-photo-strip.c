/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-photo-strip.h"

#include "sm-photo-texture.h"
#include "sm-photo-waiting.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-toast-errors.h"
#include "sm-work-order-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define SIDE 96
/* More of one order are not shown small. */
#define MOST_PHOTOS 40
/* It is shown each second; who could not be asked is not asked each second. */
#define PATIENCE 10

struct _SmPhotoStrip
{
  GtkWidget parent_instance;

  SmOps *ops;
  GtkWidget *box;
  GtkWidget *flow;
  GtkWidget *waiting; /* those that were added here and are not there yet */
  GtkWidget *told;
  GtkWidget *button;
  GPtrArray *photos; /* (nullable): of SmWorkOrderPhotoLine, as they are shown */
  guint next;        /* which of them is loaded next */
  SmRow *order;      /* (nullable) */
  gint64 id;         /* of which they are; 0: none */
  gint64 count;      /* that there were when they were asked for; -1: nobody said which */
  guint patience;    /* so often it is shown before they are asked for again */
  gboolean is_sending;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SmPhotoStrip, sm_photo_strip, GTK_TYPE_WIDGET)

static void load_next (SmPhotoStrip *self);

/* --- one of them, large --- */

typedef struct
{
  GWeakRef window;
  GtkWidget *picture;
} Large;

static void
large_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Large *large = user_data;
  g_autoptr (GtkWidget) window = g_weak_ref_get (&large->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = sm_photo_texture_load_finish (result, &error);

  if (window != NULL && texture != NULL)
    gtk_picture_set_paintable (GTK_PICTURE (large->picture), GDK_PAINTABLE (texture));
  g_weak_ref_clear (&large->window);
  g_free (large);
}

static void
open_large (SmPhotoStrip *self,
            const char   *path,
            const char   *title)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window = gtk_window_new (), *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  Large *large = g_new0 (Large, 1);

  large->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (large->picture), FALSE);
  gtk_picture_set_alternative_text (GTK_PICTURE (large->picture), title);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), large->picture);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 900);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
  g_weak_ref_init (&large->window, window);
  sm_photo_texture_load_async (path, 0, NULL, large_cb, large);
}

static void
pressed_cb (SmPhotoStrip *self,
            GtkWidget    *button)
{
  const char *path = g_object_get_data (G_OBJECT (button), "path");

  if (path != NULL)
    open_large (self, path, g_object_get_data (G_OBJECT (button), "title"));
}

/* --- small --- */

static GtkWidget *
get_button (SmPhotoStrip *self,
            guint         position)
{
  GtkFlowBoxChild *child
      = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->flow), (int) position);

  return child != NULL ? gtk_flow_box_child_get_child (child) : NULL;
}

static void
clear (SmPhotoStrip *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
}

static void
tell (SmPhotoStrip *self,
      const char   *words)
{
  gtk_label_set_text (GTK_LABEL (self->told), words);
  gtk_widget_set_visible (self->told, words[0] != '\0');
}

static void
add_photo (SmPhotoStrip               *self,
           const SmWorkOrderPhotoLine *photo)
{
  gint64 at = photo->claimed_at != SM_UNKNOWN ? photo->claimed_at : photo->at;
  g_autofree char *moment = sm_work_order_moment (self->ops, at);
  g_autofree char *person = sm_text_clean (photo->person);
  /* Translators: a photo: when it was taken, and by whom */
  char *title = g_strdup_printf (_("Photo of %s · %s"), moment != NULL ? moment : "–", person);
  GtkWidget *button = gtk_button_new (), *child = gtk_flow_box_child_new ();

  gtk_button_set_child (GTK_BUTTON (button),
                        gtk_image_new_from_icon_name ("image-loading-symbolic"));
  gtk_widget_set_size_request (button, SIDE, SIDE);
  gtk_widget_set_tooltip_text (button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (button), "title", title, g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_flow_box_append (GTK_FLOW_BOX (self->flow), child);
}

static void
show_texture (SmPhotoStrip *self,
              GdkTexture   *texture,
              const GError *error)
{
  GtkWidget *button = get_button (self, self->next);
  GtkWidget *picture;

  if (button == NULL)
    return;
  if (texture == NULL)
    {
      g_autofree char *sentence = sm_error_sentence (error);

      gtk_button_set_child (GTK_BUTTON (button),
                            gtk_image_new_from_icon_name ("image-missing-symbolic"));
      gtk_widget_set_tooltip_text (button, sentence);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      sentence, -1);
      return;
    }
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_widget_set_size_request (picture, SIDE, SIDE);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_button_set_child (GTK_BUTTON (button),
                        g_object_new (ADW_TYPE_CLAMP, "maximum-size", SIDE,
                                      "tightening-threshold", SIDE, "child", picture, NULL));
}

static void
texture_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmPhotoStrip) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = sm_photo_texture_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;
  show_texture (self, texture, error);
  self->next++;
  load_next (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmPhotoStrip) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = sm_ops_load_photo_finish (SM_OPS (source), result, &error);
  GtkWidget *button;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;
  button = get_button (self, self->next);
  if (path == NULL || button == NULL)
    {
      show_texture (self, NULL, error);
      self->next++;
      load_next (self);
      return;
    }
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (path), g_free);
  sm_photo_texture_load_async (path, 2 * SIDE, self->cancellable, texture_cb, g_object_ref (self));
}

/* One after the other, so that whatever else is asked comes between. */
static void
load_next (SmPhotoStrip *self)
{
  const SmWorkOrderPhotoLine *photo;

  if (self->photos == NULL || self->next >= MIN (self->photos->len, MOST_PHOTOS))
    return;
  photo = self->photos->pdata[self->next];
  if (photo->sha256 == NULL)
    {
      self->next++;
      load_next (self);
      return;
    }
  sm_ops_load_photo_async (self->ops, self->id, photo->sha256, self->cancellable, loaded_cb,
                           g_object_ref (self));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmPhotoStrip) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) photos = sm_ops_list_photos_finish (SM_OPS (source), result, &error);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;
  clear (self);
  if (photos == NULL)
    {
      sentence = sm_error_sentence (error);
      tell (self, sentence);
      self->count = -1;
      self->patience = PATIENCE;
      return;
    }
  tell (self, "");
  for (guint i = 0; i < MIN (photos->len, MOST_PHOTOS); i++)
    add_photo (self, photos->pdata[i]);
  self->photos = g_steal_pointer (&photos);
  self->next = 0;
  load_next (self);
}

/* --- another one --- */

static void
show_button (SmPhotoStrip *self)
{
  const char *slug
      = self->order != NULL ? sm_ops_add_photo_refusal (self->ops, self->order) : "not-found";
  const char *refusal = sm_ops_get_person (self->ops) == NULL ? _("Nobody is signed in")
                        : self->is_sending                    ? _("A photo is being read")
                        : slug != NULL                        ? sm_slug_what (slug)
                                                              : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workorders.add-photo", refusal == NULL);
  sm_style_set_tooltip (self->button, refusal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  refusal != NULL ? refusal : "", -1);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmPhotoStrip) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  self->is_sending = FALSE;
  if (!sm_ops_add_photo_finish (SM_OPS (source), result, &error))
    sentence = sm_error_sentence (error);
  if (self->box == NULL)
    return;
  tell (self, sentence != NULL ? sentence : "");
  show_button (self);
  sm_photo_waiting_list_show (SM_PHOTO_WAITING_LIST (self->waiting), self->id);
}

static void
send_file (SmPhotoStrip *self,
           SmRow        *order,
           const char   *file)
{
  if (order == NULL || self->is_sending)
    return;
  self->is_sending = TRUE;
  sm_ops_add_photo_async (self->ops, order, file, NULL, added_cb, g_object_ref (self));
  show_button (self);
}

/** sm_photo_strip_add: Takes a file, to be sent; what is wrong with it is said here. */
void
sm_photo_strip_add (SmPhotoStrip *self,
                    const char   *file)
{
  g_return_if_fail (SM_IS_PHOTO_STRIP (self));

  send_file (self, self->order, file);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  g_autoptr (SmPhotoStrip) self = user_data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  SmRow *order = g_object_get_data (G_OBJECT (dialog), "order");

  /* Of the order for which it was asked: meanwhile another one may be shown. */
  if (path != NULL && self->box != NULL)
    send_file (self, order, path);
  g_object_unref (dialog);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = NULL;

  if (SM_PHOTO_STRIP (widget)->order == NULL)
    return;
  dialog = gtk_file_chooser_native_new (_("Add a photo"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("Photos (JPEG, PNG)"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "order", sm_row_ref (SM_PHOTO_STRIP (widget)->order),
                          (GDestroyNotify) sm_row_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), g_object_ref (widget));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/** sm_photo_strip_show: @order: (nullable): whose; asks for them when there are more */
void
sm_photo_strip_show (SmPhotoStrip *self,
                     SmRow        *order)
{
  gint64 id, count;

  g_return_if_fail (SM_IS_PHOTO_STRIP (self));

  id = order != NULL ? sm_row_get_id (order) : 0;
  count = order != NULL ? MAX (sm_row_get_int (order, SM_WORK_ORDER_PHOTOS), 0) : 0;
  g_clear_pointer (&self->order, sm_row_unref);
  self->order = order != NULL ? sm_row_ref (order) : NULL;
  show_button (self);
  sm_photo_waiting_list_show (SM_PHOTO_WAITING_LIST (self->waiting), id);
  if (id == self->id && count == self->count)
    return;
  if (id == self->id && self->patience > 0)
    {
      self->patience--;
      return;
    }
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (id != self->id)
    clear (self);
  if (id != self->id || count == 0)
    tell (self, "");
  self->patience = 0;
  self->id = id;
  self->count = count;
  if (count == 0)
    return;
  self->cancellable = g_cancellable_new ();
  sm_ops_list_photos_async (self->ops, id, self->cancellable, listed_cb, g_object_ref (self));
}

/* --- a widget --- */

static void
sm_photo_strip_dispose (GObject *object)
{
  SmPhotoStrip *self = SM_PHOTO_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->order, sm_row_unref);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_photo_strip_parent_class)->dispose (object);
}

static void
sm_photo_strip_class_init (SmPhotoStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_photo_strip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "workorders.add-photo", NULL, add_action);
}

static void
sm_photo_strip_init (SmPhotoStrip *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), 6);
  self->told = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  self->button = g_object_new (GTK_TYPE_BUTTON, "label", _("Add a photo…"), "halign",
                               GTK_ALIGN_START, "action-name", "workorders.add-photo", NULL);
  gtk_widget_add_css_class (self->button, "small");
  gtk_box_append (GTK_BOX (self->box), self->flow);
  gtk_box_append (GTK_BOX (self->box), self->told);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
sm_photo_strip_new (SmOps *ops)
{
  SmPhotoStrip *self = g_object_new (SM_TYPE_PHOTO_STRIP, NULL);

  self->ops = g_object_ref (ops);
  self->waiting = sm_photo_waiting_list_new (ops);
  g_signal_connect_object (self->waiting, "open", G_CALLBACK (open_large), self,
                           G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->waiting, self->flow);
  return GTK_WIDGET (self);
}
