/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-drill.h"
#include "sm-keys.h"
#include "sm-table-private.h"
#include "sm-text.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

/* What a person does with the rows of a table: copying and writing them. */
static void
copy (SmTable    *self,
      const char *text)
{
  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/** sm_table_dup_row: Returns: (transfer full): the shown cells of a row, with tabs between them */
char *
sm_table_dup_row (SmTable *self,
                  SmItem  *item)
{
  g_autoptr (GPtrArray) columns = sm_table_get_shown_columns (self);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *cell
          = sm_table_column_text (g_ptr_array_index (columns, i), item, &self->context);

      if (i > 0)
        g_string_append_c (text, '\t');
      g_string_append (text, cell);
    }
  return g_string_free (text, FALSE);
}

static void
copy_cell_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  SmTable *self = SM_TABLE (widget);
  SmItem *item = sm_table_get_selected (self);
  g_autoptr (GPtrArray) columns = sm_table_get_shown_columns (self);
  const SmTableColumn *column = self->menu_column;
  g_autofree char *text = NULL;

  if (column == NULL && columns->len > 0)
    column = g_ptr_array_index (columns, 0);
  if (item == NULL || column == NULL)
    return;
  text = sm_table_column_text (column, item, &self->context);
  copy (self, text);
}

static void
copy_row_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  SmTable *self = SM_TABLE (widget);
  SmItem *item = sm_table_get_selected (self);
  g_autofree char *text = item != NULL ? sm_table_dup_row (self, item) : NULL;

  copy (self, text);
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  SmTable *self = SM_TABLE (widget);
  SmItem *item = sm_table_get_selected (self);
  g_autofree char *text = item != NULL && self->hooks.link != NULL
                              ? self->hooks.link (item, self->context.data)
                              : NULL;

  copy (self, text);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmItem *item = sm_table_get_selected (SM_TABLE (widget));

  if (item != NULL)
    g_signal_emit_by_name (widget, "activated", item);
}

static void
progress_cb (guint    done,
             guint    total,
             gpointer data)
{
  SmTable *self = data;
  g_autofree char *done_text = sm_text_count (done);
  g_autofree char *total_text = sm_text_count (total);
  /* Translators: how many rows of how many are written; both are numbers */
  g_autofree char *words = g_strdup_printf (_("Writing row %s of %s"), done_text, total_text);

  if (self->export == NULL)
    return;
  gtk_label_set_text (self->export_label, words);
  gtk_progress_bar_set_fraction (self->export_progress, total > 0 ? (double) done / total : 0);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SmTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  guint rows = 0;

  if (sm_table_export_finish (result, &rows, &error))
    {
      g_autofree char *count = sm_text_count (rows);

      words = g_strdup_printf (ngettext ("Wrote %s row.", "Wrote %s rows.", rows), count);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    words = g_strdup (_("The export was cancelled; no file was written."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    words = g_strdup (_("The disk is full: no file was written. Make room, then try again."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    words = g_strdup (_("That is more than a spreadsheet holds. Filter the rows, or write CSV."));
  else
    words = g_strdup (_("The file could not be written there. Choose another folder."));
  g_clear_object (&self->export);
  if (self->box == NULL)
    return;
  gtk_label_set_text (self->export_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->export_progress), FALSE);
  gtk_button_set_label (GTK_BUTTON (self->export_cancel), C_ ("action", "Close"));
}

/** sm_table_export_to: Writes all rows as they are shown, in the background. */
void
sm_table_export_to (SmTable       *self,
                    SmSheetFormat  format,
                    GFile         *file)
{
  g_autoptr (GPtrArray) columns = NULL;
  SmTableExport export = { NULL };

  g_return_if_fail (SM_IS_TABLE (self) && G_IS_FILE (file));

  if (self->model == NULL || self->export != NULL)
    return;
  columns = sm_table_get_shown_columns (self);
  export = (SmTableExport){ self->model, columns, &self->hooks, self->context, format, file,
                            self->title, progress_cb, self };
  self->export = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->export_progress), TRUE);
  gtk_button_set_label (GTK_BUTTON (self->export_cancel), _("Cancel"));
  gtk_revealer_set_reveal_child (self->export_revealer, TRUE);
  sm_table_export_async (&export, self->export, exported_cb, g_object_ref (self));
}

/** sm_table_is_exporting: Whether a file is being written. */
gboolean
sm_table_is_exporting (SmTable *self)
{
  g_return_val_if_fail (SM_IS_TABLE (self), FALSE);

  return self->export != NULL;
}

static void
cancel_export_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  SmTable *self = SM_TABLE (widget);

  if (self->export != NULL)
    g_cancellable_cancel (self->export);
  else
    gtk_revealer_set_reveal_child (self->export_revealer, FALSE);
}

static void
named_cb (SmTable *self,
          int      response)
{
  g_autoptr (GtkNativeDialog) dialog = g_steal_pointer (&self->dialog);
  gboolean is_xlsx = g_object_get_data (G_OBJECT (dialog), "sm-xlsx") != NULL;
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    sm_table_export_to (self, is_xlsx ? SM_SHEET_XLSX : SM_SHEET_CSV, file);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SmTable *self = SM_TABLE (widget);
  gboolean is_xlsx = g_str_equal (name, "table.export-xlsx");
  g_autofree char *plain_name = g_strconcat (self->title, is_xlsx ? ".xlsx" : ".csv", NULL);
  g_autofree char *file_name = sm_drill_dup_file_name (plain_name);

  if (self->dialog != NULL || self->export != NULL)
    return;
  self->dialog = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (
      _("Write the Rows"), GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE,
      NULL, NULL));
  g_object_set_data (G_OBJECT (self->dialog), "sm-xlsx", GINT_TO_POINTER (is_xlsx));
  gtk_native_dialog_set_modal (self->dialog, TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->dialog), file_name);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (named_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->dialog);
}

