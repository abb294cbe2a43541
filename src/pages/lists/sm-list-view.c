/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-view.h"

#include "sm-i18n.h"
#include "sm-list-words.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>


struct _SmListView
{
  GtkWidget parent_instance;

  const SmListSpec *spec;
  SmOps *ops;
  SmViewState *state;
  GListModel *model;
  SmFilterBar *bar;
  SmTable *table;
  gboolean is_refused; /* nothing is filtered by what the link says */
};

G_DEFINE_FINAL_TYPE (SmListView, sm_list_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_OPEN,
  SIGNAL_CHANGED,
} Signal;
static guint signals[SIGNAL_CHANGED + 1];

/* Whether the rows are a history that is not simply there. */
static gboolean
show_history (SmListView *self)
{
  SmHistory *history = self->model != NULL && SM_IS_HISTORY (self->model)
                           ? SM_HISTORY (self->model) : NULL;
  const char *problem = history != NULL ? sm_history_get_problem (history) : NULL;

  if (history == NULL || sm_history_get_state (history) == SM_HISTORY_READY)
    return FALSE;
  if (sm_history_get_state (history) == SM_HISTORY_LOADING)
    sm_table_set_state (self->table, SM_TABLE_LOADING, _("Loading"), NULL);
  else if (sm_history_get_state (history) == SM_HISTORY_CACHED)
    sm_table_set_state (self->table, SM_TABLE_CONTENT,
                        _("Nothing of this was kept on this computer"),
                        _("The service cannot be reached. Older rows come as soon as it answers."));
  else
    sm_table_set_state (self->table, SM_TABLE_CONTENT,
                        problem != NULL ? sm_slug_what (problem) : _("The rows could not be read"),
                        problem != NULL ? sm_slug_next_step (problem) : NULL);
  return TRUE;
}

/* Rows that are known of and not in the table yet come within a second. */
static gboolean
is_behind (SmListView *self)
{
  return self->model != NULL && g_list_model_get_n_items (self->model) == 0
         && sm_directory_count (sm_ops_get_directory (self->ops), self->spec->noun) > 0;
}

static void
show_state (SmListView *self)
{
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));
  gboolean is_filtered = sm_link_get_n_pairs (sm_filter_bar_get_link (self->bar)) > 0;

  if (self->is_refused)
    sm_table_set_state (self->table, SM_TABLE_ERROR, _("This link filters by something unknown here"),
                        _("It may come from a newer version. Take the filter away to see all rows."));
  else if (show_history (self))
    ;
  else if (state == SM_STATUS_STARTING || state == SM_STATUS_LOADING)
    sm_table_set_state (self->table, SM_TABLE_LOADING, _("Loading"), NULL);
  else if (is_filtered)
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("Nothing matches these filters"),
                        _("Take a filter away to see more."));
  else if (is_behind (self))
    sm_table_set_state (self->table, SM_TABLE_LOADING, _("Loading"), NULL);
  else if (state == SM_STATUS_LIVE || state == SM_STATUS_STALE)
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _(self->spec->nothing), NULL);
  else
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("The service cannot be reached"),
                        _("What was loaded before is shown here. It goes on by itself as soon as "
                          "the service answers."));
  sm_table_set_time_zone (self->table, sm_status_get_time_zone (sm_ops_get_status (self->ops)));
}

/* Other rows for other filters: those of a history are asked of the service. */
static void
query (SmListView *self)
{
  g_autoptr (GListModel) model
      = self->spec->query (self->ops, sm_filter_bar_get_link (self->bar));

  self->is_refused = model == NULL;
  if (model != NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (model), "state") != NULL)
    g_signal_connect_object (model, "notify::state", G_CALLBACK (show_state), self,
                             G_CONNECT_SWAPPED);
  g_set_object (&self->model, model);
  sm_table_set_model (self->table, model);
}

static void
apply_filter (SmListView *self)
{
  if (self->spec->query != NULL)
    query (self);
  else
    self->is_refused
        = !self->spec->filter (self, self->model, sm_filter_bar_get_link (self->bar));
  show_state (self);
}

static void
remember_filter (SmListView *self)
{
  g_autofree char *name = g_strconcat (self->spec->name, ".filter", NULL);
  g_autofree char *link = sm_link_format (sm_filter_bar_get_link (self->bar));

  if (self->state != NULL)
    sm_view_state_set (self->state, name, link);
}

