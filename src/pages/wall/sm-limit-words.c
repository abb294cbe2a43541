/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-limit-words.h"

#include "sm-level-badge.h"
#include "sm-text.h"

#include <glib/gi18n-lib.h>

static const SmRow *
find_limit (SmOps       *ops,
            const SmRow *row,
            guint        field)
{
  return sm_row_is_null (row, field)
             ? NULL
             : sm_directory_find_limit (sm_ops_get_directory (ops), sm_row_get_noun (row)->id,
                                        field, sm_row_get_real (row, field));
}

/** sm_limit_level: Returns: the level of the limit that a row's value is beyond; 0: none */
guint
sm_limit_level (SmOps       *ops,
                const SmRow *row,
                guint        field)
{
  const SmRow *limit = find_limit (ops, row, field);

  return limit != NULL ? (guint) CLAMP (sm_row_get_int (limit, SM_LIMIT_LEVEL), 1, 4) : 0;
}

/** sm_limit_words: Returns: (transfer full) (nullable): that limit in words; NULL: there is none */
char *
sm_limit_words (SmOps       *ops,
                const SmRow *row,
                guint        field)
{
  const SmRow *limit = find_limit (ops, row, field);
  g_autofree char *level = NULL;
  g_autofree char *value = NULL;

  if (limit == NULL)
    return NULL;
  level = sm_level_badge_words ((guint) CLAMP (sm_row_get_int (limit, SM_LIMIT_LEVEL), 1, 4));
  value = sm_text_measure (sm_row_get_real (limit, SM_LIMIT_RAISE_AT), 0,
                           sm_row_get_noun (row)->fields[field].unit);
  return g_strdup_printf (g_strcmp0 (sm_row_get_text (limit, SM_LIMIT_DIRECTION), "below") == 0
                              /* Translators: as in "below the limit of 5 %. Level 3, minor" */
                              ? _("below the limit of %s. %s")
                              /* Translators: as in "above the limit of 58 °C. Level 2, major" */
                              : _("above the limit of %s. %s"),
                          value, level);
}
