/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-application.h"

#include "sm-i18n.h"
#include "sm-log-ring.h"
#include "sm-loop-watch.h"
#include "sm-tls.h"
#include "sm-toast-errors.h"
#include "sm-trust.h"

#include <locale.h>
#include <malloc.h>

#define RENDER_NODES "/dev/dri"

/* Without a graphics card GTK would draw with OpenGL in software: several times
 * slower than cairo, and with more threads.  In a browser GTK has a renderer of
 * its own; its server gives up when it is sent what cairo draws. */
static void
choose_renderer (void)
{
  g_autoptr (GDir) nodes = g_dir_open (RENDER_NODES, 0, NULL);
  const char *name;

  if (g_strcmp0 (g_getenv ("GDK_BACKEND"), "broadway") == 0)
    return;
  while (nodes != NULL && (name = g_dir_read_name (nodes)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return;
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  /* Else the display is asked for OpenGL anyway: 20 MB of compiler, and threads. */
  if (g_str_equal (g_getenv ("GSK_RENDERER"), "cairo"))
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}

/* A dozen threads that each read a network once would each keep what they read
 * it with; and a few large pieces that come and go must not raise the size from
 * which pieces are given back. */
static void
save_memory (void)
{
  mallopt (M_ARENA_MAX, 4);
  mallopt (M_MMAP_THRESHOLD, 128 * 1024);
  mallopt (M_TRIM_THRESHOLD, 256 * 1024);
}

/* For tests and long runs: figures that a script reads. */
static void
report_main_loop (void)
{
  SmLoopWatch watch = sm_loop_watch_get ();
  guint n_offenders;
  const SmLoopOffender *offenders = sm_loop_watch_get_offenders (&n_offenders);

  g_print ("main-loop longest_ms=%.1f turns=%" G_GUINT64_FORMAT " over_%d_ms=%" G_GUINT64_FORMAT
           " painting_ms=%.1f longest_frame_ms=%.1f longest_cpu_ms=%.1f longest=%s\n",
           watch.longest_us / 1000.0, watch.turns, SM_LOOP_WATCH_LIMIT_US / 1000, watch.over_limit,
           watch.painting_us / 1000.0, watch.longest_frame_us / 1000.0,
           watch.longest_cpu_us / 1000.0, watch.longest);
  for (guint i = 0; i < n_offenders; i++)
    g_print ("over times=%" G_GUINT64_FORMAT " longest_ms=%.1f name=%s\n", offenders[i].times,
             offenders[i].longest_us / 1000.0, offenders[i].name);
}

/* Better not to begin than to believe others than was meant. */
static gboolean
believe (const SmOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (options->ca_file == NULL || sm_trust_set_ca_file (options->ca_file, &error))
    return TRUE;
  sentence = sm_error_sentence (error);
  g_printerr ("stationmaster: %s: %s\n", options->ca_file, sentence);
  return FALSE;
}

/**
 * sm_application_main:
 *
 * The whole program.  Returns: the exit status
 */
int
sm_application_main (int    argc,
                     char **argv)
{
  g_auto (SmOptions) options = { NULL };
  g_autoptr (SmApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  char *own_argv[] = { argv[0], NULL, NULL };
  int status;

  save_memory ();
  sm_log_ring_start ();
  sm_tls_prepare ();
  sm_i18n_init ();
  choose_renderer ();
  if (!sm_options_parse (&options, &argc, &argv, &error))
    {
      g_printerr ("stationmaster: %s\n", error->message);
      return 2;
    }
  if (options.show_version)
    {
      g_print ("stationmaster %s\n", SM_VERSION);
      return 0;
    }
  if (!believe (&options))
    return 2;
  if (!gtk_init_check ())
    {
      g_printerr ("stationmaster: there is no display to open a window on\n");
      return 1;
    }
  own_argv[1] = options.link;
  application = sm_application_new (&options);
  sm_loop_watch_start ();
  if (g_getenv ("SM_LOOP_WATCH") != NULL)
    sm_loop_watch_write_to (g_getenv ("SM_LOOP_WATCH"));
  status = g_application_run (G_APPLICATION (application), options.link != NULL ? 2 : 1, own_argv);
  if (options.reports_main_loop)
    report_main_loop ();
  return status != 0 ? status : sm_application_get_exit_status (application);
}
