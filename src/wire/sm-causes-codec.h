/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-causes.h"
#include "sm-json-reader.h"
#include "sm-json-writer.h"

G_BEGIN_DECLS

void       sm_causes_write (SmJsonWriter  *writer,
                            gint64         alarm_id,
                            GPtrArray     *causes);
GPtrArray *sm_causes_read  (SmJsonReader  *reader,
                            GError       **error);

G_END_DECLS
