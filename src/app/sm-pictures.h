/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-window.h"

G_BEGIN_DECLS

/* Many pictures by one process, as `make screenshots` wants them.  The list has
 * a line each: page or link, WIDTHxHEIGHT, light or dark, settled or as-is,
 * file; between tabs.  What is written in the picture goes to the standard
 * output, so that it can be judged. */

#define SM_PICTURES_SUFFIX ".pictures"

void     sm_pictures_run_async  (SmWindow            *window,
                                 const char          *list,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean sm_pictures_run_finish (GAsyncResult        *result,
                                 GError             **error);

G_END_DECLS
