/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figures-tables.h"

#include "sm-fault-row.h"
#include "sm-link.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_TABLES (SM_ALARM_FIGURES_N_LISTS + 2)
#define AREAS SM_ALARM_FIGURES_N_LISTS
#define DESKS (SM_ALARM_FIGURES_N_LISTS + 1)

struct _SmFiguresTables
{
  GtkWidget parent_instance;

  SmOps *ops;
  GtkStack *stack;
  SmTable *tables[N_TABLES];
  GArray *areas; /* of SmAlarmRates */
  GArray *desks; /* likewise */
};

G_DEFINE_FINAL_TYPE (SmFiguresTables, sm_figures_tables, GTK_TYPE_WIDGET)

static guint opened_signal;

/* --- areas and desks; the item is a row of one, which has nothing but its id --- */

static const SmAlarmRates *
rates_of (SmItem   *item,
          gpointer  data)
{
  const SmFiguresTables *self = data;
  gboolean is_desk = sm_row_get_noun (sm_item_get_row (item))->id == SM_NOUN_DESK;
  GArray *all = is_desk ? self->desks : self->areas;

  for (guint i = 0; i < all->len; i++)
    {
      const SmAlarmRates *rates = &g_array_index (all, SmAlarmRates, i);

      if ((is_desk ? rates->desk_id : rates->area_id) == sm_item_get_id (item))
        return rates;
    }
  return NULL;
}

static char *
area_name (const SmTableColumn *column,
           SmItem              *item,
           gpointer             data)
{
  return sm_figure_area (((SmFiguresTables *) data)->ops, sm_item_get_id (item));
}

static char *
desk_name (const SmTableColumn *column,
           SmItem              *item,
           gpointer             data)
{
  return sm_figure_desk (((SmFiguresTables *) data)->ops, sm_item_get_id (item));
}

/* The column is called like a member of the rates. */
static double
area_number (const SmTableColumn *column,
             SmItem              *item,
             gpointer             data)
{
  const SmAlarmRates *rates = rates_of (item, data);

  for (guint i = 0; rates != NULL && i < sm_n_alarm_rates_members; i++)
    {
      const SmAlarmRatesMember *member = &sm_alarm_rates_members[i];
      gconstpointer value = (const char *) rates + member->offset;

      if (g_str_equal (member->name, column->id))
        return member->is_real ? *(const double *) value : (double) *(const gint64 *) value;
    }
  return NAN;
}

#define RATE_COLUMNS \
  { "count", N_ ("Alarms"), NULL, SM_ROW_ID, 0, 0, 8, 0, NULL, area_number },                     \
  { "per_10min", N_ ("In 10 min"), NULL, SM_ROW_ID, 0, 2, 8, 0, NULL, area_number },              \
  { "busiest", N_ ("Worst 10 min"), NULL, SM_ROW_ID, 0, 0, 8, 0, NULL, area_number },             \
  { "floods", N_ ("Floods"), NULL, SM_ROW_ID, 0, 0, 7, 0, NULL, area_number },                    \
  { "flood_pct", N_ ("Time in floods"), "%", SM_ROW_ID, SM_COLUMN_HIDDEN, 1, 8, 0, NULL,          \
    area_number },                                                                                \
  { "level1", N_ ("Level 1"), NULL, SM_ROW_ID, 0, 0, 7, 0, NULL, area_number },                   \
  { "level2", N_ ("Level 2"), NULL, SM_ROW_ID, 0, 0, 7, 0, NULL, area_number },                   \
  { "level3", N_ ("Level 3"), NULL, SM_ROW_ID, 0, 0, 7, 0, NULL, area_number },                   \
  { "level4", N_ ("Level 4"), NULL, SM_ROW_ID, 0, 0, 7, 0, NULL, area_number },                   \
  { "chattering", N_ ("Chattering"), NULL, SM_ROW_ID, 0, 0, 8, 0, NULL, area_number },            \
  { "stale", N_ ("Stale"), NULL, SM_ROW_ID, 0, 0, 7, 0, NULL, area_number },                      \
  { "top_pct", N_ ("Ten most frequent"), "%", SM_ROW_ID, SM_COLUMN_HIDDEN, 0, 8, 0, NULL,         \
    area_number },                                                                                \
  { "unacked", N_ ("Not acknowledged"), NULL, SM_ROW_ID, SM_COLUMN_HIDDEN, 0, 8, 0, NULL,         \
    area_number },                                                                                \
  { "put_aside", N_ ("Put aside"), NULL, SM_ROW_ID, SM_COLUMN_HIDDEN, 0, 8, 0, NULL, area_number }

