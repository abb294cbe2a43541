/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-document-dialog.h"

#include "sm-drill.h"

#include <glib/gi18n-lib.h>

/* A report on its way to a file. */
typedef struct
{
  GWeakRef over;
  SmDocument *report;
  SmDocumentSaved saved;
} Way;

static void
way_free (Way *way)
{
  g_weak_ref_clear (&way->over);
  sm_document_free (way->report);
  g_free (way);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Way *way = user_data;
  g_autoptr (GtkWidget) over = g_weak_ref_get (&way->over);
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;

  sm_document_save_finish (result, &n_pages, &error);
  if (over != NULL && way->saved != NULL)
    way->saved (over, G_FILE (source), n_pages, error);
  way_free (way);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  Way *way = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    sm_document_save_async (g_steal_pointer (&way->report), file, NULL, saved_cb, way);
  else
    way_free (way);
  g_object_unref (dialog);
}

/**
 * sm_document_dialog_show:
 * @over: the widget that it is asked from
 * @name: of the file, with its ending
 * @report: (transfer full): what is written, as it is now
 * @saved: (nullable): is told what became of it
 *
 * Asks where to, and writes there without holding anything up.
 */
void
sm_document_dialog_show (GtkWidget       *over,
                         const char      *name,
                         SmDocument      *report,
                         SmDocumentSaved  saved)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Save as PDF"), GTK_WINDOW (gtk_widget_get_root (over)),
                                     GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *file_name = sm_drill_dup_file_name (name);
  Way *way = g_new0 (Way, 1);

  g_weak_ref_init (&way->over, over);
  way->report = report;
  way->saved = saved;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file_name);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), way);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
