/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-filter.h"

#include "sm-map-choices.h"
#include "sm-text.h"
#include "sm-ticker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SmMapFilter
{
  GtkWidget parent_instance;

  SmMapView *map;
  SmOps *ops;
  SmVehicleTable *table; /* that knows who passes */
  SmLink *link;
  GByteArray *mask;      /* as the map has it; empty: everybody */
  guint passed;
  SmTicker *ticker;      /* while mapped */
  gboolean is_showing;   /* the drop-downs follow the link, and not the other way round */

  GtkWidget *chips;
  GtkWidget *count_label;
  GtkWidget *button;
  GtkWidget *clear_button;
  GPtrArray *drop_downs;
};

G_DEFINE_FINAL_TYPE (SmMapFilter, sm_map_filter, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_QUERY = 1,
} Property;
static GParamSpec *properties[PROP_QUERY + 1];

static void
show_count (SmMapFilter *self)
{
  guint n = sm_fleet_get_columns (sm_ops_get_fleet (self->ops))->n;
  g_autofree char *passed = sm_text_count (self->passed);
  g_autofree char *all = sm_text_count (n);
  /* Translators: how many vehicles the map shows, and how many there are, digits in groups */
  g_autofree char *words = g_strdup_printf (_("%s of %s vehicles on the map"), passed, all);

  gtk_label_set_text (GTK_LABEL (self->count_label), words);
}

/* Who passes now.  The map is told only when that is different. */
static void
look (SmMapFilter *self)
{
  guint n = sm_fleet_get_columns (sm_ops_get_fleet (self->ops))->n;
  g_autoptr (GByteArray) mask = NULL;

  if (sm_link_get_n_pairs (self->link) == 0)
    {
      g_byte_array_set_size (self->mask, 0);
      self->passed = n;
      sm_map_view_set_filter (self->map, NULL, 0);
      return;
    }
  mask = g_byte_array_sized_new (n + 1);
  g_byte_array_set_size (mask, n + 1); /* never empty: that would be everybody */
  mask->data[n] = 0;
  self->passed = sm_vehicle_table_fill_mask (self->table, mask->data, n);
  show_count (self);
  if (mask->len == self->mask->len && memcmp (mask->data, self->mask->data, mask->len) == 0)
    return;
  g_byte_array_set_size (self->mask, 0);
  g_byte_array_append (self->mask, mask->data, mask->len);
  sm_map_view_set_filter (self->map, mask->data, n);
}

static void
chip_cb (GtkWidget   *chip,
         SmMapFilter *self)
{
  g_autoptr (SmLink) link = sm_link_copy (self->link);

  sm_link_set (link, g_object_get_data (G_OBJECT (chip), "sm-key"), NULL);
  sm_map_filter_set_link (self, link);
}

static GtkWidget *
new_chip (SmMapFilter *self,
          const char  *key,
          const char  *value)
{
  g_autofree char *words = sm_map_choice_words (sm_ops_get_directory (self->ops), key, value);
  g_autofree char *text = g_strconcat (words, "  ×", NULL);
  /* Translators: a button that takes a filter away; %s is the filter in words */
  g_autofree char *name = g_strdup_printf (_("Remove the filter %s"), words);
  GtkWidget *chip = gtk_button_new_with_label (text);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (chip));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (chip, "chip");
  g_object_set_data_full (G_OBJECT (chip), "sm-key", g_strdup (key), g_free);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (chip_cb), self, 0);
  return chip;
}

static void
show_chips (SmMapFilter *self)
{
  guint n = sm_link_get_n_pairs (self->link);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), child);
  for (guint i = 0; i < n; i++)
    {
      const char *key, *value;

      sm_link_get_pair (self->link, i, &key, &value);
      gtk_box_append (GTK_BOX (self->chips), new_chip (self, key, value));
    }
  gtk_widget_set_visible (self->chips, n > 0);
  gtk_widget_set_visible (self->count_label, n > 0);
  gtk_widget_set_sensitive (self->clear_button, n > 0);
  if (n > 0)
    gtk_widget_add_css_class (self->button, "filtered");
  else
    gtk_widget_remove_css_class (self->button, "filtered");
}

static void
selected_cb (GtkDropDown *drop_down,
             GParamSpec  *pspec,
             SmMapFilter *self)
{
  const SmMapChoice *choice = g_object_get_data (G_OBJECT (drop_down), "sm-choice");
  const SmMapOptions *options = g_object_get_data (G_OBJECT (drop_down), "sm-options");
  guint selected = gtk_drop_down_get_selected (drop_down);
  g_autoptr (SmLink) link = NULL;

  if (self->is_showing || selected == GTK_INVALID_LIST_POSITION)
    return;
  link = sm_link_copy (self->link);
  sm_link_set (link, choice->key, selected == 0 ? NULL : options->values[selected - 1]);
  sm_map_filter_set_link (self, link);
}

