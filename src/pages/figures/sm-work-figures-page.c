/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-figures-page.h"

#include "sm-figures-words.h"
#include "sm-i18n.h"
#include "sm-keys.h"
#include "sm-ops-work-limits.h"
#include "sm-status-banner.h"
#include "sm-text.h"
#include "sm-ticker.h"
#include "sm-toast-errors.h"
#include "sm-work-limits-dialog.h"
#include "sm-words.h"
#include "sm-wrap-box.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The times that can be looked at; they end now. */
static const struct
{
  const char *name;
  gint64 span;
  const char *title;
} ranges[] = {
  { "7d", 7 * SM_DAY, N_ ("Last 7 days") },
  { "30d", 30 * SM_DAY, N_ ("Last 30 days") },
  { "90d", 90 * SM_DAY, N_ ("Last 90 days") },
  { "365d", 365 * SM_DAY, N_ ("Last 365 days") },
};
#define USUAL_RANGE 1
#define PERIOD (60 * SM_SECOND)

static const struct
{
  const char *name;
  const char *title;
} views[SM_WORK_FIGURES_N] = {
  [SM_WORK_FIGURES_TOTAL] = { "work_figures_total", N_ ("All together") },
  [SM_WORK_FIGURES_PERSON] = { "work_figures_person", N_ ("By person") },
  [SM_WORK_FIGURES_STATION] = { "work_figures_station", N_ ("By station") },
  [SM_WORK_FIGURES_CAUSE] = { "work_figures_cause", N_ ("By cause") },
  [SM_WORK_FIGURES_AGENT] = { "work_figures_agent", N_ ("By company") },
  [SM_WORK_FIGURES_KIND] = { "work_figures_kind", N_ ("By equipment") },
  [SM_WORK_FIGURES_PILE] = { "work_figures_pile", N_ ("By pile") },
};

struct _SmWorkFiguresPage
{
  SmPage parent_instance;

  SmOps *ops;
  GtkWidget *as_of_label;
  GtkWidget *limits_button;
  GtkDropDown *range_choice;
  SmStatusBanner *banner;
  GtkStack *stack;
  SmTable *tables[SM_WORK_FIGURES_N];
  SmTicker *ticker; /* while mapped */

