/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-what-if.h"

#include "sm-alarm-reason.h"
#include "sm-alarm-words.h"
#include "sm-i18n.h"
#include "sm-ops-what-if.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* How many alarms a limit would have raised with another value, and, for who may, making
 * it that: with a reason and what can go wrong. */

#define PERIOD (7 * SM_DAY)
#define MOST_CHARS 500
#define MOST_SHOWN 5
#define N_LEVELS 4

typedef struct
{
  GtkWidget *owner; /* in whose window what went wrong is said */
  AdwMessageDialog *dialog; /* borrowed: the question goes with it */
  SmOps *ops;
  SmRow *limit;     /* as it was seen */
  const char *unit; /* (nullable): interned */
  GCancellable *cancellable; /* (nullable): of what is being reckoned */
  GtkWidget *entry;
  GtkWidget *result;
  GtkWidget *level;   /* (nullable): as all of these: who is asked may not change it */
  GtkWidget *enabled;
  GtkWidget *reason;
  GtkWidget *risk;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_cancellable_cancel (question->cancellable);
  g_clear_object (&question->cancellable);
  sm_row_unref (question->limit);
  g_object_unref (question->owner);
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

/* Of the day, by the clock of the network: the hours with the most alarms first. */
static void
append_hours (GString            *text,
              const Question     *question,
              const SmWhatIfSums *sums)
{
  GTimeZone *zone = sm_status_get_zone (sm_ops_get_status (question->ops));
  gint64 now[24] = { 0 }, proposed[24] = { 0 };

  for (guint i = 0; i < sums->n_hours; i++)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (sums->hours[i].at / SM_SECOND);
      g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone)
                                                 : g_date_time_ref (utc);
      int hour = g_date_time_get_hour (local);

      now[hour] += sums->hours[i].now;
      proposed[hour] += sums->hours[i].proposed;
    }
  for (guint n = 0; n < MOST_SHOWN; n++)
    {
      int best = 0;

      for (int hour = 1; hour < 24; hour++)
        if (now[hour] + proposed[hour] > now[best] + proposed[best])
          best = hour;
      if (now[best] + proposed[best] == 0)
        break;
      if (n == 0)
        g_string_append_printf (text, "\n%s", _("By hour of the day:"));
      /* Translators: an hour and the next one, alarms as it is, alarms with the proposed value */
      g_string_append_printf (text, _("\n%02d:00–%02d:00: %d as it is, %d proposed"), best,
                              (best + 1) % 24, (int) now[best], (int) proposed[best]);
      now[best] = proposed[best] = 0;
    }
}

/* Those for which it would be different. */
static void
append_things (GString            *text,
               const Question     *question,
               const SmWhatIfSums *sums)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (question->limit, SM_LIMIT_NOUN));

  if (sums->n_rings > 0)
    g_string_append_printf (text, "\n%s", _("Where it would be another number:"));
  for (guint i = 0; i < MIN (sums->n_rings, MOST_SHOWN); i++)
    {
      const SmWhatIfPart *ring = &sums->rings[i];
      g_autofree char *label = noun != NULL
                                   ? sm_directory_dup_label (sm_ops_get_directory (question->ops),
                                                             noun->id, ring->at,
                                                             sm_i18n_language ())
                                   : NULL;
      g_autofree char *name = label != NULL ? sm_text_clean (label)
                                            : g_strdup_printf ("#%" G_GINT64_FORMAT, ring->at);

      /* Translators: a truck or station, alarms as it is, alarms with the proposed value */
      g_string_append_printf (text, _("\n%s: %d as it is, %d proposed"), name, (int) ring->now,
                              (int) ring->proposed);
    }
  if (sums->n_rings > MOST_SHOWN)
    g_string_append_printf (text, ngettext ("\nand %u more", "\nand %u more",
                                            sums->n_rings - MOST_SHOWN),
                            sums->n_rings - MOST_SHOWN);
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
  append_hours (text, question, sums);
  append_things (text, question, sums);
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
  sm_ops_load_what_if_async (question->ops, sm_row_get_id (question->limit), value, now - PERIOD,
                             question->cancellable, loaded_cb, question);
}

/* --- making it that --- */

static gboolean
is_written (GtkWidget *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  return text[0] != '\0' && g_utf8_strlen (text, -1) <= MOST_CHARS;
}

/* Nothing in the field is the value that it has. */
static gboolean
read_value (const Question *question,
            double         *out_value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (question->entry));

  *out_value = sm_row_get_real (question->limit, SM_LIMIT_RAISE_AT);
  return text[0] == '\0' || parse_value (text, out_value);
}

static void
check_cb (Question *question)
{
  double value;

  adw_message_dialog_set_response_enabled (question->dialog, "do",
                                           read_value (question, &value)
                                               && is_written (question->reason)
                                               && is_written (question->risk));
}