/* What there is to choose from now. */
static void
fill (SmMapFilter *self)
{
  self->is_showing = TRUE;
  for (guint i = 0; i < self->drop_downs->len; i++)
    {
      GtkDropDown *drop_down = g_ptr_array_index (self->drop_downs, i);
      const SmMapChoice *choice = &sm_map_choices[i];
      SmMapOptions *options = sm_map_options_new (choice, sm_ops_get_directory (self->ops));

      gtk_drop_down_set_model (drop_down, G_LIST_MODEL (options->words));
      gtk_drop_down_set_selected (drop_down, sm_map_options_find (
                                                 options, sm_link_get (self->link, choice->key)));
      g_object_set_data_full (G_OBJECT (drop_down), "sm-options", options,
                              (GDestroyNotify) sm_map_options_free);
    }
  self->is_showing = FALSE;
}

static void
show_selected (SmMapFilter *self)
{
  self->is_showing = TRUE;
  for (guint i = 0; i < self->drop_downs->len; i++)
    {
      GtkDropDown *drop_down = g_ptr_array_index (self->drop_downs, i);
      const SmMapOptions *options = g_object_get_data (G_OBJECT (drop_down), "sm-options");

      if (options != NULL)
        gtk_drop_down_set_selected (
            drop_down,
            sm_map_options_find (options, sm_link_get (self->link, sm_map_choices[i].key)));
    }
  self->is_showing = FALSE;
}

static void
add_choice (SmMapFilter *self,
            GtkGrid     *grid,
            guint        i)
{
  const SmMapChoice *choice = &sm_map_choices[i];
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _(choice->title), "xalign", 0.0, NULL);
  GtkWidget *drop_down = gtk_drop_down_new (
      NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));

  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), choice->slugs == NULL);
  gtk_widget_set_hexpand (drop_down, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(choice->title), -1);
  g_object_set_data (G_OBJECT (drop_down), "sm-choice", (gpointer) choice);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  gtk_grid_attach (grid, title, 0, (int) i, 1, 1);
  gtk_grid_attach (grid, drop_down, 1, (int) i, 1, 1);
  g_ptr_array_add (self->drop_downs, drop_down);
}

static void
add_button (SmMapFilter *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (guint i = 0; i < sm_n_map_choices; i++)
    add_choice (self, GTK_GRID (grid), i);
  self->clear_button = gtk_button_new_with_label (_("Show all vehicles"));
  g_signal_connect_object (self->clear_button, "clicked", G_CALLBACK (sm_map_filter_clear), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), self->clear_button);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (popover, "show", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  self->button = g_object_ref_sink (gtk_menu_button_new ());
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), _("Filter"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_tooltip_text (self->button,
                               _("Which vehicles the map shows (Ctrl+E shows all)"));
}

static void
tick_cb (gpointer listener)
{
  look (listener);
}

static void
sm_map_filter_map (GtkWidget *widget)
{
  SmMapFilter *self = SM_MAP_FILTER (widget);

  GTK_WIDGET_CLASS (sm_map_filter_parent_class)->map (widget);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, tick_cb, self);
  look (self);
}

static void
sm_map_filter_unmap (GtkWidget *widget)
{
  SmMapFilter *self = SM_MAP_FILTER (widget);

  sm_ticker_leave (self->ticker, tick_cb, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_map_filter_parent_class)->unmap (widget);
}

