/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-shapes.h"

G_BEGIN_DECLS

/* What a vehicle looks like: normal ones by state, faulted ones by level. */
typedef enum
{
  SM_LOOK_DRIVING,
  SM_LOOK_CHARGING, /* or swapping */
  SM_LOOK_PARKED,
  SM_LOOK_UNKNOWN,  /* not live: hollow */
  SM_LOOK_LEVEL_4,
  SM_LOOK_LEVEL_3,
  SM_LOOK_LEVEL_2,
  SM_LOOK_LEVEL_1,
  SM_N_LOOKS
} SmVehicleLook;

static inline guint
sm_look_get_level (guint look)
{
  return look >= SM_LOOK_LEVEL_4 ? (guint) SM_LOOK_LEVEL_1 + 1 - look : 0;
}

typedef enum
{
  SM_DOT_SMALL,   /* country: beside clusters */
  SM_DOT_MIDDLE,  /* region */
  SM_DOT_HEADING, /* city: with heading */
  SM_N_DOT_SIZES
} SmDotSize;

#define SM_HEADINGS 16 /* and one more for none */

/** SmSprite: premultiplied pixels, centred on the vehicle, in device pixels */
typedef struct
{
  guint32 *pixels;
  int size; /* odd */
} SmSprite;

/**
 * SmVehicleSprites:
 *
 * The pictures of single vehicles, drawn once and then copied.
 */
typedef struct _SmVehicleSprites SmVehicleSprites;

SmVehicleSprites *sm_vehicle_sprites_new  (const SmMapPen   *pen);
void              sm_vehicle_sprites_free (SmVehicleSprites *self);
guint             sm_vehicle_sprite_id    (SmDotSize         size,
                                           guint             look,
                                           gboolean          hollow,
                                           guint             heading);
const SmSprite   *sm_vehicle_sprites_get  (SmVehicleSprites *self,
                                           guint             id);

#define SM_N_SPRITES (SM_N_DOT_SIZES * SM_N_LOOKS * 2 * (SM_HEADINGS + 1))

G_END_DECLS
