/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fit-box.h"

struct _SmFitBox
{
  GtkWidget parent_instance;

  GtkOrientation orientation;
  int spacing;
};

static GtkBuildableIface *parent_buildable;

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SmFitBox, sm_fit_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ORIENTABLE, NULL)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

typedef enum
{
  PROP_SPACING = 1,
  PROP_ORIENTATION,
} Property;

/* A child for the time of one layout. */
typedef struct
{
  GtkWidget *widget;
  guint priority;
  int minimum;
  int natural;
  gboolean is_shown;
} Part;

static GQuark
priority_quark (void)
{
  return g_quark_from_static_string ("sm-fit-priority");
}

static guint
get_priority (GtkWidget *child)
{
  return GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (child), priority_quark ()));
}

static GArray *
measure_parts (SmFitBox *self,
               int       across)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      Part part = { child, get_priority (child), 0, 0, TRUE };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, self->orientation, across, &part.minimum, &part.natural, NULL,
                          NULL);
      g_array_append_val (parts, part);
    }
  return parts;
}

static int
sum_minima (SmFitBox *self,
            GArray   *parts)
{
  int sum = 0;
  guint shown = 0;

  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, Part, i).is_shown)
      {
        sum += g_array_index (parts, Part, i).minimum;
        shown++;
      }
  return sum + (shown > 1 ? self->spacing * (int) (shown - 1) : 0);
}

/* Lets one leave; FALSE when all that are left have to stay. */
static gboolean
drop_one (GArray *parts)
{
  Part *first = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = &g_array_index (parts, Part, i);

      if (part->is_shown && part->priority > 0
          && (first == NULL || part->priority >= first->priority))
        first = part;
    }
  if (first == NULL)
    return FALSE;
  first->is_shown = FALSE;
  return TRUE;
}

/* What always stays would be as high as it likes: only when everything else has left may it be
 * smaller.  In a row its text is cut short first. */
static void
drop_parts (SmFitBox *self,
            GArray   *parts,
            int       size)
{
  g_autofree int *least = g_new (int, parts->len + 1);

  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = &g_array_index (parts, Part, i);

      least[i] = part->minimum;
      if (self->orientation == GTK_ORIENTATION_VERTICAL && part->priority == 0
          && !gtk_widget_compute_expand (part->widget, self->orientation))
        part->minimum = part->natural;
    }
  while (sum_minima (self, parts) > size && drop_one (parts))
    ;
  for (guint i = 0; i < parts->len; i++)
    g_array_index (parts, Part, i).minimum = least[i];
}

/* From the smallest sizes towards the natural ones, then to those that expand. */
static void
share_rest (SmFitBox *self,
            GArray   *parts,
            int       rest)
{
  guint n_expand = 0, n_shown = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = &g_array_index (parts, Part, i);
      int more = part->is_shown ? CLAMP (part->natural - part->minimum, 0, MAX (rest, 0)) : 0;

      part->minimum += more;
      rest -= more;
      n_shown += part->is_shown ? 1 : 0;
      n_expand += part->is_shown && gtk_widget_compute_expand (part->widget, self->orientation);
    }
  for (guint i = 0; i < parts->len && rest > 0; i++)
    {
      Part *part = &g_array_index (parts, Part, i);
      guint *n = n_expand > 0 ? &n_expand : &n_shown;
      int more;

      if (!part->is_shown
          || (n_expand > 0 && !gtk_widget_compute_expand (part->widget, self->orientation)))
        continue;
      more = rest / (int) *n;
      part->minimum += more;
      rest -= more;
      if (--*n == 0)
        return;
    }
}

static void
sm_fit_box_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  SmFitBox *self = SM_FIT_BOX (widget);
  gboolean is_along = orientation == self->orientation;
  int sum = 0, all = 0, widest = 0, widest_natural = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int small = 0, fine = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, is_along ? for_size : -1, &small, &fine, NULL, NULL);
      sum += get_priority (child) == 0 ? small + (sum > 0 ? self->spacing : 0) : 0;
      all += fine + (all > 0 ? self->spacing : 0);
      widest = get_priority (child) == 0 ? MAX (widest, small) : widest;
      widest_natural = MAX (widest_natural, fine);
    }
  *minimum = is_along ? sum : widest;
  *natural = MAX (*minimum, is_along ? all : widest_natural);
}

static void
place (SmFitBox *self,
       Part     *part,
       int       at,
       int       width,
       int       height)
{
  gboolean is_row = self->orientation == GTK_ORIENTATION_HORIZONTAL;
  gboolean is_mirrored
      = is_row && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation place = { 0, at, width, part->minimum };

  if (is_row)
    place = (GtkAllocation){ is_mirrored ? width - at - part->minimum : at, 0, part->minimum,
                             height };
  gtk_widget_size_allocate (part->widget, &place, -1);
}

