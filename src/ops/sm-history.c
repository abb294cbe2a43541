/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-history-private.h"

#include "sm-error.h"
#include "sm-sync-ask.h"
#include "sm-time.h"

#define PAGE_ROWS 100
/* So many pages have their rows in memory. */
#define MAX_PAGES 8

/* A stretch of the list.  Its items stay the same; its rows go and come back. */
typedef struct
{
  guint first;      /* position of its first item */
  char *query;      /* what it was asked by */
  GPtrArray *items; /* of SmItem */
  gboolean has_rows;
  guint64 used;     /* when it was last looked at, by a counter */
} Page;

struct _SmHistory
{
  GObject parent_instance;

  SmSync *sync;
  const SmNoun *noun;
  SmHistoryFilter *filter;
  GPtrArray *pages; /* of Page */
  guint n;
  char *next;       /* what to ask for the next page; NULL: there is none, or not yet known */
  SmHistoryState state;
  char *problem;
  gboolean is_complete;
  gboolean is_telling; /* of rows that came */
  gint64 cached_from;
  gint64 cached_to;
  GCancellable *cancellable; /* of what is under way */
  int loading;      /* number of the page that is under way, -1: none */
  guint64 uses;
};

enum
{
  PROP_STATE = 1,
  PROP_PROBLEM,
  PROP_IS_COMPLETE,
  PROP_CACHED_FROM,
  PROP_CACHED_TO,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

static void history_model_init (GListModelInterface *iface);
static void history_load (SmHistory *self, guint number);

G_DEFINE_FINAL_TYPE_WITH_CODE (SmHistory, sm_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, history_model_init))

static void
page_free (gpointer data)
{
  Page *page = data;

  g_free (page->query);
  g_ptr_array_unref (page->items);
  g_free (page);
}

