/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-truck-list.h"

#include "sm-guidance.h"
#include "sm-ops-guidances.h"
#include "sm-panel-section.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-ticker.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-work-order-words.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* What was told is read with each beat from the copy; what could be, from the service. */
#define ASK_EVERY 5 /* beats */
#define SHOWN_FOR (12 * SM_HOUR)

struct _SmTruckList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *summary;
  GtkWidget *send_all;
  GtkWidget *told; /* why something could not be done */
  GtkWidget *list;
  SmOps *ops;
  gint64 station_id;  /* SM_UNKNOWN: of none */
  GArray *offers;     /* (nullable): of SmTruckOffer */
  GPtrArray *rows;    /* (nullable): of SmRow, the newest first */
  GArray *waiting;    /* of SmTruckWish: what is done one after the other */
  char *shown;        /* (nullable): what the list was made of */
  guint beats;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SmTruckList, sm_truck_list, GTK_TYPE_WIDGET)

static void load (SmTruckList *self, gboolean asks);
static void do_next (SmTruckList *self);

static void
beat (gpointer listener)
{
  SmTruckList *self = listener;

  load (self, self->beats++ % ASK_EVERY == 0);
}

static void
sm_truck_list_map (GtkWidget *widget)
{
  SmTruckList *self = SM_TRUCK_LIST (widget);

  GTK_WIDGET_CLASS (sm_truck_list_parent_class)->map (widget);
  self->beats = 0;
  sm_ticker_listen (sm_ticker_for_display (gtk_widget_get_display (widget)), beat, self);
  beat (self);
}

static void
sm_truck_list_unmap (GtkWidget *widget)
{
  sm_ticker_leave (sm_ticker_for_display (gtk_widget_get_display (widget)), beat, widget);
  GTK_WIDGET_CLASS (sm_truck_list_parent_class)->unmap (widget);
}

static void
sm_truck_list_dispose (GObject *object)
{
  SmTruckList *self = SM_TRUCK_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->offers, g_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_array_unref);
  g_clear_pointer (&self->shown, g_free);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_truck_list_parent_class)->dispose (object);
}

