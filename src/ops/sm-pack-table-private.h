/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-pack-data.h"
#include "sm-pack-table.h"

G_BEGIN_DECLS

/* Asks somebody to read all packs and to give them to sm_pack_table_take(). */
typedef void (*SmPackReadFunc) (SmPackTable *table,
                                gpointer     data);

SmPackTable *sm_pack_table_new  (SmDirectory    *directory,
                                 SmPackReadFunc  read,
                                 GObject        *data);
void         sm_pack_table_take (SmPackTable    *self,
                                 GArray         *packs);

G_END_DECLS
