/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-diagnostics.h"

#include "sm-drill.h"
#include "sm-facts.h"
#include "sm-log-ring.h"
#include "sm-style.h"

#include <glib/gi18n-lib.h>

#define INTERVAL_S 2

struct _SmDiagnostics
{
  AdwWindow parent_instance;

  GtkWidget *content;
  GtkWidget *list;  /* of groups */
  GtkWidget *line;  /* what became of the bundle */
  GPtrArray *rows;  /* of AdwActionRow, one a fact */
  GPtrArray *facts;
  SmOps *ops;       /* (nullable) */
  GSettings *settings; /* (nullable) */
  GCancellable *cancellable;
  guint timer;
  gboolean is_asking;
  gboolean is_filled; /* with what was asked of the files, too */
};

G_DEFINE_FINAL_TYPE (SmDiagnostics, sm_diagnostics, ADW_TYPE_WINDOW)

static GtkWidget *
make_row (const SmFact *fact)
{
  GtkWidget *row = adw_action_row_new ();

  /* Names and sentences may hold anything: never markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fact->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), fact->value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, TRUE);
  return row;
}

static void
make_rows (SmDiagnostics *self)
{
  const char *group_name = NULL;
  GtkWidget *group = NULL, *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->facts->len; i++)
    {
      const SmFact *fact = self->facts->pdata[i];
      GtkWidget *row = make_row (fact);

      if (g_strcmp0 (group_name, fact->group) != 0)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), fact->group);
          gtk_box_append (GTK_BOX (self->list), group);
          group_name = fact->group;
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      g_ptr_array_add (self->rows, row);
    }
}

static gboolean
has_same_titles (GPtrArray *a,
                 GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (((SmFact *) a->pdata[i])->title, ((SmFact *) b->pdata[i])->title))
      return FALSE;
  return TRUE;
}

/* Rows stay where they are while only their values change: focus and scroll do, too. */
static void
show_facts (SmDiagnostics     *self,
            const SmDiagnosis *diagnosis)
{
  GPtrArray *facts = sm_facts_collect (diagnosis);
  gboolean is_same = has_same_titles (self->facts, facts);

  g_clear_pointer (&self->facts, g_ptr_array_unref);
  self->facts = facts;
  if (!is_same)
    make_rows (self);
  for (guint i = 0; is_same && i < facts->len; i++)
    adw_action_row_set_subtitle (self->rows->pdata[i], ((SmFact *) facts->pdata[i])->value);
}

static void
diagnosed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SmDiagnostics) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmDiagnosis) diagnosis = sm_ops_diagnose_finish (SM_OPS (source), result, &error);

  self->is_asking = FALSE;
  if (self->list == NULL)
    return;
  /* Before the copy is open it is asked again; what is shown stays. */
  if (diagnosis == NULL)
    return;
  show_facts (self, diagnosis);
  self->is_filled = TRUE;
}

