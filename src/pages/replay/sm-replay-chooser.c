/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-replay-chooser.h"

#include "sm-i18n.h"
#include "sm-ops-desks.h"
#include "sm-replay-words.h"
#include "sm-thing-row.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_HITS 12
#define SEARCHED 60
#define TIME "%Y-%m-%d %H:%M:%S"

struct _SmReplayChooser
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *popover;
  GtkWidget *list; /* of hits */
  GPtrArray *hits; /* of SmHit, as they stand in it */
  GtkWidget *until_entry;
  GtkWidget *span_drop;
  SmOps *ops;
  SmReplayWish wish;
  gboolean is_showing;
};

enum
{
  WANTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmReplayChooser, sm_replay_chooser, GTK_TYPE_WIDGET)

static const struct
{
  gint64 span;
  const char *word;
} spans[] = {
  { 15 * SM_MINUTE, N_ ("15 minutes") }, { SM_HOUR, N_ ("1 hour") },
  { 6 * SM_HOUR, N_ ("6 hours") },       { SM_DAY, N_ ("24 hours") },
};

static gint64
now_of (SmReplayChooser *self)
{
  return sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
}

/* --- what is shown of the wish --- */

static void
show (SmReplayChooser *self,
      const SmPast    *past)
{
  SmDirectory *directory = sm_ops_get_directory (self->ops);
  g_autofree char *until = sm_replay_moment (self->ops, self->wish.to, TIME);
  g_autofree char *name = NULL;
  guint chosen = 0;

  self->is_showing = TRUE;
  if (self->wish.noun < SM_N_NOUNS)
    {
      name = past != NULL ? sm_replay_name (past->record)
                          : sm_directory_dup_label (directory, self->wish.noun, self->wish.id,
                                                    sm_i18n_language ());
      gtk_editable_set_text (GTK_EDITABLE (self->entry), name != NULL ? name : "");
    }
  gtk_editable_set_text (GTK_EDITABLE (self->until_entry), until);
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    if (spans[chosen].span < self->wish.to - self->wish.from)
      chosen = i; /* the least that holds it: a link may ask for another */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->span_drop), chosen);
  self->is_showing = FALSE;
}

/** sm_replay_chooser_set_wish: Shows what is wanted, without wanting it anew. */
void
sm_replay_chooser_set_wish (SmReplayChooser    *self,
                            const SmReplayWish *wish)
{
  g_return_if_fail (SM_IS_REPLAY_CHOOSER (self));

  self->wish = *wish;
  show (self, NULL);
}

/** sm_replay_chooser_refresh: What it is of has a name by now, and the network a time zone. */
void
sm_replay_chooser_refresh (SmReplayChooser *self,
                           const SmPast    *past)
{
  g_return_if_fail (SM_IS_REPLAY_CHOOSER (self));

  show (self, past);
}

SmReplayWish
sm_replay_chooser_get_wish (SmReplayChooser *self)
{
  g_return_val_if_fail (SM_IS_REPLAY_CHOOSER (self), (SmReplayWish){ SM_N_NOUNS });

  return self->wish;
}

/* Nothing is known of the future. */
static void
want (SmReplayChooser *self,
      gint64           to,
      gint64           span)
{
  self->wish.to = MIN (to, now_of (self));
  self->wish.from = self->wish.to - span;
  show (self, NULL);
  if (self->wish.noun < SM_N_NOUNS)
    g_signal_emit (self, signals[WANTED], 0);
}

/** sm_replay_chooser_shift: Wants as much of the time before, or of that after. */
void
sm_replay_chooser_shift (SmReplayChooser *self,
                         int              direction)
{
  gint64 span;

  g_return_if_fail (SM_IS_REPLAY_CHOOSER (self));

  span = self->wish.to - self->wish.from;
  want (self, self->wish.to + direction * span, span);
}

/* --- finding --- */

static gboolean
has_past (const SmHit *hit)
{
  return hit->noun->id == SM_NOUN_STATION || hit->noun->id == SM_NOUN_VEHICLE
         || hit->noun->id == SM_NOUN_AREA;
}

static void
take_hit (SmReplayChooser *self,
          SmHit           *hit)
{
  GtkWidget *row;

  if (self->hits->len >= MOST_HITS)
    {
      sm_hit_free (hit);
      return;
    }
  row = sm_thing_row_new ();
  sm_thing_row_set (SM_THING_ROW (row), hit->label, hit->detail, NULL);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  g_ptr_array_add (self->hits, hit);
}

/* There are few, and they stand in no directory. */
static void
find_desks (SmReplayChooser *self,
            const char      *text)
{
  GListModel *desks = sm_ops_get_desks (self->ops);
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (desks, i);
      g_autofree char *name
          = sm_row_dup_name (sm_item_get_row (item), SM_DESK_NAME, sm_i18n_language ());
      g_autofree char *folded = g_utf8_casefold (name != NULL ? name : "", -1);
      SmHit *hit;

      if (strstr (folded, wanted) == NULL)
        continue;
      hit = g_new0 (SmHit, 1);
      hit->noun = sm_noun_get (SM_NOUN_DESK);
      hit->id = sm_item_get_id (item);
      hit->label = g_steal_pointer (&name);
      hit->detail = g_strdup (_("Desk"));
      take_hit (self, hit);
    }
}

