/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-label-sheet.h"

#include "sm-document-dialog.h"
#include "sm-document.h"
#include "sm-i18n.h"
#include "sm-ops-labels.h"
#include "sm-toast-errors.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *over;
  SmRow *station;
} Sheet;

static void
sheet_free (Sheet *sheet)
{
  g_object_unref (sheet->over);
  sm_row_unref (sheet->station);
  g_free (sheet);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

static void
show_message (GtkWidget  *over,
              const char *heading,
              const char *body)
{
  GtkRoot *root = gtk_widget_get_root (over);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", C_ ("action", "_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
saved_cb (GtkWidget    *over,
          GFile        *file,
          guint         n_pages,
          const GError *error)
{
  g_autofree char *name = g_file_get_basename (file);

  if (error != NULL)
    show_message (over, _("The labels could not be written"), _("Choose another folder."));
  else
    show_message (over, _("The labels are written"), name);
}

/* A pile is called by its own name, a station by the network's. */
static char *
describe (const SmScanLabel *label)
{
  g_autofree char *name = label->names != NULL ? sm_name_pick (label->names, sm_i18n_language ()) : NULL;

  return name != NULL && name[0] != '\0' ? g_steal_pointer (&name) : g_strdup (label->sn);
}

static void
labels_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Sheet) sheet = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) labels = sm_ops_load_labels_finish (SM_OPS (source), result, &error);
  g_autofree char *station = sm_row_dup_name (sheet->station, SM_STATION_NAME, sm_i18n_language ());
  g_autofree char *file = NULL;
  SmDocument *document;

  if (labels == NULL)
    {
      g_autofree char *sentence = sm_error_sentence (error);

      show_message (sheet->over, _("There are no labels now"), sentence);
      return;
    }
  document = sm_document_new (&(SmDocumentHead) {
      .title = _("Labels"), .subtitle = station, .language = sm_i18n_language (),
      .foot = _("Cut along the dashed lines; each label belongs on the thing that it names.") });
  for (guint i = 0; i < labels->len; i++)
    {
      const SmScanLabel *label = labels->pdata[i];
      g_autofree char *text = describe (label);

      sm_document_label (document, text, label->sn, label->link);
    }
  /* Translators: the name of a file, without its ending; %s is a station's serial number */
  file = g_strdup_printf (_("labels-%s.pdf"), sm_row_get_text (sheet->station, SM_STATION_SN));
  sm_document_dialog_show (sheet->over, file, document, saved_cb);
}

/**
 * sm_label_sheet_ask:
 * @over: the widget that it was asked for
 *
 * Asks the service what the labels say, and the person where the sheet goes.
 */
void
sm_label_sheet_ask (GtkWidget   *over,
                    SmOps       *ops,
                    const SmRow *station)
{
  Sheet *sheet = g_new (Sheet, 1);

  *sheet = (Sheet){ g_object_ref (over), sm_row_ref ((SmRow *) station) };
  sm_ops_load_labels_async (ops, sm_row_get_id (station), NULL, labels_cb, sheet);
}
