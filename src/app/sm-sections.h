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
 * that nobody looked at costs nothing.
 */
typedef struct
{
  const char *name;  /* of the page, in links and in what is remembered */
  const char *title; /* marked with N_() */
  const char *icon;
} SmSection;

extern const SmSection sm_sections[];
extern const guint sm_n_sections;

const char *sm_section_title    (const SmSection *section);
const char *sm_section_for_link (const char      *link_page);
GtkWidget  *sm_section_make     (const char      *name,
                                 SmOps           *ops,
                                 SmViewState     *state);

G_END_DECLS