/* A row that is selected with others stays so with them. */
static void
pick_row (SmTable *self,
          guint    position)
{
  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
}

/* Notes which cell a menu at that place is about. */
static void
pick (SmTable *self,
      double   x,
      double   y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  GtkListItem *list_item = NULL;

  for (; widget != NULL && widget != GTK_WIDGET (self->view);
       widget = gtk_widget_get_parent (widget))
    {
      /* Between the cells' texts: the cell around, whose only child has the data. */
      GtkWidget *cell = g_object_get_qdata (G_OBJECT (widget), sm_table_column_quark ()) != NULL
                            ? widget
                            : gtk_widget_get_first_child (widget);

      if (cell != NULL && g_object_get_qdata (G_OBJECT (cell), sm_table_column_quark ()) != NULL)
        {
          self->menu_column = g_object_get_qdata (G_OBJECT (cell), sm_table_column_quark ());
          list_item = g_object_get_data (G_OBJECT (cell), "sm-list-item");
          break;
        }
    }
  if (list_item != NULL)
    pick_row (self, gtk_list_item_get_position (list_item));
}

static void
popup_menu (SmTable *self,
            double   x,
            double   y)
{
  graphene_point_t place;

  if (sm_table_get_selected (self) == NULL
      || !gtk_widget_compute_point (GTK_WIDGET (self->view), GTK_WIDGET (self->box),
                                    &GRAPHENE_POINT_INIT ((float) x, (float) y), &place))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_popover),
                               &(GdkRectangle){ (int) place.x, (int) place.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->row_popover));
}

static void
pressed_cb (SmTable *self,
            int      n,
            double   x,
            double   y)
{
  pick (self, x, y);
  popup_menu (self, x, y);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  SmTable *self = user_data;

  self->menu_column = NULL;
  popup_menu (self, 40, 40);
  return TRUE;
}

static const SmKey keys[] = {
  { "<Control>c", "table.copy-row", N_ ("Copy the row, or the link to it") },
  { "<Control><Shift>c", "table.copy-link", NULL },
};
static const SmKey menu_key = { "Menu|<Shift>F10", NULL, N_ ("Menu of the row") };

/** sm_table_list_keys: @list: gets the keys of every table */
void
sm_table_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
  g_array_append_val (list, menu_key);
}

/** sm_table_add_controllers: The menu of a row, and the keys that do what it does. */
void
sm_table_add_controllers (SmTable *self)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (press, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (press));
  sm_keys_add (GTK_WIDGET (self->view), GTK_SHORTCUT_SCOPE_LOCAL, keys, G_N_ELEMENTS (keys));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (menu_key.keys),
                        gtk_callback_action_new (menu_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

void
sm_table_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table.copy-cell", NULL, copy_cell_action);
  gtk_widget_class_install_action (widget_class, "table.copy-row", NULL, copy_row_action);
  gtk_widget_class_install_action (widget_class, "table.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "table.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "table.export-csv", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "table.export-xlsx", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "table.cancel-export", NULL,
                                   cancel_export_action);
}

/** sm_table_actions_stop: Nobody is there any more to be told. */
void
sm_table_actions_stop (SmTable *self)
{
  if (self->export != NULL)
    g_cancellable_cancel (self->export);
  if (self->dialog != NULL)
    gtk_native_dialog_destroy (self->dialog);
  g_clear_object (&self->dialog);
}
