/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figure-group.h"

#include "sm-style.h"
#include "sm-text.h"

#include <glib/gi18n-lib.h>

#define MAX_PARTS 16

struct _SmFigureGroup
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  GtkWidget *total_button;
  GtkWidget *total_label;
  SmStateBar *bar;
  GtkFlowBox *legend; /* in two columns where there is room for them */
  GPtrArray *lines; /* of Line: the parts that the legend has a line for */
  char *title;
  char *link;     /* (nullable): to all that is counted */
  guint n_parts;
  SmStatePart parts[MAX_PARTS]; /* as they are shown; the texts are ours */
  gboolean stale;
  gboolean loading; /* the figures are not known yet */
};

G_DEFINE_FINAL_TYPE (SmFigureGroup, sm_figure_group, GTK_TYPE_WIDGET)

typedef struct
{
  char *label;
  GtkWidget *button; /* owned by the legend, as the others */
  GtkWidget *count;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->label);
  g_free (line);
}

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

static Line *
get_line (SmFigureGroup *self,
          guint          index)
{
  return g_ptr_array_index (self->lines, index);
}

static void
insert_line (SmFigureGroup     *self,
             const SmStatePart *part,
             guint              place)
{
  Line *line = g_new0 (Line, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *swatch = sm_state_bar_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", part->label, "xalign", 0.0, "hexpand",
                                   TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  SmStatePart one = { part->label, 1, part->tone, NULL };

  line->label = g_strdup (part->label);
  line->count = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, NULL);
  line->button = gtk_button_new ();
  sm_state_bar_set_parts (SM_STATE_BAR (swatch), &one, 1);
  gtk_widget_add_css_class (swatch, "swatch");
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (swatch, NULL);
  gtk_widget_add_css_class (label, "part");
  gtk_widget_add_css_class (line->count, "figure");
  gtk_widget_add_css_class (line->button, "flat");
  gtk_widget_add_css_class (line->button, "figure-line");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), line->count);
  gtk_button_set_child (GTK_BUTTON (line->button), box);
  gtk_flow_box_insert (self->legend, line->button, (int) place);
  gtk_widget_set_focusable (gtk_widget_get_parent (line->button), FALSE);
  g_ptr_array_insert (self->lines, (int) place, line);
}

static void
remove_line (SmFigureGroup *self,
             guint          place)
{
  gtk_flow_box_remove (self->legend, get_line (self, place)->button);
  g_ptr_array_remove_index (self->lines, place);
}

static gboolean
lists (const SmStatePart *parts,
       guint              n_parts,
       const char        *label)
{
  for (guint i = 0; i < n_parts; i++)
    if (is_listed (&parts[i], i) && g_str_equal (parts[i].label, label))
      return TRUE;
  return FALSE;
}

/* A line takes most of a millisecond to be made, and a figure that changes must not lay out
 * the column again: only the lines of parts that come or go do so. */
static void
fit_legend (SmFigureGroup     *self,
            const SmStatePart *parts,
            guint              n_parts)
{
  guint place = 0;

  for (guint i = self->lines->len; i-- > 0;)
    if (!lists (parts, n_parts, get_line (self, i)->label))
      remove_line (self, i);
  for (guint i = 0; i < n_parts; i++)
    {
      if (!is_listed (&parts[i], i))
        continue;
      if (place >= self->lines->len || !g_str_equal (get_line (self, place)->label, parts[i].label))
        insert_line (self, &parts[i], place);
      place++;
    }
  while (self->lines->len > place)
    remove_line (self, self->lines->len - 1);
}

/* What is said of a figure, and where it leads; without a link it is not a control. */
static void
set_target (SmFigureGroup *self,
            GtkWidget     *button,
            const char    *link,
            const char    *label,
            const char    *count)
{
  g_autofree char *words = self->stale
                               /* Translators: what is counted, and how many there last were */
                               ? g_strdup_printf (_("%s %s, last known"), label, count)
                               : g_strdup_printf ("%s %s", label, count);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_set_can_target (button, link != NULL);
  gtk_widget_set_focusable (button, link != NULL);
  if (link == NULL)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", link);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.open");
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

