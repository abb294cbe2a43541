/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-shift-dialogs.h"

#include "sm-text.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>

/* One question for all: who, from when to when, why; as far as it is asked. */

typedef struct
{
  AdwMessageDialog *dialog; /* borrowed: the question goes with it */
  guint asks;
  int what;
  SmShiftAnswer answer;
  GObject *user;
  GTimeZone *zone;
  GPtrArray *names;  /* of char *: those that are offered; empty: a name is typed */
  GtkWidget *person; /* (nullable) */
  GtkWidget *next;   /* (nullable): its first choice is nobody */
  GtkWidget *from;   /* (nullable) */
  GtkWidget *to;     /* (nullable) */
  GtkWidget *text;   /* (nullable) */
} Asking;

static void
asking_free (gpointer  data,
             GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->user);
  g_time_zone_unref (asking->zone);
  g_ptr_array_unref (asking->names);
  g_free (asking);
}

static char *
dup_entry (GtkWidget *entry)
{
  return entry != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))))
                       : NULL;
}

/* @first: choices before the names */
static char *
dup_person (const Asking *asking,
            GtkWidget    *row,
            guint         first)
{
  guint selected;

  if (row == NULL)
    return NULL;
  if (ADW_IS_ENTRY_ROW (row))
    return dup_entry (row);
  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  return selected != GTK_INVALID_LIST_POSITION && selected >= first
             && selected - first < asking->names->len
             ? g_strdup (asking->names->pdata[selected - first])
             : NULL;
}

/* As it is written: 2026-11-22 08:00, in the time of the network. */
static gint64
read_time (const Asking *asking,
           GtkWidget    *entry)
{
  g_autofree char *text = dup_entry (entry);
  g_autoptr (GDateTime) moment = NULL;

  if (text == NULL)
    return SM_UNKNOWN;
  g_strdelimit (text, " ", 'T');
  if (g_utf8_strlen (text, -1) == 16)
    {
      g_autofree char *whole = g_strconcat (text, ":00", NULL);

      moment = g_date_time_new_from_iso8601 (whole, asking->zone);
    }
  return moment != NULL ? g_date_time_to_unix (moment) * SM_SECOND : SM_UNKNOWN;
}

static void
check_cb (Asking *asking)
{
  g_autofree char *text = dup_entry (asking->text);
  g_autofree char *person = dup_person (asking, asking->person, 0);
  gboolean is_good = TRUE;

  if ((asking->asks & SM_SHIFT_NEEDS_TEXT) != 0)
    is_good &= text[0] != '\0';
  if (text != NULL)
    is_good &= g_utf8_strlen (text, -1) <= SM_MAX_NOTE_CHARS;
  if (asking->person != NULL)
    is_good &= person != NULL && person[0] != '\0';
  if (asking->from != NULL)
    {
      gint64 from = read_time (asking, asking->from), to = read_time (asking, asking->to);

      is_good &= from != SM_UNKNOWN && to != SM_UNKNOWN && to > from;
    }
  adw_message_dialog_set_response_enabled (asking->dialog, "do", is_good);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Asking           *asking)
{
  g_autofree char *text = dup_entry (asking->text);
  g_autofree char *person = dup_person (asking, asking->person, 0);
  g_autofree char *next = dup_person (asking, asking->next, asking->names->len > 0 ? 1 : 0);
  SmShiftWish wish = { person, next != NULL && next[0] != '\0' ? next : NULL,
                       text != NULL && text[0] != '\0' ? text : NULL,
                       read_time (asking, asking->from), read_time (asking, asking->to) };

  if (g_str_equal (response, "do"))
    asking->answer (asking->user, asking->what, &wish);
}

static void
submit_cb (Asking *asking)
{
  GtkWindow *dialog = GTK_WINDOW (asking->dialog);

  if (!adw_message_dialog_get_response_enabled (asking->dialog, "do"))
    return;
  adw_message_dialog_response (asking->dialog, "do");
  /* A response by itself leaves it open, and the next Enter would do it all again. */
  gtk_window_destroy (dialog);
}

static GtkWidget *
make_entry (Asking     *asking,
            const char *title,
            const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check_cb), asking);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (submit_cb), asking);
  return row;
}