static void
sm_truck_list_class_init (SmTruckListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_truck_list_dispose;
  widget_class->map = sm_truck_list_map;
  widget_class->unmap = sm_truck_list_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_truck_list_init (SmTruckList *self)
{
  self->station_id = SM_UNKNOWN;
  self->waiting = g_array_new (FALSE, FALSE, sizeof (SmTruckWish));
  self->cancellable = g_cancellable_new ();
}

/* --- doing --- */

static void
tell (SmTruckList *self,
      const char  *words)
{
  gtk_label_set_text (GTK_LABEL (self->told), words);
  gtk_widget_set_visible (self->told, words[0] != '\0');
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SmTruckList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_ops_guide_finish (SM_OPS (source), result, &error);

  /* Cancelled: it was of the station that was shown before, and so were those behind it. */
  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (row == NULL)
    {
      g_autofree char *sentence = sm_error_sentence (error);

      tell (self, sentence);
    }
  if (self->waiting->len > 0)
    g_array_remove_index (self->waiting, 0);
  if (self->waiting->len > 0)
    do_next (self);
  else
    load (self, TRUE);
}

/* One after the other: each takes what is left after the one before. */
static void
do_next (SmTruckList *self)
{
  sm_ops_guide_async (self->ops, &g_array_index (self->waiting, SmTruckWish, 0),
                      self->cancellable, done_cb, g_object_ref (self));
}

static void
wish (SmTruckList       *self,
      const SmTruckWish *wanted)
{
  g_array_append_val (self->waiting, *wanted);
  if (self->waiting->len > 1)
    return;
  tell (self, "");
  do_next (self);
}

static SmTruckWish
wish_of_offer (const SmTruckList  *self,
               const SmTruckOffer *offer,
               gboolean            is_rescue)
{
  return (SmTruckWish){ .guidance_id = SM_UNKNOWN,
                        .vehicle_id = offer->vehicle_id,
                        .from_station_id = self->station_id,
                        .battery_id = is_rescue ? SM_UNKNOWN : offer->battery_id,
                        .is_rescue = is_rescue };
}

static void
send_all_cb (SmTruckList *self)
{
  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    {
      const SmTruckOffer *offer = &g_array_index (self->offers, SmTruckOffer, i);
      SmTruckWish wanted = wish_of_offer (self, offer, offer->outcome == SM_TRUCK_RESCUE);

      if (offer->outcome == SM_TRUCK_OFFER || offer->outcome == SM_TRUCK_RESCUE)
        wish (self, &wanted);
    }
}

static void
pressed_cb (SmTruckList *self,
            GtkWidget   *button)
{
  wish (self, g_object_get_data (G_OBJECT (button), "wish"));
}

/* --- one truck --- */

static GtkWidget *
add_label (GtkWidget  *box,
           const char *style,
           const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "label", text, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_button (SmTruckList       *self,
            GtkWidget         *box,
            const char        *label,
            const char        *plate,
            const SmTruckWish *wanted)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  const char *refusal = sm_ops_guide_refusal (self->ops);
  /* Translators: read out of a button of a row: what it does, and to which truck */
  g_autofree char *read_out = g_strdup_printf (_("%s: %s"), label, plate);

  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_sensitive (button, refusal == NULL);
  sm_style_set_tooltip (button, refusal != NULL ? sm_slug_what (refusal) : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, read_out,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "wish", g_memdup2 (wanted, sizeof *wanted), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

/* Returns: where its buttons go */
static GtkWidget *
add_truck (SmTruckList *self,
           const char  *plate,
           const char  *state,
           const char  *detail)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (row, "order-taker");
  gtk_box_append (GTK_BOX (row), head);
  gtk_widget_set_hexpand (add_label (head, "heading", plate), TRUE);
  add_label (head, NULL, state);
  if (detail[0] != '\0')
    add_label (row, "row-subtitle", detail);
  gtk_box_append (GTK_BOX (row), buttons);
  gtk_box_append (GTK_BOX (self->list), row);
  return buttons;
}

/* Where, which pack, and how long that takes. */
static char *
dup_way (SmTruckList *self,
         gint64       station_id,
         gint64       battery_id,
         gint64       seconds)
{
  g_autofree char *station = sm_work_order_label (self->ops, SM_NOUN_STATION, station_id);
  g_autofree char *pack = sm_work_order_label (self->ops, SM_NOUN_BATTERY, battery_id);
  int minutes = (int) ((seconds + 59) / 60);

  if (station == NULL)
    return g_strdup ("");
  /* Translators: a station, a battery and a time: where a truck is told to go */
  return g_strdup_printf (ngettext ("to %s · %s · %d minute", "to %s · %s · %d minutes",
                                    (gulong) minutes),
                          station, pack != NULL ? pack : "–", minutes);
}

static const char *
offer_word (guint outcome)
{
  static const char *const words[] = { N_ ("can be sent"), N_ ("no pack is left, call"),
                                       N_ ("reaches no station"),
                                       N_ ("range is not known, call") };

  return outcome < G_N_ELEMENTS (words) ? _(words[outcome]) : "–";
}

static void
add_offer (SmTruckList        *self,
           const SmTruckOffer *offer)
{
  g_autofree char *label = sm_work_order_label (self->ops, SM_NOUN_VEHICLE, offer->vehicle_id);
  const char *plate = label != NULL ? label : "–";
  g_autofree char *way = dup_way (self, offer->station_id, offer->battery_id,
                                  offer->travel_s + offer->wait_s);
  GtkWidget *buttons = add_truck (self, plate, offer_word (offer->outcome), way);
  SmTruckWish sent = wish_of_offer (self, offer, FALSE), rescue = wish_of_offer (self, offer, TRUE);

  if (offer->outcome == SM_TRUCK_OFFER)
    add_button (self, buttons, _("Send"), plate, &sent);
  else
    add_button (self, buttons, _("Send a rescue"), plate, &rescue);
}

static void
add_act (SmTruckList *self,
         GtkWidget   *buttons,
         const SmRow *row,
         const char  *label,
         guint        event,
         const char  *outcome)
{
  SmTruckWish wanted = { .guidance_id = sm_row_get_id (row), .act = sm_guidance_events[event],
                         .outcome = outcome };

  add_button (self, buttons, label, sm_row_get_text (row, SM_GUIDANCE_PLATE), &wanted);
}

static void
add_acts (SmTruckList *self,
          GtkWidget   *buttons,
          const SmRow *row)
{
  guint state = sm_row_get_enum (row, SM_GUIDANCE_STATE);
  SmTruckWish rescue = { .guidance_id = SM_UNKNOWN, .from_station_id = self->station_id,
                         .vehicle_id = sm_row_get_int (row, SM_GUIDANCE_VEHICLE_ID),
                         .battery_id = SM_UNKNOWN, .is_rescue = TRUE };

  if (state == SM_GUIDANCE_STATE_PROPOSED || state == SM_GUIDANCE_STATE_NO_ANSWER)
    add_act (self, buttons, row, state == SM_GUIDANCE_STATE_PROPOSED ? _("Send") : _("Send again"),
             SM_GUIDANCE_SEND, NULL);
  if (state == SM_GUIDANCE_STATE_NO_ANSWER)
    for (guint i = 0; sm_guidance_calls[i] != NULL; i++)
      {
        /* Translators: a button: a call, and what came of it */
        g_autofree char *label = g_strdup_printf (
            _("Called: %s"), sm_word_of_slug (sm_guidance_calls, sm_guidance_calls[i]));

        add_act (self, buttons, row, label, SM_GUIDANCE_CALL, sm_guidance_calls[i]);
      }
  if (state == SM_GUIDANCE_STATE_NO_ANSWER)
    add_button (self, buttons, _("Send a rescue"), sm_row_get_text (row, SM_GUIDANCE_PLATE),
                &rescue);
  if (sm_guidance_is_open (row))
    add_act (self, buttons, row, _("Withdraw"), SM_GUIDANCE_WITHDRAW, NULL);
}

/* Why it is as it is, in the words of who said so. */
static char *
dup_why (SmTruckList *self,
         const SmRow *row)
{
  g_autofree char *refused = sm_text_clean (sm_row_get_text (row, SM_GUIDANCE_REFUSE_REASON));
  g_autofree char *order = sm_work_order_label (self->ops, SM_NOUN_WORK_ORDER,
                                                sm_row_get_int (row, SM_GUIDANCE_WORK_ORDER_ID));

  if (!sm_row_is_null (row, SM_GUIDANCE_LAPSE_BY))
    return g_strdup (sm_word_of_slug (sm_guidance_lapses,
                                      sm_row_get_text (row, SM_GUIDANCE_LAPSE_BY)));
  if (!sm_row_is_null (row, SM_GUIDANCE_CALL_OUTCOME))
    return g_strdup_printf (_("Called: %s"),
                            sm_word_of_slug (sm_guidance_calls,
                                             sm_row_get_text (row, SM_GUIDANCE_CALL_OUTCOME)));
  return order != NULL ? g_steal_pointer (&order) : g_steal_pointer (&refused);
}

static void
add_row (SmTruckList *self,
         const SmRow *row)
{
  g_autofree char *plate = sm_text_clean (sm_row_get_text (row, SM_GUIDANCE_PLATE));
  g_autofree char *since
      = sm_work_order_moment (self->ops, sm_row_get_int (row, SM_GUIDANCE_STATE_SINCE));
  g_autofree char *state = g_strdup_printf (
      "%s · %s", sm_word_of_slug (sm_guidance_states, sm_row_get_text (row, SM_GUIDANCE_STATE)),
      since);
  gint64 seconds = MAX (0, sm_row_get_int (row, SM_GUIDANCE_TRAVEL_S))
                   + MAX (0, sm_row_get_int (row, SM_GUIDANCE_WAIT_S));
  g_autofree char *way = dup_way (self, sm_row_get_int (row, SM_GUIDANCE_STATION_ID),
                                  sm_row_get_int (row, SM_GUIDANCE_BATTERY_ID), seconds);
  g_autofree char *why = dup_why (self, row);
  g_autofree char *detail = g_strconcat (way, way[0] != '\0' && why[0] != '\0' ? " · " : "", why,
                                         NULL);

  add_acts (self, add_truck (self, plate, state, detail), row);
}

/* --- all of them --- */

static gboolean
has_offer (const SmTruckList *self,
           gint64             vehicle_id)
{
  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    if (g_array_index (self->offers, SmTruckOffer, i).vehicle_id == vehicle_id)
      return TRUE;
  return FALSE;
}

/* The last word of each truck; of one that can be told something again, that counts. */
static GPtrArray *
list_told (const SmTruckList *self)
{
  gint64 since = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops))) - SHOWN_FOR;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GPtrArray *told = g_ptr_array_new ();

  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    {
      SmRow *row = self->rows->pdata[i];
      gint64 vehicle_id = sm_row_get_int (row, SM_GUIDANCE_VEHICLE_ID);

      if (!g_hash_table_add (seen, g_memdup2 (&vehicle_id, sizeof vehicle_id))
          || sm_row_get_int (row, SM_GUIDANCE_PROPOSED_AT) < since
          || (!sm_guidance_is_open (row) && has_offer (self, vehicle_id)))
        continue;
      g_ptr_array_add (told, row);
    }
  return told;
}

