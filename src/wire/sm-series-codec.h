/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-writer.h"
#include "sm-noun.h"
#include "sm-series.h"

G_BEGIN_DECLS

void sm_series_write (SmJsonWriter   *writer,
                      const SmNoun   *noun,
                      const SmSeries *series);

G_END_DECLS