static void
show_title (SmFigureGroup *self)
{
  g_autofree char *title = NULL;

  if (self->stale)
    /* Translators: a heading over figures that are not live any more */
    title = g_strdup_printf (_("%s, last known"), self->title);
  gtk_label_set_text (GTK_LABEL (self->title_label), self->stale ? title : self->title);
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
      g_value_set_string (value, self->title);
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
      g_free (self->title);
      self->title = g_value_dup_string (value);
      show_title (self);
      break;
    case PROP_STALE:
      sm_figure_group_set_stale (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
clear_parts (SmFigureGroup *self)
{
  for (guint i = 0; i < self->n_parts; i++)
    {
      g_free ((char *) self->parts[i].label);
      g_free ((char *) self->parts[i].link);
    }
  self->n_parts = 0;
}

static void
sm_figure_group_dispose (GObject *object)
{
  SmFigureGroup *self = SM_FIGURE_GROUP (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->lines, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_figure_group_parent_class)->dispose (object);
}

static void
sm_figure_group_finalize (GObject *object)
{
  SmFigureGroup *self = SM_FIGURE_GROUP (object);

  g_free (self->title);
  g_free (self->link);
  clear_parts (self);

  G_OBJECT_CLASS (sm_figure_group_parent_class)->finalize (object);
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
  object_class->finalize = sm_figure_group_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (SM_TYPE_STATE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "widgets/sm-figure-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SmFigureGroup, title_label);
  gtk_widget_class_bind_template_child (widget_class, SmFigureGroup, total_button);
  gtk_widget_class_bind_template_child (widget_class, SmFigureGroup, total_label);
  gtk_widget_class_bind_template_child (widget_class, SmFigureGroup, bar);
  gtk_widget_class_bind_template_child (widget_class, SmFigureGroup, legend);
  gtk_widget_class_set_css_name (widget_class, "figure-group");
}

static void
sm_figure_group_init (SmFigureGroup *self)
{
  self->title = g_strdup ("");
  self->lines = g_ptr_array_new_with_free_func (line_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sm_figure_group_new (const char *title)
{
  return g_object_new (SM_TYPE_FIGURE_GROUP, "title", title, NULL);
}

static void
show_parts (SmFigureGroup *self)
{
  const SmStatePart *parts = self->parts;
  g_autofree char *total = NULL;
  guint next = 0;

  sm_state_bar_set_parts (self->bar, parts, self->n_parts);
  total = format_count (self, sm_state_bar_get_total (self->bar));
  gtk_label_set_text (GTK_LABEL (self->total_label), total);
  set_target (self, self->total_button, self->link, self->title, total);
  fit_legend (self, parts, self->n_parts);
  for (guint i = 0; i < self->n_parts; i++)
    if (is_listed (&parts[i], i))
      {
        g_autofree char *count = format_count (self, parts[i].count);
        Line *line = get_line (self, next++);

        gtk_label_set_text (GTK_LABEL (line->count), count);
        set_target (self, line->button, parts[i].link, parts[i].label, count);
      }
}

static gboolean
is_shown (SmFigureGroup     *self,
          const SmStatePart *parts,
          guint              n_parts)
{
  for (guint i = 0; i < MIN (n_parts, self->n_parts); i++)
    if (parts[i].count != self->parts[i].count || parts[i].tone != self->parts[i].tone
        || !g_str_equal (parts[i].label, self->parts[i].label)
        || g_strcmp0 (parts[i].link, self->parts[i].link) != 0)
      return FALSE;
  return n_parts == self->n_parts && n_parts > 0;
}

static void
take_parts (SmFigureGroup     *self,
            const SmStatePart *parts,
            guint              n_parts,
            gboolean           loading)
{
  if (self->loading == loading && is_shown (self, parts, n_parts))
    return;
  self->loading = loading;
  clear_parts (self);
  for (guint i = 0; i < n_parts; i++)
    {
      self->parts[i] = parts[i];
      self->parts[i].label = g_strdup (parts[i].label);
      self->parts[i].link = g_strdup (parts[i].link);
    }
  self->n_parts = n_parts;
  show_parts (self);
}

/** sm_figure_group_set_parts: Shows the parts and their sum. */
void
sm_figure_group_set_parts (SmFigureGroup     *self,
                           const SmStatePart *parts,
                           guint              n_parts)
{
  g_return_if_fail (SM_IS_FIGURE_GROUP (self) && n_parts <= MAX_PARTS);

  take_parts (self, parts, n_parts, FALSE);
}

/** sm_figure_group_set_loading: Says so: half of a figure would be taken for all of it. */
void
sm_figure_group_set_loading (SmFigureGroup *self)
{
  const SmStatePart none = { C_ ("figure", "not loaded yet"), 0, SM_TONE_HOLLOW, NULL };

  g_return_if_fail (SM_IS_FIGURE_GROUP (self));

  take_parts (self, &none, 1, TRUE);
}

/** sm_figure_group_set_link: @link: (nullable): to all the rows that the total counts */
void
sm_figure_group_set_link (SmFigureGroup *self,
                          const char    *link)
{
  g_return_if_fail (SM_IS_FIGURE_GROUP (self));

  if (g_strcmp0 (self->link, link) == 0)
    return;
  g_free (self->link);
  self->link = g_strdup (link);
  show_parts (self);
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
  show_title (self);
  show_parts (self);
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
