/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-truck-list.h"

#include "sm-guidance.h"
#include "sm-keys.h"
#include "sm-ops-guidances.h"
#include "sm-panel-section.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-ticker.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-truck-act.h"
#include "sm-truck-words.h"
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
static void send_all_action (GtkWidget *widget, const char *name, GVariant *parameter);
static void call_action (GtkWidget *widget, const char *name, GVariant *parameter);

/* While the focus is among them. */
static const SmKey keys[] = {
  { "<Control><Shift>s", "trucks.send-all", N_ ("Send all trucks elsewhere") },
  { "<Control><Shift>t", "trucks.call", N_ ("To the next truck that has to be called") },
};

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
  gtk_widget_class_install_action (widget_class, "trucks.send-all", NULL, send_all_action);
  gtk_widget_class_install_action (widget_class, "trucks.call", NULL, call_action);
  sm_keys_add_class (widget_class, keys, G_N_ELEMENTS (keys));
}

/** sm_truck_list_list_keys: @list: gets the keys of the trucks */
void
sm_truck_list_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
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
  gboolean is_kept = sm_ops_guide_finish (SM_OPS (source), result, &error);

  /* Cancelled: it was of the station that was shown before, and so were those behind it. */
  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!is_kept)
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

/* Returns: (transfer none) (nullable): the last that it was told today */
static const SmRow *
last_word (const SmTruckList *self,
           gint64             vehicle_id)
{
  gint64 since = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops))) - SHOWN_FOR;

  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    if (sm_row_get_int (self->rows->pdata[i], SM_GUIDANCE_VEHICLE_ID) == vehicle_id)
      return sm_row_get_int (self->rows->pdata[i], SM_GUIDANCE_PROPOSED_AT) >= since
                 ? self->rows->pdata[i] : NULL;
  return NULL;
}

/* Returns: (transfer none) (nullable): what can be done about @index-th truck; NULL: nothing has
 * to be, or there are not so many */
static const SmTruckOffer *
get_offer (const SmTruckList *self,
           guint              index)
{
  const SmTruckOffer *offer = self->offers != NULL && index < self->offers->len
                                  ? &g_array_index (self->offers, SmTruckOffer, index) : NULL;

  if (offer == NULL || sm_truck_rescue (self->ops, last_word (self, offer->vehicle_id)) != NULL)
    return NULL;
  return offer;
}

static void
send_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  SmTruckList *self = SM_TRUCK_LIST (widget);

  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    {
      const SmTruckOffer *offer = get_offer (self, i);
      SmTruckWish wanted;

      if (offer == NULL
          || (offer->outcome != SM_TRUCK_OFFER && offer->outcome != SM_TRUCK_RESCUE)
          || sm_truck_act_word (self->ops, SM_UNKNOWN, offer->vehicle_id) != NULL)
        continue;
      wanted = wish_of_offer (self, offer, offer->outcome == SM_TRUCK_RESCUE);
      wish (self, &wanted);
    }
}

/* Whoever has to call goes from one to the next, round and round. */
static void
call_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmTruckList *self = SM_TRUCK_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *first = NULL, *next = NULL;
  gboolean is_behind = FALSE;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL && next == NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (g_object_get_data (G_OBJECT (row), "to-call") != NULL)
        {
          first = first != NULL ? first : row;
          next = is_behind ? row : NULL;
        }
      is_behind |= focus != NULL && gtk_widget_is_ancestor (focus, row);
    }
  next = next != NULL ? next : first;
  if (next != NULL)
    gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
}