static gboolean
look_again_cb (gpointer user_data)
{
  SmDiagnostics *self = user_data;

  if (self->ops == NULL || self->is_asking)
    return G_SOURCE_CONTINUE;
  self->is_asking = TRUE;
  sm_ops_diagnose_async (self->ops, self->cancellable, diagnosed_cb, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  GFile *file;
  char *diagnostics;
  char *settings;
  char *log;
} Bundle;

static void
bundle_free (gpointer data)
{
  Bundle *bundle = data;

  g_object_unref (bundle->file);
  g_free (bundle->diagnostics);
  g_free (bundle->settings);
  g_free (bundle->log);
  g_free (bundle);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Bundle *bundle = task_data;
  GError *error = NULL;

  if (sm_facts_write (bundle->file, bundle->diagnostics, bundle->settings, bundle->log, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/** sm_diagnostics_save_async: Writes what is shown, the settings and the log, as a ZIP. */
void
sm_diagnostics_save_async (SmDiagnostics       *self,
                           GFile               *file,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, callback, user_data);
  Bundle *bundle = g_new (Bundle, 1);

  *bundle = (Bundle){ g_object_ref (file), sm_facts_to_text (self->facts),
                      sm_facts_settings (self->settings), sm_log_ring_dup () };
  g_task_set_source_tag (task, sm_diagnostics_save_async);
  g_task_set_task_data (task, bundle, bundle_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
sm_diagnostics_save_finish (SmDiagnostics  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  SmDiagnostics *self = SM_DIAGNOSTICS (source);
  g_autoptr (GError) error = NULL;
  gboolean is_saved = sm_diagnostics_save_finish (self, result, &error);

  if (self->line == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_label_set_text (GTK_LABEL (self->line),
                      is_saved ? _("The bundle is saved.")
                               : _("The bundle could not be saved. Choose another folder."));
  sm_style_set_class (self->line, "problem", !is_saved);
  gtk_widget_set_visible (self->line, TRUE);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  g_autoptr (SmDiagnostics) self = user_data;

  if (response == GTK_RESPONSE_ACCEPT && self->list != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      sm_diagnostics_save_async (self, file, saved_cb, NULL);
    }
  g_object_unref (dialog);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Save a Bundle"), GTK_WINDOW (widget),
                                     GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));
  g_autofree char *name_of_file = sm_drill_dup_file_name ("stationmaster-diagnostics.zip");

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name_of_file);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), g_object_ref (widget));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmDiagnostics *self = SM_DIAGNOSTICS (widget);
  g_autofree char *text = sm_facts_to_text (self->facts);
  g_autofree char *clean = sm_scrub (text);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), clean);
}

static void
sm_diagnostics_dispose (GObject *object)
{
  SmDiagnostics *self = SM_DIAGNOSTICS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->ops);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->list = self->line = NULL;

  G_OBJECT_CLASS (sm_diagnostics_parent_class)->dispose (object);
}

static void
sm_diagnostics_class_init (SmDiagnosticsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_diagnostics_dispose;
  gtk_widget_class_install_action (widget_class, "diagnostics.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "diagnostics.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK,
                                       "diagnostics.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK, "diagnostics.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_button (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
sm_diagnostics_init (SmDiagnostics *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->content, "background");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->line = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->line), TRUE);
  gtk_widget_set_visible (self->line, FALSE);
  gtk_widget_set_margin_top (self->list, 18);
  gtk_widget_set_margin_bottom (self->list, 18);
  gtk_widget_set_margin_start (self->list, 12);
  gtk_widget_set_margin_end (self->list, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->list);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header),
                             make_button (_("_Save a Bundle…"), "diagnostics.save"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_button (_("_Copy"), "diagnostics.copy"));
  gtk_box_append (GTK_BOX (self->content), header);
  gtk_box_append (GTK_BOX (self->content), self->line);
  gtk_box_append (GTK_BOX (self->content), scroller);
  adw_window_set_content (ADW_WINDOW (self), self->content);
  gtk_window_set_title (GTK_WINDOW (self), _("Diagnostics"));
  gtk_window_set_default_size (GTK_WINDOW (self), 720, 800);
}

/**
 * sm_diagnostics_new:
 * @parent: (nullable)
 * @ops: (nullable): no service is followed yet
 * @settings: (nullable)
 */
GtkWindow *
sm_diagnostics_new (GtkWindow *parent,
                    SmOps     *ops,
                    GSettings *settings)
{
  SmDiagnostics *self = g_object_new (SM_TYPE_DIAGNOSTICS, "transient-for", parent, NULL);

  g_set_object (&self->ops, ops);
  g_set_object (&self->settings, settings);
  show_facts (self, NULL);
  look_again_cb (self);
  self->timer = g_timeout_add_seconds (INTERVAL_S, look_again_cb, self);
  return GTK_WINDOW (self);
}

GtkWidget *
sm_diagnostics_get_content (SmDiagnostics *self)
{
  g_return_val_if_fail (SM_IS_DIAGNOSTICS (self), NULL);

  return self->content;
}

/** sm_diagnostics_describe_missing: Returns: (nullable): what is not to be seen yet */
const char *
sm_diagnostics_describe_missing (SmDiagnostics *self)
{
  g_return_val_if_fail (SM_IS_DIAGNOSTICS (self), NULL);

  return self->ops == NULL || self->is_filled ? NULL : "the state of the files";
}
