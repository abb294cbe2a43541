/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-windows-page.h"

#include "sm-facts.h"
#include "sm-filter-bar.h"
#include "sm-keys.h"
#include "sm-ops-windows.h"
#include "sm-ticker.h"
#include "sm-toast-errors.h"
#include "sm-window-ask.h"
#include "sm-window-words.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

#define FILTER SM_WINDOWS_LINK ".filter"

static const struct
{
  SmWindowEvent event;
  const char *action;
} acts[] = {
  { SM_WINDOW_EVENT_APPROVE, "windows.approve" },
  { SM_WINDOW_EVENT_EXTEND, "windows.extend" },
  { SM_WINDOW_EVENT_CLOSE, "windows.close" },
  { SM_WINDOW_EVENT_CANCEL, "windows.call-off" },
};
#define N_ACTS G_N_ELEMENTS (acts)

struct _SmWindowsPage
{
  SmPage parent_instance;

  SmOps *ops;
  SmViewState *state; /* (nullable) */
  SmFilterBar *bar;
  SmTable *table;
  GListModel *model; /* (nullable): a link that nothing is filtered by */
  GtkWidget *buttons[N_ACTS];
  GtkWidget *bottom;
  SmFacts *facts;
  SmTicker *ticker; /* while mapped */
  gint64 wanted_id; /* 0: none; is chosen when its row has come */
};

G_DEFINE_FINAL_TYPE (SmWindowsPage, sm_windows_page, SM_TYPE_PAGE)

/* --- the table --- */

static char *
scope_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             page)
{
  return sm_window_words_scope (SM_WINDOWS_PAGE (page)->ops, sm_item_get_row (item));
}

static char *
approval_text (const SmTableColumn *column,
               SmItem              *item,
               gpointer             page)
{
  return sm_window_words_approval (sm_item_get_row (item));
}

static const SmTableColumn columns[] = {
  { "scope", N_ ("What is worked on"), NULL, SM_WINDOW_SCOPE_ID, SM_COLUMN_PRIMARY, 0, 24, 0,
    scope_text },
  { "state", N_ ("State"), NULL, SM_WINDOW_STATE, 0, 0, 10 },
  { "starts_at", N_ ("Begins"), NULL, SM_WINDOW_STARTS_AT, 0, 0, 19 },
  { "ends_at", N_ ("Ends"), NULL, SM_WINDOW_ENDS_AT, 0, 0, 19 },
  { "reason", N_ ("What is done"), NULL, SM_WINDOW_REASON, 0, 0, 26 },
  { "risk", N_ ("Risk"), NULL, SM_WINDOW_RISK, 0, 0, 8 },
  { "suppresses", N_ ("Suppresses"), NULL, SM_WINDOW_SUPPRESSES, 0, 0, 22 },
  { "planned_by", N_ ("Planned by"), NULL, SM_WINDOW_PLANNED_BY, 0, 0, 12 },
  { "approved_by", N_ ("Approved by"), NULL, SM_WINDOW_APPROVED_BY, 0, 0, 22, 0, approval_text },
  { "id", N_ ("Number"), NULL, SM_ROW_ID, SM_COLUMN_HIDDEN, 0, 6 },
  { "risk_note", N_ ("What can go wrong"), NULL, SM_WINDOW_RISK_NOTE, SM_COLUMN_HIDDEN, 0, 26 },
  { "opened_at", N_ ("Opened"), NULL, SM_WINDOW_OPENED_AT, SM_COLUMN_HIDDEN, 0, 19 },
  { "extended_by", N_ ("Extended by"), NULL, SM_WINDOW_EXTENDED_BY, SM_COLUMN_HIDDEN, 0, 12 },
  { "extend_reason", N_ ("Why extended"), NULL, SM_WINDOW_EXTEND_REASON, SM_COLUMN_HIDDEN, 0, 20 },
  { "ended_at", N_ ("Over"), NULL, SM_WINDOW_ENDED_AT, SM_COLUMN_HIDDEN, 0, 19 },
  { "ended_by", N_ ("Ended by"), NULL, SM_WINDOW_ENDED_BY, SM_COLUMN_HIDDEN, 0, 12 },
  { "end_reason", N_ ("Why so"), NULL, SM_WINDOW_END_REASON, SM_COLUMN_HIDDEN, 0, 20 },
  { "proof", N_ ("Proven by order"), NULL, SM_WINDOW_PROOF, SM_COLUMN_HIDDEN, 0, 18 },
};

static const SmFilterChoice choices[] = {
  { "state", N_ ("State"), sm_window_states },
  { "scope_noun", N_ ("Kind"), sm_window_scopes },
  { "risk", N_ ("Risk"), sm_window_risks },
};

