/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-what-if.h"

#include "sm-alarm-words.h"
#include "sm-ops-what-if.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-toast-errors.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* How many alarms a limit would have raised with another value.  It only shows. */

#define PERIOD (7 * SM_DAY)

typedef struct
{
  SmOps *ops;
  gint64 limit_id;
  const char *unit; /* (nullable): interned */
  GCancellable *cancellable; /* (nullable): of what is being reckoned */
  GtkWidget *entry;
  GtkWidget *result;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_cancellable_cancel (question->cancellable);
  g_clear_object (&question->cancellable);
  g_object_unref (question->ops);
  g_free (question);
}

static const SmField *
find_field (const SmRow *limit)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (limit, SM_LIMIT_NOUN));
  const char *name = sm_row_get_text (limit, SM_LIMIT_FIELD);
  int field = noun != NULL ? sm_noun_find_field (noun, name, strlen (name)) : -1;

  return field >= 0 ? &noun->fields[field] : NULL;
}

/**
 * sm_alarm_what_if_find:
 *
 * Returns: (transfer none) (nullable): the limit that raised @alarm, if it is as it was then
 */
const SmRow *
sm_alarm_what_if_find (SmOps       *ops,
                       const SmRow *alarm)
{
  GPtrArray *limits = sm_directory_get_rows (sm_ops_get_directory (ops), SM_NOUN_LIMIT);

  if (sm_row_is_null (alarm, SM_ALARM_LIMIT_VALUE) || sm_row_is_null (alarm, SM_ALARM_FIELD))
    return NULL;
  for (guint i = 0; i < limits->len; i++)
    {
      const SmRow *limit = limits->pdata[i];

      if (g_strcmp0 (sm_row_get_text (limit, SM_LIMIT_NOUN),
                     sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN)) == 0
          && g_strcmp0 (sm_row_get_text (limit, SM_LIMIT_FIELD),
                        sm_row_get_text (alarm, SM_ALARM_FIELD)) == 0
          && fabs (sm_row_get_real (limit, SM_LIMIT_RAISE_AT)
                   - sm_row_get_real (alarm, SM_ALARM_LIMIT_VALUE)) < 1e-6)
        return limit;
    }
  return NULL;
}

static void
append_counts (GString    *text,
               const char *how,
               gint64      now,
               gint64      proposed)
{
  g_autofree char *as_is = sm_text_count (now);
  g_autofree char *as_proposed = sm_text_count (proposed);

  /* Translators: %s are what is counted and how well, and two numbers of alarms */
  g_string_append_printf (text, _("%s: %s alarms as it is, %s with the proposed value"), how,
                          as_is, as_proposed);
  g_string_append_c (text, '\n');
}

static char *
describe (const Question     *question,
          const SmWhatIfSums *sums)
{
  GString *text = g_string_new (NULL);
  g_autofree char *band = sm_text_measure (sums->band, 1, question->unit);
  g_autofree char *things = sm_text_count (sums->things);
  g_autofree char *since = sm_alarm_words_moment (question->ops, sums->exact_from);
  g_autofree char *begin = sm_alarm_words_moment (question->ops, sums->from);
  /* Translators: %s are a moment and a measure, as in "from 12:00 on, exact to within 3 °C" */
  g_autofree char *exact = g_strdup_printf (_("From %s on, exact to within %s"), since, band);
  /* Translators: %s is a moment */
  g_autofree char *estimate
      = g_strdup_printf (_("Before, from %s, an estimate from values of 15 minutes"), begin);

  append_counts (text, exact, sums->exact_now, sums->exact_proposed);
  if (sums->exact_from > sums->from)
    append_counts (text, estimate, sums->estimate_now, sums->estimate_proposed);
  /* Translators: %s is a number of trucks or stations */
  g_string_append_printf (text, _("Gone over: %s"), things);
  return g_string_free (text, FALSE);
}

/* Read out as well as shown. */
static void
tell (Question   *question,
      const char *text)
{
  gtk_label_set_text (GTK_LABEL (question->result), text);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree SmWhatIfSums *sums = sm_ops_load_what_if_finish (SM_OPS (source), result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&question->cancellable);
  text = sums != NULL ? describe (question, sums) : sm_error_sentence (error);
  tell (question, text);
}

static gboolean
parse_value (const char *text,
             double     *out_value)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char *end = NULL;

  *out_value = g_ascii_strtod (stripped, &end);
  return end != stripped && *end == '\0' && fabs (*out_value) <= 1e6;
}

static void
apply_cb (Question *question)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (question->ops)));
  double value;

  g_cancellable_cancel (question->cancellable);
  g_clear_object (&question->cancellable);
  if (!parse_value (gtk_editable_get_text (GTK_EDITABLE (question->entry)), &value))
    {
      tell (question, _("A number is needed."));
      return;
    }
  tell (question, _("It is being reckoned…"));
  question->cancellable = g_cancellable_new ();
  sm_ops_load_what_if_async (question->ops, question->limit_id, value, now - PERIOD,
                             question->cancellable, loaded_cb, question);
}

static GtkWidget *
make_content (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 460, -1);
  question->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->entry), _("Proposed value"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (question->entry), TRUE);
  g_signal_connect_swapped (question->entry, "apply", G_CALLBACK (apply_cb), question);
  gtk_list_box_append (GTK_LIST_BOX (list), question->entry);
  question->result = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), question->result);
  return box;
}

/**
 * sm_alarm_what_if_ask:
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_alarm_what_if_ask (GtkWidget   *owner,
                      SmOps       *ops,
                      const SmRow *limit)
{
  Question *question = g_new0 (Question, 1);
  GtkRoot *root = gtk_widget_get_root (owner);
  const SmField *field = find_field (limit);
  g_autofree char *now = NULL;
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  question->ops = g_object_ref (ops);
  question->limit_id = sm_row_get_id (limit);
  question->unit = field != NULL ? field->unit : NULL;
  now = sm_text_measure (sm_row_get_real (limit, SM_LIMIT_RAISE_AT), 1, question->unit);
  /* Translators: %s are a quantity and its limit now */
  body = g_strdup_printf (_("%s: the limit is %s now. Nothing is changed here."),
                          sm_alarm_words_field (sm_row_get_text (limit, SM_LIMIT_FIELD)), now);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("If the limit were another"), body));
  adw_message_dialog_add_responses (dialog, "close", C_ ("action", "_Close"), NULL);
  adw_message_dialog_set_close_response (dialog, "close");
  adw_message_dialog_set_extra_child (dialog, make_content (question));
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (question->entry);
  return GTK_WIDGET (dialog);
}
