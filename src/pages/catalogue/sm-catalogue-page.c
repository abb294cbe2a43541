/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-catalogue-page.h"

#include "sm-catalogue-words.h"
#include "sm-facts.h"
#include "sm-filter-bar.h"
#include "sm-guide-editor.h"
#include "sm-keys.h"
#include "sm-ops-guides.h"
#include "sm-text.h"
#include "sm-ticker.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FILTER SM_CATALOGUE_LINK ".filter"

struct _SmCataloguePage
{
  SmPage parent_instance;

  SmOps *ops;
  SmViewState *state; /* (nullable) */
  SmFilterBar *bar;
  SmTable *table;
  GPtrArray *items;  /* of SmItem: every code; an alarm with its code and level alone */
  GListStore *shown; /* of those that the filters let through */
  GtkWidget *edit_button;
  GtkWidget *bottom;
  SmFacts *facts;
  SmTicker *ticker;  /* while mapped */
  guint turn;        /* of the catalogue that is shown */
};

G_DEFINE_FINAL_TYPE (SmCataloguePage, sm_catalogue_page, SM_TYPE_PAGE)

/* --- the table --- */

static const char *
code_of (SmItem *item)
{
  return sm_row_get_text (sm_item_get_row (item), SM_ALARM_CODE);
}

static const SmFaultGuide *
guide_of (SmCataloguePage *self,
          SmItem          *item)
{
  return sm_ops_get_fault_code (self->ops, code_of (item));
}

static char *
what_text (const SmTableColumn *column,
           SmItem              *item,
           gpointer             page)
{
  return g_strdup (sm_word_of_alarm (code_of (item)));
}

static char *
part_text (const SmTableColumn *column,
           SmItem              *item,
           gpointer             page)
{
  return g_strdup (sm_catalogue_words_part (code_of (item)));
}

static char *
danger_text (const SmTableColumn *column,
             SmItem              *item,
             gpointer             page)
{
  return g_strdup (guide_of (page, item)->is_safety ? C_ ("fault code", "danger") : "–");
}

static char *
respond_text (const SmTableColumn *column,
              SmItem              *item,
              gpointer             page)
{
  return sm_time_age (guide_of (page, item)->respond_s * SM_SECOND);
}

static char *
consequence_text (const SmTableColumn *column,
                  SmItem              *item,
                  gpointer             page)
{
  return sm_text_clean (sm_fault_guide_get_consequence (guide_of (page, item)));
}

static char *
causes_text (const SmTableColumn *column,
             SmItem              *item,
             gpointer             page)
{
  return sm_catalogue_words_causes (guide_of (page, item));
}

static char *
steps_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             page)
{
  return sm_catalogue_words_steps (guide_of (page, item));
}

static char *
command_text (const SmTableColumn *column,
              SmItem              *item,
              gpointer             page)
{
  return g_strdup (sm_catalogue_words_command (guide_of (page, item)));
}

static char *
forbids_text (const SmTableColumn *column,
              SmItem              *item,
              gpointer             page)
{
  return sm_catalogue_words_forbids (guide_of (page, item));
}

static char *
edited_text (const SmTableColumn *column,
             SmItem              *item,
             gpointer             page)
{
  char *words = sm_catalogue_words_edited (SM_CATALOGUE_PAGE (page)->ops, guide_of (page, item));

  return words != NULL ? words : g_strdup ("–");
}

static const SmTableColumn columns[] = {
  { "level", N_ ("Level"), NULL, SM_ALARM_LEVEL, SM_COLUMN_LEVEL, 0, 5 },
  { "what", N_ ("Fault"), NULL, SM_ALARM_CODE, SM_COLUMN_PRIMARY, 0, 28, 0, what_text },
  { "danger", N_ ("Danger"), NULL, SM_ALARM_CODE, 0, 0, 8, 0, danger_text },
  { "part", N_ ("Part"), NULL, SM_ALARM_CODE, 0, 0, 14, 0, part_text },
  { "consequence", N_ ("What follows"), NULL, SM_ALARM_CODE, 0, 0, 26, 0, consequence_text },
  { "respond", N_ ("Begin within"), NULL, SM_ALARM_CODE, SM_COLUMN_UNSORTED, 0, 10, 0,
    respond_text },
  { "causes", N_ ("Mostly from"), NULL, SM_ALARM_CODE, 0, 0, 26, 0, causes_text },
  { "command", N_ ("May be tried"), NULL, SM_ALARM_CODE, 0, 0, 14, 0, command_text },
  { "forbids", N_ ("Must not be tried"), NULL, SM_ALARM_CODE, 0, 0, 18, 0, forbids_text },
  { "edited", N_ ("Changed by"), NULL, SM_ALARM_CODE, 0, 0, 24, 0, edited_text },
  { "steps", N_ ("What to do"), NULL, SM_ALARM_CODE, SM_COLUMN_HIDDEN, 0, 40, 0, steps_text },
  { "code", N_ ("Code"), NULL, SM_ALARM_CODE, SM_COLUMN_HIDDEN, 0, 28 },
};

