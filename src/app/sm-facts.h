/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-diagnosis.h"

G_BEGIN_DECLS

/** SmFact: one line of the diagnostics. */
typedef struct
{
  const char *group; /* translated; equal for neighbours of one group */
  char *title;
  char *value;
} SmFact;

GPtrArray *sm_facts_collect    (const SmDiagnosis  *diagnosis);
char      *sm_facts_to_text    (GPtrArray          *facts);
char      *sm_facts_settings   (GSettings          *settings);
gboolean   sm_facts_write      (GFile              *file,
                                const char         *diagnostics,
                                const char         *settings,
                                const char         *log,
                                GError            **error);

G_END_DECLS
