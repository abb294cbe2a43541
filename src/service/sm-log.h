/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sm-answer.h"

G_BEGIN_DECLS

/** SmLogEntry: one exchange that is over. */
typedef struct
{
  const char *peer;
  const char *method;
  const char *route; /* (nullable): as in the table of routes */
  const char *path;  /* (nullable): as it came */
  const char *query; /* (nullable) */
  guint status;
  gint64 took_us;
  const SmAnswer *answer; /* (nullable) */
  SoupServerMessage *message;
} SmLogEntry;

void sm_log_access (const SmLogEntry *entry);
void sm_log_record (const SmLogEntry *entry,
                    const char       *folder,
                    guint             number);

G_END_DECLS
