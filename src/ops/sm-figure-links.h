/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-figures.h"
#include "sm-service-figures.h"

G_BEGIN_DECLS

/** SmFigureLink: a figure: what it counts, and the link to the rows that it counts. */
typedef struct
{
  const char *total; /* name of the total that it is a part of, or its own when it is one */
  char *link;
  guint value;
} SmFigureLink;

void       sm_figure_link_free  (SmFigureLink          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmFigureLink, sm_figure_link_free)

GPtrArray *sm_figure_list_links (const SmFigureValues  *values,
                                 const SmServiceValues *service);

G_END_DECLS
