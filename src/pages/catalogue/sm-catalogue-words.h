/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fault-guide.h"
#include "sm-ops.h"

G_BEGIN_DECLS

char *sm_catalogue_words_causes   (const SmFaultGuide *guide);
char *sm_catalogue_words_steps    (const SmFaultGuide *guide);
char *sm_catalogue_words_forbids  (const SmFaultGuide *guide);
char *sm_catalogue_words_edited   (SmOps              *ops,
                                   const SmFaultGuide *guide);
const char *sm_catalogue_words_command (const SmFaultGuide *guide);
const char *sm_catalogue_words_part    (const char         *code);

G_END_DECLS