/* Packs are read after a first start when much else is shown already. */
static char *
describe (SmTruckList     *self,
          const GPtrArray *told)
{
  SmDirectory *directory = sm_ops_get_directory (self->ops);
  GString *text = g_string_new (sm_ops_guide_refusal (self->ops));

  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    {
      const SmTruckOffer *offer = &g_array_index (self->offers, SmTruckOffer, i);

      g_string_append_printf (text, " %" G_GINT64_FORMAT ",%u,%" G_GINT64_FORMAT ",%d",
                              offer->vehicle_id, offer->outcome, offer->battery_id,
                              sm_directory_find_pack (directory, offer->battery_id) != NULL);
    }
  for (guint i = 0; i < told->len; i++)
    {
      gint64 pack = sm_row_get_int (told->pdata[i], SM_GUIDANCE_BATTERY_ID);

      g_string_append_printf (text, " %" G_GINT64_FORMAT "@%" G_GINT64_FORMAT ",%d",
                              sm_row_get_id (told->pdata[i]),
                              sm_row_get_int (told->pdata[i], SM_ROW_SEQ),
                              sm_directory_find_pack (directory, pack) != NULL);
    }
  return g_string_free (text, FALSE);
}

static void
show_summary (SmTruckList     *self,
              const GPtrArray *told)
{
  guint n_offers = self->offers != NULL ? self->offers->len : 0, n_to_call = 0, n_sendable = 0;
  g_autofree char *summary = NULL;

  for (guint i = 0; i < told->len; i++)
    n_to_call += sm_row_get_enum (told->pdata[i], SM_GUIDANCE_STATE) == SM_GUIDANCE_STATE_NO_ANSWER;
  for (guint i = 0; i < n_offers; i++)
    {
      guint outcome = g_array_index (self->offers, SmTruckOffer, i).outcome;

      n_sendable += outcome == SM_TRUCK_OFFER || outcome == SM_TRUCK_RESCUE;
    }
  /* Translators: numbers of trucks */
  summary = g_strdup_printf (_("%u to be sent · %u were told · %u to be called"), n_offers,
                             told->len, n_to_call);
  gtk_label_set_text (GTK_LABEL (self->summary),
                      n_offers + told->len > 0 ? summary : _("No truck is on its way there."));
  gtk_widget_set_visible (self->send_all, n_sendable > 0);
  gtk_widget_set_sensitive (self->send_all, sm_ops_guide_refusal (self->ops) == NULL);
}

