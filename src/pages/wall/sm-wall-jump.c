/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-page-private.h"

#include "sm-map-things.h"

/* Where an alarm is: at its source, or at the station that the source belongs to. */
static gboolean
find_place (SmWallPage  *self,
            const SmRow *row,
            SmNounId    *out_noun,
            gint64      *out_id)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN));
  double latitude, longitude;

  *out_noun = noun != NULL ? noun->id : SM_NOUN_STATION;
  *out_id = sm_row_get_int (row, SM_ALARM_SOURCE_ID);
  if (noun != NULL && sm_map_things_find (self->ops, *out_noun, *out_id, &latitude, &longitude))
    return TRUE;
  *out_noun = SM_NOUN_STATION;
  *out_id = sm_row_is_null (row, SM_ALARM_STATION_ID) ? 0
                                                      : sm_row_get_int (row, SM_ALARM_STATION_ID);
  return *out_id != 0
         && sm_map_things_find (self->ops, *out_noun, *out_id, &latitude, &longitude);
}

/**
 * sm_wall_page_jump:
 *
 * Opens an alarm and shows on the map where it is, without anybody having asked.
 *
 * Returns: FALSE when nobody knows where that is
 */
gboolean
sm_wall_page_jump (SmWallPage *self,
                   gint64      alarm_id)
{
  g_autoptr (SmItem) alarm = NULL;
  SmNounId noun;
  gint64 id;

  g_return_val_if_fail (SM_IS_WALL_PAGE (self), FALSE);

  alarm = sm_faults_panel_find (self->faults, alarm_id);
  if (alarm == NULL || !find_place (self, sm_item_get_row (alarm), &noun, &id))
    return FALSE;
  if (!self->has_jumped)
    sm_map_view_get_position (self->map, &self->jumped_from[0], &self->jumped_from[1],
                              &self->jumped_from[2]);
  self->has_jumped = TRUE;
  sm_page_open (SM_PAGE (self), SM_NOUN_ALARM, alarm_id);
  sm_wall_page_go_there (self, noun, id);
  return TRUE;
}

/** sm_wall_page_jump_back: Shows what was shown before the first jump. */
void
sm_wall_page_jump_back (SmWallPage *self)
{
  g_return_if_fail (SM_IS_WALL_PAGE (self));

  if (!self->has_jumped)
    return;
  self->has_jumped = FALSE;
  while (sm_page_go_back (SM_PAGE (self)))
    ;
  sm_map_view_set_position (self->map, self->jumped_from[0], self->jumped_from[1],
                            self->jumped_from[2]);
}
