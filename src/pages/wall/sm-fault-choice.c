/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fault-choice.h"

#include "sm-fault-row.h"

/* Returns: (transfer none) (nullable): the row of @list in which the keyboard is */
static SmFaultRow *
find_focused (GtkListView *list)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (list)))
    return NULL;
  /* On a button in it, or on what the list has around it. */
  row = gtk_widget_get_ancestor (focus, SM_TYPE_FAULT_ROW);
  if (row == NULL)
    row = gtk_widget_get_first_child (focus);
  return row != NULL && SM_IS_FAULT_ROW (row) ? SM_FAULT_ROW (row) : NULL;
}

/**
 * sm_fault_choice_keeps_place:
 * @selected: (nullable): what is marked in @list
 *
 * A list stays where somebody has put it, with one exception: when the alarm that they
 * had chosen is acknowledged, it moves down, and the list would go with it, away from
 * what comes first and is counted from there.
 *
 * Returns: whether the list is to stay with what was chosen
 */
gboolean
sm_fault_choice_keeps_place (SmFaultChoice *self,
                             GtkListView   *list,
                             SmItem        *selected)
{
  SmFaultRow *focused = find_focused (list);
  SmItem *chosen = selected == NULL && focused != NULL ? sm_fault_row_get_item (focused) : selected;
  gboolean is_unacked;

  if (chosen == NULL)
    {
      *self = (SmFaultChoice){ 0 };
      return FALSE;
    }
  is_unacked = sm_fault_is_unacked (sm_item_get_row (chosen));
  if (sm_item_get_id (chosen) != self->id)
    *self = (SmFaultChoice){ sm_item_get_id (chosen), is_unacked, FALSE };
  self->is_done = !is_unacked && (self->is_done || self->is_unacked);
  return !self->is_done;
}