static const SmTableColumn area_columns[] = {
  { "area", N_ ("Area"), NULL, SM_AREA_NAME, SM_COLUMN_PRIMARY, 0, 20, 0, area_name },
  RATE_COLUMNS
};
static const SmTableColumn desk_columns[] = {
  { "desk", N_ ("Desk"), NULL, SM_DESK_NAME, SM_COLUMN_PRIMARY, 0, 20, 0, desk_name },
  RATE_COLUMNS
};

/* --- alarms; the item is the alarm with the count and the times of its figure --- */

static char *
alarm_what (const SmTableColumn *column,
            SmItem              *item,
            gpointer             data)
{
  return sm_figure_alarm (sm_item_get_row (item));
}

static char *
alarm_source (const SmTableColumn *column,
              SmItem              *item,
              gpointer             data)
{
  return sm_fault_source (sm_item_get_row (item));
}

static char *
alarm_station (const SmTableColumn *column,
               SmItem              *item,
               gpointer             data)
{
  return sm_figure_station (((SmFiguresTables *) data)->ops, sm_item_get_row (item));
}

#define ALARM_COLUMNS(count_title)                                                             \
  { "level", N_ ("Level"), NULL, SM_ALARM_LEVEL, SM_COLUMN_LEVEL, 0, 5 },                      \
  { "what", N_ ("Alarm"), NULL, SM_ALARM_CODE, SM_COLUMN_PRIMARY, 0, 24, 0, alarm_what },      \
  { "source", N_ ("At"), NULL, SM_ALARM_SOURCE_LABEL, 0, 0, 16, 0, alarm_source },             \
  { "station", N_ ("Station"), NULL, SM_ALARM_STATION_ID, 0, 0, 18, 0, alarm_station },        \
  { "count", count_title, NULL, SM_ALARM_COUNT, 0, 0, 8 },                                     \
  { "from", N_ ("From"), NULL, SM_ALARM_RAISED_AT, 0, 0, 19 },                                 \
  { "to", N_ ("To"), NULL, SM_ALARM_RETURNED_AT, 0, 0, 19 }

static const SmTableColumn alarm_columns[] = { ALARM_COLUMNS (N_ ("Times")) };
static const SmTableColumn flood_columns[] = { ALARM_COLUMNS (N_ ("Alarms")) };

static const struct
{
  const char *name;
  const char *title;
  const char *nothing;
} specs[N_TABLES] = {
  [AREAS] = { "figures_areas", N_ ("By area"), N_ ("No alarm rang in this time") },
  [DESKS] = { "figures_desks", N_ ("By desk"), N_ ("No alarm rang in this time") },
  [SM_ALARM_FIGURES_TOP] = { "figures_top", N_ ("Most frequent"),
                             N_ ("No alarm rang in this time") },
  [SM_ALARM_FIGURES_CHATTERING] = { "figures_chattering", N_ ("Chattering"),
                                    N_ ("No alarm chatters") },
  [SM_ALARM_FIGURES_STALE] = { "figures_stale", N_ ("Stale"), N_ ("No alarm is stale") },
  [SM_ALARM_FIGURES_FLOODS] = { "figures_floods", N_ ("Floods"),
                                N_ ("There was no flood of alarms") },
};

static GListModel *
model_of_rates (GArray   *all,
                SmNounId  noun)
{
  GListStore *store = g_list_store_new (SM_TYPE_ITEM);

  for (guint i = 0; i < all->len; i++)
    {
      const SmAlarmRates *rates = &g_array_index (all, SmAlarmRates, i);
      gint64 id = noun == SM_NOUN_DESK ? rates->desk_id : rates->area_id;
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (noun));
      g_autoptr (SmItem) item = NULL;

      sm_row_set_int (row, SM_ROW_ID, id);
      item = sm_item_new (row);
      g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

static GListModel *
model_of_alarms (GPtrArray *list)
{
  GListStore *store = g_list_store_new (SM_TYPE_ITEM);

  for (guint i = 0; i < list->len; i++)
    {
      const SmAlarmFigure *figure = list->pdata[i];
      g_autoptr (SmRow) row = sm_row_copy (figure->alarm);
      g_autoptr (SmItem) item = NULL;

      sm_row_set_int (row, SM_ALARM_COUNT, figure->count);
      sm_row_set_int (row, SM_ALARM_RAISED_AT, figure->from);
      if (figure->to != SM_UNKNOWN)
        sm_row_set_int (row, SM_ALARM_RETURNED_AT, figure->to);
      else
        sm_row_set_null (row, SM_ALARM_RETURNED_AT);
      item = sm_item_new (row);
      g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

/* --- the widget --- */

static char *
alarm_link (SmItem   *item,
            gpointer  data)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_item_get_id (item));

  return sm_link_text ("alarm", id, NULL);
}

static void
activated_cb (SmFiguresTables *self,
              SmItem          *item,
              SmTable         *table)
{
  g_autofree char *link = NULL;

  if (table == self->tables[AREAS])
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_item_get_id (item));

      link = sm_item_get_id (item) > 0 ? sm_link_text ("figures", NULL, "area", id, NULL) : NULL;
    }
  else if (table != self->tables[DESKS])
    link = alarm_link (item, self);
  if (link != NULL)
    g_signal_emit (self, opened_signal, 0, link);
}