static char *
dup_row_link (SmItem   *item,
              gpointer  page)
{
  return g_strdup_printf ("stationmaster:" SM_WINDOWS_LINK "?id=%" G_GINT64_FORMAT,
                          sm_item_get_id (item));
}

static const SmTableHooks hooks = { NULL, NULL, NULL, dup_row_link };

static char *
words_cb (const char *key,
          const char *value,
          gpointer    data)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW);
  int field = sm_noun_find_field (noun, key, strlen (key));

  if (field == SM_ROW_ID)
    /* Translators: %s is its number. */
    return g_strdup_printf (_("Maintenance window %s"), value);
  return field >= 0 && noun->fields[field].slugs != NULL
             ? g_strdup (sm_word_of_slug (noun->fields[field].slugs, value)) : NULL;
}

static void
show_state (SmWindowsPage *self)
{
  SmStatus *status = sm_ops_get_status (self->ops);
  SmStatusState state = sm_status_get_state (status);

  sm_table_set_time_zone (self->table, sm_status_get_time_zone (status));
  if (self->model == NULL)
    sm_table_set_state (self->table, SM_TABLE_ERROR, _("This link filters by something unknown here"),
                        _("It may come from a newer version. Take the filter away to see all rows."));
  else if (state == SM_STATUS_STARTING || state == SM_STATUS_LOADING)
    sm_table_set_state (self->table, SM_TABLE_LOADING, _("Loading"), NULL);
  else if (sm_link_get_n_pairs (sm_filter_bar_get_link (self->bar)) > 0)
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("Nothing matches these filters"),
                        _("Take a filter away to see more."));
  else if (state == SM_STATUS_LIVE || state == SM_STATUS_STALE)
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("No maintenance is planned"),
                        _("Plan a window before somebody works on a station: its alarms are "
                          "expected then, and everybody sees why it does not serve."));
  else
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("The service cannot be reached"),
                        _("What was loaded before is shown here. It goes on by itself as soon as "
                          "the service answers."));
}

static void
query (SmWindowsPage *self)
{
  g_autoptr (GListModel) model
      = sm_ops_open_list (self->ops, sm_filter_bar_get_link (self->bar), NULL);

  g_set_object (&self->model, model);
  sm_table_set_model (self->table, model);
  show_state (self);
}

static void
filters_changed_cb (SmWindowsPage *self)
{
  g_autofree char *link = sm_link_format (sm_filter_bar_get_link (self->bar));

  query (self);
  if (self->state != NULL)
    sm_view_state_set (self->state, FILTER, link);
}

/* --- the one that is chosen --- */

/* Why that cannot be done now, in words; NULL: it can. */
static const char *
refusal_of (SmWindowsPage *self,
            SmWindowEvent  event)
{
  SmItem *item = sm_table_get_selected (self->table);
  const char *slug;

  if (item == NULL)
    return _("No maintenance window is selected");
  slug = sm_ops_window_refusal (self->ops, event, sm_item_get_row (item));
  if (slug != NULL)
    return sm_slug_what (slug);
  return sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_OFFLINE
             ? _("The service cannot be reached") : NULL;
}

static void
show_acts (SmWindowsPage *self)
{
  for (guint i = 0; i < N_ACTS; i++)
    {
      const char *refusal = refusal_of (self, acts[i].event);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), acts[i].action, refusal == NULL);
      gtk_widget_set_tooltip_text (self->buttons[i], refusal);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "windows.plan",
                                 sm_ops_may (self->ops, "window.plan"));
}

