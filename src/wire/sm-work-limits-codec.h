/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-work-limits.h"

G_BEGIN_DECLS

void     sm_work_limits_write (SmJsonWriter        *writer,
                               const SmWorkLimits  *limits);
gboolean sm_work_limits_read  (SmJsonReader        *reader,
                               SmWorkLimits        *limits,
                               GError             **error);

G_END_DECLS
