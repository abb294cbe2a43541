/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-directory-private.h"
#include "sm-history-private.h"
#include "sm-pack-table.h"
#include "sm-pile-table.h"
#include "sm-row-filter.h"
#include "sm-vehicle-table.h"

/* What a list shows, as a link says or a saved filter did. */

#define NOW_US G_GINT64_CONSTANT (1795271528000000)

static void
ask_history (const SmLink *link)
{
  g_autoptr (SmHistoryFilter) filter
      = sm_history_filter_from_link (link, NOW_US, "Europe/Berlin", NULL);

  for (guint i = 0; filter != NULL && i < SM_N_NOUNS; i++)
    if (sm_noun_get (i)->is_history || i == SM_NOUN_ALARM)
      {
        g_autofree char *query = sm_history_filter_to_query (filter, sm_noun_get (i), 100);
        g_autoptr (GArray) terms = sm_history_filter_to_terms (filter, sm_noun_get (i));

        /* No terms: that noun has no such field. */
        g_assert_nonnull (query);
      }
}

static void
ask_rows (const SmLink *link)
{
  static const SmNounId nouns[] = { SM_NOUN_STATION, SM_NOUN_ALARM };
  g_autoptr (SmDirectory) directory = sm_directory_new ();

  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      g_autoptr (SmRowFilter) filter = sm_row_filter_new (nouns[i], directory, link, NULL);
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (nouns[i]));

      if (filter != NULL)
        sm_row_filter_match (row, filter);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *query = fuzz_dup_text (data, size);
  g_autofree char *text = g_strconcat (SM_LINK_SCHEME "list?", query, NULL);
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autoptr (SmVehicleFilter) vehicles = NULL;
  g_autoptr (SmPileFilter) piles = NULL;
  g_autoptr (SmPackFilter) packs = NULL;
  g_autoptr (GError) error = NULL;

  if (link == NULL)
    return 0;
  vehicles = sm_vehicle_filter_from_link (link, &error);
  g_assert_true ((vehicles == NULL) == (error != NULL));
  piles = sm_pile_filter_from_link (link, NULL);
  packs = sm_pack_filter_from_link (link, NULL);
  ask_history (link);
  ask_rows (link);
  return 0;
}
