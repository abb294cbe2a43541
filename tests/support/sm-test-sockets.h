/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>

static inline gboolean
sm_test_forgive_socket_cb (GSignalInvocationHint *hint,
                           guint                  n_values,
                           const GValue          *values,
                           gpointer               user_data)
{
  GSocket *socket = soup_server_message_get_socket (g_value_get_object (&values[1]));

  if (socket != NULL)
    __lsan_ignore_object (socket);
  return TRUE;
}
#endif

/**
 * sm_test_forgive_sockets:
 *
 * libsoup 3.2's server loses a reference to every socket that it accepts; it is closed
 * all the same.  From now on the leak sanitizer does not count them, in any server of
 * this process: to tell them by the stack that made them it would have to unwind every
 * allocation slowly, at ten times the time of the test.
 */
static inline void
sm_test_forgive_sockets (void)
{
#ifdef __SANITIZE_ADDRESS__
  static gsize done;

  if (g_once_init_enter (&done))
    {
      g_type_class_ref (SOUP_TYPE_SERVER); /* or its signal is not known yet */
      g_signal_add_emission_hook (g_signal_lookup ("request-started", SOUP_TYPE_SERVER), 0,
                                  sm_test_forgive_socket_cb, NULL, NULL);
      g_once_init_leave (&done, 1);
    }
#endif
}
