/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-directory-private.h"

#include "sm-pinyin.h"

#include <string.h>

/*
 * Finding things by what people call them.  Everything is looked at: with some
 * 150,000 names that is a few ms, and no index has to be kept.
 */

typedef struct
{
  SmDirectory *directory;
  const char *language;
  const char *wanted; /* folded */
  guint limit;
  GPtrArray *found[SM_MATCH_NONE]; /* of SmHit, by how well they fit */
} Search;

void
sm_hit_free (SmHit *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->label);
  g_free (self->detail);
  g_free (self);
}

/* Takes @label and @detail. */
static void
search_add (Search   *search,
            SmMatch   match,
            SmNounId  noun,
            gint64    id,
            char     *label,
            char     *detail)
{
  SmHit *hit = g_new0 (SmHit, 1);

  *hit = (SmHit){ sm_noun_get (noun), id, label, detail != NULL ? detail : g_strdup (""),
                  match == SM_MATCH_EXACT };
  g_ptr_array_add (search->found[match], hit);
}

/* Whether more that fit so well are wanted. */
static gboolean
search_wants (const Search *search,
              SmMatch       match)
{
  return match < SM_MATCH_NONE && search->found[match]->len < search->limit;
}

/* A plate is said without its province too; that is the whole of it then. */
static SmMatch
match_plate (const char *plate,
             const char *wanted)
{
  SmMatch match = sm_search_match (plate, wanted);

  if (match == SM_MATCH_TAIL && (guchar) plate[0] >= 0x80
      && sm_search_match (g_utf8_next_char (plate), wanted) == SM_MATCH_EXACT)
    return SM_MATCH_EXACT;
  return match;
}

static void
search_vehicles (Search *search)
{
  guint n;
  const SmVehicleRecord *vehicles = sm_directory_get_vehicles (search->directory, &n);

  for (guint i = 0; i < n; i++)
    {
      SmMatch match = match_plate (vehicles[i].plate, search->wanted);

      match = MIN (match, sm_search_match (vehicles[i].vin, search->wanted));
      if (search_wants (search, match))
        search_add (search, match, SM_NOUN_VEHICLE, vehicles[i].id, g_strdup (vehicles[i].plate),
                    sm_directory_dup_label (search->directory, SM_NOUN_FLEET,
                                            vehicles[i].fleet_id, search->language));
    }
}

static void
search_packs (Search *search)
{
  GArray *packs = sm_directory_get_data (search->directory)->packs;

  for (guint i = 0; i < packs->len; i++)
    {
      const SmPackRecord *pack = &g_array_index (packs, SmPackRecord, i);
      SmMatch match = sm_search_match (pack->sn, search->wanted);

      if (search_wants (search, match))
        search_add (search, match, SM_NOUN_BATTERY, pack->id, g_strdup (pack->sn),
                    sm_directory_dup_label (search->directory, SM_NOUN_BATTERY_MODEL,
                                            pack->model_id, search->language));
    }
}

/* By its serial number only: the names of piles are numbers within a station. */
static void
search_piles (Search *search)
{
  guint n;
  const SmPileRecord *piles = sm_directory_get_piles (search->directory, &n);

  for (guint i = 0; i < n; i++)
    {
      SmMatch match = sm_search_match (piles[i].sn, search->wanted);

      if (search_wants (search, match))
        search_add (search, match, SM_NOUN_PILE, piles[i].id, g_strdup (piles[i].sn),
                    sm_directory_dup_label (search->directory, SM_NOUN_STATION,
                                            piles[i].station_id, search->language));
    }
}

static void
search_drivers (Search *search)
{
  GArray *drivers = sm_directory_get_data (search->directory)->drivers;

  for (guint i = 0; i < drivers->len; i++)
    {
      const SmDriverRecord *driver = &g_array_index (drivers, SmDriverRecord, i);
      SmMatch match = sm_search_match (driver->name, search->wanted);

      if (search_wants (search, match))
        search_add (search, match, SM_NOUN_DRIVER, driver->id, g_strdup (driver->name),
                    sm_directory_dup_label (search->directory, SM_NOUN_FLEET, driver->fleet_id,
                                            search->language));
    }
}

