/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figures-page.h"

#include "sm-document-dialog.h"
#include "sm-figures-chart.h"
#include "sm-figures-report.h"
#include "sm-figures-targets.h"
#include "sm-keys.h"
#include "sm-ops-alarm-figures.h"
#include "sm-status-banner.h"
#include "sm-style.h"
#include "sm-ticker.h"
#include "sm-time.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

/* The times that can be looked at; they end now. */
static const struct
{
  const char *name;
  gint64 span;
  const char *title;
} ranges[] = {
  { "8h", 8 * SM_HOUR, N_ ("Last 8 hours") },
  { "12h", 12 * SM_HOUR, N_ ("Last 12 hours") },
  { "24h", SM_DAY, N_ ("Last 24 hours") },
  { "7d", 7 * SM_DAY, N_ ("Last 7 days") },
  { "30d", 30 * SM_DAY, N_ ("Last 30 days") },
};
#define USUAL_RANGE 2
#define USUAL_PERIOD_S 60

struct _SmFiguresPage
{
  SmPage parent_instance;

  SmOps *ops;
  GtkWidget *as_of_label;
  GtkDropDown *range_choice;
  GtkDropDown *area_choice;
  GArray *area_ids; /* of gint64, as in area_choice; the first is 0 */
  GtkWidget *targets_button;
  SmStatusBanner *banner;
  GtkStack *stack;
  GtkGrid *lines;
  SmChart *chart;
  SmFiguresTables *tables;

  SmAlarmFigures *figures; /* (nullable) */
  guint range;
  gint64 area_id;
  GCancellable *loading; /* (nullable) */
  gint64 asked_at;       /* monotonic */
  guint period_s;        /* after which it asks again */
  gboolean is_filling;   /* the choices are set by the page itself */
};

G_DEFINE_FINAL_TYPE (SmFiguresPage, sm_figures_page, SM_TYPE_PAGE)

/* --- what is shown --- */

static GtkWidget *
make_cell (const char *text,
           gboolean    is_number)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  if (is_number)
    gtk_widget_add_css_class (label, "figure");
  return label;
}

/* Over its target is said by a sign and in words; there is no colour for it. */
static GtkWidget *
make_verdict (const SmFigureLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *image = gtk_image_new_from_icon_name (line->verdict == SM_FIGURE_OVER
                                                       ? "dialog-warning-symbolic"
                                                       : "emblem-ok-symbolic");
  GtkWidget *label = gtk_label_new (sm_figure_verdict_words (line->verdict));

  gtk_widget_set_visible (image, line->verdict != SM_FIGURE_UNJUDGED);
  gtk_widget_add_css_class (label, line->verdict == SM_FIGURE_OVER ? "heading" : "row-subtitle");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
show_lines (SmFiguresPage *self)
{
  g_autoptr (GPtrArray) lines = sm_figure_lines (self->figures);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_grid_remove (self->lines, child);
  for (guint i = 0; i < lines->len; i++)
    {
      const SmFigureLine *line = lines->pdata[i];
      GtkWidget *name = make_cell (line->name, FALSE);
      GtkWidget *target = make_cell (line->target, FALSE);

      gtk_widget_add_css_class (target, "row-subtitle");
      gtk_grid_attach (self->lines, name, 0, (int) i, 1, 1);
      gtk_grid_attach (self->lines, make_cell (line->value, TRUE), 1, (int) i, 1, 1);
      gtk_grid_attach (self->lines, target, 2, (int) i, 1, 1);
      gtk_grid_attach (self->lines, make_verdict (line), 3, (int) i, 1, 1);
    }
}

static void
show_as_of (SmFiguresPage *self)
{
  g_autofree char *from = sm_figure_moment (self->ops, self->figures->from, "%Y-%m-%d %H:%M");
  g_autofree char *to = sm_figure_moment (self->ops, self->figures->to, "%Y-%m-%d %H:%M");
  /* Translators: from when to when the figures are */
  g_autofree char *text = g_strdup_printf (_("%s to %s"), from, to);

  gtk_label_set_text (GTK_LABEL (self->as_of_label), text);
}

/* A list that somebody has open is not to close for nothing. */
static gboolean
is_shown (SmFiguresPage *self,
          GtkStringList *names)
{
  GtkStringList *shown = GTK_STRING_LIST (gtk_drop_down_get_model (self->area_choice));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (names));

  if (g_list_model_get_n_items (G_LIST_MODEL (shown)) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (gtk_string_list_get_string (shown, i), gtk_string_list_get_string (names, i)))
      return FALSE;
  return TRUE;
}

