/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-truck-dialog.h"

#include "sm-truck-list.h"
#include "sm-work-order-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define WIDTH 560
#define HEIGHT 420

/**
 * sm_truck_dialog_open:
 * @station_id: to which the trucks are on their way
 *
 * The trucks on their way to a station, for who looks at the station: before it has a work
 * order there is no other place to send them elsewhere.
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_truck_dialog_open (GtkWidget *parent,
                      SmOps     *ops,
                      gint64     station_id)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *list = sm_truck_list_new (ops);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  g_autofree char *station = sm_work_order_label (ops, SM_NOUN_STATION, station_id);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Trucks on the way there"), station));

  sm_truck_list_show (SM_TRUCK_LIST (list), station_id);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scrolled, WIDTH, HEIGHT);
  adw_message_dialog_add_response (dialog, "close", C_ ("action", "_Close"));
  adw_message_dialog_set_close_response (dialog, "close");
  adw_message_dialog_set_extra_child (dialog, scrolled);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}
