/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sign-in.h"

#include "sm-kept-words.h"
#include "sm-style.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _SmSignIn
{
  GtkWidget parent_instance;

  AdwPreferencesGroup *fields;
  GtkEditable *server_row;
  GtkEditable *name_row;
  GtkEditable *password_row;
  GtkWidget *problem_label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (SmSignIn, sm_sign_in, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_SUBMIT,
} Signal;
static guint signals[SIGNAL_SUBMIT + 1];

static void
submit_cb (SmSignIn *self)
{
  sm_sign_in_submit (self);
}

static gboolean
sm_sign_in_grab_focus (GtkWidget *widget)
{
  SmSignIn *self = SM_SIGN_IN (widget);

  if (gtk_editable_get_text (self->server_row)[0] == '\0')
    return gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
  if (gtk_editable_get_text (self->name_row)[0] == '\0')
    return gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  return gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
sm_sign_in_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_sign_in_parent_class)->dispose (object);
}

static void
sm_sign_in_class_init (SmSignInClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_sign_in_dispose;
  widget_class->grab_focus = sm_sign_in_grab_focus;

  signals[SIGNAL_SUBMIT]
      = g_signal_new ("submit", SM_TYPE_SIGN_IN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, SM_RESOURCE_PATH "app/sm-sign-in.ui");
  gtk_widget_class_bind_template_child (widget_class, SmSignIn, fields);
  gtk_widget_class_bind_template_child (widget_class, SmSignIn, server_row);
  gtk_widget_class_bind_template_child (widget_class, SmSignIn, name_row);
  gtk_widget_class_bind_template_child (widget_class, SmSignIn, password_row);
  gtk_widget_class_bind_template_child (widget_class, SmSignIn, problem_label);
  gtk_widget_class_bind_template_child (widget_class, SmSignIn, button);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_sign_in_init (SmSignIn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sm_sign_in_set_kept (self, SM_KEPT_UNKNOWN);
}

/** sm_sign_in_set_kept: Whether the password will be asked for at the next start. */
void
sm_sign_in_set_kept (SmSignIn *self,
                     SmKept    kept)
{
  g_return_if_fail (SM_IS_SIGN_IN (self));

  adw_preferences_group_set_description (self->fields, sm_kept_words (kept));
}

/** sm_sign_in_fill: What was used last, to start from. */
void
sm_sign_in_fill (SmSignIn   *self,
                 const char *server,
                 const char *name)
{
  g_return_if_fail (SM_IS_SIGN_IN (self));

  gtk_editable_set_text (self->server_row, server != NULL ? server : "");
  gtk_editable_set_text (self->name_row, name != NULL ? name : "");
}

/** sm_sign_in_set_busy: Whether an answer is awaited; it always comes, by a timeout if need be. */
void
sm_sign_in_set_busy (SmSignIn *self,
                     gboolean  is_busy)
{
  g_return_if_fail (SM_IS_SIGN_IN (self));

  gtk_widget_set_sensitive (self->button, !is_busy);
  gtk_button_set_label (GTK_BUTTON (self->button), is_busy ? _("Signing in") : _("Sign in"));
}

/** sm_sign_in_set_problem: What went wrong and what to do; NULL: nothing did. */
void
sm_sign_in_set_problem (SmSignIn   *self,
                        const char *sentence)
{
  g_return_if_fail (SM_IS_SIGN_IN (self));

  gtk_label_set_text (GTK_LABEL (self->problem_label), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem_label, sentence != NULL);
}

/** sm_sign_in_submit: Sends what is in the fields, or says which one is empty. */
void
sm_sign_in_submit (SmSignIn *self)
{
  const char *server = gtk_editable_get_text (self->server_row);
  const char *name = gtk_editable_get_text (self->name_row);
  const char *password = gtk_editable_get_text (self->password_row);

  g_return_if_fail (SM_IS_SIGN_IN (self));

  if (!g_str_has_prefix (server, "http://") && !g_str_has_prefix (server, "https://"))
    {
      sm_sign_in_set_problem (self, _("The address of the service is missing. Write it as "
                                      "http://host:port."));
      gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
      return;
    }
  if (name[0] == '\0' || password[0] == '\0')
    {
      sm_sign_in_set_problem (self, _("Name and password are both needed. Enter them and try "
                                      "again."));
      gtk_widget_grab_focus (GTK_WIDGET (name[0] == '\0' ? self->name_row : self->password_row));
      return;
    }
  sm_sign_in_set_problem (self, NULL);
  g_signal_emit (self, signals[SIGNAL_SUBMIT], 0, server, name, password);
  gtk_editable_set_text (self->password_row, "");
}
