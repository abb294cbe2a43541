/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-check.h"
#include "sm-row.h"

G_BEGIN_DECLS

/** SmCheckFunc: Looks, and writes into @result.  Returns: FALSE when it could not look */
typedef gboolean (*SmCheckFunc) (SmRules        *rules,
                                 SmCheckResult  *result,
                                 GError        **error);

void     sm_check_wrong    (SmCheckResult   *result,
                            const char      *format,
                            ...) G_GNUC_PRINTF (2, 3);
gboolean sm_check_prices   (SmRules         *rules,
                            SmCheckResult   *result,
                            GError         **error);
gboolean sm_check_rollups  (SmRules         *rules,
                            SmCheckResult   *result,
                            GError         **error);
gboolean sm_check_places   (SmRules         *rules,
                            SmCheckResult   *result,
                            GError         **error);
gboolean sm_check_chains   (SmRules         *rules,
                            SmCheckResult   *result,
                            GError         **error);
gboolean sm_check_packs    (SmRules         *rules,
                            SmCheckResult   *result,
                            GError         **error);
gboolean sm_check_meters   (SmRules         *rules,
                            SmCheckResult   *result,
                            GError         **error);

G_END_DECLS