static const char *const levels[] = { "1", "2", "3", "4", NULL };
static const char *const level_words[]
    = { N_ ("1 · Critical"), N_ ("2 · Major"), N_ ("3 · Minor"), N_ ("4 · Notice"), NULL };
static const char *const yes[] = { "yes", NULL };
static const char *const danger_words[] = { N_ ("Dangers alone"), NULL };
static const char *const edited_words[] = { N_ ("What was changed here"), NULL };

static const SmFilterChoice choices[] = {
  { "level", N_ ("Level"), levels, level_words },
  { "danger", N_ ("Danger"), yes, danger_words },
  { "edited", N_ ("Changed"), yes, edited_words },
};

static char *
dup_row_link (SmItem   *item,
              gpointer  page)
{
  return sm_link_text (SM_CATALOGUE_LINK, NULL, "code", code_of (item), NULL);
}

static const SmTableHooks hooks = { NULL, NULL, NULL, dup_row_link };

static char *
words_cb (const char *key,
          const char *value,
          gpointer    page)
{
  return g_str_equal (key, "code") ? sm_text_clean (sm_word_of_alarm (value)) : NULL;
}

/* --- which are shown --- */

static gboolean
has_text (SmCataloguePage *self,
          SmItem          *item,
          const char      *text)
{
  const SmFaultGuide *guide = guide_of (self, item);
  g_autofree char *causes = sm_catalogue_words_causes (guide);
  g_autofree char *steps = sm_catalogue_words_steps (guide);
  g_autofree char *all
      = g_strjoin ("\n", sm_word_of_alarm (code_of (item)), code_of (item),
                   sm_fault_guide_get_consequence (guide), causes, steps, NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  return strstr (folded, wanted) != NULL;
}

static gboolean
is_let_through (SmCataloguePage *self,
                SmItem          *item)
{
  const SmLink *link = sm_filter_bar_get_link (self->bar);
  const SmFaultGuide *guide = guide_of (self, item);
  const char *level = sm_link_get (link, "level");
  const char *code = sm_link_get (link, "code");
  const char *text = sm_link_get (link, "text");

  return (level == NULL || g_ascii_strtoll (level, NULL, 10) == guide->level)
         && (code == NULL || g_str_equal (code, code_of (item)))
         && (sm_link_get (link, "danger") == NULL || guide->is_safety)
         && (sm_link_get (link, "edited") == NULL || guide->rev > 0)
         && (text == NULL || has_text (self, item, text));
}

static gboolean
is_known (const SmLink *link)
{
  static const char *const keys[] = { "level", "danger", "edited", "code", "text", NULL };
  gboolean is_known = TRUE;

  for (guint i = 0; i < sm_link_get_n_pairs (link); i++)
    {
      const char *key, *value;

      sm_link_get_pair (link, i, &key, &value);
      is_known &= g_strv_contains (keys, key);
    }
  return is_known;
}

static void
show_state (SmCataloguePage *self)
{
  if (!is_known (sm_filter_bar_get_link (self->bar)))
    sm_table_set_state (self->table, SM_TABLE_ERROR, _("This link filters by something unknown here"),
                        _("It may come from a newer version. Take the filter away to see all rows."));
  else
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("Nothing matches these filters"),
                        _("Take a filter away to see more."));
  sm_table_set_time_zone (self->table, sm_status_get_time_zone (sm_ops_get_status (self->ops)));
}

static gboolean
are_shown (SmCataloguePage *self,
           const GPtrArray *items)
{
  gboolean are_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == items->len;

  for (guint i = 0; are_shown && i < items->len; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      are_shown = item == items->pdata[i];
    }
  return are_shown;
}

/* Where the same stay, what is chosen stays too. */
static void
query (SmCataloguePage *self)
{
  g_autoptr (GPtrArray) through = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    if (is_let_through (self, self->items->pdata[i]))
      g_ptr_array_add (through, self->items->pdata[i]);
  if (!are_shown (self, through))
    g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                         through->pdata, through->len);
  show_state (self);
}

static void
filters_changed_cb (SmCataloguePage *self)
{
  g_autofree char *link = sm_link_format (sm_filter_bar_get_link (self->bar));

  query (self);
  if (self->state != NULL)
    sm_view_state_set (self->state, FILTER, link);
}

/* --- the one that is chosen --- */