static void
show_facts (SmWindowsPage *self,
            const SmRow   *row)
{
  g_autofree char *scope = sm_window_words_scope (self->ops, row);
  g_autofree char *span = sm_window_words_span (self->ops, sm_row_get_int (row, SM_WINDOW_STARTS_AT),
                                                sm_row_get_int (row, SM_WINDOW_ENDS_AT));
  g_autofree char *approval = sm_window_words_approval (row);
  g_autofree char *opened
      = sm_window_words_moment (self->ops, sm_row_get_int (row, SM_WINDOW_OPENED_AT));
  g_autofree char *ended
      = sm_window_words_moment (self->ops, sm_row_get_int (row, SM_WINDOW_ENDED_AT));
  const SmFact facts[] = {
    { _("What is worked on"), scope, 0 },
    { _("State"), sm_word_of_slug (sm_window_states, sm_row_get_text (row, SM_WINDOW_STATE)), 0 },
    { _("When"), span, 0 },
    { _("What is done"), sm_row_get_text (row, SM_WINDOW_REASON), 0 },
    { _("Risk"), sm_word_of_slug (sm_window_risks, sm_row_get_text (row, SM_WINDOW_RISK)), 0 },
    { _("What can go wrong"), sm_row_get_text (row, SM_WINDOW_RISK_NOTE), 0 },
    { _("Suppresses"), sm_word_of_slug (sm_window_suppressions,
                                        sm_row_get_text (row, SM_WINDOW_SUPPRESSES)), 0 },
    { _("Planned by"), sm_row_get_text (row, SM_WINDOW_PLANNED_BY), 0 },
    { _("Approved by"), approval, 0 },
    { _("Opened"), opened, 0 },
    { _("Extended by"), sm_row_get_text (row, SM_WINDOW_EXTENDED_BY), 0 },
    { _("Why extended"), sm_row_get_text (row, SM_WINDOW_EXTEND_REASON), 0 },
    { _("Over"), ended, 0 },
    { _("Ended by"), sm_row_get_text (row, SM_WINDOW_ENDED_BY), 0 },
    { _("Why so"), sm_row_get_text (row, SM_WINDOW_END_REASON), 0 },
    { _("Proven by order"), sm_row_get_text (row, SM_WINDOW_PROOF), 0 },
  };

  sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
}

static void
show_chosen (SmWindowsPage *self)
{
  SmItem *item;

  if (self->wanted_id != 0 && sm_table_select (self->table, self->wanted_id))
    self->wanted_id = 0;
  item = sm_table_get_selected (self->table);

  gtk_widget_set_visible (self->bottom, item != NULL);
  if (item != NULL)
    show_facts (self, sm_item_get_row (item));
  show_acts (self);
}

static void
tick_cb (gpointer listener)
{
  show_chosen (listener);
}

/* --- acts --- */

static void
plan_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_window_ask_plan (widget, SM_WINDOWS_PAGE (widget)->ops);
}

static void
ask_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SmWindowsPage *self = SM_WINDOWS_PAGE (widget);

  for (guint i = 0; i < N_ACTS; i++)
    if (g_str_equal (acts[i].action, name) && refusal_of (self, acts[i].event) == NULL)
      sm_window_ask (widget, self->ops, acts[i].event, sm_table_get_selected (self->table));
}

/* What is worked on is shown on the map. */
static void
activated_cb (SmWindowsPage *self,
              SmItem        *item)
{
  gint64 id = sm_row_get_int (sm_item_get_row (item), SM_WINDOW_STATION_ID);
  const SmRow *station
      = sm_directory_find_row (sm_ops_get_directory (self->ops), SM_NOUN_STATION, id);
  g_autofree char *link
      = station != NULL ? sm_link_text ("station", sm_row_get_text (station, SM_STATION_SN), NULL)
                        : NULL;

  if (link != NULL)
    sm_page_emit_open (SM_PAGE (self), link);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_filter_bar_grab_text (SM_WINDOWS_PAGE (widget)->bar);
}

/* --- a page --- */

static void
sm_windows_page_map (GtkWidget *widget)
{
  SmWindowsPage *self = SM_WINDOWS_PAGE (widget);

  GTK_WIDGET_CLASS (sm_windows_page_parent_class)->map (widget);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, tick_cb, self);
  show_chosen (self);
}

static void
sm_windows_page_unmap (GtkWidget *widget)
{
  SmWindowsPage *self = SM_WINDOWS_PAGE (widget);

  sm_ticker_leave (self->ticker, tick_cb, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_windows_page_parent_class)->unmap (widget);
}

static gboolean
sm_windows_page_show_link (SmPage       *page,
                           const SmLink *link)
{
  SmWindowsPage *self = SM_WINDOWS_PAGE (page);

  if (sm_link_get_name (link) != NULL || !g_str_equal (sm_link_get_page (link), SM_WINDOWS_LINK))
    return FALSE;
  if (sm_link_get (link, "id") == NULL
      || !g_ascii_string_to_signed (sm_link_get (link, "id"), 10, 1, G_MAXINT64, &self->wanted_id,
                                    NULL))
    self->wanted_id = 0;
  sm_filter_bar_show_view (self->bar, self->table, link);
  filters_changed_cb (self);
  show_chosen (self);
  return TRUE;
}

static char *
sm_windows_page_dup_link (SmPage *page)
{
  SmWindowsPage *self = SM_WINDOWS_PAGE (page);

  return sm_filter_bar_dup_view (self->bar, self->table);
}

static const char *
sm_windows_page_describe_missing (SmPage *page)
{
  SmWindowsPage *self = SM_WINDOWS_PAGE (page);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING)
    return "an answer of the service";
  if (state == SM_STATUS_LOADING)
    return "the first load of the network";
  return sm_figures_get_values (sm_ops_get_figures (self->ops))->is_whole ? NULL : "the windows";
}

