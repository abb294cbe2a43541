/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-station-panel.h"

#include "sm-fault-row.h"
#include "sm-figures-panel.h"
#include "sm-i18n.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-thing-row.h"
#include "sm-toast-errors.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmStationPanel
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkWidget *name_label;
  GtkWidget *sn_label;
  GtkWidget *kind_label;
  GtkWidget *state_label;
  GtkWidget *connection_label;
  GtkWidget *power_label;
  GtkWidget *address_label;
  GtkWidget *piles_label;
  GtkWidget *problem_label;
  GtkListView *list;
  SmFigureGroup *connector_counts;

  SmOps *ops;
  gint64 id;
  GListStore *connectors; /* SmItem, in the order of the list */
  GHashTable *piles;      /* id: SmRow */
  GCancellable *cancellable;
  gboolean is_loading;
  gboolean is_stale;
};

G_DEFINE_FINAL_TYPE (SmStationPanel, sm_station_panel, GTK_TYPE_WIDGET)

/* The level of the worst alarm of that thing that is still so; 0: none. */
static guint
find_level (SmStationPanel *self,
            const char     *noun,
            gint64          id)
{
  GListModel *alarms = sm_ops_get_alarms (self->ops);
  guint worst = 0;

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) alarm = g_list_model_get_item (alarms, i);
      const SmRow *row = sm_item_get_row (alarm);
      guint level = (guint) CLAMP (sm_row_get_int (row, SM_ALARM_LEVEL), 1, 4);

      if (sm_row_get_int (row, SM_ALARM_SOURCE_ID) == id && sm_fault_is_active (row)
          && g_strcmp0 (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN), noun) == 0
          && (worst == 0 || level < worst))
        worst = level;
    }
  return worst;
}

static void
append_known (GString    *words,
              const char *separator,
              const char *text)
{
  if (text != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? separator : "", text);
}

/* What is known of a row's measured value, else NULL. */
static char *
format_known (const SmRow *row,
              guint        field,
              int          digits)
{
  if (sm_row_is_null (row, field))
    return NULL;
  return sm_text_measure (sm_row_get_real (row, field), digits,
                          sm_row_get_noun (row)->fields[field].unit);
}

static char *
describe_connector (const SmRow *connector,
                    const SmRow *pile)
{
  GString *words = g_string_new (sm_word_of_slug (
      sm_connector_statuses, sm_row_get_text (connector, SM_CONNECTOR_STATUS)));
  g_autofree char *power = NULL;

  if (pile != NULL)
    {
      power = format_known (pile, SM_PILE_RATED_POWER_KW, 0);
      if (!sm_row_is_null (pile, SM_PILE_CURRENT))
        append_known (words, " · ",
                      sm_word_of_slug (sm_currents, sm_row_get_text (pile, SM_PILE_CURRENT)));
      append_known (words, " · ", power);
      append_known (words, " · ", sm_row_get_text (pile, SM_PILE_MODEL));
    }
  return g_string_free (words, FALSE);
}

static char *
describe_live (const SmRow *connector)
{
  GString *words = g_string_new (NULL);
  g_autofree char *power = format_known (connector, SM_CONNECTOR_POWER_KW, 1);
  g_autofree char *heat = format_known (connector, SM_CONNECTOR_TEMPERATURE_C, 0);

  append_known (words, " · ", power);
  append_known (words, " · ", heat);
  return g_string_free (words, FALSE);
}

static void
show_connector (SmStationPanel *self,
                SmThingRow     *row,
                const SmRow    *connector)
{
  const SmRow *pile = g_hash_table_lookup (
      self->piles, &(gint64) { sm_row_get_int (connector, SM_CONNECTOR_PILE_ID) });
  g_autofree char *pile_name
      = pile != NULL ? sm_row_dup_name (pile, SM_PILE_NAME, sm_i18n_language ()) : g_strdup ("–");
  g_autofree char *live = describe_live (connector);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = describe_connector (connector, pile);

  /* Translators: a pile and the number of one of its connectors */
  title = g_strdup_printf (_("%s · connector %d"), pile_name,
                           (int) sm_row_get_int (connector, SM_CONNECTOR_NUMBER));
  sm_thing_row_set (row, title, subtitle, live);
  sm_thing_row_set_level (row, find_level (self, "connector", sm_row_get_id (connector)));
}

