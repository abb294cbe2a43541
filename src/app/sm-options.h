/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmOptions: what the command line asked for. */
typedef struct
{
  char *server;        /* NULL: as last time */
  char *user;
  char *password;      /* read from the file that was named */
  char *ca_file;       /* whose certificates are believed; NULL: as in the preferences */
  char *page;
  char *screenshot;    /* a file to write, then end */
  int width, height;   /* of the screenshot */
  char *link;          /* stationmaster:station/SN */
  gboolean is_wall;
  double distance_m;   /* from which a wall is looked at; 0: as in the preferences */
  double monitor_mm;   /* width of the monitor; 0: as it says itself */
  gboolean reports_main_loop;
  gboolean show_version;
} SmOptions;

gboolean sm_options_parse    (SmOptions    *self,
                              int          *argc,
                              char       ***argv,
                              GError      **error);
void     sm_options_clear    (SmOptions    *self);
gboolean sm_size_parse       (const char   *text,
                              int          *out_width,
                              int          *out_height);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmOptions, sm_options_clear)

G_END_DECLS
