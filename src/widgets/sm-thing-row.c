/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-thing-row.h"

#include "sm-level-badge.h"
#include "sm-style.h"
#include "sm-text.h"

struct _SmThingRow
{
  GtkWidget parent_instance;

  SmLevelBadge *badge;
  GtkWidget *title_label;
  GtkWidget *subtitle_label;
  GtkWidget *end_label;
  char *name;            /* as it was told last, and to which cell around it */
  GtkWidget *named_cell; /* never looked into */
};

G_DEFINE_FINAL_TYPE (SmThingRow, sm_thing_row, GTK_TYPE_WIDGET)

static void
sm_thing_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_thing_row_parent_class)->dispose (object);
}

static void
sm_thing_row_finalize (GObject *object)
{
  g_free (SM_THING_ROW (object)->name);

  G_OBJECT_CLASS (sm_thing_row_parent_class)->finalize (object);
}

static void
sm_thing_row_class_init (SmThingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_thing_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_thing_row_finalize;

  g_type_ensure (SM_TYPE_LEVEL_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "widgets/sm-thing-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SmThingRow, badge);
  gtk_widget_class_bind_template_child (widget_class, SmThingRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, SmThingRow, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, SmThingRow, end_label);
  gtk_widget_class_set_css_name (widget_class, "thing-row");
}

static void
sm_thing_row_init (SmThingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sm_thing_row_new (void)
{
  return g_object_new (SM_TYPE_THING_ROW, NULL);
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  g_autofree char *clean = sm_text_clean (text);

  gtk_label_set_text (GTK_LABEL (label), clean);
  gtk_widget_set_visible (label, clean[0] != '\0');
}

static void
name_row (SmThingRow *self)
{
  guint level = sm_level_badge_get_level (self->badge);
  g_autofree char *words = level > 0 ? sm_level_badge_words (level) : NULL;
  g_autofree char *name = g_strjoin (
      ", ", gtk_label_get_text (GTK_LABEL (self->title_label)),
      gtk_label_get_text (GTK_LABEL (self->subtitle_label)),
      gtk_label_get_text (GTK_LABEL (self->end_label)), words, NULL);
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));

  if (self->named_cell == cell && g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_steal_pointer (&name);
  self->named_cell = cell;
  sm_style_name_row (GTK_WIDGET (self), self->name);
}

/** sm_thing_row_set: Any part may be NULL; control characters are taken out. */
void
sm_thing_row_set (SmThingRow *self,
                  const char *title,
                  const char *subtitle,
                  const char *end)
{
  g_return_if_fail (SM_IS_THING_ROW (self));

  set_text (self->title_label, title);
  set_text (self->subtitle_label, subtitle);
  set_text (self->end_label, end);
  name_row (self);
}

/** sm_thing_row_set_level: Marks it as beyond a limit of that level; 0: not. */
void
sm_thing_row_set_level (SmThingRow *self,
                        guint       level)
{
  g_return_if_fail (SM_IS_THING_ROW (self));

  sm_level_badge_set_level (self->badge, level);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), level > 0);
  name_row (self);
}

const char *
sm_thing_row_get_title (SmThingRow *self)
{
  g_return_val_if_fail (SM_IS_THING_ROW (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->title_label));
}
