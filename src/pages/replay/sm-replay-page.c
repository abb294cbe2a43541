/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-replay-page.h"

#include "sm-document-dialog.h"
#include "sm-keys.h"
#include "sm-ops-past.h"
#include "sm-replay-bar.h"
#include "sm-replay-chooser.h"
#include "sm-replay-file.h"
#include "sm-replay-values.h"
#include "sm-replay-words.h"
#include "sm-status-banner.h"
#include "sm-time.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define STEP (10 * SM_SECOND)
/* No link asks for more than the service tells. */
#define MAX_SPAN (7 * SM_DAY)

struct _SmReplayPage
{
  SmPage parent_instance;

  SmOps *ops;
  SmReplayChooser *chooser;
  SmReplayBar *bar;
  SmReplayValues *values;
  SmReplayLists *lists;
  SmStatusBanner *banner; /* of what became of a file */
  GtkStack *stack;
  GtkWidget *caveats_label;
  AdwStatusPage *error_page;
  SmReplay *replay;          /* (nullable) */
  gint64 wanted_at;          /* SM_UNKNOWN: from the beginning */
  gboolean is_wanted;        /* as soon as there is a service to ask */
  GCancellable *cancellable; /* of what is asked */
};

G_DEFINE_FINAL_TYPE (SmReplayPage, sm_replay_page, SM_TYPE_PAGE)

/* --- loading --- */

static void
allow_actions (SmReplayPage *self)
{
  static const char *const actions[]
      = { "replay.play",   "replay.back",   "replay.forward",   "replay.previous", "replay.next",
          "replay.slower", "replay.faster", "replay.save-json", "replay.save-pdf" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], self->replay != NULL);
}

static void
set_replay (SmReplayPage *self,
            SmReplay     *replay)
{
  sm_replay_bar_set_replay (self->bar, replay);
  sm_replay_values_set_replay (self->values, replay);
  sm_replay_lists_set_replay (self->lists, replay);
  g_set_object (&self->replay, replay);
  allow_actions (self);
}

static void
show_past (SmReplayPage *self,
           SmPast       *past)
{
  g_autofree char *caveats = sm_replay_caveats (past);
  g_autoptr (SmReplay) replay = sm_replay_new (past);

  if (self->wanted_at != SM_UNKNOWN)
    sm_replay_set_at (replay, self->wanted_at);
  gtk_label_set_text (GTK_LABEL (self->caveats_label), caveats);
  gtk_widget_set_visible (self->caveats_label, caveats[0] != '\0');
  sm_replay_chooser_refresh (self->chooser, past);
  set_replay (self, replay);
  gtk_stack_set_visible_child_name (self->stack, "replay");
}

static void
past_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SmReplayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  SmPast *past = sm_ops_load_past_finish (SM_OPS (source), result, &error);

  if (past != NULL && self->ops != NULL)
    show_past (self, past);
  else if (past != NULL)
    sm_past_free (past);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = sm_error_sentence (error);
  adw_status_page_set_description (self->error_page, sentence);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
load (SmReplayPage *self)
{
  SmReplayWish wish = sm_replay_chooser_get_wish (self->chooser);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_replay (self, NULL);
  if (wish.noun >= SM_N_NOUNS)
    return;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->is_wanted = sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_STARTING;
  if (self->is_wanted)
    return;
  self->cancellable = g_cancellable_new ();
  sm_ops_load_past_async (self->ops, wish.noun, wish.id, wish.from, wish.to, self->cancellable,
                          past_cb, g_object_ref (self));
}

static void
state_cb (SmReplayPage *self)
{
  if (self->is_wanted)
    load (self);
}

static void
zone_cb (SmReplayPage *self)
{
  sm_replay_chooser_refresh (self->chooser,
                             self->replay != NULL ? sm_replay_get_past (self->replay) : NULL);
}

static void
wanted_cb (SmReplayPage *self)
{
  self->wanted_at = SM_UNKNOWN;
  load (self);
}

/* --- actions --- */

