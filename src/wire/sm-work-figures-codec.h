/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-work-figures.h"

G_BEGIN_DECLS

void           sm_work_figures_write (SmJsonWriter         *writer,
                                      const SmWorkFigures  *figures);
SmWorkFigures *sm_work_figures_read  (SmJsonReader         *reader,
                                      GError              **error);

G_END_DECLS
