/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fault-guide.h"

G_BEGIN_DECLS

/** SmGuidePart: what of a guide is edited by itself: two who edit others do not disturb each other. */
typedef enum
{
  SM_GUIDE_CONSEQUENCE = 1 << 0,
  SM_GUIDE_CONSEQUENCE_ZH = 1 << 1,
  SM_GUIDE_CAUSES = 1 << 2,
  SM_GUIDE_STEPS = 1 << 3,
  SM_GUIDE_RESPOND = 1 << 4,
  SM_GUIDE_COMMAND = 1 << 5,
  SM_GUIDE_FORBIDS = 1 << 6,
  SM_GUIDE_LEVEL = 1 << 7,
} SmGuidePart;

#define SM_GUIDE_ALL_PARTS 0xff

guint       sm_guide_edit_diff  (const SmFaultGuide *guide,
                                 const SmFaultGuide *other);
void        sm_guide_edit_take  (SmFaultGuide       *guide,
                                 const SmFaultGuide *other,
                                 guint               parts);
const char *sm_guide_part_words (SmGuidePart         part);

G_END_DECLS
