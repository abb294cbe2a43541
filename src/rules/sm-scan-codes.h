/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* What the labels on stations, piles and packs say.  A code is its thing's id with
 * a check that only this network can make, so that nobody who has read one label can
 * guess the others, and an unknown code is refused without a look into the database. */
gboolean  sm_scan_codes_begin   (SmRules     *rules,
                                 gboolean     is_service,
                                 GError     **error);
char     *sm_scan_code_new      (SmRules     *rules,
                                 SmNounId     noun,
                                 gint64       id);
gboolean  sm_scan_code_parse    (SmRules     *rules,
                                 const char  *code,
                                 SmNounId    *out_noun,
                                 gint64      *out_id,
                                 GError     **error);
char     *sm_scan_token_new     (SmRules     *rules,
                                 gint64       report_id);
gboolean  sm_scan_token_parse   (SmRules     *rules,
                                 const char  *token,
                                 gint64      *out_report_id,
                                 GError     **error);

G_END_DECLS
