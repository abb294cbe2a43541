/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-thing-list.h"

#include "sm-style.h"
#include "sm-thing-row.h"

#include <glib/gi18n-lib.h>

/* More would be a table, which is another page. */
#define MOST 40

struct _SmThingList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *empty_label;
  GtkWidget *more_label;
  GPtrArray *lines;   /* of Line */
  guint n;            /* that were added since the beginning */
};

G_DEFINE_FINAL_TYPE (SmThingList, sm_thing_list, GTK_TYPE_WIDGET)

/* A row, and what was last said of it: most of the time that is the same again. */
typedef struct
{
  GtkWidget *button; /* borrowed from the box */
  char *words;
  char *told;
  char *link;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->words);
  g_free (line->told);
  g_free (line->link);
  g_free (line);
}

static void
sm_thing_list_dispose (GObject *object)
{
  SmThingList *self = SM_THING_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->lines, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_thing_list_parent_class)->dispose (object);
}

static void
sm_thing_list_class_init (SmThingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_thing_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_thing_list_init (SmThingList *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->empty_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  self->more_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->empty_label, "fact");
  gtk_widget_add_css_class (self->more_label, "fact");
  gtk_box_append (GTK_BOX (self->box), self->empty_label);
  gtk_box_append (GTK_BOX (self->box), self->more_label);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/** sm_thing_list_new: @empty: what to say when there is nothing */
GtkWidget *
sm_thing_list_new (const char *empty)
{
  SmThingList *self = g_object_new (SM_TYPE_THING_LIST, NULL);

  gtk_label_set_text (GTK_LABEL (self->empty_label), empty);
  return GTK_WIDGET (self);
}

void
sm_thing_list_begin (SmThingList *self)
{
  g_return_if_fail (SM_IS_THING_LIST (self));

  self->n = 0;
}

static Line *
get_line (SmThingList *self,
          guint        index)
{
  Line *line, *before = index > 0 ? g_ptr_array_index (self->lines, index - 1) : NULL;

  if (index < self->lines->len)
    return g_ptr_array_index (self->lines, index);
  line = g_new0 (Line, 1);
  line->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (line->button), sm_thing_row_new ());
  gtk_widget_add_css_class (line->button, "flat");
  gtk_widget_add_css_class (line->button, "figure-line");
  gtk_box_insert_child_after (GTK_BOX (self->box), line->button,
                              before != NULL ? before->button : NULL);
  g_ptr_array_add (self->lines, line);
  return line;
}

/* Returns: whether that is something else than it was */
static gboolean
take_text (char       **text,
           const char  *now)
{
  if (g_strcmp0 (*text, now) == 0)
    return FALSE;
  g_free (*text);
  *text = g_strdup (now);
  return TRUE;
}

static void
set_link (Line       *line,
          const char *link)
{
  if (!take_text (&line->link, link))
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (line->button), "s", link != NULL ? link : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line->button), link != NULL ? "page.open" : NULL);
}

/**
 * sm_thing_list_add:
 * @subtitle: (nullable)
 * @end: (nullable)
 * @level: of what is wrong with it; 0: nothing
 * @link: (nullable): where it leads
 */
void
sm_thing_list_add (SmThingList *self,
                   const char  *title,
                   const char  *subtitle,
                   const char  *end,
                   guint        level,
                   const char  *link)
{
  Line *line;
  SmThingRow *row;
  g_autofree char *words = NULL;

  g_return_if_fail (SM_IS_THING_LIST (self));

  if (self->n++ >= MOST)
    return;
  line = get_line (self, self->n - 1);
  row = SM_THING_ROW (gtk_button_get_child (GTK_BUTTON (line->button)));
  sm_thing_row_set (row, title, subtitle, end);
  sm_thing_row_set_level (row, level);
  words = g_strjoin (", ", title, subtitle != NULL ? subtitle : "", end, NULL);
  if (take_text (&line->words, words))
    gtk_accessible_update_property (GTK_ACCESSIBLE (line->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    words, -1);
  set_link (line, link);
  sm_thing_list_tell (self, NULL);
}

/** sm_thing_list_tell: @words: (nullable): more of the last row, to who points or listens */
void
sm_thing_list_tell (SmThingList *self,
                    const char  *words)
{
  Line *line;

  g_return_if_fail (SM_IS_THING_LIST (self) && self->n > 0);

  if (self->n > MOST)
    return;
  line = g_ptr_array_index (self->lines, self->n - 1);
  /* What leads nowhere and tells no more is not a control. */
  gtk_widget_set_can_target (line->button, line->link != NULL || words != NULL);
  gtk_widget_set_focusable (line->button, line->link != NULL || words != NULL);
  if (!take_text (&line->told, words))
    return;
  sm_style_set_tooltip (line->button, words);
  if (words != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (line->button),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (line->button),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/** sm_thing_list_end: Takes away what was not added again.  Returns: how many there are */
guint
sm_thing_list_end (SmThingList *self)
{
  g_autofree char *more = NULL;

  g_return_val_if_fail (SM_IS_THING_LIST (self), 0);

  /* A row takes a millisecond to be made, and comes again. */
  for (guint i = 0; i < self->lines->len; i++)
    gtk_widget_set_visible (((Line *) g_ptr_array_index (self->lines, i))->button, i < self->n);
  gtk_widget_set_visible (self->empty_label, self->n == 0);
  gtk_widget_set_visible (self->more_label, self->n > MOST);
  if (self->n > MOST)
    {
      /* Translators: how many rows of a short list are not shown */
      more = g_strdup_printf (ngettext ("and %u more", "and %u more", self->n - MOST),
                              self->n - MOST);
      gtk_label_set_text (GTK_LABEL (self->more_label), more);
    }
  return self->n;
}
