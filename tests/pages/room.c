/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include "sm-live-set.h"
#include "sm-ops-private.h"
#include "sm-page.h"
#include "sm-test-until.h"
#include "sm-time.h"

Room *
room_new (void)
{
  Room *room = g_new0 (Room, 1);

  room->ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  return room;
}

void
room_free (Room *room)
{
  gtk_window_destroy (GTK_WINDOW (room->window));
  g_object_unref (room->ops);
  g_free (room);
}

/* It is @now, and stays so: the clock is as slow as one can be. */
void
room_stand (Room   *room,
            gint64  now)
{
  sm_clock_set (room->ops->clock, now, 1e-9);
}

/* Until it is there.  @link (nullable) is followed before. */
void
room_show (Room       *room,
           GtkWidget  *page,
           const char *link)
{
  g_autoptr (SmLink) wanted = link != NULL ? sm_link_parse (link) : NULL;

  room->page = page;
  room->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (room->window), 1700, 800);
  gtk_window_set_child (GTK_WINDOW (room->window), page);
  gtk_window_present (GTK_WINDOW (room->window));
  if (wanted != NULL)
    g_assert_true (sm_page_show_link (SM_PAGE (page), wanted));
  run_until (gtk_widget_get_mapped (page));
}

/* @row (transfer full): of a work order, an engineer or a station */
void
room_put (Room  *room,
          SmRow *row)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmNounId noun = sm_row_get_noun (row)->id;

  g_ptr_array_add (rows, row);
  if (noun == SM_NOUN_WORK_ORDER)
    {
      sm_work_order_book_put_all (room->ops->work_orders, rows);
      return;
    }
  sm_live_set_put_all (noun == SM_NOUN_ENGINEER ? room->ops->engineers : room->ops->stations, rows);
  sm_directory_apply (sm_ops_get_directory (room->ops), rows);
  sm_directory_told (sm_ops_get_directory (room->ops));
}

/* By hand, of level 3, with clocks that began when it was created. */
SmRow *
room_make_order (gint64      id,
                 const char *state,
                 gint64      created_at)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, id);
  sm_row_take_text (row, SM_WORK_ORDER_NUMBER, g_strdup_printf ("WO-%d", (int) id));
  sm_row_set_text (row, SM_WORK_ORDER_KIND, "repair");
  sm_row_set_text (row, SM_WORK_ORDER_SOURCE, "manual");
  sm_row_set_text (row, SM_WORK_ORDER_STATE, state);
  sm_row_set_text (row, SM_WORK_ORDER_SUBJECT, "arm <b>bent</b>");
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, 3);
  sm_row_set_int (row, SM_WORK_ORDER_CREATED_AT, created_at);
  sm_row_set_int (row, SM_WORK_ORDER_RESPONSE_DUE_AT, created_at + 15 * SM_MINUTE);
  sm_row_set_int (row, SM_WORK_ORDER_RESTORE_DUE_AT, created_at + 12 * SM_HOUR);
  return row;
}

SmRow *
room_make_engineer (gint64      id,
                    const char *name)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, id);
  sm_row_set_text (row, SM_ENGINEER_NAME, name);
  return row;
}
