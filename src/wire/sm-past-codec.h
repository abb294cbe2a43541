/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-past.h"

G_BEGIN_DECLS

void    sm_past_write        (SmJsonWriter  *writer,
                              const SmPast  *past);
void    sm_past_write_moment (SmJsonWriter  *writer,
                              const SmPast  *past,
                              gint64         at);
SmPast *sm_past_read_json    (SmJsonReader  *reader,
                              const SmNoun  *noun,
                              GError       **error);

G_END_DECLS