/* The areas that had alarms, and the one that is chosen. */
static void
fill_areas (SmFiguresPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  /* Of one area there are only its own figures: what was there to choose from stays. */
  if (self->area_id != 0 && self->area_ids->len > 1)
    return;
  g_array_set_size (self->area_ids, 0);
  g_array_append_vals (self->area_ids, &(gint64){ 0 }, 1);
  gtk_string_list_append (names, _("All areas"));
  for (guint i = 0; i < self->figures->areas->len; i++)
    {
      gint64 id = g_array_index (self->figures->areas, SmAlarmRates, i).area_id;

      if (id == 0)
        continue;
      if (id == self->area_id)
        chosen = self->area_ids->len;
      gtk_string_list_take (names, sm_figure_area (self->ops, id));
      g_array_append_val (self->area_ids, id);
    }
  self->is_filling = TRUE;
  if (!is_shown (self, names))
    gtk_drop_down_set_model (self->area_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->area_choice, chosen);
  self->is_filling = FALSE;
}

/* Areas are called otherwise, or their names have come. */
static void
names_cb (SmFiguresPage *self)
{
  if (self->figures == NULL || self->area_id != 0)
    return;
  fill_areas (self);
  sm_table_show_anew (sm_figures_tables_get (self->tables, "figures_areas"));
}

/* What somebody may not do is not there. */
static void
allow (SmFiguresPage *self)
{
  gtk_widget_set_visible (self->targets_button, sm_ops_may (self->ops, "alarm_target.change"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "figures.report", self->figures != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "figures.targets",
                                 self->figures != NULL
                                     && sm_ops_may (self->ops, "alarm_target.change"));
}

/* --- loading --- */

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmFiguresPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmAlarmFigures) figures
      = sm_ops_load_alarm_figures_finish (SM_OPS (source), result, &error);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  if (figures == NULL)
    {
      /* What was loaded before stays, with its times. */
      sentence = sm_error_sentence (error);
      sm_status_banner_set (self->banner, _("The figures could not be loaded."), sentence);
      gtk_stack_set_visible_child_name (self->stack, self->figures != NULL ? "figures" : "none");
      return;
    }
  sm_status_banner_set (self->banner, NULL, NULL);
  g_clear_pointer (&self->figures, sm_alarm_figures_free);
  self->figures = g_steal_pointer (&figures);
  gtk_stack_set_visible_child_name (self->stack, "figures");
  show_as_of (self);
  fill_areas (self);
  show_lines (self);
  sm_figures_chart_show (self->chart, self->ops, self->figures);
  sm_figures_tables_show (self->tables, self->figures);
  allow (self);
}

static void
load (SmFiguresPage *self)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  self->asked_at = g_get_monotonic_time ();
  sm_ops_load_alarm_figures_async (self->ops, self->area_id, now - ranges[self->range].span, now,
                                   self->loading, loaded_cb, g_object_ref (self));
}

static gboolean
is_reachable (SmFiguresPage *self)
{
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  return state == SM_STATUS_LIVE || state == SM_STATUS_STALE;
}

/* Each second: figures of a day are a minute old at most, those of a month, which take
 * longer and change less, half an hour. */
static void
beat (gpointer listener)
{
  SmFiguresPage *self = listener;
  gint64 period = MAX (ranges[self->range].span / SM_DAY, 1) * self->period_s * SM_SECOND;

  if (self->loading == NULL && is_reachable (self)
      && g_get_monotonic_time () - self->asked_at >= period)
    load (self);
}