static void
play_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmReplay *replay = SM_REPLAY_PAGE (widget)->replay;

  sm_replay_set_is_going (replay, !sm_replay_get_is_going (replay));
}

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmReplay *replay = SM_REPLAY_PAGE (widget)->replay;
  gint64 step = g_str_equal (name, "replay.back") ? -STEP : STEP;

  sm_replay_set_at (replay, sm_replay_get_at (replay) + step);
}

static void
event_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  sm_replay_go_to_event (SM_REPLAY_PAGE (widget)->replay,
                         g_str_equal (name, "replay.next") ? 1 : -1);
}

static void
rate_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmReplay *replay = SM_REPLAY_PAGE (widget)->replay;
  int direction = g_str_equal (name, "replay.faster") ? 1 : -1;

  for (int i = 0; i < (int) sm_n_replay_rates; i++)
    if (sm_replay_rates[i] == sm_replay_get_rate (replay))
      {
        sm_replay_set_rate (replay, sm_replay_rates[CLAMP (i + direction, 0,
                                                           (int) sm_n_replay_rates - 1)]);
        return;
      }
}

static void
shift_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  sm_replay_chooser_shift (SM_REPLAY_PAGE (widget)->chooser,
                           g_str_equal (name, "replay.later") ? 1 : -1);
}

static void
again_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  load (SM_REPLAY_PAGE (widget));
}

/* --- files --- */

static void
tell_saved (GtkWidget    *widget,
            GFile        *file,
            const GError *error)
{
  SmReplayPage *self = SM_REPLAY_PAGE (widget);
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *sentence = error != NULL ? sm_error_sentence (error) : NULL;

  sm_status_banner_set (self->banner, error != NULL ? _("This could not be written.")
                                                    : _("The incident file is written."),
                        error != NULL ? sentence : name);
  sm_status_banner_set_action (self->banner, C_ ("action", "Close"), "replay.dismiss");
}

static void
dismiss_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  sm_status_banner_set (SM_REPLAY_PAGE (widget)->banner, NULL, NULL);
}

static void
pdf_saved_cb (GtkWidget    *over,
              GFile        *file,
              guint         n_pages,
              const GError *error)
{
  tell_saved (over, file, error);
}

static void
save_pdf_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  SmReplayPage *self = SM_REPLAY_PAGE (widget);
  g_autofree char *file
      = sm_replay_file_name (self->ops, sm_replay_get_past (self->replay), ".pdf");

  sm_document_dialog_show (widget, file, sm_replay_document_new (self->ops, self->replay),
                           pdf_saved_cb);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmReplayPage) self = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  if (self->ops != NULL)
    tell_saved (GTK_WIDGET (self), G_FILE (source), error);
}

static void
chosen_cb (SmReplayPage    *self,
           int              response,
           GtkNativeDialog *dialog)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file != NULL && self->replay != NULL)
    g_file_replace_contents_bytes_async (file, sm_replay_get_past (self->replay)->document, NULL,
                                         FALSE, G_FILE_CREATE_NONE, NULL, written_cb,
                                         g_object_ref (self));
  g_object_unref (dialog);
}

static void
save_json_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  SmReplayPage *self = SM_REPLAY_PAGE (widget);
  g_autofree char *file
      = sm_replay_file_name (self->ops, sm_replay_get_past (self->replay), ".json");
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Save the incident file"),
                                     GTK_WINDOW (gtk_widget_get_root (widget)),
                                     GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- links --- */

static gint64
time_of (const SmLink *link,
         const char   *key)
{
  const char *text = sm_link_get (link, key);
  gint64 at;

  return text != NULL && sm_time_from_rfc3339 (text, &at, NULL) ? at : SM_UNKNOWN;
}

