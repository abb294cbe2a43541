/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-rules-private.h"

#include "sm-service-rows.h"

#define PAGE 5000

/**
 * sm_rules_each:
 *
 * Calls @func with every record of a noun, by rising id, a page at a time.
 *
 * Returns: FALSE when one could not be read, or @func said so
 */
gboolean
sm_rules_each (SmRules        *rules,
               SmNounId        noun,
               SmRulesRowFunc  func,
               gpointer        user_data,
               GError        **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  gint64 after_id = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) page = sm_service_list (sm_rules_get_connection (rules),
                                                    sm_noun_get (noun), all, -1, NULL, after_id,
                                                    PAGE, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        if (!func (rules, page->pdata[i], user_data, error))
          return FALSE;
      if (page->len < PAGE)
        return TRUE;
      after_id = sm_row_get_id (page->pdata[page->len - 1]);
    }
}
