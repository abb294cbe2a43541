/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-noun.h"
#include "sm-series.h"

G_BEGIN_DECLS

void      sm_series_write (SmJsonWriter   *writer,
                           const SmNoun   *noun,
                           const SmSeries *series);
SmSeries *sm_series_read  (SmJsonReader   *reader,
                           const SmNoun   *noun);

G_END_DECLS
