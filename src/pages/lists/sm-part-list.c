/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-words.h"
#include "sm-paper-lists.h"

#include <glib/gi18n-lib.h>

/* Parts in vans and at service points, as they were last counted. */

static gboolean
is_short (const SmRow *part)
{
  return !sm_row_is_null (part, SM_PART_MINIMUM)
         && sm_row_get_int (part, SM_PART_QUANTITY) < sm_row_get_int (part, SM_PART_MINIMUM);
}

/** sm_part_quantity_words: Returns: (transfer full): how many there are, marked where that is too few */
char *
sm_part_quantity_words (const SmRow *part)
{
  return g_strdup_printf ("%s%" G_GINT64_FORMAT, is_short (part) ? "⚠ " : "",
                          sm_row_get_int (part, SM_PART_QUANTITY));
}

static char *
quantity_text (const SmTableColumn *column,
               SmItem              *item,
               gpointer             view)
{
  return sm_part_quantity_words (sm_item_get_row (item));
}

static double
quantity_number (const SmTableColumn *column,
                 SmItem              *item,
                 gpointer             view)
{
  return (double) sm_row_get_int (sm_item_get_row (item), SM_PART_QUANTITY);
}

static char *
place_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);
  gboolean is_van = !sm_row_is_null (row, SM_PART_ENGINEER_ID);
  g_autofree char *label
      = sm_list_label (view, is_van ? SM_NOUN_ENGINEER : SM_NOUN_SERVICE_POINT,
                       sm_row_get_int (row, is_van ? SM_PART_ENGINEER_ID
                                                   : SM_PART_SERVICE_POINT_ID));

  /* Translators: where a part lies; %s is an engineer */
  return is_van ? g_strdup_printf (_("van of %s"), label) : g_steal_pointer (&label);
}

static char *
dup_no_link (SmItem   *item,
             gpointer  view)
{
  return NULL;
}

static const SmTableColumn columns[] = {
  { "code", N_ ("Part number"), NULL, SM_PART_CODE, SM_COLUMN_PRIMARY, 0, 14 },
  { "name", N_ ("What it is called"), NULL, SM_PART_NAME, 0, 0, 26 },
  { "place", N_ ("Where"), NULL, SM_PART_ENGINEER_ID, 0, 0, 26, 0, place_text },
  { "quantity", N_ ("How many there are"), NULL, SM_PART_QUANTITY, 0, 0, 12, 0, quantity_text,
    quantity_number },
  { "minimum", N_ ("At least"), NULL, SM_PART_MINIMUM, 0, 0, 10 },
};

const SmListSpec sm_part_list = {
  .name = "parts",
  .title = N_ ("Parts"),
  .noun = SM_NOUN_PART,
  .placeholder = N_ ("Part number or name"),
  .nothing = N_ ("No parts have been counted yet"),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .selects_many = TRUE,
  .hooks = { NULL, NULL, NULL, dup_no_link },
  .query = sm_list_open,
};
