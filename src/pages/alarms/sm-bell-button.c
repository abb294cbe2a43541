/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-bell-button.h"

#include "sm-level-badge.h"
#include "sm-style.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>

#define N_LEVELS 4

struct _SmBellButton
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *state_label;
  GtkWidget *again_button;
  GtkWidget *checks[N_LEVELS];

  SmBell *bell;
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (SmBellButton, sm_bell_button, GTK_TYPE_WIDGET)

static const struct
{
  guint minutes;
  const char *words;
} silences[] = {
  { 1, N_ ("1 min") }, { 5, N_ ("5 min") }, { 15, N_ ("15 min") }, { 60, N_ ("1 h") },
};

static void
sm_bell_button_dispose (GObject *object)
{
  SmBellButton *self = SM_BELL_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->bell);

  G_OBJECT_CLASS (sm_bell_button_parent_class)->dispose (object);
}

static void
silence_cb (GtkWidget    *button,
            SmBellButton *self)
{
  guint minutes = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "sm-minutes"));

  sm_bell_silence (self->bell, minutes * SM_MINUTE);
}

static void
test_cb (GtkWidget    *button,
         SmBellButton *self)
{
  sm_bell_test (self->bell, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "sm-level")));
}

static void
toggled_cb (SmBellButton *self)
{
  guint levels = 0;

  if (self->is_showing)
    return;
  for (guint i = 0; i < N_LEVELS; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->checks[i])))
      levels |= 1u << i;
  sm_bell_set_levels (self->bell, levels);
}

static void
sm_bell_button_class_init (SmBellButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_bell_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_silences (SmBellButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Silence for")));
  for (gsize i = 0; i < G_N_ELEMENTS (silences); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(silences[i].words));

      g_object_set_data (G_OBJECT (button), "sm-minutes", GUINT_TO_POINTER (silences[i].minutes));
      gtk_widget_add_css_class (button, "small");
      g_signal_connect_object (button, "clicked", G_CALLBACK (silence_cb), self, 0);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static GtkWidget *
make_level (SmBellButton *self,
            guint         index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *words = sm_level_badge_words (index + 1);
  /* Translators: %s is an alarm level, as in "Test the sound of Level 1, critical" */
  g_autofree char *test_words = g_strdup_printf (_("Test the sound of %s"), words);
  GtkWidget *test = gtk_button_new_with_label (_("Test"));

  self->checks[index] = gtk_check_button_new_with_label (words);
  gtk_widget_set_hexpand (self->checks[index], TRUE);
  g_signal_connect_object (self->checks[index], "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (test), "sm-level", GUINT_TO_POINTER (index + 1));
  gtk_accessible_update_property (GTK_ACCESSIBLE (test), GTK_ACCESSIBLE_PROPERTY_LABEL, test_words,
                                  -1);
  gtk_widget_add_css_class (test, "small");
  g_signal_connect_object (test, "clicked", G_CALLBACK (test_cb), self, 0);
  gtk_box_append (GTK_BOX (box), sm_level_badge_new (index + 1));
  gtk_box_append (GTK_BOX (box), self->checks[index]);
  gtk_box_append (GTK_BOX (box), test);
  return box;
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "max-width-chars", 44, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_popover (SmBellButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->state_label = make_label ("", "empty-title");
  gtk_box_append (GTK_BOX (box), self->state_label);
  gtk_box_append (GTK_BOX (box), make_silences (self));
  self->again_button = gtk_button_new_with_label (_("Sound again"));
  g_signal_connect_object (self->again_button, "clicked", G_CALLBACK (silence_cb), self, 0);
  gtk_box_append (GTK_BOX (box), self->again_button);
  gtk_box_append (GTK_BOX (box),
                  make_label (_("Silence acknowledges nothing. Safety alarms sound again after a "
                                "minute of it, and whatever is chosen here."),
                              "row-subtitle"));
  for (guint i = 0; i < N_LEVELS; i++)
    gtk_box_append (GTK_BOX (box), make_level (self, i));
  gtk_widget_add_css_class (box, "bell-box");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static void
sm_bell_button_init (SmBellButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = gtk_image_new ();
  self->label = gtk_label_new ("");
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->label);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), make_popover (self));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
sm_bell_button_new (SmBell *bell)
{
  SmBellButton *self = g_object_new (SM_TYPE_BELL_BUTTON, NULL);

  self->bell = g_object_ref (bell);
  g_signal_connect_object (bell, "notify", G_CALLBACK (sm_bell_button_refresh), self,
                           G_CONNECT_SWAPPED);
  sm_bell_button_refresh (self);
  return GTK_WIDGET (self);
}

static char *
describe (SmBellButton *self)
{
  const char *problem = sm_bell_get_problem (self->bell);
  gint64 remaining = sm_bell_get_remaining_us (self->bell);
  g_autofree char *age = NULL;

  if (problem != NULL)
    return g_strdup (problem);
  if (remaining > 0)
    {
      age = sm_time_age (remaining);
      /* Translators: sounds are off; %s is how much longer, as in "4 min" */
      return g_strdup_printf (_("Silenced, %s left"), age);
    }
  return g_strdup (sm_bell_get_levels (self->bell) != 0 ? _("Sounds are on")
                                                        : _("Only safety alarms sound"));
}

/** sm_bell_button_refresh: Each second: how much silence is left. */
void
sm_bell_button_refresh (SmBellButton *self)
{
  gboolean is_silent = sm_bell_get_remaining_us (self->bell) > 0;
  gboolean is_heard = !is_silent && sm_bell_get_problem (self->bell) == NULL;
  g_autofree char *words = describe (self);

  g_return_if_fail (SM_IS_BELL_BUTTON (self));

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), is_heard ? "audio-volume-high-symbolic"
                                                                 : "audio-volume-muted-symbolic");
  gtk_label_set_text (GTK_LABEL (self->label), words);
  gtk_label_set_text (GTK_LABEL (self->state_label), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_widget_set_visible (self->again_button, is_silent);
  self->is_showing = TRUE;
  for (guint i = 0; i < N_LEVELS; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]),
                                 (sm_bell_get_levels (self->bell) & 1u << i) != 0);
  self->is_showing = FALSE;
}

/** sm_bell_button_get_words: Returns: what it says of the sounds now */
const char *
sm_bell_button_get_words (SmBellButton *self)
{
  g_return_val_if_fail (SM_IS_BELL_BUTTON (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}