  SmWorkFigures *figures; /* (nullable) */
  guint range;
  GCancellable *loading; /* (nullable) */
  gint64 asked_at;       /* monotonic; 0: never */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (SmWorkFiguresPage, sm_work_figures_page, SM_TYPE_PAGE)

/* --- rows; the item is an order that has nothing but the place of its figure --- */

static const SmWorkFigure *
figure_of (SmItem   *item,
           gpointer  data)
{
  const SmWorkFiguresPage *self = data;
  gint64 id = sm_item_get_id (item);

  return self->figures != NULL && id > 0 && id <= self->figures->figures->len
             ? self->figures->figures->pdata[id - 1] : NULL;
}

static char *
label_of (SmOps              *ops,
          const SmWorkFigure *figure,
          SmNounId            noun)
{
  g_autofree char *label = sm_directory_dup_label (sm_ops_get_directory (ops), noun, figure->id,
                                                   sm_i18n_language ());

  if (label == NULL && figure->name == NULL)
    return g_strdup_printf ("#%" G_GINT64_FORMAT, figure->id);
  return sm_text_clean (label != NULL ? label : figure->name);
}

/* Of equipment, or what else a work order can be about. */
static char *
word_of_kind (const char *kind)
{
  if (sm_word_is_known (sm_equipment_kinds, kind))
    return g_strdup (sm_word_of_slug (sm_equipment_kinds, kind));
  return g_strdup (g_strcmp0 (kind, "battery") == 0 ? C_ ("work order target", "battery pack")
                                                    : sm_word_of_slug (sm_window_scopes, kind));
}

static char *
name_of (const SmTableColumn *column,
         SmItem              *item,
         gpointer             data)
{
  const SmWorkFigure *figure = figure_of (item, data);
  SmOps *ops = ((SmWorkFiguresPage *) data)->ops;

  if (figure == NULL)
    return NULL;
  switch (figure->by)
    {
    case SM_WORK_FIGURES_PERSON:
      return figure->id > 0 ? label_of (ops, figure, SM_NOUN_ENGINEER) : g_strdup (_("Nobody yet"));
    case SM_WORK_FIGURES_STATION:
      return label_of (ops, figure, SM_NOUN_STATION);
    case SM_WORK_FIGURES_AGENT:
      return label_of (ops, figure, SM_NOUN_ORGANISATION);
    case SM_WORK_FIGURES_PILE:
      return label_of (ops, figure, SM_NOUN_PILE);
    case SM_WORK_FIGURES_KIND:
      return word_of_kind (figure->name);
    case SM_WORK_FIGURES_CAUSE:
      return g_strdup (sm_word_of_alarm (figure->name));
    default:
      return g_strdup (_("All work orders"));
    }
}

/* The column is called like a member of the figure; times are shown in minutes or hours. */
static double
number_of (const SmTableColumn *column,
           SmItem              *item,
           gpointer             data)
{
  const SmWorkFigure *figure = figure_of (item, data);

  for (guint i = 0; figure != NULL && i < sm_n_work_figure_members; i++)
    {
      const SmWorkFigureMember *member = &sm_work_figure_members[i];
      gconstpointer value = (const char *) figure + member->offset;

      if (!g_str_equal (member->name, column->id))
        continue;
      if (!member->is_real)
        return (double) *(const gint64 *) value;
      return *(const double *) value
             / (g_strcmp0 (column->unit, "h") == 0     ? 3600.0
                : g_strcmp0 (column->unit, "min") == 0 ? 60.0
                                                       : 1.0);
    }
  return NAN;
}

#define NUMBER(id, title, unit, flags, decimals) \
  { id, title, unit, SM_ROW_ID, flags, decimals, 8, 0, NULL, number_of }

static const SmTableColumn columns[] = {
  { "name", N_ ("Whose"), NULL, SM_WORK_ORDER_ASSIGNEE, SM_COLUMN_PRIMARY, 0, 22, 0, name_of },
  NUMBER ("orders", N_ ("Total"), NULL, 0, 0),
  NUMBER ("unaccepted", N_ ("Unaccepted"), NULL, 0, 0),
  NUMBER ("accepted", N_ ("Accepted"), NULL, 0, 0),
  NUMBER ("completed", N_ ("Completed orders"), NULL, 0, 0),
  NUMBER ("confirmed", N_ ("Confirmed orders"), NULL, 0, 0),
  NUMBER ("cancelled", N_ ("Called off"), NULL, SM_COLUMN_HIDDEN, 0),
  NUMBER ("response_s", N_ ("Response"), "min", 0, 1),
  NUMBER ("response_late", N_ ("Response late"), NULL, 0, 0),
  NUMBER ("restore_s", N_ ("MTTR"), "h", 0, 1),
  NUMBER ("restore_late", N_ ("Restore late"), NULL, 0, 0),
  NUMBER ("first_time_pct", N_ ("First-time fix"), "%", 0, 1),
  NUMBER ("failures", N_ ("Failures"), NULL, 0, 0),
  NUMBER ("mtbf_s", N_ ("MTBF"), "h", 0, 1),
  NUMBER ("available_pct", N_ ("Availability"), "%", 0, 2),
  NUMBER ("unplanned_pct", N_ ("Unplanned only"), "%", 0, 2),
  NUMBER ("down_s", N_ ("Down"), "h", SM_COLUMN_HIDDEN, 1),
  NUMBER ("planned_s", N_ ("Maintenance"), "h", SM_COLUMN_HIDDEN, 1),
};

static GListModel *
model_of (const SmWorkFigures *figures,
          SmWorkFiguresBy      by)
{
  GListStore *store = g_list_store_new (SM_TYPE_ITEM);

  for (guint i = 0; i < figures->figures->len; i++)
    {
      const SmWorkFigure *figure = figures->figures->pdata[i];
      g_autoptr (SmRow) row = NULL;
      g_autoptr (SmItem) item = NULL;

      if (figure->by != by)
        continue;
      row = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));
      sm_row_set_int (row, SM_ROW_ID, i + 1);
      item = sm_item_new (row);
      g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

/* --- showing --- */

/** sm_work_figures_page_show: @figures: (transfer full) */
void
sm_work_figures_page_show (SmWorkFiguresPage *self,
                           SmWorkFigures     *figures,
                           gboolean           is_kept)
{
  g_autofree char *from = sm_figure_moment (self->ops, figures->from, "%Y-%m-%d %H:%M");
  g_autofree char *to = sm_figure_moment (self->ops, figures->to, "%Y-%m-%d %H:%M");
  g_autofree char *text = g_strdup_printf (_("%s to %s"), from, to);

  g_return_if_fail (SM_IS_WORK_FIGURES_PAGE (self));

  for (guint i = 0; i < SM_WORK_FIGURES_N; i++)
    sm_table_set_model (self->tables[i], NULL);
  g_clear_pointer (&self->figures, sm_work_figures_free);
  self->figures = figures;
  self->asked_at = g_get_monotonic_time ();
  gtk_label_set_text (GTK_LABEL (self->as_of_label), text);
  sm_status_banner_set (self->banner,
                        is_kept ? _("Reckoned from what this computer has kept.") : NULL,
                        is_kept ? _("The service cannot be reached. The figures are of what was loaded before.") : NULL);
  for (guint i = 0; i < SM_WORK_FIGURES_N; i++)
    {
      g_autoptr (GListModel) model = model_of (figures, i);

      sm_table_set_model (self->tables[i], model);
      sm_table_set_state (self->tables[i], SM_TABLE_CONTENT,
                          _("There was no work order in this time"), NULL);
    }
}

SmTable *
sm_work_figures_page_get_table (SmWorkFiguresPage *self,
                                SmWorkFiguresBy    by)
{
  g_return_val_if_fail (SM_IS_WORK_FIGURES_PAGE (self) && by < SM_WORK_FIGURES_N, NULL);

  return self->tables[by];
}

/* --- loading --- */

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmWorkFiguresPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_kept = FALSE;
  SmWorkFigures *figures
      = sm_ops_load_work_figures_finish (SM_OPS (source), result, &is_kept, &error);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->ops == NULL)
    {
      g_clear_pointer (&figures, sm_work_figures_free);
      return;
    }
  g_clear_object (&self->loading);
  if (figures != NULL)
    {
      sm_work_figures_page_show (self, figures, is_kept);
      return;
    }
  sentence = sm_error_sentence (error);
  sm_status_banner_set (self->banner, _("The figures could not be loaded."), sentence);
  for (guint i = 0; self->figures == NULL && i < SM_WORK_FIGURES_N; i++)
    sm_table_set_state (self->tables[i], SM_TABLE_ERROR, _("The figures could not be loaded."),
                        sentence);
}

