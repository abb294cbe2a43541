/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figures-targets.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The dialog in which what the figures are held against is set. */

typedef struct
{
  GWeakRef over;
  SmAlarmTargets before;
  GPtrArray *spins; /* of GtkSpinButton, one a target */
  SmFiguresTargetsFunc func;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->over);
  g_ptr_array_unref (question->spins);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autoptr (GtkWidget) over = g_weak_ref_get (&question->over);
  SmAlarmTargets changes;

  if (over == NULL || !g_str_equal (response, "save"))
    return;
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    {
      double value = gtk_spin_button_get_value (question->spins->pdata[i]);

      SM_ALARM_TARGET (&changes, i)
          = fabs (value - SM_ALARM_TARGET (&question->before, i)) < 1e-9 ? NAN : value;
    }
  question->func (over, &changes);
}

static void
add_target (GtkGrid  *grid,
            Question *question,
            guint     i)
{
  const SmAlarmTarget *target = &sm_alarm_targets[i];
  const char *name = sm_figure_target_name (i);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *spin = gtk_spin_button_new_with_range (target->least, target->most, 1);
  /* Translators: %s is a number, and a standard or "our own" */
  g_autofree char *usual = g_strdup_printf (_("%g by %s"), target->usual,
                                            sm_figure_source (target->source));
  GtkWidget *source = gtk_label_new (usual);
  gboolean is_share = strstr (target->name, "pct") != NULL
                      || g_str_has_prefix (target->name, "per_");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 32);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (source), 0);
  gtk_widget_add_css_class (source, "row-subtitle");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), SM_ALARM_TARGET (&question->before, i));
  /* What is counted is whole; shares and means need not be. */
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), is_share ? 1 : 0);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_grid_attach (grid, label, 0, (int) i, 1, 1);
  gtk_grid_attach (grid, spin, 1, (int) i, 1, 1);
  gtk_grid_attach (grid, source, 2, (int) i, 1, 1);
  g_ptr_array_add (question->spins, spin);
}

static GtkWidget *
make_targets (Question *question)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    add_target (GTK_GRID (grid), question, i);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 560);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  return scrolled;
}

/** sm_figures_targets_ask: Returns: (transfer none): the dialog, which is shown */
GtkWidget *
sm_figures_targets_ask (GtkWidget            *over,
                        const SmAlarmTargets *targets,
                        SmFiguresTargetsFunc  func)
{
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (over)), _("Targets"),
                                _("What the alarm figures of the whole network are held against. "
                                  "Whoever changes them is named in the audit."));
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->over, over);
  question->before = *targets;
  question->spins = g_ptr_array_new ();
  question->func = func;
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_targets (question));
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