static void
find_hits (SmReplayChooser *self,
           const char      *text)
{
  g_autoptr (GPtrArray) found = sm_directory_search (sm_ops_get_directory (self->ops), text,
                                                     sm_i18n_language (), SEARCHED);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  self->hits = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_hit_free);
  g_ptr_array_set_free_func (found, NULL);
  find_desks (self, text);
  for (guint i = 0; i < found->len; i++)
    {
      SmHit *hit = found->pdata[i];

      if (has_past (hit))
        take_hit (self, hit);
      else
        sm_hit_free (hit);
    }
}

static void
choose (SmReplayChooser *self,
        guint            place)
{
  const SmHit *hit;

  if (self->hits == NULL || place >= self->hits->len)
    return;
  hit = self->hits->pdata[place];
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  self->wish.noun = hit->noun->id;
  self->wish.id = hit->id;
  show (self, NULL);
  g_signal_emit (self, signals[WANTED], 0);
}

/** sm_replay_chooser_find: Wants what @text names first.  Returns: FALSE when it names nothing */
gboolean
sm_replay_chooser_find (SmReplayChooser *self,
                        const char      *text)
{
  g_return_val_if_fail (SM_IS_REPLAY_CHOOSER (self), FALSE);

  find_hits (self, text);
  choose (self, 0);
  return self->hits->len > 0;
}

static void
typed_cb (SmReplayChooser *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (self->is_showing)
    return;
  find_hits (self, text);
  if (self->hits->len > 0 && text[0] != '\0')
    gtk_popover_popup (GTK_POPOVER (self->popover));
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
activate_cb (SmReplayChooser *self)
{
  choose (self, 0);
}

static void
row_cb (SmReplayChooser *self,
        GtkListBoxRow   *row)
{
  choose (self, (guint) gtk_list_box_row_get_index (row));
}

/* Down leads from what is typed to what was found. */
static gboolean
key_cb (SmReplayChooser *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (keyval != GDK_KEY_Down || first == NULL || !gtk_widget_get_visible (self->popover))
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
until_cb (SmReplayChooser *self)
{
  gint64 to = sm_replay_parse (self->ops,
                               gtk_editable_get_text (GTK_EDITABLE (self->until_entry)));
  gboolean is_moment = to != SM_UNKNOWN;

  if (is_moment)
    gtk_widget_remove_css_class (self->until_entry, "error");
  else
    gtk_widget_add_css_class (self->until_entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->until_entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_moment ? GTK_ACCESSIBLE_INVALID_FALSE
                                         : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  if (is_moment)
    want (self, to, self->wish.to - self->wish.from);
}

static void
span_cb (SmReplayChooser *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->span_drop));

  if (!self->is_showing && chosen < G_N_ELEMENTS (spans))
    want (self, self->wish.to, spans[chosen].span);
}

/* --- the widget --- */

static void
sm_replay_chooser_dispose (GObject *object)
{
  SmReplayChooser *self = SM_REPLAY_CHOOSER (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_replay_chooser_parent_class)->dispose (object);
}

static void
sm_replay_chooser_class_init (SmReplayChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_replay_chooser_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[WANTED] = g_signal_new ("wanted", SM_TYPE_REPLAY_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
name_widget (GtkWidget  *widget,
             const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
make_finder (SmReplayChooser *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->entry = gtk_search_entry_new ();
  gtk_widget_set_size_request (self->entry, 280, -1);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), 0);
  g_object_set (self->entry, "placeholder-text", _("Station, vehicle, area or desk"), NULL);
  name_widget (self->entry, _("Station, vehicle, area or desk"));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 420);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scrolled), 340);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_popover_set_child (GTK_POPOVER (self->popover), scrolled);
  gtk_widget_set_parent (self->popover, self->entry);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->entry, keys);
}

static void
make_time (SmReplayChooser *self)
{
  GtkStringList *words = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    gtk_string_list_append (words, _(spans[i].word));
  self->span_drop = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  name_widget (self->span_drop, _("How much of it"));
  self->until_entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->until_entry), 20);
  name_widget (self->until_entry, _("Until, as 2026-01-31 14:05"));
  g_signal_connect_object (self->span_drop, "notify::selected", G_CALLBACK (span_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->until_entry, "activate", G_CALLBACK (until_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
add_shift (SmReplayChooser *self,
           const char      *icon,
           const char      *name,
           const char      *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  name_widget (button, name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
sm_replay_chooser_init (SmReplayChooser *self)
{
  self->wish.noun = SM_N_NOUNS;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  make_finder (self);
  make_time (self);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->span_drop);
  /* Translators: before a moment, in a row of controls: the hour until 14:05 */
  gtk_box_append (GTK_BOX (self->box), gtk_label_new (C_ ("replay", "until")));
  gtk_box_append (GTK_BOX (self->box), self->until_entry);
  add_shift (self, "go-previous-symbolic", _("The time before"), "replay.earlier");
  add_shift (self, "go-next-symbolic", _("The time after"), "replay.later");
}

GtkWidget *
sm_replay_chooser_new (SmOps *ops)
{
  SmReplayChooser *self = g_object_new (SM_TYPE_REPLAY_CHOOSER, NULL);

  self->ops = g_object_ref (ops);
  self->wish.to = now_of (self);
  self->wish.from = self->wish.to - SM_HOUR;
  show (self, NULL);
  return GTK_WIDGET (self);
}
