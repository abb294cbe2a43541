/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figure-group.h"

#include "sm-style.h"
#include "sm-text.h"

#include <glib/gi18n-lib.h>

struct _SmFigureGroup
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  GtkWidget *total_label;
  SmStateBar *bar;
  GtkGrid *legend;
  GPtrArray *labels; /* the parts that the legend has a line for */
  gboolean stale;
  gboolean loading; /* the figures are not known yet */
};

G_DEFINE_FINAL_TYPE (SmFigureGroup, sm_figure_group, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TITLE = 1,
  PROP_STALE,
} Property;
static GParamSpec *properties[PROP_STALE + 1];

static gboolean
is_listed (const SmStatePart *part,
           guint              index)
{
  return index == 0 || part->count > 0;
}

/* The lines only change when a part comes or goes: a figure that changes
 * must not lay out the column again. */
static gboolean
legend_fits (SmFigureGroup     *self,
             const SmStatePart *parts,
             guint              n_parts)
{
  guint line = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      if (!is_listed (&parts[i], i))
        continue;
      if (line >= self->labels->len || !g_str_equal (self->labels->pdata[line], parts[i].label))
        return FALSE;
      line++;
    }
  return line == self->labels->len;
}

static void
append_line (SmFigureGroup     *self,
             const SmStatePart *part)
{
  int row = (int) self->labels->len;
  GtkWidget *swatch = sm_state_bar_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", part->label, "xalign", 0.0, "hexpand",
                                   TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *count = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, NULL);
  SmStatePart one = { part->label, 1, part->tone };

  sm_state_bar_set_parts (SM_STATE_BAR (swatch), &one, 1);
  gtk_widget_add_css_class (swatch, "swatch");
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (swatch, NULL);
  gtk_widget_add_css_class (label, "part");
  gtk_widget_add_css_class (count, "figure");
  gtk_grid_attach (self->legend, swatch, 0, row, 1, 1);
  gtk_grid_attach (self->legend, label, 1, row, 1, 1);
  gtk_grid_attach (self->legend, count, 2, row, 1, 1);
  g_ptr_array_add (self->labels, g_strdup (part->label));
}

static void
rebuild_legend (SmFigureGroup     *self,
                const SmStatePart *parts,
                guint              n_parts)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->legend))) != NULL)
    gtk_grid_remove (self->legend, child);
  g_ptr_array_set_size (self->labels, 0);
  for (guint i = 0; i < n_parts; i++)
    if (is_listed (&parts[i], i))
      append_line (self, &parts[i]);
}

/* Nothing counted while nothing is live is not zero: it is not known. */
static char *
format_count (SmFigureGroup *self,
              gint64         count)
{
  if (self->loading || (self->stale && sm_state_bar_get_total (self->bar) == 0))
    return g_strdup ("–");
  return sm_text_count (count);
}

/* Of nothing there is one line, and it says 0 or that it is not known. */
static void
show_unknown (SmFigureGroup *self)
{
  g_autofree char *text = format_count (self, 0);
  GtkWidget *count = gtk_grid_get_child_at (self->legend, 2, 0);

  gtk_label_set_text (GTK_LABEL (self->total_label), text);
  if (count != NULL)
    gtk_label_set_text (GTK_LABEL (count), text);
}

static void
sm_figure_group_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  SmFigureGroup *self = SM_FIGURE_GROUP (object);

  switch ((Property) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->title_label)));
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_figure_group_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  SmFigureGroup *self = SM_FIGURE_GROUP (object);

  switch ((Property) id)
    {
    case PROP_TITLE:
      gtk_label_set_text (GTK_LABEL (self->title_label), g_value_get_string (value));
      break;
    case PROP_STALE:
      sm_figure_group_set_stale (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_figure_group_dispose (GObject *object)
{
  SmFigureGroup *self = SM_FIGURE_GROUP (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->labels, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_figure_group_parent_class)->dispose (object);
}

static void
sm_figure_group_class_init (SmFigureGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sm_figure_group_get_property;
  object_class->set_property = sm_figure_group_set_property;
  object_class->dispose = sm_figure_group_dispose;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (SM_TYPE_STATE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "widgets/sm-figure-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SmFigureGroup, title_label);
  gtk_widget_class_bind_template_child (widget_class, SmFigureGroup, total_label);
  gtk_widget_class_bind_template_child (widget_class, SmFigureGroup, bar);
  gtk_widget_class_bind_template_child (widget_class, SmFigureGroup, legend);
  gtk_widget_class_set_css_name (widget_class, "figure-group");
}

static void
sm_figure_group_init (SmFigureGroup *self)
{
  self->labels = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sm_figure_group_new (const char *title)
{
  return g_object_new (SM_TYPE_FIGURE_GROUP, "title", title, NULL);
}

static void
show_parts (SmFigureGroup     *self,
            const SmStatePart *parts,
            guint              n_parts)
{
  g_autofree char *total = NULL;
  int line = 0;

  sm_state_bar_set_parts (self->bar, parts, n_parts);
  total = format_count (self, sm_state_bar_get_total (self->bar));
  gtk_label_set_text (GTK_LABEL (self->total_label), total);
  if (!legend_fits (self, parts, n_parts))
    rebuild_legend (self, parts, n_parts);
  for (guint i = 0; i < n_parts; i++)
    if (is_listed (&parts[i], i))
      {
        g_autofree char *count = format_count (self, parts[i].count);

        gtk_label_set_text (GTK_LABEL (gtk_grid_get_child_at (self->legend, 2, line++)), count);
      }
}

/** sm_figure_group_set_parts: Shows the parts and their sum. */
void
sm_figure_group_set_parts (SmFigureGroup     *self,
                           const SmStatePart *parts,
                           guint              n_parts)
{
  g_return_if_fail (SM_IS_FIGURE_GROUP (self));

  self->loading = FALSE;
  show_parts (self, parts, n_parts);
}

/** sm_figure_group_set_loading: Says so: half of a figure would be taken for all of it. */
void
sm_figure_group_set_loading (SmFigureGroup *self)
{
  const SmStatePart none = { C_ ("figure", "not loaded yet"), 0, SM_TONE_HOLLOW };

  g_return_if_fail (SM_IS_FIGURE_GROUP (self));

  self->loading = TRUE;
  show_parts (self, &none, 1);
}

/** sm_figure_group_set_stale: Whether the figures are the last known and not live. */
void
sm_figure_group_set_stale (SmFigureGroup *self,
                           gboolean       stale)
{
  g_return_if_fail (SM_IS_FIGURE_GROUP (self));

  if (self->stale == !!stale)
    return;
  self->stale = !!stale;
  sm_style_set_class (GTK_WIDGET (self), "stale", self->stale);
  if (sm_state_bar_get_total (self->bar) == 0)
    show_unknown (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

gint64
sm_figure_group_get_total (SmFigureGroup *self)
{
  g_return_val_if_fail (SM_IS_FIGURE_GROUP (self), 0);

  return sm_state_bar_get_total (self->bar);
}

/** sm_figure_group_get_words: Returns: (nullable): all parts and figures in words */
const char *
sm_figure_group_get_words (SmFigureGroup *self)
{
  g_return_val_if_fail (SM_IS_FIGURE_GROUP (self), NULL);

  return sm_state_bar_get_words (self->bar);
}