/* Begins as soon as there is anybody to ask. */
static void
status_cb (SmFiguresPage *self)
{
  if (self->figures == NULL && self->loading == NULL
      && gtk_widget_get_mapped (GTK_WIDGET (self)) && is_reachable (self))
    load (self);
  allow (self);
}

static void
choice_cb (SmFiguresPage *self)
{
  guint area = gtk_drop_down_get_selected (self->area_choice);

  if (self->is_filling)
    return;
  self->range = MIN (gtk_drop_down_get_selected (self->range_choice), G_N_ELEMENTS (ranges) - 1);
  self->area_id = area < self->area_ids->len ? g_array_index (self->area_ids, gint64, area) : 0;
  load (self);
}

static void
set_choices (SmFiguresPage *self)
{
  self->is_filling = TRUE;
  gtk_drop_down_set_selected (self->range_choice, self->range);
  for (guint i = 0; i < self->area_ids->len; i++)
    if (g_array_index (self->area_ids, gint64, i) == self->area_id)
      gtk_drop_down_set_selected (self->area_choice, i);
  self->is_filling = FALSE;
}

/* --- actions --- */

static void
refresh_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  load (SM_FIGURES_PAGE (widget));
}

static void
written_cb (GtkWidget    *over,
            GFile        *file,
            guint         n_pages,
            const GError *error)
{
  SmFiguresPage *self = SM_FIGURES_PAGE (over);
  g_autofree char *name = g_file_get_basename (file);
  /* Translators: %s is the name of a file */
  g_autofree char *done = g_strdup_printf (
      ngettext ("%s is written: %u page.", "%s is written: %u pages.", n_pages), name, n_pages);

  if (error == NULL)
    sm_status_banner_set (self->banner, done, NULL);
  else
    sm_status_banner_set (self->banner, _("The report could not be written."),
                          _("Choose another folder."));
}

static void
report_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SmFiguresPage *self = SM_FIGURES_PAGE (widget);
  g_autofree char *area = self->area_id != 0 ? sm_figure_area (self->ops, self->area_id)
                                             : g_strdup (_("All areas"));
  g_autofree char *moment = NULL;
  g_autofree char *file = NULL;

  if (self->figures == NULL)
    return;
  moment = sm_figure_moment (self->ops, self->figures->to, "%Y-%m-%d-%H%M");
  /* Translators: the name of a file, without its ending */
  file = g_strdup_printf ("%s-%s.pdf", _("shift-report"), moment);
  sm_document_dialog_show (widget, file, sm_figures_report_new (self->ops, self->figures, area),
                           written_cb);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmFiguresPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  gboolean is_changed = sm_ops_change_alarm_targets_finish (SM_OPS (source), result, &error);

  if (self->ops == NULL)
    return; /* the page is gone */
  if (is_changed)
    {
      load (self);
      return;
    }
  sentence = sm_error_sentence (error);
  sm_status_banner_set (self->banner, _("The targets could not be changed."), sentence);
}

static void
change_targets (GtkWidget            *over,
                const SmAlarmTargets *changes)
{
  SmFiguresPage *self = SM_FIGURES_PAGE (over);

  sm_ops_change_alarm_targets_async (self->ops, self->figures->targets_rev, changes, NULL,
                                     changed_cb, g_object_ref (self));
}

static void
targets_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SmFiguresPage *self = SM_FIGURES_PAGE (widget);

  if (self->figures != NULL)
    sm_figures_targets_ask (widget, &self->figures->targets, change_targets);
}

/* --- the page --- */

static gboolean
sm_figures_page_show_link (SmPage       *page,
                           const SmLink *link)
{
  SmFiguresPage *self = SM_FIGURES_PAGE (page);
  const char *range = sm_link_get (link, "range");
  const char *area = sm_link_get (link, "area");

  if (sm_link_get_name (link) != NULL || !g_str_equal (sm_link_get_page (link), "figures"))
    return FALSE;
  for (guint i = 0; range != NULL && i < G_N_ELEMENTS (ranges); i++)
    if (g_str_equal (ranges[i].name, range))
      self->range = i;
  if (sm_link_get_n_pairs (link) > 0)
    self->area_id = area != NULL ? MAX (g_ascii_strtoll (area, NULL, 10), 0) : 0;
  set_choices (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && is_reachable (self))
    load (self);
  return TRUE;
}

