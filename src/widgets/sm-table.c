/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-table.h"

#include "sm-style.h"
#include "sm-table-private.h"
#include "sm-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (SmTable, sm_table, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_SORT_CHANGED,
} Signal;
static guint signals[SIGNAL_SORT_CHANGED + 1];

/** sm_table_column_quark: Under which cells, factories and columns know their SmTableColumn. */
GQuark
sm_table_column_quark (void)
{
  return g_quark_from_static_string ("sm-table-column");
}

static GtkColumnViewColumn *
get_view_column (SmTable *self,
                 guint    index)
{
  return g_ptr_array_index (self->view_columns, index);
}

static int
find_column (SmTable    *self,
             const char *id)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (g_strcmp0 (self->columns[i].id, id) == 0)
      return (int) i;
  return -1;
}

static void
remember (SmTable    *self,
          const char *what,
          const char *value)
{
  g_autofree char *name = g_strconcat (self->name, ".", what, NULL);

  if (self->state != NULL && !self->is_restoring)
    sm_view_state_set (self->state, name, value);
}

static void
show_state (SmTable *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  g_autofree char *count = sm_text_count (n);
  /* Translators: how many rows a table has; %s is the number */
  g_autofree char *words = g_strdup_printf (ngettext ("%s row", "%s rows", n), count);
  gboolean is_content = n > 0 && self->shown != SM_TABLE_ERROR;

  gtk_label_set_text (self->count_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), is_content);
  gtk_stack_set_visible_child_name (self->stack, is_content ? "content" : "words");
  gtk_spinner_set_spinning (self->spinner, !is_content && self->shown == SM_TABLE_LOADING);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->shown == SM_TABLE_LOADING);
  gtk_label_set_text (self->words_title, self->state_title);
  gtk_label_set_text (self->words_detail, self->state_detail);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "table.export-csv", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "table.export-xlsx", n > 0);
}

/* GtkColumnView tells that the order changed, and not to what.  The sorters of
 * its columns are asked in turn: the first one asked is the first column, and
 * the sign that comes out is the direction. */
static int
probe_cb (gconstpointer a,
          gconstpointer b,
          gpointer      user_data)
{
  GtkColumnViewColumn *column = user_data;
  SmTable *self = g_object_get_data (G_OBJECT (column), "sm-table");

  if (self->probed == NULL)
    self->probed = g_object_get_qdata (G_OBJECT (column), sm_table_column_quark ());
  return -1;
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  SmTable *self = user_data;

  if (self->sort_column == NULL)
    return 0;
  return sm_table_column_compare (self->sort_column, (SmItem *) a, (SmItem *) b,
                                  self->is_descending, &self->context);
}

static void
apply_sort (SmTable *self)
{
  if (self->hooks.sort != NULL)
    {
      if (self->sort_column != NULL && self->source != NULL)
        self->hooks.sort (self->source, self->sort_column, self->is_descending,
                          self->context.data);
      return;
    }
  gtk_sorter_changed (GTK_SORTER (self->own_sorter), GTK_SORTER_CHANGE_DIFFERENT);
}

static void
sorter_changed_cb (SmTable *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  g_autofree char *text = NULL;
  GtkOrdering order;

  self->probed = NULL;
  order = gtk_sorter_compare (sorter, a, b);
  if (self->probed == self->sort_column && self->is_descending == (order == GTK_ORDERING_LARGER))
    return;
  self->sort_column = self->probed;
  self->is_descending = order == GTK_ORDERING_LARGER;
  if (self->sort_column != NULL)
    text = g_strconcat (self->is_descending ? "-" : "", self->sort_column->id, NULL);
  remember (self, "sort", text);
  apply_sort (self);
  g_signal_emit (self, signals[SIGNAL_SORT_CHANGED], 0);
}

static void
remember_columns (SmTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const SmTableColumn *spec = g_object_get_qdata (G_OBJECT (column), sm_table_column_quark ());

      if (text->len > 0)
        g_string_append_c (text, ',');
      if (!gtk_column_view_column_get_visible (column))
        g_string_append_c (text, '-');
      g_string_append (text, spec->id);
    }
  remember (self, "columns", text->str);
}