static void
sm_history_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  SmHistory *self = SM_HISTORY (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_IS_COMPLETE:
      g_value_set_boolean (value, self->is_complete);
      break;
    case PROP_CACHED_FROM:
      g_value_set_int64 (value, self->cached_from);
      break;
    case PROP_CACHED_TO:
      g_value_set_int64 (value, self->cached_to);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_history_dispose (GObject *object)
{
  SmHistory *self = SM_HISTORY (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (sm_history_parent_class)->dispose (object);
}

static void
sm_history_finalize (GObject *object)
{
  SmHistory *self = SM_HISTORY (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->filter, sm_history_filter_free);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->sync, sm_sync_unref);

  G_OBJECT_CLASS (sm_history_parent_class)->finalize (object);
}

static void
sm_history_class_init (SmHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sm_history_get_property;
  object_class->dispose = sm_history_dispose;
  object_class->finalize = sm_history_finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, SM_HISTORY_LOADING,
                                             SM_HISTORY_FAILED, SM_HISTORY_LOADING, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_IS_COMPLETE] = g_param_spec_boolean ("is-complete", NULL, NULL, FALSE, flags);
  properties[PROP_CACHED_FROM] = g_param_spec_int64 ("cached-from", NULL, NULL, G_MININT64,
                                                     G_MAXINT64, SM_UNKNOWN, flags);
  properties[PROP_CACHED_TO] = g_param_spec_int64 ("cached-to", NULL, NULL, G_MININT64, G_MAXINT64,
                                                   SM_UNKNOWN, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sm_history_init (SmHistory *self)
{
  self->pages = g_ptr_array_new_with_free_func (page_free);
  self->cached_from = self->cached_to = SM_UNKNOWN;
  self->cancellable = g_cancellable_new ();
  self->loading = -1;
}

/* Says how it stands now; takes a copy of @problem. */
static void
history_set_state (SmHistory      *self,
                   SmHistoryState  state,
                   const char     *problem)
{
  g_autofree char *before = g_steal_pointer (&self->problem);

  self->problem = g_strdup (problem);
  self->state = state;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_STATE; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static Page *
history_find_page (SmHistory *self,
                   guint      position,
                   guint     *out_number)
{
  for (guint i = self->pages->len; i-- > 0;)
    {
      Page *page = g_ptr_array_index (self->pages, i);

      if (position >= page->first)
        {
          *out_number = i;
          return page;
        }
    }
  return NULL;
}

/* Takes the rows of the page that was not looked at for the longest time. */
static void
history_evict (SmHistory *self)
{
  Page *oldest = NULL;
  guint n = 0;

  for (guint i = 0; i < self->pages->len; i++)
    {
      Page *page = g_ptr_array_index (self->pages, i);

      if (!page->has_rows)
        continue;
      n++;
      if (oldest == NULL || page->used < oldest->used)
        oldest = page;
    }
  if (n <= MAX_PAGES)
    return;
  oldest->has_rows = FALSE;
  for (guint i = 0; i < oldest->items->len; i++)
    {
      SmItem *item = g_ptr_array_index (oldest->items, i);
      g_autoptr (SmRow) bare = sm_row_new (self->noun);

      sm_row_set_int (bare, SM_ROW_ID, sm_item_get_id (item));
      sm_item_set_row (item, bare);
    }
}

/* A page that was read again: what it has not any more keeps its bare row. */
static void
page_fill (Page      *page,
           GPtrArray *rows)
{
  page->has_rows = TRUE;
  for (guint i = 0; i < page->items->len; i++)
    for (guint j = 0; j < rows->len; j++)
      if (sm_row_get_id (g_ptr_array_index (rows, j))
          == sm_item_get_id (g_ptr_array_index (page->items, i)))
        sm_item_set_row (g_ptr_array_index (page->items, i), g_ptr_array_index (rows, j));
}

static gboolean
history_has (SmHistory *self,
             gint64     id)
{
  Page *last = self->pages->len > 0 ? g_ptr_array_index (self->pages, self->pages->len - 1) : NULL;

  for (guint i = 0; last != NULL && i < last->items->len; i++)
    if (sm_item_get_id (g_ptr_array_index (last->items, i)) == id)
      return TRUE;
  return FALSE;
}

static void
history_append (SmHistory  *self,
                GPtrArray  *rows,
                const char *query)
{
  Page *page = g_new0 (Page, 1);

  page->first = self->n;
  page->query = g_strdup (query);
  page->items = g_ptr_array_new_with_free_func (g_object_unref);
  page->has_rows = TRUE;
  page->used = ++self->uses;
  for (guint i = 0; i < rows->len; i++)
    if (!history_has (self, sm_row_get_id (g_ptr_array_index (rows, i))))
      g_ptr_array_add (page->items, sm_item_new (g_ptr_array_index (rows, i)));
  g_ptr_array_add (self->pages, page);
  self->n += page->items->len;
  history_evict (self);
  self->is_telling = TRUE;
  if (page->items->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), page->first, 0, page->items->len);
  self->is_telling = FALSE;
}

/* What a page of the cache was asked by: "behind this row". */
typedef struct
{
  const SmNoun *noun;
  SmHistoryFilter *filter;
  gint64 before_at;
  gint64 before_id;
} CacheQuery;

static void
cache_query_free (gpointer data)
{
  CacheQuery *query = data;

  sm_history_filter_free (query->filter);
  g_free (query);
}

static gpointer
read_cache (SmConnection  *connection,
            gpointer       data,
            GError       **error)
{
  const CacheQuery *query = data;
  g_autoptr (GArray) terms = sm_history_filter_to_terms (query->filter, query->noun);
  SmCacheHistory history = { .noun = query->noun,
                             .from = query->filter->from,
                             .to = query->filter->to,
                             .before_at = query->before_at,
                             .before_id = query->before_id,
                             .limit = PAGE_ROWS };

  if (terms == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  history.terms = (const SmCacheTerm *) (gpointer) terms->data;
  history.n_terms = terms->len;
  return sm_cache_read_history (connection, &history, error);
}

static gint64
time_of (SmHistory *self,
         SmRow     *row)
{
  guint field = sm_cache_history_time (self->noun);

  return sm_row_is_null (row, field) ? SM_UNKNOWN : sm_row_get_int (row, field);
}

static void
history_take_cached (SmHistory *self,
                     GPtrArray *rows)
{
  if (rows->len > 0)
    {
      self->cached_from = time_of (self, g_ptr_array_index (rows, rows->len - 1));
      if (self->cached_to == SM_UNKNOWN)
        self->cached_to = time_of (self, g_ptr_array_index (rows, 0));
    }
  self->is_complete = rows->len < PAGE_ROWS;
  /* Who hears of the rows may ask for more at once: from the same place. */
  self->state = SM_HISTORY_CACHED;
  history_append (self, rows, "");
  history_set_state (self, SM_HISTORY_CACHED, NULL);
}

static void
cached_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = sm_sync_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->loading = -1;
  if (rows != NULL)
    history_take_cached (self, rows);
  else
    history_set_state (self, SM_HISTORY_FAILED, sm_error_get_slug (error));
}

static void
history_load_cached (SmHistory *self)
{
  CacheQuery *query = g_new0 (CacheQuery, 1);

  query->noun = self->noun;
  query->filter = sm_history_filter_copy (self->filter);
  query->before_at = query->before_id = SM_UNKNOWN;
  if (self->n > 0)
    {
      Page *last = g_ptr_array_index (self->pages, self->pages->len - 1);
      SmItem *item = last->items->len > 0
                         ? g_ptr_array_index (last->items, last->items->len - 1) : NULL;

      query->before_at = item != NULL ? time_of (self, sm_item_get_row (item)) : SM_UNKNOWN;
      query->before_id = item != NULL ? sm_item_get_id (item) : SM_UNKNOWN;
    }
  sm_sync_read_async (self->sync, read_cache, query, cache_query_free,
                      (GDestroyNotify) g_ptr_array_unref, self->cancellable, cached_cb,
                      g_object_ref (self));
}

static void
history_take_page (SmHistory  *self,
                   SmSyncPage *answer)
{
  guint number = (guint) self->loading;
  g_autofree char *query = NULL;

  self->loading = -1;
  if (number < self->pages->len)
    {
      page_fill (g_ptr_array_index (self->pages, number), answer->rows);
      history_evict (self);
      return;
    }
  query = number == 0 ? sm_history_filter_to_query (self->filter, self->noun, PAGE_ROWS)
                      : g_strdup (self->next);
  g_free (self->next);
  self->next = g_strdup (answer->next);
  self->is_complete = answer->next == NULL;
  history_append (self, answer->rows, query);
  history_set_state (self, SM_HISTORY_READY, NULL);
}

static void
page_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SmHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmSyncPage) page = sm_sync_ask_page_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && g_cancellable_is_cancelled (self->cancellable))
    return;
  if (page != NULL)
    {
      history_take_page (self, page);
      return;
    }
  /* Nothing from the service yet: what this computer has is better than nothing. */
  if (self->n == 0
      && (g_error_matches (error, SM_ERROR, SM_ERROR_OFFLINE)
          || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    {
      if (sm_sync_is_running (self->sync))
        history_load_cached (self);
      return;
    }
  self->loading = -1;
  history_set_state (self, SM_HISTORY_FAILED, sm_error_get_slug (error));
}

/* Asks for a page: the next one, or one whose rows had to go. */
static void
history_load (SmHistory *self,
              guint      number)
{
  g_autofree char *query = NULL;

  if (self->loading >= 0 || !sm_sync_is_running (self->sync))
    return;
  self->loading = (int) number;
  if (self->state == SM_HISTORY_CACHED)
    {
      history_load_cached (self);
      return;
    }
  if (number < self->pages->len)
    query = g_strdup (((Page *) g_ptr_array_index (self->pages, number))->query);
  else if (number == 0)
    query = sm_history_filter_to_query (self->filter, self->noun, PAGE_ROWS);
  else
    query = g_strdup (self->next);
  sm_sync_ask_page_async (self->sync, self->noun, query, self->cancellable, page_cb,
                          g_object_ref (self));
}

/**
 * sm_history_new:
 * @filter: (nullable): all
 *
 * Returns: (transfer full): a list whose first page is on its way
 */
SmHistory *
sm_history_new (SmSync                *sync,
                const SmNoun          *noun,
                const SmHistoryFilter *filter)
{
  SmHistory *self = g_object_new (SM_TYPE_HISTORY, NULL);

  self->sync = sm_sync_ref (sync);
  self->noun = noun;
  self->filter = filter != NULL ? sm_history_filter_copy (filter) : sm_history_filter_new ();
  history_load (self, 0);
  return self;
}

static GType
history_get_item_type (GListModel *model)
{
  return SM_TYPE_ITEM;
}

static guint
history_get_n_items (GListModel *model)
{
  return SM_HISTORY (model)->n;
}

static gpointer
history_get_item (GListModel *model,
                  guint       position)
{
  SmHistory *self = SM_HISTORY (model);
  guint number;
  Page *page = position < self->n ? history_find_page (self, position, &number) : NULL;

  if (page == NULL)
    return NULL;
  page->used = ++self->uses;
  if (!page->has_rows && self->state != SM_HISTORY_CACHED)
    history_load (self, number);
  /* A list that hears of new rows looks at the last of them, wherever it is. */
  else if (position + PAGE_ROWS / 4 >= self->n && !self->is_telling)
    sm_history_load_more (self);
  return g_object_ref (g_ptr_array_index (page->items, position - page->first));
}

static void
history_model_init (GListModelInterface *iface)
{
  iface->get_item_type = history_get_item_type;
  iface->get_n_items = history_get_n_items;
  iface->get_item = history_get_item;
}

SmHistoryState
sm_history_get_state (SmHistory *self)
{
  g_return_val_if_fail (SM_IS_HISTORY (self), SM_HISTORY_FAILED);

  return self->state;
}

/** sm_history_get_problem: Returns: (transfer none) (nullable): a slug, see sm_error_get_slug() */
const char *
sm_history_get_problem (SmHistory *self)
{
  g_return_val_if_fail (SM_IS_HISTORY (self), NULL);

  return self->problem;
}

gboolean
sm_history_is_complete (SmHistory *self)
{
  g_return_val_if_fail (SM_IS_HISTORY (self), FALSE);

  return self->is_complete;
}

gint64
sm_history_get_cached_from (SmHistory *self)
{
  g_return_val_if_fail (SM_IS_HISTORY (self), SM_UNKNOWN);

  return self->cached_from;
}

gint64
sm_history_get_cached_to (SmHistory *self)
{
  g_return_val_if_fail (SM_IS_HISTORY (self), SM_UNKNOWN);

  return self->cached_to;
}

/** sm_history_load_more: Asks for the next page, if there is one and none is under way. */
void
sm_history_load_more (SmHistory *self)
{
  g_return_if_fail (SM_IS_HISTORY (self));

  /* What failed is tried again by a person, not by every glance at the list. */
  if (!self->is_complete && self->state != SM_HISTORY_FAILED)
    history_load (self, self->pages->len);
}

/** sm_history_refresh: Reads everything anew from the first page on, as after a failure. */
void
sm_history_refresh (SmHistory *self)
{
  guint n;

  g_return_if_fail (SM_IS_HISTORY (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->loading = -1;
  n = self->n;
  self->n = 0;
  g_ptr_array_set_size (self->pages, 0);
  g_clear_pointer (&self->next, g_free);
  self->is_complete = FALSE;
  self->cached_from = self->cached_to = SM_UNKNOWN;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  history_set_state (self, SM_HISTORY_LOADING, NULL);
  history_load (self, 0);
}