static char *
sm_figures_page_dup_link (SmPage *page)
{
  SmFiguresPage *self = SM_FIGURES_PAGE (page);
  g_autofree char *area = g_strdup_printf ("%" G_GINT64_FORMAT, self->area_id);

  return self->area_id != 0
             ? sm_link_text ("figures", NULL, "range", ranges[self->range].name, "area", area, NULL)
             : sm_link_text ("figures", NULL, "range", ranges[self->range].name, NULL);
}

static const char *
sm_figures_page_describe_missing (SmPage *page)
{
  SmFiguresPage *self = SM_FIGURES_PAGE (page);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING || state == SM_STATUS_LOADING)
    return "the first load of the network";
  if (self->figures == NULL && is_reachable (self) && !sm_status_banner_is_shown (self->banner))
    return "the alarm figures";
  return NULL;
}

static void
sm_figures_page_map (GtkWidget *widget)
{
  SmFiguresPage *self = SM_FIGURES_PAGE (widget);

  GTK_WIDGET_CLASS (sm_figures_page_parent_class)->map (widget);
  sm_ticker_listen (sm_ticker_for_display (gtk_widget_get_display (widget)), beat, widget);
  if (is_reachable (self))
    load (self);
}

static void
sm_figures_page_unmap (GtkWidget *widget)
{
  sm_ticker_leave (sm_ticker_for_display (gtk_widget_get_display (widget)), beat, widget);
  GTK_WIDGET_CLASS (sm_figures_page_parent_class)->unmap (widget);
}

static void
sm_figures_page_dispose (GObject *object)
{
  SmFiguresPage *self = SM_FIGURES_PAGE (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->figures, sm_alarm_figures_free);
  g_clear_pointer (&self->area_ids, g_array_unref);

  G_OBJECT_CLASS (sm_figures_page_parent_class)->dispose (object);
}

static const SmKey keys[] = {
  { "F5", "figures.refresh", N_ ("Read the figures again") },
  { "<Control>p", "figures.report", N_ ("Make the report") },
};

static void
sm_figures_page_class_init (SmFiguresPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_figures_page_dispose;
  widget_class->map = sm_figures_page_map;
  widget_class->unmap = sm_figures_page_unmap;
  page_class->show_link = sm_figures_page_show_link;
  page_class->dup_link = sm_figures_page_dup_link;
  page_class->describe_missing = sm_figures_page_describe_missing;
  gtk_widget_class_install_action (widget_class, "figures.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "figures.report", NULL, report_action);
  gtk_widget_class_install_action (widget_class, "figures.targets", NULL, targets_action);
  sm_keys_add_class (widget_class, keys, G_N_ELEMENTS (keys));
}

/** sm_figures_page_list_keys: @list: gets the keys of the page */
void
sm_figures_page_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}

static void
sm_figures_page_init (SmFiguresPage *self)
{
  self->area_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (self->area_ids, &(gint64){ 0 }, 1);
  self->range = USUAL_RANGE;
  self->period_s = USUAL_PERIOD_S;
}

static GtkWidget *
make_button (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkDropDown *
make_choice (SmFiguresPage     *self,
             const char *const *texts,
             const char        *name)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (texts);

  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (choice_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_DROP_DOWN (choice);
}

static GtkWidget *
make_head (SmFiguresPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (sm_page_get_title (SM_PAGE (self)));
  const char *words[G_N_ELEMENTS (ranges) + 1] = { NULL };
  const char *const areas[] = { _("All areas"), NULL };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    words[i] = _(ranges[i].title);
  self->is_filling = TRUE;
  self->range_choice = make_choice (self, words, _("Time"));
  self->area_choice = make_choice (self, areas, _("Area"));
  gtk_drop_down_set_selected (self->range_choice, self->range);
  self->is_filling = FALSE;
  self->as_of_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (title, "panel-title");
  gtk_widget_add_css_class (head, "pending-head");
  gtk_widget_add_css_class (self->as_of_label, "row-subtitle");
  gtk_widget_set_hexpand (self->as_of_label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->as_of_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->as_of_label), 0);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->as_of_label);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->range_choice));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->area_choice));
  gtk_box_append (GTK_BOX (head), make_button (_("_Refresh"), "figures.refresh"));
  self->targets_button = make_button (_("_Targets…"), "figures.targets");
  gtk_box_append (GTK_BOX (head), self->targets_button);
  gtk_box_append (GTK_BOX (head), make_button (_("Shift Re_port…"), "figures.report"));
  return head;
}