/* A link without a time is of the last hour; one of nonsense is of nothing. */
static gboolean
sm_replay_page_show_link (SmPage       *page,
                          const SmLink *link)
{
  SmReplayPage *self = SM_REPLAY_PAGE (page);
  const SmNoun *noun = sm_link_get (link, "of") != NULL ? sm_noun_by_name (sm_link_get (link, "of"))
                                                        : NULL;
  SmReplayWish wish = sm_replay_chooser_get_wish (self->chooser);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
  gint64 from = time_of (link, "from"), to = time_of (link, "to"), id = 0;

  if (!g_str_equal (sm_link_get_page (link), SM_REPLAY_PAGE_NAME))
    return FALSE;
  if (noun == NULL || sm_link_get (link, "id") == NULL
      || (noun->id != SM_NOUN_VEHICLE && noun->id != SM_NOUN_STATION && noun->id != SM_NOUN_AREA
          && noun->id != SM_NOUN_DESK)
      || !g_ascii_string_to_signed (sm_link_get (link, "id"), 10, 1, G_MAXINT64, &id, NULL))
    return TRUE;
  to = to != SM_UNKNOWN ? to : now;
  from = from != SM_UNKNOWN && from < to && to - from <= MAX_SPAN ? from : to - SM_HOUR;
  self->wanted_at = time_of (link, "at");
  if (self->replay != NULL && wish.noun == noun->id && wish.id == id && wish.from == from
      && wish.to == to)
    {
      if (self->wanted_at != SM_UNKNOWN)
        sm_replay_set_at (self->replay, self->wanted_at);
      return TRUE;
    }
  wish = (SmReplayWish){ noun->id, id, from, to };
  sm_replay_chooser_set_wish (self->chooser, &wish);
  load (self);
  return TRUE;
}

static char *
sm_replay_page_dup_link (SmPage *page)
{
  SmReplayPage *self = SM_REPLAY_PAGE (page);
  SmReplayWish wish = sm_replay_chooser_get_wish (self->chooser);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, wish.id);
  g_autofree char *from = sm_time_to_rfc3339 (wish.from);
  g_autofree char *to = sm_time_to_rfc3339 (wish.to);
  g_autofree char *at = self->replay != NULL
                            ? sm_time_to_rfc3339 (sm_replay_get_at (self->replay))
                            : g_strdup (from);

  if (wish.noun >= SM_N_NOUNS)
    return sm_link_text (SM_REPLAY_PAGE_NAME, NULL, NULL);
  return sm_link_text (SM_REPLAY_PAGE_NAME, NULL, "of", sm_noun_get (wish.noun)->name, "id", id,
                       "from", from, "to", to, "at", at, NULL);
}

static const char *
sm_replay_page_describe_missing (SmPage *page)
{
  SmReplayPage *self = SM_REPLAY_PAGE (page);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING)
    return "an answer of the service";
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "loading") == 0
             ? "the past of a thing"
             : NULL;
}

/* --- the page --- */

static void
sm_replay_page_dispose (GObject *object)
{
  SmReplayPage *self = SM_REPLAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->replay);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_replay_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "replay.play", NULL, play_action);
  gtk_widget_class_install_action (klass, "replay.back", NULL, step_action);
  gtk_widget_class_install_action (klass, "replay.forward", NULL, step_action);
  gtk_widget_class_install_action (klass, "replay.previous", NULL, event_action);
  gtk_widget_class_install_action (klass, "replay.next", NULL, event_action);
  gtk_widget_class_install_action (klass, "replay.slower", NULL, rate_action);
  gtk_widget_class_install_action (klass, "replay.faster", NULL, rate_action);
  gtk_widget_class_install_action (klass, "replay.earlier", NULL, shift_action);
  gtk_widget_class_install_action (klass, "replay.later", NULL, shift_action);
  gtk_widget_class_install_action (klass, "replay.again", NULL, again_action);
  gtk_widget_class_install_action (klass, "replay.save-json", NULL, save_json_action);
  gtk_widget_class_install_action (klass, "replay.save-pdf", NULL, save_pdf_action);
  gtk_widget_class_install_action (klass, "replay.dismiss", NULL, dismiss_action);
}

static const SmKey keys[] = {
  { "k", "replay.play", N_ ("Go, or stand still") },
  { "j", "replay.back", N_ ("Ten seconds back, or forward") },
  { "l", "replay.forward", NULL },
  { "comma", "replay.previous", N_ ("To the event before, or the next") },
  { "period", "replay.next", NULL },
  { "minus", "replay.slower", N_ ("Slower, or faster") },
  { "plus", "replay.faster", NULL },
  { "<Alt>Page_Up", "replay.earlier", N_ ("The time before, or after") },
  { "<Alt>Page_Down", "replay.later", NULL },
};

