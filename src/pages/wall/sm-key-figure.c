/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-key-figure.h"

#include "sm-style.h"

#include <glib/gi18n-lib.h>

struct _SmKeyFigure
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *title_label;
  GtkWidget *value_label;
  GtkWidget *note_label;
  char *words;
  gboolean big;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (SmKeyFigure, sm_key_figure, GTK_TYPE_WIDGET)

/* Between two of the three in a line, of the height of a line. */
#define GAP_SHARE 0.4

static int
natural_width (GtkWidget *widget)
{
  int minimum, natural;

  if (!gtk_widget_should_layout (widget))
    return 0;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return natural;
}

static int
height_for (GtkWidget *widget,
            int        width)
{
  int minimum, natural;

  if (!gtk_widget_should_layout (widget))
    return 0;
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return natural;
}

static int
find_gap (SmKeyFigure *self)
{
  return (int) (GAP_SHARE * height_for (self->value_label, -1));
}

/* Title, note and value in one line where there is room for that; else the note
 * stands below the title, and neither is broken in the middle of a quantity. */
static gboolean
is_one_line (SmKeyFigure *self,
             int          width)
{
  int gap = find_gap (self), note = natural_width (self->note_label);

  return note == 0
         || (!self->big
             && natural_width (self->title_label) + note + natural_width (self->value_label)
                        + 2 * gap
                    <= width);
}

static SmKeyFigure *
figure_of_line (GtkWidget *line)
{
  return SM_KEY_FIGURE (gtk_widget_get_ancestor (line, SM_TYPE_KEY_FIGURE));
}

static GtkSizeRequestMode
line_get_request_mode (GtkWidget *line)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_line_width (SmKeyFigure *self,
                    int         *minimum,
                    int         *natural)
{
  int gap = find_gap (self), value = natural_width (self->value_label);
  int title = natural_width (self->title_label), note = natural_width (self->note_label);
  int least;

  gtk_widget_measure (self->title_label, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  *minimum = least + gap + value;
  *natural = value + gap + (self->big ? MAX (title, note) : title + (note > 0 ? note + gap : 0));
  *natural = MAX (*minimum, *natural);
}

static void
line_measure (GtkWidget      *line,
              GtkOrientation  orientation,
              int             for_size,
              int            *minimum,
              int            *natural,
              int            *minimum_baseline,
              int            *natural_baseline)
{
  SmKeyFigure *self = figure_of_line (line);
  /* Without a width it is as high as with enough of it. */
  int value, left, width = for_size < 0 ? 1 << 20 : for_size;

  *minimum = *natural = 0;
  if (self == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_line_width (self, minimum, natural);
      return;
    }
  left = MAX (width - natural_width (self->value_label) - find_gap (self), 0);
  value = height_for (self->value_label, -1);
  if (is_one_line (self, width))
    *natural = MAX (height_for (self->title_label, left), height_for (self->note_label, -1));
  else
    *natural = height_for (self->title_label, left) + height_for (self->note_label, left);
  *minimum = *natural = MAX (*natural, value);
}

static void
put (GtkWidget *widget,
     gboolean   is_mirrored,
     int        line_width,
     int        x,
     int        y,
     int        width,
     int        height)
{
  if (gtk_widget_should_layout (widget))
    gtk_widget_size_allocate (
        widget,
        &(GtkAllocation) { is_mirrored ? line_width - x - width : x, y, width, height }, -1);
}

static void
line_allocate (GtkWidget *line,
               int        width,
               int        height,
               int        baseline)
{
  SmKeyFigure *self = figure_of_line (line);
  gboolean is_mirrored = gtk_widget_get_direction (line) == GTK_TEXT_DIR_RTL;
  int gap, value, note, left, high;

  if (self == NULL)
    return;
  gap = find_gap (self);
  value = natural_width (self->value_label);
  note = natural_width (self->note_label);
  left = MAX (width - value - gap, 0);
  high = height_for (self->value_label, -1);
  if (is_one_line (self, width))
    {
      int title_height = height_for (self->title_label, left);
      int note_height = height_for (self->note_label, -1);

      put (self->title_label, is_mirrored, width, 0, (height - title_height) / 2,
           note > 0 ? left - note - gap : left, title_height);
      put (self->note_label, is_mirrored, width, left - note, (height - note_height) / 2, note,
           note_height);
    }
  else
    {
      int title_height = height_for (self->title_label, left);

      put (self->title_label, is_mirrored, width, 0, 0, left, title_height);
      put (self->note_label, is_mirrored, width, 0, title_height, left,
           height_for (self->note_label, left));
    }
  put (self->value_label, is_mirrored, width, width - value, (height - high) / 2, value, high);
}

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
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (
      line, gtk_custom_layout_new (line_get_request_mode, line_measure, line_allocate));
  self->title_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                    PANGO_WRAP_WORD_CHAR, "width-chars", 8, NULL);
  self->value_label = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, NULL);
  self->note_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "visible", FALSE, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_add_css_class (self->title_label, "part");
  gtk_widget_add_css_class (self->value_label, "figure");
  gtk_widget_add_css_class (self->note_label, "note");
  gtk_box_append (GTK_BOX (line), self->title_label);
  gtk_box_append (GTK_BOX (line), self->note_label);
  gtk_box_append (GTK_BOX (line), self->value_label);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), line);
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
  g_return_if_fail (SM_IS_KEY_FIGURE (self));

  self->big = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "big");
  gtk_widget_queue_resize (self->button);
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