static GtkWidget *
make_hint (void)
{
  GtkWidget *label = gtk_label_new (
      _("The targets are of one desk: of all areas together this is judged as if one desk had "
        "them all. Choose an area for its own."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  /* As wide as the figures above it and no wider. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (label, "row-subtitle");
  gtk_widget_add_css_class (label, "figures-hint");
  return label;
}

static GtkWidget *
make_content (SmFiguresPage *self,
              SmViewState   *state)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (_("Alarms in 10 minutes"));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->lines = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->lines, 18);
  gtk_widget_set_valign (GTK_WIDGET (self->lines), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->lines), "figures-lines");
  /* In a narrow window the figures scroll, and the tables keep some room. */
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scrolled), 260);
  gtk_box_append (GTK_BOX (left), GTK_WIDGET (self->lines));
  gtk_box_append (GTK_BOX (left), make_hint ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), left);
  self->chart = SM_CHART (sm_chart_new (_("Alarms in 10 minutes")));
  self->tables = SM_FIGURES_TABLES (sm_figures_tables_new (self->ops, state));
  g_signal_connect_object (self->tables, "opened", G_CALLBACK (sm_page_emit_open), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_vexpand (GTK_WIDGET (self->tables), TRUE);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_add_css_class (right, "figures-right");
  gtk_widget_add_css_class (heading, "section-title");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_box_append (GTK_BOX (right), heading);
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->chart));
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->tables));
  gtk_box_append (GTK_BOX (content), scrolled);
  gtk_box_append (GTK_BOX (content), right);
  return content;
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "network-offline-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No figures yet"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _("They are reckoned by the service from its log of alarms, and come as soon as it "
        "answers."));
  return page;
}

GtkWidget *
sm_figures_page_new (SmOps       *ops,
                     SmViewState *state,
                     const char  *title)
{
  SmFiguresPage *self = g_object_new (SM_TYPE_FIGURES_PAGE, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->ops = g_object_ref (ops);
  self->banner = SM_STATUS_BANNER (sm_status_banner_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_stack_add_named (self->stack, make_nothing (), "none");
  gtk_stack_add_named (self->stack, make_content (self, state), "figures");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (sm_ops_get_status (ops), "notify", G_CALLBACK (status_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_directory (ops), "changed", G_CALLBACK (names_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ops, "notify::person", G_CALLBACK (allow), self, G_CONNECT_SWAPPED);
  allow (self);
  return GTK_WIDGET (self);
}

/** sm_figures_page_get_figures: Returns: (transfer none) (nullable): what is shown */
const SmAlarmFigures *
sm_figures_page_get_figures (SmFiguresPage *self)
{
  g_return_val_if_fail (SM_IS_FIGURES_PAGE (self), NULL);

  return self->figures;
}

/** sm_figures_page_set_period: After so many seconds figures of a day at most are asked for again. */
void
sm_figures_page_set_period (SmFiguresPage *self,
                            guint          seconds)
{
  g_return_if_fail (SM_IS_FIGURES_PAGE (self) && seconds > 0);

  self->period_s = seconds;
}

/** sm_figures_page_get_tables: Returns: (transfer none) */
SmFiguresTables *
sm_figures_page_get_tables (SmFiguresPage *self)
{
  g_return_val_if_fail (SM_IS_FIGURES_PAGE (self), NULL);

  return self->tables;
}
