/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orders.h"

#include "sm-ops-private.h"
#include "sm-test-shows.h"
#include "sm-time.h"
#include "sm-work-orders-page.h"

/* One of level 2 that was opened a minute after its first sign, @age_s ago. */
SmRow *
orders_make (gint64      id,
             const char *state,
             gint64      age_s)
{
  gint64 created = ORDERS_NOW - age_s * SM_SECOND;
  SmRow *row = room_make_order (id, state, created);

  sm_row_set_text (row, SM_WORK_ORDER_SOURCE, "alarm");
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, 2);
  sm_row_set_text (row, SM_WORK_ORDER_SUBJECT, "gun <b>2</b>");
  sm_row_set_text (row, SM_WORK_ORDER_TARGET_NOUN, "pile");
  sm_row_set_text (row, SM_WORK_ORDER_TARGET_LABEL, "P-9");
  sm_row_set_int (row, SM_WORK_ORDER_FIRST_SIGN_AT, created - SM_MINUTE);
  sm_row_set_int (row, SM_WORK_ORDER_REPORT_DUE_AT, created + 2 * SM_MINUTE);
  sm_row_set_int (row, SM_WORK_ORDER_RESTORE_DUE_AT, created - SM_MINUTE + 12 * SM_HOUR);
  return row;
}

void
orders_put (Room       *room,
            gint64      id,
            const char *state,
            gint64      age_s)
{
  room_put (room, orders_make (id, state, age_s));
}

Room *
orders_show (const char *link)
{
  Room *room = room_new ();

  room_stand (room, ORDERS_NOW);
  room_show (room, sm_work_orders_page_new (room->ops, NULL, "Work orders"), link);
  return room;
}

void
orders_sign_in (Room       *room,
                const char *name)
{
  const char *may[] = { "work_order.assign", "work_order.work", "work_order.confirm",
                        "work_order.note", "work_order.create", "complaint.receive", NULL };
  SmPerson person = { .id = 1, .name = (char *) name, .display_name = (char *) name,
                      .role = (char *) "dispatcher", .permissions = (GStrv) may };

  sm_ops_set_person (room->ops, &person);
}

gboolean
orders_can_press (Room       *room,
                  const char *action)
{
  GtkWidget *button = sm_test_find_button (room->page, action);

  return button != NULL && gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button);
}

AdwMessageDialog *
orders_find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

void
orders_put_engineer (Room       *room,
                     gint64      id,
                     const char *name,
                     const char *phone)
{
  SmRow *row = room_make_engineer (id, name);

  sm_row_set_text (row, SM_ENGINEER_PHONE, phone);
  room_put (room, row);
}
