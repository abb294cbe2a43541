/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fault-guide.h"
#include "sm-json-reader.h"
#include "sm-json-writer.h"

G_BEGIN_DECLS

void       sm_guide_write       (SmJsonWriter        *writer,
                                 const SmFaultGuide  *guide);
SmFaultGuide *sm_guide_read     (SmJsonReader        *reader);
GPtrArray *sm_guides_read       (SmJsonReader        *reader,
                                 GError             **error);
void       sm_guide_steps_write (SmJsonWriter        *writer,
                                 const GPtrArray     *steps);
GPtrArray *sm_guide_steps_read_answer (SmJsonReader  *reader,
                                 GError             **error);
void          sm_guide_write_edit        (SmJsonWriter       *writer,
                                          const SmFaultGuide *guide,
                                          guint               parts);

G_END_DECLS
