/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-contact-test.h"

#include "sm-error.h"
#include "sm-ops-tell.h"
#include "sm-telling.h"
#include "sm-text.h"
#include "sm-ticker.h"
#include "sm-toast-errors.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Sends a test to each number and address of a person, shows what became of it, and lets
 * somebody say that it arrived. */

#define WIDTH 520

typedef struct _Test Test;

typedef struct
{
  Test *test; /* borrowed */
  guint field;
  const char *channel;
  GtkWidget *row;
  GtkWidget *send;
  GtkWidget *arrived;
  SmRow *message;   /* (nullable): the last one, as it was when it was asked for */
  char *problem;    /* (nullable): why it could not be asked for */
  gboolean is_busy; /* something is asked */
} Line;

/* It lives as long as the dialog, or what was asked for it. */
struct _Test
{
  SmOps *ops;
  SmRow *contact;
  GCancellable *cancellable;
  SmTicker *ticker;
  gboolean is_open;
  guint n_lines;
  Line lines[3];
};

static void
test_clear (gpointer data)
{
  Test *test = data;

  for (guint i = 0; i < test->n_lines; i++)
    {
      g_clear_pointer (&test->lines[i].message, sm_row_unref);
      g_free (test->lines[i].problem);
    }
  g_object_unref (test->ops);
  g_object_unref (test->cancellable);
  g_object_unref (test->ticker);
  sm_row_unref (test->contact);
}

static gboolean
is_waiting (const Line *line)
{
  return line->message != NULL
         && sm_row_get_enum (line->message, SM_NOTIFICATION_STATE) == SM_TELL_QUEUED;
}

/* What became of it, in words. */
static char *
describe (const Line *line)
{
  const SmRow *message = line->message;
  const char *state;

  if (line->problem != NULL)
    return g_strdup (line->problem);
  if (message == NULL)
    return g_strdup (_("Not tried yet"));
  if (!sm_row_is_null (message, SM_NOTIFICATION_CONFIRMED_BY))
    /* Translators: a test message was received; %s is who said so */
    return g_strdup_printf (_("It arrived, says %s"),
                            sm_row_get_text (message, SM_NOTIFICATION_CONFIRMED_BY));
  state = sm_word_of_slug (sm_tell_states, sm_row_get_text (message, SM_NOTIFICATION_STATE));
  if (sm_row_is_null (message, SM_NOTIFICATION_PROBLEM))
    return g_strdup (state);
  /* Translators: what became of a message, and why */
  return g_strdup_printf (C_ ("message", "%s: %s"), state,
                          sm_word_of_slug (sm_tell_problems,
                                           sm_row_get_text (message, SM_NOTIFICATION_PROBLEM)));
}

static void
show_line (Line *line)
{
  g_autofree char *what = describe (line);
  g_autofree char *address
      = sm_text_clean (sm_row_get_text (line->test->contact, line->field));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", g_strstrip (address), what);
  gboolean can_arrive = line->message != NULL && !is_waiting (line)
                        && sm_row_is_null (line->message, SM_NOTIFICATION_CONFIRMED_BY)
                        && sm_row_get_enum (line->message, SM_NOTIFICATION_STATE) == SM_TELL_SENT;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (line->row), subtitle);
  gtk_widget_set_sensitive (line->send, !line->is_busy && !is_waiting (line));
  gtk_widget_set_sensitive (line->arrived, can_arrive && !line->is_busy);
}

static void
release (Line *line)
{
  g_rc_box_release_full (line->test, test_clear);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Line *line = user_data;
  g_autoptr (GError) error = NULL;
  SmRow *message = sm_ops_message_finish (SM_OPS (source), result, &error);

  line->is_busy = FALSE;
  g_clear_pointer (&line->problem, g_free);
  if (message != NULL)
    {
      g_clear_pointer (&line->message, sm_row_unref);
      line->message = message;
    }
  else
    line->problem = sm_error_sentence (error);
  if (line->test->is_open)
    show_line (line);
  release (line);
}

