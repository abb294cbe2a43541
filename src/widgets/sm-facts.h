/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** SmFact: one line: what, how much, and the level of the limit it is beyond (0: none). */
typedef struct
{
  const char *label;
  const char *value; /* (nullable): nothing is known: no line */
  guint level;
  const char *limit; /* (nullable): which limit, in words */
} SmFact;

/**
 * SmFacts:
 *
 * What is known of a thing, line by line.  A line that stays is only written
 * anew when its value changed, so that a value can be selected and copied.
 */
#define SM_TYPE_FACTS (sm_facts_get_type ())
G_DECLARE_FINAL_TYPE (SmFacts, sm_facts, SM, FACTS, GtkWidget)

GtkWidget *sm_facts_new (void);
void       sm_facts_set (SmFacts      *self,
                         const SmFact *facts,
                         guint         n);

G_END_DECLS
