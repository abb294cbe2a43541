/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-turns.h"

#include "sm-style.h"

#define SPACING 6
#define MOST 520 /* ten years of weeks */

struct _SmTurns
{
  GtkWidget parent_instance;

  GtkWidget *title;
  int offset; /* from the present span */
};

enum
{
  SIGNAL_TURNED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmTurns, sm_turns, GTK_TYPE_WIDGET)

static void
before_cb (SmTurns *self)
{
  sm_turns_go (self, self->offset - 1);
}

static void
after_cb (SmTurns *self)
{
  sm_turns_go (self, self->offset + 1);
}

static void
present_cb (SmTurns *self)
{
  sm_turns_go (self, 0);
}

static void
sm_turns_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_turns_parent_class)->dispose (object);
}

static void
sm_turns_class_init (SmTurnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_turns_dispose;
  signals[SIGNAL_TURNED] = g_signal_new ("turned", SM_TYPE_TURNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
sm_turns_init (SmTurns *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
}

static void
add_button (SmTurns    *self,
            const char *icon,
            const char *name,
            GCallback   callback)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon)
                                   : gtk_button_new_with_label (name);

  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (icon != NULL)
    sm_style_set_tooltip (button, name);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

/** sm_turns_new: Returns: (transfer floating): with what its buttons are called */
GtkWidget *
sm_turns_new (const char *before,
              const char *after,
              const char *present)
{
  SmTurns *self = g_object_new (SM_TYPE_TURNS, NULL);

  add_button (self, "go-previous-symbolic", before, G_CALLBACK (before_cb));
  self->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->title, "panel-title");
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));
  add_button (self, "go-next-symbolic", after, G_CALLBACK (after_cb));
  add_button (self, NULL, present, G_CALLBACK (present_cb));
  return GTK_WIDGET (self);
}

void
sm_turns_set_title (SmTurns    *self,
                    const char *title)
{
  g_return_if_fail (SM_IS_TURNS (self));

  gtk_label_set_text (GTK_LABEL (self->title), title);
}

/** sm_turns_get_offset: Returns: how many spans after the present one; negative: before it */
int
sm_turns_get_offset (SmTurns *self)
{
  g_return_val_if_fail (SM_IS_TURNS (self), 0);

  return self->offset;
}

/** sm_turns_go: @offset: as of sm_turns_get_offset(); there is an end in both directions */
void
sm_turns_go (SmTurns *self,
             int      offset)
{
  g_return_if_fail (SM_IS_TURNS (self));

  if (ABS (offset) > MOST)
    return;
  self->offset = offset;
  g_signal_emit (self, signals[SIGNAL_TURNED], 0);
}