static void
sm_windows_page_dispose (GObject *object)
{
  SmWindowsPage *self = SM_WINDOWS_PAGE (object);

  g_clear_object (&self->model);
  g_clear_object (&self->ops);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (sm_windows_page_parent_class)->dispose (object);
}

static const SmKey keys[] = {
  { "<Control>f", "windows.find", N_ ("Find in the list") },
  { "<Control>n", "windows.plan", N_ ("Plan a maintenance window") },
};

static void
sm_windows_page_class_init (SmWindowsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_windows_page_dispose;
  widget_class->map = sm_windows_page_map;
  widget_class->unmap = sm_windows_page_unmap;
  page_class->show_link = sm_windows_page_show_link;
  page_class->dup_link = sm_windows_page_dup_link;
  page_class->describe_missing = sm_windows_page_describe_missing;
  gtk_widget_class_install_action (widget_class, "windows.plan", NULL, plan_action);
  gtk_widget_class_install_action (widget_class, "windows.approve", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "windows.extend", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "windows.close", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "windows.call-off", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "windows.find", NULL, find_action);
  sm_keys_add_class (widget_class, keys, G_N_ELEMENTS (keys));
}

/** sm_windows_page_list_keys: @list: gets the keys of the page */
void
sm_windows_page_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}

static void
sm_windows_page_init (SmWindowsPage *self)
{
}

/* --- making it --- */

static GtkWidget *
make_button (const char *words,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (words);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_acts (SmWindowsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *plan = make_button (_("_Plan a maintenance window…"), "windows.plan");

  gtk_widget_add_css_class (box, "window-acts");
  gtk_widget_add_css_class (plan, "suggested-action");
  gtk_box_append (GTK_BOX (box), plan);
  for (guint i = 0; i < N_ACTS; i++)
    {
      self->buttons[i] = make_button (sm_window_event_title (acts[i].event), acts[i].action);
      gtk_box_append (GTK_BOX (box), self->buttons[i]);
    }
  return box;
}

static GtkWidget *
make_bottom (SmWindowsPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->facts = SM_FACTS (sm_facts_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "window-facts");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->facts));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  self->bottom = scrolled;
  return scrolled;
}

static void
restore_filter (SmWindowsPage *self)
{
  const char *text = self->state != NULL ? sm_view_state_get (self->state, FILTER) : NULL;
  g_autoptr (SmLink) link = text != NULL ? sm_link_parse (text) : NULL;

  if (self->state != NULL)
    {
      sm_filter_bar_set_view_state (self->bar, self->state);
      sm_table_set_view_state (self->table, self->state);
    }
  if (link != NULL && g_str_equal (sm_link_get_page (link), SM_WINDOWS_LINK))
    sm_filter_bar_set_link (self->bar, link);
  query (self);
}

static void
connect_all (SmWindowsPage *self)
{
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (filters_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "selection-changed", G_CALLBACK (show_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_directory (self->ops), "changed",
                           G_CALLBACK (sm_table_show_anew), self->table, G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_status (self->ops), "notify", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
}

/** sm_windows_page_new: @state: (nullable): where filters, columns and sort are remembered */
GtkWidget *
sm_windows_page_new (SmOps       *ops,
                     SmViewState *state,
                     const char  *title)
{
  SmWindowsPage *self = g_object_new (SM_TYPE_WINDOWS_PAGE, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->ops = g_object_ref (ops);
  self->state = state != NULL ? g_object_ref (state) : NULL;
  self->bar = SM_FILTER_BAR (sm_filter_bar_new (SM_WINDOWS_LINK,
                                                _("What is worked on, what is done, or who"),
                                                choices, G_N_ELEMENTS (choices), words_cb, self));
  self->table = SM_TABLE (sm_table_new (SM_WINDOWS_LINK, _("Maintenance windows"), columns,
                                        G_N_ELEMENTS (columns), &hooks, self));
  sm_table_set_filters (self->table, GTK_WIDGET (self->bar));
  sm_table_set_selects_many (self->table);
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  gtk_box_append (GTK_BOX (box), make_acts (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->table));
  gtk_box_append (GTK_BOX (box), make_bottom (self));
  adw_bin_set_child (ADW_BIN (self), box);
  restore_filter (self);
  connect_all (self);
  show_chosen (self);
  return GTK_WIDGET (self);
}

/** sm_windows_page_get_table: Returns: (transfer none) */
SmTable *
sm_windows_page_get_table (SmWindowsPage *self)
{
  g_return_val_if_fail (SM_IS_WINDOWS_PAGE (self), NULL);

  return self->table;
}
