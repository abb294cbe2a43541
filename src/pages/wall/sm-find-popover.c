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

  GtkCustomFilter *filter;
  GtkFilterListModel *found;
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
  g_autofree char *name = sm_row_dup_name (row, SM_STATION_NAME, sm_i18n_language ());

  sm_thing_row_set (SM_THING_ROW (gtk_list_item_get_child (list_item)), name,
                    sm_row_get_text (row, SM_STATION_SN),
                    sm_word_of_slug (sm_station_states, sm_row_get_text (row, SM_STATION_STATE)));
}

static void
activate_cb (SmFindPopover *self,
             guint          position)
{
  g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (item == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, (int) SM_NOUN_STATION, sm_item_get_id (item));
}

static void
activate_first_cb (SmFindPopover *self)
{
  activate_cb (self, 0);
}

static void
search_cb (SmFindPopover *self)
{
  sm_find_popover_search (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
show_count (SmFindPopover *self)
{
  guint n = sm_find_popover_get_n (self);
  g_autofree char *count = sm_text_count (n);
  /* Translators: %s is a number of stations, with its digits in groups */
  g_autofree char *words = g_strdup_printf (ngettext ("%s station", "%s stations", n), count);

  gtk_label_set_text (GTK_LABEL (self->count_label), n > 0 ? words : _("Nothing of that name"));
}

static void
sm_find_popover_dispose (GObject *object)
{
  SmFindPopover *self = SM_FIND_POPOVER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->needle, g_free);

  G_OBJECT_CLASS (sm_find_popover_parent_class)->dispose (object);
}

static void
sm_find_popover_class_init (SmFindPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_find_popover_dispose;

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
  gtk_widget_class_bind_template_callback (widget_class, activate_first_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
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
  g_autoptr (GtkSingleSelection) selection = NULL;

  g_return_if_fail (SM_IS_FIND_POPOVER (self) && self->found == NULL);

  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->found = gtk_filter_list_model_new (g_object_ref (sm_ops_get_stations (ops)),
                                           g_object_ref (GTK_FILTER (self->filter)));
  gtk_filter_list_model_set_incremental (self->found, TRUE);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->found)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (show_count), self,
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
  if (self->filter != NULL)
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/** sm_find_popover_get_n: Returns: how many are listed */
guint
sm_find_popover_get_n (SmFindPopover *self)
{
  g_return_val_if_fail (SM_IS_FIND_POPOVER (self), 0);

  return self->found != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->found)) : 0;
}
