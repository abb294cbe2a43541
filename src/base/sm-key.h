/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmKey:
 *
 * A key of a page: what is pressed, what that does, and what it is called where all
 * keys are listed.  One table says all three, so that no list of keys can be wrong.
 */
typedef struct
{
  const char *keys;   /* as GtkShortcutTrigger reads it; "|" between those that do the same */
  const char *action; /* NULL: a function of the widget */
  const char *title;  /* marked with N_(); NULL: said by the title before */
} SmKey;

G_END_DECLS