static void
filters_changed_cb (SmListView *self)
{
  apply_filter (self);
  remember_filter (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
sort_changed_cb (SmListView *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activated_cb (SmListView *self,
              SmItem     *item)
{
  g_autofree char *link
      = self->spec->hooks.link != NULL ? self->spec->hooks.link (item, self) : NULL;

  if (link != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, link);
}

static char *
words_cb (const char *key,
          const char *value,
          gpointer    data)
{
  SmListView *self = data;

  return sm_list_pair_words (sm_ops_get_directory (self->ops), sm_noun_get (self->spec->noun), key,
                             value);
}

static void
sm_list_view_dispose (GObject *object)
{
  SmListView *self = SM_LIST_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->model);
  g_clear_object (&self->ops);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (sm_list_view_parent_class)->dispose (object);
}

static void
sm_list_view_class_init (SmListViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_list_view_dispose;

  signals[SIGNAL_OPEN] = g_signal_new ("open", SM_TYPE_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SM_TYPE_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_list_view_init (SmListView *self)
{
}

static void
restore_filter (SmListView *self)
{
  g_autofree char *name = g_strconcat (self->spec->name, ".filter", NULL);
  const char *text = self->state != NULL ? sm_view_state_get (self->state, name) : NULL;
  g_autoptr (SmLink) link = text != NULL ? sm_link_parse (text) : NULL;

  if (link != NULL && g_str_equal (sm_link_get_page (link), self->spec->name))
    sm_filter_bar_set_link (self->bar, link);
  apply_filter (self);
}

static void
make_widgets (SmListView *self)
{
  const SmListSpec *spec = self->spec;

  self->bar = SM_FILTER_BAR (
      sm_filter_bar_new (spec->name, spec->placeholder != NULL ? _(spec->placeholder) : NULL,
                         spec->choices, spec->n_choices, words_cb, self));
  self->table = SM_TABLE (sm_table_new (spec->name, _(spec->title), spec->columns, spec->n_columns,
                                        &spec->hooks, self));
  if (spec->selects_many)
    sm_table_set_selects_many (self->table);
  sm_table_set_filters (self->table, GTK_WIDGET (self->bar));
  gtk_widget_set_parent (GTK_WIDGET (self->table), GTK_WIDGET (self));
  if (self->state != NULL)
    {
      sm_filter_bar_set_view_state (self->bar, self->state);
      sm_table_set_view_state (self->table, self->state);
    }
}

/**
 * sm_list_view_new:
 * @state: (nullable): where filters, columns and sort are remembered
 * @spec: static
 */
GtkWidget *
sm_list_view_new (SmOps            *ops,
                  SmViewState      *state,
                  const SmListSpec *spec)
{
  SmListView *self = g_object_new (SM_TYPE_LIST_VIEW, NULL);

  self->spec = spec;
  self->ops = g_object_ref (ops);
  self->state = state != NULL ? g_object_ref (state) : NULL;
  self->model = spec->make_model != NULL ? spec->make_model (ops) : NULL;
  make_widgets (self);
  restore_filter (self);
  if (self->model != NULL)
    sm_table_set_model (self->table, self->model);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (filters_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "sort-changed", G_CALLBACK (sort_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_directory (ops), "changed", G_CALLBACK (sm_table_show_anew),
                           self->table, G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_status (ops), "notify", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

const char *
sm_list_view_get_name (SmListView *self)
{
  return self->spec->name;
}

/** sm_list_view_get_title: Returns: in the language of the interface */
const char *
sm_list_view_get_title (SmListView *self)
{
  return _(self->spec->title);
}

SmNounId
sm_list_view_get_noun (SmListView *self)
{
  return self->spec->noun;
}

SmOps *
sm_list_view_get_ops (SmListView *self)
{
  return self->ops;
}

SmTable *
sm_list_view_get_table (SmListView *self)
{
  return self->table;
}

GListModel *
sm_list_view_get_model (SmListView *self)
{
  return self->model;
}

/** sm_list_view_show_link: Shows the rows that a link of this view describes, in its order. */
void
sm_list_view_show_link (SmListView   *self,
                        const SmLink *link)
{
  g_return_if_fail (SM_IS_LIST_VIEW (self));

  sm_filter_bar_show_view (self->bar, self->table, link);
  apply_filter (self);
  remember_filter (self);
}

/** sm_list_view_dup_link: Returns: (transfer full): the link to what is shown */
char *
sm_list_view_dup_link (SmListView *self)
{
  return sm_filter_bar_dup_view (self->bar, self->table);
}

/** sm_list_view_refresh: Lets rows that changed meanwhile come, go and move. */
void
sm_list_view_refresh (SmListView *self)
{
  if (GTK_IS_FILTER_LIST_MODEL (self->model))
    gtk_filter_changed (gtk_filter_list_model_get_filter (GTK_FILTER_LIST_MODEL (self->model)),
                        GTK_FILTER_CHANGE_DIFFERENT);
  if (SM_IS_PACK_TABLE (self->model))
    sm_pack_table_poll (SM_PACK_TABLE (self->model));
  /* What was asked before anybody was signed in, say, is asked again. */
  if (self->model != NULL && SM_IS_HISTORY (self->model)
      && (sm_history_get_state (SM_HISTORY (self->model)) == SM_HISTORY_FAILED
          || sm_history_get_state (SM_HISTORY (self->model)) == SM_HISTORY_CACHED)
      && sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE)
    sm_history_refresh (SM_HISTORY (self->model));
  sm_table_resort (self->table);
}

/** sm_list_view_describe_missing: Returns: (nullable): what is still to come, for the log */
const char *
sm_list_view_describe_missing (SmListView *self)
{
  gboolean is_live = sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE;
  SmHistoryState state;

  if (self->model == NULL)
    return NULL;
  if (SM_IS_PACK_TABLE (self->model) && !sm_pack_table_is_whole (SM_PACK_TABLE (self->model)))
    return "the packs";
  if (!SM_IS_HISTORY (self->model))
    {
      gboolean is_filtered = sm_link_get_n_pairs (sm_filter_bar_get_link (self->bar)) > 0;
      gboolean is_whole = sm_figures_get_values (sm_ops_get_figures (self->ops))->is_whole;

      return (is_behind (self) && !is_filtered)
                     || (is_live && g_list_model_get_n_items (self->model) == 0 && !is_whole)
                 ? "the rows" : NULL;
    }
  state = sm_history_get_state (SM_HISTORY (self->model));
  return state == SM_HISTORY_LOADING || (is_live && state == SM_HISTORY_CACHED)
             ? "the first page of the history" : NULL;
}

/** sm_list_view_find: Puts the focus where a text can be typed to look for. */
void
sm_list_view_find (SmListView *self)
{
  sm_filter_bar_grab_text (self->bar);
}
