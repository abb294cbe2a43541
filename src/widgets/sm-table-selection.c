/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-table-private.h"

/* Which rows of a table are selected: one, or as many as a person likes. */

typedef enum
{
  SIGNAL_SELECTION_CHANGED,
} Signal;
static guint signals[SIGNAL_SELECTION_CHANGED + 1];

void
sm_table_selection_install (GType type)
{
  signals[SIGNAL_SELECTION_CHANGED] = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0,
                                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
note_selection (SmTable *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;

  g_hash_table_remove_all (self->chosen);
  for (gboolean is_there = gtk_bitset_iter_init_first (&iter, chosen, &position); is_there;
       is_there = gtk_bitset_iter_next (&iter, &position))
    {
      SmItem *item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      if (item != NULL)
        g_hash_table_add (self->chosen, item);
    }
}

static void
selection_changed_cb (SmTable *self)
{
  if (self->is_reselecting)
    return;
  note_selection (self);
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

/* GtkMultiSelection goes by positions: a row that moved would no longer be selected. */
static void
reselect (SmTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = gtk_bitset_new_range (0, n);

  if (g_hash_table_size (self->chosen) == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_hash_table_contains (self->chosen, item))
        gtk_bitset_add (chosen, i);
    }
  self->is_reselecting = TRUE;
  gtk_selection_model_set_selection (self->selection, chosen, mask);
  self->is_reselecting = FALSE;
  if (gtk_bitset_get_size (chosen) != g_hash_table_size (self->chosen))
    selection_changed_cb (self);
}

/** sm_table_set_selects_many: Lets a person select any number of rows; before there is a model. */
void
sm_table_set_selects_many (SmTable *self)
{
  g_return_if_fail (SM_IS_TABLE (self) && self->model == NULL);

  g_clear_object (&self->selection);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (NULL));
  self->chosen = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  gtk_column_view_set_model (self->view, self->selection);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (reselect), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/** sm_table_dup_selection: Returns: (transfer full): of SmItem, the selected rows in their order */
GPtrArray *
sm_table_dup_selection (SmTable *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) chosen = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (SM_IS_TABLE (self), items);

  chosen = gtk_selection_model_get_selection (self->selection);
  for (gboolean is_there = gtk_bitset_iter_init_first (&iter, chosen, &position); is_there;
       is_there = gtk_bitset_iter_next (&iter, &position))
    {
      SmItem *item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}

/** sm_table_get_first_selected: Returns: (transfer none) (nullable): the uppermost of them */
SmItem *
sm_table_get_first_selected (SmTable *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (self->selection);
  g_autoptr (SmItem) item = NULL;

  if (gtk_bitset_is_empty (chosen))
    return NULL;
  /* The model keeps it. */
  item = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_minimum (chosen));
  return item;
}

/** sm_table_select: Selects the row of thing @id alone.  Returns: FALSE when it is not there */
gboolean
sm_table_select (SmTable *self,
                 gint64   id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  g_return_val_if_fail (SM_IS_TABLE (self), FALSE);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) other = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (sm_item_get_id (other) == id)
        return gtk_selection_model_select_item (self->selection, i, TRUE);
    }
  return FALSE;
}