static void
load (SmWorkFiguresPage *self)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  self->asked_at = g_get_monotonic_time ();
  sm_ops_load_work_figures_async (self->ops, now - ranges[self->range].span, now, self->loading,
                                  loaded_cb, g_object_ref (self));
}

static gboolean
can_load (SmWorkFiguresPage *self)
{
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  return state != SM_STATUS_STARTING && state != SM_STATUS_LOADING;
}

static void
beat (gpointer listener)
{
  SmWorkFiguresPage *self = listener;

  if (self->loading == NULL && can_load (self)
      && (self->asked_at == 0 || g_get_monotonic_time () - self->asked_at >= PERIOD))
    load (self);
}

static void
choice_cb (SmWorkFiguresPage *self)
{
  if (self->is_filling)
    return;
  self->range = MIN (gtk_drop_down_get_selected (self->range_choice), G_N_ELEMENTS (ranges) - 1);
  if (can_load (self))
    load (self);
}

static void
refresh_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  load (SM_WORK_FIGURES_PAGE (widget));
}

/* --- links --- */

static gboolean
sm_work_figures_page_show_link (SmPage       *page,
                                const SmLink *link)
{
  SmWorkFiguresPage *self = SM_WORK_FIGURES_PAGE (page);
  const char *range = sm_link_get (link, "range");
  const char *by = sm_link_get (link, "by");
  guint view = by != NULL ? sm_slug_index (sm_work_figures_by, by) : SM_ENUM_UNKNOWN;

  if (sm_link_get_name (link) != NULL
      || !g_str_equal (sm_link_get_page (link), SM_WORK_FIGURES_LINK))
    return FALSE;
  for (guint i = 0; range != NULL && i < G_N_ELEMENTS (ranges); i++)
    if (g_str_equal (ranges[i].name, range))
      self->range = i;
  if (view < SM_WORK_FIGURES_N)
    gtk_stack_set_visible_child_name (self->stack, views[view].name);
  self->is_filling = TRUE;
  gtk_drop_down_set_selected (self->range_choice, self->range);
  self->is_filling = FALSE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && can_load (self))
    load (self);
  return TRUE;
}