static void
sm_figures_tables_dispose (GObject *object)
{
  SmFiguresTables *self = SM_FIGURES_TABLES (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_figures_tables_parent_class)->dispose (object);
}

static void
sm_figures_tables_finalize (GObject *object)
{
  g_array_unref (SM_FIGURES_TABLES (object)->areas);
  g_array_unref (SM_FIGURES_TABLES (object)->desks);

  G_OBJECT_CLASS (sm_figures_tables_parent_class)->finalize (object);
}

static void
sm_figures_tables_class_init (SmFiguresTablesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_figures_tables_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_figures_tables_finalize;
  opened_signal = g_signal_new ("opened", SM_TYPE_FIGURES_TABLES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_figures_tables_init (SmFiguresTables *self)
{
  self->areas = g_array_new (FALSE, FALSE, sizeof (SmAlarmRates));
  self->desks = g_array_new (FALSE, FALSE, sizeof (SmAlarmRates));
}

static GtkWidget *
make_table (SmFiguresTables *self,
            guint            which,
            SmViewState     *state)
{
  static const SmTableHooks area_hooks = { NULL }, alarm_hooks = { .link = alarm_link };
  gboolean is_areas = which == AREAS || which == DESKS;
  const SmTableColumn *columns = which == AREAS ? area_columns
                                 : which == DESKS ? desk_columns
                                 : which == SM_ALARM_FIGURES_FLOODS ? flood_columns
                                                                    : alarm_columns;
  GtkWidget *table
      = sm_table_new (specs[which].name, _(specs[which].title), columns,
                      is_areas ? G_N_ELEMENTS (area_columns) : G_N_ELEMENTS (alarm_columns),
                      is_areas ? &area_hooks : &alarm_hooks, self);

  self->tables[which] = SM_TABLE (table);
  if (state != NULL)
    sm_table_set_view_state (SM_TABLE (table), state);
  sm_table_set_state (SM_TABLE (table), SM_TABLE_CONTENT, _(specs[which].nothing), NULL);
  g_signal_connect_object (table, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  return table;
}

GtkWidget *
sm_figures_tables_new (SmOps       *ops,
                       SmViewState *state)
{
  static const guint order[] = { AREAS, DESKS, SM_ALARM_FIGURES_TOP, SM_ALARM_FIGURES_FLOODS,
                                 SM_ALARM_FIGURES_CHATTERING, SM_ALARM_FIGURES_STALE };
  SmFiguresTables *self = g_object_new (SM_TYPE_FIGURES_TABLES, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *switcher = gtk_stack_switcher_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new (); /* a narrow window has not room for all */

  self->ops = g_object_ref (ops);
  self->stack = GTK_STACK (gtk_stack_new ());
  for (guint i = 0; i < N_TABLES; i++)
    gtk_stack_add_titled (self->stack, make_table (self, order[i], state), specs[order[i]].name,
                          _(specs[order[i]].title));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), switcher);
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  gtk_widget_add_css_class (switcher, "figures-switcher");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/** sm_figures_tables_show: Lays them into all tables. */
void
sm_figures_tables_show (SmFiguresTables      *self,
                        const SmAlarmFigures *figures)
{
  const char *zone = sm_status_get_time_zone (sm_ops_get_status (self->ops));

  g_return_if_fail (SM_IS_FIGURES_TABLES (self));

  g_array_set_size (self->areas, 0);
  g_array_append_vals (self->areas, figures->areas->data, figures->areas->len);
  g_array_set_size (self->desks, 0);
  g_array_append_vals (self->desks, figures->desks->data, figures->desks->len);
  for (guint i = 0; i < N_TABLES; i++)
    {
      g_autoptr (GListModel) model
          = i == AREAS   ? model_of_rates (self->areas, SM_NOUN_AREA)
            : i == DESKS ? model_of_rates (self->desks, SM_NOUN_DESK)
                         : model_of_alarms (figures->lists[i]);

      sm_table_set_time_zone (self->tables[i], zone);
      sm_table_set_model (self->tables[i], model);
    }
}

/** sm_figures_tables_get: Returns: (nullable): the table of that name, as "figures_top" */
SmTable *
sm_figures_tables_get (SmFiguresTables *self,
                       const char      *name)
{
  for (guint i = 0; i < N_TABLES; i++)
    if (g_str_equal (specs[i].name, name))
      return self->tables[i];
  return NULL;
}