static void
show_facts (SmCataloguePage    *self,
            const SmFaultGuide *guide)
{
  g_autofree char *consequence = sm_text_clean (sm_fault_guide_get_consequence (guide));
  g_autofree char *causes = sm_catalogue_words_causes (guide);
  g_autofree char *steps = sm_catalogue_words_steps (guide);
  g_autofree char *respond = sm_time_age (guide->respond_s * SM_SECOND);
  g_autofree char *forbids = sm_catalogue_words_forbids (guide);
  g_autofree char *edited = sm_catalogue_words_edited (self->ops, guide);
  const SmFact facts[] = {
    { _("Fault"), sm_word_of_alarm (guide->code), 0 },
    { _("What follows"), consequence, 0 },
    { _("Begin within"), respond, 0 },
    { _("What to do"), steps, 0 },
    { _("Mostly from"), causes, 0 },
    { _("May be tried"), sm_catalogue_words_command (guide), 0 },
    { _("Must not be tried"), forbids, 0 },
    { _("Changed by"), edited, 0 },
  };

  sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
}

/* Why it cannot be edited now, in words; NULL: it can. */
static const char *
refusal (SmCataloguePage *self)
{
  const char *why = sm_guide_editor_refusal (self->ops);

  return why == NULL && sm_table_get_selected (self->table) == NULL ? _("No fault is selected")
                                                                     : why;
}

static void
show_chosen (SmCataloguePage *self)
{
  SmItem *item = sm_table_get_selected (self->table);

  gtk_widget_set_visible (self->bottom, item != NULL);
  if (item != NULL)
    show_facts (self, guide_of (self, item));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalogue.edit", refusal (self) == NULL);
  gtk_widget_set_tooltip_text (self->edit_button, refusal (self));
}

static SmRow *
make_row (SmCataloguePage *self,
          const char      *code,
          guint            index)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_int (row, SM_ROW_ID, index + 1);
  sm_row_set_text (row, SM_ALARM_CODE, code);
  sm_row_set_int (row, SM_ALARM_LEVEL, sm_ops_get_fault_code (self->ops, code)->level);
  return row;
}

/* What somebody changed, here or elsewhere. */
static void
follow (SmCataloguePage *self)
{
  guint turn = sm_ops_get_fault_codes_turn (self->ops);

  if (turn == self->turn)
    return;
  self->turn = turn;
  for (guint i = 0; i < self->items->len; i++)
    {
      g_autoptr (SmRow) row = make_row (self, code_of (self->items->pdata[i]), i);

      sm_item_set_row (self->items->pdata[i], row);
    }
  if (sm_link_get_n_pairs (sm_filter_bar_get_link (self->bar)) > 0)
    query (self);
}

static void
tick_cb (gpointer listener)
{
  follow (listener);
  show_chosen (listener);
}


/* --- acts --- */

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmCataloguePage *self = SM_CATALOGUE_PAGE (widget);
  SmItem *item = sm_table_get_selected (self->table);

  if (item != NULL)
    sm_guide_editor_open (widget, self->ops, code_of (item));
}

static void
activated_cb (SmCataloguePage *self,
              SmItem          *item)
{
  sm_guide_editor_open (GTK_WIDGET (self), self->ops, code_of (item));
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_filter_bar_grab_text (SM_CATALOGUE_PAGE (widget)->bar);
}

/* --- a page --- */

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  /* What was known before is shown where it did not come. */
  sm_ops_load_fault_codes_finish (SM_OPS (source), result, NULL);
}

static void
sm_catalogue_page_map (GtkWidget *widget)
{
  SmCataloguePage *self = SM_CATALOGUE_PAGE (widget);

  GTK_WIDGET_CLASS (sm_catalogue_page_parent_class)->map (widget);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, tick_cb, self);
  sm_ops_load_fault_codes_async (self->ops, NULL, loaded_cb, NULL);
  tick_cb (self);
}

static void
sm_catalogue_page_unmap (GtkWidget *widget)
{
  SmCataloguePage *self = SM_CATALOGUE_PAGE (widget);

  sm_ticker_leave (self->ticker, tick_cb, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_catalogue_page_parent_class)->unmap (widget);
}

static gboolean
sm_catalogue_page_show_link (SmPage       *page,
                             const SmLink *link)
{
  SmCataloguePage *self = SM_CATALOGUE_PAGE (page);

  if (sm_link_get_name (link) != NULL || !g_str_equal (sm_link_get_page (link), SM_CATALOGUE_LINK))
    return FALSE;
  sm_filter_bar_show_view (self->bar, self->table, link);
  filters_changed_cb (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 1)
    {
      g_autoptr (SmItem) only = g_list_model_get_item (G_LIST_MODEL (self->shown), 0);

      sm_table_select (self->table, sm_item_get_id (only));
    }
  show_chosen (self);
  return TRUE;
}