static void
sm_map_filter_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (property_id == PROP_QUERY)
    g_value_take_string (value, sm_map_filter_dup_query (SM_MAP_FILTER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sm_map_filter_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  if (property_id == PROP_QUERY)
    sm_map_filter_set_query (SM_MAP_FILTER (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sm_map_filter_dispose (GObject *object)
{
  SmMapFilter *self = SM_MAP_FILTER (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->button);
  g_clear_object (&self->table);
  g_clear_object (&self->ops);
  g_clear_object (&self->map);

  G_OBJECT_CLASS (sm_map_filter_parent_class)->dispose (object);
}

static void
sm_map_filter_finalize (GObject *object)
{
  SmMapFilter *self = SM_MAP_FILTER (object);

  g_clear_pointer (&self->link, sm_link_free);
  g_clear_pointer (&self->mask, g_byte_array_unref);
  g_clear_pointer (&self->drop_downs, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_map_filter_parent_class)->finalize (object);
}

static void
sm_map_filter_class_init (SmMapFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sm_map_filter_dispose;
  object_class->finalize = sm_map_filter_finalize;
  object_class->get_property = sm_map_filter_get_property;
  object_class->set_property = sm_map_filter_set_property;
  widget_class->map = sm_map_filter_map;
  widget_class->unmap = sm_map_filter_unmap;
  properties[PROP_QUERY] = g_param_spec_string (
      "query", NULL, NULL, "",
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "map-filter");
}

static void
sm_map_filter_init (SmMapFilter *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);
  self->link = sm_link_new ("wall", NULL);
  self->mask = g_byte_array_new ();
  self->drop_downs = g_ptr_array_new ();
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->count_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "halign",
                                    GTK_ALIGN_START, NULL);
  gtk_widget_add_css_class (self->count_label, "filter-count");
  gtk_widget_set_parent (self->chips, GTK_WIDGET (self));
  gtk_widget_set_parent (self->count_label, GTK_WIDGET (self));
  add_button (self);
  show_chips (self);
}

GtkWidget *
sm_map_filter_new (SmMapView *map,
                   SmOps     *ops)
{
  SmMapFilter *self = g_object_new (SM_TYPE_MAP_FILTER, NULL);

  self->map = g_object_ref (map);
  self->ops = g_object_ref (ops);
  self->table = sm_ops_vehicle_table_new (ops);
  /* Who passes is asked, and nobody looks at their order. */
  sm_vehicle_table_set_held (self->table, TRUE);
  /* What things are called comes after the filter that is remembered. */
  g_signal_connect_object (sm_ops_get_directory (ops), "changed", G_CALLBACK (show_chips), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** sm_map_filter_get_button: Returns: (transfer none): opens the choices */
GtkWidget *
sm_map_filter_get_button (SmMapFilter *self)
{
  g_return_val_if_fail (SM_IS_MAP_FILTER (self), NULL);

  return self->button;
}

/**
 * sm_map_filter_set_link:
 * @link: its pairs are read as of a table of vehicles
 *
 * Returns: FALSE for what no vehicle can be told apart by; nothing has changed then
 */
gboolean
sm_map_filter_set_link (SmMapFilter  *self,
                        const SmLink *link)
{
  g_autoptr (SmVehicleFilter) filter = sm_vehicle_filter_from_link (link, NULL);
  g_autoptr (SmLink) wanted = sm_link_new ("wall", NULL);

  g_return_val_if_fail (SM_IS_MAP_FILTER (self), FALSE);

  if (filter == NULL)
    return FALSE;
  for (guint i = 0; i < sm_link_get_n_pairs (link); i++)
    {
      const char *key, *value;

      sm_link_get_pair (link, i, &key, &value);
      sm_link_set (wanted, key, value);
    }
  sm_link_free (self->link);
  self->link = g_steal_pointer (&wanted);
  sm_vehicle_table_set_filter (self->table, filter);
  show_chips (self);
  show_selected (self);
  look (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
  return TRUE;
}

/** sm_map_filter_dup_link: Returns: (transfer full): the link to the wall as it is filtered */
char *
sm_map_filter_dup_link (SmMapFilter *self)
{
  g_return_val_if_fail (SM_IS_MAP_FILTER (self), NULL);

  return sm_link_format (self->link);
}

/** sm_map_filter_dup_query: Returns: (transfer full): "" when everybody is shown */
char *
sm_map_filter_dup_query (SmMapFilter *self)
{
  g_autofree char *link = sm_map_filter_dup_link (self);
  const char *query = link != NULL ? strchr (link, '?') : NULL;

  return g_strdup (query != NULL ? query + 1 : "");
}

/** sm_map_filter_set_query: @query: (nullable): as of a link.  Returns: FALSE when it cannot be read */
gboolean
sm_map_filter_set_query (SmMapFilter *self,
                         const char  *query)
{
  g_autofree char *now = sm_map_filter_dup_query (self);
  gboolean any = query != NULL && query[0] != '\0';
  g_autofree char *text = any ? g_strconcat (SM_LINK_SCHEME "wall?", query, NULL)
                              : g_strdup (SM_LINK_SCHEME "wall");
  g_autoptr (SmLink) link = sm_link_parse (text);

  if (g_strcmp0 (now, any ? query : "") == 0)
    return TRUE;
  return link != NULL && sm_map_filter_set_link (self, link);
}

/** sm_map_filter_clear: Shows everybody. */
void
sm_map_filter_clear (SmMapFilter *self)
{
  sm_map_filter_set_query (self, NULL);
}

/** sm_map_filter_get_passed: Returns: how many vehicles the map may show */
guint
sm_map_filter_get_passed (SmMapFilter *self)
{
  g_return_val_if_fail (SM_IS_MAP_FILTER (self), 0);

  return self->passed;
}
