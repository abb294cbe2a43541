/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-list.h"

#include "sm-stations.h"

#define PAGE 5000

typedef struct
{
  const SmNoun *noun;
  GPtrArray *rows;
} Listing;

static gpointer
list_page (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Listing *listing = data;
  guint n = listing->rows->len;
  gint64 after_id = n > 0 ? sm_row_get_id (listing->rows->pdata[n - 1]) : 0;
  g_autoptr (GPtrArray) page = sm_registry_list (reader, listing->noun, after_id, PAGE, error);

  for (guint i = 0; page != NULL && i < page->len; i++)
    g_ptr_array_add (listing->rows, sm_row_ref (page->pdata[i]));
  return NULL;
}

/** sm_sim_list_all: Returns: (transfer full) (nullable): everything of one noun in the register */
GPtrArray *
sm_sim_list_all (SmRules       *rules,
                 SmNounId       noun,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  Listing listing = { sm_noun_get (noun), rows };
  guint before;

  do
    {
      g_autoptr (GError) own_error = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      before = rows->len;
      sm_rules_read_sync (rules, list_page, &listing, &own_error);
      if (own_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return NULL;
        }
    }
  while (rows->len == before + PAGE);
  return g_steal_pointer (&rows);
}