static GtkWidget *
make_time (Asking     *asking,
           const char *title,
           gint64      moment_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment_us / SM_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, asking->zone);
  g_autofree char *text = g_date_time_format (local, "%Y-%m-%d %H:%M");

  return make_entry (asking, title, text);
}

static GtkWidget *
make_person (Asking                *asking,
             const SmShiftQuestion *question,
             const char            *title,
             const char            *nobody)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  const char *chosen = nobody == NULL ? question->person : NULL;
  GtkWidget *row;
  guint index;

  if (asking->names->len == 0)
    return make_entry (asking, title, chosen);
  if (nobody != NULL)
    gtk_string_list_append (words, nobody);
  for (guint i = 0; i < question->sitters->len; i++)
    {
      const SmSitter *sitter = question->sitters->pdata[i];
      g_autofree char *name = sm_text_clean (sitter->name);
      g_autofree char *display = sm_text_clean (sitter->display_name);
      g_autofree char *both = g_strdup_printf ("%s (%s)", display, name);

      if (g_strcmp0 (sitter->name, question->but) != 0)
        gtk_string_list_append (words, g_str_equal (name, display) ? name : both);
    }
  row = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "use-markup", FALSE, "model", words,
                      NULL);
  if (chosen != NULL
      && g_ptr_array_find_with_equal_func (asking->names, chosen, g_str_equal, &index))
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), index);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (check_cb), asking);
  return row;
}

static void
take_names (Asking                *asking,
            const SmShiftQuestion *question)
{
  asking->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; question->sitters != NULL && i < question->sitters->len; i++)
    {
      const SmSitter *sitter = question->sitters->pdata[i];

      if (g_strcmp0 (sitter->name, question->but) != 0)
        g_ptr_array_add (asking->names, g_strdup (sitter->name));
    }
}

static GtkWidget *
make_rows (Asking                *asking,
           const SmShiftQuestion *question)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget **rows[] = { &asking->person, &asking->from, &asking->to, &asking->next,
                         &asking->text };

  if (question->asks & SM_SHIFT_ASKS_PERSON)
    asking->person = make_person (asking, question, _("Person"), NULL);
  if (question->asks & SM_SHIFT_ASKS_TIMES)
    {
      asking->from = make_time (asking, _("From"), question->from);
      asking->to = make_time (asking, _("To"), question->to);
    }
  if (question->asks & SM_SHIFT_ASKS_NEXT)
    asking->next = make_person (asking, question, _("Next in line"), C_ ("person", "nobody"));
  if (question->asks & SM_SHIFT_ASKS_TEXT)
    asking->text = make_entry (asking, question->text_title, question->text);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 420, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (*rows[i] != NULL)
      gtk_list_box_append (GTK_LIST_BOX (list), *rows[i]);
  return list;
}

/**
 * sm_shift_ask:
 * @user: a GObject, given to @answer
 *
 * Returns: (transfer none): the question, which is shown
 */
GtkWidget *
sm_shift_ask (GtkWidget             *parent,
              const SmShiftQuestion *question,
              SmShiftAnswer          answer,
              gpointer               user)
{
  Asking *asking = g_new0 (Asking, 1);
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *rows;

  asking->asks = question->asks;
  asking->what = question->what;
  asking->answer = answer;
  asking->user = g_object_ref (user);
  asking->zone = question->zone != NULL ? g_time_zone_ref (question->zone) : g_time_zone_new_utc ();
  asking->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, question->heading, question->body));
  adw_message_dialog_add_responses (asking->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    question->yes, NULL);
  adw_message_dialog_set_close_response (asking->dialog, "cancel");
  adw_message_dialog_set_default_response (asking->dialog, "do");
  adw_message_dialog_set_response_appearance (asking->dialog, "do", ADW_RESPONSE_SUGGESTED);
  take_names (asking, question);
  rows = make_rows (asking, question);
  if (question->asks != 0)
    adw_message_dialog_set_extra_child (asking->dialog, rows);
  else
    g_object_unref (g_object_ref_sink (rows));
  g_signal_connect_data (asking->dialog, "response", G_CALLBACK (response_cb), asking,
                         asking_free, 0);
  check_cb (asking);
  gtk_window_present (GTK_WINDOW (asking->dialog));
  return GTK_WIDGET (asking->dialog);
}