static char *
sm_work_figures_page_dup_link (SmPage *page)
{
  SmWorkFiguresPage *self = SM_WORK_FIGURES_PAGE (page);
  const char *name = gtk_stack_get_visible_child_name (self->stack);
  const char *by = sm_work_figures_by[0];

  for (guint i = 0; i < SM_WORK_FIGURES_N; i++)
    if (g_strcmp0 (views[i].name, name) == 0)
      by = sm_work_figures_by[i];
  return sm_link_text (SM_WORK_FIGURES_LINK, NULL, "range", ranges[self->range].name, "by", by, NULL);
}

static const char *
sm_work_figures_page_describe_missing (SmPage *page)
{
  return SM_WORK_FIGURES_PAGE (page)->figures == NULL ? "figures of work orders" : NULL;
}

/* Where it stands. */
static char *
dup_link_of_pile (SmWorkFiguresPage *self,
                  gint64             id)
{
  SmDirectory *directory = sm_ops_get_directory (self->ops);
  const SmRow *pile = sm_directory_find_row (directory, SM_NOUN_PILE, id);
  const SmRow *station
      = pile != NULL ? sm_directory_find_row (directory, SM_NOUN_STATION,
                                              sm_row_get_int (pile, SM_PILE_STATION_ID))
                     : NULL;

  return station != NULL
             ? sm_link_text ("station", sm_row_get_text (station, SM_STATION_SN), NULL) : NULL;
}

static void
opened_cb (SmWorkFiguresPage *self,
           SmItem            *item)
{
  const SmWorkFigure *figure = figure_of (item, self);
  g_autofree char *id = NULL;
  g_autofree char *link = NULL;

  if (figure == NULL)
    return;
  id = g_strdup_printf ("%" G_GINT64_FORMAT, figure->id);
  if (figure->by == SM_WORK_FIGURES_STATION)
    link = sm_link_text ("work_orders", NULL, "station_id", id, NULL);
  else if (figure->by == SM_WORK_FIGURES_PERSON && figure->id > 0)
    link = sm_link_text ("work_orders", NULL, "engineer_id", id, NULL);
  else if (figure->by == SM_WORK_FIGURES_CAUSE)
    link = sm_link_text ("work_orders", NULL, "code", figure->name, NULL);
  else if (figure->by == SM_WORK_FIGURES_PILE)
    link = dup_link_of_pile (self, figure->id);
  if (link != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.open", "s", link);
}

/* --- a page --- */

static void
sm_work_figures_page_map (GtkWidget *widget)
{
  SmWorkFiguresPage *self = SM_WORK_FIGURES_PAGE (widget);

  GTK_WIDGET_CLASS (sm_work_figures_page_parent_class)->map (widget);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, beat, self);
  beat (self);
}

static void
sm_work_figures_page_unmap (GtkWidget *widget)
{
  SmWorkFiguresPage *self = SM_WORK_FIGURES_PAGE (widget);

  sm_ticker_leave (self->ticker, beat, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_work_figures_page_parent_class)->unmap (widget);
}

static void
sm_work_figures_page_dispose (GObject *object)
{
  SmWorkFiguresPage *self = SM_WORK_FIGURES_PAGE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_work_figures_page_parent_class)->dispose (object);
}

/* The tables ask for them as long as they are there. */
static void
sm_work_figures_page_finalize (GObject *object)
{
  g_clear_pointer (&SM_WORK_FIGURES_PAGE (object)->figures, sm_work_figures_free);

  G_OBJECT_CLASS (sm_work_figures_page_parent_class)->finalize (object);
}

static const SmKey keys[] = {
  { "F5", "workfigures.refresh", N_ ("Load the figures anew") },
  { "<Control><Shift>l", "workfigures.limits", N_ ("Set time limits") },
};

/* --- how long they may take --- */

