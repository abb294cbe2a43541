/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows at random, with everything that people and devices put into fields. */

#include "sm-row.h"
#include "sm-time.h"

static const char *const random_texts[] = {
  "",
  "Datong",
  "大同市 晋BD31207",
  "🚚🔋 4-byte",
  "\u202eright to left\u202c and \u2066back\u2069",
  "'; DROP TABLE station; --",
  "<b>not &amp; bold</b>",
  "=1+2\t\"quoted\"\\ \x01\x1f\x7f",
  "line\nbreak\r\n",
  "\u2028 and \ufeff",
};

static inline char *
random_text (GRand *rand)
{
  guint n = G_N_ELEMENTS (random_texts);
  guint i = (guint) g_rand_int_range (rand, 0, (gint32) n + 1);

  /* now and then one that is longer than the reader's buffer */
  return i < n ? g_strdup (random_texts[i])
               : g_strnfill ((gsize) g_rand_int_range (rand, 0, 40) == 7 ? 200000 : 300, 'x');
}

static inline void
random_field (GRand *rand,
              SmRow *row,
              guint  i)
{
  const SmField *field = &sm_row_get_noun (row)->fields[i];
  g_autofree char *text = random_text (rand);

  switch (field->kind)
    {
    case SM_KIND_INT:
      sm_row_set_int (row, i, (gint64) g_rand_int (rand) << 20 | g_rand_int (rand));
      break;
    case SM_KIND_BOOL:
      sm_row_set_int (row, i, g_rand_boolean (rand));
      break;
    case SM_KIND_REAL:
      sm_row_set_real (row, i, g_rand_double_range (rand, -1e4, 1e4));
      break;
    case SM_KIND_TIME:
      sm_row_set_int (row, i, g_rand_int (rand) * SM_SECOND + g_rand_int_range (rand, 0, 3));
      break;
    case SM_KIND_TEXT:
      sm_row_set_text (row, i, text);
      break;
    case SM_KIND_ENUM: /* and one that this version does not know */
      sm_row_set_text (row, i, g_rand_boolean (rand) ? field->slugs[0] : "teleporting");
      break;
    case SM_KIND_NAME:
      sm_row_take_text (row, i, sm_name_new (text, g_rand_boolean (rand) ? "大同" : NULL));
      break;
    }
}

/** random_row: Returns: (transfer full): a row; a third of what may be null is */
static inline SmRow *
random_row (GRand        *rand,
            const SmNoun *noun)
{
  SmRow *row = sm_row_new (noun);

  for (guint i = 0; i < noun->n_fields; i++)
    if ((noun->fields[i].flags & SM_FIELD_REQUIRED) != 0 || g_rand_int_range (rand, 0, 3) > 0)
      random_field (rand, row, i);
  sm_row_set_int (row, SM_ROW_ID, g_rand_int_range (rand, 1, G_MAXINT32));
  return row;
}
