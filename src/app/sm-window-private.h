/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-bar.h"
#include "sm-search-box.h"
#include "sm-sign-in.h"
#include "sm-status-banner.h"
#include "sm-notifier.h"
#include "sm-ticker.h"
#include "sm-trail.h"
#include "sm-view-state.h"
#include "sm-wall-banner.h"
#include "sm-wall-channels.h"
#include "sm-wall-frame.h"
#include "sm-wall-page.h"
#include "sm-window.h"

G_BEGIN_DECLS

struct _SmWindow
{
  AdwApplicationWindow parent_instance;

  SmWallFrame *content;
  SmWallBanner *worst_banner; /* of the worst alarms, on a wall */
  GtkWidget *name_label;
  GtkWidget *network_label;
  GtkWidget *simulated_tag;
  GtkWidget *drill_strip, *drill_title;
  GtkWidget *playlist_label;
  SmWallChannels *channels;
  GtkWidget *freshness_box;
  GtkWidget *freshness_label;
  GtkWidget *date_label;
  GtkWidget *clock_label;
  GtkWidget *person_label;
  GtkWidget *menu_button;
  GtkWidget *controls;
  GtkWidget *navigation;
  GtkWidget *sidebar_button;
  GtkWidget *sidebar_revealer;
  GtkListBox *sidebar;
  SmSearchBox *search_box;
  SmStatusBanner *banner;
  SmStatusBanner *link_banner; /* of a link that was not followed */
  GtkStack *main_stack;
  GtkStack *pages;
  SmSignIn *sign_in;
  SmAlarmBar *alarm_bar;

  GSettings *settings; /* NULL: nothing is remembered */
  SmOps *ops;
  SmWallPage *wall_page;
  SmTicker *ticker; /* while mapped */
  SmNotifier *notifier; /* (nullable): nobody is told on the desktop */
  GCancellable *cancellable;
  SmViewState *views;
  SmTrail *trail;
  char *server;
  char *wanted_link; /* until there is a page */
  char *shown_link;  /* (nullable): that was followed last */
  gboolean is_wall;
  gboolean asks; /* may ask somebody to sign in: a wall's first window only */
  gboolean is_picture;
  gboolean asks_by_itself; /* the sign-in is shown because nobody is signed in */
};

SmPage *sm_window_ensure_page           (SmWindow       *self,
                                         const char     *name);
void    sm_window_remove_pages          (SmWindow       *self);
void    sm_window_show_navigation       (SmWindow       *self);
void    sm_window_check_shown           (SmWindow       *self);
void    sm_window_focus_page            (SmWindow       *self);
void    sm_window_show_banner           (SmWindow       *self);
void    sm_window_fill_sections         (SmWindow       *self);
void    sm_window_show_pending          (SmWindow       *self);
void    sm_window_section_cb            (SmWindow       *self,
                                         GtkListBoxRow  *row);
void    sm_window_install_navigation    (GtkWidgetClass *widget_class);


/* sm-window-bell.c: what is heard */
void    sm_window_follow_bell           (SmWindow       *self);

/* sm-window-wall.c: a window as one of a wall's */
SmWallFrame *sm_window_get_frame        (SmWindow       *self);
void         sm_window_set_asks         (SmWindow       *self,
                                         gboolean        asks);
void         sm_window_set_wall_words   (SmWindow       *self,
                                         const char     *name,
                                         const char     *playlist);
void         sm_window_show_worst       (SmWindow       *self,
                                         SmItem         *alarm,
                                         guint           index,
                                         guint           n);
gboolean     sm_window_jump             (SmWindow       *self,
                                         gint64          alarm_id);
void         sm_window_jump_back        (SmWindow       *self);
void         sm_window_say              (SmWindow       *self,
                                         const char     *title,
                                         const char     *detail);
void         sm_window_install_wall     (GtkWidgetClass *widget_class);

G_END_DECLS
