/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-limits-dialog.h"

#include "sm-time.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* The dialog in which is set how long each kind of work order may take. */

typedef struct
{
  GWeakRef over;
  SmWorkLimits before;
  GtkSpinButton *spins[SM_WORK_N_LIMITS];
  SmWorkLimitsFunc func;
} Question;

static const char *const titles[SM_WORK_LIMIT_N_CLOCKS] = {
  [SM_WORK_LIMIT_RESPONSE] = N_ ("Minutes to respond"),
  [SM_WORK_LIMIT_RESTORE] = N_ ("Minutes to restore"),
  [SM_WORK_LIMIT_CLOSE] = N_ ("Minutes to confirm"),
};

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->over);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autoptr (GtkWidget) over = g_weak_ref_get (&question->over);
  SmWorkLimits changes = question->before;

  if (over == NULL || !g_str_equal (response, "save"))
    return;
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    {
      gint64 minutes = gtk_spin_button_get_value_as_int (question->spins[i]);

      changes.minutes[i] = minutes != question->before.minutes[i] ? minutes : SM_UNKNOWN;
    }
  question->func (over, &changes);
}

static void
add_label (GtkGrid    *grid,
           const char *text,
           guint       column,
           guint       row)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_grid_attach (grid, label, (int) column, (int) row, 1, 1);
}

static void
add_kind (GtkGrid  *grid,
          Question *question,
          guint     kind)
{
  const char *name = sm_word_of_slug (sm_work_order_kinds, sm_work_order_kinds[kind]);

  add_label (grid, name, 0, kind + 1);
  for (guint clock = 0; clock < SM_WORK_LIMIT_N_CLOCKS; clock++)
    {
      guint i = kind * SM_WORK_LIMIT_N_CLOCKS + clock;
      const SmWorkLimit *limit = &sm_work_limits[i];
      GtkWidget *spin = gtk_spin_button_new_with_range ((double) limit->least,
                                                        (double) limit->most, 5);
      g_autofree char *words = g_strdup_printf ("%s: %s", name, _(titles[clock]));

      gtk_spin_button_set_increments (GTK_SPIN_BUTTON (spin), 5, 60);
      gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), (double) question->before.minutes[i]);
      gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
      gtk_grid_attach (grid, spin, (int) clock + 1, (int) kind + 1, 1, 1);
      question->spins[i] = GTK_SPIN_BUTTON (spin);
    }
}

static GtkWidget *
make_table (Question *question)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint clock = 0; clock < SM_WORK_LIMIT_N_CLOCKS; clock++)
    add_label (GTK_GRID (grid), _(titles[clock]), clock + 1, 0);
  for (guint kind = 0; kind < SM_WORK_LIMIT_N_KINDS; kind++)
    add_kind (GTK_GRID (grid), question, kind);
  return grid;
}

/** sm_work_limits_ask: Returns: (transfer none): the dialog, which is shown */
GtkWidget *
sm_work_limits_ask (GtkWidget          *over,
                    const SmWorkLimits *limits,
                    SmWorkLimitsFunc    func)
{
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (over)), _("Time limits"),
                                _("How long each kind of work order may take. Whoever changes "
                                  "that is named in the audit; orders that are there keep their "
                                  "own."));
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->over, over);
  question->before = *limits;
  question->func = func;
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_table (question));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("Cancel"), "save",
                                    _("Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
