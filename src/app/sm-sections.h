/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-page.h"
#include "sm-view-state.h"

G_BEGIN_DECLS

/**
 * SmSection:
 *
 * One row of the sidebar.  Its page is made when it is shown first: a table
 * that nobody looked at costs nothing.  Who may not read what is in it does
 * not see its row.
 */
typedef struct
{
  const char *name;  /* of the page, in links and in what is remembered */
  const char *title; /* marked with N_() */
  const char *icon;
  const char *permission; /* what it takes to see it; NULL: nothing */
} SmSection;

/* The one that says how much there is in it. */
#define SM_SECTION_PENDING "pending"
#define SM_SECTION_DRILL "drill"

extern const SmSection sm_sections[];
extern const guint sm_n_sections;

const char *sm_section_title    (const SmSection *section);
const char *sm_section_for_link (const char      *link_page);
gboolean    sm_section_is_shown (const SmSection *section,
                                 SmOps           *ops);
gboolean    sm_section_may_open (const SmLink    *link,
                                 SmOps           *ops);
GtkWidget  *sm_section_make     (const char      *name,
                                 SmOps           *ops,
                                 SmViewState     *state);

G_END_DECLS
