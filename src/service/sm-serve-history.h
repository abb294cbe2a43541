/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-exchange.h"
#include "sm-history-pages.h"

G_BEGIN_DECLS

gboolean sm_serve_history_page (SmExchange    *exchange,
                                const SmNoun  *noun);

G_END_DECLS
