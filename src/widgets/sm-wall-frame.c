/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-frame.h"

struct _SmWallFrame
{
  GtkWidget parent_instance;

  GtkWidget *banner;
  GtkWidget *child;
  gboolean is_wall;
  int most; /* pixels that are left free at each edge, to move in */
  int x, y;
  double dim; /* 0 to 1 */
};

G_DEFINE_FINAL_TYPE (SmWallFrame, sm_wall_frame, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_BANNER = 1,
  PROP_CHILD,
} Property;
static GParamSpec *properties[PROP_CHILD + 1];

static void
measure_one (GtkWidget      *widget,
             GtkOrientation  orientation,
             int             for_size,
             int            *minimum,
             int            *natural)
{
  *minimum = *natural = 0;
  if (widget != NULL && gtk_widget_should_layout (widget))
    gtk_widget_measure (widget, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
sm_wall_frame_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  SmWallFrame *self = SM_WALL_FRAME (widget);
  int least = 0, best = 0, banner_least = 0, banner_best = 0;

  *minimum_baseline = *natural_baseline = -1;
  measure_one (self->child, orientation, for_size, &least, &best);
  measure_one (self->banner, orientation, for_size, &banner_least, &banner_best);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      least += banner_best;
      best += banner_best;
    }
  /* A wall has the size that it has. */
  *minimum = self->is_wall ? 0 : least;
  *natural = MAX (*minimum, best);
}

static void
place_one (GtkWidget *widget,
           int        x,
           int        y,
           int        width,
           int        height)
{
  int least = 0, least_height = 0, unused;

  measure_one (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &unused);
  width = MAX (width, least);
  measure_one (widget, GTK_ORIENTATION_VERTICAL, width, &least_height, &unused);
  gtk_widget_size_allocate (widget, &(GtkAllocation){ x, y, width, MAX (height, least_height) },
                            -1);
}

static void
sm_wall_frame_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  SmWallFrame *self = SM_WALL_FRAME (widget);
  int most = self->is_wall ? self->most : 0;
  int x = most > 0 ? most + self->x : 0, y = most > 0 ? most + self->y : 0;
  int least = 0, banner = 0;

  width = MAX (width - 2 * most, 0);
  height = MAX (height - 2 * most, 0);
  if (self->banner != NULL && gtk_widget_should_layout (self->banner))
    {
      measure_one (self->banner, GTK_ORIENTATION_VERTICAL, width, &least, &banner);
      banner = MAX (least, MIN (banner, height / 2));
      place_one (self->banner, x, y, width, banner);
    }
  if (self->child != NULL && gtk_widget_should_layout (self->child))
    place_one (self->child, x, y + banner, width, MAX (height - banner, 0));
}

static void
sm_wall_frame_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  SmWallFrame *self = SM_WALL_FRAME (widget);

  if (self->child != NULL)
    gtk_widget_snapshot_child (widget, self->child, snapshot);
  if (self->dim > 0)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0, 0, 0, (float) self->dim },
                               &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                    (float) gtk_widget_get_height (widget)));
  if (self->banner != NULL)
    gtk_widget_snapshot_child (widget, self->banner, snapshot);
}

static GtkSizeRequestMode
sm_wall_frame_get_request_mode (GtkWidget *widget)
{
  SmWallFrame *self = SM_WALL_FRAME (widget);

  return self->child != NULL ? gtk_widget_get_request_mode (self->child)
                             : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static GtkWidget **
slot_of (SmWallFrame *self,
         guint        id)
{
  return id == PROP_BANNER ? &self->banner : &self->child;
}

static void
sm_wall_frame_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch ((Property) id)
    {
    case PROP_BANNER:
    case PROP_CHILD:
      g_value_set_object (value, *slot_of (SM_WALL_FRAME (object), id));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The banner is the first for the keyboard. */
static void
set_slot (SmWallFrame *self,
          guint        id,
          GtkWidget   *child)
{
  GtkWidget **slot = slot_of (self, id);

  if (*slot == child)
    return;
  g_clear_pointer (slot, gtk_widget_unparent);
  *slot = child;
  if (child != NULL && id == PROP_BANNER)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  else if (child != NULL)
    gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
sm_wall_frame_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch ((Property) id)
    {
    case PROP_BANNER:
    case PROP_CHILD:
      set_slot (SM_WALL_FRAME (object), id, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_wall_frame_dispose (GObject *object)
{
  SmWallFrame *self = SM_WALL_FRAME (object);

  g_clear_pointer (&self->banner, gtk_widget_unparent);
  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (sm_wall_frame_parent_class)->dispose (object);
}

static void
sm_wall_frame_class_init (SmWallFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sm_wall_frame_get_property;
  object_class->set_property = sm_wall_frame_set_property;
  object_class->dispose = sm_wall_frame_dispose;
  widget_class->get_request_mode = sm_wall_frame_get_request_mode;
  widget_class->measure = sm_wall_frame_measure;
  widget_class->size_allocate = sm_wall_frame_size_allocate;
  widget_class->snapshot = sm_wall_frame_snapshot;
  gtk_widget_class_set_css_name (widget_class, "wall-frame");

  properties[PROP_BANNER] = g_param_spec_object ("banner", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sm_wall_frame_init (SmWallFrame *self)
{
}

GtkWidget *
sm_wall_frame_new (void)
{
  return g_object_new (SM_TYPE_WALL_FRAME, NULL);
}

/** sm_wall_frame_set_is_wall: Whether it takes the size it is given, however small. */
void
sm_wall_frame_set_is_wall (SmWallFrame *self,
                           gboolean     is_wall)
{
  g_return_if_fail (SM_IS_WALL_FRAME (self));

  self->is_wall = is_wall;
  gtk_widget_set_overflow (GTK_WIDGET (self), is_wall ? GTK_OVERFLOW_HIDDEN : GTK_OVERFLOW_VISIBLE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * sm_wall_frame_set_shift:
 * @most: how far it ever moves; 0: it stays, and has the whole window
 * @x: from -@most to @most, in whole pixels
 */
void
sm_wall_frame_set_shift (SmWallFrame *self,
                         int          most,
                         int          x,
                         int          y)
{
  g_return_if_fail (SM_IS_WALL_FRAME (self));

  if (self->most == most && self->x == x && self->y == y)
    return;
  self->most = most;
  self->x = CLAMP (x, -most, most);
  self->y = CLAMP (y, -most, most);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/** sm_wall_frame_set_dim: @dim: 0 as bright as it is, 1 black; the banner stays bright. */
void
sm_wall_frame_set_dim (SmWallFrame *self,
                       double       dim)
{
  g_return_if_fail (SM_IS_WALL_FRAME (self));

  if (self->dim == dim)
    return;
  self->dim = CLAMP (dim, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
sm_wall_frame_get_dim (SmWallFrame *self)
{
  g_return_val_if_fail (SM_IS_WALL_FRAME (self), 0);

  return self->dim;
}
