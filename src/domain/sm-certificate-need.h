/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"

G_BEGIN_DECLS

const char *sm_certificate_needed (const char *work,
                                   const char *code,
                                   SmNounId    noun,
                                   guint       equipment_kind);

G_END_DECLS
