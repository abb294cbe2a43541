/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guidances-private.h"

#include "sm-rules-private.h"
#include "sm-service-rows.h"

/* The guidance that is not over, as the writer has it. */

SmGuidanceBook *
sm_guidance_book_new (void)
{
  SmGuidanceBook *self = g_new0 (SmGuidanceBook, 1);

  self->open = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  return self;
}

void
sm_guidance_book_free (SmGuidanceBook *self)
{
  g_ptr_array_unref (self->open);
  g_free (self);
}

/** sm_guidance_book_forget: A write was undone, or others wrote: it is read again. */
void
sm_guidance_book_forget (SmGuidanceBook *self)
{
  self->is_read = FALSE;
  g_atomic_int_inc (&self->rev);
}

/** sm_guidance_book_refresh: Reads what is not over, if the book does not follow it. */
gboolean
sm_guidance_book_refresh (SmRules  *rules,
                          GError  **error)
{
  SmGuidanceBook *book = rules->guidances;
  GPtrArray *open;

  if (book->is_read)
    return TRUE;
  open = sm_service_list_open_guidances (sm_rules_get_connection (rules), error);
  if (open == NULL)
    return FALSE;
  g_ptr_array_unref (book->open);
  book->open = open;
  book->is_read = TRUE;
  return TRUE;
}

static const SmRow *
find (SmRules *rules,
      guint    field,
      gint64   id)
{
  const GPtrArray *open = rules->guidances->open;

  for (guint i = 0; i < open->len; i++)
    if (sm_row_get_int (open->pdata[i], field) == id)
      return open->pdata[i];
  return NULL;
}

/** sm_guidance_book_of_truck: Returns: (nullable): where the truck was told to go; the book is fresh */
const SmRow *
sm_guidance_book_of_truck (SmRules *rules,
                           gint64   vehicle_id)
{
  return find (rules, SM_GUIDANCE_VEHICLE_ID, vehicle_id);
}

/** sm_guidance_book_of_pack: Returns: (nullable): for whom the pack is held; the book is fresh */
const SmRow *
sm_guidance_book_of_pack (SmRules *rules,
                          gint64   battery_id)
{
  return battery_id != SM_UNKNOWN ? find (rules, SM_GUIDANCE_BATTERY_ID, battery_id) : NULL;
}

static void
follow_one (SmGuidanceBook *self,
            const SmRow    *written)
{
  for (guint i = 0; i < self->open->len; i++)
    if (sm_row_get_id (self->open->pdata[i]) == sm_row_get_id (written))
      {
        g_ptr_array_remove_index (self->open, i);
        break;
      }
  if (sm_guidance_is_open (written))
    g_ptr_array_add (self->open, sm_row_copy (written));
}

/** sm_guidances_note: A row was written. */
void
sm_guidances_note (SmRules     *rules,
                   const SmRow *written)
{
  if (sm_row_get_noun (written)->id != SM_NOUN_GUIDANCE)
    return;
  if (rules->guidances->is_read)
    follow_one (rules->guidances, written);
  g_atomic_int_inc (&rules->guidances->rev);
}

/** sm_guidances_get_rev: Returns: what is another whenever a truck is told something else */
int
sm_guidances_get_rev (SmRules *rules)
{
  return g_atomic_int_get (&rules->guidances->rev);
}