static void
add_chooser_row (SmTable             *self,
                 const SmTableColumn *spec,
                 GtkColumnViewColumn *column)
{
  GtkWidget *check = gtk_check_button_new_with_label (sm_table_column_title (spec));

  gtk_widget_set_sensitive (check, (spec->flags & SM_COLUMN_PRIMARY) == 0);
  g_object_bind_property (column, "visible", check, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gtk_box_append (self->chooser, check);
}

static void
add_column (SmTable             *self,
            const SmTableColumn *spec)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autofree char *heading = sm_table_column_heading (spec);
  GtkColumnViewColumn *column = gtk_column_view_column_new (heading, factory);

  g_object_set_qdata (G_OBJECT (factory), sm_table_column_quark (), (gpointer) spec);
  g_object_set_qdata (G_OBJECT (column), sm_table_column_quark (), (gpointer) spec);
  g_object_set_data (G_OBJECT (column), "sm-table", self);
  sm_table_cells_follow (self, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_column_set_visible (column, (spec->flags & SM_COLUMN_HIDDEN) == 0);
  if (!(spec->flags & SM_COLUMN_UNSORTED))
    {
      g_autoptr (GtkSorter) sorter
          = GTK_SORTER (gtk_custom_sorter_new (probe_cb, column, NULL));

      gtk_column_view_column_set_sorter (column, sorter);
    }
  gtk_column_view_append_column (self->view, column);
  add_chooser_row (self, spec, column);
  g_signal_connect_object (column, "notify::visible", G_CALLBACK (remember_columns), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->view_columns, column); /* takes it */
}

static void
activate_cb (SmTable *self,
             guint    position)
{
  g_autoptr (SmItem) item = g_list_model_get_item (self->model, position);

  if (item != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, item);
}

static void
sm_table_dispose (GObject *object)
{
  SmTable *self = SM_TABLE (object);

  sm_table_actions_stop (self);
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_clear_object (&self->model);
  g_clear_object (&self->source);
  g_clear_object (&self->state);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (sm_table_parent_class)->dispose (object);
}

static void
sm_table_finalize (GObject *object)
{
  SmTable *self = SM_TABLE (object);

  g_free (self->name);
  g_free (self->title);
  g_free (self->state_title);
  g_free (self->state_detail);
  g_clear_object (&self->selection);
  g_clear_object (&self->own_sorter);
  g_clear_pointer (&self->view_columns, g_ptr_array_unref);
  g_clear_pointer (&self->bound, g_hash_table_unref);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  g_clear_pointer (&self->context.zone, g_time_zone_unref);

  G_OBJECT_CLASS (sm_table_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SmTable, box);
  gtk_widget_class_bind_template_child (widget_class, SmTable, filter_bin);
  gtk_widget_class_bind_template_child (widget_class, SmTable, count_label);
  gtk_widget_class_bind_template_child (widget_class, SmTable, chooser);
  gtk_widget_class_bind_template_child (widget_class, SmTable, export_revealer);
  gtk_widget_class_bind_template_child (widget_class, SmTable, export_label);
  gtk_widget_class_bind_template_child (widget_class, SmTable, export_progress);
  gtk_widget_class_bind_template_child (widget_class, SmTable, export_cancel);
  gtk_widget_class_bind_template_child (widget_class, SmTable, stack);
  gtk_widget_class_bind_template_child (widget_class, SmTable, view);
  gtk_widget_class_bind_template_child (widget_class, SmTable, spinner);
  gtk_widget_class_bind_template_child (widget_class, SmTable, words_title);
  gtk_widget_class_bind_template_child (widget_class, SmTable, words_detail);
  gtk_widget_class_bind_template_child (widget_class, SmTable, row_popover);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
sm_table_class_init (SmTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_table_finalize;

  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", SM_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, SM_TYPE_ITEM);
  signals[SIGNAL_SORT_CHANGED] = g_signal_new ("sort-changed", SM_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, SM_RESOURCE_PATH "widgets/sm-table.ui");
  gtk_widget_class_set_css_name (widget_class, "sm-table");
  bind_children (widget_class);
  sm_table_selection_install (SM_TYPE_TABLE);
  sm_table_actions_install (widget_class);
}

static void
sm_table_init (SmTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->view_columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->bound = g_hash_table_new (NULL, NULL);
  self->own_sorter = gtk_custom_sorter_new (compare_cb, self, NULL);
  self->selection = GTK_SELECTION_MODEL (gtk_single_selection_new (NULL));
  self->shown = SM_TABLE_LOADING;
  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (self->selection), FALSE);
  gtk_single_selection_set_can_unselect (GTK_SINGLE_SELECTION (self->selection), TRUE);
  gtk_column_view_set_model (self->view, self->selection);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed",
                           G_CALLBACK (remember_columns), self, G_CONNECT_SWAPPED);
  sm_table_add_controllers (self);
  sm_table_set_state (self, SM_TABLE_LOADING, _("Loading"), NULL);
}

