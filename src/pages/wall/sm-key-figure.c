/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-key-figure.h"

#include "sm-style.h"

#include <glib/gi18n-lib.h>

struct _SmKeyFigure
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *lines;
  GtkWidget *title_label;
  GtkWidget *value_label;
  GtkWidget *note_label;
  char *words;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (SmKeyFigure, sm_key_figure, GTK_TYPE_WIDGET)

static void
update_words (SmKeyFigure *self)
{
  const char *note = gtk_label_get_text (GTK_LABEL (self->note_label));
  GString *words = g_string_new (gtk_label_get_text (GTK_LABEL (self->title_label)));

  g_string_append_printf (words, " %s", gtk_label_get_text (GTK_LABEL (self->value_label)));
  if (note[0] != '\0')
    g_string_append_printf (words, ", %s", note);
  if (self->stale)
    g_string_append_printf (words, ", %s", C_ ("figures", "last known"));
  if (g_strcmp0 (words->str, self->words) != 0)
    {
      g_free (self->words);
      self->words = g_strdup (words->str);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, self->words, -1);
    }
  g_string_free (words, TRUE);
}

static void
sm_key_figure_dispose (GObject *object)
{
  SmKeyFigure *self = SM_KEY_FIGURE (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (sm_key_figure_parent_class)->dispose (object);
}

static void
sm_key_figure_finalize (GObject *object)
{
  g_free (SM_KEY_FIGURE (object)->words);

  G_OBJECT_CLASS (sm_key_figure_parent_class)->finalize (object);
}

static void
sm_key_figure_class_init (SmKeyFigureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_key_figure_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_key_figure_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "key-figure");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_key_figure_init (SmKeyFigure *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->title_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE,
                                    "wrap-mode", PANGO_WRAP_WORD_CHAR, "width-chars", 8, NULL);
  self->value_label = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, "valign", GTK_ALIGN_START, NULL);
  self->note_label = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, "visible", FALSE, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_add_css_class (self->title_label, "part");
  gtk_widget_add_css_class (self->value_label, "figure");
  gtk_widget_add_css_class (self->note_label, "note");
  self->lines = lines;
  gtk_box_append (GTK_BOX (first), self->title_label);
  gtk_box_append (GTK_BOX (first), self->note_label);
  gtk_box_append (GTK_BOX (first), self->value_label);
  gtk_box_append (GTK_BOX (lines), first);
  gtk_widget_add_css_class (first, "first-line");
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), lines);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "figure-line");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * sm_key_figure_new:
 * @link: (nullable): to the rows behind it
 */
GtkWidget *
sm_key_figure_new (const char *title,
                   const char *link)
{
  SmKeyFigure *self = g_object_new (SM_TYPE_KEY_FIGURE, NULL);

  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  sm_key_figure_set_link (self, link);
  sm_key_figure_set (self, "–", NULL, FALSE);
  return GTK_WIDGET (self);
}

void
sm_key_figure_set_link (SmKeyFigure *self,
                        const char  *link)
{
  g_return_if_fail (SM_IS_KEY_FIGURE (self));

  gtk_widget_set_can_target (self->button, link != NULL);
  gtk_widget_set_focusable (self->button, link != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", link != NULL ? link : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button),
                                  link != NULL ? "page.open" : NULL);
}

/** sm_key_figure_set_big: One of few that are read from afar: its note gets a line of its own. */
void
sm_key_figure_set_big (SmKeyFigure *self)
{
  g_autoptr (GtkWidget) note = NULL;

  g_return_if_fail (SM_IS_KEY_FIGURE (self));

  note = g_object_ref (self->note_label);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (note)), note);
  gtk_box_append (GTK_BOX (self->lines), note);
  gtk_widget_add_css_class (GTK_WIDGET (self), "big");
}

/**
 * sm_key_figure_set:
 * @value: as it is written, with its unit
 * @note: (nullable): what to compare it with, or what belongs to it
 * @is_abnormal: somebody should look at it
 */
void
sm_key_figure_set (SmKeyFigure *self,
                   const char  *value,
                   const char  *note,
                   gboolean     is_abnormal)
{
  g_return_if_fail (SM_IS_KEY_FIGURE (self));

  gtk_label_set_text (GTK_LABEL (self->value_label), value);
  gtk_label_set_text (GTK_LABEL (self->note_label), note != NULL ? note : "");
  gtk_widget_set_visible (self->note_label, note != NULL && note[0] != '\0');
  sm_style_set_class (GTK_WIDGET (self), "abnormal", is_abnormal);
  update_words (self);
}

/** sm_key_figure_set_stale: Whether it is the last known and not live. */
void
sm_key_figure_set_stale (SmKeyFigure *self,
                         gboolean     stale)
{
  g_return_if_fail (SM_IS_KEY_FIGURE (self));

  self->stale = stale;
  sm_style_set_class (GTK_WIDGET (self), "stale", stale);
  update_words (self);
}

/** sm_key_figure_get_words: Returns: all of it, as it is said */
const char *
sm_key_figure_get_words (SmKeyFigure *self)
{
  g_return_val_if_fail (SM_IS_KEY_FIGURE (self), NULL);

  return self->words;
}