/* Returns: (transfer full): what is asked keeps the test alive. */
static Line *
begin (Line *line)
{
  line->is_busy = TRUE;
  show_line (line);
  g_rc_box_acquire (line->test);
  return line;
}

static void
send_cb (Line *line)
{
  Test *test = line->test;

  sm_ops_test_contact_async (test->ops, sm_row_get_id (test->contact), line->channel,
                             test->cancellable, asked_cb, begin (line));
}

static void
arrived_cb (Line *line)
{
  Test *test = line->test;

  sm_ops_confirm_message_async (test->ops, sm_row_get_id (line->message), test->cancellable,
                                asked_cb, begin (line));
}

/* As long as one waits to go out it is looked what became of it. */
static void
tick_cb (gpointer listener)
{
  Test *test = listener;

  for (guint i = 0; i < test->n_lines; i++)
    if (is_waiting (&test->lines[i]) && !test->lines[i].is_busy)
      sm_ops_ask_message_async (test->ops, sm_row_get_id (test->lines[i].message),
                                test->cancellable, asked_cb, begin (&test->lines[i]));
}

static void
close_test (gpointer  data,
            GClosure *closure)
{
  Test *test = data;

  test->is_open = FALSE;
  sm_ticker_leave (test->ticker, tick_cb, test);
  g_cancellable_cancel (test->cancellable);
  g_rc_box_release_full (test, test_clear);
}

static GtkWidget *
add_button (Line       *line,
            const char *label,
            const char *permission,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, sm_ops_may (line->test->ops, permission));
  g_signal_connect_swapped (button, "clicked", callback, line);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line->row), button);
  return button;
}

static void
add_line (Test       *test,
          GtkWidget  *list,
          guint       field,
          const char *channel)
{
  Line *line = &test->lines[test->n_lines++];

  line->test = test;
  line->field = field;
  line->channel = channel;
  line->row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line->row),
                                 sm_word_of_slug (sm_tell_channels, channel));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line->row), 0);
  line->send = add_button (line, _("_Send a test"), SM_OPS_MAY_TEST, G_CALLBACK (send_cb));
  line->arrived = add_button (line, _("It a_rrived"), SM_OPS_MAY_CONFIRM, G_CALLBACK (arrived_cb));
  gtk_list_box_append (GTK_LIST_BOX (list), line->row);
  show_line (line);
}

static GtkWidget *
make_list (Test *test)
{
  static const struct { guint field; SmTellChannel channel; } channels[] = {
    { SM_CONTACT_SMS, SM_TELL_SMS },
    { SM_CONTACT_EMAIL, SM_TELL_EMAIL },
    { SM_CONTACT_VOICE, SM_TELL_VOICE },
  };
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, WIDTH, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    if (!sm_row_is_null (test->contact, channels[i].field))
      add_line (test, list, channels[i].field, sm_tell_channels[channels[i].channel]);
  return list;
}

/* There is nothing to be decided: it goes when it is closed. */
static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Test             *test)
{
  g_cancellable_cancel (test->cancellable);
}

/**
 * sm_contact_test_open:
 * @contact: with a number or an address at least
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_contact_test_open (GtkWidget   *parent,
                      SmOps       *ops,
                      const SmRow *contact)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  Test *test = g_rc_box_new0 (Test);
  g_autofree char *person = sm_text_clean (sm_row_get_text (contact, SM_CONTACT_PERSON));
  /* Translators: %s is the name of a person */
  g_autofree char *heading = g_strdup_printf (_("Is %s reached?"), g_strstrip (person));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
      _("A test goes to where real messages go. Ask whether it arrived, and say so here; "
        "it stays in the list of messages.")));

  test->ops = g_object_ref (ops);
  test->contact = sm_row_copy (contact);
  test->cancellable = g_cancellable_new ();
  test->is_open = TRUE;
  test->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (parent)));
  adw_message_dialog_set_extra_child (dialog, make_list (test));
  adw_message_dialog_add_response (dialog, "close", C_ ("action", "_Close"));
  adw_message_dialog_set_close_response (dialog, "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), test, close_test, 0);
  sm_ticker_listen (test->ticker, tick_cb, test);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}