/** sm_replay_page_list_keys: @list: gets the keys of the page */
void
sm_replay_page_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}

static void
sm_replay_page_class_init (SmReplayPageClass *klass)
{
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_replay_page_dispose;
  page_class->show_link = sm_replay_page_show_link;
  page_class->dup_link = sm_replay_page_dup_link;
  page_class->describe_missing = sm_replay_page_describe_missing;
  install_actions (GTK_WIDGET_CLASS (klass));
  sm_keys_add_class (GTK_WIDGET_CLASS (klass), keys, G_N_ELEMENTS (keys));
}

static void
sm_replay_page_init (SmReplayPage *self)
{
  self->wanted_at = SM_UNKNOWN;
}

static GtkWidget *
make_save_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("As PDF…"), "replay.save-pdf");
  g_menu_append (menu, _("As JSON…"), "replay.save-json");
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Incident file"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  return button;
}

static GtkWidget *
make_head (SmReplayPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (sm_page_get_title (SM_PAGE (self)));

  gtk_widget_add_css_class (title, "panel-title");
  gtk_widget_add_css_class (head, "replay-head");
  self->chooser = SM_REPLAY_CHOOSER (sm_replay_chooser_new (self->ops));
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->chooser));
  gtk_box_append (GTK_BOX (head), make_save_button ());
  return head;
}

static GtkWidget *
make_content (SmReplayPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->caveats_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->caveats_label, "replay-caveats");
  self->values = SM_REPLAY_VALUES (sm_replay_values_new (self->ops));
  self->lists = SM_REPLAY_LISTS (sm_replay_lists_new (self->ops));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->values));
  gtk_paned_set_start_child (GTK_PANED (paned), scrolled);
  gtk_paned_set_end_child (GTK_PANED (paned), GTK_WIDGET (self->lists));
  gtk_paned_set_resize_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_position (GTK_PANED (paned), 360);
  gtk_widget_set_vexpand (paned, TRUE);
  gtk_box_append (GTK_BOX (box), self->caveats_label);
  gtk_box_append (GTK_BOX (box), paned);
  return box;
}

static GtkWidget *
make_note (const char *icon,
           const char *title,
           const char *description)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  return page;
}

static GtkWidget *
make_error (SmReplayPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Try again"));

  self->error_page = ADW_STATUS_PAGE (
      make_note ("dialog-warning-symbolic", _("The past could not be read"), NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "replay.again");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (self->error_page, button);
  return GTK_WIDGET (self->error_page);
}

static void
add_parts (SmReplayPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *spinner = gtk_spinner_new ();

  self->banner = SM_STATUS_BANNER (sm_status_banner_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_stack_add_named (
      self->stack,
      make_note ("document-open-recent-symbolic", _("Nothing chosen"),
                 _("Choose a station, a vehicle, an area or a desk above, or “Replay” beside an alarm: "
                   "its values, its alarms and who did what are shown as they were known then.")),
      "none");
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_stack_add_named (self->stack, make_error (self), "error");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_head (self));
  self->bar = SM_REPLAY_BAR (sm_replay_bar_new (self->ops));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_stack_add_named (self->stack, make_content (self), "replay");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sm_replay_page_new (SmOps      *ops,
                    const char *title)
{
  SmReplayPage *self = g_object_new (SM_TYPE_REPLAY_PAGE, "title", title, NULL);

  self->ops = g_object_ref (ops);
  add_parts (self);
  allow_actions (self);
  g_signal_connect_object (self->chooser, "wanted", G_CALLBACK (wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_status (ops), "notify::time-zone", G_CALLBACK (zone_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_status (ops), "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** sm_replay_page_get_replay: Returns: (transfer none) (nullable): that is shown */
SmReplay *
sm_replay_page_get_replay (SmReplayPage *self)
{
  g_return_val_if_fail (SM_IS_REPLAY_PAGE (self), NULL);

  return self->replay;
}

SmReplayLists *
sm_replay_page_get_lists (SmReplayPage *self)
{
  g_return_val_if_fail (SM_IS_REPLAY_PAGE (self), NULL);

  return self->lists;
}