static void
show (SmTruckList *self)
{
  g_autoptr (GPtrArray) told = list_told (self);
  g_autofree char *now = describe (self, told);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, self->list);

  if (g_strcmp0 (now, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&now);
  show_summary (self, told);
  sm_panel_lines_clear (self->list);
  for (guint i = 0; i < told->len; i++)
    if (sm_row_get_enum (told->pdata[i], SM_GUIDANCE_STATE) == SM_GUIDANCE_STATE_NO_ANSWER)
      add_row (self, told->pdata[i]); /* somebody has to call */
  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    add_offer (self, &g_array_index (self->offers, SmTruckOffer, i));
  for (guint i = 0; i < told->len; i++)
    if (sm_row_get_enum (told->pdata[i], SM_GUIDANCE_STATE) != SM_GUIDANCE_STATE_NO_ANSWER)
      add_row (self, told->pdata[i]);
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * sm_truck_list_set:
 * @offers: (transfer full) (nullable): of #SmTruckOffer: who was told nothing yet
 * @rows: (transfer full) (nullable): of SmRow: what they were told, the newest first
 */
void
sm_truck_list_set (SmTruckList *self,
                   GArray      *offers,
                   GPtrArray   *rows)
{
  g_return_if_fail (SM_IS_TRUCK_LIST (self));

  g_clear_pointer (&self->offers, g_array_unref);
  self->offers = offers;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rows;
  show (self);
}

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SmTruckList) self = user_data;
  g_autoptr (GPtrArray) rows = sm_ops_load_guidances_finish (SM_OPS (source), result, NULL);

  if (self->box == NULL || rows == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_steal_pointer (&rows);
  show (self);
}