/* Near the last row: more are asked for before anybody is there. */
static void
scrolled_cb (SmTable       *self,
             GtkAdjustment *adjustment)
{
  double page = gtk_adjustment_get_page_size (adjustment);

  if (self->model != NULL && page > 0 && g_list_model_get_n_items (self->model) > 0
      && gtk_adjustment_get_value (adjustment) + 2 * page >= gtk_adjustment_get_upper (adjustment))
    self->hooks.load_more (self->model, self->context.data);
}

static void
follow_scrolling (SmTable *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (self->hooks.load_more == NULL)
    return;
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * sm_table_new:
 * @name: under which columns and sort are remembered
 * @title: of the sheet and the file that it is written to
 * @columns: static
 * @hooks: (nullable): copied
 * @data: for the hooks and the functions of the columns; outlives the table
 */
GtkWidget *
sm_table_new (const char          *name,
              const char          *title,
              const SmTableColumn *columns,
              guint                n_columns,
              const SmTableHooks  *hooks,
              gpointer             data)
{
  SmTable *self = g_object_new (SM_TYPE_TABLE, NULL);

  self->name = g_strdup (name);
  self->title = g_strdup (title);
  self->columns = columns;
  self->n_columns = n_columns;
  self->hooks = hooks != NULL ? *hooks : (SmTableHooks){ NULL };
  self->context.data = data;
  self->is_restoring = TRUE;
  for (guint i = 0; i < n_columns; i++)
    add_column (self, &columns[i]);
  self->is_restoring = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  follow_scrolling (self);
  return GTK_WIDGET (self);
}

static void
set_selectable (SmTable *self)
{
  if (GTK_IS_MULTI_SELECTION (self->selection))
    gtk_multi_selection_set_model (GTK_MULTI_SELECTION (self->selection), self->model);
  else
    gtk_single_selection_set_model (GTK_SINGLE_SELECTION (self->selection), self->model);
}

/** sm_table_set_model: @model: (nullable): of SmItem */
void
sm_table_set_model (SmTable    *self,
                    GListModel *model)
{
  g_return_if_fail (SM_IS_TABLE (self));

  if (self->source == model)
    return;
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_set_object (&self->source, model);
  g_clear_object (&self->model);
  /* A sort looks at every row, and a history reads on as far as it is looked at. */
  if (model != NULL && self->hooks.sort == NULL && self->hooks.load_more == NULL)
    self->model = G_LIST_MODEL (gtk_sort_list_model_new (
        g_object_ref (model), GTK_SORTER (g_object_ref (self->own_sorter))));
  else if (model != NULL)
    self->model = g_object_ref (model);
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (show_state), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  apply_sort (self);
  set_selectable (self);
  show_state (self);
}

/* Columns in their order, a "-" before those that are not shown; unknown ones
 * are passed over, and those that are not named keep their place at the end. */
static void
restore_columns (SmTable    *self,
                 const char *text)
{
  g_auto (GStrv) ids = g_strsplit (text, ",", 100);
  guint place = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      gboolean is_hidden = ids[i][0] == '-';
      int index = find_column (self, ids[i] + (is_hidden ? 1 : 0));
      GtkColumnViewColumn *column;

      if (index < 0)
        continue;
      column = get_view_column (self, (guint) index);
      gtk_column_view_insert_column (self->view, place++, column);
      gtk_column_view_column_set_visible (
          column, !is_hidden || (self->columns[index].flags & SM_COLUMN_PRIMARY));
    }
}

/** sm_table_set_view_state: Takes columns and sort from what is remembered, and keeps it so. */
void
sm_table_set_view_state (SmTable     *self,
                         SmViewState *state)
{
  g_autofree char *columns_name = NULL;
  g_autofree char *sort_name = NULL;
  const char *columns, *sort;

  g_return_if_fail (SM_IS_TABLE (self) && SM_IS_VIEW_STATE (state));

  g_set_object (&self->state, state);
  columns_name = g_strconcat (self->name, ".columns", NULL);
  sort_name = g_strconcat (self->name, ".sort", NULL);
  columns = sm_view_state_get (state, columns_name);
  sort = sm_view_state_get (state, sort_name);
  self->is_restoring = TRUE;
  if (columns != NULL)
    restore_columns (self, columns);
  if (sort != NULL)
    sm_table_set_sort (self, sort + (sort[0] == '-'), sort[0] == '-');
  self->is_restoring = FALSE;
}

/** sm_table_set_time_zone: @identifier: (nullable): of IANA; times are shown in it */
void
sm_table_set_time_zone (SmTable    *self,
                        const char *identifier)
{
  g_return_if_fail (SM_IS_TABLE (self));

  g_clear_pointer (&self->context.zone, g_time_zone_unref);
  self->context.zone = identifier != NULL ? g_time_zone_new_identifier (identifier) : NULL;
}

