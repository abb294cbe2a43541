/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/* A template of inspections as a file. */
#define SM_CHECKLIST_MAX_BYTES (256 * 1024)

SmRow *sm_checklist_file_read  (const char   *text,
                                gsize         length,
                                GError      **error);
char  *sm_checklist_file_write (const SmRow  *checklist);

G_END_DECLS
