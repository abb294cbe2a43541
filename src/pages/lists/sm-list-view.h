/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-filter-bar.h"
#include "sm-ops.h"
#include "sm-table.h"

G_BEGIN_DECLS

typedef struct _SmListSpec SmListSpec;

/**
 * SmListView:
 *
 * One kind of thing as a table with filters, as its SmListSpec says.  What it
 * shows is a link, and any such link can be shown: stationmaster:vehicles?
 * reach=unreachable&sort=soc.
 *
 * Signals: "open" (char *link): a row was opened; "changed" (): filters or
 * sort are others now.
 */
#define SM_TYPE_LIST_VIEW (sm_list_view_get_type ())
G_DECLARE_FINAL_TYPE (SmListView, sm_list_view, SM, LIST_VIEW, GtkWidget)

/** SmListSpec: what there is to see of one kind of thing. */
struct _SmListSpec
{
  const char *name;  /* in links: "vehicles" */
  const char *title; /* marked with N_() */
  SmNounId noun;
  const char *placeholder; /* of the search by text, marked; NULL: none */
  const char *nothing;     /* said when there are no rows at all, marked */
  const SmTableColumn *columns;
  guint n_columns;
  const SmFilterChoice *choices;
  guint n_choices;
  gboolean selects_many; /* and says so at once when other rows are selected */
  SmTableHooks hooks; /* their data is the SmListView */
  /* Returns: (transfer full): the rows */
  GListModel *(*make_model) (SmOps *ops);
  /* Instead of both: other rows for other filters.  Returns: (transfer full)
   * (nullable): NULL for what nothing is filtered by */
  GListModel *(*query) (SmOps        *ops,
                        const SmLink *link);
  /* Lets through what @link says; FALSE for what nothing is filtered by. */
  gboolean (*filter) (SmListView   *view,
                      GListModel   *model,
                      const SmLink *link);
};

GtkWidget  *sm_list_view_new       (SmOps            *ops,
                                    SmViewState      *state,
                                    const SmListSpec *spec);
const char *sm_list_view_get_name  (SmListView       *self);
const char *sm_list_view_get_title (SmListView       *self);
SmNounId    sm_list_view_get_noun  (SmListView       *self);
SmOps      *sm_list_view_get_ops   (SmListView       *self);
SmTable    *sm_list_view_get_table (SmListView       *self);
GListModel *sm_list_view_get_model (SmListView       *self);
void        sm_list_view_show_link (SmListView       *self,
                                    const SmLink     *link);
char       *sm_list_view_dup_link  (SmListView       *self);
void        sm_list_view_refresh   (SmListView       *self);
void        sm_list_view_find      (SmListView       *self);
const char *sm_list_view_describe_missing (SmListView *self);

G_END_DECLS
