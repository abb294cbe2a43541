/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guide-editor.h"

#include "sm-error.h"
#include "sm-ops-guides.h"

#include <glib/gi18n-lib.h>

/** sm_guide_editor_refusal: Returns: (transfer none) (nullable): why nothing can be edited now */
const char *
sm_guide_editor_refusal (SmOps *ops)
{
  if (!sm_ops_may (ops, "fault_code.edit"))
    return _("Your role does not allow this");
  return sm_status_get_state (sm_ops_get_status (ops)) == SM_STATUS_OFFLINE
             ? _("This needs the service, which cannot be reached") : NULL;
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmGuideDialog) dialog = user_data;
  g_autoptr (GError) error = NULL;
  const SmFaultGuide *seen = sm_guide_dialog_get_seen (dialog);
  const SmFaultGuide *now;

  if (sm_ops_change_fault_code_finish (SM_OPS (source), result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }
  now = sm_ops_get_fault_code (SM_OPS (source), seen->code);
  if (g_error_matches (error, SM_ERROR, SM_ERROR_PRECONDITION) && now != NULL
      && now->rev != seen->rev)
    sm_guide_dialog_contest (dialog, now);
  else
    sm_guide_dialog_refuse (dialog, error);
}

static void
save_cb (SmGuideDialog      *dialog,
         const SmFaultGuide *wanted,
         SmOps              *ops)
{
  sm_ops_change_fault_code_async (ops, sm_guide_dialog_get_seen (dialog), wanted, NULL, changed_cb,
                                  g_object_ref (dialog));
}

/**
 * sm_guide_editor_open:
 *
 * Returns: (transfer none) (nullable): the dialog, which is shown; NULL where nothing can
 *   be edited now
 */
SmGuideDialog *
sm_guide_editor_open (GtkWidget  *owner,
                      SmOps      *ops,
                      const char *code)
{
  const SmFaultGuide *guide = sm_ops_get_fault_code (ops, code);
  SmGuideDialog *dialog;

  if (guide == NULL || sm_guide_editor_refusal (ops) != NULL)
    return NULL;
  dialog = sm_guide_dialog_new (owner, guide);
  g_signal_connect_object (dialog, "save", G_CALLBACK (save_cb), ops, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