/* The item in a list cell tells that its row was replaced. */
static void
row_changed_cb (GtkListItem *list_item)
{
  SmStationPanel *self = g_object_get_data (G_OBJECT (list_item), "panel");
  SmItem *item = gtk_list_item_get_item (list_item);

  if (self != NULL && item != NULL)
    show_connector (self, SM_THING_ROW (gtk_list_item_get_child (list_item)),
                    sm_item_get_row (item));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              SmStationPanel           *self)
{
  gtk_list_item_set_child (list_item, sm_thing_row_new ());
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item,
             SmStationPanel           *self)
{
  g_object_set_data (G_OBJECT (list_item), "panel", self);
  g_signal_connect_object (gtk_list_item_get_item (list_item), "notify::row",
                           G_CALLBACK (row_changed_cb), list_item, G_CONNECT_SWAPPED);
  row_changed_cb (list_item);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               SmStationPanel           *self)
{
  g_object_set_data (G_OBJECT (list_item), "panel", NULL);
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), row_changed_cb,
                                        list_item);
}

static int
compare_connectors (gconstpointer a,
                    gconstpointer b)
{
  const SmRow *left = *(SmRow *const *) a;
  const SmRow *right = *(SmRow *const *) b;
  gint64 order = sm_row_get_int (left, SM_CONNECTOR_PILE_ID)
                 - sm_row_get_int (right, SM_CONNECTOR_PILE_ID);

  if (order == 0)
    order = sm_row_get_int (left, SM_CONNECTOR_NUMBER) - sm_row_get_int (right, SM_CONNECTOR_NUMBER);
  return order < 0 ? -1 : order > 0;
}

/* Items stay while their rows change, so the list keeps its place. */
static void
show_connectors (SmStationPanel *self,
                 GPtrArray      *rows)
{
  GListModel *model = G_LIST_MODEL (self->connectors);

  g_ptr_array_sort (rows, compare_connectors);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (SmItem) old = g_list_model_get_item (model, i);
      g_autoptr (SmItem) item = NULL;

      if (old != NULL && sm_item_get_id (old) == sm_row_get_id (rows->pdata[i]))
        {
          sm_item_set_row (old, rows->pdata[i]);
          continue;
        }
      item = sm_item_new (rows->pdata[i]);
      g_list_store_splice (self->connectors, i, old != NULL ? 1 : 0, (gpointer *) &item, 1);
    }
  if (g_list_model_get_n_items (model) > rows->len)
    g_list_store_splice (self->connectors, rows->len, g_list_model_get_n_items (model) - rows->len,
                         NULL, 0);
}

static void
set_label (GtkWidget  *label,
           const char *text)
{
  g_autofree char *clean = sm_text_clean (text);

  gtk_label_set_text (GTK_LABEL (label), clean[0] != '\0' ? clean : "–");
}

static void
count_connectors (SmStationPanel *self,
                  GPtrArray      *connectors)
{
  guint counts[SM_FIGURE_CONNECTOR_STATUSES] = { 0 };

  for (guint i = 0; i < connectors->len; i++)
    {
      const char *status = sm_row_get_text (connectors->pdata[i], SM_CONNECTOR_STATUS);

      counts[MIN (sm_slug_index (sm_connector_statuses, status), G_N_ELEMENTS (counts) - 1)]++;
    }
  sm_figures_panel_set_connectors (self->connector_counts, counts);
}

