/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sm-networks.h"

#define SERVER "http://127.0.0.1:8080"

/* networks.ini, which says who was signed in where. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  int file = memfd_create ("networks", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", file);
  g_autofree char *epoch = NULL;
  g_autoptr (SmPerson) person = NULL;

  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (write (file, data, size), ==, (gssize) size);
  epoch = sm_networks_find (path, SERVER);
  person = sm_networks_dup_person (path, epoch != NULL ? epoch : "0190-af");
  if (person != NULL)
    g_assert_nonnull (person->name);
  close (file);
  return 0;
}
