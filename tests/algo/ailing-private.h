/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ailing.h"

G_BEGIN_DECLS

void ailing_fill_pack (Ailing  *ailing,
                       guint64  seed);

G_END_DECLS
