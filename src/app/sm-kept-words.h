/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-kept.h"

const char *sm_kept_words (SmKept kept);
