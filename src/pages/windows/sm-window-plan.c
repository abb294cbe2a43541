/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-window-ask.h"

#include "sm-i18n.h"
#include "sm-time.h"
#include "sm-window-words.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Plans a maintenance window: of what, when, why, and what can go wrong. */

#define MOST_CHARS 500
#define MOST_HITS 20

typedef struct
{
  GtkWidget *parent;
  SmOps *ops;
  SmHit *hit; /* (nullable): what was found by what was typed */
  AdwMessageDialog *dialog;
  GtkWidget *what, *begins, *time, *reason, *risk, *risk_note, *suppresses;
  GtkWidget *told;
} Plan;

static void
plan_free (gpointer  data,
           GClosure *closure)
{
  Plan *plan = data;

  g_clear_pointer (&plan->hit, sm_hit_free);
  g_object_unref (plan->parent);
  g_object_unref (plan->ops);
  g_free (plan);
}

static char *
dup_text (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static gboolean
is_written (GtkWidget *entry)
{
  g_autofree char *text = dup_text (entry);

  return text[0] != '\0' && g_utf8_strlen (text, -1) <= MOST_CHARS;
}

/* The first of what was found that can be worked on. */
static void
find (Plan *plan)
{
  g_autofree char *text = dup_text (plan->what);
  g_autoptr (GPtrArray) hits = NULL;

  g_clear_pointer (&plan->hit, sm_hit_free);
  if (text[0] == '\0')
    return;
  hits = sm_directory_search (sm_ops_get_directory (plan->ops), text, sm_i18n_language (),
                              MOST_HITS);
  for (guint i = 0; plan->hit == NULL && i < hits->len; i++)
    {
      SmHit *hit = hits->pdata[i];

      if (sm_slug_index (sm_window_scopes, hit->noun->name) == SM_ENUM_UNKNOWN)
        continue;
      plan->hit = g_new0 (SmHit, 1);
      *plan->hit = (SmHit){ hit->noun, hit->id, g_strdup (hit->label), g_strdup (hit->detail),
                            hit->is_exact };
    }
}

static char *
describe (const Plan *plan,
          gboolean    is_time)
{
  if (plan->hit == NULL)
    return g_strdup (_("Type the name or number of a station, area, pile or vehicle."));
  if (!is_time)
    return g_strdup (_("The beginning is a date and a time, as in 2025-06-16 22:00."));
  return g_strdup_printf ("%s · %s%s%s", sm_word_of_slug (sm_window_scopes, plan->hit->noun->name),
                          plan->hit->label, plan->hit->detail[0] != '\0' ? " · " : "",
                          plan->hit->detail);
}

static void
check_cb (Plan *plan)
{
  g_autofree char *begins = dup_text (plan->begins);
  g_autofree char *told = NULL;
  gint64 at;
  gboolean is_time = sm_window_parse_moment (plan->ops, begins, &at);

  find (plan);
  told = describe (plan, is_time);
  gtk_label_set_text (GTK_LABEL (plan->told), told);
  adw_message_dialog_set_response_enabled (plan->dialog, "do",
                                           plan->hit != NULL && is_time && is_written (plan->reason)
                                               && is_written (plan->risk_note));
}

static void
take_text (SmRow     *row,
           guint      field,
           GtkWidget *entry)
{
  sm_row_take_text (row, field, dup_text (entry));
}

static void
take_choice (SmRow             *row,
             guint              field,
             const char *const *slugs,
             GtkWidget         *combo)
{
  sm_row_set_text (row, field, slugs[adw_combo_row_get_selected (ADW_COMBO_ROW (combo))]);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Plan             *plan)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW));
  g_autofree char *begins = dup_text (plan->begins);
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (plan->time));
  gint64 at;

  if (!g_str_equal (response, "do") || plan->hit == NULL
      || !sm_window_parse_moment (plan->ops, begins, &at))
    return;
  sm_row_set_text (row, SM_WINDOW_SCOPE_NOUN, plan->hit->noun->name);
  sm_row_set_int (row, SM_WINDOW_SCOPE_ID, plan->hit->id);
  sm_row_set_int (row, SM_WINDOW_STARTS_AT, at);
  sm_row_set_int (row, SM_WINDOW_ENDS_AT, at + sm_window_times[chosen].minutes * SM_MINUTE);
  take_text (row, SM_WINDOW_REASON, plan->reason);
  take_choice (row, SM_WINDOW_RISK, sm_window_risks, plan->risk);
  take_text (row, SM_WINDOW_RISK_NOTE, plan->risk_note);
  take_choice (row, SM_WINDOW_SUPPRESSES, sm_window_suppressions, plan->suppresses);
  sm_ops_plan_window_async (plan->ops, row, NULL, sm_window_told_cb,
                            sm_window_ref_root (plan->parent));
}

/* --- making it --- */

static GtkWidget *
add (Plan      *plan,
     GtkWidget *list,
     GtkWidget *row)
{
  if (GTK_IS_EDITABLE (row))
    g_signal_connect_swapped (row, "changed", G_CALLBACK (check_cb), plan);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static GtkWidget *
make_choice (const char        *title,
             const char *const *slugs)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; slugs[i] != NULL; i++)
    gtk_string_list_append (words, sm_word_of_slug (slugs, slugs[i]));
  return g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "model", words, NULL);
}

static GtkWidget *
make_content (Plan *plan)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *list = sm_window_list_new ();
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (plan->ops)));
  g_autofree char *moment = sm_window_words_moment (plan->ops, now);

  plan->what = add (plan, list, sm_window_entry_new (_("What is worked on")));
  plan->begins = add (plan, list, sm_window_entry_new (_("Begins")));
  plan->time = add (plan, list, sm_window_times_new (_("For how long")));
  plan->reason = add (plan, list, sm_window_entry_new (_("What is done")));
  plan->risk = add (plan, list, make_choice (_("Risk"), sm_window_risks));
  plan->risk_note = add (plan, list,
                         sm_window_entry_new (_("What can go wrong, and what is done about it")));
  plan->suppresses = add (plan, list,
                          make_choice (_("Alarms that are expected"), sm_window_suppressions));
  plan->told = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "wrap-mode",
                             PANGO_WRAP_WORD_CHAR, NULL);
  gtk_editable_set_text (GTK_EDITABLE (plan->begins), moment != NULL ? moment : "");
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), plan->told);
  return box;
}

/** sm_window_ask_plan: Returns: (transfer none): the dialog, which is shown */
GtkWidget *
sm_window_ask_plan (GtkWidget *parent,
                    SmOps     *ops)
{
  Plan *plan = g_new0 (Plan, 1);
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *content;

  plan->parent = g_object_ref (parent);
  plan->ops = g_object_ref (ops);
  plan->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Plan a maintenance window"),
      _("It opens when its time has come, if a second person has approved it by then. What is of "
        "safety or critical is never suppressed.")));
  adw_message_dialog_add_responses (plan->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    C_ ("window", "_Plan"), NULL);
  adw_message_dialog_set_close_response (plan->dialog, "cancel");
  adw_message_dialog_set_default_response (plan->dialog, "do");
  adw_message_dialog_set_response_appearance (plan->dialog, "do", ADW_RESPONSE_SUGGESTED);
  content = make_content (plan);
  adw_message_dialog_set_extra_child (plan->dialog, content);
  check_cb (plan);
  g_signal_connect_data (plan->dialog, "response", G_CALLBACK (response_cb), plan, plan_free, 0);
  gtk_window_present (GTK_WINDOW (plan->dialog));
  gtk_widget_grab_focus (plan->what);
  return GTK_WIDGET (plan->dialog);
}