/* What can be sent now, and whether there is anybody to call. */
static void
show_acts (SmTruckList *self,
           guint        n_sendable,
           guint        n_to_call)
{
  const char *refusal = sm_ops_guide_refusal (self->ops);

  gtk_widget_set_visible (self->send_all, n_sendable > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trucks.send-all",
                                 n_sendable > 0 && refusal == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trucks.call", n_to_call > 0);
  sm_style_set_tooltip (self->send_all, refusal != NULL ? sm_slug_what (refusal)
                                                        : _("Ctrl+Shift+S"));
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

/* What came of it when it was told something before, and what its driver said. */
static char *
dup_before (SmTruckList *self,
            gint64       vehicle_id)
{
  const SmRow *row = last_word (self, vehicle_id);
  g_autofree char *state = row != NULL ? sm_truck_state (self->ops, row, NULL) : NULL;
  g_autofree char *why = row != NULL ? sm_truck_why (self->ops, row) : NULL;

  return state == NULL || why == NULL || why[0] == '\0'
             ? g_steal_pointer (&state) : g_strdup_printf ("%s · %s", state, why);
}

static void
add_offer (SmTruckList        *self,
           const SmTruckOffer *offer)
{
  g_autofree char *label = sm_work_order_label (self->ops, SM_NOUN_VEHICLE, offer->vehicle_id);
  const char *plate = label != NULL ? label : "–";
  g_autofree char *way = sm_truck_way (self->ops, offer->station_id, offer->battery_id,
                                  offer->travel_s + offer->wait_s);
  const char *act = sm_truck_act_word (self->ops, SM_UNKNOWN, offer->vehicle_id);
  g_autofree char *refusal = sm_truck_act_dup_refusal (self->ops, SM_UNKNOWN, offer->vehicle_id);
  g_autofree char *before = dup_before (self, offer->vehicle_id);
  g_autofree char *detail = g_strconcat (way, way[0] != '\0' && before != NULL ? "\n" : "",
                                         before, NULL);
  const char *state = act != NULL ? act : sm_truck_offer_word (offer->outcome);
  GtkWidget *buttons = add_truck (self, plate, state, refusal != NULL ? refusal : detail);
  SmTruckWish sent = wish_of_offer (self, offer, FALSE), rescue = wish_of_offer (self, offer, TRUE);

  if (act != NULL)
    return;
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
  SmTruckWish wanted = { .guidance_id = sm_row_get_id (row),
                         .vehicle_id = sm_row_get_int (row, SM_GUIDANCE_VEHICLE_ID),
                         .act = sm_guidance_events[event], .outcome = outcome };

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

static void
add_row (SmTruckList *self,
         const SmRow *row)
{
  GtkWidget *buttons;
  g_autofree char *plate = sm_text_clean (sm_row_get_text (row, SM_GUIDANCE_PLATE));
  gint64 id = sm_row_get_id (row), vehicle_id = sm_row_get_int (row, SM_GUIDANCE_VEHICLE_ID);
  const char *act = sm_truck_act_word (self->ops, id, vehicle_id);
  g_autofree char *refusal = sm_truck_act_dup_refusal (self->ops, id, vehicle_id);
  g_autofree char *state = sm_truck_state (self->ops, row, act);
  gint64 seconds = MAX (0, sm_row_get_int (row, SM_GUIDANCE_TRAVEL_S))
                   + MAX (0, sm_row_get_int (row, SM_GUIDANCE_WAIT_S));
  g_autofree char *way = sm_truck_way (self->ops, sm_row_get_int (row, SM_GUIDANCE_STATION_ID),
                                  sm_row_get_int (row, SM_GUIDANCE_BATTERY_ID), seconds);
  g_autofree char *why
      = refusal != NULL ? g_steal_pointer (&refusal) : sm_truck_why (self->ops, row);
  g_autofree char *detail = g_strconcat (way, way[0] != '\0' && why[0] != '\0' ? " · " : "", why,
                                         NULL);

  buttons = add_truck (self, plate, state, detail);
  if (act != NULL)
    return;
  add_acts (self, buttons, row);
  if (sm_row_get_enum (row, SM_GUIDANCE_STATE) == SM_GUIDANCE_STATE_NO_ANSWER)
    g_object_set_data (G_OBJECT (gtk_widget_get_last_child (self->list)), "to-call", self->list);
}

/* --- all of them --- */

static gboolean
has_offer (const SmTruckList *self,
           gint64             vehicle_id)
{
  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    if (get_offer (self, i) != NULL && get_offer (self, i)->vehicle_id == vehicle_id)
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

      g_string_append_printf (text, " %" G_GINT64_FORMAT ",%u,%" G_GINT64_FORMAT ",%d,%d",
                              offer->vehicle_id, offer->outcome, offer->battery_id,
                              sm_directory_find_pack (directory, offer->battery_id) != NULL,
                              get_offer (self, i) != NULL);
      sm_truck_act_describe (self->ops, text, SM_UNKNOWN, offer->vehicle_id);
    }
  for (guint i = 0; i < told->len; i++)
    {
      gint64 pack = sm_row_get_int (told->pdata[i], SM_GUIDANCE_BATTERY_ID);

      g_string_append_printf (text, " %" G_GINT64_FORMAT "@%" G_GINT64_FORMAT ",%d",
                              sm_row_get_id (told->pdata[i]),
                              sm_row_get_int (told->pdata[i], SM_ROW_SEQ),
                              sm_directory_find_pack (directory, pack) != NULL);
      sm_truck_act_describe (self->ops, text, sm_row_get_id (told->pdata[i]),
                             sm_row_get_int (told->pdata[i], SM_GUIDANCE_VEHICLE_ID));
    }
  return g_string_free (text, FALSE);
}

static void
show_summary (SmTruckList     *self,
              const GPtrArray *told)
{
  guint n_listed = self->offers != NULL ? self->offers->len : 0;
  guint n_offers = 0, n_to_call = 0, n_sendable = 0;
  g_autofree char *summary = NULL;

  for (guint i = 0; i < told->len; i++)
    n_to_call += sm_row_get_enum (told->pdata[i], SM_GUIDANCE_STATE) == SM_GUIDANCE_STATE_NO_ANSWER;
  for (guint i = 0; i < n_listed; i++)
    {
      const SmTruckOffer *offer = get_offer (self, i);

      n_offers += offer != NULL;
      n_sendable += offer != NULL
                    && (offer->outcome == SM_TRUCK_OFFER || offer->outcome == SM_TRUCK_RESCUE)
                    && sm_truck_act_word (self->ops, SM_UNKNOWN, offer->vehicle_id) == NULL;
    }
  /* Translators: numbers of trucks */
  summary = g_strdup_printf (_("%u to be sent · %u were told · %u to be called"), n_offers,
                             told->len, n_to_call);
  gtk_label_set_text (GTK_LABEL (self->summary),
                      n_offers + told->len > 0 ? summary : _("No truck is on its way there."));
  show_acts (self, n_sendable, n_to_call);
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
    if (get_offer (self, i) != NULL)
      add_offer (self, get_offer (self, i));
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
  /* Without the service nobody knows what could be offered now, but for what was taken already. */
  if (offers == NULL)
    offers = sm_truck_act_list_offers (self->ops, self->offers);
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
  show_acts (self, 0, 0);
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
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->send_all), "trucks.send-all");
  gtk_box_append (GTK_BOX (head), self->send_all);
  self->told = add_label (self->box, NULL, "");
  gtk_widget_set_visible (self->told, FALSE);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  show_acts (self, 0, 0);
  return GTK_WIDGET (self);
}