/** sm_table_set_filters: @filters: what stands at the start of the bar above the rows */
void
sm_table_set_filters (SmTable   *self,
                      GtkWidget *filters)
{
  g_return_if_fail (SM_IS_TABLE (self));

  adw_bin_set_child (self->filter_bin, filters);
}

/**
 * sm_table_set_state:
 * @title: what is said while there are no rows
 * @detail: (nullable): and what to do about it
 */
void
sm_table_set_state (SmTable      *self,
                    SmTableState  state,
                    const char   *title,
                    const char   *detail)
{
  g_return_if_fail (SM_IS_TABLE (self));

  self->shown = state;
  g_free (self->state_title);
  g_free (self->state_detail);
  self->state_title = g_strdup (title != NULL ? title : "");
  self->state_detail = g_strdup (detail != NULL ? detail : "");
  show_state (self);
}

/** sm_table_get_sort: Returns: (nullable): the id of the column that the rows are ordered by */
const char *
sm_table_get_sort (SmTable  *self,
                   gboolean *out_is_descending)
{
  g_return_val_if_fail (SM_IS_TABLE (self), NULL);

  if (out_is_descending != NULL)
    *out_is_descending = self->is_descending;
  return self->sort_column != NULL ? self->sort_column->id : NULL;
}

/**
 * sm_table_set_sort:
 * @column_id: (nullable): NULL for the model's own order
 *
 * Returns: FALSE for a column that is not there or has no order
 */
gboolean
sm_table_set_sort (SmTable    *self,
                   const char *column_id,
                   gboolean    is_descending)
{
  int index = find_column (self, column_id);

  g_return_val_if_fail (SM_IS_TABLE (self), FALSE);

  if (column_id == NULL)
    gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  if (index < 0 || (self->columns[index].flags & SM_COLUMN_UNSORTED))
    return column_id == NULL;
  gtk_column_view_sort_by_column (self->view, get_view_column (self, (guint) index),
                                  is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  return TRUE;
}

void
sm_table_set_shown (SmTable    *self,
                    const char *column_id,
                    gboolean    is_shown)
{
  int index = find_column (self, column_id);

  g_return_if_fail (SM_IS_TABLE (self));

  if (index >= 0)
    gtk_column_view_column_set_visible (get_view_column (self, (guint) index), is_shown);
}

gboolean
sm_table_is_shown (SmTable    *self,
                   const char *column_id)
{
  int index = find_column (self, column_id);

  g_return_val_if_fail (SM_IS_TABLE (self), FALSE);

  return index >= 0
         && gtk_column_view_column_get_visible (get_view_column (self, (guint) index));
}

/** sm_table_get_selected: Returns: (transfer none) (nullable): the selected row */
SmItem *
sm_table_get_selected (SmTable *self)
{
  g_return_val_if_fail (SM_IS_TABLE (self), NULL);

  if (GTK_IS_SINGLE_SELECTION (self->selection))
    return gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (self->selection));
  return sm_table_get_first_selected (self);
}

/** sm_table_resort: Puts rows that changed where they belong now; for models without their own order. */
void
sm_table_resort (SmTable *self)
{
  g_return_if_fail (SM_IS_TABLE (self));

  if (self->hooks.sort == NULL && self->sort_column != NULL)
    gtk_sorter_changed (GTK_SORTER (self->own_sorter), GTK_SORTER_CHANGE_DIFFERENT);
}

/** sm_table_show_anew: What cells say depends on more than their rows, and that changed. */
void
sm_table_show_anew (SmTable *self)
{
  GHashTableIter iter;
  gpointer list_item;

  g_return_if_fail (SM_IS_TABLE (self));

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &list_item, NULL))
    sm_table_cell_show (list_item);
}

/** sm_table_get_shown_columns: Returns: (transfer full): of SmTableColumn, in the order on screen */
GPtrArray *
sm_table_get_shown_columns (SmTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (column))
        g_ptr_array_add (shown, g_object_get_qdata (G_OBJECT (column), sm_table_column_quark ()));
    }
  return shown;
}

/** sm_table_get_rows: Returns: (transfer none): what the rows are in, for who follows pointer and focus */
GtkWidget *
sm_table_get_rows (SmTable *self)
{
  g_return_val_if_fail (SM_IS_TABLE (self), NULL);

  return GTK_WIDGET (self->view);
}

void
sm_table_grab_rows (SmTable *self)
{
  g_return_if_fail (SM_IS_TABLE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
