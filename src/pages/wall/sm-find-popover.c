/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-find-popover.h"

#include "sm-i18n.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-thing-row.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmFindPopover
{
  GtkPopover parent_instance;

  GtkWidget *entry;
  GtkWidget *count_label;
  GtkListView *list;

  SmOps *ops;
  GtkCustomFilter *filter;
  GtkFilterListModel *stations;
  GListStore *vehicles;          /* SmItem, what the cache found */
  GtkSingleSelection *selection; /* vehicles first, then stations */
  GCancellable *cancellable;
  char *needle; /* case folded; NULL: everything */
};

G_DEFINE_FINAL_TYPE (SmFindPopover, sm_find_popover, GTK_TYPE_POPOVER)

typedef enum
{
  SIGNAL_ACTIVATED,
} Signal;
static guint signals[SIGNAL_ACTIVATED + 1];

static gboolean
contains (const char *text,
          const char *needle)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, needle) != NULL;
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  SmFindPopover *self = SM_FIND_POPOVER (user_data);
  const SmRow *row = sm_item_get_row (SM_ITEM (item));

  if (self->needle == NULL)
    return TRUE;
  /* The name as it is kept holds every language of it. */
  return contains (sm_row_get_text (row, SM_STATION_NAME), self->needle)
         || contains (sm_row_get_text (row, SM_STATION_SN), self->needle)
         || contains (sm_row_get_text (row, SM_STATION_ADDRESS), self->needle);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              SmFindPopover            *self)
{
  gtk_list_item_set_child (list_item, sm_thing_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item,
             SmFindPopover            *self)
{
  const SmRow *row = sm_item_get_row (SM_ITEM (gtk_list_item_get_item (list_item)));
  SmThingRow *thing = SM_THING_ROW (gtk_list_item_get_child (list_item));
  g_autofree char *name = NULL;

  if (sm_row_get_noun (row)->id == SM_NOUN_VEHICLE)
    {
      sm_thing_row_set (thing, sm_row_get_text (row, SM_VEHICLE_PLATE),
                        sm_row_get_text (row, SM_VEHICLE_MODEL), _("Vehicle"));
      return;
    }
  name = sm_row_dup_name (row, SM_STATION_NAME, sm_i18n_language ());
  sm_thing_row_set (thing, name, sm_row_get_text (row, SM_STATION_SN),
                    sm_word_of_slug (sm_station_states, sm_row_get_text (row, SM_STATION_STATE)));
}

static void
activate_cb (SmFindPopover *self,
             guint          position)
{
  g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0,
                 (int) sm_row_get_noun (sm_item_get_row (item))->id, sm_item_get_id (item));
}

static void
activate_selected_cb (SmFindPopover *self)
{
  activate_cb (self, gtk_single_selection_get_selected (self->selection));
}

/* The arrows walk through the list while the keyboard stays in the entry. */
static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  SmFindPopover *self = SM_FIND_POPOVER (widget);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gint64 at = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return FALSE;
  at = at == GTK_INVALID_LIST_POSITION ? 0 : CLAMP (at + g_variant_get_int32 (args), 0, n - 1);
  gtk_single_selection_set_selected (self->selection, (guint) at);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", (guint) at);
  return TRUE;
}

static void
search_cb (SmFindPopover *self)
{
  /* The entry's delay may end after the popover was closed. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    sm_find_popover_search (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static char *
count_words (guint       n,
             const char *format)
{
  g_autofree char *count = sm_text_count (n);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strjoinv (count, parts);
}

static void
show_count (SmFindPopover *self)
{
  guint n_stations = g_list_model_get_n_items (G_LIST_MODEL (self->stations));
  guint n_vehicles = g_list_model_get_n_items (G_LIST_MODEL (self->vehicles));
  /* Translators: %s is a number of stations, with its digits in groups */
  g_autofree char *stations = count_words (n_stations, ngettext ("%s station", "%s stations", n_stations));
  /* Translators: %s is a number of vehicles, with its digits in groups */
  g_autofree char *vehicles = count_words (n_vehicles, ngettext ("%s vehicle", "%s vehicles", n_vehicles));
  g_autofree char *both = g_strdup_printf ("%s · %s", stations, vehicles);

  gtk_label_set_text (GTK_LABEL (self->count_label),
                      n_stations + n_vehicles > 0 ? both : _("Nothing of that name"));
}

