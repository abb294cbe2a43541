/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-past.h"
#include "sm-rules-private.h"

G_BEGIN_DECLS

SmPastThing *sm_past_of_alarm   (SmReader      *reader,
                                 SmConnection  *file,
                                 const SmRow   *alarm,
                                 gint64         to,
                                 GError       **error);
SmPastThing *sm_past_of_command (const SmRow   *command,
                                 gint64         to);

G_END_DECLS