/* What somebody may not do is not there. */
static void
allow (SmWorkFiguresPage *self)
{
  gboolean may = sm_ops_may (self->ops, "limit.change");

  gtk_widget_set_visible (self->limits_button, may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workfigures.limits", may);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmWorkFiguresPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree SmWorkLimits *limits = sm_ops_work_limits_finish (SM_OPS (source), result, &error);
  g_autofree char *sentence = NULL;

  if (limits != NULL || self->ops == NULL)
    return;
  sentence = sm_error_sentence (error);
  sm_status_banner_set (self->banner, _("The time limits could not be changed."), sentence);
}

static void
change_limits (GtkWidget          *over,
               const SmWorkLimits *changes)
{
  sm_ops_work_limits_async (SM_WORK_FIGURES_PAGE (over)->ops, changes, NULL, changed_cb,
                            g_object_ref (over));
}

static void
limits_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmWorkFiguresPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree SmWorkLimits *limits = sm_ops_work_limits_finish (SM_OPS (source), result, &error);
  g_autofree char *sentence = NULL;

  if (self->ops == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* the page is gone */
  if (limits != NULL)
    {
      sm_work_limits_ask (GTK_WIDGET (self), limits, change_limits);
      return;
    }
  sentence = sm_error_sentence (error);
  sm_status_banner_set (self->banner, _("The time limits could not be read."), sentence);
}

static void
limits_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  sm_ops_work_limits_async (SM_WORK_FIGURES_PAGE (widget)->ops, NULL, NULL, limits_cb,
                            g_object_ref (widget));
}

/* --- the page --- */

static void
sm_work_figures_page_class_init (SmWorkFiguresPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_work_figures_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_work_figures_page_finalize;
  widget_class->map = sm_work_figures_page_map;
  widget_class->unmap = sm_work_figures_page_unmap;
  page_class->show_link = sm_work_figures_page_show_link;
  page_class->dup_link = sm_work_figures_page_dup_link;
  page_class->describe_missing = sm_work_figures_page_describe_missing;
  gtk_widget_class_install_action (widget_class, "workfigures.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "workfigures.limits", NULL, limits_action);
  sm_keys_add_class (widget_class, keys, G_N_ELEMENTS (keys));
}

/** sm_work_figures_page_list_keys: @list: gets the keys of the page */
void
sm_work_figures_page_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}

static void
sm_work_figures_page_init (SmWorkFiguresPage *self)
{
  self->range = USUAL_RANGE;
  self->stack = GTK_STACK (gtk_stack_new ());
}

static GtkWidget *
make_head (SmWorkFiguresPage *self)
{
  GtkWidget *head = sm_wrap_box_new (10);
  GtkWidget *switcher = gtk_stack_switcher_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    gtk_string_list_append (names, _(ranges[i].title));
  gtk_widget_add_css_class (head, "alarms-head");
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  self->range_choice = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (names)), NULL));
  gtk_drop_down_set_selected (self->range_choice, self->range);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->range_choice),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Time"), -1);
  g_signal_connect_object (self->range_choice, "notify::selected", G_CALLBACK (choice_cb), self,
                           G_CONNECT_SWAPPED);
  self->as_of_label = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, "hexpand", TRUE, "ellipsize",
                                    PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->as_of_label, "row-subtitle");
  sm_wrap_box_append (SM_WRAP_BOX (head), switcher);
  sm_wrap_box_append (SM_WRAP_BOX (head), GTK_WIDGET (self->range_choice));
  sm_wrap_box_append (SM_WRAP_BOX (head), self->as_of_label);
  self->limits_button = gtk_button_new_with_mnemonic (_("_Time limits…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->limits_button), "workfigures.limits");
  sm_wrap_box_append (SM_WRAP_BOX (head), self->limits_button);
  return head;
}

static void
add_table (SmWorkFiguresPage *self,
           SmWorkFiguresBy    by,
           SmViewState       *state)
{
  static const SmTableHooks hooks = { NULL };
  GtkWidget *table = sm_table_new (views[by].name, _(views[by].title), columns,
                                   G_N_ELEMENTS (columns), &hooks, self);

  self->tables[by] = SM_TABLE (table);
  if (state != NULL)
    sm_table_set_view_state (self->tables[by], state);
  sm_table_set_state (self->tables[by], SM_TABLE_LOADING, _("Loading"), NULL);
  g_signal_connect_object (table, "activated", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_titled (self->stack, table, views[by].name, _(views[by].title));
}

/** sm_work_figures_page_new: @state: (nullable): where the tables remember how they are shown */
GtkWidget *
sm_work_figures_page_new (SmOps       *ops,
                          SmViewState *state,
                          const char  *title)
{
  SmWorkFiguresPage *self = g_object_new (SM_TYPE_WORK_FIGURES_PAGE, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->ops = g_object_ref (ops);
  for (guint i = 0; i < SM_WORK_FIGURES_N; i++)
    add_table (self, i, state);
  self->banner = SM_STATUS_BANNER (sm_status_banner_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (ops, "notify::person", G_CALLBACK (allow), self, G_CONNECT_SWAPPED);
  allow (self);
  return GTK_WIDGET (self);
}