static void
vehicles_found_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (SmFindPopover) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = sm_ops_find_finish (SM_OPS (source), result, &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->vehicles == NULL)
    return;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_ptr_array_add (items, sm_item_new (rows->pdata[i]));
  g_list_store_splice (self->vehicles, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->vehicles)), items->pdata,
                       items->len);
}

/* The plates are only in the cache; the answer to an older question is dropped. */
static void
find_vehicles (SmFindPopover *self,
               const char    *text)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  sm_ops_find_async (self->ops, sm_noun_get (SM_NOUN_VEHICLE), text, self->cancellable,
                     vehicles_found_cb, g_object_ref (self));
}

static void
sm_find_popover_map (GtkWidget *widget)
{
  SmFindPopover *self = SM_FIND_POPOVER (widget);

  /* Rows are made for those who look. */
  if (gtk_list_view_get_model (self->list) == NULL)
    gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  GTK_WIDGET_CLASS (sm_find_popover_parent_class)->map (widget);
  search_cb (self);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

static void
sm_find_popover_dispose (GObject *object)
{
  SmFindPopover *self = SM_FIND_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->stations);
  g_clear_object (&self->vehicles);
  g_clear_object (&self->filter);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->needle, g_free);

  G_OBJECT_CLASS (sm_find_popover_parent_class)->dispose (object);
}

static void
sm_find_popover_class_init (SmFindPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_find_popover_dispose;
  widget_class->map = sm_find_popover_map;

  signals[SIGNAL_ACTIVATED]
      = g_signal_new ("activated", SM_TYPE_FIND_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-find-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SmFindPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, SmFindPopover, count_label);
  gtk_widget_class_bind_template_child (widget_class, SmFindPopover, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, step_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, step_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, step_cb, "i", 8);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, step_cb, "i", -8);
}

static void
sm_find_popover_init (SmFindPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sm_find_popover_new (void)
{
  return g_object_new (SM_TYPE_FIND_POPOVER, NULL);
}

void
sm_find_popover_set_ops (SmFindPopover *self,
                         SmOps         *ops)
{
  g_autoptr (GListStore) both = NULL;
  GtkFlattenListModel *flat;

  g_return_if_fail (SM_IS_FIND_POPOVER (self) && self->ops == NULL);

  self->ops = g_object_ref (ops);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->stations = gtk_filter_list_model_new (g_object_ref (sm_ops_get_stations (ops)),
                                              g_object_ref (GTK_FILTER (self->filter)));
  gtk_filter_list_model_set_incremental (self->stations, TRUE);
  self->vehicles = g_list_store_new (SM_TYPE_ITEM);
  both = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (both, self->vehicles);
  g_list_store_append (both, self->stations);
  flat = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (both)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (flat));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  show_count (self);
}

/** sm_find_popover_search: Lists what has @text in its name, number or address. */
void
sm_find_popover_search (SmFindPopover *self,
                        const char    *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  g_return_if_fail (SM_IS_FIND_POPOVER (self));

  g_free (self->needle);
  self->needle = stripped[0] != '\0' ? g_utf8_casefold (stripped, -1) : NULL;
  if (self->ops == NULL)
    return;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  find_vehicles (self, stripped);
}

/** sm_find_popover_get_n: Returns: how many are listed */
guint
sm_find_popover_get_n (SmFindPopover *self)
{
  g_return_val_if_fail (SM_IS_FIND_POPOVER (self), 0);

  return self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;
}
