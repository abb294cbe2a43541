/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-link.h"
#include "sm-noun.h"

G_BEGIN_DECLS

/**
 * SmPage:
 *
 * The base of all pages.  Derivable, because the shell treats every page
 * alike: it asks for the title, opens a thing on it, and asks whether what is
 * to be seen is there yet.
 *
 * Signal "open" (char *link): something that this page does not show itself is
 * wanted; the shell finds the page for it.  Action page.open (s) emits it, so
 * that any button or row on a page can be a link.
 */
#define SM_TYPE_PAGE (sm_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (SmPage, sm_page, SM, PAGE, AdwBin)

struct _SmPageClass
{
  AdwBinClass parent_class;

  /* Shows one thing; FALSE when this page does not show such things. */
  gboolean (*open) (SmPage   *self,
                    SmNounId  noun,
                    gint64    id);
  /* Shows the view that a link of this page describes. */
  gboolean (*show_link) (SmPage       *self,
                         const SmLink *link);
  /* The link to what is shown now, (nullable). */
  char *(*dup_link) (SmPage *self);
  /* Goes one step back; FALSE when there is none. */
  gboolean (*go_back) (SmPage *self);
  /* Says what is not there yet, in English for the log; NULL: all is there. */
  const char *(*describe_missing) (SmPage *self);
};

const char *sm_page_get_title        (SmPage     *self);
void        sm_page_set_title        (SmPage     *self,
                                      const char *title);
gboolean    sm_page_open             (SmPage     *self,
                                      SmNounId    noun,
                                      gint64      id);
void        sm_page_emit_open        (SmPage     *self,
                                      const char *link);
gboolean    sm_page_show_link        (SmPage       *self,
                                      const SmLink *link);
char       *sm_page_dup_link         (SmPage     *self);
gboolean    sm_page_go_back          (SmPage     *self);
const char *sm_page_describe_missing (SmPage     *self);

G_END_DECLS
