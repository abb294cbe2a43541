/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmTestSmallDisk:
 *
 * A disk of a few megabytes that a test can fill and empty.  It is a tmpfs in a
 * mount namespace of this process and its children, which nobody else sees and
 * which goes with them; one at a time.  No privilege is needed where namespaces of users are.
 */
typedef struct _SmTestSmallDisk SmTestSmallDisk;

const char      *sm_test_small_disk_enter (gboolean         takes_tmp);
SmTestSmallDisk *sm_test_small_disk_new   (const char      *folder,
                                           const char      *size);
void             sm_test_small_disk_free  (SmTestSmallDisk *self);
void             sm_test_small_disk_fill  (SmTestSmallDisk *self,
                                           guint            leave_kb);
void             sm_test_small_disk_empty (SmTestSmallDisk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTestSmallDisk, sm_test_small_disk_free)

G_END_DECLS