static void
sm_fit_box_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  SmFitBox *self = SM_FIT_BOX (widget);
  gboolean is_row = self->orientation == GTK_ORIENTATION_HORIZONTAL;
  int size = is_row ? width : height;
  g_autoptr (GArray) parts = measure_parts (self, is_row ? height : width);
  int at = 0;

  drop_parts (self, parts, size);
  share_rest (self, parts, size - sum_minima (self, parts));
  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = &g_array_index (parts, Part, i);

      gtk_widget_set_child_visible (part->widget, part->is_shown);
      if (!part->is_shown)
        continue;
      place (self, part, at, width, height);
      at += part->minimum + self->spacing;
    }
}

static GtkSizeRequestMode
sm_fit_box_get_request_mode (GtkWidget *widget)
{
  return SM_FIT_BOX (widget)->orientation == GTK_ORIENTATION_VERTICAL
             ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
             : GTK_SIZE_REQUEST_WIDTH_FOR_HEIGHT;
}

static void
sm_fit_box_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  SmFitBox *self = SM_FIT_BOX (object);

  switch ((Property) id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_ORIENTATION:
      g_value_set_enum (value, self->orientation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_fit_box_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  SmFitBox *self = SM_FIT_BOX (object);

  switch ((Property) id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_ORIENTATION:
      self->orientation = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
add_child (GtkBuildable *buildable,
           GtkBuilder   *builder,
           GObject      *child,
           const char   *type)
{
  guint64 priority = 0;

  if (!GTK_IS_WIDGET (child)
      || (type != NULL && !g_ascii_string_to_unsigned (type, 10, 0, 1000, &priority, NULL)))
    parent_buildable->add_child (buildable, builder, child, type);
  else
    sm_fit_box_append (SM_FIT_BOX (buildable), GTK_WIDGET (child), (guint) priority);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
sm_fit_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_fit_box_parent_class)->dispose (object);
}

static void
sm_fit_box_class_init (SmFitBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sm_fit_box_get_property;
  object_class->set_property = sm_fit_box_set_property;
  object_class->dispose = sm_fit_box_dispose;
  widget_class->measure = sm_fit_box_measure;
  widget_class->size_allocate = sm_fit_box_size_allocate;
  widget_class->get_request_mode = sm_fit_box_get_request_mode;

  g_object_class_install_property (
      object_class, PROP_SPACING,
      g_param_spec_int ("spacing", NULL, NULL, 0, 1000, 0,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_object_class_override_property (object_class, PROP_ORIENTATION, "orientation");
  gtk_widget_class_set_css_name (widget_class, "fit-box");
}

static void
sm_fit_box_init (SmFitBox *self)
{
  self->orientation = GTK_ORIENTATION_VERTICAL;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
sm_fit_box_new (GtkOrientation orientation,
                int            spacing)
{
  return g_object_new (SM_TYPE_FIT_BOX, "orientation", orientation, "spacing", spacing, NULL);
}

/**
 * sm_fit_box_append:
 * @priority: 0 always stays; the highest number leaves first
 */
void
sm_fit_box_append (SmFitBox  *self,
                   GtkWidget *child,
                   guint      priority)
{
  g_return_if_fail (SM_IS_FIT_BOX (self) && GTK_IS_WIDGET (child));

  g_object_set_qdata (G_OBJECT (child), priority_quark (), GUINT_TO_POINTER (priority));
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
sm_fit_box_remove (SmFitBox  *self,
                   GtkWidget *child)
{
  g_return_if_fail (SM_IS_FIT_BOX (self) && gtk_widget_get_parent (child) == GTK_WIDGET (self));

  gtk_widget_unparent (child);
}

void
sm_fit_box_set_priority (SmFitBox  *self,
                         GtkWidget *child,
                         guint      priority)
{
  g_return_if_fail (SM_IS_FIT_BOX (self) && gtk_widget_get_parent (child) == GTK_WIDGET (self));

  g_object_set_qdata (G_OBJECT (child), priority_quark (), GUINT_TO_POINTER (priority));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** sm_fit_box_is_shown: Whether there was room for @child at the last layout. */
gboolean
sm_fit_box_is_shown (SmFitBox  *self,
                     GtkWidget *child)
{
  g_return_val_if_fail (SM_IS_FIT_BOX (self), FALSE);

  return gtk_widget_get_visible (child) && gtk_widget_get_child_visible (child);
}