/* The fields that a row is known by. */
static SmMatch
match_row (const SmRow *row,
           const char  *wanted)
{
  static const char *const names[] = { "sn", "code", "name", NULL };
  const SmNoun *noun = sm_row_get_noun (row);
  SmMatch best = SM_MATCH_NONE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      int field = sm_noun_find_field (noun, names[i], strlen (names[i]));

      if (field < 0 || sm_row_is_null (row, (guint) field))
        continue;
      if (noun->fields[field].kind != SM_KIND_NAME)
        best = MIN (best, sm_search_match (sm_row_get_text (row, (guint) field), wanted));
      else
        {
          g_autofree char *chinese = sm_row_dup_name (row, (guint) field, "zh-CN");
          g_autofree char *english = sm_row_dup_name (row, (guint) field, "en");

          best = MIN (best, sm_search_match (chinese, wanted));
          best = MIN (best, sm_search_match (english, wanted));
        }
    }
  return best;
}

static void
search_rows (Search   *search,
             SmNounId  noun)
{
  GPtrArray *rows = sm_directory_get_rows (search->directory, noun);

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      SmMatch match = match_row (row, search->wanted);
      char *area = NULL;

      if (!search_wants (search, match))
        continue;
      if (noun == SM_NOUN_STATION && !sm_row_is_null (row, SM_ROW_AREA_ID))
        area = sm_directory_dup_label (search->directory, SM_NOUN_AREA,
                                       sm_row_get_int (row, SM_ROW_AREA_ID), search->language);
      search_add (search, match, noun, sm_row_get_id (row),
                  sm_directory_dup_label (search->directory, noun, sm_row_get_id (row),
                                          search->language),
                  area);
    }
}

static GPtrArray *
search_best (Search *search)
{
  GPtrArray *best = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_hit_free);

  for (guint i = 0; i < SM_MATCH_NONE; i++)
    {
      GPtrArray *found = search->found[i];

      for (guint j = 0; j < found->len; j++)
        if (best->len < search->limit)
          g_ptr_array_add (best, g_ptr_array_index (found, j));
        else
          sm_hit_free (g_ptr_array_index (found, j));
      g_ptr_array_unref (found);
    }
  return best;
}

/**
 * sm_directory_search:
 * @text: as people say it: a plate without province or dot, the last four
 *   characters of a plate, VIN or serial number, in full width or small
 *   letters, the initials of the syllables of a Chinese name
 * @language: of labels, as "zh-CN"
 *
 * An order's number is known to the service only: ask by a history for it.
 *
 * Returns: (transfer full): of SmHit, at most @limit; what is called exactly
 *   so comes first, then what ends, then what begins so
 */
GPtrArray *
sm_directory_search (SmDirectory *self,
                     const char  *text,
                     const char  *language,
                     guint        limit)
{
  static const SmNounId few[] = { SM_NOUN_STATION, SM_NOUN_FLEET, SM_NOUN_AREA,
                                  SM_NOUN_SERVICE_POINT, SM_NOUN_ENGINEER, SM_NOUN_ORGANISATION };
  char wanted[SM_SEARCH_MAX];
  Search search = { self, language, wanted, limit, { NULL } };

  g_return_val_if_fail (SM_IS_DIRECTORY (self) && text != NULL, NULL);

  for (guint i = 0; i < SM_MATCH_NONE; i++)
    search.found[i] = g_ptr_array_new ();
  if (!g_utf8_validate (text, -1, NULL) || sm_search_fold (text, wanted, sizeof wanted) == 0)
    return search_best (&search);
  for (gsize i = 0; i < G_N_ELEMENTS (few); i++)
    search_rows (&search, few[i]);
  search_vehicles (&search);
  search_packs (&search);
  search_piles (&search);
  search_drivers (&search);
  return search_best (&search);
}
