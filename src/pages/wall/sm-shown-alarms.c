/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-shown-alarms.h"

#include "sm-alarm.h"

static gboolean
is_shown_cb (gpointer item,
             gpointer ops)
{
  return !sm_alarm_is_hidden (sm_item_get_row (item),
                              sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops))));
}

/**
 * sm_shown_alarms_new:
 *
 * Returns: (transfer full): the open alarms that nobody has put aside and no other
 *   stands for; those are counted apart, and listed on the page of alarms
 */
GtkFilterListModel *
sm_shown_alarms_new (SmOps *ops)
{
  return gtk_filter_list_model_new (
      g_object_ref (sm_ops_get_alarms (ops)),
      GTK_FILTER (gtk_custom_filter_new (is_shown_cb, g_object_ref (ops), g_object_unref)));
}

/** sm_shown_alarms_refresh: A row that is put aside, or comes back, stays in the list it is from. */
void
sm_shown_alarms_refresh (GtkFilterListModel *shown)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (shown), GTK_FILTER_CHANGE_DIFFERENT);
}

/** sm_shown_alarms_follow: The same, when there is or was one that is put aside. */
void
sm_shown_alarms_follow (GtkFilterListModel *shown,
                        SmOps              *ops)
{
  guint aside = sm_figures_get_values (sm_ops_get_figures (ops))->aside;
  guint was = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (shown), "sm-aside"));

  if (aside + was > 0)
    sm_shown_alarms_refresh (shown);
  g_object_set_data (G_OBJECT (shown), "sm-aside", GUINT_TO_POINTER (aside));
}