static void
trucks_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmTruckList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) offers = sm_ops_load_trucks_finish (SM_OPS (source), result, &error);

  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  /* Without the service nobody knows what could be offered now. */
  g_clear_pointer (&self->offers, g_array_unref);
  self->offers = g_steal_pointer (&offers);
  show (self);
}

static void
load (SmTruckList *self,
      gboolean     asks)
{
  if (self->station_id == SM_UNKNOWN || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  sm_ops_load_guidances_async (self->ops, self->station_id, self->cancellable, rows_cb,
                               g_object_ref (self));
  if (asks && self->waiting->len == 0)
    sm_ops_load_trucks_async (self->ops, self->station_id, self->cancellable, trucks_cb,
                              g_object_ref (self));
}

/** sm_truck_list_show: @station_id: to which they are on their way, or SM_UNKNOWN */
void
sm_truck_list_show (SmTruckList *self,
                    gint64       station_id)
{
  g_return_if_fail (SM_IS_TRUCK_LIST (self));

  if (self->station_id == station_id)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->station_id = station_id;
  g_array_set_size (self->waiting, 0);
  g_clear_pointer (&self->offers, g_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  sm_panel_lines_clear (self->list);
  tell (self, "");
  gtk_label_set_text (GTK_LABEL (self->summary), "");
  gtk_widget_set_visible (self->send_all, FALSE);
  load (self, TRUE);
}

/** sm_truck_list_new: Returns: (transfer floating): of no station */
GtkWidget *
sm_truck_list_new (SmOps *ops)
{
  SmTruckList *self = g_object_new (SM_TYPE_TRUCK_LIST, NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->ops = g_object_ref (ops);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), head);
  self->summary = add_label (head, "row-subtitle", "");
  gtk_widget_set_hexpand (self->summary, TRUE);
  self->send_all = gtk_button_new_with_mnemonic (_("Send to _all"));
  gtk_widget_add_css_class (self->send_all, "small");
  gtk_widget_add_css_class (self->send_all, "suggested-action");
  gtk_widget_set_visible (self->send_all, FALSE);
  g_signal_connect_object (self->send_all, "clicked", G_CALLBACK (send_all_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), self->send_all);
  self->told = add_label (self->box, NULL, "");
  gtk_widget_set_visible (self->told, FALSE);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
