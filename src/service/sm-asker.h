/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-exchange.h"
#include "sm-noun.h"

G_BEGIN_DECLS

/* What several handlers ask of who asks. */
char     *sm_asker_key          (const SmActor      *actor);
gboolean  sm_asker_wait         (SmExchange         *exchange,
                                 guint              *out_wait_s,
                                 GError            **error);
gboolean  sm_asker_may_read     (const SmActor      *actor,
                                 const SmNoun       *noun,
                                 GError            **error);
gboolean  sm_asker_if_match     (SmExchange         *exchange,
                                 gint64             *out_seq,
                                 GError            **error);
gboolean  sm_asker_only_members (JsonObject         *object,
                                 const SmNoun       *noun,
                                 const char *const  *allowed,
                                 GError            **error);
gboolean  sm_asker_bad_query    (const char         *name,
                                 const char         *slug,
                                 GError            **error);
SmAnswer *sm_asker_refuse       (GError             *problem,
                                 const SmRow        *current,
                                 GError            **error);

G_END_DECLS