/* Returns: (transfer full): what is to be different */
static SmRow *
make_wanted (const Question *question)
{
  const SmRow *limit = question->limit;
  SmRow *wanted = sm_row_new (sm_noun_get (SM_NOUN_LIMIT));
  double before = sm_row_get_real (limit, SM_LIMIT_RAISE_AT), value = before;
  gint64 level = adw_combo_row_get_selected (ADW_COMBO_ROW (question->level)) + 1;
  gboolean enabled = gtk_switch_get_active (GTK_SWITCH (question->enabled));

  read_value (question, &value);
  if (fabs (value - before) > 1e-9)
    {
      sm_row_set_real (wanted, SM_LIMIT_RAISE_AT, value);
      /* The dead band moves along, as in what was reckoned. */
      sm_row_set_real (wanted, SM_LIMIT_CLEAR_AT,
                       sm_row_get_real (limit, SM_LIMIT_CLEAR_AT) + value - before);
    }
  if (level != sm_row_get_int (limit, SM_LIMIT_LEVEL))
    sm_row_set_int (wanted, SM_LIMIT_LEVEL, level);
  if (enabled != (sm_row_get_int (limit, SM_LIMIT_ENABLED) != 0))
    sm_row_set_int (wanted, SM_LIMIT_ENABLED, enabled);
  return wanted;
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GtkWidget) owner = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) limit = sm_ops_change_limit_finish (SM_OPS (source), result, &error);

  if (limit == NULL)
    sm_alarm_complain (owner, error);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autoptr (SmRow) wanted = NULL;

  if (!g_str_equal (response, "do"))
    return;
  wanted = make_wanted (question);
  sm_ops_change_limit_async (question->ops, question->limit, wanted,
                             gtk_editable_get_text (GTK_EDITABLE (question->reason)),
                             gtk_editable_get_text (GTK_EDITABLE (question->risk)), NULL,
                             changed_cb, g_object_ref (question->owner));
}

static GtkWidget *
add_entry (Question   *question,
           GtkWidget  *list,
           const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check_cb), question);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

/* What else of it can be changed, and why it is. */
static void
add_changes (Question  *question,
             GtkWidget *list)
{
  g_autoptr (GtkStringList) levels = gtk_string_list_new (NULL);
  GtkWidget *row = adw_action_row_new ();
  gint64 level = CLAMP (sm_row_get_int (question->limit, SM_LIMIT_LEVEL), 1, N_LEVELS);

  for (guint i = 1; i <= N_LEVELS; i++)
    gtk_string_list_append (levels, sm_word_of_level (i));
  question->level = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Level of its alarms"), "model",
                                  levels, "selected", (guint) level - 1, NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), question->level);
  question->enabled = gtk_switch_new ();
  gtk_widget_set_valign (question->enabled, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (question->enabled),
                         sm_row_get_int (question->limit, SM_LIMIT_ENABLED) != 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("It raises alarms"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), question->enabled);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), question->enabled);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  question->reason = add_entry (question, list, _("Reason"));
  question->risk = add_entry (question, list, _("What can go wrong, and what is done about it"));
  g_signal_connect_swapped (question->entry, "changed", G_CALLBACK (check_cb), question);
}

static GtkWidget *
make_content (Question *question,
              gboolean  may_change)
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
  if (may_change)
    add_changes (question, list);
  question->result = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), question->result);
  return box;
}

static char *
describe_limit (const Question *question,
                gboolean        may_change)
{
  const SmRow *limit = question->limit;
  g_autofree char *now = sm_text_measure (sm_row_get_real (limit, SM_LIMIT_RAISE_AT), 1,
                                          question->unit);
  const char *field = sm_alarm_words_field (sm_row_get_text (limit, SM_LIMIT_FIELD));

  /* Translators: %s are a quantity and its limit now */
  return may_change ? g_strdup_printf (_("%s: the limit is %s now. A change counts at once, for "
                                         "everybody, and stays in the audit."),
                                       field, now)
                    /* Translators: %s are a quantity and its limit now */
                    : g_strdup_printf (_("%s: the limit is %s now. Nothing is changed here."),
                                       field, now);
}

static void
add_responses (Question *question,
               gboolean  may_change)
{
  adw_message_dialog_add_responses (question->dialog, "close", C_ ("action", "_Close"), NULL);
  adw_message_dialog_set_close_response (question->dialog, "close");
  if (!may_change)
    return;
  adw_message_dialog_add_responses (question->dialog, "do", C_ ("limit", "_Change the limit"),
                                    NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "do", ADW_RESPONSE_SUGGESTED);
  g_signal_connect (question->dialog, "response", G_CALLBACK (response_cb), question);
  check_cb (question);
}

/**
 * sm_alarm_what_if_ask:
 *
 * Says what another value would have raised; whoever may changes the limit there.
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
  gboolean may_change = sm_ops_may (ops, "limit.change");
  g_autofree char *body = NULL;

  question->ops = g_object_ref (ops);
  question->owner = g_object_ref (owner);
  question->limit = sm_row_copy (limit);
  question->unit = field != NULL ? field->unit : NULL;
  body = describe_limit (question, may_change);
  question->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("If the limit were another"), body));
  adw_message_dialog_set_extra_child (question->dialog, make_content (question, may_change));
  add_responses (question, may_change);
  g_object_set_data_full (G_OBJECT (question->dialog), "question", question, question_free);
  gtk_window_present (GTK_WINDOW (question->dialog));
  gtk_widget_grab_focus (question->entry);
  return GTK_WIDGET (question->dialog);
}