static char *
sm_catalogue_page_dup_link (SmPage *page)
{
  SmCataloguePage *self = SM_CATALOGUE_PAGE (page);

  return sm_filter_bar_dup_view (self->bar, self->table);
}

static const char *
sm_catalogue_page_describe_missing (SmPage *page)
{
  SmCataloguePage *self = SM_CATALOGUE_PAGE (page);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING)
    return "an answer of the service";
  return state == SM_STATUS_LOADING ? "the first load of the network" : NULL;
}

static void
sm_catalogue_page_dispose (GObject *object)
{
  SmCataloguePage *self = SM_CATALOGUE_PAGE (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->shown);
  g_clear_object (&self->ops);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (sm_catalogue_page_parent_class)->dispose (object);
}

static const SmKey keys[] = {
  { "<Control>e", "catalogue.edit", N_ ("Edit what to do about a fault") },
  { "<Control>f", "catalogue.find", N_ ("Find in the list") },
};

static void
sm_catalogue_page_class_init (SmCataloguePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_catalogue_page_dispose;
  widget_class->map = sm_catalogue_page_map;
  widget_class->unmap = sm_catalogue_page_unmap;
  page_class->show_link = sm_catalogue_page_show_link;
  page_class->dup_link = sm_catalogue_page_dup_link;
  page_class->describe_missing = sm_catalogue_page_describe_missing;
  gtk_widget_class_install_action (widget_class, "catalogue.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "catalogue.find", NULL, find_action);
  sm_keys_add_class (widget_class, keys, G_N_ELEMENTS (keys));
}

/** sm_catalogue_page_list_keys: @list: gets the keys of the page */
void
sm_catalogue_page_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}

static void
sm_catalogue_page_init (SmCataloguePage *self)
{
}

/* --- making it --- */

static GPtrArray *
make_items (SmCataloguePage *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n;
  const SmFaultCode *codes = sm_fault_code_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmRow) row = make_row (self, codes[i].code, i);

      g_ptr_array_add (items, sm_item_new (row));
    }
  return items;
}

static GtkWidget *
make_acts (SmCataloguePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->edit_button = gtk_button_new_with_mnemonic (_("_Edit what to do…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->edit_button), "catalogue.edit");
  gtk_widget_add_css_class (box, "window-acts");
  gtk_box_append (GTK_BOX (box), self->edit_button);
  return box;
}

static GtkWidget *
make_bottom (SmCataloguePage *self)
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
restore_filter (SmCataloguePage *self)
{
  const char *text = self->state != NULL ? sm_view_state_get (self->state, FILTER) : NULL;
  g_autoptr (SmLink) link = text != NULL ? sm_link_parse (text) : NULL;

  if (self->state != NULL)
    {
      sm_filter_bar_set_view_state (self->bar, self->state);
      sm_table_set_view_state (self->table, self->state);
    }
  if (link != NULL && g_str_equal (sm_link_get_page (link), SM_CATALOGUE_LINK))
    sm_filter_bar_set_link (self->bar, link);
  query (self);
}

/** sm_catalogue_page_new: @state: (nullable): where filters, columns and sort are remembered */
GtkWidget *
sm_catalogue_page_new (SmOps       *ops,
                       SmViewState *state,
                       const char  *title)
{
  SmCataloguePage *self = g_object_new (SM_TYPE_CATALOGUE_PAGE, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->ops = g_object_ref (ops);
  self->state = state != NULL ? g_object_ref (state) : NULL;
  self->items = make_items (self);
  self->shown = g_list_store_new (SM_TYPE_ITEM);
  self->bar = SM_FILTER_BAR (sm_filter_bar_new (SM_CATALOGUE_LINK,
                                                _("Fault, code, cause or step"), choices,
                                                G_N_ELEMENTS (choices), words_cb, self));
  self->table = SM_TABLE (sm_table_new (SM_CATALOGUE_LINK, _("Fault catalogue"), columns,
                                        G_N_ELEMENTS (columns), &hooks, self));
  sm_table_set_filters (self->table, GTK_WIDGET (self->bar));
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  gtk_box_append (GTK_BOX (box), make_acts (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->table));
  gtk_box_append (GTK_BOX (box), make_bottom (self));
  adw_bin_set_child (ADW_BIN (self), box);
  restore_filter (self);
  sm_table_set_model (self->table, G_LIST_MODEL (self->shown));
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (filters_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "selection-changed", G_CALLBACK (show_chosen), self,
                           G_CONNECT_SWAPPED);
  show_chosen (self);
  return GTK_WIDGET (self);
}

/** sm_catalogue_page_get_table: Returns: (transfer none) */
SmTable *
sm_catalogue_page_get_table (SmCataloguePage *self)
{
  g_return_val_if_fail (SM_IS_CATALOGUE_PAGE (self), NULL);

  return self->table;
}