static void
show_station (SmStationPanel *self,
              SmStationView  *view)
{
  const SmRow *row = view->station;
  g_autofree char *name = sm_row_dup_name (row, SM_STATION_NAME, sm_i18n_language ());
  g_autofree char *power = sm_text_measure (sm_row_get_real (row, SM_STATION_POWER_KW), 0, "kW");
  g_autofree char *piles = sm_text_count (view->piles->len);
  g_autofree char *connectors = sm_text_count (view->connectors->len);
  g_autofree char *both = NULL;

  set_label (self->name_label, name);
  set_label (self->sn_label, sm_row_get_text (row, SM_STATION_SN));
  set_label (self->kind_label,
             sm_word_of_slug (sm_station_kinds, sm_row_get_text (row, SM_STATION_KIND)));
  set_label (self->state_label,
             sm_word_of_slug (sm_station_states, sm_row_get_text (row, SM_STATION_STATE)));
  set_label (self->connection_label,
             sm_word_of_slug (sm_connections, sm_row_get_text (row, SM_STATION_CONNECTION)));
  set_label (self->power_label, power);
  set_label (self->address_label, sm_row_get_text (row, SM_STATION_ADDRESS));
  /* Translators: numbers of piles and of their connectors, as in "12, with 24 connectors" */
  both = g_strdup_printf (_("%s, with %s connectors"), piles, connectors);
  set_label (self->piles_label, both);
  g_hash_table_remove_all (self->piles);
  for (guint i = 0; i < view->piles->len; i++)
    g_hash_table_insert (self->piles,
                         g_memdup2 (&(gint64) { sm_row_get_id (view->piles->pdata[i]) },
                                    sizeof (gint64)),
                         sm_row_ref (view->piles->pdata[i]));
  count_connectors (self, view->connectors);
  show_connectors (self, view->connectors);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmStationPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmStationView) view = sm_ops_load_station_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_loading = FALSE;
  if (view == NULL)
    {
      g_autofree char *sentence = sm_error_sentence (error);

      gtk_label_set_text (GTK_LABEL (self->problem_label), sentence);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  if (sm_row_get_id (view->station) == self->id)
    show_station (self, view);
}

static void
sm_station_panel_dispose (GObject *object)
{
  SmStationPanel *self = SM_STATION_PANEL (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->connectors);
  g_clear_pointer (&self->piles, g_hash_table_unref);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_station_panel_parent_class)->dispose (object);
}

static void
sm_station_panel_class_init (SmStationPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_station_panel_dispose;

  g_type_ensure (SM_TYPE_FIGURE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-station-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, name_label);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, sn_label);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, kind_label);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, state_label);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, connection_label);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, power_label);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, address_label);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, piles_label);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, problem_label);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, list);
  gtk_widget_class_bind_template_child (widget_class, SmStationPanel, connector_counts);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_station_panel_init (SmStationPanel *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  self->connectors = g_list_store_new (SM_TYPE_ITEM);
  self->piles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify) sm_row_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->connectors)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

void
sm_station_panel_set_ops (SmStationPanel *self,
                          SmOps          *ops)
{
  g_return_if_fail (SM_IS_STATION_PANEL (self));

  g_set_object (&self->ops, ops);
}

/** sm_station_panel_open: Shows that station; 0: none. */
void
sm_station_panel_open (SmStationPanel *self,
                       gint64          id)
{
  g_return_if_fail (SM_IS_STATION_PANEL (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_loading = FALSE;
  self->id = id;
  g_list_store_remove_all (self->connectors);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  sm_station_panel_refresh (self);
}

/** sm_station_panel_refresh: Reads the station again; cheap to call too often. */
void
sm_station_panel_refresh (SmStationPanel *self)
{
  g_return_if_fail (SM_IS_STATION_PANEL (self));

  if (self->ops == NULL || self->id == 0 || self->is_loading)
    return;
  self->is_loading = TRUE;
  sm_ops_load_station_async (self->ops, self->id, self->cancellable, loaded_cb,
                             g_object_ref (self));
}

/** sm_station_panel_set_stale: Whether the values are the last known and not live. */
void
sm_station_panel_set_stale (SmStationPanel *self,
                            gboolean        stale)
{
  g_return_if_fail (SM_IS_STATION_PANEL (self));

  self->is_stale = stale;
  sm_style_set_class (GTK_WIDGET (self), "stale-values", stale);
  sm_figure_group_set_stale (self->connector_counts, stale);
}

/** sm_station_panel_get_sn: Returns: the serial number that is shown, "" while loading */
const char *
sm_station_panel_get_sn (SmStationPanel *self)
{
  g_return_val_if_fail (SM_IS_STATION_PANEL (self), NULL);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "content") != 0)
    return "";
  return gtk_label_get_text (GTK_LABEL (self->sn_label));
}
