/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-roster-lane.h"

#define LEAST_WIDTH 420

struct _SmRosterLane
{
  GtkWidget parent_instance;
};

typedef struct
{
  double from;
  double to;
} Share;

G_DEFINE_FINAL_TYPE (SmRosterLane, sm_roster_lane, GTK_TYPE_WIDGET)

#define SHARE "sm-share"

static void
sm_roster_lane_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, usual;

      gtk_widget_measure (child, orientation, -1, &least, &usual, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, orientation == GTK_ORIENTATION_VERTICAL ? least : usual);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MAX (*minimum, LEAST_WIDTH);
}

static void
sm_roster_lane_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const Share *share = g_object_get_data (G_OBJECT (child), SHARE);
      GtkAllocation place = { (int) (share->from * width), 0, 0, height };
      int least;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      place.width = MAX (least, (int) (share->to * width) - place.x);
      place.x = CLAMP (place.x, 0, MAX (0, width - place.width));
      gtk_widget_size_allocate (child, &place, -1);
    }
}

static void
sm_roster_lane_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_roster_lane_parent_class)->dispose (object);
}

static void
sm_roster_lane_class_init (SmRosterLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_roster_lane_dispose;
  GTK_WIDGET_CLASS (klass)->measure = sm_roster_lane_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = sm_roster_lane_size_allocate;
}

static void
sm_roster_lane_init (SmRosterLane *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
sm_roster_lane_new (void)
{
  return g_object_new (SM_TYPE_ROSTER_LANE, NULL);
}

/** sm_roster_lane_add: @from and @to: shares of the width, 0 to 1; what is alike gets its least width */
void
sm_roster_lane_add (SmRosterLane *self,
                    GtkWidget    *child,
                    double        from,
                    double        to)
{
  Share share = { CLAMP (from, 0, 1), CLAMP (to, 0, 1) };

  g_return_if_fail (SM_IS_ROSTER_LANE (self) && GTK_IS_WIDGET (child));

  g_object_set_data_full (G_OBJECT (child), SHARE, g_memdup2 (&share, sizeof share), g_free);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
